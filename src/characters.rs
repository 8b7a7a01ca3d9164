//! Characters that no output can hold: they are shown by their numbers.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;

/// The words with each control character named in its place, `[U+001F]`; the first of them is
/// reported. Line ends, tabs and form feeds stay: they are white space.
pub(crate) fn named<'a>(
    words: &'a str,
    place: impl FnOnce() -> Place,
    out: &mut Vec<Diagnostic>,
) -> Cow<'a, str> {
    // a stretch at a time, so that the bytes of one are looked at side by side
    if words
        .as_bytes()
        .chunks(64)
        .all(|some| some.iter().fold(true, |none, byte| none & begins_none(*byte)))
    {
        return Cow::Borrowed(words);
    }
    let Some(first) = words.chars().find(|c| no_character(*c)) else { return Cow::Borrowed(words) };
    let message = format!(
        "the control character U+{:04X} is no part of a text; it is shown as [U+{0:04X}]",
        u32::from(first)
    );
    out.push(
        Diagnostic::new(Code::NotACharacter, message).at(&place()).help("delete it in the source"),
    );
    shown(words)
}

/// The words with each control character named in its place.
pub(crate) fn shown(words: &str) -> Cow<'_, str> {
    if !words.contains(no_character) {
        return Cow::Borrowed(words);
    }
    let mut named = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        if no_character(c) {
            let _ = write!(named, "[U+{:04X}]", u32::from(c)); // a string takes all that is written to it
        } else {
            named.push(c);
        }
    }
    Cow::Owned(named)
}

/// Whether none of those characters begins with the byte; most words have no other.
fn begins_none(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | b'\t' | 0x80..=0xc1 | 0xc3..=0xee | 0xf0..)
}

/// Whether a character is no part of a text.
pub(crate) fn no_character(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}'))
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_named_and_told_once() {
        let mut diagnostics = Vec::new();
        let at = || Place::in_text(3, 4, 5);
        assert_eq!(named("tidy\twords\n", at, &mut diagnostics), "tidy\twords\n");
        assert_eq!(
            named("a\u{1f}b\u{0}\u{ffff}", at, &mut diagnostics),
            "a[U+001F]b[U+0000][U+FFFF]"
        );
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(
            (diagnostics[0].code, diagnostics[0].place.clone()),
            (Code::NotACharacter, Some(at()))
        );
    }
}
