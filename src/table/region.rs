//! Where the tables of a grid are: a sheet may hold a title, a plan, a key beside it and notes
//! below.
//!
//! Headers are looked for first, anywhere in the grid; what stands between one header and the next
//! belongs to the first, down to where its rows end. What belongs to no plan is distinguished:
//! dates of the review cycle, keys to statuses, scales, words.

mod around;
mod headers;

use crate::source::{Grid, Row, Sheet};
use crate::vocabulary::registers;
use crate::vocabulary::words::ExtraWords;

use crate::diagnostic::{Code, Diagnostic};

pub(super) use around::loose;
use around::{chunks, special};

use super::body::only_cell;
use super::grid_region::{GridRegion, TablePiece};
use super::header::{self, TableHeader};
use super::quote::head_words;
use super::{Column, TableOptions, missing, under};

use headers::{HeaderPosition, further_piece, headers, sliced};

/// Comments on cells that are no part of an action: quoted, since nothing keeps them.
fn comments(rows: &[Row], out: &mut Vec<GridRegion>) {
    for cell in rows.iter().flat_map(|row| &row.cells) {
        let Some(note) = cell.note() else { continue };
        let diagnostic = comment_left_out(&cell.value.plain(), &note.plain());
        out.push(GridRegion::Reported(diagnostic.at(&cell.place)));
    }
}

/// What is reported of a comment on a cell, whose words are given, that nothing keeps.
pub(crate) fn comment_left_out(cell: &str, comment: &str) -> Diagnostic {
    let what = if cell.is_empty() {
        "the comment on this cell".to_owned()
    } else {
        format!("the comment on “{}”", head_words(cell))
    };
    let message = format!("{what} was left out: the cell is no part of an action");
    Diagnostic::new(Code::CommentKept, message).left_out(comment)
}

/// Cuts a grid into its regions; `before` is the header of the table right above it, of which it
/// may be a further piece.
pub(super) fn cut(
    grid: Grid,
    before: Option<&TableHeader>,
    reading: &TableOptions<'_>,
) -> Vec<GridRegion> {
    let mut headers = match before.and_then(|before| further_piece(&grid, before)) {
        Some(found) => vec![found],
        None => headers(&grid, reading),
    };
    if headers.is_empty() {
        return without_header(grid, reading);
    }
    let Grid { rows, sheet, .. } = grid;
    let mut regions = Vec::new();
    let mut rest = rows.into_iter();
    let mut at = 0;
    let next_rows: Vec<Option<usize>> =
        headers.iter().skip(1).map(|next| Some(next.row)).chain([None]).collect();
    for (found, next) in headers.iter_mut().zip(next_rows) {
        let above: Vec<Row> = rest.by_ref().take(found.row - at).collect();
        if sheet.is_none() && !above.is_empty() {
            regions.push(GridRegion::Above(Grid { rows: above, ..Grid::default() }));
        } else {
            loose(above, sheet.as_ref(), &mut regions);
        }
        let body: Vec<Row> =
            rest.by_ref().take(next.map_or(usize::MAX, |next| next - found.row)).collect();
        at = next.unwrap_or(at);
        tables(body, found, next.is_some(), sheet.as_ref(), reading, &mut regions);
    }
    regions
}

/// The tables that begin with a header, what stands beside them, and what stands under them.
fn tables(
    rows: Vec<Row>,
    found: &mut HeaderPosition,
    more_below: bool,
    sheet: Option<&Sheet>,
    reading: &TableOptions<'_>,
    out: &mut Vec<GridRegion>,
) {
    let width = rows.first().map_or(0, |row| row.cells.len());
    let beside: Vec<usize> =
        (0..width).filter(|i| found.tables.iter().all(|columns| !columns.contains(i))).collect();
    let beside_rows = sliced(&rows, &beside);
    let whole = found.tables.len() == 1 && beside.is_empty();
    let parts: Vec<Vec<Row>> = if whole {
        vec![rows]
    } else {
        found.tables.iter().map(|columns| sliced(&rows, columns)).collect()
    };
    let mut under_all = Vec::new();
    let mut lists = Vec::new();
    let mut adjoining = false;
    for mut rows in parts {
        let again = || TableHeader::of_plan(&rows, reading.columns, found.marking);
        let Some(header) = found.header.take().or_else(again) else {
            // without the columns beside it, it is no plan
            comments(&rows, out);
            let grid = Grid { rows, sheet: sheet.cloned(), ..Grid::default() };
            let why = why_not(&grid, reading.columns.words);
            out.push(GridRegion::Other { grid, why, known: false });
            continue;
        };
        let mut body = rows.split_off(header.height.min(rows.len()));
        comments(&rows, out);
        body.retain(|row| !row.is_blank());
        let list = list_below(&mut body, &header.columns);
        let under = under::split(&mut body, &header.columns, more_below || list.is_some());
        lists.extend(list);
        adjoining |=
            body.last().zip(under.first()).is_some_and(|(last, first)| !first.is_apart_from(last));
        out.push(GridRegion::Plan(TablePiece {
            header,
            rows: body,
            sheet: sheet.map(|s| s.name.clone()),
        }));
        under_all.extend(under);
    }
    loose(beside_rows.into_iter().filter(|row| !row.is_blank()).collect(), sheet, out);
    let from = out.len();
    loose(under_all, sheet, out);
    if !more_below {
        under::report(out, from, adjoining);
    }
    for (rows, label) in lists {
        let why = format!("its columns are those of {label}");
        out.push(GridRegion::Other {
            grid: Grid { rows, sheet: sheet.cloned(), ..Grid::default() },
            why,
            known: true,
        });
    }
}

