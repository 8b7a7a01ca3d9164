//! Target dates whose words are a spelling of a day or a month, and say nothing else.

use crate::date::{Date, ENGLISH_MONTHS, PartialDate};
use crate::plan::{Target, TargetKind};

/// The years that spreadsheet programs have dates for, less the first, in which they disagree.
const YEARS: std::ops::RangeInclusive<i16> = 1901..=9998;

/// The day or month that a target date is, if its words are only another way to write it: "Sept
/// '11", "30/9/11", "30th September 2011".
///
/// "End of Sept '11", "by Friday 30 September" and "Sept - Oct" say more; of these there is none.
pub(crate) fn alone(target: &Target) -> Option<PartialDate> {
    let due = target.due.filter(|due| YEARS.contains(&due.year()))?;
    let date = match target.kind {
        TargetKind::Day => PartialDate::Day(due),
        TargetKind::Month => PartialDate::Month(due.year(), due.month()),
        _ => return None,
    };
    (target.start == Some(date.first()) && due == date.last() && is_spelling(&target.text, due))
        .then_some(date)
}

/// Whether words are made of numbers, the signs between them, and at most the name of the day's
/// month.
fn is_spelling(words: &str, day: Date) -> bool {
    let month = usize::try_from(day.month() - 1)
        .ok()
        .and_then(|i| ENGLISH_MONTHS.get(i))
        .copied()
        .unwrap_or_default();
    let (mut rest, mut numbers, mut names) = (words, 0, 0);
    while let Some(first) = rest.chars().next() {
        let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let taken = match first {
            '0'..='9' => {
                numbers += 1;
                let digits = run(|c| c.is_ascii_digit());
                let ordinal = rest
                    .get(digits..digits + 2)
                    .is_some_and(|w| ["st", "nd", "rd", "th"].contains(&w));
                digits + if ordinal { 2 } else { 0 }
            }
            ' ' | '.' | '/' | '-' | '\'' | '’' | ',' => first.len_utf8(),
            _ => {
                names += 1;
                let letters = run(char::is_alphabetic);
                let begins = |name: &str| {
                    name.get(..letters)
                        .is_some_and(|start| start.eq_ignore_ascii_case(&rest[..letters]))
                };
                if letters < 3 || !begins(month) {
                    return false;
                }
                letters
            }
        };
        rest = &rest[taken..];
    }
    names <= 1 && numbers + names <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spellings_of_a_day_or_month_are_dates_alone() {
        let alone = |words: &str| alone(&Target::read(words)).map(|date| date.to_string());
        for (words, date) in [
            ("Sept '11", "2011-09"),
            ("09/2011", "2011-09"),
            ("30/9/11", "2011-09-30"),
            ("2011-09-30", "2011-09-30"),
            ("30th Sept, 2011", "2011-09-30"),
        ] {
            assert_eq!(alone(words).as_deref(), Some(date), "{words}");
        }
        for words in [
            "end of Oct '11",
            "by Sept 2011",
            "Friday 30 September 2011",
            "Sept 11 / Oct 11",
            "Sept - Oct 2011",
            "Q2 2011/12",
            "Setp 2011",
            "30/9/11 (moved)",
            "30/9/11 14:30",
            "2011",
            "Ongoing",
            "",
        ] {
            assert_eq!(alone(words), None, "{words}");
        }
    }
}
