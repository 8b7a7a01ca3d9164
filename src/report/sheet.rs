//! The plan as the table of a sheet: each action is exactly one row, so that it can be sorted and
//! filtered.
//!
//! The theme is a column, and the theme and objective are repeated in the row of each action. An
//! objective without actions has a row of its own, and so has a theme without either.

use std::collections::HashSet;

use super::{
    ActionRow, ColumnRole, InterfaceLabels, ObjectiveGroup, PlanTable, ReportCell, ThemeBand,
};

/// The most UTF-16 units of a header, as Excel takes it for the name of a table's column.
const HEADER: usize = 255;
/// How many UTF-16 units of a text its cell holds; Excel takes 32,767, and the words that say where
/// it goes on take some.
const UNITS: usize = 32_500;
/// How many line breaks of a text its cell holds; Excel takes 253.
const BREAKS: usize = 250;

/// A column of the plan's sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetColumn {
    /// Its header: the report's on one line, and unlike the others.
    pub(crate) header: String,
    /// The header as the report has it.
    pub(crate) own: String,
    /// Whether its header is only the beginning of it.
    pub(crate) is_cut: bool,
    pub(crate) role: ColumnRole,
    pub(crate) from: SheetColumnSource,
}

/// Where a column of the plan's sheet has its words from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SheetColumnSource {
    /// The theme's title.
    Theme,
    /// The objective.
    Objective,
    /// Which of an action's cells.
    Cell(usize),
    /// The position against the calendar in which of an action's cells.
    Position(usize),
    /// The note on the status in which of an action's cells.
    Note(usize),
}

impl SheetColumnSource {
    /// The cell of an action that holds the words.
    pub(crate) fn cell(self, action: &ActionRow) -> Option<&ReportCell> {
        match self {
            Self::Theme | Self::Objective => None,
            Self::Cell(i) | Self::Position(i) | Self::Note(i) => action.cells.get(i),
        }
    }
}

/// A row of the plan's sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SheetRow<'a> {
    pub(crate) theme: &'a ThemeBand,
    /// None for a theme without objectives.
    pub(crate) objective: Option<&'a ObjectiveGroup>,
    /// None for an objective without actions.
    pub(crate) action: Option<&'a ActionRow>,
}

impl SheetRow<'_> {
    /// What its cell in a column says, without styles.
    pub(crate) fn shown(&self, from: SheetColumnSource) -> String {
        match (from, self.action.and_then(|action| from.cell(action))) {
            (SheetColumnSource::Theme, _) => self.theme.title.to_string(),
            (SheetColumnSource::Objective, _) => {
                self.objective.map(ObjectiveGroup::in_cell).unwrap_or_default()
            }
            (_, Some(ReportCell::Text(text))) => text.in_cell(),
            (SheetColumnSource::Position(_), Some(ReportCell::Status { position, .. })) => {
                position.to_string()
            }
            (SheetColumnSource::Note(_), Some(cell @ ReportCell::Status { .. })) => {
                cell.status_source().to_owned()
            }
            (_, Some(cell @ ReportCell::Status { .. })) => cell.status_words().to_owned(),
            (_, Some(other)) => other.short().into_owned(),
            (_, None) => String::new(),
        }
    }
}

impl PlanTable {
    /// The columns of the plan's sheet: the reference first, as it stays in view, then theme and
    /// objective.
    pub(crate) fn sheet_columns(&self, words: &InterfaceLabels) -> Vec<SheetColumn> {
        let mut out = Vec::new();
        let mut taken = HashSet::new();
        let mut add = |header: &str, role: ColumnRole, from: SheetColumnSource| {
            let (name, is_cut) = column_name(header, &mut taken);
            out.push(SheetColumn { header: name, own: header.to_owned(), is_cut, role, from });
        };
        let own = self.columns.iter().filter(|c| c.role != ColumnRole::Objective);
        let cells: Vec<_> =
            own.zip(0..).map(|(column, i)| (column, SheetColumnSource::Cell(i))).collect();
        let (references, others): (Vec<_>, Vec<_>) =
            cells.into_iter().partition(|(column, _)| column.role == ColumnRole::Reference);
        for (column, from) in references {
            add(&column.header, column.role, from);
        }
        if let Some(theme) = &self.theme {
            add(theme, ColumnRole::Theme, SheetColumnSource::Theme);
        }
        if let Some(objective) = self.columns.iter().find(|c| c.role == ColumnRole::Objective) {
            add(&objective.header, ColumnRole::Objective, SheetColumnSource::Objective);
        }
        let actions = || self.themes.iter().flat_map(|t| &t.objectives).flat_map(|o| &o.actions);
        let any = |is: fn(&ReportCell) -> bool| actions().flat_map(|a| &a.cells).any(is);
        let has_positions =
            any(|c| matches!(c, ReportCell::Status { position, .. } if !position.is_empty()));
        let has_notes = any(|c| !c.status_source().is_empty());
        for (column, from) in others {
            add(&column.header, column.role, from);
            if let (SheetColumnSource::Cell(i), ColumnRole::Status) = (from, column.role) {
                if has_positions {
                    add(&words.position, ColumnRole::Prose, SheetColumnSource::Position(i));
                }
                if has_notes {
                    add(&words.status_note, ColumnRole::Prose, SheetColumnSource::Note(i));
                }
            }
        }
        out
    }

