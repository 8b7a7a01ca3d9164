//! The content of a page, straight to bytes (ISO 32000-1, 7.8 and 9.4), each part marked with what
//! it is (14.6).

use std::io::Write as _;

use lopdf::{Dictionary, dictionary};

use crate::compression::ZlibCompressor;
use crate::layout::font::FontIndex;
use crate::layout::page::{LaidOutPage, PageItem, TextRun};
use crate::layout::tree::{NodeId, StructureRole};
use crate::layout::{LaidOutPages, Length};
use crate::plan::Colour;

use super::colour::parts;
use super::digits;
use super::file::compress_lines;
use super::fonts::{EmbeddedFonts, NAME};
use super::number;
use super::picture;
use super::structure;

/// A page's content, and which node each of its marked parts belongs to.
pub(crate) struct PageContent {
    pub(crate) compressed: Vec<u8>,
    /// The nodes by marked-content identifier.
    pub(crate) marks: Vec<NodeId>,
}

/// Writes the content of a page.
pub(crate) fn page(
    pages: &LaidOutPages,
    page: &LaidOutPage,
    fonts: &EmbeddedFonts,
    compressor: &mut ZlibCompressor,
) -> PageContent {
    let mut writer = ContentWriter {
        pages,
        page,
        fonts,
        out: Vec::with_capacity(page.items.len() * 96),
        marks: Vec::new(),
        open: OpenMark::Nothing,
        ink: None,
        edge: None,
        font: None,
        object: TextObject::None,
        line: (Length::ZERO, Length::ZERO),
        leading: None,
        string: ShownString::default(),
    };
    let is_first = drawn_first(page);
    page.items
        .iter()
        .enumerate()
        .filter(|(at, item)| is_first(*at, item))
        .for_each(|(_, item)| writer.item(item));
    page.items
        .iter()
        .enumerate()
        .filter(|(at, item)| !is_first(*at, item))
        .for_each(|(_, item)| writer.item(item));
    writer.close_mark();
    PageContent { compressed: compress_lines(writer.out, compressor), marks: writer.marks }
}

/// What of a page is drawn before all else: the backgrounds and rules, as all words stand upon
/// them, with what stands alike on many pages before them. One piece of colours and places packs
/// better than many between the words.
fn drawn_first(page: &LaidOutPage) -> impl Fn(usize, &PageItem) -> bool {
    let is_decoration =
        |item: &PageItem| matches!(item, PageItem::Fill { node, .. } if node.is_artifact());
    let begins =
        page.items.iter().position(|item| !matches!(item, PageItem::Alike(_))).unwrap_or(0);
    // the parts of a figure stand upon one another in their order
    let has_figures = page.items.iter().any(|item| {
        matches!(item, PageItem::Picture(_) | PageItem::Fill { .. }) && !is_decoration(item)
    });
    move |at, item| at < begins || is_decoration(item) && !has_figures
}

/// What the part that is being written is marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenMark {
    Nothing,
    /// What is no content.
    Artifact(Artifact),
    Node(NodeId),
}

/// What is no content (ISO 32000-1, 14.8.2.2), under the name that it has among the resources of a
/// page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Artifact {
    /// Backgrounds and rules.
    Decoration,
    /// Words that stand on a page once more, as a table's header does.
    Repeated,
    /// Running words at the foot of a page and at its head, distinguished as ISO 14289-1, 7.8 has
    /// it.
    Footer,
    Header,
}

impl Artifact {
    const ALL: [Self; 4] = [Self::Decoration, Self::Repeated, Self::Footer, Self::Header];

    fn of(node: NodeId) -> Self {
        match node {
            NodeId::FOOTER => Self::Footer,
            NodeId::HEADER => Self::Header,
            _ => Self::Repeated,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Decoration => "L",
            Self::Repeated => "P",
            Self::Footer => "F",
            Self::Header => "H",
        }
    }

