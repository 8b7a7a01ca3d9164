//! What is written is read back as the same plan: by the plan file, by outputs that carry their
//! plan and by markdown, all of it; by comma-separated values, its themes, objectives, actions and
//! statuses. Every fixture goes each way, every plan of the corpus that `PLANWRIGHT_CORPUS` names,
//! and plans that no one would think of.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr)] // a test that cannot read its files has failed

use crate::anyplan;
use crate::fixture;
use crate::whole;

use std::fs;
use std::path::Path;

use planwright::embedded::{self, Embedding};
use planwright::layout::{LayoutOptions, layout};
use planwright::plan::{Action, Basis, Objective, Status, Theme, Update};
use planwright::write::{HtmlOptions, PdfOptions, XlsxOptions};
use planwright::{
    Format, ImportOptions, Limits, Plan, ReportOptions, Text, import, json, read, write,
};
use proptest::prelude::*;

/// The plans of all fixtures and of the corpus, each with its name.
fn plans() -> Vec<(String, Plan)> {
    let mut plans: Vec<(String, Plan)> =
        fixture::all().into_iter().map(|f| (f.name(), f.import().plan)).collect();
    let Some(corpus) = std::env::var_os("PLANWRIGHT_CORPUS") else {
        eprintln!("PLANWRIGHT_CORPUS is not set: the corpus is not read");
        return plans;
    };
    let mut files: Vec<_> = fs::read_dir(Path::new(&corpus).join("plans"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let format = Format::from_extension(file.extension().unwrap().to_str().unwrap()).unwrap();
        let source = read(&fs::read(&file).unwrap(), format).unwrap();
        plans.push((file.display().to_string(), import(source, &ImportOptions::default()).plan));
    }
    plans
}

/// The first line in which two plans differ as plan files; none if they are the same, places in the
/// source aside.
fn difference(before: &Plan, after: &Plan) -> Option<String> {
    let (before, after) = (whole::json(before).unwrap(), whole::json(after).unwrap());
    if before == after {
        return None;
    }
    let same = before.lines().zip(after.lines()).take_while(|(a, b)| a == b).count();
    let around = |file: &str| {
        file.lines().skip(same.saturating_sub(2)).take(5).collect::<Vec<_>>().join("\n")
    };
    Some(format!("line {}: written\n{}\nread\n{}", same + 1, around(&before), around(&after)))
}

/// What values hold of a plan: themes, objectives and actions; statuses so far as someone has
/// stated them.
fn themes(plan: &Plan) -> Plan {
    let mut themes = plan.themes.clone();
    for action in themes.iter_mut().flat_map(|t| &mut t.objectives).flat_map(|o| &mut o.actions) {
        if action.status.basis != Basis::Stated {
            action.status = Status::default();
        }
    }
    Plan { themes, assigned_references: plan.assigned_references, ..Plan::default() }
}

/// All that markdown holds of a plan: everything but the names of the source's columns.
fn all_of(plan: &Plan) -> Plan {
    Plan { themes: themes(plan).themes, columns: Vec::new(), ..plan.clone() }
}

/// A plan whose links that mislead are text with the address, as every output has them.
fn without_misleading_links(plan: &Plan) -> Plan {
    let link = "[www.example.org/rules](<https://letters.example.net/a>)";
    let text = "www.example.org/rules (https://letters.example.net/a)";
    json::read(whole::json(plan).unwrap().replace(link, text).as_bytes()).unwrap()
}

fn imported(bytes: &[u8], format: Format) -> Plan {
    import(read(bytes, format).unwrap(), &ImportOptions::default()).plan
}

/// Every way out that carries the whole plan, and back in.
fn carried_all_ways(plan: &Plan) -> Vec<(&'static str, Plan)> {
    let as_of = "2012-01-31".parse().ok();
    let report = whole::report(plan, &whole::review(plan, as_of), &ReportOptions::default());
    let published = whole::whole(plan);
    let carries = Some(Embedding {
        plan: &published,
        as_of,
        return_of: None,
        language: planwright::Language::English,
    });
    let file = whole::json(plan).unwrap();
    let page = write::html(&report, &HtmlOptions { carries, ..HtmlOptions::default() });
    let workbook =
        write::xlsx(&report, &XlsxOptions { carries, ..XlsxOptions::default() }).unwrap();
    let mut source = read(&workbook, Format::Workbook).unwrap();
    let filled = embedded::read_workbook(&mut source, &Limits::default()).unwrap().unwrap();
    let options = PdfOptions { plan: Some(&whole::whole(plan)), ..PdfOptions::default() };
    let pdf = write::pdf(&layout(&report, &LayoutOptions::default()), &options).unwrap();
    vec![
        ("json", json::read(file.as_bytes()).unwrap()),
        (
            "html",
            embedded::read_page(page.as_bytes(), &Limits::default()).unwrap().unwrap().into_plan(),
        ),
        ("xlsx", filled.into_plan()),
        ("pdf", embedded::read_pdf(&pdf).unwrap()),
    ]
}

#[test]
fn outputs_that_carry_the_plan_give_all_of_it_back() {
    for (name, plan) in plans() {
        for (way, back) in carried_all_ways(&plan) {
            assert_eq!(difference(&plan, &back), None, "{name} by {way}");
        }
    }
}

#[test]
fn markdown_gives_back_the_whole_plan() {
    let mut faults = Vec::new();
    for (name, plan) in plans() {
        let back = imported(whole::markdown(&plan).as_bytes(), Format::Markdown);
        let found = difference(&all_of(&without_misleading_links(&plan)), &all_of(&back));
        faults.extend(found.map(|difference| format!("{name}: {difference}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn values_give_back_themes_objectives_and_actions() {
    let mut faults = Vec::new();
    for (name, plan) in plans() {
        let back = imported(&whole::csv(&plan).unwrap(), Format::Delimited);
        faults.extend(
            difference(&themes(&plan), &themes(&back))
                .map(|difference| format!("{name}: {difference}")),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// How many plans are tried: as many as `PROPTEST_CASES` says.
fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(100), failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn markdown_of_any_plan_gives_all_of_it_back(plan in anyplan::whole_plan()) {
        let file = whole::markdown(&plan);
        let back = imported(file.as_bytes(), Format::Markdown);
        prop_assert_eq!(difference(&all_of(&plan), &all_of(&back)), None, "{}", file);
    }

    #[test]
    fn values_of_any_plan_give_back_what_they_hold(plan in anyplan::whole_plan()) {
        let file = whole::csv(&plan).unwrap();
        let back = imported(&file, Format::Delimited);
        let held = |plan: &Plan| Plan { scheme: plan.scheme.clone(), ..themes(plan) };
        prop_assert_eq!(difference(&held(&plan), &held(&back)), None, "{}", String::from_utf8_lossy(&file));
    }

    #[test]
    fn any_plan_is_carried(plan in anyplan::whole_plan()) {
        let carries = Some(Embedding { plan: &whole::whole(&plan), as_of: None, return_of: None, language: planwright::Language::English });
        let page = write::html(&whole::report(&plan, &whole::review(&plan, None), &ReportOptions::default()), &HtmlOptions { carries, ..HtmlOptions::default() });
        let back = embedded::read_page(page.as_bytes(), &Limits::default()).unwrap().unwrap().plan;
        prop_assert_eq!(difference(&plan, &back), None);
    }
}

#[test]
fn a_row_of_an_objective_without_actions_is_not_the_rest_of_the_row_above() {
    let file = "Ref,Theme no,Theme,Objective ref,Objective,Answers recommendation,How?,Owner\r\n\
                1.1,1,,1,,R1,,\r\n1.2,1,,1,,R1,,\r\n,1,,2,,e,,\r\n2.1,1,,2,,e,,\r\n";
    let plan = imported(file.as_bytes(), Format::Delimited);
    let references: Vec<_> = plan
        .actions()
        .map(|(_, objective, action)| (&*objective.reference, &*action.reference))
        .collect();
    assert_eq!(references, [("1", "1.1"), ("1", "1.2"), ("2", "2.1")]);
}

/// Words that stand beside actions in tables which people keep: forms, totals, notes, sign-offs.
const WORDS_OF_FORMS: [&str; 12] = [
    "[update]",
    "(insert the owner)",
    "Total",
    "Example",
    "e.g. write what is to be done",
    "Note: see the minutes",
    "Signed:",
    "Ref",
    "Objective",
    "Priority 2: Safety",
    "Key",
    "Last updated 3 March 2012",
];

#[test]
fn rows_of_our_own_values_are_actions_whatever_their_words() {
    let action = |title: &str, i: usize, words: &str| Action {
        reference: format!("{title} {words} {i}"),
        action: if i.is_multiple_of(2) { words.into() } else { Text::default() },
        updates: vec![Update { text: words.into(), ..Update::default() }],
        ..Action::default()
    };
    for introduction in ["", "Children are safe."] {
        let theme = |title: &str, words: &[&str]| Theme {
            title: title.to_owned(),
            introduction: introduction.into(),
            objectives: (1..)
                .zip(words)
                .map(|(i, words)| Objective {
                    reference: format!("{title} {i}"),
                    actions: vec![action(title, i, words)],
                    ..Objective::default()
                })
                .collect(),
            ..Theme::default()
        };
        let mut all = vec![theme("A", &WORDS_OF_FORMS), theme("B", &[])];
        all.extend(WORDS_OF_FORMS.map(|words| theme(words, &[words])));
        all.extend(WORDS_OF_FORMS.map(|words| theme(words, &[])));
        let plan = Plan { themes: all, ..Plan::default() };
        let plan = json::read(whole::json(&plan).unwrap().as_bytes()).unwrap();
        let file = whole::csv(&plan).unwrap();
        let back = imported(&file, Format::Delimited);
        let shown = String::from_utf8_lossy(&file);
        assert_eq!(difference(&themes(&plan), &themes(&back)), None, "{shown}");
        let file = whole::markdown(&plan);
        let back = imported(file.as_bytes(), Format::Markdown);
        assert_eq!(difference(&all_of(&plan), &all_of(&back)), None, "{file}");
    }
}

#[test]
fn a_row_that_someone_added_changes_none_of_our_own() {
    let file = "Ref,Objective ref,Objective,Action,Owner,Target date,Updates\r\n\
                1.1,1,Safe,,,,[update]\r\n1.2,1,Safe,Total,,,\r\nTotal,,,2,,,\r\n";
    let plan = imported(file.as_bytes(), Format::Delimited);
    let references: Vec<_> = plan.actions().map(|(_, _, action)| &*action.reference).collect();
    assert_eq!(references, ["1.1", "1.2"]);
}

#[test]
fn a_long_key_to_statuses_does_not_hide_whose_table_it_is() {
    let mut plan = Plan::default();
    plan.scheme.states[0].definition = vec!["A line."; 60].join("\n");
    let action = Action {
        reference: "1.1".to_owned(),
        action: Text::from_commonmark("**Do** it"),
        ..Action::default()
    };
    plan.themes = vec![Theme {
        objectives: vec![Objective {
            reference: "1".to_owned(),
            actions: vec![action],
            ..Objective::default()
        }],
        ..Theme::default()
    }];
    let back = imported(&whole::csv(&plan).unwrap(), Format::Delimited);
    assert_eq!(difference(&themes(&plan), &themes(&back)), None);
}

#[test]
fn cells_and_comments_without_words_are_none() {
    let file = r#"{"planwright":1,"themes":[{"objectives":[{"reference":"1","actions":[{"reference":"1.1",
        "action":"Do it","extra":{"Cost":"","Ward":"East"},"notes":[{"text":""},{"text":"Why?"}]}]}]}]}"#;
    let plan = json::read(file.as_bytes()).unwrap();
    let (_, _, action) = plan.actions().next().unwrap();
    assert_eq!((action.extra.0.len(), action.notes.len()), (1, 1));
    let back = imported(&whole::csv(&plan).unwrap(), Format::Delimited);
    assert_eq!(difference(&themes(&plan), &themes(&back)), None);
}

