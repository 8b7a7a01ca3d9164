//! Dates made of figures alone: 30/09/2011, and the numbers by which spreadsheets count days.

use crate::date::Date;

use super::calendar;

/// The days that a plan may name: 1 January 1995 to 31 December 2034.
const LIKELY: std::ops::RangeInclusive<i32> = 34_700..=49_309;
/// The days that a column of dates may hold: 18 February 1982 to 8 April 2064.
const POSSIBLE: std::ops::RangeInclusive<i32> = 30_000..=60_000;

/// The day that a spreadsheet keeps as this number, and whether a plan is likely to name it. A time
/// of day behind a point is ignored.
pub(crate) fn day_number(text: &str) -> Option<(Date, bool)> {
    let (figures, fraction) = text.split_once('.').unwrap_or((text, ""));
    if figures.len() != 5 || !figures.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i32 = figures.parse().ok().filter(|number| POSSIBLE.contains(number))?;
    Some((calendar::of_serial(number)?, LIKELY.contains(&number)))
}

/// A date whose day and month are two figures, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FiguresDate {
    year: i16,
    first: i8,
    second: i8,
}

impl FiguresDate {
    /// A day, read day first.
    pub(crate) fn of(day: Date) -> Self {
        Self { year: day.year(), first: day.day(), second: day.month() }
    }

    /// The day, if the month stands first.
    pub(crate) fn month_first(self) -> Option<Date> {
        Date::new(self.year, self.first, self.second)
    }

    /// Whether there is a day in either order.
    pub(crate) fn can_be_swapped(self) -> bool {
        self.first <= 12 && self.second <= 12
    }

    /// Whether the two orders give different days.
    pub(crate) fn is_ambiguous(self) -> bool {
        self.can_be_swapped() && self.first != self.second
    }

    /// Whether only the month can stand first.
    pub(crate) fn is_month_first(self) -> bool {
        self.second > 12
    }
}

/// A date such as 30/09/2011 or 9-30-11, perhaps with a time of day behind it.
pub(crate) fn date_in_figures(text: &str) -> Option<FiguresDate> {
    let date = text.split_whitespace().next()?;
    let sign =
        date.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = date.split(sign);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_time =
        |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ' '));
    let short = |text: &str| {
        text.parse::<i8>().ok().filter(|number| text.len() <= 2 && (1..=31).contains(number))
    };
    if parts.next().is_some()
        || !is_time(text.get(date.len()..).unwrap_or_default())
        || !matches!(year.len(), 2 | 4)
    {
        return None;
    }
    let year = year.parse::<i16>().ok()?;
    let date = FiguresDate {
        year: if year < 100 { 2000 + year } else { year },
        first: short(first)?,
        second: short(second)?,
    };
    (date.month_first().is_some() || Date::new(date.year, date.second, date.first).is_some())
        .then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_days_are_dates() {
        let day =
            |text: &str| day_number(text).map(|(day, is_likely)| (day.to_string(), is_likely));
        assert_eq!(day("44440"), Some(("2021-09-01".to_owned(), true)));
        assert_eq!(day("44440.75"), Some(("2021-09-01".to_owned(), true)));
        assert_eq!(day("51121"), Some(("2039-12-17".to_owned(), false)));
        for text in ["4444", "444400", "29999", "60001", "4444a", "", "£44440"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_in_figures_may_be_read_in_either_order() {
        let date = |text: &str| date_in_figures(text).unwrap();
        assert!(date("03/06/2027").is_ambiguous());
        assert!(!date("06/06/27").is_ambiguous());
        assert!(date("06/30/2027 00:00").is_month_first());
        assert!(!date("30.06.2027").can_be_swapped());
        assert_eq!(date("03/06/27").month_first().unwrap().to_string(), "2027-03-06");
        for text in
            ["2027-06-30", "30/06", "31/31/2027", "30/06/2027 or so", "1.2.3.4", "30 June 2027", ""]
        {
            assert_eq!(date_in_figures(text), None, "{text}");
        }
    }
}
