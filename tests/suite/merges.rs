//! Merging gives the same plan whatever the order, and says what it left out, of whom and when.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use crate::fixture;
use crate::whole;

use planwright::carried::Filled;
use planwright::plan::{Basis, Status};
use planwright::returns::{MergeOptions, Merged, Prefer};
use planwright::{Code, Plan};

fn returned() -> (Plan, Vec<(String, Filled)>) {
    let fixture = fixture::named("returned");
    (fixture.import().plan, fixture.returned())
}

fn merged(plan: &Plan, returned: &[(String, Filled)], prefer: Option<Prefer>) -> Merged {
    fixture::merge_all(plan.clone(), returned, MergeOptions { prefer, ..MergeOptions::default() })
}

/// What is reported of each return, by the names of their files.
fn reported(returned: &[(String, Filled)], merged: &Merged) -> Vec<(String, Vec<String>)> {
    let sorted = |diagnostics: &[planwright::Diagnostic]| {
        let mut all: Vec<String> = diagnostics.iter().map(|d| d.message.clone()).collect();
        all.sort();
        all
    };
    let mut all: Vec<_> = returned.iter().zip(&merged.diagnostics).map(|((name, _), told)| (name.clone(), sorted(told))).collect();
    all.sort();
    all
}

fn orders(returned: &[(String, Filled)]) -> Vec<Vec<(String, Filled)>> {
    let Some((first, rest)) = returned.split_first() else { return vec![Vec::new()] };
    let with = |order: Vec<(String, Filled)>| {
        (0..=order.len()).map(move |at| order[..at].iter().chain([first]).chain(&order[at..]).cloned().collect())
    };
    orders(rest).into_iter().flat_map(with).collect()
}

fn messages(merged: &Merged, code: Code) -> Vec<&str> {
    merged.diagnostics.iter().flatten().filter(|d| d.code == code).map(|d| d.message.as_str()).collect()
}

/// The answers of one return, with another status for an action of two owners.
fn third(returned: &[(String, Filled)]) -> (String, Filled) {
    let (_, mut filled) = returned.iter().find(|(name, _)| name == "stuart.ods").unwrap().clone();
    let answer = filled.answers.iter_mut().find(|answer| answer.reference == "1.2").unwrap();
    "not-started".clone_into(&mut answer.entry.state);
    "Priya Shah".clone_into(&mut answer.entry.reviewer);
    ("priya.ods".to_owned(), filled)
}

#[test]
fn the_plan_is_the_same_in_any_order_of_returns() {
    let (plan, mut returned) = returned();
    returned.push(third(&returned));
    for prefer in [None, Some(Prefer::Newest), Some(Prefer::Plan)] {
        let first = merged(&plan, &returned, prefer);
        for order in orders(&returned) {
            let again = merged(&plan, &order, prefer);
            assert_eq!(again.plan, first.plan, "{prefer:?}");
            assert_eq!(reported(&order, &again), reported(&returned, &first), "{prefer:?}");
        }
    }
}

#[test]
fn a_conflict_names_all_values_with_who_and_when() {
    let (plan, mut returned) = returned();
    returned.push(third(&returned));
    let merged = merged(&plan, &returned, None);
    let conflicts = messages(&merged, Code::ReturnConflict);
    let all: Vec<&&str> = conflicts.iter().filter(|message| message.starts_with("action 1.2: the status is")).collect();
    assert_eq!(all.len(), 3, "{conflicts:?}");
    for value in ["“On track”", "“At risk”", "“Not started”"] {
        assert!(all.iter().all(|message| message.contains(value)), "{all:?}");
    }
    assert!(all.iter().all(|message| message.contains("27/02/2012)") && message.contains("Priya Shah")), "{all:?}");
}

#[test]
fn what_is_dropped_for_another_value_is_reported() {
    let (mut plan, returned) = returned();
    let newest = merged(&plan, &returned, Some(Prefer::Newest));
    let overruled = messages(&newest, Code::ReturnOverruled);
    assert!(
        overruled.iter().any(|m| m.contains("the status “On track”") && m.contains("27/02/2012") && m.contains("“At risk” in stuart.ods")),
        "{overruled:?}"
    );
    let kept = merged(&plan, &returned, Some(Prefer::Plan));
    let overruled = messages(&kept, Code::ReturnOverruled);
    assert_eq!(overruled.iter().filter(|m| m.contains("action 1.2") && m.contains("the plan's was preferred")).count(), 2, "{overruled:?}");
    // a plan that has changed since, and an action that is another now
    let actions = plan.themes.iter_mut().flat_map(|t| &mut t.objectives).flat_map(|o| &mut o.actions);
    for action in actions {
        match action.reference.as_str() {
            "1.1" => {
                action.status = Status { state: Some("at-risk".to_owned()), basis: Basis::Stated, because: "said at the board".to_owned() }
            }
            "2.1" => action.action = "Something else".into(),
            _ => {}
        }
    }
    let newest = merged(&plan, &returned, Some(Prefer::Newest));
    let overruled = messages(&newest, Code::ReturnOverruled);
    assert!(overruled.iter().any(|m| m.contains("“Complete”") && m.contains("“At risk” (said at the board)")), "{overruled:?}");
    let kept = merged(&plan, &returned, Some(Prefer::Plan));
    let dropped: Vec<_> = kept.diagnostics.iter().flatten().filter(|d| d.code == Code::ReturnOverruled).collect();
    assert!(dropped.iter().any(|d| d.message.contains("action 2.1 is worded otherwise") && d.left_out.is_some()), "{dropped:?}");
}

#[test]
fn a_return_for_an_earlier_version_is_named_as_such() {
    let (plan, _) = returned();
    let asked = whole::returns(&plan, "2012-03".parse().ok()).unwrap().remove(0);
    let filled = Filled { plan: asked.plan.plan().clone(), return_of: Some(asked.of), ..Filled::default() };
    let returned = [("lin.xlsx".to_owned(), filled)];
    assert!(messages(&merged(&plan, &returned, None), Code::ReturnOfEarlierVersion).is_empty());
    let changed = Plan { introduction: "A word more".into(), ..plan };
    assert_eq!(messages(&merged(&changed, &returned, None), Code::ReturnOfEarlierVersion).len(), 1);
}
