//! Which links of a plan are live: one policy, applied to every text of a report, so that all
//! outputs show the same.
//!
//! `http` and `https` with the name of a host and no user name that could pass for one, `mailto`
//! with plain addresses, and `tel` are live. Everything else becomes plain text, the address in
//! brackets behind its words: `javascript:`, `data:`, `file:` and UNC paths, relative paths, and
//! addresses with control or direction characters, backslashes or a user name. So does a link whose
//! words are themselves the address of another host.

use std::borrow::Cow;
use std::fmt::Write as _;

use url::{Host, Url};

use crate::address;
use crate::text::{SmallVec, Span, SpanStyle, Text, is_hidden};

/// How much of a long address that is not live is shown, in characters.
const MAX_SHOWN: usize = 200;

/// Makes the links of a text live, or plain text, but for those to keep as they are.
fn settle_all_but(text: &mut Text, keep: impl Fn(&str) -> bool) {
    for block in
        text.blocks.iter_mut().filter(|block| block.spans.iter().any(|span| span.link.is_some()))
    {
        let spans: Vec<Span> = std::mem::take(&mut block.spans).into_iter().collect();
        let mut settled = SmallVec::new();
        for link in spans.chunk_by(|a, b| a.link == b.link) {
            let Some(address) = link.first().and_then(|span| span.link.as_deref()) else {
                settled.extend(link.iter().cloned());
                continue;
            };
            if keep(address) {
                settled.extend(link.iter().cloned());
                continue;
            }
            let words: String = link.iter().map(|span| span.text.as_str()).collect();
            let live = live(address).filter(|_| !address::misleads(&words, address));
            settled.extend(link.iter().map(|span| Span { link: live.clone(), ..span.clone() }));
            if live.is_none()
                && !words.contains(address.strip_prefix("mailto:").unwrap_or(address))
                && let Some(shown) = shown(address)
            {
                let language = link.last().and_then(|span| span.style.language);
                settled.push(Span {
                    text: format!(" ({shown})"),
                    style: SpanStyle { language, ..SpanStyle::default() },
                    link: None,
                });
            }
        }
        block.spans = settled;
    }
}

/// The text with its links live, or plain text.
pub(super) fn settled(text: &Text) -> Cow<'_, Text> {
    settled_all_but(text, |_| false)
}

/// The text as markdown has it: its links live, or plain text. Links to a place in the same
/// document stay, as they lead nowhere else and are read again.
pub(crate) fn settled_in_markdown(text: &Text) -> Cow<'_, Text> {
    settled_all_but(text, is_anchor)
}

fn settled_all_but(text: &Text, keep: impl Fn(&str) -> bool) -> Cow<'_, Text> {
    if text.blocks.iter().all(|block| block.spans.iter().all(|span| span.link.is_none())) {
        return Cow::Borrowed(text);
    }
    let mut text = text.clone();
    settle_all_but(&mut text, keep);
    Cow::Owned(text)
}

/// Whether a link leads to a place in the same document.
fn is_anchor(link: &str) -> bool {
    let misleads = |c: char| c.is_control() || c.is_whitespace() || is_hidden(c) || is_invisible(c);
    link.len() > 1 && link.starts_with('#') && !link.contains(misleads)
}

/// The address of a link that is live, as browsers read it; none of one that is not. What is live
/// stays as it is.
pub(crate) fn live(link: &str) -> Option<String> {
    let misleads = |c: char| {
        c.is_control() || is_hidden(c) || is_invisible(c) || (c.is_whitespace() && c != ' ')
    };
    if link.contains('\\') || link.chars().any(misleads) {
        return None;
    }
    let (scheme, rest) = link.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => web(link, rest),
        "mailto" => is_mail(rest).then(|| format!("mailto:{rest}")),
        "tel" => is_telephone(rest).then(|| format!("tel:{rest}")),
        _ => None,
    }
}

/// Whether a character takes no room, so that two addresses with and without it look the same.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// An address that leads to the host that it shows. One that is written in an unusual way is
/// written as browsers do.
fn web(link: &str, rest: &str) -> Option<String> {
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
    // a user name before the host could pass for one, as in https://www.gov.uk@example.org/
    if authority.is_empty()
        || authority.contains('@')
        || link.starts_with(' ')
        || link.ends_with(' ')
    {
        return None;
    }
    let url = Url::parse(link).ok()?;
    let host = match url.host()? {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(number) => number.to_string(),
        Host::Ipv6(_) => return None,
    };
    // an address of a web page has a name that browsers can look up, and nothing that could end an
    // attribute
    if !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)) {
        return None;
    }
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let port = url.port_or_known_default().map(|port| format!(":{port}")).unwrap_or_default();
    let typed = authority.to_ascii_lowercase();
    let says_host = typed == host || typed.strip_prefix(&host).is_some_and(|after| after == port);
    let stands =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte);
    let is_plain = says_host && link.bytes().all(stands);
    Some(if is_plain { link.to_owned() } else { url.into() })
}

