//! The sheets of tables: what leads the workbook, and what only a workbook has. Each table is an
//! Excel table that can be filtered.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, IgnoreError, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::chart::{self, PlacedChart};
use super::columns::{ColumnContent, widest};
use super::heading::SheetHeading;
use super::limits::LimitsExceeded;
use super::measure::{LINE, LINES, SIDES, TALLEST, TextSize, height};
use super::runs::FormatRuns;
use super::style::{BODY_POINTS, HEADING_POINTS, TITLE_POINTS, WorkbookFormats};
use super::words::{CellText, escaped};
use super::{CellAddress, TableRange, day, page};
use crate::date::PartialDate;
use crate::report::{ColumnType, DataColumn, DataSheet, DataTable, Report, ReportCell};

/// How wide the words of a fact may be on a sheet without tables, in pixels.
const FACT: u32 = 600;
/// What the button of a filter takes from a header, in pixels.
const BUTTON: u32 = 12;
/// How far charts are from the tables and from each other, in pixels.
const GAP: u32 = 16;

/// A sheet of tables while it is written.
pub(super) struct DataSheetWriter<'a> {
    pub(super) into: &'a mut Worksheet,
    pub(super) report: &'a Report,
    pub(super) shown: &'a DataSheet,
    /// Where each objective stands in the workbook, by its anchor.
    pub(super) addresses: &'a HashMap<String, CellAddress>,
    pub(super) styles: &'a WorkbookFormats,
    pub(super) beyond: &'a mut LimitsExceeded,
}

impl<'a> DataSheetWriter<'a> {
    /// Writes the sheet, with links to the others if it leads, and says where its tables stand.
    pub(super) fn write(
        mut self,
        links: &[(String, CellAddress)],
    ) -> Result<Vec<TableRange>, XlsxError> {
        let leads = !links.is_empty();
        let widths = self.widths();
        for (column, width) in (0..).zip(&widths) {
            self.into.set_column_width_pixels(column, *width)?;
        }
        let mut at =
            self.heading(0, &widths, &self.shown.heading, &self.styles.title, TITLE_POINTS)?;
        if leads {
            if !self.report.organisation.is_empty() {
                at = self.heading(
                    at,
                    &widths,
                    &self.report.organisation,
                    &self.styles.heading_line,
                    HEADING_POINTS,
                )?;
            }
            at = self.facts(at + 1, &widths)?;
            at = self.links(at + 1, links)?;
        }
        if self.shown.tables.iter().any(DataTable::has_calculated) {
            at = self.heading(
                at + u32::from(leads),
                &widths,
                &self.report.calculated,
                &self.styles.quiet,
                BODY_POINTS,
            )?;
        }
        let mut ranges: Vec<TableRange> = Vec::new();
        for table in &self.shown.tables {
            at = self.heading(
                at + u32::from(leads),
                &widths,
                &table.caption,
                &self.styles.quiet,
                BODY_POINTS,
            )?;
            if table.rows.is_empty() {
                continue;
            }
            let headers = at;
            at = self.table(headers, table, &widths)?;
            ranges.push(TableRange {
                name: table.name,
                sheet: self.shown.short.clone(),
                headers,
                last: at - 1,
                last_column: last(table),
            });
        }
        self.charts(&ranges, u16::try_from(widths.len()).unwrap_or(u16::MAX))?;
        page::set_up(self.into, self.report);
        if let (false, [only]) = (leads, ranges.as_slice()) {
            self.into.set_freeze_panes(only.headers + 1, 1)?;
            self.into.set_repeat_rows(only.headers, only.headers)?;
        }
        Ok(ranges)
    }

    /// Words across the sheet; says which row comes next.
    fn heading(
        &mut self,
        at: u32,
        widths: &[u32],
        words: &str,
        format: &Format,
        points: u32,
    ) -> Result<u32, XlsxError> {
        // words that need more than the columns go on over empty ones beside them
        let last = u16::try_from(widths.len()).unwrap_or(1).saturating_sub(1);
        let width = widths.iter().sum();
        let heading =
            SheetHeading { columns: (0, last), width, format, fonts: &self.styles.fonts, points };
        Ok(heading.write(self.into, at, words)?.0)
    }

