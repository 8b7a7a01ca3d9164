//! What changed between two versions of a plan.
//!
//! An action is the same as an earlier one if it says the same, not if it has the same reference:
//! where actions were renumbered, each is found by its words, one to one and the best overall; the
//! same reference with wholly unlike words is another action. Where it was likeness that decided
//! it, how great it was stands beside the pair ([`Changed::likeness`]).
//!
//! Invariant: nothing that changed is silent. If the plan files of two plans differ, there is a
//! change.

mod compare;
mod index_matches;
mod likeness;
mod matching;
mod order;
mod pair;
mod withheld;
mod words;

use serde::Serialize;

use crate::date::PartialDate;
use crate::plan::{Action, Plan, Status, Target, Update};
use crate::publish::{Audience, Published};
use crate::text::Text;

use pair::PlanPair;
pub use withheld::withheld;
pub use words::WordChange;

/// What changed between two versions of a plan: of each list only what changed, in the order of the
/// newer version, with what was removed after the rest of its theme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// What stands before and after the themes: title, dates of the cycle, scheme, columns,
    /// introduction, notes.
    pub plan: Vec<Change>,
    /// The recommendations.
    pub recommendations: Vec<Changed>,
    /// The themes.
    pub themes: Vec<Changed>,
    /// The objectives.
    pub objectives: Vec<Changed>,
    /// The actions.
    pub actions: Vec<Changed>,
    /// For each action of the newer version, in the order of [`Plan::actions`], its position in the
    /// older one; none if it was added.
    #[serde(skip)]
    pub earlier: Vec<Option<usize>>,
    /// The positions in the older version of the actions that were removed.
    #[serde(skip)]
    pub removed: Vec<usize>,
    #[serde(skip)]
    audience: Audience,
}

impl Changes {
    /// Who may see them: everyone, if both versions were published for everyone.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// Whether the two versions are the same.
    pub fn is_empty(&self) -> bool {
        let Self {
            plan,
            recommendations,
            themes,
            objectives,
            actions,
            earlier: _,
            removed: _,
            audience: _,
        } = self;
        plan.is_empty()
            && recommendations.is_empty()
            && themes.is_empty()
            && objectives.is_empty()
            && actions.is_empty()
    }

    /// The changes that a board is shown: without the fields of the review form, such as reviewer
    /// and date, the headers of the source, statuses that are the same from another source, target
    /// dates that are the same day in other words, and a next review that is removed as it has been
    /// held.
    #[must_use]
    pub fn for_board(&self) -> Self {
        self.filtered(|among, change| match change {
            // the change of the date itself says it
            Change::Altered { part: ChangedPart::EarlierTargets, .. } => {
                !among.iter().any(|other| matches!(other, Change::Redated { .. }))
            }
            Change::Altered { part: ChangedPart::NextReview, .. } => !change.is_review_held(among),
            Change::Altered { part, .. } => !matches!(
                part,
                ChangedPart::StatusReason
                    | ChangedPart::TargetText
                    | ChangedPart::Reviewer
                    | ChangedPart::ReviewedOn
                    | ChangedPart::NewStatus
                    | ChangedPart::RevisedTarget
                    | ChangedPart::Column
            ),
            Change::Reordered { part } => *part != ChangedPart::Column,
            _ => true,
        })
    }

    /// The changes that people made to what the plan says: without statuses that are the same from
    /// another source, target dates that are the same day in other words, and a next review that is
    /// removed as it has been held.
    #[must_use]
    pub(crate) fn of_substance(&self) -> Self {
        self.filtered(|among, change| {
            !change.is_source_of_status()
                && !change.is_target_text()
                && !change.is_review_held(among)
        })
    }

    fn filtered(&self, is_kept: impl Fn(&[Change], &Change) -> bool) -> Self {
        let kept = |changes: &[Change]| {
            changes.iter().filter(|change| is_kept(changes, change)).cloned().collect::<Vec<_>>()
        };
        let all = |list: &[Changed]| {
            let changed =
                list.iter().map(|it| Changed { changes: kept(&it.changes), ..it.clone() });
            changed.filter(|it| !it.changes.is_empty()).collect::<Vec<_>>()
        };
        Self {
            plan: kept(&self.plan),
            recommendations: all(&self.recommendations),
            themes: all(&self.themes),
            objectives: all(&self.objectives),
            actions: all(&self.actions),
            earlier: self.earlier.clone(),
            removed: self.removed.clone(),
            audience: self.audience,
        }
    }
}

