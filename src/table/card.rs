//! Tables of two columns that each describe one action: the name of a field, and its value.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::Field;
use crate::source::{Block, Cell, Grid, Row};

use crate::vocabulary::columns::field;
use crate::vocabulary::normalize;
use crate::vocabulary::words::ExtraWords;

use super::{header, reads_like_a_heading};

/// The tables that were read as one action each.
#[derive(Debug, Default)]
pub(super) struct CardTables {
    first: Option<Place>,
    count: usize,
}

impl CardTables {
    pub(super) fn diagnostics(self) -> Option<Diagnostic> {
        let message = match self.count {
            1 => "this table has the names of fields in one column and their values in the next; it was read as one action".to_owned(),
            count => {
                format!("{count} tables have the names of fields in one column and their values in the next; each was read as one action")
            }
        };
        self.first.map(|place| Diagnostic::new(Code::RowIsAction, message).at(&place))
    }
}

/// The longest name of a field.
const LONGEST: usize = 60;

/// Reads a grid that describes actions one below the other, each in rows of a name and a value, as
/// tables with the names for headers.
///
/// What else stands in it, such as the headings of the actions, is given as paragraphs.
pub(super) fn read(
    mut grid: Grid,
    added: &ExtraWords,
    found: &mut CardTables,
    out: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    let blank = grid.rows.iter().take_while(|row| row.is_blank()).count();
    let Some(cards) = cards(&grid.rows[blank..], added) else { return vec![Block::Grid(grid)] };
    grid.rows.drain(..blank);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Grid> = None;
    let mut rest = grid.rows.into_iter();
    let mut at = 0;
    for (start, end) in cards {
        let between: Vec<Row> = rest.by_ref().take(start - at).collect();
        let mut words: Vec<Block> =
            between.iter().filter_map(header::as_paragraph).map(Block::Paragraph).collect();
        if let Some(name) = words.pop() {
            words.push(named(name));
        }
        let card: Vec<Row> = rest.by_ref().take(end - start).collect();
        at = end;
        let (names, values) = turned(card);
        found.count += 1;
        found.first.get_or_insert_with(|| names.place.clone());
        let goes_on = words.is_empty() && open.as_ref().is_some_and(|open| has_names(open, &names));
        if !goes_on {
            blocks.extend(open.take().map(Block::Grid));
            blocks.extend(words);
            open = Some(Grid {
                rows: vec![names, values],
                sheet: grid.sheet.clone(),
                ..Grid::default()
            });
        } else if let Some(open) = &mut open {
            let diagnostics =
                Diagnostic::new(Code::HeaderRepeated, "the names of the fields are repeated")
                    .at(&names.place);
            out.push(diagnostics.left_out(header::words(std::slice::from_ref(&names))));
            open.rows.push(values);
        }
    }
    blocks.extend(open.map(Block::Grid));
    blocks.extend(
        rest.collect::<Vec<_>>().iter().filter_map(header::as_paragraph).map(Block::Paragraph),
    );
    blocks
}

/// The line right above a card as a heading, if it may be the card's name.
fn named(line: Block) -> Block {
    const LEVEL: u8 = 6;
    match line {
        Block::Paragraph(text) if reads_like_a_heading(&text.value.plain()) => {
            Block::Heading { level: LEVEL, text }
        }
        other => other,
    }
}

fn has_names(grid: &Grid, names: &Row) -> bool {
    let words =
        |row: &Row| row.cells.iter().map(|cell| normalize(&cell.value.plain())).collect::<Vec<_>>();
    grid.rows.first().is_some_and(|first| words(first) == words(names))
}

/// The rows of names and values as a row of names and one of values.
fn turned(card: Vec<Row>) -> (Row, Row) {
    let place = card.first().map_or_else(|| Place::in_text(1, 1, 0), |row| row.place.clone());
    let below = card
        .first()
        .and_then(|row| row.filled().nth(1))
        .map_or_else(|| place.clone(), |c| c.place.clone());
    let mut names = Vec::with_capacity(card.len());
    let mut values = Vec::with_capacity(card.len());
    for row in card {
        let row_place = row.place.clone();
        let mut filled = row.cells.into_iter().filter(|cell| !cell.value.is_empty());
        names.extend(filled.next());
        values.push(
            filled.next().unwrap_or_else(|| Cell::new(crate::text::Text::default(), row_place)),
        );
    }
    (Row::new(names, place), Row::new(values, below))
}

