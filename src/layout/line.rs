//! From runs of words to lines of a given measure.

use std::ops::Range;

use unicode_bidi::Level;
use unicode_linebreak::BreakOpportunity;

use super::bidi;
use super::breaks::{LineBreak, breaks};
use super::font::{FontFace, WordCache, WordId};
use super::hyphen::SOFT;
use super::length::Length;
use super::tree::NodeId;
use super::typefaces::TextDirection;
use crate::language::Language;

/// A stretch of letters without a space, in one style.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fragment {
    pub(crate) word: WordId,
    pub(crate) node: NodeId,
    pub(crate) width: Length,
    /// Its width with the space behind it, where there is one.
    pub(crate) with_space: Length,
    pub(crate) space: bool,
    pub(crate) after: BreakKind,
    pub(crate) look: WordDecoration,
    /// How deep it is in words that run the other way; at odd levels words run to the left.
    pub(crate) level: Level,
}

impl Fragment {
    /// The same with other words, which a space may follow.
    fn saying(self, fonts: &WordCache, word: WordId, size: Length, space: bool) -> Self {
        let width = fonts.width(word, size);
        let with_space = if space { width + fonts.space(word, size) } else { width };
        Self { word, width, with_space, space, ..self }
    }
}

/// Whether a line can end after a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BreakKind {
    Joined,
    MayBreak,
    MustBreak,
}

/// What is drawn with a word beside its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct WordDecoration {
    pub(crate) struck: bool,
    pub(crate) linked: bool,
}

/// A run of words in one face.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FaceRun<'a> {
    pub(crate) text: &'a str,
    pub(crate) face: FontFace,
    pub(crate) node: NodeId,
    pub(crate) look: WordDecoration,
    /// Their language, where that is another than the document's.
    pub(crate) language: Option<Language>,
}

impl FaceRun<'_> {
    /// A piece of it that says nothing yet.
    fn piece(&self, after: BreakKind, level: Level) -> Fragment {
        let (width, with_space) = (Length::ZERO, Length::ZERO);
        Fragment {
            word: WordId(0),
            node: self.node,
            width,
            with_space,
            space: false,
            after,
            look: self.look,
            level,
        }
    }
}

/// How many bytes a word takes, with the space behind it, more or less.
const USUAL_WORD: usize = 6;

