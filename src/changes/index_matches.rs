//! What of one list is what of another, and what of it changed.

use super::matching::{MatchKey, MatchKind, MatchedPair, pair};
use super::order::misplaced;
use super::{Change, Changed};

/// What of one list is what of another.
pub(super) struct IndexMatches {
    /// For each of the newer version its position in the older.
    pub(super) earlier: Vec<Option<usize>>,
    /// For each of the older version its position in the newer.
    pub(super) later: Vec<Option<usize>>,
    /// For each of the newer version how like the two are, if that decided it.
    likeness: Vec<Option<u8>>,
    /// For each of the older version the number of its pair.
    pub(super) earlier_pairs: Vec<Option<usize>>,
    /// For each of the newer version the number of its pair.
    pub(super) later_pairs: Vec<Option<usize>>,
}

impl IndexMatches {
    pub(super) fn new(old: &[MatchKey], new: &[MatchKey], of: MatchKind) -> Self {
        let mut matched = Self {
            earlier: vec![None; new.len()],
            later: vec![None; old.len()],
            likeness: vec![None; new.len()],
            earlier_pairs: vec![None; old.len()],
            later_pairs: vec![None; new.len()],
        };
        for (number, MatchedPair { old, new, likeness }) in
            pair(old, new, of).into_iter().enumerate()
        {
            matched.earlier[new] = Some(old);
            matched.later[old] = Some(new);
            matched.likeness[new] = likeness;
            matched.earlier_pairs[old] = Some(number);
            matched.later_pairs[new] = Some(number);
        }
        matched
    }

    pub(super) fn removed(&self) -> impl Iterator<Item = usize> {
        self.later.iter().enumerate().filter(|(_, later)| later.is_none()).map(|(old, _)| old)
    }

    /// For each of the newer version whether it stands in another order than its earlier self,
    /// among those that `group` holds together in both versions; what it gives nothing for stands
    /// in none.
    pub(super) fn out_of_order(&self, group: impl Fn(usize, usize) -> Option<usize>) -> Vec<bool> {
        let mut grouped: Vec<(usize, usize, usize)> = self
            .earlier
            .iter()
            .enumerate()
            .filter_map(|(new, old)| {
                group((*old)?, new).map(|group| (group, new, old.unwrap_or_default()))
            })
            .collect();
        grouped.sort_unstable();
        let mut out_of_order = vec![false; self.earlier.len()];
        for group in grouped.chunk_by(|a, b| a.0 == b.0) {
            let olds: Vec<usize> = group.iter().map(|(_, _, old)| *old).collect();
            for ((_, new, _), misplaced) in group.iter().zip(misplaced(&olds)) {
                out_of_order[*new] = misplaced;
            }
        }
        out_of_order
    }

    /// What changed, was added or removed, in order.
    pub(super) fn changed(
        &self,
        mut compare: impl FnMut(usize, usize) -> Vec<Change>,
        shown: impl Fn(VersionIndex) -> Changed,
        rank: impl Fn(VersionIndex) -> usize,
    ) -> Vec<Changed> {
        let mut all = Vec::new();
        for (new, old) in self.earlier.iter().enumerate() {
            let changes = old.map_or_else(|| vec![Change::Added], |old| compare(old, new));
            if !changes.is_empty() {
                let it = Changed {
                    earlier: *old,
                    later: Some(new),
                    likeness: self.likeness[new],
                    changes,
                    ..shown(VersionIndex::Later(new))
                };
                all.push((rank(VersionIndex::Later(new)), it));
            }
        }
        for old in self.removed() {
            let it = Changed {
                earlier: Some(old),
                changes: vec![Change::Removed],
                ..shown(VersionIndex::Earlier(old))
            };
            all.push((rank(VersionIndex::Earlier(old)), it));
        }
        all.sort_by_key(|(rank, _)| *rank);
        all.into_iter().map(|(_, it)| it).collect()
    }
}

/// A position in one of the two versions.
#[derive(Clone, Copy)]
pub(super) enum VersionIndex {
    Earlier(usize),
    Later(usize),
}
