//! Which rows of a grid are a header, and what its columns are called.
//!
//! A row is the header of a plan by what its cells name, weighed: a column that says what is to be done, and enough others that say
//! who does it, by when, or how it stands.

use crate::place::{Place, Sourced};
use crate::plan::{Field, target};
use crate::source::{Cell, Grid, Row};
use crate::text::Text;

use super::field::{CycleField, KnownBy, cycle_field, field, folded, is_not_of_a_plan, named};
use super::{Column, contents, records};

/// The header of a table of the plan.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) columns: Vec<Column>,
    pub(super) place: Place,
    /// How many rows it takes.
    pub(super) height: usize,
}

impl Header {
    /// The header that a plan's table has in its first rows, if they are one; `below` are the rows under them.
    pub(super) fn of_plan(rows: &[Row], given: &[(String, Field)]) -> Option<Self> {
        let height = height(rows, given)?;
        let mut columns = named_columns(&rows[..height], given);
        records::settle(&mut columns);
        let are_records = records::are(rows[height..].iter(), &columns);
        let height = if are_records { height } else { height + go_on(&mut columns, &rows[height..], given) };
        let (head, body) = rows.split_at(height);
        if !are_records {
            contents::settle(&mut columns, body);
        }
        keep_one_of_each(&mut columns, body, are_records);
        settle_what(&mut columns);
        Some(Self { columns, place: head.first()?.place.clone(), height })
    }

    /// The columns of a table without a header, called by their letters.
    pub(super) fn by_letters(rows: &[Row], given: &[(String, Field)]) -> Option<Self> {
        let first = rows.first()?;
        let columns = first.cells.iter().enumerate().map(|(i, cell)| {
            let letter = cell.place.column_letters(i);
            let place = cell.place.clone();
            match given.iter().find(|(name, _)| name.eq_ignore_ascii_case(&letter)) {
                Some((_, field)) => Column { header: letter, place, field: *field, known_by: KnownBy::Caller, date: None },
                None => Column { header: letter, place, field: Field::Extra, known_by: KnownBy::Nothing, date: None },
            }
        });
        Some(Self { columns: columns.collect(), place: first.place.clone(), height: 0 })
    }

    /// The columns of a first row, whatever they are.
    pub(super) fn of_any(row: &Row, given: &[(String, Field)]) -> Self {
        Self { columns: named_columns(std::slice::from_ref(row), given), place: row.place.clone(), height: 1 }
    }

    /// Whether a row of cells reads the same as this header.
    pub(super) fn repeats_in(&self, cells: &[Cell]) -> bool {
        cells.len() == self.columns.len()
            && self.columns.iter().zip(cells).all(|(column, cell)| folded(&column.header) == folded(&cell.value.plain()))
    }

    /// Whether another header has the same columns in the same order.
    pub(super) fn same_as(&self, other: &Self) -> bool {
        self.columns.len() == other.columns.len()
            && self.columns.iter().zip(&other.columns).all(|(a, b)| folded(&a.header) == folded(&b.header))
    }

    /// Whether it has a column of this name.
    pub(super) fn has(&self, header: &str) -> bool {
        self.columns.iter().any(|c| folded(&c.header) == folded(header))
    }

    /// Its words, as they stand.
    pub(super) fn words(&self) -> String {
        self.columns.iter().map(|c| c.header.as_str()).collect::<Vec<_>>().join(" | ")
    }
}

/// What columns say, in words: "the action, the owner, the target date".
pub(super) fn says(columns: &[Column]) -> String {
    let mut fields: Vec<Field> = columns.iter().map(|c| c.field).filter(|f| *f != Field::Extra).collect();
    fields.sort_unstable();
    fields.dedup();
    fields.into_iter().map(Field::in_words).collect::<Vec<_>>().join(", ")
}

/// The longest words of a header's cell; a cell or two may be longer, with instructions in them.
const LONGEST: usize = 60;

