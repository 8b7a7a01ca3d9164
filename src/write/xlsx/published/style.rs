//! The formats of a workbook to publish: sans serif, 12 points, the reader's own colours, no
//! borders and no fills.

use rust_xlsxwriter::{Format, FormatAlign};

use crate::write::xlsx::run_attributes::RunAttributes;
use crate::write::xlsx::style::{FONT, FontFormats, SIGNED};

/// Size of a sheet's heading, in points; nothing else is of this size.
pub(super) const HEADING_1_POINTS: u32 = 16;
/// Size of a heading within a sheet, in points; nothing else is of this size.
pub(super) const HEADING_2_POINTS: u32 = 14;
/// Size of all other words, in points.
pub(super) const BODY_POINTS: u32 = 12;

/// How wide a column's words are indented, in pixels.
pub(super) const INDENT: u32 = 12;

/// The formats of cells.
pub(super) struct PublishedFormats {
    /// The workbook's own.
    pub(super) plain: Format,
    /// The heading of a sheet.
    pub(super) heading_1: Format,
    /// A heading within a sheet.
    pub(super) heading_2: Format,
    /// Words that wrap.
    pub(super) prose: Format,
    /// Words of a table, which wrap and keep away from those of the column before.
    pub(super) cell: Format,
    /// A header of a table.
    pub(super) header: Format,
    /// A header over numbers.
    pub(super) number_header: Format,
    /// How many.
    pub(super) count: Format,
    /// How many in a hundred.
    pub(super) percent: Format,
    /// By how much something is more or less, with its sign.
    pub(super) difference: Format,
    /// A link.
    pub(super) link: Format,
    /// The fonts of words with emphasis, which is bold or struck through: many cannot read italics
    /// well.
    pub(super) fonts: FontFormats,
}

impl PublishedFormats {
    pub(super) fn new() -> Self {
        let font = Format::new().set_font_name(FONT).set_font_size(BODY_POINTS);
        let prose = font.clone().set_text_wrap().set_align(FormatAlign::Top);
        let cell = prose.clone().set_align(FormatAlign::Left).set_indent(1);
        let header = cell.clone().set_bold();
        let number = font.clone().set_align(FormatAlign::Right).set_align(FormatAlign::Top);
        let look = |look: RunAttributes| {
            let bold = look.has(RunAttributes::BOLD) || look.has(RunAttributes::ITALIC);
            let font = if bold { font.clone().set_bold() } else { font.clone() };
            if look.has(RunAttributes::STRUCK) { font.set_font_strikethrough() } else { font }
        };
        Self {
            heading_1: font.clone().set_bold().set_font_size(HEADING_1_POINTS),
            heading_2: font.clone().set_bold().set_font_size(HEADING_2_POINTS),
            number_header: prose.clone().set_bold().set_align(FormatAlign::Right),
            header,
            count: number.clone().set_num_format("#,##0"),
            percent: number.clone().set_num_format("0%"),
            difference: number.set_num_format(SIGNED),
            link: cell.clone().set_hyperlink(),
            fonts: FontFormats::each(look),
            plain: font,
            prose,
            cell,
        }
    }
}
