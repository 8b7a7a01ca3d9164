//! The plan's table on its pages: header and theme repeated, objectives over their actions, rows
//! kept whole.

mod objective;

use std::borrow::Cow;

use crate::language::Language;
use crate::report::{ColumnRole as Column, InterfaceLabels, Phrase, PlanTable, ThemeBand};

use super::cell;
use super::compose::PageComposer;
use super::design::{
    CELL_BOTTOM, CELL_SIDE, CELL_TOP, FINE, GRID, HAIR, HAIRLINE, HEADER_TINT, RULE, STRONG, THEME,
};
use super::flow::{BrokenText, ShapedText};
use super::font::FontFace;
use super::length::Length;
use super::page::PageItem;
use super::tree::{HeaderScope, NodeId, StructureRole};

/// What the header row is where it stands on a page once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RepeatedHeader {
    /// An artifact, as what stands at the edge of many pages is.
    Artifact,
    /// Real content: in a table of two pages, what is repeated once is not known as repeated by
    /// those who look at the pages alone.
    Real,
}

/// Sets the plan's table, from the present place on.
pub(crate) fn plan(
    composer: &mut PageComposer,
    table: &PlanTable,
    widths: &[Length],
    words: &InterfaceLabels,
    again: RepeatedHeader,
) {
    let mut xs = vec![composer.frame.left];
    for width in widths {
        xs.push(xs[xs.len() - 1] + *width);
    }
    let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Table);
    let mut setting = TableLayouter {
        composer,
        table,
        words,
        widths,
        xs,
        node,
        columns: Vec::new(),
        header: RepeatedRow::default(),
        header_again: None,
        again,
        theme: None,
        objective: None,
        kept: ReservedNodes::default(),
    };
    setting.caption();
    setting.header();
    for theme in &table.themes {
        setting.theme(theme);
    }
    setting.end();
}

/// The table in the making.
struct TableLayouter<'a, 'f> {
    composer: &'a mut PageComposer<'f>,
    table: &'a PlanTable,
    words: &'a InterfaceLabels,
    widths: &'a [Length],
    /// The left edges of the columns, and the right edge of the table.
    xs: Vec<Length>,
    node: NodeId,
    /// The header cells.
    columns: Vec<NodeId>,
    header: RepeatedRow,
    /// The header as it stands alike on all pages but its first.
    header_again: Option<u32>,
    again: RepeatedHeader,
    theme: Option<OpenTheme>,
    objective: Option<OpenObjective>,
    kept: ReservedNodes,
}

/// Places in the tree before a row, for the theme and the objective that stand there once more if
/// the row begins a page.
///
/// They are real content, with "(continued)", and not artifacts: what is read in the middle of a
/// page must not be hidden from those who hear it. Only the header row, at the edge of the page, is
/// an artifact where it is repeated.
#[derive(Default)]
struct ReservedNodes {
    /// The row of the header, and its cells.
    header: Option<(NodeId, Vec<NodeId>)>,
    /// The row of the theme, and its cell.
    theme: Option<(NodeId, NodeId)>,
    /// The header cell of the objective, and how many of its rows stand before.
    objective: Option<(NodeId, u32)>,
}

/// A row that stands again at the top of each page.
#[derive(Default)]
struct RepeatedRow {
    cells: Vec<BrokenText>,
    height: Length,
}

/// The theme whose actions are being set.
struct OpenTheme {
    repeat: RepeatedRow,
    /// That of its title, where it is not the document's.
    language: Option<Language>,
}

/// The objective whose actions are being set.
struct OpenObjective {
    text: BrokenText,
    /// How many of its lines stand on the pages.
    shown: usize,
    /// Its text once more, for the pages that it continues on.
    repeat: BrokenText,
    cell: ObjectiveCell,
    /// That of its words, where it is not the document's.
    language: Option<Language>,
    /// Where it begins on this page.
    top: Length,
    /// Where its words end on this page.
    text_end: Length,
    /// The background on this page, whose height is known when it ends.
    background: usize,
}

