//! Tables that a workbook holds as well.

use maud::{Render, html};

use crate::report::{DataTable, Holds};

use super::plan::cell;
use super::style::Colours;
use super::text::Words;

/// A table; of one without rows, only what its caption says.
pub(super) struct Table<'a> {
    pub(super) data: &'a DataTable,
    pub(super) colours: &'a Colours,
}

impl Render for Table<'_> {
    fn render_to(&self, out: &mut String) {
        let Self { data, colours } = *self;
        if data.rows.is_empty() {
            html! { p { (Words(&data.caption)) } }.render_to(out);
            return;
        }
        let class = |holds: Holds| match holds {
            Holds::Number => Some("n"),
            Holds::Prose => Some("p"),
            _ => None,
        };
        html! {
            div.data tabindex="0" role="group" aria-label=(Words(&data.caption)) {
                table.small {
                    caption { (Words(&data.caption)) }
                    thead {
                        tr { @for column in &data.columns { th scope="col" class=[class(column.holds)] { (Words(&column.header)) } } }
                    }
                    tbody {
                        @for row in &data.rows {
                            tr {
                                @for (i, (shown, column)) in row.iter().zip(&data.columns).enumerate() {
                                    @let shown = Cell { shown, colours };
                                    @if i == 0 { th scope="row" { (shown) } } @else { td class=[class(column.holds)] { (shown) } }
                                }
                            }
                        }
                    }
                }
            }
        }
        .render_to(out);
    }
}

struct Cell<'a> {
    shown: &'a crate::report::ReportCell,
    colours: &'a Colours,
}

impl Render for Cell<'_> {
    fn render_to(&self, out: &mut String) {
        cell(self.shown, self.colours, out);
    }
}
