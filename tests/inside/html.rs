//! The web page, read back with html5ever: all words in order, a table that is whole, and nothing
//! that a source can break.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads its fixtures, and fails by panicking"
)]

use super::whole;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine as _;
use planwright::embedded::{self, Embedding};
use planwright::layout::PlanForm;
use planwright::plan::Colour;
use planwright::report::{
    ColumnRole, DataTable, ObjectiveGroup, Phrase, PlanTable, ReportCell, SectionContent,
};
use planwright::write::{HtmlOptions, html};
use planwright::{
    Brand, Limits, Picture, Plan, Report, ReportOptions, Span, Text, TextBlock, TextBlockKind, json,
};
use scraper::{ElementRef, Html, Node, Selector};
use sha2::Digest as _;

fn report_of(plan: &Plan) -> Report {
    whole::report(plan, &whole::review(plan, None), &ReportOptions::default())
}

fn hampshire() -> Report {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hampshire-2011/plan.json");
    report_of(&json::read(&std::fs::read(file).unwrap()).unwrap())
}

/// Objectives without actions or words, actions without objectives, an empty reference, lists in
/// lists.
fn odd_ends() -> Report {
    let plan = r#"{
        "planwright": 1,
        "title": "Odd ends",
        "recommendations": [ { "reference": "R1", "text": "one" }, { "reference": "R2", "area": "a", "deadline": "soon", "text": "two" } ],
        "themes": [
            { "objectives": [ { "reference": "1", "text": "alone", "recommendation": "R1", "actions": [] } ] },
            { "title": "Second", "objectives": [
                { "reference": "2", "recommendation": "R9", "actions": [
                    { "reference": "2.1", "action": "Share *findings*:\n\n- with the\n  1. Police\n  2. and schools\n- each ~~week~~ **month**\n\nthen stop" },
                    { "reference": "", "action": "unnamed", "target": { "text": "May '12", "kind": "month", "start": "2012-05-01", "due": "2012-05-31" } }
                ] },
                { "reference": "", "actions": [ { "reference": "3.1", "owner_text": "A B" } ] }
            ] }
        ],
        "notes": "See <https://example.org/a?b=1&c=2>."
    }"#;
    report_of(&json::read(plan.as_bytes()).unwrap())
}

/// The same plan with no wording for any objective: the table has no column for them.
fn without_objectives(mut report: Report) -> Report {
    let table = plan_table_mut(&mut report);
    if table.has_objectives {
        table.has_objectives = false;
        table.columns.remove(0);
    }
    table.themes.iter_mut().flat_map(|t| &mut t.objectives).for_each(|o| o.text = Text::default());
    report
}

fn plan_table_mut(report: &mut Report) -> &mut PlanTable {
    let mut contents = report.sections.iter_mut().flat_map(|s| &mut s.contents);
    contents
        .find_map(|c| if let SectionContent::Plan(table) = c { Some(table) } else { None })
        .unwrap()
}

fn plan_table(report: &Report) -> &PlanTable {
    let mut contents = report.sections.iter().flat_map(|s| &s.contents);
    contents
        .find_map(|c| if let SectionContent::Plan(table) = c { Some(table) } else { None })
        .unwrap()
}

fn parsed(report: &Report, layout: PlanForm) -> Html {
    let page =
        Html::parse_document(&html(report, &HtmlOptions { layout, ..HtmlOptions::default() }));
    assert_eq!(page.errors, Vec::<std::borrow::Cow<'static, str>>::new());
    page
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The words that a reader gets: elements that are no part of a line end a word.
fn words(element: ElementRef<'_>) -> Vec<String> {
    fn collect(element: ElementRef<'_>, out: &mut String) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => out.push_str(text),
                // the controls are for the script to show; what else stands there, nobody reads
                // and what is drawn stands in words beside it
                Node::Element(e)
                    if ["script", "noscript", "template", "form", "svg"].contains(&e.name()) => {}
                Node::Element(e) => {
                    let inline = ["a", "b", "s", "em", "strong", "time"].contains(&e.name());
                    out.push_str(if inline { "" } else { " " });
                    collect(ElementRef::wrap(child).unwrap(), out);
                    out.push_str(if inline { "" } else { " " });
                }
                _ => {}
            }
        }
    }
    let mut all = String::new();
    collect(element, &mut all);
    all.split_whitespace().map(str::to_owned).collect()
}

