//! What a board asks at a review, beyond how each action stands: what was done since the last one,
//! what moved, what comes next, what no one answers for.

mod completed;
mod coverage;
mod moved;

use std::collections::{BTreeMap, HashMap};

use crate::date::{Date, PartialDate};
use crate::plan::{Action, Basis, Plan, TargetKind, Update, status, update};
use crate::publish::{Audience, Published};

use super::position::next_review;
use super::trend::{PlanVersion, counts_by, overdue_since};
use super::{Position, Review, ReviewCounts};

pub(crate) use completed::CompletedOn;
pub(crate) use coverage::RecommendationCoverage;
pub(crate) use moved::MovedTarget;

/// What the agenda is made with.
#[derive(Debug, Clone, Copy, Default)]
pub struct AgendaOptions<'a> {
    /// The plan as it was at the last review; without it, what the plan itself says of earlier
    /// dates and updates is all that is known.
    pub earlier: Option<EarlierPlan<'a>>,
    /// Every version of the plan, the oldest first and the present one last, if there are more than
    /// the earlier plan: dates that moved are followed through all of them.
    pub versions: &'a [PlanVersion<'a>],
    /// The day of the inspection's report, from which its time limits count.
    pub inspected: Option<Date>,
}

/// The plan as it was at the last review.
#[derive(Debug, Clone, Copy)]
pub struct EarlierPlan<'a> {
    /// The plan.
    pub plan: &'a Published,
    /// How it stood then.
    pub review: &'a Review,
    /// For each action of the present plan, which action of the earlier one it was, by position.
    pub matched: &'a [Option<usize>],
}

/// From when on a review looks back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LookBack {
    /// From an earlier version of the plan, as it stood on this day, if that is known.
    Earlier(Option<Date>),
    /// From the last review that the plan names before the present one.
    Review(Date),
    /// From the day on which the plan was completed: it names no review since.
    Completed(Date),
    /// It cannot be known.
    #[default]
    Unknown,
}

impl LookBack {
    /// The day, if it is known.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Earlier(day) => day,
            Self::Review(day) | Self::Completed(day) => Some(day),
            Self::Unknown => None,
        }
    }
}

/// What a board asks at a review. Actions, recommendations and objectives are identified by their
/// positions in the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agenda {
    /// From when on what was done is looked for.
    pub since: LookBack,
    /// The last day on which the next review may be, if the plan names one that is still to come.
    pub next_review: Option<Date>,
    /// How many actions were in each state at the last review, by the states of the present scheme;
    /// in `other` also those whose state the scheme has no more. Only with an earlier plan.
    pub earlier: Option<ReviewCounts>,
    /// Actions that became overdue only because time passed since the earlier plan.
    pub became_overdue: Vec<usize>,
    /// Actions that were to be done since then and before the day of the review, by the dates of
    /// the earlier plan if there is one.
    pub due_since: Vec<usize>,
    /// Those of them that are not complete.
    pub not_done: Vec<usize>,
    /// Those of them in turn that have a later date now.
    pub not_done_moved: Vec<usize>,
    /// Open actions of which nothing was reported since the last review.
    pub no_update: Vec<usize>,
    /// Open actions of which only updates without a date are known, where the plan alone has to say
    /// whether one came since the last review.
    pub undated_update: Vec<usize>,
    /// Open actions that are due on the day of the review or later, and before the next one ends.
    pub due_next: Vec<usize>,
    /// Actions completed since the last review.
    pub completed: Vec<usize>,
    /// Complete actions of which no one says when that was, where there is no earlier plan to tell
    /// it.
    pub completed_some_time: Vec<usize>,
    /// Complete actions whose date of completion is after the day of the review.
    pub completed_later: Vec<usize>,
    /// When complete actions were completed, where their source gives a date.
    pub(crate) completed_on: BTreeMap<usize, CompletedOn>,
    /// Actions whose target dates moved, or are asked to be moved.
    pub(crate) moved: Vec<MovedTarget>,
    /// Complete actions for which no evidence is named.
    pub no_evidence: Vec<usize>,
    /// Open actions by the month in which they are due, from that of the review on.
    pub ahead: BTreeMap<PartialDate, Vec<usize>>,
    /// Open actions without a target date that could be read.
    pub undated: Vec<usize>,
    /// Open actions whose target date is still to be set.
    pub dates_to_set: Vec<usize>,
    /// Open actions whose target date changed since, or is asked to be changed.
    pub dates_to_agree: Vec<usize>,
    /// Open actions without an owner.
    pub unowned: Vec<usize>,
    /// The owners by how many open actions they have, most first, as positions in
    /// [`Review::by_owner`].
    pub(crate) by_load: Vec<OwnerLoad>,
    /// For each recommendation, what answers it.
    pub(crate) coverage: Vec<RecommendationCoverage>,
    audience: Audience,
}

