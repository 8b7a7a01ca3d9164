//! The review pack: what a board reads at its meeting, put together from the plan, its review and
//! what there is to ask.
//!
//! It is a report like that of the plan alone, with more sections around the plan, so that every
//! output draws the same numbers. What a section counts, the summary counts: both come from one
//! [`Agenda`].

mod lists;
mod messages;

use crate::changes::Changes;
use crate::date::Date;
use crate::json;
use crate::plan::{Action, Objective, Plan, Theme};
use crate::publish::{Audience, Published};
use crate::review::{Agenda, LookBack, Review, Trend, working_days_after};
use crate::text::{SpanStyle, Text, TextBlock, TextBlockKind};

use super::anchors::Anchors;
use super::build::of_plan;
use super::labels::Labels;
use super::labels::pack::PackLabels;
use super::options::ReportOptions;
use super::tables::ReportContext;
use super::{
    DataSheet, DataTable, LabelledFact, Phrase, Report, ReportSection, ReportSheet, SectionContent,
};

/// How a review pack is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackOptions<'a> {
    /// How the plan in it is shown.
    pub report: ReportOptions,
    /// The sections, in order; by default all of them.
    pub sections: Vec<PackSection>,
    /// The day of the inspection's report, if it is known.
    pub inspected: Option<Date>,
    /// The plan at the last review, if the pack is to say what changed since.
    pub earlier: Option<PreviousVersion<'a>>,
    /// How the counts changed through the versions ([`trend`](crate::trend)), this plan last;
    /// without earlier ones, none.
    pub trend: Trend,
}

/// The plan at the last review, and what changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreviousVersion<'a> {
    /// The plan.
    pub plan: &'a Published,
    /// The day on which it was looked at.
    pub as_of: Option<Date>,
    /// What changed from it to the present plan.
    pub changes: &'a Changes,
}

impl Default for PackOptions<'_> {
    fn default() -> Self {
        Self {
            report: ReportOptions::default(),
            sections: PackSection::ALL.to_vec(),
            inspected: None,
            earlier: None,
            trend: Trend::default(),
        }
    }
}

/// A section of a review pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PackSection {
    /// The key messages and the figures, with charts.
    Summary,
    /// How the counts changed through the earlier versions, and why.
    Trend,
    /// Every action that is reported off track or at risk, with the reason given, and every action
    /// that is overdue.
    Exceptions,
    /// Target dates that moved, or are asked to be moved.
    Dates,
    /// Actions of which nothing was reported since the last review.
    NoUpdate,
    /// What changed in the plan since the last review.
    Changes,
    /// What was completed since the last review.
    Completed,
    /// What is due, by month.
    Ahead,
    /// Each owner's load.
    Owners,
    /// Which objectives answer each recommendation.
    Recommendations,
    /// What is complete, and has no evidence.
    Evidence,
    /// The whole plan, with its introduction and notes.
    Plan,
    /// What the states mean.
    Key,
    /// The abbreviations that the plan explains.
    Glossary,
    /// The versions compared, and room to sign.
    SignOff,
}

impl PackSection {
    /// Every section, in the order of a pack.
    pub const ALL: &[Self] = &[
        Self::Summary,
        Self::Trend,
        Self::Exceptions,
        Self::Dates,
        Self::NoUpdate,
        Self::Changes,
        Self::Completed,
        Self::Ahead,
        Self::Owners,
        Self::Recommendations,
        Self::Evidence,
        Self::Plan,
        Self::Key,
        Self::Glossary,
        Self::SignOff,
    ];

    /// What settings call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Trend => "trend",
            Self::Exceptions => "exceptions",
            Self::Dates => "dates",
            Self::NoUpdate => "no-update",
            Self::Changes => "changes",
            Self::Completed => "completed",
            Self::Ahead => "ahead",
            Self::Owners => "owners",
            Self::Recommendations => "recommendations",
            Self::Evidence => "evidence",
            Self::Plan => "plan",
            Self::Key => "key",
            Self::Glossary => "glossary",
            Self::SignOff => "sign-off",
        }
    }

    /// The section that settings call so.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|section| section.name() == name)
    }
}

