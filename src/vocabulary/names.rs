//! Words beside and within the names of people: `vocabulary/names.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{load, roles};

const FILE: &str = include_str!("../../vocabulary/names.toml");

static NAMES: LazyLock<NameFile> = LazyLock::new(|| load(FILE));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameFile {
    letters: NameWords,
    ordinary: NameWords,
    of_plans: NameWords,
    acronyms: NameWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameWords {
    words: HashSet<String>,
}

/// Whether a word stands after names: "MBE", "Ph.D.".
pub(crate) fn are_letters_after_a_name(word: &str) -> bool {
    let letters: String = word.chars().filter(|c| !matches!(c, '.' | ',' | '(' | ')')).collect();
    NAMES.letters.words.contains(&letters)
}

/// Whether a word, in the form in which names are compared, is one that plans use in other senses.
pub(crate) fn is_ordinary(folded: &str) -> bool {
    NAMES.ordinary.words.contains(folded) || roles::is_role_word(folded)
}

/// Whether a word is the initials of a given name and a surname, and no acronym that plans use:
/// "JL", "J.L.".
pub(crate) fn are_initials(word: &str) -> bool {
    let letters: String = word.chars().filter(|c| *c != '.').collect();
    letters.chars().count() == 2
        && letters.chars().all(char::is_uppercase)
        && !NAMES.acronyms.words.contains(&letters)
        && !NAMES.letters.words.contains(&letters)
        && roles::shape(&letters, &super::words::NO_WORDS).is_none()
}

/// Whether a word, in lower case, is one that plans write with a capital and that is no name of a
/// person: places, days, products, documents.
pub(crate) fn is_of_plans(word: &str) -> bool {
    let words = &NAMES.of_plans.words;
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    words.contains(word) || word.strip_suffix('s').is_some_and(|one| words.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::folding::FoldedWord;

    #[test]
    fn the_file_is_in_the_form_in_which_words_are_compared() {
        let mut words = NAMES.ordinary.words.iter();
        assert_eq!(words.find(|word| FoldedWord::of(word).key != **word), None);
        let mut letters = NAMES.letters.words.iter();
        assert_eq!(letters.find(|letters| !are_letters_after_a_name(letters)), None);
    }

    #[test]
    fn letters_after_names_are_told_by_their_capitals() {
        for (word, expected) in
            [("MBE", true), ("Ph.D.", true), ("BSc,", true), ("ma", false), ("Lee", false)]
        {
            assert_eq!(are_letters_after_a_name(word), expected, "{word}");
        }
    }
}
