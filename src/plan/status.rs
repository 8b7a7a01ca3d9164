//! What was reported of an action: as its source says ([`read`]), else as its updates or its target
//! date say outright ([`on`]).
//!
//! The calendar says nothing here: whether an action is overdue is its [position](crate::Position),
//! which a review calculates.

mod evidence;
mod fill;
mod meaning;
mod percent;
mod said;
mod words;

use crate::date::Date;
use crate::plan::hue::Hue;
use crate::plan::{Action, Basis, Category, Scheme, State, Status, target};
use crate::vocabulary::normalize;
use crate::vocabulary::words::ExtraWords;

pub(crate) use evidence::{ReadStatus, StatusEvidence, read};
pub(crate) use fill::FillCounts;
pub(crate) use meaning::{StateMeaning, StatusWordMeaning, of_definition, of_words};
pub(crate) use percent::are_parts_of_one;
pub(crate) use said::said_in_update;
pub(crate) use words::{NamedStatus, OwnStatus, StatusCell, StatusSource, StatusVocabulary, asks};

/// The id of the state that says an action is done.
pub(crate) const COMPLETE: &str = StateMeaning::Complete.id();

/// The status of an action as it was known on a day: as stated, else as an update or its target
/// date says.
///
/// Updates of a later period are left aside; without a day, all count.
pub(crate) fn on(action: &Action, day: Option<Date>, scheme: &Scheme) -> Status {
    if action.status.basis == Basis::Stated {
        return action.status.clone();
    }
    match inferred(action, day) {
        Some((id, reason)) if scheme.state(id).is_some() => Status {
            state: Some(id.to_owned()),
            basis: Basis::Inferred,
            because: reason.in_words(),
        },
        _ => Status::default(),
    }
}

/// What says how an action stands, where no status was stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StatusReason<'a> {
    /// An update.
    Update {
        /// The words that announce the update; may be empty.
        label: &'a str,
        /// The words that say so, where they are known.
        said: Option<String>,
    },
    /// The words of its target date.
    Target(&'a str),
}

/// How reasons are worded in a language; `{target}` is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReasonWords {
    /// An update without words that announce it.
    pub(crate) update: &'static str,
    pub(crate) target: &'static str,
}

/// How plan files word reasons.
pub(crate) const ENGLISH_REASONS: ReasonWords =
    ReasonWords { update: "update", target: "target date: “{target}”" };

impl StatusReason<'_> {
    fn in_words(&self) -> String {
        let words = &ENGLISH_REASONS;
        match self {
            Self::Update { label, said } => {
                let said = said.as_ref().map_or_else(String::new, |words| format!(": “{words}”"));
                format!("{}{said}", if label.is_empty() { words.update } else { label })
            }
            Self::Target(target) => words.target.replace("{target}", target),
        }
    }
}

/// The id of the state that the action's updates or target date report, and what says so: the
/// latest update that reports one.
pub(crate) fn inferred(action: &Action, day: Option<Date>) -> Option<(&str, StatusReason<'_>)> {
    let reported = action
        .updates
        .iter()
        .filter(|update| update.is_known_on(day))
        .rev()
        .find_map(|u| Some((u, u.status.as_deref()?)));
    if let Some((update, state)) = reported {
        let said = said_in_update(&update.text.plain()).map(|(_, words)| words);
        return Some((
            state,
            StatusReason::Update { label: update.label.trim_end_matches(':'), said },
        ));
    }
    let target = action.target.as_ref()?;
    target::says_done(&target.text).then_some((COMPLETE, StatusReason::Target(&target.text)))
}

/// What says that an action has a state, in the words of a plan file: the latest update that
/// reports it, else its target date.
pub(crate) fn inferred_as(action: &Action, state: &str) -> Option<String> {
    let update = action.updates.iter().rev().find(|update| update.status.as_deref() == Some(state));
    let reason = match (update, &action.target) {
        (Some(update), _) => {
            let said = said_in_update(&update.text.plain()).map(|(_, words)| words);
            StatusReason::Update { label: update.label.trim_end_matches(':'), said }
        }
        (None, Some(target)) if state == COMPLETE && target::says_done(&target.text) => {
            StatusReason::Target(&target.text)
        }
        _ => return None,
    };
    Some(reason.in_words())
}

