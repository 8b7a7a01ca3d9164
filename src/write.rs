//! Outputs: each draws a [`Report`](crate::report::Report) and derives nothing.

mod html;
mod xlsx;

pub use html::{HtmlLayout, HtmlOptions, html};
pub use xlsx::{XlsxOptions, xlsx};
