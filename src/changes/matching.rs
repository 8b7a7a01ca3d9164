//! Which of the new is which of the old, by what speaks for it: the same words, the same reference,
//! the same owner, the same place.
//!
//! What is worded the same is found by its words. For what was reworded, candidates come from an
//! index of rare words, a bounded number for each, and the best pairs of all are chosen together
//! ([`assign`](crate::assign)); so the work grows in proportion to what there is to match.

use std::collections::HashMap;
use std::hash::Hash;

use super::likeness::{ComparableText, TermWeights};
use crate::assign::{self, CandidatePair};

/// How many of the rarest words of a text are looked up.
const RAREST: usize = 16;

/// How many that have such a word are looked at: those nearest in the order of the plan.
const NEAREST: usize = 16;

/// How many candidates are compared word for word.
const CANDIDATES: usize = 8;

/// How like two must be to be taken for the same, and how like if they have the same reference.
const LEAST: f64 = 0.35;
const LEAST_WITH_REFERENCE: f64 = 0.2;

/// How much the text says where there are words beside it.
const TEXT_OF_ACTION: f64 = 0.65;
const TEXT_OF_HOLDER: f64 = 0.5;

/// What speaks for a pair beside its words, in parts of a whole likeness: the same reference, owner
/// and place, and being near.
const SAME_REFERENCE: f64 = 0.1;
const SAME_OWNER: f64 = 0.05;
const SAME_PLACE: f64 = 0.05;
const NEAR: f64 = 0.01;

/// What there is to know something again by.
#[derive(Debug, Clone, Default)]
pub(super) struct MatchKey {
    /// Its reference; empty if it has none.
    pub(super) reference: String,
    /// Its words.
    pub(super) text: String,
    /// What else it says: the success measures of an action. Of what holds others, numbers that
    /// stand for these.
    pub(super) beside: String,
    /// Who does it.
    pub(super) owner: String,
    /// The words of what it stands in.
    pub(super) place: String,
}

/// What is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MatchKind {
    /// What must share words to be the same: the same reference alone is nothing.
    Worded,
    /// What holds others, and stays the same with other words if it holds the same.
    Holders,
}

/// A pair: what of the new is what of the old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MatchedPair {
    pub(super) old: usize,
    pub(super) new: usize,
    /// How like they are in percent, if it was their likeness that decided it.
    pub(super) likeness: Option<u8>,
}

/// Pairs what is the same, one to one; in the order of the new.
pub(super) fn pair(old: &[MatchKey], new: &[MatchKey], of: MatchKind) -> Vec<MatchedPair> {
    let mut matching = Matching {
        old,
        new,
        of_old: vec![false; old.len()],
        of_new: vec![false; new.len()],
        pairs: Vec::new(),
    };
    let worded = |t: &MatchKey| !t.text.is_empty();
    let said_more = |t: &MatchKey| !t.text.is_empty() && !t.beside.is_empty();
    matching.alike(worded, |t| (&t.reference, &t.text, &t.beside, &t.owner, &t.place));
    matching.alike(said_more, |t| (&t.text, &t.beside, &t.owner, &t.place));
    matching.alike(said_more, |t| (&t.text, &t.beside, &t.owner));
    matching.alike(said_more, |t| (&t.reference, &t.text, &t.beside));
    matching.alike(said_more, |t| (&t.text, &t.beside));
    matching.only_one(worded, |t| &t.text);
    matching.like(of);
    matching.alike(worded, |t| &t.text);
    matching.alike(|t| t.text.is_empty(), |t| (&t.reference, &t.beside, &t.owner));
    matching.alike(|t| t.text.is_empty(), |t| &t.reference);
    matching.pairs.sort_unstable_by_key(|pair| pair.new);
    matching.pairs
}

/// What has been paired so far.
struct Matching<'a> {
    old: &'a [MatchKey],
    new: &'a [MatchKey],
    of_old: Vec<bool>,
    of_new: Vec<bool>,
    pairs: Vec<MatchedPair>,
}

impl<'a> Matching<'a> {
    fn take(&mut self, old: usize, new: usize, likeness: Option<u8>) {
        self.of_old[old] = true;
        self.of_new[new] = true;
        self.pairs.push(MatchedPair { old, new, likeness });
    }

