//! Bands: rows with one text, which head the rows below them.

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Colour, Field};
use crate::source::{Cell, Row};
use crate::table::body::{BodyRow, only_cell};
use crate::table::levels::{self, RowLevel};
use crate::table::{Column, DocumentTables, TableRow};
use crate::text::Text;
use crate::vocabulary::rows as words;

use super::evidence::{is_amount, said_once};
use super::reads_like_a_heading;

/// A row that heads the rows below it: which of its cells says so, and what it heads.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadingRow {
    pub(super) cell: usize,
    pub(super) level: HeadingLevel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadingLevel {
    Theme,
    Objective,
}

/// Whether a row is a band by its own look and words.
pub(in crate::table) fn is_band(row: &Row, columns: &[Column]) -> bool {
    columns.len() > 1 && heading_cell(row, columns, false).is_some()
}

/// The cell with the heading, if the row has one: alone in the first cell, in one that spans half
/// of the table, or repeated in every cell. `stands_out` says that a fill makes a cell further to
/// the right stand out too.
fn heading_cell(row: &Row, columns: &[Column], stands_out: bool) -> Option<usize> {
    let (cell, wide) = match said_once(row) {
        Some(cell) => {
            let spans = usize::try_from(cell.span().1).unwrap_or(usize::MAX).saturating_mul(2)
                >= row.cells.len()
                && cell.span().1 > 1;
            (cell, spans || only_cell(row).is_none())
        }
        None => (beside_counts(row, columns)?, false),
    };
    let at = row.cells.iter().position(|c| std::ptr::eq(c, cell))?;
    let bold = cell.value.is_bold();
    let fits = at == 0 || wide || bold || stands_out;
    let in_action = columns.get(at).is_some_and(|c| c.field == Field::Action);
    (fits && reads_like_a_band(&cell.value.plain(), wide || bold, !in_action)).then_some(at)
}

/// The first cell, if what stands beside it only counts: "Priority 2: Safety | | 4 of 7".
fn beside_counts<'a>(row: &'a Row, columns: &[Column]) -> Option<&'a Cell> {
    const OWN: &[Field] = &[
        Field::Action,
        Field::Owner,
        Field::Target,
        Field::Start,
        Field::CompletedOn,
        Field::Reference,
    ];
    let (first, rest) = row.cells.split_first()?;
    let own = columns.first()?.field;
    let may_head = !first.value.is_empty()
        && (own != Field::Action && own != Field::Reference || first.value.is_bold());
    let names_itself = || words::heading_word(&first.value.plain()).is_some();
    let counts = || {
        let mut filled = rest.iter().zip(&columns[1..]).filter(|(cell, _)| !cell.value.is_empty());
        filled.all(|(cell, column)| {
            !OWN.contains(&column.field) && cell.fill().is_none() && is_amount(&cell.value.plain())
        })
    };
    ((may_head && first.value.is_bold() || !first.value.is_empty() && names_itself()) && counts())
        .then_some(first)
}

/// Whether words are a heading in a row of their own. What says that it is one ("Priority 1: ..."),
/// is bold or stands across the table may be a sentence.
fn reads_like_a_band(text: &str, stands_out: bool, beside_actions: bool) -> bool {
    const MOST_WORDS: usize = 20;
    const MOST_WORDS_OF_A_SENTENCE: usize = 30;
    let text = text.trim();
    let count = text.split_whitespace().count();
    let is_one_sentence = !text.trim_end_matches('.').contains(". ")
        && !text.ends_with([';', ','])
        && !text.contains('\n');
    if words::heading_word(text).is_some() || stands_out {
        return is_one_sentence
            && count <= MOST_WORDS_OF_A_SENTENCE
            && !(stands_out && text.starts_with(char::is_lowercase) && count > 6);
    }
    reads_like_a_heading(text)
        || (beside_actions
            && count <= MOST_WORDS
            && is_one_sentence
            && !text.ends_with('.')
            && !text.starts_with(char::is_lowercase))
}

/// How a band looks, to be compared with others.
#[derive(Debug, Clone, PartialEq, Eq)]
struct HeadingLook {
    word: Option<&'static str>,
    /// The word before its number, which tells more than how it looks: "Phase 2", "Milestone 2".
    series: Option<String>,
    depth: Option<usize>,
    bold: bool,
    fill: Option<Colour>,
    wide: bool,
    capitals: bool,
    column: usize,
}

