//! The workbook that is published, read back by another program: a row for each action that says
//! all there is to say, no blank, no span, nothing hidden, and the checklist met.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use super::fixture;
use super::plans;

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader, SheetVisible, Xlsx};
use planwright::checklist::{ChecklistAnswer, check_workbook};
use planwright::report::{ColumnRole, PlanTable, ReportCell, SectionContent};
use planwright::write::{PublishedOptions, xlsx_published};
use planwright::{
    Limits, Plan, PublishOptions, Report, ReportOptions, Text, json, publish, report, review,
};

/// A plan with all that makes a table of one row an action difficult.
const PLAN: &str = r##"{
  "planwright": 1,
  "title": "Improvement plan: safeguarding",
  "organisation": "Westshire Council",
  "cycle": { "reviewed": "2011-11" },
  "introduction": "What the inspection found.\n\nIt had two parts.",
  "recommendations": [
    { "reference": "R1", "area": "safeguarding", "text": "ensure that records are kept" },
    { "reference": "R2", "text": "review the workloads" } ],
  "scheme": { "name": "RAG", "states": [
    { "id": "not-due", "label": "Not due", "colour": "#1d70b8", "definition": "There is time." },
    { "id": "late", "label": "Late", "colour": "#ffdd00", "definition": "" } ] },
  "columns": [
    { "field": "objective", "header": "What?" }, { "field": "owner", "header": "Who?" }, { "field": "action", "header": "How?" },
    { "field": "target", "header": "Target date" }, { "field": "extra", "header": "STATUS" } ],
  "themes": [
    { "title": "Leadership", "objectives": [
      { "reference": "1", "text": "Ensure that records are kept.", "recommendation": "R1", "actions": [
        { "reference": "1.1", "owners": ["Ann Ash", "Bo Birch"], "action": "=1+1 *amend* documents", "target": { "text": "Feb '12", "kind": "month", "start": "2012-02-01", "due": "2012-02-29" }, "extra": { "STATUS": "fine" } },
        { "reference": "1.2", "owners": ["Cy"], "action": "-5% of cases", "status": { "state": "late", "basis": "stated", "because": "" }, "extra": { "STATUS": "–" } } ] },
      { "reference": "2", "text": "An objective alone.", "actions": [] } ] },
    { "title": "Health", "objectives": [] } ],
  "notes": "After the plan."
}"##;

fn plan(json: &str) -> Plan {
    json::read(json.as_bytes()).unwrap()
}

fn public(plan: Plan) -> Report {
    let plan = publish(plan, &PublishOptions::public());
    report(&plan, &review(&plan, "2011-11-30".parse().ok()), &ReportOptions::default())
}

fn written(report: &Report) -> Vec<u8> {
    xlsx_published(report, &PublishedOptions::default()).unwrap()
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// The rows of a sheet, each up to its last cell that holds something.
fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<String>> {
    let range = book.worksheet_range(sheet).unwrap();
    let cell = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(words) => words.clone(),
        Data::Float(number) => number.to_string(),
        other => panic!("{sheet} holds {other:?}"),
    };
    let row = |row: &[Data]| {
        let mut cells: Vec<String> = row.iter().map(cell).collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        cells
    };
    range.rows().map(row).collect()
}

