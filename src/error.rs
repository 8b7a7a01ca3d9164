//! The one error of the library: no result is possible.
//!
//! Whatever is merely wrong or doubtful in a source is a [`Diagnostic`](crate::Diagnostic) beside
//! the result instead.

use std::fmt;

use crate::fix::{Fix, with_fix};
use crate::place::Place;

/// Why nothing could be done.
///
/// ```
/// let error = planwright::read(b"\xff", planwright::Format::Markdown).unwrap_err();
/// assert!(error.is_unreadable());
/// assert_eq!(error.place().unwrap().to_string(), "1:1");
/// ```
#[derive(Debug)]
pub struct Error(Box<ErrorDetails>);

/// Behind a pointer, so that results that hold an error are small.
#[derive(Debug)]
struct ErrorDetails {
    kind: ErrorKind,
    message: String,
    place: Option<Place>,
    help: Option<String>,
    fix: Option<Fix>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The bytes are not what their format says.
    Unreadable,
    /// The source is larger than the limits allow.
    TooLarge,
    /// The source opens with a password only.
    Protected,
    /// The format can't be read, or can't be written.
    Unsupported,
    /// An output could not be made.
    Unwritable,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(ErrorDetails {
            kind,
            message: message.into(),
            place: None,
            help: None,
            fix: None,
            source: None,
        }))
    }

    pub(crate) fn at(mut self, place: Place) -> Self {
        self.0.place = Some(place);
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.0.fix = Some(fix);
        self
    }

    /// Sets the error of another library that this one comes from.
    pub(crate) fn caused_by(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds to what to do how the fix is made where it is shown, as
    /// [`Diagnostic::describe_fix`](crate::Diagnostic::describe_fix) does.
    #[must_use]
    pub fn describe_fix(mut self, describe: impl FnOnce(&Fix) -> String) -> Self {
        self.0.help = with_fix(self.0.help.take(), self.0.fix.take().as_ref(), describe);
        self
    }

    /// Where in the source the fault is, if it has a place.
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// What the user can do about it.
    pub fn what_to_do(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// What the caller can change about the call to do so.
    pub fn suggested_fix(&self) -> Option<&Fix> {
        self.0.fix.as_ref()
    }

    /// The stable kebab-case name of its kind, as scripts see it: `unreadable`, `too-large`,
    /// `password-protected`, `unsupported` or `unwritable`.
    pub fn code(&self) -> &'static str {
        match self.0.kind {
            ErrorKind::Unreadable => "unreadable",
            ErrorKind::TooLarge => "too-large",
            ErrorKind::Protected => "password-protected",
            ErrorKind::Unsupported => "unsupported",
            ErrorKind::Unwritable => "unwritable",
        }
    }

    /// Whether the source's bytes are not what its format says.
    pub fn is_unreadable(&self) -> bool {
        self.0.kind == ErrorKind::Unreadable
    }

    /// Whether the source is larger than the limits allow.
    pub fn is_too_large(&self) -> bool {
        self.0.kind == ErrorKind::TooLarge
    }

    /// Whether the source opens with a password only.
    pub fn is_protected(&self) -> bool {
        self.0.kind == ErrorKind::Protected
    }

    /// Whether the format is not one that can be read, or written.
    pub fn is_unsupported(&self) -> bool {
        self.0.kind == ErrorKind::Unsupported
    }

    /// Whether an output could not be made of the plan.
    pub fn is_unwritable(&self) -> bool {
        self.0.kind == ErrorKind::Unwritable
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