impl HeadingLook {
    fn of(row: &Row, at: usize) -> Self {
        let cell = &row.cells[at];
        let plain = cell.value.plain();
        let number = plain
            .split_whitespace()
            .next()
            .filter(|first| first.contains(|c: char| c.is_ascii_digit()));
        let series = series(&plain);
        if series.is_some() {
            return Self {
                word: words::heading_word(&plain),
                series,
                depth: None,
                bold: false,
                fill: None,
                wide: false,
                capitals: false,
                column: at,
            };
        }
        Self {
            series,
            word: words::heading_word(&plain),
            depth: number.and_then(levels::number_depth),
            bold: cell.value.is_bold(),
            fill: cell.fill(),
            wide: cell.span().1 > 1,
            capitals: plain.contains(char::is_uppercase) && !plain.contains(char::is_lowercase),
            column: at,
        }
    }

    /// Whether anything but its place marks it as a heading.
    fn is_marked(&self) -> bool {
        self.word.is_some()
            || self.series.is_some()
            || self.depth.is_some()
            || self.bold
            || self.fill.is_some()
            || self.wide
            || self.capitals
    }
}

/// The word before the number of a text that begins with both.
fn series(text: &str) -> Option<String> {
    let mut parts = text.split_whitespace();
    let (first, second) = (parts.next()?, parts.next()?);
    let number = second.trim_end_matches([':', '.', ')', ',']);
    let is_number = number.len() <= 4 && levels::number_depth(number).is_some()
        || (number.len() == 1 && number.len() < second.len());
    (first.len() > 2 && first.chars().all(char::is_alphabetic) && is_number)
        .then(|| first.to_lowercase())
}

/// Whether a row with one text looks like a band of this table, even where no row follows.
pub(in crate::table) fn stands_out<'a>(
    row: &Row,
    others: impl Iterator<Item = &'a Row>,
    columns: &[Column],
) -> bool {
    let Some(at) = heading_cell(row, columns, true) else { return false };
    let look = HeadingLook::of(row, at);
    if look.word.is_some() {
        return true;
    }
    let mut others = others
        .filter_map(|row| heading_cell(row, columns, true).map(|at| HeadingLook::of(row, at)));
    look.is_marked() && others.any(|other| other == look)
}

/// For each row, the band that it is, if it is one.
pub(super) fn find(
    rows: &[BodyRow],
    levels: &[RowLevel],
    columns: &[Column],
) -> Vec<Option<HeadingRow>> {
    if columns.len() < 2 {
        return vec![None; rows.len()];
    }
    let usual = usually_filled(rows, columns.len());
    let cell = |(body, level): (&BodyRow, &RowLevel)| {
        let fill = || stands_out_by_fill(&body.row, &usual);
        let heading = || {
            heading_cell(&body.row, columns, false)
                .or_else(|| heading_cell(&body.row, columns, fill()))
        };
        (*level == RowLevel::Row).then(heading).flatten()
    };
    let mut cells: Vec<Option<usize>> = rows.iter().zip(levels).map(cell).collect();
    not_at_the_end(rows, columns, &mut cells);
    not_objectives(rows, columns, &mut cells);
    let mut looks: Vec<Option<HeadingLook>> = rows
        .iter()
        .zip(&cells)
        .map(|(body, at)| at.map(|at| HeadingLook::of(&body.row, at)))
        .collect();
    for closing in closing(&looks) {
        for (cell, look) in
            cells.iter_mut().zip(&mut looks).filter(|(_, look)| look.as_ref() == Some(&closing))
        {
            if cell.is_some_and(|at| columns[at].field == Field::Action) {
                (*cell, *look) = (None, None);
            }
        }
    }
    let levels = band_levels(&looks, columns);
    cells
        .into_iter()
        .zip(levels)
        .map(|(cell, level)| cell.map(|cell| HeadingRow { cell, level }))
        .collect()
}

