//! What people have filled into a workbook of ours, told apart from what was written there.
//!
//! The workbook carries the plan as it was when it was written, so what each cell held then is known: the report is made again, and
//! cell by cell compared with what came back. Rows are found by the reference of their action and columns by their header, wherever
//! they stand, so that sorting, filtering, renaming of sheets and deletion of rows do no harm.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::date::{Date, PartialDate};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::place::Place;
use crate::plan::{Plan, ReviewEntry, Target, status};
use crate::read::{Limits, retyped};
use crate::report::{self, ActionRow, ObjectiveGroup, PlanTable, Report, ReportCell, ReportColumn, ReportOptions, ReviewField, Role};
use crate::returns::ReturnOf;
use crate::review::review;
use crate::source::{Block, Cell, Grid, Row, Source};
use crate::text::{Text, essence};
use crate::write::unlike;

use super::sheet;

/// How many headers a row must have for it to be that of the plan's table.
const HEADERS: usize = 3;

/// A workbook of ours as it came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The plan that it carries: as it was when the workbook was written.
    pub plan: Plan,
    /// The day on which the plan was looked at then.
    pub as_of: Option<Date>,
    /// Whose return it is, if it is one.
    pub return_of: Option<ReturnOf>,
    /// What was filled in, in the order of the rows; what stands as it was written is none.
    pub answers: Vec<Answer>,
    /// What reading the workbook told; then cells that only the plan's own source should change and that were changed anyway, rows
    /// that are of no action, and what does not fit.
    pub diagnostics: Vec<Diagnostic>,
}

/// What was filled in for an action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The reference of the action.
    pub reference: String,
    /// What was filled in; fields that stand as they were written are empty.
    pub entry: ReviewEntry,
    /// Where each field that was filled in stands.
    pub places: Vec<(ReviewField, Place)>,
}

impl Answer {
    /// Where a field stands, else the first that was filled in.
    pub(crate) fn place(&self, field: ReviewField) -> Option<&Place> {
        let own = self.places.iter().find(|(of, _)| *of == field);
        own.or_else(|| self.places.first()).map(|(_, place)| place)
    }
}

impl Filled {
    /// The plan with what was filled in put into the reviews of its actions.
    #[must_use]
    pub fn into_plan(self) -> Plan {
        let Self { mut plan, answers, .. } = self;
        let mut answers: HashMap<String, Answer> = answers.into_iter().map(|answer| (answer.reference.clone(), answer)).collect();
        for action in plan.themes.iter_mut().flat_map(|t| &mut t.objectives).flat_map(|o| &mut o.actions) {
            let Some(Answer { entry, places, .. }) = answers.remove(&action.reference) else { continue };
            for (field, _) in places {
                match field {
                    ReviewField::Progress => action.review.progress.clone_from(&entry.progress),
                    ReviewField::State => action.review.state.clone_from(&entry.state),
                    ReviewField::RevisedTarget => action.review.revised_target.clone_from(&entry.revised_target),
                    ReviewField::Evidence => action.review.evidence.clone_from(&entry.evidence),
                    ReviewField::Reviewer => action.review.reviewer.clone_from(&entry.reviewer),
                    ReviewField::ReviewedOn => action.review.reviewed_on.clone_from(&entry.reviewed_on),
                }
            }
        }
        plan
    }
}

/// Reads what a workbook of ours carries, and what was filled into it; none if the workbook is not ours.
///
/// The sheet that carries the plan and what reading told are taken out of the source, which then holds what any workbook would.
///
/// # Errors
///
/// If the plan that it carries is damaged, is of a version that this library does not know, or goes beyond a limit.
pub fn read_workbook(source: &mut Source, limits: &Limits) -> Result<Option<Filled>, Error> {
    let Some(carried) = sheet::take(source, limits) else { return Ok(None) };
    let sheet::Carried { plan, as_of, return_of } = carried?;
    let diagnostics = std::mem::take(&mut source.diagnostics);
    let mut filled = Filled { plan, as_of, return_of, answers: Vec::new(), diagnostics };
    let written = Written::of(&filled);
    let grids = || source.blocks.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
    let found = grids().find_map(|grid| Some((grid, written.columns(grid)?)));
    match found {
        Some((grid, columns)) => {
            written.compare(grid, &columns, &mut filled.answers, &mut filled.diagnostics);
            let others = grids().filter(|other| !std::ptr::eq(*other, grid) && !written.has_sheet(other));
            filled.diagnostics.extend(others.filter_map(added_sheet));
        }
        None if written.rows.is_empty() => {}
        None => filled.diagnostics.push(
            Diagnostic::new(Code::FilledTableMissing, "no sheet of the workbook has the headers of the plan's table any more").help(
                "put the row with the headers back above the actions, worded as it was; the plan was read as the workbook carries it",
            ),
        ),
    }
    Ok(Some(filled))
}

