//! SVG: shapes in plain colours, which a PDF draws as they are.

mod elements;

use usvg::tiny_skia_path::PathSegment;
use usvg::{
    FillRule, Group, ImageHrefResolver, LineCap, LineJoin, Node, Options, Paint, Tree, roxmltree,
};

use crate::colour::Colour;
use crate::error::{Error, ErrorKind};

use super::{PictureContent, damaged};

/// The most shapes and steps that are drawn.
const MOST: usize = 100_000;
/// The most elements, comments and stretches of text that are read.
const MOST_NODES: u32 = 500_000;

/// Shapes, the hindmost first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VectorDrawing {
    pub(crate) shapes: Vec<DrawingShape>,
}

/// A shape; lengths are thousandths of the drawing's units, from its top left corner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DrawingShape {
    pub(crate) steps: Vec<PathStep>,
    /// Its colour inside, and whether parts that are enclosed twice are outside again.
    pub(crate) fill: Option<(Colour, bool)>,
    pub(crate) stroke: Option<Stroke>,
}

/// How an edge is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stroke {
    pub(crate) colour: Colour,
    pub(crate) width: i32,
    /// 0 for none, 1 for round, 2 for square ends (ISO 32000-1, 8.4.3.3).
    pub(crate) cap: u8,
    /// 0 for mitred, 1 for round, 2 for bevelled corners (ISO 32000-1, 8.4.3.4).
    pub(crate) join: u8,
    /// How far mitred corners reach, in thousandths of the width.
    pub(crate) reach: i32,
}

/// A step of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathStep {
    Move([i32; 2]),
    Line([i32; 2]),
    Curve([i32; 2], [i32; 2], [i32; 2]),
    Close,
}

pub(super) fn read(bytes: &[u8]) -> Result<(u32, u32, PictureContent), Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| damaged("SVG"))?;
    let parsing = roxmltree::ParsingOptions {
        allow_dtd: true,
        nodes_limit: MOST_NODES,
        ..Default::default()
    };
    let svg = roxmltree::Document::parse_with_options(text, parsing).map_err(|e| match e {
        roxmltree::Error::NodesLimitReached => too_many(),
        _ => damaged("SVG"),
    })?;
    elements::look_through(&svg)?;
    // nothing is fetched for a drawing, whatever it asks for
    let nothing = ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    };
    let options = Options { image_href_resolver: nothing, ..Options::default() };
    let tree = Tree::from_xmltree(&svg, &options).map_err(|_| damaged("SVG"))?;
    let mut drawing = VectorDrawing { shapes: Vec::new() };
    let mut left = MOST;
    add(tree.root(), &mut drawing.shapes, &mut left)?;
    if drawing.shapes.is_empty() {
        return Err(Error::new(ErrorKind::Unsupported, "the SVG draws nothing")
            .help("look at it in a browser, and save it again"));
    }
    let size = tree.size();
    Ok((size_of(size.width()), size_of(size.height()), PictureContent::Drawing(drawing)))
}

fn too_many() -> Error {
    Error::new(ErrorKind::TooLarge, "the SVG has more shapes than are drawn")
        .help("simplify it, or save the logo as PNG")
}

fn unsupported(what: &str, way_out: &str) -> Error {
    Error::new(ErrorKind::Unsupported, format!("the SVG has {what}, which cannot be drawn here"))
        .help(format!("{way_out}, or save the logo as PNG"))
}

fn add(group: &Group, shapes: &mut Vec<DrawingShape>, left: &mut usize) -> Result<(), Error> {
    let plain = "save it in plain colours";
    if group.clip_path().is_some() || group.mask().is_some() {
        return Err(unsupported(
            "parts that are cut off by a mask",
            "join what is masked into one shape",
        ));
    }
    if !group.filters().is_empty() {
        return Err(unsupported("filters, such as shadows", plain));
    }
    if group.opacity().get() < 1.0 || group.blend_mode() != usvg::BlendMode::Normal {
        return Err(unsupported("transparent parts", plain));
    }
    for node in group.children() {
        match node {
            Node::Group(inner) => add(inner, shapes, left)?,
            Node::Path(path) if path.is_visible() => {
                let shape = shape(path)?;
                *left = left.checked_sub(shape.steps.len() + 1).ok_or_else(too_many)?;
                shapes.push(shape);
            }
            Node::Path(_) => {}
            Node::Image(_) => {
                return Err(unsupported(
                    "a picture within it",
                    "give that picture as PNG or JPEG instead",
                ));
            }
            Node::Text(_) => {
                return Err(unsupported(
                    "words that are not outlines",
                    "convert its words to outlines (paths)",
                ));
            }
        }
    }
    Ok(())
}

