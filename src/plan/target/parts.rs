//! A cell in its parts: its dates, what the words around each make of it, and the words that are no more than notes.

use super::calendar::{Calendar, Stretch, What, Year};
use super::doubt::Why;
use super::grammar::{self, Phrase};
use super::tokens::{Token, Tokens};
use super::words::Word;
use crate::plan::TargetKind;

/// A cell in its parts.
pub(super) struct Parts<'a> {
    pub(super) dates: Vec<Dated<'a>>,
    pub(super) all: Vec<Part>,
    /// The tokens outside brackets, those of dates among them.
    pub(super) outside: Vec<Token>,
}

/// A part of a cell: one of its dates, by its number, or a token that belongs to none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Date(usize),
    Says(Token),
}

/// A date in a cell.
pub(super) struct Dated<'a> {
    /// As typed.
    pub(super) words: &'a str,
    /// Its days, if it has a year.
    pub(super) days: Option<Days>,
    /// Whether it is a year and no more.
    pub(super) year_only: bool,
    pub(super) bracketed: bool,
    /// Whether words before or behind it say that something begins then.
    pub(super) begins: bool,
    pub(super) role: Role,
}

/// The days of a date, or of both ends of a stretch.
#[derive(Debug, Clone)]
pub(super) struct Days {
    pub(super) first: Stretch,
    pub(super) last: Option<Stretch>,
    pub(super) why: Vec<Why>,
}

/// What the words around a date make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
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

/// What stands beside the dates of a cell that can be read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    /// Words behind a date, parted from it by a sign.
    pub(super) notes: bool,
    /// Words before a date, with a colon.
    pub(super) labels: bool,
}

impl Days {
    /// The days of a phrase; `None` if it has no year.
    fn of(phrase: &Phrase, calendar: Calendar) -> Option<Self> {
        let (mut first, mut why) = phrase.first.days(calendar)?;
        let Some(last) = &phrase.last else { return Some(Self { first, last: None, why }) };
        let (last, more) = last.days(calendar)?;
        if phrase.shared && first.start > last.due {
            let mut before = phrase.first.clone();
            before.year = before.year.map(Year::before);
            (first, why) = before.days(calendar)?;
            why.push(Why::YearBefore);
        }
        why.extend(more);
        if phrase.listed && first.due.later(1) != Some(last.start) {
            why.push(Why::Several);
        }
        Some(Self { first, last: Some(last), why })
    }

    /// The stretch in which it ends.
    pub(super) fn end(&self) -> Stretch {
        self.last.unwrap_or(self.first)
    }

    /// All of its days.
    pub(super) fn span(&self) -> Stretch {
        let kind = if self.last.is_some() { TargetKind::Range } else { self.first.kind };
        Stretch { kind, start: self.first.start, due: self.end().due }
    }
}

impl<'a> Parts<'a> {
    pub(super) fn of(tokens: &Tokens<'a>, calendar: Calendar) -> Self {
        let mut parts = Self { dates: Vec::new(), all: Vec::new(), outside: Vec::new() };
        let (mut at, mut depth) = (0, 0_usize);
        while let Some((token, rest)) = tokens.all.get(at).zip(tokens.all.get(at..)) {
            // "Phase 1 May 2012": the number is that of the phase
            let numbered = parts.all.last() == Some(&Part::Says(Token::Word(Word::Phase))) && matches!(token, Token::Number(_));
            if let Some((phrase, used)) = grammar::phrase(rest).filter(|_| !numbered) {
                parts.all.push(Part::Date(parts.dates.len()));
                parts.dates.push(Dated {
                    words: tokens.words(at, at + used),
                    days: Days::of(&phrase, calendar),
                    year_only: phrase.last.is_none() && phrase.first.what == What::Year,
                    bracketed: depth > 0,
                    begins: false,
                    role: Role::Plain,
                });
                if depth == 0 {
                    parts.outside.extend(rest.iter().take(used));
                }
                at += used;
                continue;
            }
            match token {
                Token::Open => depth += 1,
                Token::Close => depth = depth.saturating_sub(1),
                _ if depth == 0 => parts.outside.push(*token),
                _ => {}
            }
            parts.all.push(Part::Says(*token));
            at += 1;
        }
        parts.give_roles();
        parts.set_aside();
        parts
    }

