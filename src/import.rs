//! From tables to a plan: themes, objectives, actions, with all that is known of each.

mod comments;
mod dates;
pub(crate) mod details;
mod fields;
mod finish;
pub(crate) mod front;
mod labels;
mod lists;
mod options;
mod outline;
mod rows;
mod status;

use crate::text;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{self, Code, Diagnostic};
use crate::import::details::PlanDetails;
use crate::place::{Place, Sourced};
use crate::plan::status::FillCounts;
use crate::plan::{Field, Plan, Scheme, scheme, target};
use crate::source::{Block, Source};
use crate::table::{self, ColumnHints, CycleField, DocumentPart, PlanGrid, TableOptions, TableRow};
use crate::text::Text;
use crate::vocabulary::words::ExtraWords;
use crate::vocabulary::{documents, normalize};

use outline::{OutlineRole, TableHeadings};

pub use options::{ImportOptions, Imported};

/// Understands a document as a plan.
///
/// There is always a plan, if only an empty one: whatever is wrong or doubtful is reported beside
/// it, with its place.
///
/// ```
/// use planwright::{Format, ImportOptions, import, read};
/// let source = read(b"# Plan\n\n| Action | Owner | Target date |\n|---|---|---|\n| Amend forms | Jo Lee | Sept '11 |\n", Format::Markdown)?;
/// let imported = import(source, &ImportOptions::default());
/// let (_, _, action) = imported.plan.actions().next().unwrap();
/// assert_eq!(action.target.as_ref().unwrap().due.unwrap().to_string(), "2011-09-30");
/// # Ok::<(), planwright::Error>(())
/// ```
pub fn import(mut source: Source, options: &ImportOptions) -> Imported {
    let details = PlanDetails::take(&mut source);
    // a column that is left out takes no meaning from another
    let excluded = options.exclude.iter().map(|name| (name.clone(), Field::Extra));
    let columns: Vec<(String, Field)> = excluded.chain(options.columns.iter().cloned()).collect();
    let reading = TableOptions {
        stitch: options.stitch,
        columns: ColumnHints { headers: &columns, words: &options.words },
        exclude: &options.exclude,
        sheets: &options.sheets,
        include_hidden: options.include_hidden,
    };
    let comments = comments::SourceComments::of(&source);
    let tables = table::tables(source, &reading);
    let dates =
        target::DateCache::new(target::DateConventions { year_starts: options.year_starts });
    let day_swap =
        if options.swap_day_month { dates::DaySwap::Wanted } else { dates::DaySwap::Unwanted };
    let mut importer = Importer {
        diagnostics: tables.diagnostics,
        dates,
        day_swap,
        words: Arc::new(options.words.clone()),
        details,
        ..Importer::default()
    };
    importer.scheme(&tables.parts, options);
    let sheets: HashSet<&Arc<str>> = tables
        .parts
        .iter()
        .filter_map(|part| if let DocumentPart::Plan(table) = part { Some(table) } else { None })
        .filter(|t| !t.rows.is_empty())
        .filter_map(|t| t.sheet.as_ref())
        .collect();
    importer.sheets_are_themes = sheets.len() > 1;
    let roles = outline::of(&tables.parts);
    for (at, (part, role)) in tables.parts.into_iter().zip(roles).enumerate() {
        importer.part(at, part, role);
    }
    importer.finish(options);
    comments.quote_lost(&importer.plan, &mut importer.diagnostics);
    diagnostic::mark_hidden_sheets(&mut importer.diagnostics, |sheet| {
        options.include_hidden || options.sheets.iter().any(|name| table::same_name(name, sheet))
    });
    diagnostic::sort(&mut importer.diagnostics);
    diagnostic::gather(&mut importer.diagnostics);
    Imported {
        plan: importer.plan,
        diagnostics: importer.diagnostics,
        understanding: tables.understanding,
    }
}

