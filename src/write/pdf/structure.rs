//! The structure tree (ISO 32000-1, 14.7), straight to bytes: there are some twenty elements to an action.

use std::io::Write as _;

use lopdf::Document;
use rayon::prelude::*;

use crate::error::Error;
use crate::layout::Pages;
use crate::layout::page::PlacedPicture;
use crate::layout::tree::{Node, NodeId, Role, Scope};

use super::content::PageContent;
use super::file::{self, File, Packed};
use super::properties::text_string;
use super::{Numbers, number, reserve};

/// How many elements are written and compressed as one.
const CHUNK: usize = 256;
/// How many entries a leaf of a name or number tree has.
pub(crate) const LEAF: usize = 64;

/// The name of a structure type (ISO 32000-1, 14.8.4).
pub(crate) fn name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Heading(1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::Span | Role::Struck | Role::Abbreviation(_) => "Span",
        Role::List | Role::NumberedList => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::Caption => "Caption",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::Row => "TR",
        Role::Header { .. } => "TH",
        Role::Cell => "TD",
        Role::Figure(_) => "Figure",
        Role::Contents => "TOC",
        Role::ContentsItem => "TOCI",
        Role::Reference => "Reference",
        Role::Kept => "NonStruct",
        Role::Link(_) => "Link",
    }
}

/// The tree as it is written: what stands below each node.
struct Writing<'a> {
    nodes: &'a [Node],
    /// What abbreviations stand for, as text strings.
    expansions: Vec<Vec<u8>>,
    /// What pictures show, and where they stand.
    figures: Vec<Vec<u8>>,
    numbers: &'a Numbers,
    children: Grouped<u32>,
    /// The marked parts of pages: page and identifier.
    marks: Grouped<(u32, u32)>,
    /// The places at which each link can be clicked: page and annotation, by link.
    areas: Grouped<(u32, u32)>,
}

/// Lists of things by the node that they belong to, in one piece of memory.
struct Grouped<T> {
    starts: Vec<u32>,
    things: Vec<T>,
}

impl<T: Copy + Default> Grouped<T> {
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
    pages: &Pages,
    contents: &[PageContent],
    numbers: &Numbers,
    frame: &mut Document,
    file: &mut File,
) -> Result<(), Error> {
    let nodes = pages.tree.nodes();
    let areas = || pages.sheets.iter().enumerate().flat_map(|(p, page)| page.link_areas.iter().map(move |a| (p, a)));
    let expansions = pages.expansions.iter().map(|long| file::bytes(&text_string(long))).collect::<Result<_, _>>()?;
    let writing = Writing {
        nodes,
        expansions,
        figures: pages.pictures.iter().map(|placed| figure(pages, placed)).collect::<Result<_, _>>()?,
        numbers,
        children: Grouped::new(nodes.len(), || {
            (1..number(nodes.len())).filter(|i| nodes[*i as usize].role != Role::Kept).map(|i| (nodes[i as usize].parent.0, i))
        }),
        marks: Grouped::new(nodes.len(), || {
            let marks = contents.iter().enumerate().flat_map(|(p, c)| c.marks.iter().enumerate().map(move |(m, node)| (p, m, node)));
            marks.map(|(page, mark, node)| (node.0, (number(page), number(mark))))
        }),
        areas: Grouped::new(pages.links.len(), || areas().enumerate().map(|(i, (page, area))| (area.link, (number(page), number(i))))),
    };
    let starts: Vec<usize> = (0..nodes.len()).step_by(CHUNK).collect();
    // a few chunks at a time, so that memory stays small
    for some in starts.chunks(64) {
        let packed: Vec<Packed> = some.par_iter().map(|start| writing.chunk(*start)).collect();
        packed.iter().try_for_each(|packed| file.packed(frame, packed))?;
    }
    let parents = parent_tree(pages, contents, numbers, frame, file)?;
    let ids = id_tree(nodes, numbers, frame, file)?;
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

impl Writing<'_> {
    fn chunk(&self, start: usize) -> Packed {
        let end = (start + CHUNK).min(self.nodes.len());
        let objects: Vec<(u32, Vec<u8>)> = (number(start)..number(end)).map(|i| (self.numbers.elements + i, self.element(i))).collect();
        Packed::new(&objects)
    }

    fn element(&self, index: u32) -> Vec<u8> {
        let node = self.nodes[index as usize];
        if node.role == Role::Kept {
            return b"null".to_vec();
        }
        let mut out = Vec::with_capacity(96);
        let parent = if index == 0 { self.numbers.tree } else { self.numbers.element(node.parent) };
        let _ = write!(out, "<</S/{}/P {parent} 0 R", name(node.role));
        attributes(&mut out, index, node.role);
        if let Some(language) = node.language {
            let _ = write!(out, "/Lang({})", language.tag());
        }
        if let Role::Abbreviation(number) = node.role
            && let Some(long) = self.expansions.get(number as usize)
        {
            // ISO 32000-1, 14.9.5
            out.extend_from_slice(b"/E");
            out.extend_from_slice(long);
        }
        if let Role::Figure(number) = node.role
            && let Some(entries) = self.figures.get(number as usize)
        {
            out.extend_from_slice(entries);
        }
        self.kids(&mut out, index, node.role);
        out.extend_from_slice(b">>");
        out
    }

    fn kids(&self, out: &mut Vec<u8>, index: u32, role: Role) {
        let children = self.children.of(index);
        let marks = self.marks.of(index);
        let areas = if let Role::Link(link) = role { self.areas.of(link) } else { &[] };
        if children.is_empty() && marks.is_empty() && areas.is_empty() {
            return;
        }
        let page = marks.first().map(|(page, _)| *page);
        if let Some(page) = page {
            let _ = write!(out, "/Pg {} 0 R", self.numbers.page(page as usize));
        }
        if let ([], [(_, mark)], []) = (children, marks, areas) {
            let _ = write!(out, "/K {mark}");
            return;
        }
        out.extend_from_slice(b"/K[");
        for child in children {
            let _ = write!(out, "{} 0 R ", self.numbers.elements + child);
        }
        for (on, mark) in marks {
            let _ = if Some(*on) == page {
                write!(out, "{mark} ")
            } else {
                // the part of a row that stands on another page
                write!(out, "<</Type/MCR/Pg {} 0 R/MCID {mark}>>", self.numbers.page(*on as usize))
            };
        }
        for (on, area) in areas {
            let (page, annotation) = (self.numbers.page(*on as usize), self.numbers.annotations + area);
            let _ = write!(out, "<</Type/OBJR/Pg {page} 0 R/Obj {annotation} 0 R>>");
        }
        out.push(b']');
    }
}