/// How many rows the header takes that begins here: one, or two where the second divides the columns of the first.
fn height(rows: &[Row], given: &[(String, Field)]) -> Option<usize> {
    let first = rows.first().filter(|row| may_be_a_header(row))?;
    let one = score(&names(std::slice::from_ref(first)), rows.get(1..).unwrap_or_default(), given);
    let two = rows.get(..2).filter(|pair| may_be_a_header(&pair[1]) && divides(&pair[1], &pair[0])).map_or(0, |pair| {
        let under = score(&names(&pair[1..]), rows.get(2..).unwrap_or_default(), given);
        let both = score(&names(pair), rows.get(2..).unwrap_or_default(), given);
        // what the lower row says alone is a header of one row, under a title
        if both > under { both } else { 0 }
    });
    match (one >= ENOUGH, two >= ENOUGH && two >= one) {
        (_, true) => Some(2),
        (true, false) => Some(1),
        (false, false) => None,
    }
}

/// Two or more words in a row, mostly short, that are no dates or numbers.
fn may_be_a_header(row: &Row) -> bool {
    let mut filled = 0;
    let mut long = 0;
    for cell in row.cells.iter().filter(|c| !c.value.is_empty()) {
        let length = cell.value.plain().len();
        if length > LONGEST * 5 {
            return false;
        }
        filled += 1;
        long += usize::from(length > LONGEST);
    }
    filled >= 2 && long * 4 <= filled
}

/// Whether the lower row divides the columns of the upper one: its words stand under a cell that spans several columns, or under
/// none, and none of them is a date or number.
fn divides(lower: &Row, upper: &Row) -> bool {
    let mut covered = 0_u32;
    let mut below = 0;
    for (i, (above, cell)) in upper.cells.iter().zip(&lower.cells).enumerate() {
        covered = covered.saturating_sub(1).max(above.span().1.saturating_sub(1));
        if cell.value.is_empty() {
            continue;
        }
        let words = cell.value.plain();
        if words.len() > LONGEST || !words.contains(char::is_alphabetic) {
            return false;
        }
        let next_is_open =
            || upper.cells.get(i + 1).is_some_and(|c| c.value.is_empty()) && lower.cells.get(i + 1).is_some_and(|c| !c.value.is_empty());
        if above.value.is_empty() || covered > 0 || above.span().1 > 1 || next_is_open() {
            below += 1;
        } else {
            return false;
        }
    }
    below > 0
}

/// What the columns are called under a header of one row or two.
fn names(head: &[Row]) -> Vec<String> {
    let one = |cell: &Cell| cell.value.plain().split_whitespace().collect::<Vec<_>>().join(" ");
    let [upper, lower] = head else {
        return head.first().map(|row| row.cells.iter().map(one).collect()).unwrap_or_default();
    };
    let mut parent = String::new();
    let mut left = 0;
    upper
        .cells
        .iter()
        .zip(&lower.cells)
        .map(|(above, below)| {
            let (above_words, below_words) = (one(above), one(below));
            if !above_words.is_empty() {
                parent.clone_from(&above_words);
                left = above.span().1.max(if above.span().1 > 1 { 1 } else { u32::MAX });
            }
            let under = left > 0;
            left = left.saturating_sub(1);
            match (above_words.is_empty(), below_words.is_empty()) {
                (_, true) => above_words,
                (true, false) if !under => below_words,
                _ if parent.is_empty() => below_words,
                _ => format!("{parent}: {below_words}"),
            }
        })
        .collect()
}

/// The score from which a row is the header of a plan.
const ENOUGH: i32 = 5;

/// Whether a row has at least two names of columns, letter for letter.
pub(super) fn has_known_names(row: &Row, given: &[(String, Field)]) -> bool {
    may_be_a_header(row)
        && names(std::slice::from_ref(row))
            .iter()
            .filter(|n| named(n).is_some() || given.iter().any(|(g, _)| folded(g) == folded(n)))
            .count()
            >= 2
}

/// Whether a name is one that plans have, even one that has no field of its own.
pub(super) fn is_known(name: &str, given: &[(String, Field)]) -> bool {
    meaning(name, given).is_some()
}

