//! Which words of a text were taken out and put in.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A run of words of a text that was reworded. Kept and removed runs together are the earlier text,
/// kept and added ones the later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WordChange {
    /// In both.
    Kept(String),
    /// Taken out.
    Removed(String),
    /// Put in.
    Added(String),
}

/// What stands between two changes and is shorter than both, in characters, is reported as changed
/// too: "to" alone ties nothing together.
const LEAST_KEPT: usize = 4;

/// The words of two texts, with what differs.
pub(super) fn differences(before: &str, after: &str) -> Vec<WordChange> {
    let (old, new) = (pieces(before), pieces(after));
    let text = |pieces: &[&str]| pieces.concat();
    let mut runs: Vec<WordRun> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (_, removed, added) = op.as_tag_tuple();
        runs.push(match op {
            DiffOp::Equal { .. } => WordRun { kept: text(&old[removed]), ..WordRun::default() },
            _ => WordRun {
                removed: text(&old[removed]),
                added: text(&new[added]),
                ..WordRun::default()
            },
        });
    }
    let mut diagnostics: Vec<WordRun> = Vec::new();
    for (i, run) in runs.iter().enumerate() {
        let is_island = i > 0 && i + 1 < runs.len() && run.kept.trim().chars().count() < LEAST_KEPT;
        match diagnostics.last_mut() {
            Some(last) if last.kept.is_empty() && (run.kept.is_empty() || is_island) => {
                last.removed += &run.kept;
                last.added += &run.kept;
                last.removed += &run.removed;
                last.added += &run.added;
            }
            _ => diagnostics.push(run.clone()),
        }
    }
    let words = |run: WordRun| {
        [WordChange::Kept(run.kept), WordChange::Removed(run.removed), WordChange::Added(run.added)]
    };
    let has_words = |words: &WordChange| matches!(words, WordChange::Kept(text) | WordChange::Removed(text) | WordChange::Added(text) if !text.is_empty());
    diagnostics.into_iter().flat_map(words).filter(has_words).collect()
}

/// Words that were kept, or what was put in the place of what.
#[derive(Debug, Clone, Default)]
struct WordRun {
    kept: String,
    removed: String,
    added: String,
}

/// A text as words, runs of white space, and other signs one by one.
fn pieces(text: &str) -> Vec<&str> {
    #[derive(PartialEq, Clone, Copy)]
    enum RunKind {
        Word,
        Space,
        Sign,
    }
    let kind = |c: char| match c {
        c if c.is_alphanumeric() || "'’".contains(c) => RunKind::Word,
        c if c.is_whitespace() => RunKind::Space,
        _ => RunKind::Sign,
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let here = kind(c);
        if before.is_some_and(|before| before != here || here == RunKind::Sign) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(here);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let diagnostics = differences(before, after);
        diagnostics
            .iter()
            .map(|words| match words {
                WordChange::Kept(text) => text.clone(),
                WordChange::Removed(text) => format!("[-{text}-]"),
                WordChange::Added(text) => format!("[+{text}+]"),
            })
            .collect()
    }

    #[test]
    fn words_taken_out_and_put_in_are_told() {
        assert_eq!(
            shown("Amend key documents.", "Amend all key documents."),
            "Amend [+all +]key documents."
        );
        assert_eq!(shown("by March 2012", "by June 2012"), "by [-March-][+June+] 2012");
        assert_eq!(shown("", "Amend it"), "[+Amend it+]");
        assert_eq!(shown("the same", "the same"), "the same");
    }

    #[test]
    fn short_words_between_changes_go_with_them() {
        assert_eq!(
            shown("Report to the Board", "Speak to all managers"),
            "[-Report to the Board-][+Speak to all managers+]"
        );
    }
}
