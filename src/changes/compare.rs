//! What changed in one thing between two versions: an action, an objective, a theme, a
//! recommendation, the plan itself.
//!
//! Each type is taken apart whole, so that a field that is added to it cannot be forgotten here.

use std::collections::HashMap;

use crate::date::PartialDate;
use crate::plan::return_source::is_source_of_return;
use crate::plan::status::is_reported;
use crate::plan::target::partial_date;
use crate::plan::{
    Action, Basis, Category, Cycle, EarlierTarget, Extra, Note, Objective, Plan, PlanColumn,
    Recommendation, ReviewEntry, Scheme, State, Status, Target, TargetKind, Theme, Update,
};
use crate::text::{Text, comparison_key};

use super::order::misplaced;
use super::words::differences;
use super::{ActionOwners, Change, ChangedPart};

/// What changed in the plan beside its recommendations, themes, objectives and actions.
pub(super) fn plan(old: &Plan, new: &Plan) -> Vec<Change> {
    let Plan {
        version: _,
        title,
        organisation,
        period,
        cycle,
        introduction,
        recommendations: _,
        scheme,
        columns,
        assigned_references: _,
        themes: _,
        notes,
    } = old;
    let Cycle { completed, reviewed, next_review } = cycle;
    let mut found = ChangeCollector::default();
    found.altered(ChangedPart::Title, "", title, &new.title);
    found.altered(ChangedPart::Organisation, "", organisation, &new.organisation);
    found.altered(ChangedPart::Period, "", period, &new.period);
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    found.altered(ChangedPart::Completed, "", &date(*completed), &date(new.cycle.completed));
    found.altered(ChangedPart::Reviewed, "", &date(*reviewed), &date(new.cycle.reviewed));
    found.altered(ChangedPart::NextReview, "", &date(*next_review), &date(new.cycle.next_review));
    found.reworded(ChangedPart::Introduction, "", introduction, &new.introduction);
    let Scheme { name, states } = scheme;
    found.altered(ChangedPart::Scheme, "", name, &new.scheme.name);
    let states = [states, &new.scheme.states].map(|states| {
        let said = |State { id, label, category: _, colour, definition }: &State| {
            (id.clone(), format!("{label}, {colour}: {definition}"))
        };
        states.iter().map(said).collect::<Vec<_>>()
    });
    found.list_of_words(ChangedPart::State, &states[0], &states[1]);
    let columns = [columns, &new.columns].map(|columns| {
        let said =
            |PlanColumn { field, header }: &PlanColumn| (header.clone(), field.name().to_owned());
        columns.iter().map(said).collect::<Vec<_>>()
    });
    found.list_of_words(ChangedPart::Column, &columns[0], &columns[1]);
    found.reworded(ChangedPart::Notes, "", notes, &new.notes);
    found.0
}

/// What changed in a recommendation.
pub(super) fn recommendation(old: &Recommendation, new: &Recommendation) -> Vec<Change> {
    let Recommendation { reference, area, deadline, text, origin: _ } = old;
    let mut found = ChangeCollector::default();
    found.renumbered(reference, &new.reference);
    found.altered(ChangedPart::Area, "", area, &new.area);
    found.altered(ChangedPart::Deadline, "", deadline, &new.deadline);
    found.reworded(ChangedPart::Recommendation, "", text, &new.text);
    found.0
}

/// What changed in a theme beside its objectives.
pub(super) fn theme(old: &Theme, new: &Theme) -> Vec<Change> {
    let Theme { title, introduction, objectives: _, origin: _ } = old;
    let mut found = ChangeCollector::default();
    found.altered(ChangedPart::Theme, "", title, &new.title);
    found.reworded(ChangedPart::Introduction, "", introduction, &new.introduction);
    found.0
}

/// What changed in an objective beside its actions.
pub(super) fn objective(old: &Objective, new: &Objective) -> Vec<Change> {
    let Objective {
        reference,
        text,
        introduction,
        recommendation,
        extra,
        evidence,
        notes,
        actions: _,
        origin: _,
    } = old;
    let mut found = ChangeCollector::default();
    found.renumbered(reference, &new.reference);
    found.reworded(ChangedPart::Objective, "", text, &new.text);
    found.reworded(ChangedPart::Introduction, "", introduction, &new.introduction);
    let answers = |answers: &Option<String>| answers.clone().unwrap_or_default();
    if *recommendation != new.recommendation {
        let (before, after) = (answers(recommendation), answers(&new.recommendation));
        found.0.push(Change::Altered {
            part: ChangedPart::Answers,
            heading: String::new(),
            before,
            after,
        });
    }
    found.extra(extra, &new.extra);
    found.reworded(ChangedPart::Evidence, "", evidence, &new.evidence);
    found.comments(notes, &new.notes);
    found.0
}

