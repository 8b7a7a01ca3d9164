//! What a string says, in whatever cell it stands.

use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::read::typed;
use crate::text::{SmallVec, Span, Text};

/// The text of a string, without a block if it has no words, and what else a cell takes from its
/// words.
#[derive(Debug, Clone)]
pub(super) struct ParsedText {
    pub(super) text: Text,
    /// How many bytes the words had.
    pub(super) length: u32,
    /// How far the spaces before them indent them, in steps.
    pub(super) indent: u8,
    /// Whether there was something to tell of the words.
    pub(super) tells: bool,
}

impl ParsedText {
    /// Reads the runs of a string.
    pub(super) fn of(mut runs: SmallVec<Span>, place: &Place, out: &mut Vec<Diagnostic>) -> Self {
        let diagnostics = out.len();
        let length: usize = runs.iter().map(|run| run.text.len()).sum();
        undecorate(&mut runs);
        let spaces =
            runs.first().map_or(0, |first| first.text.bytes().take_while(|b| *b == b' ').count());
        let text = typed::text(runs, place, out);
        Self {
            text: if text.is_empty() { Text::default() } else { text },
            length: u32::try_from(length).unwrap_or(u32::MAX),
            indent: u8::try_from(spaces / 2).unwrap_or(u8::MAX),
            tells: out.len() > diagnostics,
        }
    }
}

/// Takes bold and italics from words that have them throughout: they distinguish nothing.
fn undecorate(runs: &mut [Span]) {
    if !runs.iter().any(|run| run.style.bold || run.style.italic) {
        return;
    }
    let worded = || runs.iter().filter(|r| !r.text.trim().is_empty());
    let (bold, italic) = (worded().all(|r| r.style.bold), worded().all(|r| r.style.italic));
    for run in runs {
        run.style.bold &= !bold;
        run.style.italic &= !italic;
    }
}
