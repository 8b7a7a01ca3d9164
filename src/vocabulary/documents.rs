//! Words around the tables of a plan: organisations, recommendations, the review cycle, keys to
//! statuses.
//!
//! Every function takes words in lower case, without punctuation, one space apart.

use std::sync::LazyLock;

use serde::Deserialize;

use super::load;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DocumentVocabulary {
    organisations: OrganisationWords,
    labels: DocumentLabels,
    recommendations: RecommendationWords,
    review_cycle: ReviewCycleWords,
    keys: KeyWords,
    continued: ContinuedWords,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationWords {
    ends: Vec<String>,
    begins: Vec<String>,
    holds: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentLabels {
    organisation: Vec<String>,
    title: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecommendationWords {
    headings: Vec<String>,
    classes: Vec<String>,
    limits: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewCycleWords {
    completed: Vec<String>,
    reviewed: Vec<String>,
    next: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyWords {
    titles: Vec<String>,
    beside: Vec<String>,
    risks: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContinuedWords {
    words: Vec<String>,
}

const FILE: &str = include_str!("../../vocabulary/documents.toml");

static DOCUMENTS: LazyLock<DocumentVocabulary> = LazyLock::new(|| load(FILE));

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

/// The date of the review cycle that a whole header names.
pub(crate) fn cycle_field(header: &str) -> Option<CycleField> {
    let cycle = &DOCUMENTS.review_cycle;
    [
        (&cycle.completed, CycleField::Completed),
        (&cycle.reviewed, CycleField::Reviewed),
        (&cycle.next, CycleField::NextReview),
    ]
    .into_iter()
    .find(|(names, _)| is_among(names, header))
    .map(|(_, date)| date)
}

/// Whether words begin, end or go on as names of organisations do.
pub(crate) fn names_an_organisation(words: &str) -> bool {
    let organisations = &DOCUMENTS.organisations;
    words.rsplit(' ').next().is_some_and(|last| is_among(&organisations.ends, last))
        || organisations.begins.iter().any(|first| begins_with(words, first))
        || organisations.holds.iter().any(|phrase| super::holds_phrase(words, phrase))
}

/// What the value after a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelMeaning {
    /// The name of the organisation.
    Organisation,
    /// The title of the plan.
    Title,
}

/// What a whole label in a line above a plan says its value is.
pub(crate) fn labelled(label: &str) -> Option<LabelMeaning> {
    let labels = &DOCUMENTS.labels;
    let found = |names: &[String], what| is_among(names, label).then_some(what);
    found(&labels.organisation, LabelMeaning::Organisation)
        .or_else(|| found(&labels.title, LabelMeaning::Title))
}

/// Whether a line begins as those that set a time limit to recommendations do.
pub(crate) fn sets_a_limit(line: &str) -> bool {
    DOCUMENTS.recommendations.limits.iter().any(|limit| begins_with(line, limit))
}

/// What stands over recommendations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecommendationHeading {
    Heading,
    /// It says how much they matter.
    Class,
}

/// What a line over recommendations begins with, and how many words that has; the longest of
/// several.
pub(crate) fn recommendation_heading(line: &str) -> Option<(RecommendationHeading, usize)> {
    let recommendations = &DOCUMENTS.recommendations;
    let headings =
        recommendations.headings.iter().map(|name| (name, RecommendationHeading::Heading));
    let classes = recommendations.classes.iter().map(|name| (name, RecommendationHeading::Class));
    let found = headings.chain(classes).filter(|(name, _)| begins_with(line, name));
    found.map(|(name, heading)| (heading, name.split(' ').count())).max_by_key(|(_, words)| *words)
}

/// Whether words name what statuses are known by: "rag rating", "key to statuses".
pub(crate) fn names_statuses(words: &str) -> bool {
    words.split(' ').any(|word| is_among(&DOCUMENTS.keys.titles, word))
}

/// Whether a word stands in the headers of a key beside its statuses.
pub(crate) fn is_beside_statuses(word: &str) -> bool {
    is_among(&DOCUMENTS.keys.beside, word)
}

/// Whether the title of a scale says that it is one of risks or priorities.
pub(crate) fn names_risks(title: &str) -> bool {
    title.split(' ').any(|word| is_among(&DOCUMENTS.keys.risks, word))
}

/// A heading without the words that say that it is repeated.
pub(crate) fn without_continued(heading: &str) -> Option<&str> {
    DOCUMENTS
        .continued
        .words
        .iter()
        .find_map(|words| heading.strip_suffix(words.as_str())?.strip_suffix(' '))
}

fn is_among(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known == word)
}

fn begins_with(words: &str, first: &str) -> bool {
    words.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_each_question_answered() {
        assert!(toml::from_str::<DocumentVocabulary>(FILE).is_ok());
        assert_eq!(cycle_field("next review date"), Some(CycleField::NextReview));
        assert_eq!(cycle_field("dyddiad y cynllun"), Some(CycleField::Completed));
        assert!(
            names_an_organisation("hampshire county council")
                && names_an_organisation("cyngor sir gâr")
        );
        assert!(!names_an_organisation("improvement plan"));
        assert!(
            sets_a_limit("within three months")
                && sets_a_limit("immediately")
                && !sets_a_limit("bypass")
        );
        assert_eq!(
            recommendation_heading("areas for improvement safeguarding"),
            Some((RecommendationHeading::Heading, 3))
        );
        assert_eq!(recommendation_heading("must do"), Some((RecommendationHeading::Class, 2)));
        assert!(
            names_statuses("rag rating")
                && is_beside_statuses("meaning")
                && names_risks("risk rating")
        );
        assert_eq!(without_continued("theme 1 continued"), Some("theme 1"));
    }
}
