//! Every text of a plan, each with what it is to the public.
//!
//! Every field of a plan is named here, so that one that is new does not compile until it is
//! decided who may see it.

use crate::text::Text;

use super::{
    Action, EarlierTarget, Extra, Note, Objective, Plan, PlanColumn, Recommendation, ReviewEntry,
    State, Target, Theme, Update,
};

/// What a text of a plan is to the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// The plan's own words.
    Plan,
    /// The address of a link in them.
    Link,
    /// A comment on a cell of the source.
    Comment,
    /// What a reviewer filled in.
    Review,
    /// Evidence of an objective.
    Evidence,
    /// The name of who reported an update or moved a date.
    Reporter,
}

/// Receives the texts one by one: without their styles, a paragraph at a time.
pub(crate) type TextSink<'s> = &'s mut dyn FnMut(TextKind, &str);

/// Visits every text of a plan.
pub(crate) fn each_text(plan: &Plan, sink: TextSink<'_>) {
    let Plan {
        version: _,
        title,
        organisation,
        period,
        cycle: _,
        introduction,
        recommendations,
        scheme,
        columns,
        assigned_references: _,
        themes,
        notes,
    } = plan;
    words(TextKind::Plan, &[title, organisation, period, &scheme.name], sink);
    text(TextKind::Plan, introduction, sink);
    for Recommendation { reference, area, deadline, text: wording, origin: _ } in recommendations {
        words(TextKind::Plan, &[reference, area, deadline], sink);
        text(TextKind::Plan, wording, sink);
    }
    for State { id, label, category: _, colour: _, definition } in &scheme.states {
        words(TextKind::Plan, &[id, label, definition], sink);
    }
    for PlanColumn { field: _, header } in columns {
        sink(TextKind::Plan, header);
    }
    for Theme { title, introduction, objectives, origin: _ } in themes {
        sink(TextKind::Plan, title);
        text(TextKind::Plan, introduction, sink);
        for objective in objectives {
            each_text_of_objective(objective, sink);
        }
    }
    text(TextKind::Plan, notes, sink);
}

/// Visits every text of an objective and its actions.
pub(crate) fn each_text_of_objective(objective: &Objective, sink: TextSink<'_>) {
    let Objective {
        reference,
        text: wording,
        introduction,
        recommendation,
        extra,
        evidence,
        notes,
        actions,
        origin: _,
    } = objective;
    words(TextKind::Plan, &[reference, recommendation.as_deref().unwrap_or_default()], sink);
    text(TextKind::Plan, wording, sink);
    text(TextKind::Plan, introduction, sink);
    text(TextKind::Evidence, evidence, sink);
    columns(extra, sink);
    comments(notes, sink);
    for action in actions {
        each_text_of_action(action, sink);
    }
}

/// Visits every text of an action.
pub(crate) fn each_text_of_action(action: &Action, sink: TextSink<'_>) {
    let Action {
        reference,
        owners,
        owner_text,
        action: wording,
        success_measures,
        target: due,
        earlier_targets,
        updates,
        status,
        review,
        extra,
        notes,
        origin: _,
    } = action;
    words(TextKind::Plan, &[reference, owner_text, &status.because], sink);
    for owner in owners {
        sink(TextKind::Plan, owner);
    }
    text(TextKind::Plan, wording, sink);
    text(TextKind::Plan, success_measures, sink);
    if let Some(due) = due {
        target(due, sink);
    }
    for EarlierTarget { target: earlier, moved: _, by } in earlier_targets {
        target(earlier, sink);
        sink(TextKind::Reporter, by);
    }
    for Update { period: _, label, text: words, status: _, by } in updates {
        sink(TextKind::Plan, label);
        text(TextKind::Plan, words, sink);
        sink(TextKind::Reporter, by);
    }
    let ReviewEntry { progress, state, evidence, reviewer, reviewed_on, revised_target } = review;
    text(TextKind::Review, progress, sink);
    text(TextKind::Review, evidence, sink);
    words(TextKind::Review, &[state, reviewer, reviewed_on, revised_target], sink);
    columns(extra, sink);
    comments(notes, sink);
}

/// Visits the paragraphs of a text, and the addresses of its links.
pub(crate) fn text(kind: TextKind, text: &Text, sink: TextSink<'_>) {
    let of_link = if kind == TextKind::Plan { TextKind::Link } else { kind };
    for block in &text.blocks {
        sink(kind, &block.plain());
        for address in block.spans.iter().filter_map(|span| span.link.as_deref()) {
            sink(of_link, address);
        }
    }
}

fn words(kind: TextKind, words: &[&str], sink: TextSink<'_>) {
    for words in words {
        sink(kind, words);
    }
}

fn target(target: &Target, sink: TextSink<'_>) {
    sink(TextKind::Plan, &target.text);
    for words in &target.struck {
        sink(TextKind::Plan, words);
    }
}

fn columns(extra: &Extra, sink: TextSink<'_>) {
    for (header, words) in &extra.0 {
        sink(TextKind::Plan, header);
        text(TextKind::Plan, words, sink);
    }
}

fn comments(notes: &[Note], sink: TextSink<'_>) {
    for Note { about, text: words } in notes {
        sink(TextKind::Comment, about);
        text(TextKind::Comment, words, sink);
    }
}
