//! Who reported an update, at the beginning of its lines: "12/06/2025 Jo Lee: booked", "[Jo Lee
//! 12/06/2025] booked", "Autumn term (Jo Lee): booked".

use std::ops::Range;

use crate::plan::target::{is_period_word, partial_date};
use crate::vocabulary::names::are_initials;
use crate::vocabulary::roles::{self, OwnerKind};
use crate::vocabulary::words::NO_WORDS;

use super::names::keys;

/// The most parts of the beginning of a line.
const MAX_PARTS: usize = 8;

/// The most words of a date or name.
const MAX_WORDS: usize = 4;

/// Words that lead to a date or name.
const LEADS: &[&str] =
    &["by", "from", "update", "updates", "updated", "reported", "noted", "added", "per"];

/// What a part of the beginning of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartKind {
    Date,
    Person,
    /// What stands behind a name in brackets: "(Jo Lee, HR)".
    Role,
}

#[derive(Debug, Clone)]
struct Part {
    kind: PartKind,
    range: Range<usize>,
}

/// Reporters side by side, and what must be removed with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadReporters {
    pub(super) names: Vec<Range<usize>>,
    pub(super) removed: Vec<Range<usize>>,
}

/// The reporters whom the beginnings of lines name beside a date.
pub(super) fn reporters(text: &str) -> Vec<HeadReporters> {
    let mut found: Vec<HeadReporters> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let last = found.iter().flat_map(|one| &one.removed).map(|range| range.end).max();
        if last.is_none_or(|last| last <= start) {
            found.extend(at(text, start));
        }
        start += line.len();
    }
    found
}

fn at(text: &str, start: usize) -> Vec<HeadReporters> {
    let parts = parts(text, start);
    let Some(last) = parts.last() else { return Vec::new() };
    let has = |kind| parts.iter().any(|part| part.kind == kind);
    if !has(PartKind::Date) || !has(PartKind::Person) || !ends(&text[last.range.end..]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let count = parts[at..].iter().take_while(|part| part.kind != PartKind::Date).count();
        if count > 0 {
            found.push(group(text, start, &parts, at..at + count));
        }
        at += count.max(1);
    }
    found
}

/// The reporters in a row of parts, with the marks around them.
fn group(text: &str, start: usize, parts: &[Part], at: Range<usize>) -> HeadReporters {
    let people = parts[at.clone()].iter().filter(|part| part.kind == PartKind::Person);
    let names: Vec<Range<usize>> = people.map(|part| part.range.clone()).collect();
    let (first, end) = (parts[at.start].range.start, parts[at.end - 1].range.end);
    let before = at.start.checked_sub(1).map_or(start, |before| parts[before].range.end);
    let is_open = text[before..first].trim_end().ends_with(['(', '[']);
    let behind = &text[end..];
    let close = Some(behind.len() - behind.trim_start().len())
        .filter(|_| is_open && behind.trim_start().starts_with([')', ']']));
    let mut removed = Vec::new();
    match (close, parts.get(at.end)) {
        (Some(close), Some(_)) if at.start == 0 => removed.push(first..end + close),
        (Some(close), _) => removed.push(before..end + close + 1),
        (None, Some(next)) if at.start == 0 => {
            removed.push(first..next.range.start);
            let opens = text[end..next.range.start].trim_end().ends_with(['(', '[']);
            let close = text[next.range.end..].find([')', ']']).map(|at| next.range.end + at);
            removed.extend(close.filter(|_| opens).map(|close| close..close + 1));
        }
        _ => removed.push(before..end),
    }
    HeadReporters { names, removed }
}

/// Whether the beginning of a line ends here.
fn ends(behind: &str) -> bool {
    let next = behind.trim_start_matches([' ', '\t']);
    let has_space = next.len() < behind.len();
    next.is_empty()
        || next.starts_with([':', ')', ']', '\n', '\r'])
        || has_space && next.starts_with(['–', '—'])
        || has_space && next.starts_with("- ")
}

fn parts(text: &str, start: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut from = start;
    while parts.len() < MAX_PARTS {
        let at = after_marks(text, from);
        let was_person =
            parts.last().is_some_and(|last| last.kind != PartKind::Date && at > last.range.end);
        let Some(part) = part_at(text, at, was_person && is_in_brackets(&text[start..at])) else {
            break;
        };
        // what follows a colon is no part of the beginning
        if text[from..at].contains(':') {
            break;
        }
        from = part.range.end;
        parts.push(part);
    }
    parts
}

fn is_in_brackets(before: &str) -> bool {
    before.rfind(['(', '[', ')', ']']).is_some_and(|at| before[at..].starts_with(['(', '[']))
}

fn after_marks(text: &str, from: usize) -> usize {
    const MARKS: &[char] = &['(', ')', '[', ']', ',', '-', '–', '—', '|', '/', '*', '•'];
    let mut at = from;
    loop {
        let rest = text[at..].trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let next = text.len() - rest.len();
        if !LEADS.contains(&word.to_lowercase().as_str()) {
            return next;
        }
        at = next + word.len();
    }
}

