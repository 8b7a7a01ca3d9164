//! Whether the plans of a pack can be versions of one plan, the oldest first.

use planwright::changes::changes;
use planwright::{Code, Date, Diagnostic, Plan, PublishOptions, Target, publish};

use super::diagnostic_output::counted;
use super::{Failure, LoadedPlan};

/// A version as it was loaded, and the day on which it is looked at, as typed.
pub(super) type LoadedVersion = (LoadedPlan, Option<Date>);

/// Adds a warning to each earlier version that is later than the one it should come before, and to
/// each that looks like another plan; refuses one that cannot be the same plan.
pub(super) fn check(
    earlier: &mut [LoadedVersion],
    plan: &LoadedPlan,
    as_of: Option<Date>,
) -> Result<(), Failure> {
    for at in 0..earlier.len() {
        let (version, day) = &earlier[at];
        let mut found = Vec::new();
        if is_later((&version.plan, *day), (&plan.plan, as_of)) {
            let message = format!("this earlier version is later than the plan {}", plan.name);
            found.push(
                Diagnostic::new(Code::PreviousOrder, message).help(
                    "give the latest version as the plan, and those before it with --previous",
                ),
            );
        } else if let Some((next, next_day)) = earlier.get(at + 1)
            && is_later((&version.plan, *day), (&next.plan, *next_day))
        {
            let message = format!(
                "this earlier version is later than {}, which is given after it",
                next.name
            );
            found.push(
                Diagnostic::new(Code::PreviousOrder, message)
                    .help("give --previous the oldest version first"),
            );
        }
        found.extend(other_plan(version, plan)?);
        earlier[at].0.diagnostics.extend(found);
    }
    Ok(())
}

/// Whether a version is later than another, by the days of their reviews or those that were typed,
/// else by the periods of the plans.
fn is_later((plan, day): (&Plan, Option<Date>), (next, next_day): (&Plan, Option<Date>)) -> bool {
    let later = |day: Option<Date>, next: Option<Date>| day.zip(next).map(|(day, next)| day > next);
    let period = |plan: &Plan| Target::read(&plan.period).due;
    let (reviewed, next_reviewed) = (plan.review_day(), next.review_day());
    let by_day =
        [later(reviewed, next_reviewed), later(day.or(reviewed), next_day.or(next_reviewed))];
    match by_day.into_iter().flatten().reduce(|one, other| one || other) {
        Some(is_later) => is_later,
        None => later(period(plan), period(next)) == Some(true),
    }
}

/// A warning where a version has another title or organisation than the plan and hardly any of its
/// actions.
fn other_plan(version: &LoadedPlan, plan: &LoadedPlan) -> Result<Option<Diagnostic>, Failure> {
    let normalized = |words: &str| {
        words
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let differ = |one: &str, other: &str| {
        let (one, other) = (normalized(one), normalized(other));
        !one.is_empty() && !other.is_empty() && one != other
    };
    let (then, now) = (&version.plan, &plan.plan);
    let (title, organisation) =
        (differ(&then.title, &now.title), differ(&then.organisation, &now.organisation));
    if !title && !organisation {
        return Ok(None);
    }
    // what is shown to no one may be compared in full
    let whole = |plan: &Plan| publish(plan.clone(), &PublishOptions::internal());
    let matched = changes(&whole(then), &whole(now)).earlier.iter().flatten().count();
    let fewer = then.actions().count().min(now.actions().count());
    if matched * 10 >= fewer {
        return Ok(None);
    }
    let of = |plan: &Plan| match (plan.title.is_empty(), plan.organisation.is_empty()) {
        (false, false) => format!("“{}”, {}", plan.title, plan.organisation),
        (false, true) => format!("“{}”", plan.title),
        (true, _) => plan.organisation.clone(),
    };
    let shared = counted(matched, "action", "actions");
    let differs = format!("they share {shared}; it is {}, and the plan is {}", of(then), of(now));
    if title && organisation && matched * 20 < fewer {
        let message =
            format!("{} is not an earlier version of {}: {differs}", version.name, plan.name);
        return Err(Failure::usage(message)
            .with_help("give an earlier version of the same plan with --previous"));
    }
    let message = format!("this may not be an earlier version of {}: {differs}", plan.name);
    Ok(Some(
        Diagnostic::new(Code::PreviousOtherPlan, message)
            .help("check that --previous names an earlier version of the same plan"),
    ))
}
