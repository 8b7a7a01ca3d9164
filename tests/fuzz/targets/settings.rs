#![no_main]
//! Whatever stands in `planwright.toml`, the program checks, converts or inspects a plan with it,
//! or says what is wrong with it.
//!
//! The program reads its settings itself, so that the target is the program: `cli.rs` and `cli` are
//! links to its modules. Mostly whole settings are changed: lines of the template are put in, moved,
//! repeated or removed.
#![expect(clippy::disallowed_methods, reason = "it writes the settings that the program reads")]

#[allow(dead_code, reason = "the program uses all of it")]
mod cli;

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process;
use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

const PLAN: &str = "# Improvement plan\n\n## Safeguarding\n\nAsk Stuart Ashley.\n\n\
    | Ref | Action | Person responsible | Target date | RAG | Ward | Comments |\n\
    |---|---|---|---|---|---|---|\n\
    | 1.1 | Amend the form | Stuart Ashley | Q1 2011/12 | G | North | ask Jo |\n\
    | 1.2 | Brief staff | Head of HR | 31/03/2012 | Parked | South | |\n";

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("planwright-fuzz-{}", process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("plan.md"), PLAN).expect("a file");
    folder
});

const COMMANDS: [&[&str]; 5] = [
    &["check", "--audience", "public"],
    &["convert", "--to", "json", "-o", "-"],
    &["convert", "--audience", "public", "--to", "html", "-o", "-"],
    &["inspect"],
    &["people"],
];

fuzz_target!(|bytes: &[u8]| {
    let settings = FOLDER.join("settings.toml");
    fs::write(&settings, bytes).expect("a file");
    let command = COMMANDS[bytes.len() % COMMANDS.len()];
    let arguments = std::iter::once("planwright").chain(command.iter().copied());
    let arguments = arguments.map(OsString::from).chain([
        FOLDER.join("plan.md").into_os_string(),
        "--config".into(),
        settings.into_os_string(),
        "--as-of=2012-01-31".into(),
    ]);
    // standard error is the fuzzer's
    cli::run(arguments, &mut cli::OutputStream::stdout(), &mut cli::OutputStream::stdout());
});

static TEMPLATE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../src/cli/planwright.toml").lines();
    // what is prose begins with a space
    let setting = |line: &&str| !line.starts_with([' ', '#']) && !line.is_empty();
    lines.filter_map(|line| line.strip_prefix('#')).filter(setting).collect()
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed = (!seed.is_multiple_of(3))
        .then(|| lines_changed(&data[..size], seed as usize / 3))
        .flatten();
    match changed.filter(|text| text.len() <= max_size) {
        Some(text) => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});

fn lines_changed(settings: &[u8], seed: usize) -> Option<String> {
    let mut lines: Vec<&str> = std::str::from_utf8(settings).ok()?.lines().collect();
    let (how, seed) = (seed % 6, seed / 6);
    let at = seed % (lines.len() + 1);
    let one = TEMPLATE[seed / 7 % TEMPLATE.len()];
    let value;
    match (how, lines.get(at)) {
        (0, Some(_)) => drop(lines.remove(at)),
        (1, Some(line)) => {
            let line = *line;
            lines.insert(seed / 5 % (lines.len() + 1), line);
        }
        // the value of another setting
        (2, Some(line)) => {
            let name = line.split(" = ").next().unwrap_or_default();
            value = format!("{name} = {}", one.split(" = ").nth(1).unwrap_or("true"));
            lines[at] = &value;
        }
        _ => lines.insert(at, one),
    }
    Some(lines.join("\n") + "\n")
}
