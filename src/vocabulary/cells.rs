//! Words by which kinds of cells are known: what will be done, what has been done, how success is
//! measured, how much it matters.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{holds_phrase, load};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CellVocabulary {
    verbs: HashSet<String>,
    progress: HashSet<String>,
    measures: Vec<String>,
    levels: HashSet<String>,
}

static CELLS: LazyLock<CellVocabulary> =
    LazyLock::new(|| load(include_str!("../../vocabulary/cells.toml")));

/// Whether normalised words begin with the verb of something to be done: "review the policy", "to
/// review the policy".
pub(crate) fn begins_with_verb(words: &str) -> bool {
    let first =
        words.split(' ').find(|word| *word != "to" && !word.bytes().all(|b| b.is_ascii_digit()));
    first.is_some_and(|word| CELLS.verbs.contains(word))
}

/// Whether normalised words begin like a report of progress, or hold a verb in the past.
pub(crate) fn reports_progress(words: &str) -> bool {
    let mut words = words.split(' ');
    let first = words.next().unwrap_or_default();
    if CELLS.progress.contains(first) {
        return true;
    }
    // "Draft plan shared with heads", and not "Thresholds are understood and applied"
    let mut first_words = words
        .take_while(|word| {
            !matches!(*word, "is" | "are" | "be" | "will" | "that" | "every" | "each" | "can")
        })
        .take(4);
    first_words.any(|word| word.len() > 4 && word.ends_with("ed"))
}

/// Whether normalised words say how success is measured.
pub(crate) fn measures_success(words: &str) -> bool {
    CELLS.measures.iter().any(|measure| holds_phrase(words, measure))
}

/// Whether normalised words only say how much something matters.
pub(crate) fn is_level(words: &str) -> bool {
    CELLS.levels.contains(words)
}
