//! What the user typed, before anything is validated, and the help that explains it.

mod choices;
mod shared;

use planwright::layout::PaperSize;
use planwright::{Audience, Language, OutputFormat};
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use planwright::{Date, PartialDate};

pub(super) use choices::PublishingArgs;

use super::diagnostic_output::DiagnosticFormat;
use super::format::{self};

pub(super) use shared::{DiagnosticArgs, ReadingArgs, WritingArgs};

/// Turns an improvement plan kept in a document or workbook into a PDF, a workbook, a web page and
/// a plan file.
///
/// The plan's table is found, pieces of it that page breaks have cut are put together again, and
/// every guess is reported with its place. Nothing in the document or workbook is dropped.
#[derive(Debug, Parser)]
#[command(
    name = "planwright",
    version,
    after_help = "\
Examples:
  planwright convert plan.xlsx -o plan.pdf -o plan.html   write a PDF and a web page
  planwright check plan.xlsx                              what is doubtful or missing in the plan
  planwright inspect plan.xlsx                            how its tables and columns were understood

`planwright help COMMAND` tells more about a command.",
    after_long_help = "\
Examples:
  planwright convert plan.xlsx -o plan.pdf -o plan.html   write a PDF and a web page
  planwright check plan.xlsx                              what is doubtful or missing in the plan
  planwright inspect plan.xlsx                            how its tables and columns were understood

Exit status:
  0  done, with warnings or without
  1  done or checked, but the plan has errors (with --strict, warnings too)
  2  nothing could be done: unreadable input, unknown option, output not writable

`planwright help COMMAND` tells more about a command."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(super) command: CommandArgs,
}

/// A command as typed.
#[derive(Debug, Subcommand)]
pub(super) enum CommandArgs {
    Convert(ConvertArgs),
    Check(CheckArgs),
    Inspect(InspectArgs),
    Returns(ReturnsArgs),
    Merge(MergeArgs),
    Pack(PackArgs),
    Diff(DiffArgs),
    Init(InitArgs),
    People(PeopleArgs),
    Explain(ExplainArgs),
    /// Print the JSON Schema of the plan file
    Schema,
    Completions(CompletionsArgs),
    /// Print the manual page
    ///
    /// To read it: planwright man | man -l -
    Man,
}

impl CommandArgs {
    /// The form in which trouble is reported.
    pub(super) fn form(&self) -> DiagnosticFormat {
        match self {
            Self::Convert(args) => args.reporting.diagnostics,
            Self::Check(args) => args.reporting.diagnostics,
            Self::Inspect(args) => args.reporting.diagnostics,
            Self::Returns(args) => args.reporting.diagnostics,
            Self::Merge(args) => args.reporting.diagnostics,
            Self::Pack(args) => args.reporting.diagnostics,
            Self::Diff(args) => args.reporting.diagnostics,
            Self::People(args) => args.reporting.diagnostics,
            _ => DiagnosticFormat::Text,
        }
    }
}

/// Write a plan as PDF, workbook, web page, calendar or plan file
///
/// The input is read once, and every output named is written. Outputs appear whole or not at all;
/// one that exists already is replaced, unless it is a workbook or web page that holds answers.
/// Warnings about the plan go to standard error.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  planwright convert plan.xlsx -o plan.pdf
  planwright convert plan.xlsx -o out/plan.pdf -o out/plan.xlsx -o out/plan.html -o out/plan.json
  planwright convert plan.xlsx -o plan.pdf --as-of 2011-11-30
  planwright convert plan.xlsx -o plan.pdf --layout cards
  planwright convert plan.xlsx -o cynllun.pdf --lang cy
  planwright convert plan.xlsx -o published.xlsx --profile publish
  planwright convert plan.xlsx -o plan.ics                 target and review dates as a calendar
  planwright convert - --from markdown -o - --to json < plan.md")]
pub(super) struct ConvertArgs {
    /// The document or workbook that holds the plan, or `-` for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) input: PathBuf,

    /// A file to write, its format recognised by its extension, or `-` for standard output; may be
    /// given more than once
    #[arg(short, long, required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Vec<PathBuf>,

    /// What to write where a name given with -o has no extension that tells it
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(format::output_names()))]
    pub(super) to: Option<String>,

    #[command(flatten)]
    pub(super) writing: WritingArgs,

    #[command(flatten)]
    pub(super) reading: ReadingArgs,

    #[command(flatten)]
    pub(super) reporting: DiagnosticArgs,
}

/// Write a workbook for each owner to fill in before a review
///
/// Each holds that owner's actions only, with their last update and status, and marked cells to
/// fill in; all others are locked. It is named after the owner. Actions without an owner go into
/// one called “Without an owner”. `planwright merge` takes the filled workbooks back into the plan.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  planwright returns plan.xlsx -o returns
  planwright returns plan.json -o returns --period 2012-03   for the review of March 2012")]
pub(super) struct ReturnsArgs {
    /// The document or workbook that holds the plan, or `-` for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) input: PathBuf,

    /// The folder to write them to; workbooks of the same names in it are replaced, unless they
    /// hold answers
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,

