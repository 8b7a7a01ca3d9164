//! Filled returns, taken into the plan.
//!
//! Words are added: progress as an update of the day that was typed, else of the review's period, evidence below what is there. A status or a target date can be
//! only one, so that it is taken over where the answers agree and the plan still says what it said when the return was made; all
//! else is a conflict, which is told with both places and leaves the plan as it was. What the plan says already is not said again,
//! so that merging a return twice changes nothing.

use std::collections::HashMap;

use crate::carried::{Answer, Filled};
use crate::date::{Date, PartialDate};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::target::{self, partial_date};
use crate::plan::{Action, Basis, EarlierTarget, Plan, Scheme, Status, Target, TargetKind, Update};
use crate::report::ReviewField;
use crate::text::{Text, essence};

/// A return that came back.
#[derive(Debug, Clone, Copy)]
pub struct Returned<'a> {
    /// What it is called in messages about another: the name of its file.
    pub name: &'a str,
    /// What was filled in.
    pub filled: &'a Filled,
}

/// Which of two answers is taken where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// That of the return with the later date of review; a return wins over a plan that has changed since.
    Newest,
    /// What the plan says.
    Plan,
}

/// How returns are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergeOptions {
    /// Which of two answers is taken where they differ; by default neither, and the conflict is told.
    pub prefer: Option<Prefer>,
    /// The review that the answers belong to; by default the one that each return names, else the next of the plan that it carries.
    pub period: Option<PartialDate>,
    /// The month in which the financial year begins, from 1 for January, by which revised dates are read; by default April.
    pub year_starts: i8,
}

impl Default for MergeOptions {
    fn default() -> Self {
        Self { prefer: None, period: None, year_starts: 4 }
    }
}

/// What came of merging.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// The plan with the answers in it.
    pub plan: Plan,
    /// What there is to tell of each return, in the order in which they were given.
    pub diagnostics: Vec<Vec<Diagnostic>>,
}

/// The first return in which progress was filled in without a date, and which names no review: when it was reported is not known, so that
/// [`MergeOptions::period`] is needed.
pub fn without_period<'a>(returned: &[Returned<'a>], options: &MergeOptions) -> Option<&'a str> {
    let is_undated = |Returned { filled, .. }: &&Returned<'a>| {
        let progress = filled.answers.iter().filter(|answer| !answer.entry.progress.is_empty());
        review_of(filled, *options).is_none() && progress.into_iter().any(|answer| typed_date(answer).is_none())
    };
    returned.iter().find(is_undated).map(|returned| returned.name)
}

/// The review that a return is for.
fn review_of(filled: &Filled, options: MergeOptions) -> Option<PartialDate> {
    options.period.or(filled.return_of.as_ref().map_or(filled.plan.cycle.next_review, |of| of.period))
}

/// The day or month that was typed beside an answer.
fn typed_date(answer: &Answer) -> Option<PartialDate> {
    target::alone(&Target::read(&answer.entry.reviewed_on))
}

