//! From tables to a plan: themes, objectives, actions, with all that can be told of each.

use std::collections::HashSet;

use crate::date::Date;
use crate::diagnostic::{self, Code, Diagnostic};
use crate::place::{Place, Sourced};
use crate::plan::owner::KnownOwners;
use crate::plan::recommendation::Wordings;
use crate::plan::{Action, Basis, Extra, Field, Objective, Plan, PlanColumn, Scheme, Status, Theme, front, status, target, update};
use crate::source::{Block, Cell, Source};
use crate::table::{self, Column, CycleField, Part, Reading, Table, TableRow, Understanding, folded};
use crate::text::Text;

/// How a source is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOptions {
    /// Whether pieces of tables and rows that a page break cut are put together; by default they are.
    pub stitch: bool,
    /// Headers to which the caller gives a meaning, whatever they are called; by default none.
    pub columns: Vec<(String, Field)>,
    /// The day on which the plan is looked at; by default the day of its own last review.
    pub as_of: Option<Date>,
    /// The day to look at a plan that names no day of review, if `as_of` is not given; by default none, and then nothing is overdue.
    pub today: Option<Date>,
    /// The sheets of a workbook that may hold the plan, by their names; by default all.
    pub sheets: Vec<String>,
    /// Whether hidden sheets, rows and columns are read too; by default they are told of and left out.
    pub include_hidden: bool,
    /// What the states of an action mean, if the caller says so; by default what the source's own key says, else BRAG.
    pub scheme: Option<Scheme>,
    /// The month in which a financial year begins, from 1; by default 4, April.
    pub year_starts: i8,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            stitch: true,
            columns: Vec::new(),
            as_of: None,
            today: None,
            sheets: Vec::new(),
            include_hidden: false,
            scheme: None,
            year_starts: 4,
        }
    }
}

/// A plan, and what there is to tell about how it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The plan.
    pub plan: Plan,
    /// Guesses, doubts and faults, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// The tables that were found, and what was made of them.
    pub understanding: Understanding,
}

/// Understands a document as a plan.
///
/// There is always a plan, if only an empty one: whatever is wrong or doubtful is told beside it, with its place.
///
/// ```
/// use planwright::{Format, ImportOptions, import, read};
/// let source = read(b"# Plan\n\n| Action | Owner | Target date |\n|---|---|---|\n| Amend forms | Jo Lee | Sept '11 |\n", Format::Markdown)?;
/// let imported = import(source, &ImportOptions::default());
/// let (_, _, action) = imported.plan.actions().next().unwrap();
/// assert_eq!(action.target.as_ref().unwrap().due.unwrap().to_string(), "2011-09-30");
/// # Ok::<(), planwright::Error>(())
/// ```
pub fn import(source: Source, options: &ImportOptions) -> Imported {
    let tables = table::tables(source, &Reading { stitch: options.stitch, columns: &options.columns });
    let calendar = target::Calendar { year_starts: options.year_starts };
    let mut importer = Importer { diagnostics: tables.diagnostics, calendar, ..Importer::default() };
    for part in tables.parts {
        importer.part(part);
    }
    importer.finish(options);
    diagnostic::sort(&mut importer.diagnostics);
    Imported { plan: importer.plan, diagnostics: importer.diagnostics, understanding: tables.understanding }
}

#[derive(Default)]
struct Importer {
    /// How target dates are counted.
    calendar: target::Calendar,
    plan: Plan,
    diagnostics: Vec<Diagnostic>,
    /// Text since the last table.
    pending: Vec<Block>,
    /// Whether a table of the plan has been met.
    seen_plan: bool,
    /// The owner cells of the actions, in order.
    owner_places: Vec<Option<Place>>,
    /// The references that the source gives, by action.
    typed_references: usize,
}

