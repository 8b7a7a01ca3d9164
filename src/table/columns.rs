//! What the columns of a table mean: the words of each header and what its cells hold are weighed
//! together, and the assignment of meanings to columns is the best one over the whole table.
//!
//! Each single-valued meaning goes to at most one column. A column that no meaning fits well enough
//! is kept under its own header.

mod fixed;
mod rivals;

use std::collections::BTreeMap;

use crate::assign::{self, CandidatePair};
use crate::date::PartialDate;
use crate::place::Place;
use crate::plan::{Field, Target, TargetKind, status, target};
use crate::source::Row;
use crate::vocabulary::columns::{self, CLEAR, FieldWeights, HeaderMeaning};
use crate::vocabulary::words::ExtraWords;

use super::field::KnownBy;
use super::profile::{self, ColumnProfile, ValueKind};
use super::{Column, ColumnHints};
use rivals::{earlier_dates_are_starts, exact_headers_first, scores_beside_likelihood};

pub(super) use fixed::are_of_records;
use fixed::{fix_given, fix_records, fix_series};

/// The header of a column as it stands in a table.
#[derive(Debug, Clone)]
pub(super) struct HeaderCell {
    /// All its words, those of group headers first: "Monitoring: RAG".
    pub(super) words: String,
    /// Its own words, in the lowest row of the header that has some.
    pub(super) own: String,
    /// The words of the group headers above it.
    pub(super) group: String,
    pub(super) place: Place,
    /// The letters of the column: "B".
    pub(super) letters: String,
}

/// What a column needs for a meaning over what keeps it under its own header.
const THRESHOLD: f32 = 3.0;
/// The weight that an action has more where no other column has one: a plan says what is to be
/// done.
const ACTION_MISSING: f32 = 4.5;
/// How much of a group header's weight counts for the columns below it.
const GROUP: f32 = 0.35;
/// The weight of a header that names its meaning outright: "Action".
const UNMISTAKABLE: f32 = 6.0;
/// A decision with less between it and the next best is close.
const CLOSE: f32 = 1.5;
/// The meanings of as many columns as are weighed for each field: more could not change the
/// assignment.
const CANDIDATES: usize = Field::ALL.len() + 2;

/// What is known of a column before meanings are assigned.
struct ColumnEvidence {
    header: HeaderCell,
    meaning: HeaderMeaning,
    profile: ColumnProfile,
    /// Header and cells together.
    weights: FieldWeights,
    /// Fixed: by the caller, by a date in the header, or as one of the columns that our own lists
    /// have.
    fixed: Option<(Field, KnownBy, Option<PartialDate>)>,
}

impl ColumnEvidence {
    /// How much more speaks for a meaning than for none.
    fn gain(&self, field: Field) -> f32 {
        self.weights.get(field) - THRESHOLD - self.weights.get(Field::Extra).max(0.0)
    }

    fn is_named(&self, field: Field) -> bool {
        self.meaning.name == Some(field)
    }
}

/// What the headers of a table mean, with the rows below them.
pub(super) fn decide(
    headers: Vec<HeaderCell>,
    below: &[Row],
    given: ColumnHints<'_>,
) -> Vec<Column> {
    let rows: Vec<&Row> =
        profile::sample(below).into_iter().filter(|row| !repeats(row, &headers)).collect();
    let mut candidates: Vec<ColumnEvidence> = headers
        .into_iter()
        .enumerate()
        .map(|(i, header)| candidate(header, i, &rows, given.words))
        .collect();
    fix_given(&mut candidates, given.headers);
    if fix_records(&mut candidates, given.words) {
        return candidates
            .into_iter()
            .map(|c| column(c, Field::Extra, KnownBy::Nothing, None))
            .collect();
    }
    fix_series(&mut candidates);
    scores_beside_likelihood(&mut candidates);
    earlier_dates_are_starts(&mut candidates);
    exact_headers_first(&mut candidates);
    let mut assigned = assign(&candidates, 0.0);
    let is_fixed = |field: Field| {
        candidates.iter().any(|c| c.fixed.as_ref().is_some_and(|fixed| fixed.0 == field))
    };
    if !is_fixed(Field::Action) && !assigned.contains(&Some(Field::Action)) {
        let again = assign(&candidates, ACTION_MISSING);
        if again.contains(&Some(Field::Action)) {
            assigned = again;
        }
    }
    objectives_without_references(&mut assigned);
    let mut columns = describe(candidates, &assigned);
    settle_what(&mut columns);
    columns
}

