//! The table of cases: what people type, and what it means.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Code;

/// What people type, and what it means: kind, first day, day due, and what is reported.
const CASES: &str = include_str!("cases.txt");

/// The headers of columns of reports, and the dates that they name.
const HEADERS: &str = "
        30/9/2014                      | 2014-09-30 |
        4/30/2014                      | 2014-04-30 | date-guessed
        2014-09-30 00:00:00            | 2014-09-30 |
        41912                          | 2014-09-30 | date-guessed
        Nov 2011                       | 2011-11    |
        Novmber 2011                   | 2011-11    | date-guessed
        November 2011 update           | 2011-11    |
        Update - March 2012            | 2012-03    |
        Update (Nov 11):               | 2011-11    |
        Position as at 31 March 2012   | 2012-03-31 |
        RAG status Sept '11            | 2011-09    |
        Q3 2016/17 position            | 2016-12    | date-approximate
        Progress: Jan-Mar 2012         | 2012-03    | date-approximate
        Autumn term 2011 review        | 2011-12    | date-approximate
        Update                         |            |
        March update                   |            |
        2012                           |            |
        2011/12                        |            |
        Cost 2011/12                   |            |
        Target Sept 2011 and Dec 2011? |            |
        Budget March 2012              |            |
        Completed Sept 2011            |            |
        51121                          |            |
";

fn cases(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| line.contains(" |"))
        .map(|line| line.split('|').map(str::trim).collect())
}

/// What is found in a text, as the table has it.
fn found(text: &str) -> String {
    let TargetReading { target, doubts } =
        of_cell(&Text::from_plain(text), DateConventions::default());
    let shown = |day: Option<crate::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let diagnostics: Vec<&str> = doubts.iter().map(|d| d.code.name()).collect();
    format!(
        "{:?} | {} | {} | {}",
        target.kind,
        shown(target.start),
        shown(target.due),
        diagnostics.join(" ")
    )
}