#[derive(Default)]
struct Importer {
    plan: Plan,
    diagnostics: Vec<Diagnostic>,
    dates: target::DateCache,
    /// Doubts about dates, reported once for each column.
    date_doubts: dates::DateDoubts,
    day_swap: dates::DaySwap,
    /// Whether a number after a month is a day in the target dates of the table that is read, as
    /// "Apr 2" shows.
    days_follow_months: bool,
    /// Words that the caller added to the vocabulary.
    words: Arc<ExtraWords>,
    /// Text since the last table.
    pending: Vec<Block>,
    /// Whether a table of the plan has been met.
    seen_plan: bool,
    /// Whether plans stand on several sheets, so that a sheet's name says what its actions have in
    /// common.
    sheets_are_themes: bool,
    /// The headings of themes and objectives met so far, by their parts.
    headings: HashMap<usize, Headline>,
    /// The headings of the last table, and what was open at its end.
    open_section: Option<(TableHeadings, rows::OpenGroups)>,
    /// The headers of the plan's columns, by what they mean.
    known_columns: HashMap<Field, HashSet<String>>,
    /// The themes that columns name, by their titles.
    themes_by_title: HashMap<String, usize>,
    /// The owner cell of each action, by the place of its row.
    owner_places: HashMap<Place, Place>,
    /// The rows whose owners stand in quotation marks of ours.
    quoted_owners: HashSet<Place>,
    /// The table that is read.
    shape: rows::TableShape,
    /// The fills that said how actions stand, and where the first of them is.
    fills: FillCounts,
    statuses: status::StatusCollector,
    first_filled: Option<Place>,
    /// What rows of the table that is read repeat, and where each of them is among these.
    repeats: Vec<rows::RepeatedGroup>,
    repeats_by_words: HashMap<(rows::GroupLevel, String), usize>,
    /// The columns of the table that is read of which it has been reported that they are empty.
    blank_columns: Vec<Field>,
    /// The rows of the table that is read with lists of equal length.
    lists_split: Option<rows::RowCount>,
    /// The cells of the table that is read with labelled lines.
    labels_read: Option<rows::RowCount>,
    /// The fields for which tables have no column, and where each table begins.
    tables_without: Vec<(Field, Place)>,
    /// What announces the first update that stood among success measures, its place, and how many
    /// did.
    lifted_updates: Option<(String, Place, usize)>,
    /// The fields that labelled lines of the table gave.
    labelled_fields: Vec<Field>,
    /// What tables of ours say around the actions.
    details: PlanDetails,
    /// How many actions have a reference of the source's own.
    typed_references: usize,
}

/// A heading, and the text of its section before the next heading or table.
#[derive(Debug)]
struct Headline {
    title: Text,
    place: Place,
    text: Text,
}

/// What stands above a table.
#[derive(Debug, Default)]
struct TableSection {
    theme: Option<Headline>,
    objective: Option<Headline>,
    /// What goes on from the table before.
    open: Option<rows::OpenGroups>,
    /// Whether headings within the table are objectives.
    bands_are_objectives: bool,
}

/// The most characters that Excel allows the name of a sheet.
const LONGEST_SHEET_NAME: usize = 31;

impl Importer {
    fn part(&mut self, at: usize, part: DocumentPart, role: OutlineRole) {
        if let (DocumentPart::Text(Block::Paragraph(text)), false) = (&part, self.seen_plan) {
            self.cycle_in_lines(text);
        }
        match (part, role) {
            (
                DocumentPart::Text(Block::Heading { text, .. } | Block::Paragraph(text)),
                OutlineRole::Heading,
            ) => {
                self.headings.insert(
                    at,
                    Headline { title: text.value, place: text.place, text: Text::default() },
                );
            }
            (DocumentPart::Text(block), OutlineRole::Of(heading))
                if self.headings.contains_key(&heading) =>
            {
                if let Some(heading) = self.headings.get_mut(&heading) {
                    heading.text.append(front::as_text(block));
                }
            }
            (
                DocumentPart::Text(Block::Heading { text, .. } | Block::Paragraph(text)),
                OutlineRole::Announcement,
            ) => {
                let line = text::one_line(&text.value);
                let message = format!(
                    "“{line}” only announces the plan's table; every output has such a heading"
                );
                self.emit(
                    Diagnostic::new(Code::HeadingLeftOut, message).at(&text.place).left_out(line),
                );
            }
            (DocumentPart::Text(block), _) => self.pending.push(block),
            (DocumentPart::Cycle { place, dates, words }, _) => self.cycle(&place, dates, words),
            (DocumentPart::Key { .. }, _) => {}
            (DocumentPart::Plan(table), role) => {
                let heads = if let OutlineRole::Table(heads) = role {
                    heads
                } else {
                    TableHeadings::default()
                };
                let section = self.section(&heads, &table);
                self.take_pending();
                self.seen_plan = true;
                let open = self.table(table, section);
                self.open_section = Some((heads, open));
            }
        }
    }

