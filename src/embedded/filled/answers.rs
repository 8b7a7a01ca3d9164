//! What owners and reviewers filled in.

use std::collections::HashMap;

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::place::Place;
use crate::plan::{Plan, ReviewEntry};
use crate::report::{ReturnHeading, ReviewField};

/// A workbook of ours as it came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReturnedWorkbook {
    /// The plan that it carries: as it was when the workbook was written.
    pub plan: Plan,
    /// The day on which the plan was looked at then.
    pub as_of: Option<Date>,
    /// Whose return it is, if it is one.
    pub return_of: Option<ReturnHeading>,
    /// The language that it speaks.
    pub language: Language,
    /// What was filled in, in the order of the rows; what stands as it was written is none.
    pub answers: Vec<FilledAnswer>,
    /// What reading the workbook told; then cells that only the plan's own source should change and
    /// that were changed anyway, rows that are of no action, what was added where nothing is read,
    /// and what does not fit.
    pub diagnostics: Vec<Diagnostic>,
}

/// What was filled in for an action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilledAnswer {
    /// The reference of the action.
    pub reference: String,
    /// What was filled in; fields that stand as they were written are empty.
    pub entry: ReviewEntry,
    /// Where each field that was filled in stands.
    pub places: Vec<(ReviewField, Place)>,
}

impl FilledAnswer {
    /// Where a field stands, else the first that was filled in.
    pub(crate) fn place(&self, field: ReviewField) -> Option<&Place> {
        let own = self.places.iter().find(|(of, _)| *of == field);
        own.or_else(|| self.places.first()).map(|(_, place)| place)
    }
}

impl ReturnedWorkbook {
    /// The plan with what was filled in put into the reviews of its actions.
    #[must_use]
    pub fn into_plan(self) -> Plan {
        let Self { mut plan, answers, .. } = self;
        let mut answers: HashMap<String, FilledAnswer> =
            answers.into_iter().map(|answer| (answer.reference.clone(), answer)).collect();
        for action in plan.actions_mut() {
            let Some(FilledAnswer { entry, places, .. }) = answers.remove(&action.reference) else {
                continue;
            };
            for (field, _) in places {
                match field {
                    ReviewField::Progress => action.review.progress.clone_from(&entry.progress),
                    ReviewField::State => action.review.state.clone_from(&entry.state),
                    ReviewField::RevisedTarget => {
                        action.review.revised_target.clone_from(&entry.revised_target);
                    }
                    ReviewField::Evidence => action.review.evidence.clone_from(&entry.evidence),
                    ReviewField::Reviewer => action.review.reviewer.clone_from(&entry.reviewer),
                    ReviewField::ReviewedOn => {
                        action.review.reviewed_on.clone_from(&entry.reviewed_on);
                    }
                }
            }
        }
        plan
    }
}
