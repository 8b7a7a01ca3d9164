//! Columns and forms of ours, for what no column of plans says: tables that are written for people
//! to go on with, in markdown and as comma-separated values, have them where they are needed, and
//! import reads them.
//!
//! They mean this only in a table that has a column for the references of objectives beside that of
//! its actions.

pub(crate) mod owners;

use crate::date::PartialDate;
use crate::plan::{Basis, EarlierTarget, Scheme, Status, Target, target};

/// The heading over a table of actions that belong to no theme: import leaves it out.
pub(crate) const NO_THEME: &str = "Action plan";

/// The header by which a table of ours is known: of the column of the objectives' references.
pub(crate) const OBJECTIVE_REFERENCE: &str = "Objective ref";

/// The headers of the table of statuses that stands above a table of ours.
pub(crate) const STATUSES: [&str; 6] =
    ["Status of the plan", "Id", "Category", "Colour", "Meaning", "Key"];

/// The header of the references of actions where the program assigned them.
pub(crate) const ASSIGNED_REFERENCE: &str = "Ref (assigned)";

/// What a column of ours says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RoundTripColumn {
    /// Which theme it is, where the titles do not tell.
    ThemeNumber,
    /// What the section of the theme says before its actions.
    AboutTheme,
    /// What the section of the objective says before its actions.
    AboutObjective,
    /// The recommendation that the objective answers.
    Recommendation,
    /// The target dates that the action had before.
    EarlierTargets,
    /// What the reviewer says of the progress.
    Progress,
    /// The state that the reviewer gives.
    State,
    /// Who reviewed it.
    Reviewer,
    /// When it was reviewed.
    ReviewedOn,
    /// The target date that the reviewer proposes.
    RevisedTarget,
    /// The comment on the cell under this header.
    CommentOn(String),
    /// Columns that share one, each text below its header.
    OtherColumns,
    /// Comments that share a column, each below the header of its cell.
    OtherComments,
}

impl RoundTripColumn {
    /// All but comments, in the order in which a table has them.
    const FIXED: [(Self, &'static str); 12] = [
        (Self::ThemeNumber, "Theme no"),
        (Self::AboutTheme, "About the theme"),
        (Self::AboutObjective, "About the objective"),
        (Self::Recommendation, "Answers recommendation"),
        (Self::EarlierTargets, "Earlier target dates"),
        (Self::Progress, "Review: progress"),
        (Self::State, "Review: status"),
        (Self::Reviewer, "Review: reviewer"),
        (Self::ReviewedOn, "Review: date"),
        (Self::RevisedTarget, "Review: revised target date"),
        (Self::OtherColumns, "Other columns"),
        (Self::OtherComments, "Other comments"),
    ];
    const COMMENT_ON: &'static str = "Comment on";

    /// The header of the column.
    pub(crate) fn header(&self) -> String {
        match self {
            Self::CommentOn(about) if about.is_empty() => Self::COMMENT_ON.to_owned(),
            Self::CommentOn(about) => format!("{} {about}", Self::COMMENT_ON),
            fixed => Self::FIXED
                .iter()
                .find(|(own, _)| own == fixed)
                .map_or_else(String::new, |(_, header)| (*header).to_owned()),
        }
    }

    /// The headers of all but comments.
    pub(crate) fn headers() -> impl Iterator<Item = &'static str> {
        Self::FIXED.into_iter().map(|(_, header)| header)
    }

    /// What a column with this header says, if it is one of ours.
    pub(crate) fn of_header(header: &str) -> Option<Self> {
        let fixed = Self::FIXED.into_iter().find(|(_, own)| *own == header).map(|(own, _)| own);
        let about = header
            .strip_prefix(Self::COMMENT_ON)
            .filter(|about| about.is_empty() || about.starts_with(' '));
        fixed.or_else(|| about.map(|about| Self::CommentOn(about.trim_start().to_owned())))
    }
}

