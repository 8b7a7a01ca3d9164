//! Charts: horizontal bars made of the numbers of a table, which every output draws in its own way.

use crate::colour::Colour;

use super::{DataTable, Phrase, ReportCell};

/// A chart of a table: a bar for each row, named by its first cell and made of the numbers in some
/// columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chart {
    /// Its title.
    pub(crate) title: String,
    /// What it shows, in words, for those who cannot see it.
    pub(crate) description: String,
    /// The parts that each bar is made of.
    pub(crate) series: Vec<ChartSeries>,
}

/// The part of a chart that shows a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChartSeries {
    /// Which column of the table.
    pub(crate) column: usize,
    /// Its colour, or one for each row; beside it there are always words or patterns.
    pub(crate) colours: Vec<Colour>,
}

/// A row of a table as a bar.
pub(crate) struct ChartBar {
    /// What its first cell says.
    pub(crate) name: Phrase,
    /// The number of each part, in the order of the series.
    pub(crate) parts: Vec<usize>,
}

impl Chart {
    /// The bars, in the order of the rows of the table that the chart is of.
    pub(crate) fn bars(&self, table: &DataTable) -> Vec<ChartBar> {
        table.rows.iter().map(|row| ChartBar::of(row, &self.series)).collect()
    }

    /// What the parts are called, if bars have more than one: each word with its colour.
    pub(crate) fn legend<'a>(
        &'a self,
        table: &'a DataTable,
    ) -> impl Iterator<Item = (&'a str, Option<Colour>)> {
        // one part needs none: each bar has its name
        let shown = if self.is_stacked() { self.series.as_slice() } else { &[] };
        let word = |part: &ChartSeries| {
            table.columns.get(part.column).map_or("", |column| column.header.as_str())
        };
        shown.iter().map(move |part| (word(part), part.colours.first().copied()))
    }

    /// Whether bars have several parts.
    pub(crate) fn is_stacked(&self) -> bool {
        self.series.len() > 1
    }
}

impl ChartSeries {
    /// The colour of the part in a row.
    pub(crate) fn colour(&self, row: usize) -> Option<Colour> {
        self.colours.get(row).or(self.colours.first()).copied()
    }
}

impl ChartBar {
    fn of(row: &[ReportCell], series: &[ChartSeries]) -> Self {
        let name = row.first().map(ReportCell::names).unwrap_or_default();
        let part = |part: &ChartSeries| {
            if let Some(ReportCell::Number(n)) = row.get(part.column) { *n } else { 0 }
        };
        Self { name, parts: series.iter().map(part).collect() }
    }

    /// All parts together.
    pub(crate) fn all(&self) -> usize {
        self.parts.iter().sum()
    }
}
