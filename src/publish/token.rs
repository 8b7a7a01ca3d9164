//! The words of a text as names are looked for in them: without accents, capitals, quotes and
//! possessive endings.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A word, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WordToken {
    /// The byte at which it begins.
    pub(super) start: usize,
    /// The byte at which it ends, without a possessive ending.
    pub(super) end: usize,
    /// As it is compared.
    pub(super) key: String,
    /// Whether it begins with a capital.
    pub(super) is_capitalised: bool,
    /// Whether all of its letters are capitals.
    pub(super) is_capitals: bool,
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> Vec<WordToken> {
    let mut tokens = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, c)) = letters.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((at, c)) = letters.peek().copied() {
            let after = at + c.len_utf8();
            let is_in_word = is_apostrophe(c) && text[after..].starts_with(char::is_alphanumeric);
            if !is_in_word && !c.is_alphanumeric() && !is_combining_mark(c) && !is_invisible(c) {
                break;
            }
            end = after;
            letters.next();
        }
        let word = without_possessive(&text[start..end]);
        tokens.push(WordToken {
            start,
            end: start + word.len(),
            key: key(word),
            is_capitalised: word.starts_with(char::is_uppercase),
            is_capitals: !word.chars().any(char::is_lowercase),
        });
    }
    tokens
}

/// The words of a name, as they are compared.
pub(super) fn keys(name: &str) -> Vec<String> {
    tokens(name).into_iter().map(|token| token.key).collect()
}

fn key(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    for c in word.chars().filter(|c| !is_apostrophe(*c) && !is_invisible(*c)) {
        decompose_canonical(c, |part| {
            if !is_combining_mark(part) {
                key.extend(part.to_lowercase());
            }
        });
    }
    key
}

fn without_possessive(word: &str) -> &str {
    let Some(before) = word.strip_suffix(['s', 'S']) else { return word };
    before.strip_suffix(is_apostrophe).unwrap_or(word)
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '＇')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
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
}
