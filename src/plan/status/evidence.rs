//! What a source says of how an action stands, weighed: the status column's word stands, and what
//! contradicts it is reported.

use super::fill;
use super::percent;
use super::words::{self, NamedStatus, OwnStatus, StatusCell, StatusSource, StatusVocabulary};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::hue::Hue;
use crate::plan::{Basis, Category, Colour, Scheme, State, Status, Target};

/// What the cells of an action say of how it stands. Words are empty where there is no cell.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct StatusEvidence<'a> {
    /// The words of its status cell.
    pub(crate) words: &'a str,
    /// The header of the status column.
    pub(crate) header: &'a str,
    /// The colour that fills its status cell.
    pub(crate) fill: Option<Colour>,
    /// How much of it is done, in percent, as typed.
    pub(crate) percent: &'a str,
    /// Whether bare numbers of the column of percentages are parts of one
    /// ([`are_parts_of_one`](super::are_parts_of_one)).
    pub(crate) parts_of_one: bool,
    /// When it was completed, as typed.
    pub(crate) completed_on: &'a str,
    /// The day on which the plan is looked at: what was to be completed later is not complete.
    pub(crate) day: Option<Date>,
}

/// How an action stands as its source says it, and the diagnostics of that. The
/// diagnostics have no place yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ReadStatus {
    /// Its state is none where it is `own`.
    pub(crate) status: Status,
    /// A status that the scheme lacks so far.
    pub(crate) own: Option<OwnStatus>,
    /// The fill that gave the state, for [`FillCounts`](super::FillCounts) to count.
    pub(crate) filled: Option<Colour>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl ReadStatus {
    fn of(named: NamedStatus<'_>, because: String) -> Self {
        let (state, own) = match named {
            NamedStatus::State(state) => (Some(state.id.clone()), None),
            NamedStatus::Own(own) => (None, Some(own)),
        };
        Self { status: Status { state, basis: Basis::Stated, because }, own, ..Self::default() }
    }

    /// The kind of status that it is.
    pub(crate) fn category(&self, scheme: &Scheme) -> Option<Category> {
        match &self.own {
            Some(own) => own.category,
            None => scheme.state(self.status.state.as_deref()?)?.category,
        }
    }
}

/// Reads how an action stands.
///
/// The words of the status cell stand, then its fill; where it has neither, that a day of
/// completion is given, then the percentage.
pub(crate) fn read<'a>(
    evidence: &StatusEvidence<'_>,
    known: impl Into<StatusVocabulary<'a>>,
) -> ReadStatus {
    let known = known.into();
    let scheme = known.scheme;
    let said = words::read(evidence.words, evidence.header, known);
    let says_nothing = matches!(said, StatusCell::Nothing);
    let says_enough =
        !matches!(said, StatusCell::Prose | StatusCell::NoStatus | StatusCell::Nothing);
    let mut read = by_status_cell(evidence, said, scheme);
    let percent = percent::in_column(evidence.percent, evidence.parts_of_one);
    let completed = CompletionCell::of(evidence, known);
    if says_nothing && read.filled.is_none() && read.own.is_none() {
        read = by_other_columns(evidence, percent, completed, scheme);
    }
    let claim = StatusClaim {
        category: read.category(scheme),
        is_judged: says_enough || read.filled.is_some() || says_nothing,
        is_own: read.own.as_ref().is_some_and(|own| !own.is_known),
        words: &read.status.because,
    };
    let against = contradiction(&claim, percent, completed, evidence);
    read.diagnostics.extend(against);
    read
}

