//! Excel 97 to 2003 and Excel 95 workbooks ([MS-XLS]).
//!
//! calamine's reader of these knows neither how a number is shown, so that a month would become a
//! day and 85% become 0.85, nor hidden rows; it makes room for all cells between the outermost
//! ones, and it panics at damaged files.

mod formats;
mod records;
mod strings;

use std::collections::HashMap;

use crate::colour::Colour;
use crate::error::{Error, ErrorKind};
use crate::source::{CellType, Source};
use crate::text::SpanStyle;

use super::binary::{FormattedString, emphasis, error, f64_at, short_number, u16_at, u32_at};
use super::builder::signed;
use super::builder::{SheetBuilder, WorkbookBuilder};
use super::cell_range::CellRange;
use super::number::{CellNumberFormat, Epoch, built_in};
use super::palette::{BLACK, IndexedColours, meaningful_colour};
use super::style::{CellBackground, CellStyle, TextColours};

use records::{BiffRecord, records};
use strings::StringEncoding;

use formats::{cell_format, number_format};

/// What the whole workbook says.
struct XlsWorkbook {
    writing: StringEncoding,
    epoch: Epoch,
    fonts: Vec<SpanStyle>,
    /// The colours of the fonts.
    inks: Vec<Colour>,
    styles: Vec<CellStyle>,
    strings: Vec<FormattedString>,
    sheets: Vec<XlsSheetEntry>,
}

/// How the cells of one format look, by numbers.
struct XlsFormat {
    font: u16,
    number: u16,
    indent: u8,
    /// The pattern that fills them, and the number of its colour.
    fill: (u16, usize),
}

struct XlsSheetEntry {
    name: String,
    start: usize,
    hidden: bool,
    kind: u8,
}

/// Reads a workbook from its stream.
pub(super) fn read(stream: &[u8], mut workbook: WorkbookBuilder<'_>) -> Result<Source, Error> {
    let mut globals = globals(stream)?;
    if globals.sheets.is_empty() {
        return Err(Error::new(
            ErrorKind::Unreadable,
            "the workbook lists no sheet: its file is damaged, or it is not a spreadsheet",
        )
        .help("open it in a spreadsheet program, which may repair it, and save it as .xlsx"));
    }
    let no_style = CellStyle::default();
    let mut starts: Vec<usize> = globals.sheets.iter().map(|s| s.start).collect();
    starts.sort_unstable();
    for listed in std::mem::take(&mut globals.sheets) {
        match listed.kind {
            0 => {
                let mut builder = SheetBuilder::new(&listed.name, listed.hidden);
                // A sheet ends at the latest where the next one begins.
                let end = starts
                    .get(starts.partition_point(|start| *start <= listed.start))
                    .copied()
                    .unwrap_or(stream.len());
                let sheet = stream.get(listed.start..end.min(stream.len())).unwrap_or_default();
                if records(sheet).next().is_none_or(|first| first.kind != records::BEGIN) {
                    super::report_missing(&mut workbook, &listed.name);
                    continue;
                }
                let mut sheet_reader = XlsSheetReader {
                    globals: &globals,
                    no_style: &no_style,
                    builder: &mut builder,
                    workbook: &mut workbook,
                    formula: None,
                    object: 0,
                    texts: HashMap::new(),
                };
                sheet_reader.read(sheet)?;
                builder.finish(&mut workbook)?;
            }
            1 | 6 => {
                super::report_not_read(&mut workbook, &listed.name, "macros, which are never run");
            }
            _ => super::report_not_read(&mut workbook, &listed.name, "a chart"),
        }
    }
    Ok(workbook.source)
}

