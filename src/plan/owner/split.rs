//! Commas, "and" and slashes in a line: between owners, or inside the name of one.

mod boundary;

use crate::vocabulary::roles::{self, OwnerKind, OwnerShape};
use crate::vocabulary::words::ExtraWords;

use super::{KnownOwners, comparison_key};

use boundary::boundary;

/// A line as owners.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OwnerSplit<'a> {
    pub(super) parts: Vec<&'a str>,
    pub(super) is_doubtful: bool,
    /// A part that stands alone elsewhere, if the split rests on that.
    pub(super) known: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameSeparator {
    Comma,
    And,
    /// Between spaces, or not.
    Slash {
        spaced: bool,
    },
    With,
}

/// What stands between two separators, and the one before it.
#[derive(Debug, Clone, Copy)]
struct NameAtom {
    start: usize,
    end: usize,
    separator: NameSeparator,
}

/// How sure a split is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SplitCertainty {
    Doubtful,
    Sure,
    Known,
}

/// One or more atoms that are a whole name together.
#[derive(Debug, Clone, Copy)]
struct NameSegment<'a> {
    text: &'a str,
    shape: Option<OwnerShape>,
    is_known: bool,
    /// Whether separators stand inside it.
    has_separators: bool,
    /// Words that the caller added to the vocabulary.
    added: &'a ExtraWords,
}

/// The most atoms of a line for which every way to join them is tried.
const MAX_ATOMS: usize = 16;

/// Splits a line into its owners; one part where it is the name of one.
pub(super) fn split<'a>(line: &'a str, known: &KnownOwners<'a>) -> OwnerSplit<'a> {
    split_at_strong_separators(line, known).unwrap_or_else(|| split_chunk(line, known))
}

/// Splits at slashes, pluses and bars between spaces, which names of owners seldom hold; a part
/// that no list knows is taken as a name beside one that is.
fn split_at_strong_separators<'a>(
    line: &'a str,
    known: &KnownOwners<'a>,
) -> Option<OwnerSplit<'a>> {
    const LONGEST_UNKNOWN: usize = 6;
    let chunks: Vec<&str> = [" / ", " + ", " | "].iter().fold(vec![line], |chunks, separator| {
        chunks.into_iter().flat_map(|chunk| chunk.split(separator)).collect()
    });
    let chunks: Vec<&str> =
        chunks.into_iter().map(str::trim).filter(|chunk| !chunk.is_empty()).collect();
    let balanced =
        |chunk: &&str| chunk.matches(['(', '[']).count() == chunk.matches([')', ']']).count();
    if chunks.len() < 2 || !chunks.iter().all(balanced) {
        return None;
    }
    let splits: Vec<OwnerSplit<'a>> =
        chunks.iter().map(|chunk| split_chunk(chunk, known)).collect();
    let parts: Vec<&str> = splits.iter().flat_map(|split| split.parts.iter().copied()).collect();
    let shape = |part: &&str| roles::shape(super::without_marks(part), known.words);
    let is_known = |part: &&str| known.alone.contains(&comparison_key(part));
    let may_be_unknown = |part: &&str| {
        part.starts_with(char::is_uppercase) && part.split_whitespace().count() <= LONGEST_UNKNOWN
    };
    let is_owner = |part: &&str| {
        is_known(part)
            || super::names_no_owner(part)
            || shape(part).is_some_and(|shape| shape.kind != OwnerKind::Department)
    };
    if !parts.iter().all(|part| is_known(part) || shape(part).is_some() || may_be_unknown(part))
        || !parts.iter().any(is_owner)
    {
        return None;
    }
    let kinds: Vec<Option<OwnerKind>> =
        parts.iter().map(|part| shape(part).map(|shape| shape.kind)).collect();
    // "Jane Smith / Headteacher" may be one
    let in_apposition =
        |pair: &[Option<OwnerKind>]| pair == [Some(OwnerKind::Person), Some(OwnerKind::Post)];
    let is_doubtful = !parts.iter().all(is_owner)
        || kinds.windows(2).any(in_apposition)
        || splits.iter().any(|split| split.is_doubtful);
    let known = splits.iter().find_map(|split| split.known);
    Some(OwnerSplit { parts, is_doubtful, known })
}

