//! Who a plan is written for: what only those who work on it may see is removed before anything is
//! made of it.
//!
//! [`publish`] takes the plan by value and returns a [`Published`], from which alone reports,
//! packs, calendars, comparisons and files are made. A report is for the public only if all that
//! goes into it was published for the public. Every field of a plan is named here: one that is new
//! does not compile until it has been decided who may see it.

mod columns;
mod derived;
mod edit;
mod headers;
mod heads;
mod internal;
mod links;
mod names;
mod owners;
mod people;
mod redaction;
mod removed;
mod reporters;
mod slot;
mod tally;

use std::sync::Arc;

use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::plan::Plan;

use names::NameMatcher;
use redaction::Redaction;

pub use people::people;
pub(crate) use removed::PublishedOwners;
pub use removed::{Removed, RemovedKind};

/// Who will read what is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Those who work on the plan (the default)
    #[default]
    Internal,
    /// Everyone: without comments, evidence, reviewers' entries, struck-out text, internal parts
    /// and links that lead to no public web page
    Public,
}

impl Audience {
    /// The audience of something that two parts go into: the public's only if both are for the
    /// public.
    pub(crate) fn narrower(self, other: Self) -> Self {
        if self == Self::Public { other } else { self }
    }
}

/// A person whose name stands in a plan, and what becomes of it in the public version.
///
/// ```
/// use planwright::Person;
/// let person = Person::new("Stuart Ashley").with_role("Assistant Director");
/// assert_eq!((person.name(), person.role(), person.may_stay()), ("Stuart Ashley", "Assistant Director", false));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    name: String,
    role: String,
    may_stay: bool,
}

impl Person {
    /// A person whose name may not stay, without a role.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), role: String::new(), may_stay: false }
    }

    /// The same with a role, which takes the place of the name.
    #[must_use]
    pub fn with_role(self, role: impl Into<String>) -> Self {
        Self { role: role.into(), ..self }
    }

    /// The same with a name that may stay.
    #[must_use]
    pub fn allowed_to_stay(self) -> Self {
        Self { may_stay: true, ..self }
    }

    /// The name as given: in whatever order ("Jo Lee", "Lee, Jo", "LEE Jo"), or a surname behind a
    /// title.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The role; may be empty.
    pub fn role(&self) -> &str {
        &self.role
    }

    /// Whether the name may stay in the public version.
    pub fn may_stay(&self) -> bool {
        self.may_stay
    }
}

/// How a plan is published. All but the audience is for the public version only.
///
/// ```
/// use planwright::{Person, PublishOptions};
/// let options = PublishOptions::public()
///     .with_leave_out(["Comments"])
///     .with_internal(["2.3", "Staffing"])
///     .with_people([Person::new("Jo Lee").with_role("Head of HR")]);
/// assert_ne!(options, PublishOptions::public());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishOptions {
    audience: Audience,
    leave_out: Vec<String>,
    internal: Vec<String>,
    people: Vec<Person>,
    struck_out: bool,
    language: Language,
}

impl PublishOptions {
    /// For those who work on the plan: nothing is removed.
    pub fn internal() -> Self {
        Self::default()
    }

    /// For everyone.
    pub fn public() -> Self {
        Self { audience: Audience::Public, ..Self::default() }
    }

    /// The same for an audience.
    #[must_use]
    pub fn with_audience(self, audience: Audience) -> Self {
        Self { audience, ..self }
    }

    /// Leaves out the columns with these headers, whatever their capitals and punctuation.
    #[must_use]
    pub fn with_leave_out(mut self, headers: impl IntoIterator<Item = impl Into<String>>) -> Self {
        add_new(&mut self.leave_out, headers.into_iter().map(Into::into));
        self
    }

    /// Removes these themes, by their titles, and objectives, actions and recommendations, by their
    /// references.
    #[must_use]
    pub fn with_internal(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        add_new(&mut self.internal, names.into_iter().map(Into::into));
        self
    }

    /// Replaces the names of these people by their roles, in owners and in every text; but for
    /// those whose names may stay.
    #[must_use]
    pub fn with_people(mut self, people: impl IntoIterator<Item = Person>) -> Self {
        add_new(&mut self.people, people);
        self
    }

