//! The headers of a plan's columns.

use std::collections::HashSet;

use crate::plan::Plan;

/// The headers of a plan's columns, each once: those of its source, then those of cells that are
/// kept under headers of their own.
pub(super) fn headers(plan: &Plan) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    let objectives = || plan.themes.iter().flat_map(|theme| &theme.objectives);
    let extras = objectives().flat_map(|objective| {
        std::iter::once(&objective.extra).chain(objective.actions.iter().map(|a| &a.extra))
    });
    let all = plan
        .columns
        .iter()
        .map(|column| &column.header)
        .chain(extras.flat_map(|extra| &extra.0).map(|(header, _)| header));
    let mut seen = HashSet::new();
    for header in all.filter(|header| !header.is_empty()) {
        if seen.insert(header.as_str()) {
            headers.push(header.clone());
        }
    }
    headers
}
