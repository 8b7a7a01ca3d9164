#![no_main]
//! Whatever owners send back, merging it gives the same plan in whatever order it is given, gives
//! the same plan again, and loses no word that was filled in.

#[allow(dead_code, reason = "formats need different parts of it")]
mod document;
#[allow(dead_code, reason = "one format is needed")]
mod markup;

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use planwright::embedded::{FilledAnswer, ReturnedWorkbook};
use planwright::plan::ReviewEntry;
use planwright::report::ReviewField;
use planwright::returns::{MergeOptions, Merged, Preference, ReturnedPlan, merge, returns};
use planwright::{
    Format, ImportOptions, Place, Plan, PublishOptions, Text, import, json, publish, read,
};

use document::Document;

#[derive(Debug, Arbitrary)]
struct Input {
    plan: Document,
    /// What the plan says by now, if it has changed since.
    meanwhile: Option<Document>,
    answers: Vec<Filling>,
    prefer: u8,
    period: Option<(u8, u8)>,
}

/// What is filled in for an action of a return, each chosen by number.
#[derive(Debug, Arbitrary)]
struct Filling {
    which: u8,
    action: u8,
    progress: u8,
    evidence: u8,
    state: u8,
    revised: u8,
    reviewed_on: u8,
    reviewer: u8,
}

const DATES: &[&str] = &[
    "",
    "30/11/2011",
    "Dec 2011",
    "Q1 2012/13",
    "2012-03-01",
    "TBC",
    "31/02/2012",
    "1.2.12",
    "ongoing",
    "soon",
    "40000",
    "revised to May 2012",
];
const STATES: &[&str] =
    &["", "complete", "on-track", "at-risk", "overdue", "not-started", "nonsense"];
const NAMES: &[&str] = &["", "Jo Lee", "Head of Service", "jo lee", "Ŵyn"];
const PERIODS: &[&str] = &["2011-11", "2012-03", "2012", "2012-03-31"];

fuzz_target!(|input: Input| {
    let plan = plan_of(&input.plan);
    let published = publish(plan.clone(), &PublishOptions::internal());
    let period = |number: u8| PERIODS[usize::from(number) % PERIODS.len()].parse().ok();
    let asked = returns(&published, input.period.and_then(|(asked, _)| period(asked)))
        .expect("returns of a plan");
    if asked.is_empty() {
        return;
    }
    let mut words = Vec::new();
    let mut filled: Vec<ReturnedWorkbook> = asked
        .iter()
        .map(|one| ReturnedWorkbook {
            plan: one.plan.plan().clone(),
            return_of: Some(one.of.clone()),
            ..ReturnedWorkbook::default()
        })
        .collect();
    for filling in input.answers.iter().take(40) {
        let which = usize::from(filling.which) % filled.len();
        let one = &mut filled[which];
        let references: Vec<String> =
            one.plan.actions().map(|(_, _, action)| action.reference.clone()).collect();
        let Some(reference) = references.get(usize::from(filling.action) % references.len().max(1))
        else {
            continue;
        };
        if one.answers.iter().any(|answer| answer.reference == *reference) {
            continue;
        }
        one.answers.push(answer(filling, reference, &mut words));
    }
    let options = MergeOptions {
        prefer: [None, Some(Preference::Newest), Some(Preference::Plan)]
            [usize::from(input.prefer % 3)],
        period: input.period.and_then(|(_, merged)| period(merged)),
        ..MergeOptions::default()
    };
    let names: Vec<String> = (0..filled.len()).map(|number| format!("{number}.xlsx")).collect();
    let returned: Vec<ReturnedPlan<'_>> =
        filled.iter().zip(&names).map(|(filled, name)| ReturnedPlan { name, filled }).collect();
    let now = input.meanwhile.as_ref().map_or(plan, plan_of);
    let merged = merge(now.clone(), &returned, &options);
    let reversed: Vec<ReturnedPlan<'_>> = returned.iter().rev().copied().collect();
    assert_same(&merged.plan, &merge(now, &reversed, &options).plan, "in another order");
    let again = merge(merged.plan.clone(), &returned, &options);
    assert_same(&merged.plan, &again.plan, "merged again");
    let accounted = accounted_for(&merged);
    let lost: Vec<&String> = words.iter().filter(|word| !accounted.contains(*word)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
});

fn plan_of(document: &Document) -> Plan {
    let table = markup::values(&document.lay(), ',');
    let Ok(source) = read(table.as_bytes(), Format::Delimited) else { return Plan::default() };
    import(source, &ImportOptions::default()).plan
}

/// An answer; the words in it that stand nowhere else are added to the others.
fn answer(filling: &Filling, reference: &str, words: &mut Vec<String>) -> FilledAnswer {
    let chosen = |of: &[&str], number: u8| of[usize::from(number) % of.len()].to_owned();
    let mut own = |number: u8| match number % 4 {
        0 => Text::default(),
        1 => Text::from_plain("Forms amended"),
        _ => {
            words.push(format!("zw{}w", words.len()));
            Text::from_plain(&format!("Complete: {}", words[words.len() - 1]))
        }
    };
    let entry = ReviewEntry {
        progress: own(filling.progress),
        evidence: own(filling.evidence),
        state: chosen(STATES, filling.state),
        reviewer: chosen(NAMES, filling.reviewer),
        reviewed_on: chosen(DATES, filling.reviewed_on),
        revised_target: chosen(DATES, filling.revised),
    };
    let fields = [
        (ReviewField::Progress, entry.progress.is_empty()),
        (ReviewField::Evidence, entry.evidence.is_empty()),
        (ReviewField::State, entry.state.is_empty()),
        (ReviewField::Reviewer, entry.reviewer.is_empty()),
        (ReviewField::ReviewedOn, entry.reviewed_on.is_empty()),
        (ReviewField::RevisedTarget, entry.revised_target.is_empty()),
    ];
    let places = fields
        .into_iter()
        .filter(|(_, empty)| !empty)
        .map(|(field, _)| (field, Place::in_sheet("Plan", 1, 1)))
        .collect();
    FilledAnswer { reference: reference.to_owned(), entry, places }
}

fn assert_same(one: &Plan, other: &Plan, how: &str) {
    let file = |plan: &Plan| {
        json::write(&publish(plan.clone(), &PublishOptions::internal())).expect("a plan file")
    };
    let (one, other) = (file(one), file(other));
    let differing = one.lines().zip(other.lines()).find(|(a, b)| a != b);
    assert!(one == other, "{how}: {differing:?}");
}

fn accounted_for(merged: &Merged) -> String {
    let mut words = json::write(&publish(merged.plan.clone(), &PublishOptions::internal()))
        .expect("a plan file");
    for diagnostic in merged.diagnostics.iter().flatten() {
        words.push_str(&diagnostic.message);
        words.push_str(diagnostic.left_out.as_deref().unwrap_or_default());
    }
    words
}
