//! Outputs in Welsh, read back by programs and parsers that did not write them: no fixed word is in
//! English, and the plan's own words say that they are.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr)] // a test reads files, and says what it skips

use crate::fixture;
use crate::whole;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use lopdf::{Dictionary, Document, Object};
use planwright::embedded::{Embedding, read_page, read_pdf, read_workbook};
use planwright::layout::{LayoutOptions, PlanForm, layout};
use planwright::report::{ChangesOptions, PackOptions};
use planwright::returns::MergeOptions;
use planwright::write::{
    HtmlOptions, PdfOptions, PublishedOptions, XlsxOptions, html, pdf, xlsx, xlsx_published,
};
use planwright::{
    AgendaOptions, Format, ImportOptions, Language, Limits, Plan, PublishOptions, Report,
    ReportOptions, publish, read,
};
use scraper::{ElementRef, Html, Node, Selector};

/// The day on which the seed is looked at.
const DAY: &str = "2011-11-30";

fn seed() -> Plan {
    fixture::named("hampshire-2011").import().plan
}

fn options(language: Language) -> ReportOptions {
    ReportOptions { language, ..ReportOptions::default() }
}

fn of(plan: &Plan, options: &ReportOptions) -> Report {
    whole::report(plan, &whole::review(plan, DAY.parse().ok()), options)
}

fn pack_of(plan: &Plan, language: Language) -> Report {
    let looked_at = whole::review(plan, DAY.parse().ok());
    let asked = whole::agenda(plan, &looked_at, &AgendaOptions::default());
    whole::pack(
        plan,
        &looked_at,
        &asked,
        &PackOptions { report: options(language), ..PackOptions::default() },
    )
}

fn page(report: &Report, layout: PlanForm, carries: Option<Embedding<'_>>) -> String {
    html(report, &HtmlOptions { layout, carries })
}

/// The words of a text, lower case; marks in braces are none, as the page's script puts numbers in
/// their place.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split_inclusive(['{', '}']).filter(|part| !part.ends_with('}')).flat_map(words_in)
}

fn words_in(text: &str) -> impl Iterator<Item = String> {
    // versions of a plan are no words
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().all(char::is_alphabetic));
    words.filter(|word| word.chars().count() > 1).map(str::to_lowercase)
}

fn words_of(plan: &Plan) -> BTreeSet<String> {
    words_in(&whole::json(plan).unwrap().replace("\\n", " ")).collect()
}

/// Every word that stands on pages and sheets in English beside the plan's own: what a Welsh output
/// may hold only as the plan's.
fn english_words() -> BTreeSet<String> {
    let plan = seed();
    let own = words_of(&plan);
    let pages = [of(&plan, &options(Language::English)), pack_of(&plan, Language::English)]
        .map(|report| spoken(&report, PlanForm::Table));
    let all: BTreeSet<String> =
        pages.iter().flat_map(|page| page["en-GB"].iter().flat_map(|text| words(text))).collect();
    // the name of a thing is the same in both
    let found =
        all.difference(&own).filter(|word| *word != "javascript").cloned().collect::<BTreeSet<_>>();
    for known in ["reviewed", "summary", "attention", "stands", "theme"] {
        assert!(all.contains(known), "{known}");
    }
    found
}

/// What a page says in each language: its texts and the attributes that are read out, by the
/// language that html5ever's tree gives them.
fn spoken(report: &Report, layout: PlanForm) -> BTreeMap<String, Vec<String>> {
    let page = Html::parse_document(&page(report, layout, None));
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for node in page.tree.nodes() {
        let around: Vec<ElementRef<'_>> = node.ancestors().filter_map(ElementRef::wrap).collect();
        let own = ElementRef::wrap(node);
        let language =
            own.iter().chain(&around).find_map(|e| e.attr("lang")).unwrap_or_default().to_owned();
        let is_hidden = around
            .iter()
            .any(|e| ["style", "script", "template", "svg"].contains(&e.value().name()));
        let mut said: Vec<String> = Vec::new();
        match node.value() {
            Node::Text(text) if !is_hidden => said.push(text.to_string()),
            Node::Element(e) => said.extend(
                e.attrs()
                    .filter(|(name, _)| name.starts_with("aria-l") || name.starts_with("data-s"))
                    .map(|(_, v)| v.to_owned()),
            ),
            _ => {}
        }
        out.entry(language)
            .or_default()
            .extend(said.into_iter().filter(|said| !said.trim().is_empty()));
    }
    out
}

