//! What the words of a status cell say: by the plan's own scheme first, then by the words that people use.
//!
//! Words before a dash, a bracket or a comma count first: "Amber (slipped)", "Complete – awaiting sign off". Where two states are
//! named, as in "Amber to Green", none is chosen.

use super::meaning::{self, Meaning, Verdict};
use super::percent;
use crate::plan::hue::Hue;
use crate::plan::{Scheme, State, Target, TargetKind};
use crate::table::folded;

/// Words longer than this, in bytes, are a status only if they begin with one.
const LONGEST: usize = 160;

/// What the words of a status cell say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said<'a> {
    /// There are no words.
    Nothing,
    /// This state.
    State {
        state: &'a State,
        /// What told it.
        by: By,
        /// A state of another meaning that the words after it name.
        yet: Option<&'a State>,
    },
    /// Where the work is, but not whether its date will be met.
    Open(By),
    /// Two states or more, none of them before the other.
    Several(Vec<&'a State>),
    /// Nothing that is understood here, or a meaning for which the scheme has no state.
    Unread,
}

/// What a status was told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// A colour's name or letter.
    Colour(Hue),
    /// Words of the scheme, or words for a state.
    Words,
    /// Yes or no, to the question that the header asks.
    Answer,
}

/// Reads the words of a status cell in a column with this header.
pub(crate) fn read<'a>(words: &str, header: &str, scheme: &'a Scheme) -> Said<'a> {
    const MARKS: &[char] = &['✓', '✔', '☑', '✗', '✘', '☒', '?'];
    let words = words.trim();
    if !words.contains(|c: char| c.is_alphanumeric() || MARKS.contains(&c)) {
        return Said::Nothing;
    }
    answer(words, header, scheme)
        .or_else(|| alone(words, scheme))
        .or_else(|| in_turn(words, scheme))
        .or_else(|| head(words, scheme))
        .or_else(|| beginning(words, scheme))
        .unwrap_or(Said::Unread)
}

/// The state of the scheme with a hue: the only one, or the one whose label begins with the hue's name.
pub(crate) fn of_hue(hue: Hue, scheme: &Scheme) -> Option<&State> {
    let shades: Vec<&State> = scheme.states.iter().filter(|s| Hue::of(s.colour) == Some(hue)).collect();
    let named = |state: &&&State| folded(&state.label).split(' ').next().and_then(Hue::named) == Some(hue);
    match shades.as_slice() {
        [only] => Some(only),
        several => several.iter().find(named).copied().or_else(|| scheme.states.iter().find(|s| named(&s))),
    }
}

/// Yes or no, where the header asks: "Complete?", "Done Y/N".
fn answer<'a>(words: &str, header: &str, scheme: &'a Scheme) -> Option<Said<'a>> {
    let asked = asked(header)?;
    let first = words.split([' ', ',', '-', '–', '—', '(', ':', '.', '\n']).next().unwrap_or(words);
    match first.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "✓" | "✔" | "☑" => {
            scheme.state(asked.id()).map(|state| Said::State { state, by: By::Answer, yet: None })
        }
        "no" | "n" | "false" | "0" | "✗" | "✘" | "☒" => Some(Said::Open(By::Answer)),
        _ => None,
    }
}

/// What a header asks about, if a yes or no can answer it.
fn asked(header: &str) -> Option<Meaning> {
    const BEFORE: &[&str] = &["is it ", "is this ", "is the action ", "action ", "task ", "milestone ", "item "];
    const AFTER: &[&str] = &[" y n", " yes no", " y or n", " yes or no", " true false"];
    if header.contains('%') {
        return None;
    }
    let header = folded(header);
    let header = BEFORE.iter().find_map(|words| header.strip_prefix(words)).unwrap_or(&header);
    let header = AFTER.iter().find_map(|words| header.strip_suffix(words)).unwrap_or(header);
    match meaning::of_words(header) {
        Some(Verdict::Means(meaning)) => Some(meaning),
        _ => None,
    }
}

