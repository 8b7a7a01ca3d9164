//! How the counts of a plan changed from one version to the next, and why.

use std::collections::HashSet;

use crate::date::Date;
use crate::plan::{Plan, State, Status, status};
use crate::publish::Published;

use super::{Position, Review, ReviewCounts};

/// A version of a plan, and how it stood.
#[derive(Debug, Clone, Copy)]
pub struct PlanVersion<'a> {
    /// The plan.
    pub plan: &'a Published,
    /// How it stood on its day.
    pub review: &'a Review,
    /// For each of its actions, which action of the version before it was, by position; empty for
    /// the first version.
    pub matched: &'a [Option<usize>],
}

/// How the counts of a plan changed through its versions, for a review pack
/// ([`PackOptions::trend`](crate::report::PackOptions::trend)).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trend {
    /// Each version, the oldest first.
    pub(crate) points: Vec<TrendPoint>,
}

impl Trend {
    /// Whether it is of no version.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }
}

/// How a version stood, and what changed since the one before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TrendPoint {
    /// The day on which it was looked at.
    pub(crate) as_of: Option<Date>,
    /// How many actions it has in each state, by the states of the last version, and in each
    /// position.
    pub(crate) counts: ReviewCounts,
    /// What changed since the version before; none for the first.
    pub(crate) step: Option<TrendStep>,
}

/// Why the counts of a version are other than those of the version before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TrendStep {
    /// Actions that were added.
    pub(crate) added: usize,
    /// Actions that were added and are complete.
    pub(crate) added_complete: usize,
    /// Actions that were removed.
    pub(crate) removed: usize,
    /// Actions that were removed and were complete.
    pub(crate) removed_complete: usize,
    /// Actions that became complete.
    pub(crate) completed: usize,
    /// Actions that were complete and are so no more.
    pub(crate) reopened: usize,
    /// Other actions whose reported status changed.
    pub(crate) changed_status: usize,
    /// Actions that became overdue only because time passed.
    pub(crate) became_overdue: usize,
}

impl TrendPoint {
    /// How many actions there are.
    pub(crate) fn all(&self) -> usize {
        self.counts.all()
    }

    /// How many actions are complete.
    pub(crate) fn complete(&self) -> usize {
        self.counts.positions.completed
    }

    /// Whether a smaller share of the actions is complete than was in another version.
    pub(crate) fn share_fell_since(&self, before: &Self) -> bool {
        self.complete() * before.all() < before.complete() * self.all()
    }
}

/// How the counts changed through versions of a plan, given with the oldest first.
///
/// ```
/// use planwright::{Plan, PublishOptions, PlanVersion, publish, review, trend};
/// let plan = publish(Plan::default(), &PublishOptions::internal());
/// let looked_at = review(&plan, None);
/// let trend = trend(&[PlanVersion { plan: &plan, review: &looked_at, matched: &[] }]);
/// assert!(!trend.is_empty());
/// ```
pub fn trend(versions: &[PlanVersion<'_>]) -> Trend {
    let Some(last) = versions.last() else { return Trend::default() };
    let point = |(at, version): (usize, &PlanVersion<'_>)| TrendPoint {
        as_of: version.review.as_of,
        counts: counts_by(&last.plan.plan().scheme.states, version.plan.plan(), version.review),
        step: at
            .checked_sub(1)
            .and_then(|before| versions.get(before))
            .map(|before| step(before, version)),
    };
    Trend { points: versions.iter().enumerate().map(point).collect() }
}

fn step(before: &PlanVersion<'_>, version: &PlanVersion<'_>) -> TrendStep {
    let mut out = TrendStep::default();
    let is_complete =
        |review: &Review, at: usize| review.positions.get(at) == Some(&Position::Completed);
    let mut kept = HashSet::new();
    for (at, then) in version.matched.iter().enumerate() {
        let complete = is_complete(version.review, at);
        let Some(then) = then.filter(|then| *then < before.review.statuses.len()) else {
            out.added += 1;
            out.added_complete += usize::from(complete);
            continue;
        };
        kept.insert(then);
        match (is_complete(before.review, then), complete) {
            (false, true) => out.completed += 1,
            (true, false) => out.reopened += 1,
            _ => {
                let said = |version: &PlanVersion<'_>, at: usize| {
                    version
                        .review
                        .statuses
                        .get(at)
                        .map(|status| word(status, version.plan.plan()))
                        .unwrap_or_default()
                };
                out.changed_status += usize::from(said(before, then) != said(version, at));
            }
        }
    }
    for then in (0..before.review.statuses.len()).filter(|then| !kept.contains(then)) {
        out.removed += 1;
        out.removed_complete += usize::from(is_complete(before.review, then));
    }
    out.became_overdue = became_overdue(before, version).len();
    out
}

