//! A proposal of the people whose names stand in a plan.

use std::collections::HashMap;

use crate::plan::Plan;
use crate::plan::texts::each_text;
use crate::vocabulary::roles::{self, OwnerKind};
use crate::vocabulary::words::NO_WORDS;

use super::Person;
use super::names::{ParsedName, WordToken, keys, tokens};

/// The most words of a name in running text.
const MAX_WORDS: usize = 4;

/// The people whose names stand in a plan, among its owners and in its texts, in the order in which
/// they are met; with their roles where these stand beside the names. It is a proposal: names that
/// are ordinary words may be missing, and words that look like names be there.
///
/// ```
/// use planwright::plan::{Action, Objective, Theme};
/// use planwright::{Person, Plan, people};
///
/// let action = Action { owners: vec!["Jo Lee (Head of HR)".to_owned()], action: "Ask Mrs Ashley".into(), ..Action::default() };
/// let objective = Objective { actions: vec![action], ..Objective::default() };
/// let plan = Plan { themes: vec![Theme { objectives: vec![objective], ..Theme::default() }], ..Plan::default() };
/// assert_eq!(people(&plan), [Person::new("Jo Lee").with_role("Head of HR"), Person::new("Mrs Ashley")]);
/// ```
pub fn people(plan: &Plan) -> Vec<Person> {
    let mut found = PeopleCollector::default();
    for (_, _, action) in plan.actions() {
        action.owners.iter().for_each(|owner| found.owner(owner));
        for name in action.updates.iter().map(|update| &update.by).chain([&action.review.reviewer])
        {
            found.owner(name);
        }
    }
    each_text(plan, &mut |_, text| found.text(text));
    found.divide();
    found.people()
}

#[derive(Default)]
struct PeopleCollector {
    people: Vec<Person>,
    /// The people by the words of their names.
    known: HashMap<String, usize>,
    /// Surnames of people whose full names are known.
    surnames: HashMap<String, usize>,
}

impl PeopleCollector {
    fn owner(&mut self, owner: &str) {
        let owner = owner.trim();
        let is_person = |text: &str| !text.contains('@') && kind(text) == Some(OwnerKind::Person);
        let is_role = |text: &str| {
            matches!(kind(text), Some(OwnerKind::Post | OwnerKind::Body | OwnerKind::Department))
        };
        if let Some((first, rest)) = divided(owner) {
            if is_person(first) && (is_role(rest) || owner.ends_with(')')) {
                return self.add(first, if is_role(rest) { rest } else { "" });
            }
            if is_person(rest) && is_role(first) {
                return self.add(rest, first);
            }
        }
        if is_person(owner) && tokens(owner).len() <= MAX_WORDS + 1 {
            self.add(owner, "");
        }
    }

    fn text(&mut self, text: &str) {
        let tokens = tokens(text);
        let mut at = 0;
        while at < tokens.len() {
            let count = name_at(text, &tokens, at);
            if count > 0 {
                self.add(&text[tokens[at].start..tokens[at + count - 1].end], "");
            }
            at += count.max(1);
        }
    }

    fn add(&mut self, name: &str, role: &str) {
        let words = ParsedName::of(name).keys();
        let known = self
            .known
            .get(&words.join(" "))
            .or_else(|| if words.len() == 1 { self.surnames.get(&words[0]) } else { None });
        if let Some(person) = known.and_then(|at| self.people.get_mut(*at)) {
            if person.role.is_empty() {
                role.clone_into(&mut person.role);
            }
            return;
        }
        if let [_, .., last] = words.as_slice() {
            self.surnames.insert(last.clone(), self.people.len());
        }
        self.known.insert(words.join(" "), self.people.len());
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.people.push(Person::new(name).with_role(role));
    }

    /// Without surnames behind titles whose full names were met elsewhere, parts of longer names,
    /// and names of two people side by side.
    fn people(self) -> Vec<Person> {
        let is_known = |words: &[String]| self.known.contains_key(&words.join(" "));
        let is_other = |person: &Person| {
            let raw = keys(&person.name);
            let words = ParsedName::of(&person.name).keys();
            let is_titled = words.len() == 1 && raw.len() > 1;
            // "Lin Ferguson Lisa Humphreys": two people of whom one at least is met alone
            let is_two = (2..words.len().saturating_sub(1)).any(|at| {
                let (first, second) = words.split_at(at);
                is_known(first) && is_known(second)
            });
            !(is_two || is_titled && self.surnames.contains_key(&words[0]))
        };
        self.people.iter().filter(|person| is_other(person)).cloned().collect()
    }

