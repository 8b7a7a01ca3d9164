//! A sheet, drawn row after row: its heading, words in column A, and a table at last.

use std::borrow::Cow;

use rust_xlsxwriter::{
    Format, IgnoreError, Table as MarkedUp, TableColumn, TableStyle, Url, Worksheet, XlsxError,
};

use super::columns::widths;
use super::style::{BODY_POINTS, HEADING_1_POINTS, HEADING_2_POINTS, INDENT, PublishedFormats};
use crate::report::Report;
use crate::report::sheets::{FlatCell, FlatTable, SheetContent};
use crate::text::Text;
use crate::write::xlsx::measure::{PADDING, SIDES, TALLEST, line_at, room_at, room_of};
use crate::write::xlsx::row::set_heights;
use crate::write::xlsx::words::CellText;

/// How wide a column of text is, in pixels.
pub(super) const TEXT: u32 = 760;
/// How wide the column beside it is on the cover sheet, in pixels.
pub(super) const BESIDE: u32 = 480;
/// How long a line is that does not wrap, in pixels; what is longer goes on in the row below.
const LINE: u32 = 1900;
/// A4, as Excel numbers paper.
const A4: u8 = 9;
/// The most UTF-16 units that Excel takes as the name of a column of a table.
const HEADER: usize = 255;

/// How many lines fit into the highest row.
pub(super) fn lines_of_a_row() -> usize {
    usize::try_from((TALLEST - PADDING) / line_at(BODY_POINTS)).unwrap_or(1)
}

/// A sheet while it is drawn.
pub(super) struct PublishedSheetWriter<'a> {
    into: &'a mut Worksheet,
    styles: &'a PublishedFormats,
    /// The next row.
    at: u32,
}

impl<'a> PublishedSheetWriter<'a> {
    pub(super) fn begin(into: &'a mut Worksheet, styles: &'a PublishedFormats) -> Self {
        into.set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
        Self { into, styles, at: 0 }
    }

    /// Sets the widths of the columns, in pixels.
    pub(super) fn columns(&mut self, widths: &[u32]) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(widths) {
            self.into.set_column_width_pixels(column, *width)?;
        }
        Ok(())
    }

    /// The heading of the sheet.
    pub(super) fn title(&mut self, words: &str) -> Result<(), XlsxError> {
        self.line(
            CellText::plain(words),
            &self.styles.heading_1,
            HEADING_1_POINTS,
            room_at(HEADING_1_POINTS, LINE),
        )
    }

    /// A heading within the sheet.
    pub(super) fn heading(&mut self, words: &str) -> Result<(), XlsxError> {
        self.line(
            CellText::plain(words),
            &self.styles.heading_2,
            HEADING_2_POINTS,
            room_at(HEADING_2_POINTS, LINE),
        )
    }

    /// Words in column A that do not wrap, since the column may be narrow.
    fn line(
        &mut self,
        words: CellText<'_>,
        format: &Format,
        points: u32,
        room: u32,
    ) -> Result<(), XlsxError> {
        for piece in words.pieces(room, 1, 1) {
            piece.write(self.into, self.at, 0, format, &self.styles.fonts)?;
            self.into.set_row_height_pixels(self.at, line_at(points) + PADDING)?;
            self.at += 1;
        }
        Ok(())
    }

    /// Words that wrap in a column A of [`TEXT`].
    pub(super) fn paragraph(&mut self, text: &Text) -> Result<(), XlsxError> {
        let room = room_of(BODY_POINTS, TEXT - SIDES);
        for piece in CellText::linked(text).pieces(room, lines_of_a_row(), lines_of_a_row()) {
            self.into.set_row_height_pixels(self.at, height(piece.lines(room)))?;
            piece.write(self.into, self.at, 0, &self.styles.prose, &self.styles.fonts)?;
            self.at += 1;
        }
        Ok(())
    }

    /// A table of links to the sheets, and what these hold.
    pub(super) fn contents<'t>(
        &mut self,
        name: &str,
        headers: [&str; 2],
        rows: impl Iterator<Item = (Url, &'t str, String)>,
    ) -> Result<(), XlsxError> {
        let first = self.at;
        let styles = self.styles;
        self.at += 1;
        for (link, title, holds) in rows {
            self.into.write_url_with_options(self.at, 0, link, title, "", Some(&styles.link))?;
            let holds = CellText::plain(holds);
            let lines = holds.lines(room_of(BODY_POINTS, BESIDE - SIDES - INDENT));
            let title = CellText::plain(title).lines(room_of(BODY_POINTS, TEXT - SIDES - INDENT));
            self.into.set_row_height_pixels(self.at, height(lines.max(title)))?;
            holds.write(self.into, self.at, 1, &styles.cell, &styles.fonts)?;
            self.at += 1;
        }
        let headers = headers.map(|header| (header.to_owned(), &styles.header));
        self.mark_up(name, first, &headers)
    }

    /// Marks the rows from one up to here as a table with these headers.
    fn mark_up(
        &mut self,
        name: &str,
        first: u32,
        headers: &[(String, &Format)],
    ) -> Result<(), XlsxError> {
        let columns: Vec<TableColumn> = headers
            .iter()
            .map(|(header, format)| {
                TableColumn::new().set_header(header).set_header_format(*format)
            })
            .collect();
        let table = MarkedUp::new()
            .set_name(table_name(name))
            .set_columns(&columns)
            .set_style(TableStyle::None)
            .set_banded_rows(false)
            .set_autofilter(false);
        let last_column = u16::try_from(headers.len()).unwrap_or(u16::MAX).saturating_sub(1);
        let last = self.at.saturating_sub(1);
        self.into.add_table(first, 0, last, last_column, &table)?;
        // references such as 1.1 are words, not numbers typed by mistake
        self.into.ignore_error_range(
            first,
            0,
            last,
            last_column,
            IgnoreError::NumberStoredAsText,
        )?;
        self.into.set_repeat_rows(first, first)?;
        Ok(())
    }
}

