//! The command line: cases that a person can read in `tests/cli/`, and here what needs files or
//! pipes made for it.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests make the files that the program reads, and end where that fails"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PLAN: &str = "# Improvement plan\n\n| Action | Owner | Target date |\n|---|---|---|\n| Audit case records | Owen Dyer | Sept 2011 |\n";

#[test]
fn cases() {
    trycmd::TestCases::new().env("COLUMNS", "100").case("tests/cli/*.md");
}

fn planwright(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planwright"));
    command.current_dir(folder).args(arguments);
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    planwright(folder, arguments).stdin(Stdio::null()).output().unwrap()
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder_with_plan() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.md"), PLAN).unwrap();
    folder
}

/// The names in a folder; none of them a leftover.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_output_is_written_into_a_folder_that_is_made() {
    let folder = folder_with_plan();
    let outputs =
        ["-o", "out/plan.pdf", "-o", "out/plan.xlsx", "-o", "out/plan.html", "-o", "out/plan.json"];
    let done = run(folder.path(), &[&["convert", "plan.md"], &outputs[..]].concat());
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert!(done.stdout.is_empty());
    let out = folder.path().join("out");
    assert_eq!(names(&out), ["plan.html", "plan.json", "plan.pdf", "plan.xlsx"]);
    for (name, start) in [
        ("plan.html", "<!DOCTYPE html>"),
        ("plan.json", "{"),
        ("plan.pdf", "%PDF-"),
        ("plan.xlsx", "PK"),
    ] {
        assert!(fs::read(out.join(name)).unwrap().starts_with(start.as_bytes()), "{name}");
    }
}

#[test]
fn one_output_that_cannot_be_written_keeps_all_from_being_written() {
    let folder = folder_with_plan();
    fs::write(folder.path().join("old.json"), "old").unwrap();
    let done = run(
        folder.path(),
        &["convert", "plan.md", "-o", "old.json", "-o", "new.json", "-o", "plan.md/plan.html"],
    );
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("error[unwritable] plan.md/plan.html:"), "{}", said(&done));
    assert_eq!(names(folder.path()), ["old.json", "plan.md"]);
    assert_eq!(fs::read_to_string(folder.path().join("old.json")).unwrap(), "old");
}

