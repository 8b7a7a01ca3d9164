//! The names that links lead to: each made from the reference that the plan itself gives, so that
//! it lasts from one version of a plan to the next.

use std::collections::{HashMap, HashSet};

use crate::plan::Plan;

use super::ReportLink;
use super::labels::Labels;

/// Names of one kind, each given once.
#[derive(Debug, Default)]
pub(super) struct AnchorNames(HashSet<String>);

impl AnchorNames {
    /// A name fit for an HTML id and a PDF destination, such as `action-1.1`; with its number where
    /// the reference does not tell it from the others.
    pub(super) fn name(&mut self, kind: &str, reference: &str, number: usize) -> String {
        let mut name = kind.to_owned();
        for part in reference
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
            .filter(|part| !part.is_empty())
            .take(8)
        {
            name.push('-');
            name.extend(part.chars().take(40).map(|c| c.to_ascii_lowercase()));
        }
        let own = name.clone();
        let mut more = number;
        while name == kind || !self.0.insert(name.clone()) {
            name = format!("{own}-n{more}");
            more += 1;
        }
        name
    }
}

/// The names of the recommendations and objectives of a plan, and which of them speak of each
/// other.
pub(super) struct Anchors<'a> {
    /// The recommendations by their references.
    pub(super) recommendations: HashMap<&'a str, String>,
    /// The objectives, in order.
    pub(super) objectives: Vec<String>,
    /// For each recommendation, the references and anchors of the objectives that answer it.
    pub(super) answers: HashMap<&'a str, Vec<ReportLink>>,
}

impl<'a> Anchors<'a> {
    pub(super) fn new(plan: &'a Plan, words: &Labels) -> Self {
        let mut names = AnchorNames::default();
        let mut anchor_of =
            |kind: &str, i: usize, reference: &str| names.name(kind, reference, i + 1);
        let recommendations: HashMap<&str, String> = plan
            .recommendations
            .iter()
            .enumerate()
            .map(|(i, r)| (r.reference.as_str(), anchor_of("recommendation", i, &r.reference)))
            .collect();
        let mut answers: HashMap<&str, Vec<ReportLink>> = HashMap::new();
        let mut objectives = Vec::new();
        for (i, objective) in plan.themes.iter().flat_map(|t| &t.objectives).enumerate() {
            let anchor = anchor_of("objective", i, &objective.reference);
            if let Some(reference) = &objective.recommendation {
                answers.entry(reference).or_default().push(ReportLink {
                    text: objective.reference.clone(),
                    description: format!("{} {}", words.objective, objective.reference),
                    anchor: anchor.clone(),
                });
            }
            objectives.push(anchor);
        }
        Self { recommendations, objectives, answers }
    }
}

#[cfg(test)]
mod tests {
    use super::AnchorNames;

    #[test]
    fn names_are_made_from_references_and_differ() {
        let mut names = AnchorNames::default();
        let given = ["1.1", "A/2 (b)", "", "a 2 B", "Ŵ", "1.1"]
            .map(|reference| names.name("action", reference, 7));
        assert_eq!(
            given,
            [
                "action-1.1",
                "action-a-2-b",
                "action-n7",
                "action-a-2-b-n7",
                "action-n8",
                "action-1.1-n7"
            ]
        );
    }
}
