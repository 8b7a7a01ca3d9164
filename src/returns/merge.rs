//! Filled returns, taken into the plan.
//!
//! Words are added: progress as an update of the day that was typed, else of the review's period,
//! in the order of these dates; evidence below what is there. An action has one status and one
//! target date: they are taken where the answers agree and the plan still says what it said when
//! the return was made. Anything else is a conflict, which is reported with both places and leaves
//! the plan as it was. With [`Preference::Newest`] dates decide, those of earlier answers that the
//! plan holds among them, so that returns merged one after the other give the plan that they give
//! together. What the plan says already is not added again: merging a return twice changes nothing.

mod action;
mod given;
mod origin;
mod settle;

use crate::plan::return_source::source_of;
use std::collections::{HashMap, HashSet};

use crate::date::PartialDate;
use crate::diagnostic::{Code, Diagnostic};
use crate::embedded::ReturnedWorkbook;
use crate::plan::{Action, Plan, Scheme};
use crate::report::ReviewField;

use given::{GivenAnswer, review_of, typed_date, words_of};

/// A return that came back.
#[derive(Debug, Clone, Copy)]
pub struct ReturnedPlan<'a> {
    /// What it is called in messages about another: the name of its file.
    pub name: &'a str,
    /// What was filled in.
    pub filled: &'a ReturnedWorkbook,
}

/// Which of two answers is taken where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    /// The one with the later date, be it in a return or in the plan. Where the plan changed
    /// without a date, the return.
    Newest,
    /// What the plan says.
    Plan,
}

/// How returns are merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergeOptions {
    /// Which of two answers is taken where they differ; by default neither, and the conflict is
    /// told.
    pub prefer: Option<Preference>,
    /// The review that the answers belong to; by default the one that each return names, else the
    /// next of the plan that it carries.
    pub period: Option<PartialDate>,
    /// The month in which the financial year begins, from 1 for January, by which revised dates are
    /// read; by default April.
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
    /// What is to be reported of each return, in the order in which they were given.
    pub diagnostics: Vec<Vec<Diagnostic>>,
}

/// The first return in which progress was filled in without a date, and which names no review: when
/// it was reported is not known, so that [`MergeOptions::period`] is needed.
pub fn without_period<'a>(
    returned: &[ReturnedPlan<'a>],
    options: &MergeOptions,
) -> Option<&'a str> {
    let is_undated = |ReturnedPlan { filled, .. }: &&ReturnedPlan<'a>| {
        let progress = filled.answers.iter().filter(|answer| !answer.entry.progress.is_empty());
        review_of(filled, *options).is_none()
            && progress.into_iter().any(|answer| typed_date(answer).is_none())
    };
    returned.iter().find(is_undated).map(|returned| returned.name)
}

