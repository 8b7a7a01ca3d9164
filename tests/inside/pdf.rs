//! The PDF, read back by programs and parsers that did not write it.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr)] // a test reads and writes files, and says what it skips

use super::plans;
use super::whole;

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use lopdf::content::{Content as PageContent, Operation};
use lopdf::{Dictionary, Document, Object};
use planwright::layout::{LayoutOptions, PlanForm, layout};
use planwright::plan::{Basis, Colour, State, Status};
use planwright::report::{ColumnRole, PlanTable, ReportCell, SectionContent};
use planwright::write::{PdfOptions, pdf};
use planwright::{Brand, BrandFonts, Font, Picture, Plan, Report, ReportOptions, Text};

use plans::{plan, with_actions};

fn written(report: &Report) -> Vec<u8> {
    pdf(&layout(report, &LayoutOptions::default()), &PdfOptions::default()).unwrap()
}

fn written_as(form: PlanForm, report: &Report) -> Vec<u8> {
    pdf(
        &layout(report, &LayoutOptions { form, ..LayoutOptions::default() }),
        &PdfOptions::default(),
    )
    .unwrap()
}

fn of(plan: &Plan) -> Vec<u8> {
    written(&plans::report(plan))
}

/// What a PDF says in the order of its content, as poppler reads it, without white space, and
/// without the soft hyphens at which lines end within a word; nothing if poppler is not here.
fn pdftotext(bytes: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let run = Command::new("pdftotext")
        .args(["-raw", "-enc", "UTF-8"])
        .arg(file.path())
        .arg("-")
        .stderr(Stdio::inherit())
        .output();
    let Ok(output) = run else {
        eprintln!(
            "skipped: pdftotext (poppler-utils) is not installed, so no other program read the PDF"
        );
        return None;
    };
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.split_whitespace().collect::<String>().replace('\u{AD}', ""))
}

/// Whether all of `wanted` stand in `found` in this order; else the first that does not.
///
/// A paragraph is looked for as a whole, then, as a page may end within it, word by word.
fn in_order<S: AsRef<str>>(wanted: &[S], found: &str) -> Result<(), String> {
    let mut rest = found;
    let mut next = |words: &str| {
        let at = rest.find(words)?;
        rest = &rest[at + words.len()..];
        Some(())
    };
    for paragraph in wanted {
        let whole: String = paragraph.as_ref().split_whitespace().collect();
        if next(&whole).is_none() {
            paragraph.as_ref().split_whitespace().try_for_each(|word| {
                // what stands for letters that no font has is one mark a word; poppler turns round
                // what it says of a script that runs to the left, as though it had been letters in
                // their places
                let is_to_the_left = word.chars().all(|c| ('\u{590}'..='\u{8ff}').contains(&c));
                let turned = || is_to_the_left.then(|| word.chars().rev().collect::<String>());
                let found = next(word).or_else(|| next(&turned()?));
                found.ok_or_else(|| format!("“{word}” of {}", paragraph.as_ref()))
            })?;
        }
    }
    Ok(())
}

/// All that a report says, paragraph by paragraph, where its plan is laid out as a table.
fn said(report: &Report) -> Vec<String> {
    said_as(PlanForm::Table, report)
}

fn said_as(form: PlanForm, report: &Report) -> Vec<String> {
    let mut out = vec![report.organisation.to_string(), report.title.to_string()];
    out.extend(report.facts.iter().flat_map(|f| [f.label.clone(), f.value.to_string()]));
    for section in &report.sections {
        out.push(section.heading.to_string());
        for content in &section.contents {
            match content {
                SectionContent::Text(text) => text_said(text, &mut out),
                SectionContent::Table(table) => {
                    out.push(table.caption.clone());
                    out.extend(table.header.iter().chain(table.rows.iter().flatten()).cloned());
                }
                SectionContent::Recommendations(groups) => {
                    for (i, group) in groups.iter().enumerate() {
                        // an area that goes on is not headed once more
                        if i == 0 || groups[i - 1].area != group.area {
                            out.push(group.area.to_string());
                        }
                        out.push(group.deadline.to_string());
                        for item in &group.items {
                            out.push(item.reference.clone());
                            text_said(&item.text, &mut out);
                        }
                    }
                }
                SectionContent::Key(entries) => out.extend(
                    entries
                        .iter()
                        .flat_map(|e| [e.mark.label.to_string(), e.definition.to_string()]),
                ),
                SectionContent::Data(table) => {
                    out.push(table.caption.to_string());
                    // where each row is a card, the header of each cell stands before it
                    if form == PlanForm::Table {
                        out.extend(table.columns.iter().map(|c| c.header.to_string()));
                    }
                    table.rows.iter().flatten().for_each(|cell| cell_said(cell, &mut out));
                }
                SectionContent::Plan(table) if form == PlanForm::Cards => {
                    cards_said(table, &mut out);
                }
                SectionContent::Plan(table) => plan_said(table, &mut out),
            }
        }
    }
    out
}

