//! Themes and objectives: from rows that head others, from columns, and from cells that repeat them.

use super::{GroupLevel, OpenGroups, RepeatedGroup, RowCount, head_words};
use crate::diagnostic::{Code, Diagnostic};
use crate::import::Importer;
use crate::import::fields::{RowFields, apart};
use crate::place::Place;
use crate::plan::{Extra, Field, Objective, Plan, Theme};
use crate::source::Cell;
use crate::table;
use crate::table::{Column, PlanGrid, TableRow};
use crate::text;
use crate::text::Text;
use crate::vocabulary::{documents, normalize};

impl Importer {
    pub(super) fn open_theme(&mut self, title: String, place: Place, open: &mut OpenGroups) {
        self.plan.themes.push(Theme { title, origin: Some(place), ..Theme::default() });
        *open = OpenGroups { theme: Some(self.plan.themes.len() - 1), ..OpenGroups::default() };
    }

    /// A band that names a theme.
    pub(super) fn band(&mut self, cell: &Cell, open: &mut OpenGroups) {
        self.struck(std::slice::from_ref(cell), None);
        if open.bands_are_objectives {
            let theme = self.theme(&cell.place, open);
            let objective = Objective {
                text: cell.value.clone(),
                origin: Some(cell.place.clone()),
                ..Objective::default()
            };
            self.plan.themes[theme].objectives.push(objective);
            open.objective = true;
        } else {
            let title = text::one_line(&cell.value);
            let key = normalize(&title);
            let first = documents::without_continued(&key).unwrap_or(&key);
            if let Some(known) = self.themes_by_title.get(first) {
                // the words of a heading that goes on are kept where it began
                *open = OpenGroups { theme: Some(*known), ..OpenGroups::default() };
                self.repeated(GroupLevel::Theme, &cell.place, title);
            } else {
                self.open_theme(title, cell.place.clone(), open);
                self.themes_by_title.insert(key, self.plan.themes.len() - 1);
            }
        }
        if let Some(note) = cell.note() {
            let message =
                "the comment on the heading of a theme was left out: a theme has no place for one";
            self.emit(
                Diagnostic::new(Code::CommentKept, message).at(&cell.place).left_out(note.plain()),
            );
        }
    }

    /// The heading of a theme with its number and whatever stands beside it.
    pub(super) fn theme_row(
        &mut self,
        cells: Vec<Cell>,
        place: Place,
        columns: &[Column],
        open: &mut OpenGroups,
    ) {
        self.struck(&cells, Some(columns));
        let mut fields = RowFields::sort(cells, columns, self.shape.second_status);
        let number = fields.reference.take().map(|c| text::one_line(&c.value)).unwrap_or_default();
        let words = fields.action.take().map(|c| text::one_line(&c.value)).unwrap_or_default();
        let title = [number, words]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let message = format!("“{title}” heads the rows below it: read as the heading of a theme");
        let mut diagnostics = Diagnostic::new(Code::ThemeRead, message).at(&place);
        let rest: Vec<String> =
            beside(fields).into_iter().map(|(header, text)| format!("{header}: {text}")).collect();
        if !rest.is_empty() {
            diagnostics = diagnostics.left_out(rest.join("\n"));
        }
        self.emit(diagnostics);
        self.open_theme(title, place, open);
    }

    /// An objective that stands in a row of its own.
    pub(super) fn objective_row(
        &mut self,
        cells: Vec<Cell>,
        place: Place,
        columns: &[Column],
        open: &mut OpenGroups,
    ) {
        self.struck(&cells, Some(columns));
        let mut fields = RowFields::sort(cells, columns, self.shape.second_status);
        let reference =
            fields.reference.take().map(|c| text::one_line(&c.value)).unwrap_or_default();
        let text = fields.action.take().map(|c| c.value).unwrap_or_default();
        let message =
            format!("“{}” heads the rows below it: read as their objective", text::one_line(&text));
        self.emit(Diagnostic::new(Code::ObjectiveRead, message).at(&place));
        let evidence = fields.evidence.take().map(|c| c.value).unwrap_or_default();
        let notes = self.kept(std::mem::take(&mut fields.notes), "objective", &place);
        let extra = Extra(beside(fields));
        let theme = self.theme(&place, open);
        let objective = Objective {
            reference,
            text,
            extra,
            evidence,
            notes,
            origin: Some(place),
            ..Objective::default()
        };
        self.plan.themes[theme].objectives.push(objective);
        open.objective = true;
    }

    /// The theme that is open; one without a title where there is none.
    pub(super) fn theme(&mut self, place: &Place, open: &mut OpenGroups) -> usize {
        if open.theme.is_none() {
            match self.plan.themes.last() {
                // tables without a theme are one list
                Some(last) if last.title.is_empty() => {
                    open.theme = Some(self.plan.themes.len() - 1);
                }
                _ => self.open_theme(String::new(), place.clone(), open),
            }
        }
        open.theme.unwrap_or_default()
    }

