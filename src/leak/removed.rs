//! What a public version does not have, found by comparing the plan as it was with the plan as it
//! is published.

use std::collections::HashSet;

use crate::plan::Plan;
use crate::plan::round_trip::{self, RoundTripColumn};
use crate::plan::texts::{self, TextKind};
use crate::publish::{Published, PublishedOwners, Removed, RemovedKind};

/// Words that outputs hold in their own right: the values that a plan file has for kinds and
/// categories, months, and what formats call their own parts: PDF (ISO 32000-1, 14.3), workbooks
/// (ECMA-376 part 1, 22.2), calendars and scripts.
const TERMS: &str = "reference theme objective_reference objective recommendation action owner \
    success_measures start target update status percent completed_on evidence extra complete \
    under-way at-risk off-track not-started stopped stated inferred none day month quarter term \
    year range ongoing recurring relative unknown en cy english welsh public version \
    january february march april may june july august september october november december \
    jan feb mar apr jun jul aug sept sep oct nov dec ionawr chwefror mawrth ebrill mai mehefin \
    gorffennaf awst medi hydref tachwedd rhagfyr \
    ref see planwright pdf json language application adobe identity ucs srgb general print titles \
    area statuses x description calname caldesc const let value true false null microsoft excel named \
    ranges xlnm helvetica neue liberation sans typed assigned";

/// Texts that outputs hold in their own right, beside what the interface says.
pub(super) fn terms() -> Vec<&'static str> {
    TERMS
        .split_whitespace()
        .chain(RoundTripColumn::headers())
        .chain([
            round_trip::NO_THEME,
            round_trip::OBJECTIVE_REFERENCE,
            round_trip::ASSIGNED_REFERENCE,
            "as typed",
        ])
        .collect()
}

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
    let owners = PublishedOwners::of(published.plan());
    let mut found: Vec<Removed> = published.removed().to_vec();
    let mut seen: HashSet<String> = found.iter().map(|one| one.text().to_owned()).collect();
    each_text(original, &mut |kind, text| {
        let never = kind.is_some_and(is_never_public);
        let is_public = !never && (kept.contains(text) || kind.is_none() && owners.hold(text));
        if !is_public && seen.insert(text.to_owned()) {
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
/// see.
fn each_text(plan: &Plan, sink: &mut dyn FnMut(Option<RemovedKind>, &str)) {
    texts::each_text(plan, &mut |kind, text| {
        let kind = match kind {
            TextKind::Plan => None,
            TextKind::Link => Some(RemovedKind::Link),
            TextKind::Comment => Some(RemovedKind::Comment),
            TextKind::Review => Some(RemovedKind::Review),
            TextKind::Evidence => Some(RemovedKind::Evidence),
            TextKind::Reporter => Some(RemovedKind::Name),
        };
        if !text.trim().is_empty() {
            sink(kind, text);
        }
    });
}
