//! The sheet of the plan: bands, objectives over their actions, and the cells that the reviewer fills in.

use std::collections::HashMap;

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DataValidationRule, ExcelDateTime, Formula, IgnoreError, Worksheet,
    XlsxError,
};

use super::Address;
use super::columns::{Column, Source, columns};
use super::heading::Heading;
use super::measure::{LINE, TALLEST, height};
use super::page::{self, Pages};
use super::row::{Cell, over, row, set_heights};
use super::style::{BAND_POINTS, BODY_POINTS, Styles, TITLE_POINTS, shade};
use super::words::{Look, Words};
use crate::report::{Mark, ObjectiveGroup, PlanTable, Report, ReportCell, Role, Section};

/// Columns that stay in view may take this many pixels; beyond it only the headers do.
const FROZEN: u32 = 420;

/// The workbook's name for the cells of the key that name the states.
pub(super) const STATES: &str = "Statuses";

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
    let (headers, above) = above(sheet, report, section, table, &columns, styles)?;
    let (begin, header) = self::headers(sheet, headers, &columns, styles)?;
    let mut pages = Pages::new(width, above + header, header);
    let band = Heading { columns: (0, last_column), width, format: &styles.band, fonts: &styles.fonts, points: BAND_POINTS, band: true };
    let mut addresses = HashMap::new();
    let mut at = begin;
    for theme in &table.themes {
        let (mut together, mut bands) = (at, 0);
        if !theme.title.is_empty() {
            (at, bands) = band.write(sheet, at, &theme.title)?;
        }
        for group in &theme.objectives {
            addresses.insert(group.anchor.clone(), Address { sheet: section.short.clone(), row: at, column: 0 });
            let heights = objective(sheet, at, group, &columns, styles)?;
            pages.add(together, bands, &heights);
            at += u32::try_from(heights.len()).unwrap_or(u32::MAX - at);
            (together, bands) = (at, 0);
        }
    }
    pages.end(sheet)?;
    let last = at.saturating_sub(1).max(begin);
    // references such as 1.1 are words, not numbers typed by mistake
    sheet.ignore_error_range(begin, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
    sheet.autofilter(begin - 1, 0, last, last_column)?;
    for column in &columns {
        entry(sheet, report, column, begin, last, states)?;
    }
    page::set_up(sheet, report);
    sheet.set_repeat_rows(headers, begin - 1)?;
    sheet.set_print_area(0, 0, last, last_column)?;
    let stays: Vec<&Column<'_>> =
        columns.iter().take_while(|c| matches!(c.source, Source::Objective) || c.role == Role::Reference).collect();
    let wide: u32 = stays.iter().map(|c| c.width).sum();
    let frozen = if wide <= FROZEN { stays.last().map_or(0, |c| c.at + 1) } else { 0 };
    sheet.set_freeze_panes(begin, frozen)?;
    Ok(addresses)
}

