//! Names of people that may not stay in the public version, and what takes their place.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::language::Language;
use crate::plan::Plan;
use crate::plan::texts::each_text;
use crate::vocabulary::publishing::name_removed;
use crate::vocabulary::roles;
use crate::vocabulary::words::NO_WORDS;

use super::Person;
use super::edit::TextEdit;
use super::token::{WordToken, keys, tokens};

/// The fewest letters of a name or surname that is looked for alone.
const SHORTEST_PART: usize = 3;

/// The most letters that initials have.
const MAX_INITIALS: usize = 4;

/// The names that are looked for.
#[derive(Debug, Default)]
pub(super) struct NameMatcher {
    /// The forms of names, by their first word; longer ones first.
    forms: HashMap<String, Vec<NameForm>>,
    /// The local parts of addresses that consist of a name, as letters only.
    mailboxes: HashMap<String, Replacement>,
    /// Names and surnames that may stand alone for a person whose name does not stay.
    parts: HashSet<String>,
    placeholder: String,
}

/// What takes the place of a name: a role, or nothing that is known; none where the name stays.
type Replacement = Option<String>;

/// A way to write a name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct NameForm {
    keys: Vec<String>,
    kind: NameKind,
    replacement: Replacement,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameKind {
    /// "Jo Lee".
    Full,
    /// "Lee, Jo".
    Reversed,
    /// "J Lee", "J. Lee".
    Initialled,
    /// "Lee", which counts behind a title.
    Surname,
    /// "Ashley", where the list has no more of the name.
    Single,
    /// "JL".
    Initials,
    /// "J.L.".
    DottedInitials,
}

/// A name that was found.
struct NameMatch<'n> {
    range: Range<usize>,
    replacement: &'n Replacement,
    tokens: usize,
}

impl NameMatcher {
    /// The names of these people as a plan uses them.
    pub(super) fn new(people: &[Person], plan: &Plan, language: Language) -> Self {
        let mut names = Self { placeholder: name_removed(language).to_owned(), ..Self::default() };
        if people.iter().all(|person| person.may_stay) {
            return names;
        }
        let people: Vec<(Vec<String>, &Person)> =
            people.iter().map(|person| (without_titles(keys(&person.name)), person)).collect();
        for (keys, person) in &people {
            names.add_person(keys, person);
        }
        let initials = names.initials_used(&people, plan);
        for (keys, person) in &people {
            for initials in initials_of(keys).into_iter().filter(|of| initials.contains(of)) {
                let dotted = initials.chars().map(String::from).collect();
                names.add(NameKind::DottedInitials, dotted, person);
                names.add(NameKind::Initials, vec![initials], person);
            }
        }
        names
            .forms
            .values_mut()
            .for_each(|forms| forms.sort_by_key(|form| std::cmp::Reverse(form.keys.len())));
        names
    }

    fn add_person(&mut self, keys: &[String], person: &Person) {
        let (Some(first), Some(last)) = (keys.first(), keys.last()) else { return };
        if keys.len() == 1 {
            self.add(NameKind::Surname, keys.to_vec(), person);
            if !has_title(&person.name) {
                self.add(NameKind::Single, keys.to_vec(), person);
            }
            return;
        }
        let initial = |key: &String| key.chars().next().map(String::from).unwrap_or_default();
        self.add(NameKind::Full, keys.to_vec(), person);
        self.add(NameKind::Full, vec![first.clone(), last.clone()], person);
        self.add(
            NameKind::Reversed,
            [std::slice::from_ref(last), &keys[..keys.len() - 1]].concat(),
            person,
        );
        self.add(NameKind::Reversed, vec![last.clone(), first.clone()], person);
        self.add(NameKind::Reversed, vec![last.clone(), initial(first)], person);
        self.add(NameKind::Initialled, vec![initial(first), last.clone()], person);
        let initials: Vec<String> = keys[..keys.len() - 1].iter().map(initial).collect();
        self.add(
            NameKind::Initialled,
            [&initials[..], std::slice::from_ref(last)].concat(),
            person,
        );
        self.add(NameKind::Initialled, vec![initials.concat(), last.clone()], person);
        self.add(
            NameKind::Initialled,
            [std::slice::from_ref(first), &initials[1..], std::slice::from_ref(last)].concat(),
            person,
        );
        self.add(NameKind::Surname, vec![last.clone()], person);
        if person.may_stay {
            return;
        }
        let role = self.role(person);
        for mailbox in [
            keys.concat(),
            format!("{first}{last}"),
            format!("{last}{first}"),
            format!("{}{last}", initial(first)),
            format!("{last}{}", initial(first)),
            format!("{first}{}", initial(last)),
            initials.concat() + last,
        ] {
            self.mailboxes.entry(mailbox).or_insert_with(|| role.clone());
        }
        self.parts.extend(
            [first, last].into_iter().filter(|part| part.chars().count() >= SHORTEST_PART).cloned(),
        );
    }

