//! HTML: web pages, and tables as Word, SharePoint and Excel save them, in whatever encoding.

mod diagnostics;
mod flow;
mod footnotes;
mod marked;
mod page;
mod parse;
mod style;
mod table;
mod tree;
mod words;

use crate::limits::Limits;
use encoding_rs::{Encoding, UTF_8};

use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::place::Place;
use crate::source::Source;
use crate::text::Text;

use super::decode::{DecodedText, EncodingHint, decode};
use super::lines::LineIndex;
use super::{ReadOptions, report_if_empty};

use diagnostics::{PageDiagnostics, PlaceMapping};
use marked::marked;
use page::HtmlPage;
use style::{InheritedStyle, StyleDeclaration};
use tree::HtmlTree;
use words::HtmlText;

/// Reads a page.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Source, Error> {
    let DecodedText { text, diagnostics: guess } = decode(
        bytes,
        EncodingHint { chosen: options.encoding, declared: declared(bytes).map(Into::into) },
    )?;
    let limits = &options.limits;
    let page = HtmlPage::new(parse::parse(&text, limits)?).with_footnotes();
    let mut messages = PageDiagnostics::new(&text, PlaceMapping::Page(LineIndex::new(&text)));
    let blocks = flow::blocks(&page, limits, &mut messages)?;
    page.footnotes.report(&page.tree, &mut messages);
    let mut source =
        Source { blocks, diagnostics: guess.into_iter().chain(messages.finish()).collect() };
    report_if_empty(&mut source, &text);
    Ok(source)
}

/// The text of a cell whose words have tags in them; none if they have not, or more than a page may
/// have.
pub(super) fn cell(words: &str, place: &Place, out: &mut Vec<Diagnostic>) -> Option<Text> {
    let marked = marked(words)?;
    let page = HtmlPage::new(parse::parse(&marked.html, &Limits::default()).ok()?);
    for comment in marked.comments {
        out.push(
            Diagnostic::new(Code::MarkupIgnored, "a comment in HTML was left out")
                .at(place)
                .left_out(comment),
        );
    }
    let mut diagnostics = PageDiagnostics::new(&marked.html, PlaceMapping::Cell(place));
    let taken = table::words(
        &page,
        HtmlTree::ROOT,
        InheritedStyle::SHOWN,
        StyleDeclaration::default(),
        &mut diagnostics,
    );
    out.extend(diagnostics.finish());
    let Some(HtmlText { text, hidden, .. }) = taken else { return Some(Text::default()) };
    if hidden.is_some() {
        let message = "the style of the HTML in this cell hides some of its words; they were kept";
        out.push(Diagnostic::new(Code::HiddenWordsKept, message).at(place));
    }
    Some(text)
}

