//! What the cells of a column are like, and how much that speaks for each meaning of the column.
//!
//! A header such as "Priority" names objectives in one plan and High, Medium, Low in the next, and
//! a date column may be called anything: what the cells hold is weighed beside the header's words.

mod kind;
mod shares;

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::date::Date;
use crate::plan::{Field, Scheme, Target, status, target};
use crate::source::{CellType, Row};
use crate::vocabulary::columns::FieldWeights;
use crate::vocabulary::words::ExtraWords;
use crate::vocabulary::{cells, normalize, roles};

pub(super) use kind::{ValueKind, is_of_kind};
use kind::{in_place_of_a_date, is_code, is_dotted_number, is_mark, ratio};

use shares::ColumnShares;

/// How many rows are looked at: a column is what its first few hundred cells are.
const SAMPLE: usize = 200;

/// Longer cells are no dates, statuses or names.
const LONGEST_VALUE: usize = 80;

/// What the cells of a column are like, in numbers of cells.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnProfile {
    /// Rows that were looked at.
    rows: usize,
    filled: usize,
    words: usize,
    /// Cells of five words and more.
    sentences: usize,
    distinct: usize,
    /// Cells that repeat the one above, stand for several rows, or are left blank below one that is
    /// filled.
    grouped: usize,
    /// Dates with a day that is known.
    days: usize,
    /// Dates, and what people write in place of one.
    dates: usize,
    statuses: usize,
    owners: usize,
    codes: usize,
    numbers: usize,
    percents: usize,
    money: usize,
    levels: usize,
    /// Yes and no.
    answers: usize,
    /// Cells that hold nothing but a cross, tick or other mark.
    marks: usize,
    verbs: usize,
    progress: usize,
    measures: usize,
    /// Cells filled with a colour, whether they have words or not.
    coloured: usize,
    colours: usize,
    /// The day of each row that was looked at.
    due: Vec<Option<Date>>,
}

/// The rows that are looked at: not those without words, nor those of a single cell in a table of
/// several columns.
pub(super) fn sample(rows: &[Row]) -> Vec<&Row> {
    let is_of_one_cell = |row: &Row| row.cells.len() > 2 && row.filled().count() == 1;
    let sample: Vec<&Row> =
        rows.iter().filter(|row| !row.is_blank() && !is_of_one_cell(row)).take(SAMPLE).collect();
    if sample.is_empty() {
        rows.iter().filter(|row| !row.is_blank()).take(SAMPLE).collect()
    } else {
        sample
    }
}

impl ColumnProfile {
    /// Looks at a column of some rows; those of a single cell are headings and notes.
    pub(super) fn of(rows: &[&Row], column: usize, added: &ExtraWords) -> Self {
        let scheme = Scheme::default();
        let statuses = status::StatusVocabulary { scheme: &scheme, words: added };
        let mut profile = Self::default();
        let mut seen: HashSet<String> = HashSet::new();
        let mut colours = HashSet::new();
        let mut above = String::new();
        for row in rows {
            let Some(cell) = row.cells.get(column) else { continue };
            profile.rows += 1;
            profile.due.push(None);
            if let Some(fill) = cell.fill() {
                profile.coloured += 1;
                colours.insert(fill);
            }
            if cell.value.is_empty() {
                profile.grouped += usize::from(!above.is_empty());
                continue;
            }
            let plain = cell.value.plain();
            let words = normalize(&plain);
            profile.count(&plain, &words, cell.holds(), statuses);
            profile.grouped += usize::from(words == above || cell.span().0 > 1);
            above.clone_from(&words);
            seen.insert(words);
        }
        profile.distinct = seen.len();
        profile.colours = colours.len();
        profile
    }