/// What the plan's table held when it was written.
struct Written {
    plan: Plan,
    columns: Vec<WrittenColumn>,
    rows: HashMap<String, WrittenRow>,
    /// The words of themes and objectives: those of an objective without actions stand in a row without a reference.
    headings: HashSet<String>,
    /// The names of the sheets.
    sheets: Vec<String>,
    /// What the header of a column ends with that goes on with another's words: "(continued)".
    continued: String,
}

struct WrittenColumn {
    header: String,
    /// Which field of the review it is, if the reviewer fills it in.
    field: Option<ReviewField>,
    shows: Shows,
}

/// What a column shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Theme,
    Objective,
    Reference,
    /// A cell of the action.
    Cell(usize),
    /// How the status in a cell of the action is known.
    Note(usize),
}

struct WrittenRow {
    theme: String,
    objective: String,
    action: ActionRow,
}

impl WrittenRow {
    /// The words that a column held.
    fn held(&self, column: &WrittenColumn) -> String {
        match column.shows {
            Shows::Theme => self.theme.clone(),
            Shows::Objective => self.objective.clone(),
            Shows::Reference => self.action.reference.clone(),
            Shows::Cell(i) => self.action.cells.get(i).map(shown).unwrap_or_default(),
            Shows::Note(i) => self.action.cells.get(i).map(note).unwrap_or_default(),
        }
    }

    /// The day that a column held, if it held one.
    fn due(&self, column: &WrittenColumn) -> Option<Date> {
        let Shows::Cell(i) = column.shows else { return None };
        let Some(ReportCell::Date { due, plain, .. }) = self.action.cells.get(i) else { return None };
        due.or(plain.map(PartialDate::last))
    }
}

/// Where a column of the table stands in a grid, by the position of its cells.
struct Found {
    header_row: usize,
    /// For each column as it was written, its position in the rows, and those of the columns that go on with it; none if it is gone.
    at: Vec<Vec<usize>>,
    reference: usize,
}

impl Written {
    fn of(filled: &Filled) -> Self {
        let plan = filled.plan.clone();
        let options = ReportOptions { for_return: filled.return_of.clone(), ..ReportOptions::default() };
        let report = report::report(&plan, &review(&plan, filled.as_of), &options);
        let sheets = report.sections.iter().map(|section| section.short.clone()).chain([report.words.contents.clone()]).collect();
        let continued = report.words.continued.clone();
        let mut written = Self { plan, columns: Vec::new(), rows: HashMap::new(), headings: HashSet::new(), sheets, continued };
        let Some(table) = report.plan_table() else { return written };
        written.columns = columns(&written.plan, &report, table);
        for theme in &table.themes {
            written.headings.insert(essence(&theme.title));
            for group in &theme.objectives {
                let objective = objective_words(group);
                written.headings.insert(essence(&objective));
                for action in &group.actions {
                    let row = WrittenRow { theme: theme.title.clone(), objective: objective.clone(), action: action.clone() };
                    written.rows.insert(action.reference.clone(), row);
                }
            }
        }
        written
    }

    fn has_sheet(&self, grid: &Grid) -> bool {
        grid.sheet.as_ref().is_some_and(|sheet| self.sheets.iter().any(|name| **name == *sheet.name))
    }

    /// Where the table's columns stand in a grid, if the grid has its headers.
    fn columns(&self, grid: &Grid) -> Option<Found> {
        let needed = HEADERS.min(self.columns.len());
        grid.rows.iter().enumerate().find_map(|(header_row, row)| {
            let headers: Vec<String> = row.cells.iter().map(|cell| essence(&cell.value.plain())).collect();
            let mut taken = vec![false; headers.len()];
            let mut take = |wanted: &str, goes_on: bool| {
                let is_it = |header: &str| if goes_on { header.starts_with(wanted) } else { header == wanted };
                let found = (0..headers.len()).find(|i| !taken[*i] && is_it(&headers[*i]))?;
                taken[found] = true;
                Some(found)
            };
            let own: Vec<Option<usize>> = self.columns.iter().map(|column| take(&essence(&column.header), false)).collect();
            let all = self.columns.iter().zip(own).map(|(column, own)| {
                let continued = essence(&format!("{} {}", column.header, self.continued));
                own.into_iter()
                    .chain(own.into_iter().flat_map(|_| std::iter::from_fn(|| take(&continued, true)).collect::<Vec<_>>()))
                    .collect()
            });
            let at: Vec<Vec<usize>> = all.collect();
            let reference = self.columns.iter().position(|column| column.shows == Shows::Reference)?;
            let reference = *at.get(reference)?.first()?;
            (at.iter().filter(|at| !at.is_empty()).count() >= needed).then_some(Found { header_row, at, reference })
        })
    }

