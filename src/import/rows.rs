//! From the rows of a table to themes, objectives and actions.

mod columns;
mod groups;
mod marks;
mod shape;

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::round_trip::{self, RoundTripColumn};
use crate::plan::shared;
use crate::plan::target::{self, DateDoubt};
use crate::plan::{Action, Extra, Field, Note, Objective, Target, TargetKind, Update, update};
use crate::source::Cell;
use crate::table::{Column, KnownBy, PlanGrid, TableRow};
use crate::text;
use crate::text::Text;
use crate::vocabulary::normalize;

use super::fields::{DateCell, RowFields};
use super::labels::{self, LabelledText};
use super::lists;
use super::{Headline, Importer, TableSection};

use groups::beside;

pub(super) use shape::{GroupLevel, RepeatedGroup, RowCount, TableShape};

/// What is open while the rows of a table are read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OpenGroups {
    /// Which theme of the plan the next objective belongs to.
    theme: Option<usize>,
    /// Whether its last objective goes on.
    objective: bool,
    /// Whether headings within the table are objectives.
    bands_are_objectives: bool,
}

impl OpenGroups {
    pub(super) fn without_objective(self) -> Self {
        Self { objective: false, ..self }
    }

    pub(super) fn has_objective(&self) -> bool {
        self.objective
    }
}

/// The first words of a longer text.
fn head_words(words: &str) -> String {
    const MOST: usize = 8;
    let mut parts = words.split_whitespace();
    let first = parts.by_ref().take(MOST).collect::<Vec<_>>().join(" ");
    if parts.next().is_some() { first + " …" } else { first }
}

/// What each table needs a column for.
const NEEDED: [(Field, Code, &str, &str); 2] = [
    (Field::Owner, Code::NoOwner, "who does the actions", "Owner"),
    (Field::Target, Code::NoTargetDate, "by when the actions are to be done", "Target date"),
];

impl Importer {
    pub(super) fn table(&mut self, mut table: PlanGrid, section: TableSection) -> OpenGroups {
        self.dates_of_columns(&mut table);
        self.side_headings(&mut table, section.theme.is_some() || section.open.is_some());
        let has_apart = table.columns.iter().any(|c| c.field == Field::ObjectiveReference);
        if !self.plan.columns.is_empty() {
            self.header_words(&table);
        }
        for column in &table.columns {
            if has_apart && RoundTripColumn::of_header(&column.header).is_some() {
                continue;
            }
            if has_apart && column.header == round_trip::ASSIGNED_REFERENCE {
                self.plan.assigned_references = true;
                continue;
            }
            if !column.header.is_empty() {
                self.know_column(column);
            }
        }
        let lacking = self.columns_that_lack(&table);
        self.shape = TableShape::of(&table);
        let mut open = section.open.unwrap_or_default();
        if let Some(heading) = section.theme {
            self.open_theme(text::one_line(&heading.title), heading.place, &mut open);
            if let Some(theme) = self.plan.themes.last_mut() {
                theme.introduction = heading.text;
                let key = normalize(&theme.title);
                self.themes_by_title.entry(key).or_insert(self.plan.themes.len() - 1);
            }
        }
        if let Some(Headline { title, place, text }) = section.objective {
            let theme = self.theme(&place, &mut open);
            let objective = Objective {
                text: title,
                introduction: text,
                origin: Some(place),
                ..Objective::default()
            };
            self.plan.themes[theme].objectives.push(objective);
            open.objective = true;
        }
        open.bands_are_objectives = section.bands_are_objectives;
        let outer = open.theme;
        for row in table.rows {
            match row {
                TableRow::NoHeading => open = OpenGroups { theme: outer, objective: false, ..open },
                TableRow::NoObjective => open.objective = false,
                TableRow::Theme(cell) => self.band(&cell, &mut open),
                TableRow::ThemeRow { cells, place } => {
                    self.theme_row(cells, place, &table.columns, &mut open);
                }
                TableRow::ObjectiveRow { cells, place } => {
                    self.objective_row(cells, place, &table.columns, &mut open);
                }
                TableRow::Row { cells, place } => {
                    self.rows(cells, &place, &table.columns, &mut open);
                }
            }
        }
        self.report_repeats();
        self.report_structure();
        let labelled = std::mem::take(&mut self.labelled_fields);
        self.tables_without.extend(
            lacking
                .into_iter()
                .filter(|field| !labelled.contains(field))
                .map(|field| (field, table.place.clone())),
        );
        open
    }

