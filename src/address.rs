//! Addresses in words: with a scheme or without one, as people type them.

use std::ops::Range;

use crate::vocabulary::publishing::{
    is_beside_host, is_internal_suffix, is_root_folder, is_staff_host, is_top_level,
};

/// How an address begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AddressKind {
    /// With a scheme: "https://".
    Scheme,
    /// With the name of a host: "www.example.org/a".
    Host,
    /// With a drive or the name of a server: "S:\\Teams", "\\\\server".
    File,
}

/// What ends an address in words.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”')
}

/// What may stand before an address in a word.
const BEFORE: [char; 12] = ['(', '[', '{', '\'', '‘', ':', '=', ',', ';', '|', '*', '~'];
/// What ends a sentence or an aside, and no address.
const AFTER: [char; 11] = ['.', ',', ';', ':', ')', ']', '!', '?', '\'', '’', '}'];

/// Where addresses stand in words.
pub(crate) fn addresses(words: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    let has_one = words.contains(['.', '\\', ':', '/']);
    let text = if has_one { words } else { "" };
    std::iter::from_fn(move || {
        while from < text.len() {
            let at = from;
            let length = text[at..].find(ends_address).unwrap_or(text.len() - at);
            let next = text[at + length..].chars().next().map_or(0, char::len_utf8);
            from = at + length + next;
            let word = &text[at..at + length];
            let Some((start, kind)) = start(word) else { continue };
            let mut end = at + word.trim_end_matches(AFTER).len();
            if kind == AddressKind::File {
                end = at + start + end_of_path(&text[at + start..]);
                from = from.max(end);
            }
            if end > at + start {
                return Some(at + start..end);
            }
        }
        None
    })
}

/// How long the path of a file is: its folders may have names of several words.
fn end_of_path(text: &str) -> usize {
    const WORDS_OF_A_NAME: usize = 5;
    let line = text.split(['\n', '<', '>', '"', '“', '”']).next().unwrap_or_default();
    let mut end = 0;
    let mut at = 0;
    let mut words_since = 0;
    let first = line.split(' ').next().unwrap_or_default();
    let is_folder = |word: &str| {
        if first.contains('\\') {
            word.contains('\\')
        } else {
            // not "and/or"
            word.split('/').filter(|part| part.len() > 3).count() > 1
        }
    };
    for word in line.split_inclusive(' ') {
        let trimmed = word.trim_end().trim_end_matches(AFTER);
        let is_of_path = at == 0 || is_folder(trimmed);
        let names_a_file = words_since > 0 && has_extension(trimmed);
        if is_of_path || names_a_file {
            end = at + trimmed.len();
            words_since = 0;
        }
        if has_extension(trimmed) {
            words_since = WORDS_OF_A_NAME;
        }
        words_since += 1;
        at += word.len();
        if words_since > WORDS_OF_A_NAME {
            break;
        }
    }
    end
}

/// Whether a word ends as the name of a file does.
fn has_extension(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, extension)| {
        !name.is_empty()
            && (2..=5).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// Where an address begins in a word, and how.
pub(crate) fn start(word: &str) -> Option<(usize, AddressKind)> {
    let with_scheme = word.find("://").and_then(|at| {
        let length = scheme_length(&word[..at]);
        (length > 0).then_some((at - length, AddressKind::Scheme))
    });
    let with_scheme = with_scheme.or_else(|| {
        let at = word.find(":/")?;
        let length = scheme_length(&word[..at]);
        let scheme = &word[at - length..at];
        let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
        is_web.then_some((at - length, AddressKind::Scheme))
    });
    let server = word.find("\\\\").map(|at| (at, AddressKind::File));
    let starts =
        std::iter::once(0).chain(word.match_indices(BEFORE).map(|(at, before)| at + before.len()));
    let first = with_scheme.iter().chain(&server).map(|(at, _)| *at).min().unwrap_or(word.len());
    let without_scheme = starts.take_while(|at| *at < first).find_map(|at| {
        let rest = &word[at..];
        if is_drive(rest) || is_share(rest) {
            Some((at, AddressKind::File))
        } else {
            (is_host(rest) || is_known_host(rest)).then_some((at, AddressKind::Host))
        }
    });
    without_scheme.into_iter().chain(server).chain(with_scheme).min_by_key(|(at, _)| *at)
}

/// The length of the scheme at the end of words.
pub(crate) fn scheme_length(words: &str) -> usize {
    let scheme = words.bytes().rev();
    scheme.take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-')).count()
}

/// Whether words begin with a drive and a folder, behind whichever slash: `S:/Teams`.
fn is_drive(words: &str) -> bool {
    match words.as_bytes() {
        [drive, b':', b'\\', ..] => drive.is_ascii_alphabetic(),
        [drive, b':', b'/', folder, ..] => {
            drive.is_ascii_alphabetic() && folder.is_ascii_alphanumeric()
        }
        _ => false,
    }
}

/// Whether words begin with a share of a server, or a folder where these are: "//server/share",
/// "/mnt/share".
pub(crate) fn is_share(words: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "._-$%".contains(c))
    };
    let goes_on = |path: &str| path.starts_with(|c: char| c.is_alphanumeric());
    let Some(path) = words.strip_prefix('/') else { return false };
    match path.strip_prefix('/') {
        Some(server) => {
            server.split_once('/').is_some_and(|(name, path)| is_name(name) && goes_on(path))
        }
        None => path.split_once('/').is_some_and(|(root, path)| {
            is_root_folder(&root.to_ascii_lowercase()) && goes_on(path)
        }),
    }
}

