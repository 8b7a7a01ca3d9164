//! One sheet, in one pass: cells, and beside them hidden rows and columns, merged cells and links.
//!
//! calamine's reader of cells tells neither formulas, hidden rows, rich text nor merges, and ends
//! at the first cell that it does not know (`#SPILL!`, say), so that all of this would need a
//! second pass over the same tags. This is that pass, and it meets the values on the way.

use std::borrow::Cow;
use std::collections::HashMap;
use std::str::FromStr;

use crate::error::{Error, ErrorKind};
use crate::read::workbook::builder::{SheetBuilder, WorkbookBuilder};
use crate::read::workbook::cell_range::{COLUMNS, CellRange, ROWS, area, reference};
use crate::read::workbook::conditional::ConditionalLook;
use crate::read::workbook::number::{Epoch, iso};
use crate::read::workbook::package::PartReader;
use crate::read::workbook::parsed_text::ParsedText;
use crate::read::workbook::pieces;
use crate::read::workbook::relations::Relationships;
use crate::read::workbook::style::{CellAttributes, CellStyle};
use crate::read::workbook::xml::{
    XmlEvent, XmlReader, XmlTag, attribute, attributes, is_set, is_true,
};
use crate::source::CellType;

use super::conditional::CfRule;
use super::strings::{self, SharedStrings, SharedText, unescaped, words};
use super::theme::ThemeColours;

/// How many numbers of a sheet are shared by the cells that hold them.
const MOST_NUMBERS: usize = 4096;

/// What all sheets of a workbook share.
pub(super) struct XlsxWorkbook {
    pub(super) strings: SharedStrings,
    pub(super) styles: Vec<CellStyle>,
    pub(super) colours: ThemeColours,
    /// What conditional formats make of cells, by their numbers.
    pub(super) conditional: Vec<ConditionalLook>,
    pub(super) epoch: Epoch,
}

/// Reads a sheet into `gather`, up to the end or to where it is damaged.
pub(super) fn read(
    part: &mut PartReader<'_>,
    shared: &XlsxWorkbook,
    relations: &Relationships,
    builder: &mut SheetBuilder,
    workbook: &mut WorkbookBuilder<'_>,
) -> Result<(), Error> {
    let limits = workbook.limits;
    let no_style = CellStyle::default();
    let mut sheet = XlsxSheetReader {
        shared,
        relations,
        builder,
        workbook,
        no_style: &no_style,
        numbers: HashMap::new(),
        row: 0,
        column: 0,
        conditional: Vec::new(),
        rules: Vec::new(),
        in_cells: false,
    };
    sheet.builder.keeps_colours = !shared.conditional.iter().all(|look| look.is_indifferent());
    pieces::read(part, limits, |xml| sheet.step(xml))?;
    for rule in std::mem::take(&mut sheet.rules) {
        sheet.builder.conditional.extend(rule.settle(&shared.conditional));
    }
    if sheet.in_cells {
        Err(Error::new(ErrorKind::Unreadable, "it ends in the middle of its cells"))
    } else {
        Ok(())
    }
}

struct XlsxSheetReader<'r, 'l> {
    shared: &'r XlsxWorkbook,
    relations: &'r Relationships,
    builder: &'r mut SheetBuilder,
    workbook: &'r mut WorkbookBuilder<'l>,
    no_style: &'r CellStyle,
    /// What numbers say in the cells of a style: dates and counts stand in many.
    numbers: HashMap<(u64, usize), (ParsedText, CellType)>,
    row: u32,
    column: u32,
    /// The cells of the conditional formats that are read, and the rules so far.
    conditional: Vec<CellRange>,
    rules: Vec<CfRule>,
    /// Whether the tags are rows and cells; drawings further down have rows of their own.
    in_cells: bool,
}

/// What the tag of a cell says.
#[derive(Default)]
struct CellTag<'x> {
    at: Option<&'x str>,
    style: Option<&'x str>,
    kind: Option<&'x str>,
}

/// What stands in a cell.
#[derive(Default)]
struct CellValue<'x> {
    value: Option<Cow<'x, str>>,
    inline: Option<SharedText<'x>>,
    formula: bool,
}

impl XlsxSheetReader<'_, '_> {
    /// Takes the next tag, and what stands in it if it is a cell.
    fn step(&mut self, xml: &mut XmlReader<'_>) -> Result<bool, Error> {
        if self.in_cells
            && let Some((about, found)) = usual(xml)
        {
            self.found(&about, found)?;
            return Ok(true);
        }
        let Some(event) = xml.next()? else { return Ok(false) };
        match event {
            XmlEvent::Start(tag) => self.tag(&tag, Some(xml))?,
            XmlEvent::Empty(tag) => self.tag(&tag, None)?,
            XmlEvent::End(tag) => match tag.name {
                "row" if self.in_cells => self.next_row(),
                "sheetData" => self.in_cells = false,
                _ => {}
            },
            _ => {}
        }
        Ok(true)
    }