    /// A row; or several, where lists of equal length stand in its cells.
    fn rows(&mut self, cells: Vec<Cell>, place: &Place, columns: &[Column], open: &mut OpenGroups) {
        let split = if self.shape.has_ours { None } else { lists::split(&cells, columns) };
        let Some(rows) = split else { return self.labelled_row(cells, place, columns, open) };
        let lists = self.lists_split.get_or_insert_with(|| RowCount {
            place: place.clone(),
            count: 0,
            actions: 0,
            words: Vec::new(),
        });
        lists.count += 1;
        lists.actions += rows.len();
        for cells in rows {
            self.labelled_row(cells, place, columns, open);
        }
    }

    /// A row whose cells may hold labelled lines.
    fn labelled_row(
        &mut self,
        mut cells: Vec<Cell>,
        place: &Place,
        columns: &[Column],
        open: &mut OpenGroups,
    ) {
        /// A plan with more columns has labels that are no names of fields.
        const MOST_COLUMNS: usize = 60;
        if self.shape.has_ours {
            return self.row(cells, place, columns, open);
        }
        let mut all: Option<Vec<Column>> = None;
        let width = columns.len();
        for at in 0..columns.len().min(cells.len()) {
            let now = all.as_deref().unwrap_or(columns);
            let is_open = |field: Field| {
                !now.iter().zip(&cells).any(|(c, cell)| c.field == field && !cell.value.is_empty())
            };
            let Some(parts) = labels::parts(&cells[at], &columns[at], &self.words, is_open) else {
                continue;
            };
            let host = cells[at].place.clone();
            let read = self.labels_read.get_or_insert_with(|| RowCount {
                place: host.clone(),
                count: 0,
                actions: 0,
                words: Vec::new(),
            });
            read.count += 1;
            let columns = all.get_or_insert_with(|| columns.to_vec());
            let own = columns[at].field;
            let mut value = parts.before;
            let mut has_own = false;
            for LabelledText { label, field, text } in parts.labelled {
                let column = field.and_then(|field| {
                    columns.iter().position(|c| c.field == field && c.field != Field::Extra)
                });
                match (field, column) {
                    (Some(field), _) if field == own && own != Field::Extra && !has_own => {
                        has_own = true;
                        value.append(text);
                        read.words.push(label);
                    }
                    (Some(_), Some(column)) if column != at && cells[column].value.is_empty() => {
                        cells[column].value = text;
                        read.words.push(label);
                    }
                    (Some(field), None) => {
                        read.words.push(label.clone());
                        self.labelled_fields.push(field);
                        columns.push(Column::new(label, host.clone(), field, KnownBy::Name));
                        cells.push(Cell::new(text, host.clone()));
                    }
                    (None, _)
                        if !text.is_empty()
                            && columns.len() - width + self.plan.columns.len() < MOST_COLUMNS =>
                    {
                        columns.push(Column::new(
                            label,
                            host.clone(),
                            Field::Extra,
                            KnownBy::Nothing,
                        ));
                        cells.push(Cell::new(text, host.clone()));
                    }
                    _ => {
                        value.append(Text::from_plain(&format!("{label}:")));
                        value.append(text);
                    }
                }
            }
            cells[at].value = value;
            for column in &columns[width..] {
                if column.field == Field::Extra || !self.known_columns.contains_key(&column.field) {
                    self.know_column(column);
                }
            }
        }
        self.row(cells, place, all.as_deref().unwrap_or(columns), open);
    }

