//! Target dates as people type them: one grammar, day first always.
//!
//! A month is a precision: what is due in September is due when September ends. A quarter is one of the financial year, April to
//! March, so Q4 2010/11 is January to March 2011. Terms are autumn (September to December), spring (January to April) and summer
//! (May to July). A year of two digits is one of 2000 to 2079.

use crate::date::{Date, PartialDate};
use crate::plan::{Target, TargetKind};

/// Reads a target date. What is not understood is kept as typed, with the kind [`TargetKind::Unknown`].
pub(crate) fn read(text: &str) -> Target {
    let text = text.trim();
    let (kind, span) = meaning(text);
    Target { text: text.to_owned(), kind, start: span.map(|s| s.0), due: span.map(|s| s.1) }
}

/// Whether the words say that a date is still to come.
pub(crate) fn is_to_be_confirmed(text: &str) -> bool {
    matches!(
        folded(text).as_str(),
        "" | "tbc" | "tba" | "tbd" | "to be confirmed" | "to be agreed" | "to be determined" | "n a" | "none" | "date tbc"
    )
}

/// A month or day with its year, as updates and review cycles are dated; `None` for anything less or more.
pub(crate) fn partial_date(text: &str) -> Option<PartialDate> {
    let tokens = tokens(text);
    date(&tokens).filter(|d| !matches!(d, PartialDate::Year(_)))
}

/// The date that the header of a column names: how things stood then is what its cells say.
pub(crate) fn header_date(text: &str) -> Option<PartialDate> {
    partial_date(text)
}

/// Whether a text is a part of a date that needs another: a month without a year, or a year of two digits alone.
pub(crate) fn is_fragment(text: &str) -> bool {
    let year = |value: i32, digits: usize| digits == 2 || (digits == 4 && (1900..=2200).contains(&value));
    match tokens(text).as_slice() {
        [Token::Month(_)] | [Token::Number { .. }, Token::Month(_)] => true,
        [Token::Number { value, digits }] => year(*value, *digits),
        _ => false,
    }
}

type Span = (Date, Date);

fn meaning(text: &str) -> (TargetKind, Option<Span>) {
    let tokens = tokens(text);
    if let Some(date) = date(&tokens) {
        let kind = match date {
            PartialDate::Day(_) => TargetKind::Day,
            PartialDate::Month(..) => TargetKind::Month,
            PartialDate::Year(_) => TargetKind::Year,
        };
        return (kind, Some((date.first(), date.last())));
    }
    if let Some((kind, span)) = longer(&tokens) {
        return (kind, Some(span));
    }
    if let Some(span) = range(&tokens) {
        return (TargetKind::Range, Some(span));
    }
    (in_words(&folded(text)), None)
}

/// What stands in words, without a day that can be told.
fn in_words(words: &str) -> TargetKind {
    const RECURRING: &[&str] = &[
        "daily",
        "weekly",
        "fortnightly",
        "monthly",
        "bi monthly",
        "quarterly",
        "termly",
        "half termly",
        "annually",
        "yearly",
        "annual",
        "every",
        "each",
    ];
    const HOW_OFTEN: &[&str] = &["daily", "weekly", "fortnightly", "monthly", "quarterly", "termly", "annually", "yearly"];
    const RELATIVE: &[&str] =
        &["within", "immediate", "immediately", "asap", "as soon as possible", "with immediate effect", "after", "following"];
    let begins =
        |starts: &[&str]| starts.iter().any(|s| words.strip_prefix(s).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
    if begins(&["ongoing", "on going", "continuous", "continuing"]) {
        TargetKind::Ongoing
    } else if begins(RECURRING) || (words.split(' ').count() <= 4 && words.split(' ').any(|w| HOW_OFTEN.contains(&w))) {
        TargetKind::Recurring
    } else if begins(RELATIVE) {
        TargetKind::Relative
    } else {
        TargetKind::Unknown
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number {
        value: i32,
        digits: usize,
    },
    Month(i8),
    Quarter(i8),
    /// Its first and last month.
    Term(i8, i8),
    /// "term"
    TermWord,
    /// "end of", "by", "of", "the" and the like, which change nothing here.
    Filler,
    Slash,
    Dash,
    /// "to", "until"
    To,
    Other,
}

fn tokens(text: &str) -> Vec<Token> {
    const MOST: usize = 12;
    let mut out = Vec::new();
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let length = if c.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
        } else if c.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let (word, tail) = rest.split_at(length);
        rest = tail;
        let token = match c {
            // "April 12. November 2011": a number before a point and a space ends a sentence
            '.' if tail.starts_with(' ') && matches!(out.last(), Some(Token::Number { .. })) => Token::Other,
            // "Sept." and "30.9.11": the point only parts; an asterisk leads to a footnote
            ' ' | '\u{a0}' | ',' | '\'' | '’' | '‘' | '\n' | '\t' | '.' | '*' => continue,
            '/' => Token::Slash,
            '-' | '–' | '—' => Token::Dash,
            _ if c.is_ascii_digit() => word.parse().map_or(Token::Other, |value| Token::Number { value, digits: word.len() }),
            _ => word_token(word, &out, &mut rest),
        };
        if out.len() == MOST {
            // no date is that long; one more token than the grammar knows makes it none
            return vec![Token::Other];
        }
        out.push(token);
    }
    out
}

