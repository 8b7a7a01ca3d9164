//! The records of which binary parts consist: a kind and a length of one to four bytes, then bytes
//! ([MS-XLSB] 2.1.4).

use crate::read::workbook::binary::{FormattedString, characters, u16_at, u32_at};

pub(super) const ROW: u16 = 0x0000;
pub(super) const BLANK: u16 = 0x0001;
pub(super) const SHORT_NUMBER: u16 = 0x0002;
pub(super) const ERROR: u16 = 0x0003;
pub(super) const TRUTH: u16 = 0x0004;
pub(super) const NUMBER: u16 = 0x0005;
pub(super) const WORDS: u16 = 0x0006;
pub(super) const SHARED_WORDS: u16 = 0x0007;
pub(super) const FORMULA_WORDS: u16 = 0x0008;
pub(super) const FORMULA_NUMBER: u16 = 0x0009;
pub(super) const FORMULA_TRUTH: u16 = 0x000a;
pub(super) const FORMULA_ERROR: u16 = 0x000b;
pub(super) const SHARED_STRING: u16 = 0x0013;
pub(super) const FONT: u16 = 0x002b;
pub(super) const NUMBER_FORMAT: u16 = 0x002c;
pub(super) const FILL: u16 = 0x002d;
pub(super) const CELL_FORMAT: u16 = 0x002f;
pub(super) const COLUMNS: u16 = 0x003c;
pub(super) const RICH_WORDS: u16 = 0x003e;
pub(super) const WORKBOOK: u16 = 0x0099;
pub(super) const SHEET: u16 = 0x009c;
pub(super) const MERGED: u16 = 0x00b0;
pub(super) const TABLE: u16 = 0x0157;
pub(super) const CONDITIONAL_FORMAT: u16 = 0x01cd;
pub(super) const LINK: u16 = 0x01ee;
pub(super) const BEGIN_CELL_FORMATS: u16 = 0x0269;
pub(super) const END_CELL_FORMATS: u16 = 0x026a;
pub(super) const AUTHOR: u16 = 0x0278;
pub(super) const BEGIN_COMMENT: u16 = 0x027b;
pub(super) const COMMENT_TEXT: u16 = 0x027d;

/// The records of a part; one that is cut short is the last.
pub(super) fn records(part: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let (first, after) = rest.split_first()?;
        let mut kind = u16::from(*first);
        rest = after;
        if first & 0x80 != 0 {
            let (second, after) = rest.split_first()?;
            kind = (kind & 0x7f) | u16::from(second & 0x7f) << 7;
            rest = after;
        }
        let mut length = 0_usize;
        for shift in [0, 7, 14, 21] {
            let (byte, after) = rest.split_first()?;
            length |= usize::from(byte & 0x7f) << shift;
            rest = after;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let (data, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        rest = after;
        Some((kind, data))
    })
}

/// The string whose length is the number at the start, and what comes after it. A string that is
/// none has the largest length.
pub(super) fn string(bytes: &[u8]) -> Option<(String, &[u8])> {
    let length = match u32_at(bytes, 0)? {
        u32::MAX => 0,
        length => usize::try_from(length).ok()?,
    };
    let rest = bytes.get(4..)?;
    let (string, rest) = rest.split_at_checked(length.checked_mul(2)?).unwrap_or((rest, &[]));
    Some((characters(string, true), rest))
}

/// A string with the places where its looks change.
pub(super) fn rich_string(bytes: &[u8]) -> Option<FormattedString> {
    let (flags, bytes) = bytes.split_first()?;
    let (words, rest) = string(bytes)?;
    let count = if flags & 1 == 0 { 0 } else { u32_at(rest, 0)? as usize };
    let marks = rest.get(4..).unwrap_or_default().chunks_exact(4).take(count);
    Some(FormattedString {
        words,
        marks: marks.filter_map(|m| Some((u16_at(m, 0)?, u16_at(m, 2)?))).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_lengths_take_as_many_bytes_as_they_need() {
        let part = [0x13, 2, 7, 8, 0xe9, 0x04, 0, 0x05, 0x81, 0x00, 9, 0x07, 200, 1];
        let found: Vec<_> = records(&part).collect();
        assert_eq!(found, [(0x13, [7, 8].as_slice()), (0x269, &[]), (0x05, &[9]), (0x07, &[])]);
    }

    #[test]
    fn strings_say_where_their_looks_change() {
        let bytes = [1, 2, 0, 0, 0, b'a', 0, b'b', 0, 1, 0, 0, 0, 1, 0, 3, 0];
        assert_eq!(
            rich_string(&bytes).unwrap(),
            FormattedString { words: "ab".to_owned(), marks: vec![(1, 3)] }
        );
        assert_eq!(string(&[0xff; 4]).unwrap().0, "");
        assert_eq!(string(&[0xfe; 4]).unwrap().0, "");
        assert_eq!(string(&[1, 2]), None);
    }
}
