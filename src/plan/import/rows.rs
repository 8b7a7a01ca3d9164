//! From the rows of a table to themes, objectives and actions.

use crate::diagnostic::{Code, Diagnostic};
use crate::place::{Place, Sourced};
use crate::plan::ours::{self, Ours};
use crate::plan::status;
use crate::plan::target::{self, Doubt};
use crate::plan::{Action, Extra, Field, Note, Objective, PlanColumn, Target, Theme, Update, front, update};
use crate::source::Cell;
use crate::table::{Column, Table, TableRow, folded};
use crate::text::Text;

use super::Importer;
use super::fields::{Dated, Fields, apart};

/// What is open while the rows of a table are read.
#[derive(Default)]
struct Open {
    /// Which theme of the plan the next objective belongs to.
    theme: Option<usize>,
    /// Whether its last objective goes on.
    objective: bool,
}

/// What the columns of a table say together that one cell alone does not.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// The header of the status column.
    pub(super) status_header: String,
    /// Whether 1 is all of an action in the column of percentages.
    pub(super) parts_of_one: bool,
    /// Whether it may have columns and forms of ours.
    pub(super) has_ours: bool,
    /// Whether its rows are filled in the colours of a rating.
    pub(super) is_rated: bool,
}

impl Shape {
    fn of(table: &Table) -> Self {
        let column = |field: Field| table.columns.iter().position(|c| c.field == field);
        let status_header = column(Field::Status).map(|i| table.columns[i].header.clone()).unwrap_or_default();
        let percentages: Vec<String> = column(Field::Percent).map_or_else(Vec::new, |i| {
            let cells = table.rows.iter().filter_map(|row| if let TableRow::Row { cells, .. } = row { cells.get(i) } else { None });
            cells.map(|cell| cell.value.plain().into_owned()).collect()
        });
        let has_ours = column(Field::ObjectiveReference).is_some();
        let parts_of_one = status::are_parts_of_one(percentages.iter().map(String::as_str));
        Self { status_header, parts_of_one, has_ours, is_rated: super::status::is_rated(table) }
    }
}

/// Words of a theme or objective that rows repeat.
#[derive(Debug)]
pub(super) struct Repeat {
    /// Where they stand again first.
    place: Place,
    words: String,
    /// In how many rows.
    count: usize,
}

impl Importer {
    pub(super) fn table(&mut self, table: Table, heading: Option<Sourced<Text>>) {
        let has_apart = table.columns.iter().any(|c| c.field == Field::ObjectiveReference);
        for column in &table.columns {
            if has_apart && Ours::of_header(&column.header).is_some() {
                continue;
            }
            let known = self.plan.columns.iter().any(|c| c.field == column.field && (c.field != Field::Extra || c.header == column.header));
            if !known && !column.header.is_empty() {
                self.plan.columns.push(PlanColumn { field: column.field, header: column.header.clone() });
            }
        }
        self.header_words(&table);
        self.columns_that_lack(&table);
        self.shape = Shape::of(&table);
        let mut open = Open::default();
        if let Some(heading) = heading {
            self.open_theme(front::one_line(&heading.value), heading.place, &mut open);
        }
        for row in table.rows {
            match row {
                TableRow::Theme(cell) => self.band(&cell, &mut open),
                TableRow::ThemeRow { cells, place } => self.theme_row(cells, place, &table.columns, &mut open),
                TableRow::ObjectiveRow { cells, place } => self.objective_row(cells, place, &table.columns, &mut open),
                TableRow::Row { cells, place } => self.row(cells, &place, &table.columns, &mut open),
            }
        }
        self.tell_repeats();
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
        for column in table.columns.iter().filter(|c| c.date.is_some()) {
            let doubts = target::header_date(&column.header).map(|(_, doubts)| doubts).unwrap_or_default();
            self.doubts(doubts, &column.place);
        }
        self.blank_columns.clear();
        for (field, code, what, name) in [
            (Field::Owner, Code::NoOwner, "who does the actions of this table", "Owner"),
            (Field::Target, Code::NoTargetDate, "by when the actions of this table are to be done", "Target date"),
        ] {
            if table.rows.is_empty() {
                continue;
            }
            match table.columns.iter().position(|c| c.field == field) {
                None => {
                    let message = format!("no column says {what}");
                    self.tell(Diagnostic::new(code, message).at(&table.place).help(format!("add a column “{name}”")));
                }
                Some(column) if table.rows.len() > 1 && is_blank_throughout(table, column) => {
                    let column = &table.columns[column];
                    let message = format!("the column “{}” is empty: nothing says {what}", column.header);
                    self.tell(Diagnostic::new(code, message).at(&column.place).help("fill it in"));
                    self.blank_columns.push(field);
                }
                Some(_) => {}
            }
        }
    }

