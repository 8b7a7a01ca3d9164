//! What people filled into an output that is about to be replaced: it is not lost unless they say
//! so.

use planwright::OutputFormat;
use std::path::Path;

use planwright::embedded::{self, ReturnedWorkbook};
use planwright::{Code, Format, Limits, ReadOptions};

use super::failure::Failure;
use super::files;

/// More files than this are counted in a message, not named.
const MAX_NAMED: usize = 5;

/// What is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OverwriteCheck {
    /// A workbook or page of ours that someone has filled in.
    Answers,
    /// Whatever is not surely as it was written: words beside the columns, comments, files of
    /// others.
    AnythingElse,
}

/// Refuses to replace files that hold answers.
pub(super) fn refuse_filled<'a>(
    outputs: impl Iterator<Item = (&'a Path, OutputFormat)>,
    refuse: OverwriteCheck,
) -> Result<(), Failure> {
    let filled: Vec<&Path> = outputs
        .filter(|(path, format)| is_refused(path, *format, refuse))
        .map(|(path, _)| path)
        .collect();
    let Some(first) = filled.first() else { return Ok(()) };
    let named: Vec<String> =
        filled.iter().take(MAX_NAMED).skip(1).map(|path| path.display().to_string()).collect();
    let others = match (filled.len() - 1, named.len()) {
        (0, _) => String::new(),
        (all, shown) if all > shown => {
            format!("; and so do {} and {} more", named.join(", "), all - shown)
        }
        (1, _) => format!("; and so does {}", named.join(", ")),
        _ => format!("; and so do {}", named.join(", ")),
    };
    let held = if refuse == OverwriteCheck::Answers {
        "answers"
    } else {
        "answers, or other words that were added to it"
    };
    let message = format!("it holds {held}{others}; nothing was written");
    Err(Failure::unwritable(first.display().to_string(), message).with_help(
        "take the answers into the plan with `planwright merge`, then move the file or give --replace; or write to another place",
    ))
}

fn is_refused(path: &Path, format: OutputFormat, refuse: OverwriteCheck) -> bool {
    if !matches!(format, OutputFormat::Xlsx | OutputFormat::Html) || !files::is_file(path) {
        return false;
    }
    let filled = files::read_output(path).and_then(|bytes| read(&bytes, format));
    match (filled, refuse) {
        (Some(filled), OverwriteCheck::Answers) => {
            !filled.answers.is_empty() || has_formula_without_value(&filled)
        }
        (Some(filled), OverwriteCheck::AnythingElse) => !is_as_written(&filled),
        (None, OverwriteCheck::Answers) => false,
        (None, OverwriteCheck::AnythingElse) => true,
    }
}

/// What was filled into an output of ours; none if it is not ours or cannot be read.
fn read(bytes: &[u8], format: OutputFormat) -> Option<ReturnedWorkbook> {
    if format == OutputFormat::Html {
        return embedded::read_page(bytes, &Limits::default()).ok()?;
    }
    let mut source =
        planwright::read_with(bytes, Format::Workbook, &ReadOptions::default()).ok()?;
    let reported = std::mem::take(&mut source.diagnostics);
    let mut filled = embedded::read_workbook(&mut source, &Limits::default()).ok()??;
    filled.diagnostics.extend(reported);
    Some(filled)
}

/// Whether someone typed a formula whose result no program has stored: ours are stored with theirs.
fn has_formula_without_value(filled: &ReturnedWorkbook) -> bool {
    filled.diagnostics.iter().any(|d| d.code == Code::FormulaWithoutValue)
}

/// Whether a return is as it was written, as far as can be known.
fn is_as_written(filled: &ReturnedWorkbook) -> bool {
    let added = [
        Code::AddedToWorkbook,
        Code::PlanCellChanged,
        Code::UnknownReference,
        Code::FilledTableMissing,
    ];
    filled.return_of.is_some()
        && filled.answers.is_empty()
        && !has_formula_without_value(filled)
        && !filled.diagnostics.iter().any(|d| added.contains(&d.code))
}
