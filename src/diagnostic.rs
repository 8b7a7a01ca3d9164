//! What is to be reported about a source: guesses, doubts and faults, each with its place.
//!
//! A diagnostic is not an error: there is a result beside it. Its code is stable, and
//! [`Code::explanation`] says what it means and what to do. How diagnostics look is settled in
//! [`render`].

mod code;
pub mod render;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::place::Place;

use crate::fix::with_fix;
pub use crate::fix::{ColumnFix, Fix};
pub use code::Code;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was calculated or put together; check whether it is right.
    Note,
    /// Something is doubtful; the source may need correcting.
    Warning,
    /// Something is wrong; part of the source is not in the plan as it should be.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Something to report about a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing it is.
    pub code: Code,
    /// Where.
    pub place: Option<Place>,
    /// A second place that it is about, as with two halves of a row.
    pub other_place: Option<Place>,
    /// What was found or done, in a sentence.
    pub message: String,
    /// What to do, where there is something to do.
    pub help: Option<String>,
    /// What a caller can change about the call to do so.
    pub fix: Option<Fix>,
    /// Words of the source that are not in the plan, whole: this diagnostic accounts for them.
    pub left_out: Option<String>,
    /// Whether its place is on a sheet that the source hides and that is not read: the public
    /// version does not name it.
    pub is_on_hidden_sheet: bool,
}

impl Diagnostic {
    /// A diagnostic with a message and no place yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            place: None,
            other_place: None,
            message: message.into(),
            help: None,
            fix: None,
            left_out: None,
            is_on_hidden_sheet: false,
        }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// Sets the second place.
    #[must_use]
    pub fn and_at(mut self, place: &Place) -> Self {
        self.other_place = Some(place.clone());
        self
    }

    /// Sets what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets what a caller can change.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Sets the words of the source that are not in the plan.
    #[must_use]
    pub fn left_out(mut self, words: impl Into<String>) -> Self {
        self.left_out = Some(words.into());
        self
    }

    /// Adds to the help how the fix is made where it is shown: "--include-hidden", for a command
    /// line.
    #[must_use]
    pub fn describe_fix(mut self, describe: impl FnOnce(&Fix) -> String) -> Self {
        self.help = with_fix(self.help, self.fix.take().as_ref(), describe);
        self
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Marks diagnostics that are about sheets of which one is marked, and none of those that are read
/// nevertheless.
pub(crate) fn mark_hidden_sheets(diagnostics: &mut [Diagnostic], is_read: impl Fn(&str) -> bool) {
    let sheet = |place: &Option<Place>| match place {
        Some(Place::Cell { sheet, .. }) => Some(Arc::clone(sheet)),
        _ => None,
    };
    let hidden: HashSet<Arc<str>> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_on_hidden_sheet)
        .filter_map(|diagnostic| sheet(&diagnostic.place))
        .filter(|sheet| !is_read(sheet))
        .collect();
    for diagnostic in diagnostics {
        let mut sheets = [sheet(&diagnostic.place), sheet(&diagnostic.other_place)].into_iter();
        diagnostic.is_on_hidden_sheet =
            sheets.any(|sheet| sheet.is_some_and(|s| hidden.contains(&s)));
    }
}

/// Sorts diagnostics as they are shown: by place, then by severity, then by code; those without a
/// place first.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        (&a.place, std::cmp::Reverse(a.severity()), a.code, &a.message).cmp(&(
            &b.place,
            std::cmp::Reverse(b.severity()),
            b.code,
            &b.message,
        ))
    });
}

