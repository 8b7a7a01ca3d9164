//! The dates of whole columns: day numbers, times in UTC, days and months that a program has
//! swapped; and one message for each column and kind of doubt.

mod doubts;

use crate::date::Date;
use crate::diagnostic::Fix;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::Field;
use crate::plan::target::{self, FiguresDate};
use crate::source::{Cell, CellType};
use crate::table::{Column, PlanGrid, TableRow};
use crate::text::Text;
use crate::vocabulary;
use crate::vocabulary::normalize;

use super::Importer;

pub(super) use doubts::DateDoubts;
use doubts::{column_named, examples, quoted, shortened};

/// How many examples a message quotes.
const MAX_EXAMPLES: usize = 3;
/// How many reasons a message gives.
const MAX_REASONS: usize = 5;

/// Whether days and months that seem swapped are read the other way round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum DaySwap {
    #[default]
    Unwanted,
    Wanted,
    /// At least one column was read the other way round.
    Done,
}

/// Cells of a column that were rewritten as dates.
#[derive(Default)]
struct Rewritten {
    place: Option<Place>,
    count: usize,
    examples: Vec<String>,
    /// The words of the source.
    words: Vec<String>,
    /// Whether a day is another than the words name.
    other_day: bool,
}

impl Rewritten {
    fn rewrite(&mut self, cell: &mut Cell, day: Date) {
        let words = cell.value.plain().into_owned();
        self.count += 1;
        self.place.get_or_insert_with(|| cell.place.clone());
        if self.examples.len() < MAX_EXAMPLES {
            self.examples.push(format!("{} as {}", quoted(&words, &cell.place), day.in_words()));
        }
        self.words.push(words);
        cell.value = Text::from_plain(&day.in_words());
    }

    fn diagnostic(self, code: Code, what: &str, help: &str) -> Option<Diagnostic> {
        let message = format!("{what}: {}", examples(&self.examples, self.count));
        Some(
            Diagnostic::new(code, message)
                .at(&self.place?)
                .help(help)
                .left_out(self.words.join("\n")),
        )
    }
}

impl Importer {
    /// Reads what the columns of dates in a table say as a whole.
    pub(super) fn dates_of_columns(&mut self, table: &mut PlanGrid) {
        for at in 0..table.columns.len() {
            let column = &table.columns[at];
            let is_date = matches!(column.field, Field::Target | Field::Start | Field::CompletedOn);
            let may_be_date = column.field == Field::Extra
                && vocabulary::dates::announces_dates(&normalize(&column.header));
            if is_date || may_be_date {
                let header = column.header.clone();
                self.day_numbers(table, at, &header, is_date);
                self.utc_times(table, at, &header);
                self.swapped_days(table, at, &header);
            }
        }
        self.days_follow_months =
            table.columns.iter().position(|column| column.field == Field::Target).is_some_and(
                |at| {
                    cells(table, at).any(|cell| {
                        target::number_after_month(&cell.value.plain()).is_some_and(|day| day < 10)
                    })
                },
            );
        self.targets_before_starts(table);
    }

    fn day_numbers(&mut self, table: &mut PlanGrid, at: usize, header: &str, is_date: bool) {
        let column = column_named(header);
        let numbers = cells(table, at)
            .filter(|cell| day_number(cell).is_some_and(|(_, is_likely)| is_date || is_likely))
            .count();
        if numbers == 0 {
            return;
        }
        let filled = cells(table, at).count();
        let are_most = if is_date { 2 * numbers > filled } else { numbers == filled };
        // beside other dates, a number is one too if plans have such dates
        let are_dates = is_date && {
            let dates = cells(table, at)
                .filter(|cell| self.dates.of_cell(&cell.value).target.due.is_some())
                .count();
            2 * dates > filled
        };
        let mut rewritten = Rewritten::default();
        for cell in cells_mut(table, at) {
            if let Some((day, is_likely)) = day_number(cell)
                && (are_most || (are_dates && is_likely))
            {
                rewritten.rewrite(cell, day);
            }
        }
        let count = rewritten.count;
        let what = if count == 1 {
            format!(
                "1 cell of {column} holds the number by which spreadsheets count days, and is shown as a date"
            )
        } else {
            format!(
                "{count} cells of {column} hold the numbers by which spreadsheets count days, and are shown as dates"
            )
        };
        self.diagnostics.extend(rewritten.diagnostic(
            Code::DayNumbers,
            &what,
            "check the dates; in the spreadsheet, format the column as dates",
        ));
    }

