//! CommonMark in and out for [`Text`].
//!
//! Only paragraphs, lists, emphasis, strike-through (`~~`, the one extension) and links have a
//! meaning; everything else is words.

use std::fmt::Write as _;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::builder::TextBuilder;
use super::{SmallVec, Span, SpanStyle, Text, TextBlock, TextBlockKind, first, is_blank};

pub(super) fn read(markdown: &str) -> Text {
    if is_one_plain_paragraph(markdown) {
        return Text::from_plain(markdown);
    }
    let mut builder = TextBuilder::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH) {
        take(&mut builder, event);
    }
    builder.finish()
}

/// Words that no rule of CommonMark touches: the common case by far, and far cheaper than a parser.
fn is_one_plain_paragraph(words: &str) -> bool {
    // a control, or one of !&*<[\]_`~
    let marks = |b: u8| {
        [
            b < b' ',
            b == b'!',
            b == b'&',
            b == b'*',
            b == b'<',
            b.wrapping_sub(b'[') < 3,
            b.wrapping_sub(b'_') < 2,
            b == b'~',
        ]
    };
    first(words.as_bytes(), marks).is_none()
        && !starts_a_block(words)
        && !words.starts_with(' ')
        && !words.ends_with(' ')
}

/// Whether a line of words would open a block other than a paragraph.
fn starts_a_block(line: &str) -> bool {
    match line.as_bytes().first() {
        Some(
            b'#' | b'>' | b'-' | b'+' | b'=' | b'*' | b'|' | b'~' | b'`' | b'_' | b' ' | b'\t',
        ) => true,
        Some(b'0'..=b'9') => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with(['.', ')'])
        }
        _ => false,
    }
}

fn take(builder: &mut TextBuilder, event: Event<'_>) {
    match event {
        Event::Start(Tag::List(first)) => {
            builder.list(first.map(|n| u32::try_from(n).unwrap_or(u32::MAX)));
        }
        Event::End(TagEnd::List(_)) => builder.end_list(),
        Event::Start(Tag::Item) => builder.item(),
        // the first paragraph of an item is the item itself
        Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
            builder.paragraph();
        }
        Event::End(
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Item,
        ) => builder.close(),
        // as a number, a control character can stand in any text
        Event::Text(words) => builder.verbatim(crate::characters::shown(&words)),
        Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
            builder.verbatim(&*words);
        }
        Event::SoftBreak => builder.verbatim(" "),
        Event::HardBreak => builder.verbatim("\n"),
        Event::Rule => builder.verbatim("---"),
        other => emphasis(builder, &other),
    }
}

/// Emphasis, strike-through and links, which every reader of markdown takes alike.
pub(crate) fn emphasis(builder: &mut TextBuilder, event: &Event<'_>) {
    match event {
        Event::Start(Tag::Strong) => builder.style(|s| s.bold = true),
        Event::End(TagEnd::Strong) => builder.style(|s| s.bold = false),
        Event::Start(Tag::Emphasis) => builder.style(|s| s.italic = true),
        Event::End(TagEnd::Emphasis) => builder.style(|s| s.italic = false),
        Event::Start(Tag::Strikethrough) => builder.style(|s| s.struck = true),
        Event::End(TagEnd::Strikethrough) => builder.style(|s| s.struck = false),
        Event::Start(Tag::Link { link_type, dest_url, .. }) => {
            let scheme = if *link_type == LinkType::Email { "mailto:" } else { "" };
            builder.link(format!("{scheme}{dest_url}"));
        }
        Event::End(TagEnd::Link) => builder.end_link(),
        _ => {}
    }
}

/// The words of a text that [`write`] leaves as they are, with nothing before or after them: those
/// of most texts.
pub(super) fn as_it_stands(text: &Text) -> Option<&str> {
    match text.blocks.as_slice() {
        [block] if block.kind == TextBlockKind::Paragraph => {
            plain_words(block).filter(|words| !is_blank(words))
        }
        _ => None,
    }
}

