//! What updates say of their action, and how they are announced.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use super::load;
use super::phrases::PhraseSet;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct UpdateVocabulary {
    announced: UpdateList,
    done: OpeningWords,
    complete: UpdatePhrases,
    says: BTreeMap<String, PhraseSet>,
    leads: UpdateSet,
    denies: UpdateSet,
    doubtful: UpdateSet,
    reopened: UpdateSet,
    follows: UpdateSet,
    limits: UpdateSet,
    placeholder: UpdateSet,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct UpdateList {
    words: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct UpdateSet {
    words: HashSet<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OpeningWords {
    openings: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct UpdatePhrases {
    phrases: Vec<String>,
}

const FILE: &str = include_str!("../../vocabulary/updates.toml");

static UPDATES: LazyLock<UpdateVocabulary> = LazyLock::new(|| load(FILE));

static COMPLETE: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let phrases = AhoCorasick::builder().ascii_case_insensitive(true).build(complete());
    phrases.expect("a few phrases make a small automaton")
});

/// Whether words announce an update, beside a date.
pub(crate) fn announces(words: &str) -> bool {
    UPDATES.announced.words.iter().any(|known| known.eq_ignore_ascii_case(words))
}

/// How words begin that are an update by themselves.
pub(crate) fn done() -> &'static [String] {
    &UPDATES.done.openings
}

/// What says that the action has been done.
pub(crate) fn complete() -> &'static [String] {
    &UPDATES.complete.phrases
}

/// Whether a text has one of the phrases of [`complete`], in capitals or not.
pub(crate) fn may_say_complete(text: &str) -> bool {
    COMPLETE.is_match(text)
}

/// What says how the action stands and begins with a word: the id of each state, and the phrases.
pub(crate) fn says_from(
    word: &str,
) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str> + use<>)> + use<'_> {
    UPDATES.says.iter().map(move |(id, phrases)| (id.as_str(), phrases.starting_with(word)))
}

/// Whether a word may stand before what is said of the action.
pub(crate) fn is_lead(word: &str) -> bool {
    UPDATES.leads.words.contains(word)
}

/// Whether a word before "on track" keeps it from being said of the work.
pub(crate) fn denies(word: &str) -> bool {
    UPDATES.denies.words.contains(word)
}

/// Whether a word in the sentence keeps "action complete" from saying that it is.
pub(crate) fn makes_completion_doubtful(word: &str) -> bool {
    UPDATES.doubtful.words.contains(word)
}

/// Whether a word says that something complete is so no longer.
pub(crate) fn reopens(word: &str) -> bool {
    UPDATES.reopened.words.contains(word)
}

/// Whether a word may come after words like "on track", so that these are said of the work.
pub(crate) fn follows(word: &str) -> bool {
    UPDATES.follows.words.contains(word)
}

/// Whether a word after words like "on track" takes them back.
pub(crate) fn limits(word: &str) -> bool {
    UPDATES.limits.words.contains(word)
}

/// Whether words, in lower case and without punctuation, only stand where an update should.
pub(crate) fn is_placeholder(words: &str) -> bool {
    UPDATES.placeholder.words.contains(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_each_question_answered() {
        assert!(toml::from_str::<UpdateVocabulary>(FILE).is_ok());
        assert!(
            announces("Update")
                && announces("diweddariad")
                && is_lead("currently")
                && denies("keep")
        );
        assert!(UPDATES.says.keys().all(|id| crate::plan::Scheme::default().state(id).is_some()));
        assert!(
            UPDATES
                .placeholder
                .words
                .iter()
                .all(|words| crate::vocabulary::normalize(words) == *words)
        );
        assert!(!done().is_empty() && !complete().is_empty());
    }
}