    /// Counts one cell that has words.
    fn count(
        &mut self,
        plain: &str,
        words: &str,
        holds: CellType,
        known: status::StatusVocabulary<'_>,
    ) {
        self.filled += 1;
        let plain = plain.trim();
        let count = plain.split_whitespace().count();
        self.words += count;
        self.sentences += usize::from(count >= 5);
        if count >= 3 {
            self.verbs += usize::from(cells::begins_with_verb(words));
            self.progress += usize::from(cells::reports_progress(words));
            let has_digit = plain.bytes().any(|b| b.is_ascii_digit());
            self.measures += usize::from(has_digit || cells::measures_success(words));
        }
        let has_digit = plain.bytes().any(|b| b.is_ascii_digit());
        let is_percent = has_digit && count <= 2 && plain.ends_with('%');
        let is_number = holds == CellType::Number || (has_digit && plain.parse::<f64>().is_ok());
        self.percents += usize::from(is_percent);
        self.numbers += usize::from(is_number);
        self.money += usize::from(has_digit && plain.contains('£'));
        if plain.len() > LONGEST_VALUE {
            return;
        }
        self.levels += usize::from(cells::is_level(words) || (words.len() == 1 && is_number));
        self.marks += usize::from(is_mark(plain));
        if holds == CellType::Date {
            self.days += 1;
            self.dates += 1;
            self.set_day(Target::read(plain).due);
            return;
        }
        let is_code = is_code(plain, words, count);
        self.codes += usize::from(is_code);
        let may_be_a_date =
            (has_digit || count <= 4) && !(is_code && (count > 1 || is_dotted_number(plain)));
        if may_be_a_date && !is_percent {
            let day = Target::read(plain).due;
            let is_day = day.is_some();
            self.set_day(day);
            self.days += usize::from(is_day);
            self.dates += usize::from(
                is_day || target::is_to_be_confirmed(plain) || in_place_of_a_date(plain),
            );
        }
        self.answers += usize::from(matches!(
            words,
            "yes" | "no" | "true" | "false" | "y" | "n" | "ydy" | "nac ydy"
        ));
        self.statuses += usize::from(!(is_code && has_digit) && status::is_status(plain, known));
        self.owners += usize::from(!has_digit && roles::looks_like_owner(plain, known.words));
    }

    fn set_day(&mut self, day: Option<Date>) {
        if let Some(last) = self.due.last_mut() {
            *last = day;
        }
    }

    /// Whether the days of this column are mostly before those of another one in the same rows.
    pub(super) fn is_mostly_before(&self, other: &Self) -> bool {
        let both = || self.due.iter().zip(&other.due).filter_map(|(a, b)| Some(((*a)?, (*b)?)));
        let before = both().filter(|(own, other)| own < other).count();
        let all = both().count();
        all >= 2 && before * 10 >= all * 8
    }

    /// The share of the filled cells that are like that, from 0 to 1.
    fn share(&self, count: usize) -> f32 {
        ratio(count, self.filled)
    }

    fn words_in_a_cell(&self) -> f32 {
        ratio(self.words, self.filled)
    }

    /// The share of rows that have words in this column.
    pub(super) fn fullness(&self) -> f32 {
        ratio(self.filled, self.rows)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.filled == 0
    }

    /// The share of cells that begin with the verb of something to be done.
    pub(super) fn verbs(&self) -> f32 {
        self.share(self.verbs)
    }

    /// Whether the cells hold only crosses and ticks, as charts of months do.
    /// Whether the cells answer a question: yes, no, or a status.
    pub(super) fn is_of_answers(&self) -> bool {
        self.answers > 0 && self.share(self.answers + self.statuses) >= 0.8
    }

    /// Whether the cells are percentages.
    pub(super) fn is_of_percentages(&self) -> bool {
        self.percents > 0 && self.share(self.percents) >= 0.8
    }

    pub(super) fn is_of_marks(&self) -> bool {
        self.filled > 0 && self.share(self.marks) >= 0.8
    }

    /// What kind of value most cells are, if they are of one that a header never is.
    pub(super) fn kind(&self) -> Option<ValueKind> {
        let most = |count: usize| self.filled > 0 && self.share(count) >= 0.6;
        match () {
            () if most(self.days) => Some(ValueKind::Date),
            () if most(self.percents) || most(self.numbers) => Some(ValueKind::Number),
            () if most(self.statuses) => Some(ValueKind::Status),
            () if most(self.codes) => Some(ValueKind::Code),
            () if most(self.sentences) => Some(ValueKind::Sentence),
            () if most(self.owners) && self.words_in_a_cell() >= 1.5 => Some(ValueKind::Owner),
            () => None,
        }
    }

    /// How much the cells speak for each meaning of the column, and against it. One cell says less
    /// than ten.
    pub(super) fn weights(&self) -> FieldWeights {
        let mut weights = FieldWeights::NONE;
        if self.filled == 0 {
            if self.coloured > 0 && self.colours > 1 {
                weights.add(Field::Status, 3.0);
            }
            return weights;
        }
        let shares = self.shares();
        let sure = (0.4 + 0.15 * ratio(self.filled, 1)).min(1.0);
        let mut add = |field: Field, weight: f32| weights.add(field, weight * sure);
        Self::weigh_values(&shares, &mut add);
        self.weigh_aims(&shares, &mut add);
        self.weigh_actions_and_owners(&shares, &mut add);
        self.weigh_measures_and_dates(&shares, &mut add);
        self.weigh_reports(&shares, &mut add);
        weights
    }

