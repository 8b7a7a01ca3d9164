//! One publication of a plan: what is removed from it, in order.

use std::collections::{BTreeSet, HashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::texts::{self, TextKind};
use crate::plan::{
    Action, EarlierTarget, Field, Note, Objective, Plan, ReviewEntry, Scheme, Target, Update,
    status,
};
use crate::text::{Text, TextBlock};
use crate::vocabulary::normalize;
use crate::vocabulary::publishing::link_removed;

use super::PublishOptions;
use super::edit::{self, TextEdit};
use super::headers::headers;
use super::links::{self, PrivateLink};
use super::names::{NameMatcher, page_addresses};
use super::removed::{Removed, RemovedKind};
use super::slot::{self, SlotPosition, TextSlot};
use super::tally::{REMOVED, RemovalTally, number};

/// What has been removed so far, counted.
#[derive(Debug, Default)]
pub(super) struct RedactionReport {
    pub(super) comments: usize,
    /// Actions for which a reviewer had filled something in.
    pub(super) reviews: usize,
    /// Objectives whose own rows named evidence.
    pub(super) evidence: usize,
    pub(super) columns: usize,
    /// Updates and date changes that said who reported them.
    pub(super) reporters: [usize; 2],
    pub(super) internal_themes: usize,
    pub(super) internal_objectives: usize,
    pub(super) internal_actions: usize,
    pub(super) internal_recommendations: usize,
    /// Rows whose mark was not understood.
    pub(super) unclear: RemovalTally,
    /// Actions that are struck out whole.
    pub(super) struck_actions: usize,
    pub(super) struck: RemovalTally,
    pub(super) links: [RemovalTally; 3],
    pub(super) names: RemovalTally,
    /// Where a given name or surname is left of a name that was removed.
    pub(super) parts: RemovalTally,
}

/// The ids of the states that a plan's actions and updates have.
pub(super) fn states_in_use(plan: &Plan) -> HashSet<String> {
    let states = |action: &Action| {
        let updates = action.updates.iter().filter_map(|update| update.status.clone());
        updates
            .chain(action.status.state.clone())
            .chain(Some(action.review.state.clone()))
            .collect::<Vec<_>>()
    };
    plan.actions().flat_map(|(_, _, action)| states(action)).filter(|id| !id.is_empty()).collect()
}

/// A plan on its way to the public.
pub(super) struct Redaction<'o> {
    pub(super) options: &'o PublishOptions,
    pub(super) found: RedactionReport,
    pub(super) removed: Vec<Removed>,
    /// Columns to leave out, and internal parts, that the plan does not have.
    pub(super) unmatched_columns: Vec<String>,
    /// Columns of those who agreed or checked something that hold posts and bodies only.
    pub(super) signatories_kept: BTreeSet<String>,
    pub(super) unmatched_internal: Vec<String>,
}

impl<'o> Redaction<'o> {
    /// Removes from a plan what the public may not see.
    pub(super) fn of(plan: &mut Plan, options: &'o PublishOptions) -> Self {
        let mut redaction = Self {
            options,
            found: RedactionReport::default(),
            removed: Vec::new(),
            unmatched_columns: Vec::new(),
            signatories_kept: BTreeSet::new(),
            unmatched_internal: Vec::new(),
        };
        let states = states_in_use(plan);
        // initials are recognised from owners, and by names that they follow, wherever these stand
        let names = NameMatcher::new(&options.people, plan, options.language);
        redaction.internal_parts(plan);
        if !options.struck_out {
            redaction.struck_out_actions(plan);
        }
        redaction.columns_left_out(plan);
        redaction.staff_columns(plan);
        redaction.reporter_columns(plan);
        redaction.fixed_fields(plan);
        redaction.reporters_in_labels(plan, &names);
        redaction.texts(plan, &names);
        redaction.inferred_statuses(plan);
        redaction.unused_states(plan, &states);
        redaction.ids_of_states(plan, &names);
        redaction
    }