/// Takes returns into a plan, each answer to the action with its reference. In whatever order the returns are given, the plan that comes of
/// them is the same.
pub fn merge(mut plan: Plan, returned: &[Returned<'_>], options: &MergeOptions) -> Merged {
    let order = order(returned);
    let now = super::version(&plan).unwrap_or_default();
    let mut merging = Merging {
        options,
        scheme: plan.scheme.clone(),
        told: returned.iter().map(|r| r.filled.diagnostics.clone()).collect(),
        taken: vec![Taken::default(); returned.len()],
    };
    let mut given: HashMap<&str, Vec<Given<'_>>> = HashMap::new();
    for from in order.iter().copied() {
        let Returned { name, filled } = &returned[from];
        merging.told[from].extend(of_another_version(filled, &now));
        let of = filled.return_of.as_ref();
        let period = review_of(filled, *options);
        let written: HashMap<&str, &Action> = filled.plan.actions().map(|(_, _, action)| (action.reference.as_str(), action)).collect();
        for answer in &filled.answers {
            let Some(was) = written.get(answer.reference.as_str()) else { continue };
            let owner = of.map_or("", |of| of.owner.as_str());
            given.entry(&answer.reference).or_default().push(Given { from, name, owner, period, answer, was });
        }
    }
    for action in plan.themes.iter_mut().flat_map(|t| &mut t.objectives).flat_map(|o| &mut o.actions) {
        if let Some(given) = given.remove(action.reference.as_str()) {
            merging.action(action, given);
        }
    }
    for answer in returned.iter().flat_map(|r| &r.filled.answers) {
        for one in given.remove(answer.reference.as_str()).unwrap_or_default() {
            let message = format!("the plan has no action {} any more; what was filled in for it was left out", answer.reference);
            let help = "look in the plan for what became of the action, and put the answer there by hand";
            merging.tell(&one, None, Diagnostic::new(Code::UnknownReference, message).left_out(words_of(one.answer)).help(help));
        }
    }
    merging.count(returned, &order, &mut plan);
    Merged { plan, diagnostics: merging.told }
}

/// The returns in an order that does not depend on the one in which they were given.
fn order(returned: &[Returned<'_>]) -> Vec<usize> {
    let key = |from: &usize| {
        let Returned { name, filled } = &returned[*from];
        let of = filled.return_of.as_ref();
        let answers: Vec<(&str, String)> = filled.answers.iter().map(|a| (a.reference.as_str(), words_of(a))).collect();
        let period = of.and_then(|of| of.period).map(PartialDate::last);
        (period, of.map(|of| (of.owner.clone(), of.version.clone())), answers, *name)
    };
    let mut order: Vec<usize> = (0..returned.len()).collect();
    order.sort_by_cached_key(key);
    order
}

/// What to report of a return that was made for another version of the plan than the one that it is merged into.
fn of_another_version(filled: &Filled, now: &str) -> Option<Diagnostic> {
    let of = match &filled.return_of {
        Some(of) => of.version.clone(),
        None => super::version(&filled.plan).unwrap_or_default(),
    };
    let message = format!("it was made for an earlier version of the plan ({of})");
    (of != now && !of.is_empty()).then(|| Diagnostic::new(Code::ReturnOfEarlierVersion, message))
}

/// An answer, and where it comes from.
struct Given<'a> {
    /// Which of the returns.
    from: usize,
    name: &'a str,
    owner: &'a str,
    period: Option<PartialDate>,
    answer: &'a Answer,
    /// The action as it was when the return was made.
    was: &'a Action,
}

impl Given<'_> {
    /// Who says so: the reviewer named, else the owner asked.
    fn by(&self) -> &str {
        if self.answer.entry.reviewer.is_empty() { self.owner } else { &self.answer.entry.reviewer }
    }

    /// When it was reported: on the day or in the month that was typed, else at the review that the return is for.
    fn when(&self) -> Option<PartialDate> {
        typed_date(self.answer).or(self.period)
    }

    /// The review that it belongs to, as far as that is known.
    fn review(&self) -> Option<PartialDate> {
        self.period.or_else(|| typed_date(self.answer))
    }

    /// The day on which it was filled in, as far as it says one.
    fn day(&self) -> Option<Date> {
        Target::read(&self.answer.entry.reviewed_on).due
    }

    /// Who says so and when, as far as that is known: " (Lin Ferguson, 27/02/2012)".
    fn who_and_when(&self) -> String {
        let day = self.answer.entry.reviewed_on.trim();
        let day = if day.is_empty() { self.period.map(PartialDate::in_words).unwrap_or_default() } else { day.to_owned() };
        bracketed(&[self.by(), &day])
    }

    /// Where a field of it stands, for a message about another return.
    fn whereabouts(&self, field: ReviewField) -> String {
        self.answer.place(field).map_or_else(|| self.name.to_owned(), |place| format!("{}:{place}", self.name))
    }
}

/// What was taken from a return.
#[derive(Debug, Clone, Copy, Default)]
struct Taken {
    actions: usize,
    period: Option<PartialDate>,
}

struct Merging<'a> {
    options: &'a MergeOptions,
    scheme: Scheme,
    told: Vec<Vec<Diagnostic>>,
    taken: Vec<Taken>,
}

/// What of an action can be only one.
struct Single<'a> {
    field: ReviewField,
    /// What it is called: "status".
    what: &'static str,
    /// What the plan says now, in words.
    now: String,
    /// Who said that and when, in brackets.
    source: String,
    /// What an answer says, if it says anything.
    value: &'a dyn Fn(&Given<'_>) -> Option<String>,
    /// What the plan said when the return was made.
    before: &'a dyn Fn(&Given<'_>) -> String,
}

/// What became of the answers about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Settled {
    /// Nobody says anything, or what the plan says already.
    AsItWas,
    /// This answer is taken, by its position.
    Taken(usize),
    /// They do not go together, and neither was chosen.
    Open,
}

