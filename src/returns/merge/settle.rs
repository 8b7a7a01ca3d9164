//! What an action has one of, its status and its target date: which of several answers becomes it.

use std::cmp::Reverse;

use crate::date::PartialDate;
use crate::diagnostic::{Code, Diagnostic};
use crate::report::ReviewField;

use super::given::{GivenAnswer, rank};
use super::{Preference, said_in};

/// A field of an action that has one value.
pub(super) struct SingleField<'a> {
    pub(super) field: ReviewField,
    /// What it is called: "status".
    pub(super) what: &'static str,
    /// What the plan says now, in words.
    pub(super) now: String,
    /// Who said that and when, in brackets.
    pub(super) source: String,
    /// The same as a status has it for its source: "return of Lin Ferguson, March 2012".
    pub(super) said: String,
    /// The first and last date at which that may have been reported, where an earlier answer said
    /// it.
    pub(super) since: Option<(PartialDate, PartialDate)>,
    /// What an answer says, if it says anything.
    pub(super) value: &'a dyn Fn(&GivenAnswer<'_>) -> Option<String>,
    /// What the plan said when the return was made.
    pub(super) before: &'a dyn Fn(&GivenAnswer<'_>) -> String,
    /// Whether what the plan says is another answer than it held when the return was made, be it of
    /// the same value.
    pub(super) is_other_answer: &'a dyn Fn(&GivenAnswer<'_>) -> bool,
    /// Whether two values mean the same.
    pub(super) is_same: &'a dyn Fn(&str, &str) -> bool,
}

/// What became of the answers about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SettledField {
    /// Nobody says anything, or the plan's value is newer.
    AsItWas,
    /// This answer is taken, by its position.
    Taken(usize),
    /// The plan says the same, from an older answer than this.
    Confirmed(usize),
    /// They do not go together, and neither was chosen.
    Open,
}

/// What became of the answers, and what to report of them.
pub(super) struct SettledAnswers {
    pub(super) settled: SettledField,
    pub(super) reports: Vec<(usize, ReviewField, Diagnostic)>,
    /// The answers whose value is not in the plan.
    pub(super) left_out: Vec<usize>,
    /// The answers whose value came into the plan.
    pub(super) taken: Vec<usize>,
}

impl SettledAnswers {
    fn as_it_was() -> Self {
        Self {
            settled: SettledField::AsItWas,
            reports: Vec::new(),
            left_out: Vec::new(),
            taken: Vec::new(),
        }
    }
}

/// How the date of an answer stands to that of what the plan says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AnswerAge {
    Newer,
    Older,
    /// Of the same date.
    Neither,
}

/// Answers about one field of an action.
struct FieldAnswers<'a> {
    single: &'a SingleField<'a>,
    given: &'a [GivenAnswer<'a>],
    said: Vec<(usize, String)>,
}

/// Nothing was chosen.
fn open(reports: Vec<(usize, ReviewField, Diagnostic)>) -> SettledAnswers {
    let left_out = reports.iter().map(|(at, ..)| *at).collect();
    SettledAnswers { settled: SettledField::Open, reports, left_out, taken: Vec::new() }
}

