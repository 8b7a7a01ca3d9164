//! What each row of a table is: a header again, guidance, a heading, or a row of the plan.

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::{Field, Target};
use crate::source::{Cell, Holds, Row};

use super::header::{self, Header};
use super::levels::{self, Level};
use super::visible::spelt;
use super::{Column, TableRow, Tables, folded};

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
            let keep = !repeated && !body.row.is_blank();
            // a repeated header is a seam too: a page ended above it
            seam = !keep && (body.after_seam || repeated);
            keep
        });
    }

    /// Takes out rows that are no actions, and tells of each run of them: guidance under the header, totals, rows that hold only a
    /// number or the results of formulas.
    pub(super) fn leave_out_others(&mut self, columns: &[Column], out: &mut Tables) {
        const GUIDANCE_WITHIN: usize = 3;
        let mut guides = true;
        let reasons: Vec<Option<&str>> = self
            .rows
            .iter()
            .enumerate()
            .map(|(i, body)| {
                guides = guides && i < GUIDANCE_WITHIN && is_guidance(&body.row, columns);
                if guides { Some("what should stand in the columns is explained there") } else { no_action(&body.row, columns) }
            })
            .collect();
        if reasons.iter().all(Option::is_none) {
            return;
        }
        let mut at = 0;
        for run in reasons.chunk_by(|a, b| a == b) {
            let rows = &self.rows[at..at + run.len()];
            at += run.len();
            let (Some(Some(why)), Some(first), Some(last)) = (run.first(), rows.first(), rows.last()) else { continue };
            let what = spelt(&first.row.place, &last.row.place);
            let is = if run.len() == 1 { "is no action, so it was" } else { "are no actions, so they were" };
            let words: Vec<String> = rows.iter().map(|body| header::words(std::slice::from_ref(&body.row))).collect();
            let told = Diagnostic::new(Code::RowLeftOut, format!("{what} {is} left out: {why}")).at(&first.row.place);
            out.diagnostics.push(told.left_out(words.join("\n")));
        }
        let mut reasons = reasons.into_iter();
        self.rows.retain(|_| reasons.next().flatten().is_none());
    }
}

/// Why a row is no action, if it is none.
fn no_action(row: &Row, columns: &[Column]) -> Option<&'static str> {
    let filled = || row.cells.iter().zip(columns).filter(|(cell, _)| !cell.value.is_empty());
    let has_letters = |cell: &Cell| cell.value.plain().contains(char::is_alphabetic);
    let first = filled().next().map(|(cell, _)| folded(&cell.value.plain()))?;
    let is_total =
        ["total", "totals", "grand total", "sub total", "subtotal", "sum"].contains(&first.as_str()) || first.starts_with("total ");
    if is_total && filled().skip(1).all(|(cell, _)| !has_letters(cell)) {
        return Some("it adds up others");
    }
    let is_number = |cell: &Cell, column: &Column| column.field == Field::Reference && is_a_number(&cell.value.plain());
    if filled().all(|(cell, column)| cell.is_calculated() || is_number(cell, column)) {
        let number = filled().any(|(cell, column)| is_number(cell, column));
        return Some(if number { "only its number is there" } else { "only the results of formulas are there" });
    }
    // a sheet knows numbers and dates from words; in a text all are words
    let in_a_sheet = matches!(row.place, Place::Cell { .. });
    let is_word = |cell: &Cell| matches!(cell.holds(), Holds::Words | Holds::Fault) && has_letters(cell);
    (in_a_sheet && !filled().any(|(cell, _)| is_word(cell))).then_some("no words are there")
}

/// Whether words may be the number of an action: one word with a digit, and not long.
fn is_a_number(words: &str) -> bool {
    const LONGEST: usize = 16;
    words.len() <= LONGEST && words.contains(|c: char| c.is_ascii_digit()) && words.split_whitespace().count() == 1
}

/// Whether a row under the header says what should stand in the columns, as forms do: its dates are no dates and its references no
/// references.
fn is_guidance(row: &Row, columns: &[Column]) -> bool {
    let mut agree = 0;
    let mut deny = 0;
    let mut filled = 0;
    let mut placeholders = 0;
    for (cell, column) in row.cells.iter().zip(columns).filter(|(cell, _)| !cell.value.is_empty()) {
        let words = cell.value.plain();
        filled += 1;
        placeholders += usize::from(is_a_placeholder(&words));
        let holds = match column.field {
            Field::Target | Field::CompletedOn => Some(Target::read(&words).due.is_some() || words.contains(|c: char| c.is_ascii_digit())),
            Field::Reference => Some(words.contains(|c: char| c.is_ascii_digit()) || words.split_whitespace().count() < 2),
            _ if folded(&column.header).split(' ').any(|w| w == "date") => {
                Some(cell.holds() == Holds::Date || Target::read(&words).due.is_some())
            }
            _ => None,
        };
        match holds {
            Some(true) => agree += 1,
            Some(false) => deny += 1,
            None => {}
        }
    }
    agree == 0 && filled >= 2 && (deny >= 2 || placeholders * 2 >= filled)
}

