//! `planwright pack`: what a board reads at its quarterly review.

use planwright::report::{PackOptions, PackSection, Report, pack};
use planwright::{AgendaOptions, Date, Earlier, Plan, ReportOptions, Review, Severity, agenda, returns};

use super::Exit;
use super::clock;
use super::command::{Convert, Level, Pack};
use super::convert;
use super::failure::Failure;
use super::reading::{self, Loaded};
use super::stages::Stages;
use super::stream::Stream;
use super::telling;

/// Runs the command.
pub(super) fn run(command: &Pack, out: &mut Stream, err: &mut Stream) -> Result<Exit, Failure> {
    let Pack { convert: command, previous, inspected } = command;
    let told = &command.telling;
    let mut stages = Stages::new(told, err);
    let loaded = reading::load(&command.input, &command.reading, clock::today(), &mut stages)?;
    // the earlier plan is looked at on the day of its own review: the day that was typed is that of this one
    let earlier = match previous {
        Some((input, reading)) => Some((reading::load(input, reading, None, &mut stages)?, reading.as_of)),
        None => None,
    };
    drop(stages);
    let sections = loaded.pack.sections.clone().unwrap_or_else(|| PackSection::ALL.to_vec());
    let inspected = inspected.or(loaded.pack.inspected);
    let exit = earlier.as_ref().map_or(Exit::Done, |(earlier, _)| tell_earlier(earlier, command, err));
    let earlier = earlier.map(|(loaded, as_of)| (loaded.plan, as_of));
    let wanted = Wanted { sections, inspected };
    let making = |plan: &Plan, review: &Review, options: &ReportOptions| make(plan, review, options, earlier.as_ref(), &wanted);
    Ok(exit.max(convert::finish(command, loaded, &making, out, err)?))
}

/// What the pack is to hold.
struct Wanted {
    sections: Vec<PackSection>,
    inspected: Option<Date>,
}

fn make(plan: &Plan, review: &Review, options: &ReportOptions, earlier: Option<&(Plan, Option<Date>)>, wanted: &Wanted) -> Report {
    // what the public may not see of the earlier plan must not come out of a comparison either
    let then = earlier.map(|(then, as_of)| (planwright::publish(then.clone(), options.audience).plan, *as_of));
    let then = then.as_ref().map(|(then, as_of)| (then, planwright::review(then, *as_of)));
    let matched = then.as_ref().map(|(then, _)| by_reference(plan, then)).unwrap_or_default();
    let earlier = then.as_ref().map(|(plan, review)| Earlier { plan, review, matched: &matched });
    let asked = agenda(plan, review, &AgendaOptions { earlier, inspected: wanted.inspected });
    let version = then.as_ref().map(|(then, review)| (returns::version(then).unwrap_or_default(), review.as_of));
    let options = PackOptions { report: options.clone(), sections: wanted.sections.clone(), inspected: wanted.inspected, earlier: version };
    pack(plan, review, &asked, &options)
}

fn by_reference(plan: &Plan, then: &Plan) -> Vec<Option<usize>> {
    let known: std::collections::HashMap<&str, usize> =
        then.actions().enumerate().map(|(i, (_, _, action))| (action.reference.as_str(), i)).collect();
    plan.actions().map(|(_, _, action)| known.get(action.reference.as_str()).copied()).collect()
}

/// Tells what there is to do about the earlier plan.
fn tell_earlier(earlier: &Loaded, command: &Convert, err: &mut Stream) -> Exit {
    let told = &command.telling;
    let least = if told.level == Level::Quiet { Severity::Error } else { Severity::Warning };
    telling::tell(&telling::at_least(least, &earlier.diagnostics), earlier, told.form, err);
    telling::exit(&earlier.diagnostics, told)
}
