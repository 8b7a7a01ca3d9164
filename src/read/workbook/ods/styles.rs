//! The styles of .ods workbooks: what is hidden, coloured, struck or indented, and how dates are
//! shown.

use std::collections::HashMap;

use crate::colour::Colour;
use crate::error::Error;
use crate::read::workbook::number::CellNumberFormat;
use crate::read::workbook::palette::meaningful_colour;
use crate::read::workbook::style::{CellBackground, CellStyle, TextColours};
use crate::read::workbook::xml::{XmlEvent, XmlReader, XmlTag, attribute};
use crate::text::SpanStyle;

/// How far LibreOffice indents a cell by one step, in points.
const STEP: f64 = 10.0;

/// How many styles may stand one upon the other.
const MOST_PARENTS: usize = 16;

/// A style as it is written: what it does not say, its parent says.
#[derive(Debug, Clone, Default)]
struct OdsStyle {
    parent: Option<String>,
    numbers: Option<String>,
    fill: Option<OdsFill>,
    indent: Option<u8>,
    bold: Option<bool>,
    italic: Option<bool>,
    struck: Option<bool>,
    ink: Option<OdsInk>,
    hidden: bool,
    /// Whether rows or columns of it have a height or width of nothing.
    is_flat: bool,
}

/// What a style says of the colour of words: one, or that they have the usual one.
#[derive(Debug, Clone, Copy)]
struct OdsInk(Option<Colour>);

/// What a style says of the colour behind words: one, or that there is none.
#[derive(Debug, Clone, Copy)]
struct OdsFill(Option<Colour>);

/// The styles of a workbook, by their names.
#[derive(Debug, Default)]
pub(super) struct OdsStyles {
    written: HashMap<String, OdsStyle>,
    formats: HashMap<String, CellNumberFormat>,
    cells: HashMap<String, CellStyle>,
    plain: CellStyle,
}

impl OdsStyles {
    /// Takes the style that has just begun, if it is one.
    pub(super) fn take(&mut self, tag: &XmlTag<'_>, xml: &mut XmlReader<'_>) -> Result<(), Error> {
        let name = attribute(tag, "name").unwrap_or_default().into_owned();
        match tag.name {
            "style" => {
                let mut style = OdsStyle {
                    parent: attribute(tag, "parent-style-name").map(Into::into),
                    numbers: attribute(tag, "data-style-name").map(Into::into),
                    ..OdsStyle::default()
                };
                each_inside(xml, |tag| style.property(tag))?;
                self.written.insert(name, style);
            }
            "date-style" => {
                let mut code = String::new();
                each_inside(xml, |tag| code.push_str(&date_part(tag)))?;
                self.formats.insert(name, CellNumberFormat::parse(&code));
            }
            _ => {}
        }
        Ok(())
    }

    /// Works out the styles of cells, once all are there.
    pub(super) fn settle(&mut self) {
        self.cells =
            self.written.keys().map(|name| (name.clone(), self.cell_style(name))).collect();
    }

    /// The style of cells with this name.
    pub(super) fn cell(&self, name: &str) -> &CellStyle {
        self.cells.get(name).unwrap_or(&self.plain)
    }

    /// The emphasis of words in a style, beside what is around them.
    pub(super) fn emphasis(&self, name: &str, around: SpanStyle) -> SpanStyle {
        SpanStyle {
            bold: self.said(name, |s| s.bold).unwrap_or(around.bold),
            italic: self.said(name, |s| s.italic).unwrap_or(around.italic),
            struck: self.said(name, |s| s.struck).unwrap_or(around.struck),
            ..SpanStyle::default()
        }
    }

    /// Whether sheets of this style are hidden.
    pub(super) fn is_hidden(&self, name: &str) -> bool {
        self.written.get(name).is_some_and(|s| s.hidden)
    }

    /// Whether rows or columns of this style have a height or width of nothing.
    pub(super) fn is_flat(&self, name: &str) -> bool {
        self.written.get(name).is_some_and(|s| s.is_flat)
    }

    fn cell_style(&self, name: &str) -> CellStyle {
        let numbers = self.chain(name).find_map(|s| s.numbers.as_ref());
        let background = self
            .said(name, |s| s.fill)
            .and_then(|fill| fill.0)
            .map_or(CellBackground::Paper, CellBackground::Colour);
        let ink = self.said(name, |s| s.ink).and_then(|ink| ink.0);
        CellStyle {
            struck: self.said(name, |s| s.struck).unwrap_or_default(),
            fill: background.fill(),
            indent: self.said(name, |s| s.indent).unwrap_or_default(),
            format: numbers
                .and_then(|numbers| self.formats.get(numbers))
                .cloned()
                .unwrap_or_default(),
            ink: ink.and_then(meaningful_colour),
            colours: TextColours { ink, background },
            is_removed: false,
        }
    }

    fn said<T>(&self, name: &str, what: impl Fn(&OdsStyle) -> Option<T>) -> Option<T> {
        self.chain(name).find_map(what)
    }

    /// A style and those that it builds upon.
    fn chain(&self, name: &str) -> impl Iterator<Item = &OdsStyle> {
        let first = self.written.get(name);
        std::iter::successors(first, |style| self.written.get(style.parent.as_ref()?))
            .take(MOST_PARENTS)
    }
}

