//! From tables to a plan: themes, objectives, actions, with all that can be told of each.

mod fields;
mod finish;
mod rows;
mod status;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{self, Code, Diagnostic};
use crate::place::{Place, Sourced};
use crate::plan::status::Fills;
use crate::plan::{Field, Plan, Scheme, front, scheme, target};
use crate::source::{Block, Source};
use crate::table::{self, CycleField, Part, Reading, Table, TableRow, Understanding, folded};
use crate::text::Text;

/// How a source is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOptions {
    /// Whether pieces of tables and rows that a page break cut are put together; by default they are.
    pub stitch: bool,
    /// Headers to which the caller gives a meaning, whatever they are called; by default none.
    pub columns: Vec<(String, Field)>,
    /// The day on which the plan is looked at; by default the day of its own last review.
    pub as_of: Option<Date>,
    /// The day to look at a plan that names no day of review, if `as_of` is not given; by default none, and then nothing is overdue.
    pub today: Option<Date>,
    /// The sheets of a workbook that may hold the plan, by their names; by default all.
    pub sheets: Vec<String>,
    /// Whether hidden sheets, rows and columns are read too; by default they are told of and left out.
    pub include_hidden: bool,
    /// What the states of an action mean, if the caller says so; by default what the source's own key says, else BRAG.
    pub scheme: Option<Scheme>,
    /// The month in which a financial year begins, from 1; by default 4, April.
    pub year_starts: i8,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            stitch: true,
            columns: Vec::new(),
            as_of: None,
            today: None,
            sheets: Vec::new(),
            include_hidden: false,
            scheme: None,
            year_starts: 4,
        }
    }
}

/// A plan, and what there is to tell about how it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The plan.
    pub plan: Plan,
    /// Guesses, doubts and faults, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// The tables that were found, and what was made of them.
    pub understanding: Understanding,
}

/// Understands a document as a plan.
///
/// There is always a plan, if only an empty one: whatever is wrong or doubtful is told beside it, with its place.
///
/// ```
/// use planwright::{Format, ImportOptions, import, read};
/// let source = read(b"# Plan\n\n| Action | Owner | Target date |\n|---|---|---|\n| Amend forms | Jo Lee | Sept '11 |\n", Format::Markdown)?;
/// let imported = import(source, &ImportOptions::default());
/// let (_, _, action) = imported.plan.actions().next().unwrap();
/// assert_eq!(action.target.as_ref().unwrap().due.unwrap().to_string(), "2011-09-30");
/// # Ok::<(), planwright::Error>(())
/// ```
pub fn import(source: Source, options: &ImportOptions) -> Imported {
    let reading =
        Reading { stitch: options.stitch, columns: &options.columns, sheets: &options.sheets, include_hidden: options.include_hidden };
    let tables = table::tables(source, &reading);
    let dates = target::Known::new(target::Calendar { year_starts: options.year_starts });
    let mut importer = Importer { diagnostics: tables.diagnostics, dates, ..Importer::default() };
    importer.scheme(&tables.parts, options);
    let sheets: HashSet<&Arc<str>> = tables
        .parts
        .iter()
        .filter_map(|part| if let Part::Plan(table) = part { Some(table) } else { None })
        .filter(|t| !t.rows.is_empty())
        .filter_map(|t| t.sheet.as_ref())
        .collect();
    importer.sheets_are_themes = sheets.len() > 1;
    for part in tables.parts {
        importer.part(part);
    }
    importer.finish(options);
    diagnostic::sort(&mut importer.diagnostics);
    Imported { plan: importer.plan, diagnostics: importer.diagnostics, understanding: tables.understanding }
}

#[derive(Default)]
struct Importer {
    plan: Plan,
    diagnostics: Vec<Diagnostic>,
    dates: target::Known,
    /// Text since the last table.
    pending: Vec<Block>,
    /// Whether a table of the plan has been met.
    seen_plan: bool,
    /// Whether plans stand on several sheets, so that a sheet's name says what its actions have in common.
    sheets_are_themes: bool,
    /// The sheets of which a table has been read.
    sheets_read: HashSet<Arc<str>>,
    /// The themes that columns name, by their titles.
    themes_by_title: HashMap<String, usize>,
    /// The owner cell of each action, by the place of its row.
    owner_places: HashMap<Place, Place>,
    /// The table that is read.
    shape: rows::Shape,
    /// The fills that said how actions stand, and where the first of them is.
    fills: Fills,
    statuses: status::Statuses,
    first_filled: Option<Place>,
    /// What rows of the table that is read repeat, and where each of them is among these.
    repeats: Vec<rows::Repeat>,
    repeats_by_words: HashMap<String, usize>,
    /// The columns of the table that is read of which it has been told that they are empty.
    blank_columns: Vec<Field>,
    /// How many actions have a reference of the source's own.
    typed_references: usize,
}

