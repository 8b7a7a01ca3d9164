//! From the grids of a source to tables with a meaning: which of them are the plan, what their
//! columns are, which belong together, and what each row is.
//!
//! Nothing here knows what an action is; it knows rows, and what the names of columns mean.

mod body;
mod card;
mod columns;
mod field;
mod grid_region;
mod header;
mod join;
mod levels;
mod merged;
mod messages;
mod missing;
mod options;
mod pieces;
mod profile;
mod quote;
mod records;
mod region;
mod registers;
mod revised;
mod rows;
mod together;
mod under;
mod visible;

use std::sync::Arc;

use crate::date::PartialDate;
use crate::diagnostic::Diagnostic;
use crate::place::{Place, Sourced};
use crate::plan::{Field, Scheme};
use crate::source::{Block, Cell, Source};
use crate::text::Text;
use crate::vocabulary::normalize;
use crate::vocabulary::words::{ExtraWords, NO_WORDS};

pub(crate) use field::CycleField;
pub(crate) use field::KnownBy;
use grid_region::GridRegion;
pub(crate) use region::comment_left_out;
pub(crate) use rows::{closes_a_document, reads_like_a_heading};
pub(crate) use visible::same_name;

/// A document whose tables have been understood.
#[derive(Debug, Default)]
pub(crate) struct DocumentTables {
    /// Texts and tables, in order.
    pub(crate) parts: Vec<DocumentPart>,
    /// What was found, for a person who wants to know.
    pub(crate) understanding: Understanding,
    /// What the reader and this stage had to tell.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A part of the document.
#[derive(Debug)]
pub(crate) enum DocumentPart {
    /// A heading, paragraph or list.
    Text(Block),
    /// A piece of the plan.
    Plan(PlanGrid),
    /// The dates of the review cycle: their headers and values.
    Cycle { place: Place, dates: Vec<(CycleField, Sourced<Text>)>, words: String },
    /// What the statuses mean in this plan.
    Key { place: Place, scheme: Scheme, words: String },
}

/// A table of the plan, its pieces put together.
#[derive(Debug)]
pub(crate) struct PlanGrid {
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// Its rows.
    pub(crate) rows: Vec<TableRow>,
    /// Where it begins.
    pub(crate) place: Place,
    /// The name of the sheet it is on, if the source is a workbook.
    pub(crate) sheet: Option<Arc<str>>,
}

/// A column, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its header, as typed; those of a header of several rows together: "Monitoring: RAG".
    pub header: String,
    /// Where the header stands.
    pub place: Place,
    /// What it means.
    pub field: Field,
    /// How that is known.
    pub(crate) known_by: KnownBy,
    /// The date that its header is, if it is one: its cells say how things stood then.
    pub date: Option<PartialDate>,
    /// What its cells hold, in words.
    pub cells: String,
    /// The next best meaning, if another one was near.
    pub runner_up: Option<Field>,
    /// Whether the next best meaning was nearly as good.
    pub is_close: bool,
}

impl Column {
    /// How its meaning is known, in words: "the header is a known name".
    pub fn known_by(&self) -> String {
        self.known_by.to_string()
    }

    /// Whether the caller means it by a name: its header, the end of its header below a group, or
    /// its letters.
    pub(crate) fn is_called(&self, at: usize, name: &str) -> bool {
        let (header, name) = (normalize(&self.header), normalize(name));
        let is_header =
            !name.is_empty() && (header == name || header.ends_with(&format!(" {name}")));
        is_header || self.place.column_letters(at).eq_ignore_ascii_case(&name)
    }

    pub(crate) fn new(header: String, place: Place, field: Field, known_by: KnownBy) -> Self {
        Self {
            header,
            place,
            field,
            known_by,
            date: None,
            cells: String::new(),
            runner_up: None,
            is_close: false,
        }
    }
}

/// A row, and what it is.
#[derive(Debug)]
pub(crate) enum TableRow {
    /// The heading of a theme.
    Theme(Cell),
    /// The heading of a theme that has its number or more beside it: one cell a column.
    ThemeRow { cells: Vec<Cell>, place: Place },
    /// An objective without an action of its own: one cell a column.
    ObjectiveRow { cells: Vec<Cell>, place: Place },
    /// The rows that follow stand below none of the headings above.
    NoHeading,
    /// The rows that follow stand below the theme above, but not below its last objective.
    NoObjective,
    /// A row of the plan: one cell a column.
    Row { cells: Vec<Cell>, place: Place },
}

