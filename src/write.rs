//! Outputs: each draws a [`Report`](crate::report::Report) and derives nothing.

mod html;

pub use html::{HtmlLayout, HtmlOptions, html};
