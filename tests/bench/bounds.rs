//! What each shape of document costs: at one size, twice, four and eight times that; and as a file
//! of 10 MB.

use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::Instant;

use planwright::layout::{LayoutOptions, layout};
use planwright::write::{self, HtmlOptions, PdfOptions, XlsxOptions};
use planwright::{
    ImportOptions, PublishOptions, ReportOptions, import, json, publish, read, report, review,
};

use super::measures::{peak_memory, processor_time};
use super::shapes::{SHAPES, Shape};

/// Twice the input may take so many times the time and memory.
const GROWTH: f64 = 2.3;

/// Below these figures the clock and the allocator measure themselves.
const LEAST_MILLISECONDS: f64 = 40.0;
const LEAST_MEGABYTES: f64 = 48.0;

/// How often what grows too fast is measured.
const RUNS: usize = 3;

/// What a file of 10 MB may take.
const BYTES: usize = 10_000_000;
const MOST_SECONDS: f64 = 10.0;
const MOST_MEGABYTES: f64 = 1024.0;

/// What one run took.
struct Cost {
    stages: Vec<(String, f64)>,
    /// Milliseconds of processor time from the first byte read to the last byte written.
    time: f64,
    /// The most memory beyond what the document itself took, in MB.
    memory: f64,
    /// Why it was refused, if it was.
    refused: Option<String>,
}

/// Sends one document through all stages, and prints what each took.
pub(crate) fn once(name: &str, units: &str) -> ExitCode {
    let Some(shape) = SHAPES.iter().find(|shape| shape.name == name) else {
        return ExitCode::from(2);
    };
    let Ok(units) = units.parse() else { return ExitCode::from(2) };
    let document = shape.document(units);
    let before = peak_memory();
    let begun = processor_time();
    let mut last = begun;
    let mut done = |stage: &str| {
        let now = processor_time();
        println!("{stage}\t{}", now - last);
        last = now;
    };
    let source = match read(&document, shape.format) {
        Ok(source) => source,
        Err(error) => {
            println!("refused\t{error}");
            return ExitCode::SUCCESS;
        }
    };
    done("read");
    let imported = import(source, &ImportOptions::default());
    let diagnostics = imported.diagnostics;
    let plan = publish(imported.plan, &PublishOptions::internal());
    done("import");
    black_box(diagnostics.len());
    black_box(json::write(&plan).unwrap());
    done("json");
    black_box(write::markdown(&plan));
    done("markdown");
    black_box(write::csv(&plan).unwrap());
    done("csv");
    let review = review(&plan, None);
    let options = ReportOptions::default();
    black_box(write::calendar(&report::calendar(&plan, &review, &options)));
    done("calendar");
    let report = report(&plan, &review, &options);
    done("report");
    black_box(write::html(&report, &HtmlOptions::default()));
    done("html");
    if let Err(error) = write::xlsx(&report, &XlsxOptions::default()) {
        println!("xlsx refused: {error}\t0");
    }
    done("xlsx");
    let pages = layout(&report, &LayoutOptions::default());
    done("layout");
    black_box(write::pdf(&pages, &PdfOptions::default()).unwrap());
    done("pdf");
    println!("time\t{}", processor_time() - begun);
    println!("memory\t{}", peak_memory() - before);
    ExitCode::SUCCESS
}

/// One document in a process of its own.
fn run(shape: &Shape, units: usize) -> Option<Cost> {
    let out = Command::new(std::env::current_exe().unwrap())
        .args(["--shape", shape.name, &units.to_string()])
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&out.stdout);
    let mut cost = Cost { stages: Vec::new(), time: 0.0, memory: 0.0, refused: None };
    for (stage, figure) in printed.lines().filter_map(|line| line.split_once('\t')) {
        let number = figure.parse().unwrap_or(0.0);
        match stage {
            "time" => cost.time = number,
            "memory" => cost.memory = number,
            "refused" => cost.refused = Some(figure.to_owned()),
            _ => cost.stages.push((stage.to_owned(), number)),
        }
    }
    out.status.success().then_some(cost)
}

/// What the four documents of a shape cost. What grows too fast is measured again, as the computer
/// may have been busy with something else: the least of each counts.
fn costs(shape: &Shape) -> Option<Vec<Cost>> {
    let measured = || {
        [1, 2, 4, 8]
            .into_iter()
            .map(|times| run(shape, shape.base * times))
            .collect::<Option<Vec<Cost>>>()
    };
    let mut least = measured()?;
    for _ in 1..RUNS {
        let grows = |pair: &[Cost]| {
            pair[0].time >= LEAST_MILLISECONDS && pair[1].time > pair[0].time * GROWTH
        };
        if !least.windows(2).any(grows) {
            break;
        }
        for (before, now) in least.iter_mut().zip(measured()?) {
            if now.time < before.time {
                *before = now;
            }
        }
    }
    Some(least)
}

