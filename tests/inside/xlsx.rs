//! The workbook, read back by another program: what the report says is in it, in order, and nothing
//! else.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use super::whole;

use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use planwright::embedded::{Embedding, read_workbook};
use planwright::report::{
    ColumnRole, DataSheet, ObjectiveGroup, PlanTable, ReportCell, ReportSection, ReportSheet,
    SectionContent,
};
use planwright::source::Block;
use planwright::write::{XlsxOptions, workbook, xlsx};
use planwright::{Code, Date, Report, ReportOptions, Target, Text, TextBlockKind, json};

/// A plan with all that a workbook can hold.
const PLAN: &str = r##"{
  "planwright": 1,
  "title": "Improvement plan: safeguarding & <care>",
  "organisation": "Westshire Council",
  "period": "2011/12",
  "cycle": { "completed": "2011-08", "reviewed": "2011-11", "next_review": "2012-03" },
  "introduction": "What the inspection found, in **June**.\n\nIt had two parts.",
  "recommendations": [
    { "reference": "R1", "area": "safeguarding", "deadline": "Within three months", "text": "ensure that records are kept" },
    { "reference": "R2", "area": "children in care", "text": "review the workloads" }
  ],
  "scheme": { "name": "RAG", "states": [
    { "id": "done", "label": "Done, signed off", "colour": "#1d70b8", "definition": "All of it." },
    { "id": "late", "label": "\"Late\"", "colour": "#ffdd00", "definition": "Behind." } ] },
  "columns": [
    { "field": "objective", "header": "What?" }, { "field": "owner", "header": "Who?" }, { "field": "action", "header": "How?" },
    { "field": "success_measures", "header": "Success measures" }, { "field": "target", "header": "Target date" },
    { "field": "extra", "header": "Cost" } ],
  "themes": [
    { "title": "Leadership", "objectives": [
      { "reference": "1", "text": "Ensure that records are kept.", "recommendation": "R1", "actions": [
        { "reference": "1.1", "owners": ["Ann Ash", "Bo Birch"],
          "action": "Amend *key* documents:\n\n- the **plan**\n  1. twice\n- the [form](https://example.org/form)",
          "success_measures": "=1+1", "target": { "text": "Sept '11", "kind": "month", "start": "2011-09-01", "due": "2011-09-30" },
          "updates": [ { "period": "2011-11", "label": "November 2011 update:", "text": "Done (action complete).", "status": "done" } ],
          "status": { "state": "done", "basis": "stated", "because": "signed off by the board" },
          "review": { "progress": "Two of three.", "state": "late", "evidence": "-1", "reviewer": "@chair", "reviewed_on": "30/11/2011" },
          "extra": { "Cost": "+44" } },
        { "reference": "1.2", "owners": ["Cy Cedar"], "action": "-5% of cases", "success_measures": "@SUM(A1)" } ] },
      { "reference": "2", "text": "An objective alone.", "actions": [] } ] },
    { "title": "=Leadership()", "objectives": [
      { "reference": "3", "text": "1_x0041_2 is **1_x0042_2** here", "recommendation": "R1", "actions": [
        { "reference": "3.1", "owners": ["<r>&amp;</r>", "_x0041_"], "action": "\"quoted\" & 1 < 2", "success_measures": "Ŵyr y wlad — 100 % ✓ 𝒳" } ] } ] }
  ],
  "notes": "After the plan."
}"##;

fn reported(plan: &str) -> Report {
    let plan = json::read(plan.as_bytes()).unwrap();
    whole::report(&plan, &whole::review(&plan, None), &ReportOptions::default())
}

fn open(report: &Report) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(xlsx(report, &XlsxOptions::default()).unwrap())).unwrap()
}

/// What a cell holds: its words, or its day.
fn held(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(words) => words.clone(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        Data::Float(number) => number.to_string(),
        other => panic!("{other:?} is neither text nor a date nor a number"),
    }
}

