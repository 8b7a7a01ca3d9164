//! Improvement plans, from the documents they are kept in to something that can be published, reviewed and trusted.

mod date;
pub mod diagnostic;
mod error;
pub mod json;
mod place;
pub mod plan;
mod read;
pub mod report;
mod review;
pub mod source;
mod table;
mod text;

pub use date::{Date, DateError, PartialDate};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use error::Error;
pub use place::{Place, Sourced};
pub use plan::{Field, ImportOptions, Imported, Plan, import};

pub use read::{Format, read};
pub use report::{Report, ReportOptions, report};
pub use review::{Counts, Review, review};
pub use source::Source;
pub use table::{Column, TakenFor, Understanding, UnderstoodTable};
pub use text::{Span, Style, Text, TextBlock, TextBlockKind};
