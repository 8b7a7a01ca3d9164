//! What columns hold: where the name of a column says nothing, or says what its cells deny, the cells decide.
//!
//! A header such as "Priority" names objectives in one plan and High, Medium, Low in the next; a date column may be called anything.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;

use crate::plan::{Field, Scheme, Target, status, target};
use crate::source::{Holds, Row};

use super::Column;
use super::field::KnownBy;

/// How many rows are looked at: a column is what its first few hundred cells are.
const SAMPLE: usize = 300;

/// What the cells of a column are like. What takes long to tell is told when it is asked for: most columns are known by their names.
#[derive(Debug)]
struct Profile<'a> {
    scheme: &'a Scheme,
    /// The words of each cell that has some.
    cells: Vec<(Cow<'a, str>, Holds)>,
    filled: usize,
    counts: OnceCell<WordCounts>,
    dates: OnceCell<Dates>,
}

/// What the words of a column's cells are like.
#[derive(Debug, Clone, Copy, Default)]
struct WordCounts {
    words: usize,
    percents: usize,
    /// Cells that may be a reference: one word with a digit.
    references: usize,
}

/// How many cells of a column are dates.
#[derive(Debug, Clone, Copy, Default)]
struct Dates {
    /// Cells that can be read as dates, or as what people write in place of one.
    any: usize,
    /// Cells that are dates with a day that can be told.
    days: usize,
}

impl<'a> Profile<'a> {
    fn of(rows: &'a [Row], column: usize, scheme: &'a Scheme) -> Self {
        let filled = rows.iter().take(SAMPLE).filter_map(|row| row.cells.get(column)).filter(|c| !c.value.is_empty());
        let cells: Vec<_> = filled.map(|cell| (cell.value.plain(), cell.holds())).collect();
        Self { scheme, filled: cells.len(), cells, counts: OnceCell::new(), dates: OnceCell::new() }
    }

    fn counts(&self) -> WordCounts {
        *self.counts.get_or_init(|| {
            let mut counts = WordCounts::default();
            for (plain, holds) in &self.cells {
                let words = plain.split_whitespace().count();
                counts.words += words;
                let has_digit = || plain.bytes().any(|b| b.is_ascii_digit());
                counts.percents += usize::from(words == 1 && plain.trim_end().ends_with('%') && has_digit());
                counts.references += usize::from(words == 1 && plain.len() <= 12 && *holds != Holds::Date && has_digit());
            }
            counts
        })
    }

    fn words(&self) -> usize {
        self.counts().words
    }

    fn percents(&self) -> usize {
        self.counts().percents
    }

    fn references(&self) -> usize {
        self.counts().references
    }

    /// Cells that say how much something matters: "High", "2".
    fn levels(&self) -> usize {
        self.cells.iter().filter(|(words, _)| is_a_level(words)).count()
    }

    /// The cells that are no longer than what people write for a date, a state or a name.
    fn short(&self) -> impl Iterator<Item = &str> {
        const LONGEST: usize = 60;
        self.cells.iter().map(|(words, _)| &**words).filter(|words| words.len() <= LONGEST)
    }

    fn all_dates(&self) -> Dates {
        *self.dates.get_or_init(|| {
            let mut dates = Dates::default();
            for words in self.short() {
                let is_day = Target::read(words).due.is_some();
                dates.days += usize::from(is_day);
                dates.any += usize::from(is_day || target::is_to_be_confirmed(words) || in_place_of_a_date(words));
            }
            dates
        })
    }

    fn dates(&self) -> usize {
        self.all_dates().any
    }

    fn days(&self) -> usize {
        self.all_dates().days
    }

    fn states(&self) -> usize {
        self.short().filter(|words| status::said(words, self.scheme).is_some()).count()
    }

    /// Cells that may be the name of a person or role.
    fn names(&self) -> usize {
        self.short().filter(|words| may_be_a_name(words)).count()
    }

    /// How many different things the cells say.
    fn distinct(&self) -> usize {
        self.cells.iter().map(|(words, _)| words.to_lowercase()).collect::<HashSet<_>>().len()
    }