/// The cells of a sheet that hold something, row after row.
fn cells(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<String> {
    let range = book.worksheet_range(sheet).unwrap();
    range.cells().map(|(_, _, cell)| held(cell)).filter(|words| !words.is_empty()).collect()
}

/// The words of a text as a workbook shows them.
fn shown(text: &Text) -> String {
    let block = |b: &planwright::TextBlock| {
        let sign = match b.kind {
            TextBlockKind::Paragraph => String::new(),
            TextBlockKind::Bullet { depth } => "   ".repeat(depth.into()) + "• ",
            TextBlockKind::Numbered { depth, number } => {
                "   ".repeat(depth.into()) + &format!("{number}. ")
            }
        };
        let spans = b.spans.iter().map(|s| match &s.link {
            Some(address) if !s.text.contains(address.as_str()) => {
                format!("{} ({address})", s.text)
            }
            _ => s.text.clone(),
        });
        sign + &spans.collect::<String>()
    };
    text.blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn objective(group: &ObjectiveGroup) -> String {
    let own = if group.text.is_empty() {
        String::new()
    } else {
        format!("{}  {}", group.reference, shown(&group.text))
    };
    let link = group.recommendation.as_ref().map(|l| l.description.clone());
    [Some(own).filter(|o| !o.is_empty()), link].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn cell(cell: &ReportCell) -> Vec<String> {
    match cell {
        ReportCell::Text(text) => vec![shown(text)],
        ReportCell::Date { date: Some(date), .. } => vec![date.last().to_string()],
        ReportCell::Date { text, .. } => vec![text.to_string()],
        ReportCell::Status { mark, position, note } => {
            vec![
                mark.as_ref().map_or(String::new(), |m| m.label.to_string()),
                position.to_string(),
                note.to_string(),
            ]
        }
        other => panic!("{other:?} is in no plan"),
    }
}

/// The headers of the plan's sheet: the reference, theme, objective, and the rest in the report's
/// order.
fn headers(report: &Report, table: &PlanTable) -> Vec<String> {
    let of = |role: ColumnRole| {
        table.columns.iter().filter(move |c| c.role == role).map(|c| c.header.to_string())
    };
    let mut out: Vec<String> = of(ColumnRole::Reference)
        .chain(table.theme.as_ref().map(ToString::to_string))
        .chain(of(ColumnRole::Objective))
        .collect();
    let actions = || table.themes.iter().flat_map(|t| &t.objectives).flat_map(|o| &o.actions);
    let has_positions = actions()
        .flat_map(|a| &a.cells)
        .any(|c| matches!(c, ReportCell::Status { position, .. } if !position.is_empty()));
    let has_notes = actions()
        .flat_map(|a| &a.cells)
        .any(|c| matches!(c, ReportCell::Status { note, .. } if !note.is_empty()));
    for column in table
        .columns
        .iter()
        .filter(|c| !matches!(c.role, ColumnRole::Reference | ColumnRole::Objective))
    {
        out.push(column.header.to_string());
        if column.role == ColumnRole::Status && has_positions {
            out.push(report.words.position.clone());
        }
        if column.role == ColumnRole::Status && has_notes {
            out.push(report.words.status_note.clone());
        }
    }
    out
}

/// The rows of the plan's sheet: one for each action, and one for what has none.
fn rows(table: &PlanTable) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let reference = table
        .columns
        .iter()
        .filter(|c| c.role != ColumnRole::Objective)
        .position(|c| c.role == ColumnRole::Reference)
        .unwrap();
    for theme in &table.themes {
        let before = out.len();
        for group in &theme.objectives {
            let own = if table.has_objectives { objective(group) } else { String::new() };
            for action in &group.actions {
                let others = action
                    .cells
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| *i != reference)
                    .flat_map(|(_, c)| cell(c));
                out.push(
                    [action.reference.clone(), theme.title.to_string(), own.clone()]
                        .into_iter()
                        .chain(others)
                        .collect(),
                );
            }
            if group.actions.is_empty() && !own.is_empty() {
                out.push(vec![theme.title.to_string(), own]);
            }
        }
        if out.len() == before && !theme.title.is_empty() {
            out.push(vec![theme.title.to_string()]);
        }
    }
    out
}

/// What a section must say, cell after cell.
fn expected(report: &Report, section: &ReportSection) -> Vec<String> {
    let mut out = vec![section.heading.to_string()];
    for content in &section.contents {
        match content {
            SectionContent::Text(text) => {
                out.extend(text.blocks.iter().map(|b| shown(&Text::from(b.clone()))));
            }
            SectionContent::Plan(table) => {
                let cells = table
                    .themes
                    .iter()
                    .flat_map(|t| &t.objectives)
                    .flat_map(|o| &o.actions)
                    .flat_map(|a| &a.cells);
                let is_marked = cells.into_iter().any(|cell| match cell {
                    ReportCell::Status { position, note, .. } => {
                        [position, note].iter().any(|words| words.ends_with('†'))
                    }
                    _ => false,
                });
                let caption = [table.caption.to_string(), report.words.entry.legend.clone()];
                // what the mark means stands beside the legend, in the last row before the headers
                out.extend(
                    if is_marked || table.columns.iter().any(|column| column.header.contains('†'))
                    {
                        vec![caption[0].clone(), report.calculated.clone(), caption[1].clone()]
                    } else {
                        caption.to_vec()
                    },
                );
                out.extend(headers(report, table));
                out.extend(rows(table).into_iter().flatten());
            }
            other => panic!("{other:?} is in no sheet"),
        }
    }
    out
}

/// What a sheet of tables says above them of the mark of what was calculated, once.
fn explained(report: &Report, sheet: &DataSheet) -> Vec<String> {
    let is_marked =
        |cell: &ReportCell| matches!(cell, ReportCell::Status { note, .. } if *note == "†");
    let tables = sheet.tables.iter().filter(|table| !table.rows.is_empty());
    let mut any = tables.map(|t| {
        t.columns.iter().any(|c| c.header.contains('†')) || t.rows.iter().flatten().any(is_marked)
    });
    if any.any(|any| any) { vec![report.calculated.clone()] } else { Vec::new() }
}

/// What a sheet of tables must say, cell after cell, below its heading.
fn expected_tables(sheet: &DataSheet) -> Vec<String> {
    let held = |data: &ReportCell| match data {
        ReportCell::Status { mark, note, .. } => {
            vec![mark.as_ref().map_or(String::new(), |m| {
                format!("{}{}", m.label, if *note == "†" { "†" } else { "" })
            })]
        }
        ReportCell::Number(n) => vec![n.to_string()],
        ReportCell::Share(part, all) => {
            let float = |n: &usize| f64::from(u32::try_from(*n).unwrap());
            vec![(float(part) / float(all)).to_string()]
        }
        ReportCell::Link(link) => vec![link.description.clone()],
        shown => cell(shown),
    };
    let mut out = Vec::new();
    for table in &sheet.tables {
        out.push(table.caption.to_string());
        if !table.rows.is_empty() {
            out.extend(table.columns.iter().map(|c| c.header.to_string()));
            out.extend(table.rows.iter().flatten().flat_map(held));
        }
    }
    out
}

/// Reads a whole workbook back and compares it with what the report says.
fn reads_back(report: &Report, name: &str) {
    let mut book = open(report);
    let (mut names, mut headings) = (Vec::new(), Vec::new());
    for sheet in &report.sheets {
        let (short, heading) = match sheet {
            ReportSheet::Front(tables) | ReportSheet::Tables(tables) => {
                (&tables.short, &tables.heading)
            }
            ReportSheet::Section(i) => (&report.sections[*i].short, &report.sections[*i].heading),
        };
        names.push(short.clone());
        headings.push(heading.clone());
    }
    assert_eq!(book.sheet_names(), names, "{name}");
    for (sheet, short) in report.sheets.iter().zip(&names) {
        let mut wanted = match sheet {
            ReportSheet::Section(i) => expected(report, &report.sections[*i]),
            ReportSheet::Tables(tables) => [
                vec![tables.heading.to_string()],
                explained(report, tables),
                expected_tables(tables),
            ]
            .concat(),
            ReportSheet::Front(tables) => {
                let mut out = vec![tables.heading.to_string(), report.organisation.to_string()];
                out.extend(
                    tables.facts.iter().flat_map(|f| [f.label.clone(), f.value.to_string()]),
                );
                out.push("Contents".to_owned());
                out.extend(headings[1..].iter().map(ToString::to_string));
                out.extend(explained(report, tables));
                out.extend(expected_tables(tables));
                out
            }
        };
        wanted.retain(|words| !words.is_empty());
        assert_eq!(cells(&mut book, short), wanted, "{name}: {short}");
        let first = book.worksheet_range(short).unwrap().get_value((0, 0)).map(held);
        assert_eq!(first.as_ref(), wanted.first(), "{name}: {short} has its heading in A1");
    }
}

#[test]
fn every_word_of_the_report_is_read_back_in_order_and_nothing_else() {
    reads_back(&reported(PLAN), "the plan above");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut read = 0;
    for folder in fs::read_dir(fixtures).unwrap() {
        let file = folder.unwrap().path().join("plan.json");
        if let Ok(plan) = fs::read_to_string(&file) {
            reads_back(&reported(&plan), &file.display().to_string());
            read += 1;
        }
    }
    assert!(read > 5, "fixtures are missing");
}

#[test]
fn no_cell_is_a_formula_whatever_it_begins_with() {
    let report = reported(PLAN);
    let mut book = open(&report);
    for sheet in book.sheet_names() {
        assert_eq!(book.worksheet_formula(&sheet).unwrap().used_cells().count(), 0, "{sheet}");
    }
    let plan = cells(&mut book, "Plan");
    for words in [
        "=1+1\nNovember 2011 update: Done (action complete).",
        "@SUM(A1)",
        "-5% of cases",
        "+44",
        "-1",
        "@chair",
        "=Leadership()",
    ] {
        assert!(plan.iter().any(|cell| cell == words), "{words} is not in {plan:?}");
    }
}

#[test]
fn the_plan_is_a_table_with_one_row_for_each_action_and_nothing_merged_in_it() {
    let report = reported(PLAN);
    let mut book = open(&report);
    book.load_tables().unwrap();
    let table = book.table_by_name("Plan").unwrap();
    let (SectionContent::Plan(plan), name) = (&report.sections[4].contents[0], "Plan") else {
        panic!("the plan is elsewhere")
    };
    assert_eq!(table.sheet_name(), name);
    assert_eq!(table.columns(), headers(&report, plan));
    let rows: Vec<Vec<String>> = table
        .data()
        .rows()
        .map(|row| row.iter().map(held).filter(|c| !c.is_empty()).collect())
        .collect();
    let wanted: Vec<Vec<String>> = self::rows(plan)
        .into_iter()
        .map(|row| row.into_iter().filter(|c| !c.is_empty()).collect())
        .collect();
    assert_eq!(rows, wanted);
    assert_eq!(rows.len(), 4, "three actions, and an objective without any");
    assert_eq!(
        &rows[1][..3],
        ["1.2", "Leadership", "1  Ensure that records are kept.\nAnswers R1"],
        "theme and objective are repeated"
    );
    let (first, last) = (table.data().start().unwrap(), table.data().end().unwrap());
    let merged = book.merge_cells_by_sheet_name(name).unwrap();
    assert!(
        merged.iter().all(|m| m.end.0 < first.0 - 1 || m.start.0 > last.0),
        "{merged:?} meets the table from {first:?}"
    );
}

#[test]
fn references_are_marked_where_the_source_has_none() {
    let first_header = |source: &str| {
        let source = planwright::read(source.as_bytes(), planwright::Format::Markdown).unwrap();
        let plan = planwright::import(source, &planwright::ImportOptions::default()).plan;
        let report = whole::report(&plan, &whole::review(&plan, None), &ReportOptions::default());
        let table = open(&report).worksheet_range("Plan").unwrap();
        let header = table
            .rows()
            .find(|row| row.iter().any(|cell| held(cell) == "Action"))
            .unwrap()
            .iter()
            .map(held)
            .next();
        header.unwrap()
    };
    assert_eq!(
        first_header(
            "| Action | Owner | Due |\n|---|---|---|\n| Train staff | Ann Ash | May 2027 |\n"
        ),
        "Ref†"
    );
    assert_eq!(
        first_header(
            "| No. | Action | Owner | Due |\n|---|---|---|---|\n| 7 | Train staff | Ann Ash | May 2027 |\n"
        ),
        "No."
    );
}

#[test]
fn headers_of_the_table_are_unlike_each_other_and_no_word_of_them_is_lost() {
    let long = "h".repeat(400);
    let plan = format!(
        r#"{{ "planwright": 1, "columns": [ {{ "field": "action", "header": "What" }}, {{ "field": "extra", "header": "{long}" }} ],
          "themes": [ {{ "objectives": [ {{ "reference": "1", "actions": [
            {{ "reference": "1.1", "action": "Do it", "extra": {{ "what": "a", "Date": "b", "_x0041_": "c", "d\ne": "f", "{long}": "g" }} }} ] }} ] }} ] }}"#
    );
    let mut book = open(&reported(&plan));
    book.load_tables().unwrap();
    let table = book.table_by_name("Plan").unwrap();
    let wanted = ["Ref", "What", &"h".repeat(255), "what (2)", "Date", "_x0041_", "d e", "Status"];
    let columns: Vec<&str> =
        table.columns().iter().map(|c| if c == "_x005F_x0041_" { "_x0041_" } else { c }).collect();
    assert_eq!(columns[..8], wanted);
    assert!(columns.contains(&"Date (2)"), "{columns:?}");
    assert!(cells(&mut book, "Long texts").contains(&long));
}

