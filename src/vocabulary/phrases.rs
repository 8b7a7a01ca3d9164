//! Phrases that texts are searched for, found by their first word.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use serde::Deserialize;

use super::begins_with_phrase;

/// Phrases of normalised words. To look at a word of a text costs one look-up, however many phrases
/// there are and however long they are.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct PhraseSet {
    by_first_word: HashMap<String, Vec<String>, RandomState>,
}

impl From<Vec<String>> for PhraseSet {
    fn from(phrases: Vec<String>) -> Self {
        let mut by_first_word: HashMap<String, Vec<String>, RandomState> = HashMap::default();
        for phrase in phrases {
            by_first_word.entry(first_word(&phrase).to_owned()).or_default().push(phrase);
        }
        Self { by_first_word }
    }
}

impl PhraseSet {
    /// The phrases that begin with a word.
    pub(super) fn starting_with<'a>(
        &'a self,
        word: &str,
    ) -> impl Iterator<Item = &'a str> + use<'a> {
        self.by_first_word.get(word).into_iter().flatten().map(String::as_str)
    }

    /// The phrases with which a normalised text begins.
    fn at_start(&self, text: &str) -> impl Iterator<Item = &str> {
        self.starting_with(first_word(text)).filter(move |phrase| begins_with_phrase(text, phrase))
    }

    /// Whether a normalised text begins with one of the phrases.
    pub(super) fn begins(&self, text: &str) -> bool {
        self.at_start(text).next().is_some()
    }

    /// The longest phrase with which a normalised text begins.
    pub(super) fn longest_at_start(&self, text: &str) -> Option<&str> {
        self.at_start(text).max_by_key(|phrase| phrase.len())
    }

    /// From how many of its words on a normalised text has one of the phrases.
    pub(super) fn count_in(&self, text: &str) -> usize {
        let starts = [0].into_iter().chain(text.match_indices(' ').map(|(at, _)| at + 1));
        starts.filter(|start| self.begins(&text[*start..])).count()
    }

    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = &String> {
        self.by_first_word.values().flatten()
    }
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}