#[test]
fn pages_say_in_welsh_what_is_not_the_plans_and_mark_what_is() {
    let plan = seed();
    let english = english_words();
    let own = words_of(&plan);
    for (report, layout) in [
        (of(&plan, &options(Language::Welsh)), PlanForm::Table),
        (of(&plan, &options(Language::Welsh)), PlanForm::Cards),
        (pack_of(&plan, Language::Welsh), PlanForm::Table),
    ] {
        let said = spoken(&report, layout);
        assert_eq!(
            said.keys().filter(|language| !language.is_empty()).collect::<Vec<_>>(),
            ["cy", "en"]
        );
        let unmarked: Vec<&String> = said["cy"]
            .iter()
            .filter(|text| words(text).any(|word| english.contains(&word)))
            .collect();
        assert_eq!(unmarked, Vec::<&String>::new());
        // what is marked as the plan's has no word that the plan has not
        let foreign: Vec<&String> =
            said["en"].iter().filter(|text| words(text).any(|word| !own.contains(&word))).collect();
        assert_eq!(foreign, Vec::<&String>::new());
        for (_, _, action) in plan.actions() {
            let first = action.action.blocks[0].plain();
            assert!(
                said["en"].iter().any(|text| first.contains(text.trim()) && text.trim().len() > 5),
                "{first}"
            );
        }
        for welsh in [
            "Statws ar",
            "30 Tachwedd 2011",
            "Wedi’i gwblhau",
            "Hwyr",
            "Ddim yn ddyledus eto",
            "Mawrth 2012",
        ] {
            assert!(said["cy"].iter().any(|text| text.contains(welsh)), "{welsh}");
        }
        assert!(said["en"].contains(&plan.title));
    }
}

#[test]
fn every_month_is_in_welsh() {
    const MONTHS: [&str; 12] = [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ];
    for (number, month) in (1..).zip(MONTHS) {
        let mut plan = Plan { title: "Plan".to_owned(), ..Plan::default() };
        plan.cycle.reviewed = format!("2011-{number:02}-05").parse().ok();
        let report = whole::report(&plan, &whole::review(&plan, None), &options(Language::Welsh));
        let page = Html::parse_document(&page(&report, PlanForm::Table, None));
        let fact = page.select(&Selector::parse("dd").unwrap()).next().unwrap();
        assert_eq!(fact.text().collect::<String>(), format!("5 {month} 2011"));
    }
}

/// Every cell of a workbook that is words, by sheet.
fn cells(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let mut out = Vec::new();
    for name in names.into_iter().filter(|name| name != "planwright") {
        let range = book.worksheet_range(&name).unwrap();
        let texts = range.used_cells().filter_map(|(_, _, cell)| {
            if let Data::String(text) = cell { Some(text.clone()) } else { None }
        });
        out.push((name.clone(), name.clone()));
        out.extend(texts.map(|text| (name.clone(), text)));
    }
    out
}

#[test]
fn workbooks_have_no_english_word_that_is_not_the_plans() {
    let plan = seed();
    let english = english_words();
    let public = publish(plan.clone(), &PublishOptions::public());
    let public = planwright::report(
        &public,
        &planwright::review(&public, DAY.parse().ok()),
        &options(Language::Welsh),
    );
    let books = [
        xlsx(&of(&plan, &options(Language::Welsh)), &XlsxOptions::default()).unwrap(),
        xlsx(&pack_of(&plan, Language::Welsh), &XlsxOptions::default()).unwrap(),
        xlsx_published(&public, &PublishedOptions::default()).unwrap(),
    ];
    for book in books {
        let found = cells(book);
        assert!(found.iter().any(|(_, text)| text == "Ddim yn ddyledus eto"));
        let wrong: Vec<_> = found
            .iter()
            .filter(|(_, text)| words(text).any(|word| english.contains(&word)))
            .collect();
        assert_eq!(wrong, Vec::<&(String, String)>::new());
    }
}