fn plan_said(table: &PlanTable, out: &mut Vec<String>) {
    out.push(table.caption.to_string());
    out.extend(table.columns.iter().map(|c| c.header.to_string()));
    for theme in &table.themes {
        out.push(theme.title.to_string());
        for group in &theme.objectives {
            if table.has_objectives {
                out.push(group.reference.clone());
                text_said(&group.text, out);
            }
            group.actions.iter().flat_map(|a| &a.cells).for_each(|cell| cell_said(cell, out));
        }
    }
}

fn cell_said(cell: &ReportCell, out: &mut Vec<String>) {
    match cell {
        ReportCell::Text(text) => text_said(text, out),
        ReportCell::Date { text, .. } => out.push(text.to_string()),
        ReportCell::Status { mark, position, note } => {
            // the mark of what was calculated stands on the label
            let (sign, note) =
                if *note == "†" { ("†", String::new()) } else { ("", note.to_string()) };
            out.extend(mark.iter().map(|m| format!("{}{sign}", m.label)));
            out.extend([position.to_string(), note]);
        }
        ReportCell::Number(n) => out.push(n.to_string()),
        ReportCell::Share(part, all) => out.push(format!("{}%", (200 * part / all).div_ceil(2))),
        other @ (ReportCell::Difference(_) | ReportCell::Link(_) | ReportCell::Links(_)) => {
            panic!("{other:?} is in no plan")
        }
    }
}

/// Each action under its heading: its fields that hold something, each under the header of its
/// column.
fn cards_said(table: &PlanTable, out: &mut Vec<String>) {
    let columns = &table.columns[usize::from(table.has_objectives)..];
    for theme in &table.themes {
        out.push(theme.title.to_string());
        for group in &theme.objectives {
            if !group.text.is_empty() {
                out.push(group.heading.clone());
                text_said(&group.text, out);
            }
            for action in &group.actions {
                out.push(action.heading.to_string());
                for (column, cell) in columns
                    .iter()
                    .zip(&action.cells)
                    .filter(|(column, _)| column.role != ColumnRole::Reference)
                {
                    let mut words = Vec::new();
                    cell_said(cell, &mut words);
                    if words.iter().any(|w| !w.is_empty()) {
                        out.push(column.header.to_string());
                        out.append(&mut words);
                    }
                }
            }
        }
    }
}

fn text_said(text: &Text, out: &mut Vec<String>) {
    out.extend(text.blocks.iter().map(|b| b.plain().into_owned()));
}

#[test]
fn another_program_reads_every_word_in_order() {
    let report = plans::report(&with_actions(25));
    let Some(found) = pdftotext(&written(&report)) else { return };
    let mut wanted = said(&report);
    in_order(&wanted, &found).unwrap();
    // the test would see a word that is lost, and one out of place
    wanted.push("Nowhere".to_owned());
    assert!(in_order(&wanted, &found).is_err());
    wanted.pop();
    let (first, last) = (
        wanted.iter().position(|w| w.starts_with("row2x")).unwrap(),
        wanted.iter().rposition(|w| w.starts_with("row24x")).unwrap(),
    );
    wanted.swap(first, last);
    assert!(in_order(&wanted, &found).is_err());
}

#[test]
fn another_program_reads_every_word_of_every_fixture_in_order() {
    let mut read = 0;
    for fixture in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures")).unwrap() {
        let path = fixture.unwrap().path().join("plan.json");
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let report = plans::report(&planwright::json::read(&bytes).unwrap());
        for form in [PlanForm::Table, PlanForm::Cards] {
            let Some(found) = pdftotext(&written_as(form, &report)) else { return };
            if let Err(lost) = in_order(&said_as(form, &report), &found) {
                panic!("{} as {form:?}: not found in order: {lost}", path.display());
            }
        }
        read += 1;
    }
    assert!(read > 5);
}

