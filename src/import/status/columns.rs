//! The columns in which statuses stand.

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::hue::Hue;
use crate::plan::{Colour, Field, Scheme, status, target};
use crate::source::Cell;
use crate::table::{Column, PlanGrid, TableRow};
use crate::vocabulary::{normalize, statuses};

use super::AddedState;

/// Whether the rows of a table are filled in the colours of a rating: no column holds a status, and
/// at least two colours occur.
pub(in crate::import) fn is_rated(table: &PlanGrid) -> bool {
    const FEWEST_COLOURS: usize = 2;
    if table.columns.iter().any(|column| column.field == Field::Status) {
        return false;
    }
    let rows = table.rows.iter().filter_map(|row| {
        if let TableRow::Row { cells, .. } = row { row_fill(cells) } else { None }
    });
    let mut hues: Vec<Hue> = Vec::new();
    for hue in rows.filter_map(Hue::of) {
        if !hues.contains(&hue) {
            hues.push(hue);
        }
    }
    hues.len() >= FEWEST_COLOURS
}

/// Another column that holds statuses of now, beside the one that was taken for the status.
pub(in crate::import) fn second_column(table: &PlanGrid) -> Option<usize> {
    const FEWEST: usize = 2;
    let scheme = Scheme::default();
    let holds_statuses = |i: usize| {
        let cells = || {
            table
                .rows
                .iter()
                .filter_map(|row| row.cells()?.get(i))
                .filter(|cell| !cell.value.is_empty())
        };
        let statuses =
            cells().filter(|cell| status::is_only_status(&cell.value.plain(), &scheme)).count();
        statuses >= FEWEST && statuses * 5 >= cells().count() * 4
    };
    // "Q1: RAG", "Spring RAG" are of a time of their own
    let is_of_a_time = |column: &Column| {
        column.header.contains(|c: char| c == ':' || c.is_ascii_digit())
            || statuses::is_of_earlier_time(&column.header)
            || normalize(&column.header).split(' ').any(target::is_period_word)
    };
    let status = table.columns.iter().find(|column| column.field == Field::Status)?;
    let second = |column: &Column| {
        column.field == Field::Extra
            && column.runner_up == Some(Field::Status)
            && !is_of_a_time(column)
    };
    table.columns.iter().position(second).filter(|i| !is_of_a_time(status) && holds_statuses(*i))
}

/// The colour of a rating that fills most of a row.
pub(in crate::import) fn row_fill(cells: &[Cell]) -> Option<Colour> {
    let filled = || cells.iter().filter(|cell| !cell.value.is_empty());
    let fills: Vec<Colour> = filled()
        .filter_map(Cell::fill)
        .filter(|fill| Hue::of(*fill).is_some_and(|hue| hue != Hue::Grey))
        .collect();
    let first = *fills.first()?;
    let same = fills.iter().filter(|fill| **fill == first).count();
    (same * 2 > filled().count()).then_some(first)
}

/// One message of all words that are not statuses of the plan, with how many actions have each.
pub(super) fn unread(own: &[AddedState], is_declared: bool, help: String) -> Option<Diagnostic> {
    const SHOWN: usize = 8;
    let unread: Vec<&AddedState> =
        own.iter().filter(|added| is_declared || !added.is_known).collect();
    let first = unread.first()?;
    let actions =
        |count: usize| if count == 1 { "1 action".to_owned() } else { format!("{count} actions") };
    let message = if let [only] = unread.as_slice() {
        let what = if is_declared { "in the plan's key" } else { "a status that is understood" };
        format!(
            "“{}” is not {what}; it was kept as a status of the plan's own, for {}",
            only.words,
            actions(only.count)
        )
    } else {
        let what = if is_declared { "in the plan's key" } else { "statuses that are understood" };
        let named: Vec<String> = unread
            .iter()
            .take(SHOWN)
            .map(|added| format!("“{}” ({})", added.words, actions(added.count)))
            .collect();
        let more = match unread.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!(
            "{} words are not {what}; they were kept as statuses of the plan's own: {}{more}",
            unread.len(),
            named.join(", ")
        )
    };
    Some(Diagnostic::new(Code::StatusUnread, message).at(&first.place).help(help))
}
