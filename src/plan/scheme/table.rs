//! A key to statuses that stands as a table: a colour, a letter or a filled cell, and beside it
//! what that means.

use super::{KeyState, MOST_STATES, divided, name, names_statuses, scheme, shade};
use crate::plan::hue::Hue;
use crate::plan::{Colour, Scheme, status};
use crate::vocabulary::{documents, normalize};

/// A cell of a table that may be a key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct KeyCell {
    /// Its words.
    pub(crate) words: String,
    /// The colour that fills it.
    pub(crate) fill: Option<Colour>,
}

/// The scheme that a table declares, if it is a key to statuses.
///
/// At least two of its lines must be statuses beyond doubt. A list of labels without meanings or
/// colours, as stands behind a drop-down list, is a scheme only under a header that names statuses;
/// a scale of risk is none.
pub(crate) fn from_key(rows: &[Vec<KeyCell>]) -> Option<Scheme> {
    let mut title = String::new();
    let mut layout = None;
    let mut entries: Vec<KeyState> = Vec::new();
    for row in rows.iter().filter(|row| row.iter().any(|c| !is_blank(c))) {
        if entries.is_empty() && is_heading(row) {
            title.extend(row.iter().flat_map(|c| [c.words.as_str(), " "]));
            layout = KeyColumns::of(row);
            continue;
        }
        entries.extend(entry(row, layout.as_ref()));
        if entries.len() > MOST_STATES {
            return None;
        }
    }
    let recognised = entries.iter().filter(|e| e.is_recognised()).count();
    let is_list = entries.iter().all(|e| e.definition.is_empty() && e.fill.is_none());
    let says_nothing =
        entries.iter().all(|e| e.definition.is_empty() && shade(&normalize(&e.label)).is_some());
    let repeats = entries
        .iter()
        .enumerate()
        .any(|(i, e)| entries[..i].iter().any(|before| before.label == e.label));
    if recognised < 2
        || recognised * 2 < entries.len()
        || repeats
        || says_nothing
        || is_of_risks(&title)
    {
        return None;
    }
    if is_list && !names_statuses(&title) {
        return None;
    }
    Some(scheme(name(&title, &entries), entries))
}

fn is_blank(cell: &KeyCell) -> bool {
    cell.words.trim().is_empty() && cell.fill.is_none()
}

/// What the columns of a key are, where a header says so.
struct KeyColumns {
    /// The columns that belong to the key; lists of other things may stand beside it.
    columns: Vec<usize>,
}

impl KeyColumns {
    fn of(row: &[KeyCell]) -> Option<Self> {
        let belongs = |cell: &KeyCell| {
            let words = normalize(&cell.words);
            words.is_empty()
                || names_statuses(&words)
                || words.split(' ').any(documents::is_beside_statuses)
        };
        let named = row.iter().filter(|c| !c.words.trim().is_empty()).count();
        let columns: Vec<usize> =
            row.iter().enumerate().filter(|(_, c)| belongs(c)).map(|(i, _)| i).collect();
        // a title over the key says nothing about its columns
        (named > 1 && columns.iter().any(|i| !row[*i].words.trim().is_empty()))
            .then_some(Self { columns })
    }
}

/// Whether a row heads a key: it says no status itself.
fn is_heading(row: &[KeyCell]) -> bool {
    let words: Vec<&str> = row.iter().map(|c| c.words.trim()).filter(|w| !w.is_empty()).collect();
    let Some(first) = words.first() else { return false };
    let is_status = |words: &str| {
        let normalized = normalize(words);
        shade(normalized.split(' ').next().unwrap_or_default()).is_some()
            || status::of_words(&normalized).is_some()
    };
    let named = divided(first).map_or(*first, |(label, _)| label);
    let swatch = row.iter().any(|c| c.words.trim().is_empty() && c.fill.is_some());
    !swatch
        && !is_status(named)
        && (names_statuses(first) || words.iter().skip(1).all(|w| !is_status(w)))
}

