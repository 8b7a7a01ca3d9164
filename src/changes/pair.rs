//! The two versions side by side: what of each kind is what, and what changed in it.

use crate::plan::{Action, Objective, Plan, Recommendation, Scheme, Theme};
use crate::text::Text;

use super::index_matches::{IndexMatches, VersionIndex};
use super::matching::{MatchKey, MatchKind};
use super::{Change, Changed, ChangedPart, Parent, compare};

/// Both versions, and what of one is what of the other.
pub(super) struct PlanPair<'a> {
    schemes: [&'a Scheme; 2],
    before: FlatPlan<'a>,
    after: FlatPlan<'a>,
    pub(super) themes: IndexMatches,
    pub(super) objectives: IndexMatches,
    pub(super) actions: IndexMatches,
}

impl<'a> PlanPair<'a> {
    /// Matches the actions by what they say, and objectives and themes by that and what they hold.
    pub(super) fn of(old: &'a Plan, new: &'a Plan) -> Self {
        let (before, after) = (FlatPlan::of(old), FlatPlan::of(new));
        let actions =
            IndexMatches::new(&before.action_traits(), &after.action_traits(), MatchKind::Worded);
        let (earlier, later) = (
            before.objective_traits(&actions.earlier_pairs),
            after.objective_traits(&actions.later_pairs),
        );
        let objectives = IndexMatches::new(&earlier, &later, MatchKind::Holders);
        let (earlier, later) = (
            before.theme_traits(&objectives.earlier_pairs),
            after.theme_traits(&objectives.later_pairs),
        );
        let themes = IndexMatches::new(&earlier, &later, MatchKind::Holders);
        Self { schemes: [&old.scheme, &new.scheme], before, after, themes, objectives, actions }
    }

    /// The order of themes: those of the newer version, then those that are there no more.
    fn rank(&self, theme: VersionIndex) -> usize {
        match theme {
            VersionIndex::Later(new) => new,
            VersionIndex::Earlier(old) => {
                self.themes.later[old].unwrap_or(self.after.themes.len() + old)
            }
        }
    }

    /// The title of a theme, in the newer version if it is in there.
    fn title(&self, theme: VersionIndex) -> String {
        let theme = match theme {
            VersionIndex::Later(new) => self.after.themes[new],
            VersionIndex::Earlier(old) => {
                self.themes.later[old].map_or(self.before.themes[old], |new| self.after.themes[new])
            }
        };
        theme.title.clone()
    }

    /// What changed in the themes.
    pub(super) fn themes(&self) -> Vec<Changed> {
        let out_of_order = self.themes.out_of_order(|_, _| Some(0));
        let compare = |old: usize, new: usize| {
            let mut changes = compare::theme(self.before.themes[old], self.after.themes[new]);
            changes.extend(
                out_of_order[new].then_some(Change::Reordered { part: ChangedPart::Theme }),
            );
            changes
        };
        let shown = |at: VersionIndex| Changed {
            theme: self.title(at),
            text: self.title(at),
            ..Changed::default()
        };
        self.themes.changed(compare, shown, |at| self.rank(at))
    }

    /// What changed in the objectives.
    pub(super) fn objectives(&self) -> Vec<Changed> {
        let theme = |at: VersionIndex| match at {
            VersionIndex::Earlier(i) => VersionIndex::Earlier(self.before.objectives[i].0),
            VersionIndex::Later(i) => VersionIndex::Later(self.after.objectives[i].0),
        };
        let stays = |old: usize, new: usize| {
            self.themes.later[self.before.objectives[old].0] == Some(self.after.objectives[new].0)
        };
        let out_of_order = self
            .objectives
            .out_of_order(|old, new| stays(old, new).then_some(self.after.objectives[new].0));
        let compare = |old: usize, new: usize| {
            let ((old_theme, earlier), (new_theme, later)) =
                (self.before.objectives[old], self.after.objectives[new]);
            let mut changes = compare::objective(earlier, later);
            if !stays(old, new) {
                let under =
                    |theme: &Theme| Parent { theme: theme.title.clone(), objective: String::new() };
                let (before, after) =
                    (under(self.before.themes[old_theme]), under(self.after.themes[new_theme]));
                changes.insert(0, Change::Moved { before, after });
            }
            changes.extend(
                out_of_order[new].then_some(Change::Reordered { part: ChangedPart::Objective }),
            );
            changes
        };
        let shown = |at: VersionIndex| {
            let it = match at {
                VersionIndex::Earlier(i) => self.before.objectives[i].1,
                VersionIndex::Later(i) => self.after.objectives[i].1,
            };
            let text = it.text.plain().into_owned();
            Changed {
                reference: it.reference.clone(),
                theme: self.title(theme(at)),
                text,
                ..Changed::default()
            }
        };
        self.objectives.changed(compare, shown, |at| self.rank(theme(at)))
    }

