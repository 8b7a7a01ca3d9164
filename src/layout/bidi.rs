//! The order of words on a line where some run from right to left (Unicode Standard Annex 9).

use unicode_bidi::{BidiInfo, Level};

use super::length::Length;
use super::line::Fragment;
use super::typefaces::TextDirection;

/// How deep each byte of a text is in stretches that run the other way; none if all of it runs to
/// the right.
pub(crate) fn levels(text: &str) -> Option<Vec<Level>> {
    if text.is_ascii() || !text.chars().any(may_run_left) {
        return None;
    }
    Some(BidiInfo::new(text, None).levels)
}

/// Letters of the scripts that run to the left, and marks that make others do so.
fn may_run_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{200F}' | '\u{202B}' | '\u{202E}' | '\u{2067}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Which way a stretch runs.
pub(crate) fn way(level: Level) -> TextDirection {
    if level.is_rtl() { TextDirection::Left } else { TextDirection::Right }
}

/// Whether any of the pieces of a line runs to the left.
pub(crate) fn runs_left(line: &[Fragment]) -> bool {
    line.iter().any(|p| p.level.is_rtl())
}

/// Whether the lines of a paragraph begin at the right.
pub(crate) fn begins_right(paragraph: &[Fragment]) -> bool {
    // rules P2 and P3: all of a paragraph is at level 1 or deeper, if its first letter runs to the
    // left
    paragraph.first().is_some_and(|p| p.level > Level::ltr())
}

/// The pieces of a line in the order in which they are read, each with the distance of its left
/// edge from that of the line.
pub(crate) fn placed(line: &[Fragment]) -> Vec<(&Fragment, Length)> {
    let mut levels = Vec::with_capacity(line.len() * 2);
    let mut widths = Vec::with_capacity(line.len() * 2);
    for (i, piece) in line.iter().enumerate() {
        levels.push(piece.level);
        widths.push((Some(i), piece.width));
        if let (true, Some(next)) = (piece.space, line.get(i + 1)) {
            // a space between two that run different ways belongs to what is around them both
            levels.push(piece.level.min(next.level));
            widths.push((None, piece.with_space - piece.width));
        }
    }
    let mut lefts = vec![Length::ZERO; line.len()];
    let mut left = Length::ZERO;
    for at in BidiInfo::reorder_visual(&levels) {
        let Some((piece, width)) = widths.get(at) else { continue };
        if let Some(place) = piece.and_then(|i| lefts.get_mut(i)) {
            *place = left;
        }
        left += *width;
    }
    line.iter().zip(lefts).collect()
}
