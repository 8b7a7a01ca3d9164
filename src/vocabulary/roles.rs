//! Who does things: job titles, bodies and names of people, recognised by their words and their
//! shape.

pub(super) mod flags;
mod known_words;
pub(super) mod lower;
mod person;
mod word_shape;

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::folding::FoldedWord;
use super::words::ExtraWords;

use flags::{
    ALSO_SUBJECT, BODY, DEPARTMENT, Flags, GATHERING, GIVEN_NAME, NOT_A_NAME, PARTICLE, PEOPLE,
    PLURAL, POST, POST_OF, SUBJECT, TEAM, TITLE, UNIT, WELSH,
};
use lower::{LowerWords, lower};

pub(crate) use person::has_the_end_of_a_noun;
use person::{is_name_word, is_person, is_post_and_person};

pub(crate) use known_words::ResponsibilityWords;
use known_words::VOCABULARY;

use word_shape::{is_acronym, is_email, is_imperative};

/// The most words that the name of one owner has.
const MAX_WORDS: usize = 16;

/// What is known about a word, in the singular or the plural.
fn flags_of(word: &str, added: &ExtraWords) -> Flags {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let mut lower = LowerWords::new();
    if word.is_empty() || !lower.push(word) {
        return 0;
    }
    // words of a sentence that are acronyms in capitals
    if matches!(lower.as_str(), "it" | "la" | "all" | "ms") && word.starts_with(char::is_lowercase)
    {
        return added.role(lower.as_str()).unwrap_or_else(|| {
            VOCABULARY.known.get(lower.as_str()).map_or(0, |flags| flags & (PARTICLE | PEOPLE))
        });
    }
    known(lower.as_str(), added)
}

fn known(lower: &str, added: &ExtraWords) -> Flags {
    let known = |word: &str| added.role(word).or_else(|| VOCABULARY.known.get(word).copied());
    if let Some(flags) = known(lower) {
        let plural = lower.ends_with('s')
            && flags & (POST | BODY) != 0
            && known(&lower[..lower.len() - 1]).is_some();
        return flags | if plural { PLURAL } else { 0 };
    }
    let plural_of = |one: &str| {
        known(one).filter(|flags| flags & (POST | BODY) != 0).map(|flags| flags | PLURAL)
    };
    let stem = lower.strip_suffix("'s").or_else(|| lower.strip_suffix('\''));
    if let Some(stem) = stem {
        // "board's", "managers'": they belong to what follows
        let flags = known(stem).or_else(|| known(stem.strip_suffix('s').unwrap_or(stem)));
        return flags.map_or(0, |flags| if flags & NOT_A_NAME == 0 { 0 } else { SUBJECT });
    }
    if let Some(flags) = lower.strip_suffix('s').and_then(plural_of) {
        return flags;
    }
    if let Some(stem) = lower.strip_suffix("ies") {
        let mut one = LowerWords::new();
        if one.push(stem)
            && one.push("y")
            && let Some(flags) = plural_of(one.as_str())
        {
            return flags;
        }
    }
    // "Vice-Chair", "Co-Director", "Multi-agency"
    lower
        .rsplit_once('-')
        .map_or(0, |(_, last)| known(last).map_or(0, |flags| flags & (POST | BODY | SUBJECT)))
}

/// What is known about a phrase of several words.
fn flags_of_phrase(words: &[&str], added: &ExtraWords) -> Flags {
    let mut lower = LowerWords::new();
    for (i, word) in words.iter().enumerate() {
        let word = if *word == "&" {
            "and"
        } else {
            word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '&'))
        };
        if (i > 0 && !lower.push(" ")) || !lower.push(word) {
            return 0;
        }
    }
    if words.len() == 1 { flags_of(words[0], added) } else { known(lower.as_str(), added) }
}

/// What an owner is, recognised by its words and shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnerKind {
    /// A person's name, or an e-mail address.
    Person,
    /// A job title.
    Post,
    /// A board, a team, an organisation, or people together.
    Body,
    /// A department called by its subject.
    Department,
}

