//! What an update says outright of how its action stands.

use super::StateMeaning;
use crate::plan::{Target, target};
use crate::vocabulary::{normalize, updates};

/// The most words of a part of the work that "on track" is said of.
const MOST_OF_SUBJECT: usize = 3;

/// What an update says outright of its action, and the words that say so.
///
/// "Plans amended" and "to be completed" tell of work, not of how the action stands; questions and
/// conditions tell nothing. An update that says two different things says nothing, unless one of
/// them is that the action is complete and none that it was reopened.
pub(crate) fn said_in_update(text: &str) -> Option<(StateMeaning, String)> {
    if let Some(words) = completion_words(text).or_else(|| done_on_a_day(text)) {
        let is_taken_back = normalize(text).split(' ').any(updates::reopens);
        return (!is_taken_back).then(|| (StateMeaning::Complete, words.to_owned()));
    }
    let mut found: Option<(StateMeaning, String)> = None;
    for clause in clauses(text) {
        let Some((meaning, words)) = said_in_clause(clause) else { continue };
        match &found {
            Some((known, _)) if *known != meaning => return None,
            Some(_) => {}
            None => found = Some((meaning, words)),
        }
    }
    found
}

/// The parts of a text between punctuation; questions are none of them.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', ';', ',', ':', '(', ')', '\n', '–', '—', '!', '?'])
        .filter(|part| !part.ends_with('?'))
        .map(|part| part.trim_end_matches(['.', ';', ',', ':', '(', ')', '\n', '–', '—', '!']))
        .flat_map(|part| part.split(" - "))
        .filter(|part| !part.trim().is_empty())
}

fn said_in_clause(clause: &str) -> Option<(StateMeaning, String)> {
    const MOST_LEADS: usize = 8;
    let mut words = Vec::new();
    let mut at = 0;
    for word in clause.split_whitespace() {
        let start = clause[at..].find(word).map_or(at, |found| at + found);
        at = start + word.len();
        words.push((start, at, word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()));
        if words.len() > MOST_LEADS + 4 {
            break;
        }
    }
    let first = words.iter().take(MOST_LEADS).position(|(_, _, word)| !updates::is_lead(word))?;
    let at = |first: usize| said_at(clause, &words, first);
    // "Reporting on track to meet target date": the subject of "on track" may be any part of the
    // work
    let of_part = |first: usize| at(first).filter(|(meaning, _)| *meaning == StateMeaning::OnTrack);
    at(first).or_else(|| {
        let subject = (first..words.len())
            .take(MOST_OF_SUBJECT)
            .take_while(|i| !updates::denies(&words[*i].2));
        subject.into_iter().find_map(|i| of_part(i + 1))
    })
}

/// What a clause says from one of its words on; of each word, where it begins and ends, and what it
/// is.
fn said_at(
    clause: &str,
    words: &[(usize, usize, String)],
    first: usize,
) -> Option<(StateMeaning, String)> {
    let rest = words.get(first..)?;
    updates::says_from(&rest.first()?.2).find_map(|(id, phrases)| {
        let longest = phrases.filter(|phrase| {
            let mut expected = phrase.split(' ');
            let mut here = rest.iter();
            expected.all(|word| here.next().is_some_and(|(_, _, own)| own == word))
        });
        let phrase = longest.max_by_key(|phrase| phrase.len())?;
        let meaning = StateMeaning::of_id(id)?;
        let (phrase, after) = rest.split_at(phrase.split(' ').count());
        let last = phrase.last()?;
        // "on track but at risk", "on track to deliver late"; the bed of a railway track
        let goes_on = after.first().is_none_or(|(_, _, word)| updates::follows(word));
        if !goes_on || after.iter().any(|(_, _, word)| updates::limits(word)) {
            return None;
        }
        Some((
            meaning,
            clause[rest.first()?.0..last.1].trim_matches(|c: char| !c.is_alphanumeric()).to_owned(),
        ))
    })
}

/// The words of an update that say the action has been done, if it does.
fn completion_words(text: &str) -> Option<&str> {
    if !updates::may_say_complete(text) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    updates::complete().iter().find_map(|words| {
        lower.match_indices(words.as_str()).find_map(|(at, _)| {
            let (start, after) =
                (lower[..at].rfind(['.', ';', '(', '\n']).map_or(0, |i| i + 1), at + words.len());
            let end =
                lower[after..].find(['.', ';', ')', '\n', '?']).map_or(lower.len(), |i| after + i);
            let is_asked = lower[end..].starts_with('?');
            let mut around = lower[start..at]
                .split(|c: char| !c.is_alphanumeric())
                .chain(lower[after..end].split(|c: char| !c.is_alphanumeric()));
            let is_denied = is_asked || around.any(updates::makes_completion_doubtful);
            let is_whole = !lower[after..].starts_with(|c: char| c.is_alphanumeric());
            (is_whole && !is_denied).then(|| &text[at..after])
        })
    })
}

/// A word for complete and a date, which are all of an update or its first line: "Completed May
/// 2026".
fn done_on_a_day(text: &str) -> Option<&str> {
    let line = text.trim().lines().next()?.trim().trim_end_matches('.');
    let (word, rest) = line.split_once(char::is_whitespace)?;
    let is_done = super::of_words(&normalize(word))
        == Some(super::StatusWordMeaning::Means(StateMeaning::Complete));
    let read = || Target::read(rest.trim_start_matches(['-', '–', '—', ':', ' ']));
    (is_done && target::alone(&read()).is_some()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_say_so_outright_are_a_status() {
        for (text, expected) in [
            ("Key documents amended (action complete).", "complete: action complete"),
            ("Action completed.", "complete: Action completed"),
            ("Already actioned (Aug 11).", "complete: Already actioned"),
            ("Baseline completed; audit to follow.", ""),
            ("Not all of the action complete.", ""),
            ("To be reported once action complete", ""),
            ("Data systems being reviewed.", ""),
            ("Action on track for completion by target date.", "on-track: on track"),
            ("Draft written, on track for March", "on-track: on track"),
            ("Work is currently behind schedule", "at-risk: behind schedule"),
            ("This action has been delayed by the move.", "at-risk: delayed"),
            ("The training was delayed by the move.", ""),
            ("Reporting on track to meet target date", "on-track: on track"),
            ("To be on track by May", ""),
            ("Not on track", "off-track: Not on track"),
            ("No progress this quarter", "not-started: No progress"),
            ("Action not yet started", "not-started: not yet started"),
            ("On track, but delayed", ""),
            ("On track but at risk of slipping", ""),
            ("Project is on track to deliver late", ""),
            ("Rail link on track bed survey done", ""),
            ("On track for May", "on-track: On track"),
            ("Is it on track?", ""),
            ("Is the action complete?", ""),
            ("Stuart to confirm whether action complete", ""),
            ("Action complete subject to sign off", ""),
            ("Action completed. Reopened as the audit failed", ""),
            ("Action complete in all schools.", "complete: Action complete"),
            ("Completed May 2026", "complete: Completed May 2026"),
            ("Done - 12/05/2026\nCertificates filed", "complete: Done - 12/05/2026"),
            ("Completed surveys by May 2026", ""),
            ("Kept on track by weekly meetings", ""),
        ] {
            let said = said_in_update(text)
                .map(|(meaning, words)| format!("{}: {words}", meaning.id()))
                .unwrap_or_default();
            assert_eq!(said, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_update_is_too_odd(text in "([a-zA-Z ]{0,6}(on track|delayed|action complete| - |[.,;(]|É|İ|\\PC)?){0,8}") {
            let _ = said_in_update(&text);
        }
    }
}
