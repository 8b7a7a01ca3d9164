//! Words in the form in which names are compared: letters without accents, capitals, ligatures and
//! invisible characters.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A word in the form in which names are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FoldedWord {
    /// Its letters and digits.
    pub(crate) key: String,
    /// The same with two letters for those that German and the Nordic languages also write so
    /// ("Mueller" for "Müller"), if there are any.
    pub(crate) digraphs: Option<String>,
}

impl FoldedWord {
    /// Folds a word.
    pub(crate) fn of(word: &str) -> Self {
        if word.is_ascii() {
            let key = word.bytes().filter(u8::is_ascii_alphanumeric);
            let key = key.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
            return Self { key, digraphs: None };
        }
        let mut folded = FoldingBuffer::default();
        for c in word.chars().filter(|c| !is_apostrophe(*c) && !is_ignorable(*c)) {
            decompose_compatible(c, |part| folded.push(part));
        }
        let FoldingBuffer { key, digraphs } = folded;
        Self { digraphs: Some(digraphs).filter(|digraphs| *digraphs != key), key }
    }

    /// Both forms.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.key.as_str()).chain(self.digraphs.as_deref())
    }
}

#[derive(Default)]
struct FoldingBuffer {
    key: String,
    digraphs: String,
}

impl FoldingBuffer {
    fn push(&mut self, part: char) {
        /// U+0308, combining diaeresis.
        const DIAERESIS: char = '\u{308}';
        /// U+030A, combining ring above.
        const RING: char = '\u{30a}';
        if is_combining_mark(part) {
            match (part, self.key.chars().next_back()) {
                (DIAERESIS, Some('a' | 'o' | 'u')) => self.digraphs.push('e'),
                (RING, Some('a')) => self.digraphs.push('a'),
                _ => {}
            }
            return;
        }
        for c in part.to_lowercase() {
            let letters = match c {
                'ł' => "l",
                'ς' => "σ",
                'ß' => "ss",
                'æ' => "ae",
                'œ' => "oe",
                'đ' | 'ð' => "d",
                'þ' => "th",
                'ħ' => "h",
                'ı' => "i",
                'ø' => {
                    self.key.push('o');
                    self.digraphs.push_str("oe");
                    continue;
                }
                c if c.is_alphanumeric() => {
                    self.key.push(c);
                    self.digraphs.push(c);
                    continue;
                }
                _ => continue,
            };
            self.key.push_str(letters);
            self.digraphs.push_str(letters);
        }
    }
}

/// An apostrophe, or what is typed in place of one.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '＇')
}

/// A character that is not shown: the property `Default_Ignorable_Code_Point` of Unicode.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_accents_and_ligatures() {
        for (typed, key, digraphs) in [
            ("O’Brien", "obrien", None),
            ("Sia\u{302}n", "sian", None),
            ("Müller", "muller", Some("mueller")),
            ("Mu\u{308}ller", "muller", Some("mueller")),
            ("Zoë", "zoe", None),
            ("Ångström", "angstrom", Some("aangstroem")),
            ("Ørjan", "orjan", Some("oerjan")),
            ("Łukasz", "lukasz", None),
            ("STRAUẞ", "strauss", None),
            ("Steﬁ", "stefi", None),
            ("Ｄｕｆｆｉｅｌｄ", "duffield", None),
            ("𝐃𝐮𝐟𝐟𝐢𝐞𝐥𝐝", "duffield", None),
            ("Hand\u{ad}for\u{e0020}th", "handforth", None),
        ] {
            let folded = FoldedWord::of(typed);
            assert_eq!((folded.key.as_str(), folded.digraphs.as_deref()), (key, digraphs));
        }
    }
}
