//! How cells look: one format for each kind of cell, made once.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use super::links::LinkCounts;
use super::run_attributes::RunAttributes;
use crate::plan::Colour;
use crate::report::StatusMark;

/// The font of every cell; Liberation Sans, with the same widths, stands in where it is missing.
pub(super) const FONT: &str = "Arial";

/// How numbers are shown that say by how much something is more or less.
pub(super) const SIGNED: &str = "+0;-0;0";

pub(super) const INK: u32 = 0x0b_0c0c;
const QUIET_INK: u32 = 0x50_5a5f;
const LINK_INK: u32 = 0x1d_5a9e;
const LINE: u32 = 0xbf_c7cc;
const DARK: u32 = 0x1f_3a4d;
const BAND: u32 = 0xd9_e4ea;
const ENTRY_HEAD: u32 = 0xff_e08a;
const ENTRY: u32 = 0xff_fbe8;

/// The formats of a workbook's cells.
pub(super) struct WorkbookFormats {
    /// The workbook's own: body text.
    pub(super) body: Format,
    /// Body text that wraps.
    pub(super) prose: Format,
    /// The title of the document, or of a sheet.
    pub(super) title: Format,
    /// Words under a title.
    pub(super) quiet: Format,
    /// The line under the title of the document.
    pub(super) heading_line: Format,
    /// What a fact says, over the cells beside it.
    pub(super) fact: Format,
    /// The label of a fact.
    pub(super) label: Format,
    /// A header of a table.
    pub(super) header: Format,
    /// A header over words that stand at the right.
    pub(super) number_header: Format,
    /// A header of a column to fill in.
    pub(super) entry_header: Format,
    /// The legend over the columns to fill in.
    pub(super) legend: Format,
    /// A cell of a table.
    pub(super) cell: Format,
    /// A cell of a table that heads its row.
    pub(super) row_header: Format,
    /// A cell of a table whose words stand at the right.
    pub(super) number: Format,
    /// A cell of a table that says by how much something is more or less, with its sign.
    pub(super) difference: Format,
    /// A cell of a table with a part of a whole, in percent.
    pub(super) share: Format,
    /// A cell of a table with words around the plan's own.
    pub(super) note: Format,
    /// A link in a table.
    pub(super) link: Format,
    /// A link outside of tables.
    pub(super) plain_link: Format,
    /// A cell of a table with a day.
    pub(super) day: Format,
    /// A cell of a table with a month: its last day, shown as precisely as it is known.
    pub(super) month: Format,
    /// A cell to fill in.
    pub(super) entry: Format,
    /// A cell to fill in with a date.
    pub(super) entry_date: Format,
    /// What a theme's first row takes on, over all of its cells.
    pub(super) line_above: Format,
    /// What a theme takes on in its first row.
    pub(super) begins: Format,
    /// What a theme or objective takes on that the row above says already.
    pub(super) repeated: Format,
    /// The fonts of words with emphasis.
    pub(super) fonts: FontFormats,
    marks: Vec<(Colour, Colour, Format)>,
}