impl Merging<'_> {
    fn tell(&mut self, given: &Given<'_>, field: Option<ReviewField>, mut diagnostic: Diagnostic) {
        if let Some(place) = given.answer.place(field.unwrap_or(ReviewField::Progress)) {
            diagnostic = diagnostic.at(place);
        }
        self.told[given.from].push(diagnostic);
    }

    fn action(&mut self, action: &mut Action, mut given: Vec<Given<'_>>) {
        given.retain(|one| self.is_of(action, one));
        let before = action.clone();
        let state = |one: &Given<'_>| self.scheme.state(&one.answer.entry.state).map(|s| s.label.clone());
        let stated = |action: &Action| match action.status.basis {
            Basis::Stated => {
                action.status.state.as_deref().and_then(|id| self.scheme.state(id)).map_or_else(String::new, |s| s.label.clone())
            }
            Basis::Inferred | Basis::None => String::new(),
        };
        let single = Single {
            field: ReviewField::State,
            what: "status",
            now: stated(action),
            source: if stated(action).is_empty() { String::new() } else { bracketed(&[&action.status.because]) },
            value: &state,
            before: &|one| stated(one.was),
        };
        let (state, conflicts) = self.settle(&single, &given);
        let dated = |action: &Action| action.target.as_ref().map_or_else(String::new, |t| t.text.clone());
        let revised = |one: &Given<'_>| {
            let words = one.answer.entry.revised_target.trim();
            let moved_already = before.earlier_targets.iter().any(|e| e.moved == one.review() && e.target.text != words)
                && before.target.as_ref().is_some_and(|t| t.text == words);
            Some(words.to_owned()).filter(|words| !words.is_empty() && !moved_already)
        };
        let single = Single {
            field: ReviewField::RevisedTarget,
            what: "target date",
            now: dated(action),
            source: action.earlier_targets.last().map_or_else(String::new, |earlier| {
                bracketed(&[&earlier.by, &earlier.moved.map(PartialDate::in_words).unwrap_or_default()])
            }),
            value: &revised,
            before: &|one| dated(one.was),
        };
        let (target, more) = self.settle(&single, &given);
        for (at, field, diagnostic) in conflicts.into_iter().chain(more) {
            self.tell(&given[at], Some(field), diagnostic);
        }
        if let Settled::Taken(at) = state {
            let id = given[at].answer.entry.state.clone();
            action.status = Status { state: Some(id), basis: Basis::Stated, because: said_in(&given[at]) };
        }
        if let Settled::Taken(at) = target {
            self.revise(action, &given[at]);
        }
        for one in &given {
            add_progress(action, one, state != Settled::Open && self.scheme.state(&one.answer.entry.state).is_some());
            add_evidence(action, &one.answer.entry.evidence);
        }
        if *action != before || (before.review.reviewer.is_empty() && before.review.reviewed_on.is_empty()) {
            let joined = |field: fn(&Answer) -> &str| {
                let mut said: Vec<&str> = Vec::new();
                for words in given.iter().map(|one| field(one.answer)).filter(|words| !words.is_empty()) {
                    if !said.contains(&words) {
                        said.push(words);
                    }
                }
                said.join("; ")
            };
            let (reviewer, reviewed_on) = (joined(|a| &a.entry.reviewer), joined(|a| &a.entry.reviewed_on));
            if !reviewer.is_empty() {
                action.review.reviewer = reviewer;
            }
            if !reviewed_on.is_empty() {
                action.review.reviewed_on = reviewed_on;
            }
        }
        if *action != before {
            for one in &given {
                let taken = &mut self.taken[one.from];
                taken.actions += 1;
                taken.period = taken.period.max(one.review());
            }
        }
    }

    /// Whether an answer is of this action still, and not of another that has its reference now.
    fn is_of(&mut self, action: &Action, given: &Given<'_>) -> bool {
        let same = essence(&action.action.in_cell()) == essence(&given.was.action.in_cell());
        if same || self.options.prefer == Some(Prefer::Newest) {
            return true;
        }
        if self.options.prefer == Some(Prefer::Plan) {
            let message = format!(
                "action {} is worded otherwise in the plan than when the return was made; what was filled in{} was left out, as the plan is preferred",
                action.reference,
                given.who_and_when()
            );
            self.tell(given, None, Diagnostic::new(Code::ReturnOverruled, message).left_out(words_of(given.answer)));
        } else {
            let message = format!(
                "action {} is worded otherwise in the plan than when the return was made: “{}” there, “{}” here",
                action.reference,
                action.action.plain(),
                given.was.action.plain()
            );
            let diagnostic = Diagnostic::new(Code::ReturnConflict, message).left_out(words_of(given.answer));
            self.tell(given, None, diagnostic.help("look whether it is still the same action; if it is, give --prefer newest"));
        }
        false
    }

    /// What becomes of the answers about what can be only one, and what to report of each: a conflict, or that another was preferred.
    fn settle(&self, single: &Single<'_>, given: &[Given<'_>]) -> (Settled, Vec<(usize, ReviewField, Diagnostic)>) {
        let said: Vec<(usize, String)> = given.iter().enumerate().filter_map(|(at, one)| Some((at, (single.value)(one)?))).collect();
        let Some((first, value)) = said.first() else { return (Settled::AsItWas, Vec::new()) };
        let reference = &given[*first].answer.reference;
        let what = single.what;
        let conflict = |at: usize, value: &str, other: String| {
            let message = format!("action {reference}: the {what} is “{value}” here{}, and {other}", given[at].who_and_when());
            let help = format!("ask which is right; the plan's {what} was left as it was");
            (at, single.field, Diagnostic::new(Code::ReturnConflict, message).left_out(value).help(help))
        };
        let overruled = |at: usize, value: &str, by: &str| {
            let message = format!("action {reference}: the {what} “{value}”{} was not taken over; {by}", given[at].who_and_when());
            (at, single.field, Diagnostic::new(Code::ReturnOverruled, message).left_out(value))
        };
        let now = if single.now.is_empty() { "none".to_owned() } else { format!("“{}”", single.now) };
        let kept = |at: usize, value: &str| overruled(at, value, &format!("the plan's was preferred: {now}{}", single.source));
        let others = |value: &str| said.iter().filter(|(_, other)| other != value).collect::<Vec<_>>();
        let elsewhere = |(at, value): &(usize, String)| {
            let one = &given[*at];
            format!("“{value}” in {}{}", one.whereabouts(single.field), one.who_and_when())
        };
        let mut reports = Vec::new();
        let (at, value) = if others(value).is_empty() {
            (*first, value)
        } else {
            let latest = said.iter().map(|(at, _)| given[*at].day()).max().flatten();
            let newest: Vec<&(usize, String)> = said.iter().filter(|(at, _)| latest.is_some() && given[*at].day() == latest).collect();
            match (self.options.prefer, newest.split_first()) {
                (Some(Prefer::Plan), _) => {
                    let differs = said.iter().filter(|(_, value)| *value != single.now);
                    return (Settled::Open, differs.map(|(at, value)| kept(*at, value)).collect());
                }
                (Some(Prefer::Newest), Some(((at, value), same_day))) if same_day.iter().all(|(_, other)| other == value) => {
                    let by = format!("the newest was preferred: {}", elsewhere(&(*at, value.clone())));
                    reports.extend(others(value).into_iter().map(|(at, value)| overruled(*at, value, &by)));
                    (*at, value)
                }
                _ => {
                    let conflicts = said.iter().map(|(at, value)| {
                        let all: Vec<String> = others(value).into_iter().map(elsewhere).collect();
                        conflict(*at, value, all.join(", and "))
                    });
                    return (Settled::Open, conflicts.collect());
                }
            }
        };
        if *value == single.now {
            return (Settled::AsItWas, reports);
        }
        let has_changed = single.now != (single.before)(&given[at]);
        match self.options.prefer {
            Some(Prefer::Plan) if has_changed => {
                let all = said.iter().filter(|(_, value)| *value != single.now);
                (Settled::Open, all.map(|(at, value)| kept(*at, value)).collect())
            }
            Some(Prefer::Newest) if has_changed => {
                let message = format!(
                    "action {reference}: the {what} “{value}”{} replaced that of the plan, which had changed since: {now}{}",
                    given[at].who_and_when(),
                    single.source
                );
                reports.push((at, single.field, Diagnostic::new(Code::ReturnOverruled, message).left_out(&single.now)));
                (Settled::Taken(at), reports)
            }
            None if has_changed => {
                let other = format!("{now} in the plan{}, which has changed since the return was made", single.source);
                (Settled::Open, vec![conflict(at, value, other)])
            }
            _ => (Settled::Taken(at), reports),
        }
    }

    fn revise(&mut self, action: &mut Action, given: &Given<'_>) {
        let target = Target::read_cell(given.answer.entry.revised_target.trim(), self.options.year_starts);
        if target.kind == TargetKind::Unknown {
            let message = format!(
                "the revised target date of action {}, “{}”, could not be read; it was kept as typed",
                action.reference, target.text
            );
            let help = "write it as a day, a month or a quarter, such as 31/03/2012 or March 2012";
            self.tell(given, Some(ReviewField::RevisedTarget), Diagnostic::new(Code::DateUnread, message).help(help));
        }
        if let Some(old) = action.target.replace(target) {
            action.earlier_targets.push(EarlierTarget { target: old, moved: given.review(), by: given.by().to_owned() });
        }
    }

    /// Tells how much was taken from each return, and moves the plan's review on to theirs.
    fn count(&mut self, returned: &[Returned<'_>], order: &[usize], plan: &mut Plan) {
        for ((told, taken), Returned { filled, .. }) in self.told.iter_mut().zip(&self.taken).zip(returned) {
            if told.iter().any(|d| d.code == Code::FilledTableMissing) {
                continue;
            }
            let (code, message) = match (filled.answers.len(), taken.actions) {
                (0, _) => (Code::ReturnEmpty, "nothing was filled in".to_owned()),
                (_, 0) => (Code::ReturnMerged, "nothing was taken over that the plan did not hold already".to_owned()),
                (_, 1) => (Code::ReturnMerged, "what was filled in for 1 action was taken into the plan".to_owned()),
                (_, n) => (Code::ReturnMerged, format!("what was filled in for {n} actions was taken into the plan")),
            };
            told.push(Diagnostic::new(code, message));
        }
        let Some((from, period)) = order.iter().filter_map(|from| Some((*from, self.taken[*from].period?))).max_by_key(|(_, p)| p.last())
        else {
            return;
        };
        if plan.cycle.reviewed.is_none_or(|reviewed| reviewed.last() < period.first()) {
            plan.cycle.reviewed = Some(period);
            let mut message = format!("the plan counts as reviewed in {} now", period.in_words());
            if plan.cycle.next_review.is_some_and(|next| next.first() <= period.last()) {
                plan.cycle.next_review = None;
                message.push_str("; when it is to be reviewed next is not known");
            }
            self.told[from].push(Diagnostic::new(Code::ReturnMerged, message));
        }
    }
}

