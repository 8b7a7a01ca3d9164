//! What the words, letters and symbols of a status say: `vocabulary/statuses.toml`.

pub(super) mod sense;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::words::ExtraWords as AddedWords;
use super::{load, normalize};

pub(crate) use sense::StatusSense;

const FILE: &str = include_str!("../../vocabulary/statuses.toml");

static WORDS: LazyLock<StatusLexicon> = LazyLock::new(|| StatusLexicon::of(load(FILE)));

/// What a word of a status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusWord<'a> {
    Sense(&'a StatusSense),
    /// The name of a colour.
    Colour(&'static str),
    /// That there is nothing to say.
    Nothing,
}

/// What normalised words say, if they are a status and nothing else.
pub(crate) fn of_words<'a>(words: &str, added: &'a AddedWords) -> Option<StatusWord<'a>> {
    added
        .status(words)
        .map(StatusWord::Sense)
        .or_else(|| WORDS.words.get(words).map(|is| WORDS.meant(*is)))
}

/// What a symbol says.
pub(crate) fn of_symbol(symbol: char) -> Option<StatusWord<'static>> {
    WORDS.symbols.get(&symbol).map(|is| WORDS.meant(*is))
}

/// Phrases in definitions of the state with an id.
pub(crate) fn definitions(id: &str) -> &'static [String] {
    WORDS.definitions.get(id).map(Vec::as_slice).unwrap_or_default()
}

/// Words after one that leads to a status, if normalised words begin with one.
pub(crate) fn without_lead(words: &str) -> Option<&str> {
    let leads =
        WORDS.leads.iter().filter_map(|lead| words.strip_prefix(lead.as_str())?.strip_prefix(' '));
    leads.min_by_key(|rest| rest.len())
}

/// Whether the words of a header say that its statuses are of an earlier time.
pub(crate) fn is_of_earlier_time(header: &str) -> bool {
    normalize(header).split(' ').any(|word| WORDS.earlier.iter().any(|known| known == word))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordUse {
    Sense(usize),
    Colour(usize),
    Nothing,
}

struct StatusLexicon {
    senses: Vec<StatusSense>,
    colours: Vec<String>,
    words: HashMap<String, WordUse>,
    symbols: HashMap<char, WordUse>,
    leads: Vec<String>,
    earlier: Vec<String>,
    definitions: BTreeMap<String, Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StatusFile {
    status: Vec<SenseEntry>,
    nothing: StatusList,
    colour: Vec<ColourEntry>,
    leads: StatusList,
    earlier: StatusList,
    definitions: BTreeMap<String, Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SenseEntry {
    id: String,
    category: String,
    own: bool,
    together: bool,
    words: Vec<String>,
    welsh: Vec<String>,
    symbols: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ColourEntry {
    name: String,
    words: Vec<String>,
    welsh: Vec<String>,
    symbols: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StatusList {
    words: Vec<String>,
    welsh: Vec<String>,
}

impl StatusLexicon {
    fn of(file: StatusFile) -> Self {
        let mut all = Self {
            senses: Vec::new(),
            colours: Vec::new(),
            words: HashMap::new(),
            symbols: HashMap::new(),
            leads: Vec::new(),
            earlier: file.earlier.words.into_iter().chain(file.earlier.welsh).collect(),
            definitions: file.definitions,
        };
        for SenseEntry { id, category, own, together, words, welsh, symbols } in file.status {
            let is = WordUse::Sense(all.senses.len());
            all.senses.push(StatusSense { id, category, own, together });
            all.words.extend(words.into_iter().chain(welsh).map(|word| (word, is)));
            all.symbols.extend(symbols.chars().map(|symbol| (symbol, is)));
        }
        for ColourEntry { name, words, welsh, symbols } in file.colour {
            let is = WordUse::Colour(all.colours.len());
            all.colours.push(name);
            all.words.extend(words.into_iter().chain(welsh).map(|word| (word, is)));
            all.symbols.extend(symbols.chars().map(|symbol| (symbol, is)));
        }
        all.words.extend(
            file.nothing
                .words
                .into_iter()
                .chain(file.nothing.welsh)
                .map(|word| (word, WordUse::Nothing)),
        );
        all.leads = file.leads.words.into_iter().chain(file.leads.welsh).collect();
        all
    }

    fn meant(&'static self, is: WordUse) -> StatusWord<'static> {
        match is {
            WordUse::Sense(at) => {
                self.senses.get(at).map_or(StatusWord::Nothing, StatusWord::Sense)
            }
            WordUse::Colour(at) => {
                self.colours.get(at).map_or(StatusWord::Nothing, |name| StatusWord::Colour(name))
            }
            WordUse::Nothing => StatusWord::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::words::NO_WORDS;

    #[test]
    fn the_file_is_read_and_no_word_stands_in_two_lists() {
        let file: StatusFile = toml::from_str(FILE).unwrap();
        let senses = file.status.iter().flat_map(|entry| entry.words.iter().chain(&entry.welsh));
        let colours = file.colour.iter().flat_map(|entry| entry.words.iter().chain(&entry.welsh));
        let all: Vec<&String> =
            senses.chain(colours).chain(&file.nothing.words).chain(&file.nothing.welsh).collect();
        let mut sorted = all.clone();
        sorted.sort_unstable();
        let twice: Vec<_> =
            sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert_eq!(twice, Vec::<&String>::new());
        for words in all {
            assert_eq!(normalize(words), *words);
        }
        let symbols: Vec<char> = file
            .status
            .iter()
            .flat_map(|e| e.symbols.chars())
            .chain(file.colour.iter().flat_map(|e| e.symbols.chars()))
            .collect();
        let mut distinct = symbols.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), symbols.len());
    }

    #[test]
    fn words_symbols_and_leads_are_found() {
        let id = |word: Option<StatusWord<'static>>| {
            if let Some(StatusWord::Sense(sense)) = word { sense.id.as_str() } else { "" }
        };
        assert_eq!(
            (
                id(of_words("wip", &NO_WORDS)),
                id(of_words("ar waith", &NO_WORDS)),
                id(of_symbol('✅'))
            ),
            ("in-progress", "in-progress", "complete")
        );
        assert_eq!(of_symbol('🟢'), Some(StatusWord::Colour("green")));
        assert_eq!(of_words("tbc", &NO_WORDS), Some(StatusWord::Nothing));
        assert_eq!(without_lead("rag rating green"), Some("green"));
    }
}
