//! Outputs: each draws a [`Report`](crate::report::Report), the
//! [`Pages`](crate::layout::LaidOutPages) made of one, or a [`Calendar`](crate::report::Calendar),
//! and derives nothing.

mod calendar;
mod cell;
mod changes;
mod csv;
mod html;
mod markdown;
mod pdf;
mod rows;
mod xlsx;

pub use calendar::calendar;
pub use changes::changes;
pub use csv::{csv, not_in_csv};
pub use html::{HtmlOptions, html};
pub use markdown::markdown;
pub use pdf::{PdfOptions, pdf};
pub use xlsx::{PublishedOptions, WrittenWorkbook, XlsxOptions, workbook, xlsx, xlsx_published};
