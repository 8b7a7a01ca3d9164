//! What the words of a status cell say: by the plan's own scheme first, then by the words that
//! people use.
//!
//! Words before a dash, a bracket or a comma count first: "Amber (slipped)", "Complete – awaiting
//! sign off". Words that no scheme has are a status of the plan's own ([`OwnStatus`]).

mod head;
mod question;
mod several;

use super::meaning::{self, StateMeaning, StatusWordMeaning};
use super::{percent, said_in_update};
use crate::plan::hue::Hue;
use crate::plan::{Category, Scheme, State, Target, TargetKind};
use crate::vocabulary::normalize;
use crate::vocabulary::statuses::{self, StatusSense, StatusWord};
use crate::vocabulary::words::{ExtraWords, NO_WORDS};

use several::{in_turn, together, was_and_is};

use head::{beginning, head};

pub(crate) use question::asks;
use question::{answer, plain_answer};

/// What words are held against: the plan's scheme, and the words that the caller added to the
/// vocabulary.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StatusVocabulary<'a> {
    pub(crate) scheme: &'a Scheme,
    pub(crate) words: &'a ExtraWords,
}

impl<'a> From<&'a Scheme> for StatusVocabulary<'a> {
    fn from(scheme: &'a Scheme) -> Self {
        Self { scheme, words: &NO_WORDS }
    }
}

/// Words longer than this, in bytes, are a status only if they begin with one.
const LONGEST: usize = 160;

/// What the words of a status cell say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StatusCell<'a> {
    /// There are no words.
    Nothing,
    /// Words that say that there is nothing to say: "TBC".
    NoStatus,
    /// This status.
    Status {
        named: NamedStatus<'a>,
        by: StatusSource,
        /// A status of another meaning that the words after it name.
        yet: Option<NamedStatus<'a>>,
    },
    /// Two statuses or more, none of them before the other.
    Several(Vec<NamedStatus<'a>>),
    /// Words that are too many for a status.
    Prose,
}

/// A status that words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NamedStatus<'a> {
    /// A state of the scheme.
    State(&'a State),
    /// One that the scheme lacks.
    Own(OwnStatus),
}

/// A status in a plan's own words, which its scheme lacks so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnStatus {
    /// What it is called.
    pub(crate) label: String,
    /// Its id, where it is known under one; empty for the label's own.
    pub(crate) id: String,
    pub(crate) category: Option<Category>,
    /// Whether its words are understood.
    pub(crate) is_known: bool,
}

/// What a status was recognised by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusSource {
    /// A colour's name, letter or symbol.
    Colour(Hue),
    /// Words of the scheme, or words for a state.
    Words,
    /// Yes or no, to the question that the header asks.
    Answer,
    /// A sentence that says so outright.
    Sentence,
}

impl NamedStatus<'_> {
    pub(crate) fn category(&self) -> Option<Category> {
        match self {
            Self::State(state) => state.category,
            Self::Own(own) => own.category,
        }
    }

    pub(crate) fn label(&self) -> &str {
        match self {
            Self::State(state) => &state.label,
            Self::Own(own) => &own.label,
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::State(state) => &state.id,
            Self::Own(own) => &own.id,
        }
    }

    /// Whether it says where the work is, but not whether its date will be met.
    pub(crate) fn is_in_progress(&self) -> bool {
        self.id() == IN_PROGRESS
    }

    fn is_same(&self, other: &Self) -> bool {
        (!self.id().is_empty() && self.id() == other.id())
            || normalize(self.label()) == normalize(other.label())
    }

    /// How far an action of this status has come: the less, the lower.
    pub(crate) fn advance(&self) -> u8 {
        super::advance(self.category())
    }
}

const IN_PROGRESS: &str = "in-progress";

/// Reads the words of a status cell in a column with this header.
pub(crate) fn read<'a>(
    words: &str,
    header: &str,
    known: impl Into<StatusVocabulary<'a>>,
) -> StatusCell<'a> {
    let known = known.into();
    let words = words.trim();
    if !words.contains(is_content) {
        return StatusCell::Nothing;
    }
    if let Some(said) = answer(words, header, known) {
        return said;
    }
    let (symbols, rest) = apart(words, known);
    if !rest.contains(char::is_alphanumeric) {
        return match symbols.is_empty() {
            true if words.chars().all(|c| c == '?' || c.is_whitespace()) => StatusCell::NoStatus,
            true => status(unknown(words, known)),
            false => together(symbols),
        };
    }
    let said = in_words(&rest, header, known);
    let is_read = match &said {
        StatusCell::Status { named: NamedStatus::Own(own), .. } => own.is_known,
        StatusCell::Status { .. } | StatusCell::Several(_) => true,
        StatusCell::Nothing | StatusCell::NoStatus | StatusCell::Prose => false,
    };
    match said {
        said if symbols.is_empty() => said,
        StatusCell::Status { named, by, yet: None } if is_read => {
            together(symbols.into_iter().chain([(named, by)]).collect())
        }
        said if is_read => said,
        _ => together(symbols),
    }
}