/// " (Lin Ferguson, March 2012)": what is known of these, in brackets behind other words.
fn bracketed(parts: &[&str]) -> String {
    let known: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) }
}

/// "return of Lin Ferguson, March 2012".
fn said_in(given: &Given<'_>) -> String {
    let whose = if given.by().is_empty() { "return".to_owned() } else { format!("return of {}", given.by()) };
    given.when().map_or(whose.clone(), |when| format!("{whose}, {}", when.in_words()))
}

/// Whether the words for where a status comes from name a return, as [`said_in`] words them.
pub(crate) fn is_source_of_return(words: &str) -> bool {
    let is_date = |words: &str| partial_date(words).is_some();
    let is_name = |words: &str| words.split(' ').all(|word| word.starts_with(char::is_uppercase));
    match words.strip_prefix("return") {
        Some("") => true,
        Some(rest) => match (rest.strip_prefix(", "), rest.strip_prefix(" of ")) {
            (Some(date), _) => is_date(date),
            (_, Some(of)) => is_name(of) || of.rsplit_once(", ").is_some_and(|(_, date)| is_date(date)),
            _ => false,
        },
        None => false,
    }
}

/// Adds what was done as an update of the period, unless it is there; it tells of the answer's state if that holds.
fn add_progress(action: &mut Action, given: &Given<'_>, state_holds: bool) {
    let entry = &given.answer.entry;
    let words = essence(&entry.progress.in_cell());
    let when = given.when();
    // the day that was typed is one of the review
    let is_same_time = |period: Option<PartialDate>| period == when || period == given.period;
    let is_there = |update: &Update| is_same_time(update.period) && essence(&update.text.in_cell()) == words;
    if words.is_empty() || action.updates.iter().any(is_there) {
        return;
    }
    action.updates.push(Update {
        period: when,
        label: when.map_or_else(String::new, |when| format!("{} update:", when.in_words())),
        text: entry.progress.clone(),
        status: state_holds.then(|| entry.state.clone()),
        by: given.by().to_owned(),
    });
}

/// Adds evidence below what is there, unless that holds it.
fn add_evidence(action: &mut Action, evidence: &Text) {
    let held = essence(&action.review.evidence.in_cell());
    if !evidence.is_empty() && !held.contains(&essence(&evidence.in_cell())) {
        action.review.evidence.append(evidence.clone());
    }
}

/// All that was filled in, for a diagnostic that accounts for it.
fn words_of(answer: &Answer) -> String {
    let entry = &answer.entry;
    let words = [
        entry.progress.in_cell(),
        entry.state.clone(),
        entry.revised_target.clone(),
        entry.evidence.in_cell(),
        entry.reviewer.clone(),
        entry.reviewed_on.clone(),
    ];
    words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" | ")
}
