//! A cell in its parts: its dates, and what the words around each make of it.

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
            let numbered =
                matches!(parts.all.last(), Some(Part::Says(Token::Word(Word::Phase | Word::Week))))
                    && matches!(token, Token::Number(_));
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

    /// Gives each date the role that the words before it say, or those behind it where nothing
    /// follows them.
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
                Part::Says(Token::Word(Word::From)) if pending == Some(Role::InForce) => {
                    pending = Some(Role::OldThenInForce)
                }
                Part::Says(Token::Word(Word::From)) => begins = true,
                Part::Says(Token::Word(Word::To)) => begins = false,
                Part::Says(Token::Word(Word::Onwards)) => {
                    if let Some(date) = last.and_then(|i: usize| self.dates.get_mut(i)) {
                        date.begins = true;
                    }
                }
                Part::Says(Token::Open) => since_open = 0,
                Part::Says(Token::Close) if since_open == 0 => {
                    role_behind(&mut self.dates, last, pending.take())
                }
                Part::Says(Token::Break | Token::Slash) if pending == Some(Role::Finished) => {
                    pending = None
                }
                Part::Says(_) => {}
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
                    .filter_map(|part| if let Part::Date(i) = part { Some(*i) } else { None }),
            );
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
                Part::Says(Token::Open) => {
                    bracketed.push(Group { bracketed: true, ..Group::default() })
                }
                Part::Says(Token::Close) => groups.extend(bracketed.pop()),
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
            group.says_done() && !group.has_other_words() && !group.says(Word::Standing)
        })
    }

    /// Whether words say how the action stands.
    pub(super) fn says_status(&self) -> bool {
        [Word::Complete, Word::Done, Word::Standing]
            .iter()
            .any(|word| self.all.contains(&Part::Says(Token::Word(*word))))
    }

    /// Whether words or a question mark say that the date is not settled.
    pub(super) fn says_open(&self) -> bool {
        self.all.iter().any(|p| matches!(p, Part::Says(Token::Word(Word::Open) | Token::Query)))
    }

    /// Whether words say "at once" beside a date.
    pub(super) fn says_at_once(&self) -> bool {
        self.outside.contains(&Token::Word(Word::AtOnce))
    }

    /// Whether each of so many dates is that of a phase.
    pub(super) fn counts_phases(&self, dates: usize) -> bool {
        self.all.iter().filter(|part| **part == Part::Says(Token::Word(Word::Phase))).count()
            == dates
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
}

/// "31/12/11 (revised)", "30/9/11 originally"
fn role_behind(dates: &mut [Dated<'_>], date: Option<usize>, role: Option<Role>) {
    if let (Some(date), Some(role @ (Role::InForce | Role::Old))) =
        (date.and_then(|i| dates.get_mut(i)), role)
        && date.role == Role::Plain
    {
        date.role = role;
    }
}

/// What is said in one pair of brackets, or outside them.
#[derive(Debug, Default)]
struct Group {
    bracketed: bool,
    parts: Vec<Part>,
}

impl Group {
    fn says(&self, word: Word) -> bool {
        self.parts.contains(&Part::Says(Token::Word(word)))
    }

    /// "complete Sept 2011" tells what is to be done, "Sept 2011 complete" what has been.
    fn says_done(&self) -> bool {
        let complete = |(at, part): (usize, &Part)| {
            *part == Part::Says(Token::Word(Word::Complete))
                && !matches!(self.parts.get(at + 1), Some(Part::Date(_)))
        };
        self.says(Word::Done) || self.parts.iter().enumerate().any(complete)
    }

    fn has_other_words(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Says(token) if !is_known(*token)))
    }
}

/// Whether a token may stand beside a date without saying anything else than the grammar knows.
pub(super) fn is_known(token: Token) -> bool {
    match token {
        Token::Slash
        | Token::Dash { .. }
        | Token::Colon
        | Token::Break
        | Token::Open
        | Token::Close
        | Token::Query => true,
        Token::Word(word) => matches!(
            word,
            Word::By
                | Word::Filler
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