/// Takes a register with a header of its own off the end of a table, below a gap, and says what it
/// is.
fn list_below(body: &mut Vec<Row>, columns: &[Column]) -> Option<(Vec<Row>, &'static str)> {
    let register = |row: &Row| {
        let headers: Vec<_> = row.filled().map(|cell| cell.value.plain()).collect();
        let headers: Vec<&str> = headers.iter().map(|header| &**header).collect();
        registers::register(&headers, None, None).map(|register| register.label.as_str())
    };
    let own: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
    if registers::register(&own, None, None).is_some() {
        return None;
    }
    let is_apart = |at: usize| body[at].is_apart_from(&body[at - 1]);
    let is_below_a_gap = |at: usize| {
        is_apart(at) || (at > 1 && only_cell(&body[at - 1]).is_some() && is_apart(at - 1))
    };
    let (at, label) = (1..body.len())
        .filter(|at| is_below_a_gap(*at))
        .find_map(|at| Some((at, register(&body[at])?)))?;
    Some((body.split_off(at), label))
}

/// A grid without the header of a plan: its columns are read from their cells where these leave no
/// doubt. Else a sheet is left out but for the dates and the key it may hold; a table in a text
/// whole.
fn without_header(grid: Grid, reading: &TableOptions<'_>) -> Vec<GridRegion> {
    let name = grid.sheet.as_ref().map(|sheet| sheet.name.clone());
    if special(&grid.rows).is_none()
        && let Some((header, start)) = header::without_header(&grid.rows, reading.columns)
    {
        let mut regions = Vec::new();
        let mut rows = grid.rows;
        let mut body = rows.split_off(start);
        loose(rows, grid.sheet.as_ref(), &mut regions);
        let under = under::split(&mut body, &header.columns, false);
        if header.columns.iter().all(|column| column.known_by != super::KnownBy::Caller) {
            regions.push(GridRegion::Reported(missing::read_by_cells(&header)));
        }
        regions.push(GridRegion::Plan(TablePiece { header, rows: body, sheet: name }));
        loose(under, grid.sheet.as_ref(), &mut regions);
        return regions;
    }
    let Some(sheet) = &grid.sheet else {
        return vec![special(&grid.rows).unwrap_or_else(|| GridRegion::Other {
            why: why_not(&grid, reading.columns.words),
            grid,
            known: false,
        })];
    };
    let mut regions = Vec::new();
    if is_a_cover(sheet) {
        loose(grid.rows, Some(sheet), &mut regions);
        return regions;
    }
    comments(&grid.rows, &mut regions);
    let why = why_not(&grid, reading.columns.words);
    let mut others = Grid { sheet: grid.sheet.clone(), ..Grid::default() };
    for chunk in chunks(grid.rows) {
        match special(&chunk) {
            Some(region) => regions.push(region),
            None => others.rows.extend(chunk),
        }
    }
    if !others.rows.is_empty() {
        regions.push(GridRegion::Other { grid: others, why, known: false });
    }
    regions
}

fn why_not(grid: &Grid, added: &ExtraWords) -> String {
    let headers: Vec<_> = grid
        .rows
        .first()
        .map(|row| row.filled().map(|c| c.value.plain()).collect())
        .unwrap_or_default();
    let headers: Vec<&str> = headers.iter().map(|header| &**header).collect();
    if let Some(register) = registers::register(&headers, None, None) {
        return format!("its columns are those of {}", register.label);
    }
    let known = grid.rows.first().map_or(0, |row| header::known_columns(row, added));
    match known {
        0 if grid.sheet.is_some() => "no row of it names the columns of a plan".to_owned(),
        0 => "none of its headers is known".to_owned(),
        1 => "only one of its headers is known".to_owned(),
        n => format!("{n} of its headers are known, but they do not make a plan"),
    }
}

/// Whether a sheet is the title page of the plan.
fn is_a_cover(sheet: &Sheet) -> bool {
    let name = crate::vocabulary::normalize(&sheet.name);
    ["cover", "title page", "front page", "front sheet", "about"]
        .iter()
        .any(|n| name.starts_with(n))
}
