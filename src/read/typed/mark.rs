//! Cells that are a coloured sign.

use crate::text::Text;

/// Whether a text is nothing but a dot or square, whose colour is what it says.
pub(in crate::read) fn is_mark(text: &Text) -> bool {
    let [block] = text.blocks.as_slice() else { return false };
    let [span] = block.spans.as_slice() else { return false };
    let mut characters = span.text.trim().chars().filter(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}'));
    matches!(
        characters.next(),
        Some(
            '●' | '•'
                | '⚫'
                | '⬤'
                | '◉'
                | '⏺'
                | '■'
                | '▪'
                | '◼'
                | '⬛'
                | '█'
                | '▲'
                | '▼'
                | '◆'
                | '⚑'
        )
    ) && characters.next().is_none()
}