/// The encoding that a page says it has, near its beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String =
        bytes.iter().take(4096).map(|b| char::from(b.to_ascii_lowercase())).collect();
    let (_, after) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let label = after
        .trim_start_matches(['"', '\'', ' '])
        .split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))
        .next()?;
    // HTML, 13.2.3.2: what can say so in plain letters is not in UTF-16
    Encoding::for_label(label.as_bytes())
        .map(|encoding| if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::colour::Colour;
    use crate::source::{Block, Cell, Grid, HiddenText, Row};

    fn source(page: &str) -> Source {
        read(page.as_bytes(), &ReadOptions::default()).unwrap()
    }

    fn shown(page: &str) -> Vec<String> {
        let source = source(page);
        let cell = |c: &Cell| c.value.to_commonmark().replace("\n\n", " ¶ ").replace('\n', " / ");
        let row =
            |r: &Row| format!("row {}", r.cells.iter().map(cell).collect::<Vec<_>>().join(" ; "));
        let blocks = source.blocks.iter().flat_map(|block| match block {
            Block::Heading { level, text } => {
                vec![format!("h{level} {} {}", text.place, text.value)]
            }
            Block::Paragraph(text) => {
                vec![format!("p {} {}", text.place, text.value.to_commonmark())]
            }
            Block::List(items) => items
                .iter()
                .map(|i| format!("li {} {}", i.place, i.value.to_commonmark()))
                .collect(),
            Block::Grid(grid) => grid.rows.iter().map(row).collect(),
            Block::Hidden(block) => vec![format!("hidden {}", block.place().unwrap())],
        });
        let messages =
            source.diagnostics.iter().map(|d| format!("{} {}", d.code, d.place.as_ref().unwrap()));
        blocks.chain(messages).collect()
    }

    fn grid(page: &str) -> Grid {
        match source(page).blocks.pop() {
            Some(Block::Grid(grid)) => grid,
            other => panic!("no grid but {other:?}"),
        }
    }

    #[test]
    fn blocks_come_in_order_with_their_places() {
        assert_eq!(
            shown(
                "<h1>Title</h1>\n<p>Bare\n<b>bold</b> words<p>Next\n<ul><li>one<li>two<ul><li>deep</ul></ul><ol start=3><li>three</ol>tail"
            ),
            [
                "h1 1:5 Title",
                "p 2:4 Bare **bold** words",
                "p 3:21 Next",
                "li 4:9 - one",
                "li 4:16 - two\n    - deep",
                "li 4:57 3. three",
                "p 4:67 tail",
            ]
        );
    }

    #[test]
    fn cells_keep_paragraphs_lists_and_emphasis() {
        let cells = "<table><tr><th>A<th>B<tr><td><p>c &amp; <i>d</i></p><p><s>e</s></p><td>f<br>g <ul><li>h</li><li>i</li></ul></table>";
        assert_eq!(shown(cells), ["row A ; B", "row c & *d* ¶ ~~e~~ ; f\\ / g ¶ - h / - i"]);
    }

    #[test]
    fn cells_cover_rows_and_columns_as_in_a_browser() {
        let table = "<table><tr><td colspan=3>Plan</td><td></td></tr><tr><td rowspan=2>a<td>b<td colspan=1000000000>c</tr>\
                     <tr><td>d<td>e</tr><tr><td rowspan=9>f</tr></table>";
        let grid = grid(table);
        let cells = |row: &Row| {
            row.cells.iter().map(|c| format!("{} {:?}", c.value, c.span())).collect::<Vec<_>>()
        };
        let rows: Vec<_> = grid.rows.iter().map(cells).collect();
        assert_eq!(
            rows,
            [
                ["Plan (1, 3)", " (1, 1)", " (1, 1)"],
                ["a (2, 1)", "b (1, 1)", "c (1, 1)"],
                [" (1, 1)", "d (1, 1)", "e (1, 1)"],
                ["f (1, 1)", " (1, 1)", " (1, 1)"],
            ]
        );
    }

    #[test]
    fn rows_of_thead_and_leading_rows_of_th_are_marked_as_header() {
        let marked = |rows: &str| grid(&format!("<table>{rows}</table>")).marked_header;
        assert_eq!(marked("<thead><tr><td>A<td>B<tr><td>C<td>D<tbody><tr><th>e<th>f"), 2);
        assert_eq!(marked("<thead><tr hidden><td><td><tr><td>C<td>D<tbody><tr><td>e<td>f"), 1);
        assert_eq!(marked("<tr><th>A<th>B<tr><th>c<td>d"), 1);
        assert_eq!(marked("<tr><th>A<th>B<tr><th>C<th>D"), 0);
        assert_eq!(marked("<tr><td>A<td>B<tr><td>c<td>d"), 0);
    }

    #[test]
    fn what_is_hidden_and_what_is_filled_is_known() {
        let grid = grid(
            "<style>.done {background:#00B050}</style><table><tr><td>a<td bgcolor=red>b<tr style='display:none'><td>c<td class=done>d\
             <tr height=0 style='display:none'><td width=64></td></table>",
        );
        assert_eq!(grid.rows.iter().map(|r| r.hidden).collect::<Vec<_>>(), [false, true]);
        assert_eq!(grid.rows[0].cells[1].fill(), Some(Colour::new(255, 0, 0)));
        assert_eq!(grid.rows[1].cells[1].fill(), Some(Colour::new(0, 0xb0, 0x50)));
    }

    #[test]
    fn hidden_words_are_known_with_what_hides_them() {
        let hidden = |page: &str| {
            let grid = grid(&format!("<table>{page}</table>"));
            let by = |cell: &Cell| {
                cell.hidden().map(|hidden| match hidden {
                    HiddenText::Whole(by) => format!("{by:?}"),
                    HiddenText::Part { by, words, shown } => {
                        format!("{by:?}: {words} | {}", shown.plain())
                    }
                })
            };
            grid.rows
                .iter()
                .flat_map(|row| row.cells.iter().map(by).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        };
        let some = |what: &str| Some(what.to_owned());
        assert_eq!(
            hidden("<col><col style='display:none'><tr><td>a<td>b"),
            [None, some("PageStyle")]
        );
        assert_eq!(
            hidden("<tr><td hidden>a<td>b <span style='visibility:hidden'>c</span> d"),
            [some("PageStyle"), some("PageStyle: c | b d")]
        );
        assert_eq!(
            hidden(
                "<tr><td style='color:#fff'>a<td><font color=white>b</font> c<td bgcolor=navy><font color=white>d</font>"
            ),
            [some("Colour"), some("Colour: b | c"), None]
        );
        assert_eq!(
            shown(
                "<p>a</p><p hidden>b</p><ul><li>c<li style='display:none'>d</ul><div style='display:none'><table><tr><td>e<td>f</table></div>"
            ),
            ["p 1:4 a", "hidden 1:19", "li 1:32 - c", "hidden 1:58", "row e ; f"]
        );
    }

    #[test]
    fn the_colour_of_a_mark_is_the_fill_of_its_cell() {
        let cells =
            &grid("<table><tr><td>a<td><span style='color:#00B050'>●</span><td><span style='color:red'>● b</span></table>").rows[0].cells;
        assert_eq!(
            [1, 2].map(|i: usize| cells[i].fill()),
            [Some(Colour::new(0, 0xb0, 0x50)), None]
        );
    }

    #[test]
    fn tables_in_tables_keep_their_words() {
        assert_eq!(
            shown(
                "<table><tr><td>a<td>b<tr><td>c<td>d<table><tr><td>e<td>f<tr><td>g<td>h</table>i</table>"
            ),
            ["row a ; b", "row c ; d ¶ e | f ¶ g | h ¶ i", "table-in-table 1:36"]
        );
        let layout = "<table><tr><td><p>Plan</p><table><tr><td>a<td>b<tr><td>c<td>d</table></table><table><tr><td>alone</table>";
        assert_eq!(shown(layout), ["p 1:19 Plan", "row a ; b", "row c ; d", "p 1:93 alone"]);
    }

    #[test]
    fn lists_of_word_are_lists() {
        let item = |level: u8, mark: &str, words: &str| {
            format!(
                "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]>\
                 <span style='font-family:Symbol'><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;\
                 </span></span></span><![endif]>{words}<o:p></o:p></p>"
            )
        };
        let page = [
            item(1, "·", "one"),
            item(2, "o", "deep"),
            item(1, "·", "two"),
            item(1, "1.", "first"),
            item(1, "a)", "letter"),
        ]
        .concat();
        let words: Vec<_> = shown(&page)
            .iter()
            .map(|line| line.split(' ').skip(2).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(words, ["- one\n    - deep", "- two", "1. first", "a) letter"]);
        assert_eq!(
            shown(&format!("<table><tr><td>a<td>{page}</table>"))[0],
            "row a ; - one /     - deep / - two ¶ 1. first ¶ a) letter"
        );
    }

    #[test]
    fn paragraphs_that_begin_with_a_dot_are_items() {
        let page = "<p>Share:</p><p class=MsoListParagraph><span>·<span>&nbsp;&nbsp; </span></span>one</p><p>•two</p><p>- three</p>";
        assert_eq!(
            shown(page),
            ["p 1:4 Share:", "li 1:46 - one", "li 1:90 - two", "p 1:101 \\- three"]
        );
    }

    #[test]
    fn what_has_no_meaning_is_left_out_and_told() {
        assert_eq!(
            shown(
                "<p>a <img src=x alt='a chart'> b <img src=y><script>var c;</script><!-- d --><Gap 1>e</Gap></p>"
            ),
            ["p 1:4 a a chart b e", "markup-ignored 1:78", "markup-ignored 1:6"]
        );
    }

    #[test]
    fn the_title_is_a_heading_where_there_is_no_other() {
        let head = "<html><head><meta charset=windows-1252><title>Plan\n2011</title></head>";
        assert_eq!(shown(&format!("{head}<p>a")), ["h1 1:47 Plan 2011", "p 2:23 a"]);
        assert_eq!(shown(&format!("{head}<h2>a")), ["h2 2:24 a"]);
        assert_eq!(shown(""), ["empty-source 1:1"]);
    }

    #[test]
    fn the_encoding_that_a_page_declares_is_believed() {
        let page = b"<html><meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\"><p>Don\x92t".as_slice();
        let source = read(page, &ReadOptions::default()).unwrap();
        assert!(source.diagnostics.is_empty());
        assert!(
            matches!(&source.blocks[0], Block::Paragraph(text) if text.value.plain() == "Don’t")
        );
    }

    #[test]
    fn limits_hold() {
        let few =
            ReadOptions { limits: Limits { cells: 300, ..Limits::default() }, encoding: None };
        for page in [
            "<table>".to_owned() + &"<tr><td rowspan=40>a".repeat(30),
            "<table><tr>".to_owned() + &"<td colspan=1000>a".repeat(2),
        ] {
            assert!(
                read(page.as_bytes(), &few)
                    .is_err_and(|e| e.is_too_large() && e.to_string().starts_with("a table"))
            );
        }
        let plain = "<table>".to_owned() + &"<tr><td>a<td>b".repeat(50);
        assert!(read(plain.as_bytes(), &few).is_ok());
    }

    proptest! {
        #[test]
        fn no_page_makes_it_panic(
            page in "(<(table|tr|td( (col|row)span=[0-9]{1,3})?|/td|/table|p|ul|li|b|/b|h1|style|!--|title|x y)>|[a-zé&;\n ]{1,3}){0,40}",
        ) {
            let source = source(&page);
            prop_assert!(!source.blocks.is_empty() || !source.diagnostics.is_empty());
        }
    }
}