/// The header cell of an objective, which is divided where its rows go on on a new page.
#[derive(Clone, Copy)]
struct ObjectiveCell {
    node: NodeId,
    /// How many rows of the objective stand before the cell.
    first: u32,
    /// How many rows the objective has.
    rows: u32,
    under: [Option<NodeId>; 2],
}

impl ObjectiveCell {
    /// What the cell is if it ends before a row.
    fn role(&self, end: u32) -> StructureRole {
        StructureRole::Header {
            scope: HeaderScope::Row,
            columns: 1,
            rows: end - self.first,
            under: self.under,
        }
    }
}

/// The level of the themes in the outline, below their section.
const THEME_LEVEL: u8 = 1;

/// A row in lines.
struct BrokenRow {
    cells: Vec<BrokenText>,
    height: Length,
}

/// The most of a page that a header or theme takes where it is repeated: what is longer is cut
/// there, as it stands elsewhere in full.
const REPEATED_PART: i32 = 8;

impl TableLayouter<'_, '_> {
    fn left(&self) -> Length {
        self.xs[0]
    }

    fn right(&self) -> Length {
        self.xs[self.xs.len() - 1]
    }

    /// The first column that belongs to the actions.
    fn first_action_column(&self) -> usize {
        usize::from(self.table.has_objectives)
    }

    fn caption(&mut self) {
        let node = self.composer.setter.tree.add(self.node, StructureRole::Caption);
        let mut flow = ShapedText::default();
        self.composer.setter.phrase(
            &mut flow,
            &self.table.caption,
            FontFace::Regular,
            self.composer.sizes.small,
            node,
        );
        let measure = self.right() - self.left();
        let lines = flow.lines(&mut self.composer.setter.fonts, measure);
        self.lines_over_pages(&lines, self.left());
        self.composer.y += GRID;
    }

    /// Puts lines down the page and on to the next as needed.
    fn lines_over_pages(&mut self, lines: &BrokenText, x: Length) {
        let mut from = 0;
        while from < lines.lines.len() {
            let fits = lines.fitting(from, self.composer.left_over());
            if fits == 0 && self.composer.y > self.composer.frame.top {
                self.composer.turn();
                continue;
            }
            let to = from + fits.max(1);
            let y = self.composer.y;
            self.composer.setter.draw(&mut self.composer.page, lines, from..to, x, y);
            self.composer.y += lines.height(from..to);
            from = to;
        }
    }

    fn set_row(&mut self, flows: &[ShapedText], first_column: usize) -> BrokenRow {
        let mut cells = Vec::with_capacity(flows.len());
        let mut height = Length::ZERO;
        let columns = self.table.columns.iter().zip(self.widths).skip(first_column);
        for (flow, (column, width)) in flows.iter().zip(columns) {
            let mut lines = flow.lines(&mut self.composer.setter.fonts, *width - CELL_SIDE * 2);
            if column.role == Column::Number {
                lines.set_right(*width - CELL_SIDE * 2);
            }
            height = height.max(lines.full_height());
            cells.push(lines);
        }
        BrokenRow {
            cells,
            height: height.at_least(self.composer.sizes.cell.leading) + CELL_TOP + CELL_BOTTOM,
        }
    }

    fn header(&mut self) {
        let head = self.composer.setter.tree.add(self.node, StructureRole::TableHead);
        let row = self.composer.setter.tree.add(head, StructureRole::Row);
        let mut flows = Vec::new();
        for column in &self.table.columns {
            let node = self.composer.setter.tree.header(row, HeaderScope::Column);
            self.columns.push(node);
            flows.push(cell::header(
                &mut self.composer.setter,
                &column.header,
                self.composer.sizes,
                node,
            ));
        }
        let text = self.set_row(&flows, 0);
        if text.height > self.composer.left_over() / 2 {
            self.composer.turn();
        }
        self.draw_header_frame(text.height.min(self.composer.left_over()));
        self.place_row(&text.cells, 0, text.height, None);
        let most = self.composer.frame.height() / REPEATED_PART * 2;
        self.header = repeat(text.cells, most);
    }

