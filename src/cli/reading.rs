//! From an input to a plan with its diagnostics: the same way for every command.

mod options;

use planwright::embedded::ReturnedWorkbook;
use planwright::{Audience, Language, Severity, WorkbookProfile, diagnostic};
use planwright::{
    Brand, Code, Date, Diagnostic, Format, ImportOptions, Limits, Plan, PublishOptions, Published,
    ReadOptions, Understanding,
};

use super::Exit;
use super::command::{Input, ReadingChoices};
use super::config::{PackSettings, Settings, WritingSettings};
use super::diagnostic_output::{
    self, DiagnosticFormat, DiagnosticOutput, Verbosity, counted, summed,
};
use super::failure::Failure;
use super::files;
use super::fix::option;
use super::format::InputFormat;
use super::leaks::LeakGuard;
use super::stages::StageReporter;
use super::stream::OutputStream;
use super::unused::{self, InputKind};

pub(super) use options::{UnusedOption, contents, refuse_unapplied, size};
use options::{day, options, settings, text_refused, text_shown};

/// A plan, and where it came from.
pub(super) struct LoadedPlan {
    /// What the input is called.
    pub(super) name: String,
    /// Its text, whose lines messages show; none for a workbook, for a text in another encoding,
    /// and for a plan file or PDF, whose values have no places.
    pub(super) text: Option<String>,
    pub(super) plan: Plan,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How the tables were understood; none for a plan file, in which there is nothing to
    /// understand.
    pub(super) understanding: Option<Understanding>,
    /// What was filled in, if the input is a workbook or page of ours.
    pub(super) filled: Option<ReturnedWorkbook>,
    /// The month in which the financial year begins, from 1 for January.
    pub(super) year_starts: i8,
    /// Who the outputs are for: the public where they are published, else as typed, else as set.
    pub(super) audience: Audience,
    /// What the file of settings says of what is written.
    pub(super) writing: WritingSettings,
    /// What it says of review packs.
    pub(super) pack: PackSettings,
    /// How the outputs look.
    pub(super) brand: Brand,
    /// What was typed and does not apply to this input.
    pub(super) unapplied: Vec<UnusedOption>,
    /// What was left out of it for the public.
    pub(super) leaks: LeakGuard,
    /// Whether messages may show the lines of the source.
    pub(super) is_quotable: bool,
    /// The options for reading that have no effect on this input, with the reason.
    pub(super) unused: Vec<(&'static str, &'static str)>,
}

/// A newer version of a plan, as it was and as the public may see it.
pub(super) struct NewerVersion {
    pub(super) plan: Plan,
    pub(super) published: Published,
}

impl NewerVersion {
    /// None where nothing is kept from anyone.
    pub(super) fn of(plan: &Plan, options: &PublishOptions) -> Option<Self> {
        (options.audience() == Audience::Public).then(|| Self {
            plan: plan.clone(),
            published: planwright::publish(plan.clone(), options),
        })
    }
}

impl LoadedPlan {
    /// Writes diagnostics of the source to a stream, most severe first.
    pub(super) fn emit(
        &self,
        diagnostics: &[Diagnostic],
        form: DiagnosticFormat,
        stream: &mut OutputStream,
    ) {
        let mut diagnostics = diagnostics.to_vec();
        if form == DiagnosticFormat::Text {
            diagnostic::sort_by_severity(&mut diagnostics);
        }
        let text = self.text.as_deref().filter(|_| self.is_quotable);
        diagnostic_output::emit_in_order(diagnostics, &self.name, text, form, stream);
    }

    /// Reports errors and warnings of the source, only errors where no more is wanted, and gives
    /// the exit code that follows.
    pub(super) fn conclude(
        &mut self,
        reporting: &DiagnosticOutput,
        err: &mut OutputStream,
    ) -> Exit {
        diagnostic::sort(&mut self.diagnostics);
        let least =
            if reporting.level == Verbosity::Quiet { Severity::Error } else { Severity::Warning };
        let shown = diagnostic_output::at_least(least, &self.diagnostics);
        self.emit(&shown, reporting.form, err);
        diagnostic_output::exit(&self.diagnostics, reporting)
    }

    /// Warns of options for reading that have no effect on this input nor on others of the command.
    pub(super) fn warn_of_unused(&mut self, others: &[&Self]) {
        let is_unused = |(option, _): &&(&str, &str)| {
            others.iter().all(|other| other.unused.iter().any(|(it, _)| it == option))
        };
        let warnings: Vec<Diagnostic> = self
            .unused
            .iter()
            .filter(is_unused)
            .map(|(option, why)| unused::warning(option, why))
            .collect();
        self.diagnostics.extend(warnings);
    }

