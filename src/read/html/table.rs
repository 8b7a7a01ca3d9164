//! Tables: rows and columns as a browser lays them out.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::read::typed::mark::is_mark;
use crate::source::{Cell, CellFormat, Grid, Row};
use crate::text::Text;

use super::diagnostics::PageDiagnostics;
use super::page::HtmlPage;
use super::style::{InheritedStyle, StyleDeclaration, WHITE};
use super::tree::{NodeHandle, TreeStep};
use super::words::{HtmlText, HtmlTextBuilder};

/// How many columns and rows a cell may cover (HTML, 4.9.11).
const MOST_COLUMNS: usize = 1000;
const MOST_ROWS: usize = 65534;

/// Reads a table; a grid without rows if it has no words.
pub(super) fn read(
    page: &HtmlPage,
    table: NodeHandle,
    around: InheritedStyle,
    limits: &Limits,
    diagnostics: &mut PageDiagnostics<'_>,
) -> Result<Grid, Error> {
    let mut reader = TableReader {
        page,
        limits,
        diagnostics,
        hidden_columns: Vec::new(),
        taken: Vec::new(),
        in_row: Vec::new(),
        rows: Vec::new(),
        cells: 0,
        held: 0,
    };
    let around = around.inside(page.styles.of(&page.tree, table));
    for part in page.tree.children(table) {
        match page.tree.name(part) {
            "tr" => reader.row(part, around, false)?,
            name @ ("thead" | "tbody" | "tfoot") => {
                let around = around.inside(page.styles.of(&page.tree, part));
                for row in page.tree.children(part).filter(|id| page.tree.name(*id) == "tr") {
                    reader.row(row, around, name == "thead")?;
                }
            }
            "colgroup" => reader.columns(part, around),
            _ => {}
        }
    }
    reader.squared()
}

/// The words of an element: a cell or a caption.
pub(super) fn words(
    page: &HtmlPage,
    id: NodeHandle,
    around: InheritedStyle,
    declared: StyleDeclaration,
    diagnostics: &mut PageDiagnostics<'_>,
) -> Option<HtmlText> {
    let mut words = HtmlTextBuilder::of_cell(page, declared, around);
    let mut walk = page.tree.walk(id);
    while let Some(step) = walk.next() {
        match step {
            TreeStep::Enter(id) if page.tree.words(id).is_some() => words.words(id, diagnostics),
            TreeStep::Enter(id) if words.enter(id, diagnostics) => {}
            TreeStep::Enter(_) => walk.pass_over(),
            TreeStep::Leave(id) => words.leave(id),
        }
    }
    words.take()
}

struct TableReader<'a, 't> {
    page: &'a HtmlPage,
    limits: &'a Limits,
    diagnostics: &'a mut PageDiagnostics<'t>,
    hidden_columns: Vec<bool>,
    /// For each column, the first row that no cell above reaches down to.
    taken: Vec<usize>,
    /// The footnotes that the row has notes of.
    in_row: Vec<NodeHandle>,
    rows: Vec<PlacedRow>,
    /// How many cells there are, with the places that cells above them cover; and how many the page
    /// holds.
    cells: usize,
    held: usize,
}

/// A row, its cells with the columns in which they begin.
struct PlacedRow {
    cells: Vec<(usize, Cell)>,
    row: Row,
    in_head: bool,
    /// Whether each of its cells is a `th`.
    all_th: bool,
}

impl TableReader<'_, '_> {
    /// Takes note of which columns are hidden.
    fn columns(&mut self, group: NodeHandle, around: InheritedStyle) {
        let tree = &self.page.tree;
        for column in tree.children(group).filter(|id| tree.name(*id) == "col") {
            let is_hidden = around.inside(self.page.styles.of(tree, column)).hides_boxes()
                || tree.attribute(column, "width") == Some("0");
            let count = self.number(column, "span", MOST_COLUMNS).max(1);
            if self.hidden_columns.len() < self.limits.cells {
                self.hidden_columns.extend(std::iter::repeat_n(is_hidden, count));
            }
        }
    }

    fn row(&mut self, id: NodeHandle, around: InheritedStyle, in_head: bool) -> Result<(), Error> {
        let tree = &self.page.tree;
        let around = around.inside(self.page.styles.of(tree, id));
        let is_hidden = around.hides_boxes();
        let place = self.diagnostics.place(tree.at(id));
        let mut cells = Vec::new();
        let mut column = 0;
        let mut all_th = true;
        self.in_row.clear();
        for cell in tree.children(id).filter(|id| matches!(tree.name(*id), "td" | "th")) {
            all_th &= tree.name(cell) == "th";
            while self.taken.get(column).is_some_and(|until| *until > self.rows.len()) {
                column += 1;
                self.cells += 1;
            }
            let (rows, columns) = (
                self.number(cell, "rowspan", MOST_ROWS),
                self.number(cell, "colspan", MOST_COLUMNS).max(1),
            );
            // none of each is all that follow
            let rows = if rows == 0 { MOST_ROWS } else { rows };
            self.cells += 1;
            self.held += 1;
            within_cells(self.cells.max(column), self.held, self.limits)?;
            cells.push((column, self.cell(cell, column, (rows, columns), around)));
            if rows > 1 {
                self.cells += columns;
                self.take(column, columns, self.rows.len() + rows);
            }
            column += columns;
        }
        self.rows.push(PlacedRow {
            cells,
            row: Row { hidden: is_hidden, ..Row::new(Vec::new(), place) },
            in_head,
            all_th,
        });
        Ok(())
    }

