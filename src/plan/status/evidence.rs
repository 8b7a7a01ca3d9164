//! What a source says of how an action stands, weighed: the status column's word stands, and what contradicts it is told.

use super::fill;
use super::meaning::{self, Meaning};
use super::percent;
use super::words::{self, By, Said};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::hue::Hue;
use crate::plan::{Basis, Colour, Scheme, State, Status, Target};
use crate::table::folded;

/// What the cells of an action say of how it stands. Words are empty where there is no cell.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence<'a> {
    /// The words of its status cell.
    pub(crate) words: &'a str,
    /// The header of the status column.
    pub(crate) header: &'a str,
    /// The colour that fills its status cell.
    pub(crate) fill: Option<Colour>,
    /// How much of it is done, in percent, as typed.
    pub(crate) percent: &'a str,
    /// Whether bare numbers of the column of percentages are parts of one ([`are_parts_of_one`](super::are_parts_of_one)).
    pub(crate) parts_of_one: bool,
    /// When it was completed, as typed.
    pub(crate) completed_on: &'a str,
    /// The day on which the plan is looked at: what was to be completed later is not complete.
    pub(crate) day: Option<Date>,
}

/// How an action stands as its source says it, and what there is to tell about that. The diagnostics have no place yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ReadStatus {
    pub(crate) status: Status,
    /// The fill that gave the state, for [`Fills`](super::Fills) to count.
    pub(crate) filled: Option<Colour>,
    pub(crate) told: Vec<Diagnostic>,
}

/// Reads how an action stands.
///
/// The words of the status cell stand, then its fill; where it has neither, that a day of completion is given, then the percentage:
/// all of it is complete, nothing of it is not started, and what lies between is no judgement. A state that the scheme lacks is none.
pub(crate) fn read(evidence: &Evidence<'_>, scheme: &Scheme) -> ReadStatus {
    let said = words::read(evidence.words, evidence.header, scheme);
    let mut read = by_status_cell(evidence, &said, scheme);
    let percent = percent::in_column(evidence.percent, evidence.parts_of_one);
    let completed = Completion::of(evidence, scheme);
    if said == Said::Nothing && read.filled.is_none() {
        read.status = by_other_columns(evidence, percent, completed, scheme);
    }
    let claim = Claim {
        state: read.status.state.as_deref().and_then(|id| scheme.state(id)),
        is_judged: !matches!(said, Said::Several(_) | Said::Unread) || read.filled.is_some(),
        words: &read.status.because,
    };
    read.told.extend(contradiction(&claim, percent, completed, evidence));
    read
}

/// What the status cell says by its words and its fill.
fn by_status_cell(evidence: &Evidence<'_>, said: &Said<'_>, scheme: &Scheme) -> ReadStatus {
    let said_words = evidence.words.trim();
    let of_fill = evidence.fill.and_then(|fill| Some((fill, fill::state(fill, scheme)?)));
    let as_said = |state: Option<&State>| Status {
        state: state.map(|s| s.id.clone()),
        basis: Basis::Stated,
        because: said_words.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let mut read = ReadStatus::default();
    match (said, of_fill) {
        (Said::State { state, by, yet }, _) => {
            read.status = as_said(Some(state));
            if let Some(other) = yet {
                let message = format!("the status “{said_words}” says {}, and then {}: the first stands", state.label, other.label);
                read.told.push(conflict(message));
            }
            if let Some((fill, other)) = of_fill
                && disagree(*by, state, fill, other)
            {
                let described = fill::described(fill);
                read.told.push(conflict(format!("the status says “{said_words}”, but its cell is filled {described}: the word stands")));
            }
        }
        (Said::Several(states), _) => {
            read.status = as_said(None);
            let labels: Vec<&str> = states.iter().map(|s| s.label.as_str()).collect();
            let message = format!("the status “{said_words}” names more than one state: {}; none of them was chosen", labels.join(", "));
            read.told.push(Diagnostic::new(Code::StatusAmbiguous, message).help("say which of them it is"));
        }
        (Said::Open(By::Answer), _) | (Said::Open(_), None) => read.status = as_said(None),
        (Said::Open(_), Some((fill, state))) if is_done(state) => {
            read.status = as_said(None);
            let message = format!("the status says “{said_words}”, but its cell is filled {}: the word stands", fill::described(fill));
            read.told.push(conflict(message));
        }
        (Said::Open(_) | Said::Unread | Said::Nothing, Some((fill, state))) => {
            let filled = format!("filled {}", fill::described(fill));
            let spoken = as_said(Some(state));
            let because = if *said == Said::Nothing { filled } else { format!("“{}”, {filled}", spoken.because) };
            read.status = Status { because, ..spoken };
            read.filled = Some(fill);
        }
        (Said::Unread, None) => {
            read.status = as_said(None);
            let states: Vec<&str> = scheme.states.iter().map(|s| s.label.as_str()).collect();
            let message = format!("the status “{said_words}” is none of the plan's states; it is kept as what was said");
            read.told.push(Diagnostic::new(Code::StatusUnread, message).help(format!("use one of: {}", states.join(", "))));
        }
        (Said::Nothing, None) => {}
    }
    read
}

/// Whether a word and the fill of its cell contradict each other.
///
/// A colour's name must be that of the fill; other words only must not be good news on bad, since what green and amber mean differs.
fn disagree(by: By, state: &State, fill: Colour, of_fill: &State) -> bool {
    const GOOD: &[Meaning] = &[Meaning::Complete, Meaning::OnTrack];
    const BAD: &[Meaning] = &[Meaning::AtRisk, Meaning::OffTrack];
    let is = |state: &State, meanings: &[Meaning]| meanings.iter().any(|m| m.id() == state.id);
    match by {
        By::Colour(hue) => state.id != of_fill.id && Hue::of(fill) != Some(hue),
        By::Words => (is(state, GOOD) && is(of_fill, BAD)) || (is(state, BAD) && is(of_fill, GOOD)),
        By::Answer => false,
    }
}

/// What the column of completion says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Completion {
    /// The action was completed: a day is given, or a yes.
    Done,
    /// A day that is still to come.
    ToCome,
    /// It was not.
    NotDone,
    /// Nothing, or nothing that is understood.
    Nothing,
}

