//! Workbooks: what kind one is, recognised by its bytes, and the reader of each kind.
//!
//! A reader of a kind finds cells; what a cell says, how numbers are written and which rows and
//! columns are kept is the same for all of them.

mod binary;
mod builder;
pub(crate) mod cell_range;
mod compound;
mod conditional;
mod kind;
mod number;
mod ods;
pub(crate) mod package;
mod palette;
mod parsed_text;
mod pieces;
pub(crate) mod relations;
mod style;
mod xls;
mod xlsb;
pub(crate) mod xlsx;
pub(crate) mod xml;

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::source::Source;

use super::Format;
use builder::WorkbookBuilder;
use compound::CompoundFile;
use kind::FileContent;
use package::ZipPackage;
use relations::Relationships;

/// The format of a file that is said to be a workbook.
pub(super) fn format_of(bytes: &[u8]) -> Result<Format, Error> {
    Ok(match kind::of(bytes)? {
        FileContent::Package | FileContent::Compound => Format::Workbook,
        FileContent::WebPage => Format::Html,
        FileContent::Table => Format::Delimited,
    })
}

/// Reads a workbook of whatever kind.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, Error> {
    let mut source = match kind::of(bytes)? {
        FileContent::Package => read_package(bytes, limits)?,
        FileContent::Compound => read_compound(bytes, limits)?,
        FileContent::WebPage | FileContent::Table => return Err(kind::no_workbook_at_all()),
    };
    if source.blocks.is_empty() && source.diagnostics.iter().all(|d| d.code != Code::EmptySource) {
        let help = "check that the right file was given, and that it was saved";
        source.diagnostics.push(
            Diagnostic::new(Code::EmptySource, "no sheet of the workbook holds a word").help(help),
        );
    }
    Ok(source)
}

/// Opens a workbook as the package of its parts; none if it is of a kind without them.
pub(crate) fn package<'a>(
    bytes: &'a [u8],
    limits: &Limits,
) -> Result<Option<ZipPackage<'a>>, Error> {
    match kind::of(bytes)? {
        FileContent::Package => ZipPackage::open(bytes, limits).map(Some),
        FileContent::Compound => {
            let file = CompoundFile::open(bytes)?;
            let is_workbook = ["Workbook", "Book"].iter().any(|name| file.has(name));
            if is_workbook { Ok(None) } else { Err(kind::no_stream(&file)) }
        }
        FileContent::WebPage | FileContent::Table => Ok(None),
    }
}

fn read_package(bytes: &[u8], limits: &Limits) -> Result<Source, Error> {
    let mut package = ZipPackage::open(bytes, limits)?;
    if let Some(mimetype) = package.part("mimetype")? {
        if let Some(what) = ods::other_document(&mimetype) {
            return Err(kind::document(what));
        }
        let mut workbook = WorkbookBuilder::new(limits);
        if package.has("Basic/script-lc.xml") {
            report_macros(&mut workbook);
        }
        return ods::read(package, workbook);
    }
    let main = Relationships::of_package(&mut package, limits)
        .ok()
        .and_then(|r| r.first("officeDocument").map(str::to_owned));
    let usual = ["xl/workbook.xml", "xl/workbook.bin"].map(str::to_owned);
    let Some(main) = main
        .into_iter()
        .chain(usual)
        .find(|m| package.has(m) && !m.starts_with("word/") && !m.starts_with("ppt/"))
    else {
        return Err(kind::no_workbook(&package));
    };
    let workbook = WorkbookBuilder::new(limits);
    if main.to_ascii_lowercase().ends_with(".bin") {
        xlsb::read(package, &main, workbook)
    } else {
        xlsx::read(package, &main, workbook)
    }
}

fn read_compound(bytes: &[u8], limits: &Limits) -> Result<Source, Error> {
    let file = CompoundFile::open(bytes)?;
    match ["Workbook", "Book"].iter().find_map(|name| file.stream(name)) {
        Some(stream) => {
            let mut workbook = WorkbookBuilder::new(limits);
            if file.has("_VBA_PROJECT_CUR") {
                report_macros(&mut workbook);
            }
            xls::read(&stream, workbook)
        }
        None => Err(kind::no_stream(&file)),
    }
}

/// The error of a workbook that opens with a password only.
fn protected() -> Error {
    Error::new(ErrorKind::Protected, "the workbook is password protected").help(
        "open it in a spreadsheet program with its password, take the password off and save it",
    )
}

/// Reports a sheet that is listed, and has no part.
fn report_missing(workbook: &mut WorkbookBuilder<'_>, name: &str) {
    let message = format!("the sheet “{name}” is listed in the workbook but is not in the file");
    workbook.emit(
        Diagnostic::new(Code::PartUnreadable, message)
            .help("ask for the file again; it may have been cut short"),
    );
}