    fn open_theme(&mut self, title: String, place: Place, open: &mut Open) {
        self.plan.themes.push(Theme { title, objectives: Vec::new(), origin: Some(place) });
        *open = Open { theme: Some(self.plan.themes.len() - 1), objective: false };
    }

    /// A band that names a theme.
    fn band(&mut self, cell: &Cell, open: &mut Open) {
        self.struck(std::slice::from_ref(cell), None);
        self.open_theme(front::one_line(&cell.value), cell.place.clone(), open);
        if let Some(note) = cell.note() {
            let message = "the comment on the heading of a theme was left out: a theme has no place for one";
            self.tell(Diagnostic::new(Code::CommentKept, message).at(&cell.place).left_out(note.plain()));
        }
    }

    /// The heading of a theme with its number and whatever stands beside it.
    fn theme_row(&mut self, cells: Vec<Cell>, place: Place, columns: &[Column], open: &mut Open) {
        self.struck(&cells, Some(columns));
        let mut fields = Fields::sort(cells, columns);
        let number = fields.reference.take().map(|c| front::one_line(&c.value)).unwrap_or_default();
        let words = fields.action.take().map(|c| front::one_line(&c.value)).unwrap_or_default();
        let title = [number, words].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let message = format!("“{title}” heads the rows below it: read as the heading of a theme");
        let mut told = Diagnostic::new(Code::ThemeRead, message).at(&place);
        let rest: Vec<String> = beside(fields).into_iter().map(|(header, text)| format!("{header}: {text}")).collect();
        if !rest.is_empty() {
            told = told.left_out(rest.join("\n"));
        }
        self.tell(told);
        self.open_theme(title, place, open);
    }

    /// An objective that stands in a row of its own.
    fn objective_row(&mut self, cells: Vec<Cell>, place: Place, columns: &[Column], open: &mut Open) {
        self.struck(&cells, Some(columns));
        let mut fields = Fields::sort(cells, columns);
        let reference = fields.reference.take().map(|c| front::one_line(&c.value)).unwrap_or_default();
        let text = fields.action.take().map(|c| c.value).unwrap_or_default();
        let message = format!("“{}” heads the rows below it: read as their objective", front::one_line(&text));
        self.tell(Diagnostic::new(Code::ObjectiveRead, message).at(&place));
        let evidence = fields.evidence.take().map(|c| c.value).unwrap_or_default();
        let notes = self.kept(std::mem::take(&mut fields.notes), "objective", &place);
        let extra = Extra(beside(fields));
        let theme = self.theme(&place, open);
        let objective = Objective { reference, text, extra, evidence, notes, origin: Some(place), ..Objective::default() };
        self.plan.themes[theme].objectives.push(objective);
        open.objective = true;
    }

    /// The theme that is open; one without a title where there is none.
    fn theme(&mut self, place: &Place, open: &mut Open) -> usize {
        if open.theme.is_none() {
            match self.plan.themes.last() {
                // tables without a theme are one list
                Some(last) if last.title.is_empty() => open.theme = Some(self.plan.themes.len() - 1),
                _ => self.open_theme(String::new(), place.clone(), open),
            }
        }
        open.theme.unwrap_or_default()
    }

