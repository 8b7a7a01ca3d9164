//! What columns are called: the one place that knows every name.

use std::fmt;

use crate::plan::Field;

/// The names of the columns, lower case, words apart by one space, without punctuation.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Reference,
        &[
            "ref",
            "reference",
            "ref no",
            "reference number",
            "no",
            "number",
            "id",
            "item",
            "item no",
            "action ref",
            "action no",
            "action number",
            "action id",
            "poam id",
            "risk id",
        ],
    ),
    (
        Field::Theme,
        &["theme", "judgement area", "priority area", "area", "category", "section", "workstream", "work stream", "domain", "strand"],
    ),
    (
        Field::Objective,
        &[
            "what",
            "objective",
            "objectives",
            "aim",
            "outcome required",
            "area for improvement",
            "areas for improvement",
            "improvement",
            "improvement required",
            "priority",
            "issue",
            "issue identified",
            "goal",
            "area for development",
            "what do we want to achieve",
            "what needs to improve",
        ],
    ),
    (
        Field::Recommendation,
        &[
            "recommendation",
            "recommendations",
            "ofsted recommendation",
            "cqc recommendation",
            "inspection recommendation",
            "must do",
            "should do",
            "must do should do",
            "finding",
            "audit finding",
            "requirement",
        ],
    ),
    (
        Field::Action,
        &[
            "how",
            "action",
            "actions",
            "action required",
            "actions required",
            "action to be taken",
            "actions to be taken",
            "activity",
            "task",
            "tasks",
            "milestone",
            "milestones",
            "planned action",
            "key action",
            "key actions",
            "agreed action",
            "management action",
            "what will we do",
            "how will we do it",
            "steps",
            "specific action",
            "planned actions",
            "corrective action",
        ],
    ),
    (
        Field::Owner,
        &[
            "who",
            "owner",
            "owners",
            "lead",
            "leads",
            "lead officer",
            "responsible",
            "responsible officer",
            "responsible person",
            "responsible party",
            "person responsible",
            "persons responsible",
            "responsibility",
            "by whom",
            "action owner",
            "action lead",
            "accountable",
            "accountable officer",
            "accountable lead",
            "named lead",
            "lead person",
            "assigned to",
            "point of contact",
            "delivery lead",
            "senior responsible officer",
            "sro",
        ],
    ),
    (
        Field::SuccessMeasures,
        &[
            "success measure",
            "success measures",
            "success criteria",
            "success criterion",
            "measure",
            "measures",
            "measurement",
            "impact",
            "outcome",
            "outcomes",
            "expected outcome",
            "expected outcomes",
            "intended outcome",
            "intended impact",
            "impact measure",
            "measure of success",
            "measures of success",
            "performance measure",
            "kpi",
            "evidence of impact",
            "what will success look like",
            "how will we know",
            "how will we measure success",
            "desired outcome",
        ],
    ),
    (
        Field::Target,
        &[
            "target date",
            "target",
            "timescale",
            "timescales",
            "by when",
            "when",
            "due date",
            "due",
            "deadline",
            "completion date",
            "target completion date",
            "date due",
            "planned completion date",
            "timeframe",
            "time frame",
            "timeline",
            "date for completion",
            "scheduled completion date",
            "end date",
            "implementation date",
        ],
    ),
    (
        Field::Update,
        &[
            "update",
            "updates",
            "progress",
            "progress update",
            "progress updates",
            "latest update",
            "latest position",
            "current position",
            "progress to date",
            "position statement",
            "progress report",
            "progress since last review",
            "commentary",
            "comments on progress",
            "status update",
        ],
    ),
    (
        Field::Status,
        &[
            "status",
            "rag",
            "brag",
            "rag rating",
            "brag rating",
            "rag status",
            "brag status",
            "current status",
            "progress rating",
            "action status",
            "state",
            "r a g",
        ],
    ),
    (Field::Evidence, &["evidence", "source of evidence", "supporting evidence", "evidence of completion", "evidence source", "assurance"]),
];

