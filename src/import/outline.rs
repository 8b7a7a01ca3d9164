//! Which headings of a document are themes and objectives, and to which of them the text between
//! headings and tables belongs.

use crate::import::front;
use crate::text;
use std::collections::HashMap;
use std::sync::Arc;

use crate::place::Place;
use crate::plan::{Field, round_trip};
use crate::source::Block;
use crate::table::{DocumentPart, PlanGrid, TableRow, reads_like_a_heading};
use crate::text::Text;
use crate::vocabulary::headings;
use crate::vocabulary::normalize;

/// What a part of a document is in the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OutlineRole {
    /// Text before or after the plan, or a part that is no text.
    Loose,
    /// A heading of a theme or an objective.
    Heading,
    /// Text of the section whose heading is this part.
    Of(usize),
    /// A heading that only says that the table follows.
    Announcement,
    /// A table of the plan, under these headings.
    Table(TableHeadings),
}

/// The headings that a table stands under, by their parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TableHeadings {
    /// Those that make up its theme: mostly one.
    pub(super) theme: Vec<usize>,
    /// That of its objective.
    pub(super) objective: Option<usize>,
    /// Whether headings within the table are objectives, as its theme stands above it.
    pub(super) bands_are_objectives: bool,
}

/// The role of each part of a document.
pub(super) fn of(parts: &[DocumentPart]) -> Vec<OutlineRole> {
    let mut tables = paths(parts);
    let title = title(parts, &tables);
    for table in &mut tables {
        table
            .path
            .retain(|heading| Some(*heading) != title && !is_of_no_theme(&line(parts, *heading)));
    }
    drop_common(parts, &mut tables);
    let repeated = repeated(parts, &tables);
    for table in &mut tables {
        table.path.retain(|heading| !repeated.contains(heading));
    }
    let differ = tables.windows(2).any(|pair| pair[0].path != pair[1].path);
    let heads: Vec<TableHeadings> = tables.iter().map(|table| table.heads(parts, differ)).collect();
    roles(parts, &tables, &heads, title)
}

/// A table and the headings above it.
struct HeadedTable<'a> {
    table: &'a PlanGrid,
    /// Which part it is.
    at: usize,
    /// The headings it stands under, outermost first.
    path: Vec<usize>,
    /// The headings of its sections before any was dropped.
    whole: Vec<usize>,
}

impl HeadedTable<'_> {
    fn has(&self, field: Field) -> bool {
        let Some(column) = self.table.columns.iter().position(|c| c.field == field) else {
            return false;
        };
        let cell = |row: &TableRow| {
            row.cells()
                .and_then(|cells| cells.get(column))
                .is_some_and(|cell| !cell.value.is_empty())
        };
        self.table.rows.iter().any(cell)
    }

    fn keeps_objectives_apart(&self) -> bool {
        self.table.columns.iter().any(|c| c.field == Field::ObjectiveReference)
    }

    fn heads(&self, parts: &[DocumentPart], differ: bool) -> TableHeadings {
        if self.keeps_objectives_apart() {
            let own =
                self.whole.last().copied().filter(|at| line(parts, *at) != round_trip::NO_THEME);
            return TableHeadings { theme: own.into_iter().collect(), ..TableHeadings::default() };
        }
        if self.has(Field::Theme) {
            return TableHeadings::default();
        }
        let has_bands = self
            .table
            .rows
            .iter()
            .any(|row| matches!(row, TableRow::Theme(_) | TableRow::ThemeRow { .. }));
        if has_bands && !differ {
            return TableHeadings::default();
        }
        let objectives_within = self.has(Field::Objective)
            || self.table.rows.iter().any(|r| matches!(r, TableRow::ObjectiveRow { .. }));
        match self.path.as_slice() {
            [themes @ .., objective] if !themes.is_empty() && !has_bands && !objectives_within => {
                TableHeadings {
                    theme: themes.to_vec(),
                    objective: Some(*objective),
                    bands_are_objectives: false,
                }
            }
            all => TableHeadings {
                theme: all.to_vec(),
                objective: None,
                bands_are_objectives: has_bands && !objectives_within && !all.is_empty(),
            },
        }
    }
}

