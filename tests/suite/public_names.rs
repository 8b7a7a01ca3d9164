//! Names of people in public versions, through the program: what the list of people proposes is
//! replaced, whoever reported something is left out, and settings name no one.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test reads files, and has failed if it cannot

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::cli::{run, said};

const HEAD: &str = "# Plan\n\nReviewed: November 2025\n\n| Ref | Action | Owner | Target date | Update |\n|---|---|---|---|---|\n";

/// A public version of a plan in each format that is text, under these settings.
fn published(folder: &Path, plan: &str, settings: &str) -> String {
    fs::write(folder.join("plan.md"), plan).unwrap();
    fs::write(folder.join("planwright.toml"), settings).unwrap();
    let outputs = ["o.json", "o.md", "o.csv", "o.html", "o.ics"];
    let mut arguments = vec!["convert", "plan.md", "--audience", "public", "-q"];
    arguments.extend(outputs.iter().flat_map(|output| ["-o", output]));
    let done = run(folder, &arguments);
    assert!(done.status.success(), "{}", said(&done));
    outputs.iter().map(|output| fs::read_to_string(folder.join(output)).unwrap()).collect()
}

#[test]
fn what_the_list_of_people_proposes_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let plan = format!(
        "{HEAD}| 1 | Do the thing of the county | SMITH, Mary | Sept 2026 | fine |\n\
         | 2 | Do the other of the county | María José García | Sept 2026 | María José García said; Mr García |\n\
         | 3 | Do the other of the town | O'NEILL, Sean | Sept 2026 | Dr Priya Patel MBE agreed |\n\
         | 4 | Do the other of the home | Jan van der Berg | Sept 2026 | Mr van der Berg and J. Okonkwo-Hill |\n"
    );
    fs::write(folder.path().join("plan.md"), &plan).unwrap();
    let list = String::from_utf8(run(folder.path(), &["people", "plan.md"]).stdout).unwrap();
    let proposed: Vec<&str> =
        list.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert_eq!(
        proposed,
        ["SMITH, Mary", "María José García", "O'NEILL, Sean", "Jan van der Berg", "Dr Priya Patel"]
    );
    let output = published(folder.path(), &plan, &list).to_lowercase();
    let words: HashSet<&str> = output.split(|c: char| !c.is_alphabetic()).collect();
    let parts =
        ["smith", "mary", "maría", "josé", "garcía", "neill", "sean", "berg", "patel", "priya"];
    for part in parts {
        assert!(!words.contains(part), "{part}");
    }
}

#[test]
fn who_reported_something_is_not_published() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "# Plan\n\n| Ref | Action | Owner | Target date | Update | Reported by | Reporter | Updated by | Completed by | Author |\n\
        |---|---|---|---|---|---|---|---|---|---|\n\
        | 1.1 | Train all staff | Head of HR | Sept 2025 | November 2025 (Rita Reporter): Done so. | Rita Reporter | Rita Reporter | Una Updater | Cy Completer | Ann Author |\n\
        | 1.2 | Write the policy | Head of HR | Oct 2025 | Nov 2025 - Jo Lee: Done so. | Rita Reporter | Rita Reporter | Una Updater | Cy Completer | Ann Author |\n";
    let settings = "[[publish.people]]\nname = \"Jo Lee\"\nmay-stay = true\n";
    let output = published(folder.path(), plan, settings);
    for word in ["Rita", "Updater", "Completer", "Author", "Reporter", "Reported by", "()"] {
        let is_program = word == "()" || word == "Author";
        assert!(is_program || !output.contains(word), "{word}");
    }
    assert!(!output.contains("Ann Author"));
    assert!(
        output.contains("November 2025: Done so.")
            && output.contains("Nov 2025 - Jo Lee: Done so.")
    );
    let inspected = run(folder.path(), &["inspect", "plan.md"]);
    let inspected = String::from_utf8(inspected.stdout).unwrap();
    assert!(!inspected.contains("start  "), "{inspected}");
}

#[test]
fn settings_name_no_one_who_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let plan = format!("{HEAD}| 1 | Ask Kim Hill | Zelda Quickfoot | Sept 2026 | fine |\n");
    let settings = "[publish]\ncontact = \"zelda.quickfoot@example.org\"\n\
        [brand]\nname = \"Office of Zelda Quickfoot\"\n\
        [[publish.people]]\nname = \"Zelda Quickfoot\"\nrole = \"Head\"\n\
        [[publish.people]]\nname = \"Kim Hill\"\nrole = \"Deputy to Zelda Quickfoot\"\n";
    let output = published(folder.path(), &plan, settings);
    assert!(!output.to_lowercase().contains("quickfoot"));
    assert!(output.contains("Office of Head") && output.contains("Ask Deputy to [name removed]"));
}

