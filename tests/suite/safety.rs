//! Nothing is destroyed: what the program must leave as it is, and what it must not leave behind.
//!
//! `.ci/long kills` kills 2,000 runs rather than the usual 40.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests make the files that the program reads, and end where that fails"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::checklist::rewritten;

const PLAN: &str = "# Improvement plan\n\n| Action | Owner | Target date |\n|---|---|---|\n| Audit case records | Owen Dyer | Sept 2011 |\n\
                    | Brief all staff | Priya Shah | Oct 2011 |\n";

fn planwright(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planwright"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    planwright(folder, arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn done(folder: &Path, arguments: &[&str]) {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
}

/// The command does nothing, with exit status 2 and these words; all files stay as they are, and
/// none comes to stand beside them.
fn refused(folder: &Path, arguments: &[&str], words: &str) {
    let before = files(folder);
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
    assert!(said(&output).contains(words), "{arguments:?}: {}", said(&output));
    assert!(files(folder) == before, "{arguments:?} changed a file");
}

fn folder_with_plan() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.md"), PLAN).unwrap();
    folder
}

/// Every file in a folder and below it, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().unwrap().is_dir() {
            found.extend(
                files(&entry.path())
                    .into_iter()
                    .map(|(below, bytes)| (format!("{name}/{below}"), bytes)),
            );
        } else {
            found.insert(name, fs::read(entry.path()).unwrap_or_default());
        }
    }
    found
}

#[test]
fn where_no_plan_is_found_nothing_is_written() {
    let folder = folder_with_plan();
    let path = folder.path();
    done(path, &["convert", "plan.md", "-o", "plan.pdf", "-o", "plan.json"]);
    done(path, &["pack", "plan.md", "-o", "pack"]);
    done(path, &["returns", "plan.md", "-o", "returns"]);
    fs::write(path.join("empty.md"), "").unwrap();
    fs::write(path.join("form.csv"), "Action,Owner,Target date\n").unwrap();
    fs::write(path.join("minutes.md"), "# Minutes\n\nApologies were received.\n").unwrap();
    fs::write(path.join("none.json"), "{\"planwright\": 1, \"title\": \"Plan\"}").unwrap();
    for source in ["empty.md", "form.csv", "minutes.md", "none.json"] {
        let words = "no plan was found in it; nothing was written";
        refused(path, &["convert", source, "-o", "plan.pdf", "-o", "new.json"], words);
        refused(path, &["pack", source, "-o", "pack"], words);
        refused(path, &["pack", "plan.md", "--previous", source, "-o", "pack"], words);
        refused(path, &["returns", source, "-o", "returns"], words);
        refused(path, &["merge", source, "returns/Owen Dyer.xlsx", "-o", "plan.json"], words);
        refused(path, &["diff", "plan.md", source, "-o", "changes.html"], words);
        assert_eq!(
            run(path, &["check", source]).status.code(),
            Some(i32::from(source != "none.json"))
        );
    }
}

#[test]
fn a_plan_of_which_nothing_is_left_replaces_nothing() {
    let folder = folder_with_plan();
    let path = folder.path();
    done(path, &["convert", "plan.md", "-o", "plan.pdf", "-o", "plan.json"]);
    let table = |rows: &str| {
        format!("# P\n\n| Ref | Action | Owner | For publication? |\n|---|---|---|---|\n{rows}")
    };
    fs::write(path.join("dashes.md"), table("| 1 | - | - | |\n")).unwrap();
    fs::write(path.join("internal.md"), table("| 1 | Train all staff | Jo | No |\n")).unwrap();
    fs::write(path.join("struck.md"), table("| 1 | ~~Train all staff~~ | Jo | Yes |\n")).unwrap();
    let objective =
        "{\"planwright\":1,\"themes\":[{\"objectives\":[{\"reference\":\"1\",\"actions\":[]}]}]}";
    fs::write(path.join("objective.json"), objective).unwrap();
    for source in ["dashes.md", "objective.json"] {
        let words = "no action with words was found in it; nothing was written";
        refused(path, &["convert", source, "-o", "plan.pdf", "-o", "plan.json"], words);
    }
    for source in ["internal.md", "struck.md"] {
        let words = "its public version would have no actions";
        let public = ["--audience", "public", "-o", "plan.pdf"];
        refused(path, &[&["convert", source][..], &public].concat(), words);
        refused(path, &["pack", source, "--audience", "public", "-o", "pack"], words);
        done(path, &["check", source]);
    }
}

