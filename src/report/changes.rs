//! What changed between two versions of a plan, in words.

use std::collections::{BTreeSet, HashMap};

use crate::changes::{Change, Changed, Changes, Owners, Part, Under, Words};
use crate::date::PartialDate;
use crate::plan::{Action, Basis, Field, Plan, Status, Target, Update};
use crate::review::Review;
use crate::text::{Few, Span, Style, Text, TextBlock, TextBlockKind};

use super::build::{own_header, report};
use super::labels::{ENGLISH, Labels};
use super::{Content, Fact, Report, ReportOptions, Section, SmallTable};

/// Words that stay and are more than so many characters are cut short in the middle.
const LONGEST_KEPT: usize = 160;

/// How many characters of them are shown at each end.
const SHOWN_OF_KEPT: usize = 60;

/// How many characters of an action that changed stand in its heading.
const HEADING: usize = 100;

/// What changed, ready to be shown: as text ([`write::changes`](crate::write::changes)), or as a report
/// ([`ChangesReport::report`]) by every writer of reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangesReport {
    /// "What changed: " and the title of the plan.
    pub title: String,
    /// What the two versions are called.
    pub facts: Vec<Fact>,
    /// How words that were taken out and put in are marked; empty where there are none.
    pub signs: String,
    /// How many actions changed in what; none if nothing changed.
    pub counts: Option<SmallTable>,
    /// What changed: in the plan, its recommendations, and then theme by theme.
    pub groups: Vec<ChangeGroup>,
    /// Said if nothing changed; else empty.
    pub nothing: String,
    /// The report of a plan that says nothing: words, language and brand.
    frame: Report,
}

/// What changed under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeGroup {
    /// The heading.
    pub heading: String,
    /// What changed.
    pub items: Vec<ChangeItem>,
}

/// What changed in an action, objective, theme or recommendation, or in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeItem {
    /// Its reference and what it says; empty for what is said by the heading of the group.
    pub title: String,
    /// What changed, a line each; each text is one block.
    pub lines: Vec<Text>,
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
}

impl ChangesReport {
    /// Puts together all that will be said of what changed; `changes` must be those from `old` to `new`.
    pub fn new(old: &Plan, new: &Plan, changes: &Changes, options: &ChangesOptions) -> Self {
        let words = &ENGLISH;
        let of_plan = if new.title.is_empty() { words.untitled } else { &new.title };
        let title = format!("{}: {of_plan}", words.changes.title);
        let named = [(words.changes.earlier, &options.earlier), (words.changes.later, &options.later)];
        let fact = |(label, value): (&str, &String)| Fact { label: label.to_owned(), value: value.clone() };
        let facts = named.into_iter().filter(|(_, name)| !name.is_empty()).map(fact).collect();
        let frame = Plan { title: title.clone(), organisation: new.organisation.clone(), ..Plan::default() };
        let telling = Telling { old, new, old_actions: actions(old), new_actions: actions(new), words };
        let groups = telling.groups(changes);
        let is_marked = has_reworded(changes);
        Self {
            title,
            facts,
            signs: if is_marked { words.changes.signs.to_owned() } else { String::new() },
            counts: (!groups.is_empty()).then(|| counts(changes, words)),
            nothing: if groups.is_empty() { words.changes.nothing.to_owned() } else { String::new() },
            groups,
            frame: report(&frame, &Review::default(), &options.report),
        }
    }

    /// The same as a report.
    pub fn report(&self) -> Report {
        let words = &ENGLISH;
        let said = [&self.nothing, &self.signs].into_iter().filter(|said| !said.is_empty());
        let mut summary: Vec<Content> = said.map(|said| Content::Text(Text::from_plain(said))).collect();
        summary.extend(self.counts.clone().map(Content::Table));
        let first = Section {
            anchor: "summary".to_owned(),
            heading: words.summary.to_owned(),
            short: words.summary.to_owned(),
            contents: summary,
            on_new_page: false,
        };
        let section = |(i, group): (usize, &ChangeGroup)| Section {
            anchor: format!("changes-{}", i + 1),
            heading: group.heading.clone(),
            short: format!("{} {}", words.changes.title, i + 1),
            contents: vec![Content::Text(group.text())],
            on_new_page: false,
        };
        let sections = [first].into_iter().chain(self.groups.iter().enumerate().map(section)).collect();
        Report { facts: self.facts.clone(), sections, sheets: Vec::new(), ..self.frame.clone() }
    }
}

