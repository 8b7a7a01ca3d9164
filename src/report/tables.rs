//! The sheets of a workbook: what leads it, the plan, and the tables that only a workbook has.
//!
//! Each of these tables says above it what of it was worked out, and from what.

use std::collections::HashSet;

use crate::plan::{Action, Basis, Colour, Objective, Plan, State, Status, Theme};
use crate::returns;
use crate::review::{Counts, Review};
use crate::text::Text;

use super::build::{mark, owners, status_note, target_cell, update, words_of};
use super::labels::Labels;
use super::sheet::column_name;
use super::{
    Anchors, Chart, ChartSeries, DataColumn, DataSheet, DataTable, Fact, Holds, Link, Phrase, ReportCell, Section, Sheet, percent,
};
use crate::plan::Field;

/// The most themes that a chart can show so that they can be told apart.
const MOST_BARS: usize = 40;

/// What the bar of the actions without a status is filled with.
const NO_STATUS: Colour = Colour::new(0xb1, 0xb4, 0xb6);

/// The sheets of a workbook, in order.
pub(super) fn sheets(made: &Made<'_>, sections: &[Section], is_return: bool) -> Vec<Sheet> {
    let section = |anchor: &str| sections.iter().position(|s| s.anchor == anchor).map(Sheet::Section);
    let mut out = Vec::new();
    if is_return {
        out.extend(section("plan"));
        out.push(Sheet::Tables(made.key()));
        return out;
    }
    out.push(Sheet::Front(made.front()));
    out.extend(section("plan"));
    if !made.review.statuses.is_empty() {
        let exceptions = sheet(made.words.exceptions, made.words.exceptions, made.exceptions_table(&[]));
        out.extend([exceptions, made.by_owner()].map(Sheet::Tables));
    }
    if !made.plan.recommendations.is_empty() {
        out.push(Sheet::Tables(made.recommendations()));
    }
    out.push(Sheet::Tables(made.key()));
    out.extend(section("introduction"));
    out.extend(section("notes"));
    out
}

/// What the sheets are made from.
pub(super) struct Made<'a> {
    pub(super) plan: &'a Plan,
    pub(super) review: &'a Review,
    pub(super) anchors: &'a Anchors<'a>,
    pub(super) words: &'a Labels,
    /// Where the title stands, whose plan it is, and the facts.
    pub(super) title: &'a Phrase,
    pub(super) facts: Vec<Fact>,
}

/// A column that counts actions: those of a state, or those without one.
#[derive(Clone, Copy)]
enum Counted {
    State(usize),
    Unknown,
}

impl Counted {
    fn of(self, counts: &Counts) -> usize {
        match self {
            Self::State(i) => counts.by_state.get(i).copied().unwrap_or_default(),
            Self::Unknown => counts.unknown,
        }
    }
}

