//! The words beside the dates of a cell: notes behind them, labels before them, or a sentence that
//! only has a date in it.

use super::parts::{CellPart, CellParts, is_known};
use super::tokens::DateToken;
use super::words::DateWord;

/// What stands beside the dates of a cell that can be read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RemainingWords {
    /// Words behind a date, parted from it by a sign.
    pub(super) notes: bool,
    /// Words before a date, with a colon.
    pub(super) labels: bool,
}

/// How far a cell has been read, outside its brackets.
#[derive(Default)]
struct SentenceReader {
    beside: RemainingWords,
    stage: SentenceStage,
    /// Whether a date has been met in this sentence or an earlier one.
    dated: bool,
    /// Words met since the sentence or label began that are not known.
    others: usize,
}

/// How far a sentence has been read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum SentenceStage {
    #[default]
    BeforeDate,
    AfterDate,
    /// A sign stands between the date and what follows.
    Parted,
    /// A note has begun.
    Note,
}

impl RemainingWords {
    /// What stands beside the dates and outside brackets; `None` if it is more than notes and
    /// labels, as in a sentence.
    pub(super) fn of(parts: &CellParts<'_>) -> Option<Self> {
        let mut reader = SentenceReader::default();
        let (mut depth, mut before) = (0_usize, None);
        for part in &parts.all {
            match part {
                CellPart::Says(DateToken::Open) => depth += 1,
                CellPart::Says(DateToken::Close) => depth = depth.saturating_sub(1),
                CellPart::Says(DateToken::Number(_))
                    if before == Some(CellPart::Says(DateToken::Word(DateWord::Phase))) => {}
                CellPart::Date(_) if depth == 0 => reader.date()?,
                CellPart::Says(token) if depth == 0 => reader.token(*token)?,
                CellPart::Date(_) | CellPart::Says(_) => {}
            }
            before = Some(*part);
        }
        reader.sentence_ends()?;
        let beside = reader.beside;
        // a year is too little to be distinguished from a number in a sentence
        let year_only = parts.dates.iter().all(|d| d.year_only);
        (!year_only || !(beside.notes || beside.labels)).then_some(beside)
    }
}

impl SentenceReader {
    fn date(&mut self) -> Option<()> {
        let in_a_sentence = self.stage == SentenceStage::Note || self.others > 0;
        (self.dated, self.stage) = (true, SentenceStage::AfterDate);
        (!in_a_sentence).then_some(())
    }

    fn token(&mut self, token: DateToken) -> Option<()> {
        const LONGEST_LABEL: usize = 4;
        match (token, self.stage) {
            (DateToken::Break, _) => self.sentence_ends()?,
            (DateToken::Colon, SentenceStage::BeforeDate) if self.others > 0 => {
                self.beside.labels = true;
                (std::mem::take(&mut self.others) <= LONGEST_LABEL).then_some(())?;
            }
            (DateToken::Colon | DateToken::Dash { spaced: true }, SentenceStage::AfterDate) => {
                self.stage = SentenceStage::Parted;
            }
            (known, _) if is_known(known) => {}
            (_, SentenceStage::Parted | SentenceStage::Note) => {
                self.stage = SentenceStage::Note;
                self.beside.notes = true;
            }
            (_, SentenceStage::AfterDate) => return None,
            (_, SentenceStage::BeforeDate) => self.others += 1,
        }
        Some(())
    }

    /// A sentence without a date is a note, if a date stands before it.
    fn sentence_ends(&mut self) -> Option<()> {
        if self.others > 0 {
            self.beside.notes = true;
            (self.dated && self.stage == SentenceStage::BeforeDate).then_some(())?;
        }
        (self.others, self.stage) = (0, SentenceStage::BeforeDate);
        Some(())
    }
}