/// Reports a sheet of which only the beginning could be read, if anything.
fn report_damaged(workbook: &mut WorkbookBuilder<'_>, name: &str, error: &Error) {
    let message = format!("the sheet “{name}” is damaged, and was read up to there: {error}");
    let help = "open the workbook in a spreadsheet program, which may repair it, check whether all is there, and save it";
    workbook.emit(Diagnostic::new(Code::PartUnreadable, message).help(help));
}

/// Tells that a workbook has macros.
fn report_macros(workbook: &mut WorkbookBuilder<'_>) {
    workbook.emit(Diagnostic::new(
        Code::MacrosNotRun,
        "the workbook holds macros; they were neither read nor run",
    ));
}

/// Reports a sheet without cells.
fn report_not_read(workbook: &mut WorkbookBuilder<'_>, name: &str, what: &str) {
    workbook.emit(Diagnostic::new(
        Code::SheetNotRead,
        format!("the sheet “{name}” was not read: it holds {what}"),
    ));
}

/// A package of these parts, for tests.
#[cfg(test)]
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(
            *name,
            zip::write::SimpleFileOptions::default()
                .compression_method(zip::CompressionMethod::Stored),
        )
        .unwrap();
        zip.write_all(part).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter as writer;

    use super::*;
    use crate::source::{Block, CellType, Grid, HiddenBy, HiddenText};

    fn read_back(book: &mut writer::Workbook) -> Source {
        read(&book.save_to_buffer().unwrap(), &Limits::default()).unwrap()
    }

    fn grid(source: &Source, index: usize) -> &Grid {
        match source.blocks.get(index) {
            Some(Block::Grid(grid)) => grid,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_workbook_is_read_as_a_person_sees_it() {
        let mut book = writer::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("Plan").unwrap();
        let head = writer::Format::new().set_bold().set_background_color("#FFC000");
        let struck = writer::Format::new().set_font_strikethrough();
        let month = writer::Format::new().set_num_format("mmm yy");
        let percent = writer::Format::new().set_num_format("0%");
        sheet.merge_range(0, 0, 0, 1, "Action plan", &head).unwrap();
        sheet
            .write_rich_string(
                1,
                0,
                &[
                    (&writer::Format::new(), "Audit "),
                    (&struck, "all"),
                    (&writer::Format::new(), " files"),
                ],
            )
            .unwrap();
        sheet.write_number_with_format(1, 1, 40_816.0, &month).unwrap();
        sheet.write_number_with_format(1, 2, 0.85, &percent).unwrap();
        sheet.write_formula(2, 1, writer::Formula::new("=1+1").set_result("2")).unwrap();
        sheet.write_blank(2, 2, &head).unwrap();
        sheet.write_string_with_format(3, 0, "Withdrawn", &struck).unwrap();
        sheet.set_row_hidden(3).unwrap();
        sheet.set_column_hidden(1).unwrap();
        sheet
            .insert_note(
                1,
                0,
                &writer::Note::new("by May?").set_author("Jo Lee").add_author_prefix(false),
            )
            .unwrap();
        sheet
            .write_url(2, 0, writer::Url::new("https://example.org/").set_text("guidance"))
            .unwrap();
        book.add_worksheet()
            .set_name("Key")
            .unwrap()
            .set_hidden(true)
            .write_string(0, 0, "Green")
            .unwrap();
        let source = read_back(&mut book);

        assert_eq!(source.diagnostics, []);
        let plan = grid(&source, 0);
        let words: Vec<String> =
            plan.rows.iter().flat_map(|r| &r.cells).map(|c| c.value.to_commonmark()).collect();
        let link = "[guidance](<https://example.org/>)";
        assert_eq!(
            words,
            [
                "Action plan",
                "",
                "",
                "Audit ~~all~~ files",
                "Sep 2011",
                "85%",
                link,
                "2",
                "",
                "~~Withdrawn~~",
                "",
                ""
            ]
        );
        let cell = |row: usize, column: usize| &plan.rows[row].cells[column];
        assert_eq!(
            (cell(0, 0).span(), cell(0, 0).fill().unwrap().to_string().as_str()),
            ((1, 2), "#ffc000")
        );
        assert_eq!(cell(1, 0).note().unwrap().plain(), "Jo Lee: by May?");
        assert_eq!(
            [cell(1, 1).holds(), cell(1, 2).holds(), cell(2, 1).holds()],
            [CellType::Date, CellType::Number, CellType::Number]
        );
        assert!(cell(2, 1).is_calculated());
        assert_eq!(cell(2, 2).fill().unwrap().to_string(), "#ffc000");
        assert_eq!(
            plan.rows.iter().map(|r| r.hidden).collect::<Vec<_>>(),
            [false, false, false, true]
        );
        assert_eq!(plan.sheet.as_ref().unwrap().hidden_columns, [1..=1]);
        let key = grid(&source, 1).sheet.as_ref().unwrap();
        assert!(key.hidden && &*key.name == "Key");
    }

    #[test]
    fn what_a_workbook_hides_by_colour_format_or_size_is_known() {
        let mut book = writer::Workbook::new();
        let sheet = book.add_worksheet();
        let white = writer::Format::new().set_font_color("#FFFFFF");
        let on_navy =
            writer::Format::new().set_font_color("#FFFFFF").set_background_color("#000080");
        let green = writer::Format::new().set_font_color("#00B050").set_background_color("#00B050");
        let nothing = writer::Format::new().set_num_format(";;;");
        let mark = writer::Format::new().set_font_color("#FF0000");
        let cells = [
            (&white, "white"),
            (&on_navy, "header"),
            (&green, "G"),
            (&green, "long green words"),
            (&nothing, "none"),
            (&mark, "●"),
        ];
        for (column, (format, words)) in (0..).zip(cells) {
            sheet.write_string_with_format(0, column, words, format).unwrap();
        }
        sheet.write_number_with_format(0, 6, 7.0, &nothing).unwrap();
        sheet.write_string_with_format(1, 0, "conditional", &white).unwrap();
        sheet.write_string(2, 0, "flat").unwrap();
        sheet.set_row_height(2, 0).unwrap();
        sheet
            .add_conditional_format(
                1,
                0,
                1,
                0,
                &writer::ConditionalFormatBlank::new().invert().set_format(&on_navy),
            )
            .unwrap();
        let source = read_back(&mut book);
        let rows = &grid(&source, 0).rows;
        let hidden: Vec<_> =
            rows[0].cells.iter().map(|cell| cell.hidden().map(HiddenText::by)).collect();
        let (colour, format) = (Some(HiddenBy::Colour), Some(HiddenBy::NumberFormat));
        assert_eq!(hidden, [colour, None, colour, colour, format, None, format]);
        assert_eq!(rows[0].cells[5].fill().unwrap().to_string(), "#ff0000");
        assert_eq!(rows[0].cells[6].value.plain(), "7");
        assert_eq!(rows[1].cells[0].hidden(), None);
        assert_eq!(rows.iter().map(|row| row.hidden).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn excel_tables_are_known_with_their_header_and_totals() {
        let mut book = writer::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, column) in [(2, 1), (2, 2), (3, 1), (4, 1), (9, 0)] {
            sheet.write_string(row, column, format!("words {row} {column}")).unwrap();
        }
        sheet.add_table(2, 1, 5, 2, &writer::Table::new().set_total_row(true)).unwrap();
        sheet.add_table(8, 0, 9, 0, &writer::Table::new().set_header_row(false)).unwrap();
        let source = read_back(&mut book);
        let tables = &grid(&source, 0).sheet.as_ref().unwrap().tables;
        let shown: Vec<_> = tables
            .iter()
            .map(|t| (t.rows.clone(), t.columns.clone(), t.header_rows, t.totals_rows))
            .collect();
        assert_eq!(shown, [(2..=5, 1..=2, 1, 1), (8..=9, 0..=0, 0, 0)]);
    }

    #[test]
    fn a_sheet_that_is_damaged_keeps_what_comes_before() {
        let sheets = "<workbook><sheets><sheet name='One' id='r1'/><sheet name='Two' id='r2'/><sheet name='Gone' id='r3'/></sheets></workbook>";
        let relations = "<Relationships><Relationship Id='r1' Type='/worksheet' Target='one.xml'/><Relationship Id='r2' Type='/worksheet' Target='two.xml'/></Relationships>";
        let one = "<worksheet><sheetData><row><c t='inlineStr'><is><t>kept</t></is></c><c <";
        let two = "<worksheet><sheetData><row><c t='inlineStr'><is><t>whole</t></is></c></row></sheetData></worksheet>";
        let parts = [
            ("xl/workbook.xml", sheets),
            ("xl/_rels/workbook.xml.rels", relations),
            ("xl/one.xml", one),
            ("xl/two.xml", two),
        ];
        let source =
            read(&zipped(&parts.map(|(name, part)| (name, part.as_bytes()))), &Limits::default())
                .unwrap();
        assert_eq!(
            [grid(&source, 0), grid(&source, 1)]
                .map(|g| g.rows[0].cells[0].value.plain().into_owned()),
            ["kept", "whole"]
        );
        assert_eq!(
            source.diagnostics.iter().map(|d| d.code.name()).collect::<Vec<_>>(),
            ["part-unreadable", "part-unreadable"]
        );
    }

    #[test]
    fn other_documents_are_named() {
        for (part, what) in
            [("word/document.xml", "a Word document"), ("a.txt", "without a workbook")]
        {
            let error = read(&zipped(&[(part, b"x")]), &Limits::default()).unwrap_err();
            assert!(error.to_string().contains(what), "{error}");
        }
        let text = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]);
        assert!(read(&text, &Limits::default()).unwrap_err().is_unsupported());
    }
}