#[test]
fn a_return_that_holds_answers_is_replaced_only_if_the_user_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (path, fixtures) =
        (folder.path(), Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/returned"));
    fs::copy(fixtures.join("plan.md"), path.join("plan.md")).unwrap();
    done(path, &["returns", "plan.md", "-o", "returns"]);
    // as they were written they are replaced
    done(path, &["returns", "plan.md", "-o", "returns"]);
    let lin = path.join("returns/Lin Ferguson.xlsx");
    fs::copy(fixtures.join("returns/lin.xlsx"), &lin).unwrap();
    refused(
        path,
        &["returns", "plan.md", "-o", "returns"],
        "returns/Lin Ferguson.xlsx: it holds answers",
    );
    refused(
        path,
        &["convert", "plan.md", "-o", "returns/Lin Ferguson.xlsx"],
        "returns/Lin Ferguson.xlsx: it holds answers",
    );
    done(path, &["returns", "plan.md", "-o", "returns", "--replace"]);
    assert_ne!(fs::read(&lin).unwrap(), fs::read(fixtures.join("returns/lin.xlsx")).unwrap());
    // a formula that no program has worked out yet
    let with_formula = rewritten(&fs::read(&lin).unwrap(), "xl/worksheets/sheet1.xml", |sheet| {
        let cell = sheet.find("<c r=\"G5\"").unwrap();
        let end = cell + sheet[cell..].find("/>").unwrap();
        format!("{}><f>1+1</f></c>{}", &sheet[..end], &sheet[end + 2..])
    });
    fs::write(&lin, &with_formula).unwrap();
    refused(
        path,
        &["returns", "plan.md", "-o", "returns"],
        "returns/Lin Ferguson.xlsx: it holds answers",
    );
    assert_eq!(fs::read(&lin).unwrap(), with_formula);
    // a workbook of someone else, and what no one can read
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/title-block/plan.xlsx"), &lin)
        .unwrap();
    refused(path, &["returns", "plan.md", "-o", "returns"], "Lin Ferguson.xlsx");
    fs::write(&lin, "not a workbook").unwrap();
    refused(path, &["returns", "plan.md", "-o", "returns"], "Lin Ferguson.xlsx");
}

