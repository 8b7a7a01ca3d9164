//! What is hidden of the cells of a sheet: by the looks of their runs, and by what colours them
//! beside their own styles.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::read::typed::mark::is_mark;
use crate::source::{Cell, CellType, ExcelTable, HiddenBy, HiddenText};
use crate::text::{Span, Text};

use super::super::cell_range::CellRange;
use super::super::conditional::{self, ConditionValue, ConditionalOutcome, RuleOutcome};
use super::super::palette::visible;
use super::super::parsed_text::ParsedText;
use super::super::style::{CellAttributes, StyleHiding, StyledRun, TextColours};
use super::{GridBuilder, SheetBuilder, WorkbookBuilder, look};

/// A cell that formats may change which depend on values.
pub(super) struct ColouredCell {
    pub(super) at: (u32, u32),
    pub(super) colours: TextColours,
    pub(super) number: Option<f64>,
}

impl CellAttributes {
    /// What the cell shows when it holds this text.
    pub(super) fn of(mut self, text: &Text) -> Self {
        let (ink, concealment) = (self.ink.take(), std::mem::take(&mut self.concealment));
        if let Some(ink) = ink
            && self.fill.is_none()
            && is_mark(text)
        {
            self.fill = visible(ink);
        }
        self.hidden =
            if self.holds == CellType::Words { concealment.words } else { concealment.numbers };
        self
    }
}

impl SheetBuilder {
    /// Takes the words of a cell in runs, each of which may be hidden by its own look.
    pub(in crate::read::workbook) fn runs(
        &mut self,
        at: (u32, u32),
        runs: Vec<StyledRun>,
        mut shown: CellAttributes,
        workbook: &mut WorkbookBuilder<'_>,
    ) -> Result<(), Error> {
        let has_words = |run: &&StyledRun| !run.span.text.trim().is_empty();
        // the number format hides the runs too
        if shown.concealment.words != Some(HiddenBy::NumberFormat) {
            let first = runs.iter().find_map(|run| run.hidden.filter(|_| has_words(&run)));
            let is_whole = runs.iter().filter(has_words).all(|run| run.hidden.is_some());
            shown.concealment = match first.filter(|_| is_whole) {
                Some(by) => StyleHiding::all(by),
                None => StyleHiding::default(),
            };
            if let Some(by) = first.filter(|_| !is_whole) {
                return self.runs_in_part_hidden(at, runs, by, shown, workbook);
            }
        }
        let spans: Vec<Span> = runs.into_iter().map(|run| run.span).collect();
        self.cell(at, spans, shown, workbook)
    }

    fn runs_in_part_hidden(
        &mut self,
        at: (u32, u32),
        runs: Vec<StyledRun>,
        by: HiddenBy,
        shown: CellAttributes,
        workbook: &mut WorkbookBuilder<'_>,
    ) -> Result<(), Error> {
        let hidden: Vec<&str> = runs
            .iter()
            .filter(|run| run.hidden.is_some())
            .map(|run| run.span.text.trim())
            .filter(|words| !words.is_empty())
            .collect();
        let words = hidden.join(" ");
        let seen: Vec<Span> =
            runs.iter().filter(|run| run.hidden.is_none()).map(|run| run.span.clone()).collect();
        let seen = ParsedText::of(seen.into(), &self.place(at.0, at.1), &mut Vec::new()).text;
        let spans: Vec<Span> = runs.into_iter().map(|run| run.span).collect();
        self.cell(at, spans, shown, workbook)?;
        let last = self.rows.last_mut().and_then(|row| row.cells.last_mut());
        if let Some(cell) = last.filter(|cell| super::at(&cell.place) == at) {
            look(cell).hidden = Some(HiddenText::Part { by, words, shown: seen });
            if by == HiddenBy::Colour {
                self.unseen.push(at);
            }
        }
        Ok(())
    }

    /// Takes note of where the style of an Excel table colours cells: all of it, or its header and
    /// totals.
    pub(in crate::read::workbook) fn paint(&mut self, table: &ExcelTable, all: bool) {
        let (first, last) = (*table.rows.start(), *table.rows.end());
        let body = first.saturating_add(table.header_rows)
            ..last.saturating_add(1).saturating_sub(table.totals_rows);
        let stretch = |first: u32, last: u32| CellRange {
            first: (first, *table.columns.start()),
            last: (last, *table.columns.end()),
        };
        if all || body.is_empty() {
            self.painted.push(stretch(first, last));
            return;
        }
        if body.start > first {
            self.painted.push(stretch(first, body.start - 1));
        }
        if body.end <= last {
            self.painted.push(stretch(body.end, last));
        }
    }

