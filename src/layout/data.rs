//! Tables that a workbook holds as well, on pages: set as the plan's table is, without themes and objectives.

use crate::report::{ActionRow, DataTable, Holds, ObjectiveGroup, PlanTable, ReportColumn, Role, ThemeBand, Words};
use crate::text::Text;

use super::cell;
use super::chart;
use super::columns;
use super::compose::Composer;
use super::design::{CELL_SIDE, GRID, TABLE};
use super::flow::Flow;
use super::font::Face;
use super::front::place;
use super::length::Length;
use super::table;
use super::tree::{NodeId, Role as TreeRole};

/// Between a chart and the table beside it.
const BESIDE: Length = Length::pt(28);
/// The least width of a chart that has its table beside it.
const LEAST_BESIDE: Length = Length::pt(280);
/// How many rows are measured, about.
const SAMPLE: usize = 160;

/// The width that a table takes where every cell is on one line, but for long texts, which want all the room there is.
fn natural(composer: &mut Composer, data: &DataTable) -> Length {
    composer.setter.measure(|setter| {
        let mut widths = vec![Length::ZERO; data.columns.len()];
        let sample = data.rows.len().div_ceil(SAMPLE).max(1);
        for (column, width) in data.columns.iter().zip(&mut widths) {
            let header = cell::header(setter, &column.header, NodeId::ROOT);
            *width = if column.holds == Holds::Prose { Length::pt(400) } else { header.full_width(&setter.fonts).min(Length::pt(90)) };
        }
        for row in data.rows.iter().step_by(sample) {
            for (shown, width) in row.iter().zip(&mut widths) {
                let flow = cell::cell(setter, shown, &TABLE, NodeId::ROOT);
                *width = (*width).max(flow.full_width(&setter.fonts)).min(Length::pt(400));
            }
        }
        widths.into_iter().map(|width| width + CELL_SIDE * 2 + Length::pt(6)).sum()
    })
}

/// Whether a table wants more room than there is beside a heading: for its words, or for a chart beside it.
pub(crate) fn is_wide(composer: &mut Composer, data: &DataTable) -> bool {
    !data.rows.is_empty() && (data.chart.is_some() || natural(composer, data) > composer.measure())
}

/// Sets a table, across the page if it needs that; of one without rows, only what its caption says.
pub(crate) fn table(composer: &mut Composer, data: &DataTable, words: &Words) {
    if data.rows.is_empty() {
        let node = composer.setter.tree.add(NodeId::ROOT, TreeRole::Paragraph);
        let mut flow = Flow::default();
        composer.setter.words(&mut flow, &data.caption, Face::Regular, composer.sizes.prose, node);
        let measure = composer.measure();
        let lines = flow.lines(&mut composer.setter.fonts, measure);
        let x = composer.text_left();
        place(composer, &lines, x);
        return;
    }
    let Some(chart) = &data.chart else {
        rows(composer, data, words);
        composer.y += GRID * 4;
        return;
    };
    let (left, all) = (composer.text_left(), composer.frame.left + composer.frame.width - composer.text_left());
    let beside = all - natural(composer, data) - BESIDE;
    let is_beside = beside >= LEAST_BESIDE;
    let width = if is_beside { beside } else { composer.measure() };
    let Some(height) = chart::height(composer, chart, data, width) else {
        rows(composer, data, words);
        composer.y += GRID * 4;
        return;
    };
    // a row of a table that goes with a chart is a line or two
    let of_table = (TABLE.cell.leading + CELL_SIDE * 2) * i32::try_from(data.rows.len() + 3).unwrap_or(i32::MAX / 65_536);
    let is_beside = is_beside && of_table <= composer.frame.height();
    if height.at_least(if is_beside { of_table } else { Length::ZERO }) + GRID * 2 > composer.left_over() {
        composer.turn();
    }
    composer.y += GRID * 2;
    let (top, page) = (composer.y, composer.pages_before());
    chart::chart(composer, chart, data, left, width);
    if is_beside {
        let end = composer.y;
        composer.y = top;
        let frame = composer.frame;
        composer.frame.left = left + width + BESIDE;
        composer.frame.width = frame.left + frame.width - composer.frame.left;
        composer.across(|composer| rows(composer, data, words));
        composer.frame = frame;
        if composer.pages_before() == page {
            composer.y = composer.y.at_least(end);
        }
    } else {
        composer.y += GRID * 3;
        rows(composer, data, words);
    }
    composer.y += GRID * 5;
}

/// Sets the rows of a table below their header.
fn rows(composer: &mut Composer, data: &DataTable, words: &Words) {
    let shown = as_rows(data);
    let needs = columns::needs(&mut composer.setter, &shown);
    let natural = natural(composer, data).at_least(needs.least());
    let frame = composer.frame;
    composer.frame.left = composer.text_left();
    composer.frame.width -= composer.frame.left - frame.left;
    let width = composer.frame.width.min(natural);
    let widths = columns::widths(&mut composer.setter, &shown, &needs, width);
    // the repeated header stands nearer to the edge of the page
    composer.frame.top = frame.of_table().top;
    table::plan(composer, &shown, &widths, words, table::HeaderAgain::Real);
    composer.frame = frame;
}

fn as_rows(data: &DataTable) -> PlanTable {
    let role = |holds: Holds| match holds {
        Holds::Reference => Role::Reference,
        Holds::Words => Role::Owners,
        Holds::Prose => Role::Prose,
        Holds::Number => Role::Number,
        Holds::Date => Role::Target,
        Holds::Status => Role::Status,
    };
    let mut columns: Vec<ReportColumn> =
        data.columns.iter().map(|column| ReportColumn { header: column.header.clone(), role: role(column.holds) }).collect();
    // the first cell of each row is its header
    if let Some(first) = columns.first_mut() {
        first.role = Role::Reference;
    }
    let row = |(i, cells): (usize, &Vec<_>)| ActionRow {
        anchor: data.anchors.get(i).cloned().unwrap_or_default(),
        reference: String::new(),
        heading: String::new(),
        cells: cells.clone(),
    };
    let group = ObjectiveGroup {
        anchor: String::new(),
        reference: String::new(),
        heading: String::new(),
        text: Text::default(),
        recommendation: None,
        actions: data.rows.iter().enumerate().map(row).collect(),
    };
    PlanTable {
        caption: data.caption.clone(),
        columns,
        has_objectives: false,
        theme: None,
        themes: vec![ThemeBand { anchor: String::new(), title: String::new(), objectives: vec![group] }],
    }
}
