//! The columns of the plan's sheet, and how wide each of them is.
//!
//! Short columns are as wide as their words. The long ones share what is left of [`TOTAL`] by how much they hold, so that a page
//! across A4 can be read. A column in which a cell would be higher than a row can be is widened, up to [`BROADEST`]. What is more than
//! a cell can hold goes on in a column of its own beside it, "(continued)", so that each action is one row.

use std::collections::BTreeSet;

use super::heading::unlike;
use super::measure::{Extent, LINES, SIDES, Type};
use super::plan::objective;
use super::style::Styles;
use super::words::{parts, parts_of};
use crate::report::{Mark, PlanTable, Report, ReportCell, ReportColumn, Role};

/// How wide all columns are together, in pixels, unless their words need more.
const TOTAL: u32 = 1560;
/// How wide a column becomes by its share of what is left, in pixels.
const WIDEST: u32 = 700;
/// How wide a column becomes for its highest cell to fit into a row, in pixels: nearly Excel's 255 characters.
const BROADEST: u32 = 1780;
/// How wide a column of long text is at least, in pixels.
const NARROWEST: u32 = 130;
/// How long a date is shown at most.
const LONGEST_DATE: &str = "30 Nov 2000";
/// What the button of a filter takes from a header, in pixels.
const BUTTON: u32 = 8;

/// A column of the sheet.
pub(super) struct Column {
    /// Which column of the sheet it is, from 0.
    pub(super) at: u16,
    /// No two of a sheet are the same, be it in other capitals, as those of an Excel table must not be.
    pub(super) header: String,
    pub(super) role: Role,
    pub(super) source: Source,
    /// Which part of words that are too many for one cell it holds, from 0.
    pub(super) part: usize,
    /// In pixels.
    pub(super) width: u32,
}

/// Where a column's words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The theme.
    Theme,
    /// The objective.
    Objective,
    /// The cell of an action.
    Cell(usize),
    /// The note on the status in the cell of an action.
    Note(usize),
}

