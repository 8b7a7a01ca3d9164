use super::*;
use crate::plan::Colour;

/// A state by its id; a status of the plan's own by its label, and "?" where it is not
/// understood.
fn shown(named: &NamedStatus<'_>) -> String {
    match named {
        NamedStatus::State(state) => state.id.clone(),
        NamedStatus::Own(own) if own.is_known => own.label.clone(),
        NamedStatus::Own(own) => format!("{}?", own.label.trim_end_matches('?')),
    }
}

/// What is said, in a word.
fn diagnostics(words: &str, header: &str, scheme: &Scheme) -> String {
    match read(words, header, scheme) {
        StatusCell::Nothing => "nothing".to_owned(),
        StatusCell::NoStatus => "no status".to_owned(),
        StatusCell::Status { named, yet: None, .. } => shown(&named),
        StatusCell::Status { named, yet: Some(other), .. } => {
            format!("{}, yet {}", shown(&named), shown(&other))
        }
        StatusCell::Several(several) => several.iter().map(shown).collect::<Vec<_>>().join(" or "),
        StatusCell::Prose => "prose".to_owned(),
    }
}

#[test]
fn the_words_that_people_use_are_read() {
    let scheme = Scheme::default();
    for (all, expected) in [
        (
            "Complete|COMPLETED|Done.|closed|Fully implemented|Action complete|B|Blue|100%|100 % complete|Now complete",
            "complete",
        ),
        (
            "Completed Sept 2011|Complete – awaiting sign off|Completed: 12/09/11|Closed on 3 May 2012|Done/closed|(Complete)",
            "complete",
        ),
        (
            "Complete, evidence filed|Complete - Sept 2011|Completed (see minutes)|Status: complete|Completed 12/09/2011",
            "complete",
        ),
        (
            "✅|✔ ✔|☑️|✅ Complete|✓ done|🔵|Yes|Y|wedi'i gwblhau|Embedded|Met|Action taken",
            "complete",
        ),
        (
            "Green|g|GREEN - on track|On target|on-track|Green on track|Green (improving)|In progress – on track|RAG: G",
            "on-track",
        ),
        (
            "was red, now green|Previously amber; now green|changed from red to green|🟢|🟢 On track|gwyrdd|Action on track",
            "on-track",
        ),
        (
            "Amber|A|yellow|Amber (slipped)|Behind schedule|Slipped|DELAYED|Some slippage|In progress/delayed|🟠|🟡|⚠️",
            "at-risk",
        ),
        ("Red|R|RED!|Red: no funding|Off track|Not on track|🔴|was green, now red", "off-track"),
        (
            "Not started|NOT-STARTED|Not yet started|0%|Grey|To do|⚪|No progress|Yet to start|Heb ddechrau",
            "not-started",
        ),
        ("In progress|85%|⏳|50% complete|IN PROGRESS|IN_PROGRESS|in progress", "In progress"),
        ("On hold|ON HOLD|on hold.", "On hold"),
        ("Nearly complete", "Nearly complete"),
        ("almost done", "Almost done"),
        ("Not complete", "Not complete"),
        ("To be completed", "To be completed"),
        ("Overdue", "Overdue"),
        ("N/A", "N/A"),
        ("TBC|None|?|no update", "no status"),
        ("Complete?|complete?|Complete??", "Complete?"),
        ("Red/Amber|R/A|R-A|Red – Amber", "off-track or at-risk"),
        (
            "Amber to Green|Amber moving to Green|Amber → Green|A-G|amber/green (improving)",
            "at-risk or on-track",
        ),
        ("Complete/Amber", "complete or at-risk"),
        ("In progress\nComplete", "In progress or complete"),
        ("✅ Red", "complete or off-track"),
        ("Green - complete|Green (complete)", "on-track, yet complete"),
        ("-|–|...|—|…", "nothing"),
        ("see minutes", "See minutes?"),
        ("Complete by Sept 2011", "Complete by Sept 2011?"),
        ("Red tape removed", "Red tape removed?"),
        ("❌", "❌?"),
        ("●", "●?"),
        ("The group met twice and agreed to bring a paper to the next board", "prose"),
    ] {
        for words in all.split('|') {
            assert_eq!(diagnostics(words, "Status", &scheme), expected, "{words}");
        }
    }
}

#[test]
fn a_header_that_asks_is_answered() {
    let scheme = Scheme::default();
    for (header, words, expected) in [
        ("Complete?", "Yes", "complete"),
        ("Is done?", "TRUE", "complete"),
        ("Is the action complete?", "FALSE", "Not complete"),
        ("Has this been completed yet?", "No", "Not complete"),
        ("Status", "TRUE", "complete"),
        ("Complete?", "y", "complete"),
        ("Done", "TRUE", "complete"),
        ("Completed (Y/N)", "1", "complete"),
        ("Complete", "✓", "complete"),
        ("Complete?", "Yes - June", "complete"),
        ("Complete?", "No", "Not complete"),
        ("Done?", "0", "Not complete"),
        ("Complete?", "FALSE", "Not complete"),
        ("Complete?", "Partly complete", "Partly complete"),
        ("On track?", "Yes", "on-track"),
        ("On track?", "No", "off-track"),
        ("Status", "Yes", "complete"),
        ("RAG", "Y", "at-risk"),
        ("% complete", "1", "1?"),
    ] {
        assert_eq!(diagnostics(words, header, &scheme), expected, "{header}: {words}");
    }
}

proptest::proptest! {
    #[test]
    fn no_words_are_too_odd(words in "([a-zA-Z0-9 ]{0,6}(red|Amber|done|in progress| - | – |/|\\(|\\)|,|→|\n|É|İ|%| to |\\PC)?){0,8}") {
        let scheme = Scheme::default();
        for header in ["Status", "Complete?"] {
            let _ = read(&words, header, &scheme);
        }
    }
}

#[test]
fn a_long_cell_takes_no_longer_than_its_words() {
    let scheme = Scheme::default();
    for words in ["now ", "red/", "Red - ", "a, ", "complete "] {
        let _ = read(&words.repeat(50_000), "Status", &scheme);
    }
}

#[test]
fn a_declared_scheme_is_read_before_the_usual_words() {
    let state = |id: &str, label: &str, colour, definition: &str| State {
        id: id.to_owned(),
        label: label.to_owned(),
        category: None,
        colour,
        definition: definition.to_owned(),
    };
    let scheme = Scheme {
        name: "RAG".to_owned(),
        states: vec![
            state("complete", "Green", Colour::new(0, 0xb0, 0x50), "Action complete"),
            state("in-hand", "Amber", Colour::new(0xff, 0xc0, 0), "In hand"),
            state("stuck", "Parked", Colour::new(0xff, 0, 0), "Waits for others"),
        ],
    };
    for (words, expected) in [
        ("Green", "complete"),
        ("G", "complete"),
        ("Done", "complete"),
        ("A", "in-hand"),
        ("in hand", "in-hand"),
        ("Parked", "stuck"),
        ("R", "stuck"),
        ("Parked (since May)", "stuck"),
        ("Blue", "Blue?"),
        ("On track", "On track"),
    ] {
        assert_eq!(diagnostics(words, "", &scheme), expected, "{words}");
    }
}
