//! What can only be reported of a plan once all of it has been read: owners, references, links,
//! statuses.

mod owners;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::owner::{KnownOwners, NearMiss, SplitOwners, commonest_spellings, near_misses};
use crate::plan::recommendation::RecommendationIndex;
use crate::plan::{Action, Basis, Scheme, Theme};

use super::Importer;

use owners::OwnerReport;

/// Whether the row of an action is one of these.
fn is_in(places: &HashSet<Place>, action: &Action) -> bool {
    action.origin.as_ref().is_some_and(|origin| places.contains(origin))
}

impl Importer {
    pub(super) fn owners(&mut self) {
        let words = Arc::clone(&self.words);
        let known = KnownOwners::learn(self.read_owners().map(|a| a.owner_text.as_str()), &words);
        let mut places = std::mem::take(&mut self.owner_places);
        let mut read: HashMap<String, SplitOwners> = HashMap::new();
        let mut report = OwnerReport::default();
        let settled = &self.quoted_owners;
        for action in actions(&mut self.plan.themes).filter(|action| !is_in(settled, action)) {
            let place = action.origin.as_ref().and_then(|origin| places.remove(origin));
            if !read.contains_key(&action.owner_text) {
                read.insert(action.owner_text.clone(), known.read(&action.owner_text));
            }
            let owners = &read[&action.owner_text];
            action.owners.clone_from(&owners.names);
            let Some(place) = place else { continue };
            if owners.names.is_empty() {
                report
                    .none
                    .push((action.owner_text.clone(), action.origin.clone().unwrap_or(place)));
            } else {
                report.add(&action.owner_text, owners, place);
            }
        }
        self.diagnostics.extend(report.diagnostics());
        self.unify_spellings();
        self.names_alike();
    }

    /// The actions whose owners are read from what was typed.
    fn read_owners(&self) -> impl Iterator<Item = &Action> {
        self.plan
            .actions()
            .map(|(_, _, action)| action)
            .filter(|action| !is_in(&self.quoted_owners, action))
    }

    /// Gives an owner who is spelt with different capitals, quotes or spaces one spelling.
    fn unify_spellings(&mut self) {
        let commonest = commonest_spellings(
            self.read_owners().flat_map(|a| a.owners.iter().map(String::as_str)),
        );
        if commonest.is_empty() {
            return;
        }
        let mut changed: Vec<(String, String, Option<Place>)> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        let settled = &self.quoted_owners;
        for action in actions(&mut self.plan.themes).filter(|action| !is_in(settled, action)) {
            for name in &mut action.owners {
                let Some(best) = commonest.get(name) else { continue };
                let typed = std::mem::replace(name, best.clone());
                if seen.insert(typed.clone()) {
                    changed.push((typed, best.clone(), action.origin.clone()));
                }
            }
        }
        let place = changed.first().and_then(|(_, _, place)| place.clone());
        let pairs: Vec<String> = changed
            .iter()
            .map(|(typed, best, _)| format!("“{typed}” is the same owner as “{best}”"))
            .collect();
        self.emit(Diagnostic {
            place,
            ..Diagnostic::new(Code::OwnersUnified, first_few(&pairs, "; "))
        });
    }

    /// Reports names that differ in a letter or two: they may be one person.
    fn names_alike(&mut self) {
        let named = || {
            self.plan.actions().flat_map(|(_, _, a)| {
                a.owners.iter().map(move |name| (name.as_str(), a.origin.as_ref()))
            })
        };
        let misses = near_misses(named().map(|(name, _)| name));
        let Some(first) = misses.first() else { return };
        let place =
            named().find(|(name, _)| *name == first.name).and_then(|(_, origin)| origin.cloned());
        let pairs: Vec<String> = misses
            .iter()
            .map(|NearMiss { name, count, like, like_count }| {
                format!("“{name}” ({count}) is spelt almost like “{like}” ({like_count})")
            })
            .collect();
        let question =
            if misses.len() == 1 { "is it the same owner?" } else { "are they the same owners?" };
        let message = format!("{}: {question}", first_few(&pairs, "; "));
        let diagnostic = Diagnostic::new(Code::NamesAlike, message)
            .help("if so, spell the name alike in the source; nothing was merged");
        self.emit(Diagnostic { place, ..diagnostic });
    }

