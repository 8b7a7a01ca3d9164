//! What a person typed into one cell of a spreadsheet, made a text: paragraphs, lists, and spaces
//! that are plain.

pub(super) mod entity;
pub(super) mod items;
mod lines;
pub(super) mod mark;
pub(super) mod tidy;

use crate::characters;
use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::text::{SmallVec, Span, Text, TextBlock};

use super::html;

use entity::decoded;

/// The text of a cell, from its runs of words.
///
/// Odd spaces become plain ones, lines that begin with a bullet or count up from 1 become items,
/// and entities are read. Quotation marks and the like stay as typed.
pub(super) fn text(runs: SmallVec<Span>, place: &Place, out: &mut Vec<Diagnostic>) -> Text {
    if runs.iter().all(|run| run.text.is_empty()) {
        return Text::default();
    }
    if let [only] = runs.as_slice()
        && tidy::is_tidy(&only.text)
    {
        return TextBlock::paragraph(runs).into();
    }
    let mut text = plain_lines(&runs).unwrap_or_else(|| mended(runs, place, out));
    text.shrink_to_fit();
    text
}

/// The text of runs whatever they are.
fn mended(runs: SmallVec<Span>, place: &Place, out: &mut Vec<Diagnostic>) -> Text {
    if let [only] = runs.as_slice()
        && let Some(text) = html::cell(&only.text, place, out)
    {
        return in_style_of(only, text);
    }
    let runs: Vec<Span> = runs.into_iter().map(|run| settled(run, place, out)).collect();
    items::assembled(lines::of_runs(&runs))
}

/// Lines that need no mending and of which none can be an item: after single words, the most common
/// cells.
fn plain_lines(runs: &[Span]) -> Option<Text> {
    let whole: Cow<'_, str> = match runs {
        [only] => Cow::Borrowed(&only.text),
        many => Cow::Owned(many.iter().map(|run| run.text.as_str()).collect()),
    };
    if !whole
        .split('\n')
        .all(|line| line.is_empty() || (tidy::is_tidy(line) && !items::is_marked(line)))
    {
        return None;
    }
    let mut text = Text::default();
    let mut breaks = 2_usize;
    for run in runs {
        for (i, piece) in run.text.split('\n').enumerate() {
            breaks += usize::from(i > 0);
            if piece.is_empty() {
                continue;
            }
            let span = Span { text: piece.to_owned(), style: run.style, link: run.link.clone() };
            match (text.blocks.last_mut(), std::mem::take(&mut breaks)) {
                (Some(block), 0) => block.push(span),
                (Some(block), 1) => block.next_line(span),
                _ => text.blocks.push(TextBlock::paragraph(vec![span])),
            }
        }
    }
    Some(text)
}

/// A run with its spaces and line ends made plain, its entities read and its control characters
/// named.
fn settled(mut run: Span, place: &Place, out: &mut Vec<Diagnostic>) -> Span {
    let plain = tidy::settled(&decoded(&run.text));
    run.text = characters::named(&plain, || place.clone(), out).into_owned();
    run
}

