//! Headers of several rows: groups above, the columns they divide into below.

use crate::place::Place;
use crate::source::{Cell, CellType, Row};
use crate::table::columns::HeaderCell;

use super::{LONGEST, cycle, looks};

/// A row of group headers: few cells, each above several columns.
pub(super) fn may_be_a_group_row(row: &Row) -> bool {
    let filled = || row.filled();
    filled().next().is_some()
        && filled()
            .all(|c| c.value.plain().len() <= LONGEST && matches!(c.holds(), CellType::Words))
}

/// Whether the lower row divides the columns of the upper one: its words stand under a cell that
/// spans several columns, or under none, and none of them is a date or number.
pub(super) fn divides(lower: &Row, upper: &Row) -> bool {
    let filled = upper.filled().count();
    // a title above a table is no group of its columns, nor is a label with its value
    let first = upper.cells.iter().position(|c| !c.value.is_empty());
    let widest = upper.cells.iter().map(|c| c.span().1).max().unwrap_or(1);
    let spans_most = usize::try_from(widest).is_ok_and(|span| span * 10 >= upper.cells.len() * 6);
    if filled == 0 || (filled == 1 && (first == Some(0) || widest == 1 || spans_most)) {
        return false;
    }
    if lower.is_apart_from(upper)
        || (filled == 2 && widest == 1 && cycle(std::slice::from_ref(upper)).is_some())
    {
        return false;
    }
    // without merged cells, groups are fewer than the columns below them
    let divided = lower.filled().count();
    let groups = upper
        .cells
        .iter()
        .zip(&lower.cells)
        .filter(|(above, below)| !above.value.is_empty() && !below.value.is_empty())
        .count();
    if widest == 1 && groups * 2 > divided {
        return false;
    }
    let mut covered = 0_u32;
    let mut below = 0;
    let mut beside = 0;
    for (i, (above, cell)) in upper.cells.iter().zip(&lower.cells).enumerate() {
        covered = covered.saturating_sub(1).max(above.span().1.saturating_sub(1));
        if cell.value.is_empty() {
            continue;
        }
        let words = cell.value.plain();
        if words.len() > LONGEST * 4
            || !words.contains(|c: char| c.is_alphabetic() || matches!(c, '#' | '%' | '£'))
        {
            return false;
        }
        let next_is_open = || {
            upper.cells.get(i + 1).is_some_and(|c| c.value.is_empty())
                && lower.cells.get(i + 1).is_some_and(|c| !c.value.is_empty())
        };
        if above.value.is_empty() || covered > 0 || above.span().1 > 1 || next_is_open() {
            below += 1;
        } else {
            beside += 1;
        }
    }
    // a group of one column has its header below it too
    below > 0 && beside <= below
}

/// Whether a row has short words under cells that span several columns, and nowhere else: it names
/// the columns of these groups.
pub(super) fn stands_below_groups(lower: &Row, upper: &Row) -> bool {
    let mut covered = 0_u32;
    let mut below = 0;
    for (above, cell) in upper.cells.iter().zip(&lower.cells) {
        covered =
            covered.saturating_sub(1).max(if above.span().1 > 1 { above.span().1 } else { 0 });
        if cell.value.is_empty() {
            continue;
        }
        if covered == 0 || cell.value.plain().len() > LONGEST {
            return false;
        }
        below += 1;
    }
    below > 1
}

/// The words of a header of one row or more, for each column.
pub(super) fn cells(head: &[Row]) -> Vec<HeaderCell> {
    let one_line =
        |cell: &Cell| cell.value.plain().split_whitespace().collect::<Vec<_>>().join(" ");
    let width = head.first().map_or(0, |row| row.cells.len());
    let mut columns: Vec<Vec<(String, Place)>> = vec![Vec::new(); width];
    for (r, row) in head.iter().enumerate() {
        let is_lowest = r + 1 == head.len();
        let mut open: Option<(String, Place, u32)> = None;
        for (i, cell) in row.cells.iter().enumerate().take(width) {
            let words = one_line(cell);
            let span = cell.span().1;
            if !words.is_empty() {
                // without merged cells, a group goes on until the next
                let left = if span > 1 { span } else { u32::MAX };
                open = (cell.span().0 <= 1).then(|| (words.clone(), cell.place.clone(), left));
                columns[i].push((words, cell.place.clone()));
            } else if let Some((words, place, _)) = open.as_ref().filter(|_| !is_lowest) {
                columns[i].push((words.clone(), place.clone()));
            }
            if let Some((_, _, left)) = open.as_mut()
                && *left != u32::MAX
            {
                *left -= 1;
                if *left == 0 {
                    open = None;
                }
            }
        }
    }
    let lowest = head.last().map(|row| row.cells.as_slice()).unwrap_or_default();
    columns
        .into_iter()
        .enumerate()
        .map(|(i, mut names)| {
            names.dedup_by(|a, b| a.0 == b.0);
            let place = names
                .first()
                .map(|(_, place)| place.clone())
                .or_else(|| lowest.get(i).map(|c| c.place.clone()));
            let place = place.unwrap_or_else(|| Place::in_text(1, 1, 0));
            let letters = lowest.get(i).map_or_else(String::new, |c| c.place.column_letters(i));
            let (own, _) = names.pop().unwrap_or_else(|| (String::new(), place.clone()));
            let group = names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(": ");
            let words = if group.is_empty() { own.clone() } else { format!("{group}: {own}") };
            HeaderCell { words, own: looks::name(&own).to_owned(), group, place, letters }
        })
        .collect()
}