    /// Codes, dates, statuses and the like are no sentences, owners or references of another kind.
    fn weigh_values(shares: &ColumnShares, add: &mut impl FnMut(Field, f32)) {
        use Field::{Action, Objective, Owner, Recommendation, Reference, SuccessMeasures, Theme};
        // a date, a status, a number or a mark is none of what is said in sentences
        let value = shares
            .days
            .max(shares.percents)
            .max(shares.levels)
            .max(shares.marks)
            .max(shares.answers)
            .max(if shares.words < 2.5 { shares.statuses.max(shares.codes) } else { 0.0 });
        if value >= 0.6 {
            for field in [Theme, Objective, Recommendation, Action, SuccessMeasures] {
                add(field, -6.0 * value);
            }
        }
        if shares.days >= 0.5 || shares.percents >= 0.8 || shares.money >= 0.6 {
            add(Owner, -6.0);
        }

        // references are short codes, each its own
        if shares.codes >= 0.7 {
            add(Reference, if shares.distinct >= 0.9 { 3.0 } else { 0.5 });
        }
        if shares.codes < 0.5 {
            add(Reference, if shares.words > 3.5 { -6.0 } else { -3.0 });
        }
        if shares.days >= 0.6 || shares.statuses >= 0.7 && shares.codes < 0.5 {
            add(Reference, -6.0);
        }
    }

    /// Themes and objectives stand for several actions.
    fn weigh_aims(&self, shares: &ColumnShares, add: &mut impl FnMut(Field, f32)) {
        use Field::{Objective, Recommendation, Theme};
        // themes stand for several actions, in few words
        if shares.words > 9.0 {
            add(Theme, -3.0);
        } else if shares.words > 6.0 {
            add(Theme, -1.0);
        } else if shares.grouped >= 0.4 {
            add(Theme, if shares.distinct <= 0.6 || self.fullness() <= 0.6 { 3.0 } else { 2.0 });
        } else if shares.distinct <= 0.5 {
            add(Theme, 1.0);
        }
        if shares.owners >= 0.8 && self.owners > 3 {
            add(Theme, -1.0);
        }
        if self.filled >= 5 && shares.distinct > 0.95 && self.fullness() > 0.9 {
            add(Theme, -2.0);
        }
        // objectives stand for several actions too, in more words
        for field in [Objective, Recommendation] {
            add(field, if shares.words >= 3.5 { 1.0 } else { 0.0 });
            add(field, if shares.grouped >= 0.3 { 1.0 } else { 0.0 });
        }
        if shares.grouped < 0.1 && shares.distinct > 0.95 && self.filled >= 5 {
            add(Objective, -0.5);
        }
    }

    /// Actions are many and different; owners are people, posts and bodies.
    fn weigh_actions_and_owners(&self, shares: &ColumnShares, add: &mut impl FnMut(Field, f32)) {
        use Field::{Action, Owner};
        // actions are many, different, and begin with a verb
        add(Action, if shares.words >= 3.0 { 1.2 } else { -1.0 });
        add(Action, 2.5 * shares.verbs);
        add(Action, if shares.distinct >= 0.8 { 1.0 } else { -1.5 });
        if self.fullness() < 0.4 && self.rows >= 4 {
            add(Action, -3.0);
        }
        if shares.owners >= 0.7 && shares.verbs < 0.2 {
            add(Action, -3.0);
        }

        // owners are people, posts and bodies
        add(Owner, 5.2 * shares.owners - 1.3);
        if shares.words > 10.0 {
            add(Owner, -3.0);
        }
        if shares.numbers >= 0.6 || shares.codes >= 0.8 || shares.statuses >= 0.8 {
            add(Owner, -4.0);
        }
        if shares.verbs >= 0.6 && shares.sentences >= 0.6 {
            add(Owner, -3.0);
        }
    }

    /// How success is measured, and days.
    fn weigh_measures_and_dates(&self, shares: &ColumnShares, add: &mut impl FnMut(Field, f32)) {
        use Field::{CompletedOn, Start, SuccessMeasures, Target};
        // how success is measured
        if shares.grouped >= 0.4 {
            add(SuccessMeasures, -1.5);
        }
        add(SuccessMeasures, if shares.words >= 3.0 { 0.8 } else { 0.0 });
        add(SuccessMeasures, 3.0 * shares.measures);
        if shares.numbers >= 0.6 {
            add(SuccessMeasures, -5.0);
        }
        if shares.owners >= 0.8 && shares.measures < 0.2 {
            add(SuccessMeasures, -2.0);
        }

        // days
        if shares.dates >= 0.6 {
            add(Target, if shares.days >= 0.2 { 2.0 + 2.0 * shares.dates } else { 1.0 });
            add(Start, if shares.days >= 0.6 { 2.0 } else { 0.5 });
            add(CompletedOn, if shares.days >= 0.5 { 2.0 } else { 0.5 });
        } else if shares.dates < 0.2 && self.filled >= 3 {
            add(Target, if shares.sentences >= 0.6 { -6.0 } else { -4.0 });
            add(Start, -6.0);
            add(CompletedOn, -4.0);
        }
        if shares.percents.max(shares.money) >= 0.6 || shares.numbers >= 0.6 && shares.days < 0.2 {
            add(Target, -4.0);
        }
    }