    pub(super) fn keep(&mut self, kind: RemovedKind, words: &str) {
        if !words.is_empty() {
            self.removed.push(Removed::new(kind, words));
        }
    }

    pub(super) fn keep_text(&mut self, kind: RemovedKind, text: &Text) {
        texts::text(TextKind::Plan, text, &mut |_, words| {
            self.removed.push(Removed::new(kind, words));
        });
    }

    /// Removes actions whose own words are struck out: they were withdrawn.
    fn struck_out_actions(&mut self, plan: &mut Plan) {
        for theme in &mut plan.themes {
            theme.objectives.retain_mut(|objective| {
                let had_actions = !objective.actions.is_empty();
                for action in objective.actions.extract_if(.., |action| action.action.is_struck()) {
                    self.found.struck_actions += 1;
                    texts::each_text_of_action(&action, &mut |_, text| {
                        self.removed.push(Removed::new(RemovedKind::StruckOut, text));
                    });
                }
                let says_nothing = objective.text.is_empty() || objective.text.is_struck();
                !(had_actions && objective.actions.is_empty() && says_nothing)
            });
        }
    }

    /// Removes the fields that the public never sees.
    fn fixed_fields(&mut self, plan: &mut Plan) {
        // what stands in such a column is what a reviewer fills in as evidence
        for column in plan.columns.extract_if(.., |column| column.field == Field::Evidence) {
            self.found.columns += 1;
            self.removed.push(Removed::new(RemovedKind::Column, column.header));
        }
        for objective in plan.objectives_mut() {
            let Objective { evidence, notes, actions, .. } = objective;
            self.found.evidence += usize::from(!evidence.is_empty());
            self.keep_text(RemovedKind::Evidence, &std::mem::take(evidence));
            self.notes(notes);
            for action in actions {
                self.fixed_fields_of_action(action);
            }
        }
    }

    fn fixed_fields_of_action(&mut self, action: &mut Action) {
        let Action { updates, earlier_targets, review, notes, status, .. } = action;
        let of_updates = updates.iter_mut().map(|Update { by, .. }| (0, by));
        let of_dates = earlier_targets.iter_mut().map(|EarlierTarget { by, .. }| (1, by));
        for (at, by) in of_updates.chain(of_dates).filter(|(_, by)| !by.is_empty()) {
            self.found.reporters[at] += 1;
            self.removed.push(Removed::new(RemovedKind::Name, std::mem::take(by)));
        }
        self.review(review);
        self.notes(notes);
        // as merged returns word it, whatever the name looks like
        if status.because.starts_with("return of ") {
            self.removed
                .push(Removed::new(RemovedKind::Derived, std::mem::take(&mut status.because)));
        }
    }

    fn notes(&mut self, notes: &mut Vec<Note>) {
        self.found.comments += notes.len();
        for Note { about, text } in std::mem::take(notes) {
            self.keep(RemovedKind::Comment, &about);
            self.keep_text(RemovedKind::Comment, &text);
        }
    }

    fn review(&mut self, review: &mut ReviewEntry) {
        self.found.reviews += usize::from(!review.is_empty());
        let ReviewEntry { progress, state, evidence, reviewer, reviewed_on, revised_target } =
            std::mem::take(review);
        self.keep_text(RemovedKind::Review, &progress);
        self.keep_text(RemovedKind::Evidence, &evidence);
        for words in [state, reviewed_on, revised_target] {
            self.keep(RemovedKind::Review, &words);
        }
        self.keep(RemovedKind::Name, &reviewer);
    }

    /// Removes struck-out words, links and names from every text that is left.
    fn texts(&mut self, plan: &mut Plan, names: &NameMatcher) {
        if !self.options.struck_out {
            self.struck_out_dates(plan);
            self.struck_out_updates(plan);
        }
        self.divided_owners(plan, names);
        slot::each(plan, &mut |slot, at| match slot {
            TextSlot::Text(text) => self.text(text, at, names),
            TextSlot::Words(words) => self.words(words, at, names),
        });
        for action in plan.actions_mut() {
            // people of one post are one owner
            let mut seen = HashSet::new();
            action.owners.retain(|owner| !owner.trim().is_empty() && seen.insert(owner.clone()));
        }
    }