/// Whether these are mail addresses, with no more than a subject and a body: other headers can send
/// copies elsewhere.
fn is_mail(rest: &str) -> bool {
    let (addresses, headers) = rest
        .split_once('?')
        .map_or((rest, None), |(addresses, headers)| (addresses, Some(headers)));
    let is_address = |address: &str| {
        let is_local =
            |byte: u8| byte.is_ascii_alphanumeric() || b".!#$&'*+/=^_`{|}~-".contains(&byte);
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        address.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && local.bytes().all(is_local)
                && !host.is_empty()
                && host.bytes().all(is_host)
        })
    };
    let is_header = |header: &str| {
        let name = header.split('=').next().unwrap_or_default().to_ascii_lowercase();
        matches!(name.as_str(), "subject" | "body")
            && header.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"".contains(&byte))
    };
    addresses.split(',').all(is_address)
        && headers.is_none_or(|headers| headers.split('&').all(is_header))
}

/// Whether this is a telephone number (RFC 3966), with or without an extension.
fn is_telephone(rest: &str) -> bool {
    let (number, extension) = rest.split_once(";ext=").unwrap_or((rest, "0"));
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3
        && number
            .strip_prefix('+')
            .unwrap_or(number)
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"-.()".contains(&byte))
        && !extension.is_empty()
        && extension.bytes().all(|byte| byte.is_ascii_digit())
}

/// An address as text, without what would hide or turn round a part of it; none where it leads to a
/// place in the same document.
fn shown(link: &str) -> Option<String> {
    if link.is_empty() || link.starts_with('#') {
        return None;
    }
    let mut shown = String::new();
    for c in link.chars().take(MAX_SHOWN) {
        if c.is_control() || is_hidden(c) {
            let _ = write!(shown, "[U+{:04X}]", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    if link.chars().nth(MAX_SHOWN).is_some() {
        shown.push('…');
    }
    Some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lead_where_they_say_are_live() {
        for link in [
            "https://gov.uk",
            "HTTP://example.org:8080/a?b=c#d",
            "https://www.example.org:443/a@b",
            "http://192.0.2.7/",
            "mailto:a@example.org",
            "mailto:a.b+c@example.org,d@example.org?subject=Plan%20of%20May",
            "tel:01234567890",
            "tel:+44-(0)1234.567;ext=12",
        ] {
            assert_eq!(live(link).as_deref(), Some(link));
        }
        for (link, as_read) in [
            ("https://a.uk/b c\"<", "https://a.uk/b%20c%22%3C"),
            ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
            ("http://2130706433/", "http://127.0.0.1/"),
            ("https://a.uk/#b#c", "https://a.uk/#b#c"),
        ] {
            assert_eq!(live(link).as_deref(), Some(as_read));
        }
    }

    #[test]
    fn links_that_mislead_or_run_or_open_files_are_not_live() {
        for link in [
            "https://www.gov.uk@evil.example/guide",
            "https://user:password@example.org/",
            "https://www.gov.uk%40evil.example/",
            "https://@example.org/",
            "https:\\\\www.gov.uk\\",
            "https://www.gov.uk\\@evil.example/",
            "https:example.org",
            "https:///example.org",
            "https://",
            "https://[::1]/",
            "https://a\"onload=x/",
            "https://example.org/\u{202e}gpj.exe",
            "https://exam\u{200b}ple.org/",
            "https://example.org/a\nb",
            "https://example.org/\u{85}",
            " https://example.org/",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "file://server/share",
            "\\\\server\\share\\plan.docx",
            "//example.org",
            "N:\\plan.docx",
            "plan.md",
            "ftp://example.org/",
            "mailto:",
            "mailto:a",
            "mailto:@example.org",
            "mailto:a@",
            "mailto:a\"b@example.org",
            "mailto:a@example.org/b",
            "mailto:a@example.org,",
            "mailto:a@example.org?subject=a\"b",
            "mailto:a@example.org?to",
            "mailto:a@example.org?cc=b@example.org",
            "mailto:a@example.org?subject=a&bcc=b@example.org",
            "tel:",
            "tel:*21*01234567890#",
            "tel:0123;phone-context=evil",
            "",
        ] {
            assert_eq!(live(link), None, "{link}");
        }
    }

    #[test]
    fn the_address_of_a_link_that_is_not_live_stands_behind_its_words() {
        let settled = |markdown: &str| {
            let text = Text::from_commonmark(markdown);
            let text = settled(&text);
            text.to_commonmark()
        };
        assert_eq!(
            settled("a [**b**](https://example.org/) c"),
            "a [**b**](<https://example.org/>) c"
        );
        assert_eq!(
            settled("read [the *form*](file:///N:/form.docx) first"),
            "read the *form* (file:///N:/form.docx) first"
        );
        assert_eq!(settled("[up](#top)"), "up");
        assert_eq!(
            settled("[https://www.gov.uk](https://evil.example/a)"),
            "https://www.gov.uk (https://evil.example/a)"
        );
        assert_eq!(
            settled("[https://**www.gov.uk**](https://www.gov.uk/a)"),
            "[https://**www.gov.uk**](<https://www.gov.uk/a>)"
        );
        assert_eq!(
            settled("[javascript:alert(1)](javascript:alert\\(1\\))"),
            "javascript:alert(1)"
        );
        assert!(settled(&format!("[x](data:,{})", "y".repeat(500))).ends_with("y…)"));
        let text = Text::from(crate::text::TextBlock::paragraph(Span {
            text: "x".into(),
            link: Some("a\u{202e}b".into()),
            ..Span::default()
        }));
        let text = super::settled(&text);
        assert_eq!(text.plain(), "x (a[U+202E]b)");
    }
}
