//! What people have filled into a workbook of ours, told apart from what was written there.
//!
//! The workbook carries the plan as it was when it was written, so what each cell held then is known: the report is made again, and
//! cell by cell compared with what came back. Rows are found by the reference of their action and columns by their header, wherever
//! they stand, so that sorting, filtering, renaming of sheets and deletion of rows do no harm.

use std::collections::{HashMap, HashSet};

use crate::date::{Date, PartialDate};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::language::Language;
use crate::place::Place;
use crate::plan::{Plan, ReviewEntry, State, Target, status};
use crate::read::{Limits, retyped};
use crate::report::{self, Phrase, Report, ReportCell, ReportOptions, ReviewField, Role, SheetColumn, SheetRow, Words, cut};
use crate::returns::ReturnOf;
use crate::review::review;
use crate::source::{Block, Cell, Grid, Row, Source};
use crate::text::{Text, essence};

use super::block::FilledIn;
use super::sheet::{self, Carried};

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
    /// The language that it speaks.
    pub language: Language,
    /// What was filled in, in the order of the rows; what stands as it was written is none.
    pub answers: Vec<Answer>,
    /// What reading the workbook told; then cells that only the plan's own source should change and that were changed anyway, rows
    /// that are of no action, what was added where nothing is read, and what does not fit.
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
    let Carried { plan, as_of, return_of, language } = carried?;
    let diagnostics = std::mem::take(&mut source.diagnostics);
    let mut filled = Filled { plan, as_of, return_of, language, answers: Vec::new(), diagnostics };
    let written = Written::of(&filled);
    let grids = || source.blocks.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
    // other sheets list some of the actions too, with some of the columns: of several alike, the first is the plan's
    let found = grids().filter_map(|grid| Some((grid, written.columns(grid)?))).rev().max_by_key(|(_, found)| found.columns());
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

/// What was filled in on a page of ours, at a place.
pub(super) fn of_page(carried: Carried, filled_in: FilledIn, place: &Place) -> Filled {
    let Carried { plan, as_of, return_of, language } = carried;
    let mut filled = Filled { plan, as_of, return_of, language, ..Filled::default() };
    if filled_in.is_empty() {
        return filled;
    }
    let written = Written::of(&filled);
    for (reference, fields) in filled_in {
        let mut answer = Answer { reference: reference.clone(), ..Answer::default() };
        for (header, words) in fields {
            let field = written.columns.iter().find(|column| essence(&column.shown.own) == essence(&header)).and_then(|c| c.field);
            match field.filter(|_| written.rows.contains_key(&reference)) {
                Some(field) => written.filled_in(field, retyped(&words), place, &mut answer, &mut filled.diagnostics),
                None => filled.diagnostics.push(
                    Diagnostic::new(Code::UnknownReference, format!("the page has no field “{header}” for an action {reference}"))
                        .at(place)
                        .left_out(words)
                        .help("save the review again from the page as it was sent"),
                ),
            }
        }
        if !answer.places.is_empty() {
            filled.answers.push(answer);
        }
    }
    filled
}

/// What the plan's sheet held when it was written.
struct Written {
    plan: Plan,
    language: Language,
    report: Report,
    columns: Vec<WrittenColumn>,
    /// Where each action stands in the report, by its reference: which theme, objective and action.
    rows: HashMap<String, [usize; 3]>,
    /// The words of themes and objectives, which have rows of their own where they have no actions.
    headings: HashSet<String>,
}

struct WrittenColumn {
    shown: SheetColumn,
    /// Which field of the review it is, if the reviewer fills it in.
    field: Option<ReviewField>,
}

/// The columns in which earlier versions said how a status was calculated: no words of the plan or its owners.
const EARLIER_NOTES: [&str; 2] = ["How the status is known", "Sail y statws"];
/// The statuses that earlier versions calculated from the calendar.
const EARLIER_STATUSES: [&str; 4] = ["Overdue", "Not yet due", "Hwyr", "Ddim yn ddyledus eto"];

/// Where a column of the table stands in a grid, by the position of its cells.
struct Found {
    header_row: usize,
    /// For each column as it was written, the position in the rows; none if it is gone.
    at: Vec<Option<usize>>,
    reference: usize,
    /// The positions of columns that only an earlier version wrote.
    earlier: Vec<usize>,
}

