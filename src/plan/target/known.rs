//! Dates that were read before: a plan says most of its dates many times.

use std::collections::HashMap;

use crate::date::PartialDate;
use crate::text::{Text, TextBlock, TextBlockKind};

use super::{DateConventions, TargetReading, of_cell, partial_date};

/// The longest words that are kept, in bytes: what is longer seldom comes again.
const LONGEST: usize = 64;

/// The dates of one source.
#[derive(Debug, Default)]
pub(crate) struct DateCache {
    /// How its target dates are counted.
    pub(crate) calendar: DateConventions,
    targets: HashMap<Box<str>, TargetReading>,
    partial: HashMap<Box<str>, Option<PartialDate>>,
}

impl DateCache {
    pub(crate) fn new(calendar: DateConventions) -> Self {
        Self { calendar, ..Self::default() }
    }

    /// What [`of_cell`] reads.
    pub(crate) fn of_cell(&mut self, cell: &Text) -> TargetReading {
        let calendar = self.calendar;
        match plain(cell) {
            Some(words) => look_up(&mut self.targets, words, || of_cell(cell, calendar)),
            None => of_cell(cell, calendar),
        }
    }

    /// What [`partial_date`] reads.
    pub(crate) fn partial_date(&mut self, text: &str) -> Option<PartialDate> {
        look_up(&mut self.partial, text, || partial_date(text))
    }
}

/// The words of a cell, if all of it is one paragraph of which nothing is struck through.
fn plain(cell: &Text) -> Option<&str> {
    let [TextBlock { kind: TextBlockKind::Paragraph, spans }] = cell.blocks.as_slice() else {
        return None;
    };
    let [only] = spans.as_slice() else { return None };
    (!only.style.struck).then_some(&only.text)
}

fn look_up<T: Clone>(known: &mut HashMap<Box<str>, T>, words: &str, read: impl FnOnce() -> T) -> T {
    if let Some(known) = known.get(words) {
        return known.clone();
    }
    let found = read();
    if words.len() <= LONGEST {
        known.insert(words.into(), found.clone());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_is_read_the_same() {
        let cells = [
            "Sept '11",
            "~~Sept '11~~ Oct '11",
            "- Sept '11",
            "By summer, tbc",
            "~~Sept '11~~",
            "12/13 or later",
        ]
        .map(Text::from_commonmark);
        let mut known = DateCache::default();
        for cell in cells.iter().chain(&cells) {
            assert_eq!(known.of_cell(cell), of_cell(cell, DateConventions::default()), "{cell:?}");
        }
        for date in ["November 2011", "Nov 11", "the board. November 2011", "Nov", "November 2011"]
        {
            assert_eq!(known.partial_date(date), partial_date(date), "{date}");
        }
    }
}