    fn properties(self) -> Dictionary {
        match self {
            Self::Decoration => dictionary! { "Type" => "Layout" },
            Self::Repeated => dictionary! { "Type" => "Pagination" },
            Self::Footer => dictionary! { "Type" => "Pagination", "Subtype" => "Footer" },
            Self::Header => dictionary! { "Type" => "Pagination", "Subtype" => "Header" },
        }
    }
}

/// What pages name beside fonts and pictures: the properties of artifacts.
pub(crate) fn resources() -> Dictionary {
    let mut properties = Dictionary::new();
    for artifact in Artifact::ALL {
        properties.set(artifact.name(), artifact.properties());
    }
    dictionary! { "Properties" => properties }
}

/// Where a text object (ISO 32000-1, 9.4) is open; it and what is marked may not overlap (14.6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TextObject {
    None,
    /// Around what is marked, so that the paragraphs of a row share one.
    Around,
    /// Within what is marked.
    Within,
}

struct ContentWriter<'a> {
    pages: &'a LaidOutPages,
    page: &'a LaidOutPage,
    fonts: &'a EmbeddedFonts<'a>,
    out: Vec<u8>,
    marks: Vec<NodeId>,
    open: OpenMark,
    ink: Option<Colour>,
    /// The colour and roundness of edges.
    edge: Option<(Colour, Length)>,
    font: Option<(FontIndex, Length)>,
    object: TextObject,
    /// Where the present line begins.
    line: (Length, Length),
    /// How far down the operators go that begin the next line.
    leading: Option<Length>,
    string: ShownString,
}

/// The string that is being written, which turns out to be an array of strings where letters are
/// kerned.
#[derive(Debug, Clone, Copy, Default)]
struct ShownString {
    /// Where its brackets begin.
    at: usize,
    kerned: bool,
    /// Whether it begins the next line.
    next_line: bool,
}

