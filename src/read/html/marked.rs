//! HTML in the cells of spreadsheets: tags told from words that only look like them.

use crate::read::typed::entity::entity;
use crate::read::typed::tidy::plain_spaces;

/// The words of a cell as a page that means the same.
pub(super) struct CellMarkup {
    pub(super) html: String,
    /// The comments, which are not in it.
    pub(super) comments: Vec<String>,
}

/// The tags that lists and editors leave in cells. Others, such as `<name>` or `<date>`, are words.
const TAGS: &[&str] = &[
    "p",
    "div",
    "br",
    "ul",
    "ol",
    "li",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "del",
    "strike",
    "ins",
    "a",
    "span",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "col",
    "colgroup",
    "blockquote",
    "sup",
    "sub",
    "small",
    "hr",
    "pre",
    "img",
    "o:p",
];

/// The tags that stand within a line; with no other tag, the line ends of the cell are its own.
const WITHIN_LINES: &[&str] = &[
    "b", "strong", "i", "em", "u", "s", "del", "strike", "ins", "a", "span", "font", "sup", "sub",
    "small", "img", "o:p",
];

/// The page that the words of a cell make, if they have a tag.
pub(super) fn marked(words: &str) -> Option<CellMarkup> {
    if !words.contains('<') {
        return None;
    }
    let words = plain_spaces(words);
    let mut marked = CellMarkup { html: String::with_capacity(words.len()), comments: Vec::new() };
    let (mut has_tags, mut has_blocks, mut may_have_comments) = (false, false, true);
    let mut rest = words.as_ref();
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        marked.html.push_str(before);
        if may_have_comments && from.starts_with("<!--") {
            if let Some(end) = from.find("-->") {
                marked.comments.push(from[..end + 3].to_owned());
                rest = &from[end + 3..];
                has_tags = true;
                continue;
            }
            may_have_comments = false;
        }
        if let Some((name, length)) = tag(from) {
            has_tags = true;
            has_blocks |= !WITHIN_LINES.contains(&name.as_str());
            marked.html.push_str(&from[..length].replace('\n', " "));
            rest = &from[length..];
        } else if let Some((_, length)) = entity(from) {
            marked.html.push_str(&from[..length]);
            rest = &from[length..];
        } else {
            marked.html.push_str(if from.starts_with('<') { "&lt;" } else { "&amp;" });
            rest = &from[1..];
        }
    }
    marked.html.push_str(rest);
    if !has_blocks {
        marked.html = marked.html.replace('\n', "<br>");
    }
    has_tags.then_some(marked)
}

/// The name of the tag at the beginning of the words, and its length; none if it is no tag that
/// cells have.
fn tag(words: &str) -> Option<(String, usize)> {
    let inner = words.strip_prefix('<')?;
    let end = inner.find(['<', '>']).filter(|end| inner[*end..].starts_with('>'))?;
    let inner = &inner[..end];
    let named = inner.strip_prefix('/').unwrap_or(inner);
    let (name, attributes) = named.split_at(
        named.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':')).unwrap_or(named.len()),
    );
    let name = name.to_ascii_lowercase();
    let attributes = attributes.trim().trim_end_matches('/');
    (TAGS.contains(&name.as_str()) && (attributes.is_empty() || attributes.contains('=')))
        .then_some((name, end + 2))
}
