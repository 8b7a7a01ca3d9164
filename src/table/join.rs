//! Rows that a page break cut in two, put together again.
//!
//! Two questions are asked of each pair of rows. Is the lower one the rest of the upper one? If
//! not, is its objective the rest of the objective above it, beside a row of its own? Both are
//! answered by weighing evidence, cell by cell; the weights are all in this file.

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::{Field, target};
use crate::source::{Cell, Row};
use crate::vocabulary::rows as vocabulary;

use super::body::{BodyRow, TableBody};
use super::quote::head_words;
use super::rows as row_kinds;
use super::{Column, DocumentTables, records};

/// Evidence of this weight joins two rows where a page ended between them.
const ENOUGH_AT_A_SEAM: i32 = 4;
/// Elsewhere nothing suggests a cut but the words themselves, so more is asked.
const ENOUGH_ELSEWHERE: i32 = 9;

/// Weights: above 0 for "it goes on", below for "it does not".
mod weight {
    /// A sentence has ended.
    pub(super) const ENDED: i32 = -2;
    /// The last word cannot end a sentence: an article, a preposition, "and". Enough by itself
    /// against a capital below.
    pub(super) const LEFT_OPEN: i32 = 5;
    /// A comma or the like is left open.
    pub(super) const COMMA_OPEN: i32 = 3;
    /// No full stop, in a column whose cells mostly have one.
    pub(super) const NO_FULL_STOP: i32 = 2;
    /// The first word does not begin a sentence.
    pub(super) const GOES_ON: i32 = 3;
    /// The first word may begin a sentence.
    pub(super) const MAY_BEGIN: i32 = -1;
    /// Half a date above, and its other half below.
    pub(super) const HALF_DATES: i32 = 6;
    /// A date of its own in each row.
    pub(super) const TWO_DATES: i32 = -6;
    /// A reference of its own.
    pub(super) const OWN_REFERENCE: i32 = -8;
    /// The same owner in both rows: an owner may well have two actions.
    pub(super) const SAME_OWNER: i32 = -2;
    /// Nothing where each action has something.
    pub(super) const LACKS_OWN: i32 = 2;
    /// An objective of its own begins.
    pub(super) const OWN_OBJECTIVE: i32 = -4;
}

/// What speaks for two rows being one, or against it.
#[derive(Debug, Default, PartialEq, Eq)]
struct JoinEvidence {
    weight: i32,
    /// What speaks for it, in words.
    reasons: Vec<String>,
}

impl JoinEvidence {
    fn add(&mut self, weight: i32, reason: impl FnOnce() -> String) {
        self.weight += weight;
        if weight > 0 {
            self.reasons.push(reason());
        }
    }
}

/// How the cells of a column mostly are, so that what differs can be seen.
#[derive(Debug, Clone, Copy, Default)]
struct ColumnHabit {
    rows: usize,
    cells: usize,
    full_stops: usize,
    lower_case: usize,
}

impl ColumnHabit {
    fn of(body: &TableBody, column: usize) -> Self {
        let mut habit = Self { rows: body.rows.len(), ..Self::default() };
        for BodyRow { row, .. } in &body.rows {
            let Some(cell) = row.cells.get(column).filter(|c| !c.value.is_empty()) else {
                continue;
            };
            let words = cell.value.plain();
            habit.cells += 1;
            habit.full_stops += usize::from(ends_a_sentence(&words));
            habit.lower_case += usize::from(starts_in_lower_case(&words));
        }
        habit
    }

    fn is_mostly_filled(self) -> bool {
        self.cells * 10 > self.rows * 7
    }

    fn mostly_has_full_stops(self) -> bool {
        self.full_stops * 10 > self.cells * 6
    }

    fn mostly_starts_in_lower_case(self) -> bool {
        self.lower_case * 2 > self.cells
    }
}

