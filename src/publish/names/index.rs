//! The people of a list by the words of their names.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::vocabulary::folding::FoldedWord;
use crate::vocabulary::names::is_ordinary;

use super::entry::{NameWord, ParsedName};
use super::tokens::WordToken;
use super::whole::WholeNames;

type Map<K, V> = HashMap<K, V, RandomState>;

/// What takes the place of a name, by its number in the list of replacements; none where the name
/// stays.
pub(super) type Replacement = Option<usize>;

/// The number of what takes the place of a name without a role, or of one that people share.
pub(super) const PLACEHOLDER: usize = 0;

/// A surname, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Surname {
    pub(super) words: Vec<String>,
    /// Whether it is a word that plans use in other senses too.
    pub(super) is_ordinary: bool,
    /// The other words of the names with it.
    given: Map<String, Replacement>,
    /// The first letters of those words.
    initials: Map<char, Replacement>,
    /// The initials of people of whose given names the list has no more.
    only_initials: Map<char, Replacement>,
    /// Whose name it is behind a title.
    pub(super) titled: Option<Replacement>,
    /// Whose name it is alone.
    pub(super) alone: Option<Replacement>,
}

/// The names of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NameIndex {
    /// Surnames by their first words; longer ones first.
    surnames: Map<String, Vec<Surname>>,
    /// Given names, with the initials of surnames.
    given: Map<String, Map<char, Replacement>>,
    /// Names in one word: "stephenhandforth", "shandforth".
    accounts: Map<String, Account>,
    /// Given names and surnames, which name a person as the local part of a mail address.
    mail_words: Map<String, Replacement>,
    /// Initials that the plan uses in place of names.
    initials: Map<String, Replacement>,
    /// Initials that may stand for a person whose name does not stay.
    possible_initials: HashSet<String>,
    /// Words of the names of people whose names do not stay.
    parts: HashSet<String>,
    pub(super) whole: WholeNames,
}

/// A name in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Account {
    replacement: Replacement,
    /// Whether it is recognised in running text, and not in addresses only.
    is_distinct: bool,
}

/// Adds to a map of names; whose name it is that several people share cannot be known, so that none
/// of them is named.
fn share<K: std::hash::Hash + Eq>(map: &mut Map<K, Replacement>, key: K, person: Replacement) {
    map.entry(key).and_modify(|known| *known = merged(*known, person)).or_insert(person);
}

pub(super) fn merged(known: Replacement, other: Replacement) -> Replacement {
    if known == other { known } else { Some(PLACEHOLDER) }
}

fn first_letter(key: &str) -> Option<char> {
    key.chars().next()
}

impl NameIndex {
    pub(super) fn is_empty(&self) -> bool {
        self.surnames.is_empty()
    }

    /// Adds a person.
    pub(super) fn add(&mut self, name: &ParsedName, person: Replacement) {
        let words: Vec<&NameWord> = name.words().collect();
        for candidate in name.candidates() {
            let others: Vec<&NameWord> = candidate.others.iter().map(|at| words[*at]).collect();
            for form in &candidate.forms {
                let Some(surname) = self.surname(form) else { continue };
                surname.titled = Some(surname.titled.map_or(person, |known| merged(known, person)));
                if name.is_single() && !name.has_title() {
                    surname.alone =
                        Some(surname.alone.map_or(person, |known| merged(known, person)));
                }
                surname.add_others(&others, person);
            }
        }
        if name.is_single() {
            return;
        }
        self.add_given(&words, name, person);
        self.add_accounts(&words, name, person);
        if person.is_some() {
            self.possible_initials.extend(initials_of(name));
            let parts = words.iter().flat_map(|word| &word.parts);
            let parts = parts.flat_map(FoldedWord::forms).filter(|part| is_long_enough(part));
            self.parts.extend(parts.map(str::to_owned));
        }
    }

