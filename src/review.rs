//! How a plan stands on a day: the status of each action as reported, its position against the
//! calendar, and what follows from them: counts, what needs attention, what is next.

mod agenda;
mod clock;
mod limit;
mod position;
mod reviewed_action;
mod trend;

use std::collections::HashMap;

use crate::date::Date;
use crate::plan::{Basis, Category, Plan, Status, status};
use crate::publish::{Audience, Published};

pub use agenda::{Agenda, AgendaOptions, EarlierPlan, LookBack, agenda};
pub(crate) use agenda::{MovedTarget, OwnerLoad, RecommendationCoverage};
pub use clock::{is_working_day, working_days_after};
pub use position::{Position, PositionCounts};
pub use reviewed_action::ReviewedAction;
pub(crate) use trend::TrendPoint;
pub use trend::{PlanVersion, Trend, became_overdue, trend};

/// A plan looked at on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// The day; none where neither the plan nor the caller names one, and then nothing is due or
    /// overdue.
    pub as_of: Option<Date>,
    /// The status of each action as reported, in the order of [`Plan::actions`].
    pub statuses: Vec<Status>,
    /// The position of each action against the calendar, in the same order.
    pub positions: Vec<Position>,
    /// How many actions have each status, and each position.
    pub counts: ReviewCounts,
    /// The same for each theme, in order.
    pub by_theme: Vec<ReviewCounts>,
    /// The same for each objective, in order.
    pub by_objective: Vec<ReviewCounts>,
    /// The same for each owner, in the order in which the plan names them first; last, the actions
    /// without an owner.
    pub by_owner: Vec<OwnerCounts>,
    /// The actions that are reported off track or at risk, by their positions in [`Plan::actions`]:
    /// off track first.
    pub reported: Vec<usize>,
    /// The actions that are reported on hold, by their positions in [`Plan::actions`].
    pub on_hold: Vec<usize>,
    /// The actions that are past their date, whatever was reported, by their positions in
    /// [`Plan::actions`]: most days late first.
    pub overdue: Vec<usize>,
    audience: Audience,
}

impl Review {
    /// Who the plan was published for that was reviewed.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// How many days an action is overdue, by its position in the plan; none if it is not.
    pub fn days_overdue(&self, action: usize) -> Option<u32> {
        match self.positions.get(action) {
            Some(Position::Overdue { days }) => Some(*days),
            _ => None,
        }
    }
}

/// How many actions have each status, as reported, and each position against the calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewCounts {
    /// One number for each state of the plan's scheme, in its order.
    pub by_state: Vec<usize>,
    /// Actions of which something was reported that is none of the states.
    pub other: usize,
    /// Actions of which no status was reported.
    pub not_reported: usize,
    /// For each state, how many of its actions have it from an update or the words of their target
    /// date.
    pub inferred: Vec<usize>,
    /// How many actions have each position against the calendar.
    pub positions: PositionCounts,
}

impl ReviewCounts {
    /// Counts of no actions, for a scheme of so many states.
    fn none(states: usize) -> Self {
        Self { by_state: vec![0; states], inferred: vec![0; states], ..Self::default() }
    }

    /// How many actions there are.
    pub fn all(&self) -> usize {
        self.by_state.iter().sum::<usize>() + self.other + self.not_reported
    }

    /// Counts the actions of another part of the plan too.
    fn include(&mut self, other: &Self) {
        for (mine, more) in
            [(&mut self.by_state, &other.by_state), (&mut self.inferred, &other.inferred)]
        {
            for (mine, more) in mine.iter_mut().zip(more) {
                *mine += more;
            }
        }
        self.other += other.other;
        self.not_reported += other.not_reported;
        self.positions.include(&other.positions);
    }

    fn add(&mut self, state: Option<usize>, status: &Status, position: Position) {
        match state {
            Some(i) => {
                self.by_state[i] += 1;
                self.inferred[i] += usize::from(status.basis == Basis::Inferred);
            }
            None if status::is_reported(status) => self.other += 1,
            None => self.not_reported += 1,
        }
        self.positions.add(position);
    }
}

/// How an owner's actions stand. An action of several owners counts for each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnerCounts {
    /// The owner; empty for actions without one.
    pub owner: String,
    /// How many of the actions have each status and position.
    pub counts: ReviewCounts,
    /// Which action is due next, by its position: of those that are not complete, the first that is
    /// due on the day or later.
    pub next: Option<usize>,
}

/// The day that comes next, and which action is due on it.
#[derive(Default)]
struct NextDue(Option<(Date, usize)>);

impl NextDue {
    fn look(&mut self, action: usize, due: Option<Date>, as_of: Option<Date>) {
        if let Some(due) = due.filter(|due| as_of.is_none_or(|day| *due >= day)) {
            self.0 = Some(self.0.map_or((due, action), |known| known.min((due, action))));
        }
    }
}

/// Looks at a plan on a day; by default, the day of its own last review.
///
/// A status that was stated stays as it is; one that comes from an update counts if the update is
/// of this day or earlier. Positions are calculated for this day.
///
/// ```
/// use planwright::{Plan, PublishOptions, publish, review};
/// let plan = publish(Plan::default(), &PublishOptions::internal());
/// assert_eq!(review(&plan, None).as_of, None);
/// ```
pub fn review(published: &Published, as_of: Option<Date>) -> Review {
    Review { audience: published.audience(), ..of_plan(published.plan(), as_of) }
}