    /// Gives references where the source has none, and a new one where it uses one twice.
    pub(super) fn references(&mut self) {
        let mut used: HashSet<String> = HashSet::new();
        self.objective_references();
        let mut twice: Vec<(Option<Place>, String)> = Vec::new();
        for action in actions(&mut self.plan.themes).filter(|a| !a.reference.is_empty()) {
            if !used.insert(action.reference.clone()) {
                twice.push((action.origin.clone(), std::mem::take(&mut action.reference)));
            }
        }
        let diagnostics: HashSet<Place> =
            twice.iter().filter_map(|(place, _)| place.clone()).collect();
        self.used_twice(twice);
        // where the source has references, those that are assigned must not look like its own
        let looks_apart = self.typed_references > 0;
        let mut assigned: Vec<(Option<Place>, String)> = Vec::new();
        let mut last = 0_usize;
        for objective in self.plan.objectives_mut() {
            let mut number = 0_usize;
            for action in objective.actions.iter_mut().filter(|a| a.reference.is_empty()) {
                let number = if looks_apart { &mut last } else { &mut number };
                loop {
                    *number += 1;
                    let reference = if looks_apart {
                        format!("new-{number}")
                    } else {
                        format!("{}.{number}", objective.reference)
                    };
                    if used.insert(reference.clone()) {
                        action.reference.clone_from(&reference);
                        assigned.push((action.origin.clone(), reference));
                        break;
                    }
                }
            }
        }
        if looks_apart {
            assigned.retain(|(place, _)| {
                place.as_ref().is_none_or(|place| !diagnostics.contains(place))
            });
        }
        let given = assigned.len();
        let Some((first, reference)) = assigned.into_iter().next() else { return };
        if looks_apart {
            let message = if given == 1 {
                format!("1 action has no reference in the source; it was given {reference}")
            } else {
                format!(
                    "{given} actions have no reference in the source; they were given references from {reference} on"
                )
            };
            let mut diagnostics = Diagnostic::new(Code::ReferenceMissing, message)
                .help("give each action a reference in the source");
            diagnostics.place = first;
            self.emit(diagnostics);
        } else {
            self.plan.assigned_references = true;
            let place = self.plan.themes.iter().find_map(|t| t.origin.clone());
            let actions = if given == 1 {
                "1 action was".to_owned()
            } else {
                format!("{given} actions were")
            };
            let message =
                format!("the source has no references: {actions} numbered within the objectives");
            let mut diagnostics = Diagnostic::new(Code::ReferencesGiven, message);
            diagnostics.place = place;
            self.emit(diagnostics);
        }
    }

    /// Reports references that the source uses twice: each by itself, or all at once where a
    /// numbering began again.
    fn used_twice(&mut self, twice: Vec<(Option<Place>, String)>) {
        const MOST: usize = 5;
        let messages = |message: String, place: Option<Place>, references: String| {
            let diagnostic = Diagnostic::new(Code::DuplicateReference, message)
                .help("give each action its own reference");
            Diagnostic { place, ..diagnostic.left_out(references) }
        };
        if twice.len() <= MOST {
            self.diagnostics.extend(twice.into_iter().map(|(place, reference)| {
                messages(format!("the reference {reference} is used twice; this action was given one of its own"), place, reference)
            }));
            return;
        }
        let Some((place, first)) = twice.first().cloned() else { return };
        let all: Vec<String> = twice.into_iter().map(|(_, reference)| reference).collect();
        let message = format!(
            "{} references are used twice, from {first} on; these actions were given references of their own",
            all.len()
        );
        self.emit(messages(message, place, all.join("\n")));
    }