#[test]
fn what_is_read_is_never_replaced() {
    let folder = folder_with_plan();
    let path = folder.path();
    done(path, &["convert", "plan.md", "-o", "plan.json"]);
    done(path, &["returns", "plan.md", "-o", "returns"]);
    fs::write(
        path.join("planwright.toml"),
        "[brand]\nlogo = \"logo.svg\"\nlogo-text = \"Council\"\n",
    )
    .unwrap();
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logo/logo.svg"),
        path.join("logo.svg"),
    )
    .unwrap();
    let convert =
        |output: &str| ["convert", "plan.md", "--to", "json", "-o", output].map(str::to_owned);
    let refuse = |output: &str| {
        let arguments = convert(output);
        refused(path, &arguments.iter().map(String::as_str).collect::<Vec<_>>(), "never replaced");
    };
    refuse("./plan.md");
    refuse("planwright.toml");
    refuse("logo.svg");
    fs::create_dir(path.join("other")).unwrap();
    refuse("other/../plan.md");
    refused(
        path,
        &["merge", "plan.json", "returns/Owen Dyer.xlsx", "-o", "returns/Owen Dyer.xlsx"],
        "never replaced",
    );
    refused(path, &["diff", "plan.md", "plan.json", "-o", "plan.json"], "never replaced");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        fs::hard_link(path.join("plan.md"), path.join("hard.json")).unwrap();
        refuse("hard.json");
        symlink("planwright.toml", path.join("soft.json")).unwrap();
        refuse("soft.json");
        symlink(path, path.join("same")).unwrap();
        refuse("same/plan.md");
        let before = files(&path.join("returns"));
        let input = fs::File::open(path.join("plan.json")).unwrap();
        let output = planwright(path, &["convert", "-", "--from", "json", "-o", "plan.json"])
            .stdin(Stdio::from(input))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("never replaced"), "{}", said(&output));
        assert!(files(&path.join("returns")) == before);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn outputs_stay_where_standard_output_or_a_file_is_full() {
    let folder = folder_with_plan();
    let path = folder.path();
    fs::write(path.join("plan.json"), "old").unwrap();
    let before = files(path);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output =
        planwright(path, &["convert", "plan.md", "-o", "plan.json", "-o", "-", "--to", "md"])
            .stdout(full)
            .output()
            .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(files(path) == before);
    refused(
        path,
        &["convert", "plan.md", "-o", "plan.json", "--to", "md", "-o", "/dev/full"],
        "no space left",
    );
    // no file may be larger than a block: the first outputs can be written, the workbook cannot
    let program = env!("CARGO_BIN_EXE_planwright");
    let limited =
        format!("ulimit -f 4; '{program}' convert plan.md -o plan.json -o plan.md.md -o plan.xlsx");
    let output = Command::new("bash").args(["-c", &limited]).current_dir(path).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(files(path) == before);
}

/// A number that differs from the last, without a clock or a dependency.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most.max(1)
    }
}

/// A command that writes several outputs into the folder `out`, from the plan of a name.
fn commands(plan: &str) -> Vec<Vec<String>> {
    let words = |line: &str| line.replace("PLAN", plan).split(' ').map(str::to_owned).collect();
    [
        "convert -q PLAN.md -o out/plan.json -o out/plan.html -o out/plan.md -o out/plan.csv",
        "pack -q PLAN.md -o out",
        "returns -q PLAN.md -o out",
        "merge -q PLAN.md answers/lin.xlsx -o out/plan.json -o out/plan.md -o out/deep/plan.json",
    ]
    .iter()
    .map(|line| words(line))
    .collect()
}

/// Waits until a run has made a temporary file in the folder, or has ended.
#[cfg(unix)]
fn wait_for_temporary_file(folder: &Path, child: &mut Child) {
    let is_temporary = |entry: io::Result<fs::DirEntry>| {
        entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with(".planwright-"))
    };
    while child.try_wait().unwrap().is_none()
        && !fs::read_dir(folder).is_ok_and(|mut entries| entries.any(is_temporary))
    {}
}

