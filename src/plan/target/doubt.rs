//! What there is to tell about how a date was read.

use crate::date::Date;
use crate::diagnostic::Code;

/// Something to tell about how a date was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// What kind of thing it is.
    pub(crate) code: Code,
    /// What was made of the words.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

/// Why a date is not certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// 4/30/2014
    MonthFirst,
    Misspelt,
    /// A quarter or financial year by one year.
    YearThatBegins,
    /// "2011-12", which may be a month too.
    DashedYears,
    /// "2011-14"
    ShortYears,
    /// "Nov-Feb 2012"
    YearBefore,
    /// "Sept 30"
    YearOrDay,
    /// "Friday" before this day, which is none.
    OtherWeekday(Date),
    Serial,
    /// 20110930
    RunTogether,
    Season,
    HalfTerm,
    /// "early", "the first half of"
    PartOf,
    /// Two dates or more, and no word says which counts.
    Several,
    /// Words say that it is not settled.
    Open,
    /// "Sept 2011 - subject to funding"
    WordsBeside,
    /// "Draft: Sept 2011"
    Labelled,
    /// "Sept 2011 (draft by June 2011)"
    DateInBrackets,
    /// "Q4 (Jan-Mar 2012)"
    YearInBrackets,
    /// "from Sept 2011"
    OnlyABeginning,
    /// "Ongoing, Sept 2011"
    OngoingFrom,
    /// A header such as "Q3 2016/17 position".
    ReportedAtTheEnd,
}

impl Why {
    /// Under which code it is told.
    fn code(self) -> Code {
        match self {
            Self::Season | Self::HalfTerm | Self::PartOf | Self::ReportedAtTheEnd => Code::DateApproximate,
            _ => Code::DateGuessed,
        }
    }

    fn in_words(self) -> String {
        const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let words = match self {
            Self::MonthFirst => "with the day first there is no such date",
            Self::Misspelt => "the month is not spelt as it should be",
            Self::YearThatBegins => "only one year is named, and it is taken as the one in which the financial or school year begins",
            Self::DashedYears => "two years with a dash are taken as one financial year",
            Self::ShortYears => "two numbers with a dash are taken as years",
            Self::YearBefore => "the year is that of the end, so the beginning lies in the year before",
            Self::YearOrDay => "the number is taken as the year, though it may be a day",
            Self::OtherWeekday(day) => {
                let name = usize::try_from(day.weekday()).ok().and_then(|i| DAYS.get(i)).copied().unwrap_or_default();
                return format!("{} is a {name}", day.in_words());
            }
            Self::Serial => "spreadsheets keep that day as this number",
            Self::RunTogether => "the figures are taken as year, month and day",
            Self::Season => "a season names no days; if a school term is meant, it needs the word “term”",
            Self::HalfTerm => "the days of a half-term holiday differ from place to place",
            Self::PartOf => "a part such as “early” or “first half” names no days",
            Self::Several => "there are several dates, and no word says which counts; it is due by the last",
            Self::Open => "its own words say that it is not settled",
            Self::WordsBeside => "there are other words beside the date",
            Self::Labelled => "there are words before the date",
            Self::DateInBrackets => "another date stands in brackets with other words, and does not count",
            Self::YearInBrackets => "only the date in brackets has a year",
            Self::OnlyABeginning => "it names a beginning, but no end",
            Self::OngoingFrom => "words beside the date say that it goes on, so the date is taken as the beginning",
            Self::ReportedAtTheEnd => "what is reported of a stretch of time is taken as reported in its last month",
        };
        words.to_owned()
    }
}

impl Doubt {
    /// The date was not understood.
    pub(super) fn unread(text: &str) -> Self {
        Self {
            code: Code::DateUnread,
            message: format!(
                "the target date “{text}” is not understood; it stays as typed, and the action counts as neither due nor overdue"
            ),
            help: "write it as 30 September 2011, Sept 2011 or 2011-09-30".to_owned(),
        }
    }

    /// A number that may be a day as spreadsheets count them, but of a year that no plan has.
    pub(super) fn unlikely_serial(text: &str, day: &str) -> Self {
        Self {
            code: Code::DateUnread,
            message: format!("“{text}” would be {day}, as spreadsheets count days; that is too unlikely to be taken, so it stays as typed"),
            help: "write it as 30 September 2011, Sept 2011 or 2011-09-30".to_owned(),
        }
    }

    /// The words name no year.
    pub(super) fn without_year(text: &str) -> Self {
        Self {
            code: Code::DateWithoutYear,
            message: format!("“{text}” has no year; it stays as typed, and the action counts as neither due nor overdue"),
            help: "add the year".to_owned(),
        }
    }

    /// A date is still to come.
    pub(super) fn still_open(text: &str) -> Self {
        Self {
            code: Code::NoTargetDate,
            message: format!("the target date is still open: “{text}”"),
            help: "say by when it is to be done".to_owned(),
        }
    }

    /// All that was typed is struck through.
    pub(super) fn all_struck(text: &str) -> Self {
        Self {
            code: Code::NoTargetDate,
            message: format!("“{text}” is struck through, and no date stands in its place"),
            help: "say by when it is to be done".to_owned(),
        }
    }

    /// One date has taken the place of others; nothing if there are none.
    pub(super) fn replaced<'a>(old: impl Iterator<Item = &'a str>, now: &str) -> Option<Self> {
        let old: Vec<String> = old.map(|words| format!("“{words}”")).collect();
        (!old.is_empty())
            .then(|| Self::in_place_of(&format!("“{now}” counts in place of {}, as the words around them say", old.join(" and "))))
    }

    /// A stretch whose words say that its end has taken the place of its beginning.
    pub(super) fn revised_within(text: &str) -> Self {
        Self::in_place_of(&format!("of “{text}” the second date counts, as the words before it say"))
    }

    /// Struck words have given way to what stands beside them.
    pub(super) fn struck(struck: &str, now: &str) -> Self {
        Self::in_place_of(&format!("“{struck}” is struck through; “{now}” counts"))
    }

    fn in_place_of(message: &str) -> Self {
        Self {
            code: Code::DateReplaced,
            message: message.to_owned(),
            help: "both stay in the plan as typed; mend the source if the wrong one counts".to_owned(),
        }
    }

    /// The words also say how the action stands.
    pub(super) fn says_status(text: &str) -> Self {
        Self {
            code: Code::DateSaysStatus,
            message: format!("“{text}” stands where a target date should, and tells how the action stands"),
            help: "to state it, add a column “Status”".to_owned(),
        }
    }

    /// Words that say how often or how long, beside a date that plays no part in it.
    pub(super) fn date_unused(text: &str) -> Self {
        Self {
            code: Code::DateGuessed,
            message: format!("“{text}” has a date, but its words make it no day on which the action is due"),
            help: "if the action is due on a day, write that day alone".to_owned(),
        }
    }

    /// The doubts about a date that was read, one a code.
    pub(super) fn about(text: &str, read_as: &str, why: &[Why]) -> Vec<Self> {
        let one = |code: Code, help: &str| {
            let mut reasons: Vec<String> = Vec::new();
            for reason in why.iter().filter(|w| w.code() == code).map(|w| w.in_words()) {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            (!reasons.is_empty()).then(|| Self {
                code,
                message: format!("“{text}” was read as {read_as}: {}", reasons.join("; ")),
                help: help.to_owned(),
            })
        };
        let guessed = one(Code::DateGuessed, "if that is wrong, write it as 30 September 2011, Sept 2011 or Q2 2011/12");
        let approximate = one(Code::DateApproximate, "if other days are meant, write them");
        guessed.into_iter().chain(approximate).collect()
    }
}
