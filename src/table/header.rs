//! Which rows of a grid are a header, and what its columns are called.
//!
//! A header differs from the rows below it: its cells name what a column holds, and are none of the
//! dates, statuses, names or sentences that stand below. How much its words are those of headers is
//! weighed by [`columns::weigh_headers`].

mod groups;
mod height;
mod looks;
mod sides;

use std::collections::HashSet;

use crate::place::{Place, Sourced};
use crate::plan::{Field, target};
use crate::source::{Cell, CellType, Row};
use crate::text::Text;
use crate::vocabulary::words::ExtraWords;
use crate::vocabulary::{normalize, normalize_start};

use groups::cells;

use super::columns::{self, HeaderCell, HeaderWeight};
use super::field::{CycleField, KnownBy, cycle_field};
use super::profile::{self, ValueKind};
use super::{Column, ColumnHints};

use height::height;
pub(super) use height::is_like_those_below;

/// The header of a table of the plan.
#[derive(Debug, Clone)]
pub(super) struct TableHeader {
    pub(super) columns: Vec<Column>,
    pub(super) place: Place,
    /// How many rows it takes.
    pub(super) height: usize,
    /// How much speaks for it.
    pub(super) weight: f32,
    /// Its rows as they stand, their words normalised.
    rows: Vec<Vec<String>>,
}

/// How sure a format is that a row is a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeaderMarking {
    /// The format does not say.
    Unmarked,
    /// It is the header of a table by its markup.
    Marked,
}

/// The most rows that a header takes.
const MOST_ROWS: usize = 3;
/// The weight from which a row is a header: two clear words and more.
const ENOUGH: f32 = 7.5;
/// A header of which the format or the rows below say that it is one needs less.
const ENOUGH_WHEN_DIFFERENT: f32 = 4.0;
/// What each column adds whose values are of a kind that its header is not.
const DIFFERENT: f32 = 0.7;
/// How many rows below a header are looked at to see whether it differs from them.
const SAMPLE: usize = 12;
/// The longest words of a header's cell; some may be longer, with instructions in them.
const LONGEST: usize = 70;

impl TableHeader {
    /// The header that a plan's table has in its first rows, if they are one.
    pub(super) fn of_plan(
        rows: &[Row],
        given: ColumnHints<'_>,
        marking: HeaderMarking,
    ) -> Option<Self> {
        let (height, weight) = height(rows, given, marking)?;
        let (head, body) = rows.split_at(height);
        let mut cells = cells(head);
        let more = if columns::are_of_records(cells.iter().map(|c| c.words.as_str()), given.words) {
            0
        } else {
            lines_below(&mut cells, body, given)
        };
        let body = &body[more..];
        let named = columns::weigh_headers(
            cells.iter().map(|c| (c.own.as_str(), c.group.as_str())),
            given.words,
        )
        .fields
        .len();
        let mut columns = columns::decide(cells, body, given);
        sides::are_themes(&mut columns, body, given.words);
        if !is_of_a_plan(&columns, named, marking, !given.headers.is_empty()) {
            return None;
        }
        Some(Self {
            columns,
            place: head.first()?.place.clone(),
            height: height + more,
            weight,
            rows: head.iter().map(normalized).collect(),
        })
    }

    /// The columns of a table without a header, called by their letters: as the caller says, else
    /// by their cells.
    pub(super) fn by_letters(rows: &[Row], given: ColumnHints<'_>) -> Option<Self> {
        let first = rows.first()?;
        let cells = first.cells.iter().enumerate().map(|(i, cell)| HeaderCell {
            words: String::new(),
            own: String::new(),
            group: String::new(),
            place: cell.place.clone(),
            letters: cell.place.column_letters(i),
        });
        let mut columns = columns::decide(cells.collect(), rows, given);
        for (i, (column, cell)) in columns.iter_mut().zip(&first.cells).enumerate() {
            column.header = cell.place.column_letters(i);
        }
        Some(Self { columns, place: first.place.clone(), height: 0, weight: 0.0, rows: Vec::new() })
    }

    /// The columns of a first row, whatever they are.
    pub(super) fn of_any(row: &Row) -> Self {
        let name = |cell: &HeaderCell| {
            Column::new(cell.words.clone(), cell.place.clone(), Field::Extra, KnownBy::Nothing)
        };
        let columns = cells(std::slice::from_ref(row)).iter().map(name).collect();
        Self {
            columns,
            place: row.place.clone(),
            height: 1,
            weight: 0.0,
            rows: vec![normalized(row)],
        }
    }

    /// The columns of another table, for one that has no header of its own.
    pub(super) fn above(columns: Vec<Column>, place: Place) -> Self {
        Self { columns, place, height: 0, weight: 0.0, rows: Vec::new() }
    }

