//! The sheet being filled, and the ones that are full.

use super::design::{CARDS, FOOTER, HAIR, HAIRLINE, TypeSizes};
use super::flow::TextShaper;
use super::font::FontFace;
use super::length::Length;
use super::page::{Destination, LaidOutPage, OutlineEntry, PageItem, PlacedPicture};
use super::tree::{NodeId, StructureRole};
use crate::report::RunningText;

/// The part of the paper that is printed on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageFrame {
    pub(crate) paper_width: Length,
    pub(crate) paper_height: Length,
    pub(crate) left: Length,
    pub(crate) top: Length,
    pub(crate) width: Length,
    pub(crate) bottom: Length,
}

impl PageFrame {
    /// The frame of a sheet on its side.
    pub(crate) fn wide(paper_width: Length, paper_height: Length) -> Self {
        Self::within(paper_width, paper_height, Length::pt(32), Length::pt(36), Length::pt(44))
    }

    /// The frame of an upright sheet, its lines no longer than can be read.
    pub(crate) fn upright(paper_width: Length, paper_height: Length) -> Self {
        let side = Length::pt(54).at_least((paper_width - CARDS.measure) / 2);
        Self::within(paper_width, paper_height, side, Length::pt(54), Length::pt(54))
    }

    fn within(
        paper_width: Length,
        paper_height: Length,
        side: Length,
        top: Length,
        foot: Length,
    ) -> Self {
        Self {
            paper_width,
            paper_height,
            left: side,
            top,
            width: paper_width - side * 2,
            bottom: paper_height - foot,
        }
    }

    /// The frame of the pages of a table: its repeated header stands nearer to the edge, where what
    /// is repeated belongs.
    pub(crate) fn of_table(self) -> Self {
        Self { top: Length::pt(21), ..self }
    }

    /// The height that a page offers.
    pub(crate) fn height(&self) -> Length {
        self.bottom - self.top
    }
}

/// The least margin at the head of a page that holds running words.
const ROOM_FOR_HEADER: Length = Length::pt(48);
/// Between the running words.
const FOOTER_GAP: Length = Length::pt(16);

/// Pages in the making.
pub(crate) struct PageComposer<'f> {
    pub(crate) setter: TextShaper<'f>,
    pub(crate) frame: PageFrame,
    pub(crate) sizes: &'static TypeSizes,
    pub(crate) page: LaidOutPage,
    pages: Vec<LaidOutPage>,
    alike: Vec<LaidOutPage>,
    /// Where the next thing goes.
    pub(crate) y: Length,
    /// How far the text of sections stands from the left, where their headings stand beside it.
    aside: Length,
    pub(crate) destinations: Vec<Destination>,
    pub(crate) outline: Vec<OutlineEntry>,
    pub(crate) pictures: Vec<PlacedPicture>,
}

