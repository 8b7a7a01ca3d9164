//! Diagnostics as JSON: one object a line, for scripts.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;

/// One diagnostic; the keys are the contract's, in its order. What is absent is left out.
#[derive(Serialize)]
struct DiagnosticJson<'a> {
    code: &'a str,
    severity: String,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<&'a str>,
}

/// Diagnostics of one file, each a JSON object on a line of its own.
///
/// Characters that move a terminal's cursor or turn round text are written by their numbers. The
/// keys are `code`, `severity`, `file`, `place`, `message` and `help`, then `other_place` and
/// `left_out`; a key without a value is left out.
///
/// ```
/// use planwright::diagnostic::{render, Code, Diagnostic};
/// use planwright::Place;
/// let told = Diagnostic::new(Code::NoOwner, "the action has no owner").at(&Place::in_text(12, 3, 5));
/// let line = r#"{"code":"no-owner","severity":"warning","file":"plan.md","place":"12:3","message":"the action has no owner"}"#;
/// assert_eq!(render::json(&[told], "plan.md"), format!("{line}\n"));
/// ```
pub fn json(diagnostics: &[Diagnostic], file: &str) -> String {
    diagnostics
        .iter()
        .map(|d| {
            line(&DiagnosticJson {
                code: d.code.name(),
                severity: d.severity().to_string(),
                file,
                place: d.place.as_ref().map(ToString::to_string),
                message: &d.message,
                help: d.help.as_deref(),
                other_place: d.other_place.as_ref().map(ToString::to_string),
                left_out: d.left_out.as_deref(),
            })
        })
        .collect()
}

/// An error as the same kind of line; its code is that of [`Error::code`].
pub fn json_error(error: &Error, file: &str) -> String {
    line(&DiagnosticJson {
        code: error.code(),
        severity: Severity::Error.to_string(),
        file,
        place: error.place().map(ToString::to_string),
        message: &error.to_string(),
        help: error.what_to_do(),
        other_place: None,
        left_out: None,
    })
}

/// A line of JSON as another program wrote it, with the characters by their numbers that move a
/// terminal's cursor, or hide or turn round text: C1 controls and marks of direction.
///
/// ```
/// use planwright::diagnostic::render::json_for_terminals;
/// assert_eq!(json_for_terminals("{\"file\":\"a\u{202e}b\"}".to_owned()), r#"{"file":"a\u202eb"}"#);
/// ```
pub fn json_for_terminals(line: String) -> String {
    crate::json_escape::escaped(line)
}

fn line(line: &DiagnosticJson<'_>) -> String {
    // Strings under string keys: there is nothing here that JSON cannot hold.
    serde_json::to_string(line)
        .map(|text| crate::json_escape::escaped(text) + "\n")
        .unwrap_or_default()
}
