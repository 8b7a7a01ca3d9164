//! From a plan and its review to the report.

use crate::brand::Brand;
use crate::colour::LEAST_CONTRAST;
use crate::date::{Date, PartialDate};
use crate::language::Language;
use crate::plan::shared::SharedColumns;
use crate::plan::{
    Action, Basis, Colour, Field, Objective, Plan, Recommendation, State, Status, Target, Theme,
    Update, status, target,
};
use crate::publish::{Audience, Published};
use crate::returns::ReturnHeading;
use crate::review::{Position, Review};
use crate::text::{Span, SpanStyle, Text, TextBlock};

use super::abbreviations::abbreviations;
use super::anchors::{AnchorNames, Anchors};
use super::labels::Labels;
use super::tables::{self, ReportContext};
use super::{
    ActionRow, CALCULATED, ColumnRole, EntryHints, InterfaceLabels, KeyEntry, LabelledFact,
    ObjectiveGroup, Phrase, PlanTable, RecommendationGroup, RecommendationItem, Report, ReportCell,
    ReportColumn, ReportLink, ReportSection, RunningText, SectionContent, StatusMark, ThemeBand,
    calculated,
};

/// How a report is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportOptions {
    /// Whether the columns for the reviewer to fill in are there; by default they are, but never in
    /// a public version.
    pub review_columns: bool,
    /// How the documents of whoever publishes the plan look; its name stands where the plan does
    /// not say whose it is.
    pub brand: Brand,
    /// The language of the words around the plan; by default English.
    pub language: Language,
    /// Whose return it is, if it is one: a form with the owner's actions and the key, and nothing
    /// else.
    pub for_return: Option<ReturnHeading>,
    /// Whether the sheets of a workbook are made too; by default they are. A program that writes no
    /// workbook saves more than half of the time of a report: the version of the plan, which is a
    /// sum over all of it, stands in them.
    pub sheets: bool,
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self {
            review_columns: true,
            brand: Brand::default(),
            language: Language::default(),
            for_return: None,
            sheets: true,
        }
    }
}

/// Puts together all that will be said of a plan.
///
/// `review` must be of this plan: it has one status for each of its actions. The report is for the
/// public if both are.
pub fn report(published: &Published, review: &Review, options: &ReportOptions) -> Report {
    of_plan(published.plan(), review, options, published.audience().narrower(review.audience()))
}

/// The sections of a report, in their order.
fn sections(made: &ReportContext<'_>, options: &ReportOptions) -> Vec<ReportSection> {
    let ReportContext { plan, review, anchors, words, .. } = *made;
    let mut sections = Vec::new();
    let mut add = |anchor: &str, heading: Phrase, contents: Vec<SectionContent>| {
        let short = if anchor == "plan" { words.plan_sheet } else { &heading };
        sections.push(ReportSection {
            anchor: anchor.to_owned(),
            short: short.to_owned(),
            heading,
            contents,
            on_new_page: false,
        });
    };
    let is_return = options.for_return.is_some();
    if !plan.introduction.is_empty() && !is_return {
        add(
            "introduction",
            words.introduction.into(),
            vec![SectionContent::Text(words.own_text(&plan.introduction))],
        );
    }
    if !plan.recommendations.is_empty() && !is_return {
        add(
            "recommendations",
            words.recommendations.into(),
            vec![SectionContent::Recommendations(recommendations(plan, anchors, words))],
        );
    }
    if !review.statuses.is_empty() && !is_return {
        add(
            "summary",
            words.summary.into(),
            made.summaries().into_iter().map(SectionContent::Data).collect(),
        );
    }
    let key = plan
        .scheme
        .states
        .iter()
        .map(|s| KeyEntry { mark: mark(s, words), definition: words.state_means(s) });
    let key = vec![SectionContent::Key(key.collect())];
    let table = if plan.themes.is_empty() {
        SectionContent::Text(Text::from_plain(words.no_actions))
    } else {
        SectionContent::Plan(plan_table(plan, review, options, anchors, words))
    };
    let about_themes = about_themes(plan, words);
    if !about_themes.is_empty() && !is_return {
        add("themes", words.about_themes.into(), vec![SectionContent::Text(about_themes)]);
    }
    if let Some(of) = &options.for_return {
        add("plan", words.return_heading(of), vec![table]);
        add("key", words.key.into(), key);
    } else {
        add("key", words.key.into(), key);
        add("plan", words.plan.into(), vec![table]);
    }
    if !plan.notes.is_empty() && !is_return {
        add("notes", words.notes.into(), vec![SectionContent::Text(words.own_text(&plan.notes))]);
    }
    if let (Some(form), true) = (sections.first_mut(), is_return) {
        words.return_sheet.clone_into(&mut form.short);
    }
    sections
}

