//! What the statuses of a plan mean.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of status a state is, whatever a plan calls it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Done.
    Complete,
    /// Work is under way, or on track.
    UnderWay,
    /// Behind, or may miss its date.
    AtRisk,
    /// Will miss its date, or has.
    OffTrack,
    /// No work has begun.
    NotStarted,
    /// Paused, deferred, or waiting for something: there is something left to do.
    OnHold,
    /// It will not be done: withdrawn, superseded.
    Stopped,
}

impl Category {
    /// Every category.
    pub const ALL: &[Self] = &[
        Self::Complete,
        Self::UnderWay,
        Self::AtRisk,
        Self::OffTrack,
        Self::NotStarted,
        Self::OnHold,
        Self::Stopped,
    ];

    /// Its name in the plan file and in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::UnderWay => "under-way",
            Self::AtRisk => "at-risk",
            Self::OffTrack => "off-track",
            Self::NotStarted => "not-started",
            Self::OnHold => "on-hold",
            Self::Stopped => "stopped",
        }
    }

    /// The category of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|category| category.name() == name)
    }
}