    fn take(&mut self, column: usize, columns: usize, until: usize) {
        if self.taken.len() < column + columns {
            self.taken.resize(column + columns, 0);
        }
        for taken in self.taken.iter_mut().skip(column).take(columns) {
            *taken = until.max(*taken);
        }
    }

    fn cell(
        &mut self,
        id: NodeHandle,
        column: usize,
        (rows, columns): (usize, usize),
        around: InheritedStyle,
    ) -> Cell {
        let declared = self.page.styles.of(&self.page.tree, id);
        // what is hidden with its row is left out with it
        let around = if around.hides_boxes() { InheritedStyle::SHOWN } else { around };
        let around = around.hidden_if(self.hidden_columns.get(column).copied().unwrap_or_default());
        let taken = words(self.page, id, around, declared, self.diagnostics);
        let at = taken.as_ref().map_or_else(|| self.page.tree.at(id), |taken| taken.at);
        let place = self.diagnostics.place(at);
        let (text, hidden, ink, footnotes) = taken
            .map(|taken| (taken.text, taken.hidden, taken.ink, taken.footnotes))
            .unwrap_or_default();
        let note = self.note(footnotes);
        let fill =
            declared.fill.or(if is_mark(&text) { ink } else { None }).filter(|fill| *fill != WHITE);
        let mut cell = Cell::new(text, place);
        if fill.is_some() || hidden.is_some() || note.is_some() || (rows, columns) != (1, 1) {
            let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            cell.look = Some(Arc::new(CellFormat {
                fill,
                hidden,
                note,
                span: (number(rows), number(columns)),
                ..CellFormat::default()
            }));
        }
        cell
    }

    /// The text of the footnotes that a cell has marks of: each once in a row.
    fn note(&mut self, footnotes: Vec<NodeHandle>) -> Option<Text> {
        let mut all: Option<Text> = None;
        for block in footnotes {
            if self.in_row.contains(&block) {
                continue;
            }
            self.in_row.push(block);
            let text = words(
                self.page,
                block,
                self.page.styles.of_page(),
                StyleDeclaration::default(),
                self.diagnostics,
            )?
            .text;
            match &mut all {
                Some(before) => before.append(text),
                none => *none = Some(text),
            }
        }
        all
    }

    fn number(&self, id: NodeHandle, attribute: &str, most: usize) -> usize {
        let value = self.page.tree.attribute(id, attribute).unwrap_or("1").trim();
        if value.is_empty() || value.bytes().any(|b| !b.is_ascii_digit()) {
            return 1;
        }
        value.parse().map_or(most, |number: usize| number.min(most))
    }

    /// The rows with a cell in each column that has words, and none in others.
    fn squared(self) -> Result<Grid, Error> {
        let with_words = self
            .rows
            .iter()
            .flat_map(|laid| &laid.cells)
            .filter(|(_, cell)| !cell.value.is_empty());
        let columns: Vec<usize> =
            with_words.map(|(column, _)| *column).collect::<BTreeSet<_>>().into_iter().collect();
        if columns.is_empty() {
            return Ok(Grid::default());
        }
        let count = self.rows.len();
        within_cells(columns.len().saturating_mul(count), self.held, self.limits)?;
        let mut grid = Grid { marked_header: marked_header(&self.rows), ..Grid::default() };
        let marked = grid.marked_header;
        for (above, PlacedRow { cells, mut row, .. }) in self.rows.into_iter().enumerate() {
            // Excel ends a page with a hidden row that only holds the widths of columns
            if row.hidden && cells.iter().all(|(_, cell)| cell.value.is_empty()) {
                grid.marked_header -= usize::from(above < marked);
                continue;
            }
            row.cells = vec![Cell::new(Text::default(), row.place.clone()); columns.len()];
            for (column, mut cell) in cells {
                let start = columns.partition_point(|c| *c < column);
                if let Some(look) = cell.look.as_mut().map(Arc::make_mut) {
                    let end = columns.partition_point(|c| *c < column + look.span.1 as usize);
                    let rows = look.span.0.min(u32::try_from(count - above).unwrap_or(u32::MAX));
                    look.span =
                        (rows, u32::try_from(end.saturating_sub(start)).unwrap_or(u32::MAX).max(1));
                    if *look == CellFormat::default() {
                        cell.look = None;
                    }
                }
                if let Some(slot) =
                    row.cells.get_mut(start).filter(|_| columns.get(start) == Some(&column))
                {
                    *slot = cell;
                }
            }
            grid.rows.push(row);
        }
        Ok(grid)
    }
}

/// The number of leading rows that the page marks as a header: those of its `thead`, else those
/// that consist of `th`. A table that consists of `th` throughout has no marked header.
fn marked_header(rows: &[PlacedRow]) -> usize {
    let in_head = rows.iter().take_while(|row| row.in_head).count();
    if in_head > 0 {
        return in_head;
    }
    let of_th = rows.iter().take_while(|row| row.all_th && !row.cells.is_empty()).count();
    if of_th < rows.len() || of_th == 1 { of_th } else { 0 }
}

/// Whether a table is within the limit on cells, of which the page holds so many.
fn within_cells(cells: usize, held: usize, limits: &Limits) -> Result<(), Error> {
    let most = limits.cells_of(held);
    if cells <= most {
        return Ok(());
    }
    let message = if most == limits.cells {
        format!("a table of the page has {cells} cells or more; up to {most} are read")
    } else {
        format!(
            "a table of the page has {cells} cells or more, nearly all of them empty; up to {most} are read where {held} are filled"
        )
    };
    Err(Error::new(ErrorKind::TooLarge, message)
        .help("check that it is the right file, or cut it in two"))
}