/// Kills runs at any moment, half of them while they write, by signals that can be handled and by
/// one that cannot.
#[cfg(unix)]
#[test]
fn a_kill_leaves_no_mixed_outputs_and_nothing_after_the_next_run() {
    let kills: u64 =
        std::env::var("PLANWRIGHT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/returned");
    let plan = fs::read_to_string(fixtures.join("plan.md")).unwrap();
    for name in ["one", "two"] {
        let changed = plan.replace(
            "Amend the recording policy",
            &format!("Amend the recording policy of version {name}"),
        );
        fs::write(path.join(name).with_extension("md"), changed).unwrap();
    }
    fs::create_dir(path.join("answers")).unwrap();
    fs::copy(fixtures.join("returns/nobody.xlsx"), path.join("answers/lin.xlsx")).unwrap();
    let out = path.join("out");
    let arguments =
        |words: &[String]| words.iter().map(String::as_str).collect::<Vec<_>>().join("\u{1f}");
    let run_whole = |words: &[String]| {
        let start = Instant::now();
        let joined = arguments(words);
        let output = run(path, &joined.split('\u{1f}').collect::<Vec<_>>());
        assert_ne!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
        start.elapsed()
    };
    let mut numbers = Numbers(kills);
    let (mut after_the_kill, mut killed) = (0, 0);
    for (old, new) in commands("one").iter().zip(&commands("two")) {
        let _ = fs::remove_dir_all(&out);
        let took = run_whole(new);
        let whole_new = files(&out);
        let _ = fs::remove_dir_all(&out);
        run_whole(old);
        let whole_old = files(&out);
        assert_ne!(whole_old, whole_new);
        for at in 0..kills.div_ceil(4) {
            let mut child = planwright(path, &arguments(new).split('\u{1f}').collect::<Vec<_>>())
                .stderr(Stdio::null())
                .stdout(Stdio::null())
                .spawn()
                .unwrap();
            let within = u64::try_from(took.as_micros()).unwrap();
            if at % 2 == 0 {
                sleep(Duration::from_micros(numbers.below(within)));
            } else {
                wait_for_temporary_file(&out, &mut child);
                sleep(Duration::from_micros(numbers.below(within / 8)));
            }
            let signal = ["KILL", "TERM", "INT"][usize::try_from(at % 3).unwrap()];
            let sent = Command::new("kill")
                .args([&format!("-{signal}"), &child.id().to_string()])
                .stderr(Stdio::null())
                .status()
                .unwrap();
            let ended = child.wait().unwrap();
            killed += u64::from(sent.success() && !ended.success());
            let is_mixed =
                |found: &BTreeMap<String, Vec<u8>>| *found != whole_old && *found != whole_new;
            let mut left = files(&out);
            if signal != "KILL" {
                assert!(!is_mixed(&left), "{new:?}, {signal}: {:?}", left.keys());
            }
            after_the_kill += u64::from(is_mixed(&left));
            // the next run writes something else into the folder
            done(path, &["convert", "-q", "one.md", "-o", "out/next.json"]);
            fs::remove_file(out.join("next.json")).unwrap();
            if new[0] == "merge" {
                done(path, &["convert", "-q", "one.md", "-o", "out/deep/next.json"]);
                fs::remove_file(out.join("deep/next.json")).unwrap();
            }
            left = files(&out);
            assert!(!is_mixed(&left), "{new:?}, {signal}: {:?}", left.keys());
            if left == whole_new {
                run_whole(old);
                assert!(files(&out) == whole_old);
            }
        }
    }
    eprintln!(
        "{killed} of {kills} runs were killed; {after_the_kill} left temporary files or mixed outputs for the next run"
    );
}

/// A plan with so many actions, each with an owner of its own.
fn plan_of_owners(owners: impl Iterator<Item = String>) -> String {
    let rows = owners.fold(String::new(), |rows, owner| {
        rows + &format!("| Do what {owner} does | {owner} | Sept 2011 |\n")
    });
    format!("# Plan\n\n| Action | Owner | Target date |\n|---|---|---|\n{rows}")
}

#[test]
fn every_owner_has_a_return_whatever_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let long = "Pennaeth Gwasanaethau Oedolion a Phlant y Sir ŵŷ ".repeat(12);
    fs::write(path.join("plan.json"), {
        let names = ["CON", "Lin", "LIN", "Siân", "Sia\u{302}n", "a/b:c", "\u{202e}niL", "Dr. ", &long, "..."];
        let action = |owner: &&str| {
            serde_json::json!({"reference": format!("1.{}", owner.len()), "owners": [owner], "owner_text": owner, "action": format!("Do {owner}")})
        };
        let actions: Vec<_> = names.iter().enumerate().map(|(i, owner)| {
            let mut action = action(owner);
            action["reference"] = format!("1.{}", i + 1).into();
            action
        }).collect();
        serde_json::json!({"planwright": 1, "title": "Plan", "themes": [{"title": "", "objectives": [{"reference": "1", "text": "Aim", "actions": actions}]}]}).to_string()
    })
    .unwrap();
    done(path, &["returns", "plan.json", "-o", "returns"]);
    let names: Vec<String> = files(&path.join("returns")).into_keys().collect();
    assert_eq!(names.len(), 10, "{names:?}");
    for name in &names {
        assert!(
            name.len() <= 255
                && Path::new(name).extension().is_some_and(|e| e == "xlsx")
                && !name.starts_with('.'),
            "{name}"
        );
        assert!(
            !name.to_lowercase().starts_with("con.") && !name.contains(['/', ':', '\u{202e}']),
            "{name}"
        );
    }
}

