//! Columns of a table as they are met: what they say in all, and which are missing.

use crate::diagnostic::{Code, Diagnostic};
use crate::import::Importer;
use crate::place::Place;
use crate::plan::{Field, PlanColumn, target};
use crate::table::{Column, PlanGrid};

use super::{NEEDED, is_blank_throughout};

impl Importer {
    /// Adds a column to those of the plan, if it has none with that meaning and header.
    pub(super) fn know_column(&mut self, column: &Column) {
        let headers = self.known_columns.entry(column.field).or_default();
        if !headers.contains(&column.header) {
            headers.insert(column.header.clone());
            self.plan
                .columns
                .push(PlanColumn { field: column.field, header: column.header.clone() });
        }
    }

    /// Quotes the header of a later table: the plan keeps the columns of the first.
    pub(super) fn header_words(&mut self, table: &PlanGrid) {
        let words = table.columns.iter().map(|c| c.header.as_str()).collect::<Vec<_>>().join(" | ");
        self.emit(
            Diagnostic::new(Code::HeaderRepeated, "the header of a further table")
                .at(&table.place)
                .left_out(words),
        );
    }

    /// Reports which columns of a table are empty, and gives back which are missing: cells may have
    /// those in labelled lines.
    pub(super) fn columns_that_lack(&mut self, table: &PlanGrid) -> Vec<Field> {
        let mut lacking = Vec::new();
        for column in table.columns.iter().filter(|c| c.date.is_some()) {
            let doubts =
                target::header_date(&column.header).map(|(_, doubts)| doubts).unwrap_or_default();
            self.doubts(doubts, &column.place);
        }
        self.blank_columns.clear();
        for (field, code, what, _) in NEEDED {
            if table.rows.is_empty() {
                continue;
            }
            match table.columns.iter().position(|c| c.field == field) {
                None => lacking.push(field),
                Some(column) if table.rows.len() > 1 && is_blank_throughout(table, column) => {
                    let column = &table.columns[column];
                    let message =
                        format!("the column “{}” is empty: nothing says {what}", column.header);
                    self.emit(Diagnostic::new(code, message).at(&column.place).help("fill it in"));
                    self.blank_columns.push(field);
                }
                Some(_) => {}
            }
        }
        lacking
    }

    /// Reports the columns that tables lack, each once.
    pub(in crate::import) fn report_missing_columns(&mut self) {
        let without = std::mem::take(&mut self.tables_without);
        for (field, code, what, name) in NEEDED {
            let places: Vec<&Place> = without
                .iter()
                .filter(|(lacking, _)| *lacking == field)
                .map(|(_, place)| place)
                .collect();
            let message = match places.len() {
                0 => continue,
                1 => format!("no column of this table says {what}"),
                count => format!(
                    "{count} tables, of which this is the first, have no column that says {what}"
                ),
            };
            self.emit(
                Diagnostic::new(code, message).at(places[0]).help(format!("add a column “{name}”")),
            );
        }
    }

    /// Reports the updates that stood in cells of success measures.
    pub(in crate::import) fn report_lifted_updates(&mut self) {
        let Some((announced, place, count)) = self.lifted_updates.take() else { return };
        let message = match count {
            1 => format!(
                "“{announced}” was read as a dated update and lifted out of the success measures"
            ),
            count => format!(
                "{count} dated updates, such as “{announced}”, were lifted out of the success measures"
            ),
        };
        self.emit(Diagnostic::new(Code::UpdateLifted, message).at(&place));
    }
}
