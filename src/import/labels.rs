//! Labelled lines within a cell: "Lead: Finance Director".

use std::collections::HashSet;

use crate::plan::Field;
use crate::source::Cell;
use crate::table::Column;
use crate::text::{Text, TextBlock, is_blank};
use crate::vocabulary::words::ExtraWords;
use crate::vocabulary::{columns, labels as labels_of_lines, normalize};

/// The fields whose cells may hold labelled lines.
const MAY_HOLD: &[Field] =
    &[Field::Action, Field::SuccessMeasures, Field::Recommendation, Field::Extra];

/// The fields that a label may name.
const MAY_NAME: &[Field] = &[
    Field::Reference,
    Field::Action,
    Field::Owner,
    Field::SuccessMeasures,
    Field::Start,
    Field::Target,
    Field::Update,
    Field::Status,
    Field::Percent,
    Field::CompletedOn,
    Field::Evidence,
];

/// What a label in a cell means, as the header of a column of that name would.
fn meaning(label: &str, added: &ExtraWords) -> Option<Field> {
    let words = normalize(label);
    let known = |words: &str| columns::field(words, added).filter(|field| MAY_NAME.contains(field));
    let singular = || words.strip_suffix(" s").or_else(|| words.strip_suffix('s')).and_then(known);
    known(&words).or_else(singular)
}

/// What a label that fills the beginning of a line means: its last word says it where the whole
/// does not.
fn meaning_of_line(label: &str, added: &ExtraWords) -> Option<Field> {
    let words = normalize(label);
    let known = |words: &str| columns::field(words, added).filter(|field| MAY_NAME.contains(field));
    let last = words.rsplit(' ').next().unwrap_or_default();
    meaning(label, added).or_else(|| known(last)).or_else(|| labels_of_lines::field(last))
}

/// A label and what follows it.
#[derive(Debug)]
pub(super) struct LabelledText {
    pub(super) label: String,
    pub(super) field: Option<Field>,
    pub(super) text: Text,
}

/// A cell taken apart at its labels: the text before the first, and each label with its text.
#[derive(Debug)]
pub(super) struct LabelledCell {
    pub(super) before: Text,
    pub(super) labelled: Vec<LabelledText>,
}

/// Takes a cell apart, if at least one of its labels names a field that `is_open` to it.
pub(super) fn parts(
    cell: &Cell,
    column: &Column,
    added: &ExtraWords,
    is_open: impl Fn(Field) -> bool,
) -> Option<LabelledCell> {
    if !MAY_HOLD.contains(&column.field)
        || !cell.value.blocks.iter().any(|b| b.plain().contains(':'))
    {
        return None;
    }
    let mut is_start = true;
    let labels_of = cell.value.blocks.iter().map(|block| {
        let words = block.plain();
        let labels = labels(&words, is_start, added);
        is_start &= labels.is_empty() && is_blank(&words);
        labels
    });
    let labels_of: Vec<Vec<LabelSpan>> = labels_of.collect();
    if labels_of.iter().flatten().all(|label| label.field.is_none()) {
        return None;
    }
    let mut parts = LabelledCell { before: Text::default(), labelled: Vec::new() };
    for (block, labels) in cell.value.blocks.iter().zip(labels_of) {
        let words = block.plain();
        let first = labels.first().map_or(words.len(), |label| label.start);
        push(
            parts.labelled.last_mut().map_or(&mut parts.before, |last| &mut last.text),
            block,
            0,
            first,
        );
        for (i, label) in labels.iter().enumerate() {
            let end = labels.get(i + 1).map_or(words.len(), |next| next.start);
            let mut text = Text::default();
            push(&mut text, block, label.end, end);
            parts.labelled.push(LabelledText {
                label: words[label.start..label.end - 1].trim().to_owned(),
                field: label.field,
                text,
            });
        }
    }
    let mut named = HashSet::new();
    let fields = parts
        .labelled
        .iter()
        .filter(|l| !l.text.is_empty())
        .filter_map(|l| l.field)
        .filter(|field| named.insert(*field));
    let open = fields.filter(|field| is_open(*field) || *field == column.field).count();
    // one label alone may be a sentence with a colon, unless it names what every action has
    let is_enough = open >= 2
        || (open == 1
            && !parts.before.is_empty()
            && [Field::Owner, Field::Target, Field::Status].iter().any(|f| named.contains(f)));
    is_enough.then_some(parts)
}

