//! Outputs of each kind, and what stands packed inside them, taken apart into fields.

use std::io::Read as _;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::error::{Error, ErrorKind};

use super::field::{field, line, text};
use super::{
    MAX_DEPTH, MAX_UNPACKED, NestedData, OutputKind, OutputSearch, TextRole, json, package, page,
    pdf,
};

/// Looks through an output and through all that stands packed inside it.
pub(super) fn output(
    bytes: &[u8],
    kind: OutputKind,
    search: &mut OutputSearch<'_>,
) -> Result<(), Error> {
    open(bytes, kind, "", search)?;
    nested(search)
}

/// Looks through what the parts of an output hold, and what that holds.
fn nested(search: &mut OutputSearch<'_>) -> Result<(), Error> {
    while let Some(NestedData { bytes, place, is_certain }) = search.nested.pop_front() {
        let opened = data(&bytes, &place, search);
        if is_certain {
            opened?;
        }
    }
    Ok(())
}

/// Looks through the parts of an output. `place` is what it stands in, if it stands inside another.
fn open(
    bytes: &[u8],
    kind: OutputKind,
    place: &str,
    search: &mut OutputSearch<'_>,
) -> Result<(), Error> {
    if place.matches(" > ").count() > MAX_DEPTH {
        return Err(Error::new(
            ErrorKind::TooLarge,
            "its parts stand too deep inside one another to be searched",
        ));
    }
    match kind {
        OutputKind::Pdf => pdf::search(bytes, place, search),
        OutputKind::Package => package::search(bytes, place, search),
        OutputKind::Html => {
            page::search(&String::from_utf8_lossy(bytes), place, search);
            Ok(())
        }
        OutputKind::Json => {
            json::search(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes), place, search)
        }
        OutputKind::Markdown => {
            markdown(&String::from_utf8_lossy(bytes), place, search);
            Ok(())
        }
        OutputKind::Csv => csv(bytes, place, search),
        OutputKind::Calendar => {
            calendar(&String::from_utf8_lossy(bytes), place, search);
            Ok(())
        }
        OutputKind::Text => {
            text(&String::from_utf8_lossy(bytes), place, search);
            Ok(())
        }
    }
}

/// Looks through data whose kind is recognised by its first bytes.
pub(super) fn data(bytes: &[u8], place: &str, search: &mut OutputSearch<'_>) -> Result<(), Error> {
    let inflated = match bytes {
        [0x1f, 0x8b, ..] => inflate(MultiGzDecoder::new(bytes)),
        [0x78, ..] => inflate(ZlibDecoder::new(bytes)),
        _ => None,
    };
    if let Some(inflated) = inflated {
        search.unpack(inflated.len())?;
        return data(&inflated, &format!("{place} > compressed data"), search);
    }
    let start = bytes.trim_ascii_start();
    let kind = match start {
        [b'%', b'P', b'D', b'F', ..] => OutputKind::Pdf,
        [b'P', b'K', 3, 4, ..] => OutputKind::Package,
        [b'<', ..] => {
            package::xml(bytes, place, search);
            return Ok(());
        }
        [b'{' | b'[', ..] if json::is_json(start) => OutputKind::Json,
        _ => OutputKind::Text,
    };
    if kind == OutputKind::Text && std::str::from_utf8(bytes).is_err() {
        // neither text nor anything known, unless it is deflated without a header
        let inflated = inflate(DeflateDecoder::new(bytes));
        if let Some(words) = inflated.filter(|out| std::str::from_utf8(out).is_ok()) {
            open(&words, OutputKind::Text, place, search)?;
        }
    }
    open(bytes, kind, place, search)
}

fn inflate(from: impl std::io::Read) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    from.take(MAX_UNPACKED as u64).read_to_end(&mut out).ok()?;
    Some(out)
}

/// Markdown: the words of each block and cell, where links lead, and the source as it is.
fn markdown(source: &str, place: &str, search: &mut OutputSearch<'_>) {
    let options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);
    let mut words = String::new();
    let mut lines = LineCounter::new(source);
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        let number = lines.of(range.start);
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => words.push('\n'),
            Event::Start(
                Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. },
            ) => {
                field(&dest_url, TextRole::Content, &|| line(place, number), search);
                field(&title, TextRole::Content, &|| line(place, number), search);
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image,
            ) => {}
            _ => {
                field(&words, TextRole::Content, &|| line(place, number), search);
                words.clear();
            }
        }
    }
    field(&words, TextRole::Content, &|| line(place, lines.number), search);
    if !search.is_found_in(place) {
        text(source, place, search);
    }
}

/// Counts lines up to places that mostly ascend.
struct LineCounter<'a> {
    source: &'a str,
    at: usize,
    number: usize,
}

impl<'a> LineCounter<'a> {
    fn new(source: &'a str) -> Self {
        Self { source, at: 0, number: 1 }
    }

    fn of(&mut self, byte: usize) -> usize {
        if let Some(between) = self.source.get(self.at..byte) {
            self.number += between.matches('\n').count();
            self.at = byte;
        }
        self.number
    }
}

fn csv(bytes: &[u8], place: &str, search: &mut OutputSearch<'_>) -> Result<(), Error> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let unreadable = |e: csv::Error| {
        Error::new(ErrorKind::Unreadable, format!("it is not CSV that can be searched: {e}"))
    };
    while reader.read_byte_record(&mut record).map_err(unreadable)? {
        let number = record.position().map_or(0, csv::Position::line);
        for value in &record {
            let number = usize::try_from(number).unwrap_or(usize::MAX);
            field(
                &String::from_utf8_lossy(value),
                TextRole::Content,
                &|| line(place, number),
                search,
            );
        }
    }
    Ok(())
}

/// The properties of calendars that hold words; the others hold what the format defines.
const WORDED: [&str; 11] = [
    "SUMMARY",
    "DESCRIPTION",
    "COMMENT",
    "LOCATION",
    "CATEGORIES",
    "CONTACT",
    "ORGANIZER",
    "ATTENDEE",
    "URL",
    "ATTACH",
    "NAME",
];

/// A calendar: each property with its folded lines joined and escapes resolved (RFC 5545, 3.1 and
/// 3.3.11).
fn calendar(source: &str, place: &str, search: &mut OutputSearch<'_>) {
    let mut property = (0, String::new());
    let end = std::iter::once((0, ""));
    for (at, physical) in source.lines().enumerate().chain(end) {
        if let Some(more) = physical.strip_prefix([' ', '\t']) {
            property.1.push_str(more);
            continue;
        }
        let (number, whole) = std::mem::replace(&mut property, (at + 1, physical.to_owned()));
        let name = whole.split([';', ':']).next().unwrap_or_default();
        let worded = WORDED.contains(&name) || name.starts_with("X-");
        let words = whole.replace("\\n", "\n").replace("\\N", "\n").replace('\\', "");
        field(
            &words,
            if worded { TextRole::Content } else { TextRole::Technical },
            &|| line(place, number),
            search,
        );
        if let Some((_, value)) = words.split_once(':').filter(|_| worded) {
            field(value, TextRole::Content, &|| line(place, number), search);
        }
    }
}
