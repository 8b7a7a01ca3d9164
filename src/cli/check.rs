//! `planwright check`: all diagnostics of sources, on standard output.

use planwright::{Audience, Language, Severity, diagnostic, disclosures, disclosures_by_column};

use super::Exit;
use super::command::{Check, ReadingChoices};
use super::diagnostic_output::Verbosity;
use super::diagnostic_output::{self, DiagnosticFormat, summed};
use super::reading::{self, LoadedPlan, contents};
use super::stages::StageReporter;
use super::stream::OutputStream;

/// Runs the command. An input that cannot be read does not keep the others from being checked.
pub(super) fn run(command: &Check, out: &mut OutputStream, err: &mut OutputStream) -> Exit {
    let reporting = &command.reporting;
    let mut worst = Exit::Done;
    let mut unapplied = Vec::new();
    let mut unused: Option<Vec<&str>> = None;
    for (at, input) in command.inputs.iter().enumerate() {
        let loaded = reading::load(
            input,
            &command.reading,
            || None,
            &mut StageReporter::new(reporting, err),
        );
        let exit = match loaded {
            Ok(mut loaded) => {
                unapplied.push(std::mem::take(&mut loaded.unapplied));
                if command.for_public {
                    look_before_publishing(
                        &mut loaded,
                        &command.reading,
                        reporting.form == DiagnosticFormat::Json
                            || reporting.level == Verbosity::Verbose,
                    );
                }
                // what has an effect on one of the inputs is of use
                loaded.unused.retain(|(option, _)| {
                    unused.as_ref().is_none_or(|before| before.contains(option))
                });
                unused = Some(loaded.unused.iter().map(|(option, _)| *option).collect());
                if at + 1 == command.inputs.len() {
                    loaded.warn_of_unused(&[]);
                }
                let least = if reporting.level == Verbosity::Quiet {
                    Severity::Error
                } else {
                    Severity::Note
                };
                let shown = diagnostic_output::at_least(least, &loaded.diagnostics);
                loaded.emit(&shown, reporting.form, out);
                if reporting.form == DiagnosticFormat::Text && reporting.level != Verbosity::Quiet {
                    out.say(&format!(
                        "{}: {}; {}\n",
                        loaded.name,
                        contents(&loaded.plan),
                        summed(&loaded.diagnostics)
                    ));
                }
                diagnostic_output::exit(&loaded.diagnostics, reporting)
            }
            Err(failure) => {
                failure.emit(reporting.form, err);
                Exit::Failed
            }
        };
        worst = worst.max(exit);
    }
    if let Err(failure) =
        reading::refuse_unapplied(&unapplied.iter().map(Vec::as_slice).collect::<Vec<_>>())
    {
        failure.emit(reporting.form, err);
        worst = Exit::Failed;
    }
    worst
}

/// Adds what a publisher should look at in the public version, all of it or a message for each kind
/// and column, and what that version leaves out.
fn look_before_publishing(loaded: &mut LoadedPlan, reading: &ReadingChoices, all: bool) {
    let options =
        loaded.publish_options(reading, Language::default()).with_audience(Audience::Public);
    let published = planwright::publish(loaded.plan.clone(), &options);
    let found = disclosures(published.plan());
    loaded.diagnostics.extend(published.diagnostics().to_vec());
    if all {
        loaded.diagnostics.extend(found.iter().map(planwright::Disclosure::diagnostic));
    } else {
        loaded.diagnostics.extend(disclosures_by_column(&found));
    }
    diagnostic::sort(&mut loaded.diagnostics);
}
