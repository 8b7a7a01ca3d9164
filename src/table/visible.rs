//! Which sheets, rows and columns are read: what a workbook hides, or the caller did not ask for,
//! is reported and left out.
//!
//! Hidden rows and columns are a known way in which personal data gets out (the ICO's penalty to
//! the Police Service of Northern Ireland, 2024), so they are read only where the caller says so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Fix;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::status::{StatusVocabulary, is_status};
use crate::plan::{Field, Scheme};
use crate::source::{Block, Cell, Grid, HiddenBy, HiddenText, Row, Sheet};
use crate::text::Text;
use crate::vocabulary::{columns, normalize};

use super::{DocumentTables, TableKind, TableOptions, UnderstoodTable, header};

/// Leaves out of a grid what is not to be read; nothing is left of a sheet that is not to be read
/// at all.
pub(super) fn visible(
    mut grid: Grid,
    reading: &TableOptions<'_>,
    out: &mut DocumentTables,
) -> Option<Grid> {
    let Some(sheet) = grid.sheet.clone() else {
        hidden_rows(&mut grid, reading, out);
        hidden_cells(&mut grid, reading, out);
        return Some(grid);
    };
    let wanted = reading.sheets.iter().any(|name| same_name(name, &sheet.name));
    if !reading.sheets.is_empty() && !wanted {
        leave_out_sheet(
            &grid,
            &sheet,
            Code::TableLeftOut,
            "it is none of the sheets asked for",
            out,
        );
        return None;
    }
    if sheet.hidden && !reading.include_hidden && !wanted {
        leave_out_sheet(&grid, &sheet, Code::HiddenLeftOut, "the workbook hides it", out);
        return None;
    }
    if sheet.hidden {
        let message = format!("the sheet “{}” is hidden; it was read, as asked for", sheet.name);
        out.diagnostics.push(Diagnostic::new(Code::HiddenRead, message).at(&Place::in_sheet(
            sheet.name.clone(),
            0,
            0,
        )));
    }
    blank_hidden_rows(&sheet, &grid.rows, out);
    hidden_columns(&mut grid, &sheet, reading, out);
    hidden_rows(&mut grid, reading, out);
    hidden_cells(&mut grid, reading, out);
    Some(grid)
}

/// Names of sheets are the same in any case, as spreadsheet programs have it.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn leave_out_sheet(grid: &Grid, sheet: &Sheet, code: Code, why: &str, out: &mut DocumentTables) {
    let Some(first) = grid.rows.first() else { return };
    let message = format!("the sheet “{}” was left out: {why}", sheet.name);
    let (help, fix) = match code {
        Code::HiddenLeftOut => {
            ("if the plan is on it, show the sheet, or include what is hidden", Fix::IncludeHidden)
        }
        _ => ("if the plan is on it, name it too", Fix::Sheet),
    };
    let mut left_out = Diagnostic::new(code, message)
        .at(&first.place)
        .help(help)
        .fix(fix)
        .left_out(header::words_and_comments(&grid.rows));
    left_out.is_on_hidden_sheet = sheet.hidden;
    out.diagnostics.push(left_out);
    out.understanding.tables.push(UnderstoodTable {
        place: first.place.clone(),
        taken_for: TableKind::LeftOut,
        why: why.to_owned(),
        columns: Vec::new(),
        pieces: vec![first.place.clone()],
        rows: grid.rows.len(),
        theme_rows: 0,
    });
}

