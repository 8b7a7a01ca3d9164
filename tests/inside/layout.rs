//! Layout: what stands where, read from the dump of the pages.

#![allow(clippy::unwrap_used)] // a test that cannot find what it looks for has failed

use super::plans;
use super::whole;

use planwright::layout::{LaidOutPages, LayoutOptions, PaperSize, PlanForm, layout};
use planwright::report::{ColumnRole, SectionContent};
use planwright::{Plan, ReportOptions};

use plans::{plan, with_actions};

fn pages(plan: &Plan) -> LaidOutPages {
    layout(&plans::report(plan), &LayoutOptions::default())
}

fn cards(plan: &Plan) -> LaidOutPages {
    layout(
        &plans::report(plan),
        &LayoutOptions { form: PlanForm::Cards, ..LayoutOptions::default() },
    )
}

/// A line of the dump: page, x, y, size, what it is, what it says.
struct Words {
    page: usize,
    x: f64,
    y: f64,
    size: f64,
    what: String,
    said: String,
}

fn words(pages: &LaidOutPages) -> Vec<Words> {
    let text = |line: &str| -> Option<Words> {
        let (head, words) = line.split_once(" “")?;
        let mut parts = head.splitn(6, ' ');
        let page = parts.next()?.parse().ok()?;
        (parts.next()? == "text").then_some(())?;
        let mut number = || parts.next()?.parse().ok();
        Some(Words {
            page,
            x: number()?,
            y: number()?,
            size: number()?,
            what: parts.next()?.to_owned(),
            said: words.trim_end_matches('”').trim_end().to_owned(),
        })
    };
    pages.dump().lines().filter_map(text).collect()
}

#[test]
fn the_title_is_the_largest_and_stands_first() {
    let pages = pages(&with_actions(3));
    let words = words(&pages);
    let title = words.iter().find(|w| w.what == "Heading(1)").unwrap();
    assert_eq!((title.page, title.said.as_str()), (1, "Plan of the county"));
    assert!(words.iter().all(|w| w.size <= title.size));
}

#[test]
fn no_words_are_smaller_than_they_may_be() {
    let pages = pages(&with_actions(40));
    for words in words(&pages) {
        assert!(words.size >= 8.0, "{}", words.said);
        // only notes to a status, and what is repeated, are smaller than the body
        assert!(
            words.size >= 9.0 || words.what == "Artifact" || words.what == "Paragraph",
            "{} {}",
            words.what,
            words.said
        );
    }
}

#[test]
fn headers_themes_and_objectives_are_repeated_on_the_pages_they_continue_on() {
    let pages = pages(&with_actions(60));
    assert!(pages.count() > 3);
    let words = words(&pages);
    let first = words.iter().find(|w| w.said.contains("row1x")).unwrap().page;
    for page in first + 1..=pages.count() {
        let here = |what: &str, said: &str| {
            words.iter().any(|w| w.page == page && w.what.starts_with(what) && w.said == said)
        };
        assert!(here("Artifact", "Reviewer"), "page {page}");
        // what stands in the middle of a page is read there too
        assert!(here("Header", "Safeguarding children (continued)"), "page {page}");
        assert!(here("Header", "1 (continued)"), "page {page}");
    }
    // the contents speak of them too, as links, and so does the summary, before the plan
    let of_plan = |w: &&Words| {
        w.page >= first && !w.what.starts_with("Artifact") && !w.what.starts_with("Link")
    };
    let real = |said: &str| {
        words
            .iter()
            .filter(of_plan)
            .skip_while(|w| w.said != "Reviewer")
            .filter(|w| w.said == said)
            .count()
    };
    assert_eq!((real("Reviewer"), real("Safeguarding children")), (1, 1));
}

#[test]
fn rows_are_kept_whole() {
    let pages = pages(&with_actions(60));
    let words = words(&pages);
    for n in 1..=60 {
        let of_row: Vec<usize> =
            words.iter().filter(|w| w.said.contains(&format!("row{n}x"))).map(|w| w.page).collect();
        assert_eq!(of_row.len(), 2, "row {n}");
        assert_eq!(of_row[0], of_row[1], "row {n} stands on two pages");
    }
}

