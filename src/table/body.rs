//! The rows of a table below its header.

use crate::source::{Cell, Row};

/// The rows below a header, from all pieces.
pub(super) struct TableBody {
    pub(super) rows: Vec<BodyRow>,
}

/// A row, and whether it is the first after a seam between two pieces.
pub(super) struct BodyRow {
    pub(super) row: Row,
    pub(super) after_seam: bool,
}

/// The cell that has words, if only one has.
pub(super) fn only_cell(row: &Row) -> Option<&Cell> {
    let mut filled = row.filled();
    filled.next().filter(|_| filled.next().is_none())
}
