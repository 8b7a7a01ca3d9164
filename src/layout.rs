//! Where everything goes on paper.
//!
//! A [`Report`] says what will be said; [`layout`] gives each word, rule and colour its place on a
//! page, and builds the tree that says what each of them is. The PDF writer draws and tags what it
//! is reported.
//!
//! The work goes row by row and grows in proportion to the plan; pages hold numbers of shaped
//! words, not text.

mod bidi;
mod breaks;
mod cards;
mod cell;
mod chart;
mod columns;
mod compose;
mod contents;
mod data;
mod design;
mod flow;
pub(crate) mod font;
mod front;
pub(crate) mod hyphen;
mod length;
mod line;
pub(crate) mod page;
mod paragraph;
mod table;
pub(crate) mod tree;
pub(crate) mod typefaces;

use serde::Deserialize;

use crate::brand::Font;
use crate::report::{PlanTable, Report, ReportSection, SectionContent};

use compose::{ComposedPages, PageComposer, PageFrame};
use flow::TextShaper;
use page::DocumentProperties;

pub(crate) use length::Length;
pub use page::LaidOutPages;

/// How pages are laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayoutOptions {
    /// What the plan is laid out as; by default as a table.
    pub form: PlanForm,
    /// The sheet; A4 by default. A table with more columns than stand on it without broken words
    /// gets the next larger ISO sheet, up to A0, unless `only_this_paper` is set.
    pub paper: PaperSize,
    /// Whether no other sheet may be used: a table that does not fit is then laid out as cards.
    pub only_this_paper: bool,
}

/// What the plan is laid out as, on pages and in browsers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum PlanForm {
    /// A table; in PDF on landscape pages (the default)
    #[default]
    Table,
    /// A card for each action, for reading and for screen readers; in PDF on portrait pages, in
    /// 12-point type
    Cards,
}

/// A sheet of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum PaperSize {
    /// 210 by 297 millimetres
    #[default]
    A4,
    /// 297 by 420 millimetres
    A3,
    /// 8.5 by 11 inches
    Letter,
}

/// The shorter and the longer side of A3 to A0 (ISO 216).
const LARGER: [(i32, i32); 4] =
    [(841_890, 1_190_551), (1_190_551, 1_683_780), (1_683_780, 2_383_937), (2_383_937, 3_370_394)];

impl PaperSize {
    /// The shorter and the longer side.
    fn sides(self) -> (Length, Length) {
        let (short, long) = match self {
            Self::A4 => (595_276, 841_890),
            Self::A3 => LARGER[0],
            Self::Letter => (612_000, 792_000),
        };
        (Length::milli(short), Length::milli(long))
    }

    /// The frame of the sheet on its side, and those of the larger sheets.
    fn frames(self) -> (PageFrame, impl Iterator<Item = PageFrame>) {
        let (short, long) = self.sides();
        let larger =
            LARGER.into_iter().map(|(short, long)| (Length::milli(short), Length::milli(long)));
        (
            PageFrame::wide(long, short),
            larger
                .filter(move |sides| sides.1 > long)
                .map(|(short, long)| PageFrame::wide(long, short)),
        )
    }
}

/// Lays a report out on pages.
///
/// Nothing of the report is left out: what the fonts lack is shown as a mark and named in
/// [`LaidOutPages::diagnostics`].
pub fn layout(report: &Report, options: &LayoutOptions) -> LaidOutPages {
    let fonts = typefaces::fonts(&report.brand.fonts);
    let mut setter =
        TextShaper::new(&fonts, report.language, report.brand.colours(), &report.abbreviations);
    let design = PageDesign::new(&mut setter, report, options);
    if rows(report) < SURELY_LONG {
        let short = compose(setter, report, &design, false);
        if short.pages.len() <= contents::PAGES_WITHOUT {
            return pages(short, report, &design, &fonts);
        }
        // the words that were shaped serve once more
        setter = short.setter.afresh();
    }
    pages(compose(setter, report, &design, true), report, &design, &fonts)
}

/// So many rows do not stand on as few pages as need no table of contents.
const SURELY_LONG: usize = 200;

fn rows(report: &Report) -> usize {
    report
        .sections
        .iter()
        .filter_map(plan_of)
        .flat_map(|t| &t.themes)
        .flat_map(|t| &t.objectives)
        .map(|o| o.actions.len())
        .sum()
}

fn plan_of(section: &ReportSection) -> Option<&PlanTable> {
    section.contents.iter().find_map(|c| match c {
        SectionContent::Plan(table) => Some(table),
        _ => None,
    })
}

