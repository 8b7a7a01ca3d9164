//! What merging takes for the same plan, the same action and the same answer, and how it counts
//! what it took.

use planwright::embedded::ReturnedWorkbook;
use planwright::plan::{Basis, EarlierTarget, Status};
use planwright::returns::Preference;
use planwright::{Code, Plan, Target};

use crate::merges::{action, answered, merged, messages, tracker};

/// A plan with so many actions.
fn plan(title: &str, organisation: &str, actions: &[(&str, &str)]) -> Plan {
    let mut plan = tracker();
    title.clone_into(&mut plan.title);
    organisation.clone_into(&mut plan.organisation);
    let all = &mut plan.themes[0].objectives[0].actions;
    let first = all[0].clone();
    all.clear();
    for (reference, words) in actions {
        let mut action = first.clone();
        (*reference).clone_into(&mut action.reference);
        action.action = (*words).into();
        all.push(action);
    }
    plan
}

#[test]
fn a_return_is_of_another_plan_if_no_action_and_no_title_or_reference_is_the_same() {
    let ours = ("Care plan", "Westshire Council");
    let here =
        |(title, organisation): (&str, &str)| plan(title, organisation, &[("1", "Amend the form")]);
    for (here, sent, which) in [
        (here(ours), plan(ours.0, ours.1, &[("1", "Amend the form")]), None),
        (here(ours), plan("Other", ours.1, &[("9", "Amend the form")]), None),
        (here(ours), plan(ours.0, ours.1, &[("1", "Else")]), None),
        (here(ours), plan("", "", &[("1", "Else")]), None),
        (here(("", "")), plan(ours.0, ours.1, &[("1", "Else")]), None),
        (
            here(ours),
            plan("Other", ours.1, &[("1", "Else")]),
            Some(", “Other”: its action is not in this plan"),
        ),
        (
            here(ours),
            plan(ours.0, "Other", &[("1", "Else")]),
            Some(", of Other: its action is not in this plan"),
        ),
        (
            here(ours),
            plan(ours.0, ours.1, &[("8", "Else"), ("9", "Else")]),
            Some(": none of its 2 actions is in this plan"),
        ),
        (here(ours), plan(ours.0, ours.1, &[]), None),
    ] {
        let filled = ReturnedWorkbook { plan: sent, ..ReturnedWorkbook::default() };
        let merged = merged(&here, &[("lin".to_owned(), filled)], None);
        let told = messages(&merged, Code::ReturnOfAnotherPlan);
        let expected: Vec<String> = which
            .map(|which| {
                format!("this return was made for another plan{which}; nothing was taken from it")
            })
            .into_iter()
            .collect();
        assert_eq!(told, expected);
    }
}

#[test]
fn what_was_filled_in_for_actions_that_are_gone_is_counted() {
    let plan = tracker();
    let returned = [answered(
        &plan,
        "bob",
        &[["1", "complete", "", "", "", ""], ["2", "complete", "", "", "", ""]],
    )];
    let mut changed = plan.clone();
    changed.themes[0].objectives[0].actions.truncate(1);
    let merged = merged(&changed, &returned, None);
    assert_eq!(
        messages(&merged, Code::ReturnMerged)[0],
        "what was filled in for 1 action was taken into the plan; for 1 action, something was left out"
    );
}

#[test]
fn what_was_filled_in_for_an_action_of_another_wording_is_counted() {
    let mut plan = tracker();
    let returned = [answered(&plan, "bob", &[["1", "complete", "", "", "", ""]])];
    plan.themes[0].objectives[0].actions[0].action = "Recruit trainers".into();
    for prefer in [None, Some(Preference::Plan)] {
        assert_eq!(
            messages(&merged(&plan, &returned, prefer), Code::ReturnMerged),
            ["nothing was taken from it; for 1 action, something was left out"]
        );
    }
}

