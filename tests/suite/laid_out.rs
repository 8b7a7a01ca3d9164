//! Pages and PDFs as a whole: where everything stands, how it is tagged, and what links lead to,
//! compared with records of them; and that paragraphs are not torn.
//!
//! `PLANWRIGHT_BLESS=1 cargo test --test suite laid_out::` writes the records anew; read what
//! changed, line by line.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its records has failed

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lopdf::{Document, Object, ObjectId};
use planwright::layout::{LaidOutPages, LayoutOptions, PaperSize, PlanForm, layout};
use planwright::report::PackOptions;
use planwright::write::{PdfOptions, pdf};
use planwright::{
    AgendaOptions, Brand, Format, ImportOptions, Picture, Plan, Report, ReportOptions, Text,
    import, read,
};

use crate::{plans, whole};

/// Compares what was made with its record.
fn assert_recorded(name: &str, made: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/records").join(name);
    if std::env::var_os("PLANWRIGHT_BLESS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, made).unwrap();
    }
    let recorded = fs::read_to_string(&file).unwrap();
    let differs = made.lines().zip(recorded.lines()).enumerate().find(|(_, (a, b))| a != b);
    if let Some((at, (made, recorded))) = differs {
        panic!("{name}, line {}:\n  made     {made}\n  recorded {recorded}", at + 1);
    }
    assert_eq!(made.lines().count(), recorded.lines().count(), "{name}");
}

const SOURCE: &str = "# Improvement plan

What the inspection *asked* for, of the Quality Improvement Board (QIB):

- first, **at once**
  - deeper
- second, by the QIB

