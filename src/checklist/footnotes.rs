//! The rows of the checklist on notes.

use std::collections::BTreeSet;

use super::RowFindings;
use super::book::WorkbookPackage;
use super::sheet::{CheckedCell, CheckedSheet};
use super::tables::{header, tables};

/// Signs that have long stood for a note.
const SIGNS: [char; 9] = ['*', '†', '‡', '§', '¶', '¹', '²', '³', 'ⁿ'];

pub(super) fn no_symbols(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        for cell in &sheet.cells {
            let place = || Some(sheet.place(cell.at));
            let raised = book.styles.get(cell.style).font.raised
                || cell.words.runs.iter().any(|run| run.raised);
            if raised {
                found.fail(place(), "letters are raised (superscript)");
            }
            if let Some(sign) =
                cell.words.all.trim_end().chars().next_back().filter(|c| SIGNS.contains(c))
            {
                if heads(sheet, cell) {
                    found.fail(
                        place(),
                        format!("the words end with {sign}, as though it stood for a note"),
                    );
                } else {
                    found.ask(
                        place(),
                        format!("the words end with {sign}: check whether it stands for a note"),
                    );
                }
            }
        }
    }
}

pub(super) fn called_notes(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        for cell in sheet.cells.iter().filter(|cell| heads(sheet, cell)) {
            let by_number =
                bracketed(&cell.words.all).find(|words| words.bytes().all(|b| b.is_ascii_digit()));
            if let Some(number) = by_number {
                found.fail(
                    Some(sheet.place(cell.at)),
                    format!("[{number}] stands for a note: write [note {number}]"),
                );
            }
        }
    }
}

pub(super) fn not_in_cells(book: &WorkbookPackage, found: &mut RowFindings) {
    for (sheet, table) in tables(book).filter(|(sheet, _)| !is_notes(sheet)) {
        for cell in sheet.within(table.body()).filter(|cell| cell.at.1 > table.area.first.1) {
            let is_of_notes =
                sheet.words((table.area.first.0, cell.at.1)).to_lowercase().contains("note");
            if !is_of_notes && notes(&cell.words.all).next().is_some() {
                found.fail(
                    Some(sheet.place(cell.at)),
                    "a cell of the table refers to a note: a title, header or first cell should, or a column of notes",
                );
            }
        }
    }
}

pub(super) fn on_a_sheet(book: &WorkbookPackage, found: &mut RowFindings) {
    let sheets_of_notes =
        book.sheets.iter().filter(|sheet| is_notes(sheet) && !sheet.tables.is_empty());
    let numbers = sheets_of_notes.flat_map(|sheet| &sheet.cells).filter(|cell| cell.at.1 == 0);
    let diagnostics: BTreeSet<String> = numbers.map(|cell| number(&cell.words.all)).collect();
    for sheet in book.sheets.iter().filter(|sheet| !is_notes(sheet)) {
        for cell in &sheet.cells {
            for note in notes(&cell.words.all).filter(|note| !diagnostics.contains(&number(note))) {
                found.fail(
                    Some(sheet.place(cell.at)),
                    format!("note {note} is in no table on a sheet called Notes"),
                );
            }
        }
    }
}

/// The number of a note, however it is written.
fn number(words: &str) -> String {
    words.chars().filter(char::is_ascii_digit).collect()
}

/// Whether a cell is the title of its sheet, or a header.
fn heads(sheet: &CheckedSheet, cell: &CheckedCell) -> bool {
    cell.at == (0, 0)
        || sheet
            .table(cell.at)
            .is_some_and(|table| table.has_header && cell.at.0 == header(table).first.0)
}

fn is_notes(sheet: &CheckedSheet) -> bool {
    sheet.name.trim().to_lowercase().starts_with("notes")
}

/// The numbers of the notes that words refer to.
fn notes(words: &str) -> impl Iterator<Item = &str> {
    bracketed(words)
        .filter_map(|words| words.strip_prefix("note ").or_else(|| words.strip_prefix("Note ")))
}

/// What stands in square brackets.
pub(super) fn bracketed(words: &str) -> impl Iterator<Item = &str> {
    words
        .split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .map(|(within, _)| within)
        .filter(|within| !within.is_empty())
}
