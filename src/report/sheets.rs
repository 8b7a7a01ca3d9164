//! The report as sheets of one table each: for a workbook in which nothing spans, and every cell
//! says something.
//!
//! Each action is a row that says all there is to say of it: its theme, its objective and what that
//! answers are repeated. A cell for which there are no words holds a shorthand ([`NOT_AVAILABLE`],
//! [`NOT_APPLICABLE`]), which is explained above its table.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{
    CALCULATED, ColumnRole, DataTable, KeyEntry, ObjectiveGroup, PlanTable, RecommendationGroup,
    Report, ReportCell, ReportSection, SectionContent, SmallTable, WorkbookLabels,
};
use crate::text::{Text, TextBlock};

/// Stands where the plan has no words, as the Analysis Function's guidance on symbols in tables has
/// it.
pub(crate) const NOT_AVAILABLE: &str = "[x]";
/// Stands where the plan could have no words.
pub(crate) const NOT_APPLICABLE: &str = "[z]";

/// The most characters that a program for spreadsheets accepts in the name of a sheet.
const NAME: usize = 31;

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetContent<'a> {
    /// Its name, unlike that of any other.
    pub(crate) name: String,
    /// What stands at its head.
    pub(crate) title: &'a str,
    /// What stands below: the texts of the section, or what is to be known of the table before it
    /// is read.
    pub(crate) lines: Vec<Cow<'a, Text>>,
    pub(crate) table: Option<FlatTable<'a>>,
}

impl SheetContent<'_> {
    /// What it holds, in a phrase.
    pub(crate) fn holds(&self, report: &Report) -> String {
        self.table
            .as_ref()
            .map(|t| t.caption)
            .filter(|c| !c.is_empty())
            .unwrap_or(report.words.sheets.text)
            .to_owned()
    }
}

/// A table without spans and blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FlatTable<'a> {
    /// What it shows, in a phrase.
    pub(crate) caption: &'a str,
    /// The headers, no two of them alike where capitals make no difference.
    pub(crate) headers: Vec<String>,
    /// How many columns at the left head their row, and are repeated where it goes on.
    pub(crate) heading_columns: usize,
    /// The rows, each of as many cells as there are headers.
    pub(crate) rows: Vec<Vec<FlatCell<'a>>>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FlatCell<'a> {
    /// Words; never empty.
    Words(Cow<'a, Text>),
    /// How many.
    Count(u32),
    /// How many in a hundred.
    Percent(u32),
    /// By how much it is more or less than it was.
    Difference(i32),
}

impl<'a> FlatCell<'a> {
    fn plain(words: &str) -> Self {
        Self::Words(Cow::Owned(Text::from_plain(words)))
    }

    fn text(text: &'a Text) -> Self {
        if is_blank(&text.plain()) {
            Self::plain(NOT_AVAILABLE)
        } else {
            Self::Words(Cow::Borrowed(text))
        }
    }

    fn typed(words: &str) -> Self {
        Self::plain(if is_blank(words) { NOT_AVAILABLE } else { words })
    }

    /// A number where the words are one.
    fn counted(words: &str) -> Self {
        match (words.parse(), words.strip_suffix('%').map(str::parse)) {
            (Ok(n), _) => Self::Count(n),
            (_, Some(Ok(n))) => Self::Percent(n),
            _ => Self::typed(words),
        }
    }

    fn is(&self, shorthand: &str) -> bool {
        matches!(self, Self::Words(text) if text.plain() == shorthand)
    }
}

/// Whether a cell says nothing: it has no words, or signs alone that people type where they have
/// none.
fn is_blank(words: &str) -> bool {
    words.chars().all(|c| c.is_whitespace() || "-–—_.…/".contains(c))
}

/// The sheets of a report, without the cover.
pub(crate) fn sheets(report: &Report) -> Vec<SheetContent<'_>> {
    let mut taken = BTreeSet::from([report.words.sheets.cover.to_lowercase()]);
    let mut out: Vec<SheetContent<'_>> = Vec::new();
    for section in &report.sections {
        for mut sheet in section_sheets(report, section) {
            sheet.name = unlike(&section.short, &mut taken, |n| format!(" {n}"), NAME);
            out.push(sheet);
        }
    }
    out
}

