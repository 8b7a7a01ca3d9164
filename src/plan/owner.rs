//! Who does an action: the names in a cell, told apart.
//!
//! What a person typed between names (commas, line breaks, "with") parts them. Where the source lost its line breaks, only the plan
//! itself can tell: a name that stands alone in another cell is a name here too.

use std::collections::{HashMap, HashSet};

/// The names that stand alone somewhere in a plan.
#[derive(Debug, Default)]
pub(crate) struct KnownOwners {
    /// As names are compared, and as one of them was typed.
    names: HashMap<String, String>,
}

/// The owners of an action.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Owners {
    /// One name or role each, as typed.
    pub(crate) names: Vec<String>,
    /// Why they were told apart, where nothing that was typed parts them.
    pub(crate) evidence: Option<String>,
}

impl KnownOwners {
    /// Learns from every owner cell of the plan.
    pub(crate) fn learn<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut names = HashMap::new();
        for cell in cells {
            for part in parted(cell) {
                let words = part.split_whitespace().count();
                // longer runs may be several names themselves; a role of three words mostly is one
                if words == 2 || (words == 3 && ends_in_a_role(part)) {
                    names.entry(singular(part)).or_insert_with(|| part.to_owned());
                }
            }
        }
        Self { names }
    }

    /// The owners named in a cell.
    pub(crate) fn read(&self, cell: &str) -> Owners {
        let mut owners = Owners { names: Vec::new(), evidence: None };
        for part in parted(cell) {
            match self.run_together(part) {
                Some((names, known)) => {
                    owners.evidence = Some(format!("“{known}” stands alone elsewhere in the plan"));
                    owners.names.extend(names);
                }
                None => owners.names.push(part.to_owned()),
            }
        }
        owners
    }

    /// Takes apart names that stand together without a comma, if a known name among them leaves only whole names beside it.
    fn run_together(&self, part: &str) -> Option<(Vec<String>, String)> {
        let words: Vec<&str> = part.split_whitespace().collect();
        if words.len() < 4 || words.iter().any(|w| w.starts_with(char::is_lowercase)) {
            return None;
        }
        for length in [3, 2] {
            for start in 0..=words.len() - length {
                let middle = words[start..start + length].join(" ");
                let (before, after) = (&words[..start], &words[start + length..]);
                let whole = |words: &[&str]| words.is_empty() || is_a_whole_name(words);
                let Some(known) = self.names.get(&singular(&middle)).filter(|_| whole(before) && whole(after)) else { continue };
                let mut names = Vec::new();
                for side in [before, &words[start..start + length], after] {
                    let side = side.join(" ");
                    match self.run_together(&side) {
                        Some((more, _)) => names.extend(more),
                        None if !side.is_empty() => names.push(side),
                        None => {}
                    }
                }
                return Some((names, known.clone()));
            }
        }
        None
    }
}

/// Two names that may be one person's: a slip of the pen apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NearMiss {
    /// The name that stands less often.
    pub(crate) name: String,
    /// How often.
    pub(crate) count: usize,
    /// The name that it is like.
    pub(crate) like: String,
    /// How often that stands.
    pub(crate) like_count: usize,
}

/// Names that differ from another in a letter or two of one word. They are never merged: that is for people to decide.
pub(crate) fn near_misses<'a>(names: impl Iterator<Item = &'a str>) -> Vec<NearMiss> {
    const SHORTEST_WORD: usize = 4;
    const MOST_ALIKE: usize = 200;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut order: Vec<&str> = Vec::new();
    for name in names {
        let count = counts.entry(name).or_insert(0);
        if *count == 0 {
            order.push(name);
        }
        *count += 1;
    }
    // names that are alike share all words but one, so only those are compared
    let mut alike: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    for (index, name) in order.iter().enumerate() {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        for (i, word) in words.iter().enumerate().filter(|(_, w)| w.chars().count() >= SHORTEST_WORD) {
            let others: Vec<&str> = words.iter().enumerate().map(|(j, w)| if j == i { "" } else { w.as_str() }).collect();
            let near = alike.entry(others.join(" ")).or_default();
            if near.len() < MOST_ALIKE {
                near.push((index, word.clone()));
            }
        }
    }
    let mut pairs: HashSet<(usize, usize)> = HashSet::new();
    for near in alike.into_values() {
        for (i, (a, word)) in near.iter().enumerate() {
            let slips = near[i + 1..].iter().filter(|(_, other)| is_a_slip(word, other));
            pairs.extend(slips.map(|(b, _)| (*a.min(b), *a.max(b))));
        }
    }
    let mut pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
    pairs.sort_unstable();
    let miss = |(a, b): (usize, usize)| {
        let (a, b) = (order[a], order[b]);
        let (rare, often) = if counts[a] < counts[b] { (a, b) } else { (b, a) };
        NearMiss { name: rare.to_owned(), count: counts[rare], like: often.to_owned(), like_count: counts[often] }
    };
    pairs.into_iter().map(miss).collect()
}

