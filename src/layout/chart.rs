//! Charts drawn on the page: horizontal bars, a bar for each row of the table that a chart is of.
//!
//! No part is identified by its colour alone (WCAG 2.2, 1.4.1): each bar has its name beside it and
//! its number at its end; where a bar has several parts, they come in the order of the legend, each
//! with its number. A part that is too small for it can be inferred from those beside it, and by
//! the table. The whole is one figure, described in words.

use crate::plan::Colour;
use crate::report::{Chart, ChartBar, ChartSeries, DataTable};

use super::compose::PageComposer;
use super::design::{GRID, HAIR, INK, PAPER, RULE, TextStyle};
use super::flow::{BrokenText, ShapedText, TextShaper};
use super::font::FontFace;
use super::length::Length;
use super::page::{PageItem, PlacedPicture};
use super::tree::{NodeId, StructureRole};

/// How high a bar is with the room around it: where there is room, and at the least.
const PITCH: [Length; 2] = [Length::pt(18), Length::pt(15)];
/// The least room above and below a bar.
const APART: Length = Length::pt(3);
/// The thickest bar; names of two lines take more room.
const THICKEST: Length = Length::pt(18);
/// Between a bar, and the words beside it.
const GAP: Length = Length::pt(6);
/// The most of the width that the names of bars take.
const NAMES_PART: i32 = 2;
/// The side of the squares in the legend.
const SQUARE: Length = Length::pt(9);

/// Draws a chart from the present place down, with its left edge at `x`, as wide as it was
/// measured.
pub(crate) fn draw(
    composer: &mut PageComposer,
    shown: &Chart,
    measured: MeasuredChart,
    x: Length,
    width: Length,
) {
    let MeasuredChart { style, bars, most, legend, mut title, heading, names, pitch, height } =
        measured;
    let number = u32::try_from(composer.pictures.len()).unwrap_or(u32::MAX);
    let node = composer.setter.tree.add(NodeId::ROOT, StructureRole::Figure(number));
    let y = composer.y;
    composer.pictures.push(PlacedPicture {
        picture: None,
        alternative: shown.description.clone(),
        node,
        x,
        y,
        width,
        height,
    });
    title.belongs_to(node);
    composer.setter.draw(&mut composer.page, &title, 0..title.lines.len(), x, y);
    let mut drawing = ChartPainter { composer, node, style, x };
    drawing.legend(&legend, y + heading);
    let numbers = drawing.composer.setter.words_width(&most.to_string(), FontFace::Bold, style);
    let scale = BarScale {
        from: x + names.width + GAP,
        room: width - names.width - numbers - GAP * 2,
        most,
    };
    let mut top = y + heading + legend.height;
    drawing.fill(
        scale.from - HAIR,
        top,
        HAIR,
        pitch * i32::try_from(bars.len()).unwrap_or(0),
        RULE,
    );
    for (i, (bar, name)) in bars.iter().zip(&names.lines).enumerate() {
        drawing.name(name, top, pitch);
        drawing.bar(bar, &shown.series, i, &scale, (top, pitch));
        top += pitch;
    }
    composer.y += height;
}

/// A chart, and how much room it takes.
pub(crate) struct MeasuredChart {
    style: TextStyle,
    bars: Vec<ChartBar>,
    /// The longest bar.
    most: usize,
    legend: ChartLegend,
    title: BrokenText,
    /// The room of the title.
    heading: Length,
    names: BarLabels,
    pitch: Length,
    pub(crate) height: Length,
}

