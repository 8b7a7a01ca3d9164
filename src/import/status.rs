//! How actions stand, as their rows say it; and the scheme of a plan that uses words of its own.

mod columns;

use crate::text;
use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::status::{
    self, FillCounts, OwnStatus, ReadStatus, StatusEvidence, StatusVocabulary,
};
use crate::plan::{Basis, Category, Scheme, Status, round_trip, scheme};
use crate::source::Cell;
use crate::text::Text;
use crate::vocabulary::{normalize, reasons};

use super::Importer;
use super::fields::RowFields;

use columns::unread;
pub(super) use columns::{is_rated, row_fill, second_column};

/// What is known of the plan's statuses while its rows are read.
#[derive(Debug, Default)]
pub(super) struct StatusCollector {
    /// Whether the plan, or the caller, says which statuses there are.
    pub(super) is_declared: bool,
    /// The statuses that were added to the scheme.
    own: Vec<AddedState>,
    by_id: HashMap<String, usize>,
    /// The fills of rows that gave a status.
    rows: FillCounts,
    first_row: Option<Place>,
    /// The words that stand alone in another column, by where.
    elsewhere: Vec<SecondStatus>,
    /// Actions with two statuses: what to tell of the first, and how many.
    different: Option<(Diagnostic, usize)>,
    /// Status cells with too many words for a status: the first, and how many.
    prose: Option<(Place, usize)>,
}

#[derive(Debug)]
struct AddedState {
    words: String,
    place: Place,
    count: usize,
    is_known: bool,
}

#[derive(Debug)]
struct SecondStatus {
    column: &'static str,
    words: String,
    place: Place,
    count: usize,
}