impl ChangeGroup {
    /// The items as paragraphs in strong emphasis, each with its lines as a list.
    fn text(&self) -> Text {
        let mut text = Text::default();
        for item in &self.items {
            if !item.title.is_empty() {
                text.append(TextBlock::paragraph(vec![Span::bold(item.title.as_str())]).into());
            }
            item.lines.iter().for_each(|line| text.append(line.clone()));
        }
        text
    }
}

/// Whether there are words to be marked as taken out or put in.
fn has_reworded(changes: &Changes) -> bool {
    let Changes { plan, recommendations, themes, objectives, actions, .. } = changes;
    let things = [recommendations, themes, objectives, actions].into_iter().flatten().flat_map(|it| &it.changes);
    plan.iter()
        .chain(things)
        .any(|change| matches!(change, Change::Reworded { before, after, .. } if !before.is_empty() && !after.is_empty()))
}

/// How many actions changed in what.
fn counts(changes: &Changes, words: &Labels) -> SmallTable {
    let it = &words.changes;
    let kind = |change: &Change| match change {
        Change::Added => it.added,
        Change::Removed => it.removed,
        Change::Moved { .. } => it.moved,
        Change::Reordered { part: Part::Action } => it.order,
        Change::Renumbered { .. } => it.reference,
        Change::Reworded { part: Part::Action | Part::SuccessMeasures, .. } => it.wording,
        Change::Reowned { .. } => it.owner,
        Change::Redated { .. } => it.target,
        Change::Rerated { .. } => it.status,
        Change::Updated { .. } => it.updates,
        Change::Reordered { .. } | Change::Reworded { .. } | Change::Withdrawn { .. } | Change::Altered { .. } => it.other,
    };
    let order = [it.added, it.removed, it.moved, it.order, it.reference, it.wording, it.owner, it.target, it.status, it.updates, it.other];
    let of_each: Vec<BTreeSet<&str>> = changes.actions.iter().map(|action| action.changes.iter().map(kind).collect()).collect();
    let count = |kind: &str| of_each.iter().filter(|kinds| kinds.contains(kind)).count();
    let row = |(label, n): (&str, usize)| vec![label.to_owned(), n.to_string()];
    let unchanged = changes.earlier.len() - changes.actions.iter().filter(|action| action.later.is_some()).count();
    let rows = order.into_iter().map(|kind| (kind, count(kind))).filter(|(_, n)| *n > 0).chain([(it.unchanged, unchanged)]);
    SmallTable {
        caption: it.caption.to_owned(),
        header: vec![it.change.to_owned(), words.actions.to_owned()],
        rows: rows.map(row).collect(),
    }
}

/// Two versions, and the words to tell of them.
struct Telling<'a> {
    old: &'a Plan,
    new: &'a Plan,
    old_actions: Vec<&'a Action>,
    new_actions: Vec<&'a Action>,
    words: &'a Labels,
}

