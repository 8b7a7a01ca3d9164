//! The table of contents of a long plan: what stands on which page.

use std::collections::HashMap;

use crate::report::{Phrase, Report, SectionContent};

use super::compose::{ComposedPages, PageComposer, short};
use super::design::{GRID, HAIR, HAIRLINE, TextStyle};
use super::flow::ShapedText;
use super::font::FontFace;
use super::front;
use super::length::Length;
use super::page::{LinkArea, LinkDestination};
use super::tree::{NodeId, StructureRole};
use super::typefaces::TextDirection;

/// The most pages that are read without a table of contents.
pub(crate) const PAGES_WITHOUT: usize = 4;
/// The most objectives that are listed; of more, only the themes are.
const MOST_OBJECTIVES: usize = 60;
/// The room for a page number.
const NUMBER: Length = Length::pt(36);
/// How far the entries of a level stand in from those of the level above.
const STEP: Length = Length::pt(15);

struct ContentsEntry {
    anchor: String,
    title: Phrase,
    level: u8,
}

/// Where the number of a page is to go, when it is known.
pub(crate) struct PageNumberSlot {
    page: usize,
    /// Before which of the page's items.
    item: usize,
    anchor: String,
    right: Length,
    baseline: Length,
    node: NodeId,
    style: TextStyle,
}

/// Sets the contents, without the numbers of the pages.
pub(crate) fn contents(composer: &mut PageComposer, report: &Report) -> Vec<PageNumberSlot> {
    let entries = entries(report);
    let mut slots = Vec::with_capacity(entries.len());
    front::heading(composer, "contents", &report.words.contents.as_str().into(), |composer| {
        let root = composer.setter.tree.add(NodeId::ROOT, StructureRole::Contents);
        // the lists that are open, each within the one before
        let mut open = vec![root];
        for entry in &entries {
            let level = usize::from(entry.level);
            while open.len() <= level {
                let above = open[open.len() - 1];
                open.push(composer.setter.tree.add(above, StructureRole::Contents));
            }
            open.truncate(level + 1);
            slots.push(line(composer, entry, open[level]));
        }
    });
    slots
}

fn entries(report: &Report) -> Vec<ContentsEntry> {
    let mut entries = Vec::new();
    for section in &report.sections {
        entries.push(ContentsEntry {
            anchor: section.anchor.clone(),
            title: section.heading.clone(),
            level: 0,
        });
        for content in &section.contents {
            let SectionContent::Plan(table) = content else { continue };
            let named = |g: &&crate::report::ObjectiveGroup| !g.text.is_empty();
            let objectives = table.themes.iter().flat_map(|t| &t.objectives).filter(named).count();
            for theme in &table.themes {
                let below = 1 + u8::from(!theme.title.is_empty());
                if !theme.title.is_empty() {
                    entries.push(ContentsEntry {
                        anchor: theme.anchor.clone(),
                        title: theme.title.clone(),
                        level: 1,
                    });
                }
                for group in
                    theme.objectives.iter().filter(named).filter(|_| objectives <= MOST_OBJECTIVES)
                {
                    let title = Phrase::new(
                        format!("{} {}", group.reference, group.text.plain()),
                        group.text.language(),
                    );
                    entries.push(ContentsEntry {
                        anchor: group.anchor.clone(),
                        title,
                        level: below,
                    });
                }
            }
        }
    }
    entries
}

/// An entry: its title, a rule that leads to the page number, and room for that.
fn line(composer: &mut PageComposer, entry: &ContentsEntry, list: NodeId) -> PageNumberSlot {
    let style = composer.sizes.prose;
    let indent = STEP * i32::from(entry.level);
    let (left, measure) = (composer.text_left() + indent, composer.measure() - indent - NUMBER);
    let right = left + measure + NUMBER;
    let setter = &mut composer.setter;
    let item = setter.tree.add(list, StructureRole::ContentsItem);
    let reference = setter.tree.add(item, StructureRole::Reference);
    let node = setter.add_link(
        reference,
        short(&entry.title),
        LinkDestination::Anchor(entry.anchor.clone()),
    );
    let face = if entry.level == 0 { FontFace::Bold } else { FontFace::Regular };
    let mut flow = ShapedText::default();
    // it stands in full where it leads to
    let title = setter.shortened(&entry.title, face, style, measure);
    setter.phrase(&mut flow, &entry.title.reworded(title), face, style, node);
    let lines = flow.lines(&mut setter.fonts, measure);
    let title_end = lines.last_width();
    if lines.full_height() > composer.left_over() {
        composer.turn();
    }
    let top = composer.y;
    composer.setter.draw(&mut composer.page, &lines, 0..lines.lines.len(), left, top);
    composer.y += lines.full_height();
    let baseline = composer.y - style.leading + composer.setter.baseline(style);
    let from = left + title_end + GRID * 2;
    composer.page.rule(from, baseline, right - NUMBER / 2 - GRID - from, HAIR, HAIRLINE);
    if let StructureRole::Link(link) = composer.setter.tree.node(node).role {
        composer.page.link_areas.push(LinkArea {
            node,
            link,
            left,
            top,
            right,
            bottom: composer.y,
        });
    }
    PageNumberSlot {
        page: composer.pages_before(),
        item: composer.page.items.len(),
        anchor: entry.anchor.clone(),
        right,
        baseline,
        node,
        style,
    }
}

/// Puts the numbers of the pages where they belong.
pub(crate) fn number(composed: &mut ComposedPages, slots: &[PageNumberSlot]) {
    let mut places: HashMap<&str, u32> = HashMap::new();
    for place in &composed.destinations {
        places.entry(&place.anchor).or_insert(place.page);
    }
    // from the last to the first, so that what is put in moves nothing that is still to come
    for slot in slots.iter().rev() {
        let (Some(page), Some(at)) =
            (composed.pages.get_mut(slot.page), places.get(slot.anchor.as_str()))
        else {
            continue;
        };
        let number = (at + 1).to_string();
        let width = composed.setter.words_width(&number, FontFace::Regular, slot.style);
        let word = composed.setter.fonts.intern(FontFace::Regular, TextDirection::Right, &number);
        page.words([(word, false)], slot.right - width, slot.baseline, slot.style, slot.node);
        if let Some(put) = page.items.pop() {
            page.items.insert(slot.item.min(page.items.len()), put);
        }
    }
}