/// The words of a block that need no mark.
fn plain_words(block: &TextBlock) -> Option<&str> {
    match block.spans.as_slice() {
        [only]
            if only.link.is_none()
                && only.style == SpanStyle::default()
                && is_one_plain_paragraph(&only.text) =>
        {
            Some(&only.text)
        }
        _ => None,
    }
}

pub(super) fn write(text: &Text) -> String {
    let mut out = String::new();
    let mut lists = OpenLists::default();
    for block in text.blocks.iter().filter(|b| b.spans.iter().any(|s| !is_blank(&s.text))) {
        lists.begin(&mut out, block.kind);
        match plain_words(block) {
            Some(words) => out.push_str(words),
            None => write_marked(&mut out, block),
        }
    }
    out
}

/// The lists that are open, the outermost first: they decide how the marker of an item is written.
#[derive(Default)]
struct OpenLists {
    open: Vec<MarkedList>,
}

/// A list, as its last item left it.
#[derive(Clone, Copy)]
struct MarkedList {
    /// The number of the item; none for bullets.
    number: Option<u32>,
    /// Whether numbers end in a bracket: a new list beside another needs another form.
    bracket: bool,
    /// How far the words of the item are indented.
    words: usize,
}

impl OpenLists {
    /// Begins a block: writes what parts it from the block before, and the marker of an item.
    fn begin(&mut self, out: &mut String, kind: TextBlockKind) {
        let (depth, number) = match kind {
            TextBlockKind::Paragraph => {
                self.open.clear();
                out.push_str(if out.is_empty() { "" } else { "\n\n" });
                return;
            }
            TextBlockKind::Bullet { depth } => (depth, None),
            TextBlockKind::Numbered { depth, number } => (depth, Some(number)),
        };
        // an item can be one deeper than the item before it, no more
        let depth = usize::from(depth).min(self.open.len());
        // CommonMark 5.2: what begins a list inside an item without a blank line above it has the
        // number 1
        let begins_late = depth == self.open.len() && number.is_some_and(|number| number != 1);
        let is_close =
            self.open.last().is_some_and(|before| before.number.is_some() == number.is_some())
                && !begins_late;
        if !out.is_empty() {
            out.push_str(if is_close { "\n" } else { "\n\n" });
        }
        let before = self.open.get(depth).copied();
        self.open.truncate(depth);
        let bracket = match before.and_then(|earlier| Some((earlier, earlier.number?))) {
            Some((earlier, counted)) if number == counted.checked_add(1) => earlier.bracket,
            Some((earlier, _)) => !earlier.bracket,
            None => false,
        };
        let marker = match number {
            None => "- ".to_owned(),
            Some(number) => format!("{number}{} ", if bracket { ')' } else { '.' }),
        };
        // CommonMark 5.2: an item inside another is indented as far as the other's words, and no
        // more than three spaces further
        let indent = self.open.last().map_or(0, |outer| outer.words.max(4 * depth));
        out.extend(std::iter::repeat_n(' ', indent));
        out.push_str(&marker);
        self.open.push(MarkedList { number, bracket, words: indent + marker.len() });
    }
}

/// Writes a block that may need marks, in the plainest form that reads back as the same words and
/// styles.
fn write_marked(out: &mut String, block: &TextBlock) {
    let block = settled(block);
    // no marks can say a few combinations of styles: then the words stay, and their emphasis goes
    let bare = settled(&TextBlock::paragraph(vec![Span::plain(block.plain())]));
    let written = [&block, &bare].into_iter().find_map(|block| {
        let expected = if block.spans.is_empty() { Text::default() } else { block.clone().into() };
        [Escaping::Light, Escaping::Heavy]
            .into_iter()
            .map(|form| write_spans(&block.spans, form))
            .find(|written| read(written) == expected)
    });
    out.push_str(&written.unwrap_or_else(|| write_spans(&bare.spans, Escaping::Heavy)));
}

