//! What matters of a cell's style, whatever kind of workbook it comes from.

use crate::colour::Colour;
use crate::source::CellType;
use crate::text::Span;

use super::builder::CellAttributes;
use super::number::{CellNumberFormat, Epoch};
use super::palette::{WHITE, visible};

/// The style of a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CellStyle {
    pub(super) struck: bool,
    pub(super) fill: Option<Colour>,
    pub(super) indent: u8,
    pub(super) format: CellNumberFormat,
    /// The colour of its words; none for black and greys, which say nothing.
    pub(super) ink: Option<Colour>,
    /// Whether its words have the colour of what is behind them.
    pub(super) is_unseen: bool,
}

/// What is behind the words of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum CellBackground {
    #[default]
    Paper,
    Colour(Colour),
    /// A pattern, or a colour that is not known.
    Other,
}

impl CellBackground {
    /// The colour that fills the cell; none for white.
    pub(super) fn fill(self) -> Option<Colour> {
        match self {
            Self::Colour(colour) => visible(colour),
            Self::Paper | Self::Other => None,
        }
    }

    /// Whether words of this colour cannot be seen on it.
    pub(super) fn hides(self, ink: Option<Colour>) -> bool {
        match self {
            Self::Paper => ink == Some(WHITE),
            Self::Colour(colour) => ink == Some(colour),
            Self::Other => false,
        }
    }
}

/// What a style makes of the words of a cell, whatever they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct StyleHiding {
    pub(super) by_colour: bool,
    pub(super) numbers: bool,
    pub(super) words: bool,
}

impl CellStyle {
    /// What a cell of this style shows beside its words.
    pub(super) fn shown(&self, holds: CellType, calculated: bool) -> CellAttributes {
        let concealment = StyleHiding {
            by_colour: self.is_unseen,
            numbers: self.format.hides_numbers,
            words: self.format.hides_words,
        };
        CellAttributes {
            holds,
            calculated,
            fill: self.fill,
            indent: self.indent,
            ink: self.ink,
            concealment,
            hidden: None,
        }
    }

    /// Words in this style.
    pub(super) fn run(&self, words: impl Into<String>) -> Span {
        let mut run = Span::plain(words);
        run.style.struck = self.struck;
        run
    }

    /// A number in this style.
    pub(super) fn number(&self, value: f64, epoch: Epoch) -> (Span, CellType) {
        let (words, holds) = self.format.words(value, epoch);
        (self.run(words), holds)
    }
}