    /// An objective keeps the number that it has in the source; the others are counted through,
    /// past the numbers in use.
    fn objective_references(&mut self) {
        let mut used: HashSet<String> = HashSet::new();
        for objective in self.plan.objectives_mut() {
            if !objective.reference.is_empty() && !used.insert(objective.reference.clone()) {
                let message = format!(
                    "the reference {} is used for two objectives; this one was given one of its own",
                    objective.reference
                );
                let mut diagnostic = Diagnostic::new(Code::DuplicateReference, message)
                    .help("give each objective its own reference");
                diagnostic.left_out = Some(std::mem::take(&mut objective.reference));
                diagnostic.place.clone_from(&objective.origin);
                self.diagnostics.push(diagnostic);
            }
        }
        let mut number = 0_usize;
        for objective in self.plan.objectives_mut() {
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
        let wordings = RecommendationIndex::of(&self.plan);
        let mut links = Vec::new();
        for objective in self.plan.themes.iter().flat_map(|t| &t.objectives) {
            let answered = if objective.text.is_empty() {
                None
            } else {
                wordings.answered_by(&objective.text.plain())
            };
            let diagnostic = match &answered {
                Some(answered) => answered.difference.as_ref().map(|difference| {
                    let reference = &answered.recommendation.reference;
                    let message = format!(
                        "this objective answers recommendation {reference}, but {difference}"
                    );
                    let diagnostic = Diagnostic::new(Code::RecommendationWording, message)
                        .help("if one of them is a mistake, correct it in the source");
                    answered.recommendation.origin.iter().fold(diagnostic, Diagnostic::and_at)
                }),
                None if objective.text.is_empty() || objective.recommendation.is_some() => None,
                None => Some(
                    Diagnostic::new(
                        Code::ObjectiveUnlinked,
                        "none of the recommendations reads like this objective",
                    )
                    .help("check whether it answers one, and word it likewise"),
                ),
            };
            if let Some(mut diagnostic) = diagnostic {
                diagnostic.place.clone_from(&objective.origin);
                self.diagnostics.push(diagnostic);
            }
            links.push(answered.map(|a| a.recommendation.reference.clone()));
        }
        for (objective, link) in self.plan.objectives_mut().zip(links) {
            objective.recommendation = objective.recommendation.take().or(link);
        }
        let answered: HashSet<&String> = self
            .plan
            .themes
            .iter()
            .flat_map(|t| &t.objectives)
            .filter_map(|o| o.recommendation.as_ref())
            .collect();
        for recommendation in
            self.plan.recommendations.iter().filter(|r| !answered.contains(&r.reference))
        {
            let message = format!(
                "no objective of the plan answers recommendation {}",
                recommendation.reference
            );
            let mut diagnostic = Diagnostic::new(Code::RecommendationUnanswered, message)
                .help("check whether an action is missing");
            diagnostic.place.clone_from(&recommendation.origin);
            self.diagnostics.push(diagnostic);
        }
    }

    /// Updates name the plan's own states: one that a key lacks is the first of the same category,
    /// else it is added.
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
        for (_, _, action) in
            self.plan.actions().filter(|(_, _, a)| a.status.basis == Basis::Inferred)
        {
            if let Some(i) =
                scheme.states.iter().position(|s| Some(&s.id) == action.status.state.as_ref())
            {
                counts[i] += 1;
            }
        }
        let found: Vec<String> = scheme
            .states
            .iter()
            .zip(&counts)
            .filter(|(_, n)| **n > 0)
            .map(|(s, n)| format!("{n} {}", s.label.to_lowercase()))
            .collect();
        if !found.is_empty() {
            let all: usize = counts.iter().sum();
            let actions = if all == 1 { "action" } else { "actions" };
            let message = format!(
                "the status of {all} {actions} comes from updates or target dates: {}",
                found.join(", ")
            );
            let mut diagnostics = Diagnostic::new(Code::StatusInferred, message)
                .help("to state it yourself, add a column “Status”");
            diagnostics.place = self.plan.themes.iter().find_map(|t| t.origin.clone());
            self.emit(diagnostics);
        }
    }
}

/// The most items that a message lists.
const MAX_LISTED: usize = 5;

/// The first few of a list, and how many more there are.
fn first_few(items: &[String], separator: &str) -> String {
    let list = items[..items.len().min(MAX_LISTED)].join(separator);
    if items.len() > MAX_LISTED {
        format!("{list}{separator}and {} more", items.len() - MAX_LISTED)
    } else {
        list
    }
}

fn actions(themes: &mut [Theme]) -> impl Iterator<Item = &mut Action> {
    themes.iter_mut().flat_map(|t| &mut t.objectives).flat_map(|o| &mut o.actions)
}
