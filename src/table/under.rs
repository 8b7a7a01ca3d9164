//! What stands under a plan's table in the same columns: notes, keys, sign-offs. They are not
//! actions.

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Field, Scheme, status};
use crate::source::{Block, Cell, Row};
use crate::vocabulary::rows as words;

use super::body::only_cell;
use super::grid_region::GridRegion;
use super::quote::first_words;
use super::{Column, records, rows};

/// Takes the rows off the end of a table that are no part of it; in order.
///
/// What stands under a table has a gap above it, or says what it is. `more_below` says that another
/// table's header follows, so a heading at the end is that table's.
pub(super) fn split(body: &mut Vec<Row>, columns: &[Column], more_below: bool) -> Vec<Row> {
    let mut end = body.len();
    while let Some(gap) = (1..end).rev().find(|i| is_apart(body, *i)) {
        // a table may have gaps between its rows too
        let gaps_are_usual =
            (1..gap).rev().take(SAMPLE).any(|i| is_apart(body, i) && filled(&body[i]) > 1);
        let apart = if gaps_are_usual { GapKind::AsOthers } else { GapKind::Yes };
        if !body[gap..end].iter().all(|row| is_under(row, &body[..gap], columns, apart)) {
            break;
        }
        end = gap;
    }
    end = labelled(&body[..end], columns).unwrap_or(end);
    let is_heading = |row: &Row| {
        more_below && only_cell(row).is_some_and(|c| rows::reads_like_a_heading(&c.value.plain()))
    };
    while let Some((row, above)) = body[..end].split_last() {
        let rows = if is_heading(row) || is_under(row, above, columns, GapKind::No) {
            1
        } else {
            signed_off(&body[..end], columns)
        };
        if rows == 0 {
            break;
        }
        end -= rows;
    }
    body.split_off(end)
}

/// Whether a gap parts a row from the table above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GapKind {
    No,
    /// As other gaps part rows of the table.
    AsOthers,
    Yes,
}

fn is_apart(rows: &[Row], at: usize) -> bool {
    rows[at].is_apart_from(&rows[at - 1])
}

fn filled(row: &Row) -> usize {
    row.filled().count()
}

/// Where a key or the like begins at the end of a table without a gap above it: a row with its
/// label, and rows that have neither an owner nor a date below it.
fn labelled(body: &[Row], columns: &[Column]) -> Option<usize> {
    const MOST_ROWS: usize = 12;
    const MOST_CELLS: usize = 3;
    const MOST_WORDS: usize = 3;
    let may_belong = |row: &Row| {
        let own = |field: Field| {
            row.cells
                .iter()
                .zip(columns)
                .find(|(cell, c)| c.field == field && !cell.value.is_empty())
        };
        let is_sign = own(Field::Action)
            .is_none_or(|(cell, _)| cell.value.plain().split_whitespace().count() <= MOST_WORDS);
        own(Field::Target).is_none()
            && filled(row) <= MOST_CELLS
            && is_sign
            && !records::names_its_group(row, columns)
    };
    let from = body.len().saturating_sub(MOST_ROWS);
    let first =
        from + body[from..].iter().rposition(|row| !may_belong(row)).map_or(0, |last| last + 1);
    let is_label = |row: &Row| {
        let first = row.cells.iter().find(|c| !c.value.is_empty());
        filled(row) <= 1 + MOST_CELLS
            && first.is_some_and(|cell| words::is_key_label(&cell.value.plain()))
    };
    // a key has two meanings at least
    (first..body.len().saturating_sub(1)).find(|i| is_label(&body[*i]))
}

/// How many rows at the end are a sign-off and the people who sign below it.
fn signed_off(body: &[Row], columns: &[Column]) -> usize {
    const MOST_PEOPLE: usize = 6;
    let people = body
        .iter()
        .rev()
        .take(MOST_PEOPLE)
        .take_while(|row| rows::may_be_a_signature(row, columns))
        .count();
    let is_sign_off = |row: &Row| rows::notice(row, columns) >= rows::NOTICE;
    if people > 0 && body[..body.len() - people].last().is_some_and(is_sign_off) {
        people + 1
    } else {
        0
    }
}

/// Whether a row may stand under a table rather than in it.
fn is_under(row: &Row, above: &[Row], columns: &[Column], apart: GapKind) -> bool {
    if records::names_its_group(row, columns) {
        return false;
    }
    if rows::closing(row, above.iter().rev(), columns) >= rows::NOTICE {
        return true;
    }
    let filled: Vec<(&Cell, &Column)> =
        row.cells.iter().zip(columns).filter(|(cell, _)| !cell.value.is_empty()).collect();
    match filled.as_slice() {
        [] => true,
        // a text by itself heads nothing where no row follows; but a table may have bands or
        // actions without details
        [(_, column)] if apart != GapKind::No => {
            let bare = || above.iter().rev().take(SAMPLE).filter(|row| only_cell(row).is_some());
            let is_one_of_several = column.field == Field::Action
                && (apart == GapKind::AsOthers || bare().any(|row| !rows::is_band(row, columns)));
            !is_one_of_several && !rows::stands_out(row, bare(), columns)
        }
        // a colour or state with its meaning
        [(state, _), (_, _)] if apart != GapKind::No => {
            let has = |field: Field| filled.iter().any(|(_, column)| column.field == field);
            let plain = state.value.plain();
            let named = status::is_status(&plain, &Scheme::default())
                || state.fill().is_some()
                || plain.trim_end().ends_with(':');
            (named || words::is_notice_label(&plain)) && !(has(Field::Owner) && has(Field::Target))
        }
        _ => false,
    }
}

/// How many rows above are looked at for others of the kind.
const SAMPLE: usize = 100;

/// Reports the texts that stand below a table; `from` says where they begin among the regions.
///
/// They are kept as notes of the plan. It is a warning where no gap parts them from the table, or
/// nothing in their words says what they are.
pub(super) fn report(regions: &mut Vec<GridRegion>, from: usize, adjoining: bool) {
    let texts = regions[from..].iter().filter_map(|region| match region {
        GridRegion::Words(Block::Paragraph(text)) => Some(text),
        _ => None,
    });
    let texts: Vec<_> = texts.collect();
    let Some(first) = texts.first() else { return };
    let place = first.place.clone();
    let quoted = format!("“{}”", first_words(&first.value.plain()));
    let message = match texts.len() {
        1 => format!(
            "{quoted} stands below the table and is not an action; kept as a note of the plan"
        ),
        count => format!(
            "{count} rows below the table are not actions, from {quoted} on; kept as notes of the plan"
        ),
    };
    let doubtful = adjoining || texts.iter().any(|text| !rows::is_notice(&text.value.plain()));
    let code = if doubtful { Code::RowLeftOut } else { Code::BelowTable };
    regions.push(GridRegion::Reported(Diagnostic::new(code, message).at(&place)));
}
