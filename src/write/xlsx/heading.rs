//! Words that stand across columns: titles and captions.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::measure::{PADDING, SIDES, TALLEST, line_at, room_at};
use super::style::FontFormats;
use super::words::CellText;

/// Where words stand, and how.
pub(super) struct SheetHeading<'a> {
    /// The first and last column.
    pub(super) columns: (u16, u16),
    /// How wide these are together, in pixels.
    pub(super) width: u32,
    pub(super) format: &'a Format,
    pub(super) fonts: &'a FontFormats,
    /// Size of its words, in points.
    pub(super) points: u32,
}

impl SheetHeading<'_> {
    /// Writes words from a row on, over as many rows as they need, and says which row comes next,
    /// and how high they are together, in pixels.
    pub(super) fn write(
        &self,
        sheet: &mut Worksheet,
        at: u32,
        words: &str,
    ) -> Result<(u32, u32), XlsxError> {
        let line = line_at(self.points);
        let room = room_at(self.points, self.width.saturating_sub(SIDES));
        let most = usize::try_from((TALLEST - PADDING) / line).unwrap_or(1);
        let words = CellText::plain(words);
        let lines = words.lines(room);
        let (first, last) = self.columns;
        let wrapped = self.format.clone().set_text_wrap();
        let (mut at, mut height) = (at, 0);
        for (i, piece) in words.pieces(room, most, most).into_iter().enumerate() {
            let merged = last > first && lines > 1;
            if merged {
                sheet.merge_range(at, first, at, last, "", &wrapped)?;
            }
            piece.write(
                sheet,
                at,
                first,
                if merged { &wrapped } else { self.format },
                self.fonts,
            )?;
            let shown = u32::try_from((lines - i * most).min(most)).unwrap_or(1);
            sheet.set_row_height_pixels(at, shown * line + PADDING)?;
            height += shown * line + PADDING;
            at += 1;
        }
        Ok((at, height))
    }
}
