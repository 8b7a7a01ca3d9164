//! The workbook: a front sheet, then a sheet for each section of the report.
//!
//! - The front sheet has the title in A1, the facts, the texts that lead the report, and links to the other sheets. Each other
//!   sheet has its heading in A1.
//! - Text is always text: no cell is a formula, whatever its words begin with. Emphasis, paragraphs and list items stay.
//! - Every row has a height measured from its words ([`measure`]), since not every viewer computes one. Words that need more than
//!   Excel's 409 points go on in the cell below ([`row`]); no cell comes near the 32,767 characters and 253 line breaks that Excel allows.
//! - Where the report has columns for the reviewer, their cells are marked and open, and everything else is locked, without a
//!   password.

mod columns;
mod heading;
mod measure;
mod page;
mod plan;
mod published;
mod row;
mod section;
mod style;
mod words;

use std::collections::HashMap;

use rust_xlsxwriter::utility::{quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, Url, Workbook, Worksheet, XlsxError};

use crate::carried::{self, Carries};
use crate::date::Date;
use crate::error::{Error, Kind};
use crate::report::{Content, KeyEntry, Mark, PlanTable, Report, Section};
pub use published::{PublishedOptions, xlsx_published};
use style::Styles;

/// How a workbook is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XlsxOptions<'a> {
    /// The day that the file names as that of its making; by default 1 January 2000, so that the same report gives the same bytes.
    pub created: Option<Date>,
    /// What the workbook carries in a hidden sheet, so that it can be read back with what was filled in
    /// ([`carried::read_workbook`](crate::carried::read_workbook)); by default nothing.
    pub carries: Option<Carries<'a>>,
    /// Whether a sheet with the title, the facts and links to the others leads; by default it does.
    pub front: bool,
}

impl Default for XlsxOptions<'_> {
    fn default() -> Self {
        Self { created: None, carries: None, front: true }
    }
}

/// Writes a report as a workbook for reviewing (Office Open XML, ECMA-376).
///
/// # Errors
///
/// When the plan does not fit into a workbook: more than 1,048,576 rows, or a section's short name that is no name of a sheet, or a
/// section that holds the plan and something else.
pub fn xlsx(report: &Report, options: &XlsxOptions<'_>) -> Result<Vec<u8>, Error> {
    let carried = options.carries.as_ref().map(carried::sheet_cells).transpose()?;
    workbook(report, options, carried.as_deref()).map_err(|e| Error::new(Kind::Unwritable, format!("the workbook cannot be written: {e}")))
}

/// Where something stands in the workbook.
struct Address {
    sheet: String,
    row: u32,
    column: u16,
}

impl Address {
    fn url(&self) -> Url {
        Url::new(format!("internal:{}!{}", quote_sheet_name(&self.sheet), row_col_to_cell(self.row, self.column)))
    }
}

fn workbook(report: &Report, options: &XlsxOptions<'_>, carried: Option<&[String]>) -> Result<Vec<u8>, XlsxError> {
    let mut styles = Styles::new();
    let mut book = Workbook::new();
    // the row and column of Arial 10: 12.75 points, and 64 pixels for digits of 7
    book.set_default_format(&styles.body, measure::LINE, 64)?;
    book.set_properties(&properties(report, options.created)?);

    let leads = report.sections.iter().take_while(|s| s.contents.iter().all(|c| matches!(c, Content::Text(_)))).count();
    let (leading, others) = report.sections.split_at(leads);
    let states: Vec<&Mark> = keys(others).map(|entry| &entry.mark).collect();
    for mark in &states {
        styles.learn(mark);
    }
    if options.front {
        section::front(book.add_worksheet().set_name(&report.words.contents)?, report, leading, others, &styles)?;
    }
    let first = usize::from(options.front);
    for section in others {
        book.add_worksheet().set_name(&section.short)?;
    }

    // the plan first: recommendations link to its objectives
    let mut addresses = HashMap::new();
    for (section, sheet) in others.iter().zip(first..) {
        if let Some(table) = plan_of(section)? {
            let sheet = book.worksheet_from_index(sheet)?;
            addresses = plan::plan(sheet, report, section, table, &states, &mut styles)?;
        }
    }
    let mut named = None;
    for (section, sheet) in others.iter().zip(first..) {
        if plan_of(section)?.is_none() {
            let sheet = book.worksheet_from_index(sheet)?;
            let range = section::section(sheet, report, section, &addresses, &styles)?;
            named = named.or(range);
        }
    }
    if let Some(range) = named {
        book.define_name(plan::STATES, &range)?;
    }
    if plan_tables(others).any(|table| table.columns.iter().any(|c| c.role.is_entry())) {
        for sheet in book.worksheets_mut() {
            sheet.protect_with_options(&open_to_review());
        }
    }
    if let Some(cells) = carried {
        carry(book.add_worksheet().set_name(carried::SHEET)?, report, cells)?;
    }
    book.save_to_buffer()
}

/// The sheet that carries the plan: what it is in A1, for whoever makes it visible, and the plan below.
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
        Some(day) => ExcelDateTime::from_ymd(part(day.year()), part(day.month()), part(day.day()))?,
        None => ExcelDateTime::from_ymd(2000, 1, 1)?,
    };
    let properties = DocProperties::new()
        .set_title(&report.title)
        .set_subject(&report.description)
        .set_author(&report.organisation)
        .set_company(&report.organisation)
        .set_custom_property("Language", report.language)
        .set_creation_datetime(&created);
    Ok(properties)
}

/// A part of a date as the writing library takes it; what is out of its range, it refuses.
fn part<T: Default>(number: impl TryInto<T>) -> T {
    number.try_into().unwrap_or_default()
}

/// The plan, if the section holds it.
fn plan_of(section: &Section) -> Result<Option<&PlanTable>, XlsxError> {
    match section.contents.as_slice() {
        [Content::Plan(table)] => Ok(Some(table)),
        parts if parts.iter().any(|c| matches!(c, Content::Plan(_))) => {
            Err(XlsxError::ParameterError(format!("the section “{}” holds more than the plan", section.heading)))
        }
        _ => Ok(None),
    }
}

fn plan_tables(sections: &[Section]) -> impl Iterator<Item = &PlanTable> {
    sections.iter().flat_map(|s| &s.contents).filter_map(|c| if let Content::Plan(table) = c { Some(table) } else { None })
}

fn keys(sections: &[Section]) -> impl Iterator<Item = &KeyEntry> {
    sections.iter().flat_map(|s| &s.contents).filter_map(|c| if let Content::Key(entries) = c { Some(entries) } else { None }).flatten()
}
