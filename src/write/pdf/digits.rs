//! Numbers as they are written in a PDF (ISO 32000-1, 7.3.3).

use std::io::Write as _;

use crate::layout::Length;

/// Adds a whole number.
pub(crate) fn whole(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Adds a whole number in seven digits.
pub(crate) fn seven(out: &mut Vec<u8>, number: u32) {
    let _ = write!(out, "{:07}", number % 10_000_000); // memory takes all that is written to it
}

/// Adds a length in points, with as many decimals as it needs, and without a zero before them (ISO
/// 32000-1, 7.3.3).
pub(crate) fn length(out: &mut Vec<u8>, length: Length) {
    let (milli, size) = (length.as_milli(), length.as_milli().unsigned_abs());
    if milli < 0 {
        out.push(b'-');
    }
    let part = size % 1000;
    if size >= 1000 || part == 0 {
        whole(out, size / 1000);
    }
    if part > 0 {
        out.extend_from_slice(&[b'.', digit(part / 100)]);
        if part % 100 > 0 {
            out.push(digit(part / 10));
            if part % 10 > 0 {
                out.push(digit(part));
            }
        }
    }
}

/// Adds lengths, each with a space after it.
pub(crate) fn lengths(out: &mut Vec<u8>, lengths: &[Length]) {
    for each in lengths {
        length(out, *each);
        out.push(b' ');
    }
}

/// Adds a reference to an object.
pub(crate) fn reference(out: &mut Vec<u8>, id: u32) {
    whole(out, id);
    out.extend_from_slice(b" 0 R");
}

/// The last digit of a number.
fn digit(number: u32) -> u8 {
    b'0' + (number % 10).to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_they_are_shown() {
        for milli in [0, 1, 10, 100, 120, 123, 999, 1000, 841_890, -500, -7, i32::MAX, i32::MIN] {
            let mut out = Vec::new();
            length(&mut out, Length::milli(milli));
            let shown = Length::milli(milli).to_string();
            let without_zero = shown.replacen("-0.", "-.", 1);
            assert_eq!(
                String::from_utf8_lossy(&out),
                without_zero
                    .strip_prefix('0')
                    .filter(|part| !part.is_empty())
                    .unwrap_or(&without_zero)
            );
        }
    }
}
