//! The fonts of a document: of each face only the glyphs in use, with what they say (ISO 32000-1,
//! 9.10.3).

mod objects;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Dictionary, Document, Object};
use subsetter::GlyphRemapper;
use ttf_parser::{Face, GlyphId};

use crate::brand::Font;
use crate::error::{Error, ErrorKind};
use crate::layout::font::{FontIndex, Glyph, LACKING, ShapedWord, WordId, at_size, has_no_shape};
use crate::layout::hyphen::SOFT;
use crate::layout::typefaces::TextDirection;
use crate::layout::{LaidOutPages, Length};

use objects::{CodeWidth, SubsetFont, SubsetGlyph};

/// The fonts in use, and the words encoded with them.
pub(crate) struct EmbeddedFonts<'a> {
    /// By their numbers; none for those that no word is set in.
    fonts: Vec<Option<FontInUse<'a>>>,
    /// The words as content streams show them; empty for those that stand on no page.
    words: Vec<EncodedWord>,
}

/// A word between the brackets of a string within an array of TJ: letters and kerning, ready to be
/// written.
#[derive(Debug, Default)]
pub(crate) struct EncodedWord {
    pub(crate) letters: Vec<u8>,
    /// Whether the string must be one within an array of TJ.
    pub(crate) kerned: bool,
    /// The font of all of it and of the space behind it, where it is shown as its letters are and
    /// says what they say.
    pub(crate) plainly_in: Option<FontIndex>,
    /// Whether marks stand above or below its letters, or it is in several fonts, so that it
    /// depends on the size how it is shown.
    by_size: bool,
    /// From which byte of the letters on it says something that they do not tell, and what.
    says_else: Option<(usize, String)>,
}

/// A word as it is shown at a size.
pub(crate) struct EncodedAtSize<'w> {
    /// What stands between the brackets of a string.
    pub(crate) letters: Cow<'w, [u8]>,
    /// Whether the string must be one within an array of TJ.
    pub(crate) kerned: bool,
    /// From which byte on it says something that its letters do not tell, and what.
    pub(crate) says_else: Option<(usize, &'w str)>,
}

struct FontInUse<'a> {
    number: FontIndex,
    font: &'a Font,
    glyphs: GlyphRemapper,
    /// What each glyph says.
    says: BTreeMap<u16, String>,
    /// A space as it is written.
    space: Vec<u8>,
}

impl<'a> EmbeddedFonts<'a> {
    pub(crate) fn new(pages: &'a LaidOutPages) -> Result<Self, Error> {
        let mut used = vec![false; pages.words.len()];
        for placed in pages.sheets.iter().chain(&pages.alike).flat_map(|p| &p.words) {
            used[placed.word.0 as usize] = true;
        }
        let mut words_of: Vec<Vec<&ShapedWord>> = vec![Vec::new(); pages.fonts.len()];
        for (word, _) in pages.words.iter().zip(&used).filter(|(_, used)| **used) {
            let mut last = None;
            for font in word
                .glyphs
                .iter()
                .map(|g| g.font)
                .chain([word.space])
                .filter(|f| last.replace(*f) != Some(*f))
            {
                words_of[usize::from(font.0)].push(word);
            }
        }
        let fonts = pages.fonts.iter().zip(&words_of).zip(0..).map(|((font, words), number)| {
            if words.is_empty() {
                Ok(None)
            } else {
                FontInUse::new(FontIndex(number), font, words).map(Some)
            }
        });
        let mut made = Self { fonts: fonts.collect::<Result<_, Error>>()?, words: Vec::new() };
        made.words = pages
            .words
            .iter()
            .zip(&used)
            .map(|(word, used)| if *used { made.encode(word) } else { EncodedWord::default() })
            .collect();
        Ok(made)
    }

