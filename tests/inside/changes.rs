//! What changed between two versions of a plan: which action is which, and that no change is
//! silent.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its files has failed

use super::anyplan;
use super::fixture;
use super::whole;

use std::collections::BTreeSet;
use std::fs;

use planwright::changes::{Change, Changes};
use planwright::plan::{Action, Objective, Theme};
use planwright::report::ChangesOptions;
use planwright::write::HtmlOptions;
use planwright::{Format, ImportOptions, Plan, Text, import, json, read, write};
use proptest::prelude::*;
use scraper::{Html, Selector};
use serde_json::Value;

/// A plan of actions, each with its reference, its words and its success measures.
fn plan(actions: &[[&str; 3]]) -> Plan {
    let action = |[reference, text, measures]: &[&str; 3]| Action {
        reference: (*reference).to_owned(),
        action: (*text).into(),
        success_measures: (*measures).into(),
        ..Action::default()
    };
    let objective = Objective {
        reference: "1".to_owned(),
        actions: actions.iter().map(action).collect(),
        ..Objective::default()
    };
    Plan {
        themes: vec![Theme { objectives: vec![objective], ..Theme::default() }],
        ..Plan::default()
    }
}

/// For each action of the newer version the position of its earlier self.
fn earlier(old: &[[&str; 3]], new: &[[&str; 3]]) -> Vec<Option<usize>> {
    whole::changes(&plan(old), &plan(new)).earlier
}

#[test]
fn a_renumbered_plan_is_matched_by_its_words() {
    let old = [
        ["1.1", "Amend the statutory visiting form", ""],
        ["1.2", "Audit case records each quarter", ""],
        ["1.3", "Train team managers in supervision", ""],
        ["1.4", "Publish the joint protocol with Health", ""],
    ];
    let new = [
        ["1.1", "Appoint a principal social worker", ""],
        ["1.2", "Amend the statutory visiting form", ""],
        ["1.3", "Audit all case records each quarter", ""],
        ["1.4", "Train all team managers in reflective supervision", ""],
        ["1.5", "Publish the joint protocol agreed with Health", ""],
    ];
    assert_eq!(earlier(&old, &new), [None, Some(0), Some(1), Some(2), Some(3)]);
    assert_eq!(earlier(&new, &old), [Some(1), Some(2), Some(3), Some(4)]);
}

#[test]
fn swapped_references_are_seen_through() {
    let old = [["1.1", "Amend the visiting form", ""], ["1.2", "Audit case records", ""]];
    let new =
        [["1.1", "Audit the case records", ""], ["1.2", "Amend the statutory visiting form", ""]];
    assert_eq!(earlier(&old, &new), [Some(1), Some(0)]);
}

#[test]
fn the_same_reference_with_unlike_words_is_another_action() {
    let old = [["1.1", "Amend the visiting form", "All audits show it"]];
    let new = [["1.1", "Recruit twelve foster carers", "All audits show it"]];
    let told = whole::changes(&plan(&old), &plan(&new));
    assert_eq!((told.earlier, told.removed), (vec![None], vec![0]));
    assert_eq!(
        told.actions.iter().map(|a| a.changes.clone()).collect::<Vec<_>>(),
        [[Change::Added], [Change::Removed]]
    );
}

#[test]
fn a_reworded_action_stays_the_same_under_its_reference() {
    let old = [["1.1", "Amend key documents", ""], ["1.2", "Recruitment", ""]];
    let new = [["1.1", "Revise the key documents and forms", ""], ["1.2", "Recrutment", ""]];
    assert_eq!(earlier(&old, &new), [Some(0), Some(1)]);
}

#[test]
fn actions_of_the_same_words_are_told_apart_by_the_rest() {
    let old = [
        ["1.1", "Report to the Board", "in March"],
        ["1.2", "Report to the Board", "in June"],
        ["1.3", "Report to the Board", "in July"],
    ];
    let moved = [
        ["1.1", "Report to the Board", "in June"],
        ["1.2", "Report to the Board", "in July"],
        ["1.3", "Report to the Board", "in March"],
    ];
    assert_eq!(earlier(&old, &moved), [Some(1), Some(2), Some(0)]);
    let alike = [["1", "Report", ""], ["2", "Report", ""], ["3", "Report", ""]];
    assert_eq!(earlier(&alike, &alike), [Some(0), Some(1), Some(2)]);
    assert_eq!(earlier(&alike, &[alike[0], alike[2]]), [Some(0), Some(2)]);
    assert_eq!(earlier(&alike[..2], &alike), [Some(0), Some(1), None]);
}

