//! Sizes, spaces and colours: all that gives the pages their look.

use crate::plan::Colour;

use super::length::Length;

/// A size of letters with the distance between their lines, and their colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextStyle {
    pub(crate) size: Length,
    pub(crate) leading: Length,
    pub(crate) ink: Colour,
}

impl TextStyle {
    const fn new(size: i32, leading: i32, ink: Colour) -> Self {
        Self { size: Length::tenths(size), leading: Length::tenths(leading), ink }
    }

    /// The same in another colour.
    pub(crate) fn inked(self, ink: Colour) -> Self {
        Self { ink, ..self }
    }

    /// How far below the top of its line a baseline is: capitals, so many thousandths of an em
    /// tall, stand in the middle of the line.
    pub(crate) fn baseline(self, capitals: i32) -> Length {
        self.leading / 2 + Length::milli(self.size.as_milli() / 1000 * capitals / 2)
    }
}

/// Words. 16:1 on white.
pub(crate) const INK: Colour = Colour::new(0x1b, 0x23, 0x2a);
/// Words of the second rank. 7:1 on white, 6:1 on the tints.
pub(crate) const QUIET: Colour = Colour::new(0x4a, 0x55, 0x5e);
/// Words on the main colour.
pub(crate) const PAPER: Colour = Colour::new(0xff, 0xff, 0xff);
/// Behind the header row.
pub(crate) const HEADER_TINT: Colour = Colour::new(0xe4, 0xea, 0xee);
/// Behind an objective.
pub(crate) const OBJECTIVE_TINT: Colour = crate::brand::TINT;
/// Between rows.
pub(crate) const HAIRLINE: Colour = Colour::new(0xc3, 0xcc, 0xd3);
/// Between objectives.
pub(crate) const RULE: Colour = Colour::new(0x7a, 0x8a, 0x96);

pub(crate) const TITLE: TextStyle = TextStyle::new(240, 300, INK);
pub(crate) const ORGANISATION: TextStyle = TextStyle::new(110, 150, QUIET);
/// In the main colour.
pub(crate) const HEADING: TextStyle = TextStyle::new(140, 180, INK);
pub(crate) const THEME: TextStyle = TextStyle::new(105, 150, PAPER);
/// In the main colour.
pub(crate) const THEME_HEADING: TextStyle = TextStyle::new(160, 210, INK);
pub(crate) const OBJECTIVE_HEADING: TextStyle = TextStyle::new(130, 180, INK);
pub(crate) const CARD_HEADING: TextStyle = TextStyle::new(120, 180, INK);
pub(crate) const FOOTER: TextStyle = TextStyle::new(80, 100, QUIET);

/// The sizes of one form of pages.
#[derive(Debug)]
pub(crate) struct TypeSizes {
    /// Paragraphs outside of tables.
    pub(crate) prose: TextStyle,
    /// Captions, and links below a text.
    pub(crate) small: TextStyle,
    /// Words in cells and cards.
    pub(crate) cell: TextStyle,
    /// Notes in cells and cards.
    pub(crate) note: TextStyle,
    pub(crate) subheading: TextStyle,
    pub(crate) subsubheading: TextStyle,
    pub(crate) fact_label: TextStyle,
    pub(crate) fact_value: TextStyle,
    /// The width of the column in which the headings of sections stand, beside their text; none if
    /// they stand above it.
    pub(crate) aside: Length,
    /// The widest that prose is set.
    pub(crate) measure: Length,
}

/// Pages on their sides, for a table: some ninety letters a line of prose.
pub(crate) const TABLE: TypeSizes = TypeSizes {
    prose: TextStyle::new(110, 150, INK),
    small: TextStyle::new(90, 120, QUIET),
    cell: CELL,
    note: TextStyle::new(90, 120, QUIET),
    subheading: TextStyle::new(110, 150, INK),
    subsubheading: TextStyle::new(110, 150, QUIET),
    fact_label: TextStyle::new(90, 120, QUIET),
    fact_value: TextStyle::new(110, 150, INK),
    aside: Length::pt(180),
    measure: Length::pt(520),
};

/// Upright pages, for cards: no words but the running ones are smaller than 12 points.
pub(crate) const CARDS: TypeSizes = TypeSizes {
    prose: TextStyle::new(120, 180, INK),
    small: TextStyle::new(120, 180, QUIET),
    cell: TextStyle::new(120, 180, INK),
    note: TextStyle::new(120, 180, QUIET),
    subheading: TextStyle::new(120, 180, INK),
    subsubheading: TextStyle::new(120, 180, QUIET),
    fact_label: TextStyle::new(120, 180, QUIET),
    fact_value: TextStyle::new(120, 180, INK),
    aside: Length::ZERO,
    measure: Length::pt(486),
};

pub(crate) const CELL: TextStyle = TextStyle::new(90, 120, INK);

/// Lines and the spaces between them are multiples of it, so that lines side by side share their
/// baselines.
pub(crate) const GRID: Length = Length::pt(3);
/// Left and right of the words in a cell.
pub(crate) const CELL_SIDE: Length = Length::tenths(40);
/// Above the words of a cell.
pub(crate) const CELL_TOP: Length = Length::tenths(25);
/// Below the words of a cell.
pub(crate) const CELL_BOTTOM: Length = Length::tenths(35);
/// Between the paragraphs of a cell.
pub(crate) const CELL_PARAGRAPH: Length = Length::pt(6);
/// Left and right of the word on a coloured label.
pub(crate) const LABEL_SIDE: Length = Length::pt(4);
/// Thickness of the rules between rows, between objectives, and at the ends of the table.
pub(crate) const HAIR: Length = Length::tenths(4);
pub(crate) const FINE: Length = Length::tenths(7);
pub(crate) const STRONG: Length = Length::tenths(14);