    /// Removes the struck-out words of updates, and the statuses that they state.
    fn struck_out_updates(&mut self, plan: &mut Plan) {
        let states: HashSet<String> =
            plan.scheme.states.iter().map(|state| state.id.clone()).collect();
        for action in plan.actions_mut() {
            let at = SlotPosition::of_action(action);
            action.updates.retain_mut(|update| {
                if !self.struck_out_words(&mut update.text, &at) {
                    return true;
                }
                if update.status.is_some() {
                    let said = status::said_in_update(&update.text.plain())
                        .map(|(meaning, _)| meaning.id().to_owned());
                    update.status = said.filter(|id| states.contains(id));
                }
                if update.text.is_empty() {
                    self.keep(RemovedKind::StruckOut, &update.label);
                }
                !update.text.is_empty()
            });
        }
    }

    /// Removes the struck-out words of a text; false if it has none.
    fn struck_out_words(&mut self, text: &mut Text, at: &SlotPosition) -> bool {
        if !text.blocks.iter().flat_map(|block| &block.spans).any(|span| span.style.struck) {
            return false;
        }
        self.found.struck.count(at);
        for span in
            text.blocks.iter().flat_map(|block| &block.spans).filter(|span| span.style.struck)
        {
            self.removed.push(Removed::new(RemovedKind::StruckOut, span.text.trim()));
        }
        text.remove_struck();
        true
    }

    /// Removes the struck-out parts of target dates, and the earlier dates that they gave.
    fn struck_out_dates(&mut self, plan: &mut Plan) {
        for action in plan.actions_mut() {
            let at = SlotPosition::of_action(action);
            let mut withdrawn = HashSet::new();
            let Action { target, earlier_targets, .. } = action;
            let targets = target
                .iter_mut()
                .chain(earlier_targets.iter_mut().map(|earlier| &mut earlier.target));
            for target in targets.filter(|target| !target.struck.is_empty()) {
                self.found.struck.count(&at);
                let Target { text, struck, .. } = target;
                let is_withdrawn = normalize(&struck.join(" ")) == normalize(text);
                let in_force = if is_withdrawn { String::new() } else { target.in_force() };
                for words in std::mem::take(&mut target.struck) {
                    withdrawn.insert(normalize(&words));
                    self.removed.push(Removed::new(RemovedKind::StruckOut, words));
                }
                target.text = in_force;
            }
            if target.as_ref().is_some_and(|target| target.text.is_empty() && !withdrawn.is_empty())
            {
                *target = None;
            }
            for earlier in earlier_targets
                .extract_if(.., |earlier| withdrawn.contains(&normalize(&earlier.target.text)))
            {
                self.removed.push(Removed::new(RemovedKind::StruckOut, earlier.target.text));
            }
        }
    }

    fn text(&mut self, text: &mut Text, at: &SlotPosition, names: &NameMatcher) {
        if !self.options.struck_out {
            self.struck_out_words(text, at);
        }
        let has_link = |block: &TextBlock| block.spans.iter().any(|span| span.link.is_some());
        // texts share their words with others until one of them is changed
        for at_block in 0..text.blocks.len() {
            if text.blocks.get(at_block).is_some_and(has_link) {
                self.links(text, at_block, at, names);
            }
            let Some(block) = text.blocks.get(at_block) else { continue };
            let edits = self.edits(&block.plain(), at, names);
            if !edits.is_empty()
                && let Some(block) = text.blocks.get_mut(at_block)
            {
                edit::block(block, &edits);
            }
        }
    }

