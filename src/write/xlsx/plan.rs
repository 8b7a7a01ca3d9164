//! The sheet of the plan: an Excel table with a row for each action, so that it can be sorted and filtered, and the cells that the
//! reviewer fills in.
//!
//! Theme and objective stand in each of their rows. Where they are those of the row above they are quiet, and a new theme begins below a
//! line; conditional formats see to both, so that it stays so however the rows are sorted.

use std::collections::HashMap;

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation, DataValidationRule, ExcelDateTime, Format,
    Formula, IgnoreError, Table, TableColumn, TableStyle, Worksheet, XlsxError,
};

use super::columns::{Column, Source, columns};
use super::heading::Heading;
use super::measure::{LINE, SIDES, TALLEST, height};
use super::page::{self, Pages};
use super::style::{self, BODY_POINTS, Styles, TITLE_POINTS, shade};
use super::words::{Look, Words};
use super::{Address, excel, limited};
use crate::date::PartialDate;
use crate::report::{ActionRow, Mark, ObjectiveGroup, PlanTable, Report, ReportCell, Role, Section, ThemeBand};

/// The workbook's name for the cells of the key that name the states.
pub(super) const STATES: &str = "Statuses";

/// The name of the plan's table.
const TABLE: &str = "Plan";

/// Writes the sheet, and says where each objective stands in it.
pub(super) fn plan(
    sheet: &mut Worksheet,
    report: &Report,
    section: &Section,
    table: &PlanTable,
    states: &[&Mark],
    styles: &mut Styles,
) -> Result<HashMap<String, Address>, XlsxError> {
    let columns = columns(table, report, states, styles);
    let Some(last_column) = columns.last().map(|c| c.at) else { return Ok(HashMap::new()) };
    for column in &columns {
        sheet.set_column_width_pixels(column.at, column.width)?;
    }
    let width = columns.iter().map(|c| c.width).sum();
    let (header, above) = above(sheet, report, section, table, &columns, styles)?;
    let begin = header + 1;
    let header_height = header_height(&columns);
    sheet.set_row_height_pixels(header, header_height)?;
    let mut pages = Pages::new(width, above + header_height, header_height);
    let mut addresses = HashMap::new();
    let mut at = begin;
    for theme in &table.themes {
        for group in &theme.objectives {
            addresses.insert(group.anchor.clone(), Address { sheet: section.short.clone(), row: at, column: 0 });
            let first = at;
            let mut heights = Vec::new();
            if group.actions.is_empty() {
                heights.push(row(sheet, at, Row { theme, group, action: None }, &columns, styles)?);
                at += 1;
            }
            for action in &group.actions {
                heights.push(row(sheet, at, Row { theme, group, action: Some(action) }, &columns, styles)?);
                at += 1;
            }
            pages.add(first, &heights);
        }
    }
    pages.end(sheet)?;
    let last = at.saturating_sub(1).max(begin);
    // references such as 1.1 are words, not numbers typed by mistake
    sheet.ignore_error_range(begin, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
    let headers = columns.iter().map(|column| {
        let format = if column.role.is_entry() { &styles.entry_header } else { &styles.header };
        TableColumn::new().set_header(&column.header).set_header_format(format)
    });
    let marked_up = Table::new().set_name(TABLE).set_style(TableStyle::None).set_columns(&headers.collect::<Vec<_>>());
    sheet.add_table(header, 0, last, last_column, &marked_up)?;
    repeated(sheet, &columns, begin, last)?;
    for column in &columns {
        entry(sheet, report, column, begin, last, states)?;
    }
    page::set_up(sheet, report);
    sheet.set_repeat_rows(header, header)?;
    sheet.set_print_area(0, 0, last, last_column)?;
    let references = columns.iter().take_while(|c| c.role == Role::Reference).count();
    sheet.set_freeze_panes(begin, u16::try_from(references).unwrap_or(0))?;
    Ok(addresses)
}

/// What stands above the headers: the sheet's heading in A1, the table's caption, and the legend over the columns to fill in. Says in
/// which row the headers begin, and how high all above them is, in pixels.
fn above(
    sheet: &mut Worksheet,
    report: &Report,
    section: &Section,
    table: &PlanTable,
    columns: &[Column],
    styles: &Styles,
) -> Result<(u32, u32), XlsxError> {
    let given: Vec<&Column> = columns.iter().take_while(|c| !c.role.is_entry()).collect();
    let last = given.last().map_or(0, |c| c.at);
    let title = Heading {
        columns: (0, last),
        width: given.iter().map(|c| c.width).sum(),
        format: &styles.title,
        fonts: &styles.fonts,
        points: TITLE_POINTS,
        band: false,
    };
    let (caption, above) = title.write(sheet, 0, &section.heading)?;
    let (headers, more) = Heading { format: &styles.quiet, points: BODY_POINTS, ..title }.write(sheet, caption, &table.caption)?;
    let entries: Vec<&Column> = columns.iter().filter(|c| c.role.is_entry()).collect();
    match entries.as_slice() {
        [] => {}
        [only] => {
            sheet.write_string_with_format(headers - 1, only.at, &report.words.entry.legend, &styles.legend)?;
        }
        [first, .., last] => {
            sheet.merge_range(headers - 1, first.at, headers - 1, last.at, &report.words.entry.legend, &styles.legend)?;
        }
    }
    Ok((headers, above + more))
}

/// How high the row of the headers must be, in pixels: the button of the filter stands at the foot of each.
fn header_height(columns: &[Column]) -> u32 {
    let lines = columns.iter().map(|column| Words::plain(column.header.as_str()).lines(column.width.saturating_sub(SIDES)));
    (height(lines.max().unwrap_or(1)) + LINE).min(TALLEST)
}

/// A row of the table: an action, or an objective without any.
#[derive(Clone, Copy)]
struct Row<'a> {
    theme: &'a ThemeBand,
    group: &'a ObjectiveGroup,
    action: Option<&'a ActionRow>,
}