#[test]
fn letters_that_share_a_shape_and_marks_above_letters_are_read_as_typed() {
    let words = "Ŵythnos caf\u{e9} cafe\u{301} x\u{323}\u{301}y na\u{ef}ve 10\u{a0}000 Ω \u{2126} “quoted” – it’s (a\\b)";
    let Some(found) = pdftotext(&of(&plan(&[("One", words, "measure")]))) else { return };
    in_order(&["Ŵythnos", "caf\u{e9}", "na\u{ef}ve", "“quoted”", "–", "it’s", "(a\\b)"], &found)
        .unwrap();
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let plan = with_actions(40);
    assert_eq!(of(&plan), of(&plan));
}

#[test]
fn the_document_says_what_it_is() {
    let document = Document::load_mem(&of(&with_actions(3))).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-GB");
    assert!(
        catalog
            .get(b"MarkInfo")
            .unwrap()
            .as_dict()
            .unwrap()
            .get(b"Marked")
            .unwrap()
            .as_bool()
            .unwrap()
    );
    let metadata =
        document.dereference(catalog.get(b"Metadata").unwrap()).unwrap().1.as_stream().unwrap();
    let xmp = String::from_utf8(metadata.content.clone()).unwrap();
    for said in [
        "<pdfaid:part>3<",
        "<pdfaid:conformance>A<",
        "<pdfuaid:part>1<",
        ">Plan of the county<",
        ">County Council<",
    ] {
        assert!(xmp.contains(said), "{said}");
    }
    assert!(!xmp.contains("CreateDate"), "no date was given");
}

/// All elements of one type, each with what it is.
fn elements<'a>(document: &'a Document, kind: &str) -> Vec<&'a Dictionary> {
    let is = |d: &&Dictionary| {
        d.get(b"S").and_then(Object::as_name).is_ok_and(|n| n == kind.as_bytes()) && d.has(b"P")
    };
    document.objects.values().filter_map(|o| o.as_dict().ok()).filter(is).collect()
}

#[test]
fn every_header_cell_says_what_it_heads_and_rows_are_headed_on_both_axes() {
    let document = Document::load_mem(&of(&with_actions(60))).unwrap();
    let mut scopes = std::collections::BTreeMap::new();
    for header in elements(&document, "TH") {
        let attributes = header.get(b"A").unwrap().as_dict().unwrap();
        let scope =
            String::from_utf8(attributes.get(b"Scope").unwrap().as_name().unwrap().to_vec())
                .unwrap();
        *scopes.entry(scope).or_insert(0) += 1;
    }
    // 60 references, an objective, a theme; the summary has a row header for each of its rows
    assert!(scopes["Row"] >= 62, "{scopes:?}");
    assert!(scopes["Column"] >= 10, "{scopes:?}");
    let spans: Vec<i64> = elements(&document, "TH")
        .iter()
        .filter_map(|h| h.get(b"A").ok()?.as_dict().ok()?.get(b"RowSpan").ok()?.as_i64().ok())
        .collect();
    // the objective stands on each page that it continues on, over the rows of that page
    assert!(spans.len() > 1, "{spans:?}");
    assert_eq!(spans.iter().sum::<i64>(), 60, "{spans:?}");
}

/// The scopes of the header cells below an element.
fn scopes(document: &Document, element: &Dictionary, found: &mut BTreeSet<Vec<u8>>) {
    if element.get(b"S").and_then(Object::as_name).is_ok_and(|n| n == b"TH") {
        let scope = element
            .get(b"A")
            .and_then(Object::as_dict)
            .and_then(|a| a.get(b"Scope"))
            .and_then(Object::as_name);
        found.insert(scope.unwrap().to_vec());
        return;
    }
    let Ok(kids) = element.get(b"K") else { return };
    for kid in kids.as_array().map_or_else(|_| vec![kids.clone()], Clone::clone) {
        if let Ok((_, Object::Dictionary(below))) = document.dereference(&kid)
            && below.has(b"S")
        {
            scopes(document, below, found);
        }
    }
}

