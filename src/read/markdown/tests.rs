use super::*;

fn shown(markdown: &str) -> Vec<String> {
    let source = read(markdown);
    let text = |t: &Sourced<Text>| format!("{} {}", t.place, t.value.to_commonmark());
    source
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Heading { level, text: t } => vec![format!("h{level} {}", text(t))],
            Block::Hidden(block) => vec![format!("hidden {}", block.place().unwrap())],
            Block::Paragraph(t) => vec![format!("p {}", text(t))],
            Block::List(items) => items.iter().map(|i| format!("li {}", text(i))).collect(),
            Block::Grid(grid) => {
                let cell = |c: &Cell| format!("{} {}", c.place, c.value.to_commonmark());
                grid.rows
                    .iter()
                    .map(|r| {
                        format!("row {}", r.cells.iter().map(cell).collect::<Vec<_>>().join(" ; "))
                    })
                    .collect()
            }
        })
        .chain(source.diagnostics.iter().map(|d| d.code.to_string()))
        .collect()
}

#[test]
fn every_block_knows_its_place() {
    let markdown = "# Title\n\nBare\nparagraph\n\n- one\n- two\n  - deep\n\n| A | B |\n|---|---|\n| c | <p>d &amp; e</p><p>f</p> |\n";
    assert_eq!(
        shown(markdown),
        [
            "h1 1:1 Title",
            "p 3:1 Bare paragraph",
            "li 6:1 - one",
            "li 7:1 - two\n    - deep",
            "row 10:3 A ; 10:7 B",
            "row 12:3 c ; 12:7 d & e\n\nf",
        ]
    );
}

#[test]
fn the_first_row_of_a_pipe_table_is_marked_as_header_unless_it_is_empty() {
    let marked = |markdown: &str| match read(markdown).blocks.pop() {
        Some(Block::Grid(grid)) => grid.marked_header,
        other => panic!("{other:?}"),
    };
    assert_eq!(marked("| A | B |\n|---|---|\n| c | d |\n"), 1);
    assert_eq!(marked("| | |\n|---|---|\n| c | d |\n"), 0);
}

#[test]
fn markup_inside_cells_keeps_its_meaning() {
    let cells =
        "| A |\n|---|\n| <b>x</b> <s>Sept</s> y<br>z <ul><li>one</li><li>two</li></ul> end |\n";
    assert_eq!(shown(cells)[1], "row 3:3 **x** ~~Sept~~ y\\\nz\n\n- one\n- two\n\nend");
}

#[test]
fn cells_beyond_the_header_are_kept_and_told() {
    assert_eq!(
        shown("| A | B |\n|---|---|\n| a | b | c \\| d | e |\n"),
        ["row 1:3 A ; 1:7 B", "row 3:3 a ; 3:7 b | c | d | e", "cells-beyond-header"]
    );
}

#[test]
fn footnotes_are_notes_of_cells_or_of_the_plan() {
    let markdown = "By June.[^1]\n\n| Action[^h] | Owner |\n|---|---|\n| Choose[^2] | Office A[^2] |\n\n[^1]: See the law.\n[^2]: With *approval*.\n[^h]: Agreed in May.\n";
    assert_eq!(
        shown(markdown),
        [
            "p 1:1 By June.",
            "row 3:3 Action ; 3:16 Owner",
            "row 5:3 Choose ; 5:16 Office A",
            "p 7:1 See the law.",
            "p 9:1 Agreed in May.",
            "footnote-read"
        ]
    );
    let Some(Block::Grid(grid)) = read(markdown).blocks.into_iter().nth(1) else {
        panic!("no grid")
    };
    let notes: Vec<_> =
        grid.rows[1].cells.iter().map(|cell| cell.note().map(Text::to_commonmark)).collect();
    assert_eq!(notes, [Some("With *approval*.".to_owned()), None]);
    assert_eq!(shown("a[^9] b"), ["p 1:1 a\\[^9\\] b"]);
}

#[test]
fn many_footnotes_and_braces_take_no_more_than_their_length() {
    for piece in [
        "[^a]: ",
        "{{",
        "{%comment%}",
        "{#a}",
        "{:a ",
        "[^a]: x\n\n> ",
        "a[^a]\n\n[^a]: b\n\n",
        "[^a]: - ",
        "[^a]: > ",
    ] {
        let _ = read(&piece.repeat(20_000));
    }
}

#[test]
fn commands_of_page_builders_are_no_words() {
    let markdown = "---\ntitle: x\n---\n\n{% include a.html %}\n\n[Get it]({{ site.url }}/a.pdf){: .button}\n\n| A | B |\n|---|---|\n| c | {{ d }} |\n{:.wide}\n";
    assert_eq!(
        shown(markdown),
        [
            "p 7:1 Get it",
            "row 9:3 A ; 9:7 B",
            "row 11:3 c ; 11:7 ",
            "markup-ignored",
            "markup-ignored"
        ]
    );
    let left_out = read(markdown).diagnostics.pop().unwrap().left_out.unwrap();
    assert_eq!(
        left_out,
        "{% include a.html %}\n{{ site.url }}/a.pdf\n{: .button}\n{{ d }}\n{:.wide}"
    );
}

#[test]
fn a_table_that_is_none_is_told() {
    let found = shown("| A | B |\n|---|---|---|\n| a | b |\n");
    assert_eq!(found.last().unwrap(), "table-unreadable");
}
