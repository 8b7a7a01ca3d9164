//! Turns a plan in markdown into a PDF, a workbook, a web page and a plan file.
//!
//! `cargo run --example convert [PLAN.md] [FOLDER]`

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)] // a program, not the library

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use planwright::{ConvertOptions, Format, OutputFormat, Severity, convert};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap_or_else(|| "fixtures/hampshire-2011/plan.md".to_owned());
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "out".to_owned()));

    let formats = [OutputFormat::Pdf, OutputFormat::Xlsx, OutputFormat::Html, OutputFormat::Json];
    let options = ConvertOptions::default();
    let made = convert(&fs::read(&file)?, Format::Markdown, &formats, &options)?;
    for doubt in made.diagnostics.iter().filter(|d| d.severity() > Severity::Note) {
        let place = doubt.place.as_ref().map(ToString::to_string).unwrap_or_default();
        eprintln!("{file}:{place}: {}", doubt.message);
    }
    fs::create_dir_all(&folder)?;
    for output in &made.outputs {
        let name = format!("plan.{}", output.format.extension());
        fs::write(folder.join(name), &output.bytes)?;
    }
    println!(
        "{} actions in {} themes written to {}",
        made.plan.plan().actions().count(),
        made.plan.plan().themes.len(),
        folder.display()
    );
    Ok(())
}
