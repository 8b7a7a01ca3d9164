//! How an action stands: as its source says ([`read`]), else as far as it can be worked out ([`on`]).
//!
//! Only three things can be told without being told: an update, or the words of its target date, say that the action is complete;
//! its target date has passed; or it has not. Whether work is on track is a judgement, and is left to people.

mod evidence;
mod fill;
mod meaning;
mod percent;
mod words;

use crate::date::Date;
use crate::plan::hue::Hue;
use crate::plan::{Action, Basis, Scheme, State, Status, target};
use crate::table::folded;

pub(crate) use evidence::{Evidence, read};
pub(crate) use fill::Fills;
pub(crate) use meaning::{Meaning, Verdict, of_definition, of_words};
pub(crate) use percent::are_parts_of_one;

/// Ids of the states that can be worked out.
pub(crate) const COMPLETE: &str = Meaning::Complete.id();
const OVERDUE: &str = Meaning::Overdue.id();
const NOT_DUE: &str = Meaning::NotDue.id();

/// The status of an action on a day: as stated, else as far as it can be worked out.
///
/// Without a day, only what updates say can be told.
pub(crate) fn on(action: &Action, day: Option<Date>, scheme: &Scheme) -> Status {
    if action.status.basis == Basis::Stated {
        return action.status.clone();
    }
    match worked_out(action, day) {
        Some(reason) if scheme.state(reason.state()).is_some() => {
            Status { state: Some(reason.state().to_owned()), basis: Basis::Inferred, because: reason.in_words() }
        }
        _ => Status::default(),
    }
}

/// Why an action must be in a state, though no one has stated it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason<'a> {
    /// An update says that it is complete.
    Update {
        /// The words that announce the update; may be empty.
        label: &'a str,
        /// The words that say so, where they can be told.
        said: Option<String>,
    },
    /// The words of its target date say so.
    Target(&'a str),
    /// Its target date had passed on a day.
    Passed {
        /// As typed.
        target: &'a str,
        on: Date,
    },
    /// It had not.
    NotPassed {
        /// As typed.
        target: &'a str,
        on: Date,
    },
}

/// How reasons are worded in a language; `{target}` and `{day}` are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReasonWords {
    /// An update without words that announce it.
    pub(crate) update: &'static str,
    pub(crate) target: &'static str,
    pub(crate) passed: &'static str,
    pub(crate) not_passed: &'static str,
}

/// How plan files word reasons.
pub(crate) const ENGLISH_REASONS: ReasonWords = ReasonWords {
    update: "update",
    target: "target date: “{target}”",
    passed: "{target} had passed on {day}, and no update says complete",
    not_passed: "{target} had not passed on {day}",
};

impl Reason<'_> {
    fn state(&self) -> &'static str {
        match self {
            Self::Update { .. } | Self::Target(_) => COMPLETE,
            Self::Passed { .. } => OVERDUE,
            Self::NotPassed { .. } => NOT_DUE,
        }
    }

    fn in_words(&self) -> String {
        let words = &ENGLISH_REASONS;
        let dated = |text: &str, target: &str, on: &Date| text.replace("{day}", &on.in_words()).replace("{target}", target);
        match self {
            Self::Update { label, said } => {
                let said = said.as_ref().map_or_else(String::new, |words| format!(": “{words}”"));
                format!("{}{said}", if label.is_empty() { words.update } else { label })
            }
            Self::Target(target) => words.target.replace("{target}", target),
            Self::Passed { target, on } => dated(words.passed, target, on),
            Self::NotPassed { target, on } => dated(words.not_passed, target, on),
        }
    }
}

/// The state that an action must be in on a day, by its reason; none where nothing can be told.
pub(crate) fn worked_out(action: &Action, day: Option<Date>) -> Option<Reason<'_>> {
    let known = |u: &&crate::plan::Update| day.is_none_or(|day| u.period.is_none_or(|p| p.first() <= day));
    if let Some(update) = action.updates.iter().filter(known).rfind(|u| u.status.as_deref() == Some(COMPLETE)) {
        let said = completion_words(&update.text.plain()).map(str::to_owned);
        return Some(Reason::Update { label: update.label.trim_end_matches(':'), said });
    }
    let target = action.target.as_ref()?;
    if target::says_done(&target.text) {
        return Some(Reason::Target(&target.text));
    }
    let (due, on) = (target.due?, day?);
    let target = target.text.as_str();
    Some(if due < on { Reason::Passed { target, on } } else { Reason::NotPassed { target, on } })
}

