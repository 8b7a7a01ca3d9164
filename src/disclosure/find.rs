//! Personal details in running text.

mod names;
mod numbers;

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::Code;
use crate::vocabulary::disclosure::words;
use crate::vocabulary::normalize;

/// A word of a text.
struct ScannedWord<'a> {
    text: &'a str,
    /// What stands between it and the word before.
    gap: &'a str,
    /// The character behind it.
    after: Option<char>,
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
    names::find(&words, &mut found);
    emails(&words, &mut found);
    numbers::find(text, &words, &mut found);
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
            after: text[start + trimmed.len()..].chars().next(),
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

fn emails(words: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    let is_host = |host: &str| {
        host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || ".-".contains(c))
    };
    for (i, word) in words.iter().enumerate() {
        let address = word.text.strip_prefix("mailto:").unwrap_or(word.text);
        if let Some((user, host)) = address.split_once(['@', '＠', '﹫'])
            && !user.is_empty()
            && is_host(host)
            && !user.contains('/')
        {
            found.push((Code::PublicEmail, word.at.end - address.len()..word.at.end));
        }
        // "jo (at) example.org", "jo at example dot org"
        let (Some(before), Some(after)) =
            (i.checked_sub(1).and_then(|before| words.get(before)), words.get(i + 1))
        else {
            continue;
        };
        let is_bracketed =
            word.gap.ends_with(['(', '[', '{', '<']) && after.gap.starts_with([')', ']', '}', '>']);
        let is_spelt = words.get(i + 2).is_some_and(|dot| dot.normal == "dot");
        if word.normal == "at" && (is_bracketed || is_spelt) {
            found.push((Code::PublicEmail, before.at.start..after.at.end));
        }
    }
}

/// Dates of birth and numbers of cases: what follows the words for them.
fn after_markers(all: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    let known = words();
    let mut at = 0;
    while at < all.len() {
        let birth = match phrase(all, at, &known.birth) {
            0 => usize::from(is_short_for_born(all, at)),
            birth => birth,
        };
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
        if case > 0 {
            let beside = |word: &&ScannedWord<'_>| {
                !matches!(
                    word.normal.as_str(),
                    "no" | "number" | "ref" | "reference" | "id" | "rhif" | "is" | "yw"
                )
            };
            if let Some(number) =
                all.iter().skip(at + case).take(3).find(beside).filter(|word| {
                    is_number_of_case(word.text) && (has_capital || is_long(word.text))
                })
            {
                found.push((Code::PublicCaseNumber, all[at].at.start..number.at.end));
                at += case;
                continue;
            }
        }
        at += 1;
    }
}

/// "(b. 2011)".
fn is_short_for_born(all: &[ScannedWord<'_>], at: usize) -> bool {
    let is_date = |word: &ScannedWord<'_>| {
        let digits = word.text.bytes().filter(u8::is_ascii_digit).count();
        word.gap.starts_with('.') && (digits == 4 || word.text.contains('/') && digits > 3)
    };
    all[at].text == "b" && all.get(at + 1).is_some_and(is_date)
}