/// How much a row of names is like the header of a plan; below [`ENOUGH`] where nothing says what is to be done.
fn score(names: &[String], below: &[Row], given: &[(String, Field)]) -> i32 {
    let known: Vec<Option<Field>> = names.iter().map(|name| meaning(name, given).map(|(field, _)| field)).collect();
    if known.iter().flatten().filter(|f| **f != Field::Extra).count() < 2 {
        return 0;
    }
    let count = |field: Field| i32::try_from(known.iter().flatten().filter(|f| **f == field).count()).unwrap_or(i32::MAX);
    let once = |field: Field, weight: i32| if count(field) > 0 { weight } else { 0 };
    let what = once(Field::Action, 4) + 3 * count(Field::Objective).min(2) + once(Field::Recommendation, 3);
    let dated = if names.iter().any(|name| target::header_date(name).is_some()) { 2 } else { 0 };
    let others = once(Field::Owner, 3)
        + once(Field::Target, 3)
        + once(Field::SuccessMeasures, 2)
        + once(Field::Update, 2)
        + once(Field::Status, 2)
        + once(Field::Percent, 2)
        + once(Field::CompletedOn, 2)
        + once(Field::Evidence, 1)
        + once(Field::Reference, 1)
        + dated;
    let lists = 3 * i32::try_from(names.iter().filter(|name| is_not_of_a_plan(name)).count()).unwrap_or(0);
    let says_what = what > 0 || (others >= ENOUGH && contents::has_a_column_of_actions(names, &known, below));
    if says_what { what + others - lists } else { 0 }
}

/// What a name means: as the caller says, else by its words.
fn meaning(name: &str, given: &[(String, Field)]) -> Option<(Field, KnownBy)> {
    if name.is_empty() {
        return None;
    }
    if let Some((_, field)) = given.iter().find(|(given, _)| folded(given) == folded(name)) {
        return Some((*field, KnownBy::Caller));
    }
    // under a divided header the lower name, or else the upper one, may say it
    let parts = || name.split(": ").collect::<Vec<_>>();
    field(name).or_else(|| match parts().as_slice() {
        [above, below] => named(below).or_else(|| named(&format!("{above} {below}"))).map(|field| (field, KnownBy::Name)),
        _ => None,
    })
}

fn named_columns(head: &[Row], given: &[(String, Field)]) -> Vec<Column> {
    let places = head.last().into_iter().flat_map(|row| &row.cells).map(|c| &c.place);
    let tops = head.first().into_iter().flat_map(|row| &row.cells);
    names(head)
        .into_iter()
        .zip(places.zip(tops))
        .map(|(header, (lower, upper))| {
            let place = if upper.value.is_empty() { lower } else { &upper.place }.clone();
            if let Some((field, known_by)) = meaning(&header, given) {
                return Column { header, place, field, known_by, date: None };
            }
            match target::header_date(&header) {
                Some((date, _)) => Column { header, place, field: Field::Update, known_by: KnownBy::Date, date: Some(date) },
                None => Column { header, place, field: Field::Extra, known_by: KnownBy::Nothing, date: None },
            }
        })
        .collect()
}

/// Takes the lines of a header that a program has put into rows of their own, and says how many there are: below the header, short
/// words in at least two columns, and none in those that every action fills.
fn go_on(columns: &mut [Column], below: &[Row], given: &[(String, Field)]) -> usize {
    const MOST: usize = 6;
    const LONGEST_LINE: usize = 40;
    const FILLED_BY_ALL: &[Field] =
        &[Field::Reference, Field::ObjectiveReference, Field::Action, Field::Objective, Field::Recommendation, Field::Owner, Field::Target];
    let is_filled_by_all =
        |i: usize| FILLED_BY_ALL.contains(&columns[i].field) && columns[..i].iter().all(|before| before.field != columns[i].field);
    let may_be_open: Vec<bool> = (0..columns.len()).map(|i| !columns[i].header.is_empty() && !is_filled_by_all(i)).collect();
    let mut fewest = 2;
    let mut is_more = |row: &&Row| {
        let filled = || row.cells.iter().zip(&may_be_open).filter(|(cell, _)| !cell.value.is_empty());
        let more = matches!(row.place, Place::Text { .. })
            && filled().count() >= fewest
            && filled().all(|(cell, open)| *open && cell.value.plain().len() <= LONGEST_LINE);
        fewest = 1;
        more
    };
    let lines = below.iter().take(MOST).take_while(|row| is_more(row)).count();
    for row in &below[..lines] {
        for (cell, column) in row.cells.iter().zip(columns.iter_mut()).filter(|(cell, _)| !cell.value.is_empty()) {
            column.header.push(' ');
            column.header.push_str(&cell.value.plain());
            (column.field, column.known_by) = meaning(&column.header, given).unwrap_or((Field::Extra, KnownBy::Nothing));
        }
    }
    lines
}

