//! Arguments that several commands take.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, ValueHint};
use planwright::layout::{PaperSize, PlanForm};
use planwright::{Date, Language, WorkbookProfile};

use crate::cli::diagnostic_output::DiagnosticFormat;
use crate::cli::format::InputFormat;

use super::choices::PublishingArgs;

/// How the outputs look.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Writing the plan")]
pub(in crate::cli) struct WritingArgs {
    /// What the plan is laid out as in PDF and HTML: a table, or a card for each action
    #[arg(long, value_enum, value_name = "LAYOUT")]
    pub(in crate::cli) layout: Option<PlanForm>,

    /// What workbooks are made for; a version to publish is a version for the public
    #[arg(long, value_enum, value_name = "PROFILE")]
    pub(in crate::cli) profile: Option<WorkbookProfile>,

    /// The paper of PDFs; by default A4, or a larger one for a table that does not fit
    #[arg(long, value_enum, value_name = "PAPER")]
    pub(in crate::cli) paper: Option<PaperSize>,

    #[command(flatten)]
    pub(in crate::cli) publishing: PublishingArgs,

    /// Replace workbooks and web pages that hold answers too
    #[arg(long)]
    pub(in crate::cli) replace: bool,

    /// The language of the words around the plan, of months and dates; its own words stay as they
    /// are
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(in crate::cli) lang: Option<Language>,
}

/// How the document or workbook is read.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Reading the plan")]
pub(in crate::cli) struct ReadingArgs {
    /// A file of settings; by default planwright.toml beside the input, if it is there
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) config: Option<PathBuf>,

    /// What the input is, where its name has no extension that tells it
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(InputFormat::extensions()))]
    pub(in crate::cli) from: Option<String>,

    /// The encoding of a text (CSV, HTML, markdown), as windows-1252 or macintosh; by default it is
    /// found out
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) encoding: Option<String>,

    /// The day on which the plan is looked at, as 2011-11-30; by default the plan's own review
    /// date, else today
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) as_of: Option<Date>,

    /// A sheet of a workbook that may hold the plan; may be given more than once; by default all
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) sheet: Vec<String>,

    /// Read hidden sheets, rows and columns too; for the public version, only with --publish-hidden
    #[arg(long)]
    pub(in crate::cli) include_hidden: bool,

    /// Read dates the other way round in columns whose days and months seem to be swapped
    ///
    /// A program with the settings of another country may have turned 3 June into 6 March when it
    /// opened the file. A warning names the columns whose dates look like that; nothing is changed
    /// without this option.
    #[arg(long)]
    pub(in crate::cli) swap_day_month: bool,

    /// Leave tables, rows and cells apart that a page break seems to have cut
    #[arg(long)]
    pub(in crate::cli) no_stitch: bool,

    /// What a column means, as in "Lead officer=owner"; may be given more than once
    #[arg(long, value_name = "HEADER=FIELD", long_help = format!("What a column means; may be given more than once: {}", crate::cli::config::column_help()))]
    pub(in crate::cli) column: Vec<String>,
}

/// Which messages are shown meanwhile.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Messages")]
#[expect(clippy::struct_excessive_bools, reason = "one for each flag, as typed")]
pub(in crate::cli) struct DiagnosticArgs {
    /// The form of errors, warnings and notes
    #[arg(long, value_enum, value_name = "FORM", default_value = "text")]
    pub(in crate::cli) diagnostics: DiagnosticFormat,

    /// End with exit status 1 on warnings too
    #[arg(long)]
    pub(in crate::cli) strict: bool,

    /// Show errors only
    #[arg(short, long, conflicts_with = "verbose")]
    pub(in crate::cli) quiet: bool,

    /// Show what each step did and how long it took, and every note
    #[arg(short, long)]
    pub(in crate::cli) verbose: bool,

    /// Show no progress on the terminal
    #[arg(long)]
    pub(in crate::cli) no_progress: bool,
}
