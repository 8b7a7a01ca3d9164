//! Owners whose names differ so little that they may be one.

use std::collections::{HashMap, HashSet};

/// Two names that may be one person's: a slip of the pen apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NearMiss {
    /// The name that stands less often.
    pub(crate) name: String,
    /// How often.
    pub(crate) count: usize,
    /// The name that it is like.
    pub(crate) like: String,
    /// How often that stands.
    pub(crate) like_count: usize,
}

/// Names that differ from another in a letter or two of one word. They are never merged: that is
/// for people to decide.
pub(crate) fn near_misses<'a>(names: impl Iterator<Item = &'a str>) -> Vec<NearMiss> {
    const SHORTEST_WORD: usize = 4;
    const MOST_ALIKE: usize = 200;
    const MAX_WORDS: usize = 16;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut order: Vec<&str> = Vec::new();
    for name in names {
        let count = counts.entry(name).or_insert(0);
        if *count == 0 {
            order.push(name);
        }
        *count += 1;
    }
    // names that are alike share all words but one, so only those are compared
    let mut alike: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    for (index, name) in order.iter().enumerate() {
        if name.split_whitespace().nth(MAX_WORDS).is_some() {
            continue;
        }
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        for (i, word) in
            words.iter().enumerate().filter(|(_, w)| w.chars().count() >= SHORTEST_WORD)
        {
            let others: Vec<&str> = words
                .iter()
                .enumerate()
                .map(|(j, w)| if j == i { "" } else { w.as_str() })
                .collect();
            let near = alike.entry(others.join(" ")).or_default();
            if near.len() < MOST_ALIKE {
                near.push((index, word.clone()));
            }
        }
    }
    let mut pairs: HashSet<(usize, usize)> = HashSet::new();
    for near in alike.into_values() {
        for (i, (a, word)) in near.iter().enumerate() {
            let slips = near[i + 1..].iter().filter(|(_, other)| is_a_slip(word, other));
            pairs.extend(slips.map(|(b, _)| (*a.min(b), *a.max(b))));
        }
    }
    let mut pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
    pairs.sort_unstable();
    let miss = |(a, b): (usize, usize)| {
        let (a, b) = (order[a], order[b]);
        let (rare, often) = if counts[a] < counts[b] { (a, b) } else { (b, a) };
        NearMiss {
            name: rare.to_owned(),
            count: counts[rare],
            like: often.to_owned(),
            like_count: counts[often],
        }
    };
    pairs.into_iter().map(miss).collect()
}

/// Whether two words are one with a slip in it: a letter more, less, other or out of order; two of
/// them in a long word. A plural is none.
fn is_a_slip(a: &str, b: &str) -> bool {
    let length = a.chars().count().min(b.chars().count());
    let plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
    // initials and short names differ in a letter by right: Jean and Joan
    let allowed = match length {
        0..5 => 0,
        5..8 => 1,
        _ => 2,
    };
    !plural
        && allowed > 0
        && a.chars().next() == b.chars().next()
        && strsim::osa_distance(a, b) <= allowed
}
