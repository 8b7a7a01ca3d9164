//! The words beside the dates of a cell: notes behind them, labels before them, or a sentence that
//! only has a date in it.

use super::parts::{Part, Parts, is_known};
use super::tokens::Token;
use super::words::Word;

/// What stands beside the dates of a cell that can be read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    /// Words behind a date, parted from it by a sign.
    pub(super) notes: bool,
    /// Words before a date, with a colon.
    pub(super) labels: bool,
}

/// How far a cell has been read, outside its brackets.
#[derive(Default)]
struct Reader {
    beside: Beside,
    stage: Stage,
    /// Whether a date has been met in this sentence or an earlier one.
    dated: bool,
    /// Words met since the sentence or label began that are not known.
    others: usize,
}

/// How far a sentence has been read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    BeforeDate,
    AfterDate,
    /// A sign stands between the date and what follows.
    Parted,
    /// A note has begun.
    Note,
}

impl Beside {
    /// What stands beside the dates and outside brackets; `None` if it is more than notes and
    /// labels, as in a sentence.
    pub(super) fn of(parts: &Parts<'_>) -> Option<Self> {
        let mut reader = Reader::default();
        let (mut depth, mut before) = (0_usize, None);
        for part in &parts.all {
            match part {
                Part::Says(Token::Open) => depth += 1,
                Part::Says(Token::Close) => depth = depth.saturating_sub(1),
                Part::Says(Token::Number(_))
                    if before == Some(Part::Says(Token::Word(Word::Phase))) => {}
                Part::Date(_) if depth == 0 => reader.date()?,
                Part::Says(token) if depth == 0 => reader.token(*token)?,
                Part::Date(_) | Part::Says(_) => {}
            }
            before = Some(*part);
        }
        reader.sentence_ends()?;
        let beside = reader.beside;
        // a year is too little to be told from a number in a sentence
        let year_only = parts.dates.iter().all(|d| d.year_only);
        (!year_only || !(beside.notes || beside.labels)).then_some(beside)
    }
}

impl Reader {
    fn date(&mut self) -> Option<()> {
        let in_a_sentence = self.stage == Stage::Note || self.others > 0;
        (self.dated, self.stage) = (true, Stage::AfterDate);
        (!in_a_sentence).then_some(())
    }

    fn token(&mut self, token: Token) -> Option<()> {
        const LONGEST_LABEL: usize = 4;
        match (token, self.stage) {
            (Token::Break, _) => self.sentence_ends()?,
            (Token::Colon, Stage::BeforeDate) if self.others > 0 => {
                self.beside.labels = true;
                (std::mem::take(&mut self.others) <= LONGEST_LABEL).then_some(())?;
            }
            (Token::Colon | Token::Dash { spaced: true }, Stage::AfterDate) => {
                self.stage = Stage::Parted
            }
            (known, _) if is_known(known) => {}
            (_, Stage::Parted | Stage::Note) => {
                self.stage = Stage::Note;
                self.beside.notes = true;
            }
            (_, Stage::AfterDate) => return None,
            (_, Stage::BeforeDate) => self.others += 1,
        }
        Some(())
    }

    /// A sentence without a date is a note, if a date stands before it.
    fn sentence_ends(&mut self) -> Option<()> {
        if self.others > 0 {
            self.beside.notes = true;
            (self.dated && self.stage == Stage::BeforeDate).then_some(())?;
        }
        (self.others, self.stage) = (0, Stage::BeforeDate);
        Some(())
    }
}
