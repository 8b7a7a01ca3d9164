//! The plan in a template of a web page: JSON that no browser shows or runs and no word of a plan
//! can end. Beside it, in another, what was filled in on the page.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

use serde::Serialize as _;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::error::{Error, ErrorKind};
use crate::json;
use crate::limits::Limits;
use crate::place::Place;
use crate::report::Report;
use crate::text::{first, is_hidden};

use super::attachment::position;
use super::sheet::{EmbeddedPlan, Embedding, EncodedPlan};
use super::written::WrittenTable;

/// What the template with the plan is called in the page.
pub(crate) const ID: &str = "planwright-plan";

/// What the one is called with what was filled in.
pub(crate) const FILLED: &str = "planwright-filled";

/// How far from its name the block's tag may begin and end.
const NEAR: usize = 200;

/// What can be done about a page that was damaged.
const HELP: &str = "fetch the page again from where it came from, or give what it was made from";

/// What stands in the block: JSON without a character that could end it, that browsers write
/// otherwise when they save a page, or that may not stand in one; none if the JSON library refuses
/// it, which no plan can bring about.
pub(crate) fn data(carries: &Embedding<'_>, report: &Report) -> Option<String> {
    let mut json = json::room_for(carries.plan.plan());
    let written = WrittenTable::of_page(report, carries.plan.plan(), carries.language);
    EncodedPlan::new(carries, &written)
        .serialize(&mut Serializer::with_formatter(&mut json, EscapedJson))
        .ok()?;
    String::from_utf8(json).ok()
}

/// JSON in which numbers stand for some characters. They stand in strings only, where a number may.
struct EscapedJson;

