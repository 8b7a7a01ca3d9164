//! The formats of a table's cells, given to all cells together that follow each other in a column.
//!
//! The writing library takes in every property of a format each time that it is given one, which
//! takes longer than the cell does. So the cells of a table are written without a format, and get
//! it afterwards. What has a format and holds nothing becomes a blank cell.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// For each column of a table, the format of its last cells, and the row in which these begin.
pub(super) struct FormatRuns<'a>(Vec<Option<(u32, &'a Format)>>);

impl<'a> FormatRuns<'a> {
    /// For the columns of a sheet up to one, itself included.
    pub(super) fn up_to(last_column: u16) -> Self {
        Self(vec![None; usize::from(last_column) + 1])
    }

    /// Notes the format of a cell; none for one that was written with its own. Cells come row after
    /// row.
    pub(super) fn cell(
        &mut self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        format: impl Into<Option<&'a Format>>,
    ) -> Result<(), XlsxError> {
        let format = format.into();
        let Some(run) = self.0.get_mut(usize::from(column)) else { return Ok(()) };
        let goes_on = match (*run, format) {
            (Some((_, so_far)), Some(format)) => std::ptr::eq(so_far, format),
            (so_far, format) => so_far.is_none() && format.is_none(),
        };
        if goes_on {
            return Ok(());
        }
        let ended = std::mem::replace(run, format.map(|format| (row, format)));
        set(sheet, column, ended, row)
    }

    /// Gives the last cells theirs; `next` is the row below them.
    pub(super) fn end(self, sheet: &mut Worksheet, next: u32) -> Result<(), XlsxError> {
        (0..).zip(self.0).try_for_each(|(column, run)| set(sheet, column, run, next))
    }
}

fn set(
    sheet: &mut Worksheet,
    column: u16,
    run: Option<(u32, &Format)>,
    next: u32,
) -> Result<(), XlsxError> {
    if let Some((first, format)) = run {
        sheet.set_range_format(first, column, next - 1, column, format)?;
    }
    Ok(())
}
