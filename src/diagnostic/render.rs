//! How diagnostics look: one file for each form.
//!
//! Pure functions from diagnostics to text. What stands between them and a person (streams,
//! terminals, colours allowed or not) is the caller's.

mod json;
mod source_lines;
mod text;

pub use json::{json, json_error, json_for_terminals};
pub use source_lines::printable;
pub use text::{TextOptions, text, text_error};
