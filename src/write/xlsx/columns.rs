//! The columns of the plan's sheet, and how wide each of them is.
//!
//! Short columns are as wide as their words. The long ones share what is left of [`TOTAL`] by how
//! much they hold, so that a page across A4 can be read. A column in which a cell would be higher
//! than a row can be is widened until it fits, beyond what reads well ([`LEGIBLE`]) if it must be,
//! up to what Excel allows ([`WIDEST`]).

use rayon::prelude::*;

use super::measure::{LINES, SIDES, TextExtent, TextSize};
use super::run_attributes::RunAttributes;
use super::words::CellText;
use crate::date::PartialDate;
use crate::report::{
    ColumnRole, ObjectiveGroup, ReportCell, SheetColumn, SheetColumnSource, SheetRow, StatusMark,
};

/// How wide all columns are together, in pixels, unless their words need more.
const TOTAL: u32 = 1560;
/// How wide a column may become so that a page is well filled, in pixels.
const LEGIBLE: u32 = 700;
/// How wide Excel lets a column be, in pixels: 255 digits.
const WIDEST: u32 = 1790;
/// How wide a column of long text is at least, in pixels.
const NARROWEST: u32 = 130;
/// What the button of a filter takes from a header, in pixels.
const BUTTON: u32 = 8;

/// How many rows are measured by one thread, at least.
pub(super) const ROWS_AT_ONCE: usize = 64;

/// A column of the sheet.
pub(super) struct SheetColumnLayout {
    /// Which column of the sheet it is, from 0.
    pub(super) at: u16,
    pub(super) shown: SheetColumn,
    /// In pixels.
    pub(super) width: u32,
}

/// How much the cells of a column hold.
#[derive(Default)]
pub(super) struct ColumnContent<'a> {
    /// The widest word, in pixels.
    word: u32,
    /// The widest paragraph, in pixels.
    line: u32,
    /// The squares of the widths of the cells' words on one line, together, and how many cells
    /// there are.
    squares: u64,
    cells: u64,
    /// How wide the column must be for its highest cell to fit into a row, in pixels, and the words
    /// of that cell.
    needed: u32,
    highest: CellText<'a>,
}

impl<'a> ColumnContent<'a> {
    /// Counts in the words of a cell.
    pub(super) fn add(&mut self, kind: TextSize, words: &CellText<'a>) {
        if words.as_str().is_empty() {
            return;
        }
        let TextExtent { word, line, all, paragraphs } = kind.extent(words.as_str());
        self.line = self.line.max(line);
        self.word = self.word.max(word);
        self.squares = self.squares.saturating_add(u64::from(all).pow(2));
        self.cells += 1;
        // about a tenth of each line stays empty at its end
        let lines = u32::try_from(LINES).unwrap_or(1).saturating_sub(paragraphs).max(1);
        let needed = (all / lines).saturating_add(all / 8 / lines + SIDES);
        if needed > self.needed {
            self.needed = needed;
            self.highest = if needed > NARROWEST { words.clone() } else { CellText::default() };
        }
    }

    /// Counts in what cells further down hold.
    fn and(&mut self, below: Self) {
        self.line = self.line.max(below.line);
        self.word = self.word.max(below.word);
        self.squares = self.squares.saturating_add(below.squares);
        self.cells += below.cells;
        if below.needed > self.needed {
            (self.needed, self.highest) = (below.needed, below.highest);
        }
    }

    /// How wide the column is if its longest line would be, within bounds, or as its highest cell
    /// needs, in pixels.
    pub(super) fn width(&self, least: u32, most: u32) -> u32 {
        self.fit(self.line.clamp(least, most.max(least)) + SIDES)
    }

    /// A width, or more where the highest cell needs it, in pixels.
    fn fit(&self, width: u32) -> u32 {
        let mut width = width.max(self.needed.min(WIDEST));
        while width < WIDEST && self.highest.lines(width.saturating_sub(SIDES)) > LINES {
            width = (width + width / 8).min(WIDEST);
        }
        width
    }

    /// A typical width of a cell's words on one line, in pixels; long ones count for more.
    fn weight(&self) -> u32 {
        u32::try_from((self.squares / self.cells.max(1)).isqrt())
            .unwrap_or(u32::MAX)
            .clamp(200, 20_000)
    }
}

/// The columns of the sheet, as wide as the words in its rows ask.
pub(super) fn columns(
    shown: Vec<SheetColumn>,
    rows: &[Vec<Option<CellText<'_>>>],
    states: &[&StatusMark],
) -> Vec<SheetColumnLayout> {
    let nothing = || shown.iter().map(|_| ColumnContent::default()).collect::<Vec<_>>();
    let holds = rows
        .par_iter()
        .with_min_len(ROWS_AT_ONCE)
        .fold(nothing, |holds, row| with_row(holds, &shown, row))
        .reduce(nothing, both);
    let labels = states.iter().map(|m| TextSize::STRONG.extent(&m.label).line).max().unwrap_or(0);
    let columns =
        shown.into_iter().zip(0..).map(|(shown, at)| SheetColumnLayout { at, shown, width: 0 });
    share(columns.collect(), &holds, labels)
}

/// What the columns hold in some rows, and in those that follow.
fn both<'a>(
    mut some: Vec<ColumnContent<'a>>,
    more: Vec<ColumnContent<'a>>,
) -> Vec<ColumnContent<'a>> {
    some.iter_mut().zip(more).for_each(|(some, more)| some.and(more));
    some
}