    /// Whether at least so many tenths of the cells are like that.
    fn mostly(&self, count: usize, tenths: usize) -> bool {
        self.filled > 0 && count * 10 >= self.filled * tenths
    }

    /// Sentences, in enough cells to tell.
    fn is_of_sentences(&self) -> bool {
        self.filled >= 4 && self.words() >= self.filled * 5
    }

    fn is_prose(&self) -> bool {
        self.words() >= self.filled * 3 && self.filled > 0
    }
}

/// How much something matters, as lists of choices have it.
fn is_a_level(words: &str) -> bool {
    const LEVELS: &[&str] = &[
        "high",
        "medium",
        "low",
        "critical",
        "essential",
        "desirable",
        "moderate",
        "urgent",
        "normal",
        "h",
        "m",
        "l",
        "very high",
        "very low",
        "med",
    ];
    const LONGEST: usize = 9;
    let words = words.trim();
    if words.len() > LONGEST {
        return false;
    }
    let words = words.to_lowercase();
    LEVELS.contains(&words.as_str()) || (words.len() == 1 && words.bytes().all(|b| b.is_ascii_digit()))
}

fn in_place_of_a_date(words: &str) -> bool {
    use crate::plan::TargetKind::{Ongoing, Recurring, Relative};
    words.split_whitespace().count() <= 4 && matches!(Target::read(words).kind, Ongoing | Recurring | Relative)
}

/// One to five words, each with a capital or short, and no sentence.
fn may_be_a_name(words: &str) -> bool {
    let mut count = 0;
    let fits = words.split_whitespace().all(|word| {
        count += 1;
        word.starts_with(char::is_uppercase) || matches!(word, "of" | "and" | "the" | "for" | "&" | "/" | "in" | "with")
    });
    fits && (1..=6).contains(&count) && !words.ends_with('.') && words.starts_with(char::is_alphabetic)
}

/// Whether a column without a known name holds what is to be done: words enough, mostly different.
pub(super) fn has_a_column_of_actions(names: &[String], known: &[Option<Field>], below: &[Row]) -> bool {
    let scheme = Scheme::default();
    (0..names.len()).filter(|i| matches!(known.get(*i), Some(None))).any(|i| holds_actions(&Profile::of(below, i, &scheme)))
}

fn holds_actions(profile: &Profile) -> bool {
    profile.is_prose() && profile.distinct() * 2 > profile.filled.min(SAMPLE) && !profile.mostly(profile.dates(), 5)
}

/// Settles what the columns mean by what stands in the rows below.
pub(super) fn settle(columns: &mut [Column], below: &[Row]) {
    let scheme = Scheme::default();
    let profiles: Vec<Profile> = (0..columns.len()).map(|i| Profile::of(below, i, &scheme)).collect();
    for (column, profile) in columns.iter_mut().zip(&profiles) {
        if column.known_by != KnownBy::Caller && column.date.is_none() {
            overrule(column, profile);
        }
    }
    for (field, fits) in BY_CELLS {
        if columns.iter().any(|c| c.field == *field) {
            continue;
        }
        let unnamed = |c: &Column| c.known_by == KnownBy::Nothing;
        let fitting: Vec<usize> = (0..columns.len()).filter(|i| unnamed(&columns[*i]) && fits(&profiles[*i])).collect();
        let best = match field {
            // of several columns of words, the fullest says what is to be done
            Field::Action => fitting.into_iter().max_by_key(|i| (profiles[*i].words(), usize::MAX - i)),
            // of several columns that would do, none is taken: that would be a guess without a reason
            _ if fitting.len() == 1 => fitting.first().copied(),
            _ => None,
        };
        if let Some(i) = best {
            columns[i].field = *field;
            columns[i].known_by = KnownBy::Cells(held(*field, &profiles[i]));
        }
    }
}

type Fits = fn(&Profile) -> bool;