/// A plan file with one action.
fn with_action(action: &str, around: &str) -> Plan {
    let file = format!(
        r#"{{"planwright":1,{around}"themes":[{{"objectives":[{{"reference":"1","actions":[{{"reference":"1.1",{action}}}]}}]}}]}}"#
    );
    json::read(file.as_bytes()).unwrap()
}

/// Asserts that markdown gives back all of a plan, and comma-separated values what they hold; gives
/// the markdown.
fn assert_held(plan: &Plan) -> String {
    let file = whole::markdown(plan);
    let back = imported(file.as_bytes(), Format::Markdown);
    assert_eq!(difference(&all_of(plan), &all_of(&back)), None, "{file}");
    let values = whole::csv(plan).unwrap();
    let back = imported(&values, Format::Delimited);
    let shown = String::from_utf8_lossy(&values);
    assert_eq!(difference(&themes(plan), &themes(&back)), None, "{shown}");
    file
}

#[test]
fn updates_in_columns_of_months_keep_their_order() {
    let source = "# Plan\n\n| Ref | Action | Owner | Target date | Progress October 2025 | Progress July 2025 |\n\
                  |---|---|---|---|---|---|\n\
                  | 1.1 | Train | Jo Lee | Sept 2026 | | Begun |\n\
                  | 1.2 | Audit | Jo Lee | Sept 2026 | Half way | Begun |\n";
    let plan = imported(source.as_bytes(), Format::Markdown);
    let labels: Vec<Vec<&str>> = plan
        .actions()
        .map(|(_, _, action)| action.updates.iter().map(|update| &*update.label).collect())
        .collect();
    let july = "Progress July 2025";
    assert_eq!(labels, [vec![july], vec!["Progress October 2025", july]]);
    assert!(assert_held(&plan).contains("| Progress October 2025 | Progress July 2025 |"));
    // actions that order them otherwise
    let mut plan = plan;
    plan.themes[0].objectives[0].actions[0].updates =
        plan.themes[0].objectives[0].actions[1].updates.iter().rev().cloned().collect();
    assert_held(&plan);
}

