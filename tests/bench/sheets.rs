//! Writing the review workbook beside the same cells written by `rust_xlsxwriter` with plain
//! formats: `cargo bench --bench sheets`.
//!
//! With `-- --smoke`, one run of a small plan, to see that it works. With `-- --once ACTIONS WHO`,
//! writes one workbook, by `planwright` or by `plain`, and prints the milliseconds on the clock and
//! of processor time, the megabytes of memory beyond what was there before, and the megabytes of
//! the file.
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
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

use calamine::{Data, Reader, Xlsx};
use planwright::embedded::Embedding;
use planwright::write::{XlsxOptions, xlsx};
use planwright::{
    Format, ImportOptions, PublishOptions, Published, ReportOptions, Review, import, publish, read,
    report, review,
};
use rust_xlsxwriter::{ExcelDateTime, FormatAlign, Workbook};

use measures::{peak_memory, processor_time};

/// How often each of the two writes the workbook, in turn.
const RUNS: usize = 11;

/// The sizes, in actions.
const SIZES: &[usize] = &[1_000, 10_000];

/// The most times as long that the workbook may take.
const LIMIT: f64 = 1.5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => compare(SIZES, RUNS),
        ["--smoke"] => compare(&[50], 1),
        ["--once", actions, who] => once(actions.parse().unwrap(), who),
        _ => {
            eprintln!("usage: cargo bench --bench sheets -- [--smoke]");
            ExitCode::from(2)
        }
    }
}

/// One measure of one writing: wall and processor milliseconds, megabytes of memory, megabytes of
/// the file.
type Measure = [f64; 4];

fn compare(sizes: &[usize], runs: usize) -> ExitCode {
    println!(
        "{:>8} {:<12} {:>9} {:>9} {:>10} {:>9}",
        "actions", "", "wall ms", "CPU ms", "memory MB", "file MB"
    );
    for actions in sizes {
        std::fs::write(cells_of(*actions), written(&Made::new(*actions))).unwrap();
        let runs: Vec<(Measure, Measure)> =
            (0..runs).map(|_| (run(*actions, "planwright"), run(*actions, "plain"))).collect();
        let median =
            |of: &dyn Fn(&(Measure, Measure)) -> f64| measures::median(runs.iter().map(of));
        let show = |who: &str, one: &dyn Fn(&(Measure, Measure)) -> Measure| {
            let [wall, processor, memory, file] = std::array::from_fn(|i| median(&|r| one(r)[i]));
            println!(
                "{actions:>8} {who:<12} {wall:>9.1} {processor:>9.1} {memory:>10.1} {file:>9.2}"
            );
        };
        show("planwright", &|r| r.0);
        show("plain", &|r| r.1);
        let times = median(&|r| r.0[0] / r.1[0]);
        let mark = if times > LIMIT { "  more than 1.5 times" } else { "" };
        println!(
            "{actions:>8} times        {times:>9.2} {:>9.2} {:>10.2}{mark}",
            median(&|r| r.0[1] / r.1[1]),
            median(&|r| r.0[2] / r.1[2])
        );
    }
    ExitCode::SUCCESS
}

/// A writing in a process of its own.
fn run(actions: usize, who: &str) -> Measure {
    let out = Command::new(std::env::current_exe().unwrap())
        .arg("--once")
        .arg(actions.to_string())
        .arg(who)
        .output()
        .unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    let numbers: Vec<f64> = said.split_whitespace().map(|n| n.parse().unwrap()).collect();
    [numbers[0], numbers[1], numbers[2], numbers[3]]
}

fn once(actions: usize, who: &str) -> ExitCode {
    if who == "plain" {
        let sheets = sheets(actions);
        measure(|| plain(&sheets));
    } else {
        let made = Made::new(actions);
        measure(|| written(&made));
    }
    ExitCode::SUCCESS
}

