//! From bytes to a [`Source`]: one file a format. A reader knows no plan; it must not lose a word.

mod decode;
mod delimited;
mod encoding;
mod html;
mod html_tag;
mod lines;
mod markdown;
pub(crate) mod own;
mod plausible;
mod sniff;
mod typed;
pub(crate) mod workbook;

use crate::limits::Limits;
use std::borrow::Cow;

use crate::diagnostic::Fix;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind};
use crate::place::Place;
use crate::source::{Block, Source};
use crate::text::{Span, Text};

use sniff::{SniffedFormat, looks};

pub use encoding::Encoding;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown: CommonMark with pipe tables and the HTML that converters put into their cells.
    Markdown,
    /// Values with commas, tabs, semicolons or bars between them, in whatever encoding; which is
    /// recognised by the text itself.
    Delimited,
    /// HTML: a web page, or tables as Word, SharePoint and report programs save them, under
    /// whatever extension.
    Html,
    /// A workbook: Office Open XML (with macros or without, binary or not), Excel 97 to 2003 and
    /// 95, OpenDocument. Which of them is recognised by the bytes themselves.
    Workbook,
}

impl Format {
    /// The formats by the extensions of their files.
    pub const EXTENSIONS: &[(&str, Self)] = &[
        ("md", Self::Markdown),
        ("markdown", Self::Markdown),
        ("csv", Self::Delimited),
        ("tsv", Self::Delimited),
        ("html", Self::Html),
        ("htm", Self::Html),
        ("xlsx", Self::Workbook),
        ("xlsm", Self::Workbook),
        ("xlsb", Self::Workbook),
        ("xls", Self::Workbook),
        ("ods", Self::Workbook),
    ];

    /// The format of files with this extension, in whatever case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::EXTENSIONS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(extension))
            .map(|(_, format)| *format)
    }
}

/// Reads a document, within the default [`Limits`].
///
/// # Errors
///
/// If the bytes are not what the format says, are protected by a password, or go beyond a limit.
pub fn read(bytes: &[u8], format: Format) -> Result<Source, Error> {
    read_within(bytes, format, &Limits::default())
}

/// Reads a document, within limits of the caller's.
///
/// # Errors
///
/// As for [`read`].
pub fn read_within(bytes: &[u8], format: Format, limits: &Limits) -> Result<Source, Error> {
    read_with(bytes, format, &ReadOptions { limits: limits.clone(), encoding: None })
}

/// How a document is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// How much of it is read at most.
    pub limits: Limits,
    /// The encoding of a text that begins with no byte order mark; by default it is found out.
    /// Workbooks say theirs themselves.
    pub encoding: Option<Encoding>,
}

/// Reads a document with options of the caller's.
///
/// # Errors
///
/// As for [`read`], and if bytes of the document are no character in the encoding that the options
/// name.
pub fn read_with(bytes: &[u8], format: Format, options: &ReadOptions) -> Result<Source, Error> {
    within_size(bytes, &options.limits)?;
    let source = read_as(bytes, format, options)?;
    within_counts(&source, &options.limits)?;
    Ok(source)
}

/// Reads a document as one of a format, or as what it is under the name of that format.
fn read_as(bytes: &[u8], format: Format, options: &ReadOptions) -> Result<Source, Error> {
    let found = match format {
        Format::Markdown => format,
        Format::Delimited | Format::Html => match looks(bytes)? {
            SniffedFormat::Workbook => Format::Workbook,
            SniffedFormat::Html => Format::Html,
            SniffedFormat::Text => format,
        },
        Format::Workbook => workbook::format_of(bytes)?,
    };
    if found != format {
        return Ok(under_another_name(found, read_as(bytes, found, options)?));
    }
    match format {
        Format::Markdown => Ok(markdown::read(&text(bytes, options)?)),
        Format::Delimited => delimited::read(bytes, options),
        Format::Html => html::read(bytes, options),
        Format::Workbook => workbook::read(bytes, &options.limits),
    }
}

