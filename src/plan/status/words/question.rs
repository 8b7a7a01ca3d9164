//! Answers to a question in the header: "On track?", "Yes".

use crate::plan::status::meaning;
use crate::plan::status::meaning::{StateMeaning, StatusWordMeaning};
use crate::vocabulary::normalize;
use crate::vocabulary::statuses::StatusWord;

use super::{StatusCell, StatusSource, StatusVocabulary, of_verdict, of_word};

/// Yes or no, where the header asks: "Complete?", "Done Y/N".
pub(super) fn answer<'a>(
    words: &str,
    header: &str,
    known: StatusVocabulary<'a>,
) -> Option<StatusCell<'a>> {
    let asked = asked(header)?;
    let first = words.split([' ', ',', '-', '–', '—', '(', ':', '.', '\n']).next().unwrap_or(words);
    let named = match first.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "ydy" | "ie" | "✓" | "✔" | "☑" | "✅" => {
            of_verdict(StatusWordMeaning::Means(asked), "", known)?
        }
        "no" | "n" | "false" | "0" | "na" | "nage" | "✗" | "✘" | "☒" | "❌" => {
            let not = format!("not {}", asked.id().replace('-', " "));
            of_verdict(meaning::of_words(&not)?, &not, known)?
        }
        _ => return None,
    };
    Some(StatusCell::Status { named, by: StatusSource::Answer, yet: None })
}

/// Yes in a column that asks nothing: done. "Y" in a column of colours is yellow.
pub(super) fn plain_answer<'a>(
    words: &str,
    header: &str,
    known: StatusVocabulary<'a>,
) -> Option<StatusCell<'a>> {
    let is_yes =
        matches!(words.to_lowercase().trim_end_matches('.'), "y" | "yes" | "true" | "ydy" | "ie");
    if !is_yes {
        return None;
    }
    let is_of_colours = normalize(header)
        .split(' ')
        .any(|word| matches!(word, "rag" | "brag" | "ragb" | "bragg" | "colour"));
    let (named, by) = if is_of_colours && words.len() == 1 {
        of_word(StatusWord::Colour("amber"), "", known)?
    } else {
        (
            of_verdict(StatusWordMeaning::Means(StateMeaning::Complete), "", known)?,
            StatusSource::Answer,
        )
    };
    Some(StatusCell::Status { named, by, yet: None })
}

/// Whether yes or no below a header says how an action stands.
pub(crate) fn asks(header: &str) -> bool {
    asked(header).is_some()
}

/// What a header asks about, if a yes or no can answer it.
fn asked(header: &str) -> Option<StateMeaning> {
    const BEFORE: &[&str] = &[
        "is",
        "it",
        "this",
        "the",
        "has",
        "have",
        "been",
        "was",
        "are",
        "action",
        "actions",
        "task",
        "tasks",
        "milestone",
        "item",
        "step",
        "a",
        "yw",
        "wedi",
    ];
    const AFTER: &[&str] =
        &[" yet", " y n", " yes no", " y or n", " yes or no", " true false", " tick"];
    if header.contains('%') {
        return None;
    }
    let header = normalize(header);
    let mut header = AFTER.iter().find_map(|words| header.strip_suffix(words)).unwrap_or(&header);
    while let Some((_, rest)) = header.split_once(' ').filter(|(first, _)| BEFORE.contains(first)) {
        header = rest;
    }
    // "Have we?"
    if matches!(header, "we" | "you" | "they") {
        return Some(StateMeaning::Complete);
    }
    match meaning::of_words(header) {
        Some(StatusWordMeaning::Means(meaning)) => Some(meaning),
        _ => None,
    }
}
