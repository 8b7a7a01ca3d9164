//! Words beside which personal details stand: `vocabulary/disclosure.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::load;

const FILE: &str = include_str!("../../vocabulary/disclosure.toml");

static WORDS: LazyLock<DisclosureVocabulary> = LazyLock::new(|| {
    let file: DisclosureFile = load(FILE);
    let DisclosureFile {
        children,
        one_child,
        aged,
        numbers,
        not_after,
        not_before,
        birth,
        phone,
        case,
    } = file;
    DisclosureVocabulary {
        children: children.all(),
        one_child: one_child.all(),
        aged: aged.all(),
        numbers: numbers.all(),
        not_after: not_after.all(),
        not_before: not_before.all(),
        birth: birth.all(),
        phone: phone.all(),
        case: case.all(),
    }
});

/// The words of the file, normalised; phrases are of three words at most.
pub(crate) struct DisclosureVocabulary {
    /// Children and young people.
    pub(crate) children: HashSet<String>,
    /// One child or young person.
    pub(crate) one_child: HashSet<String>,
    /// Between a child and its age.
    pub(crate) aged: HashSet<String>,
    /// The numbers from one to five.
    pub(crate) numbers: HashSet<String>,
    /// A number after one of these counts no people.
    pub(crate) not_after: HashSet<String>,
    /// A number before one of these is a share.
    pub(crate) not_before: HashSet<String>,
    /// A date after one of these is one of birth.
    pub(crate) birth: HashSet<String>,
    /// A number after one of these is that of a telephone.
    pub(crate) phone: HashSet<String>,
    /// A number after one of these is that of a case.
    pub(crate) case: HashSet<String>,
}

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DisclosureFile {
    children: DisclosurePhrases,
    one_child: DisclosurePhrases,
    aged: DisclosurePhrases,
    numbers: DisclosurePhrases,
    not_after: DisclosurePhrases,
    not_before: DisclosurePhrases,
    birth: DisclosurePhrases,
    phone: DisclosurePhrases,
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
        let DisclosureFile {
            children,
            one_child,
            aged,
            numbers,
            not_after,
            not_before,
            birth,
            phone,
            case,
        } = toml::from_str(FILE).unwrap();
        for words in [children, one_child, aged, numbers, not_after, not_before, birth, phone, case]
            .into_iter()
            .flat_map(|phrases| phrases.en.into_iter().chain(phrases.cy))
        {
            assert_eq!(crate::vocabulary::normalize(&words), words);
            assert!(words.split(' ').count() <= 3, "{words}");
        }
    }
}
