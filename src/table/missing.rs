//! What was looked for and is not there: a plan, a sheet, a column; and what stands for nothing.

use std::fmt::Write as _;

use crate::diagnostic::{Code, Diagnostic};
use crate::diagnostic::{ColumnFix, Fix};
use crate::place::Place;
use crate::plan::Field;
use crate::source::{Block, Cell, Grid, Row};
use crate::text::Text;
use crate::vocabulary::words::ExtraWords;

use super::grid_region::GridRegion;
use super::quote::head_words;
use super::visible::same_name;
use super::{DocumentPart, DocumentTables, TableOptions, header};

const WANTED: &str = "a plan has a column for the action (or objective), and others for the owner, the success measures, the target date or the status";

/// Reports sheets that were asked for and are not there.
pub(super) fn sheets_that_are_not_there(
    blocks: &[Block],
    reading: &TableOptions<'_>,
    out: &mut DocumentTables,
) {
    let sheets = || {
        blocks
            .iter()
            .filter_map(|b| if let Block::Grid(grid) = b { grid.sheet.as_ref() } else { None })
    };
    for name in
        reading.sheets.iter().filter(|name| !sheets().any(|sheet| same_name(name, &sheet.name)))
    {
        let names: Vec<String> = sheets().map(|sheet| format!("“{}”", sheet.name)).collect();
        let help = if names.is_empty() {
            "only workbooks have sheets".to_owned()
        } else {
            format!("the sheets with words are {}", names.join(", "))
        };
        out.diagnostics.push(
            Diagnostic::new(Code::SheetOption, format!("there is no sheet “{name}”")).help(help),
        );
        out.understanding.missing_sheets.push(name.clone());
    }
}

/// Reports a plan that is not there, with the nearest thing to one, and of columns named by the
/// caller that no table has.
pub(super) fn a_plan(regions: &[GridRegion], reading: &TableOptions<'_>, out: &mut DocumentTables) {
    let plans = || {
        regions
            .iter()
            .filter_map(|r| if let GridRegion::Plan(piece) = r { Some(piece) } else { None })
    };
    if plans().next().is_none() && !regions.is_empty() {
        out.diagnostics.push(no_plan(regions, reading.columns.words));
        return;
    }
    for (header, _) in reading.columns.headers {
        if !plans().any(|piece| piece.header.has(header)) {
            let message = format!("no table of the plan has a column “{header}”");
            let help = format!(
                "the columns are {}",
                headers_of(plans().flat_map(|piece| &piece.header.columns))
            );
            out.diagnostics.push(Diagnostic::new(Code::ColumnOption, message).help(help));
            out.understanding.missing_columns.push(header.clone());
        }
    }
}

/// “Ref”, “Action” and so on, each once.
fn headers_of<'a>(columns: impl Iterator<Item = &'a super::Column>) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for column in columns.filter(|c| !c.header.is_empty()) {
        if !shown.contains(&column.header.as_str()) {
            shown.push(&column.header);
        }
    }
    let more = shown.len().saturating_sub(HEADERS_SHOWN);
    let quoted: Vec<String> =
        shown.iter().take(HEADERS_SHOWN).map(|header| format!("“{header}”")).collect();
    quoted.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}

/// Reports a plan that has a header and no row below it.
pub(super) fn rows_of_the_plan(out: &mut DocumentTables) {
    let plans = || {
        out.parts.iter().filter_map(|part| {
            if let DocumentPart::Plan(table) = part { Some(table) } else { None }
        })
    };
    let Some(first) = plans().next().filter(|_| plans().all(|table| table.rows.is_empty())) else {
        return;
    };
    let message = format!(
        "the plan is empty: its header names {}, but there is no action below it",
        header::says(&first.columns)
    );
    let help = "check whether this is the form before it was filled in, or whether the rows are hidden or on another sheet";
    let diagnostic = Diagnostic::new(Code::EmptyPlan, message).at(&first.place).help(help);
    out.diagnostics.push(diagnostic);
}

/// The most headers that a message shows.
const HEADERS_SHOWN: usize = 12;

