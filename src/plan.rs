//! The improvement plan: what an organisation has promised to do, who does it, by when, and how far
//! it has come.
//!
//! The types are those of the plan file: what [`Plan`] holds is what [`json`](crate::json) writes,
//! key for key. Places in the source (`origin`) stay in memory only.

mod extra;
mod file_version;
pub(crate) mod hue;
pub(crate) mod owner;
mod parts;
pub(crate) mod recommendation;
pub(crate) mod return_source;
pub(crate) mod round_trip;
pub(crate) mod scheme;
pub(crate) mod shared;
mod size;
mod state;
pub(crate) mod status;
pub(crate) mod target;
pub(crate) mod texts;
pub(crate) mod update;
mod upgrade;
mod validate;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::date::{Date, PartialDate};
use crate::place::Place;
use crate::text::{Span, SpanStyle, Text, TextBlock};

pub use crate::colour::Colour;
pub use crate::vocabulary::{Category, Field};
pub use state::{Scheme, State};

pub use extra::Extra;

/// An improvement plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Version of the plan file's form.
    #[serde(rename = "planwright")]
    pub version: FileVersion,
    /// Title, as the source has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Whose plan it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// The period it covers, as typed: "2011/12".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// The dates of the review cycle.
    #[serde(default, skip_serializing_if = "Cycle::is_empty")]
    pub cycle: Cycle,
    /// Text before the plan that is nothing else, in order.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub introduction: Text,
    /// What the inspection asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recommendations: Vec<Recommendation>,
    /// What the states of an action mean in this plan.
    #[serde(default)]
    pub scheme: Scheme,
    /// The source's columns in its own order and words, so that outputs can speak them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<PlanColumn>,
    /// Whether import numbered the actions within their objectives, as the source has no
    /// references.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub assigned_references: bool,
    /// The themes, in order.
    #[serde(default)]
    pub themes: Vec<Theme>,
    /// Text after the plan.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub notes: Text,
}

/// The version of the plan file's form: always 1 today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileVersion(u32);

/// When the plan was completed, last reviewed, and is to be reviewed next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cycle {
    /// When it was completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<PartialDate>,
    /// When it was last reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<PartialDate>,
    /// When it is to be reviewed next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_review: Option<PartialDate>,
}

impl Cycle {
    /// Whether no date is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Something that an inspection found must be improved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// Its reference: the source's own, else R1, R2, ... in order.
    pub reference: String,
    /// The area of the inspection it belongs to, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub area: String,
    /// The time limit set for it, as typed: "Within three months".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub deadline: String,
    /// Its wording.
    pub text: Text,
    /// Where it stands in the source.
    #[serde(skip)]
    pub origin: Option<Place>,
}

/// A column of the source: what it means here, under which words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanColumn {
    /// What the column means.
    pub field: Field,
    /// Its header, as typed.
    pub header: String,
}

/// A group of objectives under one heading; a plan without themes has one without a title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its heading, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What its section says before its actions.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub introduction: Text,
    /// Its objectives, in order.
    pub objectives: Vec<Objective>,
    /// Where it stands in the source.
    #[serde(skip)]
    pub origin: Option<Place>,
}

/// What is to be improved, and the actions that will do so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its reference: the source's own, else 1, 2, ... through the plan.
    pub reference: String,
    /// Its wording; empty where actions stand alone.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: Text,
    /// What its section says before its actions.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub introduction: Text,
    /// The reference of the recommendation that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommendation: Option<String>,
    /// What else the source says in the objective's own row, under its own headers.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
    /// What its own row names as evidence.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub evidence: Text,
    /// The comments on its cells.
    #[serde(default, deserialize_with = "notes_with_words", skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Its actions, in order.
    pub actions: Vec<Action>,
    /// Where it stands in the source.
    #[serde(skip)]
    pub origin: Option<Place>,
}

/// A piece of work with an owner and a target date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its reference: the source's own, else 1.1, 1.2, ... within its objective.
    pub reference: String,
    /// Who does it, one name or role each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<String>,
    /// Who does it, as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_text: String,
    /// What is to be done.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub action: Text,
    /// How one will know that it worked.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub success_measures: Text,
    /// When it is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The target dates that it had before, the original one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_targets: Vec<EarlierTarget>,
    /// What was reported about it, oldest first as in the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<Update>,
    /// How it stands.
    #[serde(default, skip_serializing_if = "Status::is_none")]
    pub status: Status,
    /// What the reviewer filled in.
    #[serde(default, skip_serializing_if = "ReviewEntry::is_empty")]
    pub review: ReviewEntry,
    /// Columns of the source without a meaning here, under their own headers.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
    /// Comments on its cells in the source, in order.
    #[serde(default, deserialize_with = "notes_with_words", skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Where it stands in the source.
    #[serde(skip)]
    pub origin: Option<Place>,
}

/// Reads the comments that say something.
fn notes_with_words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Note>, D::Error> {
    let mut notes = Vec::<Note>::deserialize(deserializer)?;
    notes.retain(|note| !note.text.is_empty());
    Ok(notes)
}

/// A comment on a cell of the source, as spreadsheets attach them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The header of the column whose cell it is on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// What it says, its author's name included where the source has it.
    pub text: Text,
}

/// A target date: as typed, and what it means as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// As typed.
    pub text: String,
    /// The parts of the text that are struck out, in order: the date before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub struck: Vec<String>,
    /// How precise it is.
    pub kind: TargetKind,
    /// The first day it may mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// The day on which it is due: the last that it may mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
}

