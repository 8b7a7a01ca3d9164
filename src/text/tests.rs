use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn the_first_byte_of_a_kind_is_found_wherever_it_stands(words in "[a-z é]{0,50}[a-z<&]{0,3}[a-z é]{0,50}") {
        let kinds = |byte: u8| [byte == b'<', byte == b'&'];
        prop_assert_eq!(first(words.as_bytes(), kinds), words.find(['<', '&']));
    }
}

#[test]
fn a_cut_keeps_the_style_on_both_sides() {
    let text = Text::from_commonmark("plain **bold words** end");
    let block = &text.blocks[0];
    assert_eq!(block.plain(), "plain bold words end");
    let part = block.slice(6, 10);
    assert_eq!(part.spans, SmallVec::from(Span::bold("bold")));
    assert_eq!(block.slice(11, 20).plain(), "words end");
}

#[test]
fn a_sentence_cut_by_a_page_goes_on() {
    let mut text = Text::from_plain("are provided in");
    text.resume(Text::from_commonmark("several ways.\n\nInternal communication."));
    assert_eq!(text.plain(), "are provided in several ways.\nInternal communication.");
}
