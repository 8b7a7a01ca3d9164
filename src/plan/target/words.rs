//! The words that people use around dates, each with what it does in one.

use std::sync::LazyLock;

use super::months;
use crate::vocabulary::dates;

/// What a word does in a target date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
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
const MEANINGS: &[(&str, Word)] = &[
    ("monday", Word::Weekday(0)),
    ("tuesday", Word::Weekday(1)),
    ("wednesday", Word::Weekday(2)),
    ("thursday", Word::Weekday(3)),
    ("friday", Word::Weekday(4)),
    ("saturday", Word::Weekday(5)),
    ("sunday", Word::Weekday(6)),
    ("quarter", Word::Quarter),
    ("spring", Word::Season(Season::Spring)),
    ("summer", Word::Season(Season::Summer)),
    ("autumn", Word::Season(Season::Autumn)),
    ("winter", Word::Season(Season::Winter)),
    ("spring-term", Word::TermOf(Season::Spring)),
    ("summer-term", Word::TermOf(Season::Summer)),
    ("autumn-term", Word::TermOf(Season::Autumn)),
    ("term", Word::Term),
    ("half-term", Word::HalfTerm),
    ("half", Word::Half),
    ("first", Word::Nth(1)),
    ("second", Word::Nth(2)),
    ("third", Word::Nth(3)),
    ("fourth", Word::Nth(4)),
    ("count", Word::Count),
    ("financial-year", Word::FinancialYear),
    ("academic-year", Word::AcademicYear),
    ("year", Word::Year),
    ("early", Word::Early),
    ("middle", Word::Middle),
    ("late", Word::Late),
    ("end", Word::End),
    ("week-from", Word::WeekFrom),
    ("week-to", Word::WeekTo),
    ("christmas", Word::Christmas),
    ("easter", Word::Easter),
    ("to", Word::To),
    ("between", Word::Between),
    ("and", Word::And),
    ("from", Word::From),
    ("onwards", Word::Onwards),
    ("deadline", Word::By),
    ("beside", Word::Filler),
    ("at", Word::At),
    ("after-time", Word::AfterTime),
    ("in-force", Word::Now),
    ("earlier", Word::Was),
    ("complete", Word::Complete),
    ("done", Word::Done),
    ("reported-status", Word::Standing),
    ("not-settled", Word::Open),
    ("phase", Word::Phase),
    ("ongoing", Word::Ongoing),
    ("recurring", Word::Often),
    ("every", Word::Every),
    ("unit", Word::Unit),
    ("week", Word::Week),
    ("within", Word::Within),
    ("relative", Word::Relative),
    ("at-once", Word::AtOnce),
    ("report", Word::Report),
];

/// The words and phrases of the vocabulary by their first letter, the longest first. A space stands
/// for a space or a hyphen.
static BY_LETTER: LazyLock<[Vec<(&'static str, Word)>; 26]> = LazyLock::new(|| {
    let mut letters: [Vec<(&str, Word)>; 26] = std::array::from_fn(|_| Vec::new());
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
pub(super) fn first(text: &str) -> Option<(Word, usize)> {
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
        assert_eq!(first("to be confirmed by the board"), Some((Word::Open, 15)));
        assert_eq!(first("on-going"), Some((Word::Ongoing, 8)));
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