#[cfg(unix)]
#[test]
fn five_thousand_owners_need_few_file_handles() {
    let count: usize =
        std::env::var("PLANWRIGHT_OWNERS").ok().and_then(|n| n.parse().ok()).unwrap_or(600);
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("plan.md"),
        plan_of_owners((0..count).map(|i| format!("Officer{i} Surname{i}"))),
    )
    .unwrap();
    let limited = format!(
        "ulimit -n 256; '{}' returns -q plan.md -o returns",
        env!("CARGO_BIN_EXE_planwright")
    );
    let output =
        Command::new("bash").args(["-c", &limited]).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(files(&folder.path().join("returns")).len(), count);
}

#[test]
fn folders_and_patterns_are_read_as_the_files_that_they_name() {
    let folder = tempfile::tempdir().unwrap();
    let (path, fixtures) =
        (folder.path(), Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/returned"));
    fs::copy(fixtures.join("plan.md"), path.join("plan.md")).unwrap();
    fs::create_dir(path.join("returns")).unwrap();
    for name in ["lin.xlsx", "nobody.xlsx"] {
        fs::copy(fixtures.join("returns").join(name), path.join("returns").join(name)).unwrap();
    }
    fs::write(path.join("returns/~$lin.xlsx"), "Lin").unwrap();
    fs::write(path.join("returns/notes.txt"), "notes").unwrap();
    let merged = |returned: &[&str]| {
        let output =
            run(path, &[&["merge", "plan.md", "-o", "-", "--to", "json"], returned].concat());
        assert_ne!(output.status.code(), Some(2), "{}", said(&output));
        output.stdout
    };
    let each = merged(&["returns/lin.xlsx", "returns/nobody.xlsx"]);
    assert_eq!(merged(&["returns"]), each);
    assert_eq!(merged(&["returns/*.xlsx"]), each);
    assert_eq!(merged(&["returns/???.xlsx", "returns"]), each);
    refused(
        path,
        &["merge", "plan.md", "returns/*.ods", "-o", "new.json"],
        "no file matches this pattern",
    );
    fs::create_dir(path.join("empty")).unwrap();
    refused(
        path,
        &["merge", "plan.md", "empty", "-o", "new.json"],
        "there is no file in this folder that can be read here",
    );
    fs::write(path.join("Plan [final] 1.md"), PLAN).unwrap();
    for arguments in [
        ["check", "*.md"],
        ["check", "."],
        ["check", "Plan [final] ?.md"],
        ["check", "Plan [final] 1.md"],
    ] {
        let output = run(path, &arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("Plan [final] 1.md: 2 actions"),
            "{arguments:?}"
        );
    }
}

#[test]
fn days_before_1970_cause_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(
        path.join("plan.md"),
        PLAN.replace("Sept 2011", "3 March 1931").replace("Oct 2011", "31/12/1899"),
    )
    .unwrap();
    let outputs = ["a.pdf", "a.xlsx", "a.html", "a.json", "a.md", "a.csv", "a.ics"]
        .map(|name| ["-o", name])
        .concat();
    for day in ["1965-06-30", "0001-01-01", "1899-12-31", "9999-12-31", "-0044-03-15"] {
        let as_of = format!("--as-of={day}");
        let output = run(path, &[&["convert", "plan.md", &as_of], &outputs[..]].concat());
        assert_ne!(output.status.code(), Some(101), "{day}: {}", said(&output));
        assert!(!said(&output).contains("panicked"), "{day}: {}", said(&output));
        for command in [
            &["pack", "plan.md", &as_of, "-o", "pack"][..],
            &["returns", "plan.md", &as_of, "--period", "1931-03", "-o", "returns"],
            &["convert", "plan.md", &as_of, "--profile", "publish", "-o", "published.xlsx"],
        ] {
            let output = run(path, command);
            assert!(
                !said(&output).contains("panicked")
                    && output.status.code().is_some_and(|code| code <= 2),
                "{command:?}: {}",
                said(&output)
            );
        }
    }
}

