//! What a public version does not have, found by comparing the plan as it was with the plan as it
//! is published.

use std::collections::HashSet;

use crate::plan::{
    Action, EarlierTarget, Note, Objective, Plan, Recommendation, ReviewEntry, State, Theme, Update,
};
use crate::publish::{Published, Removed, RemovedKind};
use crate::text::Text;

/// Words that outputs hold in their own right: the values that a plan file has for kinds and
/// categories, and months.
pub(super) const TERMS: &str = "reference theme objective_reference objective recommendation action owner success_measures start target \
    update status percent completed_on evidence extra complete under-way at-risk off-track not-started stopped stated inferred none day \
    month quarter term year range ongoing recurring relative unknown en cy english welsh public version january february march april may \
    june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec ionawr chwefror mawrth ebrill \
    mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr";

/// Every text that the public may not see: what was removed from a plan for publication; what a
/// public version never has (comments, reviews, evidence, reporters' names), whether the published
/// plan still has it or not; and every other text of the plan that the published plan does not
/// have.
///
/// ```
/// use planwright::leak::removed;
/// use planwright::{Plan, PublishOptions, publish};
///
/// let plan = Plan { introduction: planwright::Text::from_commonmark("[Ask Jo](mailto:jo@example.org)"), ..Plan::default() };
/// let removed = removed(&plan, &publish(plan.clone(), &PublishOptions::public()));
/// assert_eq!(removed[0].text(), "mailto:jo@example.org");
/// ```
pub fn removed(original: &Plan, published: &Published) -> Vec<Removed> {
    let kept: HashSet<String> = public_texts(published.plan()).into_iter().collect();
    let mut found: Vec<Removed> = published.removed().to_vec();
    let mut seen: HashSet<String> = found.iter().map(|one| one.text().to_owned()).collect();
    each_text(original, &mut |kind, text| {
        let never = kind.is_some_and(is_never_public);
        if (never || !kept.contains(text)) && seen.insert(text.to_owned()) {
            found.push(Removed::new(kind.unwrap_or(RemovedKind::Derived), text));
        }
    });
    found
}

/// The texts that a published plan holds in its own right: all of it but what is never public.
pub(super) fn public_texts(published: &Plan) -> Vec<String> {
    let mut texts = Vec::new();
    each_text(published, &mut |kind, text| {
        if !kind.is_some_and(is_never_public) {
            // outputs show the paragraphs and lines of a text as fields of their own
            texts.extend(text.lines().filter(|_| text.contains('\n')).map(str::to_owned));
            texts.push(text.to_owned());
        }
    });
    texts
}

fn is_never_public(kind: RemovedKind) -> bool {
    matches!(
        kind,
        RemovedKind::Comment | RemovedKind::Review | RemovedKind::Evidence | RemovedKind::Name
    )
}

/// Gives each text of a plan, and what kind of thing it is, if it is not one of those that all may
/// see. Every field of a plan is named here, so that one that is new does not compile until it is
/// known what it is.
fn each_text(plan: &Plan, sink: &mut dyn FnMut(Option<RemovedKind>, &str)) {
    let mut walk = RemovedWalk { sink };
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
    walk.words(None, &[title, organisation, period, &scheme.name]);
    walk.text(None, introduction);
    for Recommendation { reference, area, deadline, text, origin: _ } in recommendations {
        walk.words(None, &[reference, area, deadline]);
        walk.text(None, text);
    }
    for State { id, label, category: _, colour: _, definition } in &scheme.states {
        walk.words(None, &[id, label, definition]);
    }
    for column in columns {
        walk.words(None, &[&column.header]);
    }
    for Theme { title, introduction, objectives, origin: _ } in themes {
        walk.words(None, &[title]);
        walk.text(None, introduction);
        for objective in objectives {
            walk.objective(objective);
        }
    }
    walk.text(None, notes);
}

struct RemovedWalk<'a> {
    sink: &'a mut dyn FnMut(Option<RemovedKind>, &str),
}

impl RemovedWalk<'_> {
    fn objective(&mut self, objective: &Objective) {
        let Objective {
            reference,
            text,
            introduction,
            recommendation,
            extra,
            evidence,
            notes,
            actions,
            origin: _,
        } = objective;
        self.words(None, &[reference, recommendation.as_deref().unwrap_or_default()]);
        self.text(None, text);
        self.text(None, introduction);
        for (header, text) in &extra.0 {
            self.words(None, &[header]);
            self.text(None, text);
        }
        self.text(Some(RemovedKind::Evidence), evidence);
        self.notes(notes);
        for action in actions {
            self.action(action);
        }
    }

    fn action(&mut self, action: &Action) {
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
        } = action;
        self.words(None, &[reference, owner_text, &status.because]);
        for owner in owners {
            self.words(None, &[owner]);
        }
        self.text(None, action);
        self.text(None, success_measures);
        if let Some(target) = target {
            self.words(None, &[&target.text]);
        }
        for EarlierTarget { target, moved: _, by } in earlier_targets {
            self.words(None, &[&target.text]);
            self.words(Some(RemovedKind::Name), &[by]);
        }
        for Update { period: _, label, text, status: _, by } in updates {
            self.words(None, &[label]);
            self.text(None, text);
            self.words(Some(RemovedKind::Name), &[by]);
        }
        let ReviewEntry { progress, state, evidence, reviewer, reviewed_on, revised_target } =
            review;
        self.text(Some(RemovedKind::Review), progress);
        self.text(Some(RemovedKind::Review), evidence);
        self.words(Some(RemovedKind::Review), &[state, reviewer, reviewed_on, revised_target]);
        for (header, text) in &extra.0 {
            self.words(None, &[header]);
            self.text(None, text);
        }
        self.notes(notes);
    }

    fn notes(&mut self, notes: &[Note]) {
        for Note { about, text } in notes {
            self.words(Some(RemovedKind::Comment), &[about]);
            self.text(Some(RemovedKind::Comment), text);
        }
    }

    fn words(&mut self, kind: Option<RemovedKind>, words: &[&str]) {
        for words in words.iter().filter(|words| !words.trim().is_empty()) {
            (self.sink)(kind, words);
        }
    }

    fn text(&mut self, kind: Option<RemovedKind>, text: &Text) {
        self.words(kind, &[&text.plain()]);
        for link in text
            .blocks
            .iter()
            .flat_map(|block| &block.spans)
            .filter_map(|span| span.link.as_deref())
        {
            self.words(kind.or(Some(RemovedKind::Link)), &[link]);
        }
    }
}
