//! The fonts of a document: of each face only the glyphs in use, with what they say (ISO 32000-1, 9.10.3).

mod one_byte;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};
use printpdf::{
    Codepoint, FontId, FontMetrics, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, TextItem,
};
use subsetter::GlyphRemapper;

use crate::error::{Error, Kind};
use crate::layout::font::{Face, LACKING, Word, WordId, at_size};
use crate::layout::{Length, Pages};

/// The faces in use, and the words encoded with them.
pub(crate) struct Fonts {
    faces: Vec<FaceInUse>,
    /// The words as content streams show them; empty for those that stand on no page.
    words: Vec<Encoded>,
}

/// A word between the brackets of a string within an array of TJ: letters and kerning, ready to be written.
#[derive(Debug, Default)]
pub(crate) struct Encoded {
    shown: Vec<u8>,
    /// Whether marks stand above or below its letters, so that it depends on the size how it is shown.
    raised: bool,
    /// What it says, where its letters do not tell.
    pub(crate) actual_text: Option<String>,
}

struct FaceInUse {
    face: Face,
    glyphs: GlyphRemapper,
    /// What each glyph says.
    says: BTreeMap<u16, String>,
    space: u16,
}

impl Fonts {
    pub(crate) fn new(pages: &Pages) -> Result<Self, Error> {
        let mut used = vec![false; pages.words.len()];
        for placed in pages.sheets.iter().flat_map(|p| &p.words) {
            used[placed.word().0 as usize] = true;
        }
        let mut faces = Vec::with_capacity(Face::ALL.len());
        for face in Face::ALL {
            let words = pages.words.iter().zip(&used).filter(|(w, used)| **used && w.face == face).map(|(w, _)| w);
            faces.push(FaceInUse::new(face, &words)?);
        }
        let encode = |(word, used): (&Word, &bool)| if *used { faces[word.face as usize].encode(word) } else { Encoded::default() };
        let words = pages.words.iter().zip(&used).map(encode).collect();
        Ok(Self { faces, words })
    }

    /// Adds the letters of a word to a string within an array of TJ.
    pub(crate) fn show(&self, out: &mut Vec<u8>, word: &Word, id: WordId, size: Length) {
        let encoded = &self.words[id.0 as usize];
        if encoded.raised {
            out.extend_from_slice(&self.faces[word.face as usize].shown(word, size));
        } else {
            out.extend_from_slice(&encoded.shown);
        }
    }

    /// What a word says, where its letters do not tell.
    pub(crate) fn actual_text(&self, id: WordId) -> Option<&str> {
        self.words[id.0 as usize].actual_text.as_deref()
    }

    /// Adds a space to a string within an array of TJ.
    pub(crate) fn show_space(&self, out: &mut Vec<u8>, face: Face) {
        let face = &self.faces[face as usize];
        face.push(out, face.space);
    }

    /// Adds the fonts to a document; gives the dictionary of their names.
    pub(crate) fn embed(&self, frame: &mut Document) -> Result<Dictionary, Error> {
        let mut specimen = PdfDocument::new("");
        let mut ops = Vec::new();
        for face in &self.faces {
            let id = FontId(resource_name(face.face));
            specimen.resources.fonts.map.insert(id.clone(), PdfFont::new(face.program()?));
            ops.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
            let glyphs = face.says.iter().map(|(glyph, says)| Codepoint::with_cid(face.code(*glyph), 0.0, says.clone()));
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
        }
        specimen.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), ops));
        let mut warnings = Vec::new();
        let mut made = printpdf::serialize::to_lopdf_doc(&specimen, &PdfSaveOptions::default(), &mut warnings);
        made.compress();
        let mut names = Dictionary::new();
        for face in &self.faces {
            let wanted = face.full_name();
            let is_it = |object: &Object| {
                object.as_dict().is_ok_and(|d| {
                    d.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Type0")
                        && d.get(b"BaseFont").and_then(Object::as_name).is_ok_and(|n| n == wanted.as_bytes())
                })
            };
            let found = made.objects.iter().find(|(_, object)| is_it(object)).map(|(id, _)| *id);
            let found = found.ok_or_else(|| unwritable(face.face, "it was not embedded"))?;
            let font = copy(&made, found, frame);
            if face.is_small() {
                face.number_in_one_byte(frame, font);
            }
            names.set(resource_name(face.face), Object::Reference(font));
        }
        Ok(names)
    }
}