/// A text alone in the last row heads nothing: it is an action without details, unless it looks
/// like the table's other bands.
fn not_at_the_end(rows: &[BodyRow], columns: &[Column], cells: &mut [Option<usize>]) {
    const SAMPLE: usize = 20;
    let end = cells.iter().rposition(Option::is_none).map_or(0, |last| last + 1);
    let bands = rows[..end]
        .iter()
        .zip(&*cells)
        .filter(|(_, cell)| cell.is_some())
        .map(|(body, _)| &body.row);
    let bands: Vec<&Row> = bands.take(SAMPLE).collect();
    for i in end..rows.len() {
        let in_action = cells[i].is_some_and(|at| columns[at].field == Field::Action);
        if in_action && !stands_out(&rows[i].row, bands.iter().copied(), columns) {
            cells[i] = None;
        }
    }
}

/// A text alone in the column of objectives is an objective where the row below has none of its
/// own, or where it is numbered as the objectives are.
fn not_objectives(rows: &[BodyRow], columns: &[Column], cells: &mut [Option<usize>]) {
    let Some(column) = columns.iter().position(|c| c.field == Field::Objective) else { return };
    let number = |row: &Row| {
        let words = row.cells[column].value.plain();
        let first = words.split_whitespace().next()?;
        levels::number_depth(first)
    };
    let are_numbered =
        rows.iter().zip(&*cells).any(|(body, cell)| cell.is_none() && number(&body.row).is_some());
    for i in 0..rows.len() {
        let row = &rows[i].row;
        if cells[i] != Some(column) || row.cells[column].span().1 > 1 || only_cell(row).is_none() {
            continue;
        }
        let look = HeadingLook::of(row, column);
        let next = rows
            .get(i + 1)
            .filter(|_| cells.get(i + 1).is_some_and(Option::is_none))
            .map(|body| &body.row);
        let heads_a_row = next.is_some_and(|next| next.cells[column].value.is_empty());
        let is_plain = look.word.is_none() && !look.bold && look.fill.is_none();
        if is_plain && (heads_a_row || (are_numbered && look.depth.is_some())) {
            cells[i] = None;
        }
    }
}

/// What each band heads. Where bands follow one another directly and look different, the upper ones
/// head themes and the lower ones objectives; of two that look alike and have neither number nor
/// name, the same holds.
fn band_levels(looks: &[Option<HeadingLook>], columns: &[Column]) -> Vec<HeadingLevel> {
    let mut levels = vec![HeadingLevel::Theme; looks.len()];
    let has = |field: Field| columns.iter().any(|c| c.field == field);
    if has(Field::Objective) || !has(Field::Action) {
        return levels;
    }
    let mut upper: Vec<HeadingLook> = Vec::new();
    let mut lower: Vec<HeadingLook> = Vec::new();
    let mut alike: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < looks.len() {
        let run = looks[at..].iter().take_while(|look| look.is_some()).count();
        let is_followed = at + run < looks.len();
        if let (2.., true, Some(first), Some(last)) =
            (run, is_followed, &looks[at], &looks[(at + run).saturating_sub(1)])
        {
            if first != last {
                remember(&mut upper, first);
                remember(&mut lower, last);
            } else if first.series.is_none()
                && first.word.is_none()
                && first.depth.is_none()
                && run == 2
            {
                alike.push(at + 1);
            }
        }
        at += run.max(1);
    }
    if lower.iter().any(|look| upper.contains(look)) {
        return levels;
    }
    for (level, look) in levels.iter_mut().zip(looks) {
        if look.as_ref().is_some_and(|look| lower.contains(look)) {
            *level = HeadingLevel::Objective;
        }
    }
    if lower.is_empty() {
        for at in alike {
            levels[at] = HeadingLevel::Objective;
        }
    }
    levels
}

/// The looks of rows that close a section, as its milestone does: they never head a row, and a
/// section of the kind that follows them stands before the first of them too.
fn closing(looks: &[Option<HeadingLook>]) -> Vec<HeadingLook> {
    let mut before: Vec<HeadingLook> = Vec::new();
    let mut found: Vec<HeadingLook> = Vec::new();
    let mut heads: Vec<HeadingLook> = Vec::new();
    for (i, look) in looks.iter().enumerate() {
        let Some(look) = look else { continue };
        match looks.get(i + 1) {
            Some(Some(next)) if next != look && before.contains(next) && !before.contains(look) => {
                remember(&mut found, look);
            }
            Some(None) => remember(&mut heads, look),
            _ => {}
        }
        remember(&mut before, look);
    }
    found.retain(|look| !heads.contains(look));
    found
}

