//! What a reader gives: the blocks of a document in order, each value with its place.
//!
//! Nothing here knows what a plan is. A [`Grid`] is rows of cells as they stand in the source,
//! header or not.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::colour::Colour;
use crate::diagnostic::Diagnostic;
use crate::place::{Place, Sourced};
use crate::text::Text;

/// A document as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Headings, paragraphs, lists and grids, in order.
    pub(crate) blocks: Vec<Block>,
    /// What the reader had to tell.
    pub diagnostics: Vec<Diagnostic>,
}

impl Source {
    /// How many headings, paragraphs, lists and tables it has.
    pub fn block_count(&self) -> usize {
        self.blocks.len()
    }

    /// Every text of the document with its place, in order: headings, paragraphs, items of lists
    /// and cells, those that the document hides too.
    ///
    /// ```
    /// use planwright::{Format, Place, read};
    ///
    /// let source = read(b"Ref,Action\n1.1,Amend the form\n", Format::Delimited)?;
    /// let texts: Vec<String> = source.texts().map(|(text, _)| text.to_string()).collect();
    /// assert_eq!(texts, ["Ref", "Action", "1.1", "Amend the form"]);
    /// # Ok::<(), planwright::Error>(())
    /// ```
    pub fn texts(&self) -> impl Iterator<Item = (&Text, &Place)> {
        self.blocks.iter().flat_map(Block::texts)
    }
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading.
    Heading {
        /// Its level, 1 for the highest.
        level: u8,
        /// Its words.
        text: Sourced<Text>,
    },
    /// A paragraph.
    Paragraph(Sourced<Text>),
    /// A list: one text an item.
    List(Vec<Sourced<Text>>),
    /// A table, or a sheet of a workbook.
    Grid(Grid),
    /// A block that the source hides from its readers.
    Hidden(Box<Self>),
}

impl Block {
    fn texts(&self) -> Box<dyn Iterator<Item = (&Text, &Place)> + '_> {
        match self {
            Self::Heading { text, .. } | Self::Paragraph(text) => {
                Box::new(std::iter::once((&text.value, &text.place)))
            }
            Self::List(items) => Box::new(items.iter().map(|item| (&item.value, &item.place))),
            Self::Grid(grid) => {
                let cells = grid.rows.iter().flat_map(|row| &row.cells);
                Box::new(cells.map(|cell| (&cell.value, &cell.place)))
            }
            Self::Hidden(block) => block.texts(),
        }
    }

    /// Where the block begins; a list or grid without content has no place.
    pub(crate) fn place(&self) -> Option<&Place> {
        match self {
            Self::Heading { text, .. } | Self::Paragraph(text) => Some(&text.place),
            Self::List(items) => items.first().map(|i| &i.place),
            Self::Grid(grid) => grid.rows.first().map(|r| &r.place),
            Self::Hidden(block) => block.place(),
        }
    }
}

/// Rows of cells as they stand in the source.
///
/// Rows and columns without a word are left out of a sheet, however many there are: the places of
/// the cells that are there tell where gaps were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Grid {
    /// The rows.
    pub(crate) rows: Vec<Row>,
    /// The number of leading rows that the format itself marks as a header: the `thead` of a page,
    /// the first row of a pipe table.
    pub(crate) marked_header: usize,
    /// The sheet that it is, if the source is a workbook; none for a table in a text.
    pub(crate) sheet: Option<Sheet>,
    /// The columns of a text before which columns without a word were left out; the cells of a
    /// sheet tell by their places.
    pub(crate) gaps: Vec<usize>,
}

/// A sheet of a workbook, its cells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Its name.
    pub(crate) name: Arc<str>,
    /// Whether it is hidden.
    pub(crate) hidden: bool,
    /// Its hidden columns, from 0, in order.
    pub(crate) hidden_columns: Vec<RangeInclusive<u32>>,
    /// Its hidden rows, from 0, in order: those that have no words too.
    pub(crate) hidden_rows: Vec<RangeInclusive<u32>>,
    /// The Excel tables on it, in the order of the file.
    pub(crate) tables: Vec<ExcelTable>,
}

impl Sheet {
    /// A sheet that is shown, with nothing hidden on it.
    pub(crate) fn named(name: Arc<str>) -> Self {
        Self {
            name,
            hidden: false,
            hidden_columns: Vec::new(),
            hidden_rows: Vec::new(),
            tables: Vec::new(),
        }
    }
}

/// An Excel table (`ListObject`): a stretch of a sheet that the workbook marks as one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExcelTable {
    /// Its first and last row, from 0, header and totals included.
    pub(crate) rows: RangeInclusive<u32>,
    /// Its first and last column, from 0.
    pub(crate) columns: RangeInclusive<u32>,
    /// The number of header rows at its top; 0 if it has none.
    pub(crate) header_rows: u32,
    /// The number of totals rows at its end.
    pub(crate) totals_rows: u32,
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its cells, as many as the grid has columns.
    pub(crate) cells: Vec<Cell>,
    /// Where it begins.
    pub(crate) place: Place,
    /// Whether the source hides it, by hand or by a filter.
    pub(crate) hidden: bool,
    /// Whether empty lines of a text stand above it; the rows of a sheet are numbered.
    pub(crate) below_gap: bool,
}