impl Formatter for EscapedJson {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((before, c)) = first_escaped(rest) {
            writer.write_all(before.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[before.len() + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

/// The first character that a number stands for, and what is before it.
fn first_escaped(words: &str) -> Option<(&str, char)> {
    let mut from = 0;
    loop {
        let at = from
            + first(&words.as_bytes()[from..], |byte| {
                [byte == b'<', byte == b'>', byte == b'&', byte > b'~']
            })?;
        let c = words[at..].chars().next()?;
        if is_escaped(c) {
            return Some((&words[..at], c));
        }
        from = at + c.len_utf8();
    }
}

fn is_escaped(c: char) -> bool {
    match c {
        '<' | '>' | '&' | '\u{a0}' | '\u{2028}' | '\u{2029}' => true,
        ' '..='~' => false,
        _ => is_hidden(c),
    }
}

/// What the block of a page carries; none if the page has no such block.
pub(super) fn read(page: &[u8], limits: &Limits) -> Option<Result<EmbeddedPlan, Error>> {
    block(page, ID, limits).map(|found| {
        let at = found?;
        serde_json::from_slice(&page[at]).map_err(|e| damaged(&e))
    })
}

/// What was filled in on a page: for references of actions, words by the headers of their columns.
/// And where it stands.
pub(super) fn filled(page: &[u8], limits: &Limits) -> Result<(FilledIn, Place), Error> {
    let Some(at) = block(page, FILLED, limits).transpose()? else {
        return Ok((BTreeMap::new(), Place::in_text(1, 1, 0)));
    };
    let above = &page[..at.start];
    let (line, before) = above
        .split(|b| *b == b'\n')
        .enumerate()
        .last()
        .map_or((1, above), |(i, last)| (i + 1, last));
    let column = String::from_utf8_lossy(before).chars().count() + 1;
    let whole = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let place = Place::in_text(whole(line), whole(column), 1);
    Ok((serde_json::from_slice(&page[at]).map_err(|e| damaged(&e))?, place))
}

/// For references of actions, words by the headers of their columns.
pub(super) type FilledIn = BTreeMap<String, BTreeMap<String, String>>;

/// Where the content of the block with a name stands; none if there is no such block.
fn block(page: &[u8], id: &str, limits: &Limits) -> Option<Result<Range<usize>, Error>> {
    let mut from = 0;
    while let Some(at) = position(&page[from..], id.as_bytes()).map(|at| from + at) {
        if let Some(begin) = content(page, at) {
            return Some(length(&page[begin..], limits).map(|length| begin..begin + length));
        }
        from = at + id.len();
    }
    None
}

/// Where the content of the block begins whose tag has its name at this place; none if no tag of a
/// template is around the name.
fn content(page: &[u8], at: usize) -> Option<usize> {
    let before = &page[at.saturating_sub(NEAR)..at];
    let tag = &before[before.iter().rposition(|b| *b == b'<')?..];
    let is_template = tag.get(..9).is_some_and(|name| name.eq_ignore_ascii_case(b"<template"))
        && !tag.contains(&b'>');
    let after = &page[at..page.len().min(at + NEAR)];
    is_template.then(|| after.iter().position(|b| *b == b'>')).flatten().map(|end| at + end + 1)
}

fn damaged(what: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Unreadable, format!("the plan that this page carries is damaged: {what}"))
        .help(HELP)
}

/// How long the content of a block is.
fn length(from: &[u8], limits: &Limits) -> Result<usize, Error> {
    let Some(length) = position(from, b"</") else {
        return Err(damaged(&"its end is missing"));
    };
    if length > limits.unpacked {
        let message = format!(
            "the plan that this page carries is more than {} MB, the most that is read",
            limits.unpacked >> 20
        );
        return Err(
            Error::new(ErrorKind::TooLarge, message).help("check that it is the right file")
        );
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    fn page(title: &str) -> String {
        let plan = Plan { title: title.to_owned(), ..Plan::default() };
        let plan = crate::publish(plan, &crate::PublishOptions::internal());
        let report =
            crate::report(&plan, &crate::review(&plan, None), &crate::ReportOptions::default());
        let data = data(
            &Embedding {
                plan: &plan,
                as_of: None,
                return_of: None,
                language: crate::Language::English,
            },
            &report,
        )
        .unwrap();
        format!("<!DOCTYPE html><p>planwright-plan</p><template id=\"{ID}\">{data}</template>")
    }

    fn title(page: &str) -> Option<Result<String, Error>> {
        read(page.as_bytes(), &Limits::default())
            .map(|read| read.map(|embedded| embedded.plan.title))
    }

    #[test]
    fn no_words_end_the_block() {
        for words in [
            "</template><script>alert(1)</script>",
            "<!-- <script>",
            "a\u{2028}b\u{2029}c & d",
            "\\u003c",
            "]]>",
            "\"quoted\"",
        ] {
            let page = page(words);
            assert_eq!(title(&page).unwrap().unwrap(), words);
            let data = page
                .split_once("<template")
                .unwrap()
                .1
                .split_once('>')
                .unwrap()
                .1
                .strip_suffix("</template>")
                .unwrap();
            assert!(!data.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{data}");
        }
    }

    #[test]
    fn browsers_may_save_the_tag_in_their_own_way() {
        for tag in ["<TEMPLATE id=planwright-plan>", "<template\n class='' id='planwright-plan' >"]
        {
            let saved = page("Plan").replacen("<template id=\"planwright-plan\">", tag, 1);
            assert_eq!(title(&saved).unwrap().unwrap(), "Plan");
        }
        assert!(title("<p>the id planwright-plan</p>").is_none());
        assert!(title("<p id=\"planwright-plan\">{}</p>").is_none());
    }

    #[test]
    fn a_damaged_block_is_told() {
        let whole = page("Plan");
        let cut = &whole[..whole.len() - 20];
        assert!(
            title(cut).unwrap().unwrap_err().to_string().contains("damaged: its end is missing")
        );
        let mended = whole.replace("\"planwright\":1", "\"planwright\":2");
        assert!(
            title(&mended).unwrap().unwrap_err().to_string().contains("plan file version 2"),
            "{mended}"
        );
        let few = Limits { unpacked: 10, ..Limits::default() };
        assert!(read(whole.as_bytes(), &few).unwrap().unwrap_err().is_too_large());
    }
}
