//! The fonts that there are, in the order in which a character is looked for, and words shaped with
//! them.

use std::collections::HashMap;

use rustybuzz::{BufferFlags, Direction, Face as Shaper, Script, ShapePlan, UnicodeBuffer};
use unicode_segmentation::UnicodeSegmentation;

use crate::brand;
use crate::brand::Font;

use super::font::{FontFace, FontIndex, Glyph, LACKING, ShapedWord, has_no_shape, is_private};
use super::hyphen::SOFT;

/// The most fonts for what the family lacks.
const MOST_FALLBACKS: usize = 32;

/// All fonts that words may be set in: the family's four faces, those of the built-in family if the
/// family is another, and those for what both lack.
pub(crate) fn fonts(chosen: &brand::BrandFonts) -> Vec<Font> {
    let own = [
        chosen.regular.as_ref(),
        chosen.bold.as_ref(),
        chosen.italic.as_ref(),
        chosen.bold_italic.as_ref().or(chosen.bold.as_ref()),
    ];
    let family = FontFace::ALL
        .iter()
        .zip(own)
        .map(|(face, own)| own.cloned().unwrap_or_else(|| face.built_in()));
    let built_in = FontFace::ALL
        .iter()
        .filter(|_| own.iter().any(Option::is_some))
        .map(|face| face.built_in());
    family.chain(built_in).chain(chosen.fallback.iter().take(MOST_FALLBACKS).cloned()).collect()
}

/// Which way the letters of a word run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TextDirection {
    Right,
    Left,
}

/// The fonts, ready to shape words.
pub(crate) struct Typefaces<'a> {
    shapers: Vec<Option<Shaper<'a>>>,
    /// For each face, where its characters are looked for.
    chains: [Vec<FontIndex>; 4],
    buffer: Option<UnicodeBuffer>,
    /// How each font shapes the scripts that were met: to work that out takes longer than to shape
    /// a word.
    plans: HashMap<(FontIndex, TextDirection, Script), ShapePlan>,
}

/// A part of a word that is in one font.
struct FontSegment<'t> {
    font: FontIndex,
    at: usize,
    text: &'t str,
}

impl<'a> Typefaces<'a> {
    /// Those of [`fonts`].
    pub(crate) fn new(fonts: &'a [Font]) -> Self {
        let shapers: Vec<_> = fonts.iter().map(|f| Shaper::from_slice(f.program(), 0)).collect();
        let numbers =
            |from: usize| (from..shapers.len()).filter_map(|i| u8::try_from(i).ok()).map(FontIndex);
        let has_built_in = fonts.get(FontFace::ALL.len()).is_some_and(Font::is_built_in);
        let fallbacks = if has_built_in { FontFace::ALL.len() * 2 } else { FontFace::ALL.len() };
        let chains = FontFace::ALL.map(|face| {
            let of_face =
                numbers(0).take(fallbacks).skip(face as usize).step_by(FontFace::ALL.len());
            of_face.chain(numbers(fallbacks)).collect()
        });
        Self { shapers, chains, buffer: Some(UnicodeBuffer::new()), plans: HashMap::new() }
    }

