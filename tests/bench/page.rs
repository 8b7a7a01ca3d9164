//! Writing the web page beside what pulldown-cmark takes to turn the same markdown into bare HTML: `cargo bench --bench page`.
//!
//! Both in turn, in one process, in processor time. With `-- --smoke`, one run of a small plan, to see that it works.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program that measures, prints and reads what the system says of it"
)]

mod generate;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::hint::black_box;
use std::process::ExitCode;

use planwright::report::Report;
use planwright::write::{HtmlOptions, html};
use planwright::{Format, ImportOptions, ReportOptions};
use pulldown_cmark::{Options, Parser};

/// How often each of the two writes the page, in turn.
const RUNS: usize = 21;

/// The most times as long that the page may take.
const LIMIT: f64 = 2.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => compare(&[1_000, 10_000], RUNS),
        ["--smoke"] => compare(&[50], 1),
        _ => {
            eprintln!("usage: cargo bench --bench page -- [--smoke]");
            ExitCode::from(2)
        }
    }
}

fn compare(sizes: &[usize], runs: usize) -> ExitCode {
    println!("{:>8} {:<15} {:>9} {:>9}", "actions", "", "CPU ms", "file MB");
    for actions in sizes {
        let markdown = generate::markdown(*actions);
        let report = report(&markdown);
        let runs: Vec<([f64; 2], [f64; 2])> =
            (0..runs).map(|_| (measured(|| html(&report, &HtmlOptions::default())), measured(|| bare(&markdown)))).collect();
        let median = |of: &dyn Fn(&([f64; 2], [f64; 2])) -> f64| {
            let mut all: Vec<f64> = runs.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        println!("{actions:>8} {:<15} {:>9.2} {:>9.2}", "planwright", median(&|r| r.0[0]), median(&|r| r.0[1]));
        println!("{actions:>8} {:<15} {:>9.2} {:>9.2}", "pulldown-cmark", median(&|r| r.1[0]), median(&|r| r.1[1]));
        let times = median(&|r| r.0[0] / r.1[0]);
        let mark = if times > LIMIT { "  more than 2 times" } else { "" };
        println!("{actions:>8} {:<15} {times:>9.2} {:>9.2}{mark}", "times", median(&|r| r.0[1] / r.1[1]));
    }
    ExitCode::SUCCESS
}

fn report(markdown: &str) -> Report {
    let plan = planwright::import(planwright::read(markdown.as_bytes(), Format::Markdown).unwrap(), &ImportOptions::default()).plan;
    planwright::report(&plan, &planwright::review(&plan, None), &ReportOptions::default())
}

fn bare(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH));
    out
}

/// Milliseconds of processor time, and the megabytes that were written.
fn measured(write: impl FnOnce() -> String) -> [f64; 2] {
    let before = processor_time();
    let page = black_box(write());
    [processor_time() - before, page.len() as f64 / f64::from(1 << 20)]
}

/// Milliseconds of processor time that this process has had.
fn processor_time() -> f64 {
    let said = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    said.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e6
}