/// What changed in an action.
pub(super) fn action(old: &Action, new: &Action, schemes: [&Scheme; 2]) -> Vec<Change> {
    let Action {
        reference,
        owners,
        owner_text,
        action,
        success_measures,
        target,
        earlier_targets,
        updates,
        status,
        review,
        extra,
        notes,
        origin: _,
    } = old;
    let mut found = ChangeCollector::default();
    found.renumbered(reference, &new.reference);
    found.reworded(ChangedPart::Action, "", action, &new.action);
    found.reworded(ChangedPart::SuccessMeasures, "", success_measures, &new.success_measures);
    if (owners, owner_text) != (&new.owners, &new.owner_text) {
        found
            .0
            .push(Change::Reowned { before: ActionOwners::of(old), after: ActionOwners::of(new) });
    }
    found.target(target.as_ref(), new.target.as_ref());
    if *earlier_targets != new.earlier_targets {
        let said = |targets: &[EarlierTarget]| {
            targets.iter().map(earlier_target).collect::<Vec<_>>().join("; ")
        };
        let (before, after) = (said(earlier_targets), said(&new.earlier_targets));
        found.0.push(Change::Altered {
            part: ChangedPart::EarlierTargets,
            heading: String::new(),
            before,
            after,
        });
    }
    found.status(status, &new.status, schemes);
    found.updates(updates, &new.updates);
    let ReviewEntry { progress, state, evidence, reviewer, reviewed_on, revised_target } = review;
    found.reworded(ChangedPart::Progress, "", progress, &new.review.progress);
    found.altered(ChangedPart::NewStatus, "", state, &new.review.state);
    found.reworded(ChangedPart::Evidence, "", evidence, &new.review.evidence);
    found.altered(ChangedPart::Reviewer, "", reviewer, &new.review.reviewer);
    found.altered(ChangedPart::ReviewedOn, "", reviewed_on, &new.review.reviewed_on);
    found.altered(ChangedPart::RevisedTarget, "", revised_target, &new.review.revised_target);
    found.extra(extra, &new.extra);
    found.comments(notes, &new.notes);
    found.0
}

/// An earlier target date with all that is known of it.
fn earlier_target(EarlierTarget { target, moved, by }: &EarlierTarget) -> String {
    let Target { text, struck: _, kind: _, start: _, due } = target;
    let due = due.map(|due| format!(" ({due})")).unwrap_or_default();
    let moved = moved.map(|moved| format!(", moved {moved}")).unwrap_or_default();
    let by = if by.is_empty() { String::new() } else { format!(", by {by}") };
    format!("{text}{due}{moved}{by}")
}

/// Whether two target dates are the same day, however they are written.
fn is_same_day(before: &Target, after: &Target) -> bool {
    use TargetKind::{Day, Month, Quarter, Range, Term, Year};
    let is_dated =
        |target: &Target| matches!(target.kind, Day | Month | Quarter | Range | Term | Year);
    before.due.is_some() && before.due == after.due && is_dated(before) && is_dated(after)
}

/// Whether two statuses are the same, each with its scheme.
///
/// A scheme may call a state as another action's own status does, so that labels alone do not
/// decide: where both actions have words of their own these are compared, and a status that an
/// update reports has no words but its state.
fn is_same_status(statuses: [&Status; 2], schemes: [&Scheme; 2]) -> bool {
    let state = |i: usize| {
        let id = statuses[i].state.as_deref().unwrap_or_default();
        (id, schemes[i].state(id).and_then(|state| state.category))
    };
    let label = |i: usize| {
        let (id, _) = state(i);
        comparison_key(schemes[i].state(id).map_or(id, |state| &state.label)).to_lowercase()
    };
    let own = |i: usize| {
        let Status { basis, because, .. } = statuses[i];
        (*basis == Basis::Stated && !because.is_empty() && !is_source_of_return(because))
            .then(|| comparison_key(because).to_lowercase())
    };
    let ((before, category), (after, other)) = (state(0), state(1));
    let is_inferred = statuses.iter().any(|status| status.basis == Basis::Inferred);
    label(0) == label(1)
        || (category == other && own(0).is_some() && own(0) == own(1))
        || (is_inferred
            && category == other
            && (before == after || category == Some(Category::Complete)))
}

