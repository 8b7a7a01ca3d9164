//! A review cycle on the seed: November 2011; the returns of four owners, filled in and saved by
//! other programs; the pack for March 2012 with the November plan beside it.
//!
//! Every number of the pack is counted here once more, from the plan files alone, by rules of this
//! test; then it is looked for in the workbook, the web page and the PDF, each read by a program
//! that did not write it.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use crate::fixture;
use crate::whole;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader, Xlsx};
use planwright::layout::{LayoutOptions, layout};
use planwright::report::{PackOptions, PreviousVersion};
use planwright::returns::MergeOptions;
use planwright::write::{HtmlOptions, PdfOptions, XlsxOptions, html, pdf, xlsx};
use planwright::{AgendaOptions, Date, EarlierPlan, ImportOptions, Plan, Report};
use scraper::{Html, Selector};
use serde_json::Value;

const NOVEMBER: &str = "2011-11-30";
const MARCH: &str = "2012-03-31";

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// The seed as it was reviewed in November.
fn november() -> Plan {
    fixture::named("hampshire-2011")
        .import_with(&ImportOptions { as_of: day(NOVEMBER), ..ImportOptions::default() })
        .plan
}

/// The same with what its owners sent back for March.
fn march() -> Plan {
    let returned = fixture::named("hampshire-2011").returned();
    assert_eq!(returned.len(), 4);
    let merged = fixture::merge_all(november(), &returned, MergeOptions::default());
    let trouble: Vec<String> = merged
        .diagnostics
        .iter()
        .map(|told| fixture::shown(told))
        .filter(|told| told.contains("error["))
        .collect();
    assert!(trouble.is_empty(), "{trouble:?}");
    merged.plan
}

fn march_pack() -> (Report, Value, Value) {
    let (then, now) = (november(), march());
    let (review_then, review_now) =
        (whole::review(&then, day(NOVEMBER)), whole::review(&now, day(MARCH)));
    let found = whole::changes(&then, &now);
    let earlier =
        EarlierPlan { plan: &whole::whole(&then), review: &review_then, matched: &found.earlier };
    let asked = whole::agenda(
        &now,
        &review_now,
        &AgendaOptions { earlier: Some(earlier), ..AgendaOptions::default() },
    );
    let compared =
        PreviousVersion { plan: &whole::whole(&then), as_of: day(NOVEMBER), changes: &found };
    let report = whole::pack(
        &now,
        &review_now,
        &asked,
        &PackOptions { earlier: Some(compared), ..PackOptions::default() },
    );
    (report, value(&then), value(&now))
}

fn november_pack() -> (Report, Value) {
    let plan = november();
    let looked_at = whole::review(&plan, day(NOVEMBER));
    let asked = whole::agenda(&plan, &looked_at, &AgendaOptions::default());
    (whole::pack(&plan, &looked_at, &asked, &PackOptions::default()), value(&plan))
}

/// The plan file, as any program reads it.
fn value(plan: &Plan) -> Value {
    serde_json::from_str(&whole::json(plan).unwrap()).unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn actions(plan: &Value) -> Vec<&Value> {
    list(plan, "themes")
        .iter()
        .flat_map(|t| list(t, "objectives"))
        .flat_map(|o| list(o, "actions"))
        .collect()
}

fn reference(action: &Value) -> String {
    action["reference"].as_str().unwrap().to_owned()
}

/// What was reported of how an action stands, by the rules that the plan file's documentation
/// gives.
fn state(action: &Value, day: &str) -> &'static str {
    let known = ["complete", "on-track", "at-risk", "off-track", "not-started"];
    let of = |value: &Value| known.into_iter().find(|id| value == *id);
    if action["status"]["basis"] == "stated" {
        return of(&action["status"]["state"]).unwrap();
    }
    let is_known = |update: &&Value| {
        update["period"].as_str().is_none_or(|period| period <= &day[..period.len()])
    };
    list(action, "updates")
        .iter()
        .filter(is_known)
        .filter_map(|update| of(&update["status"]))
        .next_back()
        .unwrap_or("none")
}

/// Whether an action is past its date on a day, and not complete.
fn is_overdue(action: &Value, day: &str) -> bool {
    state(action, day) != "complete"
        && action["target"]["due"].as_str().is_some_and(|due| due < day)
}