/// Puts diagnostics together that say the same of several places, or the same but for the words
/// that they quote: one message with all the places.
pub(crate) fn gather(diagnostics: &mut Vec<Diagnostic>) {
    const SHOWN: usize = 4;
    const PLACES_SHOWN: usize = 12;
    struct DiagnosticGroup {
        at: usize,
        quoted: String,
        others: Vec<(String, Option<Place>)>,
    }
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    let mut groups: Vec<DiagnosticGroup> = Vec::new();
    let mut known: HashMap<_, usize> = HashMap::new();
    for diagnostic in diagnostics.drain(..) {
        // each table and column is a decision of its own
        if matches!(diagnostic.code, Code::TableLeftOut | Code::ColumnGuessed) {
            kept.push(diagnostic);
            continue;
        }
        let (said, quoted) = without_quoted(&diagnostic.message);
        match known.entry((
            diagnostic.code,
            said,
            diagnostic.help.clone(),
            diagnostic.fix.clone(),
            diagnostic.other_place.clone(),
            diagnostic.is_on_hidden_sheet,
        )) {
            Entry::Vacant(entry) => {
                entry.insert(groups.len());
                groups.push(DiagnosticGroup { at: kept.len(), quoted, others: Vec::new() });
                kept.push(diagnostic);
            }
            Entry::Occupied(entry) => {
                let group = &mut groups[*entry.get()];
                group.others.push((quoted, diagnostic.place));
                let first = &mut kept[group.at];
                if let Some(words) = diagnostic.left_out {
                    first.left_out = Some(
                        first
                            .left_out
                            .take()
                            .map_or(words.clone(), |before| before + "\n" + &words),
                    );
                }
            }
        }
    }
    for DiagnosticGroup { at, quoted: first, others } in
        groups.into_iter().filter(|group| !group.others.is_empty())
    {
        let shown =
            if others.iter().all(|(quoted, _)| *quoted == first) { PLACES_SHOWN } else { SHOWN };
        let is_hidden = kept[at].is_on_hidden_sheet;
        let named = others.iter().take(shown).map(|(quoted, place)| match place {
            // in quotation marks, so that the public version leaves it out
            Some(Place::Cell { sheet, .. }) if is_hidden && **sheet == **quoted => {
                format!("“{quoted}”")
            }
            Some(place) if is_hidden => format!("“{place}”"),
            Some(place) if *quoted == first => place.to_string(),
            Some(place) => format!("“{quoted}” ({place})"),
            None => format!("“{quoted}”"),
        });
        let named = named.collect::<Vec<_>>().join(", ");
        let more = match others.len().saturating_sub(shown) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let _ = write!(kept[at].message, "; likewise {named}{more}");
    }
    *diagnostics = kept;
}

/// A message without the words that it quotes, and the first of them.
fn without_quoted(message: &str) -> (String, String) {
    let mut said = String::with_capacity(message.len());
    let mut first: Option<&str> = None;
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('“') {
        let (quoted, after) = after.split_once('”').unwrap_or((after, ""));
        first = first.or(Some(quoted));
        said.push_str(before);
        said.push('“');
        rest = after;
    }
    said.push_str(rest);
    (said, first.unwrap_or_default().to_owned())
}

/// Sorts diagnostics for a person to read: errors before warnings before notes, those of a kind
/// together, then by place.
pub fn sort_by_severity(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        (std::cmp::Reverse(a.severity()), a.code, &a.place, &a.message).cmp(&(
            std::cmp::Reverse(b.severity()),
            b.code,
            &b.place,
            &b.message,
        ))
    });
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(words: &str, line: u32) -> Diagnostic {
        Diagnostic::new(Code::ThemeRead, format!("“{words}” is a theme"))
            .at(&Place::in_text(line, 1, 1))
            .left_out(words)
    }

    #[test]
    fn what_is_said_of_several_places_is_said_once() {
        let no_owner = |line| {
            Diagnostic::new(Code::NoOwner, "no owner")
                .at(&Place::in_text(line, 1, 1))
                .help("add one")
        };
        let mut all = vec![
            no_owner(1),
            theme("Safety", 2),
            theme("Health", 3),
            no_owner(9),
            theme("Safety", 12),
        ];
        gather(&mut all);
        let messages: Vec<&str> = all.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            messages,
            ["no owner; likewise 9:1", "“Safety” is a theme; likewise “Health” (3:1), 12:1"]
        );
        assert_eq!(all[1].left_out.as_deref(), Some("Safety\nHealth\nSafety"));
    }

    #[test]
    fn the_most_serious_comes_first_and_kinds_stand_together() {
        let at = |code, line| Diagnostic::new(code, "said").at(&Place::in_text(line, 1, 1));
        let mut all = vec![
            at(Code::ThemeRead, 1),
            at(Code::NoOwner, 2),
            at(Code::DateUnread, 3),
            at(Code::NoOwner, 4),
            at(Code::NoHeader, 5),
        ];
        sort_by_severity(&mut all);
        let codes: Vec<Code> = all.iter().map(|d| d.code).collect();
        assert_eq!(
            codes,
            [Code::NoHeader, Code::NoOwner, Code::NoOwner, Code::DateUnread, Code::ThemeRead]
        );
    }
}