fn split_chunk<'a>(line: &'a str, known: &KnownOwners<'a>) -> OwnerSplit<'a> {
    let atoms = atoms(line);
    let whole = |is_doubtful| OwnerSplit { parts: vec![line.trim()], is_doubtful, known: None };
    if atoms.len() < 2 {
        return whole(false);
    }
    if atoms.len() > MAX_ATOMS {
        return split_long(line, &atoms, known).unwrap_or_else(|| whole(true));
    }
    if let Some(split) = best_split(line, &atoms, known) {
        return split;
    }
    let shape_of = |atom: &NameAtom| roles::shape(&line[atom.start..atom.end], known.words);
    let is_person = |atom: &NameAtom| {
        line[atom.start..atom.end].contains(' ')
            && shape_of(atom).is_some_and(|shape| shape.kind == OwnerKind::Person)
    };
    // "Jane Smith, Headteacher"
    let in_apposition = || {
        atoms.len() > 1
            && is_person(&atoms[0])
            && shape_of(&atoms[1]).is_some_and(|shape| shape.kind == OwnerKind::Post)
    };
    let may_be_several = atoms.iter().any(is_person)
        && (roles::shape(line, known.words).is_none() || in_apposition());
    let is_known = |atoms: &[NameAtom]| {
        atoms
            .first()
            .zip(atoms.last())
            .is_some_and(|(a, z)| known.alone.contains(&comparison_key(&line[a.start..z.end])))
    };
    let beside_known = || {
        (1..atoms.len()).any(|at| {
            atoms[at].separator == NameSeparator::Comma
                && (is_known(&atoms[..at]) || is_known(&atoms[at..]))
        })
    };
    whole(may_be_several || beside_known())
}

/// A long line is split only if each part of it is a name.
fn split_long<'a>(
    line: &'a str,
    atoms: &[NameAtom],
    known: &KnownOwners<'a>,
) -> Option<OwnerSplit<'a>> {
    let parts: Vec<NameSegment<'a>> = atoms
        .iter()
        .map(|atom| segment(line, std::slice::from_ref(atom), known))
        .collect::<Option<_>>()?;
    let sure = parts
        .iter()
        .all(|part| matches!(part.shape, Some(OwnerShape { kind: OwnerKind::Person, .. })));
    Some(OwnerSplit {
        parts: parts.iter().map(|part| part.text).collect(),
        is_doubtful: !sure,
        known: None,
    })
}

/// The split into the most parts, and among those the surest, such that each part is a whole name.
fn best_split<'a>(
    line: &'a str,
    atoms: &[NameAtom],
    known: &KnownOwners<'a>,
) -> Option<OwnerSplit<'a>> {
    #[derive(Clone, Copy)]
    struct BestSplit {
        parts: usize,
        least: SplitCertainty,
        previous: Option<usize>,
    }
    let count = atoms.len();
    let mut segments: Vec<Vec<Option<NameSegment<'a>>>> = vec![vec![None; count + 1]; count];
    for (start, row) in segments.iter_mut().enumerate() {
        for (end, slot) in row.iter_mut().enumerate().skip(start + 1) {
            // the whole line is the case that nothing splits
            if end - start < count {
                *slot = segment(line, &atoms[start..end], known);
            }
        }
    }
    // the best way to end with the segment from `start` to `end`
    let mut best: Vec<Vec<Option<BestSplit>>> = vec![vec![None; count + 1]; count];
    for end in 1..=count {
        for start in 0..end {
            let Some(segment) = segments[start][end] else { continue };
            if start == 0 {
                best[start][end] =
                    Some(BestSplit { parts: 1, least: SplitCertainty::Known, previous: None });
                continue;
            }
            for before in 0..start {
                let (Some(previous), Some(way)) = (segments[before][start], best[before][start])
                else {
                    continue;
                };
                let Some(boundary) = boundary(previous, atoms[start].separator, segment) else {
                    continue;
                };
                let candidate = BestSplit {
                    parts: way.parts + 1,
                    least: way.least.min(boundary),
                    previous: Some(before),
                };
                let slot = &mut best[start][end];
                if slot.is_none_or(|best| {
                    (candidate.parts, candidate.least) > (best.parts, best.least)
                }) {
                    *slot = Some(candidate);
                }
            }
        }
    }
    let last = (0..count)
        .filter_map(|start| best[start][count].map(|best| (start, best)))
        .filter(|(_, best)| best.parts > 1);
    let (mut start, chosen) = last.max_by_key(|(start, best)| (best.parts, best.least, *start))?;
    let mut parts = Vec::with_capacity(chosen.parts);
    let mut end = count;
    while let (Some(segment), Some(way)) = (segments[start][end], best[start][end]) {
        parts.push(segment);
        let Some(previous) = way.previous else { break };
        end = start;
        start = previous;
    }
    parts.reverse();
    let known = (chosen.least == SplitCertainty::Known)
        .then(|| parts.iter().find(|part| part.is_known).map(|part| part.text))
        .flatten();
    Some(OwnerSplit {
        parts: parts.iter().map(|part| part.text).collect(),
        is_doubtful: chosen.least == SplitCertainty::Doubtful,
        known,
    })
}

