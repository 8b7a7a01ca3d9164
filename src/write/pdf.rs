//! PDF: tagged (PDF/UA-1, ISO 14289-1) and fit for the archive (PDF/A-3a, ISO 19005-3).
//!
//! The document grows from one of printpdf's, which holds the pictures; lopdf adds what there is a
//! few of: fonts, catalogue, properties, output intent, links. Pages, structure elements and the
//! outline, of which there is much, go straight to bytes, are compressed in parallel, and never are
//! a tree of objects in memory.
//!
//! The fonts are not printpdf's: it embeds only those that the operations of its own pages use, so
//! that a specimen would have to be typeset and taken apart for them. It numbers every glyph in two
//! bytes, with which pages are a tenth larger than with the one byte that nearly all fonts need.
//! The module `fonts` builds the same objects from the subset font: for the plan in `fixtures/hampshire-2011`
//! the whole conversion takes 20.1 ms of processor time instead of 21.0 ms with a specimen, and the
//! PDF 76,611 bytes instead of 76,642.

mod attachment;
mod colour;
mod content;
mod digits;
mod file;
mod fonts;
mod icc;
mod navigation;
mod object;
mod picture;
mod properties;
mod structure;

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use rayon::prelude::*;

use crate::compression::{CompressionLevel, ZlibCompressor};
use crate::date::Date;
use crate::error::{Error, ErrorKind};
use crate::layout::page::LinkDestination;
use crate::layout::tree::{NodeId, StructureNode, StructureRole};
use crate::layout::{LaidOutPages, Length};
use crate::publish::Published;

use attachment::PlanAttachment;
use content::PageContent;
use file::PdfBytes;
use fonts::EmbeddedFonts;

/// How a PDF is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PdfOptions<'a> {
    /// The day on which the document was made, for its properties; by default none is stated.
    pub created: Option<Date>,
    /// The plan that the pages show, to be attached as a plan file, so that
    /// [`embedded`](crate::embedded) can read it back; by default none is. It must be the plan that
    /// the report was made of; it is left out of pages that are for a wider audience.
    pub plan: Option<&'a Published>,
}

/// Writes pages as a PDF.
///
/// The same pages and options give the same bytes. A plan that is given with the options is
/// attached as `plan.json`.
///
/// # Errors
///
/// [`Error::is_unwritable`] if a font can't be embedded, or the file would be larger than 4 GB.
///
/// ```
/// # let plan = planwright::Plan { title: "A plan".to_owned(), ..planwright::Plan::default() };
/// # let plan = planwright::publish(plan, &planwright::PublishOptions::internal());
/// # let review = planwright::review(&plan, None);
/// let report = planwright::report(&plan, &review, &planwright::ReportOptions::default());
/// let pages = planwright::layout::layout(&report, &planwright::layout::LayoutOptions::default());
/// let bytes = planwright::write::pdf(&pages, &planwright::write::PdfOptions::default())?;
/// assert!(bytes.starts_with(b"%PDF-1.7"));
/// # Ok::<(), planwright::Error>(())
/// ```
pub fn pdf(pages: &LaidOutPages, options: &PdfOptions<'_>) -> Result<Vec<u8>, Error> {
    let fonts = EmbeddedFonts::new(pages)?;
    let compressor = || ZlibCompressor::new(CompressionLevel::Little);
    let contents = || {
        pages
            .sheets
            .par_iter()
            .map_init(compressor, |compressor, page| content::page(pages, page, &fonts, compressor))
            .collect::<Vec<PageContent>>()
    };
    let (contents, attachment) = rayon::join(contents, || {
        let plan = options.plan.filter(|plan| plan.suits(pages.properties.audience));
        plan.map(|plan| PlanAttachment::new(plan.plan())).transpose()
    });
    PdfAssembly::new(pages, &contents, &fonts)?.write(options, attachment?)
}

/// The numbers of the objects that others speak of.
pub(crate) struct ObjectNumbers {
    /// The first of the pages, which follow one another.
    pages: u32,
    /// The structure elements, by the nodes of the tree; a node that is no part of it has none of
    /// its own.
    elements: Vec<u32>,
    /// The first of the links' annotations.
    annotations: u32,
    /// The root of the structure tree.
    tree: u32,
}

impl ObjectNumbers {
    fn page(&self, index: usize) -> u32 {
        self.pages + u32::try_from(index).unwrap_or(u32::MAX)
    }

    fn element(&self, node: NodeId) -> u32 {
        self.elements.get(node.0 as usize).copied().unwrap_or_default()
    }
}

/// How much of the file a page takes beside its content, and an element of the tree; about.
const BYTES_A_PAGE: usize = 128;
const BYTES_A_NODE: usize = 16;

/// A document being put together.
struct PdfAssembly<'a> {
    pages: &'a LaidOutPages,
    contents: &'a [PageContent],
    /// What there is a few of; it also counts the objects of the whole document.
    frame: Document,
    file: PdfBytes,
    numbers: ObjectNumbers,
    resources: ObjectId,
}