    fn draw_header_frame(&mut self, height: Length) {
        let (left, right, y) = (self.left(), self.right(), self.composer.y);
        self.composer.page.fill(left, y, right - left, height, HEADER_TINT);
        self.composer.page.rule(left, y, right - left, STRONG, self.composer.setter.colours.main);
        self.composer.page.rule(left, y + height, right - left, FINE, RULE);
    }

    /// Begins a page with all that is repeated.
    fn turn(&mut self) {
        self.end_objective_part();
        self.end_page_of_table();
        self.composer.turn();
        self.repeat_header();
        if let Some(mut theme) = self.theme.take() {
            let node = self.kept.theme.take().map_or(NodeId::ARTIFACT, |(row, cell)| {
                let role = self.band_role();
                self.composer.setter.tree.becomes(row, StructureRole::Row);
                self.composer.setter.tree.becomes(cell, role);
                self.composer.setter.tree.speak(cell, theme.language);
                cell
            });
            theme.repeat.cells.iter_mut().for_each(|lines| lines.belongs_to(node));
            self.draw_band(theme.repeat.height);
            self.draw_cells(&theme.repeat.cells);
            self.composer.y += theme.repeat.height;
            self.theme = Some(theme);
        }
        self.begin_objective_part();
    }

    /// Puts the header at the top of a page once more.
    fn repeat_header(&mut self) {
        let mut header = std::mem::take(&mut self.header);
        if let Some((row, cells)) = self.kept.header.take() {
            self.composer.setter.tree.becomes(row, StructureRole::Row);
            for ((lines, node), column) in
                header.cells.iter_mut().zip(cells).zip(&self.table.columns)
            {
                self.composer.setter.tree.becomes(
                    node,
                    StructureRole::Header {
                        scope: HeaderScope::Column,
                        columns: 1,
                        rows: 1,
                        under: [None; 2],
                    },
                );
                self.composer.setter.tree.speak(node, column.header.language());
                lines.belongs_to(node);
            }
            self.draw_header_frame(header.height);
            self.draw_cells(&header.cells);
            self.composer.y += header.height;
            self.header = header;
            return;
        }
        if self.again == RepeatedHeader::Real {
            header.cells.iter_mut().for_each(|lines| lines.belongs_to(NodeId::ARTIFACT));
        }
        let alike = self.header_again.unwrap_or_else(|| {
            let page = std::mem::take(&mut self.composer.page);
            self.draw_header_frame(header.height);
            self.draw_cells(&header.cells);
            let drawn = std::mem::replace(&mut self.composer.page, page);
            self.composer.keep(drawn)
        });
        self.composer.page.items.push(PageItem::Alike(alike));
        self.header_again = Some(alike);
        self.composer.y += header.height;
        self.header = header;
    }

    fn draw_cells(&mut self, cells: &[BrokenText]) {
        let y = self.composer.y + CELL_TOP;
        for (lines, x) in cells.iter().zip(&self.xs) {
            self.composer.setter.draw(
                &mut self.composer.page,
                lines,
                0..lines.lines.len(),
                *x + CELL_SIDE,
                y,
            );
        }
    }

    fn draw_band(&mut self, height: Length) {
        let (left, right) = (self.left(), self.right());
        self.composer.page.fill(
            left,
            self.composer.y,
            right - left,
            height,
            self.composer.setter.colours.main,
        );
    }

    /// The rule at the foot of what stands on this page.
    fn end_page_of_table(&mut self) {
        let (left, right, y) = (self.left(), self.right(), self.composer.y);
        self.composer.page.rule(left, y, right - left, FINE, RULE);
    }

    fn end(&mut self) {
        let (left, right, y) = (self.left(), self.right(), self.composer.y);
        self.composer.page.rule(left, y, right - left, STRONG, self.composer.setter.colours.main);
    }

    fn theme(&mut self, theme: &ThemeBand) {
        self.theme = None;
        let body = self.composer.setter.tree.add(self.node, StructureRole::TableBody);
        theme.anchor.clone_into(&mut self.composer.setter.anchor);
        let mut band = (!theme.title.is_empty()).then(|| self.band(theme, body));
        let header = band.as_ref().map(|b| b.node);
        if theme.objectives.is_empty()
            && let Some(band) = band.take()
        {
            self.place_band(theme, band, Length::ZERO);
        }
        for group in &theme.objectives {
            self.group(theme, group, body, header, &mut band);
        }
    }

