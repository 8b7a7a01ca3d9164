//! Target dates as people type them: one grammar, day first always.
//!
//! A month is a precision: what is due in September is due when September ends. A quarter is one of the financial year, which begins
//! in April unless the plan says otherwise, so Q4 2010/11 is January to March 2011. Terms are autumn (September to December), spring
//! (January to April) and summer (May to July); seasons have three months each, and winter begins in December. A year of two digits
//! is one of 2000 to 2079. A week has seven days.
//!
//! What can be read in only one way is read in silence. Whatever needs a guess is told as a [`Doubt`], and a year is never guessed.
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
//! | `undated` | words that name no day |
//! | `cell` | what all of it comes to |
//! | `known` | what was read before |
//! | `alone` | which words are only a spelling of a date |

mod alone;
mod beside;
mod calendar;
mod cell;
mod doubt;
mod grammar;
mod known;
mod months;
mod parts;
mod several;
#[cfg(test)]
mod tests;
mod tokens;
mod undated;
mod words;

use crate::date::PartialDate;
use crate::plan::{Target, TargetKind, front};
use crate::table::folded;
use crate::text::Text;

pub(crate) use alone::alone;
pub(crate) use calendar::Calendar;
pub(crate) use doubt::Doubt;
pub(crate) use known::Known;

/// A target date, and what there is to tell about how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) target: Target,
    pub(crate) doubts: Vec<Doubt>,
}

/// Reads the cell of a target date. What is struck through counts no longer, but stays in the target's words.
pub(crate) fn of_cell(cell: &Text, calendar: Calendar) -> Reading {
    let text = front::one_line(cell);
    let mut valid = cell.clone();
    let mut struck = String::new();
    for block in &mut valid.blocks {
        block.spans.retain(|span| {
            if span.style.struck {
                struck.push_str(&span.text);
                struck.push(' ');
            }
            !span.style.struck
        });
    }
    let valid_line = front::one_line(&valid);
    let struck = struck.split_whitespace().collect::<Vec<_>>().join(" ");
    if valid_line.is_empty() {
        let doubts = if struck.is_empty() { Vec::new() } else { vec![Doubt::all_struck(&struck)] };
        return Reading { target: Target { text, kind: TargetKind::Unknown, start: None, due: None }, doubts };
    }
    let Reading { target, mut doubts } = of_words(&valid.plain(), calendar);
    if !struck.is_empty() {
        doubts.push(Doubt::struck(&struck, &valid_line));
    }
    Reading { target: Target { text, ..target }, doubts }
}

/// Reads a target date. What is not understood is kept as typed, with the kind [`TargetKind::Unknown`].
pub(crate) fn read(text: &str, calendar: Calendar) -> Target {
    of_words(text, calendar).target
}

fn of_words(text: &str, calendar: Calendar) -> Reading {
    let text = text.trim();
    if is_to_be_confirmed(text) {
        let doubts = if text.is_empty() { Vec::new() } else { vec![Doubt::still_open(text)] };
        return Reading { target: Target { text: text.to_owned(), kind: TargetKind::Unknown, start: None, due: None }, doubts };
    }
    let meaning = cell::read(text, calendar);
    Reading { target: Target { text: text.to_owned(), kind: meaning.kind, start: meaning.start, due: meaning.due }, doubts: meaning.doubts }
}

/// The date that the header of a column names, where the column holds what was reported then: "Nov 2011", "Update - March 2012".
pub(crate) fn header_date(text: &str) -> Option<(PartialDate, Vec<Doubt>)> {
    cell::header(text.trim(), Calendar::default())
}

/// Whether the words of a target date say that the action has been done: "already actioned (Aug 11)".
pub(crate) fn says_done(text: &str) -> bool {
    cell::says_done(text, Calendar::default())
}

/// Whether the words say that a date is still to come.
pub(crate) fn is_to_be_confirmed(text: &str) -> bool {
    const LONGEST: usize = 40;
    text.len() <= LONGEST
        && matches!(
            folded(text).as_str(),
            "" | "tbc"
                | "tba"
                | "tbd"
                | "to be confirmed"
                | "to be agreed"
                | "to be determined"
                | "to be decided"
                | "to be advised"
                | "to be arranged"
                | "to be set"
                | "n a"
                | "na"
                | "none"
                | "not known"
                | "unknown"
                | "not set"
                | "not applicable"
                | "no date"
                | "date tbc"
                | "date to be confirmed"
        )
}

/// A month or day with its year, as updates and review cycles are dated; `None` for anything less or more.
pub(crate) fn partial_date(text: &str) -> Option<PartialDate> {
    cell::plain_date(text)
}

/// Whether a text is a part of a date that needs another: a month without a year, or a year of two digits alone.
pub(crate) fn is_fragment(text: &str) -> bool {
    cell::is_fragment(text)
}