    fn font(&self, number: FontIndex) -> Option<&FontInUse<'a>> {
        self.fonts.get(usize::from(number.0))?.as_ref()
    }

    fn encode(&self, word: &ShapedWord) -> EncodedWord {
        let says = |g: &Glyph| {
            self.font(g.font).and_then(|f| f.says.get(&g.id)).map_or("", String::as_str)
        };
        let glyphs = word.in_order();
        let said: String = glyphs.iter().map(|(g, _)| says(g)).collect();
        let spoken = word.spoken();
        let by_size = word.glyphs.iter().any(|g| g.up != 0 || g.font != word.first_font());
        let (letters, last) =
            if by_size { Default::default() } else { self.letters(word, Length::ZERO) };
        let mut pen = 0;
        let kerned = by_size
            || glyphs.iter().any(|(g, place)| {
                std::mem::replace(&mut pen, place.saturating_add(g.natural)) != *place
            });
        let kerned = kerned || pen != word.advance;
        // of a word that a line ends within, all but the hyphen is said by its letters
        let divided =
            said.strip_suffix('-').is_some_and(|part| spoken.strip_suffix(SOFT) == Some(part));
        let says_else = match glyphs.last() {
            _ if spoken == said => None,
            Some((hyphen, _)) if divided && !by_size && says(hyphen) == "-" => {
                Some((last, SOFT.to_string()))
            }
            _ => Some((0, spoken)),
        };
        let is_plain = !by_size
            && says_else.is_none()
            && [word.first_font(), word.last_font()] == [word.space; 2];
        EncodedWord {
            letters,
            kerned,
            plainly_in: is_plain.then_some(word.space),
            by_size,
            says_else,
        }
    }

    /// The letters of a word in the order in which they are read, and where the pen goes between
    /// them; with the byte at which the last of the letters begins.
    fn letters(&self, word: &ShapedWord, size: Length) -> (Vec<u8>, usize) {
        let mut shown = Vec::with_capacity(word.glyphs.len() * 2 + 8);
        let go = |shown: &mut Vec<u8>, from: i32, to: i32| {
            if from != to {
                shown.extend_from_slice(format!("){}(", from.saturating_sub(to)).as_bytes());
            }
        };
        let (mut pen, mut rise, mut number, mut last) = (0, 0, word.first_font(), 0);
        let mut font = self.font(number);
        for (glyph, place) in word.in_order() {
            if glyph.font != number {
                number = glyph.font;
                font = self.font(number);
                shown.extend_from_slice(
                    format!(")]TJ/{} {size} Tf[(", resource_name(number)).as_bytes(),
                );
            }
            if glyph.up != rise {
                rise = glyph.up;
                shown.extend_from_slice(format!(")]TJ {} Ts[(", at_size(rise, size)).as_bytes());
            }
            go(&mut shown, pen, place);
            last = shown.len();
            if let Some(font) = font {
                font.push(&mut shown, glyph.id);
            }
            pen = place.saturating_add(glyph.natural);
        }
        if rise != 0 {
            shown.extend_from_slice(b")]TJ 0 Ts[(");
        }
        go(&mut shown, pen, word.advance);
        (shown, last)
    }

    /// A word as it is shown at a size.
    pub(crate) fn shown(&self, word: &ShapedWord, id: WordId, size: Length) -> EncodedAtSize<'_> {
        let encoded = self.encoded(id);
        let letters = if encoded.by_size {
            Cow::Owned(self.letters(word, size).0)
        } else {
            Cow::Borrowed(encoded.letters.as_slice())
        };
        let says_else = encoded.says_else.as_ref().map(|(from, text)| (*from, text.as_str()));
        EncodedAtSize { letters, kerned: encoded.kerned, says_else }
    }

    /// A word as it stands in most places.
    pub(crate) fn encoded(&self, id: WordId) -> &EncodedWord {
        &self.words[id.0 as usize]
    }

    /// Adds a space to a string within an array of TJ.
    pub(crate) fn show_space(&self, out: &mut Vec<u8>, number: FontIndex) {
        if let Some(font) = self.font(number) {
            out.extend_from_slice(&font.space);
        }
    }

    /// Adds the fonts to a document; gives the dictionary of their names.
    pub(crate) fn embed(&self, frame: &mut Document) -> Result<Dictionary, Error> {
        let mut names = Dictionary::new();
        for font in self.fonts.iter().flatten() {
            names.set(resource_name(font.number), font.embed(frame)?);
        }
        Ok(names)
    }
}

/// What the name of a font begins with among the resources of a page; its number follows.
pub(crate) const NAME: &str = "F";

fn resource_name(font: FontIndex) -> String {
    format!("{NAME}{}", font.0)
}

fn unwritable(font: &Font, why: &str) -> Error {
    Error::new(
        ErrorKind::Unwritable,
        format!("the font {} can't be put into the PDF: {why}", font.name()),
    )
    .help("take another font")
}