impl Made<'_> {
    pub(super) fn has_themes(&self) -> bool {
        self.plan.themes.iter().any(|theme| !theme.title.is_empty())
    }

    /// The reference of an action: a link to it, where it has an anchor.
    pub(super) fn reference_cell(&self, links: &[String], position: usize, action: &Action) -> ReportCell {
        match links.get(position) {
            Some(anchor) if !action.reference.is_empty() => ReportCell::Link(Link {
                text: action.reference.clone(),
                description: format!("{} {}", self.words.action, action.reference),
                anchor: anchor.clone(),
            }),
            _ => text(&action.reference),
        }
    }

    /// Words of the plan.
    pub(super) fn own(&self, words: &str) -> ReportCell {
        ReportCell::Text(words_of(&self.words.own(words)))
    }

    /// An owner, or that there is none.
    pub(super) fn owner_cell(&self, owner: &str) -> ReportCell {
        if owner.is_empty() { text(self.words.no_owner) } else { self.own(owner) }
    }

    /// The state of an action, without how it is known.
    pub(super) fn status_cell(&self, position: usize) -> ReportCell {
        let status = self.review.statuses.get(position);
        let state = status.and_then(|status| status.state.as_deref()).and_then(|id| self.plan.scheme.state(id));
        ReportCell::Status { mark: state.map(|s: &State| mark(s, self.words)), note: Phrase::default() }
    }

    /// How the state of an action is known.
    pub(super) fn note_cell(&self, position: usize, action: &Action) -> ReportCell {
        let note = self.review.statuses.get(position).map(|status| status_note(status, action, self.review.as_of, self.words));
        ReportCell::Text(words_of(&note.unwrap_or_default()))
    }

    /// "34 – Complete 13 (38%), Overdue 2 (6%)".
    pub(super) fn by_state(&self) -> Phrase {
        let counts = &self.review.counts;
        let all = counts.all();
        let counted = |n: usize| Phrase::from(format!(" {n} ({})", percent(n, all)));
        let parts: Vec<Phrase> = self.counted().iter().map(|of| Phrase::of([self.label(*of), counted(of.of(counts))])).collect();
        if parts.is_empty() { all.to_string().into() } else { Phrase::of([format!("{all} – ").into(), Phrase::joined(parts, ", ")]) }
    }

    /// Other counts, in the order of the states that any action is in.
    pub(super) fn counted_in(&self, counts: &Counts) -> Vec<usize> {
        self.counted().into_iter().map(|counted| counted.of(counts)).collect()
    }

    /// The states that any action is in, in the order of the key.
    fn counted(&self) -> Vec<Counted> {
        let all = (0..self.plan.scheme.states.len()).map(Counted::State).chain([Counted::Unknown]);
        all.filter(|counted| counted.of(&self.review.counts) > 0).collect()
    }

    fn label(&self, counted: Counted) -> Phrase {
        match counted {
            Counted::State(i) => self.plan.scheme.states.get(i).map(|state| self.words.state(state)).unwrap_or_default(),
            Counted::Unknown => self.words.no_status.into(),
        }
    }

    fn colour(&self, counted: Counted) -> Colour {
        match counted {
            Counted::State(i) => self.plan.scheme.states.get(i).map_or(NO_STATUS, |s| s.colour),
            Counted::Unknown => NO_STATUS,
        }
    }

    /// The cells that count actions in each state, and all of them.
    pub(super) fn counts(&self, counts: &Counts) -> impl Iterator<Item = ReportCell> {
        let all = ReportCell::Number(counts.all());
        self.counted().into_iter().map(|counted| ReportCell::Number(counted.of(counts))).chain([all])
    }

    pub(super) fn count_columns(&self) -> impl Iterator<Item = (Phrase, Holds)> {
        let states = self.counted().into_iter().map(|counted| (self.label(counted), Holds::Number));
        states.chain([(self.words.actions.into(), Holds::Number)])
    }

    /// "as at 30 November 2011".
    fn as_at(&self) -> String {
        self.review.as_of.map_or_else(String::new, |day| format!(" {} {}", self.words.as_at, self.words.day(day)))
    }

    fn front(&self) -> DataSheet {
        let version = returns::version(self.plan).ok().map(|version| Fact { label: self.words.version.to_owned(), value: version.into() });
        let tables = if self.review.statuses.is_empty() { Vec::new() } else { self.summaries() };
        let facts = self.facts.iter().cloned().chain(version).collect();
        DataSheet { heading: self.title.clone(), short: self.words.summary.to_owned(), facts, tables }
    }

    pub(super) fn summaries(&self) -> Vec<DataTable> {
        let (words, counts, counted) = (self.words, &self.review.counts, self.counted());
        let worked_out: usize = counts.worked_out.iter().sum();
        let caption: Phrase = words.counted_from(counts.all(), worked_out, &self.as_at()).into();
        let status_row = |counted: &Counted| {
            let n = counted.of(counts);
            let (first, worked_out) = match *counted {
                Counted::State(i) => {
                    let state = self.plan.scheme.states.get(i).map(|s| mark(s, words));
                    (ReportCell::Status { mark: state, note: Phrase::default() }, counts.worked_out.get(i).copied())
                }
                Counted::Unknown => (ReportCell::Text(Text::from_plain(words.no_status)), None),
            };
            vec![first, ReportCell::Number(n), ReportCell::Share(n, counts.all()), ReportCell::Number(worked_out.unwrap_or_default())]
        };
        let part = |counted: &Counted| format!("{} {}", self.label(*counted), counted.of(counts));
        let by_status = DataTable {
            name: "By_status",
            caption: caption.clone(),
            columns: columns([
                (words.state.into(), Holds::Status),
                (words.actions.into(), Holds::Number),
                (words.share.into(), Holds::Number),
                (words.of_these_worked_out.into(), Holds::Number),
            ]),
            rows: counted.iter().map(status_row).collect(),
            anchors: Vec::new(),
            chart: Some(Chart {
                title: format!("{}{}", words.actions_by_status, self.as_at()),
                description: format!("{}: {}.", words.actions_by_status, counted.iter().map(part).collect::<Vec<_>>().join(", ")),
                series: vec![ChartSeries { column: 1, colours: counted.iter().map(|c| self.colour(*c)).collect() }],
            }),
        };
        let themes = || self.plan.themes.iter().zip(&self.review.by_theme).filter(|(theme, _)| !theme.title.is_empty());
        if themes().next().is_none() {
            return vec![by_status];
        }
        let row = |(theme, counts): (&Theme, &Counts)| std::iter::once(self.own(&theme.title)).chain(self.counts(counts)).collect();
        let rows: Vec<Vec<ReportCell>> = themes().map(row).collect();
        let series = |(i, counted): (usize, &Counted)| ChartSeries { column: i + 1, colours: vec![self.colour(*counted)] };
        let chart = (rows.len() <= MOST_BARS).then(|| Chart {
            title: format!("{}{}", words.actions_by_theme, self.as_at()),
            description: format!("{}: {}", words.actions_by_theme, words.numbers_in_table),
            series: counted.iter().enumerate().map(series).collect(),
        });
        let header = words.header(self.plan, Field::Theme, words.theme);
        let by_theme = DataTable {
            name: "By_theme",
            caption,
            columns: columns(std::iter::once((header, Holds::Words)).chain(self.count_columns())),
            anchors: Vec::new(),
            rows,
            chart,
        };
        vec![by_status, by_theme]
    }

    /// The actions that are overdue or red; with links to them, where they have anchors.
    pub(super) fn exceptions_table(&self, links: &[String]) -> DataTable {
        let words = self.words;
        let header = |field: Field, otherwise: &str| words.header(self.plan, field, otherwise);
        let has_themes = self.has_themes();
        let theme = has_themes.then(|| (header(Field::Theme, words.theme), Holds::Words));
        let actions: Vec<(&Theme, &Objective, &Action)> = self.plan.actions().collect();
        let row = |exception: &crate::review::Exception| {
            let (theme, _, action) = actions.get(exception.action)?;
            let status = self.review.statuses.get(exception.action)?;
            let late = exception
                .days_late
                .map_or(ReportCell::Text(Text::default()), |days| ReportCell::Number(usize::try_from(days).unwrap_or(usize::MAX)));
            let mut cells = vec![self.reference_cell(links, exception.action, action)];
            cells.extend(has_themes.then(|| self.own(&theme.title)));
            cells.extend([
                ReportCell::Text(words.own_text(&action.action)),
                ReportCell::Text(words.own_text(&owners(action))),
                target_cell(action, words),
                self.status_cell(exception.action),
                self.note_cell(exception.action, action),
                late,
                ReportCell::Text(reason(action, status, words)),
            ]);
            Some(cells)
        };
        let rows: Vec<Vec<ReportCell>> = self.review.exceptions.iter().filter_map(row).collect();
        let said = if rows.is_empty() { words.no_exceptions } else { words.exceptions_caption };
        let before = [(header(Field::Reference, words.reference), Holds::Reference)].into_iter().chain(theme);
        let after = [
            (header(Field::Action, words.action), Holds::Prose),
            (header(Field::Owner, words.owner), Holds::Words),
            (header(Field::Target, words.target), Holds::Date),
            (header(Field::Status, words.status), Holds::Status),
            (words.status_note.into(), Holds::Words),
            (words.days_late.into(), Holds::Number),
            (words.reason.into(), Holds::Prose),
        ];
        let caption = format!("{}{}: {said}", words.exceptions_from, self.as_at()).into();
        DataTable { name: "Exceptions", caption, columns: columns(before.chain(after)), rows, chart: None, anchors: Vec::new() }
    }

    fn by_owner(&self) -> DataSheet {
        let words = self.words;
        let actions: Vec<&Action> = self.plan.actions().map(|(_, _, action)| action).collect();
        let rows = self.review.by_owner.iter().map(|of| {
            let owner = self.owner_cell(&of.owner);
            let next = of.next.and_then(|i| actions.get(i)).map(|action| target_cell(action, words));
            let next = next.unwrap_or_else(|| ReportCell::Text(Text::default()));
            std::iter::once(owner).chain(self.counts(&of.counts)).chain([next]).collect()
        });
        let owner = (words.header(self.plan, Field::Owner, words.owner), Holds::Words);
        let next = (words.next_target.into(), Holds::Date);
        let table = DataTable {
            name: "By_owner",
            caption: format!("{}{}, {}", words.by_owner_caption, self.as_at(), words.by_owner_means).into(),
            columns: columns(std::iter::once(owner).chain(self.count_columns()).chain([next])),
            rows: rows.collect(),
            chart: None,
            anchors: Vec::new(),
        };
        sheet(words.by_owner, words.by_owner, table)
    }

    /// Each recommendation with each objective that answers it, and how the actions of that stand.
    fn recommendations(&self) -> DataSheet {
        let words = self.words;
        let objectives: Vec<&Objective> = self.plan.themes.iter().flat_map(|t| &t.objectives).collect();
        let zero = Counts { by_state: vec![0; self.plan.scheme.states.len()], ..Counts::default() };
        let mut rows = Vec::new();
        for recommendation in &self.plan.recommendations {
            let first = |answers: ReportCell| {
                let own = [&recommendation.area, &recommendation.deadline].map(|typed| self.own(typed));
                let wording = ReportCell::Text(words.own_text(&recommendation.text));
                std::iter::once(text(&recommendation.reference)).chain(own).chain([wording, answers]).collect::<Vec<_>>()
            };
            let answering = objectives.iter().enumerate().filter(|(_, o)| o.recommendation.as_ref() == Some(&recommendation.reference));
            let before = rows.len();
            for (i, objective) in answering {
                let description = format!("{} {}", words.objective, objective.reference);
                let anchor = self.anchors.objectives.get(i).cloned().unwrap_or_default();
                let link = ReportCell::Link(Link { text: objective.reference.clone(), description, anchor });
                rows.push(first(link).into_iter().chain(self.counts(self.review.by_objective.get(i).unwrap_or(&zero))).collect());
            }
            if rows.len() == before {
                rows.push(first(text(words.unanswered)).into_iter().chain(self.counts(&zero)).collect());
            }
        }
        let own = [
            (words.reference.into(), Holds::Reference),
            (words.area.into(), Holds::Words),
            (words.deadline.into(), Holds::Words),
            (words.recommendation.into(), Holds::Prose),
            (words.answered_by.into(), Holds::Words),
        ];
        let table = DataTable {
            name: "Recommendations",
            caption: format!("{}{}.", words.recommendations_caption, self.as_at()).into(),
            columns: columns(own.into_iter().chain(self.count_columns())),
            rows,
            chart: None,
            anchors: Vec::new(),
        };
        sheet(words.recommendations, words.recommendations, table)
    }

    pub(super) fn key(&self) -> DataSheet {
        let words = self.words;
        let row = |state: &State| {
            let status = ReportCell::Status { mark: Some(mark(state, words)), note: Phrase::default() };
            vec![status, ReportCell::Text(words_of(&words.state_means(state)))]
        };
        let table = DataTable {
            name: "Key",
            caption: words.own(&self.plan.scheme.name),
            columns: columns([(words.state.into(), Holds::Status), (words.meaning.into(), Holds::Prose)]),
            rows: self.plan.scheme.states.iter().map(row).collect(),
            chart: None,
            anchors: Vec::new(),
        };
        sheet(words.key, words.key_sheet, table)
    }
}

fn sheet(heading: &str, short: &str, table: DataTable) -> DataSheet {
    DataSheet { heading: heading.into(), short: short.to_owned(), facts: Vec::new(), tables: vec![table] }
}

/// Columns whose headers are unlike each other.
pub(super) fn columns(all: impl IntoIterator<Item = (Phrase, Holds)>) -> Vec<DataColumn> {
    let mut taken = HashSet::new();
    all.into_iter().map(|(header, holds)| DataColumn { header: header.reworded(column_name(&header, &mut taken).0), holds }).collect()
}

pub(super) fn text(words: &str) -> ReportCell {
    ReportCell::Text(Text::from_plain(words))
}

/// Why an action stands as it does, in the words that were reported last: at the review, in an update, or with the status.
fn reason(action: &Action, status: &Status, words: &Labels) -> Text {
    let said = Some(&status.because).filter(|because| status.basis == Basis::Stated && !because.is_empty());
    let reported = Some(&action.review.progress).filter(|progress| !progress.is_empty()).cloned();
    reported
        .or_else(|| action.updates.last().map(update))
        .or_else(|| said.map(|because| Text::from_plain(because)))
        .map_or_else(|| Text::from_plain(words.no_reason), |said| words.own_text(&said))
}
