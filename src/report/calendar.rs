//! The calendar of a plan: an event for each action, on the day on which it is due, and one for
//! each of its reviews.
//!
//! A calendar that is imported again is to update its events, and not to double them. What calendar
//! programs go by comes from the plan alone, so that the same plan gives the same calendar:
//!
//! | Property | Where from |
//! |----------|------------|
//! | identifier (`UID`) | title, organisation and period of the plan, whatever their capitals and punctuation, and the reference of the action; for a review, whether it is the last or the next |
//! | number of the revision (`SEQUENCE`) | how many target dates the action had before |
//! | time stamp (`DTSTAMP`, `LAST-MODIFIED`) | the day on which the plan was looked at |
//!
//! So an action keeps its event when its date, words, owner or status change, and another plan, or
//! that of the next year, has events of its own. Of two calendars, the one of the later day is the
//! newer (RFC 5546, 2.1.5).
//!
//! Every event lasts all day and takes no one's time. An action that is done keeps its event, and
//! its title says so.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::date::{Date, PartialDate};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Action, Field, Plan, State, Status, status, target};
use crate::publish::Published;
use crate::review::{Position, Review, ReviewedAction};
use crate::text::Text;
use crate::vocabulary::normalize;

use super::build::edition;
use super::changes::first_words;
use super::labels::Labels;
use super::options::ReportOptions;
use super::plan_table::{owners, target_cell};
use super::status_mark::status_note;
use super::{Phrase, ReportCell};

/// The most characters that the title of an event has of an action, and of its target date.
const MOST: (usize, usize) = (70, 40);

/// What a calendar of a plan says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What it is called: the plan's title.
    pub(crate) name: String,
    /// Whose plan it is of, as at which day, and for whom; may be empty.
    pub(crate) edition: String,
    /// The day whose state its events tell: that of the review, and 1 January 1970 where neither
    /// plan nor caller names one.
    pub(crate) stamp: Date,
    /// The events: those of the actions in the plan's order, then those of the reviews.
    pub(crate) events: Vec<CalendarEvent>,
    /// Which actions have no event, because their target dates name no day.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Calendar {
    /// Which actions have no event, because their target dates name no day.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

/// Something that lasts one day and takes no one's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CalendarEvent {
    /// What it is known again by: unlike that of any other event, of this plan or another.
    pub(crate) identifier: String,
    /// How often its date has moved, as far as the plan tells.
    pub(crate) moved: usize,
    /// The day.
    pub(crate) day: Date,
    /// Its title, on one line: "1.1 Amend the visiting form (Sept '11)".
    pub(crate) title: String,
    /// What there is to say of it, in lines.
    pub(crate) description: String,
}

/// Makes the calendar of a plan.
///
/// `review` must be of this plan: it has one status for each of its actions. A target date that is
/// not told to the day stands on the last day that it can mean, and is in the event's title as
/// typed. An action whose target date names no day has no event; a
/// [diagnostic](Code::NotInCalendar) names it.
///
/// ```
/// use planwright::plan::{Action, Objective, Theme};
/// use planwright::{Plan, PublishOptions, ReportOptions, Target, publish, report, review, write};
///
/// let action = |reference: &str, target: &str| Action {
///     reference: reference.to_owned(),
///     action: "Amend the visiting form".into(),
///     target: Some(Target::read(target)),
///     ..Action::default()
/// };
/// let objective = Objective { actions: vec![action("1.1", "Sept '11"), action("1.2", "ongoing")], ..Objective::default() };
/// let plan = Plan { themes: vec![Theme { objectives: vec![objective], ..Theme::default() }], ..Plan::default() };
/// let plan = publish(plan, &PublishOptions::internal());
/// let calendar = report::calendar(&plan, &review(&plan, None), &ReportOptions::default());
/// let file = write::calendar(&calendar);
/// assert_eq!(file.matches("BEGIN:VEVENT").count(), 1);
/// assert!(file.contains("SUMMARY:1.1 Amend the visiting form (Sept '11)"));
/// assert!(file.contains("DTSTART;VALUE=DATE:20110930"));
/// assert_eq!(
///     calendar.diagnostics()[0].message,
///     "1 action is not in the calendar, because its target date names no day: 1.2 (“ongoing”)"
/// );
/// ```
pub fn calendar(published: &Published, review: &Review, options: &ReportOptions) -> Calendar {
    let (plan, audience) = (published.plan(), published.audience().narrower(review.audience()));
    let words = Labels::of(options.language);
    let name = if plan.title.is_empty() { words.untitled } else { &plan.title };
    let edition = edition(plan, review, options, audience, words).to_string();
    let about =
        [name, &edition].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let made = CalendarContext {
        plan,
        about,
        words,
        as_of: review.as_of,
        identity: [&plan.title, &plan.organisation, &plan.period].map(|part| normalize(part)),
    };
    let mut events = Vec::new();
    let mut without = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for reviewed in plan.actions_with(review) {
        let action = reviewed.action();
        let nth = known.entry(&action.reference).or_default();
        *nth += 1;
        match action.target.as_ref().and_then(|target| target.due) {
            Some(due) => events.push(made.action(reviewed, due, *nth)),
            None => without.push(action),
        }
    }
    let reviews = [
        ("last review", words.reviewed, plan.cycle.reviewed),
        ("next review", words.next_review, plan.cycle.next_review),
    ];
    events.extend(
        reviews
            .into_iter()
            .filter_map(|(which, label, date)| Some(made.review(which, label, date?, name))),
    );
    let stamp = review.as_of.unwrap_or_else(|| PartialDate::Year(1970).first());
    Calendar {
        name: name.to_owned(),
        edition,
        stamp,
        events,
        diagnostics: not_in_calendar(&without).into_iter().collect(),
    }
}

