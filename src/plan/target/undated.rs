//! Words that say when without naming a day: "ongoing", "monthly", "within three months",
//! "complete".

use super::tokens::Token;
use super::words::Word;

/// What words say of when something is done, or whether it has been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undated {
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
pub(super) fn meaning(tokens: &[Token]) -> Option<Undated> {
    let is = |word: Word| tokens.contains(&Token::Word(word));
    let spoken: Vec<Token> = tokens
        .iter()
        .copied()
        .filter(|t| !matches!(t, Token::Word(Word::By | Word::Filler)))
        .collect();
    // words that begin a cell say what it is about, whatever comes after them
    let first = match spoken.as_slice() {
        [Token::Word(Word::Ongoing), ..] => Some(Undated::Ongoing),
        all if comes_again(all) => Some(Undated::Recurring),
        [Token::Word(Word::Often), ..] => Some(Undated::Recurring),
        [count, Token::Word(Word::Often), ..] if is_count(*count) => Some(Undated::Recurring),
        [count, Token::Dash { .. }, Token::Word(Word::Often), ..] if is_count(*count) => {
            Some(Undated::Recurring)
        }
        [Token::Word(Word::AtOnce), ..] if is(Word::Ongoing) && !spoken.contains(&Token::Other) => {
            Some(Undated::Ongoing)
        }
        [Token::Word(Word::AtOnce), ..] if is(Word::Often) && !spoken.contains(&Token::Other) => {
            Some(Undated::Recurring)
        }
        [Token::Word(Word::AtOnce), ..] => Some(Undated::AtOnce),
        [Token::Word(Word::Relative | Word::Within), ..] => Some(Undated::Relative),
        [count, unit] if is_count(*count) && is_unit(*unit) => Some(Undated::Relative),
        [count, unit, Token::Word(Word::Relative | Word::Within | Word::From), ..]
            if is_count(*count) && is_unit(*unit) =>
        {
            Some(Undated::Relative)
        }
        _ => None,
    };
    first.or_else(|| briefly(&spoken))
}

/// What a few words say: nothing that is not understood stands among them, or next to nothing.
pub(super) fn briefly(spoken: &[Token]) -> Option<Undated> {
    const MOST_WORDS: usize = 4;
    let is = |word: Word| spoken.contains(&Token::Word(word));
    let words = spoken
        .iter()
        .filter(|t| matches!(t, Token::Word(_) | Token::Other | Token::Number(_)))
        .count();
    let understood = understood(spoken);
    if words <= MOST_WORDS && is(Word::Often) {
        Some(Undated::Recurring)
    } else if understood && is(Word::Ongoing) {
        Some(Undated::Ongoing)
    } else if understood && is(Word::Standing) {
        Some(Undated::Standing)
    } else if understood && (is(Word::Done) || is(Word::Complete)) {
        Some(Undated::Done)
    } else if understood && is(Word::Open) {
        Some(Undated::Open)
    } else {
        None
    }
}

/// Whether the words before the first bracket, dash or sentence end are all known; what comes
/// behind it is a note.
fn understood(spoken: &[Token]) -> bool {
    let note = |t: &Token| {
        matches!(t, Token::Open | Token::Break | Token::Colon | Token::Dash { spaced: true })
    };
    let said = spoken.split(note).find(|said| !said.is_empty()).unwrap_or_default();
    said.iter().all(|t| {
        matches!(
            t,
            Token::Word(
                Word::Ongoing
                    | Word::Standing
                    | Word::Complete
                    | Word::Done
                    | Word::Open
                    | Word::Now
                    | Word::And
                    | Word::AtOnce
                    | Word::Onwards
                    | Word::From
                    | Word::To
            ) | Token::Slash
                | Token::Dash { .. }
                | Token::Query
        )
    }) && !said.is_empty()
}

/// "every 6 weeks", "each term", "1 activity per quarter": something comes again and again.
fn comes_again(spoken: &[Token]) -> bool {
    const NEAR_THE_BEGINNING: usize = 8;
    spoken.windows(2).take(NEAR_THE_BEGINNING).enumerate().any(|(at, pair)| {
        let [Token::Word(Word::Every), next] = pair else { return false };
        let number = is_count(*next) || matches!(next, Token::Word(Word::Nth(_)));
        let counted = number && spoken.get(at + 2).is_some_and(|t| is_unit(*t));
        counted
            || is_unit(*next)
            || matches!(next, Token::Word(Word::Month(_) | Word::Weekday(_) | Word::Season(_)))
    })
}

/// "6" or "six"
fn is_count(token: Token) -> bool {
    matches!(token, Token::Word(Word::Count)) || matches!(token, Token::Number(n) if n.digits <= 3)
}

/// Whether something can be counted in this.
fn is_unit(token: Token) -> bool {
    matches!(
        token,
        Token::Word(
            Word::Unit
                | Word::Week
                | Word::Year
                | Word::Term
                | Word::HalfTerm
                | Word::Quarter
                | Word::AcademicYear
                | Word::FinancialYear
        )
    )
}