impl Agenda {
    /// Who may see it: everyone, if all plans that it was made of were published for everyone.
    pub fn audience(&self) -> Audience {
        self.audience
    }
}

/// How much an owner has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OwnerLoad {
    /// Which owner, by position in [`Review::by_owner`].
    pub(crate) owner: usize,
    /// How many of the owner's actions are open.
    pub(crate) open: usize,
    /// How many of them are overdue.
    pub(crate) overdue: usize,
    /// How many actions are reported off track or at risk.
    pub(crate) reported: usize,
}

/// Puts together what a board asks at a review.
///
/// `review` must be of this plan, and the earlier review of the earlier one.
///
/// ```
/// use planwright::{AgendaOptions, Plan, PublishOptions, agenda, publish, review};
/// let plan = publish(Plan::default(), &PublishOptions::internal());
/// assert!(agenda(&plan, &review(&plan, None), &AgendaOptions::default()).completed.is_empty());
/// ```
pub fn agenda(published: &Published, review: &Review, options: &AgendaOptions<'_>) -> Agenda {
    let AgendaOptions { earlier, versions, inspected } = *options;
    let of_earlier =
        earlier.map(|earlier| earlier.plan.audience().narrower(earlier.review.audience()));
    let audience = of_earlier
        .into_iter()
        .fold(published.audience().narrower(review.audience()), Audience::narrower);
    let audience =
        versions.iter().map(|version| version.plan.audience()).fold(audience, Audience::narrower);
    let plan = published.plan();
    let asking = AgendaBuilder {
        plan,
        review,
        earlier,
        earlier_actions: earlier
            .map(|e| e.plan.plan().actions().map(|(_, _, action)| action).collect())
            .unwrap_or_default(),
        versions: versions
            .iter()
            .map(|version| {
                (
                    version.plan.plan().actions().map(|(_, _, action)| action).collect(),
                    version.matched,
                )
            })
            .collect(),
        completion_headers: completed::headers(plan),
        completes: plan
            .scheme
            .states
            .iter()
            .filter(|state| status::is_complete(state))
            .map(|state| state.id.as_str())
            .collect(),
        since: since(plan, review.as_of, earlier),
        next_review: next_review(plan, review.as_of),
    };
    let mut out = Agenda {
        since: asking.since,
        next_review: asking.next_review,
        earlier: earlier
            .map(|earlier| counts_by(&plan.scheme.states, earlier.plan.plan(), earlier.review)),
        became_overdue: earlier.map(|earlier| asking.became_overdue(earlier)).unwrap_or_default(),
        coverage: coverage::coverage(plan, review, inspected),
        by_load: asking.loads(),
        audience,
        ..Agenda::default()
    };
    let mut position = 0;
    for objective in plan.themes.iter().flat_map(|theme| &theme.objectives) {
        for action in &objective.actions {
            asking.ask(&mut out, position, action, !objective.evidence.is_empty());
            position += 1;
        }
    }
    out
}

/// From when on what was done is looked for.
fn since(plan: &Plan, as_of: Option<Date>, earlier: Option<EarlierPlan<'_>>) -> LookBack {
    let is_before = |day: &Date| as_of.is_none_or(|now| *day < now);
    if let Some(earlier) = earlier {
        return LookBack::Earlier(
            earlier.review.as_of.or_else(|| earlier.plan.plan().review_day()).filter(is_before),
        );
    }
    let last = |date: Option<PartialDate>| date.map(PartialDate::last).filter(is_before);
    let completed = || last(plan.cycle.completed).map(LookBack::Completed);
    last(plan.cycle.reviewed).map(LookBack::Review).or_else(completed).unwrap_or_default()
}

struct AgendaBuilder<'a> {
    plan: &'a Plan,
    review: &'a Review,
    earlier: Option<EarlierPlan<'a>>,
    earlier_actions: Vec<&'a Action>,
    /// The actions of every version, and which of those of the version before each was.
    versions: Vec<(Vec<&'a Action>, &'a [Option<usize>])>,
    completion_headers: Vec<&'a str>,
    /// The states that say complete.
    completes: Vec<&'a str>,
    since: LookBack,
    next_review: Option<Date>,
}

