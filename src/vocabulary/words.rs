//! Words that a caller adds to the vocabulary.

use std::collections::BTreeMap;

use super::columns::header_words::words_of;
use super::roles::flags::{ADDED_BODY, ADDED_POST, Flags};
use super::roles::lower::lower;
use super::statuses::sense::StatusSense;
use super::{Category, Field, normalize};

/// Words that a plan or an organisation uses beside the usual ones: headers of columns, statuses,
/// job titles and bodies.
///
/// They hold before the built-in vocabulary. Capitals and punctuation do not matter; a word without
/// a letter or a digit is ignored.
///
/// ```
/// use planwright::plan::{Category, Field};
/// use planwright::{Format, ImportOptions, ExtraWords, import, read};
/// let words = ExtraWords::default()
///     .with_header(Field::Owner, "Actionee")
///     .with_status(Category::AtRisk, "Wobbling")
///     .with_post("Sacristan");
/// let source = read(b"Action,Actionee,Target date,Status\nAmend forms,Sacristan,Sept 2011,Wobbling\n", Format::Delimited)?;
/// let imported = import(source, &ImportOptions { words, ..ImportOptions::default() });
/// let (_, _, action) = imported.plan.actions().next().unwrap();
/// assert_eq!(action.owners, ["Sacristan"]);
/// assert_eq!(action.status.state.as_deref(), Some("at-risk"));
/// # Ok::<(), planwright::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExtraWords {
    /// Headers by their first word: the words after it, and what they mean.
    headers: BTreeMap<String, Vec<(Vec<String>, Field)>>,
    /// By normalised words.
    statuses: BTreeMap<String, StatusSense>,
    /// By words in lower case.
    roles: BTreeMap<String, Flags>,
}

/// No words but the built-in ones.
pub(crate) static NO_WORDS: ExtraWords =
    ExtraWords { headers: BTreeMap::new(), statuses: BTreeMap::new(), roles: BTreeMap::new() };

impl ExtraWords {
    /// Adds a header of columns with this meaning, or a word or phrase that stands in such headers.
    #[must_use]
    pub fn with_header(mut self, field: Field, header: &str) -> Self {
        let mut words = words_of(header);
        if words.is_empty() {
            return self;
        }
        let first = words.remove(0);
        let same_start = self.headers.entry(first).or_default();
        same_start.retain(|(rest, _)| *rest != words);
        same_start.push((words, field));
        self
    }

    /// Adds words of statuses of this kind.
    ///
    /// Actions with such a status are in the state of the same name, as with the built-in words. In
    /// the categories `UnderWay` and `Stopped`, which stand for several statuses, the words become
    /// a status of their own.
    #[must_use]
    pub fn with_status(mut self, category: Category, status: &str) -> Self {
        let words = normalize(status);
        if !words.is_empty() {
            let sense = StatusSense::of_category(category, &words);
            self.statuses.insert(words, sense);
        }
        self
    }

    /// Adds a job title, or the word in which job titles end: `Chaplain` is in `Senior Chaplain`
    /// too.
    #[must_use]
    pub fn with_post(self, post: &str) -> Self {
        self.with_role(post, ADDED_POST)
    }

    /// Adds a body, or the word in which names of bodies end: `Synod` is in `Diocesan Synod` too.
    #[must_use]
    pub fn with_body(self, body: &str) -> Self {
        self.with_role(body, ADDED_BODY)
    }

    fn with_role(mut self, role: &str, flags: Flags) -> Self {
        let words = lower(role);
        if words.contains(char::is_alphanumeric) {
            self.roles.insert(words, flags);
        }
        self
    }

    /// The meaning of a header that consists of these words, normalised and in the singular.
    pub(super) fn header(&self, words: &[String]) -> Option<Field> {
        let (first, rest) = words.split_first()?;
        self.headers.get(first)?.iter().find(|(known, _)| known == rest).map(|(_, field)| *field)
    }

    /// The meanings of added words with which these words of a header begin, and how many words
    /// they take.
    pub(super) fn beginnings<'a>(
        &'a self,
        words: &'a [String],
    ) -> impl Iterator<Item = (Field, usize)> + 'a {
        let rest = words.get(1..).unwrap_or_default();
        let known = words.first().and_then(|first| self.headers.get(first)).into_iter().flatten();
        known
            .filter(|(known, _)| rest.starts_with(known))
            .map(|(known, field)| (*field, known.len() + 1))
    }

    /// What normalised words of a status say.
    pub(crate) fn status(&self, words: &str) -> Option<&StatusSense> {
        self.statuses.get(words)
    }

    pub(super) fn has_no_roles(&self) -> bool {
        self.roles.is_empty()
    }

    /// What is known about a word or phrase of an owner, in lower case.
    pub(super) fn role(&self, lower: &str) -> Option<Flags> {
        self.roles.get(lower).copied()
    }
}
