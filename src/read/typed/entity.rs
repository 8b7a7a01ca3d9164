//! The entities of HTML that programs leave in cells: `&amp;`, `&nbsp;`, `&#8217;`.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use html5ever::data::NAMED_ENTITIES;

/// The longest name or number, from `&` to `;`.
const LONGEST: usize = 34;

/// The words with their entities read, each once.
pub(in crate::read) fn decoded(words: &str) -> Cow<'_, str> {
    let Some(mut at) = words.find('&') else { return Cow::Borrowed(words) };
    let mut out = String::new();
    let mut rest = words;
    loop {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some((c, length)) = entity(from) {
            out.push(c);
            rest = &from[length..];
        } else {
            out.push('&');
            rest = &from[1..];
        }
        match rest.find('&') {
            Some(next) => at = next,
            None => break,
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that the entity at the beginning of the words stands for, and how many bytes it
/// takes.
pub(in crate::read) fn entity(words: &str) -> Option<(char, usize)> {
    let end = words.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = words.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => named(words.get(1..=end)?)?,
    };
    Some((c, end + 1))
}

/// The character of a name with its semicolon; none for the few names that stand for two.
fn named(name: &str) -> Option<char> {
    match NAMED_ENTITIES.get(name) {
        Some((code, 0)) => char::from_u32(*code),
        _ => None,
    }
}

fn numbered(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let code = digits
        .bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, radix).ok())
        .flatten()?;
    match code {
        0 => None,
        // HTML, numeric character reference end state: these numbers are read as Windows-1252
        0x80..=0x9f => {
            WINDOWS_1252.decode_without_bom_handling(&[u8::try_from(code).ok()?]).0.chars().next()
        }
        _ => char::from_u32(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_once_and_only_where_they_are_whole() {
        for (typed, read) in [
            ("R&D", "R&D"),
            ("A &amp; B", "A & B"),
            ("&amp;nbsp;", "&nbsp;"),
            ("AT&T; and &unknown;", "AT&T; and &unknown;"),
            ("&#163;5 &#xA3;5 &#146;", "£5 £5 ’"),
            ("&#0; &#xD800; &#; &#x; &#+5;", "&#0; &#xD800; &#; &#x; &#+5;"),
            ("T&wcirc;r &agrave; &Ycirc; &CounterClockwiseContourIntegral;", "Tŵr à Ŷ ∳"),
            ("it&rsquo;s &lt;b&gt;", "it’s <b>"),
            ("é&é&", "é&é&"),
        ] {
            assert_eq!(decoded(typed), read);
        }
    }
}
