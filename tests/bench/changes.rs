//! How comparing two versions of a plan grows from 1,000 actions to 10,000: `cargo bench --bench
//! changes`.
//!
//! With `-- --check`, it ends with exit status 1 if it takes more than 13 times as long for a pair
//! of versions. With `-- --smoke`, one run of small plans, to see that it works.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program that measures and prints"
)]

mod generate;
mod measures;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use planwright::changes::changes;
use planwright::plan::Action;
use planwright::{
    Format, ImportOptions, Plan, PublishOptions, Published, Text, import, publish, read,
};

use measures::median;

/// Ten times the actions may take so many times as long: sorting and what no cache holds take their
/// share; a quadratic step would take 100.
const LIMIT: f64 = 13.0;

/// How often each pair of sizes is compared, in turn; the growth is the median.
const RUNS: usize = 7;

/// A way in which a plan changes from one version to the next.
type Case = (&'static str, fn(usize) -> (Plan, Plan));

const CASES: &[Case] = &[
    ("the same", |n| (plan(n), plan(n))),
    ("renumbered", |n| (plan(n), later(n, |_, _| {}))),
    ("renumbered and reworded", |n| (plan(n), later(n, |i, action| reword(&mut action.action, i)))),
    ("renumbered, reworded throughout", |n| {
        let all = |i: usize, action: &mut Action| {
            reword(&mut action.action, i);
            reword(&mut action.success_measures, i + 1);
        };
        (plan(n), later(n, all))
    }),
    ("all worded alike", |n| {
        (alike(plan(n), "Report to the Board"), alike(later(n, |_, _| {}), "Report to the Board"))
    }),
    ("all worded alike, reworded", |n| {
        (
            alike(plan(n), "Report to the Board"),
            alike(later(n, |_, _| {}), "Report each month to the Board"),
        )
    }),
    ("nothing in common", |n| {
        (
            plan(n),
            later(n, |i, action| action.action = Text::from_plain(&format!("Gwella cynllun {i}"))),
        )
    }),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => grow([1_000, 10_000], RUNS, false),
        ["--check"] => grow([1_000, 10_000], RUNS, true),
        ["--smoke"] => grow([50, 100], 1, false),
        _ => {
            eprintln!("usage: cargo bench --bench changes -- [--check | --smoke]");
            ExitCode::from(2)
        }
    }
}

fn grow(sizes: [usize; 2], runs: usize, check: bool) -> ExitCode {
    let [small, large] = sizes.map(|n| n.to_string());
    println!("{:<32} {small:>10} {large:>10} {:>8}  known again of {large}", "versions", "growth");
    let mut beyond = false;
    for (name, versions) in CASES {
        let pairs = sizes.map(versions).map(|(old, new)| {
            (publish(old, &PublishOptions::internal()), publish(new, &PublishOptions::internal()))
        });
        let times: Vec<[f64; 2]> =
            (0..runs).map(|_| [timed(&pairs[0]), timed(&pairs[1])]).collect();
        let growth = median(times.iter().map(|[small, large]| large / small));
        beyond |= growth > LIMIT;
        let mark = if growth > LIMIT { "  more than 13 times" } else { "" };
        let (small, large) =
            (median(times.iter().map(|t| t[0])), median(times.iter().map(|t| t[1])));
        let known = changes(&pairs[1].0, &pairs[1].1).earlier.iter().flatten().count();
        println!("{name:<32} {small:>7.1} ms {large:>7.1} ms {growth:>8.1}  {known}{mark}");
    }
    if check && beyond { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// Milliseconds that it takes to compare two versions.
fn timed((old, new): &(Published, Published)) -> f64 {
    let start = Instant::now();
    black_box(changes(black_box(old), black_box(new)));
    start.elapsed().as_secs_f64() * 1000.0
}

fn plan(actions: usize) -> Plan {
    numbered(
        import(
            read(generate::markdown(actions).as_bytes(), Format::Markdown).unwrap(),
            &ImportOptions::default(),
        )
        .plan,
    )
}

/// The next version: a new action in front, every fiftieth gone, the others changed, and all
/// numbered anew.
fn later(actions: usize, change: impl Fn(usize, &mut Action)) -> Plan {
    let mut plan = plan(actions);
    let mut number = 0;
    for objective in plan.themes.iter_mut().flat_map(|theme| &mut theme.objectives) {
        objective.actions.retain_mut(|action| {
            number += 1;
            change(number, action);
            number % 50 != 0
        });
    }
    let first = Action { action: "Appoint a principal social worker".into(), ..Action::default() };
    plan.themes[0].objectives[0].actions.insert(0, first);
    numbered(plan)
}

/// The plan with its actions numbered through.
fn numbered(mut plan: Plan) -> Plan {
    let actions = plan
        .themes
        .iter_mut()
        .flat_map(|theme| &mut theme.objectives)
        .flat_map(|objective| &mut objective.actions);
    actions.enumerate().for_each(|(i, action)| action.reference = (i + 1).to_string());
    plan
}

/// The plan with the same words in every action.
fn alike(mut plan: Plan, words: &str) -> Plan {
    for action in plan
        .themes
        .iter_mut()
        .flat_map(|theme| &mut theme.objectives)
        .flat_map(|objective| &mut objective.actions)
    {
        action.action = words.into();
        action.success_measures = Text::default();
    }
    plan
}

/// Puts other words in the place of two.
fn reword(text: &mut Text, at: usize) {
    let words = text.plain().into_owned();
    let mut words: Vec<&str> = words.split(' ').collect();
    let count = words.len();
    words[at % count] = "promptly";
    words[(at * 7 + 3) % count] = "everywhere";
    *text = Text::from_plain(&words.join(" "));
}
