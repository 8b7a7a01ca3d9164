//! The words inside elements, put together as a text.

use crate::colour::Colour;
use crate::diagnostic::Code;
use crate::read::html_tag::{TagEffect, effect_of};
use crate::read::typed::items::relisted;
use crate::read::typed::tidy::plain_spaces;
use crate::source::{HiddenBy, HiddenText};
use crate::text::{SpanStyle, Text, TextBuilder};

use super::diagnostics::PageDiagnostics;
use super::page::HtmlPage;
use super::style::{InheritedStyle, StyleDeclaration};
use super::tree::NodeHandle;

/// Puts a text together from the elements that are entered and left.
pub(super) struct HtmlTextBuilder<'p> {
    page: &'p HtmlPage,
    builder: TextBuilder,
    /// The same without hidden words, once there are some.
    shown: Option<TextBuilder>,
    /// The hidden words, and how they are hidden.
    hidden: Option<(String, HiddenBy)>,
    /// The colour of the words, if all have the same.
    ink: TextInk,
    /// The blocks of the footnotes whose marks came.
    footnotes: Vec<NodeHandle>,
    open: Vec<OpenElement>,
    style: SpanStyle,
    /// The byte of the source at which the first words stand.
    begun: Option<usize>,
    visibility: InheritedStyle,
    /// How many elements are open that keep line ends.
    keeps_lines: usize,
    /// Whether an item is open that Word wrote as a paragraph.
    in_item_of_word: bool,
}

/// The colour of the words of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TextInk {
    NoWords,
    All(Option<Colour>),
    Several,
}

/// A text as it was put together.
pub(super) struct HtmlText {
    /// All of its words.
    pub(super) text: Text,
    /// What of them is hidden.
    pub(super) hidden: Option<HiddenText>,
    /// The colour of all of its words, if they have one.
    pub(super) ink: Option<Colour>,
    /// The blocks of the footnotes that it has marks of.
    pub(super) footnotes: Vec<NodeHandle>,
    /// The byte of the source at which the first words stand.
    pub(super) at: usize,
}

/// An element that has been entered, and what to restore when it is left.
struct OpenElement {
    id: NodeHandle,
    style: SpanStyle,
    visibility: InheritedStyle,
    link: Option<String>,
    /// How many lists it opened.
    lists: u8,
    ends_block: bool,
    keeps_lines: bool,
    in_item_of_word: bool,
}

impl<'p> HtmlTextBuilder<'p> {
    pub(super) fn new(page: &'p HtmlPage) -> Self {
        Self {
            page,
            builder: TextBuilder::default(),
            shown: None,
            hidden: None,
            ink: TextInk::NoWords,
            footnotes: Vec::new(),
            open: Vec::new(),
            style: SpanStyle::default(),
            begun: None,
            visibility: page.styles.of_page(),
            keeps_lines: 0,
            in_item_of_word: false,
        }
    }

    /// For the words of a cell, which begin in its style.
    pub(super) fn of_cell(
        page: &'p HtmlPage,
        declared: StyleDeclaration,
        around: InheritedStyle,
    ) -> Self {
        let mut words = Self { visibility: around, ..Self::new(page) };
        words.declare(declared);
        words
    }

