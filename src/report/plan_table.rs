//! The plan as a table: its columns, and what each cell shows.

use super::options::ReportOptions;
use super::review_field::{ReviewField, review_header};
use super::status_mark::{status_mark, status_source};
use crate::date::{Date, PartialDate};
use crate::plan::shared::SharedColumns;
use crate::plan::{Action, Basis, Field, Objective, Plan, Status, Target, Theme, Update, target};
use crate::report::anchors::{AnchorNames, Anchors};
use crate::report::labels::Labels;
use crate::report::{
    ActionRow, ColumnRole, ObjectiveGroup, Phrase, PlanTable, ReportCell, ReportColumn, ReportLink,
    StatusMark, ThemeBand, calculated,
};
use crate::review::{Position, Review};
use crate::text::{Span, SpanStyle, Text, TextBlock};

/// A column of the plan's table, and where its cells come from.
struct PlannedColumn {
    shown: ReportColumn,
    from: CellSource,
}

#[derive(Clone, Copy)]
enum CellSource {
    Reference,
    Owners,
    Action,
    SuccessMeasures {
        with_updates: bool,
    },
    Updates,
    Target,
    Status,
    /// Which column of those without a meaning.
    Extra(usize),
    /// Those that share a column.
    OtherExtras,
    Notes,
    /// The last of the updates only.
    LastUpdate,
    Review(ReviewField),
}

fn columns(
    plan: &Plan,
    extras: &SharedColumns,
    options: &ReportOptions,
    words: &Labels,
) -> Vec<PlannedColumn> {
    let header = |field: Field, otherwise: &str| words.header(plan, field, otherwise);
    let is_return = options.for_return.is_some();
    let column = |header: Phrase, role: ColumnRole, from: CellSource| PlannedColumn {
        shown: ReportColumn { header, role },
        from,
    };
    let has_update_column = plan.columns.iter().any(|c| c.field == Field::Update);
    let has_measures =
        plan.columns.is_empty() || plan.columns.iter().any(|c| c.field == Field::SuccessMeasures);
    let mut out = vec![column(
        header(Field::Reference, words.reference),
        ColumnRole::Reference,
        CellSource::Reference,
    )];
    let default = [Field::Action, Field::Owner, Field::SuccessMeasures, Field::Target];
    let mut own: Vec<Field> = Vec::new();
    for column in &plan.columns {
        if !own.contains(&column.field) {
            own.push(column.field);
        }
    }
    if plan.columns.is_empty() {
        own.extend(default);
    }
    for field in own {
        out.extend(match field {
            Field::Action => {
                Some(column(header(field, words.action), ColumnRole::Prose, CellSource::Action))
            }
            Field::Owner => {
                Some(column(header(field, words.owner), ColumnRole::Owners, CellSource::Owners))
            }
            Field::SuccessMeasures => {
                let from =
                    CellSource::SuccessMeasures { with_updates: !has_update_column && !is_return };
                Some(column(header(field, words.success_measures), ColumnRole::Prose, from))
            }
            Field::Target => {
                Some(column(header(field, words.target), ColumnRole::Target, CellSource::Target))
            }
            Field::Update if !is_return => {
                Some(column(header(field, words.updates), ColumnRole::Prose, CellSource::Updates))
            }
            Field::Reference
            | Field::Theme
            | Field::ObjectiveReference
            | Field::Objective
            | Field::Recommendation
            | Field::Update
            | Field::Status
            | Field::Start
            | Field::Percent
            | Field::CompletedOn
            | Field::Evidence
            | Field::Extra => None,
        });
    }
    let has_updates = plan.actions().any(|(_, _, a)| !a.updates.is_empty());
    if is_return {
        out.extend(
            has_updates.then(|| {
                column(words.last_update.into(), ColumnRole::Prose, CellSource::LastUpdate)
            }),
        );
    } else if !has_update_column && !has_measures && has_updates {
        out.push(column(words.updates.into(), ColumnRole::Prose, CellSource::Updates));
    }
    if !is_return {
        out.extend(
            extras.own.iter().enumerate().map(|(i, header)| {
                column(words.own(header), ColumnRole::Prose, CellSource::Extra(i))
            }),
        );
        out.extend(extras.are_shared.then(|| {
            column(words.other_columns.into(), ColumnRole::Prose, CellSource::OtherExtras)
        }));
        if plan.actions().any(|(_, _, a)| !a.notes.is_empty()) {
            out.push(column(words.comments.into(), ColumnRole::Prose, CellSource::Notes));
        }
    }
    out.push(column(header(Field::Status, words.status), ColumnRole::Status, CellSource::Status));
    let review = |field: ReviewField, role: ColumnRole| {
        column(review_header(field, plan, words), role, CellSource::Review(field))
    };
    if options.review_columns {
        // a column for what few need costs all the others room: only returns ask for another date
        let moves =
            is_return || plan.actions().any(|(_, _, a)| !a.review.revised_target.is_empty());
        let fields = ReviewField::ALL
            .into_iter()
            .filter(|field| moves || *field != ReviewField::RevisedTarget);
        out.extend(fields.map(|field| review(field, field.role())));
    } else if plan.actions().any(|(_, _, a)| !a.review.evidence.is_empty()) {
        out.push(review(ReviewField::Evidence, ColumnRole::Prose));
    }
    out
}

