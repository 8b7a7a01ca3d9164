//! The elements and words of a page, as html5ever puts them together.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

/// A node of the tree: an element, or words.
pub(super) type NodeHandle = usize;

/// The tree of a page.
pub(super) struct HtmlTree {
    nodes: Vec<HtmlNode>,
}

struct HtmlNode {
    name: QualName,
    attributes: Vec<Attribute>,
    words: StrTendril,
    is_words: bool,
    /// The byte of the source at which it begins.
    at: usize,
    depth: usize,
    parent: Option<NodeHandle>,
    previous: Option<NodeHandle>,
    next: Option<NodeHandle>,
    first: Option<NodeHandle>,
    last: Option<NodeHandle>,
}

impl HtmlTree {
    /// What all others stand in.
    pub(super) const ROOT: NodeHandle = 0;

    /// The name of an element in small letters; empty for words and for the root.
    pub(super) fn name(&self, id: NodeHandle) -> &str {
        self.nodes.get(id).map_or("", |node| &node.name.local)
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: NodeHandle, name: &str) -> Option<&str> {
        let attributes = &self.nodes.get(id)?.attributes;
        attributes.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
    }

    /// The words, if it is words.
    pub(super) fn words(&self, id: NodeHandle) -> Option<&str> {
        self.nodes.get(id).filter(|node| node.is_words).map(|node| &*node.words)
    }

    /// The byte of the source at which it begins.
    pub(super) fn at(&self, id: NodeHandle) -> usize {
        self.nodes.get(id).map_or(0, |node| node.at)
    }

    /// The element that it stands in.
    pub(super) fn parent(&self, id: NodeHandle) -> Option<NodeHandle> {
        self.nodes.get(id)?.parent
    }

    /// The node before it in the same parent.
    pub(super) fn previous(&self, id: NodeHandle) -> Option<NodeHandle> {
        self.nodes.get(id)?.previous
    }

    /// Whether an element stands before it in the same parent.
    pub(super) fn has_element_before(&self, id: NodeHandle) -> bool {
        let before = |id: &NodeHandle| self.nodes.get(*id)?.previous;
        std::iter::successors(before(&id), before).any(|id| !self.name(id).is_empty())
    }

    /// The words right inside an element, as a style sheet or title has them.
    pub(super) fn own_words(&self, id: NodeHandle) -> String {
        self.children(id).filter_map(|child| self.words(child)).collect()
    }

    /// The nodes right inside one.
    pub(super) fn children(&self, id: NodeHandle) -> impl Iterator<Item = NodeHandle> {
        let first = self.nodes.get(id).and_then(|node| node.first);
        std::iter::successors(first, |id| self.nodes.get(*id)?.next)
    }

    /// Goes through all that is inside a node, in the order of reading.
    pub(super) fn walk(&self, root: NodeHandle) -> TreeWalk<'_> {
        TreeWalk { tree: self, root, last: None }
    }
}

/// A step of going through a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TreeStep {
    /// An element begins, or words.
    Enter(NodeHandle),
    /// It ends.
    Leave(NodeHandle),
}

/// The steps through a tree. It takes no memory for depth.
pub(super) struct TreeWalk<'a> {
    tree: &'a HtmlTree,
    root: NodeHandle,
    last: Option<TreeStep>,
}

impl TreeWalk<'_> {
    /// Leaves out what is inside the node that was entered last, and the step that leaves it.
    pub(super) fn pass_over(&mut self) {
        if let Some(TreeStep::Enter(id)) = self.last {
            self.last = Some(TreeStep::Leave(id));
        }
    }
}

impl Iterator for TreeWalk<'_> {
    type Item = TreeStep;

    fn next(&mut self) -> Option<TreeStep> {
        let node = |id: NodeHandle| self.tree.nodes.get(id);
        let step = match self.last {
            None => node(self.root)?.first.map(TreeStep::Enter)?,
            Some(TreeStep::Enter(id)) => {
                node(id)?.first.map_or(TreeStep::Leave(id), TreeStep::Enter)
            }
            Some(TreeStep::Leave(id)) => match node(id)?.next {
                Some(next) => TreeStep::Enter(next),
                None => TreeStep::Leave(node(id)?.parent.filter(|parent| *parent != self.root)?),
            },
        };
        self.last = Some(step);
        Some(step)
    }
}

/// The tree in the making.
pub(super) struct HtmlTreeSink {
    tree: RefCell<HtmlTree>,
    /// The byte of the source that is being read.
    pub(super) at: Cell<usize>,
    /// How deep the deepest element stands.
    pub(super) deepest: Cell<usize>,
}

impl HtmlTreeSink {
    pub(super) fn new() -> Self {
        let sink = Self {
            tree: RefCell::new(HtmlTree { nodes: Vec::new() }),
            at: Cell::new(0),
            deepest: Cell::new(0),
        };
        sink.node(QualName::new(None, ns!(), local_name!("")), Vec::new(), None);
        sink
    }

    /// How many nodes there are, the root and those that were left out again included.
    pub(super) fn nodes(&self) -> usize {
        self.tree.borrow().nodes.len()
    }