/// Puts together a review pack.
///
/// `review` and `agenda` must be of this plan.
///
/// ```
/// use planwright::report::{PackOptions, pack};
/// use planwright::{AgendaOptions, Plan, PublishOptions, agenda, publish, review, write};
///
/// let plan = publish(Plan { title: "Care plan".to_owned(), ..Plan::default() }, &PublishOptions::internal());
/// let looked_at = review(&plan, "2012-03-31".parse().ok());
/// let asked = agenda(&plan, &looked_at, &AgendaOptions::default());
/// let report = pack(&plan, &looked_at, &asked, &PackOptions::default());
/// let page = write::html(&report, &write::HtmlOptions::default());
/// assert!(page.contains("Review pack: Care plan"));
/// ```
pub fn pack(
    published: &Published,
    review: &Review,
    agenda: &Agenda,
    options: &PackOptions<'_>,
) -> Report {
    let plan = published.plan();
    let of_earlier =
        options.earlier.map(|earlier| earlier.plan.audience().narrower(earlier.changes.audience()));
    let audience = [review.audience(), agenda.audience()]
        .into_iter()
        .chain(of_earlier)
        .fold(published.audience(), Audience::narrower);
    // a pack has sheets of its own
    let mut base =
        of_plan(plan, review, &ReportOptions { sheets: false, ..options.report.clone() }, audience);
    let words = Labels::of(options.report.language);
    let anchors = Anchors::new(plan, words);
    let links = if options.sections.contains(&PackSection::Plan) {
        action_anchors(&base)
    } else {
        Vec::new()
    };
    let title = Phrase::of([format!("{}: ", words.pack.title).into(), base.title.clone()]);
    let facts = facts(&base.facts, agenda, options, words);
    let parts = PackContext {
        made: ReportContext {
            plan,
            review,
            anchors: &anchors,
            words,
            title: &title,
            facts: Vec::new(),
        },
        agenda,
        words: &words.pack,
        options,
        links: &links,
        actions: plan.actions().collect(),
        audience,
    };
    let mut sections = Vec::new();
    let mut sheets = Vec::new();
    for wanted in &options.sections {
        parts.add(*wanted, &mut base, &mut sections, &mut sheets);
    }
    // a workbook is led by a sheet that says what it is, whether or not the summary is wanted
    if !sheets.iter().any(|sheet| matches!(sheet, ReportSheet::Front(_))) {
        sheets.insert(0, ReportSheet::Front(parts.front(Vec::new(), Vec::new())));
    }
    if let Some(ReportSheet::Front(front)) =
        sheets.iter_mut().find(|sheet| matches!(sheet, ReportSheet::Front(_)))
    {
        front.facts.splice(0..0, facts.iter().cloned());
    }
    Report { title, facts, sections, sheets, ..base }
}

/// The anchors of the actions of the plan in a report.
fn action_anchors(report: &Report) -> Vec<String> {
    let objectives = report
        .plan_table()
        .into_iter()
        .flat_map(|table| &table.themes)
        .flat_map(|theme| &theme.objectives);
    objectives
        .flat_map(|objective| &objective.actions)
        .map(|action| action.anchor.clone())
        .collect()
}

fn facts(
    of_plan: &[LabelledFact],
    agenda: &Agenda,
    options: &PackOptions<'_>,
    words: &Labels,
) -> Vec<LabelledFact> {
    let day = |label: &str, day: Option<Date>| {
        day.map(|day| LabelledFact { label: label.to_owned(), value: words.day(day).into() })
    };
    // the plan's own words for its last review stay; the day that the pack counts from is reported
    // where it is another
    let compared = match agenda.since {
        LookBack::Earlier(then) => {
            Some(then.map_or_else(|| words.pack.an_earlier.to_owned(), |then| words.day(then)))
        }
        _ => None,
    };
    let compared = compared
        .map(|then| LabelledFact { label: words.pack.compared.to_owned(), value: then.into() });
    let due = options.inspected.and_then(|day| working_days_after(day, PLAN_DUE));
    let inspection = [day(words.pack.inspected, options.inspected), day(words.pack.plan_due, due)];
    of_plan.iter().cloned().chain(compared).chain(inspection.into_iter().flatten()).collect()
}

/// What the sections are made from.
struct PackContext<'a> {
    made: ReportContext<'a>,
    agenda: &'a Agenda,
    words: &'a PackLabels,
    options: &'a PackOptions<'a>,
    /// The anchors of the actions, if the plan is in the pack.
    links: &'a [String],
    /// The actions, each with its theme and objective.
    actions: Vec<(&'a Theme, &'a Objective, &'a Action)>,
    audience: Audience,
}

