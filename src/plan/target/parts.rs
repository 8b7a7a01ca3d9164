//! A cell in its parts: its dates, and what the words around each make of it.

use super::calendar::{DateConventions, DateRange, DateYear, NamedPeriod};
use super::doubt::DoubtReason;
use super::grammar::{self, DatePhrase};
use super::tokens::{DateToken, TokenStream};
use super::words::DateWord;
use crate::plan::TargetKind;

/// A cell in its parts.
pub(super) struct CellParts<'a> {
    pub(super) dates: Vec<CellDate<'a>>,
    pub(super) all: Vec<CellPart>,
    /// The tokens outside brackets, those of dates among them.
    pub(super) outside: Vec<DateToken>,
}

/// A part of a cell: one of its dates, by its number, or a token that belongs to none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellPart {
    Date(usize),
    Says(DateToken),
}

/// A date in a cell.
pub(super) struct CellDate<'a> {
    /// As typed.
    pub(super) words: &'a str,
    /// Its days, if it has a year.
    pub(super) days: Option<PhraseDays>,
    /// Whether it is a year and no more.
    pub(super) year_only: bool,
    pub(super) bracketed: bool,
    /// Whether words before or behind it say that something begins then.
    pub(super) begins: bool,
    pub(super) role: DateRole,
}

/// The days of a date, or of both ends of a stretch.
#[derive(Debug, Clone)]
pub(super) struct PhraseDays {
    pub(super) first: DateRange,
    pub(super) last: Option<DateRange>,
    pub(super) why: Vec<DoubtReason>,
}

/// What the words around a date make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateRole {
    /// No word says.
    Plain,
    InForce,
    Old,
    /// Both ends of a stretch: "revised from Sept 2011 to Dec 2011".
    OldThenInForce,
    /// When the action was done: "completed Aug 11".
    Finished,
    /// In brackets with other words.
    Aside,
}

impl PhraseDays {
    /// The days of a phrase; `None` if it has no year.
    fn of(phrase: &DatePhrase, calendar: DateConventions) -> Option<Self> {
        let (mut first, mut why) = phrase.first.days(calendar)?;
        let Some(last) = &phrase.last else { return Some(Self { first, last: None, why }) };
        let (last, more) = last.days(calendar)?;
        if phrase.shared && first.start > last.due {
            let mut before = phrase.first.clone();
            before.year = before.year.map(DateYear::before);
            (first, why) = before.days(calendar)?;
            why.push(DoubtReason::YearBefore);
        }
        why.extend(more);
        if phrase.listed && first.due.later(1) != Some(last.start) {
            why.push(DoubtReason::Several);
        }
        Some(Self { first, last: Some(last), why })
    }

    /// The stretch in which it ends.
    pub(super) fn end(&self) -> DateRange {
        self.last.unwrap_or(self.first)
    }

    /// All of its days.
    pub(super) fn span(&self) -> DateRange {
        let kind = if self.last.is_some() { TargetKind::Range } else { self.first.kind };
        DateRange { kind, start: self.first.start, due: self.end().due }
    }
}

impl<'a> CellParts<'a> {
    pub(super) fn of(tokens: &TokenStream<'a>, calendar: DateConventions) -> Self {
        let mut parts = Self { dates: Vec::new(), all: Vec::new(), outside: Vec::new() };
        let (mut at, mut depth) = (0, 0_usize);
        while let Some((token, rest)) = tokens.all.get(at).zip(tokens.all.get(at..)) {
            // "Phase 1 May 2012": the number is that of the phase
            let numbered = matches!(
                parts.all.last(),
                Some(CellPart::Says(DateToken::Word(DateWord::Phase | DateWord::Week)))
            ) && matches!(token, DateToken::Number(_));
            if let Some((phrase, used)) = grammar::phrase(rest).filter(|_| !numbered) {
                parts.all.push(CellPart::Date(parts.dates.len()));
                parts.dates.push(CellDate {
                    words: tokens.words(at, at + used),
                    days: PhraseDays::of(&phrase, calendar),
                    year_only: phrase.last.is_none() && phrase.first.what == NamedPeriod::Year,
                    bracketed: depth > 0,
                    begins: false,
                    role: DateRole::Plain,
                });
                if depth == 0 {
                    parts.outside.extend(rest.iter().take(used));
                }
                at += used;
                continue;
            }
            match token {
                DateToken::Open => depth += 1,
                DateToken::Close => depth = depth.saturating_sub(1),
                _ if depth == 0 => parts.outside.push(*token),
                _ => {}
            }
            parts.all.push(CellPart::Says(*token));
            at += 1;
        }
        parts.give_roles();
        parts.set_aside();
        parts
    }