/// An owner as its words show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OwnerShape {
    pub(crate) kind: OwnerKind,
    flags: Flags,
    /// Whether it has no words beside its noun: "Headteacher", "NHS".
    pub(crate) is_bare: bool,
    /// Whether its subject follows: "Head of HR", "Board of Trustees".
    pub(crate) subject_follows: bool,
    /// Whether it is known in short form only: "SLT", "DSL".
    pub(crate) is_acronym: bool,
}

impl OwnerShape {
    fn person() -> Self {
        Self {
            kind: OwnerKind::Person,
            flags: 0,
            is_bare: false,
            subject_follows: false,
            is_acronym: false,
        }
    }

    pub(crate) fn is_plural(self) -> bool {
        self.flags & PLURAL != 0
    }

    /// A manager, rather than a headteacher.
    pub(crate) fn needs_a_subject(self) -> bool {
        self.flags & POST_OF != 0
    }

    /// Whether it may be the subject of a title that follows: the police of a "Police and Crime
    /// Commissioner".
    pub(crate) fn may_be_a_subject(self) -> bool {
        self.is_bare
            && !self.is_plural()
            && (self.flags & ALSO_SUBJECT != 0 || self.kind == OwnerKind::Department)
    }

    pub(crate) fn is_unit(self) -> bool {
        self.flags & UNIT != 0
    }

    pub(crate) fn is_gathering(self) -> bool {
        self.flags & (GATHERING | TEAM) != 0
    }

    pub(crate) fn is_team(self) -> bool {
        self.flags & TEAM != 0
    }

    pub(crate) fn is_people(self) -> bool {
        self.flags & PEOPLE != 0
    }
}

/// Whether a cell begins with what may be an owner, alone or before others: "Jane Smith / Head of
/// HR".
pub(crate) fn looks_like_owner(text: &str, added: &ExtraWords) -> bool {
    let first = text
        .split(['\n', ';', '/', ','])
        .map(str::trim)
        .find(|part| !part.is_empty())
        .unwrap_or_default();
    shape(text, added).or_else(|| shape(first, added)).is_some() || {
        let before_and = first.split(" and ").next().unwrap_or_default();
        before_and.len() < first.len() && shape(before_and, added).is_some()
    }
}

/// Whether the first word of a name is a plural: "Friends Association", "Partnerships Manager".
pub(crate) fn begins_with_a_plural(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.len() > 3
        && first.ends_with('s')
        && !first.ends_with("ss")
        && !first.ends_with("'s")
        && !first.ends_with("’s")
}

/// Whether the last word of a text is a post or a body.
pub(crate) fn ends_in_a_role(text: &str, added: &ExtraWords) -> bool {
    text.split_whitespace()
        .next_back()
        .is_some_and(|word| flags_of(word, added) & (POST | BODY) != 0)
}

/// Whether a word may be a name that no list has: "Bob", "PAT".
pub(crate) fn may_be_a_short_name(word: &str, added: &ExtraWords) -> bool {
    flags_of(word, added) == 0 && is_name_word(word, added) && !has_the_end_of_a_noun(word)
        || is_unknown_acronym(word, added)
}

/// An acronym that no list has.
pub(crate) fn is_unknown_acronym(word: &str, added: &ExtraWords) -> bool {
    (2..=6).contains(&word.len())
        && word.chars().all(|c| c.is_ascii_uppercase())
        && flags_of(word, added) & !SUBJECT == 0
}

/// Whether a word, in lower case and without punctuation, stands before names: "mrs", "cllr".
pub(crate) fn is_title(word: &str) -> bool {
    known(word, &crate::vocabulary::words::NO_WORDS) & TITLE != 0
}

/// Whether a word, in the form in which names are compared, is a given name.
pub(crate) fn is_given_name(folded: &str) -> bool {
    static GIVEN: LazyLock<HashSet<String, RandomState>> = LazyLock::new(|| {
        let given = VOCABULARY.known.iter().filter(|(_, flags)| **flags & GIVEN_NAME != 0);
        given.map(|(word, _)| FoldedWord::of(word).key).collect()
    });
    GIVEN.contains(folded)
}