impl Source {
    /// The cell of an action that holds the words.
    pub(super) fn cell(self, cells: &[ReportCell]) -> Option<&ReportCell> {
        match self {
            Self::Theme | Self::Objective => None,
            Self::Cell(i) | Self::Note(i) => cells.get(i),
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
    /// How wide the column must be for its highest cell to fit into a row, in pixels.
    needed: u32,
    /// How many cells the longest words take.
    parts: usize,
}

impl Hold {
    /// Counts in the words of a cell.
    fn add(&mut self, kind: Type, words: &str) {
        if words.is_empty() {
            return;
        }
        let Extent { word, line, all, paragraphs } = kind.extent(words);
        self.line = self.line.max(line);
        self.word = self.word.max(word);
        self.squares = self.squares.saturating_add(u64::from(all).pow(2));
        self.cells += 1;
        // about a tenth of each line stays empty at its end
        let lines = u32::try_from(LINES).unwrap_or(1).saturating_sub(paragraphs).max(1);
        self.needed = self.needed.max((all / lines).saturating_add(all / 8 / lines + SIDES));
        self.parts = self.parts.max(parts(words));
    }

    /// Counts in the cell of an action.
    fn cell(&mut self, source: Source, cells: &[ReportCell], styles: &mut Styles) {
        match (source.cell(cells), source) {
            (Some(ReportCell::Text(text)), _) => {
                self.add(Type::BODY, &text.plain());
                self.parts = self.parts.max(parts_of(text));
            }
            (Some(ReportCell::Date { plain: Some(_), .. }), _) => self.add(Type::BODY, LONGEST_DATE),
            (Some(ReportCell::Date { text, .. }), _) => self.add(Type::BODY, text),
            (Some(ReportCell::Status { note, .. }), Source::Note(_)) => self.add(Type::BODY, note),
            (Some(ReportCell::Status { mark: Some(mark), .. }), _) => {
                styles.learn(mark);
                self.add(Type::STRONG, &mark.label);
            }
            _ => {}
        }
    }

    /// A typical width of a cell's words on one line, in pixels; long ones count for more.
    fn weight(&self) -> u32 {
        u32::try_from((self.squares / self.cells.max(1)).isqrt()).unwrap_or(u32::MAX).clamp(200, 20_000)
    }
}

/// The columns of the sheet: the reference first, which heads the rows, then theme and objective, the others of the table, and one for
/// the notes on statuses if there are any.
pub(super) fn columns(table: &PlanTable, report: &Report, states: &[&Mark], styles: &mut Styles) -> Vec<Column> {
    let sources = sources(table, report);
    let mut holds: Vec<Hold> = sources.iter().map(|_| Hold::default()).collect();
    for theme in &table.themes {
        for (hold, (_, _, source)) in holds.iter_mut().zip(&sources) {
            match source {
                Source::Theme => hold.add(Type::STRONG, &theme.title),
                Source::Objective => theme.objectives.iter().for_each(|group| hold.add(Type::BODY, objective(group).as_str())),
                Source::Cell(_) | Source::Note(_) => {
                    theme.objectives.iter().flat_map(|group| &group.actions).for_each(|action| hold.cell(*source, &action.cells, styles));
                }
            }
        }
    }
    let labels = states.iter().map(|m| Type::STRONG.extent(&m.label).line).max().unwrap_or(0);
    let mut headers = BTreeSet::new();
    let mut columns: Vec<(Column, &Hold)> = Vec::new();
    for ((header, role, source), hold) in sources.into_iter().zip(&holds) {
        for part in 0..hold.parts.max(1) {
            let header = if part == 0 { header.to_owned() } else { format!("{header} {}", report.words.continued) };
            let at = u16::try_from(columns.len()).unwrap_or(u16::MAX);
            columns.push((Column { at, header: unlike(&mut headers, &header), role, source, part, width: 0 }, hold));
        }
    }
    share(&mut columns, labels);
    columns.into_iter().map(|(column, _)| column).collect()
}

/// Where the columns come from, and what they are called, in their order.
fn sources<'a>(table: &'a PlanTable, report: &'a Report) -> Vec<(&'a str, Role, Source)> {
    let mut actions = table.themes.iter().flat_map(|t| &t.objectives).flat_map(|o| &o.actions);
    let has_notes = actions.any(|a| a.cells.iter().any(|c| matches!(c, ReportCell::Status { note, .. } if !note.is_empty())));
    let has_themes = table.themes.iter().any(|theme| !theme.title.is_empty());
    let (mut first, mut out) = (Vec::new(), Vec::new());
    out.extend(has_themes.then_some((report.words.theme.as_str(), Role::Objective, Source::Theme)));
    let mut cell = 0;
    for ReportColumn { header, role } in &table.columns {
        if *role == Role::Objective {
            out.push((header, *role, Source::Objective));
            continue;
        }
        let into = if *role == Role::Reference { &mut first } else { &mut out };
        into.push((header.as_str(), *role, Source::Cell(cell)));
        if *role == Role::Status && has_notes {
            out.push((&report.words.status_note, *role, Source::Note(cell)));
        }
        cell += 1;
    }
    first.extend(out);
    first
}

/// Settles the widths.
fn share(columns: &mut [(Column, &Hold)], labels: u32) {
    let is_long = |column: &Column| matches!(column.role, Role::Objective | Role::Prose) && column.source != Source::Theme;
    for (column, hold) in columns.iter_mut() {
        let header = Type::STRONG.extent(&column.header).word + BUTTON;
        let inner = match (column.role, column.source) {
            (_, Source::Note(_) | Source::Theme) => hold.line.clamp(80, 120),
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
        column.width = (inner + SIDES).max(hold.needed.min(BROADEST));
    }
    let fixed: u32 = columns.iter().filter(|(c, _)| !is_long(c)).map(|(c, _)| c.width).sum();
    let room = u64::from(TOTAL.saturating_sub(fixed));
    let weights: u64 = columns.iter().filter(|(c, _)| is_long(c)).map(|(_, h)| u64::from(h.weight())).sum();
    for (column, hold) in columns.iter_mut().filter(|(c, _)| is_long(c)) {
        let part = u32::try_from(room * u64::from(hold.weight()) / weights.max(1)).unwrap_or(WIDEST);
        column.width = column.width.max(part.min(WIDEST));
    }
}
