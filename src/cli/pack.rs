//! `planwright pack`: what a board reads at its quarterly review.

use planwright::changes::changes;
use planwright::report::{Compared, PackOptions, PackSection, Report, pack};
use planwright::{AgendaOptions, Date, Earlier, Plan, ReportOptions, Review, agenda};

use super::Exit;
use super::clock;
use super::command::Pack;
use super::convert;
use super::failure::Failure;
use super::reading::{self, Unapplied};
use super::stages::Stages;
use super::stream::Stream;
use super::telling;

/// Runs the command.
pub(super) fn run(command: &Pack, out: &mut Stream, err: &mut Stream) -> Result<Exit, Failure> {
    let Pack { convert: command, previous, inspected } = command;
    let told = &command.telling;
    let mut stages = Stages::new(told, err);
    let mut loaded = reading::load(&command.input, &command.reading, clock::today, &mut stages)?;
    // the earlier plan is looked at on the day of its own review: the day that was typed is that of this one
    let earlier = match previous {
        Some((input, reading)) => Some((reading::load(input, reading, || None, &mut stages)?, reading.as_of)),
        None => None,
    };
    drop(stages);
    let unapplied: Vec<&[Unapplied]> =
        [&loaded].into_iter().chain(earlier.iter().map(|(earlier, _)| earlier)).map(|loaded| loaded.unapplied.as_slice()).collect();
    reading::refuse_unapplied(&unapplied)?;
    loaded.must_hold_a_plan(told, err)?;
    let earlier = match earlier {
        Some((mut earlier, as_of)) => {
            earlier.must_hold_a_plan(told, err)?;
            Some((earlier, as_of))
        }
        None => None,
    };
    let sections = loaded.pack.sections.clone().unwrap_or_else(|| PackSection::ALL.to_vec());
    let inspected = inspected.or(loaded.pack.inspected);
    let mut exit = Exit::Done;
    let earlier = earlier.map(|(mut loaded, as_of)| {
        exit = telling::conclude(&mut loaded, told, err);
        (loaded.plan, as_of)
    });
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
    let found = then.as_ref().map(|(then, _)| changes(then, plan));
    let both = then.as_ref().zip(found.as_ref());
    let earlier = both.map(|((plan, review), found)| Earlier { plan, review, matched: &found.earlier });
    let asked = agenda(plan, review, &AgendaOptions { earlier, inspected: wanted.inspected });
    let earlier = both.map(|((plan, review), changes)| Compared { plan, as_of: review.as_of, changes });
    let options = PackOptions { report: options.clone(), sections: wanted.sections.clone(), inspected: wanted.inspected, earlier };
    pack(plan, review, &asked, &options)
}
