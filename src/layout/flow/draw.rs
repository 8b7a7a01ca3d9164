//! Lines drawn on a page: words, links, strokes through words, labels.

use super::{BrokenText, ShapedText, TextShaper};
use crate::layout::design::{LABEL_SIDE, TextStyle};
use crate::layout::font::FontFace;
use crate::layout::length::Length;
use crate::layout::line::Fragment;
use crate::layout::page::{LaidOutPage, LinkArea, PageItem};
use crate::layout::tree::{NodeId, StructureRole};
use crate::layout::{bidi, line};

impl TextShaper<'_> {
    /// Puts some of the lines on a page, from `y` down.
    pub(crate) fn draw(
        &self,
        page: &mut LaidOutPage,
        text: &BrokenText,
        lines: std::ops::Range<usize>,
        x: Length,
        y: Length,
    ) {
        let mut top = y;
        let Some(chosen) = text.lines.get(lines) else { return };
        for (i, line) in chosen.iter().enumerate() {
            if i > 0 {
                top += line.before;
            }
            let pieces = text.of(line);
            let baseline = top + self.baseline(line.style);
            let mut left = x + line.indent;
            if let Some(fill) = line.label {
                let width = line::group_width(pieces) + LABEL_SIDE * 2;
                let (height, radius) = (line.style.leading + Length::tenths(10), Length::pt(2));
                page.items.push(PageItem::Fill {
                    x: left,
                    y: top - Length::tenths(5),
                    width,
                    height,
                    colour: fill,
                    radius,
                    node: NodeId::ARTIFACT,
                });
                left += LABEL_SIDE;
            }
            if let Some((word, node)) = line.marker {
                let width = self.fonts.width(word, line.style.size);
                let at = x + line.indent - line.style.size * 3 / 10 - width;
                page.words([(word, true)], at.at_least(x), baseline, line.style, node);
            }
            self.draw_pieces(page, pieces, left, baseline, line.style);
            top += line.style.leading;
        }
    }

    fn draw_pieces(
        &self,
        page: &mut LaidOutPage,
        pieces: &[Fragment],
        x: Length,
        y: Length,
        style: TextStyle,
    ) {
        if bidi::runs_left(pieces) {
            for (piece, left) in bidi::placed(pieces) {
                self.draw_run(page, std::slice::from_ref(piece), x + left, y, style);
            }
            return;
        }
        let mut left = x;
        let mut rest = pieces;
        while let Some(first) = rest.first() {
            let length =
                rest.iter().take_while(|p| p.node == first.node && p.look == first.look).count();
            let (run, after) = rest.split_at(length);
            self.draw_run(page, run, left, y, style);
            left += run.iter().map(|p| p.with_space).sum();
            rest = after;
        }
    }

    /// Draws pieces of one node that follow one another.
    fn draw_run(
        &self,
        page: &mut LaidOutPage,
        run: &[Fragment],
        left: Length,
        y: Length,
        style: TextStyle,
    ) {
        let Some(first) = run.first() else { return };
        let style = if first.look.linked { style.inked(self.colours.accent) } else { style };
        let thickness = style.size / 16;
        if first.look.linked {
            let width = line::group_width(run);
            let below = y + style.size * 13 / 100;
            page.rule(left, below, width, thickness, style.ink);
            if let StructureRole::Link(link) = self.tree.node(first.node).role {
                let (top, bottom) = (y - style.size, y + style.size * 3 / 10);
                page.link_areas.push(LinkArea {
                    node: first.node,
                    link,
                    left,
                    top,
                    right: left + width,
                    bottom,
                });
            }
        }
        if first.look.struck {
            page.rule(
                left,
                y - style.size * 27 / 100,
                line::group_width(run),
                thickness,
                style.ink,
            );
        }
        page.words(run.iter().map(|p| (p.word, p.space)), left, y, style, first.node);
    }

    /// Puts words on one line that stand on many pages: an artifact.
    pub(crate) fn draw_repeated(
        &mut self,
        page: &mut LaidOutPage,
        words: &str,
        face: FontFace,
        style: TextStyle,
        x: Length,
        y: Length,
    ) {
        self.draw_line(page, words, face, style, NodeId::ARTIFACT, x, y);
    }

    /// Puts words on one line.
    #[allow(clippy::too_many_arguments)] // what they are, how they look, where they stand
    pub(crate) fn draw_line(
        &mut self,
        page: &mut LaidOutPage,
        words: &str,
        face: FontFace,
        style: TextStyle,
        node: NodeId,
        x: Length,
        y: Length,
    ) {
        let mut flow = ShapedText::default();
        self.words(&mut flow, words, face, style, node);
        let lines = flow.lines(&mut self.fonts, Length::MAX);
        self.draw(page, &lines, 0..1, x, y);
    }
}