/// "What?" is the objective where a column says how; where none does, it is the action. A recommendation that stands for the
/// objective is one. Of two columns of goals, the second says how the first is reached.
fn settle_what(columns: &mut [Column]) {
    let has = |columns: &[Column], field| columns.iter().any(|c| c.field == field);
    if !has(columns, Field::Objective) && has(columns, Field::Action) {
        rename(columns, Field::Recommendation, Field::Objective, "the recommendation stands where the objective would");
    }
    if !has(columns, Field::Action) {
        let second = columns.iter().filter(|c| matches!(c.known_by, KnownBy::TakenBy(_))).find_map(|c| {
            let named = named(&c.header)?;
            (named == Field::Objective).then(|| c.header.clone())
        });
        if let Some(second) = second {
            if let Some(column) = columns.iter_mut().find(|c| c.header == second) {
                column.field = Field::Action;
                column.known_by = KnownBy::OtherColumns("it is the more detailed of two columns that say what is to be reached");
            }
            return;
        }
        let what = if has(columns, Field::Objective) { Field::Objective } else { Field::Recommendation };
        rename(columns, what, Field::Action, "no other column says what is to be done");
    }
}

fn rename(columns: &mut [Column], from: Field, to: Field, why: &'static str) {
    if let Some(column) = columns.iter_mut().find(|c| c.field == from) {
        column.field = to;
        column.known_by = KnownBy::OtherColumns(why);
    }
}

/// Where two columns mean the same, one does; the others are kept under their own headers.
///
/// It is the one that the caller named, else one that has words below it and more than a general name, else the first. Of records it is
/// the first.
fn keep_one_of_each(columns: &mut [Column], below: &[Row], are_records: bool) {
    const SAMPLE: usize = 200;
    let is_filled = |i: usize| below.iter().take(SAMPLE).any(|row| row.cells.get(i).is_some_and(|c| !c.value.is_empty()));
    for field in Field::ALL.iter().copied().filter(|f| *f != Field::Extra) {
        let same: Vec<usize> = (0..columns.len()).filter(|i| columns[*i].field == field && columns[*i].date.is_none()).collect();
        let weight = |i: &usize| {
            let is_caller = columns[*i].known_by == KnownBy::Caller;
            (is_caller, are_records || is_filled(*i), are_records || !is_general(&columns[*i].header))
        };
        let Some(kept) = same.iter().copied().reduce(|best, next| if weight(&next) > weight(&best) { next } else { best }) else {
            continue;
        };
        let header = columns[kept].header.clone();
        for i in same.into_iter().filter(|i| *i != kept) {
            columns[i].field = Field::Extra;
            columns[i].known_by = KnownBy::TakenBy(header.clone());
        }
    }
}

/// Names that say little where a fuller one stands beside them.
fn is_general(header: &str) -> bool {
    const GENERAL: &[&str] =
        &["date", "dates", "no", "number", "item", "id", "end", "state", "rating", "done", "met", "closed", "complete", "completed"];
    GENERAL.contains(&folded(header).as_str())
}

/// How many columns of a grid's first row have a meaning.
pub(super) fn known_columns(grid: &Grid, given: &[(String, Field)]) -> usize {
    let known =
        |row: &Row| names(std::slice::from_ref(row)).iter().filter_map(|n| meaning(n, given)).filter(|m| m.0 != Field::Extra).count();
    grid.rows.first().map_or(0, known)
}

