//! The fixed words of every output, one table a language. Each language fills the same fields, so
//! that none can lack a word.

mod english;
pub(super) mod messages;
pub(super) mod pack;
mod welsh;

use super::ReturnHeading;
use crate::date::{Date, PartialDate};
use crate::language::Language;
use crate::plan::status::{ReasonWords, StateMeaning, StatusReason};
use crate::plan::{Field, Plan, Scheme, State};
use crate::review::Position;
use crate::text::{Span, SpanStyle, Text, comparison_key};

use super::{FilterLabels, FormLabels, Phrase, WorkbookLabels, calculated, links};
use messages::MessageLabels;
use pack::PackLabels;

/// The words around a plan, in one language. Marks in braces are replaced.
#[derive(Debug)]
pub(super) struct Labels {
    /// The words of a review pack.
    pub(super) pack: PackLabels,
    /// The key messages of a review pack.
    pub(super) messages: MessageLabels,
    /// As BCP 47.
    pub(super) language: &'static str,
    pub(super) calculated: &'static str,
    pub(super) calculated_mark: &'static str,
    pub(super) untitled: &'static str,
    pub(super) period: &'static str,
    pub(super) completed: &'static str,
    pub(super) reviewed: &'static str,
    pub(super) next_review: &'static str,
    pub(super) status_on: &'static str,
    pub(super) introduction: &'static str,
    pub(super) about_themes: &'static str,
    pub(super) recommendations: &'static str,
    pub(super) summary: &'static str,
    pub(super) state: &'static str,
    pub(super) actions: &'static str,
    pub(super) share: &'static str,
    pub(super) no_status: &'static str,
    pub(super) other_words: &'static str,
    pub(super) plan_sheet: &'static str,
    pub(super) key_sheet: &'static str,
    pub(super) version: &'static str,
    pub(super) as_at: &'static str,
    pub(super) of_these_inferred: &'static str,
    pub(super) actions_by_status: &'static str,
    pub(super) actions_by_theme: &'static str,
    pub(super) numbers_in_table: &'static str,
    pub(super) attention: &'static str,
    pub(super) reported_caption: &'static str,
    pub(super) none_reported: &'static str,
    pub(super) overdue_caption: &'static str,
    pub(super) none_overdue: &'static str,
    pub(super) latest: &'static str,
    pub(super) days_late: &'static str,
    pub(super) reason: &'static str,
    pub(super) no_reason: &'static str,
    pub(super) no_report: &'static str,
    pub(super) by_owner: &'static str,
    pub(super) by_owner_caption: &'static str,
    pub(super) no_owner: &'static str,
    pub(super) next_target: &'static str,
    pub(super) by_owner_means: &'static str,
    pub(super) area: &'static str,
    pub(super) deadline: &'static str,
    pub(super) recommendation: &'static str,
    pub(super) answered_by: &'static str,
    pub(super) unanswered: &'static str,
    pub(super) recommendations_caption: &'static str,
    pub(super) meaning: &'static str,
    one_counted: &'static str,
    some_counted: &'static str,
    one_inferred: &'static str,
    some_inferred: &'static str,
    pub(super) position: &'static str,
    positions: PositionLabels,
    pub(super) key: &'static str,
    pub(super) plan: &'static str,
    pub(super) plan_caption: &'static str,
    pub(super) no_actions: &'static str,
    pub(super) notes: &'static str,
    pub(super) theme: &'static str,
    pub(super) objective: &'static str,
    pub(super) reference: &'static str,
    pub(super) action: &'static str,
    pub(super) owner: &'static str,
    pub(super) success_measures: &'static str,
    pub(super) target: &'static str,
    pub(super) updates: &'static str,
    pub(super) comments: &'static str,
    pub(super) other_columns: &'static str,
    pub(super) comment_on: &'static str,
    pub(super) status: &'static str,
    pub(super) progress: &'static str,
    pub(super) new_status: &'static str,
    pub(super) revised_target: &'static str,
    pub(super) last_update: &'static str,
    pub(super) moved_from: &'static str,
    pub(super) then: &'static str,
    pub(super) return_sheet: &'static str,
    return_of: &'static str,
    return_without_owner: &'static str,
    pub(super) return_file_without_owner: &'static str,
    return_for: &'static str,
    return_how: &'static str,
    return_version: &'static str,
    pub(super) evidence: &'static str,
    pub(super) reviewer: &'static str,
    pub(super) review_date: &'static str,
    pub(super) public_version: &'static str,
    pub(super) internal_version: &'static str,
    pub(super) page: &'static str,
    pub(super) continued: &'static str,
    pub(super) continues: &'static str,
    pub(super) contents: &'static str,
    pub(super) skip_to_plan: &'static str,
    pub(super) answers: &'static str,
    pub(super) status_note: &'static str,
    pub(super) goes_on: &'static str,
    pub(super) long_texts: &'static str,
    pub(super) where_from: &'static str,
    pub(super) column: &'static str,
    pub(super) rest: &'static str,
    pub(super) plan_file: &'static str,
    pub(super) entry_legend: &'static str,
    pub(super) enter_text: &'static str,
    pub(super) enter_state: &'static str,
    pub(super) enter_name: &'static str,
    pub(super) enter_date: &'static str,
    pub(super) not_a_state: &'static str,
    pub(super) not_a_date: &'static str,
    /// The states of the scheme that plans have without one of their own; none in its own language.
    states: Option<StateLabels>,
    reasons: ReasonWords,
    pub(super) changes: ChangeLabels,
    find: FilterControls,
    fill: FormControls,
    pub(super) sheets: WorkbookLabels,
    months: [&'static str; 12],
    pub(super) shown_on_last_day: &'static str,
}

/// What is said of changes.
#[derive(Debug)]
pub(super) struct ChangeLabels {
    pub(super) title: &'static str,
    pub(super) earlier: &'static str,
    pub(super) later: &'static str,
    pub(super) signs: &'static str,
    pub(super) caption: &'static str,
    pub(super) change: &'static str,
    pub(super) added: &'static str,
    pub(super) removed: &'static str,
    pub(super) moved: &'static str,
    pub(super) order: &'static str,
    pub(super) reference: &'static str,
    pub(super) wording: &'static str,
    pub(super) owner: &'static str,
    pub(super) target: &'static str,
    pub(super) status: &'static str,
    pub(super) updates: &'static str,
    pub(super) other: &'static str,
    pub(super) unchanged: &'static str,
    pub(super) nothing: &'static str,
    pub(super) about: &'static str,
    pub(super) actions: &'static str,
    pub(super) likeness: &'static str,
    pub(super) elsewhere: &'static str,
    pub(super) in_another_order: &'static str,
    pub(super) new_update: &'static str,
    pub(super) withdrawn: &'static str,
    pub(super) emphasis: &'static str,
    pub(super) none: &'static str,
    pub(super) due: &'static str,
    pub(super) same_status: &'static str,
    pub(super) same_target: &'static str,
    pub(super) review_held: &'static str,
    pub(super) one_became_overdue: &'static str,
    pub(super) some_became_overdue: &'static str,
    pub(super) scheme: &'static str,
    pub(super) column: &'static str,
    pub(super) update: &'static str,
    pub(super) update_status: &'static str,
    pub(super) update_by: &'static str,
    pub(super) earlier_targets: &'static str,
    pub(super) title_of_plan: &'static str,
    pub(super) organisation: &'static str,
}

/// The states of the default scheme: what each is called, and what it means.
#[derive(Debug)]
struct StateLabels {
    complete: (&'static str, &'static str),
    on_track: (&'static str, &'static str),
    at_risk: (&'static str, &'static str),
    off_track: (&'static str, &'static str),
    not_started: (&'static str, &'static str),
}

/// What the positions of actions against the calendar are called.
#[derive(Debug, Clone, Copy)]
pub(super) struct PositionLabels {
    /// A chart of them.
    pub(super) title: &'static str,
    pub(super) calculated: &'static str,
    pub(super) due_before: &'static str,
    pub(super) completed: &'static str,
    pub(super) overdue: &'static str,
    overdue_by_one: &'static str,
    overdue_by: &'static str,
    due_before_next_review: &'static str,
    pub(super) not_due: &'static str,
    pub(super) no_date: &'static str,
    pub(super) stopped: &'static str,
}

/// What the controls are called by which actions are found; theme, owner and status are called as
/// their columns are.
#[derive(Debug, Clone, Copy)]
struct FilterControls {
    legend: &'static str,
    words: &'static str,
    due: &'static str,
    all: &'static str,
    sort: &'static str,
    unsorted: &'static str,
    backwards: &'static str,
    reset: &'static str,
    found: &'static str,
    none: &'static str,
    without: &'static str,
    more: &'static str,
}

/// What the controls are called by which a page is filled in.
#[derive(Debug, Clone, Copy)]
struct FormControls {
    legend: &'static str,
    how: &'static str,
    save: &'static str,
    clear: &'static str,
    sure: &'static str,
    field: &'static str,
    file: &'static str,
    kept: &'static str,
    lost: &'static str,
    back: &'static str,
    saved: &'static str,
}

/// Every fixed text of every language, marks in braces included.
pub(crate) fn fixed_words() -> Vec<String> {
    // the fields of the labels are listed by their Debug form, so that none can be forgotten
    let all = format!("{:?}{:?}", english::ENGLISH, welsh::WELSH);
    all.split('"').skip(1).step_by(2).map(|text| text.replace("\\n", "\n")).collect()
}

impl Labels {
    /// The words in a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &english::ENGLISH,
            Language::Welsh => &welsh::WELSH,
        }
    }

    /// The language of the plan's own words, where it is another than that of these: plans do not
    /// name theirs, and are taken to be in English.
    fn of_plan(&self) -> Option<Language> {
        (self.language != english::ENGLISH.language).then_some(Language::English)
    }

    /// Words of the plan.
    pub(super) fn own(&self, words: &str) -> Phrase {
        Phrase::new(words, self.of_plan())
    }

    /// A run of words of the plan.
    pub(super) fn own_span(&self, words: impl Into<String>) -> Span {
        Span {
            text: words.into(),
            style: SpanStyle { language: self.of_plan(), ..SpanStyle::default() },
            link: None,
        }
    }

    /// A text of the plan, its links [settled](super::links).
    pub(super) fn own_text(&self, text: &Text) -> Text {
        let mut text = links::settled(text).into_owned();
        if let Some(language) = self.of_plan() {
            for span in text.blocks.iter_mut().flat_map(|block| &mut block.spans) {
                span.style.language = Some(language);
            }
        }
        text
    }

    /// The source's own headers for a field, else ours; marked for references that import assigned.
    pub(super) fn header(&self, plan: &Plan, field: Field, otherwise: &str) -> Phrase {
        const MOST: usize = 3;
        // where tables have headers of their own for it, all of them; where there are too many to
        // read, ours. Updates of several columns each have their label.
        let most = if field == Field::Update { 1 } else { MOST };
        let mut own: Vec<&str> = Vec::new();
        for column in plan.columns.iter().filter(|c| c.field == field && !c.header.is_empty()) {
            if !own.iter().any(|known| {
                comparison_key(known).eq_ignore_ascii_case(&comparison_key(&column.header))
            }) {
                own.push(&column.header);
            }
            if own.len() > most {
                return otherwise.into();
            }
        }
        if !own.is_empty() {
            self.own(&own.join(" / "))
        } else if field == Field::Reference && plan.assigned_references {
            calculated(otherwise).into()
        } else {
            otherwise.into()
        }
    }

    /// What a state is called: by its plan, or in this language where it is as it is in every plan
    /// without a scheme of its own.
    pub(super) fn state(&self, state: &State) -> Phrase {
        self.usual(state).map_or_else(|| self.own(&state.label), |(label, _)| label.into())
    }

    /// What a state means.
    pub(super) fn state_means(&self, state: &State) -> Phrase {
        self.usual(state)
            .map_or_else(|| self.own(&state.definition), |(_, definition)| definition.into())
    }

    fn usual(&self, state: &State) -> Option<(&'static str, &'static str)> {
        let states = self.states.as_ref()?;
        let usual = Scheme::default();
        let usual = usual.state(&state.id)?;
        if (&usual.label, &usual.definition) != (&state.label, &state.definition) {
            return None;
        }
        StateMeaning::of_id(&state.id).map(|meaning| states.of(meaning))
    }

    /// What a status was taken from.
    pub(super) fn reason(&self, reason: &StatusReason<'_>) -> Phrase {
        let words = &self.reasons;
        match reason {
            StatusReason::Update { label, said } => {
                let label = if label.is_empty() { words.update.into() } else { self.own(label) };
                let said = said
                    .as_ref()
                    .map(|said| Phrase::of([": “".into(), self.own(said), "”".into()]));
                Phrase::of([label].into_iter().chain(said))
            }
            StatusReason::Target(target) => {
                Phrase::filled(words.target, &[("target", self.own(target))])
            }
        }
    }

    /// What the controls are called by which actions are found.
    pub(super) fn find(&self, plan: &Plan) -> FilterLabels {
        let FilterControls {
            legend,
            words,
            due,
            all,
            sort,
            unsorted,
            backwards,
            reset,
            found,
            none,
            without,
            more,
        } = self.find;
        FilterLabels {
            legend: legend.to_owned(),
            words: words.to_owned(),
            theme: self.theme.to_owned(),
            owner: self.header(plan, Field::Owner, self.owner),
            status: self.header(plan, Field::Status, self.status),
            due: due.to_owned(),
            all: all.to_owned(),
            sort: sort.to_owned(),
            unsorted: unsorted.to_owned(),
            backwards: backwards.to_owned(),
            reset: reset.to_owned(),
            found: found.to_owned(),
            none: none.to_owned(),
            without: without.to_owned(),
            more: more.to_owned(),
        }
    }

    /// What the controls are called by which a page is filled in.
    pub(super) fn fill(&self) -> FormLabels {
        let FormControls { legend, how, save, clear, sure, field, file, kept, lost, back, saved } =
            self.fill;
        let [legend, how, save, clear, sure, field, file, kept, lost, back, saved] =
            [legend, how, save, clear, sure, field, file, kept, lost, back, saved]
                .map(str::to_owned);
        FormLabels { legend, how, save, clear, sure, field, file, kept, lost, back, saved }
    }

    /// A date as it is shown: "30 November 2011", "November 2011", "2011".
    pub(super) fn date(&self, date: PartialDate) -> String {
        match date {
            PartialDate::Year(year) => year.to_string(),
            PartialDate::Month(year, month) => format!("{} {year}", self.month(month)),
            PartialDate::Day(day) => self.day(day),
        }
    }

    /// What a return is called: "Actions of Lin Ferguson, for the review of March 2012".
    pub(super) fn return_heading(&self, of: &ReturnHeading) -> Phrase {
        let mut heading: Phrase =
            if of.owner.is_empty() { self.return_without_owner } else { self.return_of }.into();
        if !of.owner.is_empty() {
            heading.push(" ");
            heading.push(self.own(&of.owner));
        }
        if let Some(period) = of.period {
            heading.push(format!(", {} {}", self.return_for, self.date(period)));
        }
        heading
    }

    /// What a return asks for, and the plan and version that it was made from: a line each.
    pub(super) fn return_caption(&self, of: &ReturnHeading, title: &str) -> Phrase {
        let title = if title.is_empty() { self.untitled.into() } else { self.own(title) };
        Phrase::of([
            self.return_how.into(),
            "\n".into(),
            title,
            format!(", {} {}", self.return_version, of.version).into(),
        ])
    }

    /// What counts were counted from: "60 actions as at 30 November 2011. 40 statuses are taken
    /// from updates or target dates."
    pub(super) fn counted_from(&self, actions: usize, inferred: usize, as_at: &str) -> String {
        let some = |text: &str, n: usize| text.replace("{n}", &n.to_string());
        let counted = if actions == 1 {
            self.one_counted.to_owned()
        } else {
            some(self.some_counted, actions)
        };
        match inferred {
            0 => format!("{counted}{as_at}."),
            1 => format!("{counted}{as_at}. {}", self.one_inferred),
            n => format!("{counted}{as_at}. {}", some(self.some_inferred, n)),
        }
    }

    /// What the positions of actions are called.
    pub(super) fn positions(&self) -> &PositionLabels {
        &self.positions
    }

    /// Where an action stands against the calendar: "Overdue by 30 days".
    pub(super) fn position_of(&self, position: Position) -> Phrase {
        let words = &self.positions;
        match position {
            Position::Completed => words.completed.into(),
            Position::Stopped => words.stopped.into(),
            Position::NoDate => words.no_date.into(),
            Position::NotDueYet => words.not_due.into(),
            Position::DueBeforeNextReview => words.due_before_next_review.into(),
            Position::Overdue { days: 1 } => words.overdue_by_one.into(),
            Position::Overdue { days } => words.overdue_by.replace("{n}", &days.to_string()).into(),
        }
    }

    /// A day as it is shown.
    pub(super) fn day(&self, day: Date) -> String {
        format!("{} {} {}", day.day(), self.month(day.month()), day.year())
    }

    fn month(&self, month: i8) -> &'static str {
        usize::try_from(month - 1)
            .ok()
            .and_then(|i| self.months.get(i))
            .copied()
            .unwrap_or_default()
    }
}

impl StateLabels {
    fn of(&self, meaning: StateMeaning) -> (&'static str, &'static str) {
        match meaning {
            StateMeaning::Complete => self.complete,
            StateMeaning::OnTrack => self.on_track,
            StateMeaning::AtRisk => self.at_risk,
            StateMeaning::OffTrack => self.off_track,
            StateMeaning::NotStarted => self.not_started,
        }
    }
}
