//! What publication removed, for the scan that looks for it in public outputs.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::diagnostic::{Diagnostic, Fix};
use crate::place::Place;
use crate::plan::Plan;
use crate::plan::owner::{KnownOwners, OwnerEvidence};
use crate::plan::texts::each_text;
use crate::vocabulary::normalize;
use crate::vocabulary::words::NO_WORDS;

/// A text that publication removed from a plan.
///
/// It exists so that finished outputs can be searched for it. It must reach no output and no
/// message.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Removed {
    kind: RemovedKind,
    text: String,
}

impl Removed {
    pub(crate) fn new(kind: RemovedKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }

    /// What kind of thing it was.
    pub fn kind(&self) -> RemovedKind {
        self.kind
    }

    /// Its words, without their styles.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Removed {
    /// Shows the kind alone, so that no log repeats the words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Removed").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// What kind of thing a removed text was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RemovedKind {
    /// A comment on a cell, or the header of the column that it was about.
    Comment,
    /// What a reviewer filled in.
    Review,
    /// Evidence.
    Evidence,
    /// A cell, or the header, of a column that was left out.
    Column,
    /// A part of a theme, objective or action that was marked as internal.
    Internal,
    /// The name of a person.
    Name,
    /// The address of a link.
    Link,
    /// Struck-out text.
    StruckOut,
    /// A text that was derived from something that was removed.
    Derived,
}

impl RemovedKind {
    /// What it is called in messages, with an article: "a comment".
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Comment => "a comment",
            Self::Review => "a reviewer's entry",
            Self::Evidence => "evidence",
            Self::Column => "text from a column that was left out",
            Self::Internal => "text marked as internal",
            Self::Name => "a name",
            Self::Link => "a link",
            Self::StruckOut => "struck-out text",
            Self::Derived => "text derived from something that was removed",
        }
    }
}

/// The removed texts that the published plan does not hold elsewhere, each once, in the order in
/// which they were removed.
pub(super) fn not_published(removed: Vec<Removed>, plan: &Plan) -> Vec<Removed> {
    if removed.is_empty() {
        return removed;
    }
    let published = PublishedWords::of(plan);
    let owners = PublishedOwners::of(plan);
    let mut seen = HashSet::new();
    removed
        .into_iter()
        .filter(|one| {
            !one.text.trim().is_empty()
                && seen.insert(one.text.clone())
                && !published.holds(&one.text)
                && !owners.hold(&one.text)
        })
        .collect()
}

/// Diagnostics without the words that they quote and that the published plan does not hold: “…”
/// stands for them.
pub(super) fn without_quotes(mut diagnostics: Vec<Diagnostic>, plan: &Plan) -> Vec<Diagnostic> {
    let published = PublishedWords::of(plan);
    let may_stay = |quoted: &str| normalize(quoted).is_empty() || published.holds(quoted);
    for diagnostic in &mut diagnostics {
        let is_hidden = diagnostic.is_on_hidden_sheet;
        let may_stay = |quoted: &str| !is_hidden && may_stay(quoted);
        if is_hidden {
            for place in [&mut diagnostic.place, &mut diagnostic.other_place] {
                if let Some(Place::Cell { sheet, .. }) = place {
                    *sheet = "…".into();
                }
            }
        }
        diagnostic.message = masked(&diagnostic.message, &may_stay);
        diagnostic.help = diagnostic.help.take().map(|help| masked(&help, &may_stay));
        if let Some(Fix::Columns(columns)) = &mut diagnostic.fix {
            for one in columns {
                one.column = one.column.take().filter(|column| may_stay(column));
            }
        }
        diagnostic.left_out = None;
    }
    diagnostics
}

/// A message with "…" for each of its quotations that may not stay, in curly or straight quotes.
fn masked(message: &str, may_stay: &dyn Fn(&str) -> bool) -> String {
    masked_between(&masked_between(message, '“', '”', may_stay), '"', '"', may_stay)
}

fn masked_between(
    message: &str,
    open: char,
    close: char,
    may_stay: &dyn Fn(&str) -> bool,
) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once(open) {
        let (quoted, behind) = after.split_once(close).unwrap_or((after, ""));
        out.push_str(before);
        out.push(open);
        out.push_str(if may_stay(quoted) { quoted } else { "…" });
        out.push(close);
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The owners of a published plan. A text that names no others says nothing that is not public,
/// however it joins them: "Head of HR; DSL" and "Head of HR and DSL".
pub(crate) struct PublishedOwners<'p> {
    known: KnownOwners<'p>,
    owners: HashSet<String>,
}

impl<'p> PublishedOwners<'p> {
    pub(crate) fn of(plan: &'p Plan) -> Self {
        let cells = plan.actions().map(|(_, _, action)| action.owner_text.as_str());
        let owners: Vec<&String> =
            plan.actions().flat_map(|(_, _, action)| &action.owners).collect();
        let known =
            KnownOwners::learn(cells.chain(owners.iter().map(|owner| owner.as_str())), &NO_WORDS);
        Self { known, owners: owners.into_iter().map(|owner| normalize(owner)).collect() }
    }

