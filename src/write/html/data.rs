//! Tables that a workbook holds as well.

use maud::{Render, html};

use crate::language::Language;
use crate::report::{ColumnType, DataTable, ReportCell};

use super::plan::cell;
use super::style::StateColours;
use super::text::{EscapedPhrase, LanguageSpan, language};

/// A table; of one without rows, only what its caption says.
pub(super) struct DataTableMarkup<'a> {
    pub(super) data: &'a DataTable,
    pub(super) colours: &'a StateColours,
}

impl Render for DataTableMarkup<'_> {
    fn render_to(&self, out: &mut String) {
        let Self { data, colours } = *self;
        if data.rows.is_empty() {
            html! { p lang=[language(&data.caption)] { (LanguageSpan(&data.caption)) } }
                .render_to(out);
            return;
        }
        let class = |holds: ColumnType| match holds {
            ColumnType::Number => Some("n"),
            ColumnType::Prose => Some("p"),
            _ => None,
        };
        html! {
            div.data tabindex="0" role="group" aria-label=(EscapedPhrase(&data.caption)) {
                table.small {
                    caption lang=[language(&data.caption)] { (LanguageSpan(&data.caption)) }
                    thead {
                        tr {
                            @for column in &data.columns {
                                th scope="col" class=[class(column.holds)] lang=[language(&column.header)] { (LanguageSpan(&column.header)) }
                            }
                        }
                    }
                    tbody {
                        @for (n, row) in data.rows.iter().enumerate() {
                            tr id=[data.anchors.get(n).map(|anchor| EscapedPhrase(anchor))] {
                                @for (i, (shown, column)) in row.iter().zip(&data.columns).enumerate() {
                                    @let spoken = shown.language().map(Language::tag);
                                    @let shown = DataCellMarkup { shown, holds: column.holds, colours };
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

struct DataCellMarkup<'a> {
    shown: &'a ReportCell,
    holds: ColumnType,
    colours: &'a StateColours,
}

impl Render for DataCellMarkup<'_> {
    fn render_to(&self, out: &mut String) {
        match self.shown {
            // the header of its column says what it is that has this reference
            ReportCell::Link(link) if self.holds == ColumnType::Reference => {
                html! { a href={ "#" (EscapedPhrase(&link.anchor)) } { (EscapedPhrase(&link.text)) } }
                    .render_to(out);
            }
            shown => cell(shown, self.colours, out),
        }
    }
}