/// What was reported, in a word.
fn word(status: &Status, plan: &Plan) -> String {
    match &status.state {
        Some(id) => plan.scheme.state(id).map_or(id, |state| &state.label).to_lowercase(),
        None if status::is_reported(status) => status.because.to_lowercase(),
        None => String::new(),
    }
}

/// The actions that became overdue only because time passed, by their positions: their dates are
/// those of the version before, in which they were not due yet.
pub fn became_overdue(before: &PlanVersion<'_>, version: &PlanVersion<'_>) -> Vec<usize> {
    overdue_since(
        (before.plan.plan(), before.review),
        (version.plan.plan(), version.review),
        version.matched,
    )
}

/// The same of plans and their reviews.
pub(super) fn overdue_since(
    before: (&Plan, &Review),
    now: (&Plan, &Review),
    matched: &[Option<usize>],
) -> Vec<usize> {
    let due = |plan: &Plan| {
        plan.actions()
            .map(|(_, _, action)| action.target.as_ref().and_then(|target| target.due))
            .collect::<Vec<_>>()
    };
    let (then_due, now_due) = (due(before.0), due(now.0));
    let only_time_passed = |at: &usize| {
        let Some(then) = matched.get(*at).copied().flatten() else { return false };
        matches!(
            before.1.positions.get(then),
            Some(Position::DueBeforeNextReview | Position::NotDueYet)
        ) && then_due.get(then) == now_due.get(*at)
    };
    now.1.overdue.iter().copied().filter(only_time_passed).collect()
}

/// How many actions of a version are in each state, in the order of the states of another.
pub(super) fn counts_by(states: &[State], plan: &Plan, review: &Review) -> ReviewCounts {
    let mut counts = ReviewCounts::none(states.len());
    for (status, position) in review.statuses.iter().zip(&review.positions) {
        let label = || {
            status
                .state
                .as_deref()
                .and_then(|id| plan.scheme.state(id))
                .map(|state| state.label.to_lowercase())
        };
        let by_id = states.iter().position(|state| Some(&state.id) == status.state.as_ref());
        let state = by_id.or_else(|| {
            label().and_then(|label| {
                states.iter().position(|state| state.label.to_lowercase() == label)
            })
        });
        counts.add(state, status, *position);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Action, Basis, Objective, Target, Theme};

    fn plan(actions: &[(&str, Option<&str>)]) -> Plan {
        let action = |(target, state): &(&str, Option<&str>)| Action {
            target: Some(Target::read(target)),
            status: Status {
                state: state.map(str::to_owned),
                basis: if state.is_some() { Basis::Stated } else { Basis::None },
                because: String::new(),
            },
            ..Action::default()
        };
        let objective =
            Objective { actions: actions.iter().map(action).collect(), ..Objective::default() };
        Plan {
            themes: vec![Theme { objectives: vec![objective], ..Theme::default() }],
            ..Plan::default()
        }
    }

    #[test]
    fn a_share_that_fell_is_explained_by_what_changed() {
        let day = |text: &str| text.parse().ok();
        let then = plan(&[
            ("Mar '12", Some("complete")),
            ("Mar '12", Some("complete")),
            ("Feb '12", None),
            ("May '12", None),
        ]);
        let now = plan(&[
            ("Mar '12", Some("complete")),
            ("Mar '12", Some("off-track")),
            ("Feb '12", None),
            ("Aug '12", None),
            ("Aug '12", None),
        ]);
        let [then, now] =
            [then, now].map(|plan| crate::publish(plan, &crate::PublishOptions::internal()));
        let (review_then, review_now) =
            (crate::review(&then, day("2011-12-31")), crate::review(&now, day("2012-06-30")));
        let matched = [Some(0), Some(1), Some(2), None, Some(3)];
        let versions = [
            PlanVersion { plan: &then, review: &review_then, matched: &[] },
            PlanVersion { plan: &now, review: &review_now, matched: &matched },
        ];
        let points = trend(&versions).points;
        assert_eq!(
            points.iter().map(|p| (p.complete(), p.all())).collect::<Vec<_>>(),
            [(2, 4), (1, 5)]
        );
        assert!(points[1].share_fell_since(&points[0]) && !points[0].share_fell_since(&points[1]));
        let expected =
            TrendStep { added: 1, reopened: 1, became_overdue: 1, ..TrendStep::default() };
        assert_eq!((points[0].step.clone(), points[1].step.clone()), (None, Some(expected)));
        assert_eq!(
            became_overdue(&versions[0], &versions[1]),
            [2],
            "an action that was reopened is late for another cause"
        );
    }
}