/// Joins rows, and objectives beside them, that a page break cut.
pub(super) fn cut_rows(body: &mut TableBody, columns: &[Column], out: &mut DocumentTables) {
    let habits: Vec<ColumnHabit> = (0..columns.len()).map(|i| ColumnHabit::of(body, i)).collect();
    let mut joined: Vec<BodyRow> = Vec::with_capacity(body.rows.len());
    let mut objective_row: Option<usize> = None;
    let objective_column = columns.iter().position(|c| c.field == Field::Objective);
    for mut next in std::mem::take(&mut body.rows) {
        let enough = if next.after_seam { ENOUGH_AT_A_SEAM } else { ENOUGH_ELSEWHERE };
        // a row that names its objective by a reference is a row of its own, as is a band
        let band = is_a_band(joined.last().map(|last| &last.row), &next, columns)
            || records::names_its_group(&next.row, columns);
        if let Some(last) =
            joined.last_mut().filter(|last| !band && !row_kinds::is_band(&last.row, columns))
        {
            let evidence = rows(&last.row, &next.row, columns, &habits);
            if evidence.weight >= enough {
                let places = [&last.row.place, &next.row.place];
                report_joined(Code::RowJoined, "row", places, &evidence, out);
                // the rest of an objective belongs to where it begins, which may be rows above;
                // where none is open, the row keeps it
                let tail = objective_column
                    .zip(objective_row)
                    .map(|(c, row)| (c, row, std::mem::take(&mut next.row.cells[c].value)));
                put_together(&mut last.row, next.row, columns);
                if let Some((column, row, tail)) = tail {
                    joined[row].row.cells[column].value.resume(tail);
                } else if objective_column.is_some_and(|c| !last.row.cells[c].value.is_empty()) {
                    objective_row = Some(joined.len() - 1);
                }
                continue;
            }
        }
        if let (Some(column), Some(row), false) = (objective_column, objective_row, band) {
            let evidence =
                cells(&joined[row].row.cells[column], &next.row.cells[column], habits[column]);
            if next.after_seam && evidence.weight >= ENOUGH_AT_A_SEAM {
                let cell = |row: &Row| row.cells[column].place.clone();
                let places = [&cell(&joined[row].row), &cell(&next.row)];
                report_joined(Code::CellJoined, "cell", places, &evidence, out);
                let tail = std::mem::take(&mut next.row.cells[column].value);
                joined[row].row.cells[column].value.resume(tail);
            }
        }
        if band {
            objective_row = None;
        } else if objective_column.is_some_and(|c| !next.row.cells[c].value.is_empty()) {
            objective_row = Some(joined.len());
        }
        joined.push(next);
    }
    body.rows = joined;
}

/// Whether a row is a band, rather than the rest of an action that breaks off above a seam.
fn is_a_band(above: Option<&Row>, next: &BodyRow, columns: &[Column]) -> bool {
    let action = columns.iter().position(|c| c.field == Field::Action);
    let goes_on = |above: &Row, at: usize| {
        let is_there = |row: &Row| row.cells.get(at).is_some_and(|c| !c.value.is_empty());
        is_there(above)
            && is_there(&next.row)
            && left_open(&above.cells[at].value.plain()) == Some(weight::LEFT_OPEN)
    };
    row_kinds::is_band(&next.row, columns)
        && !(next.after_seam && above.zip(action).is_some_and(|(above, at)| goes_on(above, at)))
}

/// Whether the lower row is the rest of the upper one.
fn rows(upper: &Row, lower: &Row, columns: &[Column], habits: &[ColumnHabit]) -> JoinEvidence {
    let mut evidence = JoinEvidence::default();
    for (((above, below), column), habit) in
        upper.cells.iter().zip(&lower.cells).zip(columns).zip(habits)
    {
        match column.field {
            Field::Reference if !below.value.is_empty() => {
                evidence.add(weight::OWN_REFERENCE, String::new);
            }
            Field::Reference if !above.value.is_empty() && habit.is_mostly_filled() => {
                evidence.add(weight::LACKS_OWN, || "it has no reference of its own".to_owned());
            }
            Field::Objective | Field::Theme | Field::Recommendation => {
                if !below.value.is_empty() && cells(above, below, *habit).weight < ENOUGH_AT_A_SEAM
                {
                    evidence.add(weight::OWN_OBJECTIVE, String::new);
                }
            }
            Field::Target => dates(above, below, *habit, &mut evidence),
            Field::Owner => owners(above, below, *habit, &mut evidence),
            Field::Action
            | Field::SuccessMeasures
            | Field::Update
            | Field::Evidence
            | Field::Extra => {
                let one = cells(above, below, *habit);
                evidence.weight += one.weight;
                evidence.reasons.extend(one.reasons);
            }
            Field::Reference
            | Field::ObjectiveReference
            | Field::Status
            | Field::Start
            | Field::Percent
            | Field::CompletedOn => {}
        }
    }
    evidence
}