impl<'a> PdfAssembly<'a> {
    fn new(
        pages: &'a LaidOutPages,
        contents: &'a [PageContent],
        fonts: &EmbeddedFonts,
    ) -> Result<Self, Error> {
        let (mut frame, mut drawn) = picture::document(&pages.pictures);
        let areas = pages.sheets.iter().map(|p| p.link_areas.len()).sum();
        let numbers = ObjectNumbers {
            pages: reserve(&mut frame, pages.sheets.len())?,
            elements: elements(&mut frame, pages.tree.nodes())?,
            annotations: reserve(&mut frame, areas)?,
            tree: reserve(&mut frame, 1)?,
        };
        let font_dictionary = fonts.embed(&mut frame)?;
        let mut resources = content::resources();
        resources.set("Font", font_dictionary);
        let of_forms = frame.add_object(resources.clone());
        let room =
            contents.iter().map(|content| content.compressed.len() + BYTES_A_PAGE).sum::<usize>()
                + pages.tree.nodes().len() * BYTES_A_NODE;
        let mut file = PdfBytes::new(room);
        let first = reserve(&mut frame, pages.alike.len())?;
        let mut compressor = ZlibCompressor::new(CompressionLevel::Little);
        for (number, alike) in (0..).zip(&pages.alike) {
            // ISO 32000-1, 8.10: a form; all in it is marked as an artifact
            let (width, height) = (pages.width, pages.height);
            let entries = format!(
                "/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]/Resources {} 0 R/Filter/FlateDecode",
                of_forms.0
            );
            file.stream(
                first + number,
                &entries,
                &content::page(pages, alike, fonts, &mut compressor).compressed,
            )?;
            drawn.set(content::similar_name(number), Object::Reference((first + number, 0)));
        }
        if !drawn.is_empty() {
            resources.set("XObject", drawn);
        }
        let resources = frame.add_object(resources);
        Ok(Self { pages, contents, frame, file, numbers, resources })
    }

    fn write(
        mut self,
        options: &PdfOptions<'_>,
        attachment: Option<PlanAttachment>,
    ) -> Result<Vec<u8>, Error> {
        let page_tree = self.write_pages()?;
        self.write_annotations()?;
        structure::write(
            self.pages,
            self.contents,
            &self.numbers,
            &mut self.frame,
            &mut self.file,
        )?;
        let catalog = self.catalog(options, page_tree, attachment)?;
        let info = properties::info(&mut self.frame, &self.pages.properties, options);
        self.file.frame(&mut self.frame)?;
        self.file.finish(&mut self.frame, catalog, info)
    }

    /// The pages and their contents, below a tree of at most two levels of nodes; gives the root of
    /// it.
    fn write_pages(&mut self) -> Result<u32, Error> {
        const KIDS: usize = 64;
        let root = reserve(&mut self.frame, 1)?;
        let count = self.pages.sheets.len();
        let contents = reserve(&mut self.frame, count)?;
        let branches = reserve(&mut self.frame, count.div_ceil(KIDS))?;
        let mut objects = Vec::with_capacity(count + 1);
        let mut annotation = self.numbers.annotations;
        for (i, (page, content)) in self.pages.sheets.iter().zip(self.contents).enumerate() {
            let stream = contents + number(i);
            self.file.stream(stream, "/Filter/FlateDecode", &content.compressed)?;
            let mut object = format!(
                "<</Type/Page/Parent {} 0 R/Contents {stream} 0 R/Resources {} 0 R/StructParents {i}/Tabs/S",
                branches + number(i / KIDS),
                // ISO 19005-3, 6.2.2: a page names its resources itself
                self.resources.0
            );
            if !page.link_areas.is_empty() {
                object.push_str("/Annots[");
                for _ in &page.link_areas {
                    let _ = write!(object, "{annotation} 0 R ");
                    annotation += 1;
                }
                object.push(']');
            }
            object.push_str(">>");
            objects.push((self.numbers.page(i), object.into_bytes()));
        }
        let kids = |first: u32, count: usize| {
            (0..count).fold(String::new(), |mut kids, i| {
                let _ = write!(kids, "{} 0 R ", first + number(i));
                kids
            })
        };
        for (i, start) in (0..count).step_by(KIDS).enumerate() {
            let here = KIDS.min(count - start);
            let kids = kids(self.numbers.page(start), here);
            let object = format!("<</Type/Pages/Parent {root} 0 R/Count {here}/Kids[{kids}]>>");
            objects.push((branches + number(i), object.into_bytes()));
        }
        let kids = kids(branches, count.div_ceil(KIDS));
        let (width, height) = (self.pages.width, self.pages.height);
        let object =
            format!("<</Type/Pages/Count {count}/Kids[{kids}]/MediaBox[0 0 {width} {height}]>>");
        objects.push((root, object.into_bytes()));
        self.file.objects(&mut self.frame, &objects)?;
        Ok(root)
    }

