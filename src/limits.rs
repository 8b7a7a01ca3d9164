//! How much is read of a source.

/// How much is read of a source, so that no file, however it was made, takes the computer's memory
/// or time.
///
/// A source beyond a limit is an error that [`Error::is_too_large`](crate::Error::is_too_large).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The largest source, in bytes; by default 512 MiB.
    pub bytes: usize,
    /// The longest line of a text, in bytes: a row of a table is one line. By default 8 MiB. A web
    /// page may have longer ones.
    pub line: usize,
    /// How many bytes the parts of a workbook, or the files attached to a PDF, may be once they are
    /// unpacked; by default 256 MiB.
    pub unpacked: usize,
    /// How many cells the sheets or tables of a source may have, in the rows and columns that have
    /// words, the empty ones between them included; and how many tags and pieces of text a web page
    /// may have. By default 4 million.
    pub cells: usize,
    /// How deep tags may stand inside tags; by default 256.
    pub nesting: usize,
    /// How many rows with words the tables of a source may have together, and how many actions a
    /// plan may have ([`Plan::check_size`](crate::Plan::check_size)). By default 60,000.
    pub rows: usize,
    /// How many columns a table may have; by default 16,384, as in Excel.
    pub columns: usize,
    /// How many headings, paragraphs and items of lists a source may have outside its tables; by
    /// default 500,000.
    pub blocks: usize,
}

/// How many cells a table may have for each of those that its source holds, the empty ones between
/// them included; and how many more. Cells on a diagonal make a table that grows with the square of
/// their number.
const CELLS_OF_ONE: usize = 64;
const CELLS_MORE: usize = 200_000;

impl Limits {
    /// How many cells a table may have whose source holds so many.
    pub(crate) fn cells_of(&self, held: usize) -> usize {
        held.saturating_mul(CELLS_OF_ONE).saturating_add(CELLS_MORE).min(self.cells)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 512 << 20,
            line: 8 << 20,
            unpacked: 256 << 20,
            cells: 4_000_000,
            nesting: 256,
            rows: 60_000,
            columns: 16_384,
            blocks: 500_000,
        }
    }
}
