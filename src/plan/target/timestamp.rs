//! Times in UTC, as lists are exported with: "2027-06-30T23:00:00Z" is midnight of 1 July in
//! London.

use crate::date::Date;

/// The day in London at a time in UTC or with an offset from it; `None` for any other text.
pub(crate) fn in_london(text: &str) -> Option<Date> {
    let minutes = |text: &str| -> Option<i32> {
        let (hours, minutes) = text.split_once(':').or_else(|| text.split_at_checked(2))?;
        let two = |figures: &str, below: i32| {
            figures
                .parse::<i32>()
                .ok()
                .filter(|n| is_figures(figures) && figures.len() == 2 && *n < below)
        };
        Some(two(hours, 24)? * 60 + two(minutes, 60)?)
    };
    let (day, time) = text.split_at_checked(10)?;
    let day: Date = day.parse().ok()?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let zone = time.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'))?;
    let (time, zone) = time.split_at_checked(zone)?;
    let (hours_and_minutes, seconds) = time.split_at_checked(5)?;
    let is_seconds =
        |text: &str| text.len() >= 2 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !(seconds.is_empty() || seconds.strip_prefix(':').is_some_and(is_seconds)) {
        return None;
    }
    let offset = match zone.trim() {
        "Z" | "z" | "UTC" | "GMT" => 0,
        offset => {
            let (sign, rest) = offset.split_at_checked(1)?;
            let east = minutes(rest)?;
            match sign {
                "+" => east,
                "-" => -east,
                _ => return None,
            }
        }
    };
    let utc = minutes(hours_and_minutes)? - offset;
    let day_in_utc = day.later(utc.div_euclid(MINUTES_OF_A_DAY))?;
    let minute = utc.rem_euclid(MINUTES_OF_A_DAY);
    let ahead = if is_summer_time(day_in_utc, minute)? { 60 } else { 0 };
    day_in_utc.later((minute + ahead).div_euclid(MINUTES_OF_A_DAY))
}

const MINUTES_OF_A_DAY: i32 = 24 * 60;

fn is_figures(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether clocks in London are an hour ahead: from the last Sunday of March to that of October, at
/// 01:00 UTC (Summer Time Order 2002).
fn is_summer_time(day: Date, minute: i32) -> Option<bool> {
    let last_sunday = |month: i8| {
        let end = Date::new(day.year(), month, 31)?;
        end.later(-(i32::from(end.weekday()) + 1) % 7)
    };
    let at = (day, minute);
    Some(at >= (last_sunday(3)?, 60) && at < (last_sunday(10)?, 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_in_utc_is_a_day_in_london() {
        for (text, day) in [
            ("2027-06-30T23:00:00Z", Some("2027-07-01")),
            ("2027-06-30T22:59:59Z", Some("2027-06-30")),
            ("2027-01-15T00:00:00Z", Some("2027-01-15")),
            ("2027-01-15T23:00:00.000Z", Some("2027-01-15")),
            ("2027-09-17T09:00:00+00:00", Some("2027-09-17")),
            ("2027-07-01T00:00:00+01:00", Some("2027-07-01")),
            ("2026-12-31 23:30 -0100", Some("2027-01-01")),
            ("2027-06-30 23:00 UTC", Some("2027-07-01")),
            // clocks change on 28 March and 31 October 2027
            ("2027-03-27T23:00:00Z", Some("2027-03-27")),
            ("2027-03-28T23:00:00Z", Some("2027-03-29")),
            ("2027-10-30T23:00:00Z", Some("2027-10-31")),
            ("2027-10-31T23:00:00Z", Some("2027-10-31")),
            // 31 March 2024 is a Sunday
            ("2024-03-31T23:30:00Z", Some("2024-04-01")),
            ("2024-03-30T23:30:00Z", Some("2024-03-30")),
            ("2027-06-30T23:00:00", None),
            ("2027-06-30", None),
            ("2027-06-30T25:00Z", None),
            ("2027-06-30T23:00:é", None),
            ("30/06/2027 23:00", None),
        ] {
            assert_eq!(in_london(text).map(|day| day.to_string()).as_deref(), day, "{text}");
        }
    }
}
