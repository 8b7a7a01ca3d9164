//! `planwright pack`: what a board reads at its quarterly review.

use planwright::changes::{Changes, changes};
use planwright::report::{Compared, PackOptions, PackSection, Report, pack};
use planwright::{AgendaOptions, Date, Earlier, Plan, ReportOptions, Review, Version, agenda, trend};

use super::Exit;
use super::clock;
use super::command::Pack;
use super::convert;
use super::failure::Failure;
use super::reading::{self, Unapplied};
use super::stages::Stages;
use super::stream::Stream;
use super::telling;
use super::unused;

/// Runs the command.
pub(super) fn run(command: &Pack, out: &mut Stream, err: &mut Stream) -> Result<Exit, Failure> {
    let Pack { convert: command, previous, inspected } = command;
    let told = &command.telling;
    let mut stages = Stages::new(told, err);
    let mut loaded = reading::load(&command.input, &command.reading, clock::today, &mut stages)?;
    // an earlier version is looked at on the day of its own review: the day that was typed is that of this one
    let mut earlier = Vec::new();
    for (input, reading) in previous {
        earlier.push((reading::load(input, reading, || None, &mut stages)?, reading.as_of));
    }
    drop(stages);
    let unapplied: Vec<&[Unapplied]> =
        [&loaded].into_iter().chain(earlier.iter().map(|(earlier, _)| earlier)).map(|loaded| loaded.unapplied.as_slice()).collect();
    reading::refuse_unapplied(&unapplied)?;
    unused::warn(&mut loaded, &earlier.iter().map(|(earlier, _)| earlier).collect::<Vec<_>>());
    loaded.must_hold_a_plan(told, err)?;
    for (earlier, _) in &mut earlier {
        earlier.must_hold_a_plan(told, err)?;
    }
    let sections = loaded.pack.sections.clone().unwrap_or_else(|| PackSection::ALL.to_vec());
    let inspected = inspected.or(loaded.pack.inspected);
    let mut exit = Exit::Done;
    let mut versions = Vec::new();
    for (mut loaded, as_of) in earlier {
        exit = exit.max(telling::conclude(&mut loaded, told, err));
        versions.push((loaded.plan, as_of));
    }
    let wanted = Wanted { sections, inspected };
    let making = |plan: &Plan, review: &Review, options: &ReportOptions| make(plan, review, options, &versions, &wanted);
    Ok(exit.max(convert::finish(command, loaded, &making, out, err)?))
}

/// What the pack is to hold.
struct Wanted {
    sections: Vec<PackSection>,
    inspected: Option<Date>,
}

fn make(plan: &Plan, review: &Review, options: &ReportOptions, earlier: &[(Plan, Option<Date>)], wanted: &Wanted) -> Report {
    // what the public may not see of an earlier version must not come out of a comparison either
    let published = |(then, as_of): &(Plan, Option<Date>)| {
        let then = planwright::publish(then.clone(), options.audience).plan;
        let review = planwright::review(&then, *as_of);
        (then, review)
    };
    let earlier: Vec<(Plan, Review)> = earlier.iter().map(published).collect();
    let all: Vec<(&Plan, &Review)> = earlier.iter().map(|(plan, review)| (plan, review)).chain([(plan, review)]).collect();
    let found: Vec<Changes> = all.windows(2).map(|pair| changes(pair[0].0, pair[1].0)).collect();
    let matched = std::iter::once(&[][..]).chain(found.iter().map(|changes| changes.earlier.as_slice()));
    let versions: Vec<Version<'_>> = all.iter().zip(matched).map(|((plan, review), matched)| Version { plan, review, matched }).collect();
    let last = earlier.last().zip(found.last());
    let compared = last.map(|((plan, review), changes)| Compared { plan, as_of: review.as_of, changes });
    let earlier = last.map(|((plan, review), changes)| Earlier { plan, review, matched: &changes.earlier });
    let asked = agenda(plan, review, &AgendaOptions { earlier, inspected: wanted.inspected });
    let options = PackOptions {
        report: options.clone(),
        sections: wanted.sections.clone(),
        inspected: wanted.inspected,
        trend: if earlier.is_some() { trend(&versions) } else { Vec::new() },
        earlier: compared,
    };
    pack(plan, review, &asked, &options)
}
