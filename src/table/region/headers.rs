//! Where the headers of a grid are, and which columns belong to each.

use std::borrow::Cow;

use crate::place::Place;
use crate::plan::Field;
use crate::source::{Cell, Grid, Row};
use crate::table::body::only_cell;
use crate::table::header::{HeaderMarking, TableHeader};
use crate::table::{Column, TableOptions, header, records};
use crate::vocabulary::registers;
use crate::vocabulary::words::ExtraWords;

/// Where a header is, and which columns belong to it: more than one table where several stand side
/// by side.
pub(super) struct HeaderPosition {
    pub(super) row: usize,
    pub(super) marking: HeaderMarking,
    pub(super) tables: Vec<Vec<usize>>,
    /// The header itself, where it is one over all columns and no rows below it were left aside to
    /// find it.
    pub(super) header: Option<TableHeader>,
}

/// The header of a grid that is a further piece of the table above it: page breaks cut tables in
/// many, and what their columns mean was decided for the first.
pub(super) fn further_piece(grid: &Grid, before: &TableHeader) -> Option<HeaderPosition> {
    let head = grid.rows.first().filter(|_| grid.sheet.is_none() && grid.marked_header == 1)?;
    let header = before.again_in(head)?;
    Some(HeaderPosition {
        row: 0,
        marking: HeaderMarking::Marked,
        tables: vec![(0..head.cells.len()).collect()],
        header: Some(header),
    })
}

/// The first header of a grid is looked for this far down.
const HEADER_WITHIN: usize = 60;

pub(super) fn headers(grid: &Grid, reading: &TableOptions<'_>) -> Vec<HeaderPosition> {
    let mut found: Vec<HeaderPosition> = Vec::new();
    // the last header, where it is that of one table
    let mut last: Option<TableHeader> = None;
    // the columns of the last header, if it is of records
    let mut records: Option<Vec<Column>> = None;
    let mut skip_to = 0;
    for row in 0..grid.rows.len() {
        let rows = &grid.rows[row..];
        if records.as_ref().is_some_and(|columns| records::names_its_group(&rows[0], columns))
            || row < skip_to
        {
            continue;
        }
        let marking = marking(grid, row);
        let may_be = match (found.is_empty(), marking) {
            (true, _) => row < HEADER_WITHIN || marking == HeaderMarking::Marked,
            // a header that is repeated belongs to the table that it heads
            (false, _)
                if !is_below_a_gap(grid, row)
                    && last.as_ref().is_some_and(|header| header.repeats_in(&rows[0].cells)) =>
            {
                false
            }
            (false, HeaderMarking::Marked) => true,
            (false, HeaderMarking::Unmarked) => {
                !is_below_a_marked_header(grid, row)
                    && is_after_a_break(grid, row)
                    && header::may_be_another(&rows[0], reading.columns.words)
            }
        };
        if !may_be {
            continue;
        }
        let Some((height, tables, columns)) =
            header_at(rows, marking, reading, grid.sheet.is_some(), &grid.gaps)
        else {
            continue;
        };
        // a better header may stand a few rows further down, under words that only look like one
        if found.is_empty()
            && marking == HeaderMarking::Unmarked
            && better_below(grid, row, columns.as_ref(), reading)
        {
            continue;
        }
        skip_to = row + height;
        let are_records = columns.as_ref().is_some_and(|header| {
            header.columns.iter().any(|c| c.field == Field::ObjectiveReference)
        });
        records =
            if are_records { columns.as_ref().map(|header| header.columns.clone()) } else { None };
        // a further header ends the rows that the one before was found with
        if let Some(before) = found.last_mut() {
            before.header = None;
        }
        let is_whole =
            tables.len() == 1 && tables[0].len() == rows[0].cells.len() && rows.len() <= SAMPLE;
        found.push(HeaderPosition {
            row,
            marking,
            tables,
            header: columns.clone().filter(|_| is_whole),
        });
        last = columns;
    }
    found
}

/// Whether the format marks a row as a header: the header of a table in a text, or of an Excel
/// table.
pub(super) fn marking(grid: &Grid, row: usize) -> HeaderMarking {
    let in_excel_table = || {
        let (Some(sheet), Place::Cell { row, .. }) = (&grid.sheet, &grid.rows[row].place) else {
            return false;
        };
        sheet.tables.iter().any(|table| {
            table.header_rows > 0 && (0..table.header_rows).any(|i| table.rows.start() + i == *row)
        })
    };
    if row < grid.marked_header || in_excel_table() {
        HeaderMarking::Marked
    } else {
        HeaderMarking::Unmarked
    }
}