/// What kind of status a state is, by its id, its words, its definition, and last its colour; none
/// where nothing tells.
pub(crate) fn category(state: &State) -> Option<Category> {
    if state.label.contains('?') {
        return None;
    }
    let by_label = || match of_words(&normalize(&state.label))? {
        StatusWordMeaning::Means(meaning) => Some(meaning.category()),
        StatusWordMeaning::Own(sense) => Category::from_name(&sense.category),
        StatusWordMeaning::Nothing => None,
    };
    let by_definition = || {
        let is_usual = normalize(&state.definition).contains("business as usual")
            || normalize(&state.label).contains("business as usual");
        if is_usual {
            Some(Category::Complete)
        } else {
            of_definition(&state.definition).map(StateMeaning::category)
        }
    };
    let by_colour = || Hue::of(state.colour)?.category();
    let by_id = StateMeaning::of_id(&state.id).map(StateMeaning::category);
    by_id.or_else(by_label).or_else(by_definition).or_else(by_colour)
}

/// Whether a state says that there is nothing left to do.
pub(crate) fn is_end(state: &State) -> bool {
    matches!(state.category, Some(Category::Complete | Category::Stopped))
}

/// Whether a state says that the action is complete.
pub(crate) fn is_complete(state: &State) -> bool {
    state.category == Some(Category::Complete)
}

/// Whether a state is one that a board asks about: off track or at risk.
pub(crate) fn needs_attention(state: &State) -> bool {
    matches!(state.category, Some(Category::OffTrack | Category::AtRisk))
}

/// The state that the words of a status cell name.
pub(crate) fn said<'a>(words: &str, scheme: &'a Scheme) -> Option<&'a State> {
    match words::read(words, "", scheme) {
        StatusCell::Status { named: NamedStatus::State(state), by, .. }
            if by != StatusSource::Answer =>
        {
            Some(state)
        }
        _ => None,
    }
}

/// The state that was chosen at a review; an earlier version offered "Overdue", which is off track.
pub(crate) fn chosen<'a>(words: &str, scheme: &'a Scheme) -> Option<&'a State> {
    said(words, scheme).or_else(|| match of_words(&normalize(words))? {
        StatusWordMeaning::Own(sense) if sense.id == "overdue" => {
            scheme.state(StateMeaning::OffTrack.id())
        }
        _ => None,
    })
}

/// Whether words are a status and say nothing more.
pub(crate) fn is_only_status(words: &str, scheme: &Scheme) -> bool {
    words::alone(words, scheme).is_some()
}

/// How far an action of a category has come: the less, the lower.
pub(crate) fn advance(category: Option<Category>) -> u8 {
    match category {
        Some(Category::NotStarted) => 0,
        Some(Category::OffTrack) => 1,
        Some(Category::AtRisk | Category::OnHold) => 2,
        None => 3,
        Some(Category::UnderWay) => 4,
        Some(Category::Complete | Category::Stopped) => 5,
    }
}

/// Whether the words of a status cell say that there is nothing to say.
pub(crate) fn says_none(words: &str) -> bool {
    matches!(words::read(words, "", &Scheme::default()), StatusCell::Nothing | StatusCell::NoStatus)
}

/// Whether a status reports anything, be it in words that are no state.
pub(crate) fn is_reported(status: &Status) -> bool {
    status.state.is_some() || (status.basis == Basis::Stated && !says_none(&status.because))
}

/// The word that a plan uses for a state of the default scheme, if all its actions use the same and
/// it is another.
pub(crate) fn own_label(id: &str, words: &[&str], added: &ExtraWords) -> Option<String> {
    let first = normalize(words.first()?);
    let is_own = matches!(meaning::of_words_with(&first, added), Some(StatusWordMeaning::Means(meaning)) if meaning.id() == id);
    let is_other =
        Scheme::default().state(id).is_some_and(|state| normalize(&state.label) != first);
    (is_own && is_other && words.iter().all(|other| normalize(other) == first))
        .then(|| words::as_label(words[0]))
}

