//! A text in one cell, in the tags that readers of cells know: paragraphs, lists, and in them words
//! as each format writes them.

use crate::text::{Text, TextBlock, TextBlockKind, is_blank};

/// A list that is open: the number of its next item; none for bullets.
type List = Option<u32>;

/// A text of several blocks; `words` writes those of one.
pub(super) fn tagged(text: &Text, words: impl Fn(&TextBlock) -> String) -> String {
    let mut out = String::new();
    let mut lists: Vec<List> = Vec::new();
    for block in text.blocks.iter().filter(|block| !is_blank(&block.plain())) {
        match block.kind {
            TextBlockKind::Paragraph => {
                close(&mut out, &mut lists, 0);
                out.push_str("<p>");
                out.push_str(&words(block));
                out.push_str("</p>");
            }
            TextBlockKind::Bullet { depth } => {
                item(&mut out, &mut lists, depth.into(), None, &words(block));
            }
            TextBlockKind::Numbered { depth, number } => {
                item(&mut out, &mut lists, depth.into(), Some(number), &words(block));
            }
        }
    }
    close(&mut out, &mut lists, 0);
    out
}

/// An item of the list at a depth; that list goes on if it is of the same kind, and its next number
/// is the item's.
fn item(out: &mut String, lists: &mut Vec<List>, depth: usize, number: List, words: &str) {
    close(out, lists, depth + 1);
    if lists.len() == depth + 1 && lists.last() != Some(&number) {
        close(out, lists, depth);
    }
    if lists.len() > depth {
        out.push_str("</li>");
    }
    while lists.len() <= depth {
        let first = if lists.len() == depth { number } else { None };
        match first {
            None => out.push_str("<ul>"),
            Some(1) => out.push_str("<ol>"),
            Some(first) => out.extend(["<ol start=\"", &first.to_string(), "\">"]),
        }
        lists.push(first);
    }
    out.push_str("<li>");
    out.push_str(words);
    if let Some(next) = lists.last_mut() {
        *next = number.map(|number| number.saturating_add(1));
    }
}

/// Ends lists until so many are open.
fn close(out: &mut String, lists: &mut Vec<List>, open: usize) {
    while lists.len() > open {
        out.push_str("</li>");
        out.push_str(if lists.pop().flatten().is_some() { "</ol>" } else { "</ul>" });
    }
}
