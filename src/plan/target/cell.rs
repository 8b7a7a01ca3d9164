//! What a whole cell says: one date or several, which of them counts, and what else stands beside
//! them.

use crate::date::{Date, PartialDate};
use crate::diagnostic::Code;
use crate::plan::TargetKind;

use super::beside::RemainingWords;
use super::calendar::{self, DateConventions};
use super::doubt::{DateDoubt, DoubtReason};
use super::figures;
use super::parts::{CellDate, CellPart, CellParts, DateRole, PhraseDays};
use super::sentence;
use super::several::{self, ChosenDate};
use super::timestamp;
use super::tokens::{DateToken, TokenStream};
use super::undated::{self, UndatedMeaning};
use super::words::DateWord;

/// What a text means as a target date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TargetMeaning {
    pub(super) kind: TargetKind,
    pub(super) start: Option<Date>,
    pub(super) due: Option<Date>,
    /// Whether the words say that the action has been done.
    pub(super) done: bool,
    pub(super) doubts: Vec<DateDoubt>,
}

impl TargetMeaning {
    fn new(kind: TargetKind, start: Option<Date>, due: Option<Date>) -> Self {
        Self { kind, start, due, done: false, doubts: Vec::new() }
    }

    fn unknown(doubt: DateDoubt) -> Self {
        Self { doubts: vec![doubt], ..Self::new(TargetKind::Unknown, None, None) }
    }

    fn and(mut self, doubts: impl IntoIterator<Item = DateDoubt>) -> Self {
        self.doubts.extend(doubts);
        self
    }

    fn is_unread(&self) -> bool {
        self.doubts.iter().any(|d| d.code == Code::DateUnread)
    }
}

/// Reads a cell. Its lines may part dates and notes, or only wrap one date.
pub(super) fn read(text: &str, calendar: DateConventions) -> TargetMeaning {
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
pub(super) fn read_with_sentences(text: &str, calendar: DateConventions) -> TargetMeaning {
    let meaning = read(text, calendar);
    if !meaning.is_unread() {
        return meaning;
    }
    let tokens = TokenStream::of(text.trim());
    let parts = CellParts::of(&tokens, calendar);
    let date = if tokens.whole { sentence::deadline(&parts) } else { None };
    let Some(sentence::SentenceDeadline { date, days, several, is_open }) = date else {
        return meaning;
    };
    let mut why =
        vec![if several { DoubtReason::SeveralInSentence } else { DoubtReason::InSentence }];
    if is_open {
        why.push(DoubtReason::Open);
    }
    let mut found = dated(&one_line(text), days, why);
    if date.role == DateRole::Finished {
        found.doubts.push(DateDoubt::says_status(&one_line(text)));
    }
    if found.is_unread() { meaning } else { found }
}

/// A text without its lines, and single-spaced.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell says that the action has been done. Most name a date and nothing else, and need
/// not be read.
pub(super) fn says_done(text: &str, calendar: DateConventions) -> bool {
    let names_an_end = |line: &str| {
        TokenStream::of(line)
            .all
            .iter()
            .any(|t| matches!(t, DateToken::Word(DateWord::Done | DateWord::Complete)))
    };
    (text.trim().contains('\n') || names_an_end(&one_line(text))) && read(text, calendar).done
}

/// Reads words; `shown` is how messages quote them.
fn words(text: &str, shown: &str, calendar: DateConventions) -> TargetMeaning {
    let tokens = TokenStream::of(text);
    let parts = CellParts::of(&tokens, calendar);
    if parts.dates.is_empty() || !tokens.whole {
        return without_dates(shown, undated::meaning(&tokens.all));
    }
    with_dates(shown, &parts)
}

/// A time in UTC: the day that it was in London.
fn timestamp(text: &str) -> Option<TargetMeaning> {
    let day = timestamp::in_london(text.trim_end_matches('.'))?;
    Some(TargetMeaning::new(TargetKind::Day, Some(day), Some(day)))
}

/// A number alone: a day as spreadsheets keep it, or eight figures of year, month and day.
fn figures_alone(text: &str) -> Option<TargetMeaning> {
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
            return Some(TargetMeaning::unknown(DateDoubt::unlikely_serial(text, &day.in_words())));
        }
        let doubts = DateDoubt::about(text, &day.in_words(), &[DoubtReason::Serial]);
        return Some(TargetMeaning::new(TargetKind::Day, Some(day), Some(day)).and(doubts));
    }
    let likely_years = 1995..=2034;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let day = Date::new(
        i16::try_from(year).ok().filter(|y| likely_years.contains(y))?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )?;
    let doubts = DateDoubt::about(text, &day.in_words(), &[DoubtReason::RunTogether]);
    fraction
        .is_empty()
        .then(|| TargetMeaning::new(TargetKind::Day, Some(day), Some(day)).and(doubts))
}

