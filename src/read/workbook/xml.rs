//! The XML inside workbooks: tags and words in order, within limits, whatever prefix the tags have.
//!
//! Nearly all of a part is tags and plain words, of which a large workbook has millions: they are
//! cut out of the text here. What else XML has, and what is damaged, is read by quick-xml where it
//! is met.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use quick_xml::events::{BytesRef, BytesText};
use quick_xml::{Reader, events};

use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::text::first;

/// A part of a workbook, read tag by tag.
#[derive(Clone)]
pub(crate) struct XmlReader<'a> {
    /// What has not been read yet.
    rest: &'a str,
    depth: usize,
    deepest: usize,
    /// Whether nothing follows.
    is_last: bool,
}

/// What comes next in a part.
#[derive(Debug)]
pub(crate) enum XmlEvent<'a> {
    /// The tag that an element begins with.
    Start(XmlTag<'a>),
    /// An element that is no more than a tag.
    Empty(XmlTag<'a>),
    /// The tag that an element ends with.
    End(XmlTag<'a>),
    /// Words, or a part of them: each reference such as `&amp;` comes by itself.
    Words(Cow<'a, str>),
    /// What says nothing: comments, declarations.
    Other,
}

/// A tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct XmlTag<'a> {
    /// Its name without a prefix.
    pub(crate) name: &'a str,
    /// What stands behind its name.
    attributes: &'a str,
}

impl<'a> XmlTag<'a> {
    /// The tag between whose angle brackets this stands.
    fn of(inside: &'a str) -> Self {
        let end = inside.bytes().position(is_space).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(end);
        Self { name: without_prefix(name), attributes }
    }
}

fn without_prefix(name: &str) -> &str {
    name.bytes().position(|b| b == b':').map_or(name, |colon| &name[colon + 1..])
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Where the tag ends that the bytes begin with; a `>` in a value ends none.
fn end_of_tag(bytes: &[u8]) -> Option<usize> {
    let mut bytes = bytes.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'>' => return Some(at),
            b'"' | b'\'' => {
                bytes.find(|(_, end)| *end == byte)?;
            }
            _ => {}
        }
    }
    None
}

/// Where the words end that the bytes begin with, at a tag or a reference.
fn end_of_words(bytes: &[u8]) -> usize {
    first(bytes, |byte| [byte == b'<', byte == b'&']).unwrap_or(bytes.len())
}

impl<'a> XmlReader<'a> {
    /// Begins at the start of a part.
    pub(crate) fn new(text: &'a str, limits: &Limits) -> Self {
        Self::piece(text, 0, true, limits)
    }

    /// Begins at a piece of a part, so many tags deep.
    pub(super) fn piece(text: &'a str, depth: usize, is_last: bool, limits: &Limits) -> Self {
        Self { rest: text, depth, deepest: limits.nesting, is_last }
    }

    /// How many bytes of the piece have been read.
    pub(super) fn position(&self, piece: &str) -> usize {
        piece.len() - self.rest.len()
    }

    /// How many tags deep the next stands.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next tag or words; none at the end of the part. The end of a piece that is not the last
    /// is an error, as damage is.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<XmlEvent<'a>>, Error> {
        match self.rest.as_bytes() {
            [] if self.is_last => Ok(None),
            [] => Err(Error::new(ErrorKind::Unreadable, "the XML ends")),
            [b'<', b'!' | b'?', ..] | [b'&', ..] => self.rare(),
            tag @ [b'<', ..] => match end_of_tag(tag) {
                Some(end) => self.tag(end).map(Some),
                None => self.rare(),
            },
            words => {
                let words = self.take(end_of_words(words));
                Ok(Some(XmlEvent::Words(BytesText::from_escaped(words).xml10_content())))
            }
        }
    }

    /// The words between one or two tags and those that end them, if just these come next, and
    /// nothing to resolve in them: as nearly everywhere in a large part, which need not be read tag
    /// by tag there.
    #[inline]
    pub(super) fn plain(&mut self, start: &str, end: &str) -> Option<&'a str> {
        let rest = self.rest.strip_prefix(start).filter(|_| self.depth + 2 <= self.deepest)?;
        let (words, rest) = rest.split_at(end_of_words(rest.as_bytes()));
        self.rest = rest.strip_prefix(end).filter(|_| !words.contains('\r'))?;
        Some(words)
    }

    /// The value of an attribute, if the part goes on with `start`: what stands before the value,
    /// its quotation mark included.
    #[inline]
    pub(super) fn value(&mut self, start: &str) -> Option<&'a str> {
        let rest = self.rest.strip_prefix(start)?;
        let end = rest.bytes().position(|byte| byte == b'"')?;
        self.rest = &rest[end + 1..];
        Some(&rest[..end])
    }

    /// So many bytes, which then have been read.
    #[inline]
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// The tag that ends there.
    #[inline]
    fn tag(&mut self, end: usize) -> Result<XmlEvent<'a>, Error> {
        let inside = &self.take(end + 1)[1..end];
        if let Some(name) = inside.strip_prefix('/') {
            self.depth = self.depth.saturating_sub(1);
            return Ok(XmlEvent::End(XmlTag {
                name: without_prefix(name.trim_end_matches([' ', '\t', '\r', '\n'])),
                attributes: "",
            }));
        }
        if let Some(inside) = inside.strip_suffix('/') {
            return Ok(XmlEvent::Empty(XmlTag::of(inside)));
        }
        self.depth += 1;
        if self.depth > self.deepest {
            let message = format!("tags stand inside tags more than {} deep", self.deepest);
            return Err(Error::new(ErrorKind::TooLarge, message)
                .help("open it in a spreadsheet program and save it again"));
        }
        Ok(XmlEvent::Start(XmlTag::of(inside)))
    }

    /// What is neither a whole tag nor words; nothing follows what is damaged.
    #[cold]
    fn rare(&mut self) -> Result<Option<XmlEvent<'a>>, Error> {
        let mut reader = Reader::from_str(self.rest);
        reader.config_mut().allow_dangling_amp = true;
        let event = reader.read_event();
        self.take(if event.is_ok() {
            self.rest.len() - reader.get_ref().len()
        } else {
            self.rest.len()
        });
        match event {
            Ok(events::Event::Text(text)) => Ok(Some(XmlEvent::Words(text.xml10_content()))),
            Ok(events::Event::CData(text)) => Ok(Some(XmlEvent::Words(text.xml10_content()))),
            Ok(events::Event::GeneralRef(reference)) => {
                Ok(Some(XmlEvent::Words(Cow::Owned(character(&reference)))))
            }
            Ok(events::Event::DocType(_)) => {
                let message = "the workbook defines abbreviations of its own (a DOCTYPE), which no spreadsheet program writes";
                Err(Error::new(ErrorKind::Unsupported, message)
                    .help("ask who made the file: files like this are made to harm the programs that open them"))
            }
            Ok(_) => Ok(Some(XmlEvent::Other)),
            Err(error) => {
                Err(Error::new(ErrorKind::Unreadable, format!("the XML is damaged ({error})")))
            }
        }
    }

    /// The words up to the end of the element that has just begun, those of elements inside it
    /// included.
    pub(crate) fn words(&mut self) -> Result<Cow<'a, str>, Error> {
        let mut words = Cow::Borrowed("");
        let mut depth = 0_usize;
        while let Some(event) = self.next()? {
            match event {
                XmlEvent::Start(_) => depth += 1,
                XmlEvent::End(_) if depth == 0 => break,
                XmlEvent::End(_) => depth -= 1,
                XmlEvent::Words(more) if words.is_empty() => words = more,
                XmlEvent::Words(more) => words.to_mut().push_str(&more),
                XmlEvent::Empty(_) | XmlEvent::Other => {}
            }
        }
        Ok(words)
    }

    /// Passes over the element that has just begun, and all in it.
    pub(crate) fn skip(&mut self) -> Result<(), Error> {
        let mut depth = 0_usize;
        while let Some(event) = self.next()? {
            match event {
                XmlEvent::Start(_) => depth += 1,
                XmlEvent::End(_) if depth == 0 => break,
                XmlEvent::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }
}

/// What a reference such as `&amp;` stands for; one that has no meaning stays as typed.
fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    match &**reference {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

/// The attributes of a tag by their names without a prefix, values as they stand.
pub(crate) fn attributes<'a>(tag: &XmlTag<'a>) -> XmlAttributes<'a> {
    XmlAttributes { rest: tag.attributes }
}

