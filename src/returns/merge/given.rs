//! An answer of a return: who gave it, and when.

use crate::date::{Date, PartialDate};
use crate::diagnostic::{Code, Diagnostic};
use crate::embedded::{FilledAnswer, ReturnedWorkbook};
use crate::plan::target::{self, DateConventions, DateDoubt};
use crate::plan::{Action, Scheme};
use crate::report::ReviewField;
use crate::text::Text;

use super::{MergeOptions, bracketed};

/// An answer, and where it comes from.
pub(super) struct GivenAnswer<'a> {
    /// Which of the returns.
    pub(super) from: usize,
    pub(super) name: &'a str,
    pub(super) owner: &'a str,
    pub(super) period: Option<PartialDate>,
    pub(super) answer: &'a FilledAnswer,
    /// The action as it was when the return was made.
    pub(super) was: &'a Action,
    /// When the plan had last been reviewed then.
    pub(super) reviewed: Option<PartialDate>,
    /// Whether the plan is the one that the return was made from.
    pub(super) is_current: bool,
    /// What the statuses meant then.
    pub(super) scheme: &'a Scheme,
}

impl GivenAnswer<'_> {
    /// Who says so: the reviewer named, else the owner asked.
    pub(super) fn by(&self) -> &str {
        if self.answer.entry.reviewer.is_empty() { self.owner } else { &self.answer.entry.reviewer }
    }

    /// When it was reported: on the day or in the month that was typed, else at the review that the
    /// return is for.
    pub(super) fn when(&self) -> Option<PartialDate> {
        typed_date(self.answer).or(self.period)
    }

    /// By what its date is compared with others.
    pub(super) fn rank(&self) -> Option<Date> {
        self.when().map(rank)
    }

    /// The review that it belongs to, as far as that is known.
    pub(super) fn review(&self) -> Option<PartialDate> {
        self.period.or_else(|| typed_date(self.answer))
    }

    /// Who says so and when, as far as that is known: " (Lin Ferguson, 27/02/2012)".
    pub(super) fn who_and_when(&self) -> String {
        let day = match typed_date(self.answer) {
            Some(_) => self.answer.entry.reviewed_on.trim().to_owned(),
            None => self.period.map(PartialDate::in_words).unwrap_or_default(),
        };
        bracketed(&[self.by(), &day])
    }

    /// Where a field of it stands, for a message about another return.
    pub(super) fn whereabouts(&self, field: ReviewField) -> String {
        self.answer
            .place(field)
            .map_or_else(|| self.name.to_owned(), |place| format!("{}:{place}", self.name))
    }

    /// What to report of a typed date that was not read, or not without doubt.
    pub(super) fn doubtful_date(&self) -> Option<Diagnostic> {
        let typed = self.answer.entry.reviewed_on.trim();
        let reference = &self.answer.reference;
        if typed.is_empty() {
            return None;
        }
        let Some((date, doubts)) = read_date(typed) else {
            let used = match self.period {
                Some(period) => {
                    format!("{}, the date of the review, was used instead", period.in_words())
                }
                None => "no date was used".to_owned(),
            };
            let message =
                format!("action {reference}: the date “{typed}” could not be read; {used}");
            let help = "write a day or month with its year, such as 3 June 2012, and merge again";
            return Some(Diagnostic::new(Code::ReturnDateUnread, message).help(help));
        };
        let doubt = doubts.first()?;
        let why =
            if doubt.reason.is_empty() { String::new() } else { format!(" ({})", doubt.reason) };
        let message =
            format!("action {reference}: the date “{typed}” was read as {}{why}", date.in_words());
        Some(Diagnostic::new(doubt.code, message).help("check the date"))
    }
}

/// By what dates are compared: a day within a month is later than the month alone.
pub(super) fn rank(date: PartialDate) -> Date {
    date.first()
}

/// The review that a return is for.
pub(super) fn review_of(filled: &ReturnedWorkbook, options: MergeOptions) -> Option<PartialDate> {
    options
        .period
        .or(filled.return_of.as_ref().map_or(filled.plan.cycle.next_review, |of| of.period))
}

/// The day or month that was typed beside an answer.
pub(super) fn typed_date(answer: &FilledAnswer) -> Option<PartialDate> {
    read_date(answer.entry.reviewed_on.trim()).map(|(date, _)| date)
}