/// Whether a row belongs to the body of a table whose header the format marks: there is no further
/// header in it.
fn is_below_a_marked_header(grid: &Grid, row: usize) -> bool {
    let Some(sheet) = &grid.sheet else {
        return grid.marked_header > 0 && row >= grid.marked_header && is_html_or_markdown(grid);
    };
    let Place::Cell { row, .. } = grid.rows[row].place else { return false };
    sheet.tables.iter().any(|table| table.header_rows > 0 && table.rows.contains(&row))
}

/// In a text the format marks the header of each table by itself.
fn is_html_or_markdown(grid: &Grid) -> bool {
    grid.rows.first().is_some_and(|row| matches!(row.place, Place::Text { .. }))
}

/// Whether something parts a row from the rows above it: an empty row, or a row of a single cell.
fn is_after_a_break(grid: &Grid, row: usize) -> bool {
    let Some(above) = row.checked_sub(1).map(|above| &grid.rows[above]) else { return true };
    above.is_blank() || grid.rows[row].is_apart_from(above) || only_cell(above).is_some()
}

/// Whether an empty row stands above a row, or above the heading right above it.
pub(super) fn is_below_a_gap(grid: &Grid, row: usize) -> bool {
    let is_gap =
        |at: usize| grid.rows[at].is_blank() || grid.rows[at + 1].is_apart_from(&grid.rows[at]);
    (row.saturating_sub(2)..row).any(is_gap)
}

/// The height of the header that stands in the first of some rows, the columns of its tables, and
/// the header if it is one alone.
type HeaderAt = (usize, Vec<Vec<usize>>, Option<TableHeader>);

fn header_at(
    rows: &[Row],
    marking: HeaderMarking,
    reading: &TableOptions<'_>,
    sheet: bool,
    gaps: &[usize],
) -> Option<HeaderAt> {
    let added = reading.columns.words;
    let all: Vec<usize> = (0..rows[0].cells.len()).collect();
    let runs = runs(rows, sheet, gaps);
    let sample = &rows[..rows.len().min(SAMPLE)];
    let header = |columns: &[usize]| {
        let rows = if columns.len() == all.len() {
            Cow::Borrowed(sample)
        } else {
            Cow::Owned(sliced(sample, columns))
        };
        TableHeader::of_plan(&rows, reading.columns, marking)
    };
    let lists: Vec<usize> = runs
        .iter()
        .filter(|_| runs.len() > 1)
        .filter(|run| is_a_register(&rows[0], run))
        .flatten()
        .copied()
        .collect();
    let has_gaps = sheet || (runs.len() > 1 && !begins_again(&rows[0]));
    let own = |run: &[usize], all: &[usize], header: &TableHeader| {
        let mut columns = with_its_columns(run, all, rows, header.height, has_gaps, added);
        columns.retain(|column| run.contains(column) || !lists.contains(column));
        columns
    };
    let plans: Vec<(&[usize], TableHeader)> = if runs.len() > 1 {
        runs.iter().filter_map(|run| Some((run.as_slice(), header(run)?))).collect()
    } else {
        Vec::new()
    };
    let whole = if plans.is_empty() { Some(header(&all)?) } else { None };
    let tables: Vec<Vec<usize>> = match (&whole, plans.as_slice()) {
        (Some(whole), _) => vec![own(&all, &all, whole)],
        (None, [(run, header)]) => vec![own(run, &all, header)],
        (None, several) => several.iter().map(|(run, header)| own(run, run, header)).collect(),
    };
    let headers: Vec<TableHeader> = match (tables.as_slice(), whole) {
        ([only], Some(whole)) if only.len() == all.len() => vec![whole],
        _ => tables.iter().filter_map(|columns| header(columns)).collect(),
    };
    let height = headers.iter().map(|header| header.height).max().unwrap_or(1);
    let one = if tables.len() == 1 { headers.into_iter().next() } else { None };
    Some((height, tables, one))
}

/// Whether a row a little further down is clearly more like a header than the one that was found.
fn better_below(
    grid: &Grid,
    row: usize,
    found: Option<&TableHeader>,
    reading: &TableOptions<'_>,
) -> bool {
    const WITHIN: usize = 6;
    const BETTER: f32 = 3.0;
    let Some(found) = found else { return false };
    // rows with owners or dates are those of a table, whatever stands below it
    let words = reading.columns.words;
    let may_be_header = |at: &usize| header::may_be_another(&grid.rows[*at], words);
    let is_of_the_table = |at: &usize| {
        !may_be_header(at) && header::is_filled_as_named(&grid.rows[*at], &found.columns, words)
    };
    let below =
        (row + found.height..grid.rows.len()).take(WITHIN).take_while(|at| !is_of_the_table(at));
    let mut weights = below.filter(may_be_header).filter_map(|at| {
        let rows = &grid.rows[at..];
        let sample = &rows[..rows.len().min(SAMPLE)];
        TableHeader::of_plan(sample, reading.columns, marking(grid, at)).map(|header| header.weight)
    });
    weights.any(|weight| weight > found.weight + BETTER)
}

