//! The plan as cards: a heading for each action, its fields under their labels.

use crate::report::{
    ActionRow, InterfaceLabels, ObjectiveGroup, Phrase, PlanTable, ReportCell, ReportColumn,
    ReportSection, SectionContent,
};
use crate::text::{Text, TextBlockKind};

use super::cell;
use super::compose::PageComposer;
use super::design::{
    CARD_HEADING, GRID, HAIR, HAIRLINE, HEADER_TINT, HEADING, OBJECTIVE_HEADING, STRONG,
    THEME_HEADING, TextStyle,
};
use super::flow::{BrokenText, ShapedText};
use super::font::FontFace;
use super::length::Length;
use super::paragraph::{one_paragraph, place};
use super::tree::{NodeId, StructureRole};

/// The width of the labels of fields.
const LABELS: Length = Length::pt(126);
/// Left of the words in a card.
const SIDE: Length = Length::pt(8);
/// Above the words of a field, and below them.
const AROUND: Length = Length::tenths(45);
/// The fewest lines of a field that stand on a page where the field goes on on the next.
const FEWEST_LINES: usize = 3;
/// A card that takes more than this part of a page may be divided.
const WHOLE_PART: (i32, i32) = (2, 3);

/// The section that holds the plan; `other` puts what else is in it on the page.
pub(crate) fn section(
    composer: &mut PageComposer,
    section: &ReportSection,
    words: &InterfaceLabels,
    other: impl Fn(&mut PageComposer, &SectionContent),
) {
    section.anchor.clone_into(&mut composer.setter.anchor);
    let mut cards = CardLayouter { composer, words, columns: &[], heads: Vec::new() };
    let main = cards.composer.setter.colours.main;
    cards.head(
        &section.heading,
        HEADING.inked(main),
        2,
        Some((&section.anchor, &section.heading, 0)),
    );
    for content in &section.contents {
        match content {
            SectionContent::Plan(table) => cards.plan(table),
            content => {
                cards.draw_heads(Length::ZERO);
                other(cards.composer, content);
            }
        }
    }
    cards.draw_heads(Length::ZERO);
}

/// A card for each row of a table that is too wide for the page.
pub(crate) fn rows(composer: &mut PageComposer, table: &PlanTable, words: &InterfaceLabels) {
    let mut cards = CardLayouter { composer, words, columns: &[], heads: Vec::new() };
    cards.plan(table);
    cards.draw_heads(Length::ZERO);
}

/// The cards in the making.
struct CardLayouter<'a, 'f> {
    composer: &'a mut PageComposer<'f>,
    words: &'a InterfaceLabels,
    /// The columns of the actions.
    columns: &'a [ReportColumn],
    /// What stands above the next card and goes on the same page.
    heads: Vec<CardHeading>,
}

/// A heading or paragraph above a card.
struct CardHeading {
    lines: BrokenText,
    /// The space above it; it falls away at the top of a page.
    before: Length,
    ruled: bool,
    /// The anchor, title and level of its entry in the outline.
    outlined: Option<(String, String, u8)>,
}

impl CardHeading {
    /// The space between the rule above it and its words.
    fn below_rule(&self) -> Length {
        if self.ruled { GRID * 2 } else { Length::ZERO }
    }
}

