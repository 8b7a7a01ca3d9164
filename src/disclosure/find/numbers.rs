//! Telephone numbers, NHS numbers, national insurance numbers, numbers of pupils and cases, and
//! postcodes, by their digits and letters.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::Code;
use crate::vocabulary::disclosure::words;

use super::{ScannedWord, is_number_of_case, phrase};

/// Finds numbers that show by themselves, or by the word before them, what they are.
pub(super) fn find(text: &str, words: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    digits(text, found);
    codes(words, found);
    short_phone_numbers(words, found);
    insurance_numbers(words, found);
}

/// "tel. 841841", "ext 4123".
fn short_phone_numbers(all: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    let whole: HashSet<usize> = found.iter().map(|(_, range)| range.start).collect();
    for (at, word) in all.iter().enumerate() {
        let length = phrase(all, at, &words().phone);
        let Some(number) = all.get(at + length).filter(|_| length > 0) else { continue };
        let is_number = number.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        // the beginning of a longer number, with a bracket before it or not
        let start = number.at.start;
        let goes_on = whole.contains(&start) || start > 0 && whole.contains(&(start - 1));
        if is_number && !goes_on && (4..10).contains(&number.text.len()) {
            found.push((Code::PublicPhone, word.at.start..number.at.end));
        }
    }
}

/// "QQ123456C", "QQ 12 34 56 C": two letters, six digits, a letter from A to D.
fn insurance_numbers(all: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    let is_number = |letters: &[u8]| {
        letters.len() == 9
            && letters[..2].iter().all(u8::is_ascii_uppercase)
            && letters[2..8].iter().all(u8::is_ascii_digit)
            && matches!(letters[8], b'A'..=b'D')
    };
    for (at, word) in all.iter().enumerate() {
        if is_number(word.text.as_bytes()) {
            found.push((Code::PublicCaseNumber, word.at.clone()));
        }
        if word.text.len() == 2
            && let Some(five) = all.get(at..at + 5)
            && five[1..].iter().all(|word| word.gap == " ")
            && is_number(five.iter().map(|word| word.text).collect::<String>().as_bytes())
        {
            found.push((Code::PublicCaseNumber, word.at.start..five[4].at.end));
        }
    }
}

/// Telephone numbers, and NHS numbers by their check digit: digits with spaces, hyphens and
/// brackets between them.
fn digits(text: &str, found: &mut Vec<(Code, Range<usize>)>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_digit()
            || matches!(bytes[at], b'+' | b'(')
                && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let inside = at > 0
            && (bytes[at - 1].is_ascii_alphanumeric()
                || matches!(bytes[at - 1], b'.' | b'/' | b'-' | b','));
        if !begins || inside {
            at += 1;
            continue;
        }
        let mut end = at;
        let mut last = at;
        while end < bytes.len() {
            match bytes[end] {
                b'0'..=b'9' | b'+' | b'(' | b')' => last = end + 1,
                b' ' | b'-'
                    if bytes.get(end + 1).is_some_and(|next| {
                        next.is_ascii_digit() || matches!(next, b'(' | b')')
                    }) => {}
                _ => break,
            }
            end += 1;
        }
        let goes_on = bytes.get(last).is_some_and(u8::is_ascii_alphabetic)
            || matches!(bytes.get(last), Some(b'.' | b'/' | b','))
                && bytes.get(last + 1).is_some_and(u8::is_ascii_digit);
        if !goes_on && let Some(code) = number(&text[at..last]) {
            found.push((code, at..last));
        }
        at = last.max(at + 1);
    }
}

fn number(written: &str) -> Option<Code> {
    let digits: Vec<u32> = written.chars().filter_map(|c| c.to_digit(10)).collect();
    let groups: Vec<usize> = written
        .split([' ', '-'])
        .map(|group| group.bytes().filter(u8::is_ascii_digit).count())
        .collect();
    let international = written.starts_with("+44") || written.starts_with("0044");
    let most = if written.starts_with("00") { 15 } else { 13 };
    if !international
        && digits.len() == 10
        && digits[0] != 0
        && has_check_digit(&digits)
        && matches!(groups.as_slice(), [10] | [3, 3, 4])
    {
        return Some(Code::PublicNhsNumber);
    }
    // a day and a month have two digits, an area code three and more
    let has_area = groups.first().is_some_and(|first| *first >= 3);
    let national = digits.first() == Some(&0)
        && (10..=11).contains(&digits.len())
        && !written.starts_with("00")
        && has_area;
    (national || international && (12..=most).contains(&digits.len())).then_some(Code::PublicPhone)
}

/// The check digit of an NHS number, modulo 11 (NHS Data Dictionary).
fn has_check_digit(digits: &[u32]) -> bool {
    let Some((check, nine)) = digits.split_last() else { return false };
    let sum: u32 = nine.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let expected = (11 - sum % 11) % 11;
    expected != 10 && expected == *check
}

/// Postcodes, and unique pupil numbers (a letter, then twelve digits or eleven and a letter).
fn codes(all: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    for (i, word) in all.iter().enumerate() {
        let next = all.get(i + 1).filter(|next| next.at.start == word.at.end + 1);
        if let Some(next) = next
            && is_outward(word.text)
            && is_inward(next.text)
        {
            found.push((Code::PublicPostcode, word.at.start..next.at.end));
        }
        let upper = word.text.to_ascii_uppercase();
        let text = if word.text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            word.text
        } else {
            &upper
        };
        if let Some((outward, inward)) =
            text.len().checked_sub(3).and_then(|at| text.split_at_checked(at))
            && is_outward(outward)
            && is_inward(inward)
        {
            found.push((Code::PublicPostcode, word.at.clone()));
        }
        // "LCS-123456"
        if let Some((system, number)) = word.text.split_once(['-', '/', ':', '#'])
            && words().case.contains(&system.to_lowercase())
            && is_number_of_case(number)
        {
            found.push((Code::PublicCaseNumber, word.at.clone()));
        }
        let bytes = word.text.as_bytes();
        if bytes.len() == 13
            && bytes[0].is_ascii_uppercase()
            && bytes[1..12].iter().all(u8::is_ascii_digit)
            && bytes[12].is_ascii_alphanumeric()
        {
            found.push((Code::PublicCaseNumber, word.at.clone()));
        }
    }
}

/// "SO23", "W1A": one or two letters, a digit, and a digit or letter.
fn is_outward(part: &str) -> bool {
    let letters = part.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = part.as_bytes().get(letters..).unwrap_or_default();
    (1..=2).contains(&letters)
        && match rest {
            [digit] => digit.is_ascii_digit(),
            [digit, last] => {
                digit.is_ascii_digit() && (last.is_ascii_digit() || last.is_ascii_uppercase())
            }
            _ => false,
        }
}

/// "8UG": a digit and two letters, none of them one that postcodes do not use there.
fn is_inward(part: &str) -> bool {
    let letter = |byte: &u8| byte.is_ascii_uppercase() && !b"CIKMOV".contains(byte);
    matches!(part.as_bytes(), [digit, first, second] if digit.is_ascii_digit() && letter(first) && letter(second))
}
