//! A text cut into what the grammar of dates knows: numbers, words, and the signs between them.

use super::words::{self, DateWord};
use crate::vocabulary::dates;

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateToken {
    Number(NumberToken),
    Word(DateWord),
    Slash,
    /// Whether white space stands beside it.
    Dash {
        spaced: bool,
    },
    /// Between two figures: "30.9.11"
    Point,
    Colon,
    /// A full stop, semicolon or line end: what follows is apart.
    Break,
    Open,
    Close,
    /// A question mark.
    Query,
    /// Anything else.
    Other,
}

/// A number of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberToken {
    pub(super) value: i32,
    /// How many figures it has.
    pub(super) digits: usize,
    /// An apostrophe before it: '11.
    pub(super) cut: bool,
    /// "st", "nd", "rd" or "th" behind it.
    pub(super) ordinal: bool,
}

/// The tokens of a text, and where each stands in it.
#[derive(Debug)]
pub(super) struct TokenStream<'a> {
    text: &'a str,
    /// Whether they are all of the text; it may be longer than any date.
    pub(super) whole: bool,
    pub(super) all: Vec<DateToken>,
    /// First byte of each, and the byte after its last.
    places: Vec<(usize, usize)>,
}

impl<'a> TokenStream<'a> {
    /// Cuts a text, as far as a date may go.
    pub(super) fn of(text: &'a str) -> Self {
        const MOST_BYTES: usize = 1_000;
        const MOST: usize = 120;
        const SOME: usize = 8;
        let most = text.len().min(MOST_BYTES);
        let lower = (0..4)
            .find_map(|less| text.get(..most.checked_sub(less)?))
            .unwrap_or_default()
            .to_ascii_lowercase();
        let mut tokens = Self {
            text,
            whole: true,
            all: Vec::with_capacity(SOME),
            places: Vec::with_capacity(SOME),
        };
        let mut at = 0;
        while let Some(rest) =
            lower.get(at..).filter(|rest| !rest.is_empty() && tokens.all.len() < MOST)
        {
            let (token, length) =
                next(lower.get(..at).unwrap_or_default(), rest, tokens.all.last().copied());
            if let Some(token) = token {
                tokens.all.push(token);
                tokens.places.push((at, at + length));
            }
            at += length.max(1);
        }
        tokens.whole = at >= text.len();
        tokens
    }

    /// The words from one token up to another, as typed.
    pub(super) fn words(&self, from: usize, to: usize) -> &'a str {
        let start = self.places.get(from).map_or(0, |p| p.0);
        let end = to.checked_sub(1).and_then(|i| self.places.get(i)).map_or(start, |p| p.1);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// The token that a text begins with, and how many bytes it takes; none for what only parts other
/// tokens.
fn next(before: &str, rest: &str, last: Option<DateToken>) -> (Option<DateToken>, usize) {
    let Some(c) = rest.chars().next() else { return (None, 0) };
    let after = rest.get(c.len_utf8()..).unwrap_or_default();
    if c.is_ascii_digit() {
        return number(before, rest);
    }
    if c.is_alphabetic() {
        return word(rest);
    }
    let token = match c {
        // "April 12. November 2011": a number before a point and a space ends a sentence
        '.' if matches!(last, Some(DateToken::Number(_)))
            && after.starts_with(char::is_whitespace)
            && !after.trim().is_empty() =>
        {
            Some(DateToken::Break)
        }
        '.' if before.ends_with(|c: char| c.is_ascii_digit())
            && after.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            Some(DateToken::Point)
        }
        // an asterisk or dagger leads to a footnote; commas, quotes, bullets and "Sept." only part
        '.' | ',' | '\'' | '’' | '‘' | '`' | '"' | '“' | '”' | '*' | '†' | '‡' | '¹' | '²'
        | '³' | '•' | '·' | '▪' => None,
        '\n' | ';' => Some(DateToken::Break),
        '/' => Some(DateToken::Slash),
        '-' | '–' | '—' | '‑' | '‐' | '−' => {
            let spaced =
                before.ends_with(char::is_whitespace) || after.starts_with(char::is_whitespace);
            Some(DateToken::Dash { spaced })
        }
        ':' => Some(DateToken::Colon),
        '&' | '+' => Some(DateToken::Word(DateWord::And)),
        '(' | '[' => Some(DateToken::Open),
        ')' | ']' => Some(DateToken::Close),
        '~' => Some(DateToken::Word(DateWord::Open)),
        '?' => Some(DateToken::Query),
        c if c.is_whitespace() => None,
        _ => Some(DateToken::Other),
    };
    (token, c.len_utf8())
}

fn number(before: &str, rest: &str) -> (Option<DateToken>, usize) {
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (figures, after) = rest.split_at(digits);
    let ending = dates::ordinal_endings().find_map(|ending| {
        let suffix = after.strip_prefix(' ').unwrap_or(after);
        let tail = suffix.strip_prefix(ending)?;
        (!tail.starts_with(char::is_alphanumeric)).then_some(after.len() - tail.len())
    });
    let cut = before.ends_with(['\'', '’', '‘', '`']);
    let token = figures.parse().map_or(DateToken::Other, |value| {
        DateToken::Number(NumberToken { value, digits, cut, ordinal: ending.is_some() })
    });
    (Some(token), digits + ending.unwrap_or(0))
}

fn word(rest: &str) -> (Option<DateToken>, usize) {
    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    match rest.get(..length) {
        // "3rd of the month": these part like white space, unless a phrase begins with them
        Some("of" | "the") => (None, length),
        _ => words::first(rest).map_or((Some(DateToken::Other), length), |(word, length)| {
            (Some(DateToken::Word(word)), length)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_parts_figures_and_ends_sentences() {
        let points = |text: &str| {
            let tokens = TokenStream::of(text);
            tokens
                .all
                .into_iter()
                .filter(|t| matches!(t, DateToken::Point | DateToken::Break))
                .collect::<Vec<_>>()
        };
        assert_eq!(points("30.9.11"), [DateToken::Point, DateToken::Point]);
        assert_eq!(points("Sept. 2011."), []);
        assert_eq!(points("12. November 2011"), [DateToken::Break]);
    }

    #[test]
    fn the_words_of_a_date_are_quoted_as_typed() {
        let tokens = TokenStream::of("by Sept ’11*");
        assert_eq!(tokens.all.len(), 3);
        assert_eq!(tokens.words(1, 3), "Sept ’11");
    }

    #[test]
    fn what_is_longer_than_any_date_is_cut_in_part() {
        assert!(!TokenStream::of(&"May 2012 ".repeat(200)).whole);
    }
}