/// The growth of each shape; exit status 1 if one grows faster than its document.
pub(crate) fn grow(wanted: &[&str]) -> ExitCode {
    println!(
        "{:<30} {:>8}  time in ms at 1, 2, 4, 8 times it, and each over the one before; memory in MB",
        "shape", "units"
    );
    let mut beyond = Vec::new();
    for shape in SHAPES
        .iter()
        .filter(|shape| wanted.is_empty() || wanted.iter().any(|name| shape.name.contains(name)))
    {
        let Some(costs) = costs(shape) else {
            println!("{:<30} {:>8}  ended without a result", shape.name, shape.base);
            beyond.push(shape.name);
            continue;
        };
        if let Some(why) = costs.iter().find_map(|cost| cost.refused.as_ref()) {
            println!("{:<30} {:>8}  refused: {why}", shape.name, shape.base);
            continue;
        }
        let growth = |of: &dyn Fn(&Cost) -> f64, least: f64| -> Vec<Option<f64>> {
            costs
                .windows(2)
                .map(|pair| (of(&pair[0]) >= least).then(|| of(&pair[1]) / of(&pair[0])))
                .collect()
        };
        let times = growth(&|cost| cost.time, LEAST_MILLISECONDS);
        let memories = growth(&|cost| cost.memory, LEAST_MEGABYTES);
        let is_beyond = times.iter().chain(&memories).flatten().any(|factor| *factor > GROWTH);
        let figures = |of: &dyn Fn(&Cost) -> f64, factors: &[Option<f64>]| {
            let first = format!("{:.0}", of(&costs[0]));
            let rest = costs[1..].iter().zip(factors).map(|(cost, factor)| match factor {
                Some(factor) => format!(" {:.0} ({factor:.1})", of(cost)),
                None => format!(" {:.0}", of(cost)),
            });
            first + &rest.collect::<String>()
        };
        let mark = if is_beyond { "  more than 2.3 times" } else { "" };
        let (time, memory) =
            (figures(&|cost| cost.time, &times), figures(&|cost| cost.memory, &memories));
        println!("{:<30} {:>8}  {time}; {memory}{mark}", shape.name, shape.base);
        if is_beyond {
            beyond.push(shape.name);
            println!("{:<40} {}", "", dearest(&costs));
        }
    }
    if beyond.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// The stages that took most of the largest document, with what they took of the one before.
fn dearest(costs: &[Cost]) -> String {
    let [.., before, last] = costs else { return String::new() };
    let mut stages: Vec<(&str, f64, f64)> = last
        .stages
        .iter()
        .zip(&before.stages)
        .map(|((name, last), (_, before))| (name.as_str(), *before, *last))
        .collect();
    stages.sort_by(|a, b| b.2.total_cmp(&a.2));
    stages
        .iter()
        .take(3)
        .map(|(name, before, last)| format!("{name} {before:.0} -> {last:.0}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A file of 10 MB of each shape: exit status 1 if one takes too long or too much.
pub(crate) fn large(wanted: &[&str]) -> ExitCode {
    let mut beyond = false;
    for shape in SHAPES
        .iter()
        .filter(|shape| wanted.is_empty() || wanted.iter().any(|name| shape.name.contains(name)))
    {
        let units = units_of(shape, BYTES);
        let begun = Instant::now();
        let result = match run(shape, units) {
            None => "ended without a result".to_owned(),
            Some(Cost { refused: Some(why), .. }) => format!("refused: {why}"),
            Some(cost) => {
                let is_beyond = cost.time > MOST_SECONDS * 1000.0 || cost.memory > MOST_MEGABYTES;
                beyond |= is_beyond;
                let mark = if is_beyond { "  too much" } else { "" };
                let mut stages = cost.stages;
                stages.sort_by(|a, b| b.1.total_cmp(&a.1));
                let stages: Vec<String> =
                    stages.iter().take(3).map(|(name, took)| format!("{name} {took:.0}")).collect();
                format!(
                    "{:.1} s, {:.0} MB ({}){mark}",
                    cost.time / 1000.0,
                    cost.memory,
                    stages.join(", ")
                )
            }
        };
        println!(
            "{:<30} {units:>9} {:>5.1} s  {result}",
            shape.name,
            begun.elapsed().as_secs_f64()
        );
    }
    if beyond { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// How many units make a document of so many bytes.
fn units_of(shape: &Shape, bytes: usize) -> usize {
    let mut units = shape.base;
    for _ in 0..12 {
        let size = shape.document(units).len();
        let next = (units as u128 * bytes as u128 / size.max(1) as u128) as usize;
        if size <= bytes && size + size / 20 >= bytes || next == units {
            break;
        }
        units = next.max(1).min(units * 8);
    }
    units
}

/// Writes the document of a shape to a file.
pub(crate) fn write_file(name: &str, bytes: &str, file: &str) -> ExitCode {
    let (Some(shape), Ok(bytes)) = (SHAPES.iter().find(|shape| shape.name == name), bytes.parse())
    else {
        return ExitCode::from(2);
    };
    std::fs::write(file, shape.document(units_of(shape, bytes))).unwrap();
    ExitCode::SUCCESS
}
