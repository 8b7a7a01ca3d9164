//! The workbook: a front sheet, then a sheet for each section of the report.
//!
//! - The front sheet has the title in A1, the facts, the texts that lead the report, and links to
//!   the other sheets. Each other sheet has its heading in A1.
//! - A target date whose words are only a way to write a day or a month is a real date, shown as
//!   precisely as it is known; words that say more ("end of Oct '11", "Q2 2011/12", "ongoing") stay
//!   text. How a real date was spelt is in the plan that the workbook carries.
//! - A cell whose text has exactly one live link is that link ([`mod@links`]).
//! - Text is always text: no cell is a formula, whatever its words begin with. Emphasis, paragraphs
//!   and list items stay.
//! - The plan is an Excel table, a row for each action ([`plan`]).
//! - Every row has a height measured from its words ([`measure`]), since not every viewer computes
//!   one. The plan's columns are widened until no row needs more than Excel's 409 points;
//!   elsewhere, such words go on in the cell below ([`row`]). What is beyond the other limits of a
//!   sheet is never lost, and told ([`limits`]).
//! - Where the report has columns for the reviewer, their cells are marked and open, and everything
//!   else is locked, without a password: whoever wants to sort locked cells takes the protection
//!   off first, as Excel asks.

mod chart;
mod columns;
mod data;
mod heading;
mod limits;
mod links;
mod measure;
mod page;
mod plan;
mod published;
mod row;
mod run_attributes;
mod runs;
mod section;
mod style;
mod words;

use std::collections::{BTreeMap, HashMap};

use rust_xlsxwriter::utility::{quote_sheet_name, row_col_to_cell, row_col_to_cell_absolute};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, Url, Worksheet, XlsxError};

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::embedded::{self, Embedding};
use crate::error::{Error, ErrorKind};
use crate::report::{
    KeyEntry, PlanTable, Report, ReportSection, ReportSheet, SectionContent, StatusMark,
};
use data::DataSheetWriter;
use limits::LimitsExceeded;
use plan::MeasuredTable;
pub use published::{PublishedOptions, xlsx_published};
use style::WorkbookFormats;

/// How a workbook is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct XlsxOptions<'a> {
    /// The day that the file names as that of its making; by default 1 January 2000, so that the
    /// same report gives the same bytes.
    pub created: Option<Date>,
    /// What the workbook carries in a hidden sheet, so that it can be read back with what was
    /// filled in ([`embedded::read_workbook`](crate::embedded::read_workbook)); by default nothing.
    pub carries: Option<Embedding<'a>>,
}

/// A workbook, and what is to be reported about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrittenWorkbook {
    /// The file.
    pub bytes: Vec<u8>,
    /// What went beyond a limit of the format, and where it is instead. Nothing is lost.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes a report as a workbook for reviewing, as [`workbook`] does, and says nothing about it.
///
/// # Errors
///
/// As for [`workbook`].
pub fn xlsx(report: &Report, options: &XlsxOptions<'_>) -> Result<Vec<u8>, Error> {
    workbook(report, options).map(|workbook| workbook.bytes)
}

/// Writes a report as a workbook for reviewing (Office Open XML, ECMA-376).
///
/// # Errors
///
/// When the plan does not fit into a workbook: more than 1,048,576 rows, or a section's short name
/// that is no name of a sheet, or a section that holds the plan and something else. Also when the
/// report was made without [sheets](crate::ReportOptions::sheets).
pub fn workbook(report: &Report, options: &XlsxOptions<'_>) -> Result<WrittenWorkbook, Error> {
    if report.sheets.is_empty() {
        return Err(Error::new(
            ErrorKind::Unwritable,
            "a workbook cannot be written of a report that was made without sheets",
        )
        .help("make the report with sheets"));
    }
    let states: Vec<&StatusMark> = keys(&report.sections).map(|entry| &entry.mark).collect();
    let tables = (0..)
        .zip(&report.sections)
        .filter_map(|(i, section)| Some((i, plan_tables(std::slice::from_ref(section)).next()?)));
    let measured: BTreeMap<usize, MeasuredTable<'_>> =
        tables.map(|(i, table)| (i, plan::measured(table, report, &states))).collect();
    // the plan is packed while the sheets are written
    let embedded = options.carries.as_ref().filter(|carries| carries.suits(report.audience()));
    let pack = || embedded.map(|carries| embedded::sheet_cells(carries, report)).transpose();
    let (embedded, written) = rayon::join(pack, || write(report, options, &states, measured));
    let embedded = embedded?;
    let finished = written.and_then(|(mut book, messages)| {
        if let Some(cells) = &embedded {
            carry(book.add_worksheet().set_name(embedded::SHEET)?, report, cells)?;
        }
        Ok(WrittenWorkbook { bytes: book.save_to_buffer()?, diagnostics: messages })
    });
    finished.map_err(|e| {
        Error::new(ErrorKind::Unwritable, format!("the workbook cannot be written: {e}"))
            .caused_by(e)
    })
}