/// A paragraph with its white space as CommonMark keeps it: none at the ends of lines, one line
/// break at a time.
fn settled(block: &TextBlock) -> TextBlock {
    let mut out = TextBlock::paragraph(SmallVec::new());
    let mut waiting: Option<(char, &Span)> = None;
    for (c, span) in block.spans.iter().flat_map(|span| span.text.chars().map(move |c| (c, span))) {
        match c {
            '\n' | '\r' => waiting = Some(('\n', span)),
            ' ' | '\t' if waiting.is_none_or(|(w, _)| w == ' ') => waiting = Some((' ', span)),
            ' ' | '\t' => {}
            _ => {
                if let Some((space, owner)) = waiting.take().filter(|_| !out.spans.is_empty()) {
                    // a space between two styles belongs to neither's marks
                    let same =
                        owner.alike(span) && out.spans.last().is_some_and(|last| last.alike(span));
                    let linked = out
                        .spans
                        .last()
                        .is_some_and(|last| last.link.is_some() && last.link == span.link);
                    let style = if same { span.style } else { SpanStyle::default() };
                    add(&mut out, space, style, span.link.as_deref().filter(|_| linked));
                }
                add(&mut out, c, span.style, span.link.as_deref());
            }
        }
    }
    out
}

/// Adds a character to the last run, or begins one where its style or link is another.
fn add(block: &mut TextBlock, c: char, style: SpanStyle, link: Option<&str>) {
    match block.spans.last_mut() {
        Some(last) if last.style == style && last.link.as_deref() == link => last.text.push(c),
        _ => block.spans.push(Span { text: c.to_string(), style, link: link.map(str::to_owned) }),
    }
}

/// How much is escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escaping {
    /// What would otherwise be a mark, and nothing else: the plan file is read by people too.
    Light,
    /// Every sign, and letters that touch a mark as numbers.
    Heavy,
}

fn write_spans(spans: &[Span], form: Escaping) -> String {
    let mut out = String::new();
    let mut rest = spans;
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|s| s.link == first.link).count();
        if first.link.is_some() {
            out.push('[');
        }
        for (i, span) in rest[..run].iter().enumerate() {
            let touches = AdjacentMarks {
                before: is_marked(rest, i.checked_sub(1)),
                after: is_marked(rest, Some(i + 1)),
            };
            write_span(&mut out, span, touches, form);
        }
        if let Some(link) = &first.link {
            out.push_str("](<");
            out.push_str(
                &link
                    .replace('\\', "\\\\")
                    .replace('<', "%3C")
                    .replace('>', "%3E")
                    .replace('\n', "%0A"),
            );
            out.push_str(">)");
        }
        rest = &rest[run..];
    }
    guarded(&out)
}

fn is_marked(spans: &[Span], at: Option<usize>) -> bool {
    at.and_then(|i| spans.get(i)).is_some_and(|s| s.style != SpanStyle::default())
}

/// Whether marks stand right before or after a run of words.
#[derive(Clone, Copy)]
struct AdjacentMarks {
    before: bool,
    after: bool,
}

fn write_span(out: &mut String, span: &Span, touches: AdjacentMarks, form: Escaping) {
    let SpanStyle { bold, italic, struck, .. } = span.style;
    let italic_mark = if form == Escaping::Light { "*" } else { "_" };
    let marks = [(struck, "~~"), (bold, "**"), (italic, italic_mark)];
    for (_, mark) in marks.iter().filter(|(on, _)| *on) {
        out.push_str(mark);
    }
    match form {
        Escaping::Light => escape_light(out, &span.text),
        Escaping::Heavy => escape_heavy(out, &span.text, touches),
    }
    for (_, mark) in marks.iter().rev().filter(|(on, _)| *on) {
        out.push_str(mark);
    }
}

