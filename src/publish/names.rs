//! Names of people that may not stay in the public version, and what takes their place.
//!
//! A name is parsed into given names and surname (`entry`), all names of the list are indexed by
//! their words (`index`), and a text is searched word by word (`matching`): for a surname with given
//! names, initials or titles beside it, for a name in one word, and for initials that the plan uses.
//! Words are compared in a folded form; what is replaced are bytes of the text as it is.

mod addresses;
mod beside;
mod entry;
mod index;
mod matching;
mod tokens;
mod whole;
mod whole_search;

use std::collections::HashSet;
use std::ops::Range;

use crate::language::Language;
use crate::plan::Plan;
use crate::plan::texts::each_text;
use crate::vocabulary::publishing::name_removed;
use crate::vocabulary::roles;
use crate::vocabulary::words::NO_WORDS;

use super::Person;
use super::edit::{self, TextEdit};

use index::{NameIndex, PLACEHOLDER, Replacement, initials_of};
use matching::{NameMatch, NameSearch};

pub(super) use addresses::page_addresses;
pub(super) use entry::ParsedName;
pub(super) use tokens::{WordToken, keys, tokens};

/// The names that are looked for.
#[derive(Debug, Default)]
pub(super) struct NameMatcher {
    index: NameIndex,
    /// What takes the place of names; first of those without a role.
    replacements: Vec<String>,
}

impl NameMatcher {
    /// The names of these people as a plan uses them.
    pub(super) fn new(people: &[Person], plan: &Plan, language: Language) -> Self {
        let mut names = Self {
            index: NameIndex::default(),
            replacements: vec![name_removed(language).to_owned()],
        };
        let listed = people;
        let people: Vec<(ParsedName, Replacement)> = listed
            .iter()
            .map(|person| (ParsedName::of(&person.name), names.replacement(person)))
            .collect();
        for ((name, replacement), person) in people.iter().zip(listed) {
            names.index.add(name, *replacement);
            names.index.whole.add(&person.name, *replacement);
        }
        let used = names.initials_used(&people, plan);
        for (name, replacement) in &people {
            for initials in initials_of(name).into_iter().filter(|of| used.contains(of)) {
                names.index.add_initials(initials, *replacement);
            }
        }
        names.remove_names_from_roles();
        names
    }

    fn replacement(&mut self, person: &Person) -> Replacement {
        match person.role.trim() {
            _ if person.may_stay => None,
            "" => Some(PLACEHOLDER),
            role => {
                self.replacements.push(role.to_owned());
                Some(self.replacements.len() - 1)
            }
        }
    }

    /// A role may name another person: "Deputy to Jo Lee".
    fn remove_names_from_roles(&mut self) {
        for at in PLACEHOLDER + 1..self.replacements.len() {
            let edits: Vec<TextEdit> = self
                .found(&self.replacements[at])
                .into_iter()
                .filter(|found| found.replacement.is_some())
                .map(|found| TextEdit {
                    range: found.range,
                    replacement: self.replacements[PLACEHOLDER].clone(),
                })
                .collect();
            if !edits.is_empty() {
                self.replacements[at] = edit::words(&self.replacements[at], &edits);
            }
        }
    }

    /// The initials that the plan uses in place of names: alone as an owner, or in brackets behind
    /// the name.
    fn initials_used(&self, people: &[(ParsedName, Replacement)], plan: &Plan) -> HashSet<String> {
        let possible: HashSet<String> =
            people.iter().flat_map(|(name, _)| initials_of(name)).collect();
        let mut used = HashSet::new();
        let is_word = |letters: &str| roles::shape(&letters.to_uppercase(), &NO_WORDS).is_some();
        for (_, _, action) in plan.actions() {
            for owner in action.owners.iter().chain([&action.owner_text]) {
                let tokens = tokens(owner);
                let dotted: String = tokens.iter().map(WordToken::key).collect();
                let is_dotted = tokens.len() > 1
                    && tokens
                        .iter()
                        .all(|token| token.only_letter().is_some() && token.is_capitals);
                used.extend(Some(dotted).filter(|_| is_dotted));
                used.extend(
                    tokens
                        .into_iter()
                        .filter(|token| token.is_capitals && !is_word(token.key()))
                        .map(|token| token.folded.key),
                );
            }
        }
        each_text(plan, &mut |_, text| {
            let tokens = tokens(text);
            let search = NameSearch { text, tokens: &tokens, index: &self.index };
            for found in search.all() {
                let behind = &text[found.range.end..];
                let Some((count, letters)) = search
                    .initials_at(found.tokens.end)
                    .filter(|_| behind.trim_start().starts_with('('))
                else {
                    continue;
                };
                let last = &tokens[found.tokens.end + count - 1];
                if text[last.end..].trim_start_matches('.').starts_with(')') {
                    used.insert(letters);
                }
            }
        });
        used.retain(|initials| possible.contains(initials));
        used
    }

