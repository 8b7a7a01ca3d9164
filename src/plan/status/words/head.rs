//! The words with which a longer status begins.

use crate::plan::Category;
use crate::vocabulary::normalize;

use super::several::in_turn;
use super::{
    StatusCell, StatusSource, StatusVocabulary, alone, is_complete, is_dated, status, unknown,
};

/// The words before the first mark, where those after it say more of the same: "Amber (slipped)",
/// "In progress – on track".
pub(super) fn head<'a>(words: &str, known: StatusVocabulary<'a>) -> Option<StatusCell<'a>> {
    const NAMES: &[&str] = &[
        "status",
        "current status",
        "rag",
        "brag",
        "rag rating",
        "brag rating",
        "rag status",
        "brag status",
        "rating",
    ];
    let (before, after) = cut(words)?;
    let reads = |words: &str| alone(words, known).or_else(|| in_turn(words, known));
    if NAMES.contains(&normalize(before).as_str()) {
        return reads(after).or_else(|| beginning(after, known));
    }
    let after = after.trim_end_matches([')', ']']);
    let said = reads(before).or_else(|| beginning(before, known))?;
    let StatusCell::Status { named, by, .. } = said else { return Some(said) };
    let more = alone(after, known);
    if more == Some(StatusCell::NoStatus) && named.category() == Some(Category::Complete) {
        // "Complete (TBC)"
        return Some(status(unknown(words, known)));
    }
    let Some(StatusCell::Status { named: other, by: other_by, .. }) = more else {
        return Some(StatusCell::Status { named, by, yet: None });
    };
    if named.is_in_progress() && other.category() != Some(Category::Complete) {
        return Some(StatusCell::Status { named: other, by: other_by, yet: None });
    }
    let is_complete = named.category() == Some(Category::Complete);
    let says_otherwise = match other.category() {
        Some(Category::UnderWay) => is_complete && other.is_in_progress(),
        Some(
            Category::Complete
            | Category::AtRisk
            | Category::OnHold
            | Category::OffTrack
            | Category::NotStarted,
        ) => other.category() != named.category(),
        Some(Category::Stopped) | None => false,
    };
    let contradicts =
        !named.is_same(&other) && (matches!(other_by, StatusSource::Colour(_)) || says_otherwise);
    Some(StatusCell::Status { named, by, yet: contradicts.then_some(other) })
}

/// The words before the first mark that ends a status, and those after it.
fn cut(words: &str) -> Option<(&str, &str)> {
    const MARKS: &[&str] = &[" - ", " -", "- ", "–", "—", "(", "[", ":", ";", ",", ".", "\n", "|"];
    let (at, mark) = MARKS
        .iter()
        .filter_map(|mark| words.find(mark).map(|at| (at, mark)))
        .min_by_key(|(at, _)| *at)?;
    let (before, after) = (words[..at].trim(), words[at + mark.len()..].trim());
    (!before.is_empty() && !after.is_empty()).then_some((before, after))
}

/// A status at the beginning of words that go on with a date or with more of the same: "Completed
/// Sept 2011", "Green on track".
pub(super) fn beginning<'a>(words: &str, known: StatusVocabulary<'a>) -> Option<StatusCell<'a>> {
    const MOST: usize = 4;
    let ends: Vec<usize> =
        words.match_indices(char::is_whitespace).map(|(at, _)| at).take(MOST).collect();
    ends.into_iter().rev().find_map(|end| {
        let rest = words[end..].trim();
        let StatusCell::Status { named, by, yet } = alone(&words[..end], known)? else {
            return None;
        };
        match alone(rest, known) {
            _ if named.category() == Some(Category::Complete) && is_dated(rest) => {
                Some(StatusCell::Status { named, by, yet })
            }
            Some(StatusCell::Status { named: other, .. }) if named.is_same(&other) => {
                Some(StatusCell::Status { named, by, yet })
            }
            Some(more @ StatusCell::Status { .. })
                if named.is_in_progress() && !is_complete(&more) =>
            {
                Some(more)
            }
            _ => None,
        }
    })
}
