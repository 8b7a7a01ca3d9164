//! The leak scan: 1,000 secrets in every kind of place are in no public output, and are found in each when redaction is bypassed.

use std::collections::BTreeSet;

use planwright::carried::Carries;
use planwright::layout::{Form, LayoutOptions, layout};
use planwright::leak::{LeakScan, OutputKind, removed};
use planwright::plan::{EarlierTarget, Note, ReviewEntry, Update};
use planwright::write::{HtmlLayout, HtmlOptions, PdfOptions, PublishedOptions, XlsxOptions};
use planwright::{
    Audience, Language, Plan, PublishOptions, Published, Removed, ReportOptions, Target, Text, json, publish, report, review, write,
};

use crate::plans;

/// A word that stands nowhere else: letters only, as names are.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 10] = ["ba", "ce", "di", "fo", "gu", "ha", "le", "mi", "no", "ru"];
    let digits = format!("{number:04}");
    std::iter::once("Zy").chain(digits.bytes().map(|digit| SYLLABLES[usize::from(digit - b'0')])).collect()
}

/// Secrets, each with a word of its own, as short and as long as people write them.
#[derive(Default)]
struct Secrets(usize);

impl Secrets {
    fn word(&mut self) -> String {
        self.0 += 1;
        word(self.0)
    }

    fn words(&mut self) -> String {
        let word = self.word();
        match self.0 % 4 {
            0 => word,
            1 => format!("Jo {word}"),
            2 => format!("The family of {word} has moved since the review."),
            _ => format!(
                "Seen by {word}: “not yet”, and the school’s governors have not been told so far; ask again before the summer term begins."
            ),
        }
    }

    fn text(&mut self) -> Text {
        Text::from_commonmark(&self.words())
    }
}

/// A plan with secrets in every field that the public may not see.
fn with_secrets() -> (Plan, usize) {
    let mut secrets = Secrets::default();
    let mut plan = plans::with_actions(92);
    let address = |secrets: &mut Secrets| format!("[Ask the lead](mailto:{}@example.org) first.", secrets.word());
    plan.introduction.append(Text::from_commonmark("[The form](file:///N:/Zysecretfolder/form.docx)"));
    let objective = &mut plan.themes[0].objectives[0];
    objective.evidence = secrets.text();
    objective.notes = vec![Note { about: "Owner".to_owned(), text: secrets.text() }];
    for action in &mut objective.actions {
        let by = |secrets: &mut Secrets| secrets.words().replace(['“', '”', '\n'], "");
        action.notes =
            vec![Note { about: "Action".to_owned(), text: secrets.text() }, Note { about: secrets.words(), text: secrets.text() }];
        action.review = ReviewEntry {
            progress: secrets.text(),
            state: "complete".to_owned(),
            evidence: secrets.text(),
            reviewer: by(&mut secrets),
            reviewed_on: "30 November 2011".to_owned(),
            revised_target: by(&mut secrets),
        };
        action.updates = vec![Update {
            text: Text::from_commonmark(&format!("Forms amended. {}", address(&mut secrets))),
            by: by(&mut secrets),
            ..Update::default()
        }];
        let target = Target::read("Sept 2011");
        action.earlier_targets = vec![EarlierTarget { target, moved: None, by: by(&mut secrets) }];
        action.success_measures.append(Text::from_commonmark(&address(&mut secrets)));
    }
    (plan, secrets.0)
}

