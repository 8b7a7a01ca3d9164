//! A name as the list of people has it: which of its words are given names, and which may be the
//! surname.

use crate::vocabulary::folding::{FoldedWord, is_apostrophe};
use crate::vocabulary::names::are_letters_after_a_name;
use crate::vocabulary::roles::{self, OwnerKind};
use crate::vocabulary::words::NO_WORDS;

use super::tokens::tokens;

/// The most words of a name that are looked for.
pub(super) const MAX_WORDS: usize = 8;

/// The words of a name, without titles before and letters after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::publish) struct ParsedName {
    given: Vec<NameWord>,
    /// The words of the surname; where `given` is empty, the only word there is.
    surname: Vec<NameWord>,
    /// Whether the order of the words shows which of them are the surname.
    is_surname_known: bool,
    has_title: bool,
}

/// A word of a name: several where hyphens join them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameWord {
    pub(super) parts: Vec<FoldedWord>,
    /// "O'Brien" in two words, as it is typed with a space behind the apostrophe.
    divided: Option<[FoldedWord; 2]>,
}

impl NameWord {
    fn is_initial(&self) -> bool {
        self.parts.iter().all(|part| part.key.chars().count() == 1)
    }

    fn is_particle(&self) -> bool {
        matches!(self.parts.as_slice(), [part] if roles::is_particle(&part.key))
    }

    fn is_given_name(&self) -> bool {
        self.parts.first().is_some_and(|part| roles::is_given_name(&part.key))
    }
}

/// A part of a name that may be all that stands of the surname, and the other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SurnameCandidate {
    /// Its words, in each form in which they may be typed.
    pub(super) forms: Vec<Vec<String>>,
    /// The other words of the name, by their number.
    pub(super) others: Vec<usize>,
}

/// A name as it is typed in the list, without letters after it and without what stands in brackets
/// or is a role.
pub(super) struct ListedName {
    pub(super) with_titles: String,
    pub(super) without_titles: String,
    /// Whether it is of the form "Surname, Given".
    pub(super) is_reversed: bool,
}

impl ListedName {
    pub(super) fn of(name: &str) -> Self {
        let (name, _) = without_brackets(name.trim());
        let mut raw = without_letters(name.split_whitespace().collect());
        let comma = raw.iter().position(|word| word.ends_with(','));
        let mut is_reversed = false;
        if let Some(comma) = comma.filter(|comma| comma + 1 < raw.len()) {
            if is_role(&raw[comma + 1..].join(" ")) {
                raw.truncate(comma + 1);
            } else {
                is_reversed = true;
            }
        }
        if let Some(last) = raw.last_mut() {
            *last = last.trim_end_matches([',', ';']);
        }
        let without_titles = without_titles(&raw).join(" ");
        Self { with_titles: raw.join(" "), without_titles, is_reversed }
    }
}

impl ParsedName {
    /// Takes a name apart, in whatever order it is written: "Jo Lee", "Lee, Jo", "LEE Jo".
    pub(in crate::publish) fn of(name: &str) -> Self {
        let (name, nickname) = without_brackets(name.trim());
        let mut raw = without_letters(name.split_whitespace().collect());
        if let Some(last) = raw.last_mut() {
            *last = last.trim_end_matches([',', ';']);
        }
        let has_title = raw.len() > 1 && raw.first().is_some_and(|word| is_title(word));
        let raw = without_titles(&raw);
        if let Some(comma) = raw.iter().position(|word| word.ends_with(',')) {
            let (before, after) = raw.split_at(comma + 1);
            let after = without_titles(after);
            if is_role(&after.join(" ")) {
                return Self { has_title, ..Self::in_order(&words(before)) };
            }
            let (given, surname) = (words(after), words(before));
            return Self { given, surname, is_surname_known: true, has_title };
        }
        let capitals = raw.iter().take_while(|word| is_in_capitals(word)).count();
        let (in_capitals, others) = (words(&raw[..capitals]), words(&raw[capitals..]));
        let is_given = |words: &[NameWord]| words.first().is_some_and(NameWord::is_given_name);
        let is_reversed = !in_capitals.is_empty()
            && others.iter().any(|word| !word.is_initial())
            && (raw[0].chars().count() > 2 || is_given(&others))
            && (!is_given(&in_capitals) || is_given(&others));
        if is_reversed {
            let (given, surname) = (others, in_capitals);
            return Self { given, surname, is_surname_known: true, has_title };
        }
        let mut all = words(raw);
        if let Some(nickname) = nickname {
            let at = all.len().saturating_sub(1);
            all.splice(at..at, words(&[nickname]));
        }
        Self { has_title, ..Self::in_order(&all) }
    }

