//! Whatever is read, nothing panics, nothing takes long, and what was read can be written. The fuzz
//! targets go on from here.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its seeds has failed

use crate::damage;
use crate::fixture;
use crate::whole;
use crate::words;

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use planwright::checklist::check_workbook;
use planwright::layout::{LayoutOptions, layout};
use planwright::{
    Format, ImportOptions, Imported, Limits, Plan, PublishOptions, Report, ReportOptions, Target,
    embedded, import, json, publish, read, read_within, write,
};
use proptest::prelude::*;
use proptest::sample::Index;

use damage::{damaged, packed, unpacked};

/// The formats, by the names of their fuzz targets.
const FORMATS: [(&str, Format); 4] = [
    ("markdown", Format::Markdown),
    ("delimited", Format::Delimited),
    ("page", Format::Html),
    ("workbook", Format::Workbook),
];

/// Room for every seed, and not for much more.
const LIMITS: Limits = Limits {
    bytes: 1 << 20,
    line: 1 << 17,
    unpacked: 1 << 20,
    cells: 20_000,
    nesting: 64,
    rows: 5_000,
    columns: 1_000,
    blocks: 5_000,
};

/// Every case takes a fraction of a second; the computer may be busy with something else.
const LONGEST: Duration = Duration::from_secs(5);

/// A source to be damaged: a fixture's, or one that a fuzz target begins with.
struct Seed {
    name: String,
    format: Format,
    bytes: Vec<u8>,
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

static SEEDS: LazyLock<Vec<Seed>> = LazyLock::new(|| {
    let of_fixture = |f: fixture::Fixture| Seed {
        name: f.name(),
        format: Format::from_extension(&f.extension()).unwrap(),
        bytes: f.bytes(),
    };
    let mut seeds: Vec<Seed> =
        fixture::all().into_iter().map(of_fixture).filter(|s| s.bytes.len() < 20_000).collect();
    for (target, format) in FORMATS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
        let files = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
        seeds.extend(files.map(|file| Seed {
            name: file.display().to_string(),
            format,
            bytes: fs::read(&file).unwrap(),
        }));
    }
    seeds
});

fn seeds(format: Format) -> impl Strategy<Value = &'static Seed> {
    prop::sample::select(SEEDS.iter().filter(|s| s.format == format).collect::<Vec<_>>())
}

fn report_of(plan: &Plan) -> Report {
    whole::report(plan, &whole::review(plan, "2012-01-31".parse().ok()), &ReportOptions::default())
}

