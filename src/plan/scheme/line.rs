//! A key to statuses in a line of text: "Key: Red = overdue, Amber = behind schedule, Green = on
//! track".

use super::{KeyState, MOST_STATES, name, names_statuses, scheme, shade};
use crate::plan::{Scheme, status};
use crate::vocabulary::normalize;

/// The scheme that a line declares, or several lines with a state each; none where it does not
/// explain two statuses at least.
pub(crate) fn from_line(line: &str) -> Option<Scheme> {
    const LONGEST: usize = 2_000;
    const LONGEST_TITLE: usize = 80;
    if line.len() > LONGEST {
        return None;
    }
    let labels = labels(line);
    let title = line[..labels.first()?.start].trim();
    let is_key = names_statuses(title) || normalize(title).split(' ').any(|word| word == "key");
    let ends = labels.iter().skip(1).map(|l| l.start).chain([line.len()]);
    let entries: Vec<KeyState> =
        labels.iter().zip(ends).filter_map(|(label, end)| label.entry(line, end)).collect();
    let colours = entries.iter().filter(|e| shade(&normalize(&e.label)).is_some()).count();
    let is_explained = entries.len() == labels.len() && (2..=MOST_STATES).contains(&entries.len());
    let is_meant = colours == entries.len() || is_key;
    (is_explained && is_meant && title.len() <= LONGEST_TITLE)
        .then(|| scheme(name(title, &entries), entries))
}

/// Where a label stands in a line, and where its definition begins.
struct KeyLabel {
    start: usize,
    end: usize,
    definition: usize,
    /// Whether the definition is in brackets.
    is_bracketed: bool,
}

impl KeyLabel {
    fn entry(&self, line: &str, end: usize) -> Option<KeyState> {
        let mut definition = line[self.definition..end].trim();
        if self.is_bracketed {
            definition = definition.split(')').next().unwrap_or_default();
        }
        let definition = definition.trim_end_matches([',', ';', '|', '/', '•', ' ', '\n']);
        let definition = definition
            .strip_suffix(" and")
            .or_else(|| definition.strip_suffix(" or"))
            .unwrap_or(definition);
        let definition = definition.trim_end_matches([',', ';', ' ']).trim();
        let is_scale = !definition.contains(char::is_alphabetic);
        let label = line[self.start..self.end].to_owned();
        (!is_scale).then(|| KeyState {
            label,
            definition: definition.to_owned(),
            ..KeyState::default()
        })
    }
}

/// The labels in a line: words that name a status, followed by a sign that a definition comes.
fn labels(line: &str) -> Vec<KeyLabel> {
    let mut found: Vec<KeyLabel> = Vec::new();
    for (at, sign) in line.match_indices(['=', ':', '–', '—', '-', '(']) {
        let from = found.last().map_or(0, |l: &KeyLabel| l.definition);
        let Some(before) = line.get(from..at) else { continue };
        // a hyphen within a word is no sign
        if sign == "-" && !before.ends_with(' ') {
            continue;
        }
        let begin =
            before.rfind([',', ';', '.', ':', '|', '\n', '/', '•', ')']).map_or(from, |i| from + i);
        if let Some(start) = label_before(line, begin, at) {
            let end = start + line[start..at].trim_end().len();
            found.push(KeyLabel {
                start,
                end,
                definition: at + sign.len(),
                is_bracketed: sign == "(",
            });
        }
    }
    found
}

/// Where the label begins that ends at `end`, and begins at `from` at the earliest.
fn label_before(line: &str, from: usize, end: usize) -> Option<usize> {
    const MOST_WORDS: usize = 3;
    let words = &line[from..end];
    let starts = words
        .char_indices()
        .filter(|(i, c)| c.is_alphanumeric() && !words[..*i].ends_with(char::is_alphanumeric));
    let mut starts: Vec<usize> = starts.map(|(i, _)| from + i).collect();
    starts.drain(..starts.len().saturating_sub(MOST_WORDS));
    starts.into_iter().find(|start| {
        let label = normalize(&line[*start..end]);
        let is_letter = label.len() == 1;
        let stands_alone = line[from..*start]
            .trim_matches([',', ';', '.', ':', '|', '\n', '/', '•', ')', ' '])
            .is_empty();
        let is_colour = shade(&label).is_some() && (!is_letter || stands_alone);
        is_colour || (stands_alone && status::of_words(&label).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;

    #[test]
    fn keys_in_a_line_are_read() {
        for (line, name, expected) in [
            (
                "Key: Red = overdue, Amber = behind, but recoverable, Green = on track and Blue = complete",
                "BRAG",
                &[
                    "off-track “Red” #d4351c: overdue",
                    "at-risk “Amber” #ffdd00: behind, but recoverable",
                    "on-track “Green” #00703c: on track",
                    "complete “Blue” #1d70b8: complete",
                ][..],
            ),
            (
                "RAG rating: R – will not meet its date; A – some slippage; G – action complete",
                "RAG",
                &[
                    "off-track “R” #d4351c: will not meet its date",
                    "at-risk “A” #ffdd00: some slippage",
                    "complete “G” #00703c: action complete",
                ],
            ),
            (
                "Green (on track), Amber (at risk) and Red (off track)",
                "RAG",
                &[
                    "on-track “Green” #00703c: on track",
                    "at-risk “Amber” #ffdd00: at risk",
                    "off-track “Red” #d4351c: off track",
                ],
            ),
            (
                "Status key\nComplete: evidence filed\nParked: waits for others\nIn progress: work under way",
                "Status",
                &[
                    "complete “Complete” #1d70b8: evidence filed",
                    "parked “Parked” #4c2c92: waits for others",
                ],
            ),
        ] {
            let scheme = from_line(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(scheme.name, name, "{line}");
            assert_eq!(shown(&scheme)[..expected.len()], *expected, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_too_odd(line in "(Key: |[a-zA-Z0-9 ]{0,4}(red|Amber|B|done|in progress| = | – |-|:|\\(|\\)|,|;|\n|É|İ|and|\\PC)?){0,12}") {
            if let Some(scheme) = from_line(&line) {
                let mut ids: Vec<&str> = scheme.states.iter().map(|s| s.id.as_str()).collect();
                ids.sort_unstable();
                ids.dedup();
                assert_eq!(ids.len(), scheme.states.len(), "{line}");
            }
        }
    }

    #[test]
    fn other_lines_are_no_keys() {
        for line in [
            "",
            "Key: see overleaf",
            "Red",
            "Red: the date will be missed",
            "Red = 15-25, Amber = 8-14, Green = 1-7",
            "Improvement plan 2011/12: on track",
            "Review the red routes (Winchester) and the green lanes: by May",
            "Complete: 12 actions. Overdue: 3 actions.",
        ] {
            assert_eq!(from_line(line), None, "{line}");
        }
    }
}
