//! What columns are called: the one place that knows every name. It is as long as that list is.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use crate::plan::Field;

/// The names of the columns, lower case, words apart by one space, without punctuation.
///
/// [`Field::Extra`] has names too: columns that many plans have and that are kept under their own headers.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Reference,
        &[
            "ref",
            "reference",
            "ref no",
            "reference no",
            "reference number",
            "no",
            "number",
            "id",
            "item",
            "item no",
            "item number",
            "action ref",
            "action reference",
            "action no",
            "action number",
            "action id",
            "poam id",
            "poa m id",
            "risk id",
            "risk no",
            "risk ref",
            "task no",
            "task id",
            "task ref",
            "milestone no",
            "milestone reference",
            "milestone ref",
            "milestone id",
            "objective id",
            "objective no",
            "objective ref",
            "objective reference",
            "objective number",
            "goal id",
            "finding no",
            "finding ref",
            "finding reference",
            "finding id",
            "audit finding reference number",
            "recommendation no",
            "recommendation ref",
            "recommendation number",
            "rec no",
            "rec ref",
            "wbs",
            "wbs no",
            "serial no",
            "s no",
            "line",
            "line no",
            "log no",
            "unique id",
            "unique identifier",
            "identifier",
            "cyf",
            "cyfeirnod",
            "rhif yr amcan",
        ],
    ),
    (
        Field::Theme,
        &[
            "theme",
            "themes",
            "judgement area",
            "judgement",
            "priority area",
            "priority areas",
            "area",
            "category",
            "section",
            "workstream",
            "work stream",
            "work package",
            "domain",
            "strand",
            "key area",
            "service area",
            "programme",
            "key line of enquiry",
            "kloe",
            "core service",
            "pillar",
            "ofsted area",
            "inspection area",
            "strategic priority",
            "strategic theme",
            "thema",
            "themâu",
        ],
    ),
    (
        Field::Objective,
        &[
            "what",
            "objective",
            "objectives",
            "objective name",
            "aim",
            "aims",
            "aim objective",
            "outcome required",
            "area for improvement",
            "areas for improvement",
            "area of improvement",
            "improvement area",
            "improvement",
            "improvement required",
            "improvements required",
            "improvement objective",
            "priority",
            "priorities",
            "key priority",
            "issue",
            "issues",
            "issue identified",
            "issues identified",
            "area of concern",
            "concern",
            "concerns identified",
            "problem",
            "goal",
            "goals",
            "goal name",
            "area for development",
            "areas for development",
            "what do we want to achieve",
            "what needs to improve",
            "what needs to be improved",
            "what do we need to do",
            "what we want to achieve",
            "what is the issue",
            "risk",
            "risks",
            "risk description",
            "description of risk",
            "weakness",
            "weakness name",
            "weakness description",
            "deficiency",
            "gap",
            "gap identified",
            "commitment",
            "regulation",
            "breach",
            "school priority",
            "success factor",
            "amcan",
            "amcanion",
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
            "audit recommendation",
            "must do",
            "should do",
            "must do should do",
            "must should",
            "finding",
            "findings",
            "audit finding",
            "audit findings",
            "inspection finding",
            "requirement",
            "requirements",
            "compliance action",
            "regulatory requirement",
            "observation",
            "argymhelliad",
            "argymhellion",
            "argymhelliad yr ymatebir iddo",
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
            "required action",
            "action to be taken",
            "actions to be taken",
            "action needed",
            "actions needed",
            "action taken or planned",
            "action plan",
            "action point",
            "action points",
            "action description",
            "description of action",
            "activity",
            "activities",
            "task",
            "tasks",
            "task name",
            "task description",
            "milestone",
            "milestones",
            "planned action",
            "key action",
            "key actions",
            "key tasks",
            "key activities",
            "key milestones",
            "agreed action",
            "agreed actions",
            "agreed management action",
            "management action",
            "management actions",
            "management response",
            "proposed action",
            "proposed actions",
            "improvement action",
            "improvement actions",
            "remedial action",
            "mitigating action",
            "mitigating actions",
            "mitigation",
            "mitigations",
            "mitigation notes",
            "mitigation plan",
            "further action",
            "further action required",
            "further actions required",
            "overall remediation plan",
            "remediation plan",
            "remediation",
            "corrective action",
            "corrective actions",
            "planned corrective action",
            "corrective action plan",
            "what will we do",
            "what we will do",
            "what are we going to do",
            "how will we do it",
            "how will we achieve this",
            "how we will do it",
            "how will this be achieved",
            "steps",
            "step",
            "strategy",
            "strategies",
            "specific action",
            "specific actions",
            "planned actions",
            "smart action",
            "smart actions",
            "actions we will take",
            "actions to address",
            "what action will be taken",
            "response",
            "treatment",
            "risk treatment",
            "to do",
            "gweithred",
            "gweithredoedd",
            "gweithredu",
            "cam gweithredu",
            "camau gweithredu",
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
            "lead officers",
            "lead name",
            "lead director",
            "lead manager",
            "lead member of staff",
            "led by",
            "responsible",
            "responsible officer",
            "responsible officers",
            "responsible person",
            "responsible persons",
            "responsible party",
            "responsible lead",
            "responsible manager",
            "responsible individual",
            "responsible owner",
            "officer responsible",
            "officers responsible",
            "manager responsible",
            "person responsible",
            "persons responsible",
            "person s responsible",
            "people responsible",
            "lead responsible",
            "lead responsibility",
            "responsibility",
            "responsibilities",
            "by whom",
            "who will do it",
            "who is responsible",
            "who will lead",
            "who by",
            "action owner",
            "action owners",
            "action lead",
            "task owner",
            "risk owner",
            "accountable",
            "accountable officer",
            "accountable lead",
            "accountable person",
            "accountability",
            "named lead",
            "named person",
            "named officer",
            "lead person",
            "assigned to",
            "assigned",
            "assignee",
            "allocated to",
            "point of contact",
            "poc",
            "delivery lead",
            "operational lead",
            "executive lead",
            "exec lead",
            "senior responsible officer",
            "senior responsible owner",
            "sro",
            "staff responsible",
            "staff",
            "personnel",
            "officer",
            "owner name",
            "lead agency",
            "implementation lead",
            "nominated lead",
            "perchennog",
            "perchnogion",
            "arweinydd",
            "swyddog cyfrifol",
            "cyfrifol",
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
            "expected impact",
            "intended outcome",
            "intended outcomes",
            "intended impact",
            "impact measure",
            "impact measures",
            "impact outcome",
            "outcome impact",
            "outcome measure",
            "outcome measures",
            "measure of success",
            "measures of success",
            "measurable outcome",
            "measurable outcomes",
            "performance measure",
            "performance measures",
            "performance indicator",
            "performance indicators",
            "indicator",
            "indicators",
            "kpi",
            "kpis",
            "evidence of impact",
            "evidence of success",
            "what will success look like",
            "what does success look like",
            "what success looks like",
            "what will it look like",
            "what difference will it make",
            "how will we know",
            "how will we know it has worked",
            "how will we measure success",
            "how will success be measured",
            "how will it be measured",
            "desired outcome",
            "desired outcomes",
            "target outcome",
            "intended effect",
            "deliverable",
            "deliverables",
            "output",
            "outputs",
            "milestones and success criteria",
            "mesur llwyddiant",
            "mesurau llwyddiant",
            "meini prawf llwyddiant",
        ],
    ),
    (
        Field::Target,
        &[
            "target date",
            "target dates",
            "target",
            "target completion date",
            "target completion",
            "target end date",
            "target for completion",
            "timescale",
            "timescales",
            "time scale",
            "time scales",
            "timing",
            "by when",
            "when",
            "when by",
            "due date",
            "due",
            "due by",
            "deadline",
            "deadlines",
            "completion date",
            "date for completion",
            "date of completion",
            "date to be completed",
            "date to be achieved by",
            "to be completed by",
            "complete by",
            "completed by",
            "date due",
            "date",
            "dates",
            "planned completion date",
            "planned completion",
            "planned date",
            "planned end date",
            "planned finish",
            "expected completion date",
            "expected completion",
            "expected date",
            "estimated completion date",
            "anticipated completion date",
            "anticipated completion",
            "proposed completion date",
            "agreed date",
            "agreed completion date",
            "original date",
            "original target date",
            "original due date",
            "timeframe",
            "time frame",
            "timeline",
            "timelines",
            "scheduled completion date",
            "scheduled date",
            "end date",
            "end",
            "finish date",
            "finish",
            "implementation date",
            "date of implementation",
            "implementation target date",
            "action date",
            "delivery date",
            "date for delivery",
            "dyddiad targed",
            "dyddiadau targed",
            "amserlen",
            "erbyn pryd",
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
            "progress made",
            "progress note",
            "progress notes",
            "progress comments",
            "progress comment",
            "progress commentary",
            "progress and impact",
            "progress impact",
            "latest update",
            "latest updates",
            "latest position",
            "latest progress",
            "current position",
            "current progress",
            "progress to date",
            "position statement",
            "position",
            "progress report",
            "progress since last review",
            "progress against action",
            "commentary",
            "comments on progress",
            "status update",
            "status comments",
            "action taken",
            "actions taken",
            "action taken to date",
            "work completed to date",
            "what has been done",
            "what have we done",
            "narrative",
            "monitoring",
            "monitoring notes",
            "review notes",
            "review comments",
            "diweddariad",
            "diweddariadau",
            "diweddariad diwethaf",
            "cynnydd",
            "cynnydd ers yr adolygiad diwethaf",
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
            "rag brag",
            "current status",
            "current rag",
            "current rag rating",
            "current rag status",
            "progress rating",
            "progress rag",
            "progress status",
            "action status",
            "overall status",
            "state",
            "r a g",
            "b r a g",
            "traffic light",
            "rating",
            "delivery status",
            "delivery confidence",
            "implementation status",
            "completion status",
            "complete",
            "completed",
            "complete y n",
            "completed y n",
            "is it complete",
            "done",
            "achieved",
            "met",
            "closed",
            "open closed",
            "statws",
            "cag",
        ],
    ),
    (
        Field::Percent,
        &[
            "percent complete",
            "complete percent",
            "percentage complete",
            "percentage completed",
            "percent",
            "percentage",
            "progress percent",
            "percent progress",
            "percent done",
            "completion",
            "level of completion",
        ],
    ),
    (
        Field::CompletedOn,
        &[
            "completed on",
            "date completed",
            "completed date",
            "actual completion date",
            "actual completion",
            "actual date",
            "actual date of completion",
            "actual end date",
            "actual finish",
            "date closed",
            "closed date",
            "closure date",
            "date achieved",
            "date actioned",
            "date action completed",
            "date of actual completion",
        ],
    ),
    (
        Field::Evidence,
        &[
            "evidence",
            "source of evidence",
            "sources of evidence",
            "supporting evidence",
            "evidence of completion",
            "evidence source",
            "evidence required",
            "evidence to support",
            "evidence documents",
            "supporting documents",
            "supporting documentation",
            "assurance",
            "assurances",
            "source of assurance",
            "sources of assurance",
            "assurance and evidence",
            "how will we evidence",
            "how evidenced",
            "evidenced by",
            "proof",
            "tystiolaeth",
        ],
    ),
    (
        Field::Extra,
        &[
            "comment",
            "comments",
            "notes",
            "note",
            "further comments",
            "additional comments",
            "general comments",
            "remarks",
            "notes questions",
            "notes resources questions",
            "cost",
            "costs",
            "costing",
            "budget",
            "resource",
            "resources",
            "resources required",
            "resource implications",
            "resources cost",
            "funding",
            "start",
            "start date",
            "planned start",
            "planned start date",
            "date identified",
            "date raised",
            "date added",
            "date opened",
            "date last reviewed",
            "last reviewed",
            "last updated",
            "date updated",
            "review date",
            "next review date",
            "reviewed by",
            "monitored by",
            "monitored by whom",
            "support",
            "supported by",
            "partners",
            "stakeholders",
            "priority level",
            "priority rating",
            "risk rating",
            "likelihood",
            "probability",
            "impact level",
            "impact rating",
            "impact description",
            "score",
            "level",
            "dependencies",
            "baseline",
            "controls",
            "source",
            "type",
            "unit",
            "status date",
            "revised date",
            "revised target date",
            "revised completion date",
            "new target date",
            "link",
            "links",
            "attachment",
        ],
    ),
];