/// A day or month as import reads it, with a time of day or without.
pub(super) fn read_date(words: &str) -> Option<(PartialDate, Vec<DateDoubt>)> {
    let certain = |words: &str| {
        target::partial_date(words).or_else(|| target::utc_time(words).map(PartialDate::Day))
    };
    let without_time = without_time(words);
    if let Some(date) = certain(words).or_else(|| certain(without_time)) {
        return Some((date, Vec::new()));
    }
    target::doubtful_date(&Text::from_plain(without_time), DateConventions::default())
}

/// Words without a time of day at their end: "03/06/2026 14:05", "3 June 2026 at 2pm".
fn without_time(words: &str) -> &str {
    let is_number =
        |part: &str| matches!(part.len(), 1..=2) && part.bytes().all(|b| b.is_ascii_digit());
    let lower = words.to_ascii_lowercase();
    let half = ["am", "pm"].into_iter().find(|half| lower.ends_with(half));
    let clock = half.map_or(words, |half| words[..words.len() - half.len()].trim_end());
    let Some(at) = clock.rfind([' ', 'T']) else { return words };
    let time = &clock[at + 1..];
    let parts: Vec<&str> = time.split(':').collect();
    let is_time = parts.iter().all(|part| is_number(part))
        && (matches!(parts.len(), 2 | 3) || (parts.len() == 1 && half.is_some()));
    if !is_time {
        return words;
    }
    let before = clock[..at].trim_end();
    before.strip_suffix(" at").unwrap_or(before).trim_end_matches([',', ' '])
}

/// All that was filled in, for a diagnostic that accounts for it; the status in the words of the
/// return.
pub(super) fn words_of(given: &GivenAnswer<'_>) -> String {
    worded(given.answer, given.scheme)
}

/// All that was filled in, the status by its label.
pub(super) fn worded(answer: &FilledAnswer, scheme: &Scheme) -> String {
    let state = &answer.entry.state;
    joined(answer, scheme.state(state).map_or(state, |state| &state.label))
}

/// All that was filled in, the status by its id.
pub(super) fn typed_words(answer: &FilledAnswer) -> String {
    joined(answer, &answer.entry.state)
}

fn joined(answer: &FilledAnswer, state: &str) -> String {
    let entry = &answer.entry;
    let words = [
        entry.progress.in_cell(),
        state.to_owned(),
        entry.revised_target.clone(),
        entry.evidence.in_cell(),
        entry.reviewer.clone(),
        entry.reviewed_on.clone(),
    ];
    words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn review_dates_are_read_as_import_reads_dates() {
        for (typed, read) in [
            ("03/06/2026", Some("2026-06-03")),
            ("03/06/2026 14:05", Some("2026-06-03")),
            ("2026-06-03 00:00:00", Some("2026-06-03")),
            ("3 June 2026 at 2pm", Some("2026-06-03")),
            ("3 Jun 2026", Some("2026-06-03")),
            ("3 Gorffennaf 2026", Some("2026-07-03")),
            ("3 Mehefin 2026", Some("2026-06-03")),
            ("Mehefin 2026", Some("2026-06")),
            ("3 Jun", None),
            ("3rd June", None),
            ("last week", None),
            ("", None),
        ] {
            let found = read_date(typed);
            assert!(found.as_ref().is_none_or(|(_, doubts)| doubts.is_empty()), "{typed}");
            assert_eq!(found.map(|(date, _)| date.to_string()).as_deref(), read, "{typed}");
        }
        for doubtful in ["6/30/2026", "6/30/2026 14:05", "6/30/2026, 2:05:09 PM"] {
            let (date, doubts) = read_date(doubtful).unwrap();
            assert_eq!((date.to_string().as_str(), doubts.len()), ("2026-06-30", 1));
        }
    }

    #[test]
    fn a_time_of_day_is_told_from_the_date_before_it() {
        for (typed, date) in [
            ("03/06/2026 14:05", "03/06/2026"),
            ("2026-06-03T14:05:09", "2026-06-03"),
            ("3 June 2026 at 2pm", "3 June 2026"),
            ("3 June 2026, 2:05 PM", "3 June 2026"),
            ("3 June 2026 14", "3 June 2026 14"),
            ("3 June 2026 ab:cd", "3 June 2026 ab:cd"),
            ("3 June 2026 at 114:05", "3 June 2026 at 114:05"),
            ("3 June 2026 1:2:3:4", "3 June 2026 1:2:3:4"),
            ("2pm", "2pm"),
        ] {
            assert_eq!(without_time(typed), date);
        }
    }
}
