//! OpenDocument spreadsheets (OASIS OpenDocument 1.3).
//!
//! What calamine leaves of these (merges, comments, what is hidden, coloured or struck, how
//! precisely a date is shown) needs a pass over all cells, which meets their values on the way; and
//! calamine makes copies of whatever is said to be repeated.

mod cell;
mod conditional;
mod styles;

use std::ops::RangeInclusive;

use crate::error::{Error, ErrorKind};
use crate::source::{CellType, HiddenBy, Source};

use super::builder::{SheetBuilder, WorkbookBuilder};
use super::cell_range::{COLUMNS, CellRange, ROWS};
use super::number::{CellNumberFormat, Epoch, iso};
use super::package::ZipPackage;
use super::style::{CellStyle, StyleHiding};
use super::xml::{XmlEvent, XmlReader, XmlTag, attribute, attributes, decoded};

use cell::CellContent;
use styles::OdsStyles;

/// Reads a workbook.
pub(super) fn read(
    mut package: ZipPackage<'_>,
    mut workbook: WorkbookBuilder<'_>,
) -> Result<Source, Error> {
    if let Some(manifest) = package.part("META-INF/manifest.xml")? {
        let manifest = decoded(&manifest);
        let mut xml = XmlReader::new(&manifest, workbook.limits);
        while let Some(event) = xml.next()? {
            if matches!(event, XmlEvent::Start(tag) | XmlEvent::Empty(tag) if tag.name == "encryption-data")
            {
                return Err(super::protected());
            }
        }
    }
    let mut styles = OdsStyles::default();
    if let Some(part) = package.part("styles.xml")? {
        let part = decoded(&part);
        let mut xml = XmlReader::new(&part, workbook.limits);
        while let Some(event) = xml.next()? {
            match event {
                XmlEvent::Start(tag) => styles.take(&tag, Some(&mut xml))?,
                XmlEvent::Empty(tag) => styles.take(&tag, None)?,
                _ => {}
            }
        }
    }
    let content = package.part("content.xml")?.unwrap_or_default();
    let content = decoded(&content);
    let is_conditional = content.contains(":conditional-format");
    let mut xml = XmlReader::new(&content, workbook.limits);
    while let Some(event) = xml.next()? {
        let tag = match event {
            XmlEvent::Start(tag) => tag,
            XmlEvent::Empty(tag) => {
                styles.take(&tag, None)?;
                continue;
            }
            _ => continue,
        };
        match tag.name {
            "table" => read_table(&tag, &mut xml, &styles, is_conditional, &mut workbook)?,
            // Cells that someone changed, as they were before.
            "tracked-changes" => xml.skip()?,
            "body" => styles.settle(),
            _ => styles.take(&tag, Some(&mut xml))?,
        }
    }
    Ok(workbook.source)
}

fn read_table(
    tag: &XmlTag<'_>,
    xml: &mut XmlReader<'_>,
    styles: &OdsStyles,
    has_conditional_formats: bool,
    workbook: &mut WorkbookBuilder<'_>,
) -> Result<(), Error> {
    let name = attribute(tag, "name").unwrap_or_default().into_owned();
    let hidden = attribute(tag, "style-name").is_some_and(|style| styles.is_hidden(&style));
    let mut table = OdsTable {
        styles,
        builder: SheetBuilder::new(&name, hidden),
        workbook,
        row: 0,
        column: 0,
        columns: Vec::new(),
        is_in_hidden_group: false,
    };
    table.builder.keeps_colours = has_conditional_formats;
    let read = table.read(xml);
    let OdsTable { builder, workbook, .. } = table;
    match read {
        Ok(true) => builder.finish(workbook),
        Ok(false) => {
            super::report_not_read(workbook, &name, "a copy of cells of another file");
            Ok(())
        }
        Err(error) if error.is_unreadable() => {
            super::report_damaged(workbook, &name, &error);
            builder.finish(workbook)
        }
        Err(error) => Err(error),
    }
}