fn pdf_of(report: &Report, form: PlanForm) -> Vec<u8> {
    pdf(
        &layout(report, &LayoutOptions { form, ..LayoutOptions::default() }),
        &PdfOptions::default(),
    )
    .unwrap()
}

fn text_of(object: &Object) -> String {
    object.as_str().map(|text| String::from_utf8_lossy(text).into_owned()).unwrap_or_default()
}

#[test]
fn pdfs_say_their_language_and_that_of_the_plans_words() {
    let plan = seed();
    let english = english_words();
    for (report, form) in [
        (of(&plan, &options(Language::Welsh)), PlanForm::Table),
        (of(&plan, &options(Language::Welsh)), PlanForm::Cards),
        (pack_of(&plan, Language::Welsh), PlanForm::Table),
    ] {
        let bytes = pdf_of(&report, form);
        let document = Document::load_mem(&bytes).unwrap();
        assert_eq!(text_of(document.catalog().unwrap().get(b"Lang").unwrap()), "cy");
        let elements: Vec<&Dictionary> = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok())
            .filter(|dict| dict.has(b"S") && dict.has(b"P") && dict.has(b"K"))
            .collect();
        let marked: BTreeMap<&[u8], usize> =
            elements.iter().filter(|e| e.has(b"Lang")).fold(BTreeMap::new(), |mut all, e| {
                assert_eq!(text_of(e.get(b"Lang").unwrap()), "en");
                *all.entry(e.get(b"S").unwrap().as_name().unwrap()).or_default() += 1;
                all
            });
        let actions = plan.actions().count();
        // what a title says is in a node of its own where only a part of it is the plan's
        let of = |kind: &str| marked.get(kind.as_bytes()).copied().unwrap_or_default();
        assert!(of("H1") == 1 || of("Span") >= 1, "{marked:?}");
        assert!(
            of("P") >= actions && (form == PlanForm::Cards || of("TD") >= 2 * actions),
            "{marked:?}"
        );
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &bytes).unwrap();
        let Ok(output) = Command::new("pdftotext")
            .args(["-raw", "-enc", "UTF-8"])
            .arg(file.path())
            .arg("-")
            .output()
        else {
            eprintln!(
                "skipped: pdftotext (poppler-utils) is not installed, so no other program read the PDF"
            );
            return;
        };
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            text.contains("Tudalen 1 o ")
                && text.contains("30 Tachwedd 2011")
                && text.contains("Ddim yn"),
            "{text}"
        );
        // a word that is divided at the end of a line is two
        let whole = |line: &&str| !line.contains('\u{ad}') && !line.ends_with('-');
        let wrong: Vec<&str> = text
            .lines()
            .filter(whole)
            .filter(|line| words(line).any(|word| english.contains(&word)))
            .collect();
        assert_eq!(wrong, Vec::<&str>::new());
    }
}

#[test]
fn what_changed_is_told_in_welsh() {
    let now = seed();
    let mut then = now.clone();
    let action = &mut then.themes[0].objectives[0].actions[0];
    action.owners = vec!["Lin Ferguson".to_owned()];
    action.target = None;
    then.themes[0].objectives[0].actions.remove(1);
    let told = whole::changes_report(
        &then,
        &now,
        &whole::changes(&then, &now),
        &ChangesOptions { report: options(Language::Welsh), ..ChangesOptions::default() },
    );
    let text = planwright::write::changes(&told);
    for line in
        ["Beth a newidiodd: ", "Ychwanegwyd", "dim → Sept '11", "Lin Ferguson → Stuart Ashley"]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let said = Html::parse_document(&html(&told.report(), &HtmlOptions::default()));
    let heading =
        said.select(&Selector::parse("h2 [lang=en], h2[lang=en]").unwrap()).next().unwrap();
    assert_eq!(heading.text().collect::<String>(), now.themes[0].title);
}