/// Writes a row, and says how high it is, in pixels.
fn row(sheet: &mut Worksheet, at: u32, row: Row<'_>, columns: &[Column], styles: &Styles) -> Result<u32, XlsxError> {
    let mut lines = 1;
    for column in columns {
        let cells = row.action.map_or(&[][..], |action| &action.cells);
        if let Some((date, format)) = column.date(cells, styles)? {
            sheet.write_datetime_with_format(at, column.at, &date, format)?;
            continue;
        }
        let words = column.words(row);
        let format = column.format(cells, styles);
        if words.as_str().is_empty() {
            sheet.write_blank(at, column.at, format)?;
            continue;
        }
        lines = lines.max(words.lines(column.width.saturating_sub(SIDES)));
        words.write(sheet, at, column.at, format, &styles.fonts)?;
    }
    let height = height(lines);
    sheet.set_row_height_pixels(at, height)?;
    Ok(height)
}

/// What an objective's cell shows: its reference and words, and the recommendation that it answers.
pub(super) fn objective(group: &ObjectiveGroup) -> Words {
    let mut words = Words::default();
    if !group.text.is_empty() {
        words.push(&group.reference, Look::PLAIN);
        words.push("  ", Look::PLAIN);
        words.append(&group.text);
    }
    if let Some(link) = &group.recommendation {
        if !words.as_str().is_empty() {
            words.push("\n", Look::PLAIN);
        }
        words.push(&link.description, Look::PLAIN);
    }
    words
}

/// Shows where a theme begins, and that theme and objective are those of the row above.
fn repeated(sheet: &mut Worksheet, columns: &[Column], first: u32, last: u32) -> Result<(), XlsxError> {
    let Some(end) = columns.last() else { return Ok(()) };
    for column in columns.iter().filter(|c| matches!(c.source, Source::Theme | Source::Objective)) {
        let name = column_number_to_name(column.at);
        let (own, above) = (format!("${name}{}", first + 1), format!("${name}{first}"));
        let quiet = ConditionalFormatFormula::new().set_rule(format!("={own}={above}").as_str()).set_format(style::quiet());
        sheet.add_conditional_format(first, column.at, last, column.at, &quiet)?;
        if column.source == Source::Theme {
            let begins = ConditionalFormatFormula::new().set_rule(format!("={own}<>{above}").as_str());
            sheet.add_conditional_format(first, column.at, last, column.at, &begins.clone().set_format(style::band()))?;
            sheet.add_conditional_format(first, 0, last, end.at, &begins.set_format(style::line_above()))?;
        }
    }
    Ok(())
}