/// A table while it is read.
struct OdsTable<'r, 'l> {
    styles: &'r OdsStyles,
    builder: SheetBuilder,
    workbook: &'r mut WorkbookBuilder<'l>,
    row: u32,
    column: u32,
    /// The styles that cells without one have, by columns.
    columns: Vec<(RangeInclusive<u32>, &'r CellStyle)>,
    /// Whether the rows or columns stand in a group that is collapsed.
    is_in_hidden_group: bool,
}

/// A cell of a row, or several alike side by side.
struct OdsCell<'r> {
    columns: RangeInclusive<u32>,
    /// How many rows and columns it covers.
    span: (u32, u32),
    style: &'r CellStyle,
    value: OdsValue,
    formula: bool,
    inside: CellContent,
}

impl OdsCell<'_> {
    fn is_blank(&self) -> bool {
        is_blank(&self.inside, &self.value)
    }
}

/// Whether a cell has neither words nor a value that words could be made of.
fn is_blank(inside: &CellContent, value: &OdsValue) -> bool {
    inside.is_empty() && matches!(value, OdsValue::Words | OdsValue::Number(None) | OdsValue::Fault)
}

/// What a cell holds, as it says itself.
#[derive(Debug, Default, PartialEq)]
enum OdsValue {
    #[default]
    Words,
    Number(Option<f64>),
    Date(String),
    Truth(bool),
    /// Words that stand in no paragraph.
    Said(String),
    Fault,
}

