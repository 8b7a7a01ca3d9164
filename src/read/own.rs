//! Cells of comma-separated values as our own writer makes them: words as people type them, and
//! where those would be read otherwise, tags. What a spreadsheet program would take for a formula
//! has an apostrophe in front.

use crate::characters;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::plan::round_trip;
use crate::text::{Span, Text, TextBuilder};

use super::html_tag::apply;
use super::typed;
use super::typed::entity::decoded;

/// How far from the beginning it is looked for, in lines: a key may stand above the table.
pub(crate) const WITHIN: usize = 40;

/// Whether a text is a table of ours, be it changed since.
pub(super) fn is_ours(text: &str, delimiter: u8) -> bool {
    let is_header = |field: &str| field.trim().trim_matches('"') == round_trip::OBJECTIVE_REFERENCE;
    let has_statuses = text.trim_start_matches('\u{feff}').starts_with(round_trip::STATUSES[0]);
    has_statuses
        || text.lines().take(WITHIN).any(|line| line.split(char::from(delimiter)).any(is_header))
}

/// Whether a spreadsheet program may take words for a formula, but for apostrophes in front of them
/// (OWASP, CSV Injection).
fn may_be_a_formula(words: &str) -> bool {
    words
        .trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Words with an apostrophe in front where a spreadsheet program may take them for a formula. Words
/// that have apostrophes there already get one more, so that [`unguarded`] gives back each as it
/// was.
pub(crate) fn guarded(words: String) -> String {
    if may_be_a_formula(&words) { format!("'{words}") } else { words }
}

/// Words without the apostrophe of [`guarded`].
fn unguarded(words: &str) -> &str {
    words.strip_prefix('\'').filter(|rest| may_be_a_formula(rest)).unwrap_or(words)
}

/// The text of a cell.
pub(crate) fn text(words: &str, place: &Place, out: &mut Vec<Diagnostic>) -> Text {
    let words = unguarded(words);
    if ["<p>", "<ul>", "<ol>", "<ol "].iter().any(|tag| words.starts_with(tag)) {
        tagged(words, place, out)
    } else {
        typed::text(Span::plain(words).into(), place, out)
    }
}

fn tagged(words: &str, place: &Place, out: &mut Vec<Diagnostic>) -> Text {
    let mut builder = TextBuilder::default();
    let mut rest = words;
    while let Some(open) = rest.find('<') {
        let end = rest[open..].find('>').map_or(rest.len(), |i| open + i + 1);
        let (before, tag) = (&rest[..open], &rest[open..end]);
        say(&mut builder, before, place, out);
        if !apply(&mut builder, tag) {
            // no tag of ours: someone typed it
            say(&mut builder, tag, place, out);
        }
        rest = &rest[end..];
    }
    say(&mut builder, rest, place, out);
    builder.finish()
}

fn say(builder: &mut TextBuilder, words: &str, place: &Place, out: &mut Vec<Diagnostic>) {
    let words = decoded(words);
    builder.words(&characters::named(&words, || place.clone(), out));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> String {
        text(words, &Place::in_text(1, 1, 0), &mut Vec::new()).to_commonmark()
    }

    #[test]
    fn the_apostrophe_goes_only_where_it_guards() {
        for words in [
            "=SUM(A1)",
            "+44 1962",
            "-5%",
            "@lin",
            "'=SUM(A1)",
            "''-5",
            "'tis",
            "it's",
            "'quoted'",
            "plain",
            "",
            "'",
            "''",
            "＝1",
        ] {
            assert_eq!(unguarded(&guarded(words.to_owned())), words);
        }
        assert_eq!(guarded("=1+1".to_owned()), "'=1+1");
        assert_eq!(guarded("'tis".to_owned()), "'tis");
        assert_eq!(unguarded("'tis"), "'tis");
    }

    #[test]
    fn tags_of_ours_are_read_and_others_are_words() {
        assert_eq!(
            read("<p>a <b>b</b> &lt;p&gt; &amp;amp;</p><ul><li>one<br>more<ul><li>deep</ul></ul>"),
            "a **b** \\<p> \\&amp;\n\n- one\\\nmore\n    - deep"
        );
        assert_eq!(read("<ol start=\"3\"><li>c<li>d</ol><ol><li>a</ol>"), "3. c\n4. d\n1) a");
        assert_eq!(read("<p>a <Gap 1> b</p>"), "a \\<Gap 1> b");
        assert_eq!(read("'- not an item"), "\\- not an item");
    }
}