fn lines(cells: &[Vec<&str>]) -> Vec<Vec<String>> {
    cells.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of sheets")]
fn each_sheet_says_what_it_holds_and_no_cell_of_its_table_is_blank() {
    let bytes = xlsx_published(
        &public(plan(PLAN)),
        &PublishedOptions { contact: "plans@example.org".to_owned(), ..Default::default() },
    );
    let mut book = open(bytes.unwrap());
    let names = [
        "Cover sheet",
        "Introduction",
        "Recommendations",
        "Summary",
        "Summary 2",
        "Summary 3",
        "Key to statuses",
        "Plan",
        "Notes",
    ];
    assert_eq!(book.sheet_names(), names);
    let cover = rows(&mut book, "Cover sheet");
    let beginning = [
        "Improvement plan: safeguarding",
        "Westshire Council",
        "Public version",
        "Reviewed: November 2011",
    ];
    assert_eq!(cover[..4], lines(&beginning.map(|line| vec![line])));
    assert_eq!(
        cover[6..9],
        lines(&[
            vec!["Contact: plans@example.org"],
            vec!["Contents"],
            vec!["Sheet", "What it holds"]
        ])
    );
    let listed: Vec<&str> = cover[9..].iter().map(|row| row[0].as_str()).collect();
    // by their headings
    let heading = |name: &&'static str| match *name {
        "Plan" => "The plan",
        "Summary 2" => "Actions against the calendar as at 30 November 2011",
        "Summary 3" => "Actions by theme and status as at 30 November 2011",
        name => name,
    };
    assert_eq!(listed, names[1..].iter().map(heading).collect::<Vec<_>>());
    assert!(cover[9..].iter().all(|row| row.len() == 2));

    assert_eq!(
        rows(&mut book, "Introduction"),
        lines(&[
            vec!["Introduction"],
            vec!["What the inspection found."],
            vec!["It had two parts."]
        ])
    );
    let x = "[x] means not available: the plan says nothing here.";
    let calculated = "[calculated] means calculated, not reported: a status from an update or a target date, everything else from target dates.";
    let z = "[z] means not applicable: there is nothing that the plan could say here.";
    let recommendations = [
        vec!["Recommendations"],
        vec![
            "The recommendations, and the objectives that answer them. This sheet holds one table.",
        ],
        vec![x],
        vec!["Reference", "Recommendation", "Area", "Answered by"],
        vec!["R1", "ensure that records are kept", "Safeguarding", "Objective 1"],
        vec!["R2", "review the workloads", "[x]", "None"],
    ];
    assert_eq!(rows(&mut book, "Recommendations"), lines(&recommendations));
    // numbers are numbers
    assert_eq!(
        rows(&mut book, "Summary")[2..],
        lines(&[
            vec!["Status", "Actions", "Share", "Of these, taken from updates or target dates"],
            vec!["Late", "1", "0.5", "0"],
            vec!["No status reported", "1", "0.5", "0"]
        ])
    );
    assert_eq!(
        rows(&mut book, "Key to statuses")[3..],
        lines(&[
            vec!["Status", "What it means"],
            vec!["Not due", "There is time."],
            vec!["Late", "[x]"]
        ])
    );
    let (first, none) = (["Leadership", "1", "Ensure that records are kept.", "R1"], ["[z]"; 8]);
    let plan = [
        vec!["The plan"],
        vec!["The actions, by theme and objective. This sheet holds one table."],
        vec![calculated],
        vec![x],
        vec![z],
        vec![
            "Theme",
            "Objective number",
            "What?",
            "Recommendation answered",
            "Ref",
            "Who?",
            "How?",
            "Target date",
            "STATUS",
            "Status (2)",
            "Against the calendar",
            "Source of status",
        ],
        [
            &first[..],
            &[
                "1.1",
                "Ann Ash\nBo Birch",
                "=1+1 amend documents",
                "Feb '12",
                "fine",
                "No status reported",
                "Not due yet [calculated]",
                "[x]",
            ],
        ]
        .concat(),
        [&first[..], &["1.2", "Cy", "-5% of cases", "[x]", "[x]", "Late", "No date", "[x]"]]
            .concat(),
        [&["Leadership", "2", "An objective alone.", "None"][..], &none].concat(),
        [&["Health", "[z]", "[z]", "[z]"][..], &none].concat(),
    ];
    assert_eq!(rows(&mut book, "Plan"), lines(&plan));
    assert_eq!(rows(&mut book, "Notes"), lines(&[vec!["Notes"], vec!["After the plan."]]));
}

/// The plan's rows as they must be, worked out from the report.
fn expected(table: &PlanTable) -> Vec<Vec<String>> {
    let or = |words: String, otherwise: &str| {
        if words.chars().all(|c| c.is_whitespace() || "-–—_.…/".contains(c)) {
            otherwise.to_owned()
        } else {
            words
        }
    };
    let groups = || table.themes.iter().flat_map(|t| &t.objectives);
    let has_themes = table.themes.iter().any(|t| !t.title.is_empty());
    let has_answers = groups().any(|g| g.recommendation.is_some());
    let entries: Vec<bool> = table
        .columns
        .iter()
        .filter(|c| c.role != ColumnRole::Objective)
        .map(|c| c.role.is_entry())
        .collect();
    let mut out = Vec::new();
    for theme in &table.themes {
        for group in &theme.objectives {
            let mut begins = Vec::new();
            begins.extend(has_themes.then(|| or(theme.title.to_string(), "[x]")));
            begins.extend(
                table
                    .has_objectives
                    .then(|| [group.reference.clone(), or(shown(&group.text), "[x]")])
                    .into_iter()
                    .flatten(),
            );
            begins.extend(has_answers.then(|| {
                group.recommendation.as_ref().map_or("None".to_owned(), |l| l.text.clone())
            }));
            for action in &group.actions {
                let cells = action
                    .cells
                    .iter()
                    .zip(&entries)
                    .filter(|(_, entry)| !**entry)
                    .flat_map(|(cell, _)| match cell {
                        ReportCell::Text(text) => vec![or(shown(text), "[x]")],
                        ReportCell::Date { text, .. } => vec![or(text.to_string(), "[x]")],
                        ReportCell::Status { mark, position, note } => {
                            let status = mark
                                .as_ref()
                                .map_or("[x]".to_owned(), |mark| mark.label.to_string());
                            let in_words =
                                |words: &str| words.replace('†', " [calculated]").trim().to_owned();
                            vec![status, or(in_words(position), "[x]"), or(in_words(note), "[x]")]
                        }
                        other => panic!("{other:?} is in no plan"),
                    });
                out.push(begins.iter().cloned().chain(cells).collect());
            }
        }
    }
    out
}

