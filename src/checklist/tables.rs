//! The rows of the checklist on tables.

use std::collections::BTreeSet;

use super::RowFindings;
use super::book::WorkbookPackage;
use super::sheet::{CheckedCell, CheckedSheet, ListObject};
use crate::read::workbook::cell_range::CellRange;

/// How high a line is, as a part of the size of its letters.
const LINE: f64 = 1.1;
/// The size of letters where a cell says nothing of it, in points.
const USUAL_SIZE: f64 = 11.0;
/// How high a row can be, in points.
const HIGHEST: f64 = 409.5;
/// How much longer words may be than there is room by this reckoning, which cannot know how wide
/// each letter is.
const SLACK: f64 = 1.35;
/// What the default width of letters is measured at, in points.
const WIDTH_SIZE: f64 = 10.0;

pub(super) fn marked_up(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        for cell in
            sheet.cells.iter().filter(|cell| cell.at.1 > 0 && sheet.table(cell.at).is_none())
        {
            found.fail(
                Some(sheet.place(cell.at)),
                "the cell stands in a table that is not marked up as one",
            );
        }
    }
}

pub(super) fn named(book: &WorkbookPackage, found: &mut RowFindings) {
    for (sheet, table) in tables(book) {
        let by_number = table
            .name
            .strip_prefix("Table")
            .is_some_and(|rest| rest.trim_start_matches('_').bytes().all(|b| b.is_ascii_digit()));
        if by_number {
            found.fail(
                Some(sheet.place(table.area.first)),
                format!("the table is called {}, which says nothing of it", table.name),
            );
        }
    }
}

pub(super) fn not_merged(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        for merged in &sheet.merged {
            found.fail(Some(sheet.place(merged.first)), "cells are merged");
        }
    }
}

pub(super) fn no_blank_rows(book: &WorkbookPackage, found: &mut RowFindings) {
    for (sheet, table) in tables(book) {
        let body = table.body();
        let rows: BTreeSet<u32> = sheet.within(body).map(|cell| cell.at.0).collect();
        let columns: BTreeSet<u32> = sheet.within(body).map(|cell| cell.at.1).collect();
        for row in gaps(&rows, body.first.0, body.last.0) {
            found.fail(Some(sheet.place((row, body.first.1))), "a row of the table is blank");
        }
        for column in gaps(&columns, body.first.1, body.last.1) {
            found.fail(Some(sheet.place((body.first.0, column))), "a column of the table is blank");
        }
    }
}

/// The first number of each gap between two bounds, both included.
fn gaps(there: &BTreeSet<u32>, first: u32, last: u32) -> Vec<u32> {
    let mut next = first;
    let mut gaps = Vec::new();
    for one in there.iter().copied().chain([last.saturating_add(1)]) {
        if one > next {
            gaps.push(next);
        }
        next = one.saturating_add(1);
    }
    gaps
}

pub(super) fn headed(book: &WorkbookPackage, found: &mut RowFindings) {
    for (sheet, table) in tables(book) {
        if !table.has_header {
            found.fail(Some(sheet.place(table.area.first)), "the table has no header row");
            continue;
        }
        let mut names = BTreeSet::new();
        for (name, column) in table.headers.iter().zip(table.area.first.1..) {
            let at = (table.area.first.0, column);
            let by_number = name
                .strip_prefix("Column")
                .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty());
            if sheet.words(at).is_empty() {
                found.fail(Some(sheet.place(at)), "a column has no header");
            } else if by_number {
                found.fail(
                    Some(sheet.place(at)),
                    format!("the header “{name}” says nothing of its column"),
                );
            } else if !names.insert(sheet.words(at).to_lowercase()) {
                found.fail(
                    Some(sheet.place(at)),
                    format!("the header “{name}” stands over two columns"),
                );
            }
        }
    }
}

