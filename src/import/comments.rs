//! Accounts for every comment on a cell of the source: each is a note of the plan, or quoted in a
//! diagnostic.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::plan::Plan;
use crate::plan::texts::{self, TextKind};
use crate::source::{Block, Source};
use crate::table;

/// The comments of a source.
pub(super) struct SourceComments(Vec<SourceComment>);

struct SourceComment {
    place: Place,
    /// The words of its cell.
    cell: String,
    words: String,
}

impl SourceComments {
    pub(super) fn of(source: &Source) -> Self {
        let grids = source.blocks.iter().filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            _ => None,
        });
        let cells = grids.flat_map(|grid| &grid.rows).flat_map(|row| &row.cells);
        Self(
            cells
                .filter_map(|cell| {
                    Some(SourceComment {
                        place: cell.place.clone(),
                        cell: cell.value.plain().into_owned(),
                        words: cell.note()?.plain().into_owned(),
                    })
                })
                .collect(),
        )
    }

    /// Quotes the comments that stand neither in the plan nor in a diagnostic, as those in rows and
    /// columns without a word do.
    pub(super) fn quote_lost(self, plan: &Plan, diagnostics: &mut Vec<Diagnostic>) {
        if self.0.is_empty() {
            return;
        }
        let kept = kept(plan, diagnostics);
        let is_kept = |words: &str| {
            kept.contains(&*one_line(words)) || words.lines().all(|line| kept.contains(line.trim()))
        };
        let lost = self.0.iter().filter(|comment| !is_kept(&comment.words)).map(|comment| {
            table::comment_left_out(&comment.cell, &comment.words).at(&comment.place)
        });
        diagnostics.extend(lost);
    }
}

/// What is kept of comments: each whole, and its lines.
fn kept(plan: &Plan, diagnostics: &[Diagnostic]) -> HashSet<String> {
    let mut kept = HashSet::from([String::new()]);
    let mut add = |words: &str| {
        kept.insert(one_line(words).into_owned());
        // rows that were left out are quoted with a bar between their cells
        for part in words.lines().flat_map(|line| line.split(" | ")) {
            kept.insert(part.trim().to_owned());
        }
    };
    texts::each_text(plan, &mut |kind, words| {
        if kind == TextKind::Comment {
            add(words);
        }
    });
    for words in diagnostics.iter().filter_map(|d| d.left_out.as_deref()) {
        add(words);
    }
    kept
}

fn one_line(words: &str) -> Cow<'_, str> {
    let words = words.trim();
    if words.contains('\n') { words.replace('\n', " ").into() } else { words.into() }
}
