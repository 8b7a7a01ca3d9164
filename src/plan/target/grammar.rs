//! The grammar of dates: what tokens at the beginning of a run name, longest first.
//!
//! Each function gives what it found and how many tokens that took, or nothing. None looks further
//! than a date is long.

mod terms;
mod years;

use crate::date::Date;

use super::calendar::{DateYear, MonthPart, NamedDate, NamedPeriod};
use super::doubt::DoubtReason;
use super::tokens::{DateToken, NumberToken};
use super::words::DateWord;

use years::{dated, is_closed, year_behind, year_of, years};

use terms::{feast, term};

/// A date, or a stretch from one date to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DatePhrase {
    pub(super) first: NamedDate,
    pub(super) last: Option<NamedDate>,
    /// Whether the first has its year from the last.
    pub(super) shared: bool,
    /// Whether the two are listed, as in "Sept and Dec 2011".
    pub(super) listed: bool,
}

type ParsedPhrase<T> = Option<(T, usize)>;

/// A date or a stretch at the beginning of these tokens.
pub(super) fn phrase(tokens: &[DateToken]) -> ParsedPhrase<DatePhrase> {
    if let [DateToken::Word(DateWord::Between), rest @ ..] = tokens {
        let (phrase, used) = stretch(rest, true)?;
        return Some((phrase, used + 1));
    }
    if let Some(found) = short_years(tokens) {
        return Some(found);
    }
    if let Some(found) = stretch(tokens, false) {
        return Some(found);
    }
    let (first, used) = named(tokens)?;
    Some((DatePhrase { first, last: None, shared: false, listed: false }, used))
}

/// "2011-14"
fn short_years(tokens: &[DateToken]) -> ParsedPhrase<DatePhrase> {
    let [DateToken::Number(from), DateToken::Dash { .. }, DateToken::Number(to), rest @ ..] =
        tokens
    else {
        return None;
    };
    let first = year_of(*from).filter(|_| from.digits == 4)?;
    let last = first - first % 100
        + i16::try_from(to.value).ok().filter(|_| to.digits == 2 && is_closed(rest))?;
    (last > first + 1).then(|| {
        let first = NamedDate::new(NamedPeriod::Year, Some(DateYear::One(first)))
            .because(DoubtReason::ShortYears);
        (
            DatePhrase {
                first,
                last: Some(NamedDate::new(NamedPeriod::Year, Some(DateYear::One(last)))),
                shared: false,
                listed: false,
            },
            3,
        )
    })
}

/// From one date to another. What the first leaves out it has from the last.
fn stretch(tokens: &[DateToken], between: bool) -> ParsedPhrase<DatePhrase> {
    let lone = || match tokens {
        [DateToken::Number(day), ..] if is_day(*day) => Some((None, 1)),
        _ => None,
    };
    let (first, used) = named(tokens).map(|(first, used)| (Some(first), used)).or_else(lone)?;
    let rest = tokens.get(used..)?;
    let joint = rest.first()?;
    let goes_on = matches!(joint, DateToken::Dash { .. } | DateToken::Word(DateWord::To));
    let lists = matches!(joint, DateToken::Slash | DateToken::Word(DateWord::And));
    if !goes_on && !lists {
        return None;
    }
    let rest = rest.get(1..)?;
    let (last, more) = match &first {
        Some(NamedDate { what: NamedPeriod::Quarter(_), year: None, .. }) => {
            named(rest).or_else(|| quarter_by_number(rest))?
        }
        _ => named(rest)?,
    };
    let mut first = match (first, tokens.first(), last.what) {
        (Some(first), _, _) => first,
        // "1-5 May 2012"
        (None, Some(DateToken::Number(day)), NamedPeriod::Day { month, .. }) => {
            NamedDate::new(NamedPeriod::Day { month, day: small(day.value)? }, None)
        }
        _ => return None,
    };
    let shared = first.year.is_none() && last.year.is_some();
    if lists && !between && !shared {
        return None;
    }
    if shared {
        first.year = last.year;
    }
    if let (NamedPeriod::Season(season), NamedPeriod::Term(_)) = (first.what, last.what) {
        first.what = NamedPeriod::Term(season);
    }
    Some((
        DatePhrase { first, last: Some(last), shared, listed: lists && !between },
        used + 1 + more,
    ))
}

