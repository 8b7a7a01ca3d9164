//! PDFs: the words of pages as their fonts translate them, every string of every object,
//! attachments and metadata.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId, Stream};

use crate::error::{Error, ErrorKind};

use super::field::field;
use super::to_unicode::ToUnicode;
use super::{OutputSearch, TextRole};

/// How far apart two pieces of a line are that are two words, in thousandths of the font's size.
const GAP: f32 = 180.0;

/// How deep objects may stand inside one another.
const MAX_DEPTH: usize = 64;

/// Looks through a PDF.
pub(super) fn search(
    bytes: &[u8],
    place: &str,
    search: &mut OutputSearch<'_>,
) -> Result<(), Error> {
    let document = Document::load_mem(bytes).map_err(|e| unreadable(&e))?;
    let at =
        |what: &str| if place.is_empty() { what.to_owned() } else { format!("{place} > {what}") };
    let mut shown = HashSet::new();
    let mut fonts = FontMaps::default();
    for (number, page) in document.get_pages() {
        shown.extend(document.get_page_contents(page));
        let content =
            document.get_page_content_with_limit(page, search.left).map_err(|e| unreadable(&e))?;
        search.unpack(content.len())?;
        let named = document.get_page_fonts(page).map_err(|e| unreadable(&e))?;
        words(&document, &content, &named, &mut fonts, &at(&format!("page {number}")), search)?;
    }
    for (id, object) in &document.objects {
        let place = at(&what(object, *id));
        strings(object, &place, 0, search);
        if let Object::Stream(stream) = object {
            // the pages have been looked through
            if !shown.contains(id) {
                stream_data(&document, stream, &mut fonts, &place, search)?;
            }
        }
    }
    strings(&Object::Dictionary(document.trailer.clone()), &at("the trailer"), 0, search);
    Ok(())
}

fn unreadable(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Unreadable, format!("it is not a PDF that can be searched: {error}"))
}

/// What an object is, for its place.
fn what(object: &Object, id: ObjectId) -> String {
    let entries = match object {
        Object::Dictionary(entries) => Some(entries),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    };
    let name = |key: &[u8]| {
        entries
            .and_then(|entries| entries.get(key).ok()?.as_name().ok())
            .map(String::from_utf8_lossy)
    };
    let kind = name(b"Type")
        .or_else(|| name(b"Subtype"))
        .or_else(|| name(b"S"))
        .unwrap_or("object".into());
    format!("{kind} {}", id.0)
}

/// The strings and names of an object. Strings are for people, or values; names are for programs.
fn strings(object: &Object, place: &str, depth: usize, search: &mut OutputSearch<'_>) {
    if depth > MAX_DEPTH {
        return;
    }
    match object {
        Object::String(bytes, _) => {
            let words = lopdf::decode_text_string(object)
                .unwrap_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect());
            field(&words, TextRole::Content, &|| place.to_owned(), search);
        }
        Object::Name(name) => {
            field(
                &String::from_utf8_lossy(name),
                TextRole::Technical,
                &|| place.to_owned(),
                search,
            );
        }
        Object::Array(items) => {
            for item in items {
                strings(item, place, depth + 1, search);
            }
        }
        Object::Dictionary(entries) => of_dictionary(entries, place, depth, search),
        Object::Stream(stream) => of_dictionary(&stream.dict, place, depth, search),
        _ => {}
    }
}

fn of_dictionary(entries: &Dictionary, place: &str, depth: usize, search: &mut OutputSearch<'_>) {
    for (key, value) in entries {
        field(&String::from_utf8_lossy(key), TextRole::Technical, &|| place.to_owned(), search);
        strings(value, place, depth + 1, search);
    }
}

/// Looks through the data of a stream, if it can hold words: pictures, fonts and colours do not.
fn stream_data<'a>(
    document: &'a Document,
    stream: &'a Stream,
    fonts: &mut FontMaps<'a>,
    place: &str,
    search: &mut OutputSearch<'_>,
) -> Result<(), Error> {
    let is = |key: &[u8], name: &[u8]| {
        stream.dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name)
    };
    let is_font = [&b"Length1"[..], b"Length2", b"Length3"].iter().any(|key| stream.dict.has(key))
        || ["CIDFontType0C", "Type1C", "OpenType"]
            .iter()
            .any(|kind| is(b"Subtype", kind.as_bytes()));
    if is(b"Subtype", b"Image")
        || is_font
        || stream.dict.has(b"N") && stream.dict.has(b"Alternate")
        || is(b"Type", b"XRef")
    {
        return Ok(());
    }
    let content = stream.get_plain_content_with_limit(search.left).map_err(|e| unreadable(&e))?;
    search.unpack(content.len())?;
    // a colour profile (ICC.1, 7.2.9)
    if content.get(36..40) == Some(b"acsp") {
        return Ok(());
    }
    // the objects of the one have been looked through, and the other translates codes to letters
    if is(b"Type", b"ObjStm") || content.starts_with(b"/CIDInit") {
        field(&String::from_utf8_lossy(&content), TextRole::Technical, &|| place.into(), search);
        return Ok(());
    }
    if is(b"Subtype", b"Form") || is(b"Type", b"Pattern") {
        let resources =
            stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        let named = resources.and_then(|resources| {
            resources.get_deref(b"Font", document).and_then(Object::as_dict).ok()
        });
        let font = |(name, font): (&Vec<u8>, &'a Object)| {
            Some((name.clone(), document.dereference(font).ok()?.1.as_dict().ok()?))
        };
        let named = named.into_iter().flat_map(Dictionary::iter).filter_map(font).collect();
        return words(document, &content, &named, fonts, place, search);
    }
    search.nest(content, place.to_owned());
    Ok(())
}

