//! Whether a plan that was built in code holds together, and references for what has none.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic};

use super::Plan;

impl Plan {
    /// What does not hold together in a plan that was built in code; nothing if all does.
    ///
    /// References are there and unique, among recommendations, objectives and actions each; the
    /// state of each action is in the scheme; each recommendation that an objective answers is in
    /// the plan. Imported plans pass.
    ///
    /// ```
    /// use planwright::Plan;
    /// use planwright::plan::{Action, Basis, Objective, Status, Theme};
    ///
    /// let status =
    ///     Status { state: Some("done".to_owned()), basis: Basis::Stated, ..Status::default() };
    /// let action = Action { reference: "1.1".to_owned(), status, ..Action::default() };
    /// let objective = Objective { actions: vec![action], ..Objective::default() };
    /// let theme = Theme { objectives: vec![objective], ..Theme::default() };
    /// let mut plan = Plan { themes: vec![theme], ..Plan::default() };
    ///
    /// let faults = |plan: &Plan| -> Vec<String> {
    ///     plan.validate().into_iter().map(|fault| fault.message).collect()
    /// };
    /// assert_eq!(
    ///     faults(&plan),
    ///     [
    ///         "objective 1 has no reference",
    ///         "the state “done” of action 1.1 is not in the scheme of the plan",
    ///     ]
    /// );
    ///
    /// plan.assign_references();
    /// plan.themes[0].objectives[0].actions[0].status.state = Some("complete".to_owned());
    /// assert_eq!(faults(&plan), [""; 0]);
    /// ```
    pub fn validate(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let recommendations = self.recommendations.iter().map(|one| one.reference.as_str());
        check("recommendation", recommendations, &mut faults);
        let known: HashSet<&str> =
            self.recommendations.iter().map(|one| one.reference.as_str()).collect();
        let objectives = || self.themes.iter().flat_map(|theme| &theme.objectives);
        check("objective", objectives().map(|one| one.reference.as_str()), &mut faults);
        for objective in objectives() {
            let answered = objective.recommendation.as_deref();
            if let Some(unknown) = answered.filter(|reference| !known.contains(reference)) {
                let reference = &objective.reference;
                faults.push(fault(format!(
                    "objective {reference} answers recommendation “{unknown}”, which is not in the \
                     plan"
                )));
            }
        }
        let actions = || self.actions().map(|(_, _, action)| action);
        check("action", actions().map(|one| one.reference.as_str()), &mut faults);
        let states: HashSet<&str> =
            self.scheme.states.iter().map(|state| state.id.as_str()).collect();
        for action in actions() {
            let state = action.status.state.as_deref();
            if let Some(unknown) = state.filter(|state| !states.contains(state)) {
                let reference = &action.reference;
                faults.push(fault(format!(
                    "the state “{unknown}” of action {reference} is not in the scheme of the plan"
                )));
            }
        }
        faults
    }

    /// Gives recommendations, objectives and actions without a reference the next that is free: R1,
    /// R2, ..., objectives 1, 2, ... through the plan, actions 1.1, 1.2, ... within their
    /// objective.
    pub fn assign_references(&mut self) {
        assign(self.recommendations.iter_mut().map(|one| &mut one.reference), "R");
        let objectives = self.themes.iter_mut().flat_map(|theme| &mut theme.objectives);
        assign(objectives.map(|one| &mut one.reference), "");
        let mut taken: HashSet<String> =
            self.actions().map(|(_, _, action)| action.reference.clone()).collect();
        let mut last: HashMap<&str, usize> = HashMap::new();
        for objective in self.themes.iter_mut().flat_map(|theme| &mut theme.objectives) {
            let prefix = format!("{}.", objective.reference);
            let references = objective.actions.iter_mut().map(|one| &mut one.reference);
            let last = last.entry(objective.reference.as_str()).or_default();
            assign_among(references, &prefix, &mut taken, last);
        }
    }
}

fn fault(message: String) -> Diagnostic {
    Diagnostic::new(Code::InvalidPlan, message)
}

/// Notes references that are missing or given twice.
fn check<'a>(kind: &str, references: impl Iterator<Item = &'a str>, faults: &mut Vec<Diagnostic>) {
    let mut known = HashSet::new();
    for (number, reference) in (1..).zip(references) {
        if reference.is_empty() {
            faults.push(fault(format!("{kind} {number} has no reference")));
        } else if !known.insert(reference) {
            faults
                .push(fault(format!("{kind} {number} has the reference of another, {reference}")));
        }
    }
}

fn assign<'a>(references: impl Iterator<Item = &'a mut String>, prefix: &str) {
    let references: Vec<&mut String> = references.collect();
    let mut taken = references.iter().map(|reference| (**reference).clone()).collect();
    assign_among(references.into_iter(), prefix, &mut taken, &mut 0);
}

/// Numbers those that are empty, from the number after the last, past numbers that are taken.
fn assign_among<'a>(
    references: impl Iterator<Item = &'a mut String>,
    prefix: &str,
    taken: &mut HashSet<String>,
    last: &mut usize,
) {
    for reference in references.filter(|reference| reference.is_empty()) {
        loop {
            *last += 1;
            *reference = format!("{prefix}{last}");
            if taken.insert(reference.clone()) {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::{Action, Objective, Recommendation, Theme};

    use super::*;

    fn plan(objectives: Vec<Objective>) -> Plan {
        let recommendations = ["", "R1"]
            .map(|one| Recommendation { reference: one.to_owned(), ..Recommendation::default() });
        Plan {
            recommendations: recommendations.into(),
            themes: vec![Theme { objectives, ..Theme::default() }],
            ..Plan::default()
        }
    }

    fn objective(reference: &str, answers: Option<&str>, actions: &[&str]) -> Objective {
        let action = |one: &&str| Action { reference: (*one).to_owned(), ..Action::default() };
        Objective {
            reference: reference.to_owned(),
            recommendation: answers.map(str::to_owned),
            actions: actions.iter().map(action).collect(),
            ..Objective::default()
        }
    }

    fn faults(plan: &Plan) -> Vec<String> {
        plan.validate().into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn each_fault_is_named() {
        let plan = plan(vec![
            objective("1", Some("R7"), &["1.1", ""]),
            objective("1", Some("R1"), &["1.1"]),
        ]);
        assert_eq!(
            faults(&plan),
            [
                "recommendation 1 has no reference",
                "objective 2 has the reference of another, 1",
                "objective 1 answers recommendation “R7”, which is not in the plan",
                "action 2 has no reference",
                "action 3 has the reference of another, 1.1",
            ]
        );
    }

    #[test]
    fn what_has_no_reference_gets_the_next_that_is_free() {
        let mut plan = plan(vec![
            objective("", None, &["", "1.1", ""]),
            objective("1", None, &["", "1.4"]),
            objective("", None, &[""]),
        ]);
        plan.assign_references();
        assert_eq!(faults(&plan), [""; 0]);
        let references = |objective: &Objective| -> Vec<String> {
            let actions = objective.actions.iter().map(|action| action.reference.clone());
            std::iter::once(objective.reference.clone()).chain(actions).collect()
        };
        let all: Vec<_> = plan.themes[0].objectives.iter().map(references).collect();
        assert_eq!(
            all,
            [vec!["2", "2.1", "1.1", "2.2"], vec!["1", "1.2", "1.4"], vec!["3", "3.1"]]
        );
        assert_eq!(plan.recommendations[0].reference, "R2");
    }
}
