//! The page's own style sheet: fixed rules, and the few that follow from the report.
//!
//! It stands in the page whole; no element has a style of its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use maud::Render;

use crate::brand;
use crate::layout::PlanForm;
use crate::plan::Colour;
use crate::report::{
    ColumnRole, Phrase, PlanTable, Report, ReportCell, ReportColumn, SectionContent, StatusMark,
};

use super::text::{LanguageSpan, say};
use super::{is_long, plan_tables};
use crate::text::{is_hidden, named};

const PAGE: &str = include_str!("page.css");
const TABLE: &str = include_str!("table.css");
const CARDS: &str = include_str!("cards.css");
const LONG: &str = include_str!("long.css");
const PRINT: &str = include_str!("print.css");
const PRINTED_TABLE: &str = include_str!("print-table.css");
const PRINTED_CARDS: &str = include_str!("print-cards.css");

/// The widest table that goes on paper as a table, in [`width`]s: beyond it words would be cut in
/// too many pieces.
const WIDEST_ON_PAPER: u32 = 13_000;

/// The bodies of a long plan are drawn as they come near: until then each stands for about so much
/// of the page, and rather for more than it needs, so that nothing seems to stand over what
/// follows.
const NEAR: &str = "@media screen{.long tbody{content-visibility:auto;overflow-clip-margin:.5rem;\
    contain-intrinsic-block-size:auto calc(var(--rows,20)*54rem + var(--letters,8000)*.06rem)}}\n";

/// The colours of the states, each pair of fill and ink with a class of its own: `m0`, `m1`, ... as
/// they first appear.
pub(super) struct StateColours(BTreeMap<[u8; 6], usize>);

impl StateColours {
    pub(super) fn of(report: &Report) -> Self {
        let mut classes = BTreeMap::new();
        let mut note = |mark: &StatusMark| {
            let next = classes.len();
            classes.entry(pair(mark)).or_insert(next);
        };
        for content in report.sections.iter().flat_map(|s| &s.contents) {
            match content {
                SectionContent::Key(entries) => entries.iter().for_each(|entry| note(&entry.mark)),
                SectionContent::Plan(table) => marks(table).for_each(&mut note),
                SectionContent::Data(table) => {
                    table.rows.iter().flatten().filter_map(mark).for_each(&mut note);
                }
                SectionContent::Text(_)
                | SectionContent::Table(_)
                | SectionContent::Recommendations(_) => {}
            }
        }
        Self(classes)
    }

    /// A state's word on its colour.
    pub(super) fn label<'a>(&self, mark: &'a StatusMark) -> StateLabel<'a> {
        StateLabel { words: &mark.label, class: self.0.get(&pair(mark)).copied() }
    }
}

/// A state's word, and which of the style sheet's pairs of colours it stands in.
pub(super) struct StateLabel<'a> {
    words: &'a Phrase,
    class: Option<usize>,
}

impl Render for StateLabel<'_> {
    fn render_to(&self, out: &mut String) {
        out.push_str("<b");
        if let Some(class) = self.class {
            _ = write!(out, " class=\"m{class}\""); // a string takes all that is written to it
        }
        say(self.words.language(), out);
        out.push('>');
        LanguageSpan(self.words).render_to(out);
        out.push_str("</b>");
    }
}

fn pair(mark: &StatusMark) -> [u8; 6] {
    let (fill, ink) = (mark.fill, mark.ink);
    [fill.red, fill.green, fill.blue, ink.red, ink.green, ink.blue]
}

fn marks(table: &PlanTable) -> impl Iterator<Item = &StatusMark> {
    let actions = table.themes.iter().flat_map(|t| &t.objectives).flat_map(|o| &o.actions);
    actions.flat_map(|a| &a.cells).filter_map(mark)
}

fn mark(cell: &ReportCell) -> Option<&StatusMark> {
    if let ReportCell::Status { mark, .. } = cell { mark.as_ref() } else { None }
}

