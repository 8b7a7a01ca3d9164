//! The columns of the plan's sheet, and how wide each of them is.
//!
//! Short columns are as wide as their words. The long ones share what is left of [`TOTAL`] by how much they hold, so that a page
//! across A4 can be read. A column in which a cell would be higher than a row can be is widened, up to [`WIDEST`].

use super::measure::{Extent, LINES, SIDES, Type};
use super::style::Styles;
use crate::report::{Mark, PlanTable, Report, ReportCell, ReportColumn, Role};

/// How wide all columns are together, in pixels, unless their words need more.
const TOTAL: u32 = 1560;
/// How wide a column becomes before its words go on in the row below, in pixels.
const WIDEST: u32 = 700;
/// How wide a column of long text is at least, in pixels.
const NARROWEST: u32 = 130;
/// What the button of a filter takes from a header, in pixels.
const BUTTON: u32 = 8;

/// A column of the sheet.
pub(super) struct Column<'a> {
    /// Which column of the sheet it is, from 0.
    pub(super) at: u16,
    pub(super) header: &'a str,
    pub(super) role: Role,
    pub(super) source: Source,
    /// In pixels.
    pub(super) width: u32,
}

/// Where a column's words come from.
pub(super) enum Source {
    /// The objective.
    Objective,
    /// The cell of an action.
    Cell(usize),
    /// The note on the status in the cell of an action.
    Note(usize),
}

impl Source {
    /// The cell of an action that holds the words.
    pub(super) fn cell<'a>(&self, cells: &'a [ReportCell]) -> Option<&'a ReportCell> {
        match self {
            Self::Objective => None,
            Self::Cell(i) | Self::Note(i) => cells.get(*i),
        }
    }
}

/// How much the cells of a column hold.
#[derive(Default)]
struct Hold {
    /// The widest word, in pixels.
    word: u32,
    /// The widest paragraph, in pixels.
    line: u32,
    /// The squares of the widths of the cells' words on one line, together, and how many cells there are.
    squares: u64,
    cells: u64,
    /// How wide the column must be for its highest cell to fit into its rows, in pixels.
    needed: u32,
}

impl Hold {
    /// Counts in the words of a cell that stands over so many rows.
    fn add(&mut self, kind: Type, words: &str, rows: usize) {
        if words.is_empty() {
            return;
        }
        let Extent { word, line, all, paragraphs } = kind.extent(words);
        self.line = self.line.max(line);
        self.word = self.word.max(word);
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        self.squares = self.squares.saturating_add(u64::from(all / rows).pow(2));
        self.cells += 1;
        // about a tenth of each line stays empty at its end
        let lines = u32::try_from(LINES).unwrap_or(1).saturating_mul(rows).saturating_sub(paragraphs).max(1);
        self.needed = self.needed.max((all / lines).saturating_add(all / 8 / lines + SIDES));
    }

    /// A typical width of a cell's words on one line for each of its rows, in pixels; long ones count for more.
    fn weight(&self) -> u32 {
        u32::try_from((self.squares / self.cells.max(1)).isqrt()).unwrap_or(u32::MAX).clamp(200, 20_000)
    }
}

/// The columns of the sheet: those of the table, and one for the notes on statuses if there are any.
pub(super) fn columns<'a>(table: &'a PlanTable, report: &'a Report, states: &[&Mark], styles: &mut Styles) -> Vec<Column<'a>> {
    let actions = || table.themes.iter().flat_map(|t| &t.objectives).flat_map(|o| &o.actions);
    let has_notes = actions().flat_map(|a| &a.cells).any(|c| matches!(c, ReportCell::Status { note, .. } if !note.is_empty()));
    let mut sources: Vec<(&ReportColumn, Source)> = Vec::new();
    let mut cell = 0;
    for column in &table.columns {
        if column.role == Role::Objective {
            sources.push((column, Source::Objective));
            continue;
        }
        sources.push((column, Source::Cell(cell)));
        if column.role == Role::Status && has_notes {
            sources.push((column, Source::Note(cell)));
        }
        cell += 1;
    }
    let mut holds: Vec<Hold> = sources.iter().map(|_| Hold::default()).collect();
    for group in table.themes.iter().flat_map(|t| &t.objectives) {
        for (hold, (_, source)) in holds.iter_mut().zip(&sources) {
            if matches!(source, Source::Objective) {
                hold.add(Type::BODY, &group.text.plain(), group.actions.len().max(1));
            }
            for action in &group.actions {
                match (source.cell(&action.cells), source) {
                    (Some(ReportCell::Text(text)), _) => hold.add(Type::BODY, &text.plain(), 1),
                    (Some(ReportCell::Date { text, .. }), _) => hold.add(Type::BODY, text, 1),
                    (Some(ReportCell::Status { note, .. }), Source::Note(_)) => hold.add(Type::BODY, note, 1),
                    (Some(ReportCell::Status { mark: Some(mark), .. }), _) => {
                        styles.learn(mark);
                        hold.add(Type::STRONG, &mark.label, 1);
                    }
                    _ => {}
                }
            }
        }
    }
    let labels = states.iter().map(|m| Type::STRONG.extent(&m.label).line).max().unwrap_or(0);
    let columns = sources.into_iter().zip(0..).map(|((column, source), at)| {
        let header = if matches!(source, Source::Note(_)) { report.words.status_note.as_str() } else { column.header.as_str() };
        Column { at, header, role: column.role, source, width: 0 }
    });
    share(columns.collect(), &holds, labels)
}

/// Settles the widths.
fn share<'a>(mut columns: Vec<Column<'a>>, holds: &[Hold], labels: u32) -> Vec<Column<'a>> {
    let is_long = |column: &Column<'_>| matches!(column.role, Role::Objective | Role::Prose);
    for (column, hold) in columns.iter_mut().zip(holds) {
        let header = Type::STRONG.extent(column.header).word + BUTTON;
        let inner = match (column.role, &column.source) {
            (_, Source::Note(_)) => hold.line.clamp(80, 120),
            (Role::Reference, _) => hold.line.clamp(34, 90),
            (Role::Target, _) => hold.line.clamp(56, 90),
            (Role::Status, _) => hold.line.clamp(60, 110),
            (Role::EnterState, _) => labels.max(hold.line).clamp(60, 110),
            (Role::Owners, _) => hold.line.clamp(70, 120),
            (Role::EnterName, _) => hold.line.clamp(72, 110),
            (Role::EnterDate, _) => hold.line.clamp(72, 90),
            (Role::EnterText, _) => 130,
            (Role::Objective | Role::Prose, _) => NARROWEST,
        };
        let inner = inner.max(header).max(hold.word.min(160));
        column.width = (inner + SIDES).max(hold.needed.min(WIDEST));
    }
    let fixed: u32 = columns.iter().filter(|c| !is_long(c)).map(|c| c.width).sum();
    let room = u64::from(TOTAL.saturating_sub(fixed));
    let weights: u64 = columns.iter().zip(holds).filter(|(c, _)| is_long(c)).map(|(_, h)| u64::from(h.weight())).sum();
    for (column, hold) in columns.iter_mut().zip(holds).filter(|(c, _)| is_long(c)) {
        let part = u32::try_from(room * u64::from(hold.weight()) / weights.max(1)).unwrap_or(WIDEST);
        column.width = column.width.max(part.min(WIDEST));
    }
    columns
}