    fn role(&self, person: &Person) -> Replacement {
        match person.role.trim() {
            _ if person.may_stay => None,
            "" => Some(self.placeholder.clone()),
            role => Some(role.to_owned()),
        }
    }

    fn add(&mut self, kind: NameKind, keys: Vec<String>, person: &Person) {
        let replacement = self.role(person);
        let Some(first) = keys.first().filter(|first| !first.is_empty()) else { return };
        let forms = self.forms.entry(first.clone()).or_default();
        let Some(known) = forms.iter_mut().find(|form| form.keys == keys && form.kind == kind)
        else {
            forms.push(NameForm { keys, kind, replacement });
            return;
        };
        // whose name it is cannot be known: none of them is named
        if known.replacement != replacement {
            known.replacement = Some(self.placeholder.clone());
        }
    }

    /// The initials that the plan uses in place of names: alone as an owner, or in brackets behind
    /// the name.
    fn initials_used(&self, people: &[(Vec<String>, &Person)], plan: &Plan) -> HashSet<String> {
        let possible: HashSet<String> =
            people.iter().flat_map(|(keys, _)| initials_of(keys)).collect();
        let mut used = HashSet::new();
        let is_word = |letters: &str| roles::shape(&letters.to_uppercase(), &NO_WORDS).is_some();
        for (_, _, action) in plan.actions() {
            for owner in action.owners.iter().chain([&action.owner_text]) {
                let tokens = tokens(owner);
                let dotted: String = tokens.iter().map(|token| token.key.as_str()).collect();
                let is_dotted = tokens.len() > 1
                    && tokens
                        .iter()
                        .all(|token| token.key.chars().count() == 1 && token.is_capitals);
                used.extend(Some(dotted).filter(|_| is_dotted));
                used.extend(
                    tokens
                        .into_iter()
                        .filter(|token| token.is_capitals && !is_word(&token.key))
                        .map(|token| token.key),
                );
            }
        }
        each_text(plan, &mut |_, text| {
            let tokens = tokens(text);
            let mut at = 0;
            while at < tokens.len() {
                let Some(found) = self.at(text, &tokens, at) else {
                    at += 1;
                    continue;
                };
                at += found.tokens;
                let behind = &text[found.range.end..];
                let Some(next) = tokens.get(at).filter(|_| behind.trim_start().starts_with('('))
                else {
                    continue;
                };
                if next.is_capitals && text[next.end..].trim_start_matches('.').starts_with(')') {
                    used.insert(next.key.clone());
                }
            }
        });
        used.retain(|initials| possible.contains(initials));
        used
    }

