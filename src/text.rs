//! Texts of a plan: paragraphs and list items with emphasis, written as CommonMark in the plan
//! file.
//!
//! A [`Text`] is what a person typed in a cell or paragraph, with its words untouched. It is not a
//! document: no headings, no tables, no raw HTML.

mod blocks;
mod builder;
mod commonmark;
mod forms;
mod small_vec;

use std::borrow::Cow;
use std::ops::Range;

use crate::language::Language;

pub use blocks::TextBlocks;
pub(crate) use builder::TextBuilder;
pub(crate) use commonmark::emphasis;
pub use small_vec::SmallVec;

/// Paragraphs and list items, in order.
///
/// ```
/// use planwright::Text;
/// let text = Text::from_commonmark("Share **findings**:\n\n- with the Police\n- with schools");
/// assert_eq!(text.blocks.len(), 3);
/// assert_eq!(text.plain(), "Share findings:\nwith the Police\nwith schools");
/// assert_eq!(text.to_commonmark(), "Share **findings**:\n\n- with the Police\n- with schools");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The blocks, in reading order.
    pub blocks: TextBlocks,
}

/// One paragraph or list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBlock {
    /// Whether it is a paragraph or stands in a list.
    pub kind: TextBlockKind,
    /// Its words.
    pub spans: SmallVec<Span>,
}

/// What a block of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextBlockKind {
    /// A paragraph.
    Paragraph,
    /// An item of a bulleted list; the depth is 0 for an outermost list.
    Bullet {
        /// How many lists it stands inside of, less one.
        depth: u8,
    },
    /// An item of a numbered list.
    Numbered {
        /// How many lists it stands inside of, less one.
        depth: u8,
        /// Its number as typed.
        number: u32,
    },
}

/// A run of words in one style. A line break inside a paragraph is `'\n'`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Their style.
    pub style: SpanStyle,
    /// Where they link to, if they are a link.
    pub link: Option<String>,
}

/// The emphasis of a run of words, and their language among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SpanStyle {
    /// Strong emphasis.
    pub bold: bool,
    /// Emphasis.
    pub italic: bool,
    /// Struck through: typed, then withdrawn.
    pub struck: bool,
    /// Their language, where it is another than that of the words around them. The texts of a plan
    /// do not name theirs.
    pub language: Option<Language>,
}

impl Span {
    /// A run of words without emphasis.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A run of words in strong emphasis.
    pub fn bold(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            style: SpanStyle { bold: true, ..SpanStyle::default() },
            link: None,
        }
    }

    pub(crate) fn alike(&self, other: &Self) -> bool {
        self.style == other.style && self.link == other.link
    }
}

/// The language that all of these are in, where that is another than that of the words around them.
pub(crate) fn language_of<'a>(spans: impl Iterator<Item = &'a Span> + Clone) -> Option<Language> {
    if spans.clone().all(|span| span.style.language.is_none()) {
        return None; // as nearly always, without a look at the words
    }
    let mut languages = spans.filter(|span| !is_blank(&span.text)).map(|span| span.style.language);
    let first = languages.next()??;
    languages.all(|language| language == Some(first)).then_some(first)
}

impl TextBlock {
    /// A paragraph of these runs.
    pub fn paragraph(spans: impl Into<SmallVec<Span>>) -> Self {
        Self { kind: TextBlockKind::Paragraph, spans: spans.into() }
    }

    /// The words without their styles.
    pub fn plain(&self) -> Cow<'_, str> {
        match self.spans.as_slice() {
            [] => Cow::Borrowed(""),
            [only] => Cow::Borrowed(&only.text),
            many => Cow::Owned(many.iter().map(|s| s.text.as_str()).collect()),
        }
    }

    /// Strikes out a part of its words, by their bytes.
    fn strike(&mut self, part: Range<usize>) {
        let mut start = 0;
        for span in std::mem::take(&mut self.spans) {
            let end = start + span.text.len();
            let [from, to] = [part.start, part.end].map(|at| at.clamp(start, end) - start);
            let struck = SpanStyle { struck: true, ..span.style };
            for (range, style) in
                [(0..from, span.style), (from..to, struck), (to..span.text.len(), span.style)]
            {
                let text = span.text[range].to_owned();
                self.push(Span { text, style, link: span.link.clone() });
            }
            start = end;
        }
    }

    /// Adds words at the end, joining them to the last run where the style is the same.
    pub fn push(&mut self, span: Span) {
        match self.spans.last_mut() {
            Some(last) if last.alike(&span) => last.text.push_str(&span.text),
            _ if span.text.is_empty() => {}
            _ => self.spans.push(span),
        }
    }

    /// Goes on with these words on the next line; the line end has their style if those before have
    /// it too.
    pub(crate) fn next_line(&mut self, span: Span) {
        match self.spans.last_mut() {
            Some(before) if before.alike(&span) => {
                before.text.push('\n');
                before.text.push_str(&span.text);
            }
            _ => {
                self.push(Span::plain("\n"));
                self.push(span);
            }
        }
    }

    /// The part of the block between two bytes of its plain words, trimmed of white space at both
    /// ends.
    #[must_use]
    pub fn slice(&self, from: usize, to: usize) -> Self {
        let mut part = Self { kind: self.kind, spans: SmallVec::new() };
        let mut start = 0;
        for span in &self.spans {
            let end = start + span.text.len();
            if start < to && end > from {
                let words = span
                    .text
                    .get(from.saturating_sub(start)..to.min(end) - start)
                    .unwrap_or_default();
                part.push(Span {
                    text: words.to_owned(),
                    style: span.style,
                    link: span.link.clone(),
                });
            }
            start = end;
        }
        part.trim();
        part
    }

    /// Takes white space from both ends, and runs without words with it.
    pub fn trim(&mut self) {
        let mut worded = false;
        self.spans.retain(|span| {
            worded |= !span.text.trim_start().is_empty();
            worded
        });
        if let Some(first) = self.spans.first_mut() {
            let spaces = first.text.len() - first.text.trim_start().len();
            first.text.drain(..spaces);
        }
        while let Some(last) = self.spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            self.spans.pop();
        }
    }
}

