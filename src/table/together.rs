//! Tables under the same header, as on the sheets of a workbook: what their columns mean is decided
//! once, from the rows of all.

use std::collections::BTreeMap;

use crate::source::{Cell, Row};
use crate::text::Text;

use super::ColumnHints;
use super::grid_region::{GridRegion, TablePiece};
use super::header::{HeaderMarking, TableHeader};

/// The rows of a table that are looked at, so that each of several counts.
const ROWS_OF_EACH: usize = 10;

/// The rows that are looked at in all: more than the profile of a column takes.
const MOST_ROWS: usize = 1_000;

/// Decides again what the columns of tables mean that have the same header and fewer rows by
/// themselves than together.
pub(super) fn decide(regions: &mut [GridRegion], given: ColumnHints<'_>) {
    let mut alike: BTreeMap<Vec<String>, Vec<&mut TablePiece>> = BTreeMap::new();
    for region in regions {
        if let GridRegion::Plan(piece) = region
            && let Some(words) = piece.header.only_row()
        {
            alike.entry(words.to_vec()).or_default().push(piece);
        }
    }
    for pieces in alike.into_values().filter(|pieces| pieces.len() > 1) {
        if let Some(header) = of_all(&pieces, given) {
            for piece in pieces {
                piece.header.mean(&header);
            }
        }
    }
}

/// The header of several tables, as their rows together make it.
fn of_all(pieces: &[&mut TablePiece], given: ColumnHints<'_>) -> Option<TableHeader> {
    let first = pieces.first()?;
    let head = first
        .header
        .columns
        .iter()
        .map(|c| Cell::new(Text::from_plain(&c.header), c.place.clone()))
        .collect();
    let rows = pieces
        .iter()
        .flat_map(|piece| piece.rows.iter().take(ROWS_OF_EACH))
        .take(MOST_ROWS)
        .cloned();
    let rows: Vec<Row> =
        std::iter::once(Row::new(head, first.header.place.clone())).chain(rows).collect();
    TableHeader::of_plan(&rows, given, HeaderMarking::Marked).filter(|header| header.height == 1)
}
