//! Which diagnostics are reported, where, and the exit code that follows from them.

use clap::ValueEnum;
use planwright::diagnostic::render::{self, TextOptions};
use planwright::{Diagnostic, Severity, diagnostic};

use super::Exit;
use super::command::{DiagnosticOutput, Verbosity};
use super::fix::option;
use super::reading::LoadedPlan;
use super::stream::OutputStream;

/// The form of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiagnosticFormat {
    /// For people, with the line of the source
    Text,
    /// For scripts, one JSON object a line
    Json,
}

/// Writes the diagnostics of a source to a stream, most severe first.
pub(super) fn emit(
    diagnostics: &[Diagnostic],
    loaded: &LoadedPlan,
    form: DiagnosticFormat,
    stream: &mut OutputStream,
) {
    let mut diagnostics = diagnostics.to_vec();
    if form == DiagnosticFormat::Text {
        diagnostic::sort_by_severity(&mut diagnostics);
    }
    let text = loaded.text.as_deref().filter(|_| loaded.is_quotable);
    emit_in_order(diagnostics, &loaded.name, text, form, stream);
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

/// Tells what there is to do about a source, and gives the exit code that follows; only errors, if
/// no more is wanted.
pub(super) fn conclude(
    loaded: &mut LoadedPlan,
    reporting: &DiagnosticOutput,
    err: &mut OutputStream,
) -> Exit {
    diagnostic::sort(&mut loaded.diagnostics);
    let least =
        if reporting.level == Verbosity::Quiet { Severity::Error } else { Severity::Warning };
    emit(&at_least(least, &loaded.diagnostics), loaded, reporting.form, err);
    exit(&loaded.diagnostics, reporting)
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
