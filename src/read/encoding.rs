//! The encodings of texts: those of the WHATWG standard and the code pages of DOS, by the names
//! that people use.

use std::borrow::Cow;

use encoding_rs::{
    ISO_8859_14, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252,
};

/// The encoding of a text.
///
/// ```
/// use planwright::Encoding;
/// assert_eq!(Encoding::from_name("Mac Roman"), Encoding::from_name("macintosh"));
/// assert_eq!(Encoding::from_name("klingon"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(CodeTable);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CodeTable {
    Standard(&'static encoding_rs::Encoding),
    Dos(CodePage),
}

/// A code page of DOS, which the WHATWG standard leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CodePage {
    Ibm437,
    Ibm850,
}

const IBM_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const IBM_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl Encoding {
    /// The names of some encodings, as examples for people.
    pub const EXAMPLES: &[&str] = &[
        "utf-8",
        "windows-1252",
        "macintosh",
        "iso-8859-15",
        "iso-8859-14",
        "windows-1250",
        "ibm850",
        "ibm437",
        "utf-16le",
    ];

    /// The encodings of one byte a character that texts written in the United Kingdom may have, the
    /// most usual first.
    pub(super) const WESTERN: [Self; 7] = [
        Self(CodeTable::Standard(WINDOWS_1252)),
        Self(CodeTable::Standard(MACINTOSH)),
        Self(CodeTable::Dos(CodePage::Ibm850)),
        Self(CodeTable::Dos(CodePage::Ibm437)),
        Self(CodeTable::Standard(ISO_8859_15)),
        Self(CodeTable::Standard(ISO_8859_14)),
        Self(CodeTable::Standard(WINDOWS_1250)),
    ];

    pub(super) const MAC_ROMAN: Self = Self(CodeTable::Standard(MACINTOSH));

    /// The encoding of this name, in any case and with or without hyphens; the labels of the WHATWG
    /// standard are known too.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase().replace([' ', '_'], "-");
        let bare = name.replace('-', "");
        match bare.as_str() {
            "macroman" | "mac" => return Some(Self::MAC_ROMAN),
            "ansi" => return Some(Self(CodeTable::Standard(WINDOWS_1252))),
            "utf16" => return Some(Self(CodeTable::Standard(UTF_16LE))),
            "ibm437" | "cp437" | "437" => return Some(Self(CodeTable::Dos(CodePage::Ibm437))),
            "ibm850" | "cp850" | "850" => return Some(Self(CodeTable::Dos(CodePage::Ibm850))),
            _ => {}
        }
        let label = |label: &str| encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        label(&name).or_else(|| label(&bare)).map(|encoding| Self(CodeTable::Standard(encoding)))
    }

    pub(super) fn is_utf8(self) -> bool {
        self == Self::from(UTF_8)
    }

    /// The text that the bytes are, and whether some of them are no character; a byte order mark of
    /// this encoding is no part of it.
    pub(super) fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        match self.0 {
            CodeTable::Standard(encoding) => encoding.decode_with_bom_removal(bytes),
            CodeTable::Dos(_) => {
                let table = self.characters();
                (
                    bytes.iter().map(|byte| table[usize::from(*byte)]).collect::<String>().into(),
                    false,
                )
            }
        }
    }

    /// What each byte stands for, in an encoding of one byte a character.
    pub(super) fn characters(self) -> [char; 256] {
        let mut table =
            std::array::from_fn(|byte| char::from(u8::try_from(byte).unwrap_or_default()));
        match self.0 {
            CodeTable::Standard(encoding) => {
                for byte in 0x80..=u8::MAX {
                    let character = encoding.decode_without_bom_handling(&[byte]).0.chars().next();
                    table[usize::from(byte)] = character.unwrap_or(char::REPLACEMENT_CHARACTER);
                }
            }
            CodeTable::Dos(page) => {
                let upper = if page == CodePage::Ibm437 { IBM_437 } else { IBM_850 };
                for (slot, character) in table.iter_mut().skip(0x80).zip(upper.chars()) {
                    *slot = character;
                }
            }
        }
        table
    }

    /// What people call it.
    pub(super) fn title(self) -> &'static str {
        match self.0 {
            CodeTable::Standard(e) if e == WINDOWS_1252 => {
                "Windows-1252 (Western European, of Windows and Excel)"
            }
            CodeTable::Standard(e) if e == MACINTOSH => "Mac Roman (of older Macs)",
            CodeTable::Standard(e) if e == UTF_16LE || e == UTF_16BE => {
                "UTF-16 (the “Unicode text” of Excel)"
            }
            CodeTable::Standard(e) => e.name(),
            CodeTable::Dos(CodePage::Ibm437) => "IBM437 (of DOS)",
            CodeTable::Dos(CodePage::Ibm850) => "IBM850 (of DOS)",
        }
    }
}

impl From<&'static encoding_rs::Encoding> for Encoding {
    fn from(encoding: &'static encoding_rs::Encoding) -> Self {
        Self(CodeTable::Standard(encoding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_as_people_write_them() {
        for (name, title) in [
            ("UTF-8", "UTF-8"),
            ("utf8", "UTF-8"),
            ("cp1252", "Windows-1252 (Western European, of Windows and Excel)"),
            ("Latin-1", "Windows-1252 (Western European, of Windows and Excel)"),
            ("Mac_Roman", "Mac Roman (of older Macs)"),
            ("CP-850", "IBM850 (of DOS)"),
            ("iso-8859-15", "ISO-8859-15"),
        ] {
            assert_eq!(Encoding::from_name(name).map(Encoding::title), Some(title), "{name}");
        }
        assert!(Encoding::EXAMPLES.iter().all(|name| Encoding::from_name(name).is_some()));
        assert_eq!(["", "replacement", "utf-9"].map(Encoding::from_name), [None; 3]);
    }

    #[test]
    fn code_pages_of_dos_are_decoded() {
        let decode = |name: &str| {
            Encoding::from_name(name).unwrap().decode(b"caf\x82 \x9c5 \xff").0.into_owned()
        };
        assert_eq!(decode("ibm850"), "café £5 \u{a0}");
        assert_eq!(decode("ibm437"), "café £5 \u{a0}");
        assert_eq!([IBM_437, IBM_850].map(|page| page.chars().count()), [128; 2]);
    }
}
