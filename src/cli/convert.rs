//! `planwright convert`: one input, every output named.

use std::collections::BTreeSet;
use std::path::Path;

use planwright::checklist::{Checklist, ChecklistAnswer, ChecklistRow, check_workbook};
use planwright::embedded::Embedding;
use planwright::layout::{LaidOutPages, LayoutOptions, PaperSize, PlanForm};
use planwright::report::Report;
use planwright::write::{
    HtmlLayout, HtmlOptions, PdfOptions, PublishedOptions, WrittenWorkbook, XlsxOptions,
};
use planwright::{
    Audience, Code, Diagnostic, Language, Limits, Place, Published, ReportOptions, Review,
    Severity, diagnostic,
};

use super::answers::{self, OverwriteCheck};
use super::args::{LanguageName, LayoutName, PaperName, ProfileName};
use super::checklist::found;
use super::command::{Convert, Output, Verbosity};
use super::diagnostic_output::{self, counted};
use super::failure::Failure;
use super::format::OutputFormat;
use super::leaks::LeakGuard;
use super::reading::{self, LoadedPlan, size};
use super::stages::StageReporter;
use super::stream::OutputStream;
use super::unused::{self, OutputArgs};
use super::{Exit, clock, files};

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
    unused::warn(&mut loaded, &[]);
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
    if let Some(output) =
        outputs.iter().find(|o| o.path.is_none() && o.format.is_binary() && out.is_terminal())
    {
        let message = format!("a terminal cannot show {}", output.format.name());
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

/// What workbooks are made for: as typed, else as set.
fn profile(command: &Convert, loaded: &LoadedPlan) -> ProfileName {
    command.reading.publishing.profile.or(loaded.writing.profile).unwrap_or(ProfileName::Review)
}

/// The language of the words around the plan: as typed, else as set.
pub(super) fn language(typed: Option<LanguageName>, loaded: &LoadedPlan) -> Language {
    typed.or(loaded.writing.lang).map(Language::from).unwrap_or_default()
}

/// The paper of PDFs: as typed, else as set; and whether it was.
pub(super) fn paper(typed: Option<PaperName>, loaded: &LoadedPlan) -> (PaperSize, bool) {
    let chosen = typed.or(loaded.writing.paper);
    let paper = match chosen {
        None | Some(PaperName::A4) => PaperSize::A4,
        Some(PaperName::A3) => PaperSize::A3,
        Some(PaperName::Letter) => PaperSize::Letter,
    };
    (paper, chosen.is_some())
}

/// What the outputs of a command are made from.
struct OutputContext<'c> {
    plan: &'c Published,
    review: &'c Review,
    report: &'c Report,
    options: &'c ReportOptions,
    profile: ProfileName,
    layout: LayoutName,
    contact: &'c str,
}

impl<'c> OutputContext<'c> {
    /// An output with what only writing it shows: in the outputs, and of what a format cannot hold.
    /// None for a PDF, which is laid out first and shared by all that are asked for.
    fn write(
        &self,
        format: OutputFormat,
        stages: &mut StageReporter<'_>,
        messages: &mut Vec<Diagnostic>,
        not_written: &mut Vec<Diagnostic>,
    ) -> Result<Option<Vec<u8>>, planwright::Error> {
        let bytes = match format {
            OutputFormat::Json => stages.run(
                "json",
                || planwright::json::write(self.plan).map(String::into_bytes),
                did,
            ),
            OutputFormat::Xlsx if self.profile == ProfileName::Publish => {
                let options = PublishedOptions {
                    contact: self.contact.to_owned(),
                    ..PublishedOptions::default()
                };
                stages.run("xlsx", || planwright::write::xlsx_published(self.report, &options), did)
            }
            OutputFormat::Xlsx => {
                let carries = Some(self.embedding());
                let options = XlsxOptions { carries, ..XlsxOptions::default() };
                let write = || planwright::write::workbook(self.report, &options);
                let written = stages.run("xlsx", write, |made| {
                    made.as_ref().map(|w| size(w.bytes.len())).unwrap_or_default()
                });
                written.map(|WrittenWorkbook { bytes, diagnostics }| {
                    *messages = diagnostics;
                    bytes
                })
            }
            OutputFormat::Html => {
                let layout = match self.layout {
                    LayoutName::Table => HtmlLayout::Table,
                    LayoutName::Cards => HtmlLayout::Cards,
                };
                let carries = Some(self.embedding());
                stages.run(
                    "html",
                    || {
                        Ok(planwright::write::html(self.report, &HtmlOptions { layout, carries })
                            .into_bytes())
                    },
                    did,
                )
            }
            OutputFormat::Markdown => stages.run(
                "markdown",
                || Ok(planwright::write::markdown(self.plan).into_bytes()),
                did,
            ),
            OutputFormat::Csv => {
                let new =
                    planwright::write::not_in_csv(self.plan).filter(|d| !not_written.contains(d));
                not_written.extend(new);
                stages.run("csv", || planwright::write::csv(self.plan), did)
            }
            OutputFormat::Calendar => {
                let calendar = planwright::report::calendar(self.plan, self.review, self.options);
                let file = stages.run(
                    "ics",
                    || Ok(planwright::write::calendar(&calendar).into_bytes()),
                    did,
                );
                not_written.extend(calendar.diagnostics);
                file
            }
            OutputFormat::Pdf => return Ok(None),
        };
        bytes.map(Some)
    }

