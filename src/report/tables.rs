//! The sheets of a workbook: what leads it, the plan, and the tables that only a workbook has.
//!
//! Each of these tables says above it what of it was calculated, and from what.

use std::collections::HashSet;

use crate::json;
use crate::plan::{Action, Colour, Objective, Plan, State, Theme};
use crate::review::{Review, ReviewCounts};
use crate::text::Text;

use super::labels::Labels;
use super::plan_table::{owners, target_cell, words_of};
use super::reason::{latest_report, reason};
use super::sheet::column_name;
use super::status_mark::{NO_STATUS, mark, status_mark, status_source};
use super::{
    Anchors, Chart, ChartSeries, ColumnType, DataColumn, DataSheet, DataTable, LabelledFact,
    Phrase, ReportCell, ReportLink, ReportSection, ReportSheet, calculated,
};
use crate::plan::Field;

/// The most themes that a chart can show so that they can be distinguished.
const MOST_BARS: usize = 40;

/// What the bar of the actions is filled with that were reported in words that are no status.
const OTHER_WORDS: Colour = Colour::new(0x72, 0x77, 0x7c);

/// What the bars of the positions are filled with: completed, overdue, not due yet, no date,
/// stopped.
const POSITIONS: [Colour; 5] = [
    Colour::new(0x1d, 0x70, 0xb8),
    Colour::new(0xd4, 0x35, 0x1c),
    Colour::new(0x28, 0xa1, 0x97),
    NO_STATUS,
    Colour::new(0x50, 0x5a, 0x5f),
];

/// The sheets of a workbook, in order.
pub(super) fn sheets(
    made: &ReportContext<'_>,
    sections: &[ReportSection],
    is_return: bool,
) -> Vec<ReportSheet> {
    let section =
        |anchor: &str| sections.iter().position(|s| s.anchor == anchor).map(ReportSheet::Section);
    let mut out = Vec::new();
    if is_return {
        out.extend(section("plan"));
        out.push(ReportSheet::Tables(made.key()));
        return out;
    }
    out.push(ReportSheet::Front(made.front()));
    out.extend(section("plan"));
    if !made.review.statuses.is_empty() {
        let heading = made.words.attention;
        let attention = DataSheet {
            heading: heading.into(),
            short: heading.to_owned(),
            facts: Vec::new(),
            tables: made.attention(&[]),
        };
        out.extend([attention, made.by_owner()].map(ReportSheet::Tables));
    }
    if !made.plan.recommendations.is_empty() {
        out.push(ReportSheet::Tables(made.recommendations()));
    }
    out.push(ReportSheet::Tables(made.key()));
    out.extend(section("introduction"));
    out.extend(section("notes"));
    out
}

/// What the sheets are made from.
pub(super) struct ReportContext<'a> {
    pub(super) plan: &'a Plan,
    pub(super) review: &'a Review,
    pub(super) anchors: &'a Anchors<'a>,
    pub(super) words: &'a Labels,
    /// Where the title stands, whose plan it is, and the facts.
    pub(super) title: &'a Phrase,
    pub(super) facts: Vec<LabelledFact>,
}

/// A column that counts actions: those of a state, or those without one.
#[derive(Clone, Copy)]
enum CountColumn {
    State(usize),
    Other,
    NotReported,
}

impl CountColumn {
    fn of(self, counts: &ReviewCounts) -> usize {
        match self {
            Self::State(i) => counts.by_state.get(i).copied().unwrap_or_default(),
            Self::Other => counts.other,
            Self::NotReported => counts.not_reported,
        }
    }
}

