//! What stands under a plan's table in the same columns: notes, keys, sign-offs. They are not actions.

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Field, Scheme, status};
use crate::source::{Block, Cell, Row};
use crate::vocabulary::rows as words;

use super::region::Region;
use super::{Column, join, records, rows};

/// Takes the rows off the end of a table that are no part of it; in order.
///
/// What stands under a table has a gap above it, or says what it is. `more_below` says that another table's header follows, so a
/// heading at the end is that table's.
pub(super) fn split(body: &mut Vec<Row>, columns: &[Column], more_below: bool) -> Vec<Row> {
    let mut end = body.len();
    loop {
        let gap = (1..end).rev().find(|i| body[i - 1].place.rows_to(&body[*i].place) > 0);
        match gap {
            Some(gap) if body[gap..end].iter().all(|row| is_under(row, &body[..gap], columns, true)) => end = gap,
            _ => break,
        }
    }
    let is_heading = |row: &Row| more_below && rows::only_cell(row).is_some_and(|c| rows::reads_like_a_heading(&c.value.plain()));
    while let Some((row, above)) = body[..end].split_last() {
        if !is_heading(row) && !is_under(row, above, columns, false) {
            break;
        }
        end -= 1;
    }
    body.split_off(end)
}

/// Whether a row may stand under a table rather than in it; `apart` says that a gap or such rows part it from the table.
fn is_under(row: &Row, above: &[Row], columns: &[Column], apart: bool) -> bool {
    if records::names_its_objective(row, columns) {
        return false;
    }
    if rows::notice(row, columns) >= rows::NOTICE {
        return true;
    }
    let filled: Vec<(&Cell, &Column)> = row.cells.iter().zip(columns).filter(|(cell, _)| !cell.value.is_empty()).collect();
    match filled.as_slice() {
        [] => true,
        // a text by itself heads nothing where no row follows; but a table may have bands or actions without details
        [(_, column)] if apart => {
            let bare = || above.iter().rev().take(SAMPLE).filter(|row| rows::only_cell(row).is_some());
            let is_one_of_several = column.field == Field::Action && bare().any(|row| !rows::is_band(row, columns));
            !is_one_of_several && !rows::stands_out(row, bare(), columns)
        }
        // a colour or state with its meaning
        [(state, _), (_, _)] if apart => {
            let has = |field: Field| filled.iter().any(|(_, column)| column.field == field);
            let plain = state.value.plain();
            let named = status::is_status(&plain, &Scheme::default()) || state.fill().is_some() || plain.trim_end().ends_with(':');
            (named || words::is_notice_label(&plain)) && !(has(Field::Owner) && has(Field::Target))
        }
        _ => false,
    }
}

/// How many rows above are looked at for others of the kind.
const SAMPLE: usize = 100;

/// Reports the texts that stand below a table; `from` says where they begin among the regions.
///
/// They are kept as notes of the plan. It is a warning where no gap parts them from the table.
pub(super) fn report(regions: &mut Vec<Region>, from: usize, adjoining: bool) {
    let texts = regions[from..].iter().filter_map(|region| match region {
        Region::Words(Block::Paragraph(text)) => Some(text),
        _ => None,
    });
    let texts: Vec<_> = texts.collect();
    let Some(first) = texts.first() else { return };
    let place = first.place.clone();
    let quoted = format!("“{}”", join::first_words(&first.value.plain()));
    let message = match texts.len() {
        1 => format!("{quoted} stands below the table and is not an action; kept as a note of the plan"),
        count => format!("{count} rows below the table are not actions, from {quoted} on; kept as notes of the plan"),
    };
    let code = if adjoining { Code::RowLeftOut } else { Code::BelowTable };
    regions.push(Region::Told(Diagnostic::new(code, message).at(&place)));
}