/// Words that are a status and nothing else.
pub(super) fn alone<'a>(words: &str, scheme: &'a Scheme) -> Option<Said<'a>> {
    const BEFORE: &[&str] = &["now ", "currently ", "still ", "all ", "rated ", "rag ", "brag ", "status ", "rag rating ", "rag status "];
    const MOST: usize = 3;
    if words.len() > LONGEST {
        return None;
    }
    let folded = folded(words);
    let mut rest = folded.as_str();
    for _ in 0..MOST {
        if let Some(said) = exactly(rest, scheme) {
            return Some(said);
        }
        let Some(shorter) = BEFORE.iter().find_map(|before| rest.strip_prefix(before)) else { break };
        rest = shorter;
    }
    let percent = percent::in_words(words)?;
    if percent >= 100.0 {
        meant(Meaning::Complete, scheme)
    } else if percent <= 0.0 {
        meant(Meaning::NotStarted, scheme)
    } else {
        Some(Said::Open(By::Words))
    }
}

fn exactly<'a>(words: &str, scheme: &'a Scheme) -> Option<Said<'a>> {
    let state = |state, by| Some(Said::State { state, by, yet: None });
    let hue = Hue::named(words);
    let by = hue.map_or(By::Words, By::Colour);
    if let Some(own) = scheme.states.iter().find(|s| is_folded(&s.label, words) || is_folded(&s.id, words)) {
        return state(own, by);
    }
    if let Some(defined) = scheme.states.iter().find(|s| is_folded(&s.definition, words)) {
        return state(defined, By::Words);
    }
    if let Some(hue) = hue {
        return state(of_hue(hue, scheme)?, by);
    }
    match meaning::of_words(words)? {
        Verdict::Means(meaning) => meant(meaning, scheme),
        Verdict::Open => Some(Said::Open(By::Words)),
    }
}

/// Whether folded words are what a text folds to; the first letter decides most of the time.
fn is_folded(text: &str, words: &str) -> bool {
    let first = |text: &str| text.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.to_lowercase().next());
    !words.is_empty() && first(text) == first(words) && folded(text) == words
}

fn meant(meaning: Meaning, scheme: &Scheme) -> Option<Said<'_>> {
    scheme.state(meaning.id()).map(|state| Said::State { state, by: By::Words, yet: None })
}

/// Several statuses, one after the other: "Red/Amber", "Amber to Green", "Done, closed".
fn in_turn<'a>(words: &str, scheme: &'a Scheme) -> Option<Said<'a>> {
    const BETWEEN: &[&str] = &["/", "\\", ",", "->", "→", "&", "+", " moving to ", " going to ", " to ", " and ", " or "];
    const MOST: usize = 4;
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
        let parts: Vec<&str> = parted.split('\n').filter(|p| !p.trim().is_empty()).take(MOST + 1).collect();
        if !(2..=MOST).contains(&parts.len()) {
            continue;
        }
        let Some(said) = parts.iter().map(|part| alone(part, scheme)).collect::<Option<Vec<_>>>() else { continue };
        let all_by_colour = said.iter().all(|s| matches!(s, Said::State { by: By::Colour(_), .. }));
        let dashed = !words.contains(['/', '\\', ',', '→', '&', '+']) && words.contains(['-', '–', '—']);
        // a dash between a state and words about it is for `head`
        if dashed && !all_by_colour {
            continue;
        }
        return Some(together(said));
    }
    None
}