    /// What is still to be paired, by a key that only some have.
    fn open<K: Hash + Eq>(
        all: &'a [MatchKey],
        paired: &[bool],
        has: impl Fn(&MatchKey) -> bool,
        key: impl Fn(&'a MatchKey) -> K,
    ) -> HashMap<K, Vec<usize>> {
        let mut open: HashMap<K, Vec<usize>> = HashMap::new();
        for (i, traits) in
            all.iter().enumerate().rev().filter(|(i, traits)| !paired[*i] && has(traits))
        {
            open.entry(key(traits)).or_default().push(i);
        }
        open
    }

    /// Pairs what has the same key, in order.
    fn alike<K: Hash + Eq>(
        &mut self,
        has: impl Fn(&MatchKey) -> bool,
        key: impl Fn(&'a MatchKey) -> K,
    ) {
        let mut open = Self::open(self.old, &self.of_old, &has, &key);
        for (i, traits) in self.new.iter().enumerate() {
            if self.of_new[i] || !has(traits) {
                continue;
            }
            if let Some(old) = open.get_mut(&key(traits)).and_then(Vec::pop) {
                self.take(old, i, None);
            }
        }
    }

    /// Pairs what has the same key if nothing else has it.
    fn only_one<K: Hash + Eq>(
        &mut self,
        has: impl Fn(&MatchKey) -> bool,
        key: impl Fn(&'a MatchKey) -> K,
    ) {
        let olds = Self::open(self.old, &self.of_old, &has, &key);
        let news = Self::open(self.new, &self.of_new, &has, &key);
        for (i, traits) in self.new.iter().enumerate() {
            if self.of_new[i] || !has(traits) {
                continue;
            }
            let key = key(traits);
            if let (Some([old]), Some([_])) =
                (olds.get(&key).map(Vec::as_slice), news.get(&key).map(Vec::as_slice))
            {
                self.take(*old, i, None);
            }
        }
    }

    /// Pairs what is like each other, so that all together are as like as can be.
    fn like(&mut self, of: MatchKind) {
        let open =
            |paired: &[bool]| -> Vec<usize> { (0..paired.len()).filter(|i| !paired[*i]).collect() };
        let (olds, news) = (open(&self.of_old), open(&self.of_new));
        if olds.is_empty() || news.is_empty() {
            return;
        }
        let mut all = TermWeights::default();
        let mut wordings = |of: &'a [MatchKey], open: &[usize]| -> Vec<UnmatchedText<'a>> {
            let worded = |i: &usize| UnmatchedText {
                traits: &of[*i],
                text: all.take_in(of[*i].text.clone()),
                beside: all.take_in(of[*i].beside.clone()),
            };
            open.iter().map(worded).collect()
        };
        let (mut old, mut new) = (wordings(self.old, &olds), wordings(self.new, &news));
        for worded in old.iter_mut().chain(&mut new) {
            all.weigh(&mut worded.text);
            all.weigh(&mut worded.beside);
        }
        let index = TermIndex::new(&new, &all);
        let mut pairings = Vec::new();
        let mut likenesses = HashMap::new();
        for (i, one) in old.iter().enumerate() {
            let near = i * new.len() / old.len();
            for other in index.candidates(one, near, &all) {
                let Some(likeness) = one.likeness(&new[other], &all, of) else { continue };
                let speaks = likeness
                    + one.beside_words(&new[other])
                    + NEAR * (1.0 - share(near.abs_diff(other), new.len()));
                // the cube: one pair that is very like outweighs two that are little so
                pairings.push(CandidatePair { old: i, new: other, weight: speaks.powi(3) });
                likenesses.insert((i, other), percent(likeness));
            }
        }
        for CandidatePair { old, new, .. } in assign::best(pairings) {
            let likeness = likenesses.get(&(old, new)).copied().filter(|percent| *percent < 100);
            self.take(olds[old], news[new], likeness);
        }
    }
}

/// A part of a whole.
fn share(part: usize, whole: usize) -> f64 {
    let number = |n: usize| u32::try_from(n).map_or(f64::MAX, f64::from);
    number(part) / number(whole)
}

/// A likeness in whole percents, not rounded up: 100 only for what is the same.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1")]
fn percent(likeness: f64) -> u8 {
    (likeness * 100.0) as u8
}

/// Something that is still to be paired, with its words.
struct UnmatchedText<'a> {
    traits: &'a MatchKey,
    text: ComparableText,
    beside: ComparableText,
}

impl UnmatchedText<'_> {
    fn features(&self) -> impl Iterator<Item = usize> {
        self.text.features.iter().chain(&self.beside.features).copied()
    }

    /// How like another it is in its words, if it is like enough to be the same.
    fn likeness(&self, other: &Self, all: &TermWeights, of: MatchKind) -> Option<f64> {
        let (text, beside) =
            (all.likeness(&self.text, &other.text), all.likeness(&self.beside, &other.beside));
        let same_reference =
            !self.traits.reference.is_empty() && self.traits.reference == other.traits.reference;
        let least = if same_reference { LEAST_WITH_REFERENCE } else { LEAST };
        let share = match of {
            _ if self.traits.text.is_empty() && other.traits.text.is_empty() => 0.0,
            _ if self.traits.beside.is_empty() || other.traits.beside.is_empty() => 1.0,
            MatchKind::Worded => TEXT_OF_ACTION,
            MatchKind::Holders => TEXT_OF_HOLDER,
        };
        let likeness = share * text + (1.0 - share) * beside;
        let shares_words = of == MatchKind::Holders || share == 0.0 || text >= LEAST_WITH_REFERENCE;
        (likeness >= least && shares_words).then_some(likeness)
    }

    /// What else speaks for being the same.
    fn beside_words(&self, other: &Self) -> f64 {
        let same = |what: fn(&MatchKey) -> &str, weight: f64| {
            let (here, there) = (what(self.traits), what(other.traits));
            if !here.is_empty() && here == there { weight } else { 0.0 }
        };
        same(|t| &t.reference, SAME_REFERENCE)
            + same(|t| &t.owner, SAME_OWNER)
            + same(|t| &t.place, SAME_PLACE)
    }
}

/// Where each word stands in the new, and each reference.
struct TermIndex<'a> {
    having: Vec<Vec<usize>>,
    by_reference: HashMap<&'a str, usize>,
}

