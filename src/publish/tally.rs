//! What was removed, counted for messages: how much of what kind and where, never what it said.

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;

use super::slot::SlotPosition;

/// How often something was removed, and where.
#[derive(Debug, Default)]
pub(super) struct RemovalTally {
    count: usize,
    /// Where it stood, each once, as far as they are shown; and how many more there are.
    names: Vec<String>,
    more: usize,
    last: String,
    place: Option<Place>,
}

impl RemovalTally {
    /// Counts one more.
    pub(super) fn count(&mut self, at: &SlotPosition) {
        const SHOWN: usize = 12;
        self.count += 1;
        // texts are visited in the order of the plan: those of one action follow one another
        if self.last == at.name {
            return;
        }
        self.last.clone_from(&at.name);
        if self.place.is_none() {
            self.place.clone_from(&at.place);
        }
        if self.names.len() < SHOWN {
            self.names.push(at.name.clone());
        } else {
            self.more += 1;
        }
    }

    /// "3 links to internal servers were removed from the public version: action 1.1, action 2.3".
    pub(super) fn message(&self, one: &str, many: &str, happened: &str) -> Option<String> {
        if self.count == 0 {
            return None;
        }
        let what = number(self.count, one, many);
        let were = if self.count == 1 { "was" } else { "were" };
        let places = match self.more {
            0 => self.names.join(", "),
            more => format!("{} and {more} more places", self.names.join(", ")),
        };
        let places = if places.is_empty() { String::new() } else { format!(": {places}") };
        Some(format!("{what} {were} {happened}{places}"))
    }

    /// The message as a diagnostic, at the first place.
    pub(super) fn diagnostic(
        &self,
        code: Code,
        one: &str,
        many: &str,
        happened: &str,
    ) -> Option<Diagnostic> {
        let diagnostic = Diagnostic::new(code, self.message(one, many, happened)?);
        Some(match &self.place {
            Some(place) => diagnostic.at(place),
            None => diagnostic,
        })
    }
}

/// "1 comment", "2 comments".
pub(super) fn number(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// What happened to what was removed.
pub(super) const REMOVED: &str = "removed from the public version";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_twelve_places_are_named_once_each() {
        let message = |actions: usize| {
            let mut tally = RemovalTally::default();
            for number in 1..=actions {
                let name = format!("action {number}");
                let at = SlotPosition { name, place: None };
                tally.count(&at);
                tally.count(&at);
            }
            tally.message("link", "links", REMOVED).unwrap_or_default()
        };
        assert_eq!(message(0), "");
        assert_eq!(message(1), "2 links were removed from the public version: action 1");
        assert!(message(12).ends_with(": action 1, action 2, action 3, action 4, action 5, action 6, action 7, action 8, action 9, action 10, action 11, action 12"));
        assert!(message(14).ends_with("action 11, action 12 and 2 more places"));
    }
}
