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
    staff: StaffWords,
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
struct StaffWords {
    privacy: Vec<String>,
    content: Vec<String>,
    compounds: Vec<String>,
    reviewers: Vec<String>,
    evidence: Vec<String>,
    measures: Vec<String>,
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
    hosts: HashSet<String>,
    beside_hosts: HashSet<String>,
    roots: HashSet<String>,
    schemes: HashSet<String>,
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

/// Whether a column with this header holds what those who work on the plan write for each other:
/// "Internal notes", "Comments (not for publication)", "Reviewer's comments".
pub(crate) fn is_staff_header(header: &str) -> bool {
    let staff = &PUBLISHING.staff;
    let mut words = format!(" {} ", normalize(header));
    if !holds_any(&words, &staff.content) {
        return false;
    }
    for compound in &staff.compounds {
        words = words.replace(&format!(" {compound} "), " ");
    }
    holds_any(&words, &staff.privacy) || holds_any(&words, &staff.reviewers)
}

/// Whether a column with this header holds evidence, as one without another meaning does:
/// "Evidence link".
pub(crate) fn is_evidence_header(header: &str) -> bool {
    let staff = &PUBLISHING.staff;
    let words = format!(" {} ", normalize(header));
    holds_any(&words, &staff.evidence) && !holds_any(&words, &staff.measures)
}

/// Whether a header says in brackets that its column holds evidence:
/// "How will we know? (evidence)".
pub(crate) fn is_evidence_in_brackets(header: &str) -> bool {
    let inside = header.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    inside.is_some_and(|(inside, _)| is_evidence_header(inside))
}

/// Whether one of these phrases stands in normalised words with a space around them.
fn holds_any(words: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| words.contains(&format!(" {phrase} ")))
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

/// Whether a word by itself names a host that only staff reach, as in "intranet/policies".
pub(crate) fn is_staff_host(word: &str) -> bool {
    PUBLISHING.links.hosts.contains(word)
}

/// Whether what stands behind such a word and a slash is another means, and no page.
pub(crate) fn is_beside_host(words: &str) -> bool {
    PUBLISHING.links.beside_hosts.contains(words)
}

/// Whether the first folder of a path is one that holds shares.
pub(crate) fn is_root_folder(folder: &str) -> bool {
    PUBLISHING.links.roots.contains(folder)
}

/// Whether addresses with this scheme lead into an internal network.
pub(crate) fn is_internal_scheme(scheme: &str) -> bool {
    PUBLISHING.links.schemes.contains(&scheme.to_ascii_lowercase())
}

/// Whether the value of a query's key lets in whoever has it.
pub(crate) fn is_token_key(key: &str) -> bool {
    let letters: String =
        key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    letters.ends_with("token") || PUBLISHING.links.keys.contains(&letters)
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

    #[test]
    fn columns_for_those_who_work_on_the_plan_are_known() {
        for header in [
            "Internal notes",
            "Notes (internal)",
            "INTERNAL COMMENTS",
            "Private notes",
            "Confidential notes",
            "Confidential officer comments",
            "Officer comments (not for publication)",
            "Not for publication notes",
            "Internal progress update",
            "Sensitive information",
            "Comments - officer only",
            "Notes (not to be published)",
            "Reviewer comments",
            "Reviewer’s notes",
            "Nodiadau mewnol",
        ] {
            assert!(is_staff_header(header), "{header}");
        }
        for header in [
            "Internal audit recommendation",
            "Internal audit comments",
            "Internal lead",
            "Private sector updates",
            "Notes",
            "Update",
            "Comments for publication",
            "Internal?",
            "International updates",
            "",
        ] {
            assert!(!is_staff_header(header), "{header}");
        }
        for (header, is_evidence, in_brackets) in [
            ("Evidence link", true, false),
            ("How will we know? (evidence)", true, true),
            ("Evidence", true, false),
            ("Evidence of impact measures", false, false),
            ("Success measures (evidence of impact)", false, false),
            ("Evidence-based practice", false, false),
            ("Evident", false, false),
        ] {
            let found = (is_evidence_header(header), is_evidence_in_brackets(header));
            assert_eq!(found, (is_evidence, in_brackets), "{header}");
        }
    }
}