/// The whole style sheet.
pub(super) fn sheet(report: &Report, colours: &StateColours, layout: PlanForm) -> String {
    let mut css = brand(report);
    css.push_str(PAGE);
    css.push_str(PRINT);
    for ([r, g, b, ink_r, ink_g, ink_b], class) in &colours.0 {
        let (fill, ink) = (Colour::new(*r, *g, *b), Colour::new(*ink_r, *ink_g, *ink_b));
        _ = writeln!(css, ".m{class}{{background:{fill};color:{ink}}}");
    }
    for table in plan_tables(&report.sections) {
        plan(&table.columns, layout, &mut css);
        if is_long(table) {
            css.push_str(NEAR);
            if layout == PlanForm::Table {
                long(&table.columns, &mut css);
            }
        }
    }
    let foot = [report.running.title.as_str(), report.running.edition.as_str()]
        .map(|words| Some(words).filter(|w| !w.is_empty()).map(string));
    let foot = foot.into_iter().flatten().collect::<Vec<_>>().join(" \" · \" ");
    _ = write!(
        css,
        "@page{{@bottom-left{{width:84%;font:8pt sans-serif;content:{}}}",
        if foot.is_empty() { "none" } else { &foot }
    );
    _ = writeln!(
        css,
        "@bottom-right{{width:16%;font:8pt sans-serif;content:{}}}}}",
        page_number(report)
    );
    css
}

/// The colours of whoever publishes the plan, on light and on dark pages.
fn brand(report: &Report) -> String {
    let colours = report.brand.colours();
    let rule = |brand::BrandColours { main, accent }: brand::BrandColours, tint: Colour| {
        format!(":root{{--head:{main};--link:{accent};--accent:{accent};--tint:{tint}}}")
    };
    let (light, dark) = (rule(colours, brand::TINT), rule(colours.in_the_dark(), brand::DARK_TINT));
    format!("{light}\n@media screen and (prefers-color-scheme:dark){{{dark}}}\n")
}

/// The plan as a table or as cards. `tr>:nth-last-child(n)` finds a column whether or not an
/// objective stands in front.
fn plan(columns: &[ReportColumn], layout: PlanForm, css: &mut String) {
    let (whole, room) = (whole(columns), room(columns));
    let on_paper = layout == PlanForm::Table && whole <= WIDEST_ON_PAPER;
    let (table, cards) = match (layout, on_paper) {
        (PlanForm::Cards, _) => (None, "@media all".to_owned()),
        (PlanForm::Table, true) => (
            Some(format!("@media print,(min-width:{})", em(room))),
            format!("@media screen and (max-width:{})", em(room - 1)),
        ),
        (PlanForm::Table, false) => (
            Some(format!("@media screen and (min-width:{})", em(room))),
            format!("@media print,(max-width:{})", em(room - 1)),
        ),
    };
    if let Some(query) = table {
        _ = write!(css, "{query}{{{TABLE}");
        for (i, column) in columns.iter().enumerate() {
            _ = writeln!(css, ".plan col:nth-child({}){{width:{}}}", i + 1, part(column, whole));
        }
        css.push_str("}\n");
    }
    _ = write!(css, "{cards}{{{CARDS}");
    for (i, column) in columns.iter().enumerate() {
        let cell = if column.role == ColumnRole::Objective {
            ".plan .o".to_owned()
        } else {
            format!(".plan tbody tr>:nth-last-child({}):not([colspan])", columns.len() - i)
        };
        _ = writeln!(css, "{cell}::before{{content:{} \" \"}}", string(&column.header));
        if let Some(share) = share(column.role) {
            _ = writeln!(css, "{cell}{{flex:{share}}}");
        }
    }
    css.push_str("}\n");
    css.push_str(if on_paper { PRINTED_TABLE } else { PRINTED_CARDS });
}

