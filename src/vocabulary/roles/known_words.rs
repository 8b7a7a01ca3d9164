//! The words of `vocabulary/roles.toml`, with what is known about each.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use serde::Deserialize;

use crate::vocabulary::load;

use super::flags::{
    ALSO_SUBJECT, DEPARTMENT, Flags, GATHERING, GIVEN_NAME, ORGANISATION, PARTICLE, PEOPLE,
    POST_ALONE, POST_OF, SUBJECT, SURNAME, TEAM, TITLE, UNIT, WELSH,
};

#[derive(Deserialize)]
struct RoleLanguages {
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    cy: Vec<String>,
}

#[derive(Deserialize)]
struct PostWords {
    of_something: RoleLanguages,
    alone: RoleLanguages,
}

#[derive(Deserialize)]
struct BodyWords {
    gatherings: RoleLanguages,
    teams: RoleLanguages,
    units: RoleLanguages,
    organisations: RoleLanguages,
    people: RoleLanguages,
}

#[derive(Deserialize)]
struct PeopleWords {
    titles: Vec<String>,
    particles: Vec<String>,
    given: Vec<String>,
    surnames: Vec<String>,
}

/// The words of sentences that say who does something.
#[derive(Deserialize)]
pub(crate) struct ResponsibilityWords {
    /// "led by": what follows is an owner.
    pub(crate) owner_follows: Vec<String>,
    /// "to lead": what precedes is an owner.
    pub(crate) owner_precedes: Vec<String>,
    /// "reports to": what follows is none.
    pub(crate) not_owner_follows: Vec<String>,
    /// "lead officer", before a colon.
    pub(crate) labels: HashSet<String>,
    /// Words at which the name of an owner has ended.
    pub(crate) ends: HashSet<String>,
    /// Words that begin a time in brackets.
    pub(crate) times: Vec<String>,
    /// Words that a longer cell holds only if it is a sentence.
    pub(crate) verbs: HashSet<String>,
}

#[derive(Deserialize)]
struct NoOwnerWords {
    words: HashSet<String>,
}

#[derive(Deserialize)]
struct RoleFile {
    posts: PostWords,
    bodies: BodyWords,
    departments: RoleLanguages,
    subjects: RoleLanguages,
    also_subjects: RoleLanguages,
    people: PeopleWords,
    together: RoleLanguages,
    responsibility: ResponsibilityWords,
    no_owner: NoOwnerWords,
}

pub(super) struct RoleVocabulary {
    /// Words, and phrases of several words, in lower case.
    pub(super) known: HashMap<Box<str>, Flags, RandomState>,
    pub(super) together: Vec<String>,
    pub(super) responsibility: ResponsibilityWords,
    pub(super) no_owner: HashSet<String>,
}

pub(super) static VOCABULARY: LazyLock<RoleVocabulary> = LazyLock::new(|| {
    let file: RoleFile = load(include_str!("../../../vocabulary/roles.toml"));
    let mut known: HashMap<Box<str>, Flags, RandomState> = HashMap::default();
    let mut add = |words: &[String], flags: Flags| {
        for word in words {
            *known.entry(word.as_str().into()).or_insert(0) |= flags;
        }
    };
    for (languages, flag) in [
        (&file.posts.of_something, POST_OF),
        (&file.posts.alone, POST_ALONE),
        (&file.bodies.gatherings, GATHERING),
        (&file.bodies.teams, TEAM),
        (&file.bodies.units, UNIT),
        (&file.bodies.organisations, ORGANISATION),
        (&file.bodies.people, PEOPLE),
        (&file.departments, DEPARTMENT),
        (&file.subjects, SUBJECT),
        (&file.also_subjects, ALSO_SUBJECT),
    ] {
        add(&languages.en, flag);
        let mutated: Vec<String> = languages.cy.iter().flat_map(|word| mutations(word)).collect();
        add(&languages.cy, flag | WELSH);
        add(&mutated, flag | WELSH);
    }
    add(&file.people.titles, TITLE);
    add(&file.people.particles, PARTICLE);
    add(&file.people.given, GIVEN_NAME);
    add(&file.people.surnames, SURNAME);
    let mut together = file.together.en;
    together.extend(file.together.cy);
    RoleVocabulary {
        known,
        together,
        responsibility: file.responsibility,
        no_owner: file.no_owner.words,
    }
});

/// The forms that a Welsh word has after other words: soft, nasal and aspirate mutation.
fn mutations(word: &str) -> Vec<String> {
    const MUTATIONS: &[(&str, &[&str])] = &[
        ("ll", &["l"]),
        ("rh", &["r"]),
        ("c", &["g", "ngh", "ch"]),
        ("p", &["b", "mh", "ph"]),
        ("t", &["d", "nh", "th"]),
        ("g", &["", "ng"]),
        ("b", &["f", "m"]),
        ("d", &["dd", "n"]),
        ("m", &["f"]),
    ];
    // "ch", "ph" and "th" are letters of their own
    let is_digraph = ["ch", "ph", "th", "dd", "ng"].iter().any(|letter| word.starts_with(letter));
    let changed = MUTATIONS.iter().find(|(from, _)| !is_digraph && word.starts_with(from));
    changed.map_or_else(Vec::new, |(from, to)| {
        to.iter().map(|to| format!("{to}{}", &word[from.len()..])).collect()
    })
}
