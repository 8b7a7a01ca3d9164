//! Which row of a grid is a header, and what its columns mean.

use crate::place::{Place, Sourced};
use crate::plan::Field;
use crate::source::{Cell, Grid, Row};
use crate::text::Text;

use super::Column;
use super::field::{CycleField, KnownBy, cycle_field, field, folded};

/// The header of a table of the plan.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) columns: Vec<Column>,
    pub(super) place: Place,
}

impl Header {
    pub(super) fn new(row: &Row, given: &[(String, Field)]) -> Self {
        let mut columns: Vec<Column> = row.cells.iter().map(|cell| column(cell, given)).collect();
        settle_what(&mut columns);
        keep_one_of_each(&mut columns);
        Self { columns, place: row.place.clone() }
    }

    /// Whether a row of cells reads the same as this header.
    pub(super) fn repeats_in(&self, cells: &[Cell]) -> bool {
        cells.len() == self.columns.len()
            && self.columns.iter().zip(cells).all(|(column, cell)| folded(&column.header) == folded(&cell.value.plain()))
    }

    /// Whether another header has the same columns in the same order.
    pub(super) fn same_as(&self, other: &Self) -> bool {
        self.columns.len() == other.columns.len()
            && self.columns.iter().zip(&other.columns).all(|(a, b)| folded(&a.header) == folded(&b.header))
    }

    /// Whether it has a column of this name.
    pub(super) fn has(&self, header: &str) -> bool {
        self.columns.iter().any(|c| folded(&c.header) == folded(header))
    }

    /// Its words, as they stand.
    pub(super) fn words(&self) -> String {
        self.columns.iter().map(|c| c.header.as_str()).collect::<Vec<_>>().join(" | ")
    }
}

fn column(cell: &Cell, given: &[(String, Field)]) -> Column {
    let header = cell.value.plain().replace('\n', " ");
    let place = cell.place.clone();
    if let Some((_, field)) = given.iter().find(|(name, _)| folded(name) == folded(&header)) {
        return Column { header, place, field: *field, known_by: KnownBy::Caller };
    }
    let (field, known_by) = field(&header).unwrap_or((Field::Extra, KnownBy::Nothing));
    Column { header, place, field, known_by }
}

/// "What?" is the objective where a column says how; where none does, it is the action. A recommendation that stands for the
/// objective is one.
fn settle_what(columns: &mut [Column]) {
    let has = |columns: &[Column], field| columns.iter().any(|c| c.field == field);
    if !has(columns, Field::Objective) && has(columns, Field::Action) {
        rename(columns, Field::Recommendation, Field::Objective, "the recommendation stands where the objective would");
    }
    if !has(columns, Field::Action) {
        let what = if has(columns, Field::Objective) { Field::Objective } else { Field::Recommendation };
        rename(columns, what, Field::Action, "no other column says what is to be done");
    }
}

fn rename(columns: &mut [Column], from: Field, to: Field, why: &'static str) {
    if let Some(column) = columns.iter_mut().find(|c| c.field == from) {
        column.field = to;
        column.known_by = KnownBy::OtherColumns(why);
    }
}

/// Where two columns mean the same, the first does; the others are kept under their own headers.
fn keep_one_of_each(columns: &mut [Column]) {
    for i in 1..columns.len() {
        let (before, rest) = columns.split_at_mut(i);
        let this = &mut rest[0];
        if let Some(first) = before.iter().find(|c| c.field == this.field && c.field != Field::Extra) {
            this.known_by = KnownBy::TakenBy(first.header.clone());
            this.field = Field::Extra;
        }
    }
}

/// Whether a row of cells names the columns of a plan.
pub(super) fn is_plan_header(row: &Row, given: &[(String, Field)]) -> bool {
    const LONGEST: usize = 60;
    if row.cells.len() < 2 || row.cells.iter().any(|c| c.value.plain().len() > LONGEST) {
        return false;
    }
    let fields: Vec<Field> = row.cells.iter().map(|c| column(c, given).field).collect();
    let has = |wanted: &[Field]| fields.iter().any(|f| wanted.contains(f));
    has(&[Field::Action, Field::Objective, Field::Recommendation])
        && has(&[Field::Owner, Field::SuccessMeasures, Field::Target, Field::Update, Field::Status])
}

/// How many columns of a grid's first row have a meaning.
pub(super) fn known_columns(grid: &Grid, given: &[(String, Field)]) -> usize {
    grid.rows.first().map_or(0, |row| row.cells.iter().filter(|c| column(c, given).field != Field::Extra).count())
}

/// The dates of a review cycle, if that is what a grid holds: each header names one, and one row gives them.
pub(super) fn cycle(grid: &Grid) -> Option<Vec<(CycleField, Sourced<Text>)>> {
    let [header, values] = grid.rows.as_slice() else { return None };
    header
        .cells
        .iter()
        .zip(&values.cells)
        .map(|(name, value)| Some((cycle_field(&name.value.plain())?, Sourced::new(value.value.clone(), value.place.clone()))))
        .collect()
}

/// The words of a grid, a line a row.
pub(super) fn words(grid: &Grid) -> String {
    let row = |row: &Row| {
        let cells: Vec<String> = row.cells.iter().map(|c| c.value.plain().replace('\n', " ")).filter(|c| !c.is_empty()).collect();
        cells.join(" | ")
    };
    grid.rows.iter().map(row).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A row above the header as a paragraph: its cells one after the other.
pub(super) fn as_paragraph(row: &Row) -> Option<Sourced<Text>> {
    let mut cells = row.cells.iter().filter(|c| !c.value.is_empty());
    let first = cells.next()?;
    let mut text = first.value.clone();
    for cell in cells {
        text.resume(cell.value.clone());
    }
    Some(Sourced::new(text, first.place.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(headers: &[&str]) -> Vec<Field> {
        let cells = headers.iter().map(|h| Cell::new(Text::from_plain(h), Place::in_text(1, 1, 0))).collect();
        let header = Header::new(&Row::new(cells, Place::in_text(1, 1, 0)), &[]);
        header.columns.iter().map(|c| c.field).collect()
    }

    #[test]
    fn what_is_the_objective_only_where_a_column_says_how() {
        assert_eq!(fields(&["What?", "Who?", "How?"]), [Field::Objective, Field::Owner, Field::Action]);
        assert_eq!(fields(&["What?", "Who?", "When?"]), [Field::Action, Field::Owner, Field::Target]);
        assert_eq!(fields(&["Recommendation", "Action", "Lead"]), [Field::Objective, Field::Action, Field::Owner]);
    }

    #[test]
    fn a_second_column_of_the_same_meaning_is_kept_apart() {
        assert_eq!(fields(&["Action", "Lead", "Owner"]), [Field::Action, Field::Owner, Field::Extra]);
    }
}