impl PackContext<'_> {
    /// Adds a section, and its sheet.
    fn add(
        &self,
        wanted: PackSection,
        base: &mut Report,
        sections: &mut Vec<ReportSection>,
        sheets: &mut Vec<ReportSheet>,
    ) {
        let words = self.words;
        let (heading, tables) = match wanted {
            PackSection::Summary => {
                let (messages, tables) = (self.messages(), self.summaries());
                let text = Some(SectionContent::Text(numbered(&messages)))
                    .filter(|_| !messages.is_empty());
                let contents = text
                    .into_iter()
                    .chain(tables.iter().cloned().map(SectionContent::Data))
                    .collect();
                sections.push(section(wanted, words.summary, contents));
                sheets.insert(0, ReportSheet::Front(self.front(messages, tables)));
                return;
            }
            PackSection::Plan => {
                // without the section that says what answers them, the recommendations stand as the
                // plan has them: it links to them
                let listed = if self.options.sections.contains(&PackSection::Recommendations) {
                    ""
                } else {
                    "recommendations"
                };
                for anchor in ["introduction", listed, "plan", "notes"] {
                    let Some(section) = taken(base, anchor) else { continue };
                    sheets.push(ReportSheet::Section(sections.len()));
                    sections.push(section);
                }
                return;
            }
            PackSection::Key => {
                sections.extend(taken(base, "key"));
                sheets.push(ReportSheet::Tables(self.made.key()));
                return;
            }
            PackSection::Trend if self.options.trend.points.len() < 2 => return,
            PackSection::Trend => (words.trend, self.trend()),
            PackSection::Exceptions => (self.made.words.attention, self.made.attention(self.links)),
            PackSection::Dates => (words.dates, vec![self.dates()]),
            PackSection::NoUpdate => (words.silent, vec![self.silent()]),
            PackSection::Changes => (words.changes, vec![self.changes()]),
            PackSection::Completed => (words.completed, self.completed()),
            PackSection::Ahead => (words.ahead, self.ahead()),
            PackSection::Owners => (words.owners, vec![self.owners()]),
            PackSection::Recommendations => (words.recommendations, vec![self.coverage()]),
            PackSection::Evidence => (words.evidence, vec![self.evidence()]),
            PackSection::Glossary => (words.glossary, vec![self.glossary(&base.abbreviations)]),
            PackSection::SignOff => (words.sign_off, vec![self.versions(), self.sign_off()]),
        };
        sections.push(section(
            wanted,
            heading,
            tables.iter().cloned().map(SectionContent::Data).collect(),
        ));
        let name = if wanted == PackSection::Recommendations {
            words.recommendations_sheet
        } else {
            heading
        };
        sheets.push(ReportSheet::Tables(DataSheet {
            heading: heading.into(),
            short: short(name),
            facts: Vec::new(),
            tables,
        }));
    }

    /// What leads a workbook.
    fn front(&self, messages: Vec<LabelledFact>, tables: Vec<DataTable>) -> DataSheet {
        DataSheet {
            heading: self.made.title.clone(),
            short: short(self.words.summary),
            facts: messages,
            tables,
        }
    }

    fn listed(&self, references: &[&str]) -> String {
        /// The most references that a message names.
        const MOST: usize = 12;
        let named = references.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
        match references.len().saturating_sub(MOST) {
            0 => named,
            more => format!("{named} {}", filled(self.words.more, &[("n", &more.to_string())])),
        }
    }
}

/// In so many working days from an inspection's report an action plan is due.
const PLAN_DUE: u16 = 70;

/// Takes a section out of the report of the plan.
fn taken(base: &mut Report, anchor: &str) -> Option<ReportSection> {
    let at = base.sections.iter().position(|section| section.anchor == anchor)?;
    Some(base.sections.remove(at))
}

fn section(wanted: PackSection, heading: &str, contents: Vec<SectionContent>) -> ReportSection {
    ReportSection {
        anchor: format!("pack-{}", wanted.name()),
        heading: heading.into(),
        short: short(heading),
        contents,
        on_new_page: wanted == PackSection::Summary,
    }
}

/// A heading as the name of a sheet.
fn short(heading: &str) -> String {
    heading
        .chars()
        .filter(|c| !"[]:*?/\\".contains(*c))
        .take(31)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// Messages as a numbered list.
fn numbered(messages: &[LabelledFact]) -> Text {
    let block = |(message, number): (&LabelledFact, u32)| TextBlock {
        kind: TextBlockKind::Numbered { depth: 0, number },
        spans: message.value.spans(SpanStyle::default()).into(),
    };
    Text { blocks: messages.iter().zip(1..).map(block).collect() }
}

/// A text with its marks replaced.
fn filled(text: &str, marks: &[(&str, &str)]) -> String {
    marks
        .iter()
        .fold(text.to_owned(), |text, (mark, value)| text.replace(&format!("{{{mark}}}"), value))
}

/// The version of the plan, as a pack names it.
pub(super) fn version(plan: &Plan) -> String {
    json::version(plan).unwrap_or_default()
}