/// Statuses that stand side by side: what only says where the work is gives way.
fn together(said: Vec<Said<'_>>) -> Said<'_> {
    let mut states: Vec<Said<'_>> = Vec::new();
    for one in said {
        let known = |it: &Said<'_>| matches!((it, &one), (Said::State { state: a, .. }, Said::State { state: b, .. }) if a.id == b.id);
        if matches!(one, Said::State { .. }) && !states.iter().any(known) {
            states.push(one);
        }
    }
    match states.len() {
        0 => Said::Open(By::Words),
        1 => states.remove(0),
        _ => Said::Several(states.into_iter().filter_map(|s| if let Said::State { state, .. } = s { Some(state) } else { None }).collect()),
    }
}

/// The words before the first mark, where those after it say more of the same: "Amber (slipped)", "In progress – on track".
fn head<'a>(words: &str, scheme: &'a Scheme) -> Option<Said<'a>> {
    const NAMES: &[&str] = &["status", "current status", "rag", "brag", "rag rating", "brag rating", "rag status", "brag status", "rating"];
    let (before, after) = cut(words)?;
    let reads = |words: &str| alone(words, scheme).or_else(|| in_turn(words, scheme));
    if NAMES.contains(&folded(before).as_str()) {
        return reads(after).or_else(|| beginning(after, scheme));
    }
    let after = after.trim_end_matches([')', ']']);
    let said = reads(before).or_else(|| beginning(before, scheme))?;
    let more = || alone(after, scheme);
    match said {
        Said::State { state, by, .. } => {
            let contradicts = |more: &Said<'a>| match more {
                Said::State { state: other, by, .. } if other.id != state.id => {
                    (matches!(by, By::Colour(_)) || other.id == Meaning::Complete.id()).then_some(*other)
                }
                _ => None,
            };
            let yet = more().as_ref().and_then(contradicts);
            Some(Said::State { state, by, yet })
        }
        Said::Open(by) => Some(more().filter(|m| matches!(m, Said::State { .. })).unwrap_or(Said::Open(by))),
        other => Some(other),
    }
}

/// The words before the first mark that ends a status, and those after it.
fn cut(words: &str) -> Option<(&str, &str)> {
    const MARKS: &[&str] = &[" - ", " -", "- ", "–", "—", "(", "[", ":", ";", ",", ".", "\n", "|"];
    let (at, mark) = MARKS.iter().filter_map(|mark| words.find(mark).map(|at| (at, mark))).min_by_key(|(at, _)| *at)?;
    let (before, after) = (words[..at].trim(), words[at + mark.len()..].trim());
    (!before.is_empty() && !after.is_empty()).then_some((before, after))
}

/// A status at the beginning of words that go on with a date or with more of the same: "Completed Sept 2011", "Green on track".
fn beginning<'a>(words: &str, scheme: &'a Scheme) -> Option<Said<'a>> {
    const MOST: usize = 4;
    let ends: Vec<usize> = words.match_indices(char::is_whitespace).map(|(at, _)| at).take(MOST).collect();
    ends.into_iter().rev().find_map(|end| {
        let rest = words[end..].trim();
        let said = alone(&words[..end], scheme)?;
        match (&said, alone(rest, scheme)) {
            (Said::State { state, .. }, _) if state.id == Meaning::Complete.id() && is_dated(rest) => Some(said),
            (Said::State { state: a, .. }, Some(Said::State { state: b, .. })) if a.id == b.id => Some(said),
            (Said::Open(_), Some(more @ Said::State { .. })) => Some(more),
            _ => None,
        }
    })
}

