//! Texts that were derived from others, brought into line with what is left of those.

use std::collections::HashSet;

use crate::plan::{Basis, Plan, Scheme, Status, status};

use super::names::NameMatcher;
use super::redaction::{Redaction, states_in_use};
use super::removed::RemovedKind;

impl Redaction<'_> {
    /// Brings statuses that come from updates or target dates into line with what is left of those.
    pub(super) fn inferred_statuses(&mut self, plan: &mut Plan) {
        let actions = plan.actions_mut();
        for action in actions.filter(|action| action.status.basis == Basis::Inferred) {
            let state = action.status.state.clone().unwrap_or_default();
            let because = status::inferred_as(action, &state);
            if because.as_deref() != Some(action.status.because.as_str()) {
                self.keep(RemovedKind::Derived, &action.status.because);
            }
            action.status = match because {
                Some(because) => Status { because, ..std::mem::take(&mut action.status) },
                None => Status::default(),
            };
        }
    }

    /// Removes states that only what was removed had: their words came from there.
    pub(super) fn unused_states(&mut self, plan: &mut Plan, before: &HashSet<String>) {
        let after = states_in_use(plan);
        let default = Scheme::default();
        plan.scheme.states.retain_mut(|state| {
            if after.contains(&state.id) || !before.contains(&state.id) {
                return true;
            }
            match default.state(&state.id) {
                Some(usual) if usual.definition == state.definition => {
                    if usual.label != state.label {
                        self.keep(RemovedKind::Derived, &state.label);
                        state.label.clone_from(&usual.label);
                    }
                    true
                }
                // a state that the plan's own key explains stays in the key
                _ if !state.definition.is_empty() => true,
                _ => {
                    self.keep(RemovedKind::Derived, &state.label);
                    false
                }
            }
        });
    }

    /// Gives states whose ids name a person others.
    pub(super) fn ids_of_states(&mut self, plan: &mut Plan, names: &NameMatcher) {
        let taken: HashSet<String> =
            plan.scheme.states.iter().map(|state| state.id.clone()).collect();
        let mut number = 0;
        let mut renamed = Vec::new();
        for state in plan.scheme.states.iter_mut().filter(|state| names.are_in_id(&state.id)) {
            let id = loop {
                number += 1;
                let id = format!("state-{number}");
                if !taken.contains(&id) {
                    break id;
                }
            };
            self.keep(RemovedKind::Name, &state.id);
            renamed.push((std::mem::replace(&mut state.id, id.clone()), id));
        }
        if renamed.is_empty() {
            return;
        }
        let rename = |id: &mut Option<String>| {
            if let Some((_, new)) = renamed.iter().find(|(old, _)| Some(old) == id.as_ref()) {
                *id = Some(new.clone());
            }
        };
        for action in plan.actions_mut() {
            rename(&mut action.status.state);
            action.updates.iter_mut().for_each(|update| rename(&mut update.status));
        }
    }
}
