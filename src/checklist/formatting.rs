//! The rows of the checklist on formatting.

use std::collections::{BTreeMap, BTreeSet};

use super::RowFindings;
use super::book::WorkbookPackage;
use super::sheet::{CheckedSheet, DrawingObject, SheetKind};
use super::tables::tables;
use crate::colour::{Colour, LEAST_CONTRAST};

/// The least size of letters, in points.
const SMALLEST: f64 = 10.0;
/// What links say that say nothing of where they lead.
const EMPTY_LINKS: [&str; 9] = [
    "here",
    "click here",
    "link",
    "more",
    "read more",
    "find out more",
    "this page",
    "website",
    "report",
];
/// The most characters that an address may have to stand as the words of a link.
const SHORT_ADDRESS: usize = 30;
/// What stands in sentences and codes, and is not taken for a symbol.
const COMMON: &str = " \n\r\t.,;:!?'’‘\"“”()[]/-–—&%£€$@+=#_•…\u{a0}";

pub(super) fn written(_: &WorkbookPackage, found: &mut RowFindings) {
    found.ask(None, "check whether the words are plain, abbreviations are explained, and nothing is in capitals throughout");
}

pub(super) fn links(book: &WorkbookPackage, found: &mut RowFindings) {
    let titles: BTreeMap<&str, &str> =
        book.sheets.iter().map(|sheet| (&*sheet.name, sheet.words((0, 0)))).collect();
    for sheet in &book.sheets {
        let mut said: BTreeMap<String, &str> = BTreeMap::new();
        for link in &sheet.links {
            let place = || Some(sheet.place(link.at));
            let words = sheet.words(link.at);
            let plain = words.to_lowercase();
            let is_address = (plain.contains("://") || plain.starts_with("www."))
                && words.chars().count() > SHORT_ADDRESS;
            if words.is_empty() {
                found.fail(place(), "a link has no words");
            } else if EMPTY_LINKS.contains(&plain.trim_end_matches('.')) {
                found.fail(place(), format!("the link “{words}” does not say where it leads"));
            } else if is_address {
                found.fail(place(), "the words of a link are an address");
            } else if said.insert(plain, &link.target).is_some_and(|before| before != link.target) {
                found.fail(
                    place(),
                    format!("two links that lead to different places say “{words}”"),
                );
            } else if !leads_by_name(&titles, &link.target, words) {
                found.ask(place(), "check whether the words of the links say where they lead");
            }
        }
        for cell in sheet.cells.iter().filter(|cell| cell.makes_link) {
            found.ask(
                Some(sheet.place(cell.at)),
                "check whether the words of the links say where they lead",
            );
        }
    }
}

/// Whether a link leads to one of the sheets, and says its name or title.
fn leads_by_name(titles: &BTreeMap<&str, &str>, target: &str, words: &str) -> bool {
    let Some((sheet, _)) = target.strip_prefix('#').and_then(|place| place.rsplit_once('!')) else {
        return false;
    };
    let name = sheet
        .strip_prefix('\'')
        .and_then(|own| own.strip_suffix('\''))
        .map_or(sheet.to_owned(), |own| own.replace("''", "'"));
    titles.get(name.as_str()).is_some_and(|title| words == name || words == *title)
}

pub(super) fn readable(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        for cell in &sheet.cells {
            let style = book.styles.get(cell.style);
            let looks = || std::iter::once(&style.font).chain(&cell.words.runs);
            let place = || Some(sheet.place(cell.at));
            if looks().any(|look| look.size.is_some_and(|size| size < SMALLEST)) {
                found.fail(place(), format!("letters are smaller than {SMALLEST} points"));
            }
            if looks().any(|look| look.italic) {
                found.fail(place(), "words are in italics");
            }
            if looks().any(|look| look.serif) {
                found.fail(place(), "the font has serifs");
            }
            if style.turned {
                found.fail(place(), "the words do not run from left to right");
            }
        }
    }
}

pub(super) fn titled(book: &WorkbookPackage, found: &mut RowFindings) {
    let mut titles: BTreeMap<String, &CheckedSheet> = BTreeMap::new();
    for sheet in book.sheets.iter().filter(|sheet| !sheet.cells.is_empty()) {
        let place = Some(sheet.place((0, 0)));
        match sheet.cells.first().filter(|cell| cell.at == (0, 0)) {
            None => found.fail(place, "cell A1 holds no title"),
            Some(cell) if !book.styles.get(cell.style).heading => {
                found.fail(place, "the title in cell A1 does not have the style Heading 1");
            }
            Some(cell) => {
                if let Some(other) = titles.insert(cell.words.all.trim().to_lowercase(), sheet) {
                    found.fail(place, format!("the sheet has the same title as “{}”", other.name));
                }
            }
        }
    }
}