    fn utc_times(&mut self, table: &mut PlanGrid, at: usize, header: &str) {
        let column = column_named(header);
        let mut rewritten = Rewritten::default();
        for cell in cells_mut(table, at) {
            let words = cell.value.plain();
            if let Some(day) = target::utc_time(&words) {
                rewritten.other_day |= !words.trim().starts_with(&day.to_string());
                rewritten.rewrite(cell, day);
            }
        }
        let (count, other_day) = (rewritten.count, rewritten.other_day);
        let times = if count == 1 {
            "1 time in UTC was read as the day that it was".to_owned()
        } else {
            format!("{count} times in UTC were read as the days that they were")
        };
        let what = format!("in {column}, {times} in the United Kingdom");
        let help = if other_day {
            "check the dates: in summer, midnight is 23:00 UTC of the day before"
        } else {
            "check the dates"
        };
        self.diagnostics.extend(rewritten.diagnostic(Code::UtcTimes, &what, help));
    }

    fn swapped_days(&mut self, table: &mut PlanGrid, at: usize, header: &str) {
        let column = column_named(header);
        let Some(signs) = SwapSigns::of(table, at) else { return };
        if self.day_swap == DaySwap::Unwanted {
            let message = format!(
                "day and month may be swapped in {} of {column}: {}",
                signs.dates(),
                signs.why()
            );
            let help =
                "check the dates against the original; if they are wrong, swap day and month";
            self.emit(
                Diagnostic::new(Code::DayMonthSwapped, message)
                    .at(&signs.place)
                    .help(help)
                    .fix(Fix::SwapDayMonth),
            );
            return;
        }
        self.day_swap = DaySwap::Done;
        let mut rewritten = Rewritten::default();
        for cell in cells_mut(table, at) {
            if let Some((date, _)) = date_in_figures(cell).filter(|(date, _)| date.is_ambiguous())
                && let Some(day) = date.month_first()
            {
                rewritten.rewrite(cell, day);
            }
        }
        let dates = if rewritten.count == 1 {
            "1 date".to_owned()
        } else {
            format!("{} dates", rewritten.count)
        };
        let what = format!("day and month were swapped in {dates} of {column}");
        self.diagnostics.extend(rewritten.diagnostic(
            Code::DayMonthSwapped,
            &what,
            "check the dates against the original",
        ));
    }

    fn targets_before_starts(&mut self, table: &PlanGrid) {
        let column = |field: Field| table.columns.iter().position(|c| c.field == field);
        let (Some(start), Some(target)) = (column(Field::Start), column(Field::Target)) else {
            return;
        };
        let mut found: Option<(usize, Place, Place, String)> = None;
        let mut both = 0;
        for row in &table.rows {
            let TableRow::Row { cells, .. } = row else { continue };
            let (Some(start), Some(target)) = (cells.get(start), cells.get(target)) else {
                continue;
            };
            let due = self.dates.of_cell(&target.value).target.due;
            let Some((due, begins)) = due.zip(self.dates.of_cell(&start.value).target.start) else {
                continue;
            };
            both += 1;
            if due < begins {
                let pair = || {
                    format!(
                        "{} is before {}",
                        quoted(&target.value.plain(), &target.place),
                        quoted(&start.value.plain(), &start.place)
                    )
                };
                let (count, ..) = found
                    .get_or_insert_with(|| (0, target.place.clone(), start.place.clone(), pair()));
                *count += 1;
            }
        }
        let Some((count, place, other_place, pair)) = found else { return };
        let header = |column: usize| {
            table.columns.get(column).map(|c: &Column| c.header.as_str()).unwrap_or_default()
        };
        let actions = if count == 1 {
            "1 action has a".to_owned()
        } else {
            format!("{count} actions have a")
        };
        let first = if count == 1 { "" } else { "first, " };
        let message = format!(
            "{actions} date in “{}” that is before the date in “{}”: {first}{pair}",
            shortened(header(target)),
            shortened(header(start))
        );
        let help = if 2 * count > both && both > 2 {
            "check whether the two columns are the right way round"
        } else {
            "check both dates"
        };
        self.emit(
            Diagnostic::new(Code::TargetBeforeStart, message)
                .at(&place)
                .and_at(&other_place)
                .help(help),
        );
    }

