//! The plan as rows under headers that import knows: what the markdown and the comma-separated
//! values of a plan have in common.
//!
//! Every row names its objective by its reference, so that import guesses nothing about it. A
//! header is the source's own word where that is a name of the column's meaning, else ours.

mod dated;

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::plan::round_trip::owners::OwnerCells;
use crate::plan::round_trip::{self, ASSIGNED_REFERENCE, RoundTripColumn};
use crate::plan::shared::{self, SharedColumns};
use crate::plan::{Action, Extra, Field, Note, Objective, Plan, Theme, update};
use crate::text::Text;
use crate::vocabulary::columns::{field, is_of_objectives, named};
use crate::vocabulary::words::NO_WORDS;
use round_trip::OBJECTIVE_REFERENCE;

use dated::{dated_columns, flow};

/// What a row says of its theme and objective beyond their references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupColumns {
    /// Themes are headings over tables, and the words of an objective stand once.
    Headed,
    /// Each row repeats them.
    Repeated,
}

/// The plan as rows.
pub(super) struct PlanRows {
    pub(super) headers: Vec<String>,
    /// The rows of each theme, one cell a header.
    pub(super) themes: Vec<Vec<Vec<Text>>>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum RowColumnKind {
    Field(Field),
    Ours(RoundTripColumn),
    /// Updates that the source has in a column headed by their date: which of these columns.
    Dated(usize),
    /// What has no meaning here: which of these columns.
    Extra(usize),
}

struct RowColumn {
    header: String,
    holds: RowColumnKind,
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
pub(super) fn rows(plan: &Plan, form: GroupColumns) -> PlanRows {
    let extras = extra_columns(plan);
    let dates = dated_columns(plan);
    let columns = columns(plan, form, &extras, &dates);
    let owners = OwnerCells::of(plan);
    let writer =
        RowWriter { plan, form, columns: &columns, extras: &extras, dates: &dates, owners };
    let themes =
        (1..).zip(&plan.themes).map(|(number, theme)| writer.theme(number, theme)).collect();
    PlanRows { headers: columns.into_iter().map(|column| column.header).collect(), themes }
}

fn columns(
    plan: &Plan,
    form: GroupColumns,
    extras: &SharedColumns,
    dates: &SharedColumns,
) -> Vec<RowColumn> {
    let objectives = || plan.themes.iter().flat_map(|t| &t.objectives);
    let any = |is: &dyn Fn(&Action) -> bool| objectives().flat_map(|o| &o.actions).any(is);
    // a header of the source's must not take the place of a column that has its meaning here
    let claimed = |meant: Field| {
        objectives().flat_map(|o| &o.extra.0).any(|(header, _)| beside(header) == Some(meant))
            || extras
                .own
                .iter()
                .any(|header| field(header, &NO_WORDS).is_some_and(|known| known == meant))
    };
    let of = |meant: Field, ours: &str| {
        Some(RowColumn {
            header: own_header(plan, meant, ours),
            holds: RowColumnKind::Field(meant),
        })
    };
    let ours = |own: RoundTripColumn| {
        Some(RowColumn { header: own.header(), holds: RowColumnKind::Ours(own) })
    };
    let repeats_themes =
        form == GroupColumns::Repeated && plan.themes.iter().any(|t| !t.title.is_empty());
    let measures = any(&|a| !a.success_measures.is_empty()) || claimed(Field::SuccessMeasures);
    let updates = any(&|a| !flow(a, &plan.scheme, dates).0.is_empty()) || claimed(Field::Update);
    let evidence = any(&|a| !a.review.evidence.is_empty())
        || objectives().any(|o| !o.evidence.is_empty())
        || claimed(Field::Evidence);
    let answers = objectives().any(|o| o.recommendation.is_some());
    let mut out: Vec<RowColumn> = [
        of(Field::Reference, "Ref").map(|column| {
            let header = Some(ASSIGNED_REFERENCE).filter(|_| plan.assigned_references);
            RowColumn { header: header.map_or(column.header, str::to_owned), ..column }
        }),
        ours(RoundTripColumn::ThemeNumber)
            .filter(|_| repeats_themes && !titles_tell_themes_apart(&plan.themes)),
        of(Field::Theme, "Theme").filter(|_| repeats_themes),
        ours(RoundTripColumn::AboutTheme).filter(|_| {
            form == GroupColumns::Repeated && plan.themes.iter().any(|t| !t.introduction.is_empty())
        }),
        Some(RowColumn {
            header: OBJECTIVE_REFERENCE.to_owned(),
            holds: RowColumnKind::Field(Field::ObjectiveReference),
        }),
        of(Field::Objective, "Objective"),
        ours(RoundTripColumn::AboutObjective)
            .filter(|_| objectives().any(|o| !o.introduction.is_empty())),
        ours(RoundTripColumn::Recommendation).filter(|_| answers),
        of(Field::Action, "Action"),
        of(Field::Owner, "Owner"),
        of(Field::SuccessMeasures, "Success measures").filter(|_| measures),
        of(Field::Target, "Target date"),
        ours(RoundTripColumn::EarlierTargets).filter(|_| any(&|a| !a.earlier_targets.is_empty())),
        of(Field::Update, "Updates").filter(|_| updates),
    ]
    .into_iter()
    .flatten()
    .collect();
    out.extend(
        dates.own.iter().enumerate().map(|(i, header)| RowColumn {
            header: header.clone(),
            holds: RowColumnKind::Dated(i),
        }),
    );
    out.extend(of(Field::Status, "Status"));
    out.extend(of(Field::Evidence, "Evidence").filter(|_| evidence));
    out.extend(
        extras.own.iter().enumerate().map(|(i, header)| RowColumn {
            header: header.clone(),
            holds: RowColumnKind::Extra(i),
        }),
    );
    out.extend(ours(RoundTripColumn::OtherColumns).filter(|_| extras.are_shared));
    let review = [
        (RoundTripColumn::Progress, any(&|a| !a.review.progress.is_empty())),
        (RoundTripColumn::State, any(&|a| !a.review.state.is_empty())),
        (RoundTripColumn::Reviewer, any(&|a| !a.review.reviewer.is_empty())),
        (RoundTripColumn::ReviewedOn, any(&|a| !a.review.reviewed_on.is_empty())),
        (RoundTripColumn::RevisedTarget, any(&|a| !a.review.revised_target.is_empty())),
    ];
    out.extend(review.into_iter().filter(|(_, used)| *used).filter_map(|(own, _)| ours(own)));
    let (commented, some_share) = commented(plan);
    out.extend(commented.into_iter().filter_map(|about| ours(RoundTripColumn::CommentOn(about))));
    out.extend(ours(RoundTripColumn::OtherComments).filter(|_| some_share));
    out
}

/// The source's header of a field, if import would know it by name; else ours.
fn own_header(plan: &Plan, meant: Field, ours: &str) -> String {
    let own = plan.columns.iter().filter(|c| c.field == meant).map(|c| &c.header);
    let is_known = |header: &&String| {
        named(header, &NO_WORDS) == Some(meant)
            && !is_of_objectives(header)
            && RoundTripColumn::of_header(header).is_none()
    };
    own.clone().find(is_known).map_or_else(|| ours.to_owned(), Clone::clone)
}

/// Which field import gives this name to where it stands beside an objective.
fn beside(header: &str) -> Option<Field> {
    BESIDE.iter().find(|(name, _)| *name == header).map(|(_, field)| *field)
}

/// Whether rows that name their theme by its title, or by nothing, tell which of the themes they
/// belong to. A row that only names a theme could be a note under the table.
fn titles_tell_themes_apart(themes: &[Theme]) -> bool {
    let mut titles: Vec<String> =
        themes.iter().map(|theme| crate::vocabulary::normalize(&theme.title)).collect();
    titles.sort_unstable();
    titles.windows(2).all(|pair| pair[0] != pair[1])
        && themes.iter().skip(1).all(|theme| !theme.title.is_empty())
        && themes.iter().all(|theme| !theme.objectives.is_empty())
}

/// The columns without a meaning: as the source orders them, then any others.
fn extra_columns(plan: &Plan) -> SharedColumns {
    let objectives = || plan.themes.iter().flat_map(|t| &t.objectives);
    let of_objectives =
        || objectives().flat_map(|o| &o.extra.0).filter(|(header, _)| beside(header).is_none());
    let used = || {
        objectives()
            .flat_map(|o| &o.actions)
            .flat_map(|a| &a.extra.0)
            .chain(of_objectives())
            .map(|(header, _)| header.as_str())
    };
    let known: HashSet<&str> = used().collect();
    let listed =
        plan.columns.iter().map(|c| c.header.as_str()).filter(|header| known.contains(header));
    SharedColumns::new(listed, used(), plan.actions().count())
}

/// The headers of comments, each as often as one action or objective has it; and whether some of
/// them share a column.
fn commented(plan: &Plan) -> (Vec<String>, bool) {
    let objectives = || plan.themes.iter().flat_map(|t| &t.objectives);
    let notes = || {
        objectives()
            .map(|o| &o.notes)
            .chain(objectives().flat_map(|o| &o.actions).map(|a| &a.notes))
    };
    let listed: HashSet<&str> = notes().flatten().map(|note| note.about.as_str()).collect();
    let listed =
        plan.columns.iter().map(|c| c.header.as_str()).filter(|header| listed.contains(header));
    let columns = SharedColumns::new(
        listed,
        notes().flatten().map(|note| note.about.as_str()),
        plan.actions().count(),
    );
    let mut most = vec![0_usize; columns.own.len()];
    for notes in notes() {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for number in notes.iter().filter_map(|note| columns.number(&note.about)) {
            *counts.entry(number).or_default() += 1;
        }
        for (number, count) in counts {
            most[number] = most[number].max(count);
        }
    }
    let is_shared = columns.are_shared || most.iter().any(|count| *count > MOST_COMMENTS);
    let own = columns
        .own
        .into_iter()
        .zip(most)
        .flat_map(|(about, count)| std::iter::repeat_n(about, count.min(MOST_COMMENTS)));
    (own.collect(), is_shared)
}

/// How many comments on the cells under one header have columns of their own; further ones share
/// one.
const MOST_COMMENTS: usize = 10;

/// Whether a text is too long to be repeated in each row.
fn is_long(text: &Text) -> bool {
    const MOST: usize = 500;
    text.blocks.iter().flat_map(|block| &block.spans).map(|span| span.text.len()).sum::<usize>()
        > MOST
}

struct RowWriter<'a> {
    plan: &'a Plan,
    form: GroupColumns,
    columns: &'a [RowColumn],
    extras: &'a SharedColumns,
    dates: &'a SharedColumns,
    owners: OwnerCells<'a>,
}

impl RowWriter<'_> {
    fn theme(&self, number: usize, theme: &Theme) -> Vec<Vec<Text>> {
        let mut rows = Vec::new();
        let heads = |column: &RowColumn| match &column.holds {
            RowColumnKind::Field(Field::Theme) => Text::from_plain(&theme.title),
            RowColumnKind::Ours(RoundTripColumn::ThemeNumber) => {
                Text::from_plain(&number.to_string())
            }
            RowColumnKind::Ours(RoundTripColumn::AboutTheme) => theme.introduction.clone(),
            _ => Text::default(),
        };
        let mut head: Vec<Text> = self.columns.iter().map(heads).collect();
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
                if rows.len() == 1 {
                    self.goes_on(&mut head);
                }
            }
            for action in &objective.actions {
                let mut row = head.clone();
                self.objective(objective, &mut row, &mut begun);
                self.action(action, &mut row);
                rows.push(row);
                if rows.len() == 1 {
                    self.goes_on(&mut head);
                }
            }
        }
        if rows.is_empty() && self.form == GroupColumns::Repeated {
            rows.push(head);
        }
        rows
    }

    /// Leaves out of the head of a theme's rows what only the first of them says.
    fn goes_on(&self, head: &mut [Text]) {
        for (cell, column) in head.iter_mut().zip(self.columns) {
            match &column.holds {
                RowColumnKind::Ours(RoundTripColumn::AboutTheme) => *cell = Text::default(),
                RowColumnKind::Field(Field::Theme) if is_long(cell) => *cell = Text::default(),
                _ => {}
            }
        }
    }

    /// What a row says of its objective; whole if it is the first of it.
    fn objective(&self, objective: &Objective, row: &mut [Text], begun: &mut bool) {
        let is_first = !std::mem::replace(begun, true);
        let whole = is_first || (self.form == GroupColumns::Repeated && !is_long(&objective.text));
        for (cell, column) in row.iter_mut().zip(self.columns) {
            match &column.holds {
                RowColumnKind::Field(Field::ObjectiveReference) => {
                    *cell = Text::from_plain(&objective.reference);
                }
                RowColumnKind::Field(Field::Objective) if whole => *cell = objective.text.clone(),
                RowColumnKind::Ours(RoundTripColumn::AboutObjective) if is_first => {
                    *cell = objective.introduction.clone();
                }
                RowColumnKind::Ours(RoundTripColumn::Recommendation) if whole => {
                    *cell =
                        Text::from_plain(objective.recommendation.as_deref().unwrap_or_default());
                }
                _ => {}
            }
        }
    }

    /// What an objective has in a row of its own.
    fn beside(&self, objective: &Objective, row: &mut [Text]) {
        let extra = |wanted: &dyn Fn(&str) -> bool| {
            objective
                .extra
                .0
                .iter()
                .find(|(header, _)| wanted(header))
                .map(|(_, text)| text.clone())
                .unwrap_or_default()
        };
        let extras = self.extras(&objective.extra);
        let mut comments = RowComments::of(&objective.notes);
        for (cell, column) in row.iter_mut().zip(self.columns) {
            match &column.holds {
                RowColumnKind::Field(Field::Evidence) if !objective.evidence.is_empty() => {
                    *cell = objective.evidence.clone();
                }
                RowColumnKind::Field(meant) if BESIDE.iter().any(|(_, field)| field == meant) => {
                    *cell = extra(&|header| beside(header) == Some(*meant));
                }
                RowColumnKind::Extra(i) => {
                    *cell = extras.get(*i).copied().flatten().cloned().unwrap_or_default();
                }
                RowColumnKind::Ours(RoundTripColumn::OtherColumns) => {
                    *cell = self.other_columns(&objective.extra);
                }
                RowColumnKind::Ours(RoundTripColumn::CommentOn(about)) => {
                    *cell = comments.next(about);
                }
                RowColumnKind::Ours(RoundTripColumn::OtherComments) => *cell = comments.rest(),
                _ => {}
            }
        }
    }

    /// The texts of the columns without a meaning that have a place of their own.
    fn extras<'t>(&self, extra: &'t Extra) -> Vec<Option<&'t Text>> {
        let mut out = vec![None; self.extras.own.len()];
        for (header, text) in &extra.0 {
            if let Some(slot) = self.extras.number(header).and_then(|i| out.get_mut(i)) {
                slot.get_or_insert(text);
            }
        }
        out
    }

    /// The texts of those that share a column.
    fn other_columns(&self, extra: &Extra) -> Text {
        let shared = extra
            .0
            .iter()
            .filter(|(header, _)| self.extras.number(header).is_none() && beside(header).is_none());
        shared::written(shared.map(|(header, text)| (header.as_str(), text)))
    }

    fn action(&self, action: &Action, row: &mut [Text]) {
        let (flow, dated) = flow(action, &self.plan.scheme, self.dates);
        let mut of_dates: Vec<Option<&Text>> = vec![None; self.dates.own.len()];
        for update in dated {
            if let Some(slot) = self.dates.number(&update.label).and_then(|i| of_dates.get_mut(i)) {
                *slot = Some(&update.text);
            }
        }
        let extras = self.extras(&action.extra);
        let mut comments = RowComments::of(&action.notes);
        for (cell, column) in row.iter_mut().zip(self.columns) {
            let said = match &column.holds {
                RowColumnKind::Field(Field::Reference) => Text::from_plain(&action.reference),
                RowColumnKind::Field(Field::Action) => action.action.clone(),
                RowColumnKind::Field(Field::Owner) => {
                    Text::from_plain(&self.owners.written(action))
                }
                RowColumnKind::Field(Field::SuccessMeasures) => action.success_measures.clone(),
                RowColumnKind::Field(Field::Target) => {
                    action.target.as_ref().map(round_trip::target).unwrap_or_default()
                }
                RowColumnKind::Field(Field::Update) => update::written(flow),
                RowColumnKind::Field(Field::Status) => Text::from_plain(&round_trip::status_words(
                    &action.status,
                    &column.header,
                    &self.plan.scheme,
                )),
                RowColumnKind::Field(Field::Evidence) => action.review.evidence.clone(),
                RowColumnKind::Dated(i) => {
                    of_dates.get(*i).copied().flatten().cloned().unwrap_or_default()
                }
                RowColumnKind::Extra(i) => {
                    extras.get(*i).copied().flatten().cloned().unwrap_or_default()
                }
                RowColumnKind::Ours(RoundTripColumn::OtherColumns) => {
                    self.other_columns(&action.extra)
                }
                RowColumnKind::Ours(RoundTripColumn::EarlierTargets) => {
                    Text::from_plain(&round_trip::earlier_targets(&action.earlier_targets))
                }
                RowColumnKind::Ours(RoundTripColumn::Progress) => action.review.progress.clone(),
                RowColumnKind::Ours(RoundTripColumn::State) => {
                    Text::from_plain(&action.review.state)
                }
                RowColumnKind::Ours(RoundTripColumn::Reviewer) => {
                    Text::from_plain(&action.review.reviewer)
                }
                RowColumnKind::Ours(RoundTripColumn::ReviewedOn) => {
                    Text::from_plain(&action.review.reviewed_on)
                }
                RowColumnKind::Ours(RoundTripColumn::RevisedTarget) => {
                    Text::from_plain(&action.review.revised_target)
                }
                RowColumnKind::Ours(RoundTripColumn::CommentOn(about)) => comments.next(about),
                RowColumnKind::Ours(RoundTripColumn::OtherComments) => comments.rest(),
                RowColumnKind::Ours(_) | RowColumnKind::Field(_) => continue,
            };
            *cell = said;
        }
    }
}

/// The comments of one row that are not written yet, by the headers of their cells.
struct RowComments<'a> {
    left: Vec<(usize, &'a Note)>,
    by_header: HashMap<&'a str, VecDeque<usize>>,
}

impl<'a> RowComments<'a> {
    fn of(notes: &'a [Note]) -> Self {
        let mut by_header: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (i, note) in notes.iter().enumerate() {
            by_header.entry(note.about.as_str()).or_default().push_back(i);
        }
        Self { left: notes.iter().enumerate().collect(), by_header }
    }

    fn next(&mut self, about: &str) -> Text {
        let Some(at) = self.by_header.get_mut(about).and_then(VecDeque::pop_front) else {
            return Text::default();
        };
        self.left.get(at).map(|(_, note)| note.text.clone()).unwrap_or_default()
    }

    fn rest(&mut self) -> Text {
        let left = |(i, note): &&(usize, &Note)| {
            self.by_header
                .get(note.about.as_str())
                .and_then(VecDeque::front)
                .is_some_and(|next| i >= next)
        };
        shared::written(
            self.left.iter().filter(left).map(|(_, note)| (note.about.as_str(), &note.text)),
        )
    }
}
