//! A sheet, its tables and its drawings, as far as the checklist asks.

mod parts;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::place::Place;
use crate::read::workbook::cell_range::{CellRange, area, reference};
use crate::read::workbook::package::ZipPackage;
use crate::read::workbook::relations::Relationships;
use crate::read::workbook::xml::{XmlEvent, XmlReader, XmlTag, attribute, decoded, is_set};

use super::book::part;
use super::words::{StringRuns, words};

use parts::{drawing, old_drawing, table};

/// How wide a column is that says nothing of it, in characters.
const USUAL_WIDTH: f64 = 8.43;

/// How many tables a sheet may have.
const TABLES: usize = 1000;

/// What all sheets of a workbook share.
pub(super) struct SheetResources<'l> {
    pub(super) strings: Vec<Rc<StringRuns>>,
    pub(super) limits: &'l Limits,
}

/// How much may still be read of a workbook's cells.
pub(super) struct CellBudget {
    pub(super) cells: usize,
    /// In bytes: the same words may stand in many cells.
    pub(super) words: usize,
}

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct CheckedSheet {
    pub(super) name: Arc<str>,
    pub(super) hidden: bool,
    pub(super) kind: SheetKind,
    /// The cells that hold something, row after row.
    pub(super) cells: Vec<CheckedCell>,
    /// The styles of cells without words, each with the first cell that has it.
    pub(super) bare: BTreeMap<usize, (u32, u32)>,
    pub(super) columns: Vec<ColumnFormat>,
    /// How wide the other columns are, in characters.
    pub(super) usual_width: Option<f64>,
    /// The rows that say how high they are, or that they are hidden.
    pub(super) rows: Vec<RowFormat>,
    pub(super) merged: Vec<CellRange>,
    /// Where there are filters, the buttons of tables included.
    pub(super) filters: Vec<CellRange>,
    /// The first cell below and right of frozen or split panes.
    pub(super) panes: Option<(u32, u32)>,
    /// Where the cursor is, and which cell stands in the corner.
    pub(super) cursor: (u32, u32),
    pub(super) corner: (u32, u32),
    pub(super) has_header_or_footer: bool,
    pub(super) has_background: bool,
    pub(super) links: Vec<Hyperlink>,
    pub(super) tables: Vec<ListObject>,
    pub(super) drawn: Vec<((u32, u32), DrawingObject)>,
    /// Looks that depend on values.
    pub(super) depending: Vec<ConditionalFormat>,
}

/// What a sheet is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum SheetKind {
    #[default]
    Cells,
    /// A chart and nothing else.
    Chart,
    /// Macros of an old kind.
    Macros,
    /// A dialog, or what is named and not there.
    Other,
}

/// A cell that holds something.
#[derive(Debug)]
pub(super) struct CheckedCell {
    /// Row and column, from 0.
    pub(super) at: (u32, u32),
    pub(super) words: Rc<StringRuns>,
    pub(super) is_number: bool,
    pub(super) style: usize,
    /// Whether it is a formula that makes a link.
    pub(super) makes_link: bool,
}

/// Columns that say how they are.
#[derive(Debug)]
pub(super) struct ColumnFormat {
    pub(super) first: u32,
    pub(super) last: u32,
    /// In characters.
    pub(super) width: Option<f64>,
    pub(super) hidden: bool,
    pub(super) style: usize,
}

/// A row that says how it is.
#[derive(Debug)]
pub(super) struct RowFormat {
    pub(super) at: u32,
    /// In points, where it is not left to the program that shows it.
    pub(super) height: Option<f64>,
    pub(super) hidden: bool,
}

/// A link.
#[derive(Debug)]
pub(super) struct Hyperlink {
    pub(super) at: (u32, u32),
    /// The address, or `#` and the place in the workbook.
    pub(super) target: String,
}