    /// The rows of the plan's sheet, in order.
    pub(crate) fn sheet_rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        self.themes.iter().flat_map(|theme| {
            let is_row =
                |o: &ObjectiveGroup| !o.actions.is_empty() || (self.has_objectives && !o.is_bare());
            let is_empty = !theme.title.is_empty() && !theme.objectives.iter().any(is_row);
            let alone = is_empty.then_some(SheetRow { theme, objective: None, action: None });
            let rows = theme.objectives.iter().filter(move |o| is_row(o)).flat_map(move |group| {
                let objective = Some(group);
                let bare =
                    group.actions.is_empty().then_some(SheetRow { theme, objective, action: None });
                bare.into_iter().chain(group.actions.iter().map(move |action| SheetRow {
                    theme,
                    objective,
                    action: Some(action),
                }))
            });
            alone.into_iter().chain(rows)
        })
    }
}

impl ObjectiveGroup {
    /// Whether there is nothing to show of it but its actions.
    fn is_bare(&self) -> bool {
        self.text.is_empty() && self.recommendation.is_none()
    }

    /// What its cell in a sheet says, without styles: its reference and wording, and what it
    /// answers on a line of its own.
    pub(crate) fn in_cell(&self) -> String {
        let own = if self.text.is_empty() {
            String::new()
        } else {
            format!("{}  {}", self.reference, self.text.in_cell())
        };
        let answers = self.recommendation.as_ref().map(|link| link.description.clone());
        [own]
            .into_iter()
            .filter(|words| !words.is_empty())
            .chain(answers)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// A header as the name of a table's column: on one line, not empty, not too long, and unlike the
/// others whatever its capitals; and whether it had to be cut.
pub(super) fn column_name(header: &str, taken: &mut HashSet<String>) -> (String, bool) {
    let line = header.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = if line.is_empty() { "–".to_owned() } else { line };
    let short = limited(&line, HEADER);
    let mut name = short.clone();
    let mut nth = 1;
    while !taken.insert(name.to_lowercase()) {
        nth += 1;
        let end = format!(" ({nth})");
        name = limited(&short, HEADER - end.len()) + &end;
    }
    (name, short.len() < line.len())
}

/// The beginning of words, in at most so many UTF-16 units.
pub(crate) fn limited(words: &str, units: usize) -> String {
    words[..within(words, units, usize::MAX)].to_owned()
}

/// Where a text is cut that one cell of a sheet cannot hold, at a space if there is one near; none
/// if it fits.
pub(crate) fn cut(words: &str) -> Option<usize> {
    const NEAR: usize = 200;
    // no character takes more units than bytes
    if words.len() <= UNITS
        && (words.len() <= BREAKS || words.bytes().filter(|b| *b == b'\n').count() <= BREAKS)
    {
        return None;
    }
    let at = within(words, UNITS, BREAKS);
    if at == words.len() {
        return None;
    }
    let near = words[..at].char_indices().rev().take(NEAR).find(|(_, c)| c.is_whitespace());
    Some(near.map_or(at, |(i, c)| i + c.len_utf8()))
}

/// How many bytes of a text stay within so many UTF-16 units and line breaks.
fn within(words: &str, units: usize, breaks: usize) -> usize {
    let (mut units, mut breaks) = (units, breaks);
    let beyond = words.char_indices().find(|(_, c)| {
        let fits = c.len_utf16() <= units && (*c != '\n' || breaks > 0);
        units = units.saturating_sub(c.len_utf16());
        breaks -= usize::from(fits && *c == '\n');
        !fits
    });
    beyond.map_or(words.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_differ_and_stand_on_one_line() {
        let mut taken = HashSet::new();
        let mut name = |header: &str| column_name(header, &mut taken);
        assert_eq!(name("Date\n due"), ("Date due".to_owned(), false));
        assert_eq!(name("date due"), ("date due (2)".to_owned(), false));
        assert_eq!(name(" "), ("–".to_owned(), false));
        let long = "x".repeat(300);
        assert_eq!(name(&long), ("x".repeat(255), true));
        assert_eq!(name(&long), ("x".repeat(251) + " (2)", true));
    }

    #[test]
    fn what_a_cell_cannot_hold_is_cut_between_words() {
        assert_eq!(cut(&"w ".repeat(UNITS / 2)), None);
        assert_eq!(cut(&"word ".repeat(UNITS)), Some(UNITS));
        assert_eq!(cut(&"𝒳".repeat(UNITS)), Some(UNITS / 2 * '𝒳'.len_utf8()));
        assert_eq!(cut(&"\n".repeat(BREAKS + 1)), Some(BREAKS));
    }
}
