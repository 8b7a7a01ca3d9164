//! What can only be told of a plan once all of it has been read: owners, references, links, statuses.

use std::collections::{HashMap, HashSet};

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::owner::{KnownOwners, NearMiss, near_misses};
use crate::plan::recommendation::Wordings;
use crate::plan::{Action, Basis, Scheme, Theme};

use super::Importer;

impl Importer {
    pub(super) fn owners(&mut self) {
        let known = KnownOwners::learn(self.plan.actions().map(|(_, _, a)| a.owner_text.as_str()));
        let mut places = std::mem::take(&mut self.owner_places);
        for action in actions(&mut self.plan.themes) {
            let place = action.origin.as_ref().and_then(|origin| places.remove(origin));
            let owners = known.read(&action.owner_text);
            if let (Some(evidence), Some(place)) = (owners.evidence, &place) {
                let names = owners.names.iter().map(|n| format!("“{n}”")).collect::<Vec<_>>().join(", ");
                let message = format!("“{}” was read as {} owners: {names}, since {evidence}", action.owner_text, owners.names.len());
                self.diagnostics
                    .push(Diagnostic::new(Code::OwnersSplit, message).at(place).help("in the source, put a comma between owners"));
            }
            if owners.names.is_empty() && place.is_some() {
                let mut told = Diagnostic::new(Code::NoOwner, "the action has no owner").help("name who does it");
                told.place.clone_from(&action.origin);
                self.diagnostics.push(told);
            }
            action.owners = owners.names;
        }
        self.names_alike();
    }

    /// Tells of names that differ in a letter or two: they may be one person.
    fn names_alike(&mut self) {
        let named = || self.plan.actions().flat_map(|(_, _, a)| a.owners.iter().map(move |name| (name.as_str(), a.origin.as_ref())));
        let misses = near_misses(named().map(|(name, _)| name));
        if misses.is_empty() {
            return;
        }
        let mut first: HashMap<&str, Option<&Place>> = HashMap::new();
        for (name, origin) in named() {
            first.entry(name).or_insert(origin);
        }
        for NearMiss { name, count, like, like_count } in misses {
            let message = format!("“{name}” ({count}) is spelt almost like “{like}” ({like_count}): is it the same owner?");
            let mut told = Diagnostic::new(Code::NamesAlike, message).help("if so, spell the name alike in the source; nothing was merged");
            told.place = first.get(name.as_str()).copied().flatten().cloned();
            self.diagnostics.push(told);
        }
    }

    /// Gives references where the source has none, and a new one where it uses one twice.
    pub(super) fn references(&mut self) {
        let mut used: HashSet<String> = HashSet::new();
        let mut given = 0_usize;
        self.objective_references();
        let mut twice: Vec<(Option<Place>, String)> = Vec::new();
        for action in actions(&mut self.plan.themes).filter(|a| !a.reference.is_empty()) {
            if !used.insert(action.reference.clone()) {
                twice.push((action.origin.clone(), std::mem::take(&mut action.reference)));
            }
        }
        self.used_twice(twice);
        for objective in self.plan.themes.iter_mut().flat_map(|t| &mut t.objectives) {
            let mut number = 0_usize;
            for action in objective.actions.iter_mut().filter(|a| a.reference.is_empty()) {
                given += 1;
                loop {
                    number += 1;
                    let reference = format!("{}.{number}", objective.reference);
                    if used.insert(reference.clone()) {
                        action.reference = reference;
                        break;
                    }
                }
            }
        }
        if given > 0 && self.typed_references == 0 {
            let place = self.plan.themes.iter().find_map(|t| t.origin.clone());
            let actions = if given == 1 { "1 action was".to_owned() } else { format!("{given} actions were") };
            let message = format!("the source has no references: {actions} numbered within the objectives");
            let mut told = Diagnostic::new(Code::ReferencesGiven, message);
            told.place = place;
            self.tell(told);
        }
    }

    /// Tells of references that the source uses twice: each by itself, or all at once where a numbering began again.
    fn used_twice(&mut self, twice: Vec<(Option<Place>, String)>) {
        const MOST: usize = 5;
        let told = |message: String, place: Option<Place>, references: String| {
            let told = Diagnostic::new(Code::DuplicateReference, message).help("give each action its own reference");
            Diagnostic { place, ..told.left_out(references) }
        };
        if twice.len() <= MOST {
            self.diagnostics.extend(twice.into_iter().map(|(place, reference)| {
                told(format!("the reference {reference} is used twice; this action was given one of its own"), place, reference)
            }));
            return;
        }
        let Some((place, first)) = twice.first().cloned() else { return };
        let all: Vec<String> = twice.into_iter().map(|(_, reference)| reference).collect();
        let message = format!("{} references are used twice, from {first} on; these actions were given references of their own", all.len());
        self.tell(told(message, place, all.join("\n")));
    }

