//! What an output held when it was written: the headers with the ids of their fields, and a hash of
//! each cell. By these what comes back is distinguished from what was sent, whatever labels later
//! versions of the program use.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::date::{Date, PartialDate};
use crate::language::Language;
use crate::plan::{Plan, Target};
use crate::read::parse_cell_text;
use crate::report::{
    self, ColumnRole, InterfaceLabels, Phrase, PlanTable, Report, ReportCell, ReviewField,
    SheetColumn, SheetRow, cut,
};
use crate::text::{Text, comparison_key};

/// The id of the column that holds the references of the actions.
const REFERENCE: &str = "reference";

/// The id of the column that holds the statuses.
const STATUS: &str = "status";

/// The ids of the fields that a reviewer fills in.
const FIELDS: [(&str, ReviewField); 6] = [
    ("progress", ReviewField::Progress),
    ("state", ReviewField::State),
    ("revised_target", ReviewField::RevisedTarget),
    ("evidence", ReviewField::Evidence),
    ("reviewer", ReviewField::Reviewer),
    ("reviewed_on", ReviewField::ReviewedOn),
];

/// The plan's table, as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct WrittenTable {
    pub(super) columns: Vec<WrittenColumn>,
    /// For each action, by its reference, a word for each column: see [`cell`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    rows: BTreeMap<String, String>,
    /// The hashes of the words of themes and objectives, which have rows of their own where they
    /// have no actions.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    headings: BTreeSet<u32>,
    /// The statuses that can be chosen: the id of each and what it is called.
    states: Vec<(String, String)>,
    /// The names of the sheets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sheets: Vec<String>,
}

/// A column, as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WrittenColumn {
    /// Its header in a sheet.
    pub(super) header: String,
    /// Its header on a page, if that is another.
    #[serde(skip_serializing_if = "String::is_empty")]
    own: String,
    /// The id of its field, if anything is asked of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    field: String,
}

impl WrittenColumn {
    pub(super) fn is_reference(&self) -> bool {
        self.field == REFERENCE
    }

    pub(super) fn is_status(&self) -> bool {
        self.field == STATUS
    }

    /// The field of the review that it is, if the reviewer fills it in.
    pub(super) fn entry(&self) -> Option<ReviewField> {
        FIELDS.iter().find(|(id, _)| *id == self.field).map(|(_, field)| *field)
    }

    /// Whether a page calls it so.
    pub(super) fn is_called(&self, header: &str) -> bool {
        let own = if self.own.is_empty() { &self.header } else { &self.own };
        comparison_key(own) == comparison_key(header)
    }
}

impl WrittenTable {
    /// What a report of a plan holds when it is written as a workbook.
    pub(crate) fn of_sheet(report: &Report, plan: &Plan, language: Language) -> Self {
        let mut written = Self::of_page(report, plan, language);
        written.sheets =
            report.sheet_names().chain([&*report.words.long_texts[0]]).map(str::to_owned).collect();
        let Some(table) = report.plan_table() else { return written };
        let columns = table.sheet_columns(&report.words);
        for theme in &table.themes {
            written.headings.insert(hash(&theme.title));
            for objective in &theme.objectives {
                written.headings.insert(hash(&fitted(&objective.in_cell(), &report.words)));
                for action in &objective.actions {
                    let row = SheetRow { theme, objective: Some(objective), action: Some(action) };
                    written
                        .rows
                        .insert(action.reference.clone(), words_of(&row, &columns, &report.words));
                }
            }
        }
        written
    }

    /// What a report of a plan holds when it is written as a page: a page says itself what was
    /// filled in.
    pub(crate) fn of_page(report: &Report, plan: &Plan, language: Language) -> Self {
        let called = report::state_labels(plan, language).map(|label| label.to_string());
        let states = plan.scheme.states.iter().map(|state| state.id.clone()).zip(called).collect();
        let columns = report
            .plan_table()
            .map(|table| columns(table, report, plan, language))
            .unwrap_or_default();
        Self { columns, states, ..Self::default() }
    }

    /// Whether the plan has an action of this reference.
    pub(super) fn reference(&self, reference: &str) -> Option<&str> {
        self.rows.get_key_value(reference).map(|(own, _)| own.as_str())
    }

    pub(super) fn has_actions(&self) -> bool {
        !self.rows.is_empty()
    }

