//! The words that people use around dates, each with what it does in one.

use std::sync::LazyLock;

use super::months;

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
    /// "by", "on", "due": changes nothing.
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

/// Every word and phrase but the months, in lower case. A space stands for a space or a hyphen; the longest that fits is taken.
const WORDS: &[(Word, &[&str])] = &[
    (Word::Weekday(0), &["monday", "mon"]),
    (Word::Weekday(1), &["tuesday", "tues", "tue"]),
    (Word::Weekday(2), &["wednesday", "weds", "wed"]),
    (Word::Weekday(3), &["thursday", "thurs", "thur", "thu"]),
    (Word::Weekday(4), &["friday", "fri"]),
    (Word::Weekday(5), &["saturday", "sat"]),
    (Word::Weekday(6), &["sunday", "sun"]),
    (Word::Quarter, &["quarter", "qtr", "q"]),
    (Word::Season(Season::Spring), &["spring", "spr"]),
    (Word::Season(Season::Summer), &["summer"]),
    (Word::Season(Season::Autumn), &["autumn", "aut", "fall"]),
    (Word::Season(Season::Winter), &["winter"]),
    (Word::Term, &["term", "terms"]),
    (Word::HalfTerm, &["half term"]),
    (Word::Half, &["half"]),
    (Word::Nth(1), &["first"]),
    (Word::Nth(2), &["second"]),
    (Word::Nth(3), &["third"]),
    (Word::Nth(4), &["fourth", "final", "last"]),
    (Word::Count, &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]),
    (Word::FinancialYear, &["financial year", "fiscal year", "fy"]),
    (Word::AcademicYear, &["academic year", "school year", "academic", "ay"]),
    (Word::Year, &["year"]),
    (Word::Early, &["early", "beginning of", "beginning", "start of"]),
    (Word::Middle, &["mid", "middle of", "middle"]),
    (Word::Late, &["late"]),
    (Word::End, &["end", "diwedd"]),
    (
        Word::WeekFrom,
        &["w/c", "wc", "w/b", "week commencing", "wk commencing", "week beginning", "wk beginning", "week starting", "week of"],
    ),
    (Word::WeekTo, &["w/e", "week ending", "wk ending", "week end"]),
    (Word::Christmas, &["christmas", "xmas"]),
    (Word::Easter, &["easter"]),
    (Word::To, &["to", "until", "till", "til", "through", "through to", "up to", "thru"]),
    (Word::Between, &["between"]),
    (Word::And, &["and", "or", "then", "and then", "but"]),
    (
        Word::From,
        &["from", "starting", "starting from", "starts", "start", "commencing", "commences", "as from", "with effect from", "wef"],
    ),
    (Word::Onwards, &["onwards", "onward", "and onwards", "and beyond", "thereafter"]),
    (
        Word::Filler,
        &[
            "by",
            "on",
            "in",
            "due",
            "due by",
            "due date",
            "before",
            "during",
            "no later than",
            "not later than",
            "target",
            "target date",
            "date",
            "deadline",
            "latest",
            "at the latest",
            "or sooner",
            "or earlier",
            "timescale",
            "for",
            "agreed",
            "complete by",
            "completed by",
            "to complete by",
            "to be complete",
            "to be completed",
            "to be done",
            "to be in place",
            "completion",
            "for completion",
            "completion date",
            "implementation",
            "erbyn",
            "mis",
        ],
    ),
    (Word::At, &["at", "t"]),
    (Word::AfterTime, &["am", "pm", "noon", "hrs", "z"]),
    (
        Word::Now,
        &[
            "revised",
            "revised to",
            "revised date",
            "revised target",
            "now",
            "now due",
            "extended",
            "extended to",
            "extension to",
            "extension agreed to",
            "moved to",
            "moved",
            "changed to",
            "changed",
            "amended to",
            "amended",
            "deferred to",
            "deferred",
            "delayed to",
            "delayed until",
            "slipped to",
            "pushed back to",
            "put back to",
            "postponed to",
            "postponed until",
            "rescheduled to",
            "rescheduled",
            "brought forward to",
            "replaced by",
            "new date",
            "new target",
        ],
    ),
    (Word::Was, &["was", "originally", "original", "original date", "original target", "previously", "previous", "formerly", "old"]),
    (Word::Complete, &["complete"]),
    (
        Word::Done,
        &[
            "completed",
            "completed on",
            "all complete",
            "already complete",
            "already completed",
            "already actioned",
            "already done",
            "already met",
            "now complete",
            "now completed",
            "action complete",
            "action completed",
            "actioned",
            "done",
            "met",
            "achieved",
            "closed",
            "implemented",
            "finished",
            "delivered",
            "signed off",
            "cwblhawyd",
        ],
    ),
    (
        Word::Standing,
        &[
            "not complete",
            "not completed",
            "not yet complete",
            "partially complete",
            "partly complete",
            "partially completed",
            "incomplete",
            "not met",
            "not achieved",
            "on track",
            "on target",
            "on schedule",
            "in progress",
            "underway",
            "under way",
            "not started",
            "overdue",
            "slipped",
            "delayed",
            "behind",
            "missed",
            "red",
            "amber",
            "green",
        ],
    ),
    (
        Word::Open,
        &[
            "tbc",
            "tba",
            "tbd",
            "to be confirmed",
            "to be agreed",
            "to be determined",
            "approx",
            "approximately",
            "circa",
            "c",
            "about",
            "around",
            "provisional",
            "provisionally",
            "estimated",
            "est",
            "expected",
            "anticipated",
            "proposed",
            "possibly",
            "draft",
        ],
    ),
    (Word::Phase, &["phase", "stage", "part", "step", "milestone"]),
    (
        Word::Ongoing,
        &[
            "ongoing",
            "on going",
            "continuous",
            "continuously",
            "continuing",
            "continual",
            "in place",
            "already in place",
            "now in place",
            "business as usual",
            "bau",
            "parhaus",
        ],
    ),
    (
        Word::Often,
        &[
            "daily",
            "weekly",
            "fortnightly",
            "monthly",
            "bi monthly",
            "quarterly",
            "termly",
            "half termly",
            "biannually",
            "bi annually",
            "half yearly",
            "annually",
            "annual",
            "yearly",
            "six monthly",
            "three monthly",
            "six weekly",
        ],
    ),
    (Word::Every, &["every", "each", "per", "once a", "twice a", "once per", "twice per", "twice every", "once every"]),
    (
        Word::Unit,
        &[
            "day",
            "days",
            "working day",
            "working days",
            "week",
            "weeks",
            "wks",
            "month",
            "months",
            "mths",
            "quarters",
            "years",
            "yrs",
            "other",
            "meeting",
            "inspection",
            "cycle",
        ],
    ),
    (Word::Within, &["within"]),
    (Word::Relative, &["after", "following", "next"]),
    (Word::AtOnce, &["immediate", "immediately", "asap", "as soon as possible", "with immediate effect", "urgent", "urgently"]),
    (
        Word::Report,
        &[
            "update",
            "updates",
            "progress",
            "progress update",
            "position",
            "status",
            "rag",
            "brag",
            "rating",
            "report",
            "review",
            "comments",
            "commentary",
            "as at",
            "as of",
        ],
    ),
];