/// Every output of what was published, with and without the data that they carry.
fn outputs(plan: &Published, with_data: bool) -> Vec<(&'static str, OutputKind, Vec<u8>)> {
    let as_of = "2011-11-30".parse().ok();
    let review = review(plan, as_of);
    let options = ReportOptions::default();
    let report = report(plan, &review, &options);
    let carries = with_data.then_some(Carries { plan, as_of, return_of: None, language: Language::English });
    let pdf = |form| {
        let pages = layout(&report, &LayoutOptions { form, ..LayoutOptions::default() });
        write::pdf(&pages, &PdfOptions { plan: with_data.then_some(plan), ..PdfOptions::default() }).unwrap()
    };
    let html = |layout| write::html(&report, &HtmlOptions { layout, carries }).into_bytes();
    let mut outputs = vec![
        ("pdf, table", OutputKind::Pdf, pdf(Form::Table)),
        ("pdf, cards", OutputKind::Pdf, pdf(Form::Cards)),
        ("html, table", OutputKind::Html, html(HtmlLayout::Table)),
        ("html, cards", OutputKind::Html, html(HtmlLayout::Cards)),
        ("xlsx", OutputKind::Package, write::xlsx(&report, &XlsxOptions { carries, ..XlsxOptions::default() }).unwrap()),
        ("json", OutputKind::Json, json::write(plan).unwrap().into_bytes()),
        ("md", OutputKind::Markdown, write::markdown(plan).into_bytes()),
        ("csv", OutputKind::Csv, write::csv(plan).unwrap()),
        ("ics", OutputKind::Calendar, write::calendar(&report::calendar(plan, &review, &options)).into_bytes()),
    ];
    if plan.audience() == Audience::Public {
        outputs.push(("xlsx, published", OutputKind::Package, write::xlsx_published(&report, &PublishedOptions::default()).unwrap()));
    }
    outputs
}

/// The texts in an output that were left out.
fn found<'a>(scan: &LeakScan, removed: &'a [Removed], output: &[u8], kind: OutputKind) -> BTreeSet<&'a str> {
    scan.scan(output, kind).unwrap().into_iter().map(|leak| removed[leak.removed].text()).collect()
}

#[test]
fn a_thousand_secrets_are_in_no_public_output_and_are_found_where_redaction_is_bypassed() {
    let (plan, count) = with_secrets();
    assert!(count >= 1000, "{count}");
    let published = publish(plan.clone(), &PublishOptions::public());
    let removed = removed(&plan, &published);
    let secret: BTreeSet<&str> = removed.iter().map(Removed::text).filter(|text| text.contains("Zy")).collect();
    assert!(secret.len() >= 1000, "{}", secret.len());
    let scan = LeakScan::new(&removed, &[published.plan()], &[]).unwrap();
    for (name, kind, output) in outputs(&published, true) {
        assert_eq!(found(&scan, &removed, &output, kind), BTreeSet::new(), "{name}");
    }
    // redaction bypassed: the plan that outputs carry has every secret
    let bypassed = publish(plan.clone(), &PublishOptions::internal());
    for (name, kind, output) in outputs(&bypassed, true) {
        let found = found(&scan, &removed, &output, kind);
        if ["pdf, table", "pdf, cards", "html, table", "html, cards", "xlsx", "json"].contains(&name) {
            let missed: Vec<&&str> = secret.difference(&found).collect();
            assert!(missed.is_empty(), "{name}: {missed:?}");
        }
    }
    // and those that people see are found without it
    let seen: [(&str, fn(&planwright::Action) -> String); 4] = [
        ("a comment", |action| action.notes[0].text.plain().into_owned()),
        ("evidence", |action| action.review.evidence.plain().into_owned()),
        ("a reviewer", |action| action.review.reviewer.clone()),
        ("progress", |action| action.review.progress.plain().into_owned()),
    ];
    for (name, kind, output) in outputs(&bypassed, false) {
        let found = found(&scan, &removed, &output, kind);
        let shown: &[&str] = match name {
            "pdf, table" | "pdf, cards" | "html, table" | "html, cards" | "xlsx" => &["a comment", "evidence", "a reviewer", "progress"],
            "json" => &["a comment"],
            _ => &[],
        };
        for (what, secret) in seen.iter().filter(|(what, _)| shown.contains(what)) {
            let missed: Vec<String> =
                plan.actions().map(|(_, _, action)| secret(action)).filter(|text| !found.contains(text.as_str())).collect();
            assert!(missed.is_empty(), "{what} in {name}: {missed:?}");
        }
    }
}
