//! From text to tree, with the place of each element and within limits.

use html5ever::driver::Parser;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

use crate::error::{Error, ErrorKind};
use crate::limits::Limits;

use super::tree::{HtmlTree, HtmlTreeSink};

/// How many attributes a tag may have. The parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 10_000;

/// Reads a page. Whatever it looks like, a browser's rules make a tree of it.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<HtmlTree, Error> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser =
        parse_document(HtmlTreeSink::new(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let whole = StrTendril::from_slice(text);
    let mut tags = TagCounter::default();
    let mut at = 0;
    for piece in pieces(text) {
        let (offset, length) = (u32::try_from(at), u32::try_from(piece.len()));
        let (Ok(offset), Ok(length)) = (offset, length) else { break };
        tags.take(piece);
        sink(&parser).at.set(at);
        parser.process(whole.subtendril(offset, length));
        at += piece.len();
        if tags.attributes > MOST_ATTRIBUTES {
            return Err(too_large(&format!(
                "a tag of the page has more than {MOST_ATTRIBUTES} attributes"
            )));
        }
        if sink(&parser).nodes() > limits.cells {
            return Err(too_large(&format!(
                "the page has more than {} tags and pieces of text",
                limits.cells
            )));
        }
        // html and body stand around all else
        if sink(&parser).deepest.get() > limits.nesting.saturating_add(2) {
            return Err(too_large(&format!(
                "the tags of the page stand inside one another more than {} deep",
                limits.nesting
            )));
        }
    }
    Ok(parser.finish())
}

fn sink(parser: &Parser<HtmlTreeSink>) -> &HtmlTreeSink {
    &parser.tokenizer.sink.sink
}

fn too_large(message: &str) -> Error {
    Error::new(ErrorKind::TooLarge, message).help("check that it is the right file, or open it in a browser and copy the plan into a workbook")
}

/// The text cut before each `<` and after each `>`: what the parser makes of a piece begins where
/// the piece does.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = usize::from(rest.starts_with('<'));
        let cut = rest.get(start..)?.find(['<', '>']).map_or(rest.len(), |i| start + i);
        let cut = if rest[cut..].starts_with('>') { cut + 1 } else { cut };
        let (piece, after) = rest.split_at(cut);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Counts the attributes of the tag that is open.
#[derive(Default)]
struct TagCounter {
    open: bool,
    attributes: usize,
    /// The quotation mark that the value of an attribute stands in.
    quote: Option<u8>,
    before: u8,
}

impl TagCounter {
    fn take(&mut self, piece: &str) {
        let bytes = piece.as_bytes();
        if !self.open
            && bytes.first() == Some(&b'<')
            && bytes.get(1).is_some_and(u8::is_ascii_alphabetic)
        {
            *self = Self { open: true, ..Self::default() };
        }
        if !self.open {
            return;
        }
        for b in bytes.iter().copied() {
            match (self.quote, b) {
                (Some(quote), b) if b == quote => self.quote = None,
                (None, b'"' | b'\'') if self.before == b'=' => self.quote = Some(b),
                (None, b'>') => self.open = false,
                (None, b) if is_between(self.before) && !is_between(b) => self.attributes += 1,
                _ => {}
            }
            if !(b.is_ascii_whitespace() && self.before == b'=') {
                self.before = b;
            }
        }
    }
}

/// What stands between attributes; a value in quotation marks need not be followed by a space.
fn is_between(b: u8) -> bool {
    b.is_ascii_whitespace() || matches!(b, b'/' | b'"' | b'\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_tags_and_what_stands_between() {
        let cut: Vec<&str> = pieces("a<b>c</b>d < e > f<<g").collect();
        assert_eq!(cut, ["a", "<b>", "c", "</b>", "d ", "< e >", " f", "<", "<g"]);
        assert_eq!(pieces("").count(), 0);
    }

    #[test]
    fn tags_beyond_the_limits_are_refused() {
        let few = Limits { nesting: 10, cells: 1000, ..Limits::default() };
        assert!(parse(&"<div>".repeat(10), &few).is_ok());
        assert!(parse(&"<p>".repeat(1000), &few).is_err_and(|e| e.is_too_large()));
        let many = |tag: fn(usize) -> String| (0..20_000).map(tag).collect::<Vec<_>>().concat();
        for page in [
            "<div>".repeat(100_000),
            many(|i| format!("<font size={i}><p>")),
            format!("<p {}>", "a=1 ".repeat(20_000)),
            format!("<p{}>", many(|i| format!(" a{i}='>'"))),
        ] {
            assert!(parse(&page, &few).is_err_and(|e| e.is_too_large()));
        }
    }
}