#[test]
fn what_one_cell_cannot_hold_goes_on_elsewhere_and_nothing_is_lost() {
    let many = |n: u32, part: fn(u32) -> String, between: &str| {
        (0..n).map(part).collect::<Vec<_>>().join(between)
    };
    let sentence = many(9_000, |i| format!("word{i}"), " ");
    let paragraphs = many(600, |i| format!("line {i}"), "\\n\\n");
    let emphasis = many(3_000, |i| format!("**b{i}** *i{i}*"), " ");
    let plan = format!(
        r#"{{ "planwright": 1, "title": "{sentence}", "introduction": "{sentence}",
          "themes": [ {{ "title": "{sentence}", "objectives": [ {{ "reference": "1", "text": "{sentence}", "actions": [
            {{ "reference": "1.1", "owners": ["Ann"], "action": "{sentence}", "success_measures": "{paragraphs}" }},
            {{ "reference": "1.2", "owners": ["Bo"], "action": "{emphasis}" }} ] }} ] }} ] }}"#,
    );
    let report = reported(&plan);
    let told = workbook(&report, &XlsxOptions::default()).unwrap().diagnostics;
    let of = |code: Code| {
        told.iter().filter(|d| d.code == code).map(|d| d.message.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(Code::CellGoesOn).len(), 6);
    assert!(of(Code::CellGoesOn)[2].starts_with("“Action” of Action 1.1 is longer"));
    assert_eq!(of(Code::RowTooHigh).len(), 3);

    let mut book = open(&report);
    for sheet in book.sheet_names() {
        for cell in cells(&mut book, &sheet) {
            assert!(
                cell.encode_utf16().count() <= 32_767 && cell.matches('\n').count() <= 253,
                "{sheet}: {} characters",
                cell.len()
            );
        }
    }
    let front = cells(&mut book, "Summary").concat() + &cells(&mut book, "Introduction").concat();
    assert_eq!(front.matches(&sentence).count(), 2, "the title and the introduction are whole");

    let plan = book.worksheet_range("Plan").unwrap();
    let long = cells(&mut book, "Long texts").concat();
    let headers =
        plan.rows().position(|row| row.contains(&Data::String("Action".to_owned()))).unwrap();
    let column = |header: &str| {
        let at = plan
            .rows()
            .nth(headers)
            .unwrap()
            .iter()
            .position(|c| *c == Data::String(header.to_owned()))
            .unwrap();
        plan.rows().skip(headers + 1).map(|row| row[at].to_string()).collect::<Vec<String>>()
    };
    let whole = |cell: &str, words: &str| {
        let begins = cell.strip_suffix("\n[goes on in the sheet “Long texts”]").unwrap();
        let rest = words.strip_prefix(begins).unwrap();
        assert!(
            !rest.is_empty() && long.contains(rest),
            "{} of {} characters are lost",
            rest.len(),
            words.len()
        );
    };
    let words = |text: &str| shown(&Text::from_commonmark(&text.replace("\\n", "\n")));
    let action = column("Action");
    whole(&action[0], &sentence);
    whole(&action[1], &words(&emphasis));
    whole(&column("Success measures")[0], &words(&paragraphs));
    for header in ["Theme", "Objective"] {
        let cells = column(header);
        let of_objective = format!("1  {sentence}");
        let words = if header == "Theme" { &sentence } else { &of_objective };
        whole(&cells[0], words);
        // the row below repeats its beginning
        let again = cells[1].strip_suffix('…').unwrap();
        assert!((400..=500).contains(&again.len()) && words.starts_with(again), "{again}");
    }
    assert_eq!(column("Ref"), ["1.1", "1.2"]);
}

