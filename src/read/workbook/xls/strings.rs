//! The strings of old workbooks: of one byte or two a character, whole or cut in pieces.

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, WINDOWS_1252};

use crate::read::workbook::binary::{FormattedString, characters, u16_at, u32_at};

/// How a workbook writes its strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StringEncoding {
    /// Excel 97 and later: Unicode.
    Unicode,
    /// Excel 95 and before: one code page for all.
    CodePage(&'static Encoding),
}

impl StringEncoding {
    /// The writing of this code page.
    pub(super) fn of_code_page(page: u16) -> Self {
        Self::CodePage(match page {
            932 => SHIFT_JIS,
            936 => GBK,
            949 => EUC_KR,
            950 => BIG5,
            10000 | 32768 => MACINTOSH,
            _ => Encoding::for_label(format!("windows-{page}").as_bytes()).unwrap_or(WINDOWS_1252),
        })
    }

    /// The string whose length in characters is the number of two bytes at the start.
    pub(super) fn long(self, bytes: &[u8]) -> Option<(String, &[u8])> {
        self.string(usize::from(u16_at(bytes, 0)?), bytes.get(2..)?)
    }

    /// The string whose length in characters is the byte at the start.
    pub(super) fn short(self, bytes: &[u8]) -> Option<(String, &[u8])> {
        self.string(usize::from(*bytes.first()?), bytes.get(1..)?)
    }

    fn string(self, length: usize, bytes: &[u8]) -> Option<(String, &[u8])> {
        match self {
            Self::Unicode => {
                let (flags, bytes) = bytes.split_first()?;
                let wide = flags & 1 != 0;
                let (string, rest) = bytes
                    .split_at_checked(if wide { 2 * length } else { length })
                    .unwrap_or((bytes, &[]));
                Some((characters(string, wide), rest))
            }
            Self::CodePage(encoding) => {
                let (string, rest) = bytes.split_at_checked(length).unwrap_or((bytes, &[]));
                Some((encoding.decode_without_bom_handling(string).0.into_owned(), rest))
            }
        }
    }
}

/// The strings that cells share ([MS-XLS] 2.4.265), from the record and those that continue it.
pub(super) fn shared<'a>(record: &'a [u8], continued: Vec<&'a [u8]>) -> Vec<FormattedString> {
    let mut pieces =
        StringFragments { piece: record.get(8..).unwrap_or_default(), more: continued.into_iter() };
    std::iter::from_fn(|| pieces.string()).collect()
}

/// The words of a comment: so many characters, from the records that continue it.
pub(super) fn continued(length: usize, records: Vec<&[u8]>) -> String {
    StringFragments { piece: &[], more: records.into_iter() }.characters(length, false)
}

/// Bytes in pieces. Where a string is cut, the next piece says anew how wide its characters are.
struct StringFragments<'a> {
    piece: &'a [u8],
    more: std::vec::IntoIter<&'a [u8]>,
}

impl StringFragments<'_> {
    fn string(&mut self) -> Option<FormattedString> {
        let length = usize::from(u16_at(&self.take(2)?, 0)?);
        let flags = *self.take(1)?.first()?;
        let marks = if flags & 8 == 0 { 0 } else { usize::from(u16_at(&self.take(2)?, 0)?) };
        let extra = if flags & 4 == 0 { 0 } else { u32_at(&self.take(4)?, 0)? as usize };
        let words = self.characters(length, flags & 1 != 0);
        let marks = self.take(4 * marks)?;
        self.take(extra)?;
        let marks =
            marks.chunks_exact(4).filter_map(|m| Some((u16_at(m, 0)?, u16_at(m, 2)?))).collect();
        Some(FormattedString { words, marks })
    }

    /// So many characters; fewer if the pieces end.
    fn characters(&mut self, length: usize, mut wide: bool) -> String {
        let mut words = String::new();
        let mut left = length;
        while left > 0 {
            let size = if wide { 2 } else { 1 };
            let count = left.min(self.piece.len() / size);
            let (string, rest) =
                self.piece.split_at_checked(count * size).unwrap_or((self.piece, &[]));
            words.push_str(&characters(string, wide));
            left -= count;
            self.piece = rest;
            if left > 0 {
                let Some((flags, piece)) = self.more.next().and_then(<[u8]>::split_first) else {
                    break;
                };
                wide = flags & 1 != 0;
                self.piece = piece;
            }
        }
        words
    }

    /// So many bytes, across pieces; none if there are fewer.
    fn take(&mut self, mut count: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        loop {
            let (taken, rest) = self.piece.split_at_checked(count).unwrap_or((self.piece, &[]));
            bytes.extend_from_slice(taken);
            self.piece = rest;
            count -= taken.len();
            if count == 0 {
                return Some(bytes);
            }
            self.piece = self.more.next()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_goes_on_in_the_next_record() {
        let record = [0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, b'a', b'b', b'c', 4, 0, 0, b'd', b'e'];
        let continued =
            vec![[1_u8, b'f', 0, 0x13, 0x20].as_slice(), &[1, 0, 8, 1, 0, b'x', 0, 0], &[7, 0]];
        let strings = shared(&record, continued);
        assert_eq!(
            strings.iter().map(|s| s.words.as_str()).collect::<Vec<_>>(),
            ["abc", "def–", "x"]
        );
        assert_eq!(strings[2].marks, [(0, 7)]);
    }

    #[test]
    fn strings_are_read_in_the_writing_of_their_time() {
        assert_eq!(
            StringEncoding::Unicode.long(&[2, 0, 1, 0x41, 0, 0x13, 0x20, 9]).unwrap(),
            ("A–".to_owned(), [9].as_slice())
        );
        assert_eq!(StringEncoding::of_code_page(1252).short(&[2, 0x96, 0xa3]).unwrap().0, "–£");
        assert_eq!(StringEncoding::of_code_page(1251).short(&[1, 0xc4]).unwrap().0, "Д");
        assert_eq!(StringEncoding::Unicode.short(&[200, 0, b'a']).unwrap().0, "a");
        assert_eq!(StringEncoding::Unicode.long(&[2]), None);
    }
}
