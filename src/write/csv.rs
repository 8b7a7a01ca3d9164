//! Comma-separated values: one row an action, theme and objective repeated, under headers that
//! import knows.
//!
//! - UTF-8 with its mark at the beginning, without which Excel takes it for the encoding of the
//!   computer; lines end as RFC 4180 has it.
//! - No cell is a formula: what a spreadsheet program would take for one has an apostrophe in front
//!   (OWASP, CSV Injection), which the reader takes away again from tables of ours.
//! - Words that would be read as something else when they stand alone (a paragraph that looks like
//!   a list, emphasis, links) stand in the tags of HTML.
//! - Where the plan declares its own statuses, their key stands above the table.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind};
use crate::place::Place;
use crate::plan::{self, ImportOptions, Plan, Scheme, details};
use crate::publish::Published;
use crate::read::{Format, own};
use crate::text::{Text, TextBlock, TextBlockKind};

use super::cell::tagged;
use super::rows::{GroupColumns, rows};

/// What Excel needs to see to take a file for UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes a plan's themes, objectives and actions as comma-separated values, which read back as the
/// same.
///
/// ```
/// use planwright::plan::{Action, Objective, Theme};
/// use planwright::{Plan, PublishOptions, publish, write};
///
/// let action = Action { reference: "1.1".to_owned(), action: "=SUM(A1)".into(), ..Action::default() };
/// let objective = Objective { reference: "1".to_owned(), actions: vec![action], ..Objective::default() };
/// let plan = Plan { themes: vec![Theme { objectives: vec![objective], ..Theme::default() }], ..Plan::default() };
/// let plan = publish(plan, &PublishOptions::internal());
/// let file = String::from_utf8(write::csv(&plan)?)?;
/// assert_eq!(file, "\u{feff}Ref,Objective ref,Objective,Action,Owner,Target date,Status\r\n1.1,1,,'=SUM(A1),,,\r\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// None that a plan can bring about; the signature leaves room for what the CSV library may refuse.
pub fn csv(published: &Published) -> Result<Vec<u8>, Error> {
    let plan = published.plan();
    let key_lines = |state: &plan::State| 1 + state.definition.lines().count();
    if plan.scheme.states.iter().map(key_lines).sum::<usize>() >= own::WITHIN {
        return with_key(plan, KeyFormat::Exact);
    }
    let written = with_key(plan, KeyFormat::ForPeople)?;
    let read = crate::read::read(&written, Format::Delimited).ok();
    let back = read.map(|source| plan::import(source, &ImportOptions::default()).plan);
    if back.is_some_and(|back| details::statuses_are_the_same(plan, &back)) {
        Ok(written)
    } else {
        with_key(plan, KeyFormat::Exact)
    }
}

/// What of a plan [`csv()`] does not write: everything around its themes, objectives and actions.
///
/// ```
/// use planwright::{Plan, PublishOptions, publish, write};
/// let plan = Plan { title: "Improvement plan".to_owned(), period: "2011/12".to_owned(), ..Plan::default() };
/// let published = |plan| publish(plan, &PublishOptions::internal());
/// assert_eq!(write::not_in_csv(&published(plan)).unwrap().message, "the CSV file does not hold the title and the period");
/// assert_eq!(write::not_in_csv(&published(Plan::default())), None);
/// ```
pub fn not_in_csv(published: &Published) -> Option<Diagnostic> {
    let plan = published.plan();
    let parts = [
        ("the title", !plan.title.is_empty()),
        ("the organisation", !plan.organisation.is_empty()),
        ("the period", !plan.period.is_empty()),
        ("the dates of the review cycle", !plan.cycle.is_empty()),
        ("the introduction", !plan.introduction.is_empty()),
        ("the wording of the recommendations", !plan.recommendations.is_empty()),
        ("the notes", !plan.notes.is_empty()),
    ];
    let missing: Vec<&str> =
        parts.into_iter().filter(|(_, is_there)| *is_there).map(|(part, _)| part).collect();
    let (last, before) = missing.split_last()?;
    let parts = if before.is_empty() {
        (*last).to_owned()
    } else {
        format!("{} and {last}", before.join(", "))
    };
    let help = "keep the plan file (.json) or markdown (.md) too: they hold all of the plan";
    Some(Diagnostic::new(Code::NotInCsv, format!("the CSV file does not hold {parts}")).help(help))
}