    /// What has been done, statuses, percentages and evidence.
    fn weigh_reports(&self, shares: &ColumnShares, add: &mut impl FnMut(Field, f32)) {
        use Field::{Evidence, Percent, Status, Update};
        // what has been done is reported in sentences
        add(Update, if shares.words >= 3.0 { 1.5 } else { 0.0 });
        add(Update, 2.6 * shares.progress);
        if shares.verbs >= 0.6 && shares.progress < 0.4 {
            add(Update, -2.0);
        }
        if shares.days >= 0.8
            || shares.percents >= 0.8
            || shares.levels >= 0.8
            || shares.codes >= 0.8 && shares.words < 2.0
        {
            add(Update, -5.0);
        }
        if shares.statuses >= 0.8 && shares.words < 4.0 {
            add(Update, -4.5);
        }

        // statuses are few words, from a short list
        add(Status, 4.5 * shares.statuses);
        if shares.sentences >= 0.6 {
            add(Status, -5.0);
        } else if shares.statuses < 0.2 && self.filled >= 3 && self.coloured * 2 < self.rows {
            add(Status, if shares.words > 3.0 { -3.0 } else { -1.5 });
        }
        if shares.days >= 0.6 || shares.percents >= 0.6 {
            add(Status, -6.0);
        }
        if shares.levels >= 0.6 && shares.statuses < 0.5 {
            add(Status, -4.0);
        }
        if self.coloured * 2 >= self.rows && self.colours > 1 && shares.words < 3.0 {
            add(Status, 2.0);
        }
        if self.filled >= 8 && shares.distinct > 0.8 && shares.statuses < 0.8 {
            add(Status, -3.0);
        }

        add(Percent, if shares.percents >= 0.6 { 2.0 } else { 0.0 });
        if shares.percents < 0.5 && shares.numbers < 0.6 {
            add(Percent, -6.0);
        }
        if shares.days >= 0.6 || shares.levels >= 0.8 {
            add(Evidence, -4.0);
        }
        if shares.statuses >= 0.8 && shares.words < 3.0 {
            add(Evidence, -3.0);
        }
    }

    fn shares(&self) -> ColumnShares {
        ColumnShares {
            days: self.share(self.days),
            dates: self.share(self.dates),
            statuses: self.share(self.statuses),
            owners: self.share(self.owners),
            codes: self.share(self.codes),
            numbers: self.share(self.numbers),
            percents: self.share(self.percents),
            money: self.share(self.money),
            levels: self.share(self.levels),
            marks: self.share(self.marks),
            answers: self.share(self.answers),
            verbs: self.share(self.verbs),
            progress: self.share(self.progress),
            measures: self.share(self.measures),
            sentences: self.share(self.sentences),
            distinct: self.share(self.distinct),
            grouped: ratio(self.grouped, self.rows),
            words: self.words_in_a_cell(),
        }
    }

    /// What the cells hold, in words, for whoever asks why a column was read as it was.
    pub(super) fn in_words(&self) -> String {
        let mut out = String::new();
        if self.filled == 0 {
            return "its cells are empty".to_owned();
        }
        for (count, what) in [
            (self.days, "dates"),
            (self.statuses, "statuses"),
            (self.owners, "names of people, posts or bodies"),
            (self.codes, "codes"),
            (self.percents, "percentages"),
            (self.money, "sums of money"),
            (self.levels, "levels"),
            (self.verbs, "sentences that begin with a verb"),
            (self.progress, "reports of progress"),
        ] {
            if self.share(count) >= 0.5 && count >= 2 {
                let separator = if out.is_empty() { "" } else { ", " };
                let _ = write!(out, "{separator}{count} of {} cells hold {what}", self.filled);
            }
        }
        if !out.is_empty() {
            return out;
        }
        let words = match self.words_in_a_cell().round() {
            words if words <= 1.0 => "a word".to_owned(),
            words => format!("about {words:.0} words"),
        };
        if self.filled == 1 {
            format!("1 cell is filled, with {words}")
        } else {
            format!("{} cells are filled, with {words} each", self.filled)
        }
    }
}