    /// Reads a first column without a header as themes, if its cells stand for several rows each;
    /// as objectives below a heading.
    pub(super) fn side_headings(&mut self, table: &mut PlanGrid, has_theme: bool) {
        const FEWEST_ROWS: usize = 2;
        if table.columns.iter().any(|c| matches!(c.field, Field::Theme | Field::ObjectiveReference))
        {
            return;
        }
        let Some(first) =
            table.columns.first().filter(|c| c.header.is_empty() && c.field == Field::Extra)
        else {
            return;
        };
        let place = first.place.clone();
        let mut headings = 0;
        let mut before = None;
        for row in &table.rows {
            let TableRow::Row { cells, .. } = row else { return };
            let words = cells.first().map(|c| text::one_line(&c.value)).unwrap_or_default();
            let is_new = !words.is_empty() && before.as_ref() != Some(&words);
            if (before.is_none() && !is_new) || (is_new && !table::reads_like_a_heading(&words)) {
                return;
            }
            if is_new {
                headings += 1;
                before = Some(words);
            }
        }
        if headings == 0 || table.rows.len() < headings * FEWEST_ROWS {
            return;
        }
        let has_objectives = table.columns.iter().any(|c| c.field == Field::Objective);
        let (field, what) = if has_theme && !has_objectives {
            (Field::Objective, "objectives")
        } else {
            (Field::Theme, "themes")
        };
        if let Some(first) = table.columns.first_mut() {
            first.field = field;
        }
        let message = format!(
            "the first column has no header, and each of its cells stands for several rows; its cells were read as {what}"
        );
        self.emit(
            Diagnostic::new(Code::SideHeading, message)
                .at(&place)
                .help("give the column a header, such as “Theme” or “Objective”"),
        );
    }

    /// Tells what was read of the structure within the cells of a table.
    pub(super) fn report_structure(&mut self) {
        if let Some(RowCount { place, count, actions, .. }) = self.lists_split.take() {
            let rows =
                if count == 1 { "1 row has".to_owned() } else { format!("{count} rows have") };
            let message = format!(
                "{rows} lists of equal length; each item was read as an action of its own, {actions} in all"
            );
            let help =
                "check that the items belong together, or put each action in a row of its own";
            self.emit(Diagnostic::new(Code::ListsSplit, message).at(&place).help(help));
        }
        if let Some(RowCount { place, count, words, .. }) = self.labels_read.take() {
            let cells =
                if count == 1 { "1 cell has".to_owned() } else { format!("{count} cells have") };
            let message = format!(
                "{cells} labelled lines; what follows each label was read as the field that the label names"
            );
            let diagnostics = Diagnostic::new(Code::LabelsRead, message).at(&place);
            self.emit(if words.is_empty() {
                diagnostics
            } else {
                diagnostics.left_out(words.join("\n"))
            });
        }
    }

    /// Keeps what a cell says about a theme or an objective, once if rows repeat it.
    pub(super) fn introduce(
        &mut self,
        level: GroupLevel,
        cell: Cell,
        text: impl Fn(&mut Plan) -> &mut Text,
    ) {
        let kept = text(&mut self.plan);
        if *kept == cell.value {
            self.repeated(level, &cell.place, cell.value.plain().into_owned());
        } else {
            kept.append(cell.value);
        }
    }

    /// The theme that a column names: the same title is the same theme, wherever in the list it
    /// stands.
    pub(super) fn theme_of_column(
        &mut self,
        place: &Place,
        title: String,
        number: String,
        open: &mut OpenGroups,
    ) {
        let key = if number.is_empty() {
            normalize(&title)
        } else {
            number.clone() + "\n" + &normalize(&title)
        };
        if let Some(known) = self.themes_by_title.get(&key) {
            if open.theme != Some(*known) {
                *open = OpenGroups { theme: Some(*known), ..OpenGroups::default() };
            }
            self.repeated(GroupLevel::Theme, place, title);
            self.repeated(GroupLevel::Theme, place, number);
        } else {
            if !number.is_empty() {
                let message = format!(
                    "the number {number} tells the theme “{title}” apart from others, and is not kept"
                );
                self.emit(Diagnostic::new(Code::ThemeRead, message).at(place).left_out(number));
            }
            self.open_theme(title, place.clone(), open);
            self.themes_by_title.insert(key, self.plan.themes.len() - 1);
        }
    }

