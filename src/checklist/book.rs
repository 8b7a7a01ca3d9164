//! What a workbook is made of, as far as the checklist asks: read from its package, one part after
//! the other.

use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::read::workbook::relations::Relationships;
use crate::read::workbook::xml::{XmlEvent, XmlReader, attribute, decoded};
use crate::read::workbook::{self, package::ZipPackage};

use super::sheet::{self, CellBudget, CheckedSheet, SheetKind, SheetResources};
use super::style::{self, CellStyles};
use super::words;

/// A workbook.
pub(super) struct WorkbookPackage {
    pub(super) sheets: Vec<CheckedSheet>,
    pub(super) styles: CellStyles,
    pub(super) title: String,
    pub(super) language: String,
    /// Which sheet is shown when it is opened.
    pub(super) active: usize,
    pub(super) has_macros: bool,
}

/// Where a sheet is listed.
struct SheetEntry {
    name: String,
    hidden: bool,
    relation: String,
}

impl WorkbookPackage {
    pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Self, Error> {
        let mut package = workbook::package(bytes, limits)?.ok_or_else(not_a_workbook)?;
        let of_package = Relationships::of_package(&mut package, limits)?;
        let main = of_package.first("officeDocument").unwrap_or("xl/workbook.xml").to_owned();
        if !package.has(&main) || main.to_ascii_lowercase().ends_with(".bin") {
            return Err(not_a_workbook());
        }
        let relations = Relationships::of(&mut package, &main, limits)?;
        let (listed, active) = list(&part(&mut package, Some(&main))?, limits)?;
        if listed.is_empty() {
            return Err(not_a_workbook());
        }
        let theme = part(&mut package, relations.first("theme"))?;
        let styles = style::read(&part(&mut package, relations.first("styles"))?, &theme, limits)?;
        let strings = part(&mut package, relations.first("sharedStrings"))?;
        let shared = SheetResources { strings: words::shared(&decoded(&strings), limits)?, limits };
        let mut sheets = Vec::with_capacity(listed.len());
        let mut left = CellBudget { cells: limits.cells, words: limits.unpacked };
        for SheetEntry { name, hidden, relation } in listed {
            let (kind, part) = relations.get(&relation).unwrap_or_default();
            let mut sheet = match kind {
                "worksheet" => sheet::read(&mut package, part, &shared, &mut left)?,
                "chartsheet" => CheckedSheet { kind: SheetKind::Chart, ..CheckedSheet::default() },
                _ if kind.ends_with("acrosheet") => {
                    CheckedSheet { kind: SheetKind::Macros, ..CheckedSheet::default() }
                }
                _ => CheckedSheet { kind: SheetKind::Other, ..CheckedSheet::default() },
            };
            (sheet.name, sheet.hidden) = (name.into(), hidden);
            sheets.push(sheet);
        }
        let has_macros = relations.first("vbaProject").is_some()
            || sheets.iter().any(|sheet| sheet.kind == SheetKind::Macros);
        let core = part(&mut package, of_package.first("core-properties"))?;
        let custom = part(&mut package, of_package.first("custom-properties"))?;
        let language = property(&core, "language", limits)?;
        let language = if language.is_empty() {
            custom_property(&custom, "Language", limits)?
        } else {
            language
        };
        Ok(Self {
            sheets,
            styles,
            title: property(&core, "title", limits)?,
            language,
            active,
            has_macros,
        })
    }
}

fn not_a_workbook() -> Error {
    Error::new(
        ErrorKind::Unsupported,
        "the checklist is gone through for workbooks of the kinds .xlsx and .xlsm only",
    )
    .help("open the workbook in a spreadsheet program and save it as .xlsx")
}

/// A part; nothing where there is none.
pub(super) fn part(package: &mut ZipPackage<'_>, name: Option<&str>) -> Result<Vec<u8>, Error> {
    Ok(match name {
        Some(name) => package.part(name)?.unwrap_or_default(),
        None => Vec::new(),
    })
}

/// The sheets in order, and which of them is shown first.
fn list(part: &[u8], limits: &Limits) -> Result<(Vec<SheetEntry>, usize), Error> {
    let part = decoded(part);
    let mut xml = XmlReader::new(&part, limits);
    let (mut sheets, mut active) = (Vec::new(), 0);
    while let Some(event) = xml.next()? {
        let (XmlEvent::Start(tag) | XmlEvent::Empty(tag)) = event else { continue };
        let value = |name| attribute(&tag, name).unwrap_or_default().into_owned();
        match tag.name {
            "sheet" => sheets.push(SheetEntry {
                name: value("name"),
                hidden: attribute(&tag, "state").is_some_and(|state| state != "visible"),
                relation: value("id"),
            }),
            "workbookView" => active = value("activeTab").parse().unwrap_or_default(),
            _ => {}
        }
    }
    Ok((sheets, active))
}

/// What the document says of itself under a name.
fn property(part: &[u8], name: &str, limits: &Limits) -> Result<String, Error> {
    let part = decoded(part);
    let mut xml = XmlReader::new(&part, limits);
    while let Some(event) = xml.next()? {
        if matches!(&event, XmlEvent::Start(tag) if tag.name == name) {
            return Ok(xml.words()?.trim().to_owned());
        }
    }
    Ok(String::new())
}

/// The same for a name that somebody gave.
fn custom_property(part: &[u8], name: &str, limits: &Limits) -> Result<String, Error> {
    let part = decoded(part);
    let mut xml = XmlReader::new(&part, limits);
    while let Some(event) = xml.next()? {
        let XmlEvent::Start(tag) = event else { continue };
        let is_meant = tag.name == "property"
            && attribute(&tag, "name").is_some_and(|own| own.eq_ignore_ascii_case(name));
        if is_meant {
            return Ok(xml.words()?.trim().to_owned());
        }
    }
    Ok(String::new())
}
