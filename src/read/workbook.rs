//! Workbooks: what kind one is, told by its bytes, and the reader of each kind.
//!
//! A reader of a kind finds cells; what a cell says, how numbers are written and which rows and columns are kept is the same for
//! all of them.

mod binary;
mod compound;
mod gather;
mod kind;
mod number;
mod ods;
mod package;
mod palette;
mod relations;
mod style;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Kind};
use crate::source::Source;

use super::{Limits, delimited, html};
use compound::Compound;
use gather::Workbook;
use package::Package;
use relations::Relations;

/// Reads a workbook of whatever kind.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, Error> {
    let mut source = match kind::of(bytes)? {
        kind::Bytes::Package => read_package(bytes, limits)?,
        kind::Bytes::Compound => read_compound(bytes, limits)?,
        kind::Bytes::WebPage => named_otherwise(html::read(bytes, limits)?, "a web page"),
        kind::Bytes::Table => named_otherwise(delimited::read(bytes, limits)?, "plain text"),
    };
    if source.blocks.is_empty() && source.diagnostics.iter().all(|d| d.code != Code::EmptySource) {
        let help = "look whether the right file was given, and whether it was saved";
        source.diagnostics.push(Diagnostic::new(Code::EmptySource, "no sheet of the workbook holds a word").help(help));
    }
    Ok(source)
}

fn read_package(bytes: &[u8], limits: &Limits) -> Result<Source, Error> {
    let mut package = Package::open(bytes, limits)?;
    if let Some(mimetype) = package.part("mimetype")? {
        return match ods::other_document(&mimetype) {
            Some(what) => Err(kind::document(what)),
            None => ods::read(package, Workbook::new(limits)),
        };
    }
    let main = Relations::of_package(&mut package, limits).ok().and_then(|r| r.first("officeDocument").map(str::to_owned));
    let usual = ["xl/workbook.xml", "xl/workbook.bin"].map(str::to_owned);
    let Some(main) = main.into_iter().chain(usual).find(|m| package.has(m) && !m.starts_with("word/") && !m.starts_with("ppt/")) else {
        return Err(kind::no_workbook(&package));
    };
    let workbook = Workbook::new(limits);
    if main.to_ascii_lowercase().ends_with(".bin") { xlsb::read(package, &main, workbook) } else { xlsx::read(package, &main, workbook) }
}

fn read_compound(bytes: &[u8], limits: &Limits) -> Result<Source, Error> {
    let file = Compound::open(bytes)?;
    match ["Workbook", "Book"].iter().find_map(|name| file.stream(name)) {
        Some(stream) => xls::read(&stream, Workbook::new(limits)),
        None => Err(kind::no_stream(&file)),
    }
}

fn named_otherwise(mut source: Source, what: &str) -> Source {
    let message = format!("the file is named as a workbook, but holds {what}; it was read as that");
    source.diagnostics.insert(0, Diagnostic::new(Code::OtherFormat, message));
    source
}

/// The error of a workbook that opens with a password only.
fn protected() -> Error {
    Error::new(Kind::Protected, "the workbook is password protected")
        .help("open it in a spreadsheet program with its password, take the password off and save it")
}

/// Tells of a sheet that is listed, and has no part.
fn tell_missing(workbook: &mut Workbook<'_>, name: &str) {
    let message = format!("the sheet “{name}” is listed in the workbook but is not in the file");
    workbook.tell(Diagnostic::new(Code::PartUnreadable, message).help("ask for the file again; it may have been cut short"));
}

/// Tells of a sheet of which only the beginning could be read, if anything.
fn tell_damaged(workbook: &mut Workbook<'_>, name: &str, error: &Error) {
    let message = format!("the sheet “{name}” is damaged, and was read up to there: {error}");
    let help = "open the workbook in a spreadsheet program, which may repair it, look whether all is there, and save it";
    workbook.tell(Diagnostic::new(Code::PartUnreadable, message).help(help));
}

/// Tells of a sheet without cells.
fn tell_not_read(workbook: &mut Workbook<'_>, name: &str, what: &str) {
    workbook.tell(Diagnostic::new(Code::SheetNotRead, format!("the sheet “{name}” was not read: it holds {what}")));
}

/// A package of these parts, for tests.
#[cfg(test)]
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
