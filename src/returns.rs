//! Returns: what owners are asked before a review, and how their answers come back into the plan.
//!
//! [`returns`] makes a plan for each owner, with that owner's actions and nothing else, to be
//! written as a workbook that carries it.
//! [`embedded::read_workbook`](crate::embedded::read_workbook) tells what was filled in, and
//! [`merge`] takes it into the plan.

mod merge;

use std::collections::BTreeSet;

use crate::date::PartialDate;
use crate::error::Error;
use crate::plan::{Action, Extra, Objective, Plan, ReviewEntry, Theme};
use crate::publish::Published;

pub use crate::json::version;
pub use crate::report::ReturnHeading;
pub use merge::{MergeOptions, Merged, Preference, ReturnedPlan, merge, without_period};

/// What an owner is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerReturn {
    /// Whose return it is.
    pub of: ReturnHeading,
    /// The plan with that owner's actions only, nothing filled in for them yet, and no text around
    /// it.
    pub plan: Published,
}

/// A return for each owner, in the order in which the plan names them first; last, one for the
/// actions that have none.
///
/// An action of several owners is in the return of each. Names are taken as they are spelt: two
/// spellings are two owners.
///
/// ```
/// use planwright::plan::{Action, Objective, Theme};
/// use planwright::{Plan, PublishOptions, publish, returns};
///
/// let action = |owners: &[&str]| Action { owners: owners.iter().map(|o| (*o).to_owned()).collect(), ..Action::default() };
/// let objective = Objective { actions: vec![action(&["Lin"]), action(&["Stuart", "Lin"])], ..Objective::default() };
/// let plan = Plan { themes: vec![Theme { objectives: vec![objective], ..Theme::default() }], ..Plan::default() };
/// let plan = publish(plan, &PublishOptions::internal());
/// let returns = returns::returns(&plan, "2012-03".parse().ok())?;
/// let asked: Vec<_> = returns.iter().map(|r| (r.of.owner(), r.plan.plan().actions().count())).collect();
/// assert_eq!(asked, [("Lin", 2), ("Stuart", 1)]);
/// # Ok::<(), planwright::Error>(())
/// ```
///
/// # Errors
///
/// None that a plan can bring about; see [`version`].
pub fn returns(
    published: &Published,
    period: Option<PartialDate>,
) -> Result<Vec<OwnerReturn>, Error> {
    let plan = published.plan();
    let version = version(plan)?;
    let mut known = BTreeSet::new();
    let mut owners: Vec<&str> = Vec::new();
    for owner in plan.actions().flat_map(|(_, _, action)| &action.owners) {
        if known.insert(owner.as_str()) {
            owners.push(owner);
        }
    }
    if plan.actions().any(|(_, _, action)| action.owners.is_empty()) {
        owners.push("");
    }
    let asked = |owner: &str| OwnerReturn {
        of: ReturnHeading { owner: owner.to_owned(), period, version: version.clone() },
        plan: published.part(plan_of(plan, owner)),
    };
    Ok(owners.into_iter().map(asked).collect())
}

fn plan_of(plan: &Plan, owner: &str) -> Plan {
    let is_asked = |action: &Action| {
        action.owners.iter().any(|o| o == owner) || (owner.is_empty() && action.owners.is_empty())
    };
    let objective = |objective: &Objective| {
        let actions: Vec<Action> =
            objective.actions.iter().filter(|action| is_asked(action)).map(for_return).collect();
        (!actions.is_empty()).then(|| Objective {
            reference: objective.reference.clone(),
            text: objective.text.clone(),
            actions,
            ..Objective::default()
        })
    };
    let theme = |theme: &Theme| {
        let objectives: Vec<Objective> = theme.objectives.iter().filter_map(objective).collect();
        (!objectives.is_empty()).then(|| Theme {
            title: theme.title.clone(),
            objectives,
            ..Theme::default()
        })
    };
    Plan {
        title: plan.title.clone(),
        organisation: plan.organisation.clone(),
        period: plan.period.clone(),
        cycle: plan.cycle,
        scheme: plan.scheme.clone(),
        columns: plan.columns.clone(),
        themes: plan.themes.iter().filter_map(theme).collect(),
        ..Plan::default()
    }
}

/// An action as its owner is asked about it: comments and columns that others keep stay where they
/// are.
fn for_return(action: &Action) -> Action {
    Action {
        review: ReviewEntry::default(),
        notes: Vec::new(),
        extra: Extra::default(),
        ..action.clone()
    }
}
