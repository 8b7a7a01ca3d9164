//! Workbooks and pages that come back are matched by the ids and hashes stored in them, not by what
//! the program calls things by then.
//!
//! What is sent here is in Welsh, and then says of itself that it is in English: each label of the
//! program that reads it is another.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use super::fixture;
use super::whole;

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use planwright::embedded::{self, Embedding, ReturnedWorkbook};
use planwright::returns::{MergeOptions, OwnerReturn, ReturnedPlan, merge};
use planwright::source::{Block, Grid};
use planwright::write::{HtmlOptions, XlsxOptions};
use planwright::{Format, Language, Limits, Plan, ReportOptions, Source, read, report, review};
use serde_json::Value;

const MARK: &str = "planwright-plan:";

fn sent() -> (Plan, OwnerReturn) {
    let plan = fixture::named("returned").import().plan;
    let asked = whole::returns(&plan, "2012-03".parse().ok())
        .unwrap()
        .into_iter()
        .find(|one| one.of.owner() == "Lin Ferguson")
        .unwrap();
    (plan, asked)
}

fn options(asked: &OwnerReturn) -> ReportOptions {
    ReportOptions {
        for_return: Some(asked.of.clone()),
        language: Language::Welsh,
        ..ReportOptions::default()
    }
}

fn carries(asked: &OwnerReturn) -> Embedding<'_> {
    Embedding {
        plan: &asked.plan,
        as_of: "2011-11-30".parse().ok(),
        return_of: Some(&asked.of),
        language: Language::Welsh,
    }
}

fn grids(source: &mut Source) -> impl Iterator<Item = &mut Grid> {
    source
        .blocks
        .iter_mut()
        .filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None })
}

/// The return as a workbook whose labels the program does not use any more, and what it stores.
fn workbook(asked: &OwnerReturn) -> (Source, Value) {
    let made =
        report(&asked.plan, &review(&asked.plan, "2011-11-30".parse().ok()), &options(asked));
    let bytes = planwright::write::xlsx(
        &made,
        &XlsxOptions { carries: Some(carries(asked)), ..XlsxOptions::default() },
    )
    .unwrap();
    let mut source = read(&bytes, Format::Workbook).unwrap();
    let hidden = grids(&mut source)
        .find(|grid| grid.rows.iter().any(|row| row.cells[0].value.plain().starts_with(MARK)))
        .unwrap();
    let start =
        hidden.rows.iter().position(|row| row.cells[0].value.plain().starts_with(MARK)).unwrap();
    let letters: String =
        hidden.rows[start..].iter().map(|row| row.cells[0].value.plain().into_owned()).collect();
    let mut json = String::new();
    let packed = STANDARD.decode(letters.trim_start_matches(MARK)).unwrap();
    ZlibDecoder::new(packed.as_slice()).read_to_string(&mut json).unwrap();
    let mut stored: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(stored.as_object_mut().unwrap().remove("language"), Some("cy".into()));
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(stored.to_string().as_bytes()).unwrap();
    hidden.rows.truncate(start + 1);
    hidden.rows[start].cells[0].value =
        (MARK.to_owned() + &STANDARD.encode(encoder.finish().unwrap())).as_str().into();
    (source, stored)
}

/// What the header of a field is in what was sent.
fn header<'a>(stored: &'a Value, field: &str) -> &'a str {
    let columns = stored["written"]["columns"].as_array().unwrap();
    columns.iter().find(|column| column["field"] == field).unwrap()["header"].as_str().unwrap()
}

/// Types words into the cell of an action.
fn fill(source: &mut Source, stored: &Value, reference: &str, field: &str, words: &str) {
    let (own, wanted) = (header(stored, "reference"), header(stored, field));
    for grid in grids(source) {
        let Some(at) = grid
            .rows
            .iter()
            .position(|row| row.cells.iter().any(|cell| cell.value.plain() == wanted))
        else {
            continue;
        };
        let of = |header: &str| {
            grid.rows[at].cells.iter().position(|cell| cell.value.plain() == header).unwrap()
        };
        let (references, column) = (of(own), of(wanted));
        if let Some(row) =
            grid.rows[at..].iter_mut().find(|row| row.cells[references].value.plain() == reference)
        {
            row.cells[column].value = words.into();
            return;
        }
    }
    panic!("there is no cell for {field} of {reference}");
}

fn read_back(mut source: Source) -> ReturnedWorkbook {
    embedded::read_workbook(&mut source, &Limits::default()).unwrap().unwrap()
}

