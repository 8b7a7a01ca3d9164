//! Rows that head the rows below them, recognised by their numbers (1, 1.1, 1.1.1) or by how far
//! the others are indented.
//!
//! A row is a heading where rows deeper than it follow, and rows of its depth mostly have no owner,
//! no date and no status of their own.

mod number;

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::Field;
use crate::source::{Cell, Row};
use crate::text::Text;

use super::body::{BodyRow, only_cell};
use super::{Column, DocumentTables, KnownBy};

use number::{RowNumber, RowNumberKind};

/// What a row is among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowLevel {
    /// The heading of a theme.
    Theme,
    /// An objective, without an action of its own.
    Objective,
    /// A row of the plan like any other.
    Row,
    /// A row of the plan that stands below no heading, after rows that do.
    Apart,
    /// A row of the plan that stands below the theme only, after rows below an objective of it.
    Beside,
    /// A row of the plan although it has one text only, since headings are numbered and it is not.
    Unnumbered,
}

/// The level of each row.
pub(super) fn of(rows: &[BodyRow], columns: &[Column]) -> Vec<RowLevel> {
    let has = |field: Field| columns.iter().any(|c| c.field == field);
    if has(Field::Objective) || has(Field::Theme) || !OWN.iter().any(|field| has(*field)) {
        return vec![RowLevel::Row; rows.len()];
    }
    let by = |depths: Depths| levels(rows, columns, &depths(rows, columns)?);
    by(by_references)
        .map(|levels| unnumbered(rows, columns, levels))
        .or_else(|| {
            [by_indents as Depths, by_presence_of_references, by_bold].into_iter().find_map(by)
        })
        .unwrap_or_else(|| vec![RowLevel::Row; rows.len()])
}

type Depths = fn(&[BodyRow], &[Column]) -> Option<Vec<Option<usize>>>;

/// Below numbered headings, a text of an action alone in its row is an action, not a heading.
fn unnumbered(rows: &[BodyRow], columns: &[Column], mut levels: Vec<RowLevel>) -> Vec<RowLevel> {
    let first = levels.iter().position(|level| *level != RowLevel::Row).unwrap_or(levels.len());
    for (level, body) in levels.iter_mut().zip(rows).skip(first) {
        let only =
            only_cell(&body.row).filter(|cell| !cell.value.is_bold() && cell.fill().is_none());
        let in_action = |cell: &Cell| {
            body.row
                .cells
                .iter()
                .zip(columns)
                .any(|(own, column)| std::ptr::eq(own, cell) && column.field == Field::Action)
        };
        if *level == RowLevel::Row && only.is_some_and(in_action) {
            *level = RowLevel::Unnumbered;
        }
    }
    levels
}

/// Moves the numbers before the words of actions into a column of references, where they make
/// levels and there is no such column.
pub(super) fn lift_numbers(
    columns: &mut Vec<Column>,
    rows: &mut [BodyRow],
    out: &mut DocumentTables,
) {
    const NOT_BESIDE: &[Field] =
        &[Field::Reference, Field::ObjectiveReference, Field::Objective, Field::Theme];
    let Some(action) = column_of(columns, Field::Action)
        .filter(|_| !columns.iter().any(|c| NOT_BESIDE.contains(&c.field)))
    else {
        return;
    };
    let has_levels = by_numbers_in_text(rows, columns)
        .and_then(|depths| levels(rows, columns, &depths))
        .is_some();
    if !has_levels {
        return;
    }
    for BodyRow { row, .. } in rows {
        let number = number_in_text(&row.cells[action]).map(|(number, _)| number);
        let mut cell = Cell::new(Text::default(), row.cells[action].place.clone());
        if let (Some(number), Some(span)) = (
            number,
            row.cells[action].value.blocks.first_mut().and_then(|block| block.spans.first_mut()),
        ) {
            let rest = span
                .text
                .trim_start()
                .strip_prefix(number.as_str())
                .map(|rest| rest.trim_start().to_owned());
            if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
                span.text = rest;
                cell.value = Text::from_plain(number.trim_end_matches(['.', ')']));
            }
        }
        row.cells.push(cell);
    }
    let place = columns[action].place.clone();
    let message = format!(
        "the numbers before the words in the column “{}” were read as references",
        columns[action].header
    );
    out.diagnostics.push(Diagnostic::new(Code::ColumnGuessed, message).at(&place));
    let known_by = KnownBy::Cells("the numbers before the words of the actions".to_owned());
    columns.push(Column::new(String::new(), place, Field::Reference, known_by));
}