impl Text {
    /// A text of one paragraph without emphasis; empty words give an empty text.
    pub fn from_plain(words: &str) -> Self {
        let words = words.trim();
        if words.is_empty() {
            return Self::default();
        }
        TextBlock::paragraph(Span::plain(words)).into()
    }

    /// The language that all of its words are in, where that is another than that of the words
    /// around them.
    pub(crate) fn language(&self) -> Option<Language> {
        language_of(self.blocks.iter().flat_map(|block| &block.spans))
    }

    /// Whether there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.blocks.iter().all(|b| b.spans.iter().all(|s| is_blank(&s.text)))
    }

    /// The words without their styles; one line a block.
    pub fn plain(&self) -> Cow<'_, str> {
        match self.blocks.as_slice() {
            [] => Cow::Borrowed(""),
            [only] => only.plain(),
            many => {
                let mut out = String::new();
                for (i, block) in many.iter().enumerate() {
                    if i > 0 {
                        out.push('\n');
                    }
                    out.push_str(&block.plain());
                }
                Cow::Owned(out)
            }
        }
    }

    /// The words as a cell of a spreadsheet shows them: a line for each block, list items behind
    /// their sign, the address of a link behind its words. Each run comes with the span that it is
    /// of; signs, line ends and addresses have none. The last argument says whether it is an address.
    pub(crate) fn each_run_in_cell<'a>(
        &'a self,
        mut run: impl FnMut(&str, Option<&'a Span>, bool),
    ) {
        for (i, block) in self.blocks.iter().enumerate() {
            if i > 0 {
                run("\n", None, false);
            }
            let (depth, sign) = match block.kind {
                TextBlockKind::Paragraph => (0, String::new()),
                TextBlockKind::Bullet { depth } => (depth, "• ".to_owned()),
                TextBlockKind::Numbered { depth, number } => (depth, format!("{number}. ")),
            };
            run(&"   ".repeat(depth.into()), None, false);
            run(&sign, None, false);
            for span in &block.spans {
                run(&span.text, Some(span), false);
                if let Some(address) = span
                    .link
                    .as_deref()
                    .filter(|a| !span.text.contains(a.strip_prefix("mailto:").unwrap_or(a)))
                {
                    run(&format!(" ({address})"), None, true);
                }
            }
        }
    }

    /// The words as a cell of a spreadsheet shows them, without their styles.
    pub(crate) fn in_cell(&self) -> String {
        let mut words = String::new();
        self.each_run_in_cell(|run, _, _| words.push_str(run));
        words
    }

    /// The words of a cell of a spreadsheet: as [`in_cell`](Self::in_cell) has them, without the
    /// address of a link that the whole cell may be.
    pub(crate) fn words_of_cell(&self) -> String {
        let mut text = self.clone();
        text.blocks.iter_mut().flat_map(|block| &mut block.spans).for_each(|span| span.link = None);
        text.in_cell()
    }

    /// The words that are struck out.
    pub(crate) fn struck_words(&self) -> String {
        let struck = self.blocks.iter().flat_map(|b| &b.spans).filter(|s| s.style.struck);
        struck
            .map(|s| s.text.trim())
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Whether there are words, and all of them are struck out.
    pub(crate) fn is_struck(&self) -> bool {
        self.all_words(|style| style.struck)
    }

    /// Whether there are words, and all of them are bold.
    pub(crate) fn is_bold(&self) -> bool {
        self.all_words(|style| style.bold)
    }

    fn all_words(&self, have: impl Fn(SpanStyle) -> bool) -> bool {
        let spans = self.blocks.iter().flat_map(|block| &block.spans);
        let mut worded = spans.filter(|span| !is_blank(&span.text)).peekable();
        worded.peek().is_some() && worded.all(|span| have(span.style))
    }

    /// Strikes words out wherever they stand in a block as whole words.
    pub(crate) fn strike(&mut self, words: &str) {
        for block in &mut self.blocks {
            let plain = block.plain().into_owned();
            let is_apart = |at: usize| {
                let before = plain[..at].chars().next_back();
                let after = plain[at + words.len()..].chars().next();
                ![before, after].into_iter().flatten().any(char::is_alphanumeric)
            };
            let found: Vec<usize> =
                plain.match_indices(words).map(|(at, _)| at).filter(|at| is_apart(*at)).collect();
            for at in found {
                block.strike(at..at + words.len());
            }
        }
    }

    /// Strikes out all words.
    pub(crate) fn strike_all(&mut self) {
        for span in self.blocks.iter_mut().flat_map(|block| &mut block.spans) {
            span.style.struck = true;
        }
    }

    /// Removes the words that are struck out, and the blocks that consist of them.
    pub(crate) fn remove_struck(&mut self) {
        if !self.blocks.iter().flat_map(|block| &block.spans).any(|span| span.style.struck) {
            return;
        }
        for block in &mut self.blocks {
            for span in
                std::mem::take(&mut block.spans).into_iter().filter(|span| !span.style.struck)
            {
                let ends_in_space =
                    block.spans.last().is_none_or(|last| last.text.ends_with(char::is_whitespace));
                // the spaces around what was removed are one
                let text = if ends_in_space {
                    span.text.trim_start_matches(' ').to_owned()
                } else {
                    span.text.clone()
                };
                block.push(Span { text, ..span });
            }
            block.trim();
        }
        self.blocks.retain(|block| !block.spans.is_empty());
    }

    /// Reads CommonMark; what it has beyond paragraphs, lists, emphasis and links is kept as words.
    pub fn from_commonmark(markdown: &str) -> Self {
        commonmark::read(markdown)
    }

    /// Writes CommonMark that reads back as the same text.
    pub fn to_commonmark(&self) -> String {
        commonmark::write(self)
    }

    /// Gives back the memory that was set aside for words to come.
    pub(crate) fn shrink_to_fit(&mut self) {
        for block in &mut self.blocks {
            block.spans.iter_mut().for_each(|span| span.text.shrink_to_fit());
            block.spans.shrink_to_fit();
        }
        if !self.blocks.is_empty() {
            self.blocks.shrink_to_fit();
        }
    }

    /// Puts the blocks of another text after these.
    pub fn append(&mut self, other: Self) {
        if self.blocks.is_empty() {
            self.blocks = other.blocks;
        } else {
            self.blocks.extend(other.blocks);
        }
    }

    /// Goes on in mid-sentence: the first block of `tail` continues the last block, with a space
    /// between.
    pub fn resume(&mut self, tail: Self) {
        let mut rest = tail.blocks.into_iter();
        match (self.blocks.last_mut(), rest.next()) {
            (Some(last), Some(first)) => {
                last.push(Span {
                    text: " ".to_owned(),
                    ..last.spans.last().cloned().unwrap_or_default()
                });
                for span in first.spans {
                    last.push(span);
                }
            }
            (None, Some(first)) => self.blocks.push(first),
            (_, None) => {}
        }
        self.blocks.extend(rest);
    }
}

