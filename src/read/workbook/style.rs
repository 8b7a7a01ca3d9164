//! What matters of a cell's style, whatever kind of workbook it comes from.

use crate::colour::Colour;
use crate::source::Holds;
use crate::text::Span;

use super::gather::Shown;
use super::number::{Epoch, Format};

/// The style of a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CellStyle {
    pub(super) struck: bool,
    pub(super) fill: Option<Colour>,
    pub(super) indent: u8,
    pub(super) format: Format,
}

impl CellStyle {
    /// What a cell of this style shows beside its words.
    pub(super) fn shown(&self, holds: Holds, calculated: bool) -> Shown {
        Shown { holds, calculated, fill: self.fill, indent: self.indent }
    }

    /// Words in this style.
    pub(super) fn run(&self, words: impl Into<String>) -> Span {
        let mut run = Span::plain(words);
        run.style.struck = self.struck;
        run
    }

    /// A number in this style.
    pub(super) fn number(&self, value: f64, epoch: Epoch) -> (Span, Holds) {
        let (words, holds) = self.format.words(value, epoch);
        (self.run(words), holds)
    }
}