    /// The names of two people side by side, of whom one is met alone elsewhere, as two people.
    fn divide(&mut self) {
        let names: Vec<(String, Vec<String>)> = self
            .people
            .iter()
            .map(|person| (person.name.clone(), ParsedName::of(&person.name).keys()))
            .collect();
        for (name, words) in names {
            let typed: Vec<&str> = name.split_whitespace().collect();
            if typed.len() != words.len() {
                continue;
            }
            for at in 2..words.len().saturating_sub(1) {
                let (first, second) = words.split_at(at);
                let is_met = |words: &[String]| self.known.contains_key(&words.join(" "));
                let begins_a_name = roles::is_given_name(&second[0]);
                if begins_a_name && (is_met(first) || is_met(second)) {
                    self.add(&typed[..at].join(" "), "");
                    self.add(&typed[at..].join(" "), "");
                    break;
                }
            }
        }
    }
}

fn kind(text: &str) -> Option<OwnerKind> {
    roles::shape(text, &NO_WORDS).map(|shape| shape.kind)
}

/// Whether a word begins a name: a given name, whatever its accents.
fn begins_a_name(word: &WordToken, text: &str) -> bool {
    let is_role = kind(text).is_some_and(|kind| kind != OwnerKind::Person);
    kind(text) == Some(OwnerKind::Person)
        || word.is_capitalised && !is_role && !text.is_ascii() && roles::is_given_name(word.key())
}

/// A name and a role that stand beside one another: "Jo Lee (Head of HR)", "Head of HR – Jo Lee".
fn divided(owner: &str) -> Option<(&str, &str)> {
    let in_brackets = owner.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let apart = || [", ", " - ", " – ", " — ", ": "].iter().find_map(|mark| owner.split_once(mark));
    let (first, rest) = in_brackets.or_else(apart)?;
    Some((first.trim(), rest.trim()))
}

/// How many words from one on are a person's name: a title and a surname, or a given name and one
/// or more others.
fn name_at(text: &str, tokens: &[WordToken], at: usize) -> usize {
    let words = tokens[at..].iter().take(MAX_WORDS);
    let mut run = 0;
    for (i, token) in words.enumerate() {
        let gap = if i == 0 { " " } else { &text[tokens[at + i - 1].end..token.start] };
        let is_joined = matches!(gap, " " | "\u{a0}" | "-" | ". ");
        if !is_joined
            || !token.is_capitalised
            || (gap == ". "
                && !roles::is_title(tokens[at + i - 1].key())
                && tokens[at + i - 1].key().len() > 1)
        {
            break;
        }
        run += 1;
    }
    let Some(first) = tokens.get(at) else { return 0 };
    let is_titled = roles::is_title(first.key());
    let begins_a_name = is_titled || begins_a_name(first, &text[first.start..first.end]);
    if !begins_a_name {
        return 0;
    }
    (2..=run)
        .rev()
        .find(|count| {
            let name = &text[first.start..tokens[at + count - 1].end];
            kind(name) == Some(OwnerKind::Person)
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_are_proposed_with_the_roles_beside_them() {
        let found = |owners: &[&str]| {
            let mut found = PeopleCollector::default();
            for owner in owners {
                found.owner(owner);
            }
            let people = found.people().into_iter();
            people.map(|person| format!("{}: {}", person.name, person.role)).collect::<Vec<_>>()
        };
        for owner in [
            "Jo Lee (Head of HR)",
            "Jo  Lee, Head of HR",
            "Head of HR – Jo Lee",
            "Head of HR: Jo Lee",
        ] {
            assert_eq!(found(&[owner]), ["Jo Lee: Head of HR"]);
        }
        assert_eq!(found(&["Jo Lee", "Mr Lee", "Jo Lee, Clerk"]), ["Jo Lee: Clerk"]);
        assert_eq!(found(&["Mr Lee", "Jo Lee (Tuesdays)"]), ["Jo Lee: "]);
        assert_eq!(found(&["Dr Jane Ann May Smith"]), ["Dr Jane Ann May Smith: "]);
        for none in [
            "Head of HR",
            "Head of HR, Clerk",
            "jo.lee@example.org",
            "Dr Jane Ann May Jo Smith",
            "",
        ] {
            assert_eq!(found(&[none]), [""; 0], "{none}");
        }
    }

    #[test]
    fn names_are_proposed_from_running_text() {
        let found = |text: &str| {
            let mut found = PeopleCollector::default();
            found.text(text);
            found.people().into_iter().map(|person| person.name).collect::<Vec<_>>()
        };
        assert_eq!(
            found("Sarah O’Brien's team and Mrs. Ashley met Dr Jones."),
            ["Sarah O’Brien", "Mrs. Ashley", "Dr Jones"]
        );
        assert_eq!(found("Mrs Ashley asked. Later Stuart Ashley agreed."), ["Stuart Ashley"]);
        assert_eq!(found("Ask J. Smith. Sarah Jones agrees"), ["Sarah Jones"]);
        for none in [
            "Amend Key Documents",
            "the team. Jo. Lee",
            "Sarah, Jones",
            "The Assistant Director of Children's Services",
            "Ask Sarah",
            "Mark the forms",
            "",
        ] {
            assert_eq!(found(none), [""; 0], "{none}");
        }
    }
}
