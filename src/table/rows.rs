//! What each row of a table is: a header again, guidance, a notice, a heading, or a row of the
//! plan.

mod bands;
mod evidence;

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::Field;
use crate::source::{Cell, CellType, Row};
use crate::vocabulary::rows as words;

use super::body::{BodyRow, TableBody};
use super::header::{self, TableHeader};
use super::levels::{self, RowLevel};
use super::quote::first_words;
use super::{Column, DocumentTables, TableRow, records};

pub(super) use bands::{is_band, stands_out};
pub(crate) use evidence::closes_a_document;
pub(super) use evidence::{NOTICE, closing, is_notice, may_be_a_signature, notice};
use evidence::{NOTICE_ANYWHERE, is_guidance};

/// Why a row is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SkipReason {
    Guidance,
    Example,
    Notice,
    Total,
    OnlyNumber,
    OnlyOwner,
    OnlyFormulas,
    NoWords,
}

impl SkipReason {
    const ALL: [Self; 8] = [
        Self::Guidance,
        Self::Example,
        Self::Notice,
        Self::Total,
        Self::OnlyNumber,
        Self::OnlyOwner,
        Self::OnlyFormulas,
        Self::NoWords,
    ];

    /// The reason in words, for one row or several.
    fn in_words(self, several: bool) -> &'static str {
        match (self, several) {
            (Self::Guidance, false) => "it explains how to fill in the table",
            (Self::Guidance, true) => "they explain how to fill in the table",
            (Self::Example, false) => "it is an example",
            (Self::Example, true) => "they are examples",
            (Self::Notice, false) => "it is a note or sign-off",
            (Self::Notice, true) => "they are notes or sign-offs",
            (Self::Total, false) => "it is a total",
            (Self::Total, true) => "they are totals",
            (Self::OnlyNumber, false) => "it has a number but no action text",
            (Self::OnlyNumber, true) => "they have a number but no action text",
            (Self::OnlyOwner, false) => "it has an owner but no action text",
            (Self::OnlyOwner, true) => "they have an owner but no action text",
            (Self::OnlyFormulas, false) => "it has only the results of formulas",
            (Self::OnlyFormulas, true) => "they have only the results of formulas",
            (Self::NoWords, false) => "it has no words",
            (Self::NoWords, true) => "they have no words",
        }
    }
}

impl TableBody {
    /// Takes out rows that repeat the header, and rows without words; a seam moves on to the row
    /// after them.
    pub(super) fn leave_out_headers(&mut self, header: &TableHeader, out: &mut DocumentTables) {
        let mut seam = false;
        self.rows.retain_mut(|body| {
            body.after_seam |= std::mem::take(&mut seam);
            let repeated = !records::is_settled(&body.row, &header.columns)
                && header.repeats_in(&body.row.cells);
            if repeated {
                let message = "the header is repeated further down";
                let diagnostic = Diagnostic::new(Code::HeaderRepeated, message)
                    .at(&body.row.place)
                    .and_at(&header.place);
                out.diagnostics.push(diagnostic.left_out(header.words()));
            }
            let keep = !repeated && !body.row.is_blank();
            // a repeated header is a seam too: a page ended above it
            seam = !keep && (body.after_seam || repeated);
            keep
        });
    }

