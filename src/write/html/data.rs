//! Tables that a workbook holds as well.

use maud::{Render, html};

use crate::language::Language;
use crate::report::{DataTable, Holds, ReportCell};

use super::plan::cell;
use super::style::Colours;
use super::text::{Said, Words, language};

/// A table; of one without rows, only what its caption says.
pub(super) struct Table<'a> {
    pub(super) data: &'a DataTable,
    pub(super) colours: &'a Colours,
}

impl Render for Table<'_> {
    fn render_to(&self, out: &mut String) {
        let Self { data, colours } = *self;
        if data.rows.is_empty() {
            html! { p lang=[language(&data.caption)] { (Said(&data.caption)) } }.render_to(out);
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
                    caption lang=[language(&data.caption)] { (Said(&data.caption)) }
                    thead {
                        tr {
                            @for column in &data.columns {
                                th scope="col" class=[class(column.holds)] lang=[language(&column.header)] { (Said(&column.header)) }
                            }
                        }
                    }
                    tbody {
                        @for (n, row) in data.rows.iter().enumerate() {
                            tr id=[data.anchors.get(n).map(|anchor| Words(anchor))] {
                                @for (i, (shown, column)) in row.iter().zip(&data.columns).enumerate() {
                                    @let spoken = shown.language().map(Language::tag);
                                    @let shown = Cell { shown, holds: column.holds, colours };
                                    @if i == 0 {
                                        th scope="row" lang=[spoken] { (shown) }
                                    } @else {
                                        td class=[class(column.holds)] lang=[spoken] { (shown) }
                                    }
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
    shown: &'a ReportCell,
    holds: Holds,
    colours: &'a Colours,
}

impl Render for Cell<'_> {
    fn render_to(&self, out: &mut String) {
        match self.shown {
            // the header of its column says what it is that has this reference
            ReportCell::Link(link) if self.holds == Holds::Reference => {
                html! { a href={ "#" (Words(&link.anchor)) } { (Words(&link.text)) } }
                    .render_to(out);
            }
            shown => cell(shown, self.colours, out),
        }
    }
}
