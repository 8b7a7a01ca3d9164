//! The leak scan: 1,000 secrets in every kind of place are in no public output, and are found in
//! each when redaction is bypassed.

use std::collections::BTreeSet;

use planwright::embedded::Embedding;
use planwright::layout::{LayoutOptions, PlanForm, layout};
use planwright::leak::{LeakScan, OutputKind, removed};
use planwright::plan::{EarlierTarget, Note, ReviewEntry, Update};
use planwright::write::{HtmlOptions, PdfOptions, PublishedOptions, XlsxOptions};
use planwright::{
    Audience, Format, ImportOptions, Language, Plan, PublishOptions, Published, Removed,
    ReportOptions, Target, Text, import, json, publish, read, report, review, write,
};

use crate::plans;

/// A word that stands nowhere else: letters only, as names are.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 10] = ["ba", "ce", "di", "fo", "gu", "ha", "le", "mi", "no", "ru"];
    let digits = format!("{number:04}");
    std::iter::once("Zy")
        .chain(digits.bytes().map(|digit| SYLLABLES[usize::from(digit - b'0')]))
        .collect()
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
    let mut plan = plans::with_actions(84);
    let address = |secrets: &mut Secrets| {
        format!("[Ask the lead](mailto:{}@example.org) first.", secrets.word())
    };
    plan.introduction
        .append(Text::from_commonmark("[The form](file:///N:/Zysecretfolder/form.docx)"));
    let objective = &mut plan.themes[0].objectives[0];
    objective.evidence = secrets.text();
    objective.notes = vec![Note { about: "Owner".to_owned(), text: secrets.text() }];
    for action in &mut objective.actions {
        let by = |secrets: &mut Secrets| secrets.words().replace(['“', '”', '\n'], "");
        action.notes = vec![
            Note { about: "Action".to_owned(), text: secrets.text() },
            Note { about: secrets.words(), text: secrets.text() },
        ];
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
        action.extra.0.push(("Private".to_owned(), secrets.text()));
    }
    (plan, secrets.0)
}

/// The publisher leaves a column out.
fn options() -> PublishOptions {
    PublishOptions::public().with_leave_out(["Private"])
}

/// Every output of what was published, with and without the data that they carry.
fn outputs(plan: &Published, with_data: bool) -> Vec<(&'static str, OutputKind, Vec<u8>)> {
    let as_of = "2011-11-30".parse().ok();
    let review = review(plan, as_of);
    let options = ReportOptions::default();
    let report = report(plan, &review, &options);
    let carries = with_data.then_some(Embedding {
        plan,
        as_of,
        return_of: None,
        language: Language::English,
    });
    let pdf = |form| {
        let pages = layout(&report, &LayoutOptions { form, ..LayoutOptions::default() });
        write::pdf(&pages, &PdfOptions { plan: with_data.then_some(plan), ..PdfOptions::default() })
            .unwrap()
    };
    let html = |layout| write::html(&report, &HtmlOptions { layout, carries }).into_bytes();
    let mut outputs = vec![
        ("pdf, table", OutputKind::Pdf, pdf(PlanForm::Table)),
        ("pdf, cards", OutputKind::Pdf, pdf(PlanForm::Cards)),
        ("html, table", OutputKind::Html, html(PlanForm::Table)),
        ("html, cards", OutputKind::Html, html(PlanForm::Cards)),
        (
            "xlsx",
            OutputKind::Package,
            write::xlsx(&report, &XlsxOptions { carries, ..XlsxOptions::default() }).unwrap(),
        ),
        ("json", OutputKind::Json, json::write(plan).unwrap().into_bytes()),
        ("md", OutputKind::Markdown, write::markdown(plan).into_bytes()),
        ("csv", OutputKind::Csv, write::csv(plan).unwrap()),
        (
            "ics",
            OutputKind::Calendar,
            write::calendar(&report::calendar(plan, &review, &options)).into_bytes(),
        ),
    ];
    if plan.audience() == Audience::Public {
        outputs.push((
            "xlsx, published",
            OutputKind::Package,
            write::xlsx_published(&report, &PublishedOptions::default()).unwrap(),
        ));
    }
    outputs
}

/// The texts in an output that were left out.
fn found<'a>(
    scan: &LeakScan,
    removed: &'a [Removed],
    output: &[u8],
    kind: OutputKind,
) -> BTreeSet<&'a str> {
    scan.scan(output, kind).unwrap().into_iter().map(|leak| removed[leak.removed].text()).collect()
}

