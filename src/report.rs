//! All that will be said, in a language: sections, tables, labels, dates as shown, colours and
//! order.
//!
//! Every output draws the same [`Report`]; a writer derives nothing, so three outputs cannot
//! disagree. The plan's own words stay the source's; the words around them come from one table a
//! language.

pub(crate) mod abbreviations;
mod anchors;
mod build;
mod calendar;
mod changes;
mod chart;
mod labels;
mod links;
mod options;
mod pack;
mod phrase;
mod plan_table;
mod reason;
mod return_heading;
mod review_field;
mod sheet;
pub(crate) mod sheets;
mod status_mark;
mod tables;

pub(crate) use abbreviations::Abbreviation;
use anchors::Anchors;
pub(crate) use build::{of_plan, state_labels};
pub use build::{report, return_without_owner};
pub(crate) use calendar::CalendarEvent;
pub use calendar::{Calendar, calendar};
pub(crate) use changes::{ChangeGroup, ChangeItem};
pub use changes::{ChangesOptions, ChangesReport};
pub(crate) use chart::{Chart, ChartBar, ChartSeries};
pub(crate) use labels::fixed_words;
pub(crate) use links::{live, settled_in_markdown};
pub use options::ReportOptions;
pub use pack::{PackOptions, PackSection, PreviousVersion, pack};
pub(crate) use phrase::Phrase;
pub use return_heading::ReturnHeading;
pub use review_field::ReviewField;
pub(crate) use review_field::review_headers;
pub(crate) use sheet::{SheetColumn, SheetColumnSource, SheetRow, cut, limited};

use std::borrow::Cow;

use crate::brand::Brand;
use crate::date::{Date, PartialDate};
use crate::language::Language;
use crate::plan::Colour;
use crate::publish::Audience;
use crate::text::Text;

/// A document ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Language of the words around the plan, as BCP 47: `en-GB`, `cy`.
    pub(crate) language: &'static str,
    audience: Audience,
    /// Title; never empty.
    pub(crate) title: Phrase,
    /// Whose plan it is; may be empty.
    pub(crate) organisation: Phrase,
    /// What the document is about, in a sentence, for the properties of the file.
    pub(crate) description: String,
    /// What stands under the title: the review dates and the like.
    pub(crate) facts: Vec<LabelledFact>,
    /// The sections, in order. One of them holds the plan, if it has any actions.
    pub(crate) sections: Vec<ReportSection>,
    /// The sheets of a workbook, in order: some of the sections, and tables that only a workbook
    /// has.
    pub(crate) sheets: Vec<ReportSheet>,
    /// The words that stand on every page and sheet.
    pub(crate) running: RunningText,
    /// What the mark of calculated values means, to be said once on each page or sheet; empty where
    /// nothing was calculated.
    pub(crate) calculated: String,
    /// How the documents of whoever publishes the plan look.
    pub(crate) brand: Brand,
    /// The abbreviations that the plan itself explains, by their letters.
    pub(crate) abbreviations: Vec<Abbreviation>,
    /// Fixed words that a writer needs where the form asks for them.
    pub(crate) words: InterfaceLabels,
}

impl Report {
    /// Who it is for: everyone, if all that went into it was [published](fn@crate::publish) for
    /// everyone.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// How many sections it has.
    pub fn section_count(&self) -> usize {
        self.sections.len()
    }

    /// The plan's table, if there are any actions.
    pub(crate) fn plan_table(&self) -> Option<&PlanTable> {
        let contents = self.sections.iter().flat_map(|section| &section.contents);
        contents.into_iter().find_map(|content| {
            if let SectionContent::Plan(table) = content { Some(table) } else { None }
        })
    }

    /// What the sheets of a workbook are called.
    pub(crate) fn sheet_names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().filter_map(|sheet| match sheet {
            ReportSheet::Front(tables) | ReportSheet::Tables(tables) => Some(tables.short.as_str()),
            ReportSheet::Section(at) => {
                self.sections.get(*at).map(|section| section.short.as_str())
            }
        })
    }
}

/// A label and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LabelledFact {
    /// "Reviewed".
    pub(crate) label: String,
    /// "November 2011".
    pub(crate) value: Phrase,
}

