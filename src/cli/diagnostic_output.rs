//! Which diagnostics are reported, where, and the exit code that follows from them.

use clap::ValueEnum;
use planwright::diagnostic::render::{self, TextOptions};
use planwright::{Diagnostic, Severity};

use super::Exit;
use super::fix::option;
use super::stream::OutputStream;

/// The form of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiagnosticFormat {
    /// For people, with the line of the source
    Text,
    /// For scripts, one JSON object a line
    Json,
}

/// Writes the diagnostics of a file to a stream, with the lines of its text if there is one.
pub(super) fn emit_in_order(
    diagnostics: Vec<Diagnostic>,
    file: &str,
    text: Option<&str>,
    form: DiagnosticFormat,
    stream: &mut OutputStream,
) {
    let diagnostics: Vec<Diagnostic> =
        diagnostics.into_iter().map(|one| one.describe_fix(option)).collect();
    let (width, colour) = (stream.width(), stream.colour());
    stream.say_styled(&match form {
        DiagnosticFormat::Json => render::json(&diagnostics, file),
        DiagnosticFormat::Text => {
            render::text(&diagnostics, &TextOptions { file, source: text, width, colour })
        }
    });
}

/// Which messages are shown.
#[derive(Debug)]
pub(super) struct DiagnosticOutput {
    pub(super) form: DiagnosticFormat,
    pub(super) strict: bool,
    pub(super) level: Verbosity,
    pub(super) progress: bool,
}

/// How many messages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verbosity {
    /// Errors only.
    Quiet,
    /// What there is to do.
    Usual,
    /// All, and what each stage did.
    Verbose,
}

/// The diagnostics that matter at least as much as `least`.
pub(super) fn at_least(least: Severity, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    diagnostics.iter().filter(|d| d.severity() >= least).cloned().collect()
}

/// The exit code for a source about which this was told.
pub(super) fn exit(diagnostics: &[Diagnostic], reporting: &DiagnosticOutput) -> Exit {
    let limit = if reporting.strict { Severity::Warning } else { Severity::Error };
    if diagnostics.iter().any(|d| d.severity() >= limit) {
        Exit::SourceHasErrors
    } else {
        Exit::Done
    }
}

/// "no errors, 1 warning, 34 notes".
pub(super) fn summed(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity() == severity).count();
    let parts = [
        counted(count(Severity::Error), "error", "errors"),
        counted(count(Severity::Warning), "warning", "warnings"),
        counted(count(Severity::Note), "note", "notes"),
    ];
    parts.join(", ")
}

/// "1 action", "34 actions", "no actions".
pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    match n {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}
