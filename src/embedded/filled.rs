//! What people have filled into a workbook of ours, distinguished from what was written there.
//!
//! The workbook carries what it held when it was written: the headers with the ids of their fields,
//! and a hash of each cell. What came back is compared with these, so that the program may call
//! things otherwise by then. Rows are found by the reference of their action and columns by their
//! header, wherever they stand, so that sorting, filtering, renaming of sheets and deletion of rows
//! do no harm. For workbooks of the first versions, which carry the plan only, the report is made
//! again.

mod answers;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::language::Language;
use crate::limits::Limits;
use crate::place::Place;
use crate::plan::{Plan, State, status};
use crate::publish::Audience;
use crate::read::parse_cell_text;
use crate::report::ReturnHeading;
use crate::report::{self, Report, ReportOptions, ReviewField, SheetColumnSource, SheetRow};
use crate::review::of_plan;
use crate::source::{Block, Cell, Grid, Row, Source};
use crate::text::{Text, comparison_key};

use super::block::FilledIn;
use super::sheet::{self, EmbeddedPlan};
use super::written::{WrittenColumn, WrittenTable, holds};

pub use answers::{FilledAnswer, ReturnedWorkbook};

/// How many headers a row must have for it to be that of the plan's table.
const HEADERS: usize = 3;

/// Reads what a workbook of ours carries, and what was filled into it; none if the workbook is not
/// ours.
///
/// The sheet that carries the plan and what reading reported are taken out of the source, which
/// then holds what any workbook would.
///
/// # Errors
///
/// If the plan that it carries is damaged, is of a version that this library does not know, or goes
/// beyond a limit.
pub fn read_workbook(
    source: &mut Source,
    limits: &Limits,
) -> Result<Option<ReturnedWorkbook>, Error> {
    let Some(embedded) = sheet::take(source, limits) else { return Ok(None) };
    let EmbeddedPlan { plan, as_of, return_of, language, written } = embedded?;
    let diagnostics = std::mem::take(&mut source.diagnostics);
    let mut filled =
        ReturnedWorkbook { plan, as_of, return_of, language, answers: Vec::new(), diagnostics };
    let written = SentWorkbook::new(&filled, written);
    let grids = || {
        source
            .blocks
            .iter()
            .filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None })
    };
    // other sheets list some of the actions too, with some of the columns: of several alike, the
    // first is the plan's
    let found = grids()
        .filter_map(|grid| Some((grid, written.columns(grid)?)))
        .rev()
        .max_by_key(|(_, found)| found.columns());
    match found {
        Some((grid, columns)) => {
            written.compare(grid, &columns, &mut filled.answers, &mut filled.diagnostics);
            let others = grids().filter(|other| !std::ptr::eq(*other, grid) && !written.has_sheet(other));
            filled.diagnostics.extend(others.filter_map(added_sheet));
        }
        None if !written.sheet.has_actions() => {}
        None => filled.diagnostics.push(
            Diagnostic::new(Code::FilledTableMissing, "no sheet of the workbook has the headers of the plan's table any more").help(
                "put the row with the headers back above the actions, worded as it was; the plan was read as the workbook carries it",
            ),
        ),
    }
    Ok(Some(filled))
}