#[test]
fn what_was_written_in_welsh_comes_back_as_the_same_plan() {
    let plan = seed();
    let written = whole::json(&plan).unwrap();
    let carries = Some(Embedding {
        plan: &whole::whole(&plan),
        as_of: DAY.parse().ok(),
        return_of: None,
        language: Language::Welsh,
    });
    let report = of(&plan, &options(Language::Welsh));
    let book = xlsx(&report, &XlsxOptions { carries, ..XlsxOptions::default() }).unwrap();
    let back = read_workbook(&mut read(&book, Format::Workbook).unwrap(), &Limits::default())
        .unwrap()
        .unwrap();
    assert_eq!((back.answers.len(), fixture::shown(&back.diagnostics)), (0, String::new()));
    assert_eq!(whole::json(&back.into_plan()).unwrap(), written);
    let back = read_page(page(&report, PlanForm::Table, carries).as_bytes(), &Limits::default())
        .unwrap()
        .unwrap();
    assert_eq!(whole::json(&back.into_plan()).unwrap(), written);
    let pages = layout(&report, &LayoutOptions::default());
    let back = read_pdf(
        &pdf(&pages, &PdfOptions { plan: Some(&whole::whole(&plan)), ..PdfOptions::default() })
            .unwrap(),
    )
    .unwrap();
    assert_eq!(whole::json(&back).unwrap(), written);
    // without the plan that it carries, the columns and statuses of a workbook are known by their
    // Welsh names
    let bare = xlsx(&of(&plan, &options(Language::Welsh)), &XlsxOptions::default()).unwrap();
    let imported = planwright::import(
        read(&bare, Format::Workbook).unwrap(),
        &ImportOptions { sheets: vec!["Cynllun".to_owned()], ..ImportOptions::default() },
    );
    let states = |plan: &Plan| {
        plan.actions()
            .map(|(_, _, a)| (a.reference.clone(), a.status.state.clone()))
            .collect::<Vec<_>>()
    };
    let mut looked_at = plan.clone();
    looked_at.infer_statuses(DAY.parse().ok());
    assert_eq!(states(&imported.plan), states(&looked_at));
}

#[test]
fn a_return_filled_in_in_welsh_is_merged_as_one_in_english() {
    let plan = seed();
    let asked = whole::returns(&plan, "2012-03".parse().ok()).unwrap();
    let filled_in = |language: Language, [state, progress]: [&str; 2]| {
        let returned = asked.iter().map(|one| {
            let options = ReportOptions { for_return: Some(one.of.clone()), ..options(language) };
            let report = of(one.plan.plan(), &options);
            let carries = Some(Embedding {
                plan: &one.plan,
                as_of: DAY.parse().ok(),
                return_of: Some(&one.of),
                language,
            });
            let mut filled = read_page(
                page(&report, PlanForm::Table, carries)
                    .replace("\"planwright-filled\">{}", &answers(one, state, progress))
                    .as_bytes(),
                &Limits::default(),
            )
            .unwrap()
            .unwrap();
            assert_eq!(fixture::shown(&std::mem::take(&mut filled.diagnostics)), "");
            (one.of.owner().to_owned(), filled)
        });
        fixture::merge_all(plan.clone(), &returned.collect::<Vec<_>>(), MergeOptions::default())
            .plan
    };
    let english =
        filled_in(Language::English, ["New status=Off track", "Progress since last review"]);
    for state in ["Statws newydd=Oddi ar y trywydd iawn", "Statws newydd=Off track"] {
        assert_eq!(
            filled_in(Language::Welsh, [state, "Cynnydd ers yr adolygiad diwethaf"]),
            english,
            "{state}"
        );
    }
    assert_ne!(english, plan);
}

/// What a page holds that was filled in for the first action.
fn answers(asked: &planwright::returns::OwnerReturn, state: &str, progress: &str) -> String {
    let (_, _, action) = asked.plan.plan().actions().next().unwrap();
    let (header, state) = state.split_once('=').unwrap();
    format!(
        "\"planwright-filled\">{{\"{}\":{{\"{header}\":\"{state}\",\"{progress}\":\"Mae'r gwaith ar y gweill.\"}}}}",
        action.reference
    )
}
