//! The words that people use around dates, each with what it does in one.

use std::sync::LazyLock;

use super::months;
use crate::vocabulary::dates;

/// What a word does in a target date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateWord {
    /// A month, from 1.
    Month(i8),
    /// A month whose name is not spelt as it should be.
    Misspelt(i8),
    /// A day of the week, from 0 for Monday.
    Weekday(i8),
    Quarter,
    Season(Season),
    Term,
    /// "Michaelmas term": the school term that begins in a season.
    TermOf(Season),
    HalfTerm,
    Half,
    /// "first" to "fourth", from 1.
    Nth(i8),
    /// "one" to "twelve", as in "within three months".
    Count,
    FinancialYear,
    AcademicYear,
    Year,
    /// "early", "beginning of"
    Early,
    /// "mid"
    Middle,
    /// "late"
    Late,
    /// "end": what a month or quarter names is due at its end anyway.
    End,
    WeekFrom,
    WeekTo,
    Christmas,
    Easter,
    To,
    Between,
    And,
    /// "from", "starting": what begins then.
    From,
    /// "onwards"
    Onwards,
    /// "by", "due": the date that follows is a deadline.
    By,
    /// "on", "in": changes nothing.
    Filler,
    /// "at", before a time of day.
    At,
    /// "am", "pm", "Z"
    AfterTime,
    /// "revised to", "now": the date that follows is in force.
    Now,
    /// "was", "originally": the date that follows no longer counts.
    Was,
    /// "complete": said of what has been done, but before a date mostly of what is to be.
    Complete,
    /// "completed", "met"
    Done,
    /// "overdue", "on track": how the action stands, without being done.
    Standing,
    /// "TBC", "approx.": the date is not settled.
    Open,
    /// "phase", before its number.
    Phase,
    Ongoing,
    /// "monthly", "annually"
    Often,
    /// "every", "each", "per"
    Every,
    /// "days", "weeks", "meeting": what is counted or comes again.
    Unit,
    /// "week", which may have a number of its own.
    Week,
    /// "within": counted from something else, unless a date follows.
    Within,
    /// "after", "next": counted from something else.
    Relative,
    /// "immediately", "ASAP"
    AtOnce,
    /// "update", "position": what the header of a column of reports says beside its date.
    Report,
}

/// A part of the year, or the school term that begins in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// The names that `vocabulary/dates.toml` gives to meanings.
const MEANINGS: &[(&str, DateWord)] = &[
    ("monday", DateWord::Weekday(0)),
    ("tuesday", DateWord::Weekday(1)),
    ("wednesday", DateWord::Weekday(2)),
    ("thursday", DateWord::Weekday(3)),
    ("friday", DateWord::Weekday(4)),
    ("saturday", DateWord::Weekday(5)),
    ("sunday", DateWord::Weekday(6)),
    ("quarter", DateWord::Quarter),
    ("spring", DateWord::Season(Season::Spring)),
    ("summer", DateWord::Season(Season::Summer)),
    ("autumn", DateWord::Season(Season::Autumn)),
    ("winter", DateWord::Season(Season::Winter)),
    ("spring-term", DateWord::TermOf(Season::Spring)),
    ("summer-term", DateWord::TermOf(Season::Summer)),
    ("autumn-term", DateWord::TermOf(Season::Autumn)),
    ("term", DateWord::Term),
    ("half-term", DateWord::HalfTerm),
    ("half", DateWord::Half),
    ("first", DateWord::Nth(1)),
    ("second", DateWord::Nth(2)),
    ("third", DateWord::Nth(3)),
    ("fourth", DateWord::Nth(4)),
    ("count", DateWord::Count),
    ("financial-year", DateWord::FinancialYear),
    ("academic-year", DateWord::AcademicYear),
    ("year", DateWord::Year),
    ("early", DateWord::Early),
    ("middle", DateWord::Middle),
    ("late", DateWord::Late),
    ("end", DateWord::End),
    ("week-from", DateWord::WeekFrom),
    ("week-to", DateWord::WeekTo),
    ("christmas", DateWord::Christmas),
    ("easter", DateWord::Easter),
    ("to", DateWord::To),
    ("between", DateWord::Between),
    ("and", DateWord::And),
    ("from", DateWord::From),
    ("onwards", DateWord::Onwards),
    ("deadline", DateWord::By),
    ("beside", DateWord::Filler),
    ("at", DateWord::At),
    ("after-time", DateWord::AfterTime),
    ("in-force", DateWord::Now),
    ("earlier", DateWord::Was),
    ("complete", DateWord::Complete),
    ("done", DateWord::Done),
    ("reported-status", DateWord::Standing),
    ("not-settled", DateWord::Open),
    ("phase", DateWord::Phase),
    ("ongoing", DateWord::Ongoing),
    ("recurring", DateWord::Often),
    ("every", DateWord::Every),
    ("unit", DateWord::Unit),
    ("week", DateWord::Week),
    ("within", DateWord::Within),
    ("relative", DateWord::Relative),
    ("at-once", DateWord::AtOnce),
    ("report", DateWord::Report),
];

/// The words and phrases of the vocabulary by their first letter, the longest first. A space stands
/// for a space or a hyphen.
static BY_LETTER: LazyLock<[Vec<(&'static str, DateWord)>; 26]> = LazyLock::new(|| {
    let mut letters: [Vec<(&str, DateWord)>; 26] = std::array::from_fn(|_| Vec::new());
    for (meaning, phrase) in dates::phrases() {
        let word = MEANINGS.iter().find(|(name, _)| *name == meaning).map(|(_, word)| *word);
        if let Some((word, letter)) = word.zip(position(phrase)) {
            letters[letter].push((phrase, word));
        }
    }
    for phrases in &mut letters {
        phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    letters
});

/// Where the letter that words begin with stands in the alphabet, from 0.
fn position(words: &str) -> Option<usize> {
    words.bytes().next().filter(u8::is_ascii_lowercase).map(|letter| usize::from(letter - b'a'))
}

/// The word that a text in lower case begins with, and its length in bytes; `None` for a word that
/// has nothing to do with dates.
pub(super) fn first(text: &str) -> Option<(DateWord, usize)> {
    let candidates = position(text).map_or(&[][..], |letter| BY_LETTER[letter].as_slice());
    let mut known =
        candidates.iter().filter_map(|(phrase, word)| Some((*word, begins_with(text, phrase)?)));
    known.next().or_else(|| {
        let length = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
        text.get(..length).and_then(months::named).map(|word| (word, length))
    })
}

/// How many bytes of a text a phrase takes, if the text begins with it.
fn begins_with(text: &str, phrase: &str) -> Option<usize> {
    let alike = |(a, b): (u8, u8)| a == b || (b == b' ' && a == b'-');
    let fits = text.len() >= phrase.len() && text.bytes().zip(phrase.bytes()).all(alike);
    let rest = text.get(phrase.len()..).filter(|_| fits)?;
    (!rest.starts_with(char::is_alphabetic)).then_some(phrase.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_taken() {
        assert_eq!(first("to be confirmed by the board"), Some((DateWord::Open, 15)));
        assert_eq!(first("on-going"), Some((DateWord::Ongoing, 8)));
        assert_eq!(first("ontario"), None);
    }

    #[test]
    fn every_phrase_of_the_vocabulary_has_a_meaning() {
        let known = BY_LETTER.iter().map(Vec::len).sum::<usize>();
        assert_eq!(known, dates::phrases().count());
        for (meaning, _) in MEANINGS {
            assert!(dates::phrases().any(|(name, _)| name == *meaning), "{meaning}");
        }
    }
}