/// An action, objective, theme or recommendation that changed, was added or removed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its reference: in the newer version, if it is in there. Themes have none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// The title of the theme that it stands in, likewise.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub theme: String,
    /// What it says, without emphasis, likewise; the title of a theme.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How like its earlier words are to its later, in percent, if that is how it was known again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likeness: Option<u8>,
    /// Its position among all of its kind in the older version; none if it was added.
    #[serde(skip)]
    pub earlier: Option<usize>,
    /// Its position among all of its kind in the newer version; none if it was removed.
    #[serde(skip)]
    pub later: Option<usize>,
    /// What changed; never empty.
    pub changes: Vec<Change>,
}

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// It is new.
    Added,
    /// It is there no more.
    Removed,
    /// It stands in another theme or objective.
    Moved {
        /// Where it stood.
        before: Parent,
        /// Where it stands.
        after: Parent,
    },
    /// It stands elsewhere among the others of its theme or objective; or, of a part that is a
    /// list, the list has another order.
    Reordered {
        /// What is in another order.
        part: ChangedPart,
    },
    /// It has another reference.
    Renumbered {
        /// The earlier.
        before: String,
        /// The later.
        after: String,
    },
    /// A text has other words, or others in emphasis.
    Reworded {
        /// Which text.
        part: ChangedPart,
        /// The header, label or id that tells it from others of its kind; empty where there is only
        /// one.
        #[serde(skip_serializing_if = "String::is_empty")]
        heading: String,
        /// The earlier; empty if there was none.
        before: Text,
        /// The later; empty if there is none.
        after: Text,
        /// Both, word for word.
        words: Vec<WordChange>,
    },
    /// Someone else does it.
    Reowned {
        /// Who did it.
        before: ActionOwners,
        /// Who does it.
        after: ActionOwners,
    },
    /// It has another target date.
    Redated {
        /// The earlier.
        #[serde(skip_serializing_if = "Option::is_none")]
        before: Option<Target>,
        /// The later.
        #[serde(skip_serializing_if = "Option::is_none")]
        after: Option<Target>,
    },
    /// It has another status.
    Rerated {
        /// The earlier.
        before: Status,
        /// The later.
        after: Status,
    },
    /// More was reported about it.
    Updated {
        /// What.
        updates: Vec<Update>,
    },
    /// Something that was reported about it is there no more.
    Withdrawn {
        /// What.
        updates: Vec<Update>,
    },
    /// Something short that is said of it is not the same.
    Altered {
        /// What.
        part: ChangedPart,
        /// The header, label or id that tells it from others of its kind; empty where there is only
        /// one.
        #[serde(skip_serializing_if = "String::is_empty")]
        heading: String,
        /// The earlier; empty if there was none.
        before: String,
        /// The later; empty if there is none.
        after: String,
    },
}

impl Change {
    /// Whether it is nothing but another source of a status that is the same.
    pub(crate) fn is_source_of_status(&self) -> bool {
        matches!(self, Self::Altered { part: ChangedPart::StatusReason, .. })
    }

    /// Whether it is nothing but other words for the same target date.
    pub(crate) fn is_target_text(&self) -> bool {
        matches!(self, Self::Altered { part: ChangedPart::TargetText, .. })
    }

    /// Whether it removes the date of the next review as that has been held, by the other changes
    /// of the plan: merging returns does.
    pub(crate) fn is_review_held(&self, among: &[Self]) -> bool {
        let date = |words: &str| words.parse::<PartialDate>().ok();
        let Self::Altered { part: ChangedPart::NextReview, before, after, .. } = self else {
            return false;
        };
        let held = |next: PartialDate| {
            among.iter().any(|other| match other {
                Self::Altered { part: ChangedPart::Reviewed, after, .. } => {
                    date(after).is_some_and(|held| next.first() <= held.last())
                }
                _ => false,
            })
        };
        after.is_empty() && date(before).is_some_and(held)
    }
}

