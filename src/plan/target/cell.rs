//! What a whole cell says: one date or several, which of them counts, and what else stands beside
//! them.

use crate::date::{Date, PartialDate};
use crate::diagnostic::Code;
use crate::plan::TargetKind;

use super::beside::Beside;
use super::calendar::{self, Calendar};
use super::doubt::{Doubt, Why};
use super::figures;
use super::parts::{Dated, Days, Part, Parts, Role};
use super::sentence;
use super::several::{self, Chosen};
use super::timestamp;
use super::tokens::{Token, Tokens};
use super::undated::{self, Undated};
use super::words::Word;

/// What a text means as a target date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) kind: TargetKind,
    pub(super) start: Option<Date>,
    pub(super) due: Option<Date>,
    /// Whether the words say that the action has been done.
    pub(super) done: bool,
    pub(super) doubts: Vec<Doubt>,
}

impl Meaning {
    fn new(kind: TargetKind, start: Option<Date>, due: Option<Date>) -> Self {
        Self { kind, start, due, done: false, doubts: Vec::new() }
    }

    fn unknown(doubt: Doubt) -> Self {
        Self { doubts: vec![doubt], ..Self::new(TargetKind::Unknown, None, None) }
    }

    fn and(mut self, doubts: impl IntoIterator<Item = Doubt>) -> Self {
        self.doubts.extend(doubts);
        self
    }

    fn is_unread(&self) -> bool {
        self.doubts.iter().any(|d| d.code == Code::DateUnread)
    }
}

/// Reads a cell. Its lines may part dates and notes, or only wrap one date.
pub(super) fn read(text: &str, calendar: Calendar) -> Meaning {
    let one_line = one_line(text);
    if let Some(meaning) = timestamp(&one_line).or_else(|| figures_alone(&one_line)) {
        return meaning;
    }
    let wrapped = words(&one_line, &one_line, calendar);
    if !wrapped.is_unread() || !text.trim().contains('\n') {
        return wrapped;
    }
    let parted = words(text.trim(), &one_line, calendar);
    if parted.is_unread() { wrapped } else { parted }
}

/// Reads a cell as [`read`] does; if it is a sentence, the date in it.
pub(super) fn read_with_sentences(text: &str, calendar: Calendar) -> Meaning {
    let meaning = read(text, calendar);
    if !meaning.is_unread() {
        return meaning;
    }
    let tokens = Tokens::of(text.trim());
    let parts = Parts::of(&tokens, calendar);
    let date = if tokens.whole { sentence::deadline(&parts) } else { None };
    let Some(sentence::Deadline { date, days, several, is_open }) = date else { return meaning };
    let mut why = vec![if several { Why::SeveralInSentence } else { Why::InSentence }];
    if is_open {
        why.push(Why::Open);
    }
    let mut found = dated(&one_line(text), days, why);
    if date.role == Role::Finished {
        found.doubts.push(Doubt::says_status(&one_line(text)));
    }
    if found.is_unread() { meaning } else { found }
}

/// A text without its lines, and single-spaced.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell says that the action has been done. Most name a date and nothing else, and need
/// not be read.
pub(super) fn says_done(text: &str, calendar: Calendar) -> bool {
    let names_an_end = |line: &str| {
        Tokens::of(line).all.iter().any(|t| matches!(t, Token::Word(Word::Done | Word::Complete)))
    };
    (text.trim().contains('\n') || names_an_end(&one_line(text))) && read(text, calendar).done
}

/// Reads words; `shown` is how messages quote them.
fn words(text: &str, shown: &str, calendar: Calendar) -> Meaning {
    let tokens = Tokens::of(text);
    let parts = Parts::of(&tokens, calendar);
    if parts.dates.is_empty() || !tokens.whole {
        return without_dates(shown, undated::meaning(&tokens.all));
    }
    with_dates(shown, &parts)
}

/// A time in UTC: the day that it was in London.
fn timestamp(text: &str) -> Option<Meaning> {
    let day = timestamp::in_london(text.trim_end_matches('.'))?;
    Some(Meaning::new(TargetKind::Day, Some(day), Some(day)))
}