fn in_words<'a>(words: &str, header: &str, known: StatusVocabulary<'a>) -> StatusCell<'a> {
    doubted(words, known)
        .or_else(|| plain_answer(words, header, known))
        .or_else(|| alone(words, known))
        .or_else(|| was_and_is(words, known))
        .or_else(|| in_turn(words, known))
        .or_else(|| head(words, known))
        .or_else(|| beginning(words, known))
        .unwrap_or_else(|| own_words(words, known))
}

/// Whether a character can be part of a status: a letter, a number or a symbol.
fn is_content(c: char) -> bool {
    c.is_alphanumeric()
        || c == '?'
        || (!c.is_ascii() && !c.is_whitespace() && !"–—…·•¬‐‑‒―’‘“”\u{fe0f}\u{200d}".contains(c))
}

/// The statuses that the symbols among words stand for, and the words without these symbols.
fn apart<'a>(
    words: &str,
    known: StatusVocabulary<'a>,
) -> (Vec<(NamedStatus<'a>, StatusSource)>, String) {
    let mut found = Vec::new();
    let mut rest = String::with_capacity(words.len());
    for c in words.chars() {
        let symbol = if c.is_ascii() {
            None
        } else {
            statuses::of_symbol(c).and_then(|word| of_word(word, "", known))
        };
        match symbol {
            Some(one) => found.push(one),
            None if matches!(
                c,
                '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}'
            ) => {}
            None => rest.push(c),
        }
    }
    (found, rest)
}

fn status(named: NamedStatus<'_>) -> StatusCell<'_> {
    StatusCell::Status { named, by: StatusSource::Words, yet: None }
}

/// The state of the scheme with a hue: the only one, or the one whose label begins with the hue's
/// name.
pub(crate) fn of_hue(hue: Hue, scheme: &Scheme) -> Option<&State> {
    let shades: Vec<&State> =
        scheme.states.iter().filter(|s| Hue::of(s.colour) == Some(hue)).collect();
    let named = |state: &&&State| {
        normalize(&state.label).split(' ').next().and_then(Hue::named) == Some(hue)
    };
    match shades.as_slice() {
        [only] => Some(only),
        several => {
            several.iter().find(named).copied().or_else(|| scheme.states.iter().find(|s| named(&s)))
        }
    }
}

/// A status with a question mark: not that status.
fn doubted<'a>(words: &str, known: StatusVocabulary<'a>) -> Option<StatusCell<'a>> {
    let without =
        words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '?' | '(' | ')'));
    (words[without.len()..].contains('?') && alone(without, known).is_some())
        .then(|| status(unknown(words, known)))
}

/// Words that are a status and nothing else.
pub(super) fn alone<'a>(
    words: &str,
    known: impl Into<StatusVocabulary<'a>>,
) -> Option<StatusCell<'a>> {
    const MOST: usize = 3;
    let known = known.into();
    if words.len() > LONGEST {
        return None;
    }
    let normalized = normalize(words);
    let mut rest = normalized.as_str();
    for _ in 0..=MOST {
        let typed = if rest.len() == normalized.len() { words } else { rest };
        if let Some(said) = exactly(rest, typed, known) {
            return Some(said);
        }
        let Some(shorter) = statuses::without_lead(rest) else { break };
        rest = shorter;
    }
    let percent = percent::in_words(words)?;
    let verdict = if percent >= 100.0 {
        StatusWordMeaning::Means(StateMeaning::Complete)
    } else if percent <= 0.0 {
        StatusWordMeaning::Means(StateMeaning::NotStarted)
    } else {
        meaning::of_words("in progress")?
    };
    of_verdict(verdict, "", known).map(status)
}

fn exactly<'a>(words: &str, typed: &str, known: StatusVocabulary<'a>) -> Option<StatusCell<'a>> {
    let state =
        |state, by| Some(StatusCell::Status { named: NamedStatus::State(state), by, yet: None });
    let word = statuses::of_words(words, known.words);
    let by = if let Some(StatusWord::Colour(name)) = word {
        Hue::named(name).map_or(StatusSource::Words, StatusSource::Colour)
    } else {
        StatusSource::Words
    };
    if let Some(own) = known
        .scheme
        .states
        .iter()
        .find(|s| is_same_in_words(&s.label, words) || is_same_in_words(&s.id, words))
    {
        return state(own, by);
    }
    if let Some(defined) =
        known.scheme.states.iter().find(|s| is_same_in_words(&s.definition, words))
    {
        return state(defined, StatusSource::Words);
    }
    if word == Some(StatusWord::Nothing) {
        return Some(StatusCell::NoStatus);
    }
    let (named, by) = of_word(word?, typed, known)?;
    Some(StatusCell::Status { named, by, yet: None })
}