    /// Takes out rows that are not actions and reports them, one message for each kind.
    pub(super) fn leave_out_others(&mut self, columns: &[Column], out: &mut DocumentTables) {
        let reasons = self.reasons(columns);
        for reason in SkipReason::ALL {
            let rows: Vec<&Row> = self
                .rows
                .iter()
                .zip(&reasons)
                .filter(|(_, why)| **why == Some(reason))
                .map(|(body, _)| &body.row)
                .collect();
            let Some(first) = rows.first() else { continue };
            let several = rows.len() > 1;
            let quoted: Vec<String> = rows
                .iter()
                .map(|row| header::words_and_comments(std::slice::from_ref(*row)))
                .collect();
            let message = format!(
                "{} {} not {} and {} left out, because {}: “{}”",
                listed(rows.iter().map(|row| &row.place)),
                if several { "are" } else { "is" },
                if several { "actions" } else { "an action" },
                if several { "were" } else { "was" },
                reason.in_words(several),
                first_words(&quoted[0]),
            );
            let mut diagnostic = Diagnostic::new(Code::RowLeftOut, message).at(&first.place);
            if matches!(reason, SkipReason::OnlyNumber | SkipReason::OnlyOwner) {
                diagnostic =
                    diagnostic.help("if it is an action, write in the row what is to be done");
            }
            out.diagnostics.push(diagnostic.left_out(quoted.join("\n")));
        }
        let mut reasons = reasons.into_iter();
        let mut seam = false;
        self.rows.retain_mut(|body| {
            body.after_seam |= std::mem::take(&mut seam);
            let keep = reasons.next().flatten().is_none();
            seam = !keep && body.after_seam;
            keep
        });
    }

    /// For each row, why it is left out, if it is.
    fn reasons(&self, columns: &[Column]) -> Vec<Option<SkipReason>> {
        const GUIDANCE_WITHIN: usize = 4;
        let mut reasons: Vec<Option<SkipReason>> = Vec::with_capacity(self.rows.len());
        // rows since the header, or since the header of a further piece
        let mut below_header = 0;
        for (i, BodyRow { row, after_seam }) in self.rows.iter().enumerate() {
            below_header = if *after_seam { 0 } else { below_header };
            if records::is_settled(row, columns) {
                below_header = GUIDANCE_WITHIN;
                reasons.push(None);
                continue;
            }
            let next = self.rows.get(i + 1).map(|body| &body.row);
            let reason =
                if below_header < GUIDANCE_WITHIN && is_guidance(row, next, columns, &self.rows) {
                    Some(SkipReason::Guidance)
                } else {
                    not_an_action(row, columns)
                };
            if reason != Some(SkipReason::Guidance) && !is_band(row, columns) {
                below_header = GUIDANCE_WITHIN;
            }
            reasons.push(reason);
        }
        self.notices_at_ends(columns, &mut reasons);
        reasons
    }

    /// At the end of a piece of the table, weaker evidence makes a row a notice.
    fn notices_at_ends(&self, columns: &[Column], reasons: &mut [Option<SkipReason>]) {
        let mut at_end = true;
        // above a seam, a text by itself may be the heading of what follows it
        let mut heads_nothing = true;
        for i in (0..self.rows.len()).rev() {
            let BodyRow { row, after_seam } = &self.rows[i];
            let above = || self.rows[..i].iter().rev().map(|body| &body.row);
            let is_notice = || {
                !records::is_settled(row, columns)
                    && (closing(row, above(), columns) >= NOTICE
                        || (heads_nothing && !after_seam && self.is_stray(row, columns)))
            };
            at_end = at_end && (reasons[i].is_some() || is_notice());
            if at_end && reasons[i].is_none() {
                reasons[i] = Some(SkipReason::Notice);
            }
            at_end |= *after_seam;
            heads_nothing &= !*after_seam;
        }
    }
}

impl TableBody {
    /// Whether a row has one text in a column where it says nothing of an action or objective, and
    /// does not look like a band.
    fn is_stray(&self, row: &Row, columns: &[Column]) -> bool {
        const SAMPLE: usize = 100;
        let Some(cell) = evidence::said_once(row).filter(|_| columns.len() > 2) else {
            return false;
        };
        let column =
            row.cells.iter().position(|c| std::ptr::eq(c, cell)).and_then(|at| columns.get(at));
        let may_be_stray =
            column.is_some_and(|c| matches!(c.field, Field::Reference | Field::Extra));
        let number = is_a_number(&cell.value.plain());
        may_be_stray
            && !number
            && !stands_out(
                row,
                self.rows
                    .iter()
                    .take(SAMPLE)
                    .map(|body| &body.row)
                    .filter(|other| !std::ptr::eq(*other, row)),
                columns,
            )
    }
}

