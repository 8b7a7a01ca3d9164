//! From the grids of a source to tables with a meaning: which of them are the plan, what their columns are, which belong together,
//! and what each row is.
//!
//! Nothing here knows what an action is; it knows rows, and what the names of columns mean.

mod field;
mod header;
mod join;
mod pieces;
mod rows;

use crate::diagnostic::{Code, Diagnostic};
use crate::place::{Place, Sourced};
use crate::plan::Field;
use crate::source::{Block, Cell, Grid, Source};
use crate::text::Text;

pub use field::KnownBy;
pub(crate) use field::{CycleField, folded};
use header::Header;
pub(crate) use rows::reads_like_a_heading;

/// A document whose tables have been understood.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// Texts and tables, in order.
    pub(crate) parts: Vec<Part>,
    /// What was found, for a person who wants to know.
    pub(crate) understanding: Understanding,
    /// What the reader and this stage had to tell.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A part of the document.
#[derive(Debug)]
pub(crate) enum Part {
    /// A heading, paragraph or list.
    Text(Block),
    /// A piece of the plan.
    Plan(Table),
    /// The dates of the review cycle: their headers and values.
    Cycle { place: Place, dates: Vec<(CycleField, Sourced<Text>)>, words: String },
}

/// A table of the plan, its pieces put together.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// Its rows.
    pub(crate) rows: Vec<TableRow>,
    /// Where it begins.
    pub(crate) place: Place,
}

/// A column, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header, as typed.
    pub header: String,
    /// Where the header stands.
    pub place: Place,
    /// What it means.
    pub field: Field,
    /// How that is known.
    pub known_by: KnownBy,
}

/// A row, and what it is.
#[derive(Debug)]
pub(crate) enum TableRow {
    /// The heading of a theme.
    Theme(Cell),
    /// A row of the plan: one cell a column.
    Row { cells: Vec<Cell>, place: Place },
}

/// How a source was understood, for a person to look over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understanding {
    /// The tables that were found, in order.
    pub tables: Vec<UnderstoodTable>,
}

/// A table as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderstoodTable {
    /// Where it begins.
    pub place: Place,
    /// What it was taken for.
    pub taken_for: TakenFor,
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
pub enum TakenFor {
    /// The plan, or a part of it.
    Plan,
    /// The dates of the review cycle.
    ReviewDates,
    /// Something else, left out.
    LeftOut,
}

/// How tables are read.
pub(crate) struct Reading<'a> {
    /// Whether pieces and cut rows are put together.
    pub(crate) stitch: bool,
    /// Headers to which the caller gave a meaning.
    pub(crate) columns: &'a [(String, Field)],
}

/// Understands the tables of a source.
pub(crate) fn tables(source: Source, reading: &Reading<'_>) -> Tables {
    let mut out = Tables { diagnostics: source.diagnostics, ..Tables::default() };
    let mut parts = Vec::new();
    let mut nearest: Option<(usize, Place, String)> = None;
    for block in source.blocks {
        let Block::Grid(grid) = block else {
            parts.push(pieces::Part::Text(block));
            continue;
        };
        match recognise(grid, reading) {
            Recognised::Plan { above, header, rows } => {
                parts.extend(above.into_iter().map(|text| pieces::Part::Text(Block::Paragraph(text))));
                parts.push(pieces::Part::Plan(pieces::Piece { header, rows }));
            }
            Recognised::Cycle { place, dates, words } => {
                out.understanding.tables.push(UnderstoodTable {
                    place: place.clone(),
                    taken_for: TakenFor::ReviewDates,
                    why: "each of its headers names a date of the review cycle".to_owned(),
                    columns: Vec::new(),
                    pieces: vec![place.clone()],
                    rows: 1,
                    theme_rows: 0,
                });
                parts.push(pieces::Part::Cycle { place, dates, words });
            }
            Recognised::Other(grid) => {
                // it may be a piece of the table before it, which the next step can tell
                let known = header::known_columns(&grid, reading.columns);
                if let Some(row) = grid.rows.first() {
                    let headers: Vec<String> = row.cells.iter().map(|c| format!("“{}”", c.value)).collect();
                    if nearest.as_ref().is_none_or(|(best, ..)| known > *best) {
                        nearest = Some((known, row.place.clone(), headers.join(", ")));
                    }
                    parts.push(pieces::Part::Other(grid));
                }
            }
        }
    }
    let has_plan = parts.iter().any(|p| matches!(p, pieces::Part::Plan(_)));
    if !has_plan && !parts.is_empty() {
        out.diagnostics.push(no_plan(nearest));
    }
    for (header, _) in reading.columns {
        let known = parts.iter().any(|p| matches!(p, pieces::Part::Plan(piece) if piece.header.has(header)));
        if !known && has_plan {
            let message = format!("no table of the plan has a column “{header}”");
            out.diagnostics.push(Diagnostic::new(Code::ColumnOption, message).help("`planwright inspect` lists the headers"));
        }
    }
    pieces::assemble(parts, reading, &mut out);
    out
}

fn no_plan(nearest: Option<(usize, Place, String)>) -> Diagnostic {
    let wanted = "a plan has a column for the action (or objective), and one for the owner, the success measures or the target date";
    let help = "name the columns in the header row, or say what they mean: --column \"HEADER=action\" --column \"HEADER=owner\"";
    if let Some((_, place, headers)) = nearest {
        let message = format!("no table here looks like a plan: {wanted}; the nearest has the headers {headers}");
        Diagnostic::new(Code::NoPlanTable, message).at(&place).help(help)
    } else {
        let message = format!("there is no table here: {wanted}");
        Diagnostic::new(Code::NoPlanTable, message).at(&Place::in_text(1, 1, 0)).help("give the plan as a table, one row an action")
    }
}

enum Recognised {
    Plan { above: Vec<Sourced<Text>>, header: Header, rows: Vec<crate::source::Row> },
    Cycle { place: Place, dates: Vec<(CycleField, Sourced<Text>)>, words: String },
    Other(Grid),
}

/// How far down a header is looked for: title blocks above it are rarely higher.
const HEADER_WITHIN: usize = 40;

fn recognise(grid: Grid, reading: &Reading<'_>) -> Recognised {
    let header = grid.rows.iter().take(HEADER_WITHIN).position(|row| header::is_plan_header(row, reading.columns));
    if let Some(at) = header {
        let mut rows = grid.rows;
        let below = rows.split_off(at + 1);
        let above = rows.iter().take(at).filter_map(header::as_paragraph).collect();
        return match rows.pop() {
            Some(row) => Recognised::Plan { above, header: Header::new(&row, reading.columns), rows: below },
            None => Recognised::Other(Grid { rows: below, ..Grid::default() }),
        };
    }
    match header::cycle(&grid) {
        Some(dates) => Recognised::Cycle { place: grid.rows[0].place.clone(), dates, words: header::words(&grid) },
        None => Recognised::Other(grid),
    }
}
