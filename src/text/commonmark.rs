//! CommonMark in and out for [`Text`].
//!
//! Only paragraphs, lists, emphasis, strike-through (`~~`, the one extension) and links have a meaning; everything else is words.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::builder::TextBuilder;
use super::{Span, Text, TextBlockKind};

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
    !words.bytes().any(|b| matches!(b, b'\n' | b'\r' | b'\t' | b'*' | b'_' | b'[' | b'<' | b'&' | b'\\' | b'`' | b'~' | b'!'))
        && !starts_a_block(words)
        && !words.starts_with(' ')
        && !words.ends_with(' ')
}

/// Whether a line of words would open a block other than a paragraph.
fn starts_a_block(line: &str) -> bool {
    match line.as_bytes().first() {
        Some(b'#' | b'>' | b'-' | b'+' | b'=' | b'*' | b'|' | b'~' | b'`' | b'_' | b' ' | b'\t') => true,
        Some(b'0'..=b'9') => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with(['.', ')'])
        }
        _ => false,
    }
}

fn take(builder: &mut TextBuilder, event: Event<'_>) {
    match event {
        Event::Start(Tag::List(first)) => builder.list(first.map(|n| u32::try_from(n).unwrap_or(u32::MAX))),
        Event::End(TagEnd::List(_)) => builder.end_list(),
        Event::Start(Tag::Item) => builder.item(),
        // the first paragraph of an item is the item itself
        Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => builder.paragraph(),
        Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Item) => builder.close(),
        Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => builder.verbatim(&words),
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

pub(super) fn write(text: &Text) -> String {
    let mut out = String::new();
    let mut previous: Option<TextBlockKind> = None;
    for block in &text.blocks {
        if let Some(previous) = previous {
            let within_list = previous != TextBlockKind::Paragraph && block.kind != TextBlockKind::Paragraph;
            out.push_str(if within_list { "\n" } else { "\n\n" });
        }
        match block.kind {
            TextBlockKind::Paragraph => {}
            TextBlockKind::Bullet { depth } => {
                indent(&mut out, depth);
                out.push_str("- ");
            }
            TextBlockKind::Numbered { depth, number } => {
                indent(&mut out, depth);
                out.push_str(&number.to_string());
                out.push_str(". ");
            }
        }
        let start = out.len();
        write_spans(&mut out, &block.spans);
        guard_line_starts(&mut out, start, block.kind);
        previous = Some(block.kind);
    }
    out
}

fn indent(out: &mut String, depth: u8) {
    for _ in 0..depth {
        out.push_str("   ");
    }
}

fn write_spans(out: &mut String, spans: &[Span]) {
    for run in spans.chunk_by(|a, b| a.link == b.link) {
        let link = run[0].link.as_deref();
        if link.is_some() {
            out.push('[');
        }
        for span in run {
            write_span(out, span);
        }
        if let Some(link) = link {
            out.push_str("](<");
            out.push_str(&link.replace('<', "%3C").replace('>', "%3E").replace('\n', "%0A"));
            out.push_str(">)");
        }
    }
}

fn write_span(out: &mut String, span: &Span) {
    // emphasis cannot begin or end at white space: that stands outside of the marks
    let inner = span.text.trim_matches([' ', '\n']);
    let marks = [(span.style.struck, "~~"), (span.style.bold, "**"), (span.style.italic, "*")];
    let (lead, tail) = match span.text.find(inner) {
        Some(at) if !inner.is_empty() => (&span.text[..at], &span.text[at + inner.len()..]),
        _ => return escape(out, &span.text),
    };
    escape(out, lead);
    for (_, mark) in marks.iter().filter(|(on, _)| *on) {
        out.push_str(mark);
    }
    escape(out, inner);
    for (_, mark) in marks.iter().rev().filter(|(on, _)| *on) {
        out.push_str(mark);
    }
    escape(out, tail);
}

/// Escapes what CommonMark would otherwise take for marks, and nothing else: the plan file is read by people too.
fn escape(out: &mut String, words: &str) {
    let bytes = words.as_bytes();
    for (i, c) in words.char_indices() {
        let next = bytes.get(i + 1).copied();
        let marks = match c {
            '*' | '`' | '[' | ']' | '~' => true,
            '\\' => next.is_none_or(|n| n.is_ascii_punctuation() || n == b'\n'),
            // an underscore inside a word is never a mark
            '_' => {
                let before = i > 0 && bytes[i - 1].is_ascii_alphanumeric();
                !(before && next.is_some_and(|n| n.is_ascii_alphanumeric()))
            }
            '<' => next.is_some_and(|n| n.is_ascii_alphabetic() || matches!(n, b'/' | b'!' | b'?')),
            '&' => entity_follows(&words[i..]),
            '\n' => {
                out.push_str("\\\n");
                continue;
            }
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
    }
}

fn entity_follows(words: &str) -> bool {
    words.find(';').is_some_and(|end| end > 1 && words[1..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#'))
}

/// Escapes the first character of each line where it would open a list, heading or quotation.
fn guard_line_starts(out: &mut String, start: usize, kind: TextBlockKind) {
    let written = out.split_off(start);
    for (i, line) in written.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let marked = line.starts_with("**") || line.starts_with("~~") || (line.starts_with('*') && !line.starts_with("* "));
        let body = line.trim_start_matches(' ');
        if !marked && starts_a_block(body) && !body.starts_with(['`', '~', '_', '*']) {
            match body.find(|c: char| !c.is_ascii_digit()) {
                // "2011. Then" is words, not item 2011
                Some(at) if at > 0 => {
                    out.push_str(&body[..at]);
                    out.push('\\');
                    out.push_str(&body[at..]);
                }
                _ => {
                    out.push('\\');
                    out.push_str(body);
                }
            }
        } else if i > 0 || kind == TextBlockKind::Paragraph {
            out.push_str(body);
        } else {
            out.push_str(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::TextBlock;
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
            let text = Text { blocks: vec![TextBlock::paragraph(vec![Span::plain(words)])] };
            assert_eq!(read(&write(&text)), text, "{}", write(&text));
        }
    }

    #[test]
    fn emphasis_links_and_lists_read_back_the_same() {
        for markdown in [
            "**bold** and *italic* and ~~struck~~ and ***both***",
            "see [the *report*](<https://example.org/a b>)",
            "Share:\n\n- one\n   - one deep\n- two\n\nafter",
            "1. first\n2. second",
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