    /// Opens an objective, unless the one that is open goes on: it does where neither a reference
    /// nor words tell another.
    pub(super) fn objective(
        &mut self,
        theme: usize,
        reference: Option<Cell>,
        cell: Option<Cell>,
        place: &Place,
        open: &mut OpenGroups,
    ) {
        let number = reference
            .as_ref()
            .map(|r| text::one_line(&r.value))
            .filter(|number| !number.is_empty());
        let objectives = &mut self.plan.themes[theme].objectives;
        if let (Some(number), Some(reference)) = (number, reference) {
            let goes_on = |o: &Objective| {
                o.reference == number && cell.as_ref().is_none_or(|c| c.value == o.text)
            };
            if open.objective && objectives.last().is_some_and(goes_on) {
                self.repeated(GroupLevel::Objective, &reference.place, number);
                if let Some(cell) = cell {
                    self.repeated(GroupLevel::Objective, &cell.place, text::one_line(&cell.value));
                }
                return;
            }
            let origin = Some(cell.as_ref().map_or(&reference, |c| c).place.clone());
            let text = cell.map(|c| c.value).unwrap_or_default();
            objectives.push(Objective { reference: number, text, origin, ..Objective::default() });
            open.objective = true;
            return;
        }
        match cell {
            Some(cell)
                if open.objective
                    && objectives.last().is_some_and(|o| is_same(&o.text, &cell.value)) =>
            {
                let words = text::one_line(&cell.value);
                self.repeated(GroupLevel::Objective, &cell.place, words);
            }
            Some(cell) => {
                objectives.push(Objective {
                    text: cell.value,
                    origin: Some(cell.place),
                    ..Objective::default()
                });
                open.objective = true;
            }
            None if open.objective => {}
            None => {
                objectives.push(Objective { origin: Some(place.clone()), ..Objective::default() });
                open.objective = true;
            }
        }
    }

    /// A theme or objective that a row repeats; told once for all its rows.
    pub(super) fn repeated(&mut self, level: GroupLevel, place: &Place, words: String) {
        if words.is_empty() {
            return;
        }
        let key = (level, words);
        let count = self.repeats.len();
        let at = *self.repeats_by_words.entry(key.clone()).or_insert(count);
        match self.repeats.get_mut(at) {
            Some(repeat) => repeat.count += 1,
            None => self.repeats.push(RepeatedGroup {
                place: place.clone(),
                level,
                words: key.1,
                count: 1,
            }),
        }
    }

    /// Reports the words that rows repeat, once for the themes and once for the objectives of a
    /// table.
    pub(super) fn report_repeats(&mut self) {
        const SHOWN: usize = 3;
        self.repeats_by_words.clear();
        let repeats = std::mem::take(&mut self.repeats);
        for level in [GroupLevel::Theme, GroupLevel::Objective] {
            let of_level: Vec<&RepeatedGroup> =
                repeats.iter().filter(|repeat| repeat.level == level).collect();
            let Some(first) = of_level.first() else { continue };
            let rows: usize = of_level.iter().map(|repeat| repeat.count).sum();
            let what = if level == GroupLevel::Theme { "theme" } else { "objective" };
            let subject = if rows == 1 {
                format!("1 row repeats the {what}")
            } else {
                format!("{rows} rows repeat the {what}")
            };
            let named: Vec<String> = of_level
                .iter()
                .take(SHOWN)
                .map(|r| format!("“{}”", head_words(&r.words)))
                .collect();
            let more = match of_level.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let message = format!("{subject} of a row above: {}{more}", named.join(", "));
            let copies: Vec<String> =
                of_level.iter().map(|r| vec![r.words.as_str(); r.count].join("\n")).collect();
            let diagnostic = Diagnostic::new(Code::ValueRepeated, message)
                .at(&first.place)
                .left_out(copies.join("\n"));
            self.emit(diagnostic);
        }
    }
}

/// Whether texts differ in capitals, spaces and punctuation at most.
fn is_same(a: &Text, b: &Text) -> bool {
    a == b
        || (a.plain().len().abs_diff(b.plain().len()) < 8
            && normalize(&a.plain()) == normalize(&b.plain()))
}

/// What stands beside a heading in its row, under the headers of its columns; its comments too.
pub(super) fn beside(fields: RowFields) -> Vec<(String, Text)> {
    let named = [
        ("Owner", fields.owner),
        ("Success measures", fields.success_measures),
        ("Target date", fields.target),
        ("Updates", fields.update),
        ("Status", fields.status),
        ("Evidence", fields.evidence),
    ];
    let mut all: Vec<(String, Text)> = named
        .into_iter()
        .filter_map(|(name, cell)| Some((name.to_owned(), cell?.value)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    all.extend(fields.dated.into_iter().map(|dated| (dated.header, dated.cell.value)));
    all.extend(fields.extra);
    all.extend(
        fields.notes.into_iter().map(|note| (format!("Comment on {}", note.about), note.text)),
    );
    apart(&mut all);
    all
}
