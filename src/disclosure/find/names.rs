//! Names of people by their shape: a title and what follows, a given name or initial and a surname,
//! two or three words with capitals that plans do not use otherwise.

use std::ops::Range;

use crate::diagnostic::Code;
use crate::vocabulary::cells::begins_with_verb;
use crate::vocabulary::folding::FoldedWord;
use crate::vocabulary::names::{is_of_plans, is_ordinary};
use crate::vocabulary::roles::{OwnerKind, is_given_name, is_particle, is_title, shape};
use crate::vocabulary::words::NO_WORDS;

use super::{ScannedWord, is_apart};

/// The most words of a name behind its title.
const MAX_WORDS: usize = 4;

/// Finds the names in a text.
pub(super) fn find(words: &[ScannedWord<'_>], found: &mut Vec<(Code, Range<usize>)>) {
    let mut at = 0;
    while at < words.len() {
        let count = titled(words, at)
            .or_else(|| initialled(words, at))
            .or_else(|| given(words, at))
            .or_else(|| unknown(words, at));
        if let Some(count) = count {
            found.push((Code::PublicName, words[at].at.start..words[at + count - 1].at.end));
        }
        at += count.unwrap_or(1);
    }
}

/// A word with a capital, of letters, hyphens and apostrophes.
fn is_name(word: &ScannedWord<'_>) -> bool {
    word.text.starts_with(char::is_uppercase)
        && word.text.chars().all(|c| c.is_alphabetic() || "'’-.".contains(c))
}

fn key(word: &ScannedWord<'_>) -> String {
    FoldedWord::of(word.text).key
}

/// Whether a word goes on with what precedes: the full stop of a title or initial ends no sentence.
fn goes_on(words: &[ScannedWord<'_>], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    !is_apart(word)
        || at.checked_sub(1).is_some_and(|before| words[before].text.len() <= 4) && word.gap == ". "
}

/// "Edward VI".
fn is_numeral(word: &ScannedWord<'_>) -> bool {
    !word.text.is_empty() && word.text.chars().all(|c| "IVX".contains(c))
}

fn is_initials(word: &ScannedWord<'_>) -> bool {
    let letters = word.text.chars().filter(|c| *c != '.' && *c != '-');
    (1..=3).contains(&letters.clone().count())
        && letters.clone().all(char::is_uppercase)
        && (letters.count() == 1 || word.text.contains('.'))
}

/// The number of particles and then one name from a word on: "van der Berg".
fn surname(words: &[ScannedWord<'_>], at: usize) -> Option<usize> {
    let particles = words[at.min(words.len())..]
        .iter()
        .take(2)
        .enumerate()
        .take_while(|(i, word)| {
            is_particle(&word.text.to_lowercase())
                && (*i == 0 || goes_on(words, at + i))
                && word.text.chars().count() > 1
        })
        .count();
    (0..=particles).rev().find_map(|particles| {
        let last = words.get(at + particles)?;
        let is_joined = particles == 0 || goes_on(words, at + particles);
        (is_name(last) && is_joined).then_some(particles + 1)
    })
}

/// A title and what follows ("Mrs Jones", "Dr A. Smith", "Mr van der Berg").
fn titled(words: &[ScannedWord<'_>], at: usize) -> Option<usize> {
    let title = &words[at];
    if !is_title(&title.normal)
        || !title.text.starts_with(char::is_uppercase)
        || !goes_on(words, at + 1)
    {
        return None;
    }
    let mut count = 1;
    // a surname is one word, unless initials, titles or given names stand before it
    while let Some(word) = words.get(at + count)
        && count < MAX_WORDS
        && (is_initials(word) || is_given_name(&key(word)) || is_title(&word.normal))
        && is_name(word)
        && goes_on(words, at + count + 1)
        && surname(words, at + count + 1).is_some()
    {
        count += 1;
    }
    let length = surname(words, at + count)?;
    let last = &words[at + count + length - 1];
    // "Lord Mayor", "Sister Company"
    let is_post = count == 1 && length == 1 && is_role(last) && !is_rank(title);
    (!is_post).then_some(count + length)
}

fn is_role(word: &ScannedWord<'_>) -> bool {
    crate::vocabulary::roles::is_role_word(&word.text.to_lowercase())
}

/// Whether a title is no ordinary word, so that what follows is a name.
fn is_rank(title: &ScannedWord<'_>) -> bool {
    matches!(title.normal.as_str(), "mr" | "mrs" | "ms" | "miss" | "mx" | "dr" | "cllr")
}

/// "M. Smith", "T Okonkwo", "B.A. Cross".
fn initialled(words: &[ScannedWord<'_>], at: usize) -> Option<usize> {
    let first = &words[at];
    if !is_initials(first) {
        return None;
    }
    let mut count = 1;
    while words.get(at + count).is_some_and(is_initials) && count < 3 && goes_on(words, at + count)
    {
        count += 1;
    }
    let length = surname(words, at + count).filter(|_| goes_on(words, at + count))?;
    let last = &words[at + count + length - 1];
    let is_dotted = words[at + 1].gap.starts_with('.') || first.text.contains('.');
    // "Plan B Review", "A Levels", "Option C Costs"
    let before = at.checked_sub(1).map(|before| &words[before]).filter(|_| !is_apart(first));
    let follows_a_noun = before.is_some_and(|word| word.text.starts_with(char::is_uppercase));
    let is_article = matches!(first.text, "A" | "I" | "O" | "Y");
    let is_other = is_ordinary(&key(last)) || is_of_plans(&last.text.to_lowercase());
    let is_plain = is_dotted || !(is_article || follows_a_noun || is_other);
    let has_lower = last.text.chars().any(char::is_lowercase);
    (is_plain && has_lower && !is_role(last)).then_some(count + length)
}

/// A given name and one or more others.
fn given(words: &[ScannedWord<'_>], at: usize) -> Option<usize> {
    let first = &words[at];
    let is_given = is_given_name(&key(first)) && !is_role(first);
    if !is_name(first) || !is_given {
        return None;
    }
    let mut count = 1;
    while let Some(word) = words.get(at + count)
        && count < 3
        && (is_initials(word) || is_given_name(&key(word)))
        && is_name(word)
        && goes_on(words, at + count)
        && words.get(at + count + 1).is_some_and(is_name)
        && goes_on(words, at + count + 1)
    {
        count += 1;
    }
    let length = surname(words, at + count).filter(|_| goes_on(words, at + count))?;
    let last = &words[at + count + length - 1];
    let name: Vec<String> = words[at..at + count + length].iter().map(key_as_typed).collect();
    let is_person =
        shape(&name.join(" "), &NO_WORDS).is_some_and(|shape| shape.kind == OwnerKind::Person);
    (is_person && !is_numeral(last)).then_some(count + length)
}

/// A word without accents, with its capital.
fn key_as_typed(word: &ScannedWord<'_>) -> String {
    if word.text.is_ascii() {
        return word.text.to_owned();
    }
    let key = key(word);
    let mut letters = key.chars();
    match letters.next().filter(|_| word.text.starts_with(char::is_uppercase)) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => key,
    }
}

/// Two or three words with capitals that plans do not use otherwise: "Xi Zhang", "Aoife Ní
/// Bhriain"; a surname with particles: "van der Berg".
fn unknown(words: &[ScannedWord<'_>], at: usize) -> Option<usize> {
    let is_word = |word: &ScannedWord<'_>| {
        is_name(word)
            && word.text.chars().any(char::is_lowercase)
            && !is_ordinary(&key(word))
            && !is_of_plans(&word.text.to_lowercase())
            && !is_role(word)
            && !is_title(&word.normal)
    };
    let before = at.checked_sub(1).map(|before| &words[before]);
    // the last words of a longer run are no name
    if before.is_some_and(is_name) && goes_on(words, at) {
        return None;
    }
    if words[at].text.starts_with(char::is_lowercase) {
        let length = surname(words, at)?;
        let is_certain = length > 2 || length == 2 && matches!(words[at].text, "van" | "von");
        return (is_certain && is_word(&words[at + length - 1])).then_some(length);
    }
    let run = words[at..]
        .iter()
        .enumerate()
        .take(5)
        .take_while(|(i, word)| is_name(word) && (*i == 0 || goes_on(words, at + i)))
        .count();
    let name = &words[at..at + run];
    let is_noun =
        |word: &ScannedWord<'_>| crate::vocabulary::roles::has_the_end_of_a_noun(word.text);
    // "Nguyễn Văn An": the last word is ordinary in English only
    let is_foreign = |word: &ScannedWord<'_>| !word.text.is_ascii() && is_word(word);
    let checked = if name.iter().any(is_foreign) { run - 1 } else { run };
    let is_name = (2..=3).contains(&run)
        && name[..checked].iter().all(|word| is_word(word) && !is_noun(word) && !is_numeral(word))
        && !begins_with_verb(&words[at].normal);
    is_name.then_some(run)
}
