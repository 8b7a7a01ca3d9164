//! Where something stands in a source, so that every value and every message can name its place.

use std::fmt;
use std::sync::Arc;

/// A place in a source: a cell of a sheet, or a line and column of a text.
///
/// Shown as users know it: `Sheet!B7` in a workbook, `line:column` in text.
///
/// ```
/// use planwright::Place;
/// assert_eq!(Place::in_text(12, 3, 5).to_string(), "12:3");
/// assert_eq!(Place::in_sheet("Plan", 6, 1).to_string(), "Plan!B7");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A stretch of a text file.
    Text {
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
        /// How many characters of that line it covers; 0 where only the start is known.
        width: u32,
    },
    /// A cell of a workbook.
    Cell {
        /// Name of the sheet.
        sheet: Arc<str>,
        /// Row, from 0.
        row: u32,
        /// Column, from 0.
        column: u32,
    },
}

impl Place {
    /// A stretch of `width` characters from `line` and `column`, both from 1.
    pub fn in_text(line: u32, column: u32, width: u32) -> Self {
        Self::Text { line, column, width }
    }

    /// A cell of a sheet; `row` and `column` from 0.
    pub fn in_sheet(sheet: impl Into<Arc<str>>, row: u32, column: u32) -> Self {
        Self::Cell { sheet: sheet.into(), row, column }
    }
}

impl Place {
    /// The letters of the column, as spreadsheets call it; in a text, those of the cell that is
    /// `index`th in its row, from 0.
    pub(crate) fn column_letters(&self, index: usize) -> String {
        let column = match self {
            Self::Cell { column, .. } => *column,
            Self::Text { .. } => u32::try_from(index).unwrap_or(u32::MAX),
        };
        ColumnLetters(column).to_string()
    }

    /// How many rows of a sheet lie between this place and one further down; none in a text.
    pub(crate) fn rows_to(&self, further: &Self) -> u32 {
        match (self, further) {
            (Self::Cell { row, .. }, Self::Cell { row: below, .. }) => {
                below.saturating_sub(*row).saturating_sub(1)
            }
            _ => 0,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { line, column, .. } => write!(f, "{line}:{column}"),
            Self::Cell { sheet, row, column } => {
                write!(f, "{sheet}!{}{}", ColumnLetters(*column), row + 1)
            }
        }
    }
}

/// A spreadsheet column as its letters: A, B, ... Z, AA.
struct ColumnLetters(u32);

impl fmt::Display for ColumnLetters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 >= 26 {
            Self(self.0 / 26 - 1).fmt(f)?;
        }
        let letter = char::from_u32('A' as u32 + self.0 % 26).unwrap_or('?');
        write!(f, "{letter}")
    }
}

/// A value with the place it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sourced<T> {
    /// What was read.
    pub(crate) value: T,
    /// Where it stands.
    pub(crate) place: Place,
}

impl<T> Sourced<T> {
    /// Puts a value and its place together.
    pub(crate) fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_sheet_are_lettered_as_spreadsheets_letter_them() {
        let letters = |c| Place::in_sheet("S", 0, c).to_string();
        assert_eq!(letters(0), "S!A1");
        assert_eq!(letters(25), "S!Z1");
        assert_eq!(letters(26), "S!AA1");
        assert_eq!(letters(701), "S!ZZ1");
        assert_eq!(letters(702), "S!AAA1");
    }
}