    /// Gives each date the role that the words before it say, or those behind it where nothing follows them.
    fn give_roles(&mut self) {
        let mut pending = None;
        let (mut last, mut since_open) = (None, 0);
        let mut begins = false;
        for part in &self.all {
            match part {
                Part::Date(i) => {
                    let Some(date) = self.dates.get_mut(*i) else { continue };
                    let is_stretch = date.days.as_ref().is_some_and(|d| d.last.is_some());
                    date.begins = std::mem::take(&mut begins);
                    date.role = match pending.take() {
                        Some(Role::OldThenInForce) if !is_stretch => {
                            pending = Some(Role::InForce);
                            Role::Old
                        }
                        role => role.unwrap_or(Role::Plain),
                    };
                    (last, since_open) = (Some(*i), since_open + 1);
                }
                Part::Says(Token::Word(Word::Now)) => pending = Some(Role::InForce),
                Part::Says(Token::Word(Word::Was)) => pending = Some(Role::Old),
                Part::Says(Token::Word(Word::Done)) => pending = Some(Role::Finished),
                Part::Says(Token::Word(Word::From)) if pending == Some(Role::InForce) => pending = Some(Role::OldThenInForce),
                Part::Says(Token::Word(Word::From)) => begins = true,
                Part::Says(Token::Word(Word::To)) => begins = false,
                Part::Says(Token::Word(Word::Onwards)) => {
                    if let Some(date) = last.and_then(|i: usize| self.dates.get_mut(i)) {
                        date.begins = true;
                    }
                }
                Part::Says(Token::Open) => since_open = 0,
                Part::Says(Token::Close) if since_open == 0 => role_behind(&mut self.dates, last, pending.take()),
                Part::Says(Token::Break | Token::Slash) if pending == Some(Role::Finished) => pending = None,
                Part::Says(_) => {}
            }
        }
        role_behind(&mut self.dates, last, pending);
    }

    /// Sets dates aside that stand in brackets with other words, unless there are none but these.
    fn set_aside(&mut self) {
        let mut aside: Vec<usize> = Vec::new();
        for group in self.groups().filter(|g| g.bracketed && g.has_other_words) {
            aside.extend(group.dates);
        }
        let plain = |i: &usize| self.dates.get(*i).is_some_and(|d| d.role == Role::Plain);
        aside.retain(plain);
        if aside.len() < self.dates.len() {
            for i in aside {
                if let Some(date) = self.dates.get_mut(i) {
                    date.role = Role::Aside;
                }
            }
        }
    }

    /// What stands outside brackets, and in each pair of them.
    fn groups(&self) -> impl Iterator<Item = Group> {
        let mut groups = vec![Group::default()];
        let mut bracketed = Vec::new();
        for part in &self.all {
            match part {
                Part::Says(Token::Open) => bracketed.push(Group { bracketed: true, ..Group::default() }),
                Part::Says(Token::Close) => groups.extend(bracketed.pop()),
                part => {
                    if let Some(group) = bracketed.last_mut().or(groups.first_mut()) {
                        group.take(*part);
                    }
                }
            }
        }
        groups.into_iter().chain(bracketed)
    }

    /// Whether words say that the action has been done, without other words that may deny it.
    pub(super) fn says_done(&self) -> bool {
        self.groups().any(|group| group.says_done() && !group.has_other_words && !group.standing)
    }

    /// Whether words say how the action stands.
    pub(super) fn says_status(&self) -> bool {
        let complete = self.all.contains(&Part::Says(Token::Word(Word::Complete)));
        complete || self.groups().any(|group| group.done || group.standing)
    }

    /// Whether words or a question mark say that the date is not settled.
    pub(super) fn says_open(&self) -> bool {
        self.all.iter().any(|p| matches!(p, Part::Says(Token::Word(Word::Open) | Token::Query)))
    }

    /// Whether words say "at once" beside a date.
    pub(super) fn says_at_once(&self) -> bool {
        self.outside.contains(&Token::Word(Word::AtOnce))
    }

    /// Whether "within" only leads to a date: "within 2011/12".
    pub(super) fn lies_within(&self) -> bool {
        matches!(self.all.as_slice(), [Part::Says(Token::Word(Word::Within)), Part::Date(_), ..])
    }

