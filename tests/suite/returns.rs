//! Returns: what owners are asked, and what comes back from workbooks that other programs filled in
//! and saved.
//!
//! `PLANWRIGHT_BLESS=1 cargo test --test suite returns::` writes what the fixture must give anew;
//! read the difference before you commit it.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use crate::fixture;
use crate::whole;

use std::collections::BTreeSet;
use std::fs;

use calamine::{Data, Reader, Xlsx};
use planwright::embedded::{Embedding, ReturnedWorkbook};
use planwright::plan::{Basis, Note, Status, Target};
use planwright::returns::{MergeOptions, Merged, Preference};
use planwright::write::{XlsxOptions, xlsx};
use planwright::{Action, Code, Plan, ReportOptions, json, report, review};

fn merged(
    plan: Plan,
    returned: &[(String, ReturnedWorkbook)],
    prefer: Option<Preference>,
) -> Merged {
    fixture::merge_all(plan, returned, MergeOptions { prefer, ..MergeOptions::default() })
}

/// The fixture's plan and what came back, Lin's first.
fn returned() -> (Plan, Vec<(String, ReturnedWorkbook)>) {
    let fixture = fixture::named("returned");
    (fixture.import().plan, fixture.returned())
}

fn only(name: &str) -> Vec<(String, ReturnedWorkbook)> {
    returned().1.into_iter().filter(|(file, _)| file == name).collect()
}

fn action<'a>(plan: &'a Plan, reference: &str) -> &'a Action {
    plan.actions()
        .map(|(_, _, action)| action)
        .find(|action| action.reference == reference)
        .unwrap()
}

fn action_mut<'a>(plan: &'a mut Plan, reference: &str) -> &'a mut Action {
    let actions =
        plan.themes.iter_mut().flat_map(|t| &mut t.objectives).flat_map(|o| &mut o.actions);
    actions.into_iter().find(|action| action.reference == reference).unwrap()
}

fn conflicts(merged: &Merged) -> Vec<String> {
    merged
        .diagnostics
        .iter()
        .flatten()
        .filter(|d| d.code == Code::ReturnConflict)
        .map(|d| d.message.clone())
        .collect()
}

#[test]
fn the_returns_of_the_fixture_give_its_merged_plan_and_what_must_be_told() {
    let folder = fixture::named("returned").folder;
    let (plan, returned) = returned();
    let merged = merged(plan, &returned, None);
    let told = returned
        .iter()
        .zip(&merged.diagnostics)
        .map(|((name, _), told)| format!("# {name}\n{}", fixture::shown(told)));
    let found = [
        ("merged.json", whole::json(&merged.plan).unwrap()),
        ("merged.txt", told.collect::<Vec<_>>().join("\n")),
    ];
    for (file, found) in found {
        let file = folder.join(file);
        if std::env::var_os("PLANWRIGHT_BLESS").is_some() {
            fs::write(&file, &found).unwrap();
        }
        assert_eq!(fs::read_to_string(&file).unwrap_or_default(), found, "{}", file.display());
    }
}