    /// Replace workbooks that hold answers too
    #[arg(long)]
    pub(super) replace: bool,

    /// The review that they are for, as 2012-03; by default the plan's next review
    #[arg(long, value_name = "DATE")]
    pub(super) period: Option<PartialDate>,

    /// The language of the words around the actions, of months and dates; their own words stay as
    /// they are
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(super) lang: Option<Language>,

    #[command(flatten)]
    pub(super) reading: ReadingArgs,

    #[command(flatten)]
    pub(super) reporting: DiagnosticArgs,
}

/// Take filled returns back into the plan
///
/// Each answer goes to the action with its reference, wherever its row and column stand by now.
/// Progress becomes an update of the review, a status is stated, a revised target date is kept with
/// the one before. Where answers differ, or the plan has changed meanwhile, nothing is chosen: the
/// conflict is reported with both places. Merging a return again changes nothing.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  planwright merge plan.json returns -o plan-2012-03.json
  planwright merge plan.json returns/*.xlsx -o plan-2012-03.json -o plan.pdf --prefer newest")]
pub(super) struct MergeArgs {
    /// The document, workbook or plan file that holds the plan
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) plan: PathBuf,

    /// Filled returns, or review workbooks that planwright wrote; folders of them, or patterns such
    /// as "returns/*.xlsx"
    #[arg(required = true, value_name = "RETURN", value_hint = ValueHint::FilePath)]
    pub(super) returned: Vec<PathBuf>,

    /// A file to write, its format recognised by its extension, or `-` for standard output; may be
    /// given more than once
    #[arg(short, long, required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Vec<PathBuf>,

    /// What to write where a name given with -o has no extension that tells it
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(format::output_names()))]
    pub(super) to: Option<String>,

    /// Which answer to take where two differ; by default neither
    #[arg(long, value_enum, value_name = "WHICH")]
    pub(super) prefer: Option<PreferName>,

    /// The review that the answers belong to, as 2012-03; by default the one that each return names
    #[arg(long, value_name = "DATE")]
    pub(super) period: Option<PartialDate>,

    #[command(flatten)]
    pub(super) writing: WritingArgs,

    #[command(flatten)]
    pub(super) reading: ReadingArgs,

    #[command(flatten)]
    pub(super) reporting: DiagnosticArgs,
}

/// Show what changed between two versions of a plan
///
/// Actions are known again by what they say, so that a plan whose actions were renumbered shows
/// which moved, and not that all of them changed. What was added, removed, moved, reworded, given
/// to others, dated or rated anew and reported since is shown theme by theme. That there are
/// differences is no error.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  planwright diff august.xlsx november.xlsx
  planwright diff plan-2011-08.json plan.xlsx -o changes.html -o changes.pdf
  planwright diff plan-2011-08.json plan.xlsx -o changes.json   for scripts")]
pub(super) struct DiffArgs {
    /// The document, workbook or plan file that holds the earlier version, or `-` for standard
    /// input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) old: PathBuf,

    /// The one that holds the later version
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) new: PathBuf,

    /// A file to write instead of showing the changes, .json, .html or .pdf; may be given more than
    /// once
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Vec<PathBuf>,

    /// What to write where a name given with -o has no extension that tells it
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(format::OF_CHANGES.map(OutputFormat::extension)))]
    pub(super) to: Option<String>,

    #[command(flatten)]
    pub(super) publishing: PublishingArgs,

    /// The paper of PDFs
    #[arg(long, value_enum, value_name = "PAPER")]
    pub(super) paper: Option<PaperSize>,

    /// The language in which the changes are reported, but for JSON; the plans' own words stay as
    /// they are
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(super) lang: Option<Language>,

    #[command(flatten)]
    pub(super) reading: ReadingArgs,

    #[command(flatten)]
    pub(super) reporting: DiagnosticArgs,
}

/// Which of two answers is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PreferName {
    /// The one with the later date, in a return or in the plan; where the plan changed without a
    /// date, the return
    Newest,
    /// What the plan says
    Plan,
}

/// Make the pack that a board reads at its quarterly review
///
/// It is written as PDF, workbook and web page, with the plan file beside them: review-pack.pdf,
/// review-pack.xlsx, review-pack.html, plan.json. It begins with six key messages at most, and
/// lists the actions that are reported off track or at risk with the reason given, those that are
/// overdue, changed target dates, what was completed and what has had no update since the last
/// review, what is coming up, open actions by owner and progress against recommendations, with the
/// whole plan. With an earlier version of the plan it shows what changed since; with several, the
/// trend.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  planwright pack plan.xlsx -o review
  planwright pack plan-2012-03.json --previous plan-2011-11.json -o review --as-of 2012-03-31
  planwright pack plan-2012-06.json --previous plan-2011-11.json --previous plan-2012-03.json -o review   with the trend
  planwright pack plan.xlsx -o review --inspected 2011-02-25   with the time limits of the inspection")]
pub(super) struct PackArgs {
    /// The document, workbook or plan file that holds the plan, or `-` for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) input: PathBuf,

    /// An earlier version of the plan; give it several times, oldest first, to show the trend
    #[arg(long, value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub(super) previous: Vec<PathBuf>,

    /// The day on which an earlier version is looked at, as 2011-11-30; by default its own review
    /// date. Give one for each --previous
    #[arg(long, value_name = "DATE", requires = "previous")]
    pub(super) previous_as_of: Vec<Date>,

    /// The day of the inspection's report, as 2011-02-25, from which the time limits of its
    /// recommendations count
    #[arg(long, value_name = "DATE")]
    pub(super) inspected: Option<Date>,

    /// The folder to write the pack to; files of the same names in it are replaced, unless they
    /// hold answers
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,

    #[command(flatten)]
    pub(super) writing: WritingArgs,

    #[command(flatten)]
    pub(super) reading: ReadingArgs,

    #[command(flatten)]
    pub(super) reporting: DiagnosticArgs,
}

/// List what is doubtful or missing in a plan
///
/// Every error, warning and note is printed with its place, the line it stands on, and what to do.
/// The last line sums up.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  planwright check plan.xlsx
  planwright check --strict plans/*.xlsx          fail on warnings too
  planwright check --diagnostics json plan.xlsx   one JSON object a line, for scripts
  planwright check --publishing published.xlsx    whether a workbook can be published
  planwright check --audience public plan.xlsx    what to check before the plan is published

`planwright explain CODE` says what the word in brackets after `warning` or `note` means.")]
pub(super) struct CheckArgs {
    /// The documents or workbooks that hold the plans, folders of them, patterns such as
    /// "plans/*.xlsx", or `-` for standard input
    #[arg(required = true, value_hint = ValueHint::FilePath)]
    pub(super) input: Vec<PathBuf>,

    /// Go through the checklist for publishing spreadsheets instead, for workbooks (.xlsx, .xlsm)
    /// of whatever origin
    ///
    /// It is the Government Analysis Function's. Each of its rows passes, fails, with its place, or
    /// is left to a person to judge. Exit status 1 says that an essential row fails; with --strict,
    /// any row.
    #[arg(long)]
    pub(super) publishing: bool,

    /// Who the plan is for: for the public, list what to check before it is published as well
    ///
    /// Names of people, e-mail addresses, telephone, NHS and case numbers, postcodes, dates of
    /// birth and small numbers about children, each with its place, in what the public version
    /// would hold. There is one message for each kind and column; -v and --diagnostics json show
    /// every one.
    #[arg(long, value_enum, value_name = "AUDIENCE", conflicts_with = "publishing")]
    pub(super) audience: Option<Audience>,

    #[command(flatten)]
    pub(super) reading: ReadingArgs,

    #[command(flatten)]
    pub(super) reporting: DiagnosticArgs,
}

/// Show how a document or workbook was understood
///
/// The tables that were found, what each column was taken to mean and why, what was joined, and
/// which tables were left out and why.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  planwright inspect plan.xlsx
  planwright inspect plan.xlsx --sheet \"Action plan\"   with the other sheets left out
  planwright inspect plan.xlsx --column \"Lead officer=owner\"
  planwright inspect plan.md --no-stitch               with its pieces left apart")]
pub(super) struct InspectArgs {
    /// The document or workbook that holds the plan, or `-` for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) input: PathBuf,

    #[command(flatten)]
    pub(super) reading: ReadingArgs,

    #[command(flatten)]
    pub(super) reporting: DiagnosticArgs,
}

/// Print a file of settings to begin with
///
/// It holds every setting, commented out at its default: what columns mean, words to add for
/// columns, statuses and roles, dates, outputs. A file called planwright.toml beside a plan is used
/// without being named.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  planwright init                      what can be set
  planwright init -o planwright.toml   settings for the plans in this folder")]
pub(super) struct InitArgs {
    /// A file to write them to, which must not be there yet
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
}

/// List the people whose names stand in a plan, as settings for its public version
///
/// The names are taken from owners and from running text, with the roles that stand beside them.
/// Check the list, add roles, and paste it into planwright.toml: in the public version, each name
/// is replaced by the role unless it may stay.
#[derive(Debug, ClapArgs)]
#[command(after_help = "\
Examples:
  planwright people plan.xlsx
  planwright people plan.xlsx >> planwright.toml   then set roles, and which names may stay")]
pub(super) struct PeopleArgs {
    /// The document or workbook that holds the plan, or `-` for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) input: PathBuf,

    #[command(flatten)]
    pub(super) reading: ReadingArgs,

    #[command(flatten)]
    pub(super) reporting: DiagnosticArgs,
}

/// Explain what a code such as `cell-joined` means
///
/// Without a code, list them all.
#[derive(Debug, ClapArgs)]
pub(super) struct ExplainArgs {
    /// The word in brackets after `error`, `warning` or `note`
    pub(super) code: Option<String>,
}

/// Print completions for a shell
///
/// For bash: planwright completions bash > ~/.local/share/bash-completion/completions/planwright
#[derive(Debug, ClapArgs)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: Shell,
}
