//! The blocks of a page, in the order of reading.

use crate::error::Error;
use crate::limits::Limits;
use crate::place::{Place, Sourced};
use crate::read::html_tag::{TagEffect, effect_of};
use crate::read::typed::items::dotted;
use crate::source::{Block, HiddenText};
use crate::text::{Text, TextBlockKind};

use super::diagnostics::PageDiagnostics;
use super::page::HtmlPage;
use super::table;
use super::tree::{HtmlTree, NodeHandle, TreeStep};
use super::words::{HtmlText, HtmlTextBuilder};

/// The headings, paragraphs, lists and tables of a page.
pub(super) fn blocks(
    page: &HtmlPage,
    limits: &Limits,
    diagnostics: &mut PageDiagnostics<'_>,
) -> Result<Vec<Block>, Error> {
    let mut flow = BlockFlow {
        page,
        limits,
        diagnostics,
        words: HtmlTextBuilder::new(page),
        blocks: Vec::new(),
        items: Vec::new(),
        hidden_items: Vec::new(),
        lists: Vec::new(),
        heading: None,
    };
    let mut walk = page.tree.walk(HtmlTree::ROOT);
    while let Some(step) = walk.next() {
        match step {
            TreeStep::Enter(id) if page.tree.words(id).is_some() => {
                flow.words.words(id, flow.diagnostics);
            }
            TreeStep::Enter(id) if flow.enter(id)? => {}
            TreeStep::Enter(_) => walk.pass_over(),
            TreeStep::Leave(id) => flow.leave(id),
        }
    }
    flow.end_block();
    flow.end_list();
    Ok(flow.with_title())
}

struct BlockFlow<'a, 't> {
    page: &'a HtmlPage,
    limits: &'a Limits,
    diagnostics: &'a mut PageDiagnostics<'t>,
    words: HtmlTextBuilder<'a>,
    blocks: Vec<Block>,
    /// The items of the list that is open.
    items: Vec<Sourced<Text>>,
    /// Items of it, or parts of them, that the page hides.
    hidden_items: Vec<Block>,
    /// The lists that are open, each with the number of its next item; none for bullets.
    lists: Vec<Option<u32>>,
    /// The level of the heading that is open.
    heading: Option<u8>,
}

/// What an element does to the flow of blocks.
enum FlowEffect {
    Table,
    Heading(u8),
    List {
        numbered: bool,
    },
    Item,
    Block,
    /// A part of a table that only puts things beside one another, or what stands around all else.
    Frame,
    Words,
}

impl BlockFlow<'_, '_> {
    fn part(&self, id: NodeHandle) -> FlowEffect {
        let name = self.page.tree.name(id);
        let level = name
            .strip_prefix('h')
            .and_then(|level| level.parse().ok())
            .filter(|level| (1..=6).contains(level));
        match name {
            "table" if !self.page.is_layout(id) => FlowEffect::Table,
            "table" | "caption" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "html"
            | "body" => FlowEffect::Frame,
            "li" => FlowEffect::Item,
            _ => match (level, effect_of(name, false, || None)) {
                (Some(level), _) => FlowEffect::Heading(level),
                (None, TagEffect::List { numbered }) => FlowEffect::List { numbered },
                (None, TagEffect::Paragraph) => FlowEffect::Block,
                _ => FlowEffect::Words,
            },
        }
    }

    /// Enters an element; false if what is inside it has been read, or is not to be.
    fn enter(&mut self, id: NodeHandle) -> Result<bool, Error> {
        if self.page.footnotes.is_of_cells(id)
            && self
                .words
                .visibility()
                .inside(self.page.styles.of(&self.page.tree, id))
                .hidden_by()
                .is_none()
        {
            self.end_block();
            return Ok(false);
        }
        match self.part(id) {
            FlowEffect::Table => {
                self.table(id)?;
                return Ok(false);
            }
            FlowEffect::Heading(level) => {
                self.end_block();
                self.heading = Some(level);
            }
            FlowEffect::List { numbered } => {
                if self.lists.is_empty() {
                    self.end_block();
                }
                let start = self
                    .page
                    .tree
                    .attribute(id, "start")
                    .and_then(|start| start.trim().parse().ok());
                self.lists.push(numbered.then_some(start.unwrap_or(1)));
            }
            FlowEffect::Item => {
                if let [number] = self.lists.as_mut_slice() {
                    let this = *number;
                    *number = number.map(|n: u32| n.saturating_add(1));
                    self.end_block();
                    self.words.list(this);
                }
            }
            FlowEffect::Frame => {
                self.end_block();
                self.words.enter_frame(id);
                return Ok(true);
            }
            FlowEffect::Block if self.lists.is_empty() => self.end_block(),
            FlowEffect::Block | FlowEffect::Words => {}
        }
        Ok(self.words.enter(id, self.diagnostics))
    }