/// What the status cell says by its words and its fill.
fn by_status_cell(
    evidence: &StatusEvidence<'_>,
    said: StatusCell<'_>,
    scheme: &Scheme,
) -> ReadStatus {
    let said_words = evidence.words.trim();
    let line = said_words.split_whitespace().collect::<Vec<_>>().join(" ");
    let of_fill = evidence.fill.and_then(|fill| Some((fill, fill::state(fill, scheme)?)));
    let no_state = || Status { state: None, basis: Basis::Stated, because: line.clone() };
    let word_stands = |fill: Colour| {
        conflict(format!(
            "the status says “{line}”, but its cell is filled {}; the word was used",
            fill::described(fill)
        ))
    };
    match (said, of_fill) {
        (StatusCell::Status { named, by, yet }, of_fill) => {
            let gives_way = by != StatusSource::Answer
                && (named.is_in_progress()
                    || matches!(&named, NamedStatus::Own(own) if !own.is_known));
            if let Some((fill, state)) = of_fill.filter(|(_, state)| gives_way && !is_done(state)) {
                return by_fill(&line, fill, state);
            }
            let mut diagnostics = Vec::new();
            let mut chosen = named;
            if let Some(other) = yet {
                let (first, second) = (chosen.label().to_owned(), other.label().to_owned());
                if other.advance() < chosen.advance() {
                    chosen = other;
                }
                let message = format!(
                    "the status “{line}” says {first} and {second}; the less advanced, {}, was used",
                    chosen.label()
                );
                diagnostics.push(conflict(message));
            }
            let word_is_done = chosen.category() == Some(Category::Complete);
            if let Some((fill, other)) = of_fill
                && (disagree(by, &chosen, fill, other)
                    || (is_done(other)
                        && !word_is_done
                        && by != StatusSource::Answer
                        && !matches!(by, StatusSource::Colour(_))))
            {
                diagnostics.push(word_stands(fill));
            }
            ReadStatus { diagnostics, ..ReadStatus::of(chosen, line) }
        }
        (StatusCell::Several(several), _) => {
            let labels: Vec<String> =
                several.iter().map(|named| named.label().to_owned()).collect();
            let Some(least) = several.into_iter().min_by_key(NamedStatus::advance) else {
                return ReadStatus::default();
            };
            let message = format!(
                "the status “{line}” names more than one status, {}; the less advanced, {}, was used",
                labels.join(" and "),
                least.label()
            );
            let diagnostics = vec![
                Diagnostic::new(Code::StatusAmbiguous, message).help("give the action one status"),
            ];
            ReadStatus { diagnostics, ..ReadStatus::of(least, line) }
        }
        (StatusCell::NoStatus | StatusCell::Prose, None) => {
            ReadStatus { status: no_state(), ..ReadStatus::default() }
        }
        (StatusCell::NoStatus | StatusCell::Prose | StatusCell::Nothing, Some((fill, state))) => {
            by_fill(&line, fill, state)
        }
        (StatusCell::Nothing, None) => evidence.fill.and_then(by_unknown_fill).unwrap_or_default(),
    }
}

/// A status that the fill of the status cell gives, in a colour of which the scheme has no state.
fn by_unknown_fill(fill: Colour) -> Option<ReadStatus> {
    let hue = Hue::of(fill).filter(|hue| *hue != Hue::Grey)?;
    Some(ReadStatus::of(
        NamedStatus::Own(words::of_colour(hue)),
        format!("filled {}", fill::described(fill)),
    ))
}

/// A status that the fill of the status cell gives.
fn by_fill(words: &str, fill: Colour, state: &State) -> ReadStatus {
    let filled = format!("filled {}", fill::described(fill));
    let because = if words.is_empty() { filled } else { format!("“{words}”, {filled}") };
    ReadStatus { filled: Some(fill), ..ReadStatus::of(NamedStatus::State(state), because) }
}

/// Whether a word and the fill of its cell contradict each other.
///
/// A colour's name must be that of the fill; other words only must not be good news on bad, since
/// what green and amber mean differs.
fn disagree(by: StatusSource, named: &NamedStatus<'_>, fill: Colour, of_fill: &State) -> bool {
    let is_good = |category: Option<Category>| {
        matches!(category, Some(Category::Complete | Category::UnderWay))
    };
    let is_bad = |category: Option<Category>| {
        matches!(category, Some(Category::AtRisk | Category::OnHold | Category::OffTrack))
    };
    let (word, filled) = (named.category(), of_fill.category);
    match by {
        StatusSource::Colour(hue) => {
            named != &NamedStatus::State(of_fill) && Hue::of(fill) != Some(hue)
        }
        StatusSource::Words => {
            (is_good(word) && is_bad(filled)) || (is_bad(word) && is_good(filled))
        }
        StatusSource::Answer | StatusSource::Sentence => false,
    }
}

/// What the column of completion says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CompletionCell {
    /// The action was completed: a day is given, or a yes.
    Done,
    /// A day that is still to come.
    ToCome,
    /// It was not.
    NotDone,
    /// Nothing, or nothing that is understood.
    Nothing,
}