impl ContentWriter<'_> {
    fn item(&mut self, item: &PageItem) {
        match item {
            PageItem::Text(run) => self.text(run),
            PageItem::Fill { x, y, width, height, colour, radius, node } => {
                self.mark(if node.is_artifact() {
                    OpenMark::Artifact(Artifact::Decoration)
                } else {
                    OpenMark::Node(*node)
                });
                self.fill(*x, *y, *width, *height, *radius, *colour);
            }
            PageItem::Picture(number) => self.picture(*number),
            PageItem::Alike(number) => {
                self.close_mark();
                self.put(format_args!("/{} Do\n", similar_name(*number)));
            }
        }
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // writing to memory cannot fail
        let _ = self.out.write_fmt(text);
    }

    /// From the top of the page to its foot: PDF measures upwards.
    fn up(&self, y: Length) -> Length {
        self.pages.height - y
    }

    /// Marks what is drawn next; no text object is open then.
    fn mark(&mut self, wanted: OpenMark) {
        if self.open != wanted || self.object == TextObject::Around {
            self.close_mark();
            self.begin_mark(wanted);
        }
        self.end_text();
    }

    /// Marks the words that follow; a text object is open then.
    fn mark_text(&mut self, wanted: OpenMark) {
        if self.open != wanted {
            self.end_mark();
            if self.is_figure(wanted) {
                // its words stand among its shapes
                self.end_text();
            } else if self.object == TextObject::None {
                self.begin_text(TextObject::Around);
            }
            self.begin_mark(wanted);
        }
        if self.object == TextObject::None {
            self.begin_text(TextObject::Within);
        }
    }

    fn is_figure(&self, open: OpenMark) -> bool {
        matches!(open, OpenMark::Node(node) if matches!(self.pages.tree.node(node).role, StructureRole::Figure(_)))
    }

    fn begin_mark(&mut self, wanted: OpenMark) {
        match wanted {
            OpenMark::Nothing => {}
            OpenMark::Artifact(artifact) => {
                self.out.extend_from_slice(b"/Artifact/");
                self.out.extend_from_slice(artifact.name().as_bytes());
                self.out.extend_from_slice(b" BDC\n");
            }
            OpenMark::Node(node) => {
                self.out.push(b'/');
                self.out
                    .extend_from_slice(structure::name(self.pages.tree.node(node).role).as_bytes());
                self.out.extend_from_slice(b"<</MCID ");
                digits::whole(&mut self.out, number(self.marks.len()));
                self.out.extend_from_slice(b">>BDC\n");
                self.marks.push(node);
            }
        }
        self.open = wanted;
    }

    /// Ends what is marked, and the text object within it.
    fn end_mark(&mut self) {
        if self.object == TextObject::Within {
            self.end_text();
        }
        if self.open != OpenMark::Nothing {
            self.out.extend_from_slice(b"EMC\n");
            self.open = OpenMark::Nothing;
        }
    }

    /// Ends what is marked, and the text object within or around it.
    fn close_mark(&mut self) {
        self.end_mark();
        self.end_text();
    }

    fn begin_text(&mut self, object: TextObject) {
        self.out.extend_from_slice(b"BT\n");
        self.object = object;
        self.line = (Length::ZERO, Length::ZERO);
    }

    fn end_text(&mut self) {
        if self.object != TextObject::None {
            self.out.extend_from_slice(b"ET\n");
            self.object = TextObject::None;
        }
    }

    fn set_ink(&mut self, colour: Colour) {
        if self.ink != Some(colour) {
            self.ink = Some(colour);
            digits::lengths(&mut self.out, &parts(colour));
            self.out.extend_from_slice(b"rg\n");
        }
    }

    fn set_font(&mut self, font: FontIndex, size: Length) {
        if self.font != Some((font, size)) {
            self.font = Some((font, size));
            self.out.push(b'/');
            self.out.extend_from_slice(NAME.as_bytes());
            digits::whole(&mut self.out, font.0.into());
            self.out.push(b' ');
            digits::length(&mut self.out, size);
            self.out.extend_from_slice(b" Tf\n");
        }
    }

    /// The same between the letters of a string.
    fn change_font(&mut self, font: FontIndex, size: Length) {
        if self.font != Some((font, size)) {
            self.end_string();
            self.set_font(font, size);
            self.begin_string();
        }
    }

    fn fill(
        &mut self,
        x: Length,
        y: Length,
        width: Length,
        height: Length,
        radius: Length,
        colour: Colour,
    ) {
        self.set_ink(colour);
        let (x, bottom, width, height) =
            (fine(x), fine(self.up(y + height)), fine(width), fine(height));
        if radius == Length::ZERO {
            digits::lengths(&mut self.out, &[x, bottom, width, height]);
            self.out.extend_from_slice(b"re f\n");
            return;
        }
        // a smaller rectangle whose edge, drawn with round joins, reaches as far as the corners are
        // to be round
        if self.edge != Some((colour, radius)) {
            self.edge = Some((colour, radius));
            self.put(format_args!("1 j {} w ", radius * 2));
            digits::lengths(&mut self.out, &parts(colour));
            self.out.extend_from_slice(b"RG\n");
        }
        digits::lengths(
            &mut self.out,
            &[x + radius, bottom + radius, width - radius * 2, height - radius * 2],
        );
        self.out.extend_from_slice(b"re B\n");
    }

    fn picture(&mut self, number: u32) {
        let Some(placed) = self.pages.pictures.get(number as usize) else { return };
        let Some(picture) = &placed.picture else { return };
        self.mark(OpenMark::Node(placed.node));
        picture::show(&mut self.out, placed, picture, number, self.pages.height);
    }

    /// Goes to where a line begins.
    fn begin_line(&mut self, x: Length, y: Length) {
        let (left, above) = std::mem::replace(&mut self.line, (x, y));
        let (right, down) = (x - left, above - y);
        self.string.next_line = right == Length::ZERO && self.leading == Some(down);
        if self.string.next_line {
            return;
        }
        digits::lengths(&mut self.out, &[right, y - above]);
        if right == Length::ZERO && down > Length::ZERO {
            self.leading = Some(down);
            self.out.extend_from_slice(b"TD");
        } else {
            self.out.extend_from_slice(b"Td");
        }
    }

    fn begin_string(&mut self) {
        if self.string.next_line {
            self.out.extend_from_slice(NEXT_LINE);
        }
        self.string.at = self.out.len();
        self.string.kerned = false;
        self.out.extend_from_slice(b"[(");
    }

    /// Ends a string; of one that holds nothing, only the step to the next line stays.
    fn end_string(&mut self) {
        let ShownString { at, kerned, next_line } = self.string;
        self.string.next_line = false;
        if self.out.len() == at + b"[(".len() {
            self.out.truncate(at);
        } else if kerned {
            self.out.extend_from_slice(b")]TJ\n");
        } else if next_line {
            self.out.drain(at - NEXT_LINE.len()..=at);
            self.out.extend_from_slice(b")'\n");
        } else {
            self.out.remove(at);
            self.out.extend_from_slice(b")Tj\n");
        }
    }

    fn text(&mut self, run: &TextRun) {
        let words = &self.page.words[run.words()];
        let Some(first) = words.first() else { return };
        let is_read = !run.node.is_artifact();
        self.mark_text(if is_read {
            OpenMark::Node(run.node)
        } else {
            OpenMark::Artifact(Artifact::of(run.node))
        });
        self.set_ink(run.ink);
        self.set_font(self.pages.words[first.word.0 as usize].first_font(), run.size);
        // lines below one another differ by the same step, which packs better than their places
        self.begin_line(fine(run.x), fine(self.up(run.y)));
        self.begin_string();
        for placed in words {
            let encoded = self.fonts.encoded(placed.word);
            if let Some(font) =
                encoded.plainly_in.filter(|font| self.font == Some((*font, run.size)))
            {
                // most words of all
                self.string.kerned |= encoded.kerned;
                self.out.extend_from_slice(&encoded.letters);
                if placed.space {
                    self.fonts.show_space(&mut self.out, font);
                }
                continue;
            }
            let word = &self.pages.words[placed.word.0 as usize];
            self.change_font(word.first_font(), run.size);
            let shown = self.fonts.shown(word, placed.word, run.size);
            self.string.kerned |= shown.kerned;
            // a mark within what is repeated would say nothing: it is not read
            match shown.says_else.filter(|_| is_read) {
                None => self.out.extend_from_slice(&shown.letters),
                Some((from, text)) => {
                    self.out.extend_from_slice(&shown.letters[..from]);
                    self.end_string();
                    self.out.extend_from_slice(b"/Span<</ActualText<FEFF");
                    for unit in text.encode_utf16() {
                        self.put(format_args!("{unit:04X}"));
                    }
                    self.out.extend_from_slice(b">>>BDC");
                    self.begin_string();
                    self.string.kerned = shown.kerned;
                    self.out.extend_from_slice(&shown.letters[from..]);
                    self.end_string();
                    self.out.extend_from_slice(b"EMC\n");
                    self.begin_string();
                }
            }
            self.font = Some((word.last_font(), run.size));
            if placed.space {
                self.change_font(word.space, run.size);
                self.fonts.show_space(&mut self.out, word.space);
            }
        }
        self.end_string();
    }
}

/// Goes to the next line.
const NEXT_LINE: &[u8] = b"T*";

/// The name under which pages draw what stands alike on many of them.
pub(crate) fn similar_name(number: u32) -> String {
    format!("A{number}")
}

/// A hundredth of a point is as fine as anything is drawn.
fn fine(length: Length) -> Length {
    Length::milli((length.as_milli() + 5).div_euclid(10) * 10)
}
