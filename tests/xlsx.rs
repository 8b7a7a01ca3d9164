//! The workbook, read back by another program: what the report says is in it, in order, and nothing else.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use planwright::report::{Content, ObjectiveGroup, ReportCell, Role, Section};
use planwright::write::{XlsxOptions, xlsx};
use planwright::{Date, Report, ReportOptions, Text, TextBlockKind, json, report, review};

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
    report(&plan, &review(&plan, None), &ReportOptions::default())
}

fn open(report: &Report) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(xlsx(report, &XlsxOptions::default()).unwrap())).unwrap()
}

/// The cells of a sheet that hold something, row after row.
fn cells(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<String> {
    let range = book.worksheet_range(sheet).unwrap();
    let cells = range.cells().filter_map(|(_, _, cell)| match cell {
        Data::Empty => None,
        Data::String(words) => Some(words.clone()),
        other => panic!("{sheet} holds {other:?}, which is no text"),
    });
    cells.collect()
}

/// The words of a text as a workbook shows them.
fn shown(text: &Text) -> String {
    let block = |b: &planwright::TextBlock| {
        let sign = match b.kind {
            TextBlockKind::Paragraph => String::new(),
            TextBlockKind::Bullet { depth } => "   ".repeat(depth.into()) + "• ",
            TextBlockKind::Numbered { depth, number } => "   ".repeat(depth.into()) + &format!("{number}. "),
        };
        let spans = b.spans.iter().map(|s| match &s.link {
            Some(address) if !s.text.contains(address.as_str()) => format!("{} ({address})", s.text),
            _ => s.text.clone(),
        });
        sign + &spans.collect::<String>()
    };
    text.blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn objective(group: &ObjectiveGroup) -> String {
    let own = if group.text.is_empty() { String::new() } else { format!("{}  {}", group.reference, shown(&group.text)) };
    let link = group.recommendation.as_ref().map(|l| l.description.clone());
    [Some(own).filter(|o| !o.is_empty()), link].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn cell(cell: &ReportCell) -> Vec<String> {
    match cell {
        ReportCell::Text(text) => vec![shown(text)],
        ReportCell::Date { text, .. } => vec![text.clone()],
        ReportCell::Status { mark, note } => vec![mark.as_ref().map_or(String::new(), |m| m.label.clone()), note.clone()],
    }
}

/// What a section must say, cell after cell.
fn expected(report: &Report, section: &Section) -> Vec<String> {
    let mut out = vec![section.heading.clone()];
    for content in &section.contents {
        match content {
            Content::Text(text) => out.extend(text.blocks.iter().map(|b| shown(&Text::from(b.clone())))),
            Content::Table(table) => {
                out.push(table.caption.clone());
                out.extend(table.header.iter().chain(table.rows.iter().flatten()).cloned());
            }
            Content::Recommendations(groups) => {
                for group in groups {
                    let band = [&group.area, &group.deadline].into_iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>();
                    out.push(band.join(" · "));
                    for item in &group.items {
                        out.extend([item.reference.clone(), shown(&item.text)]);
                        out.extend(item.answered_by.iter().map(|l| l.description.clone()));
                    }
                }
            }
            Content::Key(entries) => out.extend(entries.iter().flat_map(|e| [e.mark.label.clone(), e.definition.clone()])),
            Content::Plan(table) => {
                out.extend([table.caption.clone(), report.words.entry.legend.clone()]);
                let actions = || table.themes.iter().flat_map(|t| &t.objectives).flat_map(|o| &o.actions);
                let has_notes = actions().flat_map(|a| &a.cells).any(|c| matches!(c, ReportCell::Status { note, .. } if !note.is_empty()));
                for column in &table.columns {
                    out.push(column.header.clone());
                    if column.role == Role::Status && has_notes {
                        out.push(report.words.status_note.clone());
                    }
                }
                for theme in &table.themes {
                    out.push(theme.title.clone());
                    for group in &theme.objectives {
                        out.extend(table.has_objectives.then(|| objective(group)));
                        out.extend(group.actions.iter().flat_map(|a| &a.cells).flat_map(cell));
                    }
                }
            }
        }
    }
    out.retain(|words| !words.is_empty());
    out
}

/// Reads a whole workbook back and compares it with what the report says.
fn reads_back(report: &Report, name: &str) {
    let mut book = open(report);
    let leading = report.sections.iter().take_while(|s| s.contents.iter().all(|c| matches!(c, Content::Text(_)))).count();
    let (leading, others) = report.sections.split_at(leading);
    let names: Vec<String> = ["Contents".to_owned()].into_iter().chain(others.iter().map(|s| s.short.clone())).collect();
    assert_eq!(book.sheet_names(), names, "{name}");

    let mut front = vec![report.title.clone(), report.organisation.clone()];
    front.extend(report.facts.iter().flat_map(|f| [f.label.clone(), f.value.clone()]));
    front.extend(leading.iter().flat_map(|section| expected(report, section)));
    front.push("Contents".to_owned());
    front.extend(others.iter().map(|s| s.heading.clone()));
    front.retain(|words| !words.is_empty());
    assert_eq!(cells(&mut book, "Contents"), front, "{name}");

    for section in others {
        assert_eq!(cells(&mut book, &section.short), expected(report, section), "{name}: {}", section.short);
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
fn each_sheet_has_its_heading_in_the_first_cell() {
    let report = reported(PLAN);
    let mut book = open(&report);
    for section in &report.sections[1..] {
        let range = book.worksheet_range(&section.short).unwrap();
        assert_eq!(range.get_value((0, 0)), Some(&Data::String(section.heading.clone())));
    }
}

#[test]
fn no_cell_is_a_formula_whatever_it_begins_with() {
    let report = reported(PLAN);
    let mut book = open(&report);
    for sheet in book.sheet_names() {
        assert_eq!(book.worksheet_formula(&sheet).unwrap().used_cells().count(), 0, "{sheet}");
    }
    let plan = cells(&mut book, "The plan");
    for words in ["=1+1\nNovember 2011 update: Done (action complete).", "@SUM(A1)", "-5% of cases", "+44", "-1", "@chair", "=Leadership()"]
    {
        assert!(plan.iter().any(|cell| cell == words), "{words} is not in {plan:?}");
    }
}

#[test]
fn bands_stand_across_the_table_and_objectives_over_their_actions() {
    let report = reported(PLAN);
    let mut book = open(&report);
    let range = book.worksheet_range("The plan").unwrap();
    let merged: Vec<((u32, u32), (u32, u32))> =
        book.merge_cells_by_sheet_name("The plan").unwrap().iter().map(|d| (d.start, d.end)).collect();
    let row_of = |words: &str| {
        let found = range.rows().position(|row| row.iter().any(|c| matches!(c, Data::String(s) if s.contains(words))));
        u32::try_from(found.unwrap()).unwrap()
    };
    let last = u32::try_from(range.width() - 1).unwrap();
    for band in ["Leadership", "=Leadership()"] {
        let row = row_of(band);
        assert!(merged.contains(&((row, 0), (row, last))), "{band} at {row} in {merged:?}");
    }
    let row = row_of("Ensure that records are kept.");
    assert!(merged.contains(&((row, 0), (row + 1, 0))), "the first objective at {row} in {merged:?}");
}

#[test]
fn what_one_cell_cannot_hold_goes_on_below_and_nothing_is_lost() {
    let many = |n: u32, part: fn(u32) -> String, between: &str| (0..n).map(part).collect::<Vec<_>>().join(between);
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
    let mut book = open(&report);
    for sheet in book.sheet_names() {
        for cell in cells(&mut book, &sheet) {
            assert!(cell.encode_utf16().count() <= 32_767 && cell.matches('\n').count() <= 253, "{sheet}: {} characters", cell.len());
        }
    }
    let front = cells(&mut book, "Contents").concat();
    assert_eq!(front.matches(&sentence).count(), 2, "the title and the introduction are whole");

    let plan = book.worksheet_range("The plan").unwrap();
    let headers = plan.rows().position(|row| row.contains(&Data::String("Action".to_owned()))).unwrap();
    let column = |header: &str| {
        let at = plan.rows().nth(headers).unwrap().iter().position(|c| *c == Data::String(header.to_owned())).unwrap();
        let cells = plan.rows().skip(headers + 1).filter_map(|row| match &row[at] {
            Data::String(words) => Some(words.clone()),
            _ => None,
        });
        cells.collect::<Vec<String>>()
    };
    let words = |text: &str| shown(&Text::from_commonmark(&text.replace("\\n", "\n")));
    assert_eq!(column("Action").concat(), words(&sentence) + &words(&emphasis));
    assert_eq!(column("Success measures").concat(), words(&paragraphs));
    assert_eq!(column("Objective").concat(), format!("{sentence}1  {sentence}"), "the band, then the objective");
    assert_eq!(column("Ref"), ["1.1", "1.2"]);
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = reported(PLAN);
    let first = xlsx(&report, &XlsxOptions::default()).unwrap();
    let again = std::thread::spawn(move || xlsx(&reported(PLAN), &XlsxOptions::default()).unwrap()).join().unwrap();
    assert!(first == again);
    let dated = XlsxOptions { created: Date::new(2011, 11, 30), ..XlsxOptions::default() };
    assert!(xlsx(&report, &dated).unwrap() != first, "the day of making is in the file");
}

#[test]
fn a_plan_without_review_columns_objectives_or_actions_is_still_a_workbook() {
    let plan = r#"{ "planwright": 1, "themes": [ { "objectives": [
        { "reference": "1", "actions": [ { "reference": "1.1", "action": "Do it" } ] } ] } ] }"#;
    let plan = json::read(plan.as_bytes()).unwrap();
    let bare = report(&plan, &review(&plan, None), &ReportOptions { review_columns: false, ..ReportOptions::default() });
    assert!(cells(&mut open(&bare), "The plan").contains(&"Do it".to_owned()));
    let empty = reported(r#"{ "planwright": 1, "themes": [] }"#);
    assert!(cells(&mut open(&empty), "The plan").contains(&"The plan has no actions.".to_owned()));
}

#[test]
fn what_cannot_be_a_workbook_is_told() {
    let mut report = reported(PLAN);
    report.sections[1].short = "no/sheet".to_owned();
    let error = xlsx(&report, &XlsxOptions::default()).unwrap_err();
    assert!(error.is_unwritable());
    assert!(error.to_string().contains("no/sheet"), "{error}");
}