    /// How wide a character is in each font, in thousandths of an em; none where the font lacks it.
    pub(crate) fn widths(&self, of: char) -> Vec<Option<i32>> {
        let width = |s: &Shaper<'_>| {
            Some(thousandths(i32::from(s.glyph_hor_advance(s.glyph_index(of)?)?), s.units_per_em()))
        };
        self.shapers.iter().map(|s| s.as_ref().and_then(width)).collect()
    }

    /// How tall the capitals of the family are, in thousandths of an em.
    pub(crate) fn capitals(&self) -> i32 {
        let Some(Some(shaper)) = self.shapers.first() else { return 714 };
        let of_h = || Some(shaper.glyph_bounding_box(shaper.glyph_index('H')?)?.y_max);
        let height = shaper.capital_height().filter(|h| *h > 0).or_else(of_h);
        height.map_or(714, |h| thousandths(i32::from(h), shaper.units_per_em())).clamp(400, 1000)
    }

    /// The fonts in which the characters of a face are looked for.
    pub(crate) fn chain(&self, face: FontFace) -> &[FontIndex] {
        &self.chains[face as usize]
    }

    fn shaper(&self, font: FontIndex) -> Option<&Shaper<'a>> {
        self.shapers.get(usize::from(font.0))?.as_ref()
    }

    /// The glyphs of a word from left to right, and whether the fonts lack some of its characters.
    pub(crate) fn shape(
        &mut self,
        face: FontFace,
        way: TextDirection,
        text: &str,
    ) -> (Box<[Glyph]>, bool) {
        let mut parts = self.parts(face, text);
        if way == TextDirection::Left {
            parts.reverse();
        }
        let mut glyphs = Vec::with_capacity(text.len());
        let mut lacking = false;
        for part in parts {
            lacking |=
                self.shape_part(&part, way, part.at + part.text.len() == text.len(), &mut glyphs);
        }
        (glyphs.into(), lacking)
    }

    /// Divides a word by the fonts that have its characters; what belongs to one letter stays in
    /// one font.
    fn parts<'t>(&self, face: FontFace, text: &'t str) -> Vec<FontSegment<'t>> {
        let chain = self.chain(face);
        let has = |font: FontIndex, text: &str| {
            self.shaper(font).is_some_and(|s| text.chars().all(|c| shown_as(s, c) != Some(LACKING)))
        };
        let first = chain.first().copied().unwrap_or_default();
        if chain.len() <= 1 || has(first, text) {
            return vec![FontSegment { font: first, at: 0, text }];
        }
        // what none has is shown as a mark, which the first that has it shows
        let marked = chain
            .iter()
            .copied()
            .find(|f| self.shaper(*f).is_some_and(|s| s.glyph_index(LACKING).is_some()))
            .unwrap_or(first);
        let mut parts: Vec<FontSegment<'t>> = Vec::new();
        for (at, letter) in text.grapheme_indices(true) {
            let font = chain.iter().copied().find(|f| has(*f, letter)).unwrap_or(marked);
            match parts.last_mut() {
                Some(part) if part.font == font => part.text = &text[part.at..at + letter.len()],
                _ => parts.push(FontSegment { font, at, text: letter }),
            }
        }
        parts
    }

    /// Adds the glyphs of a part of a word; gives whether its font lacks some of its characters.
    fn shape_part(
        &mut self,
        part: &FontSegment<'_>,
        way: TextDirection,
        is_last: bool,
        glyphs: &mut Vec<Glyph>,
    ) -> bool {
        let mut buffer = self.buffer.take().unwrap_or_default();
        let Some(Some(shaper)) = self.shapers.get(usize::from(part.font.0)) else {
            // fonts are read before they get here; one that cannot be used would show in every word
            self.buffer = Some(buffer);
            return true;
        };
        let mut lacking = false;
        for (at, c) in part.text.char_indices() {
            // a soft hyphen is seen where a line ends with it
            let ends = is_last && at + c.len_utf8() == part.text.len();
            let shown = match c {
                SOFT if ends => Some('-'),
                // what joins letters, and what keeps them apart, has no shape but gives them theirs
                '\u{200C}' | '\u{200D}' => Some(c),
                _ => shown_as(shaper, c),
            };
            lacking |= shown == Some(LACKING) && c != LACKING;
            if let Some(shown) = shown {
                buffer.add(shown, u32::try_from(part.at + at).unwrap_or(u32::MAX));
            }
        }
        let direction = if way == TextDirection::Right {
            Direction::LeftToRight
        } else {
            Direction::RightToLeft
        };
        buffer.set_direction(direction);
        buffer.guess_segment_properties();
        buffer.set_direction(direction);
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let script = buffer.script();
        let plan = self
            .plans
            .entry((part.font, way, script))
            .or_insert_with(|| ShapePlan::new(shaper, direction, Some(script), None, &[]));
        let set = rustybuzz::shape_with_plan(shaper, plan, buffer);
        let em = shaper.units_per_em();
        glyphs.extend(set.glyph_infos().iter().zip(set.glyph_positions()).map(
            |(info, position)| {
                let id = u16::try_from(info.glyph_id).unwrap_or(0);
                let natural = shaper.glyph_hor_advance(ttf_parser::GlyphId(id)).unwrap_or(0);
                let natural = thousandths(i32::from(natural), em);
                let advance = thousandths(position.x_advance, em);
                Glyph {
                    id,
                    font: part.font,
                    cluster: info.cluster,
                    advance: if (advance - natural).abs() <= UNSEEN { natural } else { advance },
                    natural,
                    right: thousandths(position.x_offset, em),
                    up: thousandths(position.y_offset, em),
                }
            },
        ));
        self.buffer = Some(set.clear());
        lacking
    }

    /// The characters of a word that all of its fonts lack.
    pub(crate) fn lacking<'w>(&'w self, word: &'w ShapedWord) -> impl Iterator<Item = char> + 'w {
        let parts = self.parts(word.face, &word.text).into_iter();
        parts.flat_map(move |part| {
            let shaper = self.shaper(part.font);
            part.text.chars().filter(move |c| {
                *c != LACKING && shaper.is_none_or(|s| shown_as(s, *c) == Some(LACKING))
            })
        })
    }
}

/// What a character is drawn as: itself, the mark for what the font lacks, or nothing where Unicode
/// says that it has no shape.
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

/// A correction of the distance between letters that no one sees: a hundredth of an em, a tenth of
/// a point in a table.
const UNSEEN: i32 = 10;

/// A measure in units of a font, in thousandths of an em.
pub(crate) fn thousandths(units: i32, em: i32) -> i32 {
    if em == 1000 { units } else { units.saturating_mul(1000) / em.max(1) }
}