/// How many rows below a header are looked at to tell what its columns hold.
const SAMPLE: usize = 300;

/// The columns of a row in runs: an empty column of the sheet parts them, or the same names
/// beginning again.
fn runs(rows: &[Row], sheet: bool, gaps: &[usize]) -> Vec<Vec<usize>> {
    let Some(head) = rows.first() else { return Vec::new() };
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let column = |cell: &Cell| match cell.place {
        Place::Cell { column, .. } => column,
        Place::Text { .. } => 0,
    };
    for (i, cell) in head.cells.iter().enumerate() {
        let gap = i > 0
            && (gaps.contains(&i) || (sheet && column(cell) > column(&head.cells[i - 1]) + 1));
        match runs.last_mut() {
            Some(run) if !gap => run.push(i),
            _ => runs.push(vec![i]),
        }
    }
    match runs.as_slice() {
        [only] if begins_again(head) => {
            vec![only[..only.len() / 2].to_vec(), only[only.len() / 2..].to_vec()]
        }
        _ => runs,
    }
}

/// Whether the words of a row in some columns are those above a list that is kept beside a plan.
fn is_a_register(head: &Row, columns: &[usize]) -> bool {
    let headers: Vec<_> =
        columns.iter().filter_map(|i| head.cells.get(*i)).map(|cell| cell.value.plain()).collect();
    let headers: Vec<&str> =
        headers.iter().map(|header| &**header).filter(|header| !header.is_empty()).collect();
    registers::register(&headers, None, None).is_some() || registers::record_what_was_done(&headers)
}

/// Whether the names of the first half of a row stand in its second half again.
fn begins_again(head: &Row) -> bool {
    let half = head.cells.len() / 2;
    let words = |cell: &Cell| crate::vocabulary::normalize(&cell.value.plain());
    head.cells.len().is_multiple_of(2)
        && half >= 2
        && head.cells[..half]
            .iter()
            .zip(&head.cells[half..])
            .all(|(a, b)| !a.value.is_empty() && words(a) == words(b))
}

/// The columns of a table with those beside it that are its own: they have a name that plans have,
/// or words in many of its rows.
///
/// In a text every column is the table's; in a sheet a remark to the right of it is none.
fn with_its_columns(
    run: &[usize],
    all: &[usize],
    rows: &[Row],
    height: usize,
    sheet: bool,
    added: &ExtraWords,
) -> Vec<usize> {
    if !sheet {
        return all.to_vec();
    }
    let (head, below) = rows.split_at(height.min(rows.len()));
    let body = &below[..below.len().min(SAMPLE)];
    let is_own = |i: &usize| {
        let name = head
            .iter()
            .rev()
            .map(|row| row.cells[*i].value.plain())
            .find(|name| !name.is_empty())
            .unwrap_or_default();
        let filled = body
            .iter()
            .filter(|row| row.cells.get(*i).is_some_and(|c| !c.value.is_empty()))
            .count();
        // without a name, a column of the table has words in a fifth of its rows; beyond a gap, in
        // more
        let enough = if run.contains(i) { 2 } else { 3 };
        let is_named = run.contains(i) && !name.is_empty();
        is_named
            || crate::vocabulary::columns::field(&name, added).is_some()
            || is_under_a_span(rows, *i)
            || (filled > 0 && filled * 10 >= body.len() * enough)
    };
    all.iter().copied().filter(is_own).collect()
}

/// Whether a header's cell to the left spans this column too.
fn is_under_a_span(rows: &[Row], column: usize) -> bool {
    let reach =
        |(i, cell): (usize, &Cell)| i + usize::try_from(cell.span().1).unwrap_or(1) > column;
    rows[0].cells[..column].iter().enumerate().any(reach)
}

/// Rows with these columns only.
pub(super) fn sliced(rows: &[Row], columns: &[usize]) -> Vec<Row> {
    rows.iter()
        .map(|row| Row {
            cells: columns.iter().filter_map(|i| row.cells.get(*i).cloned()).collect(),
            place: columns
                .first()
                .and_then(|i| row.cells.get(*i))
                .map_or_else(|| row.place.clone(), |c| c.place.clone()),
            hidden: row.hidden,
            below_gap: row.below_gap,
        })
        .collect()
}