/// What forms have where a value should be filled in.
fn is_a_placeholder(words: &str) -> bool {
    const PLACEHOLDERS: &[&str] = &[
        "text",
        "free text",
        "date",
        "name",
        "number",
        "yes no",
        "y n",
        "dd mm yyyy",
        "dd mm yy",
        "select",
        "choose",
        "drop down",
        "insert text",
        "enter text",
        "identifier",
    ];
    PLACEHOLDERS.contains(&folded(words).as_str())
}

/// The cell that has words, if only one has.
pub(super) fn only_cell(row: &Row) -> Option<&Cell> {
    let mut filled = row.cells.iter().filter(|c| !c.value.is_empty());
    filled.next().filter(|_| filled.next().is_none())
}

/// The heading of a theme in a row, if that is what the row is.
///
/// It has few words and no sentence, alone in the first cell, or in one that spans half the table.
pub(super) fn theme_heading(row: &Row) -> Option<&Cell> {
    let (first, rest) = row.cells.split_first()?;
    // a band that spans the table may have its words in each cell
    let copies = !rest.is_empty() && !first.value.is_empty() && rest.iter().all(|c| c.value == first.value);
    let cell = if copies { first } else { only_cell(row)? };
    let spans = usize::try_from(cell.span().1).unwrap_or(usize::MAX).saturating_mul(2) >= row.cells.len() && cell.span().1 > 1;
    let stands_out = std::ptr::eq(cell, first) || spans;
    (stands_out && reads_like_a_heading(&cell.value.plain())).then_some(cell)
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

/// Whether the fill of a cell stands out: it has one, and the cells of its column mostly have not.
fn stands_out_by_fill(row: &Row, usual: &[bool]) -> bool {
    row.cells.iter().zip(usual).any(|(cell, usual)| !cell.value.is_empty() && cell.fill().is_some() && !usual)
}

/// For each column, whether its cells mostly are filled with a colour.
fn usually_filled(rows: &[BodyRow], columns: usize) -> Vec<bool> {
    let count = |i: usize| rows.iter().filter(|b| b.row.cells.get(i).is_some_and(|c| c.fill().is_some())).count();
    (0..columns).map(|i| count(i) * 2 > rows.len()).collect()
}

/// Tells headings of themes and objectives from rows of the plan.
pub(super) fn tell_apart(body: Body, columns: &[Column], out: &mut Tables) -> Vec<TableRow> {
    let one_column = columns.len() < 2;
    let levels = levels::of(&body.rows, columns);
    let usual = usually_filled(&body.rows, columns.len());
    let mut rows = Vec::with_capacity(body.rows.len());
    for (BodyRow { row, .. }, level) in body.rows.into_iter().zip(levels) {
        let filled = only_cell(&row).filter(|c| stands_out_by_fill(&row, &usual) && reads_like_a_heading(&c.value.plain()));
        match (theme_heading(&row).or(filled), level) {
            (Some(cell), Level::Row) if !one_column => {
                let message = format!("“{}” stands alone in its row: read as the heading of a theme", cell.value);
                let told = Diagnostic::new(Code::ThemeRead, message).at(&cell.place);
                // a band with its words in each cell says them once in the plan
                let copies: Vec<_> =
                    row.cells.iter().filter(|c| !std::ptr::eq(*c, cell) && !c.value.is_empty()).map(|c| c.value.plain()).collect();
                out.diagnostics.push(if copies.is_empty() { told } else { told.left_out(copies.join(" | ")) });
                rows.push(TableRow::Theme(cell.clone()));
            }
            (_, Level::Row) => rows.push(TableRow::Row { cells: row.cells, place: row.place }),
            (_, Level::Theme) => rows.push(TableRow::ThemeRow { cells: row.cells, place: row.place }),
            (_, Level::Objective) => rows.push(TableRow::ObjectiveRow { cells: row.cells, place: row.place }),
        }
    }
    rows
}