/// The references of the actions for which something is so.
fn which(plan: &Value, is_so: impl Fn(&Value) -> bool) -> Vec<String> {
    actions(plan).into_iter().filter(|action| is_so(action)).map(reference).collect()
}

/// What the lists of a pack must name, by the heading of the section.
fn expected(
    then: Option<&Value>,
    now: &Value,
    last: &str,
    today: &str,
) -> BTreeMap<&'static str, Vec<String>> {
    let was = |action: &Value| {
        then.and_then(|then| {
            actions(then).into_iter().find(|a| a["reference"] == action["reference"]).cloned()
        })
    };
    let is_open = |action: &Value| state(action, today) != "complete";
    // a month ends when its last day ends; periods and days compare as texts where both are months
    let is_since =
        |update: &Value| update["period"].as_str().is_some_and(|period| period > &last[..7]);
    let mut out = BTreeMap::new();
    let mut late = actions(now);
    late.retain(|a| is_overdue(a, today));
    late.sort_by_key(|a| a["target"]["due"].as_str().unwrap().to_owned());
    let late: Vec<String> = late.into_iter().map(reference).collect();
    let reported = [
        which(now, |a| state(a, today) == "off-track"),
        which(now, |a| state(a, today) == "at-risk"),
    ]
    .concat();
    // a list of none is no table
    out.insert(
        "Needs attention",
        if reported.is_empty() { late.clone() } else { reported.clone() },
    );
    if !reported.is_empty() {
        out.insert("Needs attention, 2", late.clone());
    }
    out.insert("Reported", reported);
    out.insert("Overdue", late);
    out.insert("Changed target dates", which(now, |a| !list(a, "earlier_targets").is_empty()));
    out.insert("No update", which(now, |a| is_open(a) && !list(a, "updates").iter().any(is_since)));
    out.insert(
        "Completed",
        which(now, |a| {
            let before = was(a).map(|before| state(&before, last) == "complete");
            !is_open(a) && !before.unwrap_or_else(|| !list(a, "updates").iter().any(is_since))
        }),
    );
    // of a plan that records no evidence, none can be said to lack it
    let has_evidence = actions(now)
        .into_iter()
        .any(|a| a["review"]["evidence"].as_str().is_some_and(|words| !words.is_empty()));
    out.insert(
        "Complete, no evidence recorded",
        which(now, |a| {
            has_evidence
                && !is_open(a)
                && a["review"]["evidence"].as_str().is_none_or(str::is_empty)
        }),
    );
    let mut ahead = actions(now);
    ahead.retain(|a| is_open(a) && a["target"]["due"].as_str().is_some_and(|due| due >= today));
    ahead.sort_by_key(|a| a["target"]["due"].as_str().unwrap().to_owned());
    out.insert("Coming up", ahead.into_iter().map(reference).collect());
    out
}

/// How many actions are in each state, in the order of the scheme, without those in which none is.
fn counted(plan: &Value, day: &str) -> Vec<(String, usize)> {
    let states = list(&plan["scheme"], "states").iter();
    let count = |id: &Value| actions(plan).into_iter().filter(|a| *id == state(a, day)).count();
    let none = actions(plan).into_iter().filter(|a| state(a, day) == "none").count();
    let counts = states.map(|s| (s["label"].as_str().unwrap().to_owned(), count(&s["id"])));
    counts.chain([("No status reported".to_owned(), none)]).filter(|(_, n)| *n > 0).collect()
}

/// The rows of the tables of each section, cell after cell, by its heading.
type Tables = BTreeMap<String, Vec<Vec<String>>>;

/// Adds a table: the first of a section under its heading, the others with their number.
fn add(tables: &mut Tables, heading: &str, rows: Vec<Vec<String>>) {
    let names = std::iter::once(heading.to_owned()).chain((2..).map(|n| format!("{heading}, {n}")));
    let name = names.into_iter().find(|name| !tables.contains_key(name)).unwrap();
    tables.insert(name, rows);
}

/// The workbook, as another program opens it.
fn workbook(report: &Report) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = xlsx(report, &XlsxOptions::default()).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.load_tables().unwrap();
    book
}

