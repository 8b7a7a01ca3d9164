//! The rows of the checklist on how sheets are made.

use std::collections::BTreeSet;

use super::RowFindings;
use super::book::WorkbookPackage;
use super::footnotes::bracketed;
use super::sheet::{CheckedSheet, ListObject, SheetKind};
use super::tables::tables;

/// How many letters a shorthand has at most.
const SHORTHAND: usize = 4;

pub(super) fn named(book: &WorkbookPackage, found: &mut RowFindings) {
    let mut names = BTreeSet::new();
    for sheet in &book.sheets {
        let place = || Some(sheet.place((0, 0)));
        let by_number = sheet
            .name
            .strip_prefix("Sheet")
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
        if by_number {
            found.fail(
                place(),
                format!("the sheet is called {}, which says nothing of it", sheet.name),
            );
        }
        if sheet.name.trim() != &*sheet.name {
            found.fail(place(), "the name of the sheet begins or ends with a space");
        }
        if !names.insert(sheet.name.trim().to_lowercase()) {
            found.fail(place(), "two sheets have the same name");
        }
    }
}

pub(super) fn not_blank(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in
        book.sheets.iter().filter(|sheet| sheet.cells.is_empty() && sheet.kind == SheetKind::Cells)
    {
        found.fail(Some(sheet.place((0, 0))), "the sheet is blank");
    }
}

pub(super) fn column_a(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in
        book.sheets.iter().filter(|sheet| !sheet.cells.is_empty() && sheet.words((0, 0)).is_empty())
    {
        found.fail(Some(sheet.place((0, 0))), "cell A1 does not say what the sheet holds");
    }
    for (sheet, table) in tables(book) {
        let above = sheet.above(table);
        if above.len() < 2 {
            found.fail(
                Some(sheet.place((1, 0))),
                "no words in column A, between the title and the table, describe the table",
            );
        }
        let explained: BTreeSet<&str> = above.iter().flat_map(|line| bracketed(line)).collect();
        for (at, shorthand) in shorthands(sheet, table) {
            if !explained.contains(shorthand) {
                found.fail(
                    Some(sheet.place(at)),
                    format!("[{shorthand}] is not explained in column A above the table"),
                );
            }
        }
    }
}

/// The cells of a table that hold a shorthand in square brackets, and what stands in these.
fn shorthands<'a>(
    sheet: &'a CheckedSheet,
    table: &'a ListObject,
) -> impl Iterator<Item = ((u32, u32), &'a str)> {
    sheet.within(table.body()).filter_map(|cell| {
        let words = cell.words.all.trim();
        let letters = words.strip_prefix('[')?.strip_suffix(']')?;
        let is_short = (1..=SHORTHAND).contains(&letters.len())
            && letters.bytes().all(|b| b.is_ascii_lowercase());
        is_short.then_some((cell.at, letters))
    })
}

pub(super) fn at_the_left(book: &WorkbookPackage, found: &mut RowFindings) {
    for (sheet, table) in tables(book).filter(|(_, table)| table.area.first.1 > 0) {
        found.fail(Some(sheet.place(table.area.first)), "the table does not begin in column A");
    }
}

pub(super) fn nothing_below(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        let Some(last) = sheet.tables.iter().map(|table| table.area.last.0).max() else { continue };
        for cell in sheet.cells.iter().filter(|cell| cell.at.0 > last) {
            found.fail(Some(sheet.place(cell.at)), "there are words below the table");
        }
    }
}

pub(super) fn one_table(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        for table in sheet.tables.iter().skip(1) {
            found.fail(Some(sheet.place(table.area.first)), "the sheet has another table");
        }
    }
}
