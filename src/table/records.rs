//! Tables in which every row names its objective by a reference, beside a column for that of the
//! action: lists that a program or a careful person keeps. Nothing in their rows is guessed: none
//! is a heading, guidance, a total or the rest of another.

use crate::plan::Field;
use crate::plan::round_trip::RoundTripColumn;
use crate::read::own;
use crate::source::{Cell, Row};
use crate::vocabulary::columns::is_of_objectives;

use super::Column;

/// Whether rows are such a list: each has the reference of an objective, or only a theme.
pub(super) fn are<'a>(mut rows: impl Iterator<Item = &'a Row>, columns: &[Column]) -> bool {
    columns.iter().any(|c| c.field == Field::ObjectiveReference)
        && rows.all(|row| is_one(row, columns))
}

/// Whether a row names its objective by a reference, rather than the column, as a header does.
pub(super) fn names_its_objective(row: &Row, columns: &[Column]) -> bool {
    let names = |(cell, column): (&Cell, &Column)| {
        column.field == Field::ObjectiveReference
            && !cell.value.is_empty()
            && !is_of_objectives(&cell.value.plain())
    };
    row.cells.iter().zip(columns).any(names)
}

/// Whether columns are those of a table that our own writer made.
pub(super) fn are_ours(columns: &[Column]) -> bool {
    columns.iter().any(|c| c.field == Field::ObjectiveReference && c.header == own::HEADER)
}

/// Whether a row names its objective, or its theme by a number of ours, so that it needs no guess.
pub(super) fn names_its_group(row: &Row, columns: &[Column]) -> bool {
    names_its_objective(row, columns)
        || are_ours(columns) && filled(row, columns).any(|c| own_column(c) == Some(THEME_NUMBER))
}

/// Whether a row of a table of ours names its group: then it is no heading, guidance or total,
/// whatever its words.
pub(super) fn is_settled(row: &Row, columns: &[Column]) -> bool {
    are_ours(columns) && names_its_group(row, columns)
}

const THEME_NUMBER: RoundTripColumn = RoundTripColumn::ThemeNumber;

fn own_column(column: &Column) -> Option<RoundTripColumn> {
    RoundTripColumn::of_header(&column.header)
}

fn is_one(row: &Row, columns: &[Column]) -> bool {
    let is_of_theme = |c: &Column| {
        c.field == Field::Theme
            || matches!(own_column(c), Some(RoundTripColumn::AboutTheme | THEME_NUMBER))
    };
    names_its_group(row, columns) || filled(row, columns).all(is_of_theme)
}

/// The columns in which a row has words.
fn filled<'a>(row: &'a Row, columns: &'a [Column]) -> impl Iterator<Item = &'a Column> {
    row.cells
        .iter()
        .zip(columns)
        .filter(|(cell, _)| !cell.value.is_empty())
        .map(|(_, column)| column)
}