    /// Gives each date the role that the words before it say, or those behind it where nothing
    /// follows them.
    fn give_roles(&mut self) {
        let mut pending = None;
        let (mut last, mut since_open) = (None, 0);
        let mut begins = false;
        for part in &self.all {
            match part {
                CellPart::Date(i) => {
                    let Some(date) = self.dates.get_mut(*i) else { continue };
                    let is_stretch = date.days.as_ref().is_some_and(|d| d.last.is_some());
                    date.begins = std::mem::take(&mut begins);
                    date.role = match pending.take() {
                        Some(DateRole::OldThenInForce) if !is_stretch => {
                            pending = Some(DateRole::InForce);
                            DateRole::Old
                        }
                        role => role.unwrap_or(DateRole::Plain),
                    };
                    (last, since_open) = (Some(*i), since_open + 1);
                }
                CellPart::Says(DateToken::Word(DateWord::Now)) => pending = Some(DateRole::InForce),
                CellPart::Says(DateToken::Word(DateWord::Was)) => pending = Some(DateRole::Old),
                CellPart::Says(DateToken::Word(DateWord::Done)) => {
                    pending = Some(DateRole::Finished);
                }
                CellPart::Says(DateToken::Word(DateWord::From))
                    if pending == Some(DateRole::InForce) =>
                {
                    pending = Some(DateRole::OldThenInForce);
                }
                CellPart::Says(DateToken::Word(DateWord::From)) => begins = true,
                CellPart::Says(DateToken::Word(DateWord::To)) => begins = false,
                CellPart::Says(DateToken::Word(DateWord::Onwards)) => {
                    if let Some(date) = last.and_then(|i: usize| self.dates.get_mut(i)) {
                        date.begins = true;
                    }
                }
                CellPart::Says(DateToken::Open) => since_open = 0,
                CellPart::Says(DateToken::Close) if since_open == 0 => {
                    role_behind(&mut self.dates, last, pending.take());
                }
                CellPart::Says(DateToken::Break | DateToken::Slash)
                    if pending == Some(DateRole::Finished) =>
                {
                    pending = None;
                }
                CellPart::Says(_) => {}
            }
        }
        role_behind(&mut self.dates, last, pending);
    }

    /// Sets dates aside that stand in brackets with other words, unless there are none but these.
    fn set_aside(&mut self) {
        let mut aside: Vec<usize> = Vec::new();
        for group in self.groups().filter(|g| g.bracketed && g.has_other_words()) {
            aside.extend(
                group
                    .parts
                    .iter()
                    .filter_map(|part| if let CellPart::Date(i) = part { Some(*i) } else { None }),
            );
        }
        let plain = |i: &usize| self.dates.get(*i).is_some_and(|d| d.role == DateRole::Plain);
        aside.retain(plain);
        if aside.len() < self.dates.len() {
            for i in aside {
                if let Some(date) = self.dates.get_mut(i) {
                    date.role = DateRole::Aside;
                }
            }
        }
    }

    /// What stands outside brackets, and in each pair of them.
    fn groups(&self) -> impl Iterator<Item = BracketGroup> {
        let mut groups = vec![BracketGroup::default()];
        let mut bracketed = Vec::new();
        for part in &self.all {
            match part {
                CellPart::Says(DateToken::Open) => {
                    bracketed.push(BracketGroup { bracketed: true, ..BracketGroup::default() });
                }
                CellPart::Says(DateToken::Close) => groups.extend(bracketed.pop()),
                part => {
                    if let Some(group) = bracketed.last_mut().or(groups.first_mut()) {
                        group.parts.push(*part);
                    }
                }
            }
        }
        groups.into_iter().chain(bracketed)
    }

    /// Whether words say that the action has been done, without other words that may deny it.
    pub(super) fn says_done(&self) -> bool {
        self.groups().any(|group| {
            group.says_done() && !group.has_other_words() && !group.says(DateWord::Standing)
        })
    }