/// The attributes of a tag; those behind one that is damaged are left out.
pub(crate) struct XmlAttributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for XmlAttributes<'a> {
    type Item = (&'a str, &'a str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        // names and values are short: a byte after the other is sooner found than by a search made
        // for long texts
        let equals = self.rest.bytes().position(|byte| byte == b'=')?;
        let (name, value) = (&self.rest[..equals], &self.rest[equals + 1..]);
        let value = if value.starts_with(['"', '\'']) { value } else { value.trim_ascii_start() };
        let mark = value.bytes().next().filter(|mark| matches!(mark, b'"' | b'\''))?;
        let end = 1 + value.bytes().skip(1).position(|byte| byte == mark)?;
        self.rest = &value[end + 1..];
        Some((bare(name), &value[1..end]))
    }
}

/// The name of an attribute without white space and a prefix.
fn bare(name: &str) -> &str {
    let name = name.strip_prefix(' ').unwrap_or(name);
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        name
    } else {
        name.rsplit(':').next().unwrap_or(name).trim_ascii()
    }
}

/// The value of one attribute, its references resolved.
pub(crate) fn attribute<'a>(tag: &XmlTag<'a>, name: &str) -> Option<Cow<'a, str>> {
    attributes(tag).find(|(known, _)| *known == name).map(|(_, value)| resolved(value))
}