#[test]
fn a_return_under_other_labels_holds_nothing_until_it_is_filled_in() {
    let (_, asked) = sent();
    let filled = read_back(workbook(&asked).0);
    assert_eq!(filled.language, Language::English);
    assert_eq!((filled.answers.len(), filled.diagnostics), (0, Vec::new()));
}

#[test]
fn a_return_under_other_labels_is_merged_as_any_other() {
    let (plan, asked) = sent();
    let (mut source, stored) = workbook(&asked);
    let complete = stored["written"]["states"]
        .as_array()
        .unwrap()
        .iter()
        .find(|state| state[0] == "complete")
        .unwrap()[1]
        .clone();
    assert_ne!(complete, "Complete", "the status is chosen by its label in the file");
    for (field, words) in [
        ("progress", "The board agreed the policy."),
        ("state", complete.as_str().unwrap()),
        ("evidence", "Board minutes, item 4"),
        ("revised_target", "May 2012"),
        ("reviewer", "Priya Shah"),
        ("reviewed_on", "27/02/2012"),
    ] {
        fill(&mut source, &stored, "1.1", field, words);
    }
    let filled = read_back(source);
    assert_eq!(filled.diagnostics, Vec::new());
    let entry = &filled.answers[0].entry;
    assert_eq!(
        (filled.answers.len(), entry.state.as_str(), entry.revised_target.as_str()),
        (1, "complete", "May 2012")
    );
    assert_eq!(
        (entry.evidence.plain().as_ref(), entry.reviewer.as_str(), entry.reviewed_on.as_str()),
        ("Board minutes, item 4", "Priya Shah", "27/02/2012")
    );
    let merged = merge(
        plan,
        &[ReturnedPlan { name: "lin.xlsx", filled: &filled }],
        &MergeOptions::default(),
    );
    let (_, _, action) =
        merged.plan.actions().find(|(_, _, action)| action.reference == "1.1").unwrap();
    assert_eq!(action.status.state.as_deref(), Some("complete"));
    assert_eq!(action.updates.last().unwrap().text.plain(), "The board agreed the policy.");
    assert_eq!(action.target.as_ref().unwrap().text, "May 2012");
}

#[test]
fn a_changed_cell_is_told_under_the_label_of_the_file() {
    let (_, asked) = sent();
    let (mut source, stored) = workbook(&asked);
    let theme = stored["written"]["columns"][1]["header"].as_str().unwrap().to_owned();
    for grid in grids(&mut source) {
        let Some(at) = grid
            .rows
            .iter()
            .position(|row| row.cells.iter().any(|cell| cell.value.plain() == theme))
        else {
            continue;
        };
        let column =
            grid.rows[at].cells.iter().position(|cell| cell.value.plain() == theme).unwrap();
        grid.rows[at + 1].cells[column].value = "Another theme".into();
        break;
    }
    let filled = read_back(source);
    assert_eq!(filled.diagnostics.len(), 1, "{:?}", filled.diagnostics);
    assert!(
        filled.diagnostics[0].message.contains(&format!("the cell under “{theme}”")),
        "{}",
        filled.diagnostics[0].message
    );
}

#[test]
fn a_page_under_other_labels_is_read_by_the_ids_of_its_fields() {
    let (_, asked) = sent();
    let made =
        report(&asked.plan, &review(&asked.plan, "2011-11-30".parse().ok()), &options(&asked));
    let page = planwright::write::html(
        &made,
        &HtmlOptions { carries: Some(carries(&asked)), ..HtmlOptions::default() },
    );
    let stored = page
        .split_once("<template id=\"planwright-plan\">")
        .unwrap()
        .1
        .split_once("</template>")
        .unwrap()
        .0;
    let stored: Value = serde_json::from_str(stored).unwrap();
    let columns = stored["written"]["columns"].as_array().unwrap();
    let progress = columns.iter().find(|column| column["field"] == "progress").unwrap();
    let header = progress.get("own").unwrap_or(&progress["header"]).as_str().unwrap();
    let answer = serde_json::json!({"1.1": {header: "Done."}}).to_string();
    let page = page.replacen("\"language\":\"cy\",", "", 1);
    let page = page.replacen(
        "<template id=\"planwright-filled\">{}",
        &format!("<template id=\"planwright-filled\">{answer}"),
        1,
    );
    let filled = embedded::read_page(page.as_bytes(), &Limits::default()).unwrap().unwrap();
    assert_eq!((filled.language, filled.diagnostics), (Language::English, Vec::new()));
    assert_eq!(filled.answers[0].entry.progress.plain(), "Done.");
}
