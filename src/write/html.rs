//! The web page: one self-contained file with the whole plan, complete without any script.
//!
//! - The page asks for nothing from outside, and its Content-Security-Policy allows nothing but
//!   style within it and its own script ([`script`]), by which actions are found and cells filled
//!   in. Nothing is sent anywhere.
//! - The plan is one table, in the markup once. Wide screens and paper show it as a table; narrow
//!   screens show the same rows as cards, by style alone. Roles are the elements' own, so that the
//!   table stays a table for assistive technology.
//! - A long plan is drawn a theme at a time as it comes near, on screens; its script cuts long
//!   themes. On paper it is one table.
//! - What is the same in every row (the labels of a card's fields, the colours of the states)
//!   stands in the style sheet, once.
//! - The plan may stand in it once more, for programs to read, and what was filled in beside it: as
//!   data in templates, which no browser shows or runs
//!   ([`embedded::read_page`](crate::embedded::read_page) reads them).
//! - Invariant: every word of a report goes through [`text::EscapedPhrase`]; `PreEscaped` is for
//!   the style sheet and the script alone; the data is put in afterwards.

mod chart;
mod controls;
mod data;
mod plan;
mod script;
mod style;
mod text;

use std::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use crate::brand::Logo;
use crate::embedded::{self, Embedding};
use crate::layout::PlanForm;
use crate::report::{
    KeyEntry, Phrase, PlanTable, RecommendationGroup, Report, ReportSection, SectionContent,
    SmallTable,
};

use self::script::SCRIPT;
use self::style::StateColours;
use self::text::{EscapedPhrase, LanguageSpan, TextMarkup, language};

/// What the page may do: nothing is loaded or sent, and nothing run but its own script.
///
/// Style is not named by its hash, for that would shut out the styles that readers put into a page
/// for themselves: wider spacing, other colours (WCAG 2.2, 1.4.12). No style can load anything
/// either.
///
/// Pictures are allowed where there is one, and only within the page.
fn policy(report: &Report) -> String {
    let pictures = if report.brand.logo().is_some() { " img-src data:;" } else { "" };
    format!(
        "default-src 'none'; style-src 'unsafe-inline';{pictures} script-src {}; base-uri 'none'; form-action 'none'",
        script::allowed()
    )
}

/// How the page is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HtmlOptions<'a> {
    /// What the plan is laid out as; by default a table where there is room for one, and cards on
    /// narrow screens (WCAG 2.2, 1.4.10).
    pub layout: PlanForm,
    /// What the page carries in a block of data, so that it can be read back
    /// ([`embedded::read_page`](crate::embedded::read_page)); by default nothing.
    pub carries: Option<Embedding<'a>>,
}

/// The report as a web page: one file in UTF-8, with line ends as `\n`.
///
/// Links are those that the report has: which of a plan's links are live is settled there.
/// Characters that would hide or turn round other text (controls, bidirectional overrides) are
/// shown by their names, as `[U+202E]`.
///
/// ```
/// use planwright::write::{HtmlOptions, html};
/// use planwright::{Plan, PublishOptions, ReportOptions, publish, report, review};
///
/// let plan = publish(Plan { title: "Care & support".to_owned(), ..Plan::default() }, &PublishOptions::internal());
/// let page = html(&report(&plan, &review(&plan, None), &ReportOptions::default()), &HtmlOptions::default());
/// assert!(page.starts_with("<!DOCTYPE html>"));
/// assert!(page.contains("<h1>Care &amp; support</h1>"));
/// ```
pub fn html(report: &Report, options: &HtmlOptions<'_>) -> String {
    let options = &HtmlOptions {
        carries: options.carries.filter(|carries| carries.suits(report.audience())),
        ..*options
    };
    // what people read and what programs read are about as long as one another, and are written
    // side by side
    let data =
        || options.carries.as_ref().and_then(|carries| embedded::block_data(carries, report));
    let ((mut page, at), data) = rayon::join(|| without_data(report, options), data);
    if let Some(data) = data {
        page.insert_str(at, &data);
    }
    page
}