impl Telling<'_> {
    fn groups(&self, changes: &Changes) -> Vec<ChangeGroup> {
        let mut groups = Vec::new();
        let mut add = |heading: &str, items: Vec<ChangeItem>| {
            if !items.is_empty() {
                groups.push(ChangeGroup { heading: heading.to_owned(), items });
            }
        };
        if !changes.plan.is_empty() {
            let lines = changes.plan.iter().map(|change| self.line(change)).collect();
            add(self.words.changes.about, vec![ChangeItem { title: String::new(), lines }]);
        }
        add(self.words.recommendations, changes.recommendations.iter().map(|it| self.item(it, "")).collect());
        let (known_otherwise, actions): (Vec<&Changed>, Vec<&Changed>) = changes.actions.iter().partition(|it| is_known_otherwise(it));
        for (title, items) in self.by_theme(changes, &actions) {
            add(if title.is_empty() { self.words.changes.actions } else { title }, items);
        }
        if !known_otherwise.is_empty() {
            let references: Vec<&str> = known_otherwise.iter().map(|it| it.reference.as_str()).collect();
            add(self.words.changes.same_status, vec![ChangeItem { title: references.join(", "), lines: Vec::new() }]);
        }
        groups
    }

    /// What changed in each theme, by its title: those of the newer version in order, then those that are there no more.
    fn by_theme<'a>(&'a self, changes: &'a Changes, actions: &[&'a Changed]) -> Vec<(&'a str, Vec<ChangeItem>)> {
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
        changes.objectives.iter().for_each(|it| of(&it.theme, Some(self.item(it, self.words.objective))));
        for it in actions {
            of(&it.theme, Some(self.action(it)));
        }
        themes
    }

    /// What changed in something. `kind` tells it from actions and recommendations.
    fn item(&self, it: &Changed, kind: &str) -> ChangeItem {
        let words = it.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_whole = matches!(it.changes.as_slice(), [Change::Added | Change::Removed]);
        let words = if is_whole { words } else { first_words(&words, HEADING) };
        let title = if kind.is_empty() { format!("{} {words}", it.reference) } else { format!("{kind} {}: {words}", it.reference) };
        let mut lines: Vec<Text> = it.changes.iter().map(|change| self.line(change)).collect();
        if let Some(percent) = it.likeness.filter(|_| it.changes.iter().any(|change| matches!(change, Change::Renumbered { .. }))) {
            lines.push(line(self.words.changes.likeness, vec![Span::plain(format!("{percent}%"))]));
        }
        ChangeItem { title, lines }
    }

    /// What changed in a theme, below its heading.
    fn theme(&self, it: &Changed) -> ChangeItem {
        ChangeItem { title: String::new(), ..self.item(it, "") }
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
            let owner = if action.owners.is_empty() { action.owner_text.clone() } else { action.owners.join("; ") };
            let target = action.target.as_ref().map(|target| target.text.clone()).unwrap_or_default();
            let said = [(Field::Owner, owner), (Field::Target, target)].into_iter().filter(|(_, said)| !said.is_empty());
            item.lines.extend(said.map(|(field, said)| line(&self.header(field), vec![Span::plain(said)])));
        }
        item
    }

    /// The source's own word for a field, else ours.
    fn header(&self, field: Field) -> String {
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
        own_header(self.new, field, ours)
    }

    fn line(&self, change: &Change) -> Text {
        let it = &self.words.changes;
        match change {
            Change::Added => line(it.added, Vec::new()),
            Change::Removed => line(it.removed, Vec::new()),
            Change::Moved { before, after } => from_to(it.moved, &self.under(before, after), &self.under(after, before)),
            Change::Reordered { part } => match part {
                Part::Action | Part::Objective | Part::Theme | Part::Recommendation => line(it.order, vec![Span::plain(it.elsewhere)]),
                part => line(&self.label(*part, ""), vec![Span::plain(it.in_another_order)]),
            },
            Change::Renumbered { before, after } => from_to(it.reference, before, after),
            Change::Reworded { part, heading, words, before, after } => {
                let label = self.label(*part, heading);
                let has_words = |text: &Text| if text.is_empty() { it.none.to_owned() } else { text.in_cell() };
                if before.is_empty() || after.is_empty() {
                    from_to(&label, &has_words(before), &has_words(after))
                } else if words.iter().all(|words| matches!(words, Words::Kept(_))) {
                    line(&label, vec![Span::plain(it.emphasis)])
                } else {
                    line(&label, marked(words))
                }
            }
            Change::Reowned { before, after } => {
                from_to(&self.header(Field::Owner), &self.owners(before, after), &self.owners(after, before))
            }
            Change::Redated { before, after } => from_to(
                &self.header(Field::Target),
                &self.target(before.as_ref(), after.as_ref()),
                &self.target(after.as_ref(), before.as_ref()),
            ),
            Change::Rerated { before, after } => {
                from_to(&self.header(Field::Status), &self.status(before, self.old), &self.status(after, self.new))
            }
            Change::Updated { updates } => self.updates(it.new_update, updates),
            Change::Withdrawn { updates } => self.updates(it.withdrawn, updates),
            Change::Altered { part, heading, before, after } => {
                let [before, after] = [(before, self.old), (after, self.new)].map(|(said, plan)| self.said(*part, said, plan));
                from_to(&self.label(*part, heading), &before, &after)
            }
        }
    }

    /// Where something stands, so far as that is not the same in the other version.
    fn under(&self, under: &Under, other: &Under) -> String {
        let theme = Some(&under.theme).filter(|theme| **theme != other.theme && !theme.is_empty()).cloned();
        let objective = Some(&under.objective).filter(|o| !o.is_empty()).map(|o| format!("{} {o}", self.words.objective.to_lowercase()));
        let said: Vec<String> = theme.into_iter().chain(objective).collect();
        if said.is_empty() { self.words.changes.none.to_owned() } else { said.join(", ") }
    }

    /// Who does it; as typed where only that tells the two apart.
    fn owners(&self, here: &Owners, there: &Owners) -> String {
        let said = if here.owners == there.owners { here.owner_text.clone() } else { here.owners.join("; ") };
        self.or_none(said)
    }

    /// A target date; with its day where the words do not tell the two apart.
    fn target(&self, here: Option<&Target>, there: Option<&Target>) -> String {
        let Some(target) = here else { return self.words.changes.none.to_owned() };
        let day = target.due.filter(|_| there.is_some_and(|there| there.text == target.text));
        let due = day.map(|day| format!(" ({} {})", self.words.changes.due, self.words.day(day))).unwrap_or_default();
        format!("{}{due}", target.text)
    }

    fn status(&self, status: &Status, plan: &Plan) -> String {
        let state = status.state.as_deref().map(|id| state(id, plan));
        let because = Some(status.because.as_str()).filter(|because| !because.is_empty() && state.as_deref() != Some(because));
        let how = match (status.basis, because) {
            (Basis::Inferred, Some(because)) => Some(format!("{}: {because}", self.words.worked_out.to_lowercase())),
            (Basis::Inferred, None) => Some(self.words.worked_out.to_lowercase()),
            (Basis::Stated | Basis::None, because) => because.map(|because| format!("“{because}”")),
        };
        match (state, how) {
            (Some(state), Some(how)) => format!("{state} ({how})"),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => self.words.changes.none.to_owned(),
        }
    }

    /// Updates one below the other, each behind its own label.
    fn updates(&self, label: &str, updates: &[Update]) -> Text {
        let mut spans = Vec::new();
        for update in updates {
            if !spans.is_empty() {
                spans.push(Span::plain("\n"));
            }
            let when = update.period.filter(|_| update.label.is_empty()).map(|period| format!("{}: ", self.words.date(period)));
            spans.extend(when.map(Span::plain));
            if !update.label.is_empty() {
                spans.push(Span::plain(format!("{} ", update.label)));
            }
            spans.push(Span::plain(update.text.in_cell()));
            let state = update.status.as_deref().map(|id| state(id, self.new)).into_iter();
            let said: Vec<String> = state.chain(Some(update.by.clone()).filter(|by| !by.is_empty())).collect();
            if !said.is_empty() {
                spans.push(Span::plain(format!(" ({})", said.join(", "))));
            }
        }
        line(label, spans)
    }

    /// A short value as it is shown.
    fn said(&self, part: Part, said: &str, plan: &Plan) -> String {
        let shown = match part {
            Part::Completed | Part::Reviewed | Part::NextReview => {
                said.parse::<PartialDate>().map_or_else(|_| said.to_owned(), |date| self.words.date(date))
            }
            Part::NewStatus | Part::UpdateStatus => state(said, plan),
            _ => said.to_owned(),
        };
        self.or_none(shown)
    }

    fn or_none(&self, said: String) -> String {
        if said.is_empty() { self.words.changes.none.to_owned() } else { said }
    }

    /// What a part is called.
    fn label(&self, part: Part, heading: &str) -> String {
        let (words, it) = (self.words, &self.words.changes);
        let label = match part {
            Part::Title => it.title_of_plan,
            Part::Organisation => it.organisation,
            Part::Period => words.period,
            Part::Completed => words.completed,
            Part::Reviewed => words.reviewed,
            Part::NextReview => words.next_review,
            Part::Introduction => words.introduction,
            Part::Scheme => it.scheme,
            Part::State => words.status,
            Part::Column => it.column,
            Part::Notes => words.notes,
            Part::Recommendation => words.recommendation,
            Part::Area => words.area,
            Part::Deadline => words.deadline,
            Part::Theme => words.theme,
            Part::Answers => words.sheets.answers,
            Part::EarlierTargets => it.earlier_targets,
            Part::StatusReason => words.status_note,
            Part::Update => it.update,
            Part::UpdateStatus => it.update_status,
            Part::UpdateBy => it.update_by,
            Part::Progress => words.progress,
            Part::NewStatus => words.new_status,
            Part::Reviewer => words.reviewer,
            Part::ReviewedOn => words.review_date,
            Part::RevisedTarget => words.revised_target,
            Part::Comment if heading.is_empty() => words.comments,
            Part::Comment => words.comment_on,
            Part::Extra if heading.is_empty() => words.column,
            Part::Extra => return heading.to_owned(),
            Part::Action => return self.header(Field::Action),
            Part::Objective => return self.header(Field::Objective),
            Part::SuccessMeasures => return self.header(Field::SuccessMeasures),
            Part::Evidence => return self.header(Field::Evidence),
        };
        if heading.is_empty() { label.to_owned() } else { format!("{label} “{heading}”") }
    }
}