/// What a picture shows in words, and the room that it takes (ISO 14289-1, 7.3).
fn figure(pages: &Pages, placed: &PlacedPicture) -> Result<Vec<u8>, Error> {
    let (right, top, bottom) = (placed.x + placed.width, pages.height - placed.y, pages.height - placed.y - placed.height);
    let mut out = b"/Alt".to_vec();
    out.extend_from_slice(&file::bytes(&text_string(&placed.alternative))?);
    let _ = write!(out, "/A<</O/Layout/Placement/Block/BBox[{} {bottom} {right} {top}]>>", placed.x);
    Ok(out)
}

/// The attributes of an element (ISO 32000-1, 14.8.5).
fn attributes(out: &mut Vec<u8>, index: u32, role: Role) {
    let _ = match role {
        // ISO 14289-1, 7.6: a list with labels says how they count
        Role::List => write!(out, "/A<</O/List/ListNumbering/Disc>>"),
        Role::NumberedList => write!(out, "/A<</O/List/ListNumbering/Decimal>>"),
        Role::Struck => write!(out, "/A<</O/Layout/TextDecorationType/LineThrough>>"),
        Role::Header { scope, columns, rows, under } => {
            let scope = match scope {
                Scope::Column => "Column",
                Scope::Row => "Row",
            };
            let _ = write!(out, "/ID({})/A<</O/Table/Scope/{scope}", cell_id(index));
            if columns > 1 {
                let _ = write!(out, "/ColSpan {columns}");
            }
            if rows > 1 {
                let _ = write!(out, "/RowSpan {rows}");
            }
            if under.iter().any(Option::is_some) {
                let _ = write!(out, "/Headers[");
                for header in under.iter().flatten() {
                    let _ = write!(out, "({})", cell_id(header.0));
                }
                let _ = write!(out, "]");
            }
            write!(out, ">>")
        }
        _ => Ok(()),
    };
}

/// The mark by which a header cell is spoken of; all of one length, so that their order is that of the tree.
fn cell_id(index: u32) -> String {
    format!("h{index:07}")
}

/// From the marked parts of pages and the annotations back to the elements (ISO 32000-1, 14.7.4.4).
fn parent_tree(pages: &Pages, contents: &[PageContent], numbers: &Numbers, frame: &mut Document, file: &mut File) -> Result<u32, Error> {
    let mut entries: Vec<Vec<u8>> = Vec::with_capacity(contents.len());
    for content in contents {
        let mut entry = vec![b'['];
        for node in &content.marks {
            let _ = write!(entry, "{} 0 R ", numbers.element(*node));
        }
        entry.push(b']');
        entries.push(entry);
    }
    for area in pages.sheets.iter().flat_map(|p| &p.link_areas) {
        entries.push(format!("{} 0 R", numbers.element(area.node)).into_bytes());
    }
    let entries: Vec<(String, Vec<u8>)> = entries.into_iter().enumerate().map(|(i, entry)| (i.to_string(), entry)).collect();
    tree(&entries, "Nums", frame, file)
}

/// From the marks of header cells to the cells; none if there are no header cells.
fn id_tree(nodes: &[Node], numbers: &Numbers, frame: &mut Document, file: &mut File) -> Result<Option<u32>, Error> {
    let headers = nodes.iter().enumerate().filter(|(_, node)| matches!(node.role, Role::Header { .. }));
    let entries: Vec<(String, Vec<u8>)> =
        headers.map(|(i, _)| (format!("({})", cell_id(number(i))), format!("{} 0 R", numbers.elements + number(i)).into_bytes())).collect();
    if entries.is_empty() { Ok(None) } else { tree(&entries, "Names", frame, file).map(Some) }
}

/// Writes a name or number tree of two levels from entries in order (ISO 32000-1, 7.9.6 and 7.9.7); gives its root.
pub(crate) fn tree(entries: &[(String, Vec<u8>)], kind: &str, frame: &mut Document, file: &mut File) -> Result<u32, Error> {
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
            let _ = write!(object, "<</Limits[{low} {high}]/{kind}[");
        }
        for (key, value) in leaf {
            let _ = write!(object, "{key} ");
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
