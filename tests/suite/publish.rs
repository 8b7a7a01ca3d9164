//! A public version cannot leak what the internal one holds: every output of it is taken apart and
//! looked through.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test reads files, and has failed if it cannot

use crate::plans;
use crate::whole;

use std::io::Read as _;
use std::path::Path;

use lopdf::Object;
use planwright::embedded::Embedding;
use planwright::layout::{LayoutOptions, PlanForm, layout};
use planwright::plan::{
    Basis, Colour, EarlierTarget, Extra, Field, Note, PlanColumn, ReviewEntry, State, Status,
    Update,
};
use planwright::write::{HtmlOptions, PdfOptions, PublishedOptions, XlsxOptions};
use planwright::{
    Audience, ConvertOptions, Format, ImportOptions, Limits, OutputFormat, Plan, PublishOptions,
    Published, ReportOptions, Source, Target, Text, convert, embedded, import, json, publish, read,
    report, review, write,
};
use rust_xlsxwriter::{Note as Comment, Workbook};

/// A plan with a word in each place that the public may not see; every word is a name of its place.
fn with_secrets() -> (Plan, Vec<&'static str>) {
    let mut plan = plans::with_actions(2);
    "Safeguarding – children".clone_into(&mut plan.themes[0].title);
    plan.introduction = Text::from_commonmark(
        "Ask [the lead](mailto:secretmailbox@example.org) or see [the form](file:///secretfolder/form.docx).",
    );
    let objective = &mut plan.themes[0].objectives[0];
    objective.evidence = "secretproof".into();
    objective.notes = vec![Note { about: "secretcell".to_owned(), text: "secretremark".into() }];
    let mut internal = objective.actions[1].clone();
    internal.action = "secretaction".into();
    internal.owners = vec!["Secretowner".to_owned()];
    internal.updates = vec![Update {
        label: "Secretlabel:".to_owned(),
        text: "secretupdate".into(),
        ..Update::default()
    }];
    internal.status = Status {
        state: Some("secretword".to_owned()),
        basis: Basis::Stated,
        because: "Secretword".to_owned(),
    };
    internal.extra = Extra(vec![
        ("Internal?".to_owned(), "Yes".into()),
        ("Secretheader".to_owned(), "secretcost".into()),
    ]);
    objective.actions.push(internal);
    let action = &mut objective.actions[0];
    let by = "van Secretreporter".to_owned();
    action.updates = vec![Update {
        text: Text::from_commonmark("Begun ~~secretstruck~~ late"),
        by,
        ..Update::default()
    }];
    let earlier = EarlierTarget {
        target: Target::read("May 2011"),
        moved: None,
        by: "Secretmover".to_owned(),
    };
    action.earlier_targets = vec![earlier];
    action.target = Some(Target {
        struck: vec!["secretdate".to_owned()],
        text: "secretdate June 2011".to_owned(),
        ..Target::read("June 2011")
    });
    action.status.basis = Basis::Stated;
    "return of van Secretreporter, March 2012".clone_into(&mut action.status.because);
    action.notes = vec![Note { about: "secretabout".to_owned(), text: "secretcomment".into() }];
    action.review = ReviewEntry {
        progress: "secretprogress".into(),
        state: "secretstate".to_owned(),
        evidence: "secretevidence".into(),
        reviewer: "secretreviewer".to_owned(),
        reviewed_on: "secretday".to_owned(),
        revised_target: "secrettarget".to_owned(),
    };
    plan.scheme.states.push(State {
        id: "secretword".to_owned(),
        label: "Secretword".to_owned(),
        category: None,
        colour: Colour::new(0, 0, 0),
        definition: String::new(),
    });
    let words = [
        "secretaction",
        "Secretowner",
        "Secretlabel",
        "secretupdate",
        "Secretword",
        "Secretheader",
        "secretcost",
        "Secretreporter",
        "secretstruck",
        "Secretmover",
        "secretdate",
        "secretmailbox",
        "secretfolder",
        "secretproof",
        "secretcell",
        "secretremark",
        "secretabout",
        "secretcomment",
        "secretprogress",
        "secretstate",
        "secretevidence",
        "secretreviewer",
        "secretday",
        "secrettarget",
    ];
    (plan, words.to_vec())
}