/// All that a report says, in the order in which the page says it.
fn said(report: &Report) -> Vec<String> {
    let has_plan = report
        .sections
        .iter()
        .flat_map(|s| &s.contents)
        .any(|c| matches!(c, SectionContent::Plan(_)));
    let skip = has_plan.then(|| report.words.skip_to_plan.clone());
    let mut out: Vec<String> = skip
        .into_iter()
        .chain([report.organisation.to_string(), report.title.to_string()])
        .collect();
    out.extend(report.facts.iter().flat_map(|f| [f.label.clone(), f.value.to_string()]));
    out.push(report.calculated.clone());
    out.push(report.words.contents.clone());
    for section in &report.sections {
        out.push(section.heading.to_string());
        if section.contents.iter().any(|c| matches!(c, SectionContent::Plan(_))) {
            out.extend(plan_table(report).themes.iter().map(|t| t.title.to_string()));
        }
    }
    for section in &report.sections {
        out.push(section.heading.to_string());
        for content in &section.contents {
            match content {
                SectionContent::Text(text) => out.push(text.plain().into_owned()),
                SectionContent::Table(table) => {
                    out.push(table.caption.clone());
                    out.extend(table.header.iter().chain(table.rows.iter().flatten()).cloned());
                }
                SectionContent::Recommendations(groups) => {
                    let mut area = "";
                    for group in groups {
                        out.push(if group.area == area {
                            String::new()
                        } else {
                            group.area.to_string()
                        });
                        area = &group.area;
                        out.push(group.deadline.to_string());
                        for item in &group.items {
                            out.extend([item.reference.clone(), item.text.plain().into_owned()]);
                            out.extend(item.answered_by.iter().map(|l| l.description.clone()));
                        }
                    }
                }
                SectionContent::Key(entries) => out.extend(
                    entries
                        .iter()
                        .flat_map(|e| [e.mark.label.to_string(), e.definition.to_string()]),
                ),
                SectionContent::Data(table) => said_by_data(table, &mut out),
                SectionContent::Plan(table) => said_by_plan(table, &mut out),
            }
        }
    }
    out.extend([report.running.title.to_string(), report.running.edition.to_string()]);
    out.iter().flat_map(|part| part.split_whitespace()).map(str::to_owned).collect()
}

/// A chart names its parts and its bars, and says how long each is; the table follows.
fn said_by_data(table: &DataTable, out: &mut Vec<String>) {
    if let Some(chart) = &table.chart {
        out.push(chart.title.clone());
        if chart.series.len() > 1 {
            out.extend(
                chart.series.iter().map(|part| table.columns[part.column].header.to_string()),
            );
        }
        for row in &table.rows {
            let parts = chart
                .series
                .iter()
                .map(|part| cell_words(&row[part.column]).parse::<usize>().unwrap());
            let name = match &row[0] {
                ReportCell::Status { mark: Some(mark), .. } => mark.label.to_string(),
                other => cell_words(other),
            };
            out.extend([name, parts.sum::<usize>().to_string()]);
        }
    }
    out.push(table.caption.to_string());
    out.extend(table.columns.iter().map(|c| c.header.to_string()));
    out.extend(table.rows.iter().flatten().map(cell_words));
}

fn said_by_plan(table: &PlanTable, out: &mut Vec<String>) {
    out.push(table.caption.to_string());
    out.extend(table.columns.iter().map(|c| c.header.to_string()));
    for theme in &table.themes {
        out.push(theme.title.to_string());
        for objective in &theme.objectives {
            if table.has_objectives || objective.actions.is_empty() {
                out.push(objective_words(objective));
            }
            out.extend(objective.actions.iter().flat_map(|a| &a.cells).map(cell_words));
        }
    }
}

fn objective_words(objective: &ObjectiveGroup) -> String {
    let link =
        objective.recommendation.as_ref().map(|l| l.description.as_str()).unwrap_or_default();
    format!("{} {} {link}", objective.reference, objective.text.plain())
}

