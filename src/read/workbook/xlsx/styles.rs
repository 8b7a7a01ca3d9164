//! The styles of a workbook: fonts, fills and number formats, and the formats of cells that are
//! made of them (ECMA-376-1, 18.8).

use std::collections::HashMap;

use crate::colour::Colour;
use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::read::workbook::conditional::ConditionalLook;
use crate::read::workbook::number::{CellNumberFormat, built_in};
use crate::read::workbook::palette::{BLACK, meaningful_colour};
use crate::read::workbook::style::{CellBackground, CellStyle, TextColours, is_too_small};
use crate::read::workbook::xml::{XmlEvent, XmlReader, XmlTag, attribute, decoded, is_on, is_set};

use super::font::FontAttributes;
use super::theme::ThemeColours;

/// The lists of the part that are read.
const LISTS: [&str; 6] = ["numFmts", "fonts", "fills", "cellXfs", "cellStyles", "dxfs"];

/// The styles part of a workbook.
#[derive(Default)]
pub(crate) struct WorkbookStyles {
    number_formats: HashMap<u16, String>,
    fonts: Vec<CellFont>,
    fills: Vec<PatternFill>,
    pub(crate) formats: Vec<CellXf>,
    /// The styles that have a name.
    pub(crate) named: Vec<NamedStyle>,
    /// Whether each of the formats that depend on values fills its cells.
    pub(crate) conditional_fills: Vec<bool>,
    /// What each of them makes of the words of its cells.
    pub(super) conditional: Vec<ConditionalLook>,
    pub(super) colours: ThemeColours,
    /// Whether the tags are about the font of such a format.
    in_font: bool,
}

/// A font as cells use it.
#[derive(Default, Clone)]
pub(crate) struct CellFont {
    pub(crate) attributes: FontAttributes,
    struck: bool,
    pub(crate) colour: Option<Colour>,
}

/// What is behind the words of cells.
#[derive(Default, Clone, Copy)]
pub(crate) struct PatternFill {
    pub(crate) pattern: FillPattern,
    /// The colour of the pattern; of a solid one, all that is seen.
    pub(crate) colour: Option<Colour>,
}

/// The kind of a pattern.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FillPattern {
    #[default]
    None,
    Solid,
    Other,
}

/// A format of cells: the numbers of what it is made of, and how words stand in the cell.
#[derive(Default)]
pub(crate) struct CellXf {
    font: usize,
    fill: usize,
    number_format: u16,
    /// The number of the named style that it is based on.
    pub(crate) base: String,
    indent: u8,
    pub(crate) wraps: bool,
    pub(crate) turned: bool,
}

/// A style that has a name.
pub(crate) struct NamedStyle {
    /// The number by which formats of cells are based on it.
    pub(crate) number: String,
    /// The number that Excel's own styles have; empty for others.
    pub(crate) built_in: String,
    pub(crate) name: String,
}

impl WorkbookStyles {
    /// Reads the styles part, with the theme's part if there is one.
    pub(crate) fn read(part: &[u8], theme: Option<&[u8]>, limits: &Limits) -> Result<Self, Error> {
        let (part, theme) = (decoded(part), theme.map(decoded));
        let colours = ThemeColours::read(theme.as_deref(), limits);
        let mut styles = Self { colours, ..Self::default() };
        let mut xml = XmlReader::new(&part, limits);
        let mut list = String::new();
        while let Some(event) = xml.next()? {
            match event {
                XmlEvent::Start(tag) if list.is_empty() && LISTS.contains(&tag.name) => {
                    tag.name.clone_into(&mut list);
                }
                XmlEvent::Start(tag) | XmlEvent::Empty(tag) => {
                    styles.take(&tag, &list);
                }
                XmlEvent::End(tag) if tag.name == list => list.clear(),
                _ => {}
            }
        }
        if xml.depth() > 0 {
            return Err(Error::new(ErrorKind::Unreadable, "the styles end in the middle"));
        }
        Ok(styles)
    }

    /// Takes in a tag that stands in one of the lists.
    fn take(&mut self, tag: &XmlTag<'_>, list: &str) {
        let colours = &self.colours;
        let value = |name| attribute(tag, name).unwrap_or_default().into_owned();
        let number = |name| value(name).parse().unwrap_or_default();
        match (list, tag.name) {
            ("numFmts", "numFmt") => {
                if let Ok(id) = value("numFmtId").parse() {
                    self.number_formats.insert(id, value("formatCode"));
                }
            }
            ("fonts", "font") => self.fonts.push(CellFont::default()),
            ("fonts", _) => {
                if let Some(font) = self.fonts.last_mut() {
                    font.take(tag, colours);
                }
            }
            ("fills", "fill") => self.fills.push(PatternFill::default()),
            ("fills", _) => {
                if let Some(fill) = self.fills.last_mut() {
                    fill.take(tag, colours);
                }
            }
            ("cellXfs", "xf") => self.formats.push(CellXf {
                font: number("fontId"),
                fill: number("fillId"),
                number_format: value("numFmtId").parse().unwrap_or_default(),
                base: value("xfId"),
                ..CellXf::default()
            }),
            ("cellXfs", "alignment") => {
                if let Some(format) = self.formats.last_mut() {
                    format.indent = value("indent").parse().unwrap_or_default();
                    format.wraps = is_set(tag, "wrapText");
                    format.turned = !matches!(value("textRotation").as_str(), "" | "0");
                }
            }
            ("cellStyles", "cellStyle") => self.named.push(NamedStyle {
                number: value("xfId"),
                built_in: value("builtinId"),
                name: value("name"),
            }),
            ("dxfs", "dxf") => {
                self.conditional_fills.push(false);
                self.conditional.push(ConditionalLook::default());
                self.in_font = false;
            }
            ("dxfs", name) => {
                if let (Some(fills), "patternFill") = (self.conditional_fills.last_mut(), name) {
                    *fills = value("patternType") != "none";
                }
                self.take_conditional(tag);
            }
            _ => {}
        }
    }

