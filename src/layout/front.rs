//! What stands before and after the plan's table: the title block, texts, recommendations, the key,
//! small tables.

use crate::brand::Logo;
use crate::report::{
    InterfaceLabels, KeyEntry, LabelledFact, Phrase, RecommendationGroup, RecommendationItem,
    Report, ReportSection, SectionContent, SmallTable,
};

use super::cell;
use super::compose::PageComposer;
use super::data;
use super::design::{
    CELL_BOTTOM, CELL_SIDE, CELL_TOP, FINE, GRID, HAIR, HAIRLINE, HEADER_TINT, HEADING,
    ORGANISATION, RULE, STRONG, TITLE, TextStyle,
};
use super::flow::ShapedText;
use super::font::FontFace;
use super::length::Length;
use super::page::{PageItem, PlacedPicture};
use super::paragraph::{one_paragraph, paragraph, place};
use super::tree::{HeaderScope, NodeId, StructureRole};

/// The most room that a logo takes.
const LOGO: (Length, Length) = (Length::pt(150), Length::pt(48));

/// The title, whose plan it is, its dates, and the logo at their right.
pub(crate) fn title(composer: &mut PageComposer, report: &Report) {
    let (left, top) = (composer.frame.left, composer.y);
    let beside = report.brand.logo().map(|l| logo(composer, l)).unwrap_or_default();
    let width = composer.frame.width - beside;
    if !report.organisation.is_empty() {
        let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Paragraph);
        paragraph(
            composer,
            &report.organisation,
            FontFace::Regular,
            ORGANISATION,
            left,
            width,
            node,
        );
        composer.y += GRID;
    }
    let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Heading(1));
    paragraph(
        composer,
        &report.title,
        FontFace::Bold,
        TITLE,
        left,
        width.min(Length::pt(640)),
        node,
    );
    if beside > Length::ZERO && composer.pages_before() == 0 {
        composer.y = composer.y.at_least(top + LOGO.1);
    }
    composer.y += GRID * 3;
    let (y, width) = (composer.y, composer.frame.width);
    composer.page.rule(left, y, width, STRONG, composer.setter.colours.main);
    composer.y += GRID * 3;
    facts(composer, &report.facts);
    composer.y += GRID * 7;
}

/// Puts the logo at the right of the page, as large as there is room for it; gives the width that
/// it takes.
fn logo(composer: &mut PageComposer, logo: &Logo) -> Length {
    let (width, height) = (i64::from(logo.picture.width()), i64::from(logo.picture.height()));
    let (most_width, most_height) = (i64::from(LOGO.0.as_milli()), i64::from(LOGO.1.as_milli()));
    let (wide, high) = if width * most_height > height * most_width {
        (most_width, most_width * height / width)
    } else {
        (most_height * width / height, most_height)
    };
    let milli = |l: i64| Length::milli(i32::try_from(l.max(1)).unwrap_or(i32::MAX));
    let number = u32::try_from(composer.pictures.len()).unwrap_or(u32::MAX);
    let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Figure(number));
    let x = composer.frame.left + composer.frame.width - milli(wide);
    composer.pictures.push(PlacedPicture {
        picture: Some(logo.picture.clone()),
        alternative: logo.alternative.clone(),
        node,
        x,
        y: composer.y,
        width: milli(wide),
        height: milli(high),
    });
    composer.page.items.push(PageItem::Picture(number));
    milli(wide) + Length::pt(20)
}

/// The facts side by side, each a label with its value below, in rows of as many as fit.
fn facts(composer: &mut PageComposer, facts: &[LabelledFact]) {
    let least = Length::pt(120);
    let sizes = composer.sizes;
    let set: Vec<(ShapedText, Length)> = facts
        .iter()
        .map(|fact| {
            let mut flow = ShapedText::default();
            let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Paragraph);
            // a value in another language has a node of its own, and so has its label then
            let is_own = fact.value.language().is_none();
            let [label, value] = [(); 2].map(|()| {
                if is_own { node } else { composer.setter.tree.add(node, StructureRole::Span) }
            });
            composer.setter.words(
                &mut flow,
                &fact.label,
                FontFace::Regular,
                sizes.fact_label,
                label,
            );
            composer.setter.phrase(&mut flow, &fact.value, FontFace::Bold, sizes.fact_value, value);
            flow.close_up();
            let width = flow.full_width().at_least(least) + Length::pt(20);
            (flow, width.min(composer.frame.width))
        })
        .collect();
    let right = composer.frame.left + composer.frame.width;
    let (mut x, mut row_height) = (composer.frame.left, Length::ZERO);
    for (flow, width) in set {
        if x + width > right && x > composer.frame.left {
            x = composer.frame.left;
            composer.y += row_height + GRID * 2;
            row_height = Length::ZERO;
        }
        let lines = flow.lines(&mut composer.setter.fonts, width);
        let height = lines.full_height();
        if height > composer.left_over() {
            place(composer, &lines, x);
            continue;
        }
        let y = composer.y;
        composer.setter.draw(&mut composer.page, &lines, 0..lines.lines.len(), x, y);
        row_height = row_height.max(height);
        x += width;
    }
    composer.y += row_height;
}

