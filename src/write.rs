//! The forms that a report is given out in, each a room of its own.

mod pdf;

pub use pdf::{PdfOptions, pdf};