impl TableRow {
    /// Its cells, one a column; none of a heading by itself.
    pub(crate) fn cells(&self) -> Option<&[Cell]> {
        match self {
            Self::ThemeRow { cells, .. }
            | Self::ObjectiveRow { cells, .. }
            | Self::Row { cells, .. } => Some(cells),
            Self::Theme(_) | Self::NoHeading | Self::NoObjective => None,
        }
    }

    /// Its cells, to be changed.
    pub(crate) fn cells_mut(&mut self) -> Option<&mut Vec<Cell>> {
        match self {
            Self::ThemeRow { cells, .. }
            | Self::ObjectiveRow { cells, .. }
            | Self::Row { cells, .. } => Some(cells),
            Self::Theme(_) | Self::NoHeading | Self::NoObjective => None,
        }
    }
}

/// How a source was understood, for a person to look over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understanding {
    /// The tables that were found, in order.
    pub tables: Vec<UnderstoodTable>,
    /// The columns to which the caller gave a meaning and that no table of the plan has.
    pub missing_columns: Vec<String>,
    /// The sheets that the caller named and that the source does not have.
    pub missing_sheets: Vec<String>,
}

/// A table as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderstoodTable {
    /// Where it begins.
    pub place: Place,
    /// What it was taken for.
    pub taken_for: TableKind,
    /// Why, in words.
    pub why: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Where the pieces begin that it was put together from; one for a table that is whole.
    pub pieces: Vec<Place>,
    /// How many rows it has, theme rows apart.
    pub rows: usize,
    /// How many of its rows are headings of themes.
    pub theme_rows: usize,
}

/// What a table was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// The plan, or a part of it.
    Plan,
    /// The dates of the review cycle.
    ReviewDates,
    /// The key to the statuses.
    Key,
    /// Something else, left out.
    LeftOut,
}

/// How tables are read.
pub(crate) struct TableOptions<'a> {
    /// Whether pieces and cut rows are put together.
    pub(crate) stitch: bool,
    /// What the caller said of headers.
    pub(crate) columns: ColumnHints<'a>,
    /// Headers of columns that are not read at all.
    pub(crate) exclude: &'a [String],
    /// The sheets that may be read; all if there are none.
    pub(crate) sheets: &'a [String],
    /// Whether what is hidden is read too.
    pub(crate) include_hidden: bool,
}

/// What the caller says of columns and of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ColumnHints<'a> {
    /// Headers to which the caller gave a meaning.
    pub(crate) headers: &'a [(String, Field)],
    /// Words that the caller added to the vocabulary.
    pub(crate) words: &'a ExtraWords,
}

impl ColumnHints<'_> {
    pub(crate) const NONE: Self = Self { headers: &[], words: &NO_WORDS };
}

/// Understands the tables of a source.
pub(crate) fn tables(source: Source, reading: &TableOptions<'_>) -> DocumentTables {
    let mut out = DocumentTables { diagnostics: source.diagnostics, ..DocumentTables::default() };
    missing::sheets_that_are_not_there(&source.blocks, reading, &mut out);
    let mut regions = Vec::new();
    let mut cards = card::CardTables::default();
    for block in visible::shown_blocks(source.blocks, reading, &mut out) {
        let Block::Grid(grid) = block else {
            regions.push(GridRegion::Words(block));
            continue;
        };
        let Some(mut grid) = visible::visible(grid, reading, &mut out) else { continue };
        missing::blanks_of_a_data_frame(&mut grid, &mut out);
        if grid.rows.is_empty() {
            continue;
        }
        for block in card::read(grid, reading.columns.words, &mut cards, &mut out.diagnostics) {
            match block {
                Block::Grid(grid) => {
                    let before = if reading.stitch { pieces::open_above(&regions) } else { None };
                    let cut = region::cut(grid, before, reading);
                    regions.extend(cut);
                }
                words => regions.push(GridRegion::Words(words)),
            }
        }
    }
    out.diagnostics.extend(cards.diagnostics());
    together::decide(&mut regions, reading.columns);
    registers::leave_out(&mut regions, reading);
    missing::a_plan(&regions, reading, &mut out);
    pieces::assemble(regions, reading, &mut out);
    revised::apply(reading.columns.words, &mut out);
    missing::rows_of_the_plan(&mut out);
    options::apply(reading, &mut out);
    out
}