#[test]
fn an_output_that_exists_is_replaced_and_keeps_its_permissions() {
    let folder = folder_with_plan();
    let path = folder.path().join("plan.json");
    fs::write(&path, "old").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    }
    let done = run(folder.path(), &["convert", "plan.md", "-o", "plan.json"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert!(fs::read_to_string(&path).unwrap().starts_with('{'));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}

#[cfg(unix)]
#[test]
fn the_input_is_not_replaced_through_a_link_either() {
    let folder = folder_with_plan();
    std::os::unix::fs::symlink("plan.md", folder.path().join("other.json")).unwrap();
    let done = run(folder.path(), &["convert", "plan.md", "-o", "other.json"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("an input is never replaced"), "{}", said(&done));
    assert_eq!(fs::read_to_string(folder.path().join("plan.md")).unwrap(), PLAN);
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_stays_a_device() {
    use std::os::unix::fs::FileTypeExt;
    let folder = folder_with_plan();
    let done = run(folder.path(), &["convert", "plan.md", "--to", "json", "-o", "/dev/null"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

#[test]
fn a_plan_goes_through_standard_streams() {
    let folder = folder_with_plan();
    let mut child = planwright(
        folder.path(),
        &["convert", "-", "--from", "markdown", "-o", "-", "--to", "json"],
    )
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .unwrap();
    child.stdin.take().unwrap().write_all(PLAN.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let from_file = run(folder.path(), &["convert", "plan.md", "-o", "-", "--to", "json"]);
    assert_eq!(done.stdout, from_file.stdout);
    assert!(String::from_utf8(done.stdout).unwrap().contains("Audit case records"));
}

#[test]
fn a_plan_file_gives_the_outputs_that_its_source_gave() {
    let folder = folder_with_plan();
    let html = |input: &str, name: &str| {
        let done = run(folder.path(), &["convert", input, "--as-of", "2011-11-30", "-o", name]);
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
        fs::read(folder.path().join(name)).unwrap()
    };
    html("plan.md", "plan.json");
    assert_eq!(html("plan.md", "a.html"), html("plan.json", "b.html"));
}

#[test]
fn the_outputs_of_one_command_agree_on_the_day() {
    let folder = folder_with_plan();
    assert_eq!(
        run(folder.path(), &["convert", "plan.md", "--as-of", "2011-09-30", "-o", "plan.json"])
            .status
            .code(),
        Some(0)
    );
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(!read("plan.json").contains("\"status\""), "the calendar is no status");
    // the position against the calendar is calculated for each day, in every output
    let later =
        ["convert", "plan.json", "--as-of", "2011-10-01", "-o", "later.json", "-o", "later.html"];
    assert_eq!(run(folder.path(), &later).status.code(), Some(0));
    assert!(!read("later.json").contains("\"status\""));
    assert!(
        read("later.html").contains("Overdue by 1 day")
            && read("later.html").contains("No status reported")
    );
    // a plan that names no day is looked at today, and September 2011 has passed
    assert_eq!(
        run(folder.path(), &["convert", "plan.md", "-o", "today.json", "-o", "today.html"])
            .status
            .code(),
        Some(0)
    );
    assert!(read("today.html").contains("Overdue by "));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "| Audit case records | | |\n".repeat(5000);
    fs::write(
        folder.path().join("plan.md"),
        format!("| Action | Owner | Target date |\n|---|---|---|\n{rows}"),
    )
    .unwrap();
    let mut child = planwright(folder.path(), &["check", "plan.md"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(!first.is_empty());
    assert_eq!(said(&done), "");
    assert_eq!(done.status.code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = folder_with_plan();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let done = planwright(folder.path(), &["schema"]).stdout(full).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(
        said(&done).starts_with(
            "error[unwritable] standard output: it could not be written: no space left"
        ),
        "{}",
        said(&done)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn an_input_that_the_system_refuses_is_told() {
    let folder = folder_with_plan();
    let done = run(folder.path(), &["check", "--from", "markdown", "/proc/self/mem"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(
        said(&done).starts_with("error[unreadable] /proc/self/mem: it could not be read: "),
        "{}",
        said(&done)
    );
}

#[test]
fn a_line_of_100_megabytes_is_refused_quickly() {
    let folder = tempfile::tempdir().unwrap();
    let mut line = b"| Action | Owner |\n|---|---|\n| ".to_vec();
    line.resize(100 << 20, b'a');
    fs::write(folder.path().join("plan.md"), line).unwrap();
    let start = Instant::now();
    let done = run(folder.path(), &["convert", "plan.md", "-o", "plan.pdf"]);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert_eq!(done.status.code(), Some(2));
    let said = said(&done);
    assert!(
        said.starts_with("error[too-large] plan.md:3:1: "),
        "{}",
        said.chars().take(300).collect::<String>()
    );
    assert!(said.len() < 1000, "the line is not shown whole");
    assert_eq!(names(folder.path()), ["plan.md"]);
}

#[test]
fn strict_makes_warnings_count() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.md"), PLAN.replace("Owen Dyer", "")).unwrap();
    assert_eq!(run(folder.path(), &["check", "plan.md"]).status.code(), Some(0));
    assert_eq!(run(folder.path(), &["check", "--strict", "plan.md"]).status.code(), Some(1));
    assert_eq!(
        run(folder.path(), &["convert", "--strict", "plan.md", "-o", "plan.json"]).status.code(),
        Some(1)
    );
    assert!(folder.path().join("plan.json").exists());
}

#[test]
fn every_diagnostic_is_one_json_object_a_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("plan.md"),
        PLAN.replace("Owen Dyer", "").replace("# Improvement plan", ""),
    )
    .unwrap();
    let done = run(folder.path(), &["check", "--diagnostics", "json", "plan.md"]);
    let lines = String::from_utf8(done.stdout).unwrap();
    let objects: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        objects
            .iter()
            .any(|o| o["code"] == "no-owner" && o["place"].as_str().unwrap().starts_with("5:")),
        "{lines}"
    );
    assert!(
        objects.iter().all(|o| o["file"] == "plan.md"
            && o["message"].is_string()
            && o["severity"].is_string())
    );
}

#[test]
fn verbose_names_each_stage_with_its_time() {
    let folder = folder_with_plan();
    let done =
        run(folder.path(), &["convert", "-v", "plan.md", "-o", "plan.pdf", "-o", "plan.json"]);
    let said = said(&done);
    for stage in ["open", "read", "import", "review", "report", "json", "pdf", "write"] {
        assert!(
            said.lines().any(|line| line.starts_with(stage) && line.contains(" ms ")),
            "{stage}: {said}"
        );
    }
}

#[test]
fn settings_are_written_once_and_named_when_they_are_used() {
    let folder = folder_with_plan();
    assert!(!said(&run(folder.path(), &["check", "-v", "plan.md"])).contains("config"));
    assert_eq!(run(folder.path(), &["init", "-o", "planwright.toml"]).status.code(), Some(0));
    let settings = fs::read(folder.path().join("planwright.toml")).unwrap();
    assert_eq!(run(folder.path(), &["init"]).stdout, settings);
    let used = said(&run(folder.path(), &["check", "-v", "plan.md"]));
    assert!(
        used.lines().any(|line| line.starts_with("config") && line.ends_with("planwright.toml")),
        "{used}"
    );
    fs::write(folder.path().join("planwright.toml"), "[columns]\n\"Owner\" = \"evidence\"\n")
        .unwrap();
    assert_eq!(run(folder.path(), &["init", "-o", "planwright.toml"]).status.code(), Some(2));
    let done = run(folder.path(), &["convert", "plan.md", "-o", "-", "--to", "json"]);
    assert!(String::from_utf8(done.stdout).unwrap().contains("\"evidence\": \"Owen Dyer\""));
    assert_eq!(names(folder.path()), ["plan.md", "planwright.toml"]);
}

#[test]
fn completions_and_manual_name_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["completions", "bash"][..],
        &["completions", "fish"],
        &["completions", "powershell"],
        &["man"],
    ] {
        let done = run(folder.path(), arguments);
        assert_eq!(done.status.code(), Some(0));
        let text = String::from_utf8(done.stdout).unwrap();
        for command in ["convert", "check", "inspect", "init", "explain", "schema"] {
            assert!(text.contains(command), "{arguments:?}: {command}");
        }
    }
}

#[test]
fn a_pdf_that_was_written_is_read_as_the_plan_it_carries() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.md"), PLAN).unwrap();
    let done = run(folder.path(), &["convert", "plan.md", "-o", "plan.pdf", "-o", "first.json"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let done =
        run(folder.path(), &["convert", "plan.pdf", "-o", "second.json", "-o", "second.xlsx"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let file = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(file("first.json"), file("second.json"));
    let done = run(folder.path(), &["check", "plan.pdf"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
}

#[test]
fn the_audience_and_the_layout_may_stand_in_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("plan.md"),
        PLAN.replace("case records", "[case records](mailto:owen@example.org)"),
    )
    .unwrap();
    let json = || {
        let done = run(folder.path(), &["convert", "plan.md", "-o", "plan.json", "-o", "plan.pdf"]);
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
        fs::read_to_string(folder.path().join("plan.json")).unwrap()
    };
    assert!(json().contains("owen@example.org"));
    let wide = fs::read(folder.path().join("plan.pdf")).unwrap();
    fs::write(
        folder.path().join("planwright.toml"),
        "[publish]\naudience = \"public\"\nlayout = \"cards\"\n",
    )
    .unwrap();
    let public = json();
    assert!(public.contains("case records") && !public.contains("owen@example.org"), "{public}");
    let upright = fs::read(folder.path().join("plan.pdf")).unwrap();
    let sides = |bytes: &[u8]| {
        let document = lopdf::Document::load_mem(bytes).unwrap();
        let sheet = document
            .objects
            .values()
            .find_map(|o| o.as_dict().ok()?.get(b"MediaBox").ok()?.as_array().ok())
            .unwrap();
        (sheet[2].as_float().unwrap(), sheet[3].as_float().unwrap())
    };
    assert!(sides(&wide).0 > sides(&wide).1 && sides(&upright).0 < sides(&upright).1);
}

#[test]
fn what_a_public_version_leaves_out_is_told_where_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("plan.md"),
        PLAN.replace("case records", "[case records](mailto:owen@example.org)"),
    )
    .unwrap();
    let arguments = ["convert", "plan.md", "-o", "plan.pdf", "--audience", "public"];
    let told = said(&run(folder.path(), &arguments));
    let link = "note[left-out-of-public] plan.md:5:1: 1 link behind words that leads to no public web page was removed from the public version: action";
    assert!(told.starts_with(link), "{told}");
    assert!(
        told.contains("note: `planwright check plan.md` shows it") && !told.contains("owen@"),
        "{told}"
    );
    assert_eq!(said(&run(folder.path(), &[&arguments[..], &["-q"]].concat())), "");
    let done = run(folder.path(), &["inspect", "plan.pdf"]);
    let shown = String::from_utf8(done.stdout).unwrap();
    assert!(shown.starts_with("plan.pdf: a PDF that carries its plan, in which there is nothing to work out: 1 action "), "{shown}");
}

/// A plan whose public version leaves an address out.
fn folder_with_address() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("plan.md"),
        PLAN.replace("case records", "[case records](mailto:owen@example.org)"),
    )
    .unwrap();
    folder
}

#[test]
fn what_is_published_is_public_in_every_output() {
    let folder = folder_with_address();
    let convert = |more: &[&str]| {
        run(
            folder.path(),
            &[&["convert", "plan.md", "-o", "plan.json", "-o", "plan.xlsx"], more].concat(),
        )
    };
    let json = || fs::read_to_string(folder.path().join("plan.json")).unwrap();
    let sheets = || {
        calamine::Reader::sheet_names(
            &calamine::open_workbook_auto(folder.path().join("plan.xlsx")).unwrap(),
        )
    };
    let done = convert(&["--profile", "publish"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert!(
        said(&done).contains("1 link behind words that leads to no public web page was removed from the public version"),
        "{}",
        said(&done)
    );
    assert!(!json().contains("owen@example.org"));
    assert_eq!(sheets(), ["Cover sheet", "Summary", "Summary 2", "Key to statuses", "Plan"]);

    let refused = convert(&["--profile", "publish", "--audience", "internal"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("what is published is for the public"), "{}", said(&refused));

    fs::write(
        folder.path().join("planwright.toml"),
        "[publish]\nprofile = \"publish\"\naudience = \"internal\"\n",
    )
    .unwrap();
    assert_eq!(convert(&[]).status.code(), Some(0));
    assert!(!json().contains("owen@example.org") && sheets().contains(&"Cover sheet".to_owned()));
    assert_eq!(convert(&["--profile", "review"]).status.code(), Some(0));
    assert!(json().contains("owen@example.org") && !sheets().contains(&"Cover sheet".to_owned()));
}

#[test]
fn the_contact_in_the_settings_stands_on_the_cover_sheet() {
    let folder = folder_with_plan();
    fs::write(
        folder.path().join("planwright.toml"),
        "[publish]\nprofile = \"publish\"\ncontact = \"plans@example.org\"\n",
    )
    .unwrap();
    assert_eq!(
        run(folder.path(), &["convert", "plan.md", "-o", "plan.xlsx"]).status.code(),
        Some(0)
    );
    let mut book = calamine::open_workbook_auto(folder.path().join("plan.xlsx")).unwrap();
    let cover = calamine::Reader::worksheet_range(&mut book, "Cover sheet").unwrap();
    assert!(
        cover
            .rows()
            .any(|row| row[0] == calamine::Data::String("Contact: plans@example.org".to_owned()))
    );
}

#[test]
fn the_checklist_is_gone_through_for_workbooks() {
    let folder = folder_with_plan();
    let outputs = ["--profile", "publish", "-o", "published.xlsx"];
    assert_eq!(
        run(folder.path(), &[&["convert", "plan.md"], &outputs[..]].concat()).status.code(),
        Some(0)
    );
    assert_eq!(
        run(folder.path(), &["convert", "plan.md", "-o", "review.xlsx"]).status.code(),
        Some(0)
    );

    let done = run(folder.path(), &["check", "--publishing", "published.xlsx"]);
    let shown = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0), "{shown}");
    assert!(
        shown.starts_with("published.xlsx: Tables\n  pass    1  Mark up tables (E)\n  pass    2  Give tables meaningful names\n"),
        "{shown}"
    );
    assert!(shown.contains("\n  judge   1  Run a spelling and grammar check (E)\n             check spelling and grammar\n"), "{shown}");
    assert!(
        shown
            .contains("\npublished.xlsx: 33 rows pass, no rows fail, 3 are for a person to judge;"),
        "{shown}"
    );

    // the others are checked though one fails; only what fails is shown
    let done =
        run(folder.path(), &["check", "--publishing", "-q", "review.xlsx", "published.xlsx"]);
    let shown = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(1), "{shown}");
    assert!(shown.contains("  FAIL    9  Avoid hiding rows or columns\n             planwright!A1: the sheet is hidden\n"), "{shown}");
    assert!(
        !shown.contains("pass") && !shown.contains("judge") && !shown.contains("published.xlsx"),
        "{shown}"
    );

    let done =
        run(folder.path(), &["check", "--publishing", "--diagnostics", "json", "review.xlsx"]);
    let rows: Vec<serde_json::Value> = String::from_utf8(done.stdout)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(rows.len(), 36);
    let hidden = rows.iter().find(|row| row["asks"] == "Avoid hiding rows or columns").unwrap();
    let expected = serde_json::json!({
        "file": "review.xlsx", "part": "Tables", "number": 9, "asks": "Avoid hiding rows or columns", "essential": false, "answer": "fail",
        "findings": [ { "place": "planwright!A1", "message": "the sheet is hidden", "count": 1 } ]
    });
    assert_eq!(*hidden, expected);

    for input in ["plan.md", "gone.xlsx"] {
        assert_eq!(
            run(folder.path(), &["check", "--publishing", input]).status.code(),
            Some(2),
            "{input}"
        );
    }
}

#[test]
fn a_row_that_is_not_essential_matters_where_it_is_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    // a tick alone is a symbol that screen readers may leave out, and stays as it was typed
    fs::write(folder.path().join("plan.md"), PLAN.replace("Owen Dyer", "✓")).unwrap();
    let done =
        run(folder.path(), &["convert", "plan.md", "--profile", "publish", "-o", "plan.xlsx"]);
    assert_eq!(done.status.code(), Some(0));
    let warned = "warning[checklist-not-met] plan.md: plan.xlsx does not meet the checklist for publishing, “Avoid using symbols in general”: Plan!C6: the cell holds “✓” and no words";
    assert!(said(&done).contains(warned), "{}", said(&done));
    let check = |more: &[&str]| {
        run(folder.path(), &[&["check", "--publishing", "plan.xlsx"], more].concat())
    };
    let shown = String::from_utf8(check(&[]).stdout).unwrap();
    assert!(
        shown.contains("FAIL    5  Avoid using symbols in general\n             Plan!C6: the cell holds “✓” and no words\n"),
        "{shown}"
    );
    assert_eq!((check(&[]).status.code(), check(&["--strict"]).status.code()), (Some(0), Some(1)));
}