/// What the README of the fixture says that the owners did, looked for here without the program's
/// own expectations.
#[test]
fn what_owners_filled_in_is_in_the_plan_and_what_they_did_besides_is_told() {
    let (plan, returned) = returned();
    let before = plan.clone();
    let merged = merged(plan, &returned, None);
    let plan = &merged.plan;
    let done = action(plan, "1.1");
    assert_eq!(
        done.updates[0].text.plain(),
        "The board agreed the policy on 9 January.\nteams told\nwebsite changed"
    );
    assert_eq!(
        (done.updates[0].label.as_str(), done.updates[0].by.as_str()),
        ("27 February 2012 update:", "Lin Ferguson")
    );
    assert_eq!(
        (done.status.state.as_deref(), done.status.basis),
        (Some("complete"), Basis::Stated)
    );
    assert_eq!(
        (done.review.evidence.plain(), done.review.reviewed_on.as_str()),
        ("Board minutes, item 4".into(), "27/02/2012")
    );
    let moved = action(plan, "2.1");
    assert_eq!(
        (
            moved.target.as_ref().unwrap().text.as_str(),
            moved.earlier_targets[0].target.text.as_str()
        ),
        ("May 2012", "Dec '11")
    );
    // two owners of one action: both of their words, neither of their statuses
    let both = action(plan, "1.2");
    assert_eq!(
        both.updates.iter().map(|u| u.by.as_str()).collect::<Vec<_>>(),
        ["Lin Ferguson", "Stuart Ashley"]
    );
    assert_eq!(both.status, action(&before, "1.2").status);
    // on the web page
    let late = action(plan, "2.2");
    assert_eq!(
        (late.updates[0].text.plain(), late.updates[0].by.as_str()),
        ("Late visits <5% & falling:\nnorth 3%\nsouth 4%".into(), "The officer")
    );
    assert_eq!(late.status.state.as_deref(), Some("on-track"));
    assert_eq!(action(plan, "2.3"), action(&before, "2.3"));
    let told: String =
        returned.iter().zip(&merged.diagnostics).map(|(_, told)| fixture::shown(told)).collect();
    for words in [
        "Thank you to the whole team",
        "Three teams, not two",
        "Visits to other councils",
        "Two in January",
        "Audit twenty case files a month",
        "Nearly there",
        "2.4 | Count the cancelled visits | Counted since January.",
    ] {
        assert!(told.contains(words), "{words} is lost");
    }
    let named = ["lin.xlsx:My actions!J", "stuart.ods:Return!J"];
    assert!(
        named.iter().all(|place| conflicts(&merged).iter().any(|message| message.contains(place))),
        "{told}"
    );
}

#[test]
fn merging_twice_changes_nothing() {
    let (plan, returned) = returned();
    for prefer in [None, Some(Preference::Newest), Some(Preference::Plan)] {
        let once = merged(plan.clone(), &returned, prefer).plan;
        assert_ne!(once, plan);
        let twice = merged(once.clone(), &returned, prefer);
        assert_eq!(twice.plan, once, "{prefer:?}");
        assert!(
            twice.diagnostics.iter().flatten().all(|d| !d.message.contains("taken into the plan")),
            "{prefer:?}"
        );
        // one after the other: the second meets a plan that has changed, and is told as a conflict
        let first = merged(plan.clone(), &returned[..1], prefer).plan;
        let both = merged(first, &returned[1..], prefer);
        let again = merged(both.plan.clone(), &returned[..1], prefer).plan;
        assert_eq!(again, both.plan, "{prefer:?}");
    }
}

#[test]
fn the_later_of_two_answers_is_taken_if_the_user_says_so() {
    let (plan, returned) = returned();
    let newest = merged(plan.clone(), &returned, Some(Preference::Newest));
    assert_eq!(conflicts(&newest), Vec::<String>::new());
    assert_eq!(
        action(&newest.plan, "1.2").status.state.as_deref(),
        Some("at-risk"),
        "Stuart answered on 1 March, Lin on 27 February"
    );
    let kept = merged(plan.clone(), &returned, Some(Preference::Plan));
    assert_eq!(
        (conflicts(&kept), &action(&kept.plan, "1.2").status),
        (Vec::new(), &action(&plan, "1.2").status)
    );
}

#[test]
fn a_plan_that_has_moved_on_is_not_overruled() {
    let (mut plan, _) = returned();
    let lin = only("lin.xlsx");
    action_mut(&mut plan, "2.1").target = Some(Target::read("Jan '12"));
    let stated = Status {
        state: Some("at-risk".to_owned()),
        basis: Basis::Stated,
        because: "said at the board".to_owned(),
    };
    action_mut(&mut plan, "1.1").status = stated.clone();
    let told = merged(plan.clone(), &lin, None);
    let all = conflicts(&told);
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all[0].contains("“Complete” here (Lin Ferguson, 27/02/2012), and “At risk” in the plan (said at the board)"), "{all:?}");
    assert!(
        all[1].contains("“May 2012” here (Lin Ferguson, March 2012), and “Jan '12” in the plan"),
        "{all:?}"
    );
    assert_eq!(
        (&action(&told.plan, "1.1").status, &action(&told.plan, "2.1").target),
        (&stated, &Some(Target::read("Jan '12")))
    );
    let newest = merged(plan.clone(), &lin, Some(Preference::Newest)).plan;
    assert_eq!(action(&newest, "2.1").target, Some(Target::read("May 2012")));
    assert_eq!(action(&newest, "2.1").earlier_targets[0].target.text, "Jan '12");
    let kept = merged(plan, &lin, Some(Preference::Plan)).plan;
    assert_eq!(action(&kept, "2.1").target, Some(Target::read("Jan '12")));
}