/// A number alone: a day as spreadsheets keep it, or eight figures of year, month and day.
fn figures_alone(text: &str) -> Option<Meaning> {
    let text = text.trim_end_matches('.');
    let (figures, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !(figures.len() == 5 || figures.len() == 8)
        || !figures.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let number: i32 = figures.parse().ok()?;
    if figures.len() == 5 {
        let day = calendar::of_serial(number)?;
        if !figures::day_number(text).is_some_and(|(_, is_likely)| is_likely) {
            return Some(Meaning::unknown(Doubt::unlikely_serial(text, &day.in_words())));
        }
        let doubts = Doubt::about(text, &day.in_words(), &[Why::Serial]);
        return Some(Meaning::new(TargetKind::Day, Some(day), Some(day)).and(doubts));
    }
    let likely_years = 1995..=2034;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let day = Date::new(
        i16::try_from(year).ok().filter(|y| likely_years.contains(y))?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )?;
    let doubts = Doubt::about(text, &day.in_words(), &[Why::RunTogether]);
    fraction.is_empty().then(|| Meaning::new(TargetKind::Day, Some(day), Some(day)).and(doubts))
}

fn without_dates(text: &str, said: Option<Undated>) -> Meaning {
    let kind = match said {
        Some(Undated::Ongoing) => TargetKind::Ongoing,
        Some(Undated::Recurring) => TargetKind::Recurring,
        Some(Undated::Relative | Undated::AtOnce) => TargetKind::Relative,
        Some(Undated::Done) => {
            return Meaning { done: true, ..Meaning::unknown(Doubt::says_status(text)) };
        }
        Some(Undated::Standing) => return Meaning::unknown(Doubt::says_status(text)),
        Some(Undated::Open) => return Meaning::unknown(Doubt::still_open(text)),
        None => return Meaning::unknown(Doubt::unread(text)),
    };
    Meaning::new(kind, None, None)
}

/// Reads a cell that has dates.
fn with_dates(text: &str, parts: &Parts<'_>) -> Meaning {
    let said = undated::meaning(&parts.outside).or_else(|| undated::briefly(&parts.beside()));
    match said {
        Some(Undated::Relative) if !parts.lies_within() => {
            let unused =
                parts.dates.iter().any(|d| d.days.is_some()).then(|| Doubt::date_unused(text));
            return Meaning::new(TargetKind::Relative, None, None).and(unused);
        }
        Some(Undated::Ongoing) => return again(text, parts, TargetKind::Ongoing),
        Some(Undated::Recurring) => return again(text, parts, TargetKind::Recurring),
        _ => {}
    }
    let Some(beside) = Beside::of(parts) else { return Meaning::unknown(Doubt::unread(text)) };
    let mut meaning = match several::chosen(parts) {
        Chosen::One(date, told) => one(text, parts, date, beside).and(told),
        Chosen::All(days) => dated(text, &days, Why::of_words(parts, beside)),
        Chosen::None => Meaning::unknown(Doubt::unread(text)),
    };
    meaning.done = parts.says_done();
    if parts.says_status() {
        meaning.doubts.push(Doubt::says_status(text));
    }
    meaning
}

/// Reads a cell in which one date counts.
fn one(text: &str, parts: &Parts<'_>, date: &Dated<'_>, beside: Beside) -> Meaning {
    let Some(days) = &date.days else { return Meaning::unknown(Doubt::without_year(text)) };
    let mut why = Why::of_words(parts, beside);
    if date.role != Role::Aside && parts.dates.iter().any(|d| d.role == Role::Aside) {
        why.push(Why::DateInBrackets);
    }
    if date.begins && date.role == Role::Plain && days.last.is_none() {
        why.extend(days.why.iter().copied().chain([Why::OnlyABeginning]));
        let doubts =
            Doubt::about(text, &format!("ongoing from {}", days.first.start.in_words()), &why);
        return Meaning::new(TargetKind::Ongoing, Some(days.first.start), None).and(doubts);
    }
    if let (Role::OldThenInForce, Some(last)) = (date.role, days.last) {
        let days = Days { first: last, last: None, why: days.why.clone() };
        return dated(text, &days, why);
    }
    dated(text, days, why)
}

/// A date with its days, and what is not certain about it.
fn dated(text: &str, days: &Days, mut why: Vec<Why>) -> Meaning {
    let span = days.span();
    if span.start > span.due {
        return Meaning::unknown(Doubt::unread(text));
    }
    why.splice(0..0, days.why.iter().copied());
    Meaning::new(span.kind, Some(span.start), Some(span.due)).and(Doubt::about(
        text,
        &span.in_words(),
        &why,
    ))
}

/// Reads a cell that says "ongoing" or "monthly" beside its dates: they are its beginning and end,
/// if words say so.
fn again(text: &str, parts: &Parts<'_>, kind: TargetKind) -> Meaning {
    let mut meaning = Meaning::new(kind, None, None);
    let (mut why, mut unplaced, mut until) = (Vec::new(), None, false);
    for part in &parts.all {
        match part {
            Part::Says(Token::Word(Word::To)) => until = true,
            Part::Says(_) => {}
            Part::Date(i) => {
                let until = std::mem::take(&mut until);
                let Some(date) = parts.dates.get(*i).filter(|d| d.role != Role::Aside) else {
                    continue;
                };
                let Some(days) = &date.days else { continue };
                let span = days.span();
                if date.begins || days.last.is_some() {
                    meaning.start = Some(span.start);
                }
                if until || days.last.is_some() {
                    meaning.due = Some(span.due);
                }
                if date.begins || until || days.last.is_some() {
                    why.extend(days.why.iter().copied());
                } else {
                    unplaced = Some(days);
                }
            }
        }
    }
    if let Some(days) = unplaced {
        if meaning.start.is_some()
            || meaning.due.is_some()
            || Beside::of(parts).is_none_or(|b| b.notes)
        {
            meaning.doubts.push(Doubt::date_unused(text));
        } else {
            meaning.start = Some(days.span().start);
            why.extend(days.why.iter().copied().chain([Why::OngoingFrom]));
        }
    }
    // an end makes a stretch of what goes on; what comes again still does
    if kind == TargetKind::Ongoing && meaning.due.is_some() {
        meaning.kind = TargetKind::Range;
    }
    if meaning.start.zip(meaning.due).is_some_and(|(start, due)| start > due) {
        return Meaning::unknown(Doubt::unread(text));
    }
    let how = if kind == TargetKind::Recurring { "recurring" } else { "ongoing" };
    let doubts = match (meaning.start, meaning.due) {
        (Some(start), Some(due)) => Doubt::about(
            text,
            &format!("{how} from {} to {}", start.in_words(), due.in_words()),
            &why,
        ),
        (Some(start), None) => {
            Doubt::about(text, &format!("{how} from {}", start.in_words()), &why)
        }
        (None, Some(due)) => Doubt::about(text, &format!("{how} until {}", due.in_words()), &why),
        (None, None) => Vec::new(),
    };
    meaning.and(doubts)
}

impl Why {
    /// What the words around a date make doubtful.
    fn of_words(parts: &Parts<'_>, beside: Beside) -> Vec<Self> {
        let doubtful = [
            (parts.says_open(), Self::Open),
            (beside.notes || parts.says_at_once(), Self::WordsBeside),
            (beside.labels, Self::Labelled),
        ];
        doubtful.into_iter().filter(|(is_so, _)| *is_so).map(|(_, why)| why).collect()
    }
}

/// The date that the header of a column of reports names, and nothing more than such headers say.
pub(super) fn header(text: &str, calendar: Calendar) -> Option<(PartialDate, Vec<Doubt>)> {
    if !has_a_figure(text) {
        return None;
    }
    if let Some(Meaning { due: Some(day), doubts, .. }) = figures_alone(text) {
        return Some((PartialDate::Day(day), doubts));
    }
    let tokens = Tokens::of(text);
    let parts = Parts::of(&tokens, calendar);
    let [date] = parts.dates.as_slice() else { return None };
    let says_no_more = parts.all.iter().all(|part| match part {
        Part::Date(_) => true,
        Part::Says(Token::Word(word)) => {
            matches!(
                word,
                Word::Report
                    | Word::By
                    | Word::Filler
                    | Word::End
                    | Word::At
                    | Word::To
                    | Word::Unit
                    | Word::Week
            )
        }
        Part::Says(token) => {
            !matches!(token, Token::Number(_) | Token::Point | Token::Query | Token::Other)
        }
    });
    let days = date.days.as_ref().filter(|_| says_no_more && tokens.whole)?;
    let span = days.span();
    let mut why = days.why.clone();
    let named = match span.kind {
        TargetKind::Day => PartialDate::Day(span.due),
        TargetKind::Month => PartialDate::Month(span.due.year(), span.due.month()),
        TargetKind::Year => return None,
        _ => {
            why.push(Why::ReportedAtTheEnd);
            PartialDate::Month(span.due.year(), span.due.month())
        }
    };
    (span.start <= span.due).then(|| (named, Doubt::about(text, &named.in_words(), &why)))
}

/// Whether there is a figure: no month or day is named without that of its year.
fn has_a_figure(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// A month or day by itself, without a doubt.
pub(super) fn plain_date(text: &str) -> Option<PartialDate> {
    if !has_a_figure(text) {
        return None;
    }
    let tokens = Tokens::of(text);
    let parts = Parts::of(&tokens, Calendar::default());
    let [date] = parts.dates.as_slice() else { return None };
    let says_no_more = parts.all.iter().all(|part| {
        matches!(
            part,
            Part::Date(_)
                | Part::Says(Token::Word(Word::By | Word::Filler | Word::From | Word::End))
        )
    });
    let days = date.days.as_ref().filter(|days| {
        says_no_more && tokens.whole && days.why.is_empty() && days.last.is_none()
    })?;
    match days.first.kind {
        TargetKind::Day => Some(PartialDate::Day(days.first.due)),
        TargetKind::Month => {
            Some(PartialDate::Month(days.first.due.year(), days.first.due.month()))
        }
        _ => None,
    }
}

/// Whether a text is a part of a date that needs another: a month without a year, or a year alone.
pub(super) fn is_fragment(text: &str) -> bool {
    let tokens = Tokens::of(text);
    match tokens.all.as_slice() {
        [Token::Word(Word::Month(_))] | [Token::Number(_), Token::Word(Word::Month(_))] => true,
        [Token::Number(year)] => {
            year.digits == 2 || (year.digits == 4 && (1900..=2200).contains(&year.value))
        }
        _ => false,
    }
}