/// The words of a part of the file.
fn part(book: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    std::io::read_to_string(package.by_name(name).unwrap()).unwrap()
}

#[test]
fn dates_that_say_no_more_than_a_day_or_month_are_dates() {
    let targets = [
        "30/09/2011",
        "Sept '11",
        "end of Oct '11",
        "Q2 2011/12",
        "Ongoing",
        "30.9.11 (moved)",
        "2011",
    ];
    let actions: Vec<String> = targets
        .iter()
        .enumerate()
        .map(|(i, t)| {
            format!(
                r#"{{ "reference": "1.{i}", "action": "Do it", "target": {} }}"#,
                json_target(t)
            )
        })
        .collect();
    let plan = format!(
        r#"{{ "planwright": 1, "themes": [ {{ "objectives": [ {{ "reference": "1", "actions": [ {} ] }} ] }} ] }}"#,
        actions.join(",")
    );
    let report = reported(&plan);
    let bytes = xlsx(&report, &XlsxOptions::default()).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    book.load_tables().unwrap();
    let table = book.table_by_name("Plan").unwrap();
    let at = table.columns().iter().position(|c| c == "Target date").unwrap();
    let is_date: Vec<bool> =
        table.data().rows().map(|row| matches!(row[at], Data::DateTime(_))).collect();
    assert_eq!(is_date, [true, true, false, false, false, false, false]);
    let words: Vec<String> = table.data().rows().skip(2).map(|row| row[at].to_string()).collect();
    assert_eq!(words, targets[2..]);
    let styles = part(&bytes, "xl/styles.xml");
    assert!(
        styles.contains("formatCode=\"d mmm yyyy\"") && styles.contains("formatCode=\"mmm yyyy\""),
        "{styles}"
    );
}