impl OdsStyle {
    fn property(&mut self, tag: &XmlTag<'_>) {
        let value = |name| attribute(tag, name);
        match tag.name {
            "table-cell-properties" => {
                if let Some(colour) = value("background-color") {
                    self.fill = Some(OdsFill(colour_of(&colour)));
                }
            }
            "paragraph-properties" => {
                self.indent =
                    value("margin-left").and_then(|length| steps(&length)).or(self.indent);
            }
            "text-properties" => {
                self.bold = value("font-weight")
                    .map(|v| matches!(&*v, "bold" | "600" | "700" | "800" | "900"))
                    .or(self.bold);
                self.italic = value("font-style").map(|v| v != "normal").or(self.italic);
                let line =
                    value("text-line-through-style").or_else(|| value("text-line-through-type"));
                self.struck = line.map(|v| v != "none").or(self.struck);
                let is_usual = value("use-window-font-color").is_some_and(|v| v == "true");
                let ink = value("color").and_then(|v| colour_of(&v));
                self.ink = if is_usual {
                    Some(OdsInk(None))
                } else {
                    ink.map(|ink| OdsInk(Some(ink))).or(self.ink)
                };
            }
            "table-row-properties" => {
                self.is_flat = value("row-height").is_some_and(|v| is_nothing(&v));
            }
            "table-column-properties" => {
                self.is_flat = value("column-width").is_some_and(|v| is_nothing(&v));
            }
            "table-properties" => self.hidden = value("display").is_some_and(|v| v == "false"),
            _ => {}
        }
    }
}

/// Meets each tag inside the element that has just begun.
fn each_inside(xml: &mut XmlReader<'_>, mut meet: impl FnMut(&XmlTag<'_>)) -> Result<(), Error> {
    let mut depth = 0_usize;
    while let Some(event) = xml.next()? {
        match event {
            XmlEvent::Start(tag) => {
                meet(&tag);
                depth += 1;
            }
            XmlEvent::Empty(tag) => meet(&tag),
            XmlEvent::End(_) if depth == 0 => break,
            XmlEvent::End(_) => depth -= 1,
            _ => {}
        }
    }
    Ok(())
}

/// A part of a date as the format codes of Excel write it.
fn date_part(tag: &XmlTag<'_>) -> String {
    let is_long = attribute(tag, "style").is_some_and(|v| v == "long");
    let is_textual = attribute(tag, "textual").is_some_and(|v| v == "true");
    match tag.name {
        "year" => "yyyy ",
        "month" if is_textual && is_long => "mmmm ",
        "month" if is_textual => "mmm ",
        "month" => "mm ",
        "day" | "day-of-week" => "dd ",
        "hours" => "h:",
        "minutes" => "mm:",
        "seconds" => "ss",
        _ => "",
    }
    .to_owned()
}

fn colour_of(value: &str) -> Option<Colour> {
    let digits = value.strip_prefix('#').filter(|d| d.len() == 6)?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Colour::new(red, green, blue))
}

/// Whether a length such as `0cm` is nothing.
fn is_nothing(length: &str) -> bool {
    length
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .parse::<f64>()
        .is_ok_and(|length| length <= 0.0)
}

/// A length such as `0.353cm` in steps of indent.
fn steps(length: &str) -> Option<u8> {
    let number = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let points = match length.strip_prefix(number)? {
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "in" => 72.0,
        "pt" => 1.0,
        _ => return None,
    };
    let steps = (number.parse::<f64>().ok()? * points / STEP).round();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within a byte
    Some(steps.clamp(0.0, 255.0) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Limits;

    fn styles(xml: &str) -> OdsStyles {
        let mut styles = OdsStyles::default();
        let mut xml = XmlReader::new(xml, &Limits::default());
        while let Some(event) = xml.next().unwrap() {
            if let XmlEvent::Start(tag) = event {
                styles.take(&tag, &mut xml).unwrap();
            }
        }
        styles.settle();
        styles
    }

    #[test]
    fn a_style_says_what_its_parent_does_not() {
        let found = styles(
            "<style:style style:name='Good'><style:table-cell-properties fo:background-color='#00b050'/></style:style>
             <style:style style:name='ce1' style:parent-style-name='Good'><style:text-properties style:text-line-through-style='solid'/>
             <style:paragraph-properties fo:margin-left='0.706cm'/></style:style>
             <style:style style:name='ce2' style:parent-style-name='Good'><style:table-cell-properties fo:background-color='transparent'/></style:style>
             <style:style style:name='loop' style:parent-style-name='loop'></style:style>",
        );
        let expected = CellStyle {
            struck: true,
            fill: Some(Colour::new(0, 176, 80)),
            indent: 2,
            ..CellStyle::default()
        };
        assert_eq!(found.cell("ce1"), &expected);
        assert_eq!(found.cell("ce2").fill, None);
        assert_eq!(found.cell("loop"), &CellStyle::default());
    }

    #[test]
    fn dates_are_as_precise_as_their_style() {
        let found = styles(
            "<number:date-style style:name='N1'><number:month number:textual='true'/><number:text>-</number:text><number:year/></number:date-style>
             <style:style style:name='ce1' style:data-style-name='N1'></style:style>",
        );
        assert_eq!(found.cell("ce1").format, CellNumberFormat::parse("mmm yyyy "));
    }
}
