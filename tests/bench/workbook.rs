//! Reading a workbook beside calamine's own reading of the same file: `cargo bench --bench
//! workbook`.
//!
//! With `-- --once FILE WHO`, reads a workbook once, by `planwright` or by `calamine`, and prints
//! the milliseconds on the clock and of processor time, the megabytes of memory beyond what was
//! there before, and the megabytes of text that were read.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program that measures, prints and reads what the system says of it"
)]

mod generate;
mod measures;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::hint::black_box;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use calamine::{Data, Reader, Xlsx};
use planwright::Source;
use planwright::{Format, ImportOptions, ReportOptions, import, read, report, review, write};

use measures::{peak_memory, processor_time};

/// How often each of the two reads the workbook, in turn.
const RUNS: usize = 11;

/// The sizes, in actions.
const SIZES: &[usize] = &[1_000, 10_000];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => compare(),
        ["--once", file, who] => once(file, who),
        _ => {
            eprintln!("usage: cargo bench --bench workbook");
            ExitCode::from(2)
        }
    }
}

/// One measure of one reading.
struct Measure {
    wall: f64,
    processor: f64,
    memory: f64,
    text: f64,
}

fn compare() -> ExitCode {
    println!(
        "{:>8} {:<12} {:>9} {:>9} {:>10} {:>9}",
        "actions", "", "wall ms", "CPU ms", "memory MB", "text MB"
    );
    for actions in SIZES {
        let file = workbook(*actions);
        let runs: Vec<(Measure, Measure)> =
            (0..RUNS).map(|_| (run(&file, "planwright"), run(&file, "calamine"))).collect();
        let median =
            |of: &dyn Fn(&(Measure, Measure)) -> f64| measures::median(runs.iter().map(of));
        let show = |who: &str, one: &dyn Fn(&(Measure, Measure)) -> &Measure| {
            let (wall, processor) = (median(&|r| one(r).wall), median(&|r| one(r).processor));
            let (memory, text) = (median(&|r| one(r).memory), median(&|r| one(r).text));
            println!(
                "{actions:>8} {who:<12} {wall:>9.1} {processor:>9.1} {memory:>10.1} {text:>9.1}"
            );
        };
        show("planwright", &|r| &r.0);
        show("calamine", &|r| &r.1);
        let times = median(&|r| r.0.processor / r.1.processor);
        println!(
            "{actions:>8} times        {:>9.2} {times:>9.2}",
            median(&|r| r.0.wall / r.1.wall)
        );
    }
    ExitCode::SUCCESS
}

/// A reading in a process of its own.
fn run(file: &Path, who: &str) -> Measure {
    let out = Command::new(std::env::current_exe().unwrap())
        .arg("--once")
        .arg(file)
        .arg(who)
        .output()
        .unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    let numbers: Vec<f64> = said.split_whitespace().map(|n| n.parse().unwrap()).collect();
    Measure { wall: numbers[0], processor: numbers[1], memory: numbers[2], text: numbers[3] }
}

fn once(file: &str, who: &str) -> ExitCode {
    let file = std::fs::read(file).unwrap();
    let (memory, processor, start) = (peak_memory(), processor_time(), Instant::now());
    let text = if who == "calamine" {
        text_of_range(&file)
    } else {
        text_of_source(&read(&file, Format::Workbook).unwrap())
    };
    let wall = start.elapsed().as_secs_f64() * 1000.0;
    let megabytes =
        |bytes: usize| f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX)) / 1024.0;
    println!(
        "{wall} {} {} {}",
        processor_time() - processor,
        peak_memory() - memory,
        megabytes(text)
    );
    ExitCode::SUCCESS
}

/// The workbook that the program itself writes of a generated plan, without the columns to fill in.
fn workbook(actions: usize) -> PathBuf {
    let plan = import(
        read(generate::markdown(actions).as_bytes(), Format::Markdown).unwrap(),
        &ImportOptions::default(),
    )
    .plan;
    let plan = planwright::publish(plan, &planwright::PublishOptions::internal());
    let report = report(
        &plan,
        &review(&plan, None),
        &ReportOptions { review_columns: false, ..ReportOptions::default() },
    );
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("plan-{actions}.xlsx"));
    std::fs::write(&file, write::xlsx(&report, &write::XlsxOptions::default()).unwrap()).unwrap();
    file
}

/// The way that calamine's documentation shows: every sheet as a range.
fn text_of_range(file: &[u8]) -> usize {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    let ranges = black_box(workbook.worksheets());
    let cells = ranges.iter().flat_map(|(_, range)| range.used_cells());
    cells.map(|(_, _, cell)| if let Data::String(text) = cell { text.len() } else { 0 }).sum()
}

fn text_of_source(source: &Source) -> usize {
    source
        .texts()
        .flat_map(|(text, _)| &text.blocks)
        .flat_map(|block| &block.spans)
        .map(|span| span.text.len())
        .sum()
}