/// The page without the plan that it carries, and where that belongs.
fn without_data(report: &Report, options: &HtmlOptions<'_>) -> (String, usize) {
    let colours = StateColours::of(report);
    let style = style::sheet(report, &colours, options.layout);
    let plan = report.sections.iter().position(holds_plan);
    let (front, back) = report.sections.split_at(plan.unwrap_or(report.sections.len()));
    let at = Cell::new(0);
    let page = html! {
        (HtmlBuffer::of(report, options))
        (DOCTYPE)
        html lang=(EscapedPhrase(report.language)) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(report));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title lang=[whole_title(report)] { (EscapedPhrase(&report.title)) @if !report.organisation.is_empty() { " – " (EscapedPhrase(&report.organisation)) } }
                @if !report.description.is_empty() { meta name="description" content=(EscapedPhrase(&report.description)); }
                style { (PreEscaped(&style)) }
            }
            body {
                @if let Some(section) = back.first() {
                    a.skip href={ "#" (EscapedPhrase(&section.anchor)) } { (EscapedPhrase(&report.words.skip_to_plan)) }
                }
                (header(report))
                main {
                    div.front {
                        (contents(report))
                        div { @for section in front { (SectionMarkup { section, report, colours: &colours }) } }
                    }
                    @for section in back { (SectionMarkup { section, report, colours: &colours }) }
                }
                footer {
                    p lang=[language(&report.running.title)] { (LanguageSpan(&report.running.title)) }
                    @if !report.running.edition.is_empty() {
                        p lang=[language(&report.running.edition)] { (LanguageSpan(&report.running.edition)) }
                    }
                }
                @if options.carries.is_some() { template id=(embedded::BLOCK) { (PositionMarker(&at)) } }
                @if !back.is_empty() { script { (PreEscaped(SCRIPT)) } }
            }
        }
        "\n"
    };
    (page.into_string(), at.get())
}

/// Room for a page of so many bytes, set aside at once: to grow it is to copy what is there
/// already.
struct HtmlBuffer(usize);

impl HtmlBuffer {
    /// About as much as the page of a report takes.
    fn of(report: &Report, options: &HtmlOptions<'_>) -> Self {
        const CELL: usize = 80;
        let rows = |table: &PlanTable| {
            table
                .themes
                .iter()
                .flat_map(|theme| &theme.objectives)
                .map(|o| o.actions.len())
                .sum::<usize>()
        };
        let cells: usize = plan_tables(&report.sections)
            .map(|table| rows(table).saturating_mul(table.columns.len()))
            .sum();
        let times = if options.carries.is_some() { 2 } else { 1 };
        Self(cells.saturating_mul(CELL * times))
    }
}

impl Render for HtmlBuffer {
    fn render_to(&self, page: &mut String) {
        page.reserve(self.0);
    }
}

/// Notes where in the page it stands.
struct PositionMarker<'a>(&'a Cell<usize>);

impl Render for PositionMarker<'_> {
    fn render_to(&self, page: &mut String) {
        self.0.set(page.len());
    }
}

/// The language of the title and the name beside it, if both are in one that is not the page's.
fn whole_title(report: &Report) -> Option<&'static str> {
    let same =
        report.organisation.is_empty() || report.organisation.language() == report.title.language();
    language(&report.title).filter(|_| same)
}

fn holds_plan(section: &ReportSection) -> bool {
    plan_tables(std::slice::from_ref(section)).next().is_some()
}

fn plan_tables(sections: &[ReportSection]) -> impl Iterator<Item = &PlanTable> {
    let contents = sections.iter().flat_map(|section| &section.contents);
    contents.filter_map(
        |content| if let SectionContent::Plan(table) = content { Some(table) } else { None },
    )
}

/// Whether a plan has more actions than a browser lays out while a key is pressed.
fn is_long(table: &PlanTable) -> bool {
    const LONG: usize = 200;
    table
        .themes
        .iter()
        .flat_map(|theme| &theme.objectives)
        .map(|objective| objective.actions.len())
        .sum::<usize>()
        > LONG
}

fn header(report: &Report) -> Markup {
    html! {
        header {
            @if let Some(shown) = report.brand.logo() { (logo(shown)) }
            @if !report.organisation.is_empty() { p lang=[language(&report.organisation)] { (LanguageSpan(&report.organisation)) } }
            h1 lang=[language(&report.title)] { (LanguageSpan(&report.title)) }
            @if !report.facts.is_empty() {
                dl { @for fact in &report.facts { div { dt { (EscapedPhrase(&fact.label)) } dd lang=[language(&fact.value)] { (LanguageSpan(&fact.value)) } } } }
            }
            @if !report.calculated.is_empty() { p { (EscapedPhrase(&report.calculated)) } }
        }
    }
}

/// A logo within the page; as a picture, nothing in it can run or load anything.
fn logo(logo: &Logo) -> Markup {
    let picture = &logo.picture;
    html! {
        img src={ "data:" (picture.media_type()) ";base64," (STANDARD.encode(picture.file())) } alt=(EscapedPhrase(&logo.alternative));
    }
}