#[test]
fn an_answer_does_not_go_to_another_action_that_has_its_reference_now() {
    let (mut plan, _) = returned();
    let lin = only("lin.xlsx");
    action_mut(&mut plan, "1.1").action = "Write to every parent".into();
    let told = merged(plan.clone(), &lin, None);
    assert_eq!(action(&told.plan, "1.1"), action(&plan, "1.1"));
    assert!(
        conflicts(&told)[0]
            .contains("“Write to every parent” there, “Amend the recording policy” here"),
        "{:?}",
        conflicts(&told)
    );
    let words = told.diagnostics[0]
        .iter()
        .find(|d| d.code == Code::ReturnConflict)
        .unwrap()
        .left_out
        .clone()
        .unwrap();
    assert!(
        words.contains("The board agreed the policy on 9 January.")
            && words.contains("Board minutes, item 4"),
        "{words}"
    );
    // an action that is gone
    for objective in plan.themes.iter_mut().flat_map(|t| &mut t.objectives) {
        objective.actions.retain(|action| action.reference != "1.1");
    }
    let told = merged(plan, &lin, None).diagnostics.concat();
    let gone = told.iter().find(|d| d.code == Code::UnknownReference).unwrap();
    assert!(gone.left_out.as_deref().unwrap().contains("Board minutes, item 4"));
}

/// What a workbook shows on its sheets that are not hidden.
fn shown(bytes: Vec<u8>) -> String {
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|s| s.visible == calamine::SheetVisible::Visible)
        .map(|s| s.name.clone())
        .collect();
    let mut words = String::new();
    for sheet in sheets {
        for (_, _, cell) in book.worksheet_range(&sheet).unwrap().used_cells() {
            if let Data::String(cell) = cell {
                words.push_str(cell);
                words.push('\n');
            }
        }
    }
    words
}

#[test]
fn each_owner_is_asked_about_their_own_actions_and_no_others() {
    let mut plan = fixture::named("hampshire-2011").import().plan;
    action_mut(&mut plan, "1.1")
        .notes
        .push(Note { about: "Sam".to_owned(), text: "between the two of us".into() });
    let asked = whole::returns(&plan, "2012-03".parse().ok()).unwrap();
    let owners: BTreeSet<&str> = plan
        .actions()
        .flat_map(|(_, _, action)| action.owners.iter().map(String::as_str))
        .collect();
    assert_eq!(asked.iter().map(|one| one.of.owner()).collect::<BTreeSet<_>>(), owners);
    for one in &asked {
        let options =
            ReportOptions { for_return: Some(one.of.clone()), ..ReportOptions::default() };
        let report = report(&one.plan, &review(&one.plan, "2011-11-30".parse().ok()), &options);
        let carries = Some(Embedding {
            plan: &one.plan,
            as_of: None,
            return_of: Some(&one.of),
            language: planwright::Language::English,
        });
        let written =
            shown(xlsx(&report, &XlsxOptions { carries, ..XlsxOptions::default() }).unwrap());
        for (_, _, action) in plan.actions() {
            let first = action.action.blocks[0].spans[0].text.trim();
            let is_theirs = action.owners.iter().any(|owner| owner == one.of.owner());
            let same_words =
                plan.actions().filter(|(_, _, other)| other.action.plain().contains(first)).count()
                    > 1;
            assert!(
                is_theirs == written.contains(first) || same_words,
                "{}: {}",
                one.of.owner(),
                action.reference
            );
        }
        assert!(
            written.contains(one.of.owner())
                && written.contains("March 2012")
                && written.contains(one.of.version())
        );
        assert!(!json::write(&one.plan).unwrap().contains("between the two of us"));
    }
    let joint = plan.actions().filter(|(_, _, action)| action.owners.len() > 1).count();
    assert!(
        joint > 0
            && asked.iter().map(|one| one.plan.plan().actions().count()).sum::<usize>()
                > plan.actions().count()
    );
}