/// Whether a row is mostly the header again.
fn repeats(row: &Row, headers: &[HeaderCell]) -> bool {
    let is_same = |(cell, header): (&crate::source::Cell, &HeaderCell)| {
        !cell.value.is_empty() && cell.value.plain().trim() == header.own
    };
    let same = row.cells.iter().zip(headers).filter(|it| is_same(*it)).count();
    same >= 2 && same * 2 > headers.len()
}

/// Weighs what headers alone say: the sum of what their words speak for, each meaning once, and how
/// many meanings that are.
pub(super) fn weigh_headers<'a>(
    headers: impl Iterator<Item = (&'a str, &'a str)>,
    added: &ExtraWords,
) -> HeaderWeight {
    let mut pairs: Vec<(f32, usize, Field)> = Vec::new();
    let mut known = 0.0_f32;
    for (i, (own, group)) in headers.enumerate() {
        let weights = header_weights(own, group, added).weights;
        pairs.extend(
            Field::ALL
                .iter()
                .copied()
                .filter(|f| *f != Field::Extra)
                .map(|f| (weights.get(f), i, f))
                .filter(|p| p.0 >= CLEAR),
        );
        known += if weights.get(Field::Extra) >= 4.0 { 1.0 } else { 0.0 };
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut out = HeaderWeight { weight: known.min(2.0), fields: Vec::new() };
    let mut taken: Vec<usize> = Vec::new();
    for (weight, column, field) in pairs {
        if !taken.contains(&column) && !out.fields.contains(&field) {
            taken.push(column);
            out.fields.push(field);
            out.weight += weight.min(5.0);
        }
    }
    out
}

/// How much the words of a row are those of a header.
#[derive(Debug, Clone, Default)]
pub(super) struct HeaderWeight {
    pub(super) weight: f32,
    /// The meanings that its words name.
    pub(super) fields: Vec<Field>,
}

impl HeaderWeight {
    /// Whether the words name something that is to be done or reached.
    pub(super) fn says_what(&self) -> bool {
        self.fields
            .iter()
            .any(|f| matches!(f, Field::Action | Field::Objective | Field::Recommendation))
    }
}

/// What the cells add to a header that asks for what they hold.
const QUESTION: f32 = 5.0;

fn candidate(
    header: HeaderCell,
    index: usize,
    below: &[&Row],
    added: &ExtraWords,
) -> ColumnEvidence {
    let meaning = header_weights(&header.own, &header.group, added);
    let profile = ColumnProfile::of(below, index, added);
    let mut weights = meaning.weights;
    weights.add_all(&profile.weights(), 1.0);
    // "Finished yet?" with yes and no below it; "Progress" with percentages
    if profile.is_of_answers() && status::asks(&header.own) {
        weights.add(Field::Status, QUESTION);
    }
    if profile.is_of_percentages() && meaning.weights.get(Field::Update) > 0.0 {
        weights.add(Field::Percent, QUESTION);
    }
    let fixed =
        dated(&header, &meaning, &profile).map(|date| (Field::Update, KnownBy::Date, Some(date)));
    ColumnEvidence { header, meaning, profile, weights, fixed }
}

/// The weights of a header's own words, and of the group headers above it.
fn header_weights(own: &str, group: &str, added: &ExtraWords) -> HeaderMeaning {
    let mut meaning = columns::meaning(own, added);
    if group.is_empty() {
        return meaning;
    }
    let above = columns::meaning(group, added);
    // "Responsibility: lead", "Progress: Q1": where the lower words say little, the upper ones say
    // it
    let says_little = own.is_empty() || meaning.weights.best().1 < 2.0;
    if meaning.name.is_none() && says_little {
        meaning.name = columns::named(&format!("{group} {own}"), added)
            .or(above.name.filter(|_| own.is_empty()));
    }
    meaning.weights.add_all(&above.weights, if says_little { 0.8 } else { GROUP });
    meaning
}

/// The most words of a date in a header.
const LONGEST_DATE: usize = 5;

/// The date in a header whose cells say how things stood then: "March 2012", "Progress July 2025",
/// "Position at Q2 2025/26".
fn dated(
    header: &HeaderCell,
    meaning: &HeaderMeaning,
    profile: &ColumnProfile,
) -> Option<PartialDate> {
    if profile.is_of_marks() {
        return None;
    }
    if let Some((date, _)) =
        target::header_date(&header.words).or_else(|| target::header_date(&header.own))
    {
        return Some(date);
    }
    let (best, weight) = meaning.weights.best();
    let says_nothing_else = weight < CLEAR && profile.kind() == Some(ValueKind::Sentence);
    let reports = meaning.weights.get(Field::Update).max(meaning.weights.get(Field::Status))
        >= CLEAR
        || best == Field::Update;
    if !(reports || says_nothing_else) || !header.words.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let words: Vec<&str> = header
        .words
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ':' | '–'))
        .filter(|w| !w.is_empty())
        .collect();
    let date = |words: &[&str]| {
        let words = words.join(" ");
        target::header_date(&words).map(|(date, _)| date).or_else(|| {
            let read = Target::read(&words);
            let is_period = matches!(
                read.kind,
                TargetKind::Quarter | TargetKind::Term | TargetKind::Month | TargetKind::Day
            );
            read.due.filter(|_| is_period).map(PartialDate::month_of)
        })
    };
    (1..words.len().min(LONGEST_DATE + 1))
        .rev()
        .find_map(|n| date(&words[words.len() - n..]).or_else(|| date(&words[..n])))
}