/// A table that is marked up as one.
#[derive(Debug)]
pub(super) struct ListObject {
    pub(super) name: String,
    pub(super) area: CellRange,
    pub(super) has_header: bool,
    pub(super) headers: Vec<String>,
    /// Whether colours divide its rows or columns.
    pub(super) is_striped: bool,
}

impl ListObject {
    /// The rows below the header.
    pub(super) fn body(&self) -> CellRange {
        CellRange {
            first: (self.area.first.0 + u32::from(self.has_header), self.area.first.1),
            last: self.area.last,
        }
    }
}

/// What is drawn over cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DrawingObject {
    Picture,
    Chart,
    /// A text box or another shape.
    Shape,
    /// A button, a list or another thing to work with.
    Control,
}

/// A look that depends on values.
#[derive(Debug)]
pub(super) struct ConditionalFormat {
    pub(super) at: (u32, u32),
    /// The number of the look; none for bars, scales and icons.
    pub(super) look: Option<usize>,
}

impl CheckedSheet {
    pub(super) fn place(&self, (row, column): (u32, u32)) -> Place {
        Place::in_sheet(Arc::clone(&self.name), row, column)
    }

    /// The words of a cell; nothing where it holds none.
    pub(super) fn words(&self, at: (u32, u32)) -> &str {
        self.cells
            .binary_search_by_key(&at, |cell| cell.at)
            .ok()
            .and_then(|i| self.cells.get(i))
            .map_or("", |cell| cell.words.all.trim())
    }

    /// The cells of an area that hold something, row after row.
    pub(super) fn within(&self, area: CellRange) -> impl Iterator<Item = &CheckedCell> {
        let start = self.cells.partition_point(|cell| cell.at.0 < area.first.0);
        let rows = self.cells[start..].iter().take_while(move |cell| cell.at.0 <= area.last.0);
        rows.filter(move |cell| (area.first.1..=area.last.1).contains(&cell.at.1))
    }

    /// The table that a cell is of.
    pub(super) fn table(&self, (row, column): (u32, u32)) -> Option<&ListObject> {
        self.tables.iter().find(|table| {
            let CellRange { first, last } = table.area;
            (first.0..=last.0).contains(&row) && (first.1..=last.1).contains(&column)
        })
    }

    /// The words in column A above a table.
    pub(super) fn above(&self, table: &ListObject) -> Vec<&str> {
        let rows = self
            .cells
            .iter()
            .take_while(|cell| cell.at.0 < table.area.first.0)
            .filter(|cell| cell.at.1 == 0);
        rows.map(|cell| cell.words.all.as_str()).collect()
    }

    /// How wide a column is, in characters.
    pub(super) fn width(&self, column: u32) -> f64 {
        let before = self.columns.partition_point(|c| c.first <= column);
        let own =
            before.checked_sub(1).and_then(|i| self.columns.get(i)).filter(|c| c.last >= column);
        own.and_then(|c| c.width).or(self.usual_width).unwrap_or(USUAL_WIDTH)
    }

    /// How high a row is, in points, where that is not left to the program that shows it.
    pub(super) fn height(&self, row: u32) -> Option<f64> {
        self.rows
            .binary_search_by_key(&row, |r| r.at)
            .ok()
            .and_then(|i| self.rows.get(i))
            .and_then(|r| r.height)
    }
}