/// The date with which the words of an update begin: "June 2026: Ten carers recruited".
fn leading_date(update: &Update) -> Option<PartialDate> {
    let words = update.text.blocks.first()?.plain();
    let end = words.find([':', '–', '—']).or_else(|| words.find(" - "))?;
    let date = words[..end].trim();
    partial_date(date.strip_suffix("update").unwrap_or(date).trim())
}

/// The changes found so far.
#[derive(Default)]
struct ChangeCollector(Vec<Change>);

impl ChangeCollector {
    fn renumbered(&mut self, before: &str, after: &str) {
        if before != after {
            self.0.push(Change::Renumbered { before: before.to_owned(), after: after.to_owned() });
        }
    }

    fn altered(&mut self, part: ChangedPart, heading: &str, before: &str, after: &str) {
        if before != after {
            let [heading, before, after] = [heading, before, after].map(str::to_owned);
            self.0.push(Change::Altered { part, heading, before, after });
        }
    }

    fn reworded(&mut self, part: ChangedPart, heading: &str, before: &Text, after: &Text) {
        // texts that the plan file writes alike are the same
        if before != after && before.to_commonmark() != after.to_commonmark() {
            self.push_reworded(part, heading, before, after);
        }
    }

    fn push_reworded(&mut self, part: ChangedPart, heading: &str, before: &Text, after: &Text) {
        let words = differences(&before.in_cell(), &after.in_cell());
        self.0.push(Change::Reworded {
            part,
            heading: heading.to_owned(),
            before: before.clone(),
            after: after.clone(),
            words,
        });
    }

    /// The same day written in another way is no other target date.
    fn target(&mut self, old: Option<&Target>, new: Option<&Target>) {
        match (old, new) {
            _ if old == new => {}
            (Some(before), Some(after))
                if is_same_day(before, after) && before.text != after.text =>
            {
                self.altered(ChangedPart::TargetText, "", &before.text, &after.text);
            }
            _ => self.0.push(Change::Redated { before: old.cloned(), after: new.cloned() }),
        }
    }

    /// The same status from another source is no other status.
    fn status(&mut self, old: &Status, new: &Status, schemes: [&Scheme; 2]) {
        if old == new {
            return;
        }
        let is_same = match (&old.state, &new.state) {
            (Some(_), Some(_)) => is_same_status([old, new], schemes),
            (None, None) => !is_reported(old) && !is_reported(new),
            _ => false,
        };
        self.0.push(if is_same {
            let (before, after) = (old.because.clone(), new.because.clone());
            Change::Altered {
                part: ChangedPart::StatusReason,
                heading: String::new(),
                before,
                after,
            }
        } else {
            Change::Rerated { before: old.clone(), after: new.clone() }
        });
    }

