//! The cells of a row by what their columns mean.

use std::collections::HashMap;

use crate::date::PartialDate;
use crate::plan::round_trip::RoundTripColumn;
use crate::plan::{Colour, Field, Note};
use crate::source::Cell;
use crate::table::Column;
use crate::text::Text;

use super::status::row_fill;

/// The cells of a row by their meaning.
#[derive(Default)]
pub(super) struct RowFields {
    pub(super) reference: Option<Cell>,
    pub(super) theme: Option<Cell>,
    pub(super) objective_reference: Option<Cell>,
    pub(super) objective: Option<Cell>,
    pub(super) action: Option<Cell>,
    pub(super) owner: Option<Cell>,
    pub(super) success_measures: Option<Cell>,
    pub(super) target: Option<Cell>,
    pub(super) update: Option<Cell>,
    pub(super) status: Option<Cell>,
    /// The cell of a second status column, which is kept under its own header too.
    pub(super) other_status: Option<Cell>,
    /// The colour of a rating that fills most of the row.
    pub(super) row_fill: Option<Colour>,
    pub(super) percent: Option<Text>,
    pub(super) completed_on: Option<Text>,
    pub(super) evidence: Option<Cell>,
    /// The cells of further columns of reports, with their headers.
    pub(super) reports: Vec<(String, Cell)>,
    /// The cells of columns whose headers are dates.
    pub(super) dated: Vec<DateCell>,
    /// The cells that are kept under their own headers.
    pub(super) extra: Vec<(String, Text)>,
    /// The cells of columns of ours.
    pub(super) ours: Vec<(RoundTripColumn, Cell)>,
    /// The comments on the cells.
    pub(super) notes: Vec<Note>,
}

/// What a cell says of one date.
pub(super) struct DateCell {
    pub(super) date: PartialDate,
    pub(super) header: String,
    pub(super) cell: Cell,
}

impl RowFields {
    /// The cells of a row by what their columns mean; `second_status` is another column of
    /// statuses.
    pub(super) fn sort(cells: Vec<Cell>, columns: &[Column], second_status: Option<usize>) -> Self {
        let mut fields = Self { row_fill: row_fill(&cells), ..Self::default() };
        let may_be_ours = columns.iter().any(|c| c.field == Field::ObjectiveReference);
        for (i, (cell, column)) in cells.into_iter().zip(columns).enumerate() {
            let header = || {
                if column.header.is_empty() {
                    format!("Column {}", i + 1)
                } else {
                    column.header.clone()
                }
            };
            if let Some(text) = cell.note() {
                fields.notes.push(Note { about: header(), text: text.clone() });
            }
            let slot = match column.field {
                Field::Reference => &mut fields.reference,
                Field::Theme => &mut fields.theme,
                Field::ObjectiveReference => &mut fields.objective_reference,
                Field::Objective => &mut fields.objective,
                Field::Action => &mut fields.action,
                Field::Owner => &mut fields.owner,
                Field::SuccessMeasures => &mut fields.success_measures,
                Field::Target => &mut fields.target,
                Field::Status
                    if fields.status.as_ref().is_some_and(|first| !first.value.is_empty()) =>
                {
                    if !cell.value.is_empty() {
                        fields.extra.push((header(), cell.value.clone()));
                        fields.other_status = Some(cell);
                    }
                    continue;
                }
                Field::Status => &mut fields.status,
                Field::Evidence => &mut fields.evidence,
                Field::Update => match column.date {
                    Some(date) => {
                        if !cell.value.is_empty() {
                            fields.dated.push(DateCell {
                                date,
                                header: column.header.clone(),
                                cell,
                            });
                        }
                        continue;
                    }
                    // of several columns of reports, those behind the first keep their headers
                    None if fields.update.as_ref().is_some_and(|first| !first.value.is_empty()) => {
                        if !cell.value.is_empty() {
                            fields.reports.push((column.header.clone(), cell));
                        }
                        continue;
                    }
                    None => &mut fields.update,
                },
                Field::Recommendation
                | Field::Start
                | Field::Percent
                | Field::CompletedOn
                | Field::Extra => {
                    if !cell.value.is_empty() {
                        if let Some(own) =
                            RoundTripColumn::of_header(&column.header).filter(|_| may_be_ours)
                        {
                            fields.ours.push((own, cell));
                            continue;
                        }
                        match column.field {
                            Field::Percent => fields.percent = Some(cell.value.clone()),
                            Field::CompletedOn => fields.completed_on = Some(cell.value.clone()),
                            Field::Extra if second_status == Some(i) => {
                                fields.other_status = Some(cell.clone());
                            }
                            _ => {}
                        }
                        fields.extra.push((header(), cell.value));
                    }
                    continue;
                }
            };
            *slot = Some(cell);
        }
        apart(&mut fields.extra);
        fields
    }

    /// Whether anything but the theme and the objective is there.
    pub(super) fn has_action(&self) -> bool {
        let cells = [
            &self.reference,
            &self.action,
            &self.owner,
            &self.success_measures,
            &self.target,
            &self.update,
            &self.status,
            &self.evidence,
        ];
        cells.into_iter().flatten().any(|c| !c.value.is_empty())
            || !self.extra.is_empty()
            || !self.dated.is_empty()
    }

    /// Takes the cell of a column of ours.
    pub(super) fn take(&mut self, own: &RoundTripColumn) -> Option<Cell> {
        let at = self.ours.iter().position(|(column, _)| column == own)?;
        Some(self.ours.remove(at).1)
    }

    /// Whether the row is about its objective alone: it names it, and has neither the reference nor
    /// the words of an action.
    pub(super) fn is_of_objective(&self) -> bool {
        let is_blank = |cell: &Option<Cell>| cell.as_ref().is_none_or(|c| c.value.is_empty());
        !is_blank(&self.objective_reference) && is_blank(&self.reference) && is_blank(&self.action)
    }
}

/// Headers that stand more than once stay apart: "Comments", "Comments (2)", "Comments (3)".
pub(super) fn apart(extra: &mut [(String, Text)]) {
    if extra.len() < 2 {
        return;
    }
    let mut last: HashMap<String, usize> = HashMap::with_capacity(extra.len());
    for (header, _) in extra {
        let Some(count) = last.get(header.as_str()).copied() else {
            last.insert(header.clone(), 1);
            continue;
        };
        let free = (count + 1..=usize::MAX)
            .find(|number| !last.contains_key(&format!("{header} ({number})")))
            .unwrap_or(usize::MAX);
        last.insert(header.clone(), free);
        *header = format!("{header} ({free})");
        last.insert(header.clone(), 1);
    }
}