/// What the columns hold, with a row more.
fn with_row<'a>(
    mut holds: Vec<ColumnContent<'a>>,
    columns: &[SheetColumn],
    row: &[Option<CellText<'a>>],
) -> Vec<ColumnContent<'a>> {
    for ((hold, column), words) in holds.iter_mut().zip(columns).zip(row) {
        let kind = if matches!(
            column.role,
            ColumnRole::Theme | ColumnRole::Status | ColumnRole::Reference
        ) {
            TextSize::STRONG
        } else {
            TextSize::BODY
        };
        if let Some(words) = words {
            hold.add(kind, words);
        }
    }
    holds
}

/// The words of a row's cells; none of a theme and an objective that the row above has too.
pub(super) fn row_words<'a>(
    columns: &[SheetColumn],
    rows: &[SheetRow<'a>],
    at: usize,
) -> Vec<Option<CellText<'a>>> {
    let (row, above) = (&rows[at], at.checked_sub(1).map(|above| &rows[above]));
    let is_repeated = |column: &SheetColumn| {
        above.is_some_and(|above| match column.from {
            SheetColumnSource::Theme => above.theme.anchor == row.theme.anchor,
            SheetColumnSource::Objective => {
                above.objective.map(|o| &o.anchor) == row.objective.map(|o| &o.anchor)
            }
            SheetColumnSource::Cell(_)
            | SheetColumnSource::Position(_)
            | SheetColumnSource::Note(_) => false,
        })
    };
    columns.iter().map(|column| (!is_repeated(column)).then(|| words(column, row))).collect()
}

/// What a column's cell in a row says.
fn words<'a>(column: &SheetColumn, row: &SheetRow<'a>) -> CellText<'a> {
    match (column.from, row.action.and_then(|action| column.from.cell(action))) {
        (SheetColumnSource::Theme, _) => CellText::plain(row.theme.title.as_str()),
        (SheetColumnSource::Objective, _) => row.objective.map(objective).unwrap_or_default(),
        (_, Some(ReportCell::Text(text))) => CellText::of(text),
        (_, Some(ReportCell::Date { date: Some(date), .. })) => CellText::plain(widest(*date)),
        (SheetColumnSource::Position(_), Some(ReportCell::Status { position, .. })) => {
            CellText::plain(position.as_str())
        }
        (SheetColumnSource::Note(_), Some(cell @ ReportCell::Status { .. })) => {
            CellText::plain(cell.status_source())
        }
        (_, Some(cell @ ReportCell::Status { .. })) => CellText::plain(cell.status_words()),
        (_, Some(other)) => CellText::plain(other.short()),
        (_, None) => CellText::default(),
    }
}

/// Words as wide as a date is shown at most: a program shows signs in its place where the column is
/// too narrow for it.
pub(super) fn widest(date: PartialDate) -> &'static str {
    if matches!(date, PartialDate::Day(_)) { "30 Mmm 0000" } else { "Mmm 0000" }
}

/// An objective: without emphasis of ours, which a condition's ink could not make quieter in every
/// program.
fn objective(group: &ObjectiveGroup) -> CellText<'_> {
    let mut words = CellText::default();
    if !group.text.is_empty() {
        words.push(&group.reference, RunAttributes::PLAIN);
        words.push("  ", RunAttributes::PLAIN);
        words.append(&group.text);
    }
    if let Some(link) = &group.recommendation {
        if !words.as_str().is_empty() {
            words.push("\n", RunAttributes::PLAIN);
        }
        words.push(&link.description, RunAttributes::PLAIN);
    }
    words
}

/// Settles the widths.
fn share(
    mut columns: Vec<SheetColumnLayout>,
    holds: &[ColumnContent<'_>],
    labels: u32,
) -> Vec<SheetColumnLayout> {
    let is_long = |column: &SheetColumnLayout| {
        matches!(column.shown.role, ColumnRole::Objective | ColumnRole::Prose) && !is_note(column)
    };
    for (column, hold) in columns.iter_mut().zip(holds) {
        let header = TextSize::STRONG.extent(&column.shown.header).word.min(160) + BUTTON;
        let inner = match column.shown.role {
            _ if is_note(column) => hold.line.clamp(80, 120),
            ColumnRole::Theme => hold.line.clamp(80, 120),
            ColumnRole::Reference => hold.line.clamp(34, 90),
            ColumnRole::Target | ColumnRole::Number => hold.line.clamp(56, 90),
            ColumnRole::Status => hold.line.clamp(60, 110),
            ColumnRole::EnterState => labels.max(hold.line).clamp(60, 110),
            ColumnRole::Owners => hold.line.clamp(70, 120),
            ColumnRole::EnterName => hold.line.clamp(72, 110),
            ColumnRole::EnterDate => hold.line.clamp(72, 90),
            ColumnRole::EnterText => 130,
            ColumnRole::Objective | ColumnRole::Prose => NARROWEST,
        };
        column.width = inner.max(header).max(hold.word.min(160)) + SIDES;
    }
    let fixed: u32 = columns.iter().filter(|c| !is_long(c)).map(|c| c.width).sum();
    let room = u64::from(TOTAL.saturating_sub(fixed));
    let weights: u64 = columns
        .iter()
        .zip(holds)
        .filter(|(c, _)| is_long(c))
        .map(|(_, h)| u64::from(h.weight()))
        .sum();
    for (column, hold) in columns.iter_mut().zip(holds).filter(|(c, _)| is_long(c)) {
        let part =
            u32::try_from(room * u64::from(hold.weight()) / weights.max(1)).unwrap_or(LEGIBLE);
        column.width = column.width.max(part.min(LEGIBLE));
    }
    for (column, hold) in columns.iter_mut().zip(holds) {
        column.width = hold.fit(column.width);
    }
    columns
}

fn is_note(column: &SheetColumnLayout) -> bool {
    matches!(column.shown.from, SheetColumnSource::Position(_) | SheetColumnSource::Note(_))
}
