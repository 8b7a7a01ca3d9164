//! Every fixture is a folder: a source, the plan that it must give, and what must be told about it.
//!
//! `PLANWRIGHT_BLESS=1 cargo test --test suite import::` writes the expected files anew; read the
//! difference before you commit it.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr)] // a test that cannot read its fixture has failed

use crate::fixture;
use crate::whole;
use crate::words;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use planwright::returns::MergeOptions;
use planwright::{Code, ImportOptions, Imported, PublishOptions, json, publish};

#[test]
fn every_fixture_gives_its_plan_and_diagnostics() {
    let bless = std::env::var_os("PLANWRIGHT_BLESS").is_some();
    let mut differs = String::new();
    for fixture in fixture::all() {
        let imported = fixture.import();
        let plan = (fixture.expected("plan", "json"), whole::json(&imported.plan).unwrap());
        let told = (fixture.expected("diagnostics", "txt"), fixture::shown(&imported.diagnostics));
        for (file, found) in [plan, told] {
            if bless {
                fs::write(&file, &found).unwrap();
            }
            if fs::read_to_string(&file).unwrap_or_default() != found {
                let _ = writeln!(
                    differs,
                    "{}: {} differs; found:\n{found}",
                    fixture.name(),
                    file.display()
                );
            }
        }
    }
    assert!(differs.is_empty(), "{differs}");
}

#[test]
fn every_code_has_a_fixture_that_brings_it_about() {
    let told = |imported: Imported| {
        imported
            .diagnostics
            .into_iter()
            .chain(publish(imported.plan, &PublishOptions::public()).diagnostics().to_vec())
    };
    let returned = |f: &fixture::Fixture| {
        fixture::merge_all(f.import().plan, &f.returned(), MergeOptions::default())
            .diagnostics
            .into_iter()
            .flatten()
    };
    let fixtures = fixture::all();
    let found: BTreeSet<Code> =
        fixtures.iter().flat_map(|f| told(f.import()).chain(returned(f))).map(|d| d.code).collect();
    // cases of tests/cli/bad-input.md, tests/inside and tests/suite/cli.rs
    let told_by_writing = [
        Code::CharacterNotInFont,
        Code::TableAsCards,
        Code::CellGoesOn,
        Code::RowTooHigh,
        Code::LinksLeftOut,
        Code::NotInCalendar,
        // of a plan built in code, in src/plan/validate.rs
        Code::InvalidPlan,
        Code::NotInCsv,
        Code::ChecklistNotMet,
        // with --prefer, in tests/merges.rs
        Code::ReturnOverruled,
        // of --previous, in tests/suite/since.rs
        Code::PreviousOrder,
        Code::PreviousOtherPlan,
        // of settings, which the program reads
        Code::ColumnSetting,
        // of what a publisher should check, in tests/cli/public.md
        Code::PublicName,
        Code::PublicEmail,
        Code::PublicPhone,
        Code::PublicNhsNumber,
        Code::PublicCaseNumber,
        Code::PublicPostcode,
        Code::PublicBirthDate,
        Code::PublicSmallNumber,
        // of what the publisher chooses, in publisher.rs
        Code::PublishMarkUnclear,
        Code::NamePartLeft,
        Code::SignatoriesPublished,
        Code::PublishSettingUnmatched,
        // of options and settings, in tests/cli/arguments.md and settings.md
        Code::OptionUnused,
        Code::SheetSetting,
        // in tests/suite/merges.rs
        Code::ReturnOfAnotherPlan,
        Code::ReturnDateUnread,
    ];
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|c| !found.contains(c) && !told_by_writing.contains(c))
        .map(|c| c.name())
        .collect();
    assert!(missing.is_empty(), "no fixture brings about {missing:?}");
    assert!(
        Code::ALL
            .iter()
            .all(|c| c.explanation().len() > 60 && Code::from_name(c.name()) == Some(*c))
    );
}

