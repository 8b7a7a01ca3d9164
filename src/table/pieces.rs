//! Which tables are pieces of one, and the text that stands between them.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use crate::diagnostic::Fix;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::{Field, Scheme, Target, TargetKind, status};
use crate::source::{Block, Grid, Row};

use super::body::{BodyRow, TableBody};
use super::grid_region::{GridRegion, TablePiece};
use super::header::{self, TableHeader};
use super::quote::{first_words, head_words};
use super::region;
use super::{
    DocumentPart, DocumentTables, PlanGrid, TableKind, TableOptions, TableRow, UnderstoodTable,
    join, levels, merged, messages, records, rows,
};

/// Puts pieces together and gives every part its final form.
pub(super) fn assemble(
    regions: Vec<GridRegion>,
    reading: &TableOptions<'_>,
    out: &mut DocumentTables,
) {
    let mut open: Option<OpenTable> = None;
    let mut messages = HashSet::new();
    let mut between: Vec<Block> = Vec::new();
    // the header of the table before
    let mut last: Option<TableHeader> = None;
    // the heading that was read last
    let mut heading: Option<String> = None;
    let mut regions: VecDeque<GridRegion> = regions.into();
    while let Some(region) = regions.pop_front() {
        match (region, open.as_mut()) {
            (GridRegion::Reported(messages), _) => out.diagnostics.push(messages),
            (GridRegion::Words(block), Some(_)) if reading.stitch && is_page_furniture(&block) => {
                between.push(block);
            }
            (GridRegion::Plan(piece), Some(table))
                if reading.stitch && table.goes_on_in(&piece) =>
            {
                furniture_to_notes(&mut between, table, out);
                table.go_on(piece, out);
            }
            (
                GridRegion::Other { grid, known: false, .. } | GridRegion::Above(grid),
                Some(table),
            ) if reading.stitch && table.takes(&grid) => {
                furniture_to_notes(&mut between, table, out);
                table.go_on_without_header(grid, out);
            }
            (GridRegion::Above(grid), _) => {
                let mut around = Vec::new();
                region::loose(grid.rows, None, &mut around);
                around.into_iter().rev().for_each(|region| regions.push_front(region));
            }
            (mut region, _) => {
                last = open
                    .as_ref()
                    .map(|table| {
                        TableHeader::above(table.header.columns.clone(), table.header.place.clone())
                    })
                    .or(last);
                finish(&mut open, &mut between, &mut messages, reading, out);
                if let GridRegion::Other { grid, known: false, .. } = &mut region
                    && reading.stitch
                    && let Some(piece) = further_piece(grid, last.as_ref(), out)
                {
                    open = Some(OpenTable::new(piece));
                    continue;
                }
                match region {
                    GridRegion::Plan(piece) => open = Some(OpenTable::new(piece)),
                    GridRegion::Words(block) => {
                        if let Block::Heading { text, .. } = &block {
                            heading = Some(first_words(&text.value.plain()));
                        }
                        out.parts.push(DocumentPart::Text(block));
                    }
                    GridRegion::Cycle { place, dates, words } => {
                        out.understanding.tables.push(small_table(
                            &place,
                            TableKind::ReviewDates,
                            "each of its headers names a date of the review cycle",
                        ));
                        out.parts.push(DocumentPart::Cycle { place, dates, words });
                    }
                    GridRegion::Key { place, scheme, words } => {
                        out.understanding.tables.push(small_table(
                            &place,
                            TableKind::Key,
                            "it says what statuses mean",
                        ));
                        out.parts.push(DocumentPart::Key { place, scheme, words });
                    }
                    GridRegion::Other { grid, why, .. } => {
                        leave_out(&grid, &why, heading.as_deref(), out);
                    }
                    GridRegion::Above(_) => {}
                    GridRegion::Reported(messages) => out.diagnostics.push(messages),
                }
            }
        }
    }
    finish(&mut open, &mut between, &mut messages, reading, out);
}

