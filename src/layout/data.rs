//! Tables that a workbook holds as well, on pages: set as the plan's table is, without themes and
//! objectives.

use crate::report::{
    ActionRow, Chart, ColumnRole, ColumnType, DataColumn, DataTable, InterfaceLabels,
    ObjectiveGroup, Phrase, PlanTable, ReportCell, ReportColumn, ThemeBand,
};
use crate::text::Text;

use super::cards;
use super::cell;
use super::chart;
use super::columns;
use super::compose::PageComposer;
use super::design::{CELL_BOTTOM, CELL_SIDE, CELL_TOP, GRID};
use super::font::FontFace;
use super::length::Length;
use super::paragraph::paragraph;
use super::table;
use super::tree::{NodeId, StructureRole as TreeRole};

/// Between a chart and the table beside it.
const BESIDE: Length = Length::pt(28);
/// The least width of a chart that has its table beside it.
const LEAST_BESIDE: Length = Length::pt(190);
/// The width of a column of long texts on one line, as far as it matters.
const LONG: Length = Length::pt(400);
/// The widest header on one line.
const HEADER: Length = Length::pt(90);
/// The width of a column that is filled in by hand.
const BY_HAND: Length = Length::pt(130);
/// What a table's caption, header and first row take, about: what there must be room for on the
/// page that it begins on.
const FIRST_ROWS: Length = Length::pt(110);
/// How many rows are measured, about.
const SAMPLE: usize = 160;

/// The widths of columns where every cell is on one line, but for long texts, which want all the
/// room there is.
fn natural(composer: &mut PageComposer, data: &DataTable) -> Vec<Length> {
    let sizes = composer.sizes;
    composer.setter.measure(|setter| {
        let header = |column: &DataColumn| match column.holds {
            ColumnType::Prose => LONG,
            ColumnType::Entry => BY_HAND,
            _ => cell::header(setter, &column.header, sizes, NodeId::ROOT).full_width().min(HEADER),
        };
        let mut widths: Vec<Length> = data.columns.iter().map(header).collect();
        let sample = data.rows.len().div_ceil(SAMPLE).max(1);
        for row in data.rows.iter().step_by(sample) {
            for (shown, width) in row.iter().zip(&mut widths) {
                let flow = cell::cell(setter, shown, sizes, NodeId::ROOT);
                *width = (*width).max(flow.full_width()).min(LONG);
            }
        }
        widths.into_iter().map(|width| width + CELL_SIDE * 2 + Length::pt(6)).collect()
    })
}

/// Whether a table wants more room than there is beside a heading: for its words, or for a chart
/// beside it.
pub(crate) fn is_wide(composer: &mut PageComposer, data: &DataTable) -> bool {
    !data.rows.is_empty()
        && (data.chart.is_some()
            || natural(composer, data).into_iter().sum::<Length>() > composer.measure())
}

/// Sets a table, across the page if it needs that; of one without rows, only what its caption says.
pub(crate) fn table(composer: &mut PageComposer, data: &DataTable, words: &InterfaceLabels) {
    if data.rows.is_empty() {
        let node = composer.setter.tree.add(NodeId::ROOT, TreeRole::Paragraph);
        let (x, measure) = (composer.text_left(), composer.measure());
        paragraph(
            composer,
            &data.caption,
            FontFace::Regular,
            composer.sizes.prose,
            x,
            measure,
            node,
        );
        return;
    }
    let natural = natural(composer, data);
    if let Some(chart) = &data.chart {
        with_chart(composer, data, chart, natural, words);
    } else {
        rows(composer, data, natural, words);
        composer.y += GRID * 4;
    }
}

