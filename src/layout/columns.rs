//! Widths of the plan's columns, found from what stands in them: the table is to be as low as it
//! can be.
//!
//! No word of a header or of the plan is broken where that can be avoided: each column is at least
//! as wide as its longest word, within reason. What is left of the width goes where it saves the
//! most height. Heights are measured on a sample of the rows, so the cost does not grow with the
//! plan; only the longest words are looked for in all of it.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::report::{ColumnRole, ObjectiveGroup, PlanTable, ReportCell, ReportColumn};
use crate::text::Text;

use super::cell;
use super::design::{CELL_BOTTOM, CELL_SIDE, CELL_TOP, TypeSizes};
use super::flow::{ShapedText, TextShaper};
use super::length::Length;
use super::tree::NodeId;

/// How many rows are measured, about.
const SAMPLE: usize = 160;
/// How finely widths are distinguished.
const STEP: Length = Length::pt(3);
/// The most that one word may claim of the width: above it, the word is broken.
const WORD_AT_MOST: Length = Length::pt(96);

/// The widest header of numbers that is set on two lines.
const HEADER_AT_MOST: Length = Length::pt(160);

/// What the columns need at the least.
pub(crate) struct ColumnMinimums {
    /// So that no word is broken.
    words: Vec<Length>,
    /// So that it reads well, and can be filled in by hand.
    comfort: Vec<Length>,
}

impl ColumnMinimums {
    /// The width below which words would be broken.
    pub(crate) fn least(&self) -> Length {
        self.words.iter().copied().sum()
    }
}

/// Finds what the columns of a table need.
pub(crate) fn needs(
    setter: &mut TextShaper,
    table: &PlanTable,
    sizes: &'static TypeSizes,
) -> ColumnMinimums {
    setter.measure(|setter| {
        let columns = table.columns.len();
        let mut longest = LongestWords {
            sizes,
            widths: vec![Length::ZERO; columns],
            letters: vec![0; columns],
            measured: (0..columns).map(|_| Default::default()).collect(),
        };
        for (c, column) in table.columns.iter().enumerate() {
            let flow = cell::header(setter, &column.header, sizes, NodeId::ROOT);
            longest.widths[c] = flow.widest_part();
        }
        for group in table.themes.iter().flat_map(|t| &t.objectives) {
            if table.has_objectives {
                longest.text(setter, 0, &group.text);
            }
            for action in &group.actions {
                for (c, cell) in action.cells.iter().enumerate() {
                    longest.cell(setter, c + usize::from(table.has_objectives), cell);
                }
            }
        }
        let words: Vec<Length> =
            longest.widths.iter().map(|w| (*w).min(WORD_AT_MOST) + CELL_SIDE * 2).collect();
        let comfort = |(column, word): (&ReportColumn, &Length)| {
            // the header of numbers is as a rule longer than they are: it has two lines
            let header = if column.role == ColumnRole::Number {
                cell::header(setter, &column.header, sizes, NodeId::ROOT)
                    .full_width()
                    .min(HEADER_AT_MOST)
                    / 2
                    + CELL_SIDE * 2
            } else {
                Length::ZERO
            };
            word.at_least(comfort(column.role)).at_least(header)
        };
        let comfort = table.columns.iter().zip(&words).map(comfort).collect();
        ColumnMinimums { words, comfort }
    })
}

fn comfort(role: ColumnRole) -> Length {
    Length::pt(match role {
        // an objective is repeated on each page that it continues on, so a narrow one costs more
        // than its rows tell
        ColumnRole::Theme | ColumnRole::Objective => 86,
        ColumnRole::Prose => 72,
        ColumnRole::Owners | ColumnRole::Status | ColumnRole::EnterText => 58,
        ColumnRole::Target
        | ColumnRole::EnterState
        | ColumnRole::EnterName
        | ColumnRole::EnterDate => 44,
        ColumnRole::Number => 40,
        ColumnRole::Reference => 24,
    })
}

/// The longest word of each column, looked for without shaping more than the words that could be
/// it.
struct LongestWords {
    sizes: &'static TypeSizes,
    widths: Vec<Length>,
    letters: Vec<usize>,
    /// The words of each column that were measured: as they stand in a cell, and as wide ones.
    measured: Vec<[HashSet<Box<str>, RandomState>; 2]>,
}

impl LongestWords {
    fn cell(&mut self, setter: &mut TextShaper, column: usize, cell: &ReportCell) {
        match cell {
            ReportCell::Text(text) => self.text(setter, column, text),
            ReportCell::Status { .. } => {
                if let Some(mark) = cell.status() {
                    // a label stays on one line: it is one shape
                    self.words(setter, column, &mark.label.replace(' ', "\u{a0}"), true);
                }
                cell.below_status().for_each(|words| self.words(setter, column, words, false));
            }
            other => self.words(setter, column, &other.short(), false),
        }
    }

