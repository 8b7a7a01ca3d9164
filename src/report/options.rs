//! How a report is made.

use crate::brand::Brand;
use crate::language::Language;

use super::ReturnHeading;

/// How a report is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportOptions {
    /// Whether the columns for the reviewer to fill in are there; by default they are, but never in
    /// a public version.
    pub review_columns: bool,
    /// How the documents of whoever publishes the plan look; its name stands where the plan does
    /// not say whose it is.
    pub brand: Brand,
    /// The language of the words around the plan; by default English.
    pub language: Language,
    /// Whose return it is, if it is one: a form with the owner's actions and the key, and nothing
    /// else.
    pub for_return: Option<ReturnHeading>,
    /// Whether the sheets of a workbook are made too; by default they are. A program that writes no
    /// workbook saves more than half of the time of a report: the version of the plan, which is a
    /// sum over all of it, stands in them.
    pub sheets: bool,
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self {
            review_columns: true,
            brand: Brand::default(),
            language: Language::default(),
            for_return: None,
            sheets: true,
        }
    }
}
