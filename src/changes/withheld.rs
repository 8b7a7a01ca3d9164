//! What a newer version of a plan keeps from the public is kept out of the older ones too, before
//! they are compared: a comparison would name as removed what is now internal.

use std::collections::BTreeSet;

use crate::plan::{Action, Objective, Plan, Theme};
use crate::publish::{Audience, Published};
use crate::text::Text;

use super::index_matches::IndexMatches;
use super::matching::MatchKind;
use super::pair::{PlanPair, recommendation_traits};

/// An older version without what the public version of a newer one withholds: the themes,
/// objectives, actions and recommendations that are internal in the newer, and the words that are
/// struck out there. What is which is decided as for [`changes`](super::changes). For those who
/// work on the plan nothing is withheld.
///
/// `later` is the newer version as it was, and `published` as it is published.
///
/// ```
/// use planwright::changes::withheld;
/// use planwright::plan::{Action, Objective, Theme};
/// use planwright::{Plan, PublishOptions, publish};
///
/// let action = |reference: &str, words: &str| Action {
///     reference: reference.to_owned(),
///     action: words.into(),
///     ..Action::default()
/// };
/// let actions = vec![action("1", "Amend the visiting form"), action("2", "Close the home")];
/// let objective = Objective { actions, ..Objective::default() };
/// let theme = Theme { objectives: vec![objective], ..Theme::default() };
/// let plan = Plan { themes: vec![theme], ..Plan::default() };
/// let older = publish(plan.clone(), &PublishOptions::public());
/// let published = publish(plan.clone(), &PublishOptions::public().with_internal(["2"]));
/// let older = withheld(older, &plan, &published);
/// assert_eq!(older.plan().actions().count(), 1);
/// ```
#[must_use]
pub fn withheld(earlier: Published, later: &Plan, published: &Published) -> Published {
    if published.audience() == Audience::Internal {
        return earlier;
    }
    let kept = PlanPair::of(later, published.plan());
    let same = PlanPair::of(earlier.plan(), later);
    let [themes, objectives, actions] = [
        (&same.themes, &kept.themes),
        (&same.objectives, &kept.objectives),
        (&same.actions, &kept.actions),
    ]
    .map(|(same, kept)| LaterPart::each(same, kept));
    let recommendations = LaterPart::each(
        &IndexMatches::new(
            &recommendation_traits(earlier.plan()),
            &recommendation_traits(later),
            MatchKind::Worded,
        ),
        &IndexMatches::new(
            &recommendation_traits(later),
            &recommendation_traits(published.plan()),
            MatchKind::Worded,
        ),
    );
    let [then, now] = [later, published.plan()].map(Parts::of);
    let (mut themes, mut objectives, mut actions) =
        (themes.into_iter(), objectives.into_iter(), actions.into_iter());
    earlier.edited(|plan| {
        let mut recommendations = recommendations.into_iter();
        plan.recommendations.retain(|_| recommendations.next() != Some(LaterPart::Withheld));
        withhold_struck(
            [&mut plan.introduction, &mut plan.notes],
            &[&later.introduction, &later.notes],
            &[&published.plan().introduction, &published.plan().notes],
        );
        plan.themes.retain_mut(|theme| {
            let of_theme = themes.next();
            let had_objectives = !theme.objectives.is_empty();
            theme.objectives.retain_mut(|objective| {
                let of_objective = objectives.next();
                let had_actions = !objective.actions.is_empty();
                objective.actions.retain_mut(|action| {
                    let of_action = actions.next();
                    if let Some(LaterPart::Public { then: at, now: kept }) = of_action {
                        withhold_struck(
                            texts_of_action_mut(action),
                            &texts_of_action(then.actions[at]),
                            &texts_of_action(now.actions[kept]),
                        );
                        action.updates.retain(|update| !update.text.is_empty());
                    }
                    of_action != Some(LaterPart::Withheld)
                });
                if let Some(LaterPart::Public { then: at, now: kept }) = of_objective {
                    withhold_struck(
                        texts_of_objective_mut(objective),
                        &texts_of_objective(then.objectives[at]),
                        &texts_of_objective(now.objectives[kept]),
                    );
                }
                // as publication does, so that both versions have the same parts
                of_objective != Some(LaterPart::Withheld)
                    && !(had_actions && objective.actions.is_empty())
            });
            if let Some(LaterPart::Public { then: at, now: kept }) = of_theme {
                withhold_struck(
                    [&mut theme.introduction],
                    &[&then.themes[at].introduction],
                    &[&now.themes[kept].introduction],
                );
            }
            of_theme != Some(LaterPart::Withheld)
                && !(had_objectives && theme.objectives.is_empty())
        });
    })
}

