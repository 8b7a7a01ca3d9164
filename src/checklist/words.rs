//! The words of cells, and what of their looks differs from that of their cells.

use std::rc::Rc;

use crate::error::Error;
use crate::read::Limits;
use crate::read::workbook::xlsx::strings::unescaped;
use crate::read::workbook::xml::{XmlEvent, XmlReader, XmlTag, attribute};

use super::book::says_yes;

/// The words of a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct StringRuns {
    pub(super) all: String,
    /// The looks of runs that have one of their own.
    pub(super) runs: Vec<FontAttributes>,
}

/// What is asked of a font.
#[expect(clippy::struct_excessive_bools, reason = "each is asked of by itself")]
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct FontAttributes {
    /// In points, where it is said.
    pub(super) size: Option<f64>,
    pub(super) italic: bool,
    pub(super) raised: bool,
    pub(super) serif: bool,
    pub(super) coloured: bool,
}

/// Fonts with serifs, for files that do not say it.
const SERIFS: [&str; 12] = [
    "times",
    "cambria",
    "georgia",
    "garamond",
    "palatino",
    "book antiqua",
    "bookman",
    "century",
    "constantia",
    "baskerville",
    "courier",
    "liberation serif",
];

/// What Excel calls a family of fonts with serifs.
const ROMAN: &str = "1";

impl FontAttributes {
    /// Takes in a tag of a font's description.
    pub(super) fn take(&mut self, tag: &XmlTag<'_>) {
        let value = attribute(tag, "val");
        let value = value.as_deref();
        match tag.name {
            "sz" => self.size = value.and_then(|size| size.parse().ok()),
            "i" => self.italic = value.is_none() || says_yes(tag, "val"),
            "vertAlign" => self.raised = value == Some("superscript"),
            "family" => self.serif |= value == Some(ROMAN),
            "rFont" | "name" => {
                let name = value.unwrap_or_default().to_lowercase();
                self.serif |= SERIFS.iter().any(|serif| name.starts_with(serif))
                    && !name.contains("gothic")
                    && !name.contains("sans");
            }
            // the reader's own colour, whatever it is called
            "color" => {
                self.coloured = !says_yes(tag, "auto")
                    && !matches!(attribute(tag, "theme").as_deref(), Some("0" | "1"))
            }
            _ => {}
        }
    }
}

/// The shared strings of a workbook, by their numbers.
pub(super) fn shared(part: &str, limits: &Limits) -> Result<Vec<Rc<StringRuns>>, Error> {
    let mut xml = XmlReader::new(part, limits);
    let mut strings = Vec::new();
    while let Some(event) = xml.next()? {
        match event {
            XmlEvent::Start(tag) if tag.name == "si" => strings.push(Rc::new(words(&mut xml)?)),
            XmlEvent::Empty(tag) if tag.name == "si" => strings.push(Rc::default()),
            _ => {}
        }
    }
    Ok(strings)
}

/// The words of the string that has just begun.
pub(super) fn words(xml: &mut XmlReader<'_>) -> Result<StringRuns, Error> {
    let mut words = StringRuns::default();
    let mut look: Option<FontAttributes> = None;
    let mut depth = 0_usize;
    while let Some(event) = xml.next()? {
        match event {
            XmlEvent::Start(tag) => match tag.name {
                "t" => {
                    let own = xml.words()?;
                    words.all.push_str(&unescaped(own));
                    words.runs.extend(look.take());
                }
                // how words are pronounced: they stand there twice
                "rPh" => xml.skip()?,
                name => {
                    if name == "rPr" {
                        look = Some(FontAttributes::default());
                    } else if let Some(look) = &mut look {
                        look.take(&tag);
                    }
                    depth += 1;
                }
            },
            XmlEvent::Empty(tag) => {
                if let Some(look) = &mut look {
                    look.take(&tag);
                }
            }
            XmlEvent::End(_) if depth == 0 => break,
            XmlEvent::End(_) => depth -= 1,
            _ => {}
        }
    }
    Ok(words)
}
