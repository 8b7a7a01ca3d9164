//! The structure tree (ISO 32000-1, 14.7), straight to bytes: there are some twenty elements to an
//! action.

use std::io::Write as _;

use lopdf::Document;
use rayon::prelude::*;

use crate::compression::{CompressionLevel, ZlibCompressor};
use crate::error::Error;
use crate::layout::LaidOutPages;
use crate::layout::page::PlacedPicture;
use crate::layout::tree::{HeaderScope, NodeId, StructureNode, StructureRole};

use super::content::PageContent;
use super::digits::{self, reference};
use super::file::{ObjectPacker, PackedObjects, PdfBytes};
use super::properties::push_text;
use super::{ObjectNumbers, number, reserve};

/// How many elements are written and compressed as one.
const CHUNK: usize = 1024;
/// How many entries a leaf of a name or number tree has.
pub(crate) const LEAF: usize = 64;

/// The name of a structure type (ISO 32000-1, 14.8.4).
pub(crate) fn name(role: StructureRole) -> &'static str {
    match role {
        StructureRole::Document => "Document",
        StructureRole::Heading(1) => "H1",
        StructureRole::Heading(2) => "H2",
        StructureRole::Heading(3) => "H3",
        StructureRole::Heading(4) => "H4",
        StructureRole::Heading(5) => "H5",
        StructureRole::Heading(_) => "H6",
        StructureRole::Paragraph => "P",
        StructureRole::Span | StructureRole::Struck | StructureRole::Abbreviation(_) => "Span",
        StructureRole::List | StructureRole::NumberedList => "L",
        StructureRole::ListItem => "LI",
        StructureRole::Label => "Lbl",
        StructureRole::ListBody => "LBody",
        StructureRole::Table => "Table",
        StructureRole::Caption => "Caption",
        StructureRole::TableHead => "THead",
        StructureRole::TableBody => "TBody",
        StructureRole::Row => "TR",
        StructureRole::Header { .. } => "TH",
        StructureRole::Cell => "TD",
        StructureRole::Figure(_) => "Figure",
        StructureRole::Contents => "TOC",
        StructureRole::ContentsItem => "TOCI",
        StructureRole::Reference => "Reference",
        StructureRole::Kept => "NonStruct",
        StructureRole::Link(_) => "Link",
    }
}

/// The nodes of the tree in the order in which they are written, chunk by chunk; those of a kind
/// follow one another there, as what is alike packs better: a twentieth smaller, in less time.
pub(crate) fn in_order(nodes: &[StructureNode]) -> impl Iterator<Item = NodeId> + '_ {
    (0..nodes.len()).step_by(CHUNK).flat_map(|start| chunk(nodes, start))
}

/// The nodes of a chunk, in order; places that were kept in vain are no part of it.
fn chunk(nodes: &[StructureNode], start: usize) -> impl Iterator<Item = NodeId> + '_ {
    let kind = |role: StructureRole| match role {
        StructureRole::Kept => None,
        StructureRole::Row => Some(0),
        StructureRole::Header { .. } => Some(1),
        StructureRole::Cell => Some(2),
        StructureRole::Paragraph => Some(3),
        _ => Some(4),
    };
    let end = (start + CHUNK).min(nodes.len());
    let of_kind = move |wanted| {
        (number(start)..)
            .zip(&nodes[start..end])
            .filter(move |(_, node)| kind(node.role) == Some(wanted))
    };
    (0..=4).flat_map(of_kind).map(|(index, _)| NodeId(index))
}

/// The tree as it is written: what stands below each node.
struct StructureWriter<'a> {
    nodes: &'a [StructureNode],
    /// What abbreviations stand for.
    expansions: &'a [String],
    /// What pictures show, and where they stand.
    figures: Vec<Vec<u8>>,
    numbers: &'a ObjectNumbers,
    /// Whether each node is a header that a cell speaks of by its mark.
    spoken_of: Vec<bool>,
    children: GroupedItems<u32>,
    /// The marked parts of pages: page and identifier.
    marks: GroupedItems<(u32, u32)>,
    /// The places at which each link can be clicked: page and annotation, by link.
    areas: GroupedItems<(u32, u32)>,
}

