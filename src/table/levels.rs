//! Rows that head the rows below them, told by their numbers (1, 1.1, 1.1.1) or by how far the others are indented.
//!
//! A row is a heading where rows deeper than it follow, and rows of its depth mostly have no owner, no date and no status of their
//! own.

use crate::plan::Field;
use crate::source::{Cell, Row};

use super::Column;
use super::rows::BodyRow;

/// What a row is among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// The heading of a theme.
    Theme,
    /// An objective, without an action of its own.
    Objective,
    /// A row of the plan like any other.
    Row,
}

/// The level of each row.
pub(super) fn of(rows: &[BodyRow], columns: &[Column]) -> Vec<Level> {
    let plain = vec![Level::Row; rows.len()];
    let has = |field: Field| columns.iter().any(|c| c.field == field);
    if has(Field::Objective) || has(Field::Theme) || !OWN.iter().any(|field| has(*field)) {
        return plain;
    }
    let Some(depths) = by_references(rows, columns).or_else(|| by_indents(rows, columns)) else { return plain };
    let mut used: Vec<usize> = depths.iter().flatten().copied().collect();
    used.sort_unstable();
    used.dedup();
    let [top, second, ..] = used.as_slice() else { return plain };
    let heads = |depth: usize| mostly_head(rows, columns, &depths, depth);
    let (themes, objectives) = match (heads(*top), used.len() > 2 && heads(*second)) {
        (true, true) => (Some(*top), Some(*second)),
        (true, false) => (None, Some(*top)),
        (false, _) => return plain,
    };
    let followed = followed(&depths);
    let level = |(i, depth): (usize, &Option<usize>)| match depth {
        Some(_) if !followed[i] => Level::Row,
        depth if *depth == themes && depth.is_some() => Level::Theme,
        depth if *depth == objectives && depth.is_some() => Level::Objective,
        _ => Level::Row,
    };
    depths.iter().enumerate().map(level).collect()
}

/// What an action has of its own, and a heading has not.
const OWN: &[Field] = &[Field::Owner, Field::Target, Field::Status, Field::Percent];

/// Whether the next row that has a depth is deeper.
fn followed(depths: &[Option<usize>]) -> Vec<bool> {
    let mut followed = vec![false; depths.len()];
    let mut below: Option<usize> = None;
    for (i, depth) in depths.iter().enumerate().rev() {
        if let Some(depth) = depth {
            followed[i] = below.is_some_and(|below| below > *depth);
            below = Some(*depth);
        }
    }
    followed
}

/// Whether the rows of a depth mostly have nothing of their own, while deeper ones do.
fn mostly_head(rows: &[BodyRow], columns: &[Column], depths: &[Option<usize>], depth: usize) -> bool {
    let mut bare = (0, 0);
    let mut deeper = (0, 0);
    for (body, at) in rows.iter().zip(depths) {
        let counted = match at {
            Some(at) if *at == depth => &mut bare,
            Some(at) if *at > depth => &mut deeper,
            _ => continue,
        };
        counted.0 += usize::from(has_of_its_own(&body.row, columns));
        counted.1 += 1;
    }
    let (with, all) = bare;
    all > 0 && with * 10 <= all * 3 && deeper.0 * 2 >= deeper.1
}

fn has_of_its_own(row: &Row, columns: &[Column]) -> bool {
    row.cells.iter().zip(columns).any(|(cell, column)| OWN.contains(&column.field) && !cell.value.is_empty() && !cell.is_calculated())
}

/// Depths by the numbers in the reference column, if most rows have one and they differ in depth.
fn by_references(rows: &[BodyRow], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let column = columns.iter().position(|c| c.field == Field::Reference)?;
    let depths: Vec<Option<usize>> = rows.iter().map(|b| b.row.cells.get(column).and_then(number_depth)).collect();
    let known = depths.iter().flatten().count();
    (known * 10 >= rows.len() * 6 && differ(&depths)).then_some(depths)
}

/// How many parts a number has: 1 for "2" and "2.0", 2 for "2.1", 3 for "2.1.1".
fn number_depth(cell: &Cell) -> Option<usize> {
    let words = cell.value.plain();
    let number = words.trim().trim_end_matches('.');
    let parts: Vec<&str> = number.split('.').collect();
    let are_numbers = !parts.is_empty() && parts.iter().all(|p| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()));
    let last_is_nothing = parts.len() == 2 && parts.last() == Some(&"0");
    are_numbers.then_some(if last_is_nothing { 1 } else { parts.len() })
}

/// Depths by how far the words of the action are indented.
fn by_indents(rows: &[BodyRow], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let column = columns.iter().position(|c| c.field == Field::Action)?;
    let depth = |b: &BodyRow| b.row.cells.get(column).filter(|c| !c.value.is_empty()).map(|c| usize::from(c.indent()));
    let depths: Vec<Option<usize>> = rows.iter().map(depth).collect();
    differ(&depths).then_some(depths)
}

fn differ(depths: &[Option<usize>]) -> bool {
    let mut known = depths.iter().flatten();
    known.next().is_some_and(|first| known.any(|other| other != first))
}
