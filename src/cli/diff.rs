//! `planwright diff`: what changed between two versions of a plan.

use planwright::changes::{Changes, changes};
use planwright::layout::{LayoutOptions, layout};
use planwright::layout::{PaperSize, PlanForm};
use planwright::leak::OutputKind;
use planwright::report::{ChangesOptions, ChangesReport};
use planwright::write::{HtmlOptions, PdfOptions};
use planwright::{Audience, Language, OutputFormat};
use planwright::{Error, PlanVersion, PublishOptions, Published, ReportOptions, became_overdue};

use super::command::{Diff, Input, Output};
use super::convert::{self, RenderedOutput};
use super::diagnostic_output::counted;
use super::failure::Failure;
use super::reading::{self, LoadedPlan, NewerVersion, size};
use super::stages::StageReporter;
use super::stream::OutputStream;
use super::unused::{self, OutputArgs};
use super::{Exit, clock};

/// Runs the command. What changed goes to standard output as text, or to the files that were named.
pub(super) fn run(
    command: &Diff,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Result<Exit, Failure> {
    let reporting = &command.reporting;
    convert::refuse_terminal(&command.outputs, out)?;
    let mut stages = StageReporter::new(reporting, err);
    let mut old = reading::load(&command.old, &command.reading, clock::today, &mut stages)?;
    let mut new = reading::load(&command.new, &command.reading, clock::today, &mut stages)?;
    if old.audience != new.audience {
        // what one of them holds for those who work on the plan is not read for the public
        let mut reading = command.reading.clone();
        reading.publishing.audience = Some(Audience::Public);
        for (input, loaded) in [(&command.old, &mut old), (&command.new, &mut new)] {
            if loaded.audience == Audience::Internal && input.path.is_none() {
                return Err(Failure::usage(
                    "the settings make one version public, and do not say so of standard input",
                )
                .with_help("say who the changes are for, as in --audience public"));
            }
            if loaded.audience == Audience::Internal {
                *loaded = reading::load(input, &reading, clock::today, &mut stages)?;
            }
        }
    }
    drop(stages);
    reading::refuse_unapplied(&[&old.unapplied, &new.unapplied])?;
    old.warn_of_unused(&[&new]);
    // without -o the changes are shown as text, which has words but no pages
    let shown = [Output { path: None, format: OutputFormat::Html }];
    let outputs = if command.outputs.is_empty() { &shown[..] } else { &command.outputs };
    let writing = OutputArgs { paper: command.paper, lang: command.lang, ..OutputArgs::default() };
    new.diagnostics.extend(unused::of_writing(writing, outputs));
    for loaded in [&mut old, &mut new] {
        loaded.must_hold_a_plan(reporting, err)?;
    }
    let language = convert::language(command.lang, &new);
    let options = publish_options(command, &old, &new, language);
    let newer: Vec<NewerVersion> = NewerVersion::of(&new.plan, &options).into_iter().collect();
    let old_plan = old.publish_earlier(&options, &newer);
    let new_plan = new.publish(&options);
    reading::refuse_unmatched(&[&old_plan, &new_plan], &command.reading)?;
    let mut leaks = std::mem::take(&mut old.leaks).and(std::mem::take(&mut new.leaks));
    let mut stages = StageReporter::new(reporting, err);
    let found = stages.run(
        "compare",
        || changes(&old_plan, &new_plan),
        |found| counted(found.actions.len(), "changed action", "changed actions"),
    );
    // each version is looked at on the day of its own review
    let [then, now] = [&old_plan, &new_plan].map(|plan| planwright::review(plan, None));
    let before = PlanVersion { plan: &old_plan, review: &then, matched: &[] };
    let options = ChangesOptions {
        became_overdue: became_overdue(
            &before,
            &PlanVersion { plan: &new_plan, review: &now, matched: &found.earlier },
        ),
        earlier: name(&command.old, &old_plan),
        later: name(&command.new, &new_plan),
        report: ReportOptions {
            language,
            brand: std::mem::take(&mut new.brand),
            ..ReportOptions::default()
        },
    };
    leaks.allow(&[&options.earlier, &options.later, &options.report.brand.name]);
    let report = ChangesReport::new(&old_plan, &new_plan, &found, &options);
    if command.outputs.is_empty() {
        let text = planwright::write::changes(&report);
        leaks.check(std::iter::once((
            "standard output".to_owned(),
            OutputKind::Text,
            text.as_bytes(),
        )))?;
        out.say(&text);
    } else {
        let mut made = Vec::new();
        for output in &command.outputs {
            let bytes = stages.run(
                output.format.extension(),
                || bytes(output.format, &found, &report, &mut new, command.paper),
                |made| made.as_ref().map(|bytes| size(bytes.len())).unwrap_or_default(),
            );
            made.push(RenderedOutput {
                output,
                bytes: bytes.map_err(|error| Failure::library(error, output.name(), None))?,
            });
        }
        convert::write(&made, &leaks, &mut stages, out)?;
    }
    drop(stages);
    let mut worst = Exit::Done;
    for loaded in [&mut old, &mut new] {
        worst = worst.max(loaded.conclude(reporting, err));
    }
    Ok(worst)
}

/// How both versions are published: as the settings of either say, and for the public where the
/// settings of either say so.
fn publish_options(
    command: &Diff,
    old: &LoadedPlan,
    new: &LoadedPlan,
    language: Language,
) -> PublishOptions {
    old.publish_options(&command.reading, language)
        .with_audience(new.audience)
        .with_leave_out(&new.writing.leave_out)
        .with_internal(&new.writing.internal)
        .with_people(new.writing.people())
}

/// What changed, in a format. What the PDF has only marks for is reported of the newer version.
fn bytes(
    format: OutputFormat,
    found: &Changes,
    report: &ChangesReport,
    new: &mut LoadedPlan,
    paper: Option<PaperSize>,
) -> Result<Vec<u8>, Error> {
    match format {
        OutputFormat::Html => {
            Ok(planwright::write::html(&report.report(), &HtmlOptions::default()).into_bytes())
        }
        OutputFormat::Pdf => {
            let paper = paper.or(new.writing.paper);
            let options = LayoutOptions {
                form: PlanForm::Cards,
                paper: paper.unwrap_or_default(),
                only_this_paper: paper.is_some(),
            };
            let pages = layout(&report.report(), &options);
            new.diagnostics.extend(pages.diagnostics(new.text.as_deref()));
            planwright::write::pdf(&pages, &PdfOptions::default())
        }
        _ => planwright::json::write_changes(found).map(String::into_bytes),
    }
}

/// What a version is called in the report: the name of its file, without the folders that only its
/// owner knows; for the public, whom names of files tell nothing and may tell too much, the day of
/// its review.
fn name(input: &Input, published: &Published) -> String {
    if published.audience() == Audience::Public {
        return published.plan().review_day().map(|day| day.to_string()).unwrap_or_default();
    }
    let file = input.path.as_ref().and_then(|path| path.file_name());
    file.map_or_else(|| input.name(), |name| name.to_string_lossy().into_owned())
}
