//! How cells look, as far as the checklist asks.

use crate::colour::Colour;
use crate::error::Error;
use crate::limits::Limits;
use crate::read::workbook::xlsx::font::FontAttributes;
use crate::read::workbook::xlsx::styles::{FillPattern, WorkbookStyles};

/// The looks of cells, by their numbers.
#[derive(Debug, Default)]
pub(super) struct CellStyles {
    cells: Vec<CheckedStyle>,
    usual: CheckedStyle,
    /// Which of the looks that depend on values fill their cells.
    fills: Vec<bool>,
}

/// How a cell looks.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CheckedStyle {
    pub(super) font: FontAttributes,
    /// The colour of its words, where they have one of their own.
    pub(super) ink: Option<Colour>,
    pub(super) fill: Option<CellFill>,
    pub(super) wraps: bool,
    pub(super) turned: bool,
    /// Whether its style is a heading, by Excel's name.
    pub(super) heading: bool,
}

/// What stands behind words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellFill {
    pub(super) colour: Colour,
    /// Whether it is a pattern in that colour.
    pub(super) patterned: bool,
}

impl CellStyles {
    pub(super) fn get(&self, number: usize) -> &CheckedStyle {
        self.cells.get(number).unwrap_or(&self.usual)
    }

    /// Whether a look that depends on values fills its cells.
    pub(super) fn fills(&self, number: usize) -> bool {
        self.fills.get(number).copied().unwrap_or_default()
    }
}

/// Reads the styles of a workbook.
pub(super) fn read(part: &[u8], theme: &[u8], limits: &Limits) -> Result<CellStyles, Error> {
    let sheet = WorkbookStyles::read(part, Some(theme).filter(|theme| !theme.is_empty()), limits)?;
    let headings: Vec<&str> = sheet
        .named
        .iter()
        .filter(|style| is_heading(&style.built_in, &style.name))
        .map(|style| style.number.as_str())
        .collect();
    let cells = sheet.formats.iter().map(|format| {
        let (font, fill) = (sheet.font(format), sheet.fill(format));
        CheckedStyle {
            ink: font.colour.filter(|_| font.attributes.coloured),
            fill: (fill.pattern != FillPattern::None).then(|| CellFill {
                colour: fill.colour.unwrap_or(Colour::new(255, 255, 255)),
                patterned: fill.pattern != FillPattern::Solid,
            }),
            font: font.attributes,
            wraps: format.wraps,
            turned: format.turned,
            heading: headings.contains(&format.base.as_str()),
        }
    });
    let cells = cells.collect();
    Ok(CellStyles { cells, usual: CheckedStyle::default(), fills: sheet.conditional_fills })
}

/// The numbers of Excel's own styles of headings: Title, and Heading 1 to 4 (ECMA-376, 18.8.7).
const HEADINGS: [&str; 5] = ["15", "16", "17", "18", "19"];

/// What LibreOffice calls the styles of Excel, whose numbers it leaves out.
const OF_EXCEL: &str = "Excel Built-in ";

/// Whether a named style is one for headings.
fn is_heading(number: &str, name: &str) -> bool {
    let name = name.strip_prefix(OF_EXCEL).unwrap_or(name);
    HEADINGS.contains(&number) || name == "Title" || name.starts_with("Heading ")
}
