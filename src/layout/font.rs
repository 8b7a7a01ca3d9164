//! Words shaped with the fonts of a document.
//!
//! Plans repeat their words, so each distinct word is shaped once in each face and kept; a page
//! holds numbers of words, not text.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::brand::Font;
use crate::language::Language;

use super::hyphen::{HyphenPoints, SOFT};
use super::length::Length;
use super::typefaces::{TextDirection, Typefaces};

/// A face of the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum FontFace {
    /// Upright, of normal weight.
    Regular,
    /// Upright, strong.
    Bold,
    /// Slanted.
    Italic,
    /// Slanted, strong.
    BoldItalic,
}

impl FontFace {
    pub(crate) const ALL: [Self; 4] = [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic];

    pub(crate) fn of(bold: bool, italic: bool) -> Self {
        match (bold, italic) {
            (false, false) => Self::Regular,
            (true, false) => Self::Bold,
            (false, true) => Self::Italic,
            (true, true) => Self::BoldItalic,
        }
    }

    /// The face of the family that is part of the program.
    pub(crate) fn built_in(self) -> Font {
        match self {
            Self::Regular => Font::built_in(notosans::REGULAR_TTF, "NotoSans-Regular"),
            Self::Bold => Font::built_in(notosans::BOLD_TTF, "NotoSans-Bold"),
            Self::Italic => Font::built_in(notosans::ITALIC_TTF, "NotoSans-Italic"),
            Self::BoldItalic => Font::built_in(notosans::BOLD_ITALIC_TTF, "NotoSans-BoldItalic"),
        }
    }

    fn index(self) -> usize {
        self as usize
    }
}

/// A font, by its place among those that a document may use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FontIndex(pub(crate) u8);

/// A shaped word, by its place in [`WordCache`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordId(pub(crate) u32);

/// One distinct word in one face.
#[derive(Debug)]
pub(crate) struct ShapedWord {
    pub(crate) face: FontFace,
    pub(crate) way: TextDirection,
    /// The font of a space that follows it.
    pub(crate) space: FontIndex,
    /// What it says.
    pub(crate) text: Box<str>,
    /// From left to right.
    pub(crate) glyphs: Box<[Glyph]>,
    /// Its width in thousandths of an em.
    pub(crate) advance: i32,
    /// Whether the fonts lack some of its characters.
    pub(crate) lacking: bool,
    /// Its language, where that is another than the document's: it is divided as that divides
    /// words.
    language: Option<Language>,
}

/// A glyph of a word; lengths are thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glyph {
    /// Its number in the whole font.
    pub(crate) id: u16,
    pub(crate) font: FontIndex,
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

impl ShapedWord {
    /// The font of the glyph that is read first.
    pub(crate) fn first_font(&self) -> FontIndex {
        let first =
            if self.way == TextDirection::Left { self.glyphs.last() } else { self.glyphs.first() };
        first.map_or(self.space, |g| g.font)
    }

    /// The font of the glyph that is read last.
    pub(crate) fn last_font(&self) -> FontIndex {
        let last =
            if self.way == TextDirection::Left { self.glyphs.first() } else { self.glyphs.last() };
        last.map_or(self.space, |g| g.font)
    }

    /// Its glyphs in the order in which they are read, each with where it stands, from the left of
    /// the word.
    pub(crate) fn in_order(&self) -> Vec<(Glyph, i32)> {
        let mut pen = 0_i32;
        let place = |glyph: &Glyph| {
            let place = pen.saturating_add(glyph.right);
            pen = pen.saturating_add(glyph.advance);
            (*glyph, place)
        };
        let mut glyphs: Vec<_> = self.glyphs.iter().map(place).collect();
        if self.way == TextDirection::Left {
            glyphs.reverse();
        }
        glyphs
    }

