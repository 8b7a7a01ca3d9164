//! Headers of columns: how much their words speak for each meaning that a column can have.
//!
//! A header is English or Welsh in a few words, of which the head counts most: "Action owner" is an
//! owner, "Date of completion" a date. The words and weights are in `vocabulary/columns.toml`.

pub(super) mod header_words;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::words::ExtraWords;
use super::{Field, load, singular};

use header_words::words_of;

/// How much speaks for each meaning, in the order of [`Field::ALL`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FieldWeights([f32; FIELDS]);

const FIELDS: usize = Field::ALL.len();

impl FieldWeights {
    /// Nothing for or against any meaning.
    pub(crate) const NONE: Self = Self([0.0; FIELDS]);

    pub(crate) fn get(&self, field: Field) -> f32 {
        self.0[field as usize]
    }

    pub(crate) fn add(&mut self, field: Field, weight: f32) {
        self.0[field as usize] += weight;
    }

    /// Adds another header's weights, as a group header adds to those below it.
    pub(crate) fn add_all(&mut self, other: &Self, factor: f32) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own += other * factor;
        }
    }

    /// The meaning with most weight, and that weight; `Extra` counts as a meaning.
    pub(crate) fn best(&self) -> (Field, f32) {
        Field::ALL
            .iter()
            .map(|field| (*field, self.get(*field)))
            .fold((Field::Extra, 0.0), |best, next| if next.1 > best.1 { next } else { best })
    }
}

/// What the words of a header say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HeaderMeaning {
    /// The weights of its words.
    pub(crate) weights: FieldWeights,
    /// The meaning that the whole header names, beyond doubt.
    pub(crate) name: Option<Field>,
    /// A word that was taken for another one that it is spelt almost like: as typed, and as taken.
    pub(crate) misspelt: Option<(String, &'static str)>,
}

/// The weight of a header that is one of a meaning's names.
pub(crate) const NAME_WEIGHT: f32 = 9.0;

/// A header's own weight from which its words are clear.
pub(crate) const CLEAR: f32 = 3.5;

/// The weight of a word that the caller added.
const ADDED_WEIGHT: f32 = 6.0;

/// How much the head of a header counts, and its other words.
const HEAD: f32 = 1.25;
const BESIDE_HEAD: f32 = 0.65;
/// What stands in brackets or after a colon explains the header rather than naming it.
const ASIDE: f32 = 0.3;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldWords {
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    words: BTreeMap<String, f32>,
    #[serde(default)]
    phrases: BTreeMap<String, f32>,
}

/// The vocabulary of headers.
#[derive(Debug)]
struct ColumnVocabulary {
    names: HashMap<String, Field>,
    words: HashMap<String, FieldWeights>,
    /// Phrases by their first word: the words after it, and the weights.
    phrases: HashMap<String, Vec<(Vec<String>, FieldWeights)>>,
    /// The words in which a slip is looked for.
    long_words: Vec<String>,
}

static COLUMNS: LazyLock<ColumnVocabulary> =
    LazyLock::new(|| ColumnVocabulary::new(&load(include_str!("../../vocabulary/columns.toml"))));

impl ColumnVocabulary {
    fn new(fields: &HashMap<String, FieldWords>) -> Self {
        let mut names = HashMap::new();
        let mut words: HashMap<String, FieldWeights> = HashMap::new();
        let mut phrases: HashMap<Vec<String>, FieldWeights> = HashMap::new();
        for field in Field::ALL.iter().copied() {
            let Some(entry) = fields.get(field.name()) else { continue };
            names.extend(entry.names.iter().map(|name| (comparison_key(name), field)));
            for (word, weight) in &entry.words {
                words.entry(singular(word)).or_insert(FieldWeights::NONE).add(field, *weight);
            }
            for (phrase, weight) in &entry.phrases {
                let key: Vec<String> = phrase.split(' ').map(singular).collect();
                phrases.entry(key).or_insert(FieldWeights::NONE).add(field, *weight);
            }
        }
        let mut by_first: HashMap<String, Vec<(Vec<String>, FieldWeights)>> = HashMap::new();
        let mut sorted: Vec<_> = phrases.into_iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        for (mut phrase, weights) in sorted {
            let first = phrase.remove(0);
            by_first.entry(first).or_default().push((phrase, weights));
        }
        let mut long_words: Vec<String> = words
            .keys()
            .filter(|word| word.chars().count() >= SHORTEST_MISSPELT)
            .cloned()
            .collect();
        long_words.sort_unstable();
        Self { names, words, phrases: by_first, long_words }
    }
}