/// Whether a word in capitals may be a surname rather than an acronym: no list has it, and it is
/// long enough.
pub(crate) fn is_surname_in_capitals(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().count() > 3
        && letters().all(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
        && !is_role_word(&word.to_lowercase())
}

/// Whether a word, in lower case, stands within surnames: "van", "de".
pub(crate) fn is_particle(word: &str) -> bool {
    known(word, &crate::vocabulary::words::NO_WORDS) & PARTICLE != 0
}

/// Whether a word, in lower case, is one of job titles, bodies and subjects.
pub(crate) fn is_role_word(word: &str) -> bool {
    known(word, &crate::vocabulary::words::NO_WORDS) & NOT_A_NAME != 0
}

/// What an owner is; none if its words do not show it. The text is one name: whether it holds
/// several is not asked.
pub(crate) fn shape(text: &str, added: &ExtraWords) -> Option<OwnerShape> {
    const MAX_LENGTH: usize = 240;
    let text = without_brackets(text.trim());
    if text.is_empty() || text.len() > MAX_LENGTH || text.contains('\n') {
        return None;
    }
    if is_email(text) {
        return Some(OwnerShape::person());
    }
    let mut buffer = [""; MAX_WORDS];
    let mut count = 0;
    for word in text.split_whitespace() {
        *buffer.get_mut(count)? = word;
        count += 1;
    }
    let mut words = &buffer[..count];
    if let [first, rest @ ..] = words
        && matches!(
            *first,
            "The"
                | "the"
                | "Y"
                | "Yr"
                | "y"
                | "yr"
                | "A"
                | "a"
                | "An"
                | "an"
                | "Our"
                | "our"
                | "All"
                | "all"
        )
        && !rest.is_empty()
    {
        words = rest;
    }
    let is_added = !added.has_no_roles() && added.role(&lower(&words.join(" "))).is_some();
    if !is_added && (is_person(words, added) || is_post_and_person(words, added)) {
        return Some(OwnerShape::person());
    }
    let article = |word: &&str| matches!(*word, "a" | "an" | "the" | "The");
    if words.iter().enumerate().any(|(i, word)| {
        i == 0 && article(word) || i > 0 && article(word) && !is_preposition(words[i - 1])
    }) {
        return None;
    }
    if words.iter().any(|word| {
        word.starts_with(char::is_lowercase) && VOCABULARY.responsibility.verbs.contains(*word)
    }) {
        return None;
    }
    // "Service Manager, Assessment", "Jane Smith - Headteacher"
    let end = words
        .iter()
        .position(|word| matches!(*word, "-" | "–" | "—" | ":") || word.ends_with([',', ':']));
    let Some(end) = end.filter(|end| end + 1 < words.len()) else {
        return head_shape(words, added);
    };
    let mut head = [""; MAX_WORDS];
    head[..=end].copy_from_slice(&words[..=end]);
    head[end] = words[end].trim_end_matches([',', ':', '-', '–', '—']);
    let head = &head[..end + usize::from(!head[end].is_empty())];
    if is_person(head, added) {
        return Some(OwnerShape::person());
    }
    // "People, Culture" begins the name of a body
    let has_a_subject =
        |shape: &OwnerShape| shape.kind != OwnerKind::Department && !shape.is_people();
    let whole = || {
        head_shape(head, added)
            .filter(has_a_subject)
            .map(|shape| OwnerShape { is_bare: false, ..shape })
    };
    head_shape(words, added).or_else(whole)
}

/// The shape of a job title or a body.
fn head_shape(words: &[&str], added: &ExtraWords) -> Option<OwnerShape> {
    let last = words.last()?;
    if words.iter().any(|word| word.ends_with([',', ';', '.']) && word.len() > 3)
        && !words[..words.len() - 1].iter().any(|w| w.ends_with(','))
    {
        return None;
    }
    if is_joining(last) || is_joining(words[0]) {
        return None;
    }
    let made = |flags: Flags, bare: bool, subject_follows: bool, noun: &str| {
        let kind = if flags & POST != 0 {
            OwnerKind::Post
        } else if flags & BODY != 0 {
            OwnerKind::Body
        } else {
            return None;
        };
        Some(OwnerShape {
            kind,
            flags,
            is_bare: bare,
            subject_follows,
            is_acronym: is_acronym(noun),
        })
    };
    // "Head of Service", "Clerk to the Governors", "Board of Trustees": the noun stands before
    if let Some(at) = words.iter().position(|word| is_preposition(word)) {
        let (before, after) = (&words[..at], &words[at + 1..]);
        let noun = noun_at_end(before, added);
        let possessive =
            last.ends_with("'s") || last.ends_with("’s") || last.ends_with(['\'', '’']);
        let is_task = before.len() == 1 && is_imperative(before[0]);
        if noun & (POST | BODY) != 0 && !after.is_empty() && !possessive && !is_task {
            return made(noun, false, true, "");
        }
        if !words[at].starts_with("of") && !matches!(words[at], "for") {
            return None;
        }
    }
    // in Welsh the noun comes first
    let welsh = flags_of(words[0], added);
    if welsh & WELSH != 0 && welsh & (POST | BODY) != 0 {
        return made(welsh, words.len() == 1, words.len() > 1, "");
    }
    if words.len() > 1 && welsh & WELSH != 0 {
        let second = flags_of(words[1], added);
        if second & WELSH != 0 && second & (POST | BODY) != 0 {
            return made(second, false, words.len() > 2, "");
        }
    }
    let whole = flags_of_phrase(words, added);
    if whole & (POST | BODY) != 0 {
        return made(whole, true, false, if words.len() == 1 { last } else { "" });
    }
    if whole & DEPARTMENT != 0 {
        return Some(OwnerShape {
            kind: OwnerKind::Department,
            flags: whole,
            is_bare: true,
            subject_follows: false,
            is_acronym: is_acronym(last),
        });
    }
    // "Office A", "Team 3", "Teacher 2"
    let numbered = words.len() > 1
        && last.chars().count() <= 3
        && last.chars().all(|c| c.is_ascii_digit() || c.is_uppercase());
    let end = if numbered && noun_at_end(&words[..words.len() - 1], added) & (POST | BODY) != 0 {
        words.len() - 1
    } else {
        words.len()
    };
    let noun = noun_at_end(&words[..end], added);
    made(noun, false, false, words[end - 1])
}

/// What the last word of a title is, or the last two to four.
fn noun_at_end(words: &[&str], added: &ExtraWords) -> Flags {
    for count in (1..=words.len().min(4)).rev() {
        let flags = flags_of_phrase(&words[words.len() - count..], added);
        if flags & (POST | BODY) != 0 {
            return flags;
        }
    }
    0
}

fn is_preposition(word: &str) -> bool {
    matches!(word, "of" | "Of" | "for" | "For" | "to" | "in" | "at" | "within" | "from" | "on")
}

fn is_joining(word: &str) -> bool {
    is_preposition(word)
        || matches!(
            word,
            "and" | "And" | "&" | "/" | "with" | "or" | "," | "+" | "the" | "a" | "an"
        )
}

/// A name without what stands in brackets at its end.
fn without_brackets(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|text| text.rfind('(')) {
        Some(open) if open > 0 => text[..open].trim_end(),
        _ => text,
    }
}

/// The words of sentences about responsibility.
pub(crate) fn responsibility() -> &'static ResponsibilityWords {
    &VOCABULARY.responsibility
}

/// Whether a cell, in lower case, says that there is no owner: "tbc", "n/a".
pub(crate) fn names_no_owner(lower: &str) -> bool {
    VOCABULARY.no_owner.contains(lower)
}

/// Whether words joined by "and", in lower case, belong together: "health and safety".
pub(crate) fn belong_together(before: &str, after: &str) -> bool {
    VOCABULARY.together.iter().any(|phrase| {
        phrase
            .split_once(" and ")
            .or_else(|| phrase.split_once(" a "))
            .or_else(|| phrase.split_once(" ac "))
            .is_some_and(|(left, right)| {
                let starts = after == right
                    || after.strip_prefix(right).is_some_and(|rest| rest.starts_with(' '));
                let ends = before == left
                    || before.strip_suffix(left).is_some_and(|rest| rest.ends_with(' '));
                starts && ends
            })
    })
}

#[cfg(test)]
mod tests;