/// Whether an action keeps the cells of such a column under their own header.
fn kept_as_typed(field: Field) -> bool {
    matches!(field, Field::Start | Field::Percent | Field::CompletedOn | Field::Extra)
}

/// The columns without a meaning: as the source orders them, then any that only some actions have.
fn extra_columns(plan: &Plan) -> SharedColumns {
    let of_columns =
        plan.columns.iter().filter(|c| kept_as_typed(c.field)).map(|c| c.header.as_str());
    let of_actions = plan
        .actions()
        .flat_map(|(_, _, action)| &action.extra.0)
        .map(|(header, _)| header.as_str());
    SharedColumns::new(of_columns, of_actions, plan.actions().count())
}

pub(super) fn plan_table(
    plan: &Plan,
    review: &Review,
    options: &ReportOptions,
    anchors: &Anchors<'_>,
    words: &Labels,
) -> PlanTable {
    let extras = extra_columns(plan);
    let columns = columns(plan, &extras, options, words);
    let has_objectives = plan.themes.iter().flat_map(|t| &t.objectives).any(|o| !o.text.is_empty());
    let mut standing = plan.actions_with(review);
    let (mut objective_number, mut action_number) = (0, 0);
    let mut names = AnchorNames::default();
    let mut group = |objective: &Objective| {
        objective_number += 1;
        ObjectiveGroup {
            anchor: anchors.objectives.get(objective_number - 1).cloned().unwrap_or_default(),
            reference: objective.reference.clone(),
            heading: format!("{} {}", words.objective, objective.reference),
            text: with_extra(objective, words),
            recommendation: objective.recommendation.as_ref().map(|reference| ReportLink {
                text: reference.clone(),
                description: format!("{} {reference}", words.answers),
                anchor: anchors
                    .recommendations
                    .get(reference.as_str())
                    .cloned()
                    .unwrap_or_default(),
            }),
            actions: objective
                .actions
                .iter()
                .map(|action| {
                    action_number += 1;
                    let stands = standing.next().map(|reviewed| {
                        let (status, position) = (reviewed.status(), reviewed.position());
                        StandingWords::of(status, position, review.as_of, plan, words)
                    });
                    let stands = stands.unwrap_or_default();
                    let mut own: Vec<Option<&Text>> = vec![None; extras.own.len()];
                    for (header, text) in &action.extra.0 {
                        if let Some(slot) =
                            extras.number(header).and_then(|number| own.get_mut(number))
                        {
                            slot.get_or_insert(text);
                        }
                    }
                    let cell = |column: &PlannedColumn| match column.from {
                        CellSource::Extra(i) => ReportCell::Text(
                            own.get(i)
                                .copied()
                                .flatten()
                                .map(|text| words.own_text(text))
                                .unwrap_or_default(),
                        ),
                        CellSource::OtherExtras => {
                            let shared = action
                                .extra
                                .0
                                .iter()
                                .filter(|(header, _)| extras.number(header).is_none());
                            ReportCell::Text(words.own_text(&labelled(
                                shared.map(|(header, text)| (header.as_str(), text)),
                            )))
                        }
                        from => cell(from, action, &stands, plan, words),
                    };
                    ActionRow {
                        anchor: names.name("action", &action.reference, action_number),
                        reference: action.reference.clone(),
                        heading: format!("{} {}", words.action, action.reference).into(),
                        cells: columns.iter().map(cell).collect(),
                    }
                })
                .collect(),
        }
    };
    let mut band = |(i, theme): (usize, &Theme)| ThemeBand {
        anchor: format!("theme-{}", i + 1),
        title: words.own(&theme.title),
        objectives: theme.objectives.iter().map(&mut group).collect(),
    };
    let themes = plan.themes.iter().enumerate().map(&mut band).collect();
    let objective = has_objectives.then(|| {
        let header = words.header(plan, Field::Objective, words.objective);
        ReportColumn { header, role: ColumnRole::Objective }
    });
    PlanTable {
        caption: options
            .for_return
            .as_ref()
            .map_or_else(|| words.plan_caption.into(), |of| words.return_caption(of, &plan.title)),
        columns: objective.into_iter().chain(columns.into_iter().map(|c| c.shown)).collect(),
        has_objectives,
        theme: plan
            .themes
            .iter()
            .any(|t| !t.title.is_empty())
            .then(|| words.header(plan, Field::Theme, words.theme)),
        themes,
    }
}

