//! What a part of a grid is.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::place::{Place, Sourced};
use crate::plan::Scheme;
use crate::source::{Block, Grid, Row};
use crate::text::Text;

use super::field::CycleField;
use super::header::TableHeader;

/// A part of a grid.
pub(super) enum GridRegion {
    /// Words around tables.
    Words(Block),
    /// A table of the plan, or a piece of one.
    Plan(TablePiece),
    /// The dates of the review cycle.
    Cycle { place: Place, dates: Vec<(CycleField, Sourced<Text>)>, words: String },
    /// A key to the statuses.
    Key { place: Place, scheme: Scheme, words: String },
    /// Rows above the header of a table in a text: the table before may go on in them.
    Above(Grid),
    /// Something else, why it is not the plan, and whether it is known what it is: then no table
    /// goes on in it.
    Other { grid: Grid, why: String, known: bool },
    /// What is to be reported of cells that are in none of the others.
    Reported(Diagnostic),
}

/// A grid that has a plan's header.
pub(super) struct TablePiece {
    pub(super) header: TableHeader,
    pub(super) rows: Vec<Row>,
    /// The name of its sheet, in a workbook.
    pub(super) sheet: Option<Arc<str>>,
}