/// The sheets of a section: one for each of its tables, and one for its texts if it has no table.
fn section_sheets<'a>(report: &'a Report, section: &'a ReportSection) -> Vec<SheetContent<'a>> {
    let mut texts = Vec::new();
    let mut out = Vec::new();
    for content in &section.contents {
        let mut title = section.heading.as_str();
        let table = match content {
            SectionContent::Text(text) => {
                texts.extend(text.blocks.iter().map(one_block));
                continue;
            }
            SectionContent::Table(table) => small_table(report, table),
            SectionContent::Recommendations(groups) => recommendations(report, groups),
            SectionContent::Key(entries) => key(report, entries),
            SectionContent::Data(data) => {
                // of several tables in a section, those after the first are named for themselves
                if !out.is_empty() {
                    title = data
                        .chart
                        .as_ref()
                        .map_or(data.caption.as_str(), |chart| chart.title.as_str());
                }
                data_table(report, data)
            }
            SectionContent::Plan(table) => plan(report, table),
        };
        if !table.rows.is_empty() {
            out.push(SheetContent {
                name: String::new(),
                title,
                lines: notes(report, &table),
                table: Some(table),
            });
        }
    }
    match out.first_mut() {
        Some(first) => {
            first.lines.splice(0..0, texts);
        }
        None if texts.is_empty() => {}
        None => out.push(SheetContent {
            name: String::new(),
            title: &section.heading,
            lines: texts,
            table: None,
        }),
    }
    out
}

fn one_block(block: &TextBlock) -> Cow<'_, Text> {
    Cow::Owned(Text::from(block.clone()))
}

/// What is to be known of a table before it is read.
fn notes<'a>(report: &Report, table: &FlatTable<'_>) -> Vec<Cow<'a, Text>> {
    let words = &report.words.sheets;
    let uses = |shorthand: &str| table.rows.iter().flatten().any(|cell| cell.is(shorthand));
    let line = |line: &str| Cow::Owned(Text::from_plain(line));
    let first = [table.caption.trim_end_matches('.'), words.one_table].map(str::trim);
    let first = if first[0].is_empty() {
        first[1].to_owned()
    } else {
        format!("{}. {}", first[0], first[1])
    };
    let explained = [(NOT_AVAILABLE, words.not_available), (NOT_APPLICABLE, words.not_applicable)];
    let says = |cell: &FlatCell<'_>| matches!(cell, FlatCell::Words(text) if text.plain().ends_with(words.calculated));
    let has_mark = table.headers.iter().any(|header| header.ends_with(words.calculated))
        || table.rows.iter().flatten().any(says);
    let calculated = has_mark.then(|| line(words.calculated_means));
    std::iter::once(line(&first))
        .chain(calculated)
        .chain(explained.into_iter().filter(|(s, _)| uses(s)).map(|(_, means)| line(means)))
        .collect()
}

/// A table with these headers, each made to differ from those before it.
fn table<'a>(
    report: &Report,
    caption: &'a str,
    headers: Vec<&str>,
    heading_columns: usize,
    rows: Vec<Vec<FlatCell<'a>>>,
) -> FlatTable<'a> {
    let mut taken = BTreeSet::new();
    let headers = headers.into_iter().map(|header| {
        let header = in_words(
            &header.split_whitespace().collect::<Vec<_>>().join(" "),
            &report.words.sheets,
        );
        let header = if header.is_empty() { report.words.sheets.column } else { &header };
        unlike(header, &mut taken, |n| format!(" ({n})"), usize::MAX)
    });
    FlatTable { caption, headers: headers.collect(), heading_columns, rows }
}

/// A name that is not taken yet, where capitals make no difference: if it is, with a number behind
/// it, in so many characters.
fn unlike(
    name: &str,
    taken: &mut BTreeSet<String>,
    number: impl Fn(usize) -> String,
    most: usize,
) -> String {
    let mut own = name.to_owned();
    let mut nth = 1;
    while !taken.insert(own.to_lowercase()) {
        nth += 1;
        let number = number(nth);
        own = name.chars().take(most.saturating_sub(number.len())).collect::<String>() + &number;
    }
    own
}