/// Cuts the runs of one paragraph into pieces.
pub(crate) fn pieces(
    fonts: &mut WordCache,
    runs: &[FaceRun<'_>],
    size: Length,
    out: &mut Vec<Fragment>,
) {
    let joined;
    let all = match runs {
        [] => return,
        [only] => only.text,
        many => {
            joined = many.iter().map(|r| r.text).collect::<String>();
            &joined
        }
    };
    let levels = bidi::levels(all);
    let start = out.len();
    let mut runs = runs.iter();
    let Some(mut run) = runs.next() else { return };
    let (mut from, mut run_end) = (0, run.text.len());
    out.reserve(all.len() / USUAL_WORD + 1);
    for LineBreak { at: to, opportunity, ends_plain_word } in breaks(all) {
        let after = if opportunity == BreakOpportunity::Mandatory && to < all.len() {
            BreakKind::MustBreak
        } else {
            BreakKind::MayBreak
        };
        if ends_plain_word && from < run_end && to <= run_end && levels.is_none() {
            // most words of all
            fonts.speak(run.language);
            let stretch = &all[from..to];
            let word = stretch.strip_suffix(' ').unwrap_or(stretch);
            let id = fonts.intern(run.face, TextDirection::Right, word);
            out.push(run.piece(after, Level::ltr()).saying(
                fonts,
                id,
                size,
                word.len() < stretch.len(),
            ));
            from = to;
            continue;
        }
        // a word that its author marked with soft hyphens stays one word until a line is to end in
        // it
        if opportunity == BreakOpportunity::Allowed && all[..to].ends_with(SOFT) {
            continue;
        }
        // the stretch up to where the line may break, cut where the style changes
        while from < to {
            while run_end <= from {
                let Some(next) = runs.next() else { return };
                run = next;
                run_end += run.text.len();
            }
            let cut = to.min(run_end);
            add_words(
                fonts,
                &all[from..cut],
                levels.as_deref().and_then(|l| l.get(from..cut)),
                run,
                size,
                out,
            );
            from = cut;
        }
        if let Some(last) = out[start..].last_mut() {
            last.after = after;
        }
    }
}

fn add_words(
    fonts: &mut WordCache,
    stretch: &str,
    levels: Option<&[Level]>,
    run: &FaceRun<'_>,
    size: Length,
    out: &mut Vec<Fragment>,
) {
    let is_space = |c: char| {
        matches!(
            c,
            ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    fonts.speak(run.language);
    let mut rest = stretch;
    loop {
        let word_end = rest.find(is_space).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(word_end);
        let word = word.trim_end_matches(SOFT);
        let after_spaces = tail.trim_start_matches(is_space);
        let space = after_spaces.len() < tail.len();
        if !word.is_empty() {
            let from = stretch.len() - rest.len();
            let levels = levels.and_then(|l| l.get(from..from + word.len()));
            for (part, level) in parts(word, levels) {
                let id = fonts.intern(run.face, bidi::way(level), part);
                out.push(run.piece(BreakKind::Joined, level).saying(fonts, id, size, false));
            }
        }
        if space && let Some(last) = out.last_mut() {
            *last = last.saying(fonts, last.word, size, true);
        }
        if after_spaces.is_empty() {
            return;
        }
        rest = after_spaces;
    }
}

/// The parts of a word that run one way each, by the levels of its bytes.
fn parts<'w>(word: &'w str, levels: Option<&[Level]>) -> impl Iterator<Item = (&'w str, Level)> {
    let mut rest = Some((word, levels.unwrap_or_default()));
    std::iter::from_fn(move || {
        let (word, levels) = rest.take()?;
        let level = levels.first().copied().unwrap_or_else(Level::ltr);
        let length = levels.iter().position(|l| *l != level).unwrap_or(word.len());
        let (part, after) = word.split_at_checked(length)?;
        if !after.is_empty() {
            rest = Some((after, levels.get(length..).unwrap_or_default()));
        }
        Some((part, level))
    })
}

/// A line with this much of its measure left may end with a part of the next word.
const WORTH_A_HYPHEN: (i32, i32) = (1, 3);
/// A last line with less than this much of the measure gets a word from the line above.
const RUNT: (i32, i32) = (1, 5);

/// Breaks pieces into lines no wider than the measure, as few as they can be.
///
/// A word is divided where a line would else be left with much room, but for names, for the last of
/// a paragraph, and at the ends of two lines that follow one another; and where it is wider than
/// the measure by itself. What can't be divided and is too wide is cut between its letters. The
/// parts are added to `cut`, and `lines` speaks of `cut`, which holds every piece once more.
pub(crate) fn lines(
    fonts: &mut WordCache,
    pieces: &[Fragment],
    size: Length,
    measure: Length,
    cut: &mut Vec<Fragment>,
    lines: &mut Vec<Range<u32>>,
) {
    let from_line = lines.len();
    let mut filling = LineFiller {
        fonts,
        size,
        measure,
        cut,
        lines,
        start: 0,
        width: Length::ZERO,
        divided: false,
    };
    filling.start = filling.at();
    let mut rest = pieces;
    while !rest.is_empty() {
        rest = filling.put_fitting(rest);
        let (group, after) = rest.split_at(group_length(rest));
        let Some(last) = group.last() else { break };
        filling.add(group, after.is_empty() || last.after == BreakKind::MustBreak);
        if last.after == BreakKind::MustBreak {
            filling.end_line();
        }
        rest = after;
    }
    if filling.at() > filling.start {
        filling.end_line();
    }
    filling.lengthen_last(from_line);
}

/// Lines that are being filled.
struct LineFiller<'a, 'f> {
    fonts: &'a mut WordCache<'f>,
    size: Length,
    measure: Length,
    cut: &'a mut Vec<Fragment>,
    lines: &'a mut Vec<Range<u32>>,
    /// Where the present line begins in `cut`.
    start: u32,
    /// How wide it is.
    width: Length,
    /// Whether the line above ends within a word.
    divided: bool,
}

impl LineFiller<'_, '_> {
    fn at(&self) -> u32 {
        u32::try_from(self.cut.len()).unwrap_or(u32::MAX)
    }

    fn end_line(&mut self) {
        let end = self.at();
        self.lines.push(self.start..end);
        self.start = end;
        self.width = Length::ZERO;
        self.divided = false;
    }

    fn put(&mut self, piece: Fragment) {
        self.cut.push(piece);
        self.width += piece.with_space;
    }

    /// Adds as many single pieces as there is room for on the line; gives the rest.
    fn put_fitting<'p>(&mut self, pieces: &'p [Fragment]) -> &'p [Fragment] {
        let mut width = self.width;
        let fits = |piece: &&Fragment| {
            let fits = piece.after == BreakKind::MayBreak && width + piece.width <= self.measure;
            width += if fits { piece.with_space } else { Length::ZERO };
            fits
        };
        let (fitting, rest) = pieces.split_at(pieces.iter().take_while(fits).count());
        self.cut.extend_from_slice(fitting);
        self.width = width;
        rest
    }

    /// Adds pieces between which the line may not end.
    fn add(&mut self, group: &[Fragment], ends_paragraph: bool) {
        let width = group_width(group);
        if self.at() > self.start && self.width + width > self.measure {
            let left = self.measure - self.width;
            let worth_it = left >= self.measure * WORTH_A_HYPHEN.0 / WORTH_A_HYPHEN.1
                && !self.divided
                && !ends_paragraph;
            if let (true, [piece]) = (worth_it, group)
                && !self.is_name(*piece)
                && let Some((before, after)) = self.divided(*piece, left)
            {
                self.put(before);
                self.end_line();
                self.divided = true;
                self.add(&[after], ends_paragraph);
                return;
            }
            self.end_line();
        }
        if width <= self.measure {
            for piece in group {
                self.put(*piece);
            }
            return;
        }
        for piece in group {
            self.add_wide(*piece);
        }
    }

    /// Whether a word begins with a capital, as names do.
    fn is_name(&self, piece: Fragment) -> bool {
        self.fonts
            .word(piece.word)
            .text
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_uppercase)
    }

    /// A piece in two that are joined by a hyphen, the first of them no wider than there is room.
    fn divided(&mut self, piece: Fragment, room: Length) -> Option<(Fragment, Fragment)> {
        let (before, after) = self.fonts.divided(piece.word, self.size, room)?;
        let before = Fragment {
            after: BreakKind::MayBreak,
            ..piece.saying(self.fonts, before, self.size, false)
        };
        Some((before, piece.saying(self.fonts, after, self.size, piece.space)))
    }

    /// Adds a piece that may be wider than a line: divided as words are, else cut between its
    /// letters.
    fn add_wide(&mut self, mut piece: Fragment) {
        loop {
            if self.width + piece.width <= self.measure {
                self.put(piece);
                return;
            }
            let Some((before, after)) = self.divided(piece, self.measure - self.width) else {
                break;
            };
            self.put(before);
            self.end_line();
            self.divided = true;
            piece = after;
        }
        if self.at() > self.start && piece.width <= self.measure {
            self.end_line();
            self.put(piece);
            return;
        }
        self.cut_up(piece);
    }

    /// Cuts a piece between its letters into parts that fit; at least one letter goes on each line,
    /// however narrow it is.
    fn cut_up(&mut self, piece: Fragment) {
        let word = self.fonts.word(piece.word);
        let (face, way, text, glyphs) = (word.face, word.way, word.text.clone(), word.in_order());
        // where a part can end, and how wide the word is up to there
        let mut ends: Vec<(usize, i32)> = Vec::new();
        let mut advance = 0_i32;
        for (i, (glyph, _)) in glyphs.iter().enumerate() {
            advance = advance.saturating_add(glyph.advance);
            let end = glyphs.get(i + 1).map_or(text.len(), |(g, _)| g.cluster as usize);
            if end > glyph.cluster as usize {
                ends.push((end, advance));
            }
        }
        let (mut from, mut done, mut next) = (0, 0, 0);
        while next < ends.len() {
            let room = self.measure - self.width;
            let fits = ends[next..]
                .iter()
                .take_while(|(_, to)| super::font::at_size(to - done, self.size) <= room)
                .count();
            if fits == 0 && self.at() > self.start {
                self.end_line();
                continue;
            }
            next += fits.max(1);
            let (to, width) = ends[next - 1];
            let id = self.fonts.intern(face, way, &text[from..to]);
            let whole = next == ends.len();
            let part = piece.saying(self.fonts, id, self.size, whole && piece.space);
            self.put(Fragment {
                after: if whole { piece.after } else { BreakKind::MayBreak },
                ..part
            });
            (from, done) = (to, width);
            if !whole {
                self.end_line();
            }
        }
    }

    /// Moves a word down from the line above where a paragraph would end with hardly more than a
    /// syllable.
    fn lengthen_last(&mut self, from_line: usize) {
        let [.., above, last] = &mut self.lines[from_line..] else { return };
        let (Some(runt), Some(line)) = (
            self.cut.get(last.start as usize..last.end as usize),
            self.cut.get(above.start as usize..above.end as usize),
        ) else {
            return;
        };
        let Some(end) = line.last() else { return };
        let is_part = self.fonts.word(end.word).text.ends_with(SOFT) || !end.space;
        let runt_width = group_width(runt);
        if is_part
            || end.after == BreakKind::MustBreak
            || runt_width > self.measure * RUNT.0 / RUNT.1
        {
            return;
        }
        // the last word of the line above begins where that line could have ended, and must leave
        // more than half of it
        let Some(keep) = line[..line.len() - 1]
            .iter()
            .rposition(|p| p.after == BreakKind::MayBreak && p.space)
            .map(|i| i + 1)
        else {
            return;
        };
        let kept = group_width(&line[..keep]);
        let moved: Length = line[keep..].iter().map(|p| p.with_space).sum();
        if kept >= self.measure / 2 && moved + runt_width <= self.measure {
            let boundary = above.start + u32::try_from(keep).unwrap_or(0);
            above.end = boundary;
            last.start = boundary;
        }
    }
}

