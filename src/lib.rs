//! Improvement plans, from the documents they are kept in to something that can be published, reviewed and trusted.

mod date;
pub mod diagnostic;
mod error;
pub mod json;
pub mod layout;
mod place;
pub mod plan;
mod read;
pub mod report;
mod review;
pub mod source;
mod text;
pub mod write;

pub use date::{Date, DateError, PartialDate};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use error::Error;
pub use place::{Place, Sourced};
pub use plan::Plan;
pub use read::{Format, read};
pub use report::{Report, ReportOptions, report};
pub use review::{Counts, Review, review};
pub use source::Source;
pub use text::{Span, Style, Text, TextBlock, TextBlockKind};