fn cell_words(cell: &ReportCell) -> String {
    match cell {
        ReportCell::Text(text) => text.plain().into_owned(),
        ReportCell::Date { text, .. } => text.to_string(),
        ReportCell::Status { mark, position, note } => {
            let mark = mark.as_ref().map(|m| m.label.as_str()).unwrap_or_default();
            // the mark of what was calculated stands beside the status
            if *note == "†" {
                format!("{mark} {note} {position}")
            } else {
                format!("{mark} {position} {note}")
            }
        }
        ReportCell::Number(n) => n.to_string(),
        ReportCell::Share(part, all) => format!("{:.0}%", (200 * part / all).div_ceil(2)),
        other @ (ReportCell::Difference(_) | ReportCell::Link(_) | ReportCell::Links(_)) => {
            panic!("{other:?} is in no plan")
        }
    }
}

#[test]
fn every_word_of_the_report_is_on_the_page_in_order() {
    for report in
        [hampshire(), odd_ends(), without_objectives(odd_ends()), report_of(&Plan::default())]
    {
        let page = parsed(&report, PlanForm::Table);
        assert_eq!(words(select(&page, "body")[0]), said(&report), "{}", report.title);
    }
}

#[test]
fn every_cell_stands_in_its_row_and_column_and_under_its_headers() {
    for report in [hampshire(), odd_ends()] {
        let page = parsed(&report, PlanForm::Table);
        let table = plan_table(&report);
        let headers: Vec<_> =
            select(&page, ".plan thead th[scope=col]").into_iter().map(words).collect();
        assert_eq!(headers.len(), table.columns.len());
        let bodies = select(&page, ".plan tbody");
        assert_eq!(bodies.len(), table.themes.len());
        for (body, theme) in bodies.into_iter().zip(&table.themes) {
            let mut rows = body.child_elements();
            if !theme.title.is_empty() {
                let band: Vec<_> = rows.next().unwrap().child_elements().collect();
                assert_eq!(band.len(), 1);
                assert_eq!(band[0].attr("scope"), Some("rowgroup"));
                assert_eq!(band[0].attr("colspan"), Some(table.columns.len().to_string().as_str()));
            }
            for objective in &theme.objectives {
                for i in 0..objective.actions.len().max(1) {
                    let mut cells = rows.next().unwrap().child_elements();
                    if i == 0 {
                        let first = cells.next().unwrap();
                        assert_eq!(
                            first.attr("rowspan"),
                            Some(objective.actions.len().max(1).to_string().as_str())
                        );
                        assert_eq!(
                            first.attr("scope").is_some(),
                            !words(first).is_empty(),
                            "{}",
                            first.html()
                        );
                    }
                    let Some(action) = objective.actions.get(i) else {
                        assert_eq!(
                            cells.next().unwrap().attr("colspan"),
                            Some((table.columns.len() - 1).to_string().as_str())
                        );
                        continue;
                    };
                    for (cell, column) in action.cells.iter().zip(&table.columns[1..]) {
                        let shown = cells.next().unwrap();
                        assert_eq!(
                            words(shown),
                            cell_words(cell).split_whitespace().collect::<Vec<_>>()
                        );
                        let is_header =
                            column.role == ColumnRole::Reference && !action.reference.is_empty();
                        assert_eq!(
                            shown.attr("scope"),
                            is_header.then_some("row"),
                            "{}",
                            shown.html()
                        );
                        assert_eq!(shown.attr("class"), column.role.is_entry().then_some("e"));
                    }
                    assert!(cells.next().is_none());
                }
            }
            assert!(rows.next().is_none());
        }
    }
}

#[test]
fn every_anchor_of_the_report_is_there_once_and_every_link_leads_to_one() {
    for report in [hampshire(), odd_ends(), without_objectives(odd_ends())] {
        let page = parsed(&report, PlanForm::Table);
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        for element in select(&page, "[id]") {
            *ids.entry(element.attr("id").unwrap()).or_default() += 1;
        }
        let sections = report.sections.iter().map(|s| s.anchor.as_str());
        let themes = &plan_table(&report).themes;
        let objectives = themes.iter().flat_map(|t| &t.objectives);
        let actions = objectives.clone().flat_map(|o| &o.actions).map(|a| a.anchor.as_str());
        for anchor in sections
            .chain(themes.iter().map(|t| t.anchor.as_str()))
            .chain(objectives.map(|o| o.anchor.as_str()))
            .chain(actions)
        {
            assert_eq!(ids.get(anchor), Some(&1), "{anchor}");
        }
        assert!(ids.values().all(|n| *n == 1));
        for link in select(&page, "a[href^='#']") {
            assert!(ids.contains_key(&link.attr("href").unwrap()[1..]), "{}", link.html());
        }
    }
}

