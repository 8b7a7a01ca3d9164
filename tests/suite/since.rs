//! What changed since an earlier version, and what of it a board is shown.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use crate::fixture;
use crate::whole;

use std::path::Path;
use std::process::Command;

use planwright::changes::{Change, ChangedPart};
use planwright::plan::{Action, Basis, Objective, ReviewEntry, Status, Theme, Update};
use planwright::report::{ChangesOptions, PackOptions, PreviousVersion};
use planwright::returns::{MergeOptions, ReturnedPlan, without_period};
use planwright::{AgendaOptions, Date, EarlierPlan, LookBack, Plan, Target, Text, became_overdue};

fn action(reference: &str, words: &str, target: &str, status: Status) -> Action {
    Action {
        reference: reference.to_owned(),
        action: Text::from_plain(words),
        owners: vec!["Lin".to_owned()],
        owner_text: "Lin".to_owned(),
        target: Some(Target::read(target)),
        status,
        ..Action::default()
    }
}

fn stated(state: &str, because: &str) -> Status {
    Status { state: Some(state.to_owned()), basis: Basis::Stated, because: because.to_owned() }
}

fn plan(actions: Vec<Action>) -> Plan {
    let objective = Objective { reference: "1".to_owned(), actions, ..Objective::default() };
    Plan {
        title: "Care plan".to_owned(),
        themes: vec![Theme { objectives: vec![objective], ..Theme::default() }],
        ..Plan::default()
    }
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// An earlier and a later version: what people changed, and what they did not.
fn versions() -> (Plan, Plan) {
    let then = plan(vec![
        action("1.1", "Amend the visiting form", "Mar 2012", stated("on-track", "Green")),
        action("1.2", "Audit all case records", "Mar 2012", stated("on-track", "Green")),
        action("1.3", "Train the team managers", "Mar 2012", stated("on-track", "Green")),
        action("1.4", "Recruit twelve social workers", "Sept 2012", Status::default()),
    ]);
    let mut now = then.clone();
    let actions = &mut now.themes[0].objectives[0].actions;
    actions[0].status = stated("on-track", "return of Lin, March 2012");
    actions[1].review = ReviewEntry {
        reviewer: "Lin".to_owned(),
        reviewed_on: "20/03/2012".to_owned(),
        ..ReviewEntry::default()
    };
    actions[3].status = stated("complete", "Blue");
    actions[3]
        .updates
        .push(Update { text: Text::from_plain("All twelve have begun."), ..Update::default() });
    (then, now)
}

fn words_of_pack(then: &Plan, now: &Plan, days: [Option<Date>; 2]) -> String {
    let (review_then, review_now) = (whole::review(then, days[0]), whole::review(now, days[1]));
    let found = whole::changes(then, now);
    let earlier_plan = whole::whole(then);
    let earlier =
        Some(EarlierPlan { plan: &earlier_plan, review: &review_then, matched: &found.earlier });
    let asked =
        whole::agenda(now, &review_now, &AgendaOptions { earlier, ..AgendaOptions::default() });
    let compared =
        Some(PreviousVersion { plan: &earlier_plan, as_of: review_then.as_of, changes: &found });
    let report = whole::pack(
        now,
        &review_now,
        &asked,
        &PackOptions { earlier: compared, ..PackOptions::default() },
    );
    let page = scraper::Html::parse_document(&planwright::write::html(
        &report,
        &planwright::write::HtmlOptions::default(),
    ));
    let body = scraper::Selector::parse("body").unwrap();
    let words = page.select(&body).flat_map(|body| body.text()).collect::<Vec<_>>().join(" ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_board_sees_what_people_changed_and_the_calendar_in_one_line() {
    let (then, now) = versions();
    let found = whole::changes(&then, &now);
    // nothing is silent: the data has it
    let source = Change::Altered {
        part: ChangedPart::StatusReason,
        heading: String::new(),
        before: "Green".to_owned(),
        after: "return of Lin, March 2012".to_owned(),
    };
    assert_eq!(found.actions[0].changes, [source]);
    assert_eq!(found.actions.len(), 3);
    let shown: Vec<String> =
        found.for_board().actions.iter().map(|it| it.reference.clone()).collect();
    assert_eq!(
        shown,
        ["1.4"],
        "neither another source of the same status nor who reviewed and when"
    );

    let words = words_of_pack(&then, &now, [day("2011-11-30"), day("2012-05-31")]);
    let (_, section) = words.split_once("What people changed since 30 November 2011.").unwrap();
    let (section, _) = section.split_once("Actions completed since 30 November 2011").unwrap();
    assert!(
        section.contains("1.4 Recruit twelve social workers")
            && section.contains("All twelve have begun."),
        "{section}"
    );
    assert!(
        section.contains("Against the calendar 3 more actions became overdue 1.1, 1.2, 1.3"),
        "{section}"
    );
    assert!(
        !section.contains("20/03/2012")
            && !section.contains("Reviewer")
            && !section.contains("return of"),
        "{section}"
    );
}

#[test]
fn a_change_of_the_calendar_alone_is_no_change_of_the_plan() {
    let (mut then, _) = versions();
    then.cycle.reviewed = "2011-11".parse().ok();
    let mut now = then.clone();
    now.cycle.reviewed = "2012-05".parse().ok();
    let (review_then, review_now) = (whole::review(&then, None), whole::review(&now, None));
    let found = whole::changes(&then, &now);
    let version = |plan, review, matched| planwright::PlanVersion { plan, review, matched };
    let [plan_then, plan_now] = [&then, &now].map(whole::whole);
    let overdue = became_overdue(
        &version(&plan_then, &review_then, &[]),
        &version(&plan_now, &review_now, &found.earlier),
    );
    assert_eq!(overdue, [0, 1, 2]);
    let options = ChangesOptions { became_overdue: overdue, ..ChangesOptions::default() };
    let text = planwright::write::changes(&whole::changes_report(&then, &now, &found, &options));
    assert!(
        text.contains("3 more actions became overdue") && text.contains("1.1, 1.2, 1.3"),
        "{text}"
    );
    let counted: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("Status ") || line.starts_with("Unchanged"))
        .collect();
    assert!(matches!(counted.as_slice(), [unchanged] if unchanged.ends_with(" 4")), "{text}");
    // the same status from another source is listed, and counted as unchanged
    let (then, now) = versions();
    let text = planwright::write::changes(&whole::changes_report(
        &then,
        &now,
        &whole::changes(&then, &now),
        &ChangesOptions::default(),
    ));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("Same status, from another source 1.1") && words.contains("Unchanged 2"),
        "{text}"
    );
}