    /// The facts, each beside its label: over the columns of the tables, as charts stand beside
    /// these.
    fn facts(&mut self, mut at: u32, widths: &[u32]) -> Result<u32, XlsxError> {
        let value = SheetHeading {
            columns: (1, u16::try_from(widths.len()).unwrap_or(1).saturating_sub(1)),
            width: if self.shown.tables.is_empty() { FACT } else { widths.iter().skip(1).sum() },
            format: &self.styles.fact,
            fonts: &self.styles.fonts,
            points: BODY_POINTS,
        };
        for fact in &self.shown.facts {
            self.into.write_string_with_format(at, 0, &fact.label, &self.styles.label)?;
            (at, _) = value.write(self.into, at, &fact.value)?;
        }
        Ok(at)
    }

    fn links(&mut self, at: u32, links: &[(String, CellAddress)]) -> Result<u32, XlsxError> {
        self.into.write_string_with_format(
            at,
            0,
            &self.report.words.contents,
            &self.styles.label,
        )?;
        self.into.set_row_height_pixels(at, height(1))?;
        for ((heading, address), at) in links.iter().zip(at + 1..) {
            self.into.write_url_with_options(
                at,
                0,
                address.url(),
                heading.as_str(),
                "",
                Some(&self.styles.plain_link),
            )?;
            self.into.set_row_height_pixels(at, height(1))?;
        }
        Ok(at + 1 + u32::try_from(links.len()).unwrap_or(0))
    }

    /// Writes a table; says which row comes next.
    fn table(&mut self, first: u32, table: &DataTable, widths: &[u32]) -> Result<u32, XlsxError> {
        let end = first + u32::try_from(table.rows.len()).unwrap_or(u32::MAX - first);
        let names: Vec<TableColumn> = table
            .columns
            .iter()
            .map(|c| TableColumn::new().set_header(escaped(&c.header)))
            .collect();
        let made = Table::new()
            .set_name(table.name)
            .set_style(TableStyle::None)
            .set_banded_rows(false)
            .set_columns(&names);
        self.into.add_table(first, 0, end, last(table), &made)?;
        let mut highest = 1;
        for ((column, at), width) in table.columns.iter().zip(0..).zip(widths) {
            let words = CellText::plain(column.header.as_str());
            highest = highest.max(words.strong_lines(width.saturating_sub(SIDES)));
            let format = if column.holds == ColumnType::Number {
                &self.styles.number_header
            } else {
                &self.styles.header
            };
            words.write(self.into, first, at, format, &self.styles.fonts)?;
        }
        self.into.set_row_height_pixels(first, (height(highest) + LINE).min(TALLEST))?;
        let mut formats = FormatRuns::up_to(last(table));
        for (row, at) in table.rows.iter().zip(first + 1..) {
            let mut highest = 1;
            for (((cell, column), x), width) in row.iter().zip(&table.columns).zip(0..).zip(widths)
            {
                if let Some(link) = cell.only_link() {
                    let address = self.addresses.get(&link.anchor);
                    let counts = &self.styles.fonts.links;
                    if let Some(address) = address.filter(|_| counts.add(self.into)) {
                        formats.cell(self.into, (at, x), None)?;
                        let shown = words(cell, column.holds);
                        self.into.write_url_with_options(
                            at,
                            x,
                            address.url(),
                            shown.as_str(),
                            "",
                            Some(&self.styles.link),
                        )?;
                        continue;
                    }
                }
                highest = highest.max(self.cell((at, x), cell, column, *width, &mut formats)?);
            }
            if highest > LINES {
                self.beyond.too_high(&format!(
                    "row {} of the sheet “{}”",
                    at + 1,
                    self.shown.short
                ));
            }
            self.into.set_row_height_pixels(at, height(highest))?;
        }
        formats.end(self.into, end + 1)?;
        self.into.ignore_error_range(
            first,
            0,
            end,
            last(table),
            IgnoreError::NumberStoredAsText,
        )?;
        Ok(end + 1)
    }

