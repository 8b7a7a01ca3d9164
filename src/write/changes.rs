//! What changed, as plain text.

use std::fmt::Write as _;

use crate::report::{ChangesReport, SmallTable};

/// What changed between two versions of a plan as plain text: a line each, in UTF-8, with line ends
/// as `\n`.
///
/// ```
/// use planwright::changes::changes;
/// use planwright::report::{ChangesOptions, ChangesReport};
/// use planwright::{Plan, PublishOptions, publish, write};
///
/// let of = |period: &str| publish(Plan { period: period.to_owned(), ..Plan::default() }, &PublishOptions::internal());
/// let (old, new) = (of("2011/12"), of("2012/13"));
/// let report = ChangesReport::new(&old, &new, &changes(&old, &new), &ChangesOptions::default());
/// assert!(write::changes(&report).contains("- Period: 2011/12 → 2012/13\n"));
/// ```
pub fn changes(report: &ChangesReport) -> String {
    let mut out = format!("{}\n", report.title);
    for fact in &report.facts {
        let _ = writeln!(out, "{}: {}", fact.label, fact.value);
    }
    for said in [&report.nothing, &report.signs].into_iter().filter(|said| !said.is_empty()) {
        let _ = writeln!(out, "\n{said}");
    }
    if let Some(table) = &report.counts {
        out.push('\n');
        counts(table, &mut out);
    }
    for group in &report.groups {
        let _ = writeln!(out, "\n{}", group.heading);
        for item in &group.items {
            if !item.title.is_empty() {
                let _ = writeln!(out, "  {}", item.title);
            }
            for line in &item.lines {
                let _ = writeln!(out, "    - {}", line.plain().replace('\n', "\n      "));
            }
        }
    }
    out
}

/// A small table with its columns below each other.
fn counts(table: &SmallTable, out: &mut String) {
    let rows = || std::iter::once(&table.header).chain(&table.rows);
    let widest =
        rows().filter_map(|row| row.first()).map(|cell| cell.chars().count()).max().unwrap_or(0);
    for row in rows() {
        let [label, number] = row.as_slice() else { continue };
        let _ = writeln!(out, "{label:<widest$}  {number:>7}");
    }
}
