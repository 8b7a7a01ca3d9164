//! Updates in columns of their own, headed by their dates.

use std::collections::HashSet;

use crate::plan::shared::SharedColumns;
use crate::plan::{Action, Basis, Plan, Scheme, Update, status, target, update};

/// How many of an action's last updates stand in columns headed by their dates.
///
/// The columns follow each other in one order for all actions, so that only updates in that order
/// can stand in them.
fn dated(action: &Action, scheme: &Scheme, column: impl Fn(&str) -> Option<usize>) -> usize {
    let is_dated = |update: &Update| {
        let date = target::header_date(&update.label).map(|(date, _)| date);
        let said = status::said(&update.text.plain(), scheme).map(|state| &state.id);
        date.is_some()
            && date == update.period
            && said == update.status.as_ref()
            && update.by.is_empty()
            && !update.text.is_empty()
    };
    let mut next = usize::MAX;
    let mut is_before_next = |update: &Update| {
        let at = column(&update.label);
        let is_before = at.is_some_and(|at| at <= next);
        next = at.unwrap_or(next);
        is_before
    };
    let last = action
        .updates
        .iter()
        .rev()
        .take_while(|update| is_dated(update) && is_before_next(update))
        .count();
    let columns = &action.updates[action.updates.len() - last..];
    let mut labels = HashSet::with_capacity(last);
    let once = columns.iter().all(|update| labels.insert(update.label.as_str()));
    // a state in such a column is stated
    let states = action.status.basis == Basis::Stated
        || columns.iter().all(|update| update.status.is_none());
    if once && states && update::as_announced(&action.updates).is_none() { last } else { 0 }
}

/// The updates of an action that stand in its cell of updates, and those that stand in columns
/// headed by their dates.
pub(super) fn flow<'a>(
    action: &'a Action,
    scheme: &Scheme,
    dates: &SharedColumns,
) -> (&'a [Update], &'a [Update]) {
    action
        .updates
        .split_at(action.updates.len() - dated(action, scheme, |label| dates.number(label)))
}

/// The headers that are dates, in the order of the source's columns, then in that in which actions
/// have them.
pub(super) fn dated_columns(plan: &Plan) -> SharedColumns {
    let labels = || {
        plan.actions().flat_map(|(_, _, action)| {
            let dated = dated(action, &plan.scheme, |_| Some(0));
            action.updates[action.updates.len() - dated..]
                .iter()
                .map(|update| update.label.as_str())
        })
    };
    let used: HashSet<&str> = labels().collect();
    let listed = plan.columns.iter().map(|c| c.header.as_str()).filter(|h| used.contains(h));
    SharedColumns::new(listed, labels(), plan.actions().count())
}