    fn surname(&mut self, words: &[String]) -> Option<&mut Surname> {
        let first = words.first().filter(|first| !first.is_empty())?;
        let surnames = self.surnames.entry(first.clone()).or_default();
        let at = surnames.iter().position(|surname| surname.words == words).unwrap_or_else(|| {
            // the longest are tried first
            let at = surnames.iter().take_while(|it| it.words.len() >= words.len()).count();
            surnames.insert(at, Surname::of(words));
            at
        });
        surnames.get_mut(at)
    }

    fn add_given(&mut self, words: &[&NameWord], name: &ParsedName, person: Replacement) {
        let surname = name.surname_keys();
        let Some(initial) = surname.first().and_then(|key| first_letter(key)) else { return };
        let Some(first) = words.first().and_then(|word| word.parts.first()) else { return };
        for form in first.forms().filter(|form| is_long_enough(form) || form.len() == 2) {
            share(self.given.entry(form.to_owned()).or_default(), initial, person);
        }
    }

    fn add_accounts(&mut self, words: &[&NameWord], name: &ParsedName, person: Replacement) {
        let surname = name.surname_keys().concat();
        let digraphs: String = name.surname_digraphs().concat();
        let given: Vec<&FoldedWord> = words
            .iter()
            .flat_map(|word| &word.parts)
            .take(name.keys().len() - name.surname_keys().len())
            .collect();
        let Some(first) = given.first() else { return };
        let initials: String = given.iter().filter_map(|word| first_letter(&word.key)).collect();
        let initial: String = first_letter(&first.key).into_iter().collect();
        let all_given: String = given.iter().map(|word| word.key.as_str()).collect();
        let last_initial: String = first_letter(&surname).into_iter().collect();
        for surname in [&surname, &digraphs] {
            for first in first.forms() {
                self.add_account(format!("{first}{surname}"), person, 6);
                self.add_account(format!("{surname}{first}"), person, 6);
            }
            self.add_account(format!("{all_given}{surname}"), person, 6);
            self.add_account(format!("{initial}{surname}"), person, 7);
            self.add_account(format!("{initials}{surname}"), person, 7);
            self.add_account(format!("{surname}{initial}"), person, usize::MAX);
            self.mail_word(surname, person);
        }
        for first in first.forms() {
            self.add_account(format!("{first}{last_initial}"), person, usize::MAX);
            self.mail_word(first, person);
        }
    }

    /// Adds a name in one word, which is recognised in running text from some length on.
    fn add_account(&mut self, letters: String, person: Replacement, distinct_from: usize) {
        let is_distinct = letters.len() >= distinct_from && !is_ordinary(&letters);
        let account =
            self.accounts.entry(letters).or_insert(Account { replacement: person, is_distinct });
        account.replacement = merged(account.replacement, person);
        account.is_distinct |= is_distinct;
    }

    fn mail_word(&mut self, word: &str, person: Replacement) {
        if word.chars().count() > 1 && !is_ordinary(word) {
            share(&mut self.mail_words, word.to_owned(), person);
        }
    }

    /// Adds initials that the plan uses in place of a name.
    pub(super) fn add_initials(&mut self, initials: String, person: Replacement) {
        share(&mut self.initials, initials, person);
    }

    /// The surnames that may begin with a word, the longest first.
    pub(super) fn surnames_at(&self, token: &WordToken) -> impl Iterator<Item = &Surname> {
        token.folded.forms().filter_map(|form| self.surnames.get(form)).flatten()
    }

    /// The surnames of which a word may be the plural: "the Handforths".
    pub(super) fn surnames_in_plural(&self, token: &WordToken) -> impl Iterator<Item = &Surname> {
        let singular = token.key().strip_suffix('s').filter(|one| is_long_enough(one));
        let surnames = singular.and_then(|one| self.surnames.get(one)).into_iter().flatten();
        surnames.filter(|surname| surname.words.len() == 1)
    }

    pub(super) fn is_surname(&self, token: &WordToken) -> bool {
        self.surnames_at(token).next().is_some()
    }

    /// Whose given name and initial of a surname two words are: "Stephen H".
    pub(super) fn given_and_initial(
        &self,
        given: &WordToken,
        initial: char,
    ) -> Option<Replacement> {
        let surnames = given.folded.forms().find_map(|form| self.given.get(form))?;
        surnames.get(&initial).copied()
    }

