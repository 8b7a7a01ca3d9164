//! The colours of a document, numbered: on a page, "3 sc" is shorter than "0.106 0.137 0.165 rg",
//! and says the same.

use lopdf::{Object, StringFormat};

use crate::layout::LaidOutPages;
use crate::layout::page::PageItem;
use crate::plan::Colour;

/// The name of the colour space among the resources of a page.
pub(crate) const NAME: &str = "I";

/// The most colours that one byte numbers (ISO 32000-1, 8.6.6.3).
const MOST: usize = 256;

/// The colours that are filled with, each once.
pub(crate) struct PdfPalette(Vec<Colour>);

impl PdfPalette {
    /// Those of words and areas, in the order of the pages; pictures have their own.
    pub(crate) fn of(pages: &LaidOutPages) -> Self {
        let items = pages.alike.iter().chain(&pages.sheets).flat_map(|page| &page.items);
        let mut colours = Vec::new();
        for item in items {
            let colour = match item {
                PageItem::Text(run) => run.ink,
                PageItem::Fill { colour, .. } => *colour,
                PageItem::Picture(_) | PageItem::Alike(_) => continue,
            };
            if colours.last() != Some(&colour) && !colours.contains(&colour) && colours.len() < MOST
            {
                colours.push(colour);
            }
        }
        Self(colours)
    }

    /// The number of a colour; none of one too many.
    pub(crate) fn number(&self, colour: Colour) -> Option<usize> {
        self.0.iter().position(|known| *known == colour)
    }

    /// The colour space that gives the numbers their meaning; none where there are no colours.
    pub(crate) fn space(&self) -> Option<Object> {
        let last = i64::try_from(self.0.len()).ok()?.checked_sub(1).filter(|last| *last >= 0)?;
        let parts =
            self.0.iter().flat_map(|colour| [colour.red, colour.green, colour.blue]).collect();
        Some(Object::Array(vec![
            "Indexed".into(),
            "DeviceRGB".into(),
            last.into(),
            Object::String(parts, StringFormat::Hexadecimal),
        ]))
    }
}