fn globals(stream: &[u8]) -> Result<XlsWorkbook, Error> {
    let mut records = records(stream).peekable();
    let is_old = records.peek().and_then(|begin| u16_at(begin.data, 0)) == Some(0x0500);
    let mut writing =
        if is_old { StringEncoding::of_code_page(1252) } else { StringEncoding::Unicode };
    let mut epoch = Epoch::From1900;
    let mut palette = IndexedColours::default();
    let mut number_formats = HashMap::new();
    let (mut fonts, mut inks, mut cell_formats, mut strings, mut sheets) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    while let Some(BiffRecord { kind, data }) = records.next() {
        match kind {
            records::FILE_PASS => return Err(super::protected()),
            records::CODE_PAGE if is_old => {
                writing = StringEncoding::of_code_page(u16_at(data, 0).unwrap_or_default());
            }
            records::DATE_MODE if u16_at(data, 0) == Some(1) => epoch = Epoch::From1904,
            records::FONT => {
                fonts.push(emphasis(
                    u16_at(data, 2).unwrap_or_default(),
                    u16_at(data, 6).unwrap_or_default(),
                ));
                inks.push(u16_at(data, 4).unwrap_or(u16::MAX));
            }
            records::PALETTE => palette = IndexedColours::of(data.get(2..).unwrap_or_default()),
            records::NUMBER_FORMAT => number_formats.extend(number_format(data, writing, is_old)),
            records::CELL_FORMAT => cell_formats.push(cell_format(data, is_old)),
            records::BOUND_SHEET => sheets.extend(listed(data, writing)),
            records::SHARED_STRINGS => {
                let continued =
                    std::iter::from_fn(|| records.next_if(|r| r.kind == records::CONTINUE))
                        .map(|r| r.data);
                strings = strings::shared(data, continued.collect());
            }
            records::END => break,
            _ => {}
        }
    }
    let inks: Vec<Colour> =
        inks.iter().map(|number| palette.colour(usize::from(*number)).unwrap_or(BLACK)).collect();
    let mut globals =
        XlsWorkbook { writing, epoch, fonts, inks, styles: Vec::new(), strings, sheets };
    let style = |format: Option<XlsFormat>| {
        let Some(XlsFormat { font, number, indent, fill }) = format else {
            return CellStyle::default();
        };
        let format = number_formats
            .get(&number)
            .cloned()
            .unwrap_or_else(|| CellNumberFormat::parse(built_in(number)));
        let background = match fill {
            (0, _) => CellBackground::Paper,
            (1, number) => {
                palette.colour(number).map_or(CellBackground::Other, CellBackground::Colour)
            }
            _ => CellBackground::Other,
        };
        let ink = globals.inks.get(font_index(font)).copied();
        CellStyle {
            struck: globals.emphasis(font).struck,
            fill: background.fill(),
            indent,
            format,
            ink: ink.and_then(meaningful_colour),
            colours: TextColours { ink: Some(ink.unwrap_or(BLACK)), background },
            is_removed: false,
        }
    };
    globals.styles = cell_formats.into_iter().map(style).collect();
    Ok(globals)
}

fn listed(data: &[u8], writing: StringEncoding) -> Option<XlsSheetEntry> {
    let (name, _) = writing.short(data.get(6..)?)?;
    Some(XlsSheetEntry {
        name: name.replace('\0', ""),
        start: u32_at(data, 0)? as usize,
        hidden: data.get(4)? & 3 != 0,
        kind: *data.get(5)?,
    })
}

impl XlsWorkbook {
    /// The emphasis of a font.
    fn emphasis(&self, font: u16) -> SpanStyle {
        self.fonts.get(font_index(font)).copied().unwrap_or_default()
    }
}

/// Where the font with this number stands among the fonts; none has the number 4 ([MS-XLS]
/// 2.5.129).
fn font_index(font: u16) -> usize {
    usize::from(if font > 4 { font - 1 } else { font })
}

/// Reads the records of a sheet.
struct XlsSheetReader<'r, 'l> {
    globals: &'r XlsWorkbook,
    no_style: &'r CellStyle,
    builder: &'r mut SheetBuilder,
    workbook: &'r mut WorkbookBuilder<'l>,
    /// A cell whose formula gave words, which come in a later record.
    formula: Option<((u32, u32), &'r CellStyle)>,
    /// The number of the object that came last, and the texts of objects: comments are such.
    object: u16,
    texts: HashMap<u16, String>,
}

impl<'r> XlsSheetReader<'r, '_> {
    /// Reads to the end of the sheet.
    fn read(&mut self, stream: &[u8]) -> Result<(), Error> {
        // Charts in the sheet begin and end as sheets do.
        let mut depth = 0_usize;
        let mut records = records(stream).peekable();
        while let Some(BiffRecord { kind, data }) = records.next() {
            match kind {
                records::BEGIN => depth += 1,
                records::END => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                _ if depth != 1 => {}
                records::OBJECT if u16_at(data, 0) == Some(0x15) => {
                    self.object = u16_at(data, 6).unwrap_or_default();
                }
                records::OBJECT_TEXT => {
                    let length = u16_at(data, 10).unwrap_or_default().into();
                    let continued =
                        std::iter::from_fn(|| records.next_if(|r| r.kind == records::CONTINUE))
                            .map(|r| r.data);
                    self.texts.insert(self.object, strings::continued(length, continued.collect()));
                }
                records::NOTE => self.note(data)?,
                _ => self.record(kind, data)?,
            }
        }
        Ok(())
    }