#[test]
fn a_thousand_secrets_are_in_no_public_output_and_are_found_where_redaction_is_bypassed() {
    let (plan, count) = with_secrets();
    assert!(count >= 1000, "{count}");
    let published = publish(plan.clone(), &options());
    let removed = removed(&plan, &published);
    let secret: BTreeSet<&str> =
        removed.iter().map(Removed::text).filter(|text| text.contains("Zy")).collect();
    assert!(secret.len() >= 1000, "{}", secret.len());
    let scan = LeakScan::new(&removed, &[published.plan()], &[]).unwrap();
    for (name, kind, output) in outputs(&published, true) {
        assert_eq!(found(&scan, &removed, &output, kind), BTreeSet::new(), "{name}");
    }
    // redaction bypassed: the plan that outputs carry has every secret
    let bypassed = publish(plan.clone(), &PublishOptions::internal());
    for (name, kind, output) in outputs(&bypassed, true) {
        let found = found(&scan, &removed, &output, kind);
        if ["pdf, table", "pdf, cards", "html, table", "html, cards", "xlsx", "json"]
            .contains(&name)
        {
            let missed: Vec<&&str> = secret.difference(&found).collect();
            assert!(missed.is_empty(), "{name}: {missed:?}");
        }
    }
    // and those that people see are found without it
    let seen: [(&str, Shown); 4] = [
        ("a comment", |action| action.notes[0].text.plain().into_owned()),
        ("evidence", |action| action.review.evidence.plain().into_owned()),
        ("a reviewer", |action| action.review.reviewer.clone()),
        ("progress", |action| action.review.progress.plain().into_owned()),
    ];
    for (name, kind, output) in outputs(&bypassed, false) {
        let found = found(&scan, &removed, &output, kind);
        let shown: &[&str] = match name {
            "pdf, table" | "pdf, cards" | "html, table" | "html, cards" | "xlsx" => {
                &["a comment", "evidence", "a reviewer", "progress"]
            }
            "json" => &["a comment"],
            _ => &[],
        };
        for (what, secret) in seen.iter().filter(|(what, _)| shown.contains(what)) {
            let missed: Vec<String> = plan
                .actions()
                .map(|(_, _, action)| secret(action))
                .filter(|text| !found.contains(text.as_str()))
                .collect();
            assert!(missed.is_empty(), "{what} in {name}: {missed:?}");
        }
    }
}

/// What an output shows of an action.
type Shown = fn(&planwright::Action) -> String;

/// Puts what was removed back into a plan, as though one field had been forgotten.
type Forget = fn(&mut Plan, &Plan);

#[test]
fn whichever_field_redaction_forgets_the_scan_finds_it() {
    let (mut plan, _) = with_secrets();
    plan.themes[0].objectives[0].actions.truncate(3);
    let action = &mut plan.themes[0].objectives[0].actions[0];
    action.updates[0].text.append(Text::from_commonmark(
        "Agreed with Bertie Zywooster. ~~Zybertie was told in the spring.~~",
    ));
    let mut internal = plan.themes[0].clone();
    "Zyinternal matters of the board".clone_into(&mut internal.title);
    internal.objectives[0].actions.truncate(1);
    plan.themes.push(internal);
    let people = [planwright::Person::new("Bertie Zywooster").with_role("Head of HR")];
    let published = publish(
        plan.clone(),
        &options().with_internal(["Zyinternal matters of the board"]).with_people(people),
    );
    let removed = removed(&plan, &published);
    let scan = LeakScan::new(&removed, &[published.plan()], &[]).unwrap();
    let fields: [(&str, Forget); 14] = [
        ("nothing", |_, _| {}),
        ("evidence of an objective", |to, from| {
            to.themes[0].objectives[0].evidence = from.themes[0].objectives[0].evidence.clone();
        }),
        ("comments on an objective", |to, from| {
            to.themes[0].objectives[0].notes = from.themes[0].objectives[0].notes.clone();
        }),
        ("comments on an action", |to, from| {
            first(to).notes = first(&mut from.clone()).notes.clone();
        }),
        ("progress", |to, from| {
            first(to).review.progress = first(&mut from.clone()).review.progress.clone();
        }),
        ("evidence of a review", |to, from| {
            first(to).review.evidence = first(&mut from.clone()).review.evidence.clone();
        }),
        ("reviewer", |to, from| {
            first(to).review.reviewer = first(&mut from.clone()).review.reviewer.clone();
        }),
        ("revised target", |to, from| {
            first(to).review.revised_target =
                first(&mut from.clone()).review.revised_target.clone();
        }),
        ("reporter", |to, from| {
            first(to).updates[0].by = first(&mut from.clone()).updates[0].by.clone();
        }),
        ("who moved a date", |to, from| {
            first(to).earlier_targets[0].by =
                first(&mut from.clone()).earlier_targets[0].by.clone();
        }),
        ("links, names and struck-out text", |to, from| {
            first(to).updates[0].text = first(&mut from.clone()).updates[0].text.clone();
        }),
        ("links alone", |to, from| {
            first(to).success_measures = first(&mut from.clone()).success_measures.clone();
        }),
        ("column", |to, from| first(to).extra = first(&mut from.clone()).extra.clone()),
        ("internal theme", |to, from| to.themes.push(from.themes[1].clone())),
    ];
    for (field, forget) in fields {
        let mut broken = published.plan().clone();
        forget(&mut broken, &plan);
        let broken = publish(broken, &PublishOptions::internal());
        for (name, kind, output) in outputs(&broken, true) {
            let found = found(&scan, &removed, &output, kind);
            if !["md", "csv", "ics"].contains(&name) {
                assert_eq!(found.is_empty(), field == "nothing", "{field} in {name}: {found:?}");
            }
        }
    }
}

