//! Kinds of values, recognised by single cells.

use crate::plan::{Scheme, Target, status, target};
use crate::source::CellType;
use crate::vocabulary::words::ExtraWords;
use crate::vocabulary::{normalize, roles};

use super::LONGEST_VALUE;

/// A kind of value that cells hold and headers do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::table) enum ValueKind {
    Date,
    Number,
    Status,
    Code,
    Owner,
    Sentence,
}

/// Whether one cell holds a value of a kind.
pub(in crate::table) fn is_of_kind(
    plain: &str,
    holds: CellType,
    kind: ValueKind,
    added: &ExtraWords,
) -> bool {
    let plain = plain.trim();
    match kind {
        ValueKind::Date => {
            holds == CellType::Date
                || (plain.len() <= LONGEST_VALUE && Target::read(plain).due.is_some())
        }
        ValueKind::Number => {
            holds == CellType::Number || plain.trim_end_matches('%').parse::<f64>().is_ok()
        }
        ValueKind::Status => {
            plain.len() <= LONGEST_VALUE
                && status::is_status(
                    plain,
                    status::StatusVocabulary { scheme: &Scheme::default(), words: added },
                )
        }
        ValueKind::Code => is_code(plain, &normalize(plain), plain.split_whitespace().count()),
        ValueKind::Owner => plain.len() <= LONGEST_VALUE && roles::looks_like_owner(plain, added),
        ValueKind::Sentence => plain.split_whitespace().count() >= 5,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of cells are small")]
pub(super) fn ratio(count: usize, of: usize) -> f32 {
    if of == 0 { 0.0 } else { count as f32 / of as f32 }
}

/// A reference: "1.2", "A4", "AP (25/26) 07", "R-12".
pub(super) fn is_code(plain: &str, words: &str, count: usize) -> bool {
    const LONGEST: usize = 20;
    let is_short_word =
        |word: &str| word.bytes().all(|b| b.is_ascii_digit()) || word.chars().count() <= 4;
    let has_digit = plain.bytes().any(|b| b.is_ascii_digit());
    if plain.len() > LONGEST || plain.contains(['%', '£']) {
        return false;
    }
    if has_digit {
        let mut parts = words.split(' ');
        let is_a_quarter = |word: &str| word.len() == 2 && word.starts_with('q');
        let is_a_year =
            |word: &str| word.len() == 4 && (word.starts_with("20") || word.starts_with("19"));
        let is_a_month = |word: &str| {
            is_a_quarter(word)
                || is_a_year(word)
                || (word.len() > 2 && target::is_period_word(word))
        };
        let mut of_several = || {
            plain.starts_with(|c: char| c.is_ascii_uppercase())
                && parts.all(|word| is_short_word(word) && !is_a_month(word))
        };
        return count <= 1 || (count <= 5 && of_several());
    }
    // letters count actions too: "a", "iv"
    count == 1
        && plain.len() <= 4
        && plain.trim_matches(['(', ')', '.']).chars().all(|c| matches!(c, 'a'..='l' | 'v' | 'x'))
}

/// The number of a paragraph: "1.1.1", which could be a date only if its last part had two figures.
pub(super) fn is_dotted_number(plain: &str) -> bool {
    let mut parts = plain.trim_end_matches('.').split('.');
    let last = parts.next_back().unwrap_or_default();
    last.len() == 1
        && last.bytes().all(|b| b.is_ascii_digit())
        && parts.all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A cross, tick or bullet by itself.
pub(super) fn is_mark(plain: &str) -> bool {
    matches!(plain, "x" | "X" | "✓" | "✔" | "✗" | "✘" | "•" | "●" | "■" | "*" | "-" | "–")
}

pub(super) fn in_place_of_a_date(words: &str) -> bool {
    use crate::plan::TargetKind::{Ongoing, Recurring, Relative};
    words.split_whitespace().count() <= 5
        && matches!(Target::read(words).kind, Ongoing | Recurring | Relative)
}
