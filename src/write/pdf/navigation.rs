//! Ways about the document: its outline, and the places that links lead to.

use std::io::Write as _;
use std::ops::Range;

use lopdf::Document;

use crate::error::Error;
use crate::layout::page::Destination;
use crate::layout::{LaidOutPages, Length};

use super::digits::reference;
use super::file::PdfBytes;
use super::fonts::push_string;
use super::properties::push_text;
use super::structure::tree;
use super::{ObjectNumbers, number, reserve};

/// Writes the outline: sections, themes, objectives (ISO 32000-1, 12.3.3); gives its root, or none
/// if there is nothing in it.
pub(crate) fn outline(
    pages: &LaidOutPages,
    numbers: &ObjectNumbers,
    frame: &mut Document,
    file: &mut PdfBytes,
) -> Result<Option<u32>, Error> {
    let count = pages.outline.len();
    if count == 0 {
        return Ok(None);
    }
    let root = reserve(frame, count + 1)?;
    let mut writing =
        OutlineWriter { pages, numbers, first: root + 1, objects: Vec::with_capacity(count + 1) };
    let sections = writing.branch(0..count, root);
    // only the sections show at first; their parts unfold
    let mut object = b"<</Type/Outlines".to_vec();
    writing.kin(&mut object, &sections, "");
    object.extend_from_slice(b">>");
    writing.objects.push((root, object));
    file.objects(frame, &writing.objects)?;
    Ok(Some(root))
}

/// The outline in the making.
struct OutlineWriter<'a> {
    pages: &'a LaidOutPages,
    numbers: &'a ObjectNumbers,
    /// The number of the first entry, which the others follow.
    first: u32,
    objects: Vec<(u32, Vec<u8>)>,
}

impl OutlineWriter<'_> {
    /// Writes the entries of one level among some, each with those below it; gives where each of
    /// them is.
    fn branch(&mut self, among: Range<usize>, parent: u32) -> Vec<usize> {
        let entries = &self.pages.outline;
        let Some(level) = entries.get(among.start).map(|entry| entry.level) else {
            return Vec::new();
        };
        // an entry and all deeper ones after it
        let begins = |at: &usize| *at == among.start || entries[*at].level <= level;
        let starts: Vec<usize> = among.clone().filter(begins).collect();
        for (i, start) in starts.iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(among.end);
            let id = self.number(*start);
            let below = self.branch(start + 1..end, id);
            let entry = &entries[*start];
            let mut object = b"<</Title".to_vec();
            push_text(&mut object, &entry.title);
            object.extend_from_slice(b"/Parent ");
            reference(&mut object, parent);
            if let Some(place) = self.pages.destinations.get(entry.destination as usize) {
                object.extend_from_slice(b"/Dest");
                push_place(&mut object, self.pages, self.numbers, place);
            }
            let before = i.checked_sub(1).and_then(|before| starts.get(before));
            for (name, other) in [("/Prev ", before), ("/Next ", starts.get(i + 1))] {
                if let Some(other) = other {
                    object.extend_from_slice(name.as_bytes());
                    reference(&mut object, self.number(*other));
                }
            }
            self.kin(&mut object, &below, "-");
            object.extend_from_slice(b">>");
            self.objects.push((id, object));
        }
        starts
    }

    /// What an entry says of those right below it; `sign` is a minus where they do not show at
    /// first.
    fn kin(&self, object: &mut Vec<u8>, below: &[usize], sign: &str) {
        if let (Some(first), Some(last)) = (below.first(), below.last()) {
            let (first, last) = (self.number(*first), self.number(*last));
            let _ =
                write!(object, "/First {first} 0 R/Last {last} 0 R/Count {sign}{}", below.len());
        }
    }

    fn number(&self, entry: usize) -> u32 {
        self.first + number(entry)
    }
}

/// A place on a page, as it is shown: from its left edge, in the size that is chosen (ISO 32000-1,
/// 12.3.2.2).
fn push_place(
    out: &mut Vec<u8>,
    pages: &LaidOutPages,
    numbers: &ObjectNumbers,
    place: &Destination,
) {
    out.push(b'[');
    reference(out, numbers.page(place.page as usize));
    let _ = write!(out, "/XYZ 0 {} null]", top(pages, place.y));
}

/// What a viewer shows at the top of its window, in points from the foot of the page.
fn top(pages: &LaidOutPages, y: Length) -> i32 {
    (pages.height - y).as_milli() / 1000 + 4
}

/// The places by their names, as a name tree; none if there is no place.
pub(crate) fn destinations(
    pages: &LaidOutPages,
    numbers: &ObjectNumbers,
    frame: &mut Document,
    out: &mut PdfBytes,
) -> Result<Option<u32>, Error> {
    let mut named: Vec<_> = pages.destinations.iter().filter(|d| !d.anchor.is_empty()).collect();
    named.sort_by(|a, b| a.anchor.cmp(&b.anchor));
    named.dedup_by(|a, b| a.anchor == b.anchor);
    let mut entries = Vec::with_capacity(named.len());
    for place in named {
        let (mut key, mut value) = (Vec::new(), Vec::new());
        push_string(&mut key, place.anchor.as_bytes());
        push_place(&mut value, pages, numbers, place);
        entries.push((key, value));
    }
    if entries.is_empty() { Ok(None) } else { tree(&entries, "Names", frame, out).map(Some) }
}