impl<'r> OdsTable<'r, '_> {
    /// Reads to the end of the table; false if it is a copy of another file's.
    fn read(&mut self, xml: &mut XmlReader<'_>) -> Result<bool, Error> {
        // the elements that are open, and whether each is a collapsed group
        let mut open: Vec<bool> = Vec::new();
        let mut is_copy = false;
        while let Some(event) = xml.next()? {
            match event {
                XmlEvent::Start(tag) => match tag.name {
                    "table-row" => self.take_row(&tag, Some(xml))?,
                    "table-column" => {
                        self.take_columns(&tag);
                        open.push(false);
                    }
                    // Drawings and the like above the sheet.
                    "shapes" | "forms" | "desc" => xml.skip()?,
                    "table-source" => {
                        is_copy = true;
                        open.push(false);
                    }
                    "table-row-group" | "table-column-group" => {
                        open.push(attribute(&tag, "display").is_some_and(|v| v == "false"));
                        self.is_in_hidden_group = open.contains(&true);
                    }
                    "conditional-format" => {
                        conditional::read(&tag, xml, self.styles, &mut self.builder)?;
                    }
                    _ => open.push(false),
                },
                XmlEvent::Empty(tag) => match tag.name {
                    "table-row" => self.take_row(&tag, None)?,
                    "table-column" => self.take_columns(&tag),
                    "table-source" => is_copy = true,
                    _ => {}
                },
                XmlEvent::End(_) => match open.pop() {
                    None => break,
                    Some(was_hidden) => {
                        self.is_in_hidden_group &= !was_hidden || open.contains(&true);
                    }
                },
                _ => {}
            }
        }
        Ok(!is_copy)
    }

    fn take_columns(&mut self, tag: &XmlTag<'_>) {
        let columns = self.column
            ..=self
                .column
                .saturating_add(repeated(tag, "number-columns-repeated") - 1)
                .min(COLUMNS - 1);
        self.column = columns.end() + 1;
        if self.is_hidden(tag) && !columns.is_empty() {
            self.builder.hidden_columns.push(columns.clone());
        }
        if let Some(style) = attribute(tag, "default-cell-style-name") {
            self.columns.push((columns, self.styles.cell(&style)));
        }
    }

    /// Whether rows or columns are hidden, by hand, by a filter or by their size.
    fn is_hidden(&self, tag: &XmlTag<'_>) -> bool {
        self.is_in_hidden_group
            || attribute(tag, "visibility").is_some_and(|v| v != "visible")
            || attribute(tag, "style-name").is_some_and(|name| self.styles.is_flat(&name))
    }

    /// Takes a row, or several alike one below the other.
    fn take_row(
        &mut self,
        tag: &XmlTag<'_>,
        inside: Option<&mut XmlReader<'_>>,
    ) -> Result<(), Error> {
        let first = self.row;
        let count = repeated(tag, "number-rows-repeated");
        let cells = match inside {
            Some(xml) => self.cells(tag, xml)?,
            None => Vec::new(),
        };
        self.row = first.saturating_add(count);
        let last = self.row.min(ROWS);
        if self.is_hidden(tag) && first < last {
            self.builder.hidden_rows.push(first..=last - 1);
        }
        if cells.iter().all(|cell| cell.is_blank() && !cell.formula) {
            return Ok(());
        }
        let wide: u64 = cells
            .iter()
            .filter(|c| !c.is_blank() || c.formula)
            .map(|c| u64::from(c.columns.end() - c.columns.start()) + 1)
            .sum();
        if u64::from(count).saturating_mul(wide)
            > u64::try_from(self.workbook.limits.cells).unwrap_or(u64::MAX)
            || self.row > ROWS
        {
            let message = format!(
                "the row says that it stands {count} times one below the other; up to {} cells are read",
                self.workbook.limits.cells
            );
            return Err(Error::new(ErrorKind::TooLarge, message).at(self.builder.place(first, 0)).help(
                "open it in a spreadsheet program, delete the rows that are not needed and save it",
            ));
        }
        for row in first..last {
            for cell in &cells {
                self.put(row, cell)?;
            }
        }
        Ok(())
    }

    fn cells(
        &mut self,
        row: &XmlTag<'_>,
        xml: &mut XmlReader<'_>,
    ) -> Result<Vec<OdsCell<'r>>, Error> {
        let row_style =
            attribute(row, "default-cell-style-name").map(|name| self.styles.cell(&name));
        let mut cells = Vec::new();
        let mut column = 0_u32;
        while let Some(event) = xml.next()? {
            let (tag, inside) = match event {
                XmlEvent::Start(tag) => (tag, Some(&mut *xml)),
                XmlEvent::Empty(tag) => (tag, None),
                XmlEvent::End(_) => break,
                _ => continue,
            };
            if !matches!(tag.name, "table-cell" | "covered-table-cell") {
                if let Some(xml) = inside {
                    xml.skip()?;
                }
                continue;
            }
            let inside = match inside {
                Some(xml) => cell::read(xml, self.styles)?,
                None => CellContent::default(),
            };
            let count = repeated(&tag, "number-columns-repeated");
            let columns = column..=column.saturating_add(count - 1);
            column = columns.end().saturating_add(1);
            let (value, formula, span) = said(&tag);
            if !is_blank(&inside, &value) && *columns.end() >= COLUMNS {
                let message = format!(
                    "the cell says that it stands {count} times side by side, beyond the edge of the sheet"
                );
                return Err(Error::new(ErrorKind::TooLarge, message)
                    .at(self.builder.place(self.row, *columns.start()))
                    .help("open it in a spreadsheet program, delete the columns that are not needed and save it"));
            }
            let style = match attribute(&tag, "style-name") {
                Some(name) => self.styles.cell(&name),
                None => row_style.unwrap_or_else(|| self.column_style(*columns.start())),
            };
            cells.push(OdsCell { columns, span, style, value, formula, inside });
        }
        Ok(cells)
    }

    fn column_style(&self, column: u32) -> &'r CellStyle {
        let at = self.columns.partition_point(|(columns, _)| *columns.end() < column);
        match self.columns.get(at) {
            Some((columns, style)) if columns.contains(&column) => style,
            _ => self.styles.cell(""),
        }
    }

    fn put(&mut self, row: u32, cell: &OdsCell<'_>) -> Result<(), Error> {
        let (first, last) = (*cell.columns.start(), (*cell.columns.end()).min(COLUMNS - 1));
        if cell.is_blank() {
            self.builder.blanks(row, first, last, cell.style.fill);
            if cell.formula {
                self.builder.uncached_formula((row, first));
            }
        } else {
            for column in first..=last {
                self.put_words((row, column), cell)?;
            }
        }
        if cell.span != (1, 1) {
            let last = (row.saturating_add(cell.span.0 - 1), first.saturating_add(cell.span.1 - 1));
            self.builder.merged.push(CellRange { first: (row, first), last });
        }
        Ok(())
    }

    fn put_words(&mut self, at: (u32, u32), cell: &OdsCell<'_>) -> Result<(), Error> {
        if let Some(note) = &cell.inside.note {
            self.builder.note(at, note.clone(), self.workbook)?;
        }
        let style = cell.style;
        let displayed = !cell.inside.runs.is_empty();
        // a value of which nothing is displayed has a format that shows nothing
        let is_concealed = !displayed
            && cell.inside.has_paragraph
            && matches!(cell.value, OdsValue::Number(Some(_)) | OdsValue::Said(_));
        let (runs, holds) = match &cell.value {
            OdsValue::Date(value) => match iso(value) {
                Some(moment) => (vec![style.run(style.format.moment(moment))], CellType::Date),
                None => (vec![style.run(value.as_str())], CellType::Words),
            },
            OdsValue::Truth(value) => {
                (vec![style.run(if *value { "TRUE" } else { "FALSE" })], CellType::Truth)
            }
            OdsValue::Number(Some(value)) if !displayed => (
                vec![style.run(CellNumberFormat::default().words(*value, Epoch::From1900).0)],
                CellType::Number,
            ),
            OdsValue::Said(words) if !displayed => {
                (vec![style.run(words.as_str())], CellType::Words)
            }
            OdsValue::Fault => {
                let words: String =
                    cell.inside.runs.iter().map(|run| run.span.text.as_str()).collect();
                return self.builder.fault(
                    at,
                    &words,
                    style.shown(CellType::Fault, cell.formula),
                    self.workbook,
                );
            }
            value => {
                let number =
                    if let OdsValue::Number(number) = value { Some(*number) } else { None };
                let holds = if number.is_some() { CellType::Number } else { CellType::Words };
                let runs = cell.inside.runs.iter().map(|run| {
                    let mut run = run.clone();
                    run.span.style.struck |= style.struck;
                    run.look.run(run.span, style)
                });
                let mut shown = style.shown(holds, cell.formula);
                shown.number = number.flatten();
                return self.builder.runs(at, runs.collect(), shown, self.workbook);
            }
        };
        let mut shown = style.shown(holds, cell.formula);
        if is_concealed {
            shown.concealment = StyleHiding::all(HiddenBy::NumberFormat);
        }
        self.builder.cell(at, runs, shown, self.workbook)
    }
}