#[test]
fn every_table_of_every_fixture_is_headed_on_both_axes() {
    let mut tables = 0;
    for fixture in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures")).unwrap() {
        let path = fixture.unwrap().path().join("plan.json");
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let document = Document::load_mem(&of(&planwright::json::read(&bytes).unwrap())).unwrap();
        for table in elements(&document, "Table") {
            let mut found = BTreeSet::new();
            scopes(&document, table, &mut found);
            assert_eq!(
                found.into_iter().collect::<Vec<_>>(),
                [b"Column".to_vec(), b"Row".to_vec()],
                "{}",
                path.display()
            );
            tables += 1;
        }
    }
    assert!(tables > 40, "{tables}");
}

#[test]
fn a_row_on_two_pages_is_one_row_of_the_tree() {
    let long = (0..3000).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let document = Document::load_mem(&of(&plan(&[("One", &long, "measure")]))).unwrap();
    let tables = elements(&document, "Table").len();
    // of the plan: the header, the theme, the action
    let rows = elements(&document, "TR").len();
    let pages = document.get_pages().len();
    // two count the actions, by status and by theme
    assert!(pages > 4 && tables == 3, "{pages} pages, {tables} tables");
    assert!(rows < 12, "{rows} rows");
}

#[test]
fn links_lead_somewhere_and_say_where() {
    let document = Document::load_mem(&of(&with_actions(3))).unwrap();
    let links: Vec<_> = document
        .objects
        .values()
        .filter_map(|o| o.as_dict().ok())
        .filter(|d| d.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Link"))
        .collect();
    assert_eq!(links.len(), 1);
    assert!(links[0].has(b"Contents") && links[0].has(b"StructParent") && links[0].has(b"A"));
    assert_eq!(elements(&document, "Link").len(), 1);
}

#[test]
fn hostile_words_are_written_all_the_same() {
    let hostile = [
        String::new(),
        "x".repeat(5_000),
        "many words ".repeat(4_000),
        "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{645}\u{631}\u{62D}\u{628}\u{627} \u{1F600}\u{200D}\u{1F4A9} \u{0}\u{1}\u{7F}\u{FFFE} e\u{301}\u{301}\u{301}".to_owned(),
        ")]TJ ET EMC (\\(\\ % << >> endstream endobj".to_owned(),
        "\n\n\n".to_owned(),
    ];
    for words in &hostile {
        let report = plans::report(&plan(&[(words, words, words), (words, "", "")]));
        for form in [PlanForm::Table, PlanForm::Cards] {
            assert!(Document::load_mem(&written_as(form, &report)).is_ok());
        }
    }
    let mut plan = with_actions(2);
    plan.title = "<&>\u{0} ]]> “title”".to_owned();
    assert!(Document::load_mem(&of(&plan)).is_ok());
}

/// The operations of each page with what the page names, in the order of the pages.
fn pages(document: &Document) -> Vec<(Vec<Operation>, Dictionary)> {
    let page = |id| {
        let operations = PageContent::decode(&document.get_page_content(id)).unwrap().operations;
        let named =
            document.get_dictionary(id).unwrap().get(b"Resources").unwrap().as_reference().unwrap();
        (operations, document.get_dictionary(named).unwrap().clone())
    };
    document.get_pages().into_values().map(page).collect()
}

#[test]
fn each_state_has_its_own_colour_however_many_there_are() {
    let mut plan = with_actions(300);
    let colour =
        |n: usize| Colour::new(u8::try_from(n % 200).unwrap(), u8::try_from(n / 200).unwrap(), 7);
    let state = |n: usize| State {
        id: n.to_string(),
        label: format!("State {n}"),
        category: None,
        colour: colour(n),
        definition: String::new(),
    };
    plan.scheme.states = (0..300).map(state).collect();
    for (n, action) in plan.themes[0].objectives[0].actions.iter_mut().enumerate() {
        action.status =
            Status { state: Some(n.to_string()), basis: Basis::Stated, because: String::new() };
    }
    let document = Document::load_mem(&of(&plan)).unwrap();
    let mut filled = BTreeSet::new();
    for (operations, _) in pages(&document) {
        let mut ink = Vec::new();
        for Operation { operator, operands } in operations {
            match operator.as_str() {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                // parts of a colour
                "rg" => {
                    ink = operands
                        .iter()
                        .map(|part| (part.as_float().unwrap() * 255.0).round() as u8)
                        .collect();
                }
                "f" | "B" => {
                    filled.insert(ink.clone());
                }
                _ => {}
            }
        }
    }
    for n in 0..300 {
        let Colour { red, green, blue } = colour(n);
        assert!(filled.contains(&vec![red, green, blue]), "state {n}");
    }
}

#[test]
fn running_words_are_told_as_the_foot_of_the_page() {
    let document = Document::load_mem(&of(&with_actions(60))).unwrap();
    let pages = pages(&document);
    assert!(pages.len() > 4, "{}", pages.len());
    for (operations, named) in &pages {
        let properties = named.get(b"Properties").unwrap().as_dict().unwrap();
        let is_foot = |operation: &Operation| {
            let [Object::Name(tag), Object::Name(name)] = operation.operands.as_slice() else {
                return false;
            };
            let subtype = properties.get(name).unwrap().as_dict().unwrap().get(b"Subtype");
            tag == b"Artifact"
                && subtype.and_then(Object::as_name).is_ok_and(|subtype| subtype == b"Footer")
        };
        assert_eq!(
            operations
                .iter()
                .filter(|operation| operation.operator == "BDC" && is_foot(operation))
                .count(),
            1
        );
    }
}

#[test]
fn headings_of_cards_skip_no_level_and_fields_are_lists() {
    let document =
        Document::load_mem(&written_as(PlanForm::Cards, &plans::report(&with_actions(12))))
            .unwrap();
    let count = |kind: &str| elements(&document, kind).len();
    assert_eq!((count("H1"), count("H3"), count("H4"), count("H5"), count("H6")), (1, 1, 1, 12, 0));
    assert!(count("H2") >= 3);
    // each action has its owner, its action and its success measures at least, each under a label
    assert!(
        count("Lbl") >= 36 && count("Lbl") == count("LBody"),
        "{} {}",
        count("Lbl"),
        count("LBody")
    );
    assert_eq!(count("Table"), 2, "the summary");
}

#[test]
fn abbreviations_say_what_they_stand_for_where_the_plan_does() {
    let words = "Ask the Independent Reviewing Officer (IRO). The IRO and the LSCB answer.";
    let document = Document::load_mem(&of(&plan(&[("One", words, "measure")]))).unwrap();
    let expansions: Vec<_> = elements(&document, "Span")
        .into_iter()
        .filter_map(|span| span.get(b"E").ok()?.as_str().ok())
        .collect();
    assert_eq!(expansions, [b"Independent Reviewing Officer".as_slice(); 2]);
}

#[test]
fn entries_of_the_contents_are_links_in_a_table_of_contents() {
    let document = Document::load_mem(&of(&with_actions(60))).unwrap();
    let entries = elements(&document, "TOCI").len();
    // introduction, summary, key, plan; the theme; the objective
    assert_eq!((entries, elements(&document, "Reference").len()), (6, 6));
    assert_eq!(elements(&document, "TOC").len(), 3, "a list within a list within a list");
    assert_eq!(elements(&document, "Link").len(), 6 + 1, "and the link of the introduction");
}

#[test]
fn every_fixture_comes_back_from_its_pdf() {
    let mut read = 0;
    for fixture in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures")).unwrap() {
        let path = fixture.unwrap().path().join("plan.json");
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let plan = planwright::json::read(&bytes).unwrap();
        let pages = layout(&plans::report(&plan), &LayoutOptions::default());
        let written =
            pdf(&pages, &PdfOptions { plan: Some(&whole::whole(&plan)), ..PdfOptions::default() })
                .unwrap();
        assert_eq!(planwright::embedded::read_pdf(&written).unwrap(), plan, "{}", path.display());
        read += 1;
    }
    assert!(read > 30, "{read}");
}