impl MeasuredChart {
    /// Measures the chart of a table at a width; none if it cannot stand on one page, or shows
    /// nothing.
    pub(crate) fn new(
        composer: &mut PageComposer,
        shown: &Chart,
        table: &DataTable,
        width: Length,
    ) -> Option<Self> {
        let style = composer.sizes.small.inked(INK);
        let bars = shown.bars(table);
        let most = bars.iter().map(ChartBar::all).max().filter(|most| *most > 0)?;
        let legend = ChartLegend::new(composer, shown, table, width, style);
        let title = title(composer, shown, width, style);
        let heading = title.full_height() + GRID * 2;
        let room = composer.frame.height() - heading - legend.height;
        let rows = i32::try_from(bars.len()).ok()?;
        // names of two lines are for where the chart stays on the page with them
        let left = composer.left_over() - GRID * 2 - heading - legend.height;
        let (names, pitch) =
            [(2, left), (1, room)].into_iter().find_map(|(most_lines, room)| {
                let names = BarLabels::new(composer, &bars, width / NAMES_PART, most_lines, style);
                let least = style.leading * i32::try_from(names.deepest()).unwrap_or(1) + APART;
                let fits = |pitch: &Length| {
                    i64::from(pitch.as_milli()) * i64::from(rows) <= i64::from(room.as_milli())
                };
                let pitch = PITCH.map(|pitch| pitch.at_least(least)).into_iter().find(fits)?;
                Some((names, pitch))
            })?;
        Some(Self {
            style,
            bars,
            most,
            height: heading + legend.height + pitch * rows,
            legend,
            title,
            heading,
            names,
            pitch,
        })
    }
}

/// The title, in as many lines as it takes.
fn title(
    composer: &mut PageComposer,
    shown: &Chart,
    width: Length,
    style: TextStyle,
) -> BrokenText {
    let mut flow = ShapedText::default();
    composer.setter.words(&mut flow, &shown.title, FontFace::Bold, style, NodeId::ARTIFACT);
    flow.lines(&mut composer.setter.fonts, width)
}

/// The names of bars, each in a line or two.
struct BarLabels {
    lines: Vec<Vec<String>>,
    width: Length,
}

impl BarLabels {
    /// Sets the names in so many lines at most; what does not go into the last is cut.
    fn new(
        composer: &mut PageComposer,
        bars: &[ChartBar],
        room: Length,
        most_lines: usize,
        style: TextStyle,
    ) -> Self {
        let setter = &mut composer.setter;
        let longest = bars
            .iter()
            .map(|bar| setter.words_width(&bar.name, FontFace::Regular, style))
            .max()
            .unwrap_or_default();
        let width = longest.min(room);
        let mut lines = |name: &str| {
            let mut lines = Vec::new();
            let mut rest = name.trim();
            while lines.len() + 1 < most_lines
                && setter.words_width(rest, FontFace::Regular, style) > width
            {
                let ends = rest.match_indices(' ').map(|(at, _)| at);
                let fitting = ends
                    .take_while(|at| {
                        setter.words_width(&rest[..*at], FontFace::Regular, style) <= width
                    })
                    .last();
                let Some(end) = fitting else { break };
                lines.push(rest[..end].to_owned());
                rest = rest[end..].trim_start();
            }
            lines.push(setter.shortened(rest, FontFace::Regular, style, width));
            lines
        };
        let mut lines: Vec<_> = bars.iter().map(|bar| lines(&bar.name)).collect();
        // names that are cut to the same begin alike: their ends distinguish them
        let cut = lines.clone();
        for (i, bar) in bars.iter().enumerate() {
            if cut.iter().zip(bars).any(|(same, other)| *same == cut[i] && other.name != bar.name) {
                lines[i] = vec![ending(setter, &bar.name, width, style)];
            }
        }
        Self { lines, width }
    }

    /// The most lines of a name.
    fn deepest(&self) -> usize {
        self.lines.iter().map(Vec::len).max().unwrap_or(1)
    }
}

/// The last words of a name, as many as there is room for; the last of all at least.
fn ending(setter: &mut TextShaper<'_>, name: &str, width: Length, style: TextStyle) -> String {
    let begins = name.match_indices(' ').map(|(at, _)| at + 1);
    let shown = |from: usize| format!("…{}", name[from..].trim_start());
    let last = begins.clone().next_back().unwrap_or(0);
    begins
        .map(shown)
        .find(|words| setter.words_width(words, FontFace::Regular, style) <= width)
        .unwrap_or_else(|| shown(last))
}

/// How long bars are.
struct BarScale {
    from: Length,
    room: Length,
    most: usize,
}

impl BarScale {
    fn at(&self, n: usize) -> Length {
        let milli = i128::from(self.room.as_milli()) * n as i128 / self.most.max(1) as i128;
        self.from + Length::milli(i32::try_from(milli).unwrap_or(0))
    }
}

/// What the parts of bars mean: for each its word and where its square stands, from the corner of
/// the legend.
struct ChartLegend {
    entries: Vec<(String, Colour, Length, Length)>,
    height: Length,
}