impl Completion {
    fn of(evidence: &Evidence<'_>, scheme: &Scheme) -> Self {
        let words = evidence.completed_on.trim();
        if words.is_empty() {
            return Self::Nothing;
        }
        if let Some(start) = Target::read(words).start {
            return if evidence.day.is_some_and(|day| day < start) { Self::ToCome } else { Self::Done };
        }
        match words::read(words, "Complete?", scheme) {
            Said::State { state, .. } if is_done(state) => Self::Done,
            Said::Open(By::Answer) => Self::NotDone,
            _ => Self::Nothing,
        }
    }
}

/// What is told where the status cell says nothing.
fn by_other_columns(evidence: &Evidence<'_>, percent: Option<f64>, completed: Completion, scheme: &Scheme) -> Status {
    let stated = |meaning: Meaning, because: String| match scheme.state(meaning.id()) {
        Some(state) => Status { state: Some(state.id.clone()), basis: Basis::Stated, because },
        None => Status::default(),
    };
    match percent {
        _ if completed == Completion::Done => stated(Meaning::Complete, format!("completed: {}", evidence.completed_on.trim())),
        Some(percent) if percent >= 100.0 => stated(Meaning::Complete, "100%".to_owned()),
        Some(percent) if percent <= 0.0 => stated(Meaning::NotStarted, "0%".to_owned()),
        _ => Status::default(),
    }
}

/// What was taken from the source, against which the other columns are held.
struct Claim<'a> {
    state: Option<&'a State>,
    /// Whether it says enough to be contradicted.
    is_judged: bool,
    words: &'a str,
}

/// What the other columns say against it, if they do.
fn contradiction(claim: &Claim<'_>, percent: Option<f64>, completed: Completion, evidence: &Evidence<'_>) -> Option<Diagnostic> {
    if claim.words.is_empty() || !claim.is_judged {
        return None;
    }
    let is = |meaning: Meaning| claim.state.is_some_and(|s| s.id == meaning.id());
    let done = || claim.state.is_some_and(is_done);
    let against = match (percent, completed) {
        (_, Completion::Done) if !done() => format!("it was completed: “{}”", evidence.completed_on.trim()),
        (_, Completion::NotDone) if done() => format!("the column of completion says “{}”", evidence.completed_on.trim()),
        (_, Completion::ToCome) if done() => format!("the day of completion is still to come: “{}”", evidence.completed_on.trim()),
        (Some(percent), _) if percent >= 100.0 && !done() => "100% of it is done".to_owned(),
        (Some(percent), _) if percent < 100.0 && is(Meaning::Complete) => format!("{percent}% of it is done"),
        (Some(percent), _) if percent > 0.0 && is(Meaning::NotStarted) => format!("{percent}% of it is done"),
        _ => return None,
    };
    Some(conflict(format!("the status says “{}”, but {against}: the status stands", claim.words)))
}

fn conflict(message: String) -> Diagnostic {
    Diagnostic::new(Code::StatusConflict, message).help("look which is right, and mend the other in the source")
}

