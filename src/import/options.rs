//! How a document is imported, and what comes of it.

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::plan::{Field, Plan, Scheme};
use crate::table::Understanding;
use crate::vocabulary::words::ExtraWords;

/// How a source is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOptions {
    /// Whether pieces of tables and rows that a page break cut are put together; by default they
    /// are.
    pub stitch: bool,
    /// Headers to which the caller gives a meaning, whatever they are called; by default none.
    pub columns: Vec<(String, Field)>,
    /// Headers, or letters, of columns that are not read; their words are quoted in a diagnostic.
    /// By default none.
    pub exclude: Vec<String>,
    /// Words that these plans use beside the built-in vocabulary; by default none.
    pub words: ExtraWords,
    /// The day on which the plan is looked at; by default the day of its own last review.
    pub as_of: Option<Date>,
    /// The day to look at a plan that names no day of review, if `as_of` is not given; by default
    /// none, and then nothing is overdue.
    pub today: Option<Date>,
    /// The sheets of a workbook that may hold the plan, by their names; by default all.
    pub sheets: Vec<String>,
    /// Whether hidden sheets, rows and columns are read too; by default they are reported and left
    /// out.
    pub include_hidden: bool,
    /// What the states of an action mean, if the caller says so; by default what the source's own
    /// key says, else BRAG.
    pub scheme: Option<Scheme>,
    /// The month in which a financial year begins, from 1; by default 4, April.
    pub year_starts: i8,
    /// Whether dates are read the other way round where a column shows signs that their days and
    /// months are swapped; by default not.
    pub swap_day_month: bool,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            stitch: true,
            columns: Vec::new(),
            exclude: Vec::new(),
            words: ExtraWords::default(),
            as_of: None,
            today: None,
            sheets: Vec::new(),
            include_hidden: false,
            scheme: None,
            year_starts: 4,
            swap_day_month: false,
        }
    }
}

/// A plan, and the diagnostics of how it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The plan.
    pub plan: Plan,
    /// Guesses, doubts and faults, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// The tables that were found, and what was made of them.
    pub understanding: Understanding,
}
