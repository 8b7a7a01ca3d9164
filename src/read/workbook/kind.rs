//! What a file is, recognised by its bytes: names and extensions are often wrong.

use encoding_rs::Encoding;

use crate::error::{Error, ErrorKind};
use crate::read::sniff::PDF_HELP;

use super::compound::{CompoundFile, SIGNATURE};
use super::package::ZipPackage;

/// What the bytes of a file hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileContent {
    /// A ZIP package: a workbook of today.
    Package,
    /// A compound file: a workbook of Excel 95 to 2003, or one with a password.
    Compound,
    /// A web page under the name of a workbook, as report programs write it.
    WebPage,
    /// Text with commas or tabs under the name of a workbook.
    Table,
}

/// Tells what a file is.
///
/// # Errors
///
/// If it is known, but not read; or if it is nothing that is known.
pub(super) fn of(bytes: &[u8]) -> Result<FileContent, Error> {
    match bytes {
        [] => return Err(unreadable("the file is empty")),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => return Ok(FileContent::Package),
        [0x09, 0x00, 0x04, 0x00, ..] => {
            return Err(old_kind("a worksheet of Excel 2, from before 1990"));
        }
        [0x09, 0x02, 0x06, 0x00, ..] => return Err(old_kind("a worksheet of Excel 3, of 1990")),
        [0x09, 0x04, 0x06, 0x00, ..] => return Err(old_kind("a worksheet of Excel 4, of 1992")),
        [0x09, 0x08, 0x04 | 0x06 | 0x08, 0x00, ..] => {
            return Err(old_kind("a workbook of Excel 5, of 1993"));
        }
        _ if bytes.starts_with(SIGNATURE) => return Ok(FileContent::Compound),
        _ if bytes.starts_with(b"%PDF") => {
            let message = "not a supported format: the file is a PDF document, not a spreadsheet";
            return Err(Error::new(ErrorKind::Unsupported, message).help(PDF_HELP));
        }
        _ if bytes.starts_with(b"{\\rtf") => return Err(document("a Rich Text document")),
        _ => {}
    }
    of_text(&opening(bytes).ok_or_else(no_workbook_at_all)?)
}

/// The beginning of a text; none if the bytes are no text.
fn opening(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..8192).unwrap_or(bytes);
    let text = match Encoding::for_bom(start) {
        Some((encoding, _)) => encoding.decode(start).0.into_owned(),
        None => start.iter().copied().map(char::from).collect(),
    };
    let is_text = text.chars().all(|c| !matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}'));
    is_text.then_some(text)
}

fn of_text(text: &str) -> Result<FileContent, Error> {
    let text = text.trim_start();
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("mime-version:") {
        return Err(old_kind("a web page in a single file (MHTML)"));
    }
    if lower.contains("<office:document") {
        return Err(old_kind("a spreadsheet in a single XML file (.fods)"));
    }
    if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") && !lower.contains("<html") {
        return Err(old_kind("an XML spreadsheet of Excel 2003"));
    }
    if lower.starts_with('<')
        && ["<html", "<!doctype html", "<table", "<body", "<meta", "<div"]
            .iter()
            .any(|tag| lower.contains(tag))
    {
        return Ok(FileContent::WebPage);
    }
    let rows = text.lines().take(20).filter(|line| line.contains([',', '\t', ';', '|'])).count();
    if rows >= 2 && !lower.starts_with('<') {
        Ok(FileContent::Table)
    } else {
        Err(no_workbook_at_all())
    }
}

/// The error of a file that is nothing like a workbook.
pub(super) fn no_workbook_at_all() -> Error {
    unreadable("the file is not a workbook")
}

/// What a package without a workbook is.
pub(super) fn no_workbook(package: &ZipPackage<'_>) -> Error {
    let what = [
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
    ];
    match what.iter().find(|(part, _)| package.has(part)) {
        Some((_, what)) => document(what),
        None => unreadable("the file is a ZIP package without a workbook in it"),
    }
}

/// What a compound file without the stream of a workbook is.
pub(super) fn no_stream(file: &CompoundFile<'_>) -> Error {
    if file.has("EncryptedPackage") {
        return super::protected();
    }
    let what =
        [("WordDocument", "a Word document"), ("PowerPoint Document", "a PowerPoint presentation")];
    match what.iter().find(|(stream, _)| file.has(stream)) {
        Some((_, what)) => document(what),
        None => unreadable("the file holds no workbook: it is damaged, or another program's"),
    }
}

/// A spreadsheet of a kind that is not read.
fn old_kind(what: &str) -> Error {
    Error::new(ErrorKind::Unsupported, format!("not a supported format: the file is {what}"))
        .help("open it in Excel or LibreOffice and save it as .xlsx")
}

/// A document that is no spreadsheet.
pub(super) fn document(what: &str) -> Error {
    Error::new(ErrorKind::Unsupported, format!("not a supported format: the file is {what}, not a spreadsheet"))
        .help("copy its table into a spreadsheet and save that as .xlsx, or save the document as a web page (.html)")
}

fn unreadable(message: &str) -> Error {
    Error::new(ErrorKind::Unreadable, message)
        .help("check that it is the right file; if a spreadsheet program opens it, save it as .xlsx there")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_bytes() {
        let cases: [(&[u8], FileContent); 6] = [
            (b"PK\x03\x04...", FileContent::Package),
            (SIGNATURE, FileContent::Compound),
            (b"\xef\xbb\xbf\r\n<!DOCTYPE html><table>", FileContent::WebPage),
            (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", FileContent::WebPage),
            (b"Action\tOwner\nAudit\tJo\n", FileContent::Table),
            (b"\xff\xfea\0,\0b\0\n\0c\0,\0d\0", FileContent::Table),
        ];
        for (bytes, kind) in cases {
            assert_eq!(of(bytes).unwrap(), kind, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_is_not_read_is_named() {
        let cases: [(&[u8], &str); 7] = [
            (b"\x09\x04\x06\x00\x00\x00", "Excel 4"),
            (b"%PDF-1.7", "PDF"),
            (b"{\\rtf1", "Rich Text"),
            (b"<?xml version='1.0'?>\n<office:document office:version='1.2'>", ".fods"),
            (
                b"<?xml?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
                "Excel 2003",
            ),
            (b"MIME-Version: 1.0\n", "MHTML"),
            (b"Attachment not found!", "not a workbook"),
        ];
        for (bytes, what) in cases {
            let message = of(bytes).unwrap_err().to_string();
            assert!(message.contains(what), "{message}");
        }
        assert!(of(b"").unwrap_err().is_unreadable());
        assert!(of(b"\x01\x02\x03,\n,").unwrap_err().is_unreadable());
    }
}
