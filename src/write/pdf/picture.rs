//! Pictures: pixels as image objects (ISO 32000-1, 8.9), drawings as paths in the page itself
//! (8.5).

use std::io::Write as _;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::brand::{DrawingShape, PathStep, Picture, PictureContent};
use crate::compression::{CompressionLevel, compress};
use crate::layout::Length;
use crate::layout::page::PlacedPicture;
use crate::plan::Colour;

/// Adds the pictures that are made of pixels to a document; gives the dictionary of their names, if
/// there are any.
pub(crate) fn embed(pictures: &[PlacedPicture], frame: &mut Document) -> Option<Dictionary> {
    let mut names = Dictionary::new();
    for (number, picture) in
        (0..).zip(pictures).filter_map(|(number, placed)| Some((number, placed.picture.as_ref()?)))
    {
        let (width, height) = (picture.width(), picture.height());
        let image = match picture.content() {
            PictureContent::Drawing(_) => continue,
            PictureContent::Jpeg { parts } => {
                Stream::new(image(width, height, *parts == 1, "DCTDecode"), picture.file().to_vec())
            }
            PictureContent::Pixels(pixels) => {
                let mut entries = image(width, height, pixels.grey, "FlateDecode");
                if let Some(opacity) = &pixels.opacity {
                    let mask = Stream::new(
                        image(width, height, true, "FlateDecode"),
                        compress(opacity, CompressionLevel::Usual),
                    );
                    entries.set("SMask", Object::Reference(frame.add_object(mask)));
                }
                Stream::new(entries, compress(&pixels.colours, CompressionLevel::Usual))
            }
        };
        names.set(name(number), Object::Reference(frame.add_object(image)));
    }
    (!names.is_empty()).then_some(names)
}

fn image(width: u32, height: u32, grey: bool, filter: &str) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => if grey { "DeviceGray" } else { "DeviceRGB" },
        "BitsPerComponent" => 8,
        "Filter" => filter,
    }
}

fn name(number: u32) -> String {
    format!("P{number}")
}

/// Shows a picture where it stands on its page.
pub(crate) fn show(
    out: &mut Vec<u8>,
    placed: &PlacedPicture,
    picture: &Picture,
    number: u32,
    page_height: Length,
) {
    let foot = page_height - placed.y - placed.height;
    // writing to memory cannot fail
    let _ = match picture.content() {
        PictureContent::Drawing(drawing) => {
            // from the drawing's units, which go down, to points, which go up
            let scale = f64::from(placed.width.as_milli()) / f64::from(picture.width());
            let _ = writeln!(
                out,
                "q {scale:.5} 0 0 {:.5} {} {} cm",
                -scale,
                placed.x,
                foot + placed.height
            );
            // what reaches over its edge is not seen
            let (width, height) =
                (f64::from(picture.width()) / 1000.0, f64::from(picture.height()) / 1000.0);
            let _ = writeln!(out, "0 0 {width:.3} {height:.3} re W n");
            for drawn in &drawing.shapes {
                shape(out, drawn);
            }
            writeln!(out, "Q")
        }
        _ => writeln!(
            out,
            "q {} 0 0 {} {} {foot} cm/{} Do Q",
            placed.width,
            placed.height,
            placed.x,
            name(number)
        ),
    };
}

fn shape(out: &mut Vec<u8>, shape: &DrawingShape) {
    let paint = match (&shape.fill, &shape.stroke) {
        (None, None) => return,
        (Some((_, true)), Some(_)) => "B*",
        (Some(_), Some(_)) => "B",
        (Some((_, true)), None) => "f*",
        (Some(_), None) => "f",
        (None, Some(_)) => "S",
    };
    if let Some((colour, _)) = shape.fill {
        set(out, colour, "rg");
    }
    if let Some(stroke) = shape.stroke {
        set(out, stroke.colour, "RG");
        let _ = writeln!(
            out,
            "{} w {} J {} j {} M",
            units(stroke.width),
            stroke.cap,
            stroke.join,
            units(stroke.reach)
        );
    }
    for step in &shape.steps {
        let _ = match step {
            PathStep::Move([x, y]) => writeln!(out, "{} {} m", units(*x), units(*y)),
            PathStep::Line([x, y]) => writeln!(out, "{} {} l", units(*x), units(*y)),
            PathStep::Curve(one, two, to) => {
                let [a, b, c] = [one, two, to].map(|[x, y]| format!("{} {}", units(*x), units(*y)));
                writeln!(out, "{a} {b} {c} c")
            }
            PathStep::Close => writeln!(out, "h"),
        };
    }
    let _ = writeln!(out, "{paint}");
}

fn set(out: &mut Vec<u8>, colour: Colour, operator: &str) {
    let [red, green, blue] =
        [colour.red, colour.green, colour.blue].map(super::content::thousandths);
    let _ = writeln!(out, "{red} {green} {blue} {operator}");
}

/// Thousandths of a drawing's unit as its units.
fn units(thousandths: i32) -> Length {
    Length::milli(thousandths)
}
