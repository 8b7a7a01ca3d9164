//! `planwright convert`: one input, every output named.

use planwright::layout::PlanForm;
use planwright::{Audience, Language, OutputFormat, WorkbookProfile};
use std::path::Path;

use planwright::checklist::{Checklist, ChecklistAnswer, ChecklistRow, check_workbook};
use planwright::report::Report;
use planwright::{
    Code, Diagnostic, Limits, OutputOptions, OutputWriter, Published, ReportOptions, Review,
    Severity, diagnostic,
};

use super::answers::{self, OverwriteCheck};
use super::checklist::found;
use super::command::{Convert, Output};
use super::diagnostic_output::Verbosity;
use super::diagnostic_output::{self, counted};
use super::failure::Failure;
use super::leaks::LeakGuard;
use super::reading::{self, LoadedPlan, size};
use super::stages::StageReporter;
use super::stream::OutputStream;
use super::unused::{self, OutputArgs};
use super::{Exit, clock, files, format};

/// Runs the command. All outputs are made in memory before the first is written.
pub(super) fn run(
    command: &Convert,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Result<Exit, Failure> {
    refuse_terminal(&command.outputs, out)?;
    let mut loaded = reading::load(
        &command.input,
        &command.reading,
        clock::today,
        &mut StageReporter::new(&command.reporting, err),
    )?;
    reading::refuse_unapplied(&[&loaded.unapplied])?;
    loaded.warn_of_unused(&[]);
    loaded.must_hold_a_plan(&command.reporting, err)?;
    finish(command, loaded, (&planwright::report, &[]), out, err)
}

/// Makes of a plan and its review what is to be shown; with the earlier versions that it is
/// compared with, as published.
pub(super) type ReportBuilder<'a> =
    (&'a dyn Fn(&Published, &Review, &ReportOptions) -> Report, &'a [Published]);

/// Writes every output of a plan that has been loaded, and reports its diagnostics.
pub(super) fn finish(
    command: &Convert,
    mut loaded: LoadedPlan,
    making: ReportBuilder<'_>,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Result<Exit, Failure> {
    if !command.replace {
        let outputs = command
            .outputs
            .iter()
            .filter_map(|output| Some((output.path.as_deref()?, output.format)));
        answers::refuse_filled(outputs, OverwriteCheck::Answers)?;
    }
    let writing = OutputArgs {
        layout: command.layout,
        paper: command.paper,
        profile: command.reading.publishing.profile,
        lang: command.lang,
    };
    loaded.diagnostics.extend(unused::of_writing(writing, &command.outputs));
    let mut stages = StageReporter::new(&command.reporting, err);
    let made = make(command, &mut loaded, making, &mut stages);
    drop(stages);
    loaded.leaks.allow(&[&loaded.writing.contact]);
    let made = made.map(|(made, messages)| {
        loaded.diagnostics.extend(messages);
        made
    });
    diagnostic::sort(&mut loaded.diagnostics);
    emit(command, &loaded, err);
    write(&made?, &loaded.leaks, &mut StageReporter::new(&command.reporting, err), out)?;
    Ok(diagnostic_output::exit(&loaded.diagnostics, &command.reporting))
}

/// Refuses what a terminal cannot show.
pub(super) fn refuse_terminal(outputs: &[Output], out: &OutputStream) -> Result<(), Failure> {
    if let Some(output) = outputs
        .iter()
        .find(|o| o.path.is_none() && format::is_binary(o.format) && out.is_terminal())
    {
        let message = format!("a terminal cannot show {}", output.format.extension());
        return Err(Failure::usage(message)
            .with_help("name a file with -o, or send standard output to a file or program"));
    }
    Ok(())
}

/// An output, whole, in memory.
pub(super) struct RenderedOutput<'a> {
    pub(super) output: &'a Output,
    pub(super) bytes: Vec<u8>,
}

/// The language of the words around the plan: as typed, else as set.
pub(super) fn language(typed: Option<Language>, loaded: &LoadedPlan) -> Language {
    typed.or(loaded.writing.lang).unwrap_or_default()
}

