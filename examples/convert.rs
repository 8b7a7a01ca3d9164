//! Turns a plan in markdown into a PDF, a workbook, a web page and a plan file.
//!
//! `cargo run --example convert [PLAN.md] [FOLDER]`

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)] // a program, not the library

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use planwright::layout::{LayoutOptions, layout};
use planwright::write::{HtmlOptions, PdfOptions, XlsxOptions, html, pdf, xlsx};
use planwright::{
    Format, ImportOptions, PublishOptions, ReportOptions, Severity, import, json, publish, read,
    report, review,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap_or_else(|| "fixtures/hampshire-2011/plan.md".to_owned());
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "out".to_owned()));

    let source = read(&fs::read(&file)?, Format::Markdown)?;
    let imported = import(source, &ImportOptions::default());
    for told in imported.diagnostics.iter().filter(|d| d.severity() > Severity::Note) {
        let place = told.place.as_ref().map(ToString::to_string).unwrap_or_default();
        eprintln!("{file}:{place}: {}", told.message);
    }

    let plan = publish(imported.plan, &PublishOptions::internal());
    let looked_at = review(&plan, None);
    let report = report(&plan, &looked_at, &ReportOptions::default());
    fs::create_dir_all(&folder)?;
    fs::write(
        folder.join("plan.pdf"),
        pdf(&layout(&report, &LayoutOptions::default()), &PdfOptions::default())?,
    )?;
    fs::write(folder.join("plan.xlsx"), xlsx(&report, &XlsxOptions::default())?)?;
    fs::write(folder.join("plan.html"), html(&report, &HtmlOptions::default()))?;
    fs::write(folder.join("plan.json"), json::write(&plan)?)?;
    println!(
        "{} actions in {} themes written to {}",
        plan.plan().actions().count(),
        plan.plan().themes.len(),
        folder.display()
    );
    Ok(())
}
