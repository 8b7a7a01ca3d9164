//! What there is to know of a page before its words are read.

use std::collections::HashMap;

use super::footnotes::Footnotes;
use super::style::Styles;
use super::tree::{Id, Step, Tree};

/// A page: its tree, and what its tables and styles are like.
pub(super) struct Page {
    pub(super) tree: Tree,
    pub(super) styles: Styles,
    /// The title that its head gives it, and where.
    pub(super) title: Option<Id>,
    pub(super) footnotes: Footnotes,
    shapes: HashMap<Id, Shape>,
}

/// How large a table is, and whether others stand in it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    pub(super) rows: usize,
    /// The cells of its longest row.
    pub(super) columns: usize,
    has_tables: bool,
}

impl Page {
    pub(super) fn new(tree: Tree) -> Self {
        let (mut styles, mut title, mut shapes) = (Styles::default(), None, HashMap::new());
        let mut open: Vec<(Id, Shape, usize)> = Vec::new();
        for step in tree.walk(Tree::ROOT) {
            match step {
                Step::Enter(id) => match (tree.name(id), open.last_mut()) {
                    ("table", around) => {
                        if let Some((_, shape, _)) = around {
                            shape.has_tables = true;
                        }
                        open.push((id, Shape::default(), 0));
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
                    ("style", _) => styles.take(&tree.own_words(id)),
                    ("title", _) => title = title.or(Some(id)),
                    _ => {}
                },
                Step::Leave(id) => {
                    if let Some((id, shape, _)) = open.pop_if(|(table, ..)| *table == id) {
                        shapes.insert(id, shape);
                    }
                }
            }
        }
        Self { tree, styles, title, footnotes: Footnotes::default(), shapes }
    }

    /// The page with its footnotes found.
    pub(super) fn with_footnotes(self) -> Self {
        Self { footnotes: Footnotes::find(&self), ..self }
    }

    /// The shape of a table.
    pub(super) fn shape(&self, table: Id) -> Shape {
        self.shapes.get(&table).copied().unwrap_or_default()
    }

    /// Whether a table only puts things side by side or below one another: it has one cell, or one
    /// row or column with tables in it.
    pub(super) fn is_layout(&self, table: Id) -> bool {
        let Shape { rows, columns, has_tables } = self.shape(table);
        (rows <= 1 && columns <= 1) || (has_tables && (rows <= 1 || columns <= 1))
    }

    /// The bullet or number that Word wrote before an item.
    pub(super) fn marker(&self, item: Id) -> String {
        let is_marker = |id: Id| self.styles.of(&self.tree, id).is_marker;
        let marker = self.tree.walk(item).find_map(|step| match step {
            Step::Enter(id) if is_marker(id) => Some(id),
            _ => None,
        });
        let words =
            marker.into_iter().flat_map(|id| self.tree.walk(id)).filter_map(|step| match step {
                Step::Enter(id) => self.tree.words(id),
                Step::Leave(_) => None,
            });
        words.collect::<String>().trim().to_owned()
    }
}