fn part_at(text: &str, at: usize, may_be_role: bool) -> Option<Part> {
    let rest = &text[at..];
    let mut ends = Vec::new();
    let mut is_in_word = false;
    for (offset, c) in rest.char_indices() {
        if !is_in_word && matches!(c, '-' | '–' | '—' | '/' | '•') {
            break;
        }
        let is_end =
            c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ':' | '|' | ';');
        if is_end && is_in_word {
            ends.push(offset);
        }
        is_in_word = !is_end;
        if !c.is_whitespace() && is_end || c == '\n' || ends.len() == MAX_WORDS {
            break;
        }
    }
    if is_in_word && ends.len() < MAX_WORDS {
        ends.push(rest.len());
    }
    // "Lee/Roe" are two, and "12/06" is one
    let slash = rest
        .find('/')
        .filter(|slash| !rest.starts_with(|c: char| c.is_ascii_digit()) && *slash > 0);
    let found = |kind, is: &dyn Fn(&str) -> bool| {
        ends.iter()
            .rev()
            .chain(&slash)
            .find(|end| is(rest[..**end].trim_end()))
            .map(|end| Part { kind, range: at..at + rest[..*end].trim_end().len() })
    };
    found(PartKind::Date, &is_date)
        .or_else(|| found(PartKind::Person, &is_person))
        .or_else(|| found(PartKind::Role, &is_role).filter(|_| may_be_role))
}

fn is_date(words: &str) -> bool {
    let is_number = |word: &str| {
        let word = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | '–'))
    };
    let mut all = words.split_whitespace();
    let is_period = |word: &str| {
        is_period_word(&word.to_lowercase()) || word.starts_with('Q') && is_number(&word[1..])
    };
    partial_date(words).is_some()
        || all.clone().any(|word| is_period(word) || word.len() > 3)
            && words.contains(|c: char| c.is_alphanumeric())
            && all.all(|word| is_number(word) || is_period(word))
}

fn is_person(words: &str) -> bool {
    if are_initials(words) {
        return true;
    }
    keys(words).len() > 1
        && !words.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '/'))
        && roles::shape(words, &NO_WORDS).is_some_and(|shape| shape.kind == OwnerKind::Person)
}

fn is_role(words: &str) -> bool {
    let is_acronym = words.chars().count() < 6 && words.chars().all(char::is_uppercase);
    is_acronym
        || roles::shape(words, &NO_WORDS).is_some_and(|shape| shape.kind != OwnerKind::Person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reporters_at_the_beginning_of_lines_are_found() {
        let without = |text: &str| {
            let mut removed: Vec<Range<usize>> =
                reporters(text).into_iter().flat_map(|one| one.removed).collect();
            removed.sort_by_key(|range| range.start);
            let mut out = text.to_owned();
            removed.into_iter().rev().for_each(|range| out.replace_range(range, ""));
            out
        };
        for (typed, expected) in [
            ("12/06/2025 Jo Lee: booked", "12/06/2025: booked"),
            ("12/06/2025 (Jo Lee) - booked", "12/06/2025 - booked"),
            ("Jo Lee 12/06/2025: booked", "12/06/2025: booked"),
            ("12/06/2025\nJo Lee: booked", "12/06/2025: booked"),
            ("[Jo Lee 12/06/2025] booked", "[12/06/2025] booked"),
            ("June 2025 – Jo Lee – done", "June 2025 – done"),
            ("Autumn term (Jo Lee): done", "Autumn term: done"),
            ("Q2 2025 (Jo Lee): done", "Q2 2025: done"),
            ("JL 12/6/25: done", "12/6/25: done"),
            ("12/6/25 JL - done", "12/6/25 - done"),
            ("12.06.25 (JL) done", "12.06.25 done"),
            ("Jo Lee (12/06/2025): done", "12/06/2025: done"),
            ("Update from Jo Lee 12/06/25: done", "Update from 12/06/25: done"),
            ("June 2025 (Jo Lee, HR): done", "June 2025: done"),
            ("June 2025 (Jo Lee / Al Roe): done", "June 2025: done"),
            ("June 2025 (Jo Lee)\ndone", "June 2025\ndone"),
            ("done\n3 July 2025 (Jo Lee) done", "done\n3 July 2025 done"),
        ] {
            assert_eq!(without(typed), expected, "{typed}");
        }
        for kept in [
            "June 2025: Jo Lee agreed",
            "June 2025 (Head of HR): done",
            "12/06/2025 Jo Lee agreed to it",
            "Jo Lee: done",
            "QA 12/6/25: done",
            "HR 12/6/25: done",
            "Agreed with Jo Lee in June 2025: done",
            "12/06/2025 - 3 visits - done",
            "",
        ] {
            assert_eq!(without(kept), kept);
        }
    }
}
