//! Hostile and odd workbooks that nobody here wrote: each does what its line says, and is quick.
//!
//! The files are not part of the project: `PLANWRIGHT_CORPUS` names the folder that has them in
//! `edge/`. Without it, nothing is read.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr)] // a test reads files and times them, and says what it skips

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::{Data, Reader};
use planwright::source::{Block, Cell, CellType, Grid};
use planwright::{Error, Format, Place, Source, read};

/// What must come of a file.
enum Must {
    /// The error of a workbook that opens with a password only.
    BeProtected,
    /// The error of a source beyond the limits.
    BeTooLarge,
    /// An error of a format that is not read, which names what the file is.
    BeNamed(&'static str),
    /// An error, or no words at all.
    BeRefusedOrEmpty,
    /// No word, and no error.
    BeEmpty,
    /// These cells with these words, and so many sheets with words in all.
    Read { sheets: usize, cells: &'static [(&'static str, &'static str)] },
    /// These diagnostics beside these cells.
    Tell { codes: &'static [&'static str], cells: &'static [(&'static str, &'static str)] },
    /// Whatever it gives, it is quick and does not panic.
    End,
    /// What else is seen of it.
    Show(fn(&Source)),
}

use Must::{BeEmpty, BeNamed, BeProtected, BeRefusedOrEmpty, BeTooLarge, End, Read, Show, Tell};

const DATES_1904: &[(&str, &str)] =
    &[("Sheet1!A1", "01/01/2021"), ("Sheet1!A2", "02/01/2021"), ("Sheet1!B1", "15")];
const MERGED: &[(&str, &str)] = &[("Merge!A1", "A1:B2"), ("Merge!C1", "C1:C2"), ("Merge!C3", "C3")];

const CASES: &[(&str, Must)] = &[
    ("50-encrypted-agile-xlsx.xlsx", BeProtected),
    ("51-encrypted-calamine.xlsx", BeProtected),
    ("52-encrypted.ods", BeProtected),
    ("53-encrypted.xlsb", BeProtected),
    ("54-encrypted-rc4cryptoapi.xls", BeProtected),
    ("55-encrypted-xor-pw-abc.xls", BeProtected),
    (
        "56-sheet-protected-not-encrypted.xlsx",
        Read { sheets: 1, cells: &[("Sheet1!A1", "locked cell")] },
    ),
    ("57-billion-laughs.xlsx", BeNamed("DOCTYPE")),
    ("58-billion-laughs-empty.xlsx", BeNamed("DOCTYPE")),
    ("59-sharedstrings-bomb.xlsx", BeTooLarge),
    ("60-xxe-in-schema.xlsx", Read { sheets: 1, cells: &[("Sheet1!C9", "/Test/Test")] }),
    ("61-ods-repeat-dos.ods", BeTooLarge),
    (
        "62-ods-number-rows-repeated.ods",
        Show(|source| assert_eq!(size(grid(source, "Sheet1")), (8, 2))),
    ),
    ("63b-oom-alloc.xls", End),
    ("63c-oom-alloc.xls", End),
    (
        "64-corrupted-zip.xlsx",
        Read { sheets: 2, cells: &[("Sheet1!A1", "test"), ("Sheet2!A1", "sheet")] },
    ),
    ("65-too-small-68-bytes.xls", BeRefusedOrEmpty),
    ("66-bad-cfb-dir.xls", End),
    ("67-fuzz.xls", End),
    ("68-fuzz-crash.xlsx", BeRefusedOrEmpty),
    ("69-clusterfuzz.xlsx", BeRefusedOrEmpty),
    ("70-xlsb-panic.xlsb", BeRefusedOrEmpty),
    ("70b-xlsb-lost-sheets.xlsb", BeRefusedOrEmpty),
    ("71-date1904.xlsx", Read { sheets: 1, cells: DATES_1904 }),
    ("71b-date1904.xls", Read { sheets: 1, cells: DATES_1904 }),
    ("71c-date1904.xlsb", Read { sheets: 1, cells: DATES_1904 }),
    (
        "71d-date1904.ods",
        Read { sheets: 1, cells: &[("1904!B1", "02/01/1904"), ("1904!B5", "03/06/1934")] },
    ),
    ("71e-date1904-windowing.xls", Read { sheets: 1, cells: &[("Sheet1!A1", "01/01/2000")] }),
    (
        "72-date-iso8601-cells.xlsx",
        Read {
            sheets: 1,
            cells: &[("Sheet!A1", "01/01/2021"), ("Sheet!A2", "01/01/2021 10:10:10")],
        },
    ),
    (
        "73-dates.ods",
        Read {
            sheets: 1,
            cells: &[("Sheet1!A1", "01/01/2021"), ("Sheet1!A2", "01/01/2021 10:10:10")],
        },
    ),
    (
        "74-biff5-excel95.xls",
        Read { sheets: 1, cells: &[("Feuil1!B4", "Number"), ("Feuil1!C8", "9")] },
    ),
    ("74b-biff5-rich-text.xls", Show(has_rich_text)),
    ("75-biff4.xls", BeNamed("Excel 4")),
    ("75b-biff3.xls", BeNamed("Excel 3")),
    ("76-capitalised-stream.xls", BeEmpty),
    (
        "77-plain.xlsb",
        Read {
            sheets: 6,
            cells: &[("datatypes!A2", "1.5"), ("datatypes!A6", "20/10/2016"), ("spc_chrs!A1", "&")],
        },
    ),
    (
        "77b-various.xlsb",
        Read { sheets: 1, cells: &[("mySheet1!B4", "$3.03"), ("mySheet1!B5", "20%")] },
    ),
    ("78-formula-errors.xlsx", Tell { codes: &["error-cell"], cells: &[("Feuil1!A5", "#REF!")] }),
    (
        "78b-formula-errors.xls",
        Tell {
            codes: &["error-cell"],
            cells: &[("RawErrors!A2", "#NULL!"), ("RawErrors!J2", "FALSE")],
        },
    ),
    ("79-rich-text.xlsx", Show(has_rich_text)),
    ("79b-rich-text.xlsb", Show(has_rich_text)),
    ("79c-rich-text.ods", Show(has_rich_text)),
    ("79d-richtext.ods", Read { sheets: 6, cells: &[("datatypes!A1", "abc")] }),
    ("80-merged.xlsx", Read { sheets: 1, cells: MERGED }),
    ("80b-merged.xls", Read { sheets: 1, cells: MERGED }),
    (
        "80c-merged.ods",
        Show(|source| assert_eq!(cell(source, "Sheet1!A2").unwrap().span(), (2, 1))),
    ),
    (
        "80d-covered.ods",
        Show(|source| assert_eq!(cell(source, "sheet1!A2").unwrap().span(), (2, 1))),
    ),
    ("81-hidden-veryhidden-sheets.xlsx", Show(hides_two_of_three_sheets)),
    ("81b-hidden-sheets.ods", Show(hides_two_of_three_sheets)),
    (
        "81c-hidden.xls",
        Show(|source| assert!(grid(source, "Sheet1").sheet.as_ref().unwrap().hidden)),
    ),
    (
        "82-strict-ooxml.xlsx",
        Read { sheets: 1, cells: &[("ml_out!A1", "Item"), ("ml_out!B2", "1.50")] },
    ),
    (
        "82b-strict-ooxml.xlsx",
        Read { sheets: 2, cells: &[("Sheet1!A1", "Lorem"), ("Sheet1!B1", "111")] },
    ),
    ("83-x000D-escapes.xlsx", Read { sheets: 1, cells: &[("Sheet1!A1", "ABC\nDEF")] }),
    ("83b-entities.xlsx", Read { sheets: 1, cells: &[("Sheet1!A1", "&")] }),
    (
        "84-xml-space.xlsx",
        Read {
            sheets: 2,
            cells: &[("SharedStrings!A1", "trimmed value"), ("SharedStrings!D1", "clean text")],
        },
    ),
    ("85-ns-prefix.xlsx", Read { sheets: 1, cells: &[("Sheet1!A1", "a"), ("Sheet1!B3", "4")] }),
    (
        "86-inline-cdata.xlsx",
        Read { sheets: 1, cells: &[("Sheet1!A1", "Hello CDATA"), ("Sheet1!A2", "12345")] },
    ),
    ("87-empty-sheet.xlsx", BeEmpty),
    (
        "87b-multi-empty.ods",
        Read { sheets: 1, cells: &[("Test!A1", "StringCol"), ("Test!A13", "zzz")] },
    ),
    ("87c-empty-shared-string.xlsx", Read { sheets: 1, cells: &[("Sheet1!A1", "abc")] }),
    (
        "88-comments.ods",
        Show(|source| {
            assert_eq!(note(source, "table1!A1"), "Marc Schreiber: This is annotation of a.1");
        }),
    ),
    (
        "88b-comments.xlsx",
        Show(|source| assert_eq!(note(source, "Sheet2!D2"), "Author: Unicode airplane: ✈")),
    ),
    ("89-hyperlinks.xlsx", Show(has_links)),
    ("90-vba-macro.xlsm", Tell { codes: &["macros-not-run", "empty-source"], cells: &[] }),
    (
        "91-multiple-tables-on-a-sheet.xlsx",
        Read { sheets: 3, cells: &[("Sheet3!A1", "Item"), ("Sheet3!A7", "Item")] },
    ),
    (
        "92-chart-and-dialog-sheets.xlsx",
        Tell { codes: &["sheet-not-read"], cells: &[("Visible!A1", "1")] },
    ),
    ("93-crlf-in-cells.xlsx", Read { sheets: 1, cells: &[("Sheet1!B1", "abc\ndef")] }),
    ("93b-crlf-in-cells.ods", Read { sheets: 1, cells: &[("Sheet1!B1", "abc\nDef")] }),
    (
        "94-no-row-numbers.xlsx",
        Read { sheets: 1, cells: &[("Features!A1", "Checked"), ("Features!K1", "Study File ID")] },
    ),
    ("95-column-row-ranges.xlsx", Read { sheets: 2, cells: &[("Column ranges!C1", "0")] }),
    ("96-not-a-spreadsheet.doc", BeNamed("Word document")),
    ("97-flat-ods.fods", BeNamed(".fods")),
    (
        "98-autofilter-hidden-rows.xlsx",
        Show(|source| {
            assert_eq!(grid(source, "One Cond").rows.iter().filter(|r| r.hidden).count(), 12);
        }),
    ),
    ("98b-outline-groups.xlsx", Read { sheets: 1, cells: &[("Sheet1!A2", "1")] }),
    (
        "99-sparse-1048576-rows.xlsx",
        Read { sheets: 1, cells: &[("Sheet1!A1", "Your Ref #"), ("Sheet1!F2", "1.5")] },
    ),
    ("99b-sparse-1048576-rows.xlsx", Read { sheets: 1, cells: &[("Tarif!B3", "0.10")] }),
    ("99c-large-strings-57MB-xml.xlsx", Read { sheets: 3, cells: &[("Large Strings!I3", "baa")] }),
];

/// How long a file may take. A program that is not optimised takes several times as long as one
/// that is.
const MOST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 10 });