impl<'a> CardLayouter<'a, '_> {
    fn plan(&mut self, table: &'a PlanTable) {
        self.columns = table.columns.get(usize::from(table.has_objectives)..).unwrap_or_default();
        for (i, theme) in table.themes.iter().enumerate() {
            let titled = !theme.title.is_empty();
            if titled {
                theme.anchor.clone_into(&mut self.composer.setter.anchor);
                self.head(
                    &theme.title,
                    THEME_HEADING.inked(self.composer.setter.colours.main),
                    3,
                    Some((&theme.anchor, &theme.title, 1)),
                );
                if let Some(head) = self.heads.last_mut() {
                    head.before = GRID * if i > 0 { 6 } else { 2 };
                    head.ruled = true;
                }
            }
            for group in &theme.objectives {
                self.objective(group, if titled { 4 } else { 3 });
            }
        }
    }

    /// Keeps a heading for the next card.
    fn head(
        &mut self,
        words: &Phrase,
        style: TextStyle,
        level: u8,
        outlined: Option<(&str, &str, u8)>,
    ) {
        let node = self.composer.setter.tree.add(NodeId::ROOT, StructureRole::Heading(level));
        let lines = one_paragraph(
            &mut self.composer.setter,
            words,
            FontFace::Bold,
            style,
            self.composer.frame.width,
            node,
        );
        let outlined =
            outlined.map(|(anchor, title, level)| (anchor.to_owned(), title.to_owned(), level));
        self.heads.push(CardHeading { lines, before: GRID * 2, ruled: false, outlined });
    }

    fn objective(&mut self, group: &'a ObjectiveGroup, level: u8) {
        group.anchor.clone_into(&mut self.composer.setter.anchor);
        let named = !group.text.is_empty();
        if named {
            let title = format!("{} {}", group.reference, group.text.plain());
            let outlined = Some((group.anchor.as_str(), title.as_str(), level - 2));
            if let Some(text) = one_plain_paragraph(&group.text) {
                let heading = [group.heading.as_str(), ": "]
                    .map(Phrase::from)
                    .into_iter()
                    .chain([Phrase::new(text, group.text.language())]);
                self.head(&Phrase::of(heading), OBJECTIVE_HEADING, level, outlined);
            } else {
                self.head(&group.heading.as_str().into(), OBJECTIVE_HEADING, level, outlined);
                let mut flow = ShapedText::default();
                self.composer.setter.text(
                    &mut flow,
                    &group.text,
                    None,
                    self.composer.sizes.prose,
                    NodeId::ROOT,
                );
                self.paragraphs(&flow);
            }
        } else {
            self.composer.named(&group.anchor);
        }
        if let Some(link) = &group.recommendation {
            let shown =
                crate::report::ReportLink { text: link.description.clone(), ..link.clone() };
            let mut flow = ShapedText::default();
            self.composer.setter.link(
                &mut flow,
                "",
                &[shown],
                self.composer.sizes.prose,
                NodeId::ROOT,
            );
            self.paragraphs(&flow);
        }
        let level = if named { level + 1 } else { level };
        for action in &group.actions {
            self.card(action, level);
        }
    }

    /// Keeps what stands below a heading for the next card.
    fn paragraphs(&mut self, flow: &ShapedText) {
        let lines = flow.lines(&mut self.composer.setter.fonts, self.composer.frame.width);
        self.heads.push(CardHeading { lines, before: Length::ZERO, ruled: false, outlined: None });
    }

    /// Draws what stands above a card, on a page that has room for as much of the card as is wanted
    /// there.
    fn draw_heads(&mut self, wanted: Length) {
        let heads = std::mem::take(&mut self.heads);
        let composer = &mut *self.composer;
        let height: Length =
            heads.iter().map(|h| h.before + h.below_rule() + h.lines.full_height()).sum();
        if height + wanted > composer.left_over() && composer.y > composer.frame.top {
            composer.turn();
        }
        let space_below = if heads.is_empty() { Length::ZERO } else { GRID * 2 };
        for head in heads {
            if composer.y > composer.frame.top {
                composer.y += head.before;
            }
            let (left, y, width) = (composer.frame.left, composer.y, composer.frame.width);
            if head.ruled {
                composer.page.rule(left, y, width, STRONG, composer.setter.colours.main);
                composer.y += head.below_rule();
            }
            if let Some((anchor, title, level)) = &head.outlined {
                composer.outlined(anchor, title, *level);
            }
            place(composer, &head.lines, left);
        }
        composer.y += space_below;
    }

    fn card(&mut self, action: &ActionRow, level: u8) {
        let composer = &mut *self.composer;
        action.anchor.clone_into(&mut composer.setter.anchor);
        let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Heading(level));
        let shown: Vec<_> = self
            .columns
            .iter()
            .zip(&action.cells)
            .filter(|(column, cell)| {
                column.role != crate::report::ColumnRole::Reference && !is_empty(cell)
            })
            .collect();
        // a list without items would be none
        let list = if shown.is_empty() {
            NodeId::ROOT
        } else {
            composer.setter.tree.add(NodeId::ROOT, StructureRole::List)
        };
        let measure = composer.frame.width - LABELS - SIDE;
        let fields: Vec<CardField> = shown
            .into_iter()
            .map(|(column, cell)| field(composer, column, cell, list, measure))
            .collect();
        let head = one_paragraph(
            &mut composer.setter,
            &action.heading,
            FontFace::Bold,
            CARD_HEADING,
            composer.frame.width - SIDE * 2,
            node,
        );
        let head_height = head.full_height() + GRID * 2;
        let whole = head_height + fields.iter().map(CardField::height).sum::<Length>();
        let most = composer.frame.height() * WHOLE_PART.0 / WHOLE_PART.1;
        let wanted = if whole <= most {
            whole
        } else {
            head_height + fields.first().map_or(Length::ZERO, CardField::least)
        };
        self.draw_heads(wanted + GRID * 2);
        let composer = &mut *self.composer;
        composer.named(&action.anchor);
        if head_height > composer.frame.height() / 3 {
            let left = composer.frame.left + SIDE;
            place(composer, &head, left);
        } else {
            draw_head(composer, &head);
        }
        let continued = format!("{} {}", action.heading, self.words.continued);
        for (i, field) in fields.iter().enumerate() {
            if i > 0 && composer.left_over() >= field.least() {
                let (left, y, width) = (composer.frame.left, composer.y, composer.frame.width);
                composer.page.rule(left, y, width, HAIR, HAIRLINE);
            }
            draw_field(composer, field, &continued);
        }
        composer.y += GRID * 4;
    }
}

