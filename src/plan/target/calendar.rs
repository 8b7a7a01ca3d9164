//! From what a date names to its days: quarters, terms, weeks, feasts.

use crate::date::{Date, PartialDate, easter};
use crate::plan::TargetKind;

use super::doubt::DoubtReason;
use super::words::Season;

/// What dates are counted by, where plans differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateConventions {
    /// The month in which a financial year begins, from 1.
    pub(crate) year_starts: i8,
}

impl Default for DateConventions {
    fn default() -> Self {
        Self { year_starts: 4 }
    }
}

/// A date as its words name it, whole or without its year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedDate {
    pub(super) what: NamedPeriod,
    pub(super) year: Option<DateYear>,
    /// The part of it that is meant.
    pub(super) part: Option<MonthPart>,
    /// The day of the week that stands before it, from 0 for Monday.
    pub(super) weekday: Option<i8>,
    /// What is not certain about it.
    pub(super) why: Vec<DoubtReason>,
}

/// What is named, but for its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedPeriod {
    Day {
        month: i8,
        day: i8,
    },
    Month(i8),
    /// Of the financial year.
    Quarter(i8),
    Season(Season),
    /// The school term that begins in a season.
    Term(Season),
    /// The holiday in the middle of a term.
    HalfTerm(Season),
    Christmas,
    Easter,
    /// The seven days from a day.
    WeekFrom {
        month: i8,
        day: i8,
    },
    /// The seven days up to a day.
    WeekTo {
        month: i8,
        day: i8,
    },
    /// A calendar year, or a financial year if two years name it.
    Year,
    FinancialYear,
    /// September to August.
    AcademicYear,
}

/// The year of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateYear {
    /// "2011"
    One(i16),
    /// "2011/12", by the first of the two.
    Pair(i16),
}

impl DateYear {
    fn first(self) -> i16 {
        match self {
            Self::One(year) | Self::Pair(year) => year,
        }
    }

    /// The year before.
    pub(super) fn before(self) -> Self {
        match self {
            Self::One(year) => Self::One(year - 1),
            Self::Pair(year) => Self::Pair(year - 1),
        }
    }
}

/// A part of a stretch of months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MonthPart {
    Early,
    Middle,
    Late,
    FirstHalf,
    SecondHalf,
}

/// Days from the first to the last, and how precisely they were named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateRange {
    pub(super) kind: TargetKind,
    pub(super) start: Date,
    pub(super) due: Date,
}

impl DateRange {
    fn day(day: Date) -> Self {
        Self { kind: TargetKind::Day, start: day, due: day }
    }

    /// So many whole months.
    fn months(kind: TargetKind, year: i16, month: i8, count: i8) -> Option<Self> {
        Some(Self {
            kind,
            start: Date::new(year, month, 1)?,
            due: month_after(year, month, count - 1)?.end_of_month(),
        })
    }

    /// A part of whole months: a third or a half of them, or of the one month.
    fn part(self, part: MonthPart) -> Option<Self> {
        let (year, month) = (self.start.year(), self.start.month());
        let count = (self.due.year() - year) * 12 + i16::from(self.due.month() - month) + 1;
        let count = i8::try_from(count).ok()?;
        let kind = if self.kind == TargetKind::Term { TargetKind::Term } else { TargetKind::Range };
        let end = self.due.end_of_month().day();
        let days = |from, to| {
            Some(Self {
                kind,
                start: Date::new(year, month, from)?,
                due: Date::new(year, month, to)?,
            })
        };
        // the months from one of them up to another, counted from 0
        let months = |from: i8, to: i8| {
            let start = month_after(year, month, from)?;
            Self::months(kind, start.year(), start.month(), to - from)
        };
        let third = (count / 3).max(1);
        match (part, count) {
            (MonthPart::Early, 1) => days(1, 10),
            (MonthPart::Middle, 1) => days(11, 20),
            (MonthPart::Late, 1) => days(21, end),
            (MonthPart::FirstHalf, 1) => days(1, 15),
            (MonthPart::SecondHalf, 1) => days(16, end),
            (MonthPart::Early, _) => months(0, third),
            (MonthPart::Middle, _) => months(third, (count - third).max(third + 1)),
            (MonthPart::Late, _) => months(count - third, count),
            (MonthPart::FirstHalf, _) => months(0, count / 2),
            (MonthPart::SecondHalf, _) => months(count / 2, count),
        }
    }

    /// The days in words: "September 2011", "1 March 2012 to 31 May 2012".
    pub(super) fn in_words(self) -> String {
        match self.kind {
            TargetKind::Day => self.due.in_words(),
            TargetKind::Month => PartialDate::Month(self.due.year(), self.due.month()).in_words(),
            _ => format!("{} to {}", self.start.in_words(), self.due.in_words()),
        }
    }
}

/// The first day of the month that is so many months later.
fn month_after(year: i16, month: i8, later: i8) -> Option<Date> {
    let months = i16::from(month) - 1 + i16::from(later);
    Date::new(year + months.div_euclid(12), i8::try_from(months.rem_euclid(12) + 1).ok()?, 1)
}

impl NamedDate {
    /// A date that is all of what it names.
    pub(super) fn new(what: NamedPeriod, year: Option<DateYear>) -> Self {
        Self { what, year, part: None, weekday: None, why: Vec::new() }
    }

