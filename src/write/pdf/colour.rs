//! Colours as PDF has them (ISO 32000-1, 8.6.4.3).

use crate::layout::Length;
use crate::plan::Colour;

/// The parts of a colour: red, green and blue, each from 0 to 1 with three decimals.
pub(super) fn parts(colour: Colour) -> [Length; 3] {
    [colour.red, colour.green, colour.blue]
        .map(|part| Length::milli((i32::from(part) * 1000 + 127) / 255))
}
