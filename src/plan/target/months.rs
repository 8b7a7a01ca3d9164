//! The names of the months, in English and Welsh, whole, cut or misspelt.

use crate::vocabulary::dates::{english_months, welsh_months};

use super::words::DateWord;

/// A month by its name, whole or cut, in English or Welsh.
pub(super) fn named(word: &str) -> Option<DateWord> {
    const SHORTEST: usize = 3;
    let english = english_months().iter().position(|name| {
        word.len() >= SHORTEST
            && name.len() >= word.len()
            && name.bytes().zip(word.bytes()).all(|(a, b)| a.eq_ignore_ascii_case(&b))
    });
    let known = english
        .or_else(|| welsh_months().iter().position(|names| names.iter().any(|name| name == word)));
    if let Some(known) = known {
        return number(known).map(DateWord::Month);
    }
    english_months()
        .iter()
        .position(|name| is_a_slip_for(word, name))
        .and_then(number)
        .map(DateWord::Misspelt)
}

fn number(position: usize) -> Option<i8> {
    i8::try_from(position + 1).ok()
}

/// Whether a word is a month's name with a slip of the finger in it.
///
/// The first letter must be right. A short name may have letters missing, doubled or changed round,
/// but none that is another: "Match" is not March.
fn is_a_slip_for(word: &str, name: &str) -> bool {
    const LONGEST: usize = 12;
    let alike =
        word.bytes().zip(name.bytes()).next().is_some_and(|(a, b)| a.eq_ignore_ascii_case(&b));
    if !alike || !(4..=LONGEST).contains(&word.len()) || !word.is_ascii() {
        return false;
    }
    let name = name.to_ascii_lowercase();
    let slips = strsim::osa_distance(word, &name);
    if name.len() >= 7 && word.len() >= 6 {
        return slips <= 2;
    }
    let other_letter = word.len() == name.len() && {
        let sorted = |s: &str| {
            let mut letters = s.as_bytes().to_vec();
            letters.sort_unstable();
            letters
        };
        sorted(word) != sorted(&name)
    };
    slips == 1 && !other_letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_through_slips_but_not_in_other_words() {
        for (word, found) in [
            ("sept", Some(DateWord::Month(9))),
            ("nove", Some(DateWord::Month(11))),
            ("septmeber", Some(DateWord::Misspelt(9))),
            ("febuary", Some(DateWord::Misspelt(2))),
            ("janurary", Some(DateWord::Misspelt(1))),
            ("agust", Some(DateWord::Misspelt(8))),
            ("apirl", Some(DateWord::Misspelt(4))),
            ("mawrth", Some(DateWord::Month(3))),
            ("match", None),
            ("member", None),
            ("ma", None),
            ("marking", None),
        ] {
            assert_eq!(named(word), found, "{word}");
        }
    }
}
