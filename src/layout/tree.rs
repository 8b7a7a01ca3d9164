//! The logical structure: what each thing on the pages is, in reading order (ISO 32000-1, 14.7 and
//! 14.8).
//!
//! A node has either nodes or words below it, never both, so that the order of what it holds needs
//! no word of its own.

use crate::language::Language;

/// A node of the tree, by its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(crate) u32);

impl NodeId {
    /// What is no content: backgrounds, rules, and whatever is repeated (ISO 14289-1, 7.1).
    pub(crate) const ARTIFACT: Self = Self(u32::MAX);
    /// The running words at the foot of a page, which are no content either (ISO 14289-1, 7.8).
    pub(crate) const FOOTER: Self = Self(u32::MAX - 1);
    /// The running words at its head.
    pub(crate) const HEADER: Self = Self(u32::MAX - 2);
    /// The document itself.
    pub(crate) const ROOT: Self = Self(0);

    /// Whether it stands for what is no content.
    pub(crate) fn is_artifact(self) -> bool {
        self >= Self::HEADER
    }
}

/// What a node is: the standard structure types of ISO 32000-1, 14.8.4, with the attributes that
/// they need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StructureRole {
    Document,
    Heading(u8),
    Paragraph,
    Span,
    /// Words struck through.
    Struck,
    List,
    NumberedList,
    ListItem,
    Label,
    ListBody,
    Table,
    Caption,
    TableHead,
    TableBody,
    Row,
    /// A header cell.
    Header {
        scope: HeaderScope,
        columns: u16,
        rows: u32,
        /// The header cells above it in rank, if the position alone does not tell: their nodes.
        under: [Option<NodeId>; 2],
    },
    Cell,
    /// A picture, by its place in the list of pictures.
    Figure(u32),
    /// An abbreviation, by its place in the list of what they stand for.
    Abbreviation(u32),
    /// A table of contents.
    Contents,
    /// An entry of a table of contents.
    ContentsItem,
    /// What an entry of a table of contents speaks of.
    Reference,
    /// A place kept for what a page break may bring: no part of the tree unless it becomes
    /// something else.
    Kept,
    /// A link, by its place in the list of links.
    Link(u32),
}

/// What a header cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderScope {
    Column,
    Row,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct StructureNode {
    pub(crate) parent: NodeId,
    pub(crate) role: StructureRole,
    /// The language of its words, where that is another than that of what is around it (ISO
    /// 32000-1, 14.9.2).
    pub(crate) language: Option<Language>,
}

/// The nodes, each after its parent and in reading order.
#[derive(Debug)]
pub(crate) struct StructureTree {
    nodes: Vec<StructureNode>,
}

impl StructureTree {
    /// The largest number of a node.
    const MOST: u32 = NodeId::HEADER.0 - 1;

    pub(crate) fn new() -> Self {
        Self {
            nodes: vec![StructureNode {
                parent: NodeId::ROOT,
                role: StructureRole::Document,
                language: None,
            }],
        }
    }

    pub(crate) fn add(&mut self, parent: NodeId, role: StructureRole) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(Self::MOST));
        self.nodes.push(StructureNode { parent, role, language: None });
        id
    }

    /// Makes a node something else: what a page break shows it to be.
    pub(crate) fn becomes(&mut self, id: NodeId, role: StructureRole) {
        if let Some(node) = self.nodes.get_mut(id.0 as usize) {
            node.role = role;
        }
    }

    /// Says which language the words of a node are in, if it is not that of what is around it.
    pub(crate) fn speak(&mut self, id: NodeId, language: Option<Language>) {
        if let Some(node) = self.nodes.get_mut(id.0 as usize).filter(|_| id != NodeId::ROOT) {
            node.language = language;
        }
    }

    /// A plain header cell of one row and one column.
    pub(crate) fn header(&mut self, row: NodeId, scope: HeaderScope) -> NodeId {
        self.add(row, StructureRole::Header { scope, columns: 1, rows: 1, under: [None; 2] })
    }

    pub(crate) fn node(&self, id: NodeId) -> StructureNode {
        self.nodes[id.0 as usize]
    }

    pub(crate) fn nodes(&self) -> &[StructureNode] {
        &self.nodes
    }
}
