//! Lists of equal length in neighbouring cells of a row: each of their items is an action of its
//! own.

use crate::plan::Field;
use crate::source::Cell;
use crate::table::Column;
use crate::text::{Text, TextBlock, TextBlockKind};

/// The fields of which an action has one value, so that a list in their cells tells actions apart.
const TELL_APART: &[Field] = &[
    Field::Reference,
    Field::Owner,
    Field::Target,
    Field::Status,
    Field::CompletedOn,
    Field::Percent,
];

/// The fields that belong to all actions of a row.
const SHARED: &[Field] =
    &[Field::Theme, Field::ObjectiveReference, Field::Objective, Field::Recommendation];

/// How many bytes of what belongs to all actions of a row are repeated for each of them: so many,
/// and so many times what the row holds. A row that would take more stays one action.
const REPEATED: usize = 1 << 14;
const REPEATED_TIMES: usize = 8;
/// How many bytes an empty cell counts for.
const CELL: usize = 16;

/// The rows that a row with lists of equal length stands for; none if it has no such lists.
pub(super) fn split(cells: &[Cell], columns: &[Column]) -> Option<Vec<Vec<Cell>>> {
    let own = || cells.iter().zip(columns).filter(|(_, column)| !SHARED.contains(&column.field));
    let (action, _) = own().find(|(_, column)| column.field == Field::Action)?;
    let actions = items(&action.value).filter(|items| items.len() > 1)?;
    let count = actions.len();
    let is_parallel = |cell: &Cell| lines(&cell.value).is_some_and(|lines| lines.len() == count);
    if !own().any(|(cell, column)| TELL_APART.contains(&column.field) && is_parallel(cell)) {
        return None;
    }
    let own: Vec<Option<Vec<Text>>> = cells
        .iter()
        .zip(columns)
        .map(|(cell, column)| match column.field {
            Field::Action => Some(actions.clone()),
            field if SHARED.contains(&field) => None,
            field if TELL_APART.contains(&field) => {
                lines(&cell.value).filter(|lines| lines.len() == count)
            }
            _ => items(&cell.value).filter(|items| items.len() == count),
        })
        .collect();
    let size = |cell: &Cell| {
        cell.value
            .blocks
            .iter()
            .flat_map(|block| &block.spans)
            .map(|span| span.text.len())
            .sum::<usize>()
    };
    let is_repeated = |column: &Column, own: &Option<Vec<Text>>| {
        own.is_none() && column.field != Field::Reference && !SHARED.contains(&column.field)
    };
    let repeated: usize = cells
        .iter()
        .zip(columns)
        .zip(&own)
        .filter(|((_, column), own)| is_repeated(column, own))
        .map(|((cell, _), _)| size(cell))
        .sum();
    if (repeated + cells.len() * CELL).saturating_mul(count - 1)
        > REPEATED + REPEATED_TIMES * cells.iter().map(size).sum::<usize>()
    {
        return None;
    }
    let bare = |cell: &Cell| Cell { value: Text::default(), ..cell.clone() };
    let mut rows: Vec<Vec<Cell>> = vec![cells.iter().map(bare).collect(); count];
    for (i, ((cell, column), own)) in cells.iter().zip(columns).zip(own).enumerate() {
        for (at, row) in rows.iter_mut().enumerate() {
            match &own {
                Some(own) => row[i].value = own[at].clone(),
                // one reference is of the first of them, and a theme or objective goes on
                None if at > 0
                    && (column.field == Field::Reference || SHARED.contains(&column.field)) => {}
                None => row[i].value = cell.value.clone(),
            }
            if at > 0 && row[i].note().is_some() {
                row[i].look = row[i]
                    .look
                    .as_deref()
                    .map(|look| crate::source::CellFormat { note: None, ..look.clone() }.into());
            }
        }
    }
    Some(rows)
}

/// The items of a text that is a list and nothing else, each with what stands below it.
fn items(text: &Text) -> Option<Vec<Text>> {
    let mut items: Vec<Text> = Vec::new();
    for block in text.blocks.iter().filter(|block| !block.plain().trim().is_empty()) {
        match block.kind {
            TextBlockKind::Bullet { depth: 0 } | TextBlockKind::Numbered { depth: 0, .. } => {
                items.push(
                    TextBlock { kind: TextBlockKind::Paragraph, spans: block.spans.clone() }.into(),
                );
            }
            TextBlockKind::Paragraph => return None,
            TextBlockKind::Bullet { .. } | TextBlockKind::Numbered { .. } => {
                items.last_mut()?.blocks.push(block.clone());
            }
        }
    }
    (!items.is_empty()).then_some(items)
}

/// The items of a list, or the lines of a text without one.
fn lines(text: &Text) -> Option<Vec<Text>> {
    items(text).or_else(|| {
        let mut lines = Vec::new();
        for block in &text.blocks {
            if block.kind != TextBlockKind::Paragraph {
                return None;
            }
            let words = block.plain();
            let mut from = 0;
            for line in words.split_inclusive('\n') {
                let part = block.slice(from, from + line.len());
                from += line.len();
                if !part.spans.is_empty() {
                    lines.push(part.into());
                }
            }
        }
        (!lines.is_empty()).then_some(lines)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;
    use crate::table::KnownBy;

    fn split_of(row: &[(Field, &str)]) -> Option<Vec<String>> {
        let place = Place::in_text(1, 1, 0);
        let column =
            |field| Column::new(String::new(), Place::in_text(1, 1, 0), field, KnownBy::Name);
        let columns: Vec<Column> = row.iter().map(|(field, _)| column(*field)).collect();
        let cells: Vec<Cell> = row
            .iter()
            .map(|(_, words)| Cell::new(Text::from_commonmark(words), place.clone()))
            .collect();
        let shown = |row: &Vec<Cell>| {
            row.iter().map(|c| c.value.plain().into_owned()).collect::<Vec<_>>().join(" | ")
        };
        split(&cells, &columns).map(|rows| rows.iter().map(shown).collect())
    }

    #[test]
    fn lists_of_equal_length_are_actions() {
        let both = [
            (Field::Action, "- Meet clerks\n- Write a charter"),
            (Field::Owner, "- Leader\n- Clerk"),
            (Field::Target, "May 2027"),
        ];
        assert_eq!(
            split_of(&both).unwrap(),
            ["Meet clerks | Leader | May 2027", "Write a charter | Clerk | May 2027"]
        );
        assert_eq!(
            split_of(&[
                (Field::Action, "- Meet\n- Write"),
                (Field::Owner, "- Leader\n- Clerk\n- Head")
            ]),
            None
        );
        assert_eq!(
            split_of(&[
                (Field::Action, "- Meet\n- Write"),
                (Field::SuccessMeasures, "- Met\n- Written")
            ]),
            None
        );
        assert_eq!(split_of(&[(Field::Action, "Meet"), (Field::Owner, "- Leader\n- Clerk")]), None);
    }
}
