//! What rows around a plan's table are: keys, scales, dates of the review cycle, words.

use crate::diagnostic::Fix;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::Field;
use crate::plan::{Colour, scheme};
use crate::source::{Block, Cell, Grid, Row, Sheet};
use crate::table::{header, profile, rows};
use crate::vocabulary::words::NO_WORDS;

use super::comments;
use crate::table::body::only_cell;
use crate::table::grid_region::GridRegion;
use crate::table::quote::first_words;

/// No key has more rows.
const LONGEST_KEY: usize = 40;

/// Rows that are no part of a plan's table: a key or dates if they are that, else words.
pub(in crate::table) fn loose(rows: Vec<Row>, sheet: Option<&Sheet>, out: &mut Vec<GridRegion>) {
    comments(&rows, out);
    for chunk in chunks(rows) {
        if let Some(region) = special(&chunk) {
            out.push(region);
            continue;
        }
        for (is_a_scale, rows) in scales(chunk) {
            if is_a_scale {
                let why = "it is a scale, not a plan".to_owned();
                out.push(GridRegion::Other {
                    grid: Grid { rows, sheet: sheet.cloned(), ..Grid::default() },
                    why,
                    known: false,
                });
            } else {
                out.extend(like_actions(&rows));
                out.extend(
                    rows.iter()
                        .filter_map(header::as_paragraph)
                        .map(|text| GridRegion::Words(Block::Paragraph(text))),
                );
            }
        }
    }
}

/// Reports rows outside a plan's table that have dates among several cells, as actions have.
fn like_actions(rows: &[Row]) -> Option<GridRegion> {
    const FEWEST_CELLS: usize = 3;
    const FEWEST_ROWS: usize = 2;
    let is_date = |cell: &Cell| {
        profile::is_of_kind(&cell.value.plain(), cell.holds(), profile::ValueKind::Date, &NO_WORDS)
    };
    let found: Vec<&Row> = rows
        .iter()
        .filter(|row| row.filled().count() >= FEWEST_CELLS && row.filled().any(is_date))
        .collect();
    let first = found.first().filter(|_| found.len() >= FEWEST_ROWS)?;
    let quoted = first_words(&header::words(std::slice::from_ref(*first)));
    let message = format!(
        "{} rows look like actions, from “{quoted}” on, but no header above them was read; kept as text",
        found.len()
    );
    let diagnostics = Diagnostic::new(Code::RowLeftOut, message).at(&first.place);
    Some(GridRegion::Reported(diagnostics
            .help("if they are actions, name their columns as those of the plan are, or say what they mean")
            .fix(Fix::columns_for(&[Field::Action]))))
}

/// Parts the steps of scales, each with the next number and what it means, and the headings over
/// them, from other rows.
fn scales(rows: Vec<Row>) -> Vec<(bool, Vec<Row>)> {
    const FEWEST: usize = 3;
    let number = |row: &Row| {
        row.cells
            .iter()
            .find(|c| !c.value.is_empty())
            .and_then(|c| c.value.plain().trim().parse::<i32>().ok())
    };
    let numbers: Vec<Option<i32>> = rows.iter().map(number).collect();
    let mut is_step = vec![false; rows.len()];
    let mut at = 0;
    for run in numbers.chunk_by(|a, b| matches!((a, b), (Some(a), Some(b)) if (b - a).abs() == 1)) {
        if run.len() >= FEWEST {
            is_step[at..at + run.len()].fill(true);
            let is_a_heading = |row: &Row| {
                only_cell(row).is_some_and(|c| rows::reads_like_a_heading(&c.value.plain()))
            };
            let headings = rows[..at]
                .iter()
                .zip(&is_step)
                .rev()
                .take(2)
                .take_while(|(row, step)| !**step && is_a_heading(row))
                .count();
            // the first line of all is a title
            let headings = if headings == at { headings.saturating_sub(1) } else { headings };
            is_step[at - headings..at].fill(true);
        }
        at += run.len();
    }
    let mut parts: Vec<(bool, Vec<Row>)> = Vec::new();
    for (row, step) in rows.into_iter().zip(is_step) {
        match parts.last_mut() {
            Some((same, part)) if *same == step => part.push(row),
            _ => parts.push((step, vec![row])),
        }
    }
    parts
}

/// What rows are if they are one of the small tables that stand around plans.
pub(super) fn special(rows: &[Row]) -> Option<GridRegion> {
    let first = rows.first()?;
    if let Some(dates) = header::cycle(rows) {
        return Some(GridRegion::Cycle {
            place: first.place.clone(),
            dates,
            words: header::words(rows),
        });
    }
    let key: Vec<Vec<scheme::KeyCell>> =
        rows.iter().map(|row| row.cells.iter().map(key_cell).collect()).collect();
    let scheme = if rows.len() <= LONGEST_KEY { scheme::from_key(&key) } else { None };
    scheme.map(|scheme| GridRegion::Key {
        place: first.place.clone(),
        scheme,
        words: header::words(rows),
    })
}

/// A cell of a key; a colour that is written as a number, as in "#1d70b8", fills it.
fn key_cell(cell: &Cell) -> scheme::KeyCell {
    let words = cell.value.plain();
    match Colour::from_number(&words) {
        Some(colour) => scheme::KeyCell { words: String::new(), fill: Some(colour) },
        None => scheme::KeyCell { words: words.into_owned(), fill: cell.fill() },
    }
}

/// Rows in chunks: an empty row of the sheet parts them.
pub(super) fn chunks(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut chunks: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match chunks.last_mut() {
            Some(chunk) if chunk.last().is_some_and(|last| !row.is_apart_from(last)) => {
                chunk.push(row);
            }
            _ => chunks.push(vec![row]),
        }
    }
    chunks
}