    /// The name that begins at a word, with the titles before it: the longest.
    fn at(&self, text: &str, tokens: &[WordToken], at: usize) -> Option<NameMatch<'_>> {
        let titles = tokens[at..]
            .iter()
            .take(MAX_TITLES)
            .take_while(|token| roles::is_title(&token.key))
            .count();
        // a title may be a name too
        (0..=titles).rev().find_map(|titles| {
            let name = at + titles;
            let first = tokens.get(name)?;
            let forms = self.forms.get(&first.key)?;
            let form = forms.iter().find(|form| form.stands_at(text, tokens, name, titles > 0))?;
            let count = form.keys.len();
            let range = tokens[at].start..tokens[name + count - 1].end;
            Some(NameMatch { range, replacement: &form.replacement, tokens: titles + count })
        })
    }

    /// What must be replaced in a text.
    pub(super) fn edits(&self, text: &str) -> Vec<TextEdit> {
        if self.forms.is_empty() {
            return Vec::new();
        }
        let mut edits: Vec<TextEdit> = self.mail_addresses(text);
        let tokens = tokens(text);
        let mut at = 0;
        while at < tokens.len() {
            let Some(found) = self.at(text, &tokens, at) else {
                at += 1;
                continue;
            };
            at += found.tokens;
            let Some(replacement) = found.replacement else { continue };
            let range = self.with_role_beside(text, found.range, replacement);
            edits.push(TextEdit { range, replacement: replacement.clone() });
        }
        edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
        let mut end = 0;
        edits.retain(|edit| {
            let is_apart = edit.range.start >= end;
            end = if is_apart { edit.range.end } else { end };
            is_apart
        });
        edits
    }

    /// A name with its role, where the role stands beside it: "Jo Lee, Head of HR", "Head of HR (Jo
    /// Lee)".
    fn with_role_beside(&self, text: &str, name: Range<usize>, role: &str) -> Range<usize> {
        const BETWEEN: &[char] = &[' ', ',', '-', '–', '—', ':', '\u{a0}'];
        if role == self.placeholder {
            return name;
        }
        let (before, after) = (&text[..name.start], &text[name.end..]);
        let next = after.trim_start_matches(BETWEEN);
        let (next, close) = next.strip_prefix('(').map_or((next, ""), |next| (next, ")"));
        if let Some(rest) = strip_prefix_in_any_case(next, role)
            && let Some(rest) = rest.strip_prefix(close)
            && !rest.starts_with(char::is_alphanumeric)
        {
            return name.start..text.len() - rest.len();
        }
        let is_open = before.ends_with('(');
        let last = before.strip_suffix('(').unwrap_or(before).trim_end_matches(BETWEEN);
        let (Some(rest), true) = (strip_suffix_in_any_case(last, role), last.len() < before.len())
        else {
            return name;
        };
        match after.strip_prefix(')') {
            Some(behind) if is_open => rest.len()..text.len() - behind.len(),
            _ if !is_open && !rest.ends_with(char::is_alphanumeric) => rest.len()..name.end,
            _ => name,
        }
    }

    /// The mail addresses in a text that name a person.
    fn mail_addresses(&self, text: &str) -> Vec<TextEdit> {
        let is_of_address =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '\'' | '’');
        let mut edits = Vec::new();
        for (at, _) in text.match_indices('@') {
            let local = text[..at]
                .chars()
                .rev()
                .take_while(|c| is_of_address(*c))
                .map(char::len_utf8)
                .sum::<usize>();
            let host = text[at + 1..]
                .chars()
                .take_while(|c| is_of_address(*c))
                .map(char::len_utf8)
                .sum::<usize>();
            let host =
                text[at + 1..at + 1 + host].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            let (local, host) = (at - local..at, at + 1 + host);
            let Some(replacement) = self.of_mailbox(&text[local.clone()]) else { continue };
            edits.push(TextEdit { range: local.start..host, replacement });
        }
        edits
    }

    fn of_mailbox(&self, local: &str) -> Replacement {
        let letters: String = keys(local).concat().chars().filter(|c| c.is_alphabetic()).collect();
        self.mailboxes.get(&letters).cloned().flatten()
    }

    /// Whether an address names a person whose name does not stay.
    pub(super) fn are_in_address(&self, address: &str) -> bool {
        let address = super::links::unescaped(address);
        !self.edits(&address).is_empty()
            || address
                .split(['/', '?', '&', '=', ':', '#', '@'])
                .any(|part| self.of_mailbox(part.trim_start_matches('~')).is_some())
    }

    /// Whether the id of a state, whose words hyphens divide, names such a person.
    pub(super) fn are_in_id(&self, id: &str) -> bool {
        !self.edits(&id.replace('-', " ")).is_empty()
    }

    /// Whether a given name or surname of a person whose name does not stay is left in a text.
    pub(super) fn are_in_part(&self, text: &str) -> bool {
        !self.parts.is_empty()
            && tokens(text)
                .iter()
                .any(|token| token.is_capitalised && self.parts.contains(&token.key))
    }
}

