//! Workbooks: what kind one is, told by its bytes, and the reader of each kind.
//!
//! A reader of a kind finds cells; what a cell says, how numbers are written and which rows and columns are kept is the same for
//! all of them.

mod gather;
mod number;
mod package;
mod relations;
mod xlsx;
mod xml;

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Kind};
use crate::source::Source;

use super::Limits;
use gather::Workbook;
use package::Package;
use relations::Relations;

/// Reads a workbook of whatever kind.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, Error> {
    let workbook = Workbook::new(limits);
    let mut package = Package::open(bytes, limits)?;
    let main = Relations::of_package(&mut package, limits).ok().and_then(|r| r.first("officeDocument").map(str::to_owned));
    let main = main.filter(|m| package.has(m)).unwrap_or_else(|| "xl/workbook.xml".to_owned());
    xlsx::read(package, &main, workbook)
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