/// One date.
fn named(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    if let Some((part, used)) = part(tokens) {
        let (mut date, more) = whole(tokens.get(used..)?)?;
        let has_parts = !matches!(
            date.what,
            NamedPeriod::Day { .. }
                | NamedPeriod::WeekFrom { .. }
                | NamedPeriod::WeekTo { .. }
                | NamedPeriod::Christmas
                | NamedPeriod::Easter
                | NamedPeriod::HalfTerm(_)
        );
        if part.is_some() && (!has_parts || date.part.is_some()) {
            return None;
        }
        date.part = date.part.or(part);
        return Some((date, used + more));
    }
    whole(tokens)
}

/// "early", "end of", "the first half of"
fn part(tokens: &[DateToken]) -> ParsedPhrase<Option<MonthPart>> {
    let (part, used) = match tokens {
        [DateToken::Word(DateWord::End), ..] => (None, 1),
        [DateToken::Word(DateWord::Early), ..] => (Some(MonthPart::Early), 1),
        [DateToken::Word(DateWord::Middle), ..] => (Some(MonthPart::Middle), 1),
        [DateToken::Word(DateWord::Late), ..] => (Some(MonthPart::Late), 1),
        [first, DateToken::Word(DateWord::Half), ..] if nth(*first) == Some(1) => {
            (Some(MonthPart::FirstHalf), 2)
        }
        [first, DateToken::Word(DateWord::Half), ..] if nth(*first) == Some(2) => {
            (Some(MonthPart::SecondHalf), 2)
        }
        // "H1 2026/27"
        [
            DateToken::Word(DateWord::Half),
            DateToken::Number(NumberToken { value: 1, digits: 1, .. }),
            ..,
        ] => (Some(MonthPart::FirstHalf), 2),
        [
            DateToken::Word(DateWord::Half),
            DateToken::Number(NumberToken { value: 2, digits: 1, .. }),
            ..,
        ] => (Some(MonthPart::SecondHalf), 2),
        _ => return None,
    };
    // "mid-March"
    let dash = usize::from(matches!(tokens.get(used), Some(DateToken::Dash { spaced: false })));
    Some((part, used + dash))
}

fn whole(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    [week, day, term, month_of_year, quarter, feast, year].iter().find_map(|form| form(tokens))
}

/// "w/c 14 May 2012"
fn week(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let [DateToken::Word(word @ (DateWord::WeekFrom | DateWord::WeekTo)), rest @ ..] = tokens
    else {
        return None;
    };
    let colon =
        usize::from(matches!(rest.first(), Some(DateToken::Colon | DateToken::Dash { .. })));
    let (mut date, used) = day(rest.get(colon..)?)?;
    date.what = match (date.what, word) {
        (NamedPeriod::Day { month, day }, DateWord::WeekFrom) => {
            NamedPeriod::WeekFrom { month, day }
        }
        (NamedPeriod::Day { month, day }, _) => NamedPeriod::WeekTo { month, day },
        (other, _) => other,
    };
    Some((date, used + colon + 1))
}

/// A day, with its weekday before it and a time of day behind it.
fn day(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let (weekday, before) = match tokens {
        [DateToken::Word(DateWord::Weekday(day)), DateToken::Dash { .. }, ..] => (Some(*day), 2),
        [DateToken::Word(DateWord::Weekday(day)), ..] => (Some(*day), 1),
        _ => (None, 0),
    };
    let tokens = tokens.get(before..)?;
    let (mut date, used) = [day_in_figures, day_before_month, day_after_month, year_before_month]
        .iter()
        .find_map(|form| form(tokens))?;
    date.weekday = weekday;
    Some((date, before + used + time(tokens.get(used..)?)))
}

