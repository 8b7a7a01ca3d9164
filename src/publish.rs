//! For whom a plan is written: what only those who work on it may see is taken out, before anything is made of it.
//!
//! [`publish`] takes the plan and gives it back as its readers may see it, so that nothing after it can reach the rest. Every field
//! of a plan is named here: one that is new does not compile until it has been decided who may see it.

mod removed;

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Action, EarlierTarget, Extra, Field, Note, Objective, Plan, Recommendation, ReviewEntry, Theme, Update};
use crate::text::{Span, Text};

pub use removed::{Removed, RemovedKind};

/// Who will read what is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Audience {
    /// Those who work on the plan: they see all of it.
    #[default]
    Internal,
    /// Everyone. Comments on cells, what reviewers filled in, and addresses behind words that do not lead to a web page are left
    /// out. Names stay, since a plan cannot tell the name of a person from that of a post.
    Public,
}

/// A plan as its readers may see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    plan: Plan,
    audience: Audience,
    diagnostics: Vec<Diagnostic>,
    removed: Vec<Removed>,
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

    /// What was removed: how much of what kind, never what it said.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The texts that were removed and that the plan does not hold elsewhere, for a search of finished outputs. They must reach no
    /// output and no message.
    pub fn removed(&self) -> &[Removed] {
        &self.removed
    }
}

/// Gives a plan as an audience may see it.
///
/// ```
/// use planwright::plan::{Action, Note, Objective, Theme};
/// use planwright::{Audience, Plan, publish};
///
/// let note = Note { about: "Owner".to_owned(), text: "off sick until May".into() };
/// let action = Action { action: "Amend the visiting form".into(), notes: vec![note], ..Action::default() };
/// let objective = Objective { actions: vec![action], ..Objective::default() };
/// let theme = Theme { objectives: vec![objective], ..Theme::default() };
/// let published = publish(Plan { themes: vec![theme], ..Plan::default() }, Audience::Public);
/// assert!(published.plan().actions().all(|(_, _, action)| action.notes.is_empty()));
/// assert_eq!(published.diagnostics()[0].message, "1 comment on a cell was left out of the public version");
/// ```
pub fn publish(mut plan: Plan, audience: Audience) -> Published {
    let (diagnostics, removed) = match audience {
        Audience::Internal => (Vec::new(), Vec::new()),
        Audience::Public => {
            let mut left_out = LeftOut::default();
            left_out.of_plan(&mut plan);
            (left_out.told(), removed::not_published(left_out.removed, &plan))
        }
    };
    Published { plan, audience, diagnostics, removed }
}

/// What has been left out so far, counted.
#[derive(Debug, Default)]
struct LeftOut {
    comments: usize,
    /// Actions for which a reviewer had filled something in.
    reviews: usize,
    /// Objectives whose own rows named evidence.
    evidence: usize,
    /// The headers of columns of the source that are not there any more.
    columns: Vec<String>,
    addresses: usize,
    /// How many updates and moved dates said who reported them.
    names: usize,
    removed: Vec<Removed>,
}

impl LeftOut {
    fn of_plan(&mut self, plan: &mut Plan) {
        let Plan {
            version: _,
            title: _,
            organisation: _,
            period: _,
            cycle: _,
            introduction,
            recommendations,
            scheme: _,
            columns,
            themes,
            notes,
        } = plan;
        self.of_text(introduction);
        for Recommendation { reference: _, area: _, deadline: _, text, origin: _ } in recommendations {
            self.of_text(text);
        }
        // what stands in such a column is what a reviewer fills in as evidence
        for column in columns.extract_if(.., |column| column.field == Field::Evidence) {
            self.removed.push(Removed::new(RemovedKind::Column, &column.header));
            self.columns.push(column.header);
        }
        for Theme { title: _, introduction, objectives, origin: _ } in themes {
            self.of_text(introduction);
            for objective in objectives {
                self.of_objective(objective);
            }
        }
        self.of_text(notes);
    }

    fn of_objective(&mut self, objective: &mut Objective) {
        let Objective { reference: _, text, introduction, recommendation: _, extra, evidence, notes, actions, origin: _ } = objective;
        self.of_text(text);
        self.of_text(introduction);
        self.of_extra(extra);
        self.evidence += usize::from(!evidence.is_empty());
        self.keep_text(RemovedKind::Evidence, &std::mem::take(evidence));
        self.of_notes(notes);
        for action in actions {
            self.of_action(action);
        }
    }

    fn of_action(&mut self, action: &mut Action) {
        let Action {
            reference: _,
            owners: _,
            owner_text: _,
            action,
            success_measures,
            target: _,
            earlier_targets,
            updates,
            status: _,
            review,
            extra,
            notes,
            origin: _,
        } = action;
        self.of_text(action);
        self.of_text(success_measures);
        for Update { period: _, label: _, text, status: _, by } in updates {
            self.of_text(text);
            self.of_reporter(by);
        }
        for EarlierTarget { target: _, moved: _, by } in earlier_targets {
            self.of_reporter(by);
        }
        self.of_extra(extra);
        self.of_review(review);
        self.of_notes(notes);
    }

