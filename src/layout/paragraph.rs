//! Paragraphs on pages.

use crate::report::Phrase;

use super::compose::PageComposer;
use super::design::TextStyle;
use super::flow::{BrokenText, ShapedText, TextShaper};
use super::font::FontFace;
use super::length::Length;
use super::tree::NodeId;

/// Puts lines down the page and on to the next, with no line of a paragraph left alone where that
/// can be helped.
pub(crate) fn place(composer: &mut PageComposer, lines: &BrokenText, x: Length) {
    let mut from = 0;
    while from < lines.lines.len() {
        let mut fits = lines.fitting(from, composer.left_over());
        if from + fits < lines.lines.len() {
            fits = lines.good_cut(from, from + fits) - from;
        }
        if fits == 0 && composer.y > composer.frame.top {
            composer.turn();
            continue;
        }
        let to = from + fits.max(1);
        let y = composer.y;
        composer.setter.draw(&mut composer.page, lines, from..to, x, y);
        composer.y += lines.height(from..to);
        from = to;
    }
}

/// The lines of a paragraph.
pub(crate) fn one_paragraph(
    setter: &mut TextShaper,
    words: &Phrase,
    face: FontFace,
    style: TextStyle,
    measure: Length,
    node: NodeId,
) -> BrokenText {
    let mut flow = ShapedText::default();
    setter.phrase(&mut flow, words, face, style, node);
    flow.lines(&mut setter.fonts, measure)
}

/// Puts a paragraph on the page.
pub(crate) fn paragraph(
    composer: &mut PageComposer,
    words: &Phrase,
    face: FontFace,
    style: TextStyle,
    x: Length,
    measure: Length,
    node: NodeId,
) {
    let lines = one_paragraph(&mut composer.setter, words, face, style, measure, node);
    place(composer, &lines, x);
}