    /// Whose name in one word a word is; in running text, only if it can be nothing else.
    pub(super) fn account(&self, word: &FoldedWord, in_address: bool) -> Option<Replacement> {
        word.forms().find_map(|form| {
            let letters = form.trim_end_matches(|c: char| c.is_ascii_digit());
            let account = self.accounts.get(letters)?;
            (in_address || account.is_distinct).then_some(account.replacement)
        })
    }

    /// Whose mailbox has a local part of these letters.
    pub(super) fn mailbox(&self, letters: &str) -> Option<Replacement> {
        let account = self.accounts.get(letters).map(|account| account.replacement);
        account.or_else(|| self.mail_words.get(letters).copied())
    }

    pub(super) fn initials(&self, letters: &str) -> Option<Replacement> {
        self.initials.get(letters).copied()
    }

    pub(super) fn may_be_initials(&self, letters: &str) -> bool {
        self.possible_initials.contains(letters)
    }

    /// Whether a word is a part of the name of a person whose name does not stay.
    pub(super) fn is_part(&self, token: &WordToken) -> bool {
        let is_known = |word: &str| self.parts.contains(word);
        token.folded.forms().any(is_known)
            || token.key().strip_suffix('s').is_some_and(|one| is_long_enough(one) && is_known(one))
    }
}

/// Whether a part of a name is long enough to be looked for alone.
fn is_long_enough(part: &str) -> bool {
    part.chars().count() >= 3
}

/// The initials that may stand for a name: of all its words, and of the first and last.
pub(super) fn initials_of(name: &ParsedName) -> Vec<String> {
    const MAX_INITIALS: usize = 4;
    let keys = name.keys();
    let initial = |key: &String| first_letter(key);
    let all: String = keys.iter().filter_map(initial).collect();
    let outer: String =
        [keys.first(), keys.last()].into_iter().flatten().filter_map(initial).collect();
    let mut initials = vec![all, outer];
    initials.dedup();
    initials.retain(|initials| {
        (2..=MAX_INITIALS).contains(&initials.chars().count()) && keys.len() > 1
    });
    initials
}

impl Surname {
    fn of(words: &[String]) -> Self {
        Self {
            words: words.to_vec(),
            is_ordinary: words.len() == 1 && words.iter().all(|word| is_ordinary(word)),
            given: Map::default(),
            initials: Map::default(),
            only_initials: Map::default(),
            titled: None,
            alone: None,
        }
    }

    fn add_others(&mut self, others: &[&NameWord], person: Replacement) {
        for part in others.iter().flat_map(|word| &word.parts) {
            let Some(initial) = first_letter(&part.key) else { continue };
            share(&mut self.initials, initial, person);
            if part.key.chars().count() == 1 {
                continue;
            }
            for form in part.forms() {
                share(&mut self.given, form.to_owned(), person);
            }
        }
        let is_initial =
            |word: &NameWord| word.parts.iter().all(|part| part.key.chars().count() == 1);
        if let [first, rest @ ..] = others
            && is_initial(first)
            && rest.iter().all(|word| is_initial(word))
            && let Some(initial) = first.parts.first().and_then(|part| first_letter(&part.key))
        {
            share(&mut self.only_initials, initial, person);
        }
    }

    /// Whose given name a word is beside this surname.
    pub(super) fn given(&self, token: &WordToken) -> Option<Replacement> {
        token.folded.forms().find_map(|form| self.given.get(form)).copied()
    }

    /// Whose initial a letter is beside this surname.
    pub(super) fn initial(&self, letter: char) -> Option<Replacement> {
        // where the list has no given name, any initial may be that of the person
        self.initials.get(&letter).copied().or(self.alone)
    }

    /// Whose given name a word may be of which the list has the initial only.
    pub(super) fn given_of_initial(&self, token: &WordToken) -> Option<Replacement> {
        self.only_initials.get(&first_letter(token.key())?).copied()
    }
}