/// The words of a text that is a heading as well as a paragraph: one paragraph without links or
/// emphasis.
fn one_plain_paragraph(text: &Text) -> Option<String> {
    let [only] = text.blocks.as_slice() else { return None };
    let plain = only.kind == TextBlockKind::Paragraph
        && only.spans.iter().all(|s| {
            s.link.is_none() && !s.style.struck && !s.style.italic && !s.text.contains('\n')
        });
    plain.then(|| only.plain().into_owned())
}

/// A field of an action in lines.
struct CardField {
    label: BrokenText,
    value: BrokenText,
}

impl CardField {
    fn height(&self) -> Length {
        self.label.full_height().at_least(self.value.full_height()) + AROUND * 2
    }

    /// The least of it that stands on a page by itself.
    fn least(&self) -> Length {
        let lines = self.value.lines.len();
        // three lines that would leave one alone take it along
        let least = if lines <= FEWEST_LINES + 1 { lines } else { FEWEST_LINES };
        self.label.full_height().at_least(self.value.height(0..least)) + AROUND * 2
    }
}

fn is_empty(cell: &ReportCell) -> bool {
    match cell {
        ReportCell::Text(text) => text.is_empty(),
        ReportCell::Date { text, .. } => text.is_empty(),
        ReportCell::Status { mark, position, note } => {
            mark.is_none() && position.is_empty() && note.is_empty()
        }
        ReportCell::Links(links) => links.is_empty(),
        ReportCell::Number(_)
        | ReportCell::Difference(_)
        | ReportCell::Share(..)
        | ReportCell::Link(_) => false,
    }
}

fn field(
    composer: &mut PageComposer,
    column: &ReportColumn,
    cell: &ReportCell,
    list: NodeId,
    measure: Length,
) -> CardField {
    let sizes = composer.sizes;
    let setter = &mut composer.setter;
    let item = setter.tree.add(list, StructureRole::ListItem);
    let label = setter.tree.add(item, StructureRole::Label);
    let label =
        one_paragraph(setter, &column.header, FontFace::Bold, sizes.cell, LABELS - SIDE * 2, label);
    let body = setter.tree.add(item, StructureRole::ListBody);
    let value = cell::cell(setter, cell, sizes, body).lines(&mut setter.fonts, measure);
    CardField { label, value }
}

/// The height of a heading of one line.
fn head_height() -> Length {
    CARD_HEADING.leading + GRID * 2
}

fn draw_head(composer: &mut PageComposer, lines: &BrokenText) {
    let (left, y, width) = (composer.frame.left, composer.y, composer.frame.width);
    let height = lines.full_height() + GRID * 2;
    composer.page.fill(left, y, width, height, HEADER_TINT);
    composer.setter.draw(&mut composer.page, lines, 0..lines.lines.len(), left + SIDE, y + GRID);
    composer.y += height;
}

/// Draws a field; one that does not fit goes on on the next page, below the heading of its card.
fn draw_field(composer: &mut PageComposer, field: &CardField, continued: &str) {
    let x = composer.frame.left + SIDE;
    if field.least() > composer.left_over() {
        turn(composer, continued);
    }
    let y = composer.y + AROUND;
    composer.y = y;
    let tall = field.label.full_height() > composer.frame.height() / 3;
    if tall {
        place(composer, &field.label, x);
    } else {
        composer.setter.draw(&mut composer.page, &field.label, 0..field.label.lines.len(), x, y);
    }
    let label_end = if tall { composer.y } else { y + field.label.full_height() };
    let on = composer.pages_before();
    let mut from = 0;
    while from < field.value.lines.len() {
        let mut fits = field.value.fitting(from, composer.left_over() - AROUND);
        if from + fits < field.value.lines.len() {
            fits = field.value.good_cut(from, from + fits) - from;
        }
        if fits == 0 && composer.y > composer.frame.top + head_height() + AROUND {
            turn(composer, continued);
            composer.y += AROUND;
            continue;
        }
        let (to, y) = (from + fits.max(1), composer.y);
        composer.setter.draw(
            &mut composer.page,
            &field.value,
            from..to,
            composer.frame.left + LABELS,
            y,
        );
        composer.y += field.value.height(from..to);
        from = to;
    }
    if composer.pages_before() == on {
        composer.y = composer.y.at_least(label_end);
    }
    composer.y += AROUND;
}

/// Goes on on a new page, with the heading of the card once more.
fn turn(composer: &mut PageComposer, continued: &str) {
    composer.turn();
    let measure = composer.frame.width - SIDE * 2;
    let continued = composer.setter.shortened(continued, FontFace::Bold, CARD_HEADING, measure);
    let lines = one_paragraph(
        &mut composer.setter,
        &continued.into(),
        FontFace::Bold,
        CARD_HEADING,
        measure,
        NodeId::ARTIFACT,
    );
    draw_head(composer, &lines);
}