/// Why a row is not an action, wherever it stands.
fn not_an_action(row: &Row, columns: &[Column]) -> Option<SkipReason> {
    let filled = || row.cells.iter().zip(columns).filter(|(cell, _)| !cell.value.is_empty());
    let has_letters = |cell: &Cell| cell.value.plain().contains(char::is_alphabetic);
    let (first, first_column) = filled().next()?;
    let sums_up = |(cell, column): (&Cell, &Column)| {
        evidence::is_amount(&cell.value.plain())
            || (column.field == Field::Status && filled().count() == 2)
    };
    if words::is_total(&first.value.plain()) && filled().skip(1).all(sums_up) {
        return Some(SkipReason::Total);
    }
    if words::is_example(&first.value.plain())
        && !matches!(first_column.field, Field::Theme | Field::Objective)
    {
        return Some(SkipReason::Example);
    }
    if notice(row, columns) >= NOTICE_ANYWHERE {
        return Some(SkipReason::Notice);
    }
    let is_number = |cell: &Cell, column: &Column| {
        column.field == Field::Reference && is_a_number(&cell.value.plain())
    };
    if filled().all(|(cell, column)| cell.is_calculated() || is_number(cell, column)) {
        let number = filled().any(|(cell, column)| is_number(cell, column));
        return Some(if number { SkipReason::OnlyNumber } else { SkipReason::OnlyFormulas });
    }
    // a sheet knows numbers and dates from words; in a text all are words
    let in_a_sheet = matches!(row.place, Place::Cell { .. });
    let is_word = |cell: &Cell| {
        matches!(cell.holds(), CellType::Words | CellType::Fault) && has_letters(cell)
    };
    if in_a_sheet && !filled().any(|(cell, _)| is_word(cell)) {
        return Some(SkipReason::NoWords);
    }
    let is_owner_or_number =
        |(cell, column): (&Cell, &Column)| column.field == Field::Owner || is_number(cell, column);
    let has_owner = filled().any(|(_, column)| column.field == Field::Owner);
    // what is merged downwards holds for rows below
    (has_owner && filled().all(is_owner_or_number) && filled().all(|(cell, _)| cell.span().0 == 1))
        .then_some(SkipReason::OnlyOwner)
}

/// Whether words may be the number of an action: one word with a digit, and not long.
fn is_a_number(words: &str) -> bool {
    const LONGEST: usize = 16;
    words.len() <= LONGEST
        && words.contains(|c: char| c.is_ascii_digit())
        && words.split_whitespace().count() == 1
}

