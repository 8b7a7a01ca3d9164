//! How wide words are in Arial, and where a spreadsheet program breaks their lines.
//!
//! Heights must stand in the file: viewers that do not compute them clip the text. Widths are those
//! of Arial 10 at 96 dots an inch, which Liberation Sans shares, and a little more for what hinting
//! and other fonts add.

use super::style::BODY_POINTS;

/// Height of a line of Arial 10, in pixels: 12.75 points.
pub(super) const LINE: u32 = 17;
/// What a cell keeps free above and below its lines together, in pixels.
pub(super) const PADDING: u32 = 5;
/// The highest row that a sheet can have, in pixels: 409 points, as Excel limits it.
pub(super) const TALLEST: u32 = 545;
/// How many lines fit into the highest row.
pub(super) const LINES: usize = ((TALLEST - PADDING) / LINE) as usize;
/// What a cell keeps free at its sides together, in pixels.
pub(super) const SIDES: u32 = 8;
/// Millionths of a pixel in a thousandth of an em of Arial 10 at 96 dots an inch, and a slack of 2
/// in 100.
const SCALE: u64 = 13_600;
/// The same for bold words, which are 8 in 100 wider.
const BOLD_SCALE: u64 = 14_690;

/// Advances of Arial from space to tilde, in thousandths of an em.
const ADVANCES: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The advances of all characters that are bytes; an em for those that have no shape.
const OF_BYTES: [u16; 128] = {
    let mut all = [1000; 128];
    let mut at = 0;
    while at < ADVANCES.len() {
        all[at + b' ' as usize] = ADVANCES[at];
        at += 1;
    }
    all
};

fn advance(c: char) -> u32 {
    match c {
        '\0'..='\x7f' => OF_BYTES[c as usize & 127].into(),
        '‘' | '’' => 222,
        '“' | '”' => 333,
        '\u{a0}' => 278,
        '\u{a1}'..='\u{24f}' | '–' => 600,
        '•' => 350,
        // an em for what is full width, and for all that is not known
        _ => 1000,
    }
}

/// How wide words are in all, in thousandths of an em.
fn width(words: &str) -> u64 {
    if words.is_ascii() {
        words.bytes().map(|b| u64::from(OF_BYTES[usize::from(b & 127)])).sum()
    } else {
        words.chars().map(|c| u64::from(advance(c))).sum()
    }
}

/// Words at a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextSize {
    /// Millionths of a pixel in a thousandth of an em.
    scale: u64,
}

impl TextSize {
    /// Arial 10.
    pub(super) const BODY: Self = Self { scale: SCALE };
    /// Arial 10, bold.
    pub(super) const STRONG: Self = Self { scale: BOLD_SCALE };

    /// Calls `start` with the byte at which each line but the first begins, where lines are at most
    /// `room` pixels wide.
    ///
    /// `bold` are the bytes at which bold words begin and end in turn, besides what this type is.
    pub(super) fn lines(
        self,
        words: &str,
        bold: &[usize],
        room: u32,
        mut start: impl FnMut(usize),
    ) {
        // no letter is wider than a bold em, so that each line takes one at least
        let room = (u64::from(room) * 1_000_000 / self.scale).max(1100);
        let of = |at: usize, c: char| {
            let wide = u64::from(advance(c));
            if bold.partition_point(|from| *from <= at) % 2 == 1 {
                wide * BOLD_SCALE / SCALE
            } else {
                wide
            }
        };
        let (mut line, mut at) = (0, 0);
        for piece in words.split_inclusive([' ', '\n']) {
            let (word, end) = match piece.as_bytes().last() {
                Some(end @ (b' ' | b'\n')) => (&piece[..piece.len() - 1], Some(*end)),
                _ => (piece, None),
            };
            let mut wide = if bold.is_empty() {
                width(word)
            } else {
                word.char_indices().map(|(i, c)| of(at + i, c)).sum()
            };
            let mut begin = at;
            if wide > room {
                // a word that fills more than a line is broken where the line ends
                wide = 0;
                for (i, c) in word.char_indices() {
                    let next = of(at + i, c);
                    if wide + next > room {
                        if line > 0 {
                            start(begin);
                            line = 0;
                        }
                        begin = at + i;
                        start(begin);
                        wide = 0;
                    }
                    wide += next;
                }
            }
            if !word.is_empty() && line + wide > room {
                start(begin);
                line = 0;
            }
            line += wide;
            at += piece.len();
            match end {
                Some(b'\n') => {
                    start(at);
                    line = 0;
                }
                Some(_) => line += of(at - 1, ' '),
                None => {}
            }
        }
    }

