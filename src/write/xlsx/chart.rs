//! Charts that the spreadsheet program draws from the cells of a table: horizontal bars, a bar for
//! each row.
//!
//! No part is identified by its colour alone: each bar has its name beside it and its number on it,
//! and where a bar has several parts, each has a pattern of its own, which the legend shows.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartPatternFill, ChartPatternFillType, ChartPoint, ChartSolidFill, ChartType,
    Color, ObjectMovement,
};

use super::TableRange;
use super::style::{FONT, INK, colour};
use crate::report::{self, DataTable, limited};

/// How wide a chart is, how high its title and legend are together, and each bar with the room
/// around it, in pixels.
const WIDTH: u32 = 620;
const AROUND: u32 = 120;
const BAR: u32 = 32;

/// The most UTF-16 units of the words for those who cannot see it, as Excel takes them.
const DESCRIPTION: usize = 250;

/// The contrast that a pattern needs with its ground to be seen (WCAG 2.2, 1.4.11).
const SEEN: f64 = 3.0;

/// The patterns of the parts of a bar, in turn; the first is plain.
const PATTERNS: [ChartPatternFillType; 8] = [
    ChartPatternFillType::DiagonalStripesWideUpwards,
    ChartPatternFillType::Dotted20Percent,
    ChartPatternFillType::HorizontalStripesLight,
    ChartPatternFillType::SmallGrid,
    ChartPatternFillType::DiagonalStripesWideDownwards,
    ChartPatternFillType::VerticalStripesLight,
    ChartPatternFillType::LargeConfetti,
    ChartPatternFillType::SolidDiamondGrid,
];

/// A chart, and how high it is, in pixels.
pub(super) struct PlacedChart {
    pub(super) chart: Chart,
    pub(super) height: u32,
}

/// The chart of a table that stands in a range.
pub(super) fn chart(shown: &report::Chart, table: &DataTable, range: &TableRange) -> PlacedChart {
    let (sheet, headers, first, last) =
        (range.sheet.as_str(), range.headers, range.headers + 1, range.last);
    let is_stacked = shown.series.len() > 1;
    let mut chart = Chart::new(if is_stacked { ChartType::BarStacked } else { ChartType::Bar });
    for (i, part) in shown.series.iter().enumerate() {
        let column = u16::try_from(part.column).unwrap_or(u16::MAX);
        let series = chart.add_series();
        series
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, column, last, column))
            .set_name((sheet, headers, column))
            .set_gap(60)
            .set_data_label(&label(is_stacked));
        match part.colours.as_slice() {
            [one] if is_stacked => series.set_format(&mut filled(
                *one,
                i.checked_sub(1).and_then(|i| PATTERNS.get(i % PATTERNS.len())).copied(),
            )),
            colours => series.set_points(
                &colours
                    .iter()
                    .map(|c| ChartPoint::new().set_format(&mut filled(*c, None)))
                    .collect::<Vec<_>>(),
            ),
        };
        if is_stacked {
            series.set_overlap(100);
        }
    }
    let title = font(12);
    chart.title().set_name(&shown.title).set_font(title.clone().set_bold());
    // the first row at the top; the numbers are on the bars
    chart.y_axis().set_reverse().set_font(&font(10));
    chart.x_axis().set_major_gridlines(false).set_hidden(true);
    if is_stacked {
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(10));
    } else {
        chart.legend().set_hidden();
    }
    let height = AROUND + BAR * (range.last - range.headers);
    chart
        .set_width(WIDTH)
        .set_height(height)
        .set_name(table.name)
        .set_alt_text(limited(&shown.description, DESCRIPTION))
        .set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    PlacedChart { chart, height }
}

/// The number on a bar: beside it, or on a ground of its own where the bar has a pattern. That of
/// an empty part is not shown.
fn label(is_stacked: bool) -> ChartDataLabel {
    let mut label = ChartDataLabel::new();
    label.show_value().set_num_format("0;;").set_font(&font(10));
    if is_stacked {
        let ground = ChartSolidFill::new().set_color(Color::White).clone();
        label
            .set_position(ChartDataLabelPosition::Center)
            .set_format(ChartFormat::new().set_solid_fill(&ground));
    } else {
        label.set_position(ChartDataLabelPosition::OutsideEnd);
    }
    label
}

fn filled(fill: crate::plan::Colour, pattern: Option<ChartPatternFillType>) -> ChartFormat {
    let lines = if fill.contrast(crate::plan::Colour::new(0xff, 0xff, 0xff)) >= SEEN {
        Color::White
    } else {
        Color::RGB(INK)
    };
    let mut format = ChartFormat::new();
    format.set_border(ChartLine::new().set_color(Color::RGB(INK)).set_width(0.75));
    match pattern {
        None => format.set_solid_fill(ChartSolidFill::new().set_color(colour(fill))),
        Some(pattern) => format.set_pattern_fill(
            ChartPatternFill::new()
                .set_pattern(pattern)
                .set_background_color(colour(fill))
                .set_foreground_color(lines),
        ),
    };
    format
}

fn font(points: u32) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(FONT).set_size(points).set_color(Color::RGB(INK));
    font
}
