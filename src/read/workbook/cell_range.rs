//! Cells of a sheet by their numbers, and references such as `B7:D9` to them.

use crate::source::ExcelTable;

/// The most rows and columns of a sheet.
pub(super) const ROWS: u32 = 1_048_576;
pub(super) const COLUMNS: u32 = 16_384;

/// A stretch of a sheet, both corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CellRange {
    pub(crate) first: (u32, u32),
    pub(crate) last: (u32, u32),
}

impl CellRange {
    /// All of a sheet.
    pub(super) const SHEET: Self = Self { first: (0, 0), last: (ROWS - 1, COLUMNS - 1) };

    /// Whether a cell is in it.
    pub(super) fn contains(self, (row, column): (u32, u32)) -> bool {
        (self.first.0..=self.last.0).contains(&row)
            && (self.first.1..=self.last.1).contains(&column)
    }

    /// The Excel table that covers the area.
    pub(super) fn table(self, header_rows: u32, totals_rows: u32) -> ExcelTable {
        ExcelTable {
            rows: self.first.0..=self.last.0,
            columns: self.first.1..=self.last.1,
            header_rows,
            totals_rows,
        }
    }
}

/// A reference such as `B7` as its row and column.
pub(crate) fn reference(words: &str) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut row = 0_u32;
    for byte in words.bytes().filter(|b| *b != b'$') {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 && column <= COLUMNS => {
                column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
            }
            b'0'..=b'9' if row <= ROWS => row = row * 10 + u32::from(byte - b'0'),
            _ => return None,
        }
    }
    ((1..=COLUMNS).contains(&column) && (1..=ROWS).contains(&row)).then(|| (row - 1, column - 1))
}

/// A reference such as `B7:D9` as its corners.
pub(crate) fn area(words: &str) -> Option<CellRange> {
    let (first, last) = words.split_once(':').unwrap_or((words, words));
    let (first, last) = (reference(first)?, reference(last)?);
    Some(CellRange {
        first: (first.0.min(last.0), first.1.min(last.1)),
        last: (first.0.max(last.0), first.1.max(last.1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_bounded() {
        assert_eq!(reference("$B$7"), Some((6, 1)));
        assert_eq!(reference("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in [
            "",
            "A",
            "7",
            "A0",
            "XFE1",
            "A1048577",
            "ZZZZZZZZZZ1",
            "A99999999999",
            "1A",
            "A1B",
            "é1",
        ] {
            assert_eq!(reference(wrong), None, "{wrong}");
        }
    }
}
