//! The tables of a review pack: each names the actions that a part of the agenda counts.

use std::collections::HashMap;

use crate::colour::Colour;
use crate::date::PartialDate;
use crate::plan::{Action, Field, Objective, Recommendation, Theme};
use crate::report::abbreviations::Abbreviation;
use crate::report::plan_table::{owners, target_cell, update, words_of};
use crate::report::reason::latest_update;
use crate::report::tables::{columns, text};
use crate::report::{
    ChangeGroup, ChangeItem, ChangesOptions, ChangesReport, Chart, ChartSeries, ColumnType,
    DataTable, Phrase, ReportCell, ReportLink, calculated,
};
use crate::review::{MovedTarget, OwnerLoad, RecommendationCoverage, TrendPoint};
use crate::text::{Text, TextBlock};

use super::{PackContext, PackSection, PreviousVersion, filled, version};

/// A column of a list: its header, and what it holds.
type ListColumn = (Phrase, ColumnType);

impl PackContext<'_> {
    fn header(&self, field: Field, otherwise: &str) -> Phrase {
        self.made.words.header(self.made.plan, field, otherwise)
    }

    fn own_text(&self, text: &Text) -> ReportCell {
        ReportCell::Text(self.made.words.own_text(text))
    }

    /// The columns that every list of actions begins with: the reference, the theme if there are
    /// any, the action, its owner.
    fn begins(&self) -> Vec<ListColumn> {
        let words = self.made.words;
        let mut out = vec![(self.header(Field::Reference, words.reference), ColumnType::Reference)];
        out.extend(
            self.made
                .has_themes()
                .then(|| (self.header(Field::Theme, words.theme), ColumnType::Words)),
        );
        out.push((self.header(Field::Action, words.action), ColumnType::Prose));
        out.push((self.header(Field::Owner, words.owner), ColumnType::Words));
        out
    }

    fn target_and_status(&self) -> [ListColumn; 2] {
        let words = self.made.words;
        [
            (self.header(Field::Target, words.target), ColumnType::Date),
            (self.header(Field::Status, words.status), ColumnType::Status),
        ]
    }

    fn action_cells(&self, position: usize, theme: &Theme, action: &Action) -> Vec<ReportCell> {
        let mut out = vec![self.made.reference_cell(self.links, position, action)];
        out.extend(self.made.has_themes().then(|| self.made.own(&theme.title)));
        out.push(self.own_text(&action.action));
        out.push(self.own_text(&owners(action)));
        out
    }

    fn target_and_status_cells(&self, position: usize, action: &Action) -> [ReportCell; 2] {
        [target_cell(action, self.made.words), self.made.status_cell(position)]
    }

    /// A list of actions: what each row says after its first cells.
    fn list(
        &self,
        name: &'static str,
        (caption, none): (String, String),
        which: &[usize],
        own: Vec<ListColumn>,
        cells: impl Fn(usize, &Action) -> Vec<ReportCell>,
    ) -> DataTable {
        let row = |position: &usize| {
            let (theme, _, action) = self.actions.get(*position)?;
            Some(
                self.action_cells(*position, theme, action)
                    .into_iter()
                    .chain(cells(*position, action))
                    .collect(),
            )
        };
        let rows: Vec<Vec<ReportCell>> = which.iter().filter_map(row).collect();
        let caption = if rows.is_empty() { none } else { caption }.into();
        DataTable {
            name,
            caption,
            columns: columns(self.begins().into_iter().chain(own)),
            rows,
            chart: None,
            anchors: Vec::new(),
        }
    }

    /// How many actions are in each state and theme, and how many there were.
    pub(super) fn summaries(&self) -> Vec<DataTable> {
        if self.made.review.statuses.is_empty() {
            return Vec::new();
        }
        let mut tables = self.made.summaries();
        if let (Some(earlier), Some(first)) = (&self.agenda.earlier, tables.first_mut()) {
            let then: Vec<usize> = self.made.counted_in(earlier);
            let now: Vec<usize> = self.made.counted_in(&self.made.review.counts);
            for ((row, then), now) in first.rows.iter_mut().zip(&then).zip(&now) {
                row.push(ReportCell::Number(*then));
                row.push(difference(*now, *then));
            }
            let then = self.agenda.since.day().map_or_else(
                || self.words.earlier_version.to_owned(),
                |day| self.made.words.day(day),
            );
            let more =
                [(then.into(), ColumnType::Number), (self.words.change.into(), ColumnType::Number)];
            first.columns.extend(columns(more));
        }
        tables
    }

    /// How the counts changed through the versions, and why.
    pub(super) fn trend(&self) -> Vec<DataTable> {
        let name = |(at, point): (usize, &TrendPoint)| match point.as_of {
            Some(day) => self.made.words.day(day),
            None => filled(self.words.nth_version, &[("n", &(at + 1).to_string())]),
        };
        let names: Vec<String> = self.options.trend.points.iter().enumerate().map(name).collect();
        vec![self.trend_counts(&names), self.trend_steps(&names)]
    }

    /// The counts of each version.
    fn trend_counts(&self, names: &[String]) -> DataTable {
        let (words, points) = (self.words, self.options.trend.points.as_slice());
        let (counted, labels) = self.made.counted_in_any(points.iter().map(|point| &point.counts));
        let has_days = points.iter().any(|point| point.as_of.is_some());
        let row = |(name, point, counts): (&String, &TrendPoint, &Vec<usize>)| {
            let mut cells = vec![text(name), ReportCell::Number(point.all())];
            cells.extend(counts.iter().map(|n| ReportCell::Number(*n)));
            cells.push(ReportCell::Share(point.complete(), point.all()));
            let overdue = if point.as_of.is_some() {
                ReportCell::Number(point.counts.positions.overdue)
            } else {
                text("")
            };
            cells.extend(has_days.then_some(overdue));
            cells
        };
        let rows = names
            .iter()
            .zip(points)
            .zip(&counted)
            .map(|((name, point), counts)| row((name, point, counts)))
            .collect();
        let mut headers = vec![
            (words.looked_at.into(), ColumnType::Words),
            (self.made.words.actions.into(), ColumnType::Number),
        ];
        headers.extend(labels.iter().map(|(label, _)| (label.clone(), ColumnType::Number)));
        headers.push((words.share_complete.into(), ColumnType::Number));
        headers.extend(
            has_days.then(|| {
                (calculated(self.made.words.positions().overdue).into(), ColumnType::Number)
            }),
        );
        let series = |(at, (_, colour)): (usize, &(Phrase, Colour))| ChartSeries {
            column: at + 2,
            colours: vec![*colour],
        };
        let chart = Chart {
            title: self.made.words.actions_by_status.to_owned(),
            description: format!("{}: {}", words.trend_caption, self.made.words.numbers_in_table),
            series: labels.iter().enumerate().map(series).collect(),
        };
        DataTable {
            name: "Trend",
            caption: words.trend_caption.into(),
            columns: columns(headers),
            rows,
            chart: Some(chart),
            anchors: Vec::new(),
        }
    }

    /// What changed from each version to the next.
    fn trend_steps(&self, names: &[String]) -> DataTable {
        let (words, points) = (self.words, self.options.trend.points.as_slice());
        let pairs = || points.windows(2).zip(names.windows(2));
        let step = |(points, names): (&[TrendPoint], &[String])| {
            let ([_, now], [from, to]) = (points, names) else { return None };
            let step = now.step.as_ref()?;
            let numbers = [
                step.added,
                step.removed,
                step.completed,
                step.reopened,
                step.changed_status,
                step.became_overdue,
            ];
            Some(
                [from, to]
                    .map(|name| text(name))
                    .into_iter()
                    .chain(numbers.map(ReportCell::Number))
                    .collect(),
            )
        };
        let falls = pairs().filter_map(|(points, names)| {
            let ([before, now], [from, _]) = (points, names) else { return None };
            let then = before.as_of.map_or_else(
                || format!("({from})"),
                |_| filled(self.made.words.messages.on_day, &[("day", from)]),
            );
            self.why_share_fell(before, now, &then)
        });
        let caption = std::iter::once(format!("{}.", words.why_caption))
            .chain(falls)
            .collect::<Vec<_>>()
            .join(" ");
        let headers = [words.from_version, words.to_version]
            .map(|header| (header.into(), ColumnType::Words))
            .into_iter()
            .chain(
                [
                    words.added,
                    words.removed,
                    words.newly_complete,
                    words.reopened,
                    words.other_changes,
                    words.became_overdue,
                ]
                .map(|header| (header.into(), ColumnType::Number)),
            );
        DataTable {
            name: "Trend_steps",
            caption: caption.into(),
            columns: columns(headers),
            rows: pairs().filter_map(step).collect(),
            chart: None,
            anchors: Vec::new(),
        }
    }

    pub(super) fn dates(&self) -> DataTable {
        let (words, agenda) = (self.words, self.agenda);
        let has_asked = agenda.moved.iter().any(|moved| !moved.asked.is_empty());
        let mut own: Vec<ListColumn> = vec![
            (words.dates_before.into(), ColumnType::Words),
            (self.header(Field::Target, self.made.words.target), ColumnType::Date),
            (words.times.into(), ColumnType::Number),
            (words.days.into(), ColumnType::Number),
            (words.since_last.into(), ColumnType::Words),
        ];
        own.extend(has_asked.then(|| (words.asked_for.into(), ColumnType::Words)));
        let which: Vec<usize> = agenda.moved.iter().map(|moved| moved.action).collect();
        let moved: HashMap<usize, &MovedTarget> =
            agenda.moved.iter().map(|moved| (moved.action, moved)).collect();
        let cells = |position: usize, action: &Action| {
            let Some(MovedTarget { before, days, since_last, asked, .. }) = moved.get(&position)
            else {
                return Vec::new();
            };
            let earlier = before.iter().map(|(typed, _)| {
                TextBlock::paragraph(vec![self.made.words.own_span(typed.as_str())])
            });
            let target =
                action.target.as_ref().map(crate::plan::Target::in_force).unwrap_or_default();
            let since = match since_last {
                Some(true) => words.yes,
                Some(false) => words.no,
                None => words.not_known,
            };
            let mut out = vec![
                ReportCell::Text(Text { blocks: earlier.collect() }),
                ReportCell::Date {
                    text: self.made.words.own(&target),
                    due: action.target.as_ref().and_then(|target| target.due),
                    date: None,
                },
                ReportCell::Number(before.len()),
                days.map_or_else(
                    || text(if before.is_empty() { "" } else { words.not_known }),
                    |days| {
                        usize::try_from(days)
                            .map_or(ReportCell::Difference(days), ReportCell::Number)
                    },
                ),
                text(since),
            ];
            out.extend(has_asked.then(|| self.made.own(asked)));
            out
        };
        let (caption, none) = match self.options.earlier {
            Some(_) => (words.dates_caption, words.no_dates),
            None => (words.dates_recorded_caption, words.no_dates_recorded),
        };
        self.list("Dates", (caption.to_owned(), none.to_owned()), &which, own, cells)
    }

    pub(super) fn silent(&self) -> DataTable {
        let words = self.words;
        let caption = self.since().map_or_else(
            || words.silent_without.to_owned(),
            |since| with_since(words.silent_caption, &since),
        );
        let none = match self.since() {
            _ if self.made.review.counts.positions.open() == 0 => words.none_open.to_owned(),
            Some(since) if self.agenda.undated_update.is_empty() => {
                with_since(words.nobody_silent, &since)
            }
            _ => words.nobody_silent_ever.to_owned(),
        };
        let own = self
            .target_and_status()
            .into_iter()
            .chain([(self.made.words.last_update.into(), ColumnType::Prose)])
            .collect();
        let cells = |position: usize, action: &Action| {
            let last =
                latest_update(action, self.made.review.as_of).map(update).unwrap_or_default();
            self.target_and_status_cells(position, action)
                .into_iter()
                .chain([self.own_text(&last)])
                .collect()
        };
        self.list("No_update", (caption, none), &self.agenda.no_update, own, cells)
    }

    /// What changed since the last review, a row for each thing that did.
    pub(super) fn changes(&self) -> DataTable {
        let words = self.words;
        let name = "Changes";
        let headers = [
            (words.changed_in, ColumnType::Words),
            (words.changed, ColumnType::Prose),
            (words.how_changed, ColumnType::Prose),
        ];
        let headers = columns(headers.map(|(header, holds)| (header.into(), holds)));
        let Some(PreviousVersion { plan: then, changes, .. }) = self.options.earlier else {
            return DataTable {
                name,
                caption: words.no_earlier.into(),
                columns: headers,
                rows: Vec::new(),
                chart: None,
                anchors: Vec::new(),
            };
        };
        let options = ChangesOptions {
            report: self.options.report.clone(),
            became_overdue: self.agenda.became_overdue.clone(),
            ..ChangesOptions::default()
        };
        let diagnostics = ChangesReport::of_plans(
            [then.plan(), self.made.plan],
            &changes.for_board(),
            &options,
            self.audience,
        );
        let row = |group: &ChangeGroup, item: &ChangeItem| {
            let mut how = Text::default();
            item.lines.iter().for_each(|line| how.append(line.clone()));
            let what = if item.title.is_empty() { &group.heading } else { &item.title };
            vec![
                ReportCell::Text(words_of(&group.heading)),
                ReportCell::Text(words_of(what)),
                ReportCell::Text(how),
            ]
        };
        let rows: Vec<Vec<ReportCell>> = diagnostics
            .groups
            .iter()
            .flat_map(|group| group.items.iter().map(move |item| row(group, item)))
            .collect();
        let since = self.since().unwrap_or_default();
        let caption = if diagnostics.nothing.is_empty() {
            with_since(words.changes_caption, &since)
        } else {
            diagnostics.nothing
        };
        let caption = [caption, diagnostics.signs].join(" ").trim().to_owned();
        DataTable {
            name,
            caption: caption.into(),
            columns: headers,
            rows,
            chart: None,
            anchors: Vec::new(),
        }
    }

    pub(super) fn completed(&self) -> Vec<DataTable> {
        let (words, agenda) = (self.words, self.agenda);
        let has_dates =
            |which: &[usize]| which.iter().any(|at| agenda.completed_on.contains_key(at));
        let own = |which: &[usize]| {
            let updates = self.header(Field::Update, self.made.words.last_update);
            let evidence = self.header(Field::Evidence, self.made.words.evidence);
            let [_, status] = self.target_and_status();
            let date = has_dates(which)
                .then(|| (self.header(Field::CompletedOn, words.completed_on), ColumnType::Words));
            [status]
                .into_iter()
                .chain(date)
                .chain([(updates, ColumnType::Prose), (evidence, ColumnType::Prose)])
                .collect()
        };
        let list = |name: &'static str, captions: (String, String), which: &[usize]| {
            let has_dates = has_dates(which);
            let cells = |position: usize, action: &Action| {
                let last =
                    latest_update(action, self.made.review.as_of).map(update).unwrap_or_default();
                let date = agenda.completed_on.get(&position).map_or("", |date| date.text.as_str());
                let date = has_dates.then(|| self.made.own(date));
                let rest = [self.own_text(&last), self.own_text(&action.review.evidence)];
                [self.made.status_cell(position)].into_iter().chain(date).chain(rest).collect()
            };
            self.list(name, captions, which, own(which), cells)
        };
        let none = if self.options.earlier.is_some() {
            words.none_completed
        } else {
            words.none_recorded_completed
        };
        let (caption, none, some_time) = match self.since() {
            Some(since) => (
                with_since(words.completed_caption, &since),
                with_since(none, &since),
                words.some_time_caption,
            ),
            None => (
                words.completed_unknown.to_owned(),
                words.completed_unknown.to_owned(),
                words.complete_caption,
            ),
        };
        let others = [
            ("Completed_some_time", some_time, &agenda.completed_some_time),
            ("Completed_later", words.later_caption, &agenda.completed_later),
        ];
        let others = others.into_iter().filter(|(_, _, which)| !which.is_empty());
        std::iter::once(list("Completed", (caption, none), &agenda.completed))
            .chain(others.map(|(name, caption, which)| {
                list(name, (caption.to_owned(), String::new()), which)
            }))
            .collect()
    }

    pub(super) fn ahead(&self) -> Vec<DataTable> {
        let (words, agenda) = (self.words, self.agenda);
        let due = |position: &usize| {
            self.actions.get(*position).and_then(|(_, _, action)| action.target.as_ref()?.due)
        };
        let mut which: Vec<usize> = agenda.ahead.values().flatten().copied().collect();
        which.sort_by_key(|position| (due(position), *position));
        let has_next = agenda.next_review.is_some();
        let mut own: Vec<ListColumn> = vec![(words.due_in.into(), ColumnType::Words)];
        own.extend(self.target_and_status());
        own.extend(has_next.then(|| (words.before_next.into(), ColumnType::Words)));
        let cells = |position: usize, action: &Action| {
            let month = due(&position)
                .map(|due| self.made.words.date(PartialDate::Month(due.year(), due.month())));
            let is_next =
                if agenda.due_next.binary_search(&position).is_ok() { words.yes } else { words.no };
            let mut out = vec![text(&month.unwrap_or_default())];
            out.extend(self.target_and_status_cells(position, action));
            out.extend(has_next.then(|| text(is_next)));
            out
        };
        let mut out = vec![self.list(
            "Ahead",
            (words.ahead_caption.to_owned(), words.nothing_ahead.to_owned()),
            &which,
            own,
            cells,
        )];
        if !agenda.undated.is_empty() {
            let cells = |position: usize, action: &Action| {
                self.target_and_status_cells(position, action).to_vec()
            };
            let caption = (words.undated_caption.to_owned(), String::new());
            out.push(self.list(
                "Undated",
                caption,
                &agenda.undated,
                self.target_and_status().to_vec(),
                cells,
            ));
        }
        out
    }

    pub(super) fn owners(&self) -> DataTable {
        let words = self.words;
        let row = |load: &OwnerLoad| {
            let of = self.made.review.by_owner.get(load.owner)?;
            let next = of
                .next
                .and_then(|i| self.actions.get(i))
                .map(|(_, _, action)| target_cell(action, self.made.words));
            let mut cells = vec![
                self.made.owner_cell(&of.owner),
                ReportCell::Number(load.open),
                ReportCell::Number(load.reported),
            ];
            cells.extend(self.made.counts(&of.counts));
            cells.push(next.unwrap_or_else(|| text("")));
            Some(cells)
        };
        let rows: Vec<Vec<ReportCell>> = self.agenda.by_load.iter().filter_map(row).collect();
        let first = [
            (self.header(Field::Owner, self.made.words.owner), ColumnType::Words),
            (words.open.into(), ColumnType::Number),
            (words.reported.into(), ColumnType::Number),
        ];
        let next = (self.made.words.next_target.into(), ColumnType::Date);
        let caption = if rows.is_empty() { words.no_owners } else { words.owners_caption };
        let columns = columns(first.into_iter().chain(self.made.count_columns()).chain([next]));
        DataTable {
            name: "By_owner",
            caption: caption.into(),
            columns,
            rows,
            chart: None,
            anchors: Vec::new(),
        }
    }

    pub(super) fn coverage(&self) -> DataTable {
        let (words, agenda) = (self.words, self.agenda);
        let objectives: Vec<&Objective> =
            self.made.plan.themes.iter().flat_map(|theme| &theme.objectives).collect();
        let has_limits = agenda.coverage.iter().any(|coverage| coverage.limit.is_some());
        let row = |(recommendation, coverage): (&Recommendation, &RecommendationCoverage)| {
            let own =
                [&recommendation.area, &recommendation.deadline].map(|typed| self.made.own(typed));
            let answered = if coverage.is_answered() {
                self.answers(coverage, &objectives)
            } else {
                text(self.made.words.unanswered)
            };
            let mut cells = vec![text(&recommendation.reference)];
            cells.extend(own);
            cells.extend([self.own_text(&recommendation.text), answered]);
            cells.extend(self.made.counts(&coverage.counts));
            if has_limits {
                let late =
                    coverage.past_limit.iter().filter_map(|i| Some((*i, self.actions.get(*i)?.2)));
                cells.push(text(
                    &coverage.limit.map(|day| self.made.words.day(day)).unwrap_or_default(),
                ));
                let late: Vec<ReportCell> = late
                    .map(|(position, action)| {
                        self.made.reference_cell(self.links, position, action)
                    })
                    .collect();
                cells.push(joined(&late));
            }
            cells
        };
        let rows: Vec<Vec<ReportCell>> =
            self.made.plan.recommendations.iter().zip(&agenda.coverage).map(row).collect();
        let labels = self.made.words;
        let mut own = vec![
            (labels.reference.into(), ColumnType::Reference),
            (labels.area.into(), ColumnType::Words),
            (labels.deadline.into(), ColumnType::Words),
            (labels.recommendation.into(), ColumnType::Prose),
            (labels.answered_by.into(), ColumnType::Words),
        ];
        own.extend(self.made.count_columns());
        if has_limits {
            own.extend([
                (words.limit_ends.into(), ColumnType::Words),
                (words.after_limit.into(), ColumnType::Words),
            ]);
        }
        let caption = match agenda.coverage.iter().any(RecommendationCoverage::is_answered) {
            _ if rows.is_empty() => words.no_recommendations,
            false => words.not_linked,
            true => words.coverage_caption,
        };
        let anchor = |recommendation: &Recommendation| {
            self.made.anchors.recommendations.get(recommendation.reference.as_str()).cloned()
        };
        let anchors = self
            .made
            .plan
            .recommendations
            .iter()
            .map(|recommendation| anchor(recommendation).unwrap_or_default())
            .collect();
        DataTable {
            name: "Recommendations",
            caption: caption.into(),
            columns: columns(own),
            rows,
            chart: None,
            anchors,
        }
    }

    /// The objectives that answer a recommendation: links to them, if the plan is in the pack.
    fn answers(&self, coverage: &RecommendationCoverage, objectives: &[&Objective]) -> ReportCell {
        let has_plan = self.options.sections.contains(&PackSection::Plan);
        let answer = |i: &usize| {
            let reference = &objectives.get(*i)?.reference;
            let words = format!("{} {reference}", self.made.words.objective);
            let anchor = self.made.anchors.objectives.get(*i).filter(|_| has_plan);
            Some(anchor.map_or_else(
                || text(reference),
                |anchor| {
                    ReportCell::Link(ReportLink {
                        text: words.clone(),
                        description: words.clone(),
                        anchor: anchor.clone(),
                    })
                },
            ))
        };
        joined(&coverage.objectives.iter().filter_map(answer).collect::<Vec<_>>())
    }

    pub(super) fn evidence(&self) -> DataTable {
        let words = self.words;
        let plan = self.made.plan;
        let has_evidence = plan.columns.iter().any(|column| column.field == Field::Evidence)
            || plan.actions().any(|(_, objective, action)| {
                !objective.evidence.is_empty() || !action.review.evidence.is_empty()
            });
        // of a plan without evidence it cannot be said that an action lacks it
        let (which, none) = match self.made.review.counts.positions.completed {
            _ if !has_evidence => (&[][..], words.evidence_not_kept),
            0 => (&[][..], words.none_complete),
            _ => (self.agenda.no_evidence.as_slice(), words.all_evidence),
        };
        let cells = |position: usize, action: &Action| {
            self.target_and_status_cells(position, action).to_vec()
        };
        self.list(
            "No_evidence",
            (words.evidence_caption.to_owned(), none.to_owned()),
            which,
            self.target_and_status().to_vec(),
            cells,
        )
    }

    pub(super) fn glossary(&self, abbreviations: &[Abbreviation]) -> DataTable {
        let words = self.words;
        let rows: Vec<Vec<ReportCell>> = abbreviations
            .iter()
            .map(|a| vec![self.made.own(&a.short), self.made.own(&a.long)])
            .collect();
        let caption = if rows.is_empty() { words.no_glossary } else { words.glossary_caption };
        let columns = columns([
            (words.short.into(), ColumnType::Reference),
            (words.long.into(), ColumnType::Words),
        ]);
        DataTable {
            name: "Glossary",
            caption: caption.into(),
            columns,
            rows,
            chart: None,
            anchors: Vec::new(),
        }
    }

    /// The plan and the earlier plan, each with its version and day.
    pub(super) fn versions(&self) -> DataTable {
        let words = self.words;
        let row = |document: &str, version: &str, day: Option<crate::date::Date>| {
            vec![
                text(document),
                text(version),
                text(&day.map(|day| self.made.words.day(day)).unwrap_or_default()),
            ]
        };
        let mut rows = vec![row(words.this_plan, &version(self.made.plan), self.made.review.as_of)];
        rows.extend(
            self.options.earlier.map(|earlier| {
                row(words.earlier_plan, &version(earlier.plan.plan()), earlier.as_of)
            }),
        );
        let headers = [words.document, words.version, words.looked_at]
            .map(|header| (header.into(), ColumnType::Words));
        DataTable {
            name: "Versions",
            caption: words.version_caption.into(),
            columns: columns(headers),
            rows,
            chart: None,
            anchors: Vec::new(),
        }
    }

    /// Room for those who agree to the plan.
    pub(super) fn sign_off(&self) -> DataTable {
        let words = self.words;
        let row = |role: &&str| vec![text(role), text(""), text(""), text("")];
        let headers = [
            (words.role, ColumnType::Words),
            (words.name, ColumnType::Entry),
            (words.signature, ColumnType::Entry),
            (words.date, ColumnType::Entry),
        ];
        let columns = columns(headers.map(|(header, holds)| (header.into(), holds)));
        DataTable {
            name: "Sign_off",
            caption: words.sign_caption.into(),
            columns,
            rows: words.signers.iter().map(row).collect(),
            chart: None,
            anchors: Vec::new(),
        }
    }
}

fn with_since(text: &str, since: &str) -> String {
    filled(text, &[("since", since)])
}

/// How a number has changed.
fn difference(now: usize, then: usize) -> ReportCell {
    let signed = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    ReportCell::Difference(signed(now) - signed(then))
}

/// Several cells as one: links if all are, else their words.
fn joined(cells: &[ReportCell]) -> ReportCell {
    let links: Option<Vec<ReportLink>> =
        cells.iter().map(|cell| cell.only_link().cloned()).collect();
    let words = || words_of(&Phrase::joined(cells.iter().map(ReportCell::names), ", "));
    links.map_or_else(|| ReportCell::Text(words()), ReportCell::Links)
}