/// What the parts of an output around the plan are called.
fn interface_labels(plan: &Plan, words: &Labels) -> InterfaceLabels {
    InterfaceLabels {
        continued: words.continued.to_owned(),
        continues: words.continues.to_owned(),
        contents: words.contents.to_owned(),
        skip_to_plan: words.skip_to_plan.to_owned(),
        answers: words.answers.to_owned(),
        status_note: words.status_note.to_owned(),
        position: words.position.to_owned(),
        goes_on: words.goes_on.to_owned(),
        long_texts: [words.long_texts, words.where_from, words.column, words.rest]
            .map(str::to_owned),
        public_version: words.public_version,
        plan_file: words.plan_file.to_owned(),
        entry: EntryHints {
            legend: words.entry_legend.to_owned(),
            text: words.enter_text.to_owned(),
            state: words.enter_state.to_owned(),
            name: words.enter_name.to_owned(),
            date: words.enter_date.to_owned(),
            not_a_state: words.not_a_state.to_owned(),
            not_a_date: words.not_a_date.to_owned(),
        },
        find: words.find(plan),
        fill: words.fill(),
        sheets: words.sheets,
    }
}

/// The report of a plan for an audience; a public one must have been published.
pub(crate) fn of_plan(
    plan: &Plan,
    review: &Review,
    options: &ReportOptions,
    audience: Audience,
) -> Report {
    // a public version has nothing to fill in
    let options = &ReportOptions {
        review_columns: options.review_columns && audience == Audience::Internal,
        ..options.clone()
    };
    let words = Labels::of(options.language);
    let title: Phrase =
        if plan.title.is_empty() { words.untitled.into() } else { words.own(&plan.title) };
    let anchors = Anchors::new(plan, words);
    let organisation = organisation(plan, options, words);
    let facts = facts(plan, review, words);
    let made = ReportContext {
        plan,
        review,
        anchors: &anchors,
        words,
        title: &title,
        facts: facts.clone(),
    };
    let sections = sections(&made, options);
    let is_return = options.for_return.is_some();
    let sheets =
        if options.sheets { tables::sheets(&made, &sections, is_return) } else { Vec::new() };
    let status_on = status_on(review, words);
    let is_inferred = |status: &Status| status.basis == Basis::Inferred;
    let has_calculated = !review.statuses.is_empty()
        && (review.as_of.is_some()
            || review.statuses.iter().any(is_inferred)
            || plan.assigned_references);
    let mark = has_calculated.then(|| words.calculated_mark.into());
    let edition =
        Some(edition(plan, review, options, audience, words)).filter(|words| !words.is_empty());
    let marked_edition = Phrase::joined(edition.into_iter().chain(mark), " · ");
    Report {
        language: words.language,
        audience,
        description: [&*organisation, status_on.as_deref().unwrap_or_default()]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(", "),
        running: RunningText {
            title: title.clone(),
            edition: marked_edition,
            page: words.page.to_owned(),
        },
        calculated: if has_calculated { words.calculated.to_owned() } else { String::new() },
        title,
        organisation,
        brand: options.brand.clone(),
        facts,
        sections,
        sheets,
        abbreviations: abbreviations(plan),
        words: interface_labels(plan, words),
    }
}

/// What the sections of themes say before their actions, each under the title of its theme.
fn about_themes(plan: &Plan, words: &Labels) -> Text {
    let mut out = Text::default();
    for theme in plan.themes.iter().filter(|theme| !theme.introduction.is_empty()) {
        let title = words.own(&theme.title).spans(SpanStyle { bold: true, ..SpanStyle::default() });
        out.append(TextBlock::paragraph(title).into());
        out.append(words.own_text(&theme.introduction));
    }
    out
}