/// The tables of a document, each with the headings above it.
fn paths(parts: &[DocumentPart]) -> Vec<HeadedTable<'_>> {
    let mut tables: Vec<HeadedTable<'_>> = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut heading_since_table = false;
    for (at, part) in parts.iter().enumerate() {
        match part {
            DocumentPart::Text(Block::Heading { level, .. }) => {
                while open.last().is_some_and(|(above, _)| above >= level) {
                    open.pop();
                }
                open.push((*level, at));
                heading_since_table = true;
            }
            DocumentPart::Plan(table) => {
                let mut path: Vec<usize> = if table.sheet.is_some() {
                    Vec::new()
                } else {
                    open.iter().map(|(_, heading)| *heading).collect()
                };
                let whole = open
                    .iter()
                    .filter(|(level, _)| *level > 1)
                    .map(|(_, heading)| *heading)
                    .collect();
                let must_be_bold = table.sheet.is_none() && !open.is_empty();
                if let Some(line) = line_above(parts, at, table, must_be_bold)
                    .filter(|_| must_be_bold || !heading_since_table)
                {
                    path.push(line);
                }
                tables.push(HeadedTable { table, at, path, whole });
                heading_since_table = false;
            }
            DocumentPart::Text(_) | DocumentPart::Cycle { .. } | DocumentPart::Key { .. } => {}
        }
    }
    lines_of_sheets(parts, &mut tables);
    tables
}

/// The paragraph right above a table, if it may be a heading that is not marked as one.
fn line_above(
    parts: &[DocumentPart],
    at: usize,
    table: &PlanGrid,
    must_be_bold: bool,
) -> Option<usize> {
    let above = at.checked_sub(1)?;
    let DocumentPart::Text(Block::Paragraph(text)) = &parts[above] else { return None };
    let is_bold = || {
        text.value
            .blocks
            .iter()
            .flat_map(|b| &b.spans)
            .all(|s| s.style.bold || s.text.trim().is_empty())
    };
    if !reads_like_a_heading(&text.value.plain())
        || front::is_about_the_document(&text::one_line(&text.value))
        || (must_be_bold && !is_bold())
    {
        return None;
    }
    let column =
        |place: &Place| if let Place::Cell { column, .. } = place { Some(*column) } else { None };
    (table.sheet.is_none() || column(&text.place) == column(&table.place)).then_some(above)
}

/// Takes the lines above the first tables of sheets, and of texts without headings, off their paths
/// where they are titles.
///
/// A line above the first table is a heading if it says so, or if the next table of the sheet has
/// one too.
fn lines_of_sheets(parts: &[DocumentPart], tables: &mut [HeadedTable<'_>]) {
    let mut before: Option<Option<Arc<str>>> = None;
    let has_line = |table: &HeadedTable<'_>| {
        table
            .path
            .last()
            .is_some_and(|at| matches!(parts[*at], DocumentPart::Text(Block::Paragraph(_))))
    };
    for i in 0..tables.len() {
        let sheet = tables[i].table.sheet.clone();
        let is_first = before.as_ref() != Some(&sheet);
        before = Some(sheet.clone());
        if !is_first || !has_line(&tables[i]) {
            continue;
        }
        let Some(at) = tables[i].path.last().copied() else { continue };
        let words = normalize(&line(parts, at));
        let next =
            tables.get(i + 1).is_some_and(|next| next.table.sheet == sheet && has_line(next));
        let is_alone = !parts[..at].iter().any(|part| {
            matches!(part, DocumentPart::Text(Block::Heading { .. } | Block::Paragraph(_)))
        });
        let is_heading = if sheet.is_some() {
            (next && !headings::names_a_document(&words))
                || (headings::begins_like_a_theme(&words) && !(i == 0 && is_alone))
        } else {
            // the only line there is is the title
            !is_alone || (next && !headings::names_a_document(&words))
        };
        let alone_says_little = !next && front::may_be_about_the_document(&line(parts, at));
        if !is_heading
            || alone_says_little
            || (i == 0 && front::is_an_organisation(&line(parts, at)))
        {
            tables[i].path.pop();
        }
    }
}

