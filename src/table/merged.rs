//! Cells that a spreadsheet merged downwards: what stands once holds for every row that the cell
//! covers.

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::Field;

use super::body::{BodyRow, TableBody};
use super::quote::head_words;
use super::visible::spelt;
use super::{Column, DocumentTables};

/// Gives each row of the body what cells merged over it hold, and puts rows together that are one
/// action.
pub(super) fn fill(body: &mut TableBody, columns: &[Column], out: &mut DocumentTables) {
    if !body.rows.iter().any(|b| b.row.cells.iter().any(|c| c.span().0 > 1)) {
        return;
    }
    one_action(body, columns, out);
    for (i, column) in columns.iter().enumerate() {
        // a blank cell below an objective belongs to it anyway
        if !matches!(
            column.field,
            Field::Reference
                | Field::Theme
                | Field::ObjectiveReference
                | Field::Objective
                | Field::Action
        ) {
            fill_column(body, column, i, out);
        }
    }
}

/// How many of the rows below a row are covered by a cell of it.
fn covered(rows: &[BodyRow], at: usize, column: usize) -> usize {
    let Some(cell) = rows[at].row.cells.get(column).filter(|c| !c.value.is_empty()) else {
        return 0;
    };
    let below = cell.span().0.saturating_sub(1);
    let is_blank = |b: &&BodyRow| b.row.cells.get(column).is_some_and(|c| c.value.is_empty());
    let is_covered = |(i, b): &(usize, &BodyRow)| match (&cell.place, &b.row.place) {
        (Place::Cell { row: top, .. }, Place::Cell { row, .. }) => {
            *row <= top.saturating_add(below)
        }
        // the rows of a text have no numbers
        _ => u32::try_from(*i).is_ok_and(|i| i < below),
    };
    rows[at + 1..]
        .iter()
        .enumerate()
        .take_while(is_covered)
        .map(|(_, b)| b)
        .take_while(is_blank)
        .count()
}

fn fill_column(body: &mut TableBody, column: &Column, i: usize, out: &mut DocumentTables) {
    let mut at = 0;
    let mut first: Option<(Place, String)> = None;
    let mut others = 0_usize;
    while at < body.rows.len() {
        let below = covered(&body.rows, at, i);
        let (head, rest) = body.rows.split_at_mut(at + 1);
        at += 1;
        let Some(cell) = head
            .last()
            .and_then(|b| b.row.cells.get(i))
            .filter(|c| below > 0 && !c.value.is_empty())
        else {
            continue;
        };
        for lower in rest.iter_mut().take(below) {
            if let Some(blank) = lower.row.cells.get_mut(i) {
                blank.value.clone_from(&cell.value);
            }
        }
        let rows = spelt(&cell.place, &rest[below - 1].row.place);
        if first.is_some() {
            others += 1;
        } else {
            first = Some((
                cell.place.clone(),
                format!(
                    "“{}” stands once in a cell merged over {rows}",
                    head_words(&cell.value.plain())
                ),
            ));
        }
        at += below;
    }
    let Some((place, what)) = first else { return };
    let message = match others {
        0 => format!("{what}: it holds for each of them"),
        1 => format!(
            "{what}: it holds for each of them; likewise 1 more cell of the column “{}”",
            column.header
        ),
        more => format!(
            "{what}: it holds for each of them; likewise {more} more cells of the column “{}”",
            column.header
        ),
    };
    out.diagnostics.push(Diagnostic::new(Code::MergedCell, message).at(&place));
}

/// Rows under a merged action are more of that action: further owners, dates or measures.
fn one_action(body: &mut TableBody, columns: &[Column], out: &mut DocumentTables) {
    let Some(action) = columns.iter().position(|c| c.field == Field::Action) else { return };
    let mut rows = std::mem::take(&mut body.rows);
    let counts: Vec<usize> = (0..rows.len()).map(|at| covered(&rows, at, action)).collect();
    let mut kept: Vec<BodyRow> = Vec::with_capacity(rows.len());
    let mut left = 0_usize;
    for (next, count) in rows.drain(..).zip(counts) {
        match kept.last_mut() {
            Some(upper) if left > 0 => {
                left -= 1;
                let message = format!(
                    "this row is more of the action at {}, whose cell is merged over it",
                    upper.row.place
                );
                let mut diagnostic = Diagnostic::new(Code::RowJoined, message)
                    .at(&next.row.place)
                    .and_at(&upper.row.place);
                let mut repeated = Vec::new();
                for (above, below) in upper.row.cells.iter_mut().zip(next.row.cells) {
                    if !below.value.is_empty() && above.value == below.value {
                        repeated.push(below.value.plain().into_owned());
                    } else {
                        above.value.append(below.value);
                    }
                }
                if !repeated.is_empty() {
                    diagnostic = diagnostic.left_out(repeated.join(" | "));
                }
                out.diagnostics.push(diagnostic);
            }
            _ => {
                left = count;
                kept.push(next);
            }
        }
    }
    body.rows = kept;
}