/// Whether words begin with a host that only staff know by its one name, and a page of it:
/// "intranet/policies", but not "intranet/website".
pub(crate) fn is_known_host(words: &str) -> bool {
    let Some((host, page)) = words.split_once('/') else { return false };
    let page = page.trim_end_matches(AFTER).to_lowercase();
    is_staff_host(&host.to_lowercase())
        && page.starts_with(|c: char| c.is_alphanumeric() || c == '~')
        && !is_beside_host(&page)
}

/// Whether words begin with the name of a host, and go on as an address does.
///
/// Without a path, two labels may be the end of a sentence and the beginning of another, or the
/// name of a file.
fn is_host(words: &str) -> bool {
    HostName::of(words).is_some_and(|name| name.is_www || name.goes_on || name.is_long)
}

/// The name of a host at the beginning of words.
struct HostName<'a> {
    name: &'a str,
    is_www: bool,
    /// Whether a path or a port follows.
    goes_on: bool,
    /// Whether it has three labels or more, the second of which is no initial.
    is_long: bool,
    last: String,
}

impl<'a> HostName<'a> {
    fn of(words: &'a str) -> Option<Self> {
        let is_of_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '%');
        let name = &words[..words.find(|c: char| !is_of_host(c)).unwrap_or(words.len())];
        let after = &words[name.len()..];
        let port = after.strip_prefix(':').unwrap_or_default();
        let goes_on =
            after.starts_with(['/', '?', '#']) || port.starts_with(|c: char| c.is_ascii_digit());
        let lower = name.trim_end_matches('.').to_lowercase();
        let labels: Vec<&str> = lower.split('.').collect();
        let last = labels.last().filter(|_| labels.len() > 1 && !labels.contains(&""))?;
        let is_address = labels.iter().all(|label| label.bytes().all(|b| b.is_ascii_digit()));
        if is_address && (labels.len() != 4 || !goes_on)
            || !is_address && !is_top_level(last) && !is_internal_suffix(last)
        {
            return None;
        }
        Some(Self {
            name,
            is_www: labels[0] == "www",
            goes_on,
            is_long: labels.len() > 2 && labels[1].len() > 1,
            last: (*last).to_owned(),
        })
    }

    /// Whether it can be no name of a file: those end in two letters too, as "plan.md".
    fn is_no_file(&self) -> bool {
        const COUNTRIES: [&str; 3] = ["uk", "ie", "eu"];
        self.is_www || self.goes_on || self.last.len() > 2 || COUNTRIES.contains(&&*self.last)
    }
}

/// Whether the words of a link are themselves an address, and it leads to another host or mailbox.
pub(crate) fn misleads(words: &str, link: &str) -> bool {
    let target = match link.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => {
            rest.split('?').next().unwrap_or_default().to_lowercase()
        }
        _ => host(link).unwrap_or_default(),
    };
    shown(words).is_some_and(|shown| shown != target)
}

/// The host or mailbox that words show, if they are an address and nothing else.
fn shown(words: &str) -> Option<String> {
    let words = words.trim().trim_start_matches(BEFORE).trim_end_matches(AFTER);
    if words.contains(char::is_whitespace) {
        return None;
    }
    if words.contains("://") {
        return host(words);
    }
    let bare = words.strip_prefix("mailto:").unwrap_or(words);
    if let Some((local, at)) = bare.split_once('@').filter(|(local, _)| !local.contains('/')) {
        let is_mailbox = !local.is_empty() && HostName::of(at).is_some();
        return is_mailbox.then(|| bare.to_lowercase());
    }
    let name = HostName::of(words).filter(HostName::is_no_file)?;
    host(&format!("https://{}", name.name))
}