    fn emit(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What the statuses mean: as the caller says, else as the source's first key says.
    fn scheme(&mut self, parts: &[DocumentPart], options: &ImportOptions) {
        let keys = parts.iter().filter_map(|part| {
            if let DocumentPart::Key { place, scheme, words } = part {
                Some((place, scheme, words))
            } else {
                None
            }
        });
        let given = options.scheme.clone().or_else(|| self.details.scheme.take());
        let mut taken = given.is_some();
        self.plan.scheme = given.unwrap_or_default();
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
            self.emit(Diagnostic::new(Code::SchemeRead, message).at(place).left_out(words));
        }
        let lines = parts.iter().filter_map(|part| {
            if let DocumentPart::Text(block) = part { key_in_a_line(block) } else { None }
        });
        for (place, scheme) in lines {
            if !taken {
                self.plan.scheme = scheme;
                taken = true;
                self.emit(
                    Diagnostic::new(
                        Code::SchemeRead,
                        "this line was read as the key to the statuses; it is kept as text too",
                    )
                    .at(place),
                );
            }
        }
        self.statuses.is_declared = taken;
    }

    fn cycle(&mut self, place: &Place, dates: Vec<(CycleField, Sourced<Text>)>, words: String) {
        for (field, cell) in dates {
            let text = cell.value.plain();
            let plain = target::partial_date(&text);
            let doubtful = if plain.is_none() {
                target::doubtful_date(&cell.value, self.dates.calendar)
            } else {
                None
            };
            if plain.is_none() && doubtful.is_none() && !text.is_empty() {
                let message = format!("“{text}” was not understood as a date");
                self.emit(
                    Diagnostic::new(Code::DateUnread, message)
                        .at(&cell.place)
                        .help("write it as 30 September 2011 or Sept 2011"),
                );
            }
            let date = plain.or_else(|| {
                let (date, doubts) = doubtful?;
                self.doubts(doubts, &cell.place);
                Some(date)
            });
            match field {
                CycleField::Completed => self.plan.cycle.completed = date,
                CycleField::Reviewed => self.plan.cycle.reviewed = date,
                CycleField::NextReview => self.plan.cycle.next_review = date,
            }
        }
        self.emit(
            Diagnostic::new(
                Code::CycleRead,
                "this table was read as the dates of the review cycle",
            )
            .at(place)
            .left_out(words),
        );
    }

    /// Reads lines such as "Next review: September 2026" above the plan as dates of the review
    /// cycle.
    fn cycle_in_lines(&mut self, text: &Sourced<Text>) {
        for line in text.value.plain().lines() {
            let Some((label, value)) = line.split_once(':') else { continue };
            let Some(field) = documents::cycle_field(&normalize(label)) else { continue };
            let slot = match field {
                CycleField::Completed => &mut self.plan.cycle.completed,
                CycleField::Reviewed => &mut self.plan.cycle.reviewed,
                CycleField::NextReview => &mut self.plan.cycle.next_review,
            };
            let date = target::partial_date(value.trim().trim_end_matches('.'));
            if date.is_none() || slot.is_some() {
                continue;
            }
            *slot = date;
            let message = format!(
                "“{}” was read as a date of the review cycle; it is kept as text too",
                line.trim()
            );
            self.emit(Diagnostic::new(Code::CycleRead, message).at(&text.place));
        }
    }

