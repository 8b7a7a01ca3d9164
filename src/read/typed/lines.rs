//! The lines of a cell, each without the spaces around it.

use crate::text::{SmallVec, Span, Text, TextBlock, TextBlockKind};

/// A line, or an item that was marked as one already.
pub(super) struct TypedLine {
    /// Its words.
    pub(super) block: TextBlock,
    /// How many spaces stood before it.
    pub(super) indent: usize,
    /// Whether a blank line stood before it.
    pub(super) after_gap: bool,
}

/// The lines of runs of words.
pub(super) fn of_runs(runs: &[Span]) -> Vec<TypedLine> {
    let mut cutter = LineCutter::default();
    cutter.paragraph(runs);
    cutter.lines
}

/// The lines of the paragraphs of a text; its items stay whole.
pub(super) fn of_text(text: &Text) -> Vec<TypedLine> {
    let mut cutter = LineCutter::default();
    for block in &text.blocks {
        cutter.gap = true;
        match block.kind {
            TextBlockKind::Paragraph => cutter.paragraph(&block.spans),
            kind => cutter.item(kind, &block.spans),
        }
    }
    cutter.lines
}

#[derive(Default)]
struct LineCutter {
    lines: Vec<TypedLine>,
    /// Whether a blank line has been met since the last line.
    gap: bool,
}

impl LineCutter {
    fn paragraph(&mut self, runs: &[Span]) {
        let mut block = TextBlock::paragraph(SmallVec::new());
        let mut indent = 0;
        for run in runs {
            for (i, piece) in run.text.split('\n').enumerate() {
                if i > 0 {
                    let whole =
                        std::mem::replace(&mut block, TextBlock::paragraph(SmallVec::new()));
                    self.line(whole, std::mem::take(&mut indent));
                }
                if block.spans.is_empty() {
                    indent += piece.chars().map_while(width_of_space).sum::<usize>();
                }
                push_single_spaced(&mut block, piece, run);
            }
        }
        self.line(block, indent);
    }

    fn item(&mut self, kind: TextBlockKind, runs: &[Span]) {
        let mut block = TextBlock { kind, spans: SmallVec::new() };
        for run in runs {
            push_single_spaced(&mut block, &run.text, run);
        }
        self.line(block, 0);
    }

    fn line(&mut self, mut block: TextBlock, indent: usize) {
        block.trim();
        if block.spans.is_empty() {
            self.gap = true;
        } else {
            self.lines.push(TypedLine { block, indent, after_gap: std::mem::take(&mut self.gap) });
        }
    }
}

fn width_of_space(c: char) -> Option<usize> {
    match c {
        ' ' => Some(1),
        '\t' => Some(4),
        _ => None,
    }
}

/// Adds a piece of a run, each run of spaces and tabs made one space, across runs too; none begins
/// the block.
fn push_single_spaced(block: &mut TextBlock, piece: &str, run: &Span) {
    let mut spaced = block.spans.last().is_none_or(|s| s.text.ends_with([' ', '\n']));
    let mut text = String::with_capacity(piece.len());
    let mut taken = 0;
    for (at, byte) in piece.bytes().enumerate() {
        let is_space = matches!(byte, b' ' | b'\t');
        if is_space && (spaced || byte == b'\t') {
            text.push_str(&piece[taken..at]);
            text.push_str(if spaced { "" } else { " " });
            taken = at + 1;
        }
        spaced = is_space || byte == b'\n';
    }
    text.push_str(&piece[taken..]);
    block.push(Span { text, style: run.style, link: run.link.clone() });
}
