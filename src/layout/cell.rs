//! What a cell holds, as text that can be set.

use crate::report::{ObjectiveGroup, Phrase, ReportCell};
use crate::text::{TextBlock, TextBlockKind};

use super::design::{CELL, Sizes, THEME};
use super::flow::{Flow, Setter};
use super::font::Face;
use super::length::Length;
use super::tree::{NodeId, Role};

/// The header of a column.
pub(crate) fn header(setter: &mut Setter, words: &Phrase, sizes: &Sizes, node: NodeId) -> Flow {
    let mut flow = Flow::default();
    setter.phrase(&mut flow, words, Face::Bold, sizes.cell, node);
    flow
}

/// The title of a theme.
pub(crate) fn theme(setter: &mut Setter, words: &Phrase, node: NodeId) -> Flow {
    let mut flow = Flow::default();
    setter.phrase(&mut flow, words, Face::Bold, THEME, node);
    flow
}

/// An objective: its reference and wording, and the recommendation that it answers.
pub(crate) fn objective(setter: &mut Setter, group: &ObjectiveGroup, parent: NodeId) -> Flow {
    let mut flow = Flow::default();
    let lead = Some(group.reference.as_str()).filter(|r| !r.is_empty());
    setter.text(&mut flow, &group.text, lead, CELL, parent);
    if let Some(link) = &group.recommendation {
        let shown = crate::report::Link { text: link.description.clone(), ..link.clone() };
        setter.link(&mut flow, "", &[shown], CELL, parent);
    }
    flow
}

/// An objective once more, on a page that it continues on.
pub(crate) fn objective_again(
    setter: &mut Setter,
    group: &ObjectiveGroup,
    continued: &str,
) -> Flow {
    let mut flow = Flow::default();
    setter.words(
        &mut flow,
        format!("{} {continued}", group.reference).trim(),
        Face::Italic,
        CELL,
        NodeId::ARTIFACT,
    );
    setter.text(&mut flow, &group.text, None, CELL, NodeId::ROOT);
    if let Some(link) = &group.recommendation {
        setter.words(&mut flow, &link.description, Face::Regular, CELL, NodeId::ARTIFACT);
    }
    flow.spread(Length::ZERO);
    flow
}

/// What a cell of an action holds.
pub(crate) fn cell(setter: &mut Setter, cell: &ReportCell, sizes: &Sizes, parent: NodeId) -> Flow {
    let mut flow = Flow::default();
    match cell {
        ReportCell::Text(text) => match (text.blocks.as_slice(), setter.tree.node(parent).role) {
            // a cell of one paragraph is that paragraph
            (
                [TextBlock { kind: TextBlockKind::Paragraph, spans }],
                Role::Cell | Role::Header { .. },
            ) => {
                setter.spans(&mut flow, spans.iter(), sizes.cell, parent, |block| block);
            }
            _ => setter.text(&mut flow, text, None, sizes.cell, parent),
        },
        ReportCell::Link(link) => {
            setter.link(&mut flow, "", std::slice::from_ref(link), sizes.cell, parent)
        }
        ReportCell::Links(links) => {
            for link in links {
                setter.link(&mut flow, "", std::slice::from_ref(link), sizes.cell, parent);
            }
        }
        ReportCell::Date { text, .. } => {
            setter.phrase(&mut flow, text, Face::Regular, sizes.cell, parent)
        }
        ReportCell::Number(_) | ReportCell::Difference(_) | ReportCell::Share(..) => {
            setter.words(&mut flow, &cell.short(), Face::Regular, sizes.cell, parent);
        }
        ReportCell::Status { .. } => {
            if let Some(mark) = cell.status() {
                let node = setter.tree.add(parent, Role::Paragraph);
                setter.label(&mut flow, &mark, sizes.cell, node);
            }
            for words in cell.below_status() {
                let node = setter.tree.add(parent, Role::Paragraph);
                setter.phrase(&mut flow, words, Face::Regular, sizes.note, node);
            }
        }
    }
    flow
}

/// One word as it stands in a cell.
pub(crate) fn word(setter: &mut Setter, word: &str, sizes: &Sizes) -> Flow {
    let mut flow = Flow::default();
    setter.words(&mut flow, word, Face::Regular, sizes.cell, NodeId::ROOT);
    flow
}

/// A word or state as it stands in a cell in strong emphasis or on a label.
pub(crate) fn wide_word(setter: &mut Setter, word: &str, sizes: &Sizes) -> Flow {
    let mut flow = Flow::default();
    let mark = crate::report::Mark {
        label: word.into(),
        fill: super::design::INK,
        ink: super::design::PAPER,
    };
    setter.label(&mut flow, &mark, sizes.cell, NodeId::ROOT);
    flow
}
