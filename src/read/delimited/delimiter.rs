//! What stands between the cells: told from the first rows, or from a line that says so.

use super::record::record;
use crate::read::own;

/// What can stand between cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// How many rows are looked at, and how many bytes of them.
const SAMPLE: (usize, usize) = (200, 256 << 10);

/// What stands between the cells, and what was found besides.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Delimiter {
    pub(super) byte: u8,
    /// Whether it was open to doubt: another would do nearly as well, or it is an unusual one.
    pub(super) in_doubt: bool,
    /// How many bytes the line takes that says it, as Excel reads it: `sep=;`.
    pub(super) said_in: Option<usize>,
}

/// The delimiter that a first line names, or the one that cuts most of the first rows into the same
/// number of cells.
pub(super) fn delimiter(text: &str) -> Delimiter {
    if let Some((byte, line)) = said(text) {
        return Delimiter { byte, in_doubt: false, said_in: Some(line) };
    }
    // in a table of ours, signs in headers and cells tell nothing
    if let Some(byte) = DELIMITERS.into_iter().find(|byte| own::is_ours(text, *byte)) {
        return Delimiter { byte, in_doubt: false, said_in: None };
    }
    let mut evenness = DELIMITERS.map(|byte| (evenness(text.as_bytes(), byte), byte));
    // a stable sort: of two that are alike, the likelier stays first
    evenness.sort_by(|(a, _), (b, _)| b.cmp(a));
    let [((rows, _), byte), ((rival, _), _), ..] = evenness;
    Delimiter {
        byte,
        in_doubt: rows > 0 && (rival * 2 >= rows || matches!(byte, b';' | b'|')),
        said_in: None,
    }
}

fn said(text: &str) -> Option<(u8, usize)> {
    let line = text.lines().next()?;
    let sign = line
        .trim()
        .trim_matches('"')
        .strip_prefix("sep=")
        .or_else(|| line.trim_end().strip_prefix("sep="))?;
    let [byte] = sign.as_bytes() else { return (line == "sep=\t").then_some((b'\t', line.len())) };
    byte.is_ascii_punctuation().then_some((*byte, line.len()))
}

/// How many rows have the commonest number of cells, and that number; rows of one cell do not
/// count.
fn evenness(text: &[u8], delimiter: u8) -> (usize, usize) {
    let mut widths: Vec<usize> = Vec::new();
    let mut at = 0;
    for _ in 0..SAMPLE.0 {
        let Some(blank) =
            text.get(at..).and_then(|rest| rest.iter().position(|b| !matches!(b, b'\r' | b'\n')))
        else {
            break;
        };
        let row = record(text, at + blank, delimiter);
        at = row.end;
        widths.push(row.fields.len());
        if at > SAMPLE.1 {
            break;
        }
    }
    widths.sort_unstable();
    widths
        .chunk_by(|a, b| a == b)
        .filter_map(|same| same.first().filter(|w| **w > 1).map(|w| (same.len(), *w)))
        .max()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_evenest_rows_tell_the_delimiter() {
        for (text, byte) in [
            ("Action,Owner,Date\na,b,c\n", b','),
            ("Plan for 2011; draft, amended\n\nAction\tOwner\nx, y; z\tb\nx\tb\n", b'\t'),
            ("Action;Owner\n\"a;b\";c\n1,5;2,5\n", b';'),
            ("Action|Owner\na, b, c|d\ne|f\n", b'|'),
            ("Ref,Objective ref,Objective,How?,Cost (£) | total\n.1,.1,,\\|,\"a\nb\",\\|\n", b','),
            ("one column\nof words\n", b','),
            ("", b','),
        ] {
            assert_eq!(delimiter(text).byte, byte, "{text:?}");
        }
    }

    #[test]
    fn a_line_that_says_it_is_believed() {
        for (text, byte, line) in
            [("sep=;\r\na,b;c", b';', 5), ("sep=\t\na,b\tc", b'\t', 5), ("\"sep=|\"\na", b'|', 7)]
        {
            assert_eq!(delimiter(text), Delimiter { byte, in_doubt: false, said_in: Some(line) });
        }
        assert_eq!(delimiter("sep=\na,b").said_in, None);
    }
}