    /// Takes a comment; in Excel 95 its words are in the record itself.
    fn note(&mut self, data: &[u8]) -> Result<(), Error> {
        let (Some(row), Some(column), Some(number)) =
            (u16_at(data, 0), u16_at(data, 2), u16_at(data, 6))
        else {
            return Ok(());
        };
        let at = (row.into(), column.into());
        if self.globals.writing != StringEncoding::Unicode {
            let words = self
                .globals
                .writing
                .long(data.get(4..).unwrap_or_default())
                .map(|(words, _)| words);
            return self.builder.note(at, words.unwrap_or_default(), self.workbook);
        }
        let author = self
            .globals
            .writing
            .long(data.get(8..).unwrap_or_default())
            .map(|(author, _)| author)
            .unwrap_or_default();
        let words = self.texts.remove(&number).unwrap_or_default();
        self.builder.note(at, signed(&author, words.trim()), self.workbook)
    }

    /// Takes one record; one that is too short for its kind says nothing.
    fn record(&mut self, kind: u16, data: &[u8]) -> Result<(), Error> {
        match kind {
            records::ROW => {
                // hidden, or of a height that is set to nothing
                if let (Some(row), Some(flags)) = (u16_at(data, 0), u16_at(data, 12))
                    && (flags & 0x20 != 0 || (flags & 0x40 != 0 && u16_at(data, 6) == Some(0)))
                {
                    self.builder.hidden_rows.push(row.into()..=row.into());
                }
            }
            records::COLUMN_INFO => {
                if let (Some(first), Some(last), Some(flags)) =
                    (u16_at(data, 0), u16_at(data, 2), u16_at(data, 8))
                    && (flags & 1 != 0 || u16_at(data, 4) == Some(0))
                    && first <= last
                {
                    self.builder.hidden_columns.push(first.into()..=last.min(255).into());
                }
            }
            records::CONDITIONAL_FORMAT => self.builder.painted.push(CellRange::SHEET),
            records::MERGED => {
                for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let at = |from| u16_at(area, from).map(u32::from);
                    if let (Some(top), Some(bottom), Some(left), Some(right)) =
                        (at(0), at(2), at(4), at(6))
                    {
                        self.builder
                            .merged
                            .push(CellRange { first: (top, left), last: (bottom, right) });
                    }
                }
            }
            records::MANY_NUMBERS => {
                return self.many(data, 6, |sheet, at, style, data| match short_number(data, 2) {
                    Some(value) => sheet.number(at, style, value, false),
                    None => Ok(()),
                });
            }
            records::MANY_BLANKS => {
                return self.many(data, 2, |sheet, at, style, _| {
                    sheet.builder.blank(at, style.fill);
                    Ok(())
                });
            }
            records::FORMULA_STRING => {
                if let (Some((at, style)), Some((words, _))) =
                    (self.formula.take(), self.globals.writing.long(data))
                {
                    return self.words(
                        at,
                        style,
                        &FormattedString { words, marks: Vec::new() },
                        true,
                    );
                }
            }
            _ => {
                if let (Some(row), Some(column), Some(cell)) =
                    (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4))
                {
                    let style = self.style(cell);
                    return self.cell(
                        kind,
                        (row.into(), column.into()),
                        style,
                        data.get(6..).unwrap_or_default(),
                    );
                }
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        kind: u16,
        at: (u32, u32),
        style: &'r CellStyle,
        data: &[u8],
    ) -> Result<(), Error> {
        match kind {
            records::NUMBER => {
                f64_at(data, 0).map_or(Ok(()), |value| self.number(at, style, value, false))
            }
            records::SHORT_NUMBER => {
                short_number(data, 0).map_or(Ok(()), |value| self.number(at, style, value, false))
            }
            records::SHARED_LABEL => {
                let globals = self.globals;
                match u32_at(data, 0).and_then(|index| globals.strings.get(index as usize)) {
                    Some(words) => self.words(at, style, words, false),
                    None => Ok(()),
                }
            }
            records::LABEL | records::RICH_LABEL => match self.globals.writing.long(data) {
                Some((words, rest)) => {
                    let marks = if kind == records::RICH_LABEL {
                        marks(rest, self.globals.writing)
                    } else {
                        Vec::new()
                    };
                    self.words(at, style, &FormattedString { words, marks }, false)
                }
                None => Ok(()),
            },
            records::TRUTH_OR_ERROR => match data {
                [value, is_error, ..] => {
                    self.truth_or_error(at, style, *value, *is_error != 0, false)
                }
                _ => Ok(()),
            },
            records::BLANK => {
                self.builder.blank(at, style.fill);
                Ok(())
            }
            records::FORMULA => self.formula(at, style, data),
            _ => Ok(()),
        }
    }

