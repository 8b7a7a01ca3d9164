//! Improvement plans, from the documents they are kept in to something that can be published,
//! reviewed and trusted.
//!
//! [`convert`](fn@convert) goes the whole way, from the bytes of a source to finished outputs:
//!
//! ```
//! use planwright::{ConvertOptions, Format, OutputFormat, convert};
//!
//! let plan = b"# Plan\n\n| Action | Owner |\n|---|---|\n| Amend the form | Lin Ferguson |\n";
//! let formats = [OutputFormat::Pdf, OutputFormat::Html];
//! let made = convert(plan, Format::Markdown, &formats, &ConvertOptions::default())?;
//! assert_eq!(made.outputs.len(), 2);
//! # Ok::<(), planwright::Error>(())
//! ```
//!
//! # Guide
//!
//! A program that needs what lies between makes the calls one by one.
//!
//! 1. **Read.** [`read`] turns the bytes of a document into a [`Source`]: texts and tables, each
//!    with its place. [`ReadOptions`] and [`Limits`] say how.
//! 2. **Understand.** [`import`] turns a source into a [`Plan`]. [`Imported`] holds it together
//!    with what was guessed or doubted ([`Diagnostic`]) and how each table and [`Column`] was
//!    understood ([`Understanding`]). A program that has its actions elsewhere builds a plan in
//!    code, numbers it with [`Plan::assign_references`] and checks it with [`Plan::validate`].
//!    [`publish`](fn@publish) then takes out what the audience may not see: every output is made of
//!    what it returns.
//! 3. **Review.** [`review`] looks at the plan on a day; [`Plan::actions_with`] gives each action
//!    with its status and position. [`agenda`] answers what a board asks, [`changes`](mod@changes)
//!    compares two versions.
//! 4. **Write.** [`report`](fn@report) puts everything that is shown into words and order, so that
//!    every output says the same; [`report::pack`] makes a review pack. [`write`](mod@write) draws
//!    a report in each format, the PDF by way of [`layout`](mod@layout). [`json`] writes the plan
//!    file, [`leak`] searches a public output for what was left out.
//! 5. **Embed.** An output can carry its plan ([`embedded::Embedding`]). [`embedded`] reads it
//!    back, with what reviewers filled in. [`returns`] asks each owner and merges their answers.
//!
//! ```
//! use planwright::{Format, ImportOptions, Position, PublishOptions, ReportOptions, import, json};
//! use planwright::{publish, read, report, review, write};
//!
//! let markdown = b"# Improvement plan 2011/12
//!
//! | Action | Owner | Target date |
//! |--------|-------|-------------|
//! | Amend the visiting form | Lin Ferguson | Oct '11 |
//! ";
//!
//! // read: texts and tables, each value with its line and column
//! let source = read(markdown, Format::Markdown)?;
//! // understand: themes, objectives, actions; what was guessed or doubted is reported beside them
//! let day = "2011-11-30".parse().ok();
//! let imported = import(source, &ImportOptions { as_of: day, ..ImportOptions::default() });
//! assert_eq!(imported.plan.title, "Improvement plan 2011/12");
//! let plan = publish(imported.plan, &PublishOptions::internal());
//! // review: what was reported of each action, and where it stands against the calendar
//! let reviewed = review(&plan, day);
//! for one in plan.plan().actions_with(&reviewed) {
//!     assert_eq!(one.status().state, None);
//!     assert_eq!(one.position(), Position::Overdue { days: 30 });
//! }
//! // write: every output from one report
//! let report = report(&plan, &reviewed, &ReportOptions::default());
//! let workbook = write::xlsx(&report, &write::XlsxOptions::default())?;
//! let page = write::html(&report, &write::HtmlOptions::default());
//! let plan_file = json::write(&plan)?;
//! # assert!(workbook.starts_with(b"PK"));
//! # assert!(page.contains("Lin Ferguson") && plan_file.contains("Lin Ferguson"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Architecture
//!
//! Data goes one way, and each stage is a function from one type to the next:
//!
//! ```text
//! bytes ── read ──▶ Source          blocks in order; every value knows its place
//! Source ── table ──▶ tables        hidden things left out, regions found, columns named, pieces joined, rows distinguished
//! tables ── import ──▶ Imported       typed: dates, owners, updates, recommendations; with diagnostics
//! Plan ── publish ──▶ Published     what its audience may see; nothing that follows can reach the rest
//! Published ── review ──▶ Review    status and position of each action on a day, counts; the agenda of a board's meeting
//! Published + Review ── report ──▶ Report   all that will be said, in words, order and colours; with the agenda, a review pack
//! Report ── layout ──▶ Pages        where it goes on paper
//! Pages ── write ──▶ PDF            Report ── write ──▶ XLSX, HTML        Published ── json ──▶ the plan file
//! Published + Review ── report ──▶ Calendar ── write ──▶ iCalendar   an event for each action that has a day, and for the reviews
//! Published ── write ──▶ markdown, CSV   read back as the same plan; CSV holds its themes, objectives and actions
//! PDF, XLSX, HTML ── embedded ──▶ Plan   the plan that is embedded in an output of ours, and what was filled in
//! Published ── returns ──▶ Published one for each owner before a review; their answers merged after it
//! Published + Published ── changes ──▶ Changes    what of the newer version is what of the older, and what changed
//! XLSX ── checklist ──▶ Checklist   whether a workbook can be published, row for row
//! ```
//!
//! | Module | Holds | Does not know |
//! |--------|-------|---------------|
//! | `vocabulary` | what words mean in plans: headers of columns, statuses, roles, dates, loaded from the files in `vocabulary/` | tables and plans |
//! | `brand` | how a council's documents look: fonts, readable colours, a logo | where it is put |
//! | `place`, `text`, `date`, `colour`, `language`, `compression`, `assign`, `limits`, `characters`, `json_escape` | what all modules share | plans and formats |
//! | `diagnostic`, `fix`, `error` | messages: their codes, severities and renderings; what a caller can change | how anything is found out |
//! | `read` | a module for each format: bytes to [`Source`], within [`Limits`] | what a plan is |
//! | `table` | which rows are a plan's table, what its columns mean, which pieces and rows belong together | what an action is |
//! | `plan` | the typed plan; the grammar of dates; owners, updates; statuses and their schemes | where a plan comes from |
//! | `import` | a plan from tables: which cell is what of which action; what was guessed or doubted | bytes and formats |
//! | `json` | the plan file and its schema | a type that mirrors the plan |
//! | `publish` | what each audience may see: fixed fields, columns and parts that are left out, people, links, struck-out text; a proposal of people | reports and formats |
//! | `leak` | outputs taken apart as a stranger would, and searched for what was left out of the public version | how they were made |
//! | `disclosure` | what a publisher should check: names, addresses, numbers of cases, small numbers | whether it may be published |
//! | `review` | positions and counts on a day; what was done since the last review, what moved, what comes next; working days | words for people |
//! | `report` | every label, count, date, colour and order that is shown | where it stands on a page |
//! | `layout` | lines, columns, tables, cards, contents, pages | how PDF is written |
//! | `write` | a module for each format: what is shown, drawn | anything calculated |
//! | `embedded` | the plan read back from what was written, and what was filled in since | pages, which say how a plan was shown |
//! | `returns` | what owners are asked, and how their answers come into the plan | what a cell looks like |
//! | `changes` | which action is which of an earlier version, by evidence; what changed, typed | how a change is worded |
//! | `checklist` | whether a workbook can be published, by its package alone | who wrote it, what a plan is |
//! | `output`, `convert` | every format from one report; the whole way in one call, leak scan included | files |
//! | `cli` (binary only) | arguments, files, clock, progress | anything a library user needs |
//!
//! # How columns are understood
//!
//! The words of a header count for or against each meaning, with the weights in
//! `vocabulary/columns.toml`; what the cells hold counts too: dates, statuses, people and posts,
//! codes, sentences that begin with a verb, repeated values. The assignment of meanings to columns
//! is the best one over the whole table (`table/columns.rs`). [`Column`] says how each meaning is
//! known, what its cells hold and which meaning came next; a decision that is close, or that rests
//! on the cells alone, is a warning.
//!
//! # Limits
//!
//! No file takes more time or memory than is in proportion to its size, and none takes more than
//! these limits allow; what goes beyond one is refused with an error that names it. [`Limits`]
//! changes those of a source.
//!
//! | Limit | Figure | Beyond it |
//! |-------|--------|-----------|
//! | `bytes`: a source | 512 MiB | refused |
//! | `line`: a line of a text | 8 MiB | refused |
//! | `unpacked`: a workbook, or the attachments of a PDF, unpacked | 256 MiB | refused |
//! | `cells`: cells of all tables; tags and pieces of text of a page | 4 million | refused |
//! | cells of a table, for each that is filled | 64, and 200,000 more | refused |
//! | `nesting`: tags inside tags | 256 | refused |
//! | `rows`: rows with words in all tables; actions of a plan | 60,000 | refused |
//! | `columns`: columns of a table | 16,384 | refused |
//! | `blocks`: headings, paragraphs and items of lists outside tables | 500,000 | refused |
//! | columns without a meaning that have a place of their own | 40; where there are more, the 200 that most rows use | share one column |
//! | characters of a cell of a workbook | 32,767 | go on in a sheet of their own |
//! | height of a row of a workbook | 409 points | whole in the cell, not all shown |
//! | statuses in a key | 32 | the table is no key |
//! | rows that a cell of a page covers | 65,534 | cut at it |
//!
//! # Invariants
//!
//! - The library opens no file, reads no clock, prints nothing. The caller supplies bytes and the
//!   day.
//! - Reading loses no word: each is in the plan, or in a diagnostic that says why not
//!   ([`Diagnostic::left_out`]).
//! - Import cannot fail: whatever tables it is given, there is a plan and diagnostics. Only bytes
//!   that cannot be read at all are an [`Error`].
//! - A status is what was reported; where an action stands against the calendar ([`Position`]) is
//!   calculated for a day, never stored.
//! - A status that comes from an update is marked as such ([`plan::Basis`]), with the words that
//!   say so.
//! - A writer derives nothing, so outputs cannot disagree.
//! - The same input and options give the same bytes.
//! - Outputs are made only of what [`publish`](fn@publish) returned, and one is for the public only
//!   if all that goes into it is. What is removed for the public is in none of its outputs, the
//!   plan that they carry included; each is searched for it before it is written.
//! - Which links are live is decided once, in `report`; all outputs show the same ones.
//! - Nothing that an owner sends back overrules another or the plan in silence: what does not go
//!   together is reported, with both places.
//! - No other crate's type is in a public signature.
//! - Modules depend on one another in one direction: there is no circle among them, nor among more
//!   than two files of a module, where a part may use the file that it is a part of.

