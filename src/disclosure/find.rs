//! Personal details in running text.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::Code;
use crate::vocabulary::disclosure::words;
use crate::vocabulary::normalize;
use crate::vocabulary::roles::{OwnerKind, begins_a_name, is_title, shape};
use crate::vocabulary::words::ExtraWords;

/// A word of a text.
struct ScannedWord<'a> {
    text: &'a str,
    /// What stands between it and the word before.
    gap: &'a str,
    at: Range<usize>,
    normal: String,
}

/// Everything in a text that a publisher should look at, in the order of the codes, then as it
/// stands there.
pub(super) fn all(text: &str) -> Vec<(Code, &str)> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let words = split(text);
    let mut found: Vec<(Code, Range<usize>)> = Vec::new();
    names(&words, &mut found);
    emails(&words, &mut found);
    digits(text, &mut found);
    codes(&words, &mut found);
    after_markers(&words, &mut found);
    small_numbers(&words, &mut found);
    found.sort_by_key(|(code, at)| (*code, at.start));
    found.dedup();
    found.into_iter().filter_map(|(code, at)| Some((code, text.get(at)?))).collect()
}

fn split(text: &str) -> Vec<ScannedWord<'_>> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let at = word.as_ptr().addr() - text.as_ptr().addr();
        let trimmed = word.trim_matches(|c: char| !c.is_alphanumeric());
        if trimmed.is_empty() {
            continue;
        }
        let start = at + (trimmed.as_ptr().addr() - word.as_ptr().addr());
        let before = words.last().map_or(0, |word: &ScannedWord<'_>| word.at.end);
        words.push(ScannedWord {
            text: trimmed,
            gap: &text[before..start],
            at: start..start + trimmed.len(),
            normal: normalize(trimmed),
        });
    }
    words
}

/// Whether a sentence, item or line ends before a word.
fn is_apart(word: &ScannedWord<'_>) -> bool {
    word.gap.contains(['.', '!', '?', ';', ':', ',', '(', ')', '|', '\n', '/', '•'])
}

/// A title and what follows ("Mrs Jones", "Dr A. Smith"), and given names with a surname.
fn names(words: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    let is_name = |word: &ScannedWord<'_>| {
        word.text.starts_with(char::is_uppercase)
            && word.text.chars().all(|c| c.is_alphabetic() || "'’-.".contains(c))
    };
    // the full stop of a title or initial ends no sentence
    let goes_on = |before: &ScannedWord<'_>, word: &ScannedWord<'_>| {
        !is_apart(word) || before.text.len() <= 4 && word.gap == ". "
    };
    let none = ExtraWords::default();
    let mut at = 0;
    while at < words.len() {
        let titled = is_title(&words[at].normal) && words[at].text.starts_with(char::is_uppercase);
        let given = !titled && is_name(&words[at]) && begins_a_name(words[at].text, &none);
        let mut end = at + 1;
        while (titled || given)
            && end < words.len()
            && end < at + 4
            && is_name(&words[end])
            && goes_on(&words[end - 1], &words[end])
        {
            end += 1;
        }
        if titled && end > at + 1 {
            // a surname is one word, unless initials or given names stand before it
            let last = if end > at + 2
                && (words[at + 1].text.len() <= 2 || begins_a_name(words[at + 1].text, &none))
            {
                at + 3
            } else {
                at + 2
            };
            found.push((Code::PublicName, words[at].at.start..words[last.min(end) - 1].at.end));
            at = last.min(end);
            continue;
        }
        if given && end > at + 1 {
            let name = format!("{} {}", words[at].text, words[at + 1].text);
            if shape(&name, &none).is_some_and(|shape| shape.kind == OwnerKind::Person) {
                found.push((Code::PublicName, words[at].at.start..words[at + 1].at.end));
                at += 2;
                continue;
            }
        }
        at += 1;
    }
}

