//! From what was typed to a command that can be run: formats told, options parsed, and what cannot
//! go together refused.

mod choices;

use planwright::layout::{PaperSize, PlanForm};
use planwright::{Audience, Language, OutputFormat, WorkbookProfile};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use planwright::plan::Field;
use planwright::returns::Preference;
use planwright::{Date, Encoding, Format, PartialDate};

use super::args::{
    CheckArgs, ConvertArgs, DiffArgs, InitArgs, InspectArgs, MergeArgs, PackArgs, PeopleArgs,
    PreferName, PublishingArgs, ReturnsArgs,
};
use super::config::{self};
use super::diagnostic_output::{DiagnosticOutput, counted};
use super::failure::Failure;
use super::files;
use super::format::{self, InputFormat};

use choices::{reading, reporting};

/// `planwright convert`.
#[derive(Debug)]
pub(super) struct Convert {
    pub(super) input: Input,
    pub(super) outputs: Vec<Output>,
    pub(super) layout: Option<PlanForm>,
    pub(super) paper: Option<PaperSize>,
    /// Whether outputs that hold answers are replaced.
    pub(super) replace: bool,
    pub(super) lang: Option<Language>,
    pub(super) reading: ReadingChoices,
    pub(super) reporting: DiagnosticOutput,
}

/// `planwright check`.
#[derive(Debug)]
pub(super) struct Check {
    pub(super) inputs: Vec<Input>,
    /// Whether the checklist for publishing is gone through, rather than the plans.
    pub(super) publishing: bool,
    /// Whether what a publisher should look at is listed as well.
    pub(super) for_public: bool,
    pub(super) reading: ReadingChoices,
    pub(super) reporting: DiagnosticOutput,
}

/// `planwright inspect`.
#[derive(Debug)]
pub(super) struct Inspect {
    pub(super) input: Input,
    pub(super) reading: ReadingChoices,
    pub(super) reporting: DiagnosticOutput,
}

/// `planwright returns`.
#[derive(Debug)]
pub(super) struct Returns {
    pub(super) input: Input,
    /// The folder.
    pub(super) output: PathBuf,
    /// Whether workbooks that hold answers are replaced.
    pub(super) replace: bool,
    pub(super) lang: Option<Language>,
    pub(super) period: Option<PartialDate>,
    pub(super) reading: ReadingChoices,
    pub(super) reporting: DiagnosticOutput,
}

/// `planwright merge`.
#[derive(Debug)]
pub(super) struct Merge {
    /// What is done with the plan once the returns are in it.
    pub(super) convert: Convert,
    pub(super) returned: Vec<Input>,
    pub(super) prefer: Option<Preference>,
    pub(super) period: Option<PartialDate>,
}

/// `planwright pack`.
#[derive(Debug)]
pub(super) struct Pack {
    /// The outputs, and what they are made from.
    pub(super) convert: Convert,
    /// The earlier versions of the plan, oldest first, and how each is read.
    pub(super) previous: Vec<(Input, ReadingChoices)>,
    pub(super) inspected: Option<Date>,
}

/// `planwright diff`.
#[derive(Debug)]
pub(super) struct Diff {
    pub(super) old: Input,
    pub(super) new: Input,
    pub(super) paper: Option<PaperSize>,
    pub(super) lang: Option<Language>,
    /// Where the changes go; none for standard output, as text.
    pub(super) outputs: Vec<Output>,
    pub(super) reading: ReadingChoices,
    pub(super) reporting: DiagnosticOutput,
}

/// `planwright people`.
#[derive(Debug)]
pub(super) struct PeopleCommand {
    pub(super) input: Input,
    pub(super) reading: ReadingChoices,
    pub(super) reporting: DiagnosticOutput,
}

/// `planwright init`.
#[derive(Debug)]
pub(super) struct Init {
    /// The file to write; none for standard output.
    pub(super) output: Option<PathBuf>,
}

/// A source, and what it is.
#[derive(Debug)]
pub(super) struct Input {
    /// The file; none for standard input.
    pub(super) path: Option<PathBuf>,
    pub(super) format: InputFormat,
}

