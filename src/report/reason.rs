//! Why an action is off track or at risk, in words that someone wrote to explain it.

use crate::date::Date;
use crate::plan::return_source::is_source_of_return;
use crate::plan::{
    self, Action, Basis, Category, Field, Plan, Scheme, Status, Target, Update, status, target,
};
use crate::text::Text;
use crate::vocabulary::{normalize, reasons};

use super::plan_table::update;

/// What was reported last of an action, as known on a day: at the review, or in an update.
pub(super) fn latest_report(action: &Action, day: Option<Date>) -> Option<Text> {
    let reported =
        Some(&action.review.progress).filter(|progress| plan::update::reports(progress)).cloned();
    reported.or_else(|| latest_update(action, day).map(update))
}

/// The last update that reports something, as known on a day.
pub(super) fn latest_update(action: &Action, day: Option<Date>) -> Option<&Update> {
    known_updates(action, day).rfind(|update| update.reports())
}

/// The updates that are not of a later period than a day.
fn known_updates(action: &Action, day: Option<Date>) -> impl DoubleEndedIterator<Item = &Update> {
    action.updates.iter().filter(move |update| update.is_known_on(day))
}

/// Why an action stands as it does; none where there are only a status, a date or filler.
///
/// Looked for in this order: a column for reasons, what was filled in at the review, the latest
/// update that explains and does not report that all is well, the words of the status, and a
/// comment on them.
pub(super) fn reason(
    action: &Action,
    reported: &Status,
    plan: &Plan,
    day: Option<Date>,
) -> Option<Text> {
    let scheme = &plan.scheme;
    let explaining = |text: &Text| explains(&text.plain(), scheme);
    let columns = action
        .extra
        .0
        .iter()
        .filter(|(header, text)| reasons::is_header(&normalize(header)) && explaining(text));
    let columns = columns.map(|(_, text)| text.clone());
    let progress = Some(&action.review.progress).filter(|progress| explaining(progress)).cloned();
    let is_well = |update: &Update| {
        let state = update.status.as_deref().and_then(|id| scheme.state(id));
        matches!(
            state.and_then(|state| state.category),
            Some(Category::Complete | Category::UnderWay | Category::Stopped)
        )
    };
    let updates = known_updates(action, day)
        .rev()
        .filter(|update| explaining(&update.text) && !is_well(update))
        .map(update);
    let stated = Some(&reported.because).filter(|said| {
        reported.basis == Basis::Stated
            && !said.starts_with("filled ")
            && !is_source_of_return(said)
            && explains(said, scheme)
    });
    let stated = stated.map(|said| Text::from_plain(said));
    let of_status = |header: &str| {
        plan.columns.iter().any(|column| column.field == Field::Status && column.header == header)
    };
    let comments = action
        .notes
        .iter()
        .filter(|note| of_status(&note.about) && explaining(&note.text))
        .map(|note| note.text.clone());
    columns.chain(progress).chain(updates).chain(stated).chain(comments).next()
}

/// Whether words say more than a status, a date, or that there is nothing to say.
fn explains(words: &str, scheme: &Scheme) -> bool {
    const ENDS: &[char] =
        &['.', ';', ':', '!', '?', '(', ')', '[', ']', ',', '/', '|', '\n', '–', '—'];
    let is_empty = |words: &str| {
        reasons::is_filler(&normalize(words))
            || status::is_only_status(words, scheme)
            || is_date(words)
    };
    if is_empty(words) {
        return false;
    }
    let parts = words.split(ENDS).flat_map(|part| part.split(" - "));
    // "Amber-Red"
    let are_statuses = |part: &str| {
        part.contains('-') && part.split('-').all(|word| status::is_only_status(word, scheme))
    };
    parts.map(str::trim).any(|part| {
        !is_empty(part) && !are_statuses(part) && !is_status_with_words_around(part, scheme)
    })
}

fn is_date(words: &str) -> bool {
    let read = Target::read(words);
    target::alone(&read).is_some()
        || (read.start.is_some() && normalize(words).split(' ').all(is_beside))
}

/// Whether a word is a number, a part of a date, or one that may stand beside a status or date.
fn is_beside(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || target::is_period_word(word.trim_end_matches(|c: char| c.is_ascii_digit()))
        || reasons::is_around(word)
}