fn word_token(word: &str, before: &[Token], rest: &mut &str) -> Token {
    let lower = word.to_lowercase();
    if let Some(month) = month(&lower) {
        return Token::Month(month);
    }
    match lower.as_str() {
        "st" | "nd" | "rd" | "th" if matches!(before.last(), Some(Token::Number { .. })) => Token::Filler,
        "end" | "by" | "of" | "the" | "on" | "before" | "from" | "in" | "due" => Token::Filler,
        "to" | "until" | "till" => Token::To,
        "autumn" => Token::Term(9, 12),
        "spring" => Token::Term(1, 4),
        "summer" => Token::Term(5, 7),
        "term" => Token::TermWord,
        "q" | "qtr" | "quarter" => {
            let digits = rest.trim_start();
            let quarter = ["1", "2", "3", "4"].iter().zip(1..).find_map(|(digit, q)| digits.strip_prefix(digit).map(|tail| (q, tail)));
            match quarter {
                Some((q, tail)) if !tail.starts_with(|c: char| c.is_ascii_digit()) => {
                    *rest = tail;
                    Token::Quarter(q)
                }
                _ => Token::Other,
            }
        }
        _ => Token::Other,
    }
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let found = MONTHS.iter().position(|m| m.starts_with(word) && word.len() >= 3).or((word == "nove").then_some(10))?;
    i8::try_from(found + 1).ok()
}

fn year(value: i32, digits: usize) -> Option<i16> {
    match digits {
        2 if value < 80 => i16::try_from(2000 + value).ok(),
        4 if (1900..2200).contains(&value) => i16::try_from(value).ok(),
        _ => None,
    }
}

fn without_fillers(tokens: &[Token]) -> Vec<Token> {
    tokens.iter().copied().filter(|t| *t != Token::Filler).collect()
}

/// A year, month or day.
fn date(tokens: &[Token]) -> Option<PartialDate> {
    use Token::{Dash, Month, Number, Slash};
    let small = |n: i32| i8::try_from(n).ok();
    let day = |y: (i32, usize), m: i32, d: i32| Date::new(year(y.0, y.1)?, small(m)?, small(d)?).map(PartialDate::Day);
    match without_fillers(tokens).as_slice() {
        [Number { value, digits: 4 }] => year(*value, 4).map(PartialDate::Year),
        [Month(m), Number { value, digits }] | [Month(m), Dash, Number { value, digits }] => {
            year(*value, *digits).map(|y| PartialDate::Month(y, *m))
        }
        [Number { value: d, digits: 1 | 2 }, Month(m), Number { value, digits }]
        | [Number { value: d, digits: 1 | 2 }, Dash, Month(m), Dash, Number { value, digits }]
        | [Month(m), Number { value: d, digits: 1 | 2 }, Number { value, digits: digits @ 4 }] => day((*value, *digits), i32::from(*m), *d),
        [Number { value: y, digits: 4 }, Dash, Number { value: m, digits: 2 }, Dash, Number { value: d, digits: 2 }] => {
            day((*y, 4), *m, *d)
        }
        [Number { value: d, digits: 1 | 2 }, Slash, Number { value: m, digits: 1 | 2 }, Slash, Number { value: y, digits }]
        | [Number { value: d, digits: 1 | 2 }, Dash, Number { value: m, digits: 1 | 2 }, Dash, Number { value: y, digits }]
        | [Number { value: d, digits: 1 | 2 }, Number { value: m, digits: 1 | 2 }, Number { value: y, digits }] => {
            day((*y, *digits), *m, *d)
        }
        _ => None,
    }
}

