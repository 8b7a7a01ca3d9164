//! From a plan and its review to the report.

use crate::language::Language;
use crate::plan::{Basis, Plan, Recommendation, Status};
use crate::publish::{Audience, Published};
use crate::review::Review;
use crate::text::{SpanStyle, Text, TextBlock};

use super::abbreviations::abbreviations;
use super::anchors::Anchors;
use super::labels::Labels;
use super::options::ReportOptions;
use super::plan_table::plan_table;
use super::status_mark::mark;
use super::tables::{self, ReportContext};
use super::{
    EntryHints, InterfaceLabels, KeyEntry, LabelledFact, Phrase, RecommendationGroup,
    RecommendationItem, Report, ReportSection, RunningText, SectionContent,
};

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
