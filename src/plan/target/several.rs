//! Which of several dates in a cell counts.

use super::doubt::{DateDoubt, DoubtReason};
use super::parts::{CellDate, CellParts, DateRole, PhraseDays};

/// What counts in a cell.
pub(super) enum ChosenDate<'p, 'a> {
    /// One date, and what is to be reported of the others.
    One(&'p CellDate<'a>, Option<DateDoubt>),
    /// The stretch over several.
    All(PhraseDays),
    /// None that is in force.
    None,
}

/// Chooses among the dates of a cell, by the words around them.
pub(super) fn chosen<'p, 'a>(parts: &'p CellParts<'a>) -> ChosenDate<'p, 'a> {
    let dates = &parts.dates;
    let with = |role: DateRole| dates.iter().filter(move |d| d.role == role);
    if let Some(date) =
        dates.iter().rfind(|d| matches!(d.role, DateRole::InForce | DateRole::OldThenInForce))
    {
        let others = dates.iter().filter(|d| {
            !std::ptr::eq(*d, date)
                && matches!(d.role, DateRole::Plain | DateRole::Old | DateRole::InForce)
        });
        let diagnostics = match date.role {
            DateRole::OldThenInForce => Some(DateDoubt::revised_within(date.words)),
            _ => DateDoubt::replaced(others.map(|d| d.words), date.words),
        };
        return ChosenDate::One(date, diagnostics);
    }
    let plain: Vec<&CellDate<'a>> = with(DateRole::Plain).collect();
    let old = || with(DateRole::Old).map(|d| d.words);
    match plain.as_slice() {
        [] if old().next().is_some() => ChosenDate::None,
        [] => with(DateRole::Finished)
            .chain(with(DateRole::Aside))
            .next()
            .map_or(ChosenDate::None, |date| ChosenDate::One(date, None)),
        [date] => ChosenDate::One(date, DateDoubt::replaced(old(), date.words)),
        many => among(many, parts.counts_phases(many.len())),
    }
}

/// Several dates of which no word says which counts.
fn among<'p, 'a>(many: &[&'p CellDate<'a>], are_phases: bool) -> ChosenDate<'p, 'a> {
    let whole: Vec<(&CellDate<'a>, &PhraseDays)> =
        many.iter().filter_map(|d| Some((*d, d.days.as_ref()?))).collect();
    if whole.len() < many.len() {
        return without_year(many, &whole);
    }
    let spans = || whole.iter().map(|(_, days)| days.span());
    let inner = spans().map(|s| s.start).max().zip(spans().map(|s| s.due).min());
    // "Fri 30/9/11 (Sept 2011)": the most precise counts, if it lies within the others
    if let Some((date, _)) =
        whole.iter().find(|(_, days)| Some((days.span().start, days.span().due)) == inner)
    {
        return ChosenDate::One(date, None);
    }
    let (Some(first), Some(last)) =
        (spans().min_by_key(|s| s.start), spans().max_by_key(|s| s.due))
    else {
        return ChosenDate::None;
    };
    let mut why: Vec<DoubtReason> =
        whole.iter().flat_map(|(_, days)| days.why.iter().copied()).collect();
    let is_stretch = match many {
        // "starting Sept 2011, complete by Dec 2011", "Q1/Q2"
        [one, two] => (one.begins && !two.begins) || first.due.later(1) == Some(last.start),
        _ => false,
    };
    if !is_stretch {
        why.push(if are_phases { DoubtReason::Phases } else { DoubtReason::Several });
    }
    ChosenDate::All(PhraseDays { first, last: Some(last), why })
}

/// Several dates, some of them without a year: brackets may hold the whole date, or no more than a
/// remark on it.
fn without_year<'p, 'a>(
    many: &[&'p CellDate<'a>],
    whole: &[(&'p CellDate<'a>, &'p PhraseDays)],
) -> ChosenDate<'p, 'a> {
    match (whole, many.iter().find(|d| d.days.is_none())) {
        ([(date, days)], Some(yearless)) if date.bracketed && !yearless.bracketed => {
            let diagnostics = DateDoubt::about(
                yearless.words,
                &days.span().in_words(),
                &[DoubtReason::YearInBrackets],
            );
            ChosenDate::One(date, diagnostics.into_iter().next())
        }
        ([(date, _)], Some(yearless))
            if yearless.bracketed && !date.bracketed && many.len() == 2 =>
        {
            ChosenDate::One(date, None)
        }
        (_, Some(yearless)) => ChosenDate::One(yearless, None),
        (_, None) => ChosenDate::None,
    }
}
