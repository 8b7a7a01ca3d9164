//! The sheet of the plan: an Excel table in which each action is exactly one row, and the cells
//! that the reviewer fills in.
//!
//! Themes and objectives are repeated in the row of each action, so that sorting and filtering
//! leave no row without them. Where a theme begins, a line and strong words on a band show it;
//! where a row repeats the theme or objective above it, their ink is quieter. Both are conditional
//! formats that look at the row above, so that they are right again after sorting. (A filter hides
//! rows, and does not change which row is above.)

use std::collections::HashMap;

use rayon::prelude::*;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation,
    DataValidationRule, ExcelDateTime, Formula, IgnoreError, Table, TableColumn, TableStyle,
    Worksheet, XlsxError,
};

use super::columns::{ROWS_AT_ONCE, SheetColumnLayout, columns, row_words};
use super::heading::SheetHeading;
use super::limits::LimitsExceeded;
use super::measure::{LINE, LINES, SIDES, TALLEST, height};
use super::page::{self, PageBreaks};
use super::runs::FormatRuns;
use super::style::{BODY_POINTS, TITLE_POINTS, WorkbookFormats, shade};
use super::words::{CellText, escaped};
use super::{CellAddress, TableRange, day};
use crate::date::PartialDate;
use crate::report::{
    ColumnRole, PlanTable, Report, ReportCell, ReportSection, SheetColumn, SheetColumnSource,
    SheetRow, StatusMark, limited,
};

/// The workbook's name for the cells of the key that name the states.
pub(super) const STATES: &str = "Statuses";

/// The name of the plan's table in the workbook.
const TABLE: &str = "Plan";

/// The plan's table as it is to stand in the sheet.
pub(super) struct MeasuredTable<'a> {
    table: &'a PlanTable,
    rows: Vec<SheetRow<'a>>,
    columns: Vec<SheetColumnLayout>,
    /// The words of each row's cells, but for those that it repeats.
    words: Vec<Vec<Option<CellText<'a>>>>,
    /// How many lines the highest of these cells takes, row by row.
    lines: Vec<usize>,
}

/// Measures all cells of a table, by all processors.
pub(super) fn measured<'a>(
    table: &'a PlanTable,
    report: &Report,
    states: &[&StatusMark],
) -> MeasuredTable<'a> {
    let rows: Vec<SheetRow<'_>> = table.sheet_rows().collect();
    let shown = table.sheet_columns(&report.words);
    let all = (0..rows.len()).into_par_iter().with_min_len(ROWS_AT_ONCE);
    let words: Vec<_> = all.map(|at| row_words(&shown, &rows, at)).collect();
    let columns = columns(shown, &words, states);
    let lines =
        words.par_iter().with_min_len(ROWS_AT_ONCE).map(|row| own_lines(&columns, row)).collect();
    MeasuredTable { table, rows, columns, words, lines }
}

