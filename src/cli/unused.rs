//! Options that have no effect on the inputs and outputs that were named: a warning says so.

use planwright::layout::{PaperSize, PlanForm};
use planwright::{Code, Diagnostic, Format};
use planwright::{Language, OutputFormat, WorkbookProfile};

use super::command::{Output, ReadingChoices};

/// How an input was read, as far as that decides which options apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputKind {
    /// A plan file, or an output that holds its plan.
    Plan,
    /// A document or workbook in which the plan was found.
    Source(Format),
}

/// The options for reading that have no effect on an input, with the reason.
pub(super) fn of_reading(
    reading: &ReadingChoices,
    read_as: InputKind,
) -> Vec<(&'static str, &'static str)> {
    const HOLDS_PLAN: &str = "the input holds the plan itself";
    let is_plan = read_as == InputKind::Plan;
    let is_workbook = read_as == InputKind::Source(Format::Workbook);
    let not_text = if is_plan { HOLDS_PLAN } else { "the input is not a text" };
    // a web page can hide rows and cells, as a workbook can
    let can_hide = is_workbook || read_as == InputKind::Source(Format::Html);
    let not_hidden = if is_plan { HOLDS_PLAN } else { "the input is not a workbook or web page" };
    let options = [
        (reading.encoding.is_some() && (is_plan || is_workbook), "--encoding", not_text),
        (reading.include_hidden && !can_hide, "--include-hidden", not_hidden),
        (reading.swap_day_month && is_plan, "--swap-day-month", HOLDS_PLAN),
        (reading.no_stitch && is_plan, "--no-stitch", HOLDS_PLAN),
    ];
    options
        .into_iter()
        .filter(|(is_unused, ..)| *is_unused)
        .map(|(_, option, why)| (option, why))
        .collect()
}

/// What was typed of the outputs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OutputArgs {
    pub(super) layout: Option<PlanForm>,
    pub(super) paper: Option<PaperSize>,
    pub(super) profile: Option<WorkbookProfile>,
    pub(super) lang: Option<Language>,
}

/// A warning for each option that has no effect on any of the outputs. A profile for publishing
/// makes every output one for the public.
pub(super) fn of_writing(writing: OutputArgs, outputs: &[Output]) -> Vec<Diagnostic> {
    let writes =
        |formats: &[OutputFormat]| outputs.iter().any(|output| formats.contains(&output.format));
    let has_words = writes(&[
        OutputFormat::Pdf,
        OutputFormat::Xlsx,
        OutputFormat::Html,
        OutputFormat::Calendar,
    ]);
    let options = [
        (
            writing.layout.is_some() && !writes(&[OutputFormat::Pdf, OutputFormat::Html]),
            "--layout",
            "no output is a PDF or web page",
        ),
        (writing.paper.is_some() && !writes(&[OutputFormat::Pdf]), "--paper", "no output is a PDF"),
        (
            writing.profile == Some(WorkbookProfile::Review) && !writes(&[OutputFormat::Xlsx]),
            "--profile review",
            "no output is a workbook",
        ),
        (writing.lang.is_some() && !has_words, "--lang", "no output has words around the plan"),
    ];
    options
        .into_iter()
        .filter(|(is_unused, ..)| *is_unused)
        .map(|(_, option, why)| warning(option, why))
        .collect()
}

pub(super) fn warning(option: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Code::OptionUnused, format!("{option} has no effect: {why}"))
        .help("leave the option out")
}
