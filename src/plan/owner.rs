//! Owners: who does an action, read from the cell that names them.
//!
//! One person, post or body is one owner, whatever its name contains. Line breaks and semicolons
//! always separate owners; commas, "and" and slashes only where the parts are shaped like people,
//! are whole posts or bodies, or stand alone elsewhere in the plan.

mod alike;
mod sentence;
mod split;

use std::collections::{HashMap, HashSet};

use crate::vocabulary::roles;
use crate::vocabulary::words::{ExtraWords, NO_WORDS};

pub(crate) use alike::{NearMiss, near_misses};
use split::OwnerSplit;

/// The names that stand alone somewhere in a plan.
#[derive(Debug)]
pub(crate) struct KnownOwners<'w> {
    /// Words that the caller added to the vocabulary.
    words: &'w ExtraWords,
    /// Whole lines of owner cells, as names are compared.
    alone: HashSet<String>,
    /// Short names, in the singular, and as one of them was typed.
    names: HashMap<String, String>,
}

/// How the owners of a cell were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OwnerEvidence {
    /// One name, or none, as typed.
    AsTyped,
    /// Separate lines, or semicolons between names.
    Lines,
    /// Names with commas, "and" or slashes between them, each a whole name by its words and shape.
    Shapes,
    /// Names of which this one stands alone elsewhere in the plan.
    Elsewhere(String),
    /// A sentence about responsibility, which names them.
    Sentence,
}

/// The owners of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SplitOwners {
    /// One name, job title or body each, as typed.
    pub(crate) names: Vec<String>,
    pub(crate) found: OwnerEvidence,
    /// Whether the cell may be meant otherwise.
    pub(crate) is_doubtful: bool,
}

