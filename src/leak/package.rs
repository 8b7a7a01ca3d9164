//! Packages of workbooks and documents (OPC): every part of them, whether a program shows it or
//! not; and XML by itself.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::error::{Error, ErrorKind};

use super::field::{decode, encoded, field, packed, text};
use super::{OutputSearch, TextRole};

/// Elements inside a cell or paragraph: what they hold is one text with what stands beside them.
const INLINE: [&str; 42] = [
    "r",
    "t",
    "rPr",
    "b",
    "i",
    "u",
    "sz",
    "color",
    "rFont",
    "family",
    "charset",
    "scheme",
    "strike",
    "vertAlign",
    "rPh",
    "phoneticPr",
    "br",
    "cr",
    "tab",
    "noBreakHyphen",
    "softHyphen",
    "hyperlink",
    "ins",
    "smartTag",
    "proofErr",
    "bookmarkStart",
    "bookmarkEnd",
    "lang",
    "rStyle",
    "rFonts",
    "bCs",
    "iCs",
    "szCs",
    "lastRenderedPageBreak",
    "commentReference",
    "span",
    "a",
    "em",
    "strong",
    "s",
    "cols",
    "delText",
];

/// Attributes that hold words for people.
const WORDED: [&str; 13] = [
    "name",
    "title",
    "descr",
    "alt",
    "displayName",
    "tooltip",
    "display",
    "prompt",
    "promptTitle",
    "author",
    "initials",
    "Target",
    "userName",
];

/// Looks through every part of a package.
pub(super) fn search(
    bytes: &[u8],
    place: &str,
    search: &mut OutputSearch<'_>,
) -> Result<(), Error> {
    let damaged = |e: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Unreadable, format!("it is not a package that can be searched: {e}"))
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    field(
        &String::from_utf8_lossy(archive.comment()),
        TextRole::Content,
        &|| format!("{place}the comment of the package"),
        search,
    );
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|e| damaged(&e))?;
        let name = part.name().map_err(|e| damaged(&e))?.into_owned();
        let at = if place.is_empty() { name.clone() } else { format!("{place} > {name}") };
        field(&name, TextRole::Technical, &|| at.clone(), search);
        let mut unpacked = Vec::new();
        (&mut part)
            .take(search.left as u64 + 1)
            .read_to_end(&mut unpacked)
            .map_err(|e| damaged(&e))?;
        search.unpack(unpacked.len())?;
        if unpacked.trim_ascii_start().first() == Some(&b'<') {
            xml(&unpacked, &at, search);
        } else {
            search.nest(unpacked, at);
        }
    }
    Ok(())
}

/// Parts of a workbook, by the ends of their names, that no one reads: which parts there are and
/// how they refer to one another, the colours and fonts to choose from, cell formats, and what
/// Excel counts for itself (ECMA-376 part 1, 15.2.12.3; names of sheets are searched where they
/// are given).
const TECHNICAL: [&str; 5] =
    ["[Content_Types].xml", ".rels", "/theme1.xml", "/styles.xml", "docProps/app.xml"];

/// Looks through XML: the words of each cell and paragraph, attributes and comments. What is no XML
/// is looked through as text.
pub(super) fn xml(bytes: &[u8], place: &str, search: &mut OutputSearch<'_>) {
    let role = if TECHNICAL.iter().any(|end| place.ends_with(end)) {
        TextRole::Technical
    } else {
        TextRole::Content
    };
    let mut walk = PackageWalk {
        place,
        role,
        schema: false,
        words: String::new(),
        at: String::new(),
        strings: 0,
        base64: String::new(),
        search,
    };
    let source = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&source);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                walk.bound(name(tag.name().as_ref()));
                walk.schema = tag.name().as_ref().starts_with("pdfa");
                walk.strings += usize::from(name(tag.name().as_ref()) == "si");
                walk.attributes(&tag);
            }
            Ok(Event::Empty(tag)) => {
                walk.attributes(&tag);
                walk.bound(name(tag.name().as_ref()));
                walk.strings += usize::from(name(tag.name().as_ref()) == "si");
            }
            Ok(Event::End(tag)) => {
                walk.bound(name(tag.name().as_ref()));
                walk.schema = false;
            }
            Ok(Event::Text(text)) => walk.words.push_str(&text),
            Ok(Event::GeneralRef(reference)) => {
                walk.words.push_str(&resolved(&reference));
            }
            Ok(Event::CData(data)) => walk.words.push_str(&data),
            Ok(Event::Comment(words)) => walk.field(&words, TextRole::Content),
            Ok(Event::PI(words)) => walk.field(&words, TextRole::Technical),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                walk.flush();
                text(&source, place, walk.search);
                return;
            }
        }
    }
    walk.flush();
    walk.end_base64();
}