impl Found {
    fn columns(&self) -> usize {
        self.at.iter().flatten().count()
    }
}

impl Written {
    fn of(filled: &Filled) -> Self {
        let plan = filled.plan.clone();
        let options = ReportOptions { for_return: filled.return_of.clone(), language: filled.language, ..ReportOptions::default() };
        let report = report::report(&plan, &review(&plan, filled.as_of), &options);
        let fields = report::review_headers(&plan, filled.language);
        let (mut columns, mut rows, mut headings) = (Vec::new(), HashMap::new(), HashSet::new());
        if let Some(table) = report.plan_table() {
            let field = |column: &SheetColumn| {
                let own = |(_, header): &&(ReviewField, Phrase)| column.role.is_entry() && *header == column.own.as_str();
                fields.iter().find(own).map(|(field, _)| *field)
            };
            columns.extend(table.sheet_columns(&report.words).into_iter().map(|shown| WrittenColumn { field: field(&shown), shown }));
            for (t, theme) in table.themes.iter().enumerate() {
                headings.insert(essence(&theme.title));
                for (o, objective) in theme.objectives.iter().enumerate() {
                    headings.insert(essence(&fitted(&objective.in_cell(), &report.words)));
                    rows.extend(objective.actions.iter().enumerate().map(|(a, row)| (row.reference.clone(), [t, o, a])));
                }
            }
        }
        Self { plan, language: filled.language, report, columns, rows, headings }
    }

    fn has_sheet(&self, grid: &Grid) -> bool {
        let Some(sheet) = &grid.sheet else { return true };
        *self.report.words.long_texts[0] == *sheet.name || self.report.sheet_names().any(|name| *name == *sheet.name)
    }

    /// Where the table's columns stand in a grid, if the grid has its headers.
    fn columns(&self, grid: &Grid) -> Option<Found> {
        let needed = HEADERS.min(self.columns.len());
        grid.rows.iter().enumerate().find_map(|(header_row, row)| {
            let mut taken = vec![false; row.cells.len()];
            let at: Vec<Option<usize>> = self
                .columns
                .iter()
                .map(|column| {
                    let wanted = essence(&column.shown.header);
                    let own = |(i, cell): (usize, &Cell)| !taken[i] && !wanted.is_empty() && essence(&cell.value.plain()) == wanted;
                    let found = row.cells.iter().enumerate().position(own)?;
                    taken[found] = true;
                    Some(found)
                })
                .collect();
            let reference =
                self.columns.iter().zip(&at).find_map(|(column, at)| (column.shown.role == Role::Reference).then_some(*at)?)?;
            let is_earlier = |cell: &Cell| EARLIER_NOTES.contains(&cell.value.plain().trim());
            let earlier = row.cells.iter().enumerate().filter(|(_, cell)| is_earlier(cell)).map(|(i, _)| i).collect();
            let found = Found { header_row, at, reference, earlier };
            (found.columns() >= needed).then_some(found)
        })
    }

    fn compare(&self, grid: &Grid, found: &Found, answers: &mut Vec<Answer>, told: &mut Vec<Diagnostic>) {
        let mut seen: HashMap<&str, Place> = HashMap::new();
        for row in &grid.rows[found.header_row + 1..] {
            let reference = row.cells[found.reference].value.plain();
            let Some((reference, at)) = self.rows.get_key_value(reference.trim()) else {
                self.unknown(row, found, told);
                continue;
            };
            let place = &row.cells[found.reference].place;
            if let Some(first) = seen.insert(reference, place.clone()) {
                let message = format!("two rows have the reference {reference}; the first was read, at {first}");
                told.push(
                    Diagnostic::new(Code::UnknownReference, message)
                        .at(place)
                        .and_at(&first)
                        .left_out(words_of(row))
                        .help("delete one of the two rows, or give it the reference of its own action"),
                );
                continue;
            }
            self.compare_row(reference, *at, row, found, answers, told);
            tell_added(reference, row, found, told);
        }
    }