    pub(crate) fn hold(&self, text: &str) -> bool {
        /// The most bytes of a text that may be an owner cell.
        const MAX_LENGTH: usize = 240;
        if text.len() > MAX_LENGTH || self.owners.is_empty() {
            return false;
        }
        let read = self.known.read(text);
        read.found != OwnerEvidence::Sentence
            && !read.names.is_empty()
            && read.names.iter().all(|name| self.owners.contains(&normalize(name)))
    }
}

/// The words of a published plan, by where each of them stands.
struct PublishedWords {
    words: Vec<String>,
    positions: HashMap<String, Vec<usize>>,
    /// Addresses, and what else is no sequence of words.
    whole: HashSet<String>,
}

impl PublishedWords {
    fn of(plan: &Plan) -> Self {
        let mut published =
            Self { words: Vec::new(), positions: HashMap::new(), whole: HashSet::new() };
        each_text(plan, &mut |_, text| published.add(text));
        published
    }

    fn add(&mut self, text: &str) {
        for word in normalize(text).split(' ').filter(|word| !word.is_empty()) {
            self.positions.entry(word.to_owned()).or_default().push(self.words.len());
            self.words.push(word.to_owned());
        }
        // no text goes on in the next
        self.words.push(String::new());
        self.whole.insert(text.trim().to_owned());
    }

    /// Whether a text stands somewhere in the published plan, whatever its capitals and
    /// punctuation.
    fn holds(&self, text: &str) -> bool {
        /// A text whose rarest word is as common as this is taken to be common itself: the search
        /// stays linear.
        const MAX_POSITIONS: usize = 256;
        if self.whole.contains(text.trim()) {
            return true;
        }
        let normalized = normalize(text);
        let words: Vec<&str> = normalized.split(' ').filter(|word| !word.is_empty()).collect();
        let rarest = words
            .iter()
            .enumerate()
            .min_by_key(|(_, word)| self.positions.get(**word).map_or(0, Vec::len));
        let Some((offset, rarest)) = rarest else { return false };
        let Some(positions) = self.positions.get(*rarest) else { return false };
        if positions.len() > MAX_POSITIONS {
            return true;
        }
        let stands_at = |position: &usize| {
            let first = position.checked_sub(offset)?;
            let there = self.words.get(first..first + words.len())?;
            Some(there.iter().zip(&words).all(|(there, word)| there == word))
        };
        positions.iter().any(|position| stands_at(position) == Some(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::ColumnFix;
    use crate::plan::Theme;

    #[test]
    fn texts_that_are_published_elsewhere_need_no_scan() {
        let plan = Plan {
            introduction: "The board meets – each month.".into(),
            title: "Green".to_owned(),
            ..Plan::default()
        };
        let removed = [
            "the board meets",
            "the board met",
            "green",
            "",
            "Board meets each",
            "meets the board",
            "green month",
            "the board met",
        ];
        let removed =
            removed.iter().map(|words| Removed::new(RemovedKind::Comment, *words)).collect();
        let kept: Vec<String> =
            not_published(removed, &plan).into_iter().map(|removed| removed.text).collect();
        assert_eq!(kept, ["the board met", "meets the board", "green month"]);
    }

    #[test]
    fn a_text_of_very_common_words_needs_no_scan() {
        let is_kept = |themes: usize| {
            let theme = Theme { title: "Visits".to_owned(), ..Theme::default() };
            let plan = Plan { themes: vec![theme; themes], ..Plan::default() };
            !not_published(vec![Removed::new(RemovedKind::Comment, "visits visits")], &plan)
                .is_empty()
        };
        assert!(is_kept(256) && !is_kept(257));
    }

    #[test]
    fn messages_quote_no_removed_words() {
        let plan = Plan { title: "Care plan".to_owned(), ..Plan::default() };
        let message = "the date “May 2012 (Jo Lee)” of “Care Plan” is unclear; “–” too";
        let help = "write “Jo Lee”, \"care plan\", \"--owner Jo\" or \"";
        let diagnostic =
            Diagnostic::new(crate::Code::LeftOutOfPublic, message).help(help).left_out("Jo Lee");
        let diagnostic = diagnostic.fix(Fix::column("Jo Lee", None));
        let [masked]: [Diagnostic; 1] = without_quotes(vec![diagnostic], &plan).try_into().unwrap();
        assert_eq!(masked.message, "the date “…” of “Care Plan” is unclear; “–” too");
        assert_eq!(masked.help.as_deref(), Some("write “…”, \"care plan\", \"…\" or \"\""));
        assert_eq!(masked.left_out, None);
        assert_eq!(masked.fix, Some(Fix::Columns(vec![ColumnFix { column: None, field: None }])));
    }

    #[test]
    fn debug_output_holds_no_removed_words() {
        assert_eq!(
            format!("{:?}", Removed::new(RemovedKind::Name, "Jo Lee")),
            "Removed { kind: Name, .. }"
        );
    }
}