/// Whether two words are one with a slip in it: a letter more, less, other or out of order; two of them in a long word. A plural is none.
fn is_a_slip(a: &str, b: &str) -> bool {
    if a == b {
        // the same but for capitals
        return true;
    }
    let length = a.chars().count().min(b.chars().count());
    let plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
    // initials and short names differ in a letter by right: Jean and Joan
    let allowed = match length {
        0..5 => 0,
        5..8 => 1,
        _ => 2,
    };
    !plural && allowed > 0 && a.chars().next() == b.chars().next() && strsim::osa_distance(a, b) <= allowed
}

/// The parts of an owner cell, as what was typed between them tells.
fn parted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', ';', '\n', '&', '/'])
        .flat_map(|part| part.split(" with "))
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().trim_start_matches("and ").trim_start_matches("with ").trim())
        .filter(|part| !part.is_empty())
}

/// Whether words can be the name of a person, or of a role.
fn is_a_whole_name(words: &[&str]) -> bool {
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    match words {
        [first, last] => capital(first) && capital(last),
        [_, .., _] => words.iter().all(capital) && words.last().is_some_and(|last| is_a_role(last)),
        _ => false,
    }
}

fn ends_in_a_role(part: &str) -> bool {
    part.split_whitespace().next_back().is_some_and(is_a_role)
}

/// Whether a word is the last of a role or group: "Managers", "Board".
fn is_a_role(word: &str) -> bool {
    const ROLES: &[&str] = &[
        "lead",
        "manager",
        "officer",
        "director",
        "head",
        "team",
        "group",
        "board",
        "panel",
        "committee",
        "service",
        "coordinator",
        "governor",
        "teacher",
        "headteacher",
        "headmaster",
        "chair",
        "advisor",
        "adviser",
        "practitioner",
        "worker",
        "nurse",
        "matron",
        "partnership",
        "member",
    ];
    ROLES.contains(&singular(word).as_str())
}

/// A name as names are compared: lower case, and its last word without a plural s.
fn singular(name: &str) -> String {
    let name = name.to_lowercase();
    match name.strip_suffix('s') {
        Some(one) if ends_in_plural(one) => one.to_owned(),
        _ => name,
    }
}

/// "managers" and "leads" are plurals; "Ross" and "James" are names, but compare alike with or without the rule.
fn ends_in_plural(one: &str) -> bool {
    !one.ends_with(['s', 'u', 'i'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_by_what_the_plan_shows() {
        let cells = [
            "Stuart Ashley",
            "Steve Handforth",
            "Lin Ferguson",
            "Service Leads, District Managers, County Service Managers",
            "Sue Roch with CAMHS Delivery Group",
            "Children in Care Managers",
        ];
        let known = KnownOwners::learn(cells.into_iter());
        for (cell, expected) in [
            ("Stuart Ashley Jenny Lovell", "Stuart Ashley|Jenny Lovell"),
            ("Lin Ferguson Lisa Humphreys", "Lin Ferguson|Lisa Humphreys"),
            ("Sue Roch Lee Culhane", "Sue Roch|Lee Culhane"),
            ("Sue Roch, Karina Large", "Sue Roch|Karina Large"),
            ("Sue Roch with CAMHS Delivery Group", "Sue Roch|CAMHS Delivery Group"),
            ("Service Lead District Managers", "Service Lead|District Managers"),
            (
                "Steve Handforth with Workforce Development Team District Managers Team Managers",
                "Steve Handforth|Workforce Development Team|District Managers|Team Managers",
            ),
            ("Children in Care Managers", "Children in Care Managers"),
            ("Anna Maria del Rio", "Anna Maria del Rio"),
            ("Jane Smith Mary Jones", "Jane Smith Mary Jones"),
            ("Director of Children's Services", "Director of Children's Services"),
            ("", ""),
        ] {
            assert_eq!(known.read(cell).names.join("|"), expected, "{cell}");
        }
    }

    #[test]
    fn slips_in_names_are_found_and_other_names_are_not() {
        let shown = |names: &[&str]| {
            let found = near_misses(names.iter().copied());
            found.iter().map(|m| format!("{} ({}) ~ {} ({})", m.name, m.count, m.like, m.like_count)).collect::<Vec<_>>()
        };
        assert_eq!(shown(&["Stuart Ashley", "Stuart Ashly", "Stuart Ashley"]), ["Stuart Ashly (1) ~ Stuart Ashley (2)"]);
        assert_eq!(shown(&["Lin Ferguson", "Lin Fergusson", "Lin ferguson"]).len(), 3);
        assert_eq!(
            shown(&["Team Manager", "Team Managers", "Joan Smith", "Jean Smith", "Head of Service", "Head of Services"]),
            Vec::<String>::new()
        );
        assert_eq!(shown(&["Alison Carter", "Alistair Carter", "Alison Barter"]), Vec::<String>::new());
    }

    #[test]
    fn only_a_guess_needs_evidence() {
        let known = KnownOwners::learn(["Sue Roch"].into_iter());
        assert_eq!(known.read("Sue Roch, Karina Large").evidence, None);
        assert!(known.read("Sue Roch Lee Culhane").evidence.unwrap().contains("Sue Roch"));
    }
}