    /// The theme and objective that the headings above a table name; those of the table before go
    /// on where the headings are the same.
    fn section(&mut self, heads: &TableHeadings, table: &PlanGrid) -> TableSection {
        let mut section = TableSection {
            bands_are_objectives: heads.bands_are_objectives,
            ..TableSection::default()
        };
        if heads.theme.is_empty() {
            section.theme = self.sheet_as_theme(table).map(|title| Headline {
                title: title.value,
                place: title.place,
                text: Text::default(),
            });
            self.open_section = None;
            return section;
        }
        let goes_on = self.open_section.take().filter(|(before, _)| before.theme == heads.theme);
        match goes_on {
            Some((before, open)) if before.objective == heads.objective => {
                section.open = Some(open);
            }
            Some((_, open)) => section.open = Some(open.without_objective()),
            None => section.theme = self.headline(&heads.theme, "a theme", Code::ThemeRead),
        }
        if section.open.as_ref().is_none_or(|open| !open.has_objective()) {
            section.objective = heads
                .objective
                .and_then(|at| self.headline(&[at], "an objective", Code::ObjectiveRead));
        }
        section
    }

    /// One heading made of those above a table, with the text that stands under them.
    fn headline(&mut self, parts: &[usize], of: &str, code: Code) -> Option<Headline> {
        let mut titles = Vec::new();
        let mut text = Text::default();
        let mut place = None;
        for at in parts {
            let Some(heading) = self.headings.get_mut(at) else { continue };
            text.append(std::mem::take(&mut heading.text));
            titles.push(heading.title.clone());
            place = Some(heading.place.clone());
        }
        let place = place?;
        let title = match titles.as_slice() {
            [only] => only.clone(),
            several => Text::from_plain(&outline::joined(several)),
        };
        let message = format!(
            "“{}” stands above the table: read as the heading of {of}",
            text::one_line(&title)
        );
        self.emit(Diagnostic::new(code, message).at(&place));
        Some(Headline { title, place, text })
    }

    /// The name of a sheet as the heading of a theme, where several sheets hold plans and nothing
    /// else says what the theme is.
    fn sheet_as_theme(&mut self, table: &PlanGrid) -> Option<Sourced<Text>> {
        let sheet =
            table.sheet.as_ref().filter(|_| self.sheets_are_themes && !table.rows.is_empty())?;
        let names_themes = table.columns.iter().any(|c| c.field == Field::Theme);
        let has_bands = table
            .rows
            .iter()
            .any(|row| matches!(row, TableRow::Theme(_) | TableRow::ThemeRow { .. }));
        if names_themes || has_bands {
            return None;
        }
        let message =
            format!("“{sheet}”, the name of the sheet, was read as the heading of a theme");
        self.emit(if sheet.encode_utf16().count() == LONGEST_SHEET_NAME {
            let message = format!("{message}; it may be cut short, as Excel allows {LONGEST_SHEET_NAME} characters in the name of a sheet");
            let help = "if the name is not whole, put the theme in a row by itself above the actions";
            Diagnostic::new(Code::ThemeCut, message).at(&table.place).help(help)
        } else {
            Diagnostic::new(Code::ThemeRead, message).at(&table.place)
        });
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

    /// What can only be reported once all has been read.
    fn finish(&mut self, options: &ImportOptions) {
        self.take_pending();
        self.details.apply(&mut self.plan);
        let is_something = self.seen_plan || !self.plan.introduction.is_empty();
        if self.plan.title.is_empty() && is_something {
            let place = self.plan.themes.first().and_then(|t| t.origin.clone());
            let mut diagnostics = Diagnostic::new(Code::NoTitle, "the plan has no title")
                .help("put a title above the table");
            diagnostics.place = place;
            self.emit(diagnostics);
        }
        if let Some(mut diagnostics) = self.fills.diagnostics(&self.plan.scheme) {
            diagnostics.place = self.first_filled.take();
            self.emit(diagnostics);
        }
        self.report_missing_columns();
        self.report_lifted_updates();
        self.report_dates();
        self.owners();
        self.references();
        self.links();
        std::mem::take(&mut self.details).apply_recommendations(&mut self.plan);
        self.statuses(options.as_of.or_else(|| self.plan.review_day()).or(options.today));
        self.report_statuses();
    }
}

/// The key that a line of text declares: "Key: Red = overdue, Green = on track".
fn key_in_a_line(block: &Block) -> Option<(&Place, Scheme)> {
    let (Block::Paragraph(text) | Block::Heading { text, .. }) = block else { return None };
    Some((&text.place, scheme::from_line(&text.value.plain())?))
}
