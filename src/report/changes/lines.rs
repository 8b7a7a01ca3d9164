//! The lines of a list of changes.

use crate::changes::WordChange;
use crate::report::Phrase;
use crate::report::labels::Labels;
use crate::text::{SmallVec, Span, SpanStyle, Text, TextBlock, TextBlockKind};

/// Words that stay and are more than so many characters are cut short in the middle.
const LONGEST_KEPT: usize = 160;

/// How many characters of them are shown at each end.
const SHOWN_OF_KEPT: usize = 60;

/// A line of a list: a label, and what is said.
pub(super) fn line(label: &Phrase, said: Vec<Span>) -> Text {
    let after = match said.as_slice() {
        [] => "",
        // a header such as "Who?"
        _ if label.ends_with(['?', ':']) => " ",
        _ => ": ",
    };
    let mut block = TextBlock { kind: TextBlockKind::Bullet { depth: 0 }, spans: SmallVec::new() };
    label
        .spans(SpanStyle::default())
        .into_iter()
        .chain([Span::plain(after)])
        .chain(said)
        .for_each(|span| block.push(span));
    block.into()
}

/// A line that says what was before and what is now.
pub(super) fn from_to(label: &Phrase, before: &Phrase, after: &Phrase) -> Text {
    line(
        label,
        Phrase::of([before.clone(), " → ".into(), after.clone()]).spans(SpanStyle::default()),
    )
}

/// Words that were taken out and put in, marked by signs and by their style.
pub(super) fn marked(words: &[WordChange], labels: &Labels) -> Vec<Span> {
    let plain = labels.own_span("").style;
    let mut spans = Vec::new();
    for (i, part) in words.iter().enumerate() {
        match part {
            WordChange::Kept(text) => {
                spans.push(labels.own_span(shortened(text, i > 0, i + 1 < words.len())));
            }
            WordChange::Removed(text) => {
                spans.extend(between("[-", text, "-]", SpanStyle { struck: true, ..plain }));
            }
            WordChange::Added(text) => {
                spans.extend(between("[+", text, "+]", SpanStyle { bold: true, ..plain }));
            }
        }
    }
    spans
}

/// Words between two signs; white space at their ends stays outside.
fn between(open: &str, text: &str, close: &str, style: SpanStyle) -> [Span; 3] {
    let words = if text.trim().is_empty() { text } else { text.trim() };
    let (before, after) = text.split_once(words).unwrap_or_default();
    [
        Span::plain(before),
        Span { text: format!("{open}{words}{close}"), style, link: None },
        Span::plain(after),
    ]
}

/// Words that stay, without the most of them that is far from any change.
fn shortened(text: &str, follows: bool, goes_on: bool) -> String {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= LONGEST_KEPT {
        return text.to_owned();
    }
    let is_space = |c: &char| c.is_whitespace();
    let head = if follows {
        characters.iter().skip(SHOWN_OF_KEPT).position(is_space).map_or(0, |at| SHOWN_OF_KEPT + at)
    } else {
        0
    };
    let tail = if goes_on {
        characters
            .iter()
            .rev()
            .skip(SHOWN_OF_KEPT)
            .position(is_space)
            .map_or(0, |at| SHOWN_OF_KEPT + at)
    } else {
        0
    };
    if head + tail >= characters.len() {
        return text.to_owned();
    }
    let (head, tail) = (
        characters[..head].iter().collect::<String>(),
        characters[characters.len() - tail..].iter().collect::<String>(),
    );
    let space = |words: &str| if words.is_empty() { "" } else { " " };
    format!("{head}{}[...]{}{tail}", space(&head), space(&tail))
}

/// The first so many characters of some words, cut behind one of them where they are too many.
pub(in crate::report) fn first_words(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        None => words.to_owned(),
        Some((end, _)) => {
            let end = words[..end].rfind(' ').unwrap_or(end);
            format!("{} …", &words[..end])
        }
    }
}
