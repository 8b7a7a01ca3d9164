//! Which columns of a plan have a place of their own in a table, and which share one.
//!
//! A table with a column for each of thousands of headers, nearly all of its cells empty, grows
//! with the square of the plan. So where there are many headers, those that few rows use share one
//! column, in which each text stands below its header.

use std::collections::HashMap;

use crate::text::{Span, SpanStyle, Text, TextBlock, TextBlockKind};

/// Up to so many columns, each has its own place.
const ALL_APART: usize = 40;
/// The most columns that have their own place where there are more.
const MOST: usize = 200;
/// Where there are more, a column has its own place if one of so many rows uses it.
const ROWS_TO_A_USE: usize = 50;

/// What the paragraph with the header begins with in a column that headers share.
const LABEL: &str = "Column";

/// Columns by their headers.
#[derive(Debug, Default)]
pub(crate) struct SharedColumns {
    /// The headers with a place of their own, in order.
    pub(crate) own: Vec<String>,
    numbers: HashMap<String, usize>,
    /// Whether any others are used.
    pub(crate) are_shared: bool,
}

impl SharedColumns {
    /// The columns of a table with so many rows, from the headers in order and from each use of one
    /// in a row.
    pub(crate) fn new<'a>(
        listed: impl Iterator<Item = &'a str>,
        used: impl Iterator<Item = &'a str>,
        rows: usize,
    ) -> Self {
        let mut headers: Vec<(&str, usize)> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (header, uses) in listed.map(|header| (header, 0)).chain(used.map(|header| (header, 1)))
        {
            let at = *known.entry(header).or_insert(headers.len());
            if at == headers.len() {
                headers.push((header, 0));
            }
            headers[at].1 += uses;
        }
        let all_apart = headers.len() <= ALL_APART;
        let mut out = Self::default();
        for (header, uses) in headers {
            // a header without words names no column
            if header.is_empty() {
                out.are_shared |= uses > 0;
            } else if all_apart
                || (uses > 0 && uses * ROWS_TO_A_USE >= rows && out.own.len() < MOST)
            {
                out.numbers.insert(header.to_owned(), out.own.len());
                out.own.push(header.to_owned());
            } else {
                out.are_shared |= uses > 0;
            }
        }
        out
    }

    /// Which of the columns with a place of their own has this header.
    pub(crate) fn number(&self, header: &str) -> Option<usize> {
        self.numbers.get(header).copied()
    }
}

/// Texts below their headers, so that [`read`] finds both again. A text without a header stands
/// first.
pub(crate) fn written<'a>(texts: impl Iterator<Item = (&'a str, &'a Text)>) -> Text {
    let mut out = Text::default();
    let (without, with): (Vec<_>, Vec<_>) = texts.partition(|(header, _)| header.is_empty());
    for (header, text) in without.into_iter().chain(with) {
        if !header.is_empty() {
            out.blocks.push(TextBlock::paragraph(vec![Span::bold(format!("{LABEL}: {header}"))]));
        }
        for block in &text.blocks {
            let mut block = block.clone();
            if let Some((colons, rest)) = labelled(&block) {
                block.spans =
                    vec![Span::bold(format!("{LABEL}{}{rest}", ":".repeat(colons + 1)))].into();
            }
            out.blocks.push(block);
        }
    }
    out
}

/// Reads what [`written`] gives: each header with its text. What stands above the first header has
/// none.
pub(crate) fn read(text: Text) -> Vec<(String, Text)> {
    let mut out: Vec<(String, Text)> = Vec::new();
    for mut block in text.blocks {
        match labelled(&block).map(|(colons, rest)| (colons, rest.to_owned())) {
            Some((1, rest)) => {
                out.push((rest.trim().to_owned(), Text::default()));
                continue;
            }
            Some((colons, rest)) => {
                block.spans =
                    vec![Span::bold(format!("{LABEL}{}{rest}", ":".repeat(colons - 1)))].into();
            }
            None => {}
        }
        if out.is_empty() {
            out.push((String::new(), Text::default()));
        }
        if let Some((_, text)) = out.last_mut() {
            text.blocks.push(block);
        }
    }
    out
}

/// The number of colons behind the label of a paragraph that has one, and what follows them.
fn labelled(block: &TextBlock) -> Option<(usize, &str)> {
    let [only] = block.spans.as_slice() else { return None };
    let is_bold =
        only.style == SpanStyle { bold: true, ..SpanStyle::default() } && only.link.is_none();
    let rest = only
        .text
        .strip_prefix(LABEL)
        .filter(|_| is_bold && block.kind == TextBlockKind::Paragraph)?;
    let after = rest.trim_start_matches(':');
    (after.len() < rest.len() && after.starts_with(' '))
        .then_some((rest.len() - after.len(), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_columns_stand_apart_and_of_many_those_that_are_used() {
        let few =
            SharedColumns::new(["Cost", "Ward"].into_iter(), ["Ward", "Site"].into_iter(), 1_000);
        assert_eq!(
            (few.own, few.are_shared),
            (vec!["Cost".to_owned(), "Ward".to_owned(), "Site".to_owned()], false)
        );
        let names: Vec<String> = (0..300).map(|i| format!("Note {i}")).collect();
        let uses = || names.iter().map(String::as_str).chain(std::iter::repeat_n("Cost", 30));
        let rare = SharedColumns::new(std::iter::empty(), uses(), 1_000);
        assert_eq!((rare.own, rare.are_shared), (vec!["Cost".to_owned()], true));
        let wide = SharedColumns::new(std::iter::empty(), uses(), 3);
        assert_eq!((wide.own.len(), wide.are_shared), (MOST, true));
        assert_eq!(
            SharedColumns::new(names.iter().map(String::as_str), std::iter::empty(), 3).own.len(),
            0
        );
    }

    #[test]
    fn texts_that_share_a_column_are_read_back() {
        let texts = [
            "plain",
            "**Column: not a header**\n\nwords",
            "**Column:: x**",
            "- one\n- two",
            "**bold**: words",
            "",
        ];
        let texts: Vec<(String, Text)> = texts
            .iter()
            .enumerate()
            .map(|(i, text)| (format!("Note {i}: of it"), Text::from_commonmark(text)))
            .collect();
        assert_eq!(
            read(written(texts.iter().map(|(header, text)| (header.as_str(), text)))),
            texts
        );
    }
}