/// Few kinds of bands are in one table; more are none.
fn remember(looks: &mut Vec<HeadingLook>, look: &HeadingLook) {
    const MOST: usize = 8;
    if looks.len() < MOST && !looks.contains(look) {
        looks.push(look.clone());
    }
}

/// Whether the fill of a cell stands out: it has one, and the cells of its column mostly have not.
fn stands_out_by_fill(row: &Row, usual: &[bool]) -> bool {
    row.cells
        .iter()
        .zip(usual)
        .any(|(cell, usual)| !cell.value.is_empty() && cell.fill().is_some() && !usual)
}

/// For each column, whether its cells mostly are filled with a colour.
fn usually_filled(rows: &[BodyRow], columns: usize) -> Vec<bool> {
    let count = |i: usize| {
        rows.iter().filter(|b| b.row.cells.get(i).is_some_and(|c| c.fill().is_some())).count()
    };
    (0..columns).map(|i| count(i) * 2 > rows.len()).collect()
}

/// A band as the heading of a theme.
pub(super) fn theme(row: &Row, at: usize, out: &mut DocumentTables) -> TableRow {
    let cell = &row.cells[at];
    let message =
        format!("“{}” stands alone in its row: read as the heading of a theme", cell.value);
    let diagnostic = Diagnostic::new(Code::ThemeRead, message).at(&cell.place);
    // a band with its words in each cell says them once in the plan
    let others: Vec<_> = row
        .cells
        .iter()
        .enumerate()
        .filter(|(i, c)| *i != at && !c.value.is_empty())
        .map(|(_, c)| c.value.plain())
        .collect();
    out.diagnostics.push(if others.is_empty() {
        diagnostic
    } else {
        diagnostic.left_out(others.join(" | "))
    });
    TableRow::Theme(cell.clone())
}

/// A band as an objective: its text in the column of actions, as objectives without a column of
/// their own have it.
pub(super) fn objective(mut row: Row, at: usize, columns: &[Column]) -> TableRow {
    if let Some(action) =
        columns.iter().position(|c| c.field == Field::Action).filter(|action| *action != at)
    {
        row.cells.swap(at, action);
        let copy = row.cells[action].value.clone();
        for (i, cell) in row.cells.iter_mut().enumerate().filter(|(i, _)| *i != action) {
            if cell.value == copy || i == at {
                cell.value = Text::default();
            }
        }
    }
    TableRow::ObjectiveRow { cells: row.cells, place: row.place }
}

#[cfg(test)]
mod tests {
    use crate::{Format, ImportOptions, import, read};

    fn themes(csv: &str) -> Vec<(String, Vec<String>)> {
        let plan =
            import(read(csv.as_bytes(), Format::Delimited).unwrap(), &ImportOptions::default())
                .plan;
        let actions = |theme: &crate::plan::Theme| {
            theme
                .objectives
                .iter()
                .flat_map(|o| &o.actions)
                .map(|action| action.action.plain().into_owned())
                .collect()
        };
        plan.themes.iter().map(|theme| (theme.title.clone(), actions(theme))).collect()
    }

    #[test]
    fn a_milestone_that_closes_a_phase_heads_nothing() {
        let csv = "Task,Owner,Due date\nPhase 1: Design,,\nWrite the brief,Jo Lee,1 May 2027\nMilestone 1: brief agreed,,\n\
                   Phase 2: Build,,\nHire a builder,Sam Roe,1 June 2027\nMilestone 2: opened,,\n";
        let owned = |title: &str, actions: &[&str]| {
            (title.to_owned(), actions.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(
            themes(csv),
            [
                owned("Phase 1: Design", &["Write the brief", "Milestone 1: brief agreed"]),
                owned("Phase 2: Build", &["Hire a builder", "Milestone 2: opened"])
            ]
        );
    }

    #[test]
    fn a_priority_above_an_aim_heads_it() {
        let csv = "Task,Owner,Due date\nPriority 1: Homes,,\nAim 1: Repairs,,\nMend the roof,Jo Lee,1 May 2027\n\
                   Priority 2: Streets,,\nAim 1: Lamps,,\nFit lamps,Sam Roe,1 June 2027\n";
        let titles: Vec<String> = themes(csv).into_iter().map(|(title, _)| title).collect();
        assert_eq!(titles, ["Priority 1: Homes", "Priority 2: Streets"]);
    }
}