/// Whose plan it is; where the plan does not say, whoever publishes it.
fn organisation(plan: &Plan, options: &ReportOptions, words: &Labels) -> Phrase {
    words.own(if plan.organisation.is_empty() { &options.brand.name } else { &plan.organisation })
}

/// Whose plan it is, as at which day, and for whom: what stands at the foot of every page.
pub(super) fn edition(
    plan: &Plan,
    review: &Review,
    options: &ReportOptions,
    audience: Audience,
    words: &Labels,
) -> Phrase {
    let organisation = Some(organisation(plan, options, words)).filter(|words| !words.is_empty());
    let parts = [
        organisation,
        status_on(review, words).map(Phrase::from),
        version(plan, options, audience, words).map(Phrase::from),
    ];
    Phrase::joined(parts.into_iter().flatten(), " · ")
}

/// "Status as at 30 November 2011".
fn status_on(review: &Review, words: &Labels) -> Option<String> {
    review.as_of.map(|day| format!("{} {}", words.status_on, words.day(day)))
}

/// For whom this version is: where it holds what the public does not see, and where it is the
/// public's.
fn version(
    plan: &Plan,
    options: &ReportOptions,
    audience: Audience,
    words: &Labels,
) -> Option<String> {
    let mut objectives = plan.themes.iter().flat_map(|t| &t.objectives);
    let mut is_internal = || {
        options.review_columns
            || plan.actions().any(|(_, _, a)| !a.notes.is_empty() || !a.review.is_empty())
            || objectives.any(|o| !o.notes.is_empty() || !o.evidence.is_empty())
    };
    match audience {
        Audience::Public => Some(words.public_version.to_owned()),
        Audience::Internal => is_internal().then(|| words.internal_version.to_owned()),
    }
}

fn facts(plan: &Plan, review: &Review, words: &Labels) -> Vec<LabelledFact> {
    let fact = |label: &str, value: Phrase| LabelledFact { label: label.to_owned(), value };
    let period =
        Some(&plan.period).filter(|p| !p.is_empty()).map(|p| fact(words.period, words.own(p)));
    let cycle = plan.cycle;
    let dates = [
        (words.completed, cycle.completed),
        (words.reviewed, cycle.reviewed),
        (words.next_review, cycle.next_review),
    ];
    period
        .into_iter()
        .chain(
            dates
                .into_iter()
                .filter_map(|(label, date)| Some(fact(label, words.date(date?).into()))),
        )
        .chain(review.as_of.map(|day| fact(words.status_on, words.day(day).into())))
        .collect()
}

fn recommendations(plan: &Plan, anchors: &Anchors<'_>, words: &Labels) -> Vec<RecommendationGroup> {
    let item = |r: &Recommendation| RecommendationItem {
        anchor: anchors.recommendations.get(r.reference.as_str()).cloned().unwrap_or_default(),
        reference: r.reference.clone(),
        text: words.own_text(&r.text),
        answered_by: anchors.answers.get(r.reference.as_str()).cloned().unwrap_or_default(),
    };
    let group = |run: &[Recommendation]| RecommendationGroup {
        area: words.own(&capital(&run[0].area)),
        deadline: words.own(&capital(&run[0].deadline)),
        items: run.iter().map(item).collect(),
    };
    plan.recommendations
        .chunk_by(|a, b| (&a.area, &a.deadline) == (&b.area, &b.deadline))
        .map(group)
        .collect()
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// What the words that no status was reported stand on.
pub(super) const NO_STATUS: Colour = Colour::new(0xb1, 0xb4, 0xb6);
const INK: Colour = Colour::new(0x0b, 0x0c, 0x0c);

/// A state: its word on its colour, black or white, whichever can be read better.
pub(super) fn mark(state: &State, words: &Labels) -> StatusMark {
    let fill = state.colour;
    let (black, white) = (INK, Colour::new(0xff, 0xff, 0xff));
    let ink =
        if fill.contrast(white) >= LEAST_CONTRAST || fill.contrast(white) > fill.contrast(black) {
            white
        } else {
            black
        };
    StatusMark { label: words.state(state), fill, ink }
}

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

/// What a reviewer fills in for an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewField {
    /// Progress since the last review.
    Progress,
    /// The state that the reviewer gives.
    State,
    /// A new target date.
    RevisedTarget,
    /// What shows it.
    Evidence,
    /// Who reviewed it.
    Reviewer,
    /// When.
    ReviewedOn,
}