fn small_table<'a>(report: &Report, small: &'a SmallTable) -> FlatTable<'a> {
    let headers: Vec<&str> = small.header.iter().map(String::as_str).collect();
    let cell = |row: &[String], at: usize| match row.get(at) {
        Some(words) if at > 0 => FlatCell::counted(words),
        words => FlatCell::typed(words.map_or("", String::as_str)),
    };
    let rows =
        small.rows.iter().map(|row| (0..headers.len()).map(|at| cell(row, at)).collect()).collect();
    table(report, &small.caption, headers, 1, rows)
}

fn data_table<'a>(report: &Report, data: &'a DataTable) -> FlatTable<'a> {
    let headers: Vec<&str> = data.columns.iter().map(|column| column.header.as_str()).collect();
    let words = &report.words.sheets;
    let status = |cell: &ReportCell| {
        cell.status().map(|mark| vec![FlatCell::typed(&in_words(&mark.label, words))])
    };
    let shown = |cell: &'a ReportCell| status(cell).unwrap_or_else(|| action_cells(cell, words));
    let cell = |cell: &'a ReportCell| {
        shown(cell).into_iter().next().unwrap_or(FlatCell::plain(NOT_AVAILABLE))
    };
    let rows = data.rows.iter().map(|row| row.iter().map(cell).collect());
    table(report, &data.caption, headers, 1, rows.collect())
}

fn key<'a>(report: &'a Report, entries: &'a [KeyEntry]) -> FlatTable<'a> {
    let words = &report.words.sheets;
    let rows = entries
        .iter()
        .map(|entry| vec![FlatCell::typed(&entry.mark.label), FlatCell::typed(&entry.definition)]);
    table(report, words.key_caption, vec![words.status, words.meaning], 1, rows.collect())
}

fn recommendations<'a>(report: &'a Report, groups: &'a [RecommendationGroup]) -> FlatTable<'a> {
    let words = &report.words.sheets;
    let has_areas = groups.iter().any(|group| !group.area.is_empty());
    let has_deadlines = groups.iter().any(|group| !group.deadline.is_empty());
    let mut headers = vec![words.reference, words.recommendation];
    headers.extend(has_areas.then_some(words.area));
    headers.extend(has_deadlines.then_some(words.deadline));
    headers.push(words.answered_by);
    let mut rows = Vec::new();
    for group in groups {
        for item in &group.items {
            let mut row = vec![FlatCell::typed(&item.reference), FlatCell::text(&item.text)];
            row.extend(has_areas.then(|| FlatCell::typed(&group.area)));
            row.extend(has_deadlines.then(|| FlatCell::typed(&group.deadline)));
            let links: Vec<&str> =
                item.answered_by.iter().map(|link| link.description.as_str()).collect();
            row.push(FlatCell::plain(&if links.is_empty() {
                words.none.to_owned()
            } else {
                links.join(", ")
            }));
            rows.push(row);
        }
    }
    table(report, words.recommendations_caption, headers, 1, rows)
}

/// What the actions of a plan's table say of the theme and objective that they belong to.
struct GroupCells {
    has_themes: bool,
    has_objectives: bool,
    has_answers: bool,
}

impl GroupCells {
    /// The cells that all actions of an objective begin with; without an objective, those of its
    /// theme alone.
    fn cells<'a>(
        &self,
        report: &Report,
        theme: &str,
        group: Option<&'a ObjectiveGroup>,
    ) -> Vec<FlatCell<'a>> {
        let mut cells = Vec::new();
        cells.extend(self.has_themes.then(|| FlatCell::typed(theme)));
        if self.has_objectives {
            match group {
                Some(group) => {
                    cells.extend([FlatCell::typed(&group.reference), FlatCell::text(&group.text)]);
                }
                None => {
                    cells
                        .extend([FlatCell::plain(NOT_APPLICABLE), FlatCell::plain(NOT_APPLICABLE)]);
                }
            }
        }
        cells.extend(self.has_answers.then(|| match group.map(|group| &group.recommendation) {
            Some(Some(link)) => FlatCell::typed(&link.text),
            Some(None) => FlatCell::plain(report.words.sheets.none),
            None => FlatCell::plain(NOT_APPLICABLE),
        }));
        cells
    }
}

