//! Two columns of target dates, the original and the revised: where a date was revised, the
//! original is the earlier target.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Field, Target};
use crate::source::Cell;
use crate::text::Text;
use crate::vocabulary::words::ExtraWords;
use crate::vocabulary::{columns, dates};

use super::{Column, DocumentPart, DocumentTables, KnownBy, PlanGrid};

/// Puts revised dates into the column of target dates, with the original ones struck out before
/// them.
pub(super) fn apply(added: &ExtraWords, out: &mut DocumentTables) {
    let (mut found, mut settled) = (Vec::new(), Vec::new());
    for part in &mut out.parts {
        let DocumentPart::Plan(table) = part else { continue };
        if let Some((original, revised)) = pair(table, added) {
            settled.extend([original, revised].map(|i| table.columns[i].place.clone()));
            found.push(merge(table, original, revised));
        }
    }
    // what each of the two was taken for by itself holds no more
    let is_settled = |d: &Diagnostic| {
        d.code == Code::ColumnGuessed
            && d.place.as_ref().is_some_and(|place| settled.contains(place))
    };
    out.diagnostics.retain(|diagnostic| !is_settled(diagnostic));
    out.diagnostics.extend(found);
}

/// The columns of the original and of the revised dates, if a table has both.
fn pair(table: &PlanGrid, added: &ExtraWords) -> Option<(usize, usize)> {
    let columns = &table.columns;
    let may_be = |column: &Column| {
        column.known_by != KnownBy::Caller
            && matches!(column.field, Field::Target | Field::Start | Field::Extra)
    };
    let is_target = |column: &Column| {
        columns::meaning(&column.header, added).weights.get(Field::Target) > 0.0
            || dates::is_only_about_dates(&column.header)
    };
    let dated =
        |i: &usize| may_be(&columns[*i]) && is_target(&columns[*i]) && holds_dates(table, *i);
    let of = |is: fn(&str) -> bool| (0..columns.len()).filter(move |i| is(&columns[*i].header));
    let revised = of(dates::is_revised).find(dated)?;
    let is_other = |i: &usize| *i != revised && !dates::is_revised(&columns[*i].header);
    let target = (0..columns.len())
        .find(|i| columns[*i].field == Field::Target && columns[*i].known_by != KnownBy::Caller);
    let original =
        target.filter(is_other).or_else(|| of(dates::is_original).filter(is_other).find(dated))?;
    holds_dates(table, original).then_some((original, revised))
}

/// Whether the filled cells of a column are mostly dates, and any is filled.
fn holds_dates(table: &PlanGrid, column: usize) -> bool {
    const SAMPLE: usize = 50;
    let cells = || {
        table
            .rows
            .iter()
            .filter_map(|row| row.cells()?.get(column))
            .filter(|cell| !cell.value.is_empty())
            .take(SAMPLE)
    };
    let dated = cells().filter(|cell| Target::read(&cell.value.plain()).due.is_some()).count();
    dated > 0 && dated * 4 >= cells().count() * 3
}

fn merge(table: &mut PlanGrid, original: usize, revised: usize) -> Diagnostic {
    let mut count = 0;
    for cells in table.rows.iter_mut().filter_map(|row| row.cells_mut()) {
        let Some(new) = cells.get(revised).cloned() else { continue };
        let Some(old) = cells.get_mut(original) else { continue };
        let comments: Vec<Text> =
            [&*old, &new].into_iter().filter_map(Cell::note).cloned().collect();
        if !new.value.is_empty() && old.value.plain().trim() != new.value.plain().trim() {
            count += usize::from(!old.value.is_empty());
            *old = with_earlier(&old.value, new);
        }
        keep_comments(old, comments);
    }
    let (first, second) =
        (table.columns[original].header.clone(), table.columns[revised].header.clone());
    let place = table.columns[revised].place.clone();
    for cells in table.rows.iter_mut().filter_map(|row| row.cells_mut()) {
        if revised < cells.len() {
            cells.remove(revised);
        }
    }
    let column = &mut table.columns[original];
    column.field = Field::Target;
    column.header = format!("{first} / {second}");
    table.columns.remove(revised);
    let dates = if count == 1 { "1 date" } else { &format!("{count} dates") };
    let message = format!(
        "the column “{second}” was read as later target dates than those in “{first}”: {dates} moved, with the first one struck out"
    );
    Diagnostic::new(Code::DateRevised, message).at(&place)
}

/// Gives a cell the comments of both cells.
fn keep_comments(cell: &mut Cell, comments: Vec<Text>) {
    let both = comments.into_iter().reduce(|mut all, more| {
        all.append(more);
        all
    });
    if both.is_some() {
        Arc::make_mut(cell.look.get_or_insert_default()).note = both;
    }
}

/// A cell with the words of an earlier date struck out before its own.
fn with_earlier(earlier: &Text, mut cell: Cell) -> Cell {
    let mut value = earlier.clone();
    for span in value.blocks.iter_mut().flat_map(|block| block.spans.iter_mut()) {
        span.style.struck = true;
    }
    value.append(std::mem::take(&mut cell.value));
    cell.value = value;
    cell
}
