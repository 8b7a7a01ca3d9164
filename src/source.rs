//! What a reader gives: the blocks of a document in order, each value with its place.
//!
//! Nothing here knows what a plan is. A [`Grid`] is rows of cells as they stand in the source, header or not.

use crate::diagnostic::Diagnostic;
use crate::place::{Place, Sourced};
use crate::text::Text;

/// A document as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Headings, paragraphs, lists and grids, in order.
    pub blocks: Vec<Block>,
    /// What the reader had to tell.
    pub diagnostics: Vec<Diagnostic>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// Its level, 1 for the highest.
        level: u8,
        /// Its words.
        text: Sourced<Text>,
    },
    /// A paragraph.
    Paragraph(Sourced<Text>),
    /// A list: one text an item.
    List(Vec<Sourced<Text>>),
    /// A table.
    Grid(Grid),
}

impl Block {
    /// Where the block begins; a list or grid without content has no place.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Heading { text, .. } | Self::Paragraph(text) => Some(&text.place),
            Self::List(items) => items.first().map(|i| &i.place),
            Self::Grid(grid) => grid.rows.first().map(|r| &r.place),
        }
    }
}

/// Rows of cells as they stand in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The rows; where the format marks a header (as markdown does), it is the first of them.
    pub rows: Vec<Row>,
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells, as many as the grid has columns.
    pub cells: Vec<Cell>,
    /// Where it begins.
    pub place: Place,
}

/// A cell: its words, and its place.
pub type Cell = Sourced<Text>;