    /// "Jo van der Lee": the particles belong to the surname.
    fn in_order(all: &[NameWord]) -> Self {
        let last = all.len().saturating_sub(1);
        let mut at = last;
        while at > 1 && all[at - 1].is_particle() {
            at -= 1;
        }
        let (given, surname) = all.split_at(at);
        let mut name = Self { given: given.to_vec(), surname: surname.to_vec(), ..Self::default() };
        name.given.truncate(MAX_WORDS);
        name
    }

    /// Whether the list has no more than a surname, or no more than a given name.
    pub(super) fn is_single(&self) -> bool {
        self.given.is_empty() && self.surname.len() < 2
    }

    pub(super) fn has_title(&self) -> bool {
        self.has_title
    }

    /// All words, given names first.
    pub(super) fn words(&self) -> impl Iterator<Item = &NameWord> {
        self.given.iter().chain(&self.surname).take(MAX_WORDS)
    }

    /// The words in the order "Jo Lee", as they are compared.
    pub(in crate::publish) fn keys(&self) -> Vec<String> {
        self.words().flat_map(|word| &word.parts).map(|part| part.key.clone()).collect()
    }

    /// The keys of the surname.
    pub(in crate::publish) fn surname_keys(&self) -> Vec<String> {
        self.surname.iter().flat_map(|word| &word.parts).map(|part| part.key.clone()).collect()
    }

    /// The keys of the surname, with two letters for those that are also written so.
    pub(super) fn surname_digraphs(&self) -> Vec<String> {
        let parts = self.surname.iter().flat_map(|word| &word.parts);
        parts.map(|part| part.digraphs.as_ref().unwrap_or(&part.key).clone()).collect()
    }

    /// What may stand for the surname: all of it, its last word, a part of a double one. Without a
    /// sign of where it begins, also the words before the last.
    pub(super) fn candidates(&self) -> Vec<SurnameCandidate> {
        let words: Vec<&NameWord> = self.words().collect();
        let count = words.len();
        let first = if self.is_surname_known { self.given.len().min(count) } else { count.min(1) };
        let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
        if count == 1 || self.given.is_empty() {
            ranges.push(0..count);
        }
        let may_begin = |from: &usize| !words[*from].is_initial() || from + 1 == count;
        ranges.extend((first..count).filter(may_begin).map(|from| from..count));
        // a particle is one between other parts of a name only
        let is_particle = |at: usize| at > 0 && at + 1 < count && words[at].is_particle();
        let may_stand_alone = |at: usize| {
            let word = words[at];
            !word.is_initial() && !word.is_particle() && !word.is_given_name()
        };
        let from = if self.is_surname_known { first } else { 0 };
        if count > 1 {
            ranges.extend((from..count - 1).filter(|at| may_stand_alone(*at)).map(|at| at..at + 1));
        }
        ranges.dedup();
        let mut candidates: Vec<SurnameCandidate> = Vec::new();
        for range in ranges {
            let is_other = |at: &usize| !range.contains(at) && !is_particle(*at);
            let others = (0..count).filter(is_other).collect();
            candidates.push(SurnameCandidate { forms: forms(&words[range]), others });
        }
        // "Okafor" of "Adeyemi-Okafor"
        let surname = first.max(self.given.len().min(count));
        for (at, word) in words.iter().enumerate().skip(surname) {
            let parts = &word.parts;
            let others: Vec<usize> = (0..count).filter(|other| *other != at).collect();
            if parts.len() > 1 {
                candidates.extend(parts.iter().filter(|part| part.key.len() > 2).map(|part| {
                    let forms = part.forms().map(|form| vec![form.to_owned()]).collect();
                    SurnameCandidate { forms, others: others.clone() }
                }));
            }
        }
        candidates
    }
}

