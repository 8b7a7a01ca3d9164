//! The sheets around the plan: the front sheet, and one for each section.

use std::collections::HashMap;

use rust_xlsxwriter::utility::{quote_sheet_name, row_col_to_cell_absolute};
use rust_xlsxwriter::{Format, IgnoreError, Worksheet, XlsxError};

use super::heading::Heading;
use super::measure::{SIDES, Type, height};
use super::row::{Cell, over, row, set_heights};
use super::style::{BAND_POINTS, BODY_POINTS, HEADING_POINTS, Styles, TITLE_POINTS};
use super::words::Words;
use super::{Address, page};
use crate::report::{Content, KeyEntry, Link, RecommendationGroup, Report, Section, SmallTable};
use crate::text::Text;

/// Widths of the front sheet's columns, in pixels: labels, and what they say.
const FRONT: [u32; 2] = [150, 760];
/// Widths for recommendations, in pixels: reference, wording, what answers it.
const RECOMMENDATIONS: [u32; 3] = [60, 720, 130];
/// Widths for the key, in pixels: the state, and what it means.
const KEY: [u32; 2] = [140, 720];
/// How many links a sheet may hold; Excel allows 65,530.
const LINKS: usize = 65_000;
/// Width for text alone, in pixels.
const TEXT: u32 = 860;

/// A sheet while it is written, row after row.
struct Sheet<'a> {
    into: &'a mut Worksheet,
    styles: &'a Styles,
    /// Widths of its columns, in pixels.
    widths: Vec<u32>,
    /// The next row.
    at: u32,
}

impl<'a> Sheet<'a> {
    fn begin(&mut self, title: &str) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(&self.widths) {
            self.into.set_column_width_pixels(column, *width)?;
        }
        self.heading(title, &self.styles.title, TITLE_POINTS, false)
    }

    fn heading(&mut self, words: &str, format: &Format, points: u32, band: bool) -> Result<(), XlsxError> {
        let last = u16::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1);
        let heading = Heading { columns: (0, last), width: self.widths.iter().sum(), format, fonts: &self.styles.fonts, points, band };
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

    fn put(&mut self, cells: Vec<(u16, Words, &'a Format)>) -> Result<(), XlsxError> {
        let (first, mut heights) = (self.at, Vec::new());
        let width = |column: u16| self.widths.get(usize::from(column)).copied().unwrap_or(TEXT);
        let cells = cells.into_iter().map(|(column, words, format)| Cell { column, words, format, width: width(column) });
        row(self.into, first, cells.collect(), &self.styles.fonts, &mut heights)?;
        self.rows(first, &heights)
    }

    /// Paragraphs and list items, one a row, in a column.
    fn text(&mut self, text: &Text, column: u16) -> Result<(), XlsxError> {
        let styles = self.styles;
        for block in &text.blocks {
            let words = Words::of(&block.clone().into());
            self.put(vec![(column, words, &styles.prose)])?;
        }
        Ok(())
    }
}

/// The front sheet: title, organisation and facts, the texts that lead the report, and links to the other sheets.
pub(super) fn front(
    sheet: &mut Worksheet,
    report: &Report,
    leading: &[Section],
    others: &[Section],
    styles: &Styles,
) -> Result<(), XlsxError> {
    let mut out = Sheet { into: sheet, styles, widths: FRONT.to_vec(), at: 0 };
    out.begin(&report.title)?;
    if !report.organisation.is_empty() {
        out.heading(&report.organisation, &styles.heading_line, HEADING_POINTS, false)?;
    }
    if !report.facts.is_empty() {
        out.gap()?;
    }
    for fact in &report.facts {
        out.put(vec![(0, Words::plain(fact.label.as_str()), &styles.label), (1, Words::plain(fact.value.as_str()), &styles.prose)])?;
    }
    for section in leading {
        out.gap()?;
        let first = out.at;
        for content in &section.contents {
            if let Content::Text(text) = content {
                out.text(text, 1)?;
            }
        }
        out.into.write_string_with_format(first, 0, &section.heading, &styles.label)?;
    }
    if !others.is_empty() {
        out.gap()?;
        out.into.write_string_with_format(out.at, 0, &report.words.contents, &styles.label)?;
        for section in others {
            let address = Address { sheet: section.short.clone(), row: 0, column: 0 };
            out.into.write_url_with_options(out.at, 1, address.url(), section.heading.as_str(), "", Some(&styles.plain_link))?;
            out.into.set_row_height_pixels(out.at, height(1))?;
            out.at += 1;
        }
    }
    page::set_up(out.into, report);
    Ok(())
}

