//! The date in a sentence: "Discuss by July 2017".

use super::parts::{Dated, Days, Part, Parts, Role};
use super::tokens::Token;
use super::words::Word;

/// The date by which a sentence says that something is due.
pub(super) struct Deadline<'p, 'a> {
    pub(super) date: &'p Dated<'a>,
    pub(super) days: &'p Days,
    /// Whether the sentence has other dates that it may be due by.
    pub(super) several: bool,
}

/// The only date of a sentence, or the last of several.
pub(super) fn deadline<'p, 'a>(parts: &'p Parts<'a>) -> Option<Deadline<'p, 'a>> {
    let all: Vec<(&Dated<'a>, &Days)> = (0..parts.all.len()).filter_map(|at| candidate(parts, at)).collect();
    let of_role = |role: Role| all.iter().filter(move |(date, _)| date.role == role);
    if let Some((date, days)) = of_role(Role::InForce).last() {
        return Some(Deadline { date, days, several: of_role(Role::InForce).count() > 1 });
    }
    let one_of = |role: Role| {
        let (date, days) = of_role(role).max_by_key(|(_, days)| days.span().due)?;
        Some(Deadline { date, days, several: of_role(role).count() > 1 })
    };
    one_of(Role::Plain).or_else(|| one_of(Role::Finished)).or_else(|| one_of(Role::Aside))
}

/// The date at a part of a sentence, if something may be due by it.
fn candidate<'p, 'a>(parts: &'p Parts<'a>, at: usize) -> Option<(&'p Dated<'a>, &'p Days)> {
    let Some(Part::Date(i)) = parts.all.get(at) else { return None };
    let date = parts.dates.get(*i)?;
    let days = date.days.as_ref()?;
    let before = at.checked_sub(1).and_then(|before| parts.all.get(before));
    let is_counted_from = matches!(before, Some(Part::Says(Token::Word(Word::Relative))));
    let only_begins = date.begins && days.last.is_none();
    // a year may be any number, and part of a name: it needs a preposition before it and no word behind it
    let leads = matches!(before, Some(Part::Says(Token::Word(Word::By | Word::Filler | Word::To | Word::Within))));
    let ends = matches!(parts.all.get(at + 1), None | Some(Part::Says(Token::Break | Token::Close)));
    let is_date = !date.year_only || (leads && ends);
    (is_date && !is_counted_from && !only_begins).then_some((date, days))
}