/// The name of the table that is the key to the states.
const KEY: &str = "Key";

/// Where a table stands in the workbook.
struct TableRange {
    /// What the table is called.
    name: &'static str,
    sheet: String,
    /// The row of its headers, its last row, and its last column; its first is that of the sheet.
    headers: u32,
    last: u32,
    last_column: u16,
}

impl TableRange {
    /// Its cells from so many rows below the headers on, up to a column.
    fn formula(&self, below: u32, column: u16) -> String {
        let (from, to) = (
            row_col_to_cell_absolute(self.headers + below, 0),
            row_col_to_cell_absolute(self.last, column),
        );
        format!("={}!{from}:{to}", quote_sheet_name(&self.sheet))
    }
}

/// Where something stands in the workbook.
struct CellAddress {
    sheet: String,
    row: u32,
    column: u16,
}

impl CellAddress {
    fn url(&self) -> Url {
        Url::new(format!(
            "internal:{}!{}",
            quote_sheet_name(&self.sheet),
            row_col_to_cell(self.row, self.column)
        ))
    }
}

/// An empty workbook. `rust_xlsxwriter` asks what time it is, though each date in the workbook is
/// set here, and panics before 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "only to learn whether the clock can be read; no output depends on it"
)]
fn new_book() -> Result<rust_xlsxwriter::Workbook, XlsxError> {
    match std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH) {
        Ok(_) => Ok(rust_xlsxwriter::Workbook::new()),
        Err(_) => Err(XlsxError::ParameterError(
            "the clock of this computer is set to a day before 1970; set it right".to_owned(),
        )),
    }
}

/// The sheets that people see, and what is to be reported about them; `measured` are the tables of
/// the plan by the numbers of their sections.
fn write(
    report: &Report,
    options: &XlsxOptions<'_>,
    states: &[&StatusMark],
    mut measured: BTreeMap<usize, MeasuredTable<'_>>,
) -> Result<(rust_xlsxwriter::Workbook, Vec<Diagnostic>), XlsxError> {
    let mut styles = WorkbookFormats::new();
    let mut beyond = LimitsExceeded::new(&report.words.goes_on);
    let mut book = new_book()?;
    // the row and column of Arial 10: 12.75 points, and 64 pixels for digits of 7
    book.set_default_format(&styles.body, measure::LINE, 64)?;
    book.set_properties(&properties(report, options.created)?);

    for mark in states {
        styles.learn(mark);
    }
    for sheet in &report.sheets {
        book.add_worksheet().set_name(short(report, sheet)?)?;
    }
    // the plan first: other sheets link to its objectives
    let (mut addresses, mut ranges) = (HashMap::new(), Vec::new());
    for (sheet, at) in report.sheets.iter().zip(0..) {
        if let ReportSheet::Section(i) = sheet
            && plan_of(section_of(report, *i)?)?.is_some()
            && let Some(measured) = measured.remove(i)
        {
            let into = book.worksheet_from_index(at)?;
            let (found, range) = plan::plan(
                into,
                report,
                section_of(report, *i)?,
                measured,
                states,
                &mut styles,
                &mut beyond,
            )?;
            addresses = found;
            ranges.push(range);
        }
    }
    for (sheet, at) in report.sheets.iter().zip(0..) {
        let into = book.worksheet_from_index(at)?;
        match sheet {
            ReportSheet::Front(shown) | ReportSheet::Tables(shown) => {
                let links = if matches!(sheet, ReportSheet::Front(_)) {
                    links(report)?
                } else {
                    Vec::new()
                };
                let tables = DataSheetWriter {
                    into,
                    report,
                    shown,
                    addresses: &addresses,
                    styles: &styles,
                    beyond: &mut beyond,
                };
                ranges.extend(tables.write(&links)?);
            }
            ReportSheet::Section(i) => {
                let section = section_of(report, *i)?;
                if plan_of(section)?.is_none() {
                    section::section(into, report, section, &styles)?;
                }
            }
        }
    }
    for range in &ranges {
        book.define_name(format!("{}_cells", range.name), &range.formula(0, range.last_column))?;
    }
    // the words of the states are in the first column of the key, below its header
    if let Some(key) = ranges.iter().find(|range| range.name == KEY) {
        book.define_name(plan::STATES, &key.formula(1, 0))?;
    }
    if styles.fonts.links.left_out() > 0 {
        beyond.without_link(styles.fonts.links.left_out());
    }
    if !beyond.long.is_empty() {
        let long = std::mem::take(&mut beyond.long);
        section::long_texts(
            book.add_worksheet().set_name(&report.words.long_texts[0])?,
            report,
            long,
            &styles,
        )?;
    }
    if plan_tables(&report.sections).any(|table| table.columns.iter().any(|c| c.role.is_entry())) {
        for sheet in book.worksheets_mut() {
            sheet.protect_with_options(&open_to_review());
        }
    }
    Ok((book, beyond.diagnostics))
}