    /// Refuses an input in which no plan was found, after reporting why: nothing is made of it, and
    /// outputs stay as they are.
    pub(super) fn must_hold_a_plan(
        &mut self,
        reporting: &DiagnosticOutput,
        err: &mut OutputStream,
    ) -> Result<(), Failure> {
        if self.plan.has_actions() {
            return Ok(());
        }
        self.conclude(reporting, err);
        // objectives without actions, or rows without words, are a plan still to be written
        let found = if self.plan.themes.iter().all(|theme| theme.objectives.is_empty()) {
            "no plan was found in it; nothing was written"
        } else {
            "no action with words was found in it; nothing was written"
        };
        Err(Failure::unreadable(self.name.clone(), found))
    }

    /// Refuses to write a public version that has nothing left of the plan.
    pub(super) fn must_be_left(&self, published: &Published) -> Result<(), Failure> {
        let has_actions = published.plan().actions().next().is_some();
        if published.audience() == Audience::Internal || has_actions {
            return Ok(());
        }
        let message = "its public version would have no actions, as all of them are internal or struck out; nothing was written";
        Err(Failure::unreadable(self.name.clone(), message).with_help(
            "check what marks its actions as internal: a column, or [publish] internal in planwright.toml",
        ))
    }

    /// How the plan is published, as typed and as set.
    pub(super) fn publish_options(
        &self,
        reading: &ReadingChoices,
        language: Language,
    ) -> PublishOptions {
        PublishOptions::internal()
            .with_audience(self.audience)
            .with_leave_out(reading.publishing.leave_out.iter().chain(&self.writing.leave_out))
            .with_internal(&self.writing.internal)
            .with_people(self.writing.people())
            .with_struck_out(reading.publishing.hidden || self.writing.hidden)
            .with_language(language)
    }

    /// Publishes the plan: nothing that follows can reach what is removed, and no message quotes
    /// it.
    pub(super) fn publish(&mut self, options: &PublishOptions) -> Published {
        self.publish_earlier(options, &[])
    }

    /// Publishes an earlier version without what newer versions keep from the public.
    pub(super) fn publish_earlier(
        &mut self,
        options: &PublishOptions,
        newer: &[NewerVersion],
    ) -> Published {
        let original = LeakGuard::original(&self.plan, options.audience());
        let mut published = planwright::publish(std::mem::take(&mut self.plan), options);
        for NewerVersion { plan, published: of_newer } in newer {
            published = planwright::changes::withheld(published, plan, of_newer);
        }
        self.leaks.add(original, &published);
        self.diagnostics = published.without_removed_quotes(std::mem::take(&mut self.diagnostics));
        self.diagnostics.extend(published.diagnostics().iter().cloned());
        // what was read back from an output holds the plan too
        self.filled = None;
        self.brand =
            std::mem::take(&mut self.brand).with_words(|words| options.without_names(words));
        self.writing.contact = options.without_names(&self.writing.contact);
        if published.audience() == Audience::Public {
            // messages show the lines of the source
            self.is_quotable = false;
        }
        published
    }

    /// A plan whose columns are known already: what was typed about columns does not apply, nor
    /// about sheets where there are none.
    fn nothing_applies(&mut self, reading: &ReadingChoices, sheets_too: bool) {
        self.unused = unused::of_reading(reading, InputKind::Plan);
        let why = format!("{} holds a plan whose columns are known", self.name);
        let sheets = reading.sheets.iter().filter(|_| sheets_too).map(|name| sheet_option(name));
        let options = reading.columns.iter().map(|(name, _)| column_option(name)).chain(sheets);
        self.unapplied.extend(options.map(|option| UnusedOption {
            option,
            why: why.clone(),
            help: Some("leave the option out".to_owned()),
        }));
    }