/// A section that is not the plan: its heading beside it, or above it where there is no room
/// beside.
pub(crate) fn section(
    composer: &mut PageComposer,
    section: &ReportSection,
    words: &InterfaceLabels,
) {
    let contents = |composer: &mut PageComposer| {
        section.contents.iter().for_each(|part| content(composer, part, words));
    };
    let is_wide = section
        .contents
        .iter()
        .any(|part| matches!(part, SectionContent::Data(table) if data::is_wide(composer, table)));
    if is_wide {
        composer.across(|composer| {
            if composer.left_over() < Length::pt(150) {
                composer.turn();
            }
            plan_heading(composer, section);
            contents(composer);
            composer.y += GRID * 3;
        });
    } else {
        heading(composer, &section.anchor, &section.heading, contents);
    }
}

/// A heading with what belongs to it.
pub(crate) fn heading(
    composer: &mut PageComposer,
    anchor: &str,
    words: &Phrase,
    contents: impl FnOnce(&mut PageComposer),
) {
    anchor.clone_into(&mut composer.setter.anchor);
    let (left, sizes) = (composer.frame.left, composer.sizes);
    let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Heading(2));
    let beside = sizes.aside > Length::ZERO;
    let measure = if beside { sizes.aside - Length::pt(20) } else { composer.frame.width };
    let style = HEADING.inked(composer.setter.colours.main);
    let heading = one_paragraph(&mut composer.setter, words, FontFace::Bold, style, measure, node);
    if composer.left_over() < heading.full_height().at_least(Length::pt(90)) {
        composer.turn();
    }
    composer.outlined(anchor, words, 0);
    if beside {
        // capitals of the heading and of the first line of the text share a baseline
        let drop = composer.setter.baseline(HEADING) - composer.setter.baseline(sizes.prose);
        let (page, top) = (composer.pages_before(), composer.y);
        composer.setter.draw(
            &mut composer.page,
            &heading,
            0..heading.lines.len(),
            left,
            top - drop,
        );
        contents(composer);
        if composer.pages_before() == page {
            composer.y = composer.y.at_least(top + heading.full_height());
        }
    } else {
        place(composer, &heading, left);
        composer.y += GRID;
        contents(composer);
    }
    composer.y += GRID * 7;
}

/// A part of a section, but for the plan.
pub(crate) fn content(
    composer: &mut PageComposer,
    content: &SectionContent,
    words: &InterfaceLabels,
) {
    match content {
        SectionContent::Text(text) => {
            let mut flow = ShapedText::default();
            composer.setter.text(&mut flow, text, None, composer.sizes.prose, NodeId::ROOT);
            flow.spread(GRID * 3);
            let measure = composer.measure();
            let lines = flow.lines(&mut composer.setter.fonts, measure);
            let x = composer.text_left();
            place(composer, &lines, x);
        }
        SectionContent::Recommendations(groups) => recommendations(composer, groups),
        SectionContent::Key(entries) => key(composer, entries),
        SectionContent::Table(table) => small_table(composer, table),
        SectionContent::Data(table) => data::table(composer, table, words),
        SectionContent::Plan(_) => {}
    }
}

/// The heading of a section across the page.
pub(crate) fn plan_heading(composer: &mut PageComposer, section: &ReportSection) {
    section.anchor.clone_into(&mut composer.setter.anchor);
    let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Heading(2));
    composer.outlined(&section.anchor, &section.heading, 0);
    let (left, width) = (composer.frame.left, composer.frame.width);
    let style = HEADING.inked(composer.setter.colours.main);
    paragraph(composer, &section.heading, FontFace::Bold, style, left, width, node);
    composer.y += GRID;
}