/// Lists of things by the node that they belong to, in one piece of memory.
struct GroupedItems<T> {
    starts: Vec<u32>,
    things: Vec<T>,
}

impl<T: Copy + Default> GroupedItems<T> {
    /// Groups what `each` gives, in the order in which it is given within each group.
    fn new<I: Iterator<Item = (u32, T)>>(groups: usize, each: impl Fn() -> I) -> Self {
        let mut starts = vec![0_u32; groups + 1];
        for (group, _) in each() {
            starts[group as usize + 1] += 1;
        }
        for i in 0..groups {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut things = vec![T::default(); starts[groups] as usize];
        for (group, thing) in each() {
            let at = &mut next[group as usize];
            things[*at as usize] = thing;
            *at += 1;
        }
        Self { starts, things }
    }

    fn of(&self, group: u32) -> &[T] {
        let (from, to) = (self.starts[group as usize], self.starts[group as usize + 1]);
        &self.things[from as usize..to as usize]
    }
}

/// Writes the structure tree with all that belongs to it.
pub(crate) fn write(
    pages: &LaidOutPages,
    contents: &[PageContent],
    numbers: &ObjectNumbers,
    frame: &mut Document,
    file: &mut PdfBytes,
) -> Result<(), Error> {
    let nodes = pages.tree.nodes();
    let areas = || {
        pages
            .sheets
            .iter()
            .enumerate()
            .flat_map(|(p, page)| page.link_areas.iter().map(move |a| (p, a)))
    };
    let writing = StructureWriter {
        nodes,
        expansions: &pages.expansions,
        figures: pages.pictures.iter().map(|placed| figure(pages, placed)).collect(),
        numbers,
        spoken_of: spoken_of(nodes),
        children: GroupedItems::new(nodes.len(), || {
            (1..number(nodes.len()))
                .filter(|i| nodes[*i as usize].role != StructureRole::Kept)
                .map(|i| (nodes[i as usize].parent.0, i))
        }),
        marks: GroupedItems::new(nodes.len(), || {
            let marks = contents
                .iter()
                .enumerate()
                .flat_map(|(p, c)| c.marks.iter().enumerate().map(move |(m, node)| (p, m, node)));
            marks.map(|(page, mark, node)| (node.0, (number(page), number(mark))))
        }),
        areas: GroupedItems::new(pages.links.len(), || {
            areas().enumerate().map(|(i, (page, area))| (area.link, (number(page), number(i))))
        }),
    };
    let starts: Vec<usize> = (0..nodes.len()).step_by(CHUNK).collect();
    // a few chunks at a time, so that memory stays small
    let compressor = || ZlibCompressor::new(CompressionLevel::Little);
    for some in starts.chunks(16) {
        let packed: Vec<PackedObjects> =
            some.par_iter().map_init(compressor, |c, start| writing.chunk(c, *start)).collect();
        packed.iter().try_for_each(|packed| file.packed(frame, packed))?;
    }
    let parents = parent_tree(pages, contents, numbers, frame, file)?;
    let ids = id_tree(&writing, frame, file)?;
    let annotations = areas().count();
    let mut root = Vec::new();
    let _ = write!(
        root,
        "<</Type/StructTreeRoot/K {} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {}",
        numbers.element(NodeId::ROOT),
        pages.sheets.len() + annotations
    );
    if let Some(ids) = ids {
        let _ = write!(root, "/IDTree {ids} 0 R");
    }
    root.extend_from_slice(b">>");
    file.objects(frame, &[(numbers.tree, root)])
}

impl StructureWriter<'_> {
    fn chunk(&self, compressor: &mut ZlibCompressor, start: usize) -> PackedObjects {
        let mut packing = ObjectPacker::default();
        for node in chunk(self.nodes, start) {
            self.element(node.0, packing.begin(self.numbers.element(node)));
        }
        packing.pack(compressor)
    }