/// Reads the bytes, and makes a plan file and a page of the plan; none if they cannot be read, with
/// an error that says why.
fn plan_of(bytes: &[u8], format: Format) -> Option<Plan> {
    let start = Instant::now();
    if format == Format::Workbook
        && let Err(error) = check_workbook(bytes, &LIMITS)
    {
        assert!(!error.to_string().is_empty());
    }
    let plan = match read_within(bytes, format, &LIMITS) {
        Ok(source) => {
            let Imported { plan, diagnostics, .. } =
                import(source, &ImportOptions { include_hidden: true, ..ImportOptions::default() });
            assert!(diagnostics.iter().all(|d| !d.message.is_empty()));
            let file = whole::json(&plan).unwrap();
            let again = whole::json(&json::read(file.as_bytes()).unwrap()).unwrap();
            assert_eq!(
                file.lines().zip(again.lines()).find(|(written, read)| written != read),
                None
            );
            assert!(
                write::html(&report_of(&plan), &write::HtmlOptions::default())
                    .trim_end()
                    .ends_with("</html>")
            );
            Some(plan)
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    };
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    plan
}

/// Makes the files that take longest.
fn write_all(plan: &Plan) {
    let report = report_of(plan);
    let calendar = whole::calendar(plan, &whole::review(plan, None), &ReportOptions::default());
    assert!(write::calendar(&calendar).ends_with("\r\nEND:VCALENDAR\r\n"));
    assert!(write::xlsx(&report, &write::XlsxOptions::default()).unwrap().starts_with(b"PK"));
    let public = publish(plan.clone(), &PublishOptions::public());
    let published =
        planwright::report(&public, &planwright::review(&public, None), &ReportOptions::default());
    assert!(
        write::xlsx_published(&published, &write::PublishedOptions::default())
            .unwrap()
            .starts_with(b"PK")
    );
    assert!(
        write::pdf(&layout(&report, &LayoutOptions::default()), &write::PdfOptions::default())
            .unwrap()
            .starts_with(b"%PDF")
    );
}

/// Text made of what readers look for.
fn marked_up() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        4 => "[a-zA-Z0-9 ]{1,8}",
        4 => prop::sample::select(damage::MARKS).prop_map(str::to_owned),
        1 => prop::sample::select(&["Action", "Owner", "Target date", "Status", "Objective", "Complete", "Sept '11"][..]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(words, 0..60).prop_map(|words| words.concat())
}

/// A table with the columns of a plan, and a few letters, dates or signs in each cell.
fn grid() -> impl Strategy<Value = String> {
    const HEADER: [&str; 8] = [
        "Reference",
        "Theme",
        "Objective",
        "Action",
        "Owner",
        "Success measures",
        "Target date",
        "Status",
    ];
    let cell = prop_oneof![
        2 => Just(String::new()),
        2 => r"[a-zA-Zé0-9]{1,5}",
        2 => r#"[a-z0-9 .,;:()*_/'"£%+~#!?|-]{1,12}"#,
        1 => "[0-3]?[0-9][./ -](0?[0-9]|1[0-2]|[A-Z][a-z]{2})[./ -](20)?1[0-9]",
        1 => "(R|[0-9])[0-9.]{0,4}",
        1 => prop::sample::select(&["Complete", "G", "50%", "ongoing", "TBC", "Jo Lee", "Nov 2011 update: done", "Amend the form"][..])
            .prop_map(str::to_owned),
    ];
    let rows = prop::collection::vec(prop::collection::vec(cell, HEADER.len()), 1..8);
    (prop::sample::subsequence((0..HEADER.len()).collect::<Vec<_>>(), 2..=HEADER.len()), rows)
        .prop_map(|(columns, rows)| {
            let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
            let line = |cells: Vec<&str>| {
                columns.iter().map(|c| quoted(cells[*c])).collect::<Vec<_>>().join(",")
            };
            let rows = rows.iter().map(|row| line(row.iter().map(String::as_str).collect()));
            std::iter::once(line(HEADER.to_vec())).chain(rows).collect::<Vec<_>>().join("\r\n")
        })
}

/// So many cases, or as many as `PROPTEST_CASES` says.
fn config(cases: u32) -> ProptestConfig {
    let cases =
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        max_shrink_time: 20_000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), text in marked_up()) {
        for (_, format) in FORMATS {
            plan_of(&bytes, format);
            plan_of(text.as_bytes(), format);
        }
    }

    #[test]
    fn damaged_markdown_is_read_or_refused(seed in seeds(Format::Markdown), other in seeds(Format::Markdown), damages in damage::several()) {
        plan_of(&damaged(&seed.bytes, &other.bytes, &damages), Format::Markdown);
    }

    #[test]
    fn damaged_values_are_read_or_refused(seed in seeds(Format::Delimited), other in seeds(Format::Markdown), damages in damage::several()) {
        plan_of(&damaged(&seed.bytes, &other.bytes, &damages), Format::Delimited);
    }

    #[test]
    fn a_damaged_page_is_read_or_refused(seed in seeds(Format::Html), other in seeds(Format::Html), damages in damage::several()) {
        plan_of(&damaged(&seed.bytes, &other.bytes, &damages), Format::Html);
    }

    #[test]
    fn a_damaged_workbook_is_read_or_refused(seed in seeds(Format::Workbook), other in seeds(Format::Workbook), damages in damage::several()) {
        plan_of(&damaged(&seed.bytes, &other.bytes, &damages), Format::Workbook);
    }
}

proptest! {
    #![proptest_config(config(96))]

    /// As above, but below the package, in whose bytes most damage is found out at once.
    #[test]
    fn a_workbook_with_a_damaged_part_is_read_or_refused(
        seed in seeds(Format::Workbook),
        part in any::<Index>(),
        other in any::<Index>(),
        damages in prop::option::weighted(0.95, damage::several()),
    ) {
        if let Some(mut parts) = unpacked(&seed.bytes) {
            let (part, other) = (part.index(parts.len()), other.index(parts.len()));
            match damages {
                Some(damages) => parts[part].1 = damaged(&parts[part].1, &parts[other].1, &damages),
                None => drop(parts.remove(part)),
            }
            plan_of(&packed(&parts), Format::Workbook);
        }
    }
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn no_word_of_a_table_is_lost(table in grid()) {
        let imported = import(read(table.as_bytes(), Format::Delimited).unwrap(), &ImportOptions::default());
        prop_assert_eq!(words::lost(words::of_source(table.as_bytes(), "csv"), &imported), Vec::<String>::new(), "{}", table);
    }
}