fn dates(above: &Cell, below: &Cell, habit: ColumnHabit, evidence: &mut JoinEvidence) {
    let (above, below) = (above.value.plain(), below.value.plain());
    match (above.is_empty(), below.is_empty()) {
        (false, false) if target::is_fragment(&above) && target::is_fragment(&below) => {
            evidence.add(weight::HALF_DATES, || {
                format!("“{above}” and “{below}” are the two halves of a date")
            });
        }
        (false, false) => evidence.add(weight::TWO_DATES, String::new),
        (_, true) if habit.cells > 0 => {
            evidence.add(weight::LACKS_OWN, || "it has no target date of its own".to_owned());
        }
        _ => {}
    }
}

fn owners(above: &Cell, below: &Cell, habit: ColumnHabit, evidence: &mut JoinEvidence) {
    let (above, below) = (above.value.plain(), below.value.plain());
    if below.is_empty() {
        if habit.cells > 0 {
            evidence.add(weight::LACKS_OWN, || "it has no owner of its own".to_owned());
        }
    } else if above == below {
        evidence.add(weight::SAME_OWNER, String::new);
    } else if let Some(weight) = left_open(&above) {
        evidence.add(weight, || format!("“{}” waits for another name", tail_words(&above)));
    }
}

/// Whether the lower cell's words are the rest of the upper cell's.
fn cells(above: &Cell, below: &Cell, habit: ColumnHabit) -> JoinEvidence {
    let mut evidence = JoinEvidence::default();
    if above.value.is_empty() || below.value.is_empty() {
        return evidence;
    }
    let (above, below) = (above.value.plain(), below.value.plain());
    // a value that is repeated is none that goes on
    if above == below {
        return evidence;
    }
    if let Some(weight) = left_open(&above) {
        evidence.add(weight, || format!("“{}” breaks off in mid-sentence", tail_words(&above)));
    } else if ends_a_sentence(&above) {
        evidence.add(weight::ENDED, String::new);
    } else if habit.mostly_has_full_stops() {
        evidence.add(weight::NO_FULL_STOP, || format!("“{}” has no full stop", tail_words(&above)));
    }
    if starts_in_lower_case(&below) && !habit.mostly_starts_in_lower_case() {
        evidence
            .add(weight::GOES_ON, || format!("“{}” goes on in mid-sentence", head_words(&below)));
    } else {
        evidence.add(weight::MAY_BEGIN, String::new);
    }
    evidence
}

fn ends_a_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', '\'', ')', ']']).ends_with(['.', '!', '?', ':', ';'])
}

/// How much it weighs that the last word, or a comma, cannot be the end.
fn left_open(words: &str) -> Option<i32> {
    let words = words.trim_end();
    let last = words.split_whitespace().next_back().unwrap_or_default();
    if vocabulary::never_ends_with(last) {
        Some(weight::LEFT_OPEN)
    } else {
        words.ends_with([',', '/', '-', '–', '—', '(', '&']).then_some(weight::COMMA_OPEN)
    }
}

fn starts_in_lower_case(words: &str) -> bool {
    words.trim_start_matches(['"', '“', '‘', '\'', '(']).starts_with(char::is_lowercase)
}

fn tail_words(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words[words.len().saturating_sub(4)..].join(" ")
}

/// Puts the cells of the lower row behind those of the upper one.
pub(super) fn put_together(upper: &mut Row, lower: Row, columns: &[Column]) {
    for ((above, below), column) in upper.cells.iter_mut().zip(lower.cells).zip(columns) {
        if below.value.is_empty() {
            continue;
        }
        if above.value.is_empty() {
            *above = below;
            continue;
        }
        let short =
            matches!(column.field, Field::Owner | Field::Target | Field::Reference | Field::Status);
        let ended =
            ends_a_sentence(&above.value.plain()) && !starts_in_lower_case(&below.value.plain());
        if ended && !short {
            above.value.append(below.value);
        } else {
            above.value.resume(below.value);
        }
    }
}