/// What stands on every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RunningText {
    /// At the left of the footer: the plan's title, short enough for a line.
    pub(crate) title: Phrase,
    /// In the middle of the footer: whose plan, as at which day, and for whom.
    pub(crate) edition: Phrase,
    /// "Page {page} of {pages}": the two marks are replaced by the layout.
    pub(crate) page: String,
}

impl RunningText {
    /// The page number as it is shown.
    pub(crate) fn page_of(&self, page: usize, pages: usize) -> String {
        self.page.replace("{page}", &page.to_string()).replace("{pages}", &pages.to_string())
    }
}

/// Fixed words in the report's language that only some forms of output need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InterfaceLabels {
    /// Added to a theme or objective that goes on on a new page: "(continued)".
    pub(crate) continued: String,
    /// At the foot of a row that goes on on the next page: "continues on the next page".
    pub(crate) continues: String,
    /// Heading of the contents: "Contents".
    pub(crate) contents: String,
    /// First link of a page: "Skip to the plan".
    pub(crate) skip_to_plan: String,
    /// What a link from an objective to the recommendation that it answers says in front of its
    /// reference: "Answers".
    pub(crate) answers: String,
    /// Header of the column for the notes on each status, where they have a column of their own:
    /// "Source of status".
    pub(crate) status_note: String,
    /// Header of the column for the positions of actions against the calendar: "Against the
    /// calendar".
    pub(crate) position: String,
    /// At the end of a cell that cannot hold the whole of a text: "goes on in the sheet “Long
    /// texts”".
    pub(crate) goes_on: String,
    /// The name and heading of the sheet where such texts go on, and the headers of its columns.
    pub(crate) long_texts: [String; 4],
    /// What a version for the public is called: "Public version".
    pub(crate) public_version: &'static str,
    /// What the plan file is that an output carries: "The plan, for programs to read".
    pub(crate) plan_file: String,
    /// What a form tells the reviewer.
    pub(crate) entry: EntryHints,
    /// What the controls of a page are called by which actions are found.
    pub(crate) find: FilterLabels,
    /// What the controls of a page are called by which it is filled in.
    pub(crate) fill: FormLabels,
    /// What a workbook that is published says around its tables.
    pub(crate) sheets: WorkbookLabels,
}

/// What the controls are called by which actions are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilterLabels {
    /// Over all of them: "Find actions".
    pub(crate) legend: String,
    /// Words to look for: "Words".
    pub(crate) words: String,
    /// A theme to choose: "Theme".
    pub(crate) theme: String,
    /// An owner to choose: "Owner".
    pub(crate) owner: Phrase,
    /// A status to choose: "Status".
    pub(crate) status: Phrase,
    /// A month of target dates to choose: "Due in".
    pub(crate) due: String,
    /// For not choosing: "All".
    pub(crate) all: String,
    /// A column to sort by: "Sort by".
    pub(crate) sort: String,
    /// For not sorting: "Order of the plan".
    pub(crate) unsorted: String,
    /// For sorting backwards: "Last first".
    pub(crate) backwards: String,
    /// For choosing nothing any more: "Show all actions".
    pub(crate) reset: String,
    /// "{shown} of {all} actions": the two marks are replaced by numbers.
    pub(crate) found: String,
    /// "No action was found".
    pub(crate) none: String,
    /// For browsers that run nothing: "Everything is on this page; ..."
    pub(crate) without: String,
    /// "Show all {n}": the mark is replaced by a number.
    pub(crate) more: String,
}

/// What the controls are called by which a page is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormLabels {
    /// Over them: "Your review".
    pub(crate) legend: String,
    /// What to do: "Fill in the fields of each action, save your review, and send the file back."
    pub(crate) how: String,
    /// For saving: "Save my review".
    pub(crate) save: String,
    /// For clearing: "Clear my draft".
    pub(crate) clear: String,
    /// Asked before it is cleared.
    pub(crate) sure: String,
    /// What a field is called: "{column}, action {action}".
    pub(crate) field: String,
    /// What the name of the file ends with: "review".
    pub(crate) file: String,
    /// Said when the browser keeps a draft.
    pub(crate) kept: String,
    /// Said when it cannot keep one.
    pub(crate) lost: String,
    /// Said when a draft was put back.
    pub(crate) back: String,
    /// Said when the file was saved.
    pub(crate) saved: String,
}

