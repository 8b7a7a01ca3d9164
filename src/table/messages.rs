//! What is reported of the columns of a table: each doubtful decision, and all unrecognised columns
//! in one message.

use std::collections::HashSet;

use crate::diagnostic::Fix;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::Field;
use crate::vocabulary::columns::{CLEAR, meaning};
use crate::vocabulary::publishing;
use crate::vocabulary::words::NO_WORDS;

use super::{Column, DocumentTables, KnownBy};

/// Reports the columns of a table, each header once in a source.
pub(super) fn columns(
    columns: &[Column],
    reported: &mut HashSet<String>,
    out: &mut DocumentTables,
) {
    let new: Vec<&Column> = columns
        .iter()
        .filter(|c| !c.header.is_empty() && reported.insert(c.header.clone()))
        .collect();
    out.diagnostics.extend(new.iter().filter_map(|column| doubtful(column)));
    out.diagnostics.extend(two_of_one_meaning(&new, columns));
    let unrecognised: Vec<&Column> = new
        .into_iter()
        .filter(|c| c.field == Field::Extra && c.known_by == KnownBy::Nothing)
        // publication reads these
        .filter(|c| publishing::mark(&c.header).is_none())
        .collect();
    let Some(first) = unrecognised.first() else { return };
    let shown: Vec<String> =
        unrecognised.iter().take(SHOWN).map(|column| described(column)).collect();
    let more = match unrecognised.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let (subject, verb) = if unrecognised.len() == 1 {
        ("column was", "its cells are")
    } else {
        ("columns were", "their cells are")
    };
    let message = format!(
        "{} {subject} not recognised; {verb} kept with each action: {}{more}",
        unrecognised.len(),
        shown.join(", ")
    );
    let likely = unrecognised.iter().find_map(|column| Some((column, likely(column)?)));
    let (column, field) = likely.map_or((first, None), |(column, field)| (column, Some(field)));
    out.diagnostics.push(
        Diagnostic::new(Code::UnknownColumn, message)
            .at(&first.place)
            .help("to use a column, say what it means")
            .fix(Fix::column(&column.header, field)),
    );
}

/// Columns whose headers name what another column was taken for, in one message.
fn two_of_one_meaning(new: &[&Column], all: &[Column]) -> Option<Diagnostic> {
    let other = |column: &Column| {
        let KnownBy::TakenBy(header) = &column.known_by else { return None };
        let used =
            all.iter().find(|other| other.header == *header && other.field != Field::Update)?;
        (meaning(&column.header, &NO_WORDS).weights.get(used.field) >= CLEAR).then_some(used)
    };
    let found: Vec<(&Column, &Column)> =
        new.iter().filter_map(|column| Some((*column, other(column)?))).collect();
    let (first, used) = found.first()?;
    let named: Vec<String> = found
        .iter()
        .map(|(column, used)| {
            format!(
                "“{}” could also be {} (“{}” was used)",
                column.header,
                used.field.in_words(),
                used.header
            )
        })
        .collect();
    let cells = if found.len() == 1 {
        "its cells are kept with each action"
    } else {
        "their cells are kept with each action"
    };
    Some(
        Diagnostic::new(Code::ColumnTaken, format!("{}; {cells}", named.join(", ")))
            .at(&first.place)
            .help("to use another column, say what it means")
            .fix(Fix::column(&first.header, Some(used.field))),
    )
}

/// The most columns that the message of unrecognised ones names.
const SHOWN: usize = 8;

fn described(column: &Column) -> String {
    match likely(column) {
        Some(field) => format!("“{}” (looks like {})", column.header, field.in_words()),
        None => format!("“{}”", column.header),
    }
}

/// What an unrecognised column may mean: what its header speaks for, or its cells show beyond their
/// being filled.
fn likely(column: &Column) -> Option<Field> {
    let field = column.runner_up?;
    let shown_by = match field {
        Field::Owner => "names of people",
        Field::Action => "begin with a verb",
        Field::Status => "hold statuses",
        Field::Target | Field::Start | Field::CompletedOn => "hold dates",
        _ => "",
    };
    let is_shown = !shown_by.is_empty() && column.cells.contains(shown_by);
    (is_shown || meaning(&column.header, &NO_WORDS).weights.get(field) > 0.0).then_some(field)
}

/// A message of a column whose meaning is a guess.
fn doubtful(column: &Column) -> Option<Diagnostic> {
    let Column { header, place, field, known_by, .. } = column;
    let is_guess = column.is_close
        || matches!(known_by, KnownBy::Cells(_) | KnownBy::OtherColumns(_) | KnownBy::Spelling(_));
    // columns without a header are reported together
    let has_header = *header != place.column_letters(0) && header.len() > 2;
    if !is_guess || *field == Field::Extra || !(has_header || column.known_by == KnownBy::Nothing) {
        return None;
    }
    let or = match column.runner_up {
        Some(other) if column.is_close => format!("; it could also be {}", other.in_words()),
        _ => String::new(),
    };
    let message = format!("the column “{header}” was read as {}: {known_by}{or}", field.in_words());
    let diagnostic = Diagnostic::new(Code::ColumnGuessed, message).at(place);
    Some(diagnostic.help("if that is wrong, say what it means").fix(Fix::column(header, None)))
}