/// Names of references that are those of objectives where the actions have a column for theirs.
const OF_OBJECTIVES: &[&str] = &["objective id", "objective no", "objective ref", "objective reference", "objective number"];

/// Headers of lists that people keep beside a plan: contacts, versions of a document, look-ups.
const NOT_OF_A_PLAN: &[&str] = &[
    "email",
    "e mail",
    "email address",
    "phone",
    "telephone",
    "tel",
    "mobile",
    "extension",
    "room",
    "job title",
    "version",
    "version no",
    "author",
    "change made",
    "summary of changes",
    "definition",
    "meaning",
    "ystyr",
    "explanation",
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
            "cwblhawyd",
        ],
    ),
    (
        CycleField::Reviewed,
        &[
            "reviewed",
            "date reviewed",
            "last reviewed",
            "review date",
            "date of review",
            "date of last review",
            "updated",
            "last updated",
            "adolygwyd",
        ],
    ),
    (CycleField::NextReview, &["next review", "date of next review", "next review date", "review due", "next reviewed", "adolygiad nesaf"]),
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
    /// Its header is a date, so its cells tell how things stood then.
    Date,
    /// What its cells hold, in these words: a guess.
    Cells(String),
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
            Self::Date => f.write_str("its header is a date"),
            Self::Cells(what) => f.write_str(what),
            Self::OtherColumns(why) => f.write_str(why),
            Self::Caller => f.write_str("said so by the caller"),
            Self::TakenBy(header) => write!(f, "“{header}” has that meaning already; kept with each action"),
            Self::Nothing => f.write_str("no meaning here; kept with each action"),
        }
    }
}

