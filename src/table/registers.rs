//! Registers of risks, issues and the like, beside a plan: left out, unless the source holds
//! nothing else.

use crate::place::Place;
use crate::plan::Field;
use crate::source::{Block, Cell, Grid, Row};
use crate::text::Text;
use crate::vocabulary::columns;
use crate::vocabulary::registers::{self, RegisterKind};
use crate::vocabulary::words::ExtraWords;

use super::grid_region::{GridRegion, TablePiece};
use super::{KnownBy, TableOptions};

/// The weight of a header that names actions outright.
const NAMES_ACTIONS: f32 = 6.0;

/// Takes the registers out of the regions that look like plans, if any other does.
pub(super) fn leave_out(regions: &mut [GridRegion], reading: &TableOptions<'_>) {
    if !reading.sheets.is_empty() {
        return;
    }
    let registers = registers_among(regions, reading.columns.words);
    let is_plan =
        |region: &GridRegion| matches!(region, GridRegion::Plan(piece) if !piece.rows.is_empty());
    if !regions
        .iter()
        .zip(&registers)
        .any(|(region, register)| is_plan(region) && register.is_none())
    {
        return;
    }
    for (region, register) in regions.iter_mut().zip(registers) {
        let Some(register) = register else { continue };
        let GridRegion::Plan(piece) = std::mem::replace(
            region,
            GridRegion::Other { grid: Grid::default(), why: String::new(), known: true },
        ) else {
            continue;
        };
        let why = format!("its columns are those of {}", register.label);
        *region = GridRegion::Other { grid: as_grid(piece), why, known: true };
    }
}

/// For each region the register that it is, if any. Pieces with the header of the piece above them
/// are what that one is.
fn registers_among(
    regions: &[GridRegion],
    added: &ExtraWords,
) -> Vec<Option<&'static RegisterKind>> {
    let mut registers = Vec::with_capacity(regions.len());
    let mut last: Option<(&TablePiece, Option<&'static RegisterKind>)> = None;
    let mut heading: Option<String> = None;
    for region in regions {
        let GridRegion::Plan(piece) = region else {
            if let GridRegion::Words(Block::Heading { text, .. }) = region {
                heading = Some(text.value.plain().into_owned());
            }
            registers.push(None);
            continue;
        };
        let register = match last {
            Some((above, register))
                if above.sheet == piece.sheet && have_same_headers(above, piece) =>
            {
                register
            }
            _ => is_register(piece, heading.as_deref(), added),
        };
        last = Some((piece, register));
        registers.push(register);
    }
    registers
}

fn have_same_headers(a: &TablePiece, b: &TablePiece) -> bool {
    fn headers(piece: &TablePiece) -> impl Iterator<Item = (&String, &KnownBy)> {
        piece.header.columns.iter().map(|c| (&c.header, &c.known_by))
    }
    headers(a).eq(headers(b))
}

fn is_register(
    piece: &TablePiece,
    heading: Option<&str>,
    added: &ExtraWords,
) -> Option<&'static RegisterKind> {
    let columns = &piece.header.columns;
    if columns.iter().any(|c| c.known_by == KnownBy::Caller) {
        return None;
    }
    let headers: Vec<&str> = columns.iter().map(|c| c.header.as_str()).collect();
    let register = registers::register(
        &headers,
        piece.sheet.as_deref(),
        heading.filter(|_| piece.sheet.is_none()),
    )?;
    let by_sheet = piece
        .sheet
        .as_deref()
        .and_then(registers::by_sheet)
        .is_some_and(|named| std::ptr::eq(named, register));
    let names_actions = headers
        .iter()
        .any(|header| columns::meaning(header, added).weights.get(Field::Action) >= NAMES_ACTIONS);
    (by_sheet || !names_actions).then_some(register)
}

/// A table as it stood in the source, its header first.
fn as_grid(piece: TablePiece) -> Grid {
    let cell = |header: &str, place: &Place| Cell::new(Text::from_plain(header), place.clone());
    let header: Vec<Cell> =
        piece.header.columns.iter().map(|c| cell(&c.header, &c.place)).collect();
    let mut rows = vec![Row::new(header, piece.header.place)];
    rows.extend(piece.rows);
    let sheet = piece.sheet.map(crate::source::Sheet::named);
    Grid { rows, sheet, ..Grid::default() }
}