impl Importer {
    fn part(&mut self, part: Part) {
        match part {
            Part::Text(block) => self.pending.push(block),
            Part::Cycle { place, dates, words } => self.cycle(&place, dates, words),
            Part::Key { .. } => {}
            Part::Plan(table) => {
                let heading = self.heading_of(&table).or_else(|| self.sheet_as_theme(&table));
                self.take_pending();
                self.seen_plan = true;
                self.sheets_read.extend(table.sheet.clone());
                self.table(table, heading);
            }
        }
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What the statuses mean: as the caller says, else as the source's first key says.
    fn scheme(&mut self, parts: &[Part], options: &ImportOptions) {
        let keys =
            parts.iter().filter_map(|part| if let Part::Key { place, scheme, words } = part { Some((place, scheme, words)) } else { None });
        let mut taken = options.scheme.is_some();
        self.plan.scheme = options.scheme.clone().unwrap_or_default();
        self.plan.scheme.fill_categories();
        for (place, scheme, words) in keys {
            let message = if taken && *scheme == self.plan.scheme {
                "the key to the statuses stands here again"
            } else if taken {
                "this key to the statuses was left out: others than these are in force"
            } else {
                self.plan.scheme = scheme.clone();
                taken = true;
                "this was read as the key to the statuses"
            };
            self.tell(Diagnostic::new(Code::SchemeRead, message).at(place).left_out(words));
        }
        let lines = parts.iter().filter_map(|part| if let Part::Text(block) = part { key_in_a_line(block) } else { None });
        for (place, scheme) in lines {
            if !taken {
                self.plan.scheme = scheme;
                taken = true;
                self.tell(
                    Diagnostic::new(Code::SchemeRead, "this line was read as the key to the statuses; it is kept as text too").at(place),
                );
            }
        }
        self.statuses.is_declared = taken;
    }

    fn cycle(&mut self, place: &Place, dates: Vec<(CycleField, Sourced<Text>)>, words: String) {
        for (field, cell) in dates {
            let text = cell.value.plain();
            let date = target::partial_date(&text);
            if date.is_none() && !text.is_empty() {
                self.tell(Diagnostic::new(Code::DateUnread, format!("“{text}” is no date that is understood here")).at(&cell.place));
            }
            match field {
                CycleField::Completed => self.plan.cycle.completed = date,
                CycleField::Reviewed => self.plan.cycle.reviewed = date,
                CycleField::NextReview => self.plan.cycle.next_review = date,
            }
        }
        self.tell(Diagnostic::new(Code::CycleRead, "this table was read as the dates of the review cycle").at(place).left_out(words));
    }

    /// The heading that stands over a table, if it is the heading of a theme; what only announces the plan is left out.
    fn heading_of(&mut self, table: &Table) -> Option<Sourced<Text>> {
        if let Some(text) = self.heading_of_records(table) {
            let line = front::one_line(&text.value);
            return self.as_theme(text, line);
        }
        let last_heading = self.pending.iter().rposition(|b| matches!(b, Block::Heading { .. }));
        let last = self.pending.len().checked_sub(1)?;
        let is_title_like = |block: &Block| matches!(block, Block::Paragraph(t) if table::reads_like_a_heading(&t.value.plain()));
        let at = last_heading.or_else(|| (is_title_like(&self.pending[last]) && self.may_head(last, table)).then_some(last))?;
        // the only line there is is the title
        let is_title = !self.seen_plan && self.pending.iter().position(|b| matches!(b, Block::Heading { .. })).unwrap_or(0) == at;
        if is_title {
            return None;
        }
        let (Block::Heading { text, .. } | Block::Paragraph(text)) = &self.pending[at] else { return None };
        let (text, line) = (text.clone(), front::one_line(&text.value));
        if !self.seen_plan && front::is_an_organisation(&line) {
            return None;
        }
        if matches!(table.rows.first(), Some(TableRow::Theme(_))) && !announces_the_plan(&line) {
            return None;
        }
        self.pending.remove(at);
        self.as_theme(text, line)
    }

    /// A heading of a lower level that stands right above a table which keeps the references of objectives apart: that of its theme,
    /// whatever it says, since the title has the first level.
    fn heading_of_records(&mut self, table: &Table) -> Option<Sourced<Text>> {
        table.columns.iter().find(|c| c.field == Field::ObjectiveReference)?;
        let Some(Block::Heading { level: 2.., text }) = self.pending.last() else { return None };
        let text = text.clone();
        self.pending.pop();
        Some(text)
    }

    /// The heading of a theme; none if it only announces the plan, and then it is left out.
    fn as_theme(&mut self, text: Sourced<Text>, line: String) -> Option<Sourced<Text>> {
        if announces_the_plan(&line) {
            let message = format!("“{line}” only announces the plan's table; every output has such a heading");
            self.tell(Diagnostic::new(Code::HeadingLeftOut, message).at(&text.place).left_out(line));
            return None;
        }
        let message = format!("“{line}” stands above the table: read as the heading of a theme");
        self.tell(Diagnostic::new(Code::ThemeRead, message).at(&text.place));
        Some(text)
    }

    /// Whether a line above a table may be the heading of its theme. On a sheet, it stands over the table's first column, and over the
    /// first table it says that it is one: what else stands there is a title or a remark.
    fn may_head(&self, line: usize, table: &Table) -> bool {
        const SAYS_SO: &[&str] = &[
            "theme",
            "priority",
            "objective",
            "aim",
            "section",
            "area",
            "strand",
            "outcome",
            "domain",
            "goal",
            "workstream",
            "judgement",
            "part",
        ];
        let Some(sheet) = &table.sheet else { return true };
        let Some(Block::Paragraph(text)) = self.pending.get(line) else { return false };
        let column = |place: &Place| if let Place::Cell { column, .. } = place { Some(*column) } else { None };
        let says_so = || SAYS_SO.contains(&folded(&text.value.plain()).split(' ').next().unwrap_or_default());
        column(&text.place) == column(&table.place) && (self.sheets_read.contains(sheet) || says_so())
    }

    /// The name of a sheet as the heading of a theme, where several sheets hold plans and nothing else says what the theme is.
    fn sheet_as_theme(&mut self, table: &Table) -> Option<Sourced<Text>> {
        let sheet = table.sheet.as_ref().filter(|_| self.sheets_are_themes && !table.rows.is_empty())?;
        let names_themes = table.columns.iter().any(|c| c.field == Field::Theme);
        let has_bands = table.rows.iter().any(|row| matches!(row, TableRow::Theme(_) | TableRow::ThemeRow { .. }));
        if names_themes || has_bands {
            return None;
        }
        let message = format!("“{sheet}”, the name of the sheet, was read as the heading of a theme");
        self.tell(Diagnostic::new(Code::ThemeRead, message).at(&table.place));
        Some(Sourced::new(Text::from_plain(sheet), table.place.clone()))
    }

    /// Puts the text that is pending where it belongs: before the plan, or after it.
    fn take_pending(&mut self) {
        let blocks = std::mem::take(&mut self.pending);
        if self.seen_plan {
            for block in blocks {
                self.plan.notes.append(front::as_text(block));
            }
        } else {
            front::read(blocks, &mut self.plan, &mut self.diagnostics);
        }
    }

    /// What can only be told once all has been read.
    fn finish(&mut self, options: &ImportOptions) {
        self.take_pending();
        let is_something = self.seen_plan || !self.plan.introduction.is_empty();
        if self.plan.title.is_empty() && is_something {
            let place = self.plan.themes.first().and_then(|t| t.origin.clone());
            let mut told = Diagnostic::new(Code::NoTitle, "the plan has no title").help("put a title above the table");
            told.place = place;
            self.tell(told);
        }
        if let Some(mut told) = self.fills.told(&self.plan.scheme) {
            told.place = self.first_filled.take();
            self.tell(told);
        }
        self.owners();
        self.references();
        self.links();
        self.statuses(options.as_of.or_else(|| self.plan.review_day()).or(options.today));
        self.tell_statuses();
    }
}

/// The key that a line of text declares: "Key: Red = overdue, Green = on track".
fn key_in_a_line(block: &Block) -> Option<(&Place, Scheme)> {
    let (Block::Paragraph(text) | Block::Heading { text, .. }) = block else { return None };
    Some((&text.place, scheme::from_line(&text.value.plain())?))
}

/// Whether a line says no more than that the plan follows.
fn announces_the_plan(line: &str) -> bool {
    const SAYS_SO: &[&str] = &[
        "plan",
        "the plan",
        "improvement plan",
        "the improvement plan",
        "action plan",
        "the action plan",
        "detailed action plan",
        "development plan",
        "delivery plan",
        "our plan",
    ];
    SAYS_SO.contains(&folded(line).as_str())
}
