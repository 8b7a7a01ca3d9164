//! How wide the columns of a table are.
//!
//! Short columns are as wide as their words; the long ones share what is left of [`TOTAL`] by how
//! much they hold. A column in which a cell would be higher than a row can be is widened, up to
//! [`WIDEST`].

use super::sheet::lines_of_a_row;
use super::style::{BODY_POINTS, INDENT};
use crate::report::sheets::{FlatCell, FlatTable};
use crate::write::xlsx::measure::{SIDES, TextExtent, TextSize};

/// How wide all columns are together, in pixels, unless their words need more.
const TOTAL: u32 = 1700;
/// How wide a column becomes before its words go on in the row below, in pixels.
const WIDEST: u32 = 900;
/// How wide a column of long text is at least, in pixels.
const NARROWEST: u32 = 200;
/// How wide a short column can be, in pixels.
const SHORT: u32 = 190;
/// What a line leaves empty at its end, as a part of the whole.
const RAGGED: u32 = 8;

/// How much the cells of a column hold, in pixels.
#[derive(Default)]
struct PublishedColumnContent {
    /// The widest word.
    word: u32,
    /// The widest paragraph.
    line: u32,
    /// The squares of the widths of the cells' words on one line, together, and how many cells
    /// there are.
    squares: u64,
    cells: u64,
    /// How wide the column must be for its highest cell to fit into a row.
    needed: u32,
}

impl PublishedColumnContent {
    fn add(&mut self, kind: TextSize, words: &str) {
        let TextExtent { word, line, all, paragraphs } = kind.extent(words);
        let [word, line, all] = [word, line, all].map(at_size);
        self.word = self.word.max(word);
        self.line = self.line.max(line);
        self.squares = self.squares.saturating_add(u64::from(all).pow(2));
        self.cells += 1;
        let lines = u32::try_from(lines_of_a_row()).unwrap_or(1).saturating_sub(paragraphs).max(1);
        self.needed =
            self.needed.max((all / lines).saturating_add(all / RAGGED / lines + SIDES + INDENT));
    }

    fn is_long(&self) -> bool {
        self.line > SHORT
    }

    /// A typical width of a cell's words on one line; long ones count for more.
    fn weight(&self) -> u64 {
        (self.squares / self.cells.max(1)).isqrt().clamp(200, 20_000)
    }
}

/// The widths of a table's columns, in pixels.
pub(super) fn widths(table: &FlatTable<'_>) -> Vec<u32> {
    let mut holds: Vec<PublishedColumnContent> =
        table.headers.iter().map(|_| PublishedColumnContent::default()).collect();
    for row in &table.rows {
        for (hold, cell) in holds.iter_mut().zip(row) {
            if let FlatCell::Words(text) = cell {
                hold.add(TextSize::BODY, &text.in_cell());
            }
        }
    }
    let headers: Vec<u32> =
        table.headers.iter().map(|header| at_size(TextSize::STRONG.extent(header).word)).collect();
    let least = |hold: &PublishedColumnContent, header: u32| {
        let words = if hold.is_long() { NARROWEST.max(hold.word.min(SHORT)) } else { hold.line };
        (words.max(header) + SIDES + INDENT).max(hold.needed.min(WIDEST))
    };
    let mut widths: Vec<u32> =
        holds.iter().zip(headers).map(|(hold, header)| least(hold, header)).collect();
    let fixed: u32 = widths
        .iter()
        .zip(&holds)
        .filter(|(_, hold)| !hold.is_long())
        .map(|(width, _)| *width)
        .sum();
    let weights: u64 =
        holds.iter().filter(|hold| hold.is_long()).map(PublishedColumnContent::weight).sum();
    let room = u64::from(TOTAL.saturating_sub(fixed));
    for (width, hold) in widths.iter_mut().zip(&holds).filter(|(_, hold)| hold.is_long()) {
        let part = u32::try_from(room * hold.weight() / weights.max(1)).unwrap_or(WIDEST);
        *width = (*width).max(part.min(WIDEST).min(hold.line + SIDES + INDENT));
    }
    widths
}

/// A width of words of the size that they are measured at, at the size that they have here.
fn at_size(wide: u32) -> u32 {
    wide / 10 * BODY_POINTS + BODY_POINTS
}