    /// How wide words are, in pixels.
    pub(super) fn extent(self, words: &str) -> TextExtent {
        let space = u64::from(advance(' '));
        let (mut widest_word, mut widest_line, mut all, mut paragraphs) = (0, 0, 0, 0);
        for paragraph in words.split('\n') {
            let mut line = 0;
            for word in paragraph.split(' ') {
                let wide = width(word);
                widest_word = widest_word.max(wide);
                line += wide + space;
            }
            line -= space; // there is one less than there are words
            widest_line = widest_line.max(line);
            all += line;
            paragraphs += 1;
        }
        TextExtent {
            word: self.pixels(widest_word),
            line: self.pixels(widest_line),
            all: self.pixels(all),
            paragraphs,
        }
    }

    fn pixels(self, units: u64) -> u32 {
        u32::try_from(units * self.scale / 1_000_000 + 1).unwrap_or(u32::MAX)
    }
}

/// How wide words are, in pixels.
pub(super) struct TextExtent {
    /// The widest word.
    pub(super) word: u32,
    /// The widest paragraph, on one line.
    pub(super) line: u32,
    /// All paragraphs, on one line.
    pub(super) all: u32,
    /// How many paragraphs there are.
    pub(super) paragraphs: u32,
}

/// The room in which body text breaks its lines where bold words at a size in points do so in
/// `room` pixels.
pub(super) fn room_at(points: u32, room: u32) -> u32 {
    u32::try_from(u64::from(room) * 10 * SCALE / (BOLD_SCALE * u64::from(points.max(1))))
        .unwrap_or(u32::MAX)
}

/// The room in which body text breaks its lines where words at a size in points do so in `room`
/// pixels.
pub(super) fn room_of(points: u32, room: u32) -> u32 {
    u32::try_from(u64::from(room) * u64::from(BODY_POINTS) / u64::from(points.max(1)))
        .unwrap_or(u32::MAX)
}

/// How high a line is at a size in points, in pixels.
pub(super) fn line_at(points: u32) -> u32 {
    points * 17 / 10 + 1
}

/// How high a row must be for so many lines of body text, in pixels.
pub(super) fn height(lines: usize) -> u32 {
    u32::try_from(lines.clamp(1, LINES)).unwrap_or(1) * LINE + PADDING
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(words: &str, room: u32) -> Vec<&str> {
        let mut starts = vec![0];
        TextSize::BODY.lines(words, &[], room, |at| starts.push(at));
        starts.push(words.len());
        starts.windows(2).map(|w| &words[w[0]..w[1]]).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_keep_every_character() {
        let words = "Share findings with the Police and with schools";
        let lines = broken(words, 100);
        assert!(lines.len() > 2, "{lines:?}");
        assert_eq!(lines.concat(), words);
        for line in &lines {
            assert!(TextSize::BODY.extent(line.trim_end()).line <= 100, "{line}");
        }
    }

    #[test]
    fn paragraphs_and_words_longer_than_a_line() {
        assert_eq!(broken("one\n\ntwo", 500), ["one\n", "\n", "two"]);
        let word = "w".repeat(50);
        assert_eq!(broken(&word, 100).concat(), word);
        assert_eq!(broken(&word, 100).len(), 5);
        assert_eq!(broken("", 100), [""]);
        // a cell narrower than any letter still ends
        assert_eq!(broken("mmm", 0).concat(), "mmm");
    }
}