/// Where an action or objective stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Parent {
    /// The title of the theme.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub theme: String,
    /// The reference of the objective.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub objective: String,
}

/// Who does an action.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ActionOwners {
    /// One name or role each.
    pub owners: Vec<String>,
    /// As typed.
    pub owner_text: String,
}

impl ActionOwners {
    fn of(action: &Action) -> Self {
        Self { owners: action.owners.clone(), owner_text: action.owner_text.clone() }
    }
}

/// A part of a plan, recommendation, theme, objective or action that can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedPart {
    /// The title of the plan.
    Title,
    /// Whose plan it is.
    Organisation,
    /// The period that it covers.
    Period,
    /// When it was completed.
    Completed,
    /// When it was last reviewed.
    Reviewed,
    /// When it is to be reviewed next.
    NextReview,
    /// The text before the plan.
    Introduction,
    /// The name of the scheme.
    Scheme,
    /// A state of the scheme, by its id: its label, colour and definition.
    State,
    /// A column of the source, by its header: what it means.
    Column,
    /// The text after the plan.
    Notes,
    /// A recommendation; its wording.
    Recommendation,
    /// The area of a recommendation.
    Area,
    /// The time limit of a recommendation.
    Deadline,
    /// A theme; its title.
    Theme,
    /// An objective; its wording.
    Objective,
    /// The recommendation that an objective answers.
    Answers,
    /// An action; what is to be done.
    Action,
    /// How one will know that it worked.
    SuccessMeasures,
    /// The words of a target date that is the same day.
    TargetText,
    /// The target dates that it had before.
    EarlierTargets,
    /// The source of a status that is the same.
    StatusReason,
    /// Something reported about it, by its label.
    Update,
    /// The state that an update reports.
    UpdateStatus,
    /// Who reported it.
    UpdateBy,
    /// Progress that a reviewer filled in.
    Progress,
    /// The state that a reviewer gave.
    NewStatus,
    /// What shows it.
    Evidence,
    /// Who reviewed it.
    Reviewer,
    /// When it was reviewed.
    ReviewedOn,
    /// The new target date that a reviewer gave.
    RevisedTarget,
    /// What stands in a column without a meaning here, by its header.
    Extra,
    /// A comment on a cell, by the header of its column.
    Comment,
}

/// What changed from an older version of a plan to a newer.
///
/// ```
/// use planwright::changes::{Change, changes};
/// use planwright::{Format, ImportOptions, PublishOptions, import, publish, read};
///
/// let plan = |rows: &str| {
///     let markdown = format!("| Ref | Action | Owner |\n|---|---|---|\n{rows}");
///     let imported = import(read(markdown.as_bytes(), Format::Markdown)?, &ImportOptions::default());
///     Ok::<_, planwright::Error>(publish(imported.plan, &PublishOptions::internal()))
/// };
/// let old = plan("| 1 | Amend the visiting form | Lin Ferguson |\n")?;
/// let new = plan("| 1 | Audit all case records | Owen Dyer |\n| 2 | Amend the visiting form | Lin Ferguson |\n")?;
/// let changes = changes(&old, &new);
/// assert_eq!(changes.earlier, [None, Some(0)]);
/// assert_eq!(changes.actions[0].changes, [Change::Added]);
/// assert_eq!(changes.actions[1].changes, [Change::Renumbered { before: "1".to_owned(), after: "2".to_owned() }]);
/// # Ok::<(), planwright::Error>(())
/// ```
pub fn changes(old: &Published, new: &Published) -> Changes {
    Changes {
        audience: old.audience().narrower(new.audience()),
        ..of_plans(old.plan(), new.plan())
    }
}

/// What changed from an older version of a plan to a newer, whoever may see them.
fn of_plans(old: &Plan, new: &Plan) -> Changes {
    let both = PlanPair::of(old, new);
    Changes {
        plan: compare::plan(old, new),
        recommendations: pair::recommendations(old, new),
        themes: both.themes(),
        objectives: both.objectives(),
        actions: both.actions(),
        removed: both.actions.removed().collect(),
        earlier: both.actions.earlier,
        audience: Audience::Internal,
    }
}