    fn text(&mut self, setter: &mut TextShaper, column: usize, text: &Text) {
        for span in text.blocks.iter().flat_map(|b| &b.spans) {
            self.words(setter, column, &span.text, span.style.bold);
        }
    }

    fn words(&mut self, setter: &mut TextShaper, column: usize, words: &str, wide: bool) {
        let Some(letters) = self.letters.get_mut(column) else { return };
        let mut from = 0;
        let ends = words
            .bytes()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_whitespace())
            .map(|(at, _)| at);
        for end in ends.chain([words.len()]) {
            let start = std::mem::replace(&mut from, end + 1);
            let length = end - start;
            // a word with three quarters of the letters may still be wider: letters differ
            if length * 4 <= *letters * 3 || length > 200 {
                continue;
            }
            *letters = (*letters).max(length);
            let word = &words[start..end];
            let measured = &mut self.measured[column][usize::from(wide)];
            if measured.contains(word) {
                continue;
            }
            measured.insert(word.into());
            let flow = if wide {
                cell::wide_word(setter, word, self.sizes)
            } else {
                cell::word(setter, word, self.sizes)
            };
            self.widths[column] = self.widths[column].max(flow.widest_part());
        }
    }
}

/// Shares a width out to the columns.
pub(crate) fn widths(
    setter: &mut TextShaper,
    table: &PlanTable,
    needs: &ColumnMinimums,
    available: Length,
    sizes: &TypeSizes,
) -> Vec<Length> {
    let comfort: Length = needs.comfort.iter().copied().sum();
    if comfort > available {
        return squeezed(needs, available);
    }
    let mut shares =
        setter.measure(|setter| WidthSearch::new(setter, table, &needs.comfort, sizes));
    shares.start(available - comfort);
    shares.improve();
    let mut widths: Vec<Length> = (0..needs.comfort.len()).map(|c| shares.width(c)).collect();
    // what the steps left over goes to the widest column
    let left = available - widths.iter().copied().sum();
    if let Some(widest) = (0..widths.len()).max_by_key(|c| (widths[*c], std::cmp::Reverse(*c))) {
        widths[widest] += left;
    }
    widths
}

/// Widths where there is too little: comfort goes first, then words are broken.
fn squeezed(needs: &ColumnMinimums, available: Length) -> Vec<Length> {
    let least = needs.least();
    let spread = |from: &[Length], to: &[Length], part: i64, whole: i64| -> Vec<Length> {
        let between = |(a, b): (&Length, &Length)| {
            let more = i64::from((*b - *a).as_milli()) * part / whole.max(1);
            *a + Length::milli(i32::try_from(more).unwrap_or(0))
        };
        from.iter().zip(to).map(between).collect()
    };
    let milli = |l: Length| i64::from(l.as_milli());
    if least <= available {
        let comfort: Length = needs.comfort.iter().copied().sum();
        return spread(
            &needs.words,
            &needs.comfort,
            milli(available - least),
            milli(comfort - least),
        );
    }
    let nothing = vec![Length::ZERO; needs.words.len()];
    spread(&nothing, &needs.words, milli(available), milli(least))
}

/// The search for the widths that make the table lowest.
struct WidthSearch {
    fonts_heights: Vec<ColumnHeights>,
    /// For each sampled group: its rows, and whether all of its rows were sampled.
    groups: Vec<(std::ops::Range<usize>, bool)>,
    has_objectives: bool,
    steps: Vec<usize>,
}

/// The heights of a column's sampled cells at each width.
struct ColumnHeights {
    least: Length,
    at: Vec<Vec<Length>>,
}

/// The widest that is tried, in steps above the least.
const MOST_STEPS: usize = 120;

