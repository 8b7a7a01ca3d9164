//! Sentences about responsibility: "Head to lead, supported by the nurse", "J Smith (until June),
//! then P Shah".

use std::collections::HashSet;

use crate::vocabulary::{self, cells, roles};

use super::{KnownOwners, comparison_key, names_no_owner, split, without_marks};

/// What a stretch of a sentence says of those it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SentenceRole {
    /// They do something: "Head" of "Head to lead".
    Owner,
    /// They hear of it: "governors" of "reported to governors".
    Other,
    /// Nothing, but it may begin with who does it.
    Open,
}

/// A phrase about responsibility in a line.
#[derive(Debug, Clone, Copy)]
struct ResponsibilityMarker {
    start: usize,
    end: usize,
    before: Option<SentenceRole>,
    after: SentenceRole,
}

/// The owners that a line names, if it is a sentence; as typed, without articles. None if it is no
/// sentence.
pub(super) fn owners(line: &str, known: &KnownOwners<'_>) -> Option<Vec<String>> {
    /// Longer lines are kept as they are.
    const LONGEST: usize = 2000;
    if line.len() > LONGEST {
        return Some(Vec::new());
    }
    let mut unlabelled = line;
    while let Some(rest) = after_label(unlabelled) {
        unlabelled = rest;
    }
    if unlabelled.len() < line.len() {
        let names =
            named_in(unlabelled, known).unwrap_or_else(|| names_of(unlabelled, known, true));
        let as_typed = names.is_empty() && !names_no_owner(unlabelled);
        return Some(if as_typed { vec![without_marks(unlabelled).to_owned()] } else { names });
    }
    if let Some(name) = before_task(line, known) {
        return Some(whole_names(name, known).unwrap_or_else(|| vec![name.to_owned()]));
    }
    named_in(line, known)
}

/// The owners that a line without a label names.
fn named_in(line: &str, known: &KnownOwners<'_>) -> Option<Vec<String>> {
    const SHORTEST: usize = 9;
    let markers = markers(line);
    let words = line.split_whitespace().count();
    let verbs = &roles::responsibility().verbs;
    let has_verb = || {
        line.split(|c: char| !c.is_alphanumeric()).any(|word| {
            verbs.contains(word)
                || word.starts_with(char::is_uppercase)
                    && verbs.contains(&word.to_lowercase())
                    && word.len() > 2
        })
    };
    let is_long = words >= SHORTEST && has_verb();
    if markers.is_empty() && !is_long && time_in_brackets(line).is_none() {
        return None;
    }
    let mut owners: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    let mut start = 0;
    let mut part = SentenceRole::Open;
    for (i, marker) in markers.iter().enumerate() {
        let is_owner = marker.before == Some(SentenceRole::Owner);
        read(
            &line[start..marker.start],
            if is_owner && part != SentenceRole::Other { SentenceRole::Owner } else { part },
            is_owner,
            known,
            &mut owners,
            &mut others,
        );
        (start, part) = (marker.end, marker.after);
        if i + 1 == markers.len() {
            break;
        }
    }
    read(&line[start..], part, false, known, &mut owners, &mut others);
    let mut seen: HashSet<String> = others.iter().map(|name| comparison_key(name)).collect();
    if owners.is_empty() {
        owners = others;
        seen.clear();
    }
    owners.retain(|name| seen.insert(comparison_key(name)));
    (is_long || !owners.is_empty()).then_some(owners)
}

/// Reads a stretch between two phrases. `ends_with_name`: its last words are who does what follows.
fn read(
    text: &str,
    part: SentenceRole,
    ends_with_name: bool,
    known: &KnownOwners<'_>,
    owners: &mut Vec<String>,
    others: &mut Vec<String>,
) {
    for (i, clause) in clauses(text).into_iter().enumerate() {
        let names = match part {
            _ if ends_with_name => {
                let whole = names_of(clause, known, false);
                if whole.is_empty() { last_name(clause, known) } else { whole }
            }
            SentenceRole::Open if i > 0 => Vec::new(),
            _ => names_of(clause, known, true),
        };
        if part == SentenceRole::Other { others.extend(names) } else { owners.extend(names) }
    }
}