/// Whether an action has one column of this meaning at most.
pub(super) fn takes_one_column(field: Field) -> bool {
    !matches!(field, Field::Update | Field::Extra)
}

/// What a column has more than one behind it that is as good.
const FIRST: f64 = 1e-6;

/// The best assignment of meanings to columns.
fn assign(candidates: &[ColumnEvidence], for_action: f32) -> Vec<Option<Field>> {
    let taken = |field: Field| {
        candidates
            .iter()
            .any(|c| c.fixed.as_ref().is_some_and(|fixed| fixed.0 == field && fixed.2.is_none()))
    };
    let is_clear_action = |c: &ColumnEvidence| c.meaning.weights.get(Field::Action) >= CLEAR;
    let actions =
        (candidates.iter().position(is_clear_action), candidates.iter().rposition(is_clear_action));
    let mut pairings: Vec<CandidatePair> = Vec::new();
    for field in Field::ALL.iter().copied().filter(|f| *f != Field::Extra && !taken(*f)) {
        let more = if field == Field::Action { for_action } else { 0.0 };
        let mut of_field: Vec<(f32, usize)> = candidates
            .iter()
            .enumerate()
            .filter(|(_, c)| {
                c.fixed.is_none() && !(c.profile.is_blank() && c.meaning.weights.get(field) < CLEAR)
            })
            .map(|(i, c)| (c.gain(field) + more + beside(actions, i, field), i))
            .filter(|(gain, _)| *gain > 0.0)
            .collect();
        of_field.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        of_field.truncate(CANDIDATES);
        // of two columns that are alike, the first
        pairings.extend(of_field.into_iter().map(|(gain, i)| CandidatePair {
            old: i,
            new: field as usize,
            weight: f64::from(gain) - FIRST * f64::from(u32::try_from(i).unwrap_or(u32::MAX)),
        }));
    }
    let mut assigned = vec![None; candidates.len()];
    for pairing in assign::best(pairings) {
        assigned[pairing.old] = Field::ALL.iter().copied().find(|f| *f as usize == pairing.new);
    }
    assigned
}

/// What the place of a column among the others speaks for: references stand first, owners and dates
/// behind what is to be done. Of the columns whose headers clearly name the action, the first and
/// the last are given.
fn beside(
    (first_action, last_action): (Option<usize>, Option<usize>),
    at: usize,
    field: Field,
) -> f32 {
    let action_before = first_action.is_some_and(|first| first < at);
    let action_after = last_action.is_some_and(|last| last > at);
    match field {
        Field::Reference if at == 0 => 1.2,
        Field::Theme if at <= 1 => 0.5,
        Field::Theme if action_after => 0.3,
        // an outcome that stands before the action is the objective; behind it, it says how success
        // is measured
        Field::Objective | Field::Recommendation if action_after => 0.8,
        Field::Theme | Field::Objective | Field::Recommendation if action_before => -1.2,
        Field::SuccessMeasures if action_after => -0.8,
        Field::Owner | Field::Target | Field::SuccessMeasures | Field::Update | Field::Status
            if action_before =>
        {
            0.3
        }
        _ => 0.0,
    }
}

/// A reference of the objective is that of the action where the action has none of its own.
fn objectives_without_references(assigned: &mut [Option<Field>]) {
    if !assigned.contains(&Some(Field::Reference))
        && let Some(field) =
            assigned.iter_mut().find(|field| **field == Some(Field::ObjectiveReference))
    {
        *field = Some(Field::Reference);
    }
}

