//! Mail addresses and addresses of pages in running text.

use std::ops::Range;

/// A mail address, and its part before the `@`.
pub(super) struct MailAddress {
    pub(super) range: Range<usize>,
    pub(super) local: Range<usize>,
}

/// Where mail addresses stand in a text.
pub(super) fn mail_addresses(text: &str) -> impl Iterator<Item = MailAddress> {
    let is_of_address =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '\'' | '’');
    text.match_indices(['@', '＠']).map(move |(at, sign)| {
        let before = text[..at].chars().rev().take_while(|c| is_of_address(*c));
        let start = at - before.map(char::len_utf8).sum::<usize>();
        let from = at + sign.len();
        let after = text[from..].chars().take_while(|c| is_of_address(*c));
        let host = &text[from..from + after.map(char::len_utf8).sum::<usize>()];
        let host = host.trim_end_matches(|c: char| !c.is_alphanumeric());
        MailAddress { range: start..from + host.len(), local: start..at }
    })
}

/// Where addresses of pages and files stand in a text.
pub(in crate::publish) fn page_addresses(text: &str) -> Vec<Range<usize>> {
    const ENDS: &[char] = &['.', ',', ';', ':', ')', ']', '!', '?', '\'', '’'];
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”');
    let mut found = Vec::new();
    if !text.contains("://") && !text.contains("www.") && !text.contains("\\\\") {
        return found;
    }
    let mut from = 0;
    for word in text.split_inclusive(is_end) {
        let at = from;
        from += word.len();
        let word = word.trim_end_matches(is_end);
        let scheme = word.find("://").map(|sign| {
            let scheme = word[..sign].chars().rev();
            let letters =
                scheme.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'));
            sign - letters.count()
        });
        let Some(start) = scheme.or_else(|| word.find("www.")).or_else(|| word.find("\\\\")) else {
            continue;
        };
        found.push(at + start..at + start + word[start..].trim_end_matches(ENDS).len());
    }
    found
}
