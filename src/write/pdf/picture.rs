//! Pictures: pixels as image objects (ISO 32000-1, 8.9), drawings as paths in the page itself
//! (8.5).

use std::collections::BTreeMap;
use std::io::Write as _;

use lopdf::{Dictionary, Document};
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, PdfDocument, PdfSaveOptions, RawImage, RawImageData,
    RawImageFormat, XObject, XObjectId, init_doc_and_resources,
};

use crate::brand::{DrawingShape, PathStep, Picture, PictureContent};
use crate::layout::Length;
use crate::layout::page::PlacedPicture;
use crate::plan::Colour;

/// A new document that holds the pictures that are made of pixels, and the dictionary of their
/// names.
pub(crate) fn document(pictures: &[PlacedPicture]) -> (Document, Dictionary) {
    let mut document = PdfDocument::new("");
    let images = (0..).zip(pictures).filter_map(|(number, placed)| {
        Some((XObjectId(name(number)), image(placed.picture.as_ref()?)?))
    });
    document.resources.xobjects.map.extend(images);
    let as_they_are = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    init_doc_and_resources(&document, &as_they_are)
}

fn image(picture: &Picture) -> Option<XObject> {
    match picture.content() {
        PictureContent::Drawing(_) => None,
        PictureContent::Jpeg { parts } => Some(XObject::External(jpeg(picture, *parts == 1))),
        PictureContent::Pixels(pixels) => Some(XObject::Image(RawImage {
            pixels: RawImageData::U8(pixels.samples.clone()),
            width: picture.width() as usize,
            height: picture.height() as usize,
            data_format: match (pixels.grey, pixels.with_opacity) {
                (true, false) => RawImageFormat::R8,
                (true, true) => RawImageFormat::RG8,
                (false, false) => RawImageFormat::RGB8,
                (false, true) => RawImageFormat::RGBA8,
            },
            tag: Vec::new(),
        })),
    }
}

/// The file as it is: printpdf would unpack it.
fn jpeg(picture: &Picture, grey: bool) -> ExternalXObject {
    let name = |name: &str| DictItem::Name(name.into());
    let entries = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(picture.width().into())),
        ("Height", DictItem::Int(picture.height().into())),
        ("ColorSpace", name(if grey { "DeviceGray" } else { "DeviceRGB" })),
        ("BitsPerComponent", DictItem::Int(8)),
        ("Filter", name("DCTDecode")),
    ];
    let dict: BTreeMap<_, _> = entries.map(|(key, item)| (key.to_owned(), item)).into();
    let stream = ExternalStream { dict, content: picture.file().to_vec(), compress: false };
    ExternalXObject { stream, width: None, height: None, dpi: None }
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
    let [red, green, blue] = super::colour::parts(colour);
    let _ = writeln!(out, "{red} {green} {blue} {operator}");
}

/// Thousandths of a drawing's unit as its units.
fn units(thousandths: i32) -> Length {
    Length::milli(thousandths)
}
