//! White space as people and programs leave it in cells, made plain.

use std::borrow::Cow;

/// Whether the words can stay as they are: no line ends, no odd or needless spaces, nothing that
/// could be an entity or a tag. Most cells are like that, so this is one pass over their bytes, of
/// which those of a stretch are looked at side by side.
pub(super) fn is_tidy(words: &str) -> bool {
    let bytes = words.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    if *first == b' ' || *last == b' ' {
        return false;
    }
    let (stretches, _) = bytes.as_chunks::<STRETCH>();
    let (followed_by, _) = bytes[1..].as_chunks::<STRETCH>();
    let plain = stretches
        .iter()
        .zip(followed_by)
        .map(|(stretch, next)| is_plain(stretch, next))
        .chain(std::iter::repeat(false));
    let mut starts = (0..bytes.len()).step_by(STRETCH).zip(plain);
    // the byte behind a stretch may be a space that follows its last
    starts.all(|(start, plain)| {
        plain || (start..bytes.len().min(start + STRETCH + 1)).all(|at| is_tidy_at(bytes, at))
    })
}

/// How many bytes are looked at side by side.
const STRETCH: usize = 32;

/// Whether bytes are all of characters that are tidy beside any other, but for spaces, of which
/// none follows another.
fn is_plain(stretch: &[u8; STRETCH], next: &[u8; STRETCH]) -> bool {
    let mut odd = 0;
    for (byte, next) in stretch.iter().copied().zip(next.iter().copied()) {
        let twice = u8::from(byte == b' ') & u8::from(next == b' ');
        let minded = u8::from(byte == b'&') | u8::from(byte == b'<') | u8::from(byte == b'_');
        odd |= u8::from(!matches!(byte, b' '..=b'~')) | minded | twice;
    }
    odd == 0
}

/// Whether a byte is of a character that is tidy where it stands.
fn is_tidy_at(bytes: &[u8], i: usize) -> bool {
    let at = |i: usize| bytes.get(i).copied().unwrap_or_default();
    if matches!(at(i), b'\''..=b';' | b'='..=b'^' | b'`'..=b'~') {
        return true;
    }
    match at(i) {
        b' ' => i > 0 && at(i - 1) != b' ',
        0..=0x1f | 0x7f | 0xef => false,
        b'&' => !(at(i + 1).is_ascii_alphabetic() || at(i + 1) == b'#'),
        b'<' => !(at(i + 1).is_ascii_alphabetic() || matches!(at(i + 1), b'/' | b'!')),
        b'_' => at(i + 1) != b'x',
        // the first bytes of the characters that `settled` minds, and of few others
        0xc2 => at(i + 1) > 0xa0 && at(i + 1) != 0xad,
        0xe1 => at(i + 1) != 0x9a,
        0xe2 => match at(i + 1) {
            0x80 => (0x90..0xa8).contains(&at(i + 2)),
            0x81 => at(i + 2) < 0x9f,
            _ => true,
        },
        0xe3 => at(i + 1) != 0x80,
        _ => true,
    }
}

/// Words with their odd spaces made plain.
pub(in crate::read) fn plain_spaces(words: &str) -> Cow<'_, str> {
    if is_tidy(words) { Cow::Borrowed(words) } else { Cow::Owned(settled(words)) }
}

/// The words with each line end as `\n`, each odd space as a space, and without characters that
/// have no width.
pub(super) fn settled(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    let mut returned = false;
    loop {
        let plain = rest.bytes().take_while(|b| stays(*b)).count();
        if plain > 0 {
            let (words, after) = rest.split_at(plain);
            out.push_str(words);
            (rest, returned) = (after, false);
        }
        let Some((c, after)) = first(rest) else { return out };
        rest = after;
        let was_returned = std::mem::replace(&mut returned, c == '\r');
        match c {
            '\n' if was_returned => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}' => out.push(' '),
            '\u{ad}'
            | '\u{200b}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {}
            // joiners and marks of direction have a meaning in scripts that need them and between
            // parts of a sign, none after ASCII
            '\u{200c}'..='\u{200f}'
                if out.chars().next_back().is_none_or(|before| before.is_ascii()) => {}
            _ => out.push(c),
        }
    }
}

/// Whether a byte is of no character that `settled` minds: the others are ASCII or the first of
/// their character.
fn stays(byte: u8) -> bool {
    matches!(byte, b' '..=b'^' | b'`'..=0xc1 | 0xc3..=0xe0 | 0xe4..=0xee | 0xf0..)
}

/// The first character of the words and what follows it; `_x000D_` and its like, which Excel writes
/// for control characters in XML and some exports leave standing, count as the character that they
/// name.
fn first(words: &str) -> Option<(char, &str)> {
    let c = words.chars().next()?;
    if c == '_' {
        for (leftover, meant) in [("_x000D_", '\r'), ("_x000A_", '\n'), ("_x0009_", '\t')] {
            let (head, tail) = words.split_at_checked(leftover.len()).unwrap_or_default();
            if head.eq_ignore_ascii_case(leftover) {
                // the character itself may stand beside its name
                return Some((meant, tail.strip_prefix(meant).unwrap_or(tail)));
            }
        }
    }
    Some((c, &words[c.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tidy_is_what_stays_the_same() {
        for words in [
            "a",
            "Amend key documents",
            "“quoted” – 50% • é £5",
            "R & A, 3 < 4",
            "snake_case",
            "日本",
        ] {
            assert!(is_tidy(words), "{words}");
            assert_eq!(settled(words), words);
        }
        for (typed, read) in [
            ("a\u{a0}b\u{2009}c\u{3000}d", "a b c d"),
            ("soft\u{ad}hyphen\u{200b}\u{feff}", "softhyphen"),
            ("30/09/2011\u{200e}", "30/09/2011"),
            ("a\r\nb\rc\u{b}d\u{2028}e", "a\nb\nc\nd\ne"),
            ("a_x000D_\r\nb_x000d_\nc_x000D_d", "a\nb\nc\nd"),
            ("a\r\n\r\nb\r\rc", "a\n\nb\n\nc"),
            ("👩\u{200d}💻", "👩\u{200d}💻"),
        ] {
            assert!(!is_tidy(typed) || typed == read, "{typed}");
            assert_eq!(settled(typed), read);
        }
    }

    #[test]
    fn words_with_spaces_to_spare_are_not_tidy() {
        for at in 1..70 {
            let words = |odd| format!("{}{odd}{}", "a".repeat(at), "b".repeat(40));
            assert!(is_tidy(&words(" ")) && is_tidy(&words("£")), "{at}");
            for odd in ["  ", "\n", "&amp;", "<b>", "_x000D_", "\u{a0}", "\u{2009}"] {
                assert!(!is_tidy(&words(odd)), "{odd:?} at {at}");
            }
        }
        for words in
            [" a", "a ", "a  b", "a\tb", "a\nb", "&amp;", "<b>", "_x000D_", "\u{85}", "a\u{7f}", ""]
        {
            assert!(!is_tidy(words), "{words}");
        }
    }
}
