//! Words that say when without naming a day: "ongoing", "monthly", "within three months",
//! "complete".

use super::tokens::DateToken;
use super::words::DateWord;

/// What words say of when something is done, or whether it has been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UndatedMeaning {
    Ongoing,
    Recurring,
    /// Counted from something else.
    Relative,
    AtOnce,
    /// It has been done.
    Done,
    /// How it stands, but not that it is done.
    Standing,
    /// Only that a date is still to come.
    Open,
}

/// What the tokens of a cell say, as far as they say it without a date.
pub(super) fn meaning(tokens: &[DateToken]) -> Option<UndatedMeaning> {
    let is = |word: DateWord| tokens.contains(&DateToken::Word(word));
    let spoken: Vec<DateToken> = tokens
        .iter()
        .copied()
        .filter(|t| !matches!(t, DateToken::Word(DateWord::By | DateWord::Filler)))
        .collect();
    // words that begin a cell say what it is about, whatever comes after them
    let first = match spoken.as_slice() {
        [DateToken::Word(DateWord::Ongoing), ..] => Some(UndatedMeaning::Ongoing),
        all if comes_again(all) => Some(UndatedMeaning::Recurring),
        [DateToken::Word(DateWord::Often), ..] => Some(UndatedMeaning::Recurring),
        [count, DateToken::Word(DateWord::Often), ..] if is_count(*count) => {
            Some(UndatedMeaning::Recurring)
        }
        [count, DateToken::Dash { .. }, DateToken::Word(DateWord::Often), ..]
            if is_count(*count) =>
        {
            Some(UndatedMeaning::Recurring)
        }
        [DateToken::Word(DateWord::AtOnce), ..]
            if is(DateWord::Ongoing) && !spoken.contains(&DateToken::Other) =>
        {
            Some(UndatedMeaning::Ongoing)
        }
        [DateToken::Word(DateWord::AtOnce), ..]
            if is(DateWord::Often) && !spoken.contains(&DateToken::Other) =>
        {
            Some(UndatedMeaning::Recurring)
        }
        [DateToken::Word(DateWord::AtOnce), ..] => Some(UndatedMeaning::AtOnce),
        [DateToken::Word(DateWord::Relative | DateWord::Within), ..] => {
            Some(UndatedMeaning::Relative)
        }
        [count, unit] if is_count(*count) && is_unit(*unit) => Some(UndatedMeaning::Relative),
        [
            count,
            unit,
            DateToken::Word(DateWord::Relative | DateWord::Within | DateWord::From),
            ..,
        ] if is_count(*count) && is_unit(*unit) => Some(UndatedMeaning::Relative),
        _ => None,
    };
    first.or_else(|| briefly(&spoken))
}

/// What a few words say: nothing that is not understood stands among them, or next to nothing.
pub(super) fn briefly(spoken: &[DateToken]) -> Option<UndatedMeaning> {
    const MOST_WORDS: usize = 4;
    let is = |word: DateWord| spoken.contains(&DateToken::Word(word));
    let words = spoken
        .iter()
        .filter(|t| matches!(t, DateToken::Word(_) | DateToken::Other | DateToken::Number(_)))
        .count();
    let understood = understood(spoken);
    if words <= MOST_WORDS && is(DateWord::Often) {
        Some(UndatedMeaning::Recurring)
    } else if understood && is(DateWord::Ongoing) {
        Some(UndatedMeaning::Ongoing)
    } else if understood && is(DateWord::Standing) {
        Some(UndatedMeaning::Standing)
    } else if understood && (is(DateWord::Done) || is(DateWord::Complete)) {
        Some(UndatedMeaning::Done)
    } else if understood && is(DateWord::Open) {
        Some(UndatedMeaning::Open)
    } else {
        None
    }
}

/// Whether the words before the first bracket, dash or sentence end are all known; what comes
/// behind it is a note.
fn understood(spoken: &[DateToken]) -> bool {
    let note = |t: &DateToken| {
        matches!(
            t,
            DateToken::Open
                | DateToken::Break
                | DateToken::Colon
                | DateToken::Dash { spaced: true }
        )
    };
    let said = spoken.split(note).find(|said| !said.is_empty()).unwrap_or_default();
    said.iter().all(|t| {
        matches!(
            t,
            DateToken::Word(
                DateWord::Ongoing
                    | DateWord::Standing
                    | DateWord::Complete
                    | DateWord::Done
                    | DateWord::Open
                    | DateWord::Now
                    | DateWord::And
                    | DateWord::AtOnce
                    | DateWord::Onwards
                    | DateWord::From
                    | DateWord::To
            ) | DateToken::Slash
                | DateToken::Dash { .. }
                | DateToken::Query
        )
    }) && !said.is_empty()
}

/// "every 6 weeks", "each term", "1 activity per quarter": something comes again and again.
fn comes_again(spoken: &[DateToken]) -> bool {
    const NEAR_THE_BEGINNING: usize = 8;
    spoken.windows(2).take(NEAR_THE_BEGINNING).enumerate().any(|(at, pair)| {
        let [DateToken::Word(DateWord::Every), next] = pair else { return false };
        let number = is_count(*next) || matches!(next, DateToken::Word(DateWord::Nth(_)));
        let counted = number && spoken.get(at + 2).is_some_and(|t| is_unit(*t));
        counted
            || is_unit(*next)
            || matches!(
                next,
                DateToken::Word(DateWord::Month(_) | DateWord::Weekday(_) | DateWord::Season(_))
            )
    })
}

/// "6" or "six"
fn is_count(token: DateToken) -> bool {
    matches!(token, DateToken::Word(DateWord::Count))
        || matches!(token, DateToken::Number(n) if n.digits <= 3)
}

/// Whether something can be counted in this.
fn is_unit(token: DateToken) -> bool {
    matches!(
        token,
        DateToken::Word(
            DateWord::Unit
                | DateWord::Week
                | DateWord::Year
                | DateWord::Term
                | DateWord::HalfTerm
                | DateWord::Quarter
                | DateWord::AcademicYear
                | DateWord::FinancialYear
        )
    )
}