#[test]
fn lists_and_emphasis_are_elements_and_addresses_are_links() {
    let page = parsed(&odd_ends(), PlanForm::Table);
    let cell = select(&page, ".plan tr:has(ol) td:has(ol)")[0];
    assert_eq!(
        cell.inner_html(),
        "<p>Share <em>findings</em>:</p><ul><li>with the<ol><li>Police</li><li>and schools</li></ol></li>\
         <li>each <s>week</s> <strong>month</strong></li></ul><p>then stop</p>"
    );
    assert_eq!(select(&page, "#notes a")[0].attr("href"), Some("https://example.org/a?b=1&c=2"));
    assert_eq!(select(&page, "time")[0].attr("datetime"), Some("2012-05-31"));
}

#[test]
fn cards_are_the_same_page_in_another_style() {
    let report = hampshire();
    let (table, cards) = (parsed(&report, PlanForm::Table), parsed(&report, PlanForm::Cards));
    assert_eq!(select(&table, "body")[0].html(), select(&cards, "body")[0].html());
    assert_ne!(select(&table, "style")[0].html(), select(&cards, "style")[0].html());
}

#[test]
fn a_chart_has_the_numbers_of_its_table_and_parts_that_differ_without_their_colours() {
    let report = hampshire();
    let page = parsed(&report, PlanForm::Table);
    let contents = report.sections.iter().flat_map(|s| &s.contents);
    let tables: Vec<&DataTable> = contents
        .filter_map(|c| if let SectionContent::Data(table) = c { Some(table) } else { None })
        .collect();
    let figures = select(&page, "figure");
    assert_eq!(figures.len(), tables.len());
    let within = |element: ElementRef<'_>, selector: &str| -> BTreeSet<String> {
        element.select(&Selector::parse(selector).unwrap()).map(|e| e.html()).collect()
    };
    for (figure, table) in figures.iter().zip(&tables) {
        let chart = table.chart.as_ref().unwrap();
        let described = figure.select(&Selector::parse("[role=img]").unwrap()).next().unwrap();
        assert_eq!(described.attr("aria-label"), Some(chart.description.as_str()));
        let bars: Vec<ElementRef<'_>> =
            figure.select(&Selector::parse("div > div").unwrap()).collect();
        assert_eq!(bars.len(), table.rows.len());
        let numbers = |row: &[ReportCell]| {
            chart
                .series
                .iter()
                .map(|s| cell_words(&row[s.column]).parse().unwrap())
                .collect::<Vec<usize>>()
        };
        let most: usize = table.rows.iter().map(|row| numbers(row).iter().sum()).max().unwrap();
        for (bar, row) in bars.iter().zip(&table.rows) {
            let numbers: Vec<usize> = numbers(row).into_iter().filter(|n| *n > 0).collect();
            let rects: Vec<ElementRef<'_>> =
                bar.select(&Selector::parse("rect[fill]").unwrap()).collect();
            assert_eq!(rects.len(), numbers.len());
            for (rect, n) in rects.iter().zip(&numbers) {
                let width: f64 = rect.attr("width").unwrap().trim_end_matches('%').parse().unwrap();
                let exact = f64::from(u32::try_from(*n).unwrap()) * 100.0
                    / f64::from(u32::try_from(most).unwrap());
                assert!((width - exact).abs() < 0.02, "{n} of {most}: {width}");
            }
        }
        if chart.series.len() > 1 {
            assert_eq!(within(*figure, "p rect").len(), chart.series.len());
            let patterns = within(*figure, "pattern path[stroke]");
            assert_eq!(
                patterns.len(),
                chart.series.len() - 1,
                "each part but the first has a pattern of its own"
            );
            for filled in select(&page, "[fill^='url(#']") {
                let id =
                    filled.attr("fill").unwrap().trim_start_matches("url(#").trim_end_matches(')');
                assert_eq!(select(&page, &format!("pattern#{id}")).len(), 1, "{id}");
            }
        }
    }
}