/// The ways to type some words of a surname.
fn forms(words: &[&NameWord]) -> Vec<Vec<String>> {
    let parts = || words.iter().flat_map(|word| &word.parts);
    let plain = parts().map(|part| part.key.clone()).collect();
    let digraphs = parts().map(|part| part.digraphs.clone().unwrap_or_else(|| part.key.clone()));
    let divided = words.iter().flat_map(|word| match &word.divided {
        Some(two) => two.iter().map(|part| part.key.clone()).collect::<Vec<_>>(),
        None => word.parts.iter().map(|part| part.key.clone()).collect(),
    });
    let mut forms: Vec<Vec<String>> = vec![plain, digraphs.collect(), divided.collect()];
    forms.dedup();
    forms
}

fn words(raw: &[&str]) -> Vec<NameWord> {
    let word = |raw: &&str| {
        let parts: Vec<FoldedWord> = tokens(raw).into_iter().map(|token| token.folded).collect();
        let divided = raw.split_once(is_apostrophe).filter(|(before, after)| {
            before.chars().count() == 1 && after.starts_with(char::is_alphabetic)
        });
        let divided =
            divided.map(|(before, after)| [FoldedWord::of(before), FoldedWord::of(after)]);
        (!parts.is_empty()).then_some(NameWord { parts, divided })
    };
    raw.iter().filter_map(word).collect()
}

fn is_title(word: &str) -> bool {
    roles::is_title(&FoldedWord::of(word).key)
}

fn without_titles<'r, 'w>(raw: &'r [&'w str]) -> &'r [&'w str] {
    let mut raw = raw;
    while let [first, rest @ ..] = raw
        && !rest.is_empty()
        && is_title(first)
    {
        raw = rest;
    }
    raw
}

fn without_letters(mut raw: Vec<&str>) -> Vec<&str> {
    while raw.len() > 1 && raw.last().is_some_and(|word| are_letters_after_a_name(word)) {
        raw.pop();
    }
    raw
}

fn is_in_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1 && !word.contains('.') && letters.clone().all(|c| !c.is_lowercase())
}

/// Whether words are those of a post or body: "Jo Lee, Head of HR".
fn is_role(words: &str) -> bool {
    roles::shape(words, &NO_WORDS).is_some_and(|shape| shape.kind != OwnerKind::Person)
}

/// A name without what stands in brackets at its end, and that, if it may be a name too.
fn without_brackets(name: &str) -> (&str, Option<&str>) {
    let Some((before, inside)) = name
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .filter(|(b, _)| !b.is_empty())
    else {
        return (name, None);
    };
    let is_name = inside.chars().all(char::is_alphabetic)
        && inside.starts_with(char::is_uppercase)
        && inside.chars().any(char::is_lowercase)
        && !is_role(inside);
    (before.trim(), is_name.then_some(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_a_name_makes_no_difference() {
        for (name, given, surname) in [
            ("Jo Lee", "jo", "lee"),
            ("Lee, Jo", "jo", "lee"),
            ("LEE Jo", "jo", "lee"),
            ("O'NEILL, Sean", "sean", "oneill"),
            ("SMITH, Dr Mary MBE", "mary", "smith"),
            ("Dr Mary Jones MBE, Ph.D.", "mary", "jones"),
            ("Jan van der Berg", "jan", "van der berg"),
            ("van der Berg, Jan", "jan", "van der berg"),
            ("JP Smith", "jp", "smith"),
            ("MARY SMITH", "mary", "smith"),
            ("Jo Lee, Head of HR", "jo", "lee"),
            ("Jo Lee (she/her)", "jo", "lee"),
            ("Joanna Lee (Jo)", "joanna jo", "lee"),
            ("Mrs Ashley", "", "ashley"),
            ("Ashley", "", "ashley"),
            ("", "", ""),
        ] {
            let parsed = ParsedName::of(name);
            let surname_keys = parsed.surname_keys().join(" ");
            let keys = parsed.keys().join(" ");
            let expected = format!("{given} {surname}");
            assert_eq!(
                (keys.as_str(), surname_keys.as_str()),
                (expected.trim(), surname),
                "{name}"
            );
        }
    }
}