/// The sentences of a stretch.
fn clauses(text: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(". ") {
        let word = text[start..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        // "J. Smith", "Dr. Patel"
        if word.chars().count() > 3 {
            clauses.push(&text[start..at]);
            start = at + 2;
        }
    }
    clauses.push(&text[start..]);
    clauses
}

/// The names that a stretch begins with, or consists of.
fn names_of(text: &str, known: &KnownOwners<'_>, or_begins_with: bool) -> Vec<String> {
    let text = without_times(text);
    let text = trimmed(&text);
    if text.is_empty() {
        return Vec::new();
    }
    if let Some(names) = whole_names(text, known) {
        return names;
    }
    if !or_begins_with {
        return Vec::new();
    }
    // the longest beginning that consists of names
    let ends = &roles::responsibility().ends;
    let mut stops: Vec<usize> = Vec::new();
    for (at, _) in text.match_indices(char::is_whitespace).take(24) {
        stops.push(at);
        let next = text[at..].split_whitespace().next().unwrap_or_default();
        if ends.contains(next) && !matches!(next, "to" | "in") {
            break;
        }
    }
    stops
        .iter()
        .rev()
        .find_map(|stop| whole_names(trimmed(&text[..*stop]), known))
        .unwrap_or_default()
}

/// The name that a stretch ends with, as "the review and the clerk" does.
fn last_name(text: &str, known: &KnownOwners<'_>) -> Vec<String> {
    let text = without_times(text);
    let text = trimmed(&text);
    let starts = text.match_indices([' ', ',']).map(|(at, _)| at + 1);
    let name_after = |start: usize| {
        let before = trimmed_end_word(&text[..start]);
        let begins = matches!(before, "and" | "the" | "with" | "by" | "&")
            || text[..start].ends_with([',', ':']);
        if begins { whole_names(trimmed(&text[start..]), known) } else { None }
    };
    starts.into_iter().find_map(name_after).unwrap_or_default()
}

fn trimmed_end_word(text: &str) -> &str {
    text.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// The names of which a text consists; none if a part of it is no name.
fn whole_names(text: &str, known: &KnownOwners<'_>) -> Option<Vec<String>> {
    let split = split::split(text, known);
    let mut names = Vec::new();
    for part in split.parts {
        let part = trimmed(part);
        let is_name = roles::shape(part, known.words).is_some()
            || known.alone.contains(&comparison_key(part)) && !part.is_empty();
        if !is_name {
            return None;
        }
        names.push(without_marks(part).to_owned());
    }
    (!names.is_empty()).then_some(names)
}

/// A stretch without punctuation, articles and joining words around it.
fn trimmed(text: &str) -> &str {
    const BEFORE: &[&str] = &[
        "and", "the", "by", "with", "to", "of", "from", "a", "an", "our", "both", "also",
        "jointly", "y", "yr",
    ];
    const AFTER: &[&str] = &[
        "and", "with", "by", "the", "who", "also", "both", "jointly", "as", "is", "will", "are",
        "to",
    ];
    let punctuation =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '&' | '/');
    let mut text = text.trim_matches(punctuation);
    loop {
        let before = text.len();
        if let Some((first, rest)) = text.split_once(char::is_whitespace)
            && BEFORE.iter().any(|word| first.eq_ignore_ascii_case(word))
            && (first.len() > 1 || first.starts_with(char::is_lowercase) || first == "A")
        {
            text = rest.trim_matches(punctuation);
        }
        if let Some((rest, last)) = text.rsplit_once(char::is_whitespace)
            && AFTER.contains(&last)
        {
            text = rest.trim_matches(punctuation);
        }
        if text.len() == before {
            return without_marks(text);
        }
    }
}

/// Where brackets hold a time: "(until June)".
fn time_in_brackets(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|at| from + at) {
        let close = text[open..].find(')').map(|at| open + at)?;
        let inside = text[open + 1..close].trim().to_lowercase();
        let begins = |word: &String| {
            inside.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' '))
        };
        if roles::responsibility().times.iter().any(begins) {
            return Some((open, close + 1));
        }
        from = close;
    }
    None
}