impl WorkbookFormats {
    pub(super) fn new() -> Self {
        let body = Format::new().set_font_name(FONT).set_font_size(BODY_POINTS).set_font_color(INK);
        let prose = body.clone().set_text_wrap().set_align(FormatAlign::Top);
        let cell = prose.clone().set_border(FormatBorder::Thin).set_border_color(LINE);
        let header =
            cell.clone().set_bold().set_font_color(Color::White).set_background_color(DARK);
        let entry_header = cell.clone().set_bold().set_background_color(ENTRY_HEAD);
        let entry = cell.clone().set_background_color(ENTRY).set_unlocked();
        let title = body
            .clone()
            .set_bold()
            .set_font_size(TITLE_POINTS)
            .set_align(FormatAlign::VerticalCenter)
            .set_font_color(DARK);
        Self {
            heading_line: body
                .clone()
                .set_bold()
                .set_font_size(HEADING_POINTS)
                .set_font_color(DARK),
            quiet: body.clone().set_font_color(QUIET_INK).set_align(FormatAlign::Top),
            fact: body.clone().set_align(FormatAlign::Top),
            label: prose.clone().set_bold(),
            number_header: header.clone().set_align(FormatAlign::Right),
            legend: entry_header.clone(),
            row_header: cell.clone().set_bold(),
            share: cell.clone().set_align(FormatAlign::Right).set_num_format("0%"),
            number: cell.clone().set_align(FormatAlign::Right),
            difference: cell.clone().set_align(FormatAlign::Right).set_num_format(SIGNED),
            note: cell.clone().set_font_color(QUIET_INK),
            link: cell.clone().set_font_color(LINK_INK).set_underline(FormatUnderline::Single),
            plain_link: prose
                .clone()
                .set_font_color(LINK_INK)
                .set_underline(FormatUnderline::Single),
            day: cell.clone().set_num_format("d mmm yyyy").set_align(FormatAlign::Left),
            month: cell.clone().set_num_format("mmm yyyy").set_align(FormatAlign::Left),
            entry_date: entry.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            // Excel draws no thicker line on a condition; the other lines would go if they were not
            // named
            line_above: Format::new()
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE)
                .set_border_top_color(DARK),
            begins: Format::new().set_bold().set_font_color(DARK).set_background_color(BAND),
            repeated: Format::new().set_font_color(QUIET_INK),
            fonts: FontFormats::new(
                &Format::new().set_font_name(FONT).set_font_size(BODY_POINTS).set_font_color(INK),
            ),
            marks: Vec::new(),
            body,
            prose,
            title,
            header,
            entry_header,
            cell,
            entry,
        }
    }

    /// Makes the format of a state, unless it is there.
    pub(super) fn learn(&mut self, mark: &StatusMark) {
        if !self.marks.iter().any(|(fill, ink, _)| (*fill, *ink) == (mark.fill, mark.ink)) {
            let format = self
                .cell
                .clone()
                .set_bold()
                .set_background_color(colour(mark.fill))
                .set_font_color(colour(mark.ink));
            self.marks.push((mark.fill, mark.ink, format));
        }
    }

    /// The format of a cell of a table that shows a state which was learnt.
    pub(super) fn mark(&self, mark: &StatusMark) -> &Format {
        self.marks
            .iter()
            .find(|(fill, ink, _)| (*fill, *ink) == (mark.fill, mark.ink))
            .map_or(&self.cell, |(_, _, format)| format)
    }
}

/// What a cell takes on when a state's word stands in it.
pub(super) fn shade(mark: &StatusMark) -> Format {
    Format::new()
        .set_bold()
        .set_background_color(colour(mark.fill))
        .set_font_color(colour(mark.ink))
}

/// Size of a sheet's title, in points.
pub(super) const TITLE_POINTS: u32 = 16;
/// Size of body text, in points.
pub(super) const BODY_POINTS: u32 = 10;
/// Size of a heading, in points.
pub(super) const HEADING_POINTS: u32 = 12;

pub(super) fn colour(colour: Colour) -> Color {
    Color::RGB(u32::from_be_bytes([0, colour.red, colour.green, colour.blue]))
}

/// A font for each look of words, and how many links the sheets have in which they stand.
pub(super) struct FontFormats {
    fonts: Vec<Format>,
    pub(super) links: LinkCounts,
}

impl FontFormats {
    fn new(plain: &Format) -> Self {
        let font = |look: RunAttributes| {
            let mut font = plain.clone();
            if look.has(RunAttributes::QUIET) {
                font = font.set_font_color(QUIET_INK);
            }
            if look.has(RunAttributes::LINK) {
                font = font.set_font_color(LINK_INK).set_underline(FormatUnderline::Single);
            }
            if look.has(RunAttributes::BOLD) {
                font = font.set_bold();
            }
            if look.has(RunAttributes::ITALIC) {
                font = font.set_italic();
            }
            if look.has(RunAttributes::STRUCK) {
                font = font.set_font_strikethrough();
            }
            font
        };
        Self::each(font)
    }

    /// The font that is made of each look.
    pub(super) fn each(font: impl Fn(RunAttributes) -> Format) -> Self {
        Self { fonts: RunAttributes::all().map(font).collect(), links: LinkCounts::default() }
    }

    /// The font of words that look like this.
    pub(super) fn of(&self, look: RunAttributes) -> &Format {
        &self.fonts[look.index()]
    }
}
