//! Texts as they are compared: letters and digits alone, so that line ends, hyphens, quotation
//! marks and accents make no difference.

use unicode_normalization::UnicodeNormalization;

/// A text reduced to its letters and digits, in lower case, without accents (NFKD).
#[derive(Debug, Default)]
pub(super) struct SqueezedText {
    pub(super) letters: String,
    /// For each byte of the letters, whether a word begins there.
    starts: Vec<bool>,
}

impl SqueezedText {
    pub(super) fn new(words: &str) -> Self {
        let mut squeezed = Self::default();
        squeezed.add(words);
        squeezed
    }

    /// Adds words at the end; a word never goes on from what stands before.
    pub(super) fn add(&mut self, words: &str) {
        if words.is_ascii() {
            self.letters.reserve(words.len());
            let mut starts = true;
            for byte in words.bytes() {
                if byte.is_ascii_alphanumeric() {
                    self.letters.push(char::from(byte.to_ascii_lowercase()));
                    self.starts.push(starts);
                    starts = false;
                } else if byte != b'\'' {
                    starts = true;
                }
            }
            return;
        }
        let mut starts = true;
        for c in words.nfkd() {
            if c.is_alphanumeric() {
                self.letters.extend(c.to_lowercase());
                self.starts.push(starts);
                self.starts.resize(self.letters.len(), false);
                starts = false;
            } else if !is_invisible(c) {
                starts = true;
            }
        }
    }

    pub(super) fn clear(&mut self) {
        self.letters.clear();
        self.starts.clear();
    }

    /// Whether a word begins at this byte, or the text ends there.
    pub(super) fn begins_at(&self, byte: usize) -> bool {
        self.starts.get(byte).copied().unwrap_or(true)
    }

    /// The words, one by one.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let mut from = 0;
        std::iter::from_fn(move || {
            if from >= self.letters.len() {
                return None;
            }
            let to = (from + 1..self.letters.len())
                .find(|at| self.starts[*at])
                .unwrap_or(self.letters.len());
            let word = self.letters.get(from..to);
            from = to;
            word
        })
    }

    /// The letters at the beginning, no more than so many bytes; and whether those are all.
    pub(super) fn beginning(&self, most: usize) -> (&str, bool) {
        let end = (0..=most.min(self.letters.len()))
            .rev()
            .find(|at| self.letters.is_char_boundary(*at))
            .unwrap_or(0);
        (&self.letters[..end], end == self.letters.len())
    }
}

/// What stands inside a word without dividing it: soft hyphens, joiners, marks of direction,
/// combining accents.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        | '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_line_ends_and_hyphens_make_no_difference() {
        let same =
            ["Siân’s co-\nordinator", "SIA\u{302}N'S coordi\u{ad}nator", "sians  coordinator"];
        for words in same {
            assert_eq!(SqueezedText::new(words).letters, "sianscoordinator", "{words}");
        }
        let squeezed = SqueezedText::new("Ask Jo, 3 ﬁnes");
        assert_eq!(squeezed.words().collect::<Vec<_>>(), ["ask", "jo", "3", "fines"]);
        assert!(squeezed.begins_at(3) && !squeezed.begins_at(4) && squeezed.begins_at(99));
        assert_eq!(SqueezedText::new("éa").beginning(1), ("e", false));
        assert_eq!(SqueezedText::new("").words().count(), 0);
    }
}
