//! The font family, and words shaped with it.
//!
//! Plans repeat their words, so each distinct word is shaped once in each face and kept; a page holds numbers of words, not text.

use std::collections::HashMap;

use rustybuzz::{Direction, Face as Shaper, UnicodeBuffer};

use super::hyphen::{Hyphens, SOFT};
use super::length::Length;

/// A face of the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Face {
    /// Upright, of normal weight.
    Regular,
    /// Upright, strong.
    Bold,
    /// Slanted.
    Italic,
    /// Slanted, strong.
    BoldItalic,
}

impl Face {
    pub(crate) const ALL: [Self; 4] = [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic];

    pub(crate) fn of(bold: bool, italic: bool) -> Self {
        match (bold, italic) {
            (false, false) => Self::Regular,
            (true, false) => Self::Bold,
            (false, true) => Self::Italic,
            (true, true) => Self::BoldItalic,
        }
    }

    /// The font program.
    pub(crate) fn program(self) -> &'static [u8] {
        match self {
            Self::Regular => notosans::REGULAR_TTF,
            Self::Bold => notosans::BOLD_TTF,
            Self::Italic => notosans::ITALIC_TTF,
            Self::BoldItalic => notosans::BOLD_ITALIC_TTF,
        }
    }

    /// Its PostScript name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Regular => "NotoSans-Regular",
            Self::Bold => "NotoSans-Bold",
            Self::Italic => "NotoSans-Italic",
            Self::BoldItalic => "NotoSans-BoldItalic",
        }
    }

    fn index(self) -> usize {
        self as usize
    }
}

/// A shaped word, by its place in [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordId(pub(crate) u32);

/// One distinct word in one face.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) face: Face,
    /// What it says.
    pub(crate) text: Box<str>,
    pub(crate) glyphs: Box<[Glyph]>,
    /// Its width in thousandths of an em.
    pub(crate) advance: i32,
    /// Whether the font lacks some of its characters.
    pub(crate) lacking: bool,
}

/// A glyph of a word; lengths are thousandths of an em.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    /// Its number in the whole font.
    pub(crate) id: u16,
    /// The byte of the word's text at which its characters begin.
    pub(crate) cluster: u32,
    /// How far the pen goes, kerning included.
    pub(crate) advance: i32,
    /// How far the pen would go without kerning: what the PDF's widths say.
    pub(crate) natural: i32,
    /// How far right of the pen it stands.
    pub(crate) right: i32,
    /// How far above the baseline it stands.
    pub(crate) up: i32,
}

impl Word {
    /// What a reader is to be told that it says: without characters that have no shape, and with the mark for those that no
    /// reader could know.
    pub(crate) fn spoken(&self) -> String {
        let last = self.text.len().saturating_sub(SOFT.len_utf8());
        let spoken = |(at, c): (usize, char)| match c {
            // ISO 32000-1, 14.8.2.2.3: a hyphen that ends a line within a word is a soft one
            SOFT if at == last => Some(SOFT),
            _ if has_no_shape(c) => None,
            '\u{A0}' | '\u{202F}' => Some(' '),
            _ if c.is_control() || is_private(c) => Some(LACKING),
            _ => Some(c),
        };
        self.text.char_indices().filter_map(spoken).collect()
    }
}

/// The mark for a character that the font lacks.
pub(crate) const LACKING: char = '\u{FFFD}';

/// The family, with all words shaped so far.
pub(crate) struct Fonts {
    shapers: Vec<Shaper<'static>>,
    known: Vec<HashMap<Box<str>, WordId>>,
    words: Vec<Word>,
    buffer: Option<UnicodeBuffer>,
    /// The width of a space in each face, in thousandths of an em.
    spaces: [i32; 4],
    /// The width of a hyphen in each face.
    hyphen_widths: [i32; 4],
    hyphens: Hyphens,
}