/// A header as names are compared: its words in the singular.
pub(crate) fn comparison_key(header: &str) -> String {
    words_of(header).join(" ")
}

/// The meaning that a whole header names.
pub(crate) fn named(header: &str, added: &ExtraWords) -> Option<Field> {
    let words = words_of(header);
    added.header(&words).or_else(|| COLUMNS.names.get(&words.join(" ")).copied())
}

/// The meaning that a header has by itself, without cells below it.
pub(crate) fn field(header: &str, added: &ExtraWords) -> Option<Field> {
    let meaning = meaning(header, added);
    let (field, weight) = meaning.weights.best();
    meaning.name.or_else(|| (weight >= CLEAR).then_some(field))
}

/// Whether a header names the references of objectives.
pub(crate) fn is_of_objectives(header: &str) -> bool {
    COLUMNS.names.get(&comparison_key(header)) == Some(&Field::ObjectiveReference)
}

/// Longer headers are sentences, of which the beginning counts.
const MOST_WORDS: usize = 24;

/// What a header says by its words.
pub(crate) fn meaning(header: &str, added: &ExtraWords) -> HeaderMeaning {
    let joined = join_initials(header);
    let header = joined.as_deref().unwrap_or(header);
    let mut out = HeaderMeaning { weights: FieldWeights::NONE, name: None, misspelt: None };
    let main = main_part(header);
    let aside = &header[main.len()..];
    // "Current position (RAG)" asks for a rating, whatever stands before
    let is_rating = words_of(aside).iter().any(|word| word == "rag");
    out.name = named(header, added)
        .or_else(|| named(main, added).filter(|field| !is_rating || *field == Field::Status));
    if let Some(field) = out.name {
        out.weights.add(field, NAME_WEIGHT);
    }
    add_words(main, 1.0, added, &mut out);
    if !aside.is_empty() {
        add_words(aside, if is_rating { 1.0 } else { ASIDE }, added, &mut out);
    }
    out
}

/// "R/A/G" and "B, R, A, G" as "RAG".
fn join_initials(header: &str) -> Option<String> {
    const FEWEST: usize = 3;
    let mut start = 0;
    let mut parts: Vec<(usize, &str)> = Vec::new();
    for part in header.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            parts.push((start, word));
        }
        start += part.len();
    }
    let is_initial = |(_, part): &(usize, &str)| {
        matches!(*part, "b" | "r" | "a" | "g" | "y" | "B" | "R" | "A" | "G" | "Y")
    };
    let run = parts.split(|part| !is_initial(part)).find(|run| run.len() >= FEWEST)?;
    let ((first, _), (last, letter)) = (run.first()?, run.last()?);
    Some(format!("{}RAG{}", &header[..*first], &header[last + letter.len()..]))
}

/// A header without what explains it: brackets, and what stands after a colon or dash.
fn main_part(header: &str) -> &str {
    let end = header
        .find(['(', ':', '\n', '[', '–', '—'])
        .or_else(|| header.find(" - "))
        .unwrap_or(header.len());
    let main = &header[..end];
    if main.contains(char::is_alphabetic) { main } else { header }
}

/// Adds the weights of the words of a part of a header.
fn add_words(part: &str, factor: f32, added: &ExtraWords, out: &mut HeaderMeaning) {
    let columns = &*COLUMNS;
    let mut factor = factor;
    // "Timescale & review date", "Lead / owner": what stands first is meant first
    for piece in part.split(['/', '&', ';', '|']) {
        let mut words = words_of(piece);
        words.truncate(MOST_WORDS);
        if words.is_empty() {
            continue;
        }
        let head = head(&words);
        for (i, word) in words.iter().enumerate() {
            let at = match head {
                _ if words.len() == 1 => HEAD,
                Some(head) if head == i => HEAD,
                Some(_) => BESIDE_HEAD,
                None => 1.0,
            };
            let mut taken = 0;
            for (field, count) in added.beginnings(&words[i..]) {
                out.weights.add(field, ADDED_WEIGHT * if count == 1 { at } else { 1.0 } * factor);
                taken = count;
            }
            if taken == 1 {
                continue;
            }
            if let Some(weights) = columns.words.get(word) {
                out.weights.add_all(weights, at * factor);
            } else if let Some(known) = misspelt(word) {
                out.misspelt.get_or_insert_with(|| (word.clone(), known));
                out.weights.add_all(&columns.words[known], at * factor);
            }
            for (rest, weights) in columns.phrases.get(word).into_iter().flatten() {
                if words[i + 1..].starts_with(rest) {
                    out.weights.add_all(weights, factor);
                }
            }
        }
        factor *= 0.7;
    }
}