    /// Whether words say how the action stands.
    pub(super) fn says_status(&self) -> bool {
        [DateWord::Complete, DateWord::Done, DateWord::Standing]
            .iter()
            .any(|word| self.all.contains(&CellPart::Says(DateToken::Word(*word))))
    }

    /// Whether words or a question mark say that the date is not settled.
    pub(super) fn says_open(&self) -> bool {
        self.all.iter().any(|p| {
            matches!(p, CellPart::Says(DateToken::Word(DateWord::Open) | DateToken::Query))
        })
    }

    /// Whether words say "at once" beside a date.
    pub(super) fn says_at_once(&self) -> bool {
        self.outside.contains(&DateToken::Word(DateWord::AtOnce))
    }

    /// Whether each of so many dates is that of a phase.
    pub(super) fn counts_phases(&self, dates: usize) -> bool {
        self.all
            .iter()
            .filter(|part| **part == CellPart::Says(DateToken::Word(DateWord::Phase)))
            .count()
            == dates
    }

    /// Whether "within" only leads to a date: "within 2011/12".
    pub(super) fn lies_within(&self) -> bool {
        matches!(
            self.all.as_slice(),
            [CellPart::Says(DateToken::Word(DateWord::Within)), CellPart::Date(_), ..]
        )
    }

    /// The tokens outside brackets that are no part of a date.
    pub(super) fn beside(&self) -> Vec<DateToken> {
        let mut depth = 0_usize;
        let mut beside = Vec::new();
        for part in &self.all {
            match part {
                CellPart::Says(DateToken::Open) => depth += 1,
                CellPart::Says(DateToken::Close) => depth = depth.saturating_sub(1),
                CellPart::Says(token) if depth == 0 => beside.push(*token),
                CellPart::Says(_) | CellPart::Date(_) => {}
            }
        }
        beside
    }
}

/// "31/12/11 (revised)", "30/9/11 originally"
fn role_behind(dates: &mut [CellDate<'_>], date: Option<usize>, role: Option<DateRole>) {
    if let (Some(date), Some(role @ (DateRole::InForce | DateRole::Old))) =
        (date.and_then(|i| dates.get_mut(i)), role)
        && date.role == DateRole::Plain
    {
        date.role = role;
    }
}

/// What is said in one pair of brackets, or outside them.
#[derive(Debug, Default)]
struct BracketGroup {
    bracketed: bool,
    parts: Vec<CellPart>,
}

impl BracketGroup {
    fn says(&self, word: DateWord) -> bool {
        self.parts.contains(&CellPart::Says(DateToken::Word(word)))
    }

    /// "complete Sept 2011" tells what is to be done, "Sept 2011 complete" what has been.
    fn says_done(&self) -> bool {
        let complete = |(at, part): (usize, &CellPart)| {
            *part == CellPart::Says(DateToken::Word(DateWord::Complete))
                && !matches!(self.parts.get(at + 1), Some(CellPart::Date(_)))
        };
        self.says(DateWord::Done) || self.parts.iter().enumerate().any(complete)
    }

    fn has_other_words(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, CellPart::Says(token) if !is_known(*token)))
    }
}

/// Whether a token may stand beside a date without saying anything else than the grammar knows.
pub(super) fn is_known(token: DateToken) -> bool {
    match token {
        DateToken::Slash
        | DateToken::Dash { .. }
        | DateToken::Colon
        | DateToken::Break
        | DateToken::Open
        | DateToken::Close
        | DateToken::Query => true,
        DateToken::Word(word) => matches!(
            word,
            DateWord::By
                | DateWord::Filler
                | DateWord::End
                | DateWord::To
                | DateWord::And
                | DateWord::From
                | DateWord::Onwards
                | DateWord::Within
                | DateWord::At
                | DateWord::Now
                | DateWord::Was
                | DateWord::Complete
                | DateWord::Done
                | DateWord::Standing
                | DateWord::Open
                | DateWord::Phase
                | DateWord::Ongoing
                | DateWord::Often
                | DateWord::AtOnce
        ),
        DateToken::Number(_) | DateToken::Point | DateToken::Other => false,
    }
}