/// Looks at a plan on a day, whoever may see it.
pub(crate) fn of_plan(plan: &Plan, as_of: Option<Date>) -> Review {
    let as_of = as_of.or_else(|| plan.review_day());
    let scheme = &plan.scheme.states;
    let calendar = position::ReviewDays::of(plan, as_of);
    let none = || ReviewCounts::none(scheme.len());
    let mut out = Review { as_of, counts: none(), ..Review::default() };
    let mut owners: HashMap<&str, usize> = HashMap::new();
    let mut next: Vec<NextDue> = Vec::new();
    let (mut unowned, mut next_unowned) =
        (OwnerCounts { counts: none(), ..OwnerCounts::default() }, NextDue::default());
    for theme in &plan.themes {
        let mut of_theme = none();
        for objective in &theme.objectives {
            let mut of_objective = none();
            for action in &objective.actions {
                let status = status::on(action, as_of, &plan.scheme);
                let state = scheme.iter().position(|s| Some(&s.id) == status.state.as_ref());
                let at = out.statuses.len();
                let due = action.target.as_ref().and_then(|t| t.due);
                let position = calendar.position(state.and_then(|i| scheme[i].category), due);
                for counts in [&mut out.counts, &mut of_theme, &mut of_objective] {
                    counts.add(state, &status, position);
                }
                let due = due.filter(|_| position.is_open());
                for owner in &action.owners {
                    let of = *owners.entry(owner).or_insert_with(|| {
                        out.by_owner.push(OwnerCounts {
                            owner: owner.clone(),
                            counts: none(),
                            next: None,
                        });
                        next.push(NextDue::default());
                        out.by_owner.len() - 1
                    });
                    out.by_owner[of].counts.add(state, &status, position);
                    next[of].look(at, due, as_of);
                }
                if action.owners.is_empty() {
                    unowned.counts.add(state, &status, position);
                    next_unowned.look(at, due, as_of);
                }
                if matches!(position, Position::Overdue { .. }) {
                    out.overdue.push(at);
                }
                if state.is_some_and(|i| status::needs_attention(&scheme[i])) {
                    out.reported.push(at);
                }
                if state.is_some_and(|i| scheme[i].category == Some(Category::OnHold)) {
                    out.on_hold.push(at);
                }
                out.statuses.push(status);
                out.positions.push(position);
            }
            out.by_objective.push(of_objective);
        }
        out.by_theme.push(of_theme);
    }
    let positions = &out.positions;
    out.overdue.sort_by_key(|at| std::cmp::Reverse(positions.get(*at).copied()));
    let category = |at: &usize| {
        out.statuses.get(*at).and_then(|s| plan.scheme.state(s.state.as_deref()?)?.category)
    };
    out.reported.sort_by_key(|at| std::cmp::Reverse(category(at)));
    for (owner, next) in out.by_owner.iter_mut().zip(next) {
        owner.next = next.0.map(|(_, action)| action);
    }
    unowned.next = next_unowned.0.map(|(_, action)| action);
    if unowned.counts.all() > 0 {
        out.by_owner.push(unowned);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Action, Objective, Scheme, Target, Theme};

    #[test]
    fn counts_attention_and_what_is_next() {
        let action = |owners: &[&str], target: &str, state: Option<&str>| Action {
            owners: owners.iter().map(|o| (*o).to_owned()).collect(),
            target: Some(Target::read(target)),
            status: Status {
                state: state.map(str::to_owned),
                basis: if state.is_some() { Basis::Stated } else { Basis::None },
                because: String::new(),
            },
            ..Action::default()
        };
        let objective = |actions| Objective { actions, ..Objective::default() };
        let first = vec![
            action(&["Ann"], "Sept '11", Some("complete")),
            action(&["Ann", "Bo"], "Sept '11", None),
            action(&["Bo"], "Sept '11", Some("on-track")),
        ];
        let second = [
            action(&[], "Dec '11", Some("off-track")),
            action(&["Ann"], "Feb '12", None),
            action(&["Ann"], "Jan '12", None),
            action(&["Cy"], "ongoing", None),
        ];
        let theme = |objectives| Theme { objectives, ..Theme::default() };
        let plan = Plan {
            scheme: Scheme::default(),
            themes: vec![
                theme(vec![objective(first), objective(second[..1].to_vec())]),
                theme(vec![objective(second[1..].to_vec())]),
            ],
            ..Plan::default()
        };
        let review = of_plan(&plan, "2011-11-30".parse().ok());
        // complete, on track, at risk, off track, not started; not reported; completed, overdue,
        // not due yet, no date
        let shown = |c: &ReviewCounts| {
            let positions = [
                c.positions.completed,
                c.positions.overdue,
                c.positions.not_due(),
                c.positions.no_date,
            ];
            (c.by_state.clone(), c.not_reported, positions)
        };
        assert_eq!(shown(&review.counts), (vec![1, 1, 0, 1, 0], 4, [1, 2, 3, 1]));
        let themes: Vec<_> = review.by_theme.iter().map(shown).collect();
        assert_eq!(themes, [(vec![1, 1, 0, 1, 0], 1, [1, 2, 1, 0]), (vec![0; 5], 3, [0, 0, 2, 1])]);
        assert_eq!(
            review.by_objective.iter().map(ReviewCounts::all).collect::<Vec<_>>(),
            [3, 1, 3]
        );
        let owners: Vec<_> =
            review.by_owner.iter().map(|o| (o.owner.as_str(), o.counts.all(), o.next)).collect();
        assert_eq!(
            owners,
            [("Ann", 4, Some(5)), ("Bo", 2, None), ("Cy", 1, None), ("", 1, Some(3))]
        );
        assert_eq!(
            (review.overdue.as_slice(), review.days_overdue(2)),
            ([1, 2].as_slice(), Some(61)),
            "late, late though on track"
        );
        assert_eq!(review.reported, [3], "off track before its date");
    }
}