/// How many lines [`lines`] would make, without making them.
pub(crate) fn count_lines(pieces: &[Fragment], measure: Length) -> i32 {
    let (mut count, mut width, mut empty) = (0, Length::ZERO, true);
    let mut rest = pieces;
    while !rest.is_empty() {
        let (group, after) = rest.split_at(group_length(rest));
        let Some(last) = group.last() else { break };
        let group_width = group_width(group);
        if !empty && width + group_width > measure {
            count += 1;
            width = Length::ZERO;
        }
        if group_width > measure {
            let over = group_width.as_milli() / measure.as_milli().max(1);
            count += over;
            width = group_width - measure * over;
        } else {
            width += group_width;
        }
        empty = false;
        width += last.with_space - last.width;
        if last.after == BreakKind::MustBreak {
            count += 1;
            width = Length::ZERO;
            empty = true;
        }
        rest = after;
    }
    count + i32::from(!empty)
}

/// How many pieces there are before the next place at which a line may end.
fn group_length(pieces: &[Fragment]) -> usize {
    pieces.iter().position(|p| p.after != BreakKind::Joined).map_or(pieces.len(), |at| at + 1)
}

/// The width of pieces on a line, without the space after the last.
pub(crate) fn group_width(group: &[Fragment]) -> Length {
    let Some((last, before)) = group.split_last() else { return Length::ZERO };
    before.iter().map(|p| p.with_space).sum::<Length>() + last.width
}
