//! The sheets of texts: the sections that are nothing else, and what is too long for a cell
//! elsewhere.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::heading::SheetHeading;
use super::limits::ContinuedText;
use super::page;
use super::row::{RowCell, row, set_heights};
use super::style::{TITLE_POINTS, WorkbookFormats};
use super::words::CellText;
use crate::report::{Report, ReportSection, SectionContent};
use crate::text::Text;

/// Widths for texts that go on, in pixels: of what, in which column, the text.
const LONG_TEXTS: [u32; 3] = [120, 150, 720];
/// Width for text alone, in pixels.
const TEXT: u32 = 860;

/// A sheet while it is written, row after row.
struct SectionSheetWriter<'a> {
    into: &'a mut Worksheet,
    styles: &'a WorkbookFormats,
    /// Widths of its columns, in pixels.
    widths: Vec<u32>,
    /// The next row.
    at: u32,
}

impl<'a> SectionSheetWriter<'a> {
    fn begin(&mut self, title: &str) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(&self.widths) {
            self.into.set_column_width_pixels(column, *width)?;
        }
        self.heading(title, &self.styles.title, TITLE_POINTS)
    }

    fn heading(&mut self, words: &str, format: &Format, points: u32) -> Result<(), XlsxError> {
        let last = u16::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1);
        let heading = SheetHeading {
            columns: (0, last),
            width: self.widths.iter().sum(),
            format,
            fonts: &self.styles.fonts,
            points,
        };
        (self.at, _) = heading.write(self.into, self.at, words)?;
        Ok(())
    }

    fn gap(&mut self) -> Result<(), XlsxError> {
        self.into.set_row_height_pixels(self.at, 10)?;
        self.at += 1;
        Ok(())
    }

    fn rows(&mut self, first: u32, heights: &[u32]) -> Result<(), XlsxError> {
        set_heights(self.into, first, heights)?;
        self.at = first + u32::try_from(heights.len()).unwrap_or(u32::MAX - first);
        Ok(())
    }

    fn put(&mut self, cells: Vec<(u16, CellText<'_>, &'a Format)>) -> Result<(), XlsxError> {
        let (first, mut heights) = (self.at, Vec::new());
        let width = |column: u16| self.widths.get(usize::from(column)).copied().unwrap_or(TEXT);
        let cells = cells.into_iter().map(|(column, words, format)| RowCell {
            column,
            words,
            format,
            width: width(column),
        });
        row(self.into, first, cells.collect(), &self.styles.fonts, &mut heights)?;
        self.rows(first, &heights)
    }

    /// Paragraphs and list items, one a row, in a column.
    fn text(&mut self, text: &Text, column: u16) -> Result<(), XlsxError> {
        let styles = self.styles;
        for block in &text.blocks {
            let alone = block.clone().into();
            self.put(vec![(column, CellText::of(&alone), &styles.prose)])?;
        }
        Ok(())
    }
}

/// The sheet of a section of texts.
pub(super) fn section(
    sheet: &mut Worksheet,
    report: &Report,
    section: &ReportSection,
    styles: &WorkbookFormats,
) -> Result<(), XlsxError> {
    let mut out = SectionSheetWriter { into: sheet, styles, widths: vec![TEXT], at: 0 };
    out.begin(&section.heading)?;
    for content in &section.contents {
        let SectionContent::Text(text) = content else {
            return Err(XlsxError::ParameterError(format!(
                "the section “{}” holds more than texts, and is no sheet",
                section.heading
            )));
        };
        out.gap()?;
        out.text(text, 0)?;
    }
    page::set_up(out.into, report);
    Ok(())
}

/// The sheet where texts go on that are longer than a cell can be.
pub(super) fn long_texts(
    sheet: &mut Worksheet,
    report: &Report,
    long: Vec<ContinuedText>,
    styles: &WorkbookFormats,
) -> Result<(), XlsxError> {
    let mut out = SectionSheetWriter { into: sheet, styles, widths: LONG_TEXTS.to_vec(), at: 0 };
    let [title, headers @ ..] = &report.words.long_texts;
    out.begin(title)?;
    out.put(
        (0..)
            .zip(headers)
            .map(|(column, words)| (column, CellText::plain(words.as_str()), &styles.header))
            .collect(),
    )?;
    for ContinuedText { of, column, rest } in long {
        out.put(vec![
            (0, CellText::plain(of), &styles.row_header),
            (1, CellText::plain(column), &styles.cell),
            (2, rest, &styles.cell),
        ])?;
    }
    page::set_up(out.into, report);
    Ok(())
}