fn without_dates(text: &str, said: Option<UndatedMeaning>) -> TargetMeaning {
    let kind = match said {
        Some(UndatedMeaning::Ongoing) => TargetKind::Ongoing,
        Some(UndatedMeaning::Recurring) => TargetKind::Recurring,
        Some(UndatedMeaning::Relative | UndatedMeaning::AtOnce) => TargetKind::Relative,
        Some(UndatedMeaning::Done) => {
            return TargetMeaning {
                done: true,
                ..TargetMeaning::unknown(DateDoubt::says_status(text))
            };
        }
        Some(UndatedMeaning::Standing) => {
            return TargetMeaning::unknown(DateDoubt::says_status(text));
        }
        Some(UndatedMeaning::Open) => return TargetMeaning::unknown(DateDoubt::still_open(text)),
        None => return TargetMeaning::unknown(DateDoubt::unread(text)),
    };
    TargetMeaning::new(kind, None, None)
}

/// Reads a cell that has dates.
fn with_dates(text: &str, parts: &CellParts<'_>) -> TargetMeaning {
    let said = undated::meaning(&parts.outside).or_else(|| undated::briefly(&parts.beside()));
    match said {
        Some(UndatedMeaning::Relative) if !parts.lies_within() => {
            let unused =
                parts.dates.iter().any(|d| d.days.is_some()).then(|| DateDoubt::date_unused(text));
            return TargetMeaning::new(TargetKind::Relative, None, None).and(unused);
        }
        Some(UndatedMeaning::Ongoing) => return again(text, parts, TargetKind::Ongoing),
        Some(UndatedMeaning::Recurring) => return again(text, parts, TargetKind::Recurring),
        _ => {}
    }
    let Some(beside) = RemainingWords::of(parts) else {
        return TargetMeaning::unknown(DateDoubt::unread(text));
    };
    let mut meaning = match several::chosen(parts) {
        ChosenDate::One(date, diagnostics) => one(text, parts, date, beside).and(diagnostics),
        ChosenDate::All(days) => dated(text, &days, DoubtReason::of_words(parts, beside)),
        ChosenDate::None => TargetMeaning::unknown(DateDoubt::unread(text)),
    };
    meaning.done = parts.says_done();
    if parts.says_status() {
        meaning.doubts.push(DateDoubt::says_status(text));
    }
    meaning
}

/// Reads a cell in which one date counts.
fn one(
    text: &str,
    parts: &CellParts<'_>,
    date: &CellDate<'_>,
    beside: RemainingWords,
) -> TargetMeaning {
    let Some(days) = &date.days else {
        return TargetMeaning::unknown(DateDoubt::without_year(text));
    };
    let mut why = DoubtReason::of_words(parts, beside);
    if date.role != DateRole::Aside && parts.dates.iter().any(|d| d.role == DateRole::Aside) {
        why.push(DoubtReason::DateInBrackets);
    }
    if date.begins && date.role == DateRole::Plain && days.last.is_none() {
        why.extend(days.why.iter().copied().chain([DoubtReason::OnlyABeginning]));
        let doubts =
            DateDoubt::about(text, &format!("ongoing from {}", days.first.start.in_words()), &why);
        return TargetMeaning::new(TargetKind::Ongoing, Some(days.first.start), None).and(doubts);
    }
    if let (DateRole::OldThenInForce, Some(last)) = (date.role, days.last) {
        let days = PhraseDays { first: last, last: None, why: days.why.clone() };
        return dated(text, &days, why);
    }
    dated(text, days, why)
}

/// A date with its days, and what is not certain about it.
fn dated(text: &str, days: &PhraseDays, mut why: Vec<DoubtReason>) -> TargetMeaning {
    let span = days.span();
    if span.start > span.due {
        return TargetMeaning::unknown(DateDoubt::unread(text));
    }
    why.splice(0..0, days.why.iter().copied());
    TargetMeaning::new(span.kind, Some(span.start), Some(span.due)).and(DateDoubt::about(
        text,
        &span.in_words(),
        &why,
    ))
}

