//! PNG: unpacked, its transparency beside its colours.

use png::{ColorType, Decoder, Transformations};

use crate::error::{Error, ErrorKind};

use super::{PictureContent, damaged};

/// The most pixels that are read.
const MOST: u64 = 16 << 20;

/// Pixels of eight bits a part, from the top left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pixels {
    /// Whether there is one part to a pixel instead of three.
    pub(crate) grey: bool,
    pub(crate) colours: Vec<u8>,
    /// How little each pixel lets through what is behind it; none if nothing is let through
    /// anywhere.
    pub(crate) opacity: Option<Vec<u8>>,
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
    let parts = if grey { 1 } else { 3 };
    let pixels = if with_opacity {
        let mut colours = Vec::with_capacity(data.len());
        let mut opacity = Vec::with_capacity(data.len() / (parts + 1));
        for pixel in data.chunks_exact(parts + 1) {
            colours.extend_from_slice(&pixel[..parts]);
            opacity.push(pixel[parts]);
        }
        let lets_through = opacity.iter().any(|o| *o < 255);
        Pixels { grey, colours, opacity: lets_through.then_some(opacity) }
    } else {
        Pixels { grey, colours: data, opacity: None }
    };
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
            (2, 1, PictureContent::Pixels(pixels)) => (pixels.grey, pixels.colours, pixels.opacity),
            other => panic!("{other:?}"),
        };
        assert_eq!(colours(ColorType::Grayscale, &[7, 8]), (true, vec![7, 8], None));
        assert_eq!(
            colours(ColorType::GrayscaleAlpha, &[7, 0, 8, 255]),
            (true, vec![7, 8], Some(vec![0, 255]))
        );
        assert_eq!(
            colours(ColorType::Rgba, &[1, 2, 3, 255, 4, 5, 6, 255]),
            (false, vec![1, 2, 3, 4, 5, 6], None)
        );
        assert_eq!(colours(ColorType::Indexed, &[1, 0]), (false, vec![4, 5, 6, 1, 2, 3], None));
    }

    #[test]
    fn what_ends_too_soon_is_damaged() {
        let whole = png(ColorType::Rgb, &[1, 2, 3, 4, 5, 6]);
        for end in 4..whole.len() - 16 {
            assert!(read(&whole[..end]).unwrap_err().is_unreadable(), "{end}");
        }
    }
}
