//! Which objectives answer each recommendation, and how their actions stand.

use std::collections::HashMap;

use crate::date::Date;
use crate::plan::{Action, Plan};
use crate::review::{Review, ReviewCounts, limit};

/// What answers a recommendation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RecommendationCoverage {
    /// The objectives that answer it.
    pub(crate) objectives: Vec<usize>,
    /// How their actions stand.
    pub(crate) counts: ReviewCounts,
    /// The last day of its time limit, where the inspection's day is known and the limit is a
    /// length of time.
    pub(crate) limit: Option<Date>,
    /// The actions that answer it and are due after that.
    pub(crate) past_limit: Vec<usize>,
}

impl RecommendationCoverage {
    /// Whether any action answers the recommendation.
    pub(crate) fn is_answered(&self) -> bool {
        self.counts.all() > 0
    }
}

pub(super) fn coverage(
    plan: &Plan,
    review: &Review,
    inspected: Option<Date>,
) -> Vec<RecommendationCoverage> {
    let states = plan.scheme.states.len();
    let none = || ReviewCounts::none(states);
    let by_reference: HashMap<&str, usize> =
        plan.recommendations.iter().enumerate().map(|(i, r)| (r.reference.as_str(), i)).collect();
    let covered = |recommendation: &crate::plan::Recommendation| RecommendationCoverage {
        counts: none(),
        limit: inspected.and_then(|day| limit::last_day(&recommendation.deadline, day)),
        ..RecommendationCoverage::default()
    };
    let mut out: Vec<RecommendationCoverage> = plan.recommendations.iter().map(covered).collect();
    let mut first = 0;
    for (i, objective) in plan.themes.iter().flat_map(|theme| &theme.objectives).enumerate() {
        let positions = first..first + objective.actions.len();
        first = positions.end;
        let answered =
            objective.recommendation.as_deref().and_then(|reference| by_reference.get(reference));
        let Some(coverage) = answered.and_then(|at| out.get_mut(*at)) else { continue };
        coverage.objectives.push(i);
        if let Some(counts) = review.by_objective.get(i) {
            coverage.counts.include(counts);
        }
        let Some(limit) = coverage.limit else { continue };
        let due = |action: &Action| action.target.as_ref().and_then(|target| target.due);
        let late = positions
            .zip(&objective.actions)
            .filter(|(_, action)| due(action).is_some_and(|due| due > limit));
        coverage.past_limit.extend(late.map(|(position, _)| position));
    }
    out
}