fn hidden_columns(
    grid: &mut Grid,
    sheet: &Sheet,
    reading: &TableOptions<'_>,
    out: &mut DocumentTables,
) {
    let Some(first) = grid.rows.first() else { return };
    let is_hidden = |place: &Place| matches!(place, Place::Cell { column, .. } if sheet.hidden_columns.iter().any(|r| r.contains(column)));
    let hidden: Vec<bool> = first.cells.iter().map(|c| is_hidden(&c.place)).collect();
    for i in (0..hidden.len()).filter(|i| hidden[*i]) {
        let words: Vec<String> = grid
            .rows
            .iter()
            .filter_map(|row| row.cells.get(i))
            .flat_map(|cell| std::iter::once(&cell.value).chain(cell.note()))
            .map(|text| text.plain().into_owned())
            .filter(|w| !w.is_empty())
            .collect();
        let letters = first.cells[i].place.column_letters(i);
        let place = first.cells[i].place.clone();
        out.diagnostics.push(if reading.include_hidden {
            Diagnostic::new(
                Code::HiddenRead,
                format!("column {letters} is hidden; it was read, as asked for"),
            )
            .at(&place)
        } else {
            Diagnostic::new(
                Code::HiddenLeftOut,
                format!("column {letters} is hidden; it was left out"),
            )
            .at(&place)
            .help("if it belongs to the plan, show it, or include what is hidden")
            .fix(Fix::IncludeHidden)
            .left_out(words.join("\n"))
        });
    }
    if reading.include_hidden || !hidden.contains(&true) {
        return;
    }
    for row in &mut grid.rows {
        let mut keep = hidden.iter();
        row.cells.retain(|_| !keep.next().copied().unwrap_or(false));
    }
    grid.rows.retain(|row| !row.is_blank());
}

/// Takes out rows that are hidden, and reports each run of them.
fn hidden_rows(grid: &mut Grid, reading: &TableOptions<'_>, out: &mut DocumentTables) {
    let rows = &mut grid.rows;
    if !rows.iter().any(|row| row.hidden) {
        return;
    }
    for run in rows
        .chunk_by(|a, b| a.hidden == b.hidden && !b.is_apart_from(a))
        .filter(|run| run[0].hidden)
    {
        let what = spelt(&run[0].place, &run[run.len() - 1].place);
        let (is, was) = if run.len() == 1 { ("is", "it was") } else { ("are", "they were") };
        out.diagnostics.push(if reading.include_hidden {
            Diagnostic::new(Code::HiddenRead, format!("{what} {is} hidden; {was} read, as asked for")).at(&run[0].place)
        } else {
            Diagnostic::new(Code::HiddenLeftOut, format!("{what} {is} hidden; {was} left out"))
                .at(&run[0].place)
                .help("if they belong to the plan, show them (look for a filter), or include what is hidden")
                .fix(Fix::IncludeHidden)
                .left_out(header::words_and_comments(run))
        });
    }
    if !reading.include_hidden {
        drop_hidden_rows(grid);
    }
}

fn drop_hidden_rows(grid: &mut Grid) {
    grid.marked_header -=
        grid.rows.iter().take(grid.marked_header).filter(|row| row.hidden).count();
    grid.rows.retain(|row| !row.hidden);
}

/// The hidden cells of a grid that are hidden in the same way.
struct HiddenCells {
    first: Place,
    count: usize,
    words: Vec<String>,
}

