//! The abbreviations that a plan itself explains: "Independent Reviewing Officer (IRO)".

use std::collections::BTreeMap;

use crate::plan::Plan;
use crate::text::Text;

/// An abbreviation, and what it stands for in the plan's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Abbreviation {
    /// "IRO".
    pub(crate) short: String,
    /// "Independent Reviewing Officer".
    pub(crate) long: String,
}

/// The most letters of an abbreviation.
const MOST: usize = 9;
/// Words that an abbreviation may pass over.
const PASSED_OVER: [&str; 9] = ["a", "an", "and", "for", "in", "of", "on", "the", "to"];

/// Whether letters may be an abbreviation: capitals, with the "s" of a plural at most.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    let letters = word.strip_suffix('s').unwrap_or(word);
    (2..=MOST).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase())
}

/// The abbreviations that a plan explains, by their letters; one that it explains in two ways is
/// left out, as no one could tell which is meant.
pub(super) fn abbreviations(plan: &Plan) -> Vec<Abbreviation> {
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut look = |text: &Text| {
        for block in &text.blocks {
            let words = block.plain();
            for (short, long) in explained(&words) {
                let known = found.entry(short.to_owned()).or_insert_with(|| Some(long.clone()));
                if known.as_ref().is_some_and(|k| !k.eq_ignore_ascii_case(&long)) {
                    *known = None;
                }
            }
        }
    };
    look(&plan.introduction);
    plan.recommendations.iter().for_each(|r| look(&r.text));
    plan.themes.iter().for_each(|theme| look(&theme.introduction));
    for objective in plan.themes.iter().flat_map(|t| &t.objectives) {
        look(&objective.text);
        look(&objective.introduction);
        for action in &objective.actions {
            look(&action.action);
            look(&action.success_measures);
            action.updates.iter().for_each(|u| look(&u.text));
            action.extra.0.iter().for_each(|(_, text)| look(text));
        }
    }
    look(&plan.notes);
    found
        .into_iter()
        .filter_map(|(short, long)| Some(Abbreviation { short, long: long? }))
        .collect()
}

/// The abbreviations in brackets, each with the words before it whose first letters it is made of.
fn explained(words: &str) -> impl Iterator<Item = (&str, String)> {
    words.match_indices('(').filter_map(|(open, _)| {
        let inside = &words[open + 1..];
        let short = &inside[..inside.char_indices().take(MOST + 3).find(|(_, c)| *c == ')')?.0];
        let long = is_abbreviation(short).then(|| long_form(&words[..open], short))??;
        Some((short, long))
    })
}

/// The end of a text that is what the letters stand for.
fn long_form(before: &str, short: &str) -> Option<String> {
    let letters = short.strip_suffix('s').unwrap_or(short);
    let before = before.trim_end();
    let mut start = before.len();
    for letter in letters.chars().rev() {
        loop {
            let rest = before[..start].trim_end();
            let from = rest
                .rfind(|c: char| c.is_whitespace())
                .map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
            let word = &rest[from..];
            let initial = word.chars().next()?;
            if initial.eq_ignore_ascii_case(&letter) {
                start = from;
                break;
            }
            if start == before.len() || !PASSED_OVER.contains(&word) {
                return None;
            }
            start = from;
        }
    }
    Some(before[start..].split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<(&str, String)> {
        explained(words).collect()
    }

    #[test]
    fn abbreviations_are_found_where_they_are_explained() {
        assert_eq!(
            found("each Independent Reviewing Officer (IRO) reports"),
            [("IRO", "Independent Reviewing Officer".to_owned())]
        );
        let camhs = "the Child and Adolescent Mental Health Services (CAMHS)";
        assert_eq!(
            found(camhs),
            [("CAMHS", "Child and Adolescent Mental Health Services".to_owned())]
        );
        assert_eq!(
            found("Local Safeguarding Boards (LSBs)"),
            [("LSBs", "Local Safeguarding Boards".to_owned())]
        );
    }

    #[test]
    fn brackets_that_explain_nothing_are_passed_over() {
        for words in [
            "see below (LSM)",
            "(IRO)",
            "on time (76%)",
            "care (the (IRO",
            "Officer Reviewing (IRO)",
            "é (ÉÉ)",
        ] {
            assert_eq!(found(words), [], "{words}");
        }
    }
}
