//! Which of the pairings that may hold do hold: one to one, and the best overall.
//!
//! Pairings that share an end are weighed together, in groups, so that the best pairing of one does
//! not take away the only one of another. Groups grow from the strongest pairings on and stop
//! growing at [`LARGEST`], which keeps the work in proportion to the number of pairings however
//! alike all of them are.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// The most ends, old and new together, that are weighed together.
const LARGEST: usize = 64;

/// How often what groups could not hold is weighed again, among the ends that are still free.
const ROUNDS: usize = 4;

/// Two ends that may belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CandidatePair {
    /// Its position among the old.
    pub(crate) old: usize,
    /// Its position among the new.
    pub(crate) new: usize,
    /// How much speaks for it; more than nothing.
    pub(crate) weight: f64,
}

/// The pairings that hold: no end in two of them, and as much weight as can be.
pub(crate) fn best(mut open: Vec<CandidatePair>) -> Vec<CandidatePair> {
    open.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then_with(|| (a.old, a.new).cmp(&(b.old, b.new)))
    });
    let olds = open.iter().map(|p| p.old + 1).max().unwrap_or(0);
    let news = open.iter().map(|p| p.new + 1).max().unwrap_or(0);
    let mut taken = MatchedEnds { old: vec![false; olds], new: vec![false; news] };
    let mut chosen = Vec::new();
    for _ in 0..ROUNDS {
        if open.is_empty() {
            break;
        }
        let mut groups = DisjointSets::new(olds + news);
        let (together, apart): (Vec<CandidatePair>, Vec<CandidatePair>) =
            open.iter().partition(|p| groups.join(p.old, olds + p.new));
        for group in groups.sort(together, |p| p.old) {
            for pairing in best_of_group(&group) {
                taken.take(pairing);
                chosen.push(pairing);
            }
        }
        open = apart;
        open.retain(|p| taken.leaves(*p));
    }
    for pairing in open {
        if taken.leaves(pairing) {
            taken.take(pairing);
            chosen.push(pairing);
        }
    }
    chosen
}

/// The ends that have found another.
struct MatchedEnds {
    old: Vec<bool>,
    new: Vec<bool>,
}

impl MatchedEnds {
    fn take(&mut self, pairing: CandidatePair) {
        self.old[pairing.old] = true;
        self.new[pairing.new] = true;
    }

    fn leaves(&self, pairing: CandidatePair) -> bool {
        !self.old[pairing.old] && !self.new[pairing.new]
    }
}

/// Ends that are weighed together: a forest, each tree a group (Tarjan's union by size).
struct DisjointSets {
    above: Vec<usize>,
    size: Vec<usize>,
}

impl DisjointSets {
    fn new(ends: usize) -> Self {
        Self { above: (0..ends).collect(), size: vec![1; ends] }
    }

    fn root(&mut self, mut end: usize) -> usize {
        while self.above[end] != end {
            self.above[end] = self.above[self.above[end]];
            end = self.above[end];
        }
        end
    }

    /// Puts two ends into one group, unless it would be too large.
    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return true;
        }
        let size = self.size[a] + self.size[b];
        if size > LARGEST {
            return false;
        }
        let (small, large) = if self.size[a] < self.size[b] { (a, b) } else { (b, a) };
        self.above[small] = large;
        self.size[large] = size;
        true
    }

    /// Pairings by the group of one of their ends.
    fn sort(
        &mut self,
        pairings: Vec<CandidatePair>,
        end: impl Fn(&CandidatePair) -> usize,
    ) -> Vec<Vec<CandidatePair>> {
        let mut of_root: Vec<Vec<CandidatePair>> = vec![Vec::new(); self.above.len()];
        for pairing in pairings {
            let root = self.root(end(&pairing));
            of_root[root].push(pairing);
        }
        of_root.retain(|group| !group.is_empty());
        of_root
    }
}

/// The best pairings of a group, by the Hungarian method.
fn best_of_group(group: &[CandidatePair]) -> Vec<CandidatePair> {
    if let [only] = group {
        return vec![*only];
    }
    let ends = |end: fn(&CandidatePair) -> usize| {
        let mut ends: Vec<usize> = group.iter().map(end).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    };
    let (olds, news) = (ends(|p| p.old), ends(|p| p.new));
    let size = olds.len().max(news.len());
    let mut weights = Matrix::new_square(size, 0);
    for pairing in group {
        if let (Ok(row), Ok(column)) =
            (olds.binary_search(&pairing.old), news.binary_search(&pairing.new))
        {
            weights[(row, column)] = in_millionths(pairing.weight);
        }
    }
    let (_, column_of) = kuhn_munkres(&weights);
    group
        .iter()
        .filter(|p| {
            olds.binary_search(&p.old).is_ok_and(|row| news.get(column_of[row]) == Some(&p.new))
        })
        .copied()
        .collect()
}

/// A weight as a whole number, as sums of floats depend on their order.
#[expect(clippy::cast_possible_truncation, reason = "weights are small")]
fn in_millionths(weight: f64) -> i64 {
    (weight * 1e6).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(pairings: &[(usize, usize, u16)]) -> Vec<(usize, usize)> {
        let pairings = pairings
            .iter()
            .map(|&(old, new, weight)| CandidatePair { old, new, weight: weight.into() })
            .collect();
        let mut chosen: Vec<(usize, usize)> =
            best(pairings).into_iter().map(|p| (p.old, p.new)).collect();
        chosen.sort_unstable();
        chosen
    }

    #[test]
    fn the_best_pairing_of_one_does_not_take_the_only_one_of_another() {
        assert_eq!(chosen(&[(0, 0, 90), (0, 1, 85), (1, 0, 88), (1, 1, 2)]), [(0, 1), (1, 0)]);
    }

    #[test]
    fn an_end_that_fits_nowhere_stays_free() {
        assert_eq!(chosen(&[(0, 0, 50), (1, 0, 60), (2, 0, 40)]), [(1, 0)]);
        assert_eq!(chosen(&[(7, 1, 10), (7, 2, 30), (7, 3, 20)]), [(7, 2)]);
    }

    #[test]
    fn a_chain_longer_than_a_group_still_pairs_every_end_once() {
        let links: Vec<(usize, usize, u16)> =
            (0..1000).flat_map(|i| [(i, i, 50), (i, i + 1, 51)]).collect();
        let chosen = chosen(&links);
        assert_eq!(chosen.len(), 1000);
        let mut news: Vec<usize> = chosen.iter().map(|(_, new)| *new).collect();
        news.dedup();
        assert_eq!(news.len(), 1000);
    }
}