fn contents(report: &Report) -> Markup {
    let themes = |section: &ReportSection| -> Vec<(String, Phrase)> {
        let titled = plan_tables(std::slice::from_ref(section))
            .flat_map(|table| &table.themes)
            .filter(|theme| !theme.title.is_empty());
        titled.map(|theme| (theme.anchor.clone(), theme.title.clone())).collect()
    };
    html! {
        nav aria-label=(EscapedPhrase(&report.words.contents)) {
            h2 { (EscapedPhrase(&report.words.contents)) }
            ul {
                @for section in &report.sections {
                    @let themes = themes(section);
                    li {
                        a href={ "#" (EscapedPhrase(&section.anchor)) } lang=[language(&section.heading)] { (LanguageSpan(&section.heading)) }
                        @if !themes.is_empty() {
                            ul { @for (anchor, title) in &themes { li { a href={ "#" (EscapedPhrase(anchor)) } lang=[language(title)] { (LanguageSpan(title)) } } } }
                        }
                    }
                }
            }
        }
    }
}

/// A section, drawn straight into the page: one of them holds the plan, which is by far the longest
/// part.
struct SectionMarkup<'a> {
    section: &'a ReportSection,
    report: &'a Report,
    colours: &'a StateColours,
}

impl Render for SectionMarkup<'_> {
    fn render_to(&self, out: &mut String) {
        let Self { section, report, colours } = *self;
        let plan = plan_tables(std::slice::from_ref(section)).next();
        out.push_str(match plan {
            Some(plan) if is_long(plan) => "<section class=\"plan long\" id=\"",
            Some(_) => "<section class=\"plan\" id=\"",
            None => "<section id=\"",
        });
        EscapedPhrase(&section.anchor).render_to(out);
        out.push_str("\">");
        html! { h2 lang=[language(&section.heading)] { (LanguageSpan(&section.heading)) } }
            .render_to(out);
        for content in &section.contents {
            match content {
                SectionContent::Text(text) => TextMarkup::paragraphs(text).render_to(out),
                SectionContent::Table(table) => small_table(table).render_to(out),
                SectionContent::Recommendations(groups) => recommendations(groups).render_to(out),
                SectionContent::Key(entries) => key(entries, colours).render_to(out),
                SectionContent::Data(table) => {
                    if let Some(shown) = &table.chart {
                        chart::ChartMarkup { shown, table }.render_to(out);
                    }
                    data::DataTableMarkup { data: table, colours }.render_to(out);
                }
                SectionContent::Plan(plan) => {
                    controls::fill(report, plan).render_to(out);
                    controls::find(report).render_to(out);
                    plan::PlanTableMarkup { plan, colours, continued: &report.words.continued }
                        .render_to(out);
                }
            }
        }
        out.push_str("</section>");
    }
}

fn small_table(table: &SmallTable) -> Markup {
    let figures: Vec<bool> = (0..table.header.len()).map(|i| is_figures(table, i)).collect();
    let class = |i: usize| figures.get(i).copied().unwrap_or(false).then_some("n");
    html! {
        table.small {
            caption { (EscapedPhrase(&table.caption)) }
            thead { tr { @for (i, header) in table.header.iter().enumerate() { th scope="col" class=[class(i)] { (EscapedPhrase(header)) } } } }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (i, cell) in row.iter().enumerate() {
                            @if i == 0 { th scope="row" { (EscapedPhrase(cell)) } } @else { td class=[class(i)] { (EscapedPhrase(cell)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a column holds figures alone, which are set at the right.
fn is_figures(table: &SmallTable, column: usize) -> bool {
    let figure = |cell: &String| {
        cell.bytes().any(|b| b.is_ascii_digit())
            && cell.bytes().all(|b| b"0123456789.,% ".contains(&b))
    };
    column > 0 && table.rows.iter().all(|row| row.get(column).is_some_and(figure))
}

fn recommendations(groups: &[RecommendationGroup]) -> Markup {
    let area_above = |i: usize| i.checked_sub(1).map(|above| groups[above].area.as_str());
    html! {
        @for (i, group) in groups.iter().enumerate() {
            @if !group.area.is_empty() && area_above(i) != Some(&group.area) { h3 lang=[language(&group.area)] { (LanguageSpan(&group.area)) } }
            @if !group.deadline.is_empty() {
                @if group.area.is_empty() { h3 lang=[language(&group.deadline)] { (LanguageSpan(&group.deadline)) } } @else { h4 lang=[language(&group.deadline)] { (LanguageSpan(&group.deadline)) } }
            }
            ul.recommendations {
                @for item in &group.items {
                    li id=(EscapedPhrase(&item.anchor)) {
                        b { (EscapedPhrase(&item.reference)) }
                        div {
                            (TextMarkup::paragraphs(&item.text))
                            @if !item.answered_by.is_empty() {
                                p.answers { @for link in &item.answered_by { (text::internal(link)) " " } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn key(entries: &[KeyEntry], colours: &StateColours) -> Markup {
    html! {
        dl.key {
            @for entry in entries {
                div { dt { (colours.label(&entry.mark)) } dd lang=[language(&entry.definition)] { (LanguageSpan(&entry.definition)) } }
            }
        }
    }
}
