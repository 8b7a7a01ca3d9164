//! Where an action stands against the calendar on a day: calculated, never stored.

use crate::date::{Date, PartialDate};
use crate::plan::{Category, Plan};

/// Where an action stands against the calendar on a day, whatever its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    /// It is complete.
    Completed,
    /// It will not be done, so that no date counts for it.
    Stopped,
    /// It has no target date that names a day, or there is no day to look at it.
    NoDate,
    /// It is due after the next review, or no next review is known.
    NotDueYet,
    /// It is due on the day or later, and before the next review ends.
    DueBeforeNextReview,
    /// Its target date has passed.
    Overdue {
        /// For how many days.
        days: u32,
    },
}

impl Position {
    /// Whether there is something left to do.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Completed | Self::Stopped)
    }
}

/// How many actions have each position against the calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PositionCounts {
    /// Complete.
    pub completed: usize,
    /// Past their target date.
    pub overdue: usize,
    /// Due before the next review ends.
    pub due_before_next_review: usize,
    /// Due later.
    pub not_due_yet: usize,
    /// Without a target date that names a day.
    pub no_date: usize,
    /// Those that will not be done.
    pub stopped: usize,
}

impl PositionCounts {
    /// How many actions have a date that has not passed, before the next review or later.
    pub fn not_due(&self) -> usize {
        self.due_before_next_review + self.not_due_yet
    }

    /// How many actions have something left to do.
    pub fn open(&self) -> usize {
        self.overdue + self.not_due() + self.no_date
    }

    pub(super) fn add(&mut self, position: Position) {
        *match position {
            Position::Completed => &mut self.completed,
            Position::Overdue { .. } => &mut self.overdue,
            Position::DueBeforeNextReview => &mut self.due_before_next_review,
            Position::NotDueYet => &mut self.not_due_yet,
            Position::NoDate => &mut self.no_date,
            Position::Stopped => &mut self.stopped,
        } += 1;
    }

    pub(super) fn include(&mut self, other: &Self) {
        self.completed += other.completed;
        self.overdue += other.overdue;
        self.due_before_next_review += other.due_before_next_review;
        self.not_due_yet += other.not_due_yet;
        self.no_date += other.no_date;
        self.stopped += other.stopped;
    }
}

/// The days by which positions are calculated.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReviewDays {
    as_of: Option<Date>,
    next_review: Option<Date>,
}

impl ReviewDays {
    pub(super) fn of(plan: &Plan, as_of: Option<Date>) -> Self {
        Self { as_of, next_review: next_review(plan, as_of) }
    }

    /// The position of an action that is due on a day.
    pub(super) fn position(self, category: Option<Category>, due: Option<Date>) -> Position {
        match (category, due, self.as_of) {
            (Some(Category::Complete), ..) => Position::Completed,
            (Some(Category::Stopped), ..) => Position::Stopped,
            (_, Some(due), Some(day)) => match u32::try_from(day.days_after(due)) {
                Ok(days) if days > 0 => Position::Overdue { days },
                _ if self.next_review.is_some_and(|next| due <= next) => {
                    Position::DueBeforeNextReview
                }
                _ => Position::NotDueYet,
            },
            _ => Position::NoDate,
        }
    }
}

/// The last day on which the next review may be, if the plan names one that is still to come.
pub(super) fn next_review(plan: &Plan, as_of: Option<Date>) -> Option<Date> {
    plan.cycle.next_review.map(PartialDate::last).filter(|next| as_of.is_none_or(|day| *next > day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_told_by_the_date_and_the_category() {
        let date = |text: &str| text.parse().ok();
        let calendar = ReviewDays { as_of: date("2011-11-30"), next_review: date("2012-03-31") };
        for (category, due, expected) in [
            (Some(Category::Complete), "2011-09-30", Position::Completed),
            (Some(Category::Stopped), "2011-09-30", Position::Stopped),
            (Some(Category::UnderWay), "2011-10-31", Position::Overdue { days: 30 }),
            (None, "2011-11-29", Position::Overdue { days: 1 }),
            (Some(Category::OffTrack), "2011-11-30", Position::DueBeforeNextReview),
            (None, "2012-03-31", Position::DueBeforeNextReview),
            (None, "2012-04-01", Position::NotDueYet),
            (None, "", Position::NoDate),
        ] {
            assert_eq!(calendar.position(category, date(due)), expected, "{due}");
        }
        let no_review = ReviewDays { next_review: None, ..calendar };
        assert_eq!(
            no_review.position(None, date("2011-11-30")),
            Position::NotDueYet,
            "due on the day itself is not overdue"
        );
    }
}
