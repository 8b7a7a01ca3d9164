//! Who reported what: columns that say so, and names in the labels of updates.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::plan::{Plan, Update, owner};
use crate::vocabulary::names::are_initials;
use crate::vocabulary::normalize;
use crate::vocabulary::publishing::{is_reporter_header, is_signatory_header};
use crate::vocabulary::roles::{self, OwnerKind};
use crate::vocabulary::words::NO_WORDS;

use super::edit::{self, TextEdit};
use super::heads::{self, HeadReporters};
use super::names::{NameMatcher, keys};
use super::redaction::Redaction;
use super::removed::RemovedKind;

/// The most bytes of a label that are looked at.
const MAX_LABEL: usize = 120;

impl Redaction<'_> {
    /// Removes the columns that say who reported, updated or wrote something.
    pub(super) fn reporter_columns(&mut self, plan: &mut Plan) {
        self.extra_columns(plan, &is_reporter_header);
        let kept = signatories_of_posts(plan);
        let is_left_out =
            |header: &str| is_signatory_header(header) && !kept.contains(&normalize(header));
        self.extra_columns(plan, &is_left_out);
        self.signatories_kept.extend(kept);
    }

    /// Removes the names of reporters from the labels of updates ("November 2025 (Jo Lee):"), but
    /// for people of the list who may be named.
    pub(super) fn reporters_in_labels(&mut self, plan: &mut Plan, names: &NameMatcher) {
        for action in plan.actions_mut() {
            for update in &mut action.updates {
                let mut is_found = self.reporters_at_heads(update, names);
                let in_label = self.reporters(&update.label, names, update.label.len());
                if !in_label.is_empty() {
                    update.label = edit::words(&update.label, &in_label);
                }
                is_found |= !in_label.is_empty();
                for at in 0..update.text.blocks.len() {
                    let Some(block) = update.text.blocks.get(at) else { continue };
                    let words = block.plain();
                    let mut edits = Vec::new();
                    for (colon, _) in words.match_indices(':') {
                        edits.extend(self.reporters(&words, names, colon));
                    }
                    drop(words);
                    if !edits.is_empty()
                        && let Some(block) = update.text.blocks.get_mut(at)
                    {
                        edit::block(block, &edits);
                        is_found = true;
                    }
                }
                self.found.reporters[0] += usize::from(is_found);
            }
        }
    }

    /// Removes the names of reporters from the beginnings of an update's lines.
    fn reporters_at_heads(&mut self, update: &mut Update, names: &NameMatcher) -> bool {
        let in_label = self.edits_at_heads(&update.label, names);
        update.label = edit::words(&update.label, &in_label);
        let mut is_found = !in_label.is_empty();
        for at in 0..update.text.blocks.len() {
            let Some(block) = update.text.blocks.get(at) else { continue };
            let edits = self.edits_at_heads(&block.plain(), names);
            if !edits.is_empty()
                && let Some(block) = update.text.blocks.get_mut(at)
            {
                edit::block(block, &edits);
                is_found = true;
            }
        }
        is_found
    }

    fn edits_at_heads(&mut self, words: &str, names: &NameMatcher) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        for HeadReporters { names: ranges, removed } in heads::reporters(words) {
            if ranges.iter().all(|range| names.may_stay(&words[range.clone()])) {
                continue;
            }
            for name in ranges.into_iter().map(|range| &words[range]) {
                // initials are too short to be looked for
                if !are_initials(name) {
                    self.keep(RemovedKind::Name, name);
                }
            }
            edits.extend(
                removed.into_iter().map(|range| TextEdit { range, replacement: String::new() }),
            );
        }
        edits.sort_by_key(|edit| edit.range.start);
        edits
    }

    /// What must be removed from the label that ends at a byte.
    fn reporters(&mut self, words: &str, names: &NameMatcher, end: usize) -> Vec<TextEdit> {
        let label = label_before(words, end);
        let mut edits = Vec::new();
        for Reporter { name, removed } in reporters_in(&words[label.clone()]) {
            let name = &words[label.start + name.start..label.start + name.end];
            if names.may_stay(name) {
                continue;
            }
            self.keep(RemovedKind::Name, name);
            edits.extend(removed.into_iter().map(|range| TextEdit {
                range: label.start + range.start..label.start + range.end,
                replacement: String::new(),
            }));
        }
        edits
    }
}

/// The headers of columns of those who agreed or checked something in which only posts and bodies
/// stand, as they are compared.
fn signatories_of_posts(plan: &Plan) -> BTreeSet<String> {
    let mut cells: BTreeMap<String, bool> = BTreeMap::new();
    let of_objectives = plan
        .themes
        .iter()
        .flat_map(|theme| &theme.objectives)
        .flat_map(|objective| &objective.extra.0);
    let of_actions = plan.actions().flat_map(|(_, _, action)| &action.extra.0);
    for (header, text) in of_objectives.chain(of_actions) {
        if !is_signatory_header(header) || text.is_empty() {
            continue;
        }
        let names = owner::read_all(std::iter::once(&*text.plain())).concat();
        let are_posts = names.iter().all(|name| {
            roles::shape(name, &NO_WORDS).is_some_and(|shape| shape.kind != OwnerKind::Person)
        });
        *cells.entry(normalize(header)).or_insert(true) &= are_posts;
    }
    cells.into_iter().filter(|(_, are_posts)| *are_posts).map(|(header, _)| header).collect()
}

