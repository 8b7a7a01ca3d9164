//! What is to be reported about how a date was read.

use crate::date::Date;
use crate::diagnostic::Code;

/// Something to report about how a date was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateDoubt {
    /// What kind of thing it is.
    pub(crate) code: Code,
    /// The words that it is about, as typed.
    pub(crate) words: String,
    /// The date that was read.
    pub(crate) read_as: Option<String>,
    /// Why the date is not certain; empty where the code says it.
    pub(crate) reason: String,
    /// What was found, if it concerns one cell only.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

/// Why a date is not certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DoubtReason {
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
    /// "Discuss by July 2017"
    InSentence,
    /// "Report in May 2026 and sign off by July 2026"
    SeveralInSentence,
    /// "Phase 1 by June 2026, phase 2 by December 2026"
    Phases,
}

impl DoubtReason {
    /// Under which code it is reported.
    fn code(self) -> Code {
        match self {
            Self::Season | Self::HalfTerm | Self::PartOf | Self::ReportedAtTheEnd => {
                Code::DateApproximate
            }
            Self::InSentence | Self::Phases | Self::WordsBeside | Self::Labelled => {
                Code::DateInSentence
            }
            _ => Code::DateGuessed,
        }
    }

    fn in_words(self) -> String {
        const DAYS: [&str; 7] =
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let words = match self {
            Self::MonthFirst => "with the day first there is no such date",
            Self::Misspelt => "the month is not spelt as it should be",
            Self::YearThatBegins => {
                "only one year is named, and it is taken as the one in which the financial or school year begins"
            }
            Self::DashedYears => "two years with a dash are taken as one financial year",
            Self::ShortYears => "two numbers with a dash are taken as years",
            Self::YearBefore => {
                "the year is that of the end, so the beginning lies in the year before"
            }
            Self::YearOrDay => "the number is taken as the year, though it may be a day",
            Self::OtherWeekday(day) => {
                let name = usize::try_from(day.weekday())
                    .ok()
                    .and_then(|i| DAYS.get(i))
                    .copied()
                    .unwrap_or_default();
                return format!("{} is a {name}", day.in_words());
            }
            Self::Serial => "spreadsheets keep that day as this number",
            Self::RunTogether => "the figures are taken as year, month and day",
            Self::Season => {
                "a season names no days; if a school term is meant, it needs the word “term”"
            }
            Self::HalfTerm => "the days of a half-term holiday differ from place to place",
            Self::PartOf => "a part such as “early” or “first half” names no days",
            Self::Several => {
                "there are several dates, and no word says which counts; it is due by the last"
            }
            Self::Open => "its own words say that it is not settled",
            Self::WordsBeside => "there are other words beside the date",
            Self::Labelled => "there are words before the date",
            Self::DateInBrackets => {
                "another date stands in brackets with other words, and does not count"
            }
            Self::YearInBrackets => "only the date in brackets has a year",
            Self::OnlyABeginning => "it names a beginning, but no end",
            Self::OngoingFrom => {
                "words beside the date say that it goes on, so the date is taken as the beginning"
            }
            Self::ReportedAtTheEnd => {
                "what is reported of a stretch of time is taken as reported in its last month"
            }
            Self::InSentence => "it stands in a sentence, which stays as typed",
            Self::SeveralInSentence => "the sentence has several dates, and the last was taken",
            Self::Phases => "each phase has a date; the action is due by the last",
        };
        words.to_owned()
    }
}

impl DateDoubt {
    fn new(code: Code, words: &str, message: String, help: &str) -> Self {
        Self {
            code,
            words: words.to_owned(),
            read_as: None,
            reason: String::new(),
            message,
            help: help.to_owned(),
        }
    }

    fn because(self, reason: &str) -> Self {
        Self { reason: reason.to_owned(), ..self }
    }

    /// The date was not understood.
    pub(super) fn unread(text: &str) -> Self {
        let message = format!(
            "the target date “{text}” was not understood; it is kept as typed, and the action counts as neither due nor overdue"
        );
        Self::new(
            Code::DateUnread,
            text,
            message,
            "write it as 30 September 2011, Sept 2011 or 2011-09-30",
        )
    }

