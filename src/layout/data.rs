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

/// Whether a table wants more room than there is beside a heading.
pub(crate) fn is_wide(composer: &mut Composer, data: &DataTable) -> bool {
    !data.rows.is_empty() && natural(composer, data) > composer.measure()
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
    if let Some(chart) = &data.chart {
        chart::chart(composer, chart, data);
    }
    let shown = as_rows(data);
    let needs = columns::needs(&mut composer.setter, &shown);
    let natural = natural(composer, data).at_least(needs.least());
    let frame = composer.frame;
    composer.frame.left = composer.text_left();
    composer.frame.width -= composer.frame.left - frame.left;
    let width = composer.frame.width.min(natural);
    let widths = columns::widths(&mut composer.setter, &shown, &needs, width);
    table::plan(composer, &shown, &widths, words);
    composer.frame = frame;
    composer.y += GRID * 4;
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
    let row = |cells: &Vec<_>| ActionRow { anchor: String::new(), reference: String::new(), heading: String::new(), cells: cells.clone() };
    let group = ObjectiveGroup {
        anchor: String::new(),
        reference: String::new(),
        heading: String::new(),
        text: Text::default(),
        recommendation: None,
        actions: data.rows.iter().map(row).collect(),
    };
    PlanTable {
        caption: data.caption.clone(),
        columns,
        has_objectives: false,
        theme: None,
        themes: vec![ThemeBand { anchor: String::new(), title: String::new(), objectives: vec![group] }],
    }
}