impl Importer {
    fn part(&mut self, part: Part) {
        match part {
            Part::Text(block) => self.pending.push(block),
            Part::Cycle { place, dates, words } => self.cycle(&place, dates, words),
            Part::Plan(table) => {
                let heading = self.heading_of(&table);
                self.take_pending();
                self.seen_plan = true;
                self.table(table, heading);
            }
        }
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn cycle(&mut self, place: &Place, dates: Vec<(CycleField, Sourced<Text>)>, words: String) {
        for (field, cell) in dates {
            let text = cell.value.plain();
            let date = target::partial_date(&text);
            if date.is_none() && !text.is_empty() {
                self.tell(Diagnostic::new(Code::DateUnread, format!("“{text}” is no date that is understood here")).at(&cell.place));
            }
            match field {
                CycleField::Completed => self.plan.cycle.completed = date,
                CycleField::Reviewed => self.plan.cycle.reviewed = date,
                CycleField::NextReview => self.plan.cycle.next_review = date,
            }
        }
        self.tell(Diagnostic::new(Code::CycleRead, "this table was read as the dates of the review cycle").at(place).left_out(words));
    }

    /// The heading that stands over a table, if it is the heading of a theme; what only announces the plan is left out.
    fn heading_of(&mut self, table: &Table) -> Option<Sourced<Text>> {
        let last_heading = self.pending.iter().rposition(|b| matches!(b, Block::Heading { .. }));
        let last = self.pending.len().checked_sub(1)?;
        let is_title_like = |block: &Block| matches!(block, Block::Paragraph(t) if table::reads_like_a_heading(&t.value.plain()));
        let at = last_heading.or_else(|| is_title_like(&self.pending[last]).then_some(last))?;
        // the only line there is is the title
        let is_title = !self.seen_plan && self.pending.iter().position(|b| matches!(b, Block::Heading { .. })).unwrap_or(0) == at;
        if is_title {
            return None;
        }
        let (Block::Heading { text, .. } | Block::Paragraph(text)) = &self.pending[at] else { return None };
        let (text, line) = (text.clone(), front::one_line(&text.value));
        if announces_the_plan(&line) {
            let message = format!("“{line}” only announces the plan's table; every output has such a heading");
            self.tell(Diagnostic::new(Code::HeadingLeftOut, message).at(&text.place).left_out(line));
            self.pending.remove(at);
            return None;
        }
        if matches!(table.rows.first(), Some(TableRow::Theme(_))) {
            return None;
        }
        let message = format!("“{line}” stands above the table: read as the heading of a theme");
        self.tell(Diagnostic::new(Code::ThemeRead, message).at(&text.place));
        self.pending.remove(at);
        Some(text)
    }

    /// Puts the text that is pending where it belongs: before the plan, or after it.
    fn take_pending(&mut self) {
        let blocks = std::mem::take(&mut self.pending);
        if self.seen_plan {
            for block in blocks {
                self.plan.notes.append(front::as_text(block));
            }
        } else {
            front::read(blocks, &mut self.plan, &mut self.diagnostics);
        }
    }

    fn table(&mut self, table: Table, heading: Option<Sourced<Text>>) {
        for column in &table.columns {
            let known = self.plan.columns.iter().any(|c| c.field == column.field && (c.field != Field::Extra || c.header == column.header));
            if !known && !column.header.is_empty() {
                self.plan.columns.push(PlanColumn { field: column.field, header: column.header.clone() });
            }
        }
        self.header_words(&table);
        self.columns_that_lack(&table);
        let mut rows = Rows { theme_open: false, objective_open: false };
        if let Some(heading) = heading {
            self.open_theme(front::one_line(&heading.value), heading.place, &mut rows);
        }
        for row in table.rows {
            match row {
                TableRow::Theme(cell) => self.open_theme(front::one_line(&cell.value), cell.place, &mut rows),
                TableRow::Row { cells, place } => self.row(cells, &place, &table.columns, &mut rows),
            }
        }
    }

    /// The words of a later table's header that no column of the plan keeps.
    fn header_words(&mut self, table: &Table) {
        let kept = |c: &Column| c.header.is_empty() || self.plan.columns.iter().any(|own| own.field == c.field && own.header == c.header);
        if !table.columns.iter().all(kept) || self.plan.themes.iter().any(|t| !t.objectives.is_empty()) {
            let words = table.columns.iter().map(|c| c.header.as_str()).collect::<Vec<_>>().join(" | ");
            let message = "the header of a further table: its columns have the meaning of those before";
            self.tell(Diagnostic::new(Code::HeaderRepeated, message).at(&table.place).left_out(words));
        }
    }

    /// What no column of a table says is told once, not for each of its actions.
    fn columns_that_lack(&mut self, table: &Table) {
        let has = |field| table.columns.iter().any(|c| c.field == field);
        if !has(Field::Owner) {
            let message = "no column says who does the actions of this table";
            self.tell(Diagnostic::new(Code::NoOwner, message).at(&table.place).help("add a column “Owner”"));
        }
        if !has(Field::Target) {
            let message = "no column says by when the actions of this table are to be done";
            self.tell(Diagnostic::new(Code::NoTargetDate, message).at(&table.place).help("add a column “Target date”"));
        }
    }

    fn open_theme(&mut self, title: String, place: Place, rows: &mut Rows) {
        self.plan.themes.push(Theme { title, objectives: Vec::new(), origin: Some(place) });
        rows.theme_open = true;
        rows.objective_open = false;
    }

    fn row(&mut self, cells: Vec<Cell>, place: &Place, columns: &[Column], rows: &mut Rows) {
        let mut fields = Fields::sort(cells, columns);
        if let Some(theme) = fields.theme.take().filter(|t| !t.value.is_empty()) {
            let title = front::one_line(&theme.value);
            if !rows.theme_open || self.plan.themes.last().is_none_or(|t| folded(&t.title) != folded(&title)) {
                self.open_theme(title, theme.place, rows);
            } else {
                self.repeated(&theme.place, title);
            }
        }
        if !rows.theme_open {
            self.plan.themes.push(Theme { origin: Some(place.clone()), ..Theme::default() });
            rows.theme_open = true;
            rows.objective_open = false;
        }
        let objective = fields.objective.take().filter(|o| !o.value.is_empty());
        self.objective(objective, place, rows);
        if fields.has_action() {
            let (action, owner_place) = self.action(fields, place);
            self.owner_places.push(owner_place);
            if let Some(objective) = self.plan.themes.last_mut().and_then(|t| t.objectives.last_mut()) {
                objective.actions.push(action);
            }
        }
    }

    /// Opens an objective, unless the one that is open goes on.
    fn objective(&mut self, cell: Option<Cell>, place: &Place, rows: &mut Rows) {
        let Some(theme) = self.plan.themes.last_mut() else { return };
        match cell {
            Some(cell) if rows.objective_open && theme.objectives.last().is_some_and(|o| o.text == cell.value) => {
                let words = front::one_line(&cell.value);
                self.repeated(&cell.place, words);
            }
            Some(cell) => {
                theme.objectives.push(Objective { text: cell.value, origin: Some(cell.place), ..Objective::default() });
                rows.objective_open = true;
            }
            None if rows.objective_open => {}
            None => {
                theme.objectives.push(Objective { origin: Some(place.clone()), ..Objective::default() });
                rows.objective_open = true;
            }
        }
    }

    fn repeated(&mut self, place: &Place, words: String) {
        let message = "the same words as in the row above: the row belongs to the same group";
        self.tell(Diagnostic::new(Code::ValueRepeated, message).at(place).left_out(words));
    }

    fn action(&mut self, fields: Fields, place: &Place) -> (Action, Option<Place>) {
        let mut action = Action { origin: Some(place.clone()), ..Action::default() };
        if let Some(cell) = fields.reference {
            action.reference = front::one_line(&cell.value);
            self.typed_references += usize::from(!action.reference.is_empty());
        }
        if let Some(cell) = fields.action {
            action.action = cell.value;
        }
        if let Some(cell) = fields.success_measures {
            let lifted = update::lift(cell.value);
            for update in &lifted.updates {
                let announced = if update.label.is_empty() { update.text.plain().into_owned() } else { update.label.clone() };
                let message = format!("“{announced}” was read as a dated update and lifted out of the success measures");
                self.tell(Diagnostic::new(Code::UpdateLifted, message).at(&cell.place));
            }
            action.success_measures = lifted.before;
            action.updates = lifted.updates;
        }
        if let Some(cell) = fields.update {
            action.updates.extend(update::read(cell.value));
        }
        action.target = self.target(fields.target, place);
        if let Some(cell) = fields.status {
            action.status = self.status(&cell);
        }
        if let Some(cell) = fields.evidence {
            action.review.evidence = cell.value;
        }
        action.extra = Extra(fields.extra);
        let owner_place = fields.owner.map(|cell| {
            action.owner_text = cell.value.plain().into_owned();
            cell.place
        });
        (action, owner_place)
    }

    fn target(&mut self, cell: Option<Cell>, row: &Place) -> Option<crate::plan::Target> {
        let cell = cell?;
        if cell.value.is_empty() {
            let told = Diagnostic::new(Code::NoTargetDate, "the action has no target date");
            self.tell(told.at(row).help("say by when it is to be done"));
            return None;
        }
        let target::Reading { target, doubts } = target::of_cell(&cell.value, self.calendar);
        for target::Doubt { code, message, help } in doubts {
            self.tell(Diagnostic::new(code, message).at(&cell.place).help(help));
        }
        Some(target)
    }

    fn status(&mut self, cell: &Cell) -> Status {
        let said = front::one_line(&cell.value);
        if said.is_empty() {
            return Status::default();
        }
        let state = status::said(&said, &self.plan.scheme).map(|s| s.id.clone());
        if state.is_none() {
            let states: Vec<&str> = self.plan.scheme.states.iter().map(|s| s.label.as_str()).collect();
            let message = format!("the status “{said}” is none of the plan's states; it is kept as what was said");
            let help = format!("use one of: {}", states.join(", "));
            self.tell(Diagnostic::new(Code::StatusUnread, message).at(&cell.place).help(help));
        }
        Status { state, basis: Basis::Stated, because: said }
    }

    /// What can only be told once all has been read.
    fn finish(&mut self, options: &ImportOptions) {
        self.take_pending();
        let is_something = self.seen_plan || !self.plan.introduction.is_empty();
        if self.plan.title.is_empty() && is_something {
            let place = self.plan.themes.first().and_then(|t| t.origin.clone());
            let mut told = Diagnostic::new(Code::NoTitle, "the plan has no title").help("put a title above the table");
            told.place = place;
            self.tell(told);
        }
        self.owners();
        self.references();
        self.links();
        self.statuses(options.as_of.or_else(|| self.plan.review_day()).or(options.today));
    }

    fn owners(&mut self) {
        let known = KnownOwners::learn(self.plan.actions().map(|(_, _, a)| a.owner_text.as_str()));
        let mut places = std::mem::take(&mut self.owner_places).into_iter();
        for action in actions(&mut self.plan.themes) {
            let place = places.next().flatten();
            let owners = known.read(&action.owner_text);
            if let (Some(evidence), Some(place)) = (owners.evidence, &place) {
                let names = owners.names.iter().map(|n| format!("“{n}”")).collect::<Vec<_>>().join(", ");
                let message = format!("“{}” was read as {} owners: {names}, since {evidence}", action.owner_text, owners.names.len());
                self.diagnostics
                    .push(Diagnostic::new(Code::OwnersSplit, message).at(place).help("in the source, put a comma between owners"));
            }
            if owners.names.is_empty() && place.is_some() {
                let mut told = Diagnostic::new(Code::NoOwner, "the action has no owner").help("name who does it");
                told.place.clone_from(&action.origin);
                self.diagnostics.push(told);
            }
            action.owners = owners.names;
        }
    }

    /// Gives references where the source has none, and a new one where it uses one twice.
    fn references(&mut self) {
        let mut used: HashSet<String> = HashSet::new();
        let mut given = 0_usize;
        for (i, objective) in self.plan.themes.iter_mut().flat_map(|t| &mut t.objectives).enumerate() {
            objective.reference = (i + 1).to_string();
            for action in &mut objective.actions {
                if !action.reference.is_empty() && !used.insert(action.reference.clone()) {
                    let message = format!("the reference {} is used twice; this action was given one of its own", action.reference);
                    let mut told = Diagnostic::new(Code::DuplicateReference, message).help("give each action its own reference");
                    told.left_out = Some(std::mem::take(&mut action.reference));
                    told.place.clone_from(&action.origin);
                    self.diagnostics.push(told);
                }
            }
        }
        for objective in self.plan.themes.iter_mut().flat_map(|t| &mut t.objectives) {
            let mut number = 0_usize;
            for action in objective.actions.iter_mut().filter(|a| a.reference.is_empty()) {
                given += 1;
                loop {
                    number += 1;
                    let reference = format!("{}.{number}", objective.reference);
                    if used.insert(reference.clone()) {
                        action.reference = reference;
                        break;
                    }
                }
            }
        }
        if given > 0 && self.typed_references == 0 {
            let place = self.plan.themes.iter().find_map(|t| t.origin.clone());
            let actions = if given == 1 { "1 action was".to_owned() } else { format!("{given} actions were") };
            let message = format!("the source has no references: {actions} numbered within the objectives");
            let mut told = Diagnostic::new(Code::ReferencesGiven, message);
            told.place = place;
            self.tell(told);
        }
    }

    /// Links objectives to the recommendations that they answer.
    fn links(&mut self) {
        if self.plan.recommendations.is_empty() {
            return;
        }
        let wordings = Wordings::of(&self.plan);
        let mut links = Vec::new();
        for objective in self.plan.themes.iter().flat_map(|t| &t.objectives) {
            let answered = if objective.text.is_empty() { None } else { wordings.answered_by(&objective.text.plain()) };
            let told = match &answered {
                Some(answered) => answered.difference.as_ref().map(|difference| {
                    let reference = &answered.recommendation.reference;
                    let message = format!("this objective answers recommendation {reference}, but {difference}");
                    let told =
                        Diagnostic::new(Code::RecommendationWording, message).help("if one of them is a slip, mend it in the source");
                    answered.recommendation.origin.iter().fold(told, Diagnostic::and_at)
                }),
                None if objective.text.is_empty() => None,
                None => Some(
                    Diagnostic::new(Code::ObjectiveUnlinked, "none of the recommendations reads like this objective")
                        .help("look whether it answers one, and word it likewise"),
                ),
            };
            if let Some(mut told) = told {
                told.place.clone_from(&objective.origin);
                self.diagnostics.push(told);
            }
            links.push(answered.map(|a| a.recommendation.reference.clone()));
        }
        for (objective, link) in self.plan.themes.iter_mut().flat_map(|t| &mut t.objectives).zip(links) {
            objective.recommendation = link;
        }
        let answered: HashSet<&String> =
            self.plan.themes.iter().flat_map(|t| &t.objectives).filter_map(|o| o.recommendation.as_ref()).collect();
        for recommendation in self.plan.recommendations.iter().filter(|r| !answered.contains(&r.reference)) {
            let message = format!("no objective of the plan answers recommendation {}", recommendation.reference);
            let mut told = Diagnostic::new(Code::RecommendationUnanswered, message).help("look whether an action is missing");
            told.place.clone_from(&recommendation.origin);
            self.diagnostics.push(told);
        }
    }

    fn statuses(&mut self, day: Option<Date>) {
        self.plan.work_out_statuses(day);
        let scheme = &self.plan.scheme;
        let mut counts = vec![0_usize; scheme.states.len()];
        for (_, _, action) in self.plan.actions().filter(|(_, _, a)| a.status.basis == Basis::Inferred) {
            if let Some(i) = scheme.states.iter().position(|s| Some(&s.id) == action.status.state.as_ref()) {
                counts[i] += 1;
            }
        }
        let found: Vec<String> =
            scheme.states.iter().zip(&counts).filter(|(_, n)| **n > 0).map(|(s, n)| format!("{n} {}", s.label.to_lowercase())).collect();
        if !found.is_empty() {
            let on = day.map_or_else(String::new, |day| format!(" on {}", day.in_words()));
            let all: usize = counts.iter().sum();
            let actions = if all == 1 { "action" } else { "actions" };
            let message = format!("the status of {all} {actions}{on} was worked out: {}", found.join(", "));
            let mut told = Diagnostic::new(Code::StatusInferred, message).help("to state it yourself, add a column “Status”");
            told.place = self.plan.themes.iter().find_map(|t| t.origin.clone());
            self.tell(told);
        }
    }
}

/// What is open while the rows of a table are read.
struct Rows {
    theme_open: bool,
    objective_open: bool,
}

/// The cells of a row by their meaning.
#[derive(Default)]
struct Fields {
    reference: Option<Cell>,
    theme: Option<Cell>,
    objective: Option<Cell>,
    action: Option<Cell>,
    owner: Option<Cell>,
    success_measures: Option<Cell>,
    target: Option<Cell>,
    update: Option<Cell>,
    status: Option<Cell>,
    evidence: Option<Cell>,
    extra: Vec<(String, Text)>,
}

impl Fields {
    fn sort(cells: Vec<Cell>, columns: &[Column]) -> Self {
        let mut fields = Self::default();
        for (i, (cell, column)) in cells.into_iter().zip(columns).enumerate() {
            let slot = match column.field {
                Field::Reference => &mut fields.reference,
                Field::Theme => &mut fields.theme,
                Field::Objective => &mut fields.objective,
                Field::Action => &mut fields.action,
                Field::Owner => &mut fields.owner,
                Field::SuccessMeasures => &mut fields.success_measures,
                Field::Target => &mut fields.target,
                Field::Update => &mut fields.update,
                Field::Status => &mut fields.status,
                Field::Evidence => &mut fields.evidence,
                Field::Recommendation | Field::Percent | Field::CompletedOn | Field::Extra => {
                    if !cell.value.is_empty() {
                        let header = if column.header.is_empty() { format!("Column {}", i + 1) } else { column.header.clone() };
                        fields.extra.push((header, cell.value));
                    }
                    continue;
                }
            };
            *slot = Some(cell);
        }
        // headers that stand twice stay apart
        for i in 1..fields.extra.len() {
            let same = fields.extra[..i].iter().filter(|(h, _)| *h == fields.extra[i].0).count();
            if same > 0 {
                let header = format!("{} ({})", fields.extra[i].0, same + 1);
                fields.extra[i].0 = header;
            }
        }
        fields
    }

    /// Whether anything but the objective is there.
    fn has_action(&self) -> bool {
        let cells =
            [&self.reference, &self.action, &self.owner, &self.success_measures, &self.target, &self.update, &self.status, &self.evidence];
        cells.into_iter().flatten().any(|c| !c.value.is_empty()) || !self.extra.is_empty()
    }
}

fn actions(themes: &mut [Theme]) -> impl Iterator<Item = &mut Action> {
    themes.iter_mut().flat_map(|t| &mut t.objectives).flat_map(|o| &mut o.actions)
}

/// Whether a line says no more than that the plan follows.
fn announces_the_plan(line: &str) -> bool {
    const SAYS_SO: &[&str] = &[
        "plan",
        "the plan",
        "improvement plan",
        "the improvement plan",
        "action plan",
        "the action plan",
        "detailed action plan",
        "development plan",
        "delivery plan",
        "our plan",
    ];
    SAYS_SO.contains(&folded(line).as_str())
}