fn shape(path: &usvg::Path) -> Result<DrawingShape, Error> {
    let transform = path.abs_transform();
    let placed = path.data().clone().transform(transform).ok_or_else(|| damaged("SVG"))?;
    let mut steps = Vec::new();
    let mut from = (0.0, 0.0);
    for segment in placed.segments() {
        let place = |p: usvg::tiny_skia_path::Point| [thousandths(p.x), thousandths(p.y)];
        steps.push(match segment {
            PathSegment::MoveTo(to) => PathStep::Move(place(to)),
            PathSegment::LineTo(to) => PathStep::Line(place(to)),
            PathSegment::QuadTo(by, to) => {
                // a curve with one handle, as one with two: two thirds of the way to the one
                let near = |end: (f32, f32)| {
                    [
                        thousandths(end.0 + (by.x - end.0) * 2.0 / 3.0),
                        thousandths(end.1 + (by.y - end.1) * 2.0 / 3.0),
                    ]
                };
                PathStep::Curve(near(from), near((to.x, to.y)), place(to))
            }
            PathSegment::CubicTo(one, two, to) => {
                PathStep::Curve(place(one), place(two), place(to))
            }
            PathSegment::Close => PathStep::Close,
        });
        if let PathSegment::MoveTo(to)
        | PathSegment::LineTo(to)
        | PathSegment::QuadTo(_, to)
        | PathSegment::CubicTo(_, _, to) = segment
        {
            from = (to.x, to.y);
        }
    }
    let fill = path
        .fill()
        .map(|f| Ok((colour(f.paint(), f.opacity().get())?, f.rule() == FillRule::EvenOdd)))
        .transpose()?;
    let stroke = path.stroke().map(|s| stroke(s, transform)).transpose()?;
    Ok(DrawingShape { steps, fill, stroke })
}

fn stroke(stroke: &usvg::Stroke, transform: usvg::Transform) -> Result<Stroke, Error> {
    if stroke.dasharray().is_some() {
        return Err(unsupported("dashed lines", "convert its lines to outlines (paths)"));
    }
    // lines are as much wider as areas are larger, in the root
    let scale = (transform.sx * transform.sy - transform.kx * transform.ky).abs().sqrt();
    Ok(Stroke {
        colour: colour(stroke.paint(), stroke.opacity().get())?,
        width: thousandths(stroke.width().get() * scale),
        cap: match stroke.linecap() {
            LineCap::Butt => 0,
            LineCap::Round => 1,
            LineCap::Square => 2,
        },
        join: match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => 0,
            LineJoin::Round => 1,
            LineJoin::Bevel => 2,
        },
        reach: thousandths(stroke.miterlimit().get()),
    })
}

fn colour(paint: &Paint, opacity: f32) -> Result<Colour, Error> {
    match paint {
        Paint::Color(c) if opacity >= 1.0 => Ok(Colour::new(c.red, c.green, c.blue)),
        Paint::Color(_) => Err(unsupported("transparent parts", "save it in plain colours")),
        _ => Err(unsupported(
            "colours that run into each other, or patterns",
            "save it in plain colours",
        )),
    }
}

