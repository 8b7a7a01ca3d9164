//! The key messages of a pack: what a chair would say, in sentences built from the figures.

use crate::date::{Date, PartialDate};
use crate::report::labels::messages::{MessageLabels, OneOrMore};
use crate::report::reason::reason;
use crate::report::{LabelledFact, percent};
use crate::review::{LookBack, Position, RecommendationCoverage, TrendPoint};

use super::{PackContext, filled};

/// How far ahead is looked where no next review is known, in months.
const MONTHS_AHEAD: u16 = 3;

impl PackContext<'_> {
    /// The messages, six at most, none of them empty: each under what it is about.
    pub(super) fn messages(&self) -> Vec<LabelledFact> {
        if self.actions.is_empty() {
            return Vec::new();
        }
        let words = self.sentences();
        let messages = [
            (words.complete, Some(self.complete())),
            (words.overdue, self.overdue()),
            (words.due, self.due()),
            (words.reported, Some(self.reported())),
            (words.coming_up, self.coming_up()),
            (words.decisions, self.decisions()),
        ];
        let said = messages
            .into_iter()
            .filter_map(|(about, said)| Some((about, said.filter(|said| !said.is_empty())?)));
        said.map(|(about, said)| LabelledFact { label: about.to_owned(), value: said.into() })
            .collect()
    }

    fn sentences(&self) -> &MessageLabels {
        &self.made.words.messages
    }

    fn day(&self, day: Date) -> String {
        self.made.words.day(day)
    }

    /// "since 30 November 2011"; none where no day is known.
    pub(super) fn since(&self) -> Option<String> {
        let words = self.sentences();
        match self.agenda.since {
            LookBack::Earlier(None) => Some(words.since_earlier.to_owned()),
            LookBack::Unknown => None,
            LookBack::Earlier(Some(day)) => {
                Some(filled(words.since_day, &[("day", &self.day(day))]))
            }
            // of a month, the plan names no day
            LookBack::Review(_) => self.since_date(self.made.plan.cycle.reviewed),
            LookBack::Completed(_) => self.since_date(self.made.plan.cycle.completed),
        }
    }

    fn since_date(&self, date: Option<PartialDate>) -> Option<String> {
        Some(filled(self.sentences().since_day, &[("day", &self.made.words.date(date?))]))
    }

    /// How a number has changed since the earlier version; nothing without one.
    fn change(&self, now: usize, then: Option<usize>) -> String {
        let (Some(then), words) = (then, self.sentences()) else { return String::new() };
        let text = match now.cmp(&then) {
            std::cmp::Ordering::Greater => words.more_than,
            std::cmp::Ordering::Less => words.fewer_than,
            std::cmp::Ordering::Equal => words.same_as,
        };
        filled(text, &[("n", &now.abs_diff(then).to_string()), ("then", &self.then())])
    }

    /// "on 30 November 2011".
    fn then(&self) -> String {
        let words = self.sentences();
        self.agenda.since.day().map_or_else(
            || words.in_earlier.to_owned(),
            |day| filled(words.on_day, &[("day", &self.day(day))]),
        )
    }

    fn complete(&self) -> String {
        let (words, counts) = (self.sentences(), &self.made.review.counts);
        let (n, all) = (counts.positions.completed, counts.all());
        let change =
            self.change(n, self.agenda.earlier.as_ref().map(|then| then.positions.completed));
        let marks = [
            ("n", n.to_string()),
            ("all", all.to_string()),
            ("share", percent(n, all)),
            ("change", change),
        ];
        let mut out = said(words.are_complete, n, &marks);
        if let [.., before, now] = self.options.trend.points.as_slice() {
            add(&mut out, &self.why_share_fell(before, now, &self.then()).unwrap_or_default());
        }
        out
    }

    /// Why the share that is complete fell from one version to the next; none if it did not.
    pub(super) fn why_share_fell(
        &self,
        before: &TrendPoint,
        now: &TrendPoint,
        then: &str,
    ) -> Option<String> {
        let (words, step) = (self.sentences(), now.step.as_ref()?);
        let shares = [before, now].map(|point| percent(point.complete(), point.all()));
        if !now.share_fell_since(before) || shares[0] == shares[1] {
            return None;
        }
        let causes = [
            (words.were_added, step.added),
            (words.were_removed, step.removed_complete),
            (words.were_reopened, step.reopened),
            (words.were_completed, step.completed),
        ];
        let why: Vec<String> = causes
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(text, n)| said(text, n, &[("n", n.to_string())]))
            .collect();
        let [was, is] = shares;
        Some(filled(
            words.share_fell,
            &[("before", &was), ("now", &is), ("then", then), ("why", &why.join(", "))],
        ))
    }

    fn overdue(&self) -> Option<String> {
        let (words, review) = (self.sentences(), self.made.review);
        review.as_of?;
        let overdue = &review.overdue;
        let n = overdue.len();
        if n == 0 {
            let text = if review.counts.positions.no_date > 0 {
                words.none_dated_overdue
            } else {
                words.none_overdue
            };
            return Some(text.to_owned());
        }
        // without a day then, nothing is known to have been overdue
        let then = self
            .agenda
            .earlier
            .as_ref()
            .filter(|_| matches!(self.agenda.since, LookBack::Earlier(Some(_))));
        let change = self.change(n, then.map(|then| then.positions.overdue));
        let mut out = said(
            words.are_overdue,
            n,
            &[("n", n.to_string()), ("change", change), ("list", self.references(overdue))],
        );
        let silent: Vec<usize> = overdue
            .iter()
            .copied()
            .filter(|at| self.agenda.no_update.binary_search(at).is_ok())
            .collect();
        let since = self.since().unwrap_or_else(|| words.ever.to_owned());
        let (text, number) = match silent.len() {
            0 if self.since().is_none()
                || overdue
                    .iter()
                    .any(|at| self.agenda.undated_update.binary_search(at).is_ok()) =>
            {
                return Some(out);
            }
            0 => (words.all_with_update, n),
            all if all == n => (words.all_without_update, n),
            some => (words.without_update, some),
        };
        let marks =
            [("n", silent.len().to_string()), ("since", since), ("list", self.references(&silent))];
        add(&mut out, &said(text, number, &marks));
        Some(out)
    }

    fn due(&self) -> Option<String> {
        let (words, agenda) = (self.sentences(), self.agenda);
        let (n, all) = (agenda.not_done.len(), agenda.due_since.len());
        if all == 0 {
            return None;
        }
        let marks = [
            ("n", n.to_string()),
            ("all", all.to_string()),
            ("since", self.since().unwrap_or_default()),
            ("list", self.references(&agenda.not_done)),
        ];
        if n == 0 {
            return Some(said(words.all_done, all, &marks));
        }
        let mut out = said(words.not_done, n, &marks);
        let moved = &agenda.not_done_moved;
        if !moved.is_empty() {
            add(&mut out, &said(words.new_dates, moved.len(), &[("list", self.references(moved))]));
        }
        Some(out)
    }

    fn reported(&self) -> String {
        let (words, review, plan) = (self.sentences(), self.made.review, self.made.plan);
        let reported = &review.reported;
        let n = reported.len();
        let mut out = String::new();
        if n > 0 {
            out = said(
                words.are_reported,
                n,
                &[("n", n.to_string()), ("list", self.references(reported))],
            );
            let has_reason = |at: &usize| {
                let (action, status) = (self.actions.get(*at), review.statuses.get(*at));
                action.zip(status).is_some_and(|((_, _, action), status)| {
                    reason(action, status, plan, review.as_of).is_some()
                })
            };
            let without = reported.iter().filter(|at| !has_reason(at)).count();
            let texts = if without == n { words.all_without_reason } else { words.without_reason };
            if without > 0 {
                add(&mut out, &said(texts, without, &[("n", without.to_string())]));
            }
        } else if review.counts.not_reported < review.counts.all() {
            words.none_reported.clone_into(&mut out);
        }
        let on_hold = &review.on_hold;
        if !on_hold.is_empty() {
            let marks = [("n", on_hold.len().to_string()), ("list", self.references(on_hold))];
            add(&mut out, &said(words.are_on_hold, on_hold.len(), &marks));
        }
        let is_silent =
            |at: usize, position: &Position| position.is_open() && !self.is_reported(at);
        let silent = review
            .positions
            .iter()
            .enumerate()
            .filter(|(at, position)| is_silent(*at, position))
            .count();
        if silent > 0 {
            let open = review.counts.positions.open();
            add(
                &mut out,
                &said(
                    words.not_reported,
                    open,
                    &[("n", silent.to_string()), ("all", open.to_string())],
                ),
            );
        }
        out
    }

    /// Whether any status was reported of an action.
    fn is_reported(&self, action: usize) -> bool {
        self.made.review.statuses.get(action).is_some_and(crate::plan::status::is_reported)
    }

    fn coming_up(&self) -> Option<String> {
        let (words, agenda) = (self.sentences(), self.agenda);
        let (texts, none, until) = match agenda.next_review {
            Some(next) => (words.due_by_review, words.none_due_by_review, next),
            None => (
                words.due_in_months,
                words.none_due_in_months,
                self.made.review.as_of?.months_later(MONTHS_AHEAD)?,
            ),
        };
        let due = |at: &usize| {
            self.actions.get(*at).and_then(|(_, _, action)| action.target.as_ref()?.due)
        };
        let mut which: Vec<usize> = agenda
            .ahead
            .values()
            .flatten()
            .copied()
            .filter(|at| due(at).is_some_and(|due| due <= until))
            .collect();
        which.sort_by_key(|at| (due(at), *at));
        // the plan may name a month for its next review
        let named = agenda.next_review.and(self.made.plan.cycle.next_review);
        let until = named.map_or_else(|| self.day(until), |date| self.made.words.date(date));
        let marks =
            [("n", which.len().to_string()), ("day", until), ("list", self.references(&which))];
        Some(if which.is_empty() {
            said([none, none], 0, &marks)
        } else {
            said(texts, which.len(), &marks)
        })
    }

    fn decisions(&self) -> Option<String> {
        let (words, agenda) = (self.sentences(), self.agenda);
        let actions = [
            (words.agree_dates, &agenda.dates_to_agree),
            (words.set_dates, &agenda.dates_to_set),
            (words.name_owners, &agenda.unowned),
        ];
        let decision = |text: OneOrMore, n: usize, list: String| {
            (n > 0).then(|| said(text, n, &[("n", n.to_string()), ("list", list)]))
        };
        let mut out: Vec<String> = actions
            .into_iter()
            .filter_map(|(text, which)| decision(text, which.len(), self.references(which)))
            .collect();
        let recommendations = self.made.plan.recommendations.iter().zip(&agenda.coverage);
        // where no objective names a recommendation, the plan does not say what responds to which
        let has_links = agenda.coverage.iter().any(RecommendationCoverage::is_answered);
        let not: Vec<&str> = recommendations
            .filter(|(_, c)| has_links && !c.is_answered())
            .map(|(r, _)| r.reference.as_str())
            .collect();
        out.extend(decision(words.answer, not.len(), self.listed(&not)));
        if self.made.review.as_of.is_some() && agenda.next_review.is_none() {
            out.push(words.set_review.to_owned());
        }
        (!out.is_empty()).then(|| filled(words.decide, &[("list", &out.join("; "))]))
    }

    /// The references of actions, the first of them.
    fn references(&self, which: &[usize]) -> String {
        let references: Vec<&str> = which
            .iter()
            .filter_map(|i| self.actions.get(*i))
            .map(|(_, _, action)| action.reference.as_str())
            .collect();
        self.listed(&references)
    }
}

/// A sentence for a number, with its marks replaced.
fn said(texts: OneOrMore, n: usize, marks: &[(&str, String)]) -> String {
    let [one, more] = texts;
    let marks: Vec<(&str, &str)> =
        marks.iter().map(|(mark, value)| (*mark, value.as_str())).collect();
    filled(if n == 1 { one } else { more }, &marks)
}

/// Adds a sentence behind others.
fn add(text: &mut String, sentence: &str) {
    if !text.is_empty() && !sentence.is_empty() {
        text.push(' ');
    }
    text.push_str(sentence);
}