/// A line of a key.
fn entry(row: &[KeyCell], layout: Option<&KeyColumns>) -> Option<KeyState> {
    const LONGEST_LABEL: usize = 60;
    let belongs = |i: usize| layout.is_none_or(|l| l.columns.contains(&i));
    let cells: Vec<&KeyCell> = row
        .iter()
        .enumerate()
        .filter(|(i, c)| belongs(*i) && !is_blank(c))
        .map(|(_, c)| c)
        .collect();
    let hued = |c: &&&KeyCell| c.fill.is_some_and(|fill| Hue::of(fill).is_some());
    let swatch =
        cells.iter().find(hued).or_else(|| cells.iter().find(|c| c.words.trim().is_empty()));
    let fill = swatch.and_then(|c| c.fill);
    let texts: Vec<String> =
        cells.iter().map(|c| one_line(&c.words)).filter(|w| !w.is_empty()).collect();
    let entry = match texts.as_slice() {
        [] => return None,
        [only] => of_one_text(only, fill)?,
        [letter, label] if is_letter(letter) && reads_like_a_label(label) => {
            KeyState { label: label.clone(), mark: letter.clone(), ..KeyState::default() }
        }
        [letter, label, rest @ ..] if is_letter(letter) && !rest.is_empty() => KeyState {
            label: label.clone(),
            definition: rest.join(": "),
            mark: letter.clone(),
            ..KeyState::default()
        },
        [label, rest @ ..] => {
            KeyState { label: label.clone(), definition: rest.join(": "), ..KeyState::default() }
        }
    };
    let is_number = |words: &str| {
        words.contains(char::is_numeric) && words.chars().filter(|c| c.is_alphabetic()).count() < 3
    };
    let is_scale = is_number(&entry.label) || is_number(&entry.definition);
    (entry.label.chars().count() <= LONGEST_LABEL && !is_scale)
        .then_some(KeyState { fill, ..entry })
}

/// A line of a key that stands in one cell, beside a filled one or filled itself.
fn of_one_text(words: &str, fill: Option<Colour>) -> Option<KeyState> {
    if let Some((label, definition)) = divided(words) {
        return Some(KeyState {
            label: label.to_owned(),
            definition: definition.to_owned(),
            ..KeyState::default()
        });
    }
    if reads_like_a_label(words) {
        return Some(KeyState { label: words.to_owned(), ..KeyState::default() });
    }
    // a definition beside a swatch: the colour is all that names it
    let hue = fill.and_then(Hue::of)?.name();
    let label =
        hue.chars().take(1).flat_map(char::to_uppercase).chain(hue.chars().skip(1)).collect();
    Some(KeyState { label, definition: words.to_owned(), ..KeyState::default() })
}

fn is_letter(words: &str) -> bool {
    words.chars().count() == 1 && shade(&words.to_lowercase()).is_some()
}

/// Whether words are few enough to name a state.
fn reads_like_a_label(words: &str) -> bool {
    const MOST_WORDS: usize = 3;
    status::of_words(&normalize(words)).is_some() || words.split_whitespace().count() <= MOST_WORDS
}