impl CompletionCell {
    fn of(evidence: &StatusEvidence<'_>, known: StatusVocabulary<'_>) -> Self {
        let words = evidence.completed_on.trim();
        if words.is_empty() {
            return Self::Nothing;
        }
        if let Some(start) = Target::read(words).start {
            return if evidence.day.is_some_and(|day| day < start) {
                Self::ToCome
            } else {
                Self::Done
            };
        }
        match words::read(words, "Complete?", known) {
            StatusCell::Status { named, .. } if named.category() == Some(Category::Complete) => {
                Self::Done
            }
            StatusCell::Status { by: StatusSource::Answer, .. } => Self::NotDone,
            _ => Self::Nothing,
        }
    }
}

/// What is reported where the status cell says nothing.
fn by_other_columns(
    evidence: &StatusEvidence<'_>,
    percent: Option<f64>,
    completed: CompletionCell,
    scheme: &Scheme,
) -> ReadStatus {
    let said = |words: &str, because: String| match words::alone(words, scheme) {
        Some(StatusCell::Status { named, .. }) => ReadStatus::of(named, because),
        _ => ReadStatus::default(),
    };
    match percent {
        _ if completed == CompletionCell::Done => {
            said("complete", format!("completed: {}", evidence.completed_on.trim()))
        }
        Some(percent) if percent >= 100.0 => said("complete", "100%".to_owned()),
        Some(percent) if percent <= 0.0 => said("not started", "0%".to_owned()),
        Some(percent) => said("in progress", format!("{percent}%")),
        None => ReadStatus::default(),
    }
}

/// What was taken from the source, against which the other columns are held.
struct StatusClaim<'a> {
    category: Option<Category>,
    /// Whether it says enough to be contradicted.
    is_judged: bool,
    /// Whether its words are not understood.
    is_own: bool,
    words: &'a str,
}

/// What the other columns say against it, if they do.
fn contradiction(
    claim: &StatusClaim<'_>,
    percent: Option<f64>,
    completed: CompletionCell,
    evidence: &StatusEvidence<'_>,
) -> Option<Diagnostic> {
    if claim.words.is_empty() || !claim.is_judged || claim.is_own {
        return None;
    }
    let done = claim.category == Some(Category::Complete);
    let against = match (percent, completed) {
        (_, CompletionCell::Done) if !done => {
            format!("it was completed: “{}”", evidence.completed_on.trim())
        }
        (_, CompletionCell::NotDone) if done => {
            format!("the column of completion says “{}”", evidence.completed_on.trim())
        }
        (_, CompletionCell::ToCome) if done => {
            format!("the day of completion is still to come: “{}”", evidence.completed_on.trim())
        }
        (Some(percent), _) if percent >= 100.0 && !done => "100% of it is done".to_owned(),
        (Some(percent), _) if percent < 100.0 && done => format!("{percent}% of it is done"),
        (Some(percent), _) if percent > 0.0 && claim.category == Some(Category::NotStarted) => {
            format!("{percent}% of it is done")
        }
        _ => return None,
    };
    Some(conflict(format!("the status says “{}”, but {against}; the status was used", claim.words)))
}

fn conflict(message: String) -> Diagnostic {
    Diagnostic::new(Code::StatusConflict, message)
        .help("check which is right, and correct the other in the source")
}