    /// Whether struck-out text is published; by default it is removed.
    #[must_use]
    pub fn with_struck_out(self, struck_out: bool) -> Self {
        Self { struck_out, ..self }
    }

    /// The language of what takes the place of names and links.
    #[must_use]
    pub fn with_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Who the plan is published for.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// Words that are no part of a plan, such as the name of a brand, as the audience may see them:
    /// for the public, without the names of people that may not stay.
    ///
    /// ```
    /// use planwright::{Person, PublishOptions};
    /// let options = PublishOptions::public().with_people([Person::new("Jo Lee").with_role("Head of HR")]);
    /// assert_eq!(options.without_names("Office of Jo Lee"), "Office of Head of HR");
    /// ```
    pub fn without_names(&self, words: &str) -> String {
        match self.audience {
            Audience::Internal => words.to_owned(),
            Audience::Public => {
                NameMatcher::new(&self.people, &Plan::default(), self.language).replaced(words)
            }
        }
    }
}

/// Adds what is not in a list yet: settings of several plans may say the same.
fn add_new<T: PartialEq>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

/// A plan as its audience may see it: what [`publish`] returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    plan: Plan,
    audience: Audience,
    diagnostics: Vec<Diagnostic>,
    removed: Arc<[Removed]>,
    unmatched: Vec<String>,
}

impl Published {
    /// The plan as its audience may see it.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Who may see it.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// What was removed: how much of what kind, never what it said; and what the publisher should
    /// check.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The texts that were removed and that the plan does not hold elsewhere, for a search of
    /// finished outputs. They must reach no output and no message.
    pub fn removed(&self) -> &[Removed] {
        &self.removed
    }

    /// The columns to leave out that the plan does not have.
    pub fn unmatched_columns(&self) -> &[String] {
        &self.unmatched
    }

    /// Diagnostics about the source of the plan without the words that they quote of it and that
    /// its audience may not see. For those who work on the plan, they stay as they are.
    pub fn without_removed_quotes(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        match self.audience {
            Audience::Internal => diagnostics,
            Audience::Public => removed::without_quotes(diagnostics, &self.plan),
        }
    }

    /// A part of the plan, for the same audience.
    pub(crate) fn part(&self, plan: Plan) -> Self {
        Self {
            plan,
            audience: self.audience,
            diagnostics: Vec::new(),
            removed: Arc::clone(&self.removed),
            unmatched: Vec::new(),
        }
    }

    /// The same with less in the plan.
    pub(crate) fn edited(mut self, edit: impl FnOnce(&mut Plan)) -> Self {
        edit(&mut self.plan);
        self
    }

    /// Whether an output for an audience may hold the plan.
    pub(crate) fn suits(&self, audience: Audience) -> bool {
        self.audience.narrower(audience) == audience
    }
}

/// Publishes a plan for an audience. Nothing that follows can reach what is removed.
///
/// ```
/// use planwright::plan::{Action, Note, Objective, Theme};
/// use planwright::{Plan, PublishOptions, publish};
///
/// let note = Note { about: "Owner".to_owned(), text: "off sick until May".into() };
/// let action = Action { action: "Amend the visiting form".into(), notes: vec![note], ..Action::default() };
/// let objective = Objective { actions: vec![action], ..Objective::default() };
/// let theme = Theme { objectives: vec![objective], ..Theme::default() };
/// let published = publish(Plan { themes: vec![theme], ..Plan::default() }, &PublishOptions::public());
/// assert!(published.plan().actions().all(|(_, _, action)| action.notes.is_empty()));
/// assert_eq!(published.diagnostics()[0].message, "1 comment on a cell was removed from the public version");
/// ```
pub fn publish(mut plan: Plan, options: &PublishOptions) -> Published {
    let audience = options.audience;
    if audience == Audience::Internal {
        return Published {
            plan,
            audience,
            diagnostics: Vec::new(),
            removed: Arc::from([]),
            unmatched: Vec::new(),
        };
    }
    let redaction = Redaction::of(&mut plan, options);
    let diagnostics = redaction.diagnostics(&plan);
    let Redaction { removed, unmatched_columns: unmatched, .. } = redaction;
    let removed = removed::not_published(removed, &plan).into();
    Published { plan, audience, diagnostics, removed, unmatched }
}

#[cfg(test)]
mod tests;