impl ReviewField {
    /// Every field, in the order of the columns.
    pub(crate) const ALL: [Self; 6] = [
        Self::Progress,
        Self::State,
        Self::RevisedTarget,
        Self::Evidence,
        Self::Reviewer,
        Self::ReviewedOn,
    ];

    fn role(self) -> ColumnRole {
        match self {
            Self::Progress | Self::Evidence => ColumnRole::EnterText,
            Self::State => ColumnRole::EnterState,
            Self::RevisedTarget | Self::Reviewer => ColumnRole::EnterName,
            Self::ReviewedOn => ColumnRole::EnterDate,
        }
    }
}

/// The headers of the columns that a reviewer fills in.
pub(crate) fn review_headers(plan: &Plan, language: Language) -> [(ReviewField, Phrase); 6] {
    ReviewField::ALL.map(|field| (field, review_header(field, plan, Labels::of(language))))
}

/// What the file of the return of the actions without an owner is called: "Without an owner".
///
/// ```
/// use planwright::{Language, report::return_without_owner};
/// assert_eq!(return_without_owner(Language::Welsh), "Heb berchennog");
/// ```
pub fn return_without_owner(language: Language) -> &'static str {
    Labels::of(language).return_file_without_owner
}

/// What the states of a plan are called, in their order.
pub(crate) fn state_labels(plan: &Plan, language: Language) -> impl Iterator<Item = Phrase> {
    plan.scheme.states.iter().map(move |state| Labels::of(language).state(state))
}

fn review_header(field: ReviewField, plan: &Plan, words: &Labels) -> Phrase {
    match field {
        ReviewField::Progress => words.progress.into(),
        ReviewField::State => words.new_status.into(),
        ReviewField::RevisedTarget => words.revised_target.into(),
        ReviewField::Evidence => words.header(plan, Field::Evidence, words.evidence),
        ReviewField::Reviewer => words.reviewer.into(),
        ReviewField::ReviewedOn => words.review_date.into(),
    }
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

fn plan_table(
    plan: &Plan,
    review: &Review,
    options: &ReportOptions,
    anchors: &Anchors<'_>,
    words: &Labels,
) -> PlanTable {
    let extras = extra_columns(plan);
    let columns = columns(plan, &extras, options, words);
    let has_objectives = plan.themes.iter().flat_map(|t| &t.objectives).any(|o| !o.text.is_empty());
    let mut standing = review.statuses.iter().zip(&review.positions);
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
                    let stands = standing.next().map(|(status, position)| {
                        StandingWords::of(status, *position, review.as_of, plan, words)
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

/// The status of an action as it is shown; none where what was reported is no state.
pub(super) fn status_mark(status: &Status, plan: &Plan, words: &Labels) -> Option<StatusMark> {
    if !status::is_reported(status) {
        return Some(StatusMark { label: words.no_status.into(), fill: NO_STATUS, ink: INK });
    }
    status.state.as_deref().and_then(|id| plan.scheme.state(id)).map(|state| mark(state, words))
}

/// The mark of a status that was taken from an update or a target date; nothing for one that was
/// stated.
pub(super) fn status_source(status: &Status) -> Phrase {
    if status.basis == Basis::Inferred { CALCULATED.into() } else { Phrase::default() }
}

/// Where the status of an action comes from: the update that reports it, or what was said.
pub(super) fn status_note(
    known: &Status,
    action: &Action,
    day: Option<Date>,
    words: &Labels,
) -> Phrase {
    match known.basis {
        Basis::Inferred => status::inferred(action, day)
            .map_or_else(|| words.own(&known.because), |(_, reason)| words.reason(&reason)),
        Basis::Stated | Basis::None => words.own(&known.because),
    }
}