#[test]
fn a_logo_is_a_figure_with_words_and_drawings_stay_drawings() {
    let drawing = Picture::read(include_bytes!("../logo/logo.svg")).unwrap();
    let mut pixels = Vec::new();
    let mut encoder = png::Encoder::new(&mut pixels, 2, 1);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&[200, 0, 0, 255, 0, 0, 200, 128]).unwrap();
    for (picture, images) in [(drawing, 0), (Picture::read(&pixels).unwrap(), 2)] {
        let brand = Brand::named("Brand Council").with_logo(picture, "Arms of the county").unwrap();
        let plan = Plan { organisation: String::new(), ..with_actions(2) };
        let options = ReportOptions { brand, ..ReportOptions::default() };
        let report = whole::report(&plan, &whole::review(&plan, None), &options);
        assert_eq!(report.organisation, "Brand Council");
        let document = Document::load_mem(&written(&report)).unwrap();
        let figures = elements(&document, "Figure");
        let says = |figure: &&&Dictionary| {
            figure
                .get(b"Alt")
                .and_then(Object::as_str)
                .is_ok_and(|words| words == b"Arms of the county")
        };
        let [figure] = figures.iter().filter(says).collect::<Vec<_>>()[..] else {
            panic!("one figure of the logo")
        };
        let bounds =
            figure.get(b"A").unwrap().as_dict().unwrap().get(b"BBox").unwrap().as_array().unwrap();
        let [left, bottom, right, top] = [0, 1, 2, 3].map(|i: usize| bounds[i].as_float().unwrap());
        assert!(
            (right - left - (top - bottom) * if images == 0 { 3.0 } else { 2.0 }).abs() < 0.1,
            "its proportions are kept"
        );
        assert!(
            right <= 842.0 - 31.0 && top <= 596.0 && right - left <= 150.1 && top - bottom <= 48.1
        );
        let is_image = |o: &&Object| {
            o.as_stream().is_ok_and(|s| {
                s.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Image")
            })
        };
        assert_eq!(document.objects.values().filter(is_image).count(), images);
    }
}

