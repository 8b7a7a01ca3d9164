//! What changed between two versions of a plan, in words.

mod counts;
mod lines;

use std::collections::HashMap;

use crate::changes::{ActionOwners, Change, Changed, ChangedPart, Changes, Parent, WordChange};
use crate::date::PartialDate;
use crate::language::Language;
use crate::plan::return_source::is_source_of_return;
use crate::plan::{Action, Basis, Field, Plan, Status, Target, Update};
use crate::publish::{Audience, Published};
use crate::review::Review;
use crate::text::{Span, SpanStyle, Text, TextBlock};

use super::build;
use super::labels::Labels;
use counts::counts;
pub(super) use lines::first_words;
use lines::{from_to, line, marked};

use super::{
    LabelledFact, Phrase, Report, ReportOptions, ReportSection, SectionContent, SmallTable,
};

/// How many characters of an action that changed stand in its heading.
const HEADING: usize = 100;

/// What changed, ready to be shown: as text ([`write::changes`](crate::write::changes)), or as a
/// report ([`ChangesReport::report`]) by every writer of reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangesReport {
    /// "What changed: " and the title of the plan.
    pub(crate) title: Phrase,
    /// What the two versions are called.
    pub(crate) facts: Vec<LabelledFact>,
    /// How words that were taken out and put in are marked; empty where there are none.
    pub(crate) signs: String,
    /// How many actions changed in what; none if nothing changed.
    pub(crate) counts: Option<SmallTable>,
    /// What changed: in the plan, its recommendations, and then theme by theme.
    pub(crate) groups: Vec<ChangeGroup>,
    /// Said if nothing changed; else empty.
    pub(crate) nothing: String,
    /// The report of a plan that says nothing: words, language and brand.
    frame: Report,
    language: Language,
}

/// What changed under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangeGroup {
    /// The heading.
    pub(crate) heading: Phrase,
    /// What changed.
    pub(crate) items: Vec<ChangeItem>,
}

/// What changed in an action, objective, theme or recommendation, or in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangeItem {
    /// Its reference and what it says; empty for what is said by the heading of the group.
    pub(crate) title: Phrase,
    /// What changed, a line each; each text is one block.
    pub(crate) lines: Vec<Text>,
}

/// How two versions of a plan are called in the report of what changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangesOptions {
    /// The earlier: the name of its file; may be empty.
    pub earlier: String,
    /// The later.
    pub later: String,
    /// How the report looks.
    pub report: ReportOptions,
    /// The actions that became overdue only because time passed
    /// ([`became_overdue`](crate::became_overdue)), by their positions in the later version.
    pub became_overdue: Vec<usize>,
}

impl ChangesReport {
    /// Puts together all that will be said of what changed; `changes` must be those from `old` to
    /// `new`.
    pub fn new(
        old: &Published,
        new: &Published,
        changes: &Changes,
        options: &ChangesOptions,
    ) -> Self {
        let audience = [new.audience(), changes.audience()]
            .into_iter()
            .fold(old.audience(), Audience::narrower);
        Self::of_plans([old.plan(), new.plan()], changes, options, audience)
    }

