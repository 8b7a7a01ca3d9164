//! PNG: unpacked.

use png::{ColorType, Decoder, Transformations};

use crate::error::{Error, ErrorKind};

use super::{PictureContent, damaged};

/// The most pixels that are read.
const MOST: u64 = 16 << 20;

/// Pixels of eight bits a part, row by row from the top left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pixels {
    /// Whether a pixel has one part for its colour instead of three.
    pub(crate) grey: bool,
    /// Whether a part follows that says how little the pixel lets through what is behind it.
    pub(crate) with_opacity: bool,
    pub(crate) samples: Vec<u8>,
}

pub(super) fn read(bytes: &[u8]) -> Result<(u32, u32, PictureContent), Error> {
    let mut decoder = Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(|_| damaged("PNG"))?;
    let (width, height) = reader.info().size();
    if u64::from(width) * u64::from(height) > MOST {
        return Err(Error::new(
            ErrorKind::TooLarge,
            format!("the PNG has {width} by {height} pixels; up to 16 million are read"),
        )
        .help("save it smaller: a logo is printed five centimetres wide"));
    }
    let mut data = vec![0; reader.output_buffer_size().ok_or_else(|| damaged("PNG"))?];
    let info = reader.next_frame(&mut data).map_err(|_| damaged("PNG"))?;
    data.truncate(info.buffer_size());
    let (grey, with_opacity) = match info.color_type {
        ColorType::Grayscale => (true, false),
        ColorType::GrayscaleAlpha => (true, true),
        ColorType::Rgb => (false, false),
        ColorType::Rgba => (false, true),
        // palettes are expanded to colours
        ColorType::Indexed => return Err(damaged("PNG")),
    };
    let mut pixels = Pixels { grey, with_opacity, samples: data };
    let parts = if grey { 2 } else { 4 };
    if with_opacity && pixels.samples.chunks_exact(parts).all(|pixel| pixel[parts - 1] == 255) {
        // it lets nothing through anywhere
        pixels.with_opacity = false;
        let colours = pixels.samples.chunks_exact(parts).flat_map(|pixel| &pixel[..parts - 1]);
        pixels.samples = colours.copied().collect();
    }
    Ok((width, height, PictureContent::Pixels(pixels)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(colour: ColorType, data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, 2, 1);
        encoder.set_color(colour);
        encoder.set_depth(png::BitDepth::Eight);
        if colour == ColorType::Indexed {
            encoder.set_palette(vec![1, 2, 3, 4, 5, 6]);
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(data).unwrap();
        writer.finish().unwrap();
        out
    }

    #[test]
    fn every_kind_of_png_is_unpacked() {
        let colours = |colour, data: &[u8]| match read(&png(colour, data)).unwrap() {
            (2, 1, PictureContent::Pixels(pixels)) => {
                (pixels.grey, pixels.with_opacity, pixels.samples)
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(colours(ColorType::Grayscale, &[7, 8]), (true, false, vec![7, 8]));
        assert_eq!(
            colours(ColorType::GrayscaleAlpha, &[7, 0, 8, 255]),
            (true, true, vec![7, 0, 8, 255])
        );
        assert_eq!(
            colours(ColorType::Rgba, &[1, 2, 3, 255, 4, 5, 6, 255]),
            (false, false, vec![1, 2, 3, 4, 5, 6])
        );
        assert_eq!(colours(ColorType::Indexed, &[1, 0]), (false, false, vec![4, 5, 6, 1, 2, 3]));
    }

    #[test]
    fn what_ends_too_soon_is_damaged() {
        let whole = png(ColorType::Rgb, &[1, 2, 3, 4, 5, 6]);
        for end in 4..whole.len() - 16 {
            assert!(read(&whole[..end]).unwrap_err().is_unreadable(), "{end}");
        }
    }
}