pub(super) fn no_symbols(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        for cell in &sheet.cells {
            let place = || Some(sheet.place(cell.at));
            let words = &cell.words.all;
            if sheet.table(cell.at).is_some() && !words.chars().any(char::is_alphanumeric) {
                found.fail(place(), format!("the cell holds “{}” and no words", words.trim()));
            } else if let Some(symbol) =
                words.chars().find(|c| !c.is_alphanumeric() && !COMMON.contains(*c))
            {
                found
                    .ask(place(), format!("check whether the words can be understood without {symbol}, which screen readers may leave out"));
            }
        }
    }
}

pub(super) fn nothing_floats(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        if sheet.has_header_or_footer {
            found.fail(
                Some(sheet.place((0, 0))),
                "the sheet has a header or footer on paper, which screen readers do not find",
            );
        }
        for (at, drawn) in &sheet.drawn {
            match drawn {
                DrawingObject::Shape => {
                    found.fail(Some(sheet.place(*at)), "a text box or shape floats over the cells");
                }
                DrawingObject::Control => found.fail(
                    Some(sheet.place(*at)),
                    "a button, list or the like floats over the cells",
                ),
                DrawingObject::Picture | DrawingObject::Chart => {}
            }
        }
    }
}

pub(super) fn not_divided(book: &WorkbookPackage, found: &mut RowFindings) {
    for (sheet, table) in tables(book) {
        if table.is_striped {
            found.fail(
                Some(sheet.place(table.area.first)),
                "the rows or columns of the table are striped",
            );
        }
        for cell in sheet
            .within(table.area)
            .filter(|cell| book.styles.get(cell.style).fill.is_some_and(|fill| fill.patterned))
        {
            found.fail(Some(sheet.place(cell.at)), "a pattern stands behind the words");
        }
    }
}

pub(super) fn not_filled(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        let cells = sheet.cells.iter().map(|cell| (cell.at, cell.style));
        let columns = sheet.columns.iter().map(|columns| ((0, columns.first), columns.style));
        for (at, _) in cells
            .chain(sheet.bare.iter().map(|(style, at)| (*at, *style)))
            .chain(columns)
            .filter(|(_, style)| book.styles.get(*style).fill.is_some())
        {
            found.fail(Some(sheet.place(at)), "a cell is filled with a colour");
        }
        for depending in
            sheet.depending.iter().filter(|d| d.look.is_none_or(|look| book.styles.fills(look)))
        {
            found.fail(
                Some(sheet.place(depending.at)),
                "cells are filled by what they hold (conditional formatting)",
            );
        }
        if sheet.has_background {
            found.fail(Some(sheet.place((0, 0))), "a picture stands behind the cells");
        }
    }
}

pub(super) fn not_by_colour(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        let links: BTreeSet<(u32, u32)> = sheet.links.iter().map(|link| link.at).collect();
        for cell in sheet.cells.iter().filter(|cell| !cell.makes_link && !links.contains(&cell.at))
        {
            let style = book.styles.get(cell.style);
            if style.ink.is_some()
                || style.fill.is_some()
                || cell.words.runs.iter().any(|run| run.coloured)
            {
                found.ask(
                    Some(sheet.place(cell.at)),
                    "cells have colours of their own: check whether the words alone say the same",
                );
            }
        }
        for depending in &sheet.depending {
            found.ask(
                Some(sheet.place(depending.at)),
                "colours depend on what cells hold: check whether the words alone say the same",
            );
        }
    }
}

pub(super) fn contrast(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        for cell in &sheet.cells {
            let style = book.styles.get(cell.style);
            if style.ink.is_none() && style.fill.is_none() {
                continue;
            }
            let (ink, paper) = (
                style.ink.unwrap_or(Colour::new(0, 0, 0)),
                style.fill.map_or(Colour::new(255, 255, 255), |fill| fill.colour),
            );
            let contrast = ink.contrast(paper);
            if contrast < LEAST_CONTRAST {
                let message = format!(
                    "{ink} on {paper} has a contrast of {contrast:.1} to 1; {LEAST_CONTRAST} to 1 is the least"
                );
                found.fail(Some(sheet.place(cell.at)), message);
            }
        }
    }
}

pub(super) fn no_images(book: &WorkbookPackage, found: &mut RowFindings) {
    for sheet in &book.sheets {
        if sheet.kind == SheetKind::Chart {
            found.fail(Some(sheet.place((0, 0))), "the sheet is a chart");
        }
        for (at, drawn) in &sheet.drawn {
            match drawn {
                DrawingObject::Picture => found.fail(Some(sheet.place(*at)), "there is a picture"),
                DrawingObject::Chart => found.fail(Some(sheet.place(*at)), "there is a chart"),
                DrawingObject::Shape | DrawingObject::Control => {}
            }
        }
    }
}

pub(super) fn no_macros(book: &WorkbookPackage, found: &mut RowFindings) {
    if book.has_macros {
        found.fail(None, "the workbook holds macros");
    }
}