    fn compare(&self, grid: &Grid, found: &Found, answers: &mut Vec<Answer>, told: &mut Vec<Diagnostic>) {
        let rows = &grid.rows[found.header_row + 1..];
        let mut seen: HashMap<&str, Place> = HashMap::new();
        for row in rows {
            let Some(cell) = row.cells.get(found.reference) else { continue };
            let Some((reference, written)) = self.rows.get_key_value(cell.value.plain().trim()) else {
                self.unknown(row, found, told);
                continue;
            };
            if let Some(first) = seen.insert(reference, cell.place.clone()) {
                let message = format!("two rows have the reference {reference}; the first was read, at {first}");
                told.push(
                    Diagnostic::new(Code::UnknownReference, message)
                        .at(&cell.place)
                        .and_at(&first)
                        .left_out(words_of(row))
                        .help("delete one of the two rows, or give it the reference of its own action"),
                );
                continue;
            }
            self.compare_row(written, row, found, answers, told);
            tell_added(reference, row, found, told);
        }
    }

    /// A row that is of no action of the plan: a heading, or words that someone wrote below the table.
    fn unknown(&self, row: &Row, found: &Found, told: &mut Vec<Diagnostic>) {
        let words = words_of(row);
        let is_heading = |cell: &Cell| cell.value.is_empty() || self.headings.contains(&essence(&cell.value.in_cell()));
        if row.cells.iter().all(is_heading) {
            return;
        }
        let reference = row.cells[found.reference].value.plain();
        let message = match reference.trim() {
            "" => "this row has no reference, so it is of no action of the plan; it was left out".to_owned(),
            reference => format!("the plan has no action {reference}; the row was left out"),
        };
        let help = "give the row the reference of its action as the plan has it; new actions are added in the plan's own source";
        told.push(Diagnostic::new(Code::UnknownReference, message).at(&row.cells[found.reference].place).left_out(words).help(help));
    }

    fn compare_row(&self, written: &WrittenRow, row: &Row, found: &Found, answers: &mut Vec<Answer>, told: &mut Vec<Diagnostic>) {
        let reference = &written.action.reference;
        let mut answer = Answer { reference: reference.clone(), ..Answer::default() };
        for (column, at) in self.columns.iter().zip(&found.at) {
            let mut cells = at.iter().filter_map(|at| row.cells.get(*at));
            let Some(cell) = cells.next() else { continue };
            let mut now = cell.value.clone();
            cells.for_each(|more| now.append(more.value.clone()));
            let before = written.held(column);
            if holds(&before, &now) || written.due(column).is_some_and(|due| Target::read(&now.plain()).due == Some(due)) {
                continue;
            }
            if let Some(field) = column.field {
                self.filled_in(field, now, &cell.place, &mut answer, told);
                continue;
            }
            let message =
                format!("the cell under “{}” of action {reference} was changed; the plan keeps {}", column.header, quoted(&before));
            told.push(
                Diagnostic::new(Code::PlanCellChanged, message)
                    .at(&cell.place)
                    .left_out(now.in_cell())
                    .help("if the change is meant, make it in the plan's own source"),
            );
        }
        if !answer.places.is_empty() {
            answers.push(answer);
        }
    }

    fn filled_in(&self, field: ReviewField, now: Text, place: &Place, answer: &mut Answer, told: &mut Vec<Diagnostic>) {
        let words = now.in_cell();
        let entry = &mut answer.entry;
        match field {
            ReviewField::Progress => entry.progress = now,
            ReviewField::Evidence => entry.evidence = now,
            ReviewField::Reviewer => entry.reviewer = words,
            ReviewField::ReviewedOn => entry.reviewed_on = words,
            ReviewField::RevisedTarget => entry.revised_target = words,
            ReviewField::State => {
                let state = self.plan.scheme.states.iter().find(|s| essence(&s.label) == essence(&words) || s.id == words);
                let state = state.or_else(|| status::said(&words, &self.plan.scheme));
                if state.is_none() && !words.is_empty() {
                    let labels: Vec<&str> = self.plan.scheme.states.iter().map(|s| s.label.as_str()).collect();
                    told.push(
                        Diagnostic::new(Code::StateNotInScheme, format!("“{words}” is not a status of this plan"))
                            .at(place)
                            .help(format!("choose one from the list: {}", labels.join(", "))),
                    );
                }
                entry.state = state.map_or(words, |state| state.id.clone());
            }
        }
        answer.places.push((field, place.clone()));
    }
}