impl<'w> KnownOwners<'w> {
    /// Learns from every owner cell of the plan.
    pub(crate) fn learn<'a>(cells: impl Iterator<Item = &'a str>, words: &'w ExtraWords) -> Self {
        let mut known = Self { words, alone: HashSet::new(), names: HashMap::new() };
        let mut seen: HashSet<&str> = HashSet::new();
        let distinct: Vec<&str> = cells.filter(|cell| seen.insert(cell)).collect();
        for line in distinct.iter().flat_map(|cell| lines(cell)) {
            known.alone.insert(comparison_key(&line));
        }
        let mut names = HashMap::new();
        for name in distinct.iter().flat_map(|cell| known.read(cell).names) {
            let words = name.split_whitespace().count();
            // longer runs may be several names themselves; a title of three words mostly is one
            if words == 2 || words == 3 && roles::ends_in_a_role(&name, known.words) {
                names.entry(singular(&name)).or_insert(name);
            }
        }
        known.names = names;
        known
    }

    /// The owners named in a cell.
    pub(crate) fn read(&self, cell: &str) -> SplitOwners {
        let mut owners =
            SplitOwners { names: Vec::new(), found: OwnerEvidence::AsTyped, is_doubtful: false };
        let lines = lines(cell);
        if lines.len() > 1 {
            owners.found = OwnerEvidence::Lines;
        }
        for line in &lines {
            self.read_line(line, &mut owners);
        }
        let mut seen = HashSet::new();
        owners.names.retain(|name| seen.insert(comparison_key(name)));
        if owners.names.len() < 2 && owners.found != OwnerEvidence::Sentence {
            owners.found = OwnerEvidence::AsTyped;
        }
        owners
    }

    fn read_line(&self, line: &str, owners: &mut SplitOwners) {
        if names_no_owner(line) {
            return;
        }
        if let Some(names) = sentence::owners(line, self) {
            owners.found = OwnerEvidence::Sentence;
            owners.is_doubtful = true;
            if names.is_empty() {
                owners.names.push(without_marks(line).to_owned());
            }
            owners.names.extend(names);
            return;
        }
        let OwnerSplit { parts, is_doubtful, known } = split::split(line, self);
        owners.is_doubtful |= is_doubtful;
        if parts.len() > 1 && owners.found != OwnerEvidence::Sentence {
            owners.found = known
                .map_or(OwnerEvidence::Shapes, |known| OwnerEvidence::Elsewhere(known.to_owned()));
        }
        for part in parts {
            if names_no_owner(part) {
                continue;
            }
            match self.run_together(part) {
                Some((names, known)) => {
                    owners.found = OwnerEvidence::Elsewhere(known);
                    owners.names.extend(names);
                }
                None => owners.names.push(without_marks(part).to_owned()),
            }
        }
    }

    /// Splits names that stand together without a comma, if a known name among them leaves only
    /// whole names beside it.
    fn run_together(&self, part: &str) -> Option<(Vec<String>, String)> {
        const MAX_WORDS: usize = 24;
        let words: Vec<&str> = part.split_whitespace().collect();
        if !(4..=MAX_WORDS).contains(&words.len())
            || words
                .iter()
                .any(|w| w.starts_with(|c: char| c.is_lowercase() || c == '-' || c == '–'))
        {
            return None;
        }
        for length in [3, 2] {
            for start in 0..=words.len() - length {
                let middle = words[start..start + length].join(" ");
                let Some(known) = self.names.get(&singular(&middle)) else { continue };
                let (before, after) = (words[..start].join(" "), words[start + length..].join(" "));
                if !may_follow(&before, &middle, self.words)
                    || !may_follow(&middle, &after, self.words)
                {
                    continue;
                }
                let mut names = Vec::new();
                for side in [before, middle, after] {
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

/// Whether two names, either of them perhaps empty, may follow one another without a comma. Of job
/// titles and bodies one is a plural, as nouns in the singular stand before others: "Programme
/// Office Service Manager" is one.
fn may_follow(before: &str, after: &str, added: &ExtraWords) -> bool {
    let whole =
        |text: &str| roles::shape(text, added).filter(|_| text.split_whitespace().count() > 1);
    if before.is_empty() || after.is_empty() {
        return true;
    }
    let ends_in_plural = |text: &str| text.ends_with('s');
    match (whole(before), whole(after)) {
        (Some(before_shape), Some(after_shape)) => {
            let person = roles::OwnerKind::Person;
            before_shape.kind == person
                || after_shape.kind == person
                || ends_in_plural(before)
                || ends_in_plural(after)
        }
        _ => false,
    }
}

/// The lines of an owner cell, and what semicolons separate in them; a name that goes on in the
/// next line is put together.
fn lines(cell: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces(cell) {
        let line = without_bullet(piece.trim());
        if !line.chars().any(char::is_alphanumeric) && !names_no_owner(line) {
            continue;
        }
        match lines.last_mut() {
            Some(last) if goes_on(last, line) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// Splits at line breaks, bullets and semicolons that stand outside brackets.
fn pieces(cell: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    cell.split(move |c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' => {
                depth = 0;
                return true;
            }
            ';' | '•' | '·' | '▪' => return depth == 0,
            _ => {}
        }
        false
    })
}

/// Whether a name goes on in the next line, as "Head of / HR" and "Jane Smith / (Head of HR)" do.
fn goes_on(line: &str, next: &str) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let first = next.split_whitespace().next().unwrap_or_default();
    matches!(last, "of" | "for" | "the" | "and" | "&" | "to" | "with" | "-" | "–")
        || last.ends_with("'s")
        || last.ends_with("’s")
        || matches!(first, "of" | "for" | "and" | "&")
        || next.starts_with('(')
}

/// A line without the bullet, number or letter that lists have before their items.
fn without_bullet(line: &str) -> &str {
    let line = line.trim_start_matches(['•', '▪', '◦', '●', '‣']).trim_start();
    if let Some(rest) = line
        .strip_prefix("- ")
        .or_else(|| line.strip_prefix("– "))
        .or_else(|| line.strip_prefix("* "))
    {
        return rest.trim_start();
    }
    let numbered = line.split_once(['.', ')']).filter(|(number, rest)| {
        let short = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        short && rest.starts_with(' ')
    });
    numbered.map_or(line, |(_, rest)| rest.trim_start())
}

/// Whether words in place of a name say that there is none.
pub(crate) fn names_no_owner(text: &str) -> bool {
    const LONGEST: usize = 32;
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    text.len() <= LONGEST && roles::names_no_owner(&text.to_lowercase().replace('’', "'"))
}

/// A name without the marks of footnotes at its end, and without the punctuation of a list.
fn without_marks(name: &str) -> &str {
    const MARKS: &[char] = &[
        '*', '†', '‡', '§', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', ',', ':', '\\', '^',
    ];
    const LONGEST: usize = 240;
    let mut name = name.trim();
    if name.len() > LONGEST {
        return name;
    }
    loop {
        let mut rest = name.trim_end_matches(MARKS).trim_end();
        if let Some(open) = rest.strip_suffix(']').and_then(|rest| rest.rfind('[')) {
            let mark = rest[open + 1..rest.len() - 1].trim_start_matches('^');
            if !mark.is_empty() && mark.len() <= 3 && mark.chars().all(char::is_alphanumeric) {
                rest = rest[..open].trim_end();
            }
        }
        // "Parks Team2", where a mark was set high
        let letters = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = rest.len() - letters.len();
        if (1..=2).contains(&digits)
            && letters.ends_with(char::is_lowercase)
            && roles::shape(letters, &NO_WORDS).is_some()
        {
            rest = letters;
        }
        // a full stop ends a sentence, but belongs to "J." and "Ltd."
        if let Some(stop) = rest.strip_suffix('.') {
            let last = stop.rsplit(char::is_whitespace).next().unwrap_or_default();
            if last.chars().count() > 4 && !last.contains(['.', '@']) {
                rest = stop;
            }
        }
        if rest == name || rest.is_empty() {
            return name;
        }
        name = rest;
    }
}

/// A name as names are compared: without marks, in lower case, with straight quotes and one space
/// between words.
pub(crate) fn comparison_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in without_marks(name).split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        for c in word.chars() {
            match c {
                '’' | '‘' | 'ʼ' | '`' => key.push('\''),
                '‐' | '‑' | '–' => key.push('-'),
                '.' if !word.contains('@') => {}
                '\u{ad}' | '\u{200b}' => {}
                _ => key.extend(c.to_lowercase()),
            }
        }
    }
    key
}

/// A name as runs of names are searched: lower case, and its last word without a plural s.
fn singular(name: &str) -> String {
    let name = name.to_lowercase();
    match name.strip_suffix('s') {
        Some(one) if ends_in_plural(one) => one.to_owned(),
        _ => name,
    }
}

/// "managers" and "leads" are plurals; "Ross" and "James" are names, but compare alike with or
/// without the rule.
fn ends_in_plural(one: &str) -> bool {
    !one.ends_with(['s', 'u', 'i'])
}

/// For each name that is also spelt with other capitals, quotes or spaces: the spelling that stands
/// most often.
pub(crate) fn commonest_spellings<'a>(
    names: impl Iterator<Item = &'a str>,
) -> HashMap<String, String> {
    struct NameSpelling<'a> {
        name: &'a str,
        count: usize,
        key: String,
    }
    let mut spellings: Vec<NameSpelling<'a>> = Vec::new();
    let mut index_of: HashMap<&str, usize> = HashMap::new();
    for name in names {
        let index = *index_of.entry(name).or_insert_with(|| {
            spellings.push(NameSpelling { name, count: 0, key: comparison_key(name) });
            spellings.len() - 1
        });
        spellings[index].count += 1;
    }
    // of those that stand as often: one with both capitals and small letters, then the first
    let is_mixed =
        |name: &str| name.chars().any(char::is_uppercase) && name.chars().any(char::is_lowercase);
    let rank = |spelling: &NameSpelling<'_>| (spelling.count, is_mixed(spelling.name));
    let mut best: HashMap<&str, usize> = HashMap::new();
    for (index, spelling) in spellings.iter().enumerate() {
        let best = best.entry(spelling.key.as_str()).or_insert(index);
        if rank(spelling) > rank(&spellings[*best]) {
            *best = index;
        }
    }
    let others = spellings
        .iter()
        .map(|spelling| (spelling.name, spellings[best[spelling.key.as_str()]].name));
    others
        .filter(|(name, best)| name != best)
        .map(|(name, best)| (name.to_owned(), best.to_owned()))
        .collect()
}

/// The owners that each of these cells names, as import reads them without added words.
pub(crate) fn read_all<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Vec<Vec<String>> {
    let known = KnownOwners::learn(cells.clone(), &NO_WORDS);
    let mut read: HashMap<&str, Vec<String>> = HashMap::new();
    let mut all: Vec<Vec<String>> = cells
        .map(|cell| read.entry(cell).or_insert_with(|| known.read(cell).names).clone())
        .collect();
    let commonest = commonest_spellings(all.iter().flatten().map(String::as_str));
    for name in all.iter_mut().flatten() {
        if let Some(best) = commonest.get(name) {
            name.clone_from(best);
        }
    }
    all
}

#[cfg(test)]
mod tests;