/// The recommendations by area and time limit; each with links to the objectives that answer it.
fn recommendations(composer: &mut PageComposer, groups: &[RecommendationGroup]) {
    let x = composer.text_left();
    let measure = composer.measure();
    let mut area = None;
    for (i, group) in groups.iter().enumerate() {
        let new_area = !group.area.is_empty() && area != Some(&group.area);
        if i > 0 {
            composer.y += if new_area { GRID * 5 } else { GRID * 3 };
        }
        if composer.left_over() < Length::pt(80) {
            composer.turn();
        }
        if new_area {
            let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Heading(3));
            paragraph(
                composer,
                &group.area,
                FontFace::Bold,
                composer.sizes.subheading,
                x,
                measure,
                node,
            );
        }
        area = Some(&group.area);
        if !group.deadline.is_empty() {
            // no level is skipped: a time limit stands below its area, if there is one (ISO
            // 14289-1, 7.4.2)
            let level = if group.area.is_empty() { 3 } else { 4 };
            let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Heading(level));
            paragraph(
                composer,
                &group.deadline,
                FontFace::Bold,
                composer.sizes.subsubheading,
                x,
                measure,
                node,
            );
        }
        composer.y += GRID;
        let list = composer.setter.tree.add(NodeId::ROOT, StructureRole::NumberedList);
        let widest = group
            .items
            .iter()
            .map(|r| {
                composer.setter.words_width(&r.reference, FontFace::Bold, composer.sizes.prose)
            })
            .max()
            .unwrap_or_default();
        let indent = (widest + Length::pt(8)).at_least(Length::pt(30)).min(measure / 4);
        for item in &group.items {
            recommendation(composer, item, list, indent);
            composer.y += GRID * 2;
        }
    }
}

fn recommendation(
    composer: &mut PageComposer,
    item: &RecommendationItem,
    list: NodeId,
    indent: Length,
) {
    let x = composer.text_left();
    let measure = composer.measure() - indent;
    let (setter, sizes) = (&mut composer.setter, composer.sizes);
    item.anchor.clone_into(&mut setter.anchor);
    let node = setter.tree.add(list, StructureRole::ListItem);
    let label = setter.tree.add(node, StructureRole::Label);
    let reference = one_paragraph(
        setter,
        &item.reference.as_str().into(),
        FontFace::Bold,
        sizes.prose,
        indent,
        label,
    );
    let body = setter.tree.add(node, StructureRole::ListBody);
    let mut flow = ShapedText::default();
    setter.text(&mut flow, &item.text, None, sizes.prose, body);
    if !item.answered_by.is_empty() {
        let links: Vec<_> = item
            .answered_by
            .iter()
            .map(|link| crate::report::ReportLink {
                text: link.description.clone(),
                ..link.clone()
            })
            .collect();
        setter.link(&mut flow, "", &links, sizes.small, body);
    }
    flow.close_up();
    let lines = flow.lines(&mut setter.fonts, measure);
    let needed = lines.height(0..lines.lines.len().min(3)).at_least(reference.full_height());
    if needed > composer.left_over() {
        composer.turn();
    }
    composer.destination(&item.anchor);
    let y = composer.y;
    composer.setter.draw(&mut composer.page, &reference, 0..reference.lines.len(), x, y);
    place(composer, &lines, x + indent);
    composer.y = composer.y.at_least(y.min(composer.y) + sizes.prose.leading);
}

/// The states with their meanings.
fn key(composer: &mut PageComposer, entries: &[KeyEntry]) {
    let x = composer.text_left();
    let sizes = composer.sizes;
    let list = composer.setter.tree.add(NodeId::ROOT, StructureRole::List);
    let widths = composer.setter.measure(|setter| {
        let width = |e: &KeyEntry| cell::wide_word(setter, &e.mark.label, sizes).full_width();
        entries.iter().map(width).max().unwrap_or_default()
    });
    let indent = (widths + Length::pt(14)).min(Length::pt(160));
    let measure = composer.measure() - indent;
    for entry in entries {
        let setter = &mut composer.setter;
        let node = setter.tree.add(list, StructureRole::ListItem);
        let label_node = setter.tree.add(node, StructureRole::Label);
        let mut flow = ShapedText::default();
        setter.label(&mut flow, &entry.mark, sizes.cell, label_node);
        let label = flow.lines(&mut setter.fonts, indent - Length::pt(4));
        let body = setter.tree.add(node, StructureRole::ListBody);
        let meaning =
            one_paragraph(setter, &entry.definition, FontFace::Regular, sizes.prose, measure, body);
        let height = label.full_height().at_least(meaning.full_height());
        if height > composer.left_over() {
            composer.turn();
        }
        let y = composer.y;
        let drop = composer.setter.baseline(sizes.prose) - composer.setter.baseline(sizes.cell);
        composer.setter.draw(&mut composer.page, &label, 0..label.lines.len(), x, y + drop);
        place(composer, &meaning, x + indent);
        composer.y = composer.y.at_least(y.min(composer.y) + label.full_height()) + GRID;
    }
}