fn plan<'a>(report: &'a Report, plan: &'a PlanTable) -> FlatTable<'a> {
    let words = &report.words.sheets;
    let groups = || plan.themes.iter().flat_map(|theme| &theme.objectives);
    let belonging = GroupCells {
        has_themes: plan.themes.iter().any(|theme| !theme.title.is_empty()),
        has_objectives: plan.has_objectives,
        has_answers: groups().any(|group| group.recommendation.is_some()),
    };
    let objective = plan
        .columns
        .iter()
        .find(|c| c.role == ColumnRole::Objective)
        .map_or("", |c| c.header.as_str());
    // the cells of actions by their columns, without those that a reviewer fills in
    let columns: Vec<_> = plan
        .columns
        .iter()
        .filter(|c| c.role != ColumnRole::Objective)
        .enumerate()
        .filter(|(_, c)| !c.role.is_entry())
        .collect();
    let mut headers = Vec::new();
    headers.extend(belonging.has_themes.then_some(words.theme));
    headers.extend(
        belonging
            .has_objectives
            .then_some([words.objective_number, objective])
            .into_iter()
            .flatten(),
    );
    headers.extend(belonging.has_answers.then_some(words.answers));
    let before = headers.len();
    for (_, column) in &columns {
        headers.push(&column.header);
        let beside = [report.words.position.as_str(), report.words.status_note.as_str()];
        headers.extend((column.role == ColumnRole::Status).then_some(beside).into_iter().flatten());
    }
    let heading_columns =
        before + columns.iter().take_while(|(_, c)| c.role == ColumnRole::Reference).count();
    let no_action = || vec![FlatCell::plain(NOT_APPLICABLE); headers.len() - before];
    let mut rows = Vec::new();
    for theme in &plan.themes {
        if theme.objectives.is_empty() {
            rows.push([belonging.cells(report, &theme.title, None), no_action()].concat());
        }
        for group in &theme.objectives {
            let begins = belonging.cells(report, &theme.title, Some(group));
            if group.actions.is_empty() {
                rows.push([begins.clone(), no_action()].concat());
            }
            for action in &group.actions {
                let own = columns
                    .iter()
                    .filter_map(|(at, _)| action.cells.get(*at))
                    .flat_map(|cell| action_cells(cell, words));
                rows.push(begins.iter().cloned().chain(own).collect());
            }
        }
    }
    table(report, &plan.caption, headers, heading_columns, rows)
}

/// Words with the mark of what was calculated in words too: a table to publish has no symbols for
/// notes.
fn in_words(marked: &str, words: &WorkbookLabels) -> String {
    match marked.strip_suffix(CALCULATED) {
        Some("") => words.calculated.to_owned(),
        Some(rest) => format!("{rest} {}", words.calculated),
        None => marked.to_owned(),
    }
}

/// What a cell of an action says: one cell, and for a status two more: the position against the
/// calendar, and its source.
fn action_cells<'a>(cell: &'a ReportCell, words: &WorkbookLabels) -> Vec<FlatCell<'a>> {
    match cell {
        ReportCell::Text(text) => vec![FlatCell::text(text)],
        ReportCell::Status { position, .. } => {
            vec![
                FlatCell::typed(cell.status_words()),
                FlatCell::typed(&in_words(position, words)),
                FlatCell::typed(&in_words(cell.status_source(), words)),
            ]
        }
        ReportCell::Number(_) | ReportCell::Share(..) => vec![FlatCell::counted(&cell.short())],
        ReportCell::Difference(by) => vec![FlatCell::Difference(*by)],
        other => vec![FlatCell::typed(&other.short())],
    }
}