    fn embedding(&self) -> Embedding<'c> {
        Embedding {
            plan: self.plan,
            as_of: self.review.as_of,
            return_of: None,
            language: self.options.language,
        }
    }
}

/// Makes every output; with diagnostics that only making them shows.
fn make<'a>(
    command: &'a Convert,
    loaded: &mut LoadedPlan,
    making: ReportBuilder<'_>,
    stages: &mut StageReporter<'_>,
) -> Result<(Vec<RenderedOutput<'a>>, Vec<Diagnostic>), Failure> {
    let profile = profile(command, loaded);
    let layout_name = command.layout.or(loaded.writing.layout).unwrap_or(LayoutName::Table);
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
        |report| counted(report.sections.len(), "section", "sections"),
    );
    let failed = |error, output: &Output| Failure::library(error, output.name(), None);
    let (mut messages, mut not_written) = (Vec::new(), Vec::new());
    let (pdfs, others): (Vec<&Output>, Vec<&Output>) =
        command.outputs.iter().partition(|o| o.format == OutputFormat::Pdf);
    let mut made = Vec::with_capacity(command.outputs.len());
    let context = OutputContext {
        plan,
        review: &review,
        report: &report,
        options: &options,
        profile,
        layout: layout_name,
        contact: &loaded.writing.contact,
    };
    for output in others {
        let bytes = context
            .write(output.format, stages, &mut messages, &mut not_written)
            .map_err(|error| failed(error, output))?;
        let Some(bytes) = bytes else { continue };
        if output.format == OutputFormat::Xlsx && profile == ProfileName::Publish {
            let checklist = stages.run(
                "check",
                || check_workbook(&bytes, &Limits::default()),
                |_| output.name(),
            );
            messages.extend(not_met(
                &checklist.map_err(|error| failed(error, output))?,
                &output.name(),
            ));
        }
        made.push(RenderedOutput { output, bytes });
    }
    messages.extend(not_written);
    let Some((last, before)) = pdfs.split_last() else { return Ok((made, messages)) };
    let (paper, only_this_paper) = paper(command.paper, loaded);
    let form = match layout_name {
        LayoutName::Table => PlanForm::Table,
        LayoutName::Cards => PlanForm::Cards,
    };
    let pages = layout(&report, &LayoutOptions { form, paper, only_this_paper }, stages);
    if pages.form() != form {
        let message = "the table has more columns than fit on the paper that was asked for; the PDF has a card for each action";
        let help = "choose a larger paper, or leave --paper out for one that the table fits on";
        if command.layout == Some(LayoutName::Table) && command.paper.is_some() {
            return Err(Failure::usage(
                "the table has more columns than fit on the paper of --paper",
            )
            .with_help(help));
        }
        messages.push(Diagnostic::new(Code::TableAsCards, message).help(help));
    }
    // nothing else needs it: the pages of a large plan want the room
    drop(report);
    messages.extend(missing_characters(&pages, loaded.text.as_deref()));
    let bytes = stages.run(
        "pdf",
        || {
            planwright::write::pdf(
                &pages,
                &PdfOptions { plan: Some(plan), ..PdfOptions::default() },
            )
        },
        did,
    );
    let bytes = bytes.map_err(|error| failed(error, last))?;
    made.extend(before.iter().map(|output| RenderedOutput { output, bytes: bytes.clone() }));
    made.push(RenderedOutput { output: last, bytes });
    Ok((made, messages))
}

fn layout(
    report: &Report,
    options: &LayoutOptions,
    stages: &mut StageReporter<'_>,
) -> LaidOutPages {
    stages.run(
        "layout",
        || planwright::layout::layout(report, options),
        |pages| counted(pages.count(), "page", "pages"),
    )
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

/// A warning for each character for which the PDF has only a mark, at its first place in the
/// source.
pub(super) fn missing_characters(pages: &LaidOutPages, source: Option<&str>) -> Vec<Diagnostic> {
    let characters: BTreeSet<char> = pages.missing().iter().map(|m| m.character).collect();
    let warning = |c: char| {
        let message = format!(
            "the fonts of the PDF lack “{c}” (U+{:04X}): a mark stands for it",
            u32::from(c)
        );
        let diagnostics = Diagnostic::new(Code::CharacterNotInFont, message)
            .help("if readers of the PDF need it, name a font that has it under font-fallback in planwright.toml, or write it another way");
        match source.and_then(|text| place_of(c, text)) {
            Some(place) => diagnostics.at(&place),
            None => diagnostics,
        }
    };
    characters.into_iter().map(warning).collect()
}

/// Where a character first stands in a text.
fn place_of(c: char, text: &str) -> Option<Place> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let before = &text[..text.find(c)?];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some(Place::in_text(u32::try_from(line).ok()?, u32::try_from(column).ok()?, 1))
}

pub(super) fn did(made: &Result<Vec<u8>, planwright::Error>) -> String {
    made.as_ref().map(|bytes| size(bytes.len())).unwrap_or_default()
}

/// Puts every output in its place, all or none; none of them if one holds what was left out of the
/// public version.
pub(super) fn write(
    made: &[RenderedOutput<'_>],
    leaks: &LeakGuard,
    stages: &mut StageReporter<'_>,
    out: &mut OutputStream,
) -> Result<(), Failure> {
    let opened =
        made.iter().map(|m| (m.output.name(), m.output.format.opened_as(), m.bytes.as_slice()));
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
        out.finish()
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
    diagnostic_output::emit(
        &messages.into_iter().cloned().collect::<Vec<_>>(),
        loaded,
        reporting.form,
        err,
    );
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