/// Makes every output; with diagnostics that only making them shows.
fn make<'a>(
    command: &'a Convert,
    loaded: &mut LoadedPlan,
    making: ReportBuilder<'_>,
    stages: &mut StageReporter<'_>,
) -> Result<(Vec<RenderedOutput<'a>>, Vec<Diagnostic>), Failure> {
    let language = language(command.lang, loaded);
    let options = loaded.publish_options(&command.reading, language);
    let plan = &loaded.publish(&options);
    loaded.must_be_left(plan)?;
    let (making, earlier) = making;
    let matched: Vec<&Published> = earlier.iter().chain([plan]).collect();
    reading::refuse_unmatched(&matched, &command.reading)?;
    let as_of = command.reading.as_of.or_else(|| plan.plan().review_day()).or_else(clock::today);
    let review = stages.run(
        "review",
        || planwright::review(plan, as_of),
        |review| review.as_of.map(|day| format!("as at {day}")).unwrap_or_default(),
    );
    let sheets = command.outputs.iter().any(|output| output.format == OutputFormat::Xlsx);
    loaded.leaks.allow(&[&loaded.brand.name]);
    let options = ReportOptions {
        brand: std::mem::take(&mut loaded.brand),
        language,
        sheets,
        ..ReportOptions::default()
    };
    let report = stages.run(
        "report",
        || making(plan, &review, &options),
        |report| counted(report.section_count(), "section", "sections"),
    );
    let writing = output_options(command, loaded);
    let is_published = writing.profile == WorkbookProfile::Publish;
    let writer = OutputWriter::new(plan, &review, &report, &options, writing)
        .with_source(loaded.text.as_deref());
    let (mut made, mut messages) = (Vec::<RenderedOutput<'a>>::new(), Vec::new());
    for output in &command.outputs {
        if let Some(same) = made.iter().find(|made| made.output.format == output.format) {
            let bytes = same.bytes.clone();
            made.push(RenderedOutput { output, bytes });
            continue;
        }
        let written =
            stages.run(output.format.extension(), || writer.write(output.format), written);
        let planwright::Output { bytes, diagnostics, .. } =
            written.map_err(|error| Failure::library(error, output.name(), None))?;
        refuse_cards(command, &diagnostics)?;
        messages.extend(diagnostics);
        if output.format == OutputFormat::Xlsx && is_published {
            let checklist = stages.run(
                "check",
                || check_workbook(&bytes, &Limits::default()),
                |_| output.name(),
            );
            let checklist =
                checklist.map_err(|error| Failure::library(error, output.name(), None))?;
            messages.extend(not_met(&checklist, &output.name()));
        }
        made.push(RenderedOutput { output, bytes });
    }
    Ok((made, messages))
}

/// How the outputs look: as typed, else as set.
fn output_options(command: &Convert, loaded: &LoadedPlan) -> OutputOptions {
    let mut options = OutputOptions::default();
    options.form = command.layout.or(loaded.writing.layout).unwrap_or_default();
    options.paper = command.paper.or(loaded.writing.paper);
    let typed = command.reading.publishing.profile;
    options.profile = typed.or(loaded.writing.profile).unwrap_or_default();
    options.contact.clone_from(&loaded.writing.contact);
    options
}

/// A table that does not fit on the paper is refused where both were typed.
fn refuse_cards(command: &Convert, diagnostics: &[Diagnostic]) -> Result<(), Failure> {
    let both = command.layout == Some(PlanForm::Table) && command.paper.is_some();
    match diagnostics.iter().find(|d| d.code == Code::TableAsCards).filter(|_| both) {
        None => Ok(()),
        Some(cards) => {
            let message = "the table has more columns than fit on the paper of --paper";
            Err(Failure::usage(message).with_help(cards.help.clone().unwrap_or_default()))
        }
    }
}

/// A warning for each row of the checklist for publishing that a workbook fails.
fn not_met(checklist: &Checklist, name: &str) -> Vec<Diagnostic> {
    let warning = |row: &ChecklistRow| {
        let found: Vec<String> = row.findings.iter().map(found).collect();
        let message = format!(
            "{name} does not meet the checklist for publishing, “{}”: {}",
            row.asks,
            found.join("; ")
        );
        Diagnostic::new(Code::ChecklistNotMet, message)
            .help("correct the words in the source, if they are at fault")
    };
    checklist.rows.iter().filter(|row| row.answer == ChecklistAnswer::Fails).map(warning).collect()
}

fn written(made: &Result<planwright::Output, planwright::Error>) -> String {
    made.as_ref().map(|made| size(made.bytes.len())).unwrap_or_default()
}

/// Puts every output in its place, all or none; none of them if one holds what was left out of the
/// public version.
pub(super) fn write(
    made: &[RenderedOutput<'_>],
    leaks: &LeakGuard,
    stages: &mut StageReporter<'_>,
    out: &mut OutputStream,
) -> Result<(), Failure> {
    let opened = made.iter().map(|m| (m.output.name(), m.output.format.kind(), m.bytes.as_slice()));
    stages.run("scan", || leaks.check(opened), |_| counted(made.len(), "output", "outputs"))?;
    let to_files: Vec<(&Path, &[u8])> = made
        .iter()
        .filter_map(|m| m.output.path.as_deref().map(|path| (path, m.bytes.as_slice())))
        .collect();
    let names: Vec<String> = made.iter().map(|m| m.output.name()).collect();
    let to_standard_output = || {
        for standard in made.iter().filter(|m| m.output.path.is_none()) {
            match std::str::from_utf8(&standard.bytes) {
                Ok(text) if out.is_terminal() => out.say(text),
                _ => out.write(&standard.bytes),
            }
        }
        out.finish().map_err(|e| Failure::standard_output(&e))
    };
    stages.run("write", || files::write(&to_files, to_standard_output), |_| names.join(", "))
}

/// Reports what there is to do about the source. Notes are only counted, unless they are asked for,
/// name actions that a calendar lacks or settings that do not apply, or say what must be known of a
/// public version before it is published: what was left out, and what the source hides.
fn emit(command: &Convert, loaded: &LoadedPlan, err: &mut OutputStream) {
    let reporting = &command.reporting;
    let least = match (reporting.form, reporting.level) {
        (_, Verbosity::Quiet) => Severity::Error,
        (diagnostic_output::DiagnosticFormat::Text, Verbosity::Usual) => Severity::Warning,
        _ => Severity::Note,
    };
    let is_public = loaded.audience == Audience::Public;
    let must_be_known = |code: Code| match code {
        Code::NotInCalendar | Code::NotInCsv | Code::ColumnSetting | Code::SheetSetting => true,
        Code::LeftOutOfPublic | Code::HiddenRead => is_public,
        _ => false,
    };
    let is_told = |d: &&Diagnostic| {
        d.severity() >= least || (reporting.level != Verbosity::Quiet && must_be_known(d.code))
    };
    let (messages, notes): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        loaded.diagnostics.iter().partition(is_told);
    let messages: Vec<Diagnostic> = messages.into_iter().cloned().collect();
    loaded.emit(&messages, reporting.form, err);
    let notes = notes.len();
    if least == Severity::Warning && notes > 0 {
        let shows = if notes == 1 { "shows it" } else { "shows them" };
        err.say(&format!(
            "{}: `planwright check {}` {shows}\n",
            counted(notes, "note", "notes"),
            loaded.name
        ));
    }
}