/// Reads a sheet.
pub(super) fn read(
    package: &mut ZipPackage<'_>,
    name: &str,
    shared: &SheetResources<'_>,
    left: &mut CellBudget,
) -> Result<CheckedSheet, Error> {
    let bytes = part(package, Some(name))?;
    let relations = Relationships::of(package, name, shared.limits)?;
    let mut reader = SheetReader {
        sheet: CheckedSheet::default(),
        shared,
        relations: &relations,
        left,
        row: 0,
        column: 0,
        named: RelatedParts::default(),
    };
    reader.read(&decoded(&bytes))?;
    drop(bytes);
    let SheetReader { mut sheet, named, .. } = reader;
    sheet.cells.sort_by_key(|cell| cell.at);
    sheet.rows.sort_by_key(|row| row.at);
    sheet.columns.sort_by_key(|columns| columns.first);
    if named.tables.len() > TABLES {
        return Err(Error::new(
            ErrorKind::TooLarge,
            format!("a sheet has more than {TABLES} tables"),
        )
        .help("check that it is the right file"));
    }
    for id in &named.tables {
        if let Some((_, name)) = relations.get(id) {
            let table =
                table(&decoded(&part(package, Some(name))?), shared.limits, &mut sheet.filters)?;
            sheet.tables.extend(table);
        }
    }
    sheet.tables.sort_by_key(|table| table.area.first);
    for id in named.drawings {
        if let Some((_, name)) = relations.get(&id) {
            drawing(&decoded(&part(package, Some(name))?), shared.limits, &mut sheet.drawn)?;
        }
    }
    for id in named.old_drawings {
        if let Some((_, name)) = relations.get(&id) {
            old_drawing(&decoded(&part(package, Some(name))?), &mut sheet.drawn);
        }
    }
    Ok(sheet)
}

/// The parts that a sheet names, by the numbers of their relations.
#[derive(Default)]
struct RelatedParts {
    tables: Vec<String>,
    drawings: Vec<String>,
    old_drawings: Vec<String>,
}

struct SheetReader<'r> {
    sheet: CheckedSheet,
    shared: &'r SheetResources<'r>,
    relations: &'r Relationships,
    left: &'r mut CellBudget,
    row: u32,
    column: u32,
    named: RelatedParts,
}

