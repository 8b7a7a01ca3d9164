//! Puts a [`Text`] together from runs of words, line breaks, emphasis and lists, as readers meet
//! them.

use std::borrow::Cow;

use super::{SmallVec, Span, SpanStyle, Text, TextBlock, TextBlockKind, first, is_blank};

/// A text in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextBuilder {
    text: Text,
    block: Option<TextBlock>,
    style: SpanStyle,
    links: Vec<String>,
    lists: Vec<OpenTextList>,
}

/// An open list.
#[derive(Debug, Clone)]
struct OpenTextList {
    /// The next number; none for bullets.
    next: Option<u32>,
    /// Whether an item has been marked as one.
    has_items: bool,
}

impl TextBuilder {
    /// Adds words in the style that is open; white space runs shrink to one space.
    pub(crate) fn words(&mut self, words: &str) {
        if self.lists.last().is_some_and(|l| !l.has_items) {
            self.typed_items(words);
        } else {
            self.run(words);
        }
    }

    /// Adds words just as they are, line breaks included.
    pub(crate) fn verbatim<'w>(&mut self, words: impl Into<Cow<'w, str>>) {
        let span = Span {
            text: words.into().into_owned(),
            style: self.style,
            link: self.links.last().cloned(),
        };
        self.block.get_or_insert_with(|| TextBlock::paragraph(SmallVec::new())).push(span);
    }

    fn run(&mut self, words: &str) {
        let words = single_spaced(words);
        if is_blank(&words) && self.block.is_none() {
            return;
        }
        self.verbatim(words);
    }

    /// Inside a list without marked items, "- " begins one: converters write `<ul> - one; - two`.
    fn typed_items(&mut self, words: &str) {
        let mut rest = words;
        loop {
            let starts_item = rest.starts_with("- ")
                && self
                    .block
                    .as_ref()
                    .is_none_or(|b| b.plain().ends_with([' ', '\n']) || b.spans.is_empty());
            if starts_item {
                self.item_block();
                rest = &rest[2..];
            }
            match rest.find(" - ") {
                Some(at) => {
                    self.run(&rest[..=at]);
                    rest = &rest[at + 1..];
                }
                None => return self.run(rest),
            }
        }
    }

    /// A line break inside a paragraph.
    pub(crate) fn line_break(&mut self) {
        if self.block.is_some() {
            self.verbatim("\n");
        }
    }

    /// Begins a paragraph, unless one without words has just begun.
    pub(crate) fn paragraph(&mut self) {
        if self.block.as_ref().is_none_or(|b| !b.spans.is_empty()) {
            self.close();
        }
    }

    /// Ends the paragraph or item.
    pub(crate) fn close(&mut self) {
        if let Some(mut block) = self.block.take() {
            block.trim();
            if !block.spans.is_empty() {
                self.text.blocks.push(block);
            }
        }
    }

    /// Begins a list; `first` is the number of its first item, none for bullets.
    pub(crate) fn list(&mut self, first: Option<u32>) {
        self.close();
        self.lists.push(OpenTextList { next: first, has_items: false });
    }

    /// Begins an item of the innermost list.
    pub(crate) fn item(&mut self) {
        match self.lists.last_mut() {
            Some(list) => list.has_items = true,
            None => self.lists.push(OpenTextList { next: None, has_items: true }),
        }
        self.item_block();
    }

    fn item_block(&mut self) {
        self.close();
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let kind = match self.lists.last_mut().and_then(|l| l.next.as_mut()) {
            Some(next) => {
                let number = *next;
                *next = next.saturating_add(1);
                TextBlockKind::Numbered { depth, number }
            }
            None => TextBlockKind::Bullet { depth },
        };
        self.block = Some(TextBlock { kind, spans: SmallVec::new() });
    }

    /// Ends the innermost list.
    pub(crate) fn end_list(&mut self) {
        self.close();
        self.lists.pop();
    }

    /// Changes the emphasis of the words that follow.
    pub(crate) fn style(&mut self, change: impl FnOnce(&mut SpanStyle)) {
        change(&mut self.style);
    }

    /// Begins a link.
    pub(crate) fn link(&mut self, target: String) {
        self.links.push(target);
    }

    /// Ends the innermost link.
    pub(crate) fn end_link(&mut self) {
        self.links.pop();
    }

    /// The text, with whatever is still open closed.
    pub(crate) fn finish(mut self) -> Text {
        self.close();
        self.text
    }
}

/// Words with each run of spaces, tabs and line ends made one space; most have none.
fn single_spaced(words: &str) -> Cow<'_, str> {
    let bytes = words.as_bytes();
    let odd = |byte| [byte == b'\t', byte == b'\n', byte == b'\r', byte == b'\x0c'];
    if first(bytes, odd).is_none() && !bytes.windows(2).any(|pair| pair == b"  ") {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        let c = if matches!(c, '\t' | '\n' | '\r' | '\u{c}') { ' ' } else { c };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_in_a_list_without_items_begin_items() {
        let mut builder = TextBuilder::default();
        builder.words("Benchmark: ");
        builder.list(None);
        builder.words(" - Number of children; - Timeliness of re-use; - Twenty-two");
        assert_eq!(
            builder.finish().to_commonmark(),
            "Benchmark:\n\n- Number of children;\n- Timeliness of re-use;\n- Twenty-two"
        );
    }
}