    fn element(&self, index: u32, out: &mut Vec<u8>) {
        let node = self.nodes[index as usize];
        let parent = if index == 0 { self.numbers.tree } else { self.numbers.element(node.parent) };
        out.extend_from_slice(b"<</S/");
        out.extend_from_slice(name(node.role).as_bytes());
        out.extend_from_slice(b"/P ");
        reference(out, parent);
        self.attributes(out, index, node.role);
        if let Some(language) = node.language {
            out.extend_from_slice(b"/Lang(");
            out.extend_from_slice(language.tag().as_bytes());
            out.push(b')');
        }
        if let StructureRole::Abbreviation(number) = node.role
            && let Some(long) = self.expansions.get(number as usize)
        {
            // ISO 32000-1, 14.9.5
            out.extend_from_slice(b"/E");
            push_text(out, long);
        }
        if let StructureRole::Figure(number) = node.role
            && let Some(entries) = self.figures.get(number as usize)
        {
            out.extend_from_slice(entries);
        }
        self.kids(out, index, node.role);
        out.extend_from_slice(b">>");
    }

    fn kids(&self, out: &mut Vec<u8>, index: u32, role: StructureRole) {
        let children = self.children.of(index);
        let marks = self.marks.of(index);
        let areas = if let StructureRole::Link(link) = role { self.areas.of(link) } else { &[] };
        if children.is_empty() && marks.is_empty() && areas.is_empty() {
            return;
        }
        let page = marks.first().map(|(page, _)| *page);
        if let Some(page) = page {
            out.extend_from_slice(b"/Pg ");
            reference(out, self.numbers.page(page as usize));
        }
        if let ([], [(_, mark)], []) = (children, marks, areas) {
            out.extend_from_slice(b"/K ");
            digits::whole(out, *mark);
            return;
        }
        out.extend_from_slice(b"/K[");
        for child in children {
            reference(out, self.numbers.element(NodeId(*child)));
            out.push(b' ');
        }
        for (on, mark) in marks {
            if Some(*on) == page {
                digits::whole(out, *mark);
                out.push(b' ');
            } else {
                // the part of a row that stands on another page
                let _ = write!(
                    out,
                    "<</Type/MCR/Pg {} 0 R/MCID {mark}>>",
                    self.numbers.page(*on as usize)
                );
            }
        }
        for (on, area) in areas {
            let (page, annotation) =
                (self.numbers.page(*on as usize), self.numbers.annotations + area);
            let _ = write!(out, "<</Type/OBJR/Pg {page} 0 R/Obj {annotation} 0 R>>");
        }
        out.push(b']');
    }

    /// The attributes of an element (ISO 32000-1, 14.8.5).
    fn attributes(&self, out: &mut Vec<u8>, index: u32, role: StructureRole) {
        match role {
            // ISO 14289-1, 7.6: a list with labels says how they count
            StructureRole::List => out.extend_from_slice(b"/A<</O/List/ListNumbering/Disc>>"),
            StructureRole::NumberedList => {
                out.extend_from_slice(b"/A<</O/List/ListNumbering/Decimal>>");
            }
            StructureRole::Struck => {
                out.extend_from_slice(b"/A<</O/Layout/TextDecorationType/LineThrough>>");
            }
            StructureRole::Header { scope, columns, rows, under } => {
                if self.spoken_of[index as usize] {
                    out.extend_from_slice(b"/ID");
                    cell_id(out, index);
                }
                out.extend_from_slice(match scope {
                    HeaderScope::Column => b"/A<</O/Table/Scope/Column",
                    HeaderScope::Row => b"/A<</O/Table/Scope/Row",
                });
                for (name, count) in [(&b"/ColSpan "[..], columns.into()), (b"/RowSpan ", rows)] {
                    if count > 1 {
                        out.extend_from_slice(name);
                        digits::whole(out, count);
                    }
                }
                if under.iter().any(Option::is_some) {
                    out.extend_from_slice(b"/Headers[");
                    for header in under.iter().flatten() {
                        cell_id(out, header.0);
                    }
                    out.push(b']');
                }
                out.extend_from_slice(b">>");
            }
            _ => {}
        }
    }
}

/// What a picture shows in words, and the room that it takes (ISO 14289-1, 7.3).
fn figure(pages: &LaidOutPages, placed: &PlacedPicture) -> Vec<u8> {
    let (right, top, bottom) =
        (placed.x + placed.width, pages.height - placed.y, pages.height - placed.y - placed.height);
    let mut out = b"/Alt".to_vec();
    push_text(&mut out, &placed.alternative);
    let _ =
        write!(out, "/A<</O/Layout/Placement/Block/BBox[{} {bottom} {right} {top}]>>", placed.x);
    out
}