/// Takes out words that cells hide, and reports them once for each way in which they are hidden.
fn hidden_cells(grid: &mut Grid, reading: &TableOptions<'_>, out: &mut DocumentTables) {
    show_statuses(grid, reading);
    let mut found: BTreeMap<HiddenBy, HiddenCells> = BTreeMap::new();
    let mut emptied = BTreeSet::new();
    for row in &mut grid.rows {
        let mut was_hidden = false;
        for (column, cell) in row.cells.iter_mut().enumerate() {
            let Some(hidden) = cell
                .look
                .as_ref()
                .and_then(|look| look.hidden.as_ref())
                .filter(|_| !cell.value.is_empty())
            else {
                continue;
            };
            let cells = found.entry(hidden.by()).or_insert_with(|| HiddenCells {
                first: cell.place.clone(),
                count: 0,
                words: Vec::new(),
            });
            cells.count += 1;
            was_hidden = true;
            if reading.include_hidden {
                continue;
            }
            let (words, shown) = match hidden {
                HiddenText::Whole(_) => (cell.value.plain().into_owned(), Text::default()),
                HiddenText::Part { words, shown, .. } => (words.clone(), shown.clone()),
            };
            cells.words.push(words);
            if shown.is_empty() {
                emptied.insert(column);
            }
            cell.value = shown;
        }
        // a row that shows nothing is no row of the plan
        row.hidden |=
            was_hidden && row.is_blank() && row.cells.iter().all(|cell| cell.note().is_none());
    }
    for (by, HiddenCells { first, count, words }) in found {
        let cells = if count == 1 {
            "this cell".to_owned()
        } else {
            format!("{count} cells, of which this is the first,")
        };
        let what = format!("the text of {cells} is hidden, since {}", how(by));
        out.diagnostics.push(if reading.include_hidden {
            Diagnostic::new(Code::HiddenRead, format!("{what}; it was read, as asked for"))
                .at(&first)
        } else {
            Diagnostic::new(Code::HiddenLeftOut, format!("{what}; it was left out"))
                .at(&first)
                .help("if it belongs to the plan, show it, or include what is hidden")
                .fix(Fix::IncludeHidden)
                .left_out(words.join("\n"))
        });
    }
    if !reading.include_hidden {
        drop_hidden_rows(grid);
        drop_emptied_columns(grid, emptied);
    }
}

/// Takes statuses in the colour of their own cell for shown, in columns whose header says that they
/// hold statuses: such traffic lights are a habit, and the colour says the same as the word.
fn show_statuses(grid: &mut Grid, reading: &TableOptions<'_>) {
    let scheme = Scheme::default();
    let known = StatusVocabulary { scheme: &scheme, words: reading.columns.words };
    let is_light = |cell: &Cell| {
        matches!(cell.hidden(), Some(HiddenText::Whole(HiddenBy::Colour)))
            && cell.fill().is_some()
            && is_status(&cell.value.plain(), known)
    };
    if !grid.rows.iter().flat_map(|row| &row.cells).any(is_light) {
        return;
    }
    let mut holds_statuses = vec![false; grid.rows.first().map_or(0, |row| row.cells.len())];
    for row in &mut grid.rows {
        let fields: Vec<Option<Field>> =
            (0..).zip(&row.cells).map(|(at, cell)| named_field(cell, at, reading)).collect();
        if fields.iter().flatten().count() > 1 {
            holds_statuses = fields.iter().map(|field| *field == Some(Field::Status)).collect();
        }
        for (cell, _) in row.cells.iter_mut().zip(&holds_statuses).filter(|(_, holds)| **holds) {
            if is_light(cell)
                && let Some(look) = &mut cell.look
            {
                Arc::make_mut(look).hidden = None;
            }
        }
    }
}

/// The meaning that a cell names as the header of a column, if it is shown and short enough for
/// one.
fn named_field(cell: &Cell, at: usize, reading: &TableOptions<'_>) -> Option<Field> {
    const MAX_BYTES: usize = 60;
    let words = cell.value.plain();
    if words.is_empty() || words.len() > MAX_BYTES || cell.hidden().is_some() {
        return None;
    }
    let header = normalize(&words);
    let given = reading.columns.headers.iter().find(|(name, _)| {
        normalize(name) == header || cell.place.column_letters(at).eq_ignore_ascii_case(name.trim())
    });
    given.map(|(_, field)| *field).or_else(|| columns::field(&words, reading.columns.words))
}

fn how(by: HiddenBy) -> &'static str {
    match by {
        HiddenBy::Colour => "it has the colour of its background",
        HiddenBy::NumberFormat => "its number format shows nothing",
        HiddenBy::PageStyle => "the style of the page hides it",
        HiddenBy::CellStyle => "its style hides it",
    }
}

