//! How cells look, as far as the checklist asks.

use calamine::{FillPattern, TextRotation};

use crate::colour::Colour;
use crate::error::Error;
use crate::read::Limits;
use crate::read::workbook::xlsx::styles;
use crate::read::workbook::xml::{XmlEvent, XmlReader, XmlTag, attribute, decoded};

use super::words::FontAttributes;

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
    let colour = |c: calamine::Color| Colour::new(c.red, c.green, c.blue);
    // calamine resolves themes, tints and the colours that have a number only
    let looks = styles::each(part, Some(theme).filter(|theme| !theme.is_empty()), |style| {
        let fill = style.fill.as_ref().filter(|fill| fill.pattern != FillPattern::None);
        let alignment = style.alignment.as_ref();
        CheckedStyle {
            ink: style.font.as_ref().and_then(|font| font.color).map(colour),
            fill: fill.map(|fill| CellFill {
                colour: fill.foreground_color.map_or(Colour::new(255, 255, 255), colour),
                patterned: fill.pattern != FillPattern::Solid,
            }),
            wraps: alignment.is_some_and(|a| a.wrap_text),
            turned: alignment.is_some_and(|a| {
                !matches!(a.text_rotation, TextRotation::None | TextRotation::Degrees(0))
            }),
            ..CheckedStyle::default()
        }
    });
    let mut cells = looks.unwrap_or_default();
    let own = ExtraStyle::read(&decoded(part), limits)?;
    cells.resize(own.cells.len().max(cells.len()), CheckedStyle::default());
    for (cell, (font, named)) in cells.iter_mut().zip(&own.cells) {
        cell.font = own.fonts.get(*font).cloned().unwrap_or_default();
        cell.heading = own.headings.contains(named);
        cell.ink = cell.ink.filter(|_| cell.font.coloured);
    }
    Ok(CellStyles { cells, usual: CheckedStyle::default(), fills: own.fills })
}

/// What calamine does not tell.
#[derive(Default)]
struct ExtraStyle {
    fonts: Vec<FontAttributes>,
    /// The number of the font and of the named style of each cell's style.
    cells: Vec<(usize, String)>,
    /// The numbers of the named styles that are headings.
    headings: Vec<String>,
    fills: Vec<bool>,
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

impl ExtraStyle {
    fn read(part: &str, limits: &Limits) -> Result<Self, Error> {
        let mut own = Self::default();
        let mut xml = XmlReader::new(part, limits);
        let mut list = String::new();
        while let Some(event) = xml.next()? {
            match event {
                XmlEvent::Start(tag) | XmlEvent::Empty(tag) => own.take(&tag, &mut list),
                XmlEvent::End(tag) if tag.name == list => list.clear(),
                _ => {}
            }
        }
        Ok(own)
    }

    /// Takes a tag that stands in one of the lists.
    fn take(&mut self, tag: &XmlTag<'_>, list: &mut String) {
        let name = tag.name;
        let value = |name| attribute(tag, name).unwrap_or_default().into_owned();
        match (list.as_str(), name) {
            ("", "fonts" | "cellXfs" | "cellStyles" | "dxfs") => name.clone_into(list),
            ("fonts", "font") => self.fonts.push(FontAttributes::default()),
            ("fonts", _) => {
                if let Some(font) = self.fonts.last_mut() {
                    font.take(tag);
                }
            }
            ("cellXfs", "xf") => {
                self.cells.push((value("fontId").parse().unwrap_or_default(), value("xfId")))
            }
            ("cellStyles", "cellStyle") if is_heading(&value("builtinId"), &value("name")) => {
                self.headings.push(value("xfId"))
            }
            ("dxfs", "dxf") => self.fills.push(false),
            ("dxfs", "patternFill") => {
                if let Some(fills) = self.fills.last_mut() {
                    *fills = value("patternType") != "none";
                }
            }
            _ => {}
        }
    }
}
