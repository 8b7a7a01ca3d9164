//! Whatever a text holds, its CommonMark reads back as the same text.

use planwright::{SmallVec, Span, SpanStyle, Text, TextBlock, TextBlockKind};
use proptest::prelude::*;

/// Words of a plan, mixed with everything that markdown might take for a mark.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zA-Z0-9]{1,6}",
        2 => r"[-*_~`#>+=|!\[\]()<>&;:.,'\\/ ]{1,4}",
        1 => "[£–“”é]{1,2}",
        1 => Just(" ".to_owned()),
        1 => Just("\n".to_owned()),
        1 => Just("&amp;".to_owned()),
        1 => Just("1. ".to_owned()),
    ];
    prop::collection::vec(word, 1..6).prop_map(|words| words.concat())
}

fn span() -> impl Strategy<Value = Span> {
    let link =
        prop_oneof![4 => Just(None), 1 => Just(Some("https://example.org/a_(b)?c=d e".to_owned()))];
    (words(), any::<bool>(), any::<bool>(), any::<bool>(), link).prop_map(
        |(text, bold, italic, struck, link)| Span {
            text,
            style: SpanStyle { bold, italic, struck, ..SpanStyle::default() },
            link,
        },
    )
}

fn block() -> impl Strategy<Value = TextBlock> {
    let kind = prop_oneof![
        3 => Just(TextBlockKind::Paragraph),
        1 => (0..3_u8).prop_map(|depth| TextBlockKind::Bullet { depth }),
        2 => (0..3_u8, prop_oneof![3 => 1..4_u32, 1 => 1..100_000_u32]).prop_map(|(depth, number)| TextBlockKind::Numbered { depth, number }),
    ];
    (kind, prop::collection::vec(span(), 1..4)).prop_map(|(kind, spans)| {
        let mut block = TextBlock { kind, spans: SmallVec::new() };
        for span in spans {
            block.push(span);
        }
        block
    })
}

/// White space as every reader leaves it: none at the ends of lines, single spaces elsewhere.
fn plain(text: &Text) -> String {
    text.plain().split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_survive_commonmark(blocks in prop::collection::vec(block(), 1..6)) {
        let text = Text { blocks: blocks.into() };
        let written = text.to_commonmark();
        let again = Text::from_commonmark(&written);
        prop_assert_eq!(plain(&again), plain(&text), "{}", written);
        prop_assert_eq!(again.to_commonmark(), written);
    }
}