/// What was filled in on a page of ours, at a place.
pub(super) fn of_page(
    embedded: EmbeddedPlan,
    filled_in: FilledIn,
    place: &Place,
) -> ReturnedWorkbook {
    let EmbeddedPlan { plan, as_of, return_of, language, written } = embedded;
    let mut filled =
        ReturnedWorkbook { plan, as_of, return_of, language, ..ReturnedWorkbook::default() };
    if filled_in.is_empty() {
        return filled;
    }
    let written = SentWorkbook::new(&filled, written);
    let references: HashSet<String> =
        filled.plan.actions().map(|(_, _, action)| action.reference.clone()).collect();
    for (reference, fields) in filled_in {
        let mut answer = FilledAnswer { reference: reference.clone(), ..FilledAnswer::default() };
        for (header, words) in fields {
            let field = written
                .sheet
                .columns
                .iter()
                .find(|column| column.is_called(&header))
                .and_then(WrittenColumn::entry);
            match field.filter(|_| references.contains(&reference)) {
                Some(field) => written.filled_in(
                    field,
                    parse_cell_text(&words),
                    place,
                    &mut answer,
                    &mut filled.diagnostics,
                ),
                None => filled.diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownReference,
                        format!("the page has no field “{header}” for an action {reference}"),
                    )
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

/// What was sent: what it held, and the plan that it was made from.
struct SentWorkbook {
    sheet: WrittenTable,
    plan: Plan,
    language: Language,
    /// Whether it was calculated what it held, since it does not say so.
    is_remade: bool,
    /// What the program would show of the plan today, once that was asked for.
    report: OnceCell<Report>,
    /// Its columns by their headers, and its actions by their references.
    places: OnceCell<ColumnPositions>,
    as_of: Option<Date>,
    return_of: Option<ReturnHeading>,
}

type ColumnPositions = (HashMap<String, SheetColumnSource>, HashMap<String, [usize; 3]>);

/// The columns in which earlier versions said how a status was calculated: no words of the plan or
/// its owners.
const EARLIER_NOTES: [&str; 2] = ["How the status is known", "Sail y statws"];
/// The statuses that earlier versions calculated from the calendar.
const EARLIER_STATUSES: [&str; 4] = ["Overdue", "Not yet due", "Hwyr", "Ddim yn ddyledus eto"];

/// Where a column of the table stands in a grid, by the position of its cells.
struct LocatedColumn {
    header_row: usize,
    /// For each column as it was written, the position in the rows; none if it is gone.
    at: Vec<Option<usize>>,
    reference: usize,
    /// The positions of columns that only an earlier version wrote.
    earlier: Vec<usize>,
}

impl LocatedColumn {
    fn columns(&self) -> usize {
        self.at.iter().flatten().count()
    }
}

impl SentWorkbook {
    fn new(filled: &ReturnedWorkbook, written: Option<WrittenTable>) -> Self {
        let is_remade = written.is_none();
        let (plan, language) = (filled.plan.clone(), filled.language);
        let (as_of, return_of) = (filled.as_of, filled.return_of.clone());
        let (report, places) = (OnceCell::new(), OnceCell::new());
        let mut sent = Self {
            sheet: WrittenTable::default(),
            plan,
            language,
            is_remade,
            report,
            places,
            as_of,
            return_of,
        };
        sent.sheet = written
            .unwrap_or_else(|| WrittenTable::of_sheet(sent.report(), &sent.plan, sent.language));
        sent
    }

    /// What the program would show of the plan today.
    fn report(&self) -> &Report {
        self.report.get_or_init(|| {
            let options = ReportOptions {
                for_return: self.return_of.clone(),
                language: self.language,
                ..ReportOptions::default()
            };
            report::of_plan(
                &self.plan,
                &of_plan(&self.plan, self.as_of),
                &options,
                Audience::Internal,
            )
        })
    }

    fn has_sheet(&self, grid: &Grid) -> bool {
        grid.sheet.as_ref().is_none_or(|sheet| self.sheet.has_sheet(&sheet.name))
    }

    /// Where the table's columns stand in a grid, if the grid has its headers.
    fn columns(&self, grid: &Grid) -> Option<LocatedColumn> {
        let columns = &self.sheet.columns;
        let needed = HEADERS.min(columns.len());
        grid.rows.iter().enumerate().find_map(|(header_row, row)| {
            let mut taken = vec![false; row.cells.len()];
            let at: Vec<Option<usize>> = columns
                .iter()
                .map(|column| {
                    let wanted = comparison_key(&column.header);
                    let own = |(i, cell): (usize, &Cell)| {
                        !taken[i]
                            && !wanted.is_empty()
                            && comparison_key(&cell.value.plain()) == wanted
                    };
                    let found = row.cells.iter().enumerate().position(own)?;
                    taken[found] = true;
                    Some(found)
                })
                .collect();
            let reference = columns
                .iter()
                .zip(&at)
                .find_map(|(column, at)| column.is_reference().then_some(*at)?)?;
            let is_earlier =
                |cell: &Cell| self.is_remade && EARLIER_NOTES.contains(&cell.value.plain().trim());
            let earlier = row
                .cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| is_earlier(cell))
                .map(|(i, _)| i)
                .collect();
            let found = LocatedColumn { header_row, at, reference, earlier };
            (found.columns() >= needed).then_some(found)
        })
    }

    /// What a cell held when it was sent, if the program still calls its column so.
    fn words(&self, reference: &str, header: &str) -> Option<String> {
        let table = self.report().plan_table()?;
        let (columns, rows) = self.places.get_or_init(|| {
            let columns = table
                .sheet_columns(&self.report().words)
                .into_iter()
                .map(|column| (column.header, column.from))
                .collect();
            let mut rows = HashMap::new();
            for (t, theme) in table.themes.iter().enumerate() {
                for (o, objective) in theme.objectives.iter().enumerate() {
                    rows.extend(
                        objective
                            .actions
                            .iter()
                            .enumerate()
                            .map(|(a, action)| (action.reference.clone(), [t, o, a])),
                    );
                }
            }
            (columns, rows)
        });
        let [theme, objective, action] = *rows.get(reference)?;
        let theme = &table.themes[theme];
        let objective = &theme.objectives[objective];
        let row =
            SheetRow { theme, objective: Some(objective), action: objective.actions.get(action) };
        Some(row.shown(*columns.get(header)?))
    }

    fn compare(
        &self,
        grid: &Grid,
        found: &LocatedColumn,
        answers: &mut Vec<FilledAnswer>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut seen: HashMap<&str, Place> = HashMap::new();
        for row in &grid.rows[found.header_row + 1..] {
            let reference = row.cells[found.reference].value.plain();
            let Some(reference) = self.sheet.reference(reference.trim()) else {
                self.unknown(row, found, diagnostics);
                continue;
            };
            let place = &row.cells[found.reference].place;
            if let Some(first) = seen.insert(reference, place.clone()) {
                let message = format!(
                    "two rows have the reference {reference}; the first was read, at {first}"
                );
                diagnostics.push(
                    Diagnostic::new(Code::UnknownReference, message)
                        .at(place)
                        .and_at(&first)
                        .left_out(words_of(row))
                        .help("delete one of the two rows, or give it the reference of its own action"),
                );
                continue;
            }
            self.compare_row(reference, row, found, answers, diagnostics);
            report_added(reference, row, found, diagnostics);
        }
    }

    /// A row that is of no action of the plan: that of a theme or objective, or words that someone
    /// wrote below the table.
    fn unknown(&self, row: &Row, found: &LocatedColumn, diagnostics: &mut Vec<Diagnostic>) {
        let words = words_of(row);
        let mut cells = row
            .cells
            .iter()
            .map(|cell| cell.value.words_of_cell())
            .filter(|words| !comparison_key(words).is_empty());
        if cells.all(|words| self.sheet.is_heading(&words)) {
            return;
        }
        let reference = row.cells[found.reference].value.plain();
        let message = match reference.trim() {
            "" => "this row has no reference, so it is of no action of the plan; it was left out"
                .to_owned(),
            reference => format!("the plan has no action {reference}; the row was left out"),
        };
        let help = "give the row the reference of its action as the plan has it; new actions are added in the plan's own source";
        diagnostics.push(
            Diagnostic::new(Code::UnknownReference, message)
                .at(&row.cells[found.reference].place)
                .left_out(words)
                .help(help),
        );
    }

    fn compare_row(
        &self,
        reference: &str,
        row: &Row,
        found: &LocatedColumn,
        answers: &mut Vec<FilledAnswer>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut answer =
            FilledAnswer { reference: reference.to_owned(), ..FilledAnswer::default() };
        for ((column, written), cell) in self.sheet.cells(reference).zip(&found.at) {
            let Some(cell) = cell.and_then(|at| row.cells.get(at)) else { continue };
            if holds(written, &cell.value) {
                continue;
            }
            if self.is_remade
                && column.is_status()
                && EARLIER_STATUSES.contains(&cell.value.plain().trim())
            {
                continue;
            }
            if let Some(field) = column.entry() {
                self.filled_in(field, cell.value.clone(), &cell.place, &mut answer, diagnostics);
                continue;
            }
            let kept = self
                .words(reference, &column.header)
                .map_or_else(|| "its own words".to_owned(), |words| quoted(&words));
            let message = format!(
                "the cell under “{}” of action {reference} was changed; the plan keeps {kept}",
                column.header
            );
            diagnostics.push(
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

    fn filled_in(
        &self,
        field: ReviewField,
        now: Text,
        place: &Place,
        answer: &mut FilledAnswer,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let words = now.in_cell();
        let entry = &mut answer.entry;
        match field {
            ReviewField::Progress => entry.progress = now,
            ReviewField::Evidence => entry.evidence = now,
            ReviewField::Reviewer => entry.reviewer = words,
            ReviewField::ReviewedOn => entry.reviewed_on = words,
            ReviewField::RevisedTarget => entry.revised_target = words,
            ReviewField::State => {
                let chosen = self.sheet.state(&words).and_then(|id| self.plan.scheme.state(id));
                let named = |s: &&State| {
                    comparison_key(&s.label) == comparison_key(&words) || s.id == words
                };
                let state = chosen.or_else(|| self.plan.scheme.states.iter().find(named));
                let state = state.or_else(|| status::chosen(&words, &self.plan.scheme));
                if state.is_none() && !words.is_empty() {
                    let labels: Vec<&str> = self.sheet.state_labels().collect();
                    diagnostics.push(
                        Diagnostic::new(
                            Code::StateNotInScheme,
                            format!("“{words}” is not a status of this plan"),
                        )
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

/// Tells what stands beside the table's own columns in the row of an action, and the comments on
/// its cells.
fn report_added(
    reference: &str,
    row: &Row,
    found: &LocatedColumn,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let help = "write it into one of the columns to fill in";
    for (at, cell) in row.cells.iter().enumerate() {
        let added = |what: &str, words: &Text| {
            let message = format!("{what} was added to action {reference}; it was left out");
            Diagnostic::new(Code::AddedToWorkbook, message)
                .at(&cell.place)
                .left_out(words.in_cell())
                .help(help)
        };
        if !cell.value.is_empty() && !found.at.contains(&Some(at)) && !found.earlier.contains(&at) {
            diagnostics.push(added("a cell outside the columns of the plan", &cell.value));
        }
        if let Some(note) = cell.look.as_ref().and_then(|look| look.note.as_ref()) {
            diagnostics.push(added("a comment", note));
        }
    }
}

/// What is to be reported of a sheet that was not written with the workbook; nothing if it is
/// empty.
fn added_sheet(grid: &Grid) -> Option<Diagnostic> {
    let words: Vec<String> =
        grid.rows.iter().map(words_of).filter(|words| !words.is_empty()).collect();
    let (sheet, first) = (grid.sheet.as_ref()?, grid.rows.first()?);
    let message = format!("the sheet “{}” was added to the workbook; it was left out", sheet.name);
    let diagnostics =
        Diagnostic::new(Code::AddedToWorkbook, message).at(&first.place).left_out(words.join("\n"));
    (!words.is_empty()).then(|| diagnostics.help("write what it says into the columns to fill in"))
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
    let words =
        row.cells.iter().map(|cell| cell.value.in_cell()).filter(|words| !words.trim().is_empty());
    words.collect::<Vec<_>>().join(" | ")
}
