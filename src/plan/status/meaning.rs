//! What a state of an action can mean, whatever a plan calls it, and the words that say so.

use crate::plan::Category;
use crate::vocabulary::normalize;
use crate::vocabulary::statuses::{self, StatusSense, StatusWord};
use crate::vocabulary::words::{ExtraWords, NO_WORDS};

/// What a state can mean. Whether green or amber has one of these meanings is for each plan to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StateMeaning {
    Complete,
    OnTrack,
    AtRisk,
    OffTrack,
    NotStarted,
}

impl StateMeaning {
    /// The id of the state that has this meaning.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::OnTrack => "on-track",
            Self::AtRisk => "at-risk",
            Self::OffTrack => "off-track",
            Self::NotStarted => "not-started",
        }
    }

    const ALL: [Self; 5] =
        [Self::NotStarted, Self::OffTrack, Self::AtRisk, Self::OnTrack, Self::Complete];

    /// The meaning of the state with an id.
    pub(crate) fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meaning| meaning.id() == id)
    }

    /// The kind of status that it is.
    pub(crate) const fn category(self) -> Category {
        match self {
            Self::Complete => Category::Complete,
            Self::OnTrack => Category::UnderWay,
            Self::AtRisk => Category::AtRisk,
            Self::OffTrack => Category::OffTrack,
            Self::NotStarted => Category::NotStarted,
        }
    }
}

/// What the words of a status say by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusWordMeaning<'a> {
    /// A state of the default scheme.
    Means(StateMeaning),
    /// A status that a plan has under its own word: "in progress", "on hold".
    Own(&'a StatusSense),
    /// That there is nothing to say.
    Nothing,
}

/// What normalised words say, if they are nothing but words of a status.
pub(crate) fn of_words(words: &str) -> Option<StatusWordMeaning<'static>> {
    of_words_with(words, &NO_WORDS)
}

/// What normalised words say, if they are nothing but words of a status, the caller's among them.
pub(crate) fn of_words_with<'a>(
    words: &str,
    added: &'a ExtraWords,
) -> Option<StatusWordMeaning<'a>> {
    of_status_word(statuses::of_words(words, added)?)
}

/// What a word of the vocabulary says; none for a colour, whose meaning is for each plan to say.
pub(crate) fn of_status_word(word: StatusWord<'_>) -> Option<StatusWordMeaning<'_>> {
    match word {
        StatusWord::Sense(sense) if sense.own => Some(StatusWordMeaning::Own(sense)),
        StatusWord::Sense(sense) => StateMeaning::of_id(&sense.id).map(StatusWordMeaning::Means),
        StatusWord::Nothing => Some(StatusWordMeaning::Nothing),
        StatusWord::Colour(_) => None,
    }
}

/// What a definition of a state means: "Behind schedule, but can be recovered".
///
/// Where it names two meanings with an "or" between them, it is neither.
pub(crate) fn of_definition(definition: &str) -> Option<StateMeaning> {
    const CLAUSES: &[char] = &['.', ',', ';', ':', '(', ')', '\n', '–', '—', '|'];
    const FIRST_COUNTS: &[StateMeaning] = &[
        StateMeaning::NotStarted,
        StateMeaning::OffTrack,
        StateMeaning::AtRisk,
        StateMeaning::OnTrack,
    ];
    let lower = definition.to_lowercase().replace(" but ", "; ").replace(" - ", "; ");
    let clauses: Vec<String> =
        lower.split(CLAUSES).map(|c| format!(" {} ", normalize(c))).collect();
    let meanings: Vec<Vec<StateMeaning>> =
        clauses.iter().map(|c| asserted_in(c)).filter(|m| !m.is_empty()).collect();
    let first = meanings.first()?;
    let all = || meanings.iter().flatten().copied();
    let one = first.first().copied().filter(|one| all().all(|m| m == *one));
    if one.is_some() {
        return one;
    }
    if lower.contains('/') || clauses.iter().any(|c| c.contains(" or ")) {
        return None;
    }
    // "completed on time"
    if first.contains(&StateMeaning::Complete)
        && first.iter().all(|m| matches!(m, StateMeaning::Complete | StateMeaning::OnTrack))
    {
        return Some(StateMeaning::Complete);
    }
    if clauses.iter().any(|c| c.contains(" risk of ")) {
        return Some(StateMeaning::AtRisk);
    }
    FIRST_COUNTS.iter().copied().find(|m| all().any(|it| it == *m))
}

/// The meanings that a clause asserts; its words normalised, with a space at both ends.
fn asserted_in(clause: &str) -> Vec<StateMeaning> {
    let said = |meaning: &StateMeaning| {
        statuses::definitions(meaning.id()).iter().any(|phrase| asserts(clause, *meaning, phrase))
    };
    StateMeaning::ALL.into_iter().filter(said).collect()
}

/// Whether a clause has a phrase that it does not deny or put off: "not on target", "to be
/// completed".
fn asserts(clause: &str, meaning: StateMeaning, phrase: &str) -> bool {
    const DENIALS: &[&str] = &["not", "no", "never", "longer", "without"];
    const NOT_YET: &[&str] = &[
        "be",
        "to",
        "will",
        "until",
        "before",
        "by",
        "if",
        "once",
        "when",
        "nearly",
        "almost",
        "some",
        "part",
        "partly",
        "partially",
        "most",
        "mostly",
        "yet",
    ];
    clause.match_indices(phrase).any(|(at, _)| {
        let mut before = clause[..at].split_whitespace().rev();
        let is_whole = clause[..at].ends_with(' ') && clause[at + phrase.len()..].starts_with(' ');
        is_whole
            && if meaning == StateMeaning::Complete {
                !before.take(4).any(|word| DENIALS.contains(&word) || NOT_YET.contains(&word))
            } else {
                !before.next().is_some_and(|word| DENIALS.contains(&word))
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_known_by_their_phrases() {
        use StateMeaning::{AtRisk, Complete, NotStarted, OffTrack, OnTrack};
        for (definition, expected) in [
            ("Action complete", Some(Complete)),
            ("The action has been fully completed and evidenced.", Some(Complete)),
            ("Completed on time", Some(Complete)),
            ("Complete; impact to be reviewed", Some(Complete)),
            ("On track to be completed by the target date", Some(OnTrack)),
            ("Not yet complete but on track", Some(OnTrack)),
            ("Will be completed by its date", Some(OnTrack)),
            ("Some slippage, recoverable", Some(AtRisk)),
            ("Behind schedule, but expected to be completed on time", Some(AtRisk)),
            ("At risk of not being met", Some(AtRisk)),
            ("Not on target", Some(OffTrack)),
            ("Target date has passed and the action is not complete", Some(OffTrack)),
            ("Unlikely to be completed by target date", Some(OffTrack)),
            ("Not completed by target date", Some(OffTrack)),
            ("Work has not started", Some(NotStarted)),
            ("Not yet due", None),
            ("Complete or on track", None),
            ("Not started / overdue", None),
            ("Business as usual", None),
            ("To be completed", None),
            ("No longer at risk", None),
            ("", None),
        ] {
            assert_eq!(of_definition(definition), expected, "{definition}");
        }
    }

    #[test]
    fn the_default_scheme_means_what_it_says() {
        for state in crate::plan::Scheme::default().states {
            let meaning = of_words(&normalize(&state.label));
            assert!(
                matches!(meaning, Some(StatusWordMeaning::Means(m)) if m.id() == state.id),
                "{}",
                state.label
            );
        }
    }
}
