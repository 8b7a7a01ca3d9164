//! What an SVG is made of, looked through before it is drawn: parts that would be passed over in
//! silence are named, and one that would grow without end is refused. The work is that of the
//! drawing that is asked for, up to a limit.

use std::collections::HashMap;

use usvg::roxmltree::{Document, Node};

use crate::error::{Error, ErrorKind};

use super::unsupported;

const SVG: &str = "http://www.w3.org/2000/svg";

/// The most elements that are drawn, each as often as it is asked for.
const MOST: usize = 100_000;
/// The most elements that may stand in one another.
const DEEPEST: usize = 64;
/// The longest style sheet, in bytes: each of its rules is held against each element.
const LONGEST_STYLES: usize = 32 << 10;

/// Looks through the elements of an SVG.
pub(super) fn look_through(svg: &Document<'_>) -> Result<(), Error> {
    let elements = || {
        svg.descendants()
            .filter(|n| n.is_element() && n.tag_name().namespace().is_none_or(|space| space == SVG))
    };
    let mut styles = 0;
    for element in elements() {
        known(element)?;
        if element.tag_name().name() == "style" {
            let words = element.descendants().filter_map(|n| n.text());
            for words in words {
                styles += words.len();
                if words.contains("url(") {
                    return Err(unsupported(
                        "colours that run into each other, patterns or masks",
                        "save it in plain colours",
                    ));
                }
            }
        }
    }
    if styles > LONGEST_STYLES {
        return Err(too_large());
    }
    let mut named = HashMap::new();
    for node in svg.descendants() {
        if let Some(id) = node.attribute("id") {
            named.entry(id).or_insert(node);
        }
    }
    ElementScan { named, left: MOST }.follow(svg.root(), DEEPEST)
}

/// Whether an element is one that is drawn, or that shows nothing.
fn known(element: Node<'_, '_>) -> Result<(), Error> {
    let is_choice = element.parent().is_some_and(|p| p.tag_name().name() == "switch");
    match element.tag_name().name() {
        "text" => {
            Err(unsupported("words that are not outlines", "convert its words to outlines (paths)"))
        }
        "image" => {
            Err(unsupported("a picture within it", "give that picture as PNG or JPEG instead"))
        }
        // one of several choices is for other programs
        "foreignObject" if !is_choice => {
            Err(unsupported("parts that are no drawing", "save it as plain SVG"))
        }
        _ => Ok(()),
    }
}

struct ElementScan<'a, 'input> {
    named: HashMap<&'a str, Node<'a, 'input>>,
    left: usize,
}

impl<'a, 'input> ElementScan<'a, 'input> {
    /// Follows an element to those within it, and to those that it asks for by their names.
    fn follow(&mut self, element: Node<'a, 'input>, deeper: usize) -> Result<(), Error> {
        let deeper = deeper.checked_sub(1).ok_or_else(too_large)?;
        self.left = self.left.checked_sub(1).ok_or_else(too_large)?;
        for attribute in element.attributes() {
            let value = attribute.value();
            let href = value.strip_prefix('#').filter(|_| attribute.name() == "href");
            let urls =
                value.split("url(").skip(1).filter_map(|url| url.split(')').next()).map(|url| {
                    let is_around = |c: char| c.is_whitespace() || matches!(c, '#' | '"' | '\'');
                    url.trim_matches(is_around)
                });
            for name in urls.chain(href.map(str::trim)) {
                if let Some(other) = self.named.get(name) {
                    self.follow(*other, deeper)?;
                }
            }
        }
        element.children().filter(Node::is_element).try_for_each(|inner| self.follow(inner, deeper))
    }
}

fn too_large() -> Error {
    Error::new(ErrorKind::TooLarge, "the SVG is more intricate than what is drawn")
        .help("simplify it, or save the logo as PNG")
}