/// Whether an action in this state has been done, whatever the state is called.
fn is_done(state: &State) -> bool {
    let definition = || folded(&state.definition);
    state.id == Meaning::Complete.id()
        || meaning::of_definition(&state.definition) == Some(Meaning::Complete)
        || definition().contains("business as usual")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREEN: Option<Colour> = Some(Colour::new(0, 0xb0, 0x50));
    const RED: Option<Colour> = Some(Colour::new(0xff, 0, 0));
    const BLUE: Option<Colour> = Some(Colour::new(0, 0x70, 0xc0));
    const PALE: Option<Colour> = Some(Colour::new(0xdd, 0xeb, 0xf7));

    fn status(words: &'static str, fill: Option<Colour>, percent: &'static str, completed_on: &'static str) -> Evidence<'static> {
        Evidence { words, header: "Status", fill, percent, completed_on, ..Evidence::default() }
    }

    #[test]
    fn the_status_column_stands_and_conflicts_are_told() {
        use Code::{StatusAmbiguous, StatusConflict, StatusUnread};
        for (evidence, state, because, told) in [
            (status("Amber", None, "", ""), Some("at-risk"), "Amber", None),
            (status("In progress", None, "40%", ""), None, "In progress", None),
            (status("Amber", None, "100%", ""), Some("at-risk"), "Amber", Some(StatusConflict)),
            (status("Complete", None, "40", ""), Some("complete"), "Complete", Some(StatusConflict)),
            (status("Complete", None, "100", ""), Some("complete"), "Complete", None),
            (status("Complete", None, "", ""), Some("complete"), "Complete", None),
            (status("Red", None, "", "12 Sept 2011"), Some("off-track"), "Red", Some(StatusConflict)),
            (status("Complete", None, "", "No"), Some("complete"), "Complete", Some(StatusConflict)),
            (status("Not started", None, "10%", ""), Some("not-started"), "Not started", Some(StatusConflict)),
            (status("In progress", None, "100%", ""), None, "In progress", Some(StatusConflict)),
            (status("Red/Amber", None, "100%", ""), None, "Red/Amber", Some(StatusAmbiguous)),
            (status("as before", None, "100%", ""), None, "as before", Some(StatusUnread)),
            (status("", None, "100%", ""), Some("complete"), "100%", None),
            (status("", None, "0", ""), Some("not-started"), "0%", None),
            (status("", None, "85%", ""), None, "", None),
            (status("", None, "", "12 Sept 2011"), Some("complete"), "completed: 12 Sept 2011", None),
            (status("", None, "", "Yes"), Some("complete"), "completed: Yes", None),
            (status("", None, "40%", "Sept 2011"), Some("complete"), "completed: Sept 2011", Some(StatusConflict)),
            (status("", None, "", "TBC"), None, "", None),
            (status("", GREEN, "", ""), Some("on-track"), "filled green (#00b050)", None),
            (status("", GREEN, "100%", ""), Some("on-track"), "filled green (#00b050)", Some(StatusConflict)),
            (status("", PALE, "", ""), None, "", None),
            (status("In progress", GREEN, "", ""), Some("on-track"), "“In progress”, filled green (#00b050)", None),
            (status("In progress", BLUE, "", ""), None, "In progress", Some(StatusConflict)),
            (status("J Lee to chase", RED, "", ""), Some("off-track"), "“J Lee to chase”, filled red (#ff0000)", None),
            (status("G", GREEN, "", ""), Some("on-track"), "G", None),
            (status("G", RED, "", ""), Some("on-track"), "G", Some(StatusConflict)),
            (status("Complete", GREEN, "", ""), Some("complete"), "Complete", None),
            (status("Complete", RED, "", ""), Some("complete"), "Complete", Some(StatusConflict)),
        ] {
            let read = read(&evidence, &Scheme::default());
            let found = (read.status.state.as_deref(), read.status.because.as_str(), read.told.first().map(|d| d.code));
            assert_eq!(found, (state, because, told), "{evidence:?}");
            assert_eq!(read.status.basis == Basis::None, because.is_empty(), "{evidence:?}");
            assert!(read.told.len() <= 1, "{:?}", read.told);
        }
    }

    #[test]
    fn a_day_of_completion_that_is_to_come_completes_nothing() {
        let day = "2011-06-30".parse().ok();
        let planned = Evidence { day, ..status("", None, "", "Sept 2011") };
        assert_eq!(read(&planned, &Scheme::default()), ReadStatus::default());
        let stated = read(&Evidence { words: "Complete", ..planned }, &Scheme::default());
        assert_eq!(
            stated.told[0].message,
            "the status says “Complete”, but the day of completion is still to come: “Sept 2011”: the status stands"
        );
    }

    #[test]
    fn no_on_red_is_only_no() {
        let answered = Evidence { header: "Complete?", ..status("No", RED, "", "") };
        let read = read(&answered, &Scheme::default());
        assert_eq!((read.status.state, read.status.because.as_str(), read.told.len()), (None, "No", 0));
    }
}