/// The heading that is the title of the document.
fn title(parts: &[DocumentPart], tables: &[HeadedTable<'_>]) -> Option<usize> {
    let first_table = tables.first()?;
    let candidates =
        parts[..first_table.at].iter().enumerate().filter_map(|(at, part)| match part {
            DocumentPart::Text(Block::Heading { level, text }) => {
                Some((at, *level, text::one_line(&text.value)))
            }
            _ => None,
        });
    let lowest = if tables.iter().any(HeadedTable::keeps_objectives_apart) { 1 } else { u8::MAX };
    let (first, level, words) = candidates
        .into_iter()
        .find(|(_, level, line)| *level <= lowest && front::may_be_the_title(*level, line))?;
    let of_texts = || tables.iter().filter(|table| table.table.sheet.is_none());
    let is_on_all = of_texts().all(|table| table.path.contains(&first));
    let is_on_one = of_texts().any(|table| table.path.contains(&first));
    let names_a_document = |words: &str| headings::names_a_document(&normalize(words));
    let beside = || {
        let outermost =
            of_texts().filter_map(|table| table.path.first()).filter(|at| **at != first);
        outermost.filter(|at| matches!(&parts[**at], DocumentPart::Text(Block::Heading { level: other, .. }) if *other <= level))
    };
    (is_on_all
        || !is_on_one
        || (names_a_document(&words) && !beside().any(|at| names_a_document(&line(parts, *at)))))
    .then_some(first)
}

/// Whether a heading is neither that of a theme nor of an objective, by its words alone.
fn is_of_no_theme(line: &str) -> bool {
    let words = normalize(line);
    headings::announces_the_plan(&words)
        || headings::is_about_the_plan(&words)
        || front::heads_recommendations(line)
}

/// Drops headings that all tables share, where those below them are the themes.
fn drop_common(parts: &[DocumentPart], tables: &mut [HeadedTable<'_>]) {
    while let Some(common) = tables.first().and_then(|table| table.path.first().copied()) {
        let all_share = tables.iter().all(|table| table.path.first() == Some(&common));
        if !all_share || !tables.iter().any(|table| table.path.get(1) != tables[0].path.get(1)) {
            return;
        }
        let words = normalize(&line(parts, common));
        let below = || {
            tables
                .iter()
                .filter_map(|table| table.path.get(1))
                .map(|at| normalize(&line(parts, *at)))
        };
        let are_themes = !headings::begins_like_a_theme(&words)
            && below().all(|words| headings::begins_like_a_theme(&words));
        if !(headings::names_a_document(&words) || headings::names_a_group(&words) || are_themes) {
            return;
        }
        for table in tables.iter_mut() {
            table.path.remove(0);
        }
    }
}

/// The innermost headings that say the same in every section, each over one table: they tell
/// nothing apart.
fn repeated(parts: &[DocumentPart], tables: &[HeadedTable<'_>]) -> Vec<usize> {
    let mut words_of: HashMap<String, usize> = HashMap::new();
    let mut sections: HashMap<&[usize], usize> = HashMap::new();
    for table in tables {
        let [above @ .., last] = table.path.as_slice() else { return Vec::new() };
        if above.is_empty() {
            return Vec::new();
        }
        *words_of.entry(normalize(&line(parts, *last))).or_default() += 1;
        *sections.entry(above).or_default() += 1;
    }
    let once_in_each =
        tables.len() > 1 && words_of.len() == 1 && sections.values().all(|count| *count == 1);
    if once_in_each {
        tables.iter().filter_map(|table| table.path.last().copied()).collect()
    } else {
        Vec::new()
    }
}

fn roles(
    parts: &[DocumentPart],
    tables: &[HeadedTable<'_>],
    heads: &[TableHeadings],
    title: Option<usize>,
) -> Vec<OutlineRole> {
    let mut roles = vec![OutlineRole::Loose; parts.len()];
    let mut from = 0;
    for (table, heads) in tables.iter().zip(heads) {
        let is_head = |at: &usize| heads.theme.contains(at) || heads.objective == Some(*at);
        let mut section: Option<usize> = None;
        for at in from..table.at {
            let DocumentPart::Text(block) = &parts[at] else { continue };
            if is_head(&at) {
                section = Some(at);
                roles[at] = OutlineRole::Heading;
                continue;
            }
            let is_right_above = at + 1 == table.at
                && parts[..at].iter().any(|part| matches!(part, DocumentPart::Text(_)));
            let line = match block {
                Block::Heading { text, .. } => text::one_line(&text.value),
                Block::Paragraph(text) if is_right_above => text::one_line(&text.value),
                _ => String::new(),
            };
            let is_its_own = heads.theme.is_empty() || section.is_some();
            let stands_above =
                section.is_some() || is_right_above || table.whole.last() == Some(&at);
            let announces = Some(at) != title
                && stands_above
                && headings::announces_the_plan(&normalize(&line));
            roles[at] = match section {
                _ if announces && is_its_own => OutlineRole::Announcement,
                Some(section) => OutlineRole::Of(section),
                None => OutlineRole::Loose,
            };
        }
        roles[table.at] = OutlineRole::Table(heads.clone());
        from = table.at + 1;
    }
    roles
}

/// The words of a heading or a paragraph on one line.
fn line(parts: &[DocumentPart], at: usize) -> String {
    match parts.get(at) {
        Some(DocumentPart::Text(Block::Heading { text, .. } | Block::Paragraph(text))) => {
            text::one_line(&text.value)
        }
        _ => String::new(),
    }
}

/// The words of headings that make up one title.
pub(super) fn joined(headings: &[Text]) -> String {
    headings
        .iter()
        .map(|words| text::one_line(words).trim_end_matches(':').to_owned())
        .collect::<Vec<_>>()
        .join(": ")
}
