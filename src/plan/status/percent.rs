//! How much of an action is done, as people type it: "85%", "85 % complete", 0.85 in a column of
//! parts of one.

/// A percentage in a status column: only with its sign or word, since a bare number there may mean
/// anything.
pub(crate) fn in_words(words: &str) -> Option<f64> {
    let words = words.trim().to_lowercase();
    let words = ["complete", "completed", "done"]
        .iter()
        .find_map(|end| words.strip_suffix(end))
        .unwrap_or(&words)
        .trim_end();
    let number = words
        .strip_suffix('%')
        .or_else(|| words.strip_suffix("per cent"))
        .or_else(|| words.strip_suffix("percent"))?;
    within(number, 1.0)
}

/// A percentage in a column of percentages, whose bare numbers are parts of one if `parts_of_one`.
pub(crate) fn in_column(words: &str, parts_of_one: bool) -> Option<f64> {
    in_words(words).or_else(|| {
        let between = words.trim().parse::<f64>().is_ok_and(|n| n > 0.0 && n < 1.0);
        within(words, if parts_of_one || between { 100.0 } else { 1.0 })
    })
}

/// Whether the bare numbers of a column of percentages are parts of one: none is above 1, and one
/// lies between 0 and 1.
pub(crate) fn are_parts_of_one<'a>(column: impl Iterator<Item = &'a str>) -> bool {
    let mut between = false;
    for number in column.filter_map(|words| words.trim().parse::<f64>().ok()) {
        if number > 1.0 {
            return false;
        }
        between |= number > 0.0 && number < 1.0;
    }
    between
}

/// A number of percent, if it is one that work can be done to.
fn within(number: &str, times: f64) -> Option<f64> {
    const PRECISION: f64 = 1e6;
    let percent = (number.trim().parse::<f64>().ok()? * times * PRECISION).round() / PRECISION;
    (0.0..=100.0).contains(&percent).then_some(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_as_typed() {
        for (words, alone, in_a_column) in [
            ("85%", Some(85.0), Some(85.0)),
            ("85 % complete", Some(85.0), Some(85.0)),
            ("100 per cent", Some(100.0), Some(100.0)),
            ("0%", Some(0.0), Some(0.0)),
            ("0.5%", Some(0.5), Some(0.5)),
            ("0.85", None, Some(85.0)),
            ("0.07", None, Some(7.0)),
            ("85", None, Some(85.0)),
            ("1", None, Some(1.0)),
            ("100", None, Some(100.0)),
            ("120%", None, None),
            ("-5", None, None),
            ("nan", None, None),
            ("most", None, None),
            ("", None, None),
        ] {
            assert_eq!(in_words(words), alone, "{words}");
            assert_eq!(in_column(words, false), in_a_column, "{words}");
        }
    }

    #[test]
    fn one_is_all_of_it_beside_parts_of_one() {
        assert!(are_parts_of_one(["0.5", "1", "0", ""].into_iter()));
        assert!(!are_parts_of_one(["0.5", "40"].into_iter()));
        assert!(!are_parts_of_one(["1", "0"].into_iter()));
        assert_eq!(in_column("1", true), Some(100.0));
    }
}