impl Fonts {
    /// The family, for words in a language by its BCP 47 tag.
    pub(crate) fn new(language: &str) -> Self {
        let shapers: Vec<_> = Face::ALL.iter().filter_map(|f| Shaper::from_slice(f.program(), 0)).collect();
        let widths = |of: char| {
            let mut widths = [300; 4];
            for (width, shaper) in widths.iter_mut().zip(&shapers) {
                let advance = shaper.glyph_index(of).and_then(|g| shaper.glyph_hor_advance(g)).unwrap_or(0);
                *width = to_thousandths(i32::from(advance), shaper.units_per_em());
            }
            widths
        };
        let (spaces, hyphen_widths) = (widths(' '), widths('-'));
        Self {
            shapers,
            known: vec![HashMap::new(); 4],
            words: Vec::new(),
            buffer: Some(UnicodeBuffer::new()),
            spaces,
            hyphen_widths,
            hyphens: Hyphens::new(language),
        }
    }

    /// No fonts at all: what is left while they are lent out.
    pub(crate) fn none() -> Self {
        Self {
            shapers: Vec::new(),
            known: Vec::new(),
            words: Vec::new(),
            buffer: None,
            spaces: [0; 4],
            hyphen_widths: [0; 4],
            hyphens: Hyphens::new(""),
        }
    }

    pub(crate) fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// The width of a word at a size.
    pub(crate) fn width(&self, id: WordId, size: Length) -> Length {
        at_size(self.word(id).advance, size)
    }

    /// The width of a space at a size.
    pub(crate) fn space(&self, face: Face, size: Length) -> Length {
        at_size(self.spaces[face.index()], size)
    }

    /// All words, in the order in which they were first met.
    pub(crate) fn into_words(self) -> Vec<Word> {
        self.words
    }

    /// A word divided so that its first part fits with a hyphen into a width; none where it can't be.
    pub(crate) fn divided(&mut self, id: WordId, size: Length, room: Length) -> Option<(WordId, WordId)> {
        let word = self.words.get(id.0 as usize)?;
        let face = word.face;
        let places = self.hyphens.of(&word.text);
        let place = places.iter().rev().copied().find(|place| {
            let before = word.glyphs.iter().filter(|g| (g.cluster as usize) < *place);
            let advance = before.map(|g| g.advance).fold(self.hyphen_widths[face.index()], i32::saturating_add);
            at_size(advance, size) <= room
        })?;
        let (before, after) = word.text.split_at_checked(place)?;
        let (before, after) = (format!("{}{SOFT}", before.trim_end_matches(SOFT)), after.to_owned());
        Some((self.intern(face, &before), self.intern(face, &after)))
    }

    /// The number of a word, which is shaped if it was not met before.
    pub(crate) fn intern(&mut self, face: Face, text: &str) -> WordId {
        if let Some(id) = self.known[face.index()].get(text) {
            return *id;
        }
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let word = self.shape(face, text);
        self.words.push(word);
        self.known[face.index()].insert(text.into(), id);
        id
    }