    fn row(&mut self, cells: Vec<Cell>, place: &Place, columns: &[Column], open: &mut OpenGroups) {
        self.struck(&cells, Some(columns));
        for cell in &cells {
            self.misleading_links(&cell.value, &cell.place);
        }
        let mut fields = RowFields::sort(cells, columns, self.shape.second_status);
        let number = fields.take(&RoundTripColumn::ThemeNumber);
        let title = fields.theme.take().filter(|t| !t.value.is_empty());
        if let Some(cell) = title.clone().or_else(|| number.clone()) {
            let number = number.map(|n| text::one_line(&n.value)).unwrap_or_default();
            self.theme_of_column(
                &cell.place,
                title.map(|t| text::one_line(&t.value)).unwrap_or_default(),
                number,
                open,
            );
        }
        let about_theme = fields.take(&RoundTripColumn::AboutTheme);
        let about_objective = fields.take(&RoundTripColumn::AboutObjective);
        let is_of_objective = fields.is_of_objective();
        let reference = fields.objective_reference.take();
        let theme = self.theme(place, open);
        if let Some(cell) = about_theme {
            self.introduce(GroupLevel::Theme, cell, |plan| &mut plan.themes[theme].introduction);
        }
        let objective = fields.objective.take().filter(|o| !o.value.is_empty());
        if reference.as_ref().is_some_and(|r| r.value.is_empty())
            && objective.is_none()
            && !fields.has_action()
            && fields.notes.is_empty()
        {
            // a theme without an objective
            return;
        }
        self.objective(theme, reference, objective, place, open);
        if let Some(cell) = about_objective {
            let last = self.plan.themes[theme].objectives.len().saturating_sub(1);
            self.introduce(GroupLevel::Objective, cell, |plan| {
                &mut plan.themes[theme].objectives[last].introduction
            });
        }
        let answered = fields.take(&RoundTripColumn::Recommendation);
        if let (Some(answered), Some(objective)) =
            (answered, self.plan.themes[theme].objectives.last_mut())
        {
            objective.recommendation = Some(text::one_line(&answered.value));
        }
        if is_of_objective {
            let evidence = fields.evidence.take().map(|c| c.value).unwrap_or_default();
            let mut notes = std::mem::take(&mut fields.notes);
            for (own, cell) in std::mem::take(&mut fields.ours) {
                match own {
                    RoundTripColumn::CommentOn(about) => {
                        notes.push(Note { about, text: cell.value });
                    }
                    RoundTripColumn::OtherColumns => fields.extra.extend(shared::read(cell.value)),
                    RoundTripColumn::OtherComments => notes.extend(
                        shared::read(cell.value)
                            .into_iter()
                            .map(|(about, text)| Note { about, text }),
                    ),
                    // an objective has no place for it
                    other => fields.extra.push((other.header(), cell.value)),
                }
            }
            let notes = self.kept(notes, "objective", place);
            if let Some(objective) = self.plan.themes[theme].objectives.last_mut() {
                objective.evidence.append(evidence);
                objective.notes.extend(notes);
                objective.extra.0.extend(beside(fields));
            }
        } else if fields.has_action() {
            let action = self.action(fields, place);
            if let Some(objective) = self.plan.themes[theme].objectives.last_mut() {
                objective.actions.push(action);
            }
        } else {
            let notes = self.kept(fields.notes, "objective", place);
            if let Some(objective) = self.plan.themes[theme].objectives.last_mut() {
                objective.notes.extend(notes);
            }
        }
    }

