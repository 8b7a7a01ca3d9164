//! Gathers what is found on a sheet, in whatever order, into a grid of the rows and columns that
//! have words.

mod grid;
mod hiding;

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::colour::Colour;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::place::Place;
use crate::read::typed;
use crate::source::{
    Block, Cell, CellFormat, CellType, ExcelTable, Grid, HiddenBy, HiddenText, Row, Sheet, Source,
};
use crate::text::{SmallVec, Span, Text};

use super::cell_range::CellRange;
use super::conditional::ConditionalRule;
use super::parsed_text::ParsedText;
use super::style::{CellAttributes, StyleHiding};

use hiding::{ColouredCell, join_hidden};

use grid::GridBuilder;

/// How many looks of a sheet are shared: people use a dozen, and each cell is compared with all.
const MOST_LOOKS: usize = 32;

/// A workbook while it is read.
pub(super) struct WorkbookBuilder<'l> {
    pub(super) limits: &'l Limits,
    pub(super) source: Source,
    /// How many bytes of words may still come: one long text can stand in many cells.
    words_left: usize,
    /// How many cells the grids may still have.
    cells_left: usize,
}

impl<'l> WorkbookBuilder<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            source: Source::default(),
            words_left: limits.unpacked,
            cells_left: limits.cells,
        }
    }

    pub(super) fn emit(&mut self, diagnostic: Diagnostic) {
        self.source.diagnostics.push(diagnostic);
    }
}

/// A sheet while it is read.
pub(super) struct SheetBuilder {
    name: Arc<str>,
    hidden: bool,
    /// The rows as they come, each with those of its cells that have words.
    rows: Vec<Row>,
    /// What cells showed beside their words, as it is shared by them.
    looks: Vec<(CellAttributes, Arc<CellFormat>)>,
    /// Cells that have a colour and no words: the row, the first and last column.
    filled: Vec<(u32, u32, u32, Colour)>,
    notes: Vec<(u32, u32, Text)>,
    pub(super) hidden_rows: Vec<RangeInclusive<u32>>,
    pub(super) hidden_columns: Vec<RangeInclusive<u32>>,
    pub(super) merged: Vec<CellRange>,
    pub(super) links: Vec<(CellRange, String)>,
    pub(super) tables: Vec<ExcelTable>,
    /// Cells whose words have the colour of what is behind them, as far as their own styles say.
    unseen: Vec<(u32, u32)>,
    /// Stretches to which something else gives colours: styles of tables, and conditional formats
    /// that are not read.
    pub(super) painted: Vec<CellRange>,
    /// Conditional formats that can hide or show words.
    pub(super) conditional: Vec<ConditionalRule>,
    /// Whether the sheet may have such formats.
    pub(super) keeps_colours: bool,
    coloured: Vec<ColouredCell>,
    /// The first cell whose formula has no stored result, and how many there are.
    uncached_formula: Option<((u32, u32), usize)>,
}

impl SheetBuilder {
    pub(super) fn new(name: &str, hidden: bool) -> Self {
        Self {
            name: name.into(),
            hidden,
            rows: Vec::new(),
            looks: Vec::new(),
            filled: Vec::new(),
            notes: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            merged: Vec::new(),
            links: Vec::new(),
            tables: Vec::new(),
            unseen: Vec::new(),
            painted: Vec::new(),
            conditional: Vec::new(),
            keeps_colours: false,
            coloured: Vec::new(),
            uncached_formula: None,
        }
    }

    /// The place of a cell of this sheet.
    pub(super) fn place(&self, row: u32, column: u32) -> Place {
        Place::in_sheet(Arc::clone(&self.name), row, column)
    }

    /// Takes the words of a cell.
    pub(super) fn cell(
        &mut self,
        at: (u32, u32),
        runs: impl Into<SmallVec<Span>>,
        shown: CellAttributes,
        workbook: &mut WorkbookBuilder<'_>,
    ) -> Result<(), Error> {
        let said =
            ParsedText::of(runs.into(), &self.place(at.0, at.1), &mut workbook.source.diagnostics);
        self.said(at, said, shown, workbook)
    }

