//! Every text of a plan that a reader may see, to be changed in place.

use crate::place::Place;
use crate::plan::{
    Action, EarlierTarget, Extra, Note, Objective, Plan, PlanColumn, Recommendation, ReviewEntry,
    State, Target, Theme, Update,
};
use crate::text::Text;

/// A text of a plan.
pub(super) enum TextSlot<'a> {
    /// A text with styles.
    Text(&'a mut Text),
    /// Words without styles.
    Words(&'a mut String),
}

/// Where a text stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SlotPosition {
    /// In words: "action 1.1", "the introduction".
    pub(super) name: String,
    pub(super) place: Option<Place>,
}

impl SlotPosition {
    fn new(name: impl Into<String>, place: Option<&Place>) -> Self {
        Self { name: name.into(), place: place.cloned() }
    }

    pub(super) fn of_action(action: &Action) -> Self {
        Self::new(named("action", &action.reference), action.origin.as_ref())
    }

    pub(super) fn of_objective(objective: &Objective) -> Self {
        Self::new(named("objective", &objective.reference), objective.origin.as_ref())
    }
}

fn named(what: &str, reference: &str) -> String {
    format!("{what} {reference}").trim_end().to_owned()
}

/// Visits every text of a plan but references and the ids of states. A field that is new does not
/// compile until it is decided.
pub(super) fn each(plan: &mut Plan, visit: &mut dyn FnMut(TextSlot<'_>, &SlotPosition)) {
    let Plan {
        version: _,
        title,
        organisation,
        period,
        cycle: _,
        introduction,
        recommendations,
        scheme,
        columns,
        assigned_references: _,
        themes,
        notes,
    } = plan;
    let front = SlotPosition::new("the title", None);
    for words in [title, organisation, period] {
        visit(TextSlot::Words(words), &front);
    }
    visit(TextSlot::Text(introduction), &SlotPosition::new("the introduction", None));
    for Recommendation { reference, area, deadline, text, origin } in recommendations {
        let at = SlotPosition::new(named("recommendation", reference), origin.as_ref());
        for words in [area, deadline] {
            visit(TextSlot::Words(words), &at);
        }
        visit(TextSlot::Text(text), &at);
    }
    let key = SlotPosition::new("the key to the statuses", None);
    visit(TextSlot::Words(&mut scheme.name), &key);
    for State { id: _, label, category: _, colour: _, definition } in &mut scheme.states {
        for words in [label, definition] {
            visit(TextSlot::Words(words), &key);
        }
    }
    for PlanColumn { field: _, header } in columns {
        visit(TextSlot::Words(header), &SlotPosition::new("the headers", None));
    }
    for (number, Theme { title, introduction, objectives, origin }) in (1..).zip(themes) {
        let at = SlotPosition::new(format!("theme {number}"), origin.as_ref());
        visit(TextSlot::Words(title), &at);
        visit(TextSlot::Text(introduction), &at);
        for objective in objectives {
            each_of_objective(objective, visit);
        }
    }
    visit(TextSlot::Text(notes), &SlotPosition::new("the notes", None));
}

fn each_of_objective(
    objective: &mut Objective,
    visit: &mut dyn FnMut(TextSlot<'_>, &SlotPosition),
) {
    let at = SlotPosition::of_objective(objective);
    let Objective {
        reference: _,
        text,
        introduction,
        recommendation: _,
        extra,
        evidence,
        notes,
        actions,
        origin: _,
    } = objective;
    for text in [text, introduction, evidence] {
        visit(TextSlot::Text(text), &at);
    }
    each_of_extra(extra, &at, visit);
    each_of_notes(notes, &at, visit);
    for action in actions {
        each_of_action(action, visit);
    }
}

fn each_of_action(action: &mut Action, visit: &mut dyn FnMut(TextSlot<'_>, &SlotPosition)) {
    let at = SlotPosition::of_action(action);
    let Action {
        reference: _,
        owners,
        owner_text,
        action,
        success_measures,
        target,
        earlier_targets,
        updates,
        status,
        review,
        extra,
        notes,
        origin: _,
    } = action;
    for words in owners.iter_mut().chain([owner_text, &mut status.because]) {
        visit(TextSlot::Words(words), &at);
    }
    for text in [action, success_measures] {
        visit(TextSlot::Text(text), &at);
    }
    if let Some(target) = target {
        each_of_target(target, &at, visit);
    }
    for EarlierTarget { target, moved: _, by } in earlier_targets {
        each_of_target(target, &at, visit);
        visit(TextSlot::Words(by), &at);
    }
    for Update { period: _, label, text, status: _, by } in updates {
        for words in [label, by] {
            visit(TextSlot::Words(words), &at);
        }
        visit(TextSlot::Text(text), &at);
    }
    let ReviewEntry { progress, state: _, evidence, reviewer, reviewed_on, revised_target } =
        review;
    for text in [progress, evidence] {
        visit(TextSlot::Text(text), &at);
    }
    for words in [reviewer, reviewed_on, revised_target] {
        visit(TextSlot::Words(words), &at);
    }
    each_of_extra(extra, &at, visit);
    each_of_notes(notes, &at, visit);
}

fn each_of_target(
    target: &mut Target,
    at: &SlotPosition,
    visit: &mut dyn FnMut(TextSlot<'_>, &SlotPosition),
) {
    let Target { text, struck, kind: _, start: _, due: _ } = target;
    for words in struck.iter_mut().chain([text]) {
        visit(TextSlot::Words(words), at);
    }
}

fn each_of_extra(
    extra: &mut Extra,
    at: &SlotPosition,
    visit: &mut dyn FnMut(TextSlot<'_>, &SlotPosition),
) {
    for (header, text) in &mut extra.0 {
        visit(TextSlot::Words(header), at);
        visit(TextSlot::Text(text), at);
    }
}

fn each_of_notes(
    notes: &mut [Note],
    at: &SlotPosition,
    visit: &mut dyn FnMut(TextSlot<'_>, &SlotPosition),
) {
    for Note { about, text } in notes {
        visit(TextSlot::Words(about), at);
        visit(TextSlot::Text(text), at);
    }
}