#[test]
fn a_brand_is_on_the_page_and_nothing_but_its_picture_is_allowed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hampshire-2011/plan.json");
    let plan = json::read(&std::fs::read(file).unwrap()).unwrap();
    let drawing = include_bytes!("../logo/logo.svg");
    let brand = Brand::named("Brand Council").with_main(Colour::new(0x7a, 0x1f, 0x5c)).unwrap();
    let brand = brand.with_accent(Colour::new(0x00, 0x5e, 0x5d)).unwrap();
    let brand = brand.with_logo(Picture::read(drawing).unwrap(), "Arms of the \"county\"").unwrap();
    let page = parsed(
        &whole::report(
            &plan,
            &whole::review(&plan, None),
            &ReportOptions { brand, ..ReportOptions::default() },
        ),
        PlanForm::Table,
    );
    let policy =
        select(&page, "meta[http-equiv=Content-Security-Policy]")[0].attr("content").unwrap();
    assert_eq!(policy.matches("img-src data:;").count(), 1);
    let image = select(&page, "header img")[0];
    assert_eq!(image.attr("alt"), Some("Arms of the \"county\""));
    let data = image.attr("src").unwrap().strip_prefix("data:image/svg+xml;base64,").unwrap();
    assert_eq!(base64::engine::general_purpose::STANDARD.decode(data).unwrap(), drawing);
    let style = select(&page, "style")[0].inner_html();
    assert!(style.contains(":root{--head:#7a1f5c;--link:#005e5d;--accent:#005e5d;"), "{style}");
    // on a dark page the same colour could not be read
    assert_eq!(style.matches("--link:").count(), 2);
    assert_eq!(style.matches("--link:#005e5d").count(), 1);
    has_one_style_that_loads_nothing(&page);
}

fn has_one_style_that_loads_nothing(page: &Html) {
    let style = select(page, "style");
    assert_eq!(style.len(), 1);
    let style = style[0].inner_html();
    assert!(!style.contains("url(") && !style.contains("@import") && !style.contains("http"));
}

#[test]
fn the_page_asks_for_nothing_and_runs_nothing_but_its_own_script() {
    let page = parsed(&hampshire(), PlanForm::Table);
    let policy = select(&page, "meta[charset] + meta[http-equiv=Content-Security-Policy]")[0]
        .attr("content")
        .unwrap();
    assert!(policy.starts_with("default-src 'none';"));
    assert!(policy.contains("form-action 'none'") && !policy.contains("img-src"));
    let scripts = select(&page, "script");
    let script: String = scripts[0].text().collect();
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(script));
    assert_eq!(
        policy.split("script-src ").nth(1).unwrap().split(';').next(),
        Some(format!("'sha256-{hash}'").as_str())
    );
    assert_eq!(scripts.len(), 1);
    assert!(
        select(&page, "link, img, iframe, object, base, [action], [formaction], [src], [style]")
            .is_empty()
    );
    has_one_style_that_loads_nothing(&page);
}

