//! Fonts read from their files.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use ttf_parser::{Permissions, Tag, name_id};

use crate::error::{Error, ErrorKind};

/// The largest file of a font that is read, in bytes: those of Chinese and Japanese have some 20
/// MB.
const LARGEST: usize = 64 << 20;

/// A font that can be put into a PDF. To copy it costs nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Font(Arc<FontProgram>);

#[derive(PartialEq, Eq)]
struct FontProgram {
    bytes: Cow<'static, [u8]>,
    name: String,
}

/// The fonts that words are set in, where they are not the program's own.
///
/// The words of a face that is not given are set in another that is as strong: those that are
/// strong and slanted in the strong face, all others in the program's own Noto Sans, so that no
/// emphasis is lost. A character is looked for in the face, in Noto Sans, and then in `fallback`,
/// in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BrandFonts {
    /// Upright, of normal weight.
    pub regular: Option<Font>,
    /// Upright, strong.
    pub bold: Option<Font>,
    /// Slanted.
    pub italic: Option<Font>,
    /// Slanted, strong.
    pub bold_italic: Option<Font>,
    /// For what the others lack, such as the letters of another script; up to 32 are used.
    pub fallback: Vec<Font>,
}

impl Font {
    /// Reads a font: TrueType or OpenType, with outlines of either kind. Of a variable font, its
    /// default is used.
    ///
    /// # Errors
    ///
    /// [`Error::is_unreadable`] if the bytes are no font, or a damaged one; [`Error::is_too_large`]
    /// if they are more than 64 MB; [`Error::is_unsupported`] if the font's maker does not allow
    /// that it is put into documents, if the file holds several fonts, or is packed for web pages.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > LARGEST {
            return Err(Error::new(
                ErrorKind::TooLarge,
                format!(
                    "the font is {} MB; up to {} MB are read",
                    bytes.len() >> 20,
                    LARGEST >> 20
                ),
            ));
        }
        if bytes.starts_with(b"ttcf") {
            return Err(unsupported(
                "the file holds several fonts",
                "take each of them out into a file of its own, .ttf or .otf",
            ));
        }
        if bytes.starts_with(b"wOFF") || bytes.starts_with(b"wOF2") {
            return Err(unsupported(
                "the font is packed for web pages",
                "take the .ttf or .otf file that it was made from",
            ));
        }
        let face = ttf_parser::Face::parse(bytes, 0).map_err(|_| {
            Error::new(ErrorKind::Unreadable, "this is no font, or a damaged one")
                .help("name a .ttf or .otf file, or fetch it again")
        })?;
        let has = |table: &[u8; 4]| face.raw_face().table(Tag::from_bytes(table)).is_some();
        if !(has(b"glyf") || has(b"CFF ") || has(b"CFF2")) {
            return Err(unsupported(
                "the font holds pictures of letters, not outlines",
                "take one with outlines",
            ));
        }
        let name = name(&face);
        if !may_be_embedded(&face) {
            let message = format!(
                "the maker of the font {name} does not allow that it is put into documents"
            );
            return Err(unsupported(
                message,
                "buy a licence that allows it, with the file that belongs to it, or take another font",
            ));
        }
        Ok(Self(Arc::new(FontProgram { bytes: Cow::Owned(bytes.to_vec()), name })))
    }

    /// A font that is part of the program.
    pub(crate) fn built_in(bytes: &'static [u8], name: &str) -> Self {
        Self(Arc::new(FontProgram { bytes: Cow::Borrowed(bytes), name: name.to_owned() }))
    }

    /// Whether it is part of the program: what is read from files is always owned.
    pub(crate) fn is_built_in(&self) -> bool {
        matches!(self.0.bytes, Cow::Borrowed(_))
    }

    /// The font program.
    pub(crate) fn program(&self) -> &[u8] {
        &self.0.bytes
    }

    /// Its PostScript name: letters, digits and hyphens only.
    pub(crate) fn name(&self) -> &str {
        &self.0.name
    }
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Font").field(&self.0.name).finish()
    }
}

fn unsupported(message: impl Into<String>, help: &str) -> Error {
    Error::new(ErrorKind::Unsupported, message).help(help)
}

/// Whether its maker allows a part of it to be put into documents (OpenType 1.9, OS/2, fsType). A
/// font that says nothing allows it.
fn may_be_embedded(face: &ttf_parser::Face<'_>) -> bool {
    face.tables().os2.is_none()
        || face.permissions() != Some(Permissions::Restricted)
            && face.is_subsetting_allowed()
            && face.is_outline_embedding_allowed()
}

fn name(face: &ttf_parser::Face<'_>) -> String {
    let of =
        |id: u16| face.names().into_iter().filter(|n| n.name_id == id).find_map(|n| n.to_string());
    let name = of(name_id::POST_SCRIPT_NAME)
        .or_else(|| of(name_id::FULL_NAME))
        .or_else(|| of(name_id::FAMILY))
        .unwrap_or_default();
    let name: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(63).collect();
    if name.is_empty() { "Unnamed".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font with what its maker allows changed.
    fn allowing(fs_type: u16) -> Vec<u8> {
        let mut bytes = notosans::REGULAR_TTF.to_vec();
        let face = ttf_parser::Face::parse(notosans::REGULAR_TTF, 0).unwrap();
        let table = face.raw_face().table(Tag::from_bytes(b"OS/2")).unwrap();
        let at = table.as_ptr() as usize - notosans::REGULAR_TTF.as_ptr() as usize;
        bytes[at + 8..at + 10].copy_from_slice(&fs_type.to_be_bytes());
        bytes
    }

    #[test]
    fn what_its_maker_forbids_is_not_done() {
        for allowed in [0, 4, 8] {
            assert_eq!(Font::read(&allowing(allowed)).unwrap().name(), "NotoSans", "{allowed}");
        }
        for forbidden in [2, 0x100, 0x200, 0x108] {
            let refused = Font::read(&allowing(forbidden)).unwrap_err();
            assert!(
                refused.is_unsupported() && refused.to_string().contains("NotoSans"),
                "{forbidden}"
            );
        }
    }

    #[test]
    fn what_is_no_font_is_refused() {
        assert!(Font::read(b"").unwrap_err().is_unreadable());
        assert!(Font::read(b"%PDF-1.7").unwrap_err().is_unreadable());
        assert!(Font::read(&notosans::REGULAR_TTF[..1000]).is_err());
        assert!(Font::read(b"ttcf\0\x02\0\0").unwrap_err().is_unsupported());
        assert!(Font::read(b"wOF2\0\x01\0\0").unwrap_err().is_unsupported());
    }
}
