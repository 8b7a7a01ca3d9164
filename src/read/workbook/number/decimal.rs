//! Numbers as decimals of fifteen digits, which is what spreadsheets keep of them.

/// A number the plainest way: as many decimals as it has.
pub(super) fn plain(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    if let Some(whole) = whole(value) {
        return whole.to_string();
    }
    let (digits, exponent) = digits(value.abs());
    let significant = digits.trim_end_matches('0');
    let words = if significant.is_empty() {
        return "0".to_owned();
    } else if (-10..=20).contains(&exponent) {
        placed(significant, exponent)
    } else {
        let (first, rest) = significant.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        format!("{first}{point}{rest}E{exponent:+}")
    };
    if value < 0.0 { format!("-{words}") } else { words }
}

/// A whole number of no more digits than are kept.
fn whole(value: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "below 10^15")]
    (value.abs() < 1e15 && value.fract() == 0.0).then_some(value as i64)
}

/// A positive number with so many decimals, rounded as people round: halves go up.
pub(super) fn rounded(value: f64, decimals: usize) -> String {
    let (digits, exponent) = digits(value);
    let kept = i64::from(exponent) + 1 + i64::try_from(decimals).unwrap_or(i64::MAX / 2);
    let Ok(kept) = usize::try_from(kept) else { return with_decimals("0", decimals) };
    if kept >= digits.len() {
        return with_decimals(&placed(&digits, exponent), decimals);
    }
    let mut bytes: Vec<u8> = digits.bytes().take(kept).collect();
    let up = digits.as_bytes().get(kept).is_some_and(|b| *b >= b'5');
    let mut carry = up;
    for digit in bytes.iter_mut().rev() {
        if !carry {
            break;
        }
        carry = *digit == b'9';
        *digit = if carry { b'0' } else { *digit + 1 };
    }
    let mut exponent = exponent;
    if carry {
        bytes.insert(0, b'1');
        exponent += 1;
    }
    let kept: String = bytes.into_iter().map(char::from).collect();
    with_decimals(&placed(if kept.is_empty() { "0" } else { &kept }, exponent), decimals)
}

/// The fifteen digits of a positive number, and the power of ten of the first.
fn digits(value: f64) -> (String, i32) {
    let written = format!("{value:.14e}");
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    (mantissa.replace('.', ""), exponent.parse().unwrap_or_default())
}

/// Digits with the point where it belongs.
fn placed(digits: &str, exponent: i32) -> String {
    match usize::try_from(exponent) {
        Ok(whole) if whole + 1 >= digits.len() => {
            format!("{digits}{}", "0".repeat(whole + 1 - digits.len()))
        }
        Ok(whole) => {
            let (whole, fraction) = digits.split_at(whole + 1);
            format!("{whole}.{fraction}")
        }
        Err(_) => {
            format!("0.{}{digits}", "0".repeat(usize::try_from(-exponent - 1).unwrap_or_default()))
        }
    }
}

/// A decimal with just so many decimals; more are cut, which rounding has seen to.
fn with_decimals(number: &str, decimals: usize) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if decimals == 0 {
        return whole.to_owned();
    }
    let fraction: String = fraction.chars().chain(std::iter::repeat('0')).take(decimals).collect();
    format!("{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_up() {
        for (value, decimals, shown) in [
            (0.5, 0, "1"),
            (0.49, 0, "0"),
            (0.004, 2, "0.00"),
            (0.005, 2, "0.01"),
            (9.995, 2, "10.00"),
            (99.5, 0, "100"),
            (1e-9, 3, "0.000"),
            (1e20, 1, "100000000000000000000.0"),
        ] {
            assert_eq!(rounded(value, decimals), shown);
        }
    }
}
