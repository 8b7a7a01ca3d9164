//! What is not for the public, and what stands in its place: `vocabulary/publishing.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::Language;

use super::{load, normalize};

static PUBLISHING: LazyLock<PublishingFile> = LazyLock::new(|| load(FILE));

const FILE: &str = include_str!("../../vocabulary/publishing.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishingFile {
    internal: PublishingHeaders,
    publish: PublishingHeaders,
    reporters: PublishingHeaders,
    signatories: PublishingHeaders,
    answers: PublishingAnswers,
    links: LinkWords,
    replacements: ReplacementWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishingHeaders {
    en: HashSet<String>,
    cy: HashSet<String>,
}

impl PublishingHeaders {
    fn hold(&self, normalized: &str) -> bool {
        self.en.contains(normalized) || self.cy.contains(normalized)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishingAnswers {
    yes: HashSet<String>,
    no: HashSet<String>,
    internal: HashSet<String>,
    public: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkWords {
    suffixes: HashSet<String>,
    top_level: HashSet<String>,
    labels: HashSet<String>,
    keys: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplacementWords {
    name: PublishingPhrase,
    link: PublishingPhrase,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishingPhrase {
    en: String,
    cy: String,
}

impl PublishingPhrase {
    fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Welsh => &self.cy,
        }
    }
}

/// What a column asks of each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PublishingMark {
    /// Whether the row is internal.
    Internal,
    /// Whether the row may be published.
    Publish,
}

/// What a column with this header asks of each row, if it asks whether it is for the public.
pub(crate) fn mark(header: &str) -> Option<PublishingMark> {
    let normalized = normalize(header);
    if PUBLISHING.internal.hold(&normalized) {
        Some(PublishingMark::Internal)
    } else {
        PUBLISHING.publish.hold(&normalized).then_some(PublishingMark::Publish)
    }
}

/// Whether a column with this header says who reported, updated or wrote something.
pub(crate) fn is_reporter_header(header: &str) -> bool {
    PUBLISHING.reporters.hold(&normalize(header))
}

/// Whether a column with this header says who agreed or checked something, which may be people or
/// posts and bodies.
pub(crate) fn is_signatory_header(header: &str) -> bool {
    PUBLISHING.signatories.hold(&normalize(header))
}

/// Whether the cell of such a column says that its row is internal; none if it does not say so or
/// otherwise.
pub(crate) fn is_internal(cell: &str, mark: PublishingMark) -> Option<bool> {
    let normalized = normalize(cell);
    // signs are no letters
    let words =
        if normalized.is_empty() { cell.trim().trim_end_matches('\u{fe0f}') } else { &normalized };
    let answers = &PUBLISHING.answers;
    if answers.internal.contains(words) {
        return Some(true);
    }
    if answers.public.contains(words) {
        return Some(false);
    }
    let says_yes = if answers.yes.contains(words) {
        true
    } else if answers.no.contains(words) {
        false
    } else {
        return None;
    };
    Some(says_yes == (mark == PublishingMark::Internal))
}

/// Whether the last label of a host's name is known to internal networks only.
pub(crate) fn is_internal_suffix(label: &str) -> bool {
    PUBLISHING.links.suffixes.contains(label)
}

/// Whether the last label of a name is one of a public host: that of a country, or a known one.
pub(crate) fn is_top_level(label: &str) -> bool {
    label.len() == 2 && label.bytes().all(|b| b.is_ascii_alphabetic())
        || PUBLISHING.links.top_level.contains(label)
}

/// Whether a label of a host's name says that the host is for staff: "intranet", "intranet2",
/// "council-sharepoint".
pub(crate) fn is_internal_label(label: &str) -> bool {
    label
        .split(|c: char| c == '-' || c.is_ascii_digit())
        .any(|part| PUBLISHING.links.labels.contains(part))
}

/// Whether the value of a query's key lets in whoever has it.
pub(crate) fn is_token_key(key: &str) -> bool {
    let letters: String =
        key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    PUBLISHING.links.keys.contains(&letters)
}

/// What stands in place of a name without a role.
pub(crate) fn name_removed(language: Language) -> &'static str {
    PUBLISHING.replacements.name.in_language(language)
}

/// What stands in place of an address.
pub(crate) fn link_removed(language: Language) -> &'static str {
    PUBLISHING.replacements.link.in_language(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_in_the_form_in_which_words_are_compared() {
        let PublishingFile { internal, publish, reporters, answers, links, .. } = &*PUBLISHING;
        let headers = [internal, publish, reporters]
            .into_iter()
            .flat_map(|headers| headers.en.iter().chain(&headers.cy));
        let answers =
            [&answers.yes, &answers.no, &answers.internal, &answers.public].into_iter().flatten();
        for words in headers.chain(answers).filter(|words| words.contains(char::is_alphanumeric)) {
            assert_eq!(*words, normalize(words));
        }
        for word in
            [&links.suffixes, &links.top_level, &links.labels, &links.keys].into_iter().flatten()
        {
            assert!(word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{word}");
        }
    }

    #[test]
    fn answers_are_read_by_what_their_column_asks() {
        for (header, cell, expected) in [
            ("Internal?", "Yes", Some(true)),
            ("Internal?", "no", Some(false)),
            ("For publication?", "No", Some(true)),
            ("Publish?", "Y", Some(false)),
            ("Publish", "✗", Some(true)),
            ("Publish", "✔️", Some(false)),
            ("Publication", "Exempt", Some(true)),
            ("Internal", "Public", Some(false)),
            ("Mewnol", "Ydy", Some(true)),
            ("I’w gyhoeddi", "Na", Some(true)),
            ("Publish?", "once agreed", None),
        ] {
            assert_eq!(is_internal(cell, mark(header).unwrap()), expected, "{header}: {cell}");
        }
        for header in ["Published", "Notes", "Internal audit", ""] {
            assert_eq!(mark(header), None, "{header}");
        }
    }
}
