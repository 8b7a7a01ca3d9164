//! Dates and times of day from the numbers that spreadsheets keep.

use jiff::civil;

use super::Epoch;

const SECONDS_OF_A_DAY: u32 = 24 * 60 * 60;

/// 31 December 9999, the last day that spreadsheets know.
const LAST_DAY: f64 = 2_958_465.0;

/// Days between the two epochs (ECMA-376, 18.17.4.1).
const FROM_1900_TO_1904: f64 = 1462.0;

/// How much of a date a format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DatePrecision {
    Year,
    /// `Sep 2011`, or `September 2011` where the format spells it out.
    Month {
        in_full: bool,
    },
    Day,
    DayAndTime,
}

/// A day, a time of day, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read::workbook) struct Moment {
    day: SerialDay,
    /// Seconds since midnight.
    seconds: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SerialDay {
    In(civil::Date),
    /// A time of day only.
    None,
    /// Days that only spreadsheets have: 0 January 1900, which is what an empty date becomes, and
    /// 29 February 1900.
    Odd {
        day: u8,
        month: u8,
    },
}

impl Moment {
    /// The moment in words, day first.
    pub(super) fn words(self, precision: DatePrecision) -> String {
        let date = match self.day {
            SerialDay::In(date) => date,
            SerialDay::None => return self.time(),
            SerialDay::Odd { day, month } => return format!("{day:02}/{month:02}/1900"),
        };
        match precision {
            DatePrecision::Year => date.year().to_string(),
            DatePrecision::Month { in_full: false } => date.strftime("%b %Y").to_string(),
            DatePrecision::Month { in_full: true } => date.strftime("%B %Y").to_string(),
            DatePrecision::DayAndTime if self.seconds > 0 => {
                format!("{} {}", day_first(date), self.time())
            }
            DatePrecision::Day | DatePrecision::DayAndTime => day_first(date),
        }
    }

    fn time(self) -> String {
        let (hours, minutes, seconds) =
            (self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60);
        if seconds == 0 {
            format!("{hours:02}:{minutes:02}")
        } else {
            format!("{hours:02}:{minutes:02}:{seconds:02}")
        }
    }
}

fn day_first(date: civil::Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// The moment of a number of days since the epoch; none where spreadsheets know no such day.
pub(super) fn serial(value: f64, epoch: Epoch) -> Option<Moment> {
    let value = if epoch == Epoch::From1904 { value + FROM_1900_TO_1904 } else { value };
    if !(0.0..=LAST_DAY + 1.0).contains(&value) {
        return None;
    }
    let seconds = (value * f64::from(SECONDS_OF_A_DAY)).round();
    #[allow(clippy::cast_possible_truncation)] // below 3 million days
    let seconds = seconds as i64;
    let (days, seconds) =
        (seconds / i64::from(SECONDS_OF_A_DAY), seconds % i64::from(SECONDS_OF_A_DAY));
    let seconds = u32::try_from(seconds).ok()?;
    let day = match days {
        0 if seconds > 0 => SerialDay::None,
        0 => SerialDay::Odd { day: 0, month: 1 },
        60 => SerialDay::Odd { day: 29, month: 2 },
        // Excel takes 1900 for a leap year, so the days before 1 March 1900 are one off.
        1..60 => SerialDay::In(after(civil::date(1899, 12, 31), days)?),
        _ => SerialDay::In(after(civil::date(1899, 12, 30), days)?),
    };
    Some(Moment { day, seconds })
}

fn after(start: civil::Date, days: i64) -> Option<civil::Date> {
    start.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The moment of a date in the form `2011-09-30`, `2011-09-30T14:30:00` or `14:30:00`.
pub(in crate::read::workbook) fn iso(text: &str) -> Option<Moment> {
    let text = text.trim().trim_end_matches('Z');
    let (day, time) = match text.split_once(['T', ' ']) {
        Some((day, time)) => (Some(day), Some(time)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let day = match day {
        Some(day) => SerialDay::In(day.parse().ok()?),
        None => SerialDay::None,
    };
    let seconds = match time {
        Some(time) => {
            let time: civil::Time = time.parse().ok()?;
            u32::try_from(
                i32::from(time.hour()) * 3600
                    + i32::from(time.minute()) * 60
                    + i32::from(time.second()),
            )
            .ok()?
        }
        None => 0,
    };
    Some(Moment { day, seconds })
}

/// A length of time in hours and minutes.
pub(super) fn elapsed(value: f64) -> String {
    let minutes = (value.abs() * 24.0 * 60.0).round();
    let sign = if value < 0.0 && minutes > 0.0 { "-" } else { "" };
    format!("{sign}{}:{:02}", (minutes / 60.0).floor(), minutes % 60.0)
}