impl AgendaBuilder<'_> {
    fn position(&self, action: usize) -> Position {
        self.review.positions.get(action).copied().unwrap_or(Position::NoDate)
    }

    /// What the action was at the last review, by its position then.
    fn then(&self, position: usize) -> Option<usize> {
        self.earlier?.matched.get(position).copied().flatten()
    }

    fn was_complete(&self, then: usize) -> bool {
        let Some(EarlierPlan { plan, review, .. }) = self.earlier else { return false };
        let state = review.statuses.get(then).and_then(|status| status.state.as_deref());
        state.and_then(|state| plan.plan().scheme.state(state)).is_some_and(status::is_complete)
    }

    /// Whether something of what was reported came after the last review.
    fn is_since(&self, update: &Update) -> bool {
        match (update.period, self.since.day()) {
            (Some(period), Some(last)) => period.last() > last,
            _ => false,
        }
    }

    /// The updates that report something and were known on the day of the review.
    fn updates<'u>(&self, action: &'u Action) -> impl Iterator<Item = &'u Update> {
        let day = self.review.as_of;
        action.updates.iter().filter(move |update| update.is_known_on(day) && update.reports())
    }

    /// An action as each version has it, the oldest first and the present one last.
    fn versions_of<'u>(
        &'u self,
        position: usize,
        action: &'u Action,
        earlier: Option<&'u Action>,
    ) -> Vec<&'u Action> {
        let mut out = vec![action];
        if self.versions.len() < 2 {
            out.extend(earlier);
        }
        let mut at = Some(position);
        for pair in self.versions.windows(2).rev() {
            let [(before, _), (_, matched)] = pair else { break };
            at = at.and_then(|at| matched.get(at).copied().flatten());
            out.extend(at.and_then(|at| before.get(at)));
        }
        out.reverse();
        out
    }

    fn ask(
        &self,
        out: &mut Agenda,
        position: usize,
        action: &Action,
        objective_has_evidence: bool,
    ) {
        let then = self.then(position);
        let earlier = then.and_then(|then| self.earlier_actions.get(then).copied());
        out.moved.extend(moved::moved(
            position,
            &self.versions_of(position, action, earlier),
            self.since.day(),
        ));
        let stands = self.position(position);
        if stands == Position::Stopped {
            return;
        }
        self.ask_what_was_due(out, position, action, earlier);
        if stands == Position::Completed {
            if action.review.evidence.is_empty() && !objective_has_evidence {
                out.no_evidence.push(position);
            }
            self.ask_when_completed(out, position, action, then);
            return;
        }
        if !self.is_reported(position, action, earlier) {
            out.no_update.push(position);
        } else if self.earlier.is_none()
            && !update::reports(&action.review.progress)
            && !self.updates(action).any(|update| self.is_since(update))
        {
            out.undated_update.push(position);
        }
        if action.owners.is_empty() && action.owner_text.trim().is_empty() {
            out.unowned.push(position);
        }
        if out.moved.last().is_some_and(|moved| {
            moved.action == position && (moved.since_last == Some(true) || !moved.asked.is_empty())
        }) {
            out.dates_to_agree.push(position);
        }
        let Some(due) = action.target.as_ref().and_then(|target| target.due) else {
            out.undated.push(position);
            let has_kind =
                |kind: TargetKind| action.target.as_ref().is_some_and(|target| target.kind == kind);
            if !has_kind(TargetKind::Ongoing) && !has_kind(TargetKind::Recurring) {
                out.dates_to_set.push(position);
            }
            return;
        };
        if matches!(stands, Position::Overdue { .. }) {
            return;
        }
        if self.next_review.is_some_and(|next| due <= next) {
            out.due_next.push(position);
        }
        let month = PartialDate::Month(due.year(), due.month());
        out.ahead.entry(month).or_default().push(position);
    }

    /// Whether anything was reported of an action since: by what the earlier plan did not hold,
    /// else by the periods of its updates. An update of after the day of the review was not known
    /// then.
    fn is_reported(&self, position: usize, action: &Action, earlier: Option<&Action>) -> bool {
        let progress = &action.review.progress;
        let updates = || self.updates(action);
        if self.earlier.is_none() {
            // an update without a date may be of after the last review
            let is_since = |update: &Update| {
                self.since.day().is_none() || update.period.is_none() || self.is_since(update)
            };
            return update::reports(progress) || updates().any(is_since);
        }
        let Some(earlier) = earlier else {
            return update::reports(progress) || updates().next().is_some();
        };
        let then = self.since.day();
        let was_known =
            |update: &Update| update.is_known_on(then) && earlier.updates.contains(update);
        let status = self.review.statuses.get(position);
        let is_rated = status.is_some_and(|status| {
            status::is_reported(status)
                && status.basis == Basis::Stated
                && action.status.state != earlier.status.state
        });
        (update::reports(progress) && *progress != earlier.review.progress)
            || updates().any(|update| !was_known(update))
            || is_rated
    }

    /// Notes an action that was to be done since, by the date that it had then. What is due on the
    /// day of a review is not overdue on it, so that it fell due since, at the next one.
    fn ask_what_was_due(
        &self,
        out: &mut Agenda,
        position: usize,
        action: &Action,
        earlier: Option<&Action>,
    ) {
        let due = earlier.unwrap_or(action).target.as_ref().and_then(|target| target.due);
        let (Some(due), Some(since), Some(now)) = (due, self.since.day(), self.review.as_of) else {
            return;
        };
        let was_complete = self.then(position).is_some_and(|then| self.was_complete(then));
        // a plan that was completed in August is not late with what was due in August
        let is_before =
            due < since || (due == since && matches!(self.since, LookBack::Completed(_)));
        if is_before || due >= now || was_complete {
            return;
        }
        out.due_since.push(position);
        if self.position(position).is_open() {
            out.not_done.push(position);
            let is_later = action
                .target
                .as_ref()
                .and_then(|target| target.due)
                .is_some_and(|later| later > due);
            out.not_done_moved.extend(is_later.then_some(position));
        }
    }

    fn became_overdue(&self, earlier: EarlierPlan<'_>) -> Vec<usize> {
        overdue_since(
            (earlier.plan.plan(), earlier.review),
            (self.plan, self.review),
            earlier.matched,
        )
    }

    fn ask_when_completed(
        &self,
        out: &mut Agenda,
        position: usize,
        action: &Action,
        then: Option<usize>,
    ) {
        let status = self.review.statuses.get(position);
        let date = status.and_then(|status| {
            completed::completed_on(action, status, &self.completion_headers, &self.plan.scheme)
        });
        let last_review = self.since.day();
        if let Some(date) = &date {
            out.completed_on.insert(position, date.clone());
            if self.review.as_of.is_some_and(|day| date.first > day) {
                out.completed_later.push(position);
                return;
            }
        }
        if self.earlier.is_some() {
            // an action that was added may have been completed long before
            let is_before = || {
                then.is_none()
                    && date
                        .as_ref()
                        .is_some_and(|date| last_review.is_some_and(|day| date.last <= day))
            };
            if !then.is_some_and(|then| self.was_complete(then)) && !is_before() {
                out.completed.push(position);
            }
            return;
        }
        let says_complete = |update: &&Update| {
            update.status.as_deref().is_some_and(|state| self.completes.contains(&state))
        };
        let reported = || {
            self.updates(action)
                .filter(says_complete)
                .map(|update| update.period.map(PartialDate::last))
                .min()
        };
        match date.map(|date| date.last).or_else(|| reported().flatten()).zip(last_review) {
            Some((date, last_review)) if date > last_review => out.completed.push(position),
            Some(_) => {}
            None => out.completed_some_time.push(position),
        }
    }

    fn loads(&self) -> Vec<OwnerLoad> {
        let actions: Vec<&Action> = self.plan.actions().map(|(_, _, action)| action).collect();
        let mut reported: HashMap<&str, usize> = HashMap::new();
        for at in &self.review.reported {
            let owners =
                actions.get(*at).map(|action| action.owners.as_slice()).unwrap_or_default();
            for owner in owners.iter().map(String::as_str).chain(owners.is_empty().then_some("")) {
                *reported.entry(owner).or_default() += 1;
            }
        }
        let load = |(owner, of): (usize, &super::OwnerCounts)| {
            let positions = &of.counts.positions;
            let reported = reported.get(of.owner.as_str()).copied().unwrap_or_default();
            OwnerLoad { owner, open: positions.open(), overdue: positions.overdue, reported }
        };
        let mut loads: Vec<OwnerLoad> = self.review.by_owner.iter().enumerate().map(load).collect();
        loads.sort_by_key(|load| {
            (std::cmp::Reverse((load.open, load.overdue, load.reported)), load.owner)
        });
        loads
    }
}

#[cfg(test)]
mod tests;