impl WidthSearch {
    fn new(
        setter: &mut TextShaper,
        table: &PlanTable,
        least: &[Length],
        sizes: &TypeSizes,
    ) -> Self {
        let all: Vec<&ObjectiveGroup> = table.themes.iter().flat_map(|t| &t.objectives).collect();
        let rows: usize = all.iter().map(|g| g.actions.len()).sum();
        let stride = rows.div_ceil(SAMPLE).max(1).min(all.len().max(1));
        let sampled: Vec<&ObjectiveGroup> =
            all.iter().step_by(stride).take(SAMPLE).copied().collect();
        let rows_a_group = (SAMPLE / sampled.len().max(1)).max(12);
        let mut flows: Vec<Vec<ShapedText>> = least.iter().map(|_| Vec::new()).collect();
        let mut groups = Vec::new();
        let mut row = 0;
        for group in sampled {
            let skip = group.actions.len().div_ceil(rows_a_group).max(1);
            let first = row;
            for (i, action) in group.actions.iter().step_by(skip).enumerate() {
                if table.has_objectives {
                    flows[0].push(if i == 0 {
                        cell::objective(setter, group, NodeId::ROOT)
                    } else {
                        ShapedText::default()
                    });
                }
                for (c, cell) in action.cells.iter().enumerate() {
                    if let Some(column) = flows.get_mut(c + usize::from(table.has_objectives)) {
                        column.push(cell::cell(setter, cell, sizes, NodeId::ROOT));
                    }
                }
                row += 1;
            }
            groups.push((first..row, skip == 1));
        }
        let columns = flows.iter().zip(least).map(|(flows, least)| {
            let at = |step: usize| {
                let measure = *least + STEP * i32::try_from(step).unwrap_or(0) - CELL_SIDE * 2;
                let heights: Vec<Length> = flows.iter().map(|f| f.height(measure)).collect();
                heights
            };
            let mut heights = vec![at(0)];
            let one_line: Length =
                flows.iter().map(ShapedText::full_width).max().unwrap_or_default();
            for step in 1..MOST_STEPS {
                if *least + STEP * i32::try_from(step - 1).unwrap_or(0) > one_line + CELL_SIDE * 2 {
                    break;
                }
                heights.push(at(step));
            }
            ColumnHeights { least: *least, at: heights }
        });
        let columns: Vec<_> = columns.collect();
        let steps = vec![0; columns.len()];
        Self { fonts_heights: columns, groups, has_objectives: table.has_objectives, steps }
    }

    fn width(&self, column: usize) -> Length {
        self.fonts_heights[column].least + STEP * i32::try_from(self.steps[column]).unwrap_or(0)
    }

    /// The height of a cell at the column's present width; wider than measured is as high as at the
    /// widest that was.
    fn heights(&self, column: usize) -> &[Length] {
        let heights = &self.fonts_heights[column].at;
        heights.get(self.steps[column]).or(heights.last()).map_or(&[], Vec::as_slice)
    }

    fn total(&self) -> i64 {
        let columns: Vec<&[Length]> = (0..self.steps.len()).map(|c| self.heights(c)).collect();
        let (objective, others) =
            if self.has_objectives { columns.split_at(1) } else { columns.split_at(0) };
        let padding = CELL_TOP + CELL_BOTTOM;
        let mut total = 0_i64;
        for (rows, whole) in &self.groups {
            let height = |row: usize| {
                padding
                    + others.iter().filter_map(|c| c.get(row)).copied().max().unwrap_or_default()
            };
            let rows_height: Length = rows.clone().map(height).sum();
            let span = objective
                .first()
                .and_then(|c| c.get(rows.start))
                .filter(|_| *whole)
                .map_or(Length::ZERO, |h| *h + padding);
            total += i64::from(rows_height.at_least(span).as_milli());
        }
        total
    }

    /// Shares a width out by the area that each column's words take.
    fn start(&mut self, width: Length) {
        let area = |c: &ColumnHeights| -> i64 {
            let height: i64 =
                c.at.first().map_or(0, |h| h.iter().map(|l| i64::from(l.as_milli()) / 1000).sum());
            height * i64::from(c.least.as_milli()) / 1000
        };
        let areas: Vec<i64> = self.fonts_heights.iter().map(area).collect();
        let whole: i64 = areas.iter().sum::<i64>().max(1);
        let steps = i64::from(width.as_milli() / STEP.as_milli());
        for (share, area) in self.steps.iter_mut().zip(&areas) {
            *share = usize::try_from(
                i64::try_from(i128::from(steps) * i128::from(*area) / i128::from(whole))
                    .unwrap_or(0),
            )
            .unwrap_or(0);
        }
        // what rounding left goes to the first columns with the most words
        let given: usize = self.steps.iter().sum();
        let left = usize::try_from(steps).unwrap_or(0).saturating_sub(given);
        if let Some(first) = (0..areas.len()).max_by_key(|c| (areas[*c], std::cmp::Reverse(*c))) {
            self.steps[first] += left;
        }
    }

    /// Moves width from column to column as long as that makes the table lower.
    fn improve(&mut self) {
        let columns = self.steps.len();
        let rows: usize = self.groups.iter().map(|(rows, _)| rows.len()).sum();
        let mut budget = 30_000_000 / (rows.max(1) * columns.max(1));
        let mut best = self.total();
        for step in [12, 6, 3, 1] {
            let mut moved = true;
            while moved && budget > 0 {
                moved = false;
                for (from, to) in
                    (0..columns).flat_map(|from| (0..columns).map(move |to| (from, to)))
                {
                    if from == to || self.steps[from] < step || budget == 0 {
                        continue;
                    }
                    budget -= 1;
                    self.steps[from] -= step;
                    self.steps[to] += step;
                    let total = self.total();
                    if total < best {
                        best = total;
                        moved = true;
                    } else {
                        self.steps[from] += step;
                        self.steps[to] -= step;
                    }
                }
            }
        }
    }
}
