//! The plan as rows under headers that import knows: what the markdown and the comma-separated values of a plan have in common.
//!
//! Every row names its objective by its reference, so that import guesses nothing about it. A header is the source's own word where
//! that is a name of the column's meaning, else ours.

use crate::plan::ours::{self, Ours};
use crate::plan::{Action, Basis, Field, Note, Objective, Plan, Scheme, Theme, Update, status, target, update};
use crate::read::own::HEADER as OBJECTIVE_REFERENCE;
use crate::text::Text;
use crate::vocabulary::columns::{field, is_of_objectives, named};
use crate::vocabulary::words::NO_WORDS;

/// What a row says of its theme and objective beyond their references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Themes are headings over tables, and the words of an objective stand once.
    Headed,
    /// Each row repeats them.
    Repeated,
}

/// The plan as rows.
pub(super) struct Rows {
    pub(super) headers: Vec<String>,
    /// The rows of each theme, one cell a header.
    pub(super) themes: Vec<Vec<Vec<Text>>>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Holds {
    Field(Field),
    Ours(Ours),
    /// Updates that the source has in a column headed by their date.
    Dated(String),
    /// What has no meaning here, under this header.
    Extra(String),
}

struct Column {
    header: String,
    holds: Holds,
}

/// The names that import gives to what stands beside an objective in a row of its own.
const BESIDE: [(&str, Field); 6] = [
    ("Owner", Field::Owner),
    ("Success measures", Field::SuccessMeasures),
    ("Target date", Field::Target),
    ("Updates", Field::Update),
    ("Status", Field::Status),
    ("Evidence", Field::Evidence),
];

/// Puts a plan into rows.
pub(super) fn rows(plan: &Plan, form: Form) -> Rows {
    let columns = columns(plan, form);
    let writer = Writer { plan, form, columns: &columns };
    let themes = (1..).zip(&plan.themes).map(|(number, theme)| writer.theme(number, theme)).collect();
    Rows { headers: columns.into_iter().map(|column| column.header).collect(), themes }
}

fn columns(plan: &Plan, form: Form) -> Vec<Column> {
    let objectives = || plan.themes.iter().flat_map(|t| &t.objectives);
    let any = |is: &dyn Fn(&Action) -> bool| objectives().flat_map(|o| &o.actions).any(is);
    let extras = extra_headers(plan);
    // a header of the source's must not take the place of a column that has its meaning here
    let claimed = |meant: Field| {
        objectives().flat_map(|o| &o.extra.0).any(|(header, _)| beside(header) == Some(meant))
            || extras.iter().any(|header| field(header, &NO_WORDS).is_some_and(|known| known == meant))
    };
    let of = |meant: Field, ours: &str| Some(Column { header: own_header(plan, meant, ours), holds: Holds::Field(meant) });
    let ours = |own: Ours| Some(Column { header: own.header(), holds: Holds::Ours(own) });
    let repeats_themes = form == Form::Repeated && plan.themes.iter().any(|t| !t.title.is_empty());
    let measures = any(&|a| !a.success_measures.is_empty()) || claimed(Field::SuccessMeasures);
    let updates = any(&|a| !flow(a, &plan.scheme).is_empty()) || claimed(Field::Update);
    let evidence = any(&|a| !a.review.evidence.is_empty()) || objectives().any(|o| !o.evidence.is_empty()) || claimed(Field::Evidence);
    let answers = objectives().any(|o| o.recommendation.is_some());
    let mut out: Vec<Column> = [
        of(Field::Reference, "Ref"),
        ours(Ours::ThemeNumber).filter(|_| repeats_themes && !titles_tell_themes_apart(&plan.themes)),
        of(Field::Theme, "Theme").filter(|_| repeats_themes),
        ours(Ours::AboutTheme).filter(|_| repeats_themes && plan.themes.iter().any(|t| !t.introduction.is_empty())),
        Some(Column { header: OBJECTIVE_REFERENCE.to_owned(), holds: Holds::Field(Field::ObjectiveReference) }),
        of(Field::Objective, "Objective"),
        ours(Ours::AboutObjective).filter(|_| objectives().any(|o| !o.introduction.is_empty())),
        ours(Ours::Recommendation).filter(|_| answers),
        of(Field::Action, "Action"),
        of(Field::Owner, "Owner"),
        of(Field::SuccessMeasures, "Success measures").filter(|_| measures),
        of(Field::Target, "Target date"),
        ours(Ours::EarlierTargets).filter(|_| any(&|a| !a.earlier_targets.is_empty())),
        of(Field::Update, "Updates").filter(|_| updates),
    ]
    .into_iter()
    .flatten()
    .collect();
    out.extend(dated_headers(plan).into_iter().map(|header| Column { header: header.clone(), holds: Holds::Dated(header) }));
    out.extend(of(Field::Status, "Status"));
    out.extend(of(Field::Evidence, "Evidence").filter(|_| evidence));
    out.extend(extras.into_iter().map(|header| Column { header: header.clone(), holds: Holds::Extra(header) }));
    let review = [
        (Ours::Progress, any(&|a| !a.review.progress.is_empty())),
        (Ours::State, any(&|a| !a.review.state.is_empty())),
        (Ours::Reviewer, any(&|a| !a.review.reviewer.is_empty())),
        (Ours::ReviewedOn, any(&|a| !a.review.reviewed_on.is_empty())),
        (Ours::RevisedTarget, any(&|a| !a.review.revised_target.is_empty())),
    ];
    out.extend(review.into_iter().filter(|(_, used)| *used).filter_map(|(own, _)| ours(own)));
    out.extend(commented(plan).into_iter().filter_map(|about| ours(Ours::CommentOn(about))));
    out
}

/// The source's header of a field, if import would know it by name; else ours.
fn own_header(plan: &Plan, meant: Field, ours: &str) -> String {
    let own = plan.columns.iter().filter(|c| c.field == meant).map(|c| &c.header);
    let is_known =
        |header: &&String| named(header, &NO_WORDS) == Some(meant) && !is_of_objectives(header) && Ours::of_header(header).is_none();
    own.clone().find(is_known).map_or_else(|| ours.to_owned(), Clone::clone)
}

/// Which field import gives this name to where it stands beside an objective.
fn beside(header: &str) -> Option<Field> {
    BESIDE.iter().find(|(name, _)| *name == header).map(|(_, field)| *field)
}

/// Whether rows that name their theme by its title, or by nothing, tell which of the themes they belong to. A row that only names a
/// theme could be a note under the table.
fn titles_tell_themes_apart(themes: &[Theme]) -> bool {
    let mut titles: Vec<String> = themes.iter().map(|theme| crate::vocabulary::normalize(&theme.title)).collect();
    titles.sort_unstable();
    titles.windows(2).all(|pair| pair[0] != pair[1])
        && themes.iter().skip(1).all(|theme| !theme.title.is_empty())
        && themes.iter().all(|theme| !theme.objectives.is_empty())
}

/// The headers of columns without a meaning: as the source orders them, then any others.
fn extra_headers(plan: &Plan) -> Vec<String> {
    let objectives = || plan.themes.iter().flat_map(|t| &t.objectives);
    let of_objectives = objectives().flat_map(|o| &o.extra.0).filter(|(header, _)| beside(header).is_none());
    let of_actions = objectives().flat_map(|o| &o.actions).flat_map(|a| &a.extra.0);
    let mut used: Vec<&String> = Vec::new();
    for (header, _) in of_actions.chain(of_objectives) {
        if !used.contains(&header) {
            used.push(header);
        }
    }
    let order = |header: &&String| plan.columns.iter().position(|c| c.header == **header).unwrap_or(usize::MAX);
    used.sort_by_key(order);
    used.into_iter().cloned().collect()
}

/// The headers of comments, each as often as one action or objective has it.
fn commented(plan: &Plan) -> Vec<String> {
    let objectives = || plan.themes.iter().flat_map(|t| &t.objectives);
    let notes = objectives().map(|o| &o.notes).chain(objectives().flat_map(|o| &o.actions).map(|a| &a.notes));
    let mut out: Vec<String> = Vec::new();
    for notes in notes {
        for (i, note) in notes.iter().enumerate() {
            let before = notes[..i].iter().filter(|other| other.about == note.about).count();
            if out.iter().filter(|about| **about == note.about).count() <= before {
                out.push(note.about.clone());
            }
        }
    }
    out.sort_by_key(|about| plan.columns.iter().position(|c| c.header == *about).unwrap_or(usize::MAX));
    out
}

/// How many of an action's last updates stand in columns headed by their dates.
fn dated(action: &Action, scheme: &Scheme) -> usize {
    let is_dated = |update: &Update| {
        let date = target::header_date(&update.label).map(|(date, _)| date);
        let said = status::said(&update.text.plain(), scheme).map(|state| &state.id);
        date.is_some() && date == update.period && said == update.status.as_ref() && update.by.is_empty() && !update.text.is_empty()
    };
    let last = action.updates.iter().rev().take_while(|update| is_dated(update)).count();
    let columns = &action.updates[action.updates.len() - last..];
    let once = (0..last).all(|i| columns[..i].iter().all(|before| before.label != columns[i].label));
    // a state in such a column is stated
    let states = action.status.basis == Basis::Stated || columns.iter().all(|update| update.status.is_none());
    if once && states && update::as_announced(&action.updates).is_none() { last } else { 0 }
}

/// The updates of an action that stand in its cell of updates.
fn flow<'a>(action: &'a Action, scheme: &Scheme) -> &'a [Update] {
    &action.updates[..action.updates.len() - dated(action, scheme)]
}