/// What a workbook that is published says around its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WorkbookLabels {
    /// Name of the first sheet: "Cover sheet".
    pub(crate) cover: &'static str,
    /// What the workbook is, in sentences.
    pub(crate) about: &'static str,
    /// In front of whom to ask: "Contact".
    pub(crate) contact: &'static str,
    /// Header of the links to the sheets: "Sheet".
    pub(crate) sheet: &'static str,
    /// Header of what the sheets hold: "What it holds".
    pub(crate) holds: &'static str,
    /// Above a table: "This sheet holds one table."
    pub(crate) one_table: &'static str,
    /// What a sheet without a table holds: "Text".
    pub(crate) text: &'static str,
    /// Header of the themes: "Theme".
    pub(crate) theme: &'static str,
    /// Header of the references of objectives: "Objective number".
    pub(crate) objective_number: &'static str,
    /// Header of the recommendations that objectives answer: "Recommendation answered".
    pub(crate) answers: &'static str,
    /// Header of the references of recommendations: "Reference".
    pub(crate) reference: &'static str,
    /// Header of the wording of recommendations: "Recommendation".
    pub(crate) recommendation: &'static str,
    /// Header of the areas of recommendations: "Area".
    pub(crate) area: &'static str,
    /// Header of the time limits of recommendations: "Time limit".
    pub(crate) deadline: &'static str,
    /// Header of the objectives that answer recommendations: "Answered by".
    pub(crate) answered_by: &'static str,
    /// What the table of the recommendations shows: "The recommendations, and the objectives that
    /// answer them".
    pub(crate) recommendations_caption: &'static str,
    /// What the key shows: "The statuses, and what each means".
    pub(crate) key_caption: &'static str,
    /// Header of the states in their key: "Status".
    pub(crate) status: &'static str,
    /// Header of what states mean: "What it means".
    pub(crate) meaning: &'static str,
    /// Header of a column that has none: "Column".
    pub(crate) column: &'static str,
    /// Where there is nothing that could be linked: "None".
    pub(crate) none: &'static str,
    /// What `[x]` means.
    pub(crate) not_available: &'static str,
    /// What `[z]` means.
    pub(crate) not_applicable: &'static str,
    /// In a cell whose words stand in the row above: `[above]`.
    pub(crate) above: &'static str,
    /// What [`WorkbookLabels::above`] means.
    pub(crate) above_means: &'static str,
    /// In place of the mark of calculated values: `[calculated]`.
    pub(crate) calculated: &'static str,
    /// What [`WorkbookLabels::calculated`] means.
    pub(crate) calculated_means: &'static str,
}

/// What a form tells the reviewer who fills it in; 255 characters at most each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryHints {
    /// Over the cells to fill in: "For the reviewer to fill in".
    pub(crate) legend: String,
    /// How to fill in a text.
    pub(crate) text: String,
    /// How to choose a state.
    pub(crate) state: String,
    /// How to fill in a name.
    pub(crate) name: String,
    /// How to fill in a date.
    pub(crate) date: String,
    /// What is wrong with a word that is no state of the scheme.
    pub(crate) not_a_state: String,
    /// What is wrong with words that are no date.
    pub(crate) not_a_date: String,
}

/// A section with a heading of its own. Sections do not nest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportSection {
    /// A stable name, unique in the report, fit for an HTML id and a PDF destination.
    pub(crate) anchor: String,
    /// Its heading.
    pub(crate) heading: Phrase,
    /// A short name, unique in the report, of 31 characters at most and none of `[]:*?/\`: fit for
    /// a sheet.
    pub(crate) short: String,
    /// What it holds, in order.
    pub(crate) contents: Vec<SectionContent>,
    /// Whether it begins a page of its own on paper.
    pub(crate) on_new_page: bool,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReportSheet {
    /// What leads the workbook: title, facts, links to the other sheets, and the counts.
    Front(DataSheet),
    /// A section of the report, by its position.
    Section(usize),
    /// Tables that only a workbook has.
    Tables(DataSheet),
}

/// A sheet of tables that can be sorted and filtered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataSheet {
    /// Its heading.
    pub(crate) heading: Phrase,
    /// Its name: of 31 characters at most and none of `[]:*?/\`.
    pub(crate) short: String,
    /// What stands under the heading.
    pub(crate) facts: Vec<LabelledFact>,
    /// The tables, one below the other.
    pub(crate) tables: Vec<DataTable>,
}

