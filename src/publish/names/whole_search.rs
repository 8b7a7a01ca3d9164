//! Where whole names of the list stand in a text.

use std::ops::Range;

use crate::plan::target::is_period_word;
use crate::vocabulary::roles;

use super::index::Replacement;
use super::matching::{NameMatch, NameSearch};
use super::tokens::{TokenGap, WordToken};
use super::whole::{WholeName, WholeNames, WholeWord};

impl WholeNames {
    /// The longest whole name that begins at a word: its words, and whose it is.
    pub(super) fn at(&self, search: &NameSearch, at: usize) -> Option<(Range<usize>, Replacement)> {
        let token = search.tokens.get(at)?;
        let names = token.folded.forms().filter_map(|form| self.by_first_word.get(form)).flatten();
        names
            .filter(|name| name.stands_at(search, at))
            .max_by_key(|name| name.words.len())
            .map(|name| (at..at + name.words.len(), name.replacement))
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
