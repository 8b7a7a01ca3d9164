//! How a plan stands on a day: the state of each action, and what follows from them: counts, exceptions, what is next.

mod agenda;
mod clock;
mod limit;

use std::collections::HashMap;

use crate::date::Date;
use crate::plan::{Basis, Plan, Status, status};

pub use agenda::{Agenda, AgendaOptions, Coverage, Earlier, Load, Moved, agenda};
pub use clock::{is_working_day, working_days_after};

/// A plan looked at on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// The day; none where neither the plan nor the caller names one, and then nothing is due or overdue.
    pub as_of: Option<Date>,
    /// The status of each action, in the order of [`Plan::actions`].
    pub statuses: Vec<Status>,
    /// How many actions are in each state.
    pub counts: Counts,
    /// The same for each theme, in order.
    pub by_theme: Vec<Counts>,
    /// The same for each objective, in order.
    pub by_objective: Vec<Counts>,
    /// The same for each owner, in the order in which the plan names them first; last, the actions without an owner.
    pub by_owner: Vec<OwnerCounts>,
    /// The actions that a board asks about, in order.
    pub exceptions: Vec<Exception>,
}

/// How many actions are in each state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// One number for each state of the plan's scheme, in its order.
    pub by_state: Vec<usize>,
    /// Actions of which nothing is known.
    pub unknown: usize,
    /// For each state, how many of its actions no one said to be in it: that was worked out.
    pub worked_out: Vec<usize>,
}

impl Counts {
    /// How many actions there are.
    pub fn all(&self) -> usize {
        self.by_state.iter().sum::<usize>() + self.unknown
    }

    /// Counts the actions of another part of the plan too.
    fn include(&mut self, other: &Self) {
        for (mine, more) in [(&mut self.by_state, &other.by_state), (&mut self.worked_out, &other.worked_out)] {
            for (mine, more) in mine.iter_mut().zip(more) {
                *mine += more;
            }
        }
        self.unknown += other.unknown;
    }

    fn add(&mut self, state: Option<usize>, status: &Status) {
        match state {
            Some(i) => {
                self.by_state[i] += 1;
                self.worked_out[i] += usize::from(status.basis == Basis::Inferred);
            }
            None => self.unknown += 1,
        }
    }
}

/// How an owner's actions stand. An action of several owners counts for each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnerCounts {
    /// The owner; empty for actions without one.
    pub owner: String,
    /// How many of the actions are in each state.
    pub counts: Counts,
    /// Which action is due next, by its position: of those that are not complete, the first that is due on the day or later.
    pub next: Option<usize>,
}

/// An action that is overdue, or in a state that is red.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Which action, by its position in [`Plan::actions`].
    pub action: usize,
    /// How many days its target date had passed; none if it had not, or is not known.
    pub days_late: Option<u32>,
}

/// The day that comes next, and which action is due on it.
#[derive(Default)]
struct Next(Option<(Date, usize)>);

impl Next {
    fn look(&mut self, action: usize, due: Option<Date>, as_of: Option<Date>) {
        if let Some(due) = due.filter(|due| as_of.is_none_or(|day| *due >= day)) {
            self.0 = Some(self.0.map_or((due, action), |known| known.min((due, action))));
        }
    }
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
    let scheme = &plan.scheme.states;
    let none = || Counts { by_state: vec![0; scheme.len()], unknown: 0, worked_out: vec![0; scheme.len()] };
    let ends: Vec<bool> = scheme.iter().map(status::is_end).collect();
    let mut out = Review { as_of, counts: none(), ..Review::default() };
    let mut owners: HashMap<&str, usize> = HashMap::new();
    let mut next: Vec<Next> = Vec::new();
    let (mut unowned, mut next_unowned) = (OwnerCounts { counts: none(), ..OwnerCounts::default() }, Next::default());
    for theme in &plan.themes {
        let mut of_theme = none();
        for objective in &theme.objectives {
            let mut of_objective = none();
            for action in &objective.actions {
                let status = status::on(action, as_of, &plan.scheme);
                let state = scheme.iter().position(|s| Some(&s.id) == status.state.as_ref());
                let position = out.statuses.len();
                let is_open = !state.is_some_and(|i| ends[i]);
                let due = action.target.as_ref().and_then(|t| t.due).filter(|_| is_open);
                for counts in [&mut out.counts, &mut of_theme, &mut of_objective] {
                    counts.add(state, &status);
                }
                for owner in &action.owners {
                    let at = *owners.entry(owner).or_insert_with(|| {
                        out.by_owner.push(OwnerCounts { owner: owner.clone(), counts: none(), next: None });
                        next.push(Next::default());
                        out.by_owner.len() - 1
                    });
                    out.by_owner[at].counts.add(state, &status);
                    next[at].look(position, due, as_of);
                }
                if action.owners.is_empty() {
                    unowned.counts.add(state, &status);
                    next_unowned.look(position, due, as_of);
                }
                let days_late = due.zip(as_of).and_then(|(due, day)| u32::try_from(day.days_after(due)).ok()).filter(|days| *days > 0);
                if days_late.is_some() || (is_open && state.is_some_and(|i| status::is_red(&scheme[i]))) {
                    out.exceptions.push(Exception { action: position, days_late });
                }
                out.statuses.push(status);
            }
            out.by_objective.push(of_objective);
        }
        out.by_theme.push(of_theme);
    }
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
    fn counts_exceptions_and_what_is_next() {
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
            action(&[], "Dec '11", Some("overdue")),
            action(&["Ann"], "Feb '12", None),
            action(&["Ann"], "Jan '12", None),
            action(&["Cy"], "ongoing", None),
        ];
        let theme = |objectives| Theme { objectives, ..Theme::default() };
        let plan = Plan {
            scheme: Scheme::default(),
            themes: vec![theme(vec![objective(first), objective(second[..1].to_vec())]), theme(vec![objective(second[1..].to_vec())])],
            ..Plan::default()
        };
        let review = review(&plan, "2011-11-30".parse().ok());
        // complete, on track, at risk, overdue, not started, not yet due; unknown
        let shown = |c: &Counts| (c.by_state.clone(), c.unknown, c.worked_out.iter().sum::<usize>());
        assert_eq!(shown(&review.counts), (vec![1, 1, 0, 2, 0, 2], 1, 3));
        assert_eq!(review.by_theme.iter().map(shown).collect::<Vec<_>>(), [(vec![1, 1, 0, 2, 0, 0], 0, 1), (vec![0, 0, 0, 0, 0, 2], 1, 2)]);
        assert_eq!(review.by_objective.iter().map(Counts::all).collect::<Vec<_>>(), [3, 1, 3]);
        let owners: Vec<_> = review.by_owner.iter().map(|o| (o.owner.as_str(), o.counts.all(), o.next)).collect();
        assert_eq!(owners, [("Ann", 4, Some(5)), ("Bo", 2, None), ("Cy", 1, None), ("", 1, Some(3))]);
        let exceptions: Vec<_> = review.exceptions.iter().map(|e| (e.action, e.days_late)).collect();
        assert_eq!(exceptions, [(1, Some(61)), (2, Some(61)), (3, None)], "late, late though on track, and red before its date");
    }
}