/// Every name with its field.
static BY_NAME: LazyLock<HashMap<&'static str, Field>> =
    LazyLock::new(|| NAMES.iter().flat_map(|(field, names)| names.iter().map(|name| (*name, *field))).collect());

/// The field that a header names, letter for letter.
pub(crate) fn named(header: &str) -> Option<Field> {
    BY_NAME.get(folded_header(header).as_str()).copied()
}

/// Whether a header names the references of objectives.
pub(crate) fn is_of_objectives(header: &str) -> bool {
    OF_OBJECTIVES.contains(&folded_header(header).as_str())
}

/// The field that a header names, or is spelt like.
pub(crate) fn field(header: &str) -> Option<(Field, KnownBy)> {
    // a slip or two in a long name: "Sucess measures", "Target dates"
    const ALIKE: f64 = 0.85;
    let header = folded_header(header);
    if let Some(field) = BY_NAME.get(header.as_str()) {
        return Some((*field, KnownBy::Name));
    }
    if header.len() < 6 {
        return None;
    }
    let letters_of_header = letters(&header);
    LONG_NAMES
        .iter()
        .filter(|(_, name, letters)| {
            // each letter that only one of them has is a slip
            let slips = (letters & !letters_of_header).count_ones().max((letters_of_header & !letters).count_ones());
            let length = u32::try_from(name.len().max(header.len())).unwrap_or(u32::MAX);
            name.len().abs_diff(header.len()) <= 2 && 1.0 - f64::from(slips) / f64::from(length) >= ALIKE
        })
        .map(|(field, name, _)| (field, name, strsim::normalized_damerau_levenshtein(name, &header)))
        .filter(|(_, _, likeness)| *likeness >= ALIKE)
        .max_by(|a, b| a.2.total_cmp(&b.2))
        .map(|(field, name, _)| (*field, KnownBy::Spelling(name)))
}

