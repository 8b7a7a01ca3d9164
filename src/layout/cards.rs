//! The plan as cards: a heading for each action, its fields under their labels.

use crate::report::{ActionRow, Content, ObjectiveGroup, PlanTable, ReportCell, ReportColumn, Section, Words};
use crate::text::{Text, TextBlockKind};

use super::cell;
use super::compose::Composer;
use super::design::{BAND, CARD_HEADING, GRID, HAIR, HAIRLINE, HEADER_TINT, OBJECTIVE_HEADING, STRONG, THEME_HEADING, TextStyle};
use super::flow::{Flow, Lines};
use super::font::Face;
use super::front;
use super::length::Length;
use super::tree::{NodeId, Role};

/// The width of the labels of fields.
const LABELS: Length = Length::pt(126);
/// Left of the words in a card.
const SIDE: Length = Length::pt(8);
/// Above the words of a field, and below them.
const AROUND: Length = Length::tenths(45);
/// The fewest lines of a field that stand on a page where the field goes on on the next.
const FEWEST_LINES: usize = 3;
/// A heading begins no page's last part that is lower.
const ROOM_BELOW_HEADING: Length = Length::pt(180);
/// A card that takes more than this part of a page may be divided.
const WHOLE_PART: (i32, i32) = (2, 3);

/// The section that holds the plan.
pub(crate) fn section(composer: &mut Composer, section: &Section, words: &Words) {
    if composer.left_over() < ROOM_BELOW_HEADING {
        composer.turn();
    }
    front::plan_heading(composer, section);
    for content in &section.contents {
        match content {
            Content::Plan(table) => plan(composer, table, words),
            other => front::content(composer, other),
        }
    }
}

fn plan(composer: &mut Composer, table: &PlanTable, words: &Words) {
    for (i, theme) in table.themes.iter().enumerate() {
        let titled = !theme.title.is_empty();
        if titled {
            theme.anchor.clone_into(&mut composer.setter.anchor);
            if i > 0 {
                composer.y += GRID * 4;
            }
            if composer.left_over() < ROOM_BELOW_HEADING {
                composer.turn();
            }
            composer.outlined(&theme.anchor, &theme.title, 1);
            let (left, y, width) = (composer.frame.left, composer.y, composer.frame.width);
            composer.page.rule(left, y, width, STRONG, BAND);
            composer.y += GRID * 2;
            heading(composer, &theme.title, THEME_HEADING, 3);
            composer.y += GRID * 2;
        }
        for group in &theme.objectives {
            objective(composer, table, group, words, if titled { 4 } else { 3 });
        }
    }
}

fn heading(composer: &mut Composer, words: &str, style: TextStyle, level: u8) {
    let node = composer.setter.tree.add(NodeId::ROOT, Role::Heading(level));
    let (left, width) = (composer.frame.left, composer.frame.width);
    front::paragraph(composer, words, Face::Bold, style, left, width, node);
}

fn objective(composer: &mut Composer, table: &PlanTable, group: &ObjectiveGroup, words: &Words, level: u8) {
    group.anchor.clone_into(&mut composer.setter.anchor);
    let named = !group.text.is_empty();
    if named {
        if composer.left_over() < ROOM_BELOW_HEADING {
            composer.turn();
        }
        let title = format!("{} {}", group.reference, group.text.plain());
        composer.outlined(&group.anchor, &title, level - 2);
        match one_plain_paragraph(&group.text) {
            Some(text) => heading(composer, &format!("{}: {text}", group.heading), OBJECTIVE_HEADING, level),
            None => {
                heading(composer, &group.heading, OBJECTIVE_HEADING, level);
                let mut flow = Flow::default();
                composer.setter.text(&mut flow, &group.text, None, composer.sizes.prose, NodeId::ROOT);
                place(composer, &flow);
            }
        }
    } else {
        composer.destination(&group.anchor);
    }
    if let Some(link) = &group.recommendation {
        let shown = crate::report::Link { text: link.description.clone(), ..link.clone() };
        let mut flow = Flow::default();
        composer.setter.link(&mut flow, "", &[shown], composer.sizes.prose, NodeId::ROOT);
        place(composer, &flow);
    }
    composer.y += GRID * 2;
    let level = if named { level + 1 } else { level };
    let columns = table.columns.get(usize::from(table.has_objectives)..).unwrap_or_default();
    for action in &group.actions {
        card(composer, columns, action, words, level);
    }
    composer.y += GRID * 2;
}

fn place(composer: &mut Composer, flow: &Flow) {
    let lines = flow.lines(&mut composer.setter.fonts, composer.frame.width);
    let left = composer.frame.left;
    front::place(composer, &lines, left);
}

/// The words of a text that is a heading as well as a paragraph: one paragraph without links or emphasis.
fn one_plain_paragraph(text: &Text) -> Option<String> {
    let [only] = text.blocks.as_slice() else { return None };
    let plain = only.kind == TextBlockKind::Paragraph
        && only.spans.iter().all(|s| s.link.is_none() && !s.style.struck && !s.style.italic && !s.text.contains('\n'));
    plain.then(|| only.plain().into_owned())
}

