//! The date in a sentence: "Discuss by July 2017".

use super::parts::{CellDate, CellPart, CellParts, DateRole, PhraseDays};
use super::tokens::DateToken;
use super::words::DateWord;
use crate::plan::TargetKind;

/// The date by which a sentence says that something is due.
pub(super) struct SentenceDeadline<'p, 'a> {
    pub(super) date: &'p CellDate<'a>,
    pub(super) days: &'p PhraseDays,
    /// Whether the sentence has other dates that it may be due by.
    pub(super) several: bool,
    /// Whether a word or sign beside it says that it is not settled.
    pub(super) is_open: bool,
}

/// A date that something may be due by.
struct DeadlineCandidate<'p, 'a> {
    date: &'p CellDate<'a>,
    days: &'p PhraseDays,
    is_open: bool,
}

/// The only date of a sentence, or the last of several.
pub(super) fn deadline<'p, 'a>(parts: &'p CellParts<'a>) -> Option<SentenceDeadline<'p, 'a>> {
    let mut all: Vec<DeadlineCandidate<'p, 'a>> =
        (0..parts.all.len()).filter_map(|at| candidate(parts, at)).collect();
    // a date in brackets says more about a word before it
    if all.iter().any(|one| !one.date.bracketed) {
        all.retain(|one| !one.date.bracketed || one.date.role == DateRole::InForce);
    }
    [DateRole::InForce, DateRole::Plain, DateRole::Finished, DateRole::Aside].into_iter().find_map(
        |role| {
            let of_role = || all.iter().filter(|one| one.date.role == role);
            let last = match role {
                DateRole::InForce => of_role().next_back(),
                _ => of_role().max_by_key(|one| one.days.span().due),
            };
            let DeadlineCandidate { date, days, is_open } = *last?;
            Some(SentenceDeadline { date, days, several: of_role().count() > 1, is_open })
        },
    )
}

/// The date at a part of a sentence, if something may be due by it.
fn candidate<'p, 'a>(parts: &'p CellParts<'a>, at: usize) -> Option<DeadlineCandidate<'p, 'a>> {
    let Some(CellPart::Date(i)) = parts.all.get(at) else { return None };
    let date = parts.dates.get(*i)?;
    let days = date.days.as_ref()?;
    let before = at.checked_sub(1).and_then(|before| parts.all.get(before));
    let behind = parts.all.get(at + 1);
    let says_open = |part: Option<&CellPart>| {
        matches!(part, Some(CellPart::Says(DateToken::Word(DateWord::Open) | DateToken::Query)))
    };
    let is_open = says_open(before) || says_open(behind);
    let is_counted_from =
        matches!(before, Some(CellPart::Says(DateToken::Word(DateWord::Relative))));
    let only_begins = date.begins && days.last.is_none();
    // a year may be any number, and part of a name: it needs a preposition before it and no word
    // behind it
    let leads = matches!(
        before,
        Some(CellPart::Says(DateToken::Word(
            DateWord::By | DateWord::Filler | DateWord::To | DateWord::Within
        )))
    );
    let ends = matches!(behind, None | Some(CellPart::Says(DateToken::Break | DateToken::Close)));
    let is_year = days.last.is_none() && days.first.kind == TargetKind::Year;
    // "year 1 (2026/27)"
    let is_pair = days.first.start.month() != 1 && date.bracketed && ends;
    let is_date = (!is_year || (leads && ends) || is_pair)
        && !is_cut(parts.all.get(..at).unwrap_or_default());
    (is_date && !is_counted_from && !only_begins).then_some(DeadlineCandidate {
        date,
        days,
        is_open,
    })
}

/// Whether a date seems to be the rest of one that was not understood: "31 Sept 2011", "the 1st day
/// of May 2012".
fn is_cut(before: &[CellPart]) -> bool {
    let is_sign = |part: &&CellPart| {
        matches!(
            part,
            CellPart::Says(
                DateToken::Slash | DateToken::Point | DateToken::Dash { .. } | DateToken::Break
            )
        )
    };
    let mut words = before.iter().rev().skip_while(is_sign);
    match words.next() {
        Some(CellPart::Says(DateToken::Word(DateWord::Unit | DateWord::Week))) => true,
        Some(CellPart::Says(DateToken::Number(_))) => !matches!(
            words.next(),
            Some(CellPart::Says(DateToken::Word(DateWord::Phase | DateWord::Week)))
        ),
        _ => false,
    }
}
