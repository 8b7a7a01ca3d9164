//! The choices of a command as options of the library.

use planwright::{Brand, Date, Format, ImportOptions, Plan};

use crate::cli::command::{Input, ReadingChoices};
use crate::cli::config;
use crate::cli::config::Settings;
use crate::cli::diagnostic_output::counted;
use crate::cli::failure::Failure;
use crate::cli::format::InputFormat;
use crate::cli::stages::StageReporter;

/// An option that does not apply to an input.
#[derive(Debug, Clone)]
pub(in crate::cli) struct UnusedOption {
    /// As it was typed.
    pub(super) option: String,
    /// Why it does not apply.
    pub(super) why: String,
    pub(super) help: Option<String>,
}

/// Refuses an option that applies to none of the inputs: it does what it says, or nothing is done.
pub(in crate::cli) fn refuse_unapplied(inputs: &[&[UnusedOption]]) -> Result<(), Failure> {
    let Some((first, others)) = inputs.split_first() else { return Ok(()) };
    let nowhere = |one: &&UnusedOption| {
        others.iter().all(|other| other.iter().any(|it| it.option == one.option))
    };
    let Some(UnusedOption { option, why, help }) = first.iter().find(nowhere) else {
        return Ok(());
    };
    let failure = Failure::usage(format!("{option} does not apply: {why}"));
    Err(match help {
        Some(help) => failure.with_help(help),
        None => failure,
    })
}

/// The day on which a plan is looked at that carries its statuses: as typed, else that of its
/// review, else today.
pub(super) fn day(reading: &ReadingChoices, plan: &Plan, today: Option<Date>) -> Option<Date> {
    reading.as_of.or_else(|| plan.review_day()).or(today)
}

/// The settings for an input: those of the file that was named, else of the one beside it, else
/// none.
pub(super) fn settings(
    input: &Input,
    reading: &ReadingChoices,
    stages: &mut StageReporter<'_>,
) -> Result<(Settings, Brand), Failure> {
    let Some(path) = config::file_for(input.path.as_deref(), reading.config.as_ref()) else {
        return Ok((Settings::default(), Brand::default()));
    };
    let name = path.display().to_string();
    stages.run("config", || Settings::load(&path), |_| name.clone())
}

/// What was typed, and where nothing was, what is set.
pub(super) fn options(
    settings: Settings,
    reading: &ReadingChoices,
    today: Option<Date>,
) -> ImportOptions {
    let default = ImportOptions::default();
    let scheme = settings.scheme().cloned();
    let set = settings.reading;
    let columns = settings.columns.into_iter().map(|(header, meaning)| (header, meaning.0));
    ImportOptions {
        stitch: !reading.no_stitch && set.stitch.unwrap_or(default.stitch),
        // of two meanings that a header is given, the first holds
        columns: reading
            .columns
            .iter()
            .filter_map(|(header, field)| Some((header.clone(), (*field)?)))
            .chain(columns)
            .collect(),
        exclude: reading
            .columns
            .iter()
            .filter(|(_, field)| field.is_none())
            .map(|(header, _)| header.clone())
            .collect(),
        words: settings.words.words(),
        as_of: reading.as_of,
        today,
        sheets: if reading.sheets.is_empty() { set.sheets } else { reading.sheets.clone() },
        include_hidden: reading.include_hidden || set.include_hidden,
        scheme,
        year_starts: settings
            .dates
            .financial_year_starts
            .map_or(default.year_starts, |month| month.0),
        swap_day_month: reading.swap_day_month,
    }
}

/// The text of a source as its places count it.
pub(super) fn text_shown(bytes: &[u8], format: Format) -> Option<String> {
    let is_text = format != Format::Workbook && !bytes.contains(&0);
    if is_text { std::str::from_utf8(bytes).ok().map(str::to_owned) } else { None }
}

/// The text of a source that was refused; of markdown, with a mark for each byte that is none.
pub(super) fn text_refused(bytes: &[u8], format: InputFormat) -> Option<String> {
    match format {
        InputFormat::PlanFile | InputFormat::Document(Format::Markdown) => {
            Some(String::from_utf8_lossy(bytes).into_owned())
        }
        InputFormat::Document(format) => text_shown(bytes, format),
        InputFormat::Pdf => None,
    }
}

/// "34 actions for 11 objectives in 6 themes".
pub(in crate::cli) fn contents(plan: &Plan) -> String {
    let objectives = plan.themes.iter().map(|t| t.objectives.len()).sum();
    if objectives == 0 {
        return counted(0, "action", "actions");
    }
    format!(
        "{} for {} in {}",
        counted(plan.actions().count(), "action", "actions"),
        counted(objectives, "objective", "objectives"),
        counted(plan.themes.len(), "theme", "themes")
    )
}

/// "23 KB".
pub(in crate::cli) fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => counted(bytes, "byte", "bytes"),
        1000..1_000_000 => format!("{} KB", bytes / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
