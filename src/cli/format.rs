//! The formats that the program reads and writes, by the extensions of their files.

use std::path::Path;

use planwright::{Format, OutputFormat};

use super::failure::Failure;

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputFormat {
    /// A document that holds a plan.
    Document(Format),
    /// A plan file.
    PlanFile,
    /// A PDF that carries its plan.
    Pdf,
}

/// Other names of outputs: extensions that people give them, and names of their formats.
const ALSO: &[(&str, OutputFormat)] = &[("markdown", OutputFormat::Markdown)];

impl InputFormat {
    /// The extensions of what can be read.
    pub(super) fn extensions() -> Vec<&'static str> {
        Format::EXTENSIONS.iter().map(|(extension, _)| *extension).chain(["json", "pdf"]).collect()
    }

    /// The format of files with this extension.
    pub(super) fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "json" => Some(Self::PlanFile),
            "pdf" => Some(Self::Pdf),
            other => Format::from_extension(other).map(Self::Document),
        }
    }

    /// Whether people fill in files of this format.
    pub(super) fn may_be_filled(self) -> bool {
        matches!(self, Self::Document(Format::Workbook | Format::Html))
    }

    /// The format that a file's name tells.
    pub(super) fn of(path: &Path) -> Result<Self, Failure> {
        let extension = extension(path);
        Self::from_extension(&extension).ok_or_else(|| {
            let name = path.display().to_string();
            if named_output(&extension) == Some(OutputFormat::Calendar) {
                let what = "a calendar is written, but not read: it holds a part of a plan only";
                return Failure::unreadable(name, what)
                    .with_help("give the plan that the calendar was made from");
            }
            let known = listed(&Self::extensions());
            let other = "; if it is one of these under another name, say so with --from";
            Failure::unreadable(name, refusal(&extension))
                .with_help(format!("{known} files can be read{other}"))
        })
    }
}

/// What the changes between two versions of a plan can be written as.
pub(super) const OF_CHANGES: [OutputFormat; 3] =
    [OutputFormat::Json, OutputFormat::Html, OutputFormat::Pdf];

/// What formats of outputs can be called: their extensions, and other names.
pub(super) fn output_names() -> Vec<&'static str> {
    OutputFormat::EXTENSIONS.iter().chain(ALSO).map(|(name, _)| *name).collect()
}

/// The format of an output of this name.
pub(super) fn named_output(name: &str) -> Option<OutputFormat> {
    let also = || ALSO.iter().find(|(also, _)| also.eq_ignore_ascii_case(name));
    OutputFormat::from_extension(name).or_else(|| also().map(|(_, format)| *format))
}

/// The format that an output's name tells; `otherwise` where it tells none.
pub(super) fn of_output(
    path: &Path,
    otherwise: Option<OutputFormat>,
) -> Result<OutputFormat, Failure> {
    let extension = extension(path);
    named_output(&extension).or(otherwise).ok_or_else(|| {
        let known: Vec<&str> =
            OutputFormat::EXTENSIONS.iter().map(|(extension, _)| *extension).collect();
        let other = "; to write one of these under another name, say which with --to";
        Failure::unwritable(path.display().to_string(), refusal(&extension))
            .with_help(format!("{} files can be written{other}", listed(&known)))
    })
}

/// Whether a terminal cannot show it.
pub(super) fn is_binary(format: OutputFormat) -> bool {
    matches!(format, OutputFormat::Pdf | OutputFormat::Xlsx)
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Why an extension is refused.
fn refusal(extension: &str) -> String {
    if extension.is_empty() {
        "its name has no extension that shows its format".to_owned()
    } else {
        format!(".{extension} is not an extension that is known here")
    }
}

/// ".md, .markdown and .json".
fn listed(extensions: &[&str]) -> String {
    let dotted: Vec<String> = extensions.iter().map(|e| format!(".{e}")).collect();
    match dotted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => dotted.concat(),
    }
}
