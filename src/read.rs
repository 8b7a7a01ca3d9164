//! From bytes to a [`Source`]: one file a format. A reader knows no plan; it must not lose a word.

mod html_tag;
mod lines;
mod markdown;

use crate::error::{Error, Kind};
use crate::place::Place;
use crate::source::Source;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown: CommonMark with pipe tables and the HTML that converters put into their cells.
    Markdown,
}

impl Format {
    /// The formats by the extensions of their files.
    pub const EXTENSIONS: &[(&str, Self)] = &[("md", Self::Markdown), ("markdown", Self::Markdown)];

    /// The format of files with this extension, in whatever case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::EXTENSIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension)).map(|(_, format)| *format)
    }
}

/// The longest line that is read, in bytes: a row of a table is one line, and none is a hundredth as long.
const LONGEST_LINE: usize = 8 << 20;

/// The largest source that is read, in bytes.
const LARGEST_SOURCE: usize = 512 << 20;

/// Reads a document.
///
/// # Errors
///
/// If the bytes are not what the format says (text that is not UTF-8), or larger than 512 MiB, or with a line longer than 8 MiB.
pub fn read(bytes: &[u8], format: Format) -> Result<Source, Error> {
    match format {
        Format::Markdown => Ok(markdown::read(text(bytes)?)),
    }
}

/// The text that the bytes hold, within the limits.
fn text(bytes: &[u8]) -> Result<&str, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > LARGEST_SOURCE {
        return Err(Error::new(
            Kind::TooLarge,
            format!("the source is {} MB; up to {} MB are read", bytes.len() >> 20, LARGEST_SOURCE >> 20),
        )
        .help("look whether it is the right file, or cut it in two"));
    }
    for (line, one) in (1..).zip(bytes.split(|b| *b == b'\n')) {
        if one.len() > LONGEST_LINE {
            let message = format!("the line is {} MB long; up to {} MB are read", one.len() >> 20, LONGEST_LINE >> 20);
            return Err(Error::new(Kind::TooLarge, message)
                .at(Place::in_text(line, 1, 0))
                .help("look whether it is the right file: each row of a table should be a line of its own"));
        }
    }
    std::str::from_utf8(bytes).map_err(|e| {
        let before = &bytes[..e.valid_up_to()];
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        let line = before.split(|b| *b == b'\n').count();
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let message = format!("the text is not UTF-8: the byte {:#04x} stands where a character should", bytes[e.valid_up_to()]);
        Error::new(Kind::Unreadable, message)
            .at(Place::in_text(place(line), place(column), 1))
            .help("open the file in an editor and save it with the encoding UTF-8; if it is not a text file, give it its own extension")
    })
}