    fn row(&mut self, cells: Vec<Cell>, place: &Place, columns: &[Column], open: &mut Open) {
        self.struck(&cells, Some(columns));
        let mut fields = Fields::sort(cells, columns);
        let number = fields.take(&Ours::ThemeNumber);
        let title = fields.theme.take().filter(|t| !t.value.is_empty());
        if let Some(cell) = title.clone().or_else(|| number.clone()) {
            let number = number.map(|n| front::one_line(&n.value)).unwrap_or_default();
            self.theme_of_column(&cell.place, title.map(|t| front::one_line(&t.value)).unwrap_or_default(), number, open);
        }
        let is_of_objective = fields.is_of_objective();
        let reference = fields.objective_reference.take();
        let theme = self.theme(place, open);
        let objective = fields.objective.take().filter(|o| !o.value.is_empty());
        if reference.as_ref().is_some_and(|r| r.value.is_empty()) && objective.is_none() && !fields.has_action() && fields.notes.is_empty()
        {
            // a theme without an objective
            return;
        }
        self.objective(theme, reference, objective, place, open);
        let answered = fields.take(&Ours::Recommendation);
        if let (Some(answered), Some(objective)) = (answered, self.plan.themes[theme].objectives.last_mut()) {
            objective.recommendation = Some(front::one_line(&answered.value));
        }
        if is_of_objective {
            let evidence = fields.evidence.take().map(|c| c.value).unwrap_or_default();
            let mut notes = std::mem::take(&mut fields.notes);
            for (own, cell) in std::mem::take(&mut fields.ours) {
                match own {
                    Ours::CommentOn(about) => notes.push(Note { about, text: cell.value }),
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

    /// The theme that a column names: the same title is the same theme, wherever in the list it stands.
    fn theme_of_column(&mut self, place: &Place, title: String, number: String, open: &mut Open) {
        let key = if number.is_empty() { folded(&title) } else { number.clone() + "\n" + &folded(&title) };
        if let Some(known) = self.themes_by_title.get(&key) {
            if open.theme != Some(*known) {
                *open = Open { theme: Some(*known), objective: false };
            }
            self.repeated(place, title);
            self.repeated(place, number);
        } else {
            if !number.is_empty() {
                let message = format!("the number {number} tells the theme “{title}” apart from others, and is not kept");
                self.tell(Diagnostic::new(Code::ThemeRead, message).at(place).left_out(number));
            }
            self.open_theme(title, place.clone(), open);
            self.themes_by_title.insert(key, self.plan.themes.len() - 1);
        }
    }

    /// Opens an objective, unless the one that is open goes on: it does where neither a reference nor words tell another.
    fn objective(&mut self, theme: usize, reference: Option<Cell>, cell: Option<Cell>, place: &Place, open: &mut Open) {
        let number = reference.as_ref().map(|r| front::one_line(&r.value)).filter(|number| !number.is_empty());
        let objectives = &mut self.plan.themes[theme].objectives;
        if let (Some(number), Some(reference)) = (number, reference) {
            let goes_on = |o: &Objective| o.reference == number && cell.as_ref().is_none_or(|c| c.value == o.text);
            if open.objective && objectives.last().is_some_and(goes_on) {
                self.repeated(&reference.place, number);
                if let Some(cell) = cell {
                    self.repeated(&cell.place, front::one_line(&cell.value));
                }
                return;
            }
            let origin = Some(cell.as_ref().map_or(&reference, |c| c).place.clone());
            let text = cell.map(|c| c.value).unwrap_or_default();
            objectives.push(Objective { reference: number, text, origin, ..Objective::default() });
            open.objective = true;
            return;
        }
        match cell {
            Some(cell) if open.objective && objectives.last().is_some_and(|o| o.text == cell.value) => {
                let words = front::one_line(&cell.value);
                self.repeated(&cell.place, words);
            }
            Some(cell) => {
                objectives.push(Objective { text: cell.value, origin: Some(cell.place), ..Objective::default() });
                open.objective = true;
            }
            None if open.objective => {}
            None => {
                objectives.push(Objective { origin: Some(place.clone()), ..Objective::default() });
                open.objective = true;
            }
        }
    }

    /// A theme or objective that a row repeats; told once for all its rows.
    fn repeated(&mut self, place: &Place, words: String) {
        if words.is_empty() {
            return;
        }
        let count = self.repeats.len();
        let at = *self.repeats_by_words.entry(words.clone()).or_insert(count);
        match self.repeats.get_mut(at) {
            Some(repeat) => repeat.count += 1,
            None => self.repeats.push(Repeat { place: place.clone(), words, count: 1 }),
        }
    }

    fn tell_repeats(&mut self) {
        self.repeats_by_words.clear();
        for Repeat { place, words, count } in std::mem::take(&mut self.repeats) {
            let message = if count == 1 {
                "the same words as in a row above: the row belongs to the same group".to_owned()
            } else {
                format!("the same words as in a row above, here and in {} more: the rows belong to the same group", count - 1)
            };
            let copies = vec![words.as_str(); count].join("\n");
            self.tell(Diagnostic::new(Code::ValueRepeated, message).at(&place).left_out(copies));
        }
    }

    fn action(&mut self, mut fields: Fields, place: &Place) -> Action {
        let ours = std::mem::take(&mut fields.ours);
        let status = self.status(&fields, place);
        let mut action = Action { status, origin: Some(place.clone()), ..Action::default() };
        if let Some(cell) = fields.reference {
            action.reference = front::one_line(&cell.value);
            self.typed_references += usize::from(!action.reference.is_empty());
        }
        if let Some(cell) = fields.action {
            action.action = cell.value;
        }
        if let Some(cell) = fields.success_measures {
            let lifted = update::lift(cell.value, &mut self.dates);
            for update in &lifted.updates {
                let announced = if update.label.is_empty() { update.text.plain().into_owned() } else { update.label.clone() };
                let message = format!("“{announced}” was read as a dated update and lifted out of the success measures");
                self.tell(Diagnostic::new(Code::UpdateLifted, message).at(&cell.place));
            }
            action.success_measures = lifted.before;
            action.updates = lifted.updates;
        }
        if let Some(cell) = fields.update {
            action.updates.extend(update::read(cell.value, &mut self.dates));
        }
        action.updates.extend(fields.dated.into_iter().map(|dated| self.dated(dated)));
        action.target = self.target(fields.target, place);
        if let Some(cell) = fields.evidence {
            action.review.evidence = cell.value;
        }
        let mut notes = fields.notes;
        for (own, cell) in ours {
            let line = || front::one_line(&cell.value);
            match own {
                Ours::EarlierTargets => {
                    action.earlier_targets = ours::read_earlier_targets(&cell.value.plain(), self.dates.calendar);
                }
                Ours::State => action.review.state = line(),
                Ours::Reviewer => action.review.reviewer = line(),
                Ours::ReviewedOn => action.review.reviewed_on = line(),
                Ours::RevisedTarget => action.review.revised_target = line(),
                Ours::Progress => action.review.progress = cell.value,
                Ours::CommentOn(about) => notes.push(Note { about, text: cell.value }),
                // what it is of has been told by another column of the same name
                Ours::ThemeNumber | Ours::Recommendation => fields.extra.push((own.header(), cell.value)),
            }
        }
        action.notes = self.kept(notes, "action", place);
        action.extra = Extra(fields.extra);
        if let Some(cell) = fields.owner {
            action.owner_text = cell.value.plain().into_owned();
            if !self.blank_columns.contains(&Field::Owner) {
                self.owner_places.insert(place.clone(), cell.place);
            }
        }
        action
    }

    /// Tells of comments on cells that they are kept.
    fn kept(&mut self, notes: Vec<Note>, whose: &str, place: &Place) -> Vec<Note> {
        for Note { about, .. } in &notes {
            let message = format!("the comment on “{about}” was kept as a note of the {whose}");
            self.tell(Diagnostic::new(Code::CommentKept, message).at(place));
        }
        notes
    }

    /// What a column headed by a date says: an update of that date, with the state that it names.
    fn dated(&mut self, Dated { date, header, cell }: Dated) -> Update {
        let state = self.state_of(&cell.value.plain(), &cell.place);
        Update { period: Some(date), label: header, text: cell.value, status: state, by: String::new() }
    }

    fn target(&mut self, cell: Option<Cell>, row: &Place) -> Option<Target> {
        let cell = cell?;
        if cell.value.is_empty() {
            if !self.blank_columns.contains(&Field::Target) {
                let told = Diagnostic::new(Code::NoTargetDate, "the action has no target date");
                self.tell(told.at(row).help("say by when it is to be done"));
            }
            return None;
        }
        let target::Reading { target, doubts } = self.dates.of_cell(&cell.value);
        self.doubts(doubts, &cell.place);
        Some(target)
    }

    fn doubts(&mut self, doubts: Vec<Doubt>, place: &Place) {
        let told = doubts.into_iter().map(|Doubt { code, message, help }| Diagnostic::new(code, message).at(place).help(help));
        self.diagnostics.extend(told);
    }

    /// Tells of words that are struck out: in a line of its own, as not every output can strike them.
    fn struck(&mut self, cells: &[Cell], columns: Option<&[Column]>) {
        let filled = || cells.iter().enumerate().filter(|(_, c)| !c.value.is_empty());
        if filled().count() > 1 && filled().all(|(_, cell)| cell.value.is_struck()) {
            let place = filled().map(|(_, cell)| &cell.place).next();
            let message = "the whole row is struck out in the source; it was kept, as struck";
            let told = Diagnostic::new(Code::StruckText, message).help("if the action was withdrawn, take its row out of the source");
            self.diagnostics.extend(place.map(|place| told.at(place)));
            return;
        }
        for (i, cell) in filled() {
            let field = columns.and_then(|columns| columns.get(i)).map(|c| c.field);
            let words = cell.value.struck_words();
            // what a struck date gives way to is told where dates are read
            if !words.is_empty() && field != Some(Field::Target) {
                let message = format!("“{words}” is struck out in the source; it was kept, as struck");
                self.tell(Diagnostic::new(Code::StruckText, message).at(&cell.place));
            }
        }
    }
}

/// Whether no row of a table has words in a column.
fn is_blank_throughout(table: &Table, column: usize) -> bool {
    let is_blank = |row: &TableRow| match row {
        TableRow::Theme(_) => true,
        TableRow::ThemeRow { cells, .. } | TableRow::ObjectiveRow { cells, .. } | TableRow::Row { cells, .. } => {
            cells.get(column).is_none_or(|c| c.value.is_empty())
        }
    };
    table.rows.iter().all(is_blank)
}

/// What stands beside a heading in its row, under the headers of its columns; its comments too.
fn beside(fields: Fields) -> Vec<(String, Text)> {
    let named = [
        ("Owner", fields.owner),
        ("Success measures", fields.success_measures),
        ("Target date", fields.target),
        ("Updates", fields.update),
        ("Status", fields.status),
        ("Evidence", fields.evidence),
    ];
    let mut all: Vec<(String, Text)> =
        named.into_iter().filter_map(|(name, cell)| Some((name.to_owned(), cell?.value))).filter(|(_, text)| !text.is_empty()).collect();
    all.extend(fields.dated.into_iter().map(|dated| (dated.header, dated.cell.value)));
    all.extend(fields.extra);
    all.extend(fields.notes.into_iter().map(|note| (format!("Comment on {}", note.about), note.text)));
    apart(&mut all);
    all
}
