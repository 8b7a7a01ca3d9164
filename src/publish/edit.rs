//! Replacing parts of texts, whatever styles they are in.

use std::ops::Range;

use crate::text::{Span, TextBlock};

/// A part of some words, by its bytes, and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextEdit {
    pub(super) range: Range<usize>,
    pub(super) replacement: String,
}

/// Words with parts of them replaced. The edits must be in order and apart.
pub(super) fn words(words: &str, edits: &[TextEdit]) -> String {
    let mut out = String::with_capacity(words.len());
    let mut from = 0;
    for TextEdit { range, replacement } in edits {
        out.push_str(words.get(from..range.start).unwrap_or_default());
        out.push_str(replacement);
        from = range.end;
    }
    out.push_str(words.get(from..).unwrap_or_default());
    out
}

/// Replaces parts of a block's words; a replacement has the style and link of the first word that
/// it replaces.
pub(super) fn block(block: &mut TextBlock, edits: &[TextEdit]) {
    if edits.is_empty() {
        return;
    }
    let mut start = 0;
    let spans = std::mem::take(&mut block.spans);
    for span in spans {
        let end = start + span.text.len();
        let here = edits.iter().filter(|edit| edit.range.start < end && edit.range.end > start);
        let here = here.map(|edit| TextEdit {
            range: edit.range.start.max(start) - start..edit.range.end.min(end) - start,
            replacement: if edit.range.start >= start {
                edit.replacement.clone()
            } else {
                String::new()
            },
        });
        let text = words(&span.text, &here.collect::<Vec<_>>());
        start = end;
        block.push(Span { text, ..span });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_part_is_replaced_across_styles() {
        let mut text = Text::from_commonmark("ask **Jo** Lee or *Sam* Hill");
        let plain = text.plain().into_owned();
        let edit = |part: &str, replacement: &str| {
            let at = plain.find(part).unwrap();
            TextEdit { range: at..at + part.len(), replacement: replacement.to_owned() }
        };
        block(&mut text.blocks[0], &[edit("Jo Lee", "the Head"), edit("Sam Hill", "")]);
        assert_eq!(text.plain(), "ask the Head or ");
        assert_eq!(text.blocks[0].spans[1], Span::bold("the Head"));
    }
}