/// What the pages of a report have in common.
struct PageDesign {
    frame: PageFrame,
    /// The widths of the columns of the plan's table, if it is laid out as one.
    widths: Option<Vec<Length>>,
}

impl PageDesign {
    fn new(setter: &mut TextShaper, report: &Report, options: &LayoutOptions) -> Self {
        let cards = || {
            let (width, height) = options.paper.sides();
            Self { frame: PageFrame::upright(width, height), widths: None }
        };
        if options.form == PlanForm::Cards {
            return cards();
        }
        let table = report.sections.iter().find_map(plan_of).filter(|t| !t.columns.is_empty());
        let needs = table.map(|table| (table, columns::needs(setter, table, &design::TABLE)));
        let fits = |frame: &PageFrame| {
            needs.as_ref().is_none_or(|(_, needs)| needs.least() <= frame.width)
        };
        let (frame, larger) = options.paper.frames();
        if options.only_this_paper && !fits(&frame) {
            return cards();
        }
        let frame = larger.fold(frame, |frame, larger| if fits(&frame) { frame } else { larger });
        Self {
            frame,
            widths: Some(needs.map_or_else(Vec::new, |(table, needs)| {
                columns::widths(setter, table, &needs, frame.width, &design::TABLE)
            })),
        }
    }
}

fn compose<'f>(
    setter: TextShaper<'f>,
    report: &Report,
    design: &PageDesign,
    with_contents: bool,
) -> ComposedPages<'f> {
    let sizes = if design.widths.is_some() { &design::TABLE } else { &design::CARDS };
    let mut composer = PageComposer::new(setter, design.frame, sizes);
    front::title(&mut composer, report);
    let slots = if with_contents { contents::contents(&mut composer, report) } else { Vec::new() };
    let mut after_plan = false;
    for section in &report.sections {
        if std::mem::take(&mut after_plan) {
            composer.y += Length::pt(24);
        }
        if section.on_new_page && composer.y > composer.frame.top {
            composer.turn();
        }
        match (plan_of(section), &design.widths) {
            (None, _) => front::section(&mut composer, section, &report.words),
            (Some(_), None) => {
                let other = |composer: &mut PageComposer, content: &SectionContent| {
                    front::content(composer, content, &report.words);
                };
                cards::section(&mut composer, section, &report.words, other);
            }
            (Some(_), Some(widths)) => table_section(&mut composer, section, widths, report),
        }
        after_plan = plan_of(section).is_some();
    }
    let mut made = composer.finish(&report.running);
    contents::number(&mut made, &slots);
    made
}

/// The section that holds the plan, as a table.
fn table_section(
    composer: &mut PageComposer,
    section: &ReportSection,
    widths: &[Length],
    report: &Report,
) {
    let frame = composer.frame;
    composer.frame = frame.of_table();
    // the plan begins a page of its own, unless little more than the title stands on this one
    if composer.y > frame.top + frame.height() * 2 / 5 {
        composer.turn();
        composer.y += frame.top - composer.frame.top;
    }
    front::plan_heading(composer, section);
    for content in &section.contents {
        match content {
            SectionContent::Plan(plan) => {
                table::plan(composer, plan, widths, &report.words, table::RepeatedHeader::Artifact);
            }
            other => front::content(composer, other, &report.words),
        }
    }
    composer.frame = frame;
}

fn pages(
    composed: ComposedPages,
    report: &Report,
    design: &PageDesign,
    fonts: &[Font],
) -> LaidOutPages {
    let setter = composed.setter;
    LaidOutPages {
        form: if design.widths.is_some() { PlanForm::Table } else { PlanForm::Cards },
        width: design.frame.paper_width,
        height: design.frame.paper_height,
        sheets: composed.pages,
        alike: composed.alike,
        missing: setter.missing(),
        tree: setter.tree,
        links: setter.links,
        pictures: composed.pictures,
        expansions: report.abbreviations.iter().map(|a| a.long.clone()).collect(),
        words: setter.fonts.into_words(),
        fonts: fonts.to_vec(),
        destinations: composed.destinations,
        outline: composed.outline,
        properties: properties(report),
    }
}

fn properties(report: &Report) -> DocumentProperties {
    DocumentProperties {
        language: report.language,
        title: report.title.to_string(),
        organisation: report.organisation.to_string(),
        description: report.description.clone(),
        plan_file: report.words.plan_file.clone(),
        audience: report.audience(),
    }
}