/// What a cell says of its value, whether it has a formula, and how many rows and columns it
/// covers.
fn said(tag: &XmlTag<'_>) -> (OdsValue, bool, (u32, u32)) {
    let mut value = OdsValue::Words;
    let (mut formula, mut fault) = (false, false);
    for (name, said) in attributes(tag) {
        match name {
            "formula" => formula = true,
            "date-value" => value = OdsValue::Date(said.to_owned()),
            "boolean-value" => value = OdsValue::Truth(said == "true"),
            "value" => value = OdsValue::Number(said.parse().ok()),
            "time-value" => value = OdsValue::Number(None),
            "string-value" if !said.is_empty() => {
                value = OdsValue::Said(super::xml::resolved(said).into_owned());
            }
            "value-type" => fault |= said == "error",
            _ => {}
        }
    }
    let span = (
        repeated(tag, "number-rows-spanned").min(ROWS),
        repeated(tag, "number-columns-spanned").min(COLUMNS),
    );
    (if fault { OdsValue::Fault } else { value }, formula, span)
}

/// How often something is said to stand there: at least once.
fn repeated(tag: &XmlTag<'_>, name: &str) -> u32 {
    attribute(tag, name)
        .and_then(|v| v.parse::<u64>().ok())
        .map_or(1, |n| u32::try_from(n).unwrap_or(u32::MAX).max(1))
}

/// Reports a document of the OpenDocument family that is no spreadsheet by its type; none if it is
/// one.
pub(super) fn other_document(mimetype: &[u8]) -> Option<&'static str> {
    let rest = mimetype.trim_ascii().strip_prefix(b"application/vnd.oasis.opendocument.")?;
    match rest {
        _ if rest.starts_with(b"spreadsheet") => None,
        _ if rest.starts_with(b"text") => Some("an OpenDocument text"),
        _ if rest.starts_with(b"presentation") => Some("an OpenDocument presentation"),
        _ => Some("an OpenDocument document of another kind"),
    }
}

#[cfg(test)]
mod tests;