#[test]
fn every_edge_file_does_what_it_must() {
    let Some(corpus) = std::env::var_os("PLANWRIGHT_CORPUS") else {
        return eprintln!("PLANWRIGHT_CORPUS is not set: no file was read");
    };
    let folder = Path::new(&corpus).join("edge");
    let mut wrong = Vec::new();
    for (name, must) in CASES {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let begun = Instant::now();
        let found = std::panic::catch_unwind(|| read(&bytes, Format::Workbook));
        let took = begun.elapsed();
        let is_right = found.is_ok_and(|found| {
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(found, must))).is_ok()
        });
        if !is_right || took > MOST {
            wrong.push(format!("{name} ({took:?})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// calamine reads the same files independently: what words it finds, and where it finds dates, must
/// be found here too.
#[test]
fn calamine_finds_no_word_that_is_missing_here() {
    let Some(corpus) = std::env::var_os("PLANWRIGHT_CORPUS") else {
        return eprintln!("PLANWRIGHT_CORPUS is not set: no file was read");
    };
    let mut compared = 0;
    for (name, must) in CASES {
        let path = Path::new(&corpus).join("edge").join(name);
        let (Read { .. } | Tell { .. } | Show(_), Ok(mut theirs)) =
            (must, calamine::open_workbook_auto(&path))
        else {
            continue;
        };
        let ours = read(&std::fs::read(&path).unwrap(), Format::Workbook).unwrap();
        let ours: HashMap<String, &Cell> = grids(&ours)
            .flat_map(|grid| &grid.rows)
            .flat_map(|row| &row.cells)
            .map(|cell| (cell.place.to_string(), cell))
            .collect();
        for (sheet, range) in theirs.worksheets() {
            let (first_row, first_column) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let at = |first: u32, offset: usize| first + u32::try_from(offset).unwrap();
                let place =
                    Place::in_sheet(sheet.as_str(), at(first_row, row), at(first_column, column))
                        .to_string();
                let cell = ours.get(&place);
                let words = cell.map(|cell| letters(&cell.value.plain())).unwrap_or_default();
                match value {
                    Data::String(theirs) => {
                        assert_eq!(
                            words,
                            letters(&theirs.replace("_x000D_", "")),
                            "{name} {place}"
                        );
                    }
                    Data::DateTime(_) => assert!(
                        cell.is_some_and(|c| matches!(
                            c.holds(),
                            CellType::Date | CellType::Number
                        )),
                        "{name} {place}"
                    ),
                    _ => assert!(!words.is_empty(), "{name} {place}"),
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 50_000, "{compared} cells were compared");
}

fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn check(found: Result<Source, Error>, must: &Must) {
    match must {
        BeProtected => assert!(found.unwrap_err().to_string().contains("password protected")),
        BeTooLarge => assert!(found.unwrap_err().is_too_large()),
        BeNamed(what) => {
            let error = found.unwrap_err();
            assert!(error.is_unsupported() && error.to_string().contains(what), "{error}");
        }
        BeRefusedOrEmpty => {
            assert!(found.is_err() || found.is_ok_and(|source| source.blocks.is_empty()));
        }
        BeEmpty => assert!(found.unwrap().blocks.is_empty()),
        Read { sheets, cells } => {
            let source = found.unwrap();
            assert_eq!(source.blocks.len(), *sheets);
            has(&source, cells);
        }
        Tell { codes, cells } => {
            let source = found.unwrap();
            for code in *codes {
                assert!(source.diagnostics.iter().any(|d| d.code.name() == *code), "{code}");
            }
            has(&source, cells);
        }
        End => drop(found),
        Show(seen) => seen(&found.unwrap()),
    }
}

fn has(source: &Source, cells: &[(&str, &str)]) {
    for (place, words) in cells {
        assert_eq!(
            cell(source, place).map(|c| c.value.plain().into_owned()).as_deref(),
            Some(*words),
            "{place}"
        );
    }
}

fn grids(source: &Source) -> impl Iterator<Item = &Grid> {
    source
        .blocks
        .iter()
        .filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None })
}

fn grid<'s>(source: &'s Source, sheet: &str) -> &'s Grid {
    grids(source).find(|grid| grid.sheet.as_ref().is_some_and(|s| &*s.name == sheet)).unwrap()
}

fn cell<'s>(source: &'s Source, place: &str) -> Option<&'s Cell> {
    grids(source)
        .flat_map(|grid| &grid.rows)
        .flat_map(|row| &row.cells)
        .find(|cell| cell.place.to_string() == place)
}

