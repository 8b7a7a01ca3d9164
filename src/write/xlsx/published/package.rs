//! What the writing library does not say: which cells are headings, and the language of the
//! workbook.
//!
//! Both stand in parts of the finished package, which are written anew; all others stay as they
//! are.

use std::fmt;
use std::io::{Cursor, Read as _, Write as _};

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::style::{HEADING_1_POINTS, HEADING_2_POINTS};

/// The headings: what Excel calls them, the number by which it knows them, and their size in
/// points.
const HEADINGS: [(&str, &str, u32); 2] =
    [("Heading 1", "16", HEADING_1_POINTS), ("Heading 2", "17", HEADING_2_POINTS)];

/// Why a part could not be written anew.
#[derive(Debug)]
pub(super) struct PackageError(String);

impl fmt::Display for PackageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for PackageError {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// The package with its headings marked and its language named, as BCP 47.
pub(super) fn finish(bytes: &[u8], language: &str) -> Result<Vec<u8>, PackageError> {
    let mut package = ZipArchive::new(Cursor::new(bytes))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for at in 0..package.len() {
        let mut part = package.by_index(at)?;
        let name = part.name()?.into_owned();
        let change: &dyn Fn(&str) -> Result<Vec<u8>, PackageError> = match name.as_str() {
            "xl/styles.xml" => &with_headings,
            "docProps/core.xml" => &|part| with_language(part, language),
            _ => {
                out.raw_copy_file(part)?;
                continue;
            }
        };
        let mut words = String::new();
        part.read_to_string(&mut words)?;
        out.start_file(name, SimpleFileOptions::default())?;
        out.write_all(&change(&words)?)?;
    }
    Ok(out.finish()?.into_inner())
}

/// The properties of the document, with its language at their end.
fn with_language(part: &str, language: &str) -> Result<Vec<u8>, PackageError> {
    rewritten(part, |event, out| {
        if matches!(&event, Event::End(tag) if tag.local_name().as_ref() == "coreProperties") {
            out.write_event(Event::Start(BytesStart::new("dc:language")))?;
            out.write_event(Event::Text(BytesText::new(language)))?;
            out.write_event(Event::End(BytesEnd::new("dc:language")))?;
        }
        out.write_event(event)
    })
}

/// The styles, with each cell style of the size of a heading marked as that heading.
fn with_headings(part: &str) -> Result<Vec<u8>, PackageError> {
    let sizes = sizes(part)?;
    let font = |points: u32| {
        sizes.iter().position(|size| *size == points.to_string()).map(|at| at.to_string())
    };
    // the headings that there are, with the number of their font
    let headings: Vec<(&str, &str, String)> = HEADINGS
        .iter()
        .filter_map(|(name, number, points)| Some((*name, *number, font(*points)?)))
        .collect();
    let mut within = String::new();
    let mut named = 0;
    rewritten(part, |event, out| {
        match &event {
            Event::Start(tag) if LISTS.contains(&tag.local_name().as_ref()) => {
                tag.local_name().as_ref().clone_into(&mut within);
                if within != "cellXfs" {
                    let count = attribute(tag, "count")
                        .and_then(|n| n.parse::<usize>().ok())
                        .unwrap_or_default();
                    if within == "cellStyleXfs" {
                        named = count;
                    }
                    return out.write_event(Event::Start(changed(
                        tag,
                        "count",
                        &(count + headings.len()).to_string(),
                    )));
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == within => {
                for (nth, (name, number, font)) in (named..).zip(&headings) {
                    let nth = nth.to_string();
                    match within.as_str() {
                        "cellStyleXfs" => {
                            let style = [
                                ("numFmtId", "0"),
                                ("fontId", font),
                                ("fillId", "0"),
                                ("borderId", "0"),
                            ];
                            out.write_event(Event::Empty(
                                BytesStart::new("xf").with_attributes(style),
                            ))?;
                        }
                        "cellStyles" => {
                            let style = [("name", *name), ("xfId", &nth), ("builtinId", number)];
                            out.write_event(Event::Empty(
                                BytesStart::new("cellStyle").with_attributes(style),
                            ))?;
                        }
                        _ => {}
                    }
                }
                within.clear();
            }
            Event::Start(tag) | Event::Empty(tag)
                if within == "cellXfs" && tag.local_name().as_ref() == "xf" =>
            {
                let own = attribute(tag, "fontId");
                if let Some((nth, _)) =
                    (named..).zip(&headings).find(|(_, (_, _, font))| own == Some(font))
                {
                    let marked = changed(tag, "xfId", &nth.to_string());
                    let is_whole = matches!(event, Event::Empty(_));
                    return out.write_event(if is_whole {
                        Event::Empty(marked)
                    } else {
                        Event::Start(marked)
                    });
                }
            }
            _ => {}
        }
        out.write_event(event)
    })
}

/// The lists of styles that headings have a part in.
const LISTS: [&str; 3] = ["cellStyleXfs", "cellXfs", "cellStyles"];

/// The sizes of the fonts in points, by their numbers.
fn sizes(part: &str) -> Result<Vec<String>, PackageError> {
    let mut sizes = Vec::new();
    let mut within = false;
    let mut reader = Reader::from_str(part);
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(sizes),
            Event::Start(tag) if tag.local_name().as_ref() == "fonts" => within = true,
            Event::End(tag) if tag.local_name().as_ref() == "fonts" => within = false,
            Event::Start(tag) if within && tag.local_name().as_ref() == "font" => {
                sizes.push(String::new());
            }
            Event::Empty(tag) if within && tag.local_name().as_ref() == "sz" => {
                if let (Some(last), Some(size)) = (sizes.last_mut(), attribute(&tag, "val")) {
                    size.clone_into(last);
                }
            }
            _ => {}
        }
    }
}

/// A part written anew, each tag of it by `write`.
fn rewritten<'a>(
    part: &'a str,
    mut write: impl FnMut(Event<'a>, &mut Writer<Vec<u8>>) -> std::io::Result<()>,
) -> Result<Vec<u8>, PackageError> {
    let mut reader = Reader::from_str(part);
    let mut out = Writer::new(Vec::with_capacity(part.len() + 1024));
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(out.into_inner()),
            event => write(event, &mut out)?,
        }
    }
}

/// The value of an attribute as it stands.
fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.attributes_raw().split_once(&format!("{name}=\""))?;
    rest.split('"').next()
}

/// A tag with another value of an attribute.
fn changed<'t>(tag: &BytesStart<'_>, name: &str, value: &str) -> BytesStart<'t> {
    let own = attribute(tag, name).unwrap_or_default();
    let all =
        tag.attributes_raw().replace(&format!("{name}=\"{own}\""), &format!("{name}=\"{value}\""));
    let element = tag.name().as_ref().to_owned();
    let length = element.len();
    BytesStart::from_content(format!("{element} {}", all.trim_start()), length)
}