#[test]
fn the_other_sheets_count_statuses_and_positions() {
    let plan = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hampshire-2011/plan.json"),
    )
    .unwrap();
    let bytes = xlsx(&reported(&plan), &XlsxOptions::default()).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    book.load_tables().unwrap();
    let mut table = |name: &str| {
        let table = book.table_by_name(name).unwrap();
        (
            table.columns().to_vec(),
            table
                .data()
                .rows()
                .map(|row| row.iter().map(held).collect())
                .collect::<Vec<Vec<String>>>(),
        )
    };
    let (columns, rows) = table("By_status");
    assert_eq!(
        columns,
        ["Status", "Actions", "Share", "Of these, taken from updates or target dates"]
    );
    assert_eq!(rows[0][..2], ["Complete", "13"]);
    assert_eq!(rows.iter().map(|row| row[1].parse::<u32>().unwrap()).sum::<u32>(), 34);
    let (columns, rows) = table("By_position");
    assert_eq!(columns, ["Against the calendar†", "Actions", "Share"]);
    let positions: Vec<[&str; 2]> = rows.iter().map(|row| [row[0].as_str(), &row[1]]).collect();
    assert_eq!(positions, [["Completed", "13"], ["Overdue", "2"], ["Not due yet", "19"]]);
    let (columns, rows) = table("By_theme");
    assert_eq!(
        columns,
        ["Theme", "Complete", "On track", "No status reported", "Actions", "Overdue†"]
    );
    assert_eq!(
        rows[3],
        ["Children and young people are safe and feel safe", "1", "1", "3", "5", "1"]
    );
    let (columns, rows) = table("Overdue");
    assert_eq!(columns[columns.len() - 3..], ["Days overdue†", "Status", "Latest report"]);
    let told: Vec<[&str; 5]> =
        rows.iter().map(|r| [r[0].as_str(), &r[3], &r[4], &r[5], &r[6]]).collect();
    let expected = [
        ["8.1", "Sharon North", "2011-09-30", "61", "No status reported"],
        ["7.2", "Lin Ferguson", "2011-10-31", "30", "No status reported"],
    ];
    assert_eq!(told, expected, "most days late first");
    assert_eq!(rows[1][7], "No update");
    assert!(
        rows[0][7].starts_with("November 2011 update: Missing from Home procedure in progress."),
        "{rows:?}"
    );
    let (_, rows) = table("By_owner");
    let lin = rows.iter().find(|row| row[0] == "Lin Ferguson").unwrap();
    assert_eq!(lin[1..], ["2", "1", "1", "4", "1", "2012-04-30"]);
    let (columns, rows) = table("Recommendations");
    assert_eq!(columns[..5], ["Ref", "Area", "Time limit", "Recommendation", "Answered by"]);
    assert_eq!(rows[0][4..5], ["Objective 4"]);
    let summary = cells(&mut book, "Summary").concat();
    assert!(summary.contains("16 statuses are taken from updates or target dates"), "{summary}");

    let workbook = part(&bytes, "xl/workbook.xml");
    for name in [
        "Plan",
        "Overdue",
        "By_owner",
        "By_status",
        "By_position",
        "By_theme",
        "Recommendations",
        "Key",
    ] {
        assert!(
            workbook.contains(&format!("name=\"{name}_cells\"")),
            "{name} is not in {workbook}"
        );
    }
    let charts = [1, 3].map(|n| part(&bytes, &format!("xl/charts/chart{n}.xml")));
    assert!(charts[0].contains("Actions by status as at 30 November 2011"));
    assert!(charts[1].contains("pattFill"), "parts of a bar are told apart without their colours");
    let drawing = part(&bytes, "xl/drawings/drawing1.xml");
    assert!(
        drawing.contains(
            "descr=\"Actions by status: Complete 13, On track 3, No status reported 18.\""
        ),
        "{drawing}"
    );
}

