//! What a pack may say: only what the plan and its versions show for the day on which it is made.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use std::fmt::Write as _;
use std::process::Command;

use calamine::{Reader, Xlsx};
use planwright::changes::{Changes, changes};
use planwright::plan::Category;
use planwright::report::{PackOptions, PackSection, PreviousVersion, pack};
use planwright::write::{HtmlOptions, PublishedOptions, XlsxOptions};
use planwright::{
    AgendaOptions, Date, EarlierPlan, Format, ImportOptions, Language, Plan, PlanVersion,
    PublishOptions, Published, ReportOptions, agenda, import, json, publish, review, trend,
};
use scraper::{Html, Selector};

use crate::whole;

/// A plan with a cover that gives these months, and these rows under a header.
fn plan(cover: [&str; 3], header: &str, rows: &[&str]) -> Plan {
    let mut text = String::from(
        "# Care plan\n\nBlank Council\n\n| Completion date | Reviewed | Date of next review |\n|---|---|---|\n",
    );
    let _ = writeln!(
        text,
        "| {} |\n\n| {header} |\n|{}|",
        cover.join(" | "),
        header.split('|').map(|_| "---").collect::<Vec<_>>().join("|")
    );
    for row in rows {
        let _ = writeln!(text, "| {row} |");
    }
    let source = planwright::read(text.as_bytes(), Format::Markdown).unwrap();
    import(source, &ImportOptions::default()).plan
}

/// The words of the sections of a pack, one after the other, made of versions of a plan, the oldest
/// first.
fn words(
    versions: &[&Plan],
    day: Option<Date>,
    language: Language,
) -> impl Fn(&str) -> String + use<> {
    let versions: Vec<Published> = versions.iter().map(|plan| whole::whole(plan)).collect();
    let reviews: Vec<_> = versions
        .iter()
        .enumerate()
        .map(|(at, plan)| review(plan, day.filter(|_| at + 1 == versions.len())))
        .collect();
    let found: Vec<Changes> = versions.windows(2).map(|pair| changes(&pair[0], &pair[1])).collect();
    let matched =
        std::iter::once(&[][..]).chain(found.iter().map(|found| found.earlier.as_slice()));
    let all: Vec<PlanVersion<'_>> = versions
        .iter()
        .zip(&reviews)
        .zip(matched)
        .map(|((plan, review), matched)| PlanVersion { plan, review, matched })
        .collect();
    let now = all.last().unwrap();
    let last = found.last().map(|found| (all[all.len() - 2], found));
    let earlier = last.map(|(then, found)| EarlierPlan {
        plan: then.plan,
        review: then.review,
        matched: &found.earlier,
    });
    let asked =
        agenda(now.plan, now.review, &AgendaOptions { earlier, versions: &all, inspected: None });
    let options = PackOptions {
        report: ReportOptions { language, ..ReportOptions::default() },
        earlier: last.map(|(then, found)| PreviousVersion {
            plan: then.plan,
            as_of: then.review.as_of,
            changes: found,
        }),
        trend: trend(&all),
        sections: PackSection::ALL.to_vec(),
        ..PackOptions::default()
    };
    let report = pack(now.plan, now.review, &asked, &options);
    let page = Html::parse_document(&planwright::write::html(&report, &HtmlOptions::default()));
    move |section: &str| {
        let of = |css: &str| Selector::parse(css).unwrap();
        let line = of("caption, tbody tr, p, li");
        let lines = page
            .select(&of(&format!("#pack-{section}")))
            .flat_map(|section| section.select(&line).collect::<Vec<_>>())
            .collect::<Vec<_>>();
        let cells = |line: scraper::ElementRef<'_>| {
            let cells: Vec<String> =
                line.select(&of("th, td")).map(|cell| cell.text().collect::<String>()).collect();
            let all = if cells.is_empty() { line.text().collect() } else { cells.join(" | ") };
            all.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        lines.into_iter().map(cells).collect::<Vec<_>>().join("\n")
    }
}

fn english(versions: &[&Plan]) -> impl Fn(&str) -> String + use<> {
    words(versions, None, Language::English)
}