    /// A header cell over the whole table.
    fn band_role(&self) -> StructureRole {
        let columns = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        StructureRole::Header { scope: HeaderScope::Row, columns, rows: 1, under: [None; 2] }
    }

    /// Adds a row, after a place for the theme once more if the row begins a page.
    fn add_row(&mut self, body: NodeId, with_theme: bool) -> NodeId {
        let columns = self.columns.len();
        let tree = &mut self.composer.setter.tree;
        self.kept.header = (self.again == RepeatedHeader::Real).then(|| {
            let row = tree.add(body, StructureRole::Kept);
            (row, (0..columns).map(|_| tree.add(row, StructureRole::Kept)).collect())
        });
        self.kept.theme = with_theme.then(|| {
            let row = tree.add(body, StructureRole::Kept);
            (row, tree.add(row, StructureRole::Kept))
        });
        tree.add(body, StructureRole::Row)
    }

    fn band(&mut self, theme: &ThemeBand, body: NodeId) -> PendingBand {
        let row = self.composer.setter.tree.add(body, StructureRole::Row);
        let role = self.band_role();
        let node = self.composer.setter.tree.add(row, role);
        let measure = self.right() - self.left() - CELL_SIDE * 2;
        let text = cell::theme(&mut self.composer.setter, &theme.title, node)
            .lines(&mut self.composer.setter.fonts, measure);
        let again = Phrase::of([theme.title.clone(), format!(" {}", self.words.continued).into()]);
        let again = cell::theme(&mut self.composer.setter, &again, NodeId::ARTIFACT)
            .lines(&mut self.composer.setter.fonts, measure);
        let most = self.composer.frame.height() / REPEATED_PART;
        PendingBand {
            node,
            height: band_height(&text),
            text,
            repeat: RepeatedRow { height: Length::ZERO, ..repeat(vec![again], most) },
        }
    }

    /// Puts a band on the page if what follows it fits there too, else on the next.
    fn place_band(&mut self, theme: &ThemeBand, band: PendingBand, next: Length) {
        if band.height + next > self.composer.left_over() && !self.at_top() {
            self.turn();
        }
        self.composer.outlined(&theme.anchor, &theme.title, THEME_LEVEL);
        self.draw_band(band.height.min(self.composer.left_over()));
        let cells = [band.text];
        self.place_row(&cells, 0, band.height, None);
        let height = band_height(&band.repeat.cells[0]);
        self.theme = Some(OpenTheme {
            repeat: RepeatedRow { height, ..band.repeat },
            language: theme.title.language(),
        });
    }

    /// Whether nothing but what is repeated stands on the page.
    fn at_top(&self) -> bool {
        let theme = self.theme.as_ref().map_or(Length::ZERO, |t| t.repeat.height);
        self.composer.y <= self.composer.frame.top + self.header.height + theme
    }

    /// The height that a page offers to rows, below all that is repeated.
    fn room_for_rows(&self) -> Length {
        let theme = self.theme.as_ref().map_or(Length::ZERO, |t| t.repeat.height);
        self.composer.frame.height() - self.header.height - theme
    }

    /// Hairlines between the columns to fill in.
    fn draw_column_rules(&mut self, top: Length) {
        let height = self.composer.y - top;
        for (c, column) in self.table.columns.iter().enumerate() {
            if column.role.is_entry() {
                self.composer.page.fill(self.xs[c] - HAIR / 2, top, HAIR, height, HAIRLINE);
            }
        }
    }

