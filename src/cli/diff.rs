//! `planwright diff`: what changed between two versions of a plan.

use planwright::changes::{Changes, changes};
use planwright::layout::{Form, LayoutOptions, layout};
use planwright::report::{ChangesOptions, ChangesReport};
use planwright::write::{HtmlOptions, PdfOptions};
use planwright::{Audience, Error, ReportOptions, Version, became_overdue};

use super::args::{AudienceName, PaperName, ProfileName};
use super::command::{Diff, Input, Output};
use super::convert::{self, Made, did, missing_characters};
use super::failure::Failure;
use super::format::OutputFormat;
use super::reading::{self, Loaded};
use super::stages::Stages;
use super::stream::Stream;
use super::telling::{self, counted};
use super::unused::{self, Writing};
use super::{Exit, clock};

/// Runs the command. What changed goes to standard output as text, or to the files that were named.
pub(super) fn run(command: &Diff, out: &mut Stream, err: &mut Stream) -> Result<Exit, Failure> {
    let told = &command.telling;
    convert::refuse_terminal(&command.outputs, out)?;
    let mut stages = Stages::new(told, err);
    let mut old = reading::load(&command.old, &command.reading, clock::today, &mut stages)?;
    let mut new = reading::load(&command.new, &command.reading, clock::today, &mut stages)?;
    drop(stages);
    reading::refuse_unapplied(&[&old.unapplied, &new.unapplied])?;
    unused::warn(&mut old, &[&new]);
    // without -o the changes are shown as text, which has words but no pages
    let shown = [Output { path: None, format: OutputFormat::Html }];
    let outputs = if command.outputs.is_empty() { &shown[..] } else { &command.outputs };
    let writing = Writing { paper: command.paper, lang: command.lang, ..Writing::default() };
    new.diagnostics.extend(unused::of_writing(writing, outputs));
    // what is left out of one of the two can be reached by nothing that follows
    let audience = audience(command, &old, &new);
    for loaded in [&mut old, &mut new] {
        loaded.must_hold_a_plan(told, err)?;
        let published = planwright::publish(std::mem::take(&mut loaded.plan), audience);
        loaded.plan = published.plan;
        loaded.diagnostics.extend(published.diagnostics);
    }
    let mut stages = Stages::new(told, err);
    let found =
        stages.run("compare", || changes(&old.plan, &new.plan), |found| counted(found.actions.len(), "changed action", "changed actions"));
    // each version is looked at on the day of its own review
    let [then, now] = [&old.plan, &new.plan].map(|plan| planwright::review(plan, None));
    let before = Version { plan: &old.plan, review: &then, matched: &[] };
    let options = ChangesOptions {
        became_overdue: became_overdue(&before, &Version { plan: &new.plan, review: &now, matched: &found.earlier }),
        earlier: name(&command.old),
        later: name(&command.new),
        report: ReportOptions {
            language: convert::language(command.lang, &new),
            brand: std::mem::take(&mut new.brand),
            audience,
            ..ReportOptions::default()
        },
    };
    let report = ChangesReport::new(&old.plan, &new.plan, &found, &options);
    if command.outputs.is_empty() {
        out.say(&planwright::write::changes(&report));
    } else {
        let mut made = Vec::new();
        for output in &command.outputs {
            let bytes = stages.run(output.format.name(), || bytes(output.format, &found, &report, &mut new, command.paper), did);
            made.push(Made { output, bytes: bytes.map_err(|error| Failure::library(error, output.name(), None))? });
        }
        convert::write(&made, &mut stages, out)?;
    }
    drop(stages);
    let mut worst = Exit::Done;
    for loaded in [&mut old, &mut new] {
        worst = worst.max(telling::conclude(loaded, told, err));
    }
    Ok(worst)
}

/// Who the changes are for: as typed, else the public where the settings of either version say so.
fn audience(command: &Diff, old: &Loaded, new: &Loaded) -> Audience {
    let set = [old, new].map(|loaded| loaded.writing.audience);
    let public = |loaded: &Loaded| loaded.writing.profile == Some(ProfileName::Publish);
    let is_public = match command.audience {
        Some(typed) => typed == AudienceName::Public,
        None => set.contains(&Some(AudienceName::Public)) || public(old) || public(new),
    };
    if is_public { Audience::Public } else { Audience::Internal }
}

/// What changed, in a format. What the PDF has only marks for is told of the newer version.
fn bytes(
    format: OutputFormat,
    found: &Changes,
    report: &ChangesReport,
    new: &mut Loaded,
    paper: Option<PaperName>,
) -> Result<Vec<u8>, Error> {
    match format {
        OutputFormat::Html => Ok(planwright::write::html(&report.report(), &HtmlOptions::default()).into_bytes()),
        OutputFormat::Pdf => {
            let (paper, only_this_paper) = convert::paper(paper, new);
            let pages = layout(&report.report(), &LayoutOptions { form: Form::Cards, paper, only_this_paper });
            new.diagnostics.extend(missing_characters(&pages, new.text.as_deref()));
            planwright::write::pdf(&pages, &PdfOptions::default())
        }
        _ => planwright::json::write_changes(found).map(String::into_bytes),
    }
}

/// What a version is called in the report: the name of its file, without the folders that only its owner knows.
fn name(input: &Input) -> String {
    let file = input.path.as_ref().and_then(|path| path.file_name());
    file.map_or_else(|| input.name(), |name| name.to_string_lossy().into_owned())
}
