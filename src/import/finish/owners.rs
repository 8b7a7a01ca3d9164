//! What is reported of the owners of a plan.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::owner::{OwnerEvidence, SplitOwners};

use super::first_few;

/// What is reported about owner cells: one message for each kind.
#[derive(Default)]
pub(super) struct OwnerReport {
    split: OwnerReadings,
    doubtful: OwnerReadings,
    kept_whole: OwnerReadings,
    sentences: OwnerReadings,
    /// What was typed, and where the action stands.
    pub(super) none: Vec<(String, Place)>,
}

/// Cells that were read in the same way.
#[derive(Default)]
struct OwnerReadings {
    pub(super) first: Option<Place>,
    /// Each different cell once: how it was read.
    described: Vec<String>,
    pub(super) seen: HashSet<String>,
    cells: usize,
}

impl OwnerReadings {
    pub(super) fn add(&mut self, typed: &str, reading: impl FnOnce() -> String, place: Place) {
        self.cells += 1;
        if self.seen.insert(typed.to_owned()) {
            let at = if self.first.is_none() { String::new() } else { format!(" ({place})") };
            self.described.push(format!("“{}”{at} {}", typed.replace('\n', " / "), reading()));
        }
        self.first.get_or_insert(place);
    }

    pub(super) fn diagnostic(self, code: Code, many: &str, help: &str) -> Option<Diagnostic> {
        let place = self.first?;
        let list = first_few(&self.described, "; ");
        let message = if self.described.len() == 1 && self.cells == 1 {
            list
        } else {
            format!("{} cells {many}: {list}", self.cells)
        };
        Some(Diagnostic::new(code, message).at(&place).help(help))
    }
}

impl OwnerReport {
    pub(super) fn add(&mut self, typed: &str, owners: &SplitOwners, place: Place) {
        let names =
            || owners.names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
        let count = owners.names.len();
        let read_as = || format!("was read as {count} owners: {}", names());
        match &owners.found {
            OwnerEvidence::Sentence if owners.names.first().is_some_and(|name| name == typed) => {
                self.sentences.add(
                    typed,
                    || "was kept as one owner, since no name was recognised in it".to_owned(),
                    place,
                );
            }
            OwnerEvidence::Sentence if count == 1 => {
                self.sentences.add(typed, || format!("names one owner: {}", names()), place);
            }
            OwnerEvidence::Sentence => {
                self.sentences.add(typed, || format!("names {count} owners: {}", names()), place);
            }
            OwnerEvidence::AsTyped if owners.is_doubtful => {
                self.kept_whole.add(
                    typed,
                    || "was kept as one owner, and may name several".to_owned(),
                    place,
                );
            }
            OwnerEvidence::AsTyped => {}
            _ if owners.is_doubtful => {
                self.doubtful.add(typed, || format!("{}, which is doubtful", read_as()), place);
            }
            OwnerEvidence::Elsewhere(known) => {
                self.split.add(
                    typed,
                    || format!("{}, since “{known}” stands alone elsewhere in the plan", read_as()),
                    place,
                );
            }
            OwnerEvidence::Lines | OwnerEvidence::Shapes => self.split.add(typed, read_as, place),
        }
    }

    pub(super) fn diagnostics(self) -> impl Iterator<Item = Diagnostic> {
        const HELP: &str = "in the source, put each owner on a line of its own";
        let none = no_owner(&self.none);
        [
            self.split.diagnostic(Code::OwnersSplit, "name several owners", "check the owners"),
            self.doubtful.diagnostic(Code::OwnersDoubtful, "may name more or fewer owners", HELP),
            self.kept_whole.diagnostic(Code::OwnersDoubtful, "may name several owners", HELP),
            self.sentences.diagnostic(
                Code::OwnerSentence,
                "hold sentences about owners",
                "check the owners; the whole words are kept",
            ),
            none,
        ]
        .into_iter()
        .flatten()
    }
}

/// Reports the actions that no one owns.
fn no_owner(actions: &[(String, Place)]) -> Option<Diagnostic> {
    let (_, first) = actions.first()?;
    let mut seen = HashSet::new();
    let typed: Vec<String> = actions
        .iter()
        .filter(|(typed, _)| !typed.is_empty() && seen.insert(typed))
        .map(|(typed, _)| format!("“{typed}”"))
        .collect();
    let typed = if typed.is_empty() {
        String::new()
    } else {
        format!(" (typed: {})", first_few(&typed, ", "))
    };
    let message = if actions.len() == 1 {
        format!("the action has no owner{typed}")
    } else {
        let others: Vec<String> = actions[1..].iter().map(|(_, place)| place.to_string()).collect();
        format!(
            "{} actions have no owner{typed}: this one, and those at {}",
            actions.len(),
            first_few(&others, ", ")
        )
    };
    Some(Diagnostic::new(Code::NoOwner, message).at(first).help("name who does it"))
}