fn note(source: &Source, place: &str) -> String {
    cell(source, place).unwrap().note().unwrap().plain().into_owned()
}

/// How many rows and columns a sheet takes up, blank ones in between included.
fn size(grid: &Grid) -> (u32, usize) {
    let last = grid.rows.last().unwrap().place.to_string();
    let row = last.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap();
    (row, grid.rows[0].cells.len())
}

fn has_rich_text(source: &Source) {
    assert_eq!(
        cell(source, "Sheet1!B2").unwrap().value.to_commonmark(),
        "this text is **bold**, sure enough"
    );
    assert_eq!(
        cell(source, "Sheet1!B3").unwrap().value.to_commonmark(),
        "this text is *italicized* sure enough"
    );
    assert_eq!(
        cell(source, "Sheet1!B6").unwrap().value.to_commonmark(),
        "this text is ~~stricken~~ sure enough"
    );
}

fn hides_two_of_three_sheets(source: &Source) {
    let hidden: Vec<bool> = grids(source).map(|grid| grid.sheet.as_ref().unwrap().hidden).collect();
    assert_eq!(hidden, [false, true, true]);
    let calculated = cell(source, "Visible!A2").unwrap();
    assert_eq!((calculated.holds(), calculated.is_calculated()), (CellType::Number, true));
}

fn has_links(source: &Source) {
    let link = |place| cell(source, place).unwrap().value.blocks[0].spans[0].link.clone();
    assert_eq!(link("Links!A1").as_deref(), Some("https://github.com/tafia/calamine"));
    assert_eq!(link("Links!B1").as_deref(), Some("mailto:foo@example.com"));
    assert_eq!(link("Links!A3"), None);
}
