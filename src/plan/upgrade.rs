//! Plan files of an earlier version, in which the calendar gave statuses.

use std::collections::HashSet;

use super::{Action, Basis, Colour, Plan, Scheme, State, Status, status};
use crate::vocabulary::normalize;

const OVERDUE: &str = "overdue";
const NOT_DUE: &str = "not-due";
const OFF_TRACK: &str = status::StateMeaning::OffTrack.id();

/// Definitions of the states that the calendar gave.
const BY_CALENDAR: [&str; 2] = [
    "The target date has passed, or will not be met, and the action is not complete.",
    "The target date has not passed, and no one has said how the action stands.",
];

impl Plan {
    /// Brings a plan that was read from a file to the present form: categories are set, and
    /// statuses that came from the calendar are none.
    pub(crate) fn upgrade(&mut self) {
        let is_earlier = self.scheme.states.iter().all(|state| state.category.is_none());
        self.scheme.fill_categories();
        let is_by_calendar = |state: &State| {
            (state.id == OVERDUE && state.definition == BY_CALENDAR[0])
                || (state.id == NOT_DUE && state.definition == BY_CALENDAR[1])
        };
        for action in self.actions_mut() {
            if action.status.basis == Basis::Inferred
                && matches!(action.status.state.as_deref(), Some(OVERDUE | NOT_DUE))
            {
                action.status = Status::default();
            }
        }
        let was_default = self.scheme.states.iter().any(is_by_calendar)
            && self.scheme.state(OFF_TRACK).is_none()
            && is_earlier_default(&self.scheme);
        if was_default {
            let default = Scheme::default();
            if let (Some(at), Some(state)) =
                (self.scheme.states.iter().position(|s| s.id == OVERDUE), default.state(OFF_TRACK))
            {
                self.scheme.states.insert(at, state.clone());
            }
            for action in self.actions_mut() {
                // a source that said "overdue" keeps its word
                let is_own_word = normalize(&action.status.because) == OVERDUE;
                if action.status.state.as_deref() == Some(OVERDUE) && !is_own_word {
                    action.status.state = Some(OFF_TRACK.to_owned());
                }
                if action.review.state == OVERDUE {
                    OFF_TRACK.clone_into(&mut action.review.state);
                }
            }
        }
        if is_earlier {
            self.overdue_by_colour_is_off_track();
        }
        let used: HashSet<String> =
            self.actions().flat_map(|(_, _, action)| states(action)).map(str::to_owned).collect();
        self.scheme.states.retain(|state| !is_by_calendar(state) || used.contains(&state.id));
    }

    /// An earlier version read "R" and "Red" as overdue, whatever the date.
    fn overdue_by_colour_is_off_track(&mut self) {
        let default = Scheme::default();
        let is_red =
            |words: &str| status::said(words, &default).is_some_and(|state| state.id == OFF_TRACK);
        let mut found = false;
        for action in self.actions_mut().filter(|action| {
            action.status.state.as_deref() == Some(OVERDUE) && is_red(&action.status.because)
        }) {
            action.status.state = Some(OFF_TRACK.to_owned());
            found = true;
        }
        if found
            && self.scheme.state(OFF_TRACK).is_none()
            && let (Some(at), Some(state)) =
                (self.scheme.states.iter().position(|s| s.id == OVERDUE), default.state(OFF_TRACK))
        {
            self.scheme.states.insert(at, state.clone());
        }
    }
}

/// The states that an action refers to.
fn states(action: &Action) -> impl Iterator<Item = &str> {
    let updates = action.updates.iter().filter_map(|update| update.status.as_deref());
    updates.chain(action.status.state.as_deref()).chain(Some(action.review.state.as_str()))
}

/// Whether a scheme is the default one of the earlier version.
fn is_earlier_default(scheme: &Scheme) -> bool {
    let red = Colour::new(0xd4, 0x35, 0x1c);
    let ids: Vec<&str> = scheme.states.iter().map(|state| state.id.as_str()).collect();
    ids == ["complete", "on-track", "at-risk", OVERDUE, "not-started", NOT_DUE]
        && scheme.state(OVERDUE).is_some_and(|s| s.colour == red)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn earlier(states: &str, actions: &str) -> Plan {
        let file = format!(
            r#"{{ "planwright": 1, "scheme": {{ "name": "BRAG", "states": [{states}] }},
                 "themes": [ {{ "objectives": [ {{ "reference": "1", "actions": [{actions}] }} ] }} ] }}"#
        );
        json::read(file.as_bytes()).unwrap()
    }

    fn shown(plan: &Plan) -> Vec<Option<&str>> {
        plan.actions().map(|(_, _, action)| action.status.state.as_deref()).collect()
    }

    #[test]
    fn statuses_from_the_calendar_are_none_and_red_is_off_track() {
        let state = |id: &str, label: &str, colour: &str, definition: &str| {
            format!(
                r#"{{ "id": "{id}", "label": "{label}", "colour": "{colour}", "definition": "{definition}" }}"#
            )
        };
        let states = [
            state("complete", "Complete", "#1d70b8", "The action has been done."),
            state(
                "on-track",
                "On track",
                "#00703c",
                "Work is under way and will meet its target date.",
            ),
            state(
                "at-risk",
                "At risk",
                "#ffdd00",
                "Behind, or may miss its target date, but can be recovered.",
            ),
            state("overdue", "Overdue", "#d4351c", BY_CALENDAR[0]),
            state("not-started", "Not started", "#505a5f", "No work has begun."),
            state("not-due", "Not yet due", "#eeefef", BY_CALENDAR[1]),
        ]
        .join(",");
        let action = |reference: &str, state: &str, basis: &str, because: &str| {
            format!(
                r#"{{ "reference": "{reference}", "status": {{ "state": "{state}", "basis": "{basis}", "because": "{because}" }} }}"#
            )
        };
        let actions = [
            action("1.1", "overdue", "inferred", "Sept 2011 had passed"),
            action("1.2", "not-due", "inferred", "Sept 2012 had not passed"),
            action("1.3", "overdue", "stated", "Red"),
            action("1.4", "complete", "inferred", "update: “action complete”"),
        ];
        let plan = earlier(&states, &actions.join(","));
        assert_eq!(shown(&plan), [None, None, Some("off-track"), Some("complete")]);
        assert_eq!(plan.scheme, Scheme::default());
        let said = earlier(&states, &action("1.1", "overdue", "stated", "Overdue"));
        assert_eq!(shown(&said), [Some("overdue")]);
        assert_eq!(
            said.scheme.state("overdue").unwrap().category,
            Some(crate::plan::Category::OffTrack)
        );
    }

    #[test]
    fn a_scheme_of_its_own_keeps_its_words() {
        let own = r##"{ "id": "overdue", "label": "Late", "colour": "#ff0000", "definition": "Too late." },
                     { "id": "done", "label": "Done", "colour": "#0070c0", "definition": "" }"##;
        let action = r#"{ "reference": "1.1", "status": { "state": "overdue", "basis": "stated", "because": "Late" } }"#;
        let plan = earlier(own, action);
        assert_eq!(shown(&plan), [Some("overdue")]);
        let categories: Vec<_> = plan.scheme.states.iter().map(|s| s.category).collect();
        assert_eq!(
            categories,
            [Some(crate::plan::Category::OffTrack), Some(crate::plan::Category::Complete)]
        );
    }
}
