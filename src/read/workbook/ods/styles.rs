//! The styles of .ods workbooks: what is hidden, coloured, struck or indented, and how dates are
//! shown.

use std::collections::HashMap;

use crate::colour::Colour;
use crate::error::Error;
use crate::read::Limits;
use crate::read::workbook::conditional::ConditionalLook;
use crate::read::workbook::number::CellNumberFormat;
use crate::read::workbook::palette::meaningful_colour;
use crate::read::workbook::style::{
    CellBackground, CellStyle, StyledRun, TextColours, is_too_small,
};
use crate::read::workbook::xml::{XmlEvent, XmlReader, XmlTag, attribute};
use crate::text::{Span, SpanStyle};

/// How far LibreOffice indents a cell by one step, in points.
const STEP: f64 = 10.0;

/// The families of styles whose names are looked up.
const CELLS: &str = "table-cell";
const WORDS: &str = "text";
const PARAGRAPHS: &str = "paragraph";

/// The height and width in points from which on words can be seen.
const LEAST_HEIGHT: f64 = 2.0;
const LEAST_WIDTH: f64 = 1.5;

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
    /// The colour behind words in themselves, beside that of their cell.
    behind_words: Option<OdsFill>,
    /// Whether words are not displayed.
    is_removed: Option<bool>,
    is_too_small: Option<bool>,
    hidden: Option<bool>,
    /// Whether rows or columns of it have a height or width of next to nothing.
    is_flat: Option<bool>,
}

/// What the style of a run of words says that may hide it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RunLook {
    /// Another colour than the cell's, or the usual one.
    ink: Option<OdsInk>,
    background: Option<CellBackground>,
    is_removed: bool,
    is_too_small: Option<bool>,
}

impl RunLook {
    /// Words that are not displayed.
    pub(super) fn removed(self) -> Self {
        Self { is_removed: true, ..self }
    }

    /// A run of this look in a cell.
    pub(super) fn run(self, span: Span, cell: &CellStyle) -> StyledRun {
        let colours = TextColours {
            ink: self.ink.map_or(cell.colours.ink, |ink| ink.0),
            background: self.background.unwrap_or(cell.colours.background),
        };
        let is_removed = self.is_removed || self.is_too_small.unwrap_or(cell.is_removed);
        StyledRun::new(span, colours, is_removed)
    }
}

/// What a style says of the colour of words: one, or that they have the usual one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OdsInk(Option<Colour>);

/// What a style says of the colour behind words: one, or that there is none.
#[derive(Debug, Clone, Copy)]
struct OdsFill(Option<Colour>);

/// The styles of a workbook, by their names.
#[derive(Debug, Default)]
pub(super) struct OdsStyles {
    /// By their families too, of which each has its own names.
    written: HashMap<(String, String), OdsStyle>,
    /// The names of styles of cells by those that are shown: `Style_1` for `Style_5f_1`.
    shown_names: HashMap<String, String>,
    /// What styles of a family say that say nothing else, and have no parent.
    defaults: HashMap<String, OdsStyle>,
    /// The colours that formats of numbers and words give to all that they show.
    inks: HashMap<String, Colour>,
    formats: HashMap<String, CellNumberFormat>,
    cells: HashMap<String, CellStyle>,
    plain: CellStyle,
}

