//! How a fix is made on the command line.

use planwright::diagnostic::{ColumnFix, Fix};

/// The option that makes a fix, as it is typed.
pub(super) fn option(fix: &Fix) -> String {
    match fix {
        Fix::Columns(columns) => columns.iter().map(column).collect::<Vec<_>>().join(" "),
        Fix::Encoding => "--encoding NAME".to_owned(),
        Fix::IncludeHidden => "--include-hidden".to_owned(),
        Fix::Sheet => "--sheet NAME".to_owned(),
        Fix::SwapDayMonth => "--swap-day-month".to_owned(),
        Fix::KeepDayMonth => "leave out --swap-day-month".to_owned(),
        Fix::PreferNewest => "--prefer newest".to_owned(),
        _ => "see planwright help".to_owned(),
    }
}

fn column(fix: &ColumnFix) -> String {
    let column = fix.column.as_deref().unwrap_or("HEADER");
    let field = fix.field.map_or("FIELD", planwright::Field::name);
    format!("--column \"{column}={field}\"")
}