#[test]
fn the_best_matching_is_that_of_all_together() {
    // the second is a little more like the first of the new than the first is, but has nowhere else
    // to go
    let old = [
        ["a", "Audit the case records of every district team", ""],
        ["b", "Audit the case records of every team", ""],
    ];
    let new = [
        ["x", "Audit the case records of every team each quarter", ""],
        ["y", "Audit the case files of every district team", ""],
    ];
    assert_eq!(earlier(&old, &new), [Some(1), Some(0)]);
}

/// Every action of a plan of 300 is worded anew in part and numbered anew, one in ten is gone and
/// one in ten new; each must be known again.
#[test]
fn many_actions_that_were_renumbered_and_reworded_are_each_known_again() {
    let what = [
        "visiting form",
        "case record",
        "care plan",
        "pathway plan",
        "joint protocol",
        "placement agreement",
        "supervision note",
    ];
    let who = ["district", "locality", "school", "clinic", "hostel", "fostering"];
    let how = [
        "each month",
        "by sample",
        "in full",
        "with partners",
        "without delay",
        "in public",
        "once a year",
        "at random",
    ];
    let words = |i: usize, verb: &str, end: &str| {
        let (what, who, how) =
            (what[i % what.len()], who[i / 7 % who.len()], how[i / 42 % how.len()]);
        format!("{verb} the {what} of every {who} team {how}{end}")
    };
    let old: Vec<String> = (0..300).map(|i| words(i, "Review", " and report")).collect();
    let mut new: Vec<(Option<usize>, String)> = Vec::new();
    for i in 0..300 {
        if i % 10 == 3 {
            new.push((None, format!("Appoint lead number {i} for recruitment")));
        }
        if i % 10 != 7 {
            new.push((Some(i), words(i, "Audit", ", and tell the Board")));
        }
    }
    let references: Vec<String> = (1..=new.len().max(old.len())).map(|i| i.to_string()).collect();
    let olds: Vec<[&str; 3]> = old
        .iter()
        .zip(&references)
        .map(|(text, reference)| [reference.as_str(), text, ""])
        .collect();
    let news: Vec<[&str; 3]> = new
        .iter()
        .zip(&references)
        .map(|((_, text), reference)| [reference.as_str(), text, ""])
        .collect();
    assert_eq!(earlier(&olds, &news), new.iter().map(|(at, _)| *at).collect::<Vec<_>>());
}

/// The two versions of the fixture, and what changed between them.
fn versions() -> (Plan, Plan, Changes) {
    let new = fixture::named("changed");
    let bytes = fs::read(new.folder.join("earlier.md")).unwrap();
    let old = import(read(&bytes, Format::Markdown).unwrap(), &ImportOptions::default()).plan;
    let new = new.import().plan;
    let told = whole::changes(&old, &new);
    (old, new, told)
}

#[test]
fn the_fixture_has_every_kind_of_change_and_they_are_written_as_expected() {
    let (.., told) = versions();
    let file = fixture::named("changed").folder.join("changes.json");
    let found = json::write_changes(&told).unwrap();
    if std::env::var_os("PLANWRIGHT_BLESS").is_some() {
        fs::write(&file, &found).unwrap();
    }
    assert_eq!(fs::read_to_string(file).unwrap(), found);
    let value: Value = serde_json::from_str(&found).unwrap();
    let kinds: BTreeSet<&str> = ["recommendations", "themes", "objectives", "actions"]
        .iter()
        .flat_map(|list| value[list].as_array().unwrap())
        .flat_map(|it| it["changes"].as_array().unwrap())
        .map(|change| change["change"].as_str().unwrap())
        .collect();
    let every = [
        "added",
        "altered",
        "moved",
        "redated",
        "removed",
        "renumbered",
        "reordered",
        "reowned",
        "rerated",
        "reworded",
        "updated",
        "withdrawn",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), every);
    // by reference, as the table in its README says; the 1.1 that is new came from nowhere
    let (old, new, told) = versions();
    let reference = |plan: &Plan, at: usize| plan.actions().nth(at).unwrap().2.reference.clone();
    let pairs: Vec<(String, String)> = told
        .earlier
        .iter()
        .enumerate()
        .map(|(at, earlier)| {
            (
                earlier.map(|earlier| reference(&old, earlier)).unwrap_or_default(),
                reference(&new, at),
            )
        })
        .collect();
    let expected = [
        ("", "1.1"),
        ("1.1", "1.2"),
        ("1.2", "1.3"),
        ("1.3", "1.4"),
        ("2.2", "2.1"),
        ("3.2", "3.1"),
        ("3.1", "3.2"),
        ("2.1", "3.3"),
    ];
    assert_eq!(pairs, expected.map(|(earlier, later)| (earlier.to_owned(), later.to_owned())));
    assert_eq!(told.removed.iter().map(|at| reference(&old, *at)).collect::<Vec<_>>(), ["1.4"]);
}