/// What the events are made from.
struct CalendarContext<'a> {
    plan: &'a Plan,
    words: &'a Labels,
    /// The day on which the plan is looked at.
    as_of: Option<Date>,
    /// Which plan it is, in lines: its title, and whose it is, as at which day.
    about: String,
    /// What tells the plan from others.
    identity: [String; 3],
}

impl CalendarContext<'_> {
    fn action(&self, reviewed: ReviewedAction<'_>, due: Date, nth: usize) -> CalendarEvent {
        let (action, status) = (reviewed.action(), reviewed.status());
        let state = status.state.as_deref().and_then(|id| self.plan.scheme.state(id));
        CalendarEvent {
            identifier: self.identifier("action", &action.reference, nth),
            moved: action.earlier_targets.len(),
            day: due,
            title: self.title(action, state),
            description: self.description(action, due, state, (status, reviewed.position())),
        }
    }

    fn review(&self, which: &str, label: &str, date: PartialDate, name: &str) -> CalendarEvent {
        let day = date.last();
        let shown = self.words.date(date);
        let is_day = matches!(date, PartialDate::Day(_));
        let title = format!("{label}: {}", first_words(name, MOST.0));
        let mut description = format!("{label}: {shown}\n");
        if !is_day {
            let _ = writeln!(description, "{}", self.on_last_day(day));
        }
        let _ = write!(description, "\n{}", self.about);
        CalendarEvent {
            identifier: self.identifier("review", which, 1),
            moved: 0,
            day,
            title: if is_day { title } else { format!("{title} ({shown})") },
            description,
        }
    }

    /// A name that is the same for the same thing of the same plan, and for nothing else; `nth`
    /// tells apart what has one reference.
    fn identifier(&self, kind: &str, reference: &str, nth: usize) -> String {
        let [title, organisation, period] = &self.identity;
        // only the reference, at the end, may hold a line end
        let hash = Sha256::digest(format!(
            "{title}\n{organisation}\n{period}\n{kind}\n{nth}\n{reference}"
        ));
        let mut name = String::new();
        for byte in hash.iter().take(16) {
            let _ = write!(name, "{byte:02x}");
        }
        name + "@planwright"
    }

    /// The reference; the state if it is the last one; the beginning of the action; the target date
    /// where it is no day.
    fn title(&self, action: &Action, state: Option<&State>) -> String {
        let mut parts = Vec::from_iter(
            Some(action.reference.clone()).filter(|reference| !reference.is_empty()),
        );
        if let Some(state) = state.filter(|state| status::is_end(state)) {
            parts.push(format!("[{}]", self.words.state(state)));
        }
        let said = in_force(&action.action);
        let said = if said.is_empty() { self.words.action } else { &said };
        parts.push(first_words(said, MOST.0));
        let target = action
            .target
            .as_ref()
            .filter(|target| !matches!(target::alone(target), Some(PartialDate::Day(_))));
        parts.extend(target.map(|target| format!("({})", first_words(&target.in_force(), MOST.1))));
        parts.join(" ")
    }

    /// The whole action, then what else there is to say, each under its label.
    fn description(
        &self,
        action: &Action,
        due: Date,
        state: Option<&State>,
        (status, position): (&Status, Position),
    ) -> String {
        let words = self.words;
        let mut out = as_typed(&action.action);
        out.push('\n');
        let mut say = |field: Field, otherwise: &str, said: &str| {
            if !said.trim().is_empty() {
                let label = words.header(self.plan, field, otherwise);
                let sign = if label.ends_with(|c: char| c.is_alphanumeric() || c == ')') {
                    ":"
                } else {
                    ""
                };
                // paragraphs and lists stand below their label
                let space =
                    if field == Field::SuccessMeasures && said.contains('\n') { '\n' } else { ' ' };
                let _ = write!(out, "\n{label}{sign}{space}{said}");
            }
        };
        say(Field::Owner, words.owner, &owners(action).plain().replace('\n', ", "));
        say(Field::SuccessMeasures, words.success_measures, &as_typed(&action.success_measures));
        let mut date = match target_cell(action, words) {
            ReportCell::Text(text) => as_typed(&text),
            cell => cell.short().into_owned(),
        };
        if action.target.as_ref().and_then(target::alone) != Some(PartialDate::Day(due)) {
            let _ = write!(date, "\n{}", self.on_last_day(due));
        }
        say(Field::Target, words.target, &date);
        let reported = if status.is_none() {
            words.no_status.into()
        } else {
            state.map(|state| words.state(state)).unwrap_or_default()
        };
        let stands = if position.is_open() && self.as_of.is_some() {
            words.position_of(position)
        } else {
            Phrase::default()
        };
        let mut known = vec![reported, status_note(status, action, self.as_of, words), stands];
        known.retain(|said| !said.is_empty());
        // what was stated in the words of the scheme needs no second saying
        known.dedup();
        say(Field::Status, words.status, &Phrase::joined(known, "\n"));
        out + "\n\n" + &self.about
    }

    fn on_last_day(&self, day: Date) -> String {
        self.words.shown_on_last_day.replace("{day}", &self.words.day(day))
    }
}

