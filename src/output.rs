//! The outputs that a plan can be written as, each from the same report.

use crate::diagnostic::{Code, Diagnostic};
use crate::embedded::Embedding;
use crate::error::Error;
use crate::json;
use crate::layout::{LayoutOptions, PaperSize, PlanForm, layout};
use crate::leak::OutputKind;
use crate::publish::Published;
use crate::report::{Report, ReportOptions, calendar};
use crate::review::Review;
use crate::write::{self, HtmlOptions, PdfOptions, PublishedOptions, WrittenWorkbook, XlsxOptions};

/// What an output is.
///
/// ```
/// use planwright::OutputFormat;
/// assert_eq!(OutputFormat::from_extension("PDF"), Some(OutputFormat::Pdf));
/// assert_eq!(OutputFormat::Calendar.extension(), "ics");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OutputFormat {
    /// PDF (PDF/UA-1 and PDF/A-3a).
    Pdf,
    /// A workbook (Office Open XML).
    Xlsx,
    /// A web page.
    Html,
    /// The plan file.
    Json,
    /// Markdown.
    Markdown,
    /// Values separated by commas.
    Csv,
    /// A calendar (iCalendar).
    Calendar,
}

impl OutputFormat {
    /// Every format with the extension of its files.
    pub const EXTENSIONS: &[(&str, Self)] = &[
        ("pdf", Self::Pdf),
        ("xlsx", Self::Xlsx),
        ("html", Self::Html),
        ("json", Self::Json),
        ("md", Self::Markdown),
        ("csv", Self::Csv),
        ("ics", Self::Calendar),
    ];

    /// The format of files with this extension, in capitals or small letters.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let mut known = Self::EXTENSIONS.iter();
        known.find(|(known, _)| known.eq_ignore_ascii_case(extension)).map(|(_, format)| *format)
    }

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        Self::EXTENSIONS
            .iter()
            .find(|(_, format)| *format == self)
            .map_or("", |(extension, _)| extension)
    }

    /// How an output of this format is opened to be searched for what was left out.
    pub fn kind(self) -> OutputKind {
        match self {
            Self::Pdf => OutputKind::Pdf,
            Self::Xlsx => OutputKind::Package,
            Self::Html => OutputKind::Html,
            Self::Json => OutputKind::Json,
            Self::Markdown => OutputKind::Markdown,
            Self::Csv => OutputKind::Csv,
            Self::Calendar => OutputKind::Calendar,
        }
    }
}

/// What workbooks are made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum WorkbookProfile {
    /// Reviewing: cells to fill in, filters and colours (the default)
    #[default]
    Review,
    /// Publishing: a cover sheet and plain tables that screen readers and other programs can read
    Publish,
}

/// How outputs look.
///
/// ```
/// use planwright::OutputOptions;
/// use planwright::layout::PlanForm;
/// let mut options = OutputOptions::default();
/// options.form = PlanForm::Cards;
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutputOptions {
    /// What the plan is laid out as in PDF and on web pages; by default a table.
    pub form: PlanForm,
    /// The sheet of PDFs; by default A4, or a larger one for a table that does not fit.
    pub paper: Option<PaperSize>,
    /// What workbooks are made for; by default reviewing.
    pub profile: WorkbookProfile,
    /// Whom to write to about a published workbook; by default no one.
    pub contact: String,
}

/// An output, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Output {
    /// What it is.
    pub format: OutputFormat,
    /// The file.
    pub bytes: Vec<u8>,
    /// What the format cannot hold or show, and where it is instead.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes the outputs of one report.
