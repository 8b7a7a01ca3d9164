//! A document as a workbook: packages written around the cells, without a library that would
//! refuse what no spreadsheet program writes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::document::{Laid, LaidCell, LaidRow, Part, Written};

/// The rows of a sheet: tables, and what stands around them in the first column.
fn rows(document: &Laid) -> Vec<LaidRow> {
    let line = |text: &Written| {
        let cell = LaidCell { text: text.clone(), style: 0, span: (1, 1), note: None };
        LaidRow { cells: vec![cell], ..LaidRow::default() }
    };
    let mut rows = Vec::new();
    for part in &document.parts {
        match part {
            Part::Heading(_, words) | Part::Paragraph(words) => rows.push(line(words)),
            Part::List(_, items) => rows.extend(items.iter().map(|(_, words)| line(words))),
            Part::Table { rows: table, .. } => {
                rows.extend(table.iter().map(|row| LaidRow { cells: row.cells.clone(), ..*row }))
            }
        }
        rows.push(LaidRow::default());
    }
    rows
}

fn escaped(words: &str) -> String {
    // XML has no way to write these at all
    let words: String =
        words.chars().filter(|c| !matches!(*c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}')).collect();
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&apos;")
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in parts {
        package.start_file(*name, stored).expect("a part");
        package.write_all(part.as_bytes()).expect("memory");
    }
    package.finish().expect("memory").into_inner()
}

fn letters(column: usize) -> char {
    char::from(b'A' + u8::try_from(column % 26).unwrap_or(0))
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

pub(crate) fn xlsx(document: &Laid) -> Vec<u8> {
    let (mut cells, mut merged, mut notes) = (String::new(), String::new(), String::new());
    for (at, row) in rows(document).iter().enumerate() {
        let number = at + 1;
        let hidden = if row.hidden { " hidden='1'" } else { "" };
        cells += &format!("<row r='{number}'{hidden}>");
        let mut column = 0;
        for cell in &row.cells {
            let place = format!("{}{number}", letters(column));
            let style = cell.style;
            cells += &if let Some(number) = number_of(cell) {
                format!("<c r='{place}' s='{style}'><v>{number}</v></c>")
            } else if cell.text.is_empty() {
                format!("<c r='{place}' s='{style}'/>")
            } else {
                let words = cell.text.all(escaped);
                format!(
                    "<c r='{place}' s='{style}' t='inlineStr'><is><t xml:space='preserve'>{words}</t></is></c>"
                )
            };
            let (across, down) = cell.span;
            if cell.span != (1, 1) {
                let end = format!("{}{}", letters(column + across - 1), at + down);
                merged += &format!("<mergeCell ref='{place}:{end}'/>");
            }
            if let Some(note) = &cell.note {
                notes += &format!(
                    "<comment ref='{place}' authorId='0'><text><t>{}</t></text></comment>",
                    note.all(escaped)
                );
            }
            column += across;
        }
        cells += "</row>";
    }
    let merged =
        if merged.is_empty() { merged } else { format!("<mergeCells>{merged}</mergeCells>") };
    let related = |kind: &str, targets: &[(&str, &str)]| {
        let one = |(at, (kind_of, target)): (usize, &(&str, &str))| {
            format!("<Relationship Id='r{at}' Type='{OFFICE}/{kind_of}' Target='{target}'/>")
        };
        let all: String = targets.iter().enumerate().map(one).collect();
        format!("<Relationships xmlns='{kind}'>{all}</Relationships>")
    };
    let sheet_state = match document.parts.first() {
        Some(Part::Table { hidden: true, .. }) => " state='hidden'",
        _ => "",
    };
    package(&[
        ("_rels/.rels", &related(PACKAGE, &[("officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets><sheet name='Plan' sheetId='1'{sheet_state} r:id='r0'/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &related(PACKAGE, &[("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]),
        ),
        ("xl/styles.xml", &XLSX_STYLES.replace("MAIN", MAIN)),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            &related(PACKAGE, &[("comments", "../comments1.xml")]),
        ),
        (
            "xl/comments1.xml",
            &format!(
                "<comments xmlns='{MAIN}'><authors><author>Jo</author></authors><commentList>{notes}</commentList></comments>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                "<worksheet xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheetData>{cells}</sheetData>{merged}</worksheet>"
            ),
        ),
    ])
}

/// The number that a cell with the format of a date holds.
fn number_of(cell: &LaidCell) -> Option<String> {
    let text = cell.text.all(str::to_owned);
    (cell.style == 1 && text.parse::<i32>().is_ok()).then_some(text)
}

const XLSX_STYLES: &str = "<styleSheet xmlns='MAIN'>\
    <fonts><font/><font><strike/></font><font><b/></font><font><color rgb='FFFFFFFF'/></font></fonts>\
    <fills><fill/><fill/><fill><patternFill patternType='solid'><fgColor rgb='FF00B050'/></patternFill></fill>\
    <fill><patternFill patternType='solid'><fgColor rgb='FFFFFFFF'/></patternFill></fill></fills>\
    <numFmts><numFmt numFmtId='164' formatCode=';;;'/></numFmts>\
    <cellXfs><xf/><xf numFmtId='14'/><xf fillId='2'/><xf fontId='1'/><xf fontId='2'/><xf numFmtId='164'/>\
    <xf fontId='3' fillId='3'/><xf><alignment indent='2'/></xf></cellXfs></styleSheet>";

pub(crate) fn ods(document: &Laid) -> Vec<u8> {
    let mut out = String::new();
    for row in rows(document) {
        let hidden = if row.hidden { " table:visibility='collapse'" } else { "" };
        out += &format!("<table:table-row{hidden}>");
        for cell in &row.cells {
            let (across, down) = cell.span;
            let lines = cell.text.all(escaped);
            let lines: String =
                lines.split('\n').map(|line| format!("<text:p>{line}</text:p>")).collect();
            let note = cell.note.as_ref().map_or_else(String::new, |note| {
                format!(
                    "<office:annotation><text:p>{}</text:p></office:annotation>",
                    note.all(escaped)
                )
            });
            let value = number_of(cell).map_or_else(String::new, |number| {
                format!(" office:value-type='float' office:value='{number}'")
            });
            out += &format!(
                "<table:table-cell table:style-name='ce{}' table:number-columns-spanned='{across}' table:number-rows-spanned='{down}'{value}>{note}{lines}</table:table-cell>",
                cell.style
            );
            out += &"<table:covered-table-cell/>".repeat(across - 1);
        }
        out += "</table:table-row>";
    }
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>",
        ),
        (
            "content.xml",
            &ODS.replace("CELLS", &out).replace("oasis:", "urn:oasis:names:tc:opendocument:xmlns:"),
        ),
    ])
}

const ODS: &str = "<office:document-content xmlns:office='oasis:office:1.0' xmlns:table='oasis:table:1.0' \
    xmlns:text='oasis:text:1.0' xmlns:style='oasis:style:1.0' xmlns:fo='oasis:xsl-fo-compatible:1.0'>\
    <office:automatic-styles>\
    <style:style style:name='ce2' style:family='table-cell'><style:table-cell-properties fo:background-color='#00b050'/></style:style>\
    <style:style style:name='ce3' style:family='table-cell'><style:text-properties style:text-line-through-style='solid'/></style:style>\
    <style:style style:name='ce4' style:family='table-cell'><style:text-properties fo:font-weight='bold'/></style:style>\
    <style:style style:name='ce6' style:family='table-cell'><style:table-cell-properties fo:background-color='#ffffff'/><style:text-properties fo:color='#ffffff'/></style:style>\
    </office:automatic-styles><office:body><office:spreadsheet><table:table table:name='Plan'>CELLS</table:table>\
    </office:spreadsheet></office:body></office:document-content>";
