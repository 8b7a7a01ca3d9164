//! Fonts of few glyphs: a byte numbers each of them (ISO 32000-1, 9.7.5 and 9.10.3).

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::compression::{CompressionLevel, compress};

/// The most entries of one list of a character map (Adobe Technical Note 5014, 4.6).
const MOST: usize = 100;

/// From bytes to glyphs: each is the number of its glyph. ISO 19005-3, 6.2.11.3.3 has such a map
/// embedded.
pub(super) fn codes(frame: &mut Document) -> Object {
    const NAME: &str = "Planwright-Byte";
    let content = map(NAME, 1, "1 begincidrange\n<00> <FF> 0\nendcidrange\n");
    let system = dictionary! {
        "Registry" => Object::string_literal("Adobe"),
        "Ordering" => Object::string_literal("Identity"),
        "Supplement" => 0,
    };
    add(
        frame,
        dictionary! { "Type" => "CMap", "CMapName" => NAME, "CIDSystemInfo" => system, "WMode" => 0 },
        &content,
    )
}

fn add(frame: &mut Document, mut entries: Dictionary, content: &str) -> Object {
    entries.set("Filter", "FlateDecode");
    Object::Reference(
        frame.add_object(Stream::new(
            entries,
            compress(content.as_bytes(), CompressionLevel::Usual),
        )),
    )
}

/// From bytes to what their glyphs say.
pub(super) fn meanings<'s>(
    frame: &mut Document,
    says: impl Iterator<Item = (u16, &'s str)>,
) -> Object {
    let lines: Vec<String> = says
        .map(|(code, says)| {
            let units = says.encode_utf16().fold(String::new(), |mut units, unit| {
                let _ = write!(units, "{unit:04X}");
                units
            });
            format!("<{code:02X}> <{units}>\n")
        })
        .collect();
    let lists = lines
        .chunks(MOST)
        .map(|list| format!("{} beginbfchar\n{}endbfchar\n", list.len(), list.concat()));
    add(frame, Dictionary::new(), &map("Planwright-Says", 2, &lists.collect::<String>()))
}

fn map(name: &str, kind: u8, lists: &str) -> String {
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def\n\
         /CMapName /{name} def\n/CMapType {kind} def\n/WMode 0 def\n\
         1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{lists}\
         endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
}