1. number one
2. see [the report](https://example.org/report) and <https://example.org/a/long/address/of/a/page>

| Reviewed | Next review |
|---|---|
| 30 November 2011 | March 2012 |

## Recommendations

| Recommendation | Area | Deadline |
|---|---|---|
| R1 Keep records of each visit | Safety | immediately |
| R2 Review the workloads of social workers | Safety | within six months |
| R3 Ask children what they think | Views | within six months |

## Leadership and management

| Ref | Objective | Recommendation | Action | Owner | Success measures | Target date | Status | Comments |
|---|---|---|---|---|---|---|---|---|
| 1.1 | 1 Records show the views of children | R1 | Amend the visiting form; see [the guide](https://example.org/guide) | Lin Ferguson | **84%** of files audited | 31/03/2012 | On track | |
| 1.2 | 1 Records show the views of children | R1 | Share the findings with the QIB and all of its partners before it meets again | Lin Ferguson; Sam Hill | Findings shared | Sept 2011 | Complete | Done early |
| 1.3 | 1 Records show the views of children | R1 | Audit the records | Head of HR | | 30/11/2011 | Off track | Waits for staff |

## Partnership

| Ref | Objective | Recommendation | Action | Owner | Success measures | Target date | Status | Comments |
|---|---|---|---|---|---|---|---|---|
| 2.1 | 2 Workloads are fair | R2 | Meet each team | Sam Hill | Every team was met | 2012 | At risk | |
| 3.1 | 3 Children are asked | R3 | Ask children | Jo Lee | Answers are read | | | |
";

fn plan() -> Plan {
    let mut plan =
        import(read(SOURCE.as_bytes(), Format::Markdown).unwrap(), &ImportOptions::default()).plan;
    let objective = &mut plan.themes[0].objectives[0];
    // a row of several pages: paragraphs of up to five lines, and a list
    let mut tall = objective.actions[0].clone();
    "1.4".clone_into(&mut tall.reference);
    let paragraphs: Vec<String> = (1..40)
        .map(|n| {
            format!("Paragraph {n}. {}", "Share the findings with all partners. ".repeat(n % 5))
        })
        .collect();
    tall.action = Text::from_commonmark(&format!(
        "{}\n\n- one\n- two שלום עולם\n\n{}",
        paragraphs[..20].join("\n\n"),
        paragraphs[20..].join("\n\n")
    ));
    tall.success_measures = Text::from_commonmark("*Every* file is ~~seen~~ **audited**.");
    objective.actions.push(tall);
    let mut next = objective.actions[0].clone();
    "1.5".clone_into(&mut next.reference);
    objective.actions.push(next);
    plan
}

fn report(plan: &Plan) -> Report {
    let day = "2011-11-30".parse().ok();
    whole::report(plan, &whole::review(plan, day), &ReportOptions::default())
}

fn pages(plan: &Plan, form: PlanForm, paper: PaperSize) -> LaidOutPages {
    layout(&report(plan), &LayoutOptions { form, paper, ..LayoutOptions::default() })
}

#[test]
fn everything_stands_where_it_was_recorded() {
    let plan = plan();
    assert_recorded("table.txt", &pages(&plan, PlanForm::Table, PaperSize::A4).dump());
    assert_recorded("cards.txt", &pages(&plan, PlanForm::Cards, PaperSize::Letter).dump());
}

/// A plan of many themes with a logo, as its board gets it: what needs attention, charts, contents.
fn pack(form: PlanForm) -> LaidOutPages {
    let mut plan = plan();
    let theme = plan.themes[0].clone();
    for number in 3..5 {
        let mut theme = theme.clone();
        theme.title = format!("Theme {number} {}", "of many words ".repeat(number)).trim().into();
        for objective in &mut theme.objectives {
            objective.actions.truncate(3);
            let words = format!("Objective {number} is **emphasised** and [linked](https://a.uk/)");
            objective.text = Text::from_commonmark(&words);
        }
        plan.themes.push(theme);
    }
    plan.title = "Improvement plan after the inspection of services for children ".repeat(2);
    "Westshire Council and its partners".clone_into(&mut plan.organisation);
    let picture = Picture::read(include_bytes!("../logo/logo.svg")).unwrap();
    let brand = Brand::named("Council").with_logo(picture, "Arms of the county").unwrap();
    let options = PackOptions {
        report: ReportOptions { brand, ..ReportOptions::default() },
        ..PackOptions::default()
    };
    let review = whole::review(&plan, "2011-11-30".parse().ok());
    let agenda = whole::agenda(&plan, &review, &AgendaOptions::default());
    let report = whole::pack(&plan, &review, &agenda, &options);
    layout(&report, &LayoutOptions { form, ..LayoutOptions::default() })
}

#[test]
fn everything_in_a_pack_stands_where_it_was_recorded() {
    assert_recorded("table-pack.txt", &pack(PlanForm::Table).dump());
    assert_recorded("cards-pack.txt", &pack(PlanForm::Cards).dump());
}

/// Shows an object with all that it refers to, each once.
struct Shown<'d> {
    document: &'d Document,
    numbers: HashMap<ObjectId, usize>,
    out: String,
}

impl Shown<'_> {
    fn object(&mut self, object: &Object, depth: usize) {
        let indent = "  ".repeat(depth);
        match object {
            Object::Reference(id) => {
                if let Some(number) = self.numbers.get(id) {
                    let _ = writeln!(self.out, " ={number}");
                    return;
                }
                let number = self.numbers.len() + 1;
                self.numbers.insert(*id, number);
                let _ = write!(self.out, " #{number}");
                self.object(self.document.get_object(*id).unwrap(), depth);
            }
            Object::Dictionary(entries) => self.entries(entries, depth),
            Object::Stream(stream) => {
                let mut entries = stream.dict.clone();
                entries.remove(b"Length");
                self.entries(&entries, depth);
                let content =
                    stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
                let words = content.iter().filter(|byte| byte.is_ascii()).count();
                if words == content.len() || words * 10 > content.len() * 9 {
                    for line in String::from_utf8_lossy(&content).lines() {
                        let _ = writeln!(self.out, "{indent}| {}", line.escape_debug());
                    }
                }
            }
            plain if is_plain(plain) => {
                let _ = writeln!(self.out, " {}", self::plain(plain));
            }
            Object::Array(items) => {
                self.out.push('\n');
                for item in items {
                    let _ = write!(self.out, "{indent}-");
                    self.object(item, depth + 1);
                }
            }
            other => {
                let _ = writeln!(self.out, " {other:?}");
            }
        }
    }

    fn entries(&mut self, entries: &lopdf::Dictionary, depth: usize) {
        let entries: BTreeMap<String, &Object> = entries
            .iter()
            .map(|(key, value)| (String::from_utf8_lossy(key).into_owned(), value))
            .collect();
        if entries.values().all(|value| is_plain(value)) {
            let shown = entries.iter().map(|(key, value)| format!(" {key} {}", plain(value)));
            self.out.extend(shown);
            self.out.push('\n');
            return;
        }
        self.out.push('\n');
        for (key, value) in entries {
            let _ = write!(self.out, "{}{key}", "  ".repeat(depth));
            self.object(value, depth + 1);
        }
    }
}

/// Whether an object refers to no other.
fn is_plain(object: &Object) -> bool {
    match object {
        Object::Reference(_) | Object::Stream(_) => false,
        Object::Array(items) => items.iter().all(is_plain),
        Object::Dictionary(entries) => entries.iter().all(|(_, value)| is_plain(value)),
        _ => true,
    }
}