    /// Enters an element; false if nothing inside it is words.
    pub(super) fn enter(&mut self, id: NodeHandle, diagnostics: &mut PageDiagnostics<'_>) -> bool {
        let page = self.page;
        let name = page.tree.name(id);
        if matches!(name, "script" | "style" | "head" | "title" | "template" | "col" | "colgroup") {
            return false;
        }
        if page.footnotes.is_mark(id) {
            self.footnotes.extend(page.footnotes.of_mark(id));
            return false;
        }
        let declared = page.styles.of(&page.tree, id);
        if declared.is_marker && self.in_item_of_word {
            return false;
        }
        let mut open = OpenElement {
            id,
            style: self.style,
            visibility: self.visibility,
            link: None,
            lists: 0,
            ends_block: false,
            keeps_lines: name == "pre",
            in_item_of_word: self.in_item_of_word,
        };
        match effect_of(name, false, || link(page.tree.attribute(id, "href")?)) {
            TagEffect::Paragraph => {
                self.each(TextBuilder::paragraph);
                open.ends_block = true;
            }
            TagEffect::LineBreak => self.each(TextBuilder::line_break),
            TagEffect::List { numbered } => {
                let first = page
                    .tree
                    .attribute(id, "start")
                    .and_then(|start| start.trim().parse().ok())
                    .unwrap_or(1);
                self.each(|builder| builder.list(numbered.then_some(first)));
                open.lists = 1;
            }
            TagEffect::Item => self.each(TextBuilder::item),
            TagEffect::Bold(on) => self.style.bold = on,
            TagEffect::Italic(on) => self.style.italic = on,
            TagEffect::Struck(on) => self.style.struck = on,
            TagEffect::Link(target) => {
                self.each(|builder| builder.link(target.clone()));
                open.link = Some(target);
            }
            TagEffect::EndList | TagEffect::EndLink | TagEffect::Nothing => {}
            TagEffect::Unknown => self.table_part(id, name, &mut open, diagnostics),
        }
        self.declare(declared);
        if let Some(level) = declared.list_level.filter(|_| name == "p") {
            open.lists = self.item_of_word(id, level);
        }
        self.keeps_lines += usize::from(open.keeps_lines);
        self.open.push(open);
        true
    }

    /// Enters an element that only stands around others, as the body of a page does.
    pub(super) fn enter_frame(&mut self, id: NodeHandle) {
        self.open.push(OpenElement {
            id,
            style: self.style,
            visibility: self.visibility,
            link: None,
            lists: 0,
            ends_block: false,
            keeps_lines: false,
            in_item_of_word: self.in_item_of_word,
        });
        self.declare(self.page.styles.of(&self.page.tree, id));
    }

    fn declare(&mut self, declared: StyleDeclaration) {
        self.style.bold = declared.bold.unwrap_or(self.style.bold);
        self.style.italic = declared.italic.unwrap_or(self.style.italic);
        self.style.struck = declared.struck.unwrap_or(self.style.struck);
        self.visibility = self.visibility.inside(declared);
        let style = self.style;
        self.each(|builder| builder.style(|s| *s = style));
    }

    /// The parts of a table within a cell, whose words stay in that cell; and what has no meaning.
    fn table_part(
        &mut self,
        id: NodeHandle,
        name: &str,
        open: &mut OpenElement,
        diagnostics: &mut PageDiagnostics<'_>,
    ) {
        let tree = &self.page.tree;
        match name {
            "table" | "tr" | "caption" => {
                self.each(TextBuilder::paragraph);
                open.ends_block = true;
                let shape = self.page.shape(id);
                if shape.rows > 1 || shape.columns > 1 {
                    diagnostics.emit(
                        Code::TableInTable,
                        "a table stands in this cell; its words were kept, a line for each row",
                        tree.at(id),
                    );
                }
            }
            "td" | "th" if tree.has_element_before(id) => self.each(|builder| builder.words(" | ")),
            "td" | "th" | "html" | "body" | "tbody" | "thead" | "tfoot" | "" => {}
            // Word's own tags
            _ if name.contains(':') => {}
            _ => {
                diagnostics.tag(name, tree.at(id));
                if let Some(described) = tree.attribute(id, "alt") {
                    self.add(described, tree.at(id), diagnostics);
                }
            }
        }
    }

