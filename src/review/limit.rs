//! Time limits that an inspection sets: "within three months" of its report.

use crate::date::Date;

use super::clock::working_days_after;

/// The last day of a time limit that counts from a day; none for words that name no length of time,
/// as "immediately".
pub(super) fn last_day(words: &str, from: Date) -> Option<Date> {
    let lower = words.to_lowercase();
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let (count, after) =
        parts.iter().enumerate().find_map(|(i, part)| Some((number(part)?, &parts[i + 1..])))?;
    match after {
        ["working", unit, ..] if unit.starts_with("day") => working_days_after(from, count),
        [unit, ..] if unit.starts_with("day") => from.later(count.into()),
        [unit, ..] if unit.starts_with("week") => from.later(i32::from(count) * 7),
        [unit, ..] if unit.starts_with("month") => from.months_later(count),
        [unit, ..] if unit.starts_with("year") => from.months_later(count.checked_mul(12)?),
        _ => None,
    }
}

fn number(word: &str) -> Option<u16> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let named =
        WORDS.iter().position(|known| *known == word).and_then(|i| u16::try_from(i + 1).ok());
    named.or_else(|| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_counts_from_the_report_and_words_without_a_length_are_none() {
        let report: Date = "2011-02-25".parse().unwrap();
        for (words, day) in [
            ("Within three months", "2011-05-25"),
            ("within 6 weeks:", "2011-04-08"),
            ("Within 10 working days of the report", "2011-03-11"),
            ("30 days", "2011-03-27"),
            ("within one year", "2012-02-25"),
            ("Within 12 months", "2012-02-25"),
            ("Immediately", ""),
            ("Within three school terms", ""),
            ("", ""),
        ] {
            assert_eq!(
                last_day(words, report).map(|day| day.to_string()).unwrap_or_default(),
                day,
                "{words}"
            );
        }
        assert_eq!(
            last_day("within 1 month", "2011-01-31".parse().unwrap()).unwrap().to_string(),
            "2011-02-28"
        );
        assert_eq!(last_day("within 65535 years", report), None);
    }
}
