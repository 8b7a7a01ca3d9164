//! Whole names as the list has them, and as "Surname, Given": these are always found.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

use crate::vocabulary::roles;

use super::entry::{ListedName, MAX_WORDS};
use super::index::{Replacement, merged};
use super::tokens::tokens;

/// A way to write a whole name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WholeName {
    pub(super) words: Vec<WholeWord>,
    /// The word before which a comma stands.
    pub(super) comma: Option<usize>,
    /// Whether it is one only where it fills a line: "Given, Surname".
    pub(super) fills_line: bool,
    pub(super) replacement: Replacement,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WholeWord {
    pub(super) forms: Vec<String>,
    /// What the list has between the word before and this.
    pub(super) gap: String,
    pub(super) must_be_capitalised: bool,
}

/// The whole names of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct WholeNames {
    pub(super) by_first_word: HashMap<String, Vec<WholeName>, RandomState>,
    /// Names in letters that are written without spaces.
    unspaced: Vec<(String, Replacement)>,
}

impl WholeNames {
    pub(super) fn add(&mut self, name: &str, person: Replacement) {
        let name = name.trim();
        if name.chars().count() > 1 && name.chars().all(is_written_without_spaces) {
            self.unspaced.push((name.to_owned(), person));
        }
        let listed = ListedName::of(name);
        for typed in [listed.with_titles, listed.without_titles] {
            self.add_words(&typed, listed.is_reversed, person);
        }
    }

    fn add_words(&mut self, typed: &str, is_reversed: bool, person: Replacement) {
        let all = tokens(typed);
        if !(2..=MAX_WORDS).contains(&all.len()) {
            return;
        }
        let last = all.len() - 1;
        let comma = is_reversed
            .then(|| all.iter().position(|token| typed[token.end..].trim_start().starts_with(',')))
            .flatten()
            .map(|before| before + 1)
            .filter(|comma| *comma <= last);
        let word = |at: usize| {
            let token = &all[at];
            let before = at.checked_sub(1).map_or(0, |before| all[before].end);
            let is_within = at > 0 && at < last && Some(at) != comma;
            WholeWord {
                forms: token.folded.forms().map(str::to_owned).collect(),
                gap: typed[before..token.start].to_owned(),
                must_be_capitalised: token.is_capitalised
                    && !(is_within && roles::is_particle(token.key())),
            }
        };
        let mut words: Vec<WholeWord> = (0..all.len()).map(word).collect();
        words.rotate_left(comma.unwrap_or(0));
        let name = |words: Vec<WholeWord>, comma, fills_line| WholeName {
            words,
            comma,
            fills_line,
            replacement: person,
        };
        self.insert(&name(words.clone(), None, false));
        if words.len() == 2 {
            self.insert(&name(words.clone(), Some(1), true));
        }
        for surname in 1..words.len() {
            let mut words = words.clone();
            words.rotate_left(surname);
            let comma = Some(words.len() - surname);
            self.insert(&name(words, comma, false));
        }
    }

    fn insert(&mut self, name: &WholeName) {
        let Some(first) = name.words.first() else { return };
        for form in first.forms.clone() {
            let names = self.by_first_word.entry(form).or_default();
            let is_same = |other: &&mut WholeName| {
                (&other.words, other.comma, other.fills_line)
                    == (&name.words, name.comma, name.fills_line)
            };
            match names.iter_mut().find(is_same) {
                Some(known) => known.replacement = merged(known.replacement, name.replacement),
                None => names.push(name.clone()),
            }
        }
    }

    /// Where names stand that are written without spaces.
    pub(super) fn unspaced(&self, text: &str) -> Vec<(Range<usize>, Replacement)> {
        if self.unspaced.is_empty() || text.is_ascii() {
            return Vec::new();
        }
        let found = self.unspaced.iter().flat_map(|(name, replacement)| {
            text.match_indices(name.as_str()).map(|(at, name)| (at..at + name.len(), *replacement))
        });
        found.collect()
    }
}

/// Whether a letter is of a script that has no spaces between words.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}'
    )
}
