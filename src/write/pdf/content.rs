//! The content of a page, straight to bytes (ISO 32000-1, 7.8 and 9.4), each part marked with what it is (14.6).

use std::io::Write as _;

use crate::layout::font::FontNumber;
use crate::layout::page::{Item, Page, TextRun};
use crate::layout::tree::NodeId;
use crate::layout::{Length, Pages};
use crate::plan::Colour;

use super::file::compress_lines;
use super::fonts::{Fonts, resource_name};
use super::picture;
use super::structure;

/// A page's content, and which node each of its marked parts belongs to.
pub(crate) struct PageContent {
    pub(crate) compressed: Vec<u8>,
    /// The nodes by marked-content identifier.
    pub(crate) marks: Vec<NodeId>,
}

/// Writes the content of a page.
pub(crate) fn page(pages: &Pages, page: &Page, fonts: &Fonts) -> PageContent {
    let mut writer = Writer {
        pages,
        page,
        fonts,
        out: Vec::with_capacity(page.items.len() * 96),
        marks: Vec::new(),
        open: Open::Nothing,
        ink: None,
        edge: None,
        font: None,
        line: None,
    };
    for item in &page.items {
        match item {
            Item::Text(run) => writer.text(run),
            Item::Fill { x, y, width, height, colour, radius, node } => {
                writer.mark(if *node == NodeId::ARTIFACT { Open::Decoration } else { Open::Node(*node) });
                writer.end_text();
                writer.fill(*x, *y, *width, *height, *radius, *colour);
            }
            Item::Picture(number) => writer.picture(*number),
            Item::Alike(number) => {
                writer.close_mark();
                writer.put(format_args!("/{} Do\n", alike_name(*number)));
            }
        }
    }
    writer.close_mark();
    PageContent { compressed: compress_lines(writer.out), marks: writer.marks }
}

/// What the part that is being written is marked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// Backgrounds and rules.
    Decoration,
    /// Words that are repeated.
    Repeated,
    Node(NodeId),
}

struct Writer<'a> {
    pages: &'a Pages,
    page: &'a Page,
    fonts: &'a Fonts<'a>,
    out: Vec<u8>,
    marks: Vec<NodeId>,
    open: Open,
    ink: Option<Colour>,
    /// The colour and roundness of edges.
    edge: Option<(Colour, Length)>,
    font: Option<(FontNumber, Length)>,
    /// Where the line of the open text object begins; none if none is open.
    line: Option<(Length, Length)>,
}