/// Sets a table with its chart: beside it where both have room, else above it.
fn with_chart(
    composer: &mut PageComposer,
    data: &DataTable,
    chart: &Chart,
    natural: Vec<Length>,
    words: &InterfaceLabels,
) {
    let (left, all) =
        (composer.text_left(), composer.frame.left + composer.frame.width - composer.text_left());
    let beside = all - natural.iter().copied().sum() - BESIDE;
    let is_beside = beside >= LEAST_BESIDE;
    let width = if is_beside { beside } else { composer.measure() };
    let Some(measured) = chart::MeasuredChart::new(composer, chart, data, width) else {
        rows(composer, data, natural, words);
        composer.y += GRID * 4;
        return;
    };
    // a row of a table that goes with a chart is a line or two
    let of_table = (composer.sizes.cell.leading + CELL_TOP + CELL_BOTTOM)
        * i32::try_from(data.rows.len() + 3).unwrap_or(i32::MAX / 65_536);
    let is_beside = is_beside && of_table <= composer.frame.height();
    if measured.height.at_least(if is_beside { of_table } else { Length::ZERO }) + GRID * 2
        > composer.left_over()
    {
        composer.turn();
    }
    composer.y += GRID * 2;
    let (top, page) = (composer.y, composer.pages_before());
    chart::draw(composer, chart, measured, left, width);
    if is_beside {
        let end = composer.y;
        composer.y = top;
        let frame = composer.frame;
        composer.frame.left = left + width + BESIDE;
        composer.frame.width = frame.left + frame.width - composer.frame.left;
        composer.across(|composer| rows(composer, data, natural, words));
        composer.frame = frame;
        if composer.pages_before() == page {
            composer.y = composer.y.at_least(end);
        }
    } else {
        composer.y += GRID * 3;
        rows(composer, data, natural, words);
    }
    composer.y += GRID * 3;
}

/// Sets the rows of a table below their header, in columns of their natural widths where there is
/// room.
fn rows(
    composer: &mut PageComposer,
    data: &DataTable,
    natural: Vec<Length>,
    words: &InterfaceLabels,
) {
    let shown = as_rows(data);
    let frame = composer.frame;
    composer.frame.left = composer.text_left();
    composer.frame.width -= composer.frame.left - frame.left;
    let wanted: Length = natural.iter().copied().sum();
    let widths = if wanted <= composer.frame.width
        && data.columns.iter().all(|column| column.holds != ColumnType::Prose)
    {
        natural
    } else {
        let needs = columns::needs(&mut composer.setter, &shown, composer.sizes);
        let width = composer.frame.width.min(wanted.at_least(needs.least()));
        columns::widths(&mut composer.setter, &shown, &needs, width, composer.sizes)
    };
    // on upright pages a table that is too wide for them is a card for each row
    if composer.is_upright() && wanted > composer.frame.width {
        composer.frame = frame;
        let node = composer.setter.tree.add(NodeId::ROOT, TreeRole::Paragraph);
        let (x, measure) = (frame.left, frame.width);
        paragraph(
            composer,
            &data.caption,
            FontFace::Regular,
            composer.sizes.small,
            x,
            measure,
            node,
        );
        cards::rows(composer, &shown, words);
        return;
    }
    if composer.left_over() < FIRST_ROWS {
        composer.turn();
    }
    // the repeated header stands nearer to the edge of the page
    composer.frame.top = frame.of_table().top;
    table::plan(composer, &shown, &widths, words, table::RepeatedHeader::Real);
    composer.frame = frame;
}

fn as_rows(data: &DataTable) -> PlanTable {
    let role = |holds: ColumnType| match holds {
        ColumnType::Reference => ColumnRole::Reference,
        ColumnType::Words => ColumnRole::Owners,
        ColumnType::Prose => ColumnRole::Prose,
        ColumnType::Number => ColumnRole::Number,
        ColumnType::Date => ColumnRole::Target,
        ColumnType::Status => ColumnRole::Status,
        ColumnType::Entry => ColumnRole::EnterText,
    };
    let mut columns: Vec<ReportColumn> = data
        .columns
        .iter()
        .map(|column| ReportColumn { header: column.header.clone(), role: role(column.holds) })
        .collect();
    // the first cell of each row is its header
    if let Some(first) = columns.first_mut() {
        first.role = ColumnRole::Reference;
    }
    let row = |(i, cells): (usize, &Vec<_>)| ActionRow {
        anchor: data.anchors.get(i).cloned().unwrap_or_default(),
        reference: String::new(),
        heading: cells.first().map(ReportCell::names).unwrap_or_default(),
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
        themes: vec![ThemeBand {
            anchor: String::new(),
            title: Phrase::default(),
            objectives: vec![group],
        }],
    }
}
