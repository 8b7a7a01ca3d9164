//! How each stage grows from a plan of 1,000 actions to one of 10,000: `cargo bench --bench
//! growth`.
//!
//! With `-- --check`, it ends with exit status 1 if a stage takes more than 11 times as long. With
//! `-- --write N FILE`, it only writes a plan of N actions as markdown.
//!
//! With `-- --shapes [NAME...]`, it measures documents of unusual shapes instead
//! (`tests/bench/shapes.rs`), each at one size and at 2, 4 and 8 times that, through every reader
//! and writer: twice the document may take 2.3 times the time and memory, else the exit status is
//! 1. With `-- --large [NAME...]`, each is a file of 10 MB, which may take 10 seconds and 1 GiB.
//!
//! `-- --write-shape NAME BYTES FILE` writes one.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program that measures, prints and writes"
)]

mod bounds;
mod generate;
mod measures;
mod shapes;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use planwright::layout::{LayoutOptions, layout};
use planwright::write::{HtmlOptions, PdfOptions, XlsxOptions, html, pdf, xlsx};
use planwright::{Format, ImportOptions, ReportOptions, import, json, read, report, review};

use measures::median;

/// Ten times the work may take so many times as long.
const LIMIT: f64 = 11.0;

/// How often a plan of each size goes through all stages, in turn: what slows the computer down for
/// a while slows both of a pair alike, so the growth of a stage is the median of its pairs.
///
/// Each run is a process of its own, as it is for users: in one process the small plan would be
/// measured in memory and caches that earlier runs have warmed, and the large one, which fits into
/// neither, would not.
const RUNS: usize = 11;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => grow(false),
        ["--check"] => grow(true),
        ["--once", actions] => once(actions),
        ["--write", actions, file] => write(actions, file),
        ["--shapes", names @ ..] => bounds::grow(names),
        ["--large", names @ ..] => bounds::large(names),
        ["--shape", name, units] => bounds::once(name, units),
        ["--write-shape", name, bytes, file] => bounds::write_file(name, bytes, file),
        _ => {
            eprintln!(
                "usage: cargo bench --bench growth -- [--check | --write N FILE | --shapes [NAME...] | --large [NAME...] | \
                 --write-shape NAME BYTES FILE]"
            );
            ExitCode::from(2)
        }
    }
}

fn write(actions: &str, file: &str) -> ExitCode {
    let Ok(actions) = actions.parse() else {
        eprintln!("{actions} is not a number of actions");
        return ExitCode::from(2);
    };
    match std::fs::write(file, generate::markdown(actions)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{file}: {e}");
            ExitCode::from(2)
        }
    }
}

/// Sends one plan through all stages, and prints for each its name and how many nanoseconds it
/// took.
fn once(actions: &str) -> ExitCode {
    let Ok(actions) = actions.parse() else { return ExitCode::from(2) };
    for (name, took) in stages(actions) {
        println!("{name}\t{}", took.as_nanos());
    }
    ExitCode::SUCCESS
}

/// One run of all stages in a process of its own.
fn run(actions: usize) -> Vec<(String, Duration)> {
    let out = Command::new(std::env::current_exe().unwrap())
        .args(["--once", &actions.to_string()])
        .output()
        .unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    said.lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(name, took)| (name.to_owned(), Duration::from_nanos(took.parse().unwrap())))
        .collect()
}

fn grow(check: bool) -> ExitCode {
    let pairs: Vec<_> = (0..RUNS).map(|_| (run(1_000), run(10_000))).collect();
    println!("{:<16} {:>10} {:>10} {:>8}", "stage", "1,000", "10,000", "growth");
    let mut beyond = false;
    for (stage, (name, _)) in pairs[0].0.iter().enumerate() {
        let small = || pairs.iter().map(|(small, _)| milliseconds(small[stage].1));
        let large = || pairs.iter().map(|(_, large)| milliseconds(large[stage].1));
        let growth = median(small().zip(large()).map(|(small, large)| large / small));
        beyond |= growth > LIMIT;
        let mark = if growth > LIMIT { "  more than 11 times" } else { "" };
        println!(
            "{name:<16} {:>7.1} ms {:>7.1} ms {growth:>8.1}{mark}",
            median(small()),
            median(large())
        );
    }
    if check && beyond { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Each stage with the time it takes on a plan of so many actions, one after the other.
fn stages(actions: usize) -> Vec<(&'static str, Duration)> {
    let text = generate::markdown(actions);
    let mut times = Vec::new();
    let source = timed(&mut times, "read", || read(text.as_bytes(), Format::Markdown)).unwrap();
    let plan = timed(&mut times, "import", || import(source, &ImportOptions::default())).plan;
    assert_eq!(plan.actions().count(), actions, "the generated plan is read as it was meant");
    let plan = planwright::publish(plan, &planwright::PublishOptions::internal());
    let report = timed(&mut times, "review, report", || {
        report(&plan, &review(&plan, None), &ReportOptions::default())
    });
    timed(&mut times, "json", || json::write(&plan)).unwrap();
    let pages = timed(&mut times, "layout", || layout(&report, &LayoutOptions::default()));
    timed(&mut times, "pdf", || pdf(&pages, &PdfOptions::default())).unwrap();
    timed(&mut times, "xlsx", || xlsx(&report, &XlsxOptions::default())).unwrap();
    timed(&mut times, "html", || html(&report, &HtmlOptions::default()));
    times
}

/// Does some work and notes how long it took; to throw it away does not count.
fn timed<T>(
    times: &mut Vec<(&'static str, Duration)>,
    stage: &'static str,
    work: impl FnOnce() -> T,
) -> T {
    let start = Instant::now();
    let done = black_box(work());
    times.push((stage, start.elapsed()));
    done
}
