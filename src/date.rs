//! Days, and dates that are only known to the month or year.

use std::fmt;
use std::str::FromStr;

use jiff::{Span, civil};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The names of the months in English, from January.
pub(crate) const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month, from 1.
fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|i| ENGLISH_MONTHS.get(i)).copied().unwrap_or_default()
}

/// A day in the calendar.
///
/// ```
/// use planwright::Date;
/// let day: Date = "2011-11-30".parse()?;
/// assert_eq!((day.year(), day.month(), day.day()), (2011, 11, 30));
/// assert!(Date::new(2011, 2, 29).is_none());
/// # Ok::<(), planwright::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// A text is not a date of the form `2011`, `2011-11` or `2011-11-30`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError {
    text: String,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a date: write it as 2011-11-30", self.text)
    }
}

impl std::error::Error for DateError {}

impl Date {
    /// A day, if there is one: `month` and `day` count from 1.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day as people write it: "30 November 2011".
    pub(crate) fn in_words(self) -> String {
        format!("{} {} {}", self.day(), month_name(self.month()), self.year())
    }

    /// The day that is so many days later, or earlier for fewer than none.
    pub(crate) fn later(self, days: i32) -> Option<Self> {
        self.0.checked_add(Span::new().try_days(days).ok()?).ok().map(Self)
    }

    /// The same day so many months later; of a month that lacks it, its last day.
    pub(crate) fn months_later(self, months: u16) -> Option<Self> {
        self.0.checked_add(Span::new().try_months(i64::from(months)).ok()?).ok().map(Self)
    }

    /// How many days it is after another; fewer than none if it is before.
    pub(crate) fn days_after(self, other: Self) -> i32 {
        (self.0 - other.0).get_days()
    }

    /// The day of the week, from 0 for Monday.
    pub(crate) fn weekday(self) -> i8 {
        self.0.weekday().to_monday_zero_offset()
    }

    /// The last day of the month that this day is in.
    #[must_use]
    pub fn end_of_month(self) -> Self {
        Self(self.0.last_of_month())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        PartialDate::Day(*self).fmt(f)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        match text.parse()? {
            PartialDate::Day(day) => Ok(day),
            _ => Err(DateError { text: text.to_owned() }),
        }
    }
}

/// Easter Sunday, after the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, 2nd
/// edition, chapter 8).
pub(crate) fn easter(year: i16) -> Option<Date> {
    let number = i32::from(year);
    let (golden, century, rest) = (number % 19, number / 100, number % 100);
    let moon = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    let day = epact + to_sunday - 7 * correction + 114;
    Date::new(year, i8::try_from(day / 31).ok()?, i8::try_from(day % 31 + 1).ok()?)
}

/// A date as precisely as it is known: a year, a month or a day.
///
/// A month is a precision, not its first day: something due in a month is due when the month ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// A calendar year.
    Year(i16),
    /// A month of a year, from 1.
    Month(i16, i8),
    /// A day.
    Day(Date),
}

impl PartialDate {
    /// The month in which a day lies.
    pub(crate) fn month_of(day: Date) -> Self {
        Self::Month(day.0.year(), day.0.month())
    }

    /// The first day it may mean.
    pub fn first(self) -> Date {
        let (year, month) = match self {
            Self::Year(year) => (year, 1),
            Self::Month(year, month) => (year, month),
            Self::Day(day) => return day,
        };
        Date(civil::Date::new(year, month, 1).unwrap_or(civil::Date::MAX))
    }

    /// The last day it may mean: when it is due.
    pub fn last(self) -> Date {
        match self {
            Self::Year(year) => Date(civil::Date::new(year, 12, 31).unwrap_or(civil::Date::MAX)),
            Self::Month(..) => self.first().end_of_month(),
            Self::Day(day) => day,
        }
    }
}

impl PartialDate {
    /// The date as people write it: "30 November 2011", "November 2011", "2011".
    pub(crate) fn in_words(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::Month(year, month) => format!("{} {year}", month_name(month)),
            Self::Day(day) => day.in_words(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = match *self {
            Self::Year(year) => return write!(f, "{year:04}"),
            Self::Month(year, month) => (year, month, None),
            Self::Day(date) => (date.year(), date.month(), Some(date.day())),
        };
        if !(0..=9_999).contains(&year) {
            return write!(
                f,
                "{year:04}-{month:02}{}",
                day.map(|day| format!("-{day:02}")).unwrap_or_default()
            );
        }
        // all at once, and not by formats: a plan has some dates to an action
        let mut written = *b"0000-00-00";
        figures(&mut written[..4], year);
        figures(&mut written[5..7], month.into());
        figures(&mut written[8..], day.unwrap_or_default().into());
        let length = if day.is_some() { 10 } else { 7 };
        f.write_str(std::str::from_utf8(&written[..length]).unwrap_or_default())
    }
}

/// Writes a number into the room that it has, with noughts before it.
fn figures(room: &mut [u8], mut number: i16) {
    for figure in room.iter_mut().rev() {
        *figure = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let bad = || DateError { text: text.to_owned() };
        if !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return Err(bad());
        }
        let parts: Vec<&str> = text.split('-').collect();
        let number = |i: usize, digits: usize| -> Result<i16, DateError> {
            let part = parts.get(i).copied().unwrap_or_default();
            if part.len() == digits { part.parse().map_err(|_| bad()) } else { Err(bad()) }
        };
        let small = |n: i16| i8::try_from(n).map_err(|_| bad());
        match parts.len() {
            1 => Ok(Self::Year(number(0, 4)?)),
            2 => {
                let month = small(number(1, 2)?)?;
                Date::new(number(0, 4)?, month, 1)
                    .map(|d| Self::Month(d.year(), month))
                    .ok_or_else(bad)
            }
            3 => Date::new(number(0, 4)?, small(number(1, 2)?)?, small(number(2, 2)?)?)
                .map(Self::Day)
                .ok_or_else(bad),
            _ => Err(bad()),
        }
    }
}

macro_rules! as_text_in_the_plan_file {
    ($type:ident, $pattern:literal, $description:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern, "description": $description })
            }
        }
    };
}

as_text_in_the_plan_file!(Date, "^\\d{4}-\\d{2}-\\d{2}$", "a day: 2011-11-30");
as_text_in_the_plan_file!(
    PartialDate,
    "^\\d{4}(-\\d{2}(-\\d{2})?)?$",
    "a year, month or day: 2011, 2011-11, 2011-11-30"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_due_when_it_ends() {
        let november: PartialDate = "2011-11".parse().unwrap();
        assert_eq!(november.first().to_string(), "2011-11-01");
        assert_eq!(november.last().to_string(), "2011-11-30");
        assert_eq!("2012-02".parse::<PartialDate>().unwrap().last().to_string(), "2012-02-29");
    }

    #[test]
    fn a_date_is_written_with_all_its_figures() {
        for text in ["2011-11-30", "2012-02", "0907-01-02", "0000-12", "1987"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        assert_eq!(Date::new(-44, 3, 15).unwrap().to_string(), "-044-03-15");
        assert_eq!(PartialDate::Month(12_011, 5).to_string(), "12011-05");
    }

    #[test]
    fn easter_is_when_almanacs_say() {
        for (year, day) in [
            (1997, "1997-03-30"),
            (2000, "2000-04-23"),
            (2008, "2008-03-23"),
            (2011, "2011-04-24"),
            (2024, "2024-03-31"),
        ] {
            assert_eq!(easter(year).unwrap().to_string(), day);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2011-13",
            "2011-02-30",
            "11-11-30",
            "2011-1",
            "30/11/2011",
            "2011-11-30-01",
            "-2011",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }
}