/// How the key to the statuses is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeyFormat {
    ForPeople,
    /// With the id and category of each, for keys that would be read as something else.
    Exact,
}

fn with_key(plan: &Plan, key: KeyFormat) -> Result<Vec<u8>, Error> {
    let unwritable = |e: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Unwritable, format!("the values cannot be written: {e}"))
    };
    let mut writer = ::csv::WriterBuilder::new()
        .flexible(true)
        .terminator(::csv::Terminator::CRLF)
        .from_writer(MARK.to_vec());
    let mut write = |row: Vec<String>| writer.write_record(row).map_err(|e| unwritable(&e));
    if key == KeyFormat::Exact {
        write(details::STATUSES.map(str::to_owned).to_vec())?;
        for row in details::statuses(&plan.scheme) {
            write(row.iter().map(cell).collect())?;
        }
    } else if plan.scheme != Scheme::default() {
        write(vec!["Status".to_owned(), "Meaning".to_owned(), "Colour".to_owned()])?;
        for state in &plan.scheme.states {
            write(vec![
                plain_cell(&state.label),
                plain_cell(&state.definition),
                state.colour.to_string(),
            ])?;
        }
    }
    let rows = rows(plan, GroupColumns::Repeated);
    write(rows.headers.iter().map(|header| plain_cell(header)).collect())?;
    for row in rows.themes.iter().flatten() {
        write(row.iter().map(cell).collect())?;
    }
    writer.into_inner().map_err(|e| unwritable(&e.error()))
}

fn plain_cell(words: &str) -> String {
    cell(&Text::from_plain(words))
}

/// A text as a person would type it, if that is read as the text; else in tags.
fn cell(text: &Text) -> String {
    let typed = own::guarded(as_typed(text));
    if own::text(&typed, &Place::in_text(1, 1, 0), &mut Vec::new()) == *text {
        typed
    } else {
        own::guarded(tagged(text, in_html))
    }
}

/// Paragraphs apart by a blank line, items behind their sign.
fn as_typed(text: &Text) -> String {
    let mut out = String::new();
    for (i, block) in text.blocks.iter().enumerate() {
        let (depth, sign) = match block.kind {
            TextBlockKind::Paragraph => (0, String::new()),
            TextBlockKind::Bullet { depth } => (depth, "• ".to_owned()),
            TextBlockKind::Numbered { depth, number } => (depth, format!("{number}. ")),
        };
        if i > 0 {
            out.push_str(if block.kind == TextBlockKind::Paragraph { "\n\n" } else { "\n" });
        }
        out.push_str(&"   ".repeat(depth.into()));
        out.push_str(&sign);
        out.push_str(&block.plain());
    }
    out
}

/// The words of a block with their emphasis and links in tags.
fn in_html(block: &TextBlock) -> String {
    let mut out = String::new();
    for span in &block.spans {
        let words = span
            .text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('\n', "<br>");
        let mut tags: Vec<(String, &str)> = Vec::new();
        tags.extend(span.link.as_ref().map(|link| {
            (format!("<a href=\"{}\">", link.replace('"', "%22").replace('>', "%3E")), "</a>")
        }));
        let styles = [
            (span.style.bold, "<b>", "</b>"),
            (span.style.italic, "<i>", "</i>"),
            (span.style.struck, "<s>", "</s>"),
        ];
        tags.extend(
            styles
                .into_iter()
                .filter(|(on, ..)| *on)
                .map(|(_, open, close)| (open.to_owned(), close)),
        );
        out.extend(tags.iter().map(|(open, _)| open.as_str()));
        out.push_str(&words);
        out.extend(tags.iter().rev().map(|(_, close)| *close));
    }
    out
}
