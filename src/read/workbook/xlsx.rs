//! Office Open XML workbooks (ECMA-376), transitional and strict, with macros or without.

mod comments;
mod conditional;
pub(crate) mod font;
pub(crate) mod sheet;
pub(crate) mod strings;
pub(crate) mod styles;
mod theme;

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::source::{ExcelTable, Source};

use super::builder::{SheetBuilder, WorkbookBuilder};
use super::cell_range;
use super::number::Epoch;
use super::package::ZipPackage;
use super::relations::Relationships;
use super::xml::{XmlEvent, XmlReader, attribute, decoded, is_set};

use sheet::XlsxWorkbook;
use strings::SharedStrings;
use styles::WorkbookStyles;
use theme::ThemeColours;

/// A sheet as the workbook lists it.
struct XlsxSheetEntry {
    name: String,
    hidden: bool,
    relation: String,
}

/// Reads a workbook whose main part is `main`.
pub(super) fn read(
    mut package: ZipPackage<'_>,
    main: &str,
    mut workbook: WorkbookBuilder<'_>,
) -> Result<Source, Error> {
    let relations = Relationships::of(&mut package, main, workbook.limits)?;
    let (listed, epoch) = list(&package.part(main)?.unwrap_or_default(), &workbook)?;
    let looks = styles(&mut package, &relations, &mut workbook)?;
    let styles = looks.cell_styles();
    let can_be_struck = styles.iter().any(|style| style.struck);
    let WorkbookStyles { colours, conditional, .. } = looks;
    let strings = strings(&mut package, &relations, can_be_struck, &colours, &workbook)?;
    let shared = XlsxWorkbook { strings, styles, colours, conditional, epoch };
    let people = match relations.first("person") {
        Some(name) => {
            comments::people(&decoded(&package.part(name)?.unwrap_or_default()), workbook.limits)?
        }
        None => HashMap::new(),
    };
    if relations.first("vbaProject").is_some() {
        super::report_macros(&mut workbook);
    }
    let mut broken = None;
    let mut read = 0;
    for XlsxSheetEntry { name, hidden, relation } in listed {
        let Some((kind, part)) = relations.get(&relation) else {
            super::report_missing(&mut workbook, &name);
            continue;
        };
        if kind != "worksheet" {
            super::report_not_read(
                &mut workbook,
                &name,
                match kind {
                    "chartsheet" => "a chart",
                    "dialogsheet" => "a dialog",
                    _ => "macros, which are never run",
                },
            );
            continue;
        }
        match read_sheet(
            &mut package,
            part,
            SheetBuilder::new(&name, hidden),
            &shared,
            &people,
            &mut workbook,
        ) {
            Ok(()) => read += 1,
            Err(error) if error.is_unreadable() => {
                super::report_damaged(&mut workbook, &name, &error);
                broken = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    match broken {
        Some(error) if read == 0 && workbook.source.blocks.is_empty() => Err(error),
        _ => Ok(workbook.source),
    }
}

/// The sheets in order, and from which day dates count.
fn list(
    part: &[u8],
    workbook: &WorkbookBuilder<'_>,
) -> Result<(Vec<XlsxSheetEntry>, Epoch), Error> {
    let part = decoded(part);
    let mut xml = XmlReader::new(&part, workbook.limits);
    let mut sheets = Vec::new();
    let mut epoch = Epoch::From1900;
    while let Some(event) = xml.next()? {
        let (XmlEvent::Start(tag) | XmlEvent::Empty(tag)) = event else { continue };
        match tag.name {
            "sheet" => sheets.push(XlsxSheetEntry {
                name: attribute(&tag, "name").unwrap_or_default().into_owned(),
                hidden: attribute(&tag, "state").is_some_and(|state| state != "visible"),
                relation: attribute(&tag, "id").unwrap_or_default().into_owned(),
            }),
            "workbookPr" if is_set(&tag, "date1904") => {
                epoch = Epoch::From1904;
            }
            _ => {}
        }
    }
    if sheets.is_empty() {
        return Err(Error::new(
            ErrorKind::Unreadable,
            "the workbook lists no sheet: its file is damaged, or it is not a spreadsheet",
        )
        .help("open it in a spreadsheet program, which may repair it, and save it"));
    }
    Ok((sheets, epoch))
}

/// The Excel table that a part describes, and whether its style is a dark one; none if the part is
/// damaged.
fn table(part: &str, limits: &Limits) -> Option<(ExcelTable, bool)> {
    let mut xml = XmlReader::new(part, limits);
    let mut found = None;
    while let Some(event) = xml.next().ok()? {
        let (XmlEvent::Start(tag) | XmlEvent::Empty(tag)) = event else { continue };
        match tag.name {
            "table" => {
                let count = |name| attribute(&tag, name).and_then(|v| v.parse().ok());
                let area = cell_range::area(&attribute(&tag, "ref")?)?;
                found = Some(area.table(
                    count("headerRowCount").unwrap_or(1),
                    count("totalsRowCount").unwrap_or(0),
                ));
            }
            "tableStyleInfo" => {
                let is_dark = attribute(&tag, "name").is_some_and(|name| name.contains("Dark"));
                return found.map(|table| (table, is_dark));
            }
            _ => {}
        }
    }
    found.map(|table| (table, false))
}

fn strings(
    package: &mut ZipPackage<'_>,
    relations: &Relationships,
    can_be_struck: bool,
    colours: &ThemeColours,
    workbook: &WorkbookBuilder<'_>,
) -> Result<SharedStrings, Error> {
    let Some(name) = relations.first("sharedStrings") else { return Ok(SharedStrings::default()) };
    let Some(mut part) = package.unpacking(name)? else { return Ok(SharedStrings::default()) };
    SharedStrings::read(&mut part, can_be_struck, colours, workbook.limits)
}

fn styles(
    package: &mut ZipPackage<'_>,
    relations: &Relationships,
    workbook: &mut WorkbookBuilder<'_>,
) -> Result<WorkbookStyles, Error> {
    let Some(name) = relations.first("styles") else { return Ok(WorkbookStyles::default()) };
    let Some(part) = package.part(name)? else { return Ok(WorkbookStyles::default()) };
    let theme = match relations.first("theme") {
        Some(name) => package.part(name)?,
        None => None,
    };
    let read = WorkbookStyles::read(&part, theme.as_deref(), workbook.limits);
    Ok(read.unwrap_or_else(|_| {
        let message = "the part that says how cells look is damaged: dates may be read as numbers, and colours are missing";
        let help = "open the workbook in a spreadsheet program, which may repair it, and save it";
        workbook.emit(Diagnostic::new(Code::PartUnreadable, message).help(help));
        WorkbookStyles::default()
    }))
}

fn read_sheet(
    package: &mut ZipPackage<'_>,
    name: &str,
    mut builder: SheetBuilder,
    shared: &XlsxWorkbook,
    people: &HashMap<String, String>,
    workbook: &mut WorkbookBuilder<'_>,
) -> Result<(), Error> {
    let relations = Relationships::of(package, name, workbook.limits)?;
    let Some(mut part) = package.unpacking(name)? else {
        return Err(Error::new(ErrorKind::Unreadable, "its part is missing from the file"));
    };
    let read = sheet::read(&mut part, shared, &relations, &mut builder, workbook)
        .and(part.damage.take().map_or(Ok(()), Err));
    drop(part);
    if read.as_ref().is_err_and(|e| !e.is_unreadable()) {
        return read;
    }
    for name in relations.all("table") {
        let part = package.part_as_far(name)?.map(|part| part.bytes).unwrap_or_default();
        if let Some((table, is_dark)) = table(&decoded(&part), workbook.limits) {
            builder.paint(&table, is_dark);
            builder.tables.push(table);
        }
    }
    let notes = match relations.first("comments") {
        Some(name) => {
            comments::notes(&decoded(&package.part(name)?.unwrap_or_default()), workbook.limits)
        }
        None => Ok(Vec::new()),
    };
    let notes = builder.unless_damaged(notes, workbook)?;
    let threads = match relations.first("threadedComment") {
        Some(name) => comments::threads(
            &decoded(&package.part(name)?.unwrap_or_default()),
            people,
            workbook.limits,
        ),
        None => Ok(Vec::new()),
    };
    let threads = builder.unless_damaged(threads, workbook)?;
    for comment in comments::together(notes, threads) {
        builder.note(comment.at, comment.words, workbook)?;
    }
    builder.finish(workbook)?;
    read
}