/// A font that has only these characters, each with the shape of another.
fn font_of(characters: impl IntoIterator<Item = (char, char)>) -> Font {
    let whole = notosans::REGULAR_TTF;
    let face = ttf_parser::Face::parse(whole, 0).unwrap();
    let mut groups: Vec<(u32, u16)> = characters
        .into_iter()
        .map(|(c, like)| (c.into(), face.glyph_index(like).unwrap().0))
        .collect();
    groups.sort_unstable();
    let length = 16 + u32::try_from(groups.len()).unwrap() * 12;
    let mut map = [0_u16, 1, 3, 10].map(u16::to_be_bytes).concat();
    map.extend(12_u32.to_be_bytes());
    map.extend([12_u16, 0].map(u16::to_be_bytes).concat());
    map.extend([length, 0, u32::try_from(groups.len()).unwrap()].map(u32::to_be_bytes).concat());
    map.extend(
        groups
            .iter()
            .flat_map(|(c, glyph)| [*c, *c, u32::from(*glyph)].map(u32::to_be_bytes).concat()),
    );
    let mut bytes = whole.to_vec();
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    let entry = (12..).step_by(16).find(|at| &bytes[*at..at + 4] == b"cmap").unwrap();
    let at = u32::try_from(bytes.len()).unwrap();
    bytes[entry + 8..entry + 16]
        .copy_from_slice(&[at, u32::try_from(map.len()).unwrap()].map(u32::to_be_bytes).concat());
    bytes.extend(map);
    Font::read(&bytes).unwrap()
}

fn reported_in(fonts: BrandFonts, words: &str) -> Report {
    let mut brand = Brand::default();
    brand.fonts = fonts;
    let plan = plan(&[("One", words, "measure")]);
    whole::report(
        &plan,
        &whole::review(&plan, None),
        &ReportOptions { brand, ..ReportOptions::default() },
    )
}

/// The names of the fonts in a PDF, without the marks of subsets.
fn fonts_in(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).unwrap();
    let is_font =
        |d: &&Dictionary| d.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Type0");
    let fonts = document.objects.values().filter_map(|o| o.as_dict().ok()).filter(is_font);
    let name = |d: &Dictionary| {
        String::from_utf8_lossy(d.get(b"BaseFont").unwrap().as_name().unwrap()).into_owned()
    };
    let mut names: Vec<String> =
        fonts.map(name).map(|n| n.split_once('+').unwrap().1.to_owned()).collect();
    names.sort_unstable();
    names
}

