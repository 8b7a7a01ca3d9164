//! The words of cells, and what of their looks differs from that of their cells.

use std::rc::Rc;

use crate::error::Error;
use crate::limits::Limits;
use crate::read::workbook::xlsx::font::FontAttributes;
use crate::read::workbook::xlsx::strings::unescaped;
use crate::read::workbook::xml::{XmlEvent, XmlReader};

/// The words of a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct StringRuns {
    pub(super) all: String,
    /// The looks of runs that have one of their own.
    pub(super) runs: Vec<FontAttributes>,
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