    /// Updates that are there as they were are no change; of the others, those of the same date
    /// that were announced with the same words are compared word for word.
    fn updates(&mut self, old: &[Update], new: &[Update]) {
        type Announced<'a> = (Option<String>, &'a str);
        type Whole<'a> = (Announced<'a>, String, Option<&'a str>, &'a str);
        fn announced(update: &Update) -> Announced<'_> {
            (
                update.period.or_else(|| leading_date(update)).map(|period| period.to_string()),
                &update.label,
            )
        }
        fn whole(update: &Update) -> Whole<'_> {
            let Update { period: _, label: _, text, status, by } = update;
            (announced(update), text.to_commonmark(), status.as_deref(), by)
        }
        let (kept, gone, added) = paired(old.iter().map(whole), new.iter().map(whole));
        self.reordered(ChangedPart::Update, &kept);
        let (gone, added): (Vec<&Update>, Vec<&Update>) =
            (gone.iter().map(|i| &old[*i]).collect(), added.iter().map(|i| &new[*i]).collect());
        let (changed, gone_whole, added_whole) =
            paired(gone.iter().map(|u| announced(u)), added.iter().map(|u| announced(u)));
        for (before, after) in
            changed.into_iter().map(|(before, after)| (gone[before], added[after]))
        {
            let heading = if before.label.is_empty() {
                before.period.map(PartialDate::in_words).unwrap_or_default()
            } else {
                before.label.clone()
            };
            self.reworded(ChangedPart::Update, &heading, &before.text, &after.text);
            let states = [before, after].map(|update| update.status.clone().unwrap_or_default());
            self.altered(ChangedPart::UpdateStatus, &heading, &states[0], &states[1]);
            self.altered(ChangedPart::UpdateBy, &heading, &before.by, &after.by);
        }
        let of = |all: &[&Update], which: &[usize]| {
            which.iter().map(|i| all[*i].clone()).collect::<Vec<Update>>()
        };
        if !added_whole.is_empty() {
            self.0.push(Change::Updated { updates: of(&added, &added_whole) });
        }
        if !gone_whole.is_empty() {
            self.0.push(Change::Withdrawn { updates: of(&gone, &gone_whole) });
        }
    }

    fn extra(&mut self, old: &Extra, new: &Extra) {
        let texts = |extra: &Extra| extra.0.clone();
        self.list_of_texts(ChangedPart::Extra, &texts(old), &texts(new));
    }

    fn comments(&mut self, old: &[Note], new: &[Note]) {
        let texts = |notes: &[Note]| {
            notes
                .iter()
                .map(|Note { about, text }| (about.clone(), text.clone()))
                .collect::<Vec<_>>()
        };
        self.list_of_texts(ChangedPart::Comment, &texts(old), &texts(new));
    }

    /// Texts, each under its heading.
    fn list_of_texts(&mut self, part: ChangedPart, old: &[(String, Text)], new: &[(String, Text)]) {
        let (kept, gone, added) =
            paired(old.iter().map(|(heading, _)| heading), new.iter().map(|(heading, _)| heading));
        self.reordered(part, &kept);
        for (before, after) in kept {
            self.reworded(part, &old[before].0, &old[before].1, &new[after].1);
        }
        let nothing = Text::default();
        for i in gone {
            self.push_reworded(part, &old[i].0, &old[i].1, &nothing);
        }
        for i in added {
            self.push_reworded(part, &new[i].0, &nothing, &new[i].1);
        }
    }

    /// Words, each under its heading.
    fn list_of_words(
        &mut self,
        part: ChangedPart,
        old: &[(String, String)],
        new: &[(String, String)],
    ) {
        let (kept, gone, added) =
            paired(old.iter().map(|(heading, _)| heading), new.iter().map(|(heading, _)| heading));
        self.reordered(part, &kept);
        for (before, after) in kept {
            self.altered(part, &old[before].0, &old[before].1, &new[after].1);
        }
        for i in gone {
            self.altered(part, &old[i].0, &old[i].1, "");
        }
        for i in added {
            self.altered(part, &new[i].0, "", &new[i].1);
        }
    }

    fn reordered(&mut self, part: ChangedPart, pairs: &[(usize, usize)]) {
        let before: Vec<usize> = pairs.iter().map(|(before, _)| *before).collect();
        if misplaced(&before).contains(&true) {
            self.0.push(Change::Reordered { part });
        }
    }
}

/// Which of the old are which of the new by the same key, in the order of the new; which of the old
/// are gone; which of the new are added.
fn paired<K: std::hash::Hash + Eq>(
    old: impl DoubleEndedIterator<Item = K> + ExactSizeIterator,
    new: impl Iterator<Item = K>,
) -> (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) {
    let mut is_gone = vec![true; old.len()];
    let mut open: HashMap<K, Vec<usize>> = HashMap::new();
    for (i, key) in old.enumerate().rev() {
        open.entry(key).or_default().push(i);
    }
    let (mut kept, mut added) = (Vec::new(), Vec::new());
    for (i, key) in new.enumerate() {
        match open.get_mut(&key).and_then(Vec::pop) {
            Some(before) => {
                is_gone[before] = false;
                kept.push((before, i));
            }
            None => added.push(i),
        }
    }
    let gone = (0..is_gone.len()).filter(|i| is_gone[*i]).collect();
    (kept, gone, added)
}
