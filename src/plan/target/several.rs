//! Which of several dates in a cell counts.

use super::doubt::{Doubt, Why};
use super::parts::{Dated, Days, Parts, Role};

/// What counts in a cell.
pub(super) enum Chosen<'p, 'a> {
    /// One date, and what there is to tell of the others.
    One(&'p Dated<'a>, Option<Doubt>),
    /// The stretch over several.
    All(Days),
    /// None that is in force.
    None,
}

/// Chooses among the dates of a cell, by the words around them.
pub(super) fn chosen<'p, 'a>(parts: &'p Parts<'a>) -> Chosen<'p, 'a> {
    let dates = &parts.dates;
    let with = |role: Role| dates.iter().filter(move |d| d.role == role);
    if let Some(date) =
        dates.iter().rfind(|d| matches!(d.role, Role::InForce | Role::OldThenInForce))
    {
        let others = dates.iter().filter(|d| {
            !std::ptr::eq(*d, date) && matches!(d.role, Role::Plain | Role::Old | Role::InForce)
        });
        let told = match date.role {
            Role::OldThenInForce => Some(Doubt::revised_within(date.words)),
            _ => Doubt::replaced(others.map(|d| d.words), date.words),
        };
        return Chosen::One(date, told);
    }
    let plain: Vec<&Dated<'a>> = with(Role::Plain).collect();
    let old = || with(Role::Old).map(|d| d.words);
    match plain.as_slice() {
        [] if old().next().is_some() => Chosen::None,
        [] => with(Role::Finished)
            .chain(with(Role::Aside))
            .next()
            .map_or(Chosen::None, |date| Chosen::One(date, None)),
        [date] => Chosen::One(date, Doubt::replaced(old(), date.words)),
        many => among(many, parts.counts_phases(many.len())),
    }
}

/// Several dates of which no word says which counts.
fn among<'p, 'a>(many: &[&'p Dated<'a>], are_phases: bool) -> Chosen<'p, 'a> {
    let whole: Vec<(&Dated<'a>, &Days)> =
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
        return Chosen::One(date, None);
    }
    let (Some(first), Some(last)) =
        (spans().min_by_key(|s| s.start), spans().max_by_key(|s| s.due))
    else {
        return Chosen::None;
    };
    let mut why: Vec<Why> = whole.iter().flat_map(|(_, days)| days.why.iter().copied()).collect();
    let is_stretch = match many {
        // "starting Sept 2011, complete by Dec 2011", "Q1/Q2"
        [one, two] => (one.begins && !two.begins) || first.due.later(1) == Some(last.start),
        _ => false,
    };
    if !is_stretch {
        why.push(if are_phases { Why::Phases } else { Why::Several });
    }
    Chosen::All(Days { first, last: Some(last), why })
}

/// Several dates, some of them without a year: brackets may hold the whole date, or no more than a
/// remark on it.
fn without_year<'p, 'a>(
    many: &[&'p Dated<'a>],
    whole: &[(&'p Dated<'a>, &'p Days)],
) -> Chosen<'p, 'a> {
    match (whole, many.iter().find(|d| d.days.is_none())) {
        ([(date, days)], Some(yearless)) if date.bracketed && !yearless.bracketed => {
            let told =
                Doubt::about(yearless.words, &days.span().in_words(), &[Why::YearInBrackets]);
            Chosen::One(date, told.into_iter().next())
        }
        ([(date, _)], Some(yearless))
            if yearless.bracketed && !date.bracketed && many.len() == 2 =>
        {
            Chosen::One(date, None)
        }
        (_, Some(yearless)) => Chosen::One(yearless, None),
        (_, None) => Chosen::None,
    }
}