/// Quarters, terms and financial years.
fn longer(tokens: &[Token]) -> Option<(TargetKind, Span)> {
    use Token::{Number, Quarter, Slash, Term, TermWord};
    let financial = |a: i32, b: i32, digits: usize| (digits <= 4 && (a + 1) % 100 == b % 100).then_some(a).and_then(|a| year(a, 4));
    match without_fillers(tokens).as_slice() {
        [Number { value: a, digits: 4 }, Slash, Number { value: b, digits }] => {
            let first = financial(*a, *b, *digits)?;
            Some((TargetKind::Year, (Date::new(first, 4, 1)?, Date::new(first + 1, 3, 31)?)))
        }
        [Quarter(q), Number { value: a, digits: 4 }, Slash, Number { value: b, digits }] => {
            let first = financial(*a, *b, *digits)?;
            let (year, month) = if *q == 4 { (first + 1, 1) } else { (first, 1 + 3 * q) };
            Some((TargetKind::Quarter, (Date::new(year, month, 1)?, Date::new(year, month + 2, 1)?.end_of_month())))
        }
        [Term(from, to), TermWord, Number { value, digits }] | [Term(from, to), Number { value, digits }] => {
            let year = year(*value, *digits)?;
            Some((TargetKind::Term, (Date::new(year, *from, 1)?, Date::new(year, *to, 1)?.end_of_month())))
        }
        _ => None,
    }
}

/// From one date to another.
fn range(tokens: &[Token]) -> Option<Span> {
    let one = |tokens: &[Token]| date(tokens).map(|d| (d.first(), d.last())).or_else(|| longer(tokens).map(|(_, span)| span));
    (1..tokens.len().saturating_sub(1)).filter(|i| matches!(tokens[*i], Token::Dash | Token::To)).find_map(|i| {
        let (from, to) = (one(&tokens[..i])?, one(&tokens[i + 1..])?);
        (from.0 <= to.1).then_some((from.0, to.1))
    })
}

/// Words in lower case, apart by one space.
fn folded(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What people type, and what it means: kind, first day, day due.
    const CASES: &str = "
        Sept '11                 | Month     | 2011-09-01 | 2011-09-30
        Feb 12                   | Month     | 2012-02-01 | 2012-02-29
        April '13                | Month     | 2013-04-01 | 2013-04-30
        Apr ’12                  | Month     | 2012-04-01 | 2012-04-30
        end of March 2012        | Month     | 2012-03-01 | 2012-03-31
        Sept-11                  | Month     | 2011-09-01 | 2011-09-30
        30/09/2011               | Day       | 2011-09-30 | 2011-09-30
        3/4/2012                 | Day       | 2012-04-03 | 2012-04-03
        30.9.11                  | Day       | 2011-09-30 | 2011-09-30
        2011-09-30               | Day       | 2011-09-30 | 2011-09-30
        9-Nov-07                 | Day       | 2007-11-09 | 2007-11-09
        3rd of May 2012          | Day       | 2012-05-03 | 2012-05-03
        September 30, 2020       | Day       | 2020-09-30 | 2020-09-30
        by 21 December 2011      | Day       | 2011-12-21 | 2011-12-21
        Autumn term 2011         | Term      | 2011-09-01 | 2011-12-31
        Q4 2010/11               | Quarter   | 2011-01-01 | 2011-03-31
        Q2 2011/12               | Quarter   | 2011-07-01 | 2011-09-30
        2011/12                  | Year      | 2011-04-01 | 2012-03-31
        2012                     | Year      | 2012-01-01 | 2012-12-31
        Sept '11 - Feb '12       | Range     | 2011-09-01 | 2012-02-29
        1 May 2012 to 31/05/2012 | Range     | 2012-05-01 | 2012-05-31
        Ongoing                  | Ongoing   |            |
        monthly                  | Recurring |            |
        Measured Annually        | Recurring |            |
        October 31, 2020*        | Day       | 2020-10-31 | 2020-10-31
        Within three months      | Relative  |            |
        Immediate                | Relative  |            |
        TBC                      | Unknown   |            |
        Mar                      | Unknown   |            |
        '12                      | Unknown   |            |
        51121                    | Unknown   |            |
        30/02/2012               | Unknown   |            |
        4/30/2014                | Unknown   |            |
        2011/13                  | Unknown   |            |
        the new year             | Unknown   |            |
        12. November 2011        | Unknown   |            |
                                 | Unknown   |            |
    ";

    #[test]
    fn dates_mean_what_people_mean_by_them() {
        for case in CASES.lines().filter(|l| l.contains('|')) {
            let parts: Vec<&str> = case.split('|').map(str::trim).collect();
            let read = read(parts[0]);
            let shown = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
            assert_eq!(
                [parts[0], &format!("{:?}", read.kind), &shown(read.start), &shown(read.due)],
                [&read.text, parts[1], parts[2], parts[3]]
            );
        }
    }

    #[test]
    fn half_a_date_is_known_as_such() {
        for (text, half) in [("Mar", true), ("'12", true), ("2012", true), ("Mar '12", false), ("", false), ("Dave", false)] {
            assert_eq!(is_fragment(text), half, "{text}");
        }
    }
}
