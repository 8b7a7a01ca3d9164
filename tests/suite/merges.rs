//! Merging gives the same plan whatever the order, and says what it left out, of whom and when.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use crate::fixture;
use crate::whole;

use planwright::embedded::{FilledAnswer, ReturnedWorkbook};
use planwright::plan::{Action, Basis, ReviewEntry, Status};
use planwright::returns::{MergeOptions, Merged, Preference};
use planwright::{Code, Format, ImportOptions, Plan, import, read};

fn returned() -> (Plan, Vec<(String, ReturnedWorkbook)>) {
    let fixture = fixture::named("returned");
    (fixture.import().plan, fixture.returned())
}

pub(crate) fn merged(
    plan: &Plan,
    returned: &[(String, ReturnedWorkbook)],
    prefer: Option<Preference>,
) -> Merged {
    fixture::merge_all(plan.clone(), returned, MergeOptions { prefer, ..MergeOptions::default() })
}

/// What is reported of each return, by the names of their files.
fn reported(
    returned: &[(String, ReturnedWorkbook)],
    merged: &Merged,
) -> Vec<(String, Vec<String>)> {
    let sorted = |diagnostics: &[planwright::Diagnostic]| {
        let mut all: Vec<String> = diagnostics.iter().map(|d| d.message.clone()).collect();
        all.sort();
        all
    };
    let mut all: Vec<_> = returned
        .iter()
        .zip(&merged.diagnostics)
        .map(|((name, _), told)| (name.clone(), sorted(told)))
        .collect();
    all.sort();
    all
}

fn orders(returned: &[(String, ReturnedWorkbook)]) -> Vec<Vec<(String, ReturnedWorkbook)>> {
    let Some((first, rest)) = returned.split_first() else { return vec![Vec::new()] };
    let with = |order: Vec<(String, ReturnedWorkbook)>| {
        (0..=order.len())
            .map(move |at| order[..at].iter().chain([first]).chain(&order[at..]).cloned().collect())
    };
    orders(rest).into_iter().flat_map(with).collect()
}

pub(crate) fn messages(merged: &Merged, code: Code) -> Vec<&str> {
    merged
        .diagnostics
        .iter()
        .flatten()
        .filter(|d| d.code == code)
        .map(|d| d.message.as_str())
        .collect()
}