    pub(super) fn is_heading(&self, words: &str) -> bool {
        self.headings.contains(&hash(words))
    }

    pub(super) fn has_sheet(&self, name: &str) -> bool {
        self.sheets.iter().any(|own| own == name)
    }

    /// The status that was chosen by these words, as far as they were among those to choose from.
    pub(super) fn state(&self, words: &str) -> Option<&str> {
        let words = comparison_key(words);
        self.states
            .iter()
            .find(|(_, label)| comparison_key(label) == words)
            .map(|(id, _)| id.as_str())
    }

    /// The statuses to choose from, as they are called in the file.
    pub(super) fn state_labels(&self) -> impl Iterator<Item = &str> {
        self.states.iter().map(|(_, label)| label.as_str())
    }

    /// The columns with the cells of an action, for [`holds`].
    pub(super) fn cells(&self, reference: &str) -> impl Iterator<Item = (&WrittenColumn, &str)> {
        self.columns
            .iter()
            .zip(self.rows.get(reference).map(|row| row.split(' ')).into_iter().flatten())
    }
}

/// Whether a cell still holds what was written there.
pub(super) fn holds(written: &str, now: &Text) -> bool {
    let (hashes, date) = written
        .split_once('@')
        .map_or((written, None), |(hashes, date)| (hashes, date.parse::<Date>().ok()));
    let read = format!("{:x}", hash(&now.words_of_cell()));
    hashes.split('/').any(|hash| hash == read)
        || (date.is_some() && Target::read(&now.plain()).due == date)
}

fn columns(
    table: &PlanTable,
    report: &Report,
    plan: &Plan,
    language: Language,
) -> Vec<WrittenColumn> {
    let fields = report::review_headers(plan, language);
    let field = |column: &SheetColumn| {
        match column.role {
            ColumnRole::Reference => return REFERENCE,
            ColumnRole::Status => return STATUS,
            _ => {}
        }
        let own = |(_, header): &&(ReviewField, Phrase)| {
            column.role.is_entry() && *header == column.own.as_str()
        };
        let field = fields.iter().find(own).map(|(field, _)| *field);
        FIELDS.iter().find(|(_, of)| Some(*of) == field).map_or("", |(id, _)| *id)
    };
    let columns = table.sheet_columns(&report.words);
    let written = |column: SheetColumn| WrittenColumn {
        field: field(&column).to_owned(),
        own: if column.own == column.header { String::new() } else { column.own.clone() },
        header: column.header,
    };
    columns.into_iter().map(written).collect()
}

/// The row of an action: a word for each column.
fn words_of(row: &SheetRow<'_>, columns: &[SheetColumn], words: &InterfaceLabels) -> String {
    let mut out = String::new();
    for column in columns {
        if !out.is_empty() {
            out.push(' ');
        }
        cell(
            &fitted(&row.shown(column.from), words),
            row.action.and_then(|action| column.from.cell(action)),
            &mut out,
        );
    }
    out
}

/// A cell: the hash of its words; behind a `/`, that of what they are read as, if this is another;
/// behind an `@`, the day that they name.
fn cell(words: &str, cell: Option<&ReportCell>, out: &mut String) {
    let own = hash(words);
    let _ = write!(out, "{own:x}");
    if may_be_read_otherwise(words) {
        let read = hash(&parse_cell_text(words).in_cell());
        if read != own {
            let _ = write!(out, "/{read:x}");
        }
    }
    if let Some(ReportCell::Date { due, date, .. }) = cell
        && let Some(day) = due.or(date.map(PartialDate::last))
    {
        let _ = write!(out, "@{day}");
    }
}

/// Whether words may look like lists, entities or markup, and so be read as these: all but plain
/// prose.
fn may_be_read_otherwise(words: &str) -> bool {
    words.starts_with(|c: char| !c.is_alphabetic())
        || words.contains(|c: char| !(c.is_alphanumeric() || " ,.;:'’()/“”£%?".contains(c)))
}

/// Words as far as a cell could hold them when they were written.
pub(super) fn fitted(words: &str, fixed: &InterfaceLabels) -> String {
    cut(words).map_or_else(|| words.to_owned(), |at| format!("{}\n{}", &words[..at], fixed.goes_on))
}

/// The hash of words, by what spreadsheet programs leave of them.
fn hash(words: &str) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(comparison_key(words).as_bytes());
    crc.sum()
}