    /// Puts a row on the page; one that is taller than the page goes on on the next, with marks on
    /// both sides.
    fn place_row(
        &mut self,
        cells: &[BrokenText],
        first_column: usize,
        height: Length,
        reference: Option<&str>,
    ) {
        let top = self.composer.y;
        let xs: Vec<Length> =
            self.xs[first_column.min(self.xs.len() - 1)..].iter().map(|x| *x + CELL_SIDE).collect();
        if height <= self.composer.left_over() {
            for (lines, x) in cells.iter().zip(&xs) {
                self.composer.setter.draw(
                    &mut self.composer.page,
                    lines,
                    0..lines.lines.len(),
                    *x,
                    top + CELL_TOP,
                );
            }
            self.composer.y += height;
            self.draw_row_rules(top);
            return;
        }
        let mut shown = vec![0; cells.len()];
        let mark_height = self.composer.sizes.note.leading;
        let x = xs.first().copied().unwrap_or_default();
        loop {
            let (top, at_top) = (self.composer.y, self.at_top());
            let left = self.composer.left_over() - CELL_TOP - CELL_BOTTOM;
            let whole = left >= Length::ZERO
                && cells
                    .iter()
                    .zip(&shown)
                    .all(|(lines, from)| from + lines.fitting(*from, left) >= lines.lines.len());
            let mark = if whole { Length::ZERO } else { mark_height };
            let room = self.composer.left_over() - CELL_TOP - CELL_BOTTOM - mark;
            let (mut moved, mut used) = (false, Length::ZERO);
            for ((lines, from), x) in cells.iter().zip(&mut shown).zip(&xs) {
                let mut fits = lines.fitting(*from, room);
                if *from + fits < lines.lines.len() {
                    let cut = lines.good_cut(*from, *from + fits) - *from;
                    // a row that begins at the top of a page has no other page to begin on
                    fits = if at_top { cut.max(fits.min(1)) } else { cut };
                }
                self.composer.setter.draw(
                    &mut self.composer.page,
                    lines,
                    *from..*from + fits,
                    *x,
                    top + CELL_TOP,
                );
                used = used.max(lines.height(*from..*from + fits));
                *from += fits;
                moved |= fits > 0;
            }
            self.composer.y += CELL_TOP + used + CELL_BOTTOM + mark;
            if whole || !moved && self.at_top() {
                self.draw_row_rules(top);
                return;
            }
            let y = self.composer.y - mark - Length::pt(1);
            let continues = format!("{} →", self.words.continues);
            self.composer.setter.draw_repeated(
                &mut self.composer.page,
                &continues,
                FontFace::Italic,
                self.composer.sizes.note,
                x,
                y,
            );
            self.draw_row_rules(top);
            self.turn();
            let y = self.composer.y + CELL_TOP;
            let resumed =
                [&*brief(reference.unwrap_or_default()), self.words.continued.as_str()].join(" ");
            self.composer.setter.draw_repeated(
                &mut self.composer.page,
                resumed.trim(),
                FontFace::Italic,
                self.composer.sizes.note,
                x,
                y,
            );
            self.composer.y += mark_height;
        }
    }

    /// Where there are no objectives, the columns to fill in are ruled row by row.
    fn draw_row_rules(&mut self, top: Length) {
        if self.objective.is_none() && !self.table.has_objectives {
            self.draw_column_rules(top);
        }
    }
}

/// A theme's band, not yet on a page.
struct PendingBand {
    node: NodeId,
    text: BrokenText,
    height: Length,
    repeat: RepeatedRow,
}

fn band_height(text: &BrokenText) -> Length {
    text.full_height().at_least(THEME.leading) + CELL_TOP + CELL_BOTTOM
}

/// A row as it is repeated: an artifact, of limited height.
fn repeat(cells: Vec<BrokenText>, most: Length) -> RepeatedRow {
    let mut repeat = RepeatedRow { cells, height: Length::ZERO };
    for lines in &mut repeat.cells {
        lines.belongs_to(NodeId::ARTIFACT);
        shorten(lines, most);
        repeat.height = repeat.height.max(lines.full_height());
    }
    repeat.height += CELL_TOP + CELL_BOTTOM;
    repeat
}

/// The beginning of words that are repeated on every page.
fn brief(words: &str) -> Cow<'_, str> {
    const MOST: usize = 80;
    match words.char_indices().nth(MOST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &words[..end])),
        None => Cow::Borrowed(words),
    }
}

fn shorten(lines: &mut BrokenText, most: Length) {
    let keep = lines.fitting(0, most).max(1);
    lines.lines.truncate(keep);
}
