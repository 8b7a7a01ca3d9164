//! How each stage grows from a plan of 1,000 actions to one of 10,000: `cargo bench --bench growth`.
//!
//! With `-- --check`, it ends with exit status 1 if a stage takes more than 11 times as long. With `-- --write N FILE`, it only
//! writes a plan of N actions as markdown.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program that measures, prints and writes"
)]

mod generate;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use planwright::layout::{LayoutOptions, layout};
use planwright::write::{HtmlOptions, PdfOptions, XlsxOptions, html, pdf, xlsx};
use planwright::{Format, ImportOptions, ReportOptions, import, json, read, report, review};

/// Ten times the work may take so many times as long.
const LIMIT: f64 = 11.0;

/// How often each stage is measured; the fastest run counts, since whatever else the computer does only adds time.
const RUNS: usize = 9;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => grow(false),
        ["--check"] => grow(true),
        ["--write", actions, file] => write(actions, file),
        _ => {
            eprintln!("usage: cargo bench --bench growth -- [--check | --write N FILE]");
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

fn grow(check: bool) -> ExitCode {
    let (small, large) = (stages(1_000), stages(10_000));
    println!("{:<16} {:>10} {:>10} {:>8}", "stage", "1,000", "10,000", "growth");
    let mut beyond = false;
    for ((name, small), (_, large)) in small.iter().zip(&large) {
        let growth = large.as_secs_f64() / small.as_secs_f64();
        beyond |= growth > LIMIT;
        let mark = if growth > LIMIT { "  more than 11 times" } else { "" };
        println!("{name:<16} {:>7.1} ms {:>7.1} ms {growth:>8.1}{mark}", milliseconds(*small), milliseconds(*large));
    }
    if check && beyond { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Each stage with its time on a plan of so many actions.
fn stages(actions: usize) -> Vec<(&'static str, Duration)> {
    let text = generate::markdown(actions);
    let source = read(text.as_bytes(), Format::Markdown).unwrap();
    let plan = import(source.clone(), &ImportOptions::default()).plan;
    assert_eq!(plan.actions().count(), actions, "the generated plan is read as it was meant");
    let reported = || report(&plan, &review(&plan, None), &ReportOptions::default());
    let report = reported();
    let pages = layout(&report, &LayoutOptions::default());
    vec![
        ("read", time(|| read(text.as_bytes(), Format::Markdown))),
        ("import", time_of(|| source.clone(), |source| import(source, &ImportOptions::default()))),
        ("review, report", time(reported)),
        ("json", time(|| json::write(&plan))),
        ("layout", time(|| layout(&report, &LayoutOptions::default()))),
        ("pdf", time(|| pdf(&pages, &PdfOptions::default()))),
        ("xlsx", time(|| xlsx(&report, &XlsxOptions::default()))),
        ("html", time(|| html(&report, &HtmlOptions::default()))),
    ]
}

fn time<T>(work: impl Fn() -> T) -> Duration {
    time_of(|| (), |()| work())
}

/// The time of some work upon what is prepared for it each time; to prepare and to throw away do not count.
fn time_of<P, T>(prepare: impl Fn() -> P, work: impl Fn(P) -> T) -> Duration {
    let times = (0..RUNS).map(|_| {
        let prepared = prepare();
        let start = Instant::now();
        let done = black_box(work(prepared));
        let took = start.elapsed();
        drop(done);
        took
    });
    times.min().unwrap_or_default()
}
