//! Target dates that moved: followed through every version of the plan, and through what each
//! version records of earlier dates.

use std::collections::HashMap;

use crate::date::Date;
use crate::plan::{Action, Target};

/// An action whose target date moved, or is asked to be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MovedTarget {
    /// Which action.
    pub(crate) action: usize,
    /// The dates that it had before, the original one first: as typed, and the day that was due. A
    /// date to which it came back stands twice.
    pub(crate) before: Vec<(String, Option<Date>)>,
    /// By how many days in all, fewer than none where it was brought forward; none where a date
    /// could not be read.
    pub(crate) days: Option<i32>,
    /// Whether it moved since the last review; none where that cannot be known.
    pub(crate) since_last: Option<bool>,
    /// The date that the owner asks for, as typed, where it is not yet the target; may be empty.
    pub(crate) asked: String,
}

/// A date as typed, and the day that it means.
type TypedDate = (String, Option<Date>);

/// Follows the target date of an action through the versions of the plan, the oldest first and the
/// present one last. `last_review` is the day since which a move is recent, for a plan without
/// earlier versions.
pub(super) fn moved(
    position: usize,
    versions: &[&Action],
    last_review: Option<Date>,
) -> Option<MovedTarget> {
    let (action, earlier) = versions.split_last()?;
    let now = action.target.as_ref();
    let mut before = dates(versions);
    if now.is_some() {
        before.pop();
    }
    let asked = action.review.revised_target.trim();
    let asked = if now.is_some_and(|now| now.text == asked) { "" } else { asked };
    if before.is_empty() && asked.is_empty() {
        return None;
    }
    let then = earlier.last().and_then(|then| then.target.as_ref());
    let since_then = then.map(|then| {
        now.is_none_or(|now| {
            key(&dated(then)) != key(&dated(now)) && (then.due.is_some() || then.text != now.text)
        })
    });
    let recorded = || Some(action.earlier_targets.last()?.moved?.last() > last_review?);
    let since_last = if before.is_empty() { Some(false) } else { since_then.or_else(recorded) };
    let days = before.first().and_then(|first| Some(now?.due?.days_after(first.1?)));
    Some(MovedTarget { action: position, before, days, since_last, asked: asked.to_owned() })
}

/// Every date that the action had, in order; the present one, if it has one, is the last.
fn dates(versions: &[&Action]) -> Vec<TypedDate> {
    let mut known: Vec<TypedDate> = Vec::new();
    for action in versions {
        known = merged(known, &recorded(action));
        if let Some(target) = &action.target {
            known.push(dated(target));
        }
        known.dedup_by(|next, before| key(next) == key(before));
    }
    known
}

fn dated(target: &Target) -> TypedDate {
    (target.text.clone(), target.due)
}

/// What tells dates apart: the day, however it is written; without one, the words.
fn key(dated: &TypedDate) -> (Option<Date>, &str) {
    (dated.1, if dated.1.is_some() { "" } else { dated.0.trim() })
}

/// The earlier dates that a version itself records.
fn recorded(action: &Action) -> Vec<TypedDate> {
    if !action.earlier_targets.is_empty() {
        return action.earlier_targets.iter().map(|earlier| dated(&earlier.target)).collect();
    }
    let struck = action
        .target
        .iter()
        .flat_map(|target| &target.struck)
        .map(|words| dated(&Target::read(words)));
    struck.filter(|(_, due)| due.is_some()).collect()
}

/// The dates of both, each in its order: those that both have stand once, and between these the
/// recorded ones come first.
fn merged(known: Vec<TypedDate>, recorded: &[TypedDate]) -> Vec<TypedDate> {
    let mut places: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, dated) in recorded.iter().enumerate() {
        places.entry(key(dated)).or_default().push(at);
    }
    let (mut out, mut pending, mut from) = (Vec::with_capacity(known.len()), Vec::new(), 0);
    for dated in known {
        let same = places
            .get(&key(&dated))
            .and_then(|places| places.get(places.partition_point(|at| *at < from)).copied());
        let Some(same) = same else {
            pending.push(dated);
            continue;
        };
        out.extend(recorded[from..same].iter().cloned());
        out.append(&mut pending);
        out.push(dated);
        from = same + 1;
    }
    out.extend(recorded[from..].iter().cloned());
    out.append(&mut pending);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::EarlierTarget;

    fn action(target: &str, earlier: &[&str]) -> Action {
        let record = |text: &&str| EarlierTarget {
            target: Target::read(text),
            moved: None,
            by: String::new(),
        };
        Action {
            target: Some(target).filter(|target| !target.is_empty()).map(Target::read),
            earlier_targets: earlier.iter().map(record).collect(),
            ..Action::default()
        }
    }

    #[test]
    fn every_version_counts_and_no_date_counts_twice() {
        for (versions, before, days, since_last) in [
            (
                &[("31/05/2026", &[][..]), ("31/08/2026", &[]), ("31/10/2026", &[])][..],
                "31/05/2026 31/08/2026",
                Some(153),
                true,
            ),
            (
                &[("31/05/2026", &[]), ("31/08/2026", &[]), ("31 Aug 2026", &[])],
                "31/05/2026",
                Some(92),
                false,
            ),
            (
                &[("31/05/2026", &[]), ("31/08/2026", &[]), ("31/05/2026", &[])],
                "31/05/2026 31/08/2026",
                Some(0),
                true,
            ),
            (
                &[
                    ("31/05/2026", &[]),
                    ("31/08/2026", &["31/05/2026"]),
                    ("31/08/2026", &["31 May 2026"]),
                ],
                "31/05/2026",
                Some(92),
                false,
            ),
            (
                &[("31/05/2026", &[]), ("31/10/2026", &["31/05/2026", "31/08/2026"])],
                "31/05/2026 31/08/2026",
                Some(153),
                true,
            ),
            (
                &[("31/08/2026", &[]), ("31/10/2026", &["31/05/2026"])],
                "31/05/2026 31/08/2026",
                Some(153),
                true,
            ),
            (&[("31/05/2026", &[]), ("", &[]), ("TBC", &[])], "31/05/2026", None, true),
            (&[("", &[]), ("TBC", &[]), ("31/08/2026", &[])], "TBC", None, true),
        ] {
            let versions: Vec<Action> =
                versions.iter().map(|(target, earlier)| action(target, earlier)).collect();
            let found = moved(0, &versions.iter().collect::<Vec<_>>(), None).unwrap();
            let texts: Vec<&str> = found.before.iter().map(|(text, _)| text.as_str()).collect();
            let since = found.since_last.unwrap_or(true);
            assert_eq!(
                (texts.join(" ").as_str(), found.days, since),
                (before, days, since_last),
                "{versions:?}"
            );
        }
        let never = [action("31/05/2026", &[]), action("31 May 2026", &[])];
        assert_eq!(
            moved(0, &never.iter().collect::<Vec<_>>(), None),
            None,
            "a date in other words has not moved"
        );
    }
}
