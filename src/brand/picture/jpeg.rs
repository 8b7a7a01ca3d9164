//! JPEG: a PDF holds it as it is; only its size and colours have to be known.

use crate::error::{Error, ErrorKind};

use super::{PictureContent, damaged};

/// The size of a JPEG and how many parts its colours have, from its frame header (ITU-T T.81,
/// B.2.2).
pub(super) fn read(bytes: &[u8]) -> Result<(u32, u32, PictureContent), Error> {
    let mut at = 2;
    loop {
        let &[0xFF, marker, ..] = bytes.get(at..).unwrap_or_default() else {
            return Err(damaged("JPEG"));
        };
        // fill bytes may stand before a marker; some markers have nothing after them
        if marker == 0xFF {
            at += 1;
            continue;
        }
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            at += 2;
            continue;
        }
        let &[high, low, ..] = bytes.get(at + 2..).unwrap_or_default() else {
            return Err(damaged("JPEG"));
        };
        let length = usize::from(u16::from_be_bytes([high, low])).max(2);
        // the frame headers of the ways to pack that a PDF may hold: baseline, extended and
        // progressive (ISO 32000-1, 7.4.8)
        if matches!(marker, 0xC0..=0xC2) {
            let &[_, height1, height0, width1, width0, parts, ..] =
                bytes.get(at + 4..).unwrap_or_default()
            else {
                return Err(damaged("JPEG"));
            };
            let (width, height) =
                (u16::from_be_bytes([width1, width0]), u16::from_be_bytes([height1, height0]));
            if !matches!(parts, 1 | 3) {
                return Err(Error::new(
                    ErrorKind::Unsupported,
                    "the JPEG has colours for the press (CMYK)",
                )
                .help("save it with colours for the screen (sRGB)"));
            }
            return Ok((width.into(), height.into(), PictureContent::Jpeg { parts }));
        }
        if matches!(marker, 0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xDA | 0xD9) {
            return Err(damaged("JPEG"));
        }
        at += 2 + length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(parts: u8) -> Vec<u8> {
        let mut bytes = b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xC0\x00\x11\x08\x00\x30\x00\x64".to_vec();
        bytes.push(parts);
        bytes.resize(40, 0);
        bytes
    }

    #[test]
    fn size_and_colours_are_found() {
        let (width, height, content) = read(&frame(3)).unwrap();
        assert!(matches!(content, PictureContent::Jpeg { parts: 3, .. }));
        assert_eq!((width, height), (100, 48));
        assert!(read(&frame(4)).unwrap_err().is_unsupported());
    }

    #[test]
    fn what_ends_too_soon_is_damaged() {
        let whole = frame(3);
        for end in 2..18 {
            assert!(read(&whole[..end]).unwrap_err().is_unreadable(), "{end}");
        }
    }
}