impl<'f> PageComposer<'f> {
    pub(crate) fn new(setter: TextShaper<'f>, frame: PageFrame, sizes: &'static TypeSizes) -> Self {
        Self {
            setter,
            frame,
            sizes,
            page: LaidOutPage::default(),
            pages: Vec::new(),
            alike: Vec::new(),
            y: frame.top,
            aside: sizes.aside,
            destinations: Vec::new(),
            outline: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// Where the text of sections begins.
    pub(crate) fn text_left(&self) -> Length {
        self.frame.left + self.aside
    }

    /// How wide the text of sections is.
    pub(crate) fn measure(&self) -> Length {
        // where the heading stands above, a list may have longer lines
        let most = if self.aside == self.sizes.aside {
            self.sizes.measure
        } else {
            self.sizes.measure * 5 / 4
        };
        most.min(self.frame.width - self.aside)
    }

    /// Sets what follows across the page, from its left.
    pub(crate) fn across(&mut self, work: impl FnOnce(&mut Self)) {
        let aside = std::mem::replace(&mut self.aside, Length::ZERO);
        work(self);
        self.aside = aside;
    }

    /// Whether the pages stand upright, for cards.
    pub(crate) fn is_upright(&self) -> bool {
        self.sizes.aside == Length::ZERO
    }

    /// What is left of the page.
    pub(crate) fn left_over(&self) -> Length {
        self.frame.bottom - self.y
    }

    /// Begins a new page.
    pub(crate) fn turn(&mut self) {
        let full = std::mem::take(&mut self.page);
        self.pages.push(full);
        self.y = self.frame.top;
    }

    /// Keeps what stands alike on many pages; gives its number.
    pub(crate) fn keep(&mut self, alike: LaidOutPage) -> u32 {
        let number = u32::try_from(self.alike.len()).unwrap_or(u32::MAX);
        self.alike.push(alike);
        number
    }

    /// How many pages are full.
    pub(crate) fn pages_before(&self) -> usize {
        self.pages.len()
    }

    /// Makes the present place one that can be linked to.
    pub(crate) fn destination(&mut self, anchor: &str) -> u32 {
        let number = u32::try_from(self.destinations.len()).unwrap_or(u32::MAX);
        let page = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        self.destinations.push(Destination { anchor: anchor.to_owned(), page, y: self.y });
        number
    }

    /// Makes the present place one that can be linked to, if it has a name.
    pub(crate) fn named(&mut self, anchor: &str) {
        if !anchor.is_empty() {
            self.destination(anchor);
        }
    }

    /// Makes the present place one that can be linked to, with an entry in the outline.
    pub(crate) fn outlined(&mut self, anchor: &str, title: &str, level: u8) {
        let destination = self.destination(anchor);
        self.outline.push(OutlineEntry { title: short(title), level, destination });
    }

    /// Ends the last page; gives all of them.
    pub(crate) fn finish(mut self, running: &RunningText) -> ComposedPages<'f> {
        self.turn();
        let mut pages = std::mem::take(&mut self.pages);
        self.run(&mut pages, running);
        ComposedPages {
            setter: self.setter,
            pages,
            alike: self.alike,
            destinations: self.destinations,
            outline: self.outline,
            pictures: self.pictures,
        }
    }

    /// Puts the running words at the foot of the pages, and where there is too little room at their
    /// head too.
    fn run(&mut self, pages: &mut [LaidOutPage], running: &RunningText) {
        let count = pages.len();
        let right = self.frame.left + self.frame.width;
        // the words beside the number are alike as long as the number is as wide
        let mut beside: Option<((Length, bool), u32)> = None;
        for (i, page) in pages.iter_mut().enumerate() {
            let number = running.page_of(i + 1, count);
            let number_width = self.setter.words_width(&number, FontFace::Regular, FOOTER);
            let number_x = right - number_width;
            if count == 1 {
                self.run_single(page, running, number_x);
            } else {
                let place = (number_width, i > 0);
                let alike = match beside {
                    Some((same, alike)) if same == place => alike,
                    _ => {
                        let drawn = self.beside_number(running, number_x, i > 0);
                        self.keep(drawn)
                    }
                };
                beside = Some((place, alike));
                page.items.push(PageItem::Alike(alike));
            }
            let y = self.footer_y();
            self.setter.draw_line(
                page,
                &number,
                FontFace::Regular,
                FOOTER,
                NodeId::FOOTER,
                number_x,
                y,
            );
        }
    }

    fn footer_y(&self) -> Length {
        self.frame.paper_height - Length::pt(30)
    }

    fn footer_rule(&self, page: &mut LaidOutPage) {
        page.rule(
            self.frame.left,
            self.footer_y() - Length::pt(4),
            self.frame.width,
            HAIR,
            HAIRLINE,
        );
    }

    /// The foot of a single page, at whose head the title stands: what stands once only is no
    /// artifact.
    fn run_single(&mut self, page: &mut LaidOutPage, running: &RunningText, number_x: Length) {
        self.footer_rule(page);
        let (left, y) = (self.frame.left, self.footer_y());
        let edition = self.setter.shortened(
            &running.edition,
            FontFace::Regular,
            FOOTER,
            number_x - FOOTER_GAP - left,
        );
        if !running.edition.is_empty() {
            let node = self.setter.tree.add(NodeId::ROOT, StructureRole::Paragraph);
            self.setter.draw_line(page, &edition, FontFace::Regular, FOOTER, node, left, y);
        }
    }

    /// The running words beside the number of a page, as they stand on all pages whose number is as
    /// wide.
    fn beside_number(
        &mut self,
        running: &RunningText,
        number_x: Length,
        with_head: bool,
    ) -> LaidOutPage {
        let mut page = LaidOutPage::default();
        self.footer_rule(&mut page);
        let (left, y) = (self.frame.left, self.footer_y());
        let edition_x = number_x
            - FOOTER_GAP
            - self.setter.words_width(&running.edition, FontFace::Regular, FOOTER);
        let with_edition = edition_x > left + self.frame.width / 3;
        let room = if with_edition { edition_x } else { number_x } - FOOTER_GAP - left;
        if !with_edition && with_head && self.frame.top >= ROOM_FOR_HEADER {
            let y = self.frame.top - Length::pt(30);
            self.setter.draw_line(
                &mut page,
                &running.edition,
                FontFace::Regular,
                FOOTER,
                NodeId::HEADER,
                left,
                y,
            );
        }
        if with_edition {
            self.setter.draw_line(
                &mut page,
                &running.edition,
                FontFace::Regular,
                FOOTER,
                NodeId::FOOTER,
                edition_x,
                y,
            );
        }
        let title = self.setter.shortened(&running.title, FontFace::Bold, FOOTER, room);
        self.setter.draw_line(&mut page, &title, FontFace::Bold, FOOTER, NodeId::FOOTER, left, y);
        page
    }
}

/// All pages, and what leads to their parts.
pub(crate) struct ComposedPages<'f> {
    pub(crate) setter: TextShaper<'f>,
    pub(crate) pages: Vec<LaidOutPage>,
    pub(crate) alike: Vec<LaidOutPage>,
    pub(crate) destinations: Vec<Destination>,
    pub(crate) outline: Vec<OutlineEntry>,
    pub(crate) pictures: Vec<PlacedPicture>,
}

/// A title short enough for an outline: whole words, up to about 90 characters.
pub(crate) fn short(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((at, _)) = title.char_indices().nth(90) else { return title };
    let cut = title[..at].rfind(' ').filter(|c| *c > 40).unwrap_or(at);
    format!("{}…", title[..cut].trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn long_titles_are_cut_between_words() {
        assert_eq!(short("As it is"), "As it is");
        let long = short(&"word ".repeat(40));
        assert!(long.ends_with("word…") && long.len() < 100, "{long}");
        assert_eq!(short(&"é".repeat(200)).chars().count(), 91);
    }
}