/// The words of a text as a workbook shows them: the address of a link behind its words, unless the
/// cell is the only link in it.
fn shown(text: &Text) -> String {
    let links: std::collections::BTreeSet<&String> =
        text.blocks.iter().flat_map(|b| &b.spans).filter_map(|span| span.link.as_ref()).collect();
    let is_one_link = links.len() == 1 && !links.iter().any(|link| link.starts_with("tel:"));
    let block = |b: &planwright::TextBlock| {
        let sign = match b.kind {
            planwright::TextBlockKind::Paragraph => String::new(),
            planwright::TextBlockKind::Bullet { depth } => "   ".repeat(depth.into()) + "• ",
            planwright::TextBlockKind::Numbered { depth, number } => {
                "   ".repeat(depth.into()) + &format!("{number}. ")
            }
        };
        let spans = b.spans.iter().map(|s| match &s.link {
            Some(address) if !is_one_link && !s.text.contains(address.as_str()) => {
                format!("{} ({address})", s.text)
            }
            _ => s.text.clone(),
        });
        sign + &spans.collect::<String>()
    };
    text.blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_fixture_is_published_whole_and_meets_the_checklist() {
    let mut actions = 0;
    for fixture in fixture::all() {
        let name = fixture.name();
        let report = public(fixture.import().plan);
        let bytes = written(&report);
        let failing: Vec<String> = check_workbook(&bytes, &Limits::default())
            .unwrap()
            .rows
            .into_iter()
            .filter(|row| row.answer == ChecklistAnswer::Fails)
            .map(|row| format!("{}: {:?}", row.asks, row.findings))
            .collect();
        assert_eq!(failing, Vec::<String>::new(), "{name}");
        let mut book = open(bytes);
        assert!(
            book.sheets_metadata().iter().all(|sheet| sheet.visible == SheetVisible::Visible),
            "{name}"
        );
        for sheet in book.sheet_names() {
            assert!(book.merge_cells_by_sheet_name(&sheet).unwrap().is_empty(), "{name}: {sheet}");
            assert_eq!(
                book.worksheet_formula(&sheet).unwrap().used_cells().count(),
                0,
                "{name}: {sheet}"
            );
        }
        // each section with something in it has its sheet, and the words of its texts are there
        for section in &report.sections {
            for content in &section.contents {
                match content {
                    SectionContent::Text(text) => {
                        let blocks = text.blocks.iter().map(|b| shown(&Text::from(b.clone())));
                        assert_eq!(
                            rows(&mut book, &section.short)[1..].concat().concat(),
                            blocks.collect::<String>(),
                            "{name}"
                        );
                    }
                    SectionContent::Recommendations(groups) => {
                        let cells = rows(&mut book, &section.short).concat();
                        let items = groups.iter().flat_map(|g| &g.items);
                        assert!(
                            items
                                .flat_map(|i| [i.reference.clone(), shown(&i.text)])
                                .all(|words| cells.contains(&words)),
                            "{name}"
                        );
                    }
                    SectionContent::Plan(table) => {
                        let expected = expected(table);
                        let all = rows(&mut book, &section.short);
                        let own: Vec<Vec<String>> = all[all.len() - expected.len()..].to_vec();
                        assert_eq!(own, expected, "{name}");
                        actions += expected.len();
                    }
                    SectionContent::Table(_) | SectionContent::Data(_) | SectionContent::Key(_) => {
                    }
                }
            }
        }
    }
    assert!(actions > 200, "{actions}");
}

#[test]
fn tables_are_marked_up_under_their_names() {
    let mut book = open(written(&public(plan(PLAN))));
    book.load_tables().unwrap();
    let mut names: Vec<String> = book.table_names().into_iter().cloned().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "Contents",
            "Key_to_statuses",
            "Plan",
            "Recommendations",
            "Summary",
            "Summary_2",
            "Summary_3"
        ]
    );
    let table = book.table_by_name("Plan").unwrap();
    assert_eq!(
        (table.columns()[0].as_str(), table.columns().len(), table.data().height()),
        ("Theme", 12, 4)
    );
}

