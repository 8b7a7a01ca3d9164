//! How many actions changed in what.

use std::collections::BTreeSet;

use crate::changes::{Change, ChangedPart, Changes};
use crate::report::SmallTable;
use crate::report::labels::Labels;

/// How many actions changed in what.
pub(super) fn counts(changes: &Changes, words: &Labels) -> SmallTable {
    let it = &words.changes;
    let kind = |change: &Change| match change {
        Change::Added => it.added,
        Change::Removed => it.removed,
        Change::Moved { .. } => it.moved,
        Change::Reordered { part: ChangedPart::Action } => it.order,
        Change::Renumbered { .. } => it.reference,
        Change::Reworded { part: ChangedPart::Action | ChangedPart::SuccessMeasures, .. } => {
            it.wording
        }
        Change::Reowned { .. } => it.owner,
        Change::Redated { .. } => it.target,
        Change::Rerated { .. } => it.status,
        Change::Updated { .. } => it.updates,
        Change::Reordered { .. }
        | Change::Reworded { .. }
        | Change::Withdrawn { .. }
        | Change::Altered { .. } => it.other,
    };
    let order = [
        it.added,
        it.removed,
        it.moved,
        it.order,
        it.reference,
        it.wording,
        it.owner,
        it.target,
        it.status,
        it.updates,
        it.other,
    ];
    let of_each: Vec<BTreeSet<&str>> =
        changes.actions.iter().map(|action| action.changes.iter().map(kind).collect()).collect();
    let count = |kind: &str| of_each.iter().filter(|kinds| kinds.contains(kind)).count();
    let row = |(label, n): (&str, usize)| vec![label.to_owned(), n.to_string()];
    let unchanged = changes.earlier.len()
        - changes.actions.iter().filter(|action| action.later.is_some()).count();
    let rows = order
        .into_iter()
        .map(|kind| (kind, count(kind)))
        .filter(|(_, n)| *n > 0)
        .chain([(it.unchanged, unchanged)]);
    SmallTable {
        caption: it.caption.to_owned(),
        header: vec![it.change.to_owned(), words.actions.to_owned()],
        rows: rows.map(row).collect(),
    }
}