/// A table with one header row, and as many cells in each row; without rows, only its caption is
/// shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataTable {
    /// Its name in the workbook, fit for formulas, the same in every language.
    pub(crate) name: &'static str,
    /// What it shows, and what of that was calculated.
    pub(crate) caption: Phrase,
    /// The columns; their headers are unlike each other, whatever their capitals.
    pub(crate) columns: Vec<DataColumn>,
    /// The rows.
    pub(crate) rows: Vec<Vec<ReportCell>>,
    /// Stable names for links to the rows; none for a table that nothing links to.
    pub(crate) anchors: Vec<String>,
    /// A chart of it.
    pub(crate) chart: Option<Chart>,
}

impl DataTable {
    /// Whether it shows something that was calculated, and is marked so.
    pub(crate) fn has_calculated(&self) -> bool {
        let is_marked = |column: &DataColumn| column.header.contains(CALCULATED);
        !self.rows.is_empty()
            && (self.columns.iter().any(is_marked)
                || self.rows.iter().flatten().any(ReportCell::is_calculated))
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataColumn {
    /// Its header, on one line, of 255 characters at most.
    pub(crate) header: Phrase,
    /// What its cells hold.
    pub(crate) holds: ColumnType,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnType {
    /// References: the header of each row.
    Reference,
    /// A few words.
    Words,
    /// Long text.
    Prose,
    /// Numbers.
    Number,
    /// Dates.
    Date,
    /// States.
    Status,
    /// Room to write something by hand.
    Entry,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SectionContent {
    /// Paragraphs and lists.
    Text(Text),
    /// A small table: a header row, and rows of as many cells.
    Table(SmallTable),
    /// A table that a workbook holds as well.
    Data(DataTable),
    /// The recommendations, in groups by area and time limit.
    Recommendations(Vec<RecommendationGroup>),
    /// The key to the states.
    Key(Vec<KeyEntry>),
    /// The plan itself.
    Plan(PlanTable),
}

/// A small table without spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SmallTable {
    /// What it shows, in a phrase.
    pub(crate) caption: String,
    /// The header row.
    pub(crate) header: Vec<String>,
    /// The rows; the first cell of each is its header.
    pub(crate) rows: Vec<Vec<String>>,
}

/// Recommendations with the same area and time limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecommendationGroup {
    /// The area, as typed, with a capital first letter; may be empty.
    pub(crate) area: Phrase,
    /// The time limit, as typed; may be empty.
    pub(crate) deadline: Phrase,
    /// The recommendations.
    pub(crate) items: Vec<RecommendationItem>,
}

/// A recommendation, and what answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecommendationItem {
    /// A stable name for links to it.
    pub(crate) anchor: String,
    /// "R1".
    pub(crate) reference: String,
    /// Its wording.
    pub(crate) text: Text,
    /// Links to the objectives that answer it; empty if none does.
    pub(crate) answered_by: Vec<ReportLink>,
}

/// A link inside the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportLink {
    /// What is shown: "1".
    pub(crate) text: String,
    /// What it means when read alone: "Objective 1".
    pub(crate) description: String,
    /// The anchor it leads to.
    pub(crate) anchor: String,
}

/// A state in the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyEntry {
    /// The state as it is shown in the plan.
    pub(crate) mark: StatusMark,
    /// What it means.
    pub(crate) definition: Phrase,
}

/// A state as it is shown: a word on a colour, never the colour alone (WCAG 2.2, 1.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatusMark {
    /// The word.
    pub(crate) label: Phrase,
    /// The colour behind it.
    pub(crate) fill: Colour,
    /// The colour of the word; it has a contrast of at least 4.5 to 1 with the fill (WCAG 2.2,
    /// 1.4.3).
    pub(crate) ink: Colour,
}