/// Where the cards of a grid begin and end, if it consists of them.
fn cards(rows: &[Row], added: &ExtraWords) -> Option<Vec<(usize, usize)>> {
    const FEWEST: usize = 3;
    let column = first_column(rows)?;
    let name = |row: &Row| {
        let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.value.is_empty());
        let (at, first) = filled.next()?;
        let words = first.value.plain();
        (at == column && filled.count() <= 1 && words.len() <= LONGEST)
            .then(|| normalize(words.trim_end().trim_end_matches(':')))
    };
    let has_value = |row: &Row| row.filled().count() == 2;
    let mut cards: Vec<(usize, usize)> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut start: Option<usize> = None;
    for (at, row) in rows.iter().enumerate() {
        let name = name(row)?;
        let is_known = field(&name, added).is_some();
        // a line alone that names no field is a heading between cards
        let ends = (!has_value(row) && !is_known) || seen.contains(&name);
        if ends {
            cards.extend(start.take().map(|start| (start, at)));
            seen.clear();
        }
        if has_value(row) || is_known {
            seen.insert(name);
            start.get_or_insert(at);
        }
    }
    cards.extend(start.map(|start| (start, rows.len())));
    let is_card = |(start, end): &(usize, usize)| {
        let rows = &rows[*start..*end];
        let fields: HashSet<Field> = rows
            .iter()
            .filter_map(|row| field(&name(row)?, added))
            .filter(|field| *field != Field::Extra)
            .collect();
        let what = fields.contains(&Field::Action) || fields.contains(&Field::Objective);
        let who_or_when = fields.contains(&Field::Owner) || fields.contains(&Field::Target);
        rows.len() >= FEWEST
            && what
            && who_or_when
            && fields.len() * 2 >= rows.len()
            && !rows.iter().all(|row| !has_value(row))
    };
    (!cards.is_empty() && cards.iter().all(is_card)).then_some(cards)
}

/// The column of the names, if no row has more than two cells with words.
fn first_column(rows: &[Row]) -> Option<usize> {
    let mut first = None;
    for row in rows {
        let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.value.is_empty());
        let at = filled.next().map(|(at, _)| at);
        if filled.count() > 1 {
            return None;
        }
        first = match (first, at) {
            (Some(first), Some(at)) => Some(std::cmp::min::<usize>(first, at)),
            (known, at) => known.or(at),
        };
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;
    use crate::vocabulary::words::NO_WORDS;

    fn grid(rows: &[[&str; 2]]) -> Grid {
        let place =
            |row: usize, column: u32| Place::in_sheet("S", u32::try_from(row).unwrap(), column);
        let row = |(at, words): (usize, &[&str; 2])| {
            let cells = words
                .iter()
                .zip(0..)
                .map(|(words, column)| Cell::new(Text::from_plain(words), place(at, column)))
                .collect();
            Row::new(cells, place(at, 0))
        };
        Grid { rows: rows.iter().enumerate().map(row).collect(), ..Grid::default() }
    }

    fn shown(rows: &[[&str; 2]]) -> Vec<String> {
        let words = |block: &Block| match block {
            Block::Grid(grid) => header::words(&grid.rows),
            Block::Heading { text, .. } | Block::Paragraph(text) => text.value.plain().into_owned(),
            Block::List(_) | Block::Hidden(_) => String::new(),
        };
        read(grid(rows), &NO_WORDS, &mut CardTables::default(), &mut Vec::new())
            .iter()
            .map(words)
            .collect()
    }

    #[test]
    fn names_beside_values_are_an_action() {
        let cards = [
            ["Bins", ""],
            ["Action", "Order bins"],
            ["Owner", "Jo Lee"],
            ["Deadline", "May 2027"],
            ["Action", "Place bins"],
            ["Owner", ""],
            ["Deadline", "June 2027"],
        ];
        let table =
            "Action | Owner | Deadline\nOrder bins | Jo Lee | May 2027\nPlace bins |  | June 2027";
        let expected: Vec<String> = vec!["Bins".to_owned(), table.to_owned()];
        let read = shown(&cards);
        assert_eq!(read.len(), 2, "{read:?}");
        assert_eq!(read[0], expected[0]);
        assert!(read[1].contains("Order bins") && read[1].contains("Place bins"), "{}", read[1]);
        let list = [["Action", "Owner"], ["Order bins", "Jo Lee"], ["Place bins", "Jo Lee"]];
        assert_eq!(shown(&list).len(), 1);
        assert!(shown(&list)[0].starts_with("Action"));
    }
}
