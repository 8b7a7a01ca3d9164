//! Columns whose meaning is fixed before their words are weighed.

use std::collections::HashMap;

use crate::plan::round_trip::{ASSIGNED_REFERENCE, RoundTripColumn};
use crate::plan::{Field, target};
use crate::table::field::KnownBy;
use crate::vocabulary::columns::CLEAR;
use crate::vocabulary::words::ExtraWords;
use crate::vocabulary::{columns, normalize};

use super::{ColumnEvidence, HeaderCell, takes_one_column};

/// Gives columns the meaning that the caller says: by header, or by letter.
pub(super) fn fix_given(candidates: &mut [ColumnEvidence], given: &[(String, Field)]) {
    let is_given = |c: &ColumnEvidence| matches!(c.fixed, Some((_, KnownBy::Caller, _)));
    let mut taken: Vec<Field> = Vec::new();
    for (name, field) in given {
        // a field that takes one column has the first; the others keep their own headers, which is
        // reported
        let mut take = || {
            let is_taken = taken.contains(field);
            taken.extend((!is_taken && takes_one_column(*field)).then_some(*field));
            if is_taken { Field::Extra } else { *field }
        };
        let is_same = |c: &&mut ColumnEvidence| {
            normalize(&c.header.words) == normalize(name)
                || normalize(&c.header.own) == normalize(name)
        };
        let mut found = false;
        for candidate in candidates.iter_mut().filter(is_same) {
            found = true;
            // of two meanings that a header is given, the first holds
            if !is_given(candidate) {
                candidate.fixed = Some((take(), KnownBy::Caller, None));
            }
        }
        let by_letters =
            candidates.iter_mut().find(|c| c.header.letters.eq_ignore_ascii_case(name));
        if let Some(candidate) = by_letters.filter(|c| !found && !is_given(c)) {
            candidate.fixed = Some((take(), KnownBy::Caller, None));
        }
    }
}

/// Whether headers name the reference of the action and that of its objective, as lists that a
/// program keeps do.
pub(in crate::table) fn are_of_records<'a>(
    headers: impl Iterator<Item = &'a str>,
    added: &ExtraWords,
) -> bool {
    let mut of_action = false;
    let mut of_objective = false;
    for header in headers {
        match columns::named(header, added) {
            Some(Field::ObjectiveReference) => of_objective = true,
            Some(Field::Reference) => of_action = true,
            _ => {
                of_action |= matches!(&*normalize(header), "ref" | "reference")
                    || header == ASSIGNED_REFERENCE;
            }
        }
    }
    of_action && of_objective
}

/// Lists that a program keeps, with a column for the reference of the action and one for that of
/// its objective, mean what their headers name.
pub(super) fn fix_records(candidates: &mut [ColumnEvidence], added: &ExtraWords) -> bool {
    if !are_of_records(candidates.iter().map(|c| c.header.words.as_str()), added) {
        return false;
    }
    let mut taken: Vec<(Field, String)> = Vec::new();
    for candidate in candidates.iter_mut() {
        if matches!(candidate.fixed, Some((_, KnownBy::Caller, _))) {
            continue;
        }
        let is_ours = RoundTripColumn::of_header(&candidate.header.words).is_some();
        let best = candidate.meaning.weights.best();
        let field = candidate.meaning.name.or_else(|| (best.1 >= CLEAR).then_some(best.0));
        candidate.fixed = Some(match (field, candidate.fixed.take()) {
            _ if is_ours => (Field::Extra, KnownBy::Name, None),
            (_, Some(dated)) => dated,
            (Some(Field::Extra) | None, None) => (Field::Extra, KnownBy::Nothing, None),
            (Some(field), None) => {
                if let Some((_, header)) = taken.iter().find(|(known, _)| *known == field) {
                    (Field::Extra, KnownBy::TakenBy(header.clone()), None)
                } else {
                    taken.push((field, candidate.header.words.clone()));
                    (field, KnownBy::Name, None)
                }
            }
        });
    }
    true
}

/// Columns that differ in their period alone ("Sept commentary", "Oct commentary"; "Q1: RAG", "Q2:
/// RAG"): reports are all updates, and of other values the last that is filled in counts.
pub(super) fn fix_series(candidates: &mut [ColumnEvidence]) {
    let keys: Vec<String> = candidates.iter().map(|c| series_key(&c.header)).collect();
    let mut series: Vec<(&String, Vec<usize>)> = Vec::new();
    let mut known: HashMap<&String, usize> = HashMap::new();
    for (i, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        let at = *known.entry(key).or_insert(series.len());
        if at == series.len() {
            series.push((key, Vec::new()));
        }
        series[at].1.extend(candidates[i].fixed.is_none().then_some(i));
    }
    for (key, members) in series {
        let has_periods = members.iter().any(|i| normalize(&candidates[*i].header.words) != *key);
        if members.len() < 2 || !has_periods {
            continue;
        }
        let field = candidates[members[0]].meaning.weights.best().0;
        match field {
            Field::Update => {
                for i in members {
                    candidates[i].fixed = Some((Field::Update, KnownBy::Words, None));
                }
            }
            Field::Status | Field::Percent | Field::Target | Field::Evidence => {
                let last = members
                    .iter()
                    .copied()
                    .rev()
                    .find(|i| !candidates[*i].profile.is_blank())
                    .unwrap_or(members[0]);
                let header = candidates[last].header.words.clone();
                for i in members.into_iter().filter(|i| *i != last) {
                    candidates[i].fixed =
                        Some((Field::Extra, KnownBy::TakenBy(header.clone()), None));
                }
            }
            _ => {}
        }
    }
}

/// A header without the words of its period; empty if nothing else is left.
fn series_key(header: &HeaderCell) -> String {
    let words = normalize(&header.words);
    let is_period = |word: &&str| {
        let is_number = word.bytes().all(|b| b.is_ascii_digit());
        let is_quarter = word.len() == 2
            && word.starts_with(['q', 't', 'p'])
            && word.ends_with(|c: char| c.is_ascii_digit());
        is_number || is_quarter || target::is_period_word(word)
    };
    words.split(' ').filter(|word| !is_period(word)).collect::<Vec<_>>().join(" ")
}
