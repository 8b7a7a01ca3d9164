//! Binary workbooks of Excel 2007 and later ([MS-XLSB]).
//!
//! As with older workbooks, calamine tells neither how numbers are shown nor what is hidden, and
//! panics at damaged files.

mod records;

use std::collections::HashMap;

use crate::colour::Colour;
use crate::error::{Error, ErrorKind};
use crate::source::{CellType, Source};
use crate::text::SpanStyle;

use super::binary::{FormattedString, emphasis, error, f64_at, short_number, u16_at, u32_at};
use super::builder::{SheetBuilder, WorkbookBuilder, signed};
use super::cell_range::{COLUMNS, CellRange, ROWS};
use super::number::{CellNumberFormat, Epoch, built_in};
use super::package::ZipPackage;
use super::palette::{BLACK, IndexedColours, WHITE, meaningful_colour};
use super::relations::Relationships;
use super::style::{CellBackground, CellStyle, TextColours};

use records::{records, rich_string, string};

/// What all sheets of a workbook share.
#[derive(Default)]
struct XlsbWorkbook {
    fonts: Vec<SpanStyle>,
    /// The colours of the fonts.
    inks: Vec<Option<Colour>>,
    styles: Vec<CellStyle>,
    strings: Vec<FormattedString>,
    is_from_1904: bool,
}

struct XlsbSheetEntry {
    name: String,
    hidden: bool,
    relation: String,
}

/// Reads a workbook whose main part is `main`.
pub(super) fn read(
    mut package: ZipPackage<'_>,
    main: &str,
    mut workbook: WorkbookBuilder<'_>,
) -> Result<Source, Error> {
    let relations = Relationships::of(&mut package, main, workbook.limits)?;
    let part = package.part(main)?.unwrap_or_default();
    let mut shared = XlsbWorkbook::default();
    let mut listed = Vec::new();
    for (kind, data) in records(&part) {
        match kind {
            records::WORKBOOK => {
                shared.is_from_1904 = data.first().is_some_and(|flags| flags & 1 != 0);
            }
            records::SHEET => listed.extend(sheet(data)),
            _ => {}
        }
    }
    if listed.is_empty() {
        return Err(Error::new(
            ErrorKind::Unreadable,
            "the workbook lists no sheet: its file is damaged, or it is not a spreadsheet",
        )
        .help("open it in a spreadsheet program, which may repair it, and save it as .xlsx"));
    }
    if let Some(name) = relations.first("styles") {
        read_styles(&package.part(name)?.unwrap_or_default(), &mut shared);
    }
    if let Some(name) = relations.first("sharedStrings") {
        let part = package.part(name)?.unwrap_or_default();
        let strings = records(&part).filter(|(kind, _)| *kind == records::SHARED_STRING);
        shared.strings = strings.map(|(_, data)| rich_string(data).unwrap_or_default()).collect();
    }
    if relations.first("vbaProject").is_some() {
        super::report_macros(&mut workbook);
    }
    for XlsbSheetEntry { name, hidden, relation } in listed {
        match relations.get(&relation) {
            Some(("worksheet", part)) if package.has(part) => {
                read_sheet(
                    &mut package,
                    part,
                    SheetBuilder::new(&name, hidden),
                    &shared,
                    &mut workbook,
                )?;
            }
            Some(("chartsheet", _)) => super::report_not_read(&mut workbook, &name, "a chart"),
            Some(("dialogsheet", _)) => super::report_not_read(&mut workbook, &name, "a dialog"),
            Some(("xlMacrosheet", _)) => {
                super::report_not_read(&mut workbook, &name, "macros, which are never run");
            }
            _ => super::report_missing(&mut workbook, &name),
        }
    }
    Ok(workbook.source)
}

fn sheet(data: &[u8]) -> Option<XlsbSheetEntry> {
    let (relation, rest) = string(data.get(8..)?)?;
    Some(XlsbSheetEntry { name: string(rest)?.0, hidden: u32_at(data, 0)? != 0, relation })
}

