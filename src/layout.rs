//! Where everything goes on paper.
//!
//! A [`Report`] says what will be said; [`layout`] gives each word, rule and colour its place on a page, and builds the tree that
//! says what each of them is. The PDF writer draws and tags what it is told.
//!
//! The work goes row by row and grows in proportion to the plan; pages hold numbers of shaped words, not text.

mod cell;
mod columns;
mod compose;
mod design;
mod flow;
pub(crate) mod font;
mod front;
mod length;
mod line;
pub(crate) mod page;
mod table;
pub(crate) mod tree;

use crate::report::{Content, PlanTable, Report};

use compose::{Composer, Frame};
use flow::Setter;
use page::Properties;

pub use length::Length;
pub use page::{Missing, Pages};

/// How pages are laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayoutOptions {
    /// The sheet, on its side; A4 by default. A plan with more columns than stand on it without broken words gets the next
    /// larger ISO sheet, up to A0.
    pub paper: Paper,
}

/// A sheet of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// 297 by 210 millimetres.
    #[default]
    A4,
    /// 420 by 297 millimetres.
    A3,
    /// 11 by 8.5 inches.
    Letter,
}

impl Paper {
    /// The sheets to try, on their sides, from this one up.
    fn sheets(self) -> Vec<(Length, Length)> {
        let iso = [(1_190_551, 841_890), (1_683_780, 1_190_551), (2_383_937, 1_683_780), (3_370_394, 2_383_937)];
        let first = match self {
            Self::A4 => (841_890, 595_276),
            Self::A3 => iso[0],
            Self::Letter => (792_000, 612_000),
        };
        let larger = iso.into_iter().filter(|sheet| sheet.0 > first.0);
        [first].into_iter().chain(larger).map(|(w, h)| (Length::milli(w), Length::milli(h))).collect()
    }
}

/// Lays a report out as a table on pages.
///
/// Nothing of the report is left out: what the fonts lack is shown as a mark and named in [`Pages::missing`].
pub fn layout(report: &Report, options: &LayoutOptions) -> Pages {
    let mut setter = Setter::new();
    let table = report.sections.iter().flat_map(|s| &s.contents).find_map(|c| match c {
        Content::Plan(table) => Some(table),
        _ => None,
    });
    let needs = table.filter(|t| !t.columns.is_empty()).map(|table| (table, columns::needs(&mut setter, table)));
    let frames: Vec<Frame> = options.paper.sheets().into_iter().map(|(width, height)| Frame::new(width, height)).collect();
    let fits = |frame: &&Frame| needs.as_ref().is_none_or(|(_, needs)| needs.least() <= frame.width);
    let frame =
        frames.iter().find(fits).or(frames.last()).copied().unwrap_or_else(|| Frame::new(Length::milli(841_890), Length::milli(595_276)));
    let widths = needs.map(|(table, needs)| columns::widths(&mut setter, table, &needs, frame.width));

    let mut composer = Composer::new(setter, frame);
    front::title(&mut composer, report);
    let mut after_plan = false;
    for section in &report.sections {
        let plan: Option<&PlanTable> = section.contents.iter().find_map(|c| match c {
            Content::Plan(table) => Some(table),
            _ => None,
        });
        let (Some(table), Some(widths)) = (plan, &widths) else {
            if std::mem::take(&mut after_plan) {
                composer.y += Length::pt(24);
            }
            front::section(&mut composer, section);
            continue;
        };
        composer.frame = frame.of_table();
        // the plan begins a page of its own, unless little more than the title stands on this one
        if composer.y > frame.top + frame.height() * 2 / 5 {
            composer.turn();
            composer.y += frame.top - composer.frame.top;
        }
        front::plan_heading(&mut composer, section);
        for content in &section.contents {
            match content {
                Content::Plan(_) => table::plan(&mut composer, table, widths, &report.words),
                other => front::content(&mut composer, other),
            }
        }
        composer.frame = frame;
        after_plan = true;
    }
    let (setter, pages, destinations, outline) = composer.finish(&report.running);
    Pages {
        width: frame.paper_width,
        height: frame.paper_height,
        sheets: pages,
        missing: setter.missing(),
        tree: setter.tree,
        links: setter.links,
        words: setter.fonts.into_words(),
        destinations,
        outline,
        properties: properties(report),
    }
}

fn properties(report: &Report) -> Properties {
    Properties {
        language: report.language,
        title: report.title.clone(),
        organisation: report.organisation.clone(),
        description: report.description.clone(),
        plan_file: report.words.plan_file.clone(),
    }
}
