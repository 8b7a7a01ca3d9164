//! What the rows of a table say together.

use crate::import::status::{is_rated, second_column};
use crate::place::Place;
use crate::plan::{Field, status};
use crate::table::{PlanGrid, TableRow};

/// What the columns of a table say together that one cell alone does not.
#[derive(Debug, Default)]
pub(in crate::import) struct TableShape {
    /// The header of the status column.
    pub(in crate::import) status_header: String,
    /// The header of the column of target dates.
    pub(super) target_header: String,
    /// Whether 1 is all of an action in the column of percentages.
    pub(in crate::import) parts_of_one: bool,
    /// Whether it may have columns and forms of ours.
    pub(in crate::import) has_ours: bool,
    /// Whether its rows are filled in the colours of a rating.
    pub(in crate::import) is_rated: bool,
    /// Another column that holds statuses.
    pub(super) second_status: Option<usize>,
    pub(in crate::import) second_status_header: String,
}

impl TableShape {
    pub(super) fn of(table: &PlanGrid) -> Self {
        let column = |field: Field| table.columns.iter().position(|c| c.field == field);
        let header = |field: Field| {
            column(field).map(|i| table.columns[i].header.clone()).unwrap_or_default()
        };
        let (status_header, target_header) = (header(Field::Status), header(Field::Target));
        let percentages: Vec<String> = column(Field::Percent).map_or_else(Vec::new, |i| {
            let cells = table.rows.iter().filter_map(|row| {
                if let TableRow::Row { cells, .. } = row { cells.get(i) } else { None }
            });
            cells.map(|cell| cell.value.plain().into_owned()).collect()
        });
        let has_ours = column(Field::ObjectiveReference).is_some();
        let parts_of_one = status::are_parts_of_one(percentages.iter().map(String::as_str));
        let second_status = second_column(table);
        let second_status_header =
            second_status.map(|i| table.columns[i].header.clone()).unwrap_or_default();
        Self {
            status_header,
            target_header,
            parts_of_one,
            has_ours,
            is_rated: is_rated(table),
            second_status,
            second_status_header,
        }
    }
}

/// What was found in several rows of a table, and where first.
#[derive(Debug)]
pub(in crate::import) struct RowCount {
    pub(super) place: Place,
    pub(super) count: usize,
    pub(super) actions: usize,
    pub(super) words: Vec<String>,
}

/// What rows are put together under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::import) enum GroupLevel {
    Theme,
    Objective,
}

/// Words of a theme or objective that rows repeat.
#[derive(Debug)]
pub(in crate::import) struct RepeatedGroup {
    /// Where they stand again first.
    pub(super) place: Place,
    pub(super) level: GroupLevel,
    pub(super) words: String,
    /// In how many rows.
    pub(super) count: usize,
}