    /// Writes a cell, and says how many lines it takes.
    fn cell(
        &mut self,
        (row, column): (u32, u16),
        cell: &ReportCell,
        of: &DataColumn,
        width: u32,
        formats: &mut FormatRuns<'a>,
    ) -> Result<usize, XlsxError> {
        let styles = self.styles;
        let format = match (cell, of.holds) {
            (ReportCell::Number(_), _) => &styles.number,
            (ReportCell::Difference(_), _) => &styles.difference,
            (ReportCell::Share(..), _) => &styles.share,
            (ReportCell::Date { date: Some(PartialDate::Day(_)), .. }, _) => &styles.day,
            (ReportCell::Date { date: Some(_), .. }, _) => &styles.month,
            (ReportCell::Status { mark: Some(mark), .. }, _) => styles.mark(mark),
            (_, ColumnType::Reference) => &styles.row_header,
            _ => &styles.cell,
        };
        formats.cell(self.into, (row, column), format)?;
        let number = match cell {
            ReportCell::Number(n) => Some(number(*n)),
            ReportCell::Difference(by) => Some(f64::from(*by)),
            ReportCell::Share(part, all) => Some(number(*part) / number((*all).max(1))),
            _ => None,
        };
        if let Some(number) = number {
            self.into.write_number(row, column, number)?;
            return Ok(1);
        }
        if let ReportCell::Date { date: Some(date), .. } = cell {
            self.into.write_datetime(row, column, day(date.last())?)?;
            return Ok(1);
        }
        let holds = of.holds;
        let of = || {
            (format!("row {} of the sheet “{}”", row + 1, self.shown.short), of.header.to_string())
        };
        let words = self.beyond.fitted(words(cell, holds), of);
        if words.as_str().is_empty() {
            return Ok(1);
        }
        let lines = words.lines(width.saturating_sub(SIDES));
        words.write(self.into, row, column, None, &styles.fonts)?;
        Ok(lines)
    }

    /// Puts the charts beside the tables, one below the other.
    fn charts(&mut self, ranges: &[TableRange], column: u16) -> Result<(), XlsxError> {
        let mut down = 0;
        for range in ranges {
            let table = self.shown.tables.iter().find(|table| table.name == range.name);
            let Some((table, shown)) = table.and_then(|table| Some((table, table.chart.as_ref()?)))
            else {
                continue;
            };
            let PlacedChart { chart, height } = chart::chart(shown, table, range);
            self.into.insert_chart_with_offset(1, column, &chart, GAP, down + GAP)?;
            down += height + GAP;
        }
        Ok(())
    }

    /// The widths of the columns: for each, the widest that a table asks for, in pixels.
    fn widths(&self) -> Vec<u32> {
        let mut widths: Vec<u32> = vec![0; 2];
        if !self.shown.facts.is_empty() {
            widths[0] = self
                .shown
                .facts
                .iter()
                .map(|f| TextSize::STRONG.extent(&f.label).line + SIDES)
                .max()
                .unwrap_or(0);
        }
        for table in &self.shown.tables {
            widths.resize(widths.len().max(table.columns.len()), 0);
            for ((x, column), width) in table.columns.iter().enumerate().zip(&mut widths) {
                let mut hold = ColumnContent::default();
                for cell in table.rows.iter().filter_map(|row| row.get(x)) {
                    hold.add(
                        if column.holds == ColumnType::Status {
                            TextSize::STRONG
                        } else {
                            TextSize::BODY
                        },
                        &words(cell, column.holds),
                    );
                }
                let header = TextSize::STRONG.extent(&column.header);
                let (least, most) = match column.holds {
                    ColumnType::Reference => (34, 90),
                    ColumnType::Words => (90, 190),
                    ColumnType::Prose => (200, 330),
                    ColumnType::Entry => (160, 190),
                    ColumnType::Number => (56, 160),
                    ColumnType::Date => (56, 120),
                    ColumnType::Status => (80, 200),
                };
                *width = (*width).max(hold.width(least.max((header.word + BUTTON).min(160)), most));
            }
        }
        widths
    }
}

fn last(table: &DataTable) -> u16 {
    u16::try_from(table.columns.len()).unwrap_or(u16::MAX).saturating_sub(1)
}

/// A number as a cell holds it; counts of actions are far from where this would not be exact.
fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// What a cell shows, as words.
fn words(cell: &ReportCell, holds: ColumnType) -> CellText<'_> {
    match cell {
        ReportCell::Link(link) if holds == ColumnType::Reference => {
            CellText::plain(link.text.as_str())
        }
        ReportCell::Text(text) => CellText::of(text),
        ReportCell::Date { date: Some(date), .. } => CellText::plain(widest(*date)),
        ReportCell::Status { .. } => {
            CellText::plain(cell.status().map_or_else(String::new, |mark| mark.label.to_string()))
        }
        ReportCell::Share(..) => CellText::plain("100%"),
        ReportCell::Link(link) => CellText::plain(link.description.as_str()),
        other => CellText::plain(other.short()),
    }
}
