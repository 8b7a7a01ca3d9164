//! Years in dates: behind a month, in two figures, of a term.

use crate::date::Date;
use crate::plan::target::calendar::{DateYear, NamedDate, NamedPeriod};
use crate::plan::target::doubt::DoubtReason;
use crate::plan::target::tokens::{DateToken, NumberToken};

use super::{ParsedPhrase, month};

/// Puts a date together. A day that the calendar does not have is no date.
pub(super) fn dated(
    what: NamedPeriod,
    misspelt: bool,
    year: ParsedPhrase<DateYear>,
    used: usize,
) -> ParsedPhrase<NamedDate> {
    if let NamedPeriod::Day { month, day } = what {
        // without its year a 29 February may be right
        let known = year.map_or(2000, |(year, _)| match year {
            DateYear::One(year) | DateYear::Pair(year) => year,
        });
        Date::new(known, month, day)?;
    }
    let date = NamedDate::new(what, year.map(|(year, _)| year));
    let date = if misspelt { date.because(DoubtReason::Misspelt) } else { date };
    Some((date, used + year.map_or(0, |(_, more)| more)))
}

/// The year behind a month or quarter: "11", "-11", "/2011", "(2011/12)".
pub(super) fn year_behind(tokens: &[DateToken], pairs: bool) -> ParsedPhrase<DateYear> {
    let year = |tokens: &[DateToken]| if pairs { years(tokens) } else { one_year(tokens) };
    match tokens {
        [DateToken::Open, rest @ ..] => {
            let (found, used) = year(rest)?;
            (rest.get(used) == Some(&DateToken::Close)).then_some((found, used + 2))
        }
        [sign @ (DateToken::Dash { .. } | DateToken::Slash), rest @ ..] => {
            let (found, used) = year(rest)?;
            // "Sept - 11 Oct 2011": the number begins the next date
            let begins_a_date = *sign == DateToken::Dash { spaced: true }
                && rest.get(used).is_some_and(|t| month(*t).is_some());
            (!begins_a_date).then_some((found, used + 1))
        }
        _ => year(tokens),
    }
}

/// A year by itself or with the next: "2011", "11", "2011/12", "10-11".
pub(super) fn years(tokens: &[DateToken]) -> ParsedPhrase<DateYear> {
    if let [
        DateToken::Number(a),
        DateToken::Slash | DateToken::Dash { .. },
        DateToken::Number(b),
        rest @ ..,
    ] = tokens
        && let Some(first) = year_of(*a)
        && rest.first().is_none_or(|t| month(*t).is_none())
        && is_closed(rest)
    {
        let next = i32::from(first) + 1;
        if (b.digits == 2 && b.value == next % 100) || (b.digits == 4 && b.value == next) {
            return Some((DateYear::Pair(first), 3));
        }
    }
    one_year(tokens)
}

fn one_year(tokens: &[DateToken]) -> ParsedPhrase<DateYear> {
    match tokens {
        [DateToken::Number(number), rest @ ..] if !number.ordinal && is_closed(rest) => {
            Some((DateYear::One(year_of(*number)?), 1))
        }
        _ => None,
    }
}

/// Whether the number before these tokens ends there: what follows is no more of it, and no
/// minutes.
pub(super) fn is_closed(rest: &[DateToken]) -> bool {
    !matches!(rest, [DateToken::Point | DateToken::Colon, DateToken::Number(_), ..])
}

pub(super) fn year_of(number: NumberToken) -> Option<i16> {
    match number.digits {
        2 if number.value < 80 => i16::try_from(2000 + number.value).ok(),
        4 if (1900..2200).contains(&number.value) => i16::try_from(number.value).ok(),
        _ => None,
    }
}