    /// A number that may be a day as spreadsheets count them, but of a year that no plan has.
    pub(super) fn unlikely_serial(text: &str, day: &str) -> Self {
        let message = format!(
            "“{text}” would be {day}, as spreadsheets count days; that is too unlikely to be taken, so it stays as typed"
        );
        Self::new(
            Code::DateUnread,
            text,
            message,
            "write it as 30 September 2011, Sept 2011 or 2011-09-30",
        )
    }

    /// The words name no year.
    pub(crate) fn without_year(text: &str) -> Self {
        let message = format!(
            "“{text}” has no year; it stays as typed, and the action counts as neither due nor overdue"
        );
        Self::new(Code::DateWithoutYear, text, message, "add the year")
    }

    /// A date is still to come.
    pub(super) fn still_open(text: &str) -> Self {
        Self::new(
            Code::NoTargetDate,
            text,
            format!("the target date is still open: “{text}”"),
            "add a target date",
        )
    }

    /// A cell is blank.
    pub(crate) fn no_target_date() -> Self {
        Self::new(
            Code::NoTargetDate,
            "",
            "the action has no target date".to_owned(),
            "add a target date",
        )
    }

    /// All that was typed is struck through.
    pub(super) fn all_struck(text: &str) -> Self {
        let message = format!("“{text}” is struck out, and no date replaces it");
        Self::new(Code::NoTargetDate, text, message, "add a target date")
            .because("struck out, and not replaced")
    }

    /// One date has taken the place of others; nothing if there are none.
    pub(super) fn replaced<'a>(old: impl Iterator<Item = &'a str>, now: &str) -> Option<Self> {
        let old: Vec<String> = old.map(|words| format!("“{words}”")).collect();
        (!old.is_empty()).then(|| {
            Self::in_place_of(
                now,
                format!(
                    "“{now}” counts in place of {}, as the words around them say",
                    old.join(" and ")
                ),
            )
        })
    }

    /// A stretch whose words say that its end has taken the place of its beginning.
    pub(super) fn revised_within(text: &str) -> Self {
        Self::in_place_of(
            text,
            format!("of “{text}” the second date counts, as the words before it say"),
        )
    }

    /// Struck words have given way to what stands beside them.
    pub(super) fn struck(struck: &str, now: &str) -> Self {
        let message =
            format!("“{struck}” is struck out, and is the earlier target date; “{now}” counts");
        Self::in_place_of(now, message).because("the earlier date is struck out")
    }

    fn in_place_of(now: &str, message: String) -> Self {
        Self::new(
            Code::DateReplaced,
            now,
            message,
            "both stay in the plan as typed; correct the source if the wrong one counts",
        )
    }

    /// The words also say how the action stands.
    pub(super) fn says_status(text: &str) -> Self {
        let message =
            format!("“{text}” stands where a target date should, and says how the action stands");
        Self::new(Code::DateSaysStatus, text, message, "to report a status, add a column “Status”")
    }

    /// Words that say how often or how long, beside a date that plays no part in it.
    pub(super) fn date_unused(text: &str) -> Self {
        let message =
            format!("“{text}” has a date, but its words make it no day on which the action is due");
        let help = "if the action is due on a day, write that day alone";
        Self::new(Code::DateGuessed, text, message, help)
            .because("the words say that the date is not a deadline")
    }

    /// The doubts about a date that was read, one a code.
    pub(super) fn about(text: &str, read_as: &str, why: &[DoubtReason]) -> Vec<Self> {
        let one = |code: Code, help: &str| {
            let mut reasons: Vec<String> = Vec::new();
            for reason in why.iter().filter(|w| w.code() == code).map(|w| w.in_words()) {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            (!reasons.is_empty()).then(|| {
                let reason = reasons.join("; ");
                let message = format!("“{text}” was read as {read_as}: {reason}");
                Self {
                    read_as: Some(read_as.to_owned()),
                    reason,
                    ..Self::new(code, text, message, help)
                }
            })
        };
        let guessed = one(
            Code::DateGuessed,
            "if that is wrong, write it as 30 September 2011, Sept 2011 or Q2 2011/12",
        );
        let approximate = one(Code::DateApproximate, "if other days are meant, write them");
        let in_sentence = one(Code::DateInSentence, "if that is wrong, write the date alone");
        guessed.into_iter().chain(approximate).chain(in_sentence).collect()
    }
}