/// What a column without a known name may be, in the order in which it is asked.
const BY_CELLS: &[(Field, Fits)] = &[
    (Field::Target, |p| p.filled >= 2 && p.mostly(p.dates(), 8) && p.mostly(p.days(), 5)),
    (Field::Status, |p| p.filled >= 2 && p.mostly(p.states(), 9)),
    (Field::Action, holds_actions),
    (Field::Owner, |p| p.filled >= 3 && p.mostly(p.names(), 9) && p.words() >= p.filled * 2 && p.distinct() < p.filled),
];

/// Takes back what a name says where the cells deny it.
fn overrule(column: &mut Column, profile: &Profile) {
    // a form has a row or two that say what to fill in
    const FEWEST: usize = 3;
    let (field, why) = match column.field {
        Field::Objective | Field::Action | Field::Recommendation if profile.mostly(profile.levels(), 8) => {
            (Field::Extra, "its cells only say how much it matters")
        }
        Field::Target if profile.is_of_sentences() && profile.dates() * 5 < profile.filled => {
            (Field::SuccessMeasures, "its cells hold sentences, and hardly a date")
        }
        Field::Status if profile.mostly(profile.days(), 6) => (Field::CompletedOn, "its cells hold dates"),
        Field::Status if profile.mostly(profile.percents(), 6) => (Field::Percent, "its cells hold percentages"),
        Field::Status if profile.filled >= FEWEST && profile.words() > profile.filled * 6 => (Field::Update, "its cells hold sentences"),
        Field::Percent if profile.mostly(profile.days(), 6) => (Field::Target, "its cells hold dates"),
        Field::Percent if profile.filled >= FEWEST && profile.is_prose() => (Field::Update, "its cells hold sentences"),
        Field::CompletedOn if profile.is_of_sentences() && profile.dates() * 5 < profile.filled => {
            (Field::Extra, "its cells hold sentences")
        }
        Field::Update if profile.mostly(profile.states(), 9) && profile.filled >= 2 => (Field::Status, "its cells hold states"),
        Field::Update if profile.mostly(profile.percents(), 9) => (Field::Percent, "its cells hold percentages"),
        Field::Reference if profile.filled >= FEWEST && profile.is_prose() && profile.references() * 5 < profile.filled => {
            (Field::Action, "its cells hold sentences")
        }
        _ => return,
    };
    column.field = field;
    column.known_by = KnownBy::Cells(why.to_owned());
}

fn held(field: Field, profile: &Profile) -> String {
    let filled = profile.filled;
    match field {
        Field::Target => format!("{} of {filled} cells hold dates", profile.dates()),
        Field::Status => format!("{} of {filled} cells hold states", profile.states()),
        Field::Owner => format!("{} of {filled} cells may be names", profile.names()),
        _ => "its cells say what is to be done".to_owned(),
    }
}

/// What the columns of a table without a header may be: for each that can be told, its field.
pub(super) fn guess(rows: &[Row]) -> Vec<(usize, Field)> {
    let scheme = Scheme::default();
    let width = rows.first().map_or(0, |row| row.cells.len());
    let profiles: Vec<Profile> = (0..width).map(|i| Profile::of(rows, i, &scheme)).collect();
    let mut found: Vec<(usize, Field)> = Vec::new();
    let order: [(Field, Fits); 5] = [
        (Field::Reference, |p| p.filled >= 2 && p.mostly(p.references(), 8) && p.distinct() == p.filled),
        BY_CELLS[0],
        BY_CELLS[1],
        BY_CELLS[2],
        (Field::Owner, |p| p.filled >= 2 && p.mostly(p.names(), 8)),
    ];
    for (field, fits) in order {
        let free = (0..width).filter(|i| found.iter().all(|(taken, _)| taken != i) && fits(&profiles[*i]));
        let best = match field {
            Field::Action => free.max_by_key(|i| (profiles[*i].words(), usize::MAX - i)),
            _ => free.min(),
        };
        found.extend(best.map(|i| (i, field)));
    }
    found.sort_unstable_by_key(|(i, _)| *i);
    found
}