#[cfg(test)]
extern crate self as planwright; // tests name the crate as its users do

mod address;
mod assign;
mod brand;
pub mod changes;
mod characters;
pub mod checklist;
mod colour;
mod compression;
mod convert;
mod date;
pub mod diagnostic;
mod disclosure;
pub mod embedded;
mod error;
mod fix;
mod import;
#[cfg(test)]
#[path = "../tests/inside/mod.rs"]
mod inside;
pub mod json;
mod json_escape;
mod language;
pub mod layout;
pub mod leak;
mod limits;
mod output;
mod place;
pub mod plan;
mod publish;
mod read;
pub mod report;
pub mod returns;
mod review;
mod source;
mod table;
mod text;
mod vocabulary;
pub mod write;

pub use brand::{Brand, BrandFonts, Font, Picture};
pub use convert::{Conversion, ConvertOptions, convert};
pub use date::{Date, DateError, PartialDate};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use disclosure::{Disclosure, disclosures, disclosures_by_column};
pub use error::Error;
pub use import::{ImportOptions, Imported, import};
pub use language::{Language, LanguageError};
pub use limits::Limits;
pub use output::{Output, OutputFormat, OutputOptions, OutputWriter, WorkbookProfile};
pub use place::Place;
pub use plan::{Action, Field, Plan, Target};
pub use publish::{
    Audience, Person, PublishOptions, Published, Removed, RemovedKind, people, publish,
};
pub use read::{Encoding, Format, ReadOptions, read, read_with, read_within};
pub use report::{Report, ReportOptions, report};
pub use review::{
    Agenda, AgendaOptions, EarlierPlan, LookBack, OwnerCounts, PlanVersion, Position,
    PositionCounts, Review, ReviewCounts, ReviewedAction, Trend, agenda, became_overdue,
    is_working_day, review, trend, working_days_after,
};
pub use source::Source;
pub use table::{Column, TableKind, Understanding, UnderstoodTable};
pub use text::{SmallVec, Span, SpanStyle, Text, TextBlock, TextBlockKind, TextBlocks};
pub use vocabulary::words::ExtraWords;
