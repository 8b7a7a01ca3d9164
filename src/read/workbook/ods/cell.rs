//! The words inside a cell of an .ods workbook: paragraphs, spans, links, and the comment on the
//! cell.

use crate::error::Error;
use crate::read::workbook::builder::signed;
use crate::read::workbook::relations::is_public;
use crate::read::workbook::xml::{XmlEvent, XmlReader, XmlTag, attribute, is_set};
use crate::text::{Span, SpanStyle};

use super::styles::{OdsStyles, RunLook};

/// The most spaces in a row that count.
const MOST_SPACES: usize = 100;

/// What stands inside a cell.
#[derive(Debug, Default)]
pub(super) struct CellContent {
    pub(super) runs: Vec<OdsRun>,
    pub(super) note: Option<String>,
    /// Whether it has a paragraph, if only an empty one.
    pub(super) has_paragraph: bool,
}

/// A run of words, and what of its style may hide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OdsRun {
    pub(super) span: Span,
    pub(super) look: RunLook,
}

impl CellContent {
    /// Whether there is neither a word nor a comment.
    pub(super) fn is_empty(&self) -> bool {
        self.note.is_none() && self.runs.iter().all(|run| run.span.text.trim().is_empty())
    }
}

/// Reads the inside of the cell whose element has just begun.
pub(super) fn read(xml: &mut XmlReader<'_>, styles: &OdsStyles) -> Result<CellContent, Error> {
    let mut inside = CellContent::default();
    let mut paragraphs = 0_usize;
    while let Some(event) = xml.next()? {
        match event {
            XmlEvent::Start(tag) => match tag.name {
                "p" | "h" => {
                    if paragraphs > 0 {
                        push(&mut inside.runs, "\n", &InlineContext::default());
                    }
                    paragraphs += 1;
                    paragraph(&tag, xml, styles, &mut inside.runs)?;
                }
                "annotation" => inside.note = Some(annotation(xml, styles)?),
                // Drawings and what else floats above the sheet.
                _ => xml.skip()?,
            },
            XmlEvent::Empty(tag) if tag.name == "p" => paragraphs += 1,
            XmlEvent::End(_) => break,
            _ => {}
        }
    }
    inside.has_paragraph = paragraphs > 0;
    Ok(inside)
}

/// The style and link of the words inside an element.
#[derive(Clone, Default)]
struct InlineContext {
    style: SpanStyle,
    look: RunLook,
    link: Option<String>,
}

fn paragraph(
    tag: &XmlTag<'_>,
    xml: &mut XmlReader<'_>,
    styles: &OdsStyles,
    runs: &mut Vec<OdsRun>,
) -> Result<(), Error> {
    let mut whole = InlineContext::default();
    if let Some(name) = attribute(tag, "style-name") {
        whole.look = styles.look(&name, true, whole.look);
    }
    let mut around = vec![whole];
    while let Some(event) = xml.next()? {
        let mut context = around.last().cloned().unwrap_or_default();
        match event {
            XmlEvent::Start(tag) => match tag.name {
                "annotation" => xml.skip()?,
                "span" => {
                    if let Some(name) = attribute(&tag, "style-name") {
                        context.style = styles.emphasis(&name, context.style);
                        context.look = styles.look(&name, false, context.look);
                    }
                    around.push(context);
                }
                "a" => {
                    let target =
                        attribute(&tag, "href").filter(|href| is_public(href)).map(Into::into);
                    context.link = target.or(context.link);
                    around.push(context);
                }
                "hidden-text" | "hidden-paragraph" => {
                    if is_set(&tag, "is-hidden") {
                        context.look = context.look.removed();
                    }
                    around.push(context);
                }
                _ => {
                    mark(&tag, runs, &context);
                    around.push(context);
                }
            },
            XmlEvent::Empty(tag) => mark(&tag, runs, &context),
            XmlEvent::End(_) => {
                around.pop();
                if around.is_empty() {
                    break;
                }
            }
            XmlEvent::Words(words) => {
                push(runs, &words.replace(['\n', '\r', '\t'], " "), &context);
            }
            XmlEvent::Other => {}
        }
    }
    Ok(())
}

/// A tag that stands for white space.
fn mark(tag: &XmlTag<'_>, runs: &mut Vec<OdsRun>, context: &InlineContext) {
    let context = &InlineContext { link: None, ..context.clone() };
    match tag.name {
        "s" => {
            let count = attribute(tag, "c").and_then(|c| c.parse().ok()).unwrap_or(1);
            push(runs, &" ".repeat(MOST_SPACES.min(count)), context);
        }
        "tab" => push(runs, "\t", context),
        "line-break" => push(runs, "\n", context),
        _ => {}
    }
}

fn push(runs: &mut Vec<OdsRun>, words: &str, context: &InlineContext) {
    let InlineContext { style, look, link } = context;
    let is_same =
        |run: &OdsRun| run.span.style == *style && run.span.link == *link && run.look == *look;
    match runs.last_mut() {
        Some(last) if is_same(last) => last.span.text.push_str(words),
        _ if words.is_empty() => {}
        _ => {
            let span = Span { text: words.to_owned(), style: *style, link: link.clone() };
            runs.push(OdsRun { span, look: *look });
        }
    }
}

/// The words of a comment, after the name of who wrote them.
fn annotation(xml: &mut XmlReader<'_>, styles: &OdsStyles) -> Result<String, Error> {
    let mut author = String::new();
    let mut runs = Vec::new();
    while let Some(event) = xml.next()? {
        match event {
            XmlEvent::Start(tag) => match tag.name {
                "creator" => xml.words()?.trim().clone_into(&mut author),
                "p" | "h" => {
                    if !runs.is_empty() {
                        push(&mut runs, "\n", &InlineContext::default());
                    }
                    paragraph(&tag, xml, styles, &mut runs)?;
                }
                "list" | "list-item" => {}
                _ => xml.skip()?,
            },
            XmlEvent::End(tag) if tag.name == "annotation" => break,
            _ => {}
        }
    }
    let words: String = runs.into_iter().map(|run| run.span.text).collect();
    Ok(signed(&author, words.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn inside(xml: &str) -> CellContent {
        let xml = format!("<c>{xml}</c>");
        let mut xml = XmlReader::new(&xml, &Limits::default());
        xml.next().unwrap();
        read(&mut xml, &OdsStyles::default()).unwrap()
    }

    fn spans(content: &CellContent) -> Vec<Span> {
        content.runs.iter().map(|run| run.span.clone()).collect()
    }

    #[test]
    fn paragraphs_are_lines() {
        let found = inside(
            "<text:p>one<text:s text:c=\"2\"/>\n two</text:p><text:p/><text:p><text:span>th<text:line-break/>ree</text:span> &amp; so</text:p>",
        );
        assert_eq!(spans(&found), [Span::plain("one    two\nth\nree & so")]);
    }

    #[test]
    fn comments_and_drawings_are_no_words_of_the_cell() {
        let found = inside(
            "<office:annotation><dc:creator>Jo Lee</dc:creator><dc:date>2011-09-30</dc:date><text:p>First</text:p><text:p>second</text:p></office:annotation>
             <draw:frame><text:p>picture</text:p></draw:frame><text:p>words <text:a xlink:href=\"https://example.org\">link</text:a></text:p>",
        );
        assert_eq!(found.note.as_deref(), Some("Jo Lee: First\nsecond"));
        let link = Span { link: Some("https://example.org".to_owned()), ..Span::plain("link") };
        assert_eq!(spans(&found), [Span::plain("words "), link]);
    }
}
