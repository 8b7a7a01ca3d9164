//! A plan's own words as HTML: escaped, with what would hide or turn round other text made visible.

use maud::{Markup, Render, html};

use crate::language::Language;
use crate::report::{Phrase, ReportLink, live};
use crate::text::{Span, Text, TextBlock, TextBlockKind, first, is_hidden, language_of, named};

/// Words of a report, fit for the content of an element and for an attribute in double quotes.
#[derive(Clone, Copy)]
pub(super) struct EscapedPhrase<'a>(pub(super) &'a str);

impl Render for EscapedPhrase<'_> {
    fn render_to(&self, out: &mut String) {
        escape(self.0, "\n", out);
    }
}

/// Adds words to a page, with what ends their lines.
fn escape(words: &str, line_end: &str, out: &mut String) {
    let mut rest = words;
    while let Some(at) = first(rest.as_bytes(), may_be_special) {
        out.push_str(&rest[..at]);
        // `at` is the first byte of a character: no byte that goes on a character is looked for
        let Some(c) = rest[at..].chars().next() else { break };
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str(line_end),
            '\r' => out.push('\n'),
            _ if is_hidden(c) => out.push_str(&named(c)),
            _ => out.push(c),
        }
        rest = &rest[at + c.len_utf8()..];
    }
    out.push_str(rest);
}

/// Whether a byte is a character with a meaning in HTML, or may be of one that [`is_hidden`].
fn may_be_special(byte: u8) -> [bool; 6] {
    [byte == b'&', byte == b'<', byte == b'>', byte == b'"', byte < b' ', byte > b'~']
}

/// A link to another part of the page; its description is what it says, so that it can be read
/// alone (WCAG 2.2, 2.4.4).
pub(super) fn internal(link: &ReportLink) -> Markup {
    html! {
        @if link.anchor.is_empty() { (EscapedPhrase(&link.description)) } @else { a href={ "#" (EscapedPhrase(&link.anchor)) } { (EscapedPhrase(&link.description)) } }
    }
}

/// What an element says of the language of the words in it, where that is not the page's;
/// [`LanguageSpan`] tells the rest.
pub(super) fn language(phrase: &Phrase) -> Option<&'static str> {
    phrase.language().map(Language::tag)
}

/// Words of a report within an element that says their [`language`], if all of them are in one;
/// else their parts say theirs.
#[derive(Clone, Copy)]
pub(super) struct LanguageSpan<'a>(pub(super) &'a Phrase);

impl Render for LanguageSpan<'_> {
    fn render_to(&self, out: &mut String) {
        if self.0.language().is_some() {
            EscapedPhrase(self.0).render_to(out);
            return;
        }
        for (part, language) in self.0.parts() {
            open(language, out);
            EscapedPhrase(part).render_to(out);
            close(language, out);
        }
    }
}

/// Begins words in another language.
fn open(language: Option<Language>, out: &mut String) {
    if let Some(language) = language {
        out.extend(["<span lang=\"", language.tag(), "\">"]);
    }
}

fn close(language: Option<Language>, out: &mut String) {
    out.push_str(if language.is_some() { "</span>" } else { "" });
}

/// Says of an element that is about to end its tag which language its words are in.
pub(super) fn say(language: Option<Language>, out: &mut String) {
    if let Some(language) = language {
        out.extend([" lang=\"", language.tag(), "\""]);
    }
}

/// Paragraphs and lists.
pub(super) struct TextMarkup<'a> {
    shown: &'a [TextBlock],
    alone: bool,
    /// The language that the element around them says they are in.
    within: Option<Language>,
}

impl<'a> TextMarkup<'a> {
    /// Every paragraph as an element.
    pub(super) fn paragraphs(text: &'a Text) -> Self {
        Self { shown: &text.blocks, alone: false, within: None }
    }

    /// A single paragraph as its words alone: what a cell holds most of the time.
    pub(super) fn cell(text: &'a Text) -> Self {
        let alone =
            matches!(text.blocks.as_slice(), [TextBlock { kind: TextBlockKind::Paragraph, .. }]);
        Self { shown: if text.is_empty() { &[] } else { &text.blocks }, alone, within: None }
    }

    /// The same in a cell that says the language of its words, if all of them are in one.
    pub(super) fn spoken(text: &'a Text) -> Self {
        Self { within: text.language(), ..Self::cell(text) }
    }
}

impl Render for TextMarkup<'_> {
    fn render_to(&self, out: &mut String) {
        let mut lists = ListMarkup::default();
        for block in self.shown {
            match block.kind {
                TextBlockKind::Paragraph => {
                    lists.close_to(0, out);
                    if self.alone {
                        spans(&block.spans, self.within, out);
                    } else {
                        let within = self.language(block);
                        out.push_str("<p");
                        say(within.filter(|_| within != self.within), out);
                        out.push('>');
                        spans(&block.spans, within, out);
                        out.push_str("</p>");
                    }
                }
                TextBlockKind::Bullet { depth } => {
                    lists.item(depth, None, (&block.spans, self.within, self.language(block)), out);
                }
                TextBlockKind::Numbered { depth, number } => {
                    lists.item(
                        depth,
                        Some(number),
                        (&block.spans, self.within, self.language(block)),
                        out,
                    );
                }
            }
        }
        lists.close_to(0, out);
    }
}

