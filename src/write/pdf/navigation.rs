//! Ways about the document: its outline, and the places that links lead to.

use std::io::Write as _;

use lopdf::{Document, Object, ObjectId, dictionary};

use crate::error::Error;
use crate::layout::page::OutlineEntry;
use crate::layout::{Length, Pages};

use super::Numbers;
use super::digits::reference;
use super::file::File;
use super::fonts::push_escaped;
use super::properties::text_string;
use super::structure::tree;

/// The outline: sections, themes, objectives (ISO 32000-1, 12.3.3). None if there is nothing in it.
pub(crate) fn outline(pages: &Pages, numbers: &Numbers, frame: &mut Document) -> Option<Object> {
    if pages.outline.is_empty() {
        return None;
    }
    let root = frame.new_object_id();
    let (first, last, _) = branch(pages, numbers, frame, &pages.outline, root)?;
    // only the sections show at first; their parts unfold
    let sections = pages.outline.iter().filter(|e| e.level == pages.outline[0].level).count();
    frame.set_object(
        root,
        dictionary! {
            "Type" => "Outlines",
            "First" => Object::Reference(first),
            "Last" => Object::Reference(last),
            "Count" => i64::try_from(sections).unwrap_or(i64::MAX),
        },
    );
    Some(Object::Reference(root))
}

/// The entries of one level, each with those below it; gives the first, the last and how many they are.
fn branch(
    pages: &Pages,
    numbers: &Numbers,
    frame: &mut Document,
    entries: &[OutlineEntry],
    parent: ObjectId,
) -> Option<(ObjectId, ObjectId, usize)> {
    let level = entries.first()?.level;
    // an entry and all deeper ones after it
    let mut parts: Vec<&[OutlineEntry]> = Vec::new();
    let mut start = 0;
    for (i, entry) in entries.iter().enumerate().skip(1) {
        if entry.level <= level {
            parts.push(&entries[start..i]);
            start = i;
        }
    }
    parts.push(&entries[start..]);
    let ids: Vec<ObjectId> = parts.iter().map(|_| frame.new_object_id()).collect();
    for (i, part) in parts.iter().enumerate() {
        let entry = &part[0];
        let mut item = dictionary! {
            "Title" => text_string(&entry.title),
            "Parent" => Object::Reference(parent),
        };
        if let Some(place) = pages.destinations.get(entry.destination as usize) {
            item.set("Dest", place_on_page(pages, numbers, place.page, place.y));
        }
        if i > 0 {
            item.set("Prev", Object::Reference(ids[i - 1]));
        }
        if let Some(next) = ids.get(i + 1) {
            item.set("Next", Object::Reference(*next));
        }
        if let Some((first, last, count)) = branch(pages, numbers, frame, &part[1..], ids[i]) {
            item.set("First", Object::Reference(first));
            item.set("Last", Object::Reference(last));
            item.set("Count", -i64::try_from(count).unwrap_or(i64::MAX));
        }
        frame.set_object(ids[i], item);
    }
    Some((*ids.first()?, *ids.last()?, ids.len()))
}

fn place_on_page(pages: &Pages, numbers: &Numbers, page: u32, y: Length) -> Object {
    let page = Object::Reference((numbers.page(page as usize), 0));
    Object::Array(vec![page, "XYZ".into(), 0.into(), top(pages, y).into(), Object::Null])
}

/// What a viewer shows at the top of its window, in points from the foot of the page.
fn top(pages: &Pages, y: Length) -> i32 {
    (pages.height - y).as_milli() / 1000 + 4
}

/// The places by their names, as a name tree; none if there is no place.
pub(crate) fn destinations(pages: &Pages, numbers: &Numbers, frame: &mut Document, out: &mut File) -> Result<Option<u32>, Error> {
    let mut named: Vec<_> = pages.destinations.iter().filter(|d| !d.anchor.is_empty()).collect();
    named.sort_by(|a, b| a.anchor.cmp(&b.anchor));
    named.dedup_by(|a, b| a.anchor == b.anchor);
    let mut entries = Vec::with_capacity(named.len());
    for place in named {
        let (mut key, mut value) = (vec![b'('], vec![b'[']);
        place.anchor.bytes().for_each(|byte| push_escaped(&mut key, byte));
        key.push(b')');
        reference(&mut value, numbers.page(place.page as usize));
        let _ = write!(value, "/XYZ 0 {} null]", top(pages, place.y));
        entries.push((key, value));
    }
    if entries.is_empty() { Ok(None) } else { tree(&entries, "Names", frame, out).map(Some) }
}
