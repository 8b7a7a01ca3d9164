//! A picture read from its file: PNG, JPEG, or SVG as a drawing.

mod drawing;
mod jpeg;
mod pixels;

use crate::error::{Error, ErrorKind};

use drawing::VectorDrawing;
use pixels::Pixels;

pub(crate) use drawing::{DrawingShape, PathStep};

/// The largest file of a picture that is read, in bytes.
const LARGEST: usize = 8 << 20;

/// A picture that can be put on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    content: PictureContent,
    file: Vec<u8>,
}

/// What a picture is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PictureContent {
    /// Pixels, unpacked.
    Pixels(Pixels),
    /// A JPEG file as it is; how many parts each of its pixels has: one is grey, three a colour.
    Jpeg { parts: u8 },
    /// Shapes.
    Drawing(VectorDrawing),
}

impl Picture {
    /// Reads a picture, whose bytes tell what it is: PNG, JPEG, or SVG, which stays a drawing that
    /// can be enlarged without end.
    ///
    /// # Errors
    ///
    /// [`Error::is_unreadable`] if the bytes are no such picture, or a damaged one;
    /// [`Error::is_too_large`] if it has more than 8 MB or 16 million pixels;
    /// [`Error::is_unsupported`] for what a PDF for the archive cannot hold, or what is not drawn
    /// here: colours for the press (CMYK), and in SVG words that are not outlines, pictures within
    /// the picture, gradients, transparent parts, masks and filters.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > LARGEST {
            return Err(Error::new(
                ErrorKind::TooLarge,
                format!(
                    "the picture is {} MB; up to {} MB are read",
                    bytes.len() >> 20,
                    LARGEST >> 20
                ),
            )
            .help("save it smaller: a logo is printed five centimetres wide"));
        }
        let is_drawing =
            || bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xEF\xBB\xBF<");
        let (width, height, content) = if bytes.starts_with(b"\x89PNG") {
            pixels::read(bytes)?
        } else if bytes.starts_with(b"\xFF\xD8") {
            jpeg::read(bytes)?
        } else if is_drawing() {
            drawing::read(bytes)?
        } else {
            return Err(Error::new(
                ErrorKind::Unreadable,
                "the picture is neither PNG nor JPEG nor SVG",
            )
            .help("save it as one of these"));
        };
        if width == 0 || height == 0 {
            return Err(damaged("picture"));
        }
        Ok(Self { width, height, content, file: bytes.to_vec() })
    }

    /// Its width in its own units.
    pub(crate) fn width(&self) -> u32 {
        self.width
    }

    /// Its height in its own units.
    pub(crate) fn height(&self) -> u32 {
        self.height
    }

    pub(crate) fn content(&self) -> &PictureContent {
        &self.content
    }

    /// The file that it was read from.
    pub(crate) fn file(&self) -> &[u8] {
        &self.file
    }

    /// What kind of file that is (RFC 6838).
    pub(crate) fn media_type(&self) -> &'static str {
        match self.content {
            PictureContent::Pixels(_) => "image/png",
            PictureContent::Jpeg { .. } => "image/jpeg",
            PictureContent::Drawing(_) => "image/svg+xml",
        }
    }
}

fn damaged(what: &str) -> Error {
    Error::new(ErrorKind::Unreadable, format!("the {what} is damaged"))
        .help("save it again, or fetch it again from where it came from")
}