impl Input {
    /// What it is called in messages.
    pub(super) fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| "standard input".to_owned(), |p| p.display().to_string())
    }
}

/// A result, and where it goes.
#[derive(Debug)]
pub(super) struct Output {
    /// The file; none for standard output.
    pub(super) path: Option<PathBuf>,
    pub(super) format: OutputFormat,
}

impl Output {
    /// What it is called in messages.
    pub(super) fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| "standard output".to_owned(), |p| p.display().to_string())
    }
}

/// How the source is read, as far as the command line says.
#[derive(Debug, Clone)]
pub(super) struct ReadingChoices {
    /// The file of settings; none for the one that may stand beside the input.
    pub(super) config: Option<PathBuf>,
    pub(super) encoding: Option<Encoding>,
    pub(super) as_of: Option<Date>,
    pub(super) no_stitch: bool,
    /// Columns by header or letters, and what they mean; none for those that are left out.
    pub(super) columns: Vec<(String, Option<Field>)>,
    pub(super) sheets: Vec<String>,
    pub(super) include_hidden: bool,
    pub(super) swap_day_month: bool,
    pub(super) publishing: PublishingChoices,
}

/// Who the outputs are for, as far as the command line says.
#[derive(Debug, Clone, Default)]
pub(super) struct PublishingChoices {
    pub(super) audience: Option<Audience>,
    pub(super) profile: Option<WorkbookProfile>,
    /// Headers of columns that the public version leaves out.
    pub(super) leave_out: Vec<String>,
    /// Whether what is struck out or hidden is published.
    pub(super) hidden: bool,
}

impl PublishingChoices {
    fn new(args: PublishingArgs, profile: Option<WorkbookProfile>) -> Self {
        Self {
            audience: args.audience,
            profile,
            leave_out: args.leave_out,
            hidden: args.publish_hidden,
        }
    }
}

pub(super) fn convert(args: ConvertArgs) -> Result<Convert, Failure> {
    let (from, mut reading) = reading(&args.reading)?;
    reading.publishing = PublishingChoices::new(args.writing.publishing, args.writing.profile);
    let input = input(args.input, from)?;
    let outputs = outputs(args.output, args.to.as_deref(), &[&input])?;
    Ok(Convert {
        input,
        outputs,
        layout: args.writing.layout,
        paper: args.writing.paper,
        replace: args.writing.replace,
        lang: args.writing.lang,
        reading,
        reporting: reporting(&args.reporting),
    })
}

pub(super) fn diff(args: DiffArgs) -> Result<Diff, Failure> {
    let (from, mut reading) = reading(&args.reading)?;
    reading.publishing = PublishingChoices::new(args.publishing, None);
    let (old, new) = (input(args.old, from)?, input(args.new, from)?);
    if old.path.is_none() && new.path.is_none() {
        return Err(Failure::usage("standard input can be read only once")
            .with_help("take one of the two `-` away"));
    }
    let outputs = outputs(args.output, args.to.as_deref(), &[&old, &new])?;
    if let Some(other) = outputs.iter().find(|o| !format::OF_CHANGES.contains(&o.format)) {
        let message = format!("what changed cannot be written as .{}", other.format.extension());
        return Err(Failure::unwritable(other.name(), message)
            .with_help("write .json, .html or .pdf, or leave -o away to see it as text"));
    }
    Ok(Diff {
        old,
        new,
        outputs,
        paper: args.paper,
        lang: args.lang,
        reading,
        reporting: reporting(&args.reporting),
    })
}

pub(super) fn returns(args: ReturnsArgs) -> Result<Returns, Failure> {
    let (from, reading) = reading(&args.reading)?;
    let input = input(args.input, from)?;
    if files::is_file(&args.output) {
        let name = args.output.display().to_string();
        return Err(Failure::unwritable(name, "this is a file, not a folder")
            .with_help("name the folder that the returns go to"));
    }
    Ok(Returns {
        input,
        output: args.output,
        replace: args.replace,
        period: args.period,
        lang: args.lang,
        reading,
        reporting: reporting(&args.reporting),
    })
}