/// A field of an action in lines.
struct Field {
    label: Lines,
    value: Lines,
}

impl Field {
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

fn card(composer: &mut Composer, columns: &[ReportColumn], action: &ActionRow, words: &Words, level: u8) {
    action.anchor.clone_into(&mut composer.setter.anchor);
    let head = composer.setter.tree.add(NodeId::ROOT, Role::Heading(level));
    let list = composer.setter.tree.add(NodeId::ROOT, Role::List);
    let measure = composer.frame.width - LABELS - SIDE;
    let fields: Vec<Field> = columns
        .iter()
        .zip(&action.cells)
        .filter(|(column, cell)| column.role != crate::report::Role::Reference && !is_empty(cell))
        .map(|(column, cell)| field(composer, column, cell, list, measure))
        .collect();
    let head = front::one_paragraph(&mut composer.setter, &action.heading, Face::Bold, CARD_HEADING, composer.frame.width - SIDE * 2, head);
    let head_height = head.full_height() + GRID * 2;
    let whole = head_height + fields.iter().map(Field::height).sum::<Length>();
    let most = composer.frame.height() * WHOLE_PART.0 / WHOLE_PART.1;
    let wanted = if whole <= most { whole } else { head_height + fields.first().map_or(Length::ZERO, Field::least) };
    if wanted > composer.left_over() {
        composer.turn();
    }
    composer.destination(&action.anchor);
    if head_height > composer.frame.height() / 3 {
        let left = composer.frame.left + SIDE;
        front::place(composer, &head, left);
    } else {
        draw_head(composer, &head);
    }
    for (i, field) in fields.iter().enumerate() {
        if i > 0 {
            let (left, y, width) = (composer.frame.left, composer.y, composer.frame.width);
            if composer.left_over() >= field.least() {
                composer.page.rule(left, y, width, HAIR, HAIRLINE);
            }
        }
        draw_field(composer, field, &format!("{} {}", action.heading, words.continued));
    }
    composer.y += GRID * 4;
}

fn is_empty(cell: &ReportCell) -> bool {
    match cell {
        ReportCell::Text(text) => text.is_empty(),
        ReportCell::Date { text, .. } => text.is_empty(),
        ReportCell::Status { mark, note } => mark.is_none() && note.is_empty(),
    }
}

fn field(composer: &mut Composer, column: &ReportColumn, cell: &ReportCell, list: NodeId, measure: Length) -> Field {
    let sizes = composer.sizes;
    let setter = &mut composer.setter;
    let item = setter.tree.add(list, Role::ListItem);
    let label = setter.tree.add(item, Role::Label);
    let label = front::one_paragraph(setter, &column.header, Face::Bold, sizes.cell, LABELS - SIDE * 2, label);
    let body = setter.tree.add(item, Role::ListBody);
    let value = cell::cell(setter, cell, sizes, body).lines(&mut setter.fonts, measure);
    Field { label, value }
}

/// The height of a heading of one line.
fn head_height() -> Length {
    CARD_HEADING.leading + GRID * 2
}

fn draw_head(composer: &mut Composer, lines: &Lines) {
    let (left, y, width) = (composer.frame.left, composer.y, composer.frame.width);
    let height = lines.full_height() + GRID * 2;
    composer.page.fill(left, y, width, height, HEADER_TINT);
    composer.setter.draw(&mut composer.page, lines, 0..lines.lines.len(), left + SIDE, y + GRID);
    composer.y += height;
}

/// Draws a field; one that does not fit goes on on the next page, below the heading of its card.
fn draw_field(composer: &mut Composer, field: &Field, continued: &str) {
    let x = composer.frame.left + SIDE;
    if field.least() > composer.left_over() {
        turn(composer, continued);
    }
    let y = composer.y + AROUND;
    composer.y = y;
    let tall = field.label.full_height() > composer.frame.height() / 3;
    if tall {
        front::place(composer, &field.label, x);
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
        composer.setter.draw(&mut composer.page, &field.value, from..to, composer.frame.left + LABELS, y);
        composer.y += field.value.height(from..to);
        from = to;
    }
    if composer.pages_before() == on {
        composer.y = composer.y.at_least(label_end);
    }
    composer.y += AROUND;
}

/// Goes on on a new page, with the heading of the card once more.
fn turn(composer: &mut Composer, continued: &str) {
    composer.turn();
    let measure = composer.frame.width - SIDE * 2;
    let continued = composer.setter.shortened(continued, Face::Bold, CARD_HEADING, measure);
    let lines = front::one_paragraph(&mut composer.setter, &continued, Face::Bold, CARD_HEADING, measure, NodeId::ARTIFACT);
    draw_head(composer, &lines);
}
