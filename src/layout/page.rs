//! Pages: what stands where.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use crate::brand::{Font, Picture};
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::Colour;

use super::design::TextStyle;
use super::font::{ShapedWord, WordId};
use super::length::Length;
use super::tree::{NodeId, StructureTree};

/// Pages ready to be drawn: every word, rule and colour in its place, with the tree that says what
/// each of them is.
///
/// Lengths are measured from the top left corner of the page.
#[derive(Debug)]
pub struct LaidOutPages {
    pub(crate) form: super::PlanForm,
    pub(crate) width: Length,
    pub(crate) height: Length,
    pub(crate) sheets: Vec<LaidOutPage>,
    /// What stands alike on many sheets, each thing drawn once.
    pub(crate) alike: Vec<LaidOutPage>,
    pub(crate) words: Vec<ShapedWord>,
    /// The fonts that words may be set in.
    pub(crate) fonts: Vec<Font>,
    pub(crate) tree: StructureTree,
    pub(crate) links: Vec<LinkTarget>,
    pub(crate) pictures: Vec<PlacedPicture>,
    /// What abbreviations stand for.
    pub(crate) expansions: Vec<String>,
    pub(crate) destinations: Vec<Destination>,
    pub(crate) outline: Vec<OutlineEntry>,
    pub(crate) properties: DocumentProperties,
    pub(crate) missing: Vec<MissingCharacter>,
}

/// A character that the fonts lack; a mark stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MissingCharacter {
    /// The character.
    pub(crate) character: char,
    /// The anchor of the section, recommendation, theme, objective or action in whose words it
    /// stands.
    pub(crate) anchor: String,
}

/// What the document says of itself.
#[derive(Debug)]
pub(crate) struct DocumentProperties {
    pub(crate) language: &'static str,
    pub(crate) title: String,
    pub(crate) organisation: String,
    pub(crate) description: String,
    /// What the plan file is that may be attached.
    pub(crate) plan_file: String,
    pub(crate) audience: crate::publish::Audience,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LinkTarget {
    /// What it means when read alone (ISO 14289-1, 7.18.5).
    pub(crate) description: String,
    pub(crate) to: LinkDestination,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum LinkDestination {
    /// A destination of this document.
    Anchor(String),
    /// A page on the web, or a mail address.
    Address(String),
}

/// A picture where it stands: `y` is its top.
#[derive(Debug)]
pub(crate) struct PlacedPicture {
    /// None if the items of its node draw it.
    pub(crate) picture: Option<Picture>,
    /// What it shows, in words.
    pub(crate) alternative: String,
    pub(crate) node: NodeId,
    pub(crate) x: Length,
    pub(crate) y: Length,
    pub(crate) width: Length,
    pub(crate) height: Length,
}

/// A place that can be linked to.
#[derive(Debug)]
pub(crate) struct Destination {
    pub(crate) anchor: String,
    pub(crate) page: u32,
    pub(crate) y: Length,
}

/// An entry of the outline.
#[derive(Debug)]
pub(crate) struct OutlineEntry {
    pub(crate) title: String,
    pub(crate) level: u8,
    /// Its place in the destinations.
    pub(crate) destination: u32,
}

/// One page.
#[derive(Debug, Default)]
pub(crate) struct LaidOutPage {
    /// What stands on it, in the order of drawing, which is that of reading.
    pub(crate) items: Vec<PageItem>,
    /// The words of its lines.
    pub(crate) words: Vec<PlacedWord>,
    /// Where its links can be clicked.
    pub(crate) link_areas: Vec<LinkArea>,
}

/// A word in a line, and whether a space follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlacedWord {
    pub(crate) word: WordId,
    pub(crate) space: bool,
}

/// Something on a page.
#[derive(Debug, Clone)]
pub(crate) enum PageItem {
    /// Words on one baseline.
    Text(TextRun),
    /// A filled rectangle: `y` is its top; the node is that of the figure that it is a part of.
    Fill {
        x: Length,
        y: Length,
        width: Length,
        height: Length,
        colour: Colour,
        radius: Length,
        node: NodeId,
    },
    /// A picture, by its place in the list of pictures.
    Picture(u32),
    /// What stands alike on many pages, by its number.
    Alike(u32),
}

#[derive(Debug, Clone)]
pub(crate) struct TextRun {
    pub(crate) x: Length,
    /// The baseline.
    pub(crate) y: Length,
    pub(crate) size: Length,
    pub(crate) ink: Colour,
    pub(crate) node: NodeId,
    pub(crate) first: u32,
    pub(crate) count: u32,
}

impl TextRun {
    pub(crate) fn words(&self) -> Range<usize> {
        self.first as usize..self.first as usize + self.count as usize
    }
}

/// Where a link can be clicked.
#[derive(Debug)]
pub(crate) struct LinkArea {
    pub(crate) node: NodeId,
    pub(crate) link: u32,
    pub(crate) left: Length,
    pub(crate) top: Length,
    pub(crate) right: Length,
    pub(crate) bottom: Length,
}

impl LaidOutPage {
    pub(crate) fn fill(
        &mut self,
        x: Length,
        y: Length,
        width: Length,
        height: Length,
        colour: Colour,
    ) {
        self.items.push(PageItem::Fill {
            x,
            y,
            width,
            height,
            colour,
            radius: Length::ZERO,
            node: NodeId::ARTIFACT,
        });
    }

