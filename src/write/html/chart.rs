//! Charts: the bars are drawn; names and numbers are words of the page, which wrap and grow with
//! it.
//!
//! No part is identified by its colour alone (WCAG 2.2, 1.4.1): each bar has its name and its
//! number beside it; where bars have several parts, each part has a pattern of its own, which the
//! legend names, and its number on it. A part that is too small for its number has it in the table
//! that follows.

use maud::{Markup, Render, html};

use crate::colour::Colour;
use crate::report::{self, ChartBar, DataTable};

use super::text::EscapedPhrase;

/// The lines of the patterns, in tiles of eight by eight; the first part is plain.
const PATTERNS: [&str; 7] = [
    "M-2 2 2-2M0 8 8 0M6 10 10 6",
    "M1 2h2M5 6h2",
    "M0 4h8",
    "M0 4h8M4 0v8",
    "M-2 6 2 10M0 0 8 8M6-2 10 2",
    "M4 0v8",
    "M0 6 4 2 8 6",
];

/// The contrast that a pattern needs with its ground to be seen (WCAG 2.2, 1.4.11).
const SEEN: f64 = 3.0;

/// The lines of patterns on dark and on light grounds.
const LINES: [Colour; 2] = [Colour::new(0xff, 0xff, 0xff), Colour::new(0x10, 0x16, 0x1a)];

/// The least of the longest bar that has room for a number on a narrow screen: one in so many.
const ROOM: usize = 12;

/// The chart of a table.
pub(super) struct ChartMarkup<'a> {
    pub(super) shown: &'a report::Chart,
    pub(super) table: &'a DataTable,
}

impl Render for ChartMarkup<'_> {
    fn render(&self) -> Markup {
        let Self { shown, table } = *self;
        let bars = shown.bars(table);
        let most = bars.iter().map(ChartBar::all).max().unwrap_or_default();
        html! {
            @if most > 0 {
                figure.chart {
                    figcaption { (EscapedPhrase(&shown.title)) }
                    div role="img" aria-label=(EscapedPhrase(&shown.description)) {
                        @if shown.is_stacked() {
                            p {
                                @for (i, (word, colour)) in shown.legend(table).enumerate() { span { (self.sample(i, colour)) (EscapedPhrase(word)) } }
                            }
                        }
                        @for (row, bar) in bars.iter().enumerate() {
                            div { span { (EscapedPhrase(&bar.name)) } (self.bar(row, bar, most)) b { (bar.all()) } }
                        }
                    }
                }
            }
        }
    }
}

impl ChartMarkup<'_> {
    /// What a part is filled with: a plain colour, or a pattern, which stands in the legend.
    fn fill(&self, part: usize, colour: Option<Colour>) -> String {
        match part {
            0 => colour.map(|colour| colour.to_string()).unwrap_or_default(),
            part => format!("url(#{}-{part})", self.table.name),
        }
    }

    /// A part in the legend.
    fn sample(&self, part: usize, colour: Option<Colour>) -> Markup {
        let pattern = part
            .checked_sub(1)
            .zip(colour)
            .map(|(i, colour)| (PATTERNS[i % PATTERNS.len()], colour));
        html! {
            svg aria-hidden="true" {
                @if let Some((lines, ground)) = pattern {
                    pattern id={ (self.table.name) "-" (part) } width="8" height="8" patternUnits="userSpaceOnUse" {
                        path fill=(ground) d="M0 0h8v8H0z" {}
                        path stroke=(LINES[usize::from(ground.contrast(LINES[0]) < SEEN)]) stroke-width="1.5" d=(lines) {}
                    }
                }
                rect width="100%" height="100%" fill=(self.fill(part, colour)) {}
            }
        }
    }

    /// The parts of a bar, in hundredths of the longest.
    fn bar(&self, row: usize, bar: &ChartBar, most: usize) -> Markup {
        let mut before = 0;
        let parts = self.shown.series.iter().zip(&bar.parts).enumerate().map(|(i, (series, n))| {
            before += n;
            (self.fill(i, series.colour(row)), before - n, *n)
        });
        let numbered = |n: usize| self.shown.is_stacked() && n * ROOM >= most;
        html! {
            svg aria-hidden="true" {
                @for (fill, from, n) in parts.filter(|(_, _, n)| *n > 0) {
                    rect x=(percent(from, most, 1)) width=(percent(n, most, 1)) height="100%" fill=(fill) {}
                    @if numbered(n) { svg x=(percent(from * 2 + n, most, 2)) y="50%" { (number(n)) } }
                }
            }
        }
    }
}

/// A number in the middle of a part, on a ground of its own.
fn number(n: usize) -> Markup {
    let width = n.to_string().len() * 6 + 6;
    html! {
        rect x={ "-" (tenths(width, 2)) "em" } y="-.65em" width={ (tenths(width, 1)) "em" } height="1.3em" rx=".2em" {}
        text { (n) }
    }
}

/// So many tenths, in so many parts.
fn tenths(n: usize, parts: usize) -> String {
    format!("{}.{:02}", n / (10 * parts), n * 10 / parts % 100)
}

/// How much of all a part is, divided once more, in percents to the hundredth.
fn percent(part: usize, all: usize, divided: usize) -> String {
    let hundredths = part * 10_000 / (all * divided).max(1);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}