/// The columns of the plan's table, as a workbook has them.
fn columns(plan: &Plan, report: &Report, table: &PlanTable) -> Vec<WrittenColumn> {
    let fields = report::review_headers(plan);
    let mut actions = table.themes.iter().flat_map(|t| &t.objectives).flat_map(|o| &o.actions);
    let has_notes = actions.any(|action| action.cells.iter().any(|cell| !note(cell).is_empty()));
    let has_themes = table.themes.iter().any(|theme| !theme.title.is_empty());
    let theme = || WrittenColumn { header: report.words.theme.clone(), field: None, shows: Shows::Theme };
    let mut columns: Vec<WrittenColumn> = has_themes.then(theme).into_iter().collect();
    let mut cell = 0;
    for ReportColumn { header, role } in &table.columns {
        let field = fields.iter().find(|(_, own)| role.is_entry() && own == header).map(|(field, _)| *field);
        let shows = match role {
            Role::Objective => Shows::Objective,
            Role::Reference => Shows::Reference,
            _ => Shows::Cell(cell),
        };
        columns.push(WrittenColumn { header: header.clone(), field, shows });
        if *role == Role::Status && has_notes {
            columns.push(WrittenColumn { header: report.words.status_note.clone(), field: None, shows: Shows::Note(cell) });
        }
        cell += usize::from(*role != Role::Objective);
    }
    columns.sort_by_key(|column| column.shows != Shows::Reference);
    let mut headers = BTreeSet::new();
    for column in &mut columns {
        column.header = unlike(&mut headers, &column.header);
    }
    columns
}

fn objective_words(group: &ObjectiveGroup) -> String {
    let own = if group.text.is_empty() { String::new() } else { format!("{}  {}", group.reference, group.text.in_cell()) };
    let answers = group.recommendation.as_ref().map(|link| link.description.clone());
    own + &answers.unwrap_or_default()
}

/// Tells what stands beside the table's own columns in the row of an action, and the comments on its cells.
fn tell_added(reference: &str, row: &Row, found: &Found, told: &mut Vec<Diagnostic>) {
    let help = "write it into one of the columns to fill in";
    for (at, cell) in row.cells.iter().enumerate() {
        let added = |what: &str, words: &Text| {
            let message = format!("{what} was added to action {reference}; it was left out");
            Diagnostic::new(Code::AddedToWorkbook, message).at(&cell.place).left_out(words.in_cell()).help(help)
        };
        if !cell.value.is_empty() && !found.at.iter().flatten().any(|own| *own == at) {
            told.push(added("a cell outside the columns of the plan", &cell.value));
        }
        if let Some(note) = cell.look.as_ref().and_then(|look| look.note.as_ref()) {
            told.push(added("a comment", note));
        }
    }
}

/// What there is to tell of a sheet that was not written with the workbook; nothing if it is empty.
fn added_sheet(grid: &Grid) -> Option<Diagnostic> {
    let words: Vec<String> = grid.rows.iter().map(words_of).filter(|words| !words.is_empty()).collect();
    let (sheet, first) = (grid.sheet.as_ref()?, grid.rows.first()?);
    let message = format!("the sheet “{}” was added to the workbook; it was left out", sheet.name);
    let told = Diagnostic::new(Code::AddedToWorkbook, message).at(&first.place).left_out(words.join("\n"));
    (!words.is_empty()).then(|| told.help("write what it says into the columns to fill in"))
}

/// Whether a cell still holds what was written there.
fn holds(before: &str, now: &Text) -> bool {
    let (written, read) = (essence(before), essence(&now.in_cell()));
    // words that look like lists, entities or markup are read as these
    written == read || essence(&retyped(before).in_cell()) == read
}

fn shown(cell: &ReportCell) -> String {
    match cell {
        ReportCell::Text(text) => text.in_cell(),
        ReportCell::Date { text, .. } => text.clone(),
        ReportCell::Status { mark, .. } => mark.as_ref().map_or_else(String::new, |mark| mark.label.clone()),
    }
}

fn note(cell: &ReportCell) -> String {
    if let ReportCell::Status { note, .. } = cell { note.clone() } else { String::new() }
}

fn quoted(words: &str) -> String {
    const MOST: usize = 60;
    let short: String = words.chars().take(MOST).collect();
    match words.chars().count() {
        0 => "it empty".to_owned(),
        n if n > MOST => format!("“{}…”", short.trim_end()),
        _ => format!("“{short}”"),
    }
}

fn words_of(row: &Row) -> String {
    let words = row.cells.iter().map(|cell| cell.value.in_cell()).filter(|words| !words.trim().is_empty());
    words.collect::<Vec<_>>().join(" | ")
}