/// Whether a state says that there is nothing left to do: complete by its words, or blue and none of the others, as what was handed
/// over to business as usual is.
pub(crate) fn is_end(state: &State) -> bool {
    let others = [Meaning::OnTrack, Meaning::AtRisk, Meaning::Overdue, Meaning::NotStarted, Meaning::NotDue];
    let is_complete = state.id == COMPLETE || of_words(&folded(&state.label)) == Some(Verdict::Means(Meaning::Complete));
    is_complete || (Hue::of(state.colour) == Some(Hue::Blue) && others.iter().all(|other| other.id() != state.id))
}

/// Whether a state is one that a board asks about: overdue, or red.
pub(crate) fn is_red(state: &State) -> bool {
    state.id == OVERDUE || Hue::of(state.colour) == Some(Hue::Red)
}

/// The state that the words of a status cell mean.
pub(crate) fn said<'a>(words: &str, scheme: &'a Scheme) -> Option<&'a State> {
    match words::read(words, "", scheme) {
        words::Said::State { state, .. } => Some(state),
        _ => None,
    }
}

/// Whether words are a status, be it only one that says where the work is: "in progress".
pub(crate) fn is_status(words: &str, scheme: &Scheme) -> bool {
    matches!(words::read(words, "", scheme), words::Said::State { .. } | words::Said::Open(_) | words::Said::Several(_))
}

/// What says that the action has been done.
const SAYS_SO: &[&str] =
    &["action completed", "action complete", "action is complete", "action now complete", "already actioned", "action closed"];

/// What stands in all of [`SAYS_SO`], and in few updates.
const IN_ALL: &str = "action";

/// The words of an update that say the action has been done, if it does.
///
/// "Action on track", "plans amended" and "to be completed" tell of work, not of its end.
pub(crate) fn completion_words(text: &str) -> Option<&str> {
    const DENIES_IT: &[&str] = &["not ", "until ", "when ", "once ", "before ", "if "];
    let lower = text.to_ascii_lowercase();
    if !lower.contains(IN_ALL) {
        return None;
    }
    SAYS_SO.iter().find_map(|words| {
        lower.match_indices(words).find_map(|(at, _)| {
            let sentence = lower[..at].rfind(['.', ';', '(', '\n']).map_or(0, |i| i + 1);
            let denied = DENIES_IT.iter().any(|no| lower[sentence..at].contains(no));
            let whole = !lower[at + words.len()..].starts_with(|c: char| c.is_alphanumeric());
            (whole && !denied).then(|| &text[at..at + words.len()])
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Target;

    #[test]
    fn a_target_date_that_says_done_is_not_overdue() {
        let on = |target: &str| {
            let action = Action { target: Some(Target::read(target)), ..Action::default() };
            on(&action, Date::new(2012, 1, 1), &Scheme::default()).state
        };
        assert_eq!(on("Already actioned (Aug 11)").as_deref(), Some(COMPLETE));
        assert_eq!(on("Aug 11 - complete").as_deref(), Some(COMPLETE));
        assert_eq!(on("to be completed by Aug 11").as_deref(), Some(OVERDUE));
    }

    #[test]
    fn only_words_that_say_so_complete_an_action() {
        assert!(SAYS_SO.iter().all(|words| completion_words(words).is_some()));
        for (text, complete) in [
            ("Key documents amended (action complete).", true),
            ("Action completed.", true),
            ("Already actioned (Aug 11).", true),
            ("Action on track for completion by target date.", false),
            ("Baseline completed; audit to follow.", false),
            ("Not all of the action complete.", false),
            ("To be reported once action complete", false),
            ("Data systems being reviewed.", false),
        ] {
            assert_eq!(completion_words(text).is_some(), complete, "{text}");
        }
    }
}