fn first(plan: &mut Plan) -> &mut planwright::Action {
    &mut plan.themes[0].objectives[0].actions[0]
}

#[test]
fn what_a_source_hides_is_in_no_public_output() {
    let page = "<title>Plan</title><h1>Plan</h1><!-- Zycomment in the source --><table>\
        <tr><th>Ref<th>Action<th>Owner<th>Target date<th hidden>Zyheader\
        <tr><td>1<td>Amend the form <span style='display:none'>Zyspan hidden words</span><td>Service Lead<td>Sept 2026<td hidden>Zycell hidden\
        <tr style='display:none'><td>2<td>Zyrow hidden action<td>Service Lead<td>Sept 2026<td>x\
        <tr><td>3<td>Share the form<td>Service Lead<td>Oct 2026<td hidden>Zyother hidden</table>";
    let plan = import(read(page.as_bytes(), Format::Html).unwrap(), &ImportOptions::default()).plan;
    assert!(plan.actions().count() >= 2);
    // comments of another plan are searched for
    let mut other = plans::with_actions(1);
    let hidden = [
        "Zycomment in the source",
        "Zyspan hidden words",
        "Zycell hidden",
        "Zyrow hidden action",
        "Zyother hidden",
        "Zyheader",
    ];
    first(&mut other).notes =
        hidden.map(|words| Note { about: String::new(), text: words.into() }).to_vec();
    let removed = removed(&other, &publish(other.clone(), &PublishOptions::public()));
    let published = publish(plan, &PublishOptions::public());
    let scan = LeakScan::new(&removed, &[published.plan()], &[]).unwrap();
    for (name, kind, output) in outputs(&published, true) {
        assert_eq!(found(&scan, &removed, &output, kind), BTreeSet::new(), "{name}");
    }
}

/// Every word in an output and every pair of words that stands alone, in all of its
/// parts, taken out roughly: what of it is text and what belongs to the format makes no difference.
fn words_of(output: &[u8], kind: OutputKind) -> BTreeSet<String> {
    let mut parts: Vec<String> = Vec::new();
    match kind {
        OutputKind::Pdf => {
            for object in lopdf::Document::load_mem(output).unwrap().objects.values() {
                parts.push(format!("{object:?}"));
                if let Ok(stream) = object.as_stream() {
                    let content = stream.get_plain_content().unwrap_or_default();
                    parts.push(String::from_utf8_lossy(&content).into_owned());
                }
            }
        }
        OutputKind::Package => {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(output)).unwrap();
            for at in 0..archive.len() {
                let mut part = archive.by_index(at).unwrap();
                // names of fonts for all scripts
                if part.name().unwrap().ends_with("theme1.xml") {
                    continue;
                }
                let mut bytes = Vec::new();
                std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
                parts.push(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        _ => parts.push(String::from_utf8_lossy(output).into_owned()),
    }
    let mut words = BTreeSet::new();
    for part in &parts {
        let runs = part.split(|c: char| "<>\"'=()[]{}|\n\t#;:,/".contains(c)).map(str::trim);
        let single = part.split(|c: char| !c.is_alphabetic());
        let is_word = |word: &str| {
            let is_code = |letters: &str| letters.contains(char::is_uppercase);
            let is_spelt = word.to_uppercase() == word || !is_code(word.get(1..).unwrap_or("É"));
            is_spelt && word.len() < 14 && word.chars().all(char::is_alphabetic)
        };
        let may_be_typed = |run: &&str| run.split(' ').count() <= 2 && run.split(' ').all(is_word);
        words.extend(runs.chain(single).filter(may_be_typed).map(str::to_owned));
    }
    words
}

#[test]
fn a_removed_cell_that_reads_as_something_of_a_format_refuses_no_output() {
    let (plan, _) = with_secrets();
    let published = publish(plan.clone(), &options());
    let outputs = outputs(&published, true);
    let words: BTreeSet<String> =
        outputs.iter().flat_map(|(_, kind, output)| words_of(output, *kind)).collect();
    let note = |text: String| Note { about: String::new(), text: Text::from_plain(&text) };
    let mut with_comments = plan;
    first(&mut with_comments).notes = words.into_iter().map(note).collect();
    let removed = removed(&with_comments, &published);
    assert!(removed.len() > 1000, "{}", removed.len());
    let scan = LeakScan::new(&removed, &[published.plan()], &[]).unwrap();
    for (name, kind, output) in outputs {
        let leaks = scan.scan(&output, kind).unwrap().into_iter();
        let leaks: BTreeSet<_> =
            leaks.map(|leak| (removed[leak.removed].text(), leak.place)).collect();
        assert_eq!(leaks, BTreeSet::new(), "{name}");
    }
}
