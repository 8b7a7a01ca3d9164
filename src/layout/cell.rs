//! What a cell holds, as text that can be set.

use crate::report::{ObjectiveGroup, Phrase, ReportCell};
use crate::text::{TextBlock, TextBlockKind};

use super::design::{CELL, THEME, TypeSizes};
use super::flow::{ShapedText, TextShaper};
use super::font::FontFace;
use super::length::Length;
use super::tree::{NodeId, StructureRole};

/// The header of a column.
pub(crate) fn header(
    setter: &mut TextShaper,
    words: &Phrase,
    sizes: &TypeSizes,
    node: NodeId,
) -> ShapedText {
    let mut flow = ShapedText::default();
    setter.phrase(&mut flow, words, FontFace::Bold, sizes.cell, node);
    flow
}

/// The title of a theme.
pub(crate) fn theme(setter: &mut TextShaper, words: &Phrase, node: NodeId) -> ShapedText {
    let mut flow = ShapedText::default();
    setter.phrase(&mut flow, words, FontFace::Bold, THEME, node);
    flow
}

/// An objective: its reference and wording, and the recommendation that it answers.
pub(crate) fn objective(
    setter: &mut TextShaper,
    group: &ObjectiveGroup,
    parent: NodeId,
) -> ShapedText {
    let mut flow = ShapedText::default();
    let lead = Some(group.reference.as_str()).filter(|r| !r.is_empty());
    setter.text(&mut flow, &group.text, lead, CELL, parent);
    if let Some(link) = &group.recommendation {
        let shown = crate::report::ReportLink { text: link.description.clone(), ..link.clone() };
        setter.link(&mut flow, "", &[shown], CELL, parent);
    }
    flow
}

/// An objective once more, on a page that it continues on.
pub(crate) fn objective_again(
    setter: &mut TextShaper,
    group: &ObjectiveGroup,
    continued: &str,
) -> ShapedText {
    let mut flow = ShapedText::default();
    setter.words(
        &mut flow,
        format!("{} {continued}", group.reference).trim(),
        FontFace::Italic,
        CELL,
        NodeId::ARTIFACT,
    );
    setter.text(&mut flow, &group.text, None, CELL, NodeId::ROOT);
    if let Some(link) = &group.recommendation {
        setter.words(&mut flow, &link.description, FontFace::Regular, CELL, NodeId::ARTIFACT);
    }
    flow.spread(Length::ZERO);
    flow
}

/// What a cell of an action holds.
pub(crate) fn cell(
    setter: &mut TextShaper,
    cell: &ReportCell,
    sizes: &TypeSizes,
    parent: NodeId,
) -> ShapedText {
    let mut flow = ShapedText::default();
    match cell {
        ReportCell::Text(text) => match (text.blocks.as_slice(), setter.tree.node(parent).role) {
            // a cell of one paragraph is that paragraph
            (
                [TextBlock { kind: TextBlockKind::Paragraph, spans }],
                StructureRole::Cell | StructureRole::Header { .. },
            ) => {
                setter.spans(&mut flow, spans.iter(), sizes.cell, parent, |block| block);
            }
            _ => setter.text(&mut flow, text, None, sizes.cell, parent),
        },
        ReportCell::Link(link) => {
            setter.link(&mut flow, "", std::slice::from_ref(link), sizes.cell, parent);
        }
        ReportCell::Links(links) => {
            for link in links {
                setter.link(&mut flow, "", std::slice::from_ref(link), sizes.cell, parent);
            }
        }
        ReportCell::Date { text, .. } => {
            setter.phrase(&mut flow, text, FontFace::Regular, sizes.cell, parent);
        }
        ReportCell::Number(_) | ReportCell::Difference(_) | ReportCell::Share(..) => {
            setter.words(&mut flow, &cell.short(), FontFace::Regular, sizes.cell, parent);
        }
        ReportCell::Status { .. } => {
            if let Some(mark) = cell.status() {
                let node = setter.tree.add(parent, StructureRole::Paragraph);
                setter.label(&mut flow, &mark, sizes.cell, node);
            }
            for words in cell.below_status() {
                let node = setter.tree.add(parent, StructureRole::Paragraph);
                setter.phrase(&mut flow, words, FontFace::Regular, sizes.note, node);
            }
        }
    }
    flow
}

/// One word as it stands in a cell.
pub(crate) fn word(setter: &mut TextShaper, word: &str, sizes: &TypeSizes) -> ShapedText {
    let mut flow = ShapedText::default();
    setter.words(&mut flow, word, FontFace::Regular, sizes.cell, NodeId::ROOT);
    flow
}

/// A word or state as it stands in a cell in strong emphasis or on a label.
pub(crate) fn wide_word(setter: &mut TextShaper, word: &str, sizes: &TypeSizes) -> ShapedText {
    let mut flow = ShapedText::default();
    let mark = crate::report::StatusMark {
        label: word.into(),
        fill: super::design::INK,
        ink: super::design::PAPER,
    };
    setter.label(&mut flow, &mark, sizes.cell, NodeId::ROOT);
    flow
}