fn json_target(words: &str) -> String {
    serde_json::to_string(&Target::read(words)).unwrap()
}

#[test]
fn what_is_changed_in_cells_of_the_plan_is_told_and_what_is_filled_in_is_read() {
    let plan = json::read(PLAN.as_bytes()).unwrap();
    let mut changed = plan.clone();
    let first = &mut changed.themes[0];
    first.title = "Governance".to_owned();
    first.objectives[1].text = "Another objective alone.".into();
    let third = &mut changed.themes[1].objectives[0];
    third.text = "Something else".into();
    let action = &mut changed.themes[0].objectives[0].actions[0];
    action.target = Some(Target::read("30/09/2011"));
    action.review.reviewed_on = "30 November 2011".to_owned();
    action.review.progress = "Three of three.".into();
    let action = &mut changed.themes[0].objectives[0].actions[1];
    action.target = Some(Target::read("Oct '11"));
    let report = whole::report(&changed, &whole::review(&plan, None), &ReportOptions::default());
    let carries = Some(Embedding {
        plan: &whole::whole(&plan),
        as_of: None,
        return_of: None,
        language: planwright::Language::English,
    });
    let bytes = xlsx(&report, &XlsxOptions { carries, ..XlsxOptions::default() }).unwrap();
    // the cells were changed since the workbook was written: what it stores of them is that of the
    // plan
    let mut source = planwright::read(&bytes, planwright::Format::Workbook).unwrap();
    let unchanged = whole::report(&plan, &whole::review(&plan, None), &ReportOptions::default());
    let stored = planwright::read(
        &xlsx(&unchanged, &XlsxOptions { carries, ..XlsxOptions::default() }).unwrap(),
        planwright::Format::Workbook,
    );
    let is_hidden = |block: &Block| matches!(block, Block::Grid(grid) if grid.sheet.as_ref().is_some_and(|sheet| sheet.hidden));
    let of_plan = stored.unwrap().blocks.into_iter().find(is_hidden).unwrap();
    *source.blocks.iter_mut().find(|block| is_hidden(block)).unwrap() = of_plan;
    let filled = read_workbook(&mut source, &planwright::Limits::default()).unwrap().unwrap();
    let told: Vec<&str> = filled.diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "the cell under “Theme” of action 1.1 was changed; the plan keeps “Leadership”",
            "the cell under “Theme” of action 1.2 was changed; the plan keeps “Leadership”",
            "the cell under “Target date” of action 1.2 was changed; the plan keeps it empty",
            "this row has no reference, so it is of no action of the plan; it was left out",
            "the cell under “What?” of action 3.1 was changed; the plan keeps “3 1_x0041_2 is 1_x0042_2 here Answers R1”",
        ],
        "a day that ends the month is the date that was there, and so is another spelling of a day"
    );
    let answers: Vec<(&str, String)> = filled
        .answers
        .iter()
        .map(|a| (a.reference.as_str(), a.entry.progress.plain().into_owned()))
        .collect();
    assert_eq!(answers, [("1.1", "Three of three.".to_owned())]);
}