/// The header of the table to which a grid below these regions would belong: nothing but what a
/// page has at its edge parts them.
pub(super) fn open_above(regions: &[GridRegion]) -> Option<&TableHeader> {
    let above = regions
        .iter()
        .rev()
        .find(|region| !matches!(region, GridRegion::Words(block) if is_page_furniture(block)))?;
    if let GridRegion::Plan(piece) = above {
        Some(&piece.header).filter(|_| piece.sheet.is_none())
    } else {
        None
    }
}

/// A table to which further pieces may belong.
struct OpenTable {
    header: TableHeader,
    sheet: Option<Arc<str>>,
    body: TableBody,
    pieces: Vec<Place>,
    /// Text found between the pieces.
    furniture: Vec<Block>,
}

impl OpenTable {
    fn new(piece: TablePiece) -> Self {
        let body = TableBody {
            rows: piece.rows.into_iter().map(|row| BodyRow { row, after_seam: false }).collect(),
        };
        Self {
            pieces: vec![piece.header.place.clone()],
            header: piece.header,
            sheet: piece.sheet,
            body,
            furniture: Vec::new(),
        }
    }

    /// Whether a piece is more of this table: the same columns, on the same sheet.
    fn goes_on_in(&self, piece: &TablePiece) -> bool {
        piece.sheet == self.sheet && piece.header.same_as(&self.header)
    }

    /// A further piece under the same header.
    fn go_on(&mut self, piece: TablePiece, out: &mut DocumentTables) {
        let message = "the header is repeated, as tables cut by a page have it";
        let repeated = Diagnostic::new(Code::HeaderRepeated, message)
            .at(&piece.header.place)
            .and_at(&self.header.place);
        out.diagnostics.push(repeated.left_out(piece.header.words()));
        self.take(piece.header.place, piece.rows, out);
    }

    /// Whether a grid without a header of its own goes on with this table: as many columns, and a
    /// first row that is empty or reads like a row of the plan.
    fn takes(&self, grid: &Grid) -> bool {
        let Some(first) = grid.rows.first() else { return false };
        let is_empty = first.cells.iter().all(|c| c.value.is_empty());
        let has_gaps = first.cells.len() > 2 && first.cells.iter().any(|c| c.value.is_empty());
        has_columns_of(grid, &self.header)
            && (is_empty
                || reasons_for_a_row(first, &self.header, &self.body.rows)
                    .is_some_and(|reasons| reasons > 0 || has_gaps))
    }

    fn go_on_without_header(&mut self, mut grid: Grid, out: &mut DocumentTables) {
        let first = grid.rows[0].place.clone();
        if grid.rows[0].cells.iter().all(|c| c.value.is_empty()) {
            grid.rows.remove(0);
        } else {
            let message = "the first row stands where a header should, but reads like a row of the plan; it was read as one";
            out.diagnostics.push(
                Diagnostic::new(Code::HeaderIsData, message).at(&first).and_at(&self.header.place),
            );
        }
        self.take(first, grid.rows, out);
    }

    fn take(&mut self, place: Place, rows: Vec<Row>, out: &mut DocumentTables) {
        let message = format!(
            "this table goes on with the one at {}: it has the same columns",
            self.pieces[0]
        );
        out.diagnostics
            .push(Diagnostic::new(Code::PiecesJoined, message).at(&place).and_at(&self.pieces[0]));
        self.pieces.push(place);
        self.body.rows.extend(
            rows.into_iter().enumerate().map(|(i, row)| BodyRow { row, after_seam: i == 0 }),
        );
    }
}

fn has_columns_of(grid: &Grid, header: &TableHeader) -> bool {
    grid.sheet.is_none()
        && grid.rows.first().is_some_and(|row| row.cells.len() == header.columns.len())
}