/// Whether an attribute says yes; one that is missing does not.
pub(crate) fn is_set(tag: &XmlTag<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| is_true(&value))
}

/// Whether a mark such as `i` or `strike` is on: it is, unless its value says otherwise
/// (ECMA-376-1, 18.8.2).
pub(crate) fn is_on(tag: &XmlTag<'_>) -> bool {
    attribute(tag, "val").is_none_or(|value| is_true(&value))
}

/// The value of an attribute, its references resolved.
pub(crate) fn resolved(value: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value))
}

/// Whether an attribute says yes.
pub(crate) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "TRUE" | "on")
}

/// The text of a part, in whatever encoding it says.
pub(crate) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    says_encoding(bytes).unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes).0
}

/// The encoding other than UTF-8 that the opening of a part says it has.
pub(super) fn says_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let opening = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes));
    let label = opening
        .split_once("encoding=")
        .and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    label.and_then(|l| Encoding::for_label(l.as_bytes())).filter(|e| *e != UTF_8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn first_tag(xml: &str) -> XmlTag<'_> {
        let mut xml = XmlReader::new(xml, &Limits::default());
        match xml.next().unwrap() {
            Some(XmlEvent::Start(tag) | XmlEvent::Empty(tag)) => tag,
            other => panic!("{other:?}"),
        }
    }

    /// What comes in a part, up to where it is damaged.
    fn ours(part: &str) -> Vec<String> {
        let mut xml = XmlReader::new(part, &Limits::default());
        let event = || xml.next().ok().flatten();
        std::iter::from_fn(event).map(|event| format!("{event:?}")).collect()
    }

    /// The same as quick-xml reads all of it.
    fn of_quick_xml(part: &str) -> Vec<String> {
        let mut reader = Reader::from_str(part);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let mut events = Vec::new();
        while let Ok(event) = reader.read_event() {
            let event = match &event {
                events::Event::Eof | events::Event::DocType(_) => break,
                events::Event::Start(tag) => XmlEvent::Start(XmlTag {
                    name: tag.local_name().into_inner(),
                    attributes: tag.attributes_raw(),
                }),
                events::Event::Empty(tag) => XmlEvent::Empty(XmlTag {
                    name: tag.local_name().into_inner(),
                    attributes: tag.attributes_raw(),
                }),
                events::Event::End(tag) => {
                    XmlEvent::End(XmlTag { name: tag.local_name().into_inner(), attributes: "" })
                }
                events::Event::Text(text) => XmlEvent::Words(text.xml10_content()),
                events::Event::CData(text) => XmlEvent::Words(text.xml10_content()),
                events::Event::GeneralRef(reference) => {
                    XmlEvent::Words(Cow::Owned(character(reference)))
                }
                _ => XmlEvent::Other,
            };
            events.push(format!("{event:?}"));
        }
        events
    }

    proptest! {
        #[test]
        fn tags_and_words_are_those_that_quick_xml_reads(
            parts in prop::collection::vec(prop::sample::select(vec![
                "<c>", "</c>", "<x:c r='>' s=\"'\"\n>", "</x:c\t>", "<c/>", "<c r=\"1\"/>", "< c / >", "<>", "</>", "</:a b='>'>", "<a:b:c d>", "'", "\"",
                "words ", "é£", "日本\r\n", "a long stretch of plain words, > 32 bytes of it", "&amp;", "&#163;", "&", ";", "]]>", "<!-- <c> -->",
                "<![CDATA[<c>\r]]>", "<?pi <c> ?>", "<!DOCTYPE c>", "<!", "<", ">", "/",
            ]), 0..12),
        ) {
            let part = parts.concat();
            prop_assert_eq!(ours(&part), of_quick_xml(&part));
        }
    }

    #[test]
    fn attributes_are_known_without_their_prefix() {
        let tag = first_tag(r#"<x:c r = "A1" x:s='2' title="a &amp; b"/>"#);
        assert_eq!(
            attributes(&tag).collect::<Vec<_>>(),
            [("r", "A1"), ("s", "2"), ("title", "a &amp; b")]
        );
        assert_eq!(attribute(&tag, "title").as_deref(), Some("a & b"));
        assert_eq!(attributes(&first_tag("<c r>")).count(), 0);
    }

    #[test]
    fn words_are_put_together_from_their_pieces() {
        let mut xml = XmlReader::new(
            "<t>Safe &amp; <b>well</b><![CDATA[ <here>]]> &#163;5 &odd; & more</t>",
            &Limits::default(),
        );
        xml.next().unwrap();
        assert_eq!(xml.words().unwrap(), "Safe & well <here> £5 &odd; & more");
    }

    #[test]
    fn deep_nesting_and_definitions_are_refused() {
        let deep = "<a>".repeat(300);
        let mut xml = XmlReader::new(&deep, &Limits::default());
        let error = std::iter::from_fn(|| xml.next().transpose()).find_map(Result::err).unwrap();
        assert!(error.is_too_large());
        assert!(
            XmlReader::new("<!DOCTYPE x [<!ENTITY a 'b'>]>", &Limits::default())
                .next()
                .unwrap_err()
                .is_unsupported()
        );
    }

    #[test]
    fn the_encoding_is_the_one_that_the_part_says() {
        assert_eq!(decoded(b"\xff\xfe<\0a\0"), "<a");
        assert_eq!(
            decoded(b"<?xml version='1.0' encoding='iso-8859-2'?>\xa1"),
            "<?xml version='1.0' encoding='iso-8859-2'?>Ą"
        );
        assert_eq!(decoded(b"caf\xe9"), "café");
    }
}