    /// The normalised words of a header of one row.
    pub(super) fn only_row(&self) -> Option<&[String]> {
        self.rows.first().filter(|_| self.height == 1).map(Vec::as_slice)
    }

    /// Takes the meanings of the columns from a header of the same words.
    pub(super) fn mean(&mut self, other: &Self) {
        for (own, other) in self.columns.iter_mut().zip(&other.columns) {
            *own = Column { header: own.header.clone(), place: own.place.clone(), ..other.clone() };
        }
    }

    /// This header of one row, where it stands again word for word.
    pub(super) fn again_in(&self, row: &Row) -> Option<Self> {
        let is_same =
            self.height == 1 && self.rows.first().is_some_and(|own| *own == normalized(row));
        is_same.then(|| Self { place: row.place.clone(), ..self.clone() })
    }

    /// Whether a row of cells reads the same as this header, or mostly so.
    pub(super) fn repeats_in(&self, cells: &[Cell]) -> bool {
        if cells.len() != self.columns.len() {
            return false;
        }
        // one word more shows that a cell has more words than the header
        let words_beside = |header: &str, cell: &Cell| {
            normalize_start(&cell.value.plain(), header.split(' ').count() + 1)
        };
        // cell by cell, as most rows differ in the first
        let is_of = |row: &Vec<String>| {
            row.len() == cells.len()
                && row.iter().zip(cells).all(|(a, cell)| *a == words_beside(a, cell))
        };
        if self.rows.iter().any(is_of) {
            return true;
        }
        let mut same = 0;
        let mut other = 0;
        for (column, cell) in self.columns.iter().zip(cells) {
            let header = normalize(&column.header);
            let words = words_beside(&header, cell);
            let is_same = header == words
                || (!words.is_empty() && header.ends_with(&words) && header.len() > words.len());
            match (header.is_empty() && words.is_empty(), is_same) {
                (true, _) => {}
                (_, true) => same += 1,
                (_, false) => other += 1,
            }
            if other * 4 > cells.len() {
                return false;
            }
        }
        same >= 1 && other == 0 || (same >= 3 && other * 3 <= same)
    }

    /// Whether another header has the same columns in the same order.
    pub(super) fn same_as(&self, other: &Self) -> bool {
        self.columns.len() == other.columns.len()
            && self
                .columns
                .iter()
                .zip(&other.columns)
                .all(|(a, b)| normalize(&a.header) == normalize(&b.header))
    }

    /// Whether it has a column that the caller calls so.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().enumerate().any(|(at, column)| column.is_called(at, name))
    }

    /// Its words, as they stand.
    pub(super) fn words(&self) -> String {
        self.columns.iter().map(|c| c.header.as_str()).collect::<Vec<_>>().join(" | ")
    }
}

fn normalized(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| normalize(&cell.value.plain())).collect()
}

/// Whether columns are those of a plan, of which so many are named by their headers.
fn is_of_a_plan(columns: &[Column], named: usize, marking: HeaderMarking, has_given: bool) -> bool {
    let has = |field: Field| columns.iter().any(|c| c.field == field);
    let is_action = |known: fn(&KnownBy) -> bool| {
        columns.iter().any(|c| c.field == Field::Action && known(&c.known_by))
    };
    // a short table above the plan, as a key to the statuses is, has no words above the plan's
    // columns
    let is_key = marking == HeaderMarking::Unmarked
        && columns.iter().any(|c| c.field == Field::Action && c.header.is_empty());
    // a label and its value on a cover sheet are no plan
    let is_cover = columns.len() == 2 && has(Field::Theme);
    // where the words of the header say little, the cells must say all
    let values = [Field::Owner, Field::Target, Field::Status]
        .into_iter()
        .filter(|field| has(*field))
        .count();
    let is_marked = marking == HeaderMarking::Marked
        && is_action(|known| matches!(known, KnownBy::Name | KnownBy::Words));
    let says_little = named < 2 && values < 2 && !has_given && !is_marked;
    if is_key || is_cover || says_little {
        return false;
    }
    let by_caller =
        columns.iter().filter(|c| c.known_by == KnownBy::Caller && c.field != Field::Extra).count();
    let says_more = named >= 2
        || columns.iter().any(|c| {
            !matches!(
                c.field,
                Field::Action | Field::Recommendation | Field::ObjectiveReference | Field::Extra
            )
        });
    (has(Field::Action) && says_more)
        || by_caller >= 2
        || is_action(|known| *known == KnownBy::Caller)
}

/// What columns say, in words: "the action, the owner, the target date".
pub(super) fn says(columns: &[Column]) -> String {
    let mut fields: Vec<Field> =
        columns.iter().map(|c| c.field).filter(|f| *f != Field::Extra).collect();
    fields.sort_unstable();
    fields.dedup();
    fields.into_iter().map(Field::in_words).collect::<Vec<_>>().join(", ")
}