/// The parts of a plan, each kind in one list.
struct Parts<'a> {
    themes: Vec<&'a Theme>,
    objectives: Vec<&'a Objective>,
    actions: Vec<&'a Action>,
}

impl<'a> Parts<'a> {
    fn of(plan: &'a Plan) -> Self {
        let objectives = plan.themes.iter().flat_map(|theme| &theme.objectives);
        Self {
            themes: plan.themes.iter().collect(),
            objectives: objectives.clone().collect(),
            actions: objectives.flat_map(|objective| &objective.actions).collect(),
        }
    }
}

/// What has become of a part of the older version in the newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LaterPart {
    /// It is not there.
    Gone,
    /// It is published: its positions among all of its kind in the newer version, and in that as
    /// published.
    Public { then: usize, now: usize },
    /// It is there, but is not published.
    Withheld,
}

impl LaterPart {
    /// For each part of the older version, in order.
    fn each(same: &IndexMatches, kept: &IndexMatches) -> Vec<Self> {
        let of = |later: &Option<usize>| {
            let Some(then) = *later else { return Self::Gone };
            match kept.later.get(then) {
                Some(Some(now)) => Self::Public { then, now: *now },
                _ => Self::Withheld,
            }
        };
        same.later.iter().map(of).collect()
    }
}

fn texts_of_action(action: &Action) -> Vec<&Text> {
    let updates = action.updates.iter().map(|update| &update.text);
    let extra = action.extra.0.iter().map(|(_, text)| text);
    [&action.action, &action.success_measures].into_iter().chain(updates).chain(extra).collect()
}

fn texts_of_action_mut(action: &mut Action) -> impl Iterator<Item = &mut Text> {
    let updates = action.updates.iter_mut().map(|update| &mut update.text);
    let extra = action.extra.0.iter_mut().map(|(_, text)| text);
    [&mut action.action, &mut action.success_measures].into_iter().chain(updates).chain(extra)
}

fn texts_of_objective(objective: &Objective) -> Vec<&Text> {
    let extra = objective.extra.0.iter().map(|(_, text)| text);
    [&objective.text, &objective.introduction].into_iter().chain(extra).collect()
}

fn texts_of_objective_mut(objective: &mut Objective) -> impl Iterator<Item = &mut Text> {
    let extra = objective.extra.0.iter_mut().map(|(_, text)| text);
    [&mut objective.text, &mut objective.introduction].into_iter().chain(extra)
}

/// Removes from texts of the older version the words that are struck out in the newer, unless its
/// published version says them in the same part.
fn withhold_struck<'a>(
    earlier: impl IntoIterator<Item = &'a mut Text>,
    later: &[&Text],
    published: &[&Text],
) {
    let spans = later.iter().flat_map(|text| &text.blocks).flat_map(|block| &block.spans);
    let struck: BTreeSet<&str> = spans
        .filter(|span| span.style.struck)
        .map(|span| span.text.trim())
        .filter(|words| words.chars().any(char::is_alphanumeric))
        .filter(|words| !published.iter().any(|text| text.plain().contains(words)))
        .collect();
    if struck.is_empty() {
        return;
    }
    for text in earlier {
        for words in &struck {
            text.strike(words);
        }
        text.remove_struck();
    }
}