const COLUMNS: &str = "# Plan\n\n| Ref | Action | Lead | Support | Due | Internal notes |\n|---|---|---|---|---|---|\n\
                       | 1 | Write the plan | Lin Ferguson | Owen Dyer | May 2011 | between us |\n\
                       | 2 | Read the plan | Lin Ferguson | Owen Dyer | May 2011 | |\n";

#[test]
fn options_for_columns_and_sheets_apply_or_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("plan.md"), COLUMNS).unwrap();
    done(path, &["convert", "plan.md", "-o", "plan.json", "-o", "plan.xlsx"]);
    let json = |column: &[&str]| {
        let arguments: Vec<&str> = column.iter().flat_map(|column| ["--column", column]).collect();
        let output = run(
            path,
            &[&["convert", "plan.md", "-o", "-", "--to", "json"], &arguments[..]].concat(),
        );
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), said(&output))
    };
    let has_owner =
        |json: &str, owner: &str| json.contains(&format!("\"owner_text\": \"{owner}\""));
    assert!(has_owner(&json(&["Support=owner", "Lead=extra"]).1, "Owen Dyer"));
    assert!(has_owner(&json(&["D=owner", "Lead=extra"]).1, "Owen Dyer"));
    for column in ["Internal notes=none", "F=none"] {
        let (status, written, said) = json(&[column]);
        assert!(
            status == Some(0)
                && !written.contains("between us")
                && !written.contains("Internal notes"),
            "{written}"
        );
        assert!(said.contains("1 note"), "{said}");
        let checked = run(path, &["check", "plan.md", "--column", column]);
        let told = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert!(
            told.contains("note[column-excluded] plan.md:3:")
                && told.contains("left out: Internal notes\n          between us"),
            "{told}"
        );
    }
    // two columns for a field that takes one: no word is lost, and the program says so
    let (status, written, said) = json(&["Lead=owner", "Support=owner"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        has_owner(&written, "Lin Ferguson") && written.contains("\"Support\": \"Owen Dyer\""),
        "{written}"
    );
    assert!(said.contains("two columns were given the meaning “owner”"), "{said}");
    // what cannot apply
    let columns = "the columns are “Ref”, “Action”, “Lead”, “Support”, “Due”, “Internal notes”";
    refused(path, &["convert", "plan.md", "-o", "new.json", "--column", "Leed=owner"], columns);
    refused(path, &["returns", "plan.md", "-o", "returns", "--column", "Leed=none"], columns);
    refused(path, &["check", "plan.md", "--column", "Leed=owner"], columns);
    refused(
        path,
        &["convert", "plan.json", "-o", "new.json", "--column", "Lead=owner"],
        "does not apply",
    );
    refused(
        path,
        &["convert", "plan.md", "-o", "new.json", "--sheet", "Plan"],
        "only workbooks have sheets",
    );
    let workbook = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/title-block/plan.xlsx");
    fs::copy(workbook, path.join("source.xlsx")).unwrap();
    refused(
        path,
        &["convert", "source.xlsx", "-o", "new.json", "--sheet", "No such sheet"],
        "the sheets with words are “",
    );
    // an option must apply to one of two inputs, and settings to none
    fs::write(path.join("other.md"), COLUMNS.replace("Lead", "Who leads")).unwrap();
    done(path, &["diff", "plan.md", "other.md", "--column", "Who leads=owner"]);
    fs::write(path.join("planwright.toml"), "[columns]\n\"Leed\" = \"owner\"\n").unwrap();
    assert!(
        String::from_utf8_lossy(&run(path, &["check", "plan.md"]).stdout)
            .contains("note[column-setting]")
    );
    done(path, &["convert", "plan.md", "-o", "new.json"]);
}