struct PackageWalk<'a, 's, 'l> {
    place: &'a str,
    /// What the words of this part are.
    role: TextRole,
    /// Whether the element that is open describes the metadata itself (ISO 19005-3, 6.6.2.3).
    schema: bool,
    words: String,
    /// The cell that is open, if the XML names cells.
    at: String,
    /// How many shared strings have begun.
    strings: usize,
    /// Base64 that goes on from cell to cell.
    base64: String,
    search: &'s mut OutputSearch<'l>,
}

impl PackageWalk<'_, '_, '_> {
    /// An element begins or ends: unless it stands inside a line, so does a field.
    fn bound(&mut self, name: &str) {
        match name {
            "br" | "cr" | "tab" => self.words.push(' '),
            name if INLINE.contains(&name) => {}
            _ => self.flush(),
        }
    }

    fn flush(&mut self) {
        if !self.words.trim().is_empty() {
            let words = std::mem::take(&mut self.words);
            let goes_on = encoded(&words)
                .last()
                .filter(|run| words.trim_end().ends_with(run))
                .map(str::to_owned);
            match goes_on {
                Some(run) => self.base64.push_str(&run),
                None => self.end_base64(),
            }
            let role = if self.schema { TextRole::Technical } else { self.role };
            self.field(&words, role);
        }
        self.words.clear();
    }

    /// Looks through base64 that was written in several cells.
    fn end_base64(&mut self) {
        let letters = std::mem::take(&mut self.base64);
        if let Some(bytes) = decode(&letters).filter(|bytes| !bytes.is_empty()) {
            let place = self.place;
            packed(bytes, &|| place.to_owned(), self.search);
        }
    }

    fn attributes(&mut self, tag: &BytesStart<'_>) {
        let tag_name = tag.name();
        let element = name(tag_name.as_ref());
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = name(attribute.key.as_ref());
            let raw = attribute.value.to_string();
            let value = quick_xml::escape::unescape(&raw)
                .map_or_else(|_| raw.clone(), std::borrow::Cow::into_owned);
            if matches!(
                (element, key),
                ("c" | "hyperlink" | "dataValidation", "r" | "ref" | "sqref") | ("comment", "ref")
            ) {
                value.clone_into(&mut self.at);
            }
            let role = if WORDED.contains(&key) { self.role } else { TextRole::Technical };
            self.field(&value, role);
        }
    }

    fn field(&mut self, words: &str, part: TextRole) {
        let Self { place, at, strings, search, .. } = self;
        let place = || match (at.as_str(), &strings) {
            ("", 0) => (*place).to_owned(),
            ("", number) => format!("{place}, string {number}"),
            (cell, _) => format!("{place}, cell {cell}"),
        };
        field(words, part, &place, search);
    }
}

fn name(qualified: &str) -> &str {
    qualified.rsplit(':').next().unwrap_or_default()
}

/// What an entity stands for; one that is not known stands for itself.
fn resolved(entity: &str) -> String {
    quick_xml::escape::unescape(&format!("&{entity};"))
        .map_or_else(|_| format!("&{entity};"), std::borrow::Cow::into_owned)
}