/// The plan as a table: themes as bands, objectives that span their actions.
///
/// The first column holds the objective if [`PlanTable::has_objectives`]; the cells of each action
/// fill the others in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlanTable {
    /// What it shows, in a phrase: its caption, and its summary for assistive technology.
    pub(crate) caption: Phrase,
    /// The columns, that of the objectives first if there is one.
    pub(crate) columns: Vec<ReportColumn>,
    /// Whether the first column holds objectives.
    pub(crate) has_objectives: bool,
    /// The header of the theme where it is a column, as in a sheet; none for a plan without themes.
    pub(crate) theme: Option<Phrase>,
    /// The themes, in order.
    pub(crate) themes: Vec<ThemeBand>,
}

impl PlanTable {
    /// Whether it shows something that was calculated, and is marked so.
    pub(crate) fn has_calculated(&self) -> bool {
        let actions = self
            .themes
            .iter()
            .flat_map(|theme| &theme.objectives)
            .flat_map(|objective| &objective.actions);
        self.columns.iter().any(|column| column.header.contains(CALCULATED))
            || actions.flat_map(|action| &action.cells).any(ReportCell::is_calculated)
    }
}

/// A column of the plan's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportColumn {
    /// Its header: the source's own words where the source has the column.
    pub(crate) header: Phrase,
    /// What it holds.
    pub(crate) role: ColumnRole,
}

/// What a column of the plan's table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnRole {
    /// The theme, where it is a column: as in a sheet, beside [`PlanTable::columns`].
    Theme,
    /// The objective, over all of its actions.
    Objective,
    /// The reference of the action: the header of its row.
    Reference,
    /// Long text of the plan: action, success measures, updates, evidence, extra columns.
    Prose,
    /// Owners, one a paragraph.
    Owners,
    /// A date: the target date.
    Target,
    /// The state.
    Status,
    /// Numbers, in tables that count.
    Number,
    /// For the reviewer: text to fill in.
    EnterText,
    /// For the reviewer: a state of the scheme to choose.
    EnterState,
    /// For the reviewer: a name or short word to fill in.
    EnterName,
    /// For the reviewer: a date to fill in.
    EnterDate,
}

impl ColumnRole {
    /// Whether the reviewer fills in the column.
    pub(crate) fn is_entry(self) -> bool {
        matches!(self, Self::EnterText | Self::EnterState | Self::EnterName | Self::EnterDate)
    }
}

/// A theme and its objectives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThemeBand {
    /// A stable name for links to it.
    pub(crate) anchor: String,
    /// Its heading; empty for a plan without themes.
    pub(crate) title: Phrase,
    /// Its objectives.
    pub(crate) objectives: Vec<ObjectiveGroup>,
}

/// An objective and its actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ObjectiveGroup {
    /// A stable name for links to it.
    pub(crate) anchor: String,
    /// Its reference.
    pub(crate) reference: String,
    /// What it is called where it has a heading: "Objective 1".
    pub(crate) heading: String,
    /// Its wording; may be empty.
    pub(crate) text: Text,
    /// A link to the recommendation that it answers.
    pub(crate) recommendation: Option<ReportLink>,
    /// Its actions; none for an objective without any, which still has its own row.
    pub(crate) actions: Vec<ActionRow>,
}

/// An action: a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ActionRow {
    /// A stable name for links to it.
    pub(crate) anchor: String,
    /// Its reference.
    pub(crate) reference: String,
    /// What it is called where it has a heading: "Action 1.1".
    pub(crate) heading: Phrase,
    /// Its cells, one for each column but that of the objective.
    pub(crate) cells: Vec<ReportCell>,
}

/// What marks a value that was calculated, and was not reported by anyone; what it means is said
/// once on each page or sheet.
pub(crate) const CALCULATED: &str = "†";

/// Words for what was calculated, with the mark.
pub(crate) fn calculated(words: &str) -> String {
    format!("{words}{CALCULATED}")
}