pub(super) fn merge(args: MergeArgs) -> Result<Merge, Failure> {
    let MergeArgs { plan, returned, output, to, prefer, period, writing, reading, reporting } =
        args;
    let is_return = |path: &Path| {
        !files::same_file(path, &plan)
            && InputFormat::of(path).is_ok_and(InputFormat::may_be_filled)
    };
    let returned = named(&returned, is_return)?
        .into_iter()
        .map(|path| input(path, None))
        .collect::<Result<Vec<_>, _>>()?;
    let convert = convert(ConvertArgs { input: plan, output, to, writing, reading, reporting })?;
    for output in &convert.outputs {
        never_replaced(
            output,
            &returned.iter().collect::<Vec<_>>(),
            "one of the returns",
            "give the output another name",
        )?;
    }
    let prefer = prefer.map(|which| match which {
        PreferName::Newest => Preference::Newest,
        PreferName::Plan => Preference::Plan,
    });
    Ok(Merge { convert, returned, prefer, period })
}

/// What the outputs of a review pack are called.
const PACK: [&str; 4] = ["review-pack.pdf", "review-pack.xlsx", "review-pack.html", "plan.json"];

pub(super) fn pack(args: PackArgs) -> Result<Pack, Failure> {
    let PackArgs {
        input,
        previous,
        previous_as_of,
        inspected,
        output: folder,
        writing,
        reading,
        reporting,
    } = args;
    if files::is_file(&folder) {
        let name = folder.display().to_string();
        return Err(Failure::unwritable(name, "this is a file, not a folder")
            .with_help("name the folder that the review pack goes to"));
    }
    let output = PACK.iter().map(|name| folder.join(name)).collect();
    let convert = convert(ConvertArgs { input, output, to: None, writing, reading, reporting })?;
    let previous =
        previous.into_iter().map(|path| self::input(path, None)).collect::<Result<Vec<_>, _>>()?;
    if previous.iter().filter(|input| input.path.is_none()).count()
        + usize::from(convert.input.path.is_none())
        > 1
    {
        return Err(Failure::usage("standard input can be read only once")
            .with_help("remove all but one `-`"));
    }
    if !previous_as_of.is_empty() && previous_as_of.len() != previous.len() {
        let days = counted(previous_as_of.len(), "date", "dates");
        let versions = counted(previous.len(), "earlier version", "earlier versions");
        let message = format!("--previous-as-of gives {days} for {versions}");
        return Err(Failure::usage(message)
            .with_help("give one date for each earlier version, in the same order, or none"));
    }
    for output in &convert.outputs {
        never_replaced(
            output,
            &previous.iter().collect::<Vec<_>>(),
            "the earlier plan",
            "name another folder with -o",
        )?;
    }
    let days = previous_as_of.into_iter().map(Some).chain(std::iter::repeat(None));
    let reading = |as_of| ReadingChoices { as_of, ..convert.reading.clone() };
    let previous =
        previous.into_iter().zip(days).map(|(input, as_of)| (input, reading(as_of))).collect();
    Ok(Pack { convert, previous, inspected })
}

pub(super) fn check(args: &CheckArgs) -> Result<Check, Failure> {
    let (from, reading) = reading(&args.reading)?;
    let accepted = |path: &Path| {
        InputFormat::of(path).is_ok_and(|format| {
            !args.publishing || format == InputFormat::Document(Format::Workbook)
        })
    };
    let inputs = named(&args.input, accepted)?
        .into_iter()
        .map(|path| input(path, from))
        .collect::<Result<Vec<_>, _>>()?;
    if inputs.iter().filter(|i| i.path.is_none()).count() > 1 {
        return Err(Failure::usage("standard input can be read only once")
            .with_help("take all but one `-` away"));
    }
    let no_workbook = |input: &&Input| input.format != InputFormat::Document(Format::Workbook);
    if let Some(input) = inputs.iter().find(no_workbook).filter(|_| args.publishing) {
        return Err(Failure::usage(format!(
            "{} is no workbook: the checklist for publishing is for workbooks",
            input.name()
        ))
        .with_help("take --publishing away, or name workbooks"));
    }
    let for_public = args.audience == Some(Audience::Public);
    let mut reading = reading;
    reading.publishing.audience = args.audience;
    Ok(Check {
        inputs,
        publishing: args.publishing,
        for_public,
        reading,
        reporting: reporting(&args.reporting),
    })
}

