//! `planwright merge`: filled returns back into the plan.

use planwright::returns::{MergeOptions, ReturnedPlan, merge, without_period};
use planwright::{Severity, diagnostic};

use super::command::{Merge, ReadingChoices};
use super::diagnostic_output;
use super::diagnostic_output::Verbosity;
use super::failure::Failure;
use super::reading;
use super::stages::StageReporter;
use super::stream::OutputStream;
use super::{Exit, clock, convert};

/// Runs the command. A return that is none of ours is refused before anything is merged.
pub(super) fn run(
    command: &Merge,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Result<Exit, Failure> {
    let Merge { convert: command, returned, prefer, period } = command;
    let reporting = &command.reporting;
    convert::refuse_terminal(&command.outputs, out)?;
    let mut stages = StageReporter::new(reporting, err);
    let mut loaded = reading::load(&command.input, &command.reading, clock::today, &mut stages)?;
    drop(stages);
    reading::refuse_unapplied(&[&loaded.unapplied])?;
    loaded.warn_of_unused(&[]);
    loaded.must_hold_a_plan(reporting, err)?;
    // what was typed of columns and sheets is about the plan, not about returns
    let of_returns = ReadingChoices {
        columns: Vec::new(),
        sheets: Vec::new(),
        encoding: None,
        ..command.reading.clone()
    };
    let mut stages = StageReporter::new(reporting, err);
    let mut filled = Vec::new();
    for input in returned {
        let name = input.name();
        match reading::load(input, &of_returns, clock::today, &mut stages)?.filled {
            Some(one) => filled.push((name, one)),
            None => {
                return Err(Failure::unreadable(name, "this is no return: it carries no plan that planwright wrote")
                    .with_help("give the workbook that `planwright returns` or `convert` wrote, as its owner saved it"));
            }
        }
    }
    let returned: Vec<ReturnedPlan<'_>> =
        filled.iter().map(|(name, filled)| ReturnedPlan { name, filled }).collect();
    let options =
        MergeOptions { prefer: *prefer, period: *period, year_starts: loaded.year_starts };
    if let Some(name) = without_period(&returned, &options) {
        return Err(Failure::usage(format!(
            "{name} does not say when its progress was reported, or for which review"
        ))
        .with_help("name the review, as in --period 2012-03"));
    }
    let plan = std::mem::take(&mut loaded.plan);
    let mut merged = stages.run("merge", || merge(plan, &returned, &options), |_| String::new());
    drop(stages);
    loaded.plan = merged.plan;
    loaded.plan.infer_statuses(
        command.reading.as_of.or_else(|| loaded.plan.review_day()).or_else(clock::today),
    );
    let mut worst = Exit::Done;
    for ((name, _), diagnostics) in filled.iter().zip(&mut merged.diagnostics) {
        diagnostic::sort(diagnostics);
        let least =
            if reporting.level == Verbosity::Quiet { Severity::Error } else { Severity::Note };
        let shown = diagnostic_output::at_least(least, diagnostics);
        diagnostic_output::emit_in_order(shown, name, None, reporting.form, err);
        worst = worst.max(diagnostic_output::exit(diagnostics, reporting));
    }
    Ok(worst.max(convert::finish(command, loaded, (&planwright::report, &[]), out, err)?))
}