/// A text that was marked up within a run of words which has a style and link of its own.
fn in_style_of(run: &Span, mut text: Text) -> Text {
    for span in text.blocks.iter_mut().flat_map(|block| &mut block.spans) {
        span.style.bold |= run.style.bold;
        span.style.italic |= run.style.italic;
        span.style.struck |= run.style.struck;
        span.link = span.link.take().or_else(|| run.link.clone());
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{SpanStyle, TextBlockKind};

    /// The blocks in a line: `*` before an item, `**` before one deep, `1.` with a number, `/` for
    /// a line break.
    fn shown(text: &Text) -> String {
        let block = |block: &TextBlock| {
            let words = block.plain().replace('\n', " / ");
            match block.kind {
                TextBlockKind::Paragraph => words,
                TextBlockKind::Bullet { depth } => {
                    format!("{} {words}", "*".repeat(usize::from(depth) + 1))
                }
                TextBlockKind::Numbered { depth, number } => {
                    format!("{}{number}. {words}", "*".repeat(usize::from(depth)))
                }
            }
        };
        text.blocks.iter().map(block).collect::<Vec<_>>().join(" | ")
    }

    fn read(words: &str) -> String {
        let mut diagnostics = Vec::new();
        let text = text(Span::plain(words).into(), &Place::in_text(1, 1, 0), &mut diagnostics);
        assert_eq!(diagnostics, [], "{words:?}");
        shown(&text)
    }

    #[test]
    fn spaces_and_line_ends_are_made_plain() {
        for (typed, expected) in [
            ("Amend key documents", "Amend key documents"),
            ("", ""),
            (" \u{a0}\r\n ", ""),
            ("  Lin\u{a0}Ferguson ", "Lin Ferguson"),
            ("two  spaces\tand a tab", "two spaces and a tab"),
            ("one\r\ntwo", "one / two"),
            ("one _x000D_\ntwo", "one / two"),
            ("one\n\n \ntwo", "one | two"),
            ("A &amp; B&nbsp;C, R&D", "A & B C, R&D"),
            ("“curly” and \"straight\"", "“curly” and \"straight\""),
            ("'=SUM(A1)", "'=SUM(A1)"),
        ] {
            assert_eq!(read(typed), expected, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn plain_lines_are_read_as_other_lines_are(lines in prop::collection::vec(line(), 1..5), cut in 0_usize..60) {
            let words = lines.join("\n");
            let cut = words.char_indices().nth(cut).map_or(words.len(), |(at, _)| at);
            let (first, second) = words.split_at(cut);
            let runs = [Span::plain(first), Span::bold(second)];
            let runs: Vec<Span> = runs.into_iter().filter(|run| !run.text.is_empty()).collect();
            if let Some(text) = plain_lines(&runs) {
                let mut diagnostics = Vec::new();
                prop_assert_eq!(text, mended(runs.into(), &Place::in_text(1, 1, 0), &mut diagnostics));
                prop_assert_eq!(diagnostics, []);
            }
        }
    }

    /// A line of the kinds that cells have: most begin with a word, some with what could be a mark
    /// or markup.
    fn line() -> impl Strategy<Value = String> {
        let begin = prop_oneof![
            4 => "[A-Za-zé]{1,4}",
            3 => "[0-9]{1,4}",
            3 => "[0-9]{1,2}[./)][0-9]{1,2}([./][0-9]{2})?",
            2 => "[£\"'“‘(\\[#+=%~]",
            4 => "[12][.)]",
            1 => "[0-9]{1,3}[.)]",
            2 => "[•·▪*§o–—-]",
            1 => Just(String::new()),
        ];
        let go_on = prop_oneof![4 => "( [A-Za-z0-9£%(]{1,5}[,.:)]?){1,3}", 2 => "[A-Za-z0-9 ,.:)&<_-]{0,4}", 1 => Just(String::new())];
        (begin, go_on).prop_map(|(begin, go_on)| begin + &go_on)
    }

    #[test]
    fn lists_are_told_by_their_marks() {
        for (typed, expected) in [
            ("- one\n- two", "* one | * two"),
            ("Share:\n• one\n• two\nAfter", "Share: | * one | * two | After"),
            ("\u{f0b7}\u{a0} one\n\u{f0b7}\u{a0} two", "* one | * two"),
            ("-one\n-two", "* one | * two"),
            ("o one\no two", "* one | * two"),
            ("Share:\n- only", "Share: | * only"),
            ("Share\n- only", "Share / - only"),
            ("- only", "- only"),
            ("-5\n-6", "-5 / -6"),
            ("§ 47 enquiries\n§ 17 plans", "§ 47 enquiries / § 17 plans"),
            ("• one\n  - one deep\n• two", "* one | ** one deep | * two"),
            ("• one\no one deep\n▪ two deep\n• two", "* one | ** one deep | *** two deep | * two"),
            ("- one\n– two\n-three", "* one | * two | * three"),
            (" - one\n- two", "* one | * two"),
            ("• one that\ngoes on\n• two\n   Goes on", "* one that / goes on | * two / Goes on"),
            ("• one\n\n• two", "* one | * two"),
        ] {
            assert_eq!(read(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn numbers_are_items_where_they_count_up_from_one() {
        for (typed, expected) in [
            ("1. one\n2. two", "1. one | 2. two"),
            ("1) one\n2)two\n3) three", "1. one | 2. two | 3. three"),
            ("1. one\n3. three", "1. one / 3. three"),
            ("2. two\n3. three", "2. two / 3. three"),
            ("1. only", "1. only"),
            ("1.1 one\n1.2 two", "1.1 one / 1.2 two"),
            ("a) one\nb) two", "a) one / b) two"),
            ("1. one\n- deep\n- deeper\n2. two", "1. one | ** deep | ** deeper | 2. two"),
            ("1. one\n   1) deep\n   2) deeper\n2. two", "1. one | *1. deep | *2. deeper | 2. two"),
            ("1. one\n2. two\nAnd:\n1. one\n2. two", "1. one | 2. two | And: | 1. one | 2. two"),
        ] {
            assert_eq!(read(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn styles_and_links_survive() {
        let mut diagnostics = Vec::new();
        let link = Span { link: Some("https://example.org/".to_owned()), ..Span::plain("report") };
        let runs =
            vec![Span::plain("• "), Span::bold("one  "), Span::plain(" more\n•\u{a0}the "), link];
        let text = text(runs.into(), &Place::in_sheet("Plan", 3, 2), &mut diagnostics);
        assert_eq!(text.to_commonmark(), "- **one** more\n- the [report](<https://example.org/>)");
        assert_eq!(diagnostics, []);
    }

    #[test]
    fn tags_have_their_meaning_and_what_only_looks_like_one_is_words() {
        for (typed, expected) in [
            ("<div>One &amp; two</div><div>three<br>four</div>", "One & two | three / four"),
            (
                "<div class=\"ExternalClassA\"><p>\u{200b}Share:</p><ul><li>one</li><li>two</li></ul></div>",
                "Share: | * one | * two",
            ),
            ("<p>- one</p><p>- two</p>", "* one | * two"),
            ("<b>One</b>\ntwo", "One / two"),
            ("a < b and c > d", "a < b and c > d"),
            ("<Gap 1>, <name> and <b then c> d", "<Gap 1>, <name> and <b then c> d"),
            ("<p>R&D, <Gap 1>, 3 < 4 &amp;nbsp; &pound;5</p>", "R&D, <Gap 1>, 3 < 4 &nbsp; £5"),
            ("&lt;b&gt;", "<b>"),
            ("<p>\u{a0}</p>", ""),
        ] {
            assert_eq!(read(typed), expected, "{typed:?}");
        }
        let mut diagnostics = Vec::new();
        let marked = "<p>a <strong>b</strong> <a href=\"https://example.org\">c</a> <a href=\"javascript:x\">d</a></p><!-- e -->";
        let text = text(Span::plain(marked).into(), &Place::in_text(1, 1, 0), &mut diagnostics);
        assert_eq!(text.to_commonmark(), "a **b** [c](<https://example.org>) d");
        assert_eq!(diagnostics[0].left_out.as_deref(), Some("<!-- e -->"));
    }

    #[test]
    fn control_characters_are_named() {
        let mut diagnostics = Vec::new();
        let text =
            text(Span::plain("a\u{1f}b").into(), &Place::in_sheet("Plan", 3, 2), &mut diagnostics);
        assert_eq!(shown(&text), "a[U+001F]b");
        assert_eq!(diagnostics[0].place, Some(Place::in_sheet("Plan", 3, 2)));
    }

    proptest! {
        /// Words of few kinds of pieces meet the rules more often than words of any letters.
        #[test]
        fn no_letter_or_digit_is_lost(pieces in prop::collection::vec(piece(), 0..12), styles in any::<u8>()) {
            let typed = pieces.concat();
            // a tag or a reference is markup, however short its name
            let is_markup = |mark: char| typed.split(mark).skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
            prop_assume!(!is_markup('<') && !is_markup('&'));
            let middle = typed.char_indices().nth(typed.chars().count() / 2).map_or(0, |(at, _)| at);
            let (head, tail) = typed.split_at(middle);
            let styled = Span { text: tail.to_owned(), style: SpanStyle { bold: styles & 1 == 1, ..SpanStyle::default() }, link: None };
            let runs = if styles & 2 == 2 { vec![Span::plain(&*typed)] } else { vec![Span::plain(head), styled] };
            let mut diagnostics = Vec::new();
            let read = text(runs.into(), &Place::in_text(1, 1, 0), &mut diagnostics);
            // a circle that marks an item is typed as the letter o
            let kept = |words: &str| words.chars().filter(|c| c.is_alphanumeric() && *c != 'o').collect::<String>();
            prop_assert_eq!(kept(&shown(&read)), kept(&typed));
        }

        #[test]
        fn no_words_make_it_panic(words in any::<String>(), marked in "(<(p|/p|br|ul|li|b|a href='x'|!--|table|td|x)>|&(amp|#12|x);|[a-z \n-])*") {
            for words in [words, marked] {
                text(Span::plain(words).into(), &Place::in_text(1, 1, 0), &mut Vec::new());
            }
        }
    }

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-zé0-9]{1,4}",
            "[ \t\n\r\u{a0}\u{200b}-]{1,3}",
            "\n(-|–|•|o|\\*|§|\u{f0b7}) ?",
            "\n[1-3][.)] ?",
            "[:<>&;]"
        ]
    }
}