    fn shape(&mut self, face: Face, text: &str) -> Word {
        let Some(shaper) = self.shapers.get(face.index()) else {
            // the family is part of this program; a face of it that cannot be read would show in every test
            return Word { face, text: text.into(), glyphs: Box::default(), advance: 0, lacking: true };
        };
        let mut buffer = self.buffer.take().unwrap_or_default();
        let mut lacking = false;
        for (at, c) in text.char_indices() {
            // a soft hyphen is seen where a line ends with it
            let is_last = at + c.len_utf8() == text.len();
            let shown = if c == SOFT && is_last { Some('-') } else { shown_as(shaper, c) };
            lacking |= shown == Some(LACKING) && c != LACKING;
            if let Some(shown) = shown {
                buffer.add(shown, u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let set = rustybuzz::shape(shaper, &[], buffer);
        let em = shaper.units_per_em();
        let glyphs: Box<[Glyph]> = set
            .glyph_infos()
            .iter()
            .zip(set.glyph_positions())
            .map(|(info, position)| {
                let id = u16::try_from(info.glyph_id).unwrap_or(0);
                let natural = shaper.glyph_hor_advance(ttf_parser::GlyphId(id)).unwrap_or(0);
                let natural = to_thousandths(i32::from(natural), em);
                let advance = to_thousandths(position.x_advance, em);
                Glyph {
                    id,
                    cluster: info.cluster,
                    advance: if (advance - natural).abs() <= UNSEEN { natural } else { advance },
                    natural,
                    right: to_thousandths(position.x_offset, em),
                    up: to_thousandths(position.y_offset, em),
                }
            })
            .collect();
        self.buffer = Some(set.clear());
        let advance = glyphs.iter().map(|g| g.advance).fold(0, i32::saturating_add);
        Word { face, text: text.into(), glyphs, advance, lacking }
    }

    /// The characters of a word that its face lacks.
    pub(crate) fn lacking(&self, id: WordId) -> impl Iterator<Item = char> + '_ {
        let word = self.word(id);
        let shaper = self.shapers.get(word.face.index());
        word.text.chars().filter(move |c| *c != LACKING && shaper.is_none_or(|s| shown_as(s, *c) == Some(LACKING)))
    }
}

/// What a character is drawn as: itself, the mark for what the font lacks, or nothing where Unicode says that it has no shape.
fn shown_as(shaper: &Shaper<'_>, c: char) -> Option<char> {
    match c {
        _ if has_no_shape(c) => None,
        '\t' | '\n' | '\r' => Some(' '),
        _ if c.is_control() || is_private(c) => Some(LACKING),
        _ if shaper.glyph_index(c).is_some() => Some(c),
        // a no-break hyphen is a hyphen that the font may not hold under its own number
        '\u{2010}' | '\u{2011}' => Some('-'),
        _ => Some(LACKING),
    }
}

/// Soft hyphen, zero width space, joiners, directional marks, byte order mark, variation selectors.
fn has_no_shape(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Characters without a public meaning: no reader could tell what they say (ISO 19005-3, 6.2.11.7.3).
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}') || (c as u32) & 0xFFFE == 0xFFFE
}

/// A correction of the distance between letters that no one sees: a hundredth of an em, a tenth of a point in a table.
const UNSEEN: i32 = 10;

fn to_thousandths(units: i32, em: i32) -> i32 {
    if em == 1000 { units } else { units.saturating_mul(1000) / em.max(1) }
}

/// A measure in thousandths of an em, at a size.
pub(crate) fn at_size(thousandths: i32, size: Length) -> Length {
    let milli = i64::from(thousandths) * i64::from(size.as_milli()) / 1000;
    Length::milli(i32::try_from(milli).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_shaped_once() {
        let mut fonts = Fonts::new("en-GB");
        let first = fonts.intern(Face::Regular, "Action");
        assert_eq!(first, fonts.intern(Face::Regular, "Action"));
        assert_ne!(first, fonts.intern(Face::Bold, "Action"));
        assert!(fonts.width(first, Length::pt(9)) > Length::pt(20));
    }

    #[test]
    fn kerning_is_kept() {
        let mut fonts = Fonts::new("en-GB");
        let word = fonts.intern(Face::Regular, "AVAV");
        let word = fonts.word(word);
        assert!(word.advance < word.glyphs.iter().map(|g| g.natural).sum());
    }

    #[test]
    fn what_the_font_lacks_is_marked_and_named() {
        let mut fonts = Fonts::new("en-GB");
        let word = fonts.intern(Face::Regular, "a\u{4E2D}\u{1}b");
        assert_eq!(fonts.lacking(word).collect::<String>(), "\u{4E2D}\u{1}");
        assert_eq!(fonts.word(word).glyphs.len(), 4);
        assert!(fonts.word(word).glyphs.iter().all(|g| g.id != 0));
    }
}
