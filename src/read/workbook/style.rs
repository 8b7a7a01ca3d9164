//! What matters of a cell's style, whatever kind of workbook it comes from.

use crate::colour::Colour;
use crate::source::{CellType, HiddenBy};
use crate::text::Span;

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
    pub(super) colours: TextColours,
    /// Whether its words are not displayed, or are too small to be seen.
    pub(super) is_removed: bool,
}

/// The colour of words, and what is behind them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct TextColours {
    /// None if it is not known, or is whatever can be seen.
    pub(super) ink: Option<Colour>,
    pub(super) background: CellBackground,
}

impl TextColours {
    /// Whether the words cannot be seen.
    pub(super) fn hide(self) -> bool {
        let background = match self.background {
            CellBackground::Paper => WHITE,
            CellBackground::Colour(colour) => colour,
            CellBackground::Other => return false,
        };
        self.ink.is_some_and(|ink| ink.is_lost_on(background))
    }

    /// The same with words of another colour, if there is one.
    pub(super) fn with_ink(self, ink: Option<Colour>) -> Self {
        Self { ink: ink.or(self.ink), ..self }
    }
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
}

/// How a style hides what stands in a cell, if it is words or if it is a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct StyleHiding {
    pub(super) numbers: Option<HiddenBy>,
    pub(super) words: Option<HiddenBy>,
}

impl StyleHiding {
    /// Hidden, whatever stands there.
    pub(super) fn all(by: HiddenBy) -> Self {
        Self { numbers: Some(by), words: Some(by) }
    }
}

/// What a cell shows beside its words.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct CellAttributes {
    pub(super) holds: CellType,
    pub(super) calculated: bool,
    pub(super) fill: Option<Colour>,
    pub(super) indent: u8,
    pub(super) ink: Option<Colour>,
    pub(super) concealment: StyleHiding,
    pub(super) hidden: Option<HiddenBy>,
    /// What formats that depend on values change.
    pub(super) colours: TextColours,
    /// The number that it holds, if that is known.
    pub(super) number: Option<f64>,
}

/// Fonts of fewer points cannot be read.
const LEAST_POINTS: f64 = 3.0;

/// Whether a font of this size, in points, is too small to be seen.
pub(super) fn is_too_small(points: f64) -> bool {
    points < LEAST_POINTS
}

/// A run of words in a cell, and how its own look hides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StyledRun {
    pub(super) span: Span,
    pub(super) hidden: Option<HiddenBy>,
}

impl StyledRun {
    /// A run in these colours, which may be removed.
    pub(super) fn new(span: Span, colours: TextColours, is_removed: bool) -> Self {
        let by_colour = colours.hide().then_some(HiddenBy::Colour);
        Self { span, hidden: if is_removed { Some(HiddenBy::CellStyle) } else { by_colour } }
    }
}

impl CellStyle {
    /// What a cell of this style shows beside its words.
    pub(super) fn shown(&self, holds: CellType, calculated: bool) -> CellAttributes {
        let concealment = StyleHiding {
            numbers: self.hiding(self.format.hides_numbers, self.format.ink_of_numbers()),
            words: self.hiding(self.format.hides_words, self.format.ink_of_words),
        };
        CellAttributes {
            holds,
            calculated,
            fill: self.fill,
            indent: self.indent,
            ink: self.ink,
            concealment,
            hidden: None,
            colours: self.colours,
            number: None,
        }
    }

    /// How a number is hidden, whose format may give it a colour that others have not.
    pub(super) fn hiding_of_number(&self, value: f64) -> Option<HiddenBy> {
        self.hiding(self.format.hides_numbers, self.format.ink_of(value))
    }

    /// How words are hidden whose number format shows nothing, or gives them a colour.
    fn hiding(&self, by_format: bool, ink: Option<Colour>) -> Option<HiddenBy> {
        match () {
            () if by_format => Some(HiddenBy::NumberFormat),
            () if self.is_removed => Some(HiddenBy::CellStyle),
            () => self.colours.with_ink(ink).hide().then_some(HiddenBy::Colour),
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
