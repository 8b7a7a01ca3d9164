//! The objects of an embedded font, built from a subset of its font program.
//!
//! Each font is a composite font (ISO 32000-1, 9.7): a Type 0 font whose only descendant is a CID
//! font, with a descriptor that holds the font program, and character maps from codes to glyphs and
//! to text. A subset numbers its glyphs from zero, and its CIDs are these numbers.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use ttf_parser::{Face, RawFace, Tag};

use crate::compression::{CompressionLevel, compress};
use crate::layout::typefaces::thousandths;

/// The most entries in one list of a character map (Adobe Technical Note 5014, 4.6).
const MAX_LIST: usize = 100;

/// A font as it is embedded.
pub(super) struct SubsetFont<'a> {
    /// Its PostScript name with the tag of a subset (9.6.4).
    pub(super) name: &'a str,
    /// The whole font, for its metrics.
    pub(super) face: &'a Face<'a>,
    /// The font program of the subset: TrueType, or OpenType with CFF outlines.
    pub(super) program: &'a [u8],
    /// The glyphs that are shown, by CID.
    pub(super) glyphs: &'a [SubsetGlyph<'a>],
    /// How a string on a page numbers the glyphs.
    pub(super) code_width: CodeWidth,
}

/// A glyph of a subset.
pub(super) struct SubsetGlyph<'a> {
    pub(super) cid: u16,
    /// Its advance, in units of the font.
    pub(super) advance: u16,
    pub(super) text: &'a str,
}

/// How many bytes of a string number a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodeWidth {
    /// For fonts of up to 256 glyphs: pages are a tenth smaller than with two bytes.
    One,
    Two,
}

impl CodeWidth {
    fn digits(self) -> usize {
        match self {
            Self::One => 2,
            Self::Two => 4,
        }
    }

    fn code_space(self) -> &'static str {
        match self {
            Self::One => "<00> <FF>",
            Self::Two => "<0000> <FFFF>",
        }
    }
}

/// Adds a font to a document; gives a reference to it.
pub(super) fn add(frame: &mut Document, font: &SubsetFont<'_>) -> Object {
    let (descendant, key, program) = program(frame, font.program);
    let mut descriptor = descriptor(font.name, font.face);
    descriptor.set(key, program);
    let mut cid_font = dictionary! {
        "Type" => "Font",
        "Subtype" => descendant,
        "BaseFont" => font.name,
        "CIDSystemInfo" => system_info(),
        "FontDescriptor" => Object::Reference(frame.add_object(descriptor)),
        "W" => widths(font),
    };
    if descendant == "CIDFontType2" {
        // ISO 14289-1, 7.21.3.2 asks for it, though it is the default
        cid_font.set("CIDToGIDMap", "Identity");
    }
    let encoding = match font.code_width {
        CodeWidth::One => one_byte_encoding(frame),
        CodeWidth::Two => "Identity-H".into(),
    };
    let to_unicode = to_unicode(frame, font);
    let composite = dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => font.name,
        "Encoding" => encoding,
        "DescendantFonts" => vec![Object::Dictionary(cid_font)],
        "ToUnicode" => to_unicode,
    };
    Object::Reference(frame.add_object(composite))
}

/// Adds the font program (ISO 32000-1, 9.9), which ISO 14289-1, 7.21.4.1 and ISO 19005-3, 6.2.11.4.1
/// ask for; gives the kind of its CID font, its key in the descriptor, and a reference to it.
///
/// Of OpenType with CFF outlines only the outlines are embedded: viewers agree on the glyphs of a
/// CID-keyed font only if it is bare, and a subset is always CID-keyed.
fn program(frame: &mut Document, program: &[u8]) -> (&'static str, &'static str, Object) {
    let outlines = RawFace::parse(program, 0).ok().and_then(|f| f.table(Tag::from_bytes(b"CFF ")));
    if let Some(outlines) = outlines {
        let stream = stream(frame, dictionary! { "Subtype" => "CIDFontType0C" }, outlines);
        ("CIDFontType0", "FontFile3", stream)
    } else {
        let length = i64::try_from(program.len()).unwrap_or(i64::MAX);
        let stream = stream(frame, dictionary! { "Length1" => length }, program);
        ("CIDFontType2", "FontFile2", stream)
    }
}

fn stream(frame: &mut Document, mut entries: Dictionary, content: &[u8]) -> Object {
    entries.set("Filter", "FlateDecode");
    Object::Reference(
        frame.add_object(Stream::new(entries, compress(content, CompressionLevel::Usual))),
    )
}

/// The metrics of a font (ISO 32000-1, 9.8.1), in thousandths of an em.
fn descriptor(name: &str, face: &Face<'_>) -> Dictionary {
    const NONSYMBOLIC: i64 = 1 << 5;
    const ITALIC: i64 = 1 << 6;
    let em = i64::from(face.units_per_em()).max(1);
    // to the nearest
    let scaled = |units: i16| Object::from((i64::from(units) * 2000 + em).div_euclid(em * 2));
    let bounds = face.global_bounding_box();
    let angle = face.italic_angle();
    let weight = i64::from(face.weight().to_number());
    dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name,
        "Flags" => if angle == 0.0 { NONSYMBOLIC } else { NONSYMBOLIC | ITALIC },
        "FontBBox" => [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scaled).to_vec(),
        "ItalicAngle" => angle,
        "Ascent" => scaled(face.ascender()),
        "Descent" => scaled(face.descender()),
        "CapHeight" => scaled(face.capital_height().unwrap_or(face.ascender())),
        // no table of a font holds the width of its stems; this is the usual estimate by weight:
        // 88 for 400, 166 for 700
        "StemV" => 50 + (weight * weight + 65 * 65 / 2) / (65 * 65),
    }
}