/// What a column to fill in accepts, and what it tells whoever fills it in.
fn entry(sheet: &mut Worksheet, report: &Report, column: &Column, first: u32, last: u32, states: &[&Mark]) -> Result<(), XlsxError> {
    let words = &report.words.entry;
    let at = column.at;
    let rule = DataValidation::new();
    let (rule, prompt) = match column.role {
        Role::EnterText => (rule.allow_any_value(), &words.text),
        Role::EnterName => (rule.allow_any_value(), &words.name),
        Role::EnterState if states.is_empty() => (rule.allow_any_value(), &words.state),
        Role::EnterState => {
            // Excel takes a word of 255 characters at most in a rule
            for mark in states.iter().filter(|m| m.label.len() <= 250) {
                let is = ConditionalFormatCellRule::EqualTo(format!("\"{}\"", mark.label.replace('"', "\"\"")));
                let shaded = ConditionalFormatCell::new().set_rule(is).set_format(shade(mark));
                sheet.add_conditional_format(first, at, last, at, &shaded)?;
            }
            let named = Formula::new(format!("={STATES}"));
            (rule.allow_list_formula(named).set_error_message(limited(&words.not_a_state, 255))?, &words.state)
        }
        Role::EnterDate => {
            let days = DataValidationRule::Between(ExcelDateTime::from_ymd(1990, 1, 1)?, ExcelDateTime::from_ymd(2199, 12, 31)?);
            (rule.allow_date(days).set_error_message(limited(&words.not_a_date, 255))?, &words.date)
        }
        Role::Objective | Role::Reference | Role::Prose | Role::Owners | Role::Target | Role::Status => return Ok(()),
    };
    let title = limited(&column.header, 32);
    let rule = rule.set_input_title(title.as_str())?.set_error_title(title)?.set_input_message(limited(prompt, 255))?;
    sheet.add_data_validation(first, at, last, at, &rule)?;
    Ok(())
}

impl Column {
    /// The words of its cell in a row.
    fn words(&self, row: Row<'_>) -> Words {
        let cells = row.action.map_or(&[][..], |action| &action.cells);
        let whole = match (self.source.cell(cells), self.source) {
            (_, Source::Theme) => Words::plain(row.theme.title.as_str()),
            (_, Source::Objective) => objective(row.group),
            (Some(ReportCell::Text(text)), _) => Words::of(text),
            (Some(ReportCell::Date { text, .. }), _) => Words::plain(text.as_str()),
            (Some(ReportCell::Status { note, .. }), Source::Note(_)) => Words::plain(note.as_str()),
            (Some(ReportCell::Status { mark, .. }), _) => Words::plain(mark.as_ref().map_or("", |m| m.label.as_str())),
            (None, _) => Words::default(),
        };
        if self.part == 0 && whole.fits_a_cell() {
            return whole;
        }
        whole.parts().into_iter().nth(self.part).unwrap_or_default()
    }

    /// The date of its cell, where that is nothing but a date that a workbook can hold: a month by its last day.
    fn date<'a>(&self, cells: &[ReportCell], styles: &'a Styles) -> Result<Option<(ExcelDateTime, &'a Format)>, XlsxError> {
        let Some(ReportCell::Date { plain: Some(plain), .. }) = self.source.cell(cells) else { return Ok(None) };
        let format = match (plain, self.role) {
            (_, Role::EnterDate) => &styles.entry_date,
            (PartialDate::Day(_), _) => &styles.day,
            (PartialDate::Month(..), _) => &styles.month,
            (PartialDate::Year(_), _) => return Ok(None),
        };
        let last = plain.last();
        // Excel takes 1900 for a leap year: what comes before its March is a day off in some programs
        let holds = (1901..=9999).contains(&last.year());
        Ok(if holds { Some((excel(last)?, format)) } else { None })
    }

    fn format<'a>(&self, cells: &[ReportCell], styles: &'a Styles) -> &'a Format {
        match (self.source.cell(cells), self.source, self.role) {
            (Some(ReportCell::Status { mark: Some(mark), .. }), Source::Cell(_), _) => styles.mark(mark),
            (_, Source::Note(_), _) => &styles.note,
            (_, _, Role::EnterDate) => &styles.entry_date,
            (_, _, role) if role.is_entry() => &styles.entry,
            (_, _, Role::Reference) => &styles.row_header,
            _ => &styles.cell,
        }
    }
}