fn without_times(text: &str) -> std::borrow::Cow<'_, str> {
    let mut text = std::borrow::Cow::Borrowed(text);
    while let Some((open, close)) = time_in_brackets(&text) {
        let shorter = format!("{} {}", text[..open].trim_end(), text[close..].trim_start());
        text = std::borrow::Cow::Owned(shorter.replace(" ,", ","));
    }
    text
}

/// What follows a label: "Jane Smith" of "Lead officer: Jane Smith".
fn after_label(line: &str) -> Option<&str> {
    const LONGEST: usize = 32;
    let (label, rest) = line.split_once(':')?;
    let label = label.trim();
    let is_label = label.len() <= LONGEST
        && !rest.trim().is_empty()
        && roles::responsibility().labels.contains(&label.to_lowercase());
    is_label.then(|| rest.trim())
}

/// The name that a line begins with, before what it does: "IT Department" of "IT Department:
/// install the scanners".
fn before_task<'a>(line: &'a str, known: &KnownOwners) -> Option<&'a str> {
    const FEWEST_WORDS: usize = 2;
    let (name, task) = line.split_once(": ")?;
    let (name, task) = (name.trim(), task.trim());
    let is_name =
        roles::shape(name, known.words).is_some() || known.alone.contains(&comparison_key(name));
    let is_of_work = || {
        cells::begins_with_verb(&vocabulary::normalize(task))
            || !roles::looks_like_owner(task, known.words)
    };
    let is_task =
        task.split_whitespace().count() >= FEWEST_WORDS && !task.contains(':') && is_of_work();
    (is_name && is_task).then_some(name)
}

/// The phrases about responsibility in a line, in order, none inside another.
fn markers(line: &str) -> Vec<ResponsibilityMarker> {
    let words = roles::responsibility();
    let kinds: [(&[String], Option<SentenceRole>, SentenceRole); 3] = [
        (&words.owner_follows, None, SentenceRole::Owner),
        (&words.not_owner_follows, None, SentenceRole::Other),
        (&words.owner_precedes, Some(SentenceRole::Owner), SentenceRole::Open),
    ];
    let mut markers: Vec<ResponsibilityMarker> = Vec::new();
    for (start, end) in word_starts(line) {
        if markers.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let mut found: Option<ResponsibilityMarker> = None;
        for (phrases, before, after) in kinds {
            // before "to lead" stands a name
            if before.is_some() && line[..start].trim().is_empty() {
                continue;
            }
            for phrase in phrases {
                let length = phrase.len();
                if found.is_some_and(|found| found.end - start >= length)
                    || !begins_with_phrase(line, start, end, phrase)
                {
                    continue;
                }
                found = Some(ResponsibilityMarker { start, end: start + length, before, after });
            }
        }
        markers.extend(found);
    }
    markers
}

/// Where each word begins and ends, for words in small letters and the first.
fn word_starts(line: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &line[at..];
        let start = at + rest.find(|c: char| c.is_alphanumeric())?;
        let length =
            line[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len() - start);
        at = start + length;
        Some((start, at))
    })
    .filter(move |(start, _)| {
        line[*start..].starts_with(char::is_lowercase) || line[..*start].trim().is_empty()
    })
}

fn begins_with_phrase(line: &str, start: usize, end: usize, phrase: &str) -> bool {
    let first = phrase.split(' ').next().unwrap_or_default();
    if !line[start..end].eq_ignore_ascii_case(first) && !first.contains('-') {
        return false;
    }
    let Some(typed) = line.get(start..start + phrase.len()) else { return false };
    let ends = line[start + phrase.len()..]
        .chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric() && c != '-');
    ends && typed.eq_ignore_ascii_case(phrase)
}