impl<'a> FontInUse<'a> {
    fn new(number: FontIndex, font: &'a Font, words: &[&ShapedWord]) -> Result<Self, Error> {
        let parsed =
            Face::parse(font.program(), 0).map_err(|e| unwritable(font, &e.to_string()))?;
        let space = parsed.glyph_index(' ').map_or(0, |g| g.0);
        let lacking = parsed.glyph_index(LACKING).map(|g| g.0);
        let mut says = BTreeMap::from([(space, " ".to_owned())]);
        // a glyph says what it says where it stands for characters of its own; only then what it is
        // a part of
        for alone in [true, false] {
            for word in words {
                let mut first = 0;
                for glyphs in word.glyphs.chunk_by(|a, b| a.cluster == b.cluster) {
                    let range = first..first + glyphs.len();
                    first = range.end;
                    if (glyphs.len() == 1) != alone {
                        continue;
                    }
                    let text = cluster(word, &range);
                    for (i, glyph) in range.clone().zip(glyphs).filter(|(_, g)| g.font == number) {
                        // few glyphs are new: only of those it is found out what they say
                        if says.contains_key(&glyph.id) {
                            continue;
                        }
                        let nth = if word.way == TextDirection::Left {
                            range.end - 1 - i
                        } else {
                            i - range.start
                        };
                        let part = || text.chars().nth(nth).or(text.chars().last());
                        let text = match alone {
                            _ if Some(glyph.id) == lacking => LACKING.to_string(),
                            true if text == "\u{AD}" => "-".to_owned(),
                            true => text.chars().filter(|c| !has_no_shape(*c)).collect(),
                            false => part().map(String::from).unwrap_or_default(),
                        };
                        says.insert(glyph.id, text);
                    }
                }
            }
        }
        let mut glyphs = GlyphRemapper::new();
        for glyph in says.keys() {
            glyphs.remap(*glyph);
        }
        let made = Self { number, font, glyphs, says, space: Vec::new() };
        let mut shown = Vec::new();
        made.push(&mut shown, space);
        Ok(Self { space: shown, ..made })
    }

    fn code_width(&self) -> CodeWidth {
        if self.glyphs.num_gids() <= 256 { CodeWidth::One } else { CodeWidth::Two }
    }

    /// Adds the number of a glyph to a string.
    fn push(&self, out: &mut Vec<u8>, glyph: u16) {
        let [high, low] = self.code(glyph).to_be_bytes();
        if self.code_width() == CodeWidth::Two {
            push_escaped(out, high);
        }
        push_escaped(out, low);
    }

    fn code(&self, glyph: u16) -> u16 {
        self.glyphs.get(glyph).unwrap_or(0)
    }

    /// The name with the mark of a subset (ISO 32000-1, 9.6.4).
    fn full_name(&self) -> String {
        let letter = |n: u8| char::from(b'A' + n % 26);
        format!("PLAN{}{}+{}", letter(self.number.0 / 26), letter(self.number.0), self.font.name())
    }

    /// Adds the font to a document; gives a reference to it.
    fn embed(&self, frame: &mut Document) -> Result<Object, Error> {
        let whole = self.font.program();
        let face = Face::parse(whole, 0).map_err(|e| unwritable(self.font, &e.to_string()))?;
        let program = subsetter::subset(whole, 0, &self.glyphs)
            .map_err(|e| unwritable(self.font, &e.to_string()))?;
        let glyphs: Vec<_> = self
            .says
            .iter()
            .map(|(id, text)| SubsetGlyph {
                cid: self.code(*id),
                advance: face.glyph_hor_advance(GlyphId(*id)).unwrap_or(0),
                text,
            })
            .collect();
        let subset = SubsetFont {
            name: &self.full_name(),
            face: &face,
            program: &program,
            glyphs: &glyphs,
            code_width: self.code_width(),
        };
        Ok(objects::add(frame, &subset))
    }
}

/// What the glyphs of a cluster say together.
fn cluster<'w>(word: &'w ShapedWord, glyphs: &Range<usize>) -> &'w str {
    let start = word.glyphs.get(glyphs.start).map_or(0, |g| g.cluster as usize);
    let next = if word.way == TextDirection::Left {
        word.glyphs[..glyphs.start].last()
    } else {
        word.glyphs.get(glyphs.end)
    };
    let end = next.map_or(word.text.len(), |g| g.cluster as usize);
    word.text.get(start..end).unwrap_or_default()
}

/// Adds a string, in its brackets.
pub(crate) fn push_string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for byte in bytes {
        push_escaped(out, *byte);
    }
    out.push(b')');
}

/// A byte within the brackets of a string (ISO 32000-1, 7.3.4.2).
fn push_escaped(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}