    fn of_notes(&mut self, notes: &mut Vec<Note>) {
        self.comments += notes.len();
        for Note { about, text } in notes.drain(..) {
            self.removed.push(Removed::new(RemovedKind::Comment, about));
            self.keep_text(RemovedKind::Comment, &text);
        }
    }

    fn of_review(&mut self, review: &mut ReviewEntry) {
        self.reviews += usize::from(!review.is_empty());
        let ReviewEntry { progress, state, evidence, reviewer, reviewed_on, revised_target } = std::mem::take(review);
        [progress, evidence].iter().for_each(|text| self.keep_text(RemovedKind::Review, text));
        self.removed.extend([state, reviewed_on, revised_target].map(|words| Removed::new(RemovedKind::Review, words)));
        self.removed.push(Removed::new(RemovedKind::Name, reviewer));
    }

    fn of_reporter(&mut self, by: &mut String) {
        self.names += usize::from(!by.is_empty());
        self.removed.push(Removed::new(RemovedKind::Name, std::mem::take(by)));
    }

    fn keep_text(&mut self, kind: RemovedKind, text: &Text) {
        removed::text(text, &mut |words| self.removed.push(Removed::new(kind, words)));
    }

    fn of_extra(&mut self, extra: &mut Extra) {
        extra.0.iter_mut().for_each(|(_, text)| self.of_text(text));
    }

    /// Takes addresses away that stand behind words and do not lead to a web page; the words stay.
    fn of_text(&mut self, text: &mut Text) {
        for block in &mut text.blocks {
            let before = self.addresses;
            for span in block.spans.iter_mut().filter(|span| hides_an_address(span)) {
                self.removed.extend(span.link.take().map(|address| Removed::new(RemovedKind::Link, address)));
                self.addresses += 1;
            }
            if self.addresses > before {
                for span in std::mem::take(&mut block.spans) {
                    block.push(span);
                }
            }
        }
    }

    /// One note for each kind of thing.
    fn told(&self) -> Vec<Diagnostic> {
        let told = |n: usize, what: String| (n > 0).then_some(what);
        let number = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        let counted = [
            told(self.comments, number(self.comments, "comment on a cell was", "comments on cells were")),
            told(self.reviews, format!("what reviewers filled in for {} was", number(self.reviews, "action", "actions"))),
            told(self.evidence, format!("the evidence for {} was", number(self.evidence, "objective", "objectives"))),
            told(
                self.names,
                number(
                    self.names,
                    "name of who reported an update or moved a date was",
                    "names of who reported updates or moved dates were",
                ),
            ),
            told(self.addresses, number(self.addresses, "address behind words was", "addresses behind words were")),
        ];
        let columns = self.columns.iter().filter(|header| !header.is_empty()).map(|header| format!("the column “{header}” was"));
        let told = counted.into_iter().flatten().chain(columns);
        told.map(|what| Diagnostic::new(Code::LeftOutOfPublic, format!("{what} left out of the public version"))).collect()
    }
}

/// Whether words lead to an address that they do not show, and that is not the address of a web page.
///
/// A page whose address holds a name or password before an `@` is not one for everyone.
fn hides_an_address(span: &Span) -> bool {
    let Some(address) = span.link.as_deref() else { return false };
    let (scheme, rest) = address.split_once(':').unwrap_or(("", address));
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let host = rest.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
    let is_for_everyone = is_web && !host.contains('@');
    let is_bare = ["mailto", "tel"].iter().any(|bare| scheme.eq_ignore_ascii_case(bare));
    let shown = if is_bare { rest } else { address };
    !is_for_everyone && !span.text.contains(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_behind_words_go_and_the_words_stay() {
        let cases = [
            ("[ask Jo](mailto:jo@example.org)", "ask Jo"),
            ("see [the form](file:///N:/staff/form.docx) first", "see the form first"),
            ("[the form](forms/form.docx)", "the form"),
            ("[ring](tel:01962000000) [01962000000](tel:01962000000)", "ring [01962000000](<tel:01962000000>)"),
            ("[log in](https://jo:secret@example.org/)", "log in"),
            ("[the report](https://example.org/a@b)", "[the report](<https://example.org/a@b>)"),
            ("<jo@example.org>", "[jo@example.org](<mailto:jo@example.org>)"),
        ];
        for (typed, published) in cases {
            let mut text = Text::from_commonmark(typed);
            LeftOut::default().of_text(&mut text);
            assert_eq!(text.to_commonmark(), published);
            assert_eq!(text, Text::from_commonmark(published));
        }
    }

    #[test]
    fn those_who_work_on_the_plan_see_all_of_it() {
        let plan = Plan { introduction: Text::from_commonmark("[ask Jo](mailto:jo@example.org)"), ..Plan::default() };
        let published = publish(plan.clone(), Audience::Internal);
        assert_eq!((published.plan(), published.diagnostics(), published.removed()), (&plan, &[][..], &[][..]));
    }
}