/// Earlier target dates, a line each: "Sept '11 (moved 2011-11 by Jo Lee)".
pub(crate) fn earlier_targets(earlier: &[EarlierTarget]) -> String {
    let line = |earlier: &EarlierTarget| {
        let mut line = earlier.target.text.clone();
        let moved = earlier.moved.map(|moved| format!(" {moved}")).unwrap_or_default();
        let by = if earlier.by.is_empty() { String::new() } else { format!(" by {}", earlier.by) };
        if !moved.is_empty() || !by.is_empty() {
            line = format!("{line} (moved{moved}{by})");
        }
        line
    };
    earlier.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Reads the lines of [`earlier_targets`].
pub(crate) fn read_earlier_targets(
    lines: &str,
    calendar: target::DateConventions,
) -> Vec<EarlierTarget> {
    let one = |line: &str| {
        let diagnostics = line
            .strip_suffix(')')
            .and_then(|line| line.rsplit_once(" (moved"))
            .and_then(|(text, diagnostics)| {
                let (moved, by) = diagnostics.split_once(" by ").unwrap_or((diagnostics, ""));
                let moved = if moved.is_empty() {
                    None
                } else {
                    Some(moved.strip_prefix(' ')?.parse::<PartialDate>().ok()?)
                };
                Some((text, moved, by))
            });
        let (text, moved, by) = diagnostics.unwrap_or((line, None, ""));
        EarlierTarget {
            target: target::of_cell(&crate::text::Text::from_plain(text), calendar).target,
            moved,
            by: by.to_owned(),
        }
    };
    lines.lines().filter(|line| !line.trim().is_empty()).map(one).collect()
}

/// How an action stands, in words that a status column can hold; none where no one has said it.
///
/// What was said stands as it was said, if it reads as the same status; else the state is named,
/// and why: "On track (because filled green)".
pub(crate) fn status_words(status: &Status, header: &str, scheme: &Scheme) -> String {
    if status.basis != Basis::Stated {
        return String::new();
    }
    let label =
        status.state.as_deref().and_then(|id| scheme.state(id)).map(|state| state.label.as_str());
    let evidence = super::status::StatusEvidence {
        words: &status.because,
        header,
        ..super::status::StatusEvidence::default()
    };
    match label {
        _ if !status.because.is_empty()
            && super::status::read(&evidence, scheme).status == *status =>
        {
            status.because.clone()
        }
        Some(label) if status.because.is_empty() => label.to_owned(),
        Some(label) => format!("{label} (because {})", status.because),
        None => status.because.clone(),
    }
}

/// Reads the longer form of [`status_words`]; none for other words.
pub(crate) fn read_status(words: &str, scheme: &Scheme) -> Option<Status> {
    let (label, because) = words.strip_suffix(')')?.split_once(" (because ")?;
    let state = scheme.states.iter().find(|state| state.label == label)?;
    Some(Status {
        state: Some(state.id.clone()),
        basis: Basis::Stated,
        because: because.to_owned(),
    })
}

/// A target date as a cell has it: as typed, with words struck out where they have given way and
/// would be read otherwise.
pub(crate) fn target(target: &Target) -> crate::text::Text {
    use crate::text::{SmallVec, Span, SpanStyle, Text, TextBlock};
    const MOST_WORDS: usize = 12;
    if !target.struck.is_empty() {
        return target.shown();
    }
    let reads = |text: &Text| {
        let read = target::of_cell(text, target::DateConventions::default()).target;
        (read.kind, read.start, read.due) == (target.kind, target.start, target.due)
    };
    let plain = Text::from_plain(&target.text);
    let words: Vec<&str> = target.text.split(' ').collect();
    if target.due.is_none() || reads(&plain) || words.len() > MOST_WORDS {
        return plain;
    }
    let struck = |from: usize, to: usize| {
        let piece = |words: &[&str], struck: bool| Span {
            text: words.join(" "),
            style: SpanStyle { struck, ..SpanStyle::default() },
            link: None,
        };
        let pieces = [
            piece(&words[..from], false),
            piece(&words[from..to], true),
            piece(&words[to..], false),
        ];
        let mut block = TextBlock::paragraph(SmallVec::new());
        for piece in pieces.into_iter().filter(|piece| !piece.text.is_empty()) {
            if !block.spans.is_empty() {
                block.push(Span::plain(" "));
            }
            block.push(piece);
        }
        Text::from(block)
    };
    let stretches =
        (0..words.len()).flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to)));
    stretches.map(|(from, to)| struck(from, to)).find(reads).unwrap_or(plain)
}