/// Takes returns into a plan, each answer to the action with its reference. In whatever order the
/// returns are given, the plan that comes of them is the same.
pub fn merge(mut plan: Plan, returned: &[ReturnedPlan<'_>], options: &MergeOptions) -> Merged {
    let order = order(returned);
    let now = super::version(&plan).unwrap_or_default();
    let mut merging = ReturnMerger {
        options,
        scheme: plan.scheme.clone(),
        diagnostics: returned.iter().map(|r| r.filled.diagnostics.clone()).collect(),
        taken: vec![TakenAnswers::default(); returned.len()],
    };
    let mut given: HashMap<&str, Vec<GivenAnswer<'_>>> = HashMap::new();
    let known = origin::PlanIdentity::of(&plan);
    let mut foreign = HashSet::new();
    for from in order.iter().copied() {
        let ReturnedPlan { name, filled } = &returned[from];
        if let Some(diagnostic) = known.foreign(filled) {
            merging.diagnostics[from].push(diagnostic);
            foreign.insert(from);
            continue;
        }
        let earlier = origin::of_another_version(filled, &now);
        let is_current = earlier.is_none();
        merging.diagnostics[from].extend(earlier);
        let of = filled.return_of.as_ref();
        let period = review_of(filled, *options);
        let written: HashMap<&str, &Action> = filled
            .plan
            .actions()
            .map(|(_, _, action)| (action.reference.as_str(), action))
            .collect();
        for answer in &filled.answers {
            let Some(was) = written.get(answer.reference.as_str()) else { continue };
            let owner = of.map_or("", |of| of.owner.as_str());
            let (reviewed, scheme) = (filled.plan.cycle.reviewed, &filled.plan.scheme);
            let one = GivenAnswer {
                from,
                name,
                owner,
                period,
                answer,
                was,
                reviewed,
                is_current,
                scheme,
            };
            if let Some(diagnostic) = one.doubtful_date() {
                merging.emit(&one, Some(ReviewField::ReviewedOn), diagnostic);
            }
            given.entry(&answer.reference).or_default().push(one);
        }
    }
    for action in plan.actions_mut() {
        if let Some(given) = given.remove(action.reference.as_str()) {
            merging.action(action, given);
        }
    }
    for answer in returned.iter().flat_map(|r| &r.filled.answers) {
        for one in given.remove(answer.reference.as_str()).unwrap_or_default() {
            let message = format!(
                "the plan has no action {} any more; what was filled in for it was left out",
                answer.reference
            );
            let help = "check what became of the action, and add the answer by hand";
            merging.taken[one.from].left_out += 1;
            merging.emit(
                &one,
                None,
                Diagnostic::new(Code::UnknownReference, message)
                    .left_out(words_of(&one))
                    .help(help),
            );
        }
    }
    merging.count(returned, &order, &foreign, &mut plan);
    Merged { plan, diagnostics: merging.diagnostics }
}

/// The returns in an order that does not depend on the one in which they were given.
fn order(returned: &[ReturnedPlan<'_>]) -> Vec<usize> {
    let key = |from: &usize| {
        let ReturnedPlan { name, filled } = &returned[*from];
        let of = filled.return_of.as_ref();
        let answers: Vec<(&str, String)> =
            filled.answers.iter().map(|a| (a.reference.as_str(), given::typed_words(a))).collect();
        let period = of.and_then(|of| of.period).map(PartialDate::last);
        (period, of.map(|of| (of.owner.clone(), of.version.clone())), answers, *name)
    };
    let mut order: Vec<usize> = (0..returned.len()).collect();
    order.sort_by_cached_key(key);
    order
}

/// What was taken from a return.
#[derive(Debug, Clone, Copy, Default)]
struct TakenAnswers {
    /// How many actions something was taken for.
    actions: usize,
    /// How many actions something was left out for.
    left_out: usize,
    period: Option<PartialDate>,
}

struct ReturnMerger<'a> {
    options: &'a MergeOptions,
    scheme: Scheme,
    diagnostics: Vec<Vec<Diagnostic>>,
    taken: Vec<TakenAnswers>,
}

impl ReturnMerger<'_> {
    fn emit(
        &mut self,
        given: &GivenAnswer<'_>,
        field: Option<ReviewField>,
        mut diagnostic: Diagnostic,
    ) {
        if let Some(place) = given.answer.place(field.unwrap_or(ReviewField::Progress)) {
            diagnostic = diagnostic.at(place);
        }
        self.diagnostics[given.from].push(diagnostic);
    }

    /// Reports how much was taken from each return, and moves the plan's review on to theirs.
    fn count(
        &mut self,
        returned: &[ReturnedPlan<'_>],
        order: &[usize],
        foreign: &HashSet<usize>,
        plan: &mut Plan,
    ) {
        for (from, ReturnedPlan { filled, .. }) in returned.iter().enumerate() {
            let (diagnostics, taken) = (&mut self.diagnostics[from], self.taken[from]);
            if diagnostics.iter().any(|d| d.code == Code::FilledTableMissing)
                || foreign.contains(&from)
            {
                continue;
            }
            let (code, message) = if filled.answers.is_empty() {
                (Code::ReturnEmpty, "nothing was filled in".to_owned())
            } else {
                (Code::ReturnMerged, taken.in_words())
            };
            diagnostics.push(Diagnostic::new(code, message));
        }
        let Some((from, period)) = order
            .iter()
            .filter_map(|from| Some((*from, self.taken[*from].period?)))
            .max_by_key(|(_, p)| p.last())
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
            self.diagnostics[from].push(Diagnostic::new(Code::ReturnMerged, message));
        }
    }
}

impl TakenAnswers {
    fn in_words(self) -> String {
        let actions =
            |n: usize| if n == 1 { "1 action".to_owned() } else { format!("{n} actions") };
        match (self.actions, self.left_out) {
            (0, 0) => "nothing was new: the plan already holds what was filled in".to_owned(),
            (0, left) => {
                format!("nothing was taken from it; for {}, something was left out", actions(left))
            }
            (taken, 0) => {
                format!("what was filled in for {} was taken into the plan", actions(taken))
            }
            (taken, left) => {
                format!(
                    "what was filled in for {} was taken into the plan; for {}, something was left out",
                    actions(taken),
                    actions(left)
                )
            }
        }
    }
}

/// " (Lin Ferguson, March 2012)": what is known of these, in brackets behind other words.
fn bracketed(parts: &[&str]) -> String {
    let known: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) }
}

/// "return of Lin Ferguson, March 2012".
fn said_in(given: &GivenAnswer<'_>) -> String {
    source_of(given.by(), given.when())
}
