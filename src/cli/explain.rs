//! `planwright explain`: what a code means, and what to do.

use std::fmt::Write as _;

use planwright::{Code, Severity};

use super::Exit;
use super::failure::Failure;
use super::stream::OutputStream;

/// What is reported when nothing could be done: its code, what it means, and what to do.
const FAILURES: &[(&str, &str)] = &[
    (
        "unreadable",
        "The input could not be opened, or its bytes are not what its format says: a text that is not UTF-8, a plan file that is not JSON or has an unknown key. Or no plan was found in it, so that there is nothing to write.\n\nCheck that it is the right file; the message says what else to do. Nothing was written.",
    ),
    (
        "too-large",
        "The input is larger than is read, as a whole or in one line.\n\nCheck that it is the right file. Nothing was written.",
    ),
    (
        "unsupported",
        "The format of the input cannot be read, or that of an output cannot be written.\n\nUse one of the formats that the message names.",
    ),
    (
        "unwritable",
        "An output could not be made or put in its place: its folder cannot be written to, or the disk is full.\n\nGive it another place. No output was changed, unless the message names one of several that could not be put in place after the others were.",
    ),
    (
        "settings",
        "A file of settings, planwright.toml, has a setting that does not exist or cannot be what it is set to.\n\nThe message says where, and what may stand there; `planwright init` prints every setting. Nothing was written.",
    ),
    (
        "leak",
        "A public output holds a text that is left out of the public version, such as a comment, evidence or the name of a reviewer. Every public output is opened and searched for these texts before it is put in its place, and the search cannot be switched off. The message names the place and the kind of text, and never quotes it.\n\nRemove the words from the source, or write an internal version with --audience internal, and report this as a fault of the program. Nothing was written.",
    ),
    (
        "usage",
        "The arguments do not fit together.\n\nThe message says which; `planwright help COMMAND` lists the options of a command.",
    ),
];

/// Runs the command: explains one code, or lists all.
pub(super) fn run(code: Option<&str>, out: &mut OutputStream) -> Result<Exit, Failure> {
    let Some(name) = code else {
        out.say(&list());
        return Ok(Exit::Done);
    };
    if let Some(code) = Code::from_name(name) {
        out.say(&format!("{}[{code}]\n\n{}\n", code.severity(), code.explanation()));
    } else if let Some((code, words)) = FAILURES.iter().find(|(code, _)| *code == name) {
        out.say(&format!("{}[{code}]\n\n{words}\n", Severity::Error));
    } else {
        return Err(unknown(name));
    }
    Ok(Exit::Done)
}

fn names() -> impl Iterator<Item = (&'static str, Severity)> {
    let failures = FAILURES.iter().map(|(name, _)| (*name, Severity::Error));
    Code::ALL.iter().map(|code| (code.name(), code.severity())).chain(failures)
}

fn list() -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        for (name, _) in names().filter(|(_, s)| *s == severity) {
            let _ = writeln!(out, "{:<8} {name}", severity.to_string());
        }
    }
    out + "\n`planwright explain CODE` says what one of them means.\n"
}

fn unknown(name: &str) -> Failure {
    let nearest = names()
        .map(|(known, _)| (strsim::jaro_winkler(known, name), known))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let failure = Failure::usage(format!("there is no code {name}"));
    match nearest {
        Some((_, known)) => {
            failure.with_help(format!("did you mean {known}? `planwright explain` lists all codes"))
        }
        None => failure.with_help("`planwright explain` lists all codes"),
    }
}
