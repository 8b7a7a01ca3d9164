//! Where a word may be divided at the end of a line.
//!
//! What the author marked with soft hyphens is taken as it is; else the patterns of the language
//! tell. Names, abbreviations and words with digits or signs in them are left whole.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use hyphenation::{Hyphenator, Language, Load, Standard};

/// A hyphen that is seen only where a line ends with it.
pub(crate) const SOFT: char = '\u{AD}';

/// The fewest letters of a word that is divided.
const SHORTEST: usize = 7;
/// The fewest letters before a hyphen, and after it.
const PART: usize = 3;

/// The places in words of one language at which they may be divided.
pub(crate) struct HyphenPoints {
    language: Language,
    /// Read when the first word is to be divided.
    patterns: OnceCell<Option<Standard>>,
    known: HashMap<Box<str>, Rc<[usize]>>,
}

impl HyphenPoints {
    /// Those of a language by its BCP 47 tag; British English where it is not Welsh.
    pub(crate) fn new(language: &str) -> Self {
        let language = if language == "cy" || language.starts_with("cy-") {
            Language::Welsh
        } else {
            Language::EnglishGB
        };
        Self { language, patterns: OnceCell::new(), known: HashMap::new() }
    }

    /// The bytes of a word before which it may be divided, in order.
    pub(crate) fn of(&mut self, word: &str) -> Rc<[usize]> {
        if let Some(places) = self.known.get(word) {
            return Rc::clone(places);
        }
        let places: Rc<[usize]> = self.find(word).into();
        self.known.insert(word.into(), Rc::clone(&places));
        places
    }

    fn find(&mut self, word: &str) -> Vec<usize> {
        if word.contains(SOFT) {
            return word
                .match_indices(SOFT)
                .map(|(at, soft)| at + soft.len())
                .filter(|at| *at < word.len())
                .collect();
        }
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = core.chars().count();
        let mut rest = core.chars();
        let (Some(_), true) = (rest.next(), rest.all(|c| c.is_alphabetic() && !c.is_uppercase()))
        else {
            return Vec::new();
        };
        // a longer word is no word; what it is made of is cut between its letters
        if !(SHORTEST..=60).contains(&letters) {
            return Vec::new();
        }
        let language = self.language;
        let patterns = self.patterns.get_or_init(|| Standard::from_embedded(language).ok());
        let start = word.find(core).unwrap_or(0);
        let is_within = |at: usize| {
            let (before, after) = core.split_at_checked(at)?;
            (before.chars().count() >= PART && after.chars().count() >= PART).then_some(start + at)
        };
        patterns
            .as_ref()
            .map(|p| p.hyphenate(core).breaks.into_iter().filter_map(is_within).collect())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(language: &str, word: &str) -> String {
        let places = HyphenPoints::new(language).of(word);
        let mut out = word.to_owned();
        for at in places.iter().rev() {
            out.insert(*at, '|');
        }
        out
    }

    #[test]
    fn words_are_divided_as_their_language_divides_them() {
        assert_eq!(divided("en-GB", "(safeguarding),"), "(safe|guard|ing),");
        assert_eq!(divided("en-GB", "supervision"), "super|vi|sion");
        assert_eq!(divided("cy", "gwasanaethau"), "gwas|an|aethau");
        assert_eq!(divided("en-GB", "co\u{AD}operation"), "co\u{AD}|operation");
    }

    #[test]
    fn names_numbers_and_short_words_are_left_whole() {
        for whole in
            ["review", "CAMHS", "HantsDirect", "2011/12", "www.hants.gov.uk", "", "«»", "e\u{301}"]
        {
            assert_eq!(divided("en-GB", whole), whole);
        }
        assert_eq!(divided("en-GB", &"a".repeat(5000)), "a".repeat(5000));
    }
}