fn no_plan(regions: &[GridRegion], added: &ExtraWords) -> Diagnostic {
    let grids: Vec<&Grid> = regions
        .iter()
        .filter_map(|r| if let GridRegion::Other { grid, .. } = r { Some(grid) } else { None })
        .collect();
    if let Some(diagnostics) = grids.iter().find_map(|grid| without_a_header(grid, added)) {
        return diagnostics;
    }
    let nearest = grids.iter().enumerate().max_by_key(|(i, grid)| {
        (grid.rows.first().map_or(0, |row| header::known_columns(row, added)), usize::MAX - i)
    });
    // a title above the columns names none of them
    let likely = |grid: &&Grid| {
        grid.rows.iter().position(|row| row.filled().count() >= 3).unwrap_or_default()
    };
    let Some(first) = nearest.and_then(|(_, grid)| grid.rows.get(likely(grid))) else {
        let message = format!("there is no table here: {WANTED}");
        return Diagnostic::new(Code::NoPlanTable, message)
            .at(&Place::in_text(1, 1, 0))
            .help("give the plan as a table, one row an action");
    };
    let headers = || first.filled();
    let shown = headers()
        .take(HEADERS_SHOWN)
        .map(|c| format!("“{}”", c.value))
        .collect::<Vec<_>>()
        .join(", ");
    let more = match headers().count().saturating_sub(HEADERS_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!(
        "no table here looks like a plan: {WANTED}; the nearest has the headers {shown}{more}"
    );
    Diagnostic::new(Code::NoPlanTable, message)
        .at(&first.place)
        .help("name the columns in the header row, or say what they mean")
        .fix(Fix::columns_for(&[Field::Action, Field::Owner]))
}

/// A table whose columns hold what a plan's do, under no header: with its columns by letter, and
/// the options that would read them.
fn without_a_header(grid: &Grid, added: &ExtraWords) -> Option<Diagnostic> {
    let start = grid.rows.iter().position(|row| row.filled().count() >= 3)?;
    let rows = &grid.rows[start..];
    let first = rows.first().filter(|row| header::is_like_those_below(row, &rows[1..], added))?;
    // a row that is marked as a header is one, unless it has the numbers or dates of an action
    let has_digit =
        || first.cells.iter().any(|cell| cell.value.plain().contains(|c: char| c.is_ascii_digit()));
    if grid.marked_header > start && !has_digit() {
        return None;
    }
    if numbers_only_below(first, &rows[1..]) {
        return None;
    }
    let guessed = header::guess(rows);
    guessed.iter().find(|(_, field)| *field == Field::Action)?;
    let mut columns = String::new();
    for (i, cell) in
        first.cells.iter().enumerate().filter(|(_, c)| !c.value.is_empty()).take(HEADERS_SHOWN)
    {
        let separator = if columns.is_empty() { "" } else { ", " };
        let _ = write!(
            columns,
            "{separator}{} (“{}”)",
            cell.place.column_letters(i),
            head_words(&cell.value.plain())
        );
    }
    let message =
        format!("no header row was found, so no columns were read; the columns are {columns}");
    let fixes = guessed
        .iter()
        .filter_map(|(i, field)| {
            let column = first.cells.get(*i)?.place.column_letters(*i).clone();
            Some(ColumnFix { column: Some(column), field: Some(*field) })
        })
        .collect();
    Some(
        Diagnostic::new(Code::NoHeader, message)
            .at(&first.place)
            .help("add a header row, or say what the columns mean")
            .fix(Fix::Columns(fixes)),
    )
}

/// Whether a column has a word in its first row and a number in each of several below: that row
/// names the columns.
fn numbers_only_below(first: &Row, below: &[Row]) -> bool {
    const SAMPLE: usize = 12;
    let has_digit = |cell: &Cell| cell.value.plain().contains(|c: char| c.is_ascii_digit());
    first
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.value.is_empty() && !has_digit(cell))
        .any(|(i, _)| {
            let cells = || {
                below
                    .iter()
                    .take(SAMPLE)
                    .filter_map(|row| row.cells.get(i))
                    .filter(|cell| !cell.value.is_empty())
            };
            cells().count() >= 2 && cells().all(has_digit)
        })
}

/// What to report of a table without a header whose columns were read from their cells.
pub(super) fn read_by_cells(header: &header::TableHeader) -> Diagnostic {
    let read = || header.columns.iter().filter(|c| c.field != Field::Extra);
    let columns: Vec<String> =
        read().map(|c| format!("column {} as {}", c.header, c.field.in_words())).collect();
    let message = format!(
        "no header row was found; the columns were read from their cells: {}",
        columns.join(", ")
    );
    let fixes = read()
        .map(|c| ColumnFix { column: Some(c.header.clone()), field: Some(c.field) })
        .collect();
    Diagnostic::new(Code::ColumnGuessed, message)
        .at(&header.place)
        .help("add a header row, or confirm the columns")
        .fix(Fix::Columns(fixes))
}

/// Reads what a program for tables of data (pandas) writes for cells that were empty as empty, and
/// its names for columns without one.
pub(super) fn blanks_of_a_data_frame(grid: &mut Grid, out: &mut DocumentTables) {
    let Some((head, body)) = grid.rows.split_first_mut() else { return };
    let is_unnamed = |words: &str| {
        words.strip_prefix("Unnamed: ").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
    };
    if head.cells.iter().filter(|c| is_unnamed(&c.value.plain())).count() < 2 {
        return;
    }
    let mut blanks: Vec<String> = Vec::new();
    let mut blank = |value: &mut Text| {
        blanks.push(value.plain().into_owned());
        *value = Text::default();
    };
    head.cells
        .iter_mut()
        .filter(|c| is_unnamed(&c.value.plain()))
        .for_each(|c| blank(&mut c.value));
    let no_value = |words: &str| matches!(words, "nan" | "NaN" | "NaT" | "None" | "<NA>");
    body.iter_mut()
        .flat_map(|row| &mut row.cells)
        .filter(|c| no_value(&c.value.plain()))
        .for_each(|c| blank(&mut c.value));
    let message = format!(
        "{} cells hold only what a program wrote for empty ones (“nan”, “Unnamed: 0”); they were read as empty",
        blanks.len()
    );
    out.diagnostics.push(
        Diagnostic::new(Code::BlankRead, message)
            .at(&grid.rows[0].place)
            .left_out(blanks.join(" ")),
    );
    grid.rows.retain(|row| !row.is_blank());
    let width = grid.rows.first().map_or(0, |row| row.cells.len());
    let used: Vec<bool> = (0..width)
        .map(|i| grid.rows.iter().any(|row| row.cells.get(i).is_some_and(|c| !c.value.is_empty())))
        .collect();
    grid.gaps.clear();
    for row in &mut grid.rows {
        let mut used = used.iter();
        row.cells.retain(|_| used.next().copied().unwrap_or(true));
    }
}