#[test]
fn dates_of_completion_say_what_was_completed_since() {
    let plan = plan(
        ["January 2026", "June 2026", "September 2026"],
        "Ref | Action | Lead | Target date | Status | Date completed",
        &[
            "1 | Write the recruitment policy | Ann Lee | 30/04/2026 | Complete | 10/05/2026",
            "2 | Buy new laptops for the team | Bob Ray | 30/06/2026 | Complete | 05/12/2025",
            "3 | Move the archive to the office | Ann Lee | 30/06/2026 | Completed 12/05/2026 | ",
            "4 | Draw up a plan for the winter | Ann Lee | 30/06/2026 | Complete | 05/08/2026",
            "5 | Audit fifty files each quarter | Cy Dunn | 28/02/2026 | Complete | ",
        ],
    );
    let expected = "Actions completed since January 2026\n\
        1 | Write the recruitment policy | Ann Lee | Complete | 10/05/2026 | |\n\
        3 | Move the archive to the office | Ann Lee | Complete | 12/05/2026 | |\n\
        Complete actions, date of completion not recorded\n\
        5 | Audit fifty files each quarter | Cy Dunn | Complete | |\n\
        Reported complete, with a date of completion that is still to come\n\
        4 | Draw up a plan for the winter | Ann Lee | Complete | 05/08/2026 | |";
    assert_eq!(english(&[&plan])("completed"), expected);
}

/// The second action of three versions: its target dates.
fn versions(dates: [&str; 3]) -> Vec<Plan> {
    let reviewed = ["March 2026", "June 2026", "September 2026", "December 2026"];
    let version = |at: usize| {
        plan(
            ["", reviewed[at], reviewed[at + 1]],
            "Ref | Action | Lead | Target date | Status | Progress",
            &[
                "1 | Write the recruitment policy | Ann Lee | 31/12/2026 | On track | March 2026: Draft out for comment",
                &format!(
                    "2 | Train every social worker | Bob Ray | {} | Off track | March 2026: Trainer left",
                    dates[at]
                ),
            ],
        )
    };
    (0..3).map(version).collect()
}

#[test]
fn moved_dates_are_followed_through_every_version() {
    let moved = |dates: [&str; 3]| {
        let versions = versions(dates);
        let words = english(&versions.iter().collect::<Vec<_>>())("dates");
        words
            .lines()
            .nth(1)
            .map_or(words.clone(), |row| row.split(" | ").skip(3).collect::<Vec<_>>().join(" | "))
    };
    assert_eq!(
        moved(["31/05/2026", "31/08/2026", "31/10/2026"]),
        "31/05/202631/08/2026 | 31/10/2026 | 2 | 153 | Yes"
    );
    assert_eq!(
        moved(["31/05/2026", "31/08/2026", "31/08/2026"]),
        "31/05/2026 | 31/08/2026 | 1 | 92 | No"
    );
    assert_eq!(
        moved(["31/05/2026", "31/08/2026", "31/05/2026"]),
        "31/05/202631/08/2026 | 31/05/2026 | 2 | 0 | Yes"
    );
    assert_eq!(
        moved(["31/05/2026", "31 May 2026", "May 31, 2026"]),
        "No target dates have changed or been requested."
    );
}

#[test]
fn an_action_that_was_put_off_is_explained_where_it_fell_due() {
    let versions = versions(["31/05/2026", "31/08/2026", "31/10/2026"]);
    let summary = english(&versions.iter().collect::<Vec<_>>())("summary");
    let due = "1 of the 1 actions that fell due since 30 June 2026 is not complete: 2. A new target date has been set for 2.";
    assert!(summary.contains(due), "{summary}");
    let coming = "2 actions are due by the next review, December 2026: 2, 1.";
    assert!(summary.contains(coming), "the month as the plan gives it: {summary}");
}

#[test]
fn what_is_due_on_the_day_is_coming_up_and_fell_due_at_the_next_review() {
    let versions = versions(["31/03/2026", "30/06/2026", "30/06/2026"]);
    let then = english(&[&versions[1]]);
    assert!(
        then("summary").contains("No action is overdue.") && then("ahead").contains("30/06/2026"),
        "{}",
        then("summary")
    );
    let now = english(&[&versions[1], &versions[2]])("summary");
    assert!(
        now.contains("1 of the 1 actions that fell due since 30 June 2026 is not complete: 2."),
        "{now}"
    );
}