#[test]
fn two_versions_are_enough_to_say_what_was_done_without_a_date() {
    let (then, now) = versions();
    let (review_then, review_now) =
        (whole::review(&then, None), whole::review(&now, day("2012-05-31")));
    let found = whole::changes(&then, &now);
    let earlier = Some(EarlierPlan {
        plan: &whole::whole(&then),
        review: &review_then,
        matched: &found.earlier,
    });
    let asked =
        whole::agenda(&now, &review_now, &AgendaOptions { earlier, ..AgendaOptions::default() });
    assert_eq!(
        (asked.since, asked.completed.as_slice(), asked.no_update.as_slice()),
        (LookBack::Earlier(None), &[3][..], &[0, 1, 2][..])
    );
    let words = words_of_pack(&then, &now, [None, day("2012-05-31")]);
    for sentence in [
        "1 of 4 actions (25%) is complete, 1 more than in the earlier version.",
        "3 actions are overdue: 1.1, 1.2, 1.3. None of them has had an update since the earlier version.",
        "Actions completed since the earlier version",
    ] {
        assert!(words.contains(sentence), "{sentence}\n{words}");
    }
    assert!(!words.contains("is not known"), "{words}");
}

#[test]
fn progress_carries_the_date_typed_else_the_review_else_the_review_is_asked_for() {
    let returned = fixture::named("returned").returned();
    let march = MergeOptions { period: "2012-03".parse().ok(), ..MergeOptions::default() };
    let names = |returned: &[(String, planwright::embedded::ReturnedWorkbook)],
                 options: &MergeOptions| {
        let returned: Vec<ReturnedPlan<'_>> =
            returned.iter().map(|(name, filled)| ReturnedPlan { name, filled }).collect();
        without_period(&returned, options).map(str::to_owned)
    };
    assert_eq!(names(&returned, &MergeOptions::default()), None);
    let mut undated = returned;
    undated.retain(|(name, _)| name == "lin.xlsx");
    let filled = &mut undated[0].1;
    filled.return_of = Some(whole::returns(&filled.plan, None).unwrap().remove(0).of);
    filled.answers.iter_mut().for_each(|answer| answer.entry.reviewed_on.clear());
    assert_eq!(names(&undated, &MergeOptions::default()).as_deref(), Some("lin.xlsx"));
    assert_eq!(names(&undated, &march), None);
    undated[0]
        .1
        .answers
        .iter_mut()
        .for_each(|answer| answer.entry.reviewed_on = "27/02/2012".to_owned());
    assert_eq!(names(&undated, &MergeOptions::default()), None, "a date was typed beside each");
    let plan = fixture::named("returned").import().plan;
    let merged = fixture::merge_all(plan, &undated, MergeOptions::default()).plan;
    let (_, _, first) = merged.actions().next().unwrap();
    let update = &first.updates[0];
    assert_eq!(
        (update.period, update.label.as_str()),
        ("2012-02-27".parse().ok(), "27 February 2012 update:")
    );
    // merged once more, nothing changes
    let again = fixture::merge_all(merged.clone(), &undated, MergeOptions::default()).plan;
    assert_eq!(whole::json(&again).unwrap(), whole::json(&merged).unwrap());
}

#[test]
fn several_earlier_versions_are_given_oldest_first() {
    let folder = tempfile::tempdir().unwrap();
    let (then, now) = versions();
    let file = |name: &str| folder.path().join(name);
    for (name, plan, reviewed) in
        [("a.json", &then, "2011-08"), ("b.json", &then, "2011-11"), ("c.json", &now, "2012-05")]
    {
        let mut plan = plan.clone();
        plan.cycle.reviewed = reviewed.parse().ok();
        std::fs::write(file(name), whole::json(&plan).unwrap()).unwrap();
    }
    let run = |arguments: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_planwright"))
            .args(["pack", "c.json", "--previous", "a.json", "--previous", "b.json", "-o", "pack"])
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    let (code, told) = run(&[]);
    assert_eq!(code, Some(0), "{told}");
    let page = std::fs::read_to_string(Path::new(&file("pack")).join("review-pack.html")).unwrap();
    for words in ["31 August 2011", "30 November 2011", "31 May 2012", "id=\"pack-trend\""] {
        assert!(page.contains(words), "{words}");
    }
    let (code, told) = run(&["--previous-as-of", "2011-11-30"]);
    assert!(
        code == Some(2) && told.contains("--previous-as-of gives 1 date for 2 earlier versions"),
        "{told}"
    );
}