    fn action(&mut self, mut fields: RowFields, place: &Place) -> Action {
        let ours = std::mem::take(&mut fields.ours);
        // of an action that is struck out itself, all stays as it is
        if !fields.action.as_ref().is_some_and(|cell| cell.value.is_struck()) {
            self.withdrawn(fields.owner.as_mut());
            self.withdrawn(fields.status.as_mut());
        }
        let status = self.status(&fields, place);
        let mut action = Action { status, origin: Some(place.clone()), ..Action::default() };
        if let Some(cell) = fields.reference {
            action.reference = text::one_line(&cell.value);
            self.typed_references += usize::from(!action.reference.is_empty());
        }
        if let Some(cell) = fields.action {
            action.action = cell.value;
        }
        if let Some(cell) = fields.success_measures {
            let lifted = update::lift(cell.value, &mut self.dates);
            for update in &lifted.updates {
                let announced = if update.label.is_empty() {
                    update.text.plain().into_owned()
                } else {
                    update.label.clone()
                };
                let first =
                    self.lifted_updates.get_or_insert_with(|| (announced, cell.place.clone(), 0));
                first.2 += 1;
            }
            action.success_measures = lifted.before;
            action.updates = lifted.updates;
        }
        if let Some(cell) = fields.update {
            action.updates.extend(update::read(cell.value, &mut self.dates));
        }
        for (header, cell) in fields.reports {
            let mut updates = update::read(cell.value, &mut self.dates);
            if let [only] = updates.as_mut_slice()
                && only.label.is_empty()
            {
                only.label = header;
            }
            action.updates.extend(updates);
        }
        action.updates.extend(fields.dated.into_iter().map(|dated| self.dated(dated)));
        action.target = self.target(fields.target, place);
        if let Some(cell) = fields.evidence {
            action.review.evidence = cell.value;
        }
        let mut notes = fields.notes;
        for (own, cell) in ours {
            let line = || text::one_line(&cell.value);
            match own {
                RoundTripColumn::EarlierTargets => {
                    action.earlier_targets =
                        round_trip::read_earlier_targets(&cell.value.plain(), self.dates.calendar);
                }
                RoundTripColumn::State => action.review.state = line(),
                RoundTripColumn::Reviewer => action.review.reviewer = line(),
                RoundTripColumn::ReviewedOn => action.review.reviewed_on = line(),
                RoundTripColumn::RevisedTarget => action.review.revised_target = line(),
                RoundTripColumn::Progress => action.review.progress = cell.value,
                RoundTripColumn::CommentOn(about) => notes.push(Note { about, text: cell.value }),
                RoundTripColumn::OtherColumns => fields.extra.extend(shared::read(cell.value)),
                RoundTripColumn::OtherComments => notes.extend(
                    shared::read(cell.value).into_iter().map(|(about, text)| Note { about, text }),
                ),
                // another column of the same name says what it is of
                RoundTripColumn::ThemeNumber
                | RoundTripColumn::Recommendation
                | RoundTripColumn::AboutTheme
                | RoundTripColumn::AboutObjective => {
                    fields.extra.push((own.header(), cell.value));
                }
            }
        }
        action.notes = self.kept(notes, "action", place);
        action.extra = Extra(fields.extra);
        if let Some(cell) = fields.owner {
            action.owner_text = cell.value.plain().into_owned();
            let quoted = round_trip::owners::read(&action.owner_text);
            if let Some((names, typed)) = quoted.filter(|_| self.shape.has_ours) {
                (action.owners, action.owner_text) = (names, typed);
                self.quoted_owners.insert(place.clone());
            }
            if !self.blank_columns.contains(&Field::Owner) {
                self.owner_places.insert(place.clone(), cell.place);
            }
        }
        action
    }

    /// Reports that comments on cells are kept.
    fn kept(&mut self, notes: Vec<Note>, whose: &str, place: &Place) -> Vec<Note> {
        for Note { about, .. } in &notes {
            let message = format!("the comment on “{about}” was kept as a note of the {whose}");
            self.emit(Diagnostic::new(Code::CommentKept, message).at(place));
        }
        notes
    }

    /// What a column headed by a date says: an update of that date, with the state that it names.
    fn dated(&mut self, DateCell { date, header, cell }: DateCell) -> Update {
        let state = self.state_of(&cell.value.plain(), &cell.place);
        Update {
            period: Some(date),
            label: header,
            text: cell.value,
            status: state,
            by: String::new(),
        }
    }

    fn target(&mut self, cell: Option<Cell>, row: &Place) -> Option<Target> {
        let cell = cell?;
        if cell.value.is_empty() {
            if !self.blank_columns.contains(&Field::Target) {
                self.date_doubts.add(&self.shape.target_header, [DateDoubt::no_target_date()], row);
            }
            return None;
        }
        let words = cell.value.plain();
        if self.days_follow_months && target::number_after_month(&words).is_some() {
            let text = words.trim().to_owned();
            self.date_doubts.add(
                &self.shape.target_header,
                [DateDoubt::without_year(&text)],
                &cell.place,
            );
            return Some(Target {
                text,
                struck: Vec::new(),
                kind: TargetKind::Unknown,
                start: None,
                due: None,
            });
        }
        let target::TargetReading { target, doubts } = self.dates.of_cell(&cell.value);
        self.date_doubts.add(&self.shape.target_header, doubts, &cell.place);
        Some(target)
    }

    pub(super) fn doubts(&mut self, doubts: Vec<DateDoubt>, place: &Place) {
        let messages = doubts.into_iter().map(|DateDoubt { code, message, help, .. }| {
            Diagnostic::new(code, message).at(place).help(help)
        });
        self.diagnostics.extend(messages);
    }
}

/// Whether no row of a table has words in a column.
fn is_blank_throughout(table: &PlanGrid, column: usize) -> bool {
    let is_blank = |row: &TableRow| {
        row.cells().and_then(|cells| cells.get(column)).is_none_or(|cell| cell.value.is_empty())
    };
    table.rows.iter().all(is_blank)
}