/// A workbook of one sheet with these rows and comments, as they stand in its parts.
fn workbook(rows: &str, comments: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let related = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id='r' Type='{OFFICE}/{kind}' Target='{target}'/></Relationships>"
        )
    };
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    let book = format!(
        "<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets><sheet name='Plan' r:id='r'/></sheets></workbook>"
    );
    let sheet = format!("<worksheet xmlns='{MAIN}'>{rows}</worksheet>");
    let comments =
        format!("<comments xmlns='{MAIN}'><commentList>{comments}</commentList></comments>");
    packed(&[
        part("_rels/.rels", related("officeDocument", "xl/workbook.xml")),
        part("xl/workbook.xml", book),
        part("xl/_rels/workbook.xml.rels", related("worksheet", "worksheets/sheet1.xml")),
        part("xl/worksheets/sheet1.xml", sheet),
        part("xl/worksheets/_rels/sheet1.xml.rels", related("comments", "../comments1.xml")),
        part("xl/comments1.xml", comments),
    ])
}

/// What fuzzing found: comments that were left out in silence with cells that are hidden, and with
/// rows without a word.
#[test]
fn comments_on_cells_that_are_left_out_are_quoted() {
    let comment = "<comment ref='A2'><text><t>ask Jo</t></text></comment>";
    let action = "<c r='A1' t='str'><v>Action</v></c>";
    for rows in [
        format!(
            "<sheetData><row r='1'>{action}</row><row r='2' hidden='1'><c r='A2'/></row></sheetData>"
        ),
        format!(
            "<cols><col min='1' max='1' hidden='1'/></cols><sheetData><row r='1'>{action}</row><row r='2'><c r='A2'/></row></sheetData>"
        ),
        format!(
            "<sheetData><row r='1'>{action}<c r='B1' t='str'><v>Owner</v></c></row><row r='2'/><row r='3'><c r='A3' t='str'><v>Amend the form</v></c></row></sheetData>"
        ),
    ] {
        let source = read(&workbook(&rows, comment), Format::Workbook).unwrap();
        let imported = import(source, &ImportOptions::default());
        let quoted = |d: &planwright::Diagnostic| {
            d.left_out.as_deref().is_some_and(|words| words.contains("ask Jo"))
        };
        assert!(imported.diagnostics.iter().any(quoted), "{rows}: {:?}", imported.diagnostics);
    }
}

/// PDFs that carry a plan: small ones that a fuzz target begins with, and a whole one.
static PDFS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus/pdf");
    let mut pdfs: Vec<Vec<u8>> =
        fs::read_dir(folder).unwrap().map(|e| fs::read(e.unwrap().path()).unwrap()).collect();
    let plan = Plan { title: "Improvement plan".to_owned(), ..Plan::default() };
    let options =
        write::PdfOptions { plan: Some(&whole::whole(&plan)), ..write::PdfOptions::default() };
    pdfs.push(write::pdf(&layout(&report_of(&plan), &LayoutOptions::default()), &options).unwrap());
    pdfs
});

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn a_damaged_pdf_gives_its_plan_or_is_refused(
        pdf in prop::sample::select(&PDFS[..]),
        other in prop::sample::select(&PDFS[..]),
        damages in damage::several(),
    ) {
        let damaged = damaged(&pdf, &other, &damages);
        let start = Instant::now();
        match embedded::read_pdf_within(&damaged, &LIMITS) {
            Ok(plan) => prop_assert!(whole::json(&plan).is_ok()),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
        prop_assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    }
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn whatever_was_read_is_written(seed in seeds(Format::Markdown), damages in damage::several(), text in marked_up(), table in grid()) {
        let damaged = plan_of(&damaged(&seed.bytes, text.as_bytes(), &damages), Format::Markdown);
        damaged.iter().chain(&plan_of(table.as_bytes(), Format::Delimited)).for_each(write_all);
    }
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn a_date_keeps_what_was_typed_and_is_due_no_earlier_than_it_begins(typed in prop_oneof![any::<String>(), dated()]) {
        let target = Target::read(&typed);
        prop_assert_eq!(&target.text, typed.trim());
        prop_assert!(target.start.zip(target.due).is_none_or(|(start, due)| start <= due), "{:?}", target);
    }
}

/// Words, numbers and signs of dates, in any order.
fn dated() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[0-9]{1,2}",
        2 => "(20)?1[0-9]",
        1 => "[0-9]{3,9}",
        4 => "[-/. ,–()]",
        2 => prop::sample::select(&["Jan", "feb", "Sept", "December", "st", "rd", "of", "Q", "Q1", "end", "mid", "early", "by", "from", "to", "and"][..])
            .prop_map(str::to_owned),
        2 => prop::sample::select(
            &["autumn", "term", "spring", "week", "half", "year", "month", "months", "within", "monthly", "ongoing", "Christmas", "Easter", "revised to"][..]
        )
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((piece, prop::bool::weighted(0.7)), 1..12).prop_map(|pieces| {
        pieces.into_iter().map(|(piece, space)| if space { piece + " " } else { piece }).collect()
    })
}