/// Which nodes are headers that the cells below them speak of.
fn spoken_of(nodes: &[StructureNode]) -> Vec<bool> {
    let mut spoken_of = vec![false; nodes.len()];
    for node in nodes {
        if let StructureRole::Header { under, .. } = node.role {
            under.iter().flatten().for_each(|header| spoken_of[header.0 as usize] = true);
        }
    }
    spoken_of
}

/// The mark by which a header cell is spoken of; all of one length, so that their order is that of
/// the tree.
fn cell_id(out: &mut Vec<u8>, index: u32) {
    out.extend_from_slice(b"(h");
    digits::seven(out, index);
    out.push(b')');
}

/// From the marked parts of pages and the annotations back to the elements (ISO 32000-1, 14.7.4.4).
fn parent_tree(
    pages: &LaidOutPages,
    contents: &[PageContent],
    numbers: &ObjectNumbers,
    frame: &mut Document,
    file: &mut PdfBytes,
) -> Result<u32, Error> {
    let of_page = contents.iter().map(|content| {
        let mut entry = vec![b'['];
        for node in &content.marks {
            reference(&mut entry, numbers.element(*node));
            entry.push(b' ');
        }
        entry.push(b']');
        entry
    });
    let of_link = pages.sheets.iter().flat_map(|p| &p.link_areas).map(|area| {
        let mut entry = Vec::new();
        reference(&mut entry, numbers.element(area.node));
        entry
    });
    let entries: Vec<(Vec<u8>, Vec<u8>)> = of_page
        .chain(of_link)
        .enumerate()
        .map(|(i, entry)| (i.to_string().into_bytes(), entry))
        .collect();
    tree(&entries, "Nums", frame, file)
}

/// From the marks of header cells to the cells; none if no cell speaks of any.
fn id_tree(
    writing: &StructureWriter,
    frame: &mut Document,
    file: &mut PdfBytes,
) -> Result<Option<u32>, Error> {
    let headers = (0..).zip(&writing.spoken_of).filter(|(_, spoken_of)| **spoken_of);
    let entries: Vec<(Vec<u8>, Vec<u8>)> = headers
        .map(|(index, _)| {
            let (mut key, mut value) = (Vec::new(), Vec::new());
            cell_id(&mut key, index);
            reference(&mut value, writing.numbers.element(NodeId(index)));
            (key, value)
        })
        .collect();
    if entries.is_empty() { Ok(None) } else { tree(&entries, "Names", frame, file).map(Some) }
}

/// Writes a name or number tree of two levels from entries in order (ISO 32000-1, 7.9.6 and 7.9.7);
/// gives its root.
pub(crate) fn tree(
    entries: &[(Vec<u8>, Vec<u8>)],
    kind: &str,
    frame: &mut Document,
    file: &mut PdfBytes,
) -> Result<u32, Error> {
    let leaves = entries.chunks(LEAF);
    let first = reserve(frame, leaves.len() + 1)?;
    let root_id = first + number(leaves.len());
    let mut root = b"<</Kids[".to_vec();
    let mut objects = Vec::with_capacity(leaves.len() + 1);
    for (i, leaf) in leaves.enumerate() {
        let id = first + number(i);
        let _ = write!(root, "{id} 0 R ");
        let mut object = Vec::new();
        if let (Some((low, _)), Some((high, _))) = (leaf.first(), leaf.last()) {
            object =
                [b"<</Limits[".as_slice(), low, b" ", high, b"]/", kind.as_bytes(), b"["].concat();
        }
        for (key, value) in leaf {
            object.extend_from_slice(key);
            object.push(b' ');
            object.extend_from_slice(value);
            object.push(b' ');
        }
        object.extend_from_slice(b"]>>");
        objects.push((id, object));
    }
    root.extend_from_slice(b"]>>");
    objects.push((root_id, root));
    file.objects(frame, &objects)?;
    Ok(root_id)
}
