//! From runs of words to lines of a given measure.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::font::{Face, Fonts, WordId};
use super::length::Length;
use super::tree::NodeId;

/// A stretch of letters without a space, in one style.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) word: WordId,
    pub(crate) node: NodeId,
    pub(crate) width: Length,
    pub(crate) space: bool,
    pub(crate) after: After,
    pub(crate) look: Look,
}

/// Whether a line can end after a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    Joined,
    MayBreak,
    MustBreak,
}

/// What is drawn with a word beside its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Look {
    pub(crate) struck: bool,
    pub(crate) linked: bool,
}

/// A run of words in one face.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) text: &'a str,
    pub(crate) face: Face,
    pub(crate) node: NodeId,
    pub(crate) look: Look,
}

/// Cuts the runs of one paragraph into pieces.
pub(crate) fn pieces(fonts: &mut Fonts, runs: &[Run<'_>], size: Length, out: &mut Vec<Piece>) {
    let joined;
    let all = match runs {
        [] => return,
        [only] => only.text,
        many => {
            joined = many.iter().map(|r| r.text).collect::<String>();
            &joined
        }
    };
    let start = out.len();
    let mut runs = runs.iter();
    let Some(mut run) = runs.next() else { return };
    let (mut from, mut run_end) = (0, run.text.len());
    for (to, opportunity) in linebreaks(all) {
        let after = if opportunity == BreakOpportunity::Mandatory && to < all.len() { After::MustBreak } else { After::MayBreak };
        // the stretch up to where the line may break, cut where the style changes
        while from < to {
            while run_end <= from {
                let Some(next) = runs.next() else { return };
                run = next;
                run_end += run.text.len();
            }
            let cut = to.min(run_end);
            add_words(fonts, &all[from..cut], run, size, out);
            from = cut;
        }
        if let Some(last) = out[start..].last_mut() {
            last.after = after;
        }
    }
}

fn add_words(fonts: &mut Fonts, stretch: &str, run: &Run<'_>, size: Length, out: &mut Vec<Piece>) {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut rest = stretch;
    loop {
        let word_end = rest.find(is_space).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(word_end);
        let after_spaces = tail.trim_start_matches(is_space);
        let space = after_spaces.len() < tail.len();
        if !word.is_empty() {
            let id = fonts.intern(run.face, word);
            let width = fonts.width(id, size);
            out.push(Piece { word: id, node: run.node, width, space, after: After::Joined, look: run.look });
        } else if space && let Some(last) = out.last_mut() {
            last.space = true;
        }
        if after_spaces.is_empty() {
            return;
        }
        rest = after_spaces;
    }
}

/// Breaks pieces into lines no wider than the measure, as few as they can be.
///
/// A piece that is wider than the measure by itself is cut between its letters; the parts are added to `cut`, and `lines` speaks
/// of `cut`, which holds every piece once more.
pub(crate) fn lines(fonts: &mut Fonts, pieces: &[Piece], size: Length, measure: Length, cut: &mut Vec<Piece>, lines: &mut Vec<Range<u32>>) {
    let at = |cut: &Vec<Piece>| u32::try_from(cut.len()).unwrap_or(u32::MAX);
    let mut line_start = at(cut);
    let mut line_width = Length::ZERO;
    let mut next = 0;
    while next < pieces.len() {
        // a group of pieces between which the line may not end
        let group_end = (next..pieces.len()).find(|i| pieces[*i].after != After::Joined).map_or(pieces.len(), |i| i + 1);
        let group = &pieces[next..group_end];
        let width = group_width(fonts, group, size);
        if at(cut) > line_start && line_width + width > measure {
            lines.push(line_start..at(cut));
            line_start = at(cut);
            line_width = Length::ZERO;
        }
        if width <= measure {
            cut.extend_from_slice(group);
            line_width += width;
        } else {
            for piece in group {
                if line_width + piece.width <= measure {
                    cut.push(*piece);
                    line_width += piece.width;
                    continue;
                }
                split_piece(fonts, *piece, size, measure, &mut line_width, &mut line_start, cut, lines);
            }
        }
        let last = group[group.len() - 1];
        if last.space {
            line_width += fonts.space(fonts.word(last.word).face, size);
        }
        if last.after == After::MustBreak {
            lines.push(line_start..at(cut));
            line_start = at(cut);
            line_width = Length::ZERO;
        }
        next = group_end;
    }
    if at(cut) > line_start {
        lines.push(line_start..at(cut));
    }
}

/// How many lines [`lines`] would make, without making them.
pub(crate) fn count_lines(fonts: &Fonts, pieces: &[Piece], size: Length, measure: Length) -> i32 {
    let (mut count, mut width, mut empty) = (0, Length::ZERO, true);
    let mut next = 0;
    while next < pieces.len() {
        let group_end = (next..pieces.len()).find(|i| pieces[*i].after != After::Joined).map_or(pieces.len(), |i| i + 1);
        let group = &pieces[next..group_end];
        let group_width = group_width(fonts, group, size);
        if !empty && width + group_width > measure {
            count += 1;
            width = Length::ZERO;
        }
        let over = group_width.as_milli() / measure.as_milli().max(1);
        if over > 0 && group_width > measure {
            count += over;
            width = group_width - measure * over;
        } else {
            width += group_width;
        }
        empty = false;
        let last = group[group.len() - 1];
        if last.space {
            width += fonts.space(fonts.word(last.word).face, size);
        }
        if last.after == After::MustBreak {
            count += 1;
            width = Length::ZERO;
            empty = true;
        }
        next = group_end;
    }
    count + i32::from(!empty)
}

/// The width of pieces on a line, without the space after the last.
pub(crate) fn group_width(fonts: &Fonts, group: &[Piece], size: Length) -> Length {
    let mut width = Length::ZERO;
    for (i, piece) in group.iter().enumerate() {
        width += piece.width;
        if piece.space && i + 1 < group.len() {
            width += fonts.space(fonts.word(piece.word).face, size);
        }
    }
    width
}

/// Cuts a piece between its letters into parts that fit; at least one letter goes on each line, however narrow it is.
#[allow(clippy::too_many_arguments)] // the state of the line that is being filled
fn split_piece(
    fonts: &mut Fonts,
    piece: Piece,
    size: Length,
    measure: Length,
    line_width: &mut Length,
    line_start: &mut u32,
    cut: &mut Vec<Piece>,
    lines: &mut Vec<Range<u32>>,
) {
    let at = |cut: &Vec<Piece>| u32::try_from(cut.len()).unwrap_or(u32::MAX);
    let word = fonts.word(piece.word);
    let (face, text) = (word.face, word.text.clone());
    // where a part can end, and how wide the word is up to there
    let mut ends: Vec<(usize, i32)> = Vec::new();
    let mut advance = 0_i32;
    for (i, glyph) in word.glyphs.iter().enumerate() {
        advance = advance.saturating_add(glyph.advance);
        let end = word.glyphs.get(i + 1).map_or(text.len(), |g| g.cluster as usize);
        if end > glyph.cluster as usize {
            ends.push((end, advance));
        }
    }
    let (mut from, mut done, mut next) = (0, 0, 0);
    while next < ends.len() {
        let room = measure - *line_width;
        let fits = ends[next..].iter().take_while(|(_, to)| super::font::at_size(to - done, size) <= room).count();
        if fits == 0 && at(cut) > *line_start {
            lines.push(*line_start..at(cut));
            *line_start = at(cut);
            *line_width = Length::ZERO;
            continue;
        }
        next += fits.max(1);
        let (to, width) = ends[next - 1];
        let id = fonts.intern(face, &text[from..to]);
        let whole = next == ends.len();
        let part = Piece {
            word: id,
            width: fonts.width(id, size),
            space: whole && piece.space,
            after: if whole { piece.after } else { After::MayBreak },
            ..piece
        };
        *line_width += part.width;
        cut.push(part);
        (from, done) = (to, width);
        if !whole {
            lines.push(*line_start..at(cut));
            *line_start = at(cut);
            *line_width = Length::ZERO;
        }
    }
}