    fn found(&self, text: &str) -> Vec<NameMatch> {
        if self.index.is_empty() {
            return Vec::new();
        }
        NameSearch { text, tokens: &tokens(text), index: &self.index }.all()
    }

    /// Where names that do not stay stand in a text.
    pub(super) fn removed_in(&self, text: &str) -> Vec<Range<usize>> {
        let found = self.found(text).into_iter();
        found.filter(|found| found.replacement.is_some()).map(|found| found.range).collect()
    }

    /// What must be replaced in a text.
    pub(super) fn edits(&self, text: &str) -> Vec<TextEdit> {
        if self.index.is_empty() {
            return Vec::new();
        }
        let found = self.found(text);
        let mut edits = self.mail_addresses(text, &found);
        for NameMatch { range, replacement, .. } in found {
            let Some(replacement) = replacement else { continue };
            let role = &self.replacements[replacement];
            let range = if replacement == PLACEHOLDER {
                range
            } else {
                beside::with_role_beside(text, range, role)
            };
            edits.push(TextEdit { range, replacement: role.clone() });
        }
        let unspaced = self.index.whole.unspaced(text).into_iter();
        edits.extend(unspaced.filter_map(|(range, replacement)| {
            Some(TextEdit { range, replacement: self.replacements[replacement?].clone() })
        }));
        edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
        let mut end = 0;
        edits.retain(|edit| {
            let is_apart = edit.range.start >= end;
            end = if is_apart { edit.range.end } else { end };
            is_apart
        });
        edits
    }

    /// The mail addresses in a text that name a person; `found` are the names in the text.
    fn mail_addresses(&self, text: &str, found: &[NameMatch]) -> Vec<TextEdit> {
        let mut names = found.iter().peekable();
        let mut edits = Vec::new();
        for address in addresses::mail_addresses(text) {
            while names.next_if(|name| name.range.end <= address.local.start).is_some() {}
            let in_local = names
                .peek()
                .filter(|name| name.range.start < address.local.end)
                .map(|name| name.replacement);
            let replacement = self.of_mailbox(&text[address.local.clone()]).or(in_local);
            if let Some(Some(replacement)) = replacement {
                let replacement = self.replacements[replacement].clone();
                edits.push(TextEdit { range: address.range, replacement });
            }
        }
        edits
    }

    fn of_mailbox(&self, local: &str) -> Option<Replacement> {
        let letters: String = keys(local).concat().chars().filter(|c| c.is_alphabetic()).collect();
        self.index.mailbox(&letters)
    }

    /// Words with what takes the place of names.
    pub(super) fn replaced(&self, words: &str) -> String {
        edit::words(words, &self.edits(words))
    }

    /// Whether words that are a name are the name of a listed person who may be named.
    pub(super) fn may_stay(&self, name: &str) -> bool {
        let found = self.found(name);
        let [found] = found.as_slice() else { return false };
        found.replacement.is_none() && found.range == (0..name.len())
    }

    /// Whether an address names a person whose name does not stay.
    pub(super) fn are_in_address(&self, address: &str) -> bool {
        if self.index.is_empty() {
            return false;
        }
        let address = super::links::unescaped(address);
        !self.edits(&address).is_empty()
            || address.split(['/', '\\', '?', '&', '=', ':', '#', '@']).any(|part| {
                let word = tokens(part.trim_start_matches('~'));
                let letters: String = word.iter().map(WordToken::key).collect();
                let folded = crate::vocabulary::folding::FoldedWord::of(&letters);
                self.index.account(&folded, true).flatten().is_some()
            })
    }

    /// Whether the id of a state, whose words hyphens divide, names such a person.
    pub(super) fn are_in_id(&self, id: &str) -> bool {
        !self.edits(&id.replace('-', " ")).is_empty()
    }

    /// Whether a part of the name of a person whose name does not stay is left in a text, or
    /// initials that may be those of such a person.
    pub(super) fn are_in_part(&self, text: &str) -> bool {
        if self.index.is_empty() {
            return false;
        }
        let tokens = tokens(text);
        let search = NameSearch { text, tokens: &tokens, index: &self.index };
        (0..tokens.len()).any(|at| {
            tokens[at].is_capitalised && self.index.is_part(&tokens[at])
                || search.initials_at(at).is_some_and(|(count, letters)| {
                    count > 1 && self.index.may_be_initials(&letters)
                })
        })
    }
}

#[cfg(test)]
mod tests;
