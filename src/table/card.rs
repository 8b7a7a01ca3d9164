//! Tables of two columns that each describe one action: the name of a field, and its value.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::Field;
use crate::source::{Block, Cell, Grid, Row};

use super::{folded, header, named};

/// The longest name of a field.
const LONGEST: usize = 60;

/// Reads a grid that describes actions one below the other, each in rows of a name and a value, as tables with the names for headers.
///
/// What else stands in it, such as the headings of the actions, is given as paragraphs.
pub(super) fn read(grid: Grid, out: &mut Vec<Diagnostic>) -> Vec<Block> {
    let Some(cards) = cards(&grid) else { return vec![Block::Grid(grid)] };
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Grid> = None;
    let mut rest = grid.rows.into_iter();
    let mut at = 0;
    for (start, end) in cards {
        let between: Vec<Row> = rest.by_ref().take(start - at).collect();
        let words: Vec<Block> = between.iter().filter_map(header::as_paragraph).map(Block::Paragraph).collect();
        let card: Vec<Row> = rest.by_ref().take(end - start).collect();
        at = end;
        let (names, values) = turned(card);
        let goes_on = words.is_empty() && open.as_ref().is_some_and(|open| has_names(open, &names));
        if !goes_on {
            blocks.extend(open.take().map(Block::Grid));
            blocks.extend(words);
            let place = names.place.clone();
            out.push(
                Diagnostic::new(
                    Code::RowIsAction,
                    "each name of a field in the first column was read with the value beside it, as one action",
                )
                .at(&place),
            );
            open = Some(Grid { rows: vec![names, values], sheet: grid.sheet.clone(), ..Grid::default() });
        } else if let Some(open) = &mut open {
            let told = Diagnostic::new(Code::HeaderRepeated, "the names of the fields are repeated").at(&names.place);
            out.push(told.left_out(header::words(std::slice::from_ref(&names))));
            open.rows.push(values);
        }
    }
    blocks.extend(open.map(Block::Grid));
    blocks.extend(rest.collect::<Vec<_>>().iter().filter_map(header::as_paragraph).map(Block::Paragraph));
    blocks
}

fn has_names(grid: &Grid, names: &Row) -> bool {
    let words = |row: &Row| row.cells.iter().map(|cell| folded(&cell.value.plain())).collect::<Vec<_>>();
    grid.rows.first().is_some_and(|first| words(first) == words(names))
}

/// The rows of names and values as a row of names and one of values.
fn turned(card: Vec<Row>) -> (Row, Row) {
    let place = card.first().map_or_else(|| Place::in_text(1, 1, 0), |row| row.place.clone());
    let below = card
        .first()
        .and_then(|row| row.cells.iter().filter(|c| !c.value.is_empty()).nth(1))
        .map_or_else(|| place.clone(), |c| c.place.clone());
    let mut names = Vec::with_capacity(card.len());
    let mut values = Vec::with_capacity(card.len());
    for row in card {
        let row_place = row.place.clone();
        let mut filled = row.cells.into_iter().filter(|cell| !cell.value.is_empty());
        names.extend(filled.next());
        values.push(filled.next().unwrap_or_else(|| Cell::new(crate::text::Text::default(), row_place)));
    }
    (Row::new(names, place), Row::new(values, below))
}

/// Where the cards of a grid begin and end, if it consists of them.
fn cards(grid: &Grid) -> Option<Vec<(usize, usize)>> {
    const FEWEST: usize = 3;
    let column = first_column(grid)?;
    let name = |row: &Row| {
        let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.value.is_empty());
        let (at, first) = filled.next()?;
        let words = first.value.plain();
        (at == column && filled.count() <= 1 && words.len() <= LONGEST).then(|| folded(words.trim_end().trim_end_matches(':')))
    };
    let has_value = |row: &Row| row.cells.iter().filter(|cell| !cell.value.is_empty()).count() == 2;
    let mut cards: Vec<(usize, usize)> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut start: Option<usize> = None;
    for (at, row) in grid.rows.iter().enumerate() {
        let name = name(row)?;
        let is_known = named(&name).is_some();
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
    cards.extend(start.map(|start| (start, grid.rows.len())));
    let is_card = |(start, end): &(usize, usize)| {
        let rows = &grid.rows[*start..*end];
        let fields: HashSet<Field> = rows.iter().filter_map(|row| named(&name(row)?)).filter(|field| *field != Field::Extra).collect();
        let what = fields.contains(&Field::Action) || fields.contains(&Field::Objective);
        let who_or_when = fields.contains(&Field::Owner) || fields.contains(&Field::Target);
        rows.len() >= FEWEST && what && who_or_when && fields.len() * 2 >= rows.len() && !rows.iter().all(|row| !has_value(row))
    };
    (!cards.is_empty() && cards.iter().all(is_card)).then_some(cards)
}

/// The column of the names, if no row has more than two cells with words.
fn first_column(grid: &Grid) -> Option<usize> {
    let mut first = None;
    for row in &grid.rows {
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