/// The dates of a review cycle, if that is what rows hold: each header names one and one row gives them, or each row has a name and
/// its date.
pub(super) fn cycle(rows: &[Row]) -> Option<Vec<(CycleField, Sourced<Text>)>> {
    let filled = |row: &Row| row.cells.iter().filter(|c| !c.value.is_empty()).cloned().collect::<Vec<Cell>>();
    let dated =
        |name: &Cell, value: &Cell| Some((cycle_field(&name.value.plain())?, Sourced::new(value.value.clone(), value.place.clone())));
    if let [header, values] = rows
        && let Some(dates) = header.cells.iter().zip(&values.cells).map(|(name, value)| dated(name, value)).collect()
    {
        return Some(dates);
    }
    let of_row = |row: &Row| match filled(row).as_slice() {
        [name, value] => dated(name, value).filter(|(_, date)| target::partial_date(&date.value.plain()).is_some()),
        _ => None,
    };
    if rows.is_empty() { None } else { rows.iter().map(of_row).collect() }
}

/// The words of rows, a line a row.
pub(super) fn words(rows: &[Row]) -> String {
    let row = |row: &Row| {
        let cells: Vec<String> = row.cells.iter().map(|c| c.value.plain().replace('\n', " ")).filter(|c| !c.is_empty()).collect();
        cells.join(" | ")
    };
    rows.iter().map(row).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A row that is no part of a table as a paragraph: its cells one after the other.
pub(super) fn as_paragraph(row: &Row) -> Option<Sourced<Text>> {
    let mut cells = row.cells.iter().filter(|c| !c.value.is_empty());
    let first = cells.next()?;
    let mut text = first.value.clone();
    for cell in cells {
        text.resume(cell.value.clone());
    }
    Some(Sourced::new(text, first.place.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Row {
        let cells = cells.iter().map(|h| Cell::new(Text::from_plain(h), Place::in_text(1, 1, 0))).collect();
        Row::new(cells, Place::in_text(1, 1, 0))
    }

    fn fields(headers: &[&str]) -> Vec<Field> {
        let header = Header::of_plan(&[row(headers)], &[]);
        header.map(|h| h.columns.iter().map(|c| c.field).collect()).unwrap_or_default()
    }

    #[test]
    fn what_is_the_objective_only_where_a_column_says_how() {
        assert_eq!(fields(&["What?", "Who?", "How?"]), [Field::Objective, Field::Owner, Field::Action]);
        assert_eq!(fields(&["What?", "Who?", "When?"]), [Field::Action, Field::Owner, Field::Target]);
        assert_eq!(fields(&["Recommendation", "Action", "Lead"]), [Field::Objective, Field::Action, Field::Owner]);
        assert_eq!(fields(&["Goal name", "Objective name", "Objective ID"]), [Field::Objective, Field::Action, Field::Reference]);
    }

    #[test]
    fn a_second_column_of_the_same_meaning_is_kept_apart() {
        assert_eq!(fields(&["Action", "Lead", "Owner"]), [Field::Action, Field::Owner, Field::Extra]);
        assert_eq!(fields(&["Action", "Date", "Target date"]), [Field::Action, Field::Extra, Field::Target]);
    }

    #[test]
    fn lists_beside_a_plan_are_none() {
        for headers in [
            &["Name", "Title", "Email", "Phone"][..],
            &["Date", "Description", "Version", "Author"],
            &["Colour", "Meaning"],
            &["Completion date", "Reviewed", "Date of next review"],
            &["Status", "Definition"],
        ] {
            assert_eq!(fields(headers), [], "{headers:?}");
        }
    }

    #[test]
    fn a_header_of_two_rows_is_read_as_one() {
        let mut upper = row(&["Action", "Responsibility", "", "Timescale", ""]);
        let lower = row(&["", "Lead", "Support", "Start", "End"]);
        let header = Header::of_plan(&[upper.clone(), lower.clone()], &[]).unwrap();
        let shown: Vec<(&str, Field)> = header.columns.iter().map(|c| (c.header.as_str(), c.field)).collect();
        let expected = [
            ("Action", Field::Action),
            ("Responsibility: Lead", Field::Owner),
            ("Responsibility: Support", Field::Extra),
            ("Timescale: Start", Field::Extra),
            ("Timescale: End", Field::Target),
        ];
        assert_eq!((header.height, shown.as_slice()), (2, &expected[..]));
        // a title that spans the table is no part of its header
        upper.cells.truncate(1);
        upper.cells.resize(5, Cell::new(Text::default(), Place::in_text(1, 1, 0)));
        assert!(Header::of_plan(&[upper, lower], &[]).is_none());
    }
}