#[test]
fn links_beyond_what_excel_takes_are_words() {
    let objectives: Vec<String> = (1..=65_010)
        .map(|i| format!(r#"{{ "reference": "{i}", "text": "Keep records", "recommendation": "R1", "actions": [] }}"#))
        .collect();
    let plan = format!(
        r#"{{ "planwright": 1, "recommendations": [ {{ "reference": "R1", "text": "keep records" }} ], "themes": [ {{ "objectives": [ {} ] }} ] }}"#,
        objectives.join(",")
    );
    let made = workbook(&reported(&plan), &XlsxOptions::default()).unwrap();
    assert_eq!(made.diagnostics.len(), 1);
    assert!(
        made.diagnostics[0].message.starts_with("10 of the workbook's links"),
        "{:?}",
        made.diagnostics
    );
    let mut book = Xlsx::new(Cursor::new(made.bytes)).unwrap();
    assert!(
        cells(&mut book, "Recommendations").contains(&"Objective 65010".to_owned()),
        "the words are there"
    );
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = reported(PLAN);
    let first = xlsx(&report, &XlsxOptions::default()).unwrap();
    let again = std::thread::spawn(move || xlsx(&reported(PLAN), &XlsxOptions::default()).unwrap())
        .join()
        .unwrap();
    assert!(first == again);
    let dated = XlsxOptions { created: Date::new(2011, 11, 30), ..XlsxOptions::default() };
    assert!(xlsx(&report, &dated).unwrap() != first, "the day of making is in the file");
}

#[test]
fn a_plan_without_review_columns_objectives_or_actions_is_still_a_workbook() {
    let plan = r#"{ "planwright": 1, "themes": [ { "objectives": [
        { "reference": "1", "actions": [ { "reference": "1.1", "action": "Do it" } ] } ] } ] }"#;
    let plan = json::read(plan.as_bytes()).unwrap();
    let bare = whole::report(
        &plan,
        &whole::review(&plan, None),
        &ReportOptions { review_columns: false, ..ReportOptions::default() },
    );
    assert!(cells(&mut open(&bare), "Plan").contains(&"Do it".to_owned()));
    let empty = reported(r#"{ "planwright": 1, "themes": [] }"#);
    assert!(cells(&mut open(&empty), "Plan").contains(&"The plan has no actions.".to_owned()));
}

