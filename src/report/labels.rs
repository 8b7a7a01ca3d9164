//! The fixed words of every output, one table a language.

use super::SheetWords;
use crate::date::{Date, ENGLISH_MONTHS, PartialDate};
use crate::plan::{Field, Plan};
use crate::returns::ReturnOf;

use super::build::own_header;
use super::pack::{self, PackLabels};
use super::{FillWords, FindWords};

/// The words around a plan, in one language.
pub(super) struct Labels {
    /// The words of a review pack.
    pub(super) pack: PackLabels,
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
    pub(super) state: &'static str,
    pub(super) actions: &'static str,
    pub(super) share: &'static str,
    pub(super) no_status: &'static str,
    pub(super) plan_sheet: &'static str,
    pub(super) key_sheet: &'static str,
    pub(super) version: &'static str,
    pub(super) as_at: &'static str,
    pub(super) of_these_worked_out: &'static str,
    pub(super) actions_by_status: &'static str,
    pub(super) actions_by_theme: &'static str,
    pub(super) numbers_in_table: &'static str,
    pub(super) exceptions: &'static str,
    pub(super) exceptions_from: &'static str,
    pub(super) exceptions_caption: &'static str,
    pub(super) no_exceptions: &'static str,
    pub(super) days_late: &'static str,
    pub(super) reason: &'static str,
    pub(super) no_reason: &'static str,
    pub(super) by_owner: &'static str,
    pub(super) by_owner_caption: &'static str,
    pub(super) no_owner: &'static str,
    pub(super) next_target: &'static str,
    pub(super) by_owner_means: &'static str,
    pub(super) area: &'static str,
    pub(super) deadline: &'static str,
    pub(super) recommendation: &'static str,
    pub(super) answered_by: &'static str,
    pub(super) unanswered: &'static str,
    pub(super) recommendations_caption: &'static str,
    pub(super) meaning: &'static str,
    one_counted: &'static str,
    some_counted: &'static str,
    none_worked_out: &'static str,
    one_worked_out: &'static str,
    some_worked_out: &'static str,
    pub(super) key: &'static str,
    pub(super) plan: &'static str,
    pub(super) plan_caption: &'static str,
    pub(super) no_actions: &'static str,
    pub(super) notes: &'static str,
    pub(super) theme: &'static str,
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
    pub(super) goes_on: &'static str,
    pub(super) long_texts: &'static str,
    pub(super) where_from: &'static str,
    pub(super) column: &'static str,
    pub(super) rest: &'static str,
    pub(super) plan_file: &'static str,
    pub(super) entry_legend: &'static str,
    pub(super) enter_text: &'static str,
    pub(super) enter_state: &'static str,
    pub(super) enter_name: &'static str,
    pub(super) enter_date: &'static str,
    pub(super) not_a_state: &'static str,
    pub(super) not_a_date: &'static str,
    find: Find,
    fill: Fill,
    pub(super) sheets: SheetWords,
    months: [&'static str; 12],
}

/// What the controls are called by which actions are found; theme, owner and status are called as their columns are.
#[derive(Clone, Copy)]
struct Find {
    legend: &'static str,
    words: &'static str,
    due: &'static str,
    all: &'static str,
    sort: &'static str,
    unsorted: &'static str,
    backwards: &'static str,
    reset: &'static str,
    found: &'static str,
    none: &'static str,
    without: &'static str,
    more: &'static str,
}

/// What the controls are called by which a page is filled in.
#[derive(Clone, Copy)]
struct Fill {
    legend: &'static str,
    how: &'static str,
    save: &'static str,
    clear: &'static str,
    sure: &'static str,
    field: &'static str,
    file: &'static str,
    kept: &'static str,
    lost: &'static str,
    back: &'static str,
    saved: &'static str,
}

pub(super) const ENGLISH: Labels = Labels {
    pack: pack::ENGLISH_PACK,
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
    state: "Status",
    actions: "Actions",
    share: "Share",
    no_status: "No status",
    plan_sheet: "Plan",
    key_sheet: "Key",
    version: "Version of the plan",
    as_at: "as at",
    of_these_worked_out: "Of these, worked out",
    actions_by_status: "Actions by status",
    actions_by_theme: "Actions by theme and status",
    numbers_in_table: "the table with it has the numbers.",
    exceptions: "Exceptions",
    exceptions_from: "Worked out from statuses and target dates",
    exceptions_caption: "the actions that are overdue, or whose status is red.",
    no_exceptions: "no action is overdue or red.",
    days_late: "Days past target date (worked out)",
    reason: "Reason given (latest report)",
    no_reason: "No reason given",
    by_owner: "By owner",
    by_owner_caption: "How each owner’s actions stand",
    no_owner: "No owner",
    next_target: "Next target date (worked out)",
    by_owner_means: "counted from the plan; an action of several owners counts for each. The next target date is the first, on that day or later, of \
                     an action that is not complete.",
    area: "Area",
    deadline: "Time limit",
    recommendation: "Recommendation",
    answered_by: "Answered by",
    unanswered: "No objective answers it",
    recommendations_caption: "Which objectives answer each recommendation, and how many of their actions are in each state, counted from the plan",
    meaning: "What it means",
    one_counted: "1 action, counted from the plan",
    some_counted: "actions, counted from the plan",
    none_worked_out: "No status was worked out: all were stated, or are not known.",
    one_worked_out: "One of the statuses was worked out, and not stated by anyone.",
    some_worked_out: "of the statuses were worked out, and not stated by anyone.",
    key: "Key to statuses",
    plan: "The plan",
    plan_caption: "The actions, by theme and objective",
    no_actions: "The plan has no actions.",
    notes: "Notes",
    theme: "Theme",
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
    goes_on: "[goes on in the sheet “Long texts”]",
    long_texts: "Long texts",
    where_from: "Of",
    column: "Column",
    rest: "How the text goes on",
    plan_file: "The plan, for programs to read",
    entry_legend: "For the reviewer to fill in",
    enter_text: "Fill in at the review. Alt+Enter begins a new line.",
    enter_state: "Choose a status from the list. The key says what each means.",
    enter_name: "Name or role of the reviewer.",
    enter_date: "Enter a day as day/month/year, such as 31/03/2026.",
    not_a_state: "This is not one of the plan’s statuses. Choose one from the list.",
    not_a_date: "This is not a day. Enter it as day/month/year, such as 31/03/2026.",
    find: Find {
        legend: "Find actions",
        words: "Search for",
        due: "Due in",
        all: "All",
        sort: "Sort by",
        unsorted: "Order of the plan",
        backwards: "Last first",
        reset: "Show all actions",
        found: "{shown} of {all} actions",
        none: "No action was found.",
        without: "The whole plan is on this page. To find actions by owner, status or date, or to fill in a review, switch on JavaScript; nothing is sent anywhere.",
        more: "Show all {n}",
    },
    fill: Fill {
        legend: "Your review",
        how: "Fill in the fields of each action, save your review, and send the file back. Nothing is sent from this page.",
        save: "Save my review",
        clear: "Clear my draft",
        sure: "Clear all that you have filled in on this page?",
        field: "{column}, action {action}",
        file: "review",
        kept: "Your draft is kept in this browser. Save your review to send it.",
        lost: "This browser keeps no draft. Save your review before you close the page.",
        back: "What you had filled in was put back. Save your review to send it.",
        saved: "Your review was saved as a file. Send that file back.",
    },
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
    /// What the controls are called by which actions are found.
    pub(super) fn find(&self, plan: &Plan) -> FindWords {
        let Find { legend, words, due, all, sort, unsorted, backwards, reset, found, none, without, more } = self.find;
        FindWords {
            legend: legend.to_owned(),
            words: words.to_owned(),
            theme: self.theme.to_owned(),
            owner: own_header(plan, Field::Owner, self.owner),
            status: own_header(plan, Field::Status, self.status),
            due: due.to_owned(),
            all: all.to_owned(),
            sort: sort.to_owned(),
            unsorted: unsorted.to_owned(),
            backwards: backwards.to_owned(),
            reset: reset.to_owned(),
            found: found.to_owned(),
            none: none.to_owned(),
            without: without.to_owned(),
            more: more.to_owned(),
        }
    }

    /// What the controls are called by which a page is filled in.
    pub(super) fn fill(&self) -> FillWords {
        let Fill { legend, how, save, clear, sure, field, file, kept, lost, back, saved } = self.fill;
        let [legend, how, save, clear, sure, field, file, kept, lost, back, saved] =
            [legend, how, save, clear, sure, field, file, kept, lost, back, saved].map(str::to_owned);
        FillWords { legend, how, save, clear, sure, field, file, kept, lost, back, saved }
    }

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

    /// What counts were counted from: "60 actions, counted from the plan as at 30 November 2011. 40 of the statuses were worked out, and
    /// not stated by anyone."
    pub(super) fn counted_from(&self, actions: usize, worked_out: usize, as_at: &str) -> String {
        let basis = match worked_out {
            0 => self.none_worked_out.to_owned(),
            1 => self.one_worked_out.to_owned(),
            n => format!("{n} {}", self.some_worked_out),
        };
        let counted = if actions == 1 { self.one_counted.to_owned() } else { format!("{actions} {}", self.some_counted) };
        format!("{counted}{as_at}. {basis}")
    }

    /// A day as it is shown.
    pub(super) fn day(&self, day: Date) -> String {
        format!("{} {} {}", day.day(), self.month(day.month()), day.year())
    }

    fn month(&self, month: i8) -> &'static str {
        usize::try_from(month - 1).ok().and_then(|i| self.months.get(i)).copied().unwrap_or_default()
    }
}
