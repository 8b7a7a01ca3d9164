//! The words of a text as names are looked for in them, and what stands between two of them.

use unicode_normalization::char::is_combining_mark;

use crate::vocabulary::folding::{FoldedWord, is_apostrophe, is_ignorable};

/// A word, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::publish) struct WordToken {
    /// The byte at which it begins.
    pub(in crate::publish) start: usize,
    /// The byte at which it ends, without a possessive ending.
    pub(in crate::publish) end: usize,
    /// As it is compared.
    pub(in crate::publish) folded: FoldedWord,
    /// Whether it begins with a capital.
    pub(in crate::publish) is_capitalised: bool,
    /// Whether all of its letters are capitals.
    pub(in crate::publish) is_capitals: bool,
}

impl WordToken {
    pub(in crate::publish) fn key(&self) -> &str {
        &self.folded.key
    }

    /// Its only letter.
    pub(super) fn only_letter(&self) -> Option<char> {
        let mut letters = self.folded.key.chars();
        letters.next().filter(|c| letters.next().is_none() && c.is_alphabetic())
    }
}

/// The words of a text.
pub(in crate::publish) fn tokens(text: &str) -> Vec<WordToken> {
    let mut tokens = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, c)) = letters.next() {
        if !is_of_word(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((at, c)) = letters.peek().copied() {
            let after = at + c.len_utf8();
            let is_in_word = is_apostrophe(c) && text[after..].starts_with(char::is_alphanumeric);
            if !is_in_word && !is_of_word(c) && !is_combining_mark(c) && !is_ignorable(c) {
                break;
            }
            end = after;
            letters.next();
        }
        let word = without_possessive(&text[start..end]);
        tokens.push(WordToken {
            start,
            end: start + word.len(),
            folded: FoldedWord::of(word),
            is_capitalised: word.starts_with(begins_a_name),
            is_capitals: !word.chars().any(char::is_lowercase),
        });
    }
    tokens
}

/// The words of a name, as they are compared.
pub(in crate::publish) fn keys(name: &str) -> Vec<String> {
    tokens(name).into_iter().map(|token| token.folded.key).collect()
}

/// A capital, or a letter of a script without capitals.
fn begins_a_name(c: char) -> bool {
    c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase()
}

/// Letters and digits, but for the raised digits of footnotes.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '¹' | '²' | '³' | '⁰' | '\u{2074}'..='\u{2079}')
}

fn without_possessive(word: &str) -> &str {
    let Some(before) = word.strip_suffix(['s', 'S']) else { return word };
    before.strip_suffix(is_apostrophe).unwrap_or(word)
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenGap {
    /// A space, or a hyphen that belongs to the words: "van der", "Adeyemi-Okafor".
    Joined,
    /// A full stop or underscore alone: "stephen.handforth".
    Tight,
    /// A full stop and a space, after an initial or at the end of a sentence.
    Stop,
    Comma,
    Slash,
    /// A space and an opening bracket or quotation mark, with what closes it.
    Open(char),
    /// A closing bracket or quotation mark and a space.
    Close(char),
    Apart,
}

impl TokenGap {
    /// What stands before a word.
    pub(super) fn before(text: &str, tokens: &[WordToken], at: usize) -> Self {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let (Some(before), Some(word)) = (before, tokens.get(at)) else { return Self::Apart };
        Self::of(&text[before.end..word.start])
    }

    fn of(gap: &str) -> Self {
        /// The most characters between two words of a name.
        const MAX_GAP: usize = 4;
        if gap == " " {
            return Self::Joined;
        }
        let mut letters = [' '; MAX_GAP];
        let mut count = 0;
        for c in gap.chars().filter(|c| !is_ignorable(*c)) {
            let Some(letter) = letters.get_mut(count) else { return Self::Apart };
            *letter = if c.is_whitespace() { ' ' } else { c };
            count += 1;
        }
        let is_hyphen = |c: char| matches!(c, '-' | '‐' | '‑');
        match &letters[..count] {
            ['.' | '_'] => Self::Tight,
            ['–'] => Self::Joined,
            ['/'] => Self::Slash,
            [',', rest @ ..] if rest.iter().all(|c| *c == ' ') => Self::Comma,
            ['.', rest @ ..] if rest.iter().all(|c| *c == ' ' || is_hyphen(*c)) => Self::Stop,
            [' ', .., ' '] if letters[..count].iter().any(|c| is_hyphen(*c)) => Self::Apart,
            all if all.iter().all(|c| *c == ' ' || is_hyphen(*c) || *c == '_') => Self::Joined,
            [' ', open] => closing(*open).map_or(Self::Apart, Self::Open),
            [close @ (')' | ']' | '"' | '”' | '’' | '\''), ' '] => Self::Close(*close),
            _ => Self::Apart,
        }
    }
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '"' => '"',
        '“' => '”',
        '‘' => '’',
        '\'' => '\'',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_accents_quotes_and_possessives() {
        for (typed, expected) in [
            ("Siân O’Brien's", vec!["sian", "obrien"]),
            ("Sia\u{302}n O'Brien", vec!["sian", "obrien"]),
            ("MARY-JANE  Smith’s plan", vec!["mary", "jane", "smith", "plan"]),
            ("James' visits", vec!["james", "visits"]),
            ("J.L., 'Jo'", vec!["j", "l", "jo"]),
            ("Ash\u{ad}ley", vec!["ashley"]),
            ("Lee² said", vec!["lee", "said"]),
            ("’s", vec!["s"]),
        ] {
            assert_eq!(keys(typed), expected, "{typed}");
        }
        let token = tokens("see Lee’s").pop().unwrap();
        assert_eq!(
            (token.start, token.end, token.is_capitalised, token.is_capitals),
            (4, 7, true, false)
        );
    }

    #[test]
    fn what_stands_between_words_is_told_apart() {
        for (typed, expected) in [
            ("Jo Lee", TokenGap::Joined),
            ("Jo \u{ad}\u{a0}Lee", TokenGap::Joined),
            ("Jo‑Lee", TokenGap::Joined),
            ("Jo–Lee", TokenGap::Joined),
            ("Jo- Lee", TokenGap::Joined),
            ("Jo – Lee", TokenGap::Apart),
            ("Jo - Lee", TokenGap::Apart),
            ("jo.lee", TokenGap::Tight),
            ("J. Lee", TokenGap::Stop),
            ("J.-L", TokenGap::Stop),
            ("Lee, Jo", TokenGap::Comma),
            ("Jo/Lee", TokenGap::Slash),
            ("Lee (Jo)", TokenGap::Open(')')),
            ("(Jo) Lee", TokenGap::Close(')')),
            ("Jo. (Lee", TokenGap::Apart),
            ("Jo     Lee", TokenGap::Apart),
        ] {
            assert_eq!(TokenGap::before(typed, &tokens(typed), 1), expected, "{typed}");
        }
    }
}
