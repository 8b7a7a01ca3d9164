//! Themes, objectives and actions that are marked as internal, by the plan or by its publisher.

use std::collections::HashSet;

use crate::plan::texts;
use crate::plan::{Action, Extra, Objective, Plan, Theme};
use crate::vocabulary::normalize;
use crate::vocabulary::publishing::{self, PublishingMark};

use super::redaction::Redaction;
use super::removed::{Removed, RemovedKind};
use super::slot::SlotPosition;

/// The columns of a plan that say what is for the public.
struct MarkColumns {
    columns: Vec<MarkColumn>,
}

struct MarkColumn {
    header: String,
    mark: PublishingMark,
    /// Whether some rows say that they may be published, so that one that says nothing may not.
    is_explicit: bool,
}

/// What the marks of a row say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowMark {
    Public,
    Internal,
    /// It is not understood, and so treated as internal.
    Unclear,
}

impl MarkColumns {
    fn of(plan: &Plan) -> Self {
        let mut marks = Self { columns: Vec::new() };
        let objectives = || plan.themes.iter().flat_map(|theme| &theme.objectives);
        let extras = objectives().flat_map(|objective| {
            std::iter::once(&objective.extra).chain(objective.actions.iter().map(|a| &a.extra))
        });
        for (header, text) in extras.flat_map(|extra| &extra.0) {
            let Some(mark) = publishing::mark(header) else { continue };
            let at =
                marks.columns.iter().position(|column| column.header == *header).unwrap_or_else(
                    || {
                        marks.columns.push(MarkColumn {
                            header: header.clone(),
                            mark,
                            is_explicit: false,
                        });
                        marks.columns.len() - 1
                    },
                );
            let may_be_published = mark == PublishingMark::Publish
                && publishing::is_internal(&text.plain(), mark) == Some(false);
            if let Some(column) = marks.columns.get_mut(at) {
                column.is_explicit |= may_be_published;
            }
        }
        marks
    }

    fn verdict(&self, extra: &Extra, of_objective: Option<&Extra>) -> RowMark {
        let mut verdict = RowMark::Public;
        for column in &self.columns {
            let cell = |extra: &Extra| {
                extra
                    .0
                    .iter()
                    .find(|(header, text)| *header == column.header && !text.is_empty())
                    .map(|(_, t)| t.plain().into_owned())
            };
            match cell(extra).or_else(|| of_objective.and_then(cell)) {
                Some(words) => match publishing::is_internal(&words, column.mark) {
                    Some(true) => return RowMark::Internal,
                    Some(false) => {}
                    // a column of remarks that are internal is no mark of its rows
                    None if column.mark == PublishingMark::Internal
                        && words.split_whitespace().count() > LONGEST_ANSWER => {}
                    None => verdict = RowMark::Unclear,
                },
                None if column.is_explicit => verdict = RowMark::Unclear,
                None => {}
            }
        }
        verdict
    }

    fn verdict_of_objective(&self, objective: &Objective) -> RowMark {
        // an objective without a row of its own says nothing
        let has_mark = objective
            .extra
            .0
            .iter()
            .any(|(header, _)| self.columns.iter().any(|column| column.header == *header));
        if has_mark { self.verdict(&objective.extra, None) } else { RowMark::Public }
    }
}

/// The most words of an answer.
const LONGEST_ANSWER: usize = 4;

impl Redaction<'_> {
    /// Removes what is marked as internal, and the columns that say so.
    pub(super) fn internal_parts(&mut self, plan: &mut Plan) {
        let marks = MarkColumns::of(plan);
        let listed: HashSet<String> =
            self.options.internal.iter().map(|name| normalize(name)).collect();
        let mut matched: HashSet<String> = HashSet::new();
        let mut is_listed = |name: &str| {
            let name = normalize(name);
            let is_listed = !name.is_empty() && listed.contains(&name);
            if is_listed {
                matched.insert(name);
            }
            is_listed
        };
        let mut themes = std::mem::take(&mut plan.themes);
        themes.retain_mut(|theme| {
            if is_listed(&theme.title) {
                self.internal_theme(theme);
                return false;
            }
            let had_objectives = !theme.objectives.is_empty();
            theme.objectives.retain_mut(|objective| {
                let is_internal = if is_listed(&objective.reference) {
                    RowMark::Internal
                } else {
                    marks.verdict_of_objective(objective)
                };
                if is_internal != RowMark::Public {
                    self.internal_objective(objective, is_internal);
                    return false;
                }
                let had_actions = !objective.actions.is_empty();
                let mut actions = std::mem::take(&mut objective.actions);
                actions.retain(|action| {
                    let verdict = if is_listed(&action.reference) {
                        RowMark::Internal
                    } else {
                        marks.verdict(&action.extra, Some(&objective.extra))
                    };
                    if verdict == RowMark::Public {
                        return true;
                    }
                    self.internal_action(action, verdict);
                    false
                });
                objective.actions = actions;
                // an objective of which no action is public says what those are for
                let is_left = !(had_actions && objective.actions.is_empty());
                if !is_left {
                    self.keep_objective(objective);
                }
                is_left
            });
            let is_left = !(had_objectives && theme.objectives.is_empty());
            if !is_left {
                self.keep_theme(theme);
            }
            is_left
        });
        plan.themes = themes;
        plan.recommendations.retain(|recommendation| {
            let is_internal = is_listed(&recommendation.reference);
            if is_internal {
                self.found.internal_recommendations += 1;
                self.keep(RemovedKind::Internal, &recommendation.area);
                self.keep(RemovedKind::Internal, &recommendation.deadline);
                self.keep_text(RemovedKind::Internal, &recommendation.text);
            }
            !is_internal
        });
        self.unmatched_internal = self
            .options
            .internal
            .iter()
            .filter(|name| !matched.contains(&normalize(name)))
            .cloned()
            .collect();
        self.extra_columns(plan, &|header| publishing::mark(header).is_some());
    }

    fn internal_theme(&mut self, theme: &Theme) {
        self.found.internal_themes += 1;
        self.keep_theme(theme);
    }

    fn keep_theme(&mut self, theme: &Theme) {
        self.keep(RemovedKind::Internal, &theme.title);
        self.keep_text(RemovedKind::Internal, &theme.introduction);
        theme.objectives.iter().for_each(|objective| self.keep_objective(objective));
    }

    fn internal_objective(&mut self, objective: &Objective, verdict: RowMark) {
        self.found.internal_objectives += 1;
        if verdict == RowMark::Unclear {
            self.found.unclear.count(&SlotPosition::of_objective(objective));
        }
        self.keep_objective(objective);
    }

    fn internal_action(&mut self, action: &Action, verdict: RowMark) {
        self.found.internal_actions += 1;
        if verdict == RowMark::Unclear {
            self.found.unclear.count(&SlotPosition::of_action(action));
        }
        texts::each_text_of_action(action, &mut |_, text| {
            self.removed.push(Removed::new(RemovedKind::Internal, text));
        });
    }

    fn keep_objective(&mut self, objective: &Objective) {
        texts::each_text_of_objective(objective, &mut |_, text| {
            self.removed.push(Removed::new(RemovedKind::Internal, text));
        });
    }
}