/// A long plan on a wide screen. A browser draws a part of a page as it comes near only where that
/// part is a block of its own, so the bodies are blocks, and the rows of each an anonymous table
/// within it (CSS 2.2, 17.2.1); its cells bear the widths. All of its width is taken by columns
/// with a percentage, and there is a cell more: so it is as wide as there is room for.
fn long(columns: &[ReportColumn], css: &mut String) {
    _ = write!(css, "@media screen and (min-width:{}){{{LONG}", em(room(columns)));
    let whole = whole(columns);
    for (i, column) in columns.iter().enumerate() {
        _ = writeln!(
            css,
            ".long tr>:nth-last-child({}):not([colspan],.o){{width:{}}}",
            columns.len() - i,
            part(column, whole)
        );
        if column.role == ColumnRole::Objective {
            _ = writeln!(css, ".long .o{{width:{}}}", part(column, whole));
        }
    }
    css.push_str("}\n");
}

/// What all columns need together, in [`width`]s.
fn whole(columns: &[ReportColumn]) -> u32 {
    columns.iter().map(|c| width(c.role)).sum()
}

/// How wide a screen must be for a table, in hundredths of an em: it is set at 14 px, seven eighths
/// of an em, between margins of an em and a quarter.
fn room(columns: &[ReportColumn]) -> u32 {
    whole(columns) * 7 / 8 + 250
}

/// The part of the table that a column has.
fn part(column: &ReportColumn, whole: u32) -> String {
    format!("{}%", hundredths(width(column.role) * 10_000 / whole.max(1)))
}

/// What a column needs at least to be read, in hundredths of an em of the table.
fn width(role: ColumnRole) -> u32 {
    match role {
        ColumnRole::Theme | ColumnRole::Objective => 950,
        ColumnRole::Reference => 300,
        ColumnRole::Prose => 1250,
        ColumnRole::Owners => 725,
        ColumnRole::Target | ColumnRole::Number => 500,
        ColumnRole::Status => 800,
        ColumnRole::EnterText => 750,
        ColumnRole::EnterState | ColumnRole::EnterName => 600,
        ColumnRole::EnterDate => 525,
    }
}

/// How a field of a card grows, and from what width; what says nothing has a line of its own.
fn share(role: ColumnRole) -> Option<&'static str> {
    match role {
        ColumnRole::Theme | ColumnRole::Objective | ColumnRole::Reference => None,
        ColumnRole::Prose | ColumnRole::EnterText => Some("3 1 18rem"),
        ColumnRole::Owners
        | ColumnRole::Target
        | ColumnRole::Status
        | ColumnRole::Number
        | ColumnRole::EnterState
        | ColumnRole::EnterName
        | ColumnRole::EnterDate => Some("1 1 8rem"),
    }
}

fn em(hundredths: u32) -> String {
    format!("{}em", self::hundredths(hundredths))
}

fn hundredths(n: u32) -> String {
    format!("{}.{:02}", n / 100, n % 100)
}

/// "Page 1 of 9" with the counters of paged media in place of its two marks (CSS Generated Content
/// for Paged Media, 2).
fn page_number(report: &Report) -> String {
    let mut content = Vec::new();
    let mut rest = report.running.page.as_str();
    while let Some((mark, counter, at)) =
        [("{page}", "counter(page)"), ("{pages}", "counter(pages)")]
            .iter()
            .filter_map(|(m, c)| Some((m, c, rest.find(m)?)))
            .min_by_key(|f| f.2)
    {
        content.extend([string(&rest[..at]), (*counter).to_owned()]);
        rest = &rest[at + mark.len()..];
    }
    content.push(string(rest));
    content.join(" ")
}

/// A string in CSS. What could end the string or the style sheet is escaped (CSS Syntax Level 3,
/// 4.3.7).
fn string(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            _ if is_hidden(c) => out.push_str(&named(c)),
            ' ' => out.push(' '),
            _ if c.is_ascii() && !c.is_ascii_alphanumeric() => {
                _ = write!(out, "\\{:x} ", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
