//! Owners in a cell: as typed, or each in quotation marks where what was typed would be read as
//! other owners: `"Smith, Lee"; "Board" (as typed: Smith, Lee and Board)`.

use std::collections::HashSet;

use crate::plan::{Action, Plan, owner};

const TYPED: &str = "(as typed: ";

/// How the owners of a plan are written.
pub(crate) struct OwnerCells<'a> {
    /// The cells whose owners stand in quotation marks.
    quoted: HashSet<(&'a str, &'a [String])>,
}

impl<'a> OwnerCells<'a> {
    /// Finds which cells would be read as other owners: that depends on all cells of the plan, as
    /// names that stand alone elsewhere divide others.
    pub(crate) fn of(plan: &'a Plan) -> Self {
        const MAX_ROUNDS: usize = 8;
        let all: Vec<(String, &'a Action)> =
            plan.actions().map(|(_, _, action)| (typed(action), action)).collect();
        let key = |action: &'a Action| (action.owner_text.as_str(), action.owners.as_slice());
        let mut quoted = HashSet::new();
        for round in 0.. {
            let open: Vec<&(String, &Action)> =
                all.iter().filter(|(_, action)| !quoted.contains(&key(action))).collect();
            let read = owner::read_all(open.iter().map(|(text, _)| text.as_str()));
            let wrong: Vec<_> = open
                .into_iter()
                .zip(read)
                .filter(|((text, action), names)| {
                    *names != action.owners || self::read(text).is_some() || round == MAX_ROUNDS
                })
                .map(|((_, action), _)| key(action))
                .collect();
            if wrong.is_empty() {
                break;
            }
            quoted.extend(wrong);
        }
        Self { quoted }
    }

    /// The owners of an action as a cell has them.
    pub(crate) fn written(&self, action: &Action) -> String {
        if !self.quoted.contains(&(action.owner_text.as_str(), action.owners.as_slice())) {
            return typed(action);
        }
        let names = action.owners.iter().map(|name| format!("\"{}\"", name.replace('"', "\"\"")));
        let mut parts = vec![names.collect::<Vec<_>>().join("; ")];
        if !action.owner_text.is_empty() {
            parts.push(format!("{TYPED}{})", action.owner_text));
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }
}

/// As typed, else the names.
fn typed(action: &Action) -> String {
    if action.owner_text.is_empty() { action.owners.join("; ") } else { action.owner_text.clone() }
}

/// Reads owners in quotation marks, and what was typed; none of other cells.
pub(crate) fn read(cell: &str) -> Option<(Vec<String>, String)> {
    let mut names = Vec::new();
    let mut rest = cell;
    while let Some(quoted) = rest.strip_prefix('"') {
        let (name, after) = name(quoted)?;
        names.push(name);
        rest = after.strip_prefix("; ").filter(|next| next.starts_with('"')).unwrap_or(after);
        if rest.len() == after.len() {
            break;
        }
    }
    let rest = rest.strip_prefix(' ').filter(|_| !names.is_empty()).unwrap_or(rest);
    if rest.is_empty() && !names.is_empty() {
        return Some((names, String::new()));
    }
    let typed = rest.strip_prefix(TYPED)?.strip_suffix(')')?;
    Some((names, typed.to_owned()))
}

/// A name up to the quotation mark that closes it, and what follows; within it, marks are doubled.
fn name(quoted: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('"')?;
        name.push_str(before);
        let Some(goes_on) = after.strip_prefix('"') else { return Some((name, after)) };
        name.push('"');
        rest = goes_on;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_owners_are_read_back() {
        for (cell, names, typed) in [
            ("\"A, B\"; \"C;D\" (as typed: A, B and C;D)", vec!["A, B", "C;D"], "A, B and C;D"),
            ("\"Jo \"\"JL\"\" Lee\"", vec!["Jo \"JL\" Lee"], ""),
            ("(as typed: the board)", vec![], "the board"),
        ] {
            let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            assert_eq!(read(cell), Some((names, typed.to_owned())), "{cell}");
        }
        for cell in ["", "Jo Lee", "\"Jo\" Lee", "\"Jo", "\"A\"; B", "Jo (as typed: x)"] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }
}
