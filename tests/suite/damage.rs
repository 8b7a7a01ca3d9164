//! What may befall a file on its way: bytes changed, lost, repeated, moved, or put in from
//! elsewhere.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use proptest::sample::Index;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// One thing that befalls bytes. Places are fractions of their length, so that it can befall any
/// bytes.
#[derive(Debug, Clone)]
pub(crate) enum Damage {
    /// Bits of a byte are turned over.
    Turned(Index, u8),
    /// A number of four bytes is another.
    Number(Index, u32),
    /// Bytes are lost, up to so many.
    Lost(Index, usize),
    /// All bytes from here on are lost.
    CutShort(Index),
    /// Bytes, up to so many, stand there so many times.
    Repeated(Index, usize, usize),
    /// Bytes, up to so many, stand elsewhere too.
    Moved(Index, usize, Index),
    /// Bytes of another file, up to so many, stand among these.
    Spliced(Index, usize, Index),
    /// What a reader looks for stands where it should not.
    Put(&'static str, Index),
}

/// What readers look for.
pub(crate) const MARKS: &[&str] = &[
    "|",
    "\n",
    "\n\n",
    "\t",
    ",",
    ";",
    "\"",
    "\r",
    "\0",
    "| --- |\n",
    "<br>",
    "<ul><li>",
    "<table>",
    "</table>",
    "<tr><td>",
    "</td>",
    "<p",
    "</c>",
    "<c r=\"XFD1048576\">",
    "<!--",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#x1F600;",
    "&#0;",
    "~~",
    "**",
    "_x000D_",
    "sep=",
    "\u{feff}",
    "\u{a0}",
    "é",
    "31/12/2011",
    "Q4 2010/11",
    "99999999999999999999",
    "/EmbeddedFile",
    "/Filter/FlateDecode",
    "obj<<",
    ">>stream\n",
    "endstream",
];

/// Numbers at which a reader may stumble.
const NUMBERS: &[u32] =
    &[0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x0010_0000, 0x7FFF_FFFF, 0x8000_0000, u32::MAX];

/// A few damages.
pub(crate) fn several() -> impl Strategy<Value = Vec<Damage>> {
    let place = any::<Index>;
    let one = prop_oneof![
        4 => (place(), 1..=u8::MAX).prop_map(|(at, bits)| Damage::Turned(at, bits)),
        2 => (place(), prop::sample::select(NUMBERS)).prop_map(|(at, number)| Damage::Number(at, number)),
        2 => (place(), 1..200_usize).prop_map(|(at, length)| Damage::Lost(at, length)),
        1 => place().prop_map(Damage::CutShort),
        1 => (place(), 1..200_usize, 2..20_usize).prop_map(|(at, length, times)| Damage::Repeated(at, length, times)),
        2 => (place(), 1..400_usize, place()).prop_map(|(at, length, to)| Damage::Moved(at, length, to)),
        2 => (place(), 1..400_usize, place()).prop_map(|(at, length, to)| Damage::Spliced(at, length, to)),
        4 => (prop::sample::select(MARKS), place()).prop_map(|(mark, at)| Damage::Put(mark, at)),
    ];
    prop::collection::vec(one, 1..6)
}

/// The bytes after all of it.
pub(crate) fn damaged(bytes: &[u8], other: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for damage in damages {
        let at = |place: &Index| place.index(bytes.len() + 1);
        let part = |from: usize, length: usize| from..(from + length).min(bytes.len());
        match damage {
            Damage::Turned(place, bits) => {
                let at = at(place);
                bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= bits);
            }
            Damage::Number(place, number) => {
                let part = part(at(place), 4);
                bytes.splice(part, number.to_le_bytes());
            }
            Damage::Lost(place, length) => {
                let part = part(at(place), *length);
                bytes.drain(part);
            }
            Damage::CutShort(place) => bytes.truncate(at(place)),
            Damage::Repeated(place, length, times) => {
                let part = part(at(place), *length);
                let copies = bytes[part.clone()].repeat(*times);
                bytes.splice(part, copies);
            }
            Damage::Moved(from, length, to) => {
                let (part, to) = (bytes[part(at(from), *length)].to_vec(), at(to));
                bytes.splice(to..to, part);
            }
            Damage::Spliced(from, length, to) => {
                let (from, to) = (from.index(other.len() + 1), at(to));
                bytes.splice(to..to, other[from..].iter().take(*length).copied());
            }
            Damage::Put(mark, place) => {
                let at = at(place);
                bytes.splice(at..at, mark.bytes());
            }
        }
    }
    bytes
}

/// The parts of a package, unpacked; none for bytes that are no package.
pub(crate) fn unpacked(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).ok()?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).ok()?;
        parts.push((part.name().ok()?.into_owned(), bytes));
    }
    Some(parts)
}

/// A package of these parts.
pub(crate) fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        package
            .start_file(
                name.as_str(),
                SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
            )
            .unwrap();
        package.write_all(part).unwrap();
    }
    package.finish().unwrap().into_inner()
}
