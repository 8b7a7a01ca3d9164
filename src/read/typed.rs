//! What a person typed into one cell, as a text: paragraphs, lines, lists.

use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::text::{Span, Text, TextBlock};

/// The text of a cell, from the runs of words that it holds.
pub(super) fn text(runs: Vec<Span>, _place: &Place, _out: &mut Vec<Diagnostic>) -> Text {
    let mut block = TextBlock::paragraph(runs);
    block.trim();
    Text { blocks: if block.spans.is_empty() { Vec::new() } else { vec![block] } }
}