    fn node(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        words: Option<StrTendril>,
    ) -> NodeHandle {
        let nodes = &mut self.tree.borrow_mut().nodes;
        nodes.push(HtmlNode {
            name,
            attributes,
            is_words: words.is_some(),
            words: words.unwrap_or_default(),
            at: self.at.get(),
            depth: 0,
            parent: None,
            previous: None,
            next: None,
            first: None,
            last: None,
        });
        nodes.len() - 1
    }

    fn nameless(&self, words: Option<StrTendril>) -> NodeHandle {
        self.node(QualName::new(None, ns!(), LocalName::default()), Vec::new(), words)
    }

    fn detach(&self, id: NodeHandle) {
        let nodes = &mut self.tree.borrow_mut().nodes;
        let Some(node) = nodes.get_mut(id) else { return };
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        if let Some(previous) = previous.and_then(|id| nodes.get_mut(id)) {
            previous.next = next;
        } else if let Some(parent) = parent.and_then(|id| nodes.get_mut(id)) {
            parent.first = next;
        }
        if let Some(next) = next.and_then(|id| nodes.get_mut(id)) {
            next.previous = previous;
        } else if let Some(parent) = parent.and_then(|id| nodes.get_mut(id)) {
            parent.last = previous;
        }
    }

    /// Puts a node into a parent, before one of its children or at the end.
    fn attach(&self, id: NodeHandle, parent: NodeHandle, before: Option<NodeHandle>) {
        self.detach(id);
        let nodes = &mut self.tree.borrow_mut().nodes;
        let previous = match before {
            Some(next) => nodes.get(next).and_then(|n| n.previous),
            None => nodes.get(parent).and_then(|p| p.last),
        };
        let depth = nodes.get(parent).map_or(0, |p| p.depth) + 1;
        self.deepest.set(self.deepest.get().max(depth));
        if let Some(node) = nodes.get_mut(id) {
            (node.parent, node.previous, node.next, node.depth) =
                (Some(parent), previous, before, depth);
        }
        match previous.and_then(|id| nodes.get_mut(id)) {
            Some(previous) => previous.next = Some(id),
            None => {
                if let Some(parent) = nodes.get_mut(parent) {
                    parent.first = Some(id);
                }
            }
        }
        match before.and_then(|id| nodes.get_mut(id)) {
            Some(next) => next.previous = Some(id),
            None => {
                if let Some(parent) = nodes.get_mut(parent) {
                    parent.last = Some(id);
                }
            }
        }
    }

    /// Adds to the words that stand right before, if words do.
    fn joined(&self, previous: Option<NodeHandle>, words: &StrTendril) -> bool {
        let nodes = &mut self.tree.borrow_mut().nodes;
        let node = previous.and_then(|id| nodes.get_mut(id)).filter(|node| node.is_words);
        node.map(|node| node.words.push_tendril(words)).is_some()
    }

    fn put(&self, child: NodeOrText<NodeHandle>, parent: NodeHandle, before: Option<NodeHandle>) {
        let previous = {
            let nodes = &self.tree.borrow().nodes;
            before.map_or_else(
                || nodes.get(parent).and_then(|p| p.last),
                |next| nodes.get(next).and_then(|n| n.previous),
            )
        };
        match child {
            NodeOrText::AppendNode(id) => self.attach(id, parent, before),
            NodeOrText::AppendText(words) => {
                if !self.joined(previous, &words) {
                    let id = self.nameless(Some(words));
                    self.attach(id, parent, before);
                }
            }
        }
    }

    fn parent(&self, id: NodeHandle) -> Option<NodeHandle> {
        self.tree.borrow().nodes.get(id).and_then(|node| node.parent)
    }
}

impl TreeSink for HtmlTreeSink {
    type Handle = NodeHandle;
    type Output = HtmlTree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> HtmlTree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeHandle {
        HtmlTree::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeHandle) -> Ref<'a, QualName> {
        Ref::map(self.tree.borrow(), |tree| &tree.nodes[*target].name)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> NodeHandle {
        self.node(name, attributes, None)
    }

    fn create_comment(&self, _: StrTendril) -> NodeHandle {
        self.nameless(None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeHandle {
        self.nameless(None)
    }

    fn append(&self, parent: &NodeHandle, child: NodeOrText<NodeHandle>) {
        self.put(child, *parent, None);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeHandle,
        previous: &NodeHandle,
        child: NodeOrText<NodeHandle>,
    ) {
        match self.parent(*element) {
            Some(parent) => self.put(child, parent, Some(*element)),
            None => self.put(child, *previous, None),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeHandle) -> NodeHandle {
        *target
    }

    fn same_node(&self, x: &NodeHandle, y: &NodeHandle) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeHandle, child: NodeOrText<NodeHandle>) {
        if let Some(parent) = self.parent(*sibling) {
            self.put(child, parent, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, _: &NodeHandle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &NodeHandle) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeHandle, new_parent: &NodeHandle) {
        loop {
            let Some(child) = self.tree.borrow().nodes.get(*node).and_then(|node| node.first)
            else {
                return;
            };
            self.attach(child, *new_parent, None);
        }
    }
}