/// Whether nothing but the reason of its status changed.
fn is_known_otherwise(it: &Changed) -> bool {
    it.changes.iter().all(|change| matches!(change, Change::Altered { part: Part::StatusReason, .. }))
}

/// The word for a state.
fn state(id: &str, plan: &Plan) -> String {
    plan.scheme.state(id).map_or_else(|| id.to_owned(), |state| state.label.clone())
}

/// The actions of a plan, in order.
fn actions(plan: &Plan) -> Vec<&Action> {
    plan.actions().map(|(_, _, action)| action).collect()
}

/// A line of a list: a label, and what is said.
fn line(label: &str, said: Vec<Span>) -> Text {
    let label = match said.as_slice() {
        [] => label.to_owned(),
        // a header such as "Who?"
        _ if label.ends_with(['?', ':']) => format!("{label} "),
        _ => format!("{label}: "),
    };
    let mut block = TextBlock { kind: TextBlockKind::Bullet { depth: 0 }, spans: Few::new() };
    [Span::plain(label)].into_iter().chain(said).for_each(|span| block.push(span));
    block.into()
}

/// A line that says what was before and what is now.
fn from_to(label: &str, before: &str, after: &str) -> Text {
    line(label, vec![Span::plain(format!("{before} → {after}"))])
}