fn read_styles(part: &[u8], shared: &mut XlsbWorkbook) {
    let palette = IndexedColours::default();
    let mut formats = HashMap::new();
    let mut fills = Vec::new();
    let mut in_cells = false;
    for (kind, data) in records(part) {
        match kind {
            records::NUMBER_FORMAT => {
                let code = data.get(2..).and_then(string).map(|(code, _)| code);
                formats.extend(
                    u16_at(data, 0)
                        .zip(code)
                        .map(|(number, code)| (number, CellNumberFormat::parse(&code))),
                );
            }
            records::FONT => {
                shared.fonts.push(emphasis(
                    u16_at(data, 2).unwrap_or_default(),
                    u16_at(data, 4).unwrap_or_default(),
                ));
                shared.inks.push(data.get(12..).and_then(|data| colour(data, &palette)));
            }
            records::FILL => fills.push(background(data, &palette)),
            records::BEGIN_CELL_FORMATS => in_cells = true,
            records::END_CELL_FORMATS => in_cells = false,
            records::CELL_FORMAT if in_cells => {
                let at = |from| u16_at(data, from).unwrap_or_default();
                let background = fills.get(usize::from(at(6))).copied().unwrap_or_default();
                let ink = shared.inks.get(usize::from(at(4))).copied().flatten();
                shared.styles.push(CellStyle {
                    struck: shared.fonts.get(usize::from(at(4))).is_some_and(|font| font.struck),
                    fill: background.fill(),
                    indent: data.get(11).copied().unwrap_or_default(),
                    format: formats
                        .get(&at(2))
                        .cloned()
                        .unwrap_or_else(|| CellNumberFormat::parse(built_in(at(2)))),
                    ink: ink.and_then(meaningful_colour),
                    colours: TextColours { ink: Some(ink.unwrap_or(BLACK)), background },
                    is_removed: false,
                });
            }
            _ => {}
        }
    }
}

/// What a fill puts behind the words of its cells ([MS-XLSB] 2.4.652).
fn background(data: &[u8], palette: &IndexedColours) -> CellBackground {
    match u32_at(data, 0) {
        Some(0) | None => CellBackground::Paper,
        Some(1) => data
            .get(4..)
            .and_then(|data| colour(data, palette))
            .map_or(CellBackground::Other, CellBackground::Colour),
        Some(_) => CellBackground::Other,
    }
}

/// A colour ([MS-XLSB] 2.5.20); Excel works out those of themes itself.
fn colour(data: &[u8], palette: &IndexedColours) -> Option<Colour> {
    match data.get(..8)? {
        [kind, ..] if kind >> 1 == 0 => None,
        [kind, _, _, _, red, green, blue, _] if kind & 1 != 0 => {
            Some(Colour::new(*red, *green, *blue))
        }
        [kind, number, ..] if kind >> 1 == 1 => palette.colour(usize::from(*number)),
        // the first colour of a theme is that of paper
        [kind, 0, 0, 0, ..] if kind >> 1 == 3 => Some(WHITE),
        _ => None,
    }
}

fn read_sheet(
    package: &mut ZipPackage<'_>,
    name: &str,
    mut builder: SheetBuilder,
    shared: &XlsbWorkbook,
    workbook: &mut WorkbookBuilder<'_>,
) -> Result<(), Error> {
    let part = package.part(name)?.unwrap_or_default();
    let relations = Relationships::of(package, name, workbook.limits)?;
    let no_style = CellStyle::default();
    let mut row = 0;
    for (kind, data) in records(&part) {
        match kind {
            records::ROW => {
                let Some(number) = u32_at(data, 0).filter(|row| *row < ROWS) else { break };
                row = number;
                // hidden, or of a height that is set to nothing
                let flags = data.get(11).copied().unwrap_or_default();
                if flags & 0x10 != 0 || (flags & 0x20 != 0 && u16_at(data, 8) == Some(0)) {
                    builder.hidden_rows.push(row..=row);
                }
            }
            records::COLUMNS => {
                if let (Some(first), Some(last), Some(flags)) =
                    (u32_at(data, 0), u32_at(data, 4), u16_at(data, 16))
                    && (flags & 1 != 0 || u32_at(data, 8) == Some(0))
                    && first <= last
                {
                    builder.hidden_columns.push(first..=last.min(COLUMNS - 1));
                }
            }
            records::CONDITIONAL_FORMAT => builder.painted.push(CellRange::SHEET),
            records::MERGED => builder.merged.extend(area(data)),
            records::LINK => {
                let target =
                    data.get(16..).and_then(string).and_then(|(id, _)| relations.link(&id));
                builder.links.extend(area(data).zip(target.map(str::to_owned)));
            }
            _ => {
                if let (Some(column), Some(style)) =
                    (u32_at(data, 0).filter(|column| *column < COLUMNS), u32_at(data, 4))
                {
                    let style =
                        shared.styles.get((style & 0x00ff_ffff) as usize).unwrap_or(&no_style);
                    let value = data.get(8..).unwrap_or_default();
                    cell(kind, (row, column), value, style, shared, &mut builder, workbook)?;
                }
            }
        }
    }
    for name in relations.all("table") {
        let part = package.part(name)?.unwrap_or_default();
        let described = records(&part).find(|(kind, _)| *kind == records::TABLE);
        if let Some(table) = described
            .and_then(|(_, data)| Some(area(data)?.table(u32_at(data, 24)?, u32_at(data, 28)?)))
        {
            builder.paint(&table, true);
            builder.tables.push(table);
        }
    }
    if let Some(name) = relations.first("comments") {
        read_comments(&package.part(name)?.unwrap_or_default(), &mut builder, workbook)?;
    }
    builder.finish(workbook)
}

