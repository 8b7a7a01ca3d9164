//! What stands above the actions of a return.

use serde::{Deserialize, Serialize};

use crate::date::PartialDate;

/// Whose return a workbook is, and for which review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnHeading {
    /// The owner; empty for actions that have none.
    pub owner: String,
    /// The review for which the return is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<PartialDate>,
    /// The whole plan's [`version`](crate::json::version) when it was made.
    pub version: String,
}