impl NameForm {
    /// Whether the words from one on are this form of a name.
    fn stands_at(&self, text: &str, tokens: &[WordToken], at: usize, has_title: bool) -> bool {
        let Some(words) = tokens.get(at..at + self.keys.len()) else { return false };
        if !words.iter().zip(&self.keys).all(|(word, key)| word.key == *key) {
            return false;
        }
        let gaps = || words.windows(2).map(|pair| &text[pair[0].end..pair[1].start]);
        let is_short = |gap: &str| gap.chars().count() <= MAX_GAP;
        let is_space = |c: char| c.is_whitespace();
        let is_hyphen = |c: char| matches!(c, '-' | '‐' | '‑' | '_' | '.');
        let joined =
            || gaps().all(|gap| is_short(gap) && gap.chars().all(|c| is_space(c) || is_hyphen(c)));
        // "Fund – Lee" is no name, and neither are the end and the beginning of two sentences
        match self.kind {
            NameKind::Full => {
                joined()
                    && gaps().all(|gap| {
                        !(gap.starts_with('.') && gap.len() > 1)
                            || words[0].key.chars().count() == 1
                    })
            }
            NameKind::Initialled => {
                joined()
                    && (has_title
                        || words.iter().all(|word| word.is_capitalised)
                        || gaps().all(|gap| gap == "."))
            }
            NameKind::Reversed
                if has_title
                    || tokens
                        .get(at + self.keys.len())
                        .is_some_and(|next| next.key == self.keys[0]) =>
            {
                false
            }
            NameKind::Reversed => gaps().enumerate().all(|(i, gap)| {
                if i == 0 { gap.trim() == "," } else { gap.trim().chars().all(is_hyphen) }
            }),
            NameKind::Surname => has_title,
            NameKind::Single => words[0].is_capitalised,
            NameKind::Initials => words[0].is_capitals,
            NameKind::DottedInitials => {
                words.iter().all(|word| word.is_capitals)
                    && gaps().all(|gap| matches!(gap, "." | ". "))
            }
        }
    }
}

/// The most titles before a name.
const MAX_TITLES: usize = 4;

/// The most characters between two words of a name.
const MAX_GAP: usize = 4;

fn without_titles(mut keys: Vec<String>) -> Vec<String> {
    while keys.len() > 1 && roles::is_title(&keys[0]) {
        keys.remove(0);
    }
    keys
}

fn has_title(name: &str) -> bool {
    let keys = keys(name);
    keys.len() > 1 && roles::is_title(&keys[0])
}

/// The initials that may stand for a name: of all its words, and of the first and last.
fn initials_of(keys: &[String]) -> Vec<String> {
    let initial = |key: &String| key.chars().next();
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

fn strip_prefix_in_any_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let start = text.get(..prefix.len())?;
    (start.to_lowercase() == prefix.to_lowercase()).then(|| &text[prefix.len()..])
}