    /// Takes what the import reported of options that do not apply apart: what was typed must
    /// apply, what is set need not.
    fn settle_options(
        &mut self,
        understanding: &Understanding,
        format: Format,
        reading: &ReadingChoices,
    ) {
        let is_of_options =
            |d: &Diagnostic| matches!(d.code, Code::ColumnOption | Code::SheetOption);
        let (reported, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
            std::mem::take(&mut self.diagnostics).into_iter().partition(is_of_options);
        self.diagnostics = others;
        let help = |code: Code| {
            reported
                .iter()
                .find(|d| d.code == code)
                .cloned()
                .and_then(|d| d.describe_fix(option).help)
        };
        for name in &understanding.missing_columns {
            let why = format!("no table of the plan in {} has a column “{name}”", self.name);
            if reading.columns.iter().any(|(typed, _)| typed == name) {
                self.unapplied.push(UnusedOption {
                    option: column_option(name),
                    why,
                    help: help(Code::ColumnOption),
                });
            } else {
                let message = format!(
                    "the settings give the column “{name}” a meaning, but no table of the plan has it"
                );
                self.diagnostics.push(Diagnostic::new(Code::ColumnSetting, message));
            }
        }
        if reading.sheets.is_empty() {
            // settings are for all plans in a folder, and those that are texts have no sheets
            self.diagnostics.extend(
                reported
                    .into_iter()
                    .filter(|d| d.code == Code::SheetOption && format == Format::Workbook),
            );
            return;
        }
        for name in &understanding.missing_sheets {
            let why = format!("there is no sheet “{name}” in {}", self.name);
            self.unapplied.push(UnusedOption {
                option: sheet_option(name),
                why,
                help: help(Code::SheetOption),
            });
        }
    }

    /// With what an output of ours carries, and what was filled in on it.
    fn with(
        mut self,
        filled: ReturnedWorkbook,
        reading: &ReadingChoices,
        today: Option<Date>,
    ) -> Self {
        self.diagnostics.clone_from(&filled.diagnostics);
        self.plan = filled.clone().into_plan();
        self.plan.infer_statuses(day(reading, &self.plan, today));
        self.filled = Some(filled);
        self
    }
}

fn column_option(name: &str) -> String {
    format!("--column \"{name}=...\"")
}

fn sheet_option(name: &str) -> String {
    format!("--sheet \"{name}\"")
}

/// Reads an input. A plan that names no day of its own is looked at on the day given, which is only
/// asked for if none was typed: to find out what day it is where the computer stands takes as long
/// as to read a small plan.
pub(super) fn load(
    input: &Input,
    reading: &ReadingChoices,
    today: impl FnOnce() -> Option<Date>,
    stages: &mut StageReporter<'_>,
) -> Result<LoadedPlan, Failure> {
    let loaded = load_any(input, reading, today, stages)?;
    loaded
        .plan
        .check_size(&Limits::default())
        .map_err(|error| Failure::library(error, loaded.name.clone(), None))?;
    Ok(loaded)
}

/// Reads an input for a command that looks at it on no day.
pub(super) fn load_undated(
    input: &Input,
    reading: &ReadingChoices,
    reporting: &DiagnosticOutput,
    err: &mut OutputStream,
) -> Result<LoadedPlan, Failure> {
    let loaded = load(input, reading, || None, &mut StageReporter::new(reporting, err))?;
    refuse_unapplied(&[&loaded.unapplied])?;
    Ok(loaded)
}

/// Reads a plan of any size.
fn load_any(
    input: &Input,
    reading: &ReadingChoices,
    today: impl FnOnce() -> Option<Date>,
    stages: &mut StageReporter<'_>,
) -> Result<LoadedPlan, Failure> {
    let today = if reading.as_of.is_some() { None } else { today() };
    let name = input.name();
    let bytes = stages.run(
        "open",
        || input.path.as_ref().map_or_else(files::read_stdin, |path| files::read(path)),
        |bytes| {
            format!(
                "{name}: {}",
                bytes.as_ref().map_or_else(|_| "nothing".to_owned(), |b| size(b.len()))
            )
        },
    )?;
    let (mut settings, brand) = settings(input, reading, stages)?;
    let audience = audience(reading, &settings.publish)?;
    let (writing, pack) =
        (std::mem::take(&mut settings.publish), std::mem::take(&mut settings.pack));
    let year_starts = settings
        .dates
        .financial_year_starts
        .map_or(ImportOptions::default().year_starts, |month| month.0);
    let refused = |error| Failure::library(error, name.clone(), text_refused(&bytes, input.format));
    let mut loaded = LoadedPlan {
        name: name.clone(),
        text: None,
        plan: Plan::default(),
        diagnostics: Vec::new(),
        understanding: None,
        filled: None,
        year_starts,
        audience,
        writing,
        pack,
        brand,
        unapplied: Vec::new(),
        leaks: LeakGuard::default(),
        is_quotable: true,
        unused: Vec::new(),
    };
    match input.format {
        InputFormat::PlanFile | InputFormat::Pdf => {
            let read = || match input.format {
                InputFormat::Pdf => planwright::embedded::read_pdf(&bytes),
                _ => planwright::json::read(&bytes),
            };
            let plan =
                stages.run("read", read, |plan| plan.as_ref().map(contents).unwrap_or_default());
            loaded.plan = plan.map_err(refused)?;
            loaded.nothing_applies(reading, true);
            loaded.plan.infer_statuses(day(reading, &loaded.plan, today));
        }
        InputFormat::Document(format) => {
            return read_document(loaded, settings, (&bytes, format), reading, today, stages);
        }
    }
    Ok(loaded)
}

/// Reads the plan of a document, or of one that planwright wrote and that came back.
fn read_document(
    mut loaded: LoadedPlan,
    settings: Settings,
    (bytes, format): (&[u8], Format),
    reading: &ReadingChoices,
    today: Option<Date>,
    stages: &mut StageReporter<'_>,
) -> Result<LoadedPlan, Failure> {
    let name = loaded.name.clone();
    let refused = |error| {
        let text = text_refused(bytes, InputFormat::Document(format));
        Failure::library(error, name.clone(), text)
    };
    if format == Format::Html {
        let page = || planwright::embedded::read_page(bytes, &Limits::default());
        let read = stages.run("page", page, |page| match page {
            Ok(Some(page)) => contents(&page.plan),
            _ => String::new(),
        });
        if let Some(page) = read.map_err(refused)? {
            loaded.nothing_applies(reading, true);
            return Ok(loaded.with(page, reading, today));
        }
    }
    let has_sheets_set = !settings.reading.sheets.is_empty();
    let may_read_hidden =
        loaded.audience == Audience::Internal || reading.publishing.hidden || loaded.writing.hidden;
    let mut options = options(settings, reading, today);
    options.include_hidden &= may_read_hidden;
    let source = stages.run(
        "read",
        || {
            planwright::read_with(
                bytes,
                format,
                &ReadOptions { encoding: reading.encoding, ..ReadOptions::default() },
            )
        },
        |source| {
            source.as_ref().map(|s| counted(s.block_count(), "block", "blocks")).unwrap_or_default()
        },
    );
    let mut source = source.map_err(refused)?;
    // whoever names a sheet wants that read, whatever else the workbook carries
    let workbook = reading
        .sheets
        .is_empty()
        .then(|| planwright::embedded::read_workbook(&mut source, &Limits::default()));
    if let Some(filled) = workbook.transpose().map_err(refused)?.flatten() {
        loaded.nothing_applies(reading, false);
        return Ok(loaded.with(filled, reading, today));
    }
    let imported = stages.run(
        "import",
        || planwright::import(source, &options),
        |imported| format!("{}; {}", contents(&imported.plan), summed(&imported.diagnostics)),
    );
    loaded.text = text_shown(bytes, format);
    loaded.plan = imported.plan;
    loaded.diagnostics = imported.diagnostics;
    loaded.unused = unused::of_reading(reading, InputKind::Source(format));
    if has_sheets_set && reading.sheets.is_empty() && format != Format::Workbook {
        let message = "the settings name sheets, but this is not a workbook";
        loaded.diagnostics.push(Diagnostic::new(Code::SheetSetting, message));
    }
    loaded.settle_options(&imported.understanding, format, reading);
    loaded.understanding = Some(imported.understanding);
    Ok(loaded)
}

/// Who the outputs are for, as typed and as set.
fn audience(reading: &ReadingChoices, set: &WritingSettings) -> Result<Audience, Failure> {
    let typed = &reading.publishing;
    let is_published = typed.profile.or(set.profile) == Some(WorkbookProfile::Publish);
    if is_published && typed.audience == Some(Audience::Internal) {
        return Err(Failure::usage("what is published is for the public, not for those who work on the plan")
            .with_help("take --audience internal away, or write a workbook for reviewing with --profile review"));
    }
    let is_public = is_published || typed.audience.or(set.audience) == Some(Audience::Public);
    let only_public =
        [("--leave-out", !typed.leave_out.is_empty()), ("--publish-hidden", typed.hidden)];
    if let Some((option, _)) = only_public.into_iter().find(|(_, is_typed)| *is_typed && !is_public)
    {
        return Err(Failure::usage(format!(
            "{option} is for the public version, and this is the internal one"
        ))
        .with_help("add --audience public"));
    }
    Ok(if is_public { Audience::Public } else { Audience::Internal })
}

/// Refuses a column to leave out that was typed and that none of the versions has: nothing may be
/// published that was to be left out.
pub(super) fn refuse_unmatched(
    published: &[&Published],
    reading: &ReadingChoices,
) -> Result<(), Failure> {
    let is_missing =
        |name: &&String| published.iter().all(|one| one.unmatched_columns().contains(name));
    let Some(name) = reading.publishing.leave_out.iter().find(is_missing) else { return Ok(()) };
    let help = published
        .iter()
        .flat_map(|one| one.diagnostics())
        .find(|d| d.code == Code::PublishSettingUnmatched);
    let failure = Failure::usage(format!(
        "--leave-out \"{name}\" does not apply: the plan has no such column"
    ));
    Err(match help.and_then(|d| d.help.clone()) {
        Some(help) => failure.with_help(help),
        None => failure,
    })
}
