//! What the columns of a plan mean.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a column of a plan can mean.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The reference of the action.
    Reference,
    /// The theme or judgement area.
    Theme,
    /// The reference of the objective, where the action has its own.
    ObjectiveReference,
    /// The objective: what is to be improved.
    Objective,
    /// The recommendation that it answers.
    Recommendation,
    /// The action: how it will be improved.
    Action,
    /// Who does it.
    Owner,
    /// How one will know that it worked.
    SuccessMeasures,
    /// When work on it starts, or when it was raised: kept under its own header.
    Start,
    /// When it is to be done.
    Target,
    /// What has been done so far.
    Update,
    /// Its state.
    Status,
    /// How much of it is done, in percent.
    Percent,
    /// When it was completed, if it was.
    CompletedOn,
    /// What shows it.
    Evidence,
    /// No meaning here: kept under its own header.
    Extra,
}

impl Field {
    /// Every meaning, in the order in which a plan is read.
    pub const ALL: &[Self] = &[
        Self::Reference,
        Self::Theme,
        Self::ObjectiveReference,
        Self::Objective,
        Self::Recommendation,
        Self::Action,
        Self::Owner,
        Self::SuccessMeasures,
        Self::Start,
        Self::Target,
        Self::Update,
        Self::Status,
        Self::Percent,
        Self::CompletedOn,
        Self::Evidence,
        Self::Extra,
    ];

    /// Its name in the plan file and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Theme => "theme",
            Self::ObjectiveReference => "objective_reference",
            Self::Objective => "objective",
            Self::Recommendation => "recommendation",
            Self::Action => "action",
            Self::Owner => "owner",
            Self::SuccessMeasures => "success_measures",
            Self::Start => "start",
            Self::Target => "target",
            Self::Update => "update",
            Self::Status => "status",
            Self::Percent => "percent",
            Self::CompletedOn => "completed_on",
            Self::Evidence => "evidence",
            Self::Extra => "extra",
        }
    }

    /// What a column of it says, in words: "the target date".
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Reference => "the reference",
            Self::Theme => "the theme",
            Self::ObjectiveReference => "the objective's reference",
            Self::Objective => "the objective",
            Self::Recommendation => "the recommendation",
            Self::Action => "the action",
            Self::Owner => "the owner",
            Self::SuccessMeasures => "the success measures",
            Self::Start => "when it starts",
            Self::Target => "the target date",
            Self::Update => "what has been done",
            Self::Status => "the status",
            Self::Percent => "how much is done",
            Self::CompletedOn => "when it was completed",
            Self::Evidence => "the evidence",
            Self::Extra => "something else",
        }
    }

    /// The field of this name, as the plan file and `--column` write it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }
}