#[test]
fn references_that_were_assigned_are_known_as_that() {
    let plan = imported(
        b"# Plan\n\n| Action | Owner |\n|---|---|\n| Train | Jo Lee |\n",
        Format::Markdown,
    );
    assert!(plan.assigned_references);
    let file = assert_held(&plan);
    assert!(file.contains("| Ref (assigned) | Objective ref |"), "{file}");
    let back = imported(file.as_bytes(), Format::Markdown);
    assert!(back.columns.iter().all(|column| column.field != planwright::plan::Field::Reference));
}

#[test]
fn links_to_a_place_on_the_page_come_back_by_markdown() {
    let action = r#""action":"See [below](<#next-steps>)""#;
    let around = r#""introduction":"Go to [the *actions*](<#actions>), [nowhere](<#>)","#;
    let plan = with_action(action, around);
    let file = whole::markdown(&plan);
    assert!(file.contains("[the *actions*](<#actions>)"), "{file}");
    let back = imported(file.as_bytes(), Format::Markdown);
    let text = |plan: &Plan| {
        let (_, _, action) = plan.actions().next().unwrap();
        [plan.introduction.to_commonmark(), action.action.to_commonmark()]
    };
    let expected = ["Go to [the *actions*](<#actions>), nowhere", "See [below](<#next-steps>)"];
    assert_eq!(text(&back), expected);
}

#[test]
fn owners_that_would_be_read_otherwise_stand_in_quotation_marks() {
    let file = assert_held(&with_action(
        r#""owners":["A, B","C;D","Jo \"JL\" Lee"],"owner_text":"A, B and C;D, JL""#,
        "",
    ));
    let cell = r#""A, B"; "C;D"; "Jo ""JL"" Lee" (as typed: A, B and C;D, JL)"#;
    assert!(file.contains(cell), "{file}");
    let file = assert_held(&with_action(r#""owners":["Jo Lee"],"owner_text":"Jo Lee""#, ""));
    assert!(file.contains("| Jo Lee |"), "{file}");
    assert_held(&with_action(r#""owner_text":"Jo Lee and Sam Roy""#, ""));
    assert_held(&with_action(r#""owners":["\"A\""],"owner_text":"\"A\"; \"B\"""#, ""));
}

#[test]
fn a_column_without_a_header_comes_back() {
    assert_held(&with_action(r#""extra":{"Ward":"East","Owner":"other","":"by hand"}"#, ""));
}
