//! What each row of a table is: a header again, a theme's heading, or a row of the plan.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Cell, Row};

use super::header::Header;
use super::{Column, TableRow, Tables};

/// The rows below a header, from all pieces.
pub(super) struct Body {
    pub(super) rows: Vec<BodyRow>,
}

/// A row, and whether it is the first after a seam between two pieces.
pub(super) struct BodyRow {
    pub(super) row: Row,
    pub(super) after_seam: bool,
}

impl Body {
    /// Takes out rows that repeat the header, and rows without words; a seam moves on to the row after them.
    pub(super) fn leave_out_headers(&mut self, header: &Header, out: &mut Tables) {
        let mut seam = false;
        self.rows.retain_mut(|body| {
            body.after_seam |= std::mem::take(&mut seam);
            let repeated = header.repeats_in(&body.row.cells);
            if repeated {
                let message = "the header is repeated further down";
                let told = Diagnostic::new(Code::HeaderRepeated, message).at(&body.row.place).and_at(&header.place);
                out.diagnostics.push(told.left_out(header.words()));
            }
            let keep = !repeated && !is_blank(&body.row);
            // a repeated header is a seam too: a page ended above it
            seam = !keep && (body.after_seam || repeated);
            keep
        });
    }
}

fn is_blank(row: &Row) -> bool {
    row.cells.iter().all(|c| c.value.is_empty())
}

/// The heading of a theme in a row, if that is what the row is.
///
/// It has words in its first cell only, few of them, and no sentence.
pub(super) fn theme_heading(row: &Row) -> Option<&Cell> {
    let (first, rest) = row.cells.split_first()?;
    let words = first.value.plain();
    // a band that spans the table may have its words in each cell
    let spans = rest.iter().all(|c| c.value.is_empty()) || rest.iter().all(|c| c.value == first.value);
    (spans && reads_like_a_heading(&words)).then_some(first)
}

/// Few words, beginning like a title, and no full stop.
pub(crate) fn reads_like_a_heading(words: &str) -> bool {
    const MOST_WORDS: usize = 14;
    let words = words.trim();
    !words.is_empty()
        && words.split_whitespace().count() <= MOST_WORDS
        && !words.ends_with(['.', ';', ','])
        && !words.starts_with(|c: char| c.is_lowercase())
        && !words.contains('\n')
}

/// Tells theme rows from rows of the plan.
pub(super) fn tell_apart(body: Body, columns: &[Column], out: &mut Tables) -> Vec<TableRow> {
    let one_column = columns.len() < 2;
    let mut rows = Vec::with_capacity(body.rows.len());
    for BodyRow { row, .. } in body.rows {
        match theme_heading(&row) {
            Some(cell) if !one_column => {
                let message = format!("“{}” stands alone in its row: read as the heading of a theme", cell.value);
                let told = Diagnostic::new(Code::ThemeRead, message).at(&cell.place);
                // a band with its words in each cell says them once in the plan
                let copies: Vec<_> = row.cells.iter().skip(1).filter(|c| !c.value.is_empty()).map(|c| c.value.plain()).collect();
                out.diagnostics.push(if copies.is_empty() { told } else { told.left_out(copies.join(" | ")) });
                rows.push(TableRow::Theme(cell.clone()));
            }
            _ => rows.push(TableRow::Row { cells: row.cells, place: row.place }),
        }
    }
    rows
}
