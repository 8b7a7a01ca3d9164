//! The workbook that is published: made to the checklist for spreadsheets of the Government
//! Analysis Function.
//!
//! - A cover sheet, then sheets of one table each, or of text. Each has its heading in A1, marked
//!   as one, and the cursor there.
//! - A table is marked up as one, under a name of its own; no cell of it is merged or blank, and no
//!   two of its headers are alike.
//! - There is no filter, no frozen pane, no fill, no colour, no header or footer, and nothing
//!   hidden: no plan is carried.
//! - Every row has a height measured from its words, as in the workbook for reviewing. Where they
//!   need more than Excel's 409 points, the row goes on in the next, which repeats what heads it.

mod columns;
mod package;
mod sheet;
mod style;

use rust_xlsxwriter::{Url, XlsxError};

use super::{measure, properties};
use crate::date::Date;
use crate::error::{Error, ErrorKind};
use crate::publish::Audience;
use crate::report::Report;
use crate::report::sheets::{self, SheetContent};
use sheet::PublishedSheetWriter;
use style::{BODY_POINTS, PublishedFormats};

/// How a workbook to publish is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedOptions {
    /// The day that the file names as that of its making; by default 1 January 2000, so that the
    /// same report gives the same bytes.
    pub created: Option<Date>,
    /// Whom to ask, for the cover sheet: a post, a mailbox, a telephone number; by default nobody
    /// is named.
    pub contact: String,
}

/// Writes a report as a workbook to publish (Office Open XML, ECMA-376), which meets the checklist
/// that [`checklist`](crate::checklist) goes through, as far as a program can.
///
/// # Errors
///
/// When the report was not made for the public, or does not fit into a workbook: more than
/// 1,048,576 rows.
pub fn xlsx_published(report: &Report, options: &PublishedOptions) -> Result<Vec<u8>, Error> {
    if report.audience() != Audience::Public {
        return Err(Error::new(
            ErrorKind::Unwritable,
            "a workbook to publish cannot be made of a report for those who work on the plan",
        )
        .help("publish the plan for the public, and make the report for the public"));
    }
    let unwritable = |how: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Unwritable, format!("the workbook cannot be written: {how}"))
    };
    let bytes = workbook(report, options).map_err(|e| unwritable(&e))?;
    package::finish(&bytes, report.language).map_err(|e| unwritable(&e))
}

fn workbook(report: &Report, options: &PublishedOptions) -> Result<Vec<u8>, XlsxError> {
    let styles = PublishedFormats::new();
    let mut book = super::new_book()?;
    book.set_default_format(&styles.plain, measure::line_at(BODY_POINTS), 72)?;
    book.set_properties(&properties(report, options.created)?);
    let sheets = sheets::sheets(report);
    cover(
        &mut PublishedSheetWriter::begin(
            book.add_worksheet().set_name(report.words.sheets.cover)?,
            &styles,
        ),
        report,
        options,
        &sheets,
    )?;
    for sheet in &sheets {
        sheet::sheet(
            &mut PublishedSheetWriter::begin(book.add_worksheet().set_name(&sheet.name)?, &styles),
            report,
            sheet,
        )?;
    }
    book.save_to_buffer()
}

/// The cover sheet: what the workbook is, whose, of when, and a table of links to the other sheets.
fn cover(
    out: &mut PublishedSheetWriter<'_>,
    report: &Report,
    options: &PublishedOptions,
    sheets: &[SheetContent<'_>],
) -> Result<(), XlsxError> {
    let words = &report.words.sheets;
    let labelled = |label: &str, value: &str| format!("{label}: {value}");
    out.columns(&[sheet::TEXT, sheet::BESIDE])?;
    out.title(&report.title)?;
    let facts = report.facts.iter().map(|fact| labelled(&fact.label, &fact.value));
    let contact = (!options.contact.trim().is_empty())
        .then(|| labelled(words.contact, options.contact.trim()));
    let version = [report.organisation.to_string(), report.words.public_version.to_owned()];
    let lines = version.into_iter().chain(facts).chain([words.about.to_owned()]).chain(contact);
    for line in lines.filter(|line| !line.is_empty()) {
        out.paragraph(&line.as_str().into())?;
    }
    out.heading(&report.words.contents)?;
    let rows = sheets.iter().map(|sheet| {
        let link = Url::new(format!(
            "internal:{}!A1",
            rust_xlsxwriter::utility::quote_sheet_name(&sheet.name)
        ));
        (link, sheet.title, sheet.holds(report))
    });
    out.contents(&report.words.contents, [words.sheet, words.holds], rows)
}