/// How many cells of a row fit the columns of a header: dates, statuses, references and known
/// owners where they belong, and texts longer than a header's. None if it has the name of a column.
fn reasons_for_a_row(row: &Row, header: &TableHeader, above: &[BodyRow]) -> Option<usize> {
    const LONG: usize = 6;
    const SAMPLE: usize = 200;
    let scheme = Scheme::default();
    let known_owner = |at: usize, words: &str| {
        let mut owners = above.iter().rev().take(SAMPLE).filter_map(|body| body.row.cells.get(at));
        owners.any(|cell| cell.value.plain() == words)
    };
    let mut reasons = 0;
    for (at, (cell, column)) in row
        .cells
        .iter()
        .zip(&header.columns)
        .enumerate()
        .filter(|(_, (cell, _))| !cell.value.is_empty())
    {
        let words = cell.value.plain();
        if header.has(&words) {
            return None;
        }
        let fits = match column.field {
            Field::Target | Field::Start | Field::CompletedOn => {
                let target = Target::read(&words);
                target.due.is_some()
                    || matches!(
                        target.kind,
                        TargetKind::Ongoing | TargetKind::Recurring | TargetKind::Relative
                    )
            }
            Field::Status => status::is_status(&words, &scheme),
            Field::Reference => words.contains(|c: char| c.is_ascii_digit()),
            Field::Owner => known_owner(at, &words),
            _ => words.split_whitespace().count() > LONG || words.starts_with(char::is_lowercase),
        };
        reasons += usize::from(fits);
    }
    Some(reasons)
}

/// A table without a header, after text that closed the one before, that has the columns of that: a
/// date or status, and more.
fn further_piece(
    grid: &mut Grid,
    last: Option<&TableHeader>,
    out: &mut DocumentTables,
) -> Option<TablePiece> {
    const ENOUGH: usize = 2;
    let header = last.filter(|header| has_columns_of(grid, header) && header.columns.len() > 2)?;
    let first = grid.rows.first()?;
    let reasons = reasons_for_a_row(first, header, &[])?;
    let dated = first.cells.iter().zip(&header.columns).any(|(cell, column)| {
        column.field == Field::Target
            && !cell.value.is_empty()
            && Target::read(&cell.value.plain()).due.is_some()
    });
    if reasons < ENOUGH || !dated {
        return None;
    }
    let message = format!(
        "this table has no header; its first row reads like an action, so it was read with the columns at {}",
        header.place
    );
    out.diagnostics
        .push(Diagnostic::new(Code::HeaderIsData, message).at(&first.place).and_at(&header.place));
    let header = TableHeader::above(header.columns.clone(), first.place.clone());
    Some(TablePiece { header, rows: std::mem::take(&mut grid.rows), sheet: None })
}

fn furniture_to_notes(between: &mut Vec<Block>, table: &mut OpenTable, out: &mut DocumentTables) {
    for block in between.drain(..) {
        if let (Some(place), Block::Paragraph(text) | Block::Heading { text, .. }) =
            (block.place(), &block)
        {
            let message = format!(
                "“{}” stands between two pieces of one table; it was moved to the plan's notes",
                text.value.plain()
            );
            out.diagnostics.push(
                Diagnostic::new(Code::TextBetweenPieces, message)
                    .at(place)
                    .and_at(&table.pieces[0]),
            );
        }
        table.furniture.push(block);
    }
}

/// Whether a paragraph is what a printed page carries at its edge: a page number, with a word or
/// two.
fn is_page_furniture(block: &Block) -> bool {
    let Block::Paragraph(text) = block else { return false };
    let words = crate::vocabulary::normalize(&text.value.plain());
    let mut words = words.split(' ').peekable();
    let is_number =
        |w: &str| !w.is_empty() && w.len() <= 4 && w.bytes().all(|b| b.is_ascii_digit());
    words.next_if_eq(&"page");
    words.next().is_some_and(is_number)
        && match words.next() {
            None => true,
            Some("of") => words.next().is_some_and(is_number) && words.next().is_none(),
            Some(_) => false,
        }
}

