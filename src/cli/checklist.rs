//! `planwright check --publishing`: the checklist for publishing spreadsheets, gone through for
//! workbooks, on standard output.

use std::fmt::Write as _;

use planwright::Limits;
use planwright::checklist::{Checklist, ChecklistAnswer, ChecklistRow, Finding, check_workbook};
use planwright::diagnostic::render;
use serde::Serialize;

use super::command::{Check, Input};
use super::diagnostic_output::Verbosity;
use super::diagnostic_output::{DiagnosticFormat, counted};
use super::failure::Failure;
use super::stages::StageReporter;
use super::stream::OutputStream;
use super::{Exit, files};

/// What stands behind a row that the checklist calls essential, as in the checklist itself.
const ESSENTIAL: &str = "(E)";

/// Runs the command. A workbook that cannot be read does not keep the others from being checked.
pub(super) fn run(command: &Check, out: &mut OutputStream, err: &mut OutputStream) -> Exit {
    let diagnostics = &command.reporting;
    let mut worst = Exit::Done;
    for input in &command.inputs {
        let exit = match gone_through(input, &mut StageReporter::new(diagnostics, err)) {
            Ok(checklist) => {
                let words = match diagnostics.form {
                    DiagnosticFormat::Text => text(&checklist, &input.name(), diagnostics.level),
                    DiagnosticFormat::Json => json(&checklist, &input.name(), diagnostics.level),
                };
                out.say(&words);
                let matters = |row: &&ChecklistRow| {
                    row.answer == ChecklistAnswer::Fails && (row.essential || diagnostics.strict)
                };
                if checklist.rows.iter().any(|row| matters(&row)) {
                    Exit::SourceHasErrors
                } else {
                    Exit::Done
                }
            }
            Err(failure) => {
                failure.emit(diagnostics.form, err);
                Exit::Failed
            }
        };
        worst = worst.max(exit);
    }
    worst
}

fn gone_through(input: &Input, stages: &mut StageReporter<'_>) -> Result<Checklist, Failure> {
    let bytes = input.path.as_ref().map_or_else(files::read_stdin, |path| files::read(path))?;
    let unfit = |made: &Result<Checklist, planwright::Error>| {
        made.as_ref()
            .map(|checklist| {
                counted(number(checklist, ChecklistAnswer::Fails), "row fails", "rows fail")
            })
            .unwrap_or_default()
    };
    let checklist = stages.run("check", || check_workbook(&bytes, &Limits::default()), unfit);
    checklist.map_err(|error| Failure::library(error, input.name(), None))
}

fn number(checklist: &Checklist, answer: ChecklistAnswer) -> usize {
    checklist.rows.iter().filter(|row| row.answer == answer).count()
}

/// The rows that are shown: those that fail, where no more is asked for.
fn shown(checklist: &Checklist, level: Verbosity) -> impl Iterator<Item = &ChecklistRow> {
    checklist
        .rows
        .iter()
        .filter(move |row| level != Verbosity::Quiet || row.answer == ChecklistAnswer::Fails)
}

fn text(checklist: &Checklist, name: &str, level: Verbosity) -> String {
    let mut text = String::new();
    let mut part = None;
    for row in shown(checklist, level) {
        if part.replace(row.part()) != Some(row.part()) {
            let _ = writeln!(text, "{name}: {}", row.part());
        }
        let answer = if row.answer == ChecklistAnswer::Fails { "FAIL" } else { row.answer.name() };
        let essential = if row.essential { format!(" {ESSENTIAL}") } else { String::new() };
        let _ = writeln!(text, "  {answer:5}  {:2}  {}{essential}", row.number, row.asks);
        for finding in &row.findings {
            let _ = writeln!(text, "             {}", found(finding));
        }
    }
    if level != Verbosity::Quiet {
        let [pass, fail, judge] =
            [ChecklistAnswer::Passes, ChecklistAnswer::Fails, ChecklistAnswer::ForAPerson]
                .map(|answer| number(checklist, answer));
        let _ = writeln!(
            text,
            "{name}: {}, {}, {} for a person to judge; {ESSENTIAL} is essential to the accessibility regulations",
            counted(pass, "row passes", "rows pass"),
            counted(fail, "row fails", "rows fail"),
            if judge == 1 { "1 is".to_owned() } else { format!("{judge} are") },
        );
    }
    text
}

/// "The plan!B7: cells are merged, and 3 more of them on that sheet".
pub(super) fn found(finding: &Finding) -> String {
    let place = finding.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
    let more = if finding.count > 1 {
        format!(", and {} more of these on the sheet", finding.count - 1)
    } else {
        String::new()
    };
    format!("{place}{}{more}", finding.message)
}

/// One row; what is absent is left out.
#[derive(Serialize)]
struct RowJson<'a> {
    file: &'a str,
    part: &'static str,
    number: usize,
    asks: &'static str,
    essential: bool,
    answer: &'static str,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    message: &'a str,
    count: usize,
}

fn json(checklist: &Checklist, name: &str, level: Verbosity) -> String {
    let line = |row: &ChecklistRow| {
        let place = |f: &Finding| f.place.as_ref().map(ToString::to_string);
        let findings = row.findings.iter().map(|f| FindingJson {
            place: place(f),
            message: &f.message,
            count: f.count,
        });
        let line = RowJson {
            file: name,
            part: row.part(),
            number: row.number,
            asks: row.asks,
            essential: row.essential,
            answer: row.answer.name(),
            findings: findings.collect(),
        };
        // strings and numbers under string keys: there is nothing here that JSON cannot hold
        serde_json::to_string(&line)
            .map(|text| render::json_for_terminals(text) + "\n")
            .unwrap_or_default()
    };
    shown(checklist, level).map(line).collect()
}