/// Draws a sheet with a table, or of text alone.
pub(super) fn sheet(
    out: &mut PublishedSheetWriter<'_>,
    report: &Report,
    sheet: &SheetContent<'_>,
) -> Result<(), XlsxError> {
    match &sheet.table {
        None => {
            out.columns(&[TEXT])?;
            out.title(sheet.title)?;
            sheet.lines.iter().try_for_each(|text| out.paragraph(text))
        }
        Some(table) => {
            out.title(sheet.title)?;
            self::table(out, report, &sheet.name, table, &sheet.lines)
        }
    }
}

fn table(
    out: &mut PublishedSheetWriter<'_>,
    report: &Report,
    name: &str,
    table: &FlatTable<'_>,
    lines: &[Cow<'_, Text>],
) -> Result<(), XlsxError> {
    let styles = out.styles;
    let widths = widths(table);
    let rooms: Vec<u32> = widths
        .iter()
        .map(|width| room_of(BODY_POINTS, width.saturating_sub(SIDES + INDENT)))
        .collect();
    out.columns(&widths)?;
    let goes_on = table.rows.iter().any(|row| rows_of(row, &rooms) > 1);
    let line = room_of(BODY_POINTS, LINE);
    for words in lines
        .iter()
        .map(|text| CellText::linked(text))
        .chain(goes_on.then(|| CellText::plain(report.words.sheets.above_means)))
    {
        out.line(words, &styles.plain, BODY_POINTS, line)?;
    }
    let whole_headers =
        table.headers.iter().filter(|header| header.encode_utf16().count() > HEADER);
    for header in whole_headers {
        out.line(CellText::plain(header.as_str()), &styles.plain, BODY_POINTS, line)?;
    }
    let first = out.at;
    let headers: Vec<(String, &Format)> = table
        .headers
        .iter()
        .enumerate()
        .map(|(at, header)| (limited(header), header_format(table, at, styles)))
        .collect();
    let header_lines = headers.iter().zip(&widths).map(|((header, _), width)| {
        CellText::plain(header.as_str())
            .lines(room_at(BODY_POINTS, width.saturating_sub(SIDES + INDENT)))
    });
    out.into.set_row_height_pixels(first, height(header_lines.max().unwrap_or(1)))?;
    out.at += 1;
    for row in &table.rows {
        let rows = rows_of(row, &rooms);
        let mut heights = vec![height(1); rows];
        for (at, (cell, room)) in row.iter().zip(&rooms).enumerate() {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            for (nth, (piece, height)) in
                pieces(cell, *room, rows, at < table.heading_columns, report)
                    .into_iter()
                    .zip(&mut heights)
                    .enumerate()
            {
                let at = out.at + u32::try_from(nth).unwrap_or(u32::MAX);
                match piece {
                    PublishedCell::Words(words) => {
                        *height = (*height).max(self::height(words.lines(*room)));
                        words.write(out.into, at, column, &styles.cell, &styles.fonts)?;
                    }
                    PublishedCell::Count(n) => {
                        out.into.write_number_with_format(at, column, n, &styles.count)?;
                    }
                    PublishedCell::Percent(n) => {
                        out.into.write_number_with_format(
                            at,
                            column,
                            f64::from(n) / 100.0,
                            &styles.percent,
                        )?;
                    }
                    PublishedCell::Difference(by) => {
                        out.into.write_number_with_format(at, column, by, &styles.difference)?;
                    }
                }
            }
        }
        set_heights(out.into, out.at, &heights)?;
        out.at += u32::try_from(rows).unwrap_or(u32::MAX);
    }
    out.mark_up(name, first, &headers)
}

/// How high a row must be for so many lines, in pixels.
fn height(lines: usize) -> u32 {
    u32::try_from(lines.clamp(1, lines_of_a_row())).unwrap_or(1) * line_at(BODY_POINTS) + PADDING
}

/// How many rows of the sheet a row of the table takes.
fn rows_of(row: &[FlatCell<'_>], rooms: &[u32]) -> usize {
    let lines = row.iter().zip(rooms).map(|(cell, room)| match cell {
        FlatCell::Words(text) => CellText::linked(text).lines(*room),
        FlatCell::Count(_) | FlatCell::Percent(_) | FlatCell::Difference(_) => 1,
    });
    lines.max().unwrap_or(1).div_ceil(lines_of_a_row())
}

/// What stands in a cell of the sheet.
#[derive(Clone)]
enum PublishedCell<'a> {
    Words(CellText<'a>),
    Count(u32),
    Percent(u32),
    Difference(i32),
}

/// The cells of the sheet, one below the other, that a cell of the table takes where its row takes
/// so many.
fn pieces<'a>(
    cell: &'a FlatCell<'_>,
    room: u32,
    rows: usize,
    is_heading: bool,
    report: &Report,
) -> Vec<PublishedCell<'a>> {
    let above = || PublishedCell::Words(CellText::plain(report.words.sheets.above));
    let mut pieces: Vec<PublishedCell<'a>> = match cell {
        FlatCell::Count(n) => vec![PublishedCell::Count(*n)],
        FlatCell::Percent(n) => vec![PublishedCell::Percent(*n)],
        FlatCell::Difference(by) => vec![PublishedCell::Difference(*by)],
        FlatCell::Words(text) => CellText::linked(text)
            .pieces(room, lines_of_a_row(), lines_of_a_row())
            .into_iter()
            .map(PublishedCell::Words)
            .collect(),
    };
    let more = if is_heading && pieces.len() == 1 { pieces.first().cloned() } else { None };
    pieces.resize(rows.max(pieces.len()), more.unwrap_or_else(above));
    pieces
}

/// The format of a header: over numbers, these stand at the right.
fn header_format<'a>(table: &FlatTable<'_>, at: usize, styles: &'a PublishedFormats) -> &'a Format {
    let holds_numbers = table
        .rows
        .iter()
        .filter_map(|row| row.get(at))
        .all(|cell| !matches!(cell, FlatCell::Words(_)));
    if holds_numbers { &styles.number_header } else { &styles.header }
}

/// A header, cut where Excel takes no more; the whole of it then stands above the table.
fn limited(header: &str) -> String {
    if header.encode_utf16().count() <= HEADER {
        return header.to_owned();
    }
    crate::report::limited(header, HEADER - 1) + "…"
}

/// A name that Excel takes for a table.
fn table_name(name: &str) -> String {
    let letters = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' });
    letters.collect()
}