/// A word for a status that stands alone in a text: it is all of it, its first or last line, or in
/// capitals at one of its ends.
pub(crate) fn standing_alone<'a>(
    text: &str,
    known: impl Into<StatusVocabulary<'a>>,
) -> Option<String> {
    const FEWEST_LETTERS: usize = 4;
    let known = known.into();
    let is_word = |words: &str| match words::alone(words, known) {
        Some(StatusCell::Status {
            named: NamedStatus::Own(own), by: StatusSource::Words, ..
        }) => own.is_known,
        Some(StatusCell::Status { by: StatusSource::Words, .. }) => true,
        _ => false,
    };
    let text = text.trim();
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    if let Some(line) =
        [lines().next(), lines().next_back()].into_iter().flatten().find(|line| is_word(line))
    {
        return Some(line.to_owned());
    }
    let is_shout = |words: &str| {
        words.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS
            && !words.chars().any(char::is_lowercase)
    };
    let is_mark = |c: char| matches!(c, '.' | ',' | ':' | ';' | '-' | '–' | '—' | '(' | ')' | '!');
    let first = text.split(is_mark).next().map(str::trim);
    let last = text.trim_end_matches(is_mark).rsplit(is_mark).next().map(str::trim);
    let last_word = text.trim_end_matches(is_mark).rsplit(char::is_whitespace).next();
    [first, last, last_word]
        .into_iter()
        .flatten()
        .find(|words| is_shout(words) && is_word(words))
        .map(str::to_owned)
}

/// Whether words name a status that is understood, be it in a sentence; "yes" answers what its
/// header asks, and names none.
pub(crate) fn names_status<'a>(words: &str, known: impl Into<StatusVocabulary<'a>>) -> bool {
    match words::read(words, "", known) {
        StatusCell::Status { by: StatusSource::Answer, .. }
        | StatusCell::Nothing
        | StatusCell::NoStatus
        | StatusCell::Prose => false,
        StatusCell::Status { named: NamedStatus::Own(own), .. } => own.is_known,
        StatusCell::Status { .. } | StatusCell::Several(_) => true,
    }
}

/// Whether words are a status that is understood, and no sentence.
pub(crate) fn is_status<'a>(words: &str, known: impl Into<StatusVocabulary<'a>>) -> bool {
    match words::read(words, "", known) {
        StatusCell::Status { by: StatusSource::Answer | StatusSource::Sentence, .. }
        | StatusCell::Nothing
        | StatusCell::NoStatus
        | StatusCell::Prose => false,
        StatusCell::Status { named: NamedStatus::Own(own), .. } => own.is_known,
        StatusCell::Status { .. } | StatusCell::Several(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Target;

    #[test]
    fn a_target_date_that_says_done_reports_completion() {
        let on = |target: &str| {
            let action = Action { target: Some(Target::read(target)), ..Action::default() };
            on(&action, Date::new(2012, 1, 1), &Scheme::default()).state
        };
        assert_eq!(on("Already actioned (Aug 11)").as_deref(), Some(COMPLETE));
        assert_eq!(on("Aug 11 - complete").as_deref(), Some(COMPLETE));
        assert_eq!(on("to be completed by Aug 11"), None, "the calendar is no status");
    }

    #[test]
    fn the_latest_update_that_reports_a_status_counts() {
        let update = |period: &str, text: &str| {
            let text = crate::text::Text::from_plain(text);
            let status = said_in_update(&text.plain()).map(|(meaning, _)| meaning.id().to_owned());
            crate::plan::Update { period: period.parse().ok(), text, status, ..Default::default() }
        };
        let updates = vec![
            update("2011-09", "Action on track."),
            update("2011-11", "Data gathered."),
            update("2012-02", "Action complete."),
        ];
        let action = Action { updates, ..Action::default() };
        let on = |day: &str| on(&action, day.parse().ok(), &Scheme::default());
        let status = on("2011-11-30");
        assert_eq!(
            (status.state.as_deref(), status.because.as_str()),
            (Some("on-track"), "update: “on track”")
        );
        assert_eq!(on("2012-03-01").state.as_deref(), Some(COMPLETE));
    }
}