impl Target {
    /// Reads a target date as people type them: day first, a month due when it ends, Q4 from
    /// January to March.
    ///
    /// What is not understood is kept as typed, with the kind [`TargetKind::Unknown`].
    ///
    /// ```
    /// use planwright::Target;
    /// assert_eq!(Target::read("Sept '11").due.unwrap().to_string(), "2011-09-30");
    /// assert_eq!(Target::read("Q4 2010/11").start.unwrap().to_string(), "2011-01-01");
    /// assert_eq!(Target::read("30.9.11").due.unwrap().to_string(), "2011-09-30");
    /// assert_eq!(Target::read("when we can").due, None);
    /// ```
    pub fn read(text: &str) -> Self {
        target::read(text, target::DateConventions::default())
    }

    /// Reads a target date where the financial year begins in another month than April, from 1 for
    /// January.
    ///
    /// ```
    /// use planwright::Target;
    /// assert_eq!(Target::read_with("Q1 2011/12", 8).due.unwrap().to_string(), "2011-10-31");
    /// ```
    pub fn read_with(text: &str, year_starts: i8) -> Self {
        target::read(text, target::DateConventions { year_starts })
    }

    /// Reads a target date as a cell of a plan is read: as [`Target::read_with`] does, else the
    /// date in a sentence.
    ///
    /// ```
    /// use planwright::Target;
    /// assert_eq!(Target::read_cell("Discuss by July 2017", 4).due.unwrap().to_string(), "2017-07-31");
    /// ```
    pub fn read_cell(text: &str, year_starts: i8) -> Self {
        target::of_cell(&Text::from_plain(text), target::DateConventions { year_starts }).target
    }

    /// The text, with the parts that are struck out marked as such.
    pub(crate) fn shown(&self) -> Text {
        let span = |words: &str, struck: bool| Span {
            text: words.to_owned(),
            style: SpanStyle { struck, ..SpanStyle::default() },
            link: None,
        };
        let mut spans = Vec::new();
        let mut rest = self.text.as_str();
        for struck in self.struck.iter().filter(|struck| !struck.is_empty()) {
            if let Some((before, after)) = rest.split_once(struck.as_str()) {
                spans.extend([span(before, false), span(struck, true)]);
                rest = after;
            }
        }
        spans.push(span(rest, false));
        spans.retain(|span| !span.text.is_empty());
        if spans.is_empty() { Text::default() } else { Text::from(TextBlock::paragraph(spans)) }
    }

    /// The text without the parts that are struck out; all of it, if all is.
    pub(crate) fn in_force(&self) -> String {
        let mut shown = self.shown();
        shown.blocks.iter_mut().for_each(|block| block.spans.retain(|span| !span.style.struck));
        let words = shown.plain().split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() { self.text.clone() } else { words }
    }
}

/// A target date that another has taken the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarlierTarget {
    /// The date.
    pub target: Target,
    /// The review in which it was moved, if told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<PartialDate>,
    /// Who moved it, where a return says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
}

/// How precise a target date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// A day.
    Day,
    /// A month: due when it ends.
    Month,
    /// A quarter of a financial year, April to March.
    Quarter,
    /// A school term.
    Term,
    /// A year, calendar or financial.
    Year,
    /// From one date to another.
    Range,
    /// Without an end.
    Ongoing,
    /// Again and again: "monthly".
    Recurring,
    /// Counted from something else: "within three months".
    Relative,
    /// Not understood; the text stays as typed.
    Unknown,
}

/// What was reported about an action at one time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// When it was reported, if told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<PartialDate>,
    /// The words it was announced with, as typed: "November 2011 update:".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What was reported, whole.
    pub text: Text,
    /// The state that it reports, if it does: an id of the plan's scheme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Who reported it, where a return says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
}

/// What was reported of how an action stands, and by whom. Where it stands against the calendar is
/// its [position](crate::Position).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// An id of the plan's scheme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Who says so.
    #[serde(default)]
    pub basis: Basis,
    /// The words that say so, as typed; of an inferred status, with where they stand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

impl Status {
    /// Whether nothing is known.
    pub fn is_none(&self) -> bool {
        self.basis == Basis::None
    }
}

/// Who says how an action stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A column or a person said so.
    Stated,
    /// An update, or the words of the target date, say so outright.
    Inferred,
    /// Nobody.
    #[default]
    None,
}

/// What a reviewer fills in for an action.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewEntry {
    /// Progress since the last review.
    pub progress: Text,
    /// The state that the reviewer gives: an id of the plan's scheme.
    pub state: String,
    /// What shows it.
    pub evidence: Text,
    /// Who reviewed it.
    pub reviewer: String,
    /// When, as typed.
    pub reviewed_on: String,
    /// A new target date, as typed.
    pub revised_target: String,
}

impl ReviewEntry {
    /// Whether nothing has been filled in.
    pub fn is_empty(&self) -> bool {
        let Self { progress, state, evidence, reviewer, reviewed_on, revised_target } = self;
        [progress, evidence].iter().all(|text| text.blocks.is_empty())
            && [state, reviewer, reviewed_on, revised_target].iter().all(|words| words.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_file_calls_fields_by_their_names() {
        for field in Field::ALL {
            assert_eq!(serde_json::to_value(field).unwrap(), field.name());
        }
    }

    #[test]
    fn every_state_of_the_default_scheme_can_be_read_on_its_own_colour() {
        let (black, white) = (Colour::new(11, 12, 12), Colour::new(255, 255, 255));
        for state in Scheme::default().states {
            let best = state.colour.contrast(black).max(state.colour.contrast(white));
            assert!(best >= 4.5, "{} has {best:.2}", state.label);
        }
    }
}
