//! The key messages of a review pack, as sentences. Marks in braces are replaced. Where there are
//! two, the first is for one action.

/// A sentence for one, and one for any other number.
pub(in crate::report) type OneOrMore = [&'static str; 2];

/// The sentences, in one language.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct MessageLabels {
    /// What each message is about.
    pub(in crate::report) complete: &'static str,
    pub(in crate::report) overdue: &'static str,
    pub(in crate::report) due: &'static str,
    pub(in crate::report) reported: &'static str,
    pub(in crate::report) coming_up: &'static str,
    pub(in crate::report) decisions: &'static str,

    /// By the number of complete actions: `{n}`, `{all}`, `{share}`, and a comparison as
    /// `{change}`.
    pub(in crate::report) are_complete: OneOrMore,
    pub(in crate::report) more_than: &'static str,
    pub(in crate::report) fewer_than: &'static str,
    pub(in crate::report) same_as: &'static str,
    /// What is compared with: on a day, in an earlier version.
    pub(in crate::report) on_day: &'static str,
    pub(in crate::report) in_earlier: &'static str,
    pub(in crate::report) since_day: &'static str,
    pub(in crate::report) since_earlier: &'static str,
    /// `{before}`, `{now}`, `{then}`, `{why}`.
    pub(in crate::report) share_fell: &'static str,
    pub(in crate::report) were_added: OneOrMore,
    pub(in crate::report) were_removed: OneOrMore,
    pub(in crate::report) were_reopened: OneOrMore,
    pub(in crate::report) were_completed: OneOrMore,

    /// `{n}`, `{change}`, `{list}`.
    pub(in crate::report) are_overdue: OneOrMore,
    pub(in crate::report) none_overdue: &'static str,
    pub(in crate::report) none_dated_overdue: &'static str,
    /// Of the overdue: `{n}`, `{since}`, `{list}`.
    pub(in crate::report) without_update: OneOrMore,
    pub(in crate::report) all_without_update: OneOrMore,
    pub(in crate::report) all_with_update: OneOrMore,
    /// Where the plan has no day to count from.
    pub(in crate::report) ever: &'static str,

    /// By the number of actions that were due: `{n}` of `{all}`, `{since}`, `{list}`.
    pub(in crate::report) not_done: OneOrMore,
    pub(in crate::report) all_done: OneOrMore,
    /// Of those that are not done: `{list}`.
    pub(in crate::report) new_dates: OneOrMore,

    pub(in crate::report) are_reported: OneOrMore,
    pub(in crate::report) without_reason: OneOrMore,
    pub(in crate::report) all_without_reason: OneOrMore,
    pub(in crate::report) none_reported: &'static str,
    /// `{n}`, `{list}`.
    pub(in crate::report) are_on_hold: OneOrMore,
    /// By the number of open actions: `{n}` of `{all}`.
    pub(in crate::report) not_reported: OneOrMore,

    /// `{n}`, `{day}` (of the review, a month where the plan names no day), `{list}`.
    pub(in crate::report) due_by_review: OneOrMore,
    pub(in crate::report) none_due_by_review: &'static str,
    pub(in crate::report) due_in_months: OneOrMore,
    pub(in crate::report) none_due_in_months: &'static str,

    /// `{list}`: the decisions, one after the other.
    pub(in crate::report) decide: &'static str,
    pub(in crate::report) agree_dates: OneOrMore,
    pub(in crate::report) set_dates: OneOrMore,
    pub(in crate::report) name_owners: OneOrMore,
    pub(in crate::report) answer: OneOrMore,
    pub(in crate::report) set_review: &'static str,
}