    /// Where links can be clicked: each with what it means when read alone (ISO 14289-1, 7.18.5).
    fn write_annotations(&mut self) -> Result<(), Error> {
        let height = self.pages.height;
        let areas = self
            .pages
            .sheets
            .iter()
            .enumerate()
            .flat_map(|(page, p)| p.link_areas.iter().map(move |a| (page, a)));
        let mut objects = Vec::new();
        for (i, (page, area)) in areas.enumerate() {
            let link = &self.pages.links[area.link as usize];
            // whole points, rounded outwards, are fine enough to be clicked
            let point = |l: Length, round: i32| {
                Object::Integer(i64::from((l.as_milli() + round).div_euclid(1000)))
            };
            let rect = vec![
                point(area.left, 0),
                point(height - area.bottom, 0),
                point(area.right, 999),
                point(height - area.top, 999),
            ];
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => rect,
                "Border" => vec![0.into(), 0.into(), 0.into()],
                "F" => 4,
                "Contents" => properties::text_string(&link.description),
                // after the pages, which have the first keys of the parent tree
                "StructParent" => i64::try_from(self.pages.sheets.len() + i).unwrap_or(i64::MAX),
                "P" => Object::Reference((self.numbers.page(page), 0)),
            };
            match &link.to {
                LinkDestination::Anchor(anchor) => {
                    annotation.set("Dest", Object::string_literal(anchor.as_str()));
                }
                LinkDestination::Address(address) => {
                    annotation.set("A", dictionary! { "S" => "URI", "URI" => Object::string_literal(address.as_str()) });
                }
            }
            objects.push((
                self.numbers.annotations + number(i),
                object::bytes(&Object::Dictionary(annotation)),
            ));
        }
        self.file.objects(&mut self.frame, &objects)
    }

    fn catalog(
        &mut self,
        options: &PdfOptions<'_>,
        page_tree: u32,
        attachment: Option<PlanAttachment>,
    ) -> Result<ObjectId, Error> {
        let properties = &self.pages.properties;
        let metadata = properties::metadata(&mut self.frame, properties, options);
        let intent = icc::output_intent(&mut self.frame);
        let outline =
            navigation::outline(self.pages, &self.numbers, &mut self.frame, &mut self.file)?;
        let destinations =
            navigation::destinations(self.pages, &self.numbers, &mut self.frame, &mut self.file)?;
        let mut catalog = dictionary! {
            "Type" => "Catalog",
            "Pages" => Object::Reference((page_tree, 0)),
            "Lang" => Object::string_literal(properties.language),
            "MarkInfo" => dictionary! { "Marked" => true },
            "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
            "StructTreeRoot" => Object::Reference((self.numbers.tree, 0)),
            "Metadata" => metadata,
            "OutputIntents" => vec![intent],
        };
        let mut names = Dictionary::new();
        if let Some(destinations) = destinations {
            names.set("Dests", Object::Reference((destinations, 0)));
        }
        if let Some(attachment) = attachment {
            let file = attachment.add(&mut self.frame, properties, options.created);
            names.set("EmbeddedFiles", dictionary! { "Names" => vec![Object::string_literal(attachment::NAME), file.clone()] });
            catalog.set("AF", vec![file]);
        }
        if !names.is_empty() {
            catalog.set("Names", names);
        }
        if let Some(outline) = outline {
            catalog.set("Outlines", Object::Reference((outline, 0)));
            catalog.set("PageMode", "UseOutlines");
        }
        Ok(self.frame.add_object(catalog))
    }
}

/// Takes an object number for each node that is part of the tree, in the order in which they are
/// written.
fn elements(frame: &mut Document, nodes: &[StructureNode]) -> Result<Vec<u32>, Error> {
    let first =
        reserve(frame, nodes.iter().filter(|node| node.role != StructureRole::Kept).count())?;
    let mut numbers = vec![0; nodes.len()];
    for (node, number) in structure::in_order(nodes).zip(first..) {
        numbers[node.0 as usize] = number;
    }
    Ok(numbers)
}

/// Takes object numbers that follow one another; gives the first.
fn reserve(frame: &mut Document, count: usize) -> Result<u32, Error> {
    let first = frame.max_id.checked_add(1);
    let last = u32::try_from(count).ok().and_then(|count| frame.max_id.checked_add(count));
    // ISO 32000-1, annex C: more than 8,388,607 indirect objects go beyond what readers promise
    match (first, last) {
        (Some(first), Some(last)) if last <= 8_388_607 => {
            frame.max_id = last;
            Ok(first)
        }
        _ => Err(Error::new(
            ErrorKind::Unwritable,
            "the PDF would have more objects than PDF readers can be expected to hold",
        )
        .help("Split the plan into several.")),
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
