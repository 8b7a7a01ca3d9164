//! How many rows a header takes, and how much speaks for it.

use crate::source::Row;
use crate::table::profile::{ColumnProfile, ValueKind};
use crate::table::{ColumnHints, columns, profile};
use crate::vocabulary::normalize;
use crate::vocabulary::words::ExtraWords;

use super::groups::{cells, divides, may_be_a_group_row, stands_below_groups};
use super::{
    DIFFERENT, ENOUGH, ENOUGH_WHEN_DIFFERENT, HeaderMarking, MOST_ROWS, SAMPLE, is_distinct, looks,
    may_be_a_header, weigh,
};

/// How many rows the header takes that begins here, and how much speaks for it.
pub(super) fn height(
    rows: &[Row],
    given: ColumnHints<'_>,
    marking: HeaderMarking,
) -> Option<(usize, f32)> {
    let first = rows.first()?;
    if !may_be_a_header(first, marking) && !may_be_a_group_row(first) {
        return None;
    }
    let mut best: Option<(usize, f32)> = None;
    let are_of_records = |row: &Row| {
        let names: Vec<_> = row.cells.iter().map(|c| c.value.plain()).collect();
        columns::are_of_records(names.iter().map(|name| &**name), given.words)
    };
    let most =
        rows.iter().take(MOST_ROWS).position(are_of_records).map_or(MOST_ROWS, |at| at.max(1));
    for height in 1..=most.min(rows.len()) {
        let (head, body) = rows.split_at(height);
        let lowest = &head[height - 1];
        if !may_be_a_header(lowest, marking)
            || (height > 1 && !head.windows(2).all(|pair| divides(&pair[1], &pair[0])))
        {
            // a group row above says nothing by itself
            if height == 1 {
                continue;
            }
            break;
        }
        let Some(weight) = weight(head, body, given, marking) else { continue };
        // what the lower rows say alone is a header of their own, under a title
        let needed = best.map_or(0.0, |(_, weight)| weight + 0.5);
        let below_groups =
            height > 1 && head.windows(2).all(|pair| stands_below_groups(&pair[1], &pair[0]));
        let merged_down = first
            .cells
            .iter()
            .filter(|c| !c.value.is_empty() && c.span().0 as usize >= height)
            .count();
        if weight > needed || (height > 1 && merged_down >= 2) || below_groups {
            best = Some((height, weight));
        }
    }
    best
}

/// How much rows are like the header of the rows below them; nothing if they are not.
pub(super) fn weight(
    head: &[Row],
    body: &[Row],
    given: ColumnHints<'_>,
    marking: HeaderMarking,
) -> Option<f32> {
    let cells = cells(head);
    let named = columns::weigh_headers(
        cells.iter().map(|c| (c.own.as_str(), c.group.as_str())),
        given.words,
    );
    let by_caller = cells
        .iter()
        .filter(|c| given.headers.iter().any(|(name, _)| normalize(name) == normalize(&c.words)))
        .count();
    if by_caller >= 1 && marking == HeaderMarking::Marked
        || by_caller >= 2
        || (by_caller >= 1 && named.weight >= ENOUGH_WHEN_DIFFERENT)
    {
        return Some(named.weight.max(ENOUGH) + 1.0);
    }
    // most rows are no headers, and their words say so
    if named.weight < ENOUGH_WHEN_DIFFERENT && !is_distinct(head.last()?) {
        return None;
    }
    let HeaderContrast { different, alike } = contrast(head.last()?, body, given.words);
    if marking == HeaderMarking::Unmarked && alike >= 2 && alike > different {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of columns are small")]
    let weight = named.weight + (different.min(4) as f32) * DIFFERENT - (alike as f32) * 1.5;
    let is_clear = named.fields.len() >= 2
        && weight >= ENOUGH
        && (named.says_what() || different >= 1 || named.fields.len() >= 3);
    let lowest = head.last()?;
    let is_set_apart = || marking == HeaderMarking::Marked || looks::stand_apart(lowest, body);
    let is_different = weight >= ENOUGH_WHEN_DIFFERENT
        && !named.fields.is_empty()
        && (different >= 2 || is_set_apart());
    // no word is known, and yet every cell differs from what stands below it
    let stands_out = || different >= 3 && alike == 0 || (different >= 1 && is_set_apart());
    // what is to be done, by whom and when stands below it, under none of these
    let is_above_tasks = || {
        let kinds = looks::kinds_below(lowest, &sample_below(body), given.words);
        alike == 0 && different >= 1 && (kinds == 3 || (kinds == 2 && !named.fields.is_empty()))
    };
    (is_clear || is_different || (is_distinct(lowest) && (stands_out() || is_above_tasks())))
        .then_some(weight)
}

/// In how many columns the header is of another kind than the values below it, and in how many of
/// the same.
#[derive(Debug, Clone, Copy, Default)]
struct HeaderContrast {
    different: usize,
    alike: usize,
}

fn contrast(header: &Row, body: &[Row], added: &ExtraWords) -> HeaderContrast {
    let below = sample_below(body);
    let mut contrast = HeaderContrast::default();
    for (i, cell) in header.cells.iter().enumerate().filter(|(_, c)| !c.value.is_empty()) {
        let Some(kind) = ColumnProfile::of(&below, i, added).kind() else { continue };
        let plain = cell.value.plain();
        let is_alike = profile::is_of_kind(&plain, cell.holds(), kind, added);
        // people's names and headers both have capitals, and headers may be questions
        match (kind, is_alike) {
            (ValueKind::Owner | ValueKind::Sentence, true) => {}
            (_, true) => contrast.alike += 1,
            (_, false) => contrast.different += 1,
        }
    }
    contrast
}

/// The rows with which a header is compared.
fn sample_below(body: &[Row]) -> Vec<&Row> {
    let mut below = profile::sample(&body[..body.len().min(SAMPLE * 2)]);
    below.truncate(SAMPLE);
    below
}

/// Whether a row holds the same kinds of values as the rows below it, as the first row of a table
/// without a header does.
pub(in crate::table) fn is_like_those_below(row: &Row, below: &[Row], added: &ExtraWords) -> bool {
    let kinds = |row: &Row| {
        let values = [
            ValueKind::Date,
            ValueKind::Status,
            ValueKind::Code,
            ValueKind::Owner,
            ValueKind::Sentence,
        ];
        row.cells
            .iter()
            .filter(|c| {
                !c.value.is_empty()
                    && values
                        .iter()
                        .any(|k| profile::is_of_kind(&c.value.plain(), c.holds(), *k, added))
            })
            .count()
    };
    let HeaderContrast { different, alike } = contrast(row, below, added);
    let has_date = row
        .cells
        .iter()
        .any(|c| profile::is_of_kind(&c.value.plain(), c.holds(), ValueKind::Date, added));
    (alike >= 1 && alike >= different)
        || (has_date && kinds(row) >= 2)
        || (weigh(row, added).fields.is_empty() && kinds(row) >= 2)
}
