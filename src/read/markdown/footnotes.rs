//! Footnotes: their marks are no words, and their texts are notes of the cells that have the marks,
//! or of the plan.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::place::{Place, Sourced};
use crate::source::{Block, CellFormat, Source};
use crate::text::Text;

/// How many bytes of footnotes are given to cells: one long text can have many marks. Beyond that
/// it is a note of the plan.
const MAX_COPIED: usize = 16 << 20;

/// The footnotes of a document while it is read.
#[derive(Default)]
pub(super) struct MarkdownFootnotes {
    definitions: Vec<FootnoteDefinition>,
    /// All marks as they stand, those of the definitions too.
    marks: Vec<String>,
    /// The marks of the block that is read.
    open: Vec<String>,
    /// The marks of the row that is read, each with the number of its cell.
    in_row: Vec<(usize, String)>,
    /// Their labels.
    known_in_row: HashSet<String>,
    /// The cells with marks: the block, row and cell.
    in_cells: Vec<((usize, usize, usize), String)>,
    /// The labels that stand outside tables.
    in_text: HashSet<String>,
}

struct FootnoteDefinition {
    label: String,
    /// The block before which it stands.
    at: usize,
    text: Text,
    place: Place,
}

impl MarkdownFootnotes {
    /// Takes a mark.
    pub(super) fn mark(&mut self, label: &str) {
        self.marks.push(format!("[^{label}]"));
        self.open.push(label.to_owned());
    }

    /// The marks so far are those of a cell.
    pub(super) fn end_cell(&mut self, cell: usize) {
        for label in self.open.drain(..) {
            // a footnote that is marked twice in a row is one note
            if self.known_in_row.insert(label.clone()) {
                self.in_row.push((cell, label));
            }
        }
    }

    /// The cells so far are those of a row.
    pub(super) fn end_row(&mut self, block: usize, row: usize) {
        self.known_in_row.clear();
        self.in_cells
            .extend(self.in_row.drain(..).map(|(cell, label)| ((block, row, cell), label)));
    }

    /// The marks so far stand in a block that is no table.
    pub(super) fn end_block(&mut self) {
        self.in_text.extend(self.open.drain(..));
    }

    /// Takes the blocks of a definition, which stands before the block `at`.
    pub(super) fn define(&mut self, label: &str, at: usize, blocks: Vec<Block>, place: Place) {
        let mut text = Text::default();
        for block in blocks {
            match block {
                Block::Heading { text: more, .. } | Block::Paragraph(more) => {
                    text.append(more.value);
                }
                Block::List(items) => items.into_iter().for_each(|item| text.append(item.value)),
                Block::Grid(grid) => grid
                    .rows
                    .into_iter()
                    .flat_map(|row| row.cells)
                    .for_each(|cell| text.append(cell.value)),
                Block::Hidden(_) => {}
            }
        }
        self.marks.push(format!("[^{label}]"));
        self.definitions.push(FootnoteDefinition { label: label.to_owned(), at, text, place });
    }

    /// Gives the footnotes to the cells that have their marks; the others become paragraphs where
    /// they were defined.
    pub(super) fn settle(self, source: &mut Source) {
        let Some(first) = self.definitions.first() else { return };
        let message = match self.definitions.len() {
            1 => "a footnote was read as a note; its marks are no part of the text".to_owned(),
            count => format!(
                "{count} footnotes, of which this is the first, were read as notes; their marks are no part of the text"
            ),
        };
        source.diagnostics.push(
            Diagnostic::new(Code::FootnoteRead, message)
                .at(&first.place)
                .left_out(self.marks.join(" ")),
        );
        let texts: HashMap<&str, &Text> =
            self.definitions.iter().map(|d| (d.label.as_str(), &d.text)).collect();
        let mut left = MAX_COPIED;
        let (mut given, mut too_many): (HashSet<&str>, HashSet<&str>) =
            (HashSet::new(), HashSet::new());
        for ((block, row, cell), label) in &self.in_cells {
            let Some(Block::Grid(grid)) = source.blocks.get_mut(*block) else { continue };
            // a header is said of a whole column, so its note is one of the plan
            if *row < grid.marked_header {
                continue;
            }
            let cell = grid.rows.get_mut(*row).and_then(|row| row.cells.get_mut(*cell));
            let (Some(cell), Some(text)) = (cell, texts.get(label.as_str())) else { continue };
            let length: usize = text
                .blocks
                .iter()
                .flat_map(|block| &block.spans)
                .map(|span| span.text.len() + size_of_val(span))
                .sum();
            let Some(fewer) = left.checked_sub(length) else {
                too_many.insert(label.as_str());
                continue;
            };
            left = fewer;
            let look: &mut CellFormat = Arc::make_mut(cell.look.get_or_insert_default());
            match &mut look.note {
                Some(note) => note.append((*text).clone()),
                none => *none = Some((*text).clone()),
            }
            given.insert(label.as_str());
        }
        let stays = |definition: &FootnoteDefinition| {
            let label = definition.label.as_str();
            let is_missed =
                !given.contains(label) || too_many.contains(label) || self.in_text.contains(label);
            !definition.text.is_empty() && is_missed
        };
        let mut blocks = Vec::with_capacity(source.blocks.len());
        let mut definitions =
            self.definitions.iter().filter(|definition| stays(definition)).peekable();
        for (at, block) in std::mem::take(&mut source.blocks).into_iter().enumerate() {
            while let Some(FootnoteDefinition { text, place, .. }) =
                definitions.next_if(|definition| definition.at <= at)
            {
                blocks.push(Block::Paragraph(Sourced::new(text.clone(), place.clone())));
            }
            blocks.push(block);
        }
        blocks.extend(definitions.map(|definition| {
            Block::Paragraph(Sourced::new(definition.text.clone(), definition.place.clone()))
        }));
        source.blocks = blocks;
    }
}
