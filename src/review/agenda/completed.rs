//! When an action was completed, as its source says.

use crate::date::Date;
use crate::plan::return_source::is_source_of_return;
use crate::plan::{Action, Basis, Field, Plan, Scheme, Status, Target, status, target};

/// When an action was completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CompletedOn {
    /// The date as typed.
    pub(crate) text: String,
    /// The first day that it can mean.
    pub(crate) first: Date,
    /// The last day that it can mean.
    pub(crate) last: Date,
}

impl CompletedOn {
    fn read(words: &str) -> Option<Self> {
        let words = words.trim();
        let date = Target::read(words);
        Some(Self {
            first: date.start.or(date.due)?,
            last: date.due.or(date.start)?,
            text: words.to_owned(),
        })
    }

    /// The date behind words that say complete, and nothing else: "Completed 12/05/2026", "Closed
    /// (May 2026)".
    fn read_behind_status(words: &str, scheme: &Scheme) -> Option<Self> {
        const LONGEST: usize = 60;
        const BETWEEN: &[&str] = &["on", "in", "since", "ar", "yn", "ym", "ers"];
        if words.len() > LONGEST {
            return None;
        }
        let words = words.trim().trim_end_matches(['.', ')', ']']);
        let is_complete = |words: &str| {
            status::is_only_status(words, scheme)
                && status::said(words, scheme).is_some_and(status::is_complete)
        };
        words.match_indices([' ', '(', '[']).find_map(|(at, _)| {
            let (said, date) = (
                words[..at].trim_end_matches([' ', ':', ',', '-', '–', '—', '(', '[']),
                words[at..].trim_matches([' ', '(', '[', ':', '-', '–', '—']),
            );
            let date = date
                .split_once(' ')
                .filter(|(first, _)| BETWEEN.contains(&first.to_lowercase().as_str()))
                .map_or(date, |(_, rest)| rest);
            let is_date = target::alone(&Target::read(date)).is_some();
            (is_date && is_complete(said)).then(|| Self::read(date)).flatten()
        })
    }
}

/// The headers of the columns that say when actions were completed.
pub(super) fn headers(plan: &Plan) -> Vec<&str> {
    plan.columns
        .iter()
        .filter(|column| column.field == Field::CompletedOn)
        .map(|column| column.header.as_str())
        .collect()
}

/// When a complete action was completed, as a column of such dates says, or the words of its status
/// or target date.
pub(super) fn completed_on(
    action: &Action,
    status: &Status,
    headers: &[&str],
    scheme: &Scheme,
) -> Option<CompletedOn> {
    let mut columns =
        action.extra.0.iter().filter(|(header, _)| headers.contains(&header.as_str()));
    let in_column = columns.find_map(|(_, text)| CompletedOn::read(&text.plain()));
    let is_said = status.basis == Basis::Stated && !is_source_of_return(&status.because);
    let in_status = || CompletedOn::read_behind_status(&status.because, scheme).filter(|_| is_said);
    let of_target = || action.target.as_ref().filter(|target| target::says_done(&target.text));
    in_column
        .or_else(in_status)
        .or_else(|| CompletedOn::read_behind_status(&of_target()?.text, scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_behind_a_status_is_read_where_nothing_else_is_said() {
        let scheme = Scheme::default();
        let read = |words: &str| {
            CompletedOn::read_behind_status(words, &scheme)
                .map(|date| format!("{} {}", date.text, date.last))
        };
        for (words, date) in [
            ("Completed 12/05/2026", Some("12/05/2026 2026-05-12")),
            ("Complete (May 2026)", Some("May 2026 2026-05-31")),
            ("Closed - 12 May 2026.", Some("12 May 2026 2026-05-12")),
            ("Signed off on 12/05/2026", Some("12/05/2026 2026-05-12")),
            ("Wedi'i gwblhau ar 12/05/2026", Some("12/05/2026 2026-05-12")),
            ("Complete (due 12/05/2026)", None),
            ("On track 12/05/2026", None),
            ("Complete", None),
            ("12/05/2026", None),
        ] {
            assert_eq!(read(words).as_deref(), date, "{words}");
        }
    }
}