/// "30/09/2011", "30.9.11", "2011-09-30"; "4/30/2014", which cannot have the day first.
fn day_in_figures(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let [
        DateToken::Number(a),
        first,
        DateToken::Number(b),
        second,
        DateToken::Number(c),
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    let alike = match (first, second) {
        (DateToken::Dash { .. }, DateToken::Dash { .. }) | (DateToken::Slash, DateToken::Slash) => {
            true
        }
        (DateToken::Point, DateToken::Point) => !matches!(rest.first(), Some(DateToken::Point)),
        _ => false,
    };
    let at_most_two = |n: &NumberToken| n.digits <= 2 && !n.ordinal && !n.cut;
    if !alike || !at_most_two(b) {
        return None;
    }
    let (year, month, day) = match (a.digits, c) {
        (4, c) if at_most_two(c) => (*a, b, c),
        (_, c) if at_most_two(a) => (*c, b, a),
        _ => return None,
    };
    let year = year_of(year)?;
    let (month, day) = (small(month.value)?, small(day.value)?);
    if Date::new(year, month, day).is_some() {
        return Some((
            NamedDate::new(NamedPeriod::Day { month, day }, Some(DateYear::One(year))),
            5,
        ));
    }
    (a.digits <= 2 && Date::new(year, day, month).is_some()).then(|| {
        let date =
            NamedDate::new(NamedPeriod::Day { month: day, day: month }, Some(DateYear::One(year)));
        (date.because(DoubtReason::MonthFirst), 5)
    })
}

/// "3rd of May 2012", "9-Nov-07"; "13-Sep", without a year.
fn day_before_month(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let [DateToken::Number(number), rest @ ..] = tokens else { return None };
    let sign = usize::from(matches!(
        rest.first(),
        Some(DateToken::Dash { spaced: false } | DateToken::Slash)
    ));
    let (month, misspelt) = month(*rest.get(sign)?)?;
    let day = small(number.value).filter(|_| is_day(*number))?;
    let used = 2 + sign;
    dated(NamedPeriod::Day { month, day }, misspelt, year_behind(tokens.get(used..)?, false), used)
}

/// "September 30, 2020"; "May 3" and "Sept 11th", without a year.
fn day_after_month(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let [name, DateToken::Number(number), rest @ ..] = tokens else { return None };
    let (month, misspelt) = month(*name)?;
    let day = small(number.value).filter(|_| is_day(*number))?;
    let what = NamedPeriod::Day { month, day };
    match rest {
        [DateToken::Number(year), rest @ ..]
            if (year.digits == 4 || number.ordinal) && is_closed(rest) =>
        {
            dated(what, misspelt, Some((DateYear::One(year_of(*year)?), 1)), 2)
        }
        _ if number.ordinal || number.digits == 1 => dated(what, misspelt, None, 2),
        _ => None,
    }
}

/// "2011-Sep-30"
fn year_before_month(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let [
        DateToken::Number(year),
        DateToken::Dash { .. } | DateToken::Slash,
        name,
        DateToken::Dash { .. } | DateToken::Slash,
        DateToken::Number(number),
        ..,
    ] = tokens
    else {
        return None;
    };
    let (month, misspelt) = month(*name)?;
    let day = small(number.value).filter(|_| is_day(*number))?;
    let year = year_of(*year).filter(|_| year.digits == 4)?;
    dated(NamedPeriod::Day { month, day }, misspelt, Some((DateYear::One(year), 0)), 5)
}

/// How many tokens a time of day takes: "14:30", "at 2pm", "00:00:00".
fn time(tokens: &[DateToken]) -> usize {
    let at = usize::from(matches!(tokens.first(), Some(DateToken::Word(DateWord::At))));
    let Some(tokens) = tokens.get(at..) else { return 0 };
    let two = |n: &NumberToken| n.digits == 2 && n.value < 60;
    let hours_and_minutes = match tokens {
        [
            DateToken::Number(h),
            DateToken::Colon,
            DateToken::Number(m),
            DateToken::Colon,
            DateToken::Number(s),
            DateToken::Point,
            DateToken::Number(_),
            ..,
        ] if h.value <= 24 && two(m) && two(s) => 7,
        [
            DateToken::Number(h),
            DateToken::Colon,
            DateToken::Number(m),
            DateToken::Colon,
            DateToken::Number(s),
            ..,
        ] if h.value <= 24 && two(m) && two(s) => 5,
        [DateToken::Number(h), DateToken::Colon | DateToken::Point, DateToken::Number(m), ..]
            if h.value <= 24 && two(m) =>
        {
            3
        }
        [DateToken::Number(h), DateToken::Word(DateWord::AfterTime), ..] if h.value <= 24 => 1,
        _ => return 0,
    };
    let behind = usize::from(matches!(
        tokens.get(hours_and_minutes),
        Some(DateToken::Word(DateWord::AfterTime))
    ));
    at + hours_and_minutes + behind
}

/// "Sept '11", "September (2011)", "2011 Sept", "09/2011", "2011-09"; "Sept", without a year.
fn month_of_year(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    match tokens {
        [DateToken::Number(year), name, rest @ ..]
            if year.digits == 4 && month(*name).is_some() =>
        {
            let (month, misspelt) = month(*name)?;
            let year =
                year_of(*year).filter(|_| !matches!(rest.first(), Some(DateToken::Number(_))))?;
            dated(NamedPeriod::Month(month), misspelt, Some((DateYear::One(year), 0)), 2)
        }
        [DateToken::Number(month), sign, DateToken::Number(year), rest @ ..]
            if year.digits == 4
                && is_closed(rest)
                && (*sign == DateToken::Slash
                    || (month.digits == 2 && *sign == DateToken::Dash { spaced: false })) =>
        {
            dated(
                NamedPeriod::Month(month_in_figures(*month)?),
                false,
                Some((DateYear::One(year_of(*year)?), 0)),
                3,
            )
        }
        [
            DateToken::Number(year),
            DateToken::Dash { spaced: false },
            DateToken::Number(month),
            rest @ ..,
        ] if year.digits == 4
            && month.digits == 2
            && i32::from(year_of(*year)?) % 100 >= month.value
            && is_closed(rest) =>
        {
            dated(
                NamedPeriod::Month(month_in_figures(*month)?),
                false,
                Some((DateYear::One(year_of(*year)?), 0)),
                3,
            )
        }
        [name, rest @ ..] => {
            let (month, misspelt) = month(*name)?;
            let year = year_behind(rest, false);
            let (mut date, used) = dated(NamedPeriod::Month(month), misspelt, year, 1)?;
            // "Sept 30": no plan of today has work for 2030, and months have a 30th day
            if let [DateToken::Number(number), ..] = rest
                && number.digits == 2
                && !number.cut
                && (28..=31).contains(&number.value)
            {
                date.why.push(DoubtReason::YearOrDay);
            }
            Some((date, used))
        }
        [] => None,
    }
}

/// "Q4 2010/11", "third quarter of 2011/12", "2010/11 Q4".
fn quarter(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let core = |tokens: &[DateToken]| match tokens {
        [DateToken::Word(DateWord::Quarter), DateToken::Number(n), ..]
        | [DateToken::Number(n), DateToken::Word(DateWord::Quarter), ..]
            if n.digits == 1 =>
        {
            small(n.value)
        }
        [word @ DateToken::Word(_), DateToken::Word(DateWord::Quarter), ..] => nth(*word),
        _ => None,
    };
    if let Some(quarter) = core(tokens).filter(|q| (1..=4).contains(q)) {
        let rest = tokens.get(2..)?;
        let called = usize::from(matches!(
            rest.first(),
            Some(DateToken::Word(DateWord::FinancialYear | DateWord::Year))
        ));
        let year = year_behind(rest.get(called..)?, true);
        let called = if year.is_some() { called } else { 0 };
        return dated(NamedPeriod::Quarter(quarter), false, year, 2 + called);
    }
    let (year, used) = years(tokens)?;
    let dash = usize::from(matches!(tokens.get(used), Some(DateToken::Dash { .. })));
    let quarter = core(tokens.get(used + dash..)?).filter(|q| (1..=4).contains(q))?;
    dated(NamedPeriod::Quarter(quarter), false, Some((year, 0)), used + dash + 2)
}

/// "4 2012/13", after "Q3-"
fn quarter_by_number(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let [DateToken::Number(number), rest @ ..] = tokens else { return None };
    let quarter = small(number.value).filter(|q| number.digits == 1 && (1..=4).contains(q))?;
    dated(NamedPeriod::Quarter(quarter), false, year_behind(rest, true), 1)
}

/// "2012", "2011/12", "financial year 2011/12", "2011/12 academic year".
fn year(tokens: &[DateToken]) -> ParsedPhrase<NamedDate> {
    let kind = |word: DateWord| match word {
        DateWord::FinancialYear => Some(NamedPeriod::FinancialYear),
        DateWord::AcademicYear => Some(NamedPeriod::AcademicYear),
        DateWord::Year => Some(NamedPeriod::Year),
        _ => None,
    };
    if let [DateToken::Word(word), rest @ ..] = tokens {
        let what = kind(*word)?;
        let called = usize::from(matches!(rest.first(), Some(DateToken::Word(DateWord::Year))));
        let (year, used) = years(rest.get(called..)?)?;
        let two_figures = matches!(rest.get(called), Some(DateToken::Number(n)) if n.digits == 2);
        let bare = two_figures && matches!((what, year), (NamedPeriod::Year, DateYear::One(_)));
        return (!bare).then(|| (NamedDate::new(what, Some(year)), 1 + called + used));
    }
    let (year, used) = years(tokens)?;
    if matches!(tokens.first(), Some(DateToken::Number(n)) if n.digits != 4) {
        return None;
    }
    let behind = match tokens.get(used) {
        Some(DateToken::Word(word)) => kind(*word).filter(|what| *what != NamedPeriod::Year),
        _ => None,
    };
    let mut date = NamedDate::new(behind.unwrap_or(NamedPeriod::Year), Some(year));
    if behind.is_none()
        && matches!(year, DateYear::Pair(_))
        && matches!(tokens.get(1), Some(DateToken::Dash { .. }))
    {
        date.why.push(DoubtReason::DashedYears);
    }
    Some((date, used + usize::from(behind.is_some())))
}

/// The month that a word names, and whether it is misspelt.
fn month(token: DateToken) -> Option<(i8, bool)> {
    match token {
        DateToken::Word(DateWord::Month(month)) => Some((month, false)),
        DateToken::Word(DateWord::Misspelt(month)) => Some((month, true)),
        _ => None,
    }
}

fn month_in_figures(number: NumberToken) -> Option<i8> {
    small(number.value).filter(|m| number.digits <= 2 && (1..=12).contains(m))
}

/// Whether a number may be a day of a month.
fn is_day(number: NumberToken) -> bool {
    number.digits <= 2 && !number.cut && (1..=31).contains(&number.value)
}

fn nth(token: DateToken) -> Option<i8> {
    match token {
        DateToken::Word(DateWord::Nth(n)) => Some(n),
        DateToken::Number(number) if number.ordinal => small(number.value),
        _ => None,
    }
}

fn small(number: i32) -> Option<i8> {
    i8::try_from(number).ok()
}