/// Whether words are a status, filler or nothing once those that stand around are taken away: "RAG
/// remains amber".
fn is_status_with_words_around(part: &str, scheme: &Scheme) -> bool {
    /// A part of more words explains something.
    const MOST_WORDS: usize = 12;
    let normalized = normalize(part);
    let words: Vec<&str> = normalized.split(' ').collect();
    if words.len() > MOST_WORDS {
        return false;
    }
    let first = words.iter().take_while(|word| is_beside(word)).count();
    if first == words.len() {
        return true;
    }
    let last = words.len() - words.iter().rev().take_while(|word| is_beside(word)).count();
    let is_empty = |words: &str| reasons::is_filler(words) || status::is_only_status(words, scheme);
    (0..=first).any(|from| (last..=words.len()).any(|to| is_empty(&words[from..to].join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_a_date_or_filler_explains_nothing() {
        let scheme = Scheme::default();
        for words in [
            "",
            "Green",
            "Amber.",
            "RAG: Red",
            "Status remains amber",
            "Still at risk",
            "Still off track as at November 2011",
            "Amber (no change)",
            "Red - see above",
            "No update received this quarter.",
            "Nov 2011",
            "30/11/2011",
            "12.03.2012 – amber",
            "Q2 2011/12",
            "end of March 2012",
            "Revised target March 2012",
            "N/A",
            "TBC",
            "-",
            "Overdue. Target date missed.",
            "Delayed",
            "50%",
            "Dim newid",
            "Amber-Red",
            "Red - Amber",
            "Ok",
            "See report",
            "See report.",
            "Same as last time",
            "Chased",
            "Owner to advise",
            "Will be late",
            "Will not meet target date",
            "Will not be completed by the target date",
            "At risk of missing the target date",
            "Unlikely to meet the deadline.",
            "Mewn perygl o fethu’r dyddiad targed",
        ] {
            assert!(!explains(words, &scheme), "{words}");
        }
    }

    #[test]
    fn words_that_explain_are_a_reason_beside_a_status_or_a_date() {
        let scheme = Scheme::default();
        for words in [
            "Red - contractor withdrew",
            "Staffing",
            "Delayed because the contractor withdrew in March 2012.",
            "Awaiting results of next audit.",
            "Amber: two posts vacant",
            "The Police have not sent their figures.",
            "No change: the committee has not met.",
            "Mae dwy swydd yn wag.",
            "Will be late: no bids",
            "Unlikely to meet demand for places",
            "Chased the supplier, who has no parts",
            "Follow-up audit found gaps",
        ] {
            assert!(explains(words, &scheme), "{words}");
        }
    }

    #[test]
    fn the_reason_is_the_latest_that_explains_and_says_not_that_all_is_well() {
        let day = "2011-11-30".parse().ok();
        let update = |period: &str, text: &str, status: Option<&str>| Update {
            period: period.parse().ok(),
            text: Text::from_plain(text),
            status: status.map(str::to_owned),
            ..Update::default()
        };
        let stated = |because: &str| Status {
            state: Some("off-track".to_owned()),
            basis: Basis::Stated,
            because: because.to_owned(),
        };
        let plan = Plan::default();
        let mut action = Action {
            updates: vec![
                update("2011-09", "The supplier failed.", None),
                update("2011-10", "The pilot went well and is on track.", Some("on-track")),
                update("2011-11", "Red", None),
                update("2012-02", "A new supplier was found.", None),
            ],
            ..Action::default()
        };
        let said = |action: &Action, because: &str| {
            reason(action, &stated(because), &plan, day).map(|text| text.plain().into_owned())
        };
        assert_eq!(said(&action, "R").as_deref(), Some("The supplier failed."));
        assert_eq!(
            latest_report(&action, day).map(|text| text.plain().into_owned()).as_deref(),
            Some("Red"),
            "known on the day"
        );
        action.extra.0.push(("Reason for delay".to_owned(), Text::from_plain("No bids.")));
        assert_eq!(said(&action, "R").as_deref(), Some("No bids."));
        let nothing = Action::default();
        assert_eq!(
            said(&nothing, "return of Sharon North, March 2012"),
            None,
            "who said so is no reason"
        );
        assert_eq!(said(&nothing, "return of Sharon North, 20 March 2012"), None);
        assert_eq!(said(&nothing, "filled red"), None);
        assert_eq!(
            said(&nothing, "Red: return of the grant is unsettled").as_deref(),
            Some("Red: return of the grant is unsettled")
        );
    }
}