/// The host of the address of a page, as browsers read it, without a "www" before it.
fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address.trim()).ok()?;
    let host = url.host_str()?.trim_end_matches('.');
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<&str> {
        addresses(words).map(|range| &words[range]).collect()
    }

    #[test]
    fn addresses_are_found_with_and_without_a_scheme() {
        let words = "See (http://intranet/a), https://www.gov.uk/b; “\\\\srv\\c”, www.x.uk, \
                     x.gov.uk/?token=1. Or:intranet.hants.gov.uk!";
        assert_eq!(
            found(words),
            [
                "http://intranet/a",
                "https://www.gov.uk/b",
                "\\\\srv\\c",
                "www.x.uk",
                "x.gov.uk/?token=1",
                "intranet.hants.gov.uk",
            ]
        );
        for words in [
            "Done.Internal audit",
            "e.g. home",
            "i.e.internal",
            "plan.docx",
            "and/or",
            "C: drive",
            "10.1.2.3",
            "intranet.md",
            "a.b@example.org",
            "12.30pm",
            "No.10/11",
            "he/she",
            "24/7",
            "N/A",
            "w/c 30/9/2025",
            "intranet/website",
            "internal/external",
            "SharePoint/Teams",
            "km/h",
            "/home",
        ] {
            assert_eq!(found(words), [""; 0], "{words}");
        }
    }

    #[test]
    fn paths_with_slashes_are_found() {
        let words = "See S:/Teams/HR/rota.docx, //srv01/hr/rota.docx and (intranet/policies); \
                     https:/intranet/x or /mnt/share/hr/rota.docx.";
        assert_eq!(
            found(words),
            [
                "S:/Teams/HR/rota.docx",
                "//srv01/hr/rota.docx",
                "intranet/policies",
                "https:/intranet/x",
                "/mnt/share/hr/rota.docx",
            ]
        );
        assert_eq!(
            found("On S:/Children's Services/Our plans/Plan 2.docx and/or by mail"),
            ["S:/Children's Services/Our plans/Plan 2.docx"]
        );
    }

    #[test]
    fn paths_go_on_over_spaces() {
        assert_eq!(
            found("On S:\\Children's Services\\Our plans\\Plan 2 final.docx since May"),
            ["S:\\Children's Services\\Our plans\\Plan 2 final.docx"]
        );
        assert_eq!(
            found("(see \\\\srv\\Shared files\\a.docx) and write b.docx"),
            ["\\\\srv\\Shared files\\a.docx"]
        );
        assert_eq!(found("S:\\Teams, then ask the board to agree it"), ["S:\\Teams"]);
    }

    #[test]
    fn words_that_show_another_address_mislead() {
        for (words, link, expected) in [
            ("https://www.gov.uk", "https://evil.example/a", true),
            ("www.gov.uk/guidance", "https://evil.example/www.gov.uk", true),
            ("gov.uk", "https://gov.uk.evil.example/", true),
            ("(HTTPS://GOV.UK/a).", "https://evil.example/", true),
            ("https://www.g\u{ad}ov.uk", "https://evil.example/", true),
            ("jo@hants.gov.uk", "mailto:jo@evil.example", true),
            ("jo@hants.gov.uk", "https://evil.example/", true),
            ("www.gov.uk", "mailto:jo@evil.example", true),
            ("https://www.gov.uk", "https://www.gov.uk/a?b=c", false),
            ("gov.uk", "https://www.gov.uk/", false),
            ("www.hants.gov.uk:443/x", "https://hants.gov.uk/children", false),
            ("https://bücher.example", "https://xn--bcher-kva.example/", false),
            ("Jo@hants.gov.uk", "mailto:jo@hants.gov.uk?subject=Plan", false),
            ("the guidance on www.gov.uk", "https://example.org/", false),
            ("the page", "https://example.org/", false),
            ("plan.md", "https://example.org/plan.md", false),
            ("plan.docx", "https://example.org/1", false),
            ("1.2", "https://example.org/", false),
        ] {
            assert_eq!(misleads(words, link), expected, "{words} {link}");
        }
    }

    proptest::proptest! {
        #[test]
        fn addresses_follow_each_other_in_any_words(
            words in "([a-zé.:/?#=%(‘ “\\\\\n-]|www\\.|http://|S:\\\\|\\.uk){0,30}"
        ) {
            let mut last = 0;
            for range in addresses(&words) {
                proptest::prop_assert!(range.start >= last && range.start < range.end);
                proptest::prop_assert!(words.get(range.clone()).is_some());
                last = range.end;
            }
        }
    }
}
