//! What is to be reported of a page, each thing with its place.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::characters;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::read::lines::LineIndex;

/// Where places are: in a page of their own, or all in the one cell that the words stand in.
pub(super) enum PlaceMapping<'a> {
    Page(LineIndex<'a>),
    Cell(&'a Place),
}

/// What is to be reported.
pub(super) struct PageDiagnostics<'a> {
    text: &'a str,
    places: PlaceMapping<'a>,
    diagnostics: Vec<Diagnostic>,
    /// The tags of HTML that were left out, by name: where the first stands, and how many.
    left_out: BTreeMap<String, (usize, usize)>,
    /// Where the first words stand that may be hidden, and how many do.
    doubtful: Option<(usize, usize)>,
}

/// The elements of HTML that have no meaning in a plan, though they may have words inside.
const MEANINGLESS: &[&str] = &[
    "img", "image", "input", "button", "select", "option", "optgroup", "textarea", "form", "svg",
    "path", "g", "use", "rect", "circle", "line", "polygon", "text", "tspan", "math", "canvas",
    "video", "audio", "source", "track", "iframe", "object", "embed", "param", "map", "area",
    "link", "meta", "base", "progress", "meter", "dialog", "output", "datalist", "picture",
    "noscript", "marquee", "frame", "frameset", "noframes", "menu", "ruby", "rt", "rp", "slot",
    "template", "applet", "keygen", "dir",
];

impl<'a> PageDiagnostics<'a> {
    pub(super) fn new(text: &'a str, places: PlaceMapping<'a>) -> Self {
        Self { text, places, diagnostics: Vec::new(), left_out: BTreeMap::new(), doubtful: None }
    }

    /// The place of the tag or the words that begin at a byte of the source.
    pub(super) fn place(&mut self, at: usize) -> Place {
        self.places.at(self.text, at)
    }

    pub(super) fn emit(&mut self, code: Code, message: &str, at: usize) {
        let place = self.place(at);
        self.diagnostics.push(Diagnostic::new(code, message).at(&place));
    }

    /// Reports words that were left out.
    pub(super) fn leave_out(&mut self, code: Code, message: &str, at: usize, words: String) {
        let place = self.place(at);
        self.diagnostics.push(Diagnostic::new(code, message).at(&place).left_out(words));
    }

    /// Words with their control characters named.
    pub(super) fn named<'w>(&mut self, words: &'w str, at: usize) -> Cow<'w, str> {
        characters::named(words, || self.places.at(self.text, at), &mut self.diagnostics)
    }

    /// Reports a tag without meaning. One that is no tag of HTML may have been meant as words, so
    /// it is quoted.
    pub(super) fn tag(&mut self, name: &str, at: usize) {
        if MEANINGLESS.contains(&name) {
            self.left_out.entry(name.to_owned()).or_insert((at, 0)).1 += 1;
            return;
        }
        let place = self.place(at);
        let diagnostic =
            Diagnostic::new(Code::MarkupIgnored, "HTML without a meaning in a plan was left out")
                .at(&place);
        self.diagnostics.push(diagnostic.left_out(stretch(self.text, at).1));
    }

    /// Takes note of words that some rule of a style sheet may hide.
    pub(super) fn doubt(&mut self, at: usize) {
        self.doubtful.get_or_insert((at, 0)).1 += 1;
    }

    /// All that is to be reported.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if let Some((at, count)) = self.doubtful {
            let what = match count {
                1 => "this text".to_owned(),
                _ => format!("{count} pieces of text, of which this is the first"),
            };
            let message = format!(
                "a style of the page may hide {what}; it was kept, since the style depends on what is not read"
            );
            self.emit(Code::HiddenWordsKept, &message, at);
        }
        let mut left_out: Vec<_> = std::mem::take(&mut self.left_out).into_iter().collect();
        left_out.sort_by_key(|(_, (at, _))| *at);
        for (name, (at, count)) in left_out {
            let what = if name == "img" { "picture" } else { "tag" };
            let message = match count {
                1 => format!(
                    "a {what} <{name}> has no meaning in a plan and was left out; words in it were kept"
                ),
                _ => format!(
                    "{count} {what}s <{name}>, of which this is the first, have no meaning in a plan and were left out; words in them were kept"
                ),
            };
            self.emit(Code::MarkupIgnored, &message, at);
        }
        self.diagnostics
    }
}

impl PlaceMapping<'_> {
    fn at(&mut self, text: &str, at: usize) -> Place {
        match self {
            Self::Page(lines) => {
                let (start, words) = stretch(text, at);
                lines.place(&(start..start + words.len()))
            }
            Self::Cell(place) => place.clone(),
        }
    }
}

/// The tag or the words that begin at a byte of the source, without the space before them, and
/// where they begin.
fn stretch(text: &str, at: usize) -> (usize, &str) {
    let Some(rest) = text.get(at..) else { return (text.len(), "") };
    if rest.starts_with('<') {
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        return (at, &rest[..end]);
    }
    let end = rest.find('<').unwrap_or(rest.len());
    let words = rest[..end].trim_start();
    (at + rest[..end].len() - words.len(), words)
}
