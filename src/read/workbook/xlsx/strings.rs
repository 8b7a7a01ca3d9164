//! Strings of workbooks: the shared ones and those that stand in their cells, plain or in runs of different looks.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};

use crate::error::Error;
use crate::read::Limits;
use crate::read::workbook::xml::{Xml, attribute, is_true};
use crate::text::{Span, Style};

/// The words of a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words<'a> {
    Plain(Cow<'a, str>),
    Rich(Vec<Run>),
}

/// A run of words in one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    span: Span,
    /// Whether its look is its own; else it has that of the cell (ECMA-376, 18.4.7).
    own: bool,
}

impl Words<'_> {
    /// The words as runs; in a struck cell, those without a look of their own are struck.
    pub(super) fn runs(&self, struck: bool) -> Vec<Span> {
        match self {
            Self::Plain(words) => vec![Span { style: Style { struck, ..Style::default() }, ..Span::plain(&**words) }],
            Self::Rich(runs) => {
                let look = |run: &Run| Style { struck: run.span.style.struck || (struck && !run.own), ..run.span.style };
                runs.iter().map(|run| Span { style: look(run), ..run.span.clone() }).collect()
            }
        }
    }
}

/// The shared strings of a workbook, by their numbers.
pub(super) fn shared<'a>(part: &'a str, limits: &Limits) -> Result<Vec<Words<'a>>, Error> {
    let mut xml = Xml::new(part, limits);
    let mut strings = Vec::new();
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(tag) if tag.local_name().as_ref() == "si" => strings.push(words(&mut xml)?),
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push(Words::Plain(Cow::Borrowed(""))),
            _ => {}
        }
    }
    Ok(strings)
}

/// The string whose element has just begun.
pub(super) fn words<'a>(xml: &mut Xml<'a>) -> Result<Words<'a>, Error> {
    let mut plain = Cow::Borrowed("");
    let mut runs: Vec<Run> = Vec::new();
    let mut own = false;
    let mut style = Style::default();
    let mut depth = 0_usize;
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => {
                    let text = text(xml, &tag)?;
                    if style == Style::default() && runs.is_empty() {
                        join(&mut plain, text);
                    } else {
                        if runs.is_empty() && !plain.is_empty() {
                            runs.push(Run { span: Span::plain(std::mem::take(&mut plain)), own: false });
                        }
                        runs.push(Run { span: Span { text: text.into_owned(), style, link: None }, own });
                    }
                }
                // How words are pronounced: they stand there twice.
                "rPh" => xml.skip()?,
                "r" => {
                    (style, own) = (Style::default(), false);
                    depth += 1;
                }
                "rPr" => {
                    own = true;
                    depth += 1;
                }
                name => {
                    apply(&mut style, name, &tag);
                    depth += 1;
                }
            },
            Event::Empty(tag) => apply(&mut style, tag.local_name().as_ref(), &tag),
            Event::End(_) if depth == 0 => break,
            Event::End(tag) => {
                depth -= 1;
                if tag.local_name().as_ref() == "r" {
                    style = Style::default();
                }
            }
            _ => {}
        }
    }
    if runs.is_empty() {
        return Ok(Words::Plain(plain));
    }
    Ok(Words::Rich(runs))
}

fn apply(style: &mut Style, name: &str, tag: &BytesStart<'_>) {
    let on = || attribute(tag, "val").is_none_or(|v| is_true(&v));
    match name {
        "b" => style.bold = on(),
        "i" => style.italic = on(),
        "strike" | "dstrike" => style.struck = on(),
        _ => {}
    }
}

/// The words of a `t` element; white space around them counts only where it says so.
fn text<'a>(xml: &mut Xml<'a>, tag: &BytesStart<'_>) -> Result<Cow<'a, str>, Error> {
    let words = xml.words()?;
    let words = if attribute(tag, "space").as_deref() == Some("preserve") { words } else { trimmed(words) };
    Ok(unescaped(words))
}

fn trimmed(words: Cow<'_, str>) -> Cow<'_, str> {
    let ends = [' ', '\t', '\r', '\n'];
    match words {
        Cow::Borrowed(words) => Cow::Borrowed(words.trim_matches(ends)),
        Cow::Owned(words) => Cow::Owned(words.trim_matches(ends).to_owned()),
    }
}

fn join<'a>(words: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if words.is_empty() {
        *words = more;
    } else {
        words.to_mut().push_str(&more);
    }
}

/// Words with `_x000D_` and the like read as the characters that they stand for (ECMA-376, 22.9.2.19).
pub(crate) fn unescaped(words: Cow<'_, str>) -> Cow<'_, str> {
    if !words.contains("_x") {
        return words;
    }
    let mut out = String::with_capacity(words.len());
    let mut rest: &str = &words;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (character, length) = escaped(escape).unwrap_or(('_', 1));
        out.push(character);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that an escape at the start stands for, and how long the escape is.
fn escaped(text: &str) -> Option<(char, usize)> {
    const LENGTH: usize = "_x000D_".len();
    let unit = |from: usize| {
        let digits = text.get(from..from + LENGTH)?.strip_prefix("_x")?.strip_suffix('_')?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(0)?;
    match char::from_u32(u32::from(first)) {
        Some(character) => Some((character, LENGTH)),
        None => char::decode_utf16([first, unit(LENGTH)?]).next()?.ok().map(|c| (c, 2 * LENGTH)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(si: &str) -> Vec<Span> {
        shared(&format!("<sst>{si}</sst>"), &Limits::default()).unwrap().remove(0).runs(false)
    }

    #[test]
    fn plain_strings_are_their_words() {
        assert_eq!(of("<si><t> trimmed </t></si>"), [Span::plain("trimmed")]);
        assert_eq!(of("<x:si><x:t xml:space=\"preserve\"> kept </x:t></x:si>"), [Span::plain(" kept ")]);
        assert_eq!(of("<si/>"), [Span::plain("")]);
        assert_eq!(of("<si><t>漢字</t><rPh sb=\"0\" eb=\"2\"><t>かんじ</t></rPh></si>"), [Span::plain("漢字")]);
    }

    #[test]
    fn runs_have_their_looks() {
        let struck = Span { text: "May".to_owned(), style: Style { struck: true, ..Style::default() }, link: None };
        assert_eq!(
            of("<si><r><rPr><strike/><sz val=\"11\"/></rPr><t>May</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> June</t></r></si>"),
            [struck, Span::bold(" June")]
        );
        assert_eq!(of("<si><r><t>No </t></r><r><rPr><b val=\"0\"/></rPr><t>looks</t></r></si>"), [Span::plain("Nolooks")]);
        assert_eq!(
            of("<si><r><t xml:space=\"preserve\">First </t></r><r><rPr><b/></rPr><t>then</t></r></si>"),
            [Span::plain("First "), Span::bold("then")]
        );
    }

    #[test]
    fn escapes_stand_for_their_characters() {
        let read = |words| unescaped(Cow::Borrowed(words)).into_owned();
        assert_eq!(read("one_x000D_\ntwo"), "one\r\ntwo");
        assert_eq!(read("_x005F_x000D_"), "_x000D_");
        assert_eq!(read("_xD83D__xDE00_"), "😀");
        assert_eq!(read("_xD83D_ and _xyz_ and _x00"), "_xD83D_ and _xyz_ and _x00");
    }
}