/// The headers that are dates, in the order in which actions have them.
fn dated_headers(plan: &Plan) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (_, _, action) in plan.actions() {
        for update in &action.updates[flow(action, &plan.scheme).len()..] {
            if !out.contains(&update.label) {
                out.push(update.label.clone());
            }
        }
    }
    out
}

struct Writer<'a> {
    plan: &'a Plan,
    form: Form,
    columns: &'a [Column],
}

impl Writer<'_> {
    fn theme(&self, number: usize, theme: &Theme) -> Vec<Vec<Text>> {
        let mut rows = Vec::new();
        let heads = |column: &Column| match &column.holds {
            Holds::Field(Field::Theme) => Text::from_plain(&theme.title),
            Holds::Ours(Ours::ThemeNumber) => Text::from_plain(&number.to_string()),
            Holds::Ours(Ours::AboutTheme) => theme.introduction.clone(),
            _ => Text::default(),
        };
        let head: Vec<Text> = self.columns.iter().map(heads).collect();
        for objective in &theme.objectives {
            let mut begun = false;
            let has_own_row = objective.actions.is_empty()
                || !objective.extra.is_empty()
                || !objective.evidence.is_empty()
                || !objective.notes.is_empty();
            if has_own_row {
                let mut row = head.clone();
                self.objective(objective, &mut row, &mut begun);
                self.beside(objective, &mut row);
                rows.push(row);
            }
            for action in &objective.actions {
                let mut row = head.clone();
                self.objective(objective, &mut row, &mut begun);
                self.action(action, &mut row);
                rows.push(row);
            }
        }
        if rows.is_empty() && self.form == Form::Repeated {
            rows.push(head);
        }
        rows
    }

    /// What a row says of its objective; whole if it is the first of it.
    fn objective(&self, objective: &Objective, row: &mut [Text], begun: &mut bool) {
        let whole = !std::mem::replace(begun, true) || self.form == Form::Repeated;
        for (cell, column) in row.iter_mut().zip(self.columns) {
            match &column.holds {
                Holds::Field(Field::ObjectiveReference) => *cell = Text::from_plain(&objective.reference),
                Holds::Field(Field::Objective) if whole => *cell = objective.text.clone(),
                Holds::Ours(Ours::AboutObjective) if whole => *cell = objective.introduction.clone(),
                Holds::Ours(Ours::Recommendation) if whole => {
                    *cell = Text::from_plain(objective.recommendation.as_deref().unwrap_or_default());
                }
                _ => {}
            }
        }
    }

    /// What an objective has in a row of its own.
    fn beside(&self, objective: &Objective, row: &mut [Text]) {
        let extra = |wanted: &dyn Fn(&str) -> bool| {
            objective.extra.0.iter().find(|(header, _)| wanted(header)).map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let mut comments = Comments::default();
        for (cell, column) in row.iter_mut().zip(self.columns) {
            match &column.holds {
                Holds::Field(Field::Evidence) if !objective.evidence.is_empty() => *cell = objective.evidence.clone(),
                Holds::Field(meant) if BESIDE.iter().any(|(_, field)| field == meant) => {
                    *cell = extra(&|header| beside(header) == Some(*meant));
                }
                Holds::Extra(own) | Holds::Dated(own) => *cell = extra(&|header| header == own),
                Holds::Ours(Ours::CommentOn(about)) => *cell = comments.next(&objective.notes, about),
                _ => {}
            }
        }
    }

    fn action(&self, action: &Action, row: &mut [Text]) {
        let flow = flow(action, &self.plan.scheme);
        let dated = &action.updates[flow.len()..];
        let mut comments = Comments::default();
        for (cell, column) in row.iter_mut().zip(self.columns) {
            let said = match &column.holds {
                Holds::Field(Field::Reference) => Text::from_plain(&action.reference),
                Holds::Field(Field::Action) => action.action.clone(),
                Holds::Field(Field::Owner) => Text::from_plain(&ours::owners(action)),
                Holds::Field(Field::SuccessMeasures) => action.success_measures.clone(),
                Holds::Field(Field::Target) => action.target.as_ref().map(ours::target).unwrap_or_default(),
                Holds::Field(Field::Update) => update::written(flow),
                Holds::Field(Field::Status) => Text::from_plain(&ours::status_words(&action.status, &column.header, &self.plan.scheme)),
                Holds::Field(Field::Evidence) => action.review.evidence.clone(),
                Holds::Dated(label) => dated.iter().find(|u| u.label == *label).map(|u| u.text.clone()).unwrap_or_default(),
                Holds::Extra(own) => {
                    action.extra.0.iter().find(|(header, _)| header == own).map(|(_, text)| text.clone()).unwrap_or_default()
                }
                Holds::Ours(Ours::EarlierTargets) => Text::from_plain(&ours::earlier_targets(&action.earlier_targets)),
                Holds::Ours(Ours::Progress) => action.review.progress.clone(),
                Holds::Ours(Ours::State) => Text::from_plain(&action.review.state),
                Holds::Ours(Ours::Reviewer) => Text::from_plain(&action.review.reviewer),
                Holds::Ours(Ours::ReviewedOn) => Text::from_plain(&action.review.reviewed_on),
                Holds::Ours(Ours::RevisedTarget) => Text::from_plain(&action.review.revised_target),
                Holds::Ours(Ours::CommentOn(about)) => comments.next(&action.notes, about),
                Holds::Ours(_) | Holds::Field(_) => continue,
            };
            *cell = said;
        }
    }
}

/// How many comments under each header have been written of one row.
#[derive(Default)]
struct Comments {
    written: Vec<String>,
}

impl Comments {
    fn next(&mut self, notes: &[Note], about: &str) -> Text {
        let before = self.written.iter().filter(|written| *written == about).count();
        self.written.push(about.to_owned());
        notes.iter().filter(|note| note.about == about).nth(before).map(|note| note.text.clone()).unwrap_or_default()
    }
}
