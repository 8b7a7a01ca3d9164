//! The checklist for publishing spreadsheets: each of its rows fails for a workbook made to fail
//! it, at the cell that is at fault.

#![allow(clippy::unwrap_used, clippy::type_complexity)] // a test that cannot make its workbook has failed

use std::io::{Cursor, Read as _, Write as _};

use planwright::Limits;
use planwright::checklist::{Checklist, ChecklistAnswer, check_workbook};
use rust_xlsxwriter::{
    Chart, ChartType, Color, ConditionalFormat2ColorScale, DocProperties, Format, FormatPattern,
    FormatScript, Image, Shape, Table, TableColumn, TableStyle, Url, Workbook, Worksheet,
    XlsxError,
};
use zip::write::SimpleFileOptions;

/// What the workbook of [`good`] fails, since the writing library knows no style of headings.
pub(crate) const TITLES: &str =
    "All worksheets should have descriptive titles which are properly tagged and formatted";

pub(crate) fn wrap() -> Format {
    Format::new().set_font_name("Arial").set_font_size(12).set_text_wrap()
}

pub(crate) fn table(name: &str) -> Table {
    let columns = ["Action", "Owner"]
        .map(|header| TableColumn::new().set_header(header).set_header_format(wrap().set_bold()));
    Table::new()
        .set_name(name)
        .set_columns(&columns)
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_autofilter(false)
}

/// A workbook that does all that the checklist asks for but one thing: a title, what the sheet
/// holds, and a table at A3:B5.
pub(crate) fn good() -> Workbook {
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title("Improvement plan")
            .set_custom_property("Language", "en-GB"),
    );
    fill(book.add_worksheet().set_name("Actions").unwrap(), "Actions of the plan", "Actions");
    book
}

pub(crate) fn fill(sheet: &mut Worksheet, title: &str, name: &str) {
    sheet.write(0, 0, title).unwrap();
    sheet.write(1, 0, "This sheet holds one table. [x] means not available.").unwrap();
    sheet.set_column_width(0, 40).unwrap().set_column_width(1, 20).unwrap();
    sheet.add_table(2, 0, 4, 1, &table(name)).unwrap();
    for (row, cells) in [(3, ["Audit the records", "Lin Ferguson"]), (4, ["Amend the form", "[x]"])]
    {
        for (column, words) in (0..).zip(cells) {
            sheet.write_with_format(row, column, words, &wrap()).unwrap();
        }
    }
}

/// A sheet like that of [`good`], changed.
pub(crate) fn sheet(
    change: impl for<'s> Fn(&'s mut Worksheet) -> Result<&'s mut Worksheet, XlsxError>,
) -> Vec<u8> {
    let mut book = good();
    change(book.worksheet_from_index(0).unwrap()).unwrap();
    book.save_to_buffer().unwrap()
}

/// A sheet like that of [`good`] with another table.
fn with_table(another: &Table, cells: &[(u32, u16, &str)]) -> Vec<u8> {
    let mut book = good();
    let mut sheet = Worksheet::new();
    sheet
        .set_name("Actions")
        .unwrap()
        .set_column_width(0, 40)
        .unwrap()
        .set_column_width(1, 20)
        .unwrap();
    sheet.write(0, 0, "Actions of the plan").unwrap();
    sheet.write(1, 0, "This sheet holds one table.").unwrap();
    sheet.add_table(2, 0, 4, 1, another).unwrap();
    for (row, column, words) in cells {
        sheet.write_with_format(*row, *column, *words, &wrap()).unwrap();
    }
    *book.worksheet_from_index(0).unwrap() = sheet;
    book.save_to_buffer().unwrap()
}

const CELLS: [(u32, u16, &str); 4] =
    [(3, 0, "Audit"), (3, 1, "Lin"), (4, 0, "Amend"), (4, 1, "Jo")];

/// A picture of one grey dot.
pub(crate) fn dot() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut picture = png::Encoder::new(&mut bytes, 1, 1).write_header().unwrap();
    picture.write_image_data(&[127]).unwrap();
    picture.finish().unwrap();
    bytes
}