/// The sheet that carries the plan: what it is in A1, for whoever makes it visible, and the plan
/// below.
fn carry(sheet: &mut Worksheet, report: &Report, cells: &[String]) -> Result<(), XlsxError> {
    sheet.write_string(0, 0, &report.words.plan_file)?;
    for (row, cell) in (1..).zip(cells) {
        sheet.write_string(row, 0, cell.as_str())?;
    }
    sheet.set_very_hidden(true).protect();
    Ok(())
}

/// What a reviewer may do besides filling in: make room, and look at some rows only.
fn open_to_review() -> ProtectionOptions {
    ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    }
}

/// What the file says of itself; by default it was made on 1 January 2000.
fn properties(report: &Report, created: Option<Date>) -> Result<DocProperties, XlsxError> {
    let created = match created {
        Some(created) => day(created)?,
        None => ExcelDateTime::from_ymd(2000, 1, 1)?,
    };
    let properties = DocProperties::new()
        .set_title(report.title.as_str())
        .set_subject(&report.description)
        .set_author(report.organisation.as_str())
        .set_company(report.organisation.as_str())
        .set_custom_property("Language", report.language)
        .set_creation_datetime(&created);
    Ok(properties)
}

/// A day as the writing library takes it.
fn day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(part(day.year()), part(day.month()), part(day.day()))
}

/// A part of a date as the writing library takes it; what is out of its range, it refuses.
fn part<T: Default>(number: impl TryInto<T>) -> T {
    number.try_into().unwrap_or_default()
}

/// The name of a sheet.
fn short<'a>(report: &'a Report, sheet: &'a ReportSheet) -> Result<&'a str, XlsxError> {
    Ok(match sheet {
        ReportSheet::Front(tables) | ReportSheet::Tables(tables) => &tables.short,
        ReportSheet::Section(i) => &section_of(report, *i)?.short,
    })
}

fn section_of(report: &Report, i: usize) -> Result<&ReportSection, XlsxError> {
    report
        .sections
        .get(i)
        .ok_or_else(|| XlsxError::ParameterError(format!("the report has no section {i}")))
}

/// Links to the sheets that follow the one that leads, by their headings.
fn links(report: &Report) -> Result<Vec<(String, CellAddress)>, XlsxError> {
    let others = report.sheets.iter().filter(|sheet| !matches!(sheet, ReportSheet::Front(_)));
    let link = |sheet: &ReportSheet| {
        let heading = match sheet {
            ReportSheet::Front(tables) | ReportSheet::Tables(tables) => &tables.heading,
            ReportSheet::Section(i) => &section_of(report, *i)?.heading,
        };
        Ok((
            heading.to_string(),
            CellAddress { sheet: short(report, sheet)?.to_owned(), row: 0, column: 0 },
        ))
    };
    others.map(link).collect()
}

/// The plan, if the section holds it.
fn plan_of(section: &ReportSection) -> Result<Option<&PlanTable>, XlsxError> {
    match section.contents.as_slice() {
        [SectionContent::Plan(table)] => Ok(Some(table)),
        parts if parts.iter().any(|c| matches!(c, SectionContent::Plan(_))) => {
            Err(XlsxError::ParameterError(format!(
                "the section “{}” holds more than the plan",
                section.heading
            )))
        }
        _ => Ok(None),
    }
}

fn plan_tables(sections: &[ReportSection]) -> impl Iterator<Item = &PlanTable> {
    sections
        .iter()
        .flat_map(|s| &s.contents)
        .filter_map(|c| if let SectionContent::Plan(table) = c { Some(table) } else { None })
}

fn keys(sections: &[ReportSection]) -> impl Iterator<Item = &KeyEntry> {
    sections
        .iter()
        .flat_map(|s| &s.contents)
        .filter_map(|c| if let SectionContent::Key(entries) = c { Some(entries) } else { None })
        .flatten()
}
