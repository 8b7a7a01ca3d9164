//! The grammar of dates: what tokens at the beginning of a run name, longest first.
//!
//! Each function gives what it found and how many tokens that took, or nothing. None looks further
//! than a date is long.

use crate::date::Date;

use super::calendar::{Named, Part, What, Year};
use super::doubt::Why;
use super::tokens::{Number, Token};
use super::words::{Season, Word};

/// A date, or a stretch from one date to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) first: Named,
    pub(super) last: Option<Named>,
    /// Whether the first has its year from the last.
    pub(super) shared: bool,
    /// Whether the two are listed, as in "Sept and Dec 2011".
    pub(super) listed: bool,
}

type Found<T> = Option<(T, usize)>;

/// A date or a stretch at the beginning of these tokens.
pub(super) fn phrase(tokens: &[Token]) -> Found<Phrase> {
    if let [Token::Word(Word::Between), rest @ ..] = tokens {
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
    Some((Phrase { first, last: None, shared: false, listed: false }, used))
}

/// "2011-14"
fn short_years(tokens: &[Token]) -> Found<Phrase> {
    let [Token::Number(from), Token::Dash { .. }, Token::Number(to), rest @ ..] = tokens else {
        return None;
    };
    let first = year_of(*from).filter(|_| from.digits == 4)?;
    let last = first - first % 100
        + i16::try_from(to.value).ok().filter(|_| to.digits == 2 && is_closed(rest))?;
    (last > first + 1).then(|| {
        let first = Named::new(What::Year, Some(Year::One(first))).because(Why::ShortYears);
        (
            Phrase {
                first,
                last: Some(Named::new(What::Year, Some(Year::One(last)))),
                shared: false,
                listed: false,
            },
            3,
        )
    })
}

/// From one date to another. What the first leaves out it has from the last.
fn stretch(tokens: &[Token], between: bool) -> Found<Phrase> {
    let lone = || match tokens {
        [Token::Number(day), ..] if is_day(*day) => Some((None, 1)),
        _ => None,
    };
    let (first, used) = named(tokens).map(|(first, used)| (Some(first), used)).or_else(lone)?;
    let rest = tokens.get(used..)?;
    let joint = rest.first()?;
    let goes_on = matches!(joint, Token::Dash { .. } | Token::Word(Word::To));
    let lists = matches!(joint, Token::Slash | Token::Word(Word::And));
    if !goes_on && !lists {
        return None;
    }
    let rest = rest.get(1..)?;
    let (last, more) = match &first {
        Some(Named { what: What::Quarter(_), year: None, .. }) => {
            named(rest).or_else(|| quarter_by_number(rest))?
        }
        _ => named(rest)?,
    };
    let mut first = match (first, tokens.first(), last.what) {
        (Some(first), _, _) => first,
        // "1-5 May 2012"
        (None, Some(Token::Number(day)), What::Day { month, .. }) => {
            Named::new(What::Day { month, day: small(day.value)? }, None)
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
    if let (What::Season(season), What::Term(_)) = (first.what, last.what) {
        first.what = What::Term(season);
    }
    Some((Phrase { first, last: Some(last), shared, listed: lists && !between }, used + 1 + more))
}

/// One date.
fn named(tokens: &[Token]) -> Found<Named> {
    if let Some((part, used)) = part(tokens) {
        let (mut date, more) = whole(tokens.get(used..)?)?;
        let has_parts = !matches!(
            date.what,
            What::Day { .. }
                | What::WeekFrom { .. }
                | What::WeekTo { .. }
                | What::Christmas
                | What::Easter
                | What::HalfTerm(_)
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
fn part(tokens: &[Token]) -> Found<Option<Part>> {
    let (part, used) = match tokens {
        [Token::Word(Word::End), ..] => (None, 1),
        [Token::Word(Word::Early), ..] => (Some(Part::Early), 1),
        [Token::Word(Word::Middle), ..] => (Some(Part::Middle), 1),
        [Token::Word(Word::Late), ..] => (Some(Part::Late), 1),
        [first, Token::Word(Word::Half), ..] if nth(*first) == Some(1) => {
            (Some(Part::FirstHalf), 2)
        }
        [first, Token::Word(Word::Half), ..] if nth(*first) == Some(2) => {
            (Some(Part::SecondHalf), 2)
        }
        // "H1 2026/27"
        [Token::Word(Word::Half), Token::Number(Number { value: 1, digits: 1, .. }), ..] => {
            (Some(Part::FirstHalf), 2)
        }
        [Token::Word(Word::Half), Token::Number(Number { value: 2, digits: 1, .. }), ..] => {
            (Some(Part::SecondHalf), 2)
        }
        _ => return None,
    };
    // "mid-March"
    let dash = usize::from(matches!(tokens.get(used), Some(Token::Dash { spaced: false })));
    Some((part, used + dash))
}

fn whole(tokens: &[Token]) -> Found<Named> {
    [week, day, term, month_of_year, quarter, feast, year].iter().find_map(|form| form(tokens))
}

/// "w/c 14 May 2012"
fn week(tokens: &[Token]) -> Found<Named> {
    let [Token::Word(word @ (Word::WeekFrom | Word::WeekTo)), rest @ ..] = tokens else {
        return None;
    };
    let colon = usize::from(matches!(rest.first(), Some(Token::Colon | Token::Dash { .. })));
    let (mut date, used) = day(rest.get(colon..)?)?;
    date.what = match (date.what, word) {
        (What::Day { month, day }, Word::WeekFrom) => What::WeekFrom { month, day },
        (What::Day { month, day }, _) => What::WeekTo { month, day },
        (other, _) => other,
    };
    Some((date, used + colon + 1))
}

/// A day, with its weekday before it and a time of day behind it.
fn day(tokens: &[Token]) -> Found<Named> {
    let (weekday, before) = match tokens {
        [Token::Word(Word::Weekday(day)), Token::Dash { .. }, ..] => (Some(*day), 2),
        [Token::Word(Word::Weekday(day)), ..] => (Some(*day), 1),
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
fn day_in_figures(tokens: &[Token]) -> Found<Named> {
    let [Token::Number(a), first, Token::Number(b), second, Token::Number(c), rest @ ..] = tokens
    else {
        return None;
    };
    let alike = match (first, second) {
        (Token::Dash { .. }, Token::Dash { .. }) | (Token::Slash, Token::Slash) => true,
        (Token::Point, Token::Point) => !matches!(rest.first(), Some(Token::Point)),
        _ => false,
    };
    let at_most_two = |n: &Number| n.digits <= 2 && !n.ordinal && !n.cut;
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
        return Some((Named::new(What::Day { month, day }, Some(Year::One(year))), 5));
    }
    (a.digits <= 2 && Date::new(year, day, month).is_some()).then(|| {
        let date = Named::new(What::Day { month: day, day: month }, Some(Year::One(year)));
        (date.because(Why::MonthFirst), 5)
    })
}

/// "3rd of May 2012", "9-Nov-07"; "13-Sep", without a year.
fn day_before_month(tokens: &[Token]) -> Found<Named> {
    let [Token::Number(number), rest @ ..] = tokens else { return None };
    let sign =
        usize::from(matches!(rest.first(), Some(Token::Dash { spaced: false } | Token::Slash)));
    let (month, misspelt) = month(*rest.get(sign)?)?;
    let day = small(number.value).filter(|_| is_day(*number))?;
    let used = 2 + sign;
    dated(What::Day { month, day }, misspelt, year_behind(tokens.get(used..)?, false), used)
}

/// "September 30, 2020"; "May 3" and "Sept 11th", without a year.
fn day_after_month(tokens: &[Token]) -> Found<Named> {
    let [name, Token::Number(number), rest @ ..] = tokens else { return None };
    let (month, misspelt) = month(*name)?;
    let day = small(number.value).filter(|_| is_day(*number))?;
    let what = What::Day { month, day };
    match rest {
        [Token::Number(year), rest @ ..]
            if (year.digits == 4 || number.ordinal) && is_closed(rest) =>
        {
            dated(what, misspelt, Some((Year::One(year_of(*year)?), 1)), 2)
        }
        _ if number.ordinal || number.digits == 1 => dated(what, misspelt, None, 2),
        _ => None,
    }
}

/// "2011-Sep-30"
fn year_before_month(tokens: &[Token]) -> Found<Named> {
    let [
        Token::Number(year),
        Token::Dash { .. } | Token::Slash,
        name,
        Token::Dash { .. } | Token::Slash,
        Token::Number(number),
        ..,
    ] = tokens
    else {
        return None;
    };
    let (month, misspelt) = month(*name)?;
    let day = small(number.value).filter(|_| is_day(*number))?;
    let year = year_of(*year).filter(|_| year.digits == 4)?;
    dated(What::Day { month, day }, misspelt, Some((Year::One(year), 0)), 5)
}

/// How many tokens a time of day takes: "14:30", "at 2pm", "00:00:00".
fn time(tokens: &[Token]) -> usize {
    let at = usize::from(matches!(tokens.first(), Some(Token::Word(Word::At))));
    let Some(tokens) = tokens.get(at..) else { return 0 };
    let two = |n: &Number| n.digits == 2 && n.value < 60;
    let hours_and_minutes = match tokens {
        [
            Token::Number(h),
            Token::Colon,
            Token::Number(m),
            Token::Colon,
            Token::Number(s),
            Token::Point,
            Token::Number(_),
            ..,
        ] if h.value <= 24 && two(m) && two(s) => 7,
        [Token::Number(h), Token::Colon, Token::Number(m), Token::Colon, Token::Number(s), ..]
            if h.value <= 24 && two(m) && two(s) =>
        {
            5
        }
        [Token::Number(h), Token::Colon | Token::Point, Token::Number(m), ..]
            if h.value <= 24 && two(m) =>
        {
            3
        }
        [Token::Number(h), Token::Word(Word::AfterTime), ..] if h.value <= 24 => 1,
        _ => return 0,
    };
    let behind =
        usize::from(matches!(tokens.get(hours_and_minutes), Some(Token::Word(Word::AfterTime))));
    at + hours_and_minutes + behind
}

/// "Sept '11", "September (2011)", "2011 Sept", "09/2011", "2011-09"; "Sept", without a year.
fn month_of_year(tokens: &[Token]) -> Found<Named> {
    match tokens {
        [Token::Number(year), name, rest @ ..] if year.digits == 4 && month(*name).is_some() => {
            let (month, misspelt) = month(*name)?;
            let year =
                year_of(*year).filter(|_| !matches!(rest.first(), Some(Token::Number(_))))?;
            dated(What::Month(month), misspelt, Some((Year::One(year), 0)), 2)
        }
        [Token::Number(month), sign, Token::Number(year), rest @ ..]
            if year.digits == 4
                && is_closed(rest)
                && (*sign == Token::Slash
                    || (month.digits == 2 && *sign == Token::Dash { spaced: false })) =>
        {
            dated(
                What::Month(month_in_figures(*month)?),
                false,
                Some((Year::One(year_of(*year)?), 0)),
                3,
            )
        }
        [Token::Number(year), Token::Dash { spaced: false }, Token::Number(month), rest @ ..]
            if year.digits == 4
                && month.digits == 2
                && i32::from(year_of(*year)?) % 100 >= month.value
                && is_closed(rest) =>
        {
            dated(
                What::Month(month_in_figures(*month)?),
                false,
                Some((Year::One(year_of(*year)?), 0)),
                3,
            )
        }
        [name, rest @ ..] => {
            let (month, misspelt) = month(*name)?;
            let year = year_behind(rest, false);
            let (mut date, used) = dated(What::Month(month), misspelt, year, 1)?;
            // "Sept 30": no plan of today has work for 2030, and months have a 30th day
            if let [Token::Number(number), ..] = rest
                && number.digits == 2
                && !number.cut
                && (28..=31).contains(&number.value)
            {
                date.why.push(Why::YearOrDay);
            }
            Some((date, used))
        }
        [] => None,
    }
}

/// "Q4 2010/11", "third quarter of 2011/12", "2010/11 Q4".
fn quarter(tokens: &[Token]) -> Found<Named> {
    let core = |tokens: &[Token]| match tokens {
        [Token::Word(Word::Quarter), Token::Number(n), ..]
        | [Token::Number(n), Token::Word(Word::Quarter), ..]
            if n.digits == 1 =>
        {
            small(n.value)
        }
        [word @ Token::Word(_), Token::Word(Word::Quarter), ..] => nth(*word),
        _ => None,
    };
    if let Some(quarter) = core(tokens).filter(|q| (1..=4).contains(q)) {
        let rest = tokens.get(2..)?;
        let called = usize::from(matches!(
            rest.first(),
            Some(Token::Word(Word::FinancialYear | Word::Year))
        ));
        let year = year_behind(rest.get(called..)?, true);
        let called = if year.is_some() { called } else { 0 };
        return dated(What::Quarter(quarter), false, year, 2 + called);
    }
    let (year, used) = years(tokens)?;
    let dash = usize::from(matches!(tokens.get(used), Some(Token::Dash { .. })));
    let quarter = core(tokens.get(used + dash..)?).filter(|q| (1..=4).contains(q))?;
    dated(What::Quarter(quarter), false, Some((year, 0)), used + dash + 2)
}

/// "4 2012/13", after "Q3-"
fn quarter_by_number(tokens: &[Token]) -> Found<Named> {
    let [Token::Number(number), rest @ ..] = tokens else { return None };
    let quarter = small(number.value).filter(|q| number.digits == 1 && (1..=4).contains(q))?;
    dated(What::Quarter(quarter), false, year_behind(rest, true), 1)
}

/// Seasons, school terms and their halves: "Spring 2012", "Autumn term 2011", "Autumn 1 2011",
/// "October half term 2011".
fn term(tokens: &[Token]) -> Found<Named> {
    let before = years(tokens)
        .filter(|_| !matches!(tokens.first(), Some(Token::Number(n)) if n.digits == 2));
    let start = before.map_or(0, |(_, used)| used);
    let tokens = tokens.get(start..)?;
    let half = |token: Option<&Token>| match token {
        Some(Token::Number(Number { value: 1, digits: 1, .. }) | Token::Word(Word::Nth(1))) => {
            Some(Part::FirstHalf)
        }
        Some(Token::Number(Number { value: 2, digits: 1, .. }) | Token::Word(Word::Nth(2))) => {
            Some(Part::SecondHalf)
        }
        _ => None,
    };
    let (what, part, used) = match tokens {
        [Token::Word(Word::Season(season)), Token::Word(Word::HalfTerm), rest @ ..] => {
            match half(rest.first()) {
                Some(part) => (What::Term(*season), Some(part), 3),
                None => (What::HalfTerm(*season), None, 2),
            }
        }
        [Token::Word(Word::Season(season)), Token::Word(Word::Term), rest @ ..] => {
            let part = half(rest.first());
            (What::Term(*season), part, 2 + usize::from(part.is_some()))
        }
        [Token::Word(Word::Season(season)), number, rest @ ..] if half(Some(number)).is_some() => {
            let term = usize::from(matches!(
                rest.first(),
                Some(Token::Word(Word::Term | Word::HalfTerm | Word::Half))
            ));
            (What::Term(*season), half(Some(number)), 2 + term)
        }
        [Token::Word(Word::Season(season)), ..] => (What::Season(*season), None, 1),
        [Token::Word(Word::TermOf(season)), ..] => (What::Term(*season), None, 1),
        [Token::Word(Word::Christmas), Token::Word(Word::Term), ..] => {
            (What::Term(Season::Autumn), None, 2)
        }
        [Token::Word(Word::Easter), Token::Word(Word::Term), ..] => {
            (What::Term(Season::Spring), None, 2)
        }
        [Token::Word(Word::Month(month)), Token::Word(Word::HalfTerm), ..]
        | [Token::Word(Word::HalfTerm), Token::Word(Word::Month(month)), ..] => {
            let season = match month {
                10 => Season::Autumn,
                2 => Season::Spring,
                5 => Season::Summer,
                _ => return None,
            };
            (What::HalfTerm(season), None, 2)
        }
        _ => return None,
    };
    let year = before
        .map(|(year, _)| (year, 0))
        .or_else(|| year_behind(tokens.get(used..).unwrap_or_default(), true));
    let (mut date, mut used) = dated(what, false, year, used)?;
    // "autumn 2026 term"
    if let (What::Season(season), Some(Token::Word(Word::Term)), Some(_)) =
        (date.what, tokens.get(used), date.year)
    {
        (date.what, used) = (What::Term(season), used + 1);
    }
    date.part = part;
    Some((date, start + used))
}

/// "Christmas 2011", "Easter".
fn feast(tokens: &[Token]) -> Found<Named> {
    let what = match tokens.first()? {
        Token::Word(Word::Christmas) => What::Christmas,
        Token::Word(Word::Easter) => What::Easter,
        _ => return None,
    };
    dated(what, false, year_behind(tokens.get(1..)?, false), 1)
}

/// "2012", "2011/12", "financial year 2011/12", "2011/12 academic year".
fn year(tokens: &[Token]) -> Found<Named> {
    let kind = |word: Word| match word {
        Word::FinancialYear => Some(What::FinancialYear),
        Word::AcademicYear => Some(What::AcademicYear),
        Word::Year => Some(What::Year),
        _ => None,
    };
    if let [Token::Word(word), rest @ ..] = tokens {
        let what = kind(*word)?;
        let called = usize::from(matches!(rest.first(), Some(Token::Word(Word::Year))));
        let (year, used) = years(rest.get(called..)?)?;
        let two_figures = matches!(rest.get(called), Some(Token::Number(n)) if n.digits == 2);
        let bare = two_figures && matches!((what, year), (What::Year, Year::One(_)));
        return (!bare).then(|| (Named::new(what, Some(year)), 1 + called + used));
    }
    let (year, used) = years(tokens)?;
    if matches!(tokens.first(), Some(Token::Number(n)) if n.digits != 4) {
        return None;
    }
    let behind = match tokens.get(used) {
        Some(Token::Word(word)) => kind(*word).filter(|what| *what != What::Year),
        _ => None,
    };
    let mut date = Named::new(behind.unwrap_or(What::Year), Some(year));
    if behind.is_none()
        && matches!(year, Year::Pair(_))
        && matches!(tokens.get(1), Some(Token::Dash { .. }))
    {
        date.why.push(Why::DashedYears);
    }
    Some((date, used + usize::from(behind.is_some())))
}

/// Puts a date together. A day that the calendar does not have is no date.
fn dated(what: What, misspelt: bool, year: Found<Year>, used: usize) -> Found<Named> {
    if let What::Day { month, day } = what {
        // without its year a 29 February may be right
        let known = year.map_or(2000, |(year, _)| match year {
            Year::One(year) | Year::Pair(year) => year,
        });
        Date::new(known, month, day)?;
    }
    let date = Named::new(what, year.map(|(year, _)| year));
    let date = if misspelt { date.because(Why::Misspelt) } else { date };
    Some((date, used + year.map_or(0, |(_, more)| more)))
}

/// The year behind a month or quarter: "11", "-11", "/2011", "(2011/12)".
fn year_behind(tokens: &[Token], pairs: bool) -> Found<Year> {
    let year = |tokens: &[Token]| if pairs { years(tokens) } else { one_year(tokens) };
    match tokens {
        [Token::Open, rest @ ..] => {
            let (found, used) = year(rest)?;
            (rest.get(used) == Some(&Token::Close)).then_some((found, used + 2))
        }
        [sign @ (Token::Dash { .. } | Token::Slash), rest @ ..] => {
            let (found, used) = year(rest)?;
            // "Sept - 11 Oct 2011": the number begins the next date
            let begins_a_date = *sign == Token::Dash { spaced: true }
                && rest.get(used).is_some_and(|t| month(*t).is_some());
            (!begins_a_date).then_some((found, used + 1))
        }
        _ => year(tokens),
    }
}

/// A year by itself or with the next: "2011", "11", "2011/12", "10-11".
fn years(tokens: &[Token]) -> Found<Year> {
    if let [Token::Number(a), Token::Slash | Token::Dash { .. }, Token::Number(b), rest @ ..] =
        tokens
        && let Some(first) = year_of(*a)
        && rest.first().is_none_or(|t| month(*t).is_none())
        && is_closed(rest)
    {
        let next = i32::from(first) + 1;
        if (b.digits == 2 && b.value == next % 100) || (b.digits == 4 && b.value == next) {
            return Some((Year::Pair(first), 3));
        }
    }
    one_year(tokens)
}

fn one_year(tokens: &[Token]) -> Found<Year> {
    match tokens {
        [Token::Number(number), rest @ ..] if !number.ordinal && is_closed(rest) => {
            Some((Year::One(year_of(*number)?), 1))
        }
        _ => None,
    }
}

/// Whether the number before these tokens ends there: what follows is no more of it, and no
/// minutes.
fn is_closed(rest: &[Token]) -> bool {
    !matches!(rest, [Token::Point | Token::Colon, Token::Number(_), ..])
}

fn year_of(number: Number) -> Option<i16> {
    match number.digits {
        2 if number.value < 80 => i16::try_from(2000 + number.value).ok(),
        4 if (1900..2200).contains(&number.value) => i16::try_from(number.value).ok(),
        _ => None,
    }
}

/// The month that a word names, and whether it is misspelt.
fn month(token: Token) -> Option<(i8, bool)> {
    match token {
        Token::Word(Word::Month(month)) => Some((month, false)),
        Token::Word(Word::Misspelt(month)) => Some((month, true)),
        _ => None,
    }
}

fn month_in_figures(number: Number) -> Option<i8> {
    small(number.value).filter(|m| number.digits <= 2 && (1..=12).contains(m))
}

/// Whether a number may be a day of a month.
fn is_day(number: Number) -> bool {
    number.digits <= 2 && !number.cut && (1..=31).contains(&number.value)
}

fn nth(token: Token) -> Option<i8> {
    match token {
        Token::Word(Word::Nth(n)) => Some(n),
        Token::Number(number) if number.ordinal => small(number.value),
        _ => None,
    }
}

fn small(number: i32) -> Option<i8> {
    i8::try_from(number).ok()
}
