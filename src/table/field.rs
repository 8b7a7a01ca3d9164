//! What a column was taken for, how that is known, and the dates of a review cycle by the names of
//! their columns.

use std::fmt;

pub(crate) use crate::vocabulary::documents::CycleField;
use crate::vocabulary::{documents, normalize};

/// How the meaning of a column is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KnownBy {
    /// Its header is one of the field's names.
    Name,
    /// The words of its header, and what its cells hold.
    Words,
    /// A word of its header is spelt almost like this one.
    Spelling(&'static str),
    /// Its header is a date, so its cells say how things stood then.
    Date,
    /// What its cells hold; its header says little.
    Cells(String),
    /// The other columns leave it this meaning, for this reason.
    OtherColumns(&'static str),
    /// The caller said so.
    Caller,
    /// It is not: the column with this header has the meaning already.
    TakenBy(String),
    /// It is not: neither header nor cells say what it means.
    Nothing,
}

impl fmt::Display for KnownBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("the header is a known name"),
            Self::Words => f.write_str("the words of the header"),
            Self::Spelling(name) => write!(f, "the header is spelt almost like “{name}”"),
            Self::Date => f.write_str("the header is a date"),
            Self::Cells(what) => f.write_str(what),
            Self::OtherColumns(why) => f.write_str(why),
            Self::Caller => f.write_str("set by the caller"),
            Self::TakenBy(header) => {
                write!(f, "“{header}” has this meaning; kept with each action")
            }
            Self::Nothing => f.write_str("not recognised; kept with each action"),
        }
    }
}

/// The date of the review cycle that a header names.
pub(super) fn cycle_field(header: &str) -> Option<CycleField> {
    documents::cycle_field(&normalize(header))
}
