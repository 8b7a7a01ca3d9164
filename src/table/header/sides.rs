//! Labels at the side of a table, in a column without a header.

use crate::plan::Field;
use crate::source::Row;
use crate::table::Column;
use crate::table::field::KnownBy;
use crate::vocabulary::columns::{CLEAR, meaning};
use crate::vocabulary::words::ExtraWords;

/// The first column, where it has no header and was taken for the action beside one whose header
/// names what is to be done: its cells, fewer or repeated, head the rows beside them.
pub(super) fn are_themes(columns: &mut [Column], body: &[Row], added: &ExtraWords) {
    let may_be_label = |c: &Column| {
        c.header.is_empty() && c.field == Field::Action && c.known_by != KnownBy::Caller
    };
    if !columns.first().is_some_and(may_be_label) || columns.iter().any(|c| c.field == Field::Theme)
    {
        return;
    }
    let may_be_action = |c: &Column| {
        let is_named = || meaning(&c.header, added).weights.get(Field::Action) >= CLEAR;
        !c.header.is_empty()
            && (matches!(c.field, Field::Objective | Field::Recommendation)
                || (c.field == Field::Extra && is_named()))
    };
    let Some(action) = columns.iter().position(may_be_action) else { return };
    if !heads_others(body, action) {
        return;
    }
    columns[0].field = Field::Theme;
    columns[0].known_by =
        KnownBy::OtherColumns("it has no header, and its cells head the rows beside them");
    columns[action].field = Field::Action;
    columns[action].known_by = KnownBy::Words;
}

/// Whether the first cells of rows are fewer than those of the action, or the same again, or merged
/// downwards.
fn heads_others(body: &[Row], action: usize) -> bool {
    const SAMPLE: usize = 100;
    let body = &body[..body.len().min(SAMPLE)];
    let cell = |row: &Row, at: usize| row.cells.get(at).is_some_and(|c| !c.value.is_empty());
    let both = body.iter().filter(|row| cell(row, 0) && cell(row, action)).count();
    let tasks = body.iter().filter(|row| cell(row, action)).count();
    let merged = body.iter().filter_map(|row| row.cells.first()).any(|c| c.span().0 > 1);
    let again = body
        .windows(2)
        .any(|pair| cell(&pair[0], 0) && pair[0].cells[0].value == pair[1].cells[0].value);
    both > 0 && (both < tasks || merged || again)
}