/// Words without white space, which pages wrap.
fn joined(words: &str) -> String {
    words.split_whitespace().collect()
}

#[test]
fn the_page_says_what_the_text_says() {
    let (old, new, told) = versions();
    let report = whole::changes_report(&old, &new, &told, &ChangesOptions::default());
    let page = write::html(&report.report(), &HtmlOptions::default());
    let page = Html::parse_document(&page);
    let said = |selector: &str| -> Vec<String> {
        page.select(&Selector::parse(selector).unwrap())
            .map(|element| joined(&element.text().collect::<String>()))
            .collect()
    };
    let headings: Vec<String> = report.groups.iter().map(|group| joined(&group.heading)).collect();
    assert_eq!(said("section h2")[1..], headings);
    let items = || report.groups.iter().flat_map(|group| &group.items);
    assert_eq!(
        said("section li"),
        items().flat_map(|item| &item.lines).map(|line| joined(&line.plain())).collect::<Vec<_>>()
    );
    let text = write::changes(&report);
    for line in items().flat_map(|item| &item.lines) {
        assert!(text.contains(line.plain().lines().next().unwrap()), "{line}");
    }
    // what was taken out and put in is told by signs, and in the style as well
    assert!(
        said("main s, main del").contains(&"[-visitsare-]".to_owned()),
        "{:?}",
        said("main s, main del")
    );
    assert!(said("main strong").contains(&"[+everyvisitis+]".to_owned()));
}

#[test]
fn a_plan_that_was_saved_as_a_plan_file_has_not_changed() {
    for fixture in fixture::all() {
        let plan = fixture.import().plan;
        let again = json::read(whole::json(&plan).unwrap().as_bytes()).unwrap();
        assert!(whole::changes(&plan, &again).is_empty(), "{}", fixture.name());
    }
}

#[test]
fn emphasis_alone_is_a_change_too() {
    let text = |markdown: &str| {
        let mut plan = plan(&[["1", "Amend the form", ""]]);
        plan.themes[0].objectives[0].actions[0].action = Text::from_commonmark(markdown);
        plan
    };
    let told = whole::changes(&text("Amend the form"), &text("Amend the **form**"));
    assert!(matches!(told.actions[0].changes.as_slice(), [Change::Reworded { .. }]));
}

/// Every place in a plan file, as a pointer (RFC 6901).
fn places(value: &Value, path: &mut Vec<String>, found: &mut Vec<String>) {
    found.push(path.concat());
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(i, value)| (i.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in children {
        path.push(format!("/{}", key.replace('~', "~0").replace('/', "~1")));
        places(value, path, found);
        path.pop();
    }
}

/// Changes one thing at a place: words are added, something is taken out of a list, or its first is
/// put last.
fn disturb(value: &mut Value, first: bool) {
    match value {
        Value::String(words) => *words += " moreover",
        Value::Array(list) if list.len() > 1 && first => list.rotate_left(1),
        Value::Array(list) => drop(list.pop()),
        Value::Object(map) => {
            let key = map
                .keys()
                .find(|key| !["planwright", "reference"].contains(&key.as_str()))
                .cloned();
            key.and_then(|key| map.remove(&key));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_plans_that_differ_have_changes_and_the_same_plan_has_none(old in anyplan::plan(), new in anyplan::plan()) {
        let same = whole::json(&old).unwrap() == whole::json(&new).unwrap();
        let told = whole::changes(&old, &new);
        prop_assert_eq!(told.is_empty(), same);
        prop_assert!(whole::changes(&new, &new).is_empty());
        // one to one, and nobody is left out
        let mut seen: Vec<usize> = told.earlier.iter().flatten().chain(&told.removed).copied().collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..old.actions().count()).collect::<Vec<_>>());
        prop_assert_eq!(told.earlier.len(), new.actions().count());
    }

    #[test]
    fn nothing_that_is_changed_anywhere_is_silent(
        plan in anyplan::plan(),
        disturbed in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 12),
    ) {
        let file = serde_json::to_value(&plan).unwrap();
        let mut found = Vec::new();
        places(&file, &mut Vec::new(), &mut found);
        for (at, first) in disturbed {
            let place: &String = at.get(&found);
            let mut changed = file.clone();
            disturb(changed.pointer_mut(place).unwrap(), first);
            // what is no plan any more, or is read as the same, proves nothing
            let Ok(other) = json::read(changed.to_string().as_bytes()) else { continue };
            if whole::json(&other).unwrap() != whole::json(&plan).unwrap() {
                prop_assert!(!whole::changes(&plan, &other).is_empty(), "{}", place);
                prop_assert!(!whole::changes(&other, &plan).is_empty(), "{} taken back", place);
            }
        }
    }
}

