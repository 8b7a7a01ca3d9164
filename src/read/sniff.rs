//! What kind of file the bytes are, whatever the name of the file says.

use crate::error::{Error, ErrorKind};

/// A kind of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SniffedFormat {
    /// A package or a compound file, as workbooks are.
    Workbook,
    /// A web page or a part of one.
    Html,
    /// A text of any other kind.
    Text,
}

/// How many bytes are looked at.
const HEAD: usize = 4096;

/// What to do with a PDF that is given under another name.
pub(super) const PDF_HELP: &str = "if planwright wrote it, give it the extension .pdf, and its plan is read from it; otherwise give the \
     document that it was made from, or turn it into a workbook or markdown with a converter";

/// What the bytes begin like.
///
/// # Errors
///
/// If they are a kind of file that cannot be read, and known by name.
pub(super) fn looks(bytes: &[u8]) -> Result<SniffedFormat, Error> {
    if bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"PK\x05\x06")
        || bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    {
        return Ok(SniffedFormat::Workbook);
    }
    for (signature, what) in [
        (b"\x89PNG".as_slice(), "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
    ] {
        if bytes.starts_with(signature) {
            let message = format!("the source is {what}, not a text");
            return Err(
                Error::new(ErrorKind::Unreadable, message).help("check that it is the right file")
            );
        }
    }
    let head = head(bytes);
    let unsupported = |what: &str, help: &str| {
        Err(Error::new(ErrorKind::Unsupported, format!("the source is {what}, not a text"))
            .help(help))
    };
    match head.as_str() {
        h if h.starts_with("%pdf-") => unsupported("a PDF", PDF_HELP),
        h if h.starts_with("{\\rtf") => unsupported(
            "a document in Rich Text Format",
            "open it in Word and save it as a web page",
        ),
        h if h.starts_with("mime-version:") => unsupported(
            "a web page in a single file (MHTML)",
            "open it in Excel and save it as a workbook, or as “Web Page, Filtered”",
        ),
        h if h.starts_with("<?xml") && !h.contains("<html") => unsupported(
            "an XML file",
            "open it in Excel or LibreOffice and save it as a workbook (.xlsx)",
        ),
        h if is_html(h) => Ok(SniffedFormat::Html),
        _ => Ok(SniffedFormat::Text),
    }
}

/// The beginning in small letters, without the mark of an encoding, zero bytes and white space
/// before it.
fn head(bytes: &[u8]) -> String {
    let head = bytes
        .iter()
        .take(HEAD)
        .filter(|b| b.is_ascii() && **b != 0)
        .map(|b| char::from(b.to_ascii_lowercase()));
    head.skip_while(char::is_ascii_whitespace).collect()
}

fn is_html(head: &str) -> bool {
    const TAGS: &[&str] = &[
        "!doctype html",
        "html",
        "head",
        "body",
        "meta",
        "style",
        "title",
        "table",
        "div",
        "p",
        "h1",
        "ul",
        "ol",
    ];
    let begins = |tag: &&&str| {
        let after = head.strip_prefix('<').and_then(|h| h.strip_prefix(**tag));
        after.is_some_and(|after| after.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()))
    };
    TAGS.iter().find(begins).is_some()
        || (head.starts_with('<') && (head.contains("<html") || head.contains("<table")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_how_they_begin() {
        for (bytes, kind) in [
            (b"PK\x03\x04rest".as_slice(), SniffedFormat::Workbook),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SniffedFormat::Workbook),
            (b"\xef\xbb\xbf \r\n<!DOCTYPE html>", SniffedFormat::Html),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", SniffedFormat::Html),
            (b"<table border=1>", SniffedFormat::Html),
            (b"<!-- saved --><html>", SniffedFormat::Html),
            (b"<?xml version='1.0'?><html xmlns='x'>", SniffedFormat::Html),
            (b"<Gap 1>,Owner", SniffedFormat::Text),
            (b"Action,Owner", SniffedFormat::Text),
            (b"", SniffedFormat::Text),
        ] {
            assert_eq!(looks(bytes).unwrap(), kind);
        }
        for bytes in [
            b"%PDF-1.7".as_slice(),
            b"{\\rtf1",
            b"MIME-Version: 1.0",
            b"<?xml version='1.0'?><Workbook>",
        ] {
            assert!(looks(bytes).is_err_and(|e| e.is_unsupported() && e.what_to_do().is_some()));
        }
        assert!(looks(b"\x89PNG\r\n").is_err_and(|e| e.is_unreadable()));
    }
}