    /// Begins an item of a list that Word wrote as a paragraph; gives how many lists were opened
    /// for it.
    fn item_of_word(&mut self, id: NodeHandle, level: u8) -> u8 {
        let marker = self.page.marker(id);
        let number = marker.trim_end_matches(['.', ')']).parse().ok();
        // letters and numbers such as 1.1 are no marks of a text's items, so they stay as words
        if number.is_none()
            && marker != "o"
            && marker.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            return 0;
        }
        for above in (1..=level).rev() {
            self.each(|builder| builder.list(number.filter(|_| above == 1)));
        }
        self.each(TextBuilder::item);
        self.in_item_of_word = true;
        level
    }

    /// Leaves the element that was entered last.
    pub(super) fn leave(&mut self, id: NodeHandle) {
        let Some(open) = self.open.pop_if(|open| open.id == id) else { return };
        self.style = open.style;
        self.visibility = open.visibility;
        self.keeps_lines -= usize::from(open.keeps_lines);
        self.in_item_of_word = open.in_item_of_word;
        self.each(|builder| builder.style(|s| *s = open.style));
        if open.link.is_some() {
            self.each(TextBuilder::end_link);
        }
        for _ in 0..open.lists {
            self.each(TextBuilder::end_list);
        }
        if open.ends_block {
            self.each(TextBuilder::paragraph);
        }
    }

    /// Adds the words of a node.
    pub(super) fn words(&mut self, id: NodeHandle, diagnostics: &mut PageDiagnostics<'_>) {
        let Some(words) = self.page.tree.words(id) else { return };
        self.add(words, self.page.tree.at(id), diagnostics);
    }

    fn add(&mut self, words: &str, at: usize, diagnostics: &mut PageDiagnostics<'_>) {
        if words.trim().is_empty() {
            self.each(|builder| builder.words(" "));
            return;
        }
        self.begun.get_or_insert(at);
        let words = plain_spaces(words);
        let words = diagnostics.named(&words, at);
        if let Some(by) = self.visibility.hidden_by() {
            self.shown.get_or_insert_with(|| self.builder.clone());
            let (hidden, _) = self.hidden.get_or_insert_with(|| (String::new(), by));
            if !hidden.is_empty() && !hidden.ends_with(char::is_whitespace) {
                hidden.push(' ');
            }
            hidden.push_str(&words);
            let keeps_lines = self.keeps_lines > 0;
            push(&mut self.builder, &words, keeps_lines);
            return;
        }
        if self.visibility.may_hide() {
            diagnostics.doubt(at);
        }
        self.ink = match self.ink {
            TextInk::NoWords => TextInk::All(self.visibility.ink),
            TextInk::All(ink) if ink == self.visibility.ink => TextInk::All(ink),
            TextInk::All(_) | TextInk::Several => TextInk::Several,
        };
        let keeps_lines = self.keeps_lines > 0;
        self.each(|builder| push(builder, &words, keeps_lines));
    }

    /// How words are at this place.
    pub(super) fn visibility(&self) -> InheritedStyle {
        self.visibility
    }

    /// Does the same to the text with hidden words and to that without.
    fn each(&mut self, mut change: impl FnMut(&mut TextBuilder)) {
        change(&mut self.builder);
        if let Some(shown) = &mut self.shown {
            change(shown);
        }
    }

    /// Opens an outermost list for one item; `number` is its number, none for a bullet.
    pub(super) fn list(&mut self, number: Option<u32>) {
        self.each(|builder| builder.list(number));
    }

    /// What has been put together; the styles and links that are open go on.
    pub(super) fn take(&mut self) -> Option<HtmlText> {
        let mut next = TextBuilder::default();
        next.style(|s| *s = self.style);
        for link in self.open.iter().filter_map(|open| open.link.clone()) {
            next.link(link);
        }
        let finished = |builder: TextBuilder| relisted(&builder.finish());
        let text = finished(std::mem::replace(&mut self.builder, next));
        let shown = self.shown.take().map(finished).unwrap_or_default();
        let hidden = self.hidden.take().map(|(words, by)| {
            if shown.is_empty() {
                HiddenText::Whole(by)
            } else {
                HiddenText::Part { by, words: words.trim().to_owned(), shown }
            }
        });
        let ink = match std::mem::replace(&mut self.ink, TextInk::NoWords) {
            TextInk::All(ink) => ink,
            TextInk::NoWords | TextInk::Several => None,
        };
        let footnotes = std::mem::take(&mut self.footnotes);
        let at = self.begun.take()?;
        (!text.is_empty()).then_some(HtmlText { text, hidden, ink, footnotes, at })
    }
}

/// Adds words, with their line ends or without.
fn push(builder: &mut TextBuilder, words: &str, keeps_lines: bool) {
    if !keeps_lines {
        builder.words(words);
        return;
    }
    for (i, line) in words.split('\n').enumerate() {
        if i > 0 {
            builder.line_break();
        }
        builder.words(line);
    }
}

/// The target of a link, if it leads to a page or a person.
fn link(target: &str) -> Option<String> {
    let target = target.trim();
    let scheme = target.split_once(':')?.0.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "mailto").then(|| target.to_owned())
}