    /// What a screen reader is to say: without characters that have no shape, and
    /// with the mark for those that no reader could know.
    pub(crate) fn spoken(&self) -> String {
        let last = self.text.len().saturating_sub(SOFT.len_utf8());
        let spoken = |(at, c): (usize, char)| match c {
            // ISO 32000-1, 14.8.2.2.3: a hyphen that ends a line within a word is a soft one
            SOFT if at == last => Some(SOFT),
            // what joins letters, or keeps them apart, is a matter of spelling where letters are
            // joined
            '\u{200C}' | '\u{200D}' if self.way == TextDirection::Left => Some(c),
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

/// All words shaped so far, and what shapes them.
pub(crate) struct WordCache<'a> {
    typefaces: Option<Typefaces<'a>>,
    /// The words by what they say; those of each face that run to the right, then those that run to
    /// the left; then the same of those in another language than the document's.
    known: Vec<HashMap<Box<str>, WordId, RandomState>>,
    words: Vec<ShapedWord>,
    /// The width of a space in each font, in thousandths of an em.
    spaces: Vec<Option<i32>>,
    /// The width of a hyphen in each face.
    hyphen_widths: [i32; 4],
    hyphens: HyphenPoints,
    /// Those of words in another language than the document's, and the language that is spoken now.
    others: HashMap<&'static str, HyphenPoints>,
    spoken: Option<Language>,
    /// How tall capitals are, in thousandths of an em.
    pub(crate) capitals: i32,
}

/// The width of a space in a font that has none.
const USUAL_SPACE: i32 = 260;

impl<'a> WordCache<'a> {
    /// The fonts of a document, for words in a language by its BCP 47 tag.
    pub(crate) fn new(fonts: &'a [Font], language: &str) -> Self {
        let typefaces = Typefaces::new(fonts);
        let hyphens = typefaces.widths('-');
        let hyphen =
            |face| typefaces.chain(face).iter().find_map(|f| *hyphens.get(usize::from(f.0))?);
        Self {
            known: vec![HashMap::default(); FontFace::ALL.len() * 4],
            words: Vec::new(),
            spaces: typefaces.widths(' '),
            hyphen_widths: FontFace::ALL.map(|face| hyphen(face).unwrap_or(0)),
            hyphens: HyphenPoints::new(language),
            others: HashMap::new(),
            spoken: None,
            capitals: typefaces.capitals(),
            typefaces: Some(typefaces),
        }
    }

    /// No fonts at all: what is left while they are lent out.
    pub(crate) fn none() -> Self {
        Self {
            typefaces: None,
            known: Vec::new(),
            words: Vec::new(),
            spaces: Vec::new(),
            hyphen_widths: [0; 4],
            hyphens: HyphenPoints::new(""),
            others: HashMap::new(),
            spoken: None,
            capitals: 0,
        }
    }

    pub(crate) fn word(&self, id: WordId) -> &ShapedWord {
        &self.words[id.0 as usize]
    }

    /// The width of a word at a size.
    pub(crate) fn width(&self, id: WordId, size: Length) -> Length {
        at_size(self.word(id).advance, size)
    }

    /// The width of the space after a word at a size.
    pub(crate) fn space(&self, after: WordId, size: Length) -> Length {
        let width = self.spaces.get(usize::from(self.word(after).space.0)).copied().flatten();
        at_size(width.unwrap_or(USUAL_SPACE), size)
    }

    /// All words, in the order in which they were first met.
    pub(crate) fn into_words(self) -> Vec<ShapedWord> {
        self.words
    }

    /// A word divided so that its first part fits with a hyphen into a width; none where it can't
    /// be.
    pub(crate) fn divided(
        &mut self,
        id: WordId,
        size: Length,
        room: Length,
    ) -> Option<(WordId, WordId)> {
        let word = self.words.get(id.0 as usize)?;
        let (face, way) = (word.face, word.way);
        let hyphens = match word.language {
            None => &mut self.hyphens,
            Some(language) => self
                .others
                .entry(language.tag())
                .or_insert_with(|| HyphenPoints::new(language.tag())),
        };
        let places = hyphens.of(&word.text);
        let place = places.iter().rev().copied().find(|place| {
            let before = word.glyphs.iter().filter(|g| (g.cluster as usize) < *place);
            let advance = before
                .map(|g| g.advance)
                .fold(self.hyphen_widths[face.index()], i32::saturating_add);
            at_size(advance, size) <= room
        })?;
        let (before, after) = word.text.split_at_checked(place)?;
        self.spoken = word.language;
        let (before, after) =
            (format!("{}{SOFT}", before.trim_end_matches(SOFT)), after.to_owned());
        Some((self.intern(face, way, &before), self.intern(face, way, &after)))
    }

    /// Says which language the words that follow are in, where that is another than the document's.
    pub(crate) fn speak(&mut self, language: Option<Language>) {
        self.spoken = language;
    }

    /// The number of a word, which is shaped if it was not met before.
    pub(crate) fn intern(&mut self, face: FontFace, way: TextDirection, text: &str) -> WordId {
        let way_and_language =
            usize::from(way == TextDirection::Left) + 2 * usize::from(self.spoken.is_some());
        let known = face.index() + FontFace::ALL.len() * way_and_language;
        if let Some(id) = self.known[known].get(text) {
            return *id;
        }
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let word = self.shape(face, way, text);
        self.words.push(word);
        self.known[known].insert(text.into(), id);
        id
    }

    fn shape(&mut self, face: FontFace, way: TextDirection, text: &str) -> ShapedWord {
        let (glyphs, lacking) =
            self.typefaces.as_mut().map(|t| t.shape(face, way, text)).unwrap_or_default();
        let advance = glyphs.iter().map(|g| g.advance).fold(0, i32::saturating_add);
        let has_space =
            |font: &FontIndex| matches!(self.spaces.get(usize::from(font.0)), Some(Some(_)));
        // the font need not be changed for the space, if all of the word is in one that has a space
        let only =
            glyphs.first().map(|g| g.font).filter(|font| glyphs.iter().all(|g| g.font == *font));
        let chain = || self.typefaces.iter().flat_map(|t| t.chain(face)).copied().find(has_space);
        let space = only.filter(has_space).or_else(chain).unwrap_or_default();
        ShapedWord {
            face,
            way,
            space,
            text: text.into(),
            glyphs,
            advance,
            lacking,
            language: self.spoken,
        }
    }

    /// The characters of a word that its fonts lack.
    pub(crate) fn lacking(&self, id: WordId) -> impl Iterator<Item = char> + '_ {
        self.typefaces.iter().flat_map(move |t| t.lacking(self.word(id)))
    }
}

/// Soft hyphen, zero width space, joiners, directional marks, byte order mark, variation selectors.
pub(crate) fn has_no_shape(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Characters without a public meaning: no reader could tell what they say (ISO 19005-3,
/// 6.2.11.7.3).
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// A measure in thousandths of an em, at a size.
pub(crate) fn at_size(thousandths: i32, size: Length) -> Length {
    let milli = i64::from(thousandths) * i64::from(size.as_milli()) / 1000;
    Length::milli(i32::try_from(milli).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::typefaces;
    use super::*;
    use crate::brand;

    #[test]
    fn a_word_is_shaped_once() {
        let family = typefaces::fonts(&brand::BrandFonts::default());
        let mut fonts = WordCache::new(&family, "en-GB");
        let first = fonts.intern(FontFace::Regular, TextDirection::Right, "Action");
        assert_eq!(first, fonts.intern(FontFace::Regular, TextDirection::Right, "Action"));
        assert_ne!(first, fonts.intern(FontFace::Bold, TextDirection::Right, "Action"));
        assert!(fonts.width(first, Length::pt(9)) > Length::pt(20));
    }

    #[test]
    fn kerning_is_kept() {
        let family = typefaces::fonts(&brand::BrandFonts::default());
        let mut fonts = WordCache::new(&family, "en-GB");
        let word = fonts.intern(FontFace::Regular, TextDirection::Right, "AVAV");
        let word = fonts.word(word);
        assert!(word.advance < word.glyphs.iter().map(|g| g.natural).sum());
    }

    #[test]
    fn what_the_font_lacks_is_marked_and_named() {
        let family = typefaces::fonts(&brand::BrandFonts::default());
        let mut fonts = WordCache::new(&family, "en-GB");
        let word = fonts.intern(FontFace::Regular, TextDirection::Right, "a\u{4E2D}\u{1}b");
        assert_eq!(fonts.lacking(word).collect::<String>(), "\u{4E2D}\u{1}");
        assert_eq!(fonts.word(word).glyphs.len(), 4);
        assert!(fonts.word(word).glyphs.iter().all(|g| g.id != 0));
    }
}
