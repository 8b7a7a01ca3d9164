//! From a source to finished outputs in one call.

use crate::date::Date;
use crate::diagnostic::{self, Diagnostic};
use crate::error::{Error, ErrorKind};
use crate::import::ImportOptions;
use crate::import::import;
use crate::leak::{self, LeakScan};
use crate::output::{Output, OutputFormat, OutputOptions, OutputWriter};

use crate::publish::{Audience, PublishOptions, Published, publish};
use crate::read::{Format, ReadOptions, read_with};
use crate::report::{ReportOptions, report};
use crate::review::{Review, review};

/// How [`convert`] reads a source and writes it.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ConvertOptions {
    /// How the bytes are read.
    pub read: ReadOptions,
    /// How the plan is understood.
    pub import: ImportOptions,
    /// Who the outputs are for; by default those who work on the plan.
    pub publish: PublishOptions,
    /// The words, colours and language around the plan.
    pub report: ReportOptions,
    /// How outputs look.
    pub output: OutputOptions,
    /// The day on which the plan is reviewed; by default that of the plan's own last review.
    pub as_of: Option<Date>,
}

/// What [`convert`] made.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Conversion {
    /// The outputs, in the order in which they were asked for.
    pub outputs: Vec<Output>,
    /// The plan as its audience may see it.
    pub plan: Published,
    /// Its review.
    pub review: Review,
    /// What was guessed, doubted or left out, in the order of the source. For the public they
    /// quote nothing that is not published.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a source, understands it as a plan, and writes it in each of the formats.
///
/// Public outputs are searched for what was left out of them ([`leak`]) before they are returned.
///
/// ```
/// use planwright::{ConvertOptions, Format, OutputFormat, convert};
///
/// let plan = b"# Plan\n\n| Action | Owner |\n|---|---|\n| Amend the form | Lin Ferguson |\n";
/// let formats = [OutputFormat::Pdf, OutputFormat::Xlsx];
/// let made = convert(plan, Format::Markdown, &formats, &ConvertOptions::default())?;
/// for output in &made.outputs {
///     println!("plan.{}: {} bytes", output.format.extension(), output.bytes.len());
/// }
/// # assert!(made.outputs[0].bytes.starts_with(b"%PDF"));
/// # Ok::<(), planwright::Error>(())
/// ```
///
/// # Errors
///
/// If the source cannot be read, no action with words is found in it or none is left for the
/// public, a format cannot be written, or a public output would hold what was left out.
pub fn convert(
    source: &[u8],
    format: Format,
    outputs: &[OutputFormat],
    options: &ConvertOptions,
) -> Result<Conversion, Error> {
    let imported = import(read_with(source, format, &options.read)?, &options.import);
    if !imported.plan.has_actions() {
        return Err(Error::new(ErrorKind::Unreadable, "no action with words was found in it"));
    }
    let original = (options.publish.audience() == Audience::Public).then(|| imported.plan.clone());
    let plan = publish(imported.plan, &options.publish);
    if plan.plan().actions().next().is_none() {
        return Err(Error::new(ErrorKind::Unreadable, NOTHING_PUBLIC));
    }
    let mut diagnostics = plan.without_removed_quotes(imported.diagnostics);
    diagnostics.extend(plan.diagnostics().iter().cloned());
    let review = review(&plan, options.as_of.or_else(|| plan.plan().review_day()));
    let sheets = outputs.contains(&OutputFormat::Xlsx);
    let brand = options.report.brand.clone();
    let brand = brand.with_words(|words| options.publish.without_names(words));
    let report_options = ReportOptions { brand, sheets, ..options.report.clone() };
    let mut output_options = options.output.clone();
    output_options.contact = options.publish.without_names(&output_options.contact);
    let report = report(&plan, &review, &report_options);
    let also_public = [report_options.brand.name.clone(), output_options.contact.clone()];
    let writer = OutputWriter::new(&plan, &review, &report, &report_options, output_options);
    let outputs =
        outputs.iter().map(|format| writer.write(*format)).collect::<Result<Vec<_>, _>>()?;
    if let Some(original) = original {
        let also_public = also_public.each_ref().map(String::as_str);
        let scan = LeakScan::new(&leak::removed(&original, &plan), &[plan.plan()], &also_public)?;
        for output in &outputs {
            if let Some(leak) = scan.scan(&output.bytes, output.format.kind())?.first() {
                let message = format!(
                    "{} would still be in a public output: {}",
                    leak.kind.in_words(),
                    leak.place
                );
                return Err(Error::new(ErrorKind::Unwritable, message));
            }
        }
    }
    for output in &outputs {
        let new = output.diagnostics.iter().filter(|d| !diagnostics.contains(d));
        let new: Vec<Diagnostic> = new.cloned().collect();
        diagnostics.extend(new);
    }
    diagnostic::sort(&mut diagnostics);
    Ok(Conversion { outputs, plan, review, diagnostics })
}

/// Why a public version of which nothing is left is refused.
const NOTHING_PUBLIC: &str =
    "its public version would have no actions, as all of them are internal or struck out";