///
/// ```
/// use planwright::{OutputFormat, OutputOptions, OutputWriter, Plan, PublishOptions, ReportOptions};
/// # let plan = Plan { title: "A plan".to_owned(), ..Plan::default() };
/// let plan = planwright::publish(plan, &PublishOptions::internal());
/// let review = planwright::review(&plan, None);
/// let options = ReportOptions::default();
/// let report = planwright::report(&plan, &review, &options);
/// let writer = OutputWriter::new(&plan, &review, &report, &options, OutputOptions::default());
/// assert!(writer.write(OutputFormat::Pdf)?.bytes.starts_with(b"%PDF"));
/// assert!(writer.write(OutputFormat::Xlsx)?.bytes.starts_with(b"PK"));
/// # Ok::<(), planwright::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct OutputWriter<'a> {
    plan: &'a Published,
    review: &'a Review,
    report: &'a Report,
    labels: &'a ReportOptions,
    options: OutputOptions,
    source: Option<&'a str>,
}

impl<'a> OutputWriter<'a> {
    /// A writer of the report that was made of a plan and its review with these options.
    pub fn new(
        plan: &'a Published,
        review: &'a Review,
        report: &'a Report,
        report_options: &'a ReportOptions,
        options: OutputOptions,
    ) -> Self {
        Self { plan, review, report, labels: report_options, options, source: None }
    }

    /// The same with the text that the plan was read from: messages name places in it.
    #[must_use]
    pub fn with_source(self, text: Option<&'a str>) -> Self {
        Self { source: text, ..self }
    }

    /// Writes the report in a format. All but markdown, CSV and calendars hold the plan, so that
    /// it can be [read back](crate::embedded).
    ///
    /// # Errors
    ///
    /// As for the writer of the format, in [`write`](crate::write).
    pub fn write(&self, format: OutputFormat) -> Result<Output, Error> {
        let mut diagnostics = Vec::new();
        let bytes = match format {
            OutputFormat::Pdf => self.pdf(&mut diagnostics)?,
            OutputFormat::Xlsx if self.options.profile == WorkbookProfile::Publish => {
                let options = PublishedOptions {
                    contact: self.options.contact.clone(),
                    ..PublishedOptions::default()
                };
                write::xlsx_published(self.report, &options)?
            }
            OutputFormat::Xlsx => {
                let carries = Some(self.embedding());
                let options = XlsxOptions { carries, ..XlsxOptions::default() };
                let WrittenWorkbook { bytes, diagnostics: found } =
                    write::workbook(self.report, &options)?;
                diagnostics = found;
                bytes
            }
            OutputFormat::Html => {
                let options =
                    HtmlOptions { layout: self.options.form, carries: Some(self.embedding()) };
                write::html(self.report, &options).into_bytes()
            }
            OutputFormat::Json => json::write(self.plan)?.into_bytes(),
            OutputFormat::Markdown => write::markdown(self.plan).into_bytes(),
            OutputFormat::Csv => {
                diagnostics.extend(write::not_in_csv(self.plan));
                write::csv(self.plan)?
            }
            OutputFormat::Calendar => {
                let calendar = calendar(self.plan, self.review, self.labels);
                let bytes = write::calendar(&calendar).into_bytes();
                diagnostics = calendar.diagnostics;
                bytes
            }
        };
        Ok(Output { format, bytes, diagnostics })
    }

    fn pdf(&self, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<u8>, Error> {
        let OutputOptions { form, paper, .. } = self.options;
        let options = LayoutOptions {
            form,
            paper: paper.unwrap_or_default(),
            only_this_paper: paper.is_some(),
        };
        let pages = layout(self.report, &options);
        if pages.form() != form {
            let message = "the table has more columns than fit on the paper that was asked for; the PDF has a card for each action";
            let help = "choose a larger paper, or name none for one that the table fits on";
            diagnostics.push(Diagnostic::new(Code::TableAsCards, message).help(help));
        }
        diagnostics.extend(pages.diagnostics(self.source));
        let options = PdfOptions { plan: Some(self.plan), ..PdfOptions::default() };
        write::pdf(&pages, &options)
    }

    fn embedding(&self) -> Embedding<'a> {
        Embedding {
            plan: self.plan,
            as_of: self.review.as_of,
            return_of: None,
            language: self.labels.language,
        }
    }
}
