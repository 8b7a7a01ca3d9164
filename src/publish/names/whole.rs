//! Whole names as the list has them, and as "Surname, Given": these are always found.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

use crate::plan::target::is_period_word;
use crate::vocabulary::roles;

use super::entry::{ListedName, MAX_WORDS};
use super::index::{Replacement, merged};
use super::matching::{NameMatch, NameSearch};
use super::tokens::{TokenGap, WordToken, tokens};

/// A way to write a whole name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct WholeName {
    words: Vec<WholeWord>,
    /// The word before which a comma stands.
    comma: Option<usize>,
    /// Whether it is one only where it fills a line: "Given, Surname".
    fills_line: bool,
    replacement: Replacement,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct WholeWord {
    forms: Vec<String>,
    /// What the list has between the word before and this.
    gap: String,
    must_be_capitalised: bool,
}

/// The whole names of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct WholeNames {
    by_first_word: HashMap<String, Vec<WholeName>, RandomState>,
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

    /// The longest whole name that begins at a word: its words, and whose it is.
    pub(super) fn at(&self, search: &NameSearch, at: usize) -> Option<(Range<usize>, Replacement)> {
        let token = search.tokens.get(at)?;
        let names = token.folded.forms().filter_map(|form| self.by_first_word.get(form)).flatten();
        names
            .filter(|name| name.stands_at(search, at))
            .max_by_key(|name| name.words.len())
            .map(|name| (at..at + name.words.len(), name.replacement))
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

impl WholeName {
    fn stands_at(&self, search: &NameSearch, first: usize) -> bool {
        let Some(there) = search.tokens.get(first..first + self.words.len()) else { return false };
        let is_word = |(token, word): (&WordToken, &WholeWord)| {
            (token.is_capitalised || !word.must_be_capitalised)
                && token.folded.forms().any(|form| word.forms.iter().any(|other| other == form))
        };
        let gaps = || (1..self.words.len()).all(|at| self.is_gap(search, first, at));
        there.iter().zip(&self.words).all(is_word)
            && gaps()
            && (self.comma.is_none() || !search.is_name_of_next(first + self.words.len() - 1))
    }

    fn is_gap(&self, search: &NameSearch, first: usize, at: usize) -> bool {
        let (before, token) = (&search.tokens[first + at - 1], &search.tokens[first + at]);
        let gap = search.gap(first + at);
        if self.comma == Some(at) {
            let last = first + self.words.len() - 1;
            let fills_line = search.are_whole_line(first..last + 1);
            if self.fills_line {
                return gap == TokenGap::Comma && fills_line;
            }
            return gap == TokenGap::Comma && !search.is_date_before_comma(first)
                || gap == TokenGap::Joined && fills_line;
        }
        let is_short = before.key().chars().count() < 3 || roles::is_title(before.key());
        let typed = &search.text[before.end..token.start];
        matches!(gap, TokenGap::Joined | TokenGap::Tight)
            || gap == TokenGap::Stop && is_short
            || typed.trim() == self.words[at].gap.trim()
                && typed.len() < 2 * self.words[at].gap.len()
                && !typed.contains('\n')
    }
}

impl NameSearch<'_> {
    /// A whole name that begins at a word, whatever else its words may mean; with what the other
    /// ways to find names find around it.
    pub(super) fn whole(
        &self,
        from: usize,
        at: usize,
        other: Option<NameMatch>,
    ) -> Option<NameMatch> {
        let Some((words, replacement)) = self.index.whole.at(self, at) else { return other };
        let is_around =
            |found: &NameMatch| found.tokens.start <= words.start && found.tokens.end >= words.end;
        let longer = other.filter(is_around).or_else(|| {
            (words.start + 1..words.end).find_map(|at| self.at(from, at).filter(is_around))
        });
        longer.or_else(|| {
            let end = self.tokens[words.end - 1].end;
            Some(self.found(from, words.clone(), end, replacement))
        })
    }

    /// Whether the given name of "Lee, Kim Lee" is that of the next person.
    fn is_name_of_next(&self, last: usize) -> bool {
        self.tokens.get(last + 1).is_some_and(|next| {
            self.gap(last + 1) == TokenGap::Joined
                && !self.is_new_line(last + 1)
                && next.is_capitalised
                && self.index.is_surname(next)
        })
    }

    /// Whether a word is a month or season and no surname: "In May, Rose agreed".
    pub(super) fn is_date_before_comma(&self, at: usize) -> bool {
        const BEFORE: &[&str] = &["in", "since", "until", "during", "early", "late", "mid", "end"];
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        is_period_word(self.tokens[at].key())
            && before.is_some_and(|before| BEFORE.contains(&before.key()))
            && self.gap(at) == TokenGap::Joined
            && !self.is_new_line(at)
    }

    /// Whether a line break stands before a word.
    pub(super) fn is_new_line(&self, at: usize) -> bool {
        let (Some(before), Some(token)) =
            (at.checked_sub(1).and_then(|at| self.tokens.get(at)), self.tokens.get(at))
        else {
            return true;
        };
        self.text[before.end..token.start].contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}'])
    }

    /// Whether words stand alone in a line, or between semicolons.
    fn are_whole_line(&self, words: Range<usize>) -> bool {
        let is_end = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
            match (before, self.tokens.get(at)) {
                (Some(before), Some(token)) => {
                    self.is_new_line(at) || self.text[before.end..token.start].contains(';')
                }
                _ => true,
            }
        };
        is_end(words.start) && is_end(words.end)
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