pub(super) fn inspect(args: InspectArgs) -> Result<Inspect, Failure> {
    let (from, reading) = reading(&args.reading)?;
    Ok(Inspect { input: input(args.input, from)?, reading, reporting: reporting(&args.reporting) })
}

pub(super) fn people(args: PeopleArgs) -> Result<PeopleCommand, Failure> {
    let (from, reading) = reading(&args.reading)?;
    Ok(PeopleCommand {
        input: input(args.input, from)?,
        reading,
        reporting: reporting(&args.reporting),
    })
}

pub(super) fn init(args: InitArgs) -> Result<Init, Failure> {
    let output = args.output.filter(|path| !is_dash(path));
    if let Some(folder) = output.as_ref().filter(|path| files::is_folder(path)) {
        return Err(files::folder_as_output(folder, config::NAME));
    }
    Ok(Init { output })
}

/// The files that arguments name, be they folders or patterns, each once.
fn named(paths: &[PathBuf], accepted: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let mut all: Vec<PathBuf> = Vec::new();
    let mut seen = HashSet::new();
    for path in paths {
        let files = if is_dash(path) { vec![path.clone()] } else { files::named(path, &accepted)? };
        all.extend(files.into_iter().filter(|file| is_dash(file) || seen.insert(file.clone())));
    }
    Ok(all)
}

fn input(path: PathBuf, from: Option<InputFormat>) -> Result<Input, Failure> {
    if is_dash(&path) {
        let format = from.ok_or_else(|| {
            Failure::usage("standard input has no file name that shows its format")
                .with_help("say what it is, as in --from markdown")
        })?;
        return Ok(Input { path: None, format });
    }
    if files::is_folder(&path) {
        return Err(files::folder_as_input(&path));
    }
    let format = from.map_or_else(|| InputFormat::of(&path), Ok)?;
    Ok(Input { path: Some(path), format })
}

/// The outputs that were named: none of them an input, and none twice.
fn outputs(
    paths: Vec<PathBuf>,
    to: Option<&str>,
    inputs: &[&Input],
) -> Result<Vec<Output>, Failure> {
    let to = to.and_then(format::named_output);
    let mut outputs: Vec<Output> = Vec::new();
    for path in paths {
        let output = output(path, to)?;
        never_replaced(&output, inputs, "the input", "give the output another name")?;
        if outputs.iter().any(|o| same_place(o, &output)) {
            return Err(Failure::usage(format!("{} is named twice as an output", output.name()))
                .with_help("take one of the two -o away"));
        }
        outputs.push(output);
    }
    Ok(outputs)
}

/// Refuses an output that stands where an input does: `what` the input is, and what to do instead.
fn never_replaced(
    output: &Output,
    inputs: &[&Input],
    what: &str,
    help: &str,
) -> Result<(), Failure> {
    let is_output =
        |there: &PathBuf| output.path.as_ref().is_some_and(|here| files::same_file(there, here));
    if inputs.iter().filter_map(|input| input.path.as_ref()).any(is_output) {
        return Err(Failure::usage(format!(
            "{} is {what}, and an input is never replaced",
            output.name()
        ))
        .with_help(help));
    }
    Ok(())
}

fn output(path: PathBuf, to: Option<OutputFormat>) -> Result<Output, Failure> {
    if is_dash(&path) {
        let format = to.ok_or_else(|| {
            Failure::usage("standard output has no file name that shows its format")
                .with_help("say what to write, as in --to json")
        })?;
        return Ok(Output { path: None, format });
    }
    if files::is_folder(&path) {
        return Err(files::folder_as_output(&path, "plan.pdf"));
    }
    let format = format::of_output(&path, to)?;
    Ok(Output { path: Some(path), format })
}

fn same_place(a: &Output, b: &Output) -> bool {
    match (&a.path, &b.path) {
        (Some(a), Some(b)) => files::same_file(a, b),
        (None, None) => true,
        _ => false,
    }
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}
