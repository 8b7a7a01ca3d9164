//! Terms of schools and feasts.

use crate::plan::target::calendar::{MonthPart, NamedDate, NamedPeriod};
use crate::plan::target::tokens::{DateToken, NumberToken};
use crate::plan::target::words::{DateWord, Season};

use super::ParsedPhrase;
use super::years::{dated, year_behind, years};

/// Seasons, school terms and their halves: "Spring 2012", "Autumn term 2011", "Autumn 1 2011",
/// "October half term 2011".
pub(super) fn term(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let before = years(tokens)
        .filter(|_| !matches!(tokens.first(), Some(DateToken::Number(n)) if n.digits == 2));
    let start = before.map_or(0, |(_, used)| used);
    let tokens = tokens.get(start..)?;
    let half = |token: Option<&DateToken>| match token {
        Some(
            DateToken::Number(NumberToken { value: 1, digits: 1, .. })
            | DateToken::Word(DateWord::Nth(1)),
        ) => Some(MonthPart::FirstHalf),
        Some(
            DateToken::Number(NumberToken { value: 2, digits: 1, .. })
            | DateToken::Word(DateWord::Nth(2)),
        ) => Some(MonthPart::SecondHalf),
        _ => None,
    };
    let (what, part, used) = match tokens {
        [
            DateToken::Word(DateWord::Season(season)),
            DateToken::Word(DateWord::HalfTerm),
            rest @ ..,
        ] => match half(rest.first()) {
            Some(part) => (NamedPeriod::Term(*season), Some(part), 3),
            None => (NamedPeriod::HalfTerm(*season), None, 2),
        },
        [DateToken::Word(DateWord::Season(season)), DateToken::Word(DateWord::Term), rest @ ..] => {
            let part = half(rest.first());
            (NamedPeriod::Term(*season), part, 2 + usize::from(part.is_some()))
        }
        [DateToken::Word(DateWord::Season(season)), number, rest @ ..]
            if half(Some(number)).is_some() =>
        {
            let term = usize::from(matches!(
                rest.first(),
                Some(DateToken::Word(DateWord::Term | DateWord::HalfTerm | DateWord::Half))
            ));
            (NamedPeriod::Term(*season), half(Some(number)), 2 + term)
        }
        [DateToken::Word(DateWord::Season(season)), ..] => (NamedPeriod::Season(*season), None, 1),
        [DateToken::Word(DateWord::TermOf(season)), ..] => (NamedPeriod::Term(*season), None, 1),
        [DateToken::Word(DateWord::Christmas), DateToken::Word(DateWord::Term), ..] => {
            (NamedPeriod::Term(Season::Autumn), None, 2)
        }
        [DateToken::Word(DateWord::Easter), DateToken::Word(DateWord::Term), ..] => {
            (NamedPeriod::Term(Season::Spring), None, 2)
        }
        [DateToken::Word(DateWord::Month(month)), DateToken::Word(DateWord::HalfTerm), ..]
        | [DateToken::Word(DateWord::HalfTerm), DateToken::Word(DateWord::Month(month)), ..] => {
            let season = match month {
                10 => Season::Autumn,
                2 => Season::Spring,
                5 => Season::Summer,
                _ => return None,
            };
            (NamedPeriod::HalfTerm(season), None, 2)
        }
        _ => return None,
    };
    let year = before
        .map(|(year, _)| (year, 0))
        .or_else(|| year_behind(tokens.get(used..).unwrap_or_default(), true));
    let (mut date, mut used) = dated(what, false, year, used)?;
    // "autumn 2026 term"
    if let (NamedPeriod::Season(season), Some(DateToken::Word(DateWord::Term)), Some(_)) =
        (date.what, tokens.get(used), date.year)
    {
        (date.what, used) = (NamedPeriod::Term(season), used + 1);
    }
    date.part = part;
    Some((date, start + used))
}

/// "Christmas 2011", "Easter".
pub(super) fn feast(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let what = match tokens.first()? {
        DateToken::Word(DateWord::Christmas) => NamedPeriod::Christmas,
        DateToken::Word(DateWord::Easter) => NamedPeriod::Easter,
        _ => return None,
    };
    dated(what, false, year_behind(tokens.get(1..)?, false), 1)
}