fn strip_suffix_in_any_case<'t>(text: &'t str, suffix: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(suffix.len())?;
    (text.get(at..)?.to_lowercase() == suffix.to_lowercase()).then(|| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::super::edit;
    use super::*;
    use crate::plan::{Action, Objective, Theme};

    fn person(name: &str, role: &str) -> Person {
        Person::new(name).with_role(role)
    }

    fn plan(owners: &[&str], text: &str) -> Plan {
        let action = Action {
            owners: owners.iter().map(|o| (*o).to_owned()).collect(),
            action: text.into(),
            ..Action::default()
        };
        let objective = Objective { actions: vec![action], ..Objective::default() };
        Plan {
            themes: vec![Theme { objectives: vec![objective], ..Theme::default() }],
            ..Plan::default()
        }
    }

    fn redacted(people: &[Person], owners: &[&str], text: &str) -> String {
        let names = NameMatcher::new(people, &plan(owners, text), Language::English);
        edit::words(text, &names.edits(text))
    }

    #[test]
    fn every_way_to_write_a_name_is_found() {
        let people = [person("Sarah Jane O’Brien", "Head of HR"), person("Siân Ashley", "")];
        for (typed, expected) in [
            ("Sarah Jane O'Brien will", "Head of HR will"),
            ("SARAH O’BRIEN’s team", "Head of HR’s team"),
            ("sarah o'brien", "Head of HR"),
            ("S. O'Brien, S O'Brien and S.J. O'Brien", "Head of HR, Head of HR and Head of HR"),
            ("O'Brien, Sarah to lead", "Head of HR to lead"),
            ("ask Mrs O‘Brien or Ms. Sarah O'Brien", "ask Head of HR or Head of HR"),
            ("Sarah\u{a0}O'Brien", "Head of HR"),
            ("Sian Ashley and Sia\u{302}n Ashley", "[name removed] and [name removed]"),
            ("Cllr Mrs Ashley's", "[name removed]'s"),
            ("Sarah O'Brien, Head of HR, and", "Head of HR, and"),
            ("Sarah O'Brien (head of HR)", "Head of HR"),
            ("Head of HR (Sarah O'Brien)", "Head of HR"),
            ("Head of HR – Sarah O'Brien", "Head of HR"),
            ("mail sarah.obrien@example.org.", "mail Head of HR."),
            (
                "mail sobrien2@example.org or team@example.org",
                "mail Head of HR or team@example.org",
            ),
            ("Head of HRT (Sarah O'Brien)", "Head of HRT (Head of HR)"),
            ("Head of HR (Sarah O'Brien) asks", "Head of HR asks"),
            ("(Head of HR Sarah O'Brien) asks", "(Head of HR) asks"),
            ("Head of HR (Sarah O'Brien", "Head of HR (Head of HR"),
            ("NonHead of HR – Sarah O'Brien", "NonHead of HR – Head of HR"),
            ("Sarah.O'Brien and s.obrien agree", "Head of HR and Head of HR agree"),
            ("ask Mrs O'Brien, Sarah Jones", "ask Head of HR, Sarah Jones"),
        ] {
            assert_eq!(redacted(&people, &[], typed), expected);
        }
        for kept in [
            "Sarah, O'Brien",
            "meet Sarah. O'Brien asks",
            "an Ashley estate",
            "O'Brien Street",
            "so brien",
            "S, O'Brien asks",
            "Ashley Siân",
        ] {
            assert_eq!(redacted(&people, &[], kept), kept);
        }
    }

    #[test]
    fn initials_are_removed_where_the_plan_uses_them() {
        let people = [person("Jo Lee", "Clerk"), person("Helen Roberts", "Director")];
        assert_eq!(
            redacted(&people, &["JL"], "JL to ask; J.L. agreed"),
            "Clerk to ask; Clerk. agreed"
        );
        assert_eq!(
            redacted(&people, &[], "Jo Lee (JL) asks. JL agrees."),
            "Clerk (Clerk) asks. Clerk agrees."
        );
        assert_eq!(redacted(&people, &["J.L."], "JL agrees"), "Clerk agrees");
        assert_eq!(redacted(&people, &["JL"], "J L and j.l."), "J L and j.l.");
        assert_eq!(redacted(&people, &["j l"], "JL agrees"), "JL agrees");
        assert_eq!(
            redacted(&people, &[], "Jo Lee (JL asks) and Jo Lee (jl). JL agrees"),
            "Clerk (JL asks) and Clerk (jl). JL agrees"
        );
        assert_eq!(redacted(&people, &[], "JL agrees"), "JL agrees", "nothing says who that is");
        assert_eq!(redacted(&people, &["HR"], "HR agrees"), "HR agrees", "a department");
    }

    #[test]
    fn a_person_may_be_listed_by_surname_or_with_titles() {
        let of = |name: &str, owners: &[&str], text: &str| {
            redacted(&[person(name, "Clerk")], owners, text)
        };
        assert_eq!(
            of("Mrs Ashley", &[], "Mrs Ashley, the Ashley estate"),
            "Clerk, the Ashley estate"
        );
        assert_eq!(of("Ashley", &["AA"], "Ashley asks AA; an ashley"), "Clerk asks AA; an ashley");
        assert_eq!(of("Dean", &[], "Dean agrees"), "Clerk agrees");
        assert_eq!(of("Dr Jo Lee", &[], "Jo Lee and Dr Lee"), "Clerk and Clerk");
        assert_eq!(of("Cllr Dr Jo Lee", &[], "Jo Lee and Dr Lee"), "Clerk and Clerk");
    }

    #[test]
    fn a_name_that_two_people_share_becomes_neither_role() {
        let people = [
            person("Jo Lee", "Clerk"),
            person("Kim Lee", "Chair"),
            person("Sam Lee", "Lead").allowed_to_stay(),
        ];
        assert_eq!(
            redacted(&people, &[], "Mrs Lee, Kim Lee and Sam Lee"),
            "[name removed], Chair and Sam Lee"
        );
        assert_eq!(
            redacted(&people, &[], "Lee, Kim and Jo Lee, Kim Lee"),
            "Chair and Clerk, Chair"
        );
    }

    #[test]
    fn names_in_addresses_are_found() {
        let people = [person("Jo Lee", "Clerk")];
        let names = NameMatcher::new(&people, &Plan::default(), Language::English);
        for address in [
            "mailto:jo.lee@example.org",
            "https://example.org/people/jo-lee",
            "https://example.org/~jlee/",
            "mailto:Jo%20Lee",
        ] {
            assert!(names.are_in_address(address), "{address}");
        }
        assert!(!names.are_in_address("https://example.org/jo/index"));
    }
}