    /// The cells that another source of colours may show, though their own styles do not.
    pub(super) fn seen_after_all(&self) -> Vec<(u32, u32)> {
        const MAX_COMPARED: usize = 1 << 20;
        let is_painted = |(row, column): &(u32, u32)| {
            let holds = |area: &CellRange| area.contains((*row, *column));
            self.unseen.len().saturating_mul(self.painted.len()) > MAX_COMPARED
                || self.painted.iter().any(holds)
        };
        self.unseen.iter().copied().filter(is_painted).collect()
    }

    /// Hides the words that conditional formats hide, and shows those that they show.
    pub(super) fn apply_conditional(
        &mut self,
        frame: &mut GridBuilder,
        workbook: &mut WorkbookBuilder<'_>,
    ) {
        const MAX_COMPARED: usize = 1 << 22;
        let mut rules = std::mem::take(&mut self.conditional);
        rules.sort_by_key(|rule| rule.priority);
        let areas: usize = rules.iter().map(|rule| rule.areas.len()).sum();
        if areas == 0 {
            return;
        }
        let is_too_much = self.coloured.len().saturating_mul(areas) > MAX_COMPARED;
        let mut unknown: Option<((u32, u32), usize)> = None;
        let mut struck_perhaps: Option<((u32, u32), usize)> = None;
        for ColouredCell { at, colours, number } in std::mem::take(&mut self.coloured) {
            let own =
                || rules.iter().filter(|rule| rule.areas.iter().any(|area| area.contains(at)));
            let Some(cell) =
                frame.cell(at.0, at.1).filter(|_| is_too_much || own().next().is_some())
            else {
                continue;
            };
            let words = cell.value.plain();
            let value = ConditionValue { words: &words, number, holds: cell.holds() };
            let outcome = if is_too_much {
                let seen = ConditionalOutcome::Unknown;
                RuleOutcome { seen, struck: false, struck_perhaps: false }
            } else {
                conditional::outcome(own(), value, colours)
            };
            if outcome.struck {
                cell.value.strike_all();
            } else if outcome.struck_perhaps && outcome.seen == ConditionalOutcome::Shown {
                struck_perhaps.get_or_insert((at, 0)).1 += 1;
            }
            let by_colour = cell.hidden().is_some_and(|hidden| hidden.by() == HiddenBy::Colour);
            match outcome.seen {
                ConditionalOutcome::Hidden(by, background) if cell.hidden().is_none() => {
                    let look = look(cell);
                    look.hidden = Some(HiddenText::Whole(by));
                    look.fill = look.fill.or(background.fill());
                }
                ConditionalOutcome::Shown if by_colour && colours.hide() => {
                    look(cell).hidden = None;
                }
                ConditionalOutcome::Shown | ConditionalOutcome::Hidden(..) => {}
                ConditionalOutcome::Unknown => {
                    if by_colour {
                        look(cell).hidden = None;
                    }
                    unknown.get_or_insert((at, 0)).1 += 1;
                }
            }
        }
        for (found, happens) in [(unknown, "hide"), (struck_perhaps, "strike out")] {
            let Some(((row, column), count)) = found else { continue };
            let message = match count {
                1 => format!(
                    "a conditional format may {happens} the text of this cell; it was kept, since the format cannot be evaluated"
                ),
                n => format!(
                    "conditional formats may {happens} the text of {n} cells, of which this is the first; it was kept, since the formats cannot be evaluated"
                ),
            };
            let help = "check whether it may be published; delete it in the source if not";
            let place = self.place(row, column);
            workbook.emit(Diagnostic::new(Code::HiddenWordsKept, message).at(&place).help(help));
        }
    }
}

/// Puts together what is hidden of a cell that stands twice.
pub(super) fn join_hidden(first: &mut Cell, later: &mut Cell) {
    if first.hidden().is_none() && later.hidden().is_none() {
        return;
    }
    let parts = |cell: &Cell| match cell.hidden() {
        None => (String::new(), cell.value.clone()),
        Some(HiddenText::Whole(_)) => (cell.value.plain().into_owned(), Text::default()),
        Some(HiddenText::Part { words, shown, .. }) => (words.clone(), shown.clone()),
    };
    let by = first.hidden().or(later.hidden()).map_or(HiddenBy::CellStyle, HiddenText::by);
    let ((before, mut shown), (after, more)) = (parts(first), parts(later));
    shown.append(more);
    let words = [before, after].join("\n").trim().to_owned();
    look(first).hidden = Some(HiddenText::Part { by, words, shown });
}