/// What an object of a PDF says: its strings are as they are read, however they are written.
fn said(object: &Object) -> String {
    match object {
        Object::String(..) => {
            lopdf::decode_text_string(object).unwrap_or_else(|_| format!("{object:?}"))
        }
        Object::Array(items) => items.iter().map(said).collect::<Vec<String>>().join(" "),
        Object::Dictionary(entries) => {
            let entry = |(key, value): (&Vec<u8>, &Object)| {
                format!("{} {}", String::from_utf8_lossy(key), said(value))
            };
            entries.iter().map(entry).collect::<Vec<String>>().join(" ")
        }
        other => format!("{other:?}"),
    }
}

/// All that the outputs of a plan hold, unpacked.
fn all_outputs(plan: Plan, audience: Audience) -> Vec<(&'static str, String)> {
    outputs_of(&publish(plan, &PublishOptions::internal().with_audience(audience)))
}

/// All that the outputs of a published plan hold, unpacked.
pub(crate) fn outputs_of(plan: &Published) -> Vec<(&'static str, String)> {
    let day = "2011-11-30".parse().ok();
    let report = report(plan, &review(plan, day), &ReportOptions::default());
    let carries = Some(Embedding {
        plan,
        as_of: day,
        return_of: None,
        language: planwright::Language::English,
    });
    let mut out = vec![("json", json::write(plan).unwrap())];
    let calendar = report::calendar(plan, &review(plan, day), &ReportOptions::default());
    // as it is read: a line that is folded hides no word
    out.push(("ics", write::calendar(&calendar).replace("\r\n ", "")));
    out.push(("md", write::markdown(plan)));
    out.push(("csv", String::from_utf8(write::csv(plan).unwrap()).unwrap()));
    for layout in [PlanForm::Table, PlanForm::Cards] {
        let page = write::html(&report, &HtmlOptions { layout, carries });
        let (shown, block) = page.split_once("<template id=\"planwright-plan\"").unwrap();
        out.extend([("html", shown.to_owned()), ("html, block", block.to_owned())]);
        out.push((
            "html, carried",
            whole::json(
                &embedded::read_page(page.as_bytes(), &Limits::default()).unwrap().unwrap().plan,
            )
            .unwrap(),
        ));
    }
    let mut workbooks =
        vec![write::xlsx(&report, &XlsxOptions { carries, ..XlsxOptions::default() }).unwrap()];
    let mut source = read(&workbooks[0], Format::Workbook).unwrap();
    let filled = embedded::read_workbook(&mut source, &Limits::default()).unwrap().unwrap();
    out.push(("xlsx, carried", whole::json(&filled.plan).unwrap()));
    if plan.audience() == Audience::Public {
        workbooks.push(write::xlsx_published(&report, &PublishedOptions::default()).unwrap());
    }
    for workbook in workbooks {
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
        for i in 0..parts.len() {
            let mut part = parts.by_index(i).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            out.push(("xlsx", String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    for form in [PlanForm::Table, PlanForm::Cards] {
        let pages = layout(&report, &LayoutOptions { form, ..LayoutOptions::default() });
        // the words of the pages are numbers of glyphs in the PDF: here they are as they were put
        // there
        out.push(("pages", pages.dump()));
        let bytes =
            write::pdf(&pages, &PdfOptions { plan: Some(plan), ..PdfOptions::default() }).unwrap();
        out.push(("pdf, attached", whole::json(&embedded::read_pdf(&bytes).unwrap()).unwrap()));
        let mut document = lopdf::Document::load_mem(&bytes).unwrap();
        document.decompress();
        for object in document.objects.values() {
            out.push(match object {
                Object::Stream(stream) => (
                    "pdf, streams",
                    said(&stream.dict.clone().into()) + &String::from_utf8_lossy(&stream.content),
                ),
                other => ("pdf, strings", said(other)),
            });
        }
    }
    out
}

#[test]
fn nothing_that_is_left_out_of_the_public_version_is_anywhere_in_an_output() {
    let (plan, secrets) = with_secrets();
    let public = all_outputs(plan.clone(), Audience::Public);
    assert!(public.len() > 100);
    for (output, content) in &public {
        let lower = content.to_lowercase();
        for secret in &secrets {
            assert!(!lower.contains(&secret.to_lowercase()), "{secret} in {output}");
        }
        assert!(!lower.contains("secret"), "{output}");
    }
    // the test would see them: each is somewhere in the internal version, and some are in outputs
    // of every kind
    let internal = all_outputs(plan, Audience::Internal);
    for secret in secrets {
        assert!(internal.iter().any(|(_, content)| content.contains(secret)), "{secret}");
    }
    for kind in [
        "json",
        "html",
        "html, block",
        "html, carried",
        "xlsx",
        "pages",
        "pdf, attached",
        "pdf, streams",
    ] {
        let seen: String = internal
            .iter()
            .filter(|(output, _)| *output == kind)
            .map(|(_, content)| content.as_str())
            .collect();
        let seen: String = seen.split_whitespace().collect();
        assert!(seen.contains("secretcomment") && seen.contains("secretevidence"), "{kind}");
    }
    // and strings that are not of ASCII letters
    assert!(internal.iter().any(|(output, content)| *output == "pdf, strings"
        && content.contains("Safeguarding – children")));
}

#[test]
fn the_public_version_says_so_and_has_nothing_to_fill_in() {
    let (plan, _) = with_secrets();
    let public = all_outputs(plan.clone(), Audience::Public);
    let pages = |outputs: &[(&str, String)]| {
        outputs.iter().find(|(kind, _)| *kind == "pages").unwrap().1.clone()
    };
    assert!(pages(&public).contains("Public version") && !pages(&public).contains("New status"));
    assert!(pages(&all_outputs(plan, Audience::Internal)).contains("Internal version"));
    let short = pages(&all_outputs(
        Plan { title: "A plan".to_owned(), ..Plan::default() },
        Audience::Public,
    ));
    assert!(short.contains("Page 1 of 1") && short.contains("Public version"), "{short}");
}

#[test]
fn what_was_left_out_is_counted_and_not_quoted() {
    let (mut plan, _) = with_secrets();
    plan.columns = [(Field::Action, "Action"), (Field::Evidence, "Proof")]
        .map(|(field, header)| PlanColumn { field, header: header.to_owned() })
        .to_vec();
    let told: Vec<String> = publish(plan, &PublishOptions::public())
        .diagnostics()
        .iter()
        .map(|d| d.message.clone())
        .collect();
    let what = [
        "1 internal action was removed from the public version",
        "1 column was removed from the public version",
        "2 comments on cells were removed from the public version",
        "the reviewer's entries for 1 action were removed from the public version",
        "the evidence for 1 objective was removed from the public version",
        "the reporter's name was removed from the public version for 1 update and 1 date change",
        "2 texts with struck-out words were published without them: action 1.1",
        "1 link behind words that leads to no public web page was removed from the public version: the introduction",
        "1 link to an internal server was removed from the public version: the introduction",
    ];
    assert_eq!(told, what);
}

/// A workbook with a comment on each cell of its sheet.
fn commented(rows: &[&[&str]]) -> Source {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Plan").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, words) in (0..).zip(*cells) {
            let comment = format!("secretcomment{row}x{column}");
            sheet.write(row, column, *words).unwrap();
            sheet
                .insert_note(row, column, &Comment::new(comment).add_author_prefix(false))
                .unwrap();
        }
    }
    read(&book.save_to_buffer().unwrap(), Format::Workbook).unwrap()
}

#[test]
fn comments_and_evidence_are_left_out_wherever_in_the_source_they_stand() {
    let levels: &[&[&str]] = &[
        &["Plan of the county", "", "", "", "", ""],
        &["Ref", "Action", "Owner", "Success measures", "Target date", "Evidence"],
        &["A", "Safeguarding", "", "", "", ""],
        &["1", "Improve the records", "", "", "", "secretevidence1"],
        &[
            "1.1",
            "Amend the key documents",
            "Sam Hill",
            "Documents amended",
            "Sept 2024",
            "secretevidence2",
        ],
        &["1.2", "Share the documents", "Sam Hill", "Documents shared", "Oct 2024", ""],
        &["2", "Improve the visits", "", "", "", "secretevidence3"],
        &["2.1", "Visit more often", "Jo Lee", "Visits made", "Nov 2024", "secretevidence4"],
    ];
    let columns: &[&[&str]] = &[
        &["Theme", "Objective", "Action", "Owner", "Success measures", "Target date", "Evidence"],
        &[
            "Safeguarding",
            "Improve the records",
            "Amend the key documents",
            "Sam Hill",
            "Amended",
            "Sept 2024",
            "secretevidence1",
        ],
        &[
            "Safeguarding",
            "Improve the records",
            "Share the documents",
            "Sam Hill",
            "Shared",
            "Oct 2024",
            "",
        ],
        &["Health", "Improve the visits", "", "", "", "", "secretevidence2"],
        &[
            "Health",
            "Improve the care",
            "Visit more often",
            "Jo Lee",
            "Visits made",
            "Nov 2024",
            "secretevidence3",
        ],
    ];
    for rows in [levels, columns] {
        let imported = import(commented(rows), &ImportOptions::default());
        let plan = imported.plan;
        assert!(plan.actions().count() > 2);
        // those who work on the plan lose none of them
        let left_out: String =
            imported.diagnostics.into_iter().filter_map(|told| told.left_out).collect();
        let kept = whole::json(&plan).unwrap();
        let places = (0..rows.len()).flat_map(|row| {
            (0..rows[row].len()).map(move |column| format!("secretcomment{row}x{column}"))
        });
        for comment in places.chain((1..=3).map(|n| format!("secretevidence{n}"))) {
            assert!(kept.contains(&comment) || left_out.contains(&comment), "{comment}");
        }
        for (output, content) in all_outputs(plan, Audience::Public) {
            let leak = content.to_lowercase().find("secret");
            assert_eq!(
                leak,
                None,
                "{output}: {}",
                &content[leak.unwrap_or_default()..].lines().next().unwrap_or_default()
            );
        }
    }
}

#[test]
fn one_call_of_the_library_gives_what_the_program_writes() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hampshire-2011/plan.md");
    let folder = tempfile::tempdir().unwrap();
    for audience in [Audience::Internal, Audience::Public] {
        let mut options = ConvertOptions::default();
        options.publish = PublishOptions::internal().with_audience(audience);
        let formats: Vec<OutputFormat> =
            OutputFormat::EXTENSIONS.iter().map(|(_, format)| *format).collect();
        let source = std::fs::read(&fixture).unwrap();
        let made = convert(&source, Format::Markdown, &formats, &options).unwrap();
        let name = if audience == Audience::Public { "public" } else { "internal" };
        let mut arguments = vec!["convert".to_owned(), fixture.display().to_string()];
        arguments.extend(["--audience".to_owned(), name.to_owned()]);
        for (extension, _) in OutputFormat::EXTENSIONS {
            arguments.extend(["-o".to_owned(), format!("plan.{extension}")]);
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        assert_eq!(crate::cli::run(folder.path(), &arguments).status.code(), Some(0));
        for output in &made.outputs {
            let file = folder.path().join(format!("plan.{}", output.format.extension()));
            assert!(std::fs::read(file).unwrap() == output.bytes, "{:?}", output.format);
        }
    }
}