/// Settles the answers about a field of an action.
pub(super) fn settle(
    single: &SingleField<'_>,
    given: &[GivenAnswer<'_>],
    prefer: Option<Preference>,
) -> SettledAnswers {
    let said: Vec<(usize, String)> =
        given.iter().enumerate().filter_map(|(at, one)| Some((at, (single.value)(one)?))).collect();
    FieldAnswers { single, given, said }.outcome(prefer)
}

impl FieldAnswers<'_> {
    fn outcome(&self, prefer: Option<Preference>) -> SettledAnswers {
        let Self { single, given, said } = self;
        let Some((_, any)) = said.first() else { return SettledAnswers::as_it_was() };
        let agree = said.iter().all(|(_, value)| (single.is_same)(value, any));
        if !agree && prefer == Some(Preference::Plan) {
            return self.kept(SettledField::Open, "the plan's was preferred");
        }
        // of answers of the same date the one whose source comes first in the alphabet, for the
        // same result in any order
        let newest =
            said.iter().max_by_key(|(at, _)| (given[*at].rank(), Reverse(said_in(&given[*at]))));
        let Some((at, value)) = newest else { return SettledAnswers::as_it_was() };
        let latest = given[*at].rank();
        let of_that_day = || said.iter().filter(|(at, _)| given[*at].rank() == latest);
        let is_decided =
            latest.is_some() && of_that_day().all(|(_, other)| (single.is_same)(other, value));
        let is_settled = agree || (prefer == Some(Preference::Newest) && is_decided);
        if !is_settled {
            return self.conflict();
        }
        let same = (single.is_same)(value, &single.now);
        let has_changed = !(single.is_same)(&single.now, &(single.before)(&given[*at]))
            || (single.is_other_answer)(&given[*at]);
        let compared = self.compared(*at);
        match prefer {
            _ if same && agree => self.same(*at, compared),
            Some(Preference::Plan) if has_changed => {
                self.kept(SettledField::Open, "the plan's was preferred")
            }
            Some(Preference::Newest)
                if has_changed && !same && compared == Some(AnswerAge::Older) =>
            {
                self.kept(SettledField::AsItWas, "the plan has a newer one")
            }
            Some(Preference::Newest)
                if has_changed && !same && compared == Some(AnswerAge::Neither) =>
            {
                self.conflict_with_plan()
            }
            None if has_changed && !same => self.conflict_with_plan(),
            _ => self.taken(*at, value, has_changed && !same, compared),
        }
    }

    /// How the date of an answer stands to that of what the plan says, if both are known.
    fn compared(&self, at: usize) -> Option<AnswerAge> {
        let (first, last) = self.single.since?;
        let here = self.given[at].rank()?;
        Some(if here > rank(last) {
            AnswerAge::Newer
        } else if here < rank(first) {
            AnswerAge::Older
        } else {
            AnswerAge::Neither
        })
    }

    /// Whether an answer is the source of what the plan says already: the newest, of the same date
    /// the first in the alphabet.
    fn is_confirmed(&self, at: usize, compared: Option<AnswerAge>) -> bool {
        match compared {
            Some(AnswerAge::Newer) => true,
            Some(AnswerAge::Neither) => said_in(&self.given[at]) < self.single.said,
            Some(AnswerAge::Older) => false,
            None => self.single.since.is_none() && self.given[at].rank().is_some(),
        }
    }

    /// All answers say what the plan says.
    fn same(&self, at: usize, compared: Option<AnswerAge>) -> SettledAnswers {
        let settled = if self.is_confirmed(at, compared) {
            SettledField::Confirmed(at)
        } else {
            SettledField::AsItWas
        };
        SettledAnswers { settled, ..SettledAnswers::as_it_was() }
    }

    /// An answer is used; others are reported, and so is what it replaced in the plan.
    fn taken(
        &self,
        at: usize,
        value: &str,
        replaces_change: bool,
        compared: Option<AnswerAge>,
    ) -> SettledAnswers {
        let SingleField { what, field, is_same, now, source, .. } = self.single;
        let reference = &self.given[at].answer.reference;
        let by = format!("the newest was preferred: {}", self.elsewhere(at, value));
        let differs = || self.said.iter().filter(|(_, other)| !is_same(other, value));
        let mut reports: Vec<_> =
            differs().map(|(at, other)| self.overruled(*at, other, &by)).collect();
        let is_in_plan = is_same(now, value);
        if replaces_change {
            let message = format!(
                "action {reference}: the {what} “{value}”{} replaced that of the plan, which had changed since: {}{source}",
                self.given[at].who_and_when(),
                self.now()
            );
            reports.push((
                at,
                *field,
                Diagnostic::new(Code::ReturnOverruled, message).left_out(now),
            ));
        }
        let agreeing =
            self.said.iter().filter(|(_, other)| is_same(other, value)).map(|(at, _)| *at);
        SettledAnswers {
            settled: if !is_in_plan {
                SettledField::Taken(at)
            } else if self.is_confirmed(at, compared) {
                SettledField::Confirmed(at)
            } else {
                SettledField::AsItWas
            },
            reports,
            left_out: differs().map(|(at, _)| *at).collect(),
            taken: if is_in_plan { Vec::new() } else { agreeing.collect() },
        }
    }

    /// The plan's value stays; answers that say another are reported.
    fn kept(&self, settled: SettledField, why: &str) -> SettledAnswers {
        let SingleField { is_same, now, source, .. } = self.single;
        let why = format!("{why}: {}{source}", self.now());
        let differs = || self.said.iter().filter(|(_, value)| !is_same(value, now));
        SettledAnswers {
            settled,
            reports: differs().map(|(at, value)| self.overruled(*at, value, &why)).collect(),
            left_out: differs().map(|(at, _)| *at).collect(),
            taken: Vec::new(),
        }
    }

    /// The answers differ.
    fn conflict(&self) -> SettledAnswers {
        let conflicts = self.said.iter().map(|(at, value)| {
            let others = self.said.iter().filter(|(_, other)| !(self.single.is_same)(other, value));
            let all: Vec<String> = others.map(|(at, value)| self.elsewhere(*at, value)).collect();
            self.in_conflict(*at, value, &all.join(", and "))
        });
        open(conflicts.collect())
    }

    /// The answers agree, and the plan has changed to something else.
    fn conflict_with_plan(&self) -> SettledAnswers {
        let other = format!(
            "{} in the plan{}, which has changed since the return was made",
            self.now(),
            self.single.source
        );
        let differs =
            self.said.iter().filter(|(_, value)| !(self.single.is_same)(value, &self.single.now));
        open(differs.map(|(at, value)| self.in_conflict(*at, value, &other)).collect())
    }

    fn in_conflict(&self, at: usize, value: &str, other: &str) -> (usize, ReviewField, Diagnostic) {
        let (one, what) = (&self.given[at], self.single.what);
        let reference = &one.answer.reference;
        let message = format!(
            "action {reference}: the {what} is “{value}” here{}, and {other}",
            one.who_and_when()
        );
        let help = format!("ask which is right; the plan's {what} was left as it was");
        (
            at,
            self.single.field,
            Diagnostic::new(Code::ReturnConflict, message).left_out(value).help(help),
        )
    }

    fn overruled(&self, at: usize, value: &str, by: &str) -> (usize, ReviewField, Diagnostic) {
        let (one, what) = (&self.given[at], self.single.what);
        let reference = &one.answer.reference;
        let message = format!(
            "action {reference}: the {what} “{value}”{} was not used; {by}",
            one.who_and_when()
        );
        (at, self.single.field, Diagnostic::new(Code::ReturnOverruled, message).left_out(value))
    }

    /// What the plan says now.
    fn now(&self) -> String {
        if self.single.now.is_empty() {
            "none".to_owned()
        } else {
            format!("“{}”", self.single.now)
        }
    }

    fn elsewhere(&self, at: usize, value: &str) -> String {
        let one = &self.given[at];
        format!("“{value}” in {}{}", one.whereabouts(self.single.field), one.who_and_when())
    }
}