    /// Takes a tag; an element that is more than a tag goes on in `inside`.
    fn tag(&mut self, tag: &XmlTag<'_>, inside: Option<&mut XmlReader<'_>>) -> Result<(), Error> {
        match tag.name {
            "c" if self.in_cells => return self.cell(tag, inside),
            "row" if self.in_cells => {
                self.begin_row(tag);
                if inside.is_none() {
                    self.next_row();
                }
            }
            "sheetData" => self.in_cells = inside.is_some(),
            "col" => self.hide_columns(tag),
            "mergeCell" => {
                if let Some(area) = attribute(tag, "ref").and_then(|r| area(&r)) {
                    self.builder.merged.push(area);
                }
            }
            "hyperlink" => self.link(tag),
            "conditionalFormatting" => {
                let cells = attribute(tag, "sqref").unwrap_or_default();
                self.conditional = cells.split_ascii_whitespace().filter_map(area).collect();
            }
            "cfRule" if !self.conditional.is_empty() => {
                self.rules.push(CfRule::read(tag, self.conditional.clone()));
            }
            "formula" => {
                if let (Some(rule), Some(xml)) = (self.rules.last_mut(), inside) {
                    rule.formulas.push(xml.words()?.into_owned());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_row(&mut self, tag: &XmlTag<'_>) {
        for (name, value) in attributes(tag) {
            match name {
                "r" => {
                    self.row = value
                        .parse()
                        .ok()
                        .filter(|row| (1..=ROWS).contains(row))
                        .map_or(self.row, |row| row - 1);
                }
                "hidden" if is_true(value) => self.builder.hidden_rows.push(self.row..=self.row),
                "ht" if is_flat(value, LEAST_HEIGHT) => {
                    self.builder.hidden_rows.push(self.row..=self.row);
                }
                _ => {}
            }
        }
    }

    fn next_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }

    fn hide_columns(&mut self, tag: &XmlTag<'_>) {
        let number = |name| attribute(tag, name).and_then(|v| v.parse::<u32>().ok());
        let is_hidden = is_set(tag, "hidden")
            || attribute(tag, "width").is_some_and(|v| is_flat(&v, LEAST_WIDTH));
        if is_hidden
            && let (Some(first @ 1..), Some(last)) = (number("min"), number("max"))
            && first <= last
        {
            self.builder.hidden_columns.push(first - 1..=last.min(COLUMNS) - 1);
        }
    }

    fn link(&mut self, tag: &XmlTag<'_>) {
        let target = attribute(tag, "id").and_then(|id| self.relations.link(&id));
        if let Some((area, target)) = attribute(tag, "ref").and_then(|r| area(&r)).zip(target) {
            self.builder.links.push((area, target.to_owned()));
        }
    }

    fn cell(&mut self, tag: &XmlTag<'_>, inside: Option<&mut XmlReader<'_>>) -> Result<(), Error> {
        let mut about = CellTag::default();
        for (name, value) in attributes(tag) {
            match name {
                "r" => about.at = Some(value),
                "s" => about.style = Some(value),
                "t" => about.kind = Some(value),
                _ => {}
            }
        }
        let found = match inside {
            Some(xml) => inner(xml, &self.shared.colours)?,
            None => CellValue::default(),
        };
        self.found(&about, found)
    }

    fn found(&mut self, about: &CellTag<'_>, found: CellValue<'_>) -> Result<(), Error> {
        let (row, column) = about.at.and_then(reference).unwrap_or((self.row, self.column));
        self.column = column.saturating_add(1);
        let shared = self.shared;
        let number = about.style.and_then(|number| number.parse().ok()).unwrap_or_default();
        let style = shared.styles.get(number).unwrap_or(self.no_style);
        let kind = about.kind.unwrap_or("n");
        let shown = style.shown(CellType::Words, found.formula);
        if let Some(inline) = found.inline {
            return self.builder.runs(
                (row, column),
                inline.styled_runs(style),
                shown,
                self.workbook,
            );
        }
        if kind == "n"
            && let Some(value) = found.value.as_deref().and_then(parsed)
        {
            return self.number((row, column), value, number, shown);
        }
        let Some(value) =
            found.value.filter(|value| !(found.formula && value.is_empty() && kind == "n"))
        else {
            if found.formula {
                self.builder.uncached_formula((row, column));
            }
            self.builder.blank((row, column), style.fill);
            return Ok(());
        };
        self.value((row, column), kind, value, style, shown)
    }

    /// Takes a number in a cell of the style with this number.
    fn number(
        &mut self,
        at: (u32, u32),
        value: f64,
        style: usize,
        mut shown: CellAttributes,
    ) -> Result<(), Error> {
        let key = (value.to_bits(), style);
        shown.number = Some(value);
        let cell_style = self.shared.styles.get(style).unwrap_or(self.no_style);
        shown.concealment.numbers = cell_style.hiding_of_number(value);
        if let Some((said, holds)) = self.numbers.get(&key) {
            return self.builder.said(
                at,
                said.clone(),
                CellAttributes { holds: *holds, ..shown },
                self.workbook,
            );
        }
        let (run, holds) = cell_style.number(value, self.shared.epoch);
        let said = ParsedText::of(
            run.into(),
            &self.builder.place(at.0, at.1),
            &mut self.workbook.source.diagnostics,
        );
        if !said.tells && self.numbers.len() < MOST_NUMBERS {
            self.numbers.insert(key, (said.clone(), holds));
        }
        self.builder.said(at, said, CellAttributes { holds, ..shown }, self.workbook)
    }

    fn value(
        &mut self,
        at: (u32, u32),
        kind: &str,
        value: Cow<'_, str>,
        style: &CellStyle,
        shown: CellAttributes,
    ) -> Result<(), Error> {
        let (words, holds) = match kind {
            "s" => match parsed::<usize>(&value)
                .and_then(|index| self.shared.strings.get(index, style.struck))
            {
                Some(strings::SharedString::Said(said)) => {
                    return self.builder.said(at, said.clone(), shown, self.workbook);
                }
                Some(strings::SharedString::Words(words)) => {
                    return self.builder.runs(at, words.styled_runs(style), shown, self.workbook);
                }
                None => (Cow::Borrowed(""), CellType::Words),
            },
            "n" => (value, CellType::Words),
            "b" => match value.trim() {
                "0" | "false" => (Cow::Borrowed("FALSE"), CellType::Truth),
                "1" | "true" => (Cow::Borrowed("TRUE"), CellType::Truth),
                _ => (value, CellType::Words),
            },
            "d" => match iso(&value) {
                Some(moment) => (Cow::Owned(style.format.moment(moment)), CellType::Date),
                None => (value, CellType::Words),
            },
            "e" if !value.trim().is_empty() => {
                return self.builder.fault(at, value.trim(), shown, self.workbook);
            }
            _ => (unescaped(value), CellType::Words),
        };
        self.builder.cell(at, style.run(words), CellAttributes { holds, ..shown }, self.workbook)
    }
}

/// The height in points and the width in characters from which on words can be seen.
const LEAST_HEIGHT: f64 = 2.0;
const LEAST_WIDTH: f64 = 0.3;

/// Whether a height or width is next to nothing.
fn is_flat(size: &str, least: f64) -> bool {
    size.parse::<f64>().is_ok_and(|size| size < least)
}

/// A number, which may have white space around it.
fn parsed<T: FromStr>(words: &str) -> Option<T> {
    words.parse().or_else(|_| words.trim().parse()).ok()
}

/// The cell that comes next, if it is written as nearly all are: `<c r="B7" s="2"
/// t="s"><v>4</v></c>`.
fn usual<'x>(xml: &mut XmlReader<'x>) -> Option<(CellTag<'x>, CellValue<'x>)> {
    let mut ahead = xml.clone();
    let about = CellTag {
        at: Some(ahead.value("<c r=\"")?),
        style: ahead.value(" s=\""),
        kind: ahead.value(" t=\""),
    };
    let value = ahead.plain("><v>", "</v></c>")?;
    *xml = ahead;
    Some((about, CellValue { value: Some(Cow::Borrowed(value)), ..CellValue::default() }))
}

/// What stands inside a cell.
fn inner<'x>(xml: &mut XmlReader<'x>, colours: &ThemeColours) -> Result<CellValue<'x>, Error> {
    let mut found = CellValue::default();
    while let Some(event) = xml.next()? {
        match event {
            XmlEvent::Start(tag) => match tag.name {
                "v" => found.value = Some(xml.words()?),
                "is" => found.inline = Some(words(xml, Some(colours))?),
                "f" => {
                    found.formula = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            },
            XmlEvent::Empty(tag) => match tag.name {
                "v" => found.value = Some(Cow::Borrowed("")),
                "f" => found.formula = true,
                _ => {}
            },
            XmlEvent::End(_) => break,
            _ => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::source::{Block, Grid, Source};

    fn read_sheet(cells: &str, after: &str) -> Source {
        let limits = Limits::default();
        let mut workbook = WorkbookBuilder::new(&limits);
        let mut builder = SheetBuilder::new("S", false);
        let colours = ThemeColours::read(None, &limits);
        let strings = b"<sst><si><t>shared</t></si></sst>";
        let strings =
            SharedStrings::read(&mut PartReader::of(strings, &mut 99), false, &colours, &limits)
                .unwrap();
        let shared = XlsxWorkbook {
            strings,
            styles: Vec::new(),
            colours,
            conditional: Vec::new(),
            epoch: Epoch::From1900,
        };
        let relations =
            Relationships::of_links(&[("r1", "https://example.org/a"), ("r2", "file:///secret")]);
        let part = format!(
            "<x:worksheet><x:cols><x:col min=\"2\" max=\"3\" hidden=\"1\"/><x:col min=\"0\" max=\"9\" hidden=\"1\"/></x:cols><x:sheetData>{cells}</x:sheetData>{after}</x:worksheet>"
        );
        read(
            &mut PartReader::of(part.as_bytes(), &mut part.len()),
            &shared,
            &relations,
            &mut builder,
            &mut workbook,
        )
        .unwrap();
        builder.finish(&mut workbook).unwrap();
        workbook.source
    }

    fn grid(source: &Source) -> &Grid {
        match source.blocks.as_slice() {
            [Block::Grid(grid)] => grid,
            other => panic!("{other:?}"),
        }
    }

    fn shown(source: &Source) -> Vec<String> {
        let cells = grid(source).rows.iter().flat_map(|r| &r.cells).filter(|c| !c.value.is_empty());
        cells.map(|c| format!("{}={} {:?}", c.place, c.value.plain(), c.holds())).collect()
    }

    #[test]
    fn each_kind_of_value_is_read() {
        let source = read_sheet(
            r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.1000000000000001</v></c><c r="C1" t="b"><v>1</v></c>
               <c r="D1" t="d"><v>2011-09-30</v></c><c r="E1" t="str"><f>A1</f><v>a_x0042_&amp;b</v></c>
               <c r="F1" t="inlineStr"><is><t>in</t></is></c><c r="G1" t="e"><v>#SPILL!</v></c><c r="H1" t="odd"><v>kept</v></c>
               <c r="I1" t="s"><v>99</v></c><c r="J1"><v>not a number</v></c></row>"#,
            "",
        );
        let expected = [
            "S!A1=shared Words",
            "S!B1=1.1 Number",
            "S!C1=TRUE Truth",
            "S!D1=30/09/2011 Date",
            "S!E1=aB&b Words",
            "S!F1=in Words",
            "S!G1=#SPILL! Fault",
            "S!H1=kept Words",
            "S!J1=not a number Words",
        ];
        assert_eq!(shown(&source), expected);
        assert!(grid(&source).rows[0].cells[4].is_calculated());
        assert_eq!(
            source.diagnostics.iter().map(|d| d.code.name()).collect::<Vec<_>>(),
            ["error-cell"]
        );
    }

    #[test]
    fn rows_and_cells_without_numbers_are_counted() {
        let source = read_sheet(
            "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row hidden=\"true\"><c/><c><v>3</v></c></row>",
            "",
        );
        assert_eq!(shown(&source), ["S!A1=1 Number", "S!B1=2 Number", "S!B3=3 Number"]);
        assert_eq!(grid(&source).rows.iter().map(|r| r.hidden).collect::<Vec<_>>(), [false, true]);
        assert_eq!(grid(&source).sheet.as_ref().unwrap().hidden_columns, [1..=2]);
    }

    #[test]
    fn merges_links_and_formulas_without_results_are_noted() {
        let source = read_sheet(
            r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><f>1+1</f></c><c r="B2"><f t="shared" si="0"/></c></row>"#,
            r#"<mergeCells><mergeCell ref="A1:A3"/><mergeCell ref="A1:ZZZZZZ9"/></mergeCells>
               <hyperlinks><hyperlink ref="A1" r:id="r1"/><hyperlink ref="B1" r:id="r2"/></hyperlinks><controls><from><xdr:row>7</xdr:row></from></controls>"#,
        );
        let cells = &grid(&source).rows[0].cells;
        assert_eq!(cells[0].span(), (3, 1));
        assert_eq!(
            cells[0].value.blocks[0].spans[0].link.as_deref(),
            Some("https://example.org/a")
        );
        assert_eq!(cells[1].value.blocks[0].spans[0].link, None);
        let messages = &source.diagnostics[0];
        assert_eq!(
            (messages.code.name(), messages.place.as_ref().unwrap().to_string()),
            ("formula-without-value", "S!A2".to_owned())
        );
        assert!(messages.message.starts_with("2 cells"));
    }
}
