//! Writing the web page beside what pulldown-cmark takes to turn the same markdown into bare HTML:
//! `cargo bench --bench page`.
//!
//! Both in turn, in one process, on the clock and in processor time; the limit is for the clock.
//! With `-- --smoke`, one run of a small plan, to see that it works.
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
use std::process::ExitCode;
use std::time::Instant;

use planwright::embedded::Embedding;
use planwright::write::{HtmlOptions, html};
use planwright::{Format, ImportOptions, PublishOptions, Published, Report, ReportOptions};
use pulldown_cmark::{Options, Parser};

use measures::{median, processor_time};

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

/// Milliseconds on the clock and of processor time, and the megabytes that were written.
type Measure = [f64; 3];

fn compare(sizes: &[usize], runs: usize) -> ExitCode {
    println!(
        "{:>8} {:<22} {:>9} {:>9} {:>9} {:>9}",
        "actions", "", "wall ms", "CPU ms", "file MB", "times"
    );
    for actions in sizes {
        let markdown = generate::markdown(*actions);
        let plan = plan(&markdown);
        let report = report(&plan);
        let carries = || {
            Some(Embedding {
                plan: &plan,
                as_of: None,
                return_of: None,
                language: planwright::Language::English,
            })
        };
        let runs: Vec<[Measure; 3]> = (0..runs)
            .map(|_| {
                [
                    measured(|| bare(&markdown)),
                    measured(|| html(&report, &HtmlOptions::default())),
                    measured(|| {
                        html(&report, &HtmlOptions { carries: carries(), ..HtmlOptions::default() })
                    }),
                ]
            })
            .collect();
        for (i, what) in ["pulldown-cmark", "page", "page that carries plan"].iter().enumerate() {
            let [wall, processor, megabytes] =
                [0, 1, 2].map(|of| median(runs.iter().map(|run| run[i][of])));
            let times = median(runs.iter().map(|run| run[i][0] / run[0][0]));
            let mark = if times > LIMIT { "  more than 2 times" } else { "" };
            println!(
                "{actions:>8} {what:<22} {wall:>9.2} {processor:>9.2} {megabytes:>9.2} {times:>9.2}{mark}"
            );
        }
    }
    ExitCode::SUCCESS
}

fn plan(markdown: &str) -> Published {
    let source = planwright::read(markdown.as_bytes(), Format::Markdown).unwrap();
    planwright::publish(
        planwright::import(source, &ImportOptions::default()).plan,
        &PublishOptions::internal(),
    )
}

fn report(plan: &Published) -> Report {
    planwright::report(plan, &planwright::review(plan, None), &ReportOptions::default())
}

fn bare(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    pulldown_cmark::html::push_html(
        &mut out,
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH),
    );
    out
}

fn measured(write: impl FnOnce() -> String) -> Measure {
    let (before, start) = (processor_time(), Instant::now());
    let page = black_box(write());
    let wall = start.elapsed().as_secs_f64() * 1000.0;
    [wall, processor_time() - before, f64::from(u32::try_from(page.len() >> 10).unwrap()) / 1024.0]
}
