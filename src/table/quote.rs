//! Beginnings of texts, as messages quote them.

/// The first words of a longer text, enough to tell it from others.
pub(super) fn first_words(words: &str) -> String {
    words.split_whitespace().take(14).collect::<Vec<_>>().join(" ")
}

/// The few words that are enough to find a cell.
pub(super) fn head_words(words: &str) -> String {
    words.split_whitespace().take(4).collect::<Vec<_>>().join(" ")
}
