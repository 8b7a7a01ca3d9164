//! Whether a workbook can be published: the Government Analysis Function's checklist for accessible
//! spreadsheets, gone through row for row.
//!
//! The checklist is "Making spreadsheets accessible: a brief checklist of the basics", beside the
//! guidance "Releasing statistics in spreadsheets". A row that it calls essential is one that the
//! accessibility regulations (SI 2018/952) are taken to ask for. Any workbook of the kinds `.xlsx`
//! and `.xlsm` can be gone through; nothing is believed of who wrote it. What no program can tell,
//! such as whether the words are plain, is left to a person, with what to look at.
//!
//! ```
//! use planwright::checklist::{ChecklistAnswer, check_workbook};
//! use planwright::{Limits, Plan, PublishOptions, ReportOptions, publish, report, review, write};
//!
//! let plan = publish(Plan { title: "Improvement plan 2011/12".to_owned(), ..Plan::default() }, &PublishOptions::public());
//! let report = report(&plan, &review(&plan, None), &ReportOptions::default());
//! let workbook = write::xlsx_published(&report, &write::PublishedOptions::default())?;
//! let checklist = check_workbook(&workbook, &Limits::default())?;
//! assert!(checklist.rows.iter().all(|row| row.answer != ChecklistAnswer::Fails));
//! # Ok::<(), planwright::Error>(())
//! ```

mod book;
mod footnotes;
mod formatting;
mod publishing;
mod sheet;
mod structure;
mod style;
mod tables;
mod words;

use crate::error::Error;
use crate::limits::Limits;
use crate::place::Place;
use crate::read::within_size;
use book::WorkbookPackage;

/// The checklist, gone through for a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// Its rows, in its order.
    pub rows: Vec<ChecklistRow>,
}

/// A row of the checklist, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistRow {
    /// The part of the checklist that it stands in.
    pub(crate) part: ChecklistPart,
    /// Which row of that part it is, from 1.
    pub number: usize,
    /// What it asks for, in the words of the checklist.
    pub asks: &'static str,
    /// Whether the checklist takes the accessibility regulations to ask for it.
    pub essential: bool,
    /// Whether the workbook does what it asks for.
    pub answer: ChecklistAnswer,
    /// Where it does not, or what a person has to look at; a hundred kinds of it at most.
    pub findings: Vec<Finding>,
}

impl ChecklistRow {
    /// The name of the part of the checklist that it stands in: "Tables".
    pub fn part(&self) -> &'static str {
        self.part.name()
    }
}

/// A part of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChecklistPart {
    /// How tables are made.
    Tables,
    /// How notes are made.
    Footnotes,
    /// How cells look, and what they say.
    Formatting,
    /// How sheets are made.
    Structure,
    /// What is done last.
    BeforePublishing,
}

impl ChecklistPart {
    /// Its name in the checklist.
    fn name(self) -> &'static str {
        match self {
            Self::Tables => "Tables",
            Self::Footnotes => "Footnotes",
            Self::Formatting => "Formatting",
            Self::Structure => "Structure",
            Self::BeforePublishing => "Before publishing",
        }
    }
}

/// Whether a workbook does what a row asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChecklistAnswer {
    /// It does.
    Passes,
    /// It does not.
    Fails,
    /// No program can tell: a person must look.
    ForAPerson,
}

impl ChecklistAnswer {
    /// Its stable name, as scripts see it: `pass`, `fail` or `judge`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passes => "pass",
            Self::Fails => "fail",
            Self::ForAPerson => "judge",
        }
    }
}

/// What was found for a row: all of one kind on one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where the first of them is; none for the workbook as a whole.
    pub place: Option<Place>,
    /// What it is.
    pub message: String,
    /// How many there are.
    pub count: usize,
}

/// Goes through the checklist for a workbook, within limits.
///
/// # Errors
///
/// If the bytes are not an `.xlsx` or `.xlsm` workbook, are damaged, are protected by a password,
/// or go beyond a limit.
pub fn check_workbook(bytes: &[u8], limits: &Limits) -> Result<Checklist, Error> {
    within_size(bytes, limits)?;
    let book = WorkbookPackage::read(bytes, limits)?;
    let mut rows: Vec<ChecklistRow> = Vec::with_capacity(ASKED.len());
    for (part, asks, essential, look) in ASKED {
        let number = rows.iter().filter(|row| row.part == *part).count() + 1;
        let mut found = RowFindings::default();
        look(&book, &mut found);
        rows.push(ChecklistRow {
            part: *part,
            number,
            asks,
            essential: *essential,
            answer: found.answer(),
            findings: found.findings,
        });
    }
    Ok(Checklist { rows })
}

/// How many kinds of findings are reported for a row.
const MOST: usize = 100;

/// What is found for a row.
#[derive(Default)]
struct RowFindings {
    findings: Vec<Finding>,
    fails: bool,
}

impl RowFindings {
    /// Something is not as it should be.
    fn fail(&mut self, place: Option<Place>, message: impl Into<String>) {
        if !self.fails {
            // what a person has to look at matters less than what is wrong
            self.findings.clear();
            self.fails = true;
        }
        self.add(place, message.into());
    }

    /// A person has to look at something.
    fn ask(&mut self, place: Option<Place>, message: impl Into<String>) {
        if !self.fails {
            self.add(place, message.into());
        }
    }

