//! The answers about one action, taken into it.

use crate::date::{Date, PartialDate};
use crate::diagnostic::Fix;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::return_source::{date_of_return, is_source_of_return, source_of};
use crate::plan::{Action, Basis, EarlierTarget, ReviewEntry, Status, Target, TargetKind, Update};
use crate::report::ReviewField;
use crate::text::{Text, comparison_key};

use super::given::{GivenAnswer, rank, read_date, words_of};
use super::settle::{SettledAnswers, SettledField, SingleField, settle};
use super::{Preference, ReturnMerger, bracketed, said_in};

/// What stands between several reviewers, or the dates of several reviews.
const BETWEEN: &str = "; ";

/// What became of an answer.
#[derive(Clone, Copy, Default)]
struct AnswerEffect {
    is_taken: bool,
    is_left_out: bool,
}

impl ReturnMerger<'_> {
    /// Takes the answers about an action into it.
    pub(super) fn action(&mut self, action: &mut Action, mut given: Vec<GivenAnswer<'_>>) {
        given.retain(|one| self.is_of(action, one));
        given.sort_by_cached_key(|one| (one.rank(), one.by().to_owned()));
        let status = self.settle_status(action, &given);
        let target = self.settle_target(action, &given);
        let mut effects = vec![AnswerEffect::default(); given.len()];
        for outcome in [&status, &target] {
            outcome.taken.iter().for_each(|at| effects[*at].is_taken = true);
            outcome.left_out.iter().for_each(|at| effects[*at].is_left_out = true);
        }
        let is_status_open = status.settled == SettledField::Open;
        if let SettledField::Taken(at) | SettledField::Confirmed(at) = status.settled {
            effects[at].is_taken = true;
            let id = given[at].answer.entry.state.clone();
            action.status =
                Status { state: Some(id), basis: Basis::Stated, because: said_in(&given[at]) };
        }
        match target.settled {
            SettledField::Taken(at) => self.revise(action, &given[at]),
            // in the words of the newest answer
            SettledField::Confirmed(at) if replaces_answer(action, &given[at]) => {
                self.revise(action, &given[at]);
            }
            _ => {}
        }
        for (at, field, diagnostic) in status.reports.into_iter().chain(target.reports) {
            self.emit(&given[at], Some(field), diagnostic);
        }
        for (one, effect) in given.iter().zip(&mut effects) {
            let state_holds =
                !is_status_open && self.scheme.state(&one.answer.entry.state).is_some();
            effect.is_taken |= add_progress(action, one, state_holds);
            effect.is_taken |= add_evidence(action, &one.answer.entry.evidence);
        }
        let is_unsettled = is_status_open || target.settled == SettledField::Open;
        let recorded: Vec<bool> = effects
            .iter()
            .map(|effect| effect.is_taken || !effect.is_left_out || !is_unsettled)
            .collect();
        let is_new = add_reviewers(action, &given, &recorded);
        for ((one, effect), is_new) in given.iter().zip(effects).zip(is_new) {
            let taken = &mut self.taken[one.from];
            taken.left_out += usize::from(effect.is_left_out);
            if effect.is_taken || (is_new && !effect.is_left_out) {
                taken.actions += 1;
                taken.period = later(taken.period, one.review());
            }
        }
    }

    fn settle_status(&self, action: &Action, given: &[GivenAnswer<'_>]) -> SettledAnswers {
        let label = |id: &str| self.scheme.state(id).map(|state| state.label.clone());
        let stated = |action: &Action| match action.status.basis {
            Basis::Stated => action.status.state.as_deref().and_then(label).unwrap_or_default(),
            Basis::Inferred | Basis::None => String::new(),
        };
        let now = stated(action);
        let because = &action.status.because;
        let single = SingleField {
            field: ReviewField::State,
            what: "status",
            source: if now.is_empty() || now == *because {
                String::new()
            } else {
                bracketed(&[because])
            },
            said: because.clone(),
            since: date_of_return(because).filter(|_| !now.is_empty()).map(|date| (date, date)),
            now,
            value: &|one| label(&one.answer.entry.state),
            before: &|one| stated(one.was),
            is_other_answer: &|one| {
                is_source_of_return(because) && one.was.status.because != *because
            },
            is_same: &|one, other| one == other,
        };
        settle(&single, given, self.options.prefer)
    }

    fn settle_target(&self, action: &Action, given: &[GivenAnswer<'_>]) -> SettledAnswers {
        let dated =
            |action: &Action| action.target.as_ref().map_or_else(String::new, |t| t.text.clone());
        let earlier = action.earlier_targets.last();
        let now = dated(action);
        let moved = earlier.and_then(|earlier| earlier.moved).map(|moved| (moved, moved));
        let by = earlier.map_or("", |earlier| &earlier.by);
        let when = moved.map(|(moved, _)| moved);
        let year_starts = self.options.year_starts;
        let single = SingleField {
            field: ReviewField::RevisedTarget,
            what: "target date",
            source: bracketed(&[by, &when.map(PartialDate::in_words).unwrap_or_default()]),
            said: source_of(by, when),
            // of a date where there was none, the plan holds only when the action was reviewed
            since: if earlier.is_some() {
                moved
            } else {
                reviewed(action).filter(|_| !now.is_empty())
            },
            now,
            value: &|one| {
                Some(one.answer.entry.revised_target.trim().to_owned())
                    .filter(|words| !words.is_empty())
            },
            before: &|one| dated(one.was),
            is_other_answer: &|_| false,
            is_same: &|one, other| one == other || means_the_same(one, other, year_starts),
        };
        settle(&single, given, self.options.prefer)
    }

    /// Whether an answer is of this action still, and not of another that has its reference now.
    fn is_of(&mut self, action: &Action, given: &GivenAnswer<'_>) -> bool {
        let same =
            comparison_key(&action.action.in_cell()) == comparison_key(&given.was.action.in_cell());
        if same || self.options.prefer == Some(Preference::Newest) {
            return true;
        }
        self.taken[given.from].left_out += 1;
        if self.options.prefer == Some(Preference::Plan) {
            let message = format!(
                "action {} is worded otherwise in the plan than when the return was made; what was filled in{} was left out, as the plan is preferred",
                action.reference,
                given.who_and_when()
            );
            self.emit(
                given,
                None,
                Diagnostic::new(Code::ReturnOverruled, message).left_out(words_of(given)),
            );
        } else {
            let message = format!(
                "action {} is worded otherwise in the plan than when the return was made: “{}” there, “{}” here{}",
                action.reference,
                action.action.plain(),
                given.was.action.plain(),
                given.who_and_when()
            );
            let diagnostic =
                Diagnostic::new(Code::ReturnConflict, message).left_out(words_of(given));
            self.emit(
                given,
                None,
                diagnostic
                    .help("check whether it is still the same action; if it is, let the return win")
                    .fix(Fix::PreferNewest),
            );
        }
        false
    }

    fn revise(&mut self, action: &mut Action, given: &GivenAnswer<'_>) {
        let target =
            Target::read_cell(given.answer.entry.revised_target.trim(), self.options.year_starts);
        if target.kind == TargetKind::Unknown {
            let message = format!(
                "the revised target date of action {}, “{}”, could not be read; it was kept as typed",
                action.reference, target.text
            );
            let help = "write it as a day, a month or a quarter, such as 31/03/2012 or March 2012";
            self.emit(
                given,
                Some(ReviewField::RevisedTarget),
                Diagnostic::new(Code::DateUnread, message).help(help),
            );
        }
        if replaces_answer(action, given) {
            if let Some(earlier) = action.earlier_targets.last_mut() {
                earlier.moved = given.when();
                given.by().clone_into(&mut earlier.by);
            }
            action.target = Some(target);
        } else if let Some(old) = action.target.replace(target) {
            action.earlier_targets.push(EarlierTarget {
                target: old,
                moved: given.when(),
                by: given.by().to_owned(),
            });
        }
    }
}

/// Whether the plan's target date is that of another answer which moved the date that this return
/// was made with.
fn replaces_answer(action: &Action, given: &GivenAnswer<'_>) -> bool {
    let was = given.was.target.as_ref().map(|target| &target.text);
    let earlier = action.earlier_targets.last().filter(|earlier| earlier.moved.is_some());
    let has_changed = action.target.as_ref().map(|target| &target.text) != was;
    has_changed && was.is_some() && earlier.map(|earlier| &earlier.target.text) == was
}

/// Whether two ways to write a target date mean the same day.
fn means_the_same(one: &str, other: &str, year_starts: i8) -> bool {
    let read = |words: &str| Target::read_cell(words, year_starts);
    let (one, other) = (read(one), read(other));
    one.due.is_some() && one.kind == other.kind && (one.start, one.due) == (other.start, other.due)
}

/// The first and last date of the reviews of an action.
fn reviewed(action: &Action) -> Option<(PartialDate, PartialDate)> {
    let dates = || dates(&action.review.reviewed_on);
    Some((dates().min_by_key(|date| rank(*date))?, dates().max_by_key(|date| rank(*date))?))
}

fn dates(words: &str) -> impl Iterator<Item = PartialDate> {
    words.split(BETWEEN).filter_map(|words| Some(read_date(words.trim())?.0))
}

/// The later of two dates.
fn later(one: Option<PartialDate>, other: Option<PartialDate>) -> Option<PartialDate> {
    [one, other].into_iter().flatten().max_by_key(|date| date.last())
}

/// Adds who reviewed the action, and when; for each answer whether that is new. Those of an earlier
/// review are replaced.
fn add_reviewers(action: &mut Action, given: &[GivenAnswer<'_>], recorded: &[bool]) -> Vec<bool> {
    let answers =
        || given.iter().zip(recorded).filter(|(_, is_recorded)| **is_recorded).map(|(one, _)| one);
    let fields: [fn(&ReviewEntry) -> &str; 2] =
        [|entry| &entry.reviewer, |entry| &entry.reviewed_on];
    let held = [&action.review.reviewer, &action.review.reviewed_on].map(|held| parts(held));
    let is_new = |one: &GivenAnswer<'_>| {
        fields.iter().zip(&held).any(|(field, held)| {
            parts(field(&one.answer.entry)).iter().any(|part| !held.contains(part))
        })
    };
    let new: Vec<bool> =
        given.iter().zip(recorded).map(|(one, is_recorded)| *is_recorded && is_new(one)).collect();
    if !new.contains(&true) {
        return new;
    }
    let is_of_this_review = answers().any(|one| !one.is_current) && {
        let before = given.iter().filter_map(|one| one.reviewed).map(PartialDate::last).max();
        let last = dates(&action.review.reviewed_on).map(rank).max();
        last.is_none_or(|last| before.is_none_or(|before| last > before))
    };
    let [mut reviewers, mut days] = [0, 1].map(|i| {
        let mut all: Vec<String> = if is_of_this_review { held[i].clone() } else { Vec::new() };
        for part in answers().flat_map(|one| parts(fields[i](&one.answer.entry))) {
            if !all.contains(&part) {
                all.push(part);
            }
        }
        all
    });
    reviewers.sort();
    days.sort_by_cached_key(|day| (dates(day).next().map(rank), day.clone()));
    let joined = |parts: Vec<String>, field: &mut String| {
        if !parts.is_empty() {
            *field = parts.join(BETWEEN);
        }
    };
    joined(reviewers, &mut action.review.reviewer);
    joined(days, &mut action.review.reviewed_on);
    new
}

fn parts(words: &str) -> Vec<String> {
    words.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Adds what was done as an update of its date, in the order of dates, unless it is there; it has
/// the answer's state if that holds.
fn add_progress(action: &mut Action, given: &GivenAnswer<'_>, state_holds: bool) -> bool {
    let entry = &given.answer.entry;
    let words = comparison_key(&entry.progress.in_cell());
    let when = given.when();
    // the day that was typed is one of the review
    let is_same_time = |period: Option<PartialDate>| period == when || period == given.period;
    let is_there = |update: &Update| {
        is_same_time(update.period) && comparison_key(&update.text.in_cell()) == words
    };
    if words.is_empty() || action.updates.iter().any(is_there) {
        return false;
    }
    let update = Update {
        period: when,
        label: when.map_or_else(String::new, |when| format!("{} update:", when.in_words())),
        text: entry.progress.clone(),
        status: state_holds.then(|| entry.state.clone()),
        by: given.by().to_owned(),
    };
    let at = position(&action.updates, &update);
    action.updates.insert(at, update);
    true
}

/// Where an update is added: behind the last that is not later, else before the first that is.
fn position(updates: &[Update], new: &Update) -> usize {
    type Order<'a> = (Date, &'a str, String);
    fn order(update: &Update) -> Option<Order<'_>> {
        Some((rank(update.period?), &update.by, comparison_key(&update.text.in_cell())))
    }
    let Some(own) = order(new) else { return updates.len() };
    let before = updates.iter().rposition(|update| order(update).is_some_and(|order| order <= own));
    let after = || updates.iter().position(|update| order(update).is_some());
    before.map(|at| at + 1).or_else(after).unwrap_or(updates.len())
}

/// Adds evidence below what is there, unless that holds it.
fn add_evidence(action: &mut Action, evidence: &Text) -> bool {
    let held = comparison_key(&action.review.evidence.in_cell());
    if evidence.is_empty() || held.contains(&comparison_key(&evidence.in_cell())) {
        return false;
    }
    action.review.evidence.append(evidence.clone());
    true
}