    /// A row that is of no action of the plan: that of a theme or objective, or words that someone wrote below the table.
    fn unknown(&self, row: &Row, found: &Found, told: &mut Vec<Diagnostic>) {
        let words = words_of(row);
        let mut cells = row.cells.iter().map(|cell| essence(&cell.value.in_cell())).filter(|words| !words.is_empty());
        if cells.all(|words| self.headings.contains(&words)) {
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

    fn compare_row(
        &self,
        reference: &str,
        [theme, objective, action]: [usize; 3],
        row: &Row,
        found: &Found,
        answers: &mut Vec<Answer>,
        told: &mut Vec<Diagnostic>,
    ) {
        let Some(table) = self.report.plan_table() else { return };
        let theme = &table.themes[theme];
        let objective = &theme.objectives[objective];
        let written = SheetRow { theme, objective: Some(objective), action: objective.actions.get(action) };
        let mut answer = Answer { reference: reference.to_owned(), ..Answer::default() };
        for (column, at) in self.columns.iter().zip(&found.at) {
            let Some(cell) = at.and_then(|at| row.cells.get(at)) else { continue };
            let was = written.shown(column.shown.from);
            let was_date = written.action.and_then(|action| column.shown.from.cell(action));
            if holds(&fitted(&was, &self.report.words), &cell.value) || was_date.is_some_and(|date| same_date(date, &cell.value.plain())) {
                continue;
            }
            if column.shown.role == Role::Status && EARLIER_STATUSES.contains(&cell.value.plain().trim()) {
                continue;
            }
            if let Some(field) = column.field {
                self.filled_in(field, cell.value.clone(), &cell.place, &mut answer, told);
                continue;
            }
            let message =
                format!("the cell under “{}” of action {reference} was changed; the plan keeps {}", column.shown.header, quoted(&was));
            told.push(
                Diagnostic::new(Code::PlanCellChanged, message)
                    .at(&cell.place)
                    .left_out(cell.value.in_cell())
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
                let called = report::state_labels(&self.plan, self.language);
                let own = |(s, called): &(&State, Phrase)| {
                    essence(&s.label) == essence(&words) || essence(called) == essence(&words) || s.id == words
                };
                let state = self.plan.scheme.states.iter().zip(called).find(own).map(|(state, _)| state);
                let state = state.or_else(|| status::chosen(&words, &self.plan.scheme));
                if state.is_none() && !words.is_empty() {
                    let labels: Vec<Phrase> = report::state_labels(&self.plan, self.language).collect();
                    told.push(
                        Diagnostic::new(Code::StateNotInScheme, format!("“{words}” is not a status of this plan"))
                            .at(place)
                            .help(format!("choose one from the list: {}", Phrase::joined(labels, ", "))),
                    );
                }
                entry.state = state.map_or(words, |state| state.id.clone());
            }
        }
        answer.places.push((field, place.clone()));
    }
}

/// Tells what stands beside the table's own columns in the row of an action, and the comments on its cells.
fn tell_added(reference: &str, row: &Row, found: &Found, told: &mut Vec<Diagnostic>) {
    let help = "write it into one of the columns to fill in";
    for (at, cell) in row.cells.iter().enumerate() {
        let added = |what: &str, words: &Text| {
            let message = format!("{what} was added to action {reference}; it was left out");
            Diagnostic::new(Code::AddedToWorkbook, message).at(&cell.place).left_out(words.in_cell()).help(help)
        };
        if !cell.value.is_empty() && !found.at.contains(&Some(at)) && !found.earlier.contains(&at) {
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

/// Words as far as a cell could hold them when they were written.
fn fitted(words: &str, fixed: &Words) -> String {
    cut(words).map_or_else(|| words.to_owned(), |at| format!("{}\n{}", &words[..at], fixed.goes_on))
}

/// Whether a cell still holds the words that were written there.
fn holds(before: &str, now: &Text) -> bool {
    let (written, read) = (essence(before), essence(&now.in_cell()));
    // words that look like lists, entities or markup are read as these
    written == read || essence(&retyped(before).in_cell()) == read
}

/// Whether words name the days that a date was written for, be it in another form.
fn same_date(was: &ReportCell, now: &str) -> bool {
    let ReportCell::Date { due, date, .. } = was else { return false };
    let day = due.or(date.map(PartialDate::last));
    day.is_some() && Target::read(now).due == day
}

fn quoted(words: &str) -> String {
    const MOST: usize = 60;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
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