/// Words that were taken out and put in, marked by signs and by their style.
fn marked(words: &[Words]) -> Vec<Span> {
    let mut spans = Vec::new();
    for (i, part) in words.iter().enumerate() {
        match part {
            Words::Kept(text) => spans.push(Span::plain(shortened(text, i > 0, i + 1 < words.len()))),
            Words::Removed(text) => spans.extend(between("[-", text, "-]", Style { struck: true, ..Style::default() })),
            Words::Added(text) => spans.extend(between("[+", text, "+]", Style { bold: true, ..Style::default() })),
        }
    }
    spans
}

/// Words between two signs; white space at their ends stays outside.
fn between(open: &str, text: &str, close: &str, style: Style) -> [Span; 3] {
    let words = if text.trim().is_empty() { text } else { text.trim() };
    let (before, after) = text.split_once(words).unwrap_or_default();
    [Span::plain(before), Span { text: format!("{open}{words}{close}"), style, link: None }, Span::plain(after)]
}

/// Words that stay, without the most of them that is far from any change.
fn shortened(text: &str, follows: bool, goes_on: bool) -> String {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= LONGEST_KEPT {
        return text.to_owned();
    }
    let is_space = |c: &char| c.is_whitespace();
    let head = if follows { characters.iter().skip(SHOWN_OF_KEPT).position(is_space).map_or(0, |at| SHOWN_OF_KEPT + at) } else { 0 };
    let tail = if goes_on { characters.iter().rev().skip(SHOWN_OF_KEPT).position(is_space).map_or(0, |at| SHOWN_OF_KEPT + at) } else { 0 };
    if head + tail >= characters.len() {
        return text.to_owned();
    }
    let (head, tail) = (characters[..head].iter().collect::<String>(), characters[characters.len() - tail..].iter().collect::<String>());
    let space = |words: &str| if words.is_empty() { "" } else { " " };
    format!("{head}{}[...]{}{tail}", space(&head), space(&tail))
}

/// The first so many characters of some words, cut behind one of them where they are too many.
pub(super) fn first_words(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        None => words.to_owned(),
        Some((end, _)) => {
            let end = words[..end].rfind(' ').unwrap_or(end);
            format!("{} …", &words[..end])
        }
    }
}