impl SheetReader<'_> {
    fn read(&mut self, part: &str) -> Result<(), Error> {
        let mut xml = XmlReader::new(part, self.shared.limits);
        while let Some(event) = xml.next()? {
            match event {
                XmlEvent::Start(tag) => self.tag(&tag, Some(&mut xml))?,
                XmlEvent::Empty(tag) => self.tag(&tag, None)?,
                XmlEvent::End(tag) if tag.name == "row" => self.row += 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn tag(&mut self, tag: &XmlTag<'_>, inside: Option<&mut XmlReader<'_>>) -> Result<(), Error> {
        let value = |name| attribute(tag, name).unwrap_or_default().into_owned();
        let cell = |name: &str| attribute(tag, name).and_then(|own| reference(&own));
        let sheet = &mut self.sheet;
        match tag.name {
            "sheetView" => sheet.corner = cell("topLeftCell").unwrap_or_default(),
            "pane" => sheet.panes = Some(cell("topLeftCell").unwrap_or_default()),
            "selection" => sheet.cursor = cell("activeCell").unwrap_or_default(),
            "sheetFormatPr" => sheet.usual_width = value("defaultColWidth").parse().ok(),
            "col" => {
                let number = |name| value(name).parse::<u32>().unwrap_or(1).max(1) - 1;
                sheet.columns.push(ColumnFormat {
                    first: number("min"),
                    last: number("max"),
                    width: value("width").parse().ok(),
                    hidden: is_set(tag, "hidden"),
                    style: value("style").parse().unwrap_or_default(),
                });
            }
            "row" => self.row(tag, inside.is_some())?,
            "c" => self.cell(tag, inside)?,
            "autoFilter" => sheet.filters.extend(attribute(tag, "ref").and_then(|own| area(&own))),
            "mergeCell" => sheet.merged.extend(attribute(tag, "ref").and_then(|own| area(&own))),
            "conditionalFormatting" => {
                let first = value("sqref").split(' ').find_map(area).map(|area| area.first);
                sheet
                    .depending
                    .push(ConditionalFormat { at: first.unwrap_or_default(), look: None });
            }
            "cfRule" => {
                if let Some(last) = sheet.depending.last_mut() {
                    last.look = value("dxfId").parse().ok();
                }
            }
            "hyperlink" => {
                let target = self
                    .relations
                    .target(&value("id"))
                    .map_or_else(|| format!("#{}", value("location")), str::to_owned);
                if let Some(area) = attribute(tag, "ref").and_then(|own| area(&own)) {
                    sheet.links.push(Hyperlink { at: area.first, target });
                }
            }
            "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader"
            | "firstFooter" => {
                if let Some(xml) = inside {
                    sheet.has_header_or_footer |= !xml.words()?.trim().is_empty();
                }
            }
            "picture" => sheet.has_background = true,
            "tablePart" => self.named.tables.push(value("id")),
            "drawing" => self.named.drawings.push(value("id")),
            "legacyDrawing" => self.named.old_drawings.push(value("id")),
            _ => {}
        }
        Ok(())
    }

    /// One cell or row less that may still be read, and its words.
    fn count(&mut self, words: usize) -> Result<(), Error> {
        let limits = self.shared.limits;
        let too_large = |message| {
            Error::new(ErrorKind::TooLarge, message)
                .help("check that it is the right file, or cut it in two")
        };
        let cells = || too_large(format!("the sheets have more than {} cells", limits.cells));
        self.left.cells = self.left.cells.checked_sub(1).ok_or_else(cells)?;
        let bytes = || {
            too_large(format!(
                "the cells of the workbook hold more than {} MB of words",
                limits.unpacked >> 20
            ))
        };
        self.left.words = self.left.words.checked_sub(words).ok_or_else(bytes)?;
        Ok(())
    }

    fn row(&mut self, tag: &XmlTag<'_>, goes_on: bool) -> Result<(), Error> {
        let number = |name: &str| attribute(tag, name).and_then(|own| own.parse::<u32>().ok());
        self.row = number("r").map_or(self.row, |row| row.max(1) - 1);
        self.column = 0;
        let height = attribute(tag, "ht").and_then(|own| own.parse::<f64>().ok());
        let row = RowFormat {
            at: self.row,
            height: height.filter(|_| is_set(tag, "customHeight")),
            hidden: is_set(tag, "hidden") || height.is_some_and(|height| height <= 0.0),
        };
        if row.height.is_some() || row.hidden {
            self.count(0)?;
            self.sheet.rows.push(row);
        }
        if !goes_on {
            self.row += 1;
        }
        Ok(())
    }

    fn cell(&mut self, tag: &XmlTag<'_>, inside: Option<&mut XmlReader<'_>>) -> Result<(), Error> {
        let at =
            attribute(tag, "r").and_then(|own| reference(&own)).unwrap_or((self.row, self.column));
        self.column = at.1 + 1;
        let style = attribute(tag, "s").and_then(|own| own.parse().ok()).unwrap_or_default();
        let kind = attribute(tag, "t");
        let kind = kind.as_deref().unwrap_or("n");
        let (mut value, mut own, mut makes_link) = (String::new(), None, false);
        if let Some(xml) = inside {
            while let Some(event) = xml.next()? {
                match event {
                    XmlEvent::Start(tag) => match tag.name {
                        "v" => value = xml.words()?.into_owned(),
                        "is" => own = Some(Rc::new(words(xml)?)),
                        "f" => {
                            makes_link = xml
                                .words()?
                                .trim_start()
                                .to_ascii_uppercase()
                                .starts_with("HYPERLINK(");
                        }
                        _ => xml.skip()?,
                    },
                    XmlEvent::End(_) => break,
                    _ => {}
                }
            }
        }
        let words = match kind {
            "s" => {
                value.trim().parse::<usize>().ok().and_then(|i| self.shared.strings.get(i)).cloned()
            }
            "inlineStr" => own,
            _ => Some(Rc::new(StringRuns { all: value, runs: Vec::new() })),
        };
        match words.filter(|words| !words.all.trim().is_empty()) {
            Some(words) => {
                self.count(words.all.len())?;
                self.sheet.cells.push(CheckedCell {
                    at,
                    words,
                    is_number: kind == "n",
                    style,
                    makes_link,
                });
            }
            None => {
                self.sheet.bare.entry(style).or_insert(at);
            }
        }
        Ok(())
    }
}
