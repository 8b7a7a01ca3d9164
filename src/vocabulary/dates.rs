//! Words that people use in and around dates: `vocabulary/dates.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{load, normalize};

static DATES: LazyLock<DateVocabulary> = LazyLock::new(|| load(FILE));

const FILE: &str = include_str!("../../vocabulary/dates.toml");

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct DateVocabulary {
    ordinal_endings: DatePhrases,
    months: MonthNames,
    no_date: DatePhrases,
    date_header: DatePhrases,
    not_date_header: DatePhrases,
    date_header_alone: DatePhrases,
    revised_header: DatePhrases,
    original_header: DatePhrases,
    header_beside: DatePhrases,
    words: BTreeMap<String, DatePhrases>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MonthNames {
    en: Vec<String>,
    cy: Vec<Vec<String>>,
}

/// Words and phrases of one meaning.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DatePhrases {
    en: Vec<String>,
    #[serde(default)]
    cy: Vec<String>,
}

impl DatePhrases {
    fn iter(&self) -> impl Iterator<Item = &str> {
        self.en.iter().chain(&self.cy).map(String::as_str)
    }
}

/// Whether a header says that its dates replace others.
pub(crate) fn is_revised(header: &str) -> bool {
    has_word(header, &DATES.revised_header)
}

/// Whether a header says that its dates are those set first.
pub(crate) fn is_original(header: &str) -> bool {
    has_word(header, &DATES.original_header)
}

/// Whether a header says nothing but that its cells are dates, revised or original.
pub(crate) fn is_only_about_dates(header: &str) -> bool {
    let is_known = |word: &str| {
        [&DATES.header_beside, &DATES.revised_header, &DATES.original_header]
            .iter()
            .any(|list| list.iter().any(|known| known == word))
    };
    normalize(header).split(' ').all(is_known)
}

fn has_word(header: &str, words: &DatePhrases) -> bool {
    normalize(header).split(' ').any(|word| words.iter().any(|known| known == word))
}

/// The English names of the months, in lower case.
pub(crate) fn english_months() -> &'static [String] {
    &DATES.months.en
}

/// The forms of the Welsh names of the months.
pub(crate) fn welsh_months() -> &'static [Vec<String>] {
    &DATES.months.cy
}

/// What may stand behind the figures of a day.
pub(crate) fn ordinal_endings() -> impl Iterator<Item = &'static str> {
    DATES.ordinal_endings.iter()
}

/// Every phrase with the name of its meaning.
pub(crate) fn phrases() -> impl Iterator<Item = (&'static str, &'static str)> {
    DATES
        .words
        .iter()
        .flat_map(|(meaning, phrases)| phrases.iter().map(move |phrase| (meaning.as_str(), phrase)))
}

/// Whether words, in lower case and without punctuation, say that there is no date yet.
pub(crate) fn says_no_date(words: &str) -> bool {
    DATES.no_date.iter().any(|phrase| phrase == words)
}

/// Whether a header, in lower case and without punctuation, says that the cells of its column are
/// dates.
pub(crate) fn announces_dates(header: &str) -> bool {
    let is_alone = DATES.date_header_alone.iter().any(|known| known == header);
    let has_word =
        header.split(' ').any(|word| DATES.date_header.iter().any(|known| known == word));
    is_alone || (has_word && !DATES.not_date_header.iter().any(|phrase| header.contains(phrase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_has_twelve_months() {
        let dates: DateVocabulary = toml::from_str(FILE).unwrap();
        assert_eq!((dates.months.en.len(), dates.months.cy.len()), (12, 12));
        assert!(dates.words.len() > 50);
    }

    #[test]
    fn phrases_are_in_lower_case_and_stand_once() {
        let mut all: Vec<&str> = phrases().map(|(_, phrase)| phrase).collect();
        assert!(all.iter().all(|phrase| phrase.to_lowercase() == **phrase
            && phrase.trim() == *phrase
            && !phrase.is_empty()));
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn headers_announce_dates() {
        assert!(announces_dates("start date"));
        assert!(announces_dates("raised"));
        for header in ["cost centre", "spend to date", "start up costs"] {
            assert!(!announces_dates(header), "{header}");
        }
    }
}
