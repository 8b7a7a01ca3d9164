//! What there is to know of a page before its words are read.

use std::collections::HashMap;

use super::footnotes::PageFootnotes;
use super::style::StyleSheet;
use super::tree::{HtmlTree, NodeHandle, TreeStep};

/// A page: its tree, and what its tables and styles are like.
pub(super) struct HtmlPage {
    pub(super) tree: HtmlTree,
    pub(super) styles: StyleSheet,
    /// The title that its head gives it, and where.
    pub(super) title: Option<NodeHandle>,
    pub(super) footnotes: PageFootnotes,
    shapes: HashMap<NodeHandle, TableExtent>,
}

/// How large a table is, and whether others stand in it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TableExtent {
    pub(super) rows: usize,
    /// The cells of its longest row.
    pub(super) columns: usize,
    has_tables: bool,
}

impl HtmlPage {
    pub(super) fn new(tree: HtmlTree) -> Self {
        let (mut styles, mut title, mut shapes) = (StyleSheet::default(), None, HashMap::new());
        let mut open: Vec<(NodeHandle, TableExtent, usize)> = Vec::new();
        let mut sheets = Vec::new();
        for step in tree.walk(HtmlTree::ROOT) {
            if let TreeStep::Enter(id) = step
                && let Some(style) = tree.attribute(id, "style")
            {
                styles.learn(style);
            }
            match step {
                TreeStep::Enter(id) => match (tree.name(id), open.last_mut()) {
                    ("table", around) => {
                        if let Some((_, shape, _)) = around {
                            shape.has_tables = true;
                        }
                        open.push((id, TableExtent::default(), 0));
                    }
                    ("tr", Some((_, shape, cells))) => {
                        shape.rows += 1;
                        *cells = 0;
                    }
                    ("td" | "th", Some((_, shape, cells))) => {
                        *cells += 1;
                        shape.columns = shape.columns.max(*cells);
                    }
                    ("link", _)
                        if tree
                            .attribute(id, "rel")
                            .is_some_and(|rel| rel.to_ascii_lowercase().contains("stylesheet")) =>
                    {
                        styles.miss();
                    }
                    ("style", _) => {
                        let sheet = tree.own_words(id);
                        styles.learn(&sheet);
                        sheets.push(sheet);
                    }
                    ("title", _) => title = title.or(Some(id)),
                    _ => {}
                },
                TreeStep::Leave(id) => {
                    if let Some((id, shape, _)) = open.pop_if(|(table, ..)| *table == id) {
                        shapes.insert(id, shape);
                    }
                }
            }
        }
        for sheet in sheets {
            styles.take(&sheet);
        }
        Self { tree, styles, title, footnotes: PageFootnotes::default(), shapes }
    }

    /// The page with its footnotes found.
    pub(super) fn with_footnotes(self) -> Self {
        Self { footnotes: PageFootnotes::find(&self), ..self }
    }

    /// The shape of a table.
    pub(super) fn shape(&self, table: NodeHandle) -> TableExtent {
        self.shapes.get(&table).copied().unwrap_or_default()
    }

    /// Whether a table only puts things side by side or below one another: it has one cell, or one
    /// row or column with tables in it.
    pub(super) fn is_layout(&self, table: NodeHandle) -> bool {
        let TableExtent { rows, columns, has_tables } = self.shape(table);
        (rows <= 1 && columns <= 1) || (has_tables && (rows <= 1 || columns <= 1))
    }

    /// The bullet or number that Word wrote before an item.
    pub(super) fn marker(&self, item: NodeHandle) -> String {
        let is_marker = |id: NodeHandle| self.styles.of(&self.tree, id).is_marker;
        let marker = self.tree.walk(item).find_map(|step| match step {
            TreeStep::Enter(id) if is_marker(id) => Some(id),
            _ => None,
        });
        let words =
            marker.into_iter().flat_map(|id| self.tree.walk(id)).filter_map(|step| match step {
                TreeStep::Enter(id) => self.tree.words(id),
                TreeStep::Leave(_) => None,
            });
        words.collect::<String>().trim().to_owned()
    }
}