impl ChartLegend {
    fn new(
        composer: &mut PageComposer,
        shown: &Chart,
        table: &DataTable,
        width: Length,
        style: TextStyle,
    ) -> Self {
        let mut out = Self { entries: Vec::new(), height: Length::ZERO };
        if !shown.is_stacked() {
            return out;
        }
        let (mut x, mut y) = (Length::ZERO, Length::ZERO);
        for (word, colour) in shown.legend(table) {
            let wide = SQUARE
                + GAP
                + composer.setter.words_width(word, FontFace::Regular, style)
                + GAP * 2;
            if x > Length::ZERO && x + wide > width {
                x = Length::ZERO;
                y += style.leading + GRID;
            }
            out.entries.push((word.to_owned(), colour.unwrap_or(INK), x, y));
            x += wide;
        }
        out.height = y + style.leading + GRID * 2;
        out
    }
}

struct ChartPainter<'a, 'f> {
    composer: &'a mut PageComposer<'f>,
    node: NodeId,
    style: TextStyle,
    x: Length,
}

impl ChartPainter<'_, '_> {
    fn fill(&mut self, x: Length, y: Length, width: Length, height: Length, colour: Colour) {
        let node = self.node;
        self.composer.page.items.push(PageItem::Fill {
            x,
            y,
            width,
            height,
            colour,
            radius: Length::ZERO,
            node,
        });
    }

    /// Words on one line, whose top is given.
    fn line(&mut self, words: &str, face: FontFace, x: Length, top: Length, ink: Colour) {
        self.composer.setter.draw_line(
            &mut self.composer.page,
            words,
            face,
            self.style.inked(ink),
            self.node,
            x,
            top,
        );
    }

    fn legend(&mut self, legend: &ChartLegend, top: Length) {
        for (word, colour, x, y) in &legend.entries {
            let (x, y) = (self.x + *x, top + *y);
            let drop = (self.style.leading - SQUARE) / 2;
            self.fill(x, y + drop, SQUARE, SQUARE, INK);
            self.fill(x + HAIR, y + drop + HAIR, SQUARE - HAIR * 2, SQUARE - HAIR * 2, *colour);
            self.line(word, FontFace::Regular, x + SQUARE + GAP, y, INK);
        }
    }

    /// The name of a bar, level with the middle of it.
    fn name(&mut self, lines: &[String], top: Length, pitch: Length) {
        let mut top =
            top + (pitch - self.style.leading * i32::try_from(lines.len()).unwrap_or(1)) / 2;
        for line in lines {
            self.line(line, FontFace::Regular, self.x, top, INK);
            top += self.style.leading;
        }
    }

    fn bar(
        &mut self,
        bar: &ChartBar,
        series: &[ChartSeries],
        row: usize,
        scale: &BarScale,
        (top, pitch): (Length, Length),
    ) {
        let drop = (pitch - self.style.leading) / 2;
        let thick = (pitch - APART).min(THICKEST);
        let mut before = 0;
        for (part, n) in series.iter().zip(&bar.parts).filter(|(_, n)| **n > 0) {
            let colour = part.colour(row).unwrap_or(INK);
            let (left, right) = (scale.at(before), scale.at(before + n));
            let (beam, height) = (top + (pitch - thick) / 2, thick);
            // an edge of ink, so that a light part is seen on white (WCAG 2.2, 1.4.11)
            self.fill(left, beam, right - left, height, INK);
            self.fill(left + HAIR, beam + HAIR, right - left - HAIR * 2, height - HAIR * 2, colour);
            before += n;
            if series.len() > 1 {
                let number = n.to_string();
                let width = self.composer.setter.words_width(&number, FontFace::Bold, self.style);
                if width + APART <= right - left {
                    let ink =
                        if colour.contrast(PAPER) >= colour.contrast(INK) { PAPER } else { INK };
                    let x = left + (right - left - width) / 2;
                    self.line(&number, FontFace::Bold, x, top + drop, ink);
                }
            }
        }
        self.line(
            &bar.all().to_string(),
            FontFace::Bold,
            scale.at(bar.all()) + GAP,
            top + drop,
            INK,
        );
    }
}
