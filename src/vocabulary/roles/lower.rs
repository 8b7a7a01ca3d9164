//! Words of owners as they are looked up.

/// Words as they are looked up: in lower case, with straight apostrophes and one space between
/// them.
pub(in crate::vocabulary) fn lower(words: &str) -> String {
    let words: Vec<String> = words
        .split_whitespace()
        .map(|word| word.replace(['’', '‘', 'ʼ'], "'").to_lowercase())
        .collect();
    words.join(" ")
}

/// A few words in lower case, without an allocation.
pub(super) struct LowerWords {
    bytes: [u8; Self::CAPACITY],
    length: usize,
}

impl LowerWords {
    const CAPACITY: usize = 64;

    pub(super) fn new() -> Self {
        Self { bytes: [0; Self::CAPACITY], length: 0 }
    }

    /// Adds a word; false if there is no space for it.
    pub(super) fn push(&mut self, word: &str) -> bool {
        for c in word.chars() {
            let c = if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c };
            for c in c.to_lowercase() {
                let mut buffer = [0; 4];
                let encoded = c.encode_utf8(&mut buffer).as_bytes();
                let Some(space) = self.bytes.get_mut(self.length..self.length + encoded.len())
                else {
                    return false;
                };
                space.copy_from_slice(encoded);
                self.length += encoded.len();
            }
        }
        true
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}