/// The columns of a grid that has no header, and the row in which they begin: as the caller says by
/// letters, or as their cells say without doubt.
pub(super) fn without_header(rows: &[Row], given: ColumnHints<'_>) -> Option<(TableHeader, usize)> {
    let start = rows.iter().position(|row| row.filled().count() >= 2)?;
    let body = &rows[start..];
    let header = TableHeader::by_letters(body, given)?;
    let column = |field: Field| header.columns.iter().position(|c| c.field == field);
    let by_caller = header
        .columns
        .iter()
        .filter(|c| c.known_by == KnownBy::Caller && c.field != Field::Extra)
        .count();
    if by_caller >= 2 || (by_caller == 1 && column(Field::Action).is_some()) {
        return Some((header, start));
    }
    column(Field::Action)?;
    // the first row must be like the others, or it is a header of words that no one knows
    let value = |field: Field, kind: ValueKind| {
        column(field)
            .and_then(|i| body[0].cells.get(i))
            .is_some_and(|c| profile::is_of_kind(&c.value.plain(), c.holds(), kind, given.words))
    };
    let owner = value(Field::Owner, ValueKind::Owner);
    let values = [value(Field::Target, ValueKind::Date), value(Field::Status, ValueKind::Status)];
    (body.len() >= 3 && owner && values.contains(&true)).then_some((header, start))
}

/// What the columns of a grid without a header may be, for each that its cells tell.
pub(super) fn guess(rows: &[Row]) -> Vec<(usize, Field)> {
    let header = TableHeader::by_letters(rows, ColumnHints::NONE);
    let columns = header.map(|header| header.columns).unwrap_or_default();
    columns
        .iter()
        .enumerate()
        .filter(|(_, c)| c.field != Field::Extra)
        .map(|(i, c)| (i, c.field))
        .collect()
}

/// Whether a row has words where the action is said to stand, and a name or date where one is.
pub(super) fn is_filled_as_named(row: &Row, columns: &[Column], added: &ExtraWords) -> bool {
    let holds = |field: Field, kind: Option<ValueKind>| {
        let cell = columns.iter().position(|c| c.field == field).and_then(|at| row.cells.get(at));
        cell.filter(|c| !c.value.is_empty()).is_some_and(|c| {
            kind.is_none_or(|kind| profile::is_of_kind(&c.value.plain(), c.holds(), kind, added))
        })
    };
    let says_what = holds(Field::Action, None) || holds(Field::Objective, None);
    // a key has statuses and their meanings too
    let values = [(Field::Owner, ValueKind::Owner), (Field::Target, ValueKind::Date)];
    says_what && values.into_iter().any(|(field, kind)| holds(field, Some(kind)))
}

/// Whether the cells of a row are filled, short, and each its own.
fn is_distinct(row: &Row) -> bool {
    let filled: Vec<String> = row.filled().map(|c| normalize(&c.value.plain())).collect();
    let distinct: HashSet<&String> = filled.iter().collect();
    filled.len() >= 3
        && distinct.len() == filled.len()
        && filled.len() * 10 >= row.cells.len() * 7
        && row.filled().all(|c| looks::name(&c.value.plain()).len() <= LONGEST)
}

/// Two or more cells with words, mostly short, that are no dates or numbers.
fn may_be_a_header(row: &Row, marking: HeaderMarking) -> bool {
    let mut filled = 0;
    let mut long = 0;
    let mut values = 0;
    for cell in row.filled() {
        let plain = cell.value.plain();
        if plain.len() > LONGEST * 8 {
            return false;
        }
        filled += 1;
        long += usize::from(looks::name(&plain).len() > LONGEST);
        values += usize::from(
            matches!(cell.holds(), CellType::Number | CellType::Date)
                && target::header_date(&plain).is_none(),
        );
    }
    let few = if marking == HeaderMarking::Marked { 2 } else { 3 };
    filled >= 2 && long * few <= filled && values * 3 <= filled
}