fn emails(words: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    for word in words {
        let address = word.text.strip_prefix("mailto:").unwrap_or(word.text);
        if let Some((user, host)) = address.split_once('@')
            && !user.is_empty()
            && host.contains('.')
            && host.chars().all(|c| c.is_alphanumeric() || ".-".contains(c))
            && !user.contains('/')
        {
            found.push((Code::PublicEmail, word.at.end - address.len()..word.at.end));
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
    let international = written.starts_with("+44");
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
    (national || international && (12..=13).contains(&digits.len())).then_some(Code::PublicPhone)
}

/// The check digit of an NHS number, modulo 11 (NHS Data Dictionary).
fn has_check_digit(digits: &[u32]) -> bool {
    let Some((check, nine)) = digits.split_last() else { return false };
    let sum: u32 = nine.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let expected = (11 - sum % 11) % 11;
    expected != 10 && expected == *check
}

/// Postcodes, and unique pupil numbers (a letter, then twelve digits or eleven and a letter).
fn codes(words: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    for (i, word) in words.iter().enumerate() {
        let next = words.get(i + 1).filter(|next| next.at.start == word.at.end + 1);
        if let Some(next) = next
            && is_outward(word.text)
            && is_inward(next.text)
        {
            found.push((Code::PublicPostcode, word.at.start..next.at.end));
        }
        if let Some((outward, inward)) =
            word.text.len().checked_sub(3).and_then(|at| word.text.split_at_checked(at))
            && is_outward(outward)
            && is_inward(inward)
        {
            found.push((Code::PublicPostcode, word.at.clone()));
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

/// Dates of birth and numbers of cases: what follows the words for them.
fn after_markers(all: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    let known = words();
    let mut at = 0;
    while at < all.len() {
        let birth = phrase(all, at, &known.birth);
        if birth > 0
            && let Some(date) = all
                .iter()
                .skip(at + birth)
                .take(3)
                .position(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))
        {
            let first = at + birth + date;
            let is_day = all[first].text.bytes().filter(u8::is_ascii_digit).count() <= 2;
            let last = if is_day { first + 2 } else { first };
            found.push((
                Code::PublicBirthDate,
                all[at].at.start..all[last.min(all.len() - 1)].at.end,
            ));
            at = first + 1;
            continue;
        }
        let case = phrase(all, at, &known.case);
        let has_capital =
            all[at].text.chars().any(char::is_uppercase) || case > 1 || all[at].normal.len() > 4;
        if case > 0 && has_capital {
            let beside = |word: &&ScannedWord<'_>| {
                !matches!(
                    word.normal.as_str(),
                    "no" | "number" | "ref" | "reference" | "id" | "rhif" | "is" | "yw"
                )
            };
            if let Some(number) = all
                .iter()
                .skip(at + case)
                .take(3)
                .find(beside)
                .filter(|word| is_number_of_case(word.text))
            {
                found.push((Code::PublicCaseNumber, all[at].at.start..number.at.end));
                at += case;
                continue;
            }
        }
        at += 1;
    }
}

/// Whether a word is a number of at least four digits, and no year.
fn is_number_of_case(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_year = word
        .get(..4)
        .is_some_and(|year| (1900..2100).contains(&year.parse().unwrap_or(0)))
        && word.get(4..).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '-', '–']));
    digits >= 4 && !is_year && !word.contains('@')
}