/// The widths of the glyphs (ISO 32000-1, 9.7.4.3), as the layout measured them; ISO 14289-1, 7.21.5
/// and ISO 19005-3, 6.2.11.5 ask that they agree with the font program.
fn widths(font: &SubsetFont<'_>) -> Vec<Object> {
    let em = i32::from(font.face.units_per_em());
    let runs = font.glyphs.chunk_by(|a, b| a.cid.checked_add(1) == Some(b.cid));
    let run = |glyphs: &[SubsetGlyph<'_>]| {
        let widths = glyphs.iter().map(|g| thousandths(g.advance.into(), em).into());
        [glyphs[0].cid.into(), Object::Array(widths.collect())]
    };
    runs.flat_map(run).collect()
}

fn system_info() -> Dictionary {
    dictionary! {
        "Registry" => Object::string_literal("Adobe"),
        "Ordering" => Object::string_literal("Identity"),
        "Supplement" => 0,
    }
}

/// From bytes to CIDs (ISO 32000-1, 9.7.5): each is its own. ISO 14289-1, 7.21.3.3 and ISO 19005-3,
/// 6.2.11.3.3 ask that a map that is not predefined is embedded.
fn one_byte_encoding(frame: &mut Document) -> Object {
    const NAME: &str = "Planwright-Byte";
    let lists = "1 begincidrange\n<00> <FF> 0\nendcidrange\n";
    let content = character_map(NAME, 1, CodeWidth::One, lists);
    let entries = dictionary! {
        "Type" => "CMap",
        "CMapName" => NAME,
        "CIDSystemInfo" => system_info(),
        "WMode" => 0,
    };
    stream(frame, entries, content.as_bytes())
}

/// From codes to text (ISO 32000-1, 9.10.3), which ISO 14289-1, 7.21.7 and ISO 19005-3, 6.2.11.7.2
/// ask for.
fn to_unicode(frame: &mut Document, font: &SubsetFont<'_>) -> Object {
    let digits = font.code_width.digits();
    let mut lists = String::new();
    // a list keeps to one high byte (Adobe Technical Note 5411, 1.4.1)
    for high_byte in font.glyphs.chunk_by(|a, b| a.cid >> 8 == b.cid >> 8) {
        for list in high_byte.chunks(MAX_LIST) {
            // writing to a string cannot fail
            let _ = writeln!(lists, "{} beginbfchar", list.len());
            for glyph in list {
                let _ = write!(lists, "<{:0digits$X}> <", glyph.cid);
                for unit in glyph.text.encode_utf16() {
                    let _ = write!(lists, "{unit:04X}");
                }
                lists.push_str(">\n");
            }
            lists.push_str("endbfchar\n");
        }
    }
    let content = character_map("Planwright-Says", 2, font.code_width, &lists);
    stream(frame, Dictionary::new(), content.as_bytes())
}

fn character_map(name: &str, kind: u8, code_width: CodeWidth, lists: &str) -> String {
    let code_space = code_width.code_space();
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def\n\
         /CMapName /{name} def\n/CMapType {kind} def\n/WMode 0 def\n\
         1 begincodespacerange\n{code_space}\nendcodespacerange\n{lists}\
         endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_have_their_width_and_text_under_codes_of_either_width() {
        let face = Face::parse(notosans::REGULAR_TTF, 0).unwrap();
        let glyph = |cid, advance, text| SubsetGlyph { cid, advance, text };
        let glyphs = [glyph(1, 532, " "), glyph(2, 1024, "ffi"), glyph(256, 2048, "\u{1F600}")];
        for (code_width, glyphs, widths, codes) in [
            (CodeWidth::One, &glyphs[..2], "[1 [259 500]]", "<01> <0020>\n<02> <006600660069>\n"),
            (CodeWidth::Two, &glyphs[..], "[1 [259 500] 256 [1000]]", "<0100> <D83DDE00>\n"),
        ] {
            let mut frame = Document::new();
            let font = SubsetFont {
                name: "AAAAAA+NotoSans",
                face: &face,
                program: notosans::REGULAR_TTF,
                glyphs,
                code_width,
            };
            let font = add(&mut frame, &font).as_reference().unwrap();
            let font = frame.get_dictionary(font).unwrap();
            let cid_font = font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0].as_dict();
            assert_eq!(format!("{:?}", cid_font.unwrap().get(b"W").unwrap()), widths);
            let to_unicode = font.get(b"ToUnicode").unwrap().as_reference().unwrap();
            let to_unicode = frame.get_object(to_unicode).unwrap().as_stream().unwrap();
            let lists = String::from_utf8(to_unicode.decompressed_content().unwrap()).unwrap();
            assert!(lists.contains(&format!("{codes}endbfchar")), "{lists}");
            assert_eq!(lists.matches("beginbfchar").count(), if glyphs.len() == 2 { 1 } else { 2 });
        }
    }
}
