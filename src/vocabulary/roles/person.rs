//! Names of people, recognised by the shape of their words.

use super::flags::{BODY, DEPARTMENT, GIVEN_NAME, NOT_A_NAME, PARTICLE, POST, SURNAME, TITLE};
use super::{flags_of, noun_at_end};
use crate::vocabulary::words::ExtraWords;

/// Whether words have the shape of a person's name, and none is a word of job titles, bodies or
/// subjects.
pub(super) fn is_person(words: &[&str], added: &ExtraWords) -> bool {
    const MAX_NAMES: usize = 5;
    let mut words = words;
    // "Smith, Jane"
    if let [surname, given] = words
        && let Some(surname) = surname.strip_suffix(',')
    {
        let first = flags_of(given, added) & GIVEN_NAME != 0 || is_initials(given);
        // a surname in capitals is no acronym before a given name
        let is_surname = is_name_word(surname, added)
            || surname.chars().count() > 2 && surname.chars().all(char::is_uppercase);
        return first && is_surname && flags_of(surname, added) & NOT_A_NAME == 0;
    }
    let mut titled = false;
    while let [first, rest @ ..] = words
        && flags_of(first, added) & TITLE != 0
        && first.starts_with(char::is_uppercase)
        && !rest.is_empty()
    {
        titled = true;
        words = rest;
    }
    if words.is_empty() || words.len() > MAX_NAMES {
        return false;
    }
    if words.len() == 1 && !titled {
        return flags_of(words[0], added) & (GIVEN_NAME | NOT_A_NAME) == GIVEN_NAME
            && is_name_word(words[0], added);
    }
    let given =
        words.len() > 1 && (flags_of(words[0], added) & GIVEN_NAME != 0 || is_initials(words[0]));
    // "Xiaoming Li"
    let beside_a_short_name =
        words.len() == 2 && words[1].len() == 2 && is_name_word(words[1], added);
    let mut full = false;
    for (i, word) in words.iter().enumerate() {
        let flags = flags_of(word, added);
        let last = i + 1 == words.len();
        if is_initials(word) && (i > 0 || words.len() > 1) {
            // "HR", "OD" and "IT" are no initials
            if flags & (NOT_A_NAME) != 0 {
                return false;
            }
            continue;
        }
        if flags & PARTICLE != 0 && !last {
            continue;
        }
        if !is_name_word(word, added) {
            return false;
        }
        full = true;
        if flags & GIVEN_NAME != 0 && flags & (POST | BODY) == 0 {
            continue;
        }
        let surname =
            given && i > 0 && (flags & SURNAME != 0 || flags & (POST | BODY | DEPARTMENT) == 0);
        if flags & NOT_A_NAME != 0 && !surname {
            return false;
        }
        if !given && !titled && !beside_a_short_name && has_the_end_of_a_noun(word) {
            return false;
        }
    }
    full
}

/// "Group Manager Paul Jones": a person's name after a job title. A given name or initials show it;
/// after a title of several words, two words that no job title, body or subject has.
pub(super) fn is_post_and_person(words: &[&str], added: &ExtraWords) -> bool {
    (1..words.len().saturating_sub(1)).any(|at| {
        let (post, person) = words.split_at(at);
        let is_unknown = |word: &&str| flags_of(word, added) == 0 && !has_the_end_of_a_noun(word);
        noun_at_end(post, added) & POST != 0
            && (flags_of(person[0], added) & (GIVEN_NAME | NOT_A_NAME) == GIVEN_NAME
                || is_initials(person[0]) && person[0].contains('.')
                || post.len() > 1 && person.len() == 2 && person.iter().all(is_unknown))
            && is_person(person, added)
    })
}

/// "J", "J.", "J.R." and "JR".
pub(super) fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| *c != '.' && *c != '-').count();
    (1..=2).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c == '.' || c == '-')
}

/// A word with a capital, of letters, hyphens and apostrophes; or of letters of a script without
/// capitals.
pub(super) fn is_name_word(word: &str, added: &ExtraWords) -> bool {
    let word = word.trim_end_matches('.');
    // "al-Rashid", "ap-Rhys"
    if let Some((particle, name)) = word.split_once('-')
        && particle.starts_with(char::is_lowercase)
    {
        return flags_of(particle, added) & PARTICLE != 0 && is_name_word(name, added);
    }
    let first = word.chars().next();
    first.is_some_and(|c| {
        c.is_uppercase()
            || c.is_alphabetic() && !c.is_lowercase()
            || matches!(word.get(..2), Some("d'" | "o'" | "d’"))
    }) && word.chars().count() > 1
        && word.chars().all(|c| {
            c.is_alphabetic()
                || matches!(c, '-' | '\'' | '’' | '‘' | '‐' | 'ʼ' | '`')
                || !c.is_ascii() && !c.is_ascii_punctuation() && c.is_alphanumeric()
        })
        && !(word.len() <= 5 && word.chars().filter(|c| c.is_uppercase()).count() > 2)
}

/// Ends of nouns that name a subject, which surnames seldom have.
pub(crate) fn has_the_end_of_a_noun(word: &str) -> bool {
    const ENDS: &[&str] = &[
        "tion", "sion", "ment", "ness", "ship", "ology", "ology", "ics", "ism", "ance", "ence",
        "ity", "ing", "ies", "ments", "tions",
    ];
    word.len() > 5 && ENDS.iter().any(|end| word.ends_with(end))
}