/// Takes out columns of which nothing is left once their hidden words are.
fn drop_emptied_columns(grid: &mut Grid, mut emptied: BTreeSet<usize>) {
    for row in &grid.rows {
        let says =
            |cell: &Cell| !cell.value.is_empty() || cell.note().is_some() || cell.fill().is_some();
        emptied.retain(|column| !row.cells.get(*column).is_some_and(says));
    }
    if emptied.is_empty() {
        return;
    }
    for row in &mut grid.rows {
        let mut column = 0..;
        row.cells.retain(|_| column.next().is_none_or(|column| !emptied.contains(&column)));
    }
}

/// The blocks of a source, those that it hides only if hidden content is read; they are reported
/// once.
pub(super) fn shown_blocks(
    blocks: Vec<Block>,
    reading: &TableOptions<'_>,
    out: &mut DocumentTables,
) -> Vec<Block> {
    let mut first = None;
    let mut words = Vec::new();
    let mut count = 0_usize;
    let mut shown = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Block::Hidden(block) = block else {
            shown.push(block);
            continue;
        };
        count += 1;
        first = first.or_else(|| block.place().cloned());
        if reading.include_hidden {
            shown.push(*block);
            continue;
        }
        match &*block {
            Block::Heading { text, .. } | Block::Paragraph(text) => {
                words.push(text.value.plain().into_owned());
            }
            Block::List(items) => {
                words.extend(items.iter().map(|item| item.value.plain().into_owned()));
            }
            Block::Grid(grid) => words.push(header::words_and_comments(&grid.rows)),
            Block::Hidden(_) => {}
        }
    }
    let Some(first) = first else { return shown };
    let what = match count {
        1 => "the style of the page hides this text; it was".to_owned(),
        _ => format!(
            "the style of the page hides {count} pieces of text, of which this is the first; they were"
        ),
    };
    out.diagnostics.push(if reading.include_hidden {
        Diagnostic::new(Code::HiddenRead, format!("{what} read, as asked for")).at(&first)
    } else {
        Diagnostic::new(Code::HiddenLeftOut, format!("{what} left out"))
            .at(&first)
            .help("if it belongs to the plan, show it, or include what is hidden")
            .fix(Fix::IncludeHidden)
            .left_out(words.join("\n"))
    });
    shown
}

/// Hidden rows without a word are reported too: who looks for what is hidden wants to know of all
/// of it.
fn blank_hidden_rows(sheet: &Sheet, rows: &[Row], out: &mut DocumentTables) {
    let number = |row: &Row| if let Place::Cell { row, .. } = row.place { Some(row) } else { None };
    let with_words: BTreeSet<u32> =
        rows.iter().filter(|row| row.hidden).filter_map(number).collect();
    let blank = || {
        sheet.hidden_rows.iter().filter(|run| with_words.range((**run).clone()).next().is_none())
    };
    let Some(first) = blank().next() else { return };
    let count: u64 = blank().map(|run| u64::from(run.end().saturating_sub(*run.start())) + 1).sum();
    let from = u64::from(*first.start()) + 1;
    let message = if count == 1 {
        format!("row {from} is hidden and has no words; nothing was left out with it")
    } else {
        format!(
            "{count} hidden rows have no words, from row {from} on; nothing was left out with them"
        )
    };
    out.diagnostics.push(Diagnostic::new(Code::HiddenBlank, message).at(&Place::in_sheet(
        sheet.name.clone(),
        *first.start(),
        0,
    )));
}

/// "row 7", "rows 7 to 9".
pub(super) fn spelt(first: &Place, last: &Place) -> String {
    let number = |place: &Place| match place {
        Place::Cell { row, .. } => row + 1,
        Place::Text { line, .. } => *line,
    };
    let what = if matches!(first, Place::Cell { .. }) { "row" } else { "line" };
    match (number(first), number(last)) {
        (a, b) if a == b => format!("{what} {a}"),
        (a, b) => format!("{what}s {a} to {b}"),
    }
}
