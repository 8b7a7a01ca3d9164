//! The leak scan of public outputs: each is opened and searched for what was left out of its plans
//! before any is put in its place.

use planwright::Audience;
use planwright::leak::{Leak, LeakScan, OutputKind, removed};
use planwright::{Plan, Published, Removed};

use super::failure::Failure;

/// What was left out of the plans that outputs are made of.
#[derive(Debug, Default)]
pub(super) struct LeakGuard {
    removed: Vec<Removed>,
    published: Vec<Plan>,
    also_public: Vec<String>,
}

impl LeakGuard {
    /// A copy of a plan that is about to be published, for [`LeakGuard::add`]; none where nothing
    /// is left out.
    pub(super) fn original(plan: &Plan, audience: Audience) -> Option<Plan> {
        (audience == Audience::Public).then(|| plan.clone())
    }

    /// Adds what was left out of a plan.
    pub(super) fn add(&mut self, original: Option<Plan>, published: &Published) {
        if let Some(original) = original {
            self.removed.extend(removed(&original, published));
            self.published.push(published.plan().clone());
        }
    }

    /// What was left out of these plans and of those.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.removed.extend(other.removed);
        self.published.extend(other.published);
        self.also_public.extend(other.also_public);
        self
    }

    /// Adds words that outputs may hold though no plan has them.
    pub(super) fn allow(&mut self, words: &[&str]) {
        self.also_public.extend(words.iter().map(|words| (*words).to_owned()));
    }

    /// Refuses outputs, by name, format and bytes, if any of them holds what was left out, or
    /// cannot be searched.
    pub(super) fn check<'a>(
        &self,
        outputs: impl Iterator<Item = (String, OutputKind, &'a [u8])>,
    ) -> Result<(), Failure> {
        if self.removed.is_empty() {
            return Ok(());
        }
        let also: Vec<&str> = self.also_public.iter().map(String::as_str).collect();
        let scan = LeakScan::new(&self.removed, &self.published.iter().collect::<Vec<_>>(), &also)
            .map_err(|error| Failure::library(error, "the public outputs", None))?;
        for (name, kind, bytes) in outputs {
            match scan.scan(bytes, kind) {
                Ok(leaks) => refuse(&name, &leaks)?,
                Err(error) => {
                    let message = format!(
                        "this public output could not be searched for what was left out of it: {error}; nothing was written"
                    );
                    return Err(Failure::leak(name, None, message)
                        .with_help("report this as a fault of the program"));
                }
            }
        }
        Ok(())
    }
}

fn refuse(name: &str, leaks: &[Leak]) -> Result<(), Failure> {
    let Some(first) = leaks.first() else { return Ok(()) };
    let others = match leaks.len() - 1 {
        0 => String::new(),
        1 => " and 1 other place".to_owned(),
        more => format!(" and {more} other places"),
    };
    let message = format!(
        "{} would still be in this public output here{others}; nothing was written",
        first.kind.in_words()
    );
    let help = "remove the words from the source, or write an internal version with --audience internal; and report this as a fault of the program";
    Err(Failure::leak(name, Some(first.place.clone()), message).with_help(help))
}

#[cfg(test)]
mod tests {
    use super::super::command::Output;
    use super::super::convert::{self, RenderedOutput};
    use super::super::diagnostic_output::{DiagnosticFormat, DiagnosticOutput, Verbosity};
    use super::super::stages::StageReporter;
    use super::super::stream::OutputStream;
    use planwright::OutputFormat;

    use super::*;

    /// A plan with a comment, and what guards it.
    fn guarded() -> (Plan, LeakGuard, Published) {
        let note =
            planwright::plan::Note { about: "Owner".to_owned(), text: "off sick until May".into() };
        let objective = planwright::plan::Objective { notes: vec![note], ..Default::default() };
        let plan = Plan {
            themes: vec![planwright::plan::Theme {
                objectives: vec![objective],
                ..Default::default()
            }],
            ..Plan::default()
        };
        let mut guard = LeakGuard::default();
        let published = planwright::publish(plan.clone(), &planwright::PublishOptions::public());
        guard.add(LeakGuard::original(&plan, Audience::Public), &published);
        (plan, guard, published)
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "tests make files")]
    fn where_one_output_leaks_none_is_written_and_none_is_replaced() {
        let _alone = super::super::files::alone();
        let (plan, guard, published) = guarded();
        let folder = tempfile::tempdir().unwrap();
        let output = |name: &str| Output {
            path: Some(folder.path().join(name)),
            format: OutputFormat::Json,
        };
        let (old, new) = (output("old.json"), output("new.json"));
        std::fs::write(folder.path().join("old.json"), "as it was").unwrap();
        let bytes = |plan: &Published| planwright::json::write(plan).unwrap().into_bytes();
        let leaking = bytes(&planwright::publish(plan, &planwright::PublishOptions::internal()));
        let reporting = DiagnosticOutput {
            form: DiagnosticFormat::Text,
            strict: false,
            level: Verbosity::Quiet,
            progress: false,
        };
        let write = |second: &[u8]| {
            let made = [
                RenderedOutput { output: &old, bytes: bytes(&published) },
                RenderedOutput { output: &new, bytes: second.to_vec() },
            ];
            convert::write(
                &made,
                &guard,
                &mut StageReporter::new(&reporting, &mut OutputStream::stderr()),
                &mut OutputStream::stdout(),
            )
        };
        assert!(write(&leaking).is_err());
        assert_eq!(std::fs::read_to_string(folder.path().join("old.json")).unwrap(), "as it was");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write(b"no JSON").is_err(), "what cannot be searched is not written");
        assert!(write(&bytes(&published)).is_ok());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_leak_is_named_by_its_place_and_kind_and_never_quoted() {
        let (plan, guard, published) = guarded();
        let check = |plan: &Published| {
            let json = planwright::json::write(plan).unwrap_or_default();
            guard.check(std::iter::once((
                "plan.json".to_owned(),
                OutputKind::Json,
                json.as_bytes(),
            )))
        };
        assert!(check(&published).is_ok());
        let said = format!(
            "{:?}",
            check(&planwright::publish(plan, &planwright::PublishOptions::internal())).err()
        );
        assert!(
            said.contains("plan.json")
                && said.contains("themes.0.objectives.0.notes.0.text")
                && said.contains("a comment"),
            "{said}"
        );
        assert!(!said.contains("sick"), "{said}");
    }
}