/// The number before the words of a cell, as typed.
fn number_in_text(cell: &Cell) -> Option<(String, RowNumber)> {
    let words = cell.value.plain();
    let (first, rest) = words.trim_start().split_once(char::is_whitespace)?;
    // "3 new officers" counts; a letter alone may be a word
    let is_marked = first.contains(['.', ')']) || rest.trim_start().starts_with(char::is_uppercase);
    let label = RowNumber::of(first).filter(|label| {
        is_marked && (label.kind == RowNumberKind::Number || first.ends_with([')', '.']))
    })?;
    Some((first.to_owned(), label))
}

/// The levels that depths make, if any row heads others.
fn levels(rows: &[BodyRow], columns: &[Column], depths: &[Option<usize>]) -> Option<Vec<RowLevel>> {
    let mut used: Vec<usize> = depths.iter().flatten().copied().collect();
    used.sort_unstable();
    used.dedup();
    let [top, second, ..] = used.as_slice() else { return None };
    let followed = followed(depths);
    let heads = |depth: usize| mostly_head(rows, columns, depths, &followed, depth);
    let (themes, objectives) = match (heads(*top), used.len() > 2 && heads(*second)) {
        (true, true) => (Some(*top), Some(*second)),
        (true, false) => (None, Some(*top)),
        (false, _) if bare_heads(rows, columns, depths, &followed, *top) => (None, Some(*top)),
        (false, _) => return None,
    };
    let only_bare = !heads(*top);
    // the depth of the last heading
    let mut open: Option<usize> = None;
    let level = |(i, depth): (usize, &Option<usize>)| match depth {
        Some(depth)
            if followed[i]
                && (Some(*depth) == themes || Some(*depth) == objectives)
                && !(only_bare && has_of_its_own(&rows[i].row, columns)) =>
        {
            open = Some(*depth);
            if Some(*depth) == themes { RowLevel::Theme } else { RowLevel::Objective }
        }
        Some(depth) if open.is_some_and(|heading| *depth <= heading) => {
            let theme = themes.filter(|theme| theme < depth);
            open = theme;
            if theme.is_some() { RowLevel::Beside } else { RowLevel::Apart }
        }
        _ => RowLevel::Row,
    };
    Some(depths.iter().enumerate().map(level).collect())
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

/// Whether the rows of a depth that deeper ones follow mostly have nothing of their own, while
/// deeper ones do.
fn mostly_head(
    rows: &[BodyRow],
    columns: &[Column],
    depths: &[Option<usize>],
    followed: &[bool],
    depth: usize,
) -> bool {
    let mut heads = (0, 0);
    let mut deeper = (0, 0);
    for ((body, at), followed) in rows.iter().zip(depths).zip(followed) {
        let (counted, has_details) = match at {
            Some(at) if *at == depth && *followed => {
                (&mut heads, has_of_its_own(&body.row, columns))
            }
            // the dates of actions can be calculated too, each from the one before
            Some(at) if *at > depth => (&mut deeper, details(&body.row, columns).next().is_some()),
            _ => continue,
        };
        counted.0 += usize::from(has_details);
        counted.1 += 1;
    }
    let (with, all) = heads;
    all > 0 && with * 10 <= all * 3 && deeper.0 * 2 >= deeper.1
}

/// Whether some rows of a depth have nothing of their own, while all that follow them deeper have.
fn bare_heads(
    rows: &[BodyRow],
    columns: &[Column],
    depths: &[Option<usize>],
    followed: &[bool],
    depth: usize,
) -> bool {
    let mut found = false;
    let mut below_bare = false;
    for ((body, at), followed) in rows.iter().zip(depths).zip(followed) {
        match at {
            Some(at) if *at <= depth => {
                below_bare = *followed && !has_of_its_own(&body.row, columns);
                found |= below_bare;
            }
            Some(_) if below_bare && !has_of_its_own(&body.row, columns) => return false,
            _ => {}
        }
    }
    found
}

/// Whether a row has details that someone typed: those of a heading may be calculated from the rows
/// below it.
fn has_of_its_own(row: &Row, columns: &[Column]) -> bool {
    details(row, columns).any(|cell| !cell.is_calculated())
}

fn details<'a>(row: &'a Row, columns: &'a [Column]) -> impl Iterator<Item = &'a Cell> {
    row.cells
        .iter()
        .zip(columns)
        .filter(|(cell, column)| OWN.contains(&column.field) && !cell.value.is_empty())
        .map(|(cell, _)| cell)
}

fn column_of(columns: &[Column], field: Field) -> Option<usize> {
    columns.iter().position(|c| c.field == field)
}

/// Depths by the numbers and letters in the reference column, if most rows have one and they differ
/// in depth.
fn by_references(rows: &[BodyRow], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let column = column_of(columns, Field::Reference)?;
    let labels = rows
        .iter()
        .map(|body| body.row.cells.get(column).and_then(|cell| RowNumber::of(&cell.value.plain())));
    depths_of_labels(labels.collect(), rows.len())
}

/// Depths by the numbers before the words of the actions: "1 Start", "1.1 Write the charter".
fn by_numbers_in_text(rows: &[BodyRow], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let column = column_of(columns, Field::Action)?;
    let label =
        |body: &BodyRow| number_in_text(body.row.cells.get(column)?).map(|(_, label)| label);
    depths_of_labels(rows.iter().map(label).collect(), rows.len())
}

fn depths_of_labels(labels: Vec<Option<RowNumber>>, rows: usize) -> Option<Vec<Option<usize>>> {
    let known = labels.iter().flatten().count();
    if known * 10 < rows * 6 {
        return None;
    }
    let mut top: [Option<usize>; 4] = [None; 4];
    let mut above = 0;
    let depth = |label: Option<RowNumber>| {
        let RowNumber { kind, parts } = label?;
        // a kind of label that stands alone belongs one level below the label above its first
        let first = match &mut top[kind as usize] {
            Some(first) => *first,
            none if parts == 1 => *none.insert(above + 1),
            _ => 1,
        };
        above = first + parts - 1;
        Some(above)
    };
    let depths: Vec<Option<usize>> = labels.into_iter().map(depth).collect();
    differ(&depths).then_some(depths)
}

/// Takes a column without a header whose cells are mostly numbers or letters for the references,
/// where no column is known as that.
pub(super) fn find_references(columns: &mut [Column], rows: &[BodyRow]) {
    if rows.len() < 2
        || columns.iter().any(|c| matches!(c.field, Field::Reference | Field::ObjectiveReference))
    {
        return;
    }
    let is_label = |at: usize, body: &BodyRow| {
        body.row.cells.get(at).is_some_and(|c| RowNumber::of(&c.value.plain()).is_some())
    };
    let mostly_labels =
        |at: usize| rows.iter().filter(|body| is_label(at, body)).count() * 10 >= rows.len() * 6;
    let found = (0..columns.len()).find(|at| {
        columns[*at].header.is_empty() && columns[*at].field == Field::Extra && mostly_labels(*at)
    });
    if let Some(column) = found.and_then(|at| columns.get_mut(at)) {
        column.field = Field::Reference;
        column.known_by = KnownBy::Cells("its cells hold numbers".to_owned());
    }
}

/// How many parts a number has.
pub(super) fn number_depth(words: &str) -> Option<usize> {
    RowNumber::of(words)
        .filter(|label| label.kind == RowNumberKind::Number)
        .map(|label| label.parts)
}

/// Depths by who has a number: rows with one and nothing else of their own head rows without.
fn by_presence_of_references(rows: &[BodyRow], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let reference = column_of(columns, Field::Reference)?;
    let action = column_of(columns, Field::Action)?;
    let is_filled = |body: &BodyRow, column: usize| {
        body.row.cells.get(column).is_some_and(|c| !c.value.is_empty())
    };
    let depth =
        |body: &BodyRow| is_filled(body, action).then(|| usize::from(!is_filled(body, reference)));
    let depths: Vec<Option<usize>> = rows.iter().map(depth).collect();
    let numbered = || rows.iter().zip(&depths).filter(|(_, depth)| **depth == Some(0));
    let all_bare = numbered().all(|(body, _)| !has_of_its_own(&body.row, columns));
    (all_bare && differ(&depths)).then_some(depths)
}

/// Depths by bold type: rows whose action is bold, beside nothing but a number, head others.
fn by_bold(rows: &[BodyRow], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let action = column_of(columns, Field::Action)?;
    let is_heading = |row: &Row| {
        let mut beside = row
            .cells
            .iter()
            .zip(columns)
            .enumerate()
            .filter(|(i, (cell, _))| *i != action && !cell.value.is_empty());
        row.cells[action].value.is_bold()
            && beside
                .all(|(_, (_, column))| matches!(column.field, Field::Reference | Field::Extra))
    };
    let depth = |body: &BodyRow| {
        body.row.cells.get(action).filter(|c| !c.value.is_empty())?;
        // a row with one text is a band
        only_cell(&body.row).is_none().then(|| usize::from(!is_heading(&body.row)))
    };
    let depths: Vec<Option<usize>> = rows.iter().map(depth).collect();
    let bold = rows
        .iter()
        .filter(|body| body.row.cells.get(action).is_some_and(|cell| cell.value.is_bold()))
        .count();
    (bold * 2 <= rows.len() && differ(&depths)).then_some(depths)
}

/// Depths by how far the words of the action are indented.
fn by_indents(rows: &[BodyRow], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let column = columns.iter().position(|c| c.field == Field::Action)?;
    let depth = |b: &BodyRow| {
        b.row.cells.get(column).filter(|c| !c.value.is_empty()).map(|c| usize::from(c.indent()))
    };
    let depths: Vec<Option<usize>> = rows.iter().map(depth).collect();
    differ(&depths).then_some(depths)
}

/// For each row, the column and text of a reference that needs the number of its objective to be
/// one: "a" below 2 is "2a" where other rows are "a" too.
pub(super) fn qualified_references(
    rows: &[BodyRow],
    levels: &[RowLevel],
    columns: &[Column],
    out: &mut DocumentTables,
) -> Vec<Option<(usize, Text)>> {
    let mut references = vec![None; rows.len()];
    let Some(column) =
        column_of(columns, Field::Reference).filter(|_| levels.contains(&RowLevel::Objective))
    else {
        return references;
    };
    let typed = |i: usize| rows[i].row.cells[column].value.plain().trim().to_owned();
    let mut objective = String::new();
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (i, level) in levels.iter().enumerate() {
        match level {
            RowLevel::Theme | RowLevel::Apart => objective.clear(),
            RowLevel::Objective => {
                typed(i).trim_end_matches(['.', ')', ':']).clone_into(&mut objective);
            }
            RowLevel::Row | RowLevel::Unnumbered | RowLevel::Beside => {
                if *level == RowLevel::Beside {
                    objective.clear();
                }
                let own = typed(i);
                *counts.entry(own.clone()).or_default() += usize::from(!own.is_empty());
                let short = own.trim_matches(['(', ')', '.', ' ']);
                if !objective.is_empty()
                    && RowNumber::of(short).is_some_and(|label| label.parts == 1)
                {
                    let both_digits = objective.ends_with(|c: char| c.is_ascii_digit())
                        == short.starts_with(|c: char| c.is_ascii_digit());
                    found.push((
                        i,
                        format!("{objective}{}{short}", if both_digits { "." } else { "" }),
                    ));
                }
            }
        }
    }
    found.retain(|(i, _)| counts.get(&typed(*i)).is_some_and(|count| *count > 1));
    let Some((first, qualified)) = found.first() else { return references };
    let message = format!(
        "{} references stand below more than one objective; the number of the objective was put before each, as in “{qualified}” for “{}”",
        found.len(),
        typed(*first),
    );
    let place = &rows[*first].row.cells[column].place;
    let words: Vec<String> = found.iter().map(|(i, _)| typed(*i)).collect();
    out.diagnostics.push(
        Diagnostic::new(Code::ReferenceQualified, message).at(place).left_out(words.join(" ")),
    );
    for (i, qualified) in found {
        references[i] = Some((column, Text::from_plain(&qualified)));
    }
    references
}

fn differ(depths: &[Option<usize>]) -> bool {
    let mut known = depths.iter().flatten();
    known.next().is_some_and(|first| known.any(|other| other != first))
}