impl Row {
    /// A row that is shown.
    pub(crate) fn new(cells: Vec<Cell>, place: Place) -> Self {
        Self { cells, place, hidden: false, below_gap: false }
    }

    /// Whether empty rows part it from the row above it.
    pub(crate) fn is_apart_from(&self, above: &Self) -> bool {
        self.below_gap || above.place.rows_to(&self.place) > 0
    }

    /// Its cells that have words.
    pub(crate) fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| !cell.value.is_empty())
    }

    /// Whether no cell has a word.
    pub(crate) fn is_blank(&self) -> bool {
        self.filled().next().is_none()
    }
}

/// A cell: its words, its place, and what a spreadsheet says of it beside its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its words.
    pub(crate) value: Text,
    /// Where it stands.
    pub(crate) place: Place,
    /// What is to be reported beside its words; most cells have nothing, and cells that look alike
    /// share it.
    pub(crate) look: Option<Arc<CellFormat>>,
}

impl Cell {
    /// A cell with nothing but words.
    pub(crate) fn new(value: Text, place: Place) -> Self {
        Self { value, place, look: None }
    }

    /// What its words were in the source.
    pub(crate) fn holds(&self) -> CellType {
        self.look.as_ref().map_or(CellType::Words, |l| l.holds)
    }

    /// Whether a formula gave its words.
    pub(crate) fn is_calculated(&self) -> bool {
        self.look.as_ref().is_some_and(|l| l.calculated)
    }

    /// The colour that fills it, if one does.
    pub(crate) fn fill(&self) -> Option<Colour> {
        self.look.as_ref().and_then(|l| l.fill)
    }

    /// How far its words are indented: by the cell's own indent, in steps.
    pub(crate) fn indent(&self) -> u8 {
        self.look.as_ref().map_or(0, |l| l.indent)
    }

    /// How many rows and columns it covers: one of each, unless cells were merged.
    pub(crate) fn span(&self) -> (u32, u32) {
        self.look.as_ref().map_or((1, 1), |l| l.span)
    }

    /// What of its words the source hides from its readers; none if it shows all of them.
    pub(crate) fn hidden(&self) -> Option<&HiddenText> {
        self.look.as_ref().and_then(|l| l.hidden.as_ref())
    }

    /// The comment on it.
    pub(crate) fn note(&self) -> Option<&Text> {
        self.look.as_ref().and_then(|l| l.note.as_ref())
    }
}

/// What a spreadsheet says of a cell beside its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellFormat {
    /// What its words were in the source.
    pub(crate) holds: CellType,
    /// Whether a formula gave its words.
    pub(crate) calculated: bool,
    /// The colour that fills it; none for white.
    pub(crate) fill: Option<Colour>,
    /// How far it is indented, in steps.
    pub(crate) indent: u8,
    /// How many rows and columns it covers, if it was merged with those below and beside it; both
    /// are 1 otherwise.
    pub(crate) span: (u32, u32),
    /// The comment on it.
    pub(crate) note: Option<Text>,
    /// What of its words the source hides from its readers.
    pub(crate) hidden: Option<HiddenText>,
}

/// What of a cell's words a source hides from its readers. The words are in the cell's value
/// nevertheless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HiddenText {
    /// All of them.
    Whole(HiddenBy),
    /// Some of them.
    Part {
        /// How they are hidden.
        by: HiddenBy,
        /// The hidden words.
        words: String,
        /// The text that is shown.
        shown: Text,
    },
}

impl HiddenText {
    /// How words are hidden.
    pub(crate) fn by(&self) -> HiddenBy {
        match self {
            Self::Whole(by) | Self::Part { by, .. } => *by,
        }
    }
}

/// How words are hidden from readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum HiddenBy {
    /// They have the colour of their background.
    Colour,
    /// Their number format shows nothing, as `;;;` does.
    NumberFormat,
    /// The style of the page hides them: `display: none`, `visibility: hidden`, a size of zero.
    PageStyle,
    /// The style of the cell or of the words hides them: a size of next to nothing,
    /// `text:display="none"`.
    CellStyle,
}

impl Default for CellFormat {
    fn default() -> Self {
        Self {
            holds: CellType::Words,
            calculated: false,
            fill: None,
            indent: 0,
            span: (1, 1),
            note: None,
            hidden: None,
        }
    }
}

/// What the words of a cell were in the source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum CellType {
    /// Words, as typed.
    #[default]
    Words,
    /// A number, written out as the sheet shows it.
    Number,
    /// A date, written out day first, as precisely as the sheet shows it.
    Date,
    /// Yes or no, written TRUE or FALSE.
    Truth,
    /// An error such as #REF!.
    Fault,
}