/// Whether what was read is within the limits on rows, columns and blocks.
fn within_counts(source: &Source, limits: &Limits) -> Result<(), Error> {
    let (mut rows, mut columns, mut blocks) = (0_usize, 0_usize, 0_usize);
    for block in &source.blocks {
        match block {
            Block::Grid(grid) => {
                rows += grid.rows.iter().filter(|row| !row.is_blank()).count();
                columns = columns
                    .max(grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default());
            }
            Block::List(items) => blocks += items.len(),
            Block::Heading { .. } | Block::Paragraph(_) | Block::Hidden(_) => blocks += 1,
        }
    }
    let counts = [
        (rows, limits.rows, "the tables of the source have", "rows"),
        (columns, limits.columns, "a table of the source has", "columns"),
        (blocks, limits.blocks, "the source has", "paragraphs"),
    ];
    match counts.into_iter().find(|(count, most, ..)| count > most) {
        None => Ok(()),
        Some((count, most, has, what)) => {
            let message = format!("{has} {count} {what}; the limit on {what} is {most}");
            Err(Error::new(ErrorKind::TooLarge, message)
                .help("check that it is the right file, or divide it into several"))
        }
    }
}

/// Words as they are read where they stand in a cell by themselves.
pub(crate) fn parse_cell_text(words: &str) -> Text {
    typed::text(Span::plain(words).into(), &Place::in_text(1, 1, 0), &mut Vec::new())
}

/// Whether a source is within the limit.
pub(crate) fn within_size(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    if bytes.len() <= limits.bytes {
        return Ok(());
    }
    let message =
        format!("the source is {} MB; up to {} MB are read", bytes.len() >> 20, limits.bytes >> 20);
    Err(Error::new(ErrorKind::TooLarge, message)
        .help("check that it is the right file, or cut it in two"))
}

/// The text that the bytes hold, within the limits.
fn text<'a>(bytes: &'a [u8], options: &ReadOptions) -> Result<Cow<'a, str>, Error> {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    if let Some(encoding) = options.encoding.filter(|_| !bytes.starts_with(MARK)) {
        let text = decode::in_chosen(bytes, encoding)?.text;
        within_lines(text.as_bytes(), &options.limits)?;
        return Ok(text);
    }
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    within_lines(bytes, &options.limits)?;
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|e| {
        let before = &bytes[..e.valid_up_to()];
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        let line = before.split(|b| *b == b'\n').count();
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let message = format!("the text is not UTF-8: the byte {:#04x} stands where a character should", bytes[e.valid_up_to()]);
        let help = match decode::suggestion(bytes) {
            Some(encoding) => format!(
                "if it is not a text file, give it its own extension; otherwise save it as UTF-8, or \
                 name its encoding, which is probably {encoding}"
            ),
            None => "if it is not a text file, give it its own extension; otherwise save it as \
                     UTF-8, or name its encoding"
                .to_owned(),
        };
        Error::new(ErrorKind::Unreadable, message).at(Place::in_text(place(line), place(column), 1)).help(help).fix(Fix::Encoding).caused_by(e)
    })
}

/// Whether each line is within the limit.
fn within_lines(text: &[u8], limits: &Limits) -> Result<(), Error> {
    for (line, one) in (1..).zip(text.split(|b| *b == b'\n')) {
        if one.len() > limits.line {
            let message = format!(
                "the line is {} MB long; up to {} MB are read",
                one.len() >> 20,
                limits.line >> 20
            );
            return Err(Error::new(ErrorKind::TooLarge, message)
                .at(Place::in_text(line, 1, 0))
                .help("check that it is the right file: each row of a table should be a line of its own"));
        }
    }
    Ok(())
}

/// Tells where a source without a block has none.
fn report_if_empty(source: &mut Source, text: &str) {
    if source.blocks.is_empty() {
        let message = if text.trim().is_empty() {
            "the source is empty"
        } else {
            "the source holds no words"
        };
        let help = "check that the right file was given, and that it was saved";
        source.diagnostics.push(
            Diagnostic::new(Code::EmptySource, message).at(&Place::in_text(1, 1, 0)).help(help),
        );
    }
}

/// A source that is something else than its name said, and this is reported.
fn under_another_name(found: Format, mut source: Source) -> Source {
    let what = match found {
        Format::Workbook => "a workbook",
        Format::Html => "a web page",
        Format::Delimited | Format::Markdown => "plain text",
    };
    let message = format!("the source is {what} under another name; it was read as that");
    source.diagnostics.push(Diagnostic::new(Code::FormatDiffers, message));
    source
}
