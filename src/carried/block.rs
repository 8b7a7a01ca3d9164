//! The plan in a block of data in a web page: JSON that no browser runs and no word of a plan can end.

use std::fmt::Write as _;

use crate::error::{Error, Kind};
use crate::read::Limits;

use super::sheet::{Carried, Carries};

/// What the block is called in the page.
pub(crate) const ID: &str = "planwright-plan";

/// How far from its name the block's tag may begin and end.
const NEAR: usize = 200;

/// What can be done about a page that was damaged.
const HELP: &str = "fetch the page again from where it came from, or give what it was made from";

/// What stands in the block: JSON without a character that could end it, begin a comment, or end a line of a script; none if the JSON
/// library refuses it, which no plan can bring about.
pub(crate) fn data(carries: &Carries<'_>) -> Option<String> {
    let json = serde_json::to_string(carries).ok()?;
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            // in JSON these stand in strings only, where a number may stand for each
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c)); // a string takes all that is written to it
            }
            _ => out.push(c),
        }
    }
    Some(out)
}

/// What the block of a page carries; none if the page has no such block.
pub(super) fn read(page: &[u8], limits: &Limits) -> Option<Result<Carried, Error>> {
    let mut from = 0;
    while let Some(at) = find(&page[from..], ID.as_bytes()).map(|at| from + at) {
        if let Some(begin) = content(page, at) {
            return Some(carried(&page[begin..], limits));
        }
        from = at + ID.len();
    }
    None
}

/// Where the content of the block begins whose tag has its name at this place; none if no tag of a script is around the name.
fn content(page: &[u8], at: usize) -> Option<usize> {
    let before = &page[at.saturating_sub(NEAR)..at];
    let tag = &before[before.iter().rposition(|b| *b == b'<')?..];
    let is_script = tag.get(..7).is_some_and(|name| name.eq_ignore_ascii_case(b"<script")) && !tag.contains(&b'>');
    let after = &page[at..page.len().min(at + NEAR)];
    is_script.then(|| after.iter().position(|b| *b == b'>')).flatten().map(|end| at + end + 1)
}

fn carried(from: &[u8], limits: &Limits) -> Result<Carried, Error> {
    let damaged = |what: &dyn std::fmt::Display| {
        Error::new(Kind::Unreadable, format!("the plan that this page carries is damaged: {what}")).help(HELP)
    };
    let Some(length) = find(from, b"</") else {
        return Err(damaged(&"its end is missing"));
    };
    if length > limits.unpacked {
        let message = format!("the plan that this page carries is more than {} MB, the most that is read", limits.unpacked >> 20);
        return Err(Error::new(Kind::TooLarge, message).help("look whether it is the right file"));
    }
    serde_json::from_slice(&from[..length]).map_err(|e| damaged(&e))
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|w| w == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    fn page(title: &str) -> String {
        let plan = Plan { title: title.to_owned(), ..Plan::default() };
        let data = data(&Carries { plan: &plan, as_of: None, return_of: None }).unwrap();
        format!("<!DOCTYPE html><p>planwright-plan</p><script type=\"application/json\" id=\"{ID}\">{data}</script>")
    }

    fn title(page: &str) -> Option<Result<String, Error>> {
        read(page.as_bytes(), &Limits::default()).map(|read| read.map(|carried| carried.plan.title))
    }

    #[test]
    fn no_words_end_the_block() {
        for words in ["</script><script>alert(1)</script>", "<!-- <script>", "a\u{2028}b\u{2029}c & d", "\\u003c", "]]>", "\"quoted\""] {
            let page = page(words);
            assert_eq!(title(&page).unwrap().unwrap(), words);
            let data = page.split_once("json").unwrap().1.split_once('>').unwrap().1.strip_suffix("</script>").unwrap();
            assert!(!data.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{data}");
        }
    }

    #[test]
    fn browsers_may_save_the_tag_in_their_own_way() {
        for tag in ["<SCRIPT id=planwright-plan type=application/json>", "<script\n type='application/json' id='planwright-plan' >"] {
            let saved = page("Plan").replacen("<script type=\"application/json\" id=\"planwright-plan\">", tag, 1);
            assert_eq!(title(&saved).unwrap().unwrap(), "Plan");
        }
        assert!(title("<p>the id planwright-plan</p>").is_none());
        assert!(title("<p id=\"planwright-plan\">{}</p>").is_none());
    }

    #[test]
    fn a_damaged_block_is_told() {
        let whole = page("Plan");
        let cut = &whole[..whole.len() - 20];
        assert!(title(cut).unwrap().unwrap_err().to_string().contains("damaged: its end is missing"));
        let mended = whole.replace("\"planwright\":1", "\"planwright\":2");
        assert!(title(&mended).unwrap().unwrap_err().to_string().contains("plan file version 2"), "{mended}");
        let few = Limits { unpacked: 10, ..Limits::default() };
        assert!(read(whole.as_bytes(), &few).unwrap().unwrap_err().is_too_large());
    }
}