fn push(text: &mut Text, block: &TextBlock, from: usize, to: usize) {
    let part = block.slice(from, to);
    if !part.spans.is_empty() {
        text.blocks.push(part);
    }
}

/// Where a label stands in a block; `end` is after its colon.
struct LabelSpan {
    start: usize,
    end: usize,
    field: Option<Field>,
}

/// The labels at the beginnings of lines; after a known one that begins the text, further known
/// ones within its lines.
fn labels(words: &str, at_start: bool, added: &ExtraWords) -> Vec<LabelSpan> {
    const MOST_WORDS: usize = 5;
    let mut found: Vec<LabelSpan> = Vec::new();
    let mut inline = false;
    let mut line_start = 0;
    for line in words.split_inclusive('\n') {
        for (colon, _) in line.match_indices(':') {
            let is_address = line[colon + 1..].starts_with("//");
            let from = found.last().map_or(0, |l| l.end).max(line_start) - line_start;
            let Some(before) = line.get(from..colon).filter(|_| !is_address) else { continue };
            let starts_line = before.len() == colon;
            let count = before.split_whitespace().count();
            let is_label = |label: &str| {
                label.trim().starts_with(char::is_uppercase)
                    && !label.contains(['.', ';', '?', '!'])
            };
            if starts_line && (1..=MOST_WORDS).contains(&count) && is_label(before) {
                let field = meaning_of_line(before, added);
                inline |= at_start && line_start == 0 && field.is_some();
                found.push(LabelSpan {
                    start: line_start + from,
                    end: line_start + colon + 1,
                    field,
                });
            } else if inline {
                // the last words before the colon: a longer run of them, if its first word adds to
                // the meaning
                let mut starts: Vec<usize> = Vec::with_capacity(MOST_WORDS);
                let mut rest = before;
                while starts.len() < MOST_WORDS && !rest.trim_end().is_empty() {
                    let words = rest.trim_end();
                    let start = words
                        .rfind(char::is_whitespace)
                        .map_or(0, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
                    starts.push(start);
                    rest = &before[..start];
                }
                let mut label: Option<(usize, Field)> = None;
                let mut clearest = f32::NEG_INFINITY;
                for i in starts.into_iter().filter(|i| is_label(&before[*i..])) {
                    let Some(field) = meaning(&before[i..], added) else { continue };
                    let clarity = columns::meaning(&before[i..], added).weights.get(field);
                    if clarity > clearest {
                        (clearest, label) = (clarity, Some((i, field)));
                    }
                }
                found.extend(label.map(|(i, field)| LabelSpan {
                    start: line_start + from + i,
                    end: line_start + colon + 1,
                    field: Some(field),
                }));
            }
        }
        line_start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;
    use crate::table::KnownBy;
    use crate::vocabulary::words::NO_WORDS;

    fn read(words: &str) -> Option<Vec<(String, Option<Field>, String)>> {
        let place = Place::in_text(1, 1, 0);
        let column = Column::new("Action".to_owned(), place.clone(), Field::Action, KnownBy::Name);
        let parts =
            parts(&Cell::new(Text::from_plain(words), place), &column, &NO_WORDS, |_| true)?;
        Some(
            parts
                .labelled
                .into_iter()
                .map(|l| (l.label, l.field, l.text.plain().into_owned()))
                .collect(),
        )
    }

    #[test]
    fn labels_stand_at_line_starts_or_behind_a_label() {
        let said = |label: &str, field, text: &str| (label.to_owned(), field, text.to_owned());
        assert_eq!(
            read("Fit lamps\nLead: Jo Lee\nSupplier: none").unwrap(),
            [said("Lead", Some(Field::Owner), "Jo Lee"), said("Supplier", None, "none")]
        );
        assert_eq!(
            read("Action: Fit lamps in the hall. Deadline: May 2027 Lead: Jo Lee").unwrap(),
            [
                said("Action", Some(Field::Action), "Fit lamps in the hall."),
                said("Deadline", Some(Field::Target), "May 2027"),
                said("Lead", Some(Field::Owner), "Jo Lee"),
            ]
        );
        for prose in [
            "Note: the lamps are old",
            "Meet at 10:30 with the lead: Jo",
            "See https://example.org",
        ] {
            assert!(read(prose).is_none(), "{prose}");
        }
    }
}