pub(crate) fn resource_name(face: Face) -> String {
    format!("F{}", face as usize)
}

fn unwritable(face: Face, why: &str) -> Error {
    Error::new(Kind::Unwritable, format!("the font {} can't be put into the PDF: {why}", face.name()))
}

/// Copies an object and all that it speaks of.
fn copy(from: &Document, id: ObjectId, to: &mut Document) -> ObjectId {
    let mut object = from.get_object(id).cloned().unwrap_or(Object::Null);
    redirect(from, &mut object, to);
    to.add_object(object)
}

fn redirect(from: &Document, object: &mut Object, to: &mut Document) {
    match object {
        Object::Reference(id) => *id = copy(from, *id, to),
        Object::Array(items) => items.iter_mut().for_each(|item| redirect(from, item, to)),
        Object::Dictionary(entries) => entries.iter_mut().for_each(|(_, value)| redirect(from, value, to)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| redirect(from, value, to)),
        _ => {}
    }
}

impl FaceInUse {
    fn new<'w>(face: Face, words: &(impl Iterator<Item = &'w Word> + Clone)) -> Result<Self, Error> {
        let parsed = ttf_parser::Face::parse(face.program(), 0).map_err(|e| unwritable(face, &e.to_string()))?;
        let space = parsed.glyph_index(' ').map_or(0, |g| g.0);
        let lacking = parsed.glyph_index(LACKING).map(|g| g.0);
        let mut says = BTreeMap::from([(space, " ".to_owned())]);
        // a glyph says what it says where it stands for characters of its own; only then what it is a part of
        for alone in [true, false] {
            for word in words.clone() {
                for (i, glyph) in word.glyphs.iter().enumerate() {
                    let (first, last, text) = cluster(word, i);
                    if (last - first == 1) == alone && !says.contains_key(&glyph.id) {
                        let part = text.chars().nth(i - first).or(text.chars().last());
                        let text = match alone {
                            _ if Some(glyph.id) == lacking => LACKING.to_string(),
                            true if text == "\u{AD}" => "-".to_owned(),
                            true => text.to_owned(),
                            false => part.map(String::from).unwrap_or_default(),
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
        Ok(Self { face, glyphs, says, space })
    }

    /// Whether one byte is enough to number its glyphs.
    fn is_small(&self) -> bool {
        self.glyphs.num_gids() <= 256
    }

    /// Adds the number of a glyph to a string.
    fn push(&self, out: &mut Vec<u8>, glyph: u16) {
        let [high, low] = self.code(glyph).to_be_bytes();
        if !self.is_small() {
            push_escaped(out, high);
        }
        push_escaped(out, low);
    }

    /// Makes a font read one byte a glyph, where it read two: the pages get a tenth smaller.
    fn number_in_one_byte(&self, frame: &mut Document, font: ObjectId) {
        let says = self.says.iter().map(|(glyph, says)| (self.code(*glyph), says.as_str()));
        let (codes, meanings) = (one_byte::codes(frame), one_byte::meanings(frame, says));
        let Ok(entries) = frame.get_object_mut(font).and_then(Object::as_dict_mut) else { return };
        entries.set("Encoding", codes);
        // what two bytes meant is needed no more
        let before = entries.get(b"ToUnicode").and_then(Object::as_reference).ok();
        entries.set("ToUnicode", meanings);
        if let Some(before) = before {
            frame.objects.remove(&before);
        }
    }

    fn code(&self, glyph: u16) -> u16 {
        self.glyphs.get(glyph).unwrap_or(0)
    }

    /// The name with the mark of a subset (ISO 32000-1, 9.6.4).
    fn full_name(&self) -> String {
        const MARKS: [&str; 4] = ["PLANWR", "PLANWB", "PLANWI", "PLANWZ"];
        format!("{}+{}", MARKS[self.face as usize], self.face.name())
    }

    fn program(&self) -> Result<ParsedFont, Error> {
        let whole = self.face.program();
        let parsed = ttf_parser::Face::parse(whole, 0).map_err(|e| unwritable(self.face, &e.to_string()))?;
        let subset = subsetter::subset(whole, 0, &self.glyphs).map_err(|e| unwritable(self.face, &e.to_string()))?;
        let width = |glyph: &u16| parsed.glyph_hor_advance(ttf_parser::GlyphId(*glyph)).unwrap_or(0);
        let widths = self.says.keys().map(|glyph| (self.code(*glyph), width(glyph))).collect();
        let metrics = FontMetrics { ascent: parsed.ascender(), descent: parsed.descender() };
        let name = Some(self.full_name());
        let mut font = ParsedFont::with_glyph_data(subset, 0, name, BTreeMap::new(), widths, parsed.units_per_em(), metrics);
        let (size, look) = (parsed.global_bounding_box(), &mut font.pdf_font_metrics);
        (look.x_min, look.y_min, look.x_max, look.y_max) = (size.x_min, size.y_min, size.x_max, size.y_max);
        look.us_weight_class = parsed.weight().to_number();
        if let Some(angle) = Some(parsed.italic_angle()).filter(|a| *a != 0.0) {
            // printpdf takes the slant as a slope
            look.caret_slope_rise = 1000;
            #[allow(clippy::cast_possible_truncation)] // a slant is a few degrees
            let run = (f64::from(-angle).to_radians().tan() * 1000.0).round() as i16;
            look.caret_slope_run = run;
        }
        Ok(font)
    }

    fn encode(&self, word: &Word) -> Encoded {
        let said: String = word.glyphs.iter().filter_map(|g| self.says.get(&g.id)).map(String::as_str).collect();
        let spoken = word.spoken();
        let raised = word.glyphs.iter().any(|g| g.up != 0);
        let shown = if raised { Vec::new() } else { self.shown(word, Length::ZERO) };
        Encoded { shown, raised, actual_text: (spoken != said).then_some(spoken) }
    }

    /// The letters of a word and the distances between them that are not their widths.
    fn shown(&self, word: &Word, size: Length) -> Vec<u8> {
        let mut shown = Vec::with_capacity(word.glyphs.len() * 2 + 8);
        let (mut adjustment, mut rise) = (0, 0);
        for glyph in &word.glyphs {
            adjustment -= glyph.right;
            if glyph.up != rise {
                rise = glyph.up;
                shown.extend_from_slice(format!(")]TJ {} Ts[(", at_size(rise, size)).as_bytes());
            }
            if adjustment != 0 {
                shown.extend_from_slice(format!("){adjustment}(").as_bytes());
            }
            self.push(&mut shown, glyph.id);
            adjustment = glyph.right + glyph.natural - glyph.advance;
        }
        if rise != 0 {
            shown.extend_from_slice(b")]TJ 0 Ts[(");
        }
        if adjustment != 0 {
            shown.extend_from_slice(format!("){adjustment}(").as_bytes());
        }
        shown
    }
}

/// The characters of the glyph at a place in a word: the first and the last glyph of its cluster, and what they say together.
fn cluster(word: &Word, at: usize) -> (usize, usize, &str) {
    let own = word.glyphs[at].cluster;
    let first = word.glyphs[..at].iter().rposition(|g| g.cluster != own).map_or(0, |i| i + 1);
    let last = word.glyphs[at..].iter().position(|g| g.cluster != own).map_or(word.glyphs.len(), |i| at + i);
    let end = word.glyphs.get(last).map_or(word.text.len(), |g| g.cluster as usize);
    (first, last, word.text.get(own as usize..end).unwrap_or_default())
}

/// A byte within the brackets of a string (ISO 32000-1, 7.3.4.2).
fn push_escaped(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}