/// The words and phrases by their first letter, the longest first.
static BY_LETTER: LazyLock<[Vec<(&str, Word)>; 26]> = LazyLock::new(|| {
    let of_letter = |letter: usize| {
        let all = WORDS.iter().flat_map(|(word, phrases)| phrases.iter().map(|phrase| (*phrase, *word)));
        let mut some: Vec<(&str, Word)> = all.filter(|(phrase, _)| position(phrase) == Some(letter)).collect();
        some.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        some
    };
    std::array::from_fn(of_letter)
});

/// Where the letter that words begin with stands in the alphabet, from 0.
fn position(words: &str) -> Option<usize> {
    words.bytes().next().filter(u8::is_ascii_lowercase).map(|letter| usize::from(letter - b'a'))
}

/// The word that a text in lower case begins with, and its length in bytes; `None` for a word that has nothing to do with dates.
pub(super) fn first(text: &str) -> Option<(Word, usize)> {
    let candidates = position(text).map_or(&[][..], |letter| BY_LETTER[letter].as_slice());
    let mut known = candidates.iter().filter_map(|(phrase, word)| Some((*word, begins_with(text, phrase)?)));
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
    fn no_phrase_stands_twice() {
        let mut all: Vec<&str> = WORDS.iter().flat_map(|(_, phrases)| *phrases).copied().collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
        assert_eq!(BY_LETTER.iter().map(Vec::len).sum::<usize>(), count);
    }
}