/// Whether a number has more digits than most that stand behind the word "case".
fn is_long(word: &str) -> bool {
    word.bytes().filter(u8::is_ascii_digit).count() > 4
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
        if let Some(end) = aged_child(all, i) {
            found.push((Code::PublicSmallNumber, word.at.start..end));
        }
        let is_small = matches!(word.text, "1" | "2" | "3" | "4" | "5")
            || known.numbers.contains(&word.normal);
        let before = i.checked_sub(1).map(|before| &all[before]);
        let counts_none = before
            .is_some_and(|before| known.not_after.contains(&before.normal) && !is_apart(word));
        // "3%", "three quarters", "1 in 4"
        let is_part = all.get(i + 1).is_some_and(|next| {
            next.gap.trim_start().starts_with(['%', '‰']) || known.not_before.contains(&next.normal)
        }) || before.is_some_and(|before| before.normal == "in")
            && i.checked_sub(2).is_some_and(|number| {
                all[number].text.bytes().all(|byte| byte.is_ascii_digit())
                    || known.numbers.contains(&all[number].normal)
            });
        if is_small && word.gap.ends_with('<') && is_suppressed(all, i) {
            let start = word.at.start - 1;
            found.push((Code::PublicSmallNumber, start..word.at.end));
        }
        if !is_small || counts_none || is_part {
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

/// "<5": a number too small to be published, and nothing that it measures behind it.
fn is_suppressed(all: &[ScannedWord<'_>], at: usize) -> bool {
    let is_measure = all[at].after.is_some_and(|c| matches!(c, '%' | '‰' | '/'));
    !is_measure
        && all.get(at + 1).is_none_or(|next| {
            is_apart(next) && !next.gap.starts_with('.')
                || phrase(all, at + 1, &words().children) > 0
        })
}

/// Where "child aged 7" ends that begins at a word.
fn aged_child(all: &[ScannedWord<'_>], at: usize) -> Option<usize> {
    let known = words();
    let length = phrase(all, at, &known.one_child);
    let (aged, age) = (all.get(at + length)?, all.get(at + length + 1)?);
    let is_age = age.text.parse::<u8>().is_ok_and(|years| years < 20);
    (length > 0 && known.aged.contains(&aged.normal) && is_age).then_some(age.at.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Code, &str)> {
        all(text)
    }

    #[test]
    fn personal_details_are_found() {
        let mut missed = Vec::new();
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
            ("0044 1962 841841", Code::PublicPhone, "0044 1962 841841"),
            ("ring tel. 841841", Code::PublicPhone, "tel. 841841"),
            ("see case 123456", Code::PublicCaseNumber, "case 123456"),
            ("see LCS-123456.", Code::PublicCaseNumber, "LCS-123456"),
            ("NI QQ123456C", Code::PublicCaseNumber, "QQ123456C"),
            ("NI: AB 12 34 56 C", Code::PublicCaseNumber, "AB 12 34 56 C"),
            ("at so238uj now", Code::PublicPostcode, "so238uj"),
            ("Sam (b. 2011)", Code::PublicBirthDate, "b. 2011"),
            ("numbers: <5; then", Code::PublicSmallNumber, "<5"),
            ("<5 pupils", Code::PublicSmallNumber, "<5"),
            ("a child aged 7 was", Code::PublicSmallNumber, "child aged 7"),
            ("mary (at) hants.gov.uk", Code::PublicEmail, "mary (at) hants.gov.uk"),
            ("a (at) b", Code::PublicEmail, "a (at) b"),
            ("mary.smith＠hants.gov.uk", Code::PublicEmail, "mary.smith＠hants.gov.uk"),
            ("then M. Smith agreed", Code::PublicName, "M. Smith"),
            ("T Okonkwo and others", Code::PublicName, "T Okonkwo"),
            ("led by B.A. Cross", Code::PublicName, "B.A. Cross"),
            ("Li Wei wrote", Code::PublicName, "Li Wei"),
            ("met Xi Zhang", Code::PublicName, "Xi Zhang"),
            ("Chinonso Eze reports", Code::PublicName, "Chinonso Eze"),
            ("Nguyễn Văn An spoke", Code::PublicName, "Nguyễn Văn An"),
            ("asked by Aoife Ní Bhriain", Code::PublicName, "Aoife Ní Bhriain"),
            ("ask van der Berg", Code::PublicName, "van der Berg"),
            ("Mr van der Berg", Code::PublicName, "Mr van der Berg"),
            ("DCI Brown", Code::PublicName, "DCI Brown"),
            ("María José García led", Code::PublicName, "María José García"),
        ] {
            if !found(text).contains(&(code, words)) {
                missed.push((text, found(text)));
            }
        }
        assert_eq!(missed, []);
    }

    #[test]
    fn a_number_behind_the_word_for_it_is_found_once() {
        for (text, number) in [
            ("Ring 01234 567890 or write", "01234 567890"),
            ("tel (01234) 567890", "(01234) 567890"),
        ] {
            assert_eq!(found(text), [(Code::PublicPhone, number)]);
        }
    }

    #[test]
    fn what_looks_alike_is_not_found() {
        let mut wrong = Vec::new();
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
            "3% of pupils, 3 % of children",
            "three quarters of children and 1 in 4 children",
            "the Lord Mayor of Winchester",
            "King Edward VI School",
            "<5 days and <5%",
            "children aged 5 to 7",
            "Use the London Road site; Park Lane School; Children Act 1989; Working Together; Ofsted",
            "Signs of Safety; Early Help Hub; Microsoft Teams; Power BI; Family Group Conference",
            "Annual Report; Winchester City; Isle of Wight; Black History Month; Section 47; Level 3",
            "Plan B Review; A Levels; Option C Costs; in case 12 of 2011",
            "Amend Ofsted Framework; Hampshire County Council; Autumn Term",
        ] {
            wrong.extend(found(text));
        }
        assert_eq!(wrong, []);
    }
}
