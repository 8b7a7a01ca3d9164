//! Outputs: each draws a [`Report`](crate::report::Report), or the [`Pages`](crate::layout::Pages) made of one, and derives nothing.

mod html;
mod pdf;
mod xlsx;

pub use html::{HtmlLayout, HtmlOptions, html};
pub use pdf::{PdfOptions, pdf};
pub use xlsx::{PublishedOptions, Workbook, XlsxOptions, workbook, xlsx, xlsx_published};
