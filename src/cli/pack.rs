//! `planwright pack`: what a board reads at its quarterly review.

mod versions;

use planwright::Audience;
use planwright::changes::{Changes, changes};
use planwright::report::{PackOptions, PackSection, PreviousVersion, Report, pack};
use planwright::{
    AgendaOptions, Code, Date, EarlierPlan, PlanVersion, Published, ReportOptions, Review, Trend,
    agenda, trend,
};

use super::Exit;
use super::clock;
use super::command::Pack;
use super::convert;
use super::diagnostic_output;
use super::failure::Failure;
use super::reading::{self, LoadedPlan, NewerVersion, UnusedOption};
use super::stages::StageReporter;
use super::stream::OutputStream;

/// Runs the command.
pub(super) fn run(
    command: &Pack,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Result<Exit, Failure> {
    let Pack { convert: command, previous, inspected } = command;
    let reporting = &command.reporting;
    let mut stages = StageReporter::new(reporting, err);
    let mut loaded = reading::load(&command.input, &command.reading, clock::today, &mut stages)?;
    // an earlier version is looked at on the day of its own review: the day that was typed is that
    // of this one
    let mut earlier = Vec::new();
    for (input, reading) in previous {
        let mut reading = reading.clone();
        // what the public may not see of an earlier version must not come out of a comparison
        // either
        reading.publishing.audience =
            (loaded.audience == Audience::Public).then_some(Audience::Public);
        reading.publishing.profile = None;
        earlier.push((reading::load(input, &reading, || None, &mut stages)?, reading.as_of));
    }
    drop(stages);
    let unapplied: Vec<&[UnusedOption]> = [&loaded]
        .into_iter()
        .chain(earlier.iter().map(|(earlier, _)| earlier))
        .map(|loaded| loaded.unapplied.as_slice())
        .collect();
    reading::refuse_unapplied(&unapplied)?;
    loaded.warn_of_unused(&earlier.iter().map(|(earlier, _)| earlier).collect::<Vec<_>>());
    loaded.must_hold_a_plan(reporting, err)?;
    for (earlier, _) in &mut earlier {
        earlier.must_hold_a_plan(reporting, err)?;
    }
    versions::check(&mut earlier, &loaded, command.reading.as_of)?;
    let sections = loaded.pack.sections.clone().unwrap_or_else(|| PackSection::ALL.to_vec());
    let inspected = inspected.or(loaded.pack.inspected);
    let mut exit = Exit::Done;
    let options =
        loaded.publish_options(&command.reading, convert::language(command.lang, &loaded));
    let (mut versions, mut days) = (Vec::new(), Vec::new());
    let newer: Vec<Option<NewerVersion>> = earlier
        .iter()
        .skip(1)
        .map(|(earlier, _)| &earlier.plan)
        .chain([&loaded.plan])
        .map(|plan| NewerVersion::of(plan, &options))
        .collect();
    let mut newer: Vec<NewerVersion> = newer.into_iter().flatten().collect();
    for (mut earlier, as_of) in earlier {
        earlier.audience = loaded.audience;
        versions.push(earlier.publish_earlier(&options, &newer));
        // the next version is not older than itself
        newer.drain(..newer.len().min(1));
        loaded.leaks = std::mem::take(&mut loaded.leaks).and(std::mem::take(&mut earlier.leaks));
        days.push(as_of);
        // what an earlier version lacks, the present one may have
        earlier.diagnostics.retain(|d| d.code != Code::PublishSettingUnmatched);
        exit = exit.max(earlier.conclude(reporting, err));
    }
    let wanted = PackRequest { sections, inspected };
    let making = |plan: &Published, review: &Review, options: &ReportOptions| {
        make(plan, review, options, (&versions, &days), &wanted)
    };
    Ok(exit.max(convert::finish(command, loaded, (&making, &versions), out, err)?))
}

/// What the pack is to hold.
struct PackRequest {
    sections: Vec<PackSection>,
    inspected: Option<Date>,
}

fn make(
    plan: &Published,
    review: &Review,
    options: &ReportOptions,
    (earlier, days): (&[Published], &[Option<Date>]),
    wanted: &PackRequest,
) -> Report {
    let earlier: Vec<(&Published, Review)> = earlier
        .iter()
        .zip(days)
        .map(|(then, day)| (then, planwright::review(then, *day)))
        .collect();
    let all: Vec<(&Published, &Review)> =
        earlier.iter().map(|(plan, review)| (*plan, review)).chain([(plan, review)]).collect();
    let found: Vec<Changes> = all.windows(2).map(|pair| changes(pair[0].0, pair[1].0)).collect();
    let matched =
        std::iter::once(&[][..]).chain(found.iter().map(|changes| changes.earlier.as_slice()));
    let versions: Vec<PlanVersion<'_>> = all
        .iter()
        .zip(matched)
        .map(|((plan, review), matched)| PlanVersion { plan, review, matched })
        .collect();
    let last = earlier.last().zip(found.last());
    let compared = last.map(|((plan, review), changes)| PreviousVersion {
        plan,
        as_of: review.as_of,
        changes,
    });
    let earlier = last.map(|((plan, review), changes)| EarlierPlan {
        plan,
        review,
        matched: &changes.earlier,
    });
    let asked = agenda(
        plan,
        review,
        &AgendaOptions { earlier, versions: &versions, inspected: wanted.inspected },
    );
    let options = PackOptions {
        report: options.clone(),
        sections: wanted.sections.clone(),
        inspected: wanted.inspected,
        trend: if earlier.is_some() { trend(&versions) } else { Trend::default() },
        earlier: compared,
    };
    pack(plan, review, &asked, &options)
}
