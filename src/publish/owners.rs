//! Owners whose names an owner cell has as one: "Ashley, Stuart" is one person, though each of the
//! words may be a name.

use std::ops::Range;

use crate::plan::{Action, Plan};

use super::names::{NameMatcher, tokens};
use super::redaction::Redaction;

impl Redaction<'_> {
    /// Joins owners that are parts of one name to be removed, as the owner cell has it.
    #[allow(clippy::unused_self)] // one step of a redaction like the others
    pub(super) fn divided_owners(&self, plan: &mut Plan, names: &NameMatcher) {
        plan.actions_mut().for_each(|action| join(action, names));
    }
}

fn join(action: &mut Action, names: &NameMatcher) {
    let Action { owners, owner_text, .. } = action;
    let found = names.removed_in(owner_text);
    if found.is_empty() {
        return;
    }
    let words = tokens(owner_text);
    let mut taken = vec![false; words.len()];
    let mut places: Vec<Option<Range<usize>>> = vec![None; owners.len()];
    // longer owners first: "Jane" may be an owner, and a word of another
    let mut order: Vec<usize> = (0..owners.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(owners[*at].len()));
    for at in order {
        let owner = tokens(&owners[at]);
        let place = (0..words.len()).find_map(|first| {
            let there = words.get(first..first + owner.len())?;
            let is_free = !taken[first..first + owner.len()].contains(&true);
            let is_same = there.iter().zip(&owner).all(|(word, other)| word.key() == other.key());
            (is_free && is_same && !owner.is_empty()).then(|| first..first + owner.len())
        });
        if let Some(place) = &place {
            taken[place.clone()].fill(true);
        }
        places[at] = place;
    }
    let bytes = |place: &Range<usize>| words[place.start].start..words[place.end - 1].end;
    for name in found {
        let is_in_name = |place: &Range<usize>| {
            let place = bytes(place);
            place.start < name.end && place.end > name.start
        };
        let parts: Vec<usize> =
            (0..owners.len()).filter(|at| places[*at].as_ref().is_some_and(is_in_name)).collect();
        let [first, others @ ..] = parts.as_slice() else { continue };
        let mut whole = name.clone();
        let mut place = places[*first].clone().unwrap_or_default();
        for part in parts.iter().filter_map(|at| places[*at].as_ref()) {
            let part_bytes = bytes(part);
            whole = whole.start.min(part_bytes.start)..whole.end.max(part_bytes.end);
            place = place.start.min(part.start)..place.end.max(part.end);
        }
        if others.is_empty() && places[*first].as_ref().map(bytes) == Some(whole.clone()) {
            continue;
        }
        // brackets behind a name belong to it
        let last = owners[*parts.last().unwrap_or(first)].trim_end();
        let close = last.chars().next_back().filter(|c| matches!(c, ')' | ']'));
        if close.is_some_and(|close| owner_text[whole.end..].starts_with(close)) {
            whole.end += 1;
        }
        owner_text[whole].clone_into(&mut owners[*first]);
        places[*first] = Some(place);
        for other in others {
            owners[*other].clear();
            places[*other] = None;
        }
    }
}
