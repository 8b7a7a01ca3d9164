//! What a reviewer fills in, and the headers over it.

use crate::language::Language;
use crate::plan::{Field, Plan};

use super::labels::Labels;
use super::{ColumnRole, Phrase};

/// What a reviewer fills in for an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewField {
    /// Progress since the last review.
    Progress,
    /// The state that the reviewer gives.
    State,
    /// A new target date.
    RevisedTarget,
    /// What shows it.
    Evidence,
    /// Who reviewed it.
    Reviewer,
    /// When.
    ReviewedOn,
}

impl ReviewField {
    /// Every field, in the order of the columns.
    pub(crate) const ALL: [Self; 6] = [
        Self::Progress,
        Self::State,
        Self::RevisedTarget,
        Self::Evidence,
        Self::Reviewer,
        Self::ReviewedOn,
    ];

    pub(super) fn role(self) -> ColumnRole {
        match self {
            Self::Progress | Self::Evidence => ColumnRole::EnterText,
            Self::State => ColumnRole::EnterState,
            Self::RevisedTarget | Self::Reviewer => ColumnRole::EnterName,
            Self::ReviewedOn => ColumnRole::EnterDate,
        }
    }
}

/// The headers of the columns that a reviewer fills in.
pub(crate) fn review_headers(plan: &Plan, language: Language) -> [(ReviewField, Phrase); 6] {
    ReviewField::ALL.map(|field| (field, review_header(field, plan, Labels::of(language))))
}

/// The header of the column that a reviewer fills in with this.
pub(super) fn review_header(field: ReviewField, plan: &Plan, words: &Labels) -> Phrase {
    match field {
        ReviewField::Progress => words.progress.into(),
        ReviewField::State => words.new_status.into(),
        ReviewField::RevisedTarget => words.revised_target.into(),
        ReviewField::Evidence => words.header(plan, Field::Evidence, words.evidence),
        ReviewField::Reviewer => words.reviewer.into(),
        ReviewField::ReviewedOn => words.review_date.into(),
    }
}