#[test]
fn words_are_set_in_the_fonts_of_the_brand_and_no_emphasis_is_lost() {
    let own = font_of(('\u{20}'..'\u{7f}').chain(['·', '–']).map(|c| (c, c)));
    let fonts = BrandFonts { regular: Some(own), ..BrandFonts::default() };
    let report = reported_in(fonts, "Plain words, and ones that the font lacks: Ŵythnos");
    let pages = layout(&report, &LayoutOptions::default());
    assert_eq!(pages.missing, []);
    // the font of the brand is called as the family that it was made of
    assert_eq!(
        fonts_in(&written(&report)),
        ["NotoSans", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-Regular"]
    );
    let own = Font::read(notosans::REGULAR_TTF).unwrap();
    let all = BrandFonts {
        regular: Some(own.clone()),
        bold: Some(own.clone()),
        italic: Some(own),
        ..BrandFonts::default()
    };
    assert_eq!(
        fonts_in(&written(&reported_in(all, "Plain words"))),
        ["NotoSans", "NotoSans", "NotoSans"]
    );
    assert_eq!(
        fonts_in(&written(&reported_in(BrandFonts::default(), "Plain words"))),
        ["NotoSans-Bold", "NotoSans-Italic", "NotoSans-Regular"]
    );
}

#[test]
fn what_the_family_lacks_is_looked_for_in_the_fallback_fonts() {
    let words = "First שלום עולם then אabcב and 改善";
    let letters = |from: char, to: char| (from..=to).zip(('a'..='z').cycle());
    let hebrew = font_of(letters('א', 'ת'));
    let chinese = font_of("改善".chars().zip('a'..));
    let lacking = |report: &Report| {
        layout(report, &LayoutOptions::default())
            .missing
            .iter()
            .map(|m| m.character)
            .collect::<String>()
    };
    assert!(lacking(&reported_in(BrandFonts::default(), words)).contains(['ש', '改']));
    let report =
        reported_in(BrandFonts { fallback: vec![hebrew.clone()], ..BrandFonts::default() }, words);
    assert_eq!(lacking(&report), "善改");
    let report =
        reported_in(BrandFonts { fallback: vec![hebrew, chinese], ..BrandFonts::default() }, words);
    assert_eq!(lacking(&report), "");
    let bytes = written(&report);
    assert_eq!(bytes, written(&report));
    assert_eq!(
        fonts_in(&bytes),
        ["NotoSans", "NotoSans", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-Regular"]
    );
    let Some(found) = pdftotext(&bytes) else { return };
    in_order(&["First", "then", "abc", "and", "改善"], &found).unwrap();
}

#[test]
fn words_of_scripts_that_run_to_the_left_stand_from_right_to_left_and_are_read_in_order() {
    let hebrew = font_of(('א'..='ת').zip(('a'..='z').cycle()));
    let report = reported_in(
        BrandFonts { fallback: vec![hebrew], ..BrandFonts::default() },
        "First שלום עולם 12 then",
    );
    let dump = layout(&report, &LayoutOptions::default()).dump();
    let place = |word: &str| {
        let (number, line) =
            dump.lines().enumerate().find(|(_, line)| line.contains(&format!("“{word}"))).unwrap();
        (number, line.split(' ').nth(2).unwrap().parse::<f64>().unwrap())
    };
    let places = ["First", "שלום", "עולם", "12", "then"].map(place);
    assert!(places.is_sorted_by_key(|(number, _)| number), "in the order of reading: {places:?}");
    let [first, shalom, olam, number, then] = places.map(|(_, x)| x);
    assert!(first < number && number < olam && olam < shalom && shalom < then, "{places:?}");

    let hebrew = font_of(('א'..='ת').zip(('a'..='z').cycle()));
    let report = reported_in(
        BrandFonts { fallback: vec![hebrew], ..BrandFonts::default() },
        "שלום עולם then",
    );
    let dump = layout(&report, &LayoutOptions::default()).dump();
    let place = |word: &str| {
        dump.lines()
            .find(|l| l.contains(&format!("“{word}")))
            .unwrap()
            .split(' ')
            .nth(2)
            .unwrap()
            .parse::<f64>()
            .unwrap()
    };
    assert!(
        place("then") > first + 10.0 && place("then") < place("עולם"),
        "a paragraph that begins at the right ends at the left"
    );
}
