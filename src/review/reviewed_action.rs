//! Each action of a plan with what a review says of it.

use crate::plan::{Action, Objective, Plan, Status, Theme};

use super::{Position, Review};

/// An action, and how it stands on the day of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewedAction<'a> {
    theme: &'a Theme,
    objective: &'a Objective,
    action: &'a Action,
    status: &'a Status,
    position: Position,
}

impl<'a> ReviewedAction<'a> {
    /// The theme that it belongs to.
    pub fn theme(&self) -> &'a Theme {
        self.theme
    }

    /// The objective that it belongs to.
    pub fn objective(&self) -> &'a Objective {
        self.objective
    }

    /// The action.
    pub fn action(&self) -> &'a Action {
        self.action
    }

    /// Its status, as reported by the day of the review.
    pub fn status(&self) -> &'a Status {
        self.status
    }

    /// Its position against the calendar on that day.
    pub fn position(&self) -> Position {
        self.position
    }
}

impl Plan {
    /// Every action with its status and its position against the calendar, in the order of
    /// [`Plan::actions`].
    ///
    /// `review` must be of this plan: actions that it does not know are left out.
    ///
    /// ```
    /// use planwright::plan::{Action, Objective, Theme};
    /// use planwright::{Plan, Position, PublishOptions, Target, publish, review};
    ///
    /// let action = Action { target: Some(Target::read("Oct '11")), ..Action::default() };
    /// let objective = Objective { actions: vec![action], ..Objective::default() };
    /// let theme = Theme { objectives: vec![objective], ..Theme::default() };
    /// let plan = Plan { themes: vec![theme], ..Plan::default() };
    /// let plan = publish(plan, &PublishOptions::internal());
    ///
    /// let reviewed = review(&plan, "2011-11-30".parse().ok());
    /// for one in plan.plan().actions_with(&reviewed) {
    ///     assert_eq!(one.status().state, None);
    ///     assert_eq!(one.position(), Position::Overdue { days: 30 });
    /// }
    /// ```
    pub fn actions_with<'a>(
        &'a self,
        review: &'a Review,
    ) -> impl Iterator<Item = ReviewedAction<'a>> {
        self.actions().zip(review.statuses.iter().zip(&review.positions)).map(
            |((theme, objective, action), (status, position))| ReviewedAction {
                theme,
                objective,
                action,
                status,
                position: *position,
            },
        )
    }
}