/// Whether words are a date and nothing else, as in "(completed) on 3 May 2012".
fn is_dated(words: &str) -> bool {
    let date = ["on ", "in "].iter().find_map(|before| words.strip_prefix(before)).unwrap_or(words);
    let read = Target::read(date);
    !date.starts_with("by ")
        && read.start.is_some()
        && matches!(read.kind, TargetKind::Day | TargetKind::Month | TargetKind::Quarter | TargetKind::Term | TargetKind::Year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Colour;

    /// What is said, in a word: an id, "open", "several", "unread", "nothing".
    fn told(words: &str, header: &str, scheme: &Scheme) -> String {
        match read(words, header, scheme) {
            Said::Nothing => "nothing".to_owned(),
            Said::State { state, yet: None, .. } => state.id.clone(),
            Said::State { state, yet: Some(other), .. } => format!("{}, yet {}", state.id, other.id),
            Said::Open(_) => "open".to_owned(),
            Said::Several(states) => states.iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join(" or "),
            Said::Unread => "unread".to_owned(),
        }
    }

    #[test]
    fn the_words_that_people_use_are_read() {
        let scheme = Scheme::default();
        for (all, expected) in [
            ("Complete|COMPLETED|Done.|closed|Fully implemented|Action complete|B|Blue|100%|100 % complete|Now complete", "complete"),
            (
                "Completed Sept 2011|Complete – awaiting sign off|Completed: 12/09/11|Closed on 3 May 2012|Done/closed|(Complete)",
                "complete",
            ),
            ("Complete, evidence filed|Complete - Sept 2011|Completed (see minutes)|Status: complete|Completed 12/09/2011", "complete"),
            ("Green|g|GREEN - on track|On target|on-track|Green on track|Green (improving)|In progress – on track|RAG: G", "on-track"),
            ("Amber|A|yellow|Amber (slipped)|Behind schedule|Slipped|DELAYED|Some slippage|In progress/delayed", "at-risk"),
            ("Red|R|Overdue|late|RED!|Red: no funding|Off track", "off-track"),
            ("Not started|NOT-STARTED|Not yet started|0%|Grey|To do", "not-started"),
            ("In progress|in-progress|Ongoing|New|Open|Escalated|On hold|Superseded|85%|N/A|Partially complete|Not complete|TBC", "open"),
            ("Red/Amber|R/A|R-A|Red – Amber", "off-track or at-risk"),
            ("Amber to Green|Amber moving to Green|Amber → Green|A-G|amber/green (improving)", "at-risk or on-track"),
            ("Complete/Amber", "complete or at-risk"),
            ("Green - complete|Green (complete)", "on-track, yet complete"),
            ("-|–|...|", "nothing"),
            ("see minutes|To be completed|Complete by Sept 2011|Nearly there|Red tape removed|?|No|1|Not on track", "unread"),
        ] {
            for words in all.split('|') {
                assert_eq!(told(words, "Status", &scheme), expected, "{words}");
            }
        }
    }

    #[test]
    fn a_header_that_asks_is_answered() {
        let scheme = Scheme::default();
        for (header, words, expected) in [
            ("Complete?", "Yes", "complete"),
            ("Complete?", "y", "complete"),
            ("Done", "TRUE", "complete"),
            ("Completed (Y/N)", "1", "complete"),
            ("Complete", "✓", "complete"),
            ("Complete?", "Yes - June", "complete"),
            ("Complete?", "No", "open"),
            ("Done?", "0", "open"),
            ("Complete?", "FALSE", "open"),
            ("Complete?", "Partly complete", "open"),
            ("On track?", "Yes", "on-track"),
            ("On track?", "No", "open"),
            ("Status", "Yes", "unread"),
            ("% complete", "1", "unread"),
        ] {
            assert_eq!(told(words, header, &scheme), expected, "{header}: {words}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_words_are_too_odd(words in "([a-zA-Z0-9 ]{0,6}(red|Amber|done|in progress| - | – |/|\\(|\\)|,|→|\n|É|İ|%| to |\\PC)?){0,8}") {
            let scheme = Scheme::default();
            for header in ["Status", "Complete?"] {
                let _ = read(&words, header, &scheme);
            }
        }
    }

    #[test]
    fn a_long_cell_takes_no_longer_than_its_words() {
        let scheme = Scheme::default();
        for words in ["now ", "red/", "Red - ", "a, ", "complete "] {
            let _ = read(&words.repeat(50_000), "Status", &scheme);
        }
    }

    #[test]
    fn a_declared_scheme_is_read_before_the_usual_words() {
        let state = |id: &str, label: &str, colour, definition: &str| State {
            id: id.to_owned(),
            label: label.to_owned(),
            category: None,
            colour,
            definition: definition.to_owned(),
        };
        let scheme = Scheme {
            name: "RAG".to_owned(),
            states: vec![
                state("complete", "Green", Colour::new(0, 0xb0, 0x50), "Action complete"),
                state("in-hand", "Amber", Colour::new(0xff, 0xc0, 0), "In hand"),
                state("stuck", "Parked", Colour::new(0xff, 0, 0), "Waits for others"),
            ],
        };
        for (words, expected) in [
            ("Green", "complete"),
            ("G", "complete"),
            ("Done", "complete"),
            ("A", "in-hand"),
            ("in hand", "in-hand"),
            ("Parked", "stuck"),
            ("R", "stuck"),
            ("Parked (since May)", "stuck"),
            ("Blue", "unread"),
            ("On track", "unread"),
        ] {
            assert_eq!(told(words, "", &scheme), expected, "{words}");
        }
    }
}