#[test]
fn the_plan_file_reads_back_and_fits_its_schema() {
    let schema = serde_json::from_str(&json::schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for fixture in fixture::all() {
        let file = fs::read_to_string(fixture.expected("plan", "json")).unwrap();
        let value = serde_json::from_str(&file).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", fixture.name());
        assert_eq!(
            whole::json(&json::read(file.as_bytes()).unwrap()).unwrap(),
            file,
            "{}",
            fixture.name()
        );
    }
}

/// What the seed must give, counted here and not by the program.
#[test]
fn the_seed_is_a_plan_of_34_actions() {
    let seed = fixture::named("hampshire-2011");
    let Imported { plan, diagnostics, .. } = seed.import();
    let objectives: Vec<_> = plan.themes.iter().flat_map(|t| &t.objectives).collect();
    assert_eq!(
        (plan.themes.len(), objectives.len(), plan.actions().count(), plan.recommendations.len()),
        (6, 11, 34, 11)
    );
    assert!(objectives.iter().all(|o| o.recommendation.is_some()));
    let states = |state: &str| {
        plan.actions().filter(|(_, _, a)| a.status.state.as_deref() == Some(state)).count()
    };
    assert_eq!(states("complete"), 13);
    let says_on_track = |a: &planwright::Action| {
        let last = a.updates.last().map(|u| u.text.plain().to_lowercase()).unwrap_or_default();
        last.contains("on track") && a.status.state.as_deref() != Some("complete")
    };
    let on_track = plan.actions().filter(|(_, _, a)| says_on_track(a)).count();
    assert!(on_track > 0 && on_track == states("on-track"), "{on_track} updates say “on track”");
    let looked_at = whole::review(&plan, None);
    let of = &looked_at.counts.positions;
    assert_eq!(
        (
            looked_at.as_of.map(|day| day.to_string()).as_deref(),
            of.completed,
            of.overdue,
            of.not_due(),
            of.no_date
        ),
        (Some("2011-11-30"), 13, 2, 19, 0)
    );
    let cut =
        objectives.iter().find(|o| o.text.plain().starts_with("Review the workloads")).unwrap();
    assert!(cut.text.plain().contains(
        "young people and their parents/carers in initial and review conference processes."
    ));
    assert_eq!(cut.actions.len(), 2);
    let (_, _, joined) =
        plan.actions().find(|(_, _, a)| a.owners == ["Sue Roch", "Karina Large"]).unwrap();
    assert_eq!(joined.target.as_ref().unwrap().text, "Mar '12");
    assert!(
        joined
            .action
            .plain()
            .starts_with("Information on participation opportunities and how to complain are provided in several alternative ways")
    );
    let wording = diagnostics.iter().filter(|d| d.code == Code::RecommendationWording).count();
    assert_eq!(wording, 3, "CRT, CAMHS and a stray P");
    let unstitched = seed.import_with(&ImportOptions { stitch: false, ..ImportOptions::default() });
    assert!(
        unstitched
            .diagnostics
            .iter()
            .all(|d| !matches!(d.code, Code::PiecesJoined | Code::RowJoined | Code::CellJoined))
    );
    assert_eq!(unstitched.plan.actions().count(), 35);
}

#[test]
fn no_word_of_a_fixture_is_lost() {
    for fixture in fixture::all() {
        let source = || words::of_source(&fixture.bytes(), &fixture.extension());
        assert_eq!(
            words::lost(source(), &fixture.import()),
            Vec::<String>::new(),
            "{}",
            fixture.name()
        );
        let apart = fixture.import_with(&ImportOptions { stitch: false, ..fixture.options() });
        assert_eq!(
            words::lost(source(), &apart),
            Vec::<String>::new(),
            "{} without joining",
            fixture.name()
        );
    }
}

#[test]
fn the_search_for_lost_words_finds_them() {
    let seed = fixture::named("hampshire-2011");
    let mut imported = seed.import();
    let measures = &mut imported.plan.themes[5].objectives[0].actions[0].updates[0].text;
    *measures = planwright::Text::from_plain(&measures.plain().replace("pages under", ""));
    assert_eq!(words::lost(words::of_source(&seed.bytes(), "md"), &imported), ["pages", "under"]);
}

#[test]
fn every_imported_plan_holds_together() {
    for fixture in fixture::all() {
        assert_eq!(fixture.import().plan.validate(), [], "{}", fixture.name());
    }
}
