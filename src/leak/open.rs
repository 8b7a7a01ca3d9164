//! Outputs of each kind, and what stands packed inside them, taken apart into fields.

use std::io::Read as _;

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::error::{Error, ErrorKind};

use super::{
    MAX_UNPACKED, MIN_ANYWHERE, OutputKind, OutputSearch, TextRole, json, package, page, pdf,
};

/// How deep packed data may stand inside packed data.
const MAX_DEPTH: usize = 6;

/// The fewest letters that are taken for base64: shorter ones hold no text of any length.
const MIN_BASE64: usize = 40;

/// The fewest letters without a space that no one has typed.
const MIN_PACKED: usize = 400;

/// Looks through an output. `place` is what it stands in, if it stands inside another.
pub(super) fn open(
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
        OutputKind::Html => page::search(&String::from_utf8_lossy(bytes), place, search),
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
        [b'<', ..] => return package::xml(bytes, place, search),
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

/// Looks through a field, and what is in it in base64.
pub(super) fn field(
    words: &str,
    part: TextRole,
    place: &dyn Fn() -> String,
    search: &mut OutputSearch<'_>,
) {
    if part == TextRole::Technical && words.len() < MIN_ANYWHERE {
        return;
    }
    // letters of packed data make short words by chance
    if part == TextRole::Content && encoded(words).any(|run| run.len() >= MIN_PACKED) {
        let runs = words.split_inclusive(|c: char| !is_base64(c));
        let typed: String =
            runs.map(|run| if run.len() < MIN_PACKED { run } else { " " }).collect();
        search.text(&typed, part, place);
        search.text(words, TextRole::Technical, place);
    } else {
        search.text(words, part, place);
    }
    if words.len() < MIN_BASE64 {
        return;
    }
    for encoded in encoded(words) {
        if let Some(decoded) = decode(encoded) {
            packed(&decoded, place, search);
        }
    }
}

/// Looks through data that was in base64. What cannot be taken apart was none.
pub(super) fn packed(bytes: &[u8], place: &dyn Fn() -> String, search: &mut OutputSearch<'_>) {
    let place = format!("{} > embedded data", place());
    if place.matches(" > ").count() <= MAX_DEPTH {
        let _ = data(bytes, &place, search);
    }
}

/// The stretches of a text that may be base64.
pub(super) fn encoded(words: &str) -> impl Iterator<Item = &str> {
    words.split(|c: char| !is_base64(c)).filter(|run| run.len() >= MIN_BASE64)
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=')
}

/// What is written in base64, in either alphabet, with or without padding.
pub(super) fn decode(letters: &str) -> Option<Vec<u8>> {
    let alphabet = if letters.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, config).decode(letters).ok()
}

fn line(place: &str, number: usize) -> String {
    if place.is_empty() { format!("line {number}") } else { format!("{place}, line {number}") }
}

/// Plain text: a field for all of it, so that sentences are found over line ends, and one for each
/// line.
fn text(words: &str, place: &str, search: &mut OutputSearch<'_>) {
    let mut lines = 0;
    for (at, words) in words.lines().enumerate() {
        field(words, TextRole::Content, &|| line(place, at + 1), search);
        lines = at + 1;
    }
    if lines > 1 && !search.is_found_in(place) {
        search.text(words, TextRole::Content, &|| line(place, 1));
    }
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
