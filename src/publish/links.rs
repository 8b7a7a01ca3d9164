//! Which addresses are not for the public.

mod credential;

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use crate::address::{self as bare, AddressKind};
use crate::text::Span;
use crate::vocabulary::publishing::{
    is_internal_label, is_internal_scheme, is_internal_suffix, is_token_key,
};

use credential::Position;

/// Why an address is not for the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PrivateLink {
    /// It leads to no web page, and the words do not show it.
    BehindWords,
    /// It leads into an internal network.
    Internal,
    /// Whoever has it is let in.
    Token,
}

/// Why the address of a run of words is not for the public, if it is not.
pub(super) fn reason(span: &Span) -> Option<PrivateLink> {
    let address = span.link.as_deref()?;
    secret(address)
        .or_else(|| hides_an_address(address, &span.text).then_some(PrivateLink::BehindWords))
}

/// Whether words lead to an address that they do not show, and that is not the address of a web
/// page.
///
/// A page whose address holds a name or password before an `@` is not one for everyone.
fn hides_an_address(address: &str, shown: &str) -> bool {
    let (scheme, rest) = address.split_once(':').unwrap_or(("", address));
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let is_for_everyone = is_web && !authority(rest).contains('@');
    let is_bare = ["mailto", "tel"].iter().any(|bare| scheme.eq_ignore_ascii_case(bare));
    let bare = if is_bare { rest } else { address };
    !is_for_everyone && !shown.contains(bare)
}

/// What names the host in an address, behind its scheme.
fn authority(rest: &str) -> &str {
    rest.trim_start_matches(['/', '\\']).split(['/', '\\', '?', '#']).next().unwrap_or_default()
}

/// Why an address is secret, whatever words show it: it leads into an internal network, or holds a
/// token.
fn secret(address: &str) -> Option<PrivateLink> {
    let address = address.trim();
    if leads_inside(address) {
        return Some(PrivateLink::Internal);
    }
    let Some(rest) = web_part(address) else {
        let inner = address.split_once(':').is_some_and(|(_, rest)| {
            holds_internal_address(rest) || holds_internal_address(&unescaped(rest))
        });
        return inner.then_some(PrivateLink::Internal);
    };
    let (user, _) = authority(rest).rsplit_once('@').unwrap_or_default();
    let has_password = user.split_once(':').is_some_and(|(_, password)| !password.is_empty());
    if has_password || holds_token(rest) {
        return Some(PrivateLink::Token);
    }
    nested(rest)
}

/// The part of the address of a page behind its scheme; none of other addresses.
fn web_part(address: &str) -> Option<&str> {
    const SCHEMES: [&str; 7] = ["http", "https", "ftp", "ftps", "sftp", "ws", "wss"];
    if let Some((scheme, rest)) = address.split_once(':')
        && SCHEMES.iter().any(|web| scheme.eq_ignore_ascii_case(web))
    {
        return Some(rest);
    }
    (address.starts_with("//") || bare::start(address) == Some((0, AddressKind::Host)))
        .then_some(address)
}