/// A plan of a tracker with a review cycle, from the cells of its rows: reference, action, target
/// date, status, progress.
fn tracker(cycle: &str, rows: &[&str]) -> Plan {
    let header = "| Ref | Action | Target date | Status | Progress |\n|---|---|---|---|---|\n";
    let rows = rows.iter().fold(String::new(), |rows, row| rows + "| " + row + " |\n");
    let cycle = format!("# Plan\n\n| Reviewed: | Next review: |\n|---|---|\n| {cycle} |\n\n");
    import(
        read(format!("{cycle}{header}{rows}").as_bytes(), Format::Markdown).unwrap(),
        &ImportOptions::default(),
    )
    .plan
}

#[test]
fn what_is_the_same_in_other_words_is_no_change() {
    let then = tracker(
        "March 2026 | June 2026",
        &[
            "1 | Write the recruitment policy | 30/04/2026 | | Action complete",
            "2 | Publish the guide for parents | July 2026 | Closed | ",
            "3 | Audit fifty case files | 28/02/2026 | In progress | ",
            "4 | Buy new laptops | 30/06/2026 | 50% | ",
        ],
    );
    let now = tracker(
        "June 2026 | September 2026",
        &[
            "1 | Write the recruitment policy | 30 April 2026 | Complete | Action complete",
            "2 | Publish the guide for parents | 31/07/2026 | Done | ",
            "3 | Audit fifty case files | 28/02/2026 | Started | ",
            "4 | Buy new laptops | 31/08/2026 | 75% | ",
        ],
    );
    let found = whole::changes(&then, &now);
    let report = whole::changes_report(&then, &now, &found, &ChangesOptions::default());
    let text = write::changes(&report).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Target date 1 Status 3 Unchanged 1",
        "Status: Closed → Done",
        "Status: In progress → Started",
        "Status: 50% → 75%",
        "Target date: 30/06/2026 → 31/08/2026",
        "Same status, from another source 1",
        "Same target date, in other words 1, 2",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // nothing is silent: the data has it; a board does not see it
    assert_eq!(found.actions.len(), 4);
    let board: Vec<String> =
        found.for_board().actions.iter().map(|it| it.reference.clone()).collect();
    assert_eq!(board, ["2", "3", "4"]);
    assert!(
        found
            .for_board()
            .actions
            .iter()
            .flat_map(|it| &it.changes)
            .all(|change| !matches!(change, Change::Altered { .. }))
    );
}

#[test]
fn two_updates_of_different_dates_are_not_one_text() {
    let then = tracker(
        "June 2026 | September 2026",
        &[
            "1 | Recruit ten foster carers | 31/10/2026 | On track | June 2026: Ten carers recruited",
        ],
    );
    let now = tracker(
        "September 2026 | ",
        &[
            "1 | Recruit ten foster carers | 31/10/2026 | On track | September 2026: Two carers withdrew",
        ],
    );
    let kinds = |now: &Plan| whole::changes(&then, now).actions[0].changes.clone();
    assert!(
        matches!(kinds(&now).as_slice(), [Change::Updated { .. }, Change::Withdrawn { .. }]),
        "{:?}",
        kinds(&now)
    );
    let corrected = tracker(
        "September 2026 | ",
        &[
            "1 | Recruit ten foster carers | 31/10/2026 | On track | June 2026: Nine carers recruited",
        ],
    );
    assert!(
        matches!(kinds(&corrected).as_slice(), [Change::Reworded { .. }]),
        "{:?}",
        kinds(&corrected)
    );
}

#[test]
fn a_next_review_that_was_held_is_not_what_people_changed() {
    let rows = ["1 | Recruit ten foster carers | 31/10/2026 | On track | "];
    let then = tracker("March 2026 | June 2026", &rows);
    let (mut held, mut dropped) = (then.clone(), then.clone());
    (held.cycle.reviewed, held.cycle.next_review) = ("2026-06".parse().ok(), None);
    dropped.cycle.next_review = None;
    let parts = |changes: &Changes| {
        changes
            .plan
            .iter()
            .map(|change| format!("{change:?}"))
            .filter(|it| it.contains("NextReview"))
            .count()
    };
    for (now, on_board) in [(&held, 0), (&dropped, 1)] {
        let found = whole::changes(&then, now);
        assert_eq!((parts(&found), parts(&found.for_board())), (1, on_board));
    }
    let text = write::changes(&whole::changes_report(
        &then,
        &held,
        &whole::changes(&then, &held),
        &ChangesOptions::default(),
    ));
    assert!(text.contains("Review held\n    - Next review: June 2026 → none"), "{text}");
}