/// The sheet of a section other than the plan. Says where the names of the states stand, if it holds the key.
pub(super) fn section(
    sheet: &mut Worksheet,
    report: &Report,
    section: &Section,
    addresses: &HashMap<String, Address>,
    styles: &Styles,
) -> Result<Option<String>, XlsxError> {
    let mut out = Sheet { into: sheet, styles, widths: widths(section), at: 0 };
    let widest = out.widths.iter().zip(0..).max_by_key(|(width, at)| (**width, std::cmp::Reverse(*at))).map_or(0, |(_, at)| at);
    out.begin(&section.heading)?;
    let mut states = None;
    for content in &section.contents {
        out.gap()?;
        match content {
            Content::Text(text) => out.text(text, widest)?,
            Content::Table(table) => small_table(&mut out, table)?,
            Content::Recommendations(groups) => recommendations(&mut out, groups, addresses)?,
            Content::Key(entries) => {
                let first = out.at;
                key(&mut out, entries)?;
                if !entries.is_empty() {
                    let (from, to) = (row_col_to_cell_absolute(first, 0), row_col_to_cell_absolute(out.at - 1, 0));
                    states = Some(format!("={}!{from}:{to}", quote_sheet_name(&section.short)));
                }
            }
            Content::Plan(_) => {}
        }
    }
    page::set_up(out.into, report);
    Ok(states)
}

/// The widths of a sheet's columns: for each, the widest that a part of the section asks for.
fn widths(section: &Section) -> Vec<u32> {
    let mut widths: Vec<u32> = Vec::new();
    for content in &section.contents {
        let asked = match content {
            Content::Text(_) | Content::Plan(_) => vec![TEXT.saturating_sub(widths.iter().sum())],
            Content::Table(table) => table_widths(table),
            Content::Recommendations(_) => RECOMMENDATIONS.to_vec(),
            Content::Key(_) => KEY.to_vec(),
        };
        widths.resize(widths.len().max(asked.len()), 0);
        for (width, asked) in widths.iter_mut().zip(asked) {
            *width = (*width).max(asked);
        }
    }
    widths
}

fn table_widths(table: &SmallTable) -> Vec<u32> {
    let columns = table.rows.iter().map(Vec::len).chain([table.header.len()]).max().unwrap_or(1);
    let cells = |i: usize| table.rows.iter().chain([&table.header]).filter_map(move |row| row.get(i));
    (0..columns).map(|i| cells(i).map(|c| Type::STRONG.extent(c).line).max().unwrap_or(0).clamp(70, 420) + SIDES).collect()
}

fn small_table(out: &mut Sheet<'_>, table: &SmallTable) -> Result<(), XlsxError> {
    let styles = out.styles;
    if !table.caption.is_empty() {
        out.heading(&table.caption, &styles.quiet, BODY_POINTS, false)?;
    }
    let first = out.at;
    let header = |column: u16| if column == 0 { &styles.header } else { &styles.number_header };
    out.put((0..).zip(&table.header).map(|(column, words)| (column, Words::plain(words.as_str()), header(column))).collect())?;
    for cells in &table.rows {
        let format = |column: u16| if column == 0 { &styles.row_header } else { &styles.number };
        out.put((0..).zip(cells).map(|(column, words)| (column, Words::plain(words.as_str()), format(column))).collect())?;
    }
    let last = u16::try_from(table.header.len()).unwrap_or(1).saturating_sub(1);
    out.into.ignore_error_range(first, 0, out.at.saturating_sub(1), last, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

fn key(out: &mut Sheet<'_>, entries: &[KeyEntry]) -> Result<(), XlsxError> {
    let styles = out.styles;
    for entry in entries {
        let state = Words::plain(entry.mark.label.as_str());
        out.put(vec![(0, state, styles.mark(&entry.mark)), (1, Words::plain(entry.definition.as_str()), &styles.cell)])?;
    }
    Ok(())
}

fn recommendations(out: &mut Sheet<'_>, groups: &[RecommendationGroup], addresses: &HashMap<String, Address>) -> Result<(), XlsxError> {
    let styles = out.styles;
    let mut left = LINKS;
    for group in groups {
        let heading: Vec<&str> = [group.area.as_str(), group.deadline.as_str()].into_iter().filter(|w| !w.is_empty()).collect();
        if !heading.is_empty() {
            out.heading(&heading.join(" · "), &styles.band, BAND_POINTS, true)?;
        }
        for item in &group.items {
            let first = out.at;
            let mut heights = vec![height(1); item.answered_by.len().max(1)];
            let text = Cell { column: 1, words: Words::of(&item.text), format: &styles.cell, width: RECOMMENDATIONS[1] };
            over(out.into, first, text, &styles.fonts, &mut heights)?;
            let reference =
                Cell { column: 0, words: Words::plain(item.reference.as_str()), format: &styles.row_header, width: RECOMMENDATIONS[0] };
            over(out.into, first, reference, &styles.fonts, &mut heights)?;
            let mut links = item.answered_by.iter();
            for at in (first..).take(heights.len()) {
                match links.next() {
                    Some(link) => {
                        let address = addresses.get(&link.anchor).filter(|_| left > 0);
                        left = left.saturating_sub(1);
                        answer(out.into, at, link, address, styles)?;
                    }
                    None => {
                        out.into.write_blank(at, 2, &styles.cell)?;
                    }
                }
            }
            out.rows(first, &heights)?;
        }
    }
    Ok(())
}

/// A link to an objective; words alone where it has no place to lead to.
fn answer(sheet: &mut Worksheet, at: u32, link: &Link, address: Option<&Address>, styles: &Styles) -> Result<(), XlsxError> {
    match address {
        Some(address) => sheet.write_url_with_options(at, 2, address.url(), link.description.as_str(), "", Some(&styles.link))?,
        None => sheet.write_string_with_format(at, 2, &link.description, &styles.cell)?,
    };
    Ok(())
}