    /// The stored result of a formula ([MS-XLS] 2.5.133).
    fn formula(&mut self, at: (u32, u32), style: &'r CellStyle, data: &[u8]) -> Result<(), Error> {
        match data {
            [0, _, _, _, _, _, 0xff, 0xff, ..] => {
                self.formula = Some((at, style));
                Ok(())
            }
            [1, _, value, _, _, _, 0xff, 0xff, ..] => {
                self.truth_or_error(at, style, *value, false, true)
            }
            [2, _, code, _, _, _, 0xff, 0xff, ..] => {
                self.truth_or_error(at, style, *code, true, true)
            }
            [_, _, _, _, _, _, 0xff, 0xff, ..] => Ok(()),
            _ => f64_at(data, 0).map_or(Ok(()), |value| self.number(at, style, value, true)),
        }
    }

    /// A record with many cells of a row side by side, each of so many bytes.
    fn many(
        &mut self,
        data: &[u8],
        size: usize,
        mut take: impl FnMut(&mut Self, (u32, u32), &'r CellStyle, &[u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return Ok(()) };
        for (column, cell) in
            (u32::from(first)..256).zip(data.get(4..).unwrap_or_default().chunks_exact(size))
        {
            let style = self.style(u16_at(cell, 0).unwrap_or_default());
            take(self, (row.into(), column), style, cell)?;
        }
        Ok(())
    }

    fn style(&self, number: u16) -> &'r CellStyle {
        self.globals.styles.get(usize::from(number)).unwrap_or(self.no_style)
    }

    fn number(
        &mut self,
        at: (u32, u32),
        style: &CellStyle,
        value: f64,
        calculated: bool,
    ) -> Result<(), Error> {
        let (run, holds) = style.number(value, self.globals.epoch);
        self.builder.cell(at, run, style.shown(holds, calculated), self.workbook)
    }

    fn words(
        &mut self,
        at: (u32, u32),
        style: &CellStyle,
        words: &FormattedString,
        calculated: bool,
    ) -> Result<(), Error> {
        let emphasis = |font| self.globals.emphasis(font);
        let ink = |font| self.globals.inks.get(font_index(font)).copied();
        let runs = words.styled_runs(emphasis, ink, style);
        self.builder.runs(at, runs, style.shown(CellType::Words, calculated), self.workbook)
    }

    fn truth_or_error(
        &mut self,
        at: (u32, u32),
        style: &'r CellStyle,
        value: u8,
        is_error: bool,
        calculated: bool,
    ) -> Result<(), Error> {
        let shown = style.shown(CellType::Truth, calculated);
        if is_error {
            return self.builder.fault(at, error(value), shown, self.workbook);
        }
        let words = if value == 0 { "FALSE" } else { "TRUE" };
        self.builder.cell(at, style.run(words), shown, self.workbook)
    }
}

/// Where the looks of a string in its cell change.
fn marks(data: &[u8], writing: StringEncoding) -> Vec<(u16, u16)> {
    if writing == StringEncoding::Unicode {
        return data
            .get(2..)
            .unwrap_or_default()
            .chunks_exact(4)
            .filter_map(|m| Some((u16_at(m, 0)?, u16_at(m, 2)?)))
            .collect();
    }
    let marks = data.get(1..).unwrap_or_default().chunks_exact(2);
    marks.filter_map(|m| Some(((*m.first()?).into(), (*m.get(1)?).into()))).collect()
}

#[cfg(test)]
mod tests;
