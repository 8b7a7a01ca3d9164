//! The plan in a hidden sheet of a workbook: packed, and written in letters that no spreadsheet
//! program changes.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as LETTERS;
use flate2::read::ZlibDecoder;
use serde::{Deserialize, Serialize};

use crate::compression::{CompressionLevel, compress};
use crate::date::Date;
use crate::diagnostic::Fix;
use crate::error::{Error, ErrorKind};
use crate::json;
use crate::language::Language;
use crate::limits::Limits;
use crate::plan::Plan;
use crate::publish::{Audience, Published};
use crate::report::Report;
use crate::report::ReturnHeading;
use crate::source::{Block, Grid, Source};

use super::written::WrittenTable;

/// The name of the sheet.
pub(crate) const NAME: &str = "planwright";

/// What the first cell that holds the plan begins with.
const MARK: &str = "planwright-plan:";

/// How many letters a cell holds; Excel takes 32,767.
const CELL: usize = 30_000;

/// How many rows from the top of a sheet the mark is looked for.
const WITHIN: usize = 8;

/// What a workbook or page carries for programs to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedding<'a> {
    /// The plan. It is left out of an output that is for a wider audience.
    pub plan: &'a Published,
    /// The day on which it was looked at.
    pub as_of: Option<Date>,
    /// Whose return the workbook is, if it is one.
    pub return_of: Option<&'a ReturnHeading>,
    /// The language that it speaks.
    pub language: Language,
}

/// What is carried, with what the output held when it was written.
#[derive(Serialize)]
pub(super) struct EncodedPlan<'a> {
    plan: &'a Plan,
    as_of: Option<Date>,
    return_of: Option<&'a ReturnHeading>,
    #[serde(skip_serializing_if = "Language::is_usual")]
    language: Language,
    written: &'a WrittenTable,
}

impl Embedding<'_> {
    /// Whether a report for an audience may carry the plan.
    pub(crate) fn suits(&self, audience: Audience) -> bool {
        self.plan.suits(audience)
    }
}

impl<'a> EncodedPlan<'a> {
    pub(super) fn new(carries: &Embedding<'a>, written: &'a WrittenTable) -> Self {
        let Embedding { plan, as_of, return_of, language } = *carries;
        Self { plan: plan.plan(), as_of, return_of, language, written }
    }
}

/// What was carried, as it is read back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EmbeddedPlan {
    pub(super) plan: Plan,
    pub(super) as_of: Option<Date>,
    pub(super) return_of: Option<ReturnHeading>,
    #[serde(default)]
    pub(super) language: Language,
    /// None in files of the first versions.
    pub(super) written: Option<WrittenTable>,
}

/// The cells that carry a plan, one below the other.
pub(crate) fn cells(carries: &Embedding<'_>, report: &Report) -> Result<Vec<String>, Error> {
    let mut plan = json::room_for(carries.plan.plan());
    let written = WrittenTable::of_sheet(report, carries.plan.plan(), carries.language);
    serde_json::to_writer(&mut plan, &EncodedPlan::new(carries, &written)).map_err(|e| {
        Error::new(ErrorKind::Unwritable, format!("the plan cannot be packed: {e}")).caused_by(e)
    })?;
    let letters = MARK.to_owned() + &LETTERS.encode(compress(&plan, CompressionLevel::Usual));
    Ok(letters
        .as_bytes()
        .chunks(CELL)
        .map(|cell| String::from_utf8_lossy(cell).into_owned())
        .collect())
}

/// Takes the sheet that carries a plan out of a source; none if no sheet does.
pub(super) fn take(source: &mut Source, limits: &Limits) -> Option<Result<EmbeddedPlan, Error>> {
    let (at, row) = source.blocks.iter().enumerate().find_map(|(at, block)| match block {
        Block::Grid(grid) if grid.sheet.is_some() => Some((at, marked_row(grid)?)),
        _ => None,
    })?;
    let Block::Grid(grid) = source.blocks.remove(at) else { return None };
    Some(unpacked(&grid, row, limits))
}

/// In which row the plan begins, if the grid carries one.
fn marked_row(grid: &Grid) -> Option<usize> {
    grid.rows
        .iter()
        .take(WITHIN)
        .position(|row| row.cells.first().is_some_and(|cell| cell.value.plain().starts_with(MARK)))
}

fn unpacked(grid: &Grid, row: usize, limits: &Limits) -> Result<EmbeddedPlan, Error> {
    let damaged = |what: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Unreadable, format!("the plan that this workbook carries in its hidden sheet “{NAME}” is damaged: {what}"))
            .help("give the workbook as it was before that sheet was changed, or name the sheet to be read instead")
            .fix(Fix::Sheet)
    };
    let letters: String = grid.rows[row..]
        .iter()
        .filter_map(|row| row.cells.first())
        .map(|cell| cell.value.plain())
        .collect();
    let packed =
        LETTERS.decode(letters.trim_start_matches(MARK).trim_end()).map_err(|e| damaged(&e))?;
    let most = u64::try_from(limits.unpacked).unwrap_or(u64::MAX);
    let mut file = Vec::new();
    ZlibDecoder::new(packed.as_slice())
        .take(most.saturating_add(1))
        .read_to_end(&mut file)
        .map_err(|e| damaged(&e))?;
    if file.len() as u64 > most {
        let message = format!(
            "the plan that this workbook carries is more than {} MB once unpacked, the most that is read",
            most >> 20
        );
        return Err(
            Error::new(ErrorKind::TooLarge, message).help("check that it is the right file")
        );
    }
    serde_json::from_slice(&file).map_err(|e| damaged(&e))
}