impl TextMarkup<'_> {
    /// The language that the element of a block says its words are in, or that around it.
    fn language(&self, block: &TextBlock) -> Option<Language> {
        self.within.or_else(|| language_of(block.spans.iter()))
    }
}

/// The lists that are open, outermost first; each has an open item. A numbered one knows its last
/// number.
#[derive(Default)]
struct ListMarkup(Vec<Option<u32>>);

impl ListMarkup {
    /// Adds an item: its words, the language around it, and its own.
    fn item(
        &mut self,
        depth: u8,
        number: Option<u32>,
        (words, around, within): (&[Span], Option<Language>, Option<Language>),
        out: &mut String,
    ) {
        // a list must stand in an item of another: an item that skips a depth stands as deep as it
        // can
        let depth = usize::from(depth).min(self.0.len());
        self.close_to(depth + 1, out);
        if self.0.get(depth).is_some_and(|open| open.is_some() != number.is_some()) {
            self.close_to(depth, out);
        }
        if let Some(last) = self.0.get_mut(depth) {
            let follows = last.is_none_or(|n| n.checked_add(1) == number);
            *last = number;
            out.push_str("</li><li");
            out.push_str(&numbered("value", number.filter(|_| !follows)));
        } else {
            out.push_str(if number.is_some() { "<ol" } else { "<ul" });
            out.push_str(&numbered("start", number.filter(|n| *n != 1)));
            out.push_str("><li");
            self.0.push(number);
        }
        say(within.filter(|_| within != around), out);
        out.push('>');
        spans(words, within, out);
    }

    fn close_to(&mut self, depth: usize, out: &mut String) {
        while self.0.len() > depth {
            let list = self.0.pop().flatten();
            out.push_str(if list.is_some() { "</li></ol>" } else { "</li></ul>" });
        }
    }
}

/// An attribute with the number of an item, as far as HTML counts.
fn numbered(attribute: &str, number: Option<u32>) -> String {
    number
        .filter(|n| i32::try_from(*n).is_ok())
        .map(|n| format!(" {attribute}=\"{n}\""))
        .unwrap_or_default()
}

/// Runs of words within an element of a language; of several in another that follow one another,
/// one element says it.
fn spans(spans: &[Span], within: Option<Language>, out: &mut String) {
    for run in spans.chunk_by(|a, b| a.style.language == b.style.language) {
        let language = run
            .first()
            .and_then(|span| span.style.language)
            .filter(|language| Some(*language) != within);
        open(language, out);
        runs(run, out);
        close(language, out);
    }
}

fn runs(spans: &[Span], out: &mut String) {
    for span in spans {
        // a report that a program changed may hold others
        let address = span.link.as_deref().and_then(live);
        if let Some(address) = &address {
            out.push_str("<a href=\"");
            EscapedPhrase(address).render_to(out);
            out.push_str("\">");
        }
        let styles =
            [(span.style.struck, "s"), (span.style.bold, "strong"), (span.style.italic, "em")];
        for (_, element) in styles.iter().filter(|(on, _)| *on) {
            out.extend(["<", element, ">"]);
        }
        escape(&span.text, "<br>", out);
        for (_, element) in styles.iter().rev().filter(|(on, _)| *on) {
            out.extend(["</", element, ">"]);
        }
        if address.is_some() {
            out.push_str("</a>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markdown: &str) -> String {
        TextMarkup::cell(&Text::from_commonmark(markdown)).render().into_string()
    }

    #[test]
    fn a_paragraph_alone_is_its_words_and_more_are_elements() {
        assert_eq!(
            shown("Share *the* **~~old~~** plan"),
            "Share <em>the</em> <s><strong>old</strong></s> plan"
        );
        assert_eq!(shown("One.\n\nTwo."), "<p>One.</p><p>Two.</p>");
        assert_eq!(shown(""), "");
    }

    #[test]
    fn lists_nest_as_they_were_typed() {
        let item = |kind, words: &str| TextBlock { kind, spans: Span::plain(words).into() };
        let bullet = |depth| TextBlockKind::Bullet { depth };
        let numbered = |depth, number| TextBlockKind::Numbered { depth, number };
        let blocks = vec![
            item(bullet(3), "a"),
            item(numbered(1, 2), "b"),
            item(numbered(1, 3), "c"),
            item(numbered(1, 9), "d"),
            item(bullet(0), "e"),
            item(numbered(0, 1), "f"),
        ];
        assert_eq!(
            TextMarkup::cell(&Text { blocks: blocks.into() }).render().into_string(),
            "<ul><li>a<ol start=\"2\"><li>b</li><li>c</li><li value=\"9\">d</li></ol></li><li>e</li></ul><ol><li>f</li></ol>"
        );
    }

    #[test]
    fn what_would_hide_or_turn_round_text_is_named() {
        assert_eq!(
            EscapedPhrase("a\u{202e}b\u{0}c\u{2066}d\u{85}e\u{ffff}").render().into_string(),
            "a[U+202E]b[U+0000]c[U+2066]d[U+0085]e[U+FFFF]"
        );
        assert_eq!(
            EscapedPhrase("Sept ’11 – “é” <b>&amp;").render().into_string(),
            "Sept ’11 – “é” &lt;b&gt;&amp;amp;"
        );
    }
}