    /// Removes the links of a block that are not for the public; their words stay.
    fn links(&mut self, text: &mut Text, at_block: usize, at: &SlotPosition, names: &NameMatcher) {
        let reason = |span: &crate::text::Span| {
            let address = span.link.as_deref()?;
            links::reason(span)
                .or_else(|| names.are_in_address(address).then_some(PrivateLink::BehindWords))
        };
        let reasons: Vec<Option<PrivateLink>> = text
            .blocks
            .get(at_block)
            .into_iter()
            .flat_map(|block| &block.spans)
            .map(reason)
            .collect();
        if reasons.iter().all(Option::is_none) {
            return;
        }
        let Some(block) = text.blocks.get_mut(at_block) else { return };
        for (mut span, reason) in std::mem::take(&mut block.spans).into_iter().zip(reasons) {
            if let Some(reason) = reason {
                self.found.links[reason as usize].count(at);
                self.removed.extend(
                    span.link.take().map(|address| Removed::new(RemovedKind::Link, address)),
                );
            }
            block.push(span);
        }
    }

    fn words(&mut self, words: &mut String, at: &SlotPosition, names: &NameMatcher) {
        let edits = self.edits(words, at, names);
        if !edits.is_empty() {
            *words = edit::words(words, &edits);
        }
    }