    /// What is said of what changed between two plans, for an audience; for the public, both must
    /// have been published.
    pub(super) fn of_plans(
        [old, new]: [&Plan; 2],
        changes: &Changes,
        options: &ChangesOptions,
        audience: Audience,
    ) -> Self {
        let words = Labels::of(options.report.language);
        let of_plan =
            if new.title.is_empty() { words.untitled.into() } else { words.own(&new.title) };
        let title = Phrase::of([format!("{}: ", words.changes.title).into(), of_plan]);
        let named =
            [(words.changes.earlier, &options.earlier), (words.changes.later, &options.later)];
        let fact = |(label, value): (&str, &String)| LabelledFact {
            label: label.to_owned(),
            value: value.as_str().into(),
        };
        let facts = named.into_iter().filter(|(_, name)| !name.is_empty()).map(fact).collect();
        let frame = Plan {
            title: title.to_string(),
            organisation: new.organisation.clone(),
            ..Plan::default()
        };
        let context = ChangesContext {
            old,
            new,
            old_actions: actions(old),
            new_actions: actions(new),
            words,
        };
        let substance = changes.of_substance();
        let mut groups = context.groups(&substance);
        let (is_marked, is_changed) = (has_reworded(&substance), !groups.is_empty());
        groups.extend(context.sources(changes));
        groups.extend(context.rewritten(changes));
        groups.extend(context.review_held(changes));
        groups.extend(context.calendar(&options.became_overdue));
        Self {
            facts,
            signs: if is_marked { words.changes.signs.to_owned() } else { String::new() },
            counts: is_changed.then(|| counts(&substance, words)),
            nothing: if is_changed { String::new() } else { words.changes.nothing.to_owned() },
            groups,
            frame: {
                let mut frame =
                    build::of_plan(&frame, &Review::default(), &options.report, audience);
                frame.title.clone_from(&title);
                frame.running.title.clone_from(&title);
                frame
            },
            title,
            language: options.report.language,
        }
    }

    /// The same as a report.
    pub fn report(&self) -> Report {
        let words = Labels::of(self.language);
        let said = [&self.nothing, &self.signs].into_iter().filter(|said| !said.is_empty());
        let mut summary: Vec<SectionContent> =
            said.map(|said| SectionContent::Text(Text::from_plain(said))).collect();
        summary.extend(self.counts.clone().map(SectionContent::Table));
        let first = ReportSection {
            anchor: "summary".to_owned(),
            heading: words.summary.into(),
            short: words.summary.to_owned(),
            contents: summary,
            on_new_page: false,
        };
        let section = |(i, group): (usize, &ChangeGroup)| ReportSection {
            anchor: format!("changes-{}", i + 1),
            heading: group.heading.clone(),
            short: format!("{} {}", words.changes.title, i + 1),
            contents: vec![SectionContent::Text(group.text())],
            on_new_page: false,
        };
        let sections =
            [first].into_iter().chain(self.groups.iter().enumerate().map(section)).collect();
        Report { facts: self.facts.clone(), sections, sheets: Vec::new(), ..self.frame.clone() }
    }
}

impl ChangeGroup {
    /// The items as paragraphs in strong emphasis, each with its lines as a list.
    fn text(&self) -> Text {
        let mut text = Text::default();
        for item in &self.items {
            if !item.title.is_empty() {
                text.append(
                    TextBlock::paragraph(
                        item.title.spans(SpanStyle { bold: true, ..SpanStyle::default() }),
                    )
                    .into(),
                );
            }
            item.lines.iter().for_each(|line| text.append(line.clone()));
        }
        text
    }
}

/// Whether there are words to be marked as taken out or put in.
fn has_reworded(changes: &Changes) -> bool {
    let Changes { plan, recommendations, themes, objectives, actions, .. } = changes;
    let things = [recommendations, themes, objectives, actions]
        .into_iter()
        .flatten()
        .flat_map(|it| &it.changes);
    plan.iter()
        .chain(things)
        .any(|change| matches!(change, Change::Reworded { before, after, .. } if !before.is_empty() && !after.is_empty()))
}

/// Two versions, and the words to tell of them.
struct ChangesContext<'a> {
    old: &'a Plan,
    new: &'a Plan,
    old_actions: Vec<&'a Action>,
    new_actions: Vec<&'a Action>,
    words: &'a Labels,
}