pub(super) fn wrapped(book: &WorkbookPackage, found: &mut RowFindings) {
    for (sheet, table) in tables(book) {
        for cell in sheet.within(table.area).filter(|cell| !cell.is_number) {
            let style = book.styles.get(cell.style);
            let size = style.font.size.unwrap_or(USUAL_SIZE);
            let room = sheet.width(cell.at.1) * WIDTH_SIZE / size;
            let place = || Some(sheet.place(cell.at));
            if !style.wraps {
                if cell.words.all.lines().count() > 1 || longest(&cell.words.all) > room * SLACK {
                    found.fail(place(), "the words are wider than the cell and do not wrap");
                }
                continue;
            }
            let lines: f64 = cell
                .words
                .all
                .lines()
                .map(|line| (length(line) / (room * SLACK)).ceil().max(1.0))
                .sum();
            let height = sheet.height(cell.at.0).unwrap_or(HIGHEST).min(HIGHEST);
            if lines * size * LINE > height + size {
                found.fail(place(), "the row is too low for the words of the cell");
            }
        }
    }
}

/// How long words are, in characters.
fn length(words: &str) -> f64 {
    f64::from(u32::try_from(words.chars().count()).unwrap_or(u32::MAX))
}

/// How long the longest line is, in characters.
fn longest(words: &str) -> f64 {
    words.lines().map(length).fold(0.0, f64::max)
}

pub(super) fn no_filters(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        for filter in &sheet.filters {
            found.fail(Some(sheet.place(filter.first)), "there is a filter");
        }
        if let Some(at) = sheet.panes {
            found.fail(
                Some(sheet.place(at)),
                "the panes above and left of the cell are frozen or split",
            );
        }
    }
}

pub(super) fn no_blank_cells(book: &WorkbookPackage, found: &mut RowFindings) {
    for (sheet, table) in tables(book) {
        let body = table.body();
        let cells: Vec<&CheckedCell> = sheet.within(body).collect();
        let explained = sheet.above(table).iter().any(|line| {
            let line = line.to_lowercase();
            ["blank", "empty"].iter().any(|word| line.contains(word))
        });
        // rows that are blank as a whole are found by another row of the checklist
        for row in cells.chunk_by(|a, b| a.at.0 == b.at.0) {
            let columns: BTreeSet<u32> = row.iter().map(|cell| cell.at.1).collect();
            for column in gaps(&columns, body.first.1, body.last.1) {
                let place = Some(sheet.place((row[0].at.0, column)));
                if explained {
                    found
                        .ask(place, "a cell is blank: check whether the words above the table say why, and whether that is the only reason");
                } else {
                    found.fail(
                        place,
                        "a cell is blank, and no words in column A above the table say why",
                    );
                }
            }
        }
    }
}

pub(super) fn nothing_hidden(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        if sheet.hidden {
            found.fail(Some(sheet.place((0, 0))), "the sheet is hidden");
        }
        for row in sheet.rows.iter().filter(|row| row.hidden) {
            found.fail(Some(sheet.place((row.at, 0))), "a row is hidden");
        }
        for columns in
            sheet.columns.iter().filter(|columns| columns.hidden || columns.width == Some(0.0))
        {
            found.fail(Some(sheet.place((0, columns.first))), "a column is hidden");
        }
    }
}

pub(super) fn wide_enough(book: &WorkbookPackage, found: &mut RowFindings) {
    for (sheet, table) in tables(book) {
        for cell in sheet.within(table.area) {
            let size = book.styles.get(cell.style).font.size.unwrap_or(USUAL_SIZE);
            let room = sheet.width(cell.at.1) * WIDTH_SIZE / size * SLACK;
            // an address or the like breaks wherever it may
            let word = cell
                .words
                .all
                .split_whitespace()
                .filter(|word| word.chars().all(char::is_alphanumeric))
                .map(length);
            if word.fold(0.0, f64::max) > room {
                found.fail(
                    Some(sheet.place(cell.at)),
                    "the column is narrower than a word of the cell",
                );
            }
        }
    }
}

/// Every table, with its sheet.
pub(super) fn tables(book: &WorkbookPackage) -> impl Iterator<Item = (&CheckedSheet, &ListObject)> {
    book.sheets.iter().flat_map(|sheet| sheet.tables.iter().map(move |table| (sheet, table)))
}

/// The header of a table as an area of its own.
pub(super) fn header(table: &ListObject) -> CellRange {
    CellRange { first: table.area.first, last: (table.area.first.0, table.area.last.1) }
}