/// The tables of a workbook: a sheet is named after its section.
fn in_workbook(report: &Report) -> Tables {
    let mut book = workbook(report);
    let mut out = Tables::new();
    for name in book.table_names().into_iter().cloned().collect::<Vec<_>>() {
        let table = book.table_by_name(&name).unwrap();
        let cell = |data: &Data| match data {
            Data::Float(n) => n.to_string(),
            other => other.to_string(),
        };
        let rows = table.data().rows().map(|row| row.iter().map(cell).collect()).collect();
        add(&mut out, table.sheet_name(), rows);
    }
    out
}

fn on_page(report: &Report) -> Tables {
    let page = Html::parse_document(&html(report, &HtmlOptions::default()));
    let of = |css: &str| Selector::parse(css).unwrap();
    let words = |e: scraper::ElementRef<'_>| {
        e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut out = Tables::new();
    for section in page.select(&of("section")) {
        let heading = section.select(&of("h2")).next().map(words).unwrap_or_default();
        for table in section.select(&of("table")) {
            let (row, cell) = (of("tbody tr"), of("th, td"));
            add(
                &mut out,
                &heading,
                table.select(&row).map(|row| row.select(&cell).map(words).collect()).collect(),
            );
        }
    }
    out
}

fn first_cells(rows: Option<&Vec<Vec<String>>>) -> Vec<String> {
    rows.into_iter().flatten().map(|row| row[0].clone()).collect()
}

/// Looks for every number in all three outputs.
fn check(report: &Report, plan: &Value, lists: &BTreeMap<&'static str, Vec<String>>, today: &str) {
    let (book, page, paper) = (in_workbook(report), on_page(report), crate::words::in_pdf(report));
    for (heading, references) in
        lists.iter().filter(|(heading, _)| !matches!(**heading, "Reported" | "Overdue"))
    {
        let sheet: String = heading.chars().take(31).collect();
        assert_eq!(&first_cells(book.get(sheet.trim_end())), references, "the workbook, {heading}");
        assert_eq!(&first_cells(page.get(*heading)), references, "the page, {heading}");
    }
    let counts = counted(plan, today);
    let of_two = |rows: &Vec<Vec<String>>| -> Vec<(String, usize)> {
        rows.iter().map(|row| (row[0].clone(), row[1].parse().unwrap())).collect()
    };
    assert_eq!(of_two(&book["Summary"]), counts);
    assert_eq!(of_two(&page["Summary"]), counts);
    let Some(paper) = paper else { return };
    for (label, n) in &counts {
        let share = (n * 200 + 34) / 68;
        assert!(paper.contains(&format!("{label} {n} {share}%")), "the PDF, {label}");
    }
}

#[test]
fn the_pack_of_november_shows_what_the_seed_says() {
    let (report, plan) = november_pack();
    let counts = [("Complete", 13), ("On track", 3), ("No status reported", 18)]
        .map(|(label, n)| (label.to_owned(), n));
    assert_eq!(counted(&plan, NOVEMBER), counts);
    // the plan says that it was completed in August, and nothing of a review between
    let lists = expected(None, &plan, "2011-08-31", NOVEMBER);
    assert_eq!(lists["Overdue"], ["8.1", "7.2"], "most days late first");
    check(&report, &plan, &lists, NOVEMBER);
    let page = on_page(&report);
    let answers = &page["Progress against recommendations"];
    assert_eq!(
        (
            answers.len(),
            answers.iter().filter(|row| row[4].is_empty() || row[4].contains("No")).count()
        ),
        (11, 0)
    );
}