/// Words without white space and signs of lists, which spreadsheet programs and readers change.
pub(crate) fn comparison_key(words: &str) -> String {
    let is_left_out = |c: char| {
        c.is_whitespace() || matches!(c, '•' | '◦' | '▪' | '–' | '—' | '-' | '*' | '\u{ad}')
    };
    words.chars().filter(|c| !is_left_out(*c)).collect()
}

/// Whether a character may not stand in HTML (controls and noncharacters, HTML Living Standard
/// 13.2.3.5), or turns round the text about it: the embeddings, overrides and isolates of the
/// Unicode Bidirectional Algorithm (UAX 9, 2.1 to 2.5).
pub(crate) fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}' => true,
        _ => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

/// Where the first byte stands that is of any of some kinds. The bytes of a stretch are looked at
/// side by side, which takes kinds that are recognised by a comparison each: without that, the whole
/// conversion of 10,000 actions to HTML takes 16 % longer.
#[inline]
pub(crate) fn first<const KINDS: usize>(
    bytes: &[u8],
    kinds: impl Fn(u8) -> [bool; KINDS],
) -> Option<usize> {
    const STRETCH: usize = 16;
    let is_any = |byte: &u8| kinds(*byte).iter().fold(0, |any, is| any | u8::from(*is));
    let holds =
        |stretch: &[u8; STRETCH]| stretch.iter().fold(0, |found, byte| found | is_any(byte)) != 0;
    let (stretches, _) = bytes.as_chunks();
    let others = match stretches.iter().position(holds) {
        Some(some) => some * STRETCH,
        // what is left is looked at with some of the bytes before it
        None if bytes.last_chunk().is_some_and(|last| !holds(last)) => return None,
        None => stretches.len() * STRETCH,
    };
    bytes[others..].iter().position(|byte| is_any(byte) != 0).map(|at| others + at)
}

/// Whether there is nothing but space: as a rule the first character tells.
pub(crate) fn is_blank(words: &str) -> bool {
    words.chars().all(char::is_whitespace)
}

/// What stands for a hidden character: "[U+202E]".
pub(crate) fn named(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}

/// The words on one line.
pub(crate) fn one_line(text: &Text) -> String {
    text.plain().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