/// How many words at a place are a phrase of a list, the longest first; none if 0.
fn phrase(all: &[ScannedWord<'_>], at: usize, list: &HashSet<String>) -> usize {
    const MAX_WORDS: usize = 3;
    (1..=MAX_WORDS.min(all.len() - at))
        .rev()
        .find(|count| {
            let joined = all[at..at + count]
                .iter()
                .map(|word| word.normal.as_str())
                .collect::<Vec<_>>()
                .join(" ");
            list.contains(&joined)
        })
        .unwrap_or(0)
}

/// A number from one to five, and children: "2 children", "three looked-after children", "dau
/// blentyn".
fn small_numbers(all: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    /// How many words may stand between.
    const BETWEEN: usize = 2;
    let known = words();
    for (i, word) in all.iter().enumerate() {
        let is_small = matches!(word.text, "1" | "2" | "3" | "4" | "5")
            || known.numbers.contains(&word.normal);
        let counts_none = i
            .checked_sub(1)
            .is_some_and(|before| known.not_after.contains(&all[before].normal) && !is_apart(word));
        if !is_small || counts_none {
            continue;
        }
        for next in i + 1..=(i + 1 + BETWEEN) {
            let Some(noun) = all.get(next) else { break };
            if is_apart(noun) {
                break;
            }
            let length = phrase(all, next, &known.children);
            if length > 0 {
                found.push((Code::PublicSmallNumber, word.at.start..all[next + length - 1].at.end));
                break;
            }
            if noun.text.bytes().any(|byte| byte.is_ascii_digit()) {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Code, &str)> {
        all(text)
    }

    #[test]
    fn personal_details_are_found() {
        for (text, code, words) in [
            ("Ask Mrs Jones first", Code::PublicName, "Mrs Jones"),
            ("led by Dr. A. Smith-Evans.", Code::PublicName, "Dr. A. Smith-Evans"),
            ("Cllr O’Neill chairs", Code::PublicName, "Cllr O’Neill"),
            ("Gofynnwch i Mrs Siân Jones", Code::PublicName, "Mrs Siân Jones"),
            ("agreed with Jane Smith on Monday", Code::PublicName, "Jane Smith"),
            (
                "write to (jo.lee+plan@example.gov.uk).",
                Code::PublicEmail,
                "jo.lee+plan@example.gov.uk",
            ),
            ("ring 01962 555 123 today", Code::PublicPhone, "01962 555 123"),
            ("(023) 9283 4092", Code::PublicPhone, "(023) 9283 4092"),
            ("+44 (0)1962 555123", Code::PublicPhone, "+44 (0)1962 555123"),
            ("07700900123", Code::PublicPhone, "07700900123"),
            ("NHS 943 476 5919", Code::PublicNhsNumber, "943 476 5919"),
            ("of 9434765919,", Code::PublicNhsNumber, "9434765919"),
            ("LAC 123456 was seen", Code::PublicCaseNumber, "LAC 123456"),
            ("case no. 123456", Code::PublicCaseNumber, "case no. 123456"),
            ("Case number: A12345/6", Code::PublicCaseNumber, "Case number: A12345/6"),
            ("rhif achos 98765", Code::PublicCaseNumber, "rhif achos 98765"),
            ("pupil H801200001001", Code::PublicCaseNumber, "H801200001001"),
            ("lives at SO23 8UG", Code::PublicPostcode, "SO23 8UG"),
            ("(W1A1AA)", Code::PublicPostcode, "W1A1AA"),
            ("DOB: 12/03/2011", Code::PublicBirthDate, "DOB: 12/03/2011"),
            ("born on 3 May 2012 in", Code::PublicBirthDate, "born on 3 May 2012"),
            ("D.O.B. 1.2.03", Code::PublicBirthDate, "D.O.B. 1.2.03"),
            ("dyddiad geni 1/2/2010", Code::PublicBirthDate, "dyddiad geni 1/2/2010"),
            ("2 children were seen", Code::PublicSmallNumber, "2 children"),
            ("three looked-after children", Code::PublicSmallNumber, "three looked-after children"),
            ("one very young child", Code::PublicSmallNumber, "one very young child"),
            ("dau blentyn", Code::PublicSmallNumber, "dau blentyn"),
        ] {
            assert!(found(text).contains(&(code, words)), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn what_looks_alike_is_not_found() {
        for text in [
            "Key Stage 2 pupils and Year 5 children improve",
            "12 children, 2.5 children, 85% of children",
            "1. Children are seen alone",
            "the board meets 3 times; children attend",
            "by 30/09/2011 or 2011/12",
            "943 476 5918",
            "a case study of 2011",
            "in every case 2011/12 figures",
            "the date of birth is recorded in each file",
            "Dr",
            "Action 1.2.3 and R2",
            "£1,234,567,890",
            "the Service Lead and the Head of HR",
            "Children’s Services Manager",
            "http://user@example.org/path",
            "ISO 9001 in A4",
            "2024-09-30 00:00, 01-09-2024 10:30",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
