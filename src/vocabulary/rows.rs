//! Words by which rows below a header are distinguished from actions; see `vocabulary/rows.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{load, normalize};

#[derive(Deserialize)]
struct RowFile {
    notice: NoticeWords,
    total: TotalWords,
    guidance: GuidanceWords,
    heading: RowHeadingWords,
    open: OpenWords,
}

#[derive(Deserialize)]
struct NoticeWords {
    labels: HashSet<String>,
    openings: HashSet<String>,
    phrases: HashSet<String>,
}

#[derive(Deserialize)]
struct TotalWords {
    labels: HashSet<String>,
    openings: HashSet<String>,
}

#[derive(Deserialize)]
struct GuidanceWords {
    labels: HashSet<String>,
    openings: HashSet<String>,
    phrases: HashSet<String>,
    owner: HashSet<String>,
    asks_for_owner: HashSet<String>,
    example: HashSet<String>,
}

#[derive(Deserialize)]
struct RowHeadingWords {
    words: HashSet<String>,
    numbers: HashSet<String>,
}

#[derive(Deserialize)]
struct OpenWords {
    endings: HashSet<String>,
}

static WORDS: LazyLock<RowFile> =
    LazyLock::new(|| load(include_str!("../../vocabulary/rows.toml")));

/// The most words that a label, opening or phrase has.
const LONGEST: usize = 7;

/// The first words of a normalized text: one word, two words, and so on.
fn beginnings(normalized: &str) -> impl Iterator<Item = &str> {
    let ends = normalized.match_indices(' ').map(|(at, _)| at).chain([normalized.len()]);
    ends.take(LONGEST).map(|end| &normalized[..end])
}

fn begins_with(normalized: &str, openings: &HashSet<String>) -> bool {
    beginnings(normalized).any(|words| openings.contains(words))
}

/// How many of the phrases a normalized text has, counted from each of its words.
fn count_phrases(normalized: &str, phrases: &HashSet<String>) -> usize {
    let starts = [0].into_iter().chain(normalized.match_indices(' ').map(|(at, _)| at + 1));
    starts.filter(|start| begins_with(&normalized[*start..], phrases)).count()
}

/// What stands before the colon or dash of a cell, normalized, and whether something stands after
/// it.
fn label(words: &str) -> (String, bool) {
    /// In bytes: longer than any label.
    const LONGEST_LABEL: usize = 160;
    let end = words.find([':', '–', '—']).or_else(|| words.find(" - "));
    let (label, rest) = words.split_at(end.unwrap_or(words.len()));
    (normalize(label.get(..LONGEST_LABEL).unwrap_or(label)), rest.contains(char::is_alphanumeric))
}

/// Whether a cell is the label of a note, key or sign-off, or begins with one and a colon.
pub(crate) fn is_notice_label(words: &str) -> bool {
    WORDS.notice.labels.contains(&label(words).0)
}

/// Whether a cell is the label of a key: "Key:", "RAG key".
pub(crate) fn is_key_label(words: &str) -> bool {
    let (label, _) = label(words);
    WORDS.notice.labels.contains(&label)
        && label.split(' ').any(|word| matches!(word, "key" | "legend" | "ratings" | "allwedd"))
}

/// Whether a cell begins as notes and sign-offs do: "Approved by the board".
pub(crate) fn opens_a_notice(words: &str) -> bool {
    begins_with(&normalize(words), &WORDS.notice.openings)
}

/// How many phrases of a cell are about the document: "this plan is reviewed".
pub(crate) fn notice_phrases(words: &str) -> usize {
    count_phrases(&normalize(words), &WORDS.notice.phrases)
}

/// Whether a cell is the label of a total.
pub(crate) fn is_total(words: &str) -> bool {
    let (label, _) = label(words);
    WORDS.total.labels.contains(&label) || begins_with(&label, &WORDS.total.openings)
}

/// Whether a cell holds nothing but what forms have in place of a value: "dd/mm/yyyy".
pub(crate) fn is_placeholder(words: &str) -> bool {
    WORDS.guidance.labels.contains(&normalize(words))
}

/// Whether a cell begins as guidance does: "State what ...".
pub(crate) fn opens_guidance(words: &str) -> bool {
    begins_with(&normalize(words), &WORDS.guidance.openings)
}

/// How many phrases of a cell say how to fill it in.
pub(crate) fn guidance_phrases(words: &str) -> usize {
    count_phrases(&normalize(words), &WORDS.guidance.phrases)
}

/// Whether a cell asks for an owner rather than naming one: "Name and job title".
pub(crate) fn asks_for_an_owner(words: &str) -> bool {
    let words = normalize(words);
    let mut asks = false;
    words.split(' ').all(|word| {
        asks |= WORDS.guidance.asks_for_owner.contains(word);
        WORDS.guidance.owner.contains(word)
    }) && asks
}

/// Whether a cell says that its row is an example.
pub(crate) fn is_example(words: &str) -> bool {
    WORDS.guidance.example.contains(&label(words).0)
}

/// The word with which a heading says what it is, and that a number, letter or colon follows:
/// "Priority 1", "Theme: Safety".
pub(crate) fn heading_word(words: &str) -> Option<&'static str> {
    const LONGEST_NUMBER: usize = 4;
    let normalized = normalize(words.lines().next().unwrap_or_default());
    let word = beginnings(&normalized).filter_map(|start| WORDS.heading.words.get(start)).last()?;
    let next = normalized[word.len()..].trim_start().split(' ').next().unwrap_or_default();
    let is_digit_or_letter = !next.is_empty()
        && next.len() <= LONGEST_NUMBER
        && (next.chars().any(char::is_numeric)
            || next.len() == 1
            || next.chars().all(|c| matches!(c, 'i' | 'v' | 'x')));
    let is_number = is_digit_or_letter || WORDS.heading.numbers.contains(next);
    (is_number || label(words).0 == *word && words.contains([':', '–', '—'])).then_some(word)
}

/// Whether a text cannot end with this word.
pub(crate) fn never_ends_with(word: &str) -> bool {
    WORDS.open.endings.contains(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_normalized_as_they_are_compared() {
        let all = [
            &WORDS.notice.labels,
            &WORDS.notice.openings,
            &WORDS.notice.phrases,
            &WORDS.total.labels,
            &WORDS.total.openings,
        ];
        let more = [
            &WORDS.guidance.labels,
            &WORDS.guidance.openings,
            &WORDS.guidance.phrases,
            &WORDS.heading.words,
            &WORDS.open.endings,
        ];
        for word in all.into_iter().chain(more).flatten() {
            assert_eq!(&normalize(word), word);
            assert!(word.split(' ').count() <= LONGEST, "{word}");
        }
    }

    #[test]
    fn headings_say_what_they_are() {
        assert_eq!(heading_word("Priority 1: Safety"), Some("priority"));
        assert_eq!(heading_word("Key priority B"), Some("key priority"));
        assert_eq!(heading_word("Theme: Safety"), Some("theme"));
        assert_eq!(heading_word("Stage two"), Some("stage"));
        assert_eq!(heading_word("Stage plays"), None);
        assert_eq!(heading_word("Priority families"), None);
    }

    #[test]
    fn owners_are_asked_for_or_named() {
        assert!(asks_for_an_owner("Name and job title") && asks_for_an_owner("Who?"));
        assert!(!asks_for_an_owner("Lead officer") && !asks_for_an_owner("J Shah"));
    }
}