#[test]
fn updates_of_after_the_day_are_not_known() {
    let rows = [
        "1 | Write the recruitment policy | Ann Lee | 31/05/2026 | | June 2026 update: Draft out for comment",
        "2 | Train every social worker | Bob Ray | 31/05/2026 | | March 2026 update: Trainer found. June 2026 update: Action completed",
    ];
    let plan = plan(
        ["January 2026", "", ""],
        "Ref | Action | Lead | Target date | Status | Progress",
        &rows,
    );
    let before = words(&[&plan], "2026-05-31".parse().ok(), Language::English);
    assert!(before("summary").contains("No action is overdue."), "{}", before("summary"));
    assert_eq!(
        before("no-update").lines().count(),
        2,
        "the first has had none: {}",
        before("no-update")
    );
    assert!(
        !before("no-update").contains("Draft") && before("no-update").contains("recruitment"),
        "{}",
        before("no-update")
    );
}

#[test]
fn a_placeholder_is_no_update_and_is_not_shown_as_one() {
    let said = ["TBC", "n/a", "As above", "30/06/2026", "Green", "No change"];
    let rows: Vec<String> = said
        .iter()
        .zip(1..)
        .map(|(said, n)| {
            format!("{n} | Write policy number {n} | Ann Lee | 30/04/2026 | At risk | {said}")
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let words = english(&[&plan(
        ["", "June 2026", ""],
        "Ref | Action | Lead | Target date | Status | Comments",
        &rows,
    )]);
    let silent = words("no-update");
    let references: Vec<&str> =
        silent.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(references, ["1", "2", "3", "4"], "{silent}");
    let attention = words("exceptions");
    let latest: Vec<&str> = attention
        .lines()
        .filter(|line| line.contains(" | 61 | "))
        .filter_map(|line| line.rsplit(" | ").next())
        .collect();
    assert_eq!(
        latest,
        ["No update", "No update", "No update", "No update", "Green", "No change"],
        "{attention}"
    );
    assert!(
        words("summary").contains("4 of them have had no update at all: 1, 2, 3, 4."),
        "{}",
        words("summary")
    );
}

#[test]
fn the_review_on_the_cover_is_not_denied_and_nothing_is_stated_without_looking() {
    for (language, silent, dates) in [
        (
            Language::English,
            "Open actions with no update. The plan gives no date of an earlier review.",
            "The plan records no changed target dates and no requested changes. No earlier version was supplied to compare with.",
        ),
        (
            Language::Welsh,
            "Camau gweithredu agored heb ddiweddariad. Nid yw’r cynllun yn rhoi dyddiad adolygiad cynharach.",
            "Nid yw’r cynllun yn cofnodi unrhyw newid i ddyddiad targed nac unrhyw gais am newid. Ni ddarparwyd fersiwn gynharach i gymharu â hi.",
        ),
    ] {
        let rows = ["1 | Write the recruitment policy | Ann Lee | 31/05/2026 | On track |"];
        let plan = plan(
            ["", "March 2026", ""],
            "Ref | Action | Lead | Target date | Status | Progress",
            &rows,
        );
        let words = words(&[&plan], None, language);
        assert!(words("no-update").starts_with(silent), "{}", words("no-update"));
        assert_eq!(words("dates"), dates);
    }
}

#[test]
fn on_hold_is_named_as_such_and_not_as_at_risk() {
    let rows = [
        "1 | Write the recruitment policy | Ann Lee | 31/05/2026 | Paused",
        "2 | Train every social worker | Bob Ray | 31/12/2026 | Deferred",
        "3 | Buy new laptops for the team | Bob Ray | 31/12/2026 | Red",
    ];
    let plan = plan(["", "June 2026", ""], "Ref | Action | Lead | Target date | Status", &rows);
    let category = |label: &str| {
        plan.scheme.states.iter().find(|state| state.label == label).unwrap().category
    };
    assert_eq!([category("Paused"), category("Deferred")], [Some(Category::OnHold); 2]);
    let read = json::read(whole::json(&plan).unwrap().as_bytes()).unwrap();
    let words = english(&[&read]);
    let summary = words("summary");
    assert!(
        summary.contains("1 action is reported off track or at risk: 3. No reason is given. 2 actions are on hold: 1, 2."),
        "{summary}"
    );
    assert!(
        summary.contains("1 action is overdue: 1."),
        "a date counts for what is on hold: {summary}"
    );
}

#[test]
fn a_status_in_other_words_stands_in_the_workbook() {
    let rows = [
        "1 | Write the recruitment policy | Ann Lee | 31/05/2026 | Green",
        "2 | Train every social worker | Bob Ray | 31/05/2026 | Red",
    ];
    let mut plan = plan(["", "June 2026", ""], "Ref | Action | Lead | Target date | Status", &rows);
    let status = &mut plan.themes[0].objectives[0].actions[0].status;
    (status.state, status.because) = (None, "No longer on track".to_owned());
    let report = |options: &PublishOptions| {
        let plan = publish(plan.clone(), options);
        planwright::report(&plan, &review(&plan, None), &ReportOptions::default())
    };
    let statuses = |bytes: Vec<u8>| {
        let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let name = book
            .sheet_names()
            .into_iter()
            .find(|name| name.contains("Plan") || name.contains("lan"))
            .unwrap();
        let sheet = book.worksheet_range(&name).unwrap();
        let rows: Vec<Vec<String>> =
            sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let header = rows.iter().find(|row| row.iter().any(|cell| cell == "Status")).unwrap();
        let at = header.iter().position(|cell| cell == "Status").unwrap();
        rows.iter()
            .filter(|row| {
                row.iter().any(|cell| cell.starts_with("Write") || cell.starts_with("Train"))
            })
            .map(|row| row[at].clone())
            .collect::<Vec<_>>()
    };
    let review_book =
        planwright::write::xlsx(&report(&PublishOptions::internal()), &XlsxOptions::default())
            .unwrap();
    assert_eq!(statuses(review_book), ["No longer on track", "Off track"]);
    let published = planwright::write::xlsx_published(
        &report(&PublishOptions::public()),
        &PublishedOptions::default(),
    )
    .unwrap();
    assert_eq!(statuses(published), ["No longer on track", "Off track"]);
}

#[test]
fn versions_out_of_order_and_other_plans_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, plan: &Plan| {
        std::fs::write(folder.path().join(name), whole::json(plan).unwrap()).unwrap();
    };
    for (name, plan) in ["v1.json", "v2.json", "v3.json"].iter().zip(versions([
        "31/05/2026",
        "31/08/2026",
        "31/10/2026",
    ])) {
        write(name, &plan);
    }
    let rows = [
        "1 | Inspect each foster home | Dee Fox | 31/05/2026 | On track |",
        "2 | Open a second contact centre | Dee Fox | 31/05/2026 | On track |",
    ];
    let mut other = plan(
        ["", "March 2026", ""],
        "Ref | Action | Lead | Target date | Status | Progress",
        &rows,
    );
    "Fostering plan".clone_into(&mut other.title);
    write("same-council.json", &other);
    "Another Council".clone_into(&mut other.organisation);
    write("other.json", &other);
    let run = |arguments: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_planwright"))
            .arg("pack")
            .args(arguments)
            .args(["-o", "pack"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    assert_eq!(
        run(&["v3.json", "--previous", "v1.json", "--previous", "v2.json"]),
        (Some(0), String::new())
    );
    let (code, told) = run(&["v3.json", "--previous", "v2.json", "--previous", "v1.json"]);
    let expected = "warning[previous-order] v2.json: this earlier version is later than v1.json, which is given after it\n";
    assert!(code == Some(0) && told.starts_with(expected), "{told}");
    let (code, told) = run(&["v2.json", "--previous", "v3.json"]);
    let expected =
        "warning[previous-order] v3.json: this earlier version is later than the plan v2.json\n";
    assert!(code == Some(0) && told.starts_with(expected), "{told}");
    let (code, told) = run(&["v3.json", "--previous", "same-council.json"]);
    let expected = "warning[previous-other-plan] same-council.json: this may not be an earlier version of v3.json: they share no actions";
    assert!(code == Some(0) && told.starts_with(expected), "{told}");
    let (code, told) = run(&["v3.json", "--previous", "other.json"]);
    let expected = "error: other.json is not an earlier version of v3.json: they share no actions; it is “Fostering plan”, Another Council, and \
                    the plan is “Care plan”, Blank Council\n";
    assert!(code == Some(2) && told.starts_with(expected), "{told}");
}