#[test]
fn the_plan_that_a_page_carries_is_data_that_nothing_in_it_ends() {
    let words = "</template></script><script>alert(1)</script><!-- <script> & &nbsp; \u{a0} \u{2028} \u{202e} \u{1fffe} -->";
    let plan = Plan { title: words.to_owned(), ..Plan::default() };
    let carries = Some(Embedding {
        plan: &whole::whole(&plan),
        as_of: None,
        return_of: None,
        language: planwright::Language::English,
    });
    let text = html(&report_of(&plan), &HtmlOptions { carries, ..HtmlOptions::default() });
    let page = Html::parse_document(&text);
    assert_eq!(page.errors, Vec::<std::borrow::Cow<'static, str>>::new());
    let data = text
        .split_once("<template id=\"planwright-plan\">")
        .unwrap()
        .1
        .split_once("</template>")
        .unwrap()
        .0;
    assert!(
        !data.contains(['<', '>', '&', '\u{a0}', '\u{2028}', '\u{202e}', '\u{1fffe}']),
        "{data}"
    );
    assert_eq!(serde_json::from_str::<serde_json::Value>(data).unwrap()["plan"]["title"], words);
    assert_eq!(
        embedded::read_page(text.as_bytes(), &Limits::default()).unwrap().unwrap().plan,
        plan
    );
    has_one_style_that_loads_nothing(&page);
}

#[test]
fn the_same_report_gives_the_same_bytes_and_the_seed_is_small() {
    let once = html(&hampshire(), &HtmlOptions::default());
    assert_eq!(once, html(&hampshire(), &HtmlOptions::default()));
    assert!(once.len() < 150_000, "{} bytes", once.len());
}

/// Hands every text of the report to `change`, anchors too.
#[expect(clippy::too_many_lines, reason = "a report has many parts")]
fn each_text(report: &mut Report, change: &mut impl FnMut(&mut String)) {
    fn text(text: &mut Text, change: &mut impl FnMut(&mut String)) {
        text.blocks.iter_mut().flat_map(|b| &mut b.spans).for_each(|s| change(&mut s.text));
    }
    fn phrase(phrase: &mut Phrase, change: &mut impl FnMut(&mut String)) {
        let mut words = phrase.to_string();
        change(&mut words);
        *phrase = words.into();
    }
    fn cell(cell: &mut ReportCell, change: &mut impl FnMut(&mut String)) {
        match cell {
            ReportCell::Text(words) => text(words, change),
            ReportCell::Date { text, .. } => phrase(text, change),
            ReportCell::Status { mark, position, note } => {
                if let Some(mark) = mark {
                    phrase(&mut mark.label, change);
                }
                phrase(position, change);
                phrase(note, change);
            }
            ReportCell::Number(_) | ReportCell::Share(..) => {}
            other @ (ReportCell::Difference(_) | ReportCell::Link(_) | ReportCell::Links(_)) => {
                panic!("{other:?} is in no plan")
            }
        }
    }
    let Report {
        language: _,
        title,
        organisation,
        description,
        facts,
        sections,
        calculated,
        running,
        words,
        abbreviations: _,
        brand: _,
        sheets: _,
        ..
    } = report;
    for words in [title, organisation, &mut running.title, &mut running.edition] {
        phrase(words, change);
    }
    [description, calculated, &mut running.page].into_iter().for_each(&mut *change);
    for fact in facts {
        change(&mut fact.label);
        phrase(&mut fact.value, change);
    }
    [
        &mut words.continued,
        &mut words.continues,
        &mut words.contents,
        &mut words.skip_to_plan,
        &mut words.answers,
    ]
    .into_iter()
    .for_each(&mut *change);
    for section in sections {
        change(&mut section.anchor);
        phrase(&mut section.heading, change);
        for content in &mut section.contents {
            match content {
                SectionContent::Text(words) => text(words, change),
                SectionContent::Table(table) => {
                    change(&mut table.caption);
                    table
                        .header
                        .iter_mut()
                        .chain(table.rows.iter_mut().flatten())
                        .for_each(&mut *change);
                }
                SectionContent::Recommendations(groups) => {
                    for group in groups {
                        for words in [&mut group.area, &mut group.deadline] {
                            phrase(words, change);
                        }
                        for item in &mut group.items {
                            [&mut item.anchor, &mut item.reference]
                                .into_iter()
                                .for_each(&mut *change);
                            text(&mut item.text, change);
                            item.answered_by
                                .iter_mut()
                                .flat_map(|l| [&mut l.description, &mut l.anchor])
                                .for_each(&mut *change);
                        }
                    }
                }
                SectionContent::Key(entries) => {
                    entries
                        .iter_mut()
                        .flat_map(|e| [&mut e.mark.label, &mut e.definition])
                        .for_each(|words| phrase(words, change));
                }
                SectionContent::Data(table) => {
                    phrase(&mut table.caption, change);
                    table.columns.iter_mut().for_each(|c| phrase(&mut c.header, change));
                    table.rows.iter_mut().flatten().for_each(|c| cell(c, change));
                    table
                        .chart
                        .iter_mut()
                        .flat_map(|c| [&mut c.title, &mut c.description])
                        .for_each(&mut *change);
                }
                SectionContent::Plan(table) => {
                    phrase(&mut table.caption, change);
                    table.columns.iter_mut().for_each(|c| phrase(&mut c.header, change));
                    for theme in &mut table.themes {
                        change(&mut theme.anchor);
                        phrase(&mut theme.title, change);
                        for objective in &mut theme.objectives {
                            [&mut objective.anchor, &mut objective.reference]
                                .into_iter()
                                .for_each(&mut *change);
                            text(&mut objective.text, change);
                            objective
                                .recommendation
                                .iter_mut()
                                .flat_map(|l| [&mut l.description, &mut l.anchor])
                                .for_each(&mut *change);
                            for action in &mut objective.actions {
                                [&mut action.anchor, &mut action.reference]
                                    .into_iter()
                                    .for_each(&mut *change);
                                action.cells.iter_mut().for_each(|c| cell(c, change));
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The elements of a page with the names of their attributes, in order.
fn shape(page: &Html) -> Vec<String> {
    let elements = page.root_element().descendants().filter_map(ElementRef::wrap);
    elements
        .map(|e| {
            format!(
                "{} {:?}",
                e.value().name(),
                e.value().attrs().map(|(name, _)| name).collect::<BTreeSet<_>>()
            )
        })
        .collect()
}

const ATTACKS: [&str; 9] = [
    "<script>alert(1)</script>",
    "</style></title></td></table><script>alert(1)</script>",
    "\" onclick=\"alert(1)\" x=\"",
    "' onmouseover='alert(1)",
    "<img src=x onerror=alert(1)>",
    "&lt;script&gt; &#x3c;b&#62; &amp &#0; &bogus; &",
    "\\\"}body{display:none}*::before{content:\"",
    "<!-- ]]> --!> <![CDATA[ ?> {{x}} ${x}",
    "a\u{202e}gpj.exe\u{202c} \u{2066}b\u{2069} \u{0}\u{b}\u{7f}\u{85}\u{fdd0}\u{ffff}\u{10ffff}",
];

#[test]
fn no_text_of_a_source_becomes_anything_but_text() {
    let plain = {
        let mut report = hampshire();
        each_text(&mut report, &mut |text| *text = "words".to_owned());
        shape(&parsed(&report, PlanForm::Table))
    };
    for attack in ATTACKS {
        let mut report = hampshire();
        each_text(&mut report, &mut |text| *text = attack.to_owned());
        let page = parsed(&report, PlanForm::Table);
        assert_eq!(shape(&page), plain, "{attack}");
        let mut harmless = report.clone();
        each_text(&mut harmless, &mut |text| {
            *text =
                text.chars()
                    .map(|c| {
                        if is_shown(c) {
                            c.to_string()
                        } else {
                            format!("[U+{:04X}]", u32::from(c))
                        }
                    })
                    .collect();
        });
        assert_eq!(words(select(&page, "body")[0]), said(&harmless), "{attack}");
        let style = select(&page, "style")[0].inner_html();
        assert_eq!(
            style.matches("display:none").count(),
            html_style_rules(&hampshire()),
            "{attack}"
        );
    }
}

fn html_style_rules(report: &Report) -> usize {
    select(&parsed(report, PlanForm::Table), "style")[0]
        .inner_html()
        .matches("display:none")
        .count()
}

fn is_shown(c: char) -> bool {
    !c.is_control() && !"\u{202e}\u{202c}\u{2066}\u{2069}\u{fdd0}\u{ffff}\u{10ffff}".contains(c)
}

#[test]
fn only_web_and_mail_addresses_become_links() {
    let link = |address: &str| Span {
        text: "here".to_owned(),
        link: Some(address.to_owned()),
        ..Span::default()
    };
    let shown = |address: &str| {
        let mut report = report_of(&Plan::default());
        let block = TextBlock { kind: TextBlockKind::Paragraph, spans: link(address).into() };
        report.sections[0].contents.push(SectionContent::Text(block.into()));
        let page = parsed(&report, PlanForm::Table);
        assert_eq!(words(select(&page, "section > p")[0]), ["here"]);
        select(&page, "section > p a").first().map(|a| a.attr("href").unwrap().to_owned())
    };
    assert_eq!(shown("https://example.org/a b").as_deref(), Some("https://example.org/a%20b"));
    assert_eq!(shown("MAILTO:a@example.org").as_deref(), Some("mailto:a@example.org"));
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
        "//x.org",
    ] {
        assert_eq!(shown(address), None, "{address}");
    }
}
