//! Why nothing could be done, in words for the user.

use std::io;

use planwright::diagnostic::render::{self, TextOptions};
use serde::Serialize;

use super::diagnostic_output::DiagnosticFormat;
use super::fix::option;
use super::stream::{OutputStream, clean};

/// Why a command ended with nothing done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments do not fit together.
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// The system refused a file, or it holds no settings that can be used.
    File {
        /// `unreadable`, `unwritable`, `settings` or `leak`.
        code: &'static str,
        /// Its name, as the user gave it.
        file: String,
        /// Where in it, if it has a place: `line:column`, or the part of an output.
        place: Option<String>,
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// The library can make nothing of the input, or no output of the plan.
    Library(Box<Refusal>),
}

/// What the library says of an input or output.
#[derive(Debug)]
pub(crate) struct Refusal {
    error: planwright::Error,
    file: String,
    source: Option<String>,
}

impl Failure {
    /// The arguments do not fit together.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: None }
    }

    /// An input could not be opened or read.
    pub(super) fn unreadable(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::File {
            code: "unreadable",
            file: file.into(),
            place: None,
            message: message.into(),
            help: None,
        }
    }

    /// A file of settings is wrong at this place.
    pub(super) fn settings(
        file: impl Into<String>,
        place: String,
        message: impl Into<String>,
    ) -> Self {
        Self::File {
            code: "settings",
            file: file.into(),
            place: Some(place),
            message: message.into(),
            help: None,
        }
    }

    /// An output could not be written.
    pub(super) fn unwritable(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::File {
            code: "unwritable",
            file: file.into(),
            place: None,
            message: message.into(),
            help: None,
        }
    }

    /// Standard output could not be written.
    pub(super) fn standard_output(error: &io::Error) -> Self {
        let message = format!("it could not be written: {}", reason(error));
        Self::unwritable("standard output", message)
    }

    /// A public output holds what was left out of the plan, at this place in it.
    pub(super) fn leak(
        file: impl Into<String>,
        place: Option<String>,
        message: impl Into<String>,
    ) -> Self {
        Self::File { code: "leak", file: file.into(), place, message: message.into(), help: None }
    }

    /// The library refused an input, whose text is given, or could not make an output.
    pub(super) fn library(
        error: planwright::Error,
        file: impl Into<String>,
        source: Option<String>,
    ) -> Self {
        let error = error.describe_fix(option);
        Self::Library(Box::new(Refusal { error, file: file.into(), source }))
    }

    /// Adds what to do.
    pub(super) fn with_help(mut self, words: impl Into<String>) -> Self {
        match &mut self {
            Self::Usage { help, .. } | Self::File { help, .. } => *help = Some(words.into()),
            Self::Library(_) => {}
        }
        self
    }

    /// Tells the user.
    pub(super) fn emit(&self, form: DiagnosticFormat, err: &mut OutputStream) {
        err.say_styled(&match form {
            DiagnosticFormat::Text => self.text(err.width(), err.colour()),
            DiagnosticFormat::Json => self.json(),
        });
    }

    fn text(&self, width: usize, colour: bool) -> String {
        let red = anstyle::AnsiColor::Red.on_default().bold();
        let head =
            |words: &str| if colour { format!("{red}{words}{red:#}") } else { words.to_owned() };
        let help = |help: &Option<String>| {
            help.as_ref().map(|h| format!("help: {}\n", clean(h))).unwrap_or_default()
        };
        match self {
            Self::Usage { message, help: h } => {
                format!("{} {}\n{}", head("error:"), clean(message), help(h))
            }
            Self::File { code, file, place, message, help: h } => {
                let place = place.as_ref().map(|p| format!(":{p}")).unwrap_or_default();
                format!(
                    "{} {}\n{}",
                    head(&format!("error[{code}]")),
                    clean(&format!("{file}{place}: {message}")),
                    help(h)
                )
            }
            Self::Library(it) => render::text_error(
                &it.error,
                &TextOptions { file: &it.file, source: it.source.as_deref(), width, colour },
            ),
        }
    }

    fn json(&self) -> String {
        let line = match self {
            Self::Library(it) => return render::json_error(&it.error, &it.file),
            Self::Usage { message, help } => FailureJson {
                code: "usage",
                severity: "error",
                file: None,
                place: None,
                message,
                help: help.as_deref(),
            },
            Self::File { code, file, place, message, help } => FailureJson {
                code,
                severity: "error",
                file: Some(file),
                place: place.as_deref(),
                message,
                help: help.as_deref(),
            },
        };
        serde_json::to_string(&line)
            .map(|text| render::json_for_terminals(text) + "\n")
            .unwrap_or_default()
    }
}

/// A failure as a line of JSON, under the keys that diagnostics have.
#[derive(Serialize)]
struct FailureJson<'a> {
    code: &'a str,
    severity: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

/// What the system says, in the middle of a sentence and without the number it adds.
pub(super) fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_lowercase()
}