fn plain(object: &Object) -> String {
    match object {
        Object::String(bytes, _) => {
            let words = if let Some(wide) = bytes.strip_prefix(b"\xfe\xff") {
                let units = wide.chunks(2).map(|c| u16::from_be_bytes([c[0], c[1]]));
                String::from_utf16_lossy(&units.collect::<Vec<_>>())
            } else {
                String::from_utf8_lossy(bytes).into_owned()
            };
            format!("“{}”", words.escape_debug())
        }
        Object::Array(items) => {
            format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(" "))
        }
        Object::Dictionary(entries) => {
            let entries: BTreeMap<String, String> = entries
                .iter()
                .map(|(key, value)| (String::from_utf8_lossy(key).into_owned(), plain(value)))
                .collect();
            let entries: Vec<String> =
                entries.into_iter().map(|(key, value)| format!("{key} {value}")).collect();
            format!("<{}>", entries.join(" "))
        }
        other => format!("{other:?}"),
    }
}

/// All objects of a PDF, from its catalogue on, and its information.
fn shown(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).unwrap();
    let mut shown = Shown { document: &document, numbers: HashMap::new(), out: String::new() };
    for name in ["Root", "Info"] {
        if let Ok(object) = document.trailer.get(name.as_bytes()) {
            shown.out.push_str(name);
            shown.object(&object.clone(), 1);
        }
    }
    shown.out
}

#[test]
fn every_object_of_a_pdf_is_as_it_was_recorded() {
    let mut plan = plan();
    // the row of several pages is in the records of the pages
    plan.themes[0].objectives[0].actions.drain(2..);
    let published = whole::whole(&plan);
    for (form, name) in [(PlanForm::Table, "table-pdf.txt"), (PlanForm::Cards, "cards-pdf.txt")] {
        let pages = pages(&plan, form, PaperSize::A4);
        let carried = (form == PlanForm::Table).then_some(&published);
        let options = PdfOptions { plan: carried, ..PdfOptions::default() };
        assert_recorded(name, &shown(&pdf(&pages, &options).unwrap()));
    }
}

/// The lines of each paragraph of an action, by their pages: paragraphs are told by the numbers
/// that each of their words ends with.
fn lines_of_paragraphs(pages: &LaidOutPages) -> BTreeMap<u32, BTreeMap<usize, usize>> {
    let mut places: BTreeMap<u32, BTreeSet<(usize, String)>> = BTreeMap::new();
    for line in pages.dump().lines() {
        let Some((head, words)) = line.split_once(" “") else { continue };
        let head: Vec<&str> = head.split(' ').collect();
        let [page, "text", _, y, ..] = head[..] else { continue };
        for word in words.trim_end_matches('”').split_whitespace() {
            if let Some(number) = word.strip_prefix("paragraph").and_then(|n| n.parse().ok()) {
                places.entry(number).or_default().insert((page.parse().unwrap(), y.to_owned()));
            }
        }
    }
    let counted = |lines: BTreeSet<(usize, String)>| {
        let mut pages: BTreeMap<usize, usize> = BTreeMap::new();
        for (page, _) in lines {
            *pages.entry(page).or_default() += 1;
        }
        pages
    };
    places.into_iter().map(|(number, lines)| (number, counted(lines))).collect()
}

#[test]
fn no_paragraph_leaves_a_single_line_on_a_page() {
    for words in [14, 18, 24, 30] {
        let paragraph = |n: usize| format!("paragraph{n} ").repeat(words + n % 3 * 4);
        let text: Vec<String> = (0..60).map(paragraph).collect();
        let mut plan = plans::with_actions(1);
        plan.themes[0].objectives[0].actions[0].action = Text::from_commonmark(&text.join("\n\n"));
        let mut introduction = plans::with_actions(1);
        introduction.introduction = Text::from_commonmark(&text.join("\n\n"));
        for (plan, form) in
            [(&plan, PlanForm::Table), (&plan, PlanForm::Cards), (&introduction, PlanForm::Cards)]
        {
            let pages = pages(plan, form, PaperSize::A4);
            let paragraphs = lines_of_paragraphs(&pages);
            assert_eq!(paragraphs.len(), 60);
            let mut torn = 0;
            for (number, lines) in paragraphs {
                let count: usize = lines.values().sum();
                torn += usize::from(lines.len() > 1);
                assert!(
                    count == 1 || lines.values().all(|lines| *lines > 1),
                    "paragraph {number} of {words} words in {form:?}: {lines:?}"
                );
                // a paragraph that need not be is not torn
                assert!(
                    count > 3 || lines.len() == 1,
                    "{number} of {words} in {form:?}: {lines:?}"
                );
            }
            assert!(pages.count() > 2 && torn < pages.count());
        }
    }
}
