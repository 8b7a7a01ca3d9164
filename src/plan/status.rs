//! What was reported of an action: as its source says ([`read`]), else as its updates or its target date say outright ([`on`]).
//!
//! The calendar says nothing here: whether an action is overdue is its [position](crate::Position), which a review calculates.

mod evidence;
mod fill;
mod meaning;
mod percent;
mod said;
mod words;

use crate::date::Date;
use crate::plan::hue::Hue;
use crate::plan::{Action, Basis, Category, Scheme, State, Status, target};
use crate::table::folded;

pub(crate) use evidence::{Evidence, read};
pub(crate) use fill::Fills;
pub(crate) use meaning::{Meaning, Verdict, of_definition, of_words};
pub(crate) use percent::are_parts_of_one;
pub(crate) use said::said_in_update;

/// The id of the state that says an action is done.
pub(crate) const COMPLETE: &str = Meaning::Complete.id();

/// The status of an action as it was known on a day: as stated, else as an update or its target date says.
///
/// Updates of a later period are left aside; without a day, all count.
pub(crate) fn on(action: &Action, day: Option<Date>, scheme: &Scheme) -> Status {
    if action.status.basis == Basis::Stated {
        return action.status.clone();
    }
    match inferred(action, day) {
        Some((id, reason)) if scheme.state(id).is_some() => {
            Status { state: Some(id.to_owned()), basis: Basis::Inferred, because: reason.in_words() }
        }
        _ => Status::default(),
    }
}

/// What says how an action stands, where no status was stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason<'a> {
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
pub(crate) const ENGLISH_REASONS: ReasonWords = ReasonWords { update: "update", target: "target date: “{target}”" };

impl Reason<'_> {
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

/// The id of the state that the action's updates or target date report, and what says so: the latest update that reports one.
pub(crate) fn inferred(action: &Action, day: Option<Date>) -> Option<(&str, Reason<'_>)> {
    let known = |u: &&crate::plan::Update| day.is_none_or(|day| u.period.is_none_or(|p| p.first() <= day));
    let reported = action.updates.iter().filter(known).rev().find_map(|u| Some((u, u.status.as_deref()?)));
    if let Some((update, state)) = reported {
        let said = said_in_update(&update.text.plain()).map(|(_, words)| words);
        return Some((state, Reason::Update { label: update.label.trim_end_matches(':'), said }));
    }
    let target = action.target.as_ref()?;
    target::says_done(&target.text).then_some((COMPLETE, Reason::Target(&target.text)))
}

/// What kind of status a state is, by its id, its words, its definition, and last its colour; none where nothing tells.
pub(crate) fn category(state: &State) -> Option<Category> {
    let by_label = || match of_words(&folded(&state.label))? {
        Verdict::Means(meaning) => Some(meaning.category()),
        Verdict::Open => Some(Category::UnderWay),
    };
    let by_definition = || {
        let is_usual = folded(&state.definition).contains("business as usual") || folded(&state.label).contains("business as usual");
        if is_usual { Some(Category::Complete) } else { of_definition(&state.definition).map(Meaning::category) }
    };
    let by_colour = || match Hue::of(state.colour)? {
        Hue::Red => Some(Category::OffTrack),
        Hue::Amber => Some(Category::AtRisk),
        Hue::Green => Some(Category::UnderWay),
        Hue::Blue => Some(Category::Complete),
        Hue::Grey => None,
    };
    let by_id = Meaning::of_id(&state.id).map(Meaning::category);
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

/// The state that the words of a status cell mean.
pub(crate) fn said<'a>(words: &str, scheme: &'a Scheme) -> Option<&'a State> {
    match words::read(words, "", scheme) {
        words::Said::State { state, .. } => Some(state),
        _ => None,
    }
}

/// Whether words are a status and say nothing more.
pub(crate) fn is_only_status(words: &str, scheme: &Scheme) -> bool {
    words::alone(words, scheme).is_some()
}

/// Whether words are a status, be it only one that says where the work is: "in progress".
pub(crate) fn is_status(words: &str, scheme: &Scheme) -> bool {
    matches!(words::read(words, "", scheme), words::Said::State { .. } | words::Said::Open(_) | words::Said::Several(_))
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
        let updates =
            vec![update("2011-09", "Action on track."), update("2011-11", "Data gathered."), update("2012-02", "Action complete.")];
        let action = Action { updates, ..Action::default() };
        let on = |day: &str| on(&action, day.parse().ok(), &Scheme::default());
        let status = on("2011-11-30");
        assert_eq!((status.state.as_deref(), status.because.as_str()), (Some("on-track"), "update: “on track”"));
        assert_eq!(on("2012-03-01").state.as_deref(), Some(COMPLETE));
    }
}
