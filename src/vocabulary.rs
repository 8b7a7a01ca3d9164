//! What words mean in plans: headers of columns, statuses, job titles and bodies, dates, in English
//! and Welsh.
//!
//! The words themselves are data: TOML files in the folder `vocabulary`, one for each subject,
//! which an officer can read and extend. This module loads them and answers questions about words;
//! it knows nothing about tables or plans.

mod category;
pub(crate) mod cells;
pub(crate) mod columns;
pub(crate) mod dates;
pub(crate) mod disclosure;
pub(crate) mod documents;
mod field;
pub(crate) mod folding;
pub(crate) mod headings;
pub(crate) mod labels;
pub(crate) mod names;
mod phrases;
pub(crate) mod publishing;
pub(crate) mod reasons;
pub(crate) mod registers;
pub(crate) mod roles;
pub(crate) mod rows;
pub(crate) mod statuses;
pub(crate) mod updates;
pub(crate) mod words;

pub use category::Category;
pub use field::Field;

use serde::de::DeserializeOwned;

/// Reads a file of the vocabulary, which is part of the program.
///
/// # Panics
///
/// If the file is not valid: the tests of each module read theirs.
fn load<T: DeserializeOwned>(file: &str) -> T {
    toml::from_str(file).expect("the files of the vocabulary are valid")
}

/// Whether normalised words hold a phrase, as whole words.
pub(crate) fn holds_phrase(words: &str, phrase: &str) -> bool {
    let mut starts = [0].into_iter().chain(words.match_indices(' ').map(|(at, _)| at + 1));
    starts.any(|start| begins_with_phrase(&words[start..], phrase))
}

/// Whether normalised words begin with a phrase, as whole words.
fn begins_with_phrase(words: &str, phrase: &str) -> bool {
    words.strip_prefix(phrase).is_some_and(|after| after.is_empty() || after.starts_with(' '))
}

/// Words in the form in which they are compared: lower case, one space apart, without punctuation.
pub(crate) fn normalize(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut apart = false;
    for c in words.chars() {
        if matches!(c, '\'' | '’') {
            continue;
        }
        if !c.is_alphanumeric() {
            apart = true;
            continue;
        }
        if std::mem::take(&mut apart) && !out.is_empty() {
            out.push(' ');
        }
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// The first words of a text, normalised.
pub(crate) fn normalize_start(text: &str, words: usize) -> String {
    normalize(&text[..end_of_words(text, words)])
}

/// Where the first words of a text end, counted as in its normalised form.
pub(crate) fn end_of_words(text: &str, count: usize) -> usize {
    let mut words = 0;
    let mut in_word = false;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '\'' | '’') {
            continue;
        }
        if c.is_alphanumeric() {
            if !std::mem::replace(&mut in_word, true) {
                if words == count {
                    break;
                }
                words += 1;
            }
            end = at + c.len_utf8();
        } else {
            in_word = false;
        }
    }
    end
}

/// A normalised word without the ending of an English plural: "measures", "responsibilities",
/// "criteria".
pub(crate) fn singular(word: &str) -> String {
    if word == "criteria" {
        return "criterion".to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() >= 3) {
        return format!("{stem}y");
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 3 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}
