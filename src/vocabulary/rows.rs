//! Words by which rows below a header are distinguished from actions; see `vocabulary/rows.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::phrases::PhraseSet;
use super::{load, normalize, normalize_start};

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
    openings: PhraseSet,
    phrases: PhraseSet,
}

#[derive(Deserialize)]
struct TotalWords {
    labels: HashSet<String>,
    openings: PhraseSet,
}

#[derive(Deserialize)]
struct GuidanceWords {
    labels: HashSet<String>,
    openings: PhraseSet,
    phrases: PhraseSet,
    owner: HashSet<String>,
    asks_for_owner: HashSet<String>,
    example: HashSet<String>,
}

#[derive(Deserialize)]
struct RowHeadingWords {
    words: PhraseSet,
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

/// What stands before the colon or dash of a cell, normalized.
fn label(words: &str) -> String {
    /// In bytes: longer than any label.
    const LONGEST_LABEL: usize = 160;
    let start = words.get(..LONGEST_LABEL).unwrap_or(words);
    let end = words.find([':', '–', '—']).or_else(|| start.find(" - "));
    normalize(end.and_then(|end| start.get(..end)).unwrap_or(start))
}

/// Whether a cell is the label of a note, key or sign-off, or begins with one and a colon.
pub(crate) fn is_notice_label(words: &str) -> bool {
    WORDS.notice.labels.contains(&label(words))
}

/// Whether a cell is the label of a key: "Key:", "RAG key".
pub(crate) fn is_key_label(words: &str) -> bool {
    let label = label(words);
    WORDS.notice.labels.contains(&label)
        && label.split(' ').any(|word| matches!(word, "key" | "legend" | "ratings" | "allwedd"))
}

/// Whether a cell begins as notes and sign-offs do: "Approved by the board".
pub(crate) fn opens_a_notice(words: &str) -> bool {
    WORDS.notice.openings.begins(&normalize_start(words, LONGEST))
}

/// How many phrases of a cell are about the document: "this plan is reviewed".
pub(crate) fn notice_phrases(words: &str) -> usize {
    WORDS.notice.phrases.count_in(&normalize(words))
}

/// Whether a cell is the label of a total.
pub(crate) fn is_total(words: &str) -> bool {
    let label = label(words);
    WORDS.total.labels.contains(&label) || WORDS.total.openings.begins(&label)
}

/// Whether a cell holds nothing but what forms have in place of a value: "dd/mm/yyyy".
pub(crate) fn is_placeholder(words: &str) -> bool {
    // one word more than any label has
    WORDS.guidance.labels.contains(&normalize_start(words, LONGEST + 1))
}

/// Whether a cell begins as guidance does: "State what ...".
pub(crate) fn opens_guidance(words: &str) -> bool {
    WORDS.guidance.openings.begins(&normalize_start(words, LONGEST))
}

/// How many phrases of a cell say how to fill it in.
pub(crate) fn guidance_phrases(words: &str) -> usize {
    WORDS.guidance.phrases.count_in(&normalize(words))
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
    WORDS.guidance.example.contains(&label(words))
}

/// The word with which a heading says what it is, and that a number, letter or colon follows:
/// "Priority 1", "Theme: Safety".
pub(crate) fn heading_word(words: &str) -> Option<&'static str> {
    const LONGEST_NUMBER: usize = 4;
    let first_line = words.lines().next().unwrap_or_default();
    // with the word after the longest
    let normalized = normalize_start(first_line, LONGEST + 1);
    let word = WORDS.heading.words.longest_at_start(&normalized)?;
    let next = normalized[word.len()..].trim_start().split(' ').next().unwrap_or_default();
    let is_digit_or_letter = !next.is_empty()
        && next.len() <= LONGEST_NUMBER
        && (next.chars().any(char::is_numeric)
            || next.len() == 1
            || next.chars().all(|c| matches!(c, 'i' | 'v' | 'x')));
    let is_number = is_digit_or_letter || WORDS.heading.numbers.contains(next);
    (is_number || label(words) == word && words.contains([':', '–', '—'])).then_some(word)
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
        let labels = [
            &WORDS.notice.labels,
            &WORDS.total.labels,
            &WORDS.guidance.labels,
            &WORDS.open.endings,
        ];
        let phrases = [
            &WORDS.notice.openings,
            &WORDS.notice.phrases,
            &WORDS.total.openings,
            &WORDS.guidance.openings,
            &WORDS.guidance.phrases,
            &WORDS.heading.words,
        ];
        let phrases = phrases.into_iter().flat_map(PhraseSet::iter);
        for word in labels.into_iter().flatten().chain(phrases) {
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
