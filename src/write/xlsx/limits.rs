//! What goes beyond the limits of a sheet, and where it is instead.
//!
//! - A cell holds 32,767 characters and 253 line breaks: a longer text of the plan's table, or a
//!   header of more than 255 characters, goes on in a sheet of its own, and its cell says so at its
//!   end.
//! - A row is 409 points high at most: columns are widened first ([`columns`](super::columns));
//!   what is higher even then is whole in its cell, but not all of it is seen.
//! - A sheet holds 65,530 links: what would link beyond that are words.

use super::run_attributes::RunAttributes;
use super::words::CellText;
use crate::diagnostic::{Code, Diagnostic};
use crate::report::cut;

/// A text that goes on elsewhere.
pub(super) struct ContinuedText {
    /// "Action 1.1".
    pub(super) of: String,
    /// The header of its column.
    pub(super) column: String,
    /// What its cell does not hold.
    pub(super) rest: CellText<'static>,
}

/// What has gone beyond a limit so far.
pub(super) struct LimitsExceeded {
    /// What a cell says at its end whose text goes on.
    goes_on: String,
    pub(super) long: Vec<ContinuedText>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl LimitsExceeded {
    pub(super) fn new(goes_on: &str) -> Self {
        Self { goes_on: goes_on.to_owned(), long: Vec::new(), diagnostics: Vec::new() }
    }

    /// The words as far as a cell can hold them; `of` says of what and in which column they are.
    pub(super) fn fitted<'a>(
        &mut self,
        mut words: CellText<'a>,
        of: impl FnOnce() -> (String, String),
    ) -> CellText<'a> {
        let Some(at) = cut(words.as_str()) else { return words };
        let rest = words.split_off(at);
        words.push(&format!("\n{}", self.goes_on), RunAttributes::QUIET);
        let (of, column) = of();
        self.goes_on(of, column, rest);
        words
    }

    /// Notes a text that goes on elsewhere.
    pub(super) fn goes_on(&mut self, of: String, column: String, rest: CellText<'static>) {
        let what = if column.is_empty() {
            format!("the header “{of}”")
        } else {
            format!("“{column}” of {of}")
        };
        self.diagnostics.push(
            Diagnostic::new(
                Code::CellGoesOn,
                format!("{what} is longer than a cell of a workbook can be, and goes on in a sheet of its own"),
            )
            .help("nothing, if that will do; otherwise put the long text into a document, and name that in the plan"),
        );
        self.long.push(ContinuedText { of, column, rest });
    }

    /// Notes a row that cannot be as high as its words need.
    pub(super) fn too_high(&mut self, of: &str) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::RowTooHigh,
                format!("in the workbook, {of} needs a row higher than 409 points, the most that Excel allows"),
            )
            .help(
                "its cells hold all of it, which the formula bar shows; to see it at once, shorten the text, or read the PDF or web page",
            ),
        );
    }

    /// Notes links that are words.
    pub(super) fn without_link(&mut self, links: usize) {
        let message = format!(
            "{links} of the workbook's links are words only, as Excel takes no more than 65,530 in a sheet"
        );
        self.diagnostics.push(
            Diagnostic::new(Code::LinksLeftOut, message)
                .help("nothing: the words say where each would lead"),
        );
    }
}
