//! What stands above the actions of a return.

use serde::{Deserialize, Serialize};

use crate::date::PartialDate;

/// Whose return a workbook is, and for which review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnHeading {
    /// The owner; empty for actions that have none.
    pub(crate) owner: String,
    /// The review for which the return is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) period: Option<PartialDate>,
    /// The whole plan's [`version`](crate::json::version) when it was made.
    pub(crate) version: String,
}

impl ReturnHeading {
    /// The owner; empty for the return of actions that have none.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The [`version`](crate::json::version) of the whole plan when the return was made.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The review for which the return is asked.
    pub fn period(&self) -> Option<PartialDate> {
        self.period
    }
}
