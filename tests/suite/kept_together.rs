//! What stays together on pages: rows and cards that fit, headings with what follows them, the
//! beginning of what is taller than a page; and that no page ends early for it.

#![allow(clippy::unwrap_used)] // a test that cannot find what it looks for has failed

use std::collections::BTreeMap;

use planwright::layout::{LayoutOptions, PlanForm, layout};
use planwright::plan::{Action, Objective, Theme};
use planwright::{Plan, Text};

use crate::plans;

/// Where the lines are whose words are marked with a name: their pages, and how far down.
type Lines = BTreeMap<String, Vec<(usize, f64)>>;

/// The lines by the names that their words begin with, as in `row7x`.
fn lines(plan: &Plan, form: PlanForm) -> Lines {
    let options = LayoutOptions { form, ..LayoutOptions::default() };
    let mut found = Lines::new();
    for line in layout(&plans::report(plan), &options).dump().lines() {
        let Some((head, words)) = line.split_once(" “") else { continue };
        let head: Vec<&str> = head.split(' ').collect();
        let [page, "text", _, y, _, role, ..] = head[..] else { continue };
        let names = words
            .trim_end_matches('”')
            .split_whitespace()
            .filter_map(|word| word.strip_suffix('x'));
        for name in names.filter(|_| !role.starts_with("Artifact")) {
            let at = (page.parse().unwrap(), y.parse().unwrap());
            let lines = found.entry(name.to_owned()).or_default();
            if !lines.contains(&at) {
                lines.push(at);
            }
        }
    }
    for lines in found.values_mut() {
        lines.sort_by(|a, b| a.partial_cmp(b).unwrap());
    }
    found
}

/// So many words of one name.
fn marked(name: &str, words: usize) -> Text {
    Text::from_plain(&vec![format!("{name}x"); words].join(" "))
}

/// Themes of two objectives with rows of different heights, below so many lines.
fn plan(above: usize, heights: &[usize]) -> Plan {
    let mut rows = 0;
    let mut action = |words: usize| {
        rows += 1;
        let action = marked(&format!("row{rows}"), words);
        Action { reference: format!("{rows}"), action, ..Action::default() }
    };
    let objective = |(number, rows): (usize, &[usize])| Objective {
        reference: format!("O{number}"),
        text: Text::from_plain(&format!("aim{number}x")),
        actions: rows.iter().map(|words| action(*words)).collect(),
        ..Objective::default()
    };
    let objectives: Vec<Objective> = heights.chunks(2).enumerate().map(objective).collect();
    let theme = |(number, objectives): (usize, &[Objective])| Theme {
        title: format!("theme{number}x"),
        objectives: objectives.to_vec(),
        ..Theme::default()
    };
    let introduction: Vec<String> = (0..above).map(|_| "A line.".to_owned()).collect();
    Plan {
        title: "Plan".to_owned(),
        introduction: Text::from_commonmark(&introduction.join("\n\n")),
        themes: objectives.chunks(2).enumerate().map(theme).collect(),
        ..Plan::default()
    }
}

/// Where the pages of a form end, and how much more than their words rows and cards take, in points.
const FORMS: [(PlanForm, f64, f64); 2] =
    [(PlanForm::Table, 551.0, 30.0), (PlanForm::Cards, 788.0, 130.0)];

const HEIGHTS: [usize; 16] = [20, 60, 30, 90, 45, 10, 120, 25, 80, 15, 35, 70, 100, 40, 5, 65];

#[test]
fn rows_and_cards_that_fit_are_whole_and_stand_below_their_headings() {
    for (form, foot, around) in FORMS {
        for above in (0..24).step_by(2) {
            let lines = lines(&plan(above, &HEIGHTS), form);
            let mut last: Option<(usize, f64)> = None;
            for number in 0..HEIGHTS.len() {
                let row = &lines[&format!("row{}", number + 1)];
                let (page, top) = row[0];
                let (end, bottom) = row[row.len() - 1];
                assert_eq!(page, end, "row {number} in {form:?} below {above} lines");
                if number % 2 == 0 {
                    // the summary names it too
                    let aim = lines[&format!("aim{}", number / 2)].iter().rev();
                    let aim = aim.into_iter().find(|at| **at <= (page, top + 5.0)).unwrap();
                    assert_eq!(aim.0, page, "objective of row {number} in {form:?}, {above}");
                }
                if number % 4 == 0 {
                    let theme = lines[&format!("theme{}", number / 4)].iter();
                    let (theme, _) = theme.rev().find(|at| **at <= (page, top)).unwrap();
                    assert_eq!(*theme, page, "theme of row {number} in {form:?}, {above}");
                }
                if let Some((before, low)) = last.filter(|(before, _)| *before < page) {
                    assert_eq!(before + 1, page);
                    let heads = if number % 4 == 0 { 90.0 } else { 45.0 };
                    let wanted = bottom - top + around + heads;
                    assert!(
                        low + wanted > foot,
                        "page {before} ends at {low} though row {number} takes {wanted} in {form:?}, {above}"
                    );
                }
                last = Some((end, bottom));
            }
        }
    }
}

#[test]
fn what_is_taller_than_a_page_begins_where_enough_of_it_fits() {
    for (form, foot, least) in [(PlanForm::Table, 551.0, 3), (PlanForm::Cards, 788.0, 2)] {
        let mut began = [0, 0];
        for above in (0..40).step_by(3) {
            let lines = lines(&plan(above, &[30, 700, 20, 900]), form);
            for (row, before) in [("row2", "row1"), ("row4", "row3")] {
                let row = &lines[row];
                let (page, top) = row[0];
                let here = row.iter().filter(|(on, _)| *on == page).count();
                assert!(here >= least, "{here} lines of a tall row begin a page, {form:?} {above}");
                let (page_before, low) = lines[before][lines[before].len() - 1];
                began[usize::from(page_before < page)] += 1;
                if form == PlanForm::Table {
                    // a third of the page, or the top of one
                    let left = foot - top;
                    assert!(left > 150.0 || top < 100.0, "{left} left for a tall row, {above}");
                    assert!(
                        page == page_before || foot - low < 230.0,
                        "a page ends at {low} before a tall row, {above}"
                    );
                } else {
                    assert!(
                        page == page_before || foot - low < 170.0,
                        "a page ends at {low} before a tall card, {above}"
                    );
                }
                // every page but the last is full
                for page in page + 1..row[row.len() - 1].0 {
                    let bottom = row.iter().filter(|(on, _)| *on == page).map(|(_, y)| *y);
                    let bottom = bottom.fold(0.0, f64::max);
                    assert!(foot - bottom < 60.0, "page {page} ends at {bottom}, {form:?} {above}");
                }
            }
        }
        assert!(began.iter().all(|count| *count > 0), "{began:?}");
    }
}
