//! What a caller can change about how a source is read or merged.

use crate::vocabulary::Field;

/// A change to the options of a call that would put right what a diagnostic or an error is about.
///
/// The help of the diagnostic says in words when to make it; a program adds how it is made there,
/// as an option of a command line or a control on a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fix {
    /// Say what columns mean.
    Columns(Vec<ColumnFix>),
    /// Name the encoding of the text.
    Encoding,
    /// Read what the source hides.
    IncludeHidden,
    /// Name the sheets to read.
    Sheet,
    /// Read days as months and months as days.
    SwapDayMonth,
    /// Leave days and months as they stand.
    KeepDayMonth,
    /// Let the later of two answers win.
    PreferNewest,
}

/// What a column is to mean.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ColumnFix {
    /// Its header or its letters; none where the caller has to name it.
    pub column: Option<String>,
    /// Its meaning; none where the caller has to choose it.
    pub field: Option<Field>,
}

impl Fix {
    /// Says what one column means.
    pub(crate) fn column(column: impl Into<String>, field: Option<Field>) -> Self {
        Self::Columns(vec![ColumnFix { column: Some(column.into()), field }])
    }

    /// Says which columns have these meanings.
    pub(crate) fn columns_for(fields: &[Field]) -> Self {
        let column = |field: &Field| ColumnFix { column: None, field: Some(*field) };
        Self::Columns(fields.iter().map(column).collect())
    }
}

/// Help with how the fix is made behind it.
pub(crate) fn with_fix(
    help: Option<String>,
    fix: Option<&Fix>,
    describe: impl FnOnce(&Fix) -> String,
) -> Option<String> {
    let Some(described) = fix.map(describe) else { return help };
    Some(help.map_or_else(|| described.clone(), |help| format!("{help}: {described}")))
}
