//! Every fixture is a folder: a source, the plan that it must give, and what must be told about it.
//!
//! `PLANWRIGHT_BLESS=1 cargo test --test import` writes the expected files anew; read the difference before you commit it.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr)] // a test that cannot read its fixture has failed

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use planwright::{Code, Diagnostic, Field, Format, ImportOptions, Imported, Source, import, json, read};

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    assert!(folders.len() > 5, "fixtures are missing");
    folders
}

/// The options of a fixture, a line each: `no-stitch`, `column HEADER=FIELD`.
fn options(folder: &Path) -> ImportOptions {
    let mut options = ImportOptions::default();
    for line in fs::read_to_string(folder.join("options.txt")).unwrap_or_default().lines() {
        match line.split_once(' ') {
            None if line == "no-stitch" => options.stitch = false,
            Some(("column", meaning)) => {
                let (header, field) = meaning.rsplit_once('=').unwrap();
                options.columns.push((header.to_owned(), Field::from_name(field).unwrap()));
            }
            _ => panic!("{}: unknown option {line}", folder.display()),
        }
    }
    options
}

fn source(file: &Path) -> Source {
    read(&fs::read(file).unwrap(), Format::Markdown).unwrap()
}

fn imported(folder: &Path) -> Imported {
    import(source(&folder.join("plan.md")), &options(folder))
}

fn shown(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for d in diagnostics {
        let place = d.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(out, "{}[{}] {place}: {}", d.severity(), d.code, d.message);
        if let Some(other) = &d.other_place {
            let _ = writeln!(out, "  see: {other}");
        }
        if let Some(words) = &d.left_out {
            let _ = writeln!(out, "  left out: {}", words.replace('\n', "\n            "));
        }
        if let Some(help) = &d.help {
            let _ = writeln!(out, "  help: {help}");
        }
    }
    out
}

#[test]
fn every_fixture_gives_its_plan_and_diagnostics() {
    let bless = std::env::var_os("PLANWRIGHT_BLESS").is_some();
    for folder in fixtures() {
        let imported = imported(&folder);
        for (file, found) in [("plan.json", json::write(&imported.plan).unwrap()), ("diagnostics.txt", shown(&imported.diagnostics))] {
            let file = folder.join(file);
            if bless {
                fs::write(&file, &found).unwrap();
            }
            let expected = fs::read_to_string(&file).unwrap_or_default();
            assert!(found == expected, "{} differs; found:\n{found}", file.display());
        }
    }
}

#[test]
fn every_code_has_a_fixture_that_brings_it_about() {
    let found: BTreeSet<Code> = fixtures().iter().flat_map(|f| imported(f).diagnostics).map(|d| d.code).collect();
    let told_by_layout = Code::CharacterNotInFont; // a case of tests/cli/bad-input.md
    let missing: Vec<&str> = Code::ALL.iter().filter(|c| !found.contains(c) && **c != told_by_layout).map(|c| c.name()).collect();
    assert!(missing.is_empty(), "no fixture brings about {missing:?}");
    assert!(Code::ALL.iter().all(|c| c.explanation().len() > 60 && Code::from_name(c.name()) == Some(*c)));
}

#[test]
fn the_plan_file_reads_back_and_fits_its_schema() {
    let schema = serde_json::from_str(&json::schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for folder in fixtures() {
        let file = fs::read_to_string(folder.join("plan.json")).unwrap();
        let value = serde_json::from_str(&file).unwrap();
        let faults: Vec<String> = validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", folder.display());
        assert_eq!(json::write(&json::read(file.as_bytes()).unwrap()).unwrap(), file, "{}", folder.display());
    }
}

/// What the seed must give, counted here and not by the program.
#[test]
fn the_seed_is_a_plan_of_34_actions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hampshire-2011");
    let Imported { plan, diagnostics, .. } = imported(&folder);
    let objectives: Vec<_> = plan.themes.iter().flat_map(|t| &t.objectives).collect();
    assert_eq!((plan.themes.len(), objectives.len(), plan.actions().count(), plan.recommendations.len()), (6, 11, 34, 11));
    assert!(objectives.iter().all(|o| o.recommendation.is_some()));
    let states = |state: &str| plan.actions().filter(|(_, _, a)| a.status.state.as_deref() == Some(state)).count();
    assert_eq!((states("complete"), states("overdue"), states("not-due")), (13, 2, 19));
    let cut = objectives.iter().find(|o| o.text.plain().starts_with("Review the workloads")).unwrap();
    assert!(cut.text.plain().contains("young people and their parents/carers in initial and review conference processes."));
    assert_eq!(cut.actions.len(), 2);
    let (_, _, joined) = plan.actions().find(|(_, _, a)| a.owners == ["Sue Roch", "Karina Large"]).unwrap();
    assert_eq!(joined.target.as_ref().unwrap().text, "Mar '12");
    assert!(
        joined
            .action
            .plain()
            .starts_with("Information on participation opportunities and how to complain are provided in several alternative ways")
    );
    let wording = diagnostics.iter().filter(|d| d.code == Code::RecommendationWording).count();
    assert_eq!(wording, 3, "CRT, CAMHS and a stray P");
    let unstitched = import(source(&folder.join("plan.md")), &ImportOptions { stitch: false, ..ImportOptions::default() });
    assert!(unstitched.diagnostics.iter().all(|d| !matches!(d.code, Code::PiecesJoined | Code::RowJoined | Code::CellJoined)));
    assert_eq!(unstitched.plan.actions().count(), 35);
}

