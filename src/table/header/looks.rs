//! What a row's look and the cells below it say of its being a header, and the part of a long
//! header that names its column.

use crate::source::{Cell, Row};
use crate::table::profile::{self, ColumnProfile, ValueKind};
use crate::vocabulary::cells::begins_with_verb;
use crate::vocabulary::words::ExtraWords;

/// Shorter headers are taken whole.
const SHORT: usize = 40;

/// The words of a header that name its column: of a paragraph, its first sentence or question; the
/// rest says how to fill it in.
pub(super) fn name(header: &str) -> &str {
    if header.len() <= SHORT {
        return header;
    }
    let ends = header.match_indices(['.', '?', '!', ':']).map(|(at, mark)| at + mark.len());
    let is_end = |at: &usize| {
        let rest = &header[*at..];
        rest.starts_with(char::is_whitespace)
            && rest.trim_start().starts_with(char::is_uppercase)
            && header[..*at].contains(' ')
    };
    ends.into_iter().find(is_end).map_or(header, |at| header[..at].trim_end_matches(['.', ':']))
}

/// Whether every cell of a row is bold or filled, and hardly a cell of the rows below it is.
pub(super) fn stand_apart(head: &Row, body: &[Row]) -> bool {
    const SAMPLE: usize = 12;
    const FEWEST: usize = 3;
    let marks: [fn(&Cell) -> bool; 2] = [|cell| cell.value.is_bold(), |cell| cell.fill().is_some()];
    let is_set = |mark: fn(&Cell) -> bool| {
        let below = || body.iter().take(SAMPLE).flat_map(Row::filled);
        head.filled().count() >= FEWEST
            && head.filled().all(mark)
            && below().filter(|cell| mark(cell)).count() * 10 <= below().count()
    };
    !body.is_empty() && marks.into_iter().any(is_set)
}

/// Whether the cells of a column have three words and more on average.
fn have_several_words(rows: &[&Row], column: usize) -> bool {
    const SEVERAL: usize = 3;
    let cells = || {
        rows.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.value.is_empty())
    };
    let words: usize = cells().map(|cell| cell.value.plain().split_whitespace().count()).sum();
    cells().count() >= 2 && words >= SEVERAL * cells().count()
}

/// Of dates, people and tasks, how many the rows below have a column for whose header is none.
pub(super) fn kinds_below(head: &Row, below: &[&Row], added: &ExtraWords) -> usize {
    const MOSTLY: f32 = 0.6;
    let mut found = [false; 3];
    for (i, cell) in head.cells.iter().enumerate().filter(|(_, cell)| !cell.value.is_empty()) {
        let profile = ColumnProfile::of(below, i, added);
        let plain = cell.value.plain();
        let kind = profile.kind();
        let is_none = |kind| !profile::is_of_kind(&plain, cell.holds(), kind, added);
        let is_other = || {
            below.iter().all(|row| row.cells.get(i).is_none_or(|other| other.value != cell.value))
        };
        found[0] |= kind == Some(ValueKind::Date) && is_none(ValueKind::Date);
        found[1] |= kind == Some(ValueKind::Owner) && is_other();
        let are_texts =
            || matches!(kind, None | Some(ValueKind::Sentence)) && have_several_words(below, i);
        found[2] |= (profile.verbs() >= MOSTLY && !begins_with_verb(&plain)) || are_texts();
    }
    found.into_iter().filter(|found| *found).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_called_by_its_first_sentence() {
        for (header, expected) in [
            ("Who will lead? Give one name and the post held, not a team.", "Who will lead?"),
            ("Target date. The month in which the work will be finished.", "Target date"),
            (
                "Agreed actions (e.g. training, audit or a change of policy)",
                "Agreed actions (e.g. training, audit or a change of policy)",
            ),
            ("Owner", "Owner"),
            ("A. Findings of the review", "A. Findings of the review"),
        ] {
            assert_eq!(name(header), expected);
        }
    }
}