impl Writer<'_> {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // writing to memory cannot fail
        let _ = self.out.write_fmt(text);
    }

    /// From the top of the page to its foot: PDF measures upwards.
    fn up(&self, y: Length) -> Length {
        self.pages.height - y
    }

    fn mark(&mut self, wanted: Open) {
        if self.open == wanted {
            return;
        }
        self.close_mark();
        match wanted {
            Open::Nothing => {}
            Open::Decoration => self.out.extend_from_slice(b"/Artifact<</Type/Layout>>BDC\n"),
            Open::Repeated => self.out.extend_from_slice(b"/Artifact<</Type/Pagination>>BDC\n"),
            Open::Node(node) => {
                let name = structure::name(self.pages.tree.node(node).role);
                let number = self.marks.len();
                self.marks.push(node);
                self.put(format_args!("/{name}<</MCID {number}>>BDC\n"));
            }
        }
        self.open = wanted;
    }

    fn close_mark(&mut self) {
        self.end_text();
        if self.open != Open::Nothing {
            self.out.extend_from_slice(b"EMC\n");
            self.open = Open::Nothing;
        }
    }

    fn end_text(&mut self) {
        if self.line.take().is_some() {
            self.out.extend_from_slice(b"ET\n");
        }
    }

    fn set_ink(&mut self, colour: Colour) {
        if self.ink != Some(colour) {
            self.ink = Some(colour);
            let [red, green, blue] = [colour.red, colour.green, colour.blue].map(thousandths);
            self.put(format_args!("{red} {green} {blue} rg\n"));
        }
    }

    fn set_font(&mut self, font: FontNumber, size: Length) {
        if self.font != Some((font, size)) {
            self.font = Some((font, size));
            self.put(format_args!("/{} {size} Tf\n", resource_name(font)));
        }
    }

    /// The same between the letters of a string within an array of TJ.
    fn change_font(&mut self, font: FontNumber, size: Length) {
        if self.font != Some((font, size)) {
            self.out.extend_from_slice(b")]TJ\n");
            self.set_font(font, size);
            self.out.extend_from_slice(b"[(");
        }
    }

    fn fill(&mut self, x: Length, y: Length, width: Length, height: Length, radius: Length, colour: Colour) {
        self.set_ink(colour);
        let (x, bottom, width, height) = (fine(x), fine(self.up(y + height)), fine(width), fine(height));
        if radius == Length::ZERO {
            self.put(format_args!("{x} {bottom} {width} {height} re f\n"));
            return;
        }
        // a smaller rectangle whose edge, drawn with round joins, reaches as far as the corners are to be round
        if self.edge != Some((colour, radius)) {
            self.edge = Some((colour, radius));
            let [red, green, blue] = [colour.red, colour.green, colour.blue].map(thousandths);
            self.put(format_args!("1 j {} w {red} {green} {blue} RG\n", radius * 2));
        }
        self.put(format_args!("{} {} {} {} re B\n", x + radius, bottom + radius, width - radius * 2, height - radius * 2));
    }

    fn picture(&mut self, number: u32) {
        let Some(placed) = self.pages.pictures.get(number as usize) else { return };
        let Some(picture) = &placed.picture else { return };
        self.mark(Open::Node(placed.node));
        self.end_text();
        picture::show(&mut self.out, placed, picture, number, self.pages.height);
    }

    fn text(&mut self, run: &TextRun) {
        let words = &self.page.words[run.words()];
        let Some(first) = words.first() else { return };
        self.mark(if run.node == NodeId::ARTIFACT { Open::Repeated } else { Open::Node(run.node) });
        self.set_ink(run.ink);
        self.set_font(self.pages.words[first.word().0 as usize].first_font(), run.size);
        // lines below one another differ by the same step, which packs better than their places
        let (x, y) = (fine(run.x), fine(self.up(run.y)));
        match self.line.replace((x, y)) {
            Some((left, above)) => self.put(format_args!("{} {} Td[(", x - left, y - above)),
            None => self.put(format_args!("BT {x} {y} Td[(")),
        }
        for placed in words {
            let word = &self.pages.words[placed.word().0 as usize];
            self.change_font(word.first_font(), run.size);
            // a mark within what is repeated would say nothing: it is not read
            let actual_text = self.fonts.actual_text(placed.word()).filter(|_| run.node != NodeId::ARTIFACT);
            if let Some(text) = actual_text {
                self.out.extend_from_slice(b")]TJ/Span<</ActualText<FEFF");
                for unit in text.encode_utf16() {
                    self.put(format_args!("{unit:04X}"));
                }
                self.out.extend_from_slice(b">>>BDC[(");
            }
            self.fonts.show(&mut self.out, word, placed.word(), run.size);
            self.font = Some((word.last_font(), run.size));
            if actual_text.is_some() {
                self.out.extend_from_slice(b")]TJ EMC[(");
            }
            if placed.space() {
                self.change_font(word.space, run.size);
                self.fonts.show_space(&mut self.out, word.space);
            }
        }
        self.out.extend_from_slice(b")]TJ\n");
    }
}

/// The name under which pages draw what stands alike on many of them.
pub(crate) fn alike_name(number: u32) -> String {
    format!("A{number}")
}

/// A hundredth of a point is as fine as anything is drawn.
fn fine(length: Length) -> Length {
    Length::milli((length.as_milli() + 5).div_euclid(10) * 10)
}

/// A part of a colour, 0 to 255, as a number from 0 to 1 with three decimals.
pub(crate) fn thousandths(part: u8) -> Length {
    Length::milli((i32::from(part) * 1000 + 127) / 255)
}
