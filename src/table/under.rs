//! What stands under a plan's table in the same columns: notes, keys, sign-offs. They are not actions.

use crate::plan::{Field, Scheme, status};
use crate::source::{Cell, Row};

use super::{Column, folded, records, rows};

/// Takes the rows off the end of a table that are no part of it; in order.
///
/// What stands under a table has a gap above it, or says what it is. `more_below` says that another table's header follows, so a
/// heading at the end is that table's.
pub(super) fn split(body: &mut Vec<Row>, columns: &[Column], more_below: bool) -> Vec<Row> {
    let mut end = body.len();
    loop {
        let gap = (1..end).rev().find(|i| body[i - 1].place.rows_to(&body[*i].place) > 0);
        match gap {
            Some(gap) if body[gap..end].iter().all(|row| is_under(row, columns, true)) => end = gap,
            _ => break,
        }
    }
    let is_heading = |row: &Row| more_below && rows::only_cell(row).is_some_and(|c| rows::reads_like_a_heading(&c.value.plain()));
    while end.checked_sub(1).and_then(|last| body.get(last)).is_some_and(|row| is_heading(row) || is_under(row, columns, false)) {
        end -= 1;
    }
    body.split_off(end)
}

/// Whether a row may stand under a table rather than in it; `apart` says that a gap or such rows part it from the table.
fn is_under(row: &Row, columns: &[Column], apart: bool) -> bool {
    if records::names_its_objective(row, columns) {
        return false;
    }
    if says_what_it_is(row) {
        return true;
    }
    let filled: Vec<(&Cell, Field)> =
        row.cells.iter().zip(columns).filter(|(cell, _)| !cell.value.is_empty()).map(|(cell, column)| (cell, column.field)).collect();
    match filled.as_slice() {
        [] => true,
        // words by themselves head nothing where no row follows
        [_] => apart,
        // a colour or state with its meaning
        [(state, _), (_, _)] if apart => {
            let has = |field: Field| filled.iter().any(|(_, f)| *f == field);
            let words = state.value.plain();
            let named = status::is_status(&words, &Scheme::default()) || state.fill().is_some() || words.ends_with(':');
            named && !(has(Field::Owner) && has(Field::Target))
        }
        _ => false,
    }
}

/// Whether the first words of a row say that it is a note, a key, a signature or the like.
fn says_what_it_is(row: &Row) -> bool {
    const SAYS_SO: &[&str] = &[
        "note",
        "notes",
        "nb",
        "n b",
        "key",
        "key to status",
        "key to statuses",
        "key to rag",
        "rag key",
        "brag key",
        "rag rating key",
        "status key",
        "legend",
        "signed",
        "signed off",
        "signed off by",
        "sign off",
        "signature",
        "signatures",
        "approved by",
        "approved",
        "authorised by",
        "agreed by",
        "prepared by",
        "produced by",
        "completed by",
        "source",
        "sources",
        "document control",
        "version",
        "version control",
        "date of next review",
        "next review",
        "last updated",
        "guidance",
        "glossary",
        "abbreviations",
        "for further information",
        "end of plan",
        "end of table",
    ];
    const MOST_CELLS: usize = 4;
    let mut filled = row.cells.iter().filter(|c| !c.value.is_empty());
    let Some(first) = filled.next() else { return false };
    let others = filled.count();
    let words = first.value.plain();
    let label = folded(words.split([':', '-', '–']).next().unwrap_or_default());
    // a reference column may hold the word "Note" for no action of the plan, but not beside a whole row
    others < MOST_CELLS && SAYS_SO.contains(&label.as_str()) && (others == 0 || words.trim_end().ends_with(':') || others <= 2)
}