    /// An objective keeps the number that it has in the source; the others are counted through, past the numbers in use.
    fn objective_references(&mut self) {
        let mut used: HashSet<String> = HashSet::new();
        for objective in self.plan.themes.iter_mut().flat_map(|t| &mut t.objectives) {
            if !objective.reference.is_empty() && !used.insert(objective.reference.clone()) {
                let message =
                    format!("the reference {} is used for two objectives; this one was given one of its own", objective.reference);
                let mut told = Diagnostic::new(Code::DuplicateReference, message).help("give each objective its own reference");
                told.left_out = Some(std::mem::take(&mut objective.reference));
                told.place.clone_from(&objective.origin);
                self.diagnostics.push(told);
            }
        }
        let mut number = 0_usize;
        for objective in self.plan.themes.iter_mut().flat_map(|t| &mut t.objectives) {
            number += 1;
            while objective.reference.is_empty() {
                if used.insert(number.to_string()) {
                    objective.reference = number.to_string();
                } else {
                    number += 1;
                }
            }
        }
    }

    /// Links objectives to the recommendations that they answer.
    pub(super) fn links(&mut self) {
        if self.plan.recommendations.is_empty() {
            return;
        }
        let wordings = Wordings::of(&self.plan);
        let mut links = Vec::new();
        for objective in self.plan.themes.iter().flat_map(|t| &t.objectives) {
            let answered = if objective.text.is_empty() { None } else { wordings.answered_by(&objective.text.plain()) };
            let told = match &answered {
                Some(answered) => answered.difference.as_ref().map(|difference| {
                    let reference = &answered.recommendation.reference;
                    let message = format!("this objective answers recommendation {reference}, but {difference}");
                    let told =
                        Diagnostic::new(Code::RecommendationWording, message).help("if one of them is a slip, mend it in the source");
                    answered.recommendation.origin.iter().fold(told, Diagnostic::and_at)
                }),
                None if objective.text.is_empty() || objective.recommendation.is_some() => None,
                None => Some(
                    Diagnostic::new(Code::ObjectiveUnlinked, "none of the recommendations reads like this objective")
                        .help("look whether it answers one, and word it likewise"),
                ),
            };
            if let Some(mut told) = told {
                told.place.clone_from(&objective.origin);
                self.diagnostics.push(told);
            }
            links.push(answered.map(|a| a.recommendation.reference.clone()));
        }
        for (objective, link) in self.plan.themes.iter_mut().flat_map(|t| &mut t.objectives).zip(links) {
            objective.recommendation = objective.recommendation.take().or(link);
        }
        let answered: HashSet<&String> =
            self.plan.themes.iter().flat_map(|t| &t.objectives).filter_map(|o| o.recommendation.as_ref()).collect();
        for recommendation in self.plan.recommendations.iter().filter(|r| !answered.contains(&r.reference)) {
            let message = format!("no objective of the plan answers recommendation {}", recommendation.reference);
            let mut told = Diagnostic::new(Code::RecommendationUnanswered, message).help("look whether an action is missing");
            told.place.clone_from(&recommendation.origin);
            self.diagnostics.push(told);
        }
    }

    /// Updates name the plan's own states: one that a key lacks is the first of the same category, else it is added.
    fn states_of_updates(&mut self) {
        let default = Scheme::default();
        let scheme = &mut self.plan.scheme;
        let updates = actions(&mut self.plan.themes).flat_map(|action| &mut action.updates);
        for id in updates.filter_map(|update| update.status.as_mut()) {
            if scheme.state(id).is_some() {
                continue;
            }
            let Some(state) = default.state(id) else { continue };
            match scheme.states.iter().find(|own| own.category == state.category) {
                Some(own) => id.clone_from(&own.id),
                None => scheme.states.push(state.clone()),
            }
        }
    }

    pub(super) fn statuses(&mut self, day: Option<Date>) {
        self.states_of_updates();
        self.plan.infer_statuses(day);
        let scheme = &self.plan.scheme;
        let mut counts = vec![0_usize; scheme.states.len()];
        for (_, _, action) in self.plan.actions().filter(|(_, _, a)| a.status.basis == Basis::Inferred) {
            if let Some(i) = scheme.states.iter().position(|s| Some(&s.id) == action.status.state.as_ref()) {
                counts[i] += 1;
            }
        }
        let found: Vec<String> =
            scheme.states.iter().zip(&counts).filter(|(_, n)| **n > 0).map(|(s, n)| format!("{n} {}", s.label.to_lowercase())).collect();
        if !found.is_empty() {
            let all: usize = counts.iter().sum();
            let actions = if all == 1 { "action" } else { "actions" };
            let message = format!("the status of {all} {actions} comes from updates or target dates: {}", found.join(", "));
            let mut told = Diagnostic::new(Code::StatusInferred, message).help("to state it yourself, add a column “Status”");
            told.place = self.plan.themes.iter().find_map(|t| t.origin.clone());
            self.tell(told);
        }
    }
}

fn actions(themes: &mut [Theme]) -> impl Iterator<Item = &mut Action> {
    themes.iter_mut().flat_map(|t| &mut t.objectives).flat_map(|o| &mut o.actions)
}