/// What stands above the headers: the sheet's heading in A1, the table's caption, and the legend over the columns to fill in. Says in
/// which row the headers begin, and how high all above them is, in pixels.
fn above(
    sheet: &mut Worksheet,
    report: &Report,
    section: &Section,
    table: &PlanTable,
    columns: &[Column<'_>],
    styles: &Styles,
) -> Result<(u32, u32), XlsxError> {
    let given: Vec<&Column<'_>> = columns.iter().take_while(|c| !c.role.is_entry()).collect();
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
    let entries: Vec<&Column<'_>> = columns.iter().filter(|c| c.role.is_entry()).collect();
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

/// The headers of the columns, from a row on; says in which row the table begins, and how high they are together, in pixels.
fn headers(sheet: &mut Worksheet, at: u32, columns: &[Column<'_>], styles: &Styles) -> Result<(u32, u32), XlsxError> {
    let cells = columns.iter().map(|column| Cell {
        column: column.at,
        words: Words::plain(column.header),
        format: if column.role.is_entry() { &styles.entry_header } else { &styles.header },
        width: column.width,
    });
    let mut heights = Vec::new();
    row(sheet, at, cells.collect(), &styles.fonts, &mut heights)?;
    if let Some(height) = heights.last_mut() {
        // the button of the filter stands at the foot of the header
        *height = (*height + LINE).min(TALLEST);
    }
    set_heights(sheet, at, &heights)?;
    Ok((at + u32::try_from(heights.len()).unwrap_or(1), heights.iter().sum()))
}

/// An objective and its actions, from a row on; says how high its rows are, in pixels.
fn objective(
    sheet: &mut Worksheet,
    first: u32,
    group: &ObjectiveGroup,
    columns: &[Column<'_>],
    styles: &Styles,
) -> Result<Vec<u32>, XlsxError> {
    let mut heights = Vec::new();
    let others = || columns.iter().filter(|c| !matches!(c.source, Source::Objective));
    let next = |heights: &Vec<u32>| first + u32::try_from(heights.len()).unwrap_or(u32::MAX - first);
    for action in &group.actions {
        let cells = others().map(|column| Cell {
            column: column.at,
            words: column.words(&action.cells),
            format: column.format(&action.cells, styles),
            width: column.width,
        });
        row(sheet, next(&heights), cells.collect(), &styles.fonts, &mut heights)?;
    }
    if let Some(own) = columns.iter().find(|c| matches!(c.source, Source::Objective)) {
        if heights.is_empty() {
            heights.push(height(1));
        }
        let cell = Cell { column: own.at, words: objective_words(group), format: &styles.cell, width: own.width };
        let rows = heights.len();
        over(sheet, first, cell, &styles.fonts, &mut heights)?;
        let bare = if group.actions.is_empty() { first } else { first + u32::try_from(rows).unwrap_or(u32::MAX - first) };
        for at in bare..next(&heights) {
            for column in others() {
                sheet.write_blank(at, column.at, column.format(&[], styles))?;
            }
        }
    }
    set_heights(sheet, first, &heights)?;
    Ok(heights)
}

fn objective_words(group: &ObjectiveGroup) -> Words {
    let mut words = Words::default();
    if !group.text.is_empty() {
        words.push(&group.reference, Look::BOLD);
        words.push("  ", Look::PLAIN);
        words.append(&group.text);
    }
    if let Some(link) = &group.recommendation {
        if !words.as_str().is_empty() {
            words.push("\n", Look::PLAIN);
        }
        words.push(&link.description, Look::QUIET);
    }
    words
}

/// What a column to fill in accepts, and what it tells whoever fills it in.
fn entry(sheet: &mut Worksheet, report: &Report, column: &Column<'_>, first: u32, last: u32, states: &[&Mark]) -> Result<(), XlsxError> {
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
    let title = limited(column.header, 32);
    let rule = rule.set_input_title(title.as_str())?.set_error_title(title)?.set_input_message(limited(prompt, 255))?;
    sheet.add_data_validation(first, at, last, at, &rule)?;
    Ok(())
}

/// The beginning of words, in at most so many UTF-16 units.
pub(super) fn limited(words: &str, units: usize) -> String {
    let mut left = units;
    words
        .chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}

/// The words and format of an action's cell in a column.
impl Column<'_> {
    fn words(&self, cells: &[ReportCell]) -> Words {
        match (self.source.cell(cells), &self.source) {
            (Some(ReportCell::Text(text)), _) => Words::of(text),
            (Some(ReportCell::Date { text, .. }), _) => Words::plain(text.as_str()),
            (Some(ReportCell::Status { note, .. }), Source::Note(_)) => Words::plain(note.as_str()),
            (Some(ReportCell::Status { mark, .. }), _) => Words::plain(mark.as_ref().map_or("", |m| m.label.as_str())),
            (None, _) => Words::default(),
        }
    }

    fn format<'a>(&self, cells: &[ReportCell], styles: &'a Styles) -> &'a rust_xlsxwriter::Format {
        match (self.source.cell(cells), &self.source, self.role) {
            (Some(ReportCell::Status { mark: Some(mark), .. }), Source::Cell(_), _) => styles.mark(mark),
            (_, Source::Note(_), _) => &styles.note,
            (_, _, Role::EnterDate) => &styles.entry_date,
            (_, _, role) if role.is_entry() => &styles.entry,
            (_, _, Role::Reference) => &styles.row_header,
            _ => &styles.cell,
        }
    }
}
