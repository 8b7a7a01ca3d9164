//! The colours that have a number instead of a value.

use crate::colour::Colour;

/// The number of the first colour of the palette.
const FIRST: usize = 8;

/// The palette of a workbook that has none of its own ([MS-XLS] 2.5.161).
const USUAL: [u32; 56] = [
    0x00_0000, 0xff_ffff, 0xff_0000, 0x00_ff00, 0x00_00ff, 0xff_ff00, 0xff_00ff, 0x00_ffff,
    0x80_0000, 0x00_8000, 0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xc0_c0c0, 0x80_8080,
    0x99_99ff, 0x99_3366, 0xff_ffcc, 0xcc_ffff, 0x66_0066, 0xff_8080, 0x00_66cc, 0xcc_ccff,
    0x00_0080, 0xff_00ff, 0xff_ff00, 0x00_ffff, 0x80_0080, 0x80_0000, 0x00_8080, 0x00_00ff,
    0x00_ccff, 0xcc_ffff, 0xcc_ffcc, 0xff_ff99, 0x99_ccff, 0xff_99cc, 0xcc_99ff, 0xff_cc99,
    0x33_66ff, 0x33_cccc, 0x99_cc00, 0xff_cc00, 0xff_9900, 0xff_6600, 0x66_6699, 0x96_9696,
    0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
];

/// The colours of a workbook by their numbers.
#[derive(Clone)]
pub(super) struct IndexedColours {
    colours: Vec<Colour>,
}

impl Default for IndexedColours {
    fn default() -> Self {
        Self { colours: USUAL.map(Colour::from_rgb).to_vec() }
    }
}

impl IndexedColours {
    /// A palette of a workbook's own, of which four bytes are a colour.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let colours = bytes.chunks_exact(4).take(USUAL.len());
        Self {
            colours: colours
                .filter_map(|c| Some(Colour::new(*c.first()?, *c.get(1)?, *c.get(2)?)))
                .collect(),
        }
    }

    /// The colour with this number; none if the system has one for it, as for words without a
    /// style.
    pub(super) fn colour(&self, number: usize) -> Option<Colour> {
        let first = if number < FIRST { 0 } else { FIRST };
        self.colours.get(number - first).copied()
    }
}

/// The colour of paper.
pub(super) const WHITE: Colour = Colour::new(255, 255, 255);

/// The colour of words without a colour of their own.
pub(super) const BLACK: Colour = Colour::new(0, 0, 0);

/// A colour of words that says something, as the usual black and greys do not.
pub(super) fn meaningful_colour(colour: Colour) -> Option<Colour> {
    const MIN_RANGE: u8 = 32;
    let parts = [colour.red, colour.green, colour.blue];
    let range = parts.iter().max().zip(parts.iter().min()).map_or(0, |(most, least)| most - least);
    (range >= MIN_RANGE).then_some(colour)
}

/// A colour that can be distinguished from paper.
pub(super) fn visible(colour: Colour) -> Option<Colour> {
    (colour != WHITE).then_some(colour)
}