    /// What changed in the actions.
    pub(super) fn actions(&self) -> Vec<Changed> {
        let theme = |at: VersionIndex| match at {
            VersionIndex::Earlier(i) => VersionIndex::Earlier(self.before.theme_of_action(i)),
            VersionIndex::Later(i) => VersionIndex::Later(self.after.theme_of_action(i)),
        };
        let stays = |old: usize, new: usize| {
            let (objective, theme) = (self.before.actions[old].0, self.before.theme_of_action(old));
            self.objectives.later[objective] == Some(self.after.actions[new].0)
                && self.themes.later[theme] == Some(self.after.theme_of_action(new))
        };
        let out_of_order = self
            .actions
            .out_of_order(|old, new| stays(old, new).then_some(self.after.actions[new].0));
        let compare = |old: usize, new: usize| {
            let mut changes = compare::action(
                self.before.actions[old].1,
                self.after.actions[new].1,
                self.schemes,
            );
            if !stays(old, new) {
                changes.insert(
                    0,
                    Change::Moved { before: self.before.under(old), after: self.after.under(new) },
                );
            }
            changes.extend(
                out_of_order[new].then_some(Change::Reordered { part: ChangedPart::Action }),
            );
            changes
        };
        let shown = |at: VersionIndex| {
            let it = match at {
                VersionIndex::Earlier(i) => self.before.actions[i].1,
                VersionIndex::Later(i) => self.after.actions[i].1,
            };
            let text = it.action.plain().into_owned();
            Changed {
                reference: it.reference.clone(),
                theme: self.title(theme(at)),
                text,
                ..Changed::default()
            }
        };
        self.actions.changed(compare, shown, |at| self.rank(theme(at)))
    }
}

/// What changed in the recommendations.
pub(super) fn recommendations(old: &Plan, new: &Plan) -> Vec<Changed> {
    let matched = IndexMatches::new(
        &recommendation_traits(old),
        &recommendation_traits(new),
        MatchKind::Worded,
    );
    let out_of_order = matched.out_of_order(|_, _| Some(0));
    let compare = |before: usize, after: usize| {
        let mut changes =
            compare::recommendation(&old.recommendations[before], &new.recommendations[after]);
        changes.extend(
            out_of_order[after].then_some(Change::Reordered { part: ChangedPart::Recommendation }),
        );
        changes
    };
    let shown = |at: VersionIndex| {
        let it = match at {
            VersionIndex::Earlier(i) => &old.recommendations[i],
            VersionIndex::Later(i) => &new.recommendations[i],
        };
        Changed {
            reference: it.reference.clone(),
            text: it.text.plain().into_owned(),
            ..Changed::default()
        }
    };
    matched.changed(compare, shown, |_| 0)
}

/// A plan's themes, objectives and actions, each in one list, with the position of what it stands
/// in.
struct FlatPlan<'a> {
    themes: Vec<&'a Theme>,
    objectives: Vec<(usize, &'a Objective)>,
    actions: Vec<(usize, &'a Action)>,
}

impl<'a> FlatPlan<'a> {
    fn of(plan: &'a Plan) -> Self {
        let themes: Vec<&Theme> = plan.themes.iter().collect();
        let objectives: Vec<(usize, &Objective)> = themes
            .iter()
            .enumerate()
            .flat_map(|(i, theme)| theme.objectives.iter().map(move |objective| (i, objective)))
            .collect();
        let actions = objectives
            .iter()
            .enumerate()
            .flat_map(|(i, (_, objective))| objective.actions.iter().map(move |action| (i, action)))
            .collect();
        Self { themes, objectives, actions }
    }

    fn theme_of_action(&self, action: usize) -> usize {
        self.objectives[self.actions[action].0].0
    }

    /// Where an action stands.
    fn under(&self, action: usize) -> Parent {
        let (theme, objective) = self.objectives[self.actions[action].0];
        Parent { theme: self.themes[theme].title.clone(), objective: objective.reference.clone() }
    }

    fn action_traits(&self) -> Vec<MatchKey> {
        let traits = |(objective, action): &(usize, &Action)| {
            let (theme, objective) = self.objectives[*objective];
            MatchKey {
                reference: action.reference.clone(),
                text: line(&action.action),
                beside: line(&action.success_measures),
                owner: if action.owners.is_empty() {
                    action.owner_text.clone()
                } else {
                    action.owners.join("; ")
                },
                place: format!("{} {}", self.themes[theme].title, line(&objective.text)),
            }
        };
        self.actions.iter().map(traits).collect()
    }

    fn objective_traits(&self, pairs: &[Option<usize>]) -> Vec<MatchKey> {
        let mut holds = vec![String::new(); self.objectives.len()];
        for ((objective, _), pair) in self.actions.iter().zip(pairs) {
            note(&mut holds[*objective], *pair);
        }
        let traits = |((theme, objective), beside): (&(usize, &Objective), String)| MatchKey {
            reference: objective.reference.clone(),
            text: line(&objective.text),
            beside,
            owner: String::new(),
            place: self.themes[*theme].title.clone(),
        };
        self.objectives.iter().zip(holds).map(traits).collect()
    }

    fn theme_traits(&self, pairs: &[Option<usize>]) -> Vec<MatchKey> {
        let mut holds = vec![String::new(); self.themes.len()];
        for ((theme, _), pair) in self.objectives.iter().zip(pairs) {
            note(&mut holds[*theme], *pair);
        }
        self.themes
            .iter()
            .zip(holds)
            .map(|(theme, beside)| MatchKey {
                text: theme.title.clone(),
                beside,
                ..MatchKey::default()
            })
            .collect()
    }
}

pub(super) fn recommendation_traits(plan: &Plan) -> Vec<MatchKey> {
    let traits = |r: &Recommendation| MatchKey {
        reference: r.reference.clone(),
        text: line(&r.text),
        place: format!("{} {}", r.area, r.deadline),
        ..MatchKey::default()
    };
    plan.recommendations.iter().map(traits).collect()
}

/// A text on one line.
fn line(text: &Text) -> String {
    text.plain().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Notes that something holds what is of this pair: a word that stands for it, the same in both
/// versions.
fn note(holds: &mut String, pair: Option<usize>) {
    if let Some(pair) = pair {
        *holds += "pair";
        *holds += &pair.to_string();
        *holds += " ";
    }
}