    /// Takes the words of a cell that were read before.
    pub(super) fn said(
        &mut self,
        (row, column): (u32, u32),
        said: ParsedText,
        mut shown: CellAttributes,
        workbook: &mut WorkbookBuilder<'_>,
    ) -> Result<(), Error> {
        workbook.words_left = words_left(workbook, said.length as usize)?;
        shown.indent = shown.indent.saturating_add(said.indent);
        let value = said.text;
        let colours = std::mem::take(&mut shown.colours);
        let number = shown.number.take();
        if value.blocks.is_empty() {
            self.blank((row, column), shown.fill);
            return Ok(());
        }
        if shown.ink.is_some() || shown.concealment != StyleHiding::default() {
            shown = shown.of(&value);
            if shown.hidden == Some(HiddenBy::Colour) {
                self.unseen.push((row, column));
            }
        }
        if self.keeps_colours || shown.hidden == Some(HiddenBy::Colour) {
            self.coloured.push(ColouredCell { at: (row, column), colours, number });
        }
        let look = (shown != CellAttributes::default()).then(|| self.look(shown));
        let cell = Cell { value, place: self.place(row, column), look };
        match self.rows.last_mut() {
            Some(last) if at(&last.place).0 == row => last.cells.push(cell),
            before => {
                // most rows have as many cells as the one before
                let mut cells = Vec::with_capacity(before.map_or(1, |before| before.cells.len()));
                let place = cell.place.clone();
                cells.push(cell);
                self.rows.push(Row::new(cells, place));
            }
        }
        Ok(())
    }

    /// How a cell looks that shows this: one look for all that show the same.
    fn look(&mut self, shown: CellAttributes) -> Arc<CellFormat> {
        if let Some((_, look)) = self.looks.iter().find(|(of, _)| *of == shown) {
            return Arc::clone(look);
        }
        let CellAttributes { holds, calculated, fill, indent, hidden, .. } = shown;
        let look = Arc::new(CellFormat {
            holds,
            calculated,
            fill,
            indent,
            hidden: hidden.map(HiddenText::Whole),
            ..CellFormat::default()
        });
        if self.looks.len() < MOST_LOOKS {
            self.looks.push((shown, Arc::clone(&look)));
        }
        look
    }

    /// Takes a cell that shows an error, and tells it.
    pub(super) fn fault(
        &mut self,
        at: (u32, u32),
        error: &str,
        shown: CellAttributes,
        workbook: &mut WorkbookBuilder<'_>,
    ) -> Result<(), Error> {
        let message = format!("the cell shows the error {error} instead of its value");
        let help = "correct the formula in the spreadsheet, or type the value";
        workbook
            .emit(Diagnostic::new(Code::ErrorCell, message).at(&self.place(at.0, at.1)).help(help));
        self.cell(
            at,
            Span::plain(error),
            CellAttributes { holds: CellType::Fault, ..shown },
            workbook,
        )
    }

    /// Takes a cell without words, which may have a colour.
    pub(super) fn blank(&mut self, (row, column): (u32, u32), fill: Option<Colour>) {
        self.blanks(row, column, column, fill);
    }

    /// Takes cells of a row that have no words.
    pub(super) fn blanks(&mut self, row: u32, first: u32, last: u32, fill: Option<Colour>) {
        if let Some(fill) = fill {
            self.filled.push((row, first, last, fill));
        }
    }

    /// Takes a cell whose formula has no stored result.
    pub(super) fn uncached_formula(&mut self, at: (u32, u32)) {
        self.uncached_formula.get_or_insert((at, 0)).1 += 1;
    }

    /// Takes the comment on a cell.
    pub(super) fn note(
        &mut self,
        (row, column): (u32, u32),
        words: String,
        workbook: &mut WorkbookBuilder<'_>,
    ) -> Result<(), Error> {
        workbook.words_left = words_left(workbook, words.len())?;
        let place = self.place(row, column);
        let note = typed::text(Span::plain(words).into(), &place, &mut workbook.source.diagnostics);
        if !note.is_empty() {
            self.notes.push((row, column, note));
        }
        Ok(())
    }