    fn leave(&mut self, id: NodeHandle) {
        self.words.leave(id);
        match self.part(id) {
            FlowEffect::Heading(_) => {
                self.end_block();
                self.heading = None;
            }
            FlowEffect::List { .. } => {
                if self.lists.len() == 1 {
                    self.end_block();
                    self.end_list();
                }
                self.lists.pop();
            }
            FlowEffect::Item if self.lists.len() == 1 => self.end_block(),
            FlowEffect::Frame => self.end_block(),
            FlowEffect::Block if self.lists.is_empty() => self.end_block(),
            FlowEffect::Table | FlowEffect::Item | FlowEffect::Block | FlowEffect::Words => {}
        }
    }

    /// Ends the paragraph, heading or item that is open.
    fn end_block(&mut self) {
        let Some(HtmlText { text, hidden, at, .. }) = self.words.take() else { return };
        let place = self.diagnostics.place(at);
        let text = match hidden {
            None => text,
            Some(HiddenText::Whole(_)) => {
                self.hide(text, place);
                return;
            }
            Some(HiddenText::Part { words, shown, .. }) => {
                self.hide(Text::from_plain(&words), place.clone());
                shown
            }
        };
        if let Some(level) = self.heading {
            self.end_list();
            self.blocks.push(Block::Heading { level, text: Sourced::new(text, place) });
            return;
        }
        if !self.lists.is_empty() {
            self.items.push(Sourced::new(text, place));
            return;
        }
        for block in text.blocks {
            // Word, when it leaves out its own marks, writes items as paragraphs that begin with a
            // dot
            let block = dotted(&block).unwrap_or(block);
            let depth = match block.kind {
                TextBlockKind::Paragraph => None,
                TextBlockKind::Bullet { depth } | TextBlockKind::Numbered { depth, .. } => {
                    Some(depth)
                }
            };
            let text = Text::from(block);
            match (depth, self.items.last_mut()) {
                (None, _) => {
                    self.end_list();
                    self.blocks.push(Block::Paragraph(Sourced::new(text, place.clone())));
                }
                (Some(1..), Some(item)) => item.value.append(text),
                (Some(_), _) => self.items.push(Sourced::new(text, place.clone())),
            }
        }
    }

    fn end_list(&mut self) {
        if !self.items.is_empty() {
            self.blocks.push(Block::List(std::mem::take(&mut self.items)));
        }
        self.blocks.append(&mut self.hidden_items);
    }

    /// Takes a text that the page hides.
    fn hide(&mut self, text: Text, place: Place) {
        let text = Sourced::new(text, place);
        let block = match self.heading {
            Some(level) => Block::Heading { level, text },
            None => Block::Paragraph(text),
        };
        let block = Block::Hidden(Box::new(block));
        if self.items.is_empty() { self.blocks.push(block) } else { self.hidden_items.push(block) }
    }

    fn table(&mut self, id: NodeHandle) -> Result<(), Error> {
        self.end_block();
        self.end_list();
        let tree = &self.page.tree;
        let around = self.words.visibility();
        for caption in tree.children(id).filter(|id| tree.name(*id) == "caption") {
            let declared = self.page.styles.of(tree, caption);
            if let Some(HtmlText { text, hidden, at, .. }) =
                table::words(self.page, caption, around, declared, self.diagnostics)
            {
                let place = self.diagnostics.place(at);
                let block = Block::Paragraph(Sourced::new(text, place));
                self.blocks.push(if hidden.is_some() {
                    Block::Hidden(Box::new(block))
                } else {
                    block
                });
            }
        }
        let grid = table::read(self.page, id, around, self.limits, self.diagnostics)?;
        if !grid.rows.is_empty() {
            self.blocks.push(Block::Grid(grid));
        }
        Ok(())
    }

    /// The blocks; a page without a heading has the title in its head for one.
    fn with_title(mut self) -> Vec<Block> {
        if self.blocks.iter().any(|block| matches!(block, Block::Heading { .. })) {
            return self.blocks;
        }
        if let Some(title) = self.page.title {
            let words =
                self.page.tree.own_words(title).split_whitespace().collect::<Vec<_>>().join(" ");
            let at = self.page.tree.children(title).next().unwrap_or(title);
            if !words.is_empty() {
                let text = Text::from_plain(&self.diagnostics.named(&words, self.page.tree.at(at)));
                let place = self.diagnostics.place(self.page.tree.at(at));
                self.blocks.insert(0, Block::Heading { level: 1, text: Sourced::new(text, place) });
            }
        }
        self.blocks
    }
}