fn escape_light(out: &mut String, words: &str) {
    let bytes = words.as_bytes();
    for (i, c) in words.char_indices() {
        let next = bytes.get(i + 1).copied();
        let marks = match c {
            '*' | '`' | '[' | ']' | '~' | '\n' => true,
            '\\' => next.is_none_or(|n| n.is_ascii_punctuation() || n == b'\n'),
            // an underscore inside a word is never a mark
            '_' => {
                !(i > 0
                    && bytes[i - 1].is_ascii_alphanumeric()
                    && next.is_some_and(|n| n.is_ascii_alphanumeric()))
            }
            '<' => next.is_some_and(|n| n.is_ascii_alphabetic() || matches!(n, b'/' | b'!' | b'?')),
            '&' => entity_follows(&words[i..]),
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
    }
}

/// CommonMark 6.2: whether a mark opens or closes depends on the characters beside it. As numbers,
/// letters are punctuation to it.
fn escape_heavy(out: &mut String, words: &str, touches: AdjacentMarks) {
    let last = words.char_indices().next_back().map_or(0, |(i, _)| i);
    for (i, c) in words.char_indices() {
        let touching = (i == 0 && touches.before) || (i == last && touches.after);
        if c.is_ascii_punctuation() || c == '\n' {
            out.push('\\');
            out.push(c);
        } else if touching && !c.is_whitespace() {
            let _ = write!(out, "&#{};", u32::from(c)); // a string takes all that is written to it
        } else {
            out.push(c);
        }
    }
}

fn entity_follows(words: &str) -> bool {
    // up to the next character that is in no name: what stands behind it may be long, and full of
    // ampersands
    let name =
        words.bytes().skip(1).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    name > 0 && words.as_bytes().get(name + 1) == Some(&b';')
}

/// Escapes the first character of each line where it would open a list, heading or quotation.
fn guarded(written: &str) -> String {
    let mut out = String::with_capacity(written.len() + 2);
    for (i, line) in written.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        // "2011. Then" is words, not item 2011; marks of emphasis have been settled already
        let opens = starts_a_block(line) && !line.starts_with(['*', '~', '_', '`', '\\']);
        if opens {
            out.push_str(&line[..digits]);
            out.push('\\');
            out.push_str(&line[digits..]);
        } else {
            out.push_str(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_the_same() {
        for words in [
            "2011. A year",
            "- not an item",
            "# not a heading",
            "a * b and snake_case and _this_",
            "R&A Managers, AT&T; and &amp; as typed",
            "<p>tags as typed</p> and 3 < 4",
            "back\\slash \\* and `code`",
            "> 90% of cases",
            "+1 and = and | pipes |",
            "line one\nline two\n- not an item",
            "[not](a link) ![nor an image]",
            "~~ tilde ~ and ~",
            "1) first",
            "Setext\n===\nand\n---",
            "ends with a backslash \\",
            "http://example.org/a_b_c and me@example.org!",
        ] {
            let text = Text::from(TextBlock::paragraph(vec![Span::plain(words)]));
            assert_eq!(read(&write(&text)), text, "{}", write(&text));
        }
    }

    #[test]
    fn emphasis_links_and_lists_read_back_the_same() {
        for markdown in [
            "**bold** and *italic* and ~~struck~~ and ***both***",
            "see [the *report*](<https://example.org/a b>)",
            "Share:\n\n- one\n    - one deep\n- two\n\nafter",
            "1. first\n2. second",
            "1. first\n\n    3. third inside\n    4. fourth\n2. second",
            "1. first\n    1. inside\n\n3) another list",
            "1. first\n    - inside\n\n5) another list",
            "1000. thousandth\n      - inside",
        ] {
            let text = read(markdown);
            assert_eq!(read(&write(&text)), text, "{}", write(&text));
        }
    }

    #[test]
    fn plain_words_stay_as_they_were_typed() {
        let words = "Amend key documents (Child Protection Plan), e.g. 15% - \"hits\"";
        assert_eq!(write(&Text::from_plain(words)), words);
    }
}
