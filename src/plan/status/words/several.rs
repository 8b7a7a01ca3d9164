//! Cells that name several statuses: what was and what is, one after the other, side by side.

use super::{LONGEST, NamedStatus, StatusCell, StatusSource, StatusVocabulary, alone};
use crate::plan::Category;

/// What is now, of words that say what was: "was red, now green", "changed from amber to red".
pub(super) fn was_and_is<'a>(words: &str, known: StatusVocabulary<'a>) -> Option<StatusCell<'a>> {
    const WAS: &[&str] =
        &["was ", "were ", "previously ", "formerly ", "had been ", "originally ", "roedd "];
    const IS: &[&str] = &["now ", "currently ", "bellach "];
    if words.len() > LONGEST {
        return None;
    }
    let lower = words.to_lowercase();
    let after = if WAS.iter().any(|was| lower.contains(was)) {
        IS.iter().find_map(|is| lower.rfind(is).map(|at| &lower[at + is.len()..]))?
    } else {
        let from = lower.find("from ").filter(|at| *at == 0 || lower[..*at].ends_with(' '))?;
        lower[from..].split_once(" to ")?.1
    };
    alone(after.trim_end_matches('.'), known)
}

/// Several statuses, one after the other: "Red/Amber", "Amber to Green", "Done, closed".
pub(super) fn in_turn<'a>(words: &str, known: StatusVocabulary<'a>) -> Option<StatusCell<'a>> {
    const BETWEEN: &[&str] = &[
        "/",
        "\\",
        ",",
        "->",
        "→",
        "&",
        "+",
        ";",
        " moving to ",
        " going to ",
        " to ",
        " and ",
        " or ",
    ];
    const MOST: usize = 6;
    if words.len() > LONGEST {
        return None;
    }
    let mut lower = words.to_lowercase();
    for between in BETWEEN {
        if lower.contains(between) {
            lower = lower.replace(between, "\n");
        }
    }
    let by_dash = |words: &str| words.replace(['-', '–', '—'], "\n");
    for parted in [by_dash(&lower), lower] {
        let parts: Vec<&str> =
            parted.split('\n').filter(|p| !p.trim().is_empty()).take(MOST + 1).collect();
        if !(2..=MOST).contains(&parts.len()) {
            continue;
        }
        let Some(said) = parts.iter().map(|part| alone(part, known)).collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        let named: Vec<(NamedStatus<'a>, StatusSource)> = said
            .into_iter()
            .filter_map(|s| {
                if let StatusCell::Status { named, by, .. } = s { Some((named, by)) } else { None }
            })
            .collect();
        if named.is_empty() {
            return Some(StatusCell::NoStatus);
        }
        let all_by_colour = named.iter().all(|(_, by)| matches!(by, StatusSource::Colour(_)));
        let dashed = !words.contains(['/', '\\', ',', '→', '&', '+', '\n'])
            && words.contains(['-', '–', '—']);
        // a dash between a state and words about it is for `head`
        if dashed && !all_by_colour {
            continue;
        }
        return Some(together(named));
    }
    None
}

/// Statuses that stand side by side: what only says where the work is gives way to how it goes.
pub(super) fn together(said: Vec<(NamedStatus<'_>, StatusSource)>) -> StatusCell<'_> {
    let goes = |named: &NamedStatus<'_>| {
        !named.is_in_progress()
            && matches!(
                named.category(),
                Some(Category::UnderWay | Category::AtRisk | Category::OnHold | Category::OffTrack)
            )
    };
    let gives_way = said.iter().any(|(named, _)| goes(named));
    let mut distinct: Vec<(NamedStatus<'_>, StatusSource)> = Vec::new();
    for (named, by) in said {
        let is_known = distinct.iter().any(|(known, _)| known.is_same(&named));
        let is_left_out = gives_way && named.is_in_progress();
        if !is_known && !is_left_out {
            distinct.push((named, by));
        }
    }
    if distinct.len() > 1 {
        return StatusCell::Several(distinct.into_iter().map(|(named, _)| named).collect());
    }
    distinct.pop().map_or(StatusCell::NoStatus, |(named, by)| StatusCell::Status {
        named,
        by,
        yet: None,
    })
}
