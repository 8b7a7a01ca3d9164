//! The report as files.

mod xlsx;

pub use xlsx::{XlsxOptions, xlsx};