/// Takes a cell; a record that is none, or too short for its kind, says nothing.
fn cell(
    kind: u16,
    at: (u32, u32),
    value: &[u8],
    style: &CellStyle,
    shared: &XlsbWorkbook,
    builder: &mut SheetBuilder,
    workbook: &mut WorkbookBuilder<'_>,
) -> Result<(), Error> {
    let calculated = (records::FORMULA_WORDS..=records::FORMULA_ERROR).contains(&kind);
    let (runs, holds) = match kind {
        records::BLANK => {
            builder.blank(at, style.fill);
            return Ok(());
        }
        records::ERROR | records::FORMULA_ERROR => match value.first() {
            Some(code) => {
                return builder.fault(
                    at,
                    error(*code),
                    style.shown(CellType::Fault, calculated),
                    workbook,
                );
            }
            None => return Ok(()),
        },
        records::SHORT_NUMBER | records::NUMBER | records::FORMULA_NUMBER => {
            let number = if kind == records::SHORT_NUMBER {
                short_number(value, 0)
            } else {
                f64_at(value, 0)
            };
            let Some(number) = number else { return Ok(()) };
            let epoch = if shared.is_from_1904 { Epoch::From1904 } else { Epoch::From1900 };
            let (run, holds) = style.number(number, epoch);
            (vec![run], holds)
        }
        records::TRUTH | records::FORMULA_TRUTH => {
            let words = if value.first().is_some_and(|v| *v != 0) { "TRUE" } else { "FALSE" };
            (vec![style.run(words)], CellType::Truth)
        }
        records::WORDS | records::FORMULA_WORDS => (
            string(value).map(|(words, _)| style.run(words)).into_iter().collect(),
            CellType::Words,
        ),
        records::SHARED_WORDS | records::RICH_WORDS => {
            let inline = if kind == records::RICH_WORDS { rich_string(value) } else { None };
            let words = inline.as_ref().or_else(|| shared.strings.get(u32_at(value, 0)? as usize));
            let emphasis = |font| shared.fonts.get(usize::from(font)).copied().unwrap_or_default();
            let ink = |font| shared.inks.get(usize::from(font)).copied().flatten();
            let runs = words.map(|words| words.styled_runs(emphasis, ink, style));
            let shown = style.shown(CellType::Words, calculated);
            return builder.runs(at, runs.unwrap_or_default(), shown, workbook);
        }
        _ => return Ok(()),
    };
    builder.cell(at, runs, style.shown(holds, calculated), workbook)
}

