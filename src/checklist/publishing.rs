//! The rows of the checklist on what is done last.

use super::RowFindings;
use super::book::WorkbookPackage;

pub(super) fn spelling(_: &WorkbookPackage, found: &mut RowFindings) {
    found.ask(None, "check spelling and grammar");
}

pub(super) fn checker(_: &WorkbookPackage, found: &mut RowFindings) {
    found.ask(None, "open the workbook in a spreadsheet program and run its accessibility checker");
}

pub(super) fn information(book: &WorkbookPackage, found: &mut RowFindings) {
    if book.title.is_empty() {
        found.fail(None, "the properties of the document have no title");
    }
    if book.language.is_empty() {
        found.fail(None, "the properties of the document name no language");
    }
}

pub(super) fn cursor(book: &WorkbookPackage, found: &mut RowFindings) {
    let Some(first) = book.sheets.first() else { return };
    if let Some(shown) = book.sheets.get(book.active).filter(|_| book.active > 0) {
        found.fail(
            Some(shown.place(shown.cursor)),
            "the workbook opens on this sheet, not on the first",
        );
    }
    if first.cursor != (0, 0) {
        found.fail(Some(first.place(first.cursor)), "the cursor is in this cell");
    }
    if first.corner != (0, 0) {
        found.fail(Some(first.place(first.corner)), "the sheet is scrolled to this cell");
    }
}
