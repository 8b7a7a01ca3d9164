//! A source or plan at a limit is read, and one beyond it is refused with the name of the limit.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot write its files has failed

use planwright::plan::{Action, Objective, Theme};
use planwright::{Error, Format, Limits, Plan, read_within};

fn read(text: &str, format: Format, limits: &Limits) -> Result<(), Error> {
    read_within(text.as_bytes(), format, limits).map(|_| ())
}

/// What is said of a source that goes beyond a limit.
fn refused(text: &str, format: Format, limits: &Limits) -> String {
    let error = read(text, format, limits).unwrap_err();
    assert!(error.is_too_large());
    error.to_string()
}

#[test]
fn rows_up_to_the_limit_are_read() {
    let limits = Limits { rows: 4, ..Limits::default() };
    let markdown =
        |n: usize| "| Action | Owner |\n|---|---|\n".to_owned() + &"| Amend | Jo |\n".repeat(n - 1);
    let values = |n: usize| "Action,Owner\n".to_owned() + &"Amend,Jo\n\n".repeat(n - 1);
    let page = |n: usize| {
        format!("<table><tr><th>Action<th>Owner{}</table>", "<tr><td>Amend<td>Jo".repeat(n - 1))
    };
    let makes: [(Format, &dyn Fn(usize) -> String); 3] =
        [(Format::Markdown, &markdown), (Format::Delimited, &values), (Format::Html, &page)];
    for (format, make) in makes {
        assert!(read(&make(4), format, &limits).is_ok(), "{format:?}");
        assert!(
            refused(&make(5), format, &limits).contains("the limit on rows is 4"),
            "{format:?}"
        );
    }
}

#[test]
fn columns_and_paragraphs_up_to_the_limit_are_read() {
    let limits = Limits { columns: 3, blocks: 3, ..Limits::default() };
    assert!(read("a,b,c\n", Format::Delimited, &limits).is_ok());
    assert!(refused("a,b,c,d\n", Format::Delimited, &limits).contains("the limit on columns is 3"));
    assert!(read("# Plan\n\n- a\n- b\n", Format::Markdown, &limits).is_ok());
    assert!(
        refused("# Plan\n\n- a\n- b\n\nwords\n", Format::Markdown, &limits)
            .contains("the limit on paragraphs is 3")
    );
}

#[test]
fn cells_bytes_and_lines_up_to_the_limit_are_read() {
    let limits = Limits { cells: 6, line: 12, bytes: 40, ..Limits::default() };
    assert!(read("a,b\nc,d\ne,f\n", Format::Delimited, &limits).is_ok());
    assert!(
        refused("a,b\nc,d\ne,f\ng,h\n", Format::Delimited, &limits).contains("up to 6 are read")
    );
    assert!(read("twelve bytes\n", Format::Markdown, &limits).is_ok());
    assert!(
        refused("thirteen bytes", Format::Markdown, &Limits { line: 13, ..limits.clone() })
            .contains("the line is")
    );
    assert!(read(&"words\n".repeat(6), Format::Markdown, &limits).is_ok());
    assert!(refused(&"words\n".repeat(7), Format::Markdown, &limits).contains("the source is"));
}

#[test]
fn tags_up_to_the_limit_are_read() {
    let limits = Limits { nesting: 10, ..Limits::default() };
    let page = |depth: usize| "<div>".repeat(depth) + "words";
    let deepest =
        (1..20).take_while(|depth| read(&page(*depth), Format::Html, &limits).is_ok()).last();
    assert_eq!(deepest, Some(9));
    assert!(refused(&page(10), Format::Html, &limits).contains("more than 10 deep"));
}

#[test]
fn a_table_of_nearly_nothing_is_refused() {
    let limits = Limits::default();
    let staircase = |n: usize| format!("<table>{}", "<tr><td rowspan=65000>a<td>b".repeat(n));
    assert!(read(&staircase(300), Format::Html, &limits).is_ok());
    assert!(refused(&staircase(2_000), Format::Html, &limits).contains("nearly all of them empty"));
}

#[test]
fn a_plan_at_the_limit_is_taken_and_one_beyond_it_is_not() {
    let plan = |n: usize| {
        let objective = Objective { actions: vec![Action::default(); n], ..Objective::default() };
        Plan {
            themes: vec![Theme { objectives: vec![objective], ..Theme::default() }],
            ..Plan::default()
        }
    };
    let limits = Limits::default();
    assert!(plan(limits.rows).check_size(&limits).is_ok());
    let error = plan(limits.rows + 1).check_size(&limits).unwrap_err();
    assert_eq!(
        error.to_string().lines().next().unwrap(),
        "the plan has 60001 actions; the limit on actions is 60000"
    );
}
