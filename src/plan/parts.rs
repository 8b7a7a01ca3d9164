//! The objectives and actions of a plan, one by one.

use crate::date::{Date, PartialDate};

use super::{Action, Objective, Plan, Theme, status};

impl Plan {
    /// The day on which the plan was last reviewed, so far as it is known: of a month, its last
    /// day.
    pub fn review_day(&self) -> Option<Date> {
        self.cycle.reviewed.map(PartialDate::last)
    }

    /// Sets the status of each action that states none to what its updates, or the words of its
    /// target date, say of it outright.
    ///
    /// Updates of a period after the day are left aside.
    pub fn infer_statuses(&mut self, day: Option<Date>) {
        for action in
            self.themes.iter_mut().flat_map(|t| &mut t.objectives).flat_map(|o| &mut o.actions)
        {
            action.status = status::on(action, day, &self.scheme);
        }
    }

    /// The objectives, in the plan's order.
    pub(crate) fn objectives_mut(&mut self) -> impl Iterator<Item = &mut Objective> {
        self.themes.iter_mut().flat_map(|theme| &mut theme.objectives)
    }

    /// The actions, in the plan's order.
    pub(crate) fn actions_mut(&mut self) -> impl Iterator<Item = &mut Action> {
        self.objectives_mut().flat_map(|objective| &mut objective.actions)
    }

    /// Whether there is an action that says anything.
    pub fn has_actions(&self) -> bool {
        self.actions().any(|(_, _, action)| action.action.plain().contains(char::is_alphanumeric))
    }

    /// Every action with its theme and objective, in the plan's order.
    pub fn actions(&self) -> impl Iterator<Item = (&Theme, &Objective, &Action)> {
        self.themes.iter().flat_map(|theme| {
            theme.objectives.iter().flat_map(move |objective| {
                objective.actions.iter().map(move |action| (theme, objective, action))
            })
        })
    }
}