    /// The tokens outside brackets that are no part of a date.
    pub(super) fn beside(&self) -> Vec<Token> {
        let mut depth = 0_usize;
        let mut beside = Vec::new();
        for part in &self.all {
            match part {
                Part::Says(Token::Open) => depth += 1,
                Part::Says(Token::Close) => depth = depth.saturating_sub(1),
                Part::Says(token) if depth == 0 => beside.push(*token),
                Part::Says(_) | Part::Date(_) => {}
            }
        }
        beside
    }

    /// What stands beside the dates and outside brackets; `None` if it is more than notes and labels, as in a sentence.
    pub(super) fn understood(&self) -> Option<Beside> {
        const LONGEST_LABEL: usize = 4;
        let mut beside = Beside::default();
        let (mut depth, mut others) = (0_usize, 0_usize);
        // whether a date stands before, in this sentence or an earlier one; whether a sign has parted it from what follows
        let (mut dated, mut dated_here, mut parted, mut noting) = (false, false, false, false);
        let mut before = None;
        for part in &self.all {
            match part {
                Part::Says(Token::Open) => depth += 1,
                Part::Says(Token::Close) => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                Part::Date(_) if noting || others > 0 => return None,
                Part::Date(_) => (dated, dated_here) = (true, true),
                Part::Says(Token::Break) => {
                    if others > 0 {
                        (dated && !dated_here).then_some(())?;
                        beside.notes = true;
                    }
                    (others, dated_here, parted, noting) = (0, false, false, false);
                }
                Part::Says(Token::Colon) if others > 0 && !dated_here => {
                    (others <= LONGEST_LABEL).then_some(())?;
                    (beside.labels, others) = (true, 0);
                }
                Part::Says(Token::Colon | Token::Dash { spaced: true }) => parted = dated_here,
                Part::Says(Token::Number(_)) if before == Some(Part::Says(Token::Word(Word::Phase))) => {}
                Part::Says(token) if is_known(*token) => {}
                Part::Says(_) if parted => noting = true,
                Part::Says(_) if dated_here => return None,
                Part::Says(_) => others += 1,
            }
            before = Some(*part);
            beside.notes |= noting;
        }
        if others > 0 {
            dated.then_some(())?;
            beside.notes = true;
        }
        let year_only = self.dates.iter().all(|d| d.year_only);
        (!year_only || !(beside.notes || beside.labels)).then_some(beside)
    }
}

/// "31/12/11 (revised)", "30/9/11 originally"
fn role_behind(dates: &mut [Dated<'_>], date: Option<usize>, role: Option<Role>) {
    if let (Some(date), Some(role @ (Role::InForce | Role::Old))) = (date.and_then(|i| dates.get_mut(i)), role)
        && date.role == Role::Plain
    {
        date.role = role;
    }
}

/// What is said in one pair of brackets, or outside them.
#[derive(Debug, Default)]
struct Group {
    bracketed: bool,
    dates: Vec<usize>,
    has_other_words: bool,
    done: bool,
    standing: bool,
    /// Whether "complete" was said last.
    complete: bool,
}

impl Group {
    fn take(&mut self, part: Part) {
        // "complete Sept 2011" tells what is to be done, "Sept 2011 complete" what has been
        self.done |= self.complete && !matches!(part, Part::Date(_));
        self.complete = part == Part::Says(Token::Word(Word::Complete));
        match part {
            Part::Date(i) => self.dates.push(i),
            Part::Says(Token::Word(Word::Done)) => self.done = true,
            Part::Says(Token::Word(Word::Standing)) => self.standing = true,
            Part::Says(token) => self.has_other_words |= !is_known(token),
        }
    }

    fn says_done(&self) -> bool {
        self.done || self.complete
    }
}

/// Whether a token may stand beside a date without saying anything else than the grammar knows.
fn is_known(token: Token) -> bool {
    match token {
        Token::Slash | Token::Dash { .. } | Token::Colon | Token::Break | Token::Open | Token::Close | Token::Query => true,
        Token::Word(word) => matches!(
            word,
            Word::Filler
                | Word::End
                | Word::To
                | Word::And
                | Word::From
                | Word::Onwards
                | Word::Within
                | Word::At
                | Word::Now
                | Word::Was
                | Word::Complete
                | Word::Done
                | Word::Standing
                | Word::Open
                | Word::Phase
                | Word::Ongoing
                | Word::Often
                | Word::AtOnce
        ),
        Token::Number(_) | Token::Point | Token::Other => false,
    }
}