    /// Takes in a tag of a format that depends on values (18.8.14).
    fn take_conditional(&mut self, tag: &XmlTag<'_>) {
        let Some(look) = self.conditional.last_mut() else { return };
        match tag.name {
            "font" => self.in_font = true,
            "fill" | "border" | "alignment" | "protection" => self.in_font = false,
            "numFmt" => {
                let format =
                    CellNumberFormat::parse(&attribute(tag, "formatCode").unwrap_or_default());
                look.shows_nothing = format.hides_numbers && format.hides_words;
                look.ink = look.ink.or(format.ink_of_words);
            }
            "strike" if self.in_font => {
                look.struck =
                    Some(!matches!(attribute(tag, "val").as_deref(), Some("0" | "false")));
            }
            "color" if self.in_font => look.ink = Some(self.colours.of(tag).unwrap_or(BLACK)),
            "patternFill" => {
                look.background = match attribute(tag, "patternType").as_deref() {
                    Some("none") => None,
                    _ => Some(CellBackground::Other),
                };
            }
            "gradientFill" => look.background = Some(CellBackground::Other),
            // solid fills of these formats have their colour here
            "bgColor" => {
                let colour = self.colours.of(tag);
                look.background =
                    Some(colour.map_or(CellBackground::Other, CellBackground::Colour));
            }
            _ => {}
        }
    }

    /// The font of a format.
    pub(crate) fn font(&self, format: &CellXf) -> CellFont {
        self.fonts.get(format.font).cloned().unwrap_or_default()
    }

    /// The fill of a format.
    pub(crate) fn fill(&self, format: &CellXf) -> PatternFill {
        self.fills.get(format.fill).copied().unwrap_or_default()
    }

    /// The styles of cells, by their numbers.
    pub(super) fn cell_styles(&self) -> Vec<CellStyle> {
        self.formats.iter().map(|format| self.cell_style(format)).collect()
    }

    fn cell_style(&self, format: &CellXf) -> CellStyle {
        let (font, background) = (self.font(format), self.fill(format).background());
        let code = self.number_formats.get(&format.number_format).map(String::as_str);
        let code = code.filter(|code| *code != "General");
        CellStyle {
            struck: font.struck,
            fill: background.fill(),
            indent: format.indent,
            format: CellNumberFormat::parse(code.unwrap_or(built_in(format.number_format))),
            ink: font.colour.and_then(meaningful_colour),
            // what has no colour is black to Excel, whatever is behind it
            colours: TextColours { ink: Some(font.colour.unwrap_or(BLACK)), background },
            is_removed: font.attributes.size.is_some_and(is_too_small),
        }
    }
}

impl CellFont {
    fn take(&mut self, tag: &XmlTag<'_>, colours: &ThemeColours) {
        self.attributes.take(tag);
        match tag.name {
            "strike" => self.struck = is_on(tag),
            "color" => self.colour = colours.of(tag),
            _ => {}
        }
    }
}

impl PatternFill {
    fn take(&mut self, tag: &XmlTag<'_>, colours: &ThemeColours) {
        match tag.name {
            "patternFill" => {
                self.pattern = match attribute(tag, "patternType").as_deref() {
                    None | Some("none") => FillPattern::None,
                    Some("solid") => FillPattern::Solid,
                    Some(_) => FillPattern::Other,
                }
            }
            "gradientFill" => self.pattern = FillPattern::Other,
            "fgColor" => self.colour = colours.of(tag),
            _ => {}
        }
    }

    fn background(self) -> CellBackground {
        match (self.pattern, self.colour) {
            (FillPattern::None, _) => CellBackground::Paper,
            (FillPattern::Solid, Some(colour)) => CellBackground::Colour(colour),
            _ => CellBackground::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_give_colours_struck_text_and_indents() {
        let styles = br#"<x:styleSheet xmlns:x="x"><x:numFmts count="0"/><x:fonts><x:font/><x:font><x:strike/></x:font></x:fonts>
            <x:fills><x:fill><x:patternFill patternType="none"/></x:fill>
              <x:fill><x:patternFill patternType="solid"><x:fgColor rgb="FF00B050"/></x:patternFill></x:fill>
              <x:fill><x:patternFill patternType="solid"><x:fgColor theme="0"/></x:patternFill></x:fill>
              <x:fill><x:patternFill patternType="solid"><x:fgColor indexed="10"/></x:patternFill></x:fill></x:fills>
            <x:cellXfs><x:xf/><x:xf fontId="1" fillId="1"><x:alignment indent="2"/></x:xf><x:xf fillId="2"/><x:xf fillId="3"/></x:cellXfs></x:styleSheet>"#;
        let read = |part| WorkbookStyles::read(part, None, &Limits::default());
        let found = read(styles).unwrap().cell_styles();
        assert_eq!((found[0].fill, found[0].struck, found[0].indent), (None, false, 0));
        let green = Some(Colour::new(0, 176, 80));
        assert_eq!((found[1].fill, found[1].struck, found[1].indent), (green, true, 2));
        assert_eq!(found[2].fill, None);
        assert_eq!(found[3].fill, Some(Colour::new(255, 0, 0)));
        assert!(read(b"<styleSheet><fonts>").is_err());
    }
}