fn measure(write: impl FnOnce() -> Vec<u8>) {
    let (memory, processor, start) = (peak_memory(), processor_time(), Instant::now());
    let file = black_box(write());
    let wall = start.elapsed().as_secs_f64() * 1000.0;
    let megabytes = f64::from(u32::try_from(file.len() >> 10).unwrap()) / 1024.0;
    println!("{wall} {} {} {megabytes}", processor_time() - processor, peak_memory() - memory);
}

/// What is there before the workbook is written.
struct Made {
    plan: Published,
    review: Review,
    report: planwright::Report,
}

impl Made {
    fn new(actions: usize) -> Self {
        let plan = import(
            read(generate::markdown(actions).as_bytes(), Format::Markdown).unwrap(),
            &ImportOptions::default(),
        )
        .plan;
        let plan = publish(plan, &PublishOptions::internal());
        let review = review(&plan, None);
        let report = report(&plan, &review, &ReportOptions::default());
        Self { plan, review, report }
    }
}

/// The workbook as the program writes it, the plan that it carries included.
fn written(made: &Made) -> Vec<u8> {
    let carries = Some(Embedding {
        plan: &made.plan,
        as_of: made.review.as_of,
        return_of: None,
        language: planwright::Language::English,
    });
    xlsx(&made.report, &XlsxOptions { carries, ..XlsxOptions::default() }).unwrap()
}

/// Where a workbook is kept whose cells are to be written.
fn cells_of(actions: usize) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("sheets-{actions}.xlsx"))
}

/// The cells of a sheet, by row and column.
type Cells = Vec<(u32, u16, Data)>;

/// The cells of every sheet, by the names of the sheets.
fn sheets(actions: usize) -> Vec<(String, Cells)> {
    let mut book = Xlsx::new(Cursor::new(std::fs::read(cells_of(actions)).unwrap())).unwrap();
    let names = book.sheet_names();
    let cells = |(name, range): (String, calamine::Range<Data>)| {
        let cell = |(row, column, data): (usize, usize, &Data)| {
            (u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), data.clone())
        };
        assert!(names.contains(&name));
        (name, range.used_cells().map(cell).collect())
    };
    let mut sheets: Vec<(String, Cells)> = book.worksheets().into_iter().map(cells).collect();
    let mut package =
        zip::ZipArchive::new(Cursor::new(std::fs::read(cells_of(actions)).unwrap())).unwrap();
    for (number, (_, cells)) in (1..).zip(&mut sheets) {
        let xml = std::io::read_to_string(
            package.by_name(&format!("xl/worksheets/sheet{number}.xml")).unwrap(),
        )
        .unwrap();
        cells.extend(empty(&xml).map(|(row, column)| (row, column, Data::Empty)));
        cells.sort_by_key(|(row, column, _)| (*row, *column));
    }
    sheets
}

/// The cells of a sheet that have a format and hold nothing, which calamine passes over.
fn empty(xml: &str) -> impl Iterator<Item = (u32, u16)> {
    let tags = xml
        .split("<c ")
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| tag.ends_with('/'));
    tags.map(|tag| {
        let name = tag.split('"').nth(1).unwrap();
        let letters = name.find(|c: char| c.is_ascii_digit()).unwrap();
        let column = name[..letters].bytes().fold(0, |n, b| n * 26 + u16::from(b - b'A') + 1);
        (name[letters..].parse::<u32>().unwrap() - 1, column - 1)
    })
}

/// The same cells with one format each for words, numbers and dates.
fn plain(sheets: &[(String, Cells)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let words = rust_xlsxwriter::Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let date = words.clone().set_num_format("d mmm yyyy");
    for (name, cells) in sheets {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, column, data) in cells {
            match data {
                Data::String(text) => {
                    sheet.write_string_with_format(*row, *column, text, &words).unwrap()
                }
                Data::DateTime(day) => {
                    let day = ExcelDateTime::from_serial_datetime(day.as_f64()).unwrap();
                    sheet.write_datetime_with_format(*row, *column, day, &date).unwrap()
                }
                Data::Float(number) => {
                    sheet.write_number_with_format(*row, *column, *number, &words).unwrap()
                }
                _ => sheet.write_blank(*row, *column, &words).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}
