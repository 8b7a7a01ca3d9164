//! Which plan a return was made for.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::embedded::ReturnedWorkbook;
use crate::plan::{Action, Plan};
use crate::text::comparison_key;

use super::given::worded;

/// What tells a plan from others.
pub(super) struct PlanIdentity {
    title: String,
    organisation: String,
    references: HashSet<String>,
    /// What the actions say; of one that says nothing, its reference.
    actions: HashSet<String>,
}

impl PlanIdentity {
    pub(super) fn of(plan: &Plan) -> Self {
        Self {
            title: comparison_key(&plan.title),
            organisation: comparison_key(&plan.organisation),
            references: plan.actions().map(|(_, _, action)| action.reference.clone()).collect(),
            actions: plan.actions().map(|(_, _, action)| words(action)).collect(),
        }
    }

    /// What to report of a return that was made for another plan: it has no action of this one, and
    /// another title or organisation, or no reference of this one either.
    pub(super) fn foreign(&self, filled: &ReturnedWorkbook) -> Option<Diagnostic> {
        let sent = &filled.plan;
        let count = sent.actions().count();
        if count == 0 || sent.actions().any(|(_, _, action)| self.actions.contains(&words(action)))
        {
            return None;
        }
        let differs = |here: &str, there: &str| {
            !here.is_empty() && !there.is_empty() && *here != comparison_key(there)
        };
        let other_title = differs(&self.title, &sent.title);
        let is_other = other_title || differs(&self.organisation, &sent.organisation);
        if !is_other
            && sent.actions().any(|(_, _, action)| self.references.contains(&action.reference))
        {
            return None;
        }
        let which = match (other_title, is_other) {
            (true, _) => format!(", “{}”", sent.title),
            (_, true) => format!(", of {}", sent.organisation),
            _ => String::new(),
        };
        let none = if count == 1 {
            "its action is not in this plan".to_owned()
        } else {
            format!("none of its {count} actions is in this plan")
        };
        let message = format!(
            "this return was made for another plan{which}: {none}; nothing was taken from it"
        );
        let left_out: Vec<String> = filled
            .answers
            .iter()
            .map(|answer| format!("{}: {}", answer.reference, worded(answer, &sent.scheme)))
            .collect();
        let diagnostic = Diagnostic::new(Code::ReturnOfAnotherPlan, message)
            .help("merge it into the plan that it was made for");
        Some(if left_out.is_empty() {
            diagnostic
        } else {
            diagnostic.left_out(left_out.join("\n"))
        })
    }
}

fn words(action: &Action) -> String {
    let words = comparison_key(&action.action.in_cell());
    if words.is_empty() { action.reference.clone() } else { words }
}

/// What to report of a return that was made for another version of the plan than the one that it is
/// merged into.
pub(super) fn of_another_version(filled: &ReturnedWorkbook, now: &str) -> Option<Diagnostic> {
    let of = match &filled.return_of {
        Some(of) => of.version.clone(),
        None => crate::returns::version(&filled.plan).unwrap_or_default(),
    };
    let message = format!("it was made for an earlier version of the plan ({of})");
    (of != now && !of.is_empty()).then(|| Diagnostic::new(Code::ReturnOfEarlierVersion, message))
}