#[test]
fn the_paper_that_is_asked_for_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let columns: Vec<String> = (0..24).map(|i| format!("Consideration{i}")).collect();
    let (header, line) = (columns.join(" | "), "---|".repeat(27));
    let row = "Miscellaneous | ".repeat(24);
    let plan = format!(
        "# Plan\n\n| Action | Owner | Due | {header} |\n|{line}\n| Write it | Lin Ferguson | May 2011 | {row}\n"
    );
    fs::write(path.join("plan.md"), plan).unwrap();
    let sides = |arguments: &[&str]| {
        done(path, &[&["convert", "-q", "plan.md", "-o", "plan.pdf"], arguments].concat());
        let document = lopdf::Document::load(path.join("plan.pdf")).unwrap();
        let sheet = document
            .objects
            .values()
            .find_map(|o| o.as_dict().ok()?.get(b"MediaBox").ok()?.as_array().ok())
            .unwrap();
        let mut sides = [2, 3]
            .map(|side| format!("{:.0}", sheet[side].as_float().unwrap()).parse::<u32>().unwrap());
        sides.sort_unstable();
        sides
    };
    assert!(sides(&[])[1] > 1191, "a larger sheet where none is asked for");
    assert_eq!(sides(&["--paper", "a4"]), [595, 842]);
    assert_eq!(sides(&["--paper", "letter"]), [612, 792]);
    let told = said(&run(path, &["convert", "plan.md", "-o", "plan.pdf", "--paper", "a4"]));
    assert!(told.contains("warning[table-as-cards]"), "{told}");
    refused(
        path,
        &["convert", "plan.md", "-o", "plan.pdf", "--paper", "a4", "--layout", "table"],
        "more columns than fit on the paper",
    );
    fs::write(path.join("planwright.toml"), "[publish]\npaper = \"a4\"\n").unwrap();
    assert_eq!(sides(&[]), [595, 842]);
}

#[test]
fn settings_hold_for_every_command_that_they_concern() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let plan = PLAN.replace("case records", "[case records](mailto:owen@example.org)");
    fs::write(path.join("old.md"), &plan).unwrap();
    fs::write(path.join("new.md"), plan.replace("Audit", "Audit all")).unwrap();
    let changes = || {
        done(
            path,
            &["diff", "-q", "old.md", "new.md", "-o", "d.html", "-o", "d.json", "-o", "d.pdf"],
        );
        let shown = String::from_utf8_lossy(&run(path, &["diff", "-q", "old.md", "new.md"]).stdout)
            .into_owned();
        [
            fs::read_to_string(path.join("d.html")).unwrap(),
            fs::read_to_string(path.join("d.json")).unwrap(),
            shown,
        ]
        .concat()
    };
    assert!(changes().contains("owen@example.org"));
    fs::write(
        path.join("planwright.toml"),
        "[publish]\naudience = \"public\"\npaper = \"a3\"\nlang = \"cy\"\n",
    )
    .unwrap();
    let public = changes();
    assert!(!public.contains("owen@example.org") && public.contains("lang=\"cy\""));
    done(path, &["diff", "-q", "old.md", "new.md", "--audience", "internal", "-o", "d.html"]);
    assert!(fs::read_to_string(path.join("d.html")).unwrap().contains("owen@example.org"));
}