/// Whether an action in this state has been done, whatever the state is called.
fn is_done(state: &State) -> bool {
    state.category == Some(Category::Complete)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREEN: Option<Colour> = Some(Colour::new(0, 0xb0, 0x50));
    const RED: Option<Colour> = Some(Colour::new(0xff, 0, 0));
    const BLUE: Option<Colour> = Some(Colour::new(0, 0x70, 0xc0));
    const PALE: Option<Colour> = Some(Colour::new(0xdd, 0xeb, 0xf7));

    fn status(
        words: &'static str,
        fill: Option<Colour>,
        percent: &'static str,
        completed_on: &'static str,
    ) -> StatusEvidence<'static> {
        StatusEvidence {
            words,
            header: "Status",
            fill,
            percent,
            completed_on,
            ..StatusEvidence::default()
        }
    }

    #[test]
    fn the_status_column_stands_and_conflicts_are_told() {
        use Code::{StatusAmbiguous, StatusConflict};
        for (evidence, state, because, diagnostics) in [
            (status("Amber", None, "", ""), "at-risk", "Amber", None),
            (status("In progress", None, "40%", ""), "+In progress", "In progress", None),
            (status("Amber", None, "100%", ""), "at-risk", "Amber", Some(StatusConflict)),
            (status("Complete", None, "40", ""), "complete", "Complete", Some(StatusConflict)),
            (status("Complete", None, "100", ""), "complete", "Complete", None),
            (status("Complete", None, "", ""), "complete", "Complete", None),
            (status("Red", None, "", "12 Sept 2011"), "off-track", "Red", Some(StatusConflict)),
            (status("Complete", None, "", "No"), "complete", "Complete", Some(StatusConflict)),
            (
                status("Not started", None, "10%", ""),
                "not-started",
                "Not started",
                Some(StatusConflict),
            ),
            (
                status("In progress", None, "100%", ""),
                "+In progress",
                "In progress",
                Some(StatusConflict),
            ),
            (status("Red/Amber", None, "", ""), "off-track", "Red/Amber", Some(StatusAmbiguous)),
            (
                status("Green (complete)", None, "", ""),
                "on-track",
                "Green (complete)",
                Some(StatusConflict),
            ),
            (status("as before", None, "", ""), "+As before", "as before", None),
            (status("TBC", None, "", ""), "", "TBC", None),
            (status("", None, "100%", ""), "complete", "100%", None),
            (status("", None, "0", ""), "not-started", "0%", None),
            (status("", None, "85%", ""), "+In progress", "85%", None),
            (status("", None, "", "12 Sept 2011"), "complete", "completed: 12 Sept 2011", None),
            (status("", None, "", "Yes"), "complete", "completed: Yes", None),
            (
                status("", None, "40%", "Sept 2011"),
                "complete",
                "completed: Sept 2011",
                Some(StatusConflict),
            ),
            (status("", None, "", "TBC"), "", "", None),
            (status("", GREEN, "", ""), "on-track", "filled green (#00b050)", None),
            (
                status("", GREEN, "100%", ""),
                "on-track",
                "filled green (#00b050)",
                Some(StatusConflict),
            ),
            (status("", PALE, "", ""), "", "", None),
            (
                status("In progress", GREEN, "", ""),
                "on-track",
                "“In progress”, filled green (#00b050)",
                None,
            ),
            (
                status("In progress", BLUE, "", ""),
                "+In progress",
                "In progress",
                Some(StatusConflict),
            ),
            (
                status("J Lee to chase", RED, "", ""),
                "off-track",
                "“J Lee to chase”, filled red (#ff0000)",
                None,
            ),
            (status("●", RED, "", ""), "off-track", "“●”, filled red (#ff0000)", None),
            (status("G", GREEN, "", ""), "on-track", "G", None),
            (status("G", RED, "", ""), "on-track", "G", Some(StatusConflict)),
            (status("Complete", GREEN, "", ""), "complete", "Complete", None),
            (status("Complete", RED, "", ""), "complete", "Complete", Some(StatusConflict)),
        ] {
            let read = read(&evidence, &Scheme::default());
            let own = read.own.as_ref().map(|own| format!("+{}", own.label));
            let found = (
                own.or_else(|| read.status.state.clone()).unwrap_or_default(),
                read.status.because.as_str(),
                read.diagnostics.first().map(|d| d.code),
            );
            assert_eq!(
                (found.0.as_str(), found.1, found.2),
                (state, because, diagnostics),
                "{evidence:?}"
            );
            assert_eq!(read.status.basis == Basis::None, because.is_empty(), "{evidence:?}");
            assert!(read.diagnostics.len() <= 1, "{:?}", read.diagnostics);
        }
    }

    #[test]
    fn a_day_of_completion_that_is_to_come_completes_nothing() {
        let day = "2011-06-30".parse().ok();
        let planned = StatusEvidence { day, ..status("", None, "", "Sept 2011") };
        assert_eq!(read(&planned, &Scheme::default()), ReadStatus::default());
        let stated = read(&StatusEvidence { words: "Complete", ..planned }, &Scheme::default());
        assert_eq!(
            stated.diagnostics[0].message,
            "the status says “Complete”, but the day of completion is still to come: “Sept 2011”; the status was used"
        );
    }

    #[test]
    fn no_on_red_is_only_no() {
        let answered = StatusEvidence { header: "Complete?", ..status("No", RED, "", "") };
        let read = read(&answered, &Scheme::default());
        assert_eq!(
            (
                read.own.map(|own| own.label).as_deref(),
                read.status.because.as_str(),
                read.diagnostics.len()
            ),
            (Some("Not complete"), "No", 0)
        );
    }
}