    /// What must be replaced in some words.
    fn edits(&mut self, words: &str, at: &SlotPosition, names: &NameMatcher) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        for (range, reason) in links::in_words(words) {
            self.found.links[reason as usize].count(at);
            self.keep(RemovedKind::Link, &words[range.clone()]);
            edits.push(TextEdit {
                range,
                replacement: link_removed(self.options.language).to_owned(),
            });
        }
        for range in page_addresses(words) {
            let is_known = edits
                .iter()
                .any(|edit| edit.range.start < range.end && edit.range.end > range.start);
            if !is_known && names.are_in_address(&words[range.clone()]) {
                self.found.names.count(at);
                self.keep(RemovedKind::Link, &words[range.clone()]);
                edits.push(TextEdit {
                    range,
                    replacement: link_removed(self.options.language).to_owned(),
                });
            }
        }
        let is_apart = |edit: &TextEdit| {
            edits.iter().all(|link| {
                edit.range.end <= link.range.start || edit.range.start >= link.range.end
            })
        };
        let of_names: Vec<TextEdit> = names.edits(words).into_iter().filter(is_apart).collect();
        for edit in &of_names {
            self.found.names.count(at);
            self.keep(RemovedKind::Name, &words[edit.range.clone()]);
        }
        edits.extend(of_names);
        edits.sort_by_key(|edit| edit.range.start);
        if names.are_in_part(&edit::words(words, &edits)) && !is_usual_meaning(words) {
            self.found.parts.count(at);
        }
        edits
    }

    /// What was removed, and what the publisher should check.
    pub(super) fn diagnostics(&self, plan: &Plan) -> Vec<Diagnostic> {
        let RedactionReport { comments, reviews, evidence, columns, reporters, .. } = &self.found;
        let counted = |count: usize, one: &str, many: &str| {
            let were = if count == 1 { "was" } else { "were" };
            (count > 0).then(|| format!("{} {were} {REMOVED}", number(count, one, many)))
        };
        let [updates, dates] = reporters;
        let of_updates = Some(number(*updates, "update", "updates")).filter(|_| *updates > 0);
        let of_dates = Some(number(*dates, "date change", "date changes")).filter(|_| *dates > 0);
        let reported: Vec<String> = [of_updates, of_dates].into_iter().flatten().collect();
        let found = &self.found;
        let internal = |count: usize, what: &str| {
            counted(count, &format!("internal {what}"), &format!("internal {what}s"))
        };
        let messages = [
            internal(found.internal_themes, "theme"),
            internal(found.internal_objectives, "objective"),
            internal(found.internal_actions, "action"),
            internal(found.internal_recommendations, "recommendation"),
            counted(*columns, "column", "columns"),
            counted(*comments, "comment on a cell", "comments on cells"),
            (*reviews > 0).then(|| {
                format!(
                    "the reviewer's entries for {} were {REMOVED}",
                    number(*reviews, "action", "actions")
                )
            }),
            (*evidence > 0).then(|| {
                format!(
                    "the evidence for {} was {REMOVED}",
                    number(*evidence, "objective", "objectives")
                )
            }),
            (!reported.is_empty()).then(|| {
                format!("the reporter's name was {REMOVED} for {}", reported.join(" and "))
            }),
            counted(found.struck_actions, "struck-out action", "struck-out actions"),
        ];
        let counts = messages
            .into_iter()
            .flatten()
            .map(|message| Diagnostic::new(Code::LeftOutOfPublic, message));
        let [behind_words, to_servers, with_secrets] = &found.links;
        let tallies = [
            (
                &found.struck,
                "text with struck-out words",
                "texts with struck-out words",
                "published without them",
            ),
            (
                behind_words,
                "link behind words that leads to no public web page",
                "links behind words that lead to no public web page",
                REMOVED,
            ),
            (to_servers, "link to an internal server", "links to internal servers", REMOVED),
            (
                with_secrets,
                "link with a token or password",
                "links with tokens or passwords",
                REMOVED,
            ),
            (&found.names, "name of a person", "names of people", "replaced in the public version"),
        ];
        let with_places = tallies.into_iter().filter_map(|(tally, one, many, happened)| {
            tally.diagnostic(Code::LeftOutOfPublic, one, many, happened)
        });
        counts.chain(with_places).chain(self.warnings(plan)).collect()
    }

    /// Which columns of those who agreed or checked something are published.
    fn signatories(&self, plan: &Plan) -> Option<Diagnostic> {
        let is_kept = |header: &&str| self.signatories_kept.contains(&normalize(header));
        let all = headers(plan);
        let kept: Vec<&str> = all.iter().map(AsRef::as_ref).filter(is_kept).collect();
        let quoted: Vec<String> = kept.iter().map(|header| format!("“{header}”")).collect();
        (!kept.is_empty()).then(|| {
            let message = format!("posts and bodies under {} are published", quoted.join(", "));
            Diagnostic::new(Code::SignatoriesPublished, message)
                .help("to leave such a column out, use --leave-out")
        })
    }

    fn warnings(&self, plan: &Plan) -> Vec<Diagnostic> {
        let unclear = self.found.unclear.diagnostic(
            Code::PublishMarkUnclear,
            "row does not say clearly whether it may be published; it",
            "rows do not say clearly whether they may be published; they",
            REMOVED,
        );
        let parts = self.found.parts.diagnostic(
            Code::NamePartLeft,
            "text with the given name or surname of a removed person",
            "texts with the given name or surname of a removed person",
            "left in the public version",
        );
        let quoted = |names: &[String]| {
            names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
        };
        let columns = (!self.unmatched_columns.is_empty()).then(|| {
            let message = format!(
                "no column is called {}; nothing was left out for it",
                quoted(&self.unmatched_columns)
            );
            let help = format!("use one of {}", quoted(&headers(plan)));
            Diagnostic::new(Code::PublishSettingUnmatched, message).help(help)
        });
        let internal = (!self.unmatched_internal.is_empty()).then(|| {
            let message = format!(
                "no theme, objective or action is called {}; nothing was removed for it",
                quoted(&self.unmatched_internal)
            );
            Diagnostic::new(Code::PublishSettingUnmatched, message)
                .help("use the title of a theme, or the reference of an action")
        });
        let unclear =
            unclear.map(|diagnostics| diagnostics.help("write “yes” or “no” in the column"));
        let parts = parts.map(|diagnostics| {
            diagnostics
                .help("check these texts; to replace such a name, add it to the list of people")
        });
        [unclear, parts, self.signatories(plan), columns, internal].into_iter().flatten().collect()
    }
}

/// Whether words are those with which a usual state is explained: "Will not meet its target date".
fn is_usual_meaning(words: &str) -> bool {
    Scheme::default().states.iter().any(|state| state.definition == words || state.label == words)
}
