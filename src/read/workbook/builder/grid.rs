//! The grid of a sheet, from the rows that have words.

use std::sync::Arc;

use crate::read::workbook::cell_range::CellRange;
use crate::source::{Cell, HiddenText, Row};
use crate::text::Text;

use super::{SheetBuilder, at, joined};

/// The rows and columns of a grid, and their cells.
pub(super) struct GridBuilder {
    row_numbers: Vec<u32>,
    pub(super) columns: Vec<u32>,
    /// Where each column of the sheet stands in the grid.
    positions: Vec<Option<u32>>,
    pub(super) rows: Vec<Row>,
}

impl GridBuilder {
    /// Completes the rows of a sheet: each gets a cell in each column.
    pub(super) fn new(builder: &mut SheetBuilder, columns: Vec<u32>) -> Self {
        let mut positions = vec![None; columns.last().map_or(0, |last| *last as usize + 1)];
        for (position, column) in (0..).zip(&columns) {
            if let Some(slot) = positions.get_mut(*column as usize) {
                *slot = Some(position);
            }
        }
        let mut rows = std::mem::take(&mut builder.rows);
        let row_numbers: Vec<u32> = rows.iter().map(|row| at(&row.place).0).collect();
        let hidden = joined(builder.hidden_rows.clone());
        let mut hidden = hidden.iter().peekable();
        for (row, number) in rows.iter_mut().zip(&row_numbers) {
            while hidden.next_if(|range| range.end() < number).is_some() {}
            row.hidden = hidden.peek().is_some_and(|range| range.contains(number));
            row.place = builder.place(*number, columns.first().copied().unwrap_or_default());
            if row.cells.len() < columns.len() {
                let mut found = std::mem::take(&mut row.cells).into_iter().peekable();
                let cell = |column: &u32| {
                    let found = found.next_if(|cell| at(&cell.place).1 == *column);
                    found.unwrap_or_else(|| {
                        Cell::new(Text::default(), builder.place(*number, *column))
                    })
                };
                row.cells = columns.iter().map(cell).collect();
            }
        }
        Self { row_numbers, columns, positions, rows }
    }

    pub(super) fn cell(&mut self, row: u32, column: u32) -> Option<&mut Cell> {
        let row = self.row_numbers.binary_search(&row).ok()?;
        let position = self.positions.get(column as usize).copied().flatten()?;
        self.rows.get_mut(row)?.cells.get_mut(position as usize)
    }

    pub(super) fn cells(&mut self, row: u32, first: u32, last: u32) -> &mut [Cell] {
        let columns = within(&self.columns, first, last);
        let row = self.row_numbers.binary_search(&row).ok().and_then(|row| self.rows.get_mut(row));
        row.and_then(|row| row.cells.get_mut(columns)).unwrap_or_default()
    }

    /// Makes the words of cells links; `most` cells are looked at, however many links overlap.
    pub(super) fn link(&mut self, links: &[(CellRange, String)], most: usize) {
        let mut left = most;
        for (area, target) in links {
            let rows = within(&self.row_numbers, area.first.0, area.last.0);
            let columns = within(&self.columns, area.first.1, area.last.1);
            for row in self.rows.get_mut(rows).unwrap_or_default() {
                for cell in row.cells.get_mut(columns.clone()).unwrap_or_default() {
                    let Some(fewer) = left.checked_sub(1) else { return };
                    left = fewer;
                    let is_part = matches!(cell.hidden(), Some(HiddenText::Part { .. }));
                    let shown = cell.look.as_mut().filter(|_| is_part).and_then(|look| {
                        match &mut Arc::make_mut(look).hidden {
                            Some(HiddenText::Part { shown, .. }) => Some(shown),
                            _ => None,
                        }
                    });
                    let texts = std::iter::once(&mut cell.value).chain(shown);
                    for block in texts.flat_map(|text| text.blocks.iter_mut()) {
                        for span in &mut block.spans {
                            span.link.get_or_insert_with(|| target.clone());
                        }
                    }
                }
            }
        }
    }
}

/// Where the numbers from first to last stand in a sorted list.
fn within(sorted: &[u32], first: u32, last: u32) -> std::ops::Range<usize> {
    let start = sorted.partition_point(|n| *n < first);
    start..sorted.partition_point(|n| *n <= last).max(start)
}