#[test]
fn a_row_taller_than_a_page_goes_on_with_marks_on_both_sides() {
    let long = (0..3000).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let pages = pages(&plan(&[("One", &long, "measure")]));
    let words = words(&pages);
    let marks = |said: &str| {
        words
            .iter()
            .filter(|w| w.what == "Artifact" && w.said.starts_with(said))
            .map(|w| w.page)
            .collect::<Vec<_>>()
    };
    let (before, after) = (marks("continues on the next page"), marks("1.1 (continued)"));
    assert!(!before.is_empty());
    assert_eq!(before.iter().map(|p| p + 1).collect::<Vec<_>>(), after);
    // every word stands there once, in order
    let said: Vec<&str> = words
        .iter()
        .filter(|w| w.what != "Artifact")
        .flat_map(|w| w.said.split(' '))
        .filter(|w| w.starts_with("word"))
        .collect();
    assert_eq!(said, long.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn nothing_stands_outside_the_margins() {
    for plan in
        [with_actions(60), plan(&[("Objective", &"long".repeat(1250), &"x ".repeat(20_000))])]
    {
        for words in words(&pages(&plan)) {
            assert!(
                words.x >= 32.0 && words.x < 810.0 && words.y > 22.0 && words.y < 575.0,
                "{}",
                words.said
            );
        }
    }
}

#[test]
fn no_word_is_broken_that_need_not_be() {
    let pages = pages(&plan(&[(
        "Straightforwardness",
        "Institutionalisation of multidisciplinary arrangements",
        "Counterproductive",
    )]));
    let words = words(&pages);
    for whole in [
        "Straightforwardness",
        "Institutionalisation",
        "multidisciplinary",
        "arrangements",
        "Counterproductive",
    ] {
        assert!(words.iter().any(|w| w.said.split(' ').any(|word| word == whole)), "{whole}");
    }
}

#[test]
fn a_word_of_five_thousand_letters_is_broken_and_kept() {
    let pages = pages(&plan(&[("One", &"abcde".repeat(1000), "measure")]));
    let letters: String = words(&pages)
        .iter()
        .filter(|w| w.said.contains("abcde") || w.said.contains("bcdea"))
        .map(|w| w.said.as_str())
        .collect();
    assert!(letters.matches("abcde").count() > 900, "{}", letters.len());
}

#[test]
fn what_the_fonts_lack_is_named_with_its_place() {
    let pages = pages(&plan(&[("One", "Ask \u{4E2D}\u{6587} and\u{7}", "measure")]));
    let missing: Vec<(char, &str)> =
        pages.missing.iter().map(|m| (m.character, m.anchor.as_str())).collect();
    assert_eq!(
        missing,
        [('\u{7}', "action-1.1"), ('\u{4E2D}', "action-1.1"), ('\u{6587}', "action-1.1")]
    );
}

#[test]
fn an_empty_plan_has_a_page() {
    let pages = pages(&Plan::default());
    assert!(pages.count() >= 1);
    assert!(pages.dump().contains("Page 1 of"));
}

#[test]
fn many_columns_get_a_larger_sheet_and_very_many_are_set_all_the_same() {
    for columns in [40, 200] {
        let mut report = plans::report(&with_actions(3));
        for section in &mut report.sections {
            for content in &mut section.contents {
                if let SectionContent::Plan(table) = content {
                    let header = planwright::report::ReportColumn {
                        header: "Extra column".into(),
                        role: ColumnRole::Prose,
                    };
                    table.columns.extend(std::iter::repeat_n(header, columns));
                    for action in table
                        .themes
                        .iter_mut()
                        .flat_map(|t| &mut t.objectives)
                        .flat_map(|o| &mut o.actions)
                    {
                        let cell = planwright::report::ReportCell::Text("some words in it".into());
                        action.cells.extend(std::iter::repeat_n(cell, columns));
                    }
                }
            }
        }
        let pages = layout(&report, &LayoutOptions::default());
        let widest = words(&pages).iter().map(|w| w.x).fold(0.0, f64::max);
        assert!(widest > 1190.0, "{columns} columns do not fit on A3: {widest}");
        let broken = !words(&pages).iter().any(|w| w.said.split(' ').any(|word| word == "words"));
        assert_eq!(broken, columns == 200);
    }
}

#[test]
fn the_same_report_gives_the_same_pages() {
    let plan = with_actions(30);
    assert_eq!(pages(&plan).dump(), pages(&plan).dump());
    let a3 = layout(
        &plans::report(&plan),
        &LayoutOptions { paper: PaperSize::A3, ..LayoutOptions::default() },
    );
    assert!(a3.count() < pages(&plan).count());
}

#[test]
fn without_review_columns_the_plan_takes_fewer_pages() {
    let plan = with_actions(60);
    let review = whole::review(&plan, None);
    let without = whole::report(
        &plan,
        &review,
        &ReportOptions { review_columns: false, ..ReportOptions::default() },
    );
    assert!(layout(&without, &LayoutOptions::default()).count() < pages(&plan).count());
}

#[test]
fn lines_side_by_side_share_their_baselines() {
    let words = words(&pages(&with_actions(40)));
    let cells: Vec<&Words> = words
        .iter()
        .filter(|w| (8.9..9.1).contains(&w.size) && w.what == "Cell" && w.page > 2)
        .collect();
    assert!(cells.len() > 100);
    for cell in &cells {
        let off = (cell.y - cells[0].y).rem_euclid(3.0);
        assert!(off.min(3.0 - off) < 0.01, "{} is {off} points off the grid", cell.said);
    }
}

#[test]
fn a_long_word_in_a_narrow_column_is_divided_with_a_hyphen_and_a_name_is_not() {
    let prose = "The safeguarding of unaccompanied children is everyone's responsibility and multidisciplinary. ".repeat(12);
    let pages = pages(&plan(&[(
        "One",
        &prose,
        "Telephone Featherstonehaugh about Featherstonehaugh and Featherstonehaugh",
    )]));
    let words = words(&pages);
    let divided: Vec<&str> =
        words.iter().filter(|w| w.said.ends_with('\u{AD}')).map(|w| w.said.as_str()).collect();
    assert!(!divided.is_empty());
    assert!(divided.iter().all(|line| !line.contains("Feather")), "{divided:?}");
    // no two lines that follow one another end within a word
    for pair in words.windows(2) {
        let both = pair.iter().all(|w| w.said.ends_with('\u{AD}'));
        assert!(!both, "{} / {}", pair[0].said, pair[1].said);
    }
}

#[test]
fn cards_have_a_heading_for_each_action_in_letters_of_twelve_points() {
    let pages = cards(&with_actions(30));
    let words = words(&pages);
    let headings: Vec<&str> = words
        .iter()
        .filter(|w| w.what.starts_with("Heading(5)"))
        .map(|w| w.said.as_str())
        .collect();
    let wanted: Vec<String> = (1..=30).map(|n| format!("Action 1.{n}")).collect();
    assert_eq!(headings, wanted);
    for words in &words {
        assert!(
            words.size >= 12.0
                || words.what == "Artifact"
                || words.what == "Paragraph" && words.page == 1,
            "{}",
            words.said
        );
        assert!(
            words.x >= 54.0 && words.x < 545.0 && words.y > 20.0 && words.y < 820.0,
            "{}",
            words.said
        );
    }
    // a heading never stands alone at the foot of a page
    for n in 1..=30 {
        let heading = words
            .iter()
            .find(|w| w.what.starts_with("Heading(5)") && w.said == format!("Action 1.{n}"))
            .unwrap();
        let field = words.iter().find(|w| w.said.contains(&format!("row{n}x"))).unwrap();
        assert_eq!(heading.page, field.page, "action 1.{n}");
    }
}

#[test]
fn a_card_taller_than_a_page_goes_on_below_its_heading() {
    let long = (0..3000).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let pages = cards(&plan(&[("One", &long, "measure")]));
    let words = words(&pages);
    let again: Vec<usize> = words
        .iter()
        .filter(|w| w.what == "Artifact" && w.said == "Action 1.1 (continued)")
        .map(|w| w.page)
        .collect();
    assert!(again.len() > 3);
    let said: Vec<&str> = words
        .iter()
        .filter(|w| w.what != "Artifact")
        .flat_map(|w| w.said.split(' '))
        .filter(|w| w.starts_with("word"))
        .collect();
    assert_eq!(said, long.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn the_contents_of_a_long_plan_name_the_right_pages() {
    assert!(
        !words(&pages(&with_actions(3))).iter().any(|w| w.said == "Contents"),
        "a short plan needs none"
    );
    for pages in [pages(&with_actions(60)), cards(&with_actions(60)), pages(&with_actions(400))] {
        let words = words(&pages);
        let entry = |title: &str| {
            let at =
                words.iter().position(|w| w.what.starts_with("Link") && w.said == title).unwrap();
            words[at..].iter().find_map(|w| w.said.parse::<usize>().ok()).unwrap()
        };
        // a theme is named in the summary too
        let heading = |title: &str| {
            words.iter().rfind(|w| !w.what.starts_with("Link") && w.said == title).unwrap().page
        };
        for title in ["Summary", "Key to statuses", "The plan", "Safeguarding children"] {
            assert_eq!(entry(title), heading(title), "{title}");
        }
    }
}
