//! Words beside which personal details stand: `vocabulary/disclosure.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::load;

const FILE: &str = include_str!("../../vocabulary/disclosure.toml");

static WORDS: LazyLock<DisclosureVocabulary> = LazyLock::new(|| {
    let DisclosureFile { children, numbers, not_after, birth, case } = load(FILE);
    DisclosureVocabulary {
        children: children.all(),
        numbers: numbers.all(),
        not_after: not_after.all(),
        birth: birth.all(),
        case: case.all(),
    }
});

/// The words of the file, normalised; phrases are of three words at most.
pub(crate) struct DisclosureVocabulary {
    /// Children and young people.
    pub(crate) children: HashSet<String>,
    /// The numbers from one to five.
    pub(crate) numbers: HashSet<String>,
    /// A number after one of these counts no people.
    pub(crate) not_after: HashSet<String>,
    /// A date after one of these is one of birth.
    pub(crate) birth: HashSet<String>,
    /// A number after one of these is that of a case.
    pub(crate) case: HashSet<String>,
}

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DisclosureFile {
    children: DisclosurePhrases,
    numbers: DisclosurePhrases,
    not_after: DisclosurePhrases,
    birth: DisclosurePhrases,
    case: DisclosurePhrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DisclosurePhrases {
    en: Vec<String>,
    cy: Vec<String>,
}

impl DisclosurePhrases {
    fn all(self) -> HashSet<String> {
        self.en.into_iter().chain(self.cy).collect()
    }
}

/// The words beside which personal details stand.
pub(crate) fn words() -> &'static DisclosureVocabulary {
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read_and_is_normalised() {
        let DisclosureFile { children, numbers, not_after, birth, case } =
            toml::from_str(FILE).unwrap();
        for words in [children, numbers, not_after, birth, case]
            .into_iter()
            .flat_map(|phrases| phrases.en.into_iter().chain(phrases.cy))
        {
            assert_eq!(crate::vocabulary::normalize(&words), words);
            assert!(words.split(' ').count() <= 3, "{words}");
        }
    }
}