/// Whether a title is that of a scale of risks or priorities rather than of statuses.
fn is_of_risks(title: &str) -> bool {
    let title = normalize(title);
    documents::names_risks(&title)
        && !title.split(' ').any(|word| matches!(word, "status" | "statuses"))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;

    /// A table in lines: cells between bars, a fill as "#rrggbb" at the beginning of a cell.
    fn rows(lines: &[&str]) -> Vec<Vec<KeyCell>> {
        let cell = |text: &str| {
            let text = text.trim();
            let fill = text
                .get(..7)
                .filter(|t| t.starts_with('#'))
                .map(|t| serde_json::from_value(t.into()).unwrap());
            KeyCell { words: if fill.is_some() { text[7..].trim() } else { text }.to_owned(), fill }
        };
        lines.iter().map(|line| line.split('|').map(cell).collect()).collect()
    }

    /// The states that the key itself declares.
    fn declared(lines: &[&str]) -> Option<Vec<String>> {
        let scheme = from_key(&rows(lines))?;
        let default = Scheme::default();
        let own = |line: &String| !default.states.iter().any(|s| line.ends_with(&s.definition));
        Some(shown(&scheme).into_iter().filter(own).collect())
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a list of keys")]
    fn keys_in_many_forms_are_read() {
        for (key, expected) in [
            (
                &["RAG | Meaning", "Red | Overdue", "Amber | Behind schedule", "Green | On track"]
                    [..],
                &[
                    "off-track “Red” #d4351c: Overdue",
                    "at-risk “Amber” #ffdd00: Behind schedule",
                    "on-track “Green” #00703c: On track",
                ][..],
            ),
            (
                &[
                    "Key to statuses",
                    "#00b050 | On track",
                    "#ff0000 | Overdue",
                    "#0070c0 | Business as usual",
                ],
                &[
                    "on-track “On track” #00b050: ",
                    "off-track “Overdue” #ff0000: ",
                    "complete “Business as usual” #0070c0: ",
                ],
            ),
            (
                &[
                    "BRAG rating",
                    "B | Complete",
                    "R | Not on target",
                    "A | At risk",
                    "G | On target",
                ],
                &[
                    "complete “Complete” #1d70b8: ",
                    "off-track “Not on target” #d4351c: ",
                    "at-risk “At risk” #ffdd00: ",
                    "on-track “On target” #00703c: ",
                ],
            ),
            (
                &[
                    "#00b050 Green | Action complete",
                    "#ffc000 Amber | On track | will be done by its date",
                    "#ff0000 Red | Not started",
                ],
                &[
                    "complete “Green” #00b050: Action complete",
                    "on-track “Amber” #ffc000: On track: will be done by its date",
                    "not-started “Red” #ff0000: Not started",
                ],
            ),
            (
                &[
                    "Key:",
                    "Red = will not meet its date",
                    "Amber - some slippage",
                    "Green (on track)",
                ],
                &[
                    "off-track “Red” #d4351c: will not meet its date",
                    "at-risk “Amber” #ffdd00: some slippage",
                    "on-track “Green” #00703c: on track",
                ],
            ),
            (
                &[
                    "Colour | Status | Definition",
                    "#ff0000 | Off track | Target date missed",
                    "#00b050 | On track | Target date will be met",
                ],
                &[
                    "off-track “Off track” #ff0000: Target date missed",
                    "on-track “On track” #00b050: Target date will be met",
                ],
            ),
            (
                &[
                    "#00b050 | Work is under way and is expected to be completed",
                    "#ff0000 | Work has slipped and its date will be missed",
                ],
                &[
                    "on-track “Green” #00b050: Work is under way and is expected to be completed",
                    "off-track “Red” #ff0000: Work has slipped and its date will be missed",
                ],
            ),
            (
                &[
                    "Status | Priority",
                    "Open | High",
                    "In Progress | Medium",
                    "Closed | Low",
                    "Escalated |",
                ],
                &[
                    "open “Open” #4c2c92: ",
                    "in-progress “In Progress” #28a197: ",
                    "complete “Closed” #1d70b8: ",
                    "escalated “Escalated” #912b88: ",
                ],
            ),
        ] {
            assert_eq!(declared(key).unwrap_or_default(), expected, "{key:?}");
        }
    }

    #[test]
    fn other_lists_are_no_keys() {
        for table in [
            &["Likelihood | Score", "Very low | 1", "Low | 2", "High | 4"][..],
            &["Risk rating", "Red | 15-25", "Amber | 8-14", "Green | 1-7"],
            &["Risk level | Meaning", "Red | At risk of harm", "Green | No risk of harm"],
            &["1 | Very low", "2 | Low", "3 | Medium", "4 | High", "5 | Very high"],
            &["Open", "In Progress", "Closed", "Escalated"],
            &["RAG", "Red", "#ffc000 Amber", "Green"],
            &["Status | Owner", "Red | ", " | Jo Lee"],
            &[
                "Action | Status",
                "Audit records | Complete",
                "Brief all staff | Red",
                "Amend the form | Complete",
            ],
            &["Name | Telephone", "Jo Lee | 01962 1234"],
            &[],
        ] {
            assert_eq!(declared(table), None, "{table:?}");
        }
    }

    #[test]
    fn a_longer_list_is_no_key() {
        let lines = vec!["Complete | Done"; MOST_STATES + 1];
        assert_eq!(from_key(&rows(&lines)), None);
    }
}
