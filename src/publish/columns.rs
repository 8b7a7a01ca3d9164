//! Columns that the publisher leaves out.

use crate::plan::texts::{self, TextKind};
use crate::plan::{Action, Basis, Field, Objective, Plan, PlanColumn, Status, Update};
use crate::text::Text;
use crate::vocabulary::publishing::{is_evidence_header, is_evidence_in_brackets, is_staff_header};
use crate::vocabulary::words::NO_WORDS;
use crate::vocabulary::{self, normalize};

use super::headers::headers;
use super::redaction::Redaction;
use super::removed::{Removed, RemovedKind};

/// Whether two headers are the same, whatever their capitals and punctuation.
fn is_same(a: &str, b: &str) -> bool {
    let (a_words, b_words) = (normalize(a), normalize(b));
    if a_words.is_empty() { a.trim() == b.trim() } else { a_words == b_words }
}

impl Redaction<'_> {
    /// Removes the columns that the publisher leaves out.
    pub(super) fn columns_left_out(&mut self, plan: &mut Plan) {
        if self.options.leave_out.is_empty() {
            return;
        }
        let known = headers(plan);
        for name in &self.options.leave_out {
            let fields: Vec<Field> = plan
                .columns
                .iter()
                .filter(|column| is_same(&column.header, name))
                .map(|column| column.field)
                .collect();
            // a plan without headers of its own has those that every output shows
            let field = Field::from_name(&normalize(name).replace(' ', "_"))
                .or_else(|| vocabulary::columns::named(name, &NO_WORDS));
            let field = field.filter(|field| *field != Field::Extra && plan.columns.is_empty());
            if fields.is_empty()
                && field.is_none()
                && !known.iter().any(|header| is_same(header, name))
            {
                self.unmatched_columns.push(name.clone());
                continue;
            }
            let fields = fields.into_iter().chain(field).collect();
            self.columns_called(plan, name, fields);
        }
    }

    /// Removes the columns with a header, which have these meanings.
    fn columns_called(&mut self, plan: &mut Plan, name: &str, fields: Vec<Field>) {
        let removed = plan.columns.extract_if(.., |column| is_same(&column.header, name)).count();
        let of_fields = fields.len();
        self.keep(RemovedKind::Column, name);
        for field in fields {
            self.field(plan, field, name);
        }
        let of_cells = self.extra_cells(plan, &|header| is_same(header, name));
        self.found.columns += removed.max(of_cells).max(of_fields.min(1));
    }

    /// Removes the columns that those who work on the plan write for each other, whatever their
    /// meaning, and those of evidence.
    pub(super) fn staff_columns(&mut self, plan: &mut Plan) {
        let may_be_evidence =
            |field| matches!(field, Field::SuccessMeasures | Field::Update | Field::Status);
        let is_for_staff = |column: &&PlanColumn| {
            column.field != Field::Extra
                && (is_staff_header(&column.header)
                    || may_be_evidence(column.field) && is_evidence_in_brackets(&column.header))
        };
        let mut found: Vec<(String, Vec<Field>)> = Vec::new();
        for column in plan.columns.iter().filter(is_for_staff) {
            match found.iter_mut().find(|(header, _)| is_same(header, &column.header)) {
                Some((_, fields)) => fields.push(column.field),
                None => found.push((column.header.clone(), vec![column.field])),
            }
        }
        for (header, fields) in found {
            self.columns_called(plan, &header, fields);
        }
        self.extra_columns(plan, &|header| is_staff_header(header) || is_evidence_header(header));
        let has_status = plan.columns.iter().any(|column| column.field == Field::Status);
        for action in plan.actions_mut() {
            for update in action.updates.extract_if(.., |update| is_staff_header(&update.label)) {
                let words = update.text.plain();
                self.status_from(&mut action.status, &update.label, &words, has_status);
                self.keep(RemovedKind::Column, &update.label);
                self.keep_text(RemovedKind::Column, &update.text);
            }
        }
    }

    /// Removes columns that are kept under their own headers.
    pub(super) fn extra_columns(&mut self, plan: &mut Plan, is_removed: &dyn Fn(&str) -> bool) {
        let columns = plan
            .columns
            .extract_if(.., |column| column.field == Field::Extra && is_removed(&column.header))
            .count();
        let cells = self.extra_cells(plan, is_removed);
        self.found.columns += columns.max(cells);
    }

    /// Removes the cells under such headers; gives how many headers there were.
    fn extra_cells(&mut self, plan: &mut Plan, is_removed: &dyn Fn(&str) -> bool) -> usize {
        let mut headers: Vec<String> = Vec::new();
        let has_status = plan.columns.iter().any(|column| column.field == Field::Status);
        for objective in plan.objectives_mut() {
            let Objective { extra, actions, .. } = objective;
            for (header, text) in extra.0.extract_if(.., |(header, _)| is_removed(header)) {
                self.keep_text(RemovedKind::Column, &text);
                if !headers.contains(&header) {
                    headers.push(header);
                }
            }
            for action in actions {
                let cells: Vec<(String, Text)> =
                    action.extra.0.extract_if(.., |(header, _)| is_removed(header)).collect();
                for (header, text) in cells {
                    self.status_from(&mut action.status, &header, &text.plain(), has_status);
                    self.keep_text(RemovedKind::Column, &text);
                    if !headers.contains(&header) {
                        headers.push(header);
                    }
                }
            }
        }
        headers.len()
    }

    /// Removes a stated status that comes from a cell that was removed.
    fn status_from(&mut self, status: &mut Status, header: &str, cell: &str, has_status: bool) {
        let because = normalize(&status.because);
        let names_column = !header.is_empty() && status.because.starts_with(&format!("{header}:"));
        let (cell, is_stated) = (normalize(cell), status.basis == Basis::Stated);
        let quotes_cell = !has_status
            && !cell.is_empty()
            && !because.is_empty()
            && (cell.contains(&because) || because.contains(&cell));
        if is_stated && (names_column || quotes_cell) {
            self.keep(RemovedKind::Derived, &status.because);
            *status = Status::default();
        }
    }

    /// Removes what a column with a meaning gave.
    fn field(&mut self, plan: &mut Plan, field: Field, header: &str) {
        match field {
            Field::Theme => {
                for theme in &mut plan.themes {
                    self.take_words(&mut theme.title);
                }
            }
            Field::Recommendation => {
                plan.recommendations.retain(|recommendation| {
                    if recommendation.text.is_empty() {
                        self.keep(RemovedKind::Column, &recommendation.reference);
                    }
                    !recommendation.text.is_empty()
                });
            }
            _ => {}
        }
        let others: Vec<String> = plan
            .columns
            .iter()
            .filter(|column| column.field == Field::Update)
            .map(|column| normalize(&column.header))
            .collect();
        let has_status = plan.columns.iter().any(|column| column.field == Field::Status);
        plan.assigned_references |= field == Field::Reference;
        let mut numbers = Renumbering::default();
        for objective in plan.objectives_mut() {
            self.field_of_objective(objective, field);
            numbers.objective(objective, field);
            for action in &mut objective.actions {
                match field {
                    Field::Update => self.updates(action, header, &others, has_status),
                    // without a column of their own, updates were found among the success measures
                    Field::SuccessMeasures if others.is_empty() => {
                        self.field_of_action(action, field, has_status);
                        self.updates(action, header, &others, has_status);
                    }
                    _ => self.field_of_action(action, field, has_status),
                }
            }
        }
    }

    fn field_of_objective(&mut self, objective: &mut Objective, field: Field) {
        match field {
            Field::Objective => self.take_text(&mut objective.text),
            Field::Recommendation => {
                if let Some(recommendation) = objective.recommendation.take() {
                    self.keep(RemovedKind::Column, &recommendation);
                }
            }
            Field::Evidence => self.take_text(&mut objective.evidence),
            _ => {}
        }
    }

    fn field_of_action(&mut self, action: &mut Action, field: Field, has_status: bool) {
        match field {
            Field::Action => self.take_text(&mut action.action),
            Field::SuccessMeasures => {
                let cell = action.success_measures.plain().into_owned();
                self.status_from(&mut action.status, "", &cell, has_status);
                self.take_text(&mut action.success_measures);
            }
            Field::Owner => {
                action
                    .owners
                    .drain(..)
                    .for_each(|owner| self.removed.push(Removed::new(RemovedKind::Column, owner)));
                self.take_words(&mut action.owner_text);
            }
            Field::Target => {
                let earlier = action.earlier_targets.drain(..).map(|earlier| earlier.target);
                for target in action.target.take().into_iter().chain(earlier) {
                    self.keep(RemovedKind::Column, &target.text);
                }
            }
            Field::Status if action.status.basis == Basis::Stated => {
                self.keep(RemovedKind::Column, &action.status.because);
                action.status = Status::default();
            }
            Field::Reference
            | Field::Theme
            | Field::ObjectiveReference
            | Field::Objective
            | Field::Recommendation
            | Field::Start
            | Field::Update
            | Field::Status
            | Field::Percent
            | Field::CompletedOn
            | Field::Evidence
            | Field::Extra => {}
        }
    }

    /// Removes the updates of a column: those that its header announces, else those that no other
    /// column's header does, since they may come from this one.
    fn updates(&mut self, action: &mut Action, header: &str, others: &[String], has_status: bool) {
        let is_announced = action.updates.iter().any(|update| is_same(&update.label, header));
        let is_removed = |update: &mut Update| {
            if is_announced {
                is_same(&update.label, header)
            } else {
                !others.contains(&normalize(&update.label))
            }
        };
        for update in action.updates.extract_if(.., is_removed).collect::<Vec<_>>() {
            self.status_from(&mut action.status, header, &update.text.plain(), has_status);
            self.keep(RemovedKind::Column, &update.label);
            self.keep_text(RemovedKind::Column, &update.text);
        }
    }

    fn take_text(&mut self, text: &mut Text) {
        let text = std::mem::take(text);
        texts::text(TextKind::Plan, &text, &mut |_, words| {
            self.removed.push(Removed::new(RemovedKind::Column, words));
        });
    }

    fn take_words(&mut self, words: &mut String) {
        self.removed.push(Removed::new(RemovedKind::Column, std::mem::take(words)));
    }
}

/// References that take the place of those of the source.
#[derive(Default)]
struct Renumbering(usize);

impl Renumbering {
    fn objective(&mut self, objective: &mut Objective, field: Field) {
        self.0 += 1;
        if field == Field::ObjectiveReference {
            objective.reference = self.0.to_string();
        }
        if field == Field::Reference {
            for (number, action) in (1..).zip(&mut objective.actions) {
                action.reference = format!("{}.{number}", self.0);
            }
        }
    }
}
