//! Doubts about dates, each reported once for all cells that share it.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::target::DateDoubt;
use crate::vocabulary::normalize;

use super::{MAX_EXAMPLES, MAX_REASONS};

/// Doubts about dates, by column and code.
#[derive(Debug, Default)]
pub(in crate::import) struct DateDoubts {
    groups: Vec<DoubtGroup>,
    by_key: HashMap<(String, Code), usize>,
}

#[derive(Debug)]
struct DoubtGroup {
    pub(super) header: String,
    pub(super) count: usize,
    pub(super) place: Place,
    pub(super) first: DateDoubt,
    pub(super) reasons: Vec<ReasonGroup>,
}

#[derive(Debug, Default)]
struct ReasonGroup {
    reason: String,
    pub(super) count: usize,
    pub(super) examples: Vec<String>,
}

impl DateDoubts {
    /// Adds the doubts about a cell of a column.
    pub(in crate::import) fn add(
        &mut self,
        header: &str,
        doubts: impl IntoIterator<Item = DateDoubt>,
        place: &Place,
    ) {
        for doubt in doubts {
            let next = self.groups.len();
            let at = *self.by_key.entry((normalize(header), doubt.code)).or_insert(next);
            if at == next {
                let group = DoubtGroup {
                    header: header.to_owned(),
                    count: 0,
                    place: place.clone(),
                    first: doubt.clone(),
                    reasons: Vec::new(),
                };
                self.groups.push(group);
            }
            if let Some(group) = self.groups.get_mut(at) {
                group.add(&doubt, place);
            }
        }
    }

    /// One diagnostic for each column and code.
    pub(in crate::import) fn take(&mut self) -> impl Iterator<Item = Diagnostic> {
        self.by_key.clear();
        std::mem::take(&mut self.groups).into_iter().map(DoubtGroup::diagnostic)
    }
}

impl DoubtGroup {
    fn add(&mut self, doubt: &DateDoubt, place: &Place) {
        self.count += 1;
        let at = self.reasons.iter().position(|group| group.reason == doubt.reason);
        let at = at.unwrap_or_else(|| {
            if self.reasons.len() < MAX_REASONS {
                self.reasons
                    .push(ReasonGroup { reason: doubt.reason.clone(), ..ReasonGroup::default() });
            }
            self.reasons.len() - 1
        });
        let Some(group) = self.reasons.get_mut(at) else { return };
        group.count += 1;
        if group.examples.len() < MAX_EXAMPLES {
            let read_as =
                doubt.read_as.as_ref().map(|date| format!(" as {date}")).unwrap_or_default();
            group.examples.push(if doubt.words.is_empty() {
                place.to_string()
            } else {
                quoted(&doubt.words, place) + &read_as
            });
        }
    }

    pub(super) fn diagnostic(self) -> Diagnostic {
        let Self { header, count, place, first, reasons } = self;
        if count == 1 {
            return Diagnostic::new(first.code, first.message).at(&place).help(first.help);
        }
        let column = column_named(&header);
        let what = match first.code {
            Code::DateUnread => format!(
                "{count} dates in {column} were not understood; they are kept as typed, and these actions count as neither due nor overdue"
            ),
            Code::DateWithoutYear => format!(
                "{count} dates in {column} have no year; they are kept as typed, and these actions count as neither due nor overdue"
            ),
            Code::NoTargetDate => format!("{count} actions have no date in {column}"),
            Code::DateApproximate => {
                format!("{count} dates in {column} name a stretch of time without sharp ends")
            }
            Code::DateReplaced => format!("{count} dates in {column} replace an earlier date"),
            Code::DateSaysStatus => format!("{count} cells of {column} say how the action stands"),
            Code::DateInSentence => format!("{count} dates in {column} stand among other words"),
            _ => format!("{count} dates in {column} were read with some doubt"),
        };
        let reasons: Vec<String> = reasons.iter().map(ReasonGroup::in_words).collect();
        Diagnostic::new(first.code, format!("{what}: {}", reasons.join("; ")))
            .at(&place)
            .help(first.help)
    }
}

impl ReasonGroup {
    pub(super) fn in_words(&self) -> String {
        let examples = examples(&self.examples, self.count);
        if self.reason.is_empty() { examples } else { format!("{examples} ({})", self.reason) }
    }
}

/// Examples, and how many more there are.
pub(super) fn examples(examples: &[String], count: usize) -> String {
    let more = count.saturating_sub(examples.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    examples.join(", ") + &more
}

/// The words of a cell, with its place.
pub(super) fn quoted(words: &str, place: &Place) -> String {
    format!("“{}” ({place})", shortened(words))
}

/// A column by its header.
pub(super) fn column_named(header: &str) -> String {
    if header.is_empty() {
        "a column of dates".to_owned()
    } else {
        format!("the column “{}”", shortened(header))
    }
}

/// Words on one line, cut if they are long.
pub(super) fn shortened(words: &str) -> String {
    const MAX_LENGTH: usize = 80;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