/// The dates of a review cycle, by the names of their columns.
const CYCLE_NAMES: &[(CycleField, &[&str])] = &[
    (
        CycleField::Completed,
        &[
            "completion date",
            "completed",
            "document completed",
            "date completed",
            "date of completion",
            "plan completed",
            "date",
            "date of plan",
            "created",
            "published",
            "date published",
        ],
    ),
    (
        CycleField::Reviewed,
        &["reviewed", "date reviewed", "last reviewed", "review date", "date of review", "date of last review", "updated", "last updated"],
    ),
    (CycleField::NextReview, &["next review", "date of next review", "next review date", "review due", "next reviewed"]),
];

/// A date of the review cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CycleField {
    /// When the plan was completed.
    Completed,
    /// When it was last reviewed.
    Reviewed,
    /// When it is to be reviewed next.
    NextReview,
}

/// How the meaning of a column is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownBy {
    /// Its header is one of the field's names.
    Name,
    /// Its header is spelt like this one of the field's names: a guess.
    Spelling(&'static str),
    /// The other columns leave it this meaning, for this reason: a guess.
    OtherColumns(&'static str),
    /// The caller said so.
    Caller,
    /// It is not: the column before it with this header has the meaning already.
    TakenBy(String),
    /// It is not: the header has no meaning here.
    Nothing,
}

impl fmt::Display for KnownBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("one of its known names"),
            Self::Spelling(name) => write!(f, "spelt like “{name}”"),
            Self::OtherColumns(why) => f.write_str(why),
            Self::Caller => f.write_str("said so with --column"),
            Self::TakenBy(header) => write!(f, "“{header}” has that meaning already; kept with each action"),
            Self::Nothing => f.write_str("no meaning here; kept with each action"),
        }
    }
}

/// The field that a header names.
pub(crate) fn field(header: &str) -> Option<(Field, KnownBy)> {
    // a slip or two in a long name: "Sucess measures", "Target dates"
    const ALIKE: f64 = 0.85;
    let header = folded(header);
    let all = || NAMES.iter().flat_map(|(field, names)| names.iter().map(move |name| (*field, *name)));
    if let Some((field, _)) = all().find(|(_, name)| *name == header) {
        return Some((field, KnownBy::Name));
    }
    if header.len() < 6 {
        return None;
    }
    all()
        .filter(|(_, name)| name.len() >= 6 && name.len().abs_diff(header.len()) <= 2)
        .map(|(field, name)| (field, name, strsim::normalized_damerau_levenshtein(name, &header)))
        .filter(|(_, _, likeness)| *likeness >= ALIKE)
        .max_by(|a, b| a.2.total_cmp(&b.2))
        .map(|(field, name, _)| (field, KnownBy::Spelling(name)))
}

/// The date of the review cycle that a header names.
pub(crate) fn cycle_field(header: &str) -> Option<CycleField> {
    let header = folded(header);
    CYCLE_NAMES.iter().find(|(_, names)| names.contains(&header.as_str())).map(|(field, _)| *field)
}

/// A header as names are compared: lower case, words apart by one space, without punctuation.
pub(crate) fn folded(header: &str) -> String {
    let words = header.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).filter(|w| !w.is_empty());
    words.map(|w| w.replace(['\'', '’'], "").to_lowercase()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_any_dress() {
        for (header, expected) in [
            ("What?", Some(Field::Objective)),
            ("TARGET  DATE", Some(Field::Target)),
            ("Sucess Measures", Some(Field::SuccessMeasures)),
            ("Person(s) responsible", Some(Field::Owner)),
            ("By whom?", Some(Field::Owner)),
            ("RAG", Some(Field::Status)),
            ("Cost", None),
            ("", None),
        ] {
            assert_eq!(field(header).map(|f| f.0), expected, "{header}");
        }
    }

    #[test]
    fn no_name_means_two_things() {
        let mut names: Vec<&str> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
