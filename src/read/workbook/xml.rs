//! The XML inside workbooks: tags and words in order, within limits, whatever prefix the tags have.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::error::{Error, Kind};
use crate::read::Limits;

/// A part of a workbook, read tag by tag.
pub(crate) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    deepest: usize,
    /// Whether nothing follows.
    is_last: bool,
}

impl<'a> Xml<'a> {
    /// Begins at the start of a part.
    pub(crate) fn new(text: &'a str, limits: &Limits) -> Self {
        Self::piece(text, 0, true, limits)
    }

    /// Begins at a piece of a part, so many tags deep.
    pub(super) fn piece(text: &'a str, depth: usize, is_last: bool, limits: &Limits) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, depth, deepest: limits.nesting, is_last }
    }

    /// How many bytes of the piece have been read.
    pub(super) fn position(&self, piece: &str) -> usize {
        piece.len() - self.reader.get_ref().len()
    }

    /// How many tags deep the next stands.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next tag or words; none at the end of the part. The end of a piece that is not the last is an error, as damage is.
    pub(crate) fn next(&mut self) -> Result<Option<Event<'a>>, Error> {
        match self.reader.read_event() {
            Ok(Event::Eof) if self.is_last => Ok(None),
            Ok(Event::Eof) => Err(Error::new(Kind::Unreadable, "the XML ends")),
            Ok(Event::Start(tag)) => {
                self.depth += 1;
                if self.depth > self.deepest {
                    let message = format!("tags stand inside tags more than {} deep", self.deepest);
                    return Err(Error::new(Kind::TooLarge, message).help("open it in a spreadsheet program and save it again"));
                }
                Ok(Some(Event::Start(tag)))
            }
            Ok(Event::End(tag)) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Some(Event::End(tag)))
            }
            Ok(Event::DocType(_)) => {
                let message = "the workbook defines abbreviations of its own (a DOCTYPE), which no spreadsheet program writes";
                Err(Error::new(Kind::Unsupported, message)
                    .help("ask who made the file: files like this are made to harm the programs that open them"))
            }
            Ok(event) => Ok(Some(event)),
            Err(error) => Err(Error::new(Kind::Unreadable, format!("the XML is damaged ({error})"))),
        }
    }

    /// The words up to the end of the element that has just begun, those of elements inside it included.
    pub(crate) fn words(&mut self) -> Result<Cow<'a, str>, Error> {
        let mut words = Cow::Borrowed("");
        let mut depth = 0_usize;
        while let Some(event) = self.next()? {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                other => add_words(&mut words, &other),
            }
        }
        Ok(words)
    }

    /// Passes over the element that has just begun, and all in it.
    pub(crate) fn skip(&mut self) -> Result<(), Error> {
        let mut depth = 0_usize;
        while let Some(event) = self.next()? {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }
}

/// Adds the words of an event to those before it, without a copy where they are the only ones.
pub(crate) fn add_words<'a>(words: &mut Cow<'a, str>, event: &Event<'a>) {
    let more = match event {
        Event::Text(text) => text.xml10_content(),
        Event::CData(text) => text.xml10_content(),
        Event::GeneralRef(reference) => Cow::Owned(character(reference)),
        _ => return,
    };
    if words.is_empty() {
        *words = more;
    } else {
        words.to_mut().push_str(&more);
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
pub(crate) fn attributes<'t>(tag: &'t BytesStart<'_>) -> impl Iterator<Item = (&'t str, &'t str)> {
    let mut rest = tag.attributes_raw();
    std::iter::from_fn(move || {
        // names and values are short: a byte after the other is sooner found than by a search made for long texts
        let mut name = 0;
        let mut equals = None;
        for (at, byte) in rest.bytes().enumerate() {
            match byte {
                b'=' => {
                    equals = Some(at);
                    break;
                }
                b':' => name = at + 1,
                _ => {}
            }
        }
        let (name, after) = (rest.get(name..equals?)?, rest.get(equals? + 1..)?.trim_ascii_start());
        let quote = after.bytes().next().filter(|b| matches!(b, b'"' | b'\''))?;
        let end = 1 + after.bytes().skip(1).position(|b| b == quote)?;
        rest = after.get(end + 1..)?;
        Some((name.trim_ascii(), after.get(1..end)?))
    })
}

/// The value of one attribute, its references resolved.
pub(crate) fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<Cow<'t, str>> {
    attributes(tag).find(|(known, _)| *known == name).map(|(_, value)| resolved(value))
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
    let label = opening.split_once("encoding=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    label.and_then(|l| Encoding::for_label(l.as_bytes())).filter(|e| *e != UTF_8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_tag(xml: &str) -> BytesStart<'_> {
        let mut xml = Xml::new(xml, &Limits::default());
        match xml.next().unwrap() {
            Some(Event::Start(tag) | Event::Empty(tag)) => tag,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn attributes_are_known_without_their_prefix() {
        let tag = first_tag(r#"<x:c r = "A1" x:s='2' title="a &amp; b"/>"#);
        assert_eq!(attributes(&tag).collect::<Vec<_>>(), [("r", "A1"), ("s", "2"), ("title", "a &amp; b")]);
        assert_eq!(attribute(&tag, "title").as_deref(), Some("a & b"));
        assert_eq!(attributes(&first_tag("<c r>")).count(), 0);
    }

    #[test]
    fn words_are_put_together_from_their_pieces() {
        let mut xml = Xml::new("<t>Safe &amp; <b>well</b><![CDATA[ <here>]]> &#163;5 &odd; & more</t>", &Limits::default());
        xml.next().unwrap();
        assert_eq!(xml.words().unwrap(), "Safe & well <here> £5 &odd; & more");
    }

    #[test]
    fn deep_nesting_and_definitions_are_refused() {
        let deep = "<a>".repeat(300);
        let mut xml = Xml::new(&deep, &Limits::default());
        let error = std::iter::from_fn(|| xml.next().transpose()).find_map(Result::err).unwrap();
        assert!(error.is_too_large());
        assert!(Xml::new("<!DOCTYPE x [<!ENTITY a 'b'>]>", &Limits::default()).next().unwrap_err().is_unsupported());
    }

    #[test]
    fn the_encoding_is_the_one_that_the_part_says() {
        assert_eq!(decoded(b"\xff\xfe<\0a\0"), "<a");
        assert_eq!(decoded(b"<?xml version='1.0' encoding='iso-8859-2'?>\xa1"), "<?xml version='1.0' encoding='iso-8859-2'?>Ą");
        assert_eq!(decoded(b"caf\xe9"), "café");
    }
}