#[test]
fn what_cannot_be_a_workbook_is_told() {
    let mut report = reported(PLAN);
    report.sections[0].short = "no/sheet".to_owned();
    let error = xlsx(&report, &XlsxOptions::default()).unwrap_err();
    assert!(error.is_unwritable());
    assert!(error.to_string().contains("no/sheet"), "{error}");
}

/// The conditional formats of a sheet: where they apply, and when.
fn conditional_formats(sheet: &str) -> Vec<(String, String)> {
    let between = |text: &str, open: &str, close: &str| {
        text.split_once(open)
            .and_then(|(_, rest)| rest.split_once(close))
            .map(|(t, _)| t.to_owned())
    };
    let of = |format: &str| {
        let area = between(format, "sqref=\"", "\"").unwrap();
        let formulas = format.split("<formula>").skip(1);
        let formula = |rest: &str| rest.split_once('<').unwrap().0.replace("&lt;&gt;", "<>");
        formulas.map(|rest| (area.clone(), formula(rest))).collect::<Vec<_>>()
    };
    sheet.split("<conditionalFormatting ").skip(1).flat_map(of).collect()
}

#[test]
fn a_line_and_strong_words_show_where_a_theme_begins() {
    let book = xlsx(&reported(PLAN), &XlsxOptions::default()).unwrap();
    let found: Vec<(String, String)> = (1..9)
        .map(|number| format!("xl/worksheets/sheet{number}.xml"))
        .flat_map(|name| conditional_formats(&part(&book, &name)))
        .filter(|(_, formula)| formula.starts_with('$'))
        .collect();
    let expected = [
        // quieter where a row repeats the theme, strong where it begins, with a line across
        ("B4:B7", "$B4=$B3"),
        ("B4:B7", "$B4<>$B3"),
        ("A4:P7", "$B4<>$B3"),
        ("C4:C7", "$C4=$C3"),
    ];
    assert_eq!(found, expected.map(|(area, formula)| (area.to_owned(), formula.to_owned())));
}