#[test]
fn dates_mean_what_people_mean_by_them() {
    let cases: Vec<_> = cases(CASES).collect();
    assert!(cases.len() >= 150);
    let mut wrong = Vec::new();
    for case in cases {
        let [text, meaning @ ..] = case.as_slice() else { panic!("{case:?}") };
        let found = found(text);
        if found != meaning.join(" | ") {
            wrong.push(format!("{text} | {found}"));
        }
        assert_eq!(Target::read(text).text, *text);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn capitals_spaces_and_a_full_stop_change_nothing() {
    for case in cases(CASES).filter(|case| !case[0].is_empty()) {
        let text = case[0];
        let spaced = format!("  {}\t", text.replace(' ', " \u{a0} "));
        for other in [text.to_uppercase(), text.to_lowercase(), spaced, format!("{text}.")] {
            assert_eq!(found(&other), found(text), "{other:?}");
        }
    }
}

#[test]
fn lines_part_dates_and_notes_or_only_wrap_them() {
    for (text, same) in [
        ("Sept\n2011", "Sept 2011"),
        ("Friday\n30 Sept 2011", "Friday 30 Sept 2011"),
        ("3\nMay 2012", "3 May 2012"),
        ("Sept 2011\nDec 2011", "Sept 2011; Dec 2011"),
        ("Sept 2011\nsubject to funding", "Sept 2011; subject to funding"),
    ] {
        let text = Text::from_plain(text);
        assert_eq!(
            of_cell(&text, DateConventions::default()).target.due,
            Target::read(same).due,
            "{same}"
        );
    }
}

#[test]
fn a_struck_date_gives_way_to_what_stands_beside_it() {
    for (markdown, due, diagnostics) in [
        ("~~June 30, 2020~~ **July 31, 2020\\***", Some("2020-07-31"), Code::DateReplaced),
        ("~~July 31, 2020~~ 90 days after guidance is issued", None, Code::DateReplaced),
        ("~~Sept 2011~~", None, Code::NoTargetDate),
        ("~~Sept 2011~~ TBC", None, Code::NoTargetDate),
    ] {
        let cell = Text::from_commonmark(markdown);
        let TargetReading { target, doubts } = of_cell(&cell, DateConventions::default());
        assert_eq!(target.due.map(|d| d.to_string()).as_deref(), due, "{markdown}");
        assert!(doubts.iter().any(|d| d.code == diagnostics), "{doubts:?}");
        assert_eq!(target.text, cell.plain());
    }
}

#[test]
fn doubts_name_what_was_taken() {
    let diagnostics = |text: &str| {
        let doubts = of_cell(&Text::from_plain(text), DateConventions::default()).doubts;
        doubts.into_iter().map(|d| d.message).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        diagnostics("40816"),
        "“40816” was read as 30 September 2011: spreadsheets keep that day as this number"
    );
    assert_eq!(
        diagnostics("51121"),
        "“51121” would be 17 December 2039, as spreadsheets count days; that is too unlikely to be taken, so it stays as typed"
    );
    assert_eq!(
        diagnostics("4/30/2014"),
        "“4/30/2014” was read as 30 April 2014: with the day first there is no such date"
    );
    assert_eq!(
        diagnostics("Weds 3 May 2012"),
        "“Weds 3 May 2012” was read as 3 May 2012: 3 May 2012 is a Thursday"
    );
    assert_eq!(
        diagnostics("Dec 2011 (was Sept 2011)"),
        "“Dec 2011” counts in place of “Sept 2011”, as the words around them say"
    );
}

#[test]
fn only_words_that_say_so_make_an_action_done() {
    for (text, done) in [
        ("Complete", true),
        ("Already actioned (Aug 11).", true),
        ("Sept 2011 - complete", true),
        ("31/03/12 (met)", true),
        ("Complete Sept 2011", false),
        ("To be completed by Sept 2011", false),
        ("Sept 2011 (not all complete yet)", false),
        ("Sept 2011 - complete subject to sign-off", false),
        ("Not complete - March 2012", false),
        ("Complete the review of the 2011 strategy", false),
    ] {
        assert_eq!(says_done(text), done, "{text}");
    }
}

#[test]
fn headers_of_reports_name_their_dates() {
    for case in cases(HEADERS) {
        let [text, date, diagnostics] = case.as_slice() else { panic!("{case:?}") };
        let found = header_date(text).map(|(date, doubts)| {
            let diagnostics: Vec<&str> = doubts.iter().map(|d| d.code.name()).collect();
            (date.to_string(), diagnostics.join(" "))
        });
        assert_eq!(
            found,
            (!date.is_empty()).then(|| ((*date).to_owned(), (*diagnostics).to_owned())),
            "{text}"
        );
    }
}

#[test]
fn a_plain_date_has_no_doubt_and_nothing_beside_it() {
    for (text, date) in [
        ("November 2011", Some("2011-11")),
        ("by end of Nov '11", Some("2011-11")),
        ("30/11/2011", Some("2011-11-30")),
        ("2011", None),
        ("Nov", None),
        ("Novmber 2011", None),
        ("4/30/2014", None),
        ("Nov 2011 (revised)", None),
        ("Sept - Nov 2011", None),
    ] {
        assert_eq!(partial_date(text).map(|d| d.to_string()).as_deref(), date, "{text}");
    }
}

#[test]
fn half_a_date_is_known_as_such() {
    for (text, half) in [
        ("Mar", true),
        ("'12", true),
        ("2012", true),
        ("Mar '12", false),
        ("", false),
        ("Dave", false),
    ] {
        assert_eq!(is_fragment(text), half, "{text}");
    }
}

#[test]
fn a_long_cell_is_only_looked_at_as_far_as_a_date_goes() {
    for (piece, kind) in [
        ("Sept 11 / ", TargetKind::Unknown),
        ("ongoing ", TargetKind::Ongoing),
        ("(", TargetKind::Unknown),
        ("1.", TargetKind::Unknown),
    ] {
        let text = piece.repeat(100_000 / piece.len());
        assert_eq!(Target::read(&text).kind, kind, "{piece}");
        assert!(tokens::TokenStream::of(&text).all.len() <= 120);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>(), year_starts in any::<i8>()) {
        of_cell(&Text::from_plain(&text), DateConventions { year_starts });
        header_date(&text);
        partial_date(&text);
    }

    #[test]
    fn any_words_of_dates_are_read_and_end_after_they_begin(
        pieces in proptest::collection::vec(0..400_usize, 0..12),
        signs in proptest::collection::vec("[-/. ,;:()'\n]{1,2}", 12),
        year_starts in 1..=12_i8,
    ) {
        let all: Vec<&str> = cases(CASES).flat_map(|case| case[0].split(' ').collect::<Vec<_>>()).collect();
        let words = pieces.iter().zip(&signs).map(|(i, sign)| format!("{}{sign}", all[(i * 7) % all.len()]));
        let text: String = words.collect();
        let TargetReading { target, doubts } = of_cell(&Text::from_plain(&text), DateConventions { year_starts });
        prop_assert!(target.start.zip(target.due).is_none_or(|(start, due)| start <= due));
        prop_assert!(target.kind != TargetKind::Unknown || !doubts.is_empty() || text.trim().is_empty(), "{text}");
        header_date(&text);
    }
}