/// How fonts translate to text, each read once.
#[derive(Default)]
struct FontMaps<'a> {
    known: HashMap<usize, CodeMap<'a>>,
}

/// How the codes of a font translate to text.
enum CodeMap<'a> {
    /// As its `/ToUnicode` says, which is what readers go by first (ISO 32000-1, 9.10.2).
    Map(ToUnicode),
    Encoding(Encoding<'a>),
    None,
}

impl<'a> FontMaps<'a> {
    fn of(&mut self, document: &'a Document, font: &'a Dictionary) -> usize {
        let key = std::ptr::from_ref(font).addr();
        self.known.entry(key).or_insert_with(|| {
            let map = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).ok();
            let map =
                map.and_then(|map| map.get_plain_content_with_limit(super::MAX_UNPACKED).ok());
            if let Some(map) = map {
                return CodeMap::Map(ToUnicode::parse(&map));
            }
            let encoding = font.get_font_encoding_with_limit(document, super::MAX_UNPACKED);
            encoding.map_or(CodeMap::None, CodeMap::Encoding)
        });
        key
    }
}

/// The words that are shown, those of each marked sequence as one field, and those of the page
/// together.
fn words<'a>(
    document: &'a Document,
    content: &[u8],
    named: &BTreeMap<Vec<u8>, &'a Dictionary>,
    fonts: &mut FontMaps<'a>,
    place: &str,
    search: &mut OutputSearch<'_>,
) -> Result<(), Error> {
    let operations = Content::decode(content).map_err(|e| unreadable(&e))?.operations;
    let keys: HashMap<&[u8], usize> =
        named.iter().map(|(name, font)| (name.as_slice(), fonts.of(document, font))).collect();
    let mut shown = ExtractedText::default();
    let mut font = None;
    for Operation { operator, operands } in &operations {
        match operator.as_str() {
            "Tf" => {
                let key = operands
                    .first()
                    .and_then(|name| name.as_name().ok())
                    .and_then(|name| keys.get(name));
                font = key.and_then(|key| fonts.known.get(key));
            }
            "Tj" | "'" | "\"" => operands.iter().for_each(|object| shown.show(object, font)),
            "TJ" => {
                for item in operands.iter().filter_map(|items| items.as_array().ok()).flatten() {
                    shown.show(item, font);
                    if item.as_float().is_ok_and(|gap| gap < -GAP) {
                        shown.space();
                    }
                }
            }
            "Td" | "TD" | "Tm" | "T*" | "ET" => shown.space(),
            "BDC" | "BMC" | "EMC" | "DP" => {
                field(
                    &std::mem::take(&mut shown.marked),
                    TextRole::Content,
                    &|| place.to_owned(),
                    search,
                );
                for operand in operands {
                    strings(operand, place, 0, search);
                }
            }
            _ => {}
        }
    }
    field(&shown.marked, TextRole::Content, &|| place.to_owned(), search);
    search.text(&shown.all, TextRole::Content, &|| place.to_owned());
    Ok(())
}

#[derive(Default)]
struct ExtractedText {
    all: String,
    /// Since the last mark.
    marked: String,
}

impl ExtractedText {
    fn show(&mut self, object: &Object, font: Option<&CodeMap<'_>>) {
        let (Object::String(bytes, _), Some(font)) = (object, font) else { return };
        let words = match font {
            CodeMap::Map(map) => map.translate(bytes),
            CodeMap::Encoding(encoding) => {
                Document::decode_text(encoding, bytes).unwrap_or_default()
            }
            CodeMap::None => return,
        };
        self.all.push_str(&words);
        self.marked.push_str(&words);
    }

    fn space(&mut self) {
        self.all.push(' ');
        self.marked.push(' ');
    }
}