/// The answers of one return, with another status for an action of two owners.
fn third(returned: &[(String, ReturnedWorkbook)]) -> (String, ReturnedWorkbook) {
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
    for prefer in [None, Some(Preference::Newest), Some(Preference::Plan)] {
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
    let all: Vec<&&str> = conflicts
        .iter()
        .filter(|message| message.starts_with("action 1.2: the status is"))
        .collect();
    assert_eq!(all.len(), 3, "{conflicts:?}");
    for value in ["“On track”", "“At risk”", "“Not started”"] {
        assert!(all.iter().all(|message| message.contains(value)), "{all:?}");
    }
    assert!(
        all.iter().all(|message| message.contains("27/02/2012)") && message.contains("Priya Shah")),
        "{all:?}"
    );
}

#[test]
fn what_is_dropped_for_another_value_is_reported() {
    let (mut plan, returned) = returned();
    let newest = merged(&plan, &returned, Some(Preference::Newest));
    let overruled = messages(&newest, Code::ReturnOverruled);
    assert!(
        overruled.iter().any(|m| m.contains("the status “On track”")
            && m.contains("27/02/2012")
            && m.contains("“At risk” in stuart.ods")),
        "{overruled:?}"
    );
    let kept = merged(&plan, &returned, Some(Preference::Plan));
    let overruled = messages(&kept, Code::ReturnOverruled);
    assert_eq!(
        overruled
            .iter()
            .filter(|m| m.contains("action 1.2") && m.contains("the plan's was preferred"))
            .count(),
        2,
        "{overruled:?}"
    );
    // a plan that has changed since, and an action that is another now
    let actions =
        plan.themes.iter_mut().flat_map(|t| &mut t.objectives).flat_map(|o| &mut o.actions);
    for action in actions {
        match action.reference.as_str() {
            "1.1" => {
                action.status = Status {
                    state: Some("at-risk".to_owned()),
                    basis: Basis::Stated,
                    because: "said at the board".to_owned(),
                }
            }
            "2.1" => action.action = "Something else".into(),
            _ => {}
        }
    }
    let newest = merged(&plan, &returned, Some(Preference::Newest));
    let overruled = messages(&newest, Code::ReturnOverruled);
    assert!(
        overruled
            .iter()
            .any(|m| m.contains("“Complete”") && m.contains("“At risk” (said at the board)")),
        "{overruled:?}"
    );
    let kept = merged(&plan, &returned, Some(Preference::Plan));
    let dropped: Vec<_> =
        kept.diagnostics.iter().flatten().filter(|d| d.code == Code::ReturnOverruled).collect();
    assert!(
        dropped
            .iter()
            .any(|d| d.message.contains("action 2.1 is worded otherwise") && d.left_out.is_some()),
        "{dropped:?}"
    );
}

#[test]
fn a_return_for_an_earlier_version_is_named_as_such() {
    let (plan, _) = returned();
    let asked = whole::returns(&plan, "2012-03".parse().ok()).unwrap().remove(0);
    let filled = ReturnedWorkbook {
        plan: asked.plan.plan().clone(),
        return_of: Some(asked.of),
        ..ReturnedWorkbook::default()
    };
    let returned = [("lin.xlsx".to_owned(), filled)];
    assert!(messages(&merged(&plan, &returned, None), Code::ReturnOfEarlierVersion).is_empty());
    let changed = Plan { introduction: "A word more".into(), ..plan };
    assert_eq!(messages(&merged(&changed, &returned, None), Code::ReturnOfEarlierVersion).len(), 1);
}

const TRACKER: &str = "\
# Three Plan

| Reviewed: | Next review: |
|---|---|
| March 2026 | June 2026 |

| Ref | Action | Lead | Target date | Status |
|---|---|---|---|---|
| 1 | Train every social worker in the method | Bob Ray | 31/05/2026 | On track |
| 2 | Buy new laptops for the duty team | Bob Ray | 30/06/2026 | On track |
";

pub(crate) fn tracker() -> Plan {
    import(read(TRACKER.as_bytes(), Format::Markdown).unwrap(), &ImportOptions::default()).plan
}

/// A return for the review of June 2026 with an answer about each action: its status, revised
/// target date, progress, reviewer and date.
pub(crate) fn answered(
    plan: &Plan,
    name: &str,
    answers: &[[&str; 6]],
) -> (String, ReturnedWorkbook) {
    let asked = whole::returns(plan, "2026-06".parse().ok()).unwrap().remove(0);
    let answer = |[reference, state, target, progress, reviewer, day]: &[&str; 6]| FilledAnswer {
        reference: (*reference).to_owned(),
        entry: ReviewEntry {
            progress: (*progress).into(),
            state: (*state).to_owned(),
            evidence: planwright::Text::default(),
            reviewer: (*reviewer).to_owned(),
            reviewed_on: (*day).to_owned(),
            revised_target: (*target).to_owned(),
        },
        ..FilledAnswer::default()
    };
    let answers = answers.iter().map(answer).collect();
    (
        name.to_owned(),
        ReturnedWorkbook {
            plan: asked.plan.plan().clone(),
            return_of: Some(asked.of),
            answers,
            ..ReturnedWorkbook::default()
        },
    )
}

pub(crate) fn action(plan: &Plan, at: usize) -> &Action {
    plan.actions().nth(at).unwrap().2
}

#[test]
fn the_newest_answer_wins_whether_returns_are_merged_together_or_one_after_the_other() {
    let plan = tracker();
    let returned = [
        answered(
            &plan,
            "bob",
            &[["1", "off-track", "30/09/2026", "Trainer left", "Bob Ray", "12/06/2026"]],
        ),
        answered(
            &plan,
            "sue",
            &[
                ["1", "at-risk", "31/08/2026", "Trainer found", "Sue Poe", "20/06/2026"],
                ["2", "complete", "", "", "Sue Poe", "01/06/2026"],
            ],
        ),
        answered(
            &plan,
            "tim",
            &[
                ["1", "complete", "31/10/2026", "No idea", "Tim Low", ""],
                ["2", "on-track", "", "", "", "20/06/2026"],
            ],
        ),
        answered(&plan, "una", &[["1", "at-risk", "31 Aug 2026", "", "Una Fox", "15/06/2026"]]),
    ];
    let newest = Some(Preference::Newest);
    let together = merged(&plan, &returned, newest).plan;
    let first = action(&together, 0);
    assert_eq!(first.status.because, "return of Sue Poe, 20 June 2026");
    assert_eq!(first.target.as_ref().unwrap().text, "31/08/2026");
    let moved: Vec<_> = first
        .earlier_targets
        .iter()
        .map(|it| (it.target.text.as_str(), it.moved, it.by.as_str()))
        .collect();
    assert_eq!(moved, [("31/05/2026", "2026-06-20".parse().ok(), "Sue Poe")]);
    let reported: Vec<String> =
        first.updates.iter().map(|update| update.text.plain().into_owned()).collect();
    assert_eq!(
        reported,
        ["No idea", "Trainer left", "Trainer found"],
        "in the order of their dates"
    );
    assert_eq!(first.review.reviewed_on, "12/06/2026; 15/06/2026; 20/06/2026");
    assert_eq!(
        action(&together, 1).status.state.as_deref(),
        Some("on-track"),
        "said again on the 20th"
    );
    for order in orders(&returned) {
        let one_by_one = order
            .iter()
            .fold(plan.clone(), |plan, one| merged(&plan, std::slice::from_ref(one), newest).plan);
        let names: Vec<&str> = order.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(one_by_one, together, "{names:?}");
    }
    // the older answer is reported with what overruled it
    let sue = merged(&plan, &returned[1..2], newest).plan;
    let bob = merged(&sue, &returned[..1], newest);
    let overruled = messages(&bob, Code::ReturnOverruled);
    assert!(
        overruled[0].contains(
            "“Off track” (Bob Ray, 12/06/2026) was not used; the plan has a newer one: “At risk”"
        ),
        "{overruled:?}"
    );
}

#[test]
fn a_typed_date_is_read_as_import_reads_dates_or_the_date_used_is_named() {
    let plan = tracker();
    for (typed, update) in [
        ("3 Gorffennaf 2026", "2026-07-03"),
        ("03/06/2026 14:05", "2026-06-03"),
        ("3 Jun 2026", "2026-06-03"),
    ] {
        let returned = [answered(&plan, "bob", &[["1", "complete", "", "Done", "", typed]])];
        let merged = merged(&plan, &returned, None);
        assert_eq!(action(&merged.plan, 0).updates[0].period, update.parse().ok(), "{typed}");
        assert!(messages(&merged, Code::ReturnDateUnread).is_empty(), "{typed}");
    }
    let returned = [answered(&plan, "bob", &[["1", "complete", "", "Done", "", "last week"]])];
    let merged = merged(&plan, &returned, None);
    assert_eq!(action(&merged.plan, 0).updates[0].period, "2026-06".parse().ok());
    let message = "action 1: the date “last week” could not be read; June 2026, the date of the review, was used instead";
    assert_eq!(messages(&merged, Code::ReturnDateUnread), [message]);
}

#[test]
fn a_return_of_another_plan_is_refused_as_such() {
    let (other, _) = returned();
    let plan = tracker();
    let foreign =
        [answered(&other, "lin", &[["1.1", "off-track", "", "Ours", "Lin", "01/03/2012"]])];
    for prefer in [None, Some(Preference::Newest), Some(Preference::Plan)] {
        let merged = merged(&plan, &foreign, prefer);
        assert_eq!(merged.plan, plan);
        let [diagnostic] = merged.diagnostics[0].as_slice() else {
            panic!("{:?}", merged.diagnostics)
        };
        assert_eq!(diagnostic.code, Code::ReturnOfAnotherPlan);
        assert!(diagnostic.message.contains("made for another plan"), "{}", diagnostic.message);
        assert_eq!(
            diagnostic.left_out.as_deref(),
            Some("1.1: Ours | Off track | Lin | 01/03/2012")
        );
    }
    // the same actions under another title are of the same plan
    let renamed = Plan { title: "Improvement plan, second year".to_owned(), ..tracker() };
    let returned = [answered(&plan, "bob", &[["1", "complete", "", "", "", ""]])];
    assert!(messages(&merged(&renamed, &returned, None), Code::ReturnOfAnotherPlan).is_empty());
}

#[test]
fn only_what_was_taken_counts_as_taken() {
    let plan = tracker();
    let returned = [
        answered(&plan, "a", &[["2", "complete", "", "", "Bob Ray", "01/06/2026"]]),
        answered(
            &plan,
            "b",
            &[
                ["2", "off-track", "", "", "Bob Ray", "02/06/2026"],
                ["1", "", "", "Trained", "", ""],
            ],
        ),
    ];
    for prefer in [None, Some(Preference::Plan)] {
        let merged = merged(&plan, &returned, prefer);
        assert!(action(&merged.plan, 1).review.reviewer.is_empty());
        let counted = messages(&merged, Code::ReturnMerged);
        assert!(
            counted.contains(&"nothing was taken from it; for 1 action, something was left out"),
            "{counted:?}"
        );
        assert!(
            counted.contains(&"what was filled in for 1 action was taken into the plan; for 1 action, something was left out"),
            "{counted:?}"
        );
    }
}

#[test]
fn a_conflict_about_another_wording_says_who_and_names_the_status() {
    let mut plan = tracker();
    let returned = [answered(&plan, "bob", &[["1", "off-track", "", "", "Bob Ray", "12/06/2026"]])];
    plan.themes[0].objectives[0].actions[0].action = "Recruit trainers".into();
    let merged = merged(&plan, &returned, None);
    let conflict = merged.diagnostics[0].iter().find(|d| d.code == Code::ReturnConflict).unwrap();
    assert!(
        conflict
            .message
            .ends_with("“Train every social worker in the method” here (Bob Ray, 12/06/2026)"),
        "{}",
        conflict.message
    );
    assert_eq!(conflict.left_out.as_deref(), Some("Off track | Bob Ray | 12/06/2026"));
}