/// The status that a word of the vocabulary names in a scheme; `typed` as it stands in the source.
fn of_word<'a>(
    word: StatusWord<'_>,
    typed: &str,
    known: StatusVocabulary<'a>,
) -> Option<(NamedStatus<'a>, StatusSource)> {
    match word {
        StatusWord::Sense(_) => {
            Some((of_verdict(meaning::of_status_word(word)?, typed, known)?, StatusSource::Words))
        }
        StatusWord::Colour(name) => {
            let hue = Hue::named(name)?;
            let named = of_hue(hue, known.scheme)
                .map_or_else(|| NamedStatus::Own(of_colour(hue)), NamedStatus::State);
            Some((named, StatusSource::Colour(hue)))
        }
        StatusWord::Nothing => None,
    }
}

/// A colour that the scheme lacks.
pub(super) fn of_colour(hue: Hue) -> OwnStatus {
    OwnStatus {
        label: capital(hue.name()),
        id: hue.name().to_owned(),
        category: hue.category(),
        is_known: false,
    }
}

fn of_verdict<'a>(
    verdict: StatusWordMeaning<'_>,
    typed: &str,
    known: StatusVocabulary<'a>,
) -> Option<NamedStatus<'a>> {
    let (id, category, is_one) = match verdict {
        StatusWordMeaning::Means(meaning) => (meaning.id(), Some(meaning.category()), true),
        StatusWordMeaning::Own(StatusSense { id, category, together, .. }) => {
            (id.as_str(), Category::from_name(category), *together)
        }
        StatusWordMeaning::Nothing => return None,
    };
    if is_one && let Some(state) = known.scheme.state(id) {
        return Some(NamedStatus::State(state));
    }
    let label = if typed.contains(char::is_alphanumeric) {
        as_label(typed)
    } else {
        capital(&id.replace('-', " "))
    };
    let id = if is_one { id.to_owned() } else { String::new() };
    if let Some(state) =
        known.scheme.states.iter().find(|s| is_same_in_words(&s.label, &normalize(&label)))
    {
        return Some(NamedStatus::State(state));
    }
    Some(NamedStatus::Own(OwnStatus { label, id, category, is_known: true }))
}

/// Words that are not understood, as a status of the plan's own.
fn unknown<'a>(words: &str, known: StatusVocabulary<'a>) -> NamedStatus<'a> {
    let label = as_label(words);
    if let Some(state) = known.scheme.states.iter().find(|state| state.label == label) {
        return NamedStatus::State(state);
    }
    NamedStatus::Own(OwnStatus { label, id: String::new(), category: None, is_known: false })
}

/// Words as a status is called: on one line, with a capital first letter, without the dress of a
/// data base.
pub(super) fn as_label(typed: &str) -> String {
    const SHORTEST_SHOUT: usize = 4;
    let line = typed.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_matches(|c: char| {
        matches!(c, '.' | ',' | ';' | ':' | '(' | ')' | '[' | ']' | '-' | '–' | '*' | '!')
    });
    let is_shout = line.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST_SHOUT
        && !line.chars().any(char::is_lowercase);
    let line = if line.is_empty() { typed.trim() } else { line };
    if is_shout { capital(&line.to_lowercase()) } else { capital(line) }
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// Whether normalised words are those of a text; the first letter decides most of the time.
fn is_same_in_words(text: &str, words: &str) -> bool {
    let first = |text: &str| {
        text.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.to_lowercase().next())
    };
    !words.is_empty() && first(text) == first(words) && normalize(text) == words
}

fn is_complete(said: &StatusCell<'_>) -> bool {
    matches!(said, StatusCell::Status { named, .. } if named.category() == Some(Category::Complete))
}

/// Whether words are a date and nothing else, as in "(completed) on 3 May 2012".
fn is_dated(words: &str) -> bool {
    let date = ["on ", "in "].iter().find_map(|before| words.strip_prefix(before)).unwrap_or(words);
    let read = Target::read(date);
    !date.starts_with("by ")
        && read.start.is_some()
        && matches!(
            read.kind,
            TargetKind::Day
                | TargetKind::Month
                | TargetKind::Quarter
                | TargetKind::Term
                | TargetKind::Year
        )
}

/// Words that no scheme has: what they say outright, else a status of the plan's own if they are
/// few enough.
fn own_words<'a>(words: &str, known: StatusVocabulary<'a>) -> StatusCell<'a> {
    const LONGEST_LABEL: usize = 40;
    const MOST_WORDS: usize = 6;
    if let Some((meaning, _)) = said_in_update(words)
        && let Some(named) = of_verdict(StatusWordMeaning::Means(meaning), "", known)
    {
        return StatusCell::Status { named, by: StatusSource::Sentence, yet: None };
    }
    let is_short =
        words.chars().count() <= LONGEST_LABEL && words.split_whitespace().count() <= MOST_WORDS;
    if is_short { status(unknown(words, known)) } else { StatusCell::Prose }
}

#[cfg(test)]
mod tests;
