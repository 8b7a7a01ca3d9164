//! Lists that are kept beside plans: what their headers and sheets are called.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{holds_phrase, load, normalize, singular};

/// A kind of list that is no plan.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterKind {
    /// What it is called in messages: "a register of risks".
    pub(crate) label: String,
    #[serde(default)]
    sheets: Vec<String>,
    #[serde(default)]
    words: BTreeMap<String, f32>,
}

impl RegisterKind {
    /// Whether a heading of few words has the name of such lists: "Decisions taken".
    fn is_named_in(&self, heading: &str) -> bool {
        const MOST_WORDS: usize = 5;
        heading.split(' ').count() <= MOST_WORDS
            && self.sheets.iter().any(|name| holds_phrase(heading, &words(name)))
    }
}

static REGISTERS: LazyLock<BTreeMap<String, RegisterKind>> =
    LazyLock::new(|| load(include_str!("../../vocabulary/registers.toml")));

/// The weight from which a table is a register.
const ENOUGH: f32 = 7.0;
/// What the name of a sheet adds.
const SHEET: f32 = 3.0;

/// What a header adds that says by whom or when the thing that a register lists was done.
const RECORDED: f32 = 1.5;
/// The weight of a word that names what a register lists.
const SUBJECT: f32 = 4.0;

/// The register that a table is by its headers and the names of its sheet and of the section it
/// stands in.
pub(crate) fn register(
    headers: &[&str],
    sheet: Option<&str>,
    heading: Option<&str>,
) -> Option<&'static RegisterKind> {
    let recorded = f32::from(headers.iter().any(|header| says_by_whom(header)))
        + f32::from(headers.iter().any(|header| says_when(header)));
    let headers: Vec<String> = headers.iter().map(|header| words(header)).collect();
    let sheet = sheet.map(normalize);
    let heading = heading.map(words);
    REGISTERS
        .values()
        .map(|register| {
            let weight: f32 = register
                .words
                .iter()
                .filter(|(word, _)| headers.iter().any(|header| holds_phrase(header, word)))
                .map(|(_, w)| w)
                .sum();
            let has_subject =
                || register.words.iter().any(|(word, w)| *w >= SUBJECT && headers.contains(word));
            let recorded = if recorded > 0.0 && has_subject() { recorded * RECORDED } else { 0.0 };
            let named = sheet.as_ref().is_some_and(|sheet| register.sheets.contains(sheet))
                || heading.as_ref().is_some_and(|heading| register.is_named_in(heading));
            (register, weight + recorded + if named { SHEET } else { 0.0 })
        })
        .filter(|(_, weight)| *weight >= ENOUGH)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(register, _)| register)
}

/// The register that sheets of this name mostly are.
pub(crate) fn by_sheet(sheet: &str) -> Option<&'static RegisterKind> {
    let sheet = normalize(sheet);
    REGISTERS.values().find(|register| register.sheets.contains(&sheet))
}

fn words(header: &str) -> String {
    normalize(header).split(' ').map(singular).collect::<Vec<_>>().join(" ")
}

/// Whether headers say both by whom and when something was done.
pub(crate) fn record_what_was_done(headers: &[&str]) -> bool {
    headers.iter().any(|header| says_by_whom(header))
        && headers.iter().any(|header| says_when(header))
}

/// "Taken by", "Who agreed it": a header that names who did something, rather than who will.
fn says_by_whom(header: &str) -> bool {
    let header = normalize(header);
    let all: Vec<&str> = header.split(' ').collect();
    match all.as_slice() {
        [.., done, "by"] | [done, "by", _] | ["who", done, ..] => is_participle(done),
        _ => false,
    }
}

/// "Date", "Date taken", "When agreed".
fn says_when(header: &str) -> bool {
    let header = normalize(header);
    match header.split(' ').collect::<Vec<_>>().as_slice() {
        ["date" | "when" | "dyddiad"] => true,
        ["date" | "when", done] | [done, "on"] => is_participle(done),
        _ => false,
    }
}

fn is_participle(word: &str) -> bool {
    const IRREGULAR: &[&str] = &["given", "held", "made", "met", "seen", "set", "taken"];
    (word.len() > 4 && word.ends_with("ed")) || IRREGULAR.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registers_are_known_by_their_headers() {
        let label = |headers: &[&str], sheet| {
            register(headers, sheet, None).map(|register| register.label.as_str())
        };
        assert_eq!(
            label(&["Risk", "Likelihood", "Impact", "Owner"], None),
            Some("a register of risks")
        );
        assert_eq!(
            label(&["Issue", "Raised by", "Date raised", "Status"], None),
            Some("a log of issues")
        );
        assert_eq!(label(&["Name", "Role", "Email"], Some("Contacts")), Some("a list of contacts"));
        assert_eq!(label(&["Action", "Owner", "Target date", "Status"], Some("Plan")), None);
    }

    #[test]
    fn a_log_of_decisions_says_by_whom_and_when_they_were_made() {
        let label = |headers: &[&str], heading| {
            register(headers, None, heading).map(|register| register.label.as_str())
        };
        assert_eq!(label(&["Date", "Decision", "Given by"], None), Some("a log of decisions"));
        assert_eq!(label(&["Date", "Decision"], None), None);
        assert_eq!(label(&["Decision", "Date"], Some("Key decisions")), Some("a log of decisions"));
        assert_eq!(label(&["Decision", "Action", "Owner", "Due date"], None), None);
    }
}