/// Writes the sheet, and says where each objective and the table stand in it.
pub(super) fn plan(
    sheet: &mut Worksheet,
    report: &Report,
    section: &ReportSection,
    MeasuredTable { table, rows, columns, words, lines }: MeasuredTable<'_>,
    states: &[&StatusMark],
    styles: &mut WorkbookFormats,
    beyond: &mut LimitsExceeded,
) -> Result<(HashMap<String, CellAddress>, TableRange), XlsxError> {
    for cell in rows.iter().filter_map(|row| row.action).flat_map(|action| &action.cells) {
        if let ReportCell::Status { mark: Some(mark), .. } = cell {
            styles.learn(mark);
        }
    }
    let last_column = columns.last().map_or(0, |c| c.at);
    for column in &columns {
        sheet.set_column_width_pixels(column.at, column.width)?;
    }
    let (header, above) = above(sheet, report, section, table, &columns, styles)?;
    let begin = header + 1;
    let last = header + u32::try_from(rows.len().max(1)).unwrap_or(u32::MAX - header);
    let high = headers(sheet, (header, last), &columns, styles, beyond)?;

    let mut pages = PageBreaks::new(columns.iter().map(|c| c.width).sum(), above + high, high);
    let mut addresses = HashMap::new();
    let mut writing = PlanRowWriter {
        columns: &columns,
        styles,
        beyond,
        repeated: HashMap::new(),
        formats: FormatRuns::up_to(last_column),
    };
    let (mut at, mut together, mut heights, mut group) = (begin, begin, Vec::new(), None);
    for ((row, words), lines) in rows.iter().zip(words).zip(lines) {
        let own = row.objective.map(|o| o.anchor.as_str());
        if own != group {
            pages.add(together, &heights);
            heights.clear();
            (group, together) = (own, at);
            addresses.extend(own.map(|anchor| {
                (
                    anchor.to_owned(),
                    CellAddress { sheet: section.short.clone(), row: at, column: 0 },
                )
            }));
        }
        let height = writing.write(sheet, at, row, words, lines)?;
        sheet.set_row_height_pixels(at, height)?;
        heights.push(height);
        at += 1;
    }
    writing.formats.end(sheet, at)?;
    pages.add(together, &heights);
    pages.end(sheet)?;

    // references such as 1.1 are words, not numbers typed by mistake
    sheet.ignore_error_range(begin, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
    for column in &columns {
        entry(sheet, report, column, (begin, last), states)?;
        repeats(sheet, column, (begin, last), last_column, styles)?;
    }
    page::set_up(sheet, report);
    sheet.set_repeat_rows(header, header)?;
    sheet.set_print_area(0, 0, last, last_column)?;
    let frozen = u16::from(columns.first().is_some_and(|c| c.shown.role == ColumnRole::Reference));
    sheet.set_freeze_panes(begin, frozen)?;
    Ok((
        addresses,
        TableRange {
            name: TABLE,
            sheet: section.short.clone(),
            headers: header,
            last,
            last_column,
        },
    ))
}

/// The rows of the table while they are written.
struct PlanRowWriter<'a> {
    columns: &'a [SheetColumnLayout],
    styles: &'a WorkbookFormats,
    beyond: &'a mut LimitsExceeded,
    /// The words of the theme and of the objective as the row above has them, and how many lines
    /// they take.
    repeated: HashMap<u16, (CellText<'a>, usize)>,
    formats: FormatRuns<'a>,
}

impl<'a> PlanRowWriter<'a> {
    /// Writes a row, and says how high it must be, in pixels, if its own cells take so many lines.
    fn write(
        &mut self,
        sheet: &mut Worksheet,
        at: u32,
        row: &SheetRow<'a>,
        words: Vec<Option<CellText<'a>>>,
        own: usize,
    ) -> Result<u32, XlsxError> {
        let mut highest = own;
        for (column, own) in self.columns.iter().zip(words) {
            self.formats.cell(sheet, (at, column.at), column.format(row, self.styles))?;
            let (words, lines) = self.fitted(column, row, own);
            if words.as_str().is_empty() {
                continue;
            }
            highest = highest.max(lines);
            if let Some(ReportCell::Date { date: Some(date), .. }) =
                row.action.and_then(|action| column.shown.from.cell(action))
            {
                sheet.write_datetime(at, column.at, day(date.last())?)?;
                continue;
            }
            words.write(sheet, at, column.at, None, &self.styles.fonts)?;
        }
        if highest > LINES {
            self.beyond.too_high(&label(row));
        }
        Ok(height(highest))
    }

    /// The words of a cell, as far as it can hold them, and how many lines they take if the row
    /// above has them too. A cell that is cut is higher than a row can be, both before and after.
    fn fitted(
        &mut self,
        column: &SheetColumnLayout,
        row: &SheetRow<'a>,
        own: Option<CellText<'a>>,
    ) -> (CellText<'a>, usize) {
        let Some(words) = own else {
            return self.repeated.get(&column.at).cloned().unwrap_or_default();
        };
        let words =
            self.beyond.fitted(words, || (label_of(column, row), column.shown.header.clone()));
        if matches!(column.shown.from, SheetColumnSource::Theme | SheetColumnSource::Objective) {
            let again = words.clone().beginning();
            let high = lines(column, &again);
            self.repeated.insert(column.at, (again, high));
        }
        (words, 1)
    }
}

/// How many lines the highest cell of a row takes, of those that do not repeat the row above.
fn own_lines(columns: &[SheetColumnLayout], row: &[Option<CellText<'_>>]) -> usize {
    let own =
        columns.iter().zip(row).filter_map(|(column, words)| Some(lines(column, words.as_ref()?)));
    own.max().unwrap_or(1)
}

fn lines(column: &SheetColumnLayout, words: &CellText<'_>) -> usize {
    let room = column.width.saturating_sub(SIDES);
    if column.shown.role == ColumnRole::Theme {
        words.strong_lines(room)
    } else {
        words.lines(room)
    }
}

/// How much of a theme's title names it, in UTF-16 units.
const LABEL: usize = 60;

/// What a row is called: "Action 1.1".
fn label(row: &SheetRow<'_>) -> String {
    let own = row
        .action
        .map(|a| a.heading.as_str())
        .or_else(|| row.objective.map(|o| o.heading.as_str()));
    own.map_or_else(|| limited(&row.theme.title, LABEL), str::to_owned)
}

/// What a cell is of: a theme and an objective are repeated, and not of one action.
fn label_of(column: &SheetColumnLayout, row: &SheetRow<'_>) -> String {
    match column.shown.from {
        SheetColumnSource::Theme => label(&SheetRow { objective: None, action: None, ..*row }),
        SheetColumnSource::Objective => label(&SheetRow { action: None, ..*row }),
        SheetColumnSource::Cell(_)
        | SheetColumnSource::Position(_)
        | SheetColumnSource::Note(_) => label(row),
    }
}

/// How a column shows where the theme begins, and what the row above says already.
fn repeats(
    sheet: &mut Worksheet,
    column: &SheetColumnLayout,
    (first, last): (u32, u32),
    last_column: u16,
    styles: &WorkbookFormats,
) -> Result<(), XlsxError> {
    let at = column.at;
    let letters = rust_xlsxwriter::utility::column_number_to_name(at);
    // rows count from 1 in formulas
    let compared = |sign: &str| format!("=${letters}{}{sign}${letters}{first}", first + 1);
    let rule = |sign: &str, format: &rust_xlsxwriter::Format| {
        ConditionalFormatFormula::new().set_rule(compared(sign).as_str()).set_format(format)
    };
    match column.shown.role {
        ColumnRole::Theme => {
            sheet.add_conditional_format(first, at, last, at, &rule("=", &styles.repeated))?;
            sheet.add_conditional_format(first, at, last, at, &rule("<>", &styles.begins))?;
            sheet.add_conditional_format(
                first,
                0,
                last,
                last_column,
                &rule("<>", &styles.line_above),
            )?;
        }
        ColumnRole::Objective => {
            sheet.add_conditional_format(first, at, last, at, &rule("=", &styles.repeated))?;
        }
        _ => {}
    }
    Ok(())
}

/// What stands above the headers: the sheet's heading in A1, the table's caption, and the legend
/// over the columns to fill in. Says in which row the headers begin, and how high all above them
/// is, in pixels.
fn above(
    sheet: &mut Worksheet,
    report: &Report,
    section: &ReportSection,
    table: &PlanTable,
    columns: &[SheetColumnLayout],
    styles: &WorkbookFormats,
) -> Result<(u32, u32), XlsxError> {
    let given: Vec<&SheetColumnLayout> =
        columns.iter().take_while(|c| !c.shown.role.is_entry()).collect();
    let last = given.last().map_or(0, |c| c.at);
    let title = SheetHeading {
        columns: (0, last),
        width: given.iter().map(|c| c.width).sum(),
        format: &styles.title,
        fonts: &styles.fonts,
        points: TITLE_POINTS,
    };
    let (caption, above) = title.write(sheet, 0, &section.heading)?;
    let quiet = SheetHeading { format: &styles.quiet, points: BODY_POINTS, ..title };
    let (mut headers, mut more) = quiet.write(sheet, caption, &table.caption)?;
    if table.has_calculated() {
        let (at, height) = quiet.write(sheet, headers, &report.calculated)?;
        (headers, more) = (at, more + height);
    }
    let entries: Vec<&SheetColumnLayout> =
        columns.iter().filter(|c| c.shown.role.is_entry()).collect();
    match entries.as_slice() {
        [] => {}
        [only] => {
            sheet.write_string_with_format(
                headers - 1,
                only.at,
                &report.words.entry.legend,
                &styles.legend,
            )?;
        }
        [first, .., last] => {
            sheet.merge_range(
                headers - 1,
                first.at,
                headers - 1,
                last.at,
                &report.words.entry.legend,
                &styles.legend,
            )?;
        }
    }
    Ok((headers, above + more))
}

/// Makes the range from its headers to its last row the plan's table; says how high its headers
/// are, in pixels.
fn headers(
    sheet: &mut Worksheet,
    (at, last): (u32, u32),
    columns: &[SheetColumnLayout],
    styles: &WorkbookFormats,
    beyond: &mut LimitsExceeded,
) -> Result<u32, XlsxError> {
    let names: Vec<TableColumn> =
        columns.iter().map(|c| TableColumn::new().set_header(escaped(&c.shown.header))).collect();
    let table = Table::new()
        .set_name(TABLE)
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_columns(&names);
    sheet.add_table(at, 0, last, columns.last().map_or(0, |c| c.at), &table)?;
    let mut highest = 1;
    for column in columns {
        let words = CellText::plain(column.shown.header.as_str());
        highest = highest.max(words.strong_lines(column.width.saturating_sub(SIDES)));
        let format =
            if column.shown.role.is_entry() { &styles.entry_header } else { &styles.header };
        words.write(sheet, at, column.at, format, &styles.fonts)?;
        if column.shown.is_cut {
            beyond.goes_on(
                column.shown.header.clone(),
                String::new(),
                CellText::plain(column.shown.own.clone()),
            );
        }
    }
    // the button of the filter stands at the foot of the header
    let high = (height(highest) + LINE).min(TALLEST);
    sheet.set_row_height_pixels(at, high)?;
    Ok(high)
}

/// What a column to fill in accepts, and what it tells whoever fills it in.
fn entry(
    sheet: &mut Worksheet,
    report: &Report,
    column: &SheetColumnLayout,
    (first, last): (u32, u32),
    states: &[&StatusMark],
) -> Result<(), XlsxError> {
    let words = &report.words.entry;
    let at = column.at;
    let rule = DataValidation::new();
    let (rule, prompt) = match column.shown.role {
        ColumnRole::EnterText => (rule.allow_any_value(), &words.text),
        ColumnRole::EnterName => (rule.allow_any_value(), &words.name),
        ColumnRole::EnterState if states.is_empty() => (rule.allow_any_value(), &words.state),
        ColumnRole::EnterState => {
            shades(sheet, at, (first, last), states)?;
            let named = Formula::new(format!("={STATES}"));
            (
                rule.allow_list_formula(named)
                    .set_error_message(limited(&words.not_a_state, 255))?,
                &words.state,
            )
        }
        ColumnRole::EnterDate => {
            let days = DataValidationRule::Between(
                ExcelDateTime::from_ymd(1990, 1, 1)?,
                ExcelDateTime::from_ymd(2199, 12, 31)?,
            );
            (rule.allow_date(days).set_error_message(limited(&words.not_a_date, 255))?, &words.date)
        }
        ColumnRole::Status => return shades(sheet, at, (first, last), states),
        ColumnRole::Theme
        | ColumnRole::Objective
        | ColumnRole::Reference
        | ColumnRole::Prose
        | ColumnRole::Owners
        | ColumnRole::Target
        | ColumnRole::Number => return Ok(()),
    };
    let title = limited(&column.shown.header, 32);
    let rule = rule
        .set_input_title(title.as_str())?
        .set_error_title(title)?
        .set_input_message(limited(prompt, 255))?;
    sheet.add_data_validation(first, at, last, at, &rule)?;
    Ok(())
}

/// Shows each state on its colour, whoever wrote its word.
fn shades(
    sheet: &mut Worksheet,
    at: u16,
    (first, last): (u32, u32),
    states: &[&StatusMark],
) -> Result<(), XlsxError> {
    // Excel takes a word of 255 characters at most in a rule
    for mark in states.iter().filter(|m| m.label.len() <= 250) {
        let is =
            ConditionalFormatCellRule::EqualTo(format!("\"{}\"", mark.label.replace('"', "\"\"")));
        let shaded = ConditionalFormatCell::new().set_rule(is).set_format(shade(mark));
        sheet.add_conditional_format(first, at, last, at, &shaded)?;
    }
    Ok(())
}

impl SheetColumnLayout {
    fn format<'a>(
        &self,
        row: &SheetRow<'_>,
        styles: &'a WorkbookFormats,
    ) -> &'a rust_xlsxwriter::Format {
        let SheetColumn { from, role, .. } = &self.shown;
        match (row.action.and_then(|action| from.cell(action)), from, role) {
            (Some(ReportCell::Status { mark: Some(mark), .. }), SheetColumnSource::Cell(_), _) => {
                styles.mark(mark)
            }
            (
                Some(ReportCell::Date { date: Some(PartialDate::Day(_)), .. }),
                _,
                ColumnRole::Target,
            ) => &styles.day,
            (Some(ReportCell::Date { date: Some(_), .. }), _, ColumnRole::Target) => &styles.month,
            (_, SheetColumnSource::Position(_) | SheetColumnSource::Note(_), _) => &styles.note,
            (_, _, ColumnRole::EnterDate) => &styles.entry_date,
            (_, _, role) if role.is_entry() => &styles.entry,
            (_, _, ColumnRole::Reference) => &styles.row_header,
            _ => &styles.cell,
        }
    }
}
