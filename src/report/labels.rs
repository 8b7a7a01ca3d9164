//! The fixed words of every output, one table a language.

use super::SheetWords;
use crate::date::{Date, ENGLISH_MONTHS, PartialDate};
use crate::returns::ReturnOf;

/// The words around a plan, in one language.
pub(super) struct Labels {
    pub(super) language: &'static str,
    pub(super) untitled: &'static str,
    pub(super) period: &'static str,
    pub(super) completed: &'static str,
    pub(super) reviewed: &'static str,
    pub(super) next_review: &'static str,
    pub(super) status_on: &'static str,
    pub(super) introduction: &'static str,
    pub(super) recommendations: &'static str,
    pub(super) summary: &'static str,
    pub(super) summary_caption: &'static str,
    pub(super) state: &'static str,
    pub(super) actions: &'static str,
    pub(super) share: &'static str,
    pub(super) total: &'static str,
    pub(super) no_status: &'static str,
    pub(super) key: &'static str,
    pub(super) plan: &'static str,
    pub(super) plan_caption: &'static str,
    pub(super) no_actions: &'static str,
    pub(super) notes: &'static str,
    pub(super) objective: &'static str,
    pub(super) reference: &'static str,
    pub(super) action: &'static str,
    pub(super) owner: &'static str,
    pub(super) success_measures: &'static str,
    pub(super) target: &'static str,
    pub(super) updates: &'static str,
    pub(super) comments: &'static str,
    pub(super) comment_on: &'static str,
    pub(super) status: &'static str,
    pub(super) worked_out: &'static str,
    pub(super) progress: &'static str,
    pub(super) new_status: &'static str,
    pub(super) revised_target: &'static str,
    pub(super) last_update: &'static str,
    pub(super) moved_from: &'static str,
    pub(super) then: &'static str,
    pub(super) return_sheet: &'static str,
    return_of: &'static str,
    return_without_owner: &'static str,
    return_for: &'static str,
    return_how: &'static str,
    return_version: &'static str,
    pub(super) evidence: &'static str,
    pub(super) reviewer: &'static str,
    pub(super) review_date: &'static str,
    pub(super) public_version: &'static str,
    pub(super) internal_version: &'static str,
    pub(super) page: &'static str,
    pub(super) continued: &'static str,
    pub(super) continues: &'static str,
    pub(super) contents: &'static str,
    pub(super) skip_to_plan: &'static str,
    pub(super) answers: &'static str,
    pub(super) status_note: &'static str,
    pub(super) plan_file: &'static str,
    pub(super) entry_legend: &'static str,
    pub(super) enter_text: &'static str,
    pub(super) enter_state: &'static str,
    pub(super) enter_name: &'static str,
    pub(super) enter_date: &'static str,
    pub(super) not_a_state: &'static str,
    pub(super) not_a_date: &'static str,
    pub(super) sheets: SheetWords,
    months: [&'static str; 12],
}

pub(super) const ENGLISH: Labels = Labels {
    language: "en-GB",
    untitled: "Improvement plan",
    period: "Period",
    completed: "Completed",
    reviewed: "Reviewed",
    next_review: "Next review",
    status_on: "Status as at",
    introduction: "Introduction",
    recommendations: "Recommendations",
    summary: "Summary",
    summary_caption: "How many actions are in each state",
    state: "Status",
    actions: "Actions",
    share: "Share",
    total: "All actions",
    no_status: "No status",
    key: "Key to statuses",
    plan: "The plan",
    plan_caption: "The actions, by theme and objective",
    no_actions: "The plan has no actions.",
    notes: "Notes",
    objective: "Objective",
    reference: "Ref",
    action: "Action",
    owner: "Owner",
    success_measures: "Success measures",
    target: "Target date",
    updates: "Updates",
    comments: "Comments on cells",
    comment_on: "Comment on",
    status: "Status",
    worked_out: "Worked out",
    progress: "Progress since last review",
    new_status: "New status",
    revised_target: "Revised target date",
    last_update: "Last update",
    moved_from: "moved from",
    then: "then",
    return_sheet: "Return",
    return_of: "Actions of",
    return_without_owner: "Actions without an owner",
    return_for: "for the review of",
    return_how: "For each action, fill in the marked columns at the right as far as there is something to say, save the workbook and send it back. \
                 The other cells are locked; what is wrong in them can be said under “Progress since last review”.",
    return_version: "version",
    evidence: "Evidence",
    reviewer: "Reviewer",
    review_date: "Date",
    public_version: "Public version",
    internal_version: "Internal version",
    page: "Page {page} of {pages}",
    continued: "(continued)",
    continues: "continues on the next page",
    contents: "Contents",
    skip_to_plan: "Skip to the plan",
    answers: "Answers",
    status_note: "How the status is known",
    plan_file: "The plan, for programs to read",
    entry_legend: "For the reviewer to fill in",
    enter_text: "Fill in at the review. Alt+Enter begins a new line.",
    enter_state: "Choose a status from the list. The key says what each means.",
    enter_name: "Name or role of the reviewer.",
    enter_date: "Enter a day as day/month/year, such as 31/03/2026.",
    not_a_state: "This is not one of the plan’s statuses. Choose one from the list.",
    not_a_date: "This is not a day. Enter it as day/month/year, such as 31/03/2026.",
    sheets: SheetWords {
        cover: "Cover sheet",
        about: "This workbook holds an improvement plan: what is to be done, by whom and by when, how one will know that it is done, and how \
                it stands. Each sheet has its heading in cell A1, and one table at most.",
        contact: "Contact",
        sheet: "Sheet",
        holds: "What it holds",
        one_table: "This sheet holds one table.",
        text: "Text",
        theme: "Theme",
        objective_number: "Objective number",
        answers: "Recommendation answered",
        reference: "Reference",
        recommendation: "Recommendation",
        area: "Area",
        deadline: "Time limit",
        answered_by: "Answered by",
        recommendations_caption: "The recommendations, and the objectives that answer them",
        key_caption: "The statuses, and what each means",
        status: "Status",
        meaning: "What it means",
        column: "Column",
        none: "None",
        stated: "Stated in the plan",
        not_available: "[x] means not available: the plan says nothing here.",
        not_applicable: "[z] means not applicable: there is nothing that the plan could say here.",
        above: "[above]",
        above_means: "Some rows are too long for one row of a sheet and go on in the next, which begins like the first. In it, [above] means \
                      that the words stand in the row above.",
    },
    months: ENGLISH_MONTHS,
};

impl Labels {
    /// A date as it is shown: "30 November 2011", "November 2011", "2011".
    pub(super) fn date(&self, date: PartialDate) -> String {
        match date {
            PartialDate::Year(year) => year.to_string(),
            PartialDate::Month(year, month) => format!("{} {year}", self.month(month)),
            PartialDate::Day(day) => self.day(day),
        }
    }

    /// What a return is called: "Actions of Lin Ferguson, for the review of March 2012".
    pub(super) fn return_heading(&self, of: &ReturnOf) -> String {
        let whose = if of.owner.is_empty() { self.return_without_owner.to_owned() } else { format!("{} {}", self.return_of, of.owner) };
        match of.period {
            Some(period) => format!("{whose}, {} {}", self.return_for, self.date(period)),
            None => whose,
        }
    }

    /// What a return asks for, and the plan and version that it was made from: a line each.
    pub(super) fn return_caption(&self, of: &ReturnOf, title: &str) -> String {
        let title = if title.is_empty() { self.untitled } else { title };
        format!("{}\n{title}, {} {}", self.return_how, self.return_version, of.version)
    }

    /// A day as it is shown.
    pub(super) fn day(&self, day: Date) -> String {
        format!("{} {} {}", day.day(), self.month(day.month()), day.year())
    }

    fn month(&self, month: i8) -> &'static str {
        usize::try_from(month - 1).ok().and_then(|i| self.months.get(i)).copied().unwrap_or_default()
    }
}