fn read_comments(
    part: &[u8],
    builder: &mut SheetBuilder,
    workbook: &mut WorkbookBuilder<'_>,
) -> Result<(), Error> {
    let mut authors = Vec::new();
    let mut open = None;
    for (kind, data) in records(part) {
        match kind {
            records::AUTHOR => authors.push(string(data).map(|(name, _)| name).unwrap_or_default()),
            records::BEGIN_COMMENT => {
                let author =
                    u32_at(data, 0).and_then(|number| authors.get(number as usize)).cloned();
                open = data
                    .get(4..)
                    .and_then(area)
                    .map(|area| (area.first, author.unwrap_or_default()));
            }
            records::COMMENT_TEXT => {
                if let (Some((at, author)), Some(words)) = (open.take(), rich_string(data)) {
                    builder.note(at, signed(&author, words.words.trim()), workbook)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The first and last row, then the first and last column; none beyond the edge of a sheet.
fn area(data: &[u8]) -> Option<CellRange> {
    let (top, bottom, left, right) =
        (u32_at(data, 0)?, u32_at(data, 4)?, u32_at(data, 8)?, u32_at(data, 12)?);
    (bottom < ROWS && right < COLUMNS)
        .then_some(CellRange { first: (top, left), last: (bottom, right) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::read::workbook::zipped;
    use crate::source::{Block, Grid};

    fn record(kind: u8, data: &[u8]) -> Vec<u8> {
        [&[kind, u8::try_from(data.len()).unwrap()], data].concat()
    }

    fn wide(words: &str) -> Vec<u8> {
        let units: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&u32::try_from(units.len() / 2).unwrap().to_le_bytes(), units.as_slice()].concat()
    }

    fn grid(sheet: &[Vec<u8>]) -> Grid {
        let workbook =
            [&[0x9c, 0x01, 34][..], &[0; 8], &wide("r1"), &wide("Plan"), &[0; 2]].concat();
        let styles = [
            &record(0x2c, &[&[0xa4, 0][..], &wide("mmm yy")].concat())[..],
            &record(0x2d, &[1, 0, 0, 0, 5, 0, 0, 0, 0, 176, 80, 255]),
            &[0xe9, 0x04, 0],
            &record(0x2f, &[0; 16]),
            &record(0x2f, &[0, 0, 0xa4, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0]),
        ]
        .concat();
        let relations = |parts: &[(&str, &str)]| {
            let part = |(i, (kind, name)): (usize, &(&str, &str))| {
                format!("<Relationship Id='r{}' Type='x/{kind}' Target='{name}'/>", i + 1)
            };
            format!(
                "<Relationships>{}</Relationships>",
                parts.iter().enumerate().map(part).collect::<String>()
            )
        };
        let bytes = zipped(&[
            ("xl/workbook.bin", &workbook),
            (
                "xl/_rels/workbook.bin.rels",
                relations(&[("worksheet", "s.bin"), ("styles", "styles.bin")]).as_bytes(),
            ),
            ("xl/styles.bin", &styles),
            ("xl/s.bin", &sheet.concat()),
        ]);
        let limits = Limits::default();
        let package = ZipPackage::open(&bytes, &limits).unwrap();
        match read(package, "xl/workbook.bin", WorkbookBuilder::new(&limits)).unwrap().blocks.pop()
        {
            Some(Block::Grid(grid)) => grid,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn cells_are_read_with_their_looks() {
        let cell = |column: u8, style: u8, value: &[u8]| {
            [&[column, 0, 0, 0, style, 0, 0, 0], value].concat()
        };
        let found = grid(&[
            record(0x3c, &[2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]),
            record(0x00, &[4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0]),
            record(0x06, &cell(0, 0, &wide("Audit"))),
            record(0x05, &cell(1, 1, &40816_f64.to_le_bytes())),
            record(0x0a, &cell(2, 0, &[1])),
            record(0x03, &cell(3, 0, &[0x17])),
            record(0x05, &cell(4, 0, &[1])),
            [&[0xb0, 0x01, 16][..], &[4, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]].concat(),
        ]);
        let row = &found.rows[0];
        let words: Vec<String> =
            row.cells.iter().map(|c| format!("{}={}", c.place, c.value)).collect();
        assert_eq!(words, ["Plan!A5=Audit", "Plan!B5=Sep 2011", "Plan!C5=TRUE", "Plan!D5=#REF!"]);
        assert!(row.hidden);
        assert_eq!(found.sheet.as_ref().unwrap().hidden_columns, [2..=3]);
        assert_eq!(row.cells[0].span(), (2, 1));
        assert_eq!(
            (row.cells[1].fill(), row.cells[1].indent()),
            (Some(Colour::new(0, 176, 80)), 3)
        );
        assert!(row.cells[2].is_calculated());
    }
}