    fn add(&mut self, place: Option<Place>, message: String) {
        let sheet = |place: &Option<Place>| match place {
            Some(Place::Cell { sheet, .. }) => Some(sheet.clone()),
            _ => None,
        };
        let has_room = self.findings.len() < MOST;
        match self
            .findings
            .iter_mut()
            .rev()
            .find(|known| known.message == message && sheet(&known.place) == sheet(&place))
        {
            Some(known) => known.count += 1,
            None if has_room => self.findings.push(Finding { place, message, count: 1 }),
            None => {}
        }
    }

    fn answer(&self) -> ChecklistAnswer {
        match (self.fails, self.findings.is_empty()) {
            (true, _) => ChecklistAnswer::Fails,
            (false, true) => ChecklistAnswer::Passes,
            (false, false) => ChecklistAnswer::ForAPerson,
        }
    }
}

/// Every row: its part, what it asks for, whether it is essential, and what looks at it.
type RowDefinition = (ChecklistPart, &'static str, bool, fn(&WorkbookPackage, &mut RowFindings));

const ASKED: &[RowDefinition] = &[
    (ChecklistPart::Tables, "Mark up tables", true, tables::marked_up),
    (ChecklistPart::Tables, "Give tables meaningful names", false, tables::named),
    (
        ChecklistPart::Tables,
        "Remove merged cells, split cells and nested tables",
        true,
        tables::not_merged,
    ),
    (
        ChecklistPart::Tables,
        "Remove blank rows and columns within tables",
        true,
        tables::no_blank_rows,
    ),
    (ChecklistPart::Tables, "All tables should have one tagged header row", true, tables::headed),
    (ChecklistPart::Tables, "Wrap text within cells", true, tables::wrapped),
    (ChecklistPart::Tables, "Avoid adding filters and freeze panes", false, tables::no_filters),
    (
        ChecklistPart::Tables,
        "Only leave cells with no data empty in certain circumstances",
        true,
        tables::no_blank_cells,
    ),
    (ChecklistPart::Tables, "Avoid hiding rows or columns", false, tables::nothing_hidden),
    (ChecklistPart::Tables, "Columns should be a sensible width", false, tables::wide_enough),
    (
        ChecklistPart::Footnotes,
        "Do not use symbols or superscript to signpost to notes",
        true,
        footnotes::no_symbols,
    ),
    (
        ChecklistPart::Footnotes,
        "Use the word 'note' when referring to footnotes",
        false,
        footnotes::called_notes,
    ),
    (
        ChecklistPart::Footnotes,
        "Avoid putting note markers in specific cells",
        false,
        footnotes::not_in_cells,
    ),
    (
        ChecklistPart::Footnotes,
        "Put note text in a notes table on a notes worksheet",
        false,
        footnotes::on_a_sheet,
    ),
    (
        ChecklistPart::Formatting,
        "All written content needs to meet the accessibility guidelines",
        true,
        formatting::written,
    ),
    (ChecklistPart::Formatting, "Links must be accessible", true, formatting::links),
    (ChecklistPart::Formatting, "Format text to make it accessible", false, formatting::readable),
    (
        ChecklistPart::Formatting,
        "All worksheets should have descriptive titles which are properly tagged and formatted",
        true,
        formatting::titled,
    ),
    (ChecklistPart::Formatting, "Avoid using symbols in general", false, formatting::no_symbols),
    (
        ChecklistPart::Formatting,
        "Do not use headers and footers, floating text boxes or floating toolbars",
        true,
        formatting::nothing_floats,
    ),
    (
        ChecklistPart::Formatting,
        "Do not use visual devices to divide data regions",
        false,
        formatting::not_divided,
    ),
    (ChecklistPart::Formatting, "Do not use a background fill", false, formatting::not_filled),
    (
        ChecklistPart::Formatting,
        "Do not use colour as the only way to convey a message",
        true,
        formatting::not_by_colour,
    ),
    (
        ChecklistPart::Formatting,
        "When using colour for emphasis check the contrast",
        true,
        formatting::contrast,
    ),
    (ChecklistPart::Formatting, "Avoid images in spreadsheets", false, formatting::no_images),
    (ChecklistPart::Formatting, "Remove macros", false, formatting::no_macros),
    (ChecklistPart::Structure, "Give worksheets unique names or numbers", true, structure::named),
    (ChecklistPart::Structure, "Remove blank worksheets", true, structure::not_blank),
    (ChecklistPart::Structure, "Use cells in column A wisely", true, structure::column_a),
    (
        ChecklistPart::Structure,
        "Position tables against the left-hand edges of each sheet",
        true,
        structure::at_the_left,
    ),
    (
        ChecklistPart::Structure,
        "Avoid putting content below a table",
        false,
        structure::nothing_below,
    ),
    (
        ChecklistPart::Structure,
        "Avoid worksheets with multiple tables",
        false,
        structure::one_table,
    ),
    (
        ChecklistPart::BeforePublishing,
        "Run a spelling and grammar check",
        true,
        publishing::spelling,
    ),
    (ChecklistPart::BeforePublishing, "Use the accessibility checker", false, publishing::checker),
    (ChecklistPart::BeforePublishing, "Add document information", true, publishing::information),
    (
        ChecklistPart::BeforePublishing,
        "Ensure the cursor is in cell A1 of the first worksheet when doing your final save",
        true,
        publishing::cursor,
    ),
];