impl ReportContext<'_> {
    pub(super) fn has_themes(&self) -> bool {
        self.plan.themes.iter().any(|theme| !theme.title.is_empty())
    }

    /// The reference of an action: a link to it, where it has an anchor.
    pub(super) fn reference_cell(
        &self,
        links: &[String],
        position: usize,
        action: &Action,
    ) -> ReportCell {
        match links.get(position) {
            Some(anchor) if !action.reference.is_empty() => ReportCell::Link(ReportLink {
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

    /// The status of an action as reported; the words that were reported where they are no state.
    pub(super) fn status_cell(&self, action: usize) -> ReportCell {
        let status = self.review.statuses.get(action);
        let mark = status.and_then(|status| status_mark(status, self.plan, self.words));
        match status {
            Some(status) if mark.is_none() => self.own(&status.because),
            _ => ReportCell::Status {
                mark,
                position: Phrase::default(),
                note: status.map(status_source).unwrap_or_default(),
            },
        }
    }

    /// Other counts, in the order of the states that any action is in.
    pub(super) fn counted_in(&self, counts: &ReviewCounts) -> Vec<usize> {
        self.counted().into_iter().map(|counted| counted.of(counts)).collect()
    }

    /// The states that any action is in, in the order of the key.
    fn counted(&self) -> Vec<CountColumn> {
        let all = (0..self.plan.scheme.states.len())
            .map(CountColumn::State)
            .chain([CountColumn::Other, CountColumn::NotReported]);
        all.filter(|counted| counted.of(&self.review.counts) > 0).collect()
    }

    /// The states that any of several counts have actions in, each with its label and colour; and
    /// the numbers of each of the counts.
    pub(super) fn counted_in_any<'c>(
        &self,
        all: impl Iterator<Item = &'c ReviewCounts> + Clone,
    ) -> (Vec<Vec<usize>>, Vec<(Phrase, Colour)>) {
        let states = (0..self.plan.scheme.states.len())
            .map(CountColumn::State)
            .chain([CountColumn::Other, CountColumn::NotReported]);
        let used: Vec<CountColumn> =
            states.filter(|counted| all.clone().any(|counts| counted.of(counts) > 0)).collect();
        let numbers =
            all.map(|counts| used.iter().map(|counted| counted.of(counts)).collect()).collect();
        (
            numbers,
            used.iter().map(|counted| (self.label(*counted), self.colour(*counted))).collect(),
        )
    }

    fn label(&self, counted: CountColumn) -> Phrase {
        match counted {
            CountColumn::State(i) => self
                .plan
                .scheme
                .states
                .get(i)
                .map(|state| self.words.state(state))
                .unwrap_or_default(),
            CountColumn::Other => self.words.other_words.into(),
            CountColumn::NotReported => self.words.no_status.into(),
        }
    }

    fn colour(&self, counted: CountColumn) -> Colour {
        match counted {
            CountColumn::State(i) => self.plan.scheme.states.get(i).map_or(NO_STATUS, |s| s.colour),
            CountColumn::Other => OTHER_WORDS,
            CountColumn::NotReported => NO_STATUS,
        }
    }

    /// The cells that count actions by status, all of them, and those that are overdue.
    pub(super) fn counts(&self, counts: &ReviewCounts) -> impl Iterator<Item = ReportCell> {
        let (all, overdue) =
            (ReportCell::Number(counts.all()), ReportCell::Number(counts.positions.overdue));
        let overdue = self.review.as_of.map(|_| overdue);
        self.counted()
            .into_iter()
            .map(|counted| ReportCell::Number(counted.of(counts)))
            .chain([all])
            .chain(overdue)
    }

    pub(super) fn count_columns(&self) -> impl Iterator<Item = (Phrase, ColumnType)> {
        let states =
            self.counted().into_iter().map(|counted| (self.label(counted), ColumnType::Number));
        let overdue = self
            .review
            .as_of
            .map(|_| (calculated(self.words.positions().overdue).into(), ColumnType::Number));
        states.chain([(self.words.actions.into(), ColumnType::Number)]).chain(overdue)
    }

    /// "as at 30 November 2011".
    fn as_at(&self) -> String {
        self.review.as_of.map_or_else(String::new, |day| {
            format!(" {} {}", self.words.as_at, self.words.day(day))
        })
    }

    fn front(&self) -> DataSheet {
        let version = json::version(self.plan).ok().map(|version| LabelledFact {
            label: self.words.version.to_owned(),
            value: version.into(),
        });
        let tables = if self.review.statuses.is_empty() { Vec::new() } else { self.summaries() };
        let facts = self.facts.iter().cloned().chain(version).collect();
        DataSheet {
            heading: self.title.clone(),
            short: self.words.summary.to_owned(),
            facts,
            tables,
        }
    }

    pub(super) fn summaries(&self) -> Vec<DataTable> {
        let (words, counts, counted) = (self.words, &self.review.counts, self.counted());
        let inferred: usize = counts.inferred.iter().sum();
        let caption: Phrase = words.counted_from(counts.all(), inferred, &self.as_at()).into();
        let status_row = |counted: &CountColumn| {
            let n = counted.of(counts);
            let (first, inferred) = match *counted {
                CountColumn::State(i) => {
                    let state = self.plan.scheme.states.get(i).map(|s| mark(s, words));
                    (
                        ReportCell::Status {
                            mark: state,
                            position: Phrase::default(),
                            note: Phrase::default(),
                        },
                        counts.inferred.get(i).copied(),
                    )
                }
                CountColumn::Other => (text(words.other_words), None),
                CountColumn::NotReported => (text(words.no_status), None),
            };
            vec![
                first,
                ReportCell::Number(n),
                ReportCell::Share(n, counts.all()),
                ReportCell::Number(inferred.unwrap_or_default()),
            ]
        };
        let part =
            |counted: &CountColumn| format!("{} {}", self.label(*counted), counted.of(counts));
        let by_status = DataTable {
            name: "By_status",
            caption: caption.clone(),
            columns: columns([
                (words.state.into(), ColumnType::Status),
                (words.actions.into(), ColumnType::Number),
                (words.share.into(), ColumnType::Number),
                (words.of_these_inferred.into(), ColumnType::Number),
            ]),
            rows: counted.iter().map(status_row).collect(),
            anchors: Vec::new(),
            chart: Some(Chart {
                title: format!("{}{}", words.actions_by_status, self.as_at()),
                description: format!(
                    "{}: {}.",
                    words.actions_by_status,
                    counted.iter().map(part).collect::<Vec<_>>().join(", ")
                ),
                series: vec![ChartSeries {
                    column: 1,
                    colours: counted.iter().map(|c| self.colour(*c)).collect(),
                }],
            }),
        };
        let themes = || {
            self.plan
                .themes
                .iter()
                .zip(&self.review.by_theme)
                .filter(|(theme, _)| !theme.title.is_empty())
        };
        if themes().next().is_none() {
            return std::iter::once(by_status).chain(self.by_position()).collect();
        }
        let row = |(theme, counts): (&Theme, &ReviewCounts)| {
            std::iter::once(self.own(&theme.title)).chain(self.counts(counts)).collect()
        };
        let rows: Vec<Vec<ReportCell>> = themes().map(row).collect();
        let series = |(i, counted): (usize, &CountColumn)| ChartSeries {
            column: i + 1,
            colours: vec![self.colour(*counted)],
        };
        let chart = (rows.len() <= MOST_BARS).then(|| Chart {
            title: format!("{}{}", words.actions_by_theme, self.as_at()),
            description: format!("{}: {}", words.actions_by_theme, words.numbers_in_table),
            series: counted.iter().enumerate().map(series).collect(),
        });
        let header = words.header(self.plan, Field::Theme, words.theme);
        let by_theme = DataTable {
            name: "By_theme",
            caption,
            columns: columns(
                std::iter::once((header, ColumnType::Words)).chain(self.count_columns()),
            ),
            anchors: Vec::new(),
            rows,
            chart,
        };
        std::iter::once(by_status).chain(self.by_position()).chain([by_theme]).collect()
    }

    /// How many actions have each position against the calendar; none without a day.
    fn by_position(&self) -> Option<DataTable> {
        self.review.as_of?;
        let (words, counts) = (self.words.positions(), &self.review.counts);
        let of = &counts.positions;
        let labels = [words.completed, words.overdue, words.not_due, words.no_date, words.stopped];
        let numbers = [of.completed, of.overdue, of.not_due(), of.no_date, of.stopped];
        let all: Vec<(&str, usize, Colour)> = labels
            .into_iter()
            .zip(numbers)
            .zip(POSITIONS)
            .map(|((label, n), colour)| (label, n, colour))
            .filter(|(_, n, _)| *n > 0)
            .collect();
        let mut caption = format!("{}{}.", words.calculated, self.as_at());
        if of.due_before_next_review > 0 {
            caption.push(' ');
            caption
                .push_str(&words.due_before.replace("{n}", &of.due_before_next_review.to_string()));
        }
        let row = |(label, n, _): &(&str, usize, Colour)| {
            vec![text(label), ReportCell::Number(*n), ReportCell::Share(*n, counts.all())]
        };
        let parts: Vec<String> = all.iter().map(|(label, n, _)| format!("{label} {n}")).collect();
        Some(DataTable {
            name: "By_position",
            caption: caption.into(),
            columns: columns([
                (calculated(self.words.position).into(), ColumnType::Words),
                (self.words.actions.into(), ColumnType::Number),
                (self.words.share.into(), ColumnType::Number),
            ]),
            rows: all.iter().map(row).collect(),
            anchors: Vec::new(),
            chart: Some(Chart {
                title: format!("{}{}", words.title, self.as_at()),
                description: format!("{}: {}.", words.title, parts.join(", ")),
                series: vec![ChartSeries {
                    column: 1,
                    colours: all.iter().map(|(_, _, colour)| *colour).collect(),
                }],
            }),
        })
    }

    /// What needs attention: the actions that are reported off track or at risk, and those that are
    /// overdue, whatever was reported; with links to them, where they have anchors.
    pub(super) fn attention(&self, links: &[String]) -> Vec<DataTable> {
        let words = self.words;
        let header = |field: Field, otherwise: &str| words.header(self.plan, field, otherwise);
        let has_themes = self.has_themes();
        let actions: Vec<(&Theme, &Objective, &Action)> = self.plan.actions().collect();
        let begins = |at: usize| {
            let (theme, _, action) = actions.get(at)?;
            let mut cells = vec![self.reference_cell(links, at, action)];
            cells.extend(has_themes.then(|| self.own(&theme.title)));
            cells.extend([
                ReportCell::Text(words.own_text(&action.action)),
                ReportCell::Text(words.own_text(&owners(action))),
                target_cell(action, words),
            ]);
            Some((*action, cells))
        };
        let reported = |at: &usize| {
            let (action, mut cells) = begins(*at)?;
            let reason =
                reason(action, self.review.statuses.get(*at)?, self.plan, self.review.as_of);
            let reason = reason
                .map_or_else(|| Text::from_plain(words.no_reason), |said| words.own_text(&said));
            cells.extend([self.status_cell(*at), ReportCell::Text(reason)]);
            Some(cells)
        };
        let overdue = |at: &usize| {
            let (action, mut cells) = begins(*at)?;
            let days = self
                .review
                .days_overdue(*at)
                .and_then(|days| usize::try_from(days).ok())
                .unwrap_or(usize::MAX);
            let latest = latest_report(action, self.review.as_of);
            let latest = latest
                .map_or_else(|| Text::from_plain(words.no_report), |said| words.own_text(&said));
            cells.extend([
                ReportCell::Number(days),
                self.status_cell(*at),
                ReportCell::Text(latest),
            ]);
            Some(cells)
        };
        let table = |name: &'static str,
                     rows: Vec<Vec<ReportCell>>,
                     (some, none): (&str, &str),
                     own: Vec<(Phrase, ColumnType)>| {
            let said = if rows.is_empty() { none } else { some };
            let theme = has_themes.then(|| (header(Field::Theme, words.theme), ColumnType::Words));
            let begin = [(header(Field::Reference, words.reference), ColumnType::Reference)]
                .into_iter()
                .chain(theme)
                .chain([
                    (header(Field::Action, words.action), ColumnType::Prose),
                    (header(Field::Owner, words.owner), ColumnType::Words),
                    (header(Field::Target, words.target), ColumnType::Date),
                ]);
            let caption = format!("{}.", said.replace("{as_at}", &self.as_at())).into();
            DataTable {
                name,
                caption,
                columns: columns(begin.chain(own)),
                rows,
                chart: None,
                anchors: Vec::new(),
            }
        };
        let status = || (header(Field::Status, words.status), ColumnType::Status);
        let mut out = vec![table(
            "Reported",
            self.review.reported.iter().filter_map(reported).collect(),
            (words.reported_caption, words.none_reported),
            vec![status(), (words.reason.into(), ColumnType::Prose)],
        )];
        // without a day nothing can be overdue
        out.extend(self.review.as_of.map(|_| {
            table(
                "Overdue",
                self.review.overdue.iter().filter_map(overdue).collect(),
                (words.overdue_caption, words.none_overdue),
                vec![
                    (calculated(words.days_late).into(), ColumnType::Number),
                    status(),
                    (words.latest.into(), ColumnType::Prose),
                ],
            )
        }));
        out
    }

    fn by_owner(&self) -> DataSheet {
        let words = self.words;
        let actions: Vec<&Action> = self.plan.actions().map(|(_, _, action)| action).collect();
        let rows = self.review.by_owner.iter().map(|of| {
            let owner = self.owner_cell(&of.owner);
            let next =
                of.next.and_then(|i| actions.get(i)).map(|action| target_cell(action, words));
            let next = next.unwrap_or_else(|| ReportCell::Text(Text::default()));
            std::iter::once(owner).chain(self.counts(&of.counts)).chain([next]).collect()
        });
        let owner = (words.header(self.plan, Field::Owner, words.owner), ColumnType::Words);
        let next = (words.next_target.into(), ColumnType::Date);
        let table = DataTable {
            name: "By_owner",
            caption: format!(
                "{}{}, {}",
                words.by_owner_caption,
                self.as_at(),
                words.by_owner_means
            )
            .into(),
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
        let objectives: Vec<&Objective> =
            self.plan.themes.iter().flat_map(|t| &t.objectives).collect();
        let zero = ReviewCounts {
            by_state: vec![0; self.plan.scheme.states.len()],
            ..ReviewCounts::default()
        };
        let mut rows = Vec::new();
        for recommendation in &self.plan.recommendations {
            let first = |answers: ReportCell| {
                let own =
                    [&recommendation.area, &recommendation.deadline].map(|typed| self.own(typed));
                let wording = ReportCell::Text(words.own_text(&recommendation.text));
                std::iter::once(text(&recommendation.reference))
                    .chain(own)
                    .chain([wording, answers])
                    .collect::<Vec<_>>()
            };
            let answering = objectives
                .iter()
                .enumerate()
                .filter(|(_, o)| o.recommendation.as_ref() == Some(&recommendation.reference));
            let before = rows.len();
            for (i, objective) in answering {
                let description = format!("{} {}", words.objective, objective.reference);
                let anchor = self.anchors.objectives.get(i).cloned().unwrap_or_default();
                let link = ReportCell::Link(ReportLink {
                    text: objective.reference.clone(),
                    description,
                    anchor,
                });
                rows.push(
                    first(link)
                        .into_iter()
                        .chain(self.counts(self.review.by_objective.get(i).unwrap_or(&zero)))
                        .collect(),
                );
            }
            if rows.len() == before {
                rows.push(
                    first(text(words.unanswered)).into_iter().chain(self.counts(&zero)).collect(),
                );
            }
        }
        let own = [
            (words.reference.into(), ColumnType::Reference),
            (words.area.into(), ColumnType::Words),
            (words.deadline.into(), ColumnType::Words),
            (words.recommendation.into(), ColumnType::Prose),
            (words.answered_by.into(), ColumnType::Words),
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
            let status = ReportCell::Status {
                mark: Some(mark(state, words)),
                position: Phrase::default(),
                note: Phrase::default(),
            };
            vec![status, ReportCell::Text(words_of(&words.state_means(state)))]
        };
        let table = DataTable {
            name: "Key",
            caption: words.own(&self.plan.scheme.name),
            columns: columns([
                (words.state.into(), ColumnType::Status),
                (words.meaning.into(), ColumnType::Prose),
            ]),
            rows: self.plan.scheme.states.iter().map(row).collect(),
            chart: None,
            anchors: Vec::new(),
        };
        sheet(words.key, words.key_sheet, table)
    }
}

fn sheet(heading: &str, short: &str, table: DataTable) -> DataSheet {
    DataSheet {
        heading: heading.into(),
        short: short.to_owned(),
        facts: Vec::new(),
        tables: vec![table],
    }
}

/// Columns whose headers are unlike each other.
pub(super) fn columns(all: impl IntoIterator<Item = (Phrase, ColumnType)>) -> Vec<DataColumn> {
    let mut taken = HashSet::new();
    all.into_iter()
        .map(|(header, holds)| DataColumn {
            header: header.reworded(column_name(&header, &mut taken).0),
            holds,
        })
        .collect()
}

pub(super) fn text(words: &str) -> ReportCell {
    ReportCell::Text(Text::from_plain(words))
}