impl Importer {
    /// What the words of statuses are held against.
    fn known(&self) -> StatusVocabulary<'_> {
        StatusVocabulary { scheme: &self.plan.scheme, words: &self.words }
    }

    /// How the action stands: as its status cell says, else other columns, else the latest of the
    /// columns that are headed by dates, else words that stand alone in another column, else the
    /// fill of its row.
    pub(super) fn status(&mut self, fields: &RowFields, place: &Place) -> Status {
        let line = |text: Option<&Text>| text.map(text::one_line).unwrap_or_default();
        let said =
            fields.status.as_ref().map(|c| c.value.plain().trim().to_owned()).unwrap_or_default();
        let one_line = line(fields.status.as_ref().map(|c| &c.value));
        if let Some(status) = self
            .shape
            .has_ours
            .then(|| round_trip::read_status(&one_line, &self.plan.scheme))
            .flatten()
        {
            return status;
        }
        let (percent, completed_on) =
            (line(fields.percent.as_ref()), line(fields.completed_on.as_ref()));
        let evidence = StatusEvidence {
            words: &said,
            header: &self.shape.status_header,
            fill: fields.status.as_ref().and_then(Cell::fill),
            percent: &percent,
            parts_of_one: self.shape.parts_of_one,
            completed_on: &completed_on,
            day: self.plan.review_day(),
        };
        let mut read = status::read(&evidence, self.known());
        let at = fields
            .status
            .as_ref()
            .filter(|c| !c.value.is_empty() || c.fill().is_some())
            .map_or(place, |c| &c.place)
            .clone();
        if let Some(other) = &fields.other_status {
            let words = text::one_line(&other.value);
            let second = status::read(
                &StatusEvidence { words: &words, ..StatusEvidence::default() },
                self.known(),
            );
            let messages = read.diagnostics.len();
            read = self.less_advanced(
                read,
                second,
                (&one_line, &words),
                &self.shape.second_status_header,
            );
            // one message for all
            if let Some(different) =
                (read.diagnostics.len() > messages).then(|| read.diagnostics.pop()).flatten()
            {
                match &mut self.statuses.different {
                    Some((first, count)) => {
                        *count += 1;
                        first.left_out = [first.left_out.take(), different.left_out]
                            .into_iter()
                            .flatten()
                            .reduce(|all, more| all + "\n" + &more);
                    }
                    none => *none = Some((different.at(&other.place), 1)),
                }
            }
        }
        self.diagnostics.extend(
            std::mem::take(&mut read.diagnostics).into_iter().map(|messages| messages.at(&at)),
        );
        let filled = read.filled;
        let status = self.settled(read, &at);
        if let (Some(fill), Some(state)) = (filled, &status.state) {
            self.fills.count(fill, state);
            self.first_filled.get_or_insert_with(|| at.clone());
        }
        if !status.is_none() {
            return status;
        }
        let dated = self.latest_of_dated(fields, place);
        if dated.is_some() || self.shape.has_ours {
            return dated.unwrap_or_default();
        }
        self.elsewhere(fields).or_else(|| self.by_row(fields, place)).unwrap_or_default()
    }

    /// Of two statuses of one action, the less advanced, with a warning where they differ.
    fn less_advanced(
        &self,
        first: ReadStatus,
        second: ReadStatus,
        (words, others): (&str, &str),
        column: &str,
    ) -> ReadStatus {
        let (a, b) = (first.category(&self.plan.scheme), second.category(&self.plan.scheme));
        if second.status.is_none() || (a == b && a.is_some()) {
            return first;
        }
        let is_second = status::advance(b) < status::advance(a) || first.status.is_none();
        let used = if is_second { others } else { words };
        let beside = if column.is_empty() {
            String::new()
        } else {
            format!(" in the column “{column}”")
        };
        let message = format!(
            "the action has two statuses, “{words}” and “{others}”{beside}; the less advanced, “{used}”, was used"
        );
        let mut chosen = if is_second { second } else { first };
        let diagnostic =
            Diagnostic::new(Code::StatusAmbiguous, message).help("give the action one status");
        // the other column is kept with the action
        chosen.diagnostics.push(if is_second && !words.is_empty() {
            diagnostic.left_out(words.to_owned())
        } else {
            diagnostic
        });
        chosen
    }

    /// A status whose state is in the plan's scheme: one of the plan's own is added to it.
    fn settled(&mut self, read: ReadStatus, at: &Place) -> Status {
        let mut status = read.status;
        if let Some(own) = read.own {
            status.state = self.add(&own, &status.because, at);
        } else if let Some(added) = status.state.as_ref().and_then(|id| self.statuses.by_id.get(id))
        {
            if let Some(added) = self.statuses.own.get_mut(*added) {
                added.count += 1;
            }
        } else if status.state.is_none()
            && status.basis == Basis::Stated
            && !status::says_none(&status.because)
        {
            self.statuses.prose.get_or_insert_with(|| (at.clone(), 0)).1 += 1;
        }
        status
    }

    /// Adds a status to the scheme, unless there are too many to be statuses.
    fn add(&mut self, own: &OwnStatus, words: &str, at: &Place) -> Option<String> {
        const MOST: usize = 24;
        if self.statuses.own.len() >= MOST {
            self.statuses.prose.get_or_insert_with(|| (at.clone(), 0)).1 += 1;
            return None;
        }
        let state = scheme::added(own, &self.plan.scheme.states);
        let id = state.id.clone();
        self.plan.scheme.states.push(state);
        self.statuses.by_id.insert(id.clone(), self.statuses.own.len());
        self.statuses.own.push(AddedState {
            words: words.to_owned(),
            place: at.clone(),
            count: 1,
            is_known: own.is_known,
        });
        Some(id)
    }

    /// The state that words name, if they are understood.
    pub(super) fn state_of(&mut self, words: &str, at: &Place) -> Option<String> {
        if !status::names_status(words, self.known()) {
            return None;
        }
        let read =
            status::read(&StatusEvidence { words, ..StatusEvidence::default() }, self.known());
        match &read.own {
            Some(own) if own.is_known => self.add(&own.clone(), words, at),
            Some(_) => None,
            None => read.status.state,
        }
    }

    fn latest_of_dated(&mut self, fields: &RowFields, place: &Place) -> Option<Status> {
        let known = |dated: &&super::fields::DateCell| {
            status::names_status(&dated.cell.value.plain(), self.known())
        };
        let latest = fields.dated.iter().filter(known).max_by_key(|dated| dated.date.last())?;
        let words = latest.cell.value.plain();
        let state = self.state_of(&words, place);
        Some(Status { state, basis: Basis::Stated, because: format!("{}: {words}", latest.header) })
    }

    /// A word for a status that stands alone among the success measures or updates.
    fn elsewhere(&mut self, fields: &RowFields) -> Option<Status> {
        let cells = [("success measures", &fields.success_measures), ("updates", &fields.update)];
        for (column, cell) in cells {
            let Some(cell) = cell.as_ref().filter(|cell| !cell.value.is_empty()) else { continue };
            let text = cell.value.plain();
            let Some(words) = status::standing_alone(&text, self.known()) else { continue };
            // what an update says outright is its own status
            let says_so = column == "updates" && status::said_in_update(&text).is_some();
            // "n/a" below "Comments" is said of the comment
            if says_so || reasons::is_filler(&normalize(&text)) {
                continue;
            }
            let place = cell.place.clone();
            let state = self.state_of(&words, &place)?;
            let known =
                self.statuses.elsewhere.iter_mut().find(|e| e.column == column && e.words == words);
            match known {
                Some(known) => known.count += 1,
                None => self.statuses.elsewhere.push(SecondStatus {
                    column,
                    words: words.clone(),
                    place,
                    count: 1,
                }),
            }
            return Some(Status { state: Some(state), basis: Basis::Stated, because: words });
        }
        None
    }

    /// A status that only the fill of the row gives.
    fn by_row(&mut self, fields: &RowFields, place: &Place) -> Option<Status> {
        let fill = fields.row_fill.filter(|_| self.shape.is_rated)?;
        let read = status::read(
            &StatusEvidence { fill: Some(fill), ..StatusEvidence::default() },
            self.known(),
        );
        let state = read.status.state.clone()?;
        self.statuses.rows.count(fill, &state);
        self.statuses.first_row.get_or_insert_with(|| place.clone());
        Some(Status { because: format!("row {}", read.status.because), ..read.status })
    }

    /// What is to be reported of the plan's own statuses, once all rows have been read.
    pub(super) fn report_statuses(&mut self) {
        let StatusCollector {
            is_declared,
            own,
            by_id,
            rows,
            first_row,
            elsewhere,
            different,
            prose,
        } = std::mem::take(&mut self.statuses);
        let is_known = |id: &str| {
            by_id
                .get(id)
                .and_then(|at| own.get(*at))
                .is_none_or(|added| added.is_known && !is_declared)
        };
        let labels: Vec<&str> = self
            .plan
            .scheme
            .states
            .iter()
            .filter(|s| is_known(&s.id))
            .map(|s| s.label.as_str())
            .take(8)
            .collect();
        let help = format!(
            "if it means one of these, write that: {}; otherwise add it to the plan's key",
            labels.join(", ")
        );
        let mut messages: Vec<Diagnostic> = Vec::new();
        messages.extend(unread(&own, is_declared, help));
        if let Some((mut first, count)) = different {
            if count > 1 {
                let others = if count == 2 {
                    "1 other action has".to_owned()
                } else {
                    format!("{} other actions have", count - 1)
                };
                first.message = format!("{}; {others} two statuses too", first.message);
            }
            messages.push(first);
        }
        if let Some((place, count)) = prose {
            let cells = if count == 1 {
                "1 status cell holds".to_owned()
            } else {
                format!("{count} status cells hold")
            };
            let message = format!("{cells} more words than a status; they were kept as typed");
            messages.push(
                Diagnostic::new(Code::StatusUnread, message)
                    .at(&place)
                    .help("put a status into the column, and the rest into another"),
            );
        }
        for SecondStatus { column, words, place, count } in elsewhere {
            let actions =
                if count == 1 { "1 action".to_owned() } else { format!("{count} actions") };
            let message = format!(
                "“{words}” stands alone among the {column}; it was read as the status of {actions}"
            );
            messages.push(Diagnostic::new(Code::StatusElsewhere, message).at(&place));
        }
        if let (Some(found), Some(place)) = (rows.described(&self.plan.scheme), first_row) {
            let message = format!(
                "no column holds a status; it was read from the colour that fills each row: {found}"
            );
            let help =
                "check that the colours are a rating; to state a status, add a column “Status”";
            messages.push(Diagnostic::new(Code::StatusFromRows, message).at(&place).help(help));
        }
        self.diagnostics.extend(messages);
        if !is_declared && !own.is_empty() {
            self.arrange_scheme();
        }
    }

    /// Makes the scheme of a plan that uses words of its own: those words, in order of advancement,
    /// and what else a review may need.
    fn arrange_scheme(&mut self) {
        let actions = || self.plan.actions().map(|(_, _, action)| action);
        let of_action = |action: &crate::plan::Action| {
            let updates = action.updates.iter().filter_map(|update| update.status.clone());
            updates
                .chain(action.status.state.clone())
                .chain(Some(action.review.state.clone()))
                .collect::<Vec<_>>()
        };
        let used: HashSet<String> = actions().flat_map(of_action).collect();
        let mut words: HashMap<&str, Vec<&str>> = HashMap::new();
        for status in
            actions().map(|action| &action.status).filter(|status| status.basis == Basis::Stated)
        {
            if let Some(id) = status.state.as_deref() {
                words.entry(id).or_default().push(&status.because);
            }
        }
        let default = Scheme::default();
        let labels: HashMap<String, String> = default
            .states
            .iter()
            .filter_map(|state| {
                Some((
                    state.id.clone(),
                    status::own_label(&state.id, words.get(state.id.as_str())?, &self.words)?,
                ))
            })
            .collect();
        let scheme = &mut self.plan.scheme;
        let has_own = |category: Category| {
            scheme
                .states
                .iter()
                .any(|state| state.category == Some(category) && default.state(&state.id).is_none())
        };
        let covered: Vec<Category> = [Category::UnderWay, Category::NotStarted]
            .into_iter()
            .filter(|c| has_own(*c))
            .collect();
        scheme.states.retain(|state| {
            let is_spare = default.state(&state.id).is_some() && !used.contains(&state.id);
            !(is_spare && state.category.is_some_and(|category| covered.contains(&category)))
        });
        for state in &mut scheme.states {
            if let Some(label) = labels.get(&state.id) {
                state.label.clone_from(label);
            }
        }
        scheme.states.sort_by_key(|state| match state.category {
            Some(category) if category != Category::Stopped => category as usize,
            None => usize::MAX - 1,
            Some(_) => usize::MAX,
        });
        "Status".clone_into(&mut scheme.name);
    }
}