/// Which columns of a small table hold numbers or percentages only; the first names the rows.
fn numeric_columns(table: &SmallTable) -> Vec<bool> {
    let is_number = |cell: &String| cell.trim_end_matches('%').bytes().all(|b| b.is_ascii_digit());
    (0..table.header.len())
        .map(|c| c > 0 && table.rows.iter().all(|row| row.get(c).is_none_or(is_number)))
        .collect()
}

/// The widths of the columns of a small table: what their widest cells need, or equal shares of
/// the measure where that is too much.
fn small_table_widths(
    composer: &mut PageComposer,
    table: &SmallTable,
    style: TextStyle,
    measure: Length,
) -> Vec<Length> {
    let share = measure / i32::try_from(table.header.len()).unwrap_or(i32::MAX).max(1);
    let widths: Vec<Length> = (0..table.header.len())
        .map(|c| {
            let cells = table.rows.iter().filter_map(|r| r.get(c)).chain(table.header.get(c));
            let widest = cells
                .map(|words| composer.setter.words_width(words, FontFace::Bold, style))
                .max()
                .unwrap_or_default();
            (widest + CELL_SIDE * 2 + Length::pt(18)).min(share * 2)
        })
        .collect();
    let whole: Length = widths.iter().copied().sum();
    if whole > measure { vec![share; widths.len()] } else { widths }
}

/// A small table: header row, and rows whose first cell heads them. Numbers stand at the right.
fn small_table(composer: &mut PageComposer, table: &SmallTable) {
    let x = composer.text_left();
    let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Table);
    let caption = composer.setter.tree.add(node, StructureRole::Caption);
    let measure = composer.measure();
    paragraph(
        composer,
        &table.caption.as_str().into(),
        FontFace::Regular,
        composer.sizes.small,
        x,
        measure,
        caption,
    );
    composer.y += GRID;
    let style = composer.sizes.cell;
    let numeric = numeric_columns(table);
    let widths = small_table_widths(composer, table, style, measure);
    let whole: Length = widths.iter().copied().sum();
    let head = composer.setter.tree.add(node, StructureRole::TableHead);
    let mut rows: Vec<(&[String], NodeId, bool)> = vec![(&table.header, head, true)];
    let body = composer.setter.tree.add(node, StructureRole::TableBody);
    rows.extend(table.rows.iter().map(|r| (r.as_slice(), body, false)));
    for (cells, part, is_header) in rows {
        let row = composer.setter.tree.add(part, StructureRole::Row);
        let mut set = Vec::new();
        let mut at = x;
        for ((c, words), width) in cells.iter().enumerate().zip(&widths) {
            let setter = &mut composer.setter;
            let cell = match (is_header, c) {
                (true, _) => setter.tree.header(row, HeaderScope::Column),
                (false, 0) => setter.tree.header(row, HeaderScope::Row),
                (false, _) => setter.tree.add(row, StructureRole::Cell),
            };
            let face = if is_header { FontFace::Bold } else { FontFace::Regular };
            let lines = one_paragraph(
                setter,
                &words.as_str().into(),
                face,
                style,
                *width - CELL_SIDE * 2,
                cell,
            );
            let inset = if numeric.get(c) == Some(&true) {
                *width
                    - CELL_SIDE
                    - setter.words_width(words, face, style).min(*width - CELL_SIDE * 2)
            } else {
                CELL_SIDE
            };
            set.push((lines, at + inset));
            at += *width;
        }
        let height = set
            .iter()
            .map(|(l, _)| l.full_height())
            .max()
            .unwrap_or_default()
            .at_least(style.leading)
            + CELL_TOP
            + CELL_BOTTOM;
        if height > composer.left_over() {
            composer.turn();
        }
        let y = composer.y;
        if is_header {
            composer.page.fill(x, y, whole, height, HEADER_TINT);
            composer.page.rule(x, y, whole, STRONG, composer.setter.colours.main);
            composer.page.rule(x, y + height, whole, FINE, RULE);
        } else {
            composer.page.rule(x, y + height, whole, HAIR, HAIRLINE);
        }
        for (lines, left) in &set {
            let fits = lines.fitting(0, composer.frame.bottom - y).max(1);
            composer.setter.draw(
                &mut composer.page,
                lines,
                0..fits.min(lines.lines.len()),
                *left,
                y + CELL_TOP,
            );
        }
        composer.y += height;
    }
    composer.y += GRID;
}