fn cell(
    from: CellSource,
    action: &Action,
    stands: &StandingWords,
    plan: &Plan,
    words: &Labels,
) -> ReportCell {
    let text = match from {
        CellSource::Extra(_) | CellSource::OtherExtras => return ReportCell::Text(Text::default()),
        CellSource::Reference => return ReportCell::Text(Text::from_plain(&action.reference)),
        CellSource::Owners => owners(action),
        CellSource::Action => action.action.clone(),
        CellSource::SuccessMeasures { with_updates } => {
            let mut text = action.success_measures.clone();
            if with_updates {
                text.append(updates(action));
            }
            text
        }
        CellSource::Updates => updates(action),
        CellSource::Target => return target_cell(action, words),
        CellSource::Status => return stands.cell(),
        CellSource::Notes => {
            labelled(action.notes.iter().map(|note| (note.about.as_str(), &note.text)))
        }
        CellSource::LastUpdate => action.updates.last().map(update).unwrap_or_default(),
        CellSource::Review(ReviewField::Progress) => action.review.progress.clone(),
        CellSource::Review(ReviewField::State) => {
            let state = plan.scheme.state(&action.review.state);
            let shown = state.map_or_else(|| words.own(&action.review.state), |s| words.state(s));
            return ReportCell::Text(words_of(&shown));
        }
        CellSource::Review(ReviewField::RevisedTarget) => {
            Text::from_plain(&action.review.revised_target)
        }
        CellSource::Review(ReviewField::Evidence) => action.review.evidence.clone(),
        CellSource::Review(ReviewField::Reviewer) => Text::from_plain(&action.review.reviewer),
        CellSource::Review(ReviewField::ReviewedOn) => {
            let text = action.review.reviewed_on.clone();
            let date = target::alone(&Target::read(&text))
                .filter(|date| matches!(date, PartialDate::Day(_)));
            return ReportCell::Date { text: words.own(&text), due: None, date };
        }
    };
    ReportCell::Text(words.own_text(&text))
}

/// The target date of an action.
pub(super) fn target_cell(action: &Action, words: &Labels) -> ReportCell {
    let (text, due) = action.target.as_ref().map(|t| (t.text.clone(), t.due)).unwrap_or_default();
    if let Some(target) = action.target.as_ref().filter(|target| !target.struck.is_empty()) {
        let mut shown = words.own_text(&target.shown());
        let behind = with_earlier("", action, words).spans(SpanStyle::default());
        shown.blocks.iter_mut().take(1).for_each(|block| block.spans.extend(behind.clone()));
        return ReportCell::Text(shown);
    }
    let date = action
        .target
        .as_ref()
        .filter(|_| action.earlier_targets.is_empty())
        .and_then(target::alone);
    ReportCell::Date { text: with_earlier(&text, action, words), due, date }
}