/// The label that ends at a byte: the words from the beginning of the sentence on.
fn label_before(words: &str, end: usize) -> Range<usize> {
    let before = &words[..end];
    let mut start = end.saturating_sub(MAX_LABEL);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    for (at, c) in before[start..].char_indices() {
        let at = start + at;
        let is_end = match c {
            '\n' | ';' | '!' | '?' | ':' => true,
            '.' => {
                let word = before[..at].rsplit(|c: char| !c.is_alphabetic()).next();
                let is_initial = word.is_some_and(|word| word.chars().count() == 1);
                before[at + 1..].starts_with(char::is_whitespace) && !is_initial
            }
            _ => false,
        };
        if is_end {
            return label_before_after(before, at + c.len_utf8());
        }
    }
    start..end
}

fn label_before_after(before: &str, start: usize) -> Range<usize> {
    let last = before[start..].rfind(['\n', ';', '!', '?', ':']).map_or(start, |at| start + at + 1);
    let stop = before[last..].match_indices(". ").filter(|(at, _)| {
        let word = before[..last + at].rsplit(|c: char| !c.is_alphabetic()).next();
        word.is_none_or(|word| word.chars().count() != 1)
    });
    let start = stop.last().map_or(last, |(at, _)| last + at + 2);
    start..before.len()
}

/// The name of a reporter in a label, and what must be removed with it.
struct Reporter {
    name: Range<usize>,
    removed: Vec<Range<usize>>,
}

/// The people whom a label with a date names.
fn reporters_in(label: &str) -> Vec<Reporter> {
    if !label.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let pieces = pieces(label);
    let mut found = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if !is_person(&label[piece.clone()]) {
            continue;
        }
        let before = at.checked_sub(1).map_or(0, |before| pieces[before].end);
        let after = pieces.get(at + 1).map_or(label.len(), |after| after.start);
        let (mark, next) = (&label[before..piece.start], &label[piece.end..after]);
        let is_bracketed = mark.trim().ends_with(['(', '[']) && next.trim().starts_with([')', ']']);
        let mut bracket = None;
        let name = if is_bracketed {
            let close = next.find([')', ']']).map_or(0, |close| close + 1);
            before..piece.end + close
        } else if at > 0 {
            // "(Nov 2025, Jo Lee)" keeps its brackets
            before..piece.end
        } else {
            if next.trim().starts_with(['(', '[']) {
                bracket = label[after..].find([')', ']']).map(|close| after + close);
            }
            piece.start..after
        };
        let removed = std::iter::once(name).chain(bracket.map(|at| at..at + 1)).collect();
        found.push(Reporter { name: piece.clone(), removed });
    }
    found
}

/// The parts of a label between brackets, commas, dashes and "by".
fn pieces(label: &str) -> Vec<Range<usize>> {
    const MARKS: &[&str] = &[" - ", " – ", " — ", " by ", "(", ")", "[", "]", ",", "|", "/"];
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut add = |from: usize, to: usize| {
        let words = &label[from..to];
        let trimmed = words.trim();
        if !trimmed.is_empty() {
            let start = from + words.len() - words.trim_start().len();
            pieces.push(start..start + trimmed.len());
        }
    };
    for (at, _) in label.char_indices() {
        let Some(rest) = label.get(at..).filter(|_| at >= start) else { continue };
        if let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark)) {
            add(start, at);
            start = at + mark.len();
        }
    }
    add(start, label.len());
    pieces
}

fn is_person(words: &str) -> bool {
    keys(words).len() > 1
        && !words.contains(|c: char| c.is_ascii_digit() || c == '@')
        && roles::shape(words, &NO_WORDS).is_some_and(|shape| shape.kind == OwnerKind::Person)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(words: &str) -> String {
        let mut edits = Vec::new();
        for (colon, _) in words.match_indices(':') {
            let label = label_before(words, colon);
            for Reporter { removed, .. } in reporters_in(&words[label.clone()]) {
                edits.extend(removed.into_iter().map(|range| TextEdit {
                    range: label.start + range.start..label.start + range.end,
                    replacement: String::new(),
                }));
            }
        }
        edit::words(words, &edits)
    }

    #[test]
    fn names_of_reporters_are_removed_from_labels() {
        for (typed, expected) in [
            ("November 2025 (Rita Reporter): Done.", "November 2025: Done."),
            ("Nov 2025 - Rita Reporter: Done.", "Nov 2025: Done."),
            ("Dec 2025, R. Reporter: Done.", "Dec 2025: Done."),
            ("All well. 5 Jan 2026 by Mrs Rita Reporter: Done.", "All well. 5 Jan 2026: Done."),
            ("Rita Reporter (Nov 2025): Done.", "Nov 2025: Done."),
            ("Rita Reporter, Nov 2025: Done.", "Nov 2025: Done."),
            ("Update (Nov 2025, Rita Reporter): Done.", "Update (Nov 2025): Done."),
            ("1/2/25 [Rita Reporter]: a: b", "1/2/25: a: b"),
        ] {
            assert_eq!(without(typed), expected, "{typed}");
        }
        for kept in [
            "November 2025 (Head of HR): Done.",
            "June, 2025: Done.",
            "Agreed with Jane Smith: done by 2025",
            "In 2025 we asked. Jane Smith: done",
            "November 2025: Jane Smith agreed.",
            "",
        ] {
            assert_eq!(without(kept), kept);
        }
    }
}