/// Words that say something of the head of a header and are not the head themselves.
const TAILS: &[&str] = &[
    "required",
    "needed",
    "taken",
    "planned",
    "agreed",
    "proposed",
    "identified",
    "made",
    "addressed",
    "expected",
    "achieved",
    "to",
    "do",
    "it",
    "this",
    "us",
    "we",
    "be",
    "s",
    "y",
    "n",
    "yes",
    "here",
];

/// Words after which the head of a header has passed.
const PREPOSITIONS: &[&str] = &[
    "of", "for", "to", "in", "against", "on", "from", "with", "since", "per", "at", "as", "that",
    "which", "we", "you", "they", "i", "o", "ar", "ers", "yn",
];

/// Words with which a question or a clause begins, which has no head.
const QUESTIONS: &[&str] = &[
    "what", "how", "who", "whom", "when", "where", "why", "which", "is", "are", "has", "have",
    "do", "does", "will", "by", "beth", "sut", "pwy", "pryd", "ble",
];

/// The position of the head of a header; none in a question.
fn head(words: &[String]) -> Option<usize> {
    if QUESTIONS.contains(&words.first()?.as_str()) {
        return None;
    }
    let end = words
        .iter()
        .skip(1)
        .position(|word| PREPOSITIONS.contains(&word.as_str()))
        .map_or(words.len(), |at| at + 1);
    (0..end).rev().find(|i| !TAILS.contains(&words[*i].as_str())).or(Some(0))
}

/// Shorter words are not looked up as misspelt: too many others are a letter away.
const SHORTEST_MISSPELT: usize = 6;

/// The word of the vocabulary that a word is spelt almost like.
fn misspelt(word: &str) -> Option<&'static str> {
    let length = word.chars().count();
    if length < SHORTEST_MISSPELT {
        return None;
    }
    let allowed = if length < 9 { 1 } else { 2 };
    let first = word.chars().next();
    COLUMNS
        .long_words
        .iter()
        .filter(|known| {
            known.chars().next() == first && known.len().abs_diff(word.len()) <= allowed
        })
        .map(|known| (strsim::osa_distance(known, word), known))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, known)| known.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::vocabulary::words::NO_WORDS;

    #[test]
    fn headers_are_understood_by_their_words() {
        for (header, expected) in [
            ("What?", Field::Objective),
            ("TARGET  DATE", Field::Target),
            ("Sucess Measures", Field::SuccessMeasures),
            ("Person(s) responsible", Field::Owner),
            ("By whom?", Field::Owner),
            ("Who is going to do this?", Field::Owner),
            ("RAG", Field::Status),
            ("BRAGB", Field::Status),
            ("R/A/G", Field::Status),
            ("Progress (R, A, G)", Field::Status),
            ("Task #", Field::Reference),
            ("% complete", Field::Percent),
            ("Cam gweithredu", Field::Action),
            ("Mesurau llwyddiant", Field::SuccessMeasures),
            ("Cost", Field::Extra),
            ("Who is responsible for action?", Field::Owner),
            ("Timescale & Review Date", Field::Target),
            ("Date raised", Field::Start),
            ("Date completed", Field::CompletedOn),
            ("Key objective", Field::Objective),
            ("Area for improvement", Field::Objective),
            ("What we will do", Field::Action),
            ("How will we know it has worked?", Field::SuccessMeasures),
            ("Where are we now?", Field::Update),
            ("Supported by", Field::Extra),
            ("Priority area", Field::Theme),
            ("Evidence of completion", Field::Evidence),
            ("Measures to be taken", Field::Action),
            ("Risk rating", Field::Extra),
        ] {
            let meaning = meaning(header, &NO_WORDS);
            assert_eq!(meaning.weights.best().0, expected, "{header}: {meaning:?}");
        }
        assert!(meaning("Ward of residence", &NO_WORDS).weights.best().1 < 4.0);
    }

    #[test]
    fn no_name_means_two_things() {
        let fields: BTreeMap<String, FieldWords> =
            toml::from_str(include_str!("../../vocabulary/columns.toml")).unwrap();
        let mut meanings: BTreeMap<String, &str> = BTreeMap::new();
        for (field, words) in &fields {
            for name in &words.names {
                assert_eq!(*meanings.entry(comparison_key(name)).or_insert(field), field, "{name}");
            }
        }
        for name in fields.keys() {
            assert!(Field::from_name(name).is_some(), "{name} is no meaning");
        }
    }
}