    /// Reports dates, once all tables have been read.
    pub(super) fn report_dates(&mut self) {
        self.diagnostics.extend(self.date_doubts.take());
        if self.day_swap == DaySwap::Wanted {
            let message =
                "no column shows signs that day and month are swapped; no date was changed";
            self.emit(
                Diagnostic::new(Code::DayMonthSwapped, message)
                    .help("read the dates as they stand")
                    .fix(Fix::KeepDayMonth),
            );
        }
    }
}

/// Signs that a program with the settings of another country has swapped the days and months of a
/// column.
struct SwapSigns {
    /// Where the first date that may be swapped stands.
    place: Place,
    swapped: usize,
    first_swapped: String,
    /// A date that was not swapped.
    other: String,
    month_is_first: bool,
}

impl SwapSigns {
    fn of(table: &PlanGrid, at: usize) -> Option<Self> {
        const FEWEST: usize = 2;
        let (mut real, mut real_ambiguous, mut text_ambiguous) = (0, 0, 0);
        let (mut day_first, mut month_first): (Option<String>, Option<String>) = (None, None);
        let mut first: Option<(Place, String)> = None;
        for cell in cells(table, at) {
            let Some((date, is_real)) = date_in_figures(cell) else { continue };
            let example = || quoted(&cell.value.plain(), &cell.place);
            real += usize::from(is_real);
            if date.can_be_swapped() {
                *(if is_real { &mut real_ambiguous } else { &mut text_ambiguous }) += 1;
                if date.is_ambiguous() {
                    first.get_or_insert_with(|| (cell.place.clone(), example()));
                }
            } else if is_real {
                return None;
            } else if date.is_month_first() {
                month_first.get_or_insert_with(example);
            } else {
                day_first.get_or_insert_with(example);
            }
        }
        let (place, first_swapped) = first?;
        match (day_first, month_first) {
            (None, Some(other)) => {
                let swapped = real_ambiguous + text_ambiguous;
                Some(Self { place, swapped, first_swapped, other, month_is_first: true })
            }
            (Some(other), None) if text_ambiguous == 0 && real >= FEWEST => Some(Self {
                place,
                swapped: real_ambiguous,
                first_swapped,
                other,
                month_is_first: false,
            }),
            _ => None,
        }
    }

    fn dates(&self) -> String {
        if self.swapped == 1 { "1 date".to_owned() } else { format!("{} dates", self.swapped) }
    }

    fn why(&self) -> String {
        let Self { first_swapped, other, .. } = self;
        if self.month_is_first {
            format!("{other} has the month first, so {first_swapped} may too")
        } else {
            format!(
                "all that are dates have a day of 12 or less, as {first_swapped}, and all with a later day are text, as {other}"
            )
        }
    }
}

/// The day, month and year of a cell that holds a date in figures, and whether the spreadsheet has
/// it as a date.
fn date_in_figures(cell: &Cell) -> Option<(FiguresDate, bool)> {
    if cell.holds() == CellType::Date {
        let day = target::read(&cell.value.plain(), target::DateConventions::default());
        let day = day.due.filter(|_| day.kind == crate::plan::TargetKind::Day)?;
        return Some((FiguresDate::of(day), true));
    }
    Some((target::date_in_figures(&cell.value.plain())?, false))
}

/// The day whose number a cell holds, and whether plans have such dates.
fn day_number(cell: &Cell) -> Option<(Date, bool)> {
    let words = cell.value.plain();
    let words = words.trim();
    match cell.holds() {
        CellType::Words => target::day_number(words),
        CellType::Number => target::day_number(&words.replace(',', "")),
        _ => None,
    }
}

/// The filled cells of a column.
fn cells(table: &PlanGrid, at: usize) -> impl Iterator<Item = &Cell> {
    table
        .rows
        .iter()
        .filter_map(move |row| row.cells()?.get(at).filter(|cell| !cell.value.is_empty()))
}

fn cells_mut(table: &mut PlanGrid, at: usize) -> impl Iterator<Item = &mut Cell> {
    table
        .rows
        .iter_mut()
        .filter_map(move |row| row.cells_mut()?.get_mut(at).filter(|cell| !cell.value.is_empty()))
}

#[cfg(test)]
mod tests;
