//! How a plan stands on a day: the state of each action, and the counts that follow from them.

use crate::date::Date;
use crate::plan::{Plan, Status, status};

/// A plan looked at on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// The day; none where neither the plan nor the caller names one, and then nothing is due or overdue.
    pub as_of: Option<Date>,
    /// The status of each action, in the order of [`Plan::actions`].
    pub statuses: Vec<Status>,
    /// How many actions are in each state, in the order of the plan's scheme; last, how many have none.
    pub counts: Counts,
}

/// How many actions are in each state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// One number for each state of the plan's scheme, in its order.
    pub by_state: Vec<usize>,
    /// Actions of which nothing is known.
    pub unknown: usize,
}

/// Looks at a plan on a day; by default, the day of its own last review.
///
/// What a person stated stays as it is. What was worked out is worked out again for this day.
///
/// ```
/// use planwright::{Plan, review};
/// let plan = Plan::default();
/// assert_eq!(review(&plan, None).as_of, None);
/// ```
pub fn review(plan: &Plan, as_of: Option<Date>) -> Review {
    let as_of = as_of.or_else(|| plan.review_day());
    let statuses: Vec<Status> = plan.actions().map(|(_, _, action)| status::on(action, as_of, &plan.scheme)).collect();
    let mut counts = Counts { by_state: vec![0; plan.scheme.states.len()], unknown: 0 };
    for status in &statuses {
        match plan.scheme.states.iter().position(|s| Some(&s.id) == status.state.as_ref()) {
            Some(i) => counts.by_state[i] += 1,
            None => counts.unknown += 1,
        }
    }
    Review { as_of, statuses, counts }
}