/// Says of each column how its meaning is known, and what the next best would be.
fn describe(candidates: Vec<ColumnEvidence>, assigned: &[Option<Field>]) -> Vec<Column> {
    let mut holders: BTreeMap<Field, String> = BTreeMap::new();
    for (c, field) in candidates.iter().zip(assigned) {
        if let Some(field) = field.or_else(|| c.fixed.as_ref().map(|fixed| fixed.0)) {
            holders.entry(field).or_insert_with(|| c.header.words.clone());
        }
    }
    let verbs: Vec<f32> = candidates.iter().map(|c| c.profile.verbs()).collect();
    candidates
        .into_iter()
        .zip(assigned)
        .enumerate()
        .map(|(i, (candidate, field))| {
            let others =
                Field::ALL.iter().copied().filter(|f| *f != Field::Extra && Some(*f) != *field);
            let next = others
                .map(|f| (candidate.gain(f), f))
                .filter(|(gain, _)| *gain > -THRESHOLD)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let Some(field) = *field else {
                let wanted = next.filter(|(gain, _)| *gain > 0.0).map(|(_, field)| field);
                let holder = wanted.and_then(|field| holders.get(&field));
                let known_by = match holder {
                    Some(header) if !header.is_empty() => KnownBy::TakenBy(header.clone()),
                    _ if candidate.meaning.weights.get(Field::Extra) >= 4.0
                        || candidate.is_named(Field::Extra) =>
                    {
                        KnownBy::Name
                    }
                    _ => KnownBy::Nothing,
                };
                return column(candidate, Field::Extra, known_by, next.map(|(_, field)| field));
            };
            let by_header = candidate.meaning.weights.get(field);
            let known_by = match &candidate.meaning.misspelt {
                _ if candidate.is_named(field) => KnownBy::Name,
                Some((_, known)) if by_header >= CLEAR => KnownBy::Spelling(known),
                _ if by_header >= CLEAR => KnownBy::Words,
                _ => KnownBy::Cells(candidate.profile.in_words()),
            };
            // the header's words must leave it open, and the cells too
            let rival = |other: Field| {
                candidate.gain(field) - candidate.gain(other) < CLOSE
                    && candidate.meaning.weights.get(other) > by_header - CLOSE
            };
            let close = known_by != KnownBy::Name
                && next.is_some_and(|(gain, other)| gain > 0.0 && rival(other));
            let mut column = column(candidate, field, known_by, next.map(|(_, field)| field));
            // what is to be done begins with a verb; where another column does so, that may be the
            // action
            let looks_like_action = |at: usize| at != i && verbs[at] >= 0.5;
            let unlike_an_action = field == Field::Action
                && by_header < UNMISTAKABLE
                && verbs[i] < 0.3
                && (0..verbs.len()).any(looks_like_action);
            column.is_close = close || unlike_an_action;
            column
        })
        .collect()
}

fn column(
    candidate: ColumnEvidence,
    field: Field,
    known_by: KnownBy,
    runner_up: Option<Field>,
) -> Column {
    let ColumnEvidence { header, profile, fixed, .. } = candidate;
    let (field, known_by, date) = fixed.unwrap_or((field, known_by, None));
    let mut column = Column::new(header.words, header.place, field, known_by);
    column.date = date;
    column.runner_up = runner_up.filter(|other| *other != column.field);
    column.cells = profile.in_words();
    column
}

/// A recommendation that stands for the objective is one; where no column says how, what is to be
/// reached is the action.
fn settle_what(columns: &mut [Column]) {
    let has = |columns: &[Column], field| columns.iter().any(|c| c.field == field);
    if !has(columns, Field::Objective) && has(columns, Field::Action) {
        rename(
            columns,
            Field::Recommendation,
            Field::Objective,
            "the recommendation stands where the objective would",
        );
    }
    if !has(columns, Field::Action) {
        let what =
            if has(columns, Field::Objective) { Field::Objective } else { Field::Recommendation };
        rename(columns, what, Field::Action, "no other column says what is to be done");
    }
}

fn rename(columns: &mut [Column], from: Field, to: Field, why: &'static str) {
    if let Some(column) =
        columns.iter_mut().find(|c| c.field == from && c.known_by != KnownBy::Caller)
    {
        column.field = to;
        column.known_by = KnownBy::OtherColumns(why);
    }
}