/// The words of a text in lines, list items behind their sign; what is struck out is between signs,
/// as in the plan file.
fn as_typed(text: &Text) -> String {
    let mut out = String::new();
    text.each_run_in_cell(|run, span, _| match span {
        Some(span) if span.style.struck && !run.trim().is_empty() => {
            let _ = write!(out, "~~{run}~~");
        }
        _ => out.push_str(run),
    });
    out.trim().to_owned()
}

/// The words of a text that are not struck out, on one line; all of them, if none is left.
fn in_force(text: &Text) -> String {
    let line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut kept = text.clone();
    kept.blocks.iter_mut().for_each(|block| block.spans.retain(|span| !span.style.struck));
    let kept = line(&kept.plain());
    if kept.is_empty() { line(&text.plain()) } else { kept }
}

/// Names the actions that have no event, with what stands where their target dates should.
fn not_in_calendar(actions: &[&Action]) -> Option<Diagnostic> {
    let mut by_words: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut position: HashMap<&str, usize> = HashMap::new();
    for action in actions {
        let typed = action.target.as_ref().map_or("", |target| target.text.trim());
        let at = *position.entry(typed).or_insert_with(|| {
            by_words.push((typed, Vec::new()));
            by_words.len() - 1
        });
        by_words[at].1.push(&action.reference);
    }
    let group = |(typed, references): &(&str, Vec<&str>)| {
        let typed =
            if typed.is_empty() { "no target date".to_owned() } else { format!("“{typed}”") };
        format!("{} ({typed})", references.join(", "))
    };
    let named = by_words.iter().map(group).collect::<Vec<_>>().join("; ");
    let message = match actions.len() {
        0 => return None,
        1 => format!(
            "1 action is not in the calendar, because its target date names no day: {named}"
        ),
        n => format!(
            "{n} actions are not in the calendar, because their target dates name no day: {named}"
        ),
    };
    Some(Diagnostic::new(Code::NotInCalendar, message))
}
