//! Target dates as people type them: one grammar, day first always.
//!
//! A month is a precision: what is due in September is due when September ends. A quarter is one of
//! the financial year, which begins in April unless the plan says otherwise, so Q4 2010/11 is
//! January to March 2011. Terms are autumn (September to December), spring (January to April) and
//! summer (May to July); seasons have three months each, and winter begins in December. A year of
//! two digits is one of 2000 to 2079. A week has seven days.
//!
//! What can be read in only one way is read in silence. Whatever needs a guess is reported as a
//! [`DateDoubt`], and a year is never guessed.
//!
//! | Room | Holds |
//! |------|-------|
//! | `words` | every word, with what it does in a date |
//! | `months` | their names, whole, cut or misspelt |
//! | `tokens` | a text cut into words, numbers and signs |
//! | `grammar` | one date, or a stretch from one to another |
//! | `calendar` | its days |
//! | `parts` | a cell: its dates, and the words around them |
//! | `beside` | which words beside the dates are notes |
//! | `several` | which of several dates counts |
//! | `sentence` | the date in a sentence |
//! | `timestamp` | times in UTC, as lists are exported with |
//! | `undated` | words that name no day |
//! | `cell` | what all of it comes to |
//! | `figures` | dates and day numbers as spreadsheets and lists have them |
//! | `known` | what was read before |
//! | `alone` | which words are only a spelling of a date |

mod alone;
mod beside;
mod calendar;
mod cell;
mod doubt;
mod figures;
mod grammar;
mod known;
mod months;
mod parts;
mod sentence;
mod several;
#[cfg(test)]
mod tests;
mod timestamp;
mod tokens;
mod undated;
mod words;

use crate::date::PartialDate;
use crate::plan::{Target, TargetKind};
use crate::text;
use crate::text::Text;
use crate::vocabulary::dates;
use crate::vocabulary::normalize;

pub(crate) use alone::alone;
pub(crate) use calendar::DateConventions;
pub(crate) use doubt::DateDoubt;
pub(crate) use figures::{FiguresDate, date_in_figures, day_number};
pub(crate) use known::DateCache;
pub(crate) use timestamp::in_london as utc_time;

/// A target date, and the diagnostics of how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TargetReading {
    pub(crate) target: Target,
    pub(crate) doubts: Vec<DateDoubt>,
}

/// Reads the cell of a target date. What is struck through counts no longer, but stays in the
/// target's words.
pub(crate) fn of_cell(cell: &Text, calendar: DateConventions) -> TargetReading {
    let text = text::one_line(cell);
    let mut valid = cell.clone();
    let mut struck = Vec::new();
    for block in &mut valid.blocks {
        block.spans.retain(|span| {
            if span.style.struck {
                struck.push(span.text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            !span.style.struck
        });
    }
    let valid_line = text::one_line(&valid);
    struck.retain(|words| !words.is_empty());
    if valid_line.is_empty() {
        let doubts = if struck.is_empty() {
            Vec::new()
        } else {
            vec![DateDoubt::all_struck(&struck.join(" "))]
        };
        return TargetReading {
            target: Target { text, struck, kind: TargetKind::Unknown, start: None, due: None },
            doubts,
        };
    }
    let TargetReading { target, mut doubts } =
        of_words(&valid.plain(), calendar, cell::read_with_sentences);
    if !struck.is_empty() {
        doubts.push(DateDoubt::struck(&struck.join(" "), &valid_line));
    }
    TargetReading { target: Target { text, struck, ..target }, doubts }
}

/// Reads a target date. What is not understood is kept as typed, with the kind
/// [`TargetKind::Unknown`]; so are sentences.
pub(crate) fn read(text: &str, calendar: DateConventions) -> Target {
    of_words(text, calendar, cell::read).target
}

fn of_words(
    text: &str,
    calendar: DateConventions,
    read: fn(&str, DateConventions) -> cell::TargetMeaning,
) -> TargetReading {
    let text = text.trim();
    if is_to_be_confirmed(text) {
        let doubts = if text.is_empty() { Vec::new() } else { vec![DateDoubt::still_open(text)] };
        return TargetReading {
            target: Target {
                text: text.to_owned(),
                struck: Vec::new(),
                kind: TargetKind::Unknown,
                start: None,
                due: None,
            },
            doubts,
        };
    }
    let meaning = read(text, calendar);
    TargetReading {
        target: Target {
            text: text.to_owned(),
            struck: Vec::new(),
            kind: meaning.kind,
            start: meaning.start,
            due: meaning.due,
        },
        doubts: meaning.doubts,
    }
}

/// The date that the header of a column names, where the column holds what was reported then: "Nov
/// 2011", "Update - March 2012".
pub(crate) fn header_date(text: &str) -> Option<(PartialDate, Vec<DateDoubt>)> {
    cell::header(text.trim(), DateConventions::default())
}

/// Whether a word names a part of the year, such as a month or a quarter.
pub(crate) fn is_period_word(word: &str) -> bool {
    use words::DateWord::{FinancialYear, Half, Misspelt, Month, Quarter, Season, Term, Year};
    let is_period = |found| {
        matches!(
            found,
            Month(_) | Misspelt(_) | Quarter | Season(_) | Term | Half | Year | FinancialYear
        )
    };
    words::first(word).is_some_and(|(found, length)| length == word.len() && is_period(found))
}

/// Whether the words of a target date say that the action has been done: "already actioned (Aug
/// 11)".
pub(crate) fn says_done(text: &str) -> bool {
    cell::says_done(text, DateConventions::default())
}

/// Whether the words say that a date is still to come.
pub(crate) fn is_to_be_confirmed(text: &str) -> bool {
    const LONGEST: usize = 40;
    if text.len() > LONGEST {
        return false;
    }
    let words = normalize(text);
    words.is_empty() || dates::says_no_date(&words)
}

/// A month or day with its year, as updates and review cycles are dated; `None` for anything less
/// or more.
pub(crate) fn partial_date(text: &str) -> Option<PartialDate> {
    cell::plain_date(text)
}

/// The number of "Apr 2" and "March 26": a day, or the last figures of a year.
pub(crate) fn number_after_month(text: &str) -> Option<u8> {
    let (month, number) = text.trim().split_once(' ')?;
    let is_number = matches!(number.len(), 1 | 2) && number.bytes().all(|b| b.is_ascii_digit());
    let number = number.parse().ok().filter(|number| is_number && (1..=31).contains(number))?;
    let is_month = month.chars().all(|c| c.is_alphabetic() || c == '.')
        && partial_date(&format!("{month} 2011")).is_some();
    is_month.then_some(number)
}

/// A month or day with its year, as [`partial_date`] reads it, or with what is not certain about
/// it.
pub(crate) fn doubtful_date(
    cell: &Text,
    calendar: DateConventions,
) -> Option<(PartialDate, Vec<DateDoubt>)> {
    let TargetReading { target, doubts } = of_cell(cell, calendar);
    let due = target.due?;
    let date = match target.kind {
        TargetKind::Day => PartialDate::Day(due),
        TargetKind::Month => PartialDate::Month(due.year(), due.month()),
        _ => return None,
    };
    Some((date, doubts))
}

/// Whether a text is a part of a date that needs another: a month without a year, or a year of two
/// digits alone.
pub(crate) fn is_fragment(text: &str) -> bool {
    cell::is_fragment(text)
}
