//! What the caller asked for columns: those that are left out, and those that were given a meaning
//! which another column has.

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::Field;

use super::columns::takes_one_column;
use super::{Column, DocumentPart, DocumentTables, KnownBy, PlanGrid, TableOptions};

/// Leaves out the columns that are not to be read, and reports meanings that were given twice.
pub(super) fn apply(reading: &TableOptions<'_>, out: &mut DocumentTables) {
    for part in &mut out.parts {
        let DocumentPart::Plan(table) = part else { continue };
        out.diagnostics.extend(given_twice(table, reading));
        for at in (0..table.columns.len()).rev() {
            if reading.exclude.iter().any(|name| table.columns[at].is_called(at, name)) {
                out.diagnostics.push(take_out(table, at));
            }
        }
    }
}

fn given_twice(table: &PlanGrid, reading: &TableOptions<'_>) -> Option<Diagnostic> {
    let mut kept = table
        .columns
        .iter()
        .enumerate()
        .filter(|(_, c)| c.known_by == KnownBy::Caller && c.field == Field::Extra);
    let given = |at: usize, column: &Column| {
        let (_, field) =
            reading.columns.headers.iter().find(|(name, _)| column.is_called(at, name))?;
        Some(*field).filter(|field| takes_one_column(*field))
    };
    let (field, second) = kept.find_map(|(at, column)| Some((given(at, column)?, column)))?;
    let first = table.columns.iter().find(|c| c.field == field)?;
    let message = format!(
        "two columns were given the meaning “{}”: “{}” is read so, “{}” is kept under its own header",
        field.name(),
        first.header,
        second.header
    );
    let help = "give one of them another meaning, such as extra";
    Some(
        Diagnostic::new(Code::ColumnTwice, message)
            .at(&second.place)
            .and_at(&first.place)
            .help(help),
    )
}

/// Takes a column out of a table; what it held.
fn take_out(table: &mut PlanGrid, at: usize) -> Diagnostic {
    let column = table.columns.remove(at);
    let mut words = vec![column.header.clone()];
    for row in &mut table.rows {
        let Some(cells) = row.cells_mut().filter(|cells| at < cells.len()) else { continue };
        let cell = cells.remove(at);
        let notes =
            cell.look.as_ref().and_then(|look| look.note.as_ref()).map(crate::text::Text::in_cell);
        words.extend(
            [cell.value.in_cell()]
                .into_iter()
                .chain(notes)
                .filter(|words| !words.trim().is_empty()),
        );
    }
    let message = format!("the column “{}” was left out, as asked", column.header);
    Diagnostic::new(Code::ColumnExcluded, message).at(&column.place).left_out(words.join("\n"))
}