#[test]
fn a_date_in_other_words_is_the_same_answer() {
    let plan = tracker();
    let returned = [
        answered(&plan, "bob", &[["1", "", "30/09/2026", "", "Bob Ray", "12/06/2026"]]),
        answered(&plan, "sue", &[["1", "", "30 September 2026", "", "Sue Poe", "20/06/2026"]]),
    ];
    let merged = merged(&plan, &returned, None);
    assert!(messages(&merged, Code::ReturnConflict).is_empty());
    let action = action(&merged.plan, 0);
    assert_eq!(
        action.target.as_ref().map(|target| target.text.as_str()),
        Some("30 September 2026")
    );
    assert_eq!(action.review.reviewer, "Bob Ray; Sue Poe");
    let returned = [
        answered(&plan, "bob", &[["1", "", "30/09/2026", "", "Bob Ray", "12/06/2026"]]),
        answered(&plan, "sue", &[["1", "", "Sept 2026", "", "Sue Poe", "20/06/2026"]]),
        answered(&plan, "tim", &[["1", "", "when ready", "", "Tim Low", "20/06/2026"]]),
        answered(&plan, "una", &[["1", "", "when staffed", "", "Una Fox", "20/06/2026"]]),
    ];
    let merged = crate::merges::merged(&plan, &returned, None);
    assert_eq!(messages(&merged, Code::ReturnConflict).len(), 4);
}

#[test]
fn where_the_plan_changed_the_source_of_its_status_is_named_once() {
    let plan = tracker();
    let returned = [answered(&plan, "bob", &[["1", "complete", "", "", "Bob Ray", ""]])];
    for (because, named) in [
        ("said at the board", "“At risk” in the plan (said at the board), which has changed"),
        ("At risk", "“At risk” in the plan, which has changed"),
    ] {
        let mut changed = plan.clone();
        changed.themes[0].objectives[0].actions[0].status = Status {
            state: Some("at-risk".to_owned()),
            basis: Basis::Stated,
            because: because.to_owned(),
        };
        let merged = merged(&changed, &returned, None);
        let conflicts = messages(&merged, Code::ReturnConflict);
        assert!(conflicts[0].contains(named), "{conflicts:?}");
    }
}

#[test]
fn a_date_that_another_answer_moved_is_told_from_one_that_the_plan_had() {
    let plan = tracker();
    let returned =
        [answered(&plan, "sue", &[["1", "", "30 Sept 2026", "", "Sue Poe", "20/06/2026"]])];
    // the plan says the same day in other words: moved by an older answer, or not
    for (moved, expected) in [(Some("2026-06-12"), "30 Sept 2026"), (None, "30/09/2026")] {
        let mut changed = plan.clone();
        let action = &mut changed.themes[0].objectives[0].actions[0];
        let before = action.target.replace(Target::read("30/09/2026")).unwrap();
        action.earlier_targets = vec![EarlierTarget {
            target: before,
            moved: moved.and_then(|day| day.parse().ok()),
            by: "Bob Ray".to_owned(),
        }];
        let merged = merged(&changed, &returned, Some(Preference::Newest));
        let target = crate::merges::action(&merged.plan, 0).target.clone().unwrap();
        assert_eq!(target.text, expected, "{moved:?}");
    }
}

/// The status that the first action has after these returns, and its source; and whether they are
/// in conflict.
fn status(merged: &planwright::returns::Merged) -> (&str, &str, bool) {
    let status = &action(&merged.plan, 0).status;
    let in_conflict = !messages(merged, Code::ReturnConflict).is_empty();
    (status.state.as_deref().unwrap_or_default(), &status.because, in_conflict)
}

#[test]
fn an_answer_is_taken_where_the_plan_has_not_changed_whatever_is_preferred() {
    let plan = tracker();
    let returned = [answered(&plan, "bob", &[["1", "complete", "", "", "Bob Ray", "12/06/2026"]])];
    for prefer in [None, Some(Preference::Plan), Some(Preference::Newest)] {
        assert_eq!(
            status(&merged(&plan, &returned, prefer)),
            ("complete", "return of Bob Ray, 12 June 2026", false)
        );
    }
}

