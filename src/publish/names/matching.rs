//! Where names stand in a text: a surname with given names, initials or titles beside it, a name in
//! one word, initials.

use std::ops::Range;

use crate::vocabulary::folding::is_apostrophe;
use crate::vocabulary::names::{are_letters_after_a_name, is_ordinary};
use crate::vocabulary::roles;
use crate::vocabulary::words::NO_WORDS;

use super::index::{NameIndex, Replacement, Surname};
use super::tokens::{TokenGap, WordToken};

/// The most titles before a name.
const MAX_TITLES: usize = 4;

/// The most words of a name before its surname.
const MAX_GIVEN: usize = 5;

/// The most middle names that the list does not have.
const MAX_MIDDLE: usize = 2;

/// A name that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameMatch {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Its words.
    pub(super) tokens: Range<usize>,
    pub(super) replacement: Replacement,
}

/// A text in which names are looked for.
pub(super) struct NameSearch<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [WordToken],
    pub(super) index: &'t NameIndex,
}

/// What stands before a surname.
struct GivenNames {
    /// The word that they begin with.
    start: usize,
    replacement: Replacement,
    /// What closes a bracket around the surname.
    close: Option<char>,
}

impl NameSearch<'_> {
    /// The names in the text, in order and apart.
    pub(super) fn all(&self) -> Vec<NameMatch> {
        let mut found: Vec<NameMatch> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            // what precedes may be part of a name, but not of two
            let from = found.last().map_or(0, |last| last.tokens.end);
            match self.whole(from, at, self.at(from, at)) {
                Some(name) => {
                    at = name.tokens.end;
                    found.push(name);
                }
                None => at += 1,
            }
        }
        found
    }

    pub(super) fn at(&self, from: usize, at: usize) -> Option<NameMatch> {
        let token = self.tokens.get(at)?;
        let surnames =
            || self.index.surnames_at(token).filter(|surname| self.stands_at(surname, at));
        surnames()
            .chain(self.index.surnames_in_plural(token))
            .find_map(|surname| self.before(from, at, surname))
            .or_else(|| surnames().find_map(|surname| self.after(from, at, surname)))
            .or_else(|| surnames().find_map(|surname| self.alone(from, at, surname)))
            .or_else(|| self.given_and_initial(from, at))
            .or_else(|| {
                let replacement = self.index.account(&token.folded, self.is_in_address(at))?;
                Some(self.found(from, at..at + 1, token.end, replacement))
            })
            .or_else(|| self.initials(at))
    }

    pub(super) fn gap(&self, at: usize) -> TokenGap {
        TokenGap::before(self.text, self.tokens, at)
    }

    fn stands_at(&self, surname: &Surname, at: usize) -> bool {
        let Some(words) = self.tokens.get(at..at + surname.words.len()) else { return false };
        words
            .iter()
            .zip(&surname.words)
            .all(|(token, word)| token.folded.forms().any(|form| form == word))
            && (at + 1..at + words.len()).all(|at| {
                matches!(self.gap(at), TokenGap::Joined)
                    || self.gap(at) == TokenGap::Stop
                        && roles::is_particle(self.tokens[at - 1].key())
                    || matches!(self.gap(at), TokenGap::Tight | TokenGap::Open(_))
                        && self.tokens[at - 1].key().chars().count() > 1
                    || self.text[self.tokens[at - 1].end..self.tokens[at].start]
                        .starts_with(is_apostrophe)
            })
    }

    /// A name with the titles before it, which ends at a byte.
    pub(super) fn found(
        &self,
        from: usize,
        tokens: Range<usize>,
        end: usize,
        replacement: Replacement,
    ) -> NameMatch {
        let mut start = tokens.start;
        while start > from && tokens.start - start < MAX_TITLES && self.is_title_before(start) {
            start -= 1;
        }
        let mut last = tokens.end;
        let mut end = end.max(self.tokens[last - 1].end);
        // "Handforth-Jones", "Handforth MBE"
        while let Some(next) = self.tokens.get(last).filter(|_| end == self.tokens[last - 1].end) {
            let gap = &self.text[end..next.start];
            let word = &self.text[next.start..next.end];
            let is_joined = matches!(gap, "-" | "‐" | "‑") && next.is_capitalised;
            let are_letters = matches!(gap, " " | ", ")
                && word.chars().count() > 1
                && are_letters_after_a_name(word);
            if !is_joined && !are_letters {
                break;
            }
            (last, end) = (last + 1, next.end);
        }
        NameMatch { range: self.tokens[start].start..end, tokens: start..last, replacement }
    }

    /// Whether a title stands before a word.
    fn is_title_before(&self, at: usize) -> bool {
        let is_joined = matches!(self.gap(at), TokenGap::Joined | TokenGap::Stop | TokenGap::Slash);
        is_joined && self.tokens.get(at - 1).is_some_and(|token| roles::is_title(token.key()))
    }

    /// A surname with given names, initials or titles before it.
    fn before(&self, from: usize, at: usize, surname: &Surname) -> Option<NameMatch> {
        let tokens = at..at + surname.words.len();
        let end = self.tokens[tokens.end - 1].end;
        if let Some(given) = self.given_before(from, tokens.clone(), surname) {
            let end = end + given.close.map_or(0, char::len_utf8);
            return Some(self.found(from, given.start..tokens.end, end, given.replacement));
        }
        let is_name = self.tokens[at].is_capitalised || !surname.is_ordinary;
        // "Dame Stefi Duffield": what stands behind the title is a given name
        let is_given = self.gap(tokens.end) == TokenGap::Joined
            && self.tokens.get(tokens.end).is_some_and(|next| {
                self.index.surnames_at(next).any(|other| other.given(&self.tokens[at]).is_some())
            });
        if at > from && is_name && !is_given && self.is_title_before(at) {
            let replacement = surname.titled?;
            return Some(self.found(from, tokens, end, replacement));
        }
        None
    }

    /// A name of which the list has no more than one word.
    fn alone(&self, from: usize, at: usize, surname: &Surname) -> Option<NameMatch> {
        let tokens = at..at + surname.words.len();
        let replacement = surname.alone.filter(|_| self.tokens[at].is_capitalised)?;
        let end = self.tokens[tokens.end - 1].end;
        Some(self.found(from, tokens, end, replacement))
    }

    /// The given names and initials before a surname.
    fn given_before(
        &self,
        from: usize,
        tokens: Range<usize>,
        surname: &Surname,
    ) -> Option<GivenNames> {
        let Range { start: first, end } = tokens;
        let last = &self.tokens[end - 1];
        let behind = &self.text[self.tokens[end - 1].end..];
        let mut found: Option<GivenNames> = None;
        let mut close = None;
        let (mut middle, mut nickname) = (0, None);
        let mut is_bracketed = false;
        let mut at = first;
        while at > from && first - at < MAX_GIVEN {
            // a name that is whole does not begin in the line before
            if found.is_some() && self.is_new_line(at) {
                break;
            }
            let token = &self.tokens[at - 1];
            let gap = self.gap(at);
            let is_initial = token.only_letter().is_some();
            match gap {
                TokenGap::Joined | TokenGap::Tight => {}
                TokenGap::Stop if is_initial || is_initials(token) => {}
                TokenGap::Slash if at == first && token.is_capitalised && last.is_capitalised => {}
                TokenGap::Open(_) if is_bracketed => is_bracketed = false,
                TokenGap::Open(closing) if at == first && behind.starts_with(closing) => {
                    close = Some(closing);
                }
                TokenGap::Close(_) if !is_bracketed => is_bracketed = true,
                _ => break,
            }
            let is_certain = !surname.is_ordinary || token.is_capitalised && last.is_capitalised;
            let given = surname
                .given(token)
                .filter(|_| is_certain)
                .or_else(|| self.initial_before(at - 1, end - 1, surname))
                .or_else(|| {
                    let is_given = token.is_capitalised && roles::is_given_name(token.key());
                    surname.given_of_initial(token).filter(|_| is_given && !is_initial)
                });
            let is_middle = (token.is_capitalised || is_initial)
                && !roles::is_title(token.key())
                && last.is_capitalised == token.is_capitalised
                && (!surname.is_ordinary || is_initial);
            if let Some(replacement) = given {
                if is_bracketed {
                    nickname = Some(replacement);
                } else {
                    found = Some(GivenNames { start: at - 1, replacement, close });
                }
            } else if is_middle && middle < MAX_MIDDLE {
                middle += 1;
                if !is_bracketed && let Some(replacement) = nickname.take() {
                    found = Some(GivenNames { start: at - 1, replacement, close });
                }
            } else {
                break;
            }
            if gap == TokenGap::Slash {
                break;
            }
            at -= 1;
        }
        found
    }

    /// Whose initial stands at a word, before a surname that ends with another.
    fn initial_before(&self, at: usize, last: usize, surname: &Surname) -> Option<Replacement> {
        let token = &self.tokens[at];
        let gap = self.gap(at + 1);
        let letter = token.only_letter();
        let is_word = matches!(token.key(), "a" | "i");
        if is_word && surname.is_ordinary && gap == TokenGap::Joined {
            return None;
        }
        let is_typed = token.is_capitals
            && (self.tokens[last].is_capitalised || at > 0 && self.is_title_before(at))
            || gap == TokenGap::Tight;
        if !is_typed {
            return None;
        }
        let letter = letter.or_else(|| {
            token.key().chars().next().filter(|_| token.is_capitals && is_initials(token))
        })?;
        surname.initial(letter)
    }

    /// A surname with given names or initials behind it: "Lee, Jo", "LEE Jo", "Lee J", "Lee (Jo)".
    fn after(&self, from: usize, at: usize, surname: &Surname) -> Option<NameMatch> {
        let end = at + surname.words.len();
        let next = self.tokens.get(end)?;
        let is_capitalised = self.tokens[end - 1].is_capitalised;
        match self.gap(end) {
            TokenGap::Comma if is_capitalised && !self.is_date_before_comma(at) => {}
            TokenGap::Tight if surname.initial(next.only_letter()?).is_some() => {}
            TokenGap::Joined if is_capitalised && next.is_capitalised => {}
            TokenGap::Open(closing) if is_capitalised && next.is_capitalised => {
                let replacement = surname
                    .given(next)
                    .or_else(|| next.only_letter().and_then(|letter| surname.initial(letter)))?;
                let behind = &self.text[next.end..];
                // "Bill (William) Hart"
                let goes_on = self.tokens.get(end + 1).is_some_and(|last| {
                    matches!(self.gap(end + 1), TokenGap::Close(_)) && self.index.is_surname(last)
                });
                let stop = usize::from(behind.starts_with('.') && next.only_letter().is_some());
                return (!goes_on && behind[stop..].starts_with(closing)).then(|| {
                    let end_of_name = next.end + stop + closing.len_utf8();
                    self.found(from, at..end + 1, end_of_name, replacement)
                });
            }
            _ => return None,
        }
        let (count, replacement) = self.given_after(end, surname)?;
        let last = end + count;
        if self.tokens[last - 1].only_letter().is_none()
            && self.gap(end) == TokenGap::Joined
            && surname.is_ordinary
        {
            return None;
        }
        let end_of_name = self.end_of_initial(last - 1);
        Some(self.found(from, at..last, end_of_name, replacement))
    }

    /// How many words from one on are given names or initials of people with a surname, and whose.
    fn given_after(&self, first: usize, surname: &Surname) -> Option<(usize, Replacement)> {
        let of = |token: &WordToken| {
            let initials = || {
                let letter = token.key().chars().next()?;
                surname.initial(letter).filter(|_| token.is_capitals && is_initials(token))
            };
            let initial = || token.only_letter().and_then(|letter| surname.initial(letter));
            let is_tight = self.gap(first) == TokenGap::Tight;
            surname
                .given(token)
                .filter(|_| token.is_capitalised || is_tight)
                .or_else(|| initial().filter(|_| token.is_capitals || is_tight))
                .or_else(initials)
        };
        let replacement = of(self.tokens.get(first)?)?;
        let mut count = 1;
        while let Some(token) = self.tokens.get(first + count) {
            let is_letter = token.only_letter().is_some() && token.is_capitals;
            let was_letter = self.tokens[first + count - 1].only_letter().is_some();
            let goes_on = match self.gap(first + count) {
                TokenGap::Tight | TokenGap::Joined => is_letter || surname.given(token).is_some(),
                TokenGap::Stop => was_letter && is_letter,
                _ => false,
            };
            let goes_on = goes_on && !self.is_new_line(first + count);
            if !goes_on || count == MAX_GIVEN || self.index.is_surname(token) && !is_letter {
                break;
            }
            count += 1;
        }
        let next = self.tokens.get(first + count);
        let gap = self.gap(first + count);
        let was_letter = self.tokens[first + count - 1].only_letter().is_some();
        let is_name_after = next.is_some_and(|next| {
            let is_surname = self.index.is_surname(next) && next.is_capitalised;
            match gap {
                _ if self.is_new_line(first + count) => false,
                // "Lee, Kim Lee": the given name is that of the next
                TokenGap::Joined => {
                    is_surname || next.is_capitalised && self.gap(first) == TokenGap::Joined
                }
                TokenGap::Stop | TokenGap::Tight => is_surname && was_letter,
                _ => false,
            }
        });
        // "Ashley A new form", "Ashley I think"
        let token = &self.tokens[first];
        let is_word = matches!(token.key(), "a" | "i") && gap == TokenGap::Joined;
        let is_word = is_word && self.gap(first) == TokenGap::Joined;
        (!is_name_after && !is_word).then_some((count, replacement))
    }

    /// A given name and the initial of the surname: "Stephen H".
    fn given_and_initial(&self, from: usize, at: usize) -> Option<NameMatch> {
        let (given, initial) = (self.tokens.get(at)?, self.tokens.get(at + 1)?);
        let is_typed = given.is_capitalised && initial.is_capitals;
        if !is_typed || self.gap(at + 1) != TokenGap::Joined {
            return None;
        }
        // "Sean O' Neill"
        let behind = &self.text[initial.end..];
        if behind.starts_with(is_apostrophe)
            || self.index.surnames_at(initial).any(|surname| self.stands_at(surname, at + 1))
        {
            return None;
        }
        let replacement = self.index.given_and_initial(given, initial.only_letter()?)?;
        let goes_on = self.tokens.get(at + 2).is_some_and(|next| {
            next.is_capitalised && matches!(self.gap(at + 2), TokenGap::Joined | TokenGap::Stop)
        });
        let end = self.end_of_initial(at + 1);
        (!goes_on).then(|| self.found(from, at..at + 2, end, replacement))
    }

    /// Initials that the plan uses in place of a name: "JL", "J.L.", "J L".
    fn initials(&self, at: usize) -> Option<NameMatch> {
        let (count, letters) = self.initials_at(at)?;
        let replacement = self.index.initials(&letters)?;
        let tokens = at..at + count;
        let end = self.end_of_initial(tokens.end - 1);
        let range = self.tokens[at].start..end;
        Some(NameMatch { range, tokens, replacement })
    }

    /// How many words from one on are initials in capitals, and their letters.
    pub(super) fn initials_at(&self, at: usize) -> Option<(usize, String)> {
        const MAX_INITIALS: usize = 4;
        let first = self.tokens.get(at).filter(|token| token.is_capitals)?;
        if first.only_letter().is_none() {
            return (first.key().chars().count() <= MAX_INITIALS)
                .then(|| (1, first.key().to_owned()));
        }
        let is_joined =
            |at: usize| matches!(self.gap(at), TokenGap::Joined | TokenGap::Tight | TokenGap::Stop);
        let mut letters = String::from(first.key());
        let mut count = 1;
        while let Some(token) = self.tokens.get(at + count)
            && token.is_capitals
            && let Some(letter) = token.only_letter()
            && is_joined(at + count)
            && count < MAX_INITIALS
        {
            letters.push(letter);
            count += 1;
        }
        (count > 1).then_some((count, letters))
    }

    /// Where a name ends whose last word may be an initial with a full stop; at the end of a
    /// sentence, that stays.
    fn end_of_initial(&self, last: usize) -> usize {
        let token = &self.tokens[last];
        let Some(behind) = self.text[token.end..].strip_prefix('.') else { return token.end };
        let next = behind.trim_start();
        let ends_a_sentence = next.is_empty()
            || next.len() < behind.len() && next.starts_with(char::is_uppercase)
            || behind.starts_with(char::is_alphanumeric);
        if token.only_letter().is_none() || ends_a_sentence { token.end } else { token.end + 1 }
    }

    /// Whether a word stands where accounts do: "@shandforth", "\\server\shandforth".
    fn is_in_address(&self, at: usize) -> bool {
        self.text[..self.tokens[at].start].ends_with(['@', '\\', '~'])
    }
}

/// Whether a word in capitals may be two or three initials, and is no acronym that is known.
fn is_initials(token: &WordToken) -> bool {
    let letters = token.key().chars().count();
    (2..=3).contains(&letters)
        && token.is_capitals
        && !is_ordinary(token.key())
        && roles::shape(&token.key().to_uppercase(), &NO_WORDS).is_none()
        && !roles::is_title(token.key())
}