/// So many of so many, as boards read it: whole percents, which need not add up to 100.
pub(crate) fn percent(part: usize, all: usize) -> String {
    format!("{}%", (part * 200 + all) / (2 * all.max(1)))
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReportCell {
    /// Words; may be empty.
    Text(Text),
    /// A date: as it is shown, and the day on which it is due where that is known.
    Date {
        /// As typed.
        text: Phrase,
        /// The day that it is due.
        due: Option<Date>,
        /// The day or month, if the words are only a way to write it: a sheet then holds a date,
        /// and no words. Words that say more, as "end of Oct '11" does, stay words there.
        date: Option<PartialDate>,
    },
    /// A status as reported, and where the action stands against the calendar.
    Status {
        /// The status, or that none was reported; none where what was reported is no state, and
        /// only the note says it.
        mark: Option<StatusMark>,
        /// "Overdue by 30 days†"; may be empty.
        position: Phrase,
        /// What was said, or the mark of what was calculated, where an update or a target date
        /// reports the status; may be empty.
        note: Phrase,
    },
    /// A number.
    Number(usize),
    /// By how much something is more or less than it was: shown with its sign.
    Difference(i32),
    /// So many of so many, in whole percents.
    Share(usize, usize),
    /// A link to a place in the report.
    Link(ReportLink),
    /// Links to places in the report, one behind the other.
    Links(Vec<ReportLink>),
}

impl ReportCell {
    /// The language that all of its words are in, where that is not the report's; a state and how
    /// it is known say their own.
    pub(crate) fn language(&self) -> Option<Language> {
        match self {
            Self::Text(text) => text.language(),
            Self::Date { text, .. } => text.language(),
            Self::Status { .. }
            | Self::Number(_)
            | Self::Difference(_)
            | Self::Share(..)
            | Self::Link(_)
            | Self::Links(_) => None,
        }
    }

    /// Its words on one line, of what is no text and no state: a date as typed, a number, the words
    /// of a link.
    pub(crate) fn short(&self) -> Cow<'_, str> {
        match self {
            Self::Date { text, .. } => (&**text).into(),
            Self::Number(n) => n.to_string().into(),
            Self::Difference(0) => "0".into(),
            Self::Difference(by) => format!("{by:+}").replace('-', "−").into(),
            Self::Share(part, all) => percent(*part, *all).into(),
            Self::Link(link) => link.text.as_str().into(),
            Self::Links(links) => {
                links.iter().map(|link| link.text.as_str()).collect::<Vec<_>>().join(", ").into()
            }
            Self::Text(_) | Self::Status { .. } => "".into(),
        }
    }

    /// The status, with the mark of what was calculated if it was.
    pub(crate) fn status(&self) -> Option<Cow<'_, StatusMark>> {
        let Self::Status { mark: Some(mark), note, .. } = self else { return None };
        if &**note != CALCULATED {
            return Some(Cow::Borrowed(mark));
        }
        Some(Cow::Owned(StatusMark {
            label: Phrase::of([mark.label.clone(), CALCULATED.into()]),
            ..mark.clone()
        }))
    }

    /// The words of a status: its state, else what was reported in other words.
    pub(crate) fn status_words(&self) -> &str {
        match self {
            Self::Status { mark: Some(mark), .. } => &mark.label,
            Self::Status { mark: None, note, .. } => note,
            _ => "",
        }
    }

    /// Where a status comes from; nothing where that is all it says.
    pub(crate) fn status_source(&self) -> &str {
        match self {
            Self::Status { mark: Some(_), note, .. } => note,
            _ => "",
        }
    }

    /// Whether it shows something that was calculated.
    pub(crate) fn is_calculated(&self) -> bool {
        matches!(self, Self::Status { position, note, .. } if position.ends_with(CALCULATED) || &**note == CALCULATED)
    }

    /// What stands below a status: its position against the calendar, and what was said of it.
    pub(crate) fn below_status(&self) -> impl Iterator<Item = &Phrase> {
        let both = if let Self::Status { position, note, .. } = self {
            Some([position, note])
        } else {
            None
        };
        both.into_iter().flatten().filter(|words| !words.is_empty() && &***words != CALCULATED)
    }

    /// The link that it is, if it is one and no more.
    pub(crate) fn only_link(&self) -> Option<&ReportLink> {
        match self {
            Self::Link(link) => Some(link),
            Self::Links(links) if links.len() == 1 => links.first(),
            _ => None,
        }
    }

    /// The words by which it names its row, if it is the first: a bar of a chart, a card.
    pub(crate) fn names(&self) -> Phrase {
        match self {
            Self::Text(text) => Phrase::new(text.plain(), text.language()),
            Self::Status { mark, .. } => {
                mark.as_ref().map(|mark| mark.label.clone()).unwrap_or_default()
            }
            Self::Link(link) => link.description.as_str().into(),
            Self::Date { text, .. } => text.clone(),
            other => other.short().as_ref().into(),
        }
    }
}