/// Far beyond what any page shows, numbers end.
#[allow(clippy::cast_possible_truncation)] // the conversion saturates
fn thousandths(units: f32) -> i32 {
    (f64::from(units) * 1000.0).round().clamp(-1e9, 1e9) as i32
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // sizes are positive, and the conversion saturates
fn size_of(units: f32) -> u32 {
    (f64::from(units) * 1000.0).round().clamp(0.0, 1e9) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(inside: &str) -> Result<VectorDrawing, Error> {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"50\">{inside}</svg>"
        );
        match read(svg.as_bytes())? {
            (100_000, 50_000, PictureContent::Drawing(drawing)) => Ok(drawing),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn shapes_are_read_where_they_stand() {
        let drawing =
            drawn("<g transform=\"translate(10 0) scale(2)\"><path d=\"M0 0 L5 0 Q5 5 0 5 Z\" fill=\"#123456\" stroke=\"red\"/></g>")
                .unwrap();
        let [shape] = drawing.shapes.as_slice() else { panic!("{drawing:?}") };
        assert_eq!(shape.fill, Some((Colour::new(0x12, 0x34, 0x56), false)));
        assert_eq!(shape.stroke.unwrap().width, 2000);
        assert_eq!(shape.steps[..2], [PathStep::Move([10_000, 0]), PathStep::Line([20_000, 0])]);
        assert_eq!(
            shape.steps[2..],
            [PathStep::Curve([20_000, 6667], [16_667, 10_000], [10_000, 10_000]), PathStep::Close]
        );
    }

    #[test]
    fn what_cannot_be_drawn_is_named() {
        for (inside, what) in [
            ("<text x=\"1\" y=\"9\">Council</text>", "words"),
            ("<image href=\"file:///etc/hostname\"/>", "a picture"),
            ("<rect width=\"9\" height=\"9\" opacity=\"0.5\"/>", "transparent"),
            (
                "<linearGradient id=\"a\"><stop stop-color=\"red\"/><stop offset=\"1\" stop-color=\"blue\"/></linearGradient><rect width=\"9\" height=\"9\" fill=\"url(#a)\"/>",
                "run into",
            ),
            (
                "<rect width=\"9\" height=\"9\" fill=\"none\" stroke=\"red\" stroke-dasharray=\"2\"/>",
                "dashed",
            ),
            ("<style>rect{fill:url(#a)}</style><rect width=\"9\" height=\"9\"/>", "run into"),
            ("<s:text xmlns:s=\"http://www.w3.org/2000/svg\">Council</s:text>", "words"),
            ("", "draws nothing"),
        ] {
            let refused = drawn(inside).unwrap_err();
            assert!(refused.is_unsupported() && refused.to_string().contains(what), "{refused}");
        }
        assert!(read(b"<svg").unwrap_err().is_unreadable());
    }

    #[test]
    fn what_would_grow_without_end_is_refused() {
        let doubled = |i: usize| {
            format!("<g id=\"a{}\"><use href=\"#a{i}\"/><use href=\"#a{i}\"/></g>", i + 1)
        };
        let grown = format!(
            "<g id=\"a0\"><rect width=\"9\" height=\"9\"/></g>{}",
            (0..30).map(doubled).collect::<String>()
        );
        let deep = format!(
            "{}<rect width=\"9\" height=\"9\"/>{}",
            "<g>".repeat(10_000),
            "</g>".repeat(10_000)
        );
        let chained = |i: usize| format!("<g id=\"a{i}\"><use href=\"#a{}\"/></g>", i + 1);
        let chained: String = (0..10_000).map(chained).collect();
        let patterns = |i: usize| {
            format!(
                "<pattern id=\"a{i}\" width=\"9\" height=\"9\"><path d=\"M0 0H9V9z\" style=\"fill: url( '#a{}' )\"/></pattern>",
                i + 1
            )
        };
        let within: String = (0..10_000).map(patterns).collect();
        let shapes = "<path d=\"M0 0H9V9z\"/>".repeat(40_000);
        for svg in [grown, deep, chained, within, shapes, "<g/>".repeat(600_000)] {
            let refused = drawn(&svg).unwrap_err();
            assert!(refused.is_too_large(), "{refused}");
        }
    }

    #[test]
    fn what_is_for_other_programs_is_no_hindrance() {
        let choice = "<switch><foreignObject requiredExtensions=\"a\"><g/></foreignObject><g><rect width=\"9\" height=\"9\"/></g></switch>";
        assert_eq!(drawn(choice).unwrap().shapes.len(), 1);
        let unused = "<defs><linearGradient id=\"a\"><stop/></linearGradient></defs><rect width=\"9\" height=\"9\"/>";
        assert_eq!(drawn(unused).unwrap().shapes.len(), 1);
        let styled = "<style>.a{fill:#123456}</style><rect class=\"a\" width=\"9\" height=\"9\"/>";
        assert_eq!(
            drawn(styled).unwrap().shapes[0].fill,
            Some((Colour::new(0x12, 0x34, 0x56), false))
        );
    }
}