/// The words of a markdown source, a line or cell at a time, found without a markdown parser.
fn source_words(markdown: &str) -> Vec<Vec<String>> {
    let mut plain = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        let skip = match c {
            // tags and autolinks have no words of their own; "a < b" is no tag
            '<' if rest[1..].starts_with(|n: char| n.is_ascii_alphabetic() || n == '/' || n == '!') => rest.find('>').map(|i| i + 1),
            ']' if rest.starts_with("](") => rest.find(')').map(|i| i + 1),
            '&' => rest
                .find(';')
                .filter(|i| *i > 1 && *i < 9 && rest[1..*i].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#'))
                .map(|i| i + 1),
            _ => None,
        };
        plain.push_str(if skip.is_some() { " " } else { &rest[..c.len_utf8()] });
        rest = &rest[skip.unwrap_or(c.len_utf8())..];
    }
    plain.split(['\n', '|']).map(words).filter(|w| !w.is_empty()).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Texts in which the words of a source may be found: the plan's own, and those that diagnostics account for.
fn accounted_for(imported: &Imported) -> Vec<Vec<String>> {
    fn collect(value: &serde_json::Value, out: &mut Vec<Vec<String>>) {
        // what is worked out, or said twice, accounts for nothing
        const DERIVED: &[&str] = &["owners", "status", "scheme", "period", "recommendation", "cycle", "kind", "start", "due"];
        match value {
            serde_json::Value::String(text) => out.push(words(text)),
            serde_json::Value::Array(items) => items.iter().for_each(|v| collect(v, out)),
            serde_json::Value::Object(map) => {
                for (key, v) in map.iter().filter(|(k, v)| !DERIVED.contains(&k.as_str()) || (*k == "status" && v["basis"] == "stated")) {
                    out.push(words(key));
                    collect(v, out);
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    collect(&serde_json::to_value(&imported.plan).unwrap(), &mut out);
    out.extend(imported.diagnostics.iter().filter_map(|d| d.left_out.as_deref()).map(words));
    out
}

/// The words of the source that are nowhere: each text is used up as it is found, and words are looked for in their order.
fn lost(markdown: &str, imported: &Imported) -> Vec<String> {
    let texts = accounted_for(imported);
    let mut places: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for (t, text) in texts.iter().enumerate().rev() {
        for (w, word) in text.iter().enumerate().rev() {
            places.entry(word).or_default().push((t, w));
        }
    }
    let mut used: Vec<Vec<bool>> = texts.iter().map(|t| vec![false; t.len()]).collect();
    let mut lost = Vec::new();
    for unit in source_words(markdown) {
        let mut at = 0;
        while at < unit.len() {
            let run = |(t, w): (usize, usize), used: &[Vec<bool>]| {
                unit[at..].iter().zip(&texts[t][w..]).zip(&used[t][w..]).take_while(|((a, b), used)| a == b && !**used).count()
            };
            let candidates = places.get(unit[at].as_str()).map(Vec::as_slice).unwrap_or_default();
            let best = candidates
                .iter()
                .rev()
                .take(4000)
                .map(|p| (run(*p, &used), *p))
                .max_by_key(|(length, (t, w))| (*length, usize::MAX - t, usize::MAX - w));
            match best {
                Some((length, (t, w))) if length > 0 => {
                    used[t][w..w + length].fill(true);
                    at += length;
                }
                _ => {
                    lost.push(unit[at].clone());
                    at += 1;
                }
            }
        }
    }
    lost
}

#[test]
fn no_word_of_a_fixture_is_lost() {
    for folder in fixtures() {
        let markdown = fs::read_to_string(folder.join("plan.md")).unwrap();
        assert_eq!(lost(&markdown, &imported(&folder)), Vec::<String>::new(), "{}", folder.display());
        let apart = ImportOptions { stitch: false, ..options(&folder) };
        let apart = import(source(&folder.join("plan.md")), &apart);
        assert_eq!(lost(&markdown, &apart), Vec::<String>::new(), "{} without joining", folder.display());
    }
}

#[test]
fn the_search_for_lost_words_finds_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hampshire-2011");
    let markdown = fs::read_to_string(folder.join("plan.md")).unwrap();
    let mut imported = imported(&folder);
    let measures = &mut imported.plan.themes[5].objectives[0].actions[0].updates[0].text;
    *measures = planwright::Text::from_plain(&measures.plain().replace("pages under", ""));
    assert_eq!(lost(&markdown, &imported), ["pages", "under"]);
}

#[test]
fn no_word_of_the_corpus_is_lost() {
    let Some(corpus) = std::env::var_os("PLANWRIGHT_CORPUS") else {
        eprintln!("PLANWRIGHT_CORPUS is not set: the corpus is not read");
        return;
    };
    let mut seen = 0;
    for entry in fs::read_dir(Path::new(&corpus).join("plans")).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|e| e == "md") {
            seen += 1;
            let markdown = fs::read_to_string(&file).unwrap();
            let imported = import(source(&file), &ImportOptions::default());
            assert_eq!(lost(&markdown, &imported), Vec::<String>::new(), "{}", file.display());
        }
    }
    assert!(seen > 0, "no markdown plan in the corpus");
}