#[test]
fn addresses_that_name_someone_are_removed_whole() {
    let folder = tempfile::tempdir().unwrap();
    let plan = format!(
        "{HEAD}| 1 | See https://example.org/staff/stephen-handforth and [the page](https://example.org/~shandforth) | Head of HR | Sept 2026 | fine |\n"
    );
    let settings =
        "[[publish.people]]\nname = \"Handforth, Stephen\"\nrole = \"Assistant Director\"\n";
    let output = published(folder.path(), &plan, settings);
    assert!(!output.to_lowercase().contains("handforth"));
    assert!(output.contains("See [link removed] and the page"), "{output}");
}

#[test]
fn a_name_in_an_owner_cell_is_removed_from_all_owners() {
    let folder = tempfile::tempdir().unwrap();
    let owners = [
        "Ashley, Stuart",
        "Lee, Jo",
        "Hill, Jane",
        "Jane",
        "Ashley, Stuart and Lee, Jo",
        "Ashley, Stuart (Finance)",
        "Ashley, Stuart/Head of HR",
        "Al Smith",
        "Da Silva",
        "李小龙",
        "Patel, Priya<br>Bishop, Will",
    ];
    let mut plan = HEAD.to_owned();
    let mut settings = String::new();
    for (number, owner) in (1..).zip(owners) {
        writeln!(plan, "| {number} | Do the thing | {owner} | Sept 2026 | fine |").unwrap();
    }
    for name in [
        "Stuart Ashley",
        "Jo Lee",
        "Jane Hill",
        "Al Smith",
        "Da Silva",
        "李小龙",
        "Priya Patel",
        "Will Bishop",
    ] {
        writeln!(settings, "[[publish.people]]\nname = \"{name}\"").unwrap();
    }
    let output = published(folder.path(), &plan, &settings);
    for part in
        ["Ashley", "Stuart", "Lee", "Hill", "Smith", "Silva", "李", "Patel", "Priya", "Bishop"]
    {
        assert!(!output.contains(part), "{part}: {output}");
    }
    assert!(output.contains("Head of HR") && output.contains("Jane"));
}

#[test]
fn owners_joined_otherwise_than_those_removed_are_no_leak() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "# Plan\n\n| Ref | Action | Owner | Target date | Update | Internal? |\n|---|---|---|---|---|---|\n\
        | 1 | Review pay | Head of HR; DSL | Sept 2026 | fine | Yes |\n\
        | 2 | Train staff | Head of HR and DSL | Sept 2026 | fine | No |\n";
    let output = published(folder.path(), plan, "");
    assert!(output.contains("Head of HR and DSL") && !output.contains("Review pay"));
}

#[test]
fn reporters_beside_dates_are_removed_from_updates() {
    let folder = tempfile::tempdir().unwrap();
    let mut plan = HEAD.to_owned();
    for (number, update) in (1..).zip([
        "12/06/2025 Jo Lee: booked",
        "12/06/2025 (Jo Lee) - booked",
        "Jo Lee 12/06/2025: booked",
        "12/06/2025<br>Jo Lee: booked",
        "[Jo Lee 12/06/2025] booked",
        "June 2025 – Jo Lee – booked",
        "Autumn term (Jo Lee): booked",
        "JL 12/6/25: booked",
    ]) {
        writeln!(plan, "| {number} | Do the thing | Head of HR | Sept 2026 | {update} |").unwrap();
    }
    let output = published(folder.path(), &plan, "");
    assert!(!output.contains("Jo Lee") && !output.contains("JL "), "{output}");
    assert!(output.matches("booked").count() >= 8);
}

#[test]
fn who_signed_something_off_is_published_if_it_is_a_post() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "# Plan\n\n| Ref | Action | Owner | Target date | Signed off by | Approved by | Lead reviewer | Date updated / by | QA by |\n\
        |---|---|---|---|---|---|---|---|---|\n\
        | 1 | Review pay | Head of HR | Sept 2026 | Rita Signer | Programme Board | Sarah Jones | 12/06/2025 Una Updater | QX |\n\
        | 2 | Train staff | Head of HR | Sept 2026 | Head of HR | Director of Finance | | | |\n";
    let output = published(folder.path(), plan, "");
    for word in ["Signer", "Signed off by", "Sarah Jones", "Updater", "QX"] {
        assert!(!output.contains(word), "{word}");
    }
    assert!(output.contains("Programme Board") && output.contains("Director of Finance"));
    let arguments = ["convert", "plan.md", "--audience", "public", "-o", "p.json"];
    let told = said(&run(folder.path(), &arguments));
    assert!(told.contains("posts and bodies under “Approved by” are published"), "{told}");
}