#[test]
fn the_pack_of_march_says_what_was_done_since_november() {
    let (report, then, now) = march_pack();
    let lists = expected(Some(&then), &now, NOVEMBER, MARCH);
    assert_eq!(
        lists["Completed"],
        ["1.2", "2.1", "2.3", "7.2"],
        "as the README of the fixture says"
    );
    assert_eq!(lists["Changed target dates"], ["4.2", "8.1", "8.3"]);
    check(&report, &now, &lists, MARCH);
    // the columns that compare with November
    let (book, page) = (in_workbook(&report), on_page(&report));
    let before: BTreeMap<String, usize> = counted(&then, NOVEMBER).into_iter().collect();
    for rows in [&book["Summary"], &page["Summary"]] {
        for row in rows {
            let was = before.get(&row[0]).copied().unwrap_or_default();
            assert_eq!(row[4], was.to_string(), "{row:?}");
            let change = row[5].replace('−', "-").parse::<i64>().unwrap();
            assert_eq!(
                i64::try_from(was).unwrap() + change,
                row[1].parse::<i64>().unwrap(),
                "{row:?}"
            );
        }
    }
    // how far the dates moved
    let days: Vec<(String, String)> =
        page["Changed target dates"].iter().map(|row| (row[0].clone(), row[7].clone())).collect();
    let expected = [("4.2", "365"), ("8.1", "244"), ("8.3", "122")]
        .map(|(action, days)| (action.to_owned(), days.to_owned()));
    assert_eq!(
        days, expected,
        "29 February 2012 to 28 February 2013; 30 September 2011 to 31 May 2012; 29 February to 30 June"
    );
    // in the workbook these are numbers, which can be counted with
    let mut book = workbook(&report);
    let mut column = |table: &str, at: usize| -> Vec<Data> {
        book.table_by_name(table).unwrap().data().rows().map(|row| row[at].clone()).collect()
    };
    assert_eq!(column("Dates", 7), [365.0, 244.0, 122.0].map(Data::Float));
    let change = column("By_status", 5);
    assert!(
        change.iter().all(|cell| matches!(cell, Data::Float(_)))
            && change.contains(&Data::Float(4.0)),
        "{change:?}"
    );
}

/// What answers a recommendation can be followed to where it stands, in every output.
#[test]
fn what_answers_a_recommendation_is_a_link() {
    let (report, _) = november_pack();
    let objectives: Vec<String> = (1..=11).map(|n| format!("Objective {n}")).collect();
    let sorted = |mut found: Vec<String>| {
        found.sort_by_key(|words| words.rsplit(' ').next().and_then(|n| n.parse::<u32>().ok()));
        found
    };

    let page = Html::parse_document(&html(&report, &HtmlOptions::default()));
    let of = |css: &str| Selector::parse(css).unwrap();
    let links: Vec<_> = page.select(&of("#pack-recommendations td:nth-child(5) a")).collect();
    assert_eq!(sorted(links.iter().map(|link| link.text().collect()).collect()), objectives);
    for link in links {
        let to = link.attr("href").unwrap();
        assert_eq!(
            page.select(&of(&format!("[id='{}']", to.trim_start_matches('#')))).count(),
            1,
            "{to}"
        );
    }

    let mut package =
        zip::ZipArchive::new(Cursor::new(xlsx(&report, &XlsxOptions::default()).unwrap())).unwrap();
    let mut to_the_plan = 0;
    for part in 0..package.len() {
        let mut part = package.by_index(part).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        let sheet = String::from_utf8_lossy(&bytes);
        to_the_plan += sheet.matches("<hyperlink ").count() - sheet.matches("!A1\"").count();
    }
    assert_eq!(to_the_plan, 11, "other links lead to the heads of sheets");

    let bytes = pdf(&layout(&report, &LayoutOptions::default()), &PdfOptions::default()).unwrap();
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    let links = dictionaries.filter(|d| {
        d.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|name| name == b"Link")
    });
    let said = links.filter_map(|link| lopdf::decode_text_string(link.get(b"Contents").ok()?).ok());
    let said: Vec<String> = said.filter(|words| words.starts_with("Objective ")).collect();
    let mut said = sorted(said);
    // a link that goes on on the next line is two
    said.dedup();
    assert_eq!(said, objectives);
}

#[test]
fn a_chart_of_themes_that_begin_alike_tells_them_apart() {
    let (november, plan) = november_pack();
    let (march, ..) = march_pack();
    for (report, day) in [(november, "30 November 2011"), (march, "31 March 2012")] {
        let Some(paper) = crate::words::in_pdf(&report) else { return };
        let (_, summary) =
            paper.split_once(&format!("Actions by theme and status as at {day}")).unwrap();
        let (chart, _) = summary.split_once("Reported status of 34 actions").unwrap();
        let (_, bars) = chart.split_once("No status reported ").unwrap();
        let names: Vec<&str> = bars
            .split(|c: char| c.is_ascii_digit())
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        assert_eq!(names.len(), list(&plan, "themes").len(), "{chart}");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{chart}");
    }
}