#[test]
fn what_is_longer_than_a_row_of_the_sheet_goes_on_in_the_next_and_nothing_is_lost() {
    let sentence = (0..9_000).map(|i| format!("word{i}")).collect::<Vec<_>>().join(" ");
    let rows_of_plan =
        [(sentence.as_str(), sentence.as_str(), "short"), ("second", "Do it", "short")];
    let mut long = plans::plan(&rows_of_plan);
    long.title = sentence.clone();
    let bytes = written(&public(long));
    let fails = check_workbook(&bytes, &Limits::default())
        .unwrap()
        .rows
        .into_iter()
        .filter(|row| row.answer == ChecklistAnswer::Fails);
    assert_eq!(fails.map(|row| (row.asks, row.findings)).collect::<Vec<_>>(), []);
    let mut book = open(bytes);
    let title: String = rows(&mut book, "Cover sheet").concat().concat();
    assert!(title.starts_with(&sentence));
    let plan = rows(&mut book, "Plan");
    let headers = plan.iter().position(|row| row.len() > 1).unwrap();
    assert!(plan[headers - 1][0].contains("[above] means"), "{:?}", plan[headers - 1]);
    let at = |header: &str| plan[headers].iter().position(|cell| cell == header).unwrap();
    let (theme, reference, action, measures) =
        (at("Theme"), at("Ref"), at("Action"), at("Success measures"));
    let of_first: Vec<&Vec<String>> =
        plan[headers + 1..].iter().filter(|row| row[reference] == "1.1").collect();
    assert!(of_first.len() > 2 && of_first.iter().all(|row| row[theme] == "Safeguarding children"));
    assert_eq!(of_first.iter().map(|row| row[action].as_str()).collect::<String>(), sentence);
    assert_eq!(of_first[0][measures], "short");
    assert!(of_first[1..].iter().all(|row| row[measures] == "[above]"));
    assert_eq!(plan.last().unwrap()[reference], "2.1");
}

#[test]
fn headers_longer_than_a_spreadsheet_takes_stand_whole_above_their_table() {
    let header = "How it went ".repeat(40);
    let mut plan = plan(PLAN);
    header.trim().clone_into(&mut plan.columns[2].header);
    let mut book = open(written(&public(plan)));
    let rows = rows(&mut book, "Plan");
    let above: String =
        rows.iter().take_while(|row| row.len() == 1).map(|row| row[0].as_str()).collect();
    assert!(above.ends_with(header.trim()), "{above}");
    assert!(rows.iter().any(|row| row.len() > 1
        && row.iter().any(|cell| cell.ends_with('…') && cell.encode_utf16().count() == 255)));
}

#[test]
fn a_report_for_those_who_work_on_the_plan_is_not_published() {
    let plan = plan(PLAN);
    let plan = publish(plan, &PublishOptions::internal());
    let internal = report(&plan, &review(&plan, None), &ReportOptions::default());
    let error = xlsx_published(&internal, &PublishedOptions::default()).unwrap_err();
    assert!(error.is_unwritable() && error.what_to_do().is_some(), "{error}");
}

#[test]
fn the_same_report_gives_the_same_bytes_and_names_its_language() {
    let once = written(&public(plan(PLAN)));
    assert!(once == written(&public(plan(PLAN))));
    let mut package = zip::ZipArchive::new(Cursor::new(once)).unwrap();
    let mut part = |name: &str| {
        let mut words = String::new();
        package.by_name(name).unwrap().read_to_string(&mut words).unwrap();
        words
    };
    let core = part("docProps/core.xml");
    for said in [
        "<dc:title>Improvement plan: safeguarding</dc:title>",
        "<dc:creator>Westshire Council</dc:creator>",
        "<dc:language>en-GB</dc:language>",
    ] {
        assert!(core.contains(said), "{core}");
    }
    let styles = part("xl/styles.xml");
    for heading in ["name=\"Heading 1\"", "name=\"Heading 2\""] {
        assert_eq!(styles.matches(heading).count(), 1, "{styles}");
    }
}

#[test]
fn a_plan_without_anything_is_still_a_workbook() {
    let mut book = open(written(&public(plan(r#"{ "planwright": 1, "themes": [] }"#))));
    assert_eq!(
        rows(&mut book, "Plan"),
        lines(&[vec!["The plan"], vec!["The plan has no actions."]])
    );
    let no_objectives = r#"{ "planwright": 1, "themes": [ { "objectives": [
        { "reference": "1", "actions": [ { "reference": "1.1", "action": "Do it" } ] } ] } ] }"#;
    let mut book = open(written(&public(plan(no_objectives))));
    assert_eq!(rows(&mut book, "Plan").last().unwrap()[..2], ["1.1", "Do it"]);
}