/// Takes the lines of a header that a program has put into rows of their own, and says how many
/// there are: below the header of a table in a text, short words in at least two columns, and none
/// in those that every action fills.
fn lines_below(cells: &mut [HeaderCell], below: &[Row], given: ColumnHints<'_>) -> usize {
    const MOST: usize = 6;
    const LONGEST_LINE: usize = 40;
    const FILLED_BY_ALL: &[Field] = &[
        Field::Reference,
        Field::ObjectiveReference,
        Field::Action,
        Field::Objective,
        Field::Recommendation,
        Field::Owner,
        Field::Target,
    ];
    if !matches!(below.first().map(|row| &row.place), Some(Place::Text { .. })) || below.len() < 2 {
        return 0;
    }
    let fields: Vec<Field> =
        columns::decide(cells.to_vec(), &[], given).into_iter().map(|c| c.field).collect();
    if !fields.contains(&Field::Action) {
        return 0;
    }
    let may_be_open: Vec<bool> = fields
        .iter()
        .zip(cells.iter())
        .map(|(field, cell)| !cell.words.is_empty() && !FILLED_BY_ALL.contains(field))
        .collect();
    let mut fewest = 2;
    let mut is_more = |row: &&Row| {
        let filled =
            || row.cells.iter().zip(&may_be_open).filter(|(cell, _)| !cell.value.is_empty());
        let more = filled().count() >= fewest
            && filled().count() * 2 <= row.cells.len()
            && filled().all(|(cell, open)| *open && cell.value.plain().len() <= LONGEST_LINE);
        fewest = 1;
        more
    };
    let lines = below.iter().take(MOST).take_while(|row| is_more(row)).count();
    for row in &below[..lines] {
        for (cell, header) in
            row.cells.iter().zip(cells.iter_mut()).filter(|(cell, _)| !cell.value.is_empty())
        {
            for words in [&mut header.words, &mut header.own] {
                words.push(' ');
                words.push_str(&cell.value.plain());
            }
        }
    }
    lines
}

/// How much the words of a row are those of a header, whatever stands below it.
pub(super) fn weigh(row: &Row, added: &ExtraWords) -> HeaderWeight {
    let plain: Vec<String> = row.cells.iter().map(|c| c.value.plain().into_owned()).collect();
    columns::weigh_headers(plain.iter().map(|words| (words.as_str(), "")), added)
}

/// The meanings that the words of a row name.
pub(super) fn known_columns(row: &Row, added: &ExtraWords) -> usize {
    weigh(row, added).fields.len()
}

/// Whether a row may be the header of a further table, under a break: its words are mostly those of
/// headers.
pub(super) fn may_be_another(row: &Row, added: &ExtraWords) -> bool {
    // a row below a heading is no header if it has a date or a sentence of its own
    const MOST_WORDS: usize = 9;
    let is_value = |cell: &Cell| {
        let plain = cell.value.plain();
        let is_date = profile::is_of_kind(&plain, cell.holds(), ValueKind::Date, added)
            && target::header_date(&plain).is_none();
        is_date || plain.split_whitespace().count() > MOST_WORDS
    };
    if !may_be_a_header(row, HeaderMarking::Unmarked) || row.filled().any(is_value) {
        return false;
    }
    let filled = row.filled().count();
    let known = weigh(row, added).fields.len();
    known >= 2 && known * 2 >= filled
}

/// The dates of a review cycle, if that is what rows hold: each header names one and one row gives
/// them, or each row has a name and its date.
pub(super) fn cycle(rows: &[Row]) -> Option<Vec<(CycleField, Sourced<Text>)>> {
    let filled = |row: &Row| row.filled().cloned().collect::<Vec<Cell>>();
    let dated = |name: &Cell, value: &Cell| {
        Some((
            cycle_field(&name.value.plain())?,
            Sourced::new(value.value.clone(), value.place.clone()),
        ))
    };
    if let [header, values] = rows
        && let Some(dates) =
            header.cells.iter().zip(&values.cells).map(|(name, value)| dated(name, value)).collect()
    {
        return Some(dates);
    }
    let of_row = |row: &Row| match filled(row).as_slice() {
        [name, value] => dated(name, value)
            .filter(|(_, date)| target::partial_date(&date.value.plain()).is_some()),
        _ => None,
    };
    if rows.is_empty() { None } else { rows.iter().map(of_row).collect() }
}

/// The words of rows, a line a row.
pub(super) fn words(rows: &[Row]) -> String {
    lines(rows, |cell| vec![&cell.value])
}

/// The words of rows, a line a row, each cell with the comment on it.
pub(super) fn words_and_comments(rows: &[Row]) -> String {
    lines(rows, |cell| std::iter::once(&cell.value).chain(cell.note()).collect())
}

fn lines(rows: &[Row], texts: impl Fn(&Cell) -> Vec<&Text>) -> String {
    let line = |row: &Row| {
        let words: Vec<String> = row
            .cells
            .iter()
            .flat_map(&texts)
            .map(|text| text.plain().replace('\n', " "))
            .filter(|words| !words.is_empty())
            .collect();
        words.join(" | ")
    };
    rows.iter().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A row that is no part of a table as a paragraph: its cells one after the other.
pub(super) fn as_paragraph(row: &Row) -> Option<Sourced<Text>> {
    let mut cells = row.filled();
    let first = cells.next()?;
    let mut text = first.value.clone();
    for cell in cells {
        text.resume(cell.value.clone());
    }
    Some(Sourced::new(text, first.place.clone()))
}

#[cfg(test)]
mod tests;