/// Reports a row or a cell that is the rest of another.
fn report_joined(
    code: Code,
    what: &str,
    [upper, lower]: [&Place; 2],
    evidence: &JoinEvidence,
    out: &mut DocumentTables,
) {
    let why = evidence.reasons.join("; ");
    let message = format!("this {what} is the rest of the {what} at {upper}: {why}");
    out.diagnostics.push(Diagnostic::new(code, message).at(lower).and_at(upper));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;
    use crate::table::KnownBy;
    use crate::text::Text;

    /// A table of pairs of rows: reference, objective, owner, action, target; `=` where they are
    /// one row, `/` where they are two.
    const PAIRS: &str = "
        = |  | Sue Roch,    | Information is provided in   | Mar     //  |  | Karina Large | several ways.           | '12
        = |  | Dave Watson  | Establish an audit of young  | Mar '12 //  |  |              | people and their views. |
        = |  | Dave Watson  | Agree the baseline, and      | Mar '12 //  |  |              | report it.              |
        / |  | Dave Watson  | Review the service.          | Feb '12 //  |  | Dave Watson  | Establish an audit.     | Apr '13
        / |  | Dave Watson  | Review the service           | Feb '12 //  |  | Jo Lee       | establish an audit      | Apr '13
        / |  | Dave Watson  | Review the service and       | Feb '12 //  | New objective. | Jo Lee | Establish it. | Apr '13
        / |  | Dave Watson  | Review the service.          | Feb '12 //  |  |              | Establish an audit.     |
    ";

    #[test]
    fn a_cut_row_keeps_an_objective_that_only_its_lower_half_has() {
        let place = Place::in_text(1, 1, 0);
        let columns: Vec<Column> = [Field::Objective, Field::Owner, Field::Action, Field::Target]
            .iter()
            .map(|f| Column::new(String::new(), place.clone(), *f, KnownBy::Name))
            .collect();
        let row = |cells: [&str; 4], after_seam| {
            let cells =
                cells.iter().map(|c| Cell::new(Text::from_plain(c), place.clone())).collect();
            BodyRow { row: Row::new(cells, place.clone()), after_seam }
        };
        let upper = row(["", "Sue Roch,", "Information is provided in", "Mar"], false);
        let lower =
            row(["Children know how to complain.", "Karina Large", "several ways.", "'12"], true);
        let mut body = TableBody { rows: vec![upper, lower] };
        cut_rows(&mut body, &columns, &mut DocumentTables::default());
        let cells: Vec<String> =
            body.rows[0].row.cells.iter().map(|c| c.value.plain().into_owned()).collect();
        assert_eq!(body.rows.len(), 1);
        assert_eq!(
            cells,
            [
                "Children know how to complain.",
                "Sue Roch, Karina Large",
                "Information is provided in several ways.",
                "Mar '12"
            ]
        );
    }

    #[test]
    fn rows_are_joined_by_the_weight_of_evidence() {
        let fields =
            [Field::Reference, Field::Objective, Field::Owner, Field::Action, Field::Target];
        let place = Place::in_text(1, 1, 0);
        let columns: Vec<Column> = fields
            .iter()
            .map(|f| Column::new(String::new(), place.clone(), *f, KnownBy::Name))
            .collect();
        let habit = ColumnHabit { rows: 10, cells: 10, full_stops: 8, lower_case: 0 };
        let row = |cells: &str| {
            let mut cells: Vec<Cell> =
                cells.split('|').map(|c| Cell::new(Text::from_plain(c), place.clone())).collect();
            cells.insert(0, Cell::new(Text::default(), place.clone()));
            Row::new(cells, place.clone())
        };
        for pair in PAIRS.lines().filter(|l| l.contains("//")) {
            let (expected, pair) = pair.trim().split_once('|').unwrap();
            let (upper, lower) = pair.split_once("//").unwrap();
            let lower = lower.trim().trim_start_matches('|');
            let evidence = rows(&row(upper), &row(lower), &columns, &[habit; 5]);
            assert_eq!(
                evidence.weight >= ENOUGH_AT_A_SEAM,
                expected.trim() == "=",
                "{pair}: {evidence:?}"
            );
        }
    }
}
