//! `planwright returns`: a workbook for each owner.

use planwright::{Language, OutputFormat};
use std::path::{Path, PathBuf};

use planwright::embedded::Embedding;
use planwright::report::return_without_owner;
use planwright::returns::{OwnerReturn, returns};
use planwright::write::{WrittenWorkbook, XlsxOptions};
use planwright::{Brand, PublishOptions, ReportOptions};

use super::answers::{self, OverwriteCheck};
use super::command::Returns;
use super::convert;
use super::diagnostic_output::Verbosity;
use super::diagnostic_output::counted;
use super::failure::Failure;
use super::file_name::FileNames;
use super::reading;
use super::stages::StageReporter;
use super::stream::OutputStream;
use super::{Exit, clock, files};

/// Runs the command. All workbooks are made in memory before the first is written.
pub(super) fn run(
    command: &Returns,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Result<Exit, Failure> {
    let reporting = &command.reporting;
    let mut stages = StageReporter::new(reporting, err);
    let mut loaded = reading::load(&command.input, &command.reading, clock::today, &mut stages)?;
    drop(stages);
    reading::refuse_unapplied(&[&loaded.unapplied])?;
    loaded.warn_of_unused(&[]);
    loaded.must_hold_a_plan(reporting, err)?;
    let mut stages = StageReporter::new(reporting, err);
    let failed = |error| Failure::library(error, command.output.display().to_string(), None);
    let period = command.period.or(loaded.plan.cycle.next_review);
    // returns are for those who work on the plan, whoever its other outputs are for
    let plan = planwright::publish(std::mem::take(&mut loaded.plan), &PublishOptions::internal());
    let asked = returns(&plan, period).map_err(failed)?;
    let as_of = command.reading.as_of.or_else(|| plan.plan().review_day()).or_else(clock::today);
    let language = convert::language(command.lang, &loaded);
    let names = names(&asked, &command.output, language);
    if !command.replace {
        answers::refuse_filled(
            names.iter().map(|name| (name.as_path(), OutputFormat::Xlsx)),
            OverwriteCheck::AnythingElse,
        )?;
    }
    let written = stages.run(
        "returns",
        || {
            asked
                .iter()
                .map(|one| workbook(one, as_of, language, &loaded.brand))
                .collect::<Result<Vec<_>, _>>()
        },
        |made| {
            made.as_ref()
                .map(|made| counted(made.len(), "workbook", "workbooks"))
                .unwrap_or_default()
        },
    );
    let made = written.map_err(failed)?;
    let outputs: Vec<(&Path, &[u8])> =
        names.iter().map(PathBuf::as_path).zip(made.iter().map(|w| w.bytes.as_slice())).collect();
    loaded.diagnostics.extend(made.iter().flat_map(|w| w.diagnostics.clone()));
    stages.run(
        "write",
        || files::write(&outputs, || Ok(())),
        |_| command.output.display().to_string(),
    )?;
    drop(stages);
    let exit = loaded.conclude(reporting, err);
    if reporting.level != Verbosity::Quiet {
        let actions = counted(plan.plan().actions().count(), "action", "actions");
        out.say(&format!(
            "{} for {actions}, in {}\n",
            counted(made.len(), "return", "returns"),
            command.output.display()
        ));
    }
    Ok(exit)
}

fn workbook(
    asked: &OwnerReturn,
    as_of: Option<planwright::Date>,
    language: Language,
    brand: &Brand,
) -> Result<WrittenWorkbook, planwright::Error> {
    let plan = &asked.plan;
    let options = ReportOptions {
        for_return: Some(asked.of.clone()),
        language,
        brand: brand.clone(),
        ..ReportOptions::default()
    };
    let report = planwright::report(plan, &planwright::review(plan, as_of), &options);
    let carries = Some(Embedding { plan, as_of, return_of: Some(&asked.of), language });
    planwright::write::workbook(&report, &XlsxOptions { carries, ..XlsxOptions::default() })
}

/// A file for each return, named after its owner.
fn names(asked: &[OwnerReturn], folder: &Path, language: Language) -> Vec<PathBuf> {
    let mut names = FileNames::default();
    asked
        .iter()
        .map(|one| {
            folder.join(names.unique(one.of.owner(), return_without_owner(language)) + ".xlsx")
        })
        .collect()
}
