//! `planwright inspect`: how a source was understood, on standard output.

use std::fmt::Write as _;

use planwright::{Code, Column, Diagnostic, TableKind, Understanding, UnderstoodTable};

use super::Exit;
use super::command::Inspect;
use super::diagnostic_output::Verbosity;
use super::diagnostic_output::{self, counted};
use super::failure::Failure;
use super::format::InputFormat;
use super::reading::{self, LoadedPlan, contents};
use super::stream::OutputStream;

/// What was put together or taken apart, as the diagnostics tell it.
const JOINS: &[(Code, &str)] = &[
    (Code::HeaderRepeated, "Headers that stand again further down, left out"),
    (Code::HeaderIsData, "First rows of tables that were read as rows of the plan"),
    (Code::RowJoined, "Rows joined"),
    (Code::CellJoined, "Cells continued by a later row"),
    (Code::TextBetweenPieces, "Words between the pieces, moved to the notes"),
];

/// Runs the command.
pub(super) fn run(
    command: &Inspect,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Result<Exit, Failure> {
    let reporting = &command.reporting;
    let mut loaded = reading::load_undated(&command.input, &command.reading, reporting, err)?;
    loaded.warn_of_unused(&[]);
    let unused: Vec<Diagnostic> =
        loaded.diagnostics.iter().filter(|d| d.code == Code::OptionUnused).cloned().collect();
    if reporting.level != Verbosity::Quiet {
        loaded.emit(&unused, reporting.form, err);
    }
    if let Some(understanding) = &loaded.understanding {
        out.say(&shown(&loaded, understanding));
    } else {
        let what = match (&loaded.filled, command.input.format) {
            (Some(filled), _) if filled.return_of.is_some() => "a return that carries its plan",
            (Some(_), _) => "a workbook that carries its plan",
            (None, InputFormat::Pdf) => "a PDF that carries its plan",
            (None, _) => "a plan file",
        };
        out.say(&format!(
            "{}: {what}, in which there is nothing to work out: {}\n",
            loaded.name,
            contents(&loaded.plan)
        ));
    }
    Ok(diagnostic_output::exit(&loaded.diagnostics, reporting))
}

fn shown(loaded: &LoadedPlan, understanding: &Understanding) -> String {
    let mut text = format!(
        "{}: {}, {}\n",
        loaded.name,
        counted(understanding.tables.len(), "table", "tables"),
        contents(&loaded.plan)
    );
    for table in &understanding.tables {
        text.push('\n');
        show_table(&mut text, &loaded.name, table);
    }
    for (code, title) in JOINS {
        show_joins(
            &mut text,
            title,
            &loaded.diagnostics.iter().filter(|d| d.code == *code).collect::<Vec<_>>(),
        );
    }
    text
}

fn show_table(text: &mut String, name: &str, table: &UnderstoodTable) {
    let what = match table.taken_for {
        TableKind::Plan => "The plan",
        TableKind::ReviewDates => "The dates of the review cycle",
        TableKind::Key => "The key to the statuses",
        TableKind::LeftOut => "A table that was left out",
    };
    let _ = writeln!(text, "{what}, at {name}:{}", table.place);
    let _ = writeln!(text, "  {}", sentence(&table.why));
    let themes = match table.theme_rows {
        0 => String::new(),
        n => format!(" and {}", counted(n, "heading of a theme", "headings of themes")),
    };
    let _ = writeln!(text, "  It has {}{themes}.", counted(table.rows, "row", "rows"));
    if table.pieces.len() > 1 {
        let places: Vec<String> = table.pieces.iter().map(ToString::to_string).collect();
        let _ = writeln!(
            text,
            "  It was put together from {} pieces, at {}.",
            places.len(),
            places.join(", ")
        );
    }
    let header_width =
        table.columns.iter().map(|c| c.header.chars().count()).max().unwrap_or(0).clamp(6, 40);
    let field_width = table.columns.iter().map(|c| c.field.name().len()).max().unwrap_or(0).max(7);
    if !table.columns.is_empty() {
        let _ = writeln!(text, "    {:header_width$}  {:field_width$}  Why", "Column", "Meaning");
    }
    for column in &table.columns {
        let header = if column.header.is_empty() {
            "(no header)".to_owned()
        } else {
            shortened(&column.header, header_width)
        };
        let _ = writeln!(
            text,
            "    {header:header_width$}  {:field_width$}  {}",
            column.field.name(),
            reasons(column)
        );
    }
}

/// How a column's meaning is known, what its cells hold, and what else it could be.
fn reasons(column: &Column) -> String {
    let mut out = column.known_by();
    if !column.cells.is_empty() && !out.contains(&column.cells) {
        let _ = write!(out, "; {}", column.cells);
    }
    if let Some(other) = column.runner_up {
        let how = if column.is_close { "nearly as good" } else { "next best" };
        let _ = write!(out, "; {how}: {}", other.name());
    }
    out
}

/// Words in so many columns, with an ellipsis where they are cut.
fn shortened(words: &str, width: usize) -> String {
    if words.chars().count() <= width {
        return words.to_owned();
    }
    words.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// A reason as a sentence of its own.
fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first: String = letters.next().map(char::to_uppercase).into_iter().flatten().collect();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

fn show_joins(text: &mut String, title: &str, joins: &[&Diagnostic]) {
    if joins.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}:");
    for alike in joins.chunk_by(|a, b| a.message == b.message) {
        let places: Vec<String> =
            alike.iter().filter_map(|d| d.place.as_ref()).map(ToString::to_string).collect();
        let _ = writeln!(text, "  {}: {}", places.join(", "), alike[0].message);
    }
}
