//! Plans that nobody here wrote: what each must give. `PLANWRIGHT_CORPUS` names the folder; without
//! it nothing is read. How long the program takes with them, and how much memory, is asked in
//! `.ci/run`.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr)] // a test that cannot read its files has failed

use crate::words;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use planwright::{Code, Format, ImportOptions, Imported, import, read};

/// What a plan must give, counted by hand: themes with a title, objectives with words, actions; and
/// codes that must be told.
struct Expected {
    file: &'static str,
    themes: usize,
    objectives: usize,
    actions: usize,
    told: &'static [Code],
}

const fn plan(
    file: &'static str,
    themes: usize,
    objectives: usize,
    actions: usize,
    told: &'static [Code],
) -> Expected {
    Expected { file, themes, objectives, actions, told }
}

const PLANS: &[Expected] = &[
    // 3 sections of 20 actions, each a heading over a table of milestones; struck dates give way
    plan("04b-us-fds-2020-action-plan-may2020-version.md", 3, 20, 66, &[]),
    plan("05-us-fds-2021-agency-actions.md", 1, 6, 10, &[]),
    plan("06-us-fds-2021-community-shared-actions.md", 1, 5, 11, &[]),
    // risks in 7 categories, each with what mitigates it; no owner anywhere
    plan(
        "11-uwa-risk-register.xlsx",
        7,
        23,
        23,
        &[Code::NoOwner, Code::RowLeftOut, Code::TableLeftOut],
    ),
    plan(
        "11b-uwa-risk-register-pandas-dump.md",
        7,
        23,
        23,
        &[Code::NoOwner, Code::BlankRead, Code::RowLeftOut],
    ),
    // one example, under two rows of guidance and over 4,014 rows of formulas
    plan("12-fedramp-poam-template-rev5.xlsx", 0, 1, 1, &[Code::RowLeftOut]),
    plan("13-fedramp-poam-template-rev4.xlsm", 0, 1, 1, &[Code::RowLeftOut]),
    // 6 phases, 32 tasks; 199 hidden rows without a word
    plan("14-fedramp-wbs-hidden-rows.xlsx", 0, 6, 32, &[Code::HiddenBlank, Code::ObjectiveRead]),
    // two sheets of five: 7 phases of 35 tasks, 8 phases of 30
    plan("15-fedramp-wbs-multisheet.xlsx", 2, 15, 65, &[Code::TableLeftOut, Code::CommentKept]),
    plan("17b-fac-corrective-action-plan-current-template.xlsx", 0, 0, 1, &[]),
    plan("23-poi-48962-vendor-tasklist.xlsx", 0, 0, 11, &[Code::RowLeftOut, Code::ColumnGuessed]),
    plan("24-crafton-hills-goal-priority-report.xlsx", 1, 3, 3, &[]),
    plan("26-fedramp-risk-exposure-table.xlsx", 0, 0, 0, &[Code::EmptyPlan]),
    plan("27-fac-not-a-cap-workbook.xlsx", 0, 0, 0, &[Code::NoPlanTable]),
    plan("31-uk-ogp-nap-milestones.transcribed.csv", 0, 1, 6, &[]),
];

fn plans() -> Option<PathBuf> {
    let corpus = std::env::var_os("PLANWRIGHT_CORPUS");
    if corpus.is_none() {
        eprintln!("PLANWRIGHT_CORPUS is not set: the corpus is not read");
    }
    corpus.map(|folder| Path::new(&folder).join("plans"))
}

fn imported(file: &Path) -> Imported {
    let format = Format::from_extension(file.extension().unwrap().to_str().unwrap()).unwrap();
    import(read(&fs::read(file).unwrap(), format).unwrap(), &ImportOptions::default())
}

#[test]
fn every_plan_of_the_corpus_gives_what_it_holds() {
    let Some(folder) = plans() else { return };
    let mut faults = Vec::new();
    for Expected { file, themes, objectives, actions, told } in PLANS {
        let Imported { plan, diagnostics, .. } = imported(&folder.join(file));
        let found = (
            plan.themes.iter().filter(|t| !t.title.is_empty()).count(),
            plan.themes.iter().flat_map(|t| &t.objectives).filter(|o| !o.text.is_empty()).count(),
            plan.actions().count(),
        );
        if found != (*themes, *objectives, *actions) {
            faults
                .push(format!("{file}: found {found:?}, not {:?}", (themes, objectives, actions)));
        }
        let codes: BTreeSet<Code> = diagnostics.iter().map(|d| d.code).collect();
        faults.extend(
            told.iter().filter(|c| !codes.contains(c)).map(|c| format!("{file}: {c} is not told")),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_word_of_the_corpus_is_lost() {
    let Some(folder) = plans() else { return };
    for Expected { file, .. } in PLANS {
        let file = folder.join(file);
        let source = words::of_source(
            &fs::read(&file).unwrap(),
            file.extension().unwrap().to_str().unwrap(),
        );
        assert_eq!(
            words::lost(source, &imported(&file)),
            Vec::<String>::new(),
            "{}",
            file.display()
        );
    }
}

#[test]
fn every_plan_of_the_corpus_has_an_expectation() {
    let Some(folder) = plans() else { return };
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected: BTreeSet<String> = PLANS.iter().map(|p| p.file.to_owned()).collect();
    assert_eq!(files, expected);
}

#[test]
fn dated_columns_give_each_milestone_its_statuses() {
    let Some(folder) = plans() else { return };
    let Imported { plan, .. } = imported(&folder.join("31-uk-ogp-nap-milestones.transcribed.csv"));
    for (_, _, action) in plan.actions() {
        let dates: Vec<String> =
            action.updates.iter().map(|u| u.period.unwrap().to_string()).collect();
        assert_eq!(
            dates,
            ["2014-04-30", "2014-09-30", "2015-01-31", "2015-06-30", "2015-12-31"],
            "{}",
            action.reference
        );
        assert!(action.updates.iter().all(|u| u.status.is_some()), "{}", action.reference);
    }
    let (_, _, last) = plan.actions().last().unwrap();
    assert_eq!((last.reference.as_str(), last.status.state.as_deref()), ("1.06", Some("at-risk")));
}

#[test]
fn a_struck_date_gives_way_to_the_one_beside_it() {
    let Some(folder) = plans() else { return };
    let Imported { plan, .. } =
        imported(&folder.join("04b-us-fds-2020-action-plan-may2020-version.md"));
    let replaced = plan
        .actions()
        .filter_map(|(_, _, a)| a.target.as_ref())
        .filter(|t| t.text.contains("2020") && t.due.is_some())
        .count();
    assert!(replaced > 10, "{replaced}");
}