    /// Words on one baseline, each with whether a space follows.
    pub(crate) fn words(
        &mut self,
        words: impl IntoIterator<Item = (WordId, bool)>,
        x: Length,
        y: Length,
        style: TextStyle,
        node: NodeId,
    ) {
        let before = self.words.len();
        let first = u32::try_from(before).unwrap_or(u32::MAX);
        self.words.extend(words.into_iter().map(|(word, space)| PlacedWord { word, space }));
        let count = u32::try_from(self.words.len() - before).unwrap_or(u32::MAX);
        self.items.push(PageItem::Text(TextRun {
            x,
            y,
            size: style.size,
            ink: style.ink,
            node,
            first,
            count,
        }));
    }

    /// A horizontal rule, centred on `y`.
    pub(crate) fn rule(
        &mut self,
        x: Length,
        y: Length,
        width: Length,
        thickness: Length,
        colour: Colour,
    ) {
        self.fill(x, y - thickness / 2, width, thickness, colour);
    }
}

impl LaidOutPages {
    /// How many pages there are.
    pub fn count(&self) -> usize {
        self.sheets.len()
    }

    /// What the plan was laid out as: cards, where a table does not fit on the paper asked for.
    pub fn form(&self) -> super::PlanForm {
        self.form
    }

    /// A warning for each character that the fonts lack, at its first place in the text that the
    /// plan was read from.
    pub fn diagnostics(&self, source: Option<&str>) -> Vec<Diagnostic> {
        let characters: BTreeSet<char> = self.missing.iter().map(|m| m.character).collect();
        let warning = |c: char| {
            let message = format!(
                "the fonts of the PDF lack “{c}” (U+{:04X}): a mark stands for it",
                u32::from(c)
            );
            let warning = Diagnostic::new(Code::CharacterNotInFont, message)
                .help("if readers of the PDF need it, name a font that has it under font-fallback in planwright.toml, or write it another way");
            match source.and_then(|text| place_of(c, text)) {
                Some(place) => warning.at(&place),
                None => warning,
            }
        };
        characters.into_iter().map(warning).collect()
    }

    /// What stands where, one line an item: page, kind, x and y in points from the top left, and
    /// what it is or says.
    ///
    /// ```
    /// # let plan = planwright::Plan { title: "A plan".to_owned(), ..planwright::Plan::default() };
    /// # let plan = planwright::publish(plan, &planwright::PublishOptions::internal());
    /// # let review = planwright::review(&plan, None);
    /// let report = planwright::report(&plan, &review, &planwright::ReportOptions::default());
    /// let pages = planwright::layout::layout(&report, &planwright::layout::LayoutOptions::default());
    /// assert!(pages.dump().contains("Heading(1) “A plan”"));
    /// ```
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for (number, page) in self.sheets.iter().enumerate() {
            for (page, item) in self.items(page) {
                let _ = match item {
                    PageItem::Alike(_) => Ok(()),
                    PageItem::Text(run) => {
                        let what = if run.node.is_artifact() {
                            "Artifact".to_owned()
                        } else {
                            format!("{:?}", self.role_name(run.node)).replace('"', "")
                        };
                        writeln!(
                            out,
                            "{} text {} {} {} {what} “{}”",
                            number + 1,
                            run.x,
                            run.y,
                            run.size,
                            self.words_of(page, run)
                        )
                    }
                    PageItem::Fill { x, y, width, height, colour, .. } => {
                        writeln!(out, "{} fill {x} {y} {width}×{height} {colour}", number + 1)
                    }
                    PageItem::Picture(which) => match self.pictures.get(*which as usize) {
                        Some(PlacedPicture { x, y, width, height, alternative, .. }) => {
                            writeln!(
                                out,
                                "{} picture {x} {y} {width}×{height} {alternative}",
                                number + 1
                            )
                        }
                        None => Ok(()),
                    },
                };
            }
            for area in &page.link_areas {
                let _ = writeln!(
                    out,
                    "{} link {} {} {}",
                    number + 1,
                    area.left,
                    area.top,
                    self.links[area.link as usize].description
                );
            }
        }
        out
    }

    /// The items of a page, those in place of which it names what stands alike on many pages
    /// included.
    fn items<'a>(
        &'a self,
        page: &'a LaidOutPage,
    ) -> impl Iterator<Item = (&'a LaidOutPage, &'a PageItem)> {
        page.items.iter().flat_map(move |item| {
            let alike = if let PageItem::Alike(number) = item {
                self.alike.get(*number as usize)
            } else {
                None
            };
            let alike =
                alike.into_iter().flat_map(|page| page.items.iter().map(move |item| (page, item)));
            std::iter::once((page, item)).chain(alike)
        })
    }

    fn role_name(&self, id: NodeId) -> super::tree::StructureRole {
        self.tree.node(id).role
    }

    /// The words of a run, with the spaces between them.
    pub(crate) fn words_of(&self, page: &LaidOutPage, run: &TextRun) -> String {
        let mut out = String::new();
        for placed in &page.words[run.words()] {
            out.push_str(&self.words[placed.word.0 as usize].text);
            if placed.space {
                out.push(' ');
            }
        }
        out
    }
}

/// Where a character first stands in a text.
fn place_of(c: char, text: &str) -> Option<Place> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let before = &text[..text.find(c)?];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some(Place::in_text(u32::try_from(line).ok()?, u32::try_from(column).ok()?, 1))
}
