//! Words that explain how an action stands, and words that do not: `vocabulary/reasons.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::load;

static REASONS: LazyLock<ReasonVocabulary> = LazyLock::new(|| {
    let ReasonFile { header, filler, around } = load(FILE);
    ReasonVocabulary { header: header.all(), filler: filler.all(), around: around.all() }
});

const FILE: &str = include_str!("../../vocabulary/reasons.toml");

struct ReasonVocabulary {
    header: HashSet<String>,
    filler: HashSet<String>,
    around: HashSet<String>,
}

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonFile {
    header: ReasonPhrases,
    filler: ReasonPhrases,
    around: ReasonPhrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonPhrases {
    en: Vec<String>,
    cy: Vec<String>,
}

impl ReasonPhrases {
    fn all(self) -> HashSet<String> {
        self.en.into_iter().chain(self.cy).collect()
    }
}

/// Whether a header, in lower case and without punctuation, says that its cells explain how an
/// action stands.
pub(crate) fn is_header(header: &str) -> bool {
    header.split(' ').any(|word| REASONS.header.contains(word))
}

/// Whether words, in lower case and without punctuation, explain nothing.
pub(crate) fn is_filler(words: &str) -> bool {
    words.is_empty() || REASONS.filler.contains(words)
}

/// Whether a word may stand beside a status or a date without explaining it.
pub(crate) fn is_around(word: &str) -> bool {
    REASONS.around.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read_and_is_normalised() {
        let ReasonFile { header, filler, around } = toml::from_str(FILE).unwrap();
        for words in [header, filler, around]
            .into_iter()
            .flat_map(|phrases| phrases.en.into_iter().chain(phrases.cy))
        {
            assert_eq!(crate::vocabulary::normalize(&words), words);
        }
        assert!(is_header("reason for delay") && !is_header("reasonable adjustments"));
    }
}
