//! The examples are whole programs, so they are run as programs.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot run an example has failed

use std::process::Command;

use planwright::json;

fn run(example: &str, arguments: &[&str]) -> String {
    let out = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--example", example, "--"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(out.status.success(), "{example}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn overdue_actions_are_listed_owner_by_owner() {
    let said = run("overdue_by_owner", &[]);
    assert_eq!(
        said,
        "Lin Ferguson\n  7.2 Subsequent to above, amend form. (target date Oct '11)\n\
         Sharon North\n  8.1 CFMT sign off and relaunch Children Missing Policy. (target date Sept '11)\n"
    );
}

#[test]
fn the_day_decides_what_is_overdue() {
    let said = run("overdue_by_owner", &["fixtures/hampshire-2011/plan.md", "2013-06-01"]);
    // of 34 actions, 13 are complete, and every target date has passed by then
    let actions: std::collections::BTreeSet<&str> =
        said.lines().filter(|l| l.starts_with("  ")).collect();
    assert_eq!(actions.len(), 34 - 13);
}

#[test]
fn every_output_of_a_plan_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let said =
        run("convert", &["fixtures/hampshire-2011/plan.md", folder.path().to_str().unwrap()]);
    assert!(said.starts_with("34 actions in 6 themes"), "{said}");
    let file = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert!(file("plan.pdf").starts_with(b"%PDF-"));
    assert!(file("plan.xlsx").starts_with(b"PK"));
    assert!(file("plan.html").starts_with(b"<!DOCTYPE html>"));
    assert_eq!(json::read(&file("plan.json")).unwrap().actions().count(), 34);
}

#[test]
fn a_plan_built_in_code_is_a_page() {
    let page = run("build_a_plan", &[]);
    for words in [
        "Borchester County Council",
        "Children are seen alone",
        "Overdue",
        "On track",
        "new starters first",
    ] {
        assert!(page.contains(words), "{words}");
    }
}