/// The names in which a slip is looked for, and their [`letters`].
static LONG_NAMES: LazyLock<Vec<(Field, &'static str, u32)>> = LazyLock::new(|| {
    let all = NAMES.iter().flat_map(|(field, names)| names.iter().map(|name| (*field, *name, letters(name))));
    all.filter(|(_, name, _)| name.len() >= 6).collect()
});

/// Which letters of the English alphabet stand in words, a bit for each.
fn letters(words: &str) -> u32 {
    words.bytes().filter(u8::is_ascii_lowercase).fold(0, |letters, letter| letters | 1 << (letter - b'a'))
}

/// Whether a header belongs to a list that people keep beside a plan.
pub(super) fn is_not_of_a_plan(header: &str) -> bool {
    NOT_OF_A_PLAN.contains(&folded(header).as_str())
}

/// The date of the review cycle that a header names.
pub(super) fn cycle_field(header: &str) -> Option<CycleField> {
    let header = folded(header);
    CYCLE_NAMES.iter().find(|(_, names)| names.contains(&header.as_str())).map(|(field, _)| *field)
}

/// A header as names are compared; "#" is short for "no", and "%" for "percent".
fn folded_header(header: &str) -> String {
    if header.contains(['#', '%']) { folded(&header.replace('#', " no ").replace('%', " percent ")) } else { folded(header) }
}

/// Words as names are compared: lower case, apart by one space, without punctuation.
pub(crate) fn folded(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut apart = false;
    for c in words.chars() {
        if matches!(c, '\'' | '’') {
            continue;
        }
        if !c.is_alphanumeric() {
            apart = true;
            continue;
        }
        if std::mem::take(&mut apart) && !out.is_empty() {
            out.push(' ');
        }
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
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
            ("Task #", Some(Field::Reference)),
            ("% complete", Some(Field::Percent)),
            ("POA&M ID", Some(Field::Reference)),
            ("Cam gweithredu", Some(Field::Action)),
            ("Mesurau llwyddiant", Some(Field::SuccessMeasures)),
            ("Cost", Some(Field::Extra)),
            ("Ward", None),
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