/// Atoms as one name, if they can be one.
fn segment<'a>(
    line: &'a str,
    atoms: &[NameAtom],
    known: &KnownOwners<'a>,
) -> Option<NameSegment<'a>> {
    let (first, last) = (atoms.first()?, atoms.last()?);
    let text = &line[first.start..last.end];
    let shape = roles::shape(super::without_marks(text), known.words);
    let is_known = known.alone.contains(&comparison_key(text));
    let has_separators = atoms.len() > 1;
    let may_be = || {
        !has_separators
            && !text.contains(char::is_whitespace)
            && roles::may_be_a_short_name(text, known.words)
    };
    (shape.is_some() || is_known || may_be()).then_some(NameSegment {
        text,
        shape,
        is_known,
        has_separators,
        added: known.words,
    })
}

/// The parts of a line between separators outside brackets.
fn atoms(line: &str) -> Vec<NameAtom> {
    let mut atoms: Vec<NameAtom> = Vec::new();
    let mut separator = NameSeparator::Comma;
    let (mut start, mut at, mut depth) = (0, 0, 0_usize);
    let mut close = |start: usize, end: usize, separator: NameSeparator| {
        let text = &line[start..end];
        let left = text.len() - text.trim_start().len();
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            atoms.push(NameAtom {
                start: start + left,
                end: start + left + trimmed.len(),
                separator,
            });
        }
        !trimmed.is_empty()
    };
    while at < line.len() {
        let rest = &line[at..];
        let Some(c) = rest.chars().next() else { break };
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let found = if depth == 0 { separator_at(line, at) } else { None };
        let Some((found, length)) = found else {
            at += c.len_utf8();
            continue;
        };
        // of ", and" the stronger counts
        if close(start, at, separator) || found != NameSeparator::Comma {
            separator = found;
        }
        at += length;
        start = at;
    }
    close(start, line.len(), separator);
    atoms
}

/// The separator that begins here, and its length.
fn separator_at(line: &str, at: usize) -> Option<(NameSeparator, usize)> {
    const WORDS: &[(&str, NameSeparator)] = &[
        ("and", NameSeparator::And),
        ("with", NameSeparator::With),
        ("a", NameSeparator::And),
        ("ac", NameSeparator::And),
        ("gyda", NameSeparator::With),
        ("plus", NameSeparator::And),
    ];
    let rest = &line[at..];
    let before = line[..at].chars().next_back();
    let first = rest.chars().next()?;
    let after = rest[first.len_utf8()..].chars().next();
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match first {
        ',' | '，' | '、'
            if !(before.is_some_and(|c| c.is_ascii_digit())
                && after.is_some_and(|c| c.is_ascii_digit())) =>
        {
            Some((NameSeparator::Comma, first.len_utf8()))
        }
        '/' | '|' | '\\' => {
            let spaced = space(before) || space(after);
            Some((NameSeparator::Slash { spaced }, 1))
        }
        '+' => Some((NameSeparator::And, 1)),
        '&' => {
            let word = |text: &str, back: bool| {
                let letters = |c: &char| c.is_alphanumeric();
                if back {
                    text.chars().rev().take(3).take_while(letters).count()
                } else {
                    text.chars().take(3).take_while(letters).count()
                }
            };
            // "A&E" and "L&D" are words
            let inside = !space(before)
                && !space(after)
                && (word(&line[..at], true) < 3 || word(&rest[1..], false) < 3);
            (!inside).then_some((NameSeparator::And, 1))
        }
        _ if space(before) && at > 0 => WORDS.iter().find_map(|(word, separator)| {
            let typed = rest.get(..word.len())?;
            let ends = rest[word.len()..].chars().next().is_some_and(char::is_whitespace);
            let same =
                if word.len() == 1 { typed == *word } else { typed.eq_ignore_ascii_case(word) };
            (ends && same).then_some((*separator, word.len()))
        }),
        _ => None,
    }
}
