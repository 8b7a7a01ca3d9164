//! Working days in England and Wales.
//!
//! Bank holidays follow the Banking and Financial Dealings Act 1971, Schedule 1, with New Year's
//! Day (since 1974) and the May Day holiday (since 1978) by proclamation; one that falls on a
//! weekend is kept on the next weekday that is not one already. The days that a proclamation moved
//! or added stand in a table (<https://www.gov.uk/bank-holidays>, and its predecessors).

use crate::date::{Date, easter};

/// A year, month and day.
type CivilDay = (i16, i8, i8);

/// Moved and added by proclamation: the day that was kept, and the one that it was kept instead of.
const PROCLAIMED: &[(CivilDay, Option<CivilDay>)] = &[
    ((1981, 7, 29), None),               // wedding of the Prince of Wales
    ((1995, 5, 8), Some((1995, 5, 1))),  // fifty years of peace in Europe
    ((1999, 12, 31), None),              // millennium
    ((2002, 6, 4), Some((2002, 5, 27))), // golden jubilee
    ((2002, 6, 3), None),
    ((2011, 4, 29), None),               // wedding of Prince William
    ((2012, 6, 4), Some((2012, 5, 28))), // diamond jubilee
    ((2012, 6, 5), None),
    ((2020, 5, 8), Some((2020, 5, 4))), // seventy-five years of peace in Europe
    ((2022, 6, 2), Some((2022, 5, 30))), // platinum jubilee
    ((2022, 6, 3), None),
    ((2022, 9, 19), None), // funeral of Elizabeth II
    ((2023, 5, 8), None),  // coronation of Charles III
];

/// Whether a day is a working day: not a Saturday, Sunday, Christmas Day, Good Friday or bank
/// holiday in England and Wales, which is how the regulations for children's services count (SI
/// 2007/462, regulation 2).
///
/// The holidays are known from 1978; those that will be proclaimed are not.
///
/// ```
/// use planwright::is_working_day;
/// assert!(is_working_day("2023-05-09".parse()?));
/// assert!(!is_working_day("2023-05-08".parse()?), "coronation");
/// assert!(!is_working_day("2022-12-27".parse()?), "for Christmas Day, a Sunday");
/// # Ok::<(), planwright::DateError>(())
/// ```
pub fn is_working_day(day: Date) -> bool {
    day.weekday() < 5 && !is_holiday(day)
}

/// The day that is so many working days after another, which itself does not count; none beyond the
/// calendar, or beyond a hundred years.
///
/// An action plan after an inspection is due in 70 working days from the day of the report:
///
/// ```
/// use planwright::working_days_after;
/// assert_eq!(working_days_after("2023-05-09".parse()?, 70).unwrap().to_string(), "2023-08-16");
/// # Ok::<(), planwright::DateError>(())
/// ```
pub fn working_days_after(day: Date, working_days: u16) -> Option<Date> {
    const FURTHEST: i32 = 36_525;
    let mut left = working_days;
    let mut later = (0..=FURTHEST).map_while(|days| day.later(days));
    let start = later.next()?;
    if left == 0 {
        return Some(start);
    }
    later.find(|day| {
        left -= u16::from(is_working_day(*day));
        left == 0
    })
}

fn is_holiday(day: Date) -> bool {
    let key = (day.year(), day.month(), day.day());
    if PROCLAIMED.iter().any(|(kept, _)| *kept == key) {
        return true;
    }
    is_usual_holiday(day) && !PROCLAIMED.iter().any(|(_, instead)| *instead == Some(key))
}

fn is_usual_holiday(day: Date) -> bool {
    let (month, number, weekday) = (day.month(), day.day(), day.weekday());
    let monday = weekday == 0;
    let by_date = match month {
        // on the first, or on the Monday after it
        1 => number == 1 || (monday && number <= 3),
        5 => monday && (number <= 7 || number > 24),
        8 => monday && number > 24,
        // two days, and for each on a weekend the next weekday that is left
        12 => {
            matches!(number, 25 | 26)
                || (matches!(number, 27 | 28)
                    && day.later(-2).is_some_and(|before| before.weekday() >= 5))
        }
        _ => false,
    };
    // Good Friday and Easter Monday
    by_date || matches!(easter(day.year()).map(|sunday| day.days_after(sunday)), Some(-2 | 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every bank holiday and Good Friday of a year that falls on a weekday.
    fn holidays(year: i16) -> Vec<String> {
        let first = Date::new(year, 1, 1).unwrap();
        let days = (0..366).filter_map(|n| first.later(n)).filter(|day| day.year() == year);
        days.filter(|day| day.weekday() < 5 && !is_working_day(*day))
            .map(|day| day.to_string()[5..].to_owned())
            .collect()
    }

    #[test]
    fn the_holidays_are_those_that_were_published() {
        // gov.uk/bank-holidays, England and Wales, as published for each year
        let published = [
            (2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"),
            (2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"),
            (2016, "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27"),
            (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
            (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
            (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
            (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
            (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        ];
        for (year, days) in published {
            assert_eq!(holidays(year).join(" "), days, "{year}");
        }
    }

    #[test]
    fn no_working_day_counts_as_none_and_the_end_of_the_calendar_is_no_day() {
        let day: Date = "2023-05-09".parse().unwrap();
        assert_eq!(working_days_after(day, 0), Some(day));
        assert_eq!(working_days_after("9999-12-30".parse().unwrap(), 5), None);
    }
}