/// Whether an address leads into an internal network by its scheme, its host or its form.
fn leads_inside(address: &str) -> bool {
    if address.starts_with("\\\\") || address.starts_with("//") && !authority(address).contains('.')
    {
        return true;
    }
    if bare::is_known_host(address) || !address.starts_with("//") && bare::is_share(address) {
        return true;
    }
    if let Some((scheme, rest)) = address.split_once(':') {
        let is_file = is_internal_scheme(scheme);
        let has_one_label = rest.strip_prefix("//").is_some_and(|rest| {
            let host = authority(rest).rsplit('@').next().unwrap_or_default();
            !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
        // drives: "N:\staff"
        let is_drive = scheme.len() == 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && rest.starts_with(['\\', '/']);
        if is_file || is_drive || has_one_label {
            return true;
        }
    }
    web_part(address).is_some_and(|rest| {
        let (_, host) = authority(rest).rsplit_once('@').unwrap_or(("", authority(rest)));
        is_internal_host(&unescaped(host))
    })
}

fn is_internal_host(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_lowercase();
    if let Some((address, _)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address
            .split('%')
            .next()
            .unwrap_or_default()
            .parse()
            .is_ok_and(|address| is_internal_v6(&address));
    }
    let host = host.split(':').next().unwrap_or_default().trim_end_matches('.');
    let mut labels = host.rsplit('.');
    let last = labels.next().unwrap_or_default();
    // one label, or none
    if labels.next().is_none() {
        return true;
    }
    if last.starts_with(|c: char| c.is_ascii_digit()) {
        // what is no IPv4 address in the usual form, as "10.1", is one in another, or none
        return host.parse().map_or(true, |address: Ipv4Addr| is_internal_v4(address));
    }
    is_internal_suffix(last) || host.split('.').any(is_internal_label)
}

fn is_internal_v4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    // RFC 6598: shared address space
    let is_shared = a == 100 && (64..128).contains(&b);
    address.is_private() || address.is_loopback() || address.is_link_local() || is_shared || a == 0
}

fn is_internal_v6(address: &Ipv6Addr) -> bool {
    address.is_loopback()
        || address.is_unspecified()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.to_ipv4_mapped().is_some_and(is_internal_v4)
}

/// Whether a part of an address is a key with a value that lets in whoever has it, or has the shape
/// of one.
fn holds_token(rest: &str) -> bool {
    let path = rest.split(['?', '#', ';']).next().unwrap_or_default();
    let segments = path.trim_start_matches('/').split('/').skip(1);
    if segments.map(unescaped).any(|segment| credential::is_like_one(&segment, Position::Path)) {
        return true;
    }
    rest.split(['?', '#', '&', ';']).skip(1).any(|parameter| {
        let (key, value) = parameter.split_once('=').unwrap_or(("", parameter));
        !value.is_empty()
            && (is_token_key(&unescaped(key))
                || credential::is_like_one(&unescaped(value), Position::Value))
    })
}

/// Why an address that stands within another is secret: one to which a page passes its readers on,
/// or the original of a copy. They may be escaped more than once.
fn nested(rest: &str) -> Option<PrivateLink> {
    const MAX_ESCAPES: usize = 4;
    let mut rest = Cow::Borrowed(rest);
    for _ in 0..MAX_ESCAPES {
        if holds_internal_address(&rest) {
            return Some(PrivateLink::Internal);
        }
        let plainer = unescaped(&rest);
        if plainer == *rest {
            return None;
        }
        if holds_token(&plainer) {
            return Some(PrivateLink::Token);
        }
        rest = Cow::Owned(plainer);
    }
    None
}

/// Whether an address into an internal network stands in the path or a value of another.
fn holds_internal_address(rest: &str) -> bool {
    let with_scheme = rest.match_indices("://").any(|(at, _)| {
        let start = at - bare::scheme_length(&rest[..at]);
        start < at && leads_inside(&rest[start..])
    });
    with_scheme
        || rest.split(['?', '&', '=', '#', ';', '|', ',']).skip(1).any(|value| {
            bare::start(value).is_some_and(|(start, kind)| {
                start == 0 && kind != AddressKind::Scheme && leads_inside(value)
            })
        })
}

/// An address without the escapes of RFC 3986, 2.1.
pub(super) fn unescaped(address: &str) -> String {
    if !address.contains('%') {
        return address.to_owned();
    }
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| std::str::from_utf8(after.get(..2)?).ok()).flatten();
        if let Some(byte) = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Where secret addresses stand in words.
pub(super) fn in_words(words: &str) -> Vec<(Range<usize>, PrivateLink)> {
    bare::addresses(words)
        .filter_map(|range| Some((range.clone(), secret(&words[range])?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internal_servers_and_tokens_are_known() {
        for (address, expected) in [
            ("https://www.gov.uk/guidance?page=2", None),
            ("https://example.org/a#section-2", None),
            ("http://8.8.8.8/x", None),
            ("https://[2001:4860:4860::8888]/", None),
            ("mailto:jo@example.org", None),
            ("https://www.keystone.gov.uk/encode?unicode=1&token=", None),
            ("http://intranet/policies", Some(PrivateLink::Internal)),
            ("HTTPS://Localhost:8080/", Some(PrivateLink::Internal)),
            ("http://files.council.local/x", Some(PrivateLink::Internal)),
            ("http://files.council.internal./x", Some(PrivateLink::Internal)),
            ("https://intranet.council.gov.uk/", Some(PrivateLink::Internal)),
            ("https://council.sharepoint.com/sites/x", Some(PrivateLink::Internal)),
            ("http://10.0.0.7/x", Some(PrivateLink::Internal)),
            ("http://172.20.1.1:81/x", Some(PrivateLink::Internal)),
            ("http://192.168.1.1", Some(PrivateLink::Internal)),
            ("http://10.7/x", Some(PrivateLink::Internal)),
            ("http://2130706433/", Some(PrivateLink::Internal)),
            ("http://user@10.0.0.7/x", Some(PrivateLink::Internal)),
            ("http://[fd00::1]:80/", Some(PrivateLink::Internal)),
            ("http://[::ffff:10.0.0.1]/", Some(PrivateLink::Internal)),
            ("http://%69ntranet/", Some(PrivateLink::Internal)),
            ("//server/share", Some(PrivateLink::Internal)),
            ("//www.example.org/x", None),
            ("N:plan.xlsx", None),
            ("app:/plan", None),
            ("http://100.64.0.1/x", Some(PrivateLink::Internal)),
            ("http://100.8.0.1/x", None),
            ("http://8.80.0.1/x", None),
            ("http://[::1]/", Some(PrivateLink::Internal)),
            ("http://[::]/", Some(PrivateLink::Internal)),
            ("http://[fe80::1%25eth0]/", Some(PrivateLink::Internal)),
            ("file:///N:/staff/form.docx", Some(PrivateLink::Internal)),
            ("\\\\server\\share\\plan.xlsx", Some(PrivateLink::Internal)),
            ("N:\\staff\\plan.xlsx", Some(PrivateLink::Internal)),
            ("S:/Teams/HR/rota.docx", Some(PrivateLink::Internal)),
            ("//srv01/hr/rota.docx", Some(PrivateLink::Internal)),
            ("https:/intranet/x", Some(PrivateLink::Internal)),
            ("intranet/x", Some(PrivateLink::Internal)),
            ("https://x.intra/", Some(PrivateLink::Internal)),
            ("onenote:///S:/Notes", Some(PrivateLink::Internal)),
            ("ldap://srv/", Some(PrivateLink::Internal)),
            ("/mnt/share/hr", Some(PrivateLink::Internal)),
            ("https://x.sharing.com/f?guestaccesstoken=abc", Some(PrivateLink::Token)),
            ("https://www.gov.uk/srv/share?next=/a/b", None),
            ("https://example.org/x?access_token=abc", Some(PrivateLink::Token)),
            ("https://example.org/x?a=1&SIG=abc", Some(PrivateLink::Token)),
            (
                "https://x.blob.core.windows.net/c/f?sv=2020&se=2021&sig=a%2Fb",
                Some(PrivateLink::Token),
            ),
            ("https://example.org/#id_token=abc", Some(PrivateLink::Token)),
            ("https://example.org/x;jsessionid=abc", Some(PrivateLink::Token)),
            ("https://example.org/x?%74oken=abc", Some(PrivateLink::Token)),
            ("https://jo:pass@example.org/", Some(PrivateLink::Token)),
            ("https://jo@example.org/", None),
            ("www.example.org/?token=abc", Some(PrivateLink::Token)),
            ("example.org/a?page=2", None),
            ("intranet.council.gov.uk/a", Some(PrivateLink::Internal)),
            ("10.0.0.7/share", Some(PrivateLink::Internal)),
            ("https://example.org/go?url=http%3A%2F%2Fintranet%2Fa", Some(PrivateLink::Internal)),
            ("https://example.org/go?url=http%253A%252F%252Fintranet", Some(PrivateLink::Internal)),
            ("https://example.org/go?to=%5C%5Cserver%5Cshare", Some(PrivateLink::Internal)),
            ("https://example.org/go?to=intranet.council.gov.uk/a", Some(PrivateLink::Internal)),
            (
                "https://example.org/go?to=https%3A%2F%2Fb.uk%2F%3Ftoken%3Dx",
                Some(PrivateLink::Token),
            ),
            ("https://example.org/go?to=https%3A%2F%2Fb.uk%2Fpage", None),
            ("https://web.example.org/2020/http://intranet/a", Some(PrivateLink::Internal)),
            ("https://web.example.org/2020/https://www.gov.uk/a", None),
            ("ms-word:ofe|u|https://intranet/a.docx", Some(PrivateLink::Internal)),
            ("mailto:jo@example.org?body=http%3A%2F%2Fintranet", Some(PrivateLink::Internal)),
            (
                "https://example.org/reset/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                Some(PrivateLink::Token),
            ),
            ("https://example.org/a/3f2504e0-4f89-11d3-9a0c-0305e82c3301/b.pdf", None),
            ("https://example.org/x/commit/a94a8fe5cc", None),
        ] {
            assert_eq!(secret(address), expected, "{address}");
        }
    }

    #[test]
    fn addresses_in_words_are_found_with_their_ends() {
        let words = "See (http://intranet/a), https://www.gov.uk/b and “\\\\srv\\c”; then https://example.org/?key=1.";
        let found: Vec<&str> =
            in_words(words).into_iter().map(|(range, _)| &words[range]).collect();
        assert_eq!(found, ["http://intranet/a", "\\\\srv\\c", "https://example.org/?key=1"]);
    }
}