/// Closes the table that is open: joins its rows, tells them apart, and hands on what stood after
/// it.
fn finish(
    open: &mut Option<OpenTable>,
    between: &mut Vec<Block>,
    diagnostics: &mut HashSet<String>,
    reading: &TableOptions<'_>,
    out: &mut DocumentTables,
) {
    let Some(mut table) = open.take() else { return };
    messages::columns(&table.header.columns, diagnostics, out);
    levels::find_references(&mut table.header.columns, &table.body.rows);
    table.body.leave_out_headers(&table.header, out);
    let rows = if records::are(table.body.rows.iter().map(|b| &b.row), &table.header.columns) {
        merged::fill(&mut table.body, &table.header.columns, out);
        table
            .body
            .rows
            .into_iter()
            .map(|BodyRow { row, .. }| TableRow::Row { cells: row.cells, place: row.place })
            .collect()
    } else {
        table.body.leave_out_others(&table.header.columns, out);
        merged::fill(&mut table.body, &table.header.columns, out);
        if reading.stitch {
            join::cut_rows(&mut table.body, &table.header.columns, out);
        }
        levels::lift_numbers(&mut table.header.columns, &mut table.body.rows, out);
        rows::report_apart(table.body, &table.header.columns, out)
    };
    let theme_rows = rows.iter().filter(|r| matches!(r, TableRow::Theme(_))).count();
    let other_rows = rows
        .iter()
        .filter(|r| !matches!(r, TableRow::Theme(_) | TableRow::NoHeading | TableRow::NoObjective))
        .count();
    out.understanding.tables.push(UnderstoodTable {
        place: table.header.place.clone(),
        taken_for: TableKind::Plan,
        why: format!("its columns say {}", header::says(&table.header.columns)),
        columns: table.header.columns.clone(),
        pieces: table.pieces,
        rows: other_rows,
        theme_rows,
    });
    let TableHeader { columns, place, .. } = table.header;
    out.parts.push(DocumentPart::Plan(PlanGrid { columns, rows, place, sheet: table.sheet }));
    let after = table.furniture.into_iter().chain(between.drain(..));
    out.parts.extend(after.map(DocumentPart::Text));
}

/// A table of a few rows that is not the plan but has a use.
fn small_table(place: &Place, taken_for: TableKind, why: &str) -> UnderstoodTable {
    UnderstoodTable {
        place: place.clone(),
        taken_for,
        why: why.to_owned(),
        columns: Vec::new(),
        pieces: vec![place.clone()],
        rows: 1,
        theme_rows: 0,
    }
}

/// The heading above a table that was left out and its first cells, by which a reader finds it.
fn by_which_it_is_known(rows: &[Row], heading: Option<&str>) -> String {
    const HEADERS: usize = 4;
    let Some(first) = rows.iter().find(|row| row.filled().count() > 1).or(rows.first()) else {
        return String::new();
    };
    let headers: Vec<String> = first
        .filled()
        .take(HEADERS)
        .map(|cell| format!("“{}”", head_words(&cell.value.plain())))
        .collect();
    let more = if first.filled().count() > HEADERS { " and more" } else { "" };
    let first_row = if headers.is_empty() {
        String::new()
    } else {
        format!("; its first row is {}{more}", headers.join(", "))
    };
    heading.map_or_else(String::new, |heading| format!("; it stands below “{heading}”"))
        + &first_row
}

fn leave_out(grid: &Grid, why: &str, heading: Option<&str>, out: &mut DocumentTables) {
    let Some(first) = grid.rows.first() else { return };
    let message = match &grid.sheet {
        Some(sheet) => {
            format!("this part of the sheet “{}” is not part of the plan: {why}", sheet.name)
        }
        None => format!(
            "this table is not part of the plan: {why}{}",
            by_which_it_is_known(&grid.rows, heading)
        ),
    };
    let words = header::words(&grid.rows);
    out.diagnostics.push(
        Diagnostic::new(Code::TableLeftOut, message)
            .at(&first.place)
            .help("if it is, give it the header row of the plan's other tables, or say what its columns mean")
            .fix(Fix::columns_for(&[Field::Action]))
            .left_out(words),
    );
    out.understanding.tables.push(UnderstoodTable {
        place: first.place.clone(),
        taken_for: TableKind::LeftOut,
        why: why.to_owned(),
        columns: if grid.sheet.is_some() {
            Vec::new()
        } else {
            TableHeader::of_any(first)
                .columns
                .into_iter()
                .filter(|c| !c.header.is_empty())
                .collect()
        },
        pieces: vec![first.place.clone()],
        rows: grid.rows.len().saturating_sub(1),
        theme_rows: 0,
    });
}
