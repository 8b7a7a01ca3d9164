//! Where the fields of a row stand in its text. The values come from the csv crate; this finds
//! their places, and the quotation marks that would mislead it.

use std::ops::Range;

/// The fields of one row.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct DelimitedRecord {
    /// Where the words of each stand, without the quotation marks around them.
    pub(super) fields: Vec<Range<usize>>,
    /// The quotation marks that open a field and do not close it.
    pub(super) strays: Vec<usize>,
    /// The first byte that is not the row's.
    pub(super) end: usize,
}

/// The row that begins at a byte of the text.
///
/// A mark of quotation that opens a field is a stray if the next one stands in a later line and
/// ends no field, or if there is none: then it is a letter like others, and the field ends as one
/// without quotation.
pub(super) fn record(text: &[u8], start: usize, delimiter: u8) -> DelimitedRecord {
    let mut record = DelimitedRecord::default();
    let mut at = start;
    loop {
        let (words, end) = match text.get(at) {
            Some(b'"') => quoted(text, at + 1, delimiter).unwrap_or_else(|| {
                record.strays.push(at);
                bare(text, at, delimiter)
            }),
            _ => bare(text, at, delimiter),
        };
        record.fields.push(words);
        match text.get(end) {
            Some(b) if *b == delimiter => at = end + 1,
            _ => {
                record.end = end;
                return record;
            }
        }
    }
}

/// A field without quotation: to the next delimiter or line end.
fn bare(text: &[u8], start: usize, delimiter: u8) -> (Range<usize>, usize) {
    let rest = text.get(start..).unwrap_or_default();
    let end = start
        + rest
            .iter()
            .position(|b| *b == delimiter || matches!(b, b'\r' | b'\n'))
            .unwrap_or(rest.len());
    (start..end, end)
}

/// A field that was opened by a quotation mark, and where it ends; none if the mark is a stray.
fn quoted(text: &[u8], start: usize, delimiter: u8) -> Option<(Range<usize>, usize)> {
    let mut at = start;
    let mut has_lines = false;
    loop {
        match text.get(at)? {
            b'"' if text.get(at + 1) == Some(&b'"') => at += 2,
            b'"' => break,
            b => {
                has_lines |= *b == b'\n';
                at += 1;
            }
        }
    }
    match text.get(at + 1) {
        None | Some(b'\r' | b'\n') => Some((start..at, at + 1)),
        Some(b) if *b == delimiter => Some((start..at, at + 1)),
        Some(_) if has_lines => None,
        // "Smith" and sons: what follows the closing mark is part of the field
        Some(_) => {
            let (_, end) = bare(text, at + 1, delimiter);
            Some((start..end, end))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> (Vec<&str>, Vec<usize>, &str) {
        let record = record(text.as_bytes(), 0, b',');
        (
            record.fields.iter().map(|f| &text[f.clone()]).collect(),
            record.strays,
            &text[record.end..],
        )
    }

    #[test]
    fn fields_end_where_spreadsheets_end_them() {
        assert_eq!(shown("a,,b\r\nc"), (vec!["a", "", "b"], vec![], "\r\nc"));
        assert_eq!(shown("\"a,\n\"\"b\"\"\",c\nd"), (vec!["a,\n\"\"b\"\"", "c"], vec![], "\nd"));
        assert_eq!(shown("\"Smith\" and sons,c"), (vec!["Smith\" and sons", "c"], vec![], ""));
        assert_eq!(shown("12\" pipe,\"\""), (vec!["12\" pipe", ""], vec![], ""));
        assert_eq!(shown("a,"), (vec!["a", ""], vec![], ""));
        assert_eq!(shown(""), (vec![""], vec![], ""));
    }

    #[test]
    fn a_mark_that_nothing_closes_ends_with_its_line() {
        assert_eq!(shown("a,\"b,c\nd,e\n"), (vec!["a", "\"b", "c"], vec![2], "\nd,e\n"));
        assert_eq!(shown("a,\"b,c\n\"d\",e\n"), (vec!["a", "\"b", "c"], vec![2], "\n\"d\",e\n"));
    }
}