/// Reads a cell that says "ongoing" or "monthly" beside its dates: they are its beginning and end,
/// if words say so.
fn again(text: &str, parts: &CellParts<'_>, kind: TargetKind) -> TargetMeaning {
    let mut meaning = TargetMeaning::new(kind, None, None);
    let (mut why, mut unplaced, mut until) = (Vec::new(), None, false);
    for part in &parts.all {
        match part {
            CellPart::Says(DateToken::Word(DateWord::To)) => until = true,
            CellPart::Says(_) => {}
            CellPart::Date(i) => {
                let until = std::mem::take(&mut until);
                let Some(date) = parts.dates.get(*i).filter(|d| d.role != DateRole::Aside) else {
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
            || RemainingWords::of(parts).is_none_or(|b| b.notes)
        {
            meaning.doubts.push(DateDoubt::date_unused(text));
        } else {
            meaning.start = Some(days.span().start);
            why.extend(days.why.iter().copied().chain([DoubtReason::OngoingFrom]));
        }
    }
    // an end makes a stretch of what goes on; what comes again still does
    if kind == TargetKind::Ongoing && meaning.due.is_some() {
        meaning.kind = TargetKind::Range;
    }
    if meaning.start.zip(meaning.due).is_some_and(|(start, due)| start > due) {
        return TargetMeaning::unknown(DateDoubt::unread(text));
    }
    let how = if kind == TargetKind::Recurring { "recurring" } else { "ongoing" };
    let doubts = match (meaning.start, meaning.due) {
        (Some(start), Some(due)) => DateDoubt::about(
            text,
            &format!("{how} from {} to {}", start.in_words(), due.in_words()),
            &why,
        ),
        (Some(start), None) => {
            DateDoubt::about(text, &format!("{how} from {}", start.in_words()), &why)
        }
        (None, Some(due)) => {
            DateDoubt::about(text, &format!("{how} until {}", due.in_words()), &why)
        }
        (None, None) => Vec::new(),
    };
    meaning.and(doubts)
}

impl DoubtReason {
    /// What the words around a date make doubtful.
    fn of_words(parts: &CellParts<'_>, beside: RemainingWords) -> Vec<Self> {
        let doubtful = [
            (parts.says_open(), Self::Open),
            (beside.notes || parts.says_at_once(), Self::WordsBeside),
            (beside.labels, Self::Labelled),
        ];
        doubtful.into_iter().filter(|(is_so, _)| *is_so).map(|(_, why)| why).collect()
    }
}

/// The date that the header of a column of reports names, and nothing more than such headers say.
pub(super) fn header(
    text: &str,
    calendar: DateConventions,
) -> Option<(PartialDate, Vec<DateDoubt>)> {
    if !has_a_figure(text) {
        return None;
    }
    if let Some(TargetMeaning { due: Some(day), doubts, .. }) = figures_alone(text) {
        return Some((PartialDate::Day(day), doubts));
    }
    let tokens = TokenStream::of(text);
    let parts = CellParts::of(&tokens, calendar);
    let [date] = parts.dates.as_slice() else { return None };
    let says_no_more = parts.all.iter().all(|part| match part {
        CellPart::Date(_) => true,
        CellPart::Says(DateToken::Word(word)) => {
            matches!(
                word,
                DateWord::Report
                    | DateWord::By
                    | DateWord::Filler
                    | DateWord::End
                    | DateWord::At
                    | DateWord::To
                    | DateWord::Unit
                    | DateWord::Week
            )
        }
        CellPart::Says(token) => !matches!(
            token,
            DateToken::Number(_) | DateToken::Point | DateToken::Query | DateToken::Other
        ),
    });
    let days = date.days.as_ref().filter(|_| says_no_more && tokens.whole)?;
    let span = days.span();
    let mut why = days.why.clone();
    let named = match span.kind {
        TargetKind::Day => PartialDate::Day(span.due),
        TargetKind::Month => PartialDate::Month(span.due.year(), span.due.month()),
        TargetKind::Year => return None,
        _ => {
            why.push(DoubtReason::ReportedAtTheEnd);
            PartialDate::Month(span.due.year(), span.due.month())
        }
    };
    (span.start <= span.due).then(|| (named, DateDoubt::about(text, &named.in_words(), &why)))
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
    let tokens = TokenStream::of(text);
    let parts = CellParts::of(&tokens, DateConventions::default());
    let [date] = parts.dates.as_slice() else { return None };
    let says_no_more = parts.all.iter().all(|part| {
        matches!(
            part,
            CellPart::Date(_)
                | CellPart::Says(DateToken::Word(
                    DateWord::By | DateWord::Filler | DateWord::From | DateWord::End
                ))
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
    let tokens = TokenStream::of(text);
    match tokens.all.as_slice() {
        [DateToken::Word(DateWord::Month(_))]
        | [DateToken::Number(_), DateToken::Word(DateWord::Month(_))] => true,
        [DateToken::Number(year)] => {
            year.digits == 2 || (year.digits == 4 && (1900..=2200).contains(&year.value))
        }
        _ => false,
    }
}
