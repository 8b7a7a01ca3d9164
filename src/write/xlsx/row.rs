//! One row of cells, as high as its words need, and as many rows as the highest that a sheet can
//! have.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::measure::{LINES, SIDES, height};
use super::style::FontFormats;
use super::words::CellText;

/// A cell of a row.
pub(super) struct RowCell<'a> {
    pub(super) column: u16,
    pub(super) words: CellText<'a>,
    pub(super) format: &'a Format,
    /// How wide its column is, in pixels.
    pub(super) width: u32,
}

impl RowCell<'_> {
    fn room(&self) -> u32 {
        self.width.saturating_sub(SIDES)
    }
}

/// Writes cells into a row, or into as many rows as their words need, and says how high each of
/// them must be.
///
/// A row can be 409 points high. Where words need more, they go on in the cell below, and the cells
/// that need less are merged over these rows, so that they still read as one.
pub(super) fn row(
    sheet: &mut Worksheet,
    at: u32,
    cells: Vec<RowCell<'_>>,
    fonts: &FontFormats,
    heights: &mut Vec<u32>,
) -> Result<(), XlsxError> {
    let lines: Vec<usize> = cells.iter().map(|cell| cell.words.lines(cell.room())).collect();
    let highest = lines.iter().copied().max().unwrap_or(1);
    if highest <= LINES {
        for cell in cells {
            cell.words.write(sheet, at, cell.column, cell.format, fonts)?;
        }
        heights.push(height(highest));
        return Ok(());
    }
    let rows = highest.div_ceil(LINES);
    let last = at + u32::try_from(rows - 1).unwrap_or(u32::MAX - at);
    for (cell, lines) in cells.into_iter().zip(lines) {
        let RowCell { column, format, .. } = cell;
        if lines <= LINES {
            sheet.merge_range(at, column, last, column, "", format)?;
            cell.words.write(sheet, at, column, format, fonts)?;
            continue;
        }
        let room = cell.room();
        let mut pieces = cell.words.pieces(room, LINES, LINES).into_iter();
        for row in at..=last {
            pieces.next().unwrap_or_default().write(sheet, row, column, format, fonts)?;
        }
    }
    heights.extend((0..rows).map(|i| height(highest - i * LINES)));
    Ok(())
}

/// Sets the heights of rows that follow each other.
pub(super) fn set_heights(
    sheet: &mut Worksheet,
    first: u32,
    heights: &[u32],
) -> Result<(), XlsxError> {
    for (row, height) in (first..).zip(heights) {
        sheet.set_row_height_pixels(row, *height)?;
    }
    Ok(())
}