impl OdsStyles {
    /// Takes the style that a tag begins, if it is one; without `xml` it is no more than the tag.
    pub(super) fn take(
        &mut self,
        tag: &XmlTag<'_>,
        xml: Option<&mut XmlReader<'_>>,
    ) -> Result<(), Error> {
        let name = attribute(tag, "name").unwrap_or_default().into_owned();
        let family = attribute(tag, "family").unwrap_or_default().into_owned();
        let is_style = matches!(tag.name, "style" | "default-style");
        let mut nothing = XmlReader::new("", &Limits::default());
        let xml = match xml {
            Some(xml) => xml,
            None if is_style => &mut nothing,
            None => return Ok(()),
        };
        match tag.name {
            "style" | "default-style" => {
                let mut style = OdsStyle {
                    parent: attribute(tag, "parent-style-name").map(Into::into),
                    numbers: attribute(tag, "data-style-name").map(Into::into),
                    ..OdsStyle::default()
                };
                each_inside(xml, |tag| style.property(tag))?;
                if tag.name == "style" {
                    let shown = attribute(tag, "display-name").filter(|_| family == CELLS);
                    self.shown_names.extend(shown.map(|shown| (shown.into(), name.clone())));
                    self.written.insert((family, name), style);
                } else {
                    self.defaults.insert(family, style);
                }
            }
            "number-style" | "text-style" | "percentage-style" | "currency-style"
            | "boolean-style" | "time-style" => {
                let (mut ink, mut has_others) = (None, false);
                each_inside(xml, |tag| match tag.name {
                    "text-properties" => {
                        ink = attribute(tag, "color").and_then(|colour| colour_of(&colour));
                    }
                    "map" => has_others = true,
                    _ => {}
                })?;
                self.inks.extend(ink.filter(|_| !has_others).map(|ink| (name, ink)));
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
        let of_cells = |family: &str| matches!(family, CELLS | "");
        let names = self.written.keys().filter(|(family, _)| of_cells(family));
        self.cells = names.map(|(_, name)| (name.clone(), self.cell_style(name))).collect();
        self.plain = self.cell_style("Default");
    }

    /// The style of cells with this name.
    pub(super) fn cell(&self, name: &str) -> &CellStyle {
        self.cells.get(name).unwrap_or(&self.plain)
    }

    /// The emphasis of words in a style, beside what is around them.
    pub(super) fn emphasis(&self, name: &str, around: SpanStyle) -> SpanStyle {
        SpanStyle {
            bold: self.said(WORDS, name, |s| s.bold).unwrap_or(around.bold),
            italic: self.said(WORDS, name, |s| s.italic).unwrap_or(around.italic),
            struck: self.said(WORDS, name, |s| s.struck).unwrap_or(around.struck),
            ..SpanStyle::default()
        }
    }

    /// What the style of words, or of a paragraph, says that may hide them, beside what is around
    /// them.
    pub(super) fn look(&self, name: &str, is_paragraph: bool, around: RunLook) -> RunLook {
        let family = if is_paragraph { PARAGRAPHS } else { WORDS };
        let fill = self.said(family, name, |s| s.behind_words).and_then(|fill| fill.0);
        RunLook {
            ink: self.said(family, name, |s| s.ink).or(around.ink),
            background: fill.map(CellBackground::Colour).or(around.background),
            is_removed: around.is_removed
                || self.said(family, name, |s| s.is_removed).unwrap_or_default(),
            is_too_small: self.said(family, name, |s| s.is_too_small).or(around.is_too_small),
        }
    }

    /// What a conditional format makes of cells by the style that it applies, which it calls by
    /// either of its names.
    pub(super) fn conditional_look(&self, name: &str) -> ConditionalLook {
        let name = self.shown_names.get(name).map_or(name, String::as_str);
        let fill = self.said(CELLS, name, |s| s.fill);
        ConditionalLook {
            ink: self.said(CELLS, name, |s| s.ink).and_then(|ink| ink.0),
            background: fill
                .map(|fill| fill.0.map_or(CellBackground::Paper, CellBackground::Colour)),
            shows_nothing: self.said(CELLS, name, |s| s.is_removed).unwrap_or_default(),
            struck: self.said(CELLS, name, |s| s.struck),
        }
    }

    /// Whether sheets of this style are hidden.
    pub(super) fn is_hidden(&self, name: &str) -> bool {
        self.said("table", name, |s| s.hidden).unwrap_or_default()
    }

    /// Whether rows or columns of this style have a height or width of nothing.
    pub(super) fn is_flat(&self, name: &str) -> bool {
        ["table-row", "table-column"]
            .iter()
            .any(|family| self.said(family, name, |s| s.is_flat).unwrap_or_default())
    }

    fn cell_style(&self, name: &str) -> CellStyle {
        let numbers = self.chain(CELLS, name).find_map(|s| s.numbers.as_ref());
        let background = self
            .said(CELLS, name, |s| s.fill)
            .and_then(|fill| fill.0)
            .map_or(CellBackground::Paper, CellBackground::Colour);
        let ink = self.said(CELLS, name, |s| s.ink).and_then(|ink| ink.0);
        let of_format = numbers.and_then(|numbers| self.inks.get(numbers)).copied();
        let is_too_small = self.said(CELLS, name, |s| s.is_too_small).unwrap_or_default();
        CellStyle {
            struck: self.said(CELLS, name, |s| s.struck).unwrap_or_default(),
            fill: background.fill(),
            indent: self.said(CELLS, name, |s| s.indent).unwrap_or_default(),
            format: numbers
                .and_then(|numbers| self.formats.get(numbers))
                .cloned()
                .unwrap_or_default(),
            ink: ink.and_then(meaningful_colour),
            colours: TextColours { ink, background }.with_ink(of_format),
            is_removed: is_too_small
                || self.said(CELLS, name, |s| s.is_removed).unwrap_or_default(),
        }
    }

    fn said<T>(
        &self,
        family: &str,
        name: &str,
        what: impl Fn(&OdsStyle) -> Option<T>,
    ) -> Option<T> {
        self.chain(family, name).find_map(what)
    }

    /// A style and those that it builds upon, the default of its family last.
    fn chain<'s>(&'s self, family: &'s str, name: &str) -> impl Iterator<Item = &'s OdsStyle> {
        let get = move |name: &str| {
            let by = |family: &str| self.written.get(&(family.to_owned(), name.to_owned()));
            by(family).or_else(|| by(""))
        };
        std::iter::successors(get(name), move |style| get(style.parent.as_ref()?))
            .take(MOST_PARENTS)
            .chain(self.defaults.get(family).filter(|_| family == CELLS))
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
                self.is_removed = value("display").map(|v| v == "none").or(self.is_removed);
                self.is_too_small = value("font-size")
                    .and_then(|size| points(&size))
                    .map(is_too_small)
                    .or(self.is_too_small);
                self.behind_words = value("background-color")
                    .map(|colour| OdsFill(colour_of(&colour)))
                    .or(self.behind_words);
                let is_usual = value("use-window-font-color").is_some_and(|v| v == "true");
                let ink = value("color").and_then(|v| colour_of(&v));
                self.ink = if is_usual {
                    Some(OdsInk(None))
                } else {
                    ink.map(|ink| OdsInk(Some(ink))).or(self.ink)
                };
            }
            "table-row-properties" => {
                self.is_flat = value("row-height").map(|v| is_below(&v, LEAST_HEIGHT));
            }
            "table-column-properties" => {
                self.is_flat = value("column-width").map(|v| is_below(&v, LEAST_WIDTH));
            }
            "table-properties" => self.hidden = value("display").map(|v| v == "false"),
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

/// Whether a length such as `0cm` is less than so many points.
fn is_below(length: &str, least: f64) -> bool {
    points(length).is_some_and(|points| points < least) || length == "0"
}

/// A length such as `0.353cm` in points.
fn points(length: &str) -> Option<f64> {
    let number = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let points = match length.strip_prefix(number)? {
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "in" => 72.0,
        "pt" => 1.0,
        "pc" => 12.0,
        "px" => 0.75,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * points)
}

/// A length in steps of indent.
fn steps(length: &str) -> Option<u8> {
    let steps = (points(length)? / STEP).round();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within a byte
    Some(steps.clamp(0.0, 255.0) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(xml: &str) -> OdsStyles {
        let mut styles = OdsStyles::default();
        let mut xml = XmlReader::new(xml, &Limits::default());
        while let Some(event) = xml.next().unwrap() {
            match event {
                XmlEvent::Start(tag) => styles.take(&tag, Some(&mut xml)).unwrap(),
                XmlEvent::Empty(tag) => styles.take(&tag, None).unwrap(),
                _ => {}
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
        let found_of = found.cell("ce1");
        assert_eq!(
            (found_of.struck, found_of.fill, found_of.indent),
            (true, Some(Colour::new(0, 176, 80)), 2)
        );
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