#[test]
fn dates_decide_between_an_answer_and_one_that_the_plan_holds() {
    let plan = tracker();
    let newest = Some(Preference::Newest);
    let by = |plan: &Plan, name: &str, state: &str, day: &str| {
        [answered(plan, name, &[["1", state, "", "", name, day]])]
    };
    let sue = |day: &str| merged(&plan, &by(&plan, "Sue", "at-risk", day), newest).plan;
    let held = sue("20/06/2026");
    // of the same day, neither is newer
    let same_day = merged(&held, &by(&plan, "Bob", "complete", "20/06/2026"), newest);
    assert_eq!(status(&same_day), ("at-risk", "return of Sue, 20 June 2026", true));
    let older = merged(&held, &by(&plan, "Bob", "complete", "19/06/2026"), newest);
    assert_eq!(status(&older), ("at-risk", "return of Sue, 20 June 2026", false));
    let newer = merged(&held, &by(&plan, "Bob", "complete", "21/06/2026"), newest);
    assert_eq!(status(&newer), ("complete", "return of Bob, 21 June 2026", false));
    // whoever was sent the plan as it is has seen what it says
    for day in ["19/06/2026", "20/06/2026", "21/06/2026"] {
        let seen = merged(&held, &by(&held, "Bob", "complete", day), newest);
        assert_eq!((status(&seen).0, status(&seen).2), ("complete", false), "{day}");
    }
    // two answers of one day that differ
    let both =
        [by(&plan, "Bob", "complete", "20/06/2026"), by(&plan, "Sue", "at-risk", "20/06/2026")];
    let both = merged(&plan, &both.concat(), newest);
    assert_eq!((status(&both).0, status(&both).2), ("on-track", true));
}

#[test]
fn of_the_same_answer_of_one_day_the_first_name_is_the_source() {
    let plan = tracker();
    let by = |name: &str| [answered(&plan, name, &[["1", "at-risk", "", "", name, "20/06/2026"]])];
    for (first, then) in [("Sue", "Bob"), ("Bob", "Sue")] {
        let held = merged(&plan, &by(first), None).plan;
        let again = merged(&held, &by(then), None);
        assert_eq!(status(&again), ("at-risk", "return of Bob, 20 June 2026", false));
    }
}

#[test]
fn two_files_of_one_name_give_the_same_plan_in_either_order() {
    let plan = tracker();
    let with = |evidence: &str| {
        let mut one = answered(&plan, "bob", &[["1", "", "", "Trained", "Bob Ray", "12/06/2026"]]);
        one.1.answers[0].entry.evidence = evidence.into();
        one
    };
    let (first, second) = (with("Minutes of May"), with("Minutes of June"));
    let one = merged(&plan, &[first.clone(), second.clone()], None).plan;
    assert_eq!(merged(&plan, &[second, first], None).plan, one);
    let evidence = action(&one, 0).review.evidence.plain().into_owned();
    assert!(evidence.contains("May") && evidence.contains("June"), "{evidence}");
}

#[test]
fn a_return_holds_all_that_its_owner_is_asked_about_and_nothing_else() {
    let mut plan = tracker();
    "Westshire Council".clone_into(&mut plan.organisation);
    "2026/27".clone_into(&mut plan.period);
    let mut theme = plan.themes[0].clone();
    "Other theme".clone_into(&mut theme.title);
    "Our theme".clone_into(&mut plan.themes[0].title);
    let objective = &mut plan.themes[0].objectives[0];
    "O1".clone_into(&mut objective.reference);
    objective.text = "Better visits".into();
    objective.actions[1].owners = vec!["Sue Poe".to_owned()];
    theme.objectives[0].actions.iter_mut().for_each(|action| action.owners.clear());
    plan.themes.push(theme);
    let asked = crate::whole::returns(&plan, "2026-06".parse().ok()).unwrap();
    let of = |owner: &str| asked.iter().find(|one| one.of.owner() == owner).unwrap().plan.plan();
    let bob = of("Bob Ray");
    assert_eq!(
        (&bob.title, &bob.organisation, &bob.period, bob.cycle),
        (&plan.title, &plan.organisation, &plan.period, plan.cycle)
    );
    assert_eq!((&bob.scheme, &bob.columns), (&plan.scheme, &plan.columns));
    let [theme] = bob.themes.as_slice() else { panic!("{:?}", bob.themes) };
    let [objective] = theme.objectives.as_slice() else { panic!("{:?}", theme.objectives) };
    assert_eq!((theme.title.as_str(), objective.reference.as_str()), ("Our theme", "O1"));
    assert_eq!(objective.text, "Better visits".into());
    let references = |plan: &Plan| -> Vec<String> {
        plan.actions().map(|(_, _, action)| action.reference.clone()).collect()
    };
    assert_eq!(
        (references(bob), references(of("Sue Poe"))),
        (vec!["1".to_owned()], vec!["2".to_owned()])
    );
    assert_eq!(references(of("")), ["1", "2"]);
}