/// "row 7", "rows 7 and 9", "rows 7, 9, 12 and 30 more"; lines in a text.
fn listed<'a>(places: impl ExactSizeIterator<Item = &'a Place> + Clone) -> String {
    const MOST: usize = 6;
    let number = |place: &Place| match place {
        Place::Cell { row, .. } => (row.saturating_add(1)).to_string(),
        Place::Text { line, .. } => line.to_string(),
    };
    let what = if places.clone().next().is_none_or(|place| matches!(place, Place::Cell { .. })) {
        "row"
    } else {
        "line"
    };
    let count = places.len();
    let mut shown: Vec<String> = places.take(MOST).map(number).collect();
    if count > MOST {
        shown.push(format!("{} more", count - MOST));
    }
    match shown.split_last() {
        Some((last, [])) => format!("{what} {last}"),
        Some((last, others)) => format!("{what}s {} and {last}", others.join(", ")),
        None => String::new(),
    }
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

/// Tells headings of themes and objectives from rows of the plan.
pub(super) fn report_apart(
    body: TableBody,
    columns: &[Column],
    out: &mut DocumentTables,
) -> Vec<TableRow> {
    let levels = levels::of(&body.rows, columns);
    let bands = bands::find(&body.rows, &levels, columns);
    without_action_text(&body.rows, &levels, &bands, columns, out);
    let references = levels::qualified_references(&body.rows, &levels, columns, out);
    let mut rows = Vec::with_capacity(body.rows.len());
    for ((BodyRow { mut row, .. }, level), (band, reference)) in
        body.rows.into_iter().zip(levels).zip(bands.into_iter().zip(references))
    {
        if records::is_settled(&row, columns) {
            rows.push(TableRow::Row { cells: row.cells, place: row.place });
            continue;
        }
        if let Some((column, reference)) = reference {
            row.cells[column].value = reference;
        }
        match (band, level) {
            (Some(bands::HeadingRow { cell, level: bands::HeadingLevel::Theme }), _) => {
                rows.push(bands::theme(&row, cell, out));
            }
            (Some(bands::HeadingRow { cell, level: bands::HeadingLevel::Objective }), _) => {
                rows.push(bands::objective(row, cell, columns));
            }
            (None, RowLevel::Apart) => rows.extend([
                TableRow::NoHeading,
                TableRow::Row { cells: row.cells, place: row.place },
            ]),
            (None, RowLevel::Beside) => rows.extend([
                TableRow::NoObjective,
                TableRow::Row { cells: row.cells, place: row.place },
            ]),
            (None, RowLevel::Row | RowLevel::Unnumbered) => {
                rows.push(TableRow::Row { cells: row.cells, place: row.place });
            }
            (None, RowLevel::Theme) => {
                rows.push(TableRow::ThemeRow { cells: row.cells, place: row.place });
            }
            (None, RowLevel::Objective) => {
                rows.push(TableRow::ObjectiveRow { cells: row.cells, place: row.place });
            }
        }
    }
    rows
}

/// Reports rows that have something of an action, but not its words.
fn without_action_text(
    rows: &[BodyRow],
    levels: &[RowLevel],
    bands: &[Option<bands::HeadingRow>],
    columns: &[Column],
    out: &mut DocumentTables,
) {
    if !columns.iter().any(|c| c.field == Field::Action) {
        return;
    }
    let lacks = |row: &Row| {
        let filled = || row.cells.iter().zip(columns).filter(|(cell, _)| !cell.value.is_empty());
        let is_of_objective = |column: &Column| {
            matches!(column.field, Field::Theme | Field::Objective | Field::ObjectiveReference)
        };
        filled().all(|(_, column)| column.field != Field::Action)
            && filled().any(|(_, column)| !is_of_objective(column))
    };
    let found: Vec<&Row> = rows
        .iter()
        .zip(levels.iter().zip(bands))
        .filter(|(body, (level, band))| {
            matches!(
                level,
                RowLevel::Row | RowLevel::Apart | RowLevel::Beside | RowLevel::Unnumbered
            ) && band.is_none()
                && lacks(&body.row)
        })
        .map(|(body, _)| &body.row)
        .collect();
    let Some(first) = found.first() else { return };
    let has: Vec<&str> = WHAT_A_ROW_HAS
        .iter()
        .filter(|(field, _)| {
            first
                .cells
                .iter()
                .zip(columns)
                .any(|(cell, column)| column.field == *field && !cell.value.is_empty())
        })
        .map(|(_, words)| *words)
        .collect();
    let has = match has.split_last() {
        _ if found.len() > 1 => "an owner, a date or other details".to_owned(),
        None => "details".to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    };
    let (have, kept) = if found.len() > 1 {
        ("have", "they were kept as actions without words")
    } else {
        ("has", "it was kept as an action without words")
    };
    let message = format!(
        "{} {have} {has} but no action text; {kept}",
        listed(found.iter().map(|row| &row.place))
    );
    out.diagnostics.push(
        Diagnostic::new(Code::NoActionText, message)
            .at(&first.place)
            .help("write in the row what is to be done"),
    );
}

const WHAT_A_ROW_HAS: &[(Field, &str)] = &[
    (Field::Objective, "an objective"),
    (Field::Owner, "an owner"),
    (Field::Target, "a date"),
    (Field::Status, "a status"),
    (Field::SuccessMeasures, "success measures"),
    (Field::Update, "an update"),
];