/// A workbook with one part rewritten.
pub(crate) fn rewritten(bytes: &[u8], part: &str, rewrite: impl Fn(String) -> String) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..package.len() {
        let mut one = package.by_index(i).unwrap();
        let (name, mut content) = (one.name().unwrap().into_owned(), Vec::new());
        one.read_to_end(&mut content).unwrap();
        if name == part {
            let before = String::from_utf8(content).unwrap();
            let after = rewrite(before.clone());
            assert_ne!(before, after);
            content = after.into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A workbook in one part of which words are replaced.
fn replaced(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    rewritten(bytes, part, |words| {
        assert!(words.contains(from), "{words}");
        words.replace(from, to)
    })
}

pub(crate) fn gone_through(bytes: &[u8]) -> Checklist {
    check_workbook(bytes, &Limits::default()).unwrap()
}

/// The rows that fail, with the places of what was found.
pub(crate) fn failing(bytes: &[u8]) -> Vec<(&'static str, Vec<String>)> {
    let failing =
        gone_through(bytes).rows.into_iter().filter(|row| row.answer == ChecklistAnswer::Fails);
    let place = |f: &planwright::checklist::Finding| {
        f.place.as_ref().map_or_else(|| "the workbook".to_owned(), ToString::to_string)
    };
    failing.map(|row| (row.asks, row.findings.iter().map(place).collect())).collect()
}

/// That a workbook fails a row at a place, and no other row but [`TITLES`].
pub(crate) fn fails(bytes: &[u8], row: &str, place: &str) {
    let mut failing = failing(bytes);
    failing.retain(|(asks, _)| *asks != TITLES);
    assert_eq!(failing, [(row, vec![place.to_owned()])], "{row}");
}

#[test]
fn a_workbook_that_does_what_is_asked_passes_and_what_only_a_person_can_tell_is_left_to_one() {
    let good = good().save_to_buffer().unwrap();
    assert_eq!(failing(&good), [(TITLES, vec!["Actions!A1".to_owned()])]);
    let rows = gone_through(&good).rows;
    assert_eq!(rows.len(), 36);
    let left: Vec<&str> = rows
        .iter()
        .filter(|row| row.answer == ChecklistAnswer::ForAPerson)
        .map(|row| row.asks)
        .collect();
    let expected = [
        "All written content needs to meet the accessibility guidelines",
        "Run a spelling and grammar check",
        "Use the accessibility checker",
    ];
    assert_eq!(left, expected);
}

#[test]
fn rows_on_tables() {
    let marked = "Mark up tables";
    fails(&sheet(|s| s.write(1, 1, "beside")), marked, "Actions!B2");
    fails(&with_table(&table("Table3"), &CELLS), "Give tables meaningful names", "Actions!A3");
    let merged = sheet(|s| s.merge_range(0, 0, 0, 1, "Actions of the plan", &Format::new()));
    fails(&merged, "Remove merged cells, split cells and nested tables", "Actions!A1");
    let blank_row = with_table(&table("Actions"), &CELLS[2..]);
    fails(&blank_row, "Remove blank rows and columns within tables", "Actions!A4");
    let blank_column = failing(&with_table(&table("Actions"), &[CELLS[0], CELLS[2]]));
    assert!(
        blank_column.contains(&(
            "Remove blank rows and columns within tables",
            vec!["Actions!B4".to_owned()]
        )),
        "{blank_column:?}"
    );
    let headed = "All tables should have one tagged header row";
    fails(
        &with_table(
            &table("Actions").set_header_row(false),
            &[&CELLS[..], &[(2, 0, "a"), (2, 1, "b")]].concat(),
        ),
        headed,
        "Actions!A3",
    );
    let plain = Table::new()
        .set_name("Actions")
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_autofilter(false);
    let by_number = failing(&with_table(&plain, &CELLS));
    assert!(
        by_number.contains(&(headed, vec!["Actions!A3".to_owned(), "Actions!B3".to_owned()])),
        "{by_number:?}"
    );
    let twice = sheet(|s| s.write_with_format(2, 1, "Action", &wrap()));
    fails(&twice, headed, "Actions!B3");
    let wraps = "Wrap text within cells";
    let long = "Audit the records of every child whose plan has not been looked at for a year";
    fails(&sheet(|s| s.write(3, 0, long)), wraps, "Actions!A4");
    let low = sheet(|s| {
        s.write_with_format(3, 0, long.repeat(3), &wrap()).unwrap();
        s.set_row_height(3, 20)
    });
    fails(&low, wraps, "Actions!A4");
    let filters = "Avoid adding filters and freeze panes";
    fails(&with_table(&table("Actions").set_autofilter(true), &CELLS), filters, "Actions!A3");
    fails(&sheet(|s| s.set_freeze_panes(3, 0)), filters, "Actions!A4");
    let empty = "Only leave cells with no data empty in certain circumstances";
    let one_blank = with_table(&table("Actions"), &CELLS[..3]);
    fails(&one_blank, empty, "Actions!B5");
    let hidden = "Avoid hiding rows or columns";
    fails(&sheet(|s| s.set_row_hidden(4)), hidden, "Actions!A5");
    fails(&sheet(|s| s.set_column_hidden(1)), hidden, "Actions!B1");
    let mut book = good();
    fill(book.add_worksheet().set_name("Key").unwrap().set_hidden(true), "Key to statuses", "Key");
    fails(&book.save_to_buffer().unwrap(), hidden, "Key!A1");
    let narrow = sheet(|s| s.set_column_width(1, 5));
    fails(&narrow, "Columns should be a sensible width", "Actions!B4");
}

#[test]
fn blank_cells_that_are_explained_are_left_to_a_person() {
    let mut book = good();
    let sheet = book.worksheet_from_index(0).unwrap();
    sheet
        .write(1, 0, "This sheet holds one table. A cell is blank where nobody is named.")
        .unwrap();
    sheet.write_blank(4, 1, &wrap()).unwrap();
    let rows = gone_through(&book.save_to_buffer().unwrap()).rows;
    let row = rows.iter().find(|row| row.asks.starts_with("Only leave cells")).unwrap();
    assert_eq!(
        (row.answer, row.findings[0].place.as_ref().unwrap().to_string().as_str()),
        (ChecklistAnswer::ForAPerson, "Actions!B5")
    );
}

#[test]
fn rows_on_notes() {
    let signs = "Do not use symbols or superscript to signpost to notes";
    let title = sheet(|s| s.write(0, 0, "Actions of the plan*"));
    fails(&title, signs, "Actions!A1");
    let raised = sheet(|s| {
        let small = wrap().set_font_script(FormatScript::Superscript);
        s.write_rich_string_with_format(
            3,
            0,
            &[(&wrap(), "Audit the records"), (&small, "1")],
            &wrap(),
        )
    });
    fails(&raised, signs, "Actions!A4");
    let bare_number = sheet(|s| s.write(0, 0, "Actions of the plan [1]"));
    fails(&bare_number, "Use the word 'note' when referring to footnotes", "Actions!A1");

    let with_notes = |row: u32, column: u16, words: &str, number: &str| {
        let mut book = good();
        book.worksheet_from_index(0)
            .unwrap()
            .write_with_format(row, column, words, &wrap())
            .unwrap();
        let notes = book.add_worksheet().set_name("Notes").unwrap();
        fill(notes, "Notes", "Notes");
        notes.write_with_format(3, 0, number, &wrap()).unwrap();
        book.save_to_buffer().unwrap()
    };
    fails(
        &with_notes(3, 1, "Lin Ferguson [note 1]", "note 1"),
        "Avoid putting note markers in specific cells",
        "Actions!B4",
    );
    let on_a_sheet = "Put note text in a notes table on a notes worksheet";
    fails(&with_notes(0, 0, "Actions of the plan [note 2]", "note 1"), on_a_sheet, "Actions!A1");
    let all_told = failing(&with_notes(0, 0, "Actions of the plan [note 1]", "note 1"));
    assert!(all_told.iter().all(|(asks, _)| *asks == TITLES), "{all_told:?}");
}

#[test]
fn rows_on_formatting() {
    let links = "Links must be accessible";
    let link = |words: &str| {
        let url = Url::new("https://example.org/a/long/address/of/a/report").set_text(words);
        sheet(|s| s.write_url_with_format(4, 1, url.clone(), &wrap()))
    };
    fails(&link("Click here"), links, "Actions!B5");
    fails(&link("https://example.org/a/long/address/of/a/report"), links, "Actions!B5");
    let rows = gone_through(&link("Report of the inspection")).rows;
    assert_eq!(
        rows.iter().find(|row| row.asks == links).unwrap().answer,
        ChecklistAnswer::ForAPerson
    );
    let alike = sheet(|s| {
        for (row, address) in [(3, "https://example.org/1"), (4, "https://example.org/2")] {
            s.write_url_with_format(
                row,
                1,
                Url::new(address).set_text("the report of 2011"),
                &wrap(),
            )
            .unwrap();
        }
        Ok(s)
    });
    fails(&alike, links, "Actions!B5");

    let readable = "Format text to make it accessible";
    let looks = [
        wrap().set_font_size(8),
        wrap().set_italic(),
        wrap().set_font_name("Times New Roman").set_font_family(1),
        wrap().set_rotation(90),
    ];
    for look in looks {
        let bytes = sheet(|s| s.write_with_format(3, 1, "Lin Ferguson", &look));
        fails(&bytes, readable, "Actions!B4");
    }
}

#[test]
fn rows_on_symbols_colours_and_what_is_drawn() {
    let dash = sheet(|s| s.write_with_format(4, 1, "–", &wrap()));
    fails(&dash, "Avoid using symbols in general", "Actions!B5");

    let floats = "Do not use headers and footers, floating text boxes or floating toolbars";
    fails(&sheet(|s| Ok(s.set_footer("&CPage &P"))), floats, "Actions!A1");
    fails(
        &sheet(|s| s.insert_shape(6, 3, &Shape::textbox().set_text("a box"))),
        floats,
        "Actions!D7",
    );
    let divided = "Do not use visual devices to divide data regions";
    let striped = table("Actions").set_style(TableStyle::Medium2).set_banded_rows(true);
    fails(&with_table(&striped, &CELLS), divided, "Actions!A3");
    let hatched = failing(&sheet(|s| {
        let look = wrap()
            .set_pattern(FormatPattern::LightUp)
            .set_background_color(Color::White)
            .set_foreground_color(Color::Gray);
        s.write_with_format(3, 1, "Lin Ferguson", &look)
    }));
    assert!(hatched.contains(&(divided, vec!["Actions!B4".to_owned()])), "{hatched:?}");

    let filled = "Do not use a background fill";
    let yellow = wrap().set_background_color("#FFF2CC");
    fails(&sheet(|s| s.write_with_format(3, 1, "Lin Ferguson", &yellow)), filled, "Actions!B4");
    fails(&sheet(|s| s.write_blank(9, 4, &yellow)), filled, "Actions!E10");
    fails(
        &sheet(|s| s.add_conditional_format(3, 1, 4, 1, &ConditionalFormat2ColorScale::new())),
        filled,
        "Actions!B4",
    );
    let grey = wrap().set_font_color("#BBBBBB");
    let pale = sheet(|s| s.write_with_format(3, 1, "Lin Ferguson", &grey));
    fails(&pale, "When using colour for emphasis check the contrast", "Actions!B4");
    let rows = gone_through(&pale).rows;
    let by_colour =
        rows.iter().find(|row| row.asks.starts_with("Do not use colour as the only way")).unwrap();
    assert_eq!((by_colour.answer, by_colour.findings.len()), (ChecklistAnswer::ForAPerson, 1));

    let images = "Avoid images in spreadsheets";
    let logo = Image::new_from_buffer(&dot()).unwrap();
    fails(&sheet(|s| s.insert_image(1, 3, &logo)), images, "Actions!D2");
    let mut chart = Chart::new(ChartType::Bar);
    chart.add_series().set_values("=Actions!$A$4:$A$5");
    fails(&sheet(|s| s.insert_chart(1, 3, &chart)), images, "Actions!D2");
    let relation = "<Relationship Id=\"rId99\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"vbaProject.bin\"/></Relationships>";
    let macros = replaced(
        &good().save_to_buffer().unwrap(),
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        relation,
    );
    fails(&macros, "Remove macros", "the workbook");
}

#[test]
fn a_title_that_stands_on_two_sheets_fails_and_one_with_the_style_of_a_heading_passes() {
    let mut book = good();
    fill(book.add_worksheet().set_name("More actions").unwrap(), "Actions of the plan", "More");
    let bytes = book.save_to_buffer().unwrap();
    // the style of all cells called Heading 1, as a spreadsheet program would do it for the titles
    let styled = replaced(
        &bytes,
        "xl/styles.xml",
        "name=\"Normal\" xfId=\"0\" builtinId=\"0\"",
        "name=\"Heading 1\" xfId=\"0\" builtinId=\"16\"",
    );
    assert_eq!(failing(&styled), [(TITLES, vec!["More actions!A1".to_owned()])]);
    let alone = replaced(
        &good().save_to_buffer().unwrap(),
        "xl/styles.xml",
        "name=\"Normal\" xfId=\"0\" builtinId=\"0\"",
        "name=\"Heading 1\" xfId=\"0\" builtinId=\"16\"",
    );
    assert_eq!(failing(&alone), []);
}

#[test]
fn rows_on_sheets() {
    let named = "Give worksheets unique names or numbers";
    fails(&sheet(|s| s.set_name("Sheet1")), named, "Sheet1!A1");
    let mut book = good();
    book.add_worksheet().set_name("Blank").unwrap();
    fails(&book.save_to_buffer().unwrap(), "Remove blank worksheets", "Blank!A1");
    let column_a = "Use cells in column A wisely";
    fails(
        &sheet(|s| {
            s.write_blank(1, 0, &wrap()).unwrap();
            s.write(0, 0, "Actions of the plan; [x] means not available")
        }),
        column_a,
        "Actions!A2",
    );
    let unexplained = sheet(|s| s.write(1, 0, "This sheet holds one table."));
    fails(&unexplained, column_a, "Actions!B5");

    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title("Improvement plan")
            .set_custom_property("Language", "en-GB"),
    );
    let sheet_of_two = |book: &mut Workbook, row: u32, column: u16| {
        let sheet = book.add_worksheet().set_name("Actions").unwrap();
        fill(sheet, "Actions of the plan", "Actions");
        sheet.set_column_width(3, 20).unwrap().set_column_width(4, 20).unwrap();
        sheet.add_table(row, column, row + 1, column + 1, &table("Others")).unwrap();
        for at in 0..2 {
            sheet.write_with_format(row + 1, column + at, "words", &wrap()).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    let failing = failing(&sheet_of_two(&mut book, 2, 3));
    let expected = [
        (TITLES, vec!["Actions!A1".to_owned()]),
        (
            "Position tables against the left-hand edges of each sheet",
            vec!["Actions!D3".to_owned()],
        ),
        ("Avoid worksheets with multiple tables", vec!["Actions!D3".to_owned()]),
    ];
    assert_eq!(failing, expected);
    let below = sheet(|s| s.write(5, 0, "Source: the council"));
    fails(&below, "Avoid putting content below a table", "Actions!A6");
}

#[test]
fn rows_on_what_is_done_last() {
    let information = "Add document information";
    let mut untitled = good();
    untitled.set_properties(&DocProperties::new().set_custom_property("Language", "en-GB"));
    fails(&untitled.save_to_buffer().unwrap(), information, "the workbook");
    let mut without_language = good();
    without_language.set_properties(&DocProperties::new().set_title("Improvement plan"));
    fails(&without_language.save_to_buffer().unwrap(), information, "the workbook");
    let cursor =
        "Ensure the cursor is in cell A1 of the first worksheet when doing your final save";
    fails(&sheet(|s| s.set_selection(3, 1, 3, 1)), cursor, "Actions!B4");
    let mut second = good();
    fill(
        second.add_worksheet().set_name("Key").unwrap().set_active(true),
        "Key to statuses",
        "Key",
    );
    fails(&second.save_to_buffer().unwrap(), cursor, "Key!A1");
}

#[test]
fn what_is_found_often_is_told_once_with_how_often() {
    let bytes = sheet(|s| {
        for row in 5..9 {
            s.write(row, 0, "more").unwrap();
        }
        Ok(s)
    });
    let rows = gone_through(&bytes).rows;
    let below =
        rows.iter().find(|row| row.asks.starts_with("Avoid putting content below")).unwrap();
    assert_eq!((below.findings.len(), below.findings[0].count), (1, 4));
}

#[test]
fn what_is_no_workbook_of_today_or_too_large_is_refused() {
    let limits = Limits::default();
    assert!(check_workbook(b"a,b\n1,2\n3,4\n", &limits).unwrap_err().is_unsupported());
    assert!(check_workbook(b"PK\x03\x04 cut short", &limits).unwrap_err().is_unreadable());
    let good = good().save_to_buffer().unwrap();
    for limits in [
        Limits { bytes: 100, ..Limits::default() },
        Limits { cells: 5, ..Limits::default() },
        Limits { unpacked: 900, ..Limits::default() },
    ] {
        assert!(check_workbook(&good, &limits).unwrap_err().is_too_large());
    }
}
