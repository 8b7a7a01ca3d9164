//! The formats that the program reads and writes, by the extensions of their files.

use std::path::Path;

use planwright::Format;

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

/// What an output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutputFormat {
    Pdf,
    Xlsx,
    Html,
    Json,
    Markdown,
    Csv,
    Calendar,
}

/// The extensions of the outputs.
const OUTPUTS: &[(&str, OutputFormat)] = &[
    ("pdf", OutputFormat::Pdf),
    ("xlsx", OutputFormat::Xlsx),
    ("html", OutputFormat::Html),
    ("json", OutputFormat::Json),
    ("md", OutputFormat::Markdown),
    ("csv", OutputFormat::Csv),
    ("ics", OutputFormat::Calendar),
];

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
            if OutputFormat::from_extension(&extension) == Some(OutputFormat::Calendar) {
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

impl OutputFormat {
    /// What the changes between two versions of a plan can be written as.
    pub(super) const OF_CHANGES: [Self; 3] = [Self::Json, Self::Html, Self::Pdf];

    /// The extensions of what can be written.
    pub(super) fn extensions() -> Vec<&'static str> {
        OUTPUTS.iter().map(|(extension, _)| *extension).collect()
    }

    /// What a format can be called: its extension, or another name.
    pub(super) fn names() -> Vec<&'static str> {
        OUTPUTS.iter().chain(ALSO).map(|(name, _)| *name).collect()
    }

    /// The format of files with this extension.
    pub(super) fn from_extension(extension: &str) -> Option<Self> {
        OUTPUTS
            .iter()
            .chain(ALSO)
            .find(|(known, _)| known.eq_ignore_ascii_case(extension))
            .map(|(_, format)| *format)
    }

    /// The format that a file's name tells; `otherwise` where it tells none.
    pub(super) fn of(path: &Path, otherwise: Option<Self>) -> Result<Self, Failure> {
        let extension = extension(path);
        Self::from_extension(&extension).or(otherwise).ok_or_else(|| {
            let known = listed(&Self::extensions());
            let other = "; to write one of these under another name, say which with --to";
            Failure::unwritable(path.display().to_string(), refusal(&extension))
                .with_help(format!("{known} files can be written{other}"))
        })
    }

    /// The extension of its files.
    pub(super) fn name(self) -> &'static str {
        OUTPUTS.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

    /// Whether a terminal cannot show it.
    pub(super) fn is_binary(self) -> bool {
        matches!(self, Self::Pdf | Self::Xlsx)
    }
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