    /// The comments of the sheet; where they are damaged that is reported, and the sheet is read
    /// without them.
    pub(super) fn unless_damaged<T>(
        &self,
        comments: Result<Vec<T>, Error>,
        workbook: &mut WorkbookBuilder<'_>,
    ) -> Result<Vec<T>, Error> {
        match comments {
            Err(error) if error.is_unreadable() => {
                let message = format!(
                    "the comments on cells of the sheet “{}” are damaged, and were left out: {error}",
                    self.name
                );
                let help = "open the workbook in a spreadsheet program, which may repair it, check whether all is there, and save it";
                workbook.emit(Diagnostic::new(Code::PartUnreadable, message).help(help));
                Ok(Vec::new())
            }
            read => read,
        }
    }

    /// Puts the sheet into the workbook as a grid; a sheet without a word gives none.
    pub(super) fn finish(self, workbook: &mut WorkbookBuilder<'_>) -> Result<(), Error> {
        let hidden = self.hidden.then(|| Arc::clone(&self.name));
        self.finish_grid(workbook)?;
        let Some(hidden) = hidden else { return Ok(()) };
        let is_of_sheet = |diagnostic: &&mut Diagnostic| !matches!(&diagnostic.place, Some(Place::Cell { sheet, .. }) if *sheet != hidden);
        // those of a sheet stand together
        let of_sheet = workbook.source.diagnostics.iter_mut().rev().take_while(is_of_sheet);
        for diagnostic in of_sheet.filter(|diagnostic| diagnostic.place.is_some()) {
            diagnostic.is_on_hidden_sheet = true;
        }
        Ok(())
    }

    fn finish_grid(mut self, workbook: &mut WorkbookBuilder<'_>) -> Result<(), Error> {
        self.report_uncached_formulas(workbook);
        self.sort();
        let columns = self.columns_with_words();
        self.add_rows_with_notes();
        let (Some(first_row), Some(first_column)) = (self.rows.first(), columns.first()) else {
            return Ok(());
        };
        let (height, width) = (self.rows.len(), columns.len());
        let held = self.rows.iter().map(|row| row.cells.len()).sum::<usize>() + self.notes.len();
        let most = workbook.limits.cells_of(held);
        let cells = Some(height.saturating_mul(width)).filter(|cells| *cells <= most);
        let Some(left) = cells.and_then(|cells| workbook.cells_left.checked_sub(cells)) else {
            let message = format!(
                "the sheet “{}” has {height} rows and {width} columns with words; up to {most} cells are read of a workbook",
                self.name
            );
            return Err(Error::new(ErrorKind::TooLarge, message)
                .at(self.place(at(&first_row.place).0, *first_column))
                .help("check that it is the right file, or cut the sheet in two"));
        };
        workbook.cells_left = left;
        let mut frame = GridBuilder::new(&mut self, columns);
        for (row, column, note) in std::mem::take(&mut self.notes) {
            if let Some(cell) = frame.cell(row, column) {
                match &mut look(cell).note {
                    Some(before) => before.append(note),
                    none => *none = Some(note),
                }
            }
        }
        for (row, first, last, fill) in std::mem::take(&mut self.filled) {
            let filled =
                self.look(CellAttributes { fill: Some(fill), ..CellAttributes::default() });
            for cell in frame.cells(row, first, last) {
                match cell.look {
                    None => cell.look = Some(Arc::clone(&filled)),
                    Some(_) => look(cell).fill = Some(fill),
                }
            }
        }
        for CellRange { first, last } in &self.merged {
            let span = (last.0.saturating_sub(first.0) + 1, last.1.saturating_sub(first.1) + 1);
            if let Some(cell) = frame.cell(first.0, first.1).filter(|_| span != (1, 1)) {
                look(cell).span = span;
            }
        }
        for (row, column) in self.seen_after_all() {
            if let Some(cell) = frame.cell(row, column) {
                look(cell).hidden = None;
            }
        }
        self.apply_conditional(&mut frame, workbook);
        frame.link(&self.links, workbook.limits.cells);
        let sheet = Sheet {
            name: self.name,
            hidden: self.hidden,
            hidden_columns: joined(self.hidden_columns),
            hidden_rows: joined(self.hidden_rows),
            tables: self.tables,
        };
        workbook.source.blocks.push(Block::Grid(Grid {
            rows: frame.rows,
            sheet: Some(sheet),
            ..Grid::default()
        }));
        Ok(())
    }