/// A target date with those that it has taken the place of, the original one first.
fn with_earlier(text: &str, action: &Action, words: &Labels) -> Phrase {
    let text = words.own(text);
    if action.earlier_targets.is_empty() {
        return text;
    }
    let earlier = action.earlier_targets.iter().map(|e| words.own(&e.target.text));
    let earlier = Phrase::joined(earlier, &format!(", {} ", words.then));
    Phrase::of([text, format!(" ({} ", words.moved_from).into(), earlier, ")".into()])
}

/// What an objective says beside its words, as paragraphs under their headers.
fn with_extra(objective: &Objective, words: &Labels) -> Text {
    let mut text = words.own_text(&objective.text);
    text.append(words.own_text(&objective.introduction));
    text.append(words.own_text(&labelled(
        objective.extra.0.iter().map(|(header, text)| (header.as_str(), text)),
    )));
    if !objective.evidence.is_empty() {
        text.append(under(
            &format!("{}:", words.evidence).into(),
            &words.own_text(&objective.evidence),
        ));
    }
    for note in &objective.notes {
        let label = Phrase::of([
            format!("{} ", words.comment_on).into(),
            words.own(&note.about),
            ":".into(),
        ]);
        text.append(under(&label, &words.own_text(&note.text)));
    }
    text
}

/// Texts, each under its label.
fn labelled<'a>(texts: impl Iterator<Item = (&'a str, &'a Text)>) -> Text {
    let mut out = Text::default();
    for (label, text) in texts {
        out.append(under(&format!("{label}:").into(), text));
    }
    out
}

/// A text under a label in strong emphasis.
fn under(label: &Phrase, text: &Text) -> Text {
    let mut text = text.clone();
    let mut label = label.spans(SpanStyle { bold: true, ..SpanStyle::default() });
    match text.blocks.first_mut() {
        Some(first) if first.kind == crate::text::TextBlockKind::Paragraph => {
            label.push(Span::plain(" "));
            first.spans = label.into_iter().chain(std::mem::take(&mut first.spans)).collect();
        }
        _ => text.blocks.insert(0, TextBlock::paragraph(label)),
    }
    text
}

/// Words as a text of one paragraph.
pub(super) fn words_of(phrase: &Phrase) -> Text {
    let words = phrase.trimmed();
    if words.is_empty() {
        Text::default()
    } else {
        TextBlock::paragraph(words.spans(SpanStyle::default())).into()
    }
}

/// One paragraph an owner; as typed where they were not distinguished.
pub(super) fn owners(action: &Action) -> Text {
    if action.owners.is_empty() {
        return Text::from_plain(&action.owner_text);
    }
    Text {
        blocks: action
            .owners
            .iter()
            .map(|o| TextBlock::paragraph(vec![Span::plain(o.as_str())]))
            .collect(),
    }
}

/// Each update under the words it was announced with.
fn updates(action: &Action) -> Text {
    let mut out = Text::default();
    for update in &action.updates {
        out.append(self::update(update));
    }
    out
}

/// An update under the words it was announced with.
pub(super) fn update(update: &Update) -> Text {
    if update.label.is_empty() {
        update.text.clone()
    } else {
        under(&update.label.as_str().into(), &update.text)
    }
}

/// How an action stands, in words: what was reported, and its position against the calendar.
#[derive(Default)]
struct StandingWords {
    mark: Option<StatusMark>,
    position: Phrase,
    note: Phrase,
}

impl StandingWords {
    fn of(
        status: &Status,
        position: Position,
        day: Option<Date>,
        plan: &Plan,
        words: &Labels,
    ) -> Self {
        // what is complete needs no date beside it
        let is_shown = position.is_open() && day.is_some();
        let position = match position {
            _ if !is_shown => Phrase::default(),
            Position::NoDate => words.position_of(position),
            _ => calculated(&words.position_of(position)).into(),
        };
        let note = if status.basis == Basis::Inferred {
            status_source(status)
        } else {
            words.own(&status.because)
        };
        Self { mark: status_mark(status, plan, words), position, note }
    }

    fn cell(&self) -> ReportCell {
        ReportCell::Status {
            mark: self.mark.clone(),
            position: self.position.clone(),
            note: self.note.clone(),
        }
    }
}