    /// Adds what is not certain.
    pub(super) fn because(mut self, why: DoubtReason) -> Self {
        self.why.push(why);
        self
    }

    /// Its days, with all that is not certain about them; `None` if the calendar has no such day,
    /// or no year is named.
    pub(super) fn days(&self, calendar: DateConventions) -> Option<(DateRange, Vec<DoubtReason>)> {
        let mut why = self.why.clone();
        let year = self.year?;
        let whole = self.what.days(year, calendar, &mut why)?;
        let stretch = match self.part {
            Some(part) => {
                why.push(DoubtReason::PartOf);
                whole.part(part)?
            }
            None => whole,
        };
        let day = if matches!(self.what, NamedPeriod::WeekFrom { .. }) {
            stretch.start
        } else {
            stretch.due
        };
        if self.weekday.is_some_and(|weekday| weekday != day.weekday()) {
            why.push(DoubtReason::OtherWeekday(day));
        }
        Some((stretch, why))
    }
}

impl NamedPeriod {
    fn days(
        self,
        year: DateYear,
        calendar: DateConventions,
        why: &mut Vec<DoubtReason>,
    ) -> Option<DateRange> {
        let first = year.first();
        let starts = calendar.year_starts.clamp(1, 12);
        let mut one_year_named = |year: DateYear| {
            if matches!(year, DateYear::One(_)) && starts != 1 {
                why.push(DoubtReason::YearThatBegins);
            }
        };
        match (self, year) {
            (Self::Day { month, day }, _) => Date::new(first, month, day).map(DateRange::day),
            (Self::Month(month), _) => DateRange::months(TargetKind::Month, first, month, 1),
            (Self::Quarter(quarter), _) => {
                one_year_named(year);
                let start = month_after(first, starts, 3 * (quarter - 1))?;
                DateRange::months(TargetKind::Quarter, start.year(), start.month(), 3)
            }
            (Self::Season(season), _) => {
                why.push(DoubtReason::Season);
                let (month, later) = match season {
                    Season::Spring => (3, true),
                    Season::Summer => (6, true),
                    Season::Autumn => (9, false),
                    Season::Winter => (12, false),
                };
                DateRange::months(TargetKind::Range, first + within_pair(year, later), month, 3)
            }
            (Self::Term(season), _) => {
                let (month, count, later) = match season {
                    Season::Autumn | Season::Winter => (9, 4, false),
                    Season::Spring => (1, 4, true),
                    Season::Summer => (5, 3, true),
                };
                DateRange::months(TargetKind::Term, first + within_pair(year, later), month, count)
            }
            (Self::HalfTerm(season), _) => {
                why.push(DoubtReason::HalfTerm);
                let (month, later) = match season {
                    Season::Autumn | Season::Winter => (10, false),
                    Season::Spring => (2, true),
                    Season::Summer => (5, true),
                };
                DateRange::months(TargetKind::Month, first + within_pair(year, later), month, 1)
            }
            (Self::Christmas, _) => Date::new(first, 12, 25).map(DateRange::day),
            (Self::Easter, _) => easter(first).map(DateRange::day),
            (Self::WeekFrom { month, day }, _) => {
                let start = Date::new(first, month, day)?;
                Some(DateRange { kind: TargetKind::Range, start, due: start.later(6)? })
            }
            (Self::WeekTo { month, day }, _) => {
                let due = Date::new(first, month, day)?;
                Some(DateRange { kind: TargetKind::Range, start: due.later(-6)?, due })
            }
            (Self::Year, DateYear::One(_)) => DateRange::months(TargetKind::Year, first, 1, 12),
            (Self::Year | Self::FinancialYear, _) => {
                one_year_named(year);
                DateRange::months(TargetKind::Year, first, starts, 12)
            }
            (Self::AcademicYear, _) => {
                one_year_named(year);
                DateRange::months(TargetKind::Year, first, 9, 12)
            }
        }
    }
}

/// How many years after the first of a pair a term lies: the spring term of 2011/12 is in 2012.
fn within_pair(year: DateYear, later: bool) -> i16 {
    i16::from(later && matches!(year, DateYear::Pair(_)))
}

/// The day that spreadsheets keep as this number: 1 for 1 January 1900, which they count as though
/// 1900 had been a leap year.
pub(super) fn of_serial(serial: i32) -> Option<Date> {
    Date::new(1899, 12, 30)?.later(serial)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_financial_year_may_begin_in_any_month() {
        let quarter = |starts, quarter| {
            let (stretch, _) =
                NamedDate::new(NamedPeriod::Quarter(quarter), Some(DateYear::Pair(2011)))
                    .days(DateConventions { year_starts: starts })
                    .unwrap();
            format!("{} {}", stretch.start, stretch.due)
        };
        assert_eq!(quarter(4, 4), "2012-01-01 2012-03-31");
        assert_eq!(quarter(8, 1), "2011-08-01 2011-10-31");
        assert_eq!(quarter(12, 2), "2012-03-01 2012-05-31");
        assert_eq!(quarter(1, 4), "2011-10-01 2011-12-31");
        assert_eq!(quarter(13, 1), "2011-12-01 2012-02-29");
    }
}