impl ChangesContext<'_> {
    fn groups(&self, changes: &Changes) -> Vec<ChangeGroup> {
        let mut groups = Vec::new();
        let mut add = |heading: Phrase, items: Vec<ChangeItem>| {
            if !items.is_empty() {
                groups.push(ChangeGroup { heading, items });
            }
        };
        if !changes.plan.is_empty() {
            let lines = changes.plan.iter().map(|change| self.line(change)).collect();
            add(
                self.words.changes.about.into(),
                vec![ChangeItem { title: Phrase::default(), lines }],
            );
        }
        add(
            self.words.recommendations.into(),
            changes.recommendations.iter().map(|it| self.item(it, "")).collect(),
        );
        for (title, items) in self.by_theme(changes) {
            add(
                if title.is_empty() {
                    self.words.changes.actions.into()
                } else {
                    self.words.own(title)
                },
                items,
            );
        }
        groups
    }

    /// The actions whose status is the same, from another source.
    fn sources(&self, changes: &Changes) -> Option<ChangeGroup> {
        let from_another =
            changes.actions.iter().filter(|it| it.changes.iter().any(Change::is_source_of_status));
        let references: Vec<&str> = from_another.map(|it| it.reference.as_str()).collect();
        let item = ChangeItem { title: references.join(", ").into(), lines: Vec::new() };
        (!references.is_empty()).then(|| ChangeGroup {
            heading: self.words.changes.same_status.into(),
            items: vec![item],
        })
    }

    /// The actions whose target date is the same day in other words.
    fn rewritten(&self, changes: &Changes) -> Option<ChangeGroup> {
        let rewritten =
            changes.actions.iter().filter(|it| it.changes.iter().any(Change::is_target_text));
        let references: Vec<&str> = rewritten.map(|it| it.reference.as_str()).collect();
        let item = ChangeItem { title: references.join(", ").into(), lines: Vec::new() };
        (!references.is_empty()).then(|| ChangeGroup {
            heading: self.words.changes.same_target.into(),
            items: vec![item],
        })
    }

    /// The date of the next review, removed as that has been held.
    fn review_held(&self, changes: &Changes) -> Option<ChangeGroup> {
        let held = changes.plan.iter().filter(|change| change.is_review_held(&changes.plan));
        let lines: Vec<Text> = held.map(|change| self.line(change)).collect();
        let item = ChangeItem { title: Phrase::default(), lines };
        (!item.lines.is_empty()).then(|| ChangeGroup {
            heading: self.words.changes.review_held.into(),
            items: vec![item],
        })
    }

    /// The actions that became overdue only because time passed.
    fn calendar(&self, overdue: &[usize]) -> Option<ChangeGroup> {
        let references: Vec<&str> = overdue
            .iter()
            .filter_map(|at| Some(self.new_actions.get(*at)?.reference.as_str()))
            .collect();
        let it = &self.words.changes;
        let title = match references.len() {
            0 => return None,
            1 => it.one_became_overdue.to_owned(),
            n => it.some_became_overdue.replace("{n}", &n.to_string()),
        };
        let lines = vec![Text::from_plain(&references.join(", "))];
        Some(ChangeGroup {
            heading: self.words.position.into(),
            items: vec![ChangeItem { title: title.into(), lines }],
        })
    }

    /// What changed in each theme, by its title: those of the newer version in order, then those
    /// that are there no more.
    fn by_theme<'a>(&'a self, changes: &'a Changes) -> Vec<(&'a str, Vec<ChangeItem>)> {
        let mut themes: Vec<(&str, Vec<ChangeItem>)> = Vec::new();
        let mut at: HashMap<&str, usize> = HashMap::new();
        let mut of = |title: &'a str, item: Option<ChangeItem>| {
            let at = *at.entry(title).or_insert_with(|| {
                themes.push((title, Vec::new()));
                themes.len() - 1
            });
            themes[at].1.extend(item);
        };
        self.new.themes.iter().for_each(|theme| of(&theme.title, None));
        changes.themes.iter().for_each(|it| of(&it.theme, Some(self.theme(it))));
        changes
            .objectives
            .iter()
            .for_each(|it| of(&it.theme, Some(self.item(it, self.words.objective))));
        for it in &changes.actions {
            of(&it.theme, Some(self.action(it)));
        }
        themes
    }

    /// What changed in something. `kind` tells it from actions and recommendations.
    fn item(&self, it: &Changed, kind: &str) -> ChangeItem {
        let words = it.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_whole = matches!(it.changes.as_slice(), [Change::Added | Change::Removed]);
        let words = if is_whole { words } else { first_words(&words, HEADING) };
        let reference = if kind.is_empty() {
            format!("{} ", it.reference)
        } else {
            format!("{kind} {}: ", it.reference)
        };
        let title = Phrase::of([reference.into(), self.words.own(&words)]);
        let mut lines: Vec<Text> = it.changes.iter().map(|change| self.line(change)).collect();
        if let Some(percent) = it
            .likeness
            .filter(|_| it.changes.iter().any(|change| matches!(change, Change::Renumbered { .. })))
        {
            lines.push(line(
                &self.words.changes.likeness.into(),
                vec![Span::plain(format!("{percent}%"))],
            ));
        }
        ChangeItem { title, lines }
    }

    /// What changed in a theme, below its heading.
    fn theme(&self, it: &Changed) -> ChangeItem {
        ChangeItem { title: Phrase::default(), ..self.item(it, "") }
    }

    /// What changed in an action; of one that was added or removed, also who does it, and by when.
    fn action(&self, it: &Changed) -> ChangeItem {
        let mut item = self.item(it, "");
        let action = match it.changes.as_slice() {
            [Change::Added] => it.later.and_then(|at| self.new_actions.get(at)),
            [Change::Removed] => it.earlier.and_then(|at| self.old_actions.get(at)),
            _ => None,
        };
        if let Some(action) = action {
            let owner = if action.owners.is_empty() {
                action.owner_text.clone()
            } else {
                action.owners.join("; ")
            };
            let target =
                action.target.as_ref().map(|target| target.text.clone()).unwrap_or_default();
            let said = [(Field::Owner, owner), (Field::Target, target)]
                .into_iter()
                .filter(|(_, said)| !said.is_empty());
            item.lines.extend(
                said.map(|(field, said)| {
                    line(&self.header(field), vec![self.words.own_span(said)])
                }),
            );
        }
        item
    }

    /// The source's own word for a field, else ours.
    fn header(&self, field: Field) -> Phrase {
        let words = self.words;
        let ours = match field {
            Field::Owner => words.owner,
            Field::Target => words.target,
            Field::Status => words.status,
            Field::SuccessMeasures => words.success_measures,
            Field::Evidence => words.evidence,
            Field::Objective => words.objective,
            _ => words.action,
        };
        words.header(self.new, field, ours)
    }

    fn line(&self, change: &Change) -> Text {
        let it = &self.words.changes;
        match change {
            Change::Added => line(&it.added.into(), Vec::new()),
            Change::Removed => line(&it.removed.into(), Vec::new()),
            Change::Moved { before, after } => {
                from_to(&it.moved.into(), &self.under(before, after), &self.under(after, before))
            }
            Change::Reordered { part } => match part {
                ChangedPart::Action
                | ChangedPart::Objective
                | ChangedPart::Theme
                | ChangedPart::Recommendation => {
                    line(&it.order.into(), vec![Span::plain(it.elsewhere)])
                }
                part => line(&self.label(*part, ""), vec![Span::plain(it.in_another_order)]),
            },
            Change::Renumbered { before, after } => {
                from_to(&it.reference.into(), &before.as_str().into(), &after.as_str().into())
            }
            Change::Reworded { part, heading, words, before, after } => {
                let label = self.label(*part, heading);
                let has_words = |text: &Text| {
                    if text.is_empty() { it.none.into() } else { self.words.own(&text.in_cell()) }
                };
                if before.is_empty() || after.is_empty() {
                    from_to(&label, &has_words(before), &has_words(after))
                } else if words.iter().all(|words| matches!(words, WordChange::Kept(_))) {
                    line(&label, vec![Span::plain(it.emphasis)])
                } else {
                    line(&label, marked(words, self.words))
                }
            }
            Change::Reowned { before, after } => from_to(
                &self.header(Field::Owner),
                &self.owners(before, after),
                &self.owners(after, before),
            ),
            Change::Redated { before, after } => from_to(
                &self.header(Field::Target),
                &self.target(before.as_ref(), after.as_ref()),
                &self.target(after.as_ref(), before.as_ref()),
            ),
            Change::Rerated { before, after } => {
                // of two statuses of the same state only their own words distinguish them: its
                // label may be another action's
                let words = [before, after].map(|status| {
                    let is_own =
                        status.basis == Basis::Stated && !is_source_of_return(&status.because);
                    Some(status.because.as_str()).filter(|because| is_own && !because.is_empty())
                });
                let [old, new] = match words {
                    [Some(old), Some(new)] if before.state == after.state => {
                        [old, new].map(|words| self.words.own(words))
                    }
                    _ => [self.status(before, self.old), self.status(after, self.new)],
                };
                from_to(&self.header(Field::Status), &old, &new)
            }
            Change::Updated { updates } => self.updates(it.new_update, updates),
            Change::Withdrawn { updates } => self.updates(it.withdrawn, updates),
            Change::Altered { part, heading, before, after } => {
                let [before, after] = [(before, self.old), (after, self.new)]
                    .map(|(said, plan)| self.said(*part, said, plan));
                from_to(&self.label(*part, heading), &before, &after)
            }
        }
    }

    /// Where something stands, so far as that is not the same in the other version.
    fn under(&self, under: &Parent, other: &Parent) -> Phrase {
        let theme = Some(&under.theme)
            .filter(|theme| **theme != other.theme && !theme.is_empty())
            .map(|theme| self.words.own(theme));
        let objective = Some(&under.objective).filter(|o| !o.is_empty());
        let objective =
            objective.map(|o| format!("{} {o}", self.words.objective.to_lowercase()).into());
        self.or_none(Phrase::joined(theme.into_iter().chain(objective), ", "))
    }

    /// Who does it; as typed where only that tells the two apart.
    fn owners(&self, here: &ActionOwners, there: &ActionOwners) -> Phrase {
        let said = if here.owners == there.owners {
            here.owner_text.clone()
        } else {
            here.owners.join("; ")
        };
        self.or_none(self.words.own(&said))
    }

    /// A target date; with its day where the words do not tell the two apart.
    fn target(&self, here: Option<&Target>, there: Option<&Target>) -> Phrase {
        let Some(target) = here else { return self.words.changes.none.into() };
        let day = target.due.filter(|_| there.is_some_and(|there| there.text == target.text));
        let due = day
            .map(|day| format!(" ({} {})", self.words.changes.due, self.words.day(day)))
            .unwrap_or_default();
        Phrase::of([self.words.own(&target.text), due.into()])
    }

    fn status(&self, status: &Status, plan: &Plan) -> Phrase {
        let state = status.state.as_deref().map(|id| self.state(id, plan));
        let because = Some(status.because.as_str())
            .filter(|because| !because.is_empty() && state.as_deref() != Some(because));
        let because = because.map(|because| self.words.own(because));
        let how = because.map(|because| match status.basis {
            Basis::Inferred => because,
            Basis::Stated if is_source_of_return(&status.because) => because,
            Basis::Stated | Basis::None => Phrase::of(["“".into(), because, "”".into()]),
        });
        match (state, how) {
            (Some(state), Some(how)) => Phrase::of([state, " (".into(), how, ")".into()]),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => self.words.no_status.into(),
        }
    }

    /// The word for a state.
    fn state(&self, id: &str, plan: &Plan) -> Phrase {
        plan.scheme.state(id).map_or_else(|| self.words.own(id), |state| self.words.state(state))
    }

    /// Updates one below the other, each behind its own label.
    fn updates(&self, label: &'static str, updates: &[Update]) -> Text {
        let mut spans = Vec::new();
        for update in updates {
            if !spans.is_empty() {
                spans.push(Span::plain("\n"));
            }
            let when = update
                .period
                .filter(|_| update.label.is_empty())
                .map(|period| format!("{}: ", self.words.date(period)));
            spans.extend(when.map(Span::plain));
            if !update.label.is_empty() {
                spans.push(self.words.own_span(format!("{} ", update.label)));
            }
            spans.push(self.words.own_span(update.text.in_cell()));
            let state = update.status.as_deref().map(|id| self.state(id, self.new)).into_iter();
            let said = state.chain(Some(self.words.own(&update.by)).filter(|by| !by.is_empty()));
            let said = Phrase::joined(said, ", ");
            if !said.is_empty() {
                spans.extend(
                    Phrase::of([" (".into(), said, ")".into()]).spans(SpanStyle::default()),
                );
            }
        }
        line(&label.into(), spans)
    }

    /// A short value as it is shown.
    fn said(&self, part: ChangedPart, said: &str, plan: &Plan) -> Phrase {
        let shown = match part {
            ChangedPart::Completed | ChangedPart::Reviewed | ChangedPart::NextReview => said
                .parse::<PartialDate>()
                .map_or_else(|_| self.words.own(said), |date| self.words.date(date).into()),
            ChangedPart::NewStatus | ChangedPart::UpdateStatus if !said.is_empty() => {
                self.state(said, plan)
            }
            _ => self.words.own(said),
        };
        self.or_none(shown)
    }

    fn or_none(&self, said: Phrase) -> Phrase {
        if said.is_empty() { self.words.changes.none.into() } else { said }
    }

    /// What a part is called.
    fn label(&self, part: ChangedPart, heading: &str) -> Phrase {
        let (words, it) = (self.words, &self.words.changes);
        let label = match part {
            ChangedPart::Title => it.title_of_plan,
            ChangedPart::Organisation => it.organisation,
            ChangedPart::Period => words.period,
            ChangedPart::Completed => words.completed,
            ChangedPart::Reviewed => words.reviewed,
            ChangedPart::NextReview => words.next_review,
            ChangedPart::Introduction => words.introduction,
            ChangedPart::Scheme => it.scheme,
            ChangedPart::State => words.status,
            ChangedPart::Column => it.column,
            ChangedPart::Notes => words.notes,
            ChangedPart::Recommendation => words.recommendation,
            ChangedPart::Area => words.area,
            ChangedPart::Deadline => words.deadline,
            ChangedPart::Theme => words.theme,
            ChangedPart::Answers => words.sheets.answers,
            ChangedPart::TargetText => it.same_target,
            ChangedPart::EarlierTargets => it.earlier_targets,
            ChangedPart::StatusReason => words.status_note,
            ChangedPart::Update => it.update,
            ChangedPart::UpdateStatus => it.update_status,
            ChangedPart::UpdateBy => it.update_by,
            ChangedPart::Progress => words.progress,
            ChangedPart::NewStatus => words.new_status,
            ChangedPart::Reviewer => words.reviewer,
            ChangedPart::ReviewedOn => words.review_date,
            ChangedPart::RevisedTarget => words.revised_target,
            ChangedPart::Comment if heading.is_empty() => words.comments,
            ChangedPart::Comment => words.comment_on,
            ChangedPart::Extra if heading.is_empty() => words.column,
            ChangedPart::Extra => return self.words.own(heading),
            ChangedPart::Action => return self.header(Field::Action),
            ChangedPart::Objective => return self.header(Field::Objective),
            ChangedPart::SuccessMeasures => return self.header(Field::SuccessMeasures),
            ChangedPart::Evidence => return self.header(Field::Evidence),
        };
        if heading.is_empty() {
            label.into()
        } else {
            Phrase::of([format!("{label} “").into(), words.own(heading), "”".into()])
        }
    }
}

/// The actions of a plan, in order.
fn actions(plan: &Plan) -> Vec<&Action> {
    plan.actions().map(|(_, _, action)| action).collect()
}