impl<'a> TermIndex<'a> {
    fn new(new: &[UnmatchedText<'a>], all: &TermWeights) -> Self {
        let mut having = vec![Vec::new(); all.len()];
        let mut by_reference = HashMap::new();
        for (i, worded) in new.iter().enumerate() {
            for feature in worded.features() {
                having[feature].push(i);
            }
            by_reference.entry(worded.traits.reference.as_str()).or_insert(i);
        }
        Self { having, by_reference }
    }

    /// Those that share the most with another: by its rarest words, of many that have one the
    /// nearest; and that with its reference.
    fn candidates(&self, one: &UnmatchedText<'_>, near: usize, all: &TermWeights) -> Vec<usize> {
        let mut features: Vec<usize> =
            one.features().filter(|feature| !self.having[*feature].is_empty()).collect();
        features.sort_unstable_by_key(|feature| (self.having[*feature].len(), *feature));
        features.dedup();
        let mut found: Vec<(usize, f64)> = Vec::new();
        for feature in features.into_iter().take(RAREST) {
            let having = &self.having[feature];
            let middle = having.partition_point(|i| *i < near);
            let from = middle.saturating_sub(NEAREST / 2).min(having.len().saturating_sub(NEAREST));
            let weight = all.weight(feature);
            found.extend(having[from..].iter().take(NEAREST).map(|i| (*i, weight)));
        }
        found.sort_unstable_by_key(|(i, _)| *i);
        let mut summed: Vec<(usize, f64)> = found
            .chunk_by(|a, b| a.0 == b.0)
            .map(|of| (of[0].0, of.iter().map(|(_, w)| w).sum()))
            .collect();
        summed.sort_by(|a, b| {
            b.1.total_cmp(&a.1)
                .then_with(|| (near.abs_diff(a.0), a.0).cmp(&(near.abs_diff(b.0), b.0)))
        });
        summed.truncate(CANDIDATES);
        let mut candidates: Vec<usize> = summed.into_iter().map(|(i, _)| i).collect();
        let same_reference = self
            .by_reference
            .get(one.traits.reference.as_str())
            .filter(|_| !one.traits.reference.is_empty());
        if let Some(same) = same_reference.filter(|same| !candidates.contains(same)) {
            candidates.push(*same);
        }
        candidates
    }
}