    fn report_uncached_formulas(&self, workbook: &mut WorkbookBuilder<'_>) {
        let Some(((row, column), count)) = self.uncached_formula else { return };
        let message = match count {
            1 => "the cell holds a formula whose result was never stored, so it is read as empty"
                .to_owned(),
            n => format!(
                "{n} cells of the sheet hold formulas whose results were never stored, so they are read as empty; this is the first"
            ),
        };
        let help = "open the workbook in a spreadsheet program and save it";
        workbook.emit(
            Diagnostic::new(Code::FormulaWithoutValue, message)
                .at(&self.place(row, column))
                .help(help),
        );
    }

    /// Puts the cells in order; one that stands twice keeps all its words.
    fn sort(&mut self) {
        let in_order = |row: &Row| row.cells.is_sorted_by(|a, b| at(&a.place) < at(&b.place));
        if self.rows.is_sorted_by(|a, b| at(&a.place).0 < at(&b.place).0)
            && self.rows.iter().all(in_order)
        {
            return;
        }
        let mut cells: Vec<Cell> =
            std::mem::take(&mut self.rows).into_iter().flat_map(|row| row.cells).collect();
        cells.sort_by_key(|cell| at(&cell.place));
        cells.dedup_by(|later, first| {
            let twice = at(&later.place) == at(&first.place);
            if twice {
                join_hidden(first, later);
                first.value.append(std::mem::take(&mut later.value));
            }
            twice
        });
        for cell in cells {
            match self.rows.last_mut() {
                Some(last) if at(&last.place).0 == at(&cell.place).0 => last.cells.push(cell),
                _ => {
                    let place = cell.place.clone();
                    self.rows.push(Row::new(vec![cell], place));
                }
            }
        }
    }

    /// Adds the rows that have no words, but comments.
    fn add_rows_with_notes(&mut self) {
        let mut missing: Vec<u32> = self.notes.iter().map(|(row, ..)| *row).collect();
        missing.retain(|row| self.rows.binary_search_by_key(row, |row| at(&row.place).0).is_err());
        missing.sort_unstable();
        missing.dedup();
        if !missing.is_empty() {
            self.rows.extend(
                missing.into_iter().map(|row| {
                    Row::new(Vec::new(), Place::in_sheet(Arc::clone(&self.name), row, 0))
                }),
            );
            self.rows.sort_by_key(|row| at(&row.place).0);
        }
    }

    fn columns_with_words(&self) -> Vec<u32> {
        let cells = || self.rows.iter().flat_map(|row| &row.cells).map(|cell| at(&cell.place).1);
        let all = || cells().chain(self.notes.iter().map(|(_, column, _)| *column));
        let mut has_words = vec![false; all().max().map_or(0, |last| last as usize + 1)];
        for column in all() {
            if let Some(has) = has_words.get_mut(column as usize) {
                *has = true;
            }
        }
        (0..).zip(has_words).filter(|(_, has)| *has).map(|(column, _)| column).collect()
    }
}

/// The row and column of a cell of a sheet.
fn at(place: &Place) -> (u32, u32) {
    match place {
        Place::Cell { row, column, .. } => (*row, *column),
        Place::Text { .. } => (0, 0),
    }
}

fn words_left(workbook: &WorkbookBuilder<'_>, more: usize) -> Result<usize, Error> {
    workbook.words_left.checked_sub(more).ok_or_else(|| {
        let message = format!(
            "the cells of the workbook hold more than {} MB of words",
            workbook.limits.unpacked >> 20
        );
        Error::new(ErrorKind::TooLarge, message)
            .help("check that it is the right file, or cut it in two")
    })
}

/// The words of a comment after the name of their author, unless they begin with it, as Excel's own
/// do.
pub(super) fn signed(author: &str, words: &str) -> String {
    let author = author.trim();
    if author.is_empty() || words.is_empty() || words.starts_with(author) {
        words.to_owned()
    } else {
        format!("{author}: {words}")
    }
}

fn look(cell: &mut Cell) -> &mut CellFormat {
    Arc::make_mut(cell.look.get_or_insert_default())
}

/// Ranges in order, those that touch made one.
fn joined(mut ranges: Vec<RangeInclusive<u32>>) -> Vec<RangeInclusive<u32>> {
    ranges.sort_unstable_by_key(|r| *r.start());
    let mut joined: Vec<RangeInclusive<u32>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if *range.start() <= last.end().saturating_add(1) => {
                *last = *last.start()..=*last.end().max(range.end());
            }
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
